import { cardDefinitionCreate, cardDefinitionStep, cardDefinitionUpdate } from '../commands/cards.ts';
import type { RequestContext } from '../context.ts';
import type { CardDefinition, CardDefinitionDraft, CardDefinitionErrorCode } from '../domain/cards.ts';
import type { LifecycleStep } from '../domain/configuration.ts';
import type { PointActivation, PointExpiration } from '../domain/points.ts';
import type { Checked } from '../domain/problem.ts';
import type {
  CardDefinitionActivateInput,
  MutationResolvers,
  QueryResolvers,
  Resolvers,
} from '../generated/resolvers-types.ts';
import type { CompleteResolvers } from '../platform/complete-resolvers.ts';
import { fromPublicId, toPublicId } from '../platform/ids.ts';
import { pageRequest, toConnection } from '../platform/paging.ts';
import { toPointActivation, toPointExpiration } from '../platform/point-expirations.ts';

const Query: Pick<QueryResolvers, 'cardDefinition' | 'cardDefinitions'> = {
  cardDefinition: (_, { id }, { loaders }) => {
    const found = fromPublicId('CardDefinition', id);
    return found === null ? null : loaders.cards.cardDefinition.load(found);
  },
  cardDefinitions: async (_, args, { loaders }) => toConnection(await loaders.cards.cardDefinitions(pageRequest(args))),
};

const step =
  (lifecycleStep: LifecycleStep) =>
  async (_: unknown, { input }: { input: CardDefinitionActivateInput }, context: RequestContext) =>
    payload(context, await cardDefinitionStep(context.services.runner, context.actor, lifecycleStep, targetOf(input)));

const Mutation: Pick<
  MutationResolvers,
  | 'cardDefinitionCreate'
  | 'cardDefinitionUpdate'
  | 'cardDefinitionActivate'
  | 'cardDefinitionDeactivate'
  | 'cardDefinitionDraft'
  | 'cardDefinitionDelete'
> = {
  cardDefinitionCreate: async (_, { input }, context) => {
    const draft: CardDefinitionDraft = {
      key: input.key ?? undefined,
      name: input.name,
      expiration: input.expiration ? toPointExpiration(input.expiration) : { type: 'NO_EXPIRATION' },
      activation: input.activation ? toPointActivation(input.activation) : { type: 'IMMEDIATE' },
      refundPolicy: input.refundPolicy,
      metadata: input.metadata ?? {},
    };
    return payload(context, await cardDefinitionCreate(context.services.runner, context.actor, draft, input.idempotencyKey));
  },
  cardDefinitionUpdate: async (_, { input }, context) => {
    const changes = {
      key: input.key ?? undefined,
      name: input.name ?? undefined,
      expiration: input.expiration ? toPointExpiration(input.expiration) : undefined,
      activation: input.activation ? toPointActivation(input.activation) : undefined,
      refundPolicy: input.refundPolicy ?? undefined,
      metadata: input.metadata ?? undefined,
    };
    return payload(context, await cardDefinitionUpdate(context.services.runner, context.actor, targetOf(input), changes));
  },
  cardDefinitionActivate: step('ACTIVATE'),
  cardDefinitionDeactivate: step('DEACTIVATE'),
  cardDefinitionDraft: step('DRAFT'),
  cardDefinitionDelete: step('DELETE'),
};

const cardDefinition: CompleteResolvers<NonNullable<Resolvers['CardDefinition']>, CardDefinition> = {
  id: ({ id }) => toPublicId('CardDefinition', id),
  activities: async ({ id }, args, { loaders }) =>
    toConnection(await loaders.audit.activitiesOf.load({ parentId: id, page: pageRequest(args) })),
};

const pointExpiration: CompleteResolvers<NonNullable<Resolvers['PointExpiration']>, PointExpiration> = {
  rolling: (expiration) =>
    expiration.type === 'ROLLING'
      ? {
          period: expiration.period,
          rounding: expiration.rounding?.to ?? null,
          roundingMonth: expiration.rounding?.month ?? null,
        }
      : null,
  calendar: (expiration) => (expiration.type === 'CALENDAR' ? { calendarDates: expiration.calendarDates } : null),
  sliding: (expiration) => (expiration.type === 'SLIDING' ? expiration : null),
};

const pointActivation: CompleteResolvers<NonNullable<Resolvers['PointActivation']>, PointActivation> = {
  periodBased: (activation) => (activation.type === 'PERIOD_BASED' ? { days: activation.days } : null),
  fixedDates: (activation) => (activation.type === 'FIXED_DATES' ? { calendarDates: activation.calendarDates } : null),
};

export const cardResolvers = {
  Query,
  Mutation,
  CardDefinition: cardDefinition,
  PointExpiration: pointExpiration,
  PointActivation: pointActivation,
};

function payload(context: RequestContext, outcome: Checked<CardDefinition, CardDefinitionErrorCode>) {
  context.forget();
  return outcome.ok
    ? { cardDefinition: outcome.value, userErrors: [] }
    : { cardDefinition: null, userErrors: outcome.problems };
}

function targetOf({ id, version, idempotencyKey }: CardDefinitionActivateInput) {
  return { id: fromPublicId('CardDefinition', id), expectedVersion: version ?? null, idempotencyKey };
}

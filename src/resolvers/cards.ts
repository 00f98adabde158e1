import { cardDefinitionCreate, cardDefinitionStep, cardDefinitionUpdate } from '../commands/cards.ts';
import type { RequestContext } from '../context.ts';
import type { CardDefinition, CardDefinitionErrorCode } from '../domain/cards.ts';
import type { LifecycleStep } from '../domain/configuration.ts';
import type { PointExpiration } from '../domain/points.ts';
import type { Checked } from '../domain/problem.ts';
import type {
  CardDefinitionActivateInput,
  MutationResolvers,
  PointExpirationInput,
  QueryResolvers,
  Resolvers,
} from '../generated/resolvers-types.ts';
import type { CompleteResolvers } from '../platform/complete-resolvers.ts';
import { fromPublicId, toPublicId } from '../platform/ids.ts';
import { pageRequest, toConnection } from '../platform/paging.ts';

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
    const draft = {
      name: input.name,
      expiration: toPointExpiration(input.expiration) ?? { type: 'NO_EXPIRATION' as const },
      metadata: input.metadata ?? {},
    };
    return payload(context, await cardDefinitionCreate(context.services.runner, context.actor, draft, input.idempotencyKey));
  },
  cardDefinitionUpdate: async (_, { input }, context) => {
    const changes = {
      name: input.name ?? undefined,
      expiration: toPointExpiration(input.expiration),
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
    toConnection(await loaders.workspaces.activities.load({ parentId: id, page: pageRequest(args) })),
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
};

export const cardResolvers = { Query, Mutation, CardDefinition: cardDefinition, PointExpiration: pointExpiration };

function payload(context: RequestContext, outcome: Checked<CardDefinition, CardDefinitionErrorCode>) {
  context.forget();
  return outcome.ok
    ? { cardDefinition: outcome.value, userErrors: [] }
    : { cardDefinition: null, userErrors: outcome.problems };
}

function targetOf({ id, version, idempotencyKey }: CardDefinitionActivateInput) {
  return { id: fromPublicId('CardDefinition', id), expectedVersion: version, idempotencyKey };
}

/** What can be written but makes no sense; the domain refuses it with the right code and field. */
const SENSELESS: PointExpiration = { type: 'CALENDAR', calendarDates: [] };

/** Exactly one field is given: `@oneOf` sees to that. */
function toPointExpiration(input: PointExpirationInput | null | undefined): PointExpiration | undefined {
  if (input === null || input === undefined) return undefined;
  if (input.rolling) {
    const { period, rounding, roundingMonth } = input.rolling;
    const to = rounding ?? null;
    if (to === null && typeof roundingMonth === 'number') return SENSELESS;
    return { type: 'ROLLING', period, rounding: to === null ? null : { to, month: roundingMonth ?? null } };
  }
  if (input.calendar) return { type: 'CALENDAR', calendarDates: input.calendar.calendarDates };
  return input.noExpiration === true ? { type: 'NO_EXPIRATION' } : SENSELESS;
}

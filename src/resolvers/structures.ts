import type { TierChange } from '../commands/structures.ts';
import {
  tierCreate,
  tierDelete,
  tierRulesPublish,
  tierStructureActivate,
  tierStructureCreate,
  tierStructurePublish,
  tierStructureRevise,
  tierStructureStep,
  tierStructureUpdate,
  tierUpdate,
} from '../commands/structures.ts';
import type { RequestContext } from '../context.ts';
import type { Condition } from '../domain/filters.ts';
import { IDS_MAX, VALUES_MAX, dateConditions, textConditions, valueConditions } from '../domain/filters.ts';
import type { Checked } from '../domain/problem.ts';
import { checked } from '../domain/problem.ts';
import type {
  EntryAward,
  StructureRevision,
  Tier,
  TierDowngrade,
  TierExpiration,
  TierStructure,
  TierStructureErrorCode,
  TierStructureSettings,
} from '../domain/structures.ts';
import { currentRevision } from '../domain/structures.ts';
import type {
  MutationResolvers,
  QueryResolvers,
  Resolvers,
  TierStructureDeactivateInput,
  TierStructureFilter,
  TierStructureOrder,
} from '../generated/resolvers-types.ts';
import { loadReferred } from '../loaders/batch.ts';
import type {
  TierStructureConnectionView,
  TierStructureField,
  TierStructureOrderField,
  TierStructureQuery,
} from '../loaders/structures.ts';
import type { CompleteResolvers } from '../platform/complete-resolvers.ts';
import { RequestError } from '../platform/errors.ts';
import type { IdKind } from '../platform/ids.ts';
import { fromPublicId, toPublicId } from '../platform/ids.ts';
import { pageRequest, toConnection } from '../platform/paging.ts';
import { toCardDefinitionId, toChanges, toPointEarned, toTierChanges, toTierDowngrade, toTierExpiration, toTierRule, toTierSettings } from '../platform/tier-inputs.ts';

const Query: Pick<QueryResolvers, 'tierStructure' | 'tierStructures'> = {
  tierStructure: (_, { id }, { loaders }) => {
    const found = fromPublicId('TierStructure', id);
    return found === null ? null : loaders.structures.tierStructure.load(found);
  },
  tierStructures: async (_, args, context) => {
    const orderBy = toOrder(args.orderBy);
    const order = orderBy.map(({ field, direction }) => `${field}:${direction}`).join(',');
    const page = pageRequest(args, order, orderBy.length + 1);
    const query: TierStructureQuery = {
      junction: args.filter?.junction ?? 'AND',
      conditions: await toConditions(args.filter, context),
      orderBy: orderBy.map(({ field, direction }) => ({ field: ORDER_FIELDS[field], direction })),
    };
    return { ...toConnection(await context.loaders.structures.tierStructures(query, page), order), query };
  },
};

const step =
  (lifecycleStep: 'DEACTIVATE' | 'DRAFT' | 'DELETE') =>
  async (_: unknown, { input }: { input: TierStructureDeactivateInput }, context: RequestContext) => {
    const { runner } = context.services;
    return structurePayload(
      context,
      await tierStructureStep(runner, context.actor, lifecycleStep, targetOf('TierStructure', input)),
    );
  };

const Mutation: Pick<
  MutationResolvers,
  | 'tierStructureCreate'
  | 'tierStructureUpdate'
  | 'tierStructureActivate'
  | 'tierStructureRevise'
  | 'tierStructurePublish'
  | 'tierRulesPublish'
  | 'tierStructureDeactivate'
  | 'tierStructureDraft'
  | 'tierStructureDelete'
  | 'tierCreate'
  | 'tierUpdate'
  | 'tierDelete'
> = {
  tierStructureCreate: async (_, { input }, context) => {
    const settings: TierStructureSettings = {
      key: input.key ?? undefined,
      name: input.name,
      type: input.type,
      cardDefinitionId: toCardDefinitionId(input.cardDefinitionId) ?? null,
      metadata: input.metadata ?? {},
      pointEarned: toPointEarned(input.pointEarned) ?? null,
      expiration: input.expiration ? toTierExpiration(input.expiration) : { type: 'NO_EXPIRATION' },
      downgrade: input.downgrade ? toTierDowngrade(input.downgrade) : { type: 'NO_DOWNGRADE' },
      entryAwardScope: input.entryAwardScope,
      entryAwardOnRefund: input.entryAwardOnRefund,
    };
    const draft = { settings, tiers: (input.tiers ?? []).map(toTierSettings) };
    const { runner } = context.services;
    return structurePayload(context, await tierStructureCreate(runner, context.actor, draft, input.idempotencyKey));
  },
  tierStructureUpdate: async (_, { input }, context) => {
    const target = targetOf('TierStructure', input);
    const { runner } = context.services;
    return structurePayload(context, await tierStructureUpdate(runner, context.actor, target, toChanges(input)));
  },
  tierStructureActivate: async (_, { input }, context) => {
    const target = targetOf('TierStructure', input);
    const { runner } = context.services;
    const outcome = await tierStructureActivate(runner, context.actor, target, input.effectiveAt ?? null);
    return structurePayload(context, outcome);
  },
  tierStructureRevise: async (_, { input }, context) => {
    const { runner } = context.services;
    return structurePayload(context, await tierStructureRevise(runner, context.actor, targetOf('TierStructure', input)));
  },
  tierStructurePublish: async (_, { input }, context) => {
    const target = targetOf('TierStructure', input);
    const { runner } = context.services;
    return structurePayload(context, await tierStructurePublish(runner, context.actor, target, input.rollout));
  },
  tierRulesPublish: async (_, { input }, context) => {
    const { tierStructureId, rollout, version, idempotencyKey } = input;
    const id = typeof tierStructureId === 'string' ? fromPublicId('TierStructure', tierStructureId) : undefined;
    const rules = { changes: toChanges(input), tiers: input.tiers?.map(toTierRule) ?? null };
    const target = { id, expectedVersion: version, idempotencyKey };
    return structurePayload(context, await tierRulesPublish(context.services.runner, context.actor, target, rules, rollout));
  },
  tierStructureDeactivate: step('DEACTIVATE'),
  tierStructureDraft: step('DRAFT'),
  tierStructureDelete: step('DELETE'),
  tierCreate: async (_, { input }, context) => {
    const target = targetOf('TierStructure', { ...input, id: input.tierStructureId });
    return tierPayload(context, await tierCreate(context.services.runner, context.actor, target, toTierSettings(input)));
  },
  tierUpdate: async (_, { input }, context) => {
    const target = targetOf('Tier', input);
    return tierPayload(context, await tierUpdate(context.services.runner, context.actor, target, toTierChanges(input)));
  },
  tierDelete: async (_, { input }, context) => {
    const outcome = await tierDelete(context.services.runner, context.actor, targetOf('Tier', input));
    context.forget();
    if (!outcome.ok) return { deletedTierId: null, tierStructure: null, userErrors: outcome.problems };
    const { structure, tierId } = outcome.value;
    return { deletedTierId: toPublicId('Tier', tierId), tierStructure: structure, userErrors: [] };
  },
};

/** Objects that name a card definition, or none. */
const linkedCard = {
  cardDefinitionId: ({ cardDefinitionId }: CardLink) =>
    cardDefinitionId === null ? null : toPublicId('CardDefinition', cardDefinitionId),
  cardDefinition: ({ cardDefinitionId }: CardLink, _: unknown, { loaders }: RequestContext) =>
    cardDefinitionId === null ? null : loaders.cards.cardDefinition.load(cardDefinitionId),
};

type CardLink = Pick<TierStructure, 'cardDefinitionId'>;

const tierStructure: CompleteResolvers<NonNullable<Resolvers['TierStructure']>, TierStructure> = {
  id: ({ id }) => toPublicId('TierStructure', id),
  ...linkedCard,
  draftOf: ({ draftOf }, _, { loaders }) => (draftOf === null ? null : loaders.structures.tierStructure.load(draftOf)),
  revision: (structure) => currentRevision(structure),
  formerRevisions: ({ formerRevisions }) => [...formerRevisions].reverse(),
  effectiveAt: ({ status, activePeriods }) => (status === 'ACTIVE' ? (activePeriods.at(-1)?.start ?? null) : null),
  activities: async ({ id }, args, { loaders }) =>
    toConnection(await loaders.audit.activitiesOf.load({ parentId: id, page: pageRequest(args) })),
};

const tier: CompleteResolvers<NonNullable<Resolvers['Tier']>, Tier> = {
  id: ({ id }) => toPublicId('Tier', id),
  tierStructure: ({ structureId }, _, { loaders }) => loadReferred(loaders.structures.tierStructure, structureId),
  originId: ({ originId }) => (originId === null ? null : toPublicId('Tier', originId)),
  origin: ({ originId }, _, { loaders }) => (originId === null ? null : loaders.structures.tier.load(originId)),
};

const tierRevision: CompleteResolvers<NonNullable<Resolvers['TierRevision']>, Tier> = {
  tierId: ({ id }) => toPublicId('Tier', id),
};

const tierStructureRevision: CompleteResolvers<NonNullable<Resolvers['TierStructureRevision']>, StructureRevision> = linkedCard;

const entryAward: CompleteResolvers<NonNullable<Resolvers['EntryAward']>, EntryAward> = linkedCard;

const tierExpiration: CompleteResolvers<NonNullable<Resolvers['TierExpiration']>, TierExpiration> = {
  rollingExpiration: (expiration) =>
    expiration.type === 'ROLLING_EXPIRATION' ? { period: expiration.period } : null,
  calendarExpiration: (expiration) =>
    expiration.type === 'CALENDAR_EXPIRATION' ? { calendarDates: expiration.calendarDates } : null,
  slidingExpiration: (expiration) => (expiration.type === 'SLIDING_EXPIRATION' ? expiration : null),
};

const tierDowngrade: CompleteResolvers<NonNullable<Resolvers['TierDowngrade']>, TierDowngrade> = {
  gracePeriod: (downgrade) => (downgrade.type === 'NO_DOWNGRADE' ? null : downgrade.gracePeriod),
};

const tierStructureConnection: CompleteResolvers<
  NonNullable<Resolvers['TierStructureConnection']>,
  TierStructureConnectionView
> = {
  totalCount: ({ query }, _, { loaders }) => loaders.structures.tierStructureCount(query),
};

export const structureResolvers = {
  Query,
  Mutation,
  TierStructure: tierStructure,
  TierStructureRevision: tierStructureRevision,
  Tier: tier,
  TierRevision: tierRevision,
  EntryAward: entryAward,
  TierExpiration: tierExpiration,
  TierDowngrade: tierDowngrade,
  TierStructureConnection: tierStructureConnection,
};

function structurePayload(context: RequestContext, outcome: Checked<TierStructure, TierStructureErrorCode>) {
  context.forget();
  return outcome.ok
    ? { tierStructure: outcome.value, userErrors: [] }
    : { tierStructure: null, userErrors: outcome.problems };
}

/** A call that is repeated with its key after the tier was removed answers without the tier. */
function tierPayload(context: RequestContext, outcome: Checked<TierChange, TierStructureErrorCode>) {
  context.forget();
  if (!outcome.ok) return { tier: null, userErrors: outcome.problems };
  const { structure, tierId } = outcome.value;
  return { tier: structure.tiers.find(({ id }) => id === tierId) ?? null, userErrors: [] };
}

function targetOf(kind: IdKind, { id, version, idempotencyKey }: TierStructureDeactivateInput) {
  return { id: fromPublicId(kind, id), expectedVersion: version ?? null, idempotencyKey };
}

const DEFAULT_ORDER: readonly TierStructureOrder[] = [{ field: 'CREATED_AT', direction: 'DESC' }];
const ORDER_FIELDS: Readonly<Record<TierStructureOrder['field'], TierStructureOrderField>> = {
  CREATED_AT: 'createdAt',
  NAME: 'name',
  TYPE: 'type',
  STATUS: 'status',
};

/** @throws RequestError INVALID_FILTER */
function toOrder(orderBy: readonly TierStructureOrder[] | null | undefined): readonly TierStructureOrder[] {
  if (orderBy === null || orderBy === undefined || orderBy.length === 0) return DEFAULT_ORDER;
  if (new Set(orderBy.map(({ field }) => field)).size === orderBy.length) return orderBy;
  throw new RequestError('INVALID_FILTER', 'An order names each field at most once.', { field: ['orderBy'] });
}

/** @throws RequestError INVALID_FILTER */
async function toConditions(
  filter: TierStructureFilter | null | undefined,
  { loaders }: RequestContext,
): Promise<Condition<TierStructureField>[]> {
  if (filter === null || filter === undefined) return [];
  const parts = [
    valueConditions('id', filter.id, IDS_MAX),
    textConditions('name', filter.name),
    valueConditions('type', filter.type, VALUES_MAX),
    valueConditions('status', filter.status, VALUES_MAX),
    filter.createdAt ? await createdAtConditions(filter.createdAt, loaders) : checked([]),
  ];
  return parts.flatMap((part): Condition<TierStructureField>[] => {
    if (part.ok) return part.value.map(withPlainIds);
    const [first] = part.problems;
    throw new RequestError('INVALID_FILTER', first?.message ?? '', { field: first?.field ?? ['filter'] });
  });
}

/** Only days need the workspace's calendar and clock. */
async function createdAtConditions(filter: NonNullable<TierStructureFilter['createdAt']>, loaders: RequestContext['loaders']) {
  const [{ calendar }, now] = await Promise.all([loaders.customers.program(), loaders.workspaces.clock()]);
  return dateConditions('createdAt', filter, calendar, now);
}

/** What is not the id of a tier structure is left out: it matches nothing, and excludes nothing. */
function withPlainIds(condition: Condition<TierStructureField>): Condition<TierStructureField> {
  if (condition.field !== 'id' || condition.kind !== 'ONE_OF') return condition;
  return { ...condition, values: condition.values.flatMap((value) => fromPublicId('TierStructure', value) ?? []) };
}

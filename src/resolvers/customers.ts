import { customerUpsert } from '../commands/customers.ts';
import type { RequestContext } from '../context.ts';
import { explainTier } from '../domain/explanations.ts';
import { pendingBalance } from '../domain/members.ts';
import { isText } from '../domain/problem.ts';
import { structuresInForceAt } from '../domain/program.ts';
import type { TierRisk, TierStanding } from '../domain/progress.ts';
import { deferredTier, heldTier, tierOpportunities, tierRisk, tierStandings } from '../domain/progress.ts';
import { snapshotOf } from '../domain/snapshots.ts';
import type { Instant } from '../domain/time.ts';
import { NEVER, finiteInstant } from '../domain/time.ts';
import type { CustomerUpsertInput, MutationResolvers, QueryResolvers, Resolvers } from '../generated/resolvers-types.ts';
import type {
  CardView,
  CustomerConnectionView,
  CustomerSnapshotView,
  CustomerView,
  Standing,
  TierTransitionView,
} from '../loaders/customers.ts';
import { pointsOf } from '../loaders/customers.ts';
import { loadReferred } from '../loaders/batch.ts';
import type { CompleteResolvers } from '../platform/complete-resolvers.ts';
import { RequestError } from '../platform/errors.ts';
import { fromPublicId, toPublicId } from '../platform/ids.ts';
import { pageRequest, toConnection } from '../platform/paging.ts';

const Query: Pick<QueryResolvers, 'customer' | 'customers'> = {
  customer: (_, { by }, { loaders }) => {
    if (typeof by.externalId === 'string') {
      return isText(by.externalId) ? loaders.customers.customerByExternalId.load(by.externalId) : null;
    }
    const id = fromPublicId('Customer', by.id ?? '');
    return id === null ? null : loaders.customers.customer.load(id);
  },
  customers: async (_, args, { loaders }) => toConnection(await loaders.customers.customers(pageRequest(args))),
};

const Mutation: Pick<MutationResolvers, 'customerUpsert'> = {
  customerUpsert: async (_, { input }, context) => {
    const outcome = await customerUpsert(context.services.runner, context.actor, requestOf(input));
    context.forget();
    if (!outcome.ok) return { customer: null, created: false, userErrors: outcome.problems };
    const customer = { ...outcome.customer, ...(outcome.standing === null ? {} : { standing: outcome.standing }) };
    return { customer, created: outcome.created, userErrors: [] };
  },
};

function requestOf(input: CustomerUpsertInput) {
  return {
    externalId: input.externalId,
    name: input.name,
    email: input.email,
    metadata: input.metadata,
    joinedAt: input.joinedAt ?? null,
    expectedVersion: input.version ?? null,
    idempotencyKey: input.idempotencyKey ?? null,
  };
}

const customer: CompleteResolvers<NonNullable<Resolvers['Customer']>, CustomerView> = {
  id: ({ id }) => toPublicId('Customer', id),
  points: async (parent, { cardDefinitionId }, context) => pointsOn(await standingOf(parent, context), cardDefinitionId),
  tier: async (parent, { tierStructureId }, context) =>
    tierIn(tierStandings(await standingOf(parent, context)), tierStructureId),
  tiers: async (parent, _, context) => tierStandings(await standingOf(parent, context)),
  cards: async (parent, _, context) => cardsOf(parent.id, await standingOf(parent, context)),
  tierExplanation: async ({ id }, { tierStructureId, at }, { loaders }) => {
    const member = await loadReferred(loaders.customers.whole, id);
    checkPast('at', at, member.now);
    return explainTier(member, member.program, fromPublicId('TierStructure', tierStructureId) ?? '', at ?? member.now);
  },
  asOf: async ({ id, createdAt }, { at, knownAt }, { loaders }) => {
    const member = await loadReferred(loaders.customers.whole, id);
    checkPast('at', at, member.now);
    checkPast('knownAt', knownAt, member.now);
    const time = { at, knownAt: knownAt ?? member.now };
    const { program } = member;
    return { ...time, customerId: id, program, state: snapshotOf({ ...member, createdAt }, program, time) };
  },
  ledgerEntries: async ({ id }, args, { loaders }) =>
    toConnection(await loaders.ledger.customerLedgerEntries.load({ parentId: id, page: pageRequest(args) })),
  operations: async ({ id }, args, { loaders }) =>
    toConnection(await loaders.operations.customerOperations.load({ parentId: id, page: pageRequest(args) })),
  rewards: async (parent, _, context) => {
    const { id: customerId, externalId, metadata } = parent;
    return context.loaders.rewards.offers({ customerId, externalId, metadata, standing: await standingOf(parent, context) });
  },
  rewardGrants: async ({ id }, args, { loaders }) =>
    toConnection(await loaders.rewards.customerGrants.load({ parentId: id, page: pageRequest(args) })),
  redemptions: async ({ id }, args, { loaders }) =>
    toConnection(await loaders.rewards.customerRedemptions.load({ parentId: id, page: pageRequest(args) })),
  tierTransitions: async ({ id }, args, { loaders }) =>
    toConnection(await loaders.customers.tierTransitions.load({ parentId: id, page: pageRequest(args) })),
};

const tierMembership: CompleteResolvers<NonNullable<Resolvers['TierMembership']>, TierStanding> = {
  tierStructure: ({ structure }) => structure,
  tier: heldTier,
  since: ({ membership }) => membership?.since ?? null,
  expiresAt: ({ membership }) => finiteInstant(membership?.expiresAt ?? NEVER),
  graceEndsAt: ({ membership }) => membership?.graceEndsAt ?? null,
  revision: ({ rules }) => rules.number,
  windowStartsAt: ({ window }) => window?.start ?? null,
  windowEndsAt: ({ window }) => window?.end ?? null,
  deferred: deferredTier,
  opportunities: tierOpportunities,
  risk: (standing) => tierRisk(standing),
};

const tierRiskResolvers: CompleteResolvers<NonNullable<Resolvers['TierRisk']>, TierRisk> = {
  windowStartsAt: ({ window }) => window?.start ?? null,
  windowEndsAt: ({ window }) => window?.end ?? null,
};

const customerSnapshot: CompleteResolvers<NonNullable<Resolvers['CustomerSnapshot']>, CustomerSnapshotView> = {
  points: (snapshot, { cardDefinitionId }) => pointsOn(snapshot, cardDefinitionId),
  tier: (snapshot, { tierStructureId }) => tierIn(standingsAt(snapshot), tierStructureId),
  tiers: standingsAt,
  cards: (snapshot) => cardsOf(snapshot.customerId, snapshot),
};

const cardSnapshot: CompleteResolvers<NonNullable<Resolvers['CardSnapshot']>, CardView> = {
  cardId: ({ id }) => toPublicId('Card', id),
  cardDefinition: ({ cardDefinitionId }, _, { loaders }) => loadReferred(loaders.cards.cardDefinition, cardDefinitionId),
  pendingBalance: (card) => pendingBalance(card),
  lots: ({ lots, program }) => lots.map((lot) => ({ ...lot, program })),
  pendingPoints: ({ pending, program }) => pending.map((points) => ({ ...points, program })),
};

const tierTransition: CompleteResolvers<NonNullable<Resolvers['TierTransition']>, TierTransitionView> = {
  id: ({ id }) => toPublicId('TierTransition', id),
  customer: ({ customerId }, _, { loaders }) => loadReferred(loaders.customers.customer, customerId),
  tierStructure: ({ structureId, program }, _, { loaders }) =>
    program?.structures.find(({ id }) => id === structureId) ?? loadReferred(loaders.structures.tierStructure, structureId),
  fromTier: (transition, _, context) => tierOf(transition, transition.fromTierId, context),
  toTier: (transition, _, context) => tierOf(transition, transition.toTierId, context),
  expiresAt: ({ expiresAt }) => finiteInstant(expiresAt),
};

const customerConnection: CompleteResolvers<NonNullable<Resolvers['CustomerConnection']>, CustomerConnectionView> = {
  totalCount: (_, __, { loaders }) => loaders.customers.customerCount(),
};

export const customerResolvers = {
  Query,
  Mutation,
  Customer: customer,
  CustomerConnection: customerConnection,
  CustomerSnapshot: customerSnapshot,
  CardSnapshot: cardSnapshot,
  TierMembership: tierMembership,
  TierRisk: tierRiskResolvers,
  TierTransition: tierTransition,
};

/** The standing that a command has just made, or the one that is read for the whole page at once. */
function standingOf(parent: CustomerView, context: RequestContext): Promise<Standing> | Standing {
  return parent.standing ?? loadReferred(context.loaders.customers.standing, parent.id);
}

/** From the configuration that the command decided by, where there is one. */
function tierOf({ structureId, program }: TierTransitionView, tierId: string | null, context: RequestContext) {
  if (tierId === null) return null;
  const structure = program?.structures.find(({ id }) => id === structureId);
  return structure?.tiers.find(({ id }) => id === tierId) ?? context.loaders.structures.tier.load(tierId);
}

function pointsOn(standing: Standing, cardDefinitionId: string | null | undefined): bigint {
  if (typeof cardDefinitionId !== 'string') return pointsOf(standing, null);
  const id = fromPublicId('CardDefinition', cardDefinitionId);
  return id === null ? 0n : pointsOf(standing, id);
}

function tierIn(standings: readonly TierStanding[], tierStructureId: string | null | undefined) {
  const id = typeof tierStructureId === 'string' ? fromPublicId('TierStructure', tierStructureId) : standings[0]?.structure.id;
  const standing = standings.find(({ structure }) => structure.id === id);
  return standing === undefined ? null : heldTier(standing);
}

function standingsAt(snapshot: CustomerSnapshotView): TierStanding[] {
  return tierStandings(snapshot, structuresInForceAt(snapshot.program, snapshot.at));
}

function cardsOf(customerId: string, { state, program }: Standing): CardView[] {
  return [...state.cards.values()].map((card) => ({ ...card, customerId, program }));
}

/** @throws RequestError BAD_USER_INPUT */
function checkPast(field: string, instant: Instant | null | undefined, now: Instant): void {
  if (typeof instant !== 'number' || instant <= now) return;
  throw new RequestError('BAD_USER_INPUT', 'An instant to look back at cannot lie in the future.', { field: [field] });
}

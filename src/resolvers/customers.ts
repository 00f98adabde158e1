import { customerUpsert } from '../commands/customers.ts';
import type { RequestContext } from '../context.ts';
import { isText } from '../domain/problem.ts';
import { NEVER, finiteInstant } from '../domain/time.ts';
import type { CustomerUpsertInput, MutationResolvers, QueryResolvers, Resolvers } from '../generated/resolvers-types.ts';
import type { CustomerConnectionView, CustomerView, MembershipView, Standing, TierTransitionView } from '../loaders/customers.ts';
import { membershipsOf, pointsOf } from '../loaders/customers.ts';
import { loadReferred } from '../loaders/batch.ts';
import type { CompleteResolvers } from '../platform/complete-resolvers.ts';
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
  points: async (parent, { cardDefinitionId }, context) => {
    if (typeof cardDefinitionId !== 'string') return pointsOf(await standingOf(parent, context), null);
    const id = fromPublicId('CardDefinition', cardDefinitionId);
    return id === null ? 0n : pointsOf(await standingOf(parent, context), id);
  },
  tier: async (parent, { tierStructureId }, context) => {
    const memberships = membershipsOf(await standingOf(parent, context));
    if (typeof tierStructureId !== 'string') return heldTier(memberships[0]);
    const id = fromPublicId('TierStructure', tierStructureId);
    return heldTier(memberships.find(({ structure }) => structure.id === id));
  },
  tiers: async (parent, _, context) => membershipsOf(await standingOf(parent, context)),
  cards: async (parent, _, context) => {
    const { state, program } = await standingOf(parent, context);
    return [...state.cards.values()].map((card) => ({ ...card, customerId: parent.id, program }));
  },
  ledgerEntries: async ({ id }, args, { loaders }) =>
    toConnection(await loaders.ledger.customerLedgerEntries.load({ parentId: id, page: pageRequest(args) })),
  tierTransitions: async ({ id }, args, { loaders }) =>
    toConnection(await loaders.customers.tierTransitions.load({ parentId: id, page: pageRequest(args) })),
};

const tierMembership: CompleteResolvers<NonNullable<Resolvers['TierMembership']>, MembershipView> = {
  tierStructure: ({ structure }) => structure,
  tier: heldTier,
  since: ({ membership }) => membership?.since ?? null,
  expiresAt: ({ membership }) => finiteInstant(membership?.expiresAt ?? NEVER),
  windowStartsAt: ({ window }) => window?.start ?? null,
  windowEndsAt: ({ window }) => window?.end ?? null,
};

const tierTransition: CompleteResolvers<NonNullable<Resolvers['TierTransition']>, TierTransitionView> = {
  id: ({ id }) => toPublicId('TierTransition', id),
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
  TierMembership: tierMembership,
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

function heldTier(view: MembershipView | undefined) {
  return view?.structure.tiers.find(({ id }) => id === view.membership?.tierId) ?? null;
}

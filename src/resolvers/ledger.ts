import { earn } from '../commands/ledger.ts';
import type { Transaction } from '../domain/purchases.ts';
import { pendingBalance } from '../domain/members.ts';
import { isText } from '../domain/problem.ts';
import { finiteInstant } from '../domain/time.ts';
import type { EarnInput, MutationResolvers, QueryResolvers, Resolvers } from '../generated/resolvers-types.ts';
import type { CardView, LotView, PendingPointsView, Standing } from '../loaders/customers.ts';
import type { AwardView, LedgerEntryView } from '../loaders/ledger.ts';
import { loadReferred } from '../loaders/batch.ts';
import { loadEntryExplanation } from '../loaders/explanations.ts';
import type { CompleteResolvers } from '../platform/complete-resolvers.ts';
import { fromPublicId, toPublicId } from '../platform/ids.ts';
import { pageRequest, toConnection } from '../platform/paging.ts';
import { toCustomerReference } from '../platform/references.ts';

const Query: Pick<QueryResolvers, 'transaction'> = {
  transaction: (_, { by }, { loaders }) => {
    if (by.reference) {
      const { source, reference } = by.reference;
      return isText(source) && isText(reference) ? loaders.ledger.transactionByReference({ source, reference }) : null;
    }
    const id = fromPublicId('Transaction', by.id ?? '');
    return id === null ? null : loaders.ledger.transaction.load(id);
  },
};

const Mutation: Pick<MutationResolvers, 'earn'> = {
  earn: async (_, { input }, context) => {
    const { runner } = context.services;
    const outcome = await earn(runner, context.actor, toCustomerReference(input.customer), requestOf(input), input.dryRun);
    context.forget();
    if (!outcome.ok) {
      const nothing = { customer: null, transaction: null, awards: [], tierTransitions: [], rewards: [], grants: [] };
      return { ...nothing, duplicate: false, userErrors: outcome.problems };
    }
    const { customer, transaction, transitions, grants, standing, duplicate } = outcome;
    const decidedBy = standing === null ? {} : { program: standing.program };
    return {
      customer: { ...customer, ...(standing === null ? {} : { standing }) },
      // A dry run makes no transaction; it finds the one that was recorded before.
      transaction: input.dryRun && standing !== null ? null : transaction,
      awards: transaction.awards.map((award) => ({ ...award, ...decidedBy })),
      tierTransitions: transitions.map((transition) => ({ ...transition, ...decidedBy })),
      rewards: grants.map(({ rewardId }) => standing?.program.rewards.get(rewardId) ?? loadReferred(context.loaders.rewards.reward, rewardId)),
      grants: grants.map((grant) => ({ ...grant, ...decidedBy })),
      duplicate,
      userErrors: [],
    };
  },
};

function requestOf(input: EarnInput) {
  return {
    amount: input.amount,
    currency: input.currency,
    location: input.location ?? null,
    lines: (input.lines ?? []).map(({ sku, category, quantity, amount }) => ({
      sku: sku ?? null,
      category: category ?? null,
      quantity,
      amount,
    })),
    occurredAt: input.occurredAt ?? null,
    source: input.source,
    reference: input.reference ?? null,
    idempotencyKey: input.idempotencyKey ?? null,
  };
}

const transaction: CompleteResolvers<NonNullable<Resolvers['Transaction']>, Transaction> = {
  id: ({ id }) => toPublicId('Transaction', id),
  customer: ({ customerId }, _, { loaders }) => loadReferred(loaders.customers.customer, customerId),
  refunds: async ({ id }, args, { loaders }) =>
    toConnection(await loaders.operations.transactionRefunds.load({ parentId: id, page: pageRequest(args) })),
};

const award: CompleteResolvers<NonNullable<Resolvers['Award']>, AwardView> = {
  computedPoints: ({ computed }) => computed,
  earnRuleVersion: ({ earnRuleVersionId, program }, _, { loaders }) =>
    program?.earnRuleVersions.get(earnRuleVersionId) ??
    loadReferred(loaders.earning.earnRuleVersion, earnRuleVersionId),
  cardDefinition: ({ cardDefinitionId, program }, _, { loaders }) =>
    program?.cardDefinitions.get(cardDefinitionId) ?? loadReferred(loaders.cards.cardDefinition, cardDefinitionId),
  expiresAt: ({ expiresAt }) => finiteInstant(expiresAt),
};

const card: CompleteResolvers<NonNullable<Resolvers['Card']>, CardView> = {
  id: ({ id }) => toPublicId('Card', id),
  cardDefinition: ({ cardDefinitionId }, _, { loaders }) => loadReferred(loaders.cards.cardDefinition, cardDefinitionId),
  pendingBalance: (parent) => pendingBalance(parent),
  lots: ({ lots, program }) => lots.map((lot) => ({ ...lot, program })),
  pendingPoints: ({ pending, program }) => pending.map((points) => ({ ...points, program })),
  ledgerEntries: async ({ id }, args, { loaders }) =>
    toConnection(await loaders.ledger.cardLedgerEntries.load({ parentId: id, page: pageRequest(args) })),
};

const lot: CompleteResolvers<NonNullable<Resolvers['Lot']>, LotView> = {
  expiresOn: ({ expiresAt, program }) => program.calendar.lastDayBefore(expiresAt),
  expiresAt: ({ expiresAt }) => finiteInstant(expiresAt),
};

const pendingPoints: CompleteResolvers<NonNullable<Resolvers['PendingPoints']>, PendingPointsView> = {
  transaction: ({ transactionId }, _, { loaders }) => loadReferred(loaders.ledger.transaction, transactionId),
  expiresOn: ({ expiresAt, program }) => program.calendar.lastDayBefore(expiresAt),
};

const ledgerEntry: CompleteResolvers<NonNullable<Resolvers['LedgerEntry']>, LedgerEntryView> = {
  id: ({ id }) => toPublicId('LedgerEntry', id),
  customer: async ({ customerId, standing }, _, { loaders }) => {
    const customer = await loadReferred(loaders.customers.customer, customerId);
    return standing === undefined ? customer : { ...customer, standing };
  },
  card: async (entry, _, context) => {
    const { standing } = context.loaders.customers;
    const known = cardOf(entry, entry.standing ?? (await loadReferred(standing, entry.customerId)));
    if (known !== null) return known;
    // The purchase that opened the card came after the standing was read, and before its entry was.
    const later = cardOf(entry, await loadReferred(standing.clear(entry.customerId), entry.customerId));
    if (later === null) throw new Error('An entry is on a card that is there.');
    return later;
  },
  transaction: ({ transactionId }, _, { loaders }) => (transactionId === null ? null : loaders.ledger.transaction.load(transactionId)),
  operation: ({ operationId }, _, { loaders }) => (operationId === null ? null : loaders.operations.operation(operationId)),
  earnRuleVersion: ({ earnRuleVersionId }, _, { loaders }) =>
    earnRuleVersionId === null ? null : loaders.earning.earnRuleVersion.load(earnRuleVersionId),
  tier: ({ tierId }, _, { loaders }) => (tierId === null ? null : loaders.structures.tier.load(tierId)),
  expiresAt: ({ expiresAt }) => finiteInstant(expiresAt),
  explanation: (entry, _, { loaders }) => loadEntryExplanation(entry, loaders),
};

function cardOf({ customerId, cardDefinitionId }: LedgerEntryView, { state, program }: Standing): CardView | null {
  const card = state.cards.get(cardDefinitionId);
  return card === undefined ? null : { ...card, customerId, program };
}

export const ledgerResolvers = {
  Query,
  Mutation,
  Transaction: transaction,
  Award: award,
  Card: card,
  Lot: lot,
  PendingPoints: pendingPoints,
  LedgerEntry: ledgerEntry,
};

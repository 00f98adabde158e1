import type { OperationOutcome } from '../commands/recording.ts';
import { activityRecord, pointsAdjust, pointsTransfer, refund, spend, spendReverse } from '../commands/operations.ts';
import type { RequestContext } from '../context.ts';
import type { Operation } from '../domain/operations.ts';
import type { Program } from '../domain/program.ts';
import type { Standing } from '../domain/progress.ts';
import { NEVER, finiteInstant } from '../domain/time.ts';
import type { MutationResolvers, Resolvers } from '../generated/resolvers-types.ts';
import { loadReferred } from '../loaders/batch.ts';
import type {
  AdjustmentView,
  AllocationView,
  CustomerActivityView,
  DeductionView,
  RefundView,
  SpendReversalView,
  SpendView,
  TransferView,
} from '../loaders/operations.ts';
import { toTransferView } from '../loaders/operations.ts';
import type { CompleteResolvers } from '../platform/complete-resolvers.ts';
import { fromPublicId, toPublicId } from '../platform/ids.ts';
import { pageRequest, toConnection } from '../platform/paging.ts';
import { toCustomerReference, toSpendReference, toTransactionReference } from '../platform/references.ts';

const Mutation: Pick<
  MutationResolvers,
  'spend' | 'spendReverse' | 'refund' | 'pointsAdjust' | 'pointsTransfer' | 'activityRecord'
> = {
  spend: async (_, { input }, context) => {
    const request = { ...onCardOf(input), customer: toCustomerReference(input.customer) };
    const outcome = await spend(context.services.runner, context.actor, request);
    const { operation, parties, ...answer } = answerOf(outcome, input, context);
    return { spend: operation, customer: parties[0] ?? null, ...answer };
  },
  spendReverse: async (_, { input }, context) => {
    const request = { ...detailsOf(input), spend: toSpendReference(input.spend), points: input.points ?? null };
    const outcome = await spendReverse(context.services.runner, context.actor, request);
    const { operation, parties, ...answer } = answerOf(outcome, input, context);
    return { spendReversal: operation, customer: parties[0] ?? null, ...answer };
  },
  refund: async (_, { input }, context) => {
    const { amount = null, lines } = input;
    const request = { ...detailsOf(input), transaction: toTransactionReference(input.transaction), amount, lines: lines ?? [] };
    const outcome = await refund(context.services.runner, context.actor, request);
    const { operation, parties, ...answer } = answerOf(outcome, input, context);
    const revoked = outcome.ok ? (outcome.moves?.grants ?? (await context.loaders.rewards.revokedGrants.load(outcome.operation.id))) : null;
    return { refund: operation, customer: parties[0] ?? null, revokedGrants: revoked ?? [], ...answer };
  },
  pointsAdjust: async (_, { input }, context) => {
    const { qualifying } = input;
    const request = { ...onCardOf(input), customer: toCustomerReference(input.customer), qualifying };
    const outcome = await pointsAdjust(context.services.runner, context.actor, request);
    const { operation, parties, ...answer } = answerOf(outcome, input, context);
    return { adjustment: operation, customer: parties[0] ?? null, ...answer };
  },
  pointsTransfer: async (_, { input }, context) => {
    const request = { ...onCardOf(input), from: toCustomerReference(input.from), to: toCustomerReference(input.to) };
    const outcome = await pointsTransfer(context.services.runner, context.actor, request);
    const { operation, parties, ...answer } = answerOf(outcome, input, context);
    const transfer = operation === null ? null : { ...toTransferView(operation), ...decidedBy(operation) };
    return { transfer, from: parties[0] ?? null, to: parties[1] ?? null, ...answer };
  },
  activityRecord: async (_, { input }, context) => {
    const { type: activityType, occurredAt = null } = input;
    const request = { ...detailsOf(input), customer: toCustomerReference(input.customer), activityType, occurredAt };
    const outcome = await activityRecord(context.services.runner, context.actor, request);
    const { operation, parties, ...answer } = answerOf(outcome, input, context);
    return { activity: operation, customer: parties[0] ?? null, ...answer };
  },
};

interface DetailsInput {
  readonly source: string;
  readonly reference?: string | null | undefined;
  readonly reason?: string | null | undefined;
  readonly metadata?: Record<string, unknown> | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
  readonly dryRun: boolean;
}

function detailsOf({ source, reference, reason, metadata, idempotencyKey, dryRun }: DetailsInput) {
  return {
    source,
    reference: reference ?? null,
    reason: reason ?? null,
    metadata: metadata ?? {},
    idempotencyKey: idempotencyKey ?? null,
    dryRun,
  };
}

function onCardOf(input: DetailsInput & { readonly points: bigint; readonly cardDefinitionId?: string | null | undefined }) {
  const { points, cardDefinitionId } = input;
  // What is no id of a card definition names one that does not exist, which is not the same as none.
  const named = typeof cardDefinitionId === 'string' ? (fromPublicId('CardDefinition', cardDefinitionId) ?? '') : null;
  return { ...detailsOf(input), points, cardDefinitionId: named };
}

/** What all payloads share. A dry run makes no operation; it finds the one that was recorded before. */
function answerOf<T extends Operation, Code extends string>(
  outcome: OperationOutcome<T, Code>,
  { dryRun }: DetailsInput,
  context: RequestContext,
) {
  context.forget();
  if (!outcome.ok) {
    const available = (code: string) => (code === 'INSUFFICIENT_POINTS' ? outcome.available : null);
    const userErrors = outcome.problems.map((problem) => ({ ...problem, available: available(problem.code) }));
    return { operation: null, parties: [], ledgerEntries: [], tierTransitions: [], duplicate: false, userErrors };
  }
  const { operation, parties, entries, transitions, duplicate, program } = outcome;
  const standings = new Map(parties.map(({ customer, standing }) => [customer.id, standing]));
  return {
    operation: dryRun && program !== null ? null : withProgram(operation, program),
    parties: parties.map(({ customer, standing }) => ({ ...customer, ...withStanding(standing) })),
    ledgerEntries: entries.map((entry) => ({ ...entry, ...withStanding(standings.get(entry.customerId)) })),
    tierTransitions: transitions.map((transition) => withProgram(transition, program)),
    duplicate,
    userErrors: [],
  };
}

function withStanding(standing: Standing | null | undefined) {
  return standing ? { standing } : {};
}

function withProgram<T extends object>(object: T, program: Program | null): T & { readonly program?: Program } {
  return { ...object, ...(program === null ? {} : { program }) };
}

function decidedBy({ program }: { readonly program?: Program }) {
  return program === undefined ? {} : { program };
}

type Referring = { readonly cardDefinitionId: string; readonly program?: Program };

/** Fields of what happened to one customer. */
const ofCustomer = {
  customer: ({ customerId }: { readonly customerId: string }, _: unknown, { loaders }: RequestContext) =>
    loadReferred(loaders.customers.customer, customerId),
};

/** Fields of what happened on one kind of card. */
const ofCard = {
  cardDefinition: ({ cardDefinitionId, program }: Referring, _: unknown, { loaders }: RequestContext) =>
    program?.cardDefinitions.get(cardDefinitionId) ?? loadReferred(loaders.cards.cardDefinition, cardDefinitionId),
};

/** Fields of what took points out of lots. */
const ofLots = {
  allocations: (parent: Pick<SpendView, 'allocations' | 'program'>) =>
    parent.allocations.map((allocation) => ({ ...allocation, ...decidedBy(parent) })),
};

const spendResolvers: CompleteResolvers<NonNullable<Resolvers['Spend']>, SpendView> = {
  id: ({ id }) => toPublicId('Spend', id),
  ...ofCustomer,
  ...ofCard,
  ...ofLots,
  reversedPoints: async ({ id }, _, { loaders }) => (await loaders.operations.reversedPoints.load(id)) ?? 0n,
  reversals: async ({ id }, args, { loaders }) =>
    toConnection(await loaders.operations.spendReversals.load({ parentId: id, page: pageRequest(args) })),
};

const allocation: CompleteResolvers<NonNullable<Resolvers['Allocation']>, AllocationView> = {
  expiresOn: async ({ expiresAt, program }, _, { loaders }) => {
    if (expiresAt === NEVER) return null;
    const { calendar } = program ?? (await loaders.customers.program());
    return calendar.lastDayBefore(expiresAt);
  },
  expiresAt: ({ expiresAt }) => finiteInstant(expiresAt),
};

const spendReversal: CompleteResolvers<NonNullable<Resolvers['SpendReversal']>, SpendReversalView> = {
  id: ({ id }) => toPublicId('SpendReversal', id),
  ...ofCustomer,
  ...ofCard,
  spend: ({ spendId }, _, { loaders }) => loaders.operations.spend(spendId),
  available: ({ points, expired }) => points - expired,
};

const refundResolvers: CompleteResolvers<NonNullable<Resolvers['Refund']>, RefundView> = {
  id: ({ id }) => toPublicId('Refund', id),
  ...ofCustomer,
  transaction: ({ transactionId }, _, { loaders }) => loadReferred(loaders.ledger.transaction, transactionId),
  deductions: (parent) => parent.deductions.map((deduction) => ({ ...deduction, ...decidedBy(parent) })),
  revokedPoints: ({ effect }) => effect.applied,
  cancelledPendingPoints: ({ effect }) => effect.cancelled,
  expiredPoints: ({ effect }) => effect.expired,
  shortfall: ({ effect }) => effect.shortfall,
};

const refundDeduction: CompleteResolvers<NonNullable<Resolvers['RefundDeduction']>, DeductionView> = {
  ...ofCard,
  earnRuleVersion: ({ earnRuleVersionId, program }, _, { loaders }) =>
    program?.earnRuleVersions.get(earnRuleVersionId) ?? loadReferred(loaders.earning.earnRuleVersion, earnRuleVersionId),
};

const adjustment: CompleteResolvers<NonNullable<Resolvers['Adjustment']>, AdjustmentView> = {
  id: ({ id }) => toPublicId('Adjustment', id),
  ...ofCustomer,
  ...ofCard,
};

const transfer: CompleteResolvers<NonNullable<Resolvers['Transfer']>, TransferView> = {
  id: ({ id }) => toPublicId('Transfer', id),
  customer: ({ fromCustomerId }, _, { loaders }) => loadReferred(loaders.customers.customer, fromCustomerId),
  from: ({ fromCustomerId }, _, { loaders }) => loadReferred(loaders.customers.customer, fromCustomerId),
  to: ({ toCustomerId }, _, { loaders }) => loadReferred(loaders.customers.customer, toCustomerId),
  ...ofCard,
  ...ofLots,
};

const customerActivity: CompleteResolvers<NonNullable<Resolvers['CustomerActivity']>, CustomerActivityView> = {
  id: ({ id }) => toPublicId('CustomerActivity', id),
  ...ofCustomer,
  type: ({ activityType }) => activityType,
};

export const operationResolvers = {
  Query: {},
  Mutation,
  Spend: spendResolvers,
  Allocation: allocation,
  SpendReversal: spendReversal,
  Refund: refundResolvers,
  RefundDeduction: refundDeduction,
  Adjustment: adjustment,
  Transfer: transfer,
  CustomerActivity: customerActivity,
};

import type { OperationOutcome, Party } from '../commands/recording.ts';
import { proofOf, redemptionCancel, redemptionConfirm, rewardCreate, rewardRedeem, rewardStep, rewardStockAdjust, rewardUpdate } from '../commands/rewards.ts';
import type { RequestContext } from '../context.ts';
import type { LifecycleStep } from '../domain/configuration.ts';
import { grantStatus } from '../domain/grants.ts';
import type { Operation } from '../domain/operations.ts';
import type { Checked } from '../domain/problem.ts';
import { canonicalLocale, renderReceipt } from '../domain/receipts.ts';
import type { RedeemErrorCode, RedeemProblem } from '../domain/redemptions.ts';
import { redemptionStatus } from '../domain/redemptions.ts';
import type { CatalogueReward, PointsTrigger, RewardChanges, RewardDraft, RewardErrorCode, RewardLimits, RewardTrigger } from '../domain/rewards.ts';
import { finiteInstant } from '../domain/time.ts';
import type {
  MutationResolvers,
  QueryResolvers,
  Resolvers,
  RewardActivateInput,
  RewardLimitsInput,
  RewardTriggerInput,
} from '../generated/resolvers-types.ts';
import { loadReferred } from '../loaders/batch.ts';
import type { RedemptionCancellationView, RedemptionView } from '../loaders/operations.ts';
import type { RewardGrantView, RewardOfferView, RewardView } from '../loaders/rewards.ts';
import type { CompleteResolvers } from '../platform/complete-resolvers.ts';
import { fromPublicId, toPublicId } from '../platform/ids.ts';
import { pageRequest, toConnection } from '../platform/paging.ts';
import { toCustomerReference, toRedemptionReference } from '../platform/references.ts';

const Query: Pick<QueryResolvers, 'reward' | 'rewards'> = {
  reward: (_, { id }, { loaders }) => {
    const found = fromPublicId('Reward', id);
    return found === null ? null : loaders.rewards.reward.load(found);
  },
  rewards: async (_, args, { loaders }) => toConnection(await loaders.rewards.rewards(pageRequest(args))),
};

const step =
  (lifecycleStep: LifecycleStep) =>
  async (_: unknown, { input }: { input: RewardActivateInput }, context: RequestContext) =>
    payload(context, await rewardStep(context.services.runner, context.actor, lifecycleStep, targetOf(input)));

const Mutation: Pick<
  MutationResolvers,
  | 'rewardCreate'
  | 'rewardUpdate'
  | 'rewardActivate'
  | 'rewardDeactivate'
  | 'rewardDraft'
  | 'rewardDelete'
  | 'rewardStockAdjust'
  | 'rewardRedeem'
  | 'redemptionConfirm'
  | 'redemptionCancel'
> = {
  rewardCreate: async (_, { input }, context) => {
    const { idempotencyKey, ...given } = input;
    const draft: RewardDraft = {
      ...given,
      key: given.key ?? undefined,
      description: given.description ?? null,
      cardDefinitionId: fromPublicId('CardDefinition', given.cardDefinitionId) ?? '',
      stock: given.stock ?? null,
      limits: toLimits(given.limits),
      tierIds: toTierIds(given.tierIds),
      condition: given.condition ?? null,
      validFrom: given.validFrom ?? null,
      validUntil: given.validUntil ?? null,
      trigger: given.trigger ? toTrigger(given.trigger) : null,
      grantValidity: given.grantValidity ?? null,
      defaultLocale: canonicalLocale(given.defaultLocale),
      receipts: toReceipts(given.receipts),
      metadata: given.metadata ?? {},
    };
    return payload(context, await rewardCreate(context.services.runner, context.actor, draft, idempotencyKey));
  },
  rewardUpdate: async (_, { input }, context) => {
    const { id: _id, version: _version, idempotencyKey: _key, ...given } = input;
    // What may be missing is taken away by null; everything else stays as it is.
    const changes: RewardChanges = {
      key: given.key ?? undefined,
      name: given.name ?? undefined,
      type: given.type ?? undefined,
      description: given.description,
      cardDefinitionId: given.cardDefinitionId ? (fromPublicId('CardDefinition', given.cardDefinitionId) ?? '') : undefined,
      cost: given.cost ?? undefined,
      stock: given.stock,
      limits: given.limits === undefined ? undefined : toLimits(given.limits),
      tierIds: given.tierIds === undefined ? undefined : toTierIds(given.tierIds),
      condition: given.condition,
      validFrom: given.validFrom,
      validUntil: given.validUntil,
      proofValidMinutes: given.proofValidMinutes ?? undefined,
      trigger: given.trigger ? toTrigger(given.trigger) : given.trigger,
      grantValidity: given.grantValidity,
      defaultLocale: given.defaultLocale ? canonicalLocale(given.defaultLocale) : undefined,
      receipts: given.receipts === undefined ? undefined : toReceipts(given.receipts),
      metadata: given.metadata ?? undefined,
    };
    return payload(context, await rewardUpdate(context.services.runner, context.actor, targetOf(input), changes));
  },
  rewardActivate: step('ACTIVATE'),
  rewardDeactivate: step('DEACTIVATE'),
  rewardDraft: step('DRAFT'),
  rewardDelete: step('DELETE'),
  rewardStockAdjust: async (_, { input }, context) => {
    const adjustment = { by: input.by, reason: input.reason ?? null };
    return payload(context, await rewardStockAdjust(context.services.runner, context.actor, targetOf(input), adjustment));
  },
  rewardRedeem: async (_, { input }, context) => {
    const { runner, signer } = context.services;
    const request = {
      ...detailsOf(input),
      rewardId: fromPublicId('Reward', input.rewardId),
      customer: toCustomerReference(input.customer),
      // What is no id of a grant names one that does not exist, which is not the same as none.
      grantId: typeof input.grantId === 'string' ? (fromPublicId('RewardGrant', input.grantId) ?? '') : null,
      locale: input.locale ?? null,
    };
    const outcome = await rewardRedeem(runner, context.actor, request);
    const answer = answerOf(outcome, context);
    if (!outcome.ok) {
      const userErrors = outcome.problems.map(withCircumstances);
      return { ...answer, customer: null, redemption: null, proof: null, receipt: null, userErrors };
    }
    const { operation, program, moves } = outcome;
    const redemption = { ...operation, ...(program === null ? {} : { program }), ...stateOf(moves?.redemptions[0]) };
    const isDry = input.dryRun && program !== null;
    return {
      ...answer,
      redemption: isDry ? null : redemption,
      proof: isDry ? null : await proofOf(signer, context.actor, operation),
      receipt: isDry ? null : await receiptOf(redemption, redemption.locale, context),
      userErrors: [],
    };
  },
  redemptionConfirm: async (_, { input }, context) => {
    const { runner, signer } = context.services;
    const { proof, idempotencyKey = null, dryRun } = input;
    const outcome = await redemptionConfirm(runner, signer, context.actor, { proof, idempotencyKey, dryRun });
    context.forget();
    if (!outcome.ok) return { redemption: null, userErrors: outcome.problems };
    return { redemption: { ...outcome.redemption, ...stateOf(outcome.state) }, userErrors: [] };
  },
  redemptionCancel: async (_, { input }, context) => {
    const request = { ...detailsOf(input), redemption: toRedemptionReference(input.redemption) };
    const outcome = await redemptionCancel(context.services.runner, context.actor, request);
    const answer = answerOf(outcome, context);
    if (!outcome.ok) return { ...answer, customer: null, cancellation: null, userErrors: outcome.problems };
    const { operation, program } = outcome;
    return { ...answer, cancellation: input.dryRun && program !== null ? null : { ...operation, ...(program === null ? {} : { program }) }, userErrors: [] };
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

/** What the payloads of redemptions and cancellations share. */
function answerOf<T extends Operation, Code extends string>(outcome: OperationOutcome<T, Code>, context: RequestContext) {
  context.forget();
  if (!outcome.ok) return { customer: null, ledgerEntries: [], tierTransitions: [], duplicate: false };
  const { parties, entries, transitions, duplicate, program } = outcome;
  const [party] = parties;
  const standing = party?.standing ?? null;
  return {
    customer: party === undefined ? null : customerOf(party),
    ledgerEntries: entries.map((entry) => ({ ...entry, ...(standing === null ? {} : { standing }) })),
    tierTransitions: transitions.map((transition) => ({ ...transition, ...(program === null ? {} : { program }) })),
    duplicate,
  };
}

function customerOf({ customer, standing }: Party) {
  return { ...customer, ...(standing === null ? {} : { standing }) };
}

function stateOf(state: RedemptionView['state'] | null) {
  return state === null || state === undefined ? {} : { state };
}

function withCircumstances<Code extends RedeemErrorCode | 'INVALID_IDEMPOTENCY_KEY'>(
  problem: { readonly code: Code; readonly message: string; readonly field: readonly string[] | null } & Pick<RedeemProblem, 'available' | 'limit'>,
) {
  return { ...problem, available: problem.available ?? null, limit: problem.limit ?? null };
}

function payload(context: RequestContext, outcome: Checked<CatalogueReward, RewardErrorCode>) {
  context.forget();
  return outcome.ok ? { reward: outcome.value, userErrors: [] } : { reward: null, userErrors: outcome.problems };
}

function targetOf({ id, version, idempotencyKey }: RewardActivateInput) {
  return { id: fromPublicId('Reward', id), expectedVersion: version ?? null, idempotencyKey };
}

function toLimits(limits: RewardLimitsInput | null | undefined): RewardLimits {
  return { perMember: limits?.perMember ?? null, perPeriod: (limits?.perPeriod ?? []).map(({ unit, count }) => ({ unit, count })) };
}

/** What cannot be a tier becomes an id that no tier has, which the domain refuses. */
function toTierIds(ids: readonly string[] | null | undefined): string[] {
  return (ids ?? []).map((id) => fromPublicId('Tier', id) ?? '');
}

function toReceipts(receipts: readonly { readonly locale: string; readonly template: string }[] | null | undefined) {
  return (receipts ?? []).map(({ locale, template }) => ({ locale: canonicalLocale(locale), template }));
}

function toTrigger({ everyNthVisit, pointBalance, pointEarned }: RewardTriggerInput): RewardTrigger {
  if (everyNthVisit) return { type: 'EVERY_NTH_VISIT', visits: everyNthVisit.visits };
  const cardOf = (id: string) => fromPublicId('CardDefinition', id) ?? '';
  if (pointBalance) return { type: 'POINT_BALANCE', cardDefinitionId: cardOf(pointBalance.cardDefinitionId), points: pointBalance.points };
  if (!pointEarned) throw new Error('A trigger has exactly one of its fields.');
  const { cardDefinitionId, points, unit } = pointEarned;
  return { type: 'POINT_EARNED', cardDefinitionId: cardOf(cardDefinitionId), points, unit: unit ?? null };
}

async function receiptOf(redemption: RedemptionView, locale: string | null, { loaders }: RequestContext) {
  const [reward, customer, program] = await Promise.all([
    loadReferred(loaders.rewards.reward, redemption.rewardId),
    loadReferred(loaders.customers.customer, redemption.customerId),
    redemption.program ?? loaders.customers.program(),
  ]);
  const { points, occurredAt: issuedAt, proofExpiresAt: expiresAt } = redemption;
  const content = { customer, reward, redemption: { id: toPublicId('Redemption', redemption.id), points, issuedAt, expiresAt } };
  return renderReceipt(reward.receipts, reward.defaultLocale, locale, content, program.calendar);
}

const reward: CompleteResolvers<NonNullable<Resolvers['Reward']>, RewardView> = {
  id: ({ id }) => toPublicId('Reward', id),
  cardDefinition: ({ cardDefinitionId }, _, { loaders }) => loadReferred(loaders.cards.cardDefinition, cardDefinitionId),
  tiers: async ({ tierIds }, _, { loaders }) => Promise.all(tierIds.map((id) => loadReferred(loaders.structures.tier, id))),
  // Decisions know neither the stock as it is read nor the texts of receipts.
  stock: async (parent, _, { loaders }) => (parent.stock === undefined ? (await loadReferred(loaders.rewards.reward, parent.id)).stock : parent.stock),
  receipts: async (parent, _, { loaders }) => parent.receipts ?? (await loadReferred(loaders.rewards.reward, parent.id)).receipts,
  activities: async ({ id }, args, { loaders }) =>
    toConnection(await loaders.audit.activitiesOf.load({ parentId: id, page: pageRequest(args) })),
};

const rewardTrigger: CompleteResolvers<NonNullable<Resolvers['RewardTrigger']>, RewardTrigger> = {
  everyNthVisit: (trigger) => (trigger.type === 'EVERY_NTH_VISIT' ? { visits: trigger.visits } : null),
  pointBalance: (trigger) => (trigger.type === 'POINT_BALANCE' ? trigger : null),
  pointEarned: (trigger) => (trigger.type === 'POINT_EARNED' ? trigger : null),
};

const ofThreshold = {
  cardDefinition: ({ cardDefinitionId }: PointsTrigger, _: unknown, { loaders }: RequestContext) =>
    loadReferred(loaders.cards.cardDefinition, cardDefinitionId),
};

const pointEarnedTrigger: CompleteResolvers<NonNullable<Resolvers['PointEarnedTrigger']>, PointsTrigger> = {
  ...ofThreshold,
  unit: (trigger) => (trigger.type === 'POINT_EARNED' ? trigger.unit : null),
};

const ofReward = {
  reward: ({ rewardId, program }: { readonly rewardId: string; readonly program?: RewardGrantView['program'] }, _: unknown, { loaders }: RequestContext) =>
    program?.rewards.get(rewardId) ?? loadReferred(loaders.rewards.reward, rewardId),
};

const ofCustomer = {
  customer: ({ customerId }: { readonly customerId: string }, _: unknown, { loaders }: RequestContext) =>
    loadReferred(loaders.customers.customer, customerId),
};

const ofCard = {
  cardDefinition: ({ cardDefinitionId, program }: RedemptionView | RedemptionCancellationView, _: unknown, { loaders }: RequestContext) =>
    program?.cardDefinitions.get(cardDefinitionId) ?? loadReferred(loaders.cards.cardDefinition, cardDefinitionId),
};

const rewardGrant: CompleteResolvers<NonNullable<Resolvers['RewardGrant']>, RewardGrantView> = {
  id: ({ id }) => toPublicId('RewardGrant', id),
  ...ofCustomer,
  ...ofReward,
  transaction: ({ transactionId }, _, { loaders }) => loaders.ledger.transaction.load(transactionId),
  status: async (grant, _, { loaders }) => grantStatus(grant, await loaders.workspaces.clock()),
  redemption: ({ redemptionId }, _, { loaders }) => (redemptionId === null ? null : loaders.operations.redemption(redemptionId)),
  expiresAt: ({ expiresAt }) => finiteInstant(expiresAt),
};

const redemption: CompleteResolvers<NonNullable<Resolvers['Redemption']>, RedemptionView> = {
  id: ({ id }) => toPublicId('Redemption', id),
  ...ofCustomer,
  ...ofReward,
  ...ofCard,
  status: async (parent, _, context) =>
    redemptionStatus(await stateNow(parent, context), parent.proofExpiresAt, await context.loaders.workspaces.clock()),
  grant: ({ grantId }, _, { loaders }) => (grantId === null ? null : loaders.rewards.grant.load(grantId)),
  allocations: ({ allocations, program }) => allocations.map((each) => ({ ...each, ...(program === undefined ? {} : { program }) })),
  confirmedAt: async (parent, _, context) => (await stateNow(parent, context)).confirmedAt,
  cancelledAt: async (parent, _, context) => (await stateNow(parent, context)).cancelledAt,
  receipt: (parent, { locale }, context) => receiptOf(parent, locale ? canonicalLocale(locale) : parent.locale, context),
};

function stateNow({ id, state }: RedemptionView, { loaders }: RequestContext) {
  return state ?? loadReferred(loaders.rewards.redemptionState, id);
}

const redemptionCancellation: CompleteResolvers<NonNullable<Resolvers['RedemptionCancellation']>, RedemptionCancellationView> = {
  id: ({ id }) => toPublicId('RedemptionCancellation', id),
  ...ofCustomer,
  ...ofCard,
  redemption: ({ redemptionId }, _, { loaders }) => loaders.operations.redemption(redemptionId),
  available: ({ points, expired }) => points - expired,
};

const rewardOffer: CompleteResolvers<NonNullable<Resolvers['RewardOffer']>, RewardOfferView> = {
  redeemable: ({ problems }) => problems.length === 0,
  grant: ({ grant, program }) => (grant === null ? null : { ...grant, program }),
  obstacles: ({ problems }) => problems.map(withCircumstances),
};

export const rewardResolvers = {
  Query,
  Mutation,
  Reward: reward,
  RewardTrigger: rewardTrigger,
  PointBalanceTrigger: ofThreshold,
  PointEarnedTrigger: pointEarnedTrigger,
  RewardGrant: rewardGrant,
  Redemption: redemption,
  RedemptionCancellation: redemptionCancellation,
  RewardOffer: rewardOffer,
};

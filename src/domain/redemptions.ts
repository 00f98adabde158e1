import type { CapUnit } from './earning.ts';
import type { RedemptionState, RewardGrant, RewardMoves, RewardShelf, RewardUses } from './grants.ts';
import { NO_MOVES, hasLimits, limitReached, putBack, returned, whyNotFor } from './grants.ts';
import type { Asking } from './grants.ts';
import type { IdSource, Member } from './ledger.ts';
import { placeFact } from './ledger.ts';
import type { OperationDecision, OperationDetails, Redemption, RedemptionCancellation, Refused } from './operations.ts';
import { applyReturn, availableOn, detailsOf, finish, identify, refusal } from './operations.ts';
import type { Points } from './points.ts';
import type { Problem } from './problem.ts';
import { problem } from './problem.ts';
import type { Program } from './program.ts';
import type { EarnMember } from './purchases.ts';
import type { Reward } from './rewards.ts';
import { isValidAt } from './rewards.ts';
import type { Instant } from './time.ts';

/**
 * Redemptions: points, or a grant, exchanged for a reward. What may be redeemed is decided in one place, for the
 * redemption itself, for its dry run and for the list of what a customer could redeem.
 */

export type RedeemRefusal =
  | 'REWARD_NOT_FOUND'
  | 'REWARD_NOT_VALID'
  | 'GRANT_NOT_FOUND'
  | 'NO_GRANT'
  | 'NOT_ELIGIBLE'
  | 'LIMIT_REACHED'
  | 'OUT_OF_STOCK'
  | 'INSUFFICIENT_POINTS';

export type RedeemErrorCode =
  | RedeemRefusal
  | 'CUSTOMER_NOT_FOUND'
  | 'INVALID_LOCALE'
  | 'INVALID_REASON'
  | 'INVALID_REFERENCE'
  | 'INVALID_METADATA'
  | 'REFERENCE_MISMATCH'
  | 'POINTS_OUT_OF_RANGE'
  | 'INVALID_IDEMPOTENCY_KEY'
  | 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH';

export type CancelErrorCode =
  | 'REDEMPTION_NOT_FOUND'
  | 'ALREADY_CONFIRMED'
  | 'ALREADY_CANCELLED'
  | 'INVALID_REASON'
  | 'INVALID_REFERENCE'
  | 'INVALID_METADATA'
  | 'REFERENCE_MISMATCH'
  | 'POINTS_OUT_OF_RANGE'
  | 'INVALID_IDEMPOTENCY_KEY'
  | 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH';

export type ConfirmErrorCode =
  | 'INVALID_PROOF'
  | 'PROOF_EXPIRED'
  | 'REDEMPTION_NOT_FOUND'
  | 'REDEMPTION_CANCELLED'
  | 'ALREADY_CONFIRMED'
  | 'INVALID_IDEMPOTENCY_KEY'
  | 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH';

export type RedemptionStatus = 'ISSUED' | 'CONFIRMED' | 'CANCELLED' | 'EXPIRED';

/** Nothing has to happen for a proof to expire. What was not confirmed by then can still be cancelled. */
export function redemptionStatus({ status }: Pick<RedemptionState, 'status'>, proofExpiresAt: Instant, now: Instant): RedemptionStatus {
  return status === 'ISSUED' && proofExpiresAt <= now ? 'EXPIRED' : status;
}

/** A reason against a redemption, with what there is of points, or the limit that is reached. */
export interface RedeemProblem extends Problem<RedeemRefusal> {
  readonly available?: Points;
  readonly limit?: 'EVER' | CapUnit;
}

/** What a redemption depends on. */
export interface RedeemCircumstances {
  readonly asking: Asking;
  /** On the card from which the reward is paid for. */
  readonly balance: Points;
  /** Neither used nor revoked, those that expire first in front. */
  readonly openGrants: readonly RewardGrant[];
  /** Null where there are no limits. */
  readonly uses: RewardUses | null;
  /** Null for as many as are asked for. */
  readonly left: number | null;
  readonly at: Instant;
}

/** The grant that would be used and all that stands against the redemption; a grant that is named must be there. */
export function checkRedeem(
  reward: Reward,
  grantId: string | null,
  { asking, balance, openGrants, uses, left, at }: RedeemCircumstances,
): { readonly grant: RewardGrant | null; readonly problems: readonly RedeemProblem[] } {
  const usable = openGrants.filter(({ expiresAt }) => expiresAt > at);
  const grant = (grantId === null ? usable[0] : usable.find(({ id }) => id === grantId)) ?? null;
  if (grantId !== null && grant === null) {
    return { grant, problems: [problem('GRANT_NOT_FOUND', 'The customer has no such grant of this reward that could be used.', 'grantId')] };
  }
  if (grant !== null) {
    // What it was given for is done, and it has its own validity.
    return { grant, problems: reward.status === 'ACTIVE' ? [] : [problem('REWARD_NOT_VALID', 'The reward is not in force.', 'rewardId')] };
  }
  const problems: RedeemProblem[] = [];
  if (!isValidAt(reward, at)) problems.push(problem('REWARD_NOT_VALID', 'The reward is not in force, or outside of its validity.', 'rewardId'));
  if (reward.cost === 0n) problems.push(problem('NO_GRANT', 'The reward is not for points; the customer has no grant of it.', 'rewardId'));
  const why = whyNotFor(reward, asking, balance);
  if (why !== null) problems.push(problem('NOT_ELIGIBLE', why, 'customer'));
  const limit = uses === null ? null : limitReached(reward.limits, uses);
  if (limit !== null) {
    const when = limit === 'EVER' ? 'as often as is allowed' : `as often as is allowed within a ${limit.toLowerCase()}`;
    problems.push({ ...problem('LIMIT_REACHED', `The customer has had the reward ${when}.`, 'rewardId'), limit });
  }
  if (left !== null && left < 1) problems.push(problem('OUT_OF_STOCK', 'Nothing is left of the reward.', 'rewardId'));
  if (balance < reward.cost) {
    problems.push({ ...problem('INSUFFICIENT_POINTS', `There are ${balance} points available.`, 'rewardId'), available: balance });
  }
  return { grant, problems };
}

/** What the shelf knows of a reward and a customer, who uses a grant that is named, or any. */
export function lookUp(
  reward: Reward,
  customerId: string,
  grantId: string | null,
  at: Instant,
  shelf: RewardShelf,
): Pick<RedeemCircumstances, 'openGrants' | 'uses' | 'left'> {
  return {
    openGrants: shelf.openGrants(customerId, reward.id, grantId, at) ?? [],
    uses: hasLimits(reward.limits) ? shelf.uses(customerId, reward.id) : null,
    left: reward.stocked ? shelf.left(reward.id) : null,
  };
}

export interface RedeemCommand extends OperationDetails {
  readonly rewardId: string;
  /** Null: the grant that expires first, if there is one; else points. */
  readonly grantId: string | null;
  readonly locale: string | null;
}

export type RedeemDecision =
  | Extract<OperationDecision<Redemption, never>, { kind: 'RECORDED' }>
  | (Refused<RedeemErrorCode> & { readonly problems: readonly (Problem<RedeemErrorCode> & Pick<RedeemProblem, 'available' | 'limit'>)[] });

/** Exchanges points or a grant for a reward. */
export function decideRedemption(
  member: EarnMember,
  command: RedeemCommand,
  program: Program,
  ids: IdSource,
  now: Instant,
  shelf: RewardShelf,
): RedeemDecision {
  const reward = program.rewards.get(command.rewardId);
  if (reward === undefined) return refusal(problem('REWARD_NOT_FOUND', 'There is no such reward.', 'rewardId'));
  const place = placeFact(member, null, program, now);
  const { occurredAt: at } = place;
  const { customerId } = member.state;
  const balance = availableOn(place, reward.cardDefinitionId);
  const asking = { externalId: member.externalId, metadata: member.metadata, tiers: place.timeline.heldTiers() };
  const circumstances = { asking, balance, at, ...lookUp(reward, customerId, command.grantId, at, shelf) };
  const { grant, problems } = checkRedeem(reward, command.grantId, circumstances);
  if (problems.length > 0) return { kind: 'REFUSED', problems };
  const { cardDefinitionId, stocked } = reward;
  const base = {
    ...detailsOf(command),
    ...identify(member, place, ids),
    type: 'REDEMPTION' as const,
    rewardId: reward.id,
    grantId: grant?.id ?? null,
    cardDefinitionId,
    points: grant === null ? reward.cost : 0n,
    locale: command.locale,
    // A proof says its time in whole seconds.
    proofExpiresAt: Math.floor(at / 1000) * 1000 + reward.proofValidMinutes * 60_000,
  };
  place.timeline.apply(base);
  const allocations = place.timeline.allocations.get(base.id) ?? [];
  const decided = finish(member, place, { ...base, allocations }, program, ids);
  if (decided.kind === 'REFUSED') return decided;
  const state: RedemptionState = {
    id: base.id,
    customerId,
    rewardId: reward.id,
    grantId: base.grantId,
    stocked: grant === null && stocked,
    status: 'ISSUED',
    issuedAt: at,
    proofExpiresAt: base.proofExpiresAt,
    confirmedAt: null,
    cancelledAt: null,
  };
  const moves: RewardMoves = {
    redemptions: [state],
    grants: grant === null ? [] : [{ ...grant, redemptionId: base.id }],
    stock: state.stocked ? [{ rewardId: reward.id, by: -1 }] : [],
    uses: grant === null ? [{ customerId, rewardId: reward.id, at, by: 1 }] : [],
  };
  return { ...decided, moves };
}

export interface CancelCommand extends OperationDetails {
  readonly redemption: Redemption;
}

/** Takes a redemption back that was not confirmed: points to their lots, the rest to where it came from. */
export function decideCancellation(
  member: Member,
  command: CancelCommand,
  program: Program,
  ids: IdSource,
  now: Instant,
  shelf: RewardShelf,
): OperationDecision<RedemptionCancellation, CancelErrorCode> {
  const { id: redemptionId, rewardId, cardDefinitionId, points } = command.redemption;
  const known = shelf.redemption(redemptionId);
  const state = known?.state ?? null;
  if (state === null) return refusal(problem('REDEMPTION_NOT_FOUND', 'There is no such redemption.', 'redemption'));
  if (state.status === 'CONFIRMED') return refusal(problem('ALREADY_CONFIRMED', 'The redemption has been confirmed.', 'redemption'));
  if (state.status === 'CANCELLED') return refusal(problem('ALREADY_CANCELLED', 'The redemption has been cancelled.', 'redemption'));
  const place = placeFact(member, null, program, now, points > 0n);
  const type = 'REDEMPTION_CANCELLATION' as const;
  const fact = { ...detailsOf(command), ...identify(member, place, ids), type, cardDefinitionId, redemptionId, rewardId, points };
  const expired = applyReturn(place, fact);
  const decided = finish(member, place, { ...fact, expired }, program, ids);
  if (decided.kind === 'REFUSED') return decided;
  const cancelled: RedemptionState = { ...state, status: 'CANCELLED', cancelledAt: fact.recordedAt };
  return { ...decided, moves: { ...takenBack(state, known?.grant ?? null, program, shelf), redemptions: [cancelled] } };
}

/** A grant can be used again, unless its purchase was refunded meanwhile; without one, another can have the reward instead. */
function takenBack(state: RedemptionState, grant: RewardGrant | null, program: Program, shelf: RewardShelf): RewardMoves {
  if (grant !== null) {
    const free = { ...grant, redemptionId: null };
    const gone = free.revokedAt === null ? { stock: [], uses: [] } : returned([free], program, shelf);
    return { ...NO_MOVES, grants: [free], ...gone };
  }
  const { customerId, rewardId, issuedAt, stocked } = state;
  return { ...NO_MOVES, stock: stocked ? putBack(rewardId, program, shelf) : [], uses: [{ customerId, rewardId, at: issuedAt, by: -1 }] };
}

export type ConfirmDecision = { readonly kind: 'CONFIRMED'; readonly moves: RewardMoves; readonly state: RedemptionState } | Refused<ConfirmErrorCode>;

/** Hands the reward over, once. The proof was found to be genuine. */
export function decideConfirmation(redemptionId: string, proofExpiresAt: Instant, now: Instant, shelf: RewardShelf): ConfirmDecision {
  const state = shelf.redemption(redemptionId)?.state ?? null;
  if (state === null) return refusal(problem('REDEMPTION_NOT_FOUND', 'There is no such redemption.', 'proof'));
  if (state.status === 'CONFIRMED') return refusal(problem('ALREADY_CONFIRMED', 'The proof has been used.', 'proof'));
  if (state.status === 'CANCELLED') return refusal(problem('REDEMPTION_CANCELLED', 'The redemption has been cancelled.', 'proof'));
  if (proofExpiresAt <= now) return refusal(problem('PROOF_EXPIRED', 'The proof is not valid any more.', 'proof'));
  const confirmed: RedemptionState = { ...state, status: 'CONFIRMED', confirmedAt: now };
  return { kind: 'CONFIRMED', state: confirmed, moves: { ...NO_MOVES, redemptions: [confirmed] } };
}

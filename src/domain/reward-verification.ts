import type { RedemptionState, RewardGrant } from './grants.ts';
import type { Operation, Redemption, RedemptionCancellation, Refund } from './operations.ts';
import type { Instant } from './time.ts';
import type { Difference } from './verification.ts';
import { NO_PLACE, compare } from './verification.ts';

/**
 * Whether what is stored of redemptions, grants and stock is what follows from rows that are only ever added: operations, purchases,
 * and the audit log of the catalogue.
 */

/** A grant, with the purchase for which it says that it was given; null if there is none. */
export interface GrantToVerify extends RewardGrant {
  readonly purchase: { readonly customerId: string; readonly recordedAt: Instant } | null;
}

/** Of one member. */
export interface StoredRewards {
  readonly redemptions: readonly RedemptionState[];
  readonly grants: readonly GrantToVerify[];
  /** Redemptions, their cancellations, and refunds, in the order in which they were recorded. */
  readonly operations: readonly Operation[];
}

export const NO_REWARDS: StoredRewards = { redemptions: [], grants: [], operations: [] };

/** The first difference in what is stored of a member's redemptions and grants; null if all is as it must be. */
export function verifyRewards(customerId: string, { redemptions, grants, operations }: StoredRewards): Difference | null {
  const cancellations = new Map(operations.filter(isCancellation).map((operation) => [operation.redemptionId, operation]));
  const recorded = operations.filter(isRedemption);
  const states = new Map(redemptions.map((state) => [state.id, state]));
  for (const redemption of recorded) {
    const difference = verifyRedemption(redemption, states.get(redemption.id), cancellations.get(redemption.id) ?? null);
    if (difference !== null) return difference;
    states.delete(redemption.id);
  }
  const [stray] = states.values();
  if (stray !== undefined) return { ...redemptionPlace(customerId, stray, 'REDEMPTION_CHANGED'), field: 'operation', found: stray.id, expected: null };

  const using = new Map(recorded.flatMap(({ id, grantId }) => (grantId === null || cancellations.has(id) ? [] : [[grantId, id] as const])));
  const refunds = new Map(operations.filter(isRefund).map((refund) => [refund.id, refund]));
  for (const grant of grants) {
    const difference = verifyGrant(customerId, grant, using.get(grant.id) ?? null, refunds.get(grant.revokedBy ?? '') ?? null);
    if (difference !== null) return difference;
  }
  const known = new Set(grants.map(({ id }) => id));
  const missing = recorded.find(({ grantId }) => grantId !== null && !known.has(grantId));
  if (missing === undefined) return null;
  const { id: redemptionId, rewardId, grantId } = missing;
  return { ...NO_PLACE, kind: 'GRANT_MISSING', customerId, rewardId, redemptionId, grantId, field: 'id', found: null, expected: grantId };
}

/** That it was confirmed is said by its own row alone, but only one that was not cancelled can have been, while its proof was valid. */
function verifyRedemption(
  { id, customerId, rewardId, grantId, occurredAt, proofExpiresAt }: Redemption,
  state: RedemptionState | undefined,
  cancellation: RedemptionCancellation | null,
): Difference | null {
  if (state === undefined) {
    return { ...redemptionPlace(customerId, { id, rewardId, grantId }, 'REDEMPTION_MISSING'), field: 'id', found: null, expected: id };
  }
  const { confirmedAt } = state;
  const mayBeConfirmed = cancellation === null && confirmedAt !== null && confirmedAt >= occurredAt && confirmedAt < proofExpiresAt;
  const status = cancellation !== null ? 'CANCELLED' : mayBeConfirmed ? 'CONFIRMED' : 'ISSUED';
  return compare(redemptionPlace(customerId, { id, rewardId, grantId }, 'REDEMPTION_CHANGED'), [
    ['rewardId', state.rewardId, rewardId],
    ['grantId', state.grantId, grantId],
    ['issuedAt', state.issuedAt, occurredAt],
    ['proofExpiresAt', state.proofExpiresAt, proofExpiresAt],
    ['status', state.status, status],
    ['confirmedAt', confirmedAt, mayBeConfirmed ? confirmedAt : null],
    ['cancelledAt', state.cancelledAt, cancellation?.recordedAt ?? null],
    // What was granted was taken out of the stock then.
    ['stocked', state.stocked, grantId === null && state.stocked],
  ]);
}

/** What it was given for, what uses it, and what took it back. Of which reward it is and when it expires is said by its own row alone. */
function verifyGrant(customerId: string, grant: GrantToVerify, usedBy: string | null, refund: Refund | null): Difference | null {
  const { id: grantId, rewardId, transactionId, purchase } = grant;
  const isGiven = purchase?.customerId === customerId;
  const isRevoked = refund?.transactionId === transactionId;
  return compare({ ...NO_PLACE, kind: 'GRANT_CHANGED', customerId, rewardId, grantId }, [
    ['transactionId', transactionId, isGiven ? transactionId : null],
    ['grantedAt', grant.grantedAt, purchase?.recordedAt ?? null],
    ['redemptionId', grant.redemptionId, usedBy],
    ['revokedBy', grant.revokedBy, isRevoked ? refund.id : null],
    ['revokedAt', grant.revokedAt, isRevoked ? refund.recordedAt : null],
  ]);
}

/** How many are left of a reward, and what says how many must be. */
export interface StockToVerify {
  readonly rewardId: string;
  /** Null if there is no row. */
  readonly remaining: number | null;
  /** What the catalogue's changes have put on the shelf, less what they have taken off it. */
  readonly supplied: number;
  /** By redemptions that were not cancelled and grants that were not taken back. */
  readonly taken: number;
}

/** The first reward of which not as many are left as must be; null if there is none. */
export function verifyStocks(stocks: readonly StockToVerify[]): Difference | null {
  for (const { rewardId, remaining, supplied, taken } of stocks) {
    const difference = compare({ ...NO_PLACE, kind: 'STOCK_CHANGED', rewardId }, [['remaining', remaining, supplied - taken]]);
    if (difference !== null) return difference;
  }
  return null;
}

type RedemptionKind = 'REDEMPTION_MISSING' | 'REDEMPTION_CHANGED';

function redemptionPlace(customerId: string, { id, rewardId, grantId }: Pick<RedemptionState, 'id' | 'rewardId' | 'grantId'>, kind: RedemptionKind) {
  return { ...NO_PLACE, kind, customerId, rewardId, redemptionId: id, grantId };
}

function isRedemption(operation: Operation): operation is Redemption {
  return operation.type === 'REDEMPTION';
}

function isCancellation(operation: Operation): operation is RedemptionCancellation {
  return operation.type === 'REDEMPTION_CANCELLATION';
}

function isRefund(operation: Operation): operation is Refund {
  return operation.type === 'REFUND';
}

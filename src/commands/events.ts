import type { EventCause } from '../domain/events.ts';
import type { RewardGrant, RewardMoves } from '../domain/grants.ts';
import type { LedgerEntry, TierTransition } from '../domain/ledger.ts';
import type { LedgerEntryType } from '../domain/members.ts';
import type { Notice } from '../domain/notices.ts';
import type { Operation, Redemption } from '../domain/operations.ts';
import type { Program } from '../domain/program.ts';
import { tierNames } from '../domain/program.ts';
import type { Transaction } from '../domain/purchases.ts';
import type { Reward, StockNotice } from '../domain/rewards.ts';
import { NEVER } from '../domain/time.ts';
import { toPublicId } from '../platform/ids.ts';
import type { LockedMember, MemberEvent, RecordedMemberEvent } from '../repositories/members.ts';

/**
 * Events of what happened to a member. An event points at the row that says what happened: such
 * rows are never changed, so whoever delivers the event finds them as they were, and says them in the
 * words of the contract.
 */

export function transactionEvents({ id, customerId, occurredAt, recordedAt }: Transaction): MemberEvent[] {
  return [{ type: 'transaction.created', customerId, data: { transactionId: id }, occurredAt, recordedAt }];
}

const ENTRY_EVENTS: Readonly<Record<LedgerEntryType, string>> = {
  EARN: 'points.earned',
  ACTIVATION: 'points.activated',
  EXPIRATION: 'points.expired',
  REFUND: 'points.revoked',
  SPEND: 'points.spent',
  SPEND_REVERSAL: 'points.returned',
  ADJUSTMENT: 'points.adjusted',
  TRANSFER_OUT: 'points.transferred_out',
  TRANSFER_IN: 'points.transferred_in',
  ENTRY_AWARD: 'points.awarded',
  ENTRY_AWARD_CLAWBACK: 'points.clawed_back',
  WRITE_OFF: 'points.written_off',
  REDEMPTION: 'points.redeemed',
  REDEMPTION_CANCELLATION: 'points.returned',
};

const OPERATION_EVENTS: Readonly<Record<Operation['type'], string>> = {
  REFUND: 'refund.created',
  SPEND: 'spend.created',
  SPEND_REVERSAL: 'spend.reversed',
  ADJUSTMENT: 'adjustment.created',
  TRANSFER_OUT: 'transfer.sent',
  TRANSFER_IN: 'transfer.received',
  ACTIVITY: 'customer.activity.recorded',
  REDEMPTION: 'redemption.created',
  REDEMPTION_CANCELLATION: 'redemption.cancelled',
};

export function operationEvents(operations: readonly Operation[]): MemberEvent[] {
  return operations.map((operation) => {
    const { type, customerId, occurredAt, recordedAt } = operation;
    return { type: OPERATION_EVENTS[type], customerId, data: operationData(operation), occurredAt, recordedAt };
  });
}

function operationData(operation: Operation): MemberEvent['data'] {
  switch (operation.type) {
    case 'REDEMPTION':
      return redemptionData(operation);
    case 'REDEMPTION_CANCELLATION':
      return redemptionData({ ...operation, id: operation.redemptionId });
    default:
      return { operationId: operation.id };
  }
}

/** What events say of a redemption. What it cost is said when it was made, and what is returned when it is cancelled. */
function redemptionData({ id, rewardId, customerId, points }: Pick<Redemption, 'id' | 'rewardId' | 'customerId' | 'points'>): MemberEvent['data'] {
  return {
    redemptionId: toPublicId('Redemption', id),
    rewardId: toPublicId('Reward', rewardId),
    customerId: toPublicId('Customer', customerId),
    points: String(points),
  };
}

export function entryEvents(entries: readonly LedgerEntry[]): MemberEvent[] {
  return entries.flatMap((entry) => {
    const { id, type, sequence, pending, customerId, occurredAt, recordedAt } = entry;
    const moved = pending && type === 'REFUND' ? 'points.pending_cancelled' : ENTRY_EVENTS[type];
    const told = [moved, ...cardEventsOf(entry)];
    // A card is there once it has an entry, pending points included.
    return (sequence === 1 ? ['card.created', ...told] : told).map((name) => ({ type: name, customerId, data: { ledgerEntryId: id }, occurredAt, recordedAt }));
  });
}

/** What becomes of a card by an entry, besides that it is opened and its points change. */
function cardEventsOf({ pending, points, balanceAfter }: LedgerEntry): string[] {
  if (pending || points === 0n) return [];
  const before = balanceAfter - points;
  if (before >= 0n && balanceAfter < 0n) return ['card.overdrawn'];
  if (before < 0n && balanceAfter >= 0n) return ['card.settled'];
  return before > 0n && balanceAfter === 0n ? ['card.emptied'] : [];
}

/**
 * A retraction is told too: who counted the first transition must hear that it is taken back. Tiers' names are said as they are
 * now: they may be changed later.
 */
export function transitionEvents(transitions: readonly TierTransition[], program: Program): MemberEvent[] {
  if (transitions.length === 0) return [];
  const names = tierNames(program);
  const nameOf = (tierId: string | null) => (tierId === null ? null : (names.get(tierId) ?? null));
  return transitions.map(({ id, type, customerId, fromTierId, toTierId, occurredAt, recordedAt }) => ({
    type: `customer.tier.${type.toLowerCase()}`,
    customerId,
    data: { tierTransitionId: id, fromTier: nameOf(fromTierId), toTier: nameOf(toTierId) },
    occurredAt,
    recordedAt,
  }));
}

/** Grants that were given. */
export function grantEvents({ grants }: RewardMoves): MemberEvent[] {
  return grants.map((grant) => grantEvent('reward_grant.created', grant, grant.grantedAt));
}

/**
 * Grants that an operation uses, and those that are gone with their purchase: one that was used is told of when its redemption is
 * cancelled. One that a cancellation returns is told of by that alone.
 */
export function movedGrantEvents({ grants, redemptions }: RewardMoves): MemberEvent[] {
  return grants.flatMap((grant) => {
    const use = redemptions.find(({ id }) => id === grant.redemptionId);
    if (use !== undefined) return [grantEvent('reward_grant.redeemed', grant, use.issuedAt)];
    return grant.redemptionId === null && grant.revokedAt !== null ? [grantEvent('reward_grant.revoked', grant, grant.revokedAt)] : [];
  });
}

/** What a notice of a reward's stock says; it concerns no single customer. */
export function stockEvent(notice: StockNotice, { id, name }: Pick<Reward, 'id' | 'name'>, stock: number): { readonly type: string; readonly data: MemberEvent['data'] } {
  return { type: STOCK_EVENTS[notice], data: { rewardId: toPublicId('Reward', id), rewardName: name, stock } };
}

const STOCK_EVENTS: Readonly<Record<StockNotice, string>> = { LOW: 'reward.stock_low', SOLD_OUT: 'reward.sold_out' };

function grantEvent(type: string, { id, rewardId, customerId, expiresAt }: RewardGrant, at: number, recordedAt = at): MemberEvent {
  const data = {
    rewardGrantId: toPublicId('RewardGrant', id),
    rewardId: toPublicId('Reward', rewardId),
    customerId: toPublicId('Customer', customerId),
    expiresAt: expiresAt === NEVER ? null : expiresAt,
  };
  return { type, customerId, data, occurredAt: at, recordedAt };
}

/** Grants that were not used and redemptions that were not fetched in time, in the order in which they expired. */
export function expirationEvents(grants: readonly RewardGrant[], redemptions: readonly Redemption[], recordedAt: number): MemberEvent[] {
  const ofRedemptions = redemptions.map((redemption): MemberEvent => {
    const { customerId, proofExpiresAt } = redemption;
    return { type: 'redemption.expired', customerId, data: redemptionData(redemption), occurredAt: proofExpiresAt, recordedAt };
  });
  const ofGrants = grants.map((grant) => grantEvent('reward_grant.expired', grant, grant.expiresAt, recordedAt));
  return [...ofGrants, ...ofRedemptions].sort((a, b) => a.occurredAt - b.occurredAt);
}

/** Grants that expire soon, each with when that became so. */
export function expiringGrantEvents(notices: readonly { readonly grant: RewardGrant; readonly at: number }[], recordedAt: number): MemberEvent[] {
  return notices.map(({ grant, at }) => grantEvent('reward_grant.expiring', grant, at, recordedAt)).sort((a, b) => a.occurredAt - b.occurredAt);
}

/** Numbers the events of customers who are locked, each customer's one after the other. */
export class EventNumbers {
  readonly #before: ReadonlyMap<string, number>;
  readonly #last = new Map<string, number>();

  constructor(members: readonly LockedMember[]) {
    this.#before = new Map(members.map(({ customer, eventSequence }) => [customer.id, eventSequence]));
  }

  /** The last number of each customer who has got any. */
  get last(): ReadonlyMap<string, number> {
    return this.#last;
  }

  /** The event with the next number of its customer. */
  number(event: MemberEvent, cause: EventCause): RecordedMemberEvent {
    const { customerId } = event;
    const sequence = (this.#last.get(customerId) ?? this.#before.get(customerId) ?? 0) + 1;
    this.#last.set(customerId, sequence);
    const { requestId, command, apiKeyId } = cause;
    const { type, data, occurredAt, recordedAt } = event;
    return { type, customerId, sequence, requestId, command, apiKeyId, data, occurredAt, recordedAt };
  }
}

/** Events that the server tells by itself, each with its number among its customer's. */
export function numberEvents(
  events: readonly MemberEvent[],
  members: readonly LockedMember[],
  cause: EventCause,
): { readonly events: RecordedMemberEvent[]; readonly eventSequences: ReadonlyMap<string, number> } {
  const numbers = new EventNumbers(members);
  return { events: events.map((event) => numbers.number(event, cause)), eventSequences: numbers.last };
}

export function noticeEvents(customerId: string, notices: readonly Notice[], recordedAt: number): MemberEvent[] {
  return notices.map((notice) => ({ type: NOTICE_EVENTS[notice.type], customerId, data: noticeData(customerId, notice), occurredAt: notice.at, recordedAt }));
}

const NOTICE_EVENTS: Readonly<Record<Notice['type'], string>> = {
  POINTS_EXPIRING: 'points.expiring',
  TIER_AT_RISK: 'customer.tier.at_risk',
  TIER_GRACE_ENDING: 'customer.tier.grace_ending',
};

function noticeData(id: string, notice: Notice): MemberEvent['data'] {
  const customerId = toPublicId('Customer', id);
  const { effectiveAt } = notice;
  switch (notice.type) {
    case 'POINTS_EXPIRING': {
      const { cardId, cardDefinitionId, points, lastDay } = notice;
      const ids = { cardId: toPublicId('Card', cardId), cardDefinitionId: toPublicId('CardDefinition', cardDefinitionId) };
      return { customerId, ...ids, points: String(points), lastDay, expiresAt: effectiveAt };
    }
    case 'TIER_AT_RISK': {
      const { structureId, fromTier, toTier, lastDay, pointsToStay } = notice;
      return {
        customerId,
        tierStructureId: toPublicId('TierStructure', structureId),
        fromTierId: toPublicId('Tier', fromTier.id),
        fromTier: fromTier.name,
        toTierId: toTier === null ? null : toPublicId('Tier', toTier.id),
        toTier: toTier?.name ?? null,
        effectiveAt,
        lastDay,
        pointsToStay: pointsToStay === null ? null : String(pointsToStay),
      };
    }
    case 'TIER_GRACE_ENDING': {
      const { structureId, heldTier } = notice;
      return {
        customerId,
        tierStructureId: toPublicId('TierStructure', structureId),
        heldTierId: toPublicId('Tier', heldTier.id),
        heldTier: heldTier.name,
        graceEndsAt: effectiveAt,
      };
    }
  }
}

export function confirmationEvent(redemption: Redemption, confirmedAt: number): MemberEvent {
  const { customerId } = redemption;
  return { type: 'redemption.confirmed', customerId, data: redemptionData(redemption), occurredAt: confirmedAt, recordedAt: confirmedAt };
}

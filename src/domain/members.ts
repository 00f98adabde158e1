import type { EarnCaps } from './earning.ts';
import type { Allocation, Lot, Points } from './points.ts';
import type { Membership, Transition } from './tiers.ts';
import type { Instant } from './time.ts';
import type { EarnedWindow } from './windows.ts';

/**
 * What there is to know about a member: the state, settled up to an instant; the facts, which happened in
 * the world; and the effects, which follow from them and are what the ledger records.
 */

export type LedgerEntryType =
  | 'EARN'
  | 'ACTIVATION'
  | 'EXPIRATION'
  | 'REFUND'
  | 'SPEND'
  | 'SPEND_REVERSAL'
  | 'ADJUSTMENT'
  | 'TRANSFER_OUT'
  | 'TRANSFER_IN'
  | 'ENTRY_AWARD'
  | 'ENTRY_AWARD_CLAWBACK'
  | 'WRITE_OFF'
  | 'REDEMPTION'
  | 'REDEMPTION_CANCELLATION';

/** Points that were earned and cannot be spent yet. */
export interface PendingPoints {
  readonly transactionId: string;
  readonly earnRuleVersionId: string;
  readonly points: Points;
  readonly earnedAt: Instant;
  readonly activatesAt: Instant;
  readonly expiresAt: Instant;
  readonly sliding: boolean;
}

export interface CardState {
  readonly id: string;
  readonly cardDefinitionId: string;
  /** Active points: the sum of the lots. */
  readonly balance: Points;
  /** Number of the card's last ledger entry. */
  readonly sequence: number;
  /** Hash of the card's last ledger entry; null if it has none. */
  readonly head: string | null;
  /** In the order in which they are spent. */
  readonly lots: readonly Lot[];
  /** In the order in which they were earned. */
  readonly pending: readonly PendingPoints[];
  /** When the points that slide expire; null if there never were any. */
  readonly slidingExpiresAt: Instant | null;
}

/** What an earn rule has given in the latest period of one of its caps. */
export interface CapUsage {
  readonly periodStart: Instant;
  readonly points: Points;
}

/** How far a member is on the way to a reward that is given for earning. */
export interface RewardProgress {
  /** Start of the period that is counted; 0 if everything is. */
  readonly since: Instant;
  /** Visits, or points. */
  readonly count: bigint;
  /** How often the count has passed what the reward asks for. */
  readonly passed: number;
  /** By which number of visits `passed` was counted. Null: by the one that the reward has, or points are counted. */
  readonly every: number | null;
  /** What was given before was counted by another number of visits; 0 if there never was another. */
  readonly everySince: Instant;
}

export interface MemberState {
  readonly customerId: string;
  readonly joinedAt: Instant;
  /** Everything that became true up to here is in the ledger. */
  readonly settledAt: Instant;
  /** When the next thing becomes true by itself; `NEVER` if nothing will. */
  readonly nextDueAt: Instant;
  /** Number of the last fact. */
  readonly sequence: number;
  /** By card definition. */
  readonly cards: ReadonlyMap<string, CardState>;
  /** By structure. */
  readonly memberships: ReadonlyMap<string, Membership>;
  /** By structure; only structures that measure POINT_EARNED have one. */
  readonly windows: ReadonlyMap<string, EarnedWindow>;
  /** By earn rule and unit of the cap, as `capKey` names them. */
  readonly capUsage: ReadonlyMap<string, CapUsage>;
  /**
   * By reward and what it counts, as `progressKey` names them. It counts what was recorded, as it was recorded: of all
   * of the state this alone is not what a replay of the facts shows.
   */
  readonly rewardProgress: ReadonlyMap<string, RewardProgress>;
}

/** Points of a purchase that one earn rule gave. */
export interface Credit {
  readonly cardDefinitionId: string;
  readonly earnRuleVersionId: string;
  readonly points: Points;
  /** When the points are gone; of points that slide, if no activity follows. */
  readonly expiresAt: Instant;
  readonly sliding: boolean;
  /** Null if they are active at once. */
  readonly activatesAt: Instant | null;
}

/** What a refund takes of what one earn rule gave. */
export interface Deduction {
  readonly cardDefinitionId: string;
  readonly earnRuleVersionId: string;
  readonly points: Points;
}

interface FactBase {
  /** The transaction or the operation. */
  readonly id: string;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  /** Facts of the same instant happened in this order. */
  readonly sequence: number;
}

export interface EarnFact extends FactBase {
  readonly type: 'EARN';
  /** At least one, each with points greater than 0. */
  readonly credits: readonly Credit[];
}

/** What is refunded of one line of a purchase. */
export interface RefundLine {
  /** Position of the line in the purchase, from 0. */
  readonly index: number;
  readonly amount: string;
}

export interface RefundFact extends FactBase {
  readonly type: 'REFUND';
  readonly transactionId: string;
  /** Money, in the currency of the purchase. */
  readonly amount: string;
  /** Empty if it was not said of which lines. */
  readonly lines: readonly RefundLine[];
  /** Empty if nothing that was given is to be taken back. */
  readonly deductions: readonly Deduction[];
}

export interface SpendFact extends FactBase {
  readonly type: 'SPEND' | 'TRANSFER_OUT' | 'REDEMPTION';
  readonly cardDefinitionId: string;
  /** Greater than 0, but for a redemption of what was granted. */
  readonly points: Points;
}

export interface SpendReversalFact extends FactBase {
  readonly type: 'SPEND_REVERSAL';
  readonly cardDefinitionId: string;
  readonly spendId: string;
  readonly points: Points;
}

export interface RedemptionCancellationFact extends FactBase {
  readonly type: 'REDEMPTION_CANCELLATION';
  readonly cardDefinitionId: string;
  readonly redemptionId: string;
  readonly points: Points;
}

export interface AdjustmentFact extends FactBase {
  readonly type: 'ADJUSTMENT';
  readonly cardDefinitionId: string;
  /** Positive or negative. */
  readonly points: Points;
  /** Whether they count as earned. */
  readonly qualifying: boolean;
  readonly expiresAt: Instant;
  readonly sliding: boolean;
}

export interface TransferInFact extends FactBase {
  readonly type: 'TRANSFER_IN';
  readonly cardDefinitionId: string;
  /** The points with the expiries that they bring along. */
  readonly allocations: readonly Allocation[];
}

export interface ActivityFact extends FactBase {
  readonly type: 'ACTIVITY';
  readonly activityType: string;
}

/** What happened in the world, as opposed to what follows from it. */
export type Fact =
  | EarnFact
  | RefundFact
  | SpendFact
  | SpendReversalFact
  | RedemptionCancellationFact
  | AdjustmentFact
  | TransferInFact
  | ActivityFact;

/** Facts other than purchases are operations. */
export type OperationType = Exclude<Fact['type'], 'EARN'>;

/** One change of a card's points that follows from a fact or from time. */
export interface LedgerEffect {
  readonly type: LedgerEntryType;
  readonly cardDefinitionId: string;
  /** The change, negative if points were taken. */
  readonly points: Points;
  /** Whether it changes the pending points rather than the balance. */
  readonly pending: boolean;
  readonly occurredAt: Instant;
  readonly transactionId: string | null;
  readonly operationId: string | null;
  readonly tierId: string | null;
  readonly earnRuleVersionId: string | null;
  /** When the points expire, or expired. */
  readonly expiresAt: Instant;
  readonly sliding: boolean;
  readonly activatesAt: Instant | null;
}

/** A transition in the ledger; a retraction takes back an equal one that was recorded before it. */
export interface RecordedTransition extends Transition {
  readonly retraction: boolean;
}

/** An effect in the ledger, and when it was recorded. */
export interface RecordedEffect extends LedgerEffect {
  readonly recordedAt: Instant;
}

/** What happened to a customer and what was recorded of it: needed where the settled state does not suffice. */
export interface MemberHistory {
  /** In the order in which they happened. */
  readonly facts: readonly Fact[];
  readonly effects: readonly RecordedEffect[];
  readonly transitions: readonly (RecordedTransition & { readonly recordedAt: Instant })[];
}

export const NO_HISTORY: MemberHistory = { facts: [], effects: [], transitions: [] };

/** A member to whom nothing has happened yet. */
export function newMember(customerId: string, joinedAt: Instant, settledAt: Instant): MemberState {
  return {
    customerId,
    joinedAt,
    settledAt,
    nextDueAt: -Infinity,
    sequence: 0,
    cards: new Map(),
    memberships: new Map(),
    windows: new Map(),
    capUsage: new Map(),
    rewardProgress: new Map(),
  };
}

export function emptyCard(id: string, cardDefinitionId: string): CardState {
  return { id, cardDefinitionId, balance: 0n, sequence: 0, head: null, lots: [], pending: [], slidingExpiresAt: null };
}

/** The points on a card that are not active yet. */
export function pendingBalance({ pending }: Pick<CardState, 'pending'>): Points {
  return pending.reduce((sum, { points }) => sum + points, 0n);
}

/** Whether the first fact happened before the second. */
export function isBefore(a: Pick<Fact, 'occurredAt' | 'sequence'>, b: Pick<Fact, 'occurredAt' | 'sequence'>): boolean {
  return a.occurredAt < b.occurredAt || (a.occurredAt === b.occurredAt && a.sequence < b.sequence);
}

/** Facts in the order in which they happened. */
export function inOrder(facts: readonly Fact[]): Fact[] {
  return [...facts].sort((a, b) => (isBefore(a, b) ? -1 : 1));
}

export function progressKey(rewardId: string, counted: 'VISITS' | `EARNED ${string}`): string {
  return `${rewardId} ${counted}`;
}

export function capKey(earnRuleId: string, unit: EarnCaps['perPeriod'][number]['unit']): string {
  return `${earnRuleId} ${unit}`;
}


/**
 * The id of a customer's card of one kind. It follows from both ids, so that a card which exists only because
 * time has passed has the same id wherever it is read before it is recorded.
 */
export function cardIdOf(customerId: string, cardDefinitionId: string): string {
  const bits = (id: string) => BigInt(`0x${id.replaceAll('-', '')}`);
  const hex = (bits(customerId) ^ bits(cardDefinitionId)).toString(16).padStart(32, '0');
  // Version 8 and variant 10: a UUID whose content is the application's own affair.
  const variant = ((Number.parseInt(hex[16] ?? '0', 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}

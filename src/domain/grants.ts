import type { CapUnit } from './earning.ts';
import type { IdSource } from './ledger.ts';
import type { MemberState, RewardProgress } from './members.ts';
import { progressKey } from './members.ts';
import type { Points } from './points.ts';
import type { Program } from './program.ts';
import type { Reward, RewardLimits, RewardTrigger } from './rewards.ts';
import { REWARD_CONDITIONS, isValidAt } from './rewards.ts';
import type { Instant, LocalCalendar } from './time.ts';
import { NEVER } from './time.ts';
import { Timeline } from './timeline.ts';

/**
 * Grants: rewards that are given for earning. What a trigger counts is what was recorded, as it was recorded; a
 * grant takes its place in the stock and in the limits when it is given, and needs neither when it is redeemed.
 */

export interface RewardGrant {
  readonly id: string;
  readonly customerId: string;
  readonly rewardId: string;
  /** The purchase for which it was given. */
  readonly transactionId: string;
  /** Whether it was taken out of a stock. */
  readonly stocked: boolean;
  readonly grantedAt: Instant;
  /** The first instant at which it cannot be redeemed any more; `NEVER` if there is none. */
  readonly expiresAt: Instant;
  /** The redemption that used it and was not cancelled. */
  readonly redemptionId: string | null;
  /** When its purchase was refunded as a whole. */
  readonly revokedAt: Instant | null;
  /** The refund. */
  readonly revokedBy: string | null;
}

export type GrantStatus = 'GRANTED' | 'REDEEMED' | 'REVOKED' | 'EXPIRED';

export function grantStatus({ redemptionId, revokedAt, expiresAt }: RewardGrant, now: Instant): GrantStatus {
  if (redemptionId !== null) return 'REDEEMED';
  if (revokedAt !== null) return 'REVOKED';
  return expiresAt <= now ? 'EXPIRED' : 'GRANTED';
}

/** What has become of a redemption. */
export interface RedemptionState {
  readonly id: string;
  readonly customerId: string;
  readonly rewardId: string;
  readonly grantId: string | null;
  /** Whether it was taken out of a stock; with a grant it never is, as that was before. */
  readonly stocked: boolean;
  readonly status: 'ISSUED' | 'CONFIRMED' | 'CANCELLED';
  readonly issuedAt: Instant;
  readonly proofExpiresAt: Instant;
  readonly confirmedAt: Instant | null;
  readonly cancelledAt: Instant | null;
}

/** How often a member has had a reward: in all, and in the calendar periods that are now. */
export type RewardUses = Readonly<Record<'EVER' | CapUnit, number>>;

/** What is known of rewards beyond the member's own state. Null is what was not looked up: a decision on it is provisional. */
export interface RewardShelf {
  /** How many are left of a reward with a stock, which nobody else can take meanwhile. */
  left(rewardId: string): number | null;
  uses(customerId: string, rewardId: string): RewardUses | null;
  /**
   * Grants that can be used at the instant, those that expire first in front.
   * @param grantId the one that must be among them if there is such a grant; null for the first, behind which some may be left out
   */
  openGrants(customerId: string, rewardId: string, grantId: string | null, at: Instant): readonly RewardGrant[] | null;
  grantsOf(transactionId: string): readonly RewardGrant[] | null;
  /** A redemption with the grant that it used; `state` is null if there is no such redemption. */
  redemption(id: string): { readonly state: RedemptionState | null; readonly grant: RewardGrant | null } | null;
}

export const NO_SHELF: RewardShelf = { left: none, uses: none, openGrants: none, grantsOf: none, redemption: none };

function none(): null {
  return null;
}

/** What a decision does to rewards. */
export interface RewardMoves {
  /** New or changed, as they are from now on. */
  readonly redemptions: readonly RedemptionState[];
  readonly grants: readonly RewardGrant[];
  /** What is put back on the shelf, or taken off it if less than 0. */
  readonly stock: readonly { readonly rewardId: string; readonly by: number }[];
  /** What counts towards limits, or does so no more. */
  readonly uses: readonly { readonly customerId: string; readonly rewardId: string; readonly at: Instant; readonly by: 1 | -1 }[];
}

export const NO_MOVES: RewardMoves = { redemptions: [], grants: [], stock: [], uses: [] };

/** Who asks for a reward, as its conditions see them. */
export interface Asking {
  readonly externalId: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly tiers: readonly { readonly id: string; readonly name: string }[];
}

/** Why a reward is not for somebody; null if it is. */
export function whyNotFor(reward: Reward, { externalId, metadata, tiers }: Asking, points: Points): string | null {
  if (reward.tierIds.length > 0 && !tiers.some(({ id }) => reward.tierIds.includes(id))) return 'The reward is for members of other tiers.';
  if (reward.condition === null) return null;
  const customer = { externalId, metadata, points, tiers: tiers.map(({ name }) => name) };
  const answer = REWARD_CONDITIONS.evaluate(reward.condition, { customer });
  if (answer.kind === 'FAILED') return `The reward ${answer.message}.`;
  return answer.holds ? null : 'The condition of the reward does not hold.';
}

/** The first limit that lets a member have no more of it; null if there is none. */
export function limitReached({ perMember, perPeriod }: RewardLimits, uses: RewardUses): 'EVER' | CapUnit | null {
  if (perMember !== null && uses.EVER >= perMember) return 'EVER';
  return perPeriod.find(({ unit, count }) => uses[unit] >= count)?.unit ?? null;
}

export function hasLimits({ perMember, perPeriod }: RewardLimits): boolean {
  return perMember !== null || perPeriod.length > 0;
}

/** What triggers look at of a purchase that was just recorded. */
export interface RewardedPurchase {
  readonly id: string;
  readonly customerId: string;
  readonly recordedAt: Instant;
  readonly awards: readonly { readonly cardDefinitionId: string; readonly points: Points }[];
}

/** The member before and after a purchase. */
export interface Change {
  /** On a card, before. */
  balanceBefore(cardDefinitionId: string): Points;
  readonly after: MemberState;
  readonly asking: Omit<Asking, 'tiers'>;
}

export interface Granted {
  readonly rewardProgress: MemberState['rewardProgress'];
  readonly moves: RewardMoves;
}

/** What a purchase triggers. */
export function decideGrants(purchase: RewardedPurchase, change: Change, program: Program, ids: IdSource, shelf: RewardShelf): Granted {
  const { recordedAt } = purchase;
  const progress = new Map(change.after.rewardProgress);
  const grants: RewardGrant[] = [];
  for (const reward of program.triggeredRewards) {
    const { trigger } = reward;
    if (trigger === null || !isValidAt(reward, recordedAt)) continue;
    if (!passes(reward.id, trigger, purchase, change, progress, program.calendar)) continue;
    if (!mayBeGranted(reward, purchase.customerId, change, program, shelf)) continue;
    grants.push({
      id: ids.next(),
      customerId: purchase.customerId,
      rewardId: reward.id,
      transactionId: purchase.id,
      stocked: reward.stocked,
      grantedAt: recordedAt,
      expiresAt: reward.grantValidity === null ? NEVER : program.calendar.endOfPeriods(recordedAt, reward.grantValidity, 1),
      redemptionId: null,
      revokedAt: null,
      revokedBy: null,
    });
  }
  return {
    rewardProgress: progress,
    moves: {
      redemptions: [],
      grants,
      stock: grants.flatMap(({ rewardId, stocked }) => (stocked ? [{ rewardId, by: -1 }] : [])),
      uses: grants.map(({ customerId, rewardId }) => ({ customerId, rewardId, at: recordedAt, by: 1 as const })),
    },
  };
}

/** Counts the purchase, and says whether with it a reward is due. One that cannot be given then is not made up for later. */
function passes(
  rewardId: string,
  trigger: RewardTrigger,
  { awards, recordedAt }: RewardedPurchase,
  change: Change,
  progress: Map<string, RewardProgress>,
  calendar: LocalCalendar,
): boolean {
  if (trigger.type === 'POINT_BALANCE') {
    const { cardDefinitionId, points } = trigger;
    const after = change.after.cards.get(cardDefinitionId)?.balance ?? 0n;
    return change.balanceBefore(cardDefinitionId) < points && after >= points;
  }
  const key = keyOf(rewardId, trigger);
  const since = sinceOf(trigger, recordedAt, calendar);
  const known = progress.get(key);
  const count = known?.since === since ? known.count : 0n;
  const passed = known?.since === since ? passedBy(trigger, known) : 0;
  const added = trigger.type === 'EVERY_NTH_VISIT' ? 1n : earnedOn(trigger.cardDefinitionId, awards);
  if (added === 0n) return false;
  const due = dueAt(trigger, count + added);
  const every = trigger.type === 'EVERY_NTH_VISIT' ? trigger.visits : null;
  const everySince = known !== undefined && isByAnother(trigger, known) ? recordedAt : (known?.everySince ?? 0);
  progress.set(key, { since, count: count + added, passed: Math.max(passed, due), every, everySince });
  return due > passed;
}

/**
 * How often a count has passed what is asked for now. Where another number of visits was asked for before, no visit that was
 * made, or paid for with a grant, counts again: the next grant comes at the next multiple of the new number.
 */
function passedBy(trigger: CountingTrigger, known: RewardProgress): number {
  const { count, passed, every } = known;
  if (!isByAnother(trigger, known)) return passed;
  const rewarded = BigInt(passed) * BigInt(every ?? 1);
  return dueAt(trigger, count > rewarded ? count : rewarded);
}

/** Whether it was counted by another number of visits than now. */
function isByAnother(trigger: CountingTrigger, { every }: RewardProgress): boolean {
  return trigger.type === 'EVERY_NTH_VISIT' && every !== null && every !== trigger.visits;
}

/** How often a count has passed what is asked for. */
function dueAt(trigger: CountingTrigger, count: bigint): number {
  if (trigger.type === 'EVERY_NTH_VISIT') return Number(count / BigInt(trigger.visits));
  return count >= trigger.points ? 1 : 0;
}

type CountingTrigger = Exclude<RewardTrigger, { type: 'POINT_BALANCE' }>;

function keyOf(rewardId: string, trigger: CountingTrigger): string {
  return progressKey(rewardId, trigger.type === 'EVERY_NTH_VISIT' ? 'VISITS' : `EARNED ${trigger.cardDefinitionId}`);
}

function sinceOf(trigger: CountingTrigger, at: Instant, calendar: LocalCalendar): Instant {
  if (trigger.type === 'EVERY_NTH_VISIT' || trigger.unit === null) return 0;
  return calendar.windowAt(at, { value: 1, unit: trigger.unit }).start;
}

function earnedOn(cardDefinitionId: string, awards: readonly { readonly cardDefinitionId: string; readonly points: Points }[]): Points {
  return awards.reduce((sum, award) => (award.cardDefinitionId === cardDefinitionId ? sum + award.points : sum), 0n);
}

function mayBeGranted(reward: Reward, customerId: string, { after, asking }: Change, program: Program, shelf: RewardShelf): boolean {
  if (reward.tierIds.length > 0 || reward.condition !== null) {
    const points = after.cards.get(reward.cardDefinitionId)?.balance ?? 0n;
    const tiers = Timeline.from(after, program).heldTiers();
    if (whyNotFor(reward, { ...asking, tiers }, points) !== null) return false;
  }
  // Both are asked for in any case, so that one look finds all that is needed.
  const uses = hasLimits(reward.limits) ? shelf.uses(customerId, reward.id) : null;
  const left = reward.stocked ? shelf.left(reward.id) : null;
  return (uses === null || limitReached(reward.limits, uses) === null) && (left === null || left > 0);
}

/** A refund, as far as rewards look at it. */
export interface RewardedRefund {
  readonly id: string;
  readonly recordedAt: Instant;
  readonly deductions: readonly { readonly cardDefinitionId: string; readonly points: Points }[];
  /** Whether nothing of the purchase is left. */
  readonly isWhole: boolean;
}

/**
 * A purchase that was taken back as a whole is no visit any more, and what it triggered is revoked, unless it was used:
 * then it is revoked if that is cancelled. Points that are taken back were not earned.
 */
export function decideRevocations(
  progressBefore: MemberState['rewardProgress'],
  purchase: RewardedPurchase,
  refund: RewardedRefund,
  program: Program,
  shelf: RewardShelf,
): Granted {
  const progress = new Map(progressBefore);
  for (const reward of program.triggeredRewards) {
    const { trigger } = reward;
    if (trigger === null || trigger.type === 'POINT_BALANCE' || !wasCounted(reward, purchase.recordedAt)) continue;
    const taken = trigger.type === 'EVERY_NTH_VISIT' ? (refund.isWhole ? 1n : 0n) : earnedOn(trigger.cardDefinitionId, refund.deductions);
    const known = progress.get(keyOf(reward.id, trigger));
    if (taken === 0n || known?.since !== sinceOf(trigger, purchase.recordedAt, program.calendar)) continue;
    progress.set(keyOf(reward.id, trigger), { ...known, count: known.count > taken ? known.count - taken : 0n });
  }
  const caused = refund.isWhole ? (shelf.grantsOf(purchase.id) ?? []) : [];
  const revoked = caused.filter(({ revokedAt }) => revokedAt === null).map((grant) => ({ ...grant, revokedAt: refund.recordedAt, revokedBy: refund.id }));
  const unused = revoked.filter(({ redemptionId }) => redemptionId === null);
  for (const { rewardId, grantedAt } of unused) {
    const trigger = program.rewards.get(rewardId)?.trigger ?? null;
    if (trigger === null || trigger.type === 'POINT_BALANCE') continue;
    const known = progress.get(keyOf(rewardId, trigger));
    // What was given by another number of visits is not given anew by this one.
    if (known === undefined || grantedAt < known.everySince) continue;
    progress.set(keyOf(rewardId, trigger), { ...known, passed: Math.max(0, known.passed - 1) });
  }
  return { rewardProgress: progress, moves: { ...NO_MOVES, grants: revoked, ...returned(unused, program, shelf) } };
}

/** Puts grants that are not to be used any more back: on the shelf, and out of the limits. */
export function returned(grants: readonly RewardGrant[], program: Program, shelf: RewardShelf): Pick<RewardMoves, 'stock' | 'uses'> {
  return {
    stock: grants.flatMap(({ rewardId, stocked }) => (stocked ? putBack(rewardId, program, shelf) : [])),
    uses: grants.map(({ customerId, rewardId, grantedAt }) => ({ customerId, rewardId, at: grantedAt, by: -1 as const })),
  };
}

/** One more on the shelf, if there still is one. */
export function putBack(rewardId: string, program: Program, shelf: RewardShelf): RewardMoves['stock'] {
  if (program.rewards.get(rewardId)?.stocked !== true) return [];
  // Whoever changes it must hold it.
  shelf.left(rewardId);
  return [{ rewardId, by: 1 }];
}

/** Whether a purchase that was recorded at the instant counted. */
function wasCounted({ activePeriods, validFrom, validUntil }: Reward, recordedAt: Instant): boolean {
  const inForce = activePeriods.some(({ start, end }) => recordedAt >= start && recordedAt < end);
  return inForce && (validFrom === null || recordedAt >= validFrom) && (validUntil === null || recordedAt < validUntil);
}

import type { CardState, MemberState } from './members.ts';
import { cardIdOf, emptyCard, newMember } from './members.ts';
import type { Points } from './points.ts';
import type { Move, Proposal } from './simulation.ts';
import type { PointEarned, StructureRules } from './structures.ts';
import type { Membership } from './tiers.ts';
import type { Instant, LocalCalendar } from './time.ts';
import { NEVER } from './time.ts';
import { Timeline } from './timeline.ts';
import type { EarnedWindow } from './windows.ts';
import { trackingOf, trailing, windowAt } from './windows.ts';

/**
 * Members whom a judgement cannot tell apart. What is settled of a member for whom nothing is due says all that new rules
 * ask for: the tier held, whether a grace is running, and the measure, of which nothing counts but between which thresholds it
 * lies. So members are sorted into cohorts where they are stored, and one made-up member of each is judged for all.
 */

/** Where the measure of the proposed rules is found. */
export type MeasureSource =
  /** What the card has. */
  | { readonly kind: 'BALANCE' }
  /** What the membership says that the card has: the card is measured now, too. */
  | { readonly kind: 'KEPT_BALANCE' }
  /** What the membership says was earned in its window: the same under the proposed rules. */
  | { readonly kind: 'WINDOW' }
  /** What was earned from an instant on. */
  | { readonly kind: 'EARNED'; readonly from: Instant };

export interface CohortPlan {
  readonly source: MeasureSource;
  readonly cardDefinitionId: string;
  /** In order. How many of them a measure has reached is all that counts of it. */
  readonly steps: readonly Points[];
  /** Tiers that members may hold. */
  readonly heldTierIds: readonly string[];
  /** Tiers whose entry awards add to the measure, unless they were given before. */
  readonly awardTierIds: readonly string[];
  /** Whether a refund may have taken entry awards back that were counted, which nothing but a replay can tell. */
  readonly refundsNeedReplay: boolean;
}

export interface Cohort {
  readonly heldTierId: string | null;
  readonly step: number;
  /** Whether the tier was lowered on the day of the judgement, as a structure that goes down a level a day remembers. */
  readonly steppedDown: boolean;
  readonly inGrace: boolean;
  /** Whether the validity has ended, which waits for the end of a grace. */
  readonly ended: boolean;
  readonly awardedTierIds: readonly string[];
}

/** Beyond it members are judged one by one. */
const STEPS_MAX = 2_000;
const AWARDS_MAX = 12;

/** How to sort members into cohorts; null if only a replay says what rules like these measure. */
export function cohortPlan({ before, after, at, proposed }: Proposal): CohortPlan | null {
  const { cardDefinitionId } = after;
  const source = measureSource(before, after, at, proposed.calendar);
  if (source === null || cardDefinitionId === null) return null;
  const awarding = after.tiers.filter(({ entryAward }) => entryAward !== null && (entryAward.cardDefinitionId ?? cardDefinitionId) === cardDefinitionId);
  const steps = stepsOf(after, awarding.map(({ entryAward }) => entryAward?.points ?? 0n));
  if (awarding.length > AWARDS_MAX || steps === null) return null;
  const held = [...(before?.formerRevisions ?? []), ...(before === null ? [] : [before])].flatMap(({ tiers }) => tiers.map(({ id }) => id));
  return {
    source,
    cardDefinitionId,
    steps,
    heldTierIds: [...new Set(held)],
    awardTierIds: awarding.map(({ id }) => id),
    refundsNeedReplay: source.kind === 'EARNED' && proposed.structures.some(takesAwardsBack),
  };
}

function takesAwardsBack({ formerRevisions, ...structure }: Proposal['after']): boolean {
  return [...formerRevisions, structure].some(
    ({ entryAwardOnRefund, tiers }) => entryAwardOnRefund === 'CLAWBACK' && tiers.some(({ entryAward }) => entryAward !== null),
  );
}

function measureSource(before: Proposal['before'], after: StructureRules, at: Instant, calendar: LocalCalendar): MeasureSource | null {
  const { pointEarned } = after;
  if (pointEarned === null) {
    const isMeasured = before?.type === 'POINT_BALANCE' && before.cardDefinitionId === after.cardDefinitionId;
    return { kind: isMeasured ? 'KEPT_BALANCE' : 'BALANCE' };
  }
  // The period before the present one is measured, of which nothing is kept.
  if (pointEarned.type === 'NEXT_TRACKING_PERIOD') return null;
  if (before !== null && before.cardDefinitionId === after.cardDefinitionId && isSameWindow(before.pointEarned, pointEarned)) return { kind: 'WINDOW' };
  switch (pointEarned.window) {
    case 'CALENDAR':
      return { kind: 'EARNED', from: calendar.windowAt(at, pointEarned.period).start };
    case 'TRAILING':
      return { kind: 'EARNED', from: countedSince(pointEarned, at, calendar) };
    case 'ANNIVERSARY':
      // Each member has a window of their own.
      return null;
  }
}

function isSameWindow(before: PointEarned | null, after: PointEarned): boolean {
  return before?.window === after.window && before.period.value === after.period.value && before.period.unit === after.period.unit;
}

const DAY_MS = 86_400_000;
const DAYS_PER_UNIT = { HOUR: 1, DAY: 1, WEEK: 7, MONTH: 31, YEAR: 366 } as const;

/** The earliest instant of which what was earned then is in a trailing window still. */
export function countedSince({ period }: Pick<PointEarned, 'period'>, at: Instant, calendar: LocalCalendar): Instant {
  const isIn = (earned: Instant) => calendar.startAfterPeriods(earned, period, 1) > at;
  if (period.unit === 'HOUR') {
    // One hour after another is exact; the last instant that has left is the one whose end is now.
    const length = calendar.startAfterPeriods(at, period, 1) - at;
    return at - length + 1;
  }
  // Whole days leave together, the earlier ones first.
  let [inside, outside] = [0, period.value * DAYS_PER_UNIT[period.unit] + 2];
  while (outside - inside > 1) {
    const middle = (inside + outside) >> 1;
    if (isIn(calendar.daysBefore(at, middle).start)) inside = middle;
    else outside = middle;
  }
  return calendar.daysBefore(at, inside).start;
}

/** Where what comes of a measure changes: at each threshold, and below it by as much as entry awards may add. */
function stepsOf({ tiers }: StructureRules, awards: readonly Points[]): Points[] | null {
  let sums = new Set<Points>([0n]);
  for (const award of awards) {
    sums = new Set([...sums, ...[...sums].map((sum) => sum + award)]);
    if (sums.size > STEPS_MAX) return null;
  }
  const thresholds = tiers.flatMap(({ minPoints, maxPoints }) => [minPoints, ...(maxPoints === null ? [] : [maxPoints + 1n])]);
  const steps = new Set(thresholds.flatMap((threshold) => [...sums].map((sum) => threshold - sum)));
  if (steps.size > STEPS_MAX) return null;
  return [...steps].sort((a, b) => (a < b ? -1 : 1));
}

/** What becomes of every member of the cohort: one who stands for them is carried to the instant at which the rules take effect. */
export function judgeCohort(proposal: Proposal, plan: CohortPlan, cohort: Cohort): Move {
  const { structureId, proposed, after, at } = proposal;
  const measure = measureOf(plan.steps, cohort.step);
  const settledAt = at - 1;
  const window = windowWith(after, measure, settledAt, at, proposed.calendar);
  const windows = window === null ? new Map<string, EarnedWindow>() : new Map([[structureId, window]]);
  const member: MemberState = {
    ...newMember(NOBODY, settledAt, settledAt),
    cards: new Map([[plan.cardDefinitionId, cardWith(plan.cardDefinitionId, measure)]]),
    memberships: proposal.before === null ? new Map() : new Map([[structureId, membershipOf(structureId, cohort, at)]]),
    windows,
  };
  // Other structures have no part in it.
  const program = { ...proposed, structures: [after] };
  const judged = Timeline.from(member, program, windows).advance(at).finish();
  return { fromTierId: cohort.heldTierId, toTierId: judged.memberships.get(structureId)?.tierId ?? null };
}

const NOBODY = '00000000-0000-7000-8000-000000000000';

function measureOf(steps: readonly Points[], step: number): Points {
  const reached = steps[step - 1];
  return reached ?? (steps[0] ?? 0n) - 1n;
}

function cardWith(cardDefinitionId: string, balance: Points): CardState {
  const lots = balance === 0n ? [] : [{ expiresAt: NEVER, sliding: false, points: balance, earnedAt: 0 }];
  return { ...emptyCard(cardIdOf(NOBODY, cardDefinitionId), cardDefinitionId), balance, lots };
}

function windowWith(rules: StructureRules, measure: Points, joinedAt: Instant, at: Instant, calendar: LocalCalendar): EarnedWindow | null {
  const tracking = trackingOf(rules, joinedAt, calendar);
  if (tracking === null) return null;
  const isTrailing = tracking.pointEarned.window === 'TRAILING';
  return isTrailing ? trailing([{ leavesAt: at + DAY_MS, points: measure }]) : { ...windowAt(tracking, at), earned: measure, days: [] };
}

/** When it began and how long it lasts are left out: they decide when it is judged next, and not what comes of it now. */
function membershipOf(structureId: string, { heldTierId, steppedDown, inGrace, ended, awardedTierIds }: Cohort, at: Instant): Membership {
  return {
    structureId,
    tierId: heldTierId,
    since: at - 1,
    anchoredAt: heldTierId === null ? null : at - 1,
    terms: heldTierId === null ? 0 : 1,
    expiresAt: ended ? at - 1 : NEVER,
    steppedDownAt: steppedDown ? at : null,
    graceEndsAt: inGrace ? at + 1 : null,
    entryAwards: awardedTierIds.map((tierId) => ({ tierId, cardDefinitionId: '', points: 0n, grantedAt: at - 1, undone: false })),
    balance: null,
  };
}

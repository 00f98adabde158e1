import type { Points } from './points.ts';
import type { StructureRules, Tier, TierDowngrade } from './structures.ts';
import type { Instant, LocalCalendar } from './time.ts';
import { NEVER } from './time.ts';

/**
 * How a customer is judged in one tier structure: a pure function of the standing so far, what is
 * measured, and the instant. Going up never waits, unless for the next tracking period; going down waits
 * for the structure's expiration, and then for its grace.
 */

/** A customer's standing in one structure, as of the last judgement. */
export interface Membership {
  readonly structureId: string;
  /** The tier held; null for none. */
  readonly tierId: string | null;
  /** Since when the tier is held, prolonged, or absent. */
  readonly since: Instant;
  /** From when the validity is counted; null without a tier. */
  readonly anchoredAt: Instant | null;
  /** How many terms from the anchor the validity lasts: 1 at first, one more with each prolongation. */
  readonly terms: number;
  /** The first instant after the validity; `NEVER` if it has no end. */
  readonly expiresAt: Instant;
  /** The last step down of a SINGLE_LEVEL structure that judges always, while its day lasts; else null. */
  readonly steppedDownAt: Instant | null;
  /** The first instant after the grace that a failed judgement gave; null if none is running. */
  readonly graceEndsAt: Instant | null;
  /** Entry awards that were given, but those that were taken back whole. */
  readonly entryAwards: readonly GrantedAward[];
  /** The balance of the card where that is what counts, else null: as the card has it, kept here so that members can be counted by tier and balance together. */
  readonly balance: Points | null;
}

/** An entry award that was given. */
export interface GrantedAward {
  readonly tierId: string;
  readonly cardDefinitionId: string;
  readonly points: Points;
  readonly grantedAt: Instant;
  /** Whether a refund has undone it, and not all of it could be taken back. */
  readonly undone: boolean;
}

export type TransitionType = 'JOINED' | 'UPGRADED' | 'DOWNGRADED' | 'PROLONGED' | 'LEFT';

export type TransitionReason =
  | 'CUSTOMER_JOINED'
  | 'STRUCTURE_ACTIVATED'
  | 'REVISION_PUBLISHED'
  | 'POINTS_EARNED'
  | 'POINTS_ACTIVATED'
  | 'POINTS_REFUNDED'
  | 'POINTS_SPENT'
  | 'SPEND_REVERSED'
  | 'POINTS_ADJUSTED'
  | 'POINTS_TRANSFERRED'
  | 'ENTRY_AWARDED'
  | 'POINTS_EXPIRED'
  | 'WINDOW_ROLLED'
  | 'TIER_EXPIRED'
  | 'GRACE_ENDED'
  | 'DAY_STARTED';

/** One actual change of a customer's tier. */
export interface Transition {
  readonly structureId: string;
  readonly type: TransitionType;
  readonly fromTierId: string | null;
  readonly toTierId: string | null;
  readonly reason: TransitionReason;
  readonly measure: Points;
  readonly expiresAt: Instant;
  readonly occurredAt: Instant;
}

/** Why, when and on what a customer is judged. */
export interface Judgement {
  readonly at: Instant;
  readonly measure: Points;
  readonly reason: TransitionReason;
  /** Whether the tier may only be raised, or lowered whatever its validity says. Null: as the rules say. */
  readonly only: 'UPWARDS' | 'WHATEVER_VALIDITY' | null;
  /** The minimum of the tier held, if a new revision left that tier out; null otherwise. */
  readonly removedMinPoints: Points | null;
}

/** One rule that a judgement applied, in order, and what came of it. */
export type JudgementStep =
  | {
      readonly rule: 'THRESHOLD';
      readonly heldTierId: string | null;
      readonly qualifyingTierId: string | null;
      readonly outcome: 'HIGHER' | 'SAME' | 'LOWER';
    }
  | { readonly rule: 'TRACKING'; readonly outcome: 'DEFERRED' }
  | { readonly rule: 'EXPIRATION'; readonly expiresAt: Instant; readonly outcome: 'ALWAYS_JUDGED' | 'ENDED' | 'NOT_ENDED' }
  | { readonly rule: 'DOWNGRADE'; readonly outcome: 'KEPT' | 'TO_QUALIFYING' | 'ONE_LEVEL' | 'ONE_LEVEL_A_DAY' | 'ONLY_UPWARDS' }
  | { readonly rule: 'GRACE'; readonly graceEndsAt: Instant; readonly outcome: 'STARTED' | 'RUNNING' | 'ENDED' | 'CANCELLED' };

/** The outcome of a judgement; without a transition nothing changed that anyone could see. */
export interface Judged {
  readonly membership: Membership;
  readonly transition: Transition | null;
  readonly steps: readonly JudgementStep[];
}

/** The standing of a customer who was never judged. */
export function notJudged(structureId: string, at: Instant): Membership {
  return {
    structureId,
    tierId: null,
    since: at,
    anchoredAt: null,
    terms: 0,
    expiresAt: NEVER,
    steppedDownAt: null,
    graceEndsAt: null,
    entryAwards: [],
    balance: null,
  };
}

/** Position of the one tier whose range holds the measure, or -1. A range ends at its maximum or below the next minimum. */
export function qualifyingTier(tiers: readonly Tier[], measure: Points): number {
  const position = tiers.findLastIndex((tier) => measure >= tier.minPoints);
  const maximum = tiers[position]?.maxPoints ?? null;
  return maximum !== null && measure > maximum ? -1 : position;
}

/** How the tier goes down: as its structure says, unless the tier itself never does. */
export function downgradeOf(rules: StructureRules, tierId: string | null): TierDowngrade {
  const tier = rules.tiers.find(({ id }) => id === tierId);
  return tier?.noDowngrade === true ? { type: 'NO_DOWNGRADE' } : rules.downgrade;
}

/** What lets a customer up who has reached a threshold of a structure that waits for the next tracking period. */
const PERIOD_STARTS: readonly TransitionReason[] = ['CUSTOMER_JOINED', 'STRUCTURE_ACTIVATED', 'REVISION_PUBLISHED', 'WINDOW_ROLLED'];

/** Judges the customer, at most one change for the instant. */
export function judge(rules: StructureRules, membership: Membership, judgement: Judgement, calendar: LocalCalendar): Judged {
  const { tiers } = rules;
  const { at, measure, reason, only, removedMinPoints } = judgement;
  const steps: JudgementStep[] = [];
  const steppedDownToday = isSameDay(membership.steppedDownAt, at, calendar);
  const waits = rules.pointEarned?.type === 'NEXT_TRACKING_PERIOD';
  // Those who wait for the next tracking period take their next step down at its start, not on the next day.
  if (waits && reason === 'DAY_STARTED') return { membership: rested(membership, steppedDownToday), transition: null, steps };
  const held = tiers.findIndex(({ id }) => id === membership.tierId);
  const qualifying = qualifyingTier(tiers, measure);
  const removed = membership.tierId !== null && held === -1;
  const change = (position: number): Judged => move(rules, membership, judgement, position, calendar, steps);
  const same = (next: Membership): Judged => ({ membership: next, transition: null, steps });
  const higher = removed ? (tiers[qualifying]?.minPoints ?? -1n) > (removedMinPoints ?? 0n) : qualifying > held;
  steps.push({
    rule: 'THRESHOLD',
    heldTierId: membership.tierId,
    qualifyingTierId: tiers[qualifying]?.id ?? null,
    outcome: higher ? 'HIGHER' : qualifying === held && !removed ? 'SAME' : 'LOWER',
  });
  if (removed) return change(qualifying);

  const graceEndsAt = membership.graceEndsAt;
  const ended = membership.tierId !== null && membership.expiresAt <= at;
  const keep = (): Judged => {
    if (graceEndsAt !== null) steps.push({ rule: 'GRACE', graceEndsAt, outcome: 'CANCELLED' });
    if (ended && !steps.some(({ rule }) => rule === 'EXPIRATION')) {
      steps.push({ rule: 'EXPIRATION', expiresAt: membership.expiresAt, outcome: 'ENDED' });
    }
    if (ended) return prolong(rules, membership, judgement, calendar, steps);
    return same(rested(graceEndsAt === null ? membership : { ...membership, graceEndsAt: null }, steppedDownToday));
  };

  if (qualifying > held) {
    if (!waits || PERIOD_STARTS.includes(reason)) return change(qualifying);
    steps.push({ rule: 'TRACKING', outcome: 'DEFERRED' });
    return keep();
  }
  if (qualifying === held) return keep();
  if (only === 'UPWARDS') {
    steps.push({ rule: 'DOWNGRADE', outcome: 'ONLY_UPWARDS' });
    return same(membership);
  }
  const always = rules.expiration.type === 'NO_EXPIRATION';
  if (graceEndsAt !== null && at < graceEndsAt) {
    steps.push({ rule: 'GRACE', graceEndsAt, outcome: 'RUNNING' });
    return same(rested(membership, steppedDownToday));
  }
  if (graceEndsAt === null) {
    steps.push({
      rule: 'EXPIRATION',
      expiresAt: membership.expiresAt,
      outcome: always ? 'ALWAYS_JUDGED' : ended ? 'ENDED' : 'NOT_ENDED',
    });
    if (!always && !ended && only !== 'WHATEVER_VALIDITY') return same(rested(membership, steppedDownToday));
  }
  const downgrade = downgradeOf(rules, membership.tierId);
  if (downgrade.type === 'NO_DOWNGRADE') {
    steps.push({ rule: 'DOWNGRADE', outcome: 'KEPT' });
    return keep();
  }
  if (downgrade.type === 'SINGLE_LEVEL' && always && steppedDownToday) {
    steps.push({ rule: 'DOWNGRADE', outcome: 'ONE_LEVEL_A_DAY' });
    return same({ ...membership, graceEndsAt: null });
  }
  if (graceEndsAt !== null) steps.push({ rule: 'GRACE', graceEndsAt, outcome: 'ENDED' });
  else if (downgrade.gracePeriod !== null) {
    const endsAt = calendar.endOfGrace(at, downgrade.gracePeriod, downgrade.gracePeriod.roundUp);
    steps.push({ rule: 'GRACE', graceEndsAt: endsAt, outcome: 'STARTED' });
    return same(rested({ ...membership, graceEndsAt: endsAt }, steppedDownToday));
  }
  steps.push({ rule: 'DOWNGRADE', outcome: downgrade.type === 'SINGLE_LEVEL' ? 'ONE_LEVEL' : 'TO_QUALIFYING' });
  return change(downgrade.type === 'SINGLE_LEVEL' ? held - 1 : qualifying);
}

/** The next instant at which the standing must be judged even if nothing happens to the customer's points. */
export function nextJudgementAt(membership: Membership, calendar: LocalCalendar): Instant {
  const stepDue = membership.steppedDownAt === null ? NEVER : calendar.dayAt(membership.steppedDownAt).end;
  return Math.min(membership.graceEndsAt ?? membership.expiresAt, stepDue);
}

/** The standing after an activity that pushes the tier's expiry back. A validity that has ended is not revived. */
export function slideMembership(rules: StructureRules, membership: Membership, at: Instant, calendar: LocalCalendar): Membership {
  if (membership.tierId === null || membership.expiresAt <= at) return membership;
  return { ...membership, ...firstTerm(rules, at, calendar) };
}

/**
 * The standing when rules come into force by which tiers end that did not, or the other way round. A validity that begins counts from
 * when the tier was reached or prolonged, as it would have; those that slide from now, as no activity before it is known.
 */
export function revalidate(before: StructureRules, after: StructureRules, membership: Membership, at: Instant, calendar: LocalCalendar): Membership {
  const endless = ({ expiration }: StructureRules) => expiration.type === 'NO_EXPIRATION';
  if (membership.tierId === null || endless(before) === endless(after)) return membership;
  if (endless(after)) return { ...membership, expiresAt: NEVER };
  if (after.expiration.type === 'SLIDING_EXPIRATION') return { ...membership, ...firstTerm(after, at, calendar) };
  return { ...membership, ...nextTerm(after, { ...membership, anchoredAt: membership.since, terms: 0 }, at, calendar) };
}

function rested(membership: Membership, steppedDownToday: boolean): Membership {
  return membership.steppedDownAt === null || steppedDownToday ? membership : { ...membership, steppedDownAt: null };
}

function prolong(
  rules: StructureRules,
  membership: Membership,
  judgement: Judgement,
  calendar: LocalCalendar,
  steps: readonly JudgementStep[],
): Judged {
  const validity = nextTerm(rules, membership, judgement.at, calendar);
  // The new validity starts where the old one ended, even if a grace lay in between.
  const since = membership.graceEndsAt === null ? judgement.at : membership.expiresAt;
  const prolonged: Membership = { ...membership, ...validity, since, steppedDownAt: null, graceEndsAt: null };
  return { membership: prolonged, transition: transition('PROLONGED', membership.tierId, prolonged, judgement), steps };
}

function move(
  rules: StructureRules,
  membership: Membership,
  judgement: Judgement,
  position: number,
  calendar: LocalCalendar,
  steps: readonly JudgementStep[],
): Judged {
  const { at, removedMinPoints } = judgement;
  const held = rules.tiers.findIndex(({ id }) => id === membership.tierId);
  const down = removedMinPoints === null ? position < held : (rules.tiers[position]?.minPoints ?? -1n) < removedMinPoints;
  const tierId = rules.tiers[position]?.id ?? null;
  // A step down at the end of a term goes on with the next term, so that a tier a month stays a month apart.
  const validity =
    tierId === null
      ? NO_VALIDITY
      : down && membership.expiresAt <= at && membership.graceEndsAt === null
        ? nextTerm(rules, membership, at, calendar)
        : firstTerm(rules, at, calendar);
  // A step up does not free the way for a second step down on the same day.
  const lastStep = isSameDay(membership.steppedDownAt, at, calendar) ? membership.steppedDownAt : null;
  const oneStepADay = rules.downgrade.type === 'SINGLE_LEVEL' && rules.expiration.type === 'NO_EXPIRATION';
  const moved: Membership = {
    ...membership,
    tierId,
    since: at,
    ...validity,
    steppedDownAt: oneStepADay ? (down ? at : lastStep) : null,
    graceEndsAt: null,
  };
  const type = tierId === null ? 'LEFT' : membership.tierId === null ? 'JOINED' : down ? 'DOWNGRADED' : 'UPGRADED';
  return { membership: moved, transition: transition(type, membership.tierId, moved, judgement), steps };
}

type Validity = Pick<Membership, 'anchoredAt' | 'terms' | 'expiresAt'>;

const NO_VALIDITY: Validity = { anchoredAt: null, terms: 0, expiresAt: NEVER };

function firstTerm(rules: StructureRules, at: Instant, calendar: LocalCalendar): Validity {
  return { anchoredAt: at, terms: 1, expiresAt: endOfTerm(rules, at, 1, at, calendar) };
}

function nextTerm(rules: StructureRules, membership: Membership, at: Instant, calendar: LocalCalendar): Validity {
  const anchoredAt = membership.anchoredAt ?? at;
  let terms = membership.terms + 1;
  let expiresAt = endOfTerm(rules, anchoredAt, terms, at, calendar);
  // Terms that went by while the structure was paused are over: the next one ends after this judgement.
  while (expiresAt <= at) {
    terms += 1;
    expiresAt = endOfTerm(rules, anchoredAt, terms, at, calendar);
  }
  return { anchoredAt, terms, expiresAt };
}

function endOfTerm(
  { expiration }: StructureRules,
  anchoredAt: Instant,
  terms: number,
  at: Instant,
  calendar: LocalCalendar,
): Instant {
  switch (expiration.type) {
    case 'NO_EXPIRATION':
      return NEVER;
    case 'ROLLING_EXPIRATION':
    case 'SLIDING_EXPIRATION':
      return calendar.endOfPeriods(anchoredAt, expiration.period, terms);
    case 'CALENDAR_EXPIRATION':
      return calendar.endOfNextCalendarDate(at, expiration.calendarDates);
  }
}

function transition(type: TransitionType, fromTierId: string | null, after: Membership, { reason, measure, at }: Judgement): Transition {
  return {
    structureId: after.structureId,
    type,
    fromTierId,
    toTierId: after.tierId,
    reason,
    measure,
    expiresAt: after.expiresAt,
    occurredAt: at,
  };
}

function isSameDay(a: Instant | null, b: Instant, calendar: LocalCalendar): boolean {
  if (a === null) return false;
  const day = calendar.dayAt(a);
  return b >= day.start && b < day.end;
}

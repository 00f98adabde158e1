import type { Points } from './points.ts';
import type { Tier, TierDowngrade, TierStructure } from './structures.ts';
import type { Instant, Interval, LocalCalendar } from './time.ts';
import { NEVER } from './time.ts';

/**
 * How a customer is judged in one tier structure: a pure function of the standing so far, what is
 * measured, and the instant. Going up never waits; going down waits for the structure's expiration.
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
}

/** Points earned in the tracking window that was last earned in. Later windows are empty. */
export interface EarnedWindow extends Interval {
  readonly earned: Points;
}

export type TransitionType = 'JOINED' | 'UPGRADED' | 'DOWNGRADED' | 'PROLONGED' | 'LEFT';

export type TransitionReason =
  | 'CUSTOMER_JOINED'
  | 'STRUCTURE_ACTIVATED'
  | 'POINTS_EARNED'
  | 'POINTS_EXPIRED'
  | 'WINDOW_ROLLED'
  | 'TIER_EXPIRED'
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
}

/** The outcome of a judgement; without a transition nothing changed that anyone could see. */
export interface Judged {
  readonly membership: Membership;
  readonly transition: Transition | null;
}

/** The standing of a customer who was never judged. */
export function notJudged(structureId: string, at: Instant): Membership {
  return { structureId, tierId: null, since: at, anchoredAt: null, terms: 0, expiresAt: NEVER, steppedDownAt: null };
}

/** Position of the one tier whose range holds the measure, or -1. A range ends at its maximum or below the next minimum. */
export function qualifyingTier(tiers: readonly Tier[], measure: Points): number {
  const position = tiers.findLastIndex((tier) => measure >= tier.minPoints);
  const maximum = tiers[position]?.maxPoints ?? null;
  return maximum !== null && measure > maximum ? -1 : position;
}

/** The points earned in the window that holds the instant, which is not before the window last earned in. */
export function earnedAt(window: EarnedWindow | undefined, at: Instant): Points {
  return window !== undefined && at < window.end ? window.earned : 0n;
}

/** Judges the customer, at most one change for the instant. */
export function judge(
  structure: TierStructure,
  membership: Membership,
  judgement: Judgement,
  calendar: LocalCalendar,
): Judged {
  const { tiers } = structure;
  const { at, measure } = judgement;
  const current = tiers.findIndex(({ id }) => id === membership.tierId);
  const qualifying = qualifyingTier(tiers, measure);
  const ended = membership.tierId !== null && membership.expiresAt <= at;
  const steppedDownToday = isSameDay(membership.steppedDownAt, at, calendar);

  if (qualifying > current) {
    return move(structure, membership, judgement, qualifying, calendar);
  }
  if (qualifying === current) {
    return ended ? prolong(structure, membership, judgement, calendar) : stay(membership, steppedDownToday);
  }
  const always = structure.expiration.type === 'NO_EXPIRATION';
  if (!always && !ended) return stay(membership, steppedDownToday);
  const downgrade: TierDowngrade['type'] = tiers[current]?.noDowngrade === true ? 'NO_DOWNGRADE' : structure.downgrade.type;
  switch (downgrade) {
    case 'NO_DOWNGRADE':
      return ended ? prolong(structure, membership, judgement, calendar) : stay(membership, steppedDownToday);
    case 'MULTI_LEVEL':
      return move(structure, membership, judgement, qualifying, calendar);
    case 'SINGLE_LEVEL':
      if (always && steppedDownToday) return stay(membership, true);
      return move(structure, membership, judgement, current - 1, calendar);
  }
}

/** The next instant at which the standing must be judged even if nothing happens to the customer's points. */
export function nextJudgementAt(membership: Membership, calendar: LocalCalendar): Instant {
  const stepDue = membership.steppedDownAt === null ? NEVER : calendar.dayAt(membership.steppedDownAt).end;
  return Math.min(membership.expiresAt, stepDue);
}

function stay(membership: Membership, steppedDownToday: boolean): Judged {
  if (membership.steppedDownAt === null || steppedDownToday) return { membership, transition: null };
  return { membership: { ...membership, steppedDownAt: null }, transition: null };
}

function prolong(structure: TierStructure, membership: Membership, judgement: Judgement, calendar: LocalCalendar): Judged {
  const validity = nextTerm(structure, membership, judgement.at, calendar);
  const prolonged: Membership = { ...membership, ...validity, since: judgement.at, steppedDownAt: null };
  return {
    membership: prolonged,
    transition: transition('PROLONGED', structure, membership.tierId, prolonged, judgement),
  };
}

function move(
  structure: TierStructure,
  membership: Membership,
  judgement: Judgement,
  position: number,
  calendar: LocalCalendar,
): Judged {
  const { at } = judgement;
  const current = structure.tiers.findIndex(({ id }) => id === membership.tierId);
  const down = position < current;
  const tierId = structure.tiers[position]?.id ?? null;
  // A step down at the end of a term goes on with the next term, so that a tier a month stays a month apart.
  const validity =
    tierId === null
      ? NO_VALIDITY
      : down && membership.expiresAt <= at
        ? nextTerm(structure, membership, at, calendar)
        : firstTerm(structure, at, calendar);
  // A step up does not free the way for a second step down on the same day.
  const lastStep = isSameDay(membership.steppedDownAt, at, calendar) ? membership.steppedDownAt : null;
  const oneStepADay = structure.downgrade.type === 'SINGLE_LEVEL' && structure.expiration.type === 'NO_EXPIRATION';
  const moved: Membership = {
    structureId: structure.id,
    tierId,
    since: at,
    ...validity,
    steppedDownAt: oneStepADay ? (down ? at : lastStep) : null,
  };
  const type = tierId === null ? 'LEFT' : current === -1 ? 'JOINED' : down ? 'DOWNGRADED' : 'UPGRADED';
  return { membership: moved, transition: transition(type, structure, membership.tierId, moved, judgement) };
}

type Validity = Pick<Membership, 'anchoredAt' | 'terms' | 'expiresAt'>;

const NO_VALIDITY: Validity = { anchoredAt: null, terms: 0, expiresAt: NEVER };

function firstTerm(structure: TierStructure, at: Instant, calendar: LocalCalendar): Validity {
  return { anchoredAt: at, terms: 1, expiresAt: endOfTerm(structure, at, 1, at, calendar) };
}

function nextTerm(structure: TierStructure, membership: Membership, at: Instant, calendar: LocalCalendar): Validity {
  const anchoredAt = membership.anchoredAt ?? at;
  let terms = membership.terms + 1;
  let expiresAt = endOfTerm(structure, anchoredAt, terms, at, calendar);
  // Terms that went by while the structure was paused are over: the next one ends after this judgement.
  while (expiresAt <= at) {
    terms += 1;
    expiresAt = endOfTerm(structure, anchoredAt, terms, at, calendar);
  }
  return { anchoredAt, terms, expiresAt };
}

function endOfTerm(
  { expiration }: TierStructure,
  anchoredAt: Instant,
  terms: number,
  at: Instant,
  calendar: LocalCalendar,
): Instant {
  switch (expiration.type) {
    case 'NO_EXPIRATION':
      return NEVER;
    case 'ROLLING_EXPIRATION':
      return calendar.endOfPeriods(anchoredAt, expiration.period, terms);
    case 'CALENDAR_EXPIRATION':
      return calendar.endOfNextCalendarDate(at, expiration.calendarDates);
    case 'SLIDING_EXPIRATION':
      throw new Error('A structure with SLIDING_EXPIRATION is never in force: activation refuses it.');
  }
}

function transition(
  type: TransitionType,
  structure: TierStructure,
  fromTierId: string | null,
  after: Membership,
  { reason, measure, at }: Judgement,
): Transition {
  return {
    structureId: structure.id,
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

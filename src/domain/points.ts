import { isText } from './problem.ts';
import type { CalendarDate, Instant, LocalCalendar, Period, Rounding } from './time.ts';
import { NEVER, isCalendarDateList, isPeriod } from './time.ts';

/**
 * Points: whole numbers in 64 bits, kept in lots. A lot holds the points of one card that expire at
 * the same instant, so a customer's lots stay few however often they earn.
 */

export type Points = bigint;

export const POINTS_MAX: Points = 2n ** 63n - 1n;
export const POINTS_MIN: Points = -(2n ** 63n);

export function isPointsInRange(points: Points): boolean {
  return points >= POINTS_MIN && points <= POINTS_MAX;
}

export const CUSTOM_ACTIVITY_TYPES_MAX = 20;
export const PENDING_MAX_DAYS = 1000;

/** Which activities of a customer push a sliding expiry back. */
export interface QualifyingActivities {
  readonly earningActivity: boolean;
  readonly spendingActivity: boolean;
  readonly customActivity: boolean;
  /** Which custom activities count; empty for all of them, if `customActivity`. */
  readonly customActivityTypes: readonly string[];
}

/** An expiry that is known when the points are earned. Earn rules and tiers may set one of their own. */
export type FixedPointExpiration =
  | { readonly type: 'NO_EXPIRATION' }
  | { readonly type: 'ROLLING'; readonly period: Period; readonly rounding: Rounding | null }
  | { readonly type: 'CALENDAR'; readonly calendarDates: readonly CalendarDate[] };

/** All points of a card that slide expire together: a period after the last qualifying activity. */
export interface SlidingPointExpiration extends QualifyingActivities {
  readonly type: 'SLIDING';
  readonly period: Period;
}

/** How points on a card expire. */
export type PointExpiration = FixedPointExpiration | SlidingPointExpiration;

/** When points that were earned can be spent. Until then they are pending. */
export type PointActivation =
  | { readonly type: 'IMMEDIATE' }
  | { readonly type: 'PERIOD_BASED'; readonly days: number }
  | { readonly type: 'FIXED_DATES'; readonly calendarDates: readonly CalendarDate[] };

/** What a refund does about points that are not there any more. */
export type RefundPolicy = 'REVOKE_FROM_PENDING' | 'REVOKE_TO_ZERO' | 'REVOKE_BELOW_ZERO';

export interface Lot {
  /** The first instant at which the points are gone; `NEVER` if they stay. */
  readonly expiresAt: Instant;
  /** Whether activities push the expiry back. With `expiresAt` it identifies the lot on its card. */
  readonly sliding: boolean;
  /** Points left, greater than 0; below 0 only in the one lot that says what the customer owes. */
  readonly points: Points;
  /** When the earliest of them was earned. */
  readonly earnedAt: Instant;
}

/** Whether the expiration makes sense in itself. */
export function isPointExpiration(expiration: PointExpiration): boolean {
  switch (expiration.type) {
    case 'NO_EXPIRATION':
      return true;
    case 'CALENDAR':
      return isCalendarDateList(expiration.calendarDates);
    case 'ROLLING': {
      const { period, rounding } = expiration;
      if (!isPeriod(period)) return false;
      if (rounding === null) return true;
      const particular = rounding.to === 'END_OF_PARTICULAR_MONTH';
      const month = rounding.month ?? 0;
      const monthFits = particular ? Number.isInteger(month) && month >= 1 && month <= 12 : rounding.month === null;
      // An expiry in hours is an exact instant: there is no day to move.
      return period.unit !== 'HOUR' && monthFits;
    }
    case 'SLIDING':
      return isPeriod(expiration.period) && areQualifyingActivities(expiration);
  }
}

/** Whether at least one kind of activity counts, and custom types are named only where custom activities do. */
export function areQualifyingActivities(chosen: QualifyingActivities): boolean {
  const { earningActivity, spendingActivity, customActivity, customActivityTypes: types } = chosen;
  return (
    (earningActivity || spendingActivity || customActivity) &&
    (customActivity || types.length === 0) &&
    types.length <= CUSTOM_ACTIVITY_TYPES_MAX &&
    types.every((type) => isText(type))
  );
}

/** Whether the activation makes sense in itself. */
export function isPointActivation(activation: PointActivation): boolean {
  switch (activation.type) {
    case 'IMMEDIATE':
      return true;
    case 'PERIOD_BASED':
      return Number.isInteger(activation.days) && activation.days >= 1 && activation.days <= PENDING_MAX_DAYS;
    case 'FIXED_DATES':
      return isCalendarDateList(activation.calendarDates);
  }
}

/** The first instant at which points are gone whose clock starts at `from`. Of sliding points: if no activity follows. */
export function expiryOf(expiration: PointExpiration, from: Instant, calendar: LocalCalendar): Instant {
  switch (expiration.type) {
    case 'NO_EXPIRATION':
      return NEVER;
    case 'ROLLING':
      return calendar.endOfPeriods(from, expiration.period, 1, expiration.rounding ?? undefined);
    case 'CALENDAR':
      return calendar.endOfNextCalendarDate(from, expiration.calendarDates);
    case 'SLIDING':
      return calendar.endOfPeriods(from, expiration.period, 1);
  }
}

/** The instant from which points earned at `earnedAt` can be spent; null for at once. */
export function activationOf(activation: PointActivation, earnedAt: Instant, calendar: LocalCalendar): Instant | null {
  switch (activation.type) {
    case 'IMMEDIATE':
      return null;
    case 'PERIOD_BASED':
      return calendar.startAfterPeriods(earnedAt, { value: activation.days, unit: 'DAY' }, 1);
    case 'FIXED_DATES':
      return calendar.startOfNextCalendarDate(earnedAt, activation.calendarDates);
  }
}

/** What a customer does that can push a sliding expiry back. */
export type QualifyingActivity =
  | { readonly kind: 'EARNING' }
  | { readonly kind: 'SPENDING' }
  | { readonly kind: 'CUSTOM'; readonly type: string };

/** Whether the activity is one of those that push the expiry back. */
export function qualifies(activity: QualifyingActivity, chosen: QualifyingActivities): boolean {
  switch (activity.kind) {
    case 'EARNING':
      return chosen.earningActivity;
    case 'SPENDING':
      return chosen.spendingActivity;
    case 'CUSTOM': {
      const { customActivity, customActivityTypes } = chosen;
      return customActivity && (customActivityTypes.length === 0 || customActivityTypes.includes(activity.type));
    }
  }
}

/** Points taken from one lot, or returned to it. */
export interface Allocation {
  readonly expiresAt: Instant;
  readonly sliding: boolean;
  readonly points: Points;
}

/** What the customer owes is a lot that never expires and holds less than nothing. */
function isDebt({ points }: Lot): boolean {
  return points < 0n;
}

/** Adds points to their lot, or opens one. What the customer owes is paid off first. Lots stay in the order in which they are spent. */
export function credit(lots: readonly Lot[], added: Lot): Lot[] {
  const debt = lots.find(isDebt);
  if (debt !== undefined) {
    const paid = debt.points + added.points;
    const others = lots.filter((lot) => lot !== debt);
    if (paid < 0n) return [...others, { ...debt, points: paid }];
    return paid === 0n ? others : credit(others, { ...added, points: paid });
  }
  const same = lots.find((lot) => lot.expiresAt === added.expiresAt && lot.sliding === added.sliding);
  if (same === undefined) return [...lots, added].sort(inOrderOfSpending);
  const merged: Lot = { ...same, points: same.points + added.points, earnedAt: Math.min(same.earnedAt, added.earnedAt) };
  return lots.map((lot) => (lot === same ? merged : lot)).sort(inOrderOfSpending);
}

/** Lots that expire first are spent first; ties by earliest earned. */
function inOrderOfSpending(a: Lot, b: Lot): number {
  if (a.expiresAt !== b.expiresAt) return a.expiresAt < b.expiresAt ? -1 : 1;
  return a.earnedAt - b.earnedAt || Number(a.sliding) - Number(b.sliding);
}

/** Points taken from one lot, which were earned when the lot was. */
export interface TakenPoints extends Allocation {
  readonly earnedAt: Instant;
}

export interface Debit {
  readonly lots: readonly Lot[];
  /** What was taken from which lot, in order. */
  readonly taken: readonly TakenPoints[];
}

/**
 * Takes points out of the lots, those that expire first in front, or first of all those of a preferred lot.
 * What the lots do not hold is owed.
 */
export function debit(lots: readonly Lot[], points: Points, at: Instant, preferred?: Pick<Lot, 'expiresAt' | 'sliding'>): Debit {
  const isPreferred = (lot: Lot) => lot.expiresAt === preferred?.expiresAt && lot.sliding === preferred.sliding;
  const held = lots.filter((lot) => !isDebt(lot));
  const taken: TakenPoints[] = [];
  const left = new Map(held.map((lot) => [lot, lot.points]));
  let wanted = points;
  for (const lot of [...held.filter(isPreferred), ...held.filter((other) => !isPreferred(other))]) {
    const part = lot.points < wanted ? lot.points : wanted;
    if (part === 0n) break;
    wanted -= part;
    left.set(lot, lot.points - part);
    taken.push({ ...lot, points: part });
  }
  const kept = held.filter((lot) => left.get(lot) !== 0n).map((lot) => ({ ...lot, points: left.get(lot) ?? lot.points }));
  const debt = lots.find(isDebt);
  const owed = (debt?.points ?? 0n) - wanted;
  if (wanted > 0n) taken.push({ expiresAt: NEVER, sliding: false, points: wanted, earnedAt: at });
  if (owed === 0n) return { lots: kept, taken };
  return { lots: [...kept, { expiresAt: NEVER, sliding: false, points: owed, earnedAt: debt?.earnedAt ?? at }], taken };
}

/** Moves the lot of the points that slide to its new expiry. */
export function slideLots(lots: readonly Lot[], expiresAt: Instant): Lot[] {
  return lots.map((lot) => (lot.sliding ? { ...lot, expiresAt } : lot)).sort(inOrderOfSpending);
}

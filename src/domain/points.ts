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
  }
}

/** The first instant at which points earned at `earnedAt` are gone. */
export function expiryOf(expiration: PointExpiration, earnedAt: Instant, calendar: LocalCalendar): Instant {
  switch (expiration.type) {
    case 'NO_EXPIRATION':
      return NEVER;
    case 'ROLLING':
      return calendar.endOfPeriods(earnedAt, expiration.period, 1, expiration.rounding ?? undefined);
    case 'CALENDAR':
      return calendar.endOfNextCalendarDate(earnedAt, expiration.calendarDates);
  }
}

/** Adds points to the lot that expires at that instant, or opens one. Lots stay in the order in which they expire. */
export function addToLots(lots: readonly Lot[], added: Lot): Lot[] {
  const same = lots.find((lot) => lot.expiresAt === added.expiresAt);
  if (same === undefined) return [...lots, added].sort((a, b) => a.expiresAt - b.expiresAt || a.earnedAt - b.earnedAt);
  const merged: Lot = {
    expiresAt: same.expiresAt,
    points: same.points + added.points,
    earnedAt: Math.min(same.earnedAt, added.earnedAt),
  };
  return lots.map((lot) => (lot === same ? merged : lot));
}

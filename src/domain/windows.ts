import type { Points } from './points.ts';
import type { PointEarned } from './structures.ts';
import type { Instant, Interval, LocalCalendar } from './time.ts';
import { NEVER } from './time.ts';

/**
 * Tracking windows: over which time earned points are counted. Windows of the calendar and of the
 * member's own year begin and end; a trailing window always ends now, and each day's points leave it by
 * themselves.
 */

/** Points earned in a window. Later windows are empty; of earlier ones nothing is known. */
export interface EarnedWindow extends Interval {
  readonly earned: Points;
  /** Of a trailing window: what leaves it when, in order. Otherwise empty. */
  readonly days: readonly TrailingDay[];
}

/** Points that leave a trailing window together. */
export interface TrailingDay {
  readonly leavesAt: Instant;
  readonly points: Points;
}

/** What a window is measured by. */
export interface Tracking {
  readonly pointEarned: PointEarned;
  readonly joinedAt: Instant;
  readonly calendar: LocalCalendar;
}

/** What is tracked of a member; null if the balance is measured. */
export function trackingOf(
  { pointEarned }: { readonly pointEarned: PointEarned | null },
  joinedAt: Instant,
  calendar: LocalCalendar,
): Tracking | null {
  return pointEarned === null ? null : { pointEarned, joinedAt, calendar };
}

/** The window that holds the instant. A trailing one has no bounds. */
export function windowAt({ pointEarned, joinedAt, calendar }: Tracking, at: Instant): Interval {
  switch (pointEarned.window) {
    case 'CALENDAR':
      return calendar.windowAt(at, pointEarned.period);
    case 'ANNIVERSARY':
      return calendar.anchoredWindowAt(at, pointEarned.period, joinedAt);
    case 'TRAILING':
      return { start: -NEVER, end: NEVER };
  }
}

/** The window with points added, or with points taken back, that were earned at `earnedAt`. */
export function countPoints(
  tracking: Tracking,
  known: EarnedWindow | undefined,
  points: Points,
  earnedAt: Instant,
  now: Instant,
): EarnedWindow | undefined {
  const { pointEarned, calendar } = tracking;
  if (pointEarned.window === 'TRAILING') {
    const leavesAt = calendar.startAfterPeriods(earnedAt, pointEarned.period, 1);
    return leavesAt < now ? known : trailing([...(known?.days ?? []), { leavesAt, points }]);
  }
  if (known !== undefined && earnedAt < known.start) return known;
  const holds = known !== undefined && earnedAt < known.end;
  const window = holds ? known : { ...windowAt(tracking, earnedAt), earned: 0n, days: [] };
  // Points that become active after their window has ended count in no window that anybody looks at.
  return window.end < now ? known : { ...window, earned: window.earned + points };
}

/** The window as it is from the instant on. */
export function rollTo(tracking: Tracking, known: EarnedWindow, at: Instant): EarnedWindow {
  if (tracking.pointEarned.window === 'TRAILING') return trailing(known.days.filter(({ leavesAt }) => leavesAt > at));
  return known.end > at ? known : { ...windowAt(tracking, at), earned: 0n, days: [] };
}

/** The points earned in the window that holds the instant, which is not before the window last earned in. */
export function earnedAt(window: EarnedWindow | undefined, at: Instant): Points {
  if (window === undefined) return 0n;
  if (window.days.length === 0) return at < window.end ? window.earned : 0n;
  return window.days.reduce((sum, { leavesAt, points }) => (leavesAt > at ? sum + points : sum), 0n);
}

/** Whether the measure stays the same when the window rolls. Days of a trailing one may add up to nothing and still leave it. */
export function isEmpty(window: EarnedWindow): boolean {
  return window.earned === 0n && window.days.length === 0;
}

/** The first instant at which the measure changes by itself. */
export function rollsAt(window: EarnedWindow): Instant {
  return window.days[0]?.leavesAt ?? window.end;
}

/** A trailing window of the days, which it merges and puts in order. */
export function trailing(days: readonly TrailingDay[]): EarnedWindow {
  const merged = new Map<Instant, Points>();
  for (const { leavesAt, points } of days) merged.set(leavesAt, (merged.get(leavesAt) ?? 0n) + points);
  const sorted = [...merged]
    .filter(([, points]) => points !== 0n)
    .map(([leavesAt, points]) => ({ leavesAt, points }))
    .sort((a, b) => a.leavesAt - b.leavesAt);
  return { start: -NEVER, end: NEVER, earned: sorted.reduce((sum, { points }) => sum + points, 0n), days: sorted };
}

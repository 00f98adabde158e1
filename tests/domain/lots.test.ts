import { describe, expect, test } from '@jest/globals';
import type { Allocation, Lot, PointActivation, PointExpiration, QualifyingActivities } from '../../src/domain/points.ts';
import { activationOf, credit, debit, expiryOf, isPointsInRange, qualifies, slideLots } from '../../src/domain/points.ts';
import { LocalCalendar, NEVER } from '../../src/domain/time.ts';
import { at, iso } from '../support/people.ts';

const utc = new LocalCalendar('UTC');

/** A lot in few words; sliding if the points are given as text. */
const lot = (expiresAt: number, points: number | string, earnedAt = 0): Lot => ({
  expiresAt,
  sliding: typeof points === 'string',
  points: BigInt(points),
  earnedAt,
});
const brief = (lots: readonly Lot[]) => lots.map(({ expiresAt, sliding, points, earnedAt }) => [expiresAt, sliding ? String(points) : Number(points), earnedAt]);
const taken = (allocations: readonly Allocation[]) => allocations.map(({ expiresAt, sliding, points }) => [expiresAt, sliding ? String(points) : Number(points)]);

describe('credit', () => {
  test('points with the same expiry share a lot, which was earned when the first of them were', () => {
    expect(brief(credit([lot(10, 5, 3)], lot(10, 7, 2)))).toEqual([[10, 12, 2]]);
    expect(brief(credit([lot(10, 5, 3)], lot(10, 7, 4)))).toEqual([[10, 12, 3]]);
  });

  test('lots stand in the order in which they are spent: by expiry, then by when they were earned', () => {
    const lots = [lot(NEVER, 1, 1), lot(30, 2, 5), lot(10, 3, 9), lot(20, 4, 2)].reduce<Lot[]>(credit, []);
    expect(brief(lots)).toEqual([[10, 3, 9], [20, 4, 2], [30, 2, 5], [NEVER, 1, 1]]);
  });

  test('what slides is another lot, even where it expires at the same instant', () => {
    const lots = credit(credit([], lot(10, '5', 3)), lot(10, 7, 3));
    expect(brief(lots)).toEqual([[10, 7, 3], [10, '5', 3]]);
    expect(brief(credit(lots, lot(10, '1', 4)))).toEqual([[10, 7, 3], [10, '6', 3]]);
    expect(brief(credit([lot(10, 7, 3)], lot(10, '5', 2)))).toEqual([[10, '5', 2], [10, 7, 3]]);
  });

  test('a lot that turns out to be earlier earned moves before the other of its instant', () => {
    const lots = credit([lot(10, 7, 3), lot(10, '5', 4)], lot(10, '1', 2));
    expect(brief(lots)).toEqual([[10, '6', 2], [10, 7, 3]]);
  });

  test('what is owed is paid first', () => {
    const debt = [lot(NEVER, -80, 5)];
    expect(brief(credit(debt, lot(10, 30, 6)))).toEqual([[NEVER, -50, 5]]);
    expect(credit(debt, lot(10, 80, 6))).toEqual([]);
    expect(brief(credit(debt, lot(10, 100, 6)))).toEqual([[10, 20, 6]]);
  });
});

describe('debit', () => {
  const lots = [lot(10, 100, 2), lot(20, 100, 1), lot(NEVER, 50, 3)];

  test('takes from the lots in order, and says what from which', () => {
    const { lots: left, taken: parts } = debit(lots, 150n, 5);
    expect(brief(left)).toEqual([[20, 50, 1], [NEVER, 50, 3]]);
    expect(taken(parts)).toEqual([[10, 100], [20, 50]]);
  });

  test('takes exactly what is there', () => {
    expect(debit(lots, 250n, 5)).toEqual({ lots: [], taken: lots });
    expect(brief(debit(lots, 100n, 5).lots)).toEqual([[20, 100, 1], [NEVER, 50, 3]]);
  });

  test('takes from a preferred lot first, if there is one', () => {
    const { lots: left, taken: parts } = debit(lots, 150n, 5, { expiresAt: 20, sliding: false });
    expect(taken(parts)).toEqual([[20, 100], [10, 50]]);
    expect(brief(left)).toEqual([[10, 50, 2], [NEVER, 50, 3]]);
    expect(taken(debit(lots, 150n, 5, { expiresAt: 20, sliding: true }).taken)).toEqual([[10, 100], [20, 50]]);
    expect(taken(debit(lots, 150n, 5, { expiresAt: 15, sliding: false }).taken)).toEqual([[10, 100], [20, 50]]);
  });

  test('what is not there is owed, from the first instant at which something was', () => {
    const { lots: owed, taken: parts } = debit([lot(10, 20, 1)], 100n, 5);
    expect(brief(owed)).toEqual([[NEVER, -80, 5]]);
    expect(taken(parts)).toEqual([[10, 20], [NEVER, 80]]);
    const more = debit(owed, 10n, 9);
    expect(brief(more.lots)).toEqual([[NEVER, -90, 5]]);
    expect(taken(more.taken)).toEqual([[NEVER, 10]]);
  });

  test('nothing is taken twice from a preferred lot', () => {
    expect(taken(debit([lot(20, 30)], 50n, 5, { expiresAt: 20, sliding: false }).taken)).toEqual([[20, 30], [NEVER, 20]]);
  });

  test('nothing takes nothing', () => {
    expect(debit(lots, 0n, 5)).toEqual({ lots, taken: [] });
    expect(debit([lot(NEVER, -5)], 0n, 5)).toEqual({ lots: [lot(NEVER, -5)], taken: [] });
  });
});

test('sliding moves the lot that slides, to its place', () => {
  expect(brief(slideLots([lot(10, '5', 1), lot(20, 7, 2)], 30))).toEqual([[20, 7, 2], [30, '5', 1]]);
  expect(brief(slideLots([lot(10, 5, 1)], 30))).toEqual([[10, 5, 1]]);
});

describe('when points expire', () => {
  const rolling = (value: number, unit: 'HOUR' | 'DAY' | 'MONTH', rounding: 'END_OF_MONTH' | null = null): PointExpiration => ({
    type: 'ROLLING',
    period: { value, unit },
    rounding: rounding === null ? null : { to: rounding, month: null },
  });
  const activities: QualifyingActivities = { earningActivity: true, spendingActivity: false, customActivity: false, customActivityTypes: [] };

  test.each<[string, PointExpiration, string, string]>([
    ['never', { type: 'NO_EXPIRATION' }, '2026-01-25T10:00:00Z', 'never'],
    ['E1: after a month', rolling(1, 'MONTH'), '2026-01-25T10:00:00Z', '2026-02-26'],
    ['E3: at the end of a shorter month', rolling(1, 'MONTH'), '2026-01-31T10:00:00Z', '2026-03-01'],
    ['E3: in a leap year', rolling(1, 'MONTH'), '2024-01-31T10:00:00Z', '2024-03-01'],
    ['after hours, exactly', rolling(36, 'HOUR'), '2026-01-25T10:00:00Z', '2026-01-26T22:00:00.000Z'],
    ['E8: rounded up', rolling(12, 'MONTH', 'END_OF_MONTH'), '2020-07-06T10:00:00Z', '2021-08-01'],
    ['on the day itself', { type: 'CALENDAR', calendarDates: [{ day: 31, month: 12 }] }, '2025-12-31T10:00:00Z', '2026-01-01'],
    ['after the last activity', { type: 'SLIDING', period: { value: 10, unit: 'DAY' }, ...activities }, '2026-01-25T10:00:00Z', '2026-02-05'],
  ])('%s', (_, expiration, from, expected) => {
    expect(iso(expiryOf(expiration, at(from), utc))).toBe(expected);
  });

  test.each<[string, PointActivation, string | null]>([
    ['at once', { type: 'IMMEDIATE' }, null],
    ['E7: 30 days later', { type: 'PERIOD_BASED', days: 30 }, '2026-01-31'],
    ['on the next of some days, not the same', { type: 'FIXED_DATES', calendarDates: [{ day: 1, month: 1 }, { day: 15, month: 3 }] }, '2026-03-15'],
  ])('and when they can be spent: %s', (_, activation, expected) => {
    const activatesAt = activationOf(activation, at('2026-01-01T10:00:00Z'), utc);
    expect(activatesAt === null ? null : iso(activatesAt)).toBe(expected);
  });

  test('which activities push it back', () => {
    const all = { earningActivity: true, spendingActivity: true, customActivity: true, customActivityTypes: ['visit'] };
    const none = { earningActivity: false, spendingActivity: false, customActivity: false, customActivityTypes: [] };
    const counted = (chosen: QualifyingActivities) =>
      [{ kind: 'EARNING' }, { kind: 'SPENDING' }, { kind: 'CUSTOM', type: 'visit' }, { kind: 'CUSTOM', type: 'review' }].map((activity) =>
        qualifies(activity as Parameters<typeof qualifies>[0], chosen),
      );
    expect(counted(all)).toEqual([true, true, true, false]);
    expect(counted({ ...all, customActivityTypes: [] })).toEqual([true, true, true, true]);
    expect(counted(none)).toEqual([false, false, false, false]);
    expect(counted({ ...none, customActivityTypes: ['visit'] })).toEqual([false, false, false, false]);
    expect(counted({ ...none, spendingActivity: true })).toEqual([false, true, false, false]);
  });
});

test('points fit 64 bits', () => {
  const limits = [-(2n ** 63n) - 1n, -(2n ** 63n), 0n, 2n ** 63n - 1n, 2n ** 63n];
  expect(limits.map(isPointsInRange)).toEqual([false, true, true, true, false]);
});

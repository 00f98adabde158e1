import { describe, expect, test } from '@jest/globals';
import type { PointEarned } from '../../src/domain/structures.ts';
import { LocalCalendar, NEVER } from '../../src/domain/time.ts';
import type { EarnedWindow, Tracking } from '../../src/domain/windows.ts';
import { countPoints, earnedAt, rollTo, rollsAt, trailing, windowAt } from '../../src/domain/windows.ts';
import { at, iso } from '../support/people.ts';

const tracking = (window: PointEarned['window'], value: number, unit: PointEarned['period']['unit'], joinedAt = '2024-01-31T10:00:00Z', zone = 'UTC'): Tracking => ({
  pointEarned: { period: { value, unit }, type: 'IMMEDIATELY', window },
  joinedAt: at(joinedAt),
  calendar: new LocalCalendar(zone),
});
const bounds = (of: Tracking, instant: string) => {
  const { start, end } = windowAt(of, at(instant));
  return [iso(start), iso(end)];
};

describe('the window that holds an instant', () => {
  const month = tracking('CALENDAR', 1, 'MONTH');
  const year = tracking('ANNIVERSARY', 1, 'YEAR', '2024-02-29T10:00:00Z');
  const monthly = tracking('ANNIVERSARY', 1, 'MONTH');
  const hours = tracking('ANNIVERSARY', 36, 'HOUR');

  test.each<[string, Tracking, string, string[]]>([
    ['of the calendar', month, '2026-03-10T10:00:00Z', ['2026-03-01', '2026-04-01']],
    ['of the calendar, at its start', month, '2026-03-01', ['2026-03-01', '2026-04-01']],
    ['since 29 February, in a common year', year, '2025-02-28T00:00:00Z', ['2025-02-28', '2026-02-28']],
    ['since 29 February, the day before', year, '2025-02-27T23:59:59Z', ['2024-02-29', '2025-02-28']],
    ['since 29 February, in a leap year', year, '2028-02-29T00:00:00Z', ['2028-02-29', '2029-02-28']],
    ['since 29 February, before it', year, '2028-02-28T12:00:00Z', ['2027-02-28', '2028-02-29']],
    ['since the 31st, in February', monthly, '2026-02-28T00:00:00Z', ['2026-02-28', '2026-03-31']],
    ['since the 31st, the day before', monthly, '2026-02-27T23:00:00Z', ['2026-01-31', '2026-02-28']],
    ['since the 31st, in April', monthly, '2026-04-30T12:00:00Z', ['2026-04-30', '2026-05-31']],
    ['before the day of joining', monthly, '2023-12-31T00:00:00Z', ['2023-12-31', '2024-01-31']],
    ['in hours since joining', hours, '2024-02-01T22:00:00Z', ['2024-02-01T22:00:00.000Z', '2024-02-03T10:00:00.000Z']],
    ['in hours since joining, before its end', hours, '2024-02-01T21:59:59Z', ['2024-01-31T10:00:00.000Z', '2024-02-01T22:00:00.000Z']],
    ['in hours before joining', hours, '2024-01-31T09:00:00Z', ['2024-01-29T22:00:00.000Z', '2024-01-31T10:00:00.000Z']],
    ['since joining, on the local day', tracking('ANNIVERSARY', 2, 'WEEK', '2026-03-01T03:00:00Z', 'America/New_York'), '2026-03-14T05:00:00Z', ['2026-03-14T04:00:00.000Z', '2026-03-28T04:00:00.000Z']],
  ])('%s', (_, of, instant, expected) => {
    expect(bounds(of, instant)).toEqual(expected);
  });

  test('a trailing one has no bounds', () => {
    expect(windowAt(tracking('TRAILING', 1, 'YEAR'), 5)).toEqual({ start: -NEVER, end: NEVER });
  });
});

describe('counting in windows that begin and end', () => {
  const of = tracking('CALENDAR', 1, 'MONTH');
  const march = { start: at('2026-03-01'), end: at('2026-04-01'), earned: 7n, days: [] };

  test.each<[string, EarnedWindow | undefined, number, string, string, EarnedWindow | undefined]>([
    ['the first points open it', undefined, 5, '2026-03-10', '2026-03-10', { ...march, earned: 5n }],
    ['more are added', march, 5, '2026-03-10', '2026-03-20', { ...march, earned: 12n }],
    ['at its very start too', march, 5, '2026-03-01', '2026-03-20', { ...march, earned: 12n }],
    ['some are taken back', march, -9, '2026-03-10', '2026-03-20', { ...march, earned: -2n }],
    ['at the end of it the next begins', march, 5, '2026-04-01', '2026-04-01', { start: at('2026-04-01'), end: at('2026-05-01'), earned: 5n, days: [] }],
    ['what was earned before it is not known any more', march, 5, '2026-02-28', '2026-03-20', march],
    ['what was earned in a window that is over opens none', undefined, 5, '2026-02-28', '2026-03-20', undefined],
    ['nor is it added to it', march, 5, '2026-03-10', '2026-04-20', march],
    ['what becomes active as it ends is counted yet', march, 5, '2026-03-10', '2026-04-01', { ...march, earned: 12n }],
  ])('%s', (_, known, points, earned, now, expected) => {
    expect(countPoints(of, known, BigInt(points), at(earned), at(now))).toEqual(expected);
  });

  test('it counts until it ends', () => {
    expect(['2026-03-01', '2026-03-31T23:59:59Z', '2026-04-01', '2026-05-01'].map((instant) => earnedAt(march, at(instant)))).toEqual([7n, 7n, 0n, 0n]);
    expect(earnedAt(undefined, 10)).toBe(0n);
    expect(rollsAt(march)).toBe(march.end);
  });

  test('it rolls into an empty one', () => {
    expect(rollTo(of, march, at('2026-03-31'))).toBe(march);
    expect(rollTo(of, march, at('2026-04-01'))).toEqual({ start: at('2026-04-01'), end: at('2026-05-01'), earned: 0n, days: [] });
    expect(rollTo(of, march, at('2026-07-10'))).toMatchObject({ start: at('2026-07-01'), earned: 0n });
  });
});

describe('counting in a trailing window', () => {
  const of = tracking('TRAILING', 30, 'DAY');
  const count = (known: EarnedWindow | undefined, points: number, earned: string, now = earned) => countPoints(of, known, BigInt(points), at(earned), at(now));
  const brief = (window: EarnedWindow | undefined) => [Number(window?.earned), ...(window?.days ?? []).map(({ leavesAt, points }) => [iso(leavesAt), Number(points)])];

  test('each day leaves it by itself', () => {
    const window = count(count(count(undefined, 5, '2026-03-10T10:00:00Z'), 7, '2026-03-10T20:00:00Z'), 1, '2026-03-05', '2026-03-12');
    expect(brief(window)).toEqual([13, ['2026-04-04', 1], ['2026-04-09', 12]]);
    expect(window).toMatchObject({ start: -NEVER, end: NEVER });
    expect(rollsAt(window!)).toBe(at('2026-04-04'));
    expect(['2026-04-03', '2026-04-04', '2026-04-08T23:59:59Z', '2026-04-09'].map((instant) => Number(earnedAt(window, at(instant))))).toEqual([13, 12, 12, 0]);
    expect(brief(rollTo(of, window!, at('2026-04-04')))).toEqual([12, ['2026-04-09', 12]]);
    expect(brief(rollTo(of, window!, at('2026-04-09')))).toEqual([0]);
    expect(rollsAt(rollTo(of, window!, at('2026-04-09')))).toBe(NEVER);
  });

  test('what has left it already is not counted', () => {
    expect(count(undefined, 5, '2026-03-10', '2026-04-10')).toBeUndefined();
    // What becomes active as it leaves was there at the last instant.
    const leaving = count(undefined, 5, '2026-03-10', '2026-04-09');
    expect(brief(leaving)).toEqual([5, ['2026-04-09', 5]]);
    expect([at('2026-04-09') - 1, at('2026-04-09')].map((instant) => Number(earnedAt(leaving, instant)))).toEqual([5, 0]);
  });

  test('what is taken back leaves with what it was taken from', () => {
    expect(brief(count(count(undefined, 5, '2026-03-10'), -5, '2026-03-10', '2026-03-20'))).toEqual([0]);
    expect(brief(count(count(undefined, 5, '2026-03-10'), -2, '2026-03-11'))).toEqual([3, ['2026-04-09', 5], ['2026-04-10', -2]]);
  });

  test('days are merged and put in order', () => {
    expect(brief(trailing([{ leavesAt: 86_400_000, points: 2n }, { leavesAt: 0, points: 1n }, { leavesAt: 86_400_000, points: 3n }]))).toEqual([
      6,
      ['1970-01-01', 1],
      ['1970-01-02', 5],
    ]);
    expect(trailing([])).toEqual({ start: -NEVER, end: NEVER, earned: 0n, days: [] });
  });

  test('hours leave it to the millisecond', () => {
    const hours = tracking('TRAILING', 36, 'HOUR');
    const window = countPoints(hours, undefined, 5n, at('2026-03-10T10:30:00Z'), at('2026-03-10T10:30:00Z'));
    expect(brief(window)).toEqual([5, ['2026-03-11T22:30:00.000Z', 5]]);
  });
});

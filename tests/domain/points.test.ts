/** What can be configured about points, and what makes no sense. */
import { describe, expect, test } from '@jest/globals';
import type { PointActivation, PointExpiration, QualifyingActivities } from '../../src/domain/points.ts';
import { isPointActivation, isPointExpiration } from '../../src/domain/points.ts';
import type { CalendarDate, Period, Rounding } from '../../src/domain/time.ts';

const DATES: CalendarDate[] = Array.from({ length: 21 }, (_, index) => ({ day: index + 1, month: 1 }));
const YEAR: Period = { value: 1, unit: 'YEAR' };
const UNITS = ['HOUR', 'DAY', 'WEEK', 'MONTH', 'YEAR'] as const;
const ROUNDINGS = ['END_OF_MONTH', 'END_OF_QUARTER', 'END_OF_HALF_YEAR', 'END_OF_YEAR'] as const;

describe('an expiration', () => {
  const rolling = (period: Period, rounding: Rounding | null = null) => isPointExpiration({ type: 'ROLLING', period, rounding });
  const calendar = (calendarDates: readonly CalendarDate[]) => isPointExpiration({ type: 'CALENDAR', calendarDates });

  test('that is none always makes sense', () => {
    expect(isPointExpiration({ type: 'NO_EXPIRATION' })).toBe(true);
  });

  test.each(UNITS)('after a period: 1 to 1000 whole units of %s', (unit) => {
    expect([0, 1, 1000, 1001, 1.5, -1, Number.NaN].map((value) => rolling({ value, unit }))).toEqual([
      false, true, true, false, false, false, false,
    ]);
  });

  test('is rounded if it is not in hours', () => {
    for (const to of ROUNDINGS) {
      expect(UNITS.map((unit) => rolling({ value: 1, unit }, { to, month: null }))).toEqual([false, true, true, true, true]);
    }
  });

  test('has a month for END_OF_PARTICULAR_MONTH, and for nothing else', () => {
    const months = [null, 0, 1, 12, 13, 1.5];
    const to = 'END_OF_PARTICULAR_MONTH';
    expect(months.map((month) => rolling(YEAR, { to, month }))).toEqual([false, false, true, true, false, false]);
    for (const other of ROUNDINGS) {
      expect(months.map((month) => rolling(YEAR, { to: other, month }))).toEqual([true, false, false, false, false, false]);
    }
  });

  test('on days of the year: 1 to 20 of them, each once, each existing in a leap year', () => {
    expect([0, 1, 20, 21].map((count) => calendar(DATES.slice(0, count)))).toEqual([false, true, true, false]);
    expect(calendar([{ day: 29, month: 2 }, { day: 28, month: 2 }])).toBe(true);
    expect(calendar([{ day: 30, month: 2 }])).toBe(false);
    expect(calendar([{ day: 1, month: 3 }, { day: 2, month: 3 }, { day: 1, month: 3 }])).toBe(false);
  });
});

describe('a sliding expiration', () => {
  const NONE: QualifyingActivities = { earningActivity: false, spendingActivity: false, customActivity: false, customActivityTypes: [] };
  const sliding = (chosen: Partial<QualifyingActivities>, period = YEAR) => {
    const expiration: PointExpiration = { type: 'SLIDING', period, ...NONE, ...chosen };
    return isPointExpiration(expiration);
  };

  test('needs an activity that counts', () => {
    expect(sliding({})).toBe(false);
    for (const activity of ['earningActivity', 'spendingActivity', 'customActivity'] as const) {
      expect(sliding({ [activity]: true })).toBe(true);
    }
    expect(sliding({ earningActivity: true, spendingActivity: true, customActivity: true })).toBe(true);
  });

  test.each(UNITS)('lasts 1 to 1000 whole units of %s', (unit) => {
    const lasts = (value: number) => sliding({ earningActivity: true }, { value, unit });
    expect([0, 1, 1000, 1001, 0.5].map(lasts)).toEqual([false, true, true, false, false]);
  });

  test('names custom types only where custom activities count, at most 20', () => {
    const types = (count: number) => Array.from({ length: count }, (_, index) => `type ${index}`);
    expect(sliding({ customActivityTypes: types(1) })).toBe(false);
    expect(sliding({ earningActivity: true, customActivityTypes: types(1) })).toBe(false);
    expect([0, 1, 20, 21].map((count) => sliding({ customActivity: true, customActivityTypes: types(count) }))).toEqual([
      true, true, true, false,
    ]);
  });

  test('a custom type has 1 to 200 characters, counted as people count them', () => {
    const type = (text: string) => sliding({ customActivity: true, customActivityTypes: ['visit', text] });
    expect(['x', '🏅'.repeat(200)].map(type)).toEqual([true, true]);
    expect(['', ' ', 'x'.repeat(201), '🏅'.repeat(201), 'a\u0000', '\ud83c'].map(type)).toEqual(Array(6).fill(false));
  });
});

describe('an activation', () => {
  const fixedDates = (calendarDates: readonly CalendarDate[]) => isPointActivation({ type: 'FIXED_DATES', calendarDates });

  test('at once always makes sense', () => {
    expect(isPointActivation({ type: 'IMMEDIATE' })).toBe(true);
  });

  test('after 1 to 1000 whole days', () => {
    const after = (days: number) => isPointActivation({ type: 'PERIOD_BASED', days } satisfies PointActivation);
    expect([0, 1, 1000, 1001, 1.5, -1, Number.NaN].map(after)).toEqual([false, true, true, false, false, false, false]);
  });

  test('on days of the year: 1 to 20 of them, each once, each existing in a leap year', () => {
    expect([0, 1, 20, 21].map((count) => fixedDates(DATES.slice(0, count)))).toEqual([false, true, true, false]);
    expect([fixedDates([{ day: 29, month: 2 }]), fixedDates([{ day: 31, month: 4 }])]).toEqual([true, false]);
    expect(fixedDates([{ day: 1, month: 3 }, { day: 1, month: 3 }])).toBe(false);
  });
});

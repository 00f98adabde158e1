import { describe, expect, test } from '@jest/globals';
import type { Period, PeriodUnit } from '../../src/domain/time.ts';
import { LocalCalendar, NEVER, finiteInstant, isCalendarDate, isCalendarDateList, isPeriod, isTimeZone } from '../../src/domain/time.ts';

const at = (text: string) => Date.parse(text);
const text = (instant: number) => new Date(instant).toISOString();
const period = (value: number, unit: PeriodUnit): Period => ({ value, unit });
const window = (calendar: LocalCalendar, instant: string, value: number, unit: PeriodUnit) => {
  const { start, end } = calendar.windowAt(at(instant), period(value, unit));
  return [text(start), text(end)];
};

/** New ones each time, which remember nothing of what was asked before. */
const utc = () => new LocalCalendar('UTC');
const newYork = () => new LocalCalendar('America/New_York');
const warsaw = () => new LocalCalendar('Europe/Warsaw');

describe('rows of the specification', () => {
  test('Z1: a calendar year starts at the local new year', () => {
    const losAngeles = new LocalCalendar('America/Los_Angeles');
    const year = period(1, 'YEAR');
    expect(losAngeles.windowAt(at('2026-01-01T07:59:59Z'), year)).toEqual({
      start: at('2025-01-01T08:00:00Z'),
      end: at('2026-01-01T08:00:00Z'),
    });
    expect(losAngeles.windowAt(at('2026-01-01T08:00:00Z'), year)).toEqual({
      start: at('2026-01-01T08:00:00Z'),
      end: at('2027-01-01T08:00:00Z'),
    });
  });

  test('Z2: a day of 23 hours ends an hour earlier', () => {
    const noon = at('2026-03-07T17:00:00Z');
    expect(newYork().dayAt(noon).date).toBe('2026-03-07');
    const end = newYork().endOfPeriods(noon, period(1, 'DAY'), 1);
    expect(text(end)).toBe('2026-03-09T04:00:00.000Z');
    expect(newYork().dayAt(end - 1)).toEqual({
      date: '2026-03-08',
      start: at('2026-03-08T05:00:00Z'),
      end: at('2026-03-09T04:00:00Z'),
    });
  });

  test('Z3: a day of 25 hours', () => {
    expect(warsaw().day('2026-10-25')).toEqual({
      date: '2026-10-25',
      start: at('2026-10-24T22:00:00Z'),
      end: at('2026-10-25T23:00:00Z'),
    });
  });

  test('Z4: a day without midnight starts with its first instant', () => {
    const cairo = new LocalCalendar('Africa/Cairo');
    expect(text(cairo.day('2026-04-23').end)).toBe('2026-04-23T22:00:00.000Z');
    expect(cairo.dayAt(at('2026-04-23T21:59:59.999Z')).date).toBe('2026-04-23');
    expect(cairo.dayAt(at('2026-04-23T22:00:00Z')).date).toBe('2026-04-24');
  });

  test('Z5: a leap day comes back in leap years only', () => {
    const anchor = at('2024-02-29T12:00:00Z');
    expect(text(utc().endOfPeriods(anchor, period(1, 'YEAR'), 1))).toBe('2025-03-01T00:00:00.000Z');
    expect(text(utc().endOfPeriods(anchor, period(4, 'YEAR'), 1))).toBe('2028-03-01T00:00:00.000Z');
    expect(text(utc().endOfPeriods(anchor, period(1, 'YEAR'), 4))).toBe('2028-03-01T00:00:00.000Z');
  });
});

describe('days', () => {
  test('a day starts with itself and ends with the next', () => {
    const { start, end } = newYork().day('2026-07-04');
    expect(newYork().dayAt(start).date).toBe('2026-07-04');
    expect(newYork().dayAt(end - 1).date).toBe('2026-07-04');
    expect(newYork().dayAt(end).date).toBe('2026-07-05');
    expect(newYork().dayAt(start - 1).date).toBe('2026-07-03');
  });

  test('a date that a time zone skipped is empty', () => {
    const apia = new LocalCalendar('Pacific/Apia');
    const skipped = apia.day('2011-12-30');
    expect(skipped.start).toBe(skipped.end);
    expect(apia.day('2011-12-29').end).toBe(apia.day('2011-12-31').start);
    expect(apia.dayAt(at('2011-12-30T10:00:00Z')).date).toBe('2011-12-31');
  });

  test('clocks put back over midnight do not bring yesterday back', () => {
    // Until 2011 Newfoundland's clocks went from 00:01 to 23:01 of the day before.
    const firstMinute = at('2010-11-07T02:30:00Z');
    const again = at('2010-11-07T02:45:00Z');
    const sunday = { date: '2010-11-07', start: firstMinute, end: at('2010-11-08T03:30:00Z') };
    expect(new LocalCalendar('America/St_Johns').dayAt(firstMinute)).toEqual(sunday);
    expect(new LocalCalendar('America/St_Johns').dayAt(again)).toEqual(sunday);
    const asked = new LocalCalendar('America/St_Johns');
    asked.dayAt(firstMinute);
    expect(asked.dayAt(again)).toEqual(sunday);
  });

  test('days before today are counted on the calendar', () => {
    expect(newYork().daysBefore(at('2026-03-09T04:30:00Z'), 0).date).toBe('2026-03-09');
    expect(newYork().daysBefore(at('2026-03-09T04:30:00Z'), 1).date).toBe('2026-03-08');
    expect(newYork().daysBefore(at('2026-03-09T03:30:00Z'), 1).date).toBe('2026-03-07');
    expect(newYork().daysBefore(at('2026-03-01T12:00:00Z'), 36_500).date).toBe('1926-03-26');
  });

  test('remembering many days changes no answer', () => {
    const calendar = new LocalCalendar('Europe/Warsaw');
    for (let n = 0; n < 5_000; n += 1) calendar.daysBefore(at('2026-10-25T12:00:00Z'), n);
    expect(text(calendar.day('2026-10-25').end)).toBe('2026-10-25T23:00:00.000Z');
  });
});

describe('periods from an anchor', () => {
  test('31 January monthly keeps to the end of each month', () => {
    const anchor = at('2026-01-31T15:00:00Z');
    const lastDays = [1, 2, 3, 4, 5, 12, 13].map((count) => {
      const end = utc().endOfPeriods(anchor, period(1, 'MONTH'), count);
      return utc().dayAt(end - 1).date;
    });
    expect(lastDays).toEqual([
      '2026-02-28',
      '2026-03-31',
      '2026-04-30',
      '2026-05-31',
      '2026-06-30',
      '2027-01-31',
      '2027-02-28',
    ]);
  });

  test.each([
    ['2026-01-25', 1, 'MONTH', '2026-02-26'],
    ['2024-01-31', 1, 'MONTH', '2024-03-01'],
    ['2026-01-31', 1, 'MONTH', '2026-03-01'],
    ['2026-07-20', 30, 'DAY', '2026-08-20'],
    ['2026-07-20', 2, 'WEEK', '2026-08-04'],
    ['2026-07-20', 1, 'YEAR', '2027-07-21'],
    ['2026-07-20', 1000, 'YEAR', '3026-07-21'],
  ] as const)('from %s, %d %s counts its last day in full', (from, value, unit, end) => {
    expect(text(utc().endOfPeriods(at(`${from}T13:00:00Z`), period(value, unit), 1))).toBe(`${end}T00:00:00.000Z`);
  });

  test('hours are exact, whatever the clocks do', () => {
    const before = at('2026-03-08T06:30:00.123Z');
    expect(text(newYork().endOfPeriods(before, period(1, 'HOUR'), 1))).toBe('2026-03-08T07:30:00.123Z');
    expect(text(newYork().endOfPeriods(before, period(24, 'HOUR'), 2))).toBe('2026-03-10T06:30:00.123Z');
  });

  test('a last day in a gap ends where the next day starts', () => {
    const cairo = new LocalCalendar('Africa/Cairo');
    expect(text(cairo.endOfPeriods(at('2026-04-22T12:00:00Z'), period(1, 'DAY'), 1))).toBe('2026-04-23T22:00:00.000Z');
    expect(text(cairo.endOfPeriods(at('2026-04-23T12:00:00Z'), period(1, 'DAY'), 1))).toBe('2026-04-24T21:00:00.000Z');
  });
});

describe('rounding up', () => {
  const rounded = (from: string, value: number, unit: PeriodUnit, to: Parameters<LocalCalendar['endOfPeriods']>[3]) =>
    utc().dayAt(utc().endOfPeriods(at(`${from}T12:00:00Z`), period(value, unit), 1, to) - 1).date;

  test.each([
    ['2020-07-06', 12, 'END_OF_MONTH', '2021-07-31'],
    ['2026-02-10', 1, 'END_OF_QUARTER', '2026-03-31'],
    ['2026-03-10', 1, 'END_OF_QUARTER', '2026-06-30'],
    ['2026-05-31', 1, 'END_OF_QUARTER', '2026-06-30'],
    ['2026-05-31', 1, 'END_OF_HALF_YEAR', '2026-06-30'],
    ['2026-06-01', 1, 'END_OF_HALF_YEAR', '2026-12-31'],
    ['2026-11-30', 1, 'END_OF_YEAR', '2026-12-31'],
    ['2026-12-01', 1, 'END_OF_YEAR', '2027-12-31'],
    ['2023-12-31', 2, 'END_OF_MONTH', '2024-02-29'],
  ] as const)('%s and %d months, %s', (from, months, to, lastDay) => {
    expect(rounded(from, months, 'MONTH', { to, month: null })).toBe(lastDay);
  });

  test.each([
    ['2026-01-15', 2, '2026-02-28'],
    ['2026-01-31', 2, '2026-02-28'],
    ['2026-02-01', 2, '2027-02-28'],
    ['2026-02-01', 12, '2026-12-31'],
    ['2027-12-01', 2, '2028-02-29'],
  ])('%s and a month, to the end of month %d', (from, month, lastDay) => {
    expect(rounded(from, 1, 'MONTH', { to: 'END_OF_PARTICULAR_MONTH', month })).toBe(lastDay);
  });

  test('a day that is the last already stays', () => {
    expect(rounded('2026-02-28', 1, 'MONTH', { to: 'END_OF_MONTH', month: null })).toBe('2026-03-31');
    expect(rounded('2026-03-30', 1, 'DAY', { to: 'END_OF_QUARTER', month: null })).toBe('2026-03-31');
  });
});

describe('calendar dates', () => {
  const next = (calendar: LocalCalendar, from: string, ...dates: { day: number; month: number }[]) =>
    text(calendar.endOfNextCalendarDate(at(from), dates));

  test('the day itself counts, and is over at its end', () => {
    expect(next(utc(), '2026-12-31T23:59:59.999Z', { day: 31, month: 12 })).toBe('2027-01-01T00:00:00.000Z');
    expect(next(utc(), '2027-01-01T00:00:00Z', { day: 31, month: 12 })).toBe('2028-01-01T00:00:00.000Z');
  });

  test('the next of several, in any order', () => {
    const dates = [{ day: 31, month: 12 }, { day: 30, month: 6 }, { day: 1, month: 3 }];
    expect(next(utc(), '2026-02-10T12:00:00Z', ...dates)).toBe('2026-03-02T00:00:00.000Z');
    expect(next(utc(), '2026-03-02T00:00:00Z', ...dates)).toBe('2026-07-01T00:00:00.000Z');
    expect(next(utc(), '2026-07-01T00:00:00Z', ...dates)).toBe('2027-01-01T00:00:00.000Z');
  });

  test('29 February is 28 February in common years', () => {
    const leapDay = { day: 29, month: 2 };
    expect(next(utc(), '2026-01-01T00:00:00Z', leapDay)).toBe('2026-03-01T00:00:00.000Z');
    expect(next(utc(), '2026-02-28T12:00:00Z', leapDay)).toBe('2026-03-01T00:00:00.000Z');
    expect(next(utc(), '2027-03-01T00:00:00Z', leapDay)).toBe('2028-03-01T00:00:00.000Z');
    expect(next(utc(), '2028-02-29T12:00:00Z', leapDay)).toBe('2028-03-01T00:00:00.000Z');
    expect(next(utc(), '2100-01-01T00:00:00Z', leapDay)).toBe('2100-03-01T00:00:00.000Z');
  });

  test('the day is local', () => {
    expect(next(newYork(), '2027-01-01T04:59:59Z', { day: 31, month: 12 })).toBe('2027-01-01T05:00:00.000Z');
    expect(next(newYork(), '2027-01-01T05:00:00Z', { day: 31, month: 12 })).toBe('2028-01-01T05:00:00.000Z');
  });
});

describe('windows', () => {
  test.each([
    ['2026-05-17T12:00:00Z', 1, 'YEAR', '2026-01-01', '2027-01-01'],
    ['2026-05-17T12:00:00Z', 2, 'YEAR', '2025-01-01', '2027-01-01'],
    ['2026-05-17T12:00:00Z', 5, 'YEAR', '2026-01-01', '2031-01-01'],
    ['2026-05-17T12:00:00Z', 1000, 'YEAR', '2001-01-01', '3001-01-01'],
    ['2026-05-17T12:00:00Z', 1, 'MONTH', '2026-05-01', '2026-06-01'],
    ['2026-05-17T12:00:00Z', 3, 'MONTH', '2026-04-01', '2026-07-01'],
    ['2026-05-17T12:00:00Z', 12, 'MONTH', '2026-01-01', '2027-01-01'],
    ['2026-05-17T12:00:00Z', 5, 'MONTH', '2026-01-01', '2026-06-01'],
    ['2026-05-17T12:00:00Z', 18, 'MONTH', '2026-01-01', '2027-07-01'],
    ['2026-05-17T12:00:00Z', 1, 'WEEK', '2026-05-11', '2026-05-18'],
    ['2026-05-18T00:00:00Z', 1, 'WEEK', '2026-05-18', '2026-05-25'],
    ['1970-01-01T12:00:00Z', 2, 'WEEK', '1969-12-29', '1970-01-12'],
    ['1970-01-12T12:00:00Z', 2, 'WEEK', '1970-01-12', '1970-01-26'],
    ['2026-05-17T12:00:00Z', 1, 'DAY', '2026-05-17', '2026-05-18'],
    ['1970-01-10T12:00:00Z', 7, 'DAY', '1970-01-08', '1970-01-15'],
  ] as const)('%s in %d %s', (instant, value, unit, start, end) => {
    expect(window(utc(), instant, value, unit)).toEqual([`${start}T00:00:00.000Z`, `${end}T00:00:00.000Z`]);
  });

  test.each([
    ['1969-12-28T12:00:00Z', 2, 'WEEK', '1969-12-15', '1969-12-29'],
    ['1969-12-31T12:00:00Z', 1, 'DAY', '1969-12-31', '1970-01-01'],
    ['1969-12-31T12:00:00Z', 7, 'DAY', '1969-12-25', '1970-01-01'],
    ['0001-02-03T12:00:00Z', 5, 'YEAR', '0001-01-01', '0006-01-01'],
    ['0001-02-03T12:00:00Z', 5, 'MONTH', '0001-01-01', '0001-06-01'],
    ['0000-12-31T12:00:00Z', 1, 'YEAR', '0000-01-01', '0001-01-01'],
    ['0000-12-31T12:00:00Z', 1, 'MONTH', '0000-12-01', '0001-01-01'],
    ['0000-03-31T12:00:00Z', 3, 'MONTH', '0000-01-01', '0000-04-01'],
    ['0000-01-31T12:00:00Z', 7, 'MONTH', '-000001-11-01', '0000-06-01'],
    ['0000-06-30T12:00:00Z', 5, 'YEAR', '-000004-01-01', '0001-01-01'],
  ] as const)('before its first window: %s in %d %s', (instant, value, unit, start, end) => {
    expect(window(utc(), instant, value, unit)).toEqual([`${start}T00:00:00.000Z`, `${end}T00:00:00.000Z`]);
  });

  test('windows of hours start at local midnight, and the last of a day is shorter', () => {
    expect(window(newYork(), '2026-06-01T10:30:00Z', 5, 'HOUR')).toEqual(['2026-06-01T09:00:00.000Z', '2026-06-01T14:00:00.000Z']);
    expect(window(newYork(), '2026-06-02T03:30:00Z', 5, 'HOUR')).toEqual(['2026-06-02T00:00:00.000Z', '2026-06-02T04:00:00.000Z']);
    expect(window(newYork(), '2026-06-01T10:30:00Z', 1000, 'HOUR')).toEqual(['2026-06-01T04:00:00.000Z', '2026-06-02T04:00:00.000Z']);
  });

  test('windows of hours on days of 23 and 25 hours', () => {
    expect(window(newYork(), '2026-03-09T03:30:00Z', 6, 'HOUR')).toEqual(['2026-03-08T23:00:00.000Z', '2026-03-09T04:00:00.000Z']);
    expect(window(warsaw(), '2026-10-25T22:30:00Z', 6, 'HOUR')).toEqual(['2026-10-25T22:00:00.000Z', '2026-10-25T23:00:00.000Z']);
  });

  test('windows meet without gap or overlap', () => {
    const calendar = newYork();
    for (const unit of ['HOUR', 'DAY', 'WEEK', 'MONTH', 'YEAR'] as const) {
      for (const value of [1, 3, 7]) {
        let { start, end } = calendar.windowAt(at('2025-10-30T12:00:00Z'), period(value, unit));
        for (let n = 0; n < 40; n += 1) {
          expect(start).toBeLessThan(end);
          expect(calendar.windowAt(end - 1, period(value, unit))).toEqual({ start, end });
          const following = calendar.windowAt(end, period(value, unit));
          expect(following.start).toBe(end);
          ({ start, end } = following);
        }
      }
    }
  });
});

describe('what is a period, a date, a time zone', () => {
  test('a period counts 1 to 1000 whole units', () => {
    expect([1, 1000].map((value) => isPeriod(period(value, 'DAY')))).toEqual([true, true]);
    expect([0, -1, 1001, 1.5, NaN, Infinity].filter((value) => isPeriod(period(value, 'DAY')))).toEqual([]);
  });

  test('a date exists in a leap year', () => {
    expect(isCalendarDate({ day: 29, month: 2 })).toBe(true);
    expect(isCalendarDate({ day: 31, month: 12 })).toBe(true);
    const impossible = [
      { day: 30, month: 2 },
      { day: 31, month: 4 },
      { day: 0, month: 1 },
      { day: 1, month: 0 },
      { day: 1, month: 13 },
      { day: 1.5, month: 1 },
      { day: 1, month: 1.5 },
    ];
    expect(impossible.filter(isCalendarDate)).toEqual([]);
  });

  test('a list has 1 to 20 different dates', () => {
    const days = (count: number) => Array.from({ length: count }, (_, index) => ({ day: index + 1, month: 1 }));
    expect(isCalendarDateList(days(1))).toBe(true);
    expect(isCalendarDateList(days(20))).toBe(true);
    expect(isCalendarDateList([])).toBe(false);
    expect(isCalendarDateList(days(21))).toBe(false);
    expect(isCalendarDateList([{ day: 1, month: 12 }, { day: 1, month: 12 }])).toBe(false);
    expect(isCalendarDateList([{ day: 11, month: 2 }, { day: 1, month: 12 }])).toBe(true);
  });

  test('a time zone is a name of the IANA database', () => {
    expect(['UTC', 'Europe/Warsaw', 'America/Argentina/Buenos_Aires'].filter(isTimeZone)).toHaveLength(3);
    expect(['', '+01:00', 'Mars/Olympus', 'Europe', '2026', 'UTC+1'].filter(isTimeZone)).toEqual([]);
  });

  test('never is null to the outside', () => {
    expect(finiteInstant(NEVER)).toBeNull();
    expect(finiteInstant(0)).toBe(0);
  });
});

describe('from an instant on', () => {
  test('days and longer start with a local day, hours at the exact instant', () => {
    const start = at('2026-03-07T17:30:00Z');
    const after = (unit: PeriodUnit, count = 1) => text(newYork().startAfterPeriods(start, period(2, unit), count));
    expect([after('HOUR'), after('DAY'), after('WEEK'), after('MONTH'), after('YEAR'), after('DAY', 3)]).toEqual([
      '2026-03-07T19:30:00.000Z',
      '2026-03-09T04:00:00.000Z',
      '2026-03-21T04:00:00.000Z',
      '2026-05-07T04:00:00.000Z',
      '2028-03-07T05:00:00.000Z',
      '2026-03-13T04:00:00.000Z',
    ]);
  });

  test('the next of some days is after the instant’s own', () => {
    const dates = [{ day: 31, month: 12 }, { day: 29, month: 2 }];
    const next = (instant: string) => text(utc().startOfNextCalendarDate(at(instant), dates));
    expect(['2026-02-27T23:00:00Z', '2026-02-28', '2026-12-30', '2026-12-31T10:00:00Z', '2028-02-28'].map(next)).toEqual([
      '2026-02-28T00:00:00.000Z',
      '2026-12-31T00:00:00.000Z',
      '2026-12-31T00:00:00.000Z',
      '2027-02-28T00:00:00.000Z',
      '2028-02-29T00:00:00.000Z',
    ]);
    expect(text(newYork().startOfNextCalendarDate(at('2026-02-28T04:59:59Z'), dates))).toBe('2026-02-28T05:00:00.000Z');
  });

  test('a grace ends with the day a period later, or with that day’s week, month or year', () => {
    const ends = (unit: PeriodUnit, roundUp: boolean) => text(utc().endOfGrace(at('2026-07-25T15:00:00Z'), period(1, unit), roundUp));
    expect((['DAY', 'WEEK', 'MONTH', 'YEAR'] as const).map((unit) => [ends(unit, false), ends(unit, true)])).toEqual([
      ['2026-07-27T00:00:00.000Z', '2026-07-27T00:00:00.000Z'],
      ['2026-08-02T00:00:00.000Z', '2026-08-03T00:00:00.000Z'],
      ['2026-08-26T00:00:00.000Z', '2026-09-01T00:00:00.000Z'],
      ['2027-07-26T00:00:00.000Z', '2028-01-01T00:00:00.000Z'],
    ]);
  });
});

describe('windows counted from an anchor', () => {
  test.each<[string, PeriodUnit, number]>([
    ['2024-01-31T10:00:00Z', 'MONTH', 1],
    ['2024-02-29T10:00:00Z', 'YEAR', 1],
    ['2024-03-31T23:00:00Z', 'MONTH', 5],
    ['2024-03-10T10:00:00Z', 'WEEK', 3],
    ['2024-03-10T10:00:00Z', 'DAY', 10],
    ['2024-03-10T10:00:00Z', 'HOUR', 7],
  ])('from %s by %s x %i they meet without gap or overlap, before the anchor too', (anchor, unit, value) => {
    const calendar = newYork();
    let { start, end } = calendar.anchoredWindowAt(at('2022-06-15'), period(value, unit), at(anchor));
    for (let count = 0; count < 60; count += 1) {
      expect(calendar.anchoredWindowAt(start, period(value, unit), at(anchor))).toEqual({ start, end });
      expect(calendar.anchoredWindowAt(end - 1, period(value, unit), at(anchor))).toEqual({ start, end });
      const next = calendar.anchoredWindowAt(end, period(value, unit), at(anchor));
      expect(next.start).toBe(end);
      ({ start, end } = next);
    }
  });

  test('the anchor’s own window starts with its day', () => {
    const own = newYork().anchoredWindowAt(at('2024-03-10T10:00:00Z'), period(1, 'MONTH'), at('2024-03-10T10:00:00Z'));
    expect([text(own.start), text(own.end)]).toEqual(['2024-03-10T05:00:00.000Z', '2024-04-10T04:00:00.000Z']);
  });

  test('hours cannot be counted in days', () => {
    expect(() => utc().endOfGrace(0, period(1, 'HOUR'), false)).toThrow('Hours are exact time, not calendar time.');
  });
});

describe('at the edges of the calendar', () => {
  test('a calendar that is asked again, about one day and another in turn, answers the same', () => {
    const calendar = newYork();
    const [before, start, last] = ['2026-03-08T04:59:59.999Z', '2026-03-08T05:00:00Z', '2026-03-09T03:59:59.999Z'];
    const instants = [before, start, last, '2026-03-09T04:00:00Z', '2026-03-08T12:00:00Z', '2026-03-08T04:00:00Z'];
    const days = ['2026-03-07', '2026-03-08', '2026-03-08', '2026-03-09', '2026-03-08', '2026-03-07'];
    expect(instants.map((instant) => calendar.dayAt(at(instant)).date)).toEqual(days);
    expect(instants.toReversed().map((instant) => calendar.dayAt(at(instant)).date)).toEqual(days.toReversed());
    const [first, second] = [calendar.dayAt(at('2026-03-07T12:00:00Z')), calendar.dayAt(at('2026-03-07T12:00:01Z'))];
    expect(second).toBe(first);
    const year = () => calendar.windowAt(at('2026-03-07T12:00:00Z'), period(1, 'YEAR'));
    expect(year()).toBe(year());
  });

  test('a validity ends with the local day before it', () => {
    expect(newYork().lastDayBefore(at('2026-03-09T04:00:00Z'))).toBe('2026-03-08');
    expect(newYork().lastDayBefore(at('2026-03-09T04:00:00.001Z'))).toBe('2026-03-09');
    expect(newYork().lastDayBefore(NEVER)).toBeNull();
  });

  test('what would end with a date that the zone left out ends with the day after it', () => {
    const apia = () => new LocalCalendar('Pacific/Apia');
    const dayLater = (from: string) => text(apia().endOfPeriods(at(from), period(1, 'DAY'), 1));
    expect(dayLater('2011-12-28T12:00:00Z')).toBe('2011-12-30T10:00:00.000Z');
    expect(dayLater('2011-12-29T12:00:00Z')).toBe('2011-12-31T10:00:00.000Z');
    expect(dayLater('2011-12-30T09:59:59Z')).toBe('2011-12-31T10:00:00.000Z');
    expect(dayLater('2011-12-30T10:00:00Z')).toBe('2012-01-01T10:00:00.000Z');
    expect(text(apia().endOfNextCalendarDate(at('2011-12-29T12:00:00Z'), [{ day: 30, month: 12 }]))).toBe('2011-12-31T10:00:00.000Z');
  });

  test('the end of a particular month is that of the year where none is said', () => {
    const end = (from: string, month: number | null) => text(utc().endOfPeriods(at(from), period(1, 'DAY'), 1, { to: 'END_OF_PARTICULAR_MONTH', month }));
    expect([end('2026-05-17', null), end('2026-05-17', 5), end('2026-05-31', 5)]).toEqual([
      '2027-01-01T00:00:00.000Z',
      '2026-06-01T00:00:00.000Z',
      '2027-06-01T00:00:00.000Z',
    ]);
  });

  test('one calendar keeps ends apart that are rounded otherwise', () => {
    const calendar = utc();
    const end = (to?: Parameters<LocalCalendar['endOfPeriods']>[3]) => text(calendar.endOfPeriods(at('2026-01-10'), period(1, 'DAY'), 1, to));
    const ends = () => [
      end(),
      end({ to: 'END_OF_MONTH', month: null }),
      end({ to: 'END_OF_YEAR', month: null }),
      end({ to: 'END_OF_PARTICULAR_MONTH', month: 3 }),
      end({ to: 'END_OF_PARTICULAR_MONTH', month: 4 }),
    ];
    const expected = ['2026-01-12', '2026-02-01', '2027-01-01', '2026-04-01', '2026-05-01'].map((date) => `${date}T00:00:00.000Z`);
    expect([ends(), ends()]).toEqual([expected, expected]);
  });

  test('a list of days has none that does not exist, whatever the others are', () => {
    expect(isCalendarDateList([{ day: 1, month: 1 }, { day: 31, month: 6 }])).toBe(false);
  });

  test('a time zone starts with a letter', () => {
    expect(['+Europe/Warsaw', ' UTC', '+01:00[UTC]', '2026-01-01T00:00Z[UTC]', '2026-01-01T00:00+01:00[Europe/Warsaw]'].filter(isTimeZone)).toEqual([]);
  });

  test('an anchor in the far future or past has its windows as well', () => {
    const around = (instant: string, unit: PeriodUnit, anchor: string) => {
      const { start, end } = utc().anchoredWindowAt(at(instant), period(1, unit), at(anchor));
      return [text(start), text(end)];
    };
    expect(around('2026-01-15', 'MONTH', '2126-03-31')).toEqual(['2025-12-31T00:00:00.000Z', '2026-01-31T00:00:00.000Z']);
    expect(around('2026-01-31', 'MONTH', '1926-03-31')).toEqual(['2026-01-31T00:00:00.000Z', '2026-02-28T00:00:00.000Z']);
    expect(around('2026-01-31', 'YEAR', '2026-01-31T12:00:00Z')).toEqual(['2026-01-31T00:00:00.000Z', '2027-01-31T00:00:00.000Z']);
  });
});

import { Temporal } from 'temporal-polyfill';

/**
 * Time as a loyalty program sees it: instants are exact, days and everything longer belong to the
 * calendar of one time zone. All date arithmetic of the engine is here, and all of it is Temporal's.
 */

/** Milliseconds since 1970-01-01T00:00:00Z. Infinity stands for never. */
export type Instant = number;

/** A local calendar day as `YYYY-MM-DD`. */
export type LocalDate = string;

export type PeriodUnit = 'HOUR' | 'DAY' | 'WEEK' | 'MONTH' | 'YEAR';

export interface Period {
  /** 1 to `PERIOD_MAX_VALUE`. */
  readonly value: number;
  readonly unit: PeriodUnit;
}

/** A day that comes round every year; 29 February means 28 February in common years. */
export interface CalendarDate {
  readonly day: number;
  readonly month: number;
}

export type ExpirationRounding =
  | 'END_OF_MONTH'
  | 'END_OF_QUARTER'
  | 'END_OF_HALF_YEAR'
  | 'END_OF_YEAR'
  | 'END_OF_PARTICULAR_MONTH';

/** A span of time: `start` belongs to it, `end` does not. */
export interface Interval {
  readonly start: Instant;
  readonly end: Instant;
}

export const NEVER: Instant = Number.POSITIVE_INFINITY;

/** The instant, or null for never, as clients and JSON know it. */
export function finiteInstant(instant: Instant): Instant | null {
  return instant === NEVER ? null : instant;
}

export const PERIOD_MAX_VALUE = 1000;
export const CALENDAR_DATES_MAX = 20;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** How many answers a calendar remembers of each kind: some megabytes at most. */
const MEMO_MAX = 10_000;

export function isPeriod(period: Period): boolean {
  return Number.isInteger(period.value) && period.value >= 1 && period.value <= PERIOD_MAX_VALUE;
}

/** Whether the day exists in a leap year: 31 February never does. */
export function isCalendarDate({ day, month }: CalendarDate): boolean {
  if (!Number.isInteger(day) || !Number.isInteger(month) || month < 1 || month > 12 || day < 1) return false;
  return day <= Temporal.PlainYearMonth.from({ year: 2024, month }).daysInMonth;
}

export function isCalendarDateList(dates: readonly CalendarDate[]): boolean {
  const distinct = new Set(dates.map(({ day, month }) => `${month}-${day}`));
  return (
    dates.length >= 1 && dates.length <= CALENDAR_DATES_MAX && dates.every(isCalendarDate) && distinct.size === dates.length
  );
}

/** Whether the text names a time zone of the IANA database; offsets such as `+01:00` are not time zones. */
export function isTimeZone(timeZone: string): boolean {
  if (!/^[A-Za-z]/.test(timeZone)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone);
    return true;
  } catch {
    return false;
  }
}

interface Day extends Interval {
  readonly date: LocalDate;
}

/**
 * The calendar of one time zone. Answers depend on nothing but the arguments; what was computed for
 * a day is remembered, because converting between instants and dates is the engine's dearest sum.
 */
export class LocalCalendar {
  readonly timeZone: string;
  readonly #daysByDate = new Map<LocalDate, Day>();
  /** Local days that share an instant with a day of UTC, by that day's number since 1970. */
  readonly #daysByUtcDay = new Map<number, readonly Day[]>();
  /** What dates lead to by adding periods, by date and what is added. */
  readonly #instantsByQuestion = new Map<string, Instant>();
  /** Windows by the day that they hold, and their length. */
  readonly #windowsByQuestion = new Map<string, Interval>();
  #latestDay: Day | null = null;

  constructor(timeZone: string) {
    this.timeZone = timeZone;
  }

  /** The local day that carries the instant. */
  dayAt(instant: Instant): Day {
    const latest = this.#latestDay;
    if (latest !== null && instant >= latest.start && instant < latest.end) return latest;
    const utcDay = Math.floor(instant / DAY_MS);
    const near = this.#daysByUtcDay.get(utcDay) ?? [];
    let day = near.find(({ start, end }) => instant >= start && instant < end);
    if (day === undefined) {
      day = this.#findDay(instant);
      remember(this.#daysByUtcDay, utcDay, [...near, day]);
    }
    this.#latestDay = day;
    return day;
  }

  #findDay(instant: Instant): Day {
    const date = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(this.timeZone).toPlainDate();
    const day = this.day(date.toString());
    // Clocks put back over midnight carry yesterday's date once more; the day that has begun goes on.
    return instant >= day.end ? this.day(date.add({ days: 1 }).toString()) : day;
  }

  /** The local day of that date. It starts at the first instant that carries the date, which is not always midnight. */
  day(date: LocalDate): Day {
    const known = this.#daysByDate.get(date);
    if (known !== undefined) return known;
    const plain = Temporal.PlainDate.from(date);
    return remember(this.#daysByDate, date, { date, start: this.#startOf(plain), end: this.#startOf(plain.add({ days: 1 })) });
  }

  /**
   * The first instant after `count` periods from the anchor, where the last day counts in full: a period
   * of days or longer ends with a local day, a period of hours at an exact instant. Counted from the
   * anchor, never by chaining, so that 31 January leads to 28 February and then to 31 March.
   */
  endOfPeriods(anchor: Instant, period: Period, count: number, rounding?: Rounding): Instant {
    if (period.unit === 'HOUR') return anchor + count * period.value * HOUR_MS;
    const rounded = rounding === undefined ? '' : `${rounding.to} ${String(rounding.month)}`;
    return this.#remember(`${this.dayAt(anchor).date} ends ${period.value} ${period.unit} ${count} ${rounded}`, () => {
      const last = addToDate(this.#dateAt(anchor), period, count);
      return this.#endOf(roundUp(last, rounding));
    });
  }

  /** The first instant after the next of the given days, which may be the instant's own day. */
  endOfNextCalendarDate(instant: Instant, dates: readonly CalendarDate[]): Instant {
    const from = this.#dateAt(instant);
    const candidates = [0, 1]
      .flatMap((years) => dates.map((date) => dateInYear(date, from.year + years)))
      .filter((date) => Temporal.PlainDate.compare(date, from) >= 0);
    const next = candidates.reduce((a, b) => (Temporal.PlainDate.compare(a, b) <= 0 ? a : b));
    return this.#endOf(next);
  }

  /** The first instant of the next of the given days after the instant's own day. */
  startOfNextCalendarDate(instant: Instant, dates: readonly CalendarDate[]): Instant {
    const from = this.#dateAt(instant);
    const candidates = [0, 1]
      .flatMap((years) => dates.map((date) => dateInYear(date, from.year + years)))
      .filter((date) => Temporal.PlainDate.compare(date, from) > 0);
    return this.#startOf(candidates.reduce((a, b) => (Temporal.PlainDate.compare(a, b) <= 0 ? a : b)));
  }

  /** The first instant of the local day that is `count` periods after the instant's own; with hours, the exact instant. */
  startAfterPeriods(instant: Instant, period: Period, count: number): Instant {
    if (period.unit === 'HOUR') return instant + count * period.value * HOUR_MS;
    return this.#startAfter(this.dayAt(instant).date, period, count);
  }

  /** The first instant after the local day that is one period later, or after the week, month or year that holds that day. */
  endOfGrace(instant: Instant, period: Period, roundUp: boolean): Instant {
    const last = addToDate(this.#dateAt(instant), period, 1);
    return this.#endOf(roundUp ? lastDayOf(last, period.unit) : last);
  }

  /**
   * The window that holds the instant, where windows are counted from the anchor's local day: the k-th starts
   * k periods after it, clamped to the end of the month and never chained.
   */
  anchoredWindowAt(instant: Instant, period: Period, anchor: Instant): Interval {
    if (period.unit === 'HOUR') {
      const length = period.value * HOUR_MS;
      const start = anchor + Math.floor((instant - anchor) / length) * length;
      return { start, end: start + length };
    }
    const from = this.dayAt(anchor).date;
    const startOf = (count: number) => this.#startAfter(from, period, count);
    // Months and years differ in length, so that this is an estimate; it is off by one at most where it matters.
    let count = Math.floor((instant - anchor) / (period.value * MEAN_LENGTHS_MS[period.unit]));
    while (startOf(count) > instant) count -= 1;
    while (startOf(count + 1) <= instant) count += 1;
    return { start: startOf(count), end: startOf(count + 1) };
  }

  /**
   * The calendar window that holds the instant: n months counted from January of year 1, n years from
   * year 1, n weeks from Monday 1969-12-29, n days from 1970-01-01, n hours from local midnight (the
   * last of a day may be shorter).
   */
  windowAt(instant: Instant, period: Period): Interval {
    const day = this.dayAt(instant);
    if (period.unit === 'HOUR') {
      const length = period.value * HOUR_MS;
      const start = day.start + Math.floor((instant - day.start) / length) * length;
      return { start, end: Math.min(start + length, day.end) };
    }
    const question = `${day.date} ${period.value} ${period.unit}`;
    const known = this.#windowsByQuestion.get(question);
    if (known !== undefined) return known;
    const start = windowStart(Temporal.PlainDate.from(day.date), period);
    return remember(this.#windowsByQuestion, question, { start: this.#startOf(start), end: this.#startOf(addToDate(start, period, 1)) });
  }

  /** The last local day before the instant, which ends a validity; null if it never ends. */
  lastDayBefore(instant: Instant): LocalDate | null {
    return instant === NEVER ? null : this.dayAt(instant - 1).date;
  }

  /** The local day `count` days before the day that carries the instant. */
  daysBefore(instant: Instant, count: number): Day {
    return this.day(this.#dateAt(instant).subtract({ days: count }).toString());
  }

  /** The first instant of the day that is `count` periods after the date. */
  #startAfter(date: LocalDate, period: Period, count: number): Instant {
    return this.#remember(`${date} starts ${period.value} ${period.unit} ${count}`, () =>
      this.day(addToDate(Temporal.PlainDate.from(date), period, count).toString()).start,
    );
  }

  #remember(question: string, compute: () => Instant): Instant {
    return this.#instantsByQuestion.get(question) ?? remember(this.#instantsByQuestion, question, compute());
  }

  #dateAt(instant: Instant): Temporal.PlainDate {
    return Temporal.PlainDate.from(this.dayAt(instant).date);
  }

  /** The first instant after the date. A date that the zone left out, as Samoa did 2011-12-30, is moved forward. */
  #endOf(date: Temporal.PlainDate): Instant {
    const { start, end } = this.day(date.toString());
    return start < end ? end : this.day(date.add({ days: 1 }).toString()).end;
  }

  #startOf(date: Temporal.PlainDate): Instant {
    return date.toZonedDateTime({ timeZone: this.timeZone }).epochMilliseconds;
  }
}

/** Keeps an answer, and forgets all others when there are too many. */
function remember<K, V>(answers: Map<K, V>, question: K, answer: V): V {
  if (answers.size >= MEMO_MAX) answers.clear();
  answers.set(question, answer);
  return answer;
}

export interface Rounding {
  readonly to: ExpirationRounding;
  /** The month for `END_OF_PARTICULAR_MONTH`, 1 to 12. */
  readonly month: number | null;
}

/** Of 400 years of the Gregorian calendar. */
const MEAN_LENGTHS_MS = { DAY: DAY_MS, WEEK: 7 * DAY_MS, MONTH: 30.436875 * DAY_MS, YEAR: 365.2425 * DAY_MS } as const;

function lastDayOf(date: Temporal.PlainDate, unit: PeriodUnit): Temporal.PlainDate {
  switch (unit) {
    case 'WEEK':
      return date.add({ days: 7 - date.dayOfWeek });
    case 'MONTH':
      return date.with({ day: date.daysInMonth });
    case 'YEAR':
      return date.with({ month: 12, day: 31 });
    default:
      return date;
  }
}

function addToDate(date: Temporal.PlainDate, { value, unit }: Period, count: number): Temporal.PlainDate {
  const amount = value * count;
  switch (unit) {
    case 'DAY':
      return date.add({ days: amount });
    case 'WEEK':
      return date.add({ weeks: amount });
    case 'MONTH':
      return date.add({ months: amount });
    case 'YEAR':
      return date.add({ years: amount });
    case 'HOUR':
      throw new RangeError('Hours are exact time, not calendar time.');
  }
}

function roundUp(date: Temporal.PlainDate, rounding: Rounding | undefined): Temporal.PlainDate {
  if (rounding === undefined) return date;
  const endOfMonth = (months: number) => {
    const moved = date.with({ day: 1 }).add({ months });
    return moved.with({ day: moved.daysInMonth });
  };
  switch (rounding.to) {
    case 'END_OF_MONTH':
      return endOfMonth(0);
    case 'END_OF_QUARTER':
      return endOfMonth((12 - date.month) % 3);
    case 'END_OF_HALF_YEAR':
      return endOfMonth((12 - date.month) % 6);
    case 'END_OF_YEAR':
      return endOfMonth(12 - date.month);
    case 'END_OF_PARTICULAR_MONTH':
      return endOfMonth(((rounding.month ?? 12) - date.month + 12) % 12);
  }
}

function dateInYear({ day, month }: CalendarDate, year: number): Temporal.PlainDate {
  return Temporal.PlainDate.from({ year, month, day }, { overflow: 'constrain' });
}

function windowStart(date: Temporal.PlainDate, { value, unit }: Period): Temporal.PlainDate {
  const aligned = (count: number) => count - (((count % value) + value) % value);
  switch (unit) {
    case 'YEAR':
      return Temporal.PlainDate.from({ year: aligned(date.year - 1) + 1, month: 1, day: 1 });
    case 'MONTH': {
      const months = aligned((date.year - 1) * 12 + date.month - 1);
      return Temporal.PlainDate.from('0001-01-01').add({ months });
    }
    case 'WEEK': {
      const monday = Temporal.PlainDate.from('1969-12-29');
      const weeks = Math.floor(monday.until(date, { largestUnit: 'day' }).days / 7);
      return monday.add({ weeks: aligned(weeks) });
    }
    case 'DAY': {
      const epoch = Temporal.PlainDate.from('1970-01-01');
      return epoch.add({ days: aligned(epoch.until(date, { largestUnit: 'day' }).days) });
    }
    case 'HOUR':
      throw new RangeError('Windows in hours are counted from midnight.');
  }
}

import { describe, expect, test } from '@jest/globals';
import { RETRY_SCHEDULE, nextAttemptAt, pauseAfter, readRetryAfter } from '../../src/domain/webhook-retries.ts';

const HOUR_MS = 3_600_000;
const SEEDS = 10_000;
const START = Date.parse('2026-03-01T12:00:00Z');

/** All attempts at a receiver that always fails, on a clock that is where it is told to be. */
function attemptsOf(seed: string, options: { readonly tookMs?: number; readonly retryAfterMs?: (attempt: number) => number | null } = {}): number[] {
  const { tookMs = 0, retryAfterMs = () => null } = options;
  const times = [START];
  for (;;) {
    const failedAt = times.at(-1)! + tookMs;
    const next = nextAttemptAt({ seed, attempts: times.length, firstAttemptAt: START, failedAt, retryAfterMs: retryAfterMs(times.length) });
    if (next === null) return times;
    times.push(next);
  }
}

const seeds = Array.from({ length: SEEDS }, (_, number) => `delivery-${number}`);

describe(`the schedule of ${SEEDS} deliveries that always fail`, () => {
  const schedules = seeds.map((seed) => attemptsOf(seed));

  test('goes forward in time and ends exactly after 168 hours', () => {
    expect(schedules.filter((times) => times.some((time, index) => index > 0 && time <= times[index - 1]!))).toEqual([]);
    expect(new Set(schedules.map((times) => times.at(-1)! - START))).toEqual(new Set([168 * HOUR_MS]));
  });

  test('begins with seconds, grows with every pause until half a day, and never pauses longer', () => {
    const isWrong = (times: readonly number[]) => {
      const pauses = times.slice(1).map((time, index) => time - times[index]!);
      const grows = pauses.slice(0, 9).every((pause, index) => index === 0 || pause > pauses[index - 1]!);
      // The last one may be stretched to the end, so that two attempts are not made beside each other.
      const isShort = Math.max(...pauses.slice(0, -1)) <= 12 * HOUR_MS && pauses.at(-1)! <= 18 * HOUR_MS;
      return !grows || !isShort || pauses[0]! < 3_750 || pauses[0]! > 6_250;
    };
    expect(schedules.filter(isWrong)).toEqual([]);
  });

  test('makes 20 to 30 attempts', () => {
    const counts = schedules.map(({ length }) => length);
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(20);
    expect(Math.max(...counts)).toBeLessThanOrEqual(30);
  });

  test('is its own: what fails together does not come back together', () => {
    const seconds = new Map<number, number>();
    for (const times of schedules) {
      const second = Math.floor(times[6]! / 1_000);
      seconds.set(second, (seconds.get(second) ?? 0) + 1);
    }
    expect(seconds.size).toBeGreaterThan(500);
    expect(Math.max(...seconds.values())).toBeLessThan(SEEDS / 100);
  });

  test('is the same whenever it is asked for', () => {
    expect(seeds.slice(0, 100).map((seed) => attemptsOf(seed))).toEqual(schedules.slice(0, 100));
  });
});

test('attempts that take their time move what follows, and not the end', () => {
  const schedules = seeds.map((seed) => attemptsOf(seed, { tookMs: 15_000 }));
  expect(new Set(schedules.map((times) => times.at(-1)! - START))).toEqual(new Set([168 * HOUR_MS]));
  expect(schedules.filter((times) => times.some((time, index) => index > 0 && time < times[index - 1]! + 15_000))).toEqual([]);
});

test('`Retry-After` is honoured, as long as the last attempt comes no later', () => {
  const isWrong = (seed: string, index: number) => {
    const asked = (attempt: number) => ((attempt * 7_919 + index * 104_729) % 100) * 600_000;
    const times = attemptsOf(seed, { retryAfterMs: asked });
    const honoured = times.slice(1).every((time, attempt) => time - times[attempt]! >= asked(attempt + 1) || time - START === 168 * HOUR_MS);
    return !honoured || times.at(-1)! - START !== 168 * HOUR_MS || times.some((time, at) => at > 0 && time <= times[at - 1]!);
  };
  expect(seeds.filter(isWrong)).toEqual([]);
});

test('a server that was away tries at once, and ends when the time is over', () => {
  const failed = { seed: 'away', attempts: 12, firstAttemptAt: START, retryAfterMs: null };
  expect(nextAttemptAt({ ...failed, failedAt: START + 167.9 * HOUR_MS })).toBe(START + 168 * HOUR_MS);
  expect(nextAttemptAt({ ...failed, failedAt: START + 168 * HOUR_MS })).toBeNull();
  expect(nextAttemptAt({ ...failed, failedAt: START + 400 * HOUR_MS })).toBeNull();
});

test('a schedule of another length keeps to it', () => {
  const schedule = { ...RETRY_SCHEDULE, firstPauseMs: 10, pauseMaxMs: 100, totalMs: 1_000 };
  expect(pauseAfter('a', 20, schedule)).toBeLessThanOrEqual(100);
  expect(nextAttemptAt({ seed: 'a', attempts: 9, firstAttemptAt: START, failedAt: START + 950, retryAfterMs: null }, schedule)).toBe(START + 1_000);
});

test.each([
  ['120', 120_000],
  [' 0 ', 0],
  ['9999999999', 168 * HOUR_MS],
  ['99999999999', null],
  ['-5', null],
  ['1.5', null],
  ['soon', null],
  ['', null],
  ['Sun, 01 Mar 2026 12:01:00 GMT', 60_000],
  ['Sun, 01 Mar 2026 11:00:00 GMT', 0],
  ['Sun, 01 Mar 2099 11:00:00 GMT', 168 * HOUR_MS],
  ['2026-03-01T12:01:00Z', null],
  ['Sun, 99 Mar 2026 12:01:00 GMT', null],
  [undefined, null],
])('`Retry-After: %s` asks for %s ms', (header, ms) => {
  expect(readRetryAfter(header, START)).toBe(ms);
});

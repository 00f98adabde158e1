import { expect, test } from '@jest/globals';
import type { EndpointHealth } from '../../src/domain/webhook-health.ts';
import { HEALTHY, HEALTH_POLICY, afterFailures, disablesAt, isToBeDisabled } from '../../src/domain/webhook-health.ts';

const HOUR_MS = 3_600_000;
const START = Date.parse('2026-03-01T00:00:00Z');

function failing(times: readonly number[]) {
  let health: EndpointHealth = HEALTHY;
  const consequences: [number, string][] = [];
  for (const time of times) {
    const after = afterFailures(health, { count: 1, single: true }, START + time);
    health = after.consequence === 'NOTICE' ? { ...after.health, noticeAt: START + time } : after.health;
    if (after.consequence !== null) consequences.push([time / HOUR_MS, after.consequence]);
  }
  return { health, consequences };
}

const everyHours = (hours: number, until: number) => Array.from({ length: Math.floor(until / hours) + 1 }, (_, index) => index * hours * HOUR_MS);

test('nine failures in a row leave all attempts as they are, the tenth makes them single ones with growing pauses', () => {
  const nine = failing([0, 1, 2, 3, 4, 5, 6, 7, 8]).health;
  expect(nine.pausedUntil).toBeNull();
  let health = nine;
  const pauses = Array.from({ length: 12 }, () => {
    health = afterFailures(health, { count: 1, single: true }, START).health;
    return (health.pausedUntil! - START) / 1_000;
  });
  expect(pauses).toEqual([5, 10, 20, 40, 80, 160, 300, 300, 300, 300, 300, 300]);
});

test('what was under way when a pause began does not make it longer', () => {
  const burst = afterFailures(HEALTHY, { count: 32, single: false }, START).health;
  expect(burst).toEqual({ failures: 32, failingSince: START, pauses: 1, pausedUntil: START + 5_000, noticeAt: null });
  expect(afterFailures(burst, { count: 3, single: false }, START + 200).health).toEqual({ ...burst, failures: 35 });
  expect(afterFailures(burst, { count: 1, single: true }, START + 6_000).health).toEqual({ ...burst, failures: 33, pauses: 2, pausedUntil: START + 16_000 });
});

test('after three days of nothing but failure it is announced, after five it is disabled', () => {
  expect(failing(everyHours(12, 130)).consequences).toEqual([
    [72, 'NOTICE'],
    [120, 'DISABLE'],
  ]);
});

test('it is never disabled without a day’s notice, however rarely it was tried', () => {
  expect(failing([0, 130 * HOUR_MS, 140 * HOUR_MS, 153 * HOUR_MS, 155 * HOUR_MS]).consequences).toEqual([
    [130, 'NOTICE'],
    [155, 'DISABLE'],
  ]);
});

test('when it will be disabled is said as soon as it fails', () => {
  expect(disablesAt(HEALTHY)).toBeNull();
  expect(disablesAt(failing([0]).health)).toBe(START + HEALTH_POLICY.disableAfterMs);
  expect(disablesAt(failing([0, 130 * HOUR_MS]).health)).toBe(START + 154 * HOUR_MS);
});

test('the announcement counts as much as the time of failing does, however they are set', () => {
  const policy = { ...HEALTH_POLICY, noticeAfterMs: 100 * HOUR_MS, disableAfterMs: 120 * HOUR_MS, noticeMs: 48 * HOUR_MS };
  const failed = { ...HEALTHY, failures: 1, failingSince: START };
  expect(disablesAt(failed, policy)).toBe(START + 148 * HOUR_MS);
  expect(disablesAt({ ...failed, noticeAt: START + 110 * HOUR_MS }, policy)).toBe(START + 158 * HOUR_MS);
  expect(disablesAt({ ...failed, noticeAt: START + 60 * HOUR_MS }, policy)).toBe(START + 120 * HOUR_MS);
});

test('it is to be disabled after five days of failure and one of notice, from that very instant on', () => {
  const noticeAt = START + 96 * HOUR_MS;
  const announced = { ...HEALTHY, failures: 50, failingSince: START, noticeAt };
  const late = { ...announced, noticeAt: START + 110 * HOUR_MS };
  expect([120 * HOUR_MS - 1, 120 * HOUR_MS].map((time) => isToBeDisabled(announced, START + time))).toEqual([false, true]);
  expect([134 * HOUR_MS - 1, 134 * HOUR_MS].map((time) => isToBeDisabled(late, START + time))).toEqual([false, true]);
});

test('what succeeds, or was not announced, is never disabled', () => {
  const later = START + 9_999 * HOUR_MS;
  expect(isToBeDisabled(HEALTHY, later)).toBe(false);
  expect(isToBeDisabled({ ...HEALTHY, failures: 50, failingSince: START }, later)).toBe(false);
  expect(isToBeDisabled({ ...HEALTHY, noticeAt: START }, later)).toBe(false);
});

import { describe, expect, test } from '@jest/globals';
import { judge } from '../../src/domain/webhook-deliveries.ts';
import { pauseAfter } from '../../src/domain/webhook-retries.ts';

const START = Date.parse('2026-03-01T12:00:00Z');
const HOUR_MS = 3_600_000;
const FIRST = { id: 'delivery', roundAttempts: 0, roundStartedAt: null, test: false };
const answered = (statusCode: number, retryAfter?: string) => ({ statusCode, error: null, retryAfter });

describe('what an answer makes of a delivery', () => {
  test.each([200, 201, 204, 299])('%s: it has arrived, whatever else it asks for', (statusCode) => {
    expect(judge(FIRST, answered(statusCode, '120'), START, START + 50)).toEqual({ status: 'SUCCEEDED', nextAttemptAt: null, gone: false });
  });

  test.each([301, 400, 404, 429, 500, 503])('%s: it is tried again after a pause of its own', (statusCode) => {
    const nextAttemptAt = START + 50 + pauseAfter('delivery', 1);
    expect(judge(FIRST, answered(statusCode), START, START + 50)).toEqual({ status: 'PENDING', nextAttemptAt, gone: false });
  });

  test('no complete answer is none, though it began with 200', () => {
    const nextAttemptAt = START + 50 + pauseAfter('delivery', 1);
    expect(judge(FIRST, { statusCode: 200, error: 'TIMEOUT', retryAfter: undefined }, START, START + 50)).toEqual({ status: 'PENDING', nextAttemptAt, gone: false });
  });

  test('410: nothing is tried again', () => {
    expect(judge(FIRST, answered(410, '120'), START, START + 50)).toEqual({ status: 'FAILED', nextAttemptAt: null, gone: true });
  });

  test('a test is not tried again, whatever is asked for', () => {
    expect(judge({ ...FIRST, test: true }, answered(503, '120'), START, START + 50)).toEqual({ status: 'FAILED', nextAttemptAt: null, gone: false });
  });
});

describe('`Retry-After`', () => {
  const next = (retryAfter: string, now: number, delivery: Parameters<typeof judge>[0] = FIRST) => judge(delivery, answered(503, retryAfter), now - 50, now).nextAttemptAt;
  const later = { ...FIRST, roundAttempts: 3, roundStartedAt: START };

  test('is waited for, from the answer on, in seconds or up to a date', () => {
    expect(next('120', START + 1_000)).toBe(START + 121_000);
    expect(next('Sun, 01 Mar 2026 12:10:00 GMT', START + 1_000)).toBe(START + 600_000);
    expect(next('3600', START + 7 * HOUR_MS, later)).toBe(START + 8 * HOUR_MS);
  });

  test('never makes a pause shorter', () => {
    expect(next('1', START + 1_000)).toBe(START + 1_000 + pauseAfter('delivery', 1));
    expect(next('Sun, 01 Mar 2026 11:00:00 GMT', START + 1_000)).toBe(START + 1_000 + pauseAfter('delivery', 1));
  });

  test('puts the last attempt off no further than 7 days after the first', () => {
    expect(next('9999999', START + HOUR_MS, later)).toBe(START + 168 * HOUR_MS);
    expect(next('Sun, 01 Mar 2099 11:00:00 GMT', START + HOUR_MS, later)).toBe(START + 168 * HOUR_MS);
    expect(next('120', START + 168 * HOUR_MS - 60_000, later)).toBe(START + 168 * HOUR_MS);
    expect(judge(later, answered(503, '120'), START, START + 168 * HOUR_MS)).toEqual({ status: 'FAILED', nextAttemptAt: null, gone: false });
  });
});

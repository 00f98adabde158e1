import { describe, expect, test } from '@jest/globals';
import { checkRange, firstIdAt, isReplayable, judge } from '../../src/domain/webhook-deliveries.ts';
import { pauseAfter } from '../../src/domain/webhook-retries.ts';

const START = Date.parse('2026-03-01T12:00:00Z');
const HOUR_MS = 3_600_000;
const FIRST = { id: 'delivery', roundAttempts: 0, roundStartedAt: null, test: false };
const answered = (statusCode: number, retryAfter?: string) => ({ statusCode, error: null, retryAfter });

describe('what an answer makes of a delivery', () => {
  test.each([200, 201, 204, 299])('%s: it has arrived, whatever else it asks for', (statusCode) => {
    expect(judge(FIRST, answered(statusCode, '120'), START, START + 50)).toEqual({ status: 'SUCCEEDED', nextAttemptAt: null, gone: false });
  });

  test.each([199, 300, 301, 400, 404, 429, 500, 503])('%s: it is tried again after a pause of its own', (statusCode) => {
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

  test('410 that began an answer and did not end it is no word to rely on', () => {
    const nextAttemptAt = START + 50 + pauseAfter('delivery', 1);
    const begun = { statusCode: 410, error: 'TIMEOUT', retryAfter: undefined } as const;
    expect(judge(FIRST, begun, START, START + 50)).toEqual({ status: 'PENDING', nextAttemptAt, gone: false });
  });

  test('410 to a test ends the test alone', () => {
    expect(judge({ ...FIRST, test: true }, answered(410), START, START + 50)).toEqual({ status: 'FAILED', nextAttemptAt: null, gone: false });
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

describe('replaying', () => {
  const NOW = START;
  const OLDEST = Date.parse('2026-02-22T12:00:00Z');
  const tooOld = [{ code: 'INVALID_REPLAY_RANGE', message: 'A range begins at most 7 days ago.', field: ['input', 'from'] }];
  const backward = [{ code: 'INVALID_REPLAY_RANGE', message: 'A range ends after it begins.', field: ['input', 'to'] }];

  test('a range begins at most 7 days ago', () => {
    expect([checkRange(OLDEST, NOW, NOW), checkRange(NOW - 1, NOW, NOW)]).toEqual([[], []]);
    expect([checkRange(OLDEST - 1, NOW, NOW), checkRange(OLDEST - 1, OLDEST - 2, NOW)]).toEqual([tooOld, tooOld]);
  });

  test('a range ends after it begins', () => {
    expect(checkRange(OLDEST, OLDEST + 1, NOW)).toEqual([]);
    expect([checkRange(OLDEST, OLDEST, NOW), checkRange(NOW, OLDEST, NOW)]).toEqual([backward, backward]);
  });

  test('a delivery is young enough for 7 days', () => {
    expect([OLDEST - 1, OLDEST, OLDEST + 1, NOW].map((createdAt) => isReplayable({ createdAt }, NOW))).toEqual([false, true, true, true]);
  });
});

describe('the least id of an instant', () => {
  test.each([
    [START, '019ca945-0a00-7000-8000-000000000000'],
    [START + 0.9, '019ca945-0a00-7000-8000-000000000000'],
    [START + 1, '019ca945-0a01-7000-8000-000000000000'],
    [0, '00000000-0000-7000-8000-000000000000'],
    [-1, '00000000-0000-7000-8000-000000000000'],
    [255, '00000000-00ff-7000-8000-000000000000'],
    [2 ** 48 - 1, 'ffffffff-ffff-7000-8000-000000000000'],
  ])('%s: %s', (instant, id) => {
    expect(firstIdAt(instant)).toBe(id);
  });
});

import { describe, expect, test } from '@jest/globals';
import type { ApiKeyUse, Origin } from '../../src/domain/audit.ts';
import { mergeUses } from '../../src/domain/audit.ts';
import { KeyUses, ORIGINS_PER_KEY_AND_HOUR_MAX } from '../../src/platform/key-uses.ts';
import { canonicalAddress, originOf } from '../../src/platform/origin.ts';

/** Counting who used which key: exact, and bounded whatever clients send. */

const HOUR_MS = 3_600_000;
const NOON = Date.parse('2026-05-17T12:00:00Z');
const TILL = { workspaceId: '01941f29-7c00-7000-8000-000000000001', apiKeyId: '01941f29-7c00-7000-8000-000000000002' };
const OFFICE = { ...TILL, apiKeyId: '01941f29-7c00-7000-8000-000000000003' };
const from = (ipAddress: string | null, userAgent: string | null = 'till/1.0', api: Origin['api'] = 'GRAPHQL'): Origin => ({ api, ipAddress, userAgent });

/** What tells one use from another, and its counts. */
const shape = ({ apiKeyId, api, ipAddress, userAgent, hour, requestCount, refusedCount }: ApiKeyUse) => ({
  key: apiKeyId === TILL.apiKeyId ? 'till' : apiKeyId === OFFICE.apiKeyId ? 'office' : apiKeyId,
  from: [api, ipAddress, userAgent].join(' '),
  hour: new Date(hour).toISOString().slice(11, 16),
  counts: [requestCount, refusedCount],
});

describe('counting', () => {
  test('one use for each key, API, address, user agent and hour, with first, last and counts', () => {
    const uses = new KeyUses();
    uses.count(TILL, from('192.0.2.1'), 'r1', false, NOON);
    uses.count(TILL, from('192.0.2.1'), 'r2', true, NOON + 5);
    uses.count(TILL, from('192.0.2.1'), 'r3', false, NOON + 9);
    uses.count(TILL, from('192.0.2.2'), 'r4', false, NOON + 10);
    uses.count(TILL, from('192.0.2.1', 'till/1.1'), 'r5', false, NOON + 11);
    uses.count(TILL, from('192.0.2.1', 'till/1.0', 'REST'), 'r6', true, NOON + 12);
    uses.count(OFFICE, from('192.0.2.1'), 'r7', false, NOON + 13);
    uses.count(TILL, from('192.0.2.1'), 'r8', false, NOON + HOUR_MS);
    const taken = uses.take(NOON + HOUR_MS);
    expect(taken.map(shape)).toEqual([
      { key: 'till', from: 'GRAPHQL 192.0.2.1 till/1.0', hour: '12:00', counts: [3, 1] },
      { key: 'till', from: 'GRAPHQL 192.0.2.2 till/1.0', hour: '12:00', counts: [1, 0] },
      { key: 'till', from: 'GRAPHQL 192.0.2.1 till/1.1', hour: '12:00', counts: [1, 0] },
      { key: 'till', from: 'REST 192.0.2.1 till/1.0', hour: '12:00', counts: [1, 1] },
      { key: 'till', from: 'GRAPHQL 192.0.2.1 till/1.0', hour: '13:00', counts: [1, 0] },
      { key: 'office', from: 'GRAPHQL 192.0.2.1 till/1.0', hour: '12:00', counts: [1, 0] },
    ]);
    expect(taken[0]).toMatchObject({ firstUsedAt: NOON, lastUsedAt: NOON + 9, lastAcceptedAt: NOON + 9, lastRequestId: 'r3' });
    expect(taken[3]).toMatchObject({ firstUsedAt: NOON + 12, lastUsedAt: NOON + 12, lastAcceptedAt: null, lastRequestId: 'r6' });
    expect(new Set(taken.map(({ id }) => id)).size).toBe(6);
    expect(uses.take(NOON + HOUR_MS)).toEqual([]);
  });

  test('another process, and the same one later, finds the same id; ids sort by the hour', () => {
    const idAt = (now: number) => {
      const uses = new KeyUses();
      uses.count(TILL, from('192.0.2.1'), 'r', false, now);
      return uses.take(now)[0]?.id ?? '';
    };
    expect(idAt(NOON)).toBe(idAt(NOON + HOUR_MS - 1));
    expect(idAt(NOON)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(Number.parseInt(idAt(NOON).replace('-', '').slice(0, 12), 16)).toBe(NOON);
    const ids = [0, 1, 2, 300, 4000].map((hours) => idAt(NOON + hours * HOUR_MS));
    expect(ids).toEqual([...ids].sort());
    expect(new Set(ids).size).toBe(5);
  });

  test('what could not be stored comes again, together with what came since, once', () => {
    const uses = new KeyUses();
    uses.count(TILL, from('192.0.2.1'), 'r1', false, NOON + 5);
    uses.giveBack(uses.take(NOON + 5));
    uses.count(TILL, from('192.0.2.1'), 'r2', true, NOON + 7);
    const [use, ...more] = uses.take(NOON + 7);
    expect(more).toEqual([]);
    expect(use).toMatchObject({
      requestCount: 2,
      refusedCount: 1,
      firstUsedAt: NOON + 5,
      lastUsedAt: NOON + 7,
      lastAcceptedAt: NOON + 5,
      lastRequestId: 'r2',
    });
    expect(uses.take(NOON + 7)).toEqual([]);
    expect(uses.lostCount).toBe(0);
  });

  test('two parts of a use are one, whichever is named first', () => {
    const uses = new KeyUses();
    uses.count(TILL, from('192.0.2.1'), 'r1', false, NOON + 5);
    const [one] = uses.take(NOON + 5);
    uses.count(TILL, from('192.0.2.1'), 'r2', true, NOON + 7);
    const [other] = uses.take(NOON + 7);
    const merged = mergeUses(one!, other!);
    expect(merged).toEqual(mergeUses(other!, one!));
    expect(merged).toMatchObject({ requestCount: 2, refusedCount: 1, firstUsedAt: NOON + 5, lastUsedAt: NOON + 7, lastAcceptedAt: NOON + 5, lastRequestId: 'r2' });
    expect(mergeUses(other!, other!)).toMatchObject({ requestCount: 2, refusedCount: 2, lastAcceptedAt: null });
  });
});

describe('bounds', () => {
  test('of one key in an hour at most 100 addresses and user agents are told apart, also over many rounds; the rest is counted together', () => {
    const uses = new KeyUses();
    const all: ApiKeyUse[] = [];
    for (let request = 0; request < 1_000; request += 1) {
      uses.count(TILL, from('192.0.2.1', `bot/${request}`), `r${request}`, request % 2 === 0, NOON);
      if (request % 70 === 0) all.push(...uses.take(NOON));
    }
    uses.count(TILL, from('192.0.2.1', 'bot/7'), 'again', false, NOON);
    uses.count(OFFICE, from('192.0.2.9'), 'other key', false, NOON);
    all.push(...uses.take(NOON));
    const stored = new Map<string, ApiKeyUse>();
    for (const use of all) stored.set(use.id, stored.has(use.id) ? mergeUses(stored.get(use.id)!, use) : use);
    const ofTill = [...stored.values()].filter(({ apiKeyId }) => apiKeyId === TILL.apiKeyId);
    expect(ofTill).toHaveLength(ORIGINS_PER_KEY_AND_HOUR_MAX + 1);
    expect(ofTill.reduce((sum, { requestCount }) => sum + requestCount, 0)).toBe(1_001);
    expect(ofTill.reduce((sum, { refusedCount }) => sum + refusedCount, 0)).toBe(500);
    expect(ofTill.find(({ ipAddress }) => ipAddress === null)).toMatchObject({ userAgent: null, requestCount: 900, refusedCount: 450 });
    expect(ofTill.find(({ userAgent }) => userAgent === 'bot/7')).toMatchObject({ requestCount: 2 });
    expect([...stored.values()].filter(({ apiKeyId }) => apiKeyId === OFFICE.apiKeyId).map(shape)).toEqual([
      { key: 'office', from: 'GRAPHQL 192.0.2.9 till/1.0', hour: '12:00', counts: [1, 0] },
    ]);
  });

  test('of all keys so many are told apart, and so many keys are counted; the metric knows of the rest', () => {
    const uses = new KeyUses({ originsMax: 3, keysMax: 2, unsavedMax: 10 });
    for (let request = 0; request < 5; request += 1) uses.count(TILL, from(`192.0.2.${request}`), 'r', false, NOON);
    uses.count(OFFICE, from('192.0.2.1'), 'r', false, NOON);
    const third = { ...TILL, apiKeyId: '01941f29-7c00-7000-8000-000000000004' };
    uses.count(third, from('192.0.2.1'), 'r', false, NOON);
    expect(uses.lostCount).toBe(1);
    expect(uses.take(NOON).map(shape)).toEqual([
      { key: 'till', from: 'GRAPHQL 192.0.2.0 till/1.0', hour: '12:00', counts: [1, 0] },
      { key: 'till', from: 'GRAPHQL 192.0.2.1 till/1.0', hour: '12:00', counts: [1, 0] },
      { key: 'till', from: 'GRAPHQL 192.0.2.2 till/1.0', hour: '12:00', counts: [1, 0] },
      { key: 'till', from: 'GRAPHQL  ', hour: '12:00', counts: [2, 0] },
      { key: 'office', from: 'GRAPHQL  ', hour: '12:00', counts: [1, 0] },
    ]);
    // Keys that have been silent since make room.
    expect(uses.take(NOON)).toEqual([]);
    uses.count(third, from('192.0.2.1'), 'r', false, NOON);
    expect([uses.take(NOON).map(shape), uses.lostCount]).toEqual([
      [{ key: third.apiKeyId, from: 'GRAPHQL 192.0.2.1 till/1.0', hour: '12:00', counts: [1, 0] }],
      1,
    ]);
  });

  test('what cannot be stored for long is given up, and counted as lost', () => {
    const uses = new KeyUses({ originsMax: 100, keysMax: 100, unsavedMax: 2 });
    for (let request = 0; request < 4; request += 1) uses.count(TILL, from(`192.0.2.${request}`), 'r', false, NOON);
    uses.giveBack(uses.take(NOON));
    expect(uses.take(NOON).map(({ ipAddress }) => ipAddress)).toEqual(['192.0.2.0', '192.0.2.1']);
    expect(uses.lostCount).toBe(2);
  });
});

describe('where a request came from', () => {
  const request = (ip: string, remoteAddress: string, headers: Record<string, string> = {}) =>
    originOf({ ip, socket: { remoteAddress }, headers } as never, 'REST');

  test('addresses have one spelling each', () => {
    expect(['192.0.2.1', '::ffff:192.0.2.1', '::FFFF:C000:0201', '2001:DB8:0:0::1', '::1'].map(canonicalAddress)).toEqual([
      '192.0.2.1',
      '192.0.2.1',
      '192.0.2.1',
      '2001:db8::1',
      '::1',
    ]);
    expect(['', 'localhost', '192.0.2.256', '192.0.2.1:80', '2001:db8::g', '<b>'].map(canonicalAddress)).toEqual([null, null, null, null, null, null]);
  });

  test('is the other end of the connection, or what a trusted proxy says if that makes sense', () => {
    expect(request('::ffff:192.0.2.1', '::ffff:192.0.2.1').ipAddress).toBe('192.0.2.1');
    expect(request('2001:DB8::7', '192.0.2.1').ipAddress).toBe('2001:db8::7');
    expect(request('unknown', '::ffff:192.0.2.1').ipAddress).toBe('192.0.2.1');
  });

  test('a user agent is cut to 256 characters; none is null', () => {
    expect(request('::1', '::1', { 'user-agent': 'x'.repeat(10_000) })).toEqual({ api: 'REST', ipAddress: '::1', userAgent: 'x'.repeat(256) });
    expect(request('::1', '::1').userAgent).toBeNull();
    expect(request('::1', '::1', { 'user-agent': '' }).userAgent).toBeNull();
  });
});

/** Workspaces: what they may be set to, how a frozen clock goes, and the keys that let programs in. */
import { describe, expect, test } from '@jest/globals';
import type { Checked } from '../../src/domain/problem.ts';
import type { ApiKey, Workspace, WorkspaceSettings } from '../../src/domain/workspaces.ts';
import {
  advanceClock,
  createApiKey,
  createWorkspace,
  includesScope,
  isUsable,
  revokeApiKey,
  rotateApiKey,
  updateWorkspace,
} from '../../src/domain/workspaces.ts';

const NOW = Date.parse('2026-05-17T12:00:00Z');
const FROZEN = Date.parse('2020-02-29T10:00:00Z');
const DAY = 86_400_000;
const LIVE: WorkspaceSettings = { name: 'Café Aurora', timeZone: 'Europe/Warsaw', mode: 'LIVE', clockFrozenAt: null, backdatingDays: 36_500 };

function problemsOf(answer: Checked<unknown>): string[] {
  return answer.ok ? [] : answer.problems.map(({ code, field }) => [code, ...(field ?? []).slice(1)].join(' '));
}

function must<T>(answer: Checked<T>): T {
  if (!answer.ok) throw new Error(problemsOf(answer).join(', '));
  return answer.value;
}

const create = (settings: Partial<WorkspaceSettings> = {}) => createWorkspace({ ...LIVE, ...settings }, 'ws', NOW);
const sandbox = (clockFrozenAt: number | null = FROZEN): Workspace => must(create({ mode: 'SANDBOX', clockFrozenAt }));

describe('creating', () => {
  test('takes what is given; the clock says when', () => {
    expect(must(create())).toEqual({ ...LIVE, eventRetentionDays: 90, noticeDays: 0, id: 'ws', version: 1, createdAt: NOW, updatedAt: null });
    expect(sandbox(null).createdAt).toBe(NOW);
    expect(sandbox()).toMatchObject({ clockFrozenAt: FROZEN, createdAt: FROZEN });
  });

  test('freezes the clock of a sandbox only, and not before 1970', () => {
    const frozen = (mode: Workspace['mode'], clockFrozenAt: number) => problemsOf(create({ mode, clockFrozenAt }));
    expect(frozen('SANDBOX', 0)).toEqual([]);
    expect(frozen('SANDBOX', Date.parse('9999-12-31T23:59:59.999Z'))).toEqual([]);
    expect(frozen('SANDBOX', -1)).toEqual(['INVALID_CLOCK clock']);
    expect(frozen('LIVE', FROZEN)).toEqual(['CLOCK_NOT_ALLOWED clock']);
    expect(frozen('LIVE', -1)).toEqual(['CLOCK_NOT_ALLOWED clock', 'INVALID_CLOCK clock']);
  });

  test('back-dating is from 0 to 36500 whole days', () => {
    const days = [0, 36_500, -1, 36_501, 0.5, Number.NaN].map((backdatingDays) => problemsOf(create({ backdatingDays })));
    const wrong = ['INVALID_BACKDATING backdatingDays'];
    expect(days).toEqual([[], [], wrong, wrong, wrong, wrong]);
  });
});

describe('changing', () => {
  const before = must(create());
  const update = (name?: string, backdatingDays?: number, version: number | null = null, eventRetentionDays?: number, noticeDays?: number) =>
    updateWorkspace(before, { name, backdatingDays, eventRetentionDays, noticeDays }, version, NOW + 5);

  test('keeps events for 30 to 3650 days', () => {
    const retained = (days: number) => update(undefined, undefined, null, days);
    expect([30, 3650].map((days) => must(retained(days)).eventRetentionDays)).toEqual([30, 3650]);
    for (const days of [29, 3651, 30.5, Number.NaN]) expect(problemsOf(retained(days))).toEqual(['INVALID_RETENTION eventRetentionDays']);
  });

  test('gives notice up to 365 days before, or not at all', () => {
    const noticed = (days: number) => update(undefined, undefined, null, undefined, days);
    expect([0, 365].map((days) => must(noticed(days)).noticeDays)).toEqual([0, 365]);
    for (const days of [-1, 366, 1.5, Number.NaN]) expect(problemsOf(noticed(days))).toEqual(['INVALID_NOTICE noticeDays']);
  });

  test('leaves alone what is left out', () => {
    expect(must(update())).toEqual({ ...before, version: 2, updatedAt: NOW + 5 });
    expect(must(update('Kiosk', undefined, 1))).toEqual({ ...before, name: 'Kiosk', version: 2, updatedAt: NOW + 5 });
    expect(must(update(undefined, 0))).toEqual({ ...before, backdatingDays: 0, version: 2, updatedAt: NOW + 5 });
  });

  test('reports everything that is wrong', () => {
    expect(problemsOf(update('', -1, 2))).toEqual(['VERSION_CONFLICT version', 'INVALID_NAME name', 'INVALID_BACKDATING backdatingDays']);
  });
});

describe('advancing a clock', () => {
  test('moves it on, stamped with the instant at which it stood', () => {
    const before = sandbox();
    const advanced = { ...before, clockFrozenAt: FROZEN + 1, version: 2, updatedAt: FROZEN };
    expect(must(advanceClock(before, FROZEN + 1))).toEqual(advanced);
  });

  test('to where it is already changes nothing', () => {
    const before = sandbox();
    expect(must(advanceClock(before, FROZEN))).toBe(before);
  });

  test('never back, and by at most 3653 days', () => {
    const to = (instant: number) => problemsOf(advanceClock(sandbox(), instant));
    expect([to(FROZEN - 1), to(0), to(-1)]).toEqual(Array(3).fill(['CLOCK_BACKWARDS to']));
    expect([to(FROZEN + 3653 * DAY), to(Date.parse('2030-02-28T10:00:00Z'))]).toEqual([[], []]);
    expect([to(FROZEN + 3653 * DAY + 1), to(Number.MAX_SAFE_INTEGER)]).toEqual(Array(2).fill(['CLOCK_TOO_FAR to']));
  });

  test('only where it is frozen', () => {
    for (const workspace of [must(create()), sandbox(null)]) {
      expect(problemsOf(advanceClock(workspace, NOW + 1))).toEqual(['CLOCK_NOT_ALLOWED']);
    }
  });
});

describe('a key', () => {
  const HOUR = 3_600_000;
  const key: ApiKey = { id: 'key', workspaceId: 'ws', name: 'Shop', lastFour: 'abcd', scope: 'ADMIN', createdAt: 1, expiresAt: null, revokedAt: null };

  test('has a scope that includes the lesser ones', () => {
    const scopes = ['READ', 'WRITE', 'ADMIN'] as const;
    expect(scopes.map((scope) => scopes.map((needed) => includesScope(scope, needed)))).toEqual([[true, false, false], [true, true, false], [true, true, true]]);
  });

  test('is usable until it expires or is revoked', () => {
    const usable = (rest: Partial<ApiKey>) => isUsable({ ...key, ...rest }, NOW);
    expect([usable({}), usable({ expiresAt: NOW + 1 }), usable({ expiresAt: NOW }), usable({ revokedAt: 5 }), usable({ revokedAt: 5, expiresAt: NOW + 1 })]).toEqual([true, true, false, false, false]);
  });

  test('is made with what is given, and expires in the future if at all', () => {
    const identity = { id: 'key', workspaceId: 'ws', lastFour: 'abcd' };
    const make = (name: string, expiresAt: number | null) => createApiKey({ name, scope: 'READ', expiresAt }, identity, NOW);
    expect(must(make('Shop', NOW + 1))).toEqual({ ...identity, name: 'Shop', scope: 'READ', expiresAt: NOW + 1, createdAt: NOW, revokedAt: null });
    expect([make('Shop', null), make('', NOW), make('Shop', NOW)].map(problemsOf)).toEqual([[], ['INVALID_NAME name', 'INVALID_EXPIRY expiresAt'], ['INVALID_EXPIRY expiresAt']]);
  });

  test('is replaced by another, and ends with the overlap, if not before', () => {
    const rotate = (overlapHours: number, rest: Partial<ApiKey> = {}) => rotateApiKey({ ...key, ...rest }, overlapHours, { id: 'next', lastFour: 'wxyz' }, NOW);
    expect(must(rotate(24))).toEqual({
      replaced: { ...key, expiresAt: NOW + 24 * HOUR },
      created: { ...key, id: 'next', lastFour: 'wxyz', createdAt: NOW, expiresAt: null },
    });
    expect(must(rotate(24, { expiresAt: NOW + HOUR })).replaced.expiresAt).toBe(NOW + HOUR);
    expect(must(rotate(0, { expiresAt: NOW + HOUR }))).toMatchObject({ replaced: { expiresAt: NOW }, created: { expiresAt: null } });
    expect([rotate(720), rotate(721), rotate(-1), rotate(0.5), rotate(1, { revokedAt: 5 }), rotate(1, { expiresAt: NOW })].map(problemsOf)).toEqual([
      [],
      ['INVALID_OVERLAP overlapHours'],
      ['INVALID_OVERLAP overlapHours'],
      ['INVALID_OVERLAP overlapHours'],
      ['NOT_USABLE id'],
      ['NOT_USABLE id'],
    ]);
  });

  test('is revoked, unless nobody could administer the workspace any more', () => {
    const other = { ...key, id: 'other' };
    const revoke = (others: ApiKey[], rest: Partial<ApiKey> = {}) => revokeApiKey({ ...key, ...rest }, others, NOW);
    expect(must(revoke([key, other]))).toEqual({ ...key, revokedAt: NOW });
    expect(must(revoke([], { scope: 'WRITE' }))).toMatchObject({ revokedAt: NOW });
    expect(must(revoke([], { expiresAt: NOW }))).toMatchObject({ revokedAt: NOW });
    expect(must(revoke([], { revokedAt: 5 }))).toEqual({ ...key, revokedAt: 5 });
    const last = ['LAST_ADMIN_KEY id'];
    expect([revoke([]), revoke([key]), revoke([{ ...other, scope: 'WRITE' }]), revoke([{ ...other, revokedAt: 5 }]), revoke([{ ...other, expiresAt: NOW }])].map(problemsOf)).toEqual([last, last, last, last, last]);
  });
});

/** Workspaces: what they may be set to, and how a frozen clock goes. */
import { describe, expect, test } from '@jest/globals';
import type { Checked } from '../../src/domain/problem.ts';
import type { Workspace, WorkspaceSettings } from '../../src/domain/workspaces.ts';
import { advanceClock, createWorkspace, updateWorkspace } from '../../src/domain/workspaces.ts';

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
    expect(must(create())).toEqual({ ...LIVE, id: 'ws', version: 1, createdAt: NOW, updatedAt: null });
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
  const update = (name?: string, backdatingDays?: number, version: number | null = null) =>
    updateWorkspace(before, { name, backdatingDays }, version, NOW + 5);

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

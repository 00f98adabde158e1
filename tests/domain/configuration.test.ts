import { describe, expect, test } from '@jest/globals';
import type { ConfigurationStatus, LifecycleStep } from '../../src/domain/configuration.ts';
import { checkEditable, checkStep, checkVersion, statusAfter } from '../../src/domain/configuration.ts';

const STATUSES: readonly ConfigurationStatus[] = ['DRAFT', 'ACTIVE', 'INACTIVE', 'DELETED'];

describe('the steps of a life', () => {
  test.each<[LifecycleStep, ConfigurationStatus, ConfigurationStatus[]]>([
    ['ACTIVATE', 'ACTIVE', ['DRAFT', 'INACTIVE']],
    ['DEACTIVATE', 'INACTIVE', ['ACTIVE']],
    ['DRAFT', 'DRAFT', ['ACTIVE']],
    ['DELETE', 'DELETED', ['DRAFT', 'ACTIVE', 'INACTIVE']],
  ])('%s leads to %s from %j', (step, to, from) => {
    expect(statusAfter(step)).toBe(to);
    expect(STATUSES.filter((status) => checkStep(status, step).length === 0)).toEqual(from);
  });

  test('a step that cannot be taken says from where it could', () => {
    expect(checkStep('DELETED', 'ACTIVATE')).toEqual([
      { code: 'INVALID_STATUS', message: 'This needs the status DRAFT or INACTIVE; it is DELETED.', field: ['input', 'id'] },
    ]);
  });
});

test('a version is compared if the caller says one', () => {
  expect([checkVersion(3, null), checkVersion(3, undefined), checkVersion(3, 3)]).toEqual([[], [], []]);
  expect(checkVersion(3, 2)).toEqual([
    { code: 'VERSION_CONFLICT', message: 'It has version 3 now, not 2. Read it again.', field: ['input', 'version'] },
  ]);
  expect(checkVersion(3, 2, 'tierStructureVersion')[0]?.field).toEqual(['input', 'tierStructureVersion']);
});

test('what may change in a draft only is refused by name; what is deleted does not change at all', () => {
  expect(checkEditable('DRAFT', ['type'])).toEqual([]);
  expect([checkEditable('ACTIVE', []), checkEditable('INACTIVE', [])]).toEqual([[], []]);
  expect(checkEditable('INACTIVE', ['type', 'tiers'])).toEqual([
    { code: 'NOT_DRAFT', message: '`type` may change in DRAFT only; the status is INACTIVE.', field: ['input', 'type'] },
    { code: 'NOT_DRAFT', message: '`tiers` may change in DRAFT only; the status is INACTIVE.', field: ['input', 'tiers'] },
  ]);
  expect(checkEditable('DELETED', [])).toEqual([{ code: 'INVALID_STATUS', message: 'It is deleted.', field: ['input', 'id'] }]);
  expect(checkEditable('DELETED', [], 'tierStructureId')[0]?.field).toEqual(['input', 'tierStructureId']);
});

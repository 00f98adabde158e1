import { describe, expect, test } from '@jest/globals';
import type { CardDefinition, CardDefinitionChanges, CardDefinitionDraft, CardUse } from '../../src/domain/cards.ts';
import { createCardDefinition, stepCardDefinition, updateCardDefinition } from '../../src/domain/cards.ts';
import type { ConfigurationStatus, LifecycleStep } from '../../src/domain/configuration.ts';
import type { Checked } from '../../src/domain/problem.ts';
import { card, refusedFor } from '../support/people.ts';

const DRAFT: CardDefinitionDraft = {
  name: 'Points',
  expiration: { type: 'NO_EXPIRATION' },
  activation: { type: 'IMMEDIATE' },
  refundPolicy: 'REVOKE_TO_ZERO',
  metadata: { colour: 'blue' },
};
const NOBODY: ReadonlySet<string> = new Set();
const problems = (answer: Checked<unknown>) => (answer.ok ? [] : refusedFor({ kind: 'REFUSED', problems: answer.problems }));
const wrong = {
  name: '',
  expiration: { type: 'CALENDAR' as const, calendarDates: [] },
  activation: { type: 'PERIOD_BASED' as const, days: 0 },
  metadata: { long: 'x'.repeat(20_000) },
};
const ALL_WRONG = ['INVALID_NAME name', 'INVALID_METADATA metadata', 'INVALID_EXPIRATION expiration', 'INVALID_ACTIVATION activation'];

test('a card definition begins as a draft', () => {
  expect(createCardDefinition(DRAFT, 'id', NOBODY, 5)).toEqual({
    ok: true,
    value: { ...DRAFT, id: 'id', key: 'points', status: 'DRAFT', version: 1, createdAt: 5, updatedAt: null },
  });
});

test('a key is made of the name unless one is given, and told apart from others', () => {
  const keyOf = (draft: Partial<CardDefinitionDraft>, taken: readonly string[] = []) => {
    const created = createCardDefinition({ ...DRAFT, ...draft }, 'id', new Set(taken), 5);
    return created.ok ? created.value.key : problems(created);
  };
  expect(keyOf({})).toBe('points');
  expect(keyOf({}, ['points', 'points_2'])).toBe('points_3');
  expect(keyOf({ name: '  Café №1 — Beans! ' })).toBe('cafe-no1-beans');
  expect(keyOf({ name: 'プラチナ' }, ['card'])).toBe('card_2');
  expect(keyOf({ name: 'x'.repeat(200) })).toBe('x'.repeat(55));
  expect(keyOf({ key: 'miles' }, ['points'])).toBe('miles');
  expect(keyOf({ key: 'points' }, ['points'])).toEqual(['KEY_TAKEN key']);
  for (const key of ['', 'Points', 'a b', '-a', 'a-', 'a--b', 'a/b', 'x'.repeat(64)]) expect(keyOf({ key })).toEqual(['INVALID_KEY key']);
  expect(keyOf({ key: 'x'.repeat(63) })).toBe('x'.repeat(63));
});

test('everything that is wrong is reported at once', () => {
  expect(problems(createCardDefinition({ ...DRAFT, ...wrong }, 'id', NOBODY, 5))).toEqual(ALL_WRONG);
  const answer = createCardDefinition({ ...DRAFT, ...wrong }, 'id', NOBODY, 5);
  expect(answer.ok ? [] : answer.problems.slice(2).map(({ message }) => message)).toEqual([
    'An expiration has a period of 1 to 1000, or 1 to 20 different days that exist; a rounding fits its period; a sliding one names at least one activity, and custom types only with customActivity.',
    'An activation is at once, after 1 to 1000 days, or on 1 to 20 different days of the year that exist.',
  ]);
});

describe('changing', () => {
  const before = card('a', { status: 'DRAFT' });
  const update = (changes: CardDefinitionChanges, of: CardDefinition = before, version: number | null = null) => updateCardDefinition(of, changes, version, new Set(['taken']), 9);

  test('leaves alone what is left out', () => {
    expect(update({})).toEqual({ ok: true, value: { ...before, version: 2, updatedAt: 9 } });
    const { name: _, ...settings } = DRAFT;
    const changes: CardDefinitionChanges = { ...settings, expiration: { type: 'ROLLING', period: { value: 1, unit: 'DAY' }, rounding: null }, activation: { type: 'PERIOD_BASED', days: 3 }, refundPolicy: 'REVOKE_BELOW_ZERO' };
    expect(update(changes)).toEqual({ ok: true, value: { ...before, ...changes, version: 2, updatedAt: 9 } });
    expect(problems(update({ key: 'taken' }))).toEqual(['KEY_TAKEN key']);
    expect(update({ name: 'Other' }, before, 1)).toMatchObject({ ok: true, value: { name: 'Other', metadata: {} } });
  });

  test('outside a draft only the key, the name and the metadata change', () => {
    const active = card('a');
    expect(problems(update({ key: 'other', name: 'Other', metadata: { a: 1 } }, active))).toEqual([]);
    expect(problems(update({ expiration: DRAFT.expiration, activation: DRAFT.activation, refundPolicy: 'REVOKE_TO_ZERO' }, active))).toEqual([
      'NOT_DRAFT expiration',
      'NOT_DRAFT activation',
      'NOT_DRAFT refundPolicy',
    ]);
    expect(problems(update({ name: 'Other' }, card('a', { status: 'DELETED' })))).toEqual(['INVALID_STATUS id']);
  });

  test('everything that is wrong is reported at once', () => {
    expect(problems(update(wrong, before, 2))).toEqual(['VERSION_CONFLICT version', ...ALL_WRONG]);
  });
});

describe('a step of the lifecycle', () => {
  const UNUSED: CardUse = { structure: false, earnRule: false, reward: false, customers: false };
  const USED: CardUse = { structure: true, earnRule: true, reward: true, customers: true };
  const step = (from: ConfigurationStatus, taken: LifecycleStep, use: Partial<CardUse> = {}, version: number | null = null) =>
    stepCardDefinition(card('a', { status: from, version: 4 }), taken, { ...UNUSED, ...use }, version, 9);

  test.each([
    ['DRAFT', 'ACTIVATE', 'ACTIVE'],
    ['INACTIVE', 'ACTIVATE', 'ACTIVE'],
    ['ACTIVE', 'DEACTIVATE', 'INACTIVE'],
    ['ACTIVE', 'DRAFT', 'DRAFT'],
    ['DRAFT', 'DELETE', 'DELETED'],
  ] as const)('leads a card definition that nobody uses from %s by %s to %s', (from, taken, to) => {
    expect(step(from, taken, {}, 4)).toEqual({ ok: true, value: card('a', { status: to, version: 5, updatedAt: 9 }) });
  });

  test('may put one into force that is used, and stop its use by new structures', () => {
    expect(step('INACTIVE', 'ACTIVATE', USED)).toEqual({ ok: true, value: card('a', { status: 'ACTIVE', version: 5, updatedAt: 9 }) });
    expect(step('ACTIVE', 'DEACTIVATE', USED)).toEqual({ ok: true, value: card('a', { status: 'INACTIVE', version: 5, updatedAt: 9 }) });
  });

  const STRUCTURE = 'An active tier structure uses this card definition.';
  const REWARD = 'A reward is paid for from this card definition, or given for points on it.';
  const RULE = 'An earn rule gives points on this card definition.';
  const CUSTOMERS = 'Customers have such cards.';
  test.each([
    ['DRAFT', USED, STRUCTURE],
    ['DELETE', USED, STRUCTURE],
    ['DRAFT', { ...USED, structure: false }, REWARD],
    ['DELETE', { ...USED, structure: false }, REWARD],
    ['DELETE', { earnRule: true, customers: true }, RULE],
    ['DRAFT', { earnRule: true, customers: true }, CUSTOMERS],
  ] as const)('%s is refused for who depends on it: %j', (taken, use, message) => {
    expect(step('ACTIVE', taken, use)).toEqual({ ok: false, problems: [{ code: 'IN_USE', message, field: ['input', 'id'] }] });
  });

  test('back to a draft minds no earn rule, and deletion no customers', () => {
    expect(problems(step('ACTIVE', 'DRAFT', { earnRule: true }))).toEqual([]);
    expect(problems(step('ACTIVE', 'DELETE', { customers: true }))).toEqual([]);
  });

  test('is refused for everything that stands against it at once', () => {
    expect(problems(step('INACTIVE', 'DRAFT', USED, 3))).toEqual(['VERSION_CONFLICT version', 'INVALID_STATUS id', 'IN_USE id']);
    expect(problems(step('DELETED', 'ACTIVATE'))).toEqual(['INVALID_STATUS id']);
  });
});

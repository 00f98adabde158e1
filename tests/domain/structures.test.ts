import { describe, expect, test } from '@jest/globals';
import type { ConfigurationStatus } from '../../src/domain/configuration.ts';
import type { Problem } from '../../src/domain/problem.ts';
import type {
  ActivationContext,
  ForceContext,
  Rollout,
  Tier,
  TierRule,
  TierSettings,
  TierStructure,
  TierStructureErrorCode,
  TierStructureSettings,
} from '../../src/domain/structures.ts';
import {
  activateTierStructure,
  addTier,
  cardDefinitionsOf,
  checkCardDefinitionLink,
  checkEntryAwardLink,
  createTierStructure,
  currentRevision,
  draftTierRules,
  publishTierStructure,
  removeTier,
  replaceTiers,
  reviseTierStructure,
  revisionsOf,
  stepTierStructure,
  takesEffectAt,
  updateTier,
  updateTierStructure,
} from '../../src/domain/structures.ts';
import { NEVER } from '../../src/domain/time.ts';
import { SETTINGS, draft, structure, tier, tierSettings } from '../support/structures.ts';

const NOW = Date.parse('2026-05-17T12:00:00Z');
const POINTS_MAX = 2n ** 63n - 1n;

type Answer =
  | { readonly ok: true; readonly value: TierStructure }
  | { readonly ok: false; readonly problems: readonly Problem<TierStructureErrorCode>[] };

/** Each problem as its code and the path below `input`. */
function problemsOf(answer: Answer): string[] {
  if (answer.ok) return [];
  return answer.problems.map(({ code, field }) => {
    expect(field?.[0] ?? 'input').toBe('input');
    return [code, ...(field ?? []).slice(1)].join(' ');
  });
}

function valueOf(answer: Answer): TierStructure {
  if (!answer.ok) throw new Error(`Refused: ${problemsOf(answer).join(', ')}`);
  return answer.value;
}

function create(settings: Partial<TierStructureSettings>, tiers: readonly TierSettings[] = []): Answer {
  const ids = { structure: 'new', tiers: tiers.map((_, index) => `tier ${index}`) };
  return createTierStructure({ ...SETTINGS, ...settings }, tiers, ids, new Set(['taken']), NOW);
}

const update = (before: TierStructure, changes: Parameters<typeof updateTierStructure>[1], version?: number) =>
  updateTierStructure(before, changes, version, new Set(['taken']), NOW);

describe('creating', () => {
  test('makes a draft, its tiers from the lowest to the highest', () => {
    const created = valueOf(create({}, [tierSettings(500), tierSettings(0), tierSettings(100, { maxPoints: 200n })]));
    expect(created).toMatchObject({
      ...SETTINGS,
      id: 'new',
      status: 'DRAFT',
      activePeriods: [],
      version: 1,
      createdAt: NOW,
      updatedAt: null,
    });
    expect(created.tiers.map(({ id, structureId, minPoints, maxPoints }) => [id, structureId, minPoints, maxPoints])).toEqual([
      ['tier 1', 'new', 0n, null],
      ['tier 2', 'new', 100n, 200n],
      ['tier 0', 'new', 500n, null],
    ]);
  });

  test('keys are made of names unless they are given; each is there once', () => {
    const created = valueOf(create({}, [tierSettings(0, { name: 'Gold' }), tierSettings(1, { name: 'Gold' }), tierSettings(2, { key: 'gold' })]));
    expect([created.key, ...created.tiers.map(({ key }) => key)]).toEqual(['membership', 'gold_2', 'gold_3', 'gold']);
    const twice = [tierSettings(0, { key: 'a' }), tierSettings(1, { key: 'a' }), tierSettings(2, { key: 'A' })];
    expect(problemsOf(create({ key: 'taken' }, twice))).toEqual(['KEY_TAKEN key', 'KEY_TAKEN tiers 1 key', 'INVALID_KEY tiers 2 key']);
    expect(problemsOf(update(created, { key: 'taken' }))).toEqual(['KEY_TAKEN key']);
    expect(problemsOf(addTier(created, tierSettings(3, { key: 'gold' }), null, 'new', NOW))).toEqual(['KEY_TAKEN key']);
    expect(valueOf(addTier(created, tierSettings(3, { name: 'Gold' }), null, 'new', NOW)).tiers[3]?.key).toBe('gold_4');
    expect(problemsOf(updateTier(created, 'tier 0', { key: 'gold' }, null, NOW))).toEqual(['KEY_TAKEN key']);
    expect(valueOf(updateTier(created, 'tier 2', { key: 'or' }, null, NOW)).tiers[2]?.key).toBe('or');
  });

  test('reports everything that is wrong, each with its path', () => {
    const answer = create(
      {
        name: ' ',
        type: 'POINT_EARNED',
        metadata: { note: 'x'.repeat(11_000) },
        expiration: { type: 'ROLLING_EXPIRATION', period: { value: 0, unit: 'DAY' } },
        downgrade: { type: 'SINGLE_LEVEL', gracePeriod: { value: 1, unit: 'HOUR', roundUp: false } },
      },
      [tierSettings(0, { maxPoints: 100n }), tierSettings(100, { name: '' }), tierSettings(300, { maxPoints: 299n })],
    );
    expect(problemsOf(answer)).toEqual([
      'INVALID_NAME name',
      'INVALID_METADATA metadata',
      'INVALID_POINT_EARNED pointEarned',
      'INVALID_EXPIRATION expiration rollingExpiration period',
      'INVALID_DOWNGRADE downgrade singleLevel gracePeriod',
      'INVALID_NAME tiers 1 name',
      'INVALID_RANGE tiers 2 maxPoints',
      'OVERLAPPING_TIERS tiers',
    ]);
  });

  test('a choice that is none is refused', () => {
    expect(problemsOf(create({ expiration: null, downgrade: null }))).toEqual([
      'INVALID_EXPIRATION expiration noExpiration',
      'INVALID_DOWNGRADE downgrade noDowngrade',
    ]);
  });

  test('names have 1 to 200 characters, counted as people count them', () => {
    expect(problemsOf(create({ name: 'x'.repeat(200) }))).toEqual([]);
    expect(problemsOf(create({ name: '🏅'.repeat(200) }))).toEqual([]);
    for (const name of ['', '   ', 'x'.repeat(201), '🏅'.repeat(201), 'a\u0000b', '\ud800']) {
      expect(problemsOf(create({ name }))).toEqual(['INVALID_NAME name']);
    }
  });

  test('at most 50 tiers', () => {
    const tiers = (count: number) => Array.from({ length: count }, (_, index) => tierSettings(index));
    expect(problemsOf(create({}, tiers(50)))).toEqual([]);
    expect(problemsOf(create({}, tiers(51)))).toEqual(['TOO_MANY_TIERS tiers']);
  });
});

describe('ranges', () => {
  test.each<[string, TierSettings[], string[]]>([
    ['two tiers with one minimum', [tierSettings(5), tierSettings(5)], ['OVERLAPPING_TIERS tiers']],
    ['a maximum that is the next minimum', [tierSettings(0, { maxPoints: 5n }), tierSettings(5)], ['OVERLAPPING_TIERS tiers']],
    ['a maximum right below the next minimum', [tierSettings(0, { maxPoints: 4n }), tierSettings(5)], []],
    ['a gap', [tierSettings(0, { maxPoints: 4n }), tierSettings(500)], []],
    ['a range of one number', [tierSettings(7, { maxPoints: 7n })], []],
    ['a maximum of the highest tier', [tierSettings(7, { maxPoints: POINTS_MAX })], []],
    ['a negative minimum', [tierSettings(0, { minPoints: -1n })], ['INVALID_RANGE tiers 0 minPoints']],
    ['a minimum beyond 64 bits', [tierSettings(0, { minPoints: POINTS_MAX + 1n })], ['INVALID_RANGE tiers 0 minPoints']],
    ['a maximum beyond 64 bits', [tierSettings(0, { maxPoints: POINTS_MAX + 1n })], ['INVALID_RANGE tiers 0 maxPoints']],
    ['a maximum below its minimum', [tierSettings(5, { maxPoints: 4n })], ['INVALID_RANGE tiers 0 maxPoints']],
    ['the wrong one of several', [tierSettings(9), tierSettings(5, { maxPoints: 4n })], ['INVALID_RANGE tiers 1 maxPoints']],
  ])('%s', (_, tiers, problems) => {
    expect(problemsOf(create({}, tiers))).toEqual(problems);
  });
});

describe('pointEarned', () => {
  const pointEarned = { period: { value: 1, unit: 'YEAR' }, type: 'IMMEDIATELY', window: 'CALENDAR' } as const;

  test('belongs to POINT_EARNED and to nothing else', () => {
    expect(problemsOf(create({ type: 'POINT_EARNED', pointEarned }))).toEqual([]);
    expect(problemsOf(create({ type: 'POINT_EARNED', pointEarned: null }))).toEqual(['INVALID_POINT_EARNED pointEarned']);
    expect(problemsOf(create({ type: 'POINT_BALANCE', pointEarned }))).toEqual(['INVALID_POINT_EARNED pointEarned']);
  });

  test('its period counts 1 to 1000 of any unit', () => {
    const answer = (value: number) =>
      problemsOf(create({ type: 'POINT_EARNED', pointEarned: { ...pointEarned, period: { value, unit: 'HOUR' } } }));
    expect(answer(1000)).toEqual([]);
    expect(answer(0)).toEqual(['INVALID_POINT_EARNED pointEarned period value']);
    expect(answer(1001)).toEqual(['INVALID_POINT_EARNED pointEarned period value']);
  });

  test.each([
    ['CALENDAR', 'IMMEDIATELY', []],
    ['CALENDAR', 'NEXT_TRACKING_PERIOD', []],
    ['ANNIVERSARY', 'IMMEDIATELY', []],
    ['ANNIVERSARY', 'NEXT_TRACKING_PERIOD', []],
    ['TRAILING', 'IMMEDIATELY', []],
    ['TRAILING', 'NEXT_TRACKING_PERIOD', ['INVALID_POINT_EARNED pointEarned window']],
  ] as const)('%s with %s', (window, type, problems) => {
    expect(problemsOf(create({ type: 'POINT_EARNED', pointEarned: { ...pointEarned, window, type } }))).toEqual(problems);
  });

  test('a wrong period and a wrong window are both named', () => {
    const wrong = { period: { value: 0, unit: 'DAY' }, type: 'NEXT_TRACKING_PERIOD', window: 'TRAILING' } as const;
    expect(problemsOf(create({ type: 'POINT_EARNED', pointEarned: wrong }))).toEqual([
      'INVALID_POINT_EARNED pointEarned period value',
      'INVALID_POINT_EARNED pointEarned window',
    ]);
  });

  test('stays when the type changes, unless it changes with it', () => {
    const earned = draft([], { type: 'POINT_EARNED', pointEarned });
    expect(problemsOf(update(earned, { type: 'POINT_BALANCE' }))).toEqual(['INVALID_POINT_EARNED pointEarned']);
    expect(valueOf(update(earned, { type: 'POINT_BALANCE', pointEarned: null }))).toMatchObject({
      type: 'POINT_BALANCE',
      pointEarned: null,
    });
    expect(problemsOf(update(draft([]), { type: 'POINT_EARNED' }))).toEqual(['INVALID_POINT_EARNED pointEarned']);
    expect(valueOf(update(draft([]), { type: 'POINT_EARNED', pointEarned }))).toMatchObject({ type: 'POINT_EARNED', pointEarned });
  });
});

describe('expiration', () => {
  const sliding = {
    type: 'SLIDING_EXPIRATION',
    period: { value: 1, unit: 'MONTH' },
    earningActivity: true,
    spendingActivity: false,
    customActivity: false,
    customActivityTypes: [],
  } as const;
  const types = (count: number) => Array.from({ length: count }, (_, index) => `visit ${index}`);

  test.each<[string, TierStructureSettings['expiration'], string[]]>([
    ['rolling 1000 years', { type: 'ROLLING_EXPIRATION', period: { value: 1000, unit: 'YEAR' } }, []],
    ['rolling hours', { type: 'ROLLING_EXPIRATION', period: { value: 1, unit: 'HOUR' } }, ['rollingExpiration period']],
    ['rolling 1001', { type: 'ROLLING_EXPIRATION', period: { value: 1001, unit: 'DAY' } }, ['rollingExpiration period']],
    ['a leap day', { type: 'CALENDAR_EXPIRATION', calendarDates: [{ day: 29, month: 2 }] }, []],
    ['no day', { type: 'CALENDAR_EXPIRATION', calendarDates: [] }, ['calendarExpiration calendarDates']],
    ['31 June', { type: 'CALENDAR_EXPIRATION', calendarDates: [{ day: 31, month: 6 }] }, ['calendarExpiration calendarDates']],
    [
      'a day twice',
      { type: 'CALENDAR_EXPIRATION', calendarDates: [{ day: 1, month: 6 }, { day: 1, month: 6 }] },
      ['calendarExpiration calendarDates'],
    ],
    ['sliding on earning', sliding, []],
    ['sliding hours', { ...sliding, period: { value: 1, unit: 'HOUR' } }, ['slidingExpiration period']],
    ['sliding on nothing', { ...sliding, earningActivity: false }, ['slidingExpiration']],
    ['sliding on any custom activity', { ...sliding, earningActivity: false, customActivity: true }, []],
    ['custom types without custom activity', { ...sliding, customActivityTypes: ['visit'] }, ['slidingExpiration']],
    ['20 custom types', { ...sliding, customActivity: true, customActivityTypes: types(20) }, []],
    ['21 custom types', { ...sliding, customActivity: true, customActivityTypes: types(21) }, ['slidingExpiration']],
    ['an empty custom type', { ...sliding, customActivity: true, customActivityTypes: [''] }, ['slidingExpiration']],
  ])('%s', (_, expiration, paths) => {
    expect(problemsOf(create({ expiration }))).toEqual(paths.map((path) => `INVALID_EXPIRATION expiration ${path}`));
  });
});

describe('what a tier gives', () => {
  test.each<[bigint, string[]]>([
    [1n, []],
    [POINTS_MAX, []],
    [0n, ['INVALID_ENTRY_AWARD tiers 0 entryAward points']],
    [-1n, ['INVALID_ENTRY_AWARD tiers 0 entryAward points']],
    [POINTS_MAX + 1n, ['INVALID_ENTRY_AWARD tiers 0 entryAward points']],
  ])('an entry award of %s', (points, problems) => {
    expect(problemsOf(create({}, [tierSettings(0, { entryAward: { points, cardDefinitionId: null } })]))).toEqual(problems);
  });

  test.each<[NonNullable<TierSettings['pointExpiration']>, string[]]>([
    [{ type: 'NO_EXPIRATION' }, []],
    [{ type: 'ROLLING', period: { value: 1000, unit: 'DAY' }, rounding: { to: 'END_OF_YEAR', month: null } }, []],
    [{ type: 'CALENDAR', calendarDates: [{ day: 31, month: 12 }] }, []],
    [{ type: 'ROLLING', period: { value: 0, unit: 'DAY' }, rounding: null }, ['INVALID_POINT_EXPIRATION tiers 0 pointExpiration']],
    [{ type: 'CALENDAR', calendarDates: [] }, ['INVALID_POINT_EXPIRATION tiers 0 pointExpiration']],
  ])('the point expiration %j', (pointExpiration, problems) => {
    expect(problemsOf(create({}, [tierSettings(0, { pointExpiration })]))).toEqual(problems);
  });

  test('an entry award needs a card definition that is not deleted', () => {
    expect((['DRAFT', 'ACTIVE', 'INACTIVE'] as const).flatMap((status) => checkEntryAwardLink(status))).toEqual([]);
    for (const status of ['DELETED', null] as const) {
      expect(checkEntryAwardLink(status, 'tiers', 3)).toMatchObject([
        { code: 'INVALID_ENTRY_AWARD', field: ['input', 'tiers', '3', 'entryAward', 'cardDefinitionId'] },
      ]);
    }
  });
});

describe('changing', () => {
  test('a draft may change in everything', () => {
    const before = draft([tier('Silver', 100)], { version: 4 });
    const after = valueOf(
      update(before, {
        name: 'Club',
        cardDefinitionId: null,
        expiration: { type: 'ROLLING_EXPIRATION', period: { value: 1, unit: 'YEAR' } },
        downgrade: { type: 'MULTI_LEVEL', gracePeriod: null },
      }),
    );
    expect(after).toEqual({
      ...before,
      name: 'Club',
      cardDefinitionId: null,
      expiration: { type: 'ROLLING_EXPIRATION', period: { value: 1, unit: 'YEAR' } },
      downgrade: { type: 'MULTI_LEVEL', gracePeriod: null },
      version: 5,
      updatedAt: NOW,
    });
  });

  test('what is undefined stays', () => {
    const before = draft([tier('Silver', 100)]);
    expect(valueOf(update(before, { name: undefined, cardDefinitionId: undefined, expiration: undefined }))).toEqual({
      ...before,
      version: 2,
      updatedAt: NOW,
    });
  });

  test.each(['ACTIVE', 'INACTIVE'] as const)('%s: only name and metadata, and every other field is named', (status) => {
    const before = structure([tier('Silver', 100)], { status });
    expect(valueOf(update(before, { name: 'Club', metadata: { a: 1 }, type: undefined }))).toMatchObject({
      name: 'Club',
      metadata: { a: 1 },
    });
    const everything = {
      name: 'Club',
      type: 'POINT_BALANCE',
      cardDefinitionId: null,
      pointEarned: null,
      expiration: { type: 'NO_EXPIRATION' },
      downgrade: { type: 'NO_DOWNGRADE' },
      entryAwardScope: 'REACHED',
      entryAwardOnRefund: 'KEEP',
    } as const;
    expect(problemsOf(update(before, everything))).toEqual([
      'NOT_DRAFT type',
      'NOT_DRAFT cardDefinitionId',
      'NOT_DRAFT pointEarned',
      'NOT_DRAFT expiration',
      'NOT_DRAFT downgrade',
      'NOT_DRAFT entryAwardScope',
      'NOT_DRAFT entryAwardOnRefund',
    ]);
  });

  test('a deleted structure may not change at all', () => {
    expect(problemsOf(update(draft([], { status: 'DELETED' }), { name: 'Club' }))).toEqual(['INVALID_STATUS id']);
  });

  test('a stale version is refused together with everything else', () => {
    const before = structure([tier('Silver', 100)], { version: 3 });
    expect(problemsOf(update(before, { name: '', expiration: null }, 2))).toEqual([
      'VERSION_CONFLICT version',
      'NOT_DRAFT expiration',
      'INVALID_NAME name',
      'INVALID_EXPIRATION expiration noExpiration',
    ]);
    expect(valueOf(update(before, { name: 'Club' }, 3)).version).toBe(4);
  });

  test('a link needs a card definition that is not deleted', () => {
    expect((['DRAFT', 'ACTIVE', 'INACTIVE'] as const).flatMap(checkCardDefinitionLink)).toEqual([]);
    for (const status of ['DELETED', null] as const) {
      expect(checkCardDefinitionLink(status)).toMatchObject([
        { code: 'INVALID_CARD_DEFINITION', field: ['input', 'cardDefinitionId'] },
      ]);
    }
  });
});

describe('tiers', () => {
  const before = draft([tier('Silver', 100, { maxPoints: 199n }), tier('Gold', 500)], { version: 7 });

  test('a tier is added in its place', () => {
    const after = valueOf(addTier(before, tierSettings(200), 7, 'new', NOW));
    expect(after.tiers.map(({ id }) => id)).toEqual(['Silver', 'new', 'Gold']);
    expect(after.tiers[1]).toEqual({ ...tier('new', 200), key: 'from-200', name: 'From 200', createdAt: NOW });
    expect(after).toMatchObject({ version: 8, updatedAt: NOW });
  });

  test('what does not fit is not added', () => {
    expect(problemsOf(addTier(before, tierSettings(150), null, 'new', NOW))).toEqual(['OVERLAPPING_TIERS minPoints']);
    expect(problemsOf(addTier(before, tierSettings(300, { name: '', maxPoints: 500n }), 6, 'new', NOW))).toEqual([
      'VERSION_CONFLICT version',
      'INVALID_NAME name',
      'OVERLAPPING_TIERS minPoints',
    ]);
    const full = draft(Array.from({ length: 50 }, (_, index) => tier(`${index}`, index)));
    expect(problemsOf(addTier(full, tierSettings(50), null, 'new', NOW))).toEqual(['TOO_MANY_TIERS tierStructureId']);
  });

  test('a tier that moves takes its new place', () => {
    const after = valueOf(updateTier(before, 'Silver', { minPoints: 600n, maxPoints: null }, null, NOW));
    expect(after.tiers.map(({ id, minPoints, maxPoints, updatedAt }) => [id, minPoints, maxPoints, updatedAt])).toEqual([
      ['Gold', 500n, null, null],
      ['Silver', 600n, null, NOW],
    ]);
    expect(problemsOf(updateTier(before, 'Silver', { minPoints: 200n }, null, NOW))).toEqual(['INVALID_RANGE maxPoints']);
    expect(problemsOf(updateTier(before, 'Gold', { minPoints: 199n }, null, NOW))).toEqual(['OVERLAPPING_TIERS minPoints']);
    expect(problemsOf(updateTier(before, 'Silver', { maxPoints: 500n }, null, NOW))).toEqual(['OVERLAPPING_TIERS maxPoints']);
    expect(problemsOf(updateTier(before, 'Bronze', { name: 'x' }, null, NOW))).toEqual(['NOT_FOUND id']);
  });

  test('a tier is removed', () => {
    expect(valueOf(removeTier(before, 'Silver', 7, NOW)).tiers.map(({ id }) => id)).toEqual(['Gold']);
    expect(problemsOf(removeTier(before, 'Silver', 8, NOW))).toEqual(['VERSION_CONFLICT version']);
    expect(problemsOf(removeTier(before, 'Bronze', null, NOW))).toEqual(['NOT_FOUND id']);
  });

  test('outside a draft only name and metadata of a tier may change', () => {
    const active = structure(before.tiers);
    expect(problemsOf(addTier(active, tierSettings(900), null, 'new', NOW))).toEqual(['NOT_DRAFT tierStructureId']);
    expect(problemsOf(removeTier(active, 'Gold', null, NOW))).toEqual(['NOT_DRAFT id']);
    const changes = { name: 'x', minPoints: 500n, maxPoints: null, noDowngrade: true, entryAward: null, pointExpiration: null };
    expect(problemsOf(updateTier(active, 'Gold', changes, null, NOW))).toEqual([
      'NOT_DRAFT minPoints',
      'NOT_DRAFT maxPoints',
      'NOT_DRAFT noDowngrade',
      'NOT_DRAFT entryAward',
      'NOT_DRAFT pointExpiration',
    ]);
    const renamed = valueOf(updateTier(active, 'Gold', { name: 'Or', metadata: { a: 1 } }, null, NOW));
    expect(renamed.tiers[1]).toMatchObject({ id: 'Gold', name: 'Or', metadata: { a: 1 }, minPoints: 500n });
  });

  test('nothing of a deleted structure may change', () => {
    const deleted = draft(before.tiers, { status: 'DELETED' });
    expect(problemsOf(addTier(deleted, tierSettings(900), null, 'new', NOW))).toEqual(['INVALID_STATUS tierStructureId']);
    expect(problemsOf(updateTier(deleted, 'Gold', { name: 'x' }, null, NOW))).toEqual(['INVALID_STATUS id']);
    expect(problemsOf(removeTier(deleted, 'Gold', null, NOW))).toEqual(['INVALID_STATUS id']);
  });
});

const FORCE: ForceContext = {
  cardDefinitionStatuses: new Map([
    ['card', 'ACTIVE'],
    ['stamps', 'ACTIVE'],
    ['miles', 'ACTIVE'],
  ]),
  activeStructures: [],
  expectedVersion: null,
  now: NOW,
  settledUpTo: null,
};
const messagesOf = (answer: { readonly ok: boolean; readonly problems?: readonly Problem[] }) =>
  answer.problems?.map(({ message }) => message);

describe('activating', () => {
  const ready = draft([tier('Silver', 100)]);
  const activate = (before: TierStructure, context: Partial<ActivationContext> = {}) =>
    activateTierStructure(before, { ...FORCE, effectiveAt: null, ...context });
  const cardIs = (status: ConfigurationStatus) => ({ cardDefinitionStatuses: new Map([['card', status]]) });

  test('puts a draft into force from now on', () => {
    expect(valueOf(activate(ready))).toEqual({
      ...ready,
      status: 'ACTIVE',
      activePeriods: [{ start: NOW, end: NEVER }],
      version: 2,
      updatedAt: NOW,
    });
  });

  test('a draft may be effective from the past, but not from the future', () => {
    expect(valueOf(activate(ready, { effectiveAt: NOW - 1 })).activePeriods).toEqual([{ start: NOW - 1, end: NEVER }]);
    expect(problemsOf(activate(ready, { effectiveAt: NOW + 1 }))).toEqual(['INVALID_EFFECTIVE_AT effectiveAt']);
  });

  test('a paused structure goes on from now, and keeps when it was in force', () => {
    const paused = structure(ready.tiers, { status: 'INACTIVE', activePeriods: [{ start: 10, end: 20 }] });
    expect(valueOf(activate(paused)).activePeriods).toEqual([
      { start: 10, end: 20 },
      { start: NOW, end: NEVER },
    ]);
    expect(valueOf(activate(paused, { effectiveAt: NOW })).activePeriods.at(-1)).toEqual({ start: NOW, end: NEVER });
    expect(problemsOf(activate(paused, { effectiveAt: NOW - 1 }))).toEqual(['INVALID_EFFECTIVE_AT effectiveAt']);
  });

  test('everything that stands against it is reported at once', () => {
    const wrong = draft([], { version: 3, cardDefinitionId: null, type: 'POINT_EARNED', draftOf: 'other' });
    expect(problemsOf(activate(wrong, { expectedVersion: 2, effectiveAt: NOW + 1 }))).toEqual([
      'VERSION_CONFLICT version',
      'INVALID_DRAFT id',
      'INVALID_CARD_DEFINITION id',
      'NO_TIERS id',
      'INVALID_POINT_EARNED pointEarned',
      'INVALID_EFFECTIVE_AT effectiveAt',
    ]);
  });

  test.each(['DRAFT', 'INACTIVE', 'DELETED'] as const)('a card definition that is %s will not do', (status) => {
    expect(problemsOf(activate(ready, cardIs(status)))).toEqual(['INVALID_CARD_DEFINITION id']);
  });

  test('nor will one that is not there', () => {
    expect(problemsOf(activate(ready, { cardDefinitionStatuses: new Map() }))).toEqual(['INVALID_CARD_DEFINITION id']);
  });

  test.each(['ACTIVE', 'DELETED'] as const)('from %s it cannot be activated', (status) => {
    expect(problemsOf(activate(structure(ready.tiers, { status })))).toEqual(['INVALID_STATUS id']);
  });

  test('an entry award needs a card definition that is active', () => {
    const awarding = draft([tier('Silver', 100, awardOn('stamps')), tier('Gold', 500, awardOn('stamps')), tier('Top', 900, awardOn(null))]);
    expect(problemsOf(activate(awarding))).toEqual([]);
    for (const status of ['DRAFT', 'INACTIVE', 'DELETED'] as const) {
      const statuses = new Map<string, ConfigurationStatus>([['card', 'ACTIVE'], ['stamps', status]]);
      const answer = activate(awarding, { cardDefinitionStatuses: statuses });
      expect(problemsOf(answer)).toEqual(['INVALID_ENTRY_AWARD id', 'INVALID_ENTRY_AWARD id']);
      expect(messagesOf(answer)?.[1]).toBe('The entry award of "Gold" needs a card definition that is active.');
    }
    expect(cardDefinitionsOf(awarding)).toEqual(['card', 'stamps']);
  });
});

const awardOn = (cardDefinitionId: string | null) => ({ entryAward: { points: 10n, cardDefinitionId } });

describe('entry awards that go round in a circle', () => {
  /** A structure named by its id that measures one card and gives entry awards on others. */
  const awarding = (id: string, measures: string, ...awards: readonly (string | null)[]) =>
    structure(
      awards.map((card, index) => tier(`${id} ${index}`, index, awardOn(card))),
      { id, name: id, cardDefinitionId: measures },
    );
  const plain = (id: string, measures: string) => ({ ...awarding(id, measures, null), tiers: [tier(`${id} 0`, 0)] });
  const activate = (candidate: TierStructure, ...activeStructures: TierStructure[]) =>
    activateTierStructure({ ...candidate, status: 'DRAFT' }, { ...FORCE, activeStructures, effectiveAt: null });

  test.each<[string, TierStructure, TierStructure[]]>([
    ['an award on its own card', awarding('A', 'card', null, 'card'), []],
    ['an award on a card that nobody measures', awarding('A', 'card', 'stamps'), []],
    ['an award on a card whose structure gives none', awarding('A', 'card', 'stamps'), [plain('B', 'stamps')]],
    ['a way that ends elsewhere', awarding('A', 'card', 'stamps'), [awarding('B', 'stamps', 'miles'), plain('C', 'miles')]],
    ['a structure that is led to, but leads nowhere', plain('A', 'card'), [awarding('B', 'stamps', 'card')]],
    ['its own former self', awarding('A', 'card', 'stamps'), [awarding('A', 'stamps', 'card')]],
  ])('not: %s', (_, candidate, others) => {
    expect(problemsOf(activate(candidate, ...others))).toEqual([]);
  });

  test.each<[string, TierStructure, TierStructure[], string]>([
    ['two structures', awarding('A', 'card', 'stamps'), [awarding('B', 'stamps', 'card')], '"A" -> "B" -> "A"'],
    ['two structures on one card', awarding('A', 'card', null), [awarding('B', 'card', null)], '"A" -> "B" -> "A"'],
    [
      'three structures',
      awarding('A', 'card', null, 'stamps'),
      [awarding('C', 'miles', 'card'), awarding('B', 'stamps', 'miles')],
      '"A" -> "B" -> "C" -> "A"',
    ],
    [
      'the shortest way is named',
      awarding('A', 'card', 'stamps', 'miles'),
      [awarding('B', 'stamps', 'miles'), awarding('C', 'miles', 'card')],
      '"A" -> "C" -> "A"',
    ],
  ])('%s', (_, candidate, others, names) => {
    const answer = activate(candidate, ...others);
    expect(problemsOf(answer)).toEqual(['ENTRY_AWARD_CYCLE id']);
    expect(messagesOf(answer)).toEqual([`Entry awards would go round in a circle: ${names}.`]);
  });
});

describe('revising', () => {
  const active = structure([tier('Silver', 100, { updatedAt: 5, metadata: { a: 1 } }), tier('Gold', 500, awardOn('stamps'))], {
    name: 'Club',
    metadata: { b: 2 },
    version: 7,
    revision: { number: 3, effectiveAt: 20, rollout: 'UPGRADE_ONLY' },
    formerRevisions: [{ ...currentRevision(structure([])), number: 2 }],
    updatedAt: 9,
  });
  const revise = (before: TierStructure, version: number | null = null) =>
    reviseTierStructure(before, { structure: 'copy', tiers: before.tiers.map((_, index) => `copy ${index}`) }, version, NOW);

  test.each(['ACTIVE', 'INACTIVE'] as const)('copies a structure that is %s', (status) => {
    const [silver, gold] = active.tiers;
    expect(valueOf(revise({ ...active, status }, 7))).toEqual({
      ...active,
      id: 'copy',
      status: 'DRAFT',
      draftOf: active.id,
      formerRevisions: [],
      activePeriods: [],
      version: 1,
      createdAt: NOW,
      updatedAt: null,
      tiers: [
        { ...silver, id: 'copy 0', structureId: 'copy', originId: 'Silver', createdAt: NOW, updatedAt: null },
        { ...gold, id: 'copy 1', structureId: 'copy', originId: 'Gold', createdAt: NOW, updatedAt: null },
      ],
    });
  });

  test.each(['DRAFT', 'DELETED'] as const)('does not copy one that is %s', (status) => {
    expect(problemsOf(revise({ ...active, status }, 6))).toEqual(['VERSION_CONFLICT version', 'INVALID_STATUS id']);
  });

  test('revisions are listed from the first to the one that holds', () => {
    expect(revisionsOf(active)).toEqual([active.formerRevisions[0], currentRevision(active)]);
    const { type, cardDefinitionId, pointEarned, expiration, downgrade, entryAwardScope, entryAwardOnRefund, tiers } = active;
    const rules = { type, cardDefinitionId, pointEarned, expiration, downgrade, entryAwardScope, entryAwardOnRefund, tiers };
    expect(currentRevision(active)).toEqual({ ...rules, number: 3, effectiveAt: 20, rollout: 'UPGRADE_ONLY' });
  });

  describe('publishing', () => {
    const copy = valueOf(revise(active));
    const publish = (spent: TierStructure, rollout: Rollout = 'NEXT_JUDGEMENT', context: Partial<ForceContext> = {}, target: TierStructure | null = active) =>
      publishTierStructure(spent, target, rollout, { ...FORCE, ...context });
    const published = (...args: Parameters<typeof publish>) => {
      const answer = publish(...args);
      if (!answer.ok) throw new Error(answer.problems.map(({ code }) => code).join(' '));
      return answer.value;
    };
    const problems = (answer: ReturnType<typeof publish>) =>
      answer.ok ? [] : answer.problems.map(({ code, field }) => [code, ...(field ?? []).slice(1)].join(' '));

    test('of an untouched draft makes a revision with the same rules', () => {
      const { before, after, draft: spent } = published(copy, 'RECALCULATE_NOW');
      expect(before).toBe(active);
      expect(after).toEqual({
        ...active,
        formerRevisions: [active.formerRevisions[0], currentRevision(active)],
        revision: { number: 4, effectiveAt: NOW, rollout: 'RECALCULATE_NOW' },
        version: 8,
        updatedAt: NOW,
      });
      expect(spent).toEqual({ ...copy, status: 'DELETED', version: 2, updatedAt: NOW });
    });

    test('takes effect behind what is recorded of the same instant', () => {
      const { after } = published(copy, 'NEXT_JUDGEMENT', { settledUpTo: NOW });
      expect([after.revision.effectiveAt, after.updatedAt]).toEqual([NOW + 1, NOW]);
    });

    test('changed tiers stay who they are, new ones keep their ids, and what is left out goes', () => {
      const moved = valueOf(updateTier(copy, 'copy 0', { name: 'Argent', minPoints: 700n }, null, NOW - 5));
      const grown = valueOf(addTier(valueOf(removeTier(moved, 'copy 1', null, NOW - 5)), tierSettings(50), null, 'new', NOW - 5));
      const { after, draft: spent } = published(grown);
      const [silver] = active.tiers;
      expect(after.tiers).toEqual([
        { ...tier('new', 50), key: 'from-50', name: 'From 50', structureId: active.id, createdAt: NOW - 5 },
        { ...silver, name: 'Argent', minPoints: 700n, updatedAt: NOW },
      ]);
      expect(spent.tiers.map(({ id }) => id)).toEqual(['copy 0']);
    });

    test('what was renamed meanwhile and not touched in the draft keeps its name', () => {
      const renamed = valueOf(updateTier(active, 'Silver', { name: 'Argent' }, null, NOW - 5));
      expect(published(copy, 'NEXT_JUDGEMENT', {}, renamed).after.tiers).toEqual(renamed.tiers);
      const touched = valueOf(updateTier(copy, 'copy 0', { noDowngrade: true }, null, NOW - 5));
      expect(published(touched, 'NEXT_JUDGEMENT', {}, renamed).after.tiers[0]).toMatchObject({ name: 'Silver', noDowngrade: true });
    });

    test('name and metadata of the structure stay, its rules are the draft\u2019s', () => {
      const changes = { name: 'Other', metadata: {}, cardDefinitionId: 'stamps', entryAwardScope: 'ALL_PASSED' } as const;
      const edited = valueOf(update(copy, changes));
      expect(published(edited).after).toMatchObject({
        name: 'Club',
        metadata: { b: 2 },
        cardDefinitionId: 'stamps',
        entryAwardScope: 'ALL_PASSED',
        activePeriods: active.activePeriods,
        status: 'ACTIVE',
      });
    });

    test('is refused with everything that stands against it', () => {
      const wrong = { ...copy, cardDefinitionId: null, tiers: [] };
      const inactive = structure(active.tiers, { status: 'INACTIVE' });
      expect(problems(publish(wrong, 'NEXT_JUDGEMENT', { expectedVersion: 9 }, inactive))).toEqual([
        'VERSION_CONFLICT version',
        'INVALID_STATUS id',
        'REVISED_MEANWHILE id',
        'INVALID_CARD_DEFINITION id',
        'NO_TIERS id',
      ]);
    });

    test('is refused if it is no draft, or none of a next revision', () => {
      expect(problems(publish({ ...copy, status: 'DELETED' }))).toEqual(['INVALID_STATUS id']);
      expect(problems(publish(active, 'NEXT_JUDGEMENT', {}, null))).toEqual(['INVALID_STATUS id']);
      expect(problems(publish(draft(active.tiers), 'NEXT_JUDGEMENT', {}, null))).toEqual(['INVALID_DRAFT id']);
    });

    test('a draft can be published once, and only on the revision that it was made of', () => {
      const { after, draft: spent } = published(copy);
      expect(problems(publish(spent, 'NEXT_JUDGEMENT', {}, after))).toEqual(['INVALID_STATUS id']);
      expect(problems(publish(copy, 'NEXT_JUDGEMENT', {}, after))).toEqual(['REVISED_MEANWHILE id']);
    });

    test('a structure has at most 200 revisions', () => {
      const former = (count: number) => Array.from({ length: count }, () => currentRevision(active));
      expect(problems(publish(copy, 'NEXT_JUDGEMENT', {}, { ...active, formerRevisions: former(198) }))).toEqual([]);
      expect(problems(publish(copy, 'NEXT_JUDGEMENT', {}, { ...active, formerRevisions: former(199) }))).toEqual([
        'TOO_MANY_REVISIONS id',
      ]);
    });

    test('a circle of entry awards is found with the new rules, not with those that they replace', () => {
      const other = structure([tier('Other', 0, awardOn('card'))], { id: 'other', name: 'Other', cardDefinitionId: 'miles' });
      const edited = valueOf(updateTier(copy, 'copy 0', awardOn('miles'), null, NOW));
      expect(problems(publish(copy, 'NEXT_JUDGEMENT', { activeStructures: [active, other] }))).toEqual([]);
      expect(problems(publish(edited, 'NEXT_JUDGEMENT', { activeStructures: [active, other] }))).toEqual(['ENTRY_AWARD_CYCLE id']);
    });
  });
});

describe('the other steps', () => {
  const active = structure([tier('Silver', 100)], { activePeriods: [{ start: 10, end: 20 }, { start: 30, end: NEVER }] });
  const step = (before: TierStructure, name: 'DEACTIVATE' | 'DRAFT' | 'DELETE', held = false, expectedVersion?: number, settledUpTo: number | null = null) =>
    stepTierStructure(before, name, { held, expectedVersion, now: NOW, settledUpTo });

  test.each([[null, NOW], [NOW - 1, NOW], [NOW, NOW + 1], [NOW + 5, NOW + 6]])('a change takes effect with the first instant of which nothing is recorded: %s', (settledUpTo, expected) => {
    expect(takesEffectAt(NOW, settledUpTo)).toBe(expected);
    const steps = (['DEACTIVATE', 'DELETE'] as const).map((name) => valueOf(step(active, name, false, undefined, settledUpTo)));
    expect(steps.map(({ activePeriods, updatedAt }) => [activePeriods.at(-1)?.end, updatedAt])).toEqual([[expected, NOW], [expected, NOW]]);
  });

  test('deactivating ends the active period', () => {
    expect(valueOf(step(active, 'DEACTIVATE', true))).toMatchObject({
      status: 'INACTIVE',
      activePeriods: [{ start: 10, end: 20 }, { start: 30, end: NOW }],
      version: 2,
      updatedAt: NOW,
    });
  });

  test('a draft starts over', () => {
    const revised = { ...active, formerRevisions: revisionsOf(active), revision: { number: 2, effectiveAt: 25, rollout: 'UPGRADE_ONLY' } as const };
    expect(valueOf(step(revised, 'DRAFT'))).toEqual({
      ...active,
      status: 'DRAFT',
      activePeriods: [],
      formerRevisions: [],
      revision: { number: 1, effectiveAt: null, rollout: 'NEXT_JUDGEMENT' },
      version: 2,
      updatedAt: NOW,
    });
    expect(problemsOf(step(active, 'DRAFT', true))).toEqual(['IN_USE id']);
    expect(problemsOf(step(active, 'DRAFT', true, 9))).toEqual(['VERSION_CONFLICT version']);
  });

  test('deleting ends the active period, and is for good', () => {
    const deleted = valueOf(step(active, 'DELETE', true));
    expect(deleted).toMatchObject({ status: 'DELETED', activePeriods: [{ start: 10, end: 20 }, { start: 30, end: NOW }] });
    for (const name of ['DEACTIVATE', 'DRAFT', 'DELETE'] as const) {
      expect(problemsOf(step(deleted, name))).toEqual(['INVALID_STATUS id']);
    }
  });

  test.each([
    ['DRAFT', ['DELETE']],
    ['ACTIVE', ['DEACTIVATE', 'DRAFT', 'DELETE']],
    ['INACTIVE', ['DELETE']],
    ['DELETED', []],
  ] as const)('from %s: %j', (status, steps) => {
    const allowed = (['DEACTIVATE', 'DRAFT', 'DELETE'] as const).filter((name) => step({ ...active, status }, name).ok);
    expect(allowed).toEqual(steps);
  });
});

/** What the tier says already; its metadata is left out, and stays. */
const kept = (existing: Tier, changes: Partial<TierRule> = {}): TierRule => {
  const { id: tierId, key, name, minPoints, maxPoints, noDowngrade, entryAward, pointExpiration } = existing;
  return { tierId, key, name, minPoints, maxPoints, noDowngrade, entryAward, pointExpiration, metadata: undefined, ...changes };
};
const added = (minPoints: number, changes: Partial<TierRule> = {}): TierRule => ({ ...tierSettings(minPoints), tierId: null, metadata: undefined, ...changes });

describe('saying all tiers at once', () => {
  const silver = tier('Silver', 100, { metadata: { color: 'grey' }, updatedAt: 5 });
  const gold = tier('Gold', 500, {
    ...awardOn('stamps'),
    pointExpiration: { type: 'ROLLING', period: { value: 2, unit: 'MONTH' }, rounding: null },
    metadata: { benefits: { lounge: true } },
  });
  const before = draft([silver, gold], { version: 7 });
  const replace = (tiers: readonly TierRule[], version: number | null = null, of = before) =>
    replaceTiers(of, tiers, ['new 0', 'new 1', 'new 2'], version, NOW);

  test('what they were leaves them as they were', () => {
    const copied: Partial<TierRule> = {
      entryAward: { cardDefinitionId: 'stamps', points: 10n },
      pointExpiration: { rounding: null, period: { unit: 'MONTH', value: 2 }, type: 'ROLLING' },
      metadata: { benefits: { lounge: true } },
    };
    const after = valueOf(replace([kept(gold, copied), kept(silver)], 7));
    expect(after).toEqual({ ...before, version: 8, updatedAt: NOW });
    expect([after.tiers[0] === silver, after.tiers[1] === gold]).toEqual([true, true]);
  });

  test.each<[string, Partial<TierRule>]>([
    ['name', { name: 'Or' }],
    ['key', { key: 'or' }],
    ['minimum', { minPoints: 501n }],
    ['maximum', { maxPoints: 900n }],
    ['say on going down', { noDowngrade: true }],
    ['entry award, which is none now', { entryAward: null }],
    ['entry award, of other points', { entryAward: { points: 11n, cardDefinitionId: 'stamps' } }],
    ['point expiration, of another period', { pointExpiration: { type: 'ROLLING', period: { value: 3, unit: 'MONTH' }, rounding: null } }],
    ['metadata, one more', { metadata: { benefits: { lounge: true }, note: 'a' } }],
    ['metadata, one fewer', { metadata: {} }],
    ['metadata, text in place of a map', { metadata: { benefits: 'lounge' } }],
    ['metadata, nothing in place of a map', { metadata: { benefits: null } }],
  ])('a tier changes in its %s, and nothing else does', (_, changes) => {
    const after = valueOf(replace([kept(silver), kept(gold, changes)]));
    expect(after.tiers).toEqual([silver, { ...gold, ...changes, updatedAt: NOW }]);
    expect(after.tiers[0]).toBe(silver);
  });

  test('an award or metadata where there was none, and text in the place of a map that looks like it, are changes', () => {
    const after = (existing: Tier, changes: Partial<TierRule>) => valueOf(replace([kept(existing, changes)], null, draft([existing]))).tiers[0];
    expect(after(silver, awardOn(null))).toEqual({ ...silver, ...awardOn(null), updatedAt: NOW });
    for (const [was, is] of [['x', { 0: 'x' }], [{ 0: 'x' }, 'x'], [null, {}], [{}, null], [undefined, {}], [{}, undefined]]) {
      const existing = { ...silver, metadata: { note: was } };
      expect(after(existing, { metadata: { note: is } })).toEqual({ ...existing, metadata: { note: is }, updatedAt: NOW });
    }
  });

  test('new ones come in their place with an id of their own, and what is not said goes', () => {
    expect(valueOf(replace([added(900), kept(gold, { minPoints: 50n }), added(200, { metadata: { a: 1 } })])).tiers).toEqual([
      { ...gold, minPoints: 50n, updatedAt: NOW },
      { ...tier('new 2', 200), key: 'from-200', name: 'From 200', metadata: { a: 1 }, createdAt: NOW },
      { ...tier('new 0', 900), key: 'from-900', name: 'From 900', createdAt: NOW },
    ]);
    expect(valueOf(replace([])).tiers).toEqual([]);
  });

  test('a key that is left out stays, and that of a new tier is made of its name', () => {
    const rules = [added(0, { name: 'Gold' }), kept(silver, { key: undefined, name: 'Argent' }), kept(gold, { key: undefined })];
    expect(valueOf(replace(rules)).tiers.map(({ id, key, name }) => [id, key, name])).toEqual([
      ['new 0', 'gold_2', 'Gold'],
      ['Silver', 'silver', 'Argent'],
      ['Gold', 'gold', 'Gold'],
    ]);
    expect(problemsOf(replace([kept(silver), added(900, { key: 'silver' })]))).toEqual(['KEY_TAKEN tiers 1 key']);
  });

  test('ranges may overlap on the way, but not in the end', () => {
    const swapped = valueOf(replace([kept(silver, { minPoints: 500n }), kept(gold, { minPoints: 100n })]));
    expect(swapped.tiers.map(({ id, minPoints }) => [id, minPoints])).toEqual([['Gold', 100n], ['Silver', 500n]]);
    expect(problemsOf(replace([kept(silver, { maxPoints: 500n }), kept(gold)]))).toEqual(['OVERLAPPING_TIERS tiers']);
  });

  test('a tier that is not there, is none or is named twice is refused, and twice is not blamed on its key', () => {
    const answer = replace([kept(silver, { tierId: 'Bronze', key: undefined }), added(200, { tierId: undefined }), kept(gold)]);
    expect(problemsOf(answer)).toEqual(['NOT_FOUND tiers 0 id', 'NOT_FOUND tiers 1 id']);
    expect(messagesOf(answer)).toEqual(Array(2).fill('The structure has no such tier, or it is named twice.'));
    const twice = [kept(silver, { key: undefined }), kept(silver, { key: undefined, minPoints: 200n })];
    expect(problemsOf(replace(twice))).toEqual(['NOT_FOUND tiers 1 id']);
  });

  test('everything that is wrong is reported, each with its path', () => {
    const rules = [kept(silver, { name: '' }), added(100, { maxPoints: 99n, key: 'silver' })];
    expect(problemsOf(replace(rules, 6, structure(before.tiers, { version: 7 })))).toEqual([
      'VERSION_CONFLICT version',
      'NOT_DRAFT tiers',
      'INVALID_NAME tiers 0 name',
      'INVALID_RANGE tiers 1 maxPoints',
      'KEY_TAKEN tiers 1 key',
      'OVERLAPPING_TIERS tiers',
    ]);
    expect(problemsOf(replace([kept(silver)], 6))).toEqual(['VERSION_CONFLICT version']);
  });

  describe('of the next revision, in one step', () => {
    const active = structure([silver, gold], { version: 7, revision: { number: 2, effectiveAt: 20, rollout: 'UPGRADE_ONLY' }, updatedAt: 9 });
    const downgrade = { type: 'SINGLE_LEVEL', gracePeriod: null } as const;
    const say = (rules: Partial<Parameters<typeof draftTierRules>[1]>, version: number | null = null, of = active) =>
      draftTierRules(of, { changes: {}, tiers: null, ...rules }, { structure: 'copy', tiers: ['new 0', 'new 1'] }, version, NOW);
    const copyOf = (existing: Tier): Tier => ({ ...existing, structureId: 'copy', originId: existing.id, createdAt: NOW, updatedAt: null });

    test('other rules with the tiers as they are', () => {
      expect(valueOf(say({ changes: { downgrade } }, 7))).toEqual({
        ...active,
        id: 'copy',
        status: 'DRAFT',
        draftOf: active.id,
        downgrade,
        activePeriods: [],
        version: 2,
        createdAt: NOW,
        updatedAt: NOW,
        tiers: [copyOf(silver), copyOf(gold)],
      });
    });

    test('other tiers: changed ones stay who they are when it is published', () => {
      const said = valueOf(say({ tiers: [kept(gold, { minPoints: 400n }), added(50)] }));
      const fresh = { ...tier('new 1', 50), key: 'from-50', name: 'From 50', createdAt: NOW };
      expect(said.tiers).toEqual([{ ...fresh, structureId: 'copy' }, { ...copyOf(gold), minPoints: 400n, updatedAt: NOW }]);
      const answer = publishTierStructure(said, active, 'NEXT_JUDGEMENT', FORCE);
      expect(answer.ok && answer.value.after.tiers).toEqual([fresh, { ...gold, minPoints: 400n, updatedAt: NOW }]);
    });

    test('what is wrong with the rules and with the tiers is reported together', () => {
      const wrong = { changes: { expiration: null }, tiers: [kept(silver, { tierId: 'Bronze' })] };
      expect(problemsOf(say(wrong))).toEqual(['INVALID_EXPIRATION expiration noExpiration', 'NOT_FOUND tiers 0 id']);
      expect(problemsOf(say({ ...wrong, tiers: null }))).toEqual(['INVALID_EXPIRATION expiration noExpiration']);
      expect(problemsOf(say({ ...wrong, changes: {} }))).toEqual(['NOT_FOUND tiers 0 id']);
    });

    test('a stale version, or a structure that never was in force, is refused before anything else', () => {
      const wrong = { changes: { expiration: null }, tiers: [kept(silver, { tierId: 'Bronze' })] };
      expect(problemsOf(say(wrong, 6, before))).toEqual(['VERSION_CONFLICT version', 'INVALID_STATUS id']);
    });
  });

  test('a key that was given apart to a new tier and to one that is in force stops the publication', () => {
    const active = structure([silver, gold]);
    const copy = valueOf(reviseTierStructure(active, { structure: 'copy', tiers: ['copy 0', 'copy 1'] }, null, NOW));
    const grown = valueOf(addTier(copy, tierSettings(900, { key: 'or' }), null, 'new', NOW));
    const renamed = valueOf(updateTier(active, 'Gold', { key: 'or' }, null, NOW));
    const publish = (target: TierStructure) => publishTierStructure(grown, target, 'NEXT_JUDGEMENT', FORCE);
    expect(publish(renamed)).toEqual({ ok: false, problems: [{ code: 'KEY_TAKEN', message: 'Two tiers would have the key `or`.', field: ['input', 'id'] }] });
    expect(publish(active).ok).toBe(true);
  });
});

describe('what stands against it is said in words', () => {
  const ready = draft([tier('Silver', 100)]);
  const active = structure(ready.tiers);
  const copy = valueOf(reviseTierStructure(active, { structure: 'copy', tiers: ['copy 0'] }, null, NOW));
  const pointEarned = { period: { value: 0, unit: 'DAY' }, type: 'NEXT_TRACKING_PERIOD', window: 'TRAILING' } as const;
  const hour = { value: 1, unit: 'HOUR' } as const;
  const sliding = { type: 'SLIDING_EXPIRATION', earningActivity: false, spendingActivity: false, customActivity: false, customActivityTypes: [] } as const;
  const lasts = 'A tier lasts 1 to 1000 days, weeks, months or years.';
  const grace = { gracePeriod: { ...hour, roundUp: false } };
  const activate = (before: TierStructure, context: Partial<ActivationContext> = {}) =>
    activateTierStructure(before, { ...FORCE, effectiveAt: null, ...context });
  const publish = (before: TierStructure, target: TierStructure | null) => publishTierStructure(before, target, 'NEXT_JUDGEMENT', FORCE);

  test.each<[string, { readonly ok: boolean; readonly problems?: readonly Problem[] }, string[]]>([
    ['no points earned', create({ type: 'POINT_EARNED' }), ['`pointEarned` is required with POINT_EARNED.']],
    ['points earned of a balance', create({ pointEarned }), ['`pointEarned` must be null with POINT_BALANCE.']],
    [
      'a period and a window',
      create({ type: 'POINT_EARNED', pointEarned }),
      ['A period has a value from 1 to 1000.', 'TRAILING has no next period, so it goes with IMMEDIATELY only.'],
    ],
    [
      'no choices',
      create({ expiration: null, downgrade: null }),
      ['`noExpiration` must be true; choose one of the ways.', '`noDowngrade` must be true; choose one of the ways.'],
    ],
    ['hours that roll', create({ expiration: { type: 'ROLLING_EXPIRATION', period: hour } }), [lasts]],
    ['hours that slide', create({ expiration: { ...sliding, period: hour } }), [lasts]],
    [
      'nothing that slides',
      create({ expiration: { ...sliding, period: { value: 1, unit: 'DAY' } } }),
      ['At least one activity counts; up to 20 custom types, of 1 to 200 characters, only with customActivity.'],
    ],
    ['no days', create({ expiration: { type: 'CALENDAR_EXPIRATION', calendarDates: [] } }), ['There are 1 to 20 different days, and each exists.']],
    ['hours of grace', create({ downgrade: { type: 'MULTI_LEVEL', ...grace } }), ['A grace period lasts 1 to 1000 days, weeks, months or years.']],
    ['a range', create({}, [tierSettings(-1, { maxPoints: -2n })]), ['A minimum is 0 or more.', 'A maximum is not below its minimum.']],
    ['an entry award', create({}, [tierSettings(0, { entryAward: { points: 0n, cardDefinitionId: null } })]), ['An entry award has 1 or more points.']],
    [
      'a point expiration',
      create({}, [tierSettings(0, { pointExpiration: { type: 'CALENDAR', calendarDates: [] } })]),
      ['An expiration has a period of 1 to 1000, or 1 to 20 different days that exist; a rounding fits its period.'],
    ],
    ['too many tiers', create({}, Array.from({ length: 51 }, (_, index) => tierSettings(index))), ['A structure has at most 50 tiers.']],
    [
      'tiers that overlap, in the order in which they were told',
      create({}, [tierSettings(5, { name: 'B' }), tierSettings(5, { name: 'A' })]),
      ['The ranges of "B" and "A" overlap.'],
    ],
    ['no tier to change', updateTier(ready, 'Bronze', {}, null, NOW), ['There is no such tier.']],
    ['no tier to remove', removeTier(ready, 'Bronze', null, NOW), ['There is no such tier.']],
    ['a draft to publish', activate(copy), ['This is a draft of a next revision: publish it instead.']],
    [
      'later than now',
      activate(ready, { effectiveAt: NOW + 1 }),
      ['Customers can be judged from now on, or, when a draft is activated, from an instant in the past.'],
    ],
    [
      'nothing to judge',
      activate(draft([], { cardDefinitionId: null })),
      ['Activation needs a linked card definition that is active.', 'Activation needs at least one tier.'],
    ],
    ['a draft to revise', reviseTierStructure(ready, { structure: 'x', tiers: [] }, null, NOW), ['This needs the status ACTIVE or INACTIVE; it is DRAFT.']],
    ['a draft to activate', publish(ready, null), ['This is no draft of a next revision: activate it instead.']],
    ['no draft', publish(active, active), ['This needs the status DRAFT; it is ACTIVE.']],
    [
      'one to publish on that is not active',
      publish(copy, { ...active, status: 'INACTIVE' }),
      ['The tier structure that it is a draft of must be ACTIVE; it is INACTIVE.'],
    ],
    [
      'another revision meanwhile',
      publish(copy, { ...active, revision: { ...active.revision, number: 4 } }),
      ['The tier structure has revision 4 now; this is a draft made from revision 1.'],
    ],
    [
      'too many revisions',
      publish(copy, { ...active, formerRevisions: Array.from({ length: 199 }, () => currentRevision(active)) }),
      ['A structure has at most 200 revisions.'],
    ],
    [
      'tiers that are held',
      stepTierStructure(active, 'DRAFT', { held: true, expectedVersion: null, now: NOW, settledUpTo: null }),
      ['Customers hold tiers of this structure.'],
    ],
  ])('%s', (_, answer, messages) => {
    expect(messagesOf(answer)).toEqual(messages);
  });

  test('links to a card definition that is not there', () => {
    const message = 'There is no such card definition, or it is deleted.';
    expect([...checkCardDefinitionLink(null), ...checkEntryAwardLink('DELETED')].map((problem) => problem.message)).toEqual([message, message]);
  });

  test('each with its path', () => {
    expect(problemsOf(create({ downgrade: { type: 'MULTI_LEVEL', ...grace } }))).toEqual(['INVALID_DOWNGRADE downgrade multiLevel gracePeriod']);
    expect(problemsOf(create({}, [tierSettings(0, { metadata: { note: 'x'.repeat(11_000) } })]))).toEqual(['INVALID_METADATA tiers 0 metadata']);
    expect(problemsOf(activate(draft([tier('Silver', 5), tier('Gold', 5)])))).toEqual(['OVERLAPPING_TIERS id']);
    expect(problemsOf(create({}, [tierSettings(-5), tierSettings(-1)]))).toEqual(['INVALID_RANGE tiers 0 minPoints', 'INVALID_RANGE tiers 1 minPoints']);
  });
});

describe('at the edges', () => {
  test('a structure without tiers is made whole', () => {
    expect(valueOf(create({}))).toEqual(draft([], { id: 'new', key: 'membership', createdAt: NOW }));
  });

  test('the highest minimum is the highest balance', () => {
    expect(problemsOf(create({}, [tierSettings(0, { minPoints: POINTS_MAX, maxPoints: POINTS_MAX })]))).toEqual([]);
  });

  test('a change takes effect at once where nothing is recorded of the instant, the first of all included', () => {
    expect([takesEffectAt(0, null), takesEffectAt(-5, null), takesEffectAt(NOW, NOW - 2)]).toEqual([0, -5, NOW]);
  });

  test('a structure names its card definition alone where its tiers award nothing', () => {
    expect(cardDefinitionsOf(structure([tier('Silver', 100), tier('Gold', 500, awardOn(null))]))).toEqual(['card']);
    expect(cardDefinitionsOf(structure([tier('Silver', 100)], { cardDefinitionId: null }))).toEqual([]);
  });

  test('the revisions of a structure are listed once', () => {
    const active = structure([tier('Silver', 100)]);
    expect(revisionsOf(active)).toBe(revisionsOf(active));
  });
});

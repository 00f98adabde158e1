/** Tier structures and their tiers: settings, lifecycle, what may change when, and every way to be refused. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { fromPublicId } from '../../src/platform/ids.ts';
import type { ApiClient } from '../support/client.ts';
import { buildCardDefinition, buildCustomer, buildProgram, buildRule, earn } from '../support/program.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';
import { codesOf, contentsOf, problemsOf, unchanged } from '../support/unchanged.ts';

let server: TestServer;
let cafe: ApiClient;
let bookshop: ApiClient;
/** An active card definition of the coffee house. */
let beans: string;

beforeAll(async () => {
  server = await startTestServer();
  cafe = await server.workspace({ name: 'Café Aurora', timeZone: 'Europe/Warsaw' });
  bookshop = await server.workspace({ name: 'Kiwi Books', timeZone: 'Pacific/Auckland' });
  beans = await buildCardDefinition(cafe, { name: 'Beans' });
});
afterAll(() => server.stop());
afterEach(() => server.setNow(null));

const TIER = `id name minPoints maxPoints noDowngrade metadata createdAt updatedAt removedAt originId
  entryAward { points cardDefinitionId cardDefinition { id } }
  pointExpiration { type rolling { period { value unit } rounding roundingMonth } calendar { calendarDates { day month } } }`;
const STRUCTURE = `id name type status version metadata createdAt updatedAt effectiveAt cardDefinitionId cardDefinition { id }
  pointEarned { type window period { value unit } }
  expiration { type rollingExpiration { period { value unit } } calendarExpiration { calendarDates { day month } }
    slidingExpiration { period { value unit } earningActivity spendingActivity customActivity customActivityTypes } }
  downgrade { type gracePeriod { value unit roundUp } }
  entryAwardScope entryAwardOnRefund draftOf { id } revision { number effectiveAt rollout } formerRevisions { number }
  tiers { ${TIER} }`;
const PAYLOAD = `tierStructure { ${STRUCTURE} }`;
const TIER_PAYLOAD = `tier { ${TIER} tierStructure { ${STRUCTURE} } }`;
const TIER_DELETE_PAYLOAD = `deletedTierId ${PAYLOAD}`;

const TIERS = [
  { name: 'Basic', minPoints: 0 },
  { name: 'Silver', minPoints: 100 },
];
const NOT_A_STRUCTURE = 'tstr_01h2xcejqtf2nbrexx3vqjhp41';

/** Codes of the refusals in this file. */
const reached = new Set<string>();

const mutate = async (field: string, input: Record<string, unknown>, client = cafe) => {
  const selection = field === 'tierDelete' ? TIER_DELETE_PAYLOAD : field.startsWith('tierStructure') ? PAYLOAD : TIER_PAYLOAD;
  const payload = await client.mutate(field, input, selection);
  for (const { code } of payload.userErrors) reached.add(code);
  return payload;
};
const attempt = (field: string, input: Record<string, unknown>, client = cafe) => unchanged(server, () => mutate(field, input, client));
const draftOf = (more: Record<string, unknown> = {}) => ({ name: 'Regulars', type: 'POINT_BALANCE', ...more });

/** A draft that can be activated. */
async function create(more: Record<string, unknown> = {}, client = cafe) {
  const input = draftOf({ ...(client === cafe ? { cardDefinitionId: beans } : {}), tiers: TIERS, ...more });
  return (await client.succeed('tierStructureCreate', input, PAYLOAD)).tierStructure;
}
const take = async (step: string, id: string, more: Record<string, unknown> = {}, client = cafe) =>
  (await client.succeed(`tierStructure${step}`, { id, ...more }, PAYLOAD)).tierStructure;
const read = async (id: string, client = cafe) =>
  (await client.run(`query($id: ID!) { tierStructure(id: $id) { ${STRUCTURE} } }`, { id })).tierStructure;

type Status = 'DRAFT' | 'ACTIVE' | 'INACTIVE' | 'DELETED';
const WAY_TO: Readonly<Record<Status, readonly string[]>> = {
  DRAFT: [],
  ACTIVE: ['Activate'],
  INACTIVE: ['Activate', 'Deactivate'],
  DELETED: ['Delete'],
};
async function createIn(status: Status) {
  let structure = await create();
  for (const step of WAY_TO[status]) structure = await take(step, structure.id);
  expect(structure.status).toBe(status);
  return structure;
}

async function activitiesOf(id: string, args = 'first: 100', client = cafe) {
  const document = `query($id: ID!) { tierStructure(id: $id) { activities(${args}) {
    nodes { action subjectId before after recordedAt requestId apiKeyId } edges { cursor }
    pageInfo { hasNextPage hasPreviousPage } } } }`;
  return (await client.run(document, { id })).tierStructure.activities;
}

const YEAR = { value: 1, unit: 'YEAR' };
const PLAIN_TIER = { removedAt: null, originId: null, entryAward: null, pointExpiration: null };
const FIRST = {
  entryAwardScope: 'REACHED',
  entryAwardOnRefund: 'KEEP',
  draftOf: null,
  revision: { number: 1, effectiveAt: null, rollout: 'NEXT_JUDGEMENT' },
  formerRevisions: [],
};
const NOTHING_OF_EXPIRATION = { rollingExpiration: null, calendarExpiration: null, slidingExpiration: null };

describe('creating', () => {
  test('makes a draft with defaults, without tiers or card', async () => {
    server.setNow('2026-05-17T12:00:00Z');
    const { tierStructure } = await cafe.succeed('tierStructureCreate', draftOf(), PAYLOAD);
    expect(tierStructure).toEqual({
      id: expect.stringMatching(/^tstr_[0-9a-z]{26}$/),
      name: 'Regulars',
      type: 'POINT_BALANCE',
      status: 'DRAFT',
      version: 1,
      metadata: {},
      createdAt: '2026-05-17T12:00:00.000Z',
      updatedAt: null,
      effectiveAt: null,
      cardDefinitionId: null,
      cardDefinition: null,
      pointEarned: null,
      expiration: { type: 'NO_EXPIRATION', ...NOTHING_OF_EXPIRATION },
      downgrade: { type: 'NO_DOWNGRADE', gracePeriod: null },
      ...FIRST,
      tiers: [],
    });
    expect(await read(tierStructure.id)).toEqual(tierStructure);
  });

  test('keeps everything that is said, the tiers from the lowest to the highest', async () => {
    server.setNow('2026-05-17T12:00:00Z');
    const created = await create({
      type: 'POINT_EARNED',
      pointEarned: { period: { value: 6, unit: 'MONTH' }, type: 'NEXT_TRACKING_PERIOD', window: 'ANNIVERSARY' },
      metadata: { season: 'summer' },
      downgrade: { singleLevel: { gracePeriod: { value: 2, unit: 'WEEK', roundUp: true } } },
      entryAwardScope: 'ALL_PASSED',
      entryAwardOnRefund: 'CLAWBACK',
      tiers: [
        { name: 'Gold', minPoints: '9007199254740993', noDowngrade: true, metadata: { a: 1 }, entryAward: { points: '9007199254740995' } },
        { name: 'Bronze', minPoints: 10, maxPoints: 49, entryAward: { points: 5, cardDefinitionId: beans } },
      ],
    });
    const tier = { ...PLAIN_TIER, noDowngrade: false, metadata: {}, createdAt: '2026-05-17T12:00:00.000Z', updatedAt: null, id: expect.stringMatching(/^tier_[0-9a-z]{26}$/) };
    expect(created).toMatchObject({
      type: 'POINT_EARNED',
      cardDefinitionId: beans,
      cardDefinition: { id: beans },
      pointEarned: { type: 'NEXT_TRACKING_PERIOD', window: 'ANNIVERSARY', period: { value: 6, unit: 'MONTH' } },
      metadata: { season: 'summer' },
      downgrade: { type: 'SINGLE_LEVEL', gracePeriod: { value: 2, unit: 'WEEK', roundUp: true } },
      ...FIRST,
      entryAwardScope: 'ALL_PASSED',
      entryAwardOnRefund: 'CLAWBACK',
      tiers: [
        {
          ...tier,
          name: 'Bronze',
          minPoints: 10,
          maxPoints: 49,
          entryAward: { points: 5, cardDefinitionId: beans, cardDefinition: { id: beans } },
        },
        {
          ...tier,
          name: 'Gold',
          minPoints: '9007199254740993',
          maxPoints: null,
          noDowngrade: true,
          metadata: { a: 1 },
          entryAward: { points: '9007199254740995', cardDefinitionId: null, cardDefinition: null },
        },
      ],
    });
    expect(await read(created.id)).toEqual(created);
  });

  const NOTHING_OF_POINTS = { rolling: null, calendar: null };
  test.each<[Record<string, unknown> | null, Record<string, unknown> | null]>([
    [null, null],
    [{ noExpiration: true }, { type: 'NO_EXPIRATION' }],
    [
      { rolling: { period: { value: 3, unit: 'MONTH' }, rounding: 'END_OF_PARTICULAR_MONTH', roundingMonth: 3 } },
      { type: 'ROLLING', rolling: { period: { value: 3, unit: 'MONTH' }, rounding: 'END_OF_PARTICULAR_MONTH', roundingMonth: 3 } },
    ],
    [{ calendar: { calendarDates: [{ day: 29, month: 2 }] } }, { type: 'CALENDAR', calendar: { calendarDates: [{ day: 29, month: 2 }] } }],
  ])('keeps the point expiration %j of a tier', async (pointExpiration, stored) => {
    const created = await create(oneTier({ pointExpiration }));
    expect(created.tiers[0].pointExpiration).toEqual(stored === null ? null : { ...NOTHING_OF_POINTS, ...stored });
    const { tier } = await mutate('tierCreate', { tierStructureId: created.id, name: 'More', minPoints: 50, pointExpiration });
    expect(tier.pointExpiration).toEqual(created.tiers[0].pointExpiration);
    expect(await read(created.id)).toMatchObject({ tiers: [created.tiers[0], { pointExpiration: tier.pointExpiration }] });
  });

  test.each(['CALENDAR', 'ANNIVERSARY', 'TRAILING'])('keeps the tracking window %s', async (window) => {
    const { pointEarned } = await create({ type: 'POINT_EARNED', pointEarned: { period: YEAR, window } });
    expect(pointEarned).toEqual({ type: 'IMMEDIATELY', window, period: YEAR });
  });

  test('a structure stored before there were other windows has windows of the calendar', async () => {
    const { id } = await create({ type: 'POINT_EARNED', pointEarned: { period: YEAR } });
    await server.database.pool.query("UPDATE tier_structures SET point_earned = point_earned - 'window' WHERE id = $1", [
      fromPublicId('TierStructure', id),
    ]);
    expect((await read(id)).pointEarned).toEqual({ type: 'IMMEDIATELY', window: 'CALENDAR', period: YEAR });
  });

  const SLIDING = { earningActivity: false, spendingActivity: false, customActivity: false, customActivityTypes: [] };
  test.each<[Record<string, unknown>, Record<string, unknown>]>([
    [{ noExpiration: true }, { type: 'NO_EXPIRATION' }],
    [{ rollingExpiration: { period: YEAR } }, { type: 'ROLLING_EXPIRATION', rollingExpiration: { period: YEAR } }],
    [
      { calendarExpiration: { calendarDates: [{ day: 29, month: 2 }, { day: 31, month: 12 }] } },
      { type: 'CALENDAR_EXPIRATION', calendarExpiration: { calendarDates: [{ day: 29, month: 2 }, { day: 31, month: 12 }] } },
    ],
    [
      { slidingExpiration: { period: YEAR, earningActivity: true } },
      { type: 'SLIDING_EXPIRATION', slidingExpiration: { period: YEAR, ...SLIDING, earningActivity: true } },
    ],
    [
      { slidingExpiration: { period: YEAR, customActivity: true, customActivityTypes: ['visit', 'review'] } },
      {
        type: 'SLIDING_EXPIRATION',
        slidingExpiration: { period: YEAR, ...SLIDING, customActivity: true, customActivityTypes: ['visit', 'review'] },
      },
    ],
  ])('keeps the expiration %j', async (expiration, stored) => {
    expect((await create({ expiration })).expiration).toEqual({ ...NOTHING_OF_EXPIRATION, ...stored });
  });

  test.each<[Record<string, unknown>, Record<string, unknown>]>([
    [{ noDowngrade: true }, { type: 'NO_DOWNGRADE', gracePeriod: null }],
    [{ multiLevel: {} }, { type: 'MULTI_LEVEL', gracePeriod: null }],
    [{ singleLevel: {} }, { type: 'SINGLE_LEVEL', gracePeriod: null }],
    [
      { multiLevel: { gracePeriod: { value: 1000, unit: 'DAY' } } },
      { type: 'MULTI_LEVEL', gracePeriod: { value: 1000, unit: 'DAY', roundUp: false } },
    ],
  ])('keeps the downgrade %j', async (downgrade, stored) => {
    expect((await create({ downgrade })).downgrade).toEqual(stored);
  });

  test('written out in the document it is the same, defaults included', async () => {
    const { tierStructureCreate } = await cafe.run(
      `mutation($name: String!, $card: ID, $max: Points) {
        tierStructureCreate(input: {
          name: $name, type: POINT_EARNED, cardDefinitionId: $card, metadata: { shelf: 7 },
          pointEarned: { period: { value: 1, unit: YEAR } },
          expiration: { slidingExpiration: { period: { value: 3, unit: MONTH }, spendingActivity: true } },
          downgrade: { multiLevel: { gracePeriod: { value: 5, unit: DAY } } },
          tiers: [{ name: "One", minPoints: 5, maxPoints: $max, entryAward: { points: 7 }, pointExpiration: { rolling: { period: { value: 1, unit: YEAR } } } }]
        }) { ${PAYLOAD} userErrors { code field message } }
      }`,
      { name: 'Written' },
    );
    expect(problemsOf(tierStructureCreate)).toEqual([]);
    expect(tierStructureCreate.tierStructure).toMatchObject({
      name: 'Written',
      cardDefinitionId: null,
      metadata: { shelf: 7 },
      pointEarned: { type: 'IMMEDIATELY', window: 'CALENDAR', period: YEAR },
      ...FIRST,
      expiration: { slidingExpiration: { ...SLIDING, spendingActivity: true, period: { value: 3, unit: 'MONTH' } } },
      downgrade: { gracePeriod: { value: 5, unit: 'DAY', roundUp: false } },
      tiers: [
        {
          name: 'One',
          minPoints: 5,
          maxPoints: null,
          noDowngrade: false,
          metadata: {},
          entryAward: { points: 7, cardDefinitionId: null },
          pointExpiration: { ...NOTHING_OF_POINTS, type: 'ROLLING', rolling: { period: YEAR, rounding: null, roundingMonth: null } },
        },
      ],
    });
  });
});

const oneTier = (tier: Record<string, unknown>) => ({ tiers: [{ name: 'Only', minPoints: 5, ...tier }] });
const manyTiers = (count: number) => Array.from({ length: count }, (_, index) => ({ name: `From ${index}`, minPoints: index }));
const rolling = (period: unknown) => ({ expiration: { rollingExpiration: { period } } });
const onDays = (...calendarDates: unknown[]) => ({ expiration: { calendarExpiration: { calendarDates } } });
const sliding = (more: unknown) => ({ expiration: { slidingExpiration: { period: YEAR, ...(more as object) } } });
const grace = (gracePeriod: unknown, level = 'multiLevel') => ({ downgrade: { [level]: { gracePeriod } } });
/** Entry awards and point expirations of a tier that make no sense, and what is to blame within the tier. */
const INVALID_GIFTS: readonly [string, Record<string, unknown>, string][] = [
  ['an entry award of 0', { entryAward: { points: 0 } }, 'INVALID_ENTRY_AWARD PATH entryAward points'],
  ['a negative entry award', { entryAward: { points: -1 } }, 'INVALID_ENTRY_AWARD PATH entryAward points'],
  [
    'an entry award on a card definition that is not there',
    { entryAward: { points: 1, cardDefinitionId: 'cdef_01h2xcejqtf2nbrexx3vqjhp41' } },
    'INVALID_ENTRY_AWARD PATH entryAward cardDefinitionId',
  ],
  [
    'an entry award on a card definition that is none',
    { entryAward: { points: 1, cardDefinitionId: NOT_A_STRUCTURE } },
    'INVALID_ENTRY_AWARD PATH entryAward cardDefinitionId',
  ],
  ['a point expiration that is not true', { pointExpiration: { noExpiration: false } }, 'INVALID_POINT_EXPIRATION PATH pointExpiration'],
  [
    'a point expiration of 0',
    { pointExpiration: { rolling: { period: { value: 0, unit: 'DAY' } } } },
    'INVALID_POINT_EXPIRATION PATH pointExpiration',
  ],
  [
    'a point expiration of 1001',
    { pointExpiration: { rolling: { period: { value: 1001, unit: 'DAY' } } } },
    'INVALID_POINT_EXPIRATION PATH pointExpiration',
  ],
  [
    'a rounding of hours',
    { pointExpiration: { rolling: { period: { value: 1, unit: 'HOUR' }, rounding: 'END_OF_YEAR' } } },
    'INVALID_POINT_EXPIRATION PATH pointExpiration',
  ],
  [
    'a month without its rounding',
    { pointExpiration: { rolling: { period: { value: 1, unit: 'YEAR' }, roundingMonth: 3 } } },
    'INVALID_POINT_EXPIRATION PATH pointExpiration',
  ],
  [
    'a point expiration on 30 February',
    { pointExpiration: { calendar: { calendarDates: [{ day: 30, month: 2 }] } } },
    'INVALID_POINT_EXPIRATION PATH pointExpiration',
  ],
];
const invalidGifts = (path: string) =>
  INVALID_GIFTS.map(([name, wrong, problem]) => [name, wrong, [problem.replace('PATH ', path)]] as [string, Record<string, unknown>, string[]]);
const earned = (value: number, unit = 'MONTH') => ({ type: 'POINT_EARNED', pointEarned: { period: { value, unit } } });

describe('what does not make sense is refused, and named by its path', () => {
  const INVALID_SETTINGS: readonly [string, Record<string, unknown>, string[]][] = [
    ['an empty name', { name: '' }, ['INVALID_NAME name']],
    ['a name of 201 characters', { name: 'x'.repeat(201) }, ['INVALID_NAME name']],
    ['metadata with 51 keys', { metadata: Object.fromEntries(manyTiers(51).map(({ name }) => [name, 1])) }, ['INVALID_METADATA metadata']],
    ['metadata above 10 KiB', { metadata: { text: 'x'.repeat(10_240) } }, ['INVALID_METADATA metadata']],
    ['a card definition that is not there', { cardDefinitionId: 'cdef_01h2xcejqtf2nbrexx3vqjhp41' }, ['INVALID_CARD_DEFINITION cardDefinitionId']],
    ['a card definition that is none', { cardDefinitionId: NOT_A_STRUCTURE }, ['INVALID_CARD_DEFINITION cardDefinitionId']],
    ['a card definition without an id', { cardDefinitionId: '' }, ['INVALID_CARD_DEFINITION cardDefinitionId']],
    ['POINT_EARNED without its settings', { type: 'POINT_EARNED' }, ['INVALID_POINT_EARNED pointEarned']],
    ['POINT_BALANCE with those of POINT_EARNED', { ...earned(1), type: 'POINT_BALANCE' }, ['INVALID_POINT_EARNED pointEarned']],
    ['a tracking period of 0', earned(0), ['INVALID_POINT_EARNED pointEarned period value']],
    ['a tracking period of 1001', earned(1001, 'HOUR'), ['INVALID_POINT_EARNED pointEarned period value']],
    [
      'a trailing window that waits for the next period',
      { type: 'POINT_EARNED', pointEarned: { period: YEAR, type: 'NEXT_TRACKING_PERIOD', window: 'TRAILING' } },
      ['INVALID_POINT_EARNED pointEarned window'],
    ],
    ['noExpiration that is not true', { expiration: { noExpiration: false } }, ['INVALID_EXPIRATION expiration noExpiration']],
    ['a rolling expiration of 0', rolling({ value: 0, unit: 'DAY' }), ['INVALID_EXPIRATION expiration rollingExpiration period']],
    ['a rolling expiration of 1001', rolling({ value: 1001, unit: 'DAY' }), ['INVALID_EXPIRATION expiration rollingExpiration period']],
    ['a rolling expiration in hours', rolling({ value: 5, unit: 'HOUR' }), ['INVALID_EXPIRATION expiration rollingExpiration period']],
    ['a calendar expiration without days', onDays(), ['INVALID_EXPIRATION expiration calendarExpiration calendarDates']],
    [
      'a calendar expiration on 21 days',
      onDays(...Array.from({ length: 21 }, (_, index) => ({ day: index + 1, month: 3 }))),
      ['INVALID_EXPIRATION expiration calendarExpiration calendarDates'],
    ],
    ['30 February', onDays({ day: 30, month: 2 }), ['INVALID_EXPIRATION expiration calendarExpiration calendarDates']],
    ['a day twice', onDays({ day: 1, month: 2 }, { day: 1, month: 2 }), ['INVALID_EXPIRATION expiration calendarExpiration calendarDates']],
    ['a sliding expiration in hours', sliding({ period: { value: 1, unit: 'HOUR' }, earningActivity: true }), ['INVALID_EXPIRATION expiration slidingExpiration period']],
    ['a sliding expiration on nothing', sliding({}), ['INVALID_EXPIRATION expiration slidingExpiration']],
    ['custom activities that do not count', sliding({ earningActivity: true, customActivityTypes: ['visit'] }), ['INVALID_EXPIRATION expiration slidingExpiration']],
    ['a custom activity without a name', sliding({ customActivity: true, customActivityTypes: [''] }), ['INVALID_EXPIRATION expiration slidingExpiration']],
    [
      '21 custom activities',
      sliding({ customActivity: true, customActivityTypes: manyTiers(21).map(({ name }) => name) }),
      ['INVALID_EXPIRATION expiration slidingExpiration'],
    ],
    ['noDowngrade that is not true', { downgrade: { noDowngrade: false } }, ['INVALID_DOWNGRADE downgrade noDowngrade']],
    ['a grace period of 0', grace({ value: 0, unit: 'DAY' }), ['INVALID_DOWNGRADE downgrade multiLevel gracePeriod']],
    ['a grace period of 1001', grace({ value: 1001, unit: 'DAY' }), ['INVALID_DOWNGRADE downgrade multiLevel gracePeriod']],
    ['a grace period in hours', grace({ value: 1, unit: 'HOUR' }, 'singleLevel'), ['INVALID_DOWNGRADE downgrade singleLevel gracePeriod']],
    ['an empty idempotency key', { idempotencyKey: '' }, ['INVALID_IDEMPOTENCY_KEY idempotencyKey']],
  ];
  const INVALID_TIERS: readonly [string, Record<string, unknown>, string[]][] = [
    ['a tier without a name', oneTier({ name: ' ' }), ['INVALID_NAME tiers 0 name']],
    ['a tier with too much metadata', oneTier({ metadata: { text: 'x'.repeat(10_240) } }), ['INVALID_METADATA tiers 0 metadata']],
    ['a negative minimum', oneTier({ minPoints: -1 }), ['INVALID_RANGE tiers 0 minPoints']],
    ['a maximum below its minimum', oneTier({ maxPoints: 4 }), ['INVALID_RANGE tiers 0 maxPoints']],
    ['two tiers with one minimum', { tiers: [TIERS[0], { name: 'Zero', minPoints: 0 }] }, ['OVERLAPPING_TIERS tiers']],
    ['a maximum that reaches the next minimum', { tiers: [{ name: 'Low', minPoints: 0, maxPoints: 100 }, TIERS[1]] }, ['OVERLAPPING_TIERS tiers']],
    [
      'a tier within another',
      { tiers: [{ name: 'Wide', minPoints: 0, maxPoints: 900 }, { name: 'Narrow', minPoints: 10, maxPoints: 20 }] },
      ['OVERLAPPING_TIERS tiers'],
    ],
    ['51 tiers', { tiers: manyTiers(51) }, ['TOO_MANY_TIERS tiers']],
    ...invalidGifts('tiers 0 ').map(([name, gift, problems]): [string, Record<string, unknown>, string[]] => [name, oneTier(gift), problems]),
  ];

  test.each([...INVALID_SETTINGS, ...INVALID_TIERS])('creating with %s', async (_, wrong, problems) => {
    const payload = await attempt('tierStructureCreate', draftOf(wrong));
    expect([payload.tierStructure, problemsOf(payload)]).toEqual([null, problems]);
  });

  test('changing a draft to the same', async () => {
    const { id } = await create();
    for (const [name, wrong, problems] of INVALID_SETTINGS) {
      const payload = await attempt('tierStructureUpdate', { id, ...wrong });
      expect([name, payload.tierStructure, problemsOf(payload)]).toEqual([name, null, problems]);
    }
  });

  test('all of it at once', async () => {
    const wrong = {
      ...earned(0),
      name: '',
      cardDefinitionId: 'x',
      expiration: { noExpiration: false },
      downgrade: { noDowngrade: false },
      tiers: [
        { name: '', minPoints: 5, maxPoints: 1, entryAward: { points: 0 }, pointExpiration: { noExpiration: false } },
        { name: 'Five', minPoints: 5, entryAward: { points: 1, cardDefinitionId: 'x' } },
      ],
    };
    expect(problemsOf(await attempt('tierStructureCreate', draftOf(wrong)))).toEqual([
      'INVALID_NAME name',
      'INVALID_POINT_EARNED pointEarned period value',
      'INVALID_EXPIRATION expiration noExpiration',
      'INVALID_DOWNGRADE downgrade noDowngrade',
      'INVALID_NAME tiers 0 name',
      'INVALID_RANGE tiers 0 maxPoints',
      'INVALID_ENTRY_AWARD tiers 0 entryAward points',
      'INVALID_POINT_EXPIRATION tiers 0 pointExpiration',
      'OVERLAPPING_TIERS tiers',
      'INVALID_CARD_DEFINITION cardDefinitionId',
      'INVALID_ENTRY_AWARD tiers 1 entryAward cardDefinitionId',
    ]);
  });

  test("another tenant's card definition and a deleted one cannot be linked", async () => {
    const foreign = await buildCardDefinition(bookshop);
    const deleted = await buildCardDefinition(cafe);
    await cafe.succeed('cardDefinitionDelete', { id: deleted }, 'cardDefinition { id }');
    const { id } = await create();
    for (const cardDefinitionId of [foreign, deleted]) {
      for (const payload of [
        await attempt('tierStructureCreate', draftOf({ cardDefinitionId })),
        await attempt('tierStructureUpdate', { id, cardDefinitionId }),
      ]) {
        expect(payload).toEqual({
          tierStructure: null,
          userErrors: [
            {
              code: 'INVALID_CARD_DEFINITION',
              message: 'There is no such card definition, or it is deleted.',
              field: ['input', 'cardDefinitionId'],
            },
          ],
        });
      }
      const gift = { entryAward: { points: 1, cardDefinitionId } };
      const added = await attempt('tierCreate', { tierStructureId: id, name: 'Gold', minPoints: 500, ...gift });
      expect(problemsOf(added)).toEqual(['INVALID_ENTRY_AWARD entryAward cardDefinitionId']);
    }
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['two expirations', { expiration: { noExpiration: true, rollingExpiration: { period: YEAR } } }, 'expiration'],
    ['no expiration', { expiration: {} }, 'expiration'],
    ['two downgrades', { downgrade: { multiLevel: {}, singleLevel: {} } }, 'downgrade'],
    ['no downgrade', { downgrade: {} }, 'downgrade'],
    ['an unknown tracking window', { pointEarned: { period: YEAR, window: 'WEEKLY' } }, 'pointEarned window'],
    ['an unknown scope of entry awards', { entryAwardScope: 'NONE' }, 'entryAwardScope'],
  ])('%s cannot be expressed', async (_, wrong, field) => {
    const { id } = await create();
    for (const [mutation, input] of [['tierStructureCreate', draftOf(wrong)], ['tierStructureUpdate', { id, ...wrong }]] as const) {
      const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
      const answer = await unchanged(server, () =>
        cafe.send(`mutation($input: ${type}!) { ${mutation}(input: $input) { userErrors { code } } }`, { input }),
      );
      expect(answer).toMatchObject({ status: 400, data: null });
      expect(answer.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: ['input', ...field.split(' ')] } }]);
    }
  });

  test.each<[string, Record<string, unknown>]>([
    ['two point expirations', { pointExpiration: { noExpiration: true, calendar: { calendarDates: [{ day: 1, month: 1 }] } } }],
    ['no point expiration', { pointExpiration: {} }],
    ['a point expiration that slides', { pointExpiration: { sliding: { period: YEAR, earningActivity: true } } }],
    ['an entry award without points', { entryAward: {} }],
  ])('%s of a tier cannot be expressed', async (_, wrong) => {
    const { id } = await create();
    const input = { tierStructureId: id, name: 'Gold', minPoints: 500, ...wrong };
    const document = 'mutation($input: TierCreateInput!) { tierCreate(input: $input) { userErrors { code } } }';
    const answer = await unchanged(server, () => cafe.send(document, { input }));
    expect(answer).toMatchObject({ status: 400, data: null });
    expect(new Set(answer.errors.map(({ extensions }) => extensions.code))).toEqual(new Set(['BAD_USER_INPUT']));
  });

  test('a grace period cannot be given where nothing goes down', async () => {
    const input = draftOf({ downgrade: { noDowngrade: { gracePeriod: { value: 1, unit: 'DAY' } } } });
    const answer = await unchanged(server, () =>
      cafe.send('mutation($input: TierStructureCreateInput!) { tierStructureCreate(input: $input) { userErrors { code } } }', { input }),
    );
    expect(answer.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: ['input', 'downgrade', 'noDowngrade'] } }]);
  });
});

describe('keys', () => {
  test('of a structure and of its tiers are made of names or given, each there once', async () => {
    const shop = await server.workspace();
    const KEYS = 'tierStructure { id key tiers { id key } }';
    const make = (input: Record<string, unknown>) => shop.mutate('tierStructureCreate', { name: 'Club', type: 'POINT_BALANCE', ...input }, KEYS);
    const club = (await make({ tiers: [{ name: 'Gold', minPoints: 0 }, { name: 'Gold!', minPoints: 1 }, { name: 'Top', key: 'gold', minPoints: 2 }] })).tierStructure;
    expect([club.key, ...club.tiers.map(({ key }: { key: string }) => key)]).toEqual(['club', 'gold_2', 'gold_3', 'gold']);
    const refusals = [
      await make({ key: 'club' }),
      await make({ key: 'Club', tiers: [{ name: 'A', key: 'a', minPoints: 0 }, { name: 'B', key: 'a', minPoints: 1 }] }),
      await shop.mutate('tierCreate', { tierStructureId: club.id, name: 'New', key: 'gold', minPoints: 9 }, 'tier { id }'),
      await shop.mutate('tierUpdate', { id: club.tiers[0].id, key: 'gold' }, 'tier { id }'),
    ];
    for (const { userErrors } of refusals) for (const { code } of userErrors) reached.add(code);
    expect(refusals.map(problemsOf)).toEqual([['KEY_TAKEN key'], ['INVALID_KEY key', 'KEY_TAKEN tiers 1 key'], ['KEY_TAKEN key'], ['KEY_TAKEN key']]);
    await shop.succeed('tierStructureUpdate', { id: club.id, key: 'inner-circle' }, KEYS);
    const { tierStructure } = await make({ tiers: [{ name: 'Gold', minPoints: 0 }] });
    expect(tierStructure).toMatchObject({ key: 'club', tiers: [{ key: 'gold' }] });
  });
});

describe('ranges', () => {
  test('gaps, a range of one number, the whole of 64 bits and 50 tiers are legal', async () => {
    const POINTS_MAX = '9223372036854775807';
    for (const tiers of [
      [{ name: 'Low', minPoints: 0, maxPoints: 99 }, { name: 'High', minPoints: 200 }],
      [{ name: 'One', minPoints: 7, maxPoints: 7 }, { name: 'Next', minPoints: 8 }],
      [{ name: 'Most', minPoints: 1, maxPoints: POINTS_MAX }],
      [{ name: 'Most', minPoints: POINTS_MAX }],
      manyTiers(50),
    ]) {
      const created = await create({ tiers });
      expect(created.tiers).toMatchObject(tiers);
      expect((await take('Activate', created.id)).status).toBe('ACTIVE');
    }
  });

  test('what is no number of 64 bits is refused at the door', async () => {
    const document = 'mutation($input: TierStructureCreateInput!) { tierStructureCreate(input: $input) { userErrors { code } } }';
    for (const minPoints of ['9223372036854775808', 1.5, '1e3', '', ' 5', 'ten', 9007199254740993, null, true]) {
      const answer = await unchanged(server, () => cafe.send(document, { input: draftOf(oneTier({ minPoints })) }));
      expect(answer.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: ['input', 'tiers', '0', 'minPoints'] } }]);
    }
  });
});

describe('the lifecycle', () => {
  const ACTIONS = { Activate: 'ACTIVATED', Deactivate: 'DEACTIVATED', Draft: 'DRAFTED', Delete: 'DELETED' } as const;
  const NEXT: Readonly<Record<Status, Readonly<Record<keyof typeof ACTIONS, Status | null>>>> = {
    DRAFT: { Activate: 'ACTIVE', Deactivate: null, Draft: null, Delete: 'DELETED' },
    ACTIVE: { Activate: null, Deactivate: 'INACTIVE', Draft: 'DRAFT', Delete: 'DELETED' },
    INACTIVE: { Activate: 'ACTIVE', Deactivate: null, Draft: null, Delete: 'DELETED' },
    DELETED: { Activate: null, Deactivate: null, Draft: null, Delete: null },
  };
  const STEPS = Object.entries(NEXT).flatMap(([status, steps]) =>
    Object.entries(steps).map(([step, next]) => ({ status: status as Status, step: step as keyof typeof ACTIONS, next })),
  );

  test.each(STEPS.filter(({ next }) => next !== null))('$status: $step leads to $next', async ({ status, step, next }) => {
    const before = await createIn(status);
    server.setNow('2030-01-01T00:00:00Z');
    const after = await take(step, before.id);
    expect(after).toEqual({
      ...before,
      status: next,
      version: before.version + 1,
      updatedAt: '2030-01-01T00:00:00.000Z',
      effectiveAt: next === 'ACTIVE' ? '2030-01-01T00:00:00.000Z' : null,
    });
    expect(await read(before.id)).toEqual(after);
    const [latest] = (await activitiesOf(before.id)).nodes;
    expect(latest).toMatchObject({
      action: ACTIONS[step],
      subjectId: before.id,
      recordedAt: '2030-01-01T00:00:00.000Z',
      before: { status, version: before.version, effectiveAt: before.effectiveAt },
      after: { status: next, version: before.version + 1, effectiveAt: after.effectiveAt },
    });
    const { rows } = await server.database.pool.query("SELECT type FROM events WHERE data ->> 'id' = $1 ORDER BY id DESC LIMIT 1", [before.id]);
    expect(rows).toEqual([{ type: `tier_structure.${ACTIONS[step].toLowerCase()}` }]);
  });

  test.each(STEPS.filter(({ next }) => next === null))('$status: $step is refused', async ({ status, step }) => {
    const { id } = await createIn(status);
    const payload = await attempt(`tierStructure${step}`, { id });
    expect([payload.tierStructure, problemsOf(payload)]).toEqual([null, ['INVALID_STATUS id']]);
  });

  test('a deleted structure stays readable, and is listed only when it is asked for', async () => {
    const before = await createIn('DELETED');
    expect(await read(before.id)).toEqual(before);
    const listed = async (filter: string) =>
      (await cafe.run(`query($id: ID!) { tierStructures(filter: { id: { is: $id } ${filter} }) { totalCount } }`, { id: before.id }))
        .tierStructures.totalCount;
    expect([await listed(''), await listed('status: { is: DELETED }')]).toEqual([0, 1]);
  });
});

describe('what may change when', () => {
  const DRAFT_ONLY: Readonly<Record<string, unknown>> = {
    type: 'POINT_BALANCE',
    cardDefinitionId: null,
    pointEarned: null,
    expiration: { noExpiration: true },
    downgrade: { noDowngrade: true },
    entryAwardScope: 'REACHED',
    entryAwardOnRefund: 'CLAWBACK',
  };

  test('everything in a draft', async () => {
    const other = await buildCardDefinition(cafe);
    const { id, tiers } = await create();
    server.setNow('2030-01-01T00:00:00Z');
    const { tierStructure } = await mutate('tierStructureUpdate', {
      id,
      name: 'Friends',
      ...earned(2, 'YEAR'),
      cardDefinitionId: other,
      expiration: { rollingExpiration: { period: YEAR } },
      downgrade: { multiLevel: {} },
      entryAwardScope: 'ALL_PASSED',
      entryAwardOnRefund: 'CLAWBACK',
      metadata: { a: 1 },
      version: 1,
    });
    expect(tierStructure).toMatchObject({
      name: 'Friends',
      type: 'POINT_EARNED',
      pointEarned: { type: 'IMMEDIATELY', window: 'CALENDAR', period: { value: 2, unit: 'YEAR' } },
      entryAwardScope: 'ALL_PASSED',
      entryAwardOnRefund: 'CLAWBACK',
      cardDefinitionId: other,
      expiration: { ...NOTHING_OF_EXPIRATION, type: 'ROLLING_EXPIRATION', rollingExpiration: { period: YEAR } },
      downgrade: { type: 'MULTI_LEVEL', gracePeriod: null },
      metadata: { a: 1 },
      status: 'DRAFT',
      version: 2,
      updatedAt: '2030-01-01T00:00:00.000Z',
      tiers,
    });
    expect(await read(id)).toEqual(tierStructure);
    // What is left out stays; null means none where there can be none.
    const nothing = { name: null, expiration: null, downgrade: null, metadata: null, type: null, entryAwardScope: null, entryAwardOnRefund: null };
    const kept = await mutate('tierStructureUpdate', { id, ...nothing });
    expect(kept.tierStructure).toEqual({ ...tierStructure, version: 3 });
    const unlinked = await mutate('tierStructureUpdate', { id, cardDefinitionId: null });
    expect(unlinked.tierStructure).toMatchObject({ cardDefinitionId: null, cardDefinition: null, version: 4 });
  });

  test('a type and what belongs to it change together', async () => {
    const { id } = await create();
    const refused = async (input: object) => problemsOf(await attempt('tierStructureUpdate', { id, ...input }));
    expect(await refused({ type: 'POINT_EARNED' })).toEqual(['INVALID_POINT_EARNED pointEarned']);
    expect((await mutate('tierStructureUpdate', { id, ...earned(1) })).tierStructure.type).toBe('POINT_EARNED');
    expect(await refused({ pointEarned: null })).toEqual(['INVALID_POINT_EARNED pointEarned']);
    expect(await refused({ type: 'POINT_BALANCE' })).toEqual(['INVALID_POINT_EARNED pointEarned']);
    const back = await mutate('tierStructureUpdate', { id, type: 'POINT_BALANCE', pointEarned: null });
    expect(back.tierStructure).toMatchObject({ type: 'POINT_BALANCE', pointEarned: null });
  });

  test.each(['ACTIVE', 'INACTIVE'] as const)('%s: only name and metadata, and every other field is named', async (status) => {
    const before = await createIn(status);
    for (const [field, value] of Object.entries(DRAFT_ONLY)) {
      const payload = await attempt('tierStructureUpdate', { id: before.id, name: 'Friends', [field]: value });
      expect([payload.tierStructure, problemsOf(payload)]).toEqual([null, [`NOT_DRAFT ${field}`]]);
    }
    const all = await attempt('tierStructureUpdate', { id: before.id, ...DRAFT_ONLY });
    expect(problemsOf(all)).toEqual(Object.keys(DRAFT_ONLY).map((field) => `NOT_DRAFT ${field}`));
    const { tierStructure } = await mutate('tierStructureUpdate', { id: before.id, name: 'Friends', metadata: { a: 1 } });
    expect(tierStructure).toEqual({
      ...before,
      name: 'Friends',
      metadata: { a: 1 },
      version: before.version + 1,
      updatedAt: expect.any(String),
    });
  });

  test.each(['ACTIVE', 'INACTIVE'] as const)('%s: of its tiers likewise, and none is added or removed', async (status) => {
    const before = await createIn(status);
    const [basic] = before.tiers;
    for (const [field, value] of Object.entries({ minPoints: 1, maxPoints: null, noDowngrade: false, entryAward: null, pointExpiration: null })) {
      const payload = await attempt('tierUpdate', { id: basic.id, name: 'Entry', [field]: value });
      expect([payload.tier, problemsOf(payload)]).toEqual([null, [`NOT_DRAFT ${field}`]]);
    }
    const gifts = { entryAward: { points: 5 }, pointExpiration: { noExpiration: true } };
    const all = await attempt('tierUpdate', { id: basic.id, minPoints: 1, maxPoints: 5, noDowngrade: true, ...gifts });
    expect(problemsOf(all)).toEqual([
      'NOT_DRAFT minPoints',
      'NOT_DRAFT maxPoints',
      'NOT_DRAFT noDowngrade',
      'NOT_DRAFT entryAward',
      'NOT_DRAFT pointExpiration',
    ]);
    const added = await attempt('tierCreate', { tierStructureId: before.id, name: 'Gold', minPoints: 500 });
    expect([added.tier, problemsOf(added)]).toEqual([null, ['NOT_DRAFT tierStructureId']]);
    const removed = await attempt('tierDelete', { id: basic.id });
    expect([removed.deletedTierId, removed.tierStructure, problemsOf(removed)]).toEqual([null, null, ['NOT_DRAFT id']]);

    const { tier } = await mutate('tierUpdate', { id: basic.id, name: 'Entry', metadata: { a: 1 } });
    expect(tier).toMatchObject({ ...basic, name: 'Entry', metadata: { a: 1 }, updatedAt: expect.any(String) });
    expect(tier.tierStructure).toMatchObject({ status, version: before.version + 1 });
  });

  test('DELETED: nothing', async () => {
    const { id, tiers } = await createIn('DELETED');
    expect(problemsOf(await attempt('tierStructureUpdate', { id, name: 'Friends' }))).toEqual(['INVALID_STATUS id']);
    expect(problemsOf(await attempt('tierUpdate', { id: tiers[0].id, name: 'Entry' }))).toEqual(['INVALID_STATUS id']);
    expect(problemsOf(await attempt('tierDelete', { id: tiers[0].id }))).toEqual(['INVALID_STATUS id']);
    const added = await attempt('tierCreate', { tierStructureId: id, name: 'Gold', minPoints: 500 });
    expect(problemsOf(added)).toEqual(['INVALID_STATUS tierStructureId']);
  });
});

describe('tiers of a draft', () => {
  test('are added in their place', async () => {
    const { id } = await create();
    server.setNow('2030-01-01T00:00:00Z');
    const input = { tierStructureId: id, name: 'Bronze', minPoints: 50, maxPoints: '99', noDowngrade: true, metadata: { a: 1 }, version: 1 };
    const { tier } = await mutate('tierCreate', input);
    expect(tier).toMatchObject({
      id: expect.stringMatching(/^tier_/),
      name: 'Bronze',
      minPoints: 50,
      maxPoints: 99,
      noDowngrade: true,
      metadata: { a: 1 },
      createdAt: '2030-01-01T00:00:00.000Z',
      updatedAt: null,
      tierStructure: { id, version: 2, updatedAt: '2030-01-01T00:00:00.000Z' },
    });
    const names = (await read(id)).tiers.map(({ name }: { name: string }) => name);
    expect(names).toEqual(['Basic', 'Bronze', 'Silver']);
  });

  test('change and move', async () => {
    const { id, tiers } = await create();
    server.setNow('2030-01-01T00:00:00Z');
    const { tier } = await mutate('tierUpdate', { id: tiers[0].id, minPoints: 200, maxPoints: 300, noDowngrade: true, version: 1 });
    expect(tier).toMatchObject({ ...tiers[0], minPoints: 200, maxPoints: 300, noDowngrade: true, updatedAt: '2030-01-01T00:00:00.000Z' });
    expect((await read(id)).tiers.map(({ name }: { name: string }) => name)).toEqual(['Silver', 'Basic']);
    // What is left out stays; null takes the maximum away.
    expect((await mutate('tierUpdate', { id: tiers[0].id, name: 'Top' })).tier).toMatchObject({ minPoints: 200, maxPoints: 300, noDowngrade: true });
    expect((await mutate('tierUpdate', { id: tiers[0].id, maxPoints: null, minPoints: null })).tier).toMatchObject({ minPoints: 200, maxPoints: null });
  });

  test('give something, and stop giving it', async () => {
    const { id } = await create();
    const gifts = { entryAward: { points: 25, cardDefinitionId: beans }, pointExpiration: { rolling: { period: YEAR } } };
    const { tier } = await mutate('tierCreate', { tierStructureId: id, name: 'Gold', minPoints: 500, ...gifts });
    const given = {
      entryAward: { points: 25, cardDefinitionId: beans, cardDefinition: { id: beans } },
      pointExpiration: { type: 'ROLLING', calendar: null, rolling: { period: YEAR, rounding: null, roundingMonth: null } },
    };
    expect(tier).toMatchObject(given);
    expect((await mutate('tierUpdate', { id: tier.id, name: 'Or' })).tier).toMatchObject(given);
    const onOwnCard = await mutate('tierUpdate', { id: tier.id, entryAward: { points: 30 } });
    expect(onOwnCard.tier.entryAward).toEqual({ points: 30, cardDefinitionId: null, cardDefinition: null });
    const calendar = { calendarDates: [{ day: 31, month: 12 }] };
    const onDates = await mutate('tierUpdate', { id: tier.id, pointExpiration: { calendar } });
    expect(onDates.tier.pointExpiration).toEqual({ type: 'CALENDAR', calendar, rolling: null });
    const none = await mutate('tierUpdate', { id: tier.id, entryAward: null, pointExpiration: null });
    expect(none.tier).toMatchObject({ entryAward: null, pointExpiration: null });
  });

  test('are removed', async () => {
    const { id, tiers } = await create();
    const { deletedTierId, tierStructure } = await mutate('tierDelete', { id: tiers[0].id, version: 1 });
    expect([deletedTierId, tierStructure.tiers, tierStructure.version]).toEqual([tiers[0].id, [tiers[1]], 2]);
    expect(await read(id)).toEqual(tierStructure);
    expect(problemsOf(await attempt('tierDelete', { id: tiers[0].id }))).toEqual(['NOT_FOUND id']);
    expect(problemsOf(await attempt('tierUpdate', { id: tiers[0].id, name: 'Back' }))).toEqual(['NOT_FOUND id']);
  });

  test.each<[string, Record<string, unknown>, string[]]>([
    ['an empty name', { name: '' }, ['INVALID_NAME name']],
    ['a name of 201 characters', { name: 'x'.repeat(201) }, ['INVALID_NAME name']],
    ['too much metadata', { metadata: { text: 'x'.repeat(10_240) } }, ['INVALID_METADATA metadata']],
    ['a negative minimum', { minPoints: -1 }, ['INVALID_RANGE minPoints']],
    ['a maximum below its minimum', { maxPoints: 499 }, ['INVALID_RANGE maxPoints']],
    ['the minimum of another tier', { minPoints: 100 }, ['OVERLAPPING_TIERS minPoints']],
    ['a maximum in another tier', { minPoints: 50, maxPoints: 100 }, ['OVERLAPPING_TIERS minPoints']],
    ['a stale version', { version: 9 }, ['VERSION_CONFLICT version']],
    ...invalidGifts(''),
    ['an empty idempotency key', { idempotencyKey: '' }, ['INVALID_IDEMPOTENCY_KEY idempotencyKey']],
  ])('are not added or changed with %s', async (_, wrong, problems) => {
    const { id, tiers } = await create({ tiers: [...TIERS, { name: 'Gold', minPoints: 500 }] });
    await mutate('tierDelete', { id: tiers[2].id });
    const added = await attempt('tierCreate', { tierStructureId: id, name: 'Gold', minPoints: 500, ...wrong });
    expect([added.tier, problemsOf(added)]).toEqual([null, problems]);
    const { tier } = await mutate('tierCreate', { tierStructureId: id, name: 'Gold', minPoints: 500 });
    const changed = await attempt('tierUpdate', { id: tier.id, ...wrong });
    expect([changed.tier, problemsOf(changed)]).toEqual([null, problems]);
  });

  test('a maximum that grows into the next tier is to blame itself', async () => {
    const { tiers } = await create();
    expect(problemsOf(await attempt('tierUpdate', { id: tiers[0].id, maxPoints: 100 }))).toEqual(['OVERLAPPING_TIERS maxPoints']);
  });

  test('at most 50', async () => {
    const { id } = await create({ tiers: manyTiers(49) });
    expect((await mutate('tierCreate', { tierStructureId: id, name: 'Fiftieth', minPoints: 100 })).tier.name).toBe('Fiftieth');
    const payload = await attempt('tierCreate', { tierStructureId: id, name: 'One more', minPoints: 200 });
    expect([payload.tier, problemsOf(payload)]).toEqual([null, ['TOO_MANY_TIERS tierStructureId']]);
  });
});

describe('activation', () => {
  const activate = (id: string, more: object = {}) => attempt('tierStructureActivate', { id, ...more });

  test('reports all problems at once', async () => {
    const { cardDefinition } = await cafe.succeed('cardDefinitionCreate', { name: 'Seeds' }, 'cardDefinition { id }');
    const { id } = await create({ cardDefinitionId: null, tiers: [] });
    const payload = await activate(id, { version: 9, effectiveAt: '9999-01-01T00:00:00Z' });
    expect([payload.tierStructure, problemsOf(payload)]).toEqual([
      null,
      ['VERSION_CONFLICT version', 'INVALID_CARD_DEFINITION id', 'NO_TIERS id', 'INVALID_EFFECTIVE_AT effectiveAt'],
    ]);
    await mutate('tierCreate', { tierStructureId: id, name: 'Gold', minPoints: 5, entryAward: { points: 1, cardDefinitionId: cardDefinition.id } });
    expect(problemsOf(await activate(id))).toEqual(['INVALID_CARD_DEFINITION id', 'INVALID_ENTRY_AWARD id']);
  });

  test.each<[string, Record<string, unknown>, string[]]>([
    ['no tiers', { tiers: [] }, ['NO_TIERS id']],
    ['no card', { cardDefinitionId: null }, ['INVALID_CARD_DEFINITION id']],
  ])('with %s is refused', async (_, settings, problems) => {
    const { id } = await create(settings);
    const payload = await activate(id);
    expect([payload.tierStructure, problemsOf(payload)]).toEqual([null, problems]);
  });

  const nextPeriod = (window: string) => ({ type: 'POINT_EARNED', pointEarned: { period: YEAR, type: 'NEXT_TRACKING_PERIOD', window } });
  test.each<[string, Record<string, unknown>]>([
    ['NEXT_TRACKING_PERIOD of the calendar', nextPeriod('CALENDAR')],
    ['NEXT_TRACKING_PERIOD since the customer joined', nextPeriod('ANNIVERSARY')],
    ['a trailing window', { type: 'POINT_EARNED', pointEarned: { period: YEAR, window: 'TRAILING' } }],
    ['a sliding expiration', sliding({ earningActivity: true })],
    ['a grace period', grace({ value: 1, unit: 'DAY' }, 'singleLevel')],
    ['entry awards that are taken back', { ...oneTier({ entryAward: { points: 5 } }), entryAwardScope: 'ALL_PASSED', entryAwardOnRefund: 'CLAWBACK' }],
    ['points that expire differently', oneTier({ pointExpiration: { noExpiration: true } })],
    ['POINT_EARNED, IMMEDIATELY', earned(1, 'YEAR')],
    ['a rolling expiration', rolling(YEAR)],
    ['a calendar expiration', onDays({ day: 31, month: 12 })],
    ['downgrades of several levels', { downgrade: { multiLevel: {} } }],
    ['downgrades of one level', { downgrade: { singleLevel: {} } }],
  ])('with %s is carried out', async (_, settings) => {
    const { id } = await create(settings);
    expect((await take('Activate', id)).status).toBe('ACTIVE');
  });

  test('needs a card definition that is active by then', async () => {
    const { cardDefinition } = await cafe.succeed('cardDefinitionCreate', { name: 'Seeds' }, 'cardDefinition { id }');
    const { id } = await create({ cardDefinitionId: cardDefinition.id });
    const step = (name: string) => cafe.succeed(`cardDefinition${name}`, { id: cardDefinition.id }, 'cardDefinition { status }');
    expect(problemsOf(await activate(id))).toEqual(['INVALID_CARD_DEFINITION id']);
    await step('Activate');
    await step('Deactivate');
    expect(problemsOf(await activate(id))).toEqual(['INVALID_CARD_DEFINITION id']);
    await step('Activate');
    expect((await take('Activate', id)).status).toBe('ACTIVE');
    await take('Deactivate', id);
    await step('Delete');
    expect(problemsOf(await activate(id))).toEqual(['INVALID_CARD_DEFINITION id']);
  });

  test('needs a card definition that is active by then for each entry award', async () => {
    const { cardDefinition } = await cafe.succeed('cardDefinitionCreate', { name: 'Seeds' }, 'cardDefinition { id }');
    const { id } = await create(oneTier({ name: 'Regular', entryAward: { points: 5, cardDefinitionId: cardDefinition.id } }));
    const step = (name: string) => cafe.mutate(`cardDefinition${name}`, { id: cardDefinition.id }, 'cardDefinition { status }');
    expect((await activate(id)).userErrors).toEqual([
      { code: 'INVALID_ENTRY_AWARD', message: 'The entry award of "Regular" needs a card definition that is active.', field: ['input', 'id'] },
    ]);
    await step('Activate');
    await step('Deactivate');
    expect(problemsOf(await activate(id))).toEqual(['INVALID_ENTRY_AWARD id']);
    await step('Activate');
    expect((await take('Activate', id)).status).toBe('ACTIVE');
    // It is in use now, and free again when the structure is paused.
    expect(problemsOf(await unchanged(server, () => step('Delete')))).toEqual(['IN_USE id']);
    await take('Deactivate', id);
    expect(problemsOf(await step('Delete'))).toEqual([]);
    expect(problemsOf(await activate(id))).toEqual(['INVALID_ENTRY_AWARD id']);
  });

  test('of a draft can look back, of a paused structure not', async () => {
    server.setNow('2026-05-17T12:00:00Z');
    const { id } = await create();
    expect(problemsOf(await activate(id, { effectiveAt: '2026-05-17T12:00:00.001Z' }))).toEqual(['INVALID_EFFECTIVE_AT effectiveAt']);
    expect((await take('Activate', id, { effectiveAt: '1997-01-01T00:00:00+01:00' })).effectiveAt).toBe('1996-12-31T23:00:00.000Z');
    server.setNow('2026-06-01T00:00:00Z');
    expect((await take('Deactivate', id)).effectiveAt).toBeNull();
    server.setNow('2026-07-01T00:00:00Z');
    for (const effectiveAt of ['2026-06-15T00:00:00Z', '2026-06-01T00:00:00Z', '2026-07-01T00:00:00.001Z']) {
      expect(problemsOf(await activate(id, { effectiveAt }))).toEqual(['INVALID_EFFECTIVE_AT effectiveAt']);
    }
    expect((await take('Activate', id, { effectiveAt: '2026-07-01T00:00:00Z' })).effectiveAt).toBe('2026-07-01T00:00:00.000Z');
  });
});

describe('entry awards that go round in a circle', () => {
  let shop: ApiClient;
  let cards: Record<'points' | 'stamps' | 'miles', string>;
  beforeAll(async () => {
    shop = await server.workspace();
    cards = {
      points: await buildCardDefinition(shop, { name: 'Points' }),
      stamps: await buildCardDefinition(shop, { name: 'Stamps' }),
      miles: await buildCardDefinition(shop, { name: 'Miles' }),
    };
  });

  /** A structure that measures the one card and, unless it is null, gives an entry award on the other. */
  async function structureOf(name: string, measures: keyof typeof cards, awards: keyof typeof cards | null) {
    const gift = awards === null ? {} : { entryAward: { points: 5, ...(awards === measures ? {} : { cardDefinitionId: cards[awards] }) } };
    return create({ name, cardDefinitionId: cards[measures], ...oneTier(gift) }, shop);
  }
  const activate = (id: string) => attempt('tierStructureActivate', { id }, shop);

  test('are refused when the last of the structures is activated, which are named', async () => {
    const one = await structureOf('One', 'points', 'stamps');
    const two = await structureOf('Two', 'stamps', 'miles');
    const three = await structureOf('Three', 'miles', 'points');
    await take('Activate', three.id, {}, shop);
    await take('Activate', one.id, {}, shop);
    const circle = { code: 'ENTRY_AWARD_CYCLE', message: 'Entry awards would go round in a circle: "Two" -> "Three" -> "One" -> "Two".', field: ['input', 'id'] };
    expect(await activate(two.id)).toEqual({ tierStructure: null, userErrors: [circle] });
    // A structure that is not in force gives nothing.
    await take('Deactivate', one.id, {}, shop);
    await take('Activate', two.id, {}, shop);
    expect(problemsOf(await activate(one.id))).toEqual(['ENTRY_AWARD_CYCLE id']);
    for (const { id } of [two, three]) await take('Delete', id, {}, shop);
    await take('Activate', one.id, {}, shop);
    await take('Delete', one.id, {}, shop);
  });

  test('a structure may give entry awards on its own card, unless another one there does too', async () => {
    const one = await structureOf('One', 'points', 'points');
    const two = await structureOf('Two', 'points', null);
    const three = await structureOf('Three', 'points', 'points');
    await take('Activate', one.id, {}, shop);
    await take('Activate', two.id, {}, shop);
    expect(problemsOf(await activate(three.id))).toEqual(['ENTRY_AWARD_CYCLE id']);
  });

  test("another workspace's structures are no part of it", async () => {
    const neighbour = await server.workspace();
    const card = await buildCardDefinition(neighbour);
    const { id } = await create({ cardDefinitionId: card, ...oneTier({ entryAward: { points: 1 } }) }, neighbour);
    expect((await take('Activate', id, {}, neighbour)).status).toBe('ACTIVE');
  });
});

describe('back to a draft', () => {
  let shop: ApiClient;
  const attemptDraft = async (id: string) => problemsOf(await attempt('tierStructureDraft', { id }, shop));
  /** How many customers hold a tier as far as the database knows. */
  const recordedHoldings = async (id: string) => {
    const { rows } = await server.database.pool.query(
      'SELECT count(*)::int AS held FROM memberships WHERE structure_id = $1 AND tier_id IS NOT NULL',
      [fromPublicId('TierStructure', id)],
    );
    return rows[0].held;
  };

  test('is refused while a customer holds a tier, and allowed when nobody does', async () => {
    shop = await server.workspace();
    const { tierStructureId } = await buildProgram(shop, { structure: { tiers: { Silver: 100 } } });
    await buildCustomer(shop, 'ada');
    await earn(shop, 'ada', '99.00');
    expect((await take('Draft', tierStructureId, {}, shop)).status).toBe('DRAFT');
    await take('Activate', tierStructureId, {}, shop);
    await earn(shop, 'ada', '1.00');
    expect(await attemptDraft(tierStructureId)).toEqual(['IN_USE id']);
  });

  test('is refused while a tier is held that nobody has recorded yet', async () => {
    shop = await server.workspace();
    const cardDefinitionId = await buildCardDefinition(shop);
    await buildRule(shop, cardDefinitionId);
    await buildCustomer(shop, 'ada');
    await earn(shop, 'ada', '150.00');
    const { id } = await create({ cardDefinitionId, tiers: [{ name: 'Silver', minPoints: 100 }] }, shop);
    await take('Activate', id, {}, shop);
    // Nothing was written about Ada since the structure came into force, yet she holds Silver.
    expect(await recordedHoldings(id)).toBe(0);
    expect(await attemptDraft(id)).toEqual(['IN_USE id']);
    expect((await shop.run('{ customer(by: { externalId: "ada" }) { tier { name } } }')).customer.tier.name).toBe('Silver');
  });

  test('is allowed once the last tier is lost, though nobody has recorded that yet', async () => {
    server.setNow('2026-05-17T12:00:00Z');
    shop = await server.workspace();
    const { tierStructureId } = await buildProgram(shop, {
      card: { expiration: { rolling: { period: { value: 1, unit: 'MONTH' } } } },
      structure: { tiers: { Silver: 100 } },
    });
    await buildCustomer(shop, 'ada');
    await earn(shop, 'ada', '100.00');
    server.setNow('2026-06-17T23:59:59.999Z');
    expect(await attemptDraft(tierStructureId)).toEqual(['IN_USE id']);
    // The points are gone with the end of that day, and Silver with them.
    server.setNow('2026-06-18T00:00:00Z');
    expect(await recordedHoldings(tierStructureId)).toBe(1);
    const drafted = await take('Draft', tierStructureId, {}, shop);
    expect([drafted.status, drafted.effectiveAt]).toEqual(['DRAFT', null]);
    expect((await mutate('tierUpdate', { id: drafted.tiers[0].id, minPoints: 50 }, shop)).tier.minPoints).toBe(50);
  });

  test("does not look at another workspace's customers", async () => {
    shop = await server.workspace();
    const { tierStructureId } = await buildProgram(shop);
    const neighbour = await server.workspace();
    await buildProgram(neighbour);
    await buildCustomer(neighbour, 'ada');
    await earn(neighbour, 'ada', '500.00');
    expect((await take('Draft', tierStructureId, {}, shop)).status).toBe('DRAFT');
  });

  test('the other steps do not care who holds a tier', async () => {
    shop = await server.workspace();
    const { tierStructureId } = await buildProgram(shop);
    await buildCustomer(shop, 'ada');
    const tierOf = async () => (await shop.run('{ customer(by: { externalId: "ada" }) { tier { name } } }')).customer.tier;
    expect(await tierOf()).toEqual({ name: 'Basic' });
    await take('Deactivate', tierStructureId, {}, shop);
    expect(await tierOf()).toBeNull();
    await take('Activate', tierStructureId, {}, shop);
    expect(await tierOf()).toEqual({ name: 'Basic' });
    expect((await take('Delete', tierStructureId, {}, shop)).status).toBe('DELETED');
    expect(await tierOf()).toBeNull();
  });
});

describe('versions', () => {
  test.each([
    ['tierStructureUpdate', 'DRAFT', { name: 'Friends' }],
    ['tierStructureActivate', 'DRAFT', {}],
    ['tierStructureDeactivate', 'ACTIVE', {}],
    ['tierStructureDraft', 'ACTIVE', {}],
    ['tierStructureDelete', 'INACTIVE', {}],
    ['tierCreate', 'DRAFT', { name: 'Gold', minPoints: 500, entryAward: { points: 5 } }],
    ['tierUpdate', 'ACTIVE', { name: 'Entry' }],
    ['tierDelete', 'DRAFT', {}],
  ] as const)('%s refuses a version that is not the present one', async (field, status, rest) => {
    const { id, version, tiers } = await createIn(status);
    const target = field === 'tierCreate' ? { tierStructureId: id } : { id: field.startsWith('tierStructure') ? id : tiers[0].id };
    for (const stale of [version - 1, version + 1]) {
      expect(problemsOf(await attempt(field, { ...target, ...rest, version: stale }))).toEqual(['VERSION_CONFLICT version']);
    }
    expect(problemsOf(await mutate(field, { ...target, ...rest, version }))).toEqual([]);
    expect((await read(id)).version).toBe(version + 1);
  });

  test('of two edits that saw the same version, one is refused', async () => {
    const { id, tiers } = await create();
    const payloads = await Promise.all([
      mutate('tierStructureUpdate', { id, name: 'Friends', version: 1 }),
      mutate('tierUpdate', { id: tiers[0].id, name: 'Entry', version: 1 }),
    ]);
    expect(payloads.flatMap(problemsOf)).toEqual(['VERSION_CONFLICT version']);
    expect((await read(id)).version).toBe(2);
  });
});

describe('an idempotency key', () => {
  let keys = 0;
  const newKey = () => `structure-${(keys += 1)}`;

  test.each([
    ['tierStructureUpdate', 'DRAFT', { name: 'Friends' }, { name: 'Foes' }],
    ['tierStructureActivate', 'DRAFT', {}, { effectiveAt: '2020-01-01T00:00:00Z' }],
    ['tierStructureDeactivate', 'ACTIVE', {}, { version: 2 }],
    ['tierStructureDraft', 'ACTIVE', {}, { version: 2 }],
    ['tierStructureDelete', 'ACTIVE', {}, { version: 2 }],
    ['tierCreate', 'DRAFT', { name: 'Gold', minPoints: 500, entryAward: { points: 5 } }, { entryAward: { points: 6 } }],
    ['tierUpdate', 'DRAFT', { pointExpiration: { noExpiration: true } }, { pointExpiration: null }],
    ['tierDelete', 'DRAFT', {}, { version: 1 }],
  ] as const)('%s is carried out once', async (field, status, rest, other) => {
    const { id, version, tiers } = await createIn(status);
    const target = field === 'tierCreate' ? { tierStructureId: id } : { id: field.startsWith('tierStructure') ? id : tiers[0].id };
    const input = { ...target, ...rest, idempotencyKey: newKey() };
    const first = await mutate(field, input);
    expect([problemsOf(first), (await read(id)).version]).toEqual([[], version + 1]);
    expect(await attempt(field, input)).toEqual(first);
    expect(problemsOf(await attempt(field, { ...input, ...other }))).toEqual(['IDEMPOTENCY_KEY_PARAMETER_MISMATCH idempotencyKey']);
  });

  test('answers a repeated creation with the same structure and tiers, and makes no second one', async () => {
    const input = draftOf({ tiers: TIERS, metadata: { a: 1, b: 2 }, idempotencyKey: newKey() });
    const first = await mutate('tierStructureCreate', input);
    expect(await attempt('tierStructureCreate', { ...input, metadata: { b: 2, a: 1 } })).toEqual(first);
    const other = await attempt('tierStructureCreate', { ...input, tiers: [...TIERS, { name: 'Gold', minPoints: 500 }] });
    expect([other.tierStructure, problemsOf(other)]).toEqual([null, ['IDEMPOTENCY_KEY_PARAMETER_MISMATCH idempotencyKey']]);
  });

  test('is not used up by an attempt that was refused', async () => {
    const idempotencyKey = newKey();
    const { id } = await create({ tiers: [] });
    expect(problemsOf(await attempt('tierStructureActivate', { id, idempotencyKey }))).toEqual(['NO_TIERS id']);
    await mutate('tierCreate', { tierStructureId: id, name: 'Basic', minPoints: 0 });
    expect((await mutate('tierStructureActivate', { id, idempotencyKey })).tierStructure.status).toBe('ACTIVE');
  });

  test('belongs to one operation of one workspace', async () => {
    const idempotencyKey = newKey();
    const { id } = await createIn('ACTIVE');
    await take('Deactivate', id, { idempotencyKey });
    expect(problemsOf(await attempt('tierStructureDelete', { id, idempotencyKey }))).toEqual(['IDEMPOTENCY_KEY_PARAMETER_MISMATCH idempotencyKey']);
    expect((await create({ idempotencyKey }, bookshop)).version).toBe(1);
  });
});

describe('whose it is', () => {
  test('no mutation tells a foreign id from one of nothing', async () => {
    const foreign = await create({}, bookshop);
    const structureIds = [foreign.id, NOT_A_STRUCTURE, foreign.tiers[0].id, '', 'x'.repeat(1_000)];
    const tierIds = [foreign.tiers[0].id, 'tier_01h2xcejqtf2nbrexx3vqjhp41', foreign.id, '', 'tier_'];
    const before = await contentsOf(server);
    for (const [field, target, ids, rest] of [
      ['tierStructureUpdate', 'id', structureIds, { name: 'Mine' }],
      ['tierStructureActivate', 'id', structureIds, {}],
      ['tierStructureDeactivate', 'id', structureIds, {}],
      ['tierStructureDraft', 'id', structureIds, {}],
      ['tierStructureDelete', 'id', structureIds, {}],
      ['tierStructureRevise', 'id', structureIds, {}],
      ['tierStructurePublish', 'id', structureIds, {}],
      ['tierCreate', 'tierStructureId', structureIds, { name: 'Mine', minPoints: 5 }],
      ['tierUpdate', 'id', tierIds, { name: 'Mine' }],
      ['tierDelete', 'id', tierIds, {}],
    ] as const) {
      const payloads = [];
      for (const id of ids) payloads.push(await mutate(field, { [target]: id, ...rest }));
      expect(problemsOf(payloads[0])).toEqual([`NOT_FOUND ${target}`]);
      for (const payload of payloads) expect(payload).toEqual(payloads[0]);
    }
    for (const id of structureIds) expect(await read(id)).toBeNull();
    expect(await contentsOf(server)).toEqual(before);
    expect(await read(foreign.id, bookshop)).toEqual(foreign);
  });
});

describe('activities', () => {
  test('every change of the structure and its tiers, newest first, with before and after', async () => {
    server.setNow('2026-05-17T12:00:00Z');
    const seeds = await buildCardDefinition(cafe, { name: 'Seeds' });
    const { id, tiers } = await create({ metadata: { a: 1 } });
    const [basic, silver] = tiers;
    const gifts = { entryAward: { points: '9007199254740995', cardDefinitionId: seeds }, pointExpiration: { noExpiration: true } };
    const added = (await mutate('tierCreate', { tierStructureId: id, name: 'Gold', minPoints: '9007199254740993', ...gifts })).tier;
    await mutate('tierUpdate', { id: basic.id, name: 'Entry', maxPoints: 50 });
    await mutate('tierDelete', { id: silver.id });
    await mutate('tierStructureUpdate', { id, name: 'Friends' });
    server.setNow('2026-05-18T12:00:00Z');
    const answer = await cafe.send('mutation($id: ID!) { tierStructureActivate(input: { id: $id }) { userErrors { code } } }', { id });

    const structure = {
      key: expect.stringMatching(/^regulars/),
      name: 'Regulars',
      type: 'POINT_BALANCE',
      status: 'DRAFT',
      cardDefinitionId: beans,
      pointEarned: null,
      expiration: { type: 'NO_EXPIRATION' },
      downgrade: { type: 'NO_DOWNGRADE' },
      entryAwardScope: 'REACHED',
      entryAwardOnRefund: 'KEEP',
      draftOf: null,
      revision: { number: 1, effectiveAt: null, rollout: 'NEXT_JUDGEMENT' },
      effectiveAt: null,
      metadata: { a: 1 },
      version: 1,
    };
    const tier = { tierStructureId: id, maxPoints: null, noDowngrade: false, entryAward: null, pointExpiration: null, originId: null, metadata: {} };
    const gold = {
      ...tier,
      key: 'gold',
      name: 'Gold',
      minPoints: '9007199254740993',
      entryAward: { points: '9007199254740995', cardDefinitionId: seeds },
      pointExpiration: { type: 'NO_EXPIRATION' },
    };
    const edited = { ...structure, name: 'Friends', version: 5 };
    const { nodes } = await activitiesOf(id);
    expect(nodes.map(({ action, subjectId, before, after }: Record<string, unknown>) => ({ action, subjectId, before, after }))).toEqual([
      { action: 'ACTIVATED', subjectId: id, before: edited, after: { ...edited, status: 'ACTIVE', version: 6, effectiveAt: '2026-05-18T12:00:00.000Z' } },
      { action: 'UPDATED', subjectId: id, before: { ...structure, version: 4 }, after: edited },
      { action: 'DELETED', subjectId: silver.id, before: { ...tier, key: 'silver', name: 'Silver', minPoints: '100' }, after: null },
      {
        action: 'UPDATED',
        subjectId: basic.id,
        before: { ...tier, key: 'basic', name: 'Basic', minPoints: '0' },
        after: { ...tier, key: 'basic', name: 'Entry', minPoints: '0', maxPoints: '50' },
      },
      { action: 'CREATED', subjectId: added.id, before: null, after: gold },
      { action: 'CREATED', subjectId: silver.id, before: null, after: { ...tier, key: 'silver', name: 'Silver', minPoints: '100' } },
      { action: 'CREATED', subjectId: basic.id, before: null, after: { ...tier, key: 'basic', name: 'Basic', minPoints: '0' } },
      { action: 'CREATED', subjectId: id, before: null, after: structure },
    ]);
    expect(nodes[0]).toMatchObject({ recordedAt: '2026-05-18T12:00:00.000Z', requestId: answer.headers.get('x-request-id') });
    // One creation is one request, whatever it made.
    expect(new Set(nodes.slice(5).map(({ requestId }: { requestId: string }) => requestId)).size).toBe(1);
    const { apiKeys } = await cafe.run('{ apiKeys { nodes { id } } }');
    expect(new Set(nodes.map(({ apiKeyId }: { apiKeyId: string }) => apiKeyId))).toEqual(new Set([apiKeys.nodes[0].id]));
    const events = await server.database.pool.query("SELECT type FROM events WHERE data ->> 'id' = ANY($1) ORDER BY id", [
      [id, basic.id, silver.id, added.id],
    ]);
    expect(events.rows.map(({ type }) => type)).toEqual([
      'tier_structure.created',
      'tier.created',
      'tier.created',
      'tier.created',
      'tier.updated',
      'tier.deleted',
      'tier_structure.updated',
      'tier_structure.activated',
    ]);
  });

  test('come page by page, in both directions', async () => {
    const { id } = await create({ tiers: manyTiers(6) });
    const all = (await activitiesOf(id)).nodes;
    expect(all).toHaveLength(7);
    for (const [first, after, last, before] of [['first', 'after', -1, false], ['last', 'before', 0, true]] as const) {
      const visited: unknown[] = [];
      let cursor = '';
      for (let more = true; more; ) {
        const page = await activitiesOf(id, `${first}: 3${cursor === '' ? '' : `, ${after}: "${cursor}"`}`);
        if (before) visited.unshift(...page.nodes);
        else visited.push(...page.nodes);
        cursor = page.edges.at(last).cursor;
        more = before ? page.pageInfo.hasPreviousPage : page.pageInfo.hasNextPage;
      }
      expect(visited).toEqual(all);
    }
  });

  test('a refused change leaves none', async () => {
    const { id } = await createIn('ACTIVE');
    const before = (await activitiesOf(id)).nodes;
    await mutate('tierStructureUpdate', { id, type: 'POINT_BALANCE' });
    await mutate('tierStructureActivate', { id });
    expect((await activitiesOf(id)).nodes).toEqual(before);
  });
});

test('every reason of the contract to refuse a tier structure was met above, or belongs to revisions', () => {
  // Met in structure-revisions.test.ts, which asserts the same list.
  const ofRevisions = ['INVALID_DRAFT', 'REVISED_MEANWHILE', 'TOO_MANY_REVISIONS'];
  expect([...reached, ...ofRevisions].sort()).toEqual(codesOf('TierStructureErrorCode'));
});

/** Card definitions: their lifecycle, what may change when, and every way to be refused. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { ApiClient } from '../support/client.ts';
import { buildCustomer, buildProgram, buildRule, buildStructure, earn } from '../support/program.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';
import { codesOf, problemsOf, unchanged } from '../support/unchanged.ts';

let server: TestServer;
let cafe: ApiClient;
let bookshop: ApiClient;

beforeAll(async () => {
  server = await startTestServer();
  cafe = await server.workspace({ name: 'Café Aurora', timeZone: 'Europe/Warsaw' });
  bookshop = await server.workspace({ name: 'Kiwi Books', timeZone: 'Pacific/Auckland' });
});
afterAll(() => server.stop());
afterEach(() => server.setNow(null));

/** Codes of the refusals in this file. */
const reached = new Set<string>();

const CARD = `id name status version metadata createdAt updatedAt refundPolicy
  expiration {
    type rolling { period { value unit } rounding roundingMonth } calendar { calendarDates { day month } }
    sliding { period { value unit } earningActivity spendingActivity customActivity customActivityTypes }
  }
  activation { type periodBased { days } fixedDates { calendarDates { day month } } }`;
const PAYLOAD = `cardDefinition { ${CARD} }`;

const create = async (input: Record<string, unknown> = {}, client = cafe) =>
  (await client.succeed('cardDefinitionCreate', { name: 'Beans', ...input }, PAYLOAD)).cardDefinition;
const take = async (step: string, input: Record<string, unknown>, client = cafe) => {
  const payload = await client.mutate(`cardDefinition${step}`, input, PAYLOAD);
  for (const { code } of payload.userErrors) reached.add(code);
  return payload;
};
const read = async (id: string, client = cafe) =>
  (await client.run(`query($id: ID!) { cardDefinition(id: $id) { ${CARD} } }`, { id })).cardDefinition;
const activitiesOf = async (id: string) =>
  (
    await cafe.run(
      'query($id: ID!) { cardDefinition(id: $id) { activities(first: 100) { nodes { action subjectId before after recordedAt } } } }',
      { id },
    )
  ).cardDefinition.activities.nodes;

type Status = 'DRAFT' | 'ACTIVE' | 'INACTIVE' | 'DELETED';
const WAY_TO: Readonly<Record<Status, readonly string[]>> = {
  DRAFT: [],
  ACTIVE: ['Activate'],
  INACTIVE: ['Activate', 'Deactivate'],
  DELETED: ['Delete'],
};

/** A card definition in that status. */
async function createIn(status: Status): Promise<{ id: string; version: number; [field: string]: unknown }> {
  let card = await create();
  for (const step of WAY_TO[status]) ({ cardDefinition: card } = await take(step, { id: card.id }));
  expect(card.status).toBe(status);
  return card;
}

describe('creating', () => {
  const NO_WAY = { rolling: null, calendar: null, sliding: null };

  test('makes a draft whose points can be spent at once and never expire', async () => {
    server.setNow('2026-05-17T12:00:00Z');
    const card = await create();
    expect(card).toEqual({
      id: expect.stringMatching(/^cdef_[0-9a-z]{26}$/),
      name: 'Beans',
      status: 'DRAFT',
      version: 1,
      metadata: {},
      createdAt: '2026-05-17T12:00:00.000Z',
      updatedAt: null,
      expiration: { type: 'NO_EXPIRATION', ...NO_WAY },
      activation: { type: 'IMMEDIATE', periodBased: null, fixedDates: null },
      refundPolicy: 'REVOKE_TO_ZERO',
    });
    expect(await read(card.id)).toEqual(card);
  });

  const ROLLING = { value: 12, unit: 'MONTH' };
  const CUSTOM_TYPES = ['🏅'.repeat(200), ...Array.from({ length: 19 }, (_, index) => `visit ${index}`)];
  test.each<[Record<string, unknown>, Record<string, unknown>]>([
    [{ noExpiration: true }, { type: 'NO_EXPIRATION', ...NO_WAY }],
    [{ rolling: { period: ROLLING } }, { type: 'ROLLING', ...NO_WAY, rolling: { period: ROLLING, rounding: null, roundingMonth: null } }],
    [
      { rolling: { period: { value: 1, unit: 'HOUR' } } },
      { type: 'ROLLING', ...NO_WAY, rolling: { period: { value: 1, unit: 'HOUR' }, rounding: null, roundingMonth: null } },
    ],
    ...['END_OF_MONTH', 'END_OF_QUARTER', 'END_OF_HALF_YEAR', 'END_OF_YEAR'].map((rounding): [Record<string, unknown>, Record<string, unknown>] => [
      { rolling: { period: ROLLING, rounding } },
      { type: 'ROLLING', ...NO_WAY, rolling: { period: ROLLING, rounding, roundingMonth: null } },
    ]),
    [
      { rolling: { period: { value: 1000, unit: 'YEAR' }, rounding: 'END_OF_PARTICULAR_MONTH', roundingMonth: 6 } },
      {
        type: 'ROLLING',
        ...NO_WAY,
        rolling: { period: { value: 1000, unit: 'YEAR' }, rounding: 'END_OF_PARTICULAR_MONTH', roundingMonth: 6 },
      },
    ],
    [
      { calendar: { calendarDates: [{ day: 31, month: 12 }, { day: 29, month: 2 }] } },
      { type: 'CALENDAR', ...NO_WAY, calendar: { calendarDates: [{ day: 31, month: 12 }, { day: 29, month: 2 }] } },
    ],
    ...['HOUR', 'DAY', 'WEEK', 'MONTH', 'YEAR'].map((unit): [Record<string, unknown>, Record<string, unknown>] => [
      { sliding: { period: { value: 18, unit }, earningActivity: true } },
      {
        type: 'SLIDING',
        ...NO_WAY,
        sliding: {
          period: { value: 18, unit },
          earningActivity: true,
          spendingActivity: false,
          customActivity: false,
          customActivityTypes: [],
        },
      },
    ]),
    [
      { sliding: { period: ROLLING, spendingActivity: true, customActivity: true, customActivityTypes: null } },
      {
        type: 'SLIDING',
        ...NO_WAY,
        sliding: { period: ROLLING, earningActivity: false, spendingActivity: true, customActivity: true, customActivityTypes: [] },
      },
    ],
    [
      { sliding: { period: ROLLING, customActivity: true, customActivityTypes: CUSTOM_TYPES } },
      {
        type: 'SLIDING',
        ...NO_WAY,
        sliding: {
          period: ROLLING,
          earningActivity: false,
          spendingActivity: false,
          customActivity: true,
          customActivityTypes: CUSTOM_TYPES,
        },
      },
    ],
  ])('keeps the expiration %j', async (expiration, stored) => {
    const card = await create({ expiration });
    expect([card.expiration, (await read(card.id)).expiration]).toEqual([stored, stored]);
  });

  const NO_DELAY = { periodBased: null, fixedDates: null };
  test.each<[Record<string, unknown>, Record<string, unknown>]>([
    [{ immediate: true }, { type: 'IMMEDIATE', ...NO_DELAY }],
    [{ periodBased: { days: 1 } }, { type: 'PERIOD_BASED', ...NO_DELAY, periodBased: { days: 1 } }],
    [{ periodBased: { days: 1000 } }, { type: 'PERIOD_BASED', ...NO_DELAY, periodBased: { days: 1000 } }],
    [
      { fixedDates: { calendarDates: [{ day: 29, month: 2 }, { day: 1, month: 7 }] } },
      { type: 'FIXED_DATES', ...NO_DELAY, fixedDates: { calendarDates: [{ day: 29, month: 2 }, { day: 1, month: 7 }] } },
    ],
  ])('keeps the activation %j', async (activation, stored) => {
    const card = await create({ activation });
    expect([card.activation, (await read(card.id)).activation]).toEqual([stored, stored]);
  });

  test.each(['REVOKE_FROM_PENDING', 'REVOKE_TO_ZERO', 'REVOKE_BELOW_ZERO'])('keeps the refund policy %s', async (refundPolicy) => {
    const card = await create({ refundPolicy });
    expect([card.refundPolicy, (await read(card.id)).refundPolicy]).toEqual([refundPolicy, refundPolicy]);
  });

  test('takes everything written out, with variables in it', async () => {
    const { cardDefinitionCreate } = await cafe.run(
      `mutation($types: [String!], $days: Int!) {
        cardDefinitionCreate(input: {
          name: "Beans"
          expiration: { sliding: { period: { value: 6, unit: MONTH }, customActivity: true, customActivityTypes: $types } }
          activation: { periodBased: { days: $days } }
          refundPolicy: REVOKE_BELOW_ZERO
        }) { cardDefinition { ${CARD} } userErrors { code } }
      }`,
      { types: ['visit'], days: 14 },
    );
    expect(cardDefinitionCreate.userErrors).toEqual([]);
    const card = cardDefinitionCreate.cardDefinition;
    expect(card).toMatchObject({
      expiration: { sliding: { period: { value: 6, unit: 'MONTH' }, earningActivity: false, customActivityTypes: ['visit'] } },
      activation: { type: 'PERIOD_BASED', periodBased: { days: 14 } },
      refundPolicy: 'REVOKE_BELOW_ZERO',
    });
    expect(await read(card.id)).toEqual(card);
  });

  test('keeps metadata unchanged, whether sent as a variable or written out', async () => {
    const metadata = { color: '#f00', nested: { list: [1, 2.5, null, true, 'é🏅'] }, empty: {} };
    expect((await create({ metadata })).metadata).toEqual(metadata);
    const { cardDefinitionCreate } = await cafe.run(
      `mutation($color: String!) {
        cardDefinitionCreate(input: {
          name: "Beans"
          metadata: { color: $color, nested: { list: [1, 2.5, null, true, "é🏅"] }, empty: {} }
        }) { cardDefinition { metadata } }
      }`,
      { color: '#f00' },
    );
    expect(cardDefinitionCreate.cardDefinition.metadata).toEqual(metadata);
  });

  const fullOf = (bytes: number) => ({ text: 'x'.repeat(bytes - '{"text":""}'.length) });
  test('takes the most that metadata may be', async () => {
    const keys = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`k${index}`, index]));
    for (const metadata of [keys, fullOf(10_240), {}]) expect((await create({ metadata })).metadata).toEqual(metadata);
  });

  const DATES = Array.from({ length: 21 }, (_, index) => ({ day: index + 1, month: 1 }));
  const SENSELESS_SLIDING: [string, Record<string, unknown>][] = [
    ['no activity', {}],
    ['no activity, though types of one', { customActivityTypes: ['visit'] }],
    ['no period', { earningActivity: true, period: { value: 0, unit: 'MONTH' } }],
    ['a period above 1000', { earningActivity: true, period: { value: 1001, unit: 'HOUR' } }],
    ['custom types where custom activities do not count', { earningActivity: true, customActivityTypes: ['visit'] }],
    ['21 custom types', { customActivity: true, customActivityTypes: Array.from({ length: 21 }, (_, index) => `visit ${index}`) }],
    ['an empty custom type', { customActivity: true, customActivityTypes: ['visit', ''] }],
    ['a custom type of 201 characters', { customActivity: true, customActivityTypes: ['x'.repeat(201)] }],
    ['a NUL in a custom type', { customActivity: true, customActivityTypes: ['a\u0000'] }],
  ];
  const SENSELESS_ACTIVATIONS: [string, Record<string, unknown>][] = [
    ['immediate that is not true', { immediate: false }],
    ...[0, -1, 1001].map((days): [string, Record<string, unknown>] => [`${days} days`, { periodBased: { days } }]),
    ['no dates', { fixedDates: { calendarDates: [] } }],
    ['21 dates', { fixedDates: { calendarDates: DATES } }],
    ['30 February', { fixedDates: { calendarDates: [{ day: 30, month: 2 }] } }],
    ['a date twice', { fixedDates: { calendarDates: [DATES[3], DATES[4], DATES[3]] } }],
  ];
  test.each<[string, Record<string, unknown>, string[]]>([
    ['an empty name', { name: '' }, ['INVALID_NAME name']],
    ['a blank name', { name: ' \n' }, ['INVALID_NAME name']],
    ['a name of 201 characters', { name: 'x'.repeat(201) }, ['INVALID_NAME name']],
    ['51 keys', { metadata: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, index])) }, ['INVALID_METADATA metadata']],
    ['10 KiB and a byte', { metadata: fullOf(10_241) }, ['INVALID_METADATA metadata']],
    ['10 KiB of characters with more bytes', { metadata: { text: 'é'.repeat(6_000) } }, ['INVALID_METADATA metadata']],
    ['a NUL in metadata', { metadata: { a: ['\u0000'] } }, ['INVALID_METADATA metadata']],
    ['half a character in metadata', { metadata: { a: '\ud83c' } }, ['INVALID_METADATA metadata']],
    ['no period', { expiration: { rolling: { period: { value: 0, unit: 'DAY' } } } }, ['INVALID_EXPIRATION expiration']],
    ['a period above 1000', { expiration: { rolling: { period: { value: 1001, unit: 'DAY' } } } }, ['INVALID_EXPIRATION expiration']],
    ['a negative period', { expiration: { rolling: { period: { value: -1, unit: 'YEAR' } } } }, ['INVALID_EXPIRATION expiration']],
    [
      'hours that are rounded',
      { expiration: { rolling: { period: { value: 5, unit: 'HOUR' }, rounding: 'END_OF_MONTH' } } },
      ['INVALID_EXPIRATION expiration'],
    ],
    [
      'a particular month that is not named',
      { expiration: { rolling: { period: ROLLING, rounding: 'END_OF_PARTICULAR_MONTH' } } },
      ['INVALID_EXPIRATION expiration'],
    ],
    ...[0, 13].map((roundingMonth): [string, Record<string, unknown>, string[]] => [
      `month ${roundingMonth}`,
      { expiration: { rolling: { period: ROLLING, rounding: 'END_OF_PARTICULAR_MONTH', roundingMonth } } },
      ['INVALID_EXPIRATION expiration'],
    ]),
    [
      'a month for another rounding',
      { expiration: { rolling: { period: ROLLING, rounding: 'END_OF_YEAR', roundingMonth: 6 } } },
      ['INVALID_EXPIRATION expiration'],
    ],
    ['a month without rounding', { expiration: { rolling: { period: ROLLING, roundingMonth: 6 } } }, ['INVALID_EXPIRATION expiration']],
    ['no days', { expiration: { calendar: { calendarDates: [] } } }, ['INVALID_EXPIRATION expiration']],
    ['21 days', { expiration: { calendar: { calendarDates: DATES } } }, ['INVALID_EXPIRATION expiration']],
    ['31 February', { expiration: { calendar: { calendarDates: [{ day: 31, month: 2 }] } } }, ['INVALID_EXPIRATION expiration']],
    ['month 13 of the year', { expiration: { calendar: { calendarDates: [{ day: 1, month: 13 }] } } }, ['INVALID_EXPIRATION expiration']],
    ['day 0', { expiration: { calendar: { calendarDates: [{ day: 0, month: 1 }] } } }, ['INVALID_EXPIRATION expiration']],
    ['a day twice', { expiration: { calendar: { calendarDates: [DATES[0], DATES[0]] } } }, ['INVALID_EXPIRATION expiration']],
    ['noExpiration that is not true', { expiration: { noExpiration: false } }, ['INVALID_EXPIRATION expiration']],
    ...SENSELESS_SLIDING.map(([what, sliding]): [string, Record<string, unknown>, string[]] => [
      `a sliding expiration with ${what}`,
      { expiration: { sliding: { period: ROLLING, ...sliding } } },
      ['INVALID_EXPIRATION expiration'],
    ]),
    ...SENSELESS_ACTIVATIONS.map(([what, activation]): [string, Record<string, unknown>, string[]] => [
      `an activation with ${what}`,
      { activation },
      ['INVALID_ACTIVATION activation'],
    ]),
    ['an empty idempotency key', { idempotencyKey: '' }, ['INVALID_IDEMPOTENCY_KEY idempotencyKey']],
    ['an idempotency key of 256 characters', { idempotencyKey: 'k'.repeat(256) }, ['INVALID_IDEMPOTENCY_KEY idempotencyKey']],
    [
      'everything at once',
      { name: '', metadata: { a: '\u0000' }, expiration: { noExpiration: false }, activation: { immediate: false } },
      ['INVALID_NAME name', 'INVALID_METADATA metadata', 'INVALID_EXPIRATION expiration', 'INVALID_ACTIVATION activation'],
    ],
  ])('refuses %s', async (_, wrong, problems) => {
    const payload = await unchanged(server, () => take('Create', { name: 'Beans', ...wrong }));
    expect(payload.cardDefinition).toBeNull();
    expect(problemsOf(payload)).toEqual(problems);
  });

  test('20 days are the most', async () => {
    const calendarDates = DATES.slice(0, 20);
    const card = await create({ expiration: { calendar: { calendarDates } }, activation: { fixedDates: { calendarDates } } });
    expect([card.expiration.calendar, card.activation.fixedDates]).toEqual([{ calendarDates }, { calendarDates }]);
  });

  test.each<[string, Record<string, unknown>]>([
    ['two ways', { noExpiration: true, rolling: { period: ROLLING } }],
    ['two ways, one of them null', { noExpiration: true, calendar: null }],
    ['no way', {}],
  ])('an expiration with %s cannot be expressed', async (_, expiration) => {
    const document = 'mutation($input: CardDefinitionCreateInput!) { cardDefinitionCreate(input: $input) { userErrors { code } } }';
    const answer = await unchanged(server, () => cafe.send(document, { input: { name: 'Beans', expiration } }));
    expect(answer).toMatchObject({ status: 400, data: null });
    expect(answer.errors[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT', field: ['input', 'expiration'] } });
    const written = Object.entries(expiration).map(([way]) => `${way}: ${way === 'noExpiration' ? 'true' : 'null'}`);
    const literal = `mutation { cardDefinitionCreate(input: { name: "Beans", expiration: { ${written.join(', ')} } }) { userErrors { code } } }`;
    const writtenOut = await unchanged(server, () => cafe.send(literal));
    expect(writtenOut).toMatchObject({ status: 400, data: null, errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] });
  });

  test.each<[string, Record<string, unknown>]>([
    ['two ways', { immediate: true, periodBased: { days: 3 } }],
    ['two ways, one of them null', { immediate: true, fixedDates: null }],
    ['no way', {}],
  ])('an activation with %s cannot be expressed', async (_, activation) => {
    const document = 'mutation($input: CardDefinitionCreateInput!) { cardDefinitionCreate(input: $input) { userErrors { code } } }';
    const answer = await unchanged(server, () => cafe.send(document, { input: { name: 'Beans', activation } }));
    expect(answer).toMatchObject({ status: 400, data: null });
    expect(answer.errors[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT', field: ['input', 'activation'] } });
  });

  test.each<[string, Record<string, unknown>]>([
    ['a refund policy that is none', { refundPolicy: 'REVOKE' }],
    ['no refund policy', { refundPolicy: null }],
    ['a sliding expiration without a period', { expiration: { sliding: { earningActivity: true } } }],
    ['half a day', { activation: { periodBased: { days: 0.5 } } }],
  ])('%s is malformed', async (_, wrong) => {
    const document = 'mutation($input: CardDefinitionCreateInput!) { cardDefinitionCreate(input: $input) { userErrors { code } } }';
    const answer = await unchanged(server, () => cafe.send(document, { input: { name: 'Beans', ...wrong } }));
    expect([answer.data, answer.errors.map(({ extensions }) => extensions.code)]).toEqual([null, ['BAD_USER_INPUT']]);
  });

  test('one way through a variable that turns out to be null is refused too', async () => {
    const document = `mutation($way: Boolean) {
      cardDefinitionCreate(input: { name: "Beans", expiration: { noExpiration: $way } }) { userErrors { code } } }`;
    for (const variables of [{}, { way: null }]) {
      const answer = await unchanged(server, () => cafe.send(document, variables));
      expect(answer.data).toBeNull();
      expect(answer.errors).toHaveLength(1);
      expect(['BAD_USER_INPUT', 'GRAPHQL_VALIDATION_FAILED']).toContain(answer.errors[0]!.extensions.code);
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
    const { cardDefinition, userErrors } = await take(step, { id: before.id });
    expect(userErrors).toEqual([]);
    const after = { ...before, status: next, version: before.version + 1, updatedAt: '2030-01-01T00:00:00.000Z' };
    expect([cardDefinition, await read(before.id)]).toEqual([after, after]);
    const snapshot = {
      key: expect.stringMatching(/^beans/),
      name: 'Beans',
      expiration: { type: 'NO_EXPIRATION' },
      activation: { type: 'IMMEDIATE' },
      refundPolicy: 'REVOKE_TO_ZERO',
      metadata: {},
    };
    expect((await activitiesOf(before.id))[0]).toEqual({
      action: ACTIONS[step],
      subjectId: before.id,
      before: { ...snapshot, status, version: before.version },
      after: { ...snapshot, status: next, version: before.version + 1 },
      recordedAt: '2030-01-01T00:00:00.000Z',
    });
    const { rows } = await server.database.pool.query("SELECT type FROM events WHERE data ->> 'id' = $1 ORDER BY id DESC LIMIT 1", [before.id]);
    expect(rows).toEqual([{ type: `card_definition.${ACTIONS[step].toLowerCase()}` }]);
  });

  test.each(STEPS.filter(({ next }) => next === null))('$status: $step is refused', async ({ status, step }) => {
    const { id } = await createIn(status);
    const payload = await unchanged(server, () => take(step, { id }));
    expect(payload.cardDefinition).toBeNull();
    expect(problemsOf(payload)).toEqual(['INVALID_STATUS id']);
  });

  test('a draft changes freely', async () => {
    const { id } = await createIn('DRAFT');
    server.setNow('2030-01-01T00:00:00Z');
    const expiration = { rolling: { period: { value: 2, unit: 'WEEK' } } };
    const activation = { periodBased: { days: 30 } };
    const changes = { name: 'Seeds', metadata: { a: 1 }, expiration, activation, refundPolicy: 'REVOKE_BELOW_ZERO' };
    const { cardDefinition } = await take('Update', { id, ...changes, version: 1 });
    expect(cardDefinition).toMatchObject({
      name: 'Seeds',
      status: 'DRAFT',
      version: 2,
      metadata: { a: 1 },
      updatedAt: '2030-01-01T00:00:00.000Z',
      expiration: { type: 'ROLLING', rolling: { period: { value: 2, unit: 'WEEK' } } },
      activation: { type: 'PERIOD_BASED', periodBased: { days: 30 } },
      refundPolicy: 'REVOKE_BELOW_ZERO',
    });
    expect(await read(id)).toEqual(cardDefinition);
    // What is left out, or null, stays as it is.
    const nothing = { metadata: null, expiration: null, activation: null, refundPolicy: null };
    const kept = await take('Update', { id, name: 'Grains', ...nothing });
    expect(kept.cardDefinition).toEqual({ ...cardDefinition, name: 'Grains', version: 3 });
    // The audit entry tells all settings, before and after.
    const sliding = { period: { value: 6, unit: 'MONTH' }, earningActivity: true, customActivity: true, customActivityTypes: ['visit'] };
    const { cardDefinition: slid } = await take('Update', { id, expiration: { sliding } });
    expect(slid).toEqual({ ...kept.cardDefinition, expiration: { type: 'SLIDING', rolling: null, calendar: null, sliding: { ...sliding, spendingActivity: false } }, version: 4 });
    const [{ before, after }] = await activitiesOf(id);
    const rest = { activation: { type: 'PERIOD_BASED', days: 30 }, refundPolicy: 'REVOKE_BELOW_ZERO' };
    expect(before).toMatchObject({ ...rest, version: 3, expiration: { type: 'ROLLING', period: { value: 2, unit: 'WEEK' }, rounding: null } });
    expect(after).toMatchObject({ ...rest, version: 4, expiration: { type: 'SLIDING', ...sliding, spendingActivity: false } });
  });

  test.each(['ACTIVE', 'INACTIVE'] as const)('%s: only name and metadata may change', async (status) => {
    const before = await createIn(status);
    const refusal = await unchanged(server, () => take('Update', { id: before.id, name: 'Seeds', expiration: { noExpiration: true } }));
    expect(problemsOf(refusal)).toEqual(['NOT_DRAFT expiration']);
    const others = { activation: { immediate: true }, refundPolicy: 'REVOKE_TO_ZERO' };
    expect(problemsOf(await unchanged(server, () => take('Update', { id: before.id, ...others })))).toEqual([
      'NOT_DRAFT activation',
      'NOT_DRAFT refundPolicy',
    ]);
    const { cardDefinition } = await take('Update', { id: before.id, name: 'Seeds', metadata: { a: 1 } });
    expect(cardDefinition).toMatchObject({ name: 'Seeds', metadata: { a: 1 }, status, version: before.version + 1 });
  });

  test('DELETED: nothing may change, and it stays readable', async () => {
    const before = await createIn('DELETED');
    const refusal = await unchanged(server, () => take('Update', { id: before.id, name: 'Seeds' }));
    expect(problemsOf(refusal)).toEqual(['INVALID_STATUS id']);
    expect(await read(before.id)).toEqual(before);
    const { cardDefinitions } = await cafe.run('{ cardDefinitions(first: 100) { nodes { status } } }');
    expect(cardDefinitions.nodes.map(({ status }: { status: string }) => status)).not.toContain('DELETED');
  });

  test('an update is refused for what is wrong in it, with everything else', async () => {
    const { id } = await createIn('DRAFT');
    const senseless = { expiration: { noExpiration: false }, activation: { immediate: false } };
    const wrong = { id, name: '', metadata: { a: '\u0000' }, ...senseless, version: 7 };
    expect(problemsOf(await unchanged(server, () => take('Update', wrong)))).toEqual([
      'VERSION_CONFLICT version',
      'INVALID_NAME name',
      'INVALID_METADATA metadata',
      'INVALID_EXPIRATION expiration',
      'INVALID_ACTIVATION activation',
    ]);
  });

  test('a deactivated card gives no points, an activated one does again', async () => {
    const shop = await server.workspace();
    const { cardDefinitionId } = await buildProgram(shop, { structure: null });
    await buildCustomer(shop, 'ada');
    await take('Deactivate', { id: cardDefinitionId }, shop);
    expect((await earn(shop, 'ada', '10.00')).awards).toEqual([]);
    await take('Activate', { id: cardDefinitionId }, shop);
    expect((await earn(shop, 'ada', '10.00')).awards).toMatchObject([{ points: 10 }]);
  });
});

describe('versions', () => {
  test.each([
    ['Update', 'DRAFT'],
    ['Activate', 'DRAFT'],
    ['Deactivate', 'ACTIVE'],
    ['Draft', 'ACTIVE'],
    ['Delete', 'INACTIVE'],
  ] as const)('%s refuses a version that is not the present one', async (step, status) => {
    const { id, version } = await createIn(status);
    const input = { id, ...(step === 'Update' ? { name: 'Seeds' } : {}) };
    for (const stale of [version - 1, version + 1]) {
      const payload = await unchanged(server, () => take(step, { ...input, version: stale }));
      expect(problemsOf(payload)).toEqual(['VERSION_CONFLICT version']);
    }
    expect((await take(step, { ...input, version })).cardDefinition.version).toBe(version + 1);
  });
});

describe('in use', () => {
  let shop: ApiClient;
  let cardDefinitionId: string;
  const attempt = (step: string) => unchanged(server, () => take(step, { id: cardDefinitionId }, shop));

  test('by an active tier structure: no draft, no deletion', async () => {
    shop = await server.workspace();
    const { tierStructureId, ...program } = await buildProgram(shop, { rule: null });
    ({ cardDefinitionId } = program);
    expect(problemsOf(await attempt('Draft'))).toEqual(['IN_USE id']);
    expect(problemsOf(await attempt('Delete'))).toEqual(['IN_USE id']);
    await shop.succeed('tierStructureDeactivate', { id: tierStructureId }, 'tierStructure { id }');
    expect((await take('Draft', { id: cardDefinitionId }, shop)).cardDefinition.status).toBe('DRAFT');
    expect((await take('Delete', { id: cardDefinitionId }, shop)).cardDefinition.status).toBe('DELETED');
  });

  test('by an earn rule in force: no deletion', async () => {
    shop = await server.workspace();
    const { earnRuleId, ...program } = await buildProgram(shop, { structure: null });
    ({ cardDefinitionId } = program);
    expect(problemsOf(await attempt('Delete'))).toEqual(['IN_USE id']);
    await shop.succeed('earnRuleRetire', { id: earnRuleId }, 'earnRule { id }');
    expect((await take('Delete', { id: cardDefinitionId }, shop)).cardDefinition.status).toBe('DELETED');
  });

  test('by customers with points on it, or who had any: no draft', async () => {
    server.setNow('2026-05-17T12:00:00Z');
    shop = await server.workspace();
    const card = { expiration: { rolling: { period: { value: 1, unit: 'DAY' } } } };
    ({ cardDefinitionId } = await buildProgram(shop, { structure: null, card }));
    await buildCustomer(shop, 'ada');
    await earn(shop, 'ada', '10.00');
    expect(problemsOf(await attempt('Draft'))).toEqual(['IN_USE id']);
    server.setNow('2026-06-17T12:00:00Z');
    expect((await shop.run('{ customer(by: { externalId: "ada" }) { points } }')).customer.points).toBe(0);
    expect(problemsOf(await attempt('Draft'))).toEqual(['IN_USE id']);
    // Another card definition of the workspace is free all the same.
    const other = await create({}, shop);
    await take('Activate', { id: other.id }, shop);
    expect((await take('Draft', { id: other.id }, shop)).cardDefinition.status).toBe('DRAFT');
  });

  test('an earn rule or structure of another card does not keep it', async () => {
    shop = await server.workspace();
    await buildProgram(shop);
    const free = await create({}, shop);
    await take('Activate', { id: free.id }, shop);
    expect((await take('Delete', { id: free.id }, shop)).cardDefinition.status).toBe('DELETED');
    const ruled = await create({}, shop);
    await take('Activate', { id: ruled.id }, shop);
    await buildRule(shop, ruled.id);
    const linked = await create({}, shop);
    await take('Activate', { id: linked.id }, shop);
    await buildStructure(shop, linked.id);
    expect(problemsOf(await take('Delete', { id: ruled.id }, shop))).toEqual(['IN_USE id']);
    expect(problemsOf(await take('Delete', { id: linked.id }, shop))).toEqual(['IN_USE id']);
  });
});

describe('an idempotency key', () => {
  let keys = 0;
  const newKey = () => `card-${(keys += 1)}`;

  test('answers a repeated creation with the same card definition, and makes no second one', async () => {
    const idempotencyKey = newKey();
    const input = { name: 'Beans', metadata: { a: 1, b: 2 }, idempotencyKey };
    const first = await take('Create', input);
    const again = await unchanged(server, () => take('Create', { idempotencyKey, metadata: { b: 2, a: 1 }, name: 'Beans' }));
    expect(again).toEqual(first);
    const other = await unchanged(server, () => take('Create', { ...input, name: 'Seeds' }));
    expect([other.cardDefinition, problemsOf(other)]).toEqual([null, ['IDEMPOTENCY_KEY_PARAMETER_MISMATCH idempotencyKey']]);
  });

  test.each([
    ['Update', 'DRAFT', { name: 'Seeds' }, { name: 'Grains' }],
    ['Activate', 'DRAFT', {}, { version: 1 }],
    ['Deactivate', 'ACTIVE', {}, { version: 2 }],
    ['Draft', 'ACTIVE', {}, { version: 2 }],
    ['Delete', 'ACTIVE', {}, { version: 2 }],
  ] as const)('%s is carried out once', async (step, status, input, other) => {
    const { id, version } = await createIn(status);
    const idempotencyKey = newKey();
    const first = await take(step, { id, ...input, idempotencyKey });
    expect(first.cardDefinition.version).toBe(version + 1);
    expect(await unchanged(server, () => take(step, { id, ...input, idempotencyKey }))).toEqual(first);
    const mismatch = await unchanged(server, () => take(step, { id, ...input, ...other, idempotencyKey }));
    expect(problemsOf(mismatch)).toEqual(['IDEMPOTENCY_KEY_PARAMETER_MISMATCH idempotencyKey']);
  });

  test('belongs to one operation', async () => {
    const { id } = await createIn('ACTIVE');
    const idempotencyKey = newKey();
    await take('Deactivate', { id, idempotencyKey });
    const payload = await unchanged(server, () => take('Activate', { id, idempotencyKey }));
    expect(problemsOf(payload)).toEqual(['IDEMPOTENCY_KEY_PARAMETER_MISMATCH idempotencyKey']);
  });

  test('is not used up by an attempt that was refused', async () => {
    const { id } = await createIn('DRAFT');
    const idempotencyKey = newKey();
    const refusal = await unchanged(server, () => take('Update', { id, name: '', idempotencyKey }));
    expect(problemsOf(refusal)).toEqual(['INVALID_NAME name']);
    expect((await take('Update', { id, name: 'Seeds', idempotencyKey })).cardDefinition.name).toBe('Seeds');
  });

  test('sent ten times at once has one effect and one answer', async () => {
    const input = { name: 'Once', idempotencyKey: newKey() };
    const payloads = await Promise.all(Array.from({ length: 10 }, () => take('Create', input)));
    expect(new Set(payloads.map(({ cardDefinition }) => cardDefinition.id)).size).toBe(1);
    const { rows } = await server.database.pool.query("SELECT count(*)::int AS made FROM card_definitions WHERE name = 'Once'");
    expect(rows).toEqual([{ made: 1 }]);
  });

  test('is free again after 7 days, and not before', async () => {
    server.setNow('2026-05-17T12:00:00Z');
    const input = { name: 'Weekly', idempotencyKey: newKey() };
    const first = await take('Create', input);
    server.setNow('2026-05-24T11:59:59.999Z');
    expect((await take('Create', input)).cardDefinition.id).toBe(first.cardDefinition.id);
    server.setNow('2026-05-24T12:00:00Z');
    expect((await take('Create', input)).cardDefinition.id).not.toBe(first.cardDefinition.id);
  });
});

describe('whose it is', () => {
  test.each(['Update', 'Activate', 'Deactivate', 'Draft', 'Delete'])('%s does not tell a foreign id from one of nothing', async (step) => {
    const foreign = await create({}, bookshop);
    const ids = [foreign.id, 'cdef_01h2xcejqtf2nbrexx3vqjhp41', 'tstr_01h2xcejqtf2nbrexx3vqjhp41', 'cdef_', '', 'x'.repeat(1_000)];
    for (const id of ids) {
      const payload = await unchanged(server, () => take(step, { id, ...(step === 'Update' ? { name: 'Mine' } : {}) }));
      expect(payload).toEqual({
        cardDefinition: null,
        userErrors: [{ code: 'NOT_FOUND', message: 'There is no such card definition.', field: ['input', 'id'] }],
      });
      expect(await read(id)).toBeNull();
    }
    expect(await read(foreign.id, bookshop)).toEqual(foreign);
  });
});

describe('a key', () => {
  test('is made of the name, told apart by a number, or given; it may change at any time, and a deleted card gives its own free', async () => {
    const shop = await server.workspace();
    const made = [await create({ key: 'coffee-beans' }, shop), await create({ name: 'Coffee beans' }, shop), await create({}, shop)];
    const keyOf = async (id: string) => (await shop.run('query($id: ID!) { cardDefinition(id: $id) { key } }', { id })).cardDefinition.key;
    expect(await Promise.all(made.map(({ id }) => keyOf(id)))).toEqual(['coffee-beans', 'coffee-beans_2', 'beans']);
    const [first, second] = made;
    await take('Activate', { id: second.id }, shop);
    for (const [key, code] of [['coffee-beans', 'KEY_TAKEN'], ['Coffee', 'INVALID_KEY']] as const) {
      expect(problemsOf(await unchanged(server, () => take('Update', { id: second.id, key }, shop)))).toEqual([`${code} key`]);
      expect(problemsOf(await unchanged(server, () => take('Create', { name: 'Beans', key }, shop)))).toEqual([`${code} key`]);
    }
    await take('Delete', { id: first.id }, shop);
    expect(problemsOf(await take('Update', { id: second.id, key: 'coffee-beans' }, shop))).toEqual([]);
    expect(await keyOf(second.id)).toBe('coffee-beans');
    // Workspaces do not share their keys.
    expect(problemsOf(await take('Create', { name: 'Beans', key: 'coffee-beans' }, bookshop))).toEqual([]);
  });
});

describe('what is told of it', () => {
  test('every change, newest first, page by page, with who made it and in which request', async () => {
    server.setNow('2026-05-17T12:00:00Z');
    const { id } = await create({ metadata: { a: 1 } });
    server.setNow('2026-05-18T12:00:00Z');
    const answer = await cafe.send(
      'mutation($id: ID!) { cardDefinitionUpdate(input: { id: $id, name: "Seeds" }) { cardDefinition { version } } }',
      { id },
    );
    await take('Activate', { id });
    await take('Delete', { id });

    const document = `query($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
      cardDefinition(id: $id) { activities(first: $first, after: $after, last: $last, before: $before) {
        nodes { id action subjectId apiKeyId requestId before after recordedAt }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`;
    const page = async (variables: object) => (await cafe.run(document, { id, ...variables })).cardDefinition.activities;
    const all = await page({});
    const actions = ({ nodes }: { nodes: { action: string }[] }) => nodes.map(({ action }) => action);
    expect(actions(all)).toEqual(['DELETED', 'ACTIVATED', 'UPDATED', 'CREATED']);
    const { apiKeys } = await cafe.run('{ apiKeys { nodes { id } } }');
    const snapshot = {
      key: expect.stringMatching(/^beans/),
      name: 'Beans',
      status: 'DRAFT',
      expiration: { type: 'NO_EXPIRATION' },
      activation: { type: 'IMMEDIATE' },
      refundPolicy: 'REVOKE_TO_ZERO',
      metadata: { a: 1 },
      version: 1,
    };
    expect(all.nodes[2]).toEqual({
      id: expect.stringMatching(/^act_[0-9a-z]{26}$/),
      action: 'UPDATED',
      subjectId: id,
      apiKeyId: apiKeys.nodes[0].id,
      requestId: answer.headers.get('x-request-id'),
      before: snapshot,
      after: { ...snapshot, name: 'Seeds', version: 2 },
      recordedAt: '2026-05-18T12:00:00.000Z',
    });
    expect(all.nodes[3]).toMatchObject({ before: null, after: snapshot });

    const first = await page({ first: 3 });
    expect([actions(first), first.pageInfo.hasNextPage]).toEqual([['DELETED', 'ACTIVATED', 'UPDATED'], true]);
    const second = await page({ first: 3, after: first.pageInfo.endCursor });
    expect([actions(second), second.pageInfo.hasNextPage, second.pageInfo.hasPreviousPage]).toEqual([['CREATED'], false, true]);
    const back = await page({ last: 2, before: second.pageInfo.startCursor });
    expect([actions(back), back.pageInfo.hasPreviousPage]).toEqual([['ACTIVATED', 'UPDATED'], true]);
  });

  test('lists come newest first, page by page', async () => {
    const shop = await server.workspace();
    const ids: string[] = [];
    for (let made = 0; made < 5; made += 1) ids.unshift((await create({}, shop)).id);
    await take('Delete', { id: ids[2] }, shop);
    const left = ids.filter((_, index) => index !== 2);
    const list = async (args: string) =>
      (await shop.run(`{ cardDefinitions(${args}) { edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage } } }`)).cardDefinitions;
    const idsOf = ({ edges }: { edges: { node: { id: string } }[] }) => edges.map(({ node }) => node.id);
    const first = await list('first: 3');
    expect([idsOf(first), first.pageInfo]).toEqual([left.slice(0, 3), { hasNextPage: true, hasPreviousPage: false }]);
    const second = await list(`first: 3, after: "${first.edges[2].cursor}"`);
    expect([idsOf(second), second.pageInfo]).toEqual([left.slice(3), { hasNextPage: false, hasPreviousPage: true }]);
    expect(idsOf(await list('last: 2'))).toEqual(left.slice(2));
    expect(idsOf(await list(`last: 2, before: "${second.edges[0].cursor}"`))).toEqual(left.slice(1, 3));
  });
});

test('every reason of the contract to refuse a card definition was met above', () => {
  expect([...reached].sort()).toEqual(codesOf('CardDefinitionErrorCode'));
});

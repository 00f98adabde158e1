/** Recording purchases: the whole answer, amounts, rules, repetition, and every way to be refused. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ApiClient } from '../support/client.ts';
import type { Program } from '../support/program.ts';
import { buildCardDefinition, buildCustomer, buildProgram, buildRule, countRows, earn, standingOf } from '../support/program.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';
import { problemsOf, unchanged } from '../support/unchanged.ts';

const NOW = '2026-05-17T12:00:00.000Z';
const LONG_AGO = '2020-01-01T00:00:00.000Z';
const JOINED = { joinedAt: LONG_AGO };
const POINTS_MAX = '9223372036854775807';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(() => server.setNow(NOW));

/** What a refused purchase answers, apart from the reasons. */
const NOTHING = { customer: null, transaction: null, awards: [], tierTransitions: [], duplicate: false };

/** A purchase that must be refused: it answers nothing, and nothing changes. */
async function refused(client: ApiClient, externalId: string, amount: string | number, more: Record<string, unknown> = {}): Promise<string[]> {
  const answer = await unchanged(server, () => earn(client, externalId, amount, more));
  const { userErrors: _, ...rest } = answer;
  expect(rest).toEqual(NOTHING);
  return problemsOf(answer);
}

/** A purchase that must be recorded. */
async function recorded(client: ApiClient, externalId: string, amount: string | number, more: Record<string, unknown> = {}) {
  const answer = await earn(client, externalId, amount, more);
  expect(problemsOf(answer)).toEqual([]);
  return answer;
}

const pointsOf = ({ awards }: { awards: { points: number | string }[] }) => awards.map(({ points }) => points);

async function gains(work: () => Promise<unknown>): Promise<Record<string, number>> {
  const before = await countRows(server.database);
  await work();
  const after = await countRows(server.database);
  const changes = Object.entries(after ?? {}).map(([table, count]): [string, number] => [table, Number(count) - Number(before?.[table])]);
  return Object.fromEntries(changes.filter(([, gain]) => gain !== 0));
}

describe('the answer', () => {
  let client: ApiClient;
  let program: Program;
  beforeAll(async () => {
    server.setNow(NOW);
    client = await server.workspace({ timeZone: 'Europe/Warsaw' });
    const card = { expiration: { rolling: { period: { value: 12, unit: 'MONTH' } } } };
    program = await buildProgram(client, { effectiveAt: LONG_AGO, card });
  });

  test('holds customer, transaction, awards and tier changes in one round trip', async () => {
    const id = await buildCustomer(client, 'zoe', JOINED);
    const lines = [
      { sku: 'BEANS-1', category: 'coffee', quantity: 2, amount: '100.00' },
      { amount: '52.4' },
    ];
    const answer = await client.mutate(
      'earn',
      {
        customer: { id },
        amount: '152.4',
        currency: 'USD',
        location: 'Kraków 1',
        lines,
        occurredAt: '2026-05-17T11:30:00+02:00',
        source: 'pos',
        reference: 'R-1',
        idempotencyKey: 'zoe-1',
      },
      `customer { id externalId points tier { id name } cards { balance lots { points expiresOn expiresAt earnedAt } } }
      transaction {
        id customer { id } source reference amount currency location occurredAt recordedAt
        lines { sku category quantity amount } awards { points }
      }
      awards { points multiplier expiresAt cardDefinition { id } earnRuleVersion { number } }
      tierTransitions { type reason fromTier { name } toTier { name } measure occurredAt recordedAt late retraction }
      duplicate`,
    );
    const occurredAt = '2026-05-17T09:30:00.000Z';
    const expiresAt = '2027-05-17T22:00:00.000Z';
    expect(answer).toEqual({
      customer: {
        id,
        externalId: 'zoe',
        points: 152,
        tier: { id: program.tierIds['Silver'], name: 'Silver' },
        cards: [{ balance: 152, lots: [{ points: 152, expiresOn: '2027-05-17', expiresAt, earnedAt: occurredAt }] }],
      },
      transaction: {
        id: expect.stringMatching(/^txn_[0-9a-z]{26}$/),
        customer: { id },
        source: 'pos',
        reference: 'R-1',
        amount: '152.40',
        currency: 'USD',
        location: 'Kraków 1',
        occurredAt,
        recordedAt: NOW,
        lines: [
          { sku: 'BEANS-1', category: 'coffee', quantity: 2, amount: '100.00' },
          { sku: null, category: null, quantity: 1, amount: '52.40' },
        ],
        awards: [{ points: 152 }],
      },
      awards: [
        { points: 152, multiplier: '1', expiresAt, cardDefinition: { id: program.cardDefinitionId }, earnRuleVersion: { number: 1 } },
      ],
      tierTransitions: [
        {
          type: 'UPGRADED',
          reason: 'POINTS_EARNED',
          fromTier: { name: 'Basic' },
          toTier: { name: 'Silver' },
          measure: 152,
          occurredAt,
          recordedAt: NOW,
          // The customer was settled when the profile was made, which is after the purchase.
          late: true,
          retraction: false,
        },
      ],
      duplicate: false,
      userErrors: [],
    });
    for (const by of [{ id: answer.transaction.id }, { reference: { source: 'pos', reference: 'R-1' } }]) {
      const { transaction } = await client.run(
        `query($by: TransactionReference!) { transaction(by: $by) {
          id customer { id } source reference amount currency location occurredAt recordedAt
          lines { sku category quantity amount } awards { points } } }`,
        { by },
      );
      expect(transaction).toEqual(answer.transaction);
    }
  });

  test('without more than customer, amount and currency: now, and nothing else known', async () => {
    await buildCustomer(client, 'least', JOINED);
    const answer = await client.mutate(
      'earn',
      { customer: { externalId: 'least' }, amount: '5', currency: 'USD' },
      'transaction { source reference location lines { amount } occurredAt recordedAt amount } tierTransitions { type } duplicate',
    );
    expect(answer).toEqual({
      transaction: { source: 'default', reference: null, location: null, lines: [], occurredAt: NOW, recordedAt: NOW, amount: '5.00' },
      tierTransitions: [],
      duplicate: false,
      userErrors: [],
    });
  });

  test('skipping tiers is one change', async () => {
    await buildCustomer(client, 'skipper', JOINED);
    const { customer, tierTransitions } = await recorded(client, 'skipper', '1000.00');
    expect([customer.tier.name, tierTransitions.length]).toEqual(['Platinum', 1]);
    expect(tierTransitions[0]).toMatchObject({ type: 'UPGRADED', fromTier: { name: 'Basic' }, toTier: { name: 'Platinum' }, late: false });
  });

  test('adds one transaction, entry, lot, card and their events, and later only what is new', async () => {
    await buildCustomer(client, 'counted', JOINED);
    expect(await gains(() => recorded(client, 'counted', '10.00'))).toEqual({ transactions: 1, ledger_entries: 1, cards: 1, lots: 1, events: 3 });
    expect(await gains(() => recorded(client, 'counted', '10.00'))).toEqual({ transactions: 1, ledger_entries: 1, events: 2 });
    expect(await gains(() => recorded(client, 'counted', '80.00'))).toEqual({ transactions: 1, ledger_entries: 1, tier_transitions: 1, events: 3 });
    const { points, cards, ledgerEntries } = await standingOf(client, 'counted');
    expect(points).toBe(100);
    expect(cards).toEqual([{ id: expect.any(String), balance: 100, lots: [expect.objectContaining({ points: 100, earnedAt: NOW })] }]);
    const balances = ledgerEntries.nodes.map(({ sequence, points: change, balanceAfter }: Record<string, number>) => [sequence, change, balanceAfter]);
    expect(balances).toEqual([[3, 80, 100], [2, 10, 20], [1, 10, 10]]);
  });

  test('a purchase of nothing is a purchase with an award of 0 points', async () => {
    await buildCustomer(client, 'nothing', JOINED);
    for (const amount of ['0', '0.00', '0.99']) {
      let answer;
      expect(await gains(async () => (answer = await recorded(client, 'nothing', amount)))).toEqual({ transactions: 1, events: 1 });
      expect(answer).toMatchObject({ customer: { points: 0 }, awards: [{ points: 0, multiplier: '1' }], tierTransitions: [] });
    }
    expect((await standingOf(client, 'nothing')).ledgerEntries.nodes).toEqual([]);
  });

  test('the very millisecond is no future', async () => {
    await buildCustomer(client, 'punctual', JOINED);
    expect((await recorded(client, 'punctual', '1.00', { occurredAt: NOW })).transaction.occurredAt).toBe(NOW);
  });
});

describe('amounts', () => {
  let client: ApiClient;
  beforeAll(async () => {
    server.setNow(NOW);
    client = await server.workspace();
    const rates = [
      { currency: 'USD', value: '1', every: '1.00' },
      { currency: 'JPY', value: '1', every: '1' },
      { currency: 'KWD', value: '1000', every: '1.000' },
      { currency: 'CLF', value: '1', every: '1' },
    ];
    await buildProgram(client, { effectiveAt: LONG_AGO, structure: null, rule: { rates } });
    await buildCustomer(client, 'payer', JOINED);
  });

  const written = (amount: string) =>
    client.send(`mutation { earn(input: { customer: { externalId: "payer" }, amount: ${amount}, currency: "USD", dryRun: true }) {
      awards { points } userErrors { code field } } }`);

  test.each([['52.40'], ['"52.40"'], ['52.4'], ['"52.400"'], ['"0052.40"']])('%s may be written out in the document', async (amount) => {
    expect((await written(amount)).data.earn).toEqual({ awards: [{ points: 52 }], userErrors: [] });
  });

  test.each([['true'], ['null'], ['[1]'], ['{ value: 1 }'], ['USD']])('%s written out is malformed', async (amount) => {
    const answer = await unchanged(server, () => written(amount));
    expect(answer.data).toBeNull();
    expect(answer.errors.map(({ extensions }) => extensions.code)).toEqual(['GRAPHQL_VALIDATION_FAILED']);
  });

  test.each<[string | number, string, string, number]>([
    ['52.40', 'USD', '52.40', 52],
    [52.4, 'USD', '52.40', 52],
    [52, 'USD', '52.00', 52],
    [0, 'USD', '0.00', 0],
    ['1.001000', 'KWD', '1.001', 1001],
    ['1.001', 'KWD', '1.001', 1001],
    ['10.00', 'JPY', '10', 10],
    ['10', 'JPY', '10', 10],
    ['0.0001', 'CLF', '0.0001', 0],
    ['999999999999999.99', 'USD', '999999999999999.99', 999_999_999_999_999],
    ['000999999999999999', 'USD', '999999999999999.00', 999_999_999_999_999],
    [999_999_999_999_999, 'USD', '999999999999999.00', 999_999_999_999_999],
  ])('%j %s is %s and gives %d points', async (amount, currency, kept, points) => {
    const answer = await recorded(client, 'payer', amount, { currency });
    expect([answer.transaction.amount, pointsOf(answer)]).toEqual([kept, [points]]);
  });

  test.each<[string, string]>([
    ['1.001', 'USD'],
    ['10.5', 'JPY'],
    ['1.0001', 'KWD'],
    ['0.00001', 'CLF'],
    ['-1.00', 'USD'],
    ['-0', 'USD'],
    ['+1.00', 'USD'],
    ['1000000000000000', 'USD'],
    ['9999999999999999.99', 'USD'],
    ['', 'USD'],
    [' ', 'USD'],
    [' 1.00', 'USD'],
    ['1.00\n', 'USD'],
    ['1,00', 'USD'],
    ['1_000', 'USD'],
    ['1.', 'USD'],
    ['.5', 'USD'],
    ['1e2', 'USD'],
    ['0x10', 'USD'],
    ['NaN', 'USD'],
    ['Infinity', 'USD'],
    ['١٢', 'USD'],
    ['USD 5', 'USD'],
  ])('%j %s is no amount', async (amount, currency) => {
    expect(await refused(client, 'payer', amount, { currency })).toEqual(['INVALID_AMOUNT amount']);
  });

  test('a negative JSON number is no amount', async () => {
    expect(await refused(client, 'payer', -1)).toEqual(['INVALID_AMOUNT amount']);
  });

  test.each<[string, unknown]>([
    ['0.1 + 0.2', 0.1 + 0.2],
    ['16 significant digits', 1_234_567_890_123_456],
    ['an exponent', 1e21],
    ['a small exponent', 1e-7],
    ['65 characters', '1'.repeat(65)],
    ['a boolean', true],
    ['a list of two', ['1', '2']],
    ['nothing', null],
  ])('%s as a variable is malformed: no binary float gets through', async (_, amount) => {
    const document = 'mutation($input: EarnInput!) { earn(input: $input) { duplicate } }';
    const input = { customer: { externalId: 'payer' }, amount, currency: 'USD' };
    const answer = await unchanged(server, () => client.send(document, { input }));
    expect(answer.data).toBeNull();
    expect(answer.errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
  });

  test.each(['XYZ', 'usd', 'US', 'USDD', '', ' USD', '840', '$'])('%j is no currency', async (currency) => {
    expect(await refused(client, 'payer', '1.00', { currency })).toEqual(['UNKNOWN_CURRENCY currency']);
  });

  test('a currency without a rate is refused, never taken 1:1', async () => {
    expect(await refused(client, 'payer', '1.00', { currency: 'EUR' })).toEqual(['RATE_MISSING currency']);
  });
});

describe('bad input', () => {
  let client: ApiClient;
  beforeAll(async () => {
    server.setNow(NOW);
    client = await server.workspace();
    await buildProgram(client, { effectiveAt: LONG_AGO });
    await buildCustomer(client, 'zoe', JOINED);
  });

  const lines = (count: number, amount = '1.00') => Array.from({ length: count }, () => ({ amount }));

  test.each<[string, string, Record<string, unknown>, string[]]>([
    ['lines that add up to less', '3.00', { lines: lines(2) }, ['INVALID_LINES lines']],
    ['lines that add up to more', '1.99', { lines: lines(2) }, ['INVALID_LINES lines']],
    ['lines a cent off', '0.30', { lines: [{ amount: '0.10' }, { amount: '0.21' }] }, ['INVALID_LINES lines']],
    ['501 lines', '501.00', { lines: lines(501) }, ['INVALID_LINES lines']],
    ['a line below 0', '1.00', { lines: [{ amount: '2.00' }, { amount: '-1.00' }] }, ['INVALID_AMOUNT lines 1 amount']],
    ['a line finer than the currency', '1.00', { lines: [{ amount: '0.995' }, { amount: '0.005' }] }, ['INVALID_AMOUNT lines 0 amount', 'INVALID_AMOUNT lines 1 amount']],
    ['a quantity of 0', '1.00', { lines: [{ amount: '1.00', quantity: 0 }] }, ['INVALID_LINES lines 0 quantity']],
    ['a quantity above a million', '1.00', { lines: [{ amount: '1.00', quantity: 1_000_001 }] }, ['INVALID_LINES lines 0 quantity']],
    ['an empty article', '1.00', { lines: [{ amount: '1.00', sku: '' }] }, ['INVALID_LINES lines 0 sku']],
    ['an article of 201 characters', '1.00', { lines: [{ amount: '1.00', sku: 'x'.repeat(201) }] }, ['INVALID_LINES lines 0 sku']],
    ['an empty category', '2.00', { lines: [{ amount: '1.00' }, { amount: '1.00', category: ' ' }] }, ['INVALID_LINES lines 1 category']],
    ['an empty location', '1.00', { location: '' }, ['INVALID_LOCATION location']],
    ['a blank location', '1.00', { location: '\t ' }, ['INVALID_LOCATION location']],
    ['a location of 201 characters', '1.00', { location: 'x'.repeat(201) }, ['INVALID_LOCATION location']],
    ['a location with NUL', '1.00', { location: 'a\u0000' }, ['INVALID_LOCATION location']],
    ['an empty reference', '1.00', { reference: '' }, ['INVALID_REFERENCE reference']],
    ['a reference of 201 characters', '1.00', { reference: 'x'.repeat(201) }, ['INVALID_REFERENCE reference']],
    ['an empty source', '1.00', { source: '' }, ['INVALID_REFERENCE source']],
    ['a source of 201 characters', '1.00', { source: 'x'.repeat(201) }, ['INVALID_REFERENCE source']],
    ['a millisecond of future', '1.00', { occurredAt: '2026-05-17T12:00:00.001Z' }, ['DATE_IN_FUTURE occurredAt']],
    ['a future by its offset', '1.00', { occurredAt: '2026-05-17T12:00:00-00:01' }, ['DATE_IN_FUTURE occurredAt']],
    ['an empty idempotency key', '1.00', { idempotencyKey: '' }, ['INVALID_IDEMPOTENCY_KEY idempotencyKey']],
    ['an idempotency key of 256 characters', '1.00', { idempotencyKey: 'k'.repeat(256) }, ['INVALID_IDEMPOTENCY_KEY idempotencyKey']],
    [
      'everything at once',
      '-1',
      { currency: 'XYZ', location: '', source: '', reference: '', occurredAt: '2027-01-01T00:00:00Z', idempotencyKey: '', lines: lines(501) },
      [
        'UNKNOWN_CURRENCY currency',
        'INVALID_AMOUNT amount',
        'INVALID_LINES lines',
        'INVALID_LOCATION location',
        'INVALID_REFERENCE source',
        'INVALID_REFERENCE reference',
        'DATE_IN_FUTURE occurredAt',
        'INVALID_IDEMPOTENCY_KEY idempotencyKey',
      ],
    ],
  ])('%s is refused', async (_, amount, more, problems) => {
    expect(await refused(client, 'zoe', amount, more)).toEqual(problems);
    expect(await refused(client, 'zoe', amount, { ...more, dryRun: true })).toEqual(problems);
  });

  test.each<[string, string, Record<string, unknown>]>([
    ['500 lines', '500.00', { lines: lines(500) }],
    ['a line of nothing', '1.00', { lines: [{ amount: '1.00' }, { amount: '0' }] }],
    ['an empty list of lines', '1.00', { lines: [] }],
    ['0.10 and 0.20, which is 0.30', '0.30', { lines: [{ amount: '0.10' }, { amount: '0.20' }] }],
    ['a quantity of a million', '1.00', { lines: [{ amount: '1.00', quantity: 1_000_000 }] }],
    ['200 emoji everywhere', '1.00', { location: '🏅'.repeat(200), source: '🏅'.repeat(200), reference: '🏅'.repeat(200), lines: [{ amount: '1.00', sku: '🏅'.repeat(200), category: '🏅'.repeat(200) }] }],
    ['an idempotency key of 255 characters', '1.00', { idempotencyKey: 'k'.repeat(255) }],
    ['nulls', '1.00', { location: null, lines: null, reference: null, idempotencyKey: null, occurredAt: null }],
  ])('%s is fine', async (_, amount, more) => {
    expect((await recorded(client, 'zoe', amount, more)).duplicate).toBe(false);
  });

  test.each<[string, Record<string, unknown>]>([
    ['an unknown id', { id: 'cust_01h2xcejqtf2nbrexx3vqjhp41' }],
    ['an id of another kind', { id: 'txn_01h2xcejqtf2nbrexx3vqjhp41' }],
    ['a malformed id', { id: 'zoe' }],
    ['an unknown external id', { externalId: 'nobody' }],
    ['an empty external id', { externalId: '' }],
    ['an external id with NUL', { externalId: 'zoe\u0000' }],
    ['an external id that is too long', { externalId: 'x'.repeat(201) }],
  ])('%s is nobody who could buy', async (_, customer) => {
    const answer = await unchanged(server, () => client.mutate('earn', { customer, amount: '1.00', currency: 'USD' }, 'customer { id } duplicate'));
    expect({ ...answer, userErrors: problemsOf(answer) }).toEqual({ customer: null, duplicate: false, userErrors: ['CUSTOMER_NOT_FOUND customer'] });
  });

  test("another workspace's customer is nobody, by either id", async () => {
    const other = await server.workspace();
    await buildProgram(other, { effectiveAt: LONG_AGO });
    const id = await buildCustomer(other, 'theirs', JOINED);
    for (const customer of [{ id }, { externalId: 'theirs' }]) {
      const answer = await unchanged(server, () => client.mutate('earn', { customer, amount: '1.00', currency: 'USD' }, 'customer { id }'));
      expect(problemsOf(answer)).toEqual(['CUSTOMER_NOT_FOUND customer']);
    }
    expect((await standingOf(other, 'theirs')).points).toBe(0);
  });
});

describe('the same reference again', () => {
  let client: ApiClient;
  beforeEach(async () => {
    client = await server.workspace();
    await buildProgram(client, { effectiveAt: LONG_AGO });
    await buildCustomer(client, 'zoe', JOINED);
    await buildCustomer(client, 'abe', JOINED);
  });

  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['without a key', {}, {}],
    ['first with a key, then without', { idempotencyKey: 'k1' }, {}],
    ['first without a key, then with one', {}, { idempotencyKey: 'k1' }],
    ['with another key', { idempotencyKey: 'k1' }, { idempotencyKey: 'k2' }],
    ['with other details', { location: 'A' }, { location: 'B', occurredAt: '2026-01-01T00:00:00Z', lines: [{ amount: '150.00' }] }],
    ['with the amount written otherwise', {}, { amount: '150' }],
  ])('%s: a duplicate of the first, and nothing changes', async (_, firstMore, secondMore) => {
    const first = await recorded(client, 'zoe', '150.00', { reference: 'R-1', ...firstMore });
    server.setNow('2026-06-01T00:00:00Z');
    const again = await unchanged(server, () => earn(client, 'zoe', '150.00', { reference: 'R-1', ...secondMore }));
    expect(again).toEqual({ ...first, duplicate: true });
    expect((await standingOf(client, 'zoe')).points).toBe(150);
  });

  test('a duplicate shows the customer as they are now', async () => {
    await recorded(client, 'zoe', '50.00', { reference: 'R-1' });
    await recorded(client, 'zoe', '60.00', { reference: 'R-2' });
    const again = await recorded(client, 'zoe', '50.00', { reference: 'R-1' });
    expect(again).toMatchObject({ duplicate: true, customer: { points: 110, tier: { name: 'Silver' } }, awards: [{ points: 50 }], tierTransitions: [] });
  });

  test('with another amount, currency or customer it is refused', async () => {
    await recorded(client, 'zoe', '10.00', { reference: 'R-1' });
    expect(await refused(client, 'zoe', '10.01', { reference: 'R-1' })).toEqual(['REFERENCE_MISMATCH reference']);
    expect(await refused(client, 'zoe', '10.00', { reference: 'R-1', currency: 'EUR' })).toEqual(['REFERENCE_MISMATCH reference']);
    expect(await refused(client, 'abe', '10.00', { reference: 'R-1' })).toEqual(['REFERENCE_MISMATCH reference']);
    expect(await refused(client, 'abe', '10.00', { reference: 'R-1', dryRun: true })).toEqual(['REFERENCE_MISMATCH reference']);
    expect([(await standingOf(client, 'zoe')).points, (await standingOf(client, 'abe')).points]).toEqual([10, 0]);
  });

  test('from another source or in another workspace it is another purchase', async () => {
    const other = await server.workspace();
    await buildProgram(other, { effectiveAt: LONG_AGO });
    await buildCustomer(other, 'zoe', JOINED);
    const answers = [
      await recorded(client, 'zoe', '10.00', { reference: 'R-1' }),
      await recorded(client, 'zoe', '10.00', { reference: 'R-1', source: 'web' }),
      await recorded(client, 'zoe', '10.00', { reference: 'r-1' }),
      await recorded(other, 'zoe', '10.00', { reference: 'R-1' }),
    ];
    expect(answers.map(({ duplicate }) => duplicate)).toEqual([false, false, false, false]);
    expect(answers.map(({ customer }) => customer.points)).toEqual([10, 20, 30, 10]);
  });

  test('"default" is the source that is meant if none is named', async () => {
    await recorded(client, 'zoe', '10.00', { reference: 'R-1' });
    expect((await recorded(client, 'zoe', '10.00', { reference: 'R-1', source: 'default' })).duplicate).toBe(true);
  });

  test('years later it is still a duplicate', async () => {
    await recorded(client, 'zoe', '10.00', { reference: 'R-1', idempotencyKey: 'k1' });
    server.setNow('2031-05-17T12:00:00Z');
    expect((await recorded(client, 'zoe', '10.00', { reference: 'R-1', idempotencyKey: 'k1' })).duplicate).toBe(true);
  });

  test('a refused purchase leaves its reference free', async () => {
    expect(await refused(client, 'zoe', '10.00', { reference: 'R-1', currency: 'EUR' })).toEqual(['RATE_MISSING currency']);
    expect((await recorded(client, 'zoe', '10.00', { reference: 'R-1' })).duplicate).toBe(false);
  });

  test('purchases without a reference are all different', async () => {
    for (const points of [10, 20, 30]) expect((await recorded(client, 'zoe', '10.00')).customer.points).toBe(points);
  });
});

describe('the same idempotency key again', () => {
  let client: ApiClient;
  beforeEach(async () => {
    client = await server.workspace();
    await buildProgram(client, { effectiveAt: LONG_AGO });
    await buildCustomer(client, 'zoe', JOINED);
    await buildCustomer(client, 'abe', JOINED);
  });

  test('the same input answers as the first call did, and changes nothing', async () => {
    const more = { idempotencyKey: 'k1', reference: 'R-1', location: 'A', lines: [{ amount: '100.00', sku: 'a' }, { amount: '50.00' }] };
    const first = await recorded(client, 'zoe', '150.00', more);
    server.setNow('2026-05-20T00:00:00Z');
    expect(await unchanged(server, () => earn(client, 'zoe', '150.00', more))).toEqual(first);
    expect(first.tierTransitions).toHaveLength(1);
  });

  test.each<[string, Record<string, unknown>]>([
    ['amount', { amount: '10.01' }],
    ['currency', { currency: 'EUR' }],
    ['customer', { customer: { externalId: 'abe' } }],
    ['location', { location: 'A' }],
    ['line', { lines: [{ amount: '10.00' }] }],
    ['time', { occurredAt: '2026-05-01T00:00:00Z' }],
    ['reference', { reference: 'R-1' }],
    ['source', { source: 'web' }],
  ])('another %s is refused', async (_, change) => {
    await recorded(client, 'zoe', '10.00', { idempotencyKey: 'k1' });
    expect(await refused(client, 'zoe', '10.00', { idempotencyKey: 'k1', ...change })).toEqual(['IDEMPOTENCY_KEY_PARAMETER_MISMATCH idempotencyKey']);
    expect([(await standingOf(client, 'zoe')).points, (await standingOf(client, 'abe')).points]).toEqual([10, 0]);
  });

  test('a refused purchase does not claim its key', async () => {
    expect(await refused(client, 'zoe', '10.00', { idempotencyKey: 'k1', currency: 'EUR' })).toEqual(['RATE_MISSING currency']);
    expect(await refused(client, 'nobody', '10.00', { idempotencyKey: 'k1' })).toEqual(['CUSTOMER_NOT_FOUND customer']);
    expect((await recorded(client, 'zoe', '10.00', { idempotencyKey: 'k1' })).customer.points).toBe(10);
  });

  test('it is kept 7 days, then it is usable again', async () => {
    const first = await recorded(client, 'zoe', '10.00', { idempotencyKey: 'k1' });
    server.setNow('2026-05-24T11:59:59.999Z');
    expect((await recorded(client, 'zoe', '10.00', { idempotencyKey: 'k1' })).transaction.id).toBe(first.transaction.id);
    expect(await refused(client, 'zoe', '20.00', { idempotencyKey: 'k1' })).toEqual(['IDEMPOTENCY_KEY_PARAMETER_MISMATCH idempotencyKey']);
    server.setNow('2026-05-24T12:00:00.000Z');
    const second = await recorded(client, 'zoe', '20.00', { idempotencyKey: 'k1' });
    expect([second.transaction.id === first.transaction.id, second.customer.points]).toEqual([false, 30]);
    expect((await recorded(client, 'zoe', '20.00', { idempotencyKey: 'k1' })).transaction.id).toBe(second.transaction.id);
    expect(await refused(client, 'zoe', '10.00', { idempotencyKey: 'k1' })).toEqual(['IDEMPOTENCY_KEY_PARAMETER_MISMATCH idempotencyKey']);
  });

  test('it belongs to its workspace, and to one kind of call', async () => {
    const other = await server.workspace();
    await buildProgram(other, { effectiveAt: LONG_AGO });
    await buildCustomer(other, 'zoe', JOINED);
    await recorded(client, 'zoe', '10.00', { idempotencyKey: 'k1' });
    expect((await recorded(other, 'zoe', '20.00', { idempotencyKey: 'k1' })).customer.points).toBe(20);
    await buildCustomer(client, 'upserted', { idempotencyKey: 'k2' });
    expect(await refused(client, 'upserted', '10.00', { idempotencyKey: 'k2' })).toEqual(['IDEMPOTENCY_KEY_PARAMETER_MISMATCH idempotencyKey']);
  });
});

describe('a dry run', () => {
  let client: ApiClient;
  beforeEach(async () => {
    client = await server.workspace();
    const card = { expiration: { rolling: { period: { value: 1, unit: 'YEAR' } } } };
    await buildProgram(client, { effectiveAt: LONG_AGO, card, rule: { tierMultipliers: { Silver: '1.5' } } });
    await buildCustomer(client, 'zoe', JOINED);
  });

  test.each<[string, Record<string, unknown>]>([
    ['now', {}],
    ['late', { occurredAt: '2025-11-01T00:00:00Z' }],
    ['so late that it has expired', { occurredAt: '2024-01-01T00:00:00Z' }],
    ['with a reference and a key', { reference: 'R-1', idempotencyKey: 'k1' }],
  ])('%s answers what the purchase then answers, and writes nothing', async (_, more) => {
    await recorded(client, 'zoe', '120.00', { occurredAt: '2026-01-01T00:00:00Z' });
    const dry = await unchanged(server, () => earn(client, 'zoe', '300.00', { ...more, dryRun: true }));
    expect(problemsOf(dry)).toEqual([]);
    expect(dry.tierTransitions.length).toBeGreaterThan(0);
    const real = await recorded(client, 'zoe', '300.00', more);
    expect(real.transaction).not.toBeNull();
    expect(dry).toEqual({ ...real, transaction: null });
  });

  test('claims neither its key nor its reference', async () => {
    const more = { reference: 'R-1', idempotencyKey: 'k1' };
    await unchanged(server, () => earn(client, 'zoe', '10.00', { ...more, dryRun: true }));
    await unchanged(server, () => earn(client, 'zoe', '20.00', { ...more, dryRun: true }));
    expect((await recorded(client, 'zoe', '30.00', more)).customer.points).toBe(30);
  });

  test('with a key that was claimed before answers what the real call would: the first purchase, or a mismatch', async () => {
    const first = await earn(client, 'zoe', '10.00', { idempotencyKey: 'claimed' });
    const same = await unchanged(server, () => earn(client, 'zoe', '10.00', { idempotencyKey: 'claimed', dryRun: true }));
    expect({ id: same.transaction.id, awards: same.awards }).toEqual({ id: first.transaction.id, awards: first.awards });
    const other = await unchanged(server, () => earn(client, 'zoe', '11.00', { idempotencyKey: 'claimed', dryRun: true }));
    expect(other.userErrors.map(({ code }: { code: string }) => code)).toEqual(['IDEMPOTENCY_KEY_PARAMETER_MISMATCH']);
  });

  test('of a reference that is recorded shows the duplicate that it would be', async () => {
    const first = await recorded(client, 'zoe', '10.00', { reference: 'R-1' });
    const dry = await unchanged(server, () => earn(client, 'zoe', '10.00', { reference: 'R-1', dryRun: true }));
    expect(dry).toEqual({ ...first, duplicate: true });
  });

  test('twice in a row answers the same', async () => {
    const [one, two] = [await earn(client, 'zoe', '100.00', { dryRun: true }), await earn(client, 'zoe', '100.00', { dryRun: true })];
    expect(one).toEqual(two);
    expect(one.customer).toMatchObject({ points: 100, tier: { name: 'Silver' } });
    expect(await standingOf(client, 'zoe')).toMatchObject({ points: 0, tier: { name: 'Basic' } });
  });
});

describe('rules', () => {
  let client: ApiClient;
  let program: Program;
  beforeEach(async () => {
    client = await server.workspace({ timeZone: 'Europe/Warsaw' });
  });

  const build = async (rule: Parameters<typeof buildProgram>[1] = {}) => {
    program = await buildProgram(client, { effectiveAt: LONG_AGO, ...rule });
    await buildCustomer(client, 'zoe', JOINED);
  };

  test('without any rule a purchase is recorded and gives nothing, in any currency', async () => {
    await build({ rule: null });
    expect(await recorded(client, 'zoe', '10.00', { currency: 'EUR' })).toMatchObject({ awards: [], customer: { points: 0 } });
  });

  test('several apply at once, each on its own card, in the order in which they were made', async () => {
    await build({ rule: { name: 'Base' } });
    await buildRule(client, program.cardDefinitionId, {}, { name: 'Double', rates: [{ currency: 'USD', value: '2', every: '1.00' }] }, LONG_AGO);
    const stamps = await buildCardDefinition(client, { name: 'Stamps' });
    await buildRule(client, stamps, {}, { name: 'Stamp', rates: [{ currency: 'USD', value: '1', every: '10.00' }], rounding: 'CEILING' }, LONG_AGO);
    const answer = await client.succeed(
      'earn',
      { customer: { externalId: 'zoe' }, amount: '25.50', currency: 'USD' },
      'awards { points cardDefinition { name } } customer { points cards { cardDefinition { name } balance ledgerEntries { nodes { points balanceAfter } } } }',
    );
    expect(answer.awards).toEqual([
      { points: 25, cardDefinition: { name: 'Points' } },
      { points: 51, cardDefinition: { name: 'Points' } },
      { points: 3, cardDefinition: { name: 'Stamps' } },
    ]);
    expect(answer.customer.points).toBe(76);
    const cards = answer.customer.cards.toSorted((a: { balance: number }, b: { balance: number }) => b.balance - a.balance);
    expect(cards).toEqual([
      { cardDefinition: { name: 'Points' }, balance: 76, ledgerEntries: { nodes: [{ points: 51, balanceAfter: 76 }, { points: 25, balanceAfter: 25 }] } },
      { cardDefinition: { name: 'Stamps' }, balance: 3, ledgerEntries: { nodes: [{ points: 3, balanceAfter: 3 }] } },
    ]);
  });

  test('one that applies without a rate refuses the whole purchase; one whose condition does not hold does not', async () => {
    await build({ rule: { name: 'Base' } });
    await buildRule(client, program.cardDefinitionId, {}, { name: 'Euro', condition: "transaction.currency == 'EUR'", rates: [{ currency: 'EUR', value: '1', every: '1' }] }, LONG_AGO);
    expect(pointsOf(await recorded(client, 'zoe', '10.00'))).toEqual([10]);
    const answer = await unchanged(server, () => earn(client, 'zoe', '10.00', { currency: 'EUR' }));
    expect(problemsOf(answer)).toEqual(['RATE_MISSING currency']);
    expect(answer.userErrors[0].message).toContain('"Base"');
  });

  test.each<['FLOOR' | 'NEAREST' | 'CEILING', 'PER_TRANSACTION' | 'PER_LINE', number]>([
    ['FLOOR', 'PER_TRANSACTION', 41],
    ['NEAREST', 'PER_TRANSACTION', 42],
    ['CEILING', 'PER_TRANSACTION', 42],
    ['FLOOR', 'PER_LINE', 40],
    ['NEAREST', 'PER_LINE', 42],
    ['CEILING', 'PER_LINE', 43],
  ])('%s %s of 20.50 + 20.80 + 0.20 is %d', async (rounding, roundingScope, points) => {
    await build({ structure: null, rule: { rounding, roundingScope } });
    const lines = [{ amount: '20.50' }, { amount: '20.80' }, { amount: '0.20' }];
    expect(pointsOf(await recorded(client, 'zoe', '41.50', { lines }))).toEqual([points]);
  });

  test('a purchase without lines is one line', async () => {
    await build({ structure: null, rule: { rounding: 'CEILING', roundingScope: 'PER_LINE' } });
    expect(pointsOf(await recorded(client, 'zoe', '41.50'))).toEqual([42]);
  });

  const HOLDS = [
    "transaction.amount == '40.00'",
    'transaction.amountMinor == 4000',
    'transaction.amountMinor >= 4000 && transaction.amountMinor < 4001',
    "transaction.currency == 'USD'",
    "transaction.location == 'Kraków 1'",
    "transaction.location.startsWith('Krak')",
    "transaction.occurredAt == timestamp('2026-05-16T22:30:00Z')",
    "transaction.occurredAt < timestamp('2026-05-17T00:00:00Z')",
    'transaction.occurredAt.getDayOfWeek() == 6',
    "transaction.occurredAt.getHours('Europe/Warsaw') == 0",
    'size(transaction.lines) == 2',
    "transaction.lines[0].sku == 'BEANS'",
    "transaction.lines.exists(line, line.category == 'coffee')",
    'transaction.lines.exists(line, line.quantity == 3)',
    "transaction.lines.exists(line, line.amount == '30.00')",
    'transaction.lines.all(line, line.amountMinor >= 1000)',
    "transaction.lines[1].sku == '' && transaction.lines[1].category == '' && transaction.lines[1].quantity == 1",
    "customer.externalId == 'zoe'",
    "customer.metadata.segment == 'B2C'",
    'customer.metadata.visits == 7.0',
    'customer.metadata.nested.flag',
    'has(customer.metadata.segment) && !has(customer.metadata.missing)',
    "customer.tiers == ['Basic']",
    "'Basic' in customer.tiers && !('Gold' in customer.tiers)",
  ];

  const PURCHASE = {
    location: 'Kraków 1',
    occurredAt: '2026-05-16T22:30:00Z',
    lines: [{ sku: 'BEANS', category: 'coffee', quantity: 3, amount: '30.00' }, { amount: '10.00' }],
  };

  test.each(HOLDS)('the condition %s holds, and its opposite does not', async (condition) => {
    program = await buildProgram(client, { effectiveAt: LONG_AGO, rule: { condition } });
    await buildRule(client, program.cardDefinitionId, {}, { condition: `!(${condition})`, rates: [{ currency: 'USD', value: '1000', every: '1' }] }, LONG_AGO);
    await buildCustomer(client, 'zoe', { ...JOINED, metadata: { segment: 'B2C', visits: 7, nested: { flag: true } } });
    expect(pointsOf(await recorded(client, 'zoe', '40.00', PURCHASE))).toEqual([40]);
  });

  test('what a purchase leaves out is empty to a condition', async () => {
    await build({ rule: { condition: "transaction.location == '' && size(transaction.lines) == 0 && size(customer.metadata) == 0" } });
    expect(pointsOf(await recorded(client, 'zoe', '40.00'))).toEqual([40]);
  });

  test('minor units are those of the currency', async () => {
    const rates = ['USD', 'JPY', 'KWD'].map((currency) => ({ currency, value: '1', every: '1' }));
    await build({ rule: { rates, condition: 'transaction.amountMinor == 40000' } });
    expect(pointsOf(await recorded(client, 'zoe', '400.00'))).toEqual([400]);
    expect(pointsOf(await recorded(client, 'zoe', '40000', { currency: 'JPY' }))).toEqual([40_000]);
    expect(pointsOf(await recorded(client, 'zoe', '40.000', { currency: 'KWD' }))).toEqual([40]);
    expect(pointsOf(await recorded(client, 'zoe', '40.00'))).toEqual([]);
  });

  test.each([
    'customer.metadata.missing == 1',
    'customer.metadata.segment > 5',
    'transaction.lines[0].amountMinor > 0',
    'transaction.nonsense == 1',
    '1 / (transaction.amountMinor - 1000) > 0',
    'customer.metadata.segment',
  ])('the condition %s fails at run time: the purchase is refused, the rule is named', async (condition) => {
    program = await buildProgram(client, { effectiveAt: LONG_AGO, rule: { name: 'Fragile', condition } });
    await buildCustomer(client, 'zoe', { ...JOINED, metadata: { segment: 'B2C' } });
    const answer = await unchanged(server, () => earn(client, 'zoe', '10.00', { reference: 'R-1', idempotencyKey: 'k1' }));
    expect({ ...answer, userErrors: problemsOf(answer) }).toEqual({ ...NOTHING, userErrors: ['CONDITION_FAILED'] });
    expect(answer.userErrors[0]).toMatchObject({ field: null, message: expect.stringContaining('"Fragile"') });
  });

  test('multipliers are those of the tier in force when the purchase happened', async () => {
    await build({ rule: { tierMultipliers: { Silver: '1.5', Gold: '2' } } });
    await recorded(client, 'zoe', '100.00', { occurredAt: '2026-03-01T00:00:00Z' });
    const answers = [
      // The purchase that lifts the customer is still one of the lower tier.
      await recorded(client, 'zoe', '1.99', { occurredAt: '2026-02-28T23:59:59.999Z' }),
      await recorded(client, 'zoe', '19.99', { occurredAt: '2026-03-01T00:00:00.001Z' }),
      await recorded(client, 'zoe', '400.00'),
      await recorded(client, 'zoe', '10.25'),
      await recorded(client, 'zoe', '10.25', { occurredAt: '2026-04-01T00:00:00Z' }),
      await recorded(client, 'zoe', '10.25', { occurredAt: '2025-04-01T00:00:00Z' }),
    ];
    expect(answers.flatMap(({ awards }) => awards.map(({ points, multiplier }: Record<string, unknown>) => [points, multiplier]))).toEqual([
      [1, '1'],
      [29, '1.5'],
      [600, '1.5'],
      [20, '2'],
      [15, '1.5'],
      [10, '1'],
    ]);
  });

  test('a tier that ends this very instant multiplies no more', async () => {
    const card = { expiration: { rolling: { period: { value: 1, unit: 'HOUR' } } } };
    await build({ card, rule: { tierMultipliers: { Silver: '1.5' } } });
    await recorded(client, 'zoe', '100.00', { occurredAt: '2026-05-17T10:00:00Z' });
    expect(pointsOf(await recorded(client, 'zoe', '10.00', { occurredAt: '2026-05-17T11:00:00.000Z' }))).toEqual([10]);
    expect(pointsOf(await recorded(client, 'zoe', '10.00', { occurredAt: '2026-05-17T10:59:59.999Z' }))).toEqual([15]);
  });

  test('multipliers of tiers of several structures are multiplied', async () => {
    await build({ rule: null, structure: { name: 'One', tiers: { All: 0 } } });
    const input = { name: 'Two', type: 'POINT_BALANCE', cardDefinitionId: program.cardDefinitionId, expiration: { noExpiration: true }, downgrade: { multiLevel: {} }, tiers: [{ name: 'Everyone', minPoints: 0 }] };
    const { tierStructure } = await client.succeed('tierStructureCreate', input, 'tierStructure { id tiers { id } }');
    await client.succeed('tierStructureActivate', { id: tierStructure.id, effectiveAt: LONG_AGO }, 'tierStructure { id }');
    const tierIds = { ...program.tierIds, Everyone: tierStructure.tiers[0].id };
    await buildRule(client, program.cardDefinitionId, tierIds, { tierMultipliers: { All: '1.1', Everyone: '3' } }, LONG_AGO);
    const { awards } = await recorded(client, 'zoe', '10.00');
    expect(awards).toEqual([{ points: 33, multiplier: '3.3', expiresAt: null }]);
  });

  test('a late purchase uses the version in force when it happened', async () => {
    await build();
    const publish = (value: string, effectiveAt: string) =>
      client.succeed('earnRulePublish', { id: program.earnRuleId, version: { rates: [{ currency: 'USD', value, every: '1' }], effectiveAt } }, 'earnRule { id }');
    await publish('2', '2026-02-01T00:00:00Z');
    await publish('3', '2026-06-01T00:00:00Z');
    await publish('5', '2026-01-01T00:00:00Z');
    const at = async (occurredAt: string) => {
      const answer = await client.succeed('earn', { customer: { externalId: 'zoe' }, amount: '1.00', currency: 'USD', occurredAt }, 'awards { points earnRuleVersion { number } }');
      return answer.awards.map(({ points, earnRuleVersion }: { points: number; earnRuleVersion: { number: number } }) => [points, earnRuleVersion.number]);
    };
    expect(await at('2019-12-31T23:59:59.999Z')).toEqual([]);
    expect(await at(LONG_AGO)).toEqual([[1, 1]]);
    expect(await at('2025-12-31T23:59:59.999Z')).toEqual([[1, 1]]);
    expect(await at('2026-01-01T00:00:00Z')).toEqual([[5, 4]]);
    expect(await at('2026-01-31T23:59:59.999Z')).toEqual([[5, 4]]);
    expect(await at('2026-02-01T00:00:00Z')).toEqual([[2, 2]]);
    expect(await at(NOW)).toEqual([[2, 2]]);
    server.setNow('2026-06-01T00:00:00Z');
    expect(await at('2026-06-01T00:00:00Z')).toEqual([[3, 3]]);
    expect(await at('2026-05-31T23:59:59.999Z')).toEqual([[2, 2]]);
  });

  test('a retired rule gives nothing from then on, and still serves purchases from before', async () => {
    await build();
    await client.succeed('earnRuleRetire', { id: program.earnRuleId }, 'earnRule { retiredAt }');
    expect(pointsOf(await recorded(client, 'zoe', '10.00', { occurredAt: NOW }))).toEqual([]);
    expect(pointsOf(await recorded(client, 'zoe', '10.00', { occurredAt: '2026-05-17T11:59:59.999Z' }))).toEqual([10]);
    server.setNow('2026-05-18T00:00:00Z');
    expect(await recorded(client, 'zoe', '10.00', { currency: 'EUR' })).toMatchObject({ awards: [], customer: { points: 10 } });
  });

  test('a card definition that is paused gets nothing until it is in force again; its points stay', async () => {
    await build();
    await recorded(client, 'zoe', '10.00');
    await client.succeed('cardDefinitionDeactivate', { id: program.cardDefinitionId }, 'cardDefinition { status }');
    expect((await recorded(client, 'zoe', '20.00')).awards).toEqual([]);
    expect((await standingOf(client, 'zoe')).cards.map(({ balance }: { balance: number }) => balance)).toEqual([10]);
    await client.succeed('cardDefinitionActivate', { id: program.cardDefinitionId }, 'cardDefinition { status }');
    expect((await recorded(client, 'zoe', '40.00')).customer.points).toBe(50);
  });
});

describe('64 bits', () => {
  let client: ApiClient;
  beforeEach(async () => {
    client = await server.workspace();
    const rates = [
      { currency: 'USD', value: '1000000', every: '0.01' },
      { currency: 'EUR', value: '1', every: '1' },
      { currency: 'JPY', value: '10000', every: '1' },
    ];
    await buildProgram(client, { effectiveAt: LONG_AGO, rule: { rates } });
    await buildCustomer(client, 'rich', JOINED);
  });

  /** Brings the balance to 2^63 - 1. */
  async function fill() {
    await recorded(client, 'rich', '922337203685477', { currency: 'JPY' });
    return recorded(client, 'rich', '5807', { currency: 'EUR' });
  }

  test('the most points that there can be', async () => {
    const answer = await fill();
    expect(answer.customer).toMatchObject({ points: POINTS_MAX, tier: { name: 'Platinum' } });
    const { cards, ledgerEntries, tiers } = await standingOf(client, 'rich');
    expect(cards).toMatchObject([{ balance: POINTS_MAX, lots: [{ points: POINTS_MAX }] }]);
    expect(ledgerEntries.nodes.map(({ balanceAfter }: { balanceAfter: unknown }) => balanceAfter)).toEqual([POINTS_MAX, '9223372036854770000']);
    expect(tiers[0].measure).toBe(POINTS_MAX);
  });

  test('one point more is refused, by balance', async () => {
    await fill();
    expect(await refused(client, 'rich', '1.00', { currency: 'EUR' })).toEqual(['POINTS_OUT_OF_RANGE amount']);
    expect(await refused(client, 'rich', '1.00', { currency: 'EUR', occurredAt: '2021-01-01T00:00:00Z' })).toEqual(['POINTS_OUT_OF_RANGE amount']);
    expect((await recorded(client, 'rich', '0.99', { currency: 'EUR' })).customer.points).toBe(POINTS_MAX);
  });

  test.each([false, true])('an award beyond the range is refused, the last one within it is not (dry run: %p)', async (dryRun) => {
    for (const amount of ['999999999999999.99', '92233720368.55']) {
      expect(await refused(client, 'rich', amount, { dryRun })).toEqual(['POINTS_OUT_OF_RANGE amount']);
    }
    expect(pointsOf(await recorded(client, 'rich', '92233720368.54', { dryRun }))).toEqual(['9223372036854000000']);
  });

  test('beyond 2^53 - 1 points come as texts, so that nobody reads them rounded', async () => {
    await recorded(client, 'rich', '900719925474', { currency: 'JPY' });
    expect((await recorded(client, 'rich', '991', { currency: 'EUR' })).customer.points).toBe(Number.MAX_SAFE_INTEGER);
    expect((await recorded(client, 'rich', '2', { currency: 'EUR' })).customer.points).toBe('9007199254740993');
  });

  test('what was earned in one window may not leave the range either, even if the balance has expired', async () => {
    const shop = await server.workspace();
    const card = { expiration: { rolling: { period: { value: 1, unit: 'DAY' } } } };
    const structure = { type: 'POINT_EARNED' as const, pointEarned: { period: { value: 1, unit: 'YEAR' } } };
    await buildProgram(shop, { effectiveAt: LONG_AGO, card, structure, rule: { rates: [{ currency: 'JPY', value: '10000', every: '1' }] } });
    await buildCustomer(shop, 'rich', JOINED);
    await recorded(shop, 'rich', '922337203685477', { currency: 'JPY', occurredAt: '2026-03-01T00:00:00Z' });
    expect((await standingOf(shop, 'rich')).points).toBe(0);
    expect(await refused(shop, 'rich', '1', { currency: 'JPY' })).toEqual(['POINTS_OUT_OF_RANGE amount']);
    server.setNow('2027-01-01T00:00:00Z');
    expect((await recorded(shop, 'rich', '1', { currency: 'JPY' })).customer.points).toBe(10_000);
  });
});

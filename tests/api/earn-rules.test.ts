/** Earn rules: what a version may say, how versions take effect, and every way to be refused. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ApiClient } from '../support/client.ts';
import type { Program } from '../support/program.ts';
import { buildCardDefinition, buildCustomer, buildProgram, earn } from '../support/program.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';
import { problemsOf, unchanged } from '../support/unchanged.ts';

const NOW = '2026-05-17T12:00:00.000Z';
const LATER = '2026-05-18T09:30:00.000Z';
const UNKNOWN_RULE = 'rule_01h2xcejqtf2nbrexx3vqjhp41';

let server: TestServer;
let cafe: ApiClient;
let program: Program;

beforeAll(async () => {
  server = await startTestServer();
  server.setNow('2026-01-01T00:00:00Z');
  cafe = await server.workspace({ name: 'Café Aurora' });
  program = await buildProgram(cafe, { rule: null });
});
afterAll(() => server.stop());
beforeEach(() => server.setNow(NOW));

const VERSION = `id number effectiveAt rates { currency value every } condition rounding roundingScope
  tierMultipliers { tierId multiplier } caps { perTransaction perPeriod { unit points } balance }
  expiration {
    type rolling { period { value unit } rounding roundingMonth } calendar { calendarDates { day month } } sliding { earningActivity }
  }
  publishedAt`;
const RULE = `id name cardDefinition { id } currentVersion { ${VERSION} } versions { ${VERSION} } retiredAt version createdAt updatedAt`;
/** As many points as there can be. */
const MOST = '9223372036854775807';
const NO_CAPS = { perTransaction: null, perPeriod: [], balance: null };
const USD = { currency: 'USD', value: '1', every: '1.00' };

const send = (action: string, input: Record<string, unknown>, client = cafe) => client.mutate(`earnRule${action}`, input, `earnRule { ${RULE} }`);
const ruleInput = (version: Record<string, unknown> = {}, more: Record<string, unknown> = {}) => ({
  name: 'Base',
  cardDefinitionId: program.cardDefinitionId,
  version: { rates: [USD], ...version },
  ...more,
});

async function accepted(action: string, input: Record<string, unknown>, client = cafe) {
  const answer = await send(action, input, client);
  expect(problemsOf(answer)).toEqual([]);
  return answer.earnRule;
}

/** A call that must be refused: it answers nothing, and nothing changes. */
async function refused(action: string, input: Record<string, unknown>, client = cafe): Promise<string[]> {
  const answer = await unchanged(server, () => send(action, input, client));
  expect(answer.earnRule).toBeNull();
  return problemsOf(answer);
}

const create = (version: Record<string, unknown> = {}, more: Record<string, unknown> = {}) => accepted('Create', ruleInput(version, more));
const publish = (id: string, version: Record<string, unknown> = {}, more: Record<string, unknown> = {}) =>
  accepted('Publish', { id, version: { rates: [USD], ...version }, ...more });
const retire = (id: string, more: Record<string, unknown> = {}) => accepted('Retire', { id, ...more });
const read = async (id: string, client = cafe) => (await client.run(`query($id: ID!) { earnRule(id: $id) { ${RULE} } }`, { id })).earnRule;
const activitiesOf = async (id: string) =>
  (
    await cafe.run(
      'query($id: ID!) { earnRule(id: $id) { activities(first: 100) { nodes { action subjectId apiKeyId requestId before after recordedAt } } } }',
      { id },
    )
  ).earnRule.activities.nodes;

describe('creating', () => {
  test('publishes the first version at once', async () => {
    const rule = await create();
    const version = {
      id: expect.stringMatching(/^rver_[0-9a-z]{26}$/),
      number: 1,
      effectiveAt: NOW,
      rates: [USD],
      condition: null,
      rounding: 'FLOOR',
      roundingScope: 'PER_TRANSACTION',
      tierMultipliers: [],
      caps: NO_CAPS,
      expiration: null,
      publishedAt: NOW,
    };
    expect(rule).toEqual({
      id: expect.stringMatching(/^rule_[0-9a-z]{26}$/),
      name: 'Base',
      cardDefinition: { id: program.cardDefinitionId },
      currentVersion: version,
      versions: [version],
      retiredAt: null,
      version: 1,
      createdAt: NOW,
      updatedAt: null,
    });
    expect(await read(rule.id)).toEqual(rule);
  });

  test('keeps everything that is given, decimals in their normal form', async () => {
    const { Silver, Gold } = program.tierIds;
    const rule = await create({
      rates: [
        { currency: 'USD', value: '01.500000', every: '10' },
        { currency: 'JPY', value: 2, every: '1000.00' },
        { currency: 'KWD', value: '0.000001', every: '0.001' },
      ],
      condition: "transaction.location == 'Kraków'",
      rounding: 'CEILING',
      roundingScope: 'PER_LINE',
      tierMultipliers: [{ tierId: Silver, multiplier: '1.50' }, { tierId: Gold, multiplier: 1000 }],
      caps: {
        perTransaction: 500,
        perPeriod: [{ unit: 'YEAR', points: 5_000 }, { unit: 'DAY', points: 100 }],
        balance: 20_000,
      },
      expiration: { rolling: { period: { value: 6, unit: 'MONTH' }, rounding: 'END_OF_MONTH' } },
      effectiveAt: '2019-06-01T00:00:00+02:00',
    });
    expect(rule.currentVersion).toEqual({
      id: rule.currentVersion.id,
      number: 1,
      effectiveAt: '2019-05-31T22:00:00.000Z',
      rates: [
        { currency: 'USD', value: '1.5', every: '10.00' },
        { currency: 'JPY', value: '2', every: '1000' },
        { currency: 'KWD', value: '0.000001', every: '0.001' },
      ],
      condition: "transaction.location == 'Kraków'",
      rounding: 'CEILING',
      roundingScope: 'PER_LINE',
      tierMultipliers: [{ tierId: Silver, multiplier: '1.5' }, { tierId: Gold, multiplier: '1000' }],
      caps: {
        perTransaction: 500,
        perPeriod: [{ unit: 'YEAR', points: 5_000 }, { unit: 'DAY', points: 100 }],
        balance: 20_000,
      },
      expiration: {
        type: 'ROLLING',
        rolling: { period: { value: 6, unit: 'MONTH' }, rounding: 'END_OF_MONTH', roundingMonth: null },
        calendar: null,
        sliding: null,
      },
      publishedAt: NOW,
    });
    expect((await read(rule.id)).currentVersion).toEqual(rule.currentVersion);
  });

  test.each<[string, Record<string, unknown> | null, Record<string, unknown>]>([
    ['no caps', null, NO_CAPS],
    ['caps that are none', { perTransaction: null, perPeriod: null }, NO_CAPS],
    ['an empty list of periods', { perPeriod: [] }, NO_CAPS],
    ['the least', { perTransaction: 1, perPeriod: [{ unit: 'DAY', points: '1' }], balance: 1 }, { perTransaction: 1, perPeriod: [{ unit: 'DAY', points: 1 }], balance: 1 }],
    [
      'the most',
      { perTransaction: MOST, perPeriod: [{ unit: 'WEEK', points: MOST }], balance: MOST },
      { perTransaction: MOST, perPeriod: [{ unit: 'WEEK', points: MOST }], balance: MOST },
    ],
    [
      'one of each unit',
      { perPeriod: ['MONTH', 'DAY', 'YEAR', 'WEEK'].map((unit, index) => ({ unit, points: index + 1 })) },
      { ...NO_CAPS, perPeriod: ['MONTH', 'DAY', 'YEAR', 'WEEK'].map((unit, index) => ({ unit, points: index + 1 })) },
    ],
  ])('keeps %s', async (_, caps, stored) => {
    const rule = await create({ caps });
    expect(rule.currentVersion.caps).toEqual(stored);
    expect(await read(rule.id)).toEqual(rule);
    expect((await publish(rule.id, { caps })).currentVersion.caps).toEqual(stored);
  });

  const NO_WAY = { rolling: null, calendar: null, sliding: null };
  test.each<[Record<string, unknown> | null, Record<string, unknown> | null]>([
    [null, null],
    [{ noExpiration: true }, { type: 'NO_EXPIRATION', ...NO_WAY }],
    [
      { rolling: { period: { value: 48, unit: 'HOUR' } } },
      { type: 'ROLLING', ...NO_WAY, rolling: { period: { value: 48, unit: 'HOUR' }, rounding: null, roundingMonth: null } },
    ],
    [
      { rolling: { period: { value: 1, unit: 'YEAR' }, rounding: 'END_OF_PARTICULAR_MONTH', roundingMonth: 3 } },
      { type: 'ROLLING', ...NO_WAY, rolling: { period: { value: 1, unit: 'YEAR' }, rounding: 'END_OF_PARTICULAR_MONTH', roundingMonth: 3 } },
    ],
    [
      { calendar: { calendarDates: [{ day: 29, month: 2 }, { day: 31, month: 12 }] } },
      { type: 'CALENDAR', ...NO_WAY, calendar: { calendarDates: [{ day: 29, month: 2 }, { day: 31, month: 12 }] } },
    ],
  ])('keeps the expiration %j', async (expiration, stored) => {
    const rule = await create({ expiration });
    expect(rule.currentVersion.expiration).toEqual(stored);
    expect(await read(rule.id)).toEqual(rule);
  });

  test('a version that was stored before there were caps and expirations has none', async () => {
    const rule = await create({ caps: { balance: 7 }, expiration: { noExpiration: true } });
    await server.database.pool.query(
      "UPDATE earn_rule_versions SET terms = terms - 'caps' - 'expiration' WHERE id = (SELECT id FROM earn_rule_versions ORDER BY id DESC LIMIT 1)",
    );
    expect((await read(rule.id)).currentVersion).toEqual({ ...rule.currentVersion, caps: NO_CAPS, expiration: null });
  });

  test('points of a cap are stored exactly', async () => {
    await create({ caps: { perTransaction: MOST, perPeriod: [{ unit: 'DAY', points: MOST }] } });
    const { rows } = await server.database.pool.query("SELECT terms -> 'caps' AS caps FROM earn_rule_versions ORDER BY id DESC LIMIT 1");
    expect(rows).toEqual([{ caps: { perTransaction: MOST, perPeriod: [{ unit: 'DAY', points: MOST }], balance: null } }]);
  });

  const CODES = ['AED','AUD','BGN','BRL','CAD','CHF','CLP','CNY','COP','CZK','DKK','EGP','EUR','GBP','HKD','HUF','IDR','ILS','INR','ISK','JOD','JPY','KES','KRW','KWD','MAD','MXN','MYR','NGN','NOK','NZD','OMR','PEN','PHP','PKR','PLN','QAR','RON','RSD','SAR','SEK','SGD','THB','TND','TRY','TWD','UAH','USD','VND','ZAR','BHD'];
  const ratesOf = (count: number) => CODES.slice(0, count).map((currency) => ({ currency, value: '1', every: '1' }));

  test.each<[string, Record<string, unknown>]>([
    ['50 rates', { rates: ratesOf(50) }],
    ['a million points for the least amount', { rates: [{ currency: 'USD', value: '1000000', every: '0.01' }] }],
    ['a condition of 2000 characters', { condition: `true || transaction.location == '${'x'.repeat(2000 - 34)}'` }],
    ['a condition that only evaluation can judge', { condition: 'customer.metadata.vip' }],
    ['the least factor', { tierMultipliers: 'LEAST' }],
    ['no list of multipliers', { tierMultipliers: null }],
  ])('takes %s', async (_, version) => {
    const multipliers = version['tierMultipliers'] === 'LEAST' ? { tierMultipliers: [{ tierId: program.tierIds['Gold'], multiplier: '0.000001' }] } : {};
    expect((await create({ ...version, ...multipliers })).versions).toHaveLength(1);
  });

  test.each<[string, Record<string, unknown>, string[]]>([
    ['an empty name', { name: '' }, ['INVALID_NAME name']],
    ['a blank name', { name: ' \n' }, ['INVALID_NAME name']],
    ['a name of 201 characters', { name: 'x'.repeat(201) }, ['INVALID_NAME name']],
    ['a name of 201 emoji', { name: '🏅'.repeat(201) }, ['INVALID_NAME name']],
    ['a name with NUL', { name: 'a\u0000' }, ['INVALID_NAME name']],
    ['an unknown card definition', { cardDefinitionId: 'cdef_01h2xcejqtf2nbrexx3vqjhp41' }, ['INVALID_CARD_DEFINITION cardDefinitionId']],
    ['a card definition that is none', { cardDefinitionId: 'Points' }, ['INVALID_CARD_DEFINITION cardDefinitionId']],
    ['an id of another kind', { cardDefinitionId: UNKNOWN_RULE }, ['INVALID_CARD_DEFINITION cardDefinitionId']],
    ['an empty idempotency key', { idempotencyKey: '' }, ['INVALID_IDEMPOTENCY_KEY idempotencyKey']],
    ['an idempotency key of 256 characters', { idempotencyKey: 'k'.repeat(256) }, ['INVALID_IDEMPOTENCY_KEY idempotencyKey']],
    [
      'several at once',
      { name: '', cardDefinitionId: '', version: { rates: [], condition: '?' } },
      ['INVALID_NAME name', 'INVALID_RATE version rates', 'INVALID_CONDITION version condition', 'INVALID_CARD_DEFINITION cardDefinitionId'],
    ],
  ])('%s is refused', async (_, more, problems) => {
    expect((await refused('Create', ruleInput({}, more))).toSorted()).toEqual(problems.toSorted());
  });

  test('a name of 200 emoji is kept', async () => {
    expect((await create({}, { name: '🏅'.repeat(200) })).name).toBe('🏅'.repeat(200));
  });

  test('a card definition must be active: neither a draft, nor paused, nor deleted', async () => {
    const problems = ['INVALID_CARD_DEFINITION cardDefinitionId'];
    const draft = (await cafe.succeed('cardDefinitionCreate', { name: 'Draft' }, 'cardDefinition { id }')).cardDefinition.id;
    expect(await refused('Create', ruleInput({}, { cardDefinitionId: draft }))).toEqual(problems);
    const paused = await buildCardDefinition(cafe, { name: 'Paused' });
    await cafe.succeed('cardDefinitionDeactivate', { id: paused }, 'cardDefinition { id }');
    expect(await refused('Create', ruleInput({}, { cardDefinitionId: paused }))).toEqual(problems);
    await cafe.succeed('cardDefinitionDelete', { id: paused }, 'cardDefinition { id }');
    expect(await refused('Create', ruleInput({}, { cardDefinitionId: paused }))).toEqual(problems);
  });

  const rate = (change: Record<string, unknown>) => ({ rates: [{ ...USD, ...change }] });
  const tooMuchNesting = `${'('.repeat(60)}true${')'.repeat(60)}`;
  const tooManyNodes = Array.from({ length: 300 }, () => '1==1').join('&&');

  const BAD_TERMS: [string, Record<string, unknown>, string[]][] = [
    ['no rates', { rates: [] }, ['INVALID_RATE version rates']],
    ['51 rates', { rates: ratesOf(51) }, ['INVALID_RATE version rates']],
    ['a currency twice', { rates: [USD, { currency: 'EUR', value: '1', every: '1' }, USD] }, ['INVALID_RATE version rates 2 currency']],
    ['0 points', rate({ value: '0' }), ['INVALID_RATE version rates 0 value']],
    ['points below 0', rate({ value: '-1' }), ['INVALID_RATE version rates 0 value']],
    ['more than a million points', rate({ value: '1000000.000001' }), ['INVALID_RATE version rates 0 value']],
    ['points with 7 decimals', rate({ value: '1.0000001' }), ['INVALID_RATE version rates 0 value']],
    ['points that are no number', rate({ value: 'one' }), ['INVALID_RATE version rates 0 value']],
    ['an amount of 0', rate({ every: '0.00' }), ['INVALID_RATE version rates 0 every']],
    ['an amount below 0', rate({ every: '-1.00' }), ['INVALID_RATE version rates 0 every']],
    ['an amount finer than the currency', rate({ every: '1.001' }), ['INVALID_RATE version rates 0 every']],
    ['half a yen', rate({ currency: 'JPY', every: '0.5' }), ['INVALID_RATE version rates 0 every']],
    ['an amount of 16 digits', rate({ every: '1000000000000000' }), ['INVALID_RATE version rates 0 every']],
    ['everything wrong with a rate', rate({ value: '', every: '' }), ['INVALID_RATE version rates 0 value', 'INVALID_RATE version rates 0 every']],
    ['an unknown currency', rate({ currency: 'XYZ' }), ['UNKNOWN_CURRENCY version rates 0 currency']],
    ['a currency in small letters', { rates: [USD, { ...USD, currency: 'eur' }] }, ['UNKNOWN_CURRENCY version rates 1 currency']],
    ['an empty currency', rate({ currency: '' }), ['UNKNOWN_CURRENCY version rates 0 currency']],
    ['an empty condition', { condition: '' }, ['INVALID_CONDITION version condition']],
    ['a blank condition', { condition: ' \n ' }, ['INVALID_CONDITION version condition']],
    ['a condition of 2001 characters', { condition: `'${'x'.repeat(1993)}' != ''` }, ['INVALID_CONDITION version condition']],
    ['a condition that does not parse', { condition: 'transaction.amount ==' }, ['INVALID_CONDITION version condition']],
    ['a condition of an unknown variable', { condition: 'purchase.amount == 1' }, ['INVALID_CONDITION version condition']],
    ['a condition with an unknown function', { condition: 'launch(transaction)' }, ['INVALID_CONDITION version condition']],
    ['a condition in JavaScript', { condition: 'process.exit(1)' }, ['INVALID_CONDITION version condition']],
    ['a condition with a pattern that is none of RE2', { condition: "transaction.location.matches('(?=a)')" }, ['INVALID_CONDITION version condition']],
    ['a condition with lists three deep', { condition: 'transaction.lines.all(x, transaction.lines.all(y, transaction.lines.all(z, true)))' }, ['INVALID_CONDITION version condition']],
    ['a condition that is a number', { condition: '1 + 1' }, ['INVALID_CONDITION version condition']],
    ['a condition that is a text', { condition: "'true'" }, ['INVALID_CONDITION version condition']],
    ['a condition that is the purchase', { condition: 'transaction' }, ['INVALID_CONDITION version condition']],
    ['a condition that compares a number with a text', { condition: "1 == '1'" }, ['INVALID_CONDITION version condition']],
    ['a condition nested too deep', { condition: tooMuchNesting }, ['INVALID_CONDITION version condition']],
    ['a condition of too many parts', { condition: tooManyNodes }, ['INVALID_CONDITION version condition']],
    ['a cap of nothing', { caps: { perTransaction: 0 } }, ['INVALID_CAP version caps perTransaction']],
    ['a cap below 0', { caps: { balance: '-9223372036854775808' } }, ['INVALID_CAP version caps balance']],
    [
      'a cap of nothing in a period',
      { caps: { perPeriod: [{ unit: 'DAY', points: 5 }, { unit: 'WEEK', points: 0 }] } },
      ['INVALID_CAP version caps perPeriod 1 points'],
    ],
    [
      'two caps for one unit',
      { caps: { perPeriod: [{ unit: 'DAY', points: 5 }, { unit: 'YEAR', points: 5 }, { unit: 'DAY', points: 6 }] } },
      ['INVALID_CAP version caps perPeriod 2 unit'],
    ],
    [
      'everything wrong with caps',
      { caps: { perTransaction: -1, perPeriod: [{ unit: 'DAY', points: 1 }, { unit: 'DAY', points: -1 }], balance: 0 } },
      [
        'INVALID_CAP version caps perTransaction',
        'INVALID_CAP version caps perPeriod 1 unit',
        'INVALID_CAP version caps perPeriod 1 points',
        'INVALID_CAP version caps balance',
      ],
    ],
    ['noExpiration that is not true', { expiration: { noExpiration: false } }, ['INVALID_EXPIRATION version expiration']],
    ['a period of nothing', { expiration: { rolling: { period: { value: 0, unit: 'DAY' } } } }, ['INVALID_EXPIRATION version expiration']],
    ['a period above 1000', { expiration: { rolling: { period: { value: 1001, unit: 'DAY' } } } }, ['INVALID_EXPIRATION version expiration']],
    [
      'hours that are rounded',
      { expiration: { rolling: { period: { value: 5, unit: 'HOUR' }, rounding: 'END_OF_YEAR' } } },
      ['INVALID_EXPIRATION version expiration'],
    ],
    [
      'a month without rounding',
      { expiration: { rolling: { period: { value: 5, unit: 'DAY' }, roundingMonth: 2 } } },
      ['INVALID_EXPIRATION version expiration'],
    ],
    ['no days to expire on', { expiration: { calendar: { calendarDates: [] } } }, ['INVALID_EXPIRATION version expiration']],
    ['31 April', { expiration: { calendar: { calendarDates: [{ day: 31, month: 4 }] } } }, ['INVALID_EXPIRATION version expiration']],
  ];

  test.each(BAD_TERMS)('%s is refused, in a first version and in a later one', async (_, version, problems) => {
    expect(await refused('Create', ruleInput(version))).toEqual(problems);
    const { id } = await create();
    expect(await refused('Publish', { id, version: { rates: [USD], ...version } })).toEqual(problems);
    expect((await read(id)).versions).toHaveLength(1);
  });

  test.each([
    ['transaction.amount ==', 'The condition does not compile: Unexpected token: EOF, at line 1, column 22.'],
    ['true &&\n  purchase.amount == 1', 'The condition does not compile: Unknown variable: purchase, at line 2, column 3.'],
    ['1 + 1', 'A condition answers true or false; this one answers int.'],
  ])('the condition %j is told what is wrong with it, and where', async (condition, message) => {
    expect((await send('Create', ruleInput({ condition }))).userErrors).toEqual([
      { code: 'INVALID_CONDITION', message, field: ['input', 'version', 'condition'] },
    ]);
  });

  test('multipliers: of tiers that exist, each once, greater than 0 and at most 1000, at most 50', async () => {
    const bookshop = await server.workspace();
    const theirs = (await buildProgram(bookshop)).tierIds['Gold'];
    const [silver, gold] = [program.tierIds['Silver'], program.tierIds['Gold']];
    const multipliers = (...tierMultipliers: Record<string, unknown>[]) => refused('Create', ruleInput({ tierMultipliers }));
    const at = (index: number, field: string) => [`INVALID_MULTIPLIER version tierMultipliers ${index} ${field}`];
    for (const tierId of ['tier_01h2xcejqtf2nbrexx3vqjhp41', 'Gold', '', UNKNOWN_RULE, theirs]) {
      expect(await multipliers({ tierId: silver, multiplier: '2' }, { tierId, multiplier: '2' })).toEqual(at(1, 'tierId'));
    }
    expect(await multipliers({ tierId: gold, multiplier: '2' }, { tierId: silver, multiplier: '2' }, { tierId: gold, multiplier: '3' })).toEqual(at(2, 'tierId'));
    for (const multiplier of ['0', '-1', '1000.000001', '1.0000001', '', 'two']) {
      expect(await multipliers({ tierId: gold, multiplier })).toEqual(at(0, 'multiplier'));
    }
    const tooMany = Array.from({ length: 51 }, () => ({ tierId: gold, multiplier: '2' }));
    expect(await multipliers(...tooMany)).toEqual(['INVALID_MULTIPLIER version tierMultipliers']);
  });

  test.each<[string, Record<string, unknown>]>([
    ['a rate as a binary float with 17 digits', { rates: [{ ...USD, value: 0.1 + 0.2 }] }],
    ['an unknown rounding', { rounding: 'UP' }],
    ['no rounding', { rounding: null }],
    ['a date that is none', { effectiveAt: 'tomorrow' }],
    ['no rates at all', { rates: null }],
    ['a cap of half a point', { caps: { balance: 0.5 } }],
    ['a cap that does not fit 64 bits', { caps: { balance: '9223372036854775808' } }],
    ['a cap within hours', { caps: { perPeriod: [{ unit: 'HOUR', points: 5 }] } }],
    ['a cap within a period of no points', { caps: { perPeriod: [{ unit: 'DAY' }] } }],
    ['an expiration that slides', { expiration: { sliding: { period: { value: 1, unit: 'YEAR' }, earningActivity: true } } }],
    ['two expirations', { expiration: { noExpiration: true, calendar: { calendarDates: [{ day: 1, month: 1 }] } } }],
  ])('%s is malformed', async (_, version) => {
    const document = 'mutation($input: EarnRuleCreateInput!) { earnRuleCreate(input: $input) { earnRule { id } } }';
    const answer = await unchanged(server, () => cafe.send(document, { input: ruleInput(version) }));
    expect(answer.data).toBeNull();
    expect([...new Set(answer.errors.map(({ extensions }) => extensions.code))]).toEqual(['BAD_USER_INPUT']);
  });

  test('a workspace has at most 100 rules that are not retired', async () => {
    const crowded = await server.workspace();
    const cardDefinitionId = await buildCardDefinition(crowded);
    const input = ruleInput({}, { cardDefinitionId });
    const rules = [];
    for (let count = 0; count < 100; count += 1) rules.push(await accepted('Create', input, crowded));
    expect(await refused('Create', input, crowded)).toEqual(['TOO_MANY_RULES']);
    await accepted('Retire', { id: rules[0].id }, crowded);
    await accepted('Create', input, crowded);
    expect(await refused('Create', input, crowded)).toEqual(['TOO_MANY_RULES']);
  });
});

describe('publishing', () => {
  test('adds a numbered version and leaves those before as they are', async () => {
    const first = await create({ condition: 'transaction.amountMinor > 100', rounding: 'NEAREST', tierMultipliers: [{ tierId: program.tierIds['Gold'], multiplier: '2' }] });
    server.setNow(LATER);
    const second = await publish(first.id, { rates: [{ currency: 'EUR', value: '3', every: '2.00' }] });
    const [newest, oldest] = second.versions;
    expect(second).toEqual({ ...first, currentVersion: newest, versions: [newest, oldest], version: 2, updatedAt: LATER });
    expect(oldest).toEqual(first.currentVersion);
    // It replaces the former one as a whole.
    expect(newest).toEqual({
      id: expect.stringMatching(/^rver_[0-9a-z]{26}$/),
      number: 2,
      effectiveAt: LATER,
      rates: [{ currency: 'EUR', value: '3', every: '2.00' }],
      condition: null,
      rounding: 'FLOOR',
      roundingScope: 'PER_TRANSACTION',
      tierMultipliers: [],
      caps: NO_CAPS,
      expiration: null,
      publishedAt: LATER,
    });
    const third = await publish(first.id);
    expect(third.versions.map(({ number }: { number: number }) => number)).toEqual([3, 2, 1]);
    expect(third.versions.slice(1)).toEqual(second.versions);
    expect(await read(first.id)).toEqual(third);
  });

  test('the current version follows the clock, not the number', async () => {
    const { id } = await create({ effectiveAt: '2026-06-01T00:00:00Z' });
    const current = async (now: string) => {
      server.setNow(now);
      return (await read(id)).currentVersion?.number ?? null;
    };
    expect(await current(NOW)).toBeNull();
    await publish(id, { effectiveAt: '2026-08-01T00:00:00Z' });
    await publish(id, { effectiveAt: '2026-07-01T00:00:00Z' });
    await publish(id, { effectiveAt: '2020-01-01T00:00:00Z' });
    expect(await current(NOW)).toBe(4);
    expect(await current('2026-05-31T23:59:59.999Z')).toBe(4);
    expect(await current('2026-06-01T00:00:00.000Z')).toBe(1);
    expect(await current('2026-07-01T00:00:00.000Z')).toBe(3);
    expect(await current('2026-07-31T23:59:59.999Z')).toBe(3);
    expect(await current('2026-08-01T00:00:00.000Z')).toBe(2);
  });

  test('of two versions from the same instant on, the one that was published last holds', async () => {
    const { id } = await create({ effectiveAt: NOW });
    expect((await publish(id, { effectiveAt: NOW })).currentVersion.number).toBe(2);
  });

  test('a version that was in force before it was published shows its own dates', async () => {
    const { id } = await create();
    const { currentVersion, versions } = await publish(id, { effectiveAt: '2020-01-01T00:00:00Z' });
    expect(versions[0]).toMatchObject({ number: 2, effectiveAt: '2020-01-01T00:00:00.000Z', publishedAt: NOW });
    expect(currentVersion.number).toBe(1);
  });

  test('what was earned under an old version keeps it', async () => {
    const shop = await server.workspace();
    const { earnRuleId } = await buildProgram(shop, { effectiveAt: '2020-01-01T00:00:00Z' });
    await buildCustomer(shop, 'zoe');
    await earn(shop, 'zoe', '10.00', { reference: 'R-1' });
    await accepted('Publish', { id: earnRuleId, version: { rates: [{ ...USD, value: '7' }] } }, shop);
    const { transaction, customer } = await shop.run(`{
      transaction(by: { reference: { reference: "R-1" } }) { awards { points earnRuleVersion { number rates { value } } } }
      customer(by: { externalId: "zoe" }) { points ledgerEntries { nodes { points earnRuleVersion { number } } } } }`);
    expect(transaction.awards).toEqual([{ points: 10, earnRuleVersion: { number: 1, rates: [{ value: '1' }] } }]);
    expect(customer).toEqual({ points: 10, ledgerEntries: { nodes: [{ points: 10, earnRuleVersion: { number: 1 } }] } });
  });

  test('goes through with the version that the caller saw, and is refused with any other', async () => {
    const { id } = await create();
    expect((await publish(id, {}, { expectedVersion: 1 })).version).toBe(2);
    for (const expectedVersion of [1, 3, 0]) {
      expect(await refused('Publish', { id, version: { rates: [USD] }, expectedVersion })).toEqual(['VERSION_CONFLICT expectedVersion']);
    }
    expect(await refused('Publish', { id, version: { rates: [] }, expectedVersion: 1 })).toEqual(['VERSION_CONFLICT expectedVersion', 'INVALID_RATE version rates']);
    expect((await publish(id, {}, { expectedVersion: 2 })).version).toBe(3);
  });

  test('a retired rule is refused', async () => {
    const { id } = await create();
    await retire(id);
    expect(await refused('Publish', { id, version: { rates: [USD] } })).toEqual(['RETIRED id']);
    expect(await refused('Publish', { id, version: { rates: [USD], effectiveAt: '2020-01-01T00:00:00Z' }, expectedVersion: 2 })).toEqual(['RETIRED id']);
  });

  test('a rule has at most 1000 versions', async () => {
    const { id } = await create({}, { name: 'Of a thousand versions' });
    // Version 1, 1000 and 1001 are the API's own; those between are copies of the first.
    await server.database.pool.query(
      `INSERT INTO earn_rule_versions
       SELECT (jsonb_populate_record(v, jsonb_build_object('id', gen_random_uuid(), 'number', n))).*
       FROM earn_rule_versions AS v JOIN earn_rules AS r ON r.id = v.earn_rule_id, generate_series(2, 999) AS n
       WHERE r.name = 'Of a thousand versions'`,
    );
    expect((await publish(id)).versions).toHaveLength(1000);
    expect(await refused('Publish', { id, version: { rates: [USD] } })).toEqual(['TOO_MANY_VERSIONS id']);
  });
});

describe('updating', () => {
  const update = (input: Record<string, unknown>) => cafe.mutate('earnRuleUpdate', input, 'earnRule { key name version updatedAt versions { number } }');

  test('changes what it is called, and nothing of what it says', async () => {
    const { id } = await create({}, { name: 'Happy hour', key: 'happy-hour' });
    server.setNow(LATER);
    const { earnRule } = await update({ id, name: 'Happier hour', key: 'happier-hour', expectedVersion: 1 });
    expect(earnRule).toEqual({ key: 'happier-hour', name: 'Happier hour', version: 2, updatedAt: LATER, versions: [{ number: 1 }] });
    const [activity] = await activitiesOf(id);
    expect(activity).toMatchObject({ action: 'UPDATED', before: { key: 'happy-hour', name: 'Happy hour', version: 1 }, after: { key: 'happier-hour', name: 'Happier hour', version: 2 } });
    const { rows } = await server.database.pool.query<{ type: string }>(`SELECT type FROM events WHERE data->>'id' = $1 ORDER BY id`, [id]);
    expect(rows.map(({ type }) => type)).toEqual(['earn_rule.created', 'earn_rule.published', 'earn_rule.updated']);
    await retire(id);
    // A retired rule gives its key free.
    await retire((await create({}, { key: 'happier-hour' })).id);
  });

  test('is refused where anything is wrong', async () => {
    const { id } = await create({}, { key: 'tea-time' });
    await create({}, { key: 'taken' });
    const refusedFor = async (input: Record<string, unknown>) => problemsOf(await unchanged(server, () => update(input)));
    expect(await refusedFor({ id, key: 'taken', name: ' ', expectedVersion: 7 })).toEqual(['VERSION_CONFLICT expectedVersion', 'INVALID_NAME name', 'KEY_TAKEN key']);
    expect(await refusedFor({ id, key: 'Tea' })).toEqual(['INVALID_KEY key']);
    expect(await refusedFor({ id: UNKNOWN_RULE, name: 'Mine' })).toEqual(['NOT_FOUND id']);
    expect(await refused('Create', ruleInput({}, { key: 'taken' }))).toEqual(['KEY_TAKEN key']);
    await retire(id);
    expect(await refusedFor({ id, name: 'Late' })).toEqual(['RETIRED id']);
  });
});

describe('retiring', () => {
  test('ends the rule from now on and keeps what it said', async () => {
    const rule = await create({ effectiveAt: '2020-01-01T00:00:00Z' });
    server.setNow(LATER);
    const retired = await retire(rule.id);
    expect(retired).toEqual({ ...rule, currentVersion: null, retiredAt: LATER, updatedAt: LATER, version: 2 });
    expect(await read(rule.id)).toEqual(retired);
  });

  test('twice is harmless: the first instant stays, nothing is written', async () => {
    const { id } = await create();
    const retired = await retire(id);
    server.setNow(LATER);
    const activities = await activitiesOf(id);
    expect(await retire(id)).toEqual(retired);
    expect(await retire(id, { expectedVersion: 2 })).toEqual(retired);
    expect(await activitiesOf(id)).toEqual(activities);
    expect(await read(id)).toEqual(retired);
  });

  test('ends what would have begun later', async () => {
    const { id } = await create({ effectiveAt: '2026-06-01T00:00:00Z' });
    await retire(id);
    server.setNow('2026-07-01T00:00:00Z');
    expect((await read(id)).currentVersion).toBeNull();
  });

  test('goes through with the version that the caller saw, and is refused with any other', async () => {
    const { id } = await create();
    expect(await refused('Retire', { id, expectedVersion: 2 })).toEqual(['VERSION_CONFLICT expectedVersion']);
    expect((await retire(id, { expectedVersion: 1 })).retiredAt).toBe(NOW);
    expect(await refused('Retire', { id, expectedVersion: 1 })).toEqual(['VERSION_CONFLICT expectedVersion']);
  });
});

describe('a rule that is not there', () => {
  const IDS = [UNKNOWN_RULE, 'cdef_01h2xcejqtf2nbrexx3vqjhp41', 'Base', '', "rule_'; DROP TABLE earn_rules; --"];

  test.each(IDS)('%j is null to read, and NOT_FOUND to change', async (id) => {
    expect(await read(id)).toBeNull();
    expect(await refused('Publish', { id, version: { rates: [USD] } })).toEqual(['NOT_FOUND id']);
    expect(await refused('Retire', { id })).toEqual(['NOT_FOUND id']);
  });

  test("another workspace's rule is not there, and neither is its card definition", async () => {
    const bookshop = await server.workspace({ name: 'Kiwi Books' });
    const rule = await create();
    const theirs = await unchanged(server, () => send('Publish', { id: rule.id, version: { rates: [USD] } }, bookshop));
    const unknown = await send('Publish', { id: UNKNOWN_RULE, version: { rates: [USD] } }, bookshop);
    expect(problemsOf(theirs)).toEqual(['NOT_FOUND id']);
    expect(theirs).toEqual(unknown);
    expect(await refused('Retire', { id: rule.id }, bookshop)).toEqual(['NOT_FOUND id']);
    expect(await refused('Create', ruleInput(), bookshop)).toEqual(['INVALID_CARD_DEFINITION cardDefinitionId']);
    expect(await read(rule.id, bookshop)).toBeNull();
    expect((await bookshop.run('{ earnRules { nodes { id } } }')).earnRules.nodes).toEqual([]);
    expect(await read(rule.id)).toEqual(rule);
  });
});

describe('the audit trail', () => {
  test('tells who did what when, with before and after', async () => {
    const tierMultipliers = [{ tierId: program.tierIds['Gold'], multiplier: '2' }];
    const { id, currentVersion: first } = await create({ tierMultipliers });
    server.setNow(LATER);
    const caps = { perTransaction: MOST, perPeriod: [{ unit: 'DAY', points: '12' }], balance: '5' };
    const expiration = { calendar: { calendarDates: [{ day: 31, month: 12 }] } };
    const { currentVersion } = await publish(id, { rounding: 'CEILING', caps, expiration });
    // Points are texts, and what the version is silent about is left out.
    const second = { ...currentVersion, caps, expiration: { type: 'CALENDAR', ...expiration.calendar } };
    server.setNow('2026-05-19T00:00:00.000Z');
    await retire(id);

    const version = ({ publishedAt: _, ...told }: Record<string, unknown>) => told;
    const empty = { key: expect.stringMatching(/^base/), name: 'Base', cardDefinitionId: program.cardDefinitionId, retiredAt: null, latestVersion: null, version: 1 };
    const withFirst = { ...empty, latestVersion: version(first) };
    const withSecond = { ...empty, latestVersion: version(second), version: 2 };
    const retired = { ...withSecond, retiredAt: '2026-05-19T00:00:00.000Z', version: 3 };
    const activities = await activitiesOf(id);
    expect(activities.map(({ action, recordedAt, before, after }: Record<string, unknown>) => ({ action, recordedAt, before, after }))).toEqual([
      { action: 'RETIRED', recordedAt: '2026-05-19T00:00:00.000Z', before: withSecond, after: retired },
      { action: 'PUBLISHED', recordedAt: LATER, before: withFirst, after: withSecond },
      { action: 'PUBLISHED', recordedAt: NOW, before: empty, after: withFirst },
      { action: 'CREATED', recordedAt: NOW, before: null, after: empty },
    ]);
    const [retiring, publishing, firstPublishing, creating] = activities;
    expect(new Set(activities.map(({ subjectId }: { subjectId: string }) => subjectId))).toEqual(new Set([id]));
    expect(creating.apiKeyId).toMatch(/^key_/);
    expect(new Set(activities.map(({ apiKeyId }: { apiKeyId: string }) => apiKeyId)).size).toBe(1);
    expect(firstPublishing.requestId).toBe(creating.requestId);
    expect(new Set([retiring.requestId, publishing.requestId, creating.requestId]).size).toBe(3);
  });

  test('names the request as its response did', async () => {
    const document = 'mutation($input: EarnRuleCreateInput!) { earnRuleCreate(input: $input) { earnRule { id } } }';
    const answer = await cafe.send(document, { input: ruleInput() });
    const [published] = await activitiesOf(answer.data.earnRuleCreate.earnRule.id);
    expect(published.requestId).toBe(answer.headers.get('x-request-id'));
  });

  test('each change is an event', async () => {
    const { id } = await create();
    await publish(id);
    await retire(id);
    await retire(id);
    const { rows } = await server.database.pool.query<{ type: string }>(`SELECT type FROM events WHERE data->>'id' = $1 ORDER BY id`, [id]);
    expect(rows.map(({ type }) => type)).toEqual(['earn_rule.created', 'earn_rule.published', 'earn_rule.published', 'earn_rule.retired']);
  });
});

describe('repeating with an idempotency key', () => {
  let key: string;
  let count = 0;
  beforeEach(() => {
    key = `key-${(count += 1)}`;
  });

  test('creating: one rule, the same answer', async () => {
    const rule = await create({}, { idempotencyKey: key });
    server.setNow(LATER);
    expect(await unchanged(server, () => create({}, { idempotencyKey: key }))).toEqual(rule);
  });

  test('publishing: one version, the same answer', async () => {
    const { id } = await create();
    const published = await publish(id, {}, { idempotencyKey: key });
    server.setNow(LATER);
    expect(await unchanged(server, () => publish(id, {}, { idempotencyKey: key }))).toEqual(published);
    expect(published.versions).toHaveLength(2);
  });

  test('retiring: once, the same answer', async () => {
    const { id } = await create();
    const retired = await retire(id, { idempotencyKey: key, expectedVersion: 1 });
    server.setNow(LATER);
    expect(await unchanged(server, () => retire(id, { idempotencyKey: key, expectedVersion: 1 }))).toEqual(retired);
  });

  const MISMATCH = ['IDEMPOTENCY_KEY_PARAMETER_MISMATCH idempotencyKey'];

  test('other input is refused', async () => {
    const { id } = await create({}, { idempotencyKey: key });
    for (const input of [
      ruleInput({}, { name: 'Other' }),
      ruleInput({ rounding: 'CEILING' }),
      ruleInput({ rates: [{ ...USD, value: '2' }] }),
      ruleInput({ condition: 'true' }),
      ruleInput({ effectiveAt: LATER }),
      ruleInput({ caps: { balance: 1 } }),
      ruleInput({ caps: { perPeriod: [{ unit: 'DAY', points: 1 }] } }),
      ruleInput({ expiration: { noExpiration: true } }),
      ruleInput({ tierMultipliers: [{ tierId: program.tierIds['Gold'], multiplier: '2' }] }),
    ]) {
      expect(await refused('Create', { ...input, idempotencyKey: key })).toEqual(MISMATCH);
    }
    expect(await refused('Retire', { id, idempotencyKey: key })).toEqual(MISMATCH);
    expect(await refused('Publish', { id, version: { rates: [USD] }, idempotencyKey: key })).toEqual(MISMATCH);
  });

  test('publishing to another rule, or expecting another version, is other input', async () => {
    const [one, two] = [await create(), await create()];
    await publish(one.id, {}, { idempotencyKey: key });
    expect(await refused('Publish', { id: two.id, version: { rates: [USD] }, idempotencyKey: key })).toEqual(MISMATCH);
    expect(await refused('Publish', { id: one.id, version: { rates: [USD] }, expectedVersion: 1, idempotencyKey: key })).toEqual(MISMATCH);
  });

  test('a refused call does not claim its key', async () => {
    expect(await refused('Create', ruleInput({ rates: [] }, { idempotencyKey: key }))).toEqual(['INVALID_RATE version rates']);
    expect((await create({}, { idempotencyKey: key })).version).toBe(1);
  });

  test('the key is kept 7 days, then it is usable again', async () => {
    const rule = await create({}, { idempotencyKey: key });
    server.setNow('2026-05-24T11:59:59.999Z');
    expect((await create({}, { idempotencyKey: key })).id).toBe(rule.id);
    server.setNow('2026-05-24T12:00:00.000Z');
    expect((await create({}, { idempotencyKey: key })).id).not.toBe(rule.id);
  });
});

describe('reading many', () => {
  test('newest first, retired ones included, page by page in both directions', async () => {
    const shop = await server.workspace();
    const cardDefinitionId = await buildCardDefinition(shop);
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      const { id } = await accepted('Create', ruleInput({}, { name, cardDefinitionId }), shop);
      if (name === 'c') await accepted('Retire', { id }, shop);
    }
    const page = async (args: string) => {
      const { earnRules } = await shop.run(`{ earnRules(${args}) { nodes { name } edges { node { name } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`);
      const names = earnRules.nodes.map(({ name }: { name: string }) => name);
      expect(earnRules.edges.map(({ node }: { node: { name: string } }) => node.name)).toEqual(names);
      return { names: names.join(''), ...earnRules.pageInfo };
    };
    expect(await page('first: 100')).toMatchObject({ names: 'edcba', hasNextPage: false, hasPreviousPage: false });
    const first = await page('first: 2');
    expect(first).toMatchObject({ names: 'ed', hasNextPage: true });
    expect(await page(`first: 3, after: "${first.endCursor}"`)).toMatchObject({ names: 'cba', hasNextPage: false });
    const last = await page('last: 2');
    expect(last).toMatchObject({ names: 'ba', hasPreviousPage: true });
    expect(await page(`last: 3, before: "${last.startCursor}"`)).toMatchObject({ names: 'edc', hasPreviousPage: false });
  });
});

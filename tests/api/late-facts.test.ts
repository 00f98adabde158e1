import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ApiClient } from '../support/client.ts';
import { buildCustomer, buildProgram, buildRule, buildStructure, earn, standingOf } from '../support/program.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';

/** Purchases that are told late, and structures that change after the fact: the outcome is what it would have been in time. */

const MONTHLY = { rolling: { period: { value: 1, unit: 'MONTH' } } };

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

interface Transition {
  readonly type: string;
  readonly fromTier: { readonly name: string } | null;
  readonly toTier: { readonly name: string } | null;
  readonly occurredAt: string;
  readonly late: boolean;
  readonly retraction: boolean;
}

const describeOne = ({ occurredAt, type, fromTier, toTier }: Transition) =>
  `${occurredAt} ${type} ${fromTier?.name ?? '-'} ${toTier?.name ?? '-'}`;

/** The transitions that were not taken back, in the order in which they happened. */
function standing(recorded: readonly Transition[]): string[] {
  const list: string[] = [];
  for (const transition of recorded) {
    const name = describeOne(transition);
    if (!transition.retraction) list.push(name);
    else list.splice(list.lastIndexOf(name), 1);
  }
  return list.sort();
}

async function transitionsOf(client: ApiClient, externalId: string): Promise<Transition[]> {
  return (await standingOf(client, externalId)).tierTransitions.nodes.toReversed() as Transition[];
}

/** Every row of the journal, as text: what was written must still be there, letter by letter. */
async function journal(): Promise<string[]> {
  const { rows } = await server.database.pool.query<{ row: string }>(
    'SELECT e::text AS row FROM ledger_entries e UNION ALL SELECT t::text FROM tier_transitions t UNION ALL SELECT x::text FROM transactions x',
  );
  return rows.map(({ row }) => row);
}

describe('a history told in another order', () => {
  const END = '2026-07-15T12:00:00Z';
  const PURCHASES = [
    ['2026-01-05T10:00:00Z', '60.00'],
    ['2026-01-20T10:00:00Z', '60.00'],
    ['2026-02-20T23:59:59.999Z', '450.00'],
    // Two at one instant, and one at the instant at which points expire.
    ['2026-03-08T12:00:00Z', '40.00'],
    ['2026-03-08T12:00:00Z', '40.00'],
    ['2026-03-21T00:00:00Z', '100.00'],
    ['2026-04-30T10:00:00Z', '0.10'],
    ['2026-05-31T18:00:00Z', '700.00'],
    ['2026-07-01T00:00:00Z', '99.00'],
    ['2026-07-14T09:00:00Z', '1.00'],
  ] as const;
  /** Which purchase is told when. */
  const ORDERS = [
    [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
    [7, 2, 9, 0, 5, 3, 8, 1, 6, 4],
    [1, 0, 3, 2, 5, 4, 7, 6, 9, 8],
  ];

  let client: ApiClient;
  beforeAll(async () => {
    server.setNow('2026-01-01T00:00:00Z');
    client = await server.workspace({ timeZone: 'Europe/Warsaw' });
    const { cardDefinitionId } = await buildProgram(client, { card: { expiration: MONTHLY } });
    await buildStructure(client, cardDefinitionId, {
      name: 'Status',
      type: 'POINT_EARNED',
      pointEarned: { period: { value: 1, unit: 'MONTH' } },
      expiration: { rollingExpiration: { period: { value: 6, unit: 'WEEK' } } },
      downgrade: { singleLevel: {} },
      tiers: { Member: 0, Frequent: 100, Senator: 400 },
    });
    await buildCustomer(client, 'in time');
    for (const order of ORDERS) await buildCustomer(client, order.join());
    for (const [at, amount] of PURCHASES) {
      server.setNow(at);
      await earn(client, 'in time', amount);
    }
  });

  test.each(ORDERS.map((order) => order.join()))('%s ends as the one that was told in time', async (name) => {
    server.setNow(END);
    for (const index of name.split(',').map(Number)) {
      const [occurredAt, amount] = PURCHASES[index]!;
      const before = await journal();
      const { userErrors } = await earn(client, name, amount, { occurredAt });
      expect(userErrors).toEqual([]);
      expect((await journal()).filter((row) => before.includes(row))).toEqual(before);
    }
    const told = await standingOf(client, name);
    const inTime = await standingOf(client, 'in time');
    const outcome = ({ points, tier, tiers, cards }: typeof told) => ({ points, tier, tiers, lots: cards[0].lots });
    expect(outcome(told)).toEqual(outcome(inTime));
    // What fell due since the last purchase in time is not written yet; one more makes both complete.
    for (const customer of ['in time', name]) await earn(client, customer, '0.00');
    const transitions = await transitionsOf(client, 'in time');
    expect(transitions.some(({ late, retraction }) => late || retraction)).toBe(false);
    expect(standing(await transitionsOf(client, name))).toEqual(standing(transitions));
    const entries = (await standingOf(client, name)).ledgerEntries.nodes.toReversed() as { sequence: number; points: number; balanceAfter: number }[];
    let balance = 0;
    entries.forEach(({ sequence, points, balanceAfter }, index) => {
      balance += points;
      expect([sequence, balanceAfter]).toEqual([index + 1, balance]);
    });
  });
});

describe('a purchase from before the customer joined', () => {
  test('begins the time of the member; one that gives nothing does not', async () => {
    server.setNow('2026-01-01T00:00:00Z');
    const client = await server.workspace();
    await buildProgram(client);
    server.setNow('2026-03-01T00:00:00Z');
    await buildCustomer(client, 'ada');
    const nothing = await earn(client, 'ada', '0.99', { occurredAt: '2026-01-10T00:00:00Z' });
    expect(nothing.tierTransitions).toEqual([]);
    const late = await earn(client, 'ada', '100.00', { occurredAt: '2026-02-01T00:00:00Z' });
    expect(late.tierTransitions.map((each: Transition) => [describeOne(each), each.late, each.retraction])).toEqual([
      ['2026-03-01T00:00:00.000Z JOINED - Basic', true, true],
      ['2026-02-01T00:00:00.000Z JOINED - Basic', true, false],
      ['2026-02-01T00:00:00.000Z UPGRADED Basic Silver', true, false],
    ]);
    const { customer } = await client.run('{ customer(by: { externalId: "ada" }) { joinedAt points tier { name } } }');
    expect(customer).toEqual({ joinedAt: '2026-03-01T00:00:00.000Z', points: 100, tier: { name: 'Silver' } });
  });
});

describe('a structure by balance that comes later', () => {
  test('judges from the instant that it names, by the balances of then', async () => {
    server.setNow('2026-01-01T00:00:00Z');
    const client = await server.workspace();
    const { cardDefinitionId } = await buildProgram(client, { card: { expiration: MONTHLY }, structure: null });
    await buildCustomer(client, 'ada');
    server.setNow('2026-01-10T12:00:00Z');
    await earn(client, 'ada', '100.00');
    server.setNow('2026-02-20T12:00:00Z');
    await earn(client, 'ada', '30.00');
    const written = await journal();

    server.setNow('2026-03-01T00:00:00Z');
    await buildStructure(client, cardDefinitionId, {}, '2026-01-15T00:00:00Z');
    expect((await standingOf(client, 'ada')).tiers).toMatchObject([{ tier: { name: 'Basic' }, measure: 30, since: '2026-02-11T00:00:00.000Z' }]);
    expect(await journal()).toEqual(written);
    await earn(client, 'ada', '1.00');
    expect((await transitionsOf(client, 'ada')).map((each) => [describeOne(each), each.late])).toEqual([
      ['2026-01-15T00:00:00.000Z JOINED - Silver', true],
      ['2026-02-11T00:00:00.000Z DOWNGRADED Silver Basic', true],
    ]);
    expect((await journal()).filter((row) => written.includes(row))).toEqual(written);
  });
});

describe('a structure that is paused', () => {
  test('multiplies nothing while it is, nor for a purchase from then that is told later', async () => {
    server.setNow('2026-01-01T00:00:00Z');
    const client = await server.workspace();
    const { cardDefinitionId, tierStructureId: id, tierIds } = await buildProgram(client, { structure: { tiers: { Gold: 0 } }, rule: null });
    await buildRule(client, cardDefinitionId, tierIds, { tierMultipliers: { Gold: '3' } });
    await buildCustomer(client, 'ada');
    const tierIn = async () =>
      (await client.run('query($id: ID) { customer(by: { externalId: "ada" }) { tier(tierStructureId: $id) { name } tiers { measure } } }', { id })).customer;
    const pointsFor = async (more: Record<string, unknown> = {}) => (await earn(client, 'ada', '10.00', more)).awards[0].points as number;

    server.setNow('2026-02-01T00:00:00Z');
    expect(await pointsFor()).toBe(30);
    await client.succeed('tierStructureDeactivate', { id }, 'tierStructure { status }');
    server.setNow('2026-02-02T00:00:00Z');
    expect(await pointsFor()).toBe(10);
    expect(await tierIn()).toEqual({ tier: null, tiers: [] });
    expect(await pointsFor({ occurredAt: '2026-01-20T00:00:00Z' })).toBe(30);
    server.setNow('2026-03-01T00:00:00Z');
    await client.succeed('tierStructureActivate', { id }, 'tierStructure { status }');
    expect(await pointsFor()).toBe(30);
    expect(await pointsFor({ occurredAt: '2026-02-15T00:00:00Z' })).toBe(10);
    expect(await tierIn()).toEqual({ tier: { name: 'Gold' }, tiers: [{ measure: 110 }] });
    expect((await transitionsOf(client, 'ada')).map(describeOne)).toEqual(['2026-01-01T00:00:00.000Z JOINED - Gold']);
  });

  test('and put into force again at the same instant goes on as if nothing had been', async () => {
    server.setNow('2026-01-01T00:00:00Z');
    const client = await server.workspace();
    const { tierStructureId: id } = await buildProgram(client, {
      structure: { tiers: { Basic: 0 }, expiration: { rollingExpiration: { period: { value: 1, unit: 'WEEK' } } } },
    });
    await client.succeed('tierStructureDeactivate', { id }, 'tierStructure { status }');
    await client.succeed('tierStructureActivate', { id }, 'tierStructure { status }');
    server.setNow('2026-01-01T01:00:00Z');
    await buildCustomer(client, 'ada');
    server.setNow('2026-01-20T00:00:00Z');
    expect((await standingOf(client, 'ada')).tiers).toMatchObject([
      { tier: { name: 'Basic' }, since: '2026-01-16T00:00:00.000Z', expiresAt: '2026-01-23T00:00:00.000Z' },
    ]);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ApiClient } from '../support/client.ts';
import { buildCustomer, buildProgram, buildStructure, countRows, earn, standingOf } from '../support/program.ts';
import type { Program } from '../support/program.ts';
import { startTestServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';

/** The journal, and what is right though nobody has written it down yet. */

const MONTHLY = { rolling: { period: { value: 1, unit: 'MONTH' } } };

let server: TestServer;
let client: ApiClient;
let program: Program;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.stop());

beforeEach(async () => {
  server.setNow('2026-01-01T00:00:00Z');
  client = await server.workspace();
  program = await buildProgram(client, { card: { expiration: MONTHLY } });
  await buildCustomer(client, 'ada');
});

const entriesOf = async () => (await standingOf(client, 'ada')).ledgerEntries.nodes as Record<string, unknown>[];
const transitionsOf = async () => (await standingOf(client, 'ada')).tierTransitions.nodes as Record<string, { name: string }>[];

/** Every row of the journal of this database, as text. */
async function journal(): Promise<string[]> {
  const { rows } = await server.database.pool.query<{ row: string }>(
    'SELECT e::text AS row FROM ledger_entries e UNION ALL SELECT t::text FROM tier_transitions t UNION ALL SELECT x::text FROM transactions x',
  );
  return rows.map(({ row }) => row);
}

describe('a year in which no job ran', () => {
  test('reads are right, and write nothing; the next write records what became true, when it did', async () => {
    server.setNow('2026-01-10T12:00:00Z');
    await earn(client, 'ada', '120.00');
    const before = await countRows(server.database);

    server.setNow('2027-01-10T12:00:00Z');
    const { points, tier, cards } = await standingOf(client, 'ada');
    expect({ points, tier: tier.name, balance: cards[0].balance, lots: cards[0].lots }).toEqual({ points: 0, tier: 'Basic', balance: 0, lots: [] });
    expect(await countRows(server.database)).toEqual(before);
    expect((await entriesOf()).map(({ type }) => type)).toEqual(['EARN']);

    await earn(client, 'ada', '30.00');
    expect((await entriesOf()).map(({ type, sequence, points: change, balanceAfter, occurredAt }) => [type, sequence, change, balanceAfter, occurredAt])).toEqual([
      ['EARN', 3, 30, 30, '2027-01-10T12:00:00.000Z'],
      ['EXPIRATION', 2, -120, 0, '2026-02-11T00:00:00.000Z'],
      ['EARN', 1, 120, 120, '2026-01-10T12:00:00.000Z'],
    ]);
    expect((await transitionsOf()).map(({ type, reason, toTier, occurredAt, recordedAt }) => [type, reason, toTier?.name, occurredAt, recordedAt])).toEqual([
      ['DOWNGRADED', 'POINTS_EXPIRED', 'Basic', '2026-02-11T00:00:00.000Z', '2027-01-10T12:00:00.000Z'],
      ['UPGRADED', 'POINTS_EARNED', 'Silver', '2026-01-10T12:00:00.000Z', '2026-01-10T12:00:00.000Z'],
      ['JOINED', 'CUSTOMER_JOINED', 'Basic', '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z'],
    ]);
  });

  test('points of one expiry date share a lot, and the earliest lot comes first', async () => {
    for (const at of ['2026-01-12T08:00:00Z', '2026-01-10T08:00:00Z', '2026-01-10T20:00:00Z']) {
      server.setNow(at);
      await earn(client, 'ada', '10.00', at === '2026-01-12T08:00:00Z' ? {} : { occurredAt: at });
    }
    server.setNow('2026-01-12T09:00:00Z');
    const { cards } = await standingOf(client, 'ada');
    expect(cards[0].lots).toEqual([
      { points: 20, expiresOn: '2026-02-10', expiresAt: '2026-02-11T00:00:00.000Z', earnedAt: '2026-01-10T08:00:00.000Z' },
      { points: 10, expiresOn: '2026-02-12', expiresAt: '2026-02-13T00:00:00.000Z', earnedAt: '2026-01-12T08:00:00.000Z' },
    ]);
  });
});

describe('a purchase recorded late', () => {
  test('is judged as if it had come in time; what differs is added and nothing written is changed', async () => {
    server.setNow('2026-01-20T12:00:00Z');
    await earn(client, 'ada', '60.00');
    server.setNow('2026-01-25T12:00:00Z');
    await earn(client, 'ada', '60.00');
    const written = await journal();
    expect((await transitionsOf()).map(({ type, occurredAt }) => [type, occurredAt])).toEqual([
      ['UPGRADED', '2026-01-25T12:00:00.000Z'],
      ['JOINED', '2026-01-01T00:00:00.000Z'],
    ]);

    server.setNow('2026-01-26T12:00:00Z');
    const late = await earn(client, 'ada', '50.00', { occurredAt: '2026-01-10T12:00:00Z' });
    expect(late.customer.points).toBe(170);
    // With the late 50, Silver was reached by the purchase of 20 January already.
    expect(
      late.tierTransitions.map((each: Record<string, unknown>) => [each['type'], each['occurredAt'], each['late'], each['retraction']]),
    ).toEqual([
      ['UPGRADED', '2026-01-25T12:00:00.000Z', true, true],
      ['UPGRADED', '2026-01-20T12:00:00.000Z', true, false],
    ]);
    expect((await journal()).filter((row) => written.includes(row))).toEqual(written);
    expect((await entriesOf()).map(({ sequence, balanceAfter }) => [sequence, balanceAfter])).toEqual([[3, 170], [2, 120], [1, 60]]);
  });

  test('whose points have expired meanwhile is credited and expired at once', async () => {
    server.setNow('2026-06-01T12:00:00Z');
    const late = await earn(client, 'ada', '120.00', { occurredAt: '2026-02-01T12:00:00Z' });
    expect({ points: late.customer.points, awarded: late.awards[0].points }).toEqual({ points: 0, awarded: 120 });
    expect((await entriesOf()).map(({ type, points, balanceAfter }) => [type, points, balanceAfter])).toEqual([
      ['EXPIRATION', -120, 0],
      ['EARN', 120, 120],
    ]);
    expect(late.tierTransitions.map((each: Record<string, unknown>) => [each['type'], each['occurredAt']])).toEqual([
      ['UPGRADED', '2026-02-01T12:00:00.000Z'],
      ['DOWNGRADED', '2026-03-02T00:00:00.000Z'],
    ]);
  });
});

describe('a tier structure that comes later', () => {
  const earned = { name: 'Status', type: 'POINT_EARNED', pointEarned: { period: { value: 1, unit: 'YEAR' } }, tiers: { Member: 0, Frequent: 100 } } as const;
  const standings = async () =>
    Object.fromEntries(
      ((await standingOf(client, 'ada')).tiers as { tierStructure: { name: string }; tier: { name: string } | null; measure: number }[]).map(
        ({ tierStructure, tier, measure }) => [tierStructure.name, [tier?.name ?? null, measure]],
      ),
    );

  test('counts what was earned before it in its window, and judges from its activation on', async () => {
    server.setNow('2026-01-10T12:00:00Z');
    await earn(client, 'ada', '120.00');
    server.setNow('2026-04-01T12:00:00Z');
    const { id } = await buildStructure(client, program.cardDefinitionId, earned);
    expect(await standings()).toEqual({ Membership: ['Basic', 0], Status: ['Frequent', 120] });
    await earn(client, 'ada', '1.00');
    const joined = (await transitionsOf()).find(({ toTier }) => toTier?.name === 'Frequent');
    expect(joined).toMatchObject({ type: 'JOINED', reason: 'STRUCTURE_ACTIVATED', occurredAt: '2026-04-01T12:00:00.000Z', late: false });
    expect(id).toMatch(/^tstr_/);
  });

  test('may look back to an instant before it was made', async () => {
    server.setNow('2026-01-10T12:00:00Z');
    await earn(client, 'ada', '120.00');
    server.setNow('2026-04-01T12:00:00Z');
    await buildStructure(client, program.cardDefinitionId, earned, '2026-01-05T00:00:00Z');
    await earn(client, 'ada', '1.00');
    const own = (await transitionsOf()).filter(({ toTier }) => ['Member', 'Frequent'].includes(toTier?.name ?? ''));
    expect(own.map(({ type, toTier, occurredAt }) => [type, toTier?.name, occurredAt])).toEqual([
      ['UPGRADED', 'Frequent', '2026-01-10T12:00:00.000Z'],
      ['JOINED', 'Member', '2026-01-05T00:00:00.000Z'],
    ]);
  });

  test('is not shown and judges nobody while it is paused; it judges again when it comes back', async () => {
    const { id } = await buildStructure(client, program.cardDefinitionId, earned);
    server.setNow('2026-02-01T12:00:00Z');
    await client.succeed('tierStructureDeactivate', { id }, 'tierStructure { status }');
    await earn(client, 'ada', '120.00');
    expect(Object.keys(await standings())).toEqual(['Membership']);
    server.setNow('2026-02-05T12:00:00Z');
    await client.succeed('tierStructureActivate', { id }, 'tierStructure { status }');
    expect((await standings())['Status']).toEqual(['Frequent', 120]);
    await earn(client, 'ada', '1.00');
    const up = (await transitionsOf()).find(({ toTier }) => toTier?.name === 'Frequent');
    expect(up).toMatchObject({ type: 'UPGRADED', reason: 'STRUCTURE_ACTIVATED', occurredAt: '2026-02-05T12:00:00.000Z' });
  });

  test('that goes back to being a draft leaves its history as it was', async () => {
    const { id } = await buildStructure(client, program.cardDefinitionId, { ...earned, tiers: { Frequent: 100 } });
    server.setNow('2026-01-10T12:00:00Z');
    await earn(client, 'ada', '120.00');
    // The window of 2027 is empty: nobody holds a tier any more.
    server.setNow('2027-02-01T12:00:00Z');
    await earn(client, 'ada', '1.00');
    await client.succeed('tierStructureDraft', { id }, 'tierStructure { status }');
    const before = await transitionsOf();
    await earn(client, 'ada', '1.00');
    expect(await transitionsOf()).toEqual(before);
    expect(before.filter(({ toTier }) => toTier?.name === 'Frequent')).toHaveLength(1);
  });
});

describe('the journal', () => {
  test('is read in pages, of the customer and of a card, and each entry leads to its purchase, rule and card', async () => {
    server.setNow('2026-01-10T12:00:00Z');
    for (const reference of ['a', 'b', 'c', 'd', 'e']) await earn(client, 'ada', '10.00', { reference });
    const page = async (after: string | null) =>
      (
        await client.run(
          `query($after: String) { customer(by: { externalId: "ada" }) {
            ledgerEntries(first: 2, after: $after) { nodes { sequence transaction { reference } earnRuleVersion { number } card { balance } } pageInfo { hasNextPage endCursor } }
            cards { ledgerEntries(first: 2, after: $after) { nodes { sequence } } }
          } }`,
          { after },
        )
      ).customer;
    const first = await page(null);
    expect(first.ledgerEntries.nodes).toEqual([
      { sequence: 5, transaction: { reference: 'e' }, earnRuleVersion: { number: 1 }, card: { balance: 50 } },
      { sequence: 4, transaction: { reference: 'd' }, earnRuleVersion: { number: 1 }, card: { balance: 50 } },
    ]);
    const second = await page(first.ledgerEntries.pageInfo.endCursor);
    expect(second.ledgerEntries.nodes.map(({ sequence }: { sequence: number }) => sequence)).toEqual([3, 2]);
    expect(second.cards[0].ledgerEntries.nodes.map(({ sequence }: { sequence: number }) => sequence)).toEqual([3, 2]);
    const third = await page(second.ledgerEntries.pageInfo.endCursor);
    expect(third.ledgerEntries).toMatchObject({ nodes: [{ sequence: 1 }], pageInfo: { hasNextPage: false } });
  });

  test('writes an event for everything, in the same transaction', async () => {
    server.setNow('2026-01-10T12:00:00Z');
    const { transaction } = await earn(client, 'ada', '120.00');
    expect(transaction.id).toMatch(/^txn_/);
    const { rows } = await server.database.pool.query<{ type: string }>(
      `SELECT type FROM events WHERE workspace_id = (SELECT workspace_id FROM customers ORDER BY created_at DESC, id DESC LIMIT 1)
       AND customer_id IS NOT NULL ORDER BY id`,
    );
    expect(rows.map(({ type }) => type)).toEqual([
      'customer.created',
      'customer.tier.joined',
      'transaction.created',
      'card.created',
      'points.earned',
      'customer.tier.upgraded',
    ]);
  });
});

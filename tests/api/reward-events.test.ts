/** What is told of rewards besides that they are redeemed: grants that are used, stocks that run out, and what expires. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { tellExpiredRewards, tellExpiringGrants } from '../../src/commands/reward-expirations.ts';
import { CommandRunner } from '../../src/commands/run.ts';
import { fromPublicId } from '../../src/platform/ids.ts';
import { DueEffectsWorker } from '../../src/workers/due-effects.ts';
import type { ApiClient } from '../support/client.ts';
import { eventually } from '../support/process.ts';
import { buildCustomer, buildProgram, earn } from '../support/program.ts';
import type { Program } from '../support/program.ts';
import { buildReward, cancel, confirm, redeem } from '../support/rewards.ts';
import type { TestServer } from '../support/server.ts';
import { connectApplication, startTestServer } from '../support/server.ts';
import { problemsOf, unchanged } from '../support/unchanged.ts';

const START = '2026-05-17T12:00:00.000Z';

let server: TestServer;
let client: ApiClient;
let program: Program;
let ada: string;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  client = await server.workspace({ timeZone: 'Europe/Warsaw', clock: START });
  program = await buildProgram(client);
  ada = await buildCustomer(client, 'ada');
});

const reward = (plan: Record<string, unknown> = {}) => buildReward(client, program.cardDefinitionId, { cost: 1, ...plan });
/** Given for every purchase, and for nothing else. */
const given = (plan: Record<string, unknown> = {}) => reward({ cost: 0, trigger: { everyNthVisit: { visits: 1 } }, ...plan });

interface Told {
  readonly name: string;
  readonly customerId: string | null;
  readonly sequence: number | null;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly cause: { readonly command: string };
  readonly dataJson: Readonly<Record<string, unknown>>;
}

async function told(...patterns: readonly string[]): Promise<Told[]> {
  const document = 'query($patterns: [String!]) { events(filter: { patterns: $patterns }, first: 100) { nodes { name customerId sequence occurredAt recordedAt cause { command } dataJson } } }';
  return (await client.run(document, { patterns })).events.nodes;
}

const names = (events: readonly Told[]) => events.map(({ name }) => name);

describe('a grant that is redeemed', () => {
  test('is told of each time, beside the redemption, and not by a dry run, a refusal or a repetition', async () => {
    const id = await given({ grantValidity: { value: 1, unit: 'MONTH' } });
    const { grants } = await client.succeed('earn', { customer: { externalId: 'ada' }, amount: '10.00', currency: 'USD' }, 'grants { id expiresAt }');
    await unchanged(server, () => redeem(client, id, 'ada', { dryRun: true }));
    const { redemption } = await redeem(client, id, 'ada', { reference: 'till-1' });
    await unchanged(server, () => redeem(client, id, 'ada', { reference: 'till-1' }));
    expect(problemsOf(await unchanged(server, () => redeem(client, id, 'ada')))).toEqual(['NO_GRANT rewardId']);
    const [created, redeemed, ...rest] = await told('redemption.*', 'reward_grant.redeemed');
    expect([created?.name, rest]).toEqual(['redemption.created', []]);
    expect(redeemed).toEqual({
      name: 'reward_grant.redeemed',
      customerId: ada,
      sequence: (created?.sequence ?? 0) + 1,
      occurredAt: START,
      recordedAt: START,
      cause: { command: 'rewardRedeem' },
      dataJson: { reward_grant_id: grants[0].id, reward_id: id, customer_id: ada, expires_at: grants[0].expiresAt },
    });
    await cancel(client, redemption.id);
    await redeem(client, id, 'ada');
    expect(names(await told('redemption.*', 'reward_grant.redeemed'))).toEqual([
      'redemption.created', 'reward_grant.redeemed', 'redemption.cancelled', 'redemption.created', 'reward_grant.redeemed',
    ]);
  });

  test('is no reward that was paid for', async () => {
    const id = await reward();
    await earn(client, 'ada', '10.00');
    await redeem(client, id, 'ada');
    expect(names(await told('reward_grant.*'))).toEqual([]);
  });
});

describe('a stock', () => {
  const levels = async () => (await told('reward.stock_low', 'reward.sold_out')).map(({ name, dataJson }) => [name, dataJson['stock']]);
  const adjust = (id: string, by: number) => client.succeed('rewardStockAdjust', { id, by }, 'reward { stock }');

  test('that redemptions take is told of when little is left, and when nothing is', async () => {
    const id = await reward({ name: 'Mug', stock: 20 });
    await earn(client, 'ada', '100.00');
    for (let taken = 0; taken < 17; taken += 1) await redeem(client, id, 'ada');
    expect(await levels()).toEqual([]);
    await unchanged(server, () => redeem(client, id, 'ada', { dryRun: true }));
    await redeem(client, id, 'ada', { reference: 'till-1' });
    await unchanged(server, () => redeem(client, id, 'ada', { reference: 'till-1' }));
    expect(await told('reward.stock_low')).toEqual([
      {
        name: 'reward.stock_low',
        customerId: null,
        sequence: null,
        occurredAt: START,
        recordedAt: START,
        cause: { command: 'rewardRedeem' },
        dataJson: { reward_id: id, reward_name: 'Mug', stock: 2 },
      },
    ]);
    await redeem(client, id, 'ada');
    const { redemption } = await redeem(client, id, 'ada');
    expect(problemsOf(await unchanged(server, () => redeem(client, id, 'ada')))).toEqual(['OUT_OF_STOCK rewardId']);
    expect((await told('reward.sold_out')).map(({ customerId, sequence, dataJson }) => [customerId, sequence, dataJson])).toEqual([
      [null, null, { reward_id: id, reward_name: 'Mug', stock: 0 }],
    ]);
    // What comes back is gone again with the next who takes it.
    await cancel(client, redemption.id);
    await redeem(client, id, 'ada');
    expect(await levels()).toEqual([['reward.stock_low', 2], ['reward.sold_out', 0], ['reward.sold_out', 0]]);
  });

  test('that twenty take at once is told of once each', async () => {
    const id = await reward({ stock: 10 });
    await earn(client, 'ada', '100.00');
    await buildCustomer(client, 'bob');
    await earn(client, 'bob', '100.00');
    const answers = await Promise.all(Array.from({ length: 20 }, (_, number) => redeem(client, id, number % 2 === 0 ? 'ada' : 'bob')));
    expect(answers.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(10);
    expect(await levels()).toEqual([['reward.stock_low', 1], ['reward.sold_out', 0]]);
  });

  test('that grants take is told of, and so is one that is adjusted by hand', async () => {
    const id = await given({ stock: 2 });
    await client.succeed('earn', { customer: { externalId: 'ada' }, amount: '1.00', currency: 'USD', dryRun: true }, 'grants { id }');
    for (let visit = 0; visit < 3; visit += 1) await earn(client, 'ada', '1.00');
    expect((await told('reward.stock_low', 'reward.sold_out')).map(({ name, cause }) => [name, cause.command])).toEqual([['reward.stock_low', 'earn'], ['reward.sold_out', 'earn']]);
    // Filled anew, a tenth of it is little.
    await adjust(id, 40);
    await adjust(id, -35);
    await adjust(id, -1);
    expect(await levels()).toEqual([['reward.stock_low', 1], ['reward.sold_out', 0], ['reward.stock_low', 4]]);
    await adjust(id, -4);
    expect((await told('reward.stock_adjusted', 'reward.sold_out')).slice(-2).map(({ name, cause, dataJson }) => [name, cause.command, dataJson['stock'] ?? null])).toEqual([
      ['reward.stock_adjusted', 'rewardStockAdjust', null],
      ['reward.sold_out', 'rewardStockAdjust', 0],
    ]);
    expect(await levels()).toHaveLength(4);
  });

  test('that is set in a draft is not one that runs out', async () => {
    const id = await reward({ stock: 50 });
    await client.succeed('rewardDraft', { id }, 'reward { id }');
    await client.succeed('rewardUpdate', { id, stock: 0 }, 'reward { stock }');
    await client.succeed('rewardUpdate', { id, stock: 3 }, 'reward { stock }');
    await client.succeed('rewardActivate', { id }, 'reward { id }');
    expect(await levels()).toEqual([]);
    await earn(client, 'ada', '10.00');
    for (let taken = 0; taken < 2; taken += 1) await redeem(client, id, 'ada');
    expect(await levels()).toEqual([['reward.stock_low', 1]]);
  });
});

describe('what expires', () => {
  const MONTH = { grantValidity: { value: 1, unit: 'MONTH' } };
  /** The end of 17 June in Warsaw, and the beginning of the day that lies ten days before the next. */
  const EXPIRES = '2026-06-17T22:00:00.000Z';
  const SOON = '2026-06-07T22:00:00.000Z';
  const EXPIRATIONS = ['reward_grant.expiring', 'reward_grant.expired', 'redemption.expired'];

  const advance = (to: string) => client.succeed('workspaceClockAdvance', { to }, 'dueEffectsRecorded');
  const before = (instant: string) => new Date(Date.parse(instant) - 1).toISOString();
  const wantNotices = (noticeDays = 10) => client.succeed('workspaceUpdate', { noticeDays }, 'workspace { noticeDays }');
  const dated = async (...patterns: readonly string[]) => (await told(...(patterns.length === 0 ? EXPIRATIONS : patterns))).map(({ name, occurredAt }) => [name, occurredAt]);
  const workspaceId = async () => fromPublicId('Workspace', (await client.run('{ workspace { id } }')).workspace.id) ?? '';

  async function give(externalId = 'ada'): Promise<string> {
    const { grants } = await client.succeed('earn', { customer: { externalId }, amount: '10.00', currency: 'USD', reference: externalId }, 'grants { id }');
    return grants[0].id as string;
  }

  /** The clock moves on without anybody looking. */
  const moveClock = async (to: string) => server.database.pool.query('UPDATE workspaces SET clock_frozen_at = $2 WHERE workspace_id = $1', [await workspaceId(), to]);

  test('a grant is told of so many days before, and when it has expired, once each', async () => {
    await wantNotices();
    const id = await given(MONTH);
    const grant = await give();
    const dataJson = { reward_grant_id: grant, reward_id: id, customer_id: ada, expires_at: EXPIRES };
    await advance(before(SOON));
    expect(await told(...EXPIRATIONS)).toEqual([]);
    await advance(SOON);
    await advance(before(EXPIRES));
    expect(await told(...EXPIRATIONS)).toEqual([
      { name: 'reward_grant.expiring', customerId: ada, sequence: expect.any(Number), occurredAt: SOON, recordedAt: SOON, cause: { command: 'notices' }, dataJson },
    ]);
    await advance(EXPIRES);
    await advance('2026-07-01T00:00:00Z');
    const [expiring, ...rest] = await told(...EXPIRATIONS);
    expect(rest).toEqual([
      { name: 'reward_grant.expired', customerId: ada, sequence: (expiring?.sequence ?? 0) + 1, occurredAt: EXPIRES, recordedAt: EXPIRES, cause: { command: 'dueEffects' }, dataJson },
    ]);
  });

  test('a clock that goes past both at once has both in its log', async () => {
    await wantNotices();
    await given(MONTH);
    await give();
    await advance('2026-08-01T00:00:00Z');
    expect(await dated()).toEqual([['reward_grant.expiring', SOON], ['reward_grant.expired', EXPIRES]]);
  });

  test('a grant that was used or revoked is not told of, nor one that never expires', async () => {
    await wantNotices();
    const used = await given(MONTH);
    await give();
    await redeem(client, used, 'ada');
    await client.succeed('rewardDeactivate', { id: used }, 'reward { id }');
    await given({ name: 'Revoked', ...MONTH });
    await buildCustomer(client, 'bob');
    await give('bob');
    await client.succeed('refund', { transaction: { reference: { reference: 'bob' } } }, 'revokedGrants { id }');
    await given({ name: 'For ever' });
    await buildCustomer(client, 'cyd');
    await client.succeed('rewardDeactivate', { id: (await client.run('{ rewards(first: 3) { nodes { id name } } }')).rewards.nodes.find(({ name }: { name: string }) => name === 'Revoked').id }, 'reward { id }');
    await give('cyd');
    await advance('2027-01-01T00:00:00Z');
    expect(await dated('reward_grant.*')).toEqual([
      ['reward_grant.created', START],
      ['reward_grant.redeemed', START],
      ['reward_grant.created', START],
      ['reward_grant.revoked', START],
      ['reward_grant.created', START],
    ]);
  });

  test('is not told of before by who wants no notices, nor of a grant that lasts for less than that or whose reward is gone', async () => {
    const id = await given({ grantValidity: { value: 5, unit: 'DAY' } });
    await give();
    await advance('2026-05-20T00:00:00Z');
    await wantNotices();
    await advance('2026-05-21T00:00:00Z');
    expect(await dated()).toEqual([]);
    await client.succeed('rewardDelete', { id }, 'reward { id }');
    const gone = await given({ name: 'Gone', ...MONTH });
    await buildCustomer(client, 'bob');
    await give('bob');
    await client.succeed('rewardDelete', { id: gone }, 'reward { id }');
    await advance('2026-08-01T00:00:00Z');
    expect(await dated()).toEqual([['reward_grant.expired', '2026-05-22T22:00:00.000Z'], ['reward_grant.expired', '2026-06-21T22:00:00.000Z']]);
  });

  test('a redemption is told of that nobody fetched, and can be cancelled all the same', async () => {
    const id = await reward({ cost: 7, proofValidMinutes: 30 });
    await earn(client, 'ada', '100.00');
    const { redemption } = await redeem(client, id, 'ada');
    const confirmed = await redeem(client, id, 'ada');
    await confirm(client, confirmed.proof);
    await cancel(client, (await redeem(client, id, 'ada')).redemption.id);
    await redeem(client, id, 'ada', { dryRun: true });
    await advance('2026-05-17T12:29:59.999Z');
    expect(await told('redemption.expired')).toEqual([]);
    await advance('2026-05-17T13:00:00Z');
    await advance('2026-05-17T14:00:00Z');
    const [expired, ...rest] = await told('redemption.expired');
    expect(rest).toEqual([]);
    expect(expired).toEqual({
      name: 'redemption.expired',
      customerId: ada,
      sequence: expect.any(Number),
      occurredAt: '2026-05-17T12:30:00.000Z',
      recordedAt: '2026-05-17T13:00:00.000Z',
      cause: { command: 'dueEffects' },
      dataJson: { redemption_id: redemption.id, reward_id: id, customer_id: ada, points: 7 },
    });
    expect((await cancel(client, redemption.id)).userErrors).toEqual([]);
    await advance('2026-05-18T00:00:00Z');
    expect((await dated('redemption.expired', 'redemption.cancelled')).map(([name]) => name)).toEqual(['redemption.cancelled', 'redemption.expired', 'redemption.cancelled']);
  });

  test('a grant that comes back from a redemption after its time is told of then', async () => {
    await wantNotices();
    const id = await given({ ...MONTH, proofValidMinutes: 60 * 24 * 60 });
    await give();
    const { redemption } = await redeem(client, id, 'ada');
    await advance('2026-07-01T00:00:00Z');
    expect(await dated()).toEqual([]);
    await cancel(client, redemption.id);
    await advance('2026-07-01T00:01:00Z');
    await advance('2026-09-01T00:00:00Z');
    expect(await dated()).toEqual([['reward_grant.expired', EXPIRES]]);
  });

  test('is told once by ten that look at once, of more than one look takes, and numbered without gaps', async () => {
    await wantNotices();
    await given(MONTH);
    const members = Array.from({ length: 20 }, (_, member) => `member ${member}`);
    await Promise.all(members.map((member) => buildCustomer(client, member)));
    await Promise.all(members.flatMap((member) => Array.from({ length: 15 }, () => earn(client, member, '1.00'))));
    await moveClock('2026-07-01T00:00:00Z');
    const [one, database] = [await workspaceId(), await connectApplication(server.databaseUrl, server.database)];
    const runners = Array.from({ length: 10 }, () => new CommandRunner({ database, clock: Date.now }));
    const deadline = Date.now() + 60_000;
    await Promise.all(runners.map((runner) => tellExpiringGrants(runner, one, 'test')));
    expect(await Promise.all(runners.map((runner) => tellExpiredRewards(runner, one, 'test', deadline)))).toEqual(runners.map(() => true));
    await database.close();
    const { rows } = await server.database.pool.query(
      `SELECT type, count(*)::int AS count, count(DISTINCT data ->> 'rewardGrantId')::int AS grants FROM events WHERE workspace_id = $1 AND type LIKE 'reward_grant.exp%' GROUP BY type ORDER BY type`,
      [one],
    );
    expect(rows).toEqual([{ type: 'reward_grant.expired', count: 300, grants: 300 }, { type: 'reward_grant.expiring', count: 300, grants: 300 }]);
    const { rows: gaps } = await server.database.pool.query(
      'SELECT customer_id FROM events WHERE workspace_id = $1 AND customer_id IS NOT NULL GROUP BY customer_id HAVING max(sequence) <> count(*) OR count(DISTINCT sequence) <> count(*)',
      [one],
    );
    expect(gaps).toEqual([]);
  });

  test('is told by the worker itself, once however many there are; who reads has known it before', async () => {
    const id = await reward({ cost: 7, proofValidMinutes: 30 });
    await earn(client, 'ada', '100.00');
    const { redemption } = await redeem(client, id, 'ada');
    await moveClock('2026-05-17T13:00:00Z');
    expect((await client.run('query($id: ID!) { node(id: $id) { ... on Redemption { status } } }', { id: redemption.id })).node.status).toBe('EXPIRED');
    const database = await connectApplication(server.databaseUrl, server.database);
    const failures: unknown[] = [];
    const workers = Array.from({ length: 3 }, () => {
      const log = { error: (fields: unknown) => void failures.push(fields) };
      return new DueEffectsWorker({ runner: new CommandRunner({ database, clock: Date.now }), log, intervalMs: 20 }).start();
    });
    await eventually(() => told('redemption.expired'), ({ length }) => length > 0);
    for (const worker of workers) await worker.stop();
    await database.close();
    expect(failures).toEqual([]);
    expect(await dated()).toEqual([['redemption.expired', '2026-05-17T12:30:00.000Z']]);
  });
});

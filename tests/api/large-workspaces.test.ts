/**
 * What one customer has, and has had, is found without a look at others, however many there are, also where nearly all other workspaces are small: PostgreSQL
 * then takes each for small, and would rather read all of one than look up a few keys.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type pg from 'pg';
import { withTransaction } from '../../src/database/client.ts';
import type { Database } from '../../src/database/client.ts';
import { fromPublicId } from '../../src/platform/ids.ts';
import { MemberRepository } from '../../src/repositories/members.ts';
import { RewardShelfRepository } from '../../src/repositories/rewards.ts';
import type { ApiClient } from '../support/client.ts';
import { buildCustomer, buildProgram, earn } from '../support/program.ts';
import { buildReward, redeem } from '../support/rewards.ts';
import { connectApplication, startTestServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { tuplesLookedAt } from '../support/tuples.ts';

const COPIES = 3_000;
const SMALL_WORKSPACES = 600;
/** Of everything a customer has, and of what those look like who have nothing. */
const TABLES = ['customers', 'cards', 'lots', 'memberships', 'transactions', 'ledger_entries', 'operations', 'tier_transitions', 'redemptions', 'reward_grants', 'idempotency_keys'];
const OWN_IDS = ['id', 'customer_id', 'card_id', 'transaction_id', 'operation_id', 'related_id', 'grant_id', 'redemption_id', 'external_id', 'reference', 'key'];
/** One customer has far fewer rows. */
const LOOKED_AT_MAX = 150;

let server: TestServer;
let walled: Database;
let workspaceId: string;
let customerId: string;
let rewardId: string;

beforeAll(async () => {
  server = await startTestServer();
  const admin = await server.workspace();
  workspaceId = fromPublicId('Workspace', (await admin.run('{ workspace { id } }')).workspace.id) ?? '';
  await buildWellKnownCustomer(admin);
  walled = await connectApplication(server.databaseUrl, server.database);
  const client = await server.database.pool.connect();
  try {
    // Copies refer to copies; which rewards and structures there are is no matter.
    await client.query('SET session_replication_role = replica');
    for (const table of TABLES) await copyRows(client, table);
    await client.query(`SET session_replication_role = DEFAULT; ANALYZE ${TABLES.join(', ')}`);
  } finally {
    client.release();
  }
});
afterAll(async () => {
  await walled.close();
  await server.stop();
});

async function buildWellKnownCustomer(admin: ApiClient): Promise<void> {
  const { cardDefinitionId } = await buildProgram(admin);
  customerId = fromPublicId('Customer', await buildCustomer(admin, 'ada')) ?? '';
  const reward = await buildReward(admin, cardDefinitionId, { cost: 10 });
  rewardId = fromPublicId('Reward', reward) ?? '';
  for (const reference of ['one', 'two', 'three']) await earn(admin, 'ada', '100.00', { reference });
  await admin.succeed('pointsAdjust', { customer: { externalId: 'ada' }, points: 5, reason: 'GOODWILL', reference: 'adjusted' }, 'adjustment { id }');
  await redeem(admin, reward, 'ada');
}

/** Rows of the one customer once more for many others in the workspace, and for one customer in each of many others. */
async function copyRows(client: pg.PoolClient, table: string): Promise<void> {
  await client.query(
    `INSERT INTO ${table} SELECT made.*
     FROM ${table} original, generate_series(1, $2::int + $3::int) copy,
       LATERAL (SELECT to_jsonb(original) AS whole) w,
       LATERAL (
         SELECT coalesce(jsonb_object_agg(key, md5(copy || (value #>> '{}'))::uuid), '{}') AS copied FROM jsonb_each(whole)
         WHERE jsonb_typeof(value) = 'string' AND (key = ANY($4) OR (key = 'workspace_id' AND copy > $2::int))
       ) c,
       LATERAL jsonb_populate_record(NULL::${table}, whole || copied) made
     WHERE original.workspace_id = $1`,
    [workspaceId, COPIES, SMALL_WORKSPACES, OWN_IDS],
  );
}

const STARTS = { DAY: 0, WEEK: 0, MONTH: 0, YEAR: 0 };
type Work = (client: pg.PoolClient) => Promise<unknown>;

test.each<[string, Work]>([
  ['lock a customer', (client) => new MemberRepository(client, workspaceId).lock([customerId], [])],
  ['lock a customer by the name that others know', (client) => new MemberRepository(client, workspaceId).lock([], ['ada'])],
  ['load what a purchase needs', (client) => new MemberRepository(client, workspaceId).load([], ['ada'], { keys: ['key-1', 'key-2'], references: [{ source: 'default', reference: 'one' }] })],
  ['read a customer', (client) => new MemberRepository(client, workspaceId).read([customerId])],
  ['read a customer with a history', (client) => new MemberRepository(client, workspaceId).readWithHistory([customerId])],
  ['read what is verified', (client) => new MemberRepository(client, workspaceId).readToVerify([customerId])],
  ['read a history', (client) => new MemberRepository(client, workspaceId).history([customerId])],
  ['find operations', (client) => new MemberRepository(client, workspaceId).operationsByReferences([{ type: 'ADJUSTMENT', source: 'default', reference: 'adjusted' }])],
  ['count what a customer has had of a reward', (client) => new RewardShelfRepository(client, workspaceId).uses([{ customerId, rewardId }], STARTS)],
])('to %s, PostgreSQL looks at nobody else', async (_name, work) => {
  await withTransaction(walled.workspace(workspaceId), async ({ $client: client }) => {
    const before = await tuplesLookedAt(client, TABLES);
    await work(client);
    const looked = (await tuplesLookedAt(client, TABLES)) - before;
    expect(looked).toBeGreaterThan(0);
    expect(looked).toBeLessThan(LOOKED_AT_MAX);
  });
});

/**
 * The second wall between workspaces: what PostgreSQL itself refuses, whatever the program asks. The statements here
 * name no workspace, or the wrong one, on connections as the product has them.
 */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import type { Connections, Database } from '../../src/database/client.ts';
import { createDatabase, withTransaction } from '../../src/database/client.ts';
import { sqlState } from '../../src/database/errors.ts';
import { migrateDatabase } from '../../src/database/migrate.ts';
import { APPLICATION_ROLE, prepareApplicationRole, requireWall } from '../../src/database/wall.ts';
import { recordDueEffects } from '../../src/commands/due-effects.ts';
import { makeCheckpoint } from '../../src/commands/checkpoints.ts';
import { CommandRunner } from '../../src/commands/run.ts';
import { describeSecret } from '../../src/platform/auth.ts';
import { fromPublicId, newId } from '../../src/platform/ids.ts';
import { CustomerRepository } from '../../src/repositories/customers.ts';
import { workspaceIdsAfter, workspacesWithDueWork } from '../../src/repositories/due-work.ts';
import { LedgerRepository } from '../../src/repositories/ledger.ts';
import { MemberRepository } from '../../src/repositories/members.ts';
import { configurationVersion } from '../../src/repositories/program.ts';
import { WebhookDeliveryRepository } from '../../src/repositories/webhook-deliveries.ts';
import { findApiKeyByHash } from '../../src/repositories/workspaces.ts';
import type { ApiClient } from '../support/client.ts';
import { createTestDatabase, onServer, type TestDatabase } from '../support/database.ts';
import { buildCustomer, buildProgram, earn } from '../support/program.ts';
import { buildReward, redeem } from '../support/rewards.ts';
import { connectApplication, startTestServer, type TestServer } from '../support/server.ts';
import { contentsOf } from '../support/unchanged.ts';

const INSUFFICIENT_PRIVILEGE = '42501';
/** What is removed when it is old, and never changed. */
const NEVER_CHANGED = ['events', 'webhook_attempts'];
/** What is only ever added to. */
const APPEND_ONLY = ['activities', 'checkpoint_heads', 'checkpoints', 'earn_rule_versions', 'ledger_entries', 'operations', 'tier_transitions', 'transactions'];
const ROUNDS = 60;

interface Tenant {
  readonly id: string;
  readonly client: ApiClient;
  readonly customerId: string;
}

let server: TestServer;
/** As the product connects, with few connections, so that they change hands often. */
let application: Database;
let cafe: Tenant;
let shop: Tenant;

beforeAll(async () => {
  server = await startTestServer();
  application = await connectApplication(server.databaseUrl, server.database, { connectionsMax: 3 });
  cafe = await fill('cafe');
  shop = await fill('shop');
  await server.keyUses.store();
});
afterAll(async () => {
  await application.close();
  await server.stop();
});

/** A workspace with rows in every table. */
async function fill(name: string): Promise<Tenant> {
  const client = await server.workspace({ name, secret: `wall-test-key-of-the-${name}` });
  const { cardDefinitionId } = await buildProgram(client);
  const reward = await buildReward(client, cardDefinitionId, { cost: 1, stock: 5, trigger: { everyNthVisit: { visits: 1 } } });
  const customerId = fromPublicId('Customer', await buildCustomer(client, `${name}-ada`)) ?? '';
  await earn(client, `${name}-ada`, '150.00', { reference: 'order-1', idempotencyKey: 'order-1' });
  await client.succeed('spend', { customer: { externalId: `${name}-ada` }, points: 10, reference: 'spend-1' }, 'spend { id }');
  await redeem(client, reward, `${name}-ada`);
  await client.succeed('signingKeyRotate', {}, 'signingKey { id }');
  const id = fromPublicId('Workspace', (await client.run('{ workspace { id } }')).workspace.id) ?? '';
  await client.run('{ events(first: 1) { nodes { id } } }');
  const runner = new CommandRunner({ database: application, clock: server.now });
  await recordDueEffects(runner, id, 'wall-test');
  await makeCheckpoint(runner, server.signer, id);
  await deliver(client, id);
  await server.database.pool.query(
    `INSERT INTO rate_limit_buckets (workspace_id, bucket_id, version, state) VALUES ($1, $2, 1, '{}')`,
    [id, newId()],
  );
  return { id, client, customerId };
}

/** A message to a webhook endpoint that did not get through, and a replay. */
async function deliver(client: ApiClient, workspaceId: string): Promise<void> {
  const { webhookEndpoint } = await client.succeed('webhookEndpointCreate', { url: 'https://example.com/hook' }, 'webhookEndpoint { id }');
  const { webhookDelivery } = await client.succeed('webhookEndpointTest', { id: webhookEndpoint.id, eventType: 'customer.created' }, 'webhookDelivery { id }');
  const range = { from: new Date(server.now() - 60_000).toISOString() };
  await client.succeed('webhookEndpointReplay', { id: webhookEndpoint.id, ...range }, 'webhookReplay { id }');
  const deliveryId = fromPublicId('WebhookDelivery', webhookDelivery.id) ?? '';
  const endpointId = fromPublicId('WebhookEndpoint', webhookEndpoint.id) ?? '';
  const attempt = { id: newId(), deliveryId, endpointId, startedAt: server.now(), latencyMs: 1, statusCode: 500, responseStart: '' };
  await new WebhookDeliveryRepository(application.workspace(workspaceId).pool, workspaceId).record([{ ...attempt, status: 'FAILED', nextAttemptAt: null, error: null }]);
}

async function tablesOf(database: Database): Promise<string[]> {
  const { rows } = await database.pool.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}

/** How many rows or changes; or what it was refused for. */
async function attempt(connections: Pick<Connections, 'pool'>, statement: string, values: unknown[] = []): Promise<number | string> {
  try {
    const { rows, rowCount, command } = await connections.pool.query<{ count?: number }>(statement, values);
    return command === 'SELECT' ? (rows[0]?.count ?? -1) : (rowCount ?? -1);
  } catch (error) {
    return sqlState(error) ?? String(error);
  }
}

const countAll = (table: string) => `SELECT count(*)::int AS count FROM ${table}`;
const countOf = (table: string) => `${countAll(table)} WHERE workspace_id = $1`;

/** For each table what the function says, to be compared as a whole. */
async function eachTable<Said>(say: (table: string) => Promise<Said>): Promise<Record<string, Said>> {
  const said: Record<string, Said> = {};
  for (const table of await tablesOf(server.database)) said[table] = await say(table);
  return said;
}

async function expectedOfEach<Said>(expected: (table: string) => Said): Promise<Record<string, Said>> {
  return eachTable((table) => Promise.resolve(expected(table)));
}

describe('a table', () => {
  test('has rows of both workspaces here: a new one is missing until it is filled', async () => {
    const empty: string[] = [];
    for (const table of await tablesOf(server.database)) {
      for (const { id } of [cafe, shop]) if ((await attempt(server.database, countOf(table), [id])) === 0) empty.push(table);
    }
    expect(empty).toEqual([]);
  });

  test('shows nothing while no workspace is named', async () => {
    expect(await eachTable((table) => attempt(application, countAll(table)))).toEqual(await expectedOfEach(() => 0));
  });

  test('shows the rows of the workspace that is named, and no others', async () => {
    const own = application.workspace(cafe.id);
    const seen = await eachTable(async (table) => [await attempt(own, countAll(table)), await attempt(own, countOf(table), [shop.id])]);
    expect(seen).toEqual(await eachTable(async (table) => [await attempt(server.database, countOf(table), [cafe.id]), 0]));
  });

  test('lets nobody change, remove or add rows of another workspace', async () => {
    const own = application.workspace(cafe.id);
    const before = await contentsOf(server);
    const changes = await eachTable(async (table) => {
      const { rows } = await server.database.pool.query<{ row: unknown }>(
        `SELECT to_jsonb(t) AS row FROM ${table} AS t WHERE workspace_id = $1 LIMIT 1`,
        [shop.id],
      );
      const row = JSON.stringify(rows[0]?.row, (_key, value: unknown) => (typeof value === 'bigint' ? Number(value) : value));
      return {
        changed: await attempt(own, `UPDATE ${table} SET workspace_id = workspace_id WHERE workspace_id = $1`, [shop.id]),
        given: await attempt(own, `UPDATE ${table} SET workspace_id = $1`, [shop.id]),
        removed: await attempt(own, `DELETE FROM ${table} WHERE workspace_id = $1`, [shop.id]),
        added: await attempt(own, `INSERT INTO ${table} SELECT * FROM jsonb_populate_record(NULL::${table}, $1)`, [row]),
        emptied: await attempt(own, `TRUNCATE ${table} CASCADE`),
      };
    });
    const refused = INSUFFICIENT_PRIVILEGE;
    expect(changes).toEqual(
      await expectedOfEach((table) => {
        const appendOnly = APPEND_ONLY.includes(table);
        const unchangeable = appendOnly || NEVER_CHANGED.includes(table);
        return { changed: unchangeable ? refused : 0, given: refused, removed: appendOnly ? refused : 0, added: refused, emptied: refused };
      }),
    );
    expect(await contentsOf(server)).toEqual(before);
  });

  test('that is only ever added to refuses changes of a workspace’s own rows', async () => {
    const own = application.workspace(cafe.id);
    const before = await contentsOf(server);
    for (const table of APPEND_ONLY) {
      expect([table, await attempt(own, `UPDATE ${table} SET workspace_id = workspace_id`)]).toEqual([table, INSUFFICIENT_PRIVILEGE]);
      expect([table, await attempt(own, `DELETE FROM ${table}`)]).toEqual([table, INSUFFICIENT_PRIVILEGE]);
      expect([table, await attempt(own, `SELECT 1 FROM ${table} FOR UPDATE`)]).toEqual([table, INSUFFICIENT_PRIVILEGE]);
    }
    expect(await contentsOf(server)).toEqual(before);
  });
});

describe('a repository that was given the wrong workspace', () => {
  test('finds nothing', async () => {
    const { db, pool } = application.workspace(cafe.id);
    const customers = new CustomerRepository(db, shop.id);
    expect(await customers.byIds([shop.customerId])).toEqual([]);
    expect(await customers.byExternalIds(['shop-ada'])).toEqual([]);
    expect(await customers.count()).toBe(0);
    expect(await new LedgerRepository(db, shop.id).transactionsByReferences([{ source: 'default', reference: 'order-1' }])).toEqual([]);
    expect(await configurationVersion(db, shop.id)).toBeNull();
    await expect(new MemberRepository(pool, shop.id).read([shop.customerId])).rejects.toThrow('The statement answers with one row.');
    // The same with the right one: there is something to be found.
    expect(await new CustomerRepository(application.workspace(shop.id).db, shop.id).byIds([shop.customerId])).toHaveLength(1);
  });

  test('locks nothing and writes nothing', async () => {
    const before = await contentsOf(server);
    const locked = await withTransaction(application.workspace(cafe.id), (transaction) =>
      new MemberRepository(transaction.$client, shop.id).lock([shop.customerId], ['shop-ada']),
    );
    expect(locked).toEqual({ configurationVersion: null, clockFrozenAt: null, members: [] });
    const work = withTransaction(application.workspace(cafe.id), (transaction) =>
      transaction.execute(sql`INSERT INTO events SELECT * FROM jsonb_populate_record(NULL::events, ${JSON.stringify({ workspace_id: shop.id })}::jsonb)`),
    );
    await expect(work.catch((error: unknown) => Promise.reject(new Error(sqlState(error))))).rejects.toThrow(INSUFFICIENT_PRIVILEGE);
    expect(await contentsOf(server)).toEqual(before);
  });
});

describe('a pass opens', () => {
  test('one API key to whoever knows its secret', async () => {
    const { secretHash } = describeSecret('wall-test-key-of-the-shop');
    const pass = application.apiKeyBySecret(secretHash);
    expect((await findApiKeyByHash(application, secretHash))?.key).toMatchObject({ workspaceId: shop.id, name: 'First key' });
    expect(await eachTable((table) => attempt(pass, countAll(table)))).toEqual(await expectedOfEach((table) => (table === 'api_keys' ? 1 : 0)));
    expect(await attempt(pass, 'UPDATE api_keys SET revoked_at = now()')).toBe(0);
    expect(await findApiKeyByHash(application, describeSecret('wall-test-key-of-nobody').secretHash)).toBeNull();
  });

  test('all workspaces to whoever looks for work, to read when it is due and nothing else', async () => {
    const pass = application.allDueWork();
    const open = ['customers', 'due_work', 'workspaces'];
    const expected = await eachTable(async (table) => (open.includes(table) ? attempt(server.database, countAll(table)) : 0));
    expect(await eachTable((table) => attempt(pass, countAll(table)))).toEqual(expected);
    for (const table of open) {
      expect(await attempt(pass, `UPDATE ${table} SET workspace_id = workspace_id`)).toBe(0);
    }
    expect(await workspaceIdsAfter(application, null, 10)).toEqual([cafe.id, shop.id].sort());
    expect(await workspacesWithDueWork(application, server.now(), null, 10)).toEqual([]);
    await server.database.pool.query(`UPDATE customers SET next_due_at = '2000-01-01Z' WHERE workspace_id = $1`, [shop.id]);
    expect(await workspacesWithDueWork(application, server.now(), null, 10)).toEqual([shop.id]);
  });
});

describe('connections that change hands', () => {
  const WHOSE = 'SELECT DISTINCT workspace_id::text AS id FROM customers';
  const whose = async (connections: Pick<Connections, 'pool'>) => (await connections.pool.query<{ id: string }>(WHOSE)).rows.map(({ id }) => id);

  test('show each its own, whatever happened on them before', async () => {
    const inTransaction = (tenant: Tenant, fails: boolean) =>
      withTransaction(application.workspace(tenant.id), async (transaction) => {
        const { rows } = await transaction.execute<{ id: string }>(sql.raw(WHOSE));
        if (fails) throw new Error(rows.map(({ id }) => id).join());
        return rows.map(({ id }) => id);
      });
    for (let round = 0; round < ROUNDS; round += 1) {
      const asked = await Promise.all([
        whose(application.workspace(cafe.id)),
        whose(application.workspace(shop.id)),
        inTransaction(shop, false),
        inTransaction(cafe, true).catch((error: unknown) => [(error as Error).message]),
        attempt(application.workspace(shop.id), 'SELECT 1 / 0'),
        whose(application.allDueWork()).then((ids) => ids.sort()),
        whose(application.workspace(cafe.id)),
        whose(application),
      ]);
      expect(asked).toEqual([[cafe.id], [shop.id], [shop.id], [cafe.id], '22012', [cafe.id, shop.id].sort(), [cafe.id], []]);
    }
    // What fails while a connection changes hands ends the connection, so the last to fail may have left one fewer.
    await Promise.all(Array.from({ length: 3 }, () => whose(application)));
    expect((application.pool as { totalCount: number }).totalCount).toBe(3);
  });

  test('answer requests of two workspaces at once, each with its own', async () => {
    const customersOf = async ({ client }: Tenant) => {
      const { customers } = await client.run('{ customers(first: 5) { nodes { externalId points ledgerEntries(first: 3) { nodes { points } } } totalCount } }');
      return JSON.stringify(customers);
    };
    const buy = async (tenant: Tenant, name: string) => (await earn(tenant.client, `${name}-bob`, '1.00')).customer.externalId as string;
    await buildCustomer(cafe.client, 'cafe-bob');
    await buildCustomer(shop.client, 'shop-bob');
    for (let round = 0; round < ROUNDS / 4; round += 1) {
      const answers = await Promise.all([cafe, shop, cafe, shop, shop, cafe].map(customersOf));
      const bought = await Promise.all([buy(cafe, 'cafe'), buy(shop, 'shop'), customersOf(cafe), buy(cafe, 'cafe'), customersOf(shop)]);
      for (const index of [0, 2, 5]) expect(answers[index]).not.toContain('shop-');
      for (const index of [1, 3, 4]) expect(answers[index]).not.toContain('cafe-');
      expect([bought[0], bought[1], bought[3]]).toEqual(['cafe-bob', 'shop-bob', 'cafe-bob']);
      expect(answers[0]).toContain('cafe-ada');
      expect(answers[1]).toContain('shop-ada');
    }
  });

  test('that could not take their workspace answer nothing and are not used again', async () => {
    const client = await application.pool.connect();
    const send = client.query.bind(client) as (...parts: unknown[]) => Promise<unknown>;
    const broken = (statement: string | { text: string }, ...parts: unknown[]) =>
      typeof statement !== 'string' && statement.text.includes('set_config') ? send('SELECT 1 / 0') : send(statement, ...parts);
    Object.assign(client, { query: broken });
    client.release();
    const answers = await Promise.allSettled(Array.from({ length: 6 }, () => whose(application.workspace(cafe.id))));
    const refused = answers.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(1);
    expect(answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))).toEqual(Array.from({ length: 5 }, () => cafe.id));
  });
});

describe('a database whose owner connects', () => {
  const role = `owner_${randomBytes(4).toString('hex')}`;
  let home: TestDatabase;
  let owner: Database;

  beforeAll(async () => {
    home = await createTestDatabase({ empty: true });
    await onServer((client) => client.query(`CREATE ROLE ${role} LOGIN PASSWORD 'owner'; ALTER DATABASE ${home.name} OWNER TO ${role}`));
    const url = new URL(home.url);
    url.username = role;
    url.password = 'owner';
    owner = createDatabase(url.href);
    await migrateDatabase(owner);
  });
  afterAll(async () => {
    await owner.close();
    await home.drop();
    await onServer((client) => client.query(`DROP ROLE ${role}`));
  });

  test('needs no other role: the owner is held to it as well', async () => {
    expect(await prepareApplicationRole(owner)).toBeNull();
    await requireWall(owner);
    const [one, other] = [newId(), newId()];
    const columns = 'workspace_id, id, type, request_id, data, occurred_at, recorded_at';
    const insert = `INSERT INTO events (${columns}) VALUES ($1, $2, 'x', 'r', '{}', now(), now())`;
    expect(await attempt(owner.workspace(one), insert, [one, newId()])).toBe(1);
    expect(await attempt(owner.workspace(one), insert, [other, newId()])).toBe(INSUFFICIENT_PRIVILEGE);
    expect(await attempt(owner, countAll('events'))).toBe(0);
    expect(await attempt(owner.workspace(other), countAll('events'))).toBe(0);
    expect(await attempt(owner.workspace(one), countAll('events'))).toBe(1);
    expect(await attempt(owner.workspace(other), 'DELETE FROM events')).toBe(0);
    for (const table of APPEND_ONLY) {
      expect([table, await attempt(owner.workspace(one), `UPDATE ${table} SET workspace_id = workspace_id`)]).toEqual([table, INSUFFICIENT_PRIVILEGE]);
      expect([table, await attempt(owner.workspace(one), `DELETE FROM ${table}`)]).toEqual([table, INSUFFICIENT_PRIVILEGE]);
    }
  });

  test('is not served once a table stands open', async () => {
    await owner.pool.query('ALTER TABLE lots NO FORCE ROW LEVEL SECURITY');
    await expect(requireWall(owner)).rejects.toThrow('does not hold this program in the database: lots.');
    await owner.pool.query('ALTER TABLE lots FORCE ROW LEVEL SECURITY');
    await requireWall(owner);
  });

  test('is not served to who sees past every policy and may not take another role', async () => {
    await onServer((client) => client.query(`ALTER ROLE ${role} BYPASSRLS`));
    await expect(requireWall(owner)).rejects.toMatchObject({ name: 'WallError' });
    await expect(prepareApplicationRole(owner)).rejects.toThrow(`may not make the role ${APPLICATION_ROLE} to be held to it`);
    await onServer((client) => client.query(`ALTER ROLE ${role} NOBYPASSRLS`));
  });
});

describe('a database that a superuser connects to', () => {
  test('is not served without the application’s role', async () => {
    await expect(requireWall(server.database)).rejects.toMatchObject({ name: 'WallError' });
    await requireWall(application);
  });

  test('gives that role what it lacks, once, however many start at the same time', async () => {
    const home = await createTestDatabase({ empty: true });
    const starting = Array.from({ length: 4 }, () => createDatabase(home.url, { connectionsMax: 1 }));
    const roles = await Promise.all(
      starting.map(async (database) => {
        await migrateDatabase(database);
        return prepareApplicationRole(database);
      }),
    );
    expect(roles).toEqual(Array.from({ length: 4 }, () => APPLICATION_ROLE));
    await home.database.pool.query(`GRANT UPDATE ON ledger_entries TO ${APPLICATION_ROLE}; REVOKE SELECT ON lots FROM ${APPLICATION_ROLE}`);
    await prepareApplicationRole(home.database);
    const { rows } = await home.database.pool.query(
      `SELECT has_table_privilege('${APPLICATION_ROLE}', 'ledger_entries', 'UPDATE') AS changes, has_table_privilege('${APPLICATION_ROLE}', 'lots', 'SELECT') AS reads`,
    );
    expect(rows).toEqual([{ changes: false, reads: true }]);
    await Promise.all(starting.map((database) => database.close()));
    await home.drop();
  });
});

/** What must hold while endpoints change, replays overtake, processes share, and the database is away. */
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { pino } from 'pino';
import { removeOldWebhooks, webhookDeliveryExhaust } from '../../src/commands/webhooks.ts';
import { CommandRunner } from '../../src/commands/run.ts';
import { withTransaction } from '../../src/database/client.ts';
import { SYSTEM_ORIGIN } from '../../src/domain/audit.ts';
import { firstIdAt } from '../../src/domain/webhook-deliveries.ts';
import { fromPublicId, newId } from '../../src/platform/ids.ts';
import { EventLogRepository } from '../../src/repositories/events.ts';
import { WebhookDeliveryRepository } from '../../src/repositories/webhook-deliveries.ts';
import { DueEffectsWorker } from '../../src/workers/due-effects.ts';
import type { WebhookDispatcher } from '../../src/workers/webhooks.ts';
import type { ApiClient } from '../support/client.ts';
import { eventually } from '../support/process.ts';
import { buildCustomer } from '../support/program.ts';
import { Receiver, answer } from '../support/receiver.ts';
import { connectApplication, startTestServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { tuplesLookedAt } from '../support/tuples.ts';

const FAST = { firstPauseMs: 20, factor: 2, pauseMaxMs: 100, totalMs: 1_500 };
const SETTINGS = { workspacesMs: 50, idleMs: 20, leaseMs: 20_000, troubleMs: 50 };
const HEALTH = { failuresToOpen: 1_000, firstPauseMs: 30, pauseMaxMs: 60, noticeAfterMs: 60_000, disableAfterMs: 120_000, noticeMs: 30_000 };
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

let server: TestServer;
let receiver: Receiver;
let admin: ApiClient;
let dispatcher: WebhookDispatcher | null;

beforeEach(async () => {
  server = await startTestServer();
  receiver = await new Receiver().start();
  admin = await server.workspace();
  dispatcher = null;
});
afterEach(async () => {
  jest.restoreAllMocks();
  await dispatcher?.stop();
  await receiver.stop();
  await server.stop();
});

function dispatch(more: Parameters<TestServer['dispatchWebhooks']>[0] = {}): void {
  dispatcher = server.dispatchWebhooks({ schedule: FAST, health: HEALTH, ...more, settings: { ...SETTINGS, ...more.settings } });
}

async function endpoint(path: string, more: Record<string, unknown> = {}, behaviour = answer(200), client = admin): Promise<string> {
  const created = await client.succeed('webhookEndpointCreate', { url: receiver.at(path, behaviour), eventTypes: ['customer.created'], ...more }, 'webhookEndpoint { id }');
  return created.webhookEndpoint.id as string;
}

const step = (name: 'Pause' | 'Enable' | 'Delete', id: string, client = admin) => client.succeed(`webhookEndpoint${name}`, { id }, 'webhookEndpoint { id }');
const idsOf = (id: string) => fromPublicId('WebhookEndpoint', id) ?? '';
const namesAt = (path: string) => receiver.to(path).map(({ event }) => event.data.external_id as string);
const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function workspaceIdOf(client = admin): Promise<string> {
  return fromPublicId('Workspace', (await client.run('{ workspace { id } }')).workspace.id) ?? '';
}

interface Row {
  readonly status: string;
  readonly attempt_count: number;
}

async function deliveries(endpointId: string): Promise<Row[]> {
  const { rows } = await server.database.pool.query<Row>('SELECT status, attempt_count FROM webhook_deliveries WHERE endpoint_id = $1 ORDER BY id', [idsOf(endpointId)]);
  return rows;
}

const settled = (endpointId: string, count: number) =>
  eventually(
    () => deliveries(endpointId),
    (rows) => rows.length >= count && rows.every(({ status }) => status !== 'PENDING'),
  );

/** Writes a delivery as if it had been made, in whatever state. */
async function insertDelivery(endpointId: string, row: { id?: string; eventId?: string; status: string; nextAttemptAt?: string | null; attempts?: number }): Promise<string> {
  const id = row.id ?? newId();
  await server.database.pool.query(
    `INSERT INTO webhook_deliveries (workspace_id, id, endpoint_id, event_id, event_type, log_position, log_number, status, test, ordered, attempt_count, round_attempts,
       next_attempt_at, completed_at, created_at)
     VALUES ($1, $2, $3, $4, 'customer.created', 1, 1, $5, false, false, $6, $6, $7, CASE WHEN $5 = 'PENDING' THEN NULL ELSE now() END, now())`,
    [await workspaceIdOf(), id, idsOf(endpointId), row.eventId ?? newId(), row.status, row.attempts ?? 0, row.nextAttemptAt ?? null],
  );
  return id;
}

test('an event that was replayed before its turn came is not sent again when it comes', async () => {
  const id = await endpoint('/ahead');
  await step('Pause', id);
  for (const name of ['ada', 'bob']) await buildCustomer(admin, name);
  const { events } = await admin.run('{ events(filter: { types: [CUSTOMER_CREATED] }) { nodes { id dataJson } } }');
  const [ada] = events.nodes as { id: string; dataJson: { external_id: string } }[];
  expect(ada!.dataJson.external_id).toBe('ada');
  await insertDelivery(id, { eventId: fromPublicId('Event', ada!.id)!, status: 'SUCCEEDED', attempts: 1 });
  await step('Enable', id);
  dispatch();
  await receiver.waitFor('/ahead', 1);
  expect(await settled(id, 2)).toEqual([
    { status: 'SUCCEEDED', attempt_count: 1 },
    { status: 'SUCCEEDED', attempt_count: 1 },
  ]);
  expect(namesAt('/ahead')).toEqual(['bob']);
});

describe('an endpoint that is changed while the log is read for it', () => {
  const FOR = (name: string) => `data.external_id == "${name}"`;
  const filterFor = (id: string, name: string) => admin.succeed('webhookEndpointUpdate', { id, filter: FOR(name) }, 'webhookEndpoint { version }');

  test('is told what it wants now, and not what it wanted', async () => {
    const id = await endpoint('/changed', { filter: FOR('ada') });
    for (const name of ['ada', 'bob']) await buildCustomer(admin, name);
    const make = Reflect.get<WebhookDeliveryRepository, 'makeDeliveries'>(WebhookDeliveryRepository.prototype, 'makeDeliveries');
    const answers: (readonly string[] | null)[] = [];
    jest.spyOn(WebhookDeliveryRepository.prototype, 'makeDeliveries').mockImplementation(async function (this: WebhookDeliveryRepository, ...given) {
      if (answers.length === 0) await filterFor(id, 'bob');
      const made = await make.apply(this, given);
      answers.push(made === null ? null : [...made]);
      return made;
    });
    dispatch();
    await receiver.waitFor('/changed', 1);
    expect(await settled(id, 1)).toEqual([{ status: 'SUCCEEDED', attempt_count: 1 }]);
    expect(namesAt('/changed')).toEqual(['bob']);
    expect(answers.slice(0, 2)).toEqual([null, [expect.any(String)]]);
  });

  test('is told what was read in vain meanwhile, and nothing that came before', async () => {
    const id = await endpoint('/widened', { filter: FOR('nobody') });
    await buildCustomer(admin, 'ada');
    const read = Reflect.get<EventLogRepository, 'read'>(EventLogRepository.prototype, 'read');
    let reads = 0;
    jest.spyOn(EventLogRepository.prototype, 'read').mockImplementation(async function (this: EventLogRepository, ...given) {
      reads += 1;
      // Ada has been read by then.
      if (reads === 3) {
        await admin.succeed('webhookEndpointUpdate', { id, filter: 'true' }, 'webhookEndpoint { version }');
        await buildCustomer(admin, 'bob');
      }
      return read.apply(this, given);
    });
    dispatch();
    await receiver.waitFor('/widened', 1);
    await buildCustomer(admin, 'cleo');
    await receiver.waitFor('/widened', 2);
    expect(namesAt('/widened')).toEqual(['bob', 'cleo']);
  });
});

describe('resuming', () => {
  test('sends nothing twice that is on its way', async () => {
    const id = await endpoint('/slow', {}, (_received, _request, response) => void setTimeout(() => response.writeHead(200).end(), 600));
    dispatch();
    await buildCustomer(admin, 'ada');
    await receiver.waitFor('/slow', 1);
    await step('Pause', id);
    await step('Enable', id);
    expect(await settled(id, 1)).toEqual([{ status: 'SUCCEEDED', attempt_count: 1 }]);
    await rest(200);
    expect(namesAt('/slow')).toEqual(['ada']);
  });

  test('tries at once what would have been tried in an hour', async () => {
    const id = await endpoint('/late', {}, answer(500));
    dispatch({ schedule: { firstPauseMs: HOUR_MS, factor: 1, pauseMaxMs: HOUR_MS, totalMs: 7 * DAY_MS } });
    await buildCustomer(admin, 'ada');
    await eventually(() => deliveries(id), ([row]) => row?.attempt_count === 1);
    receiver.at('/late');
    await step('Pause', id);
    await step('Enable', id);
    expect(await settled(id, 1)).toEqual([{ status: 'SUCCEEDED', attempt_count: 2 }]);
  });

  test('leaves to its time what falls due within the lease, and lets it begin anew', async () => {
    const id = await endpoint('/due');
    await step('Pause', id);
    const now = server.now();
    const instants = [29_000, 31_000].map((ms) => new Date(now + ms).toISOString());
    server.setNow(now);
    for (const nextAttemptAt of instants) await insertDelivery(id, { status: 'PENDING', attempts: 3, nextAttemptAt });
    await step('Enable', id);
    const { rows } = await server.database.pool.query('SELECT next_attempt_at, round_attempts FROM webhook_deliveries WHERE endpoint_id = $1 ORDER BY id', [idsOf(id)]);
    expect(rows).toEqual([
      { next_attempt_at: new Date(now + 29_000), round_attempts: 0 },
      { next_attempt_at: new Date(now), round_attempts: 0 },
    ]);
  });
});

test('what is kept of deliveries is removed after 30 days, of workspaces without endpoints too', async () => {
  const id = await endpoint('/old', { eventTypes: ['customer.*'] });
  const from = new Date().toISOString();
  dispatch();
  for (const name of ['ada', 'bob']) await buildCustomer(admin, name);
  await settled(id, 2);
  await admin.succeed('webhookEndpointReplay', { id, from, scope: 'FAILED' }, 'webhookReplay { id }');
  const kept = async () => (await server.database.pool.query<Record<string, number>>(
    'SELECT (SELECT count(*) FROM webhook_deliveries)::int AS deliveries, (SELECT count(*) FROM webhook_attempts)::int AS attempts, (SELECT count(*) FROM webhook_replays)::int AS replays',
  )).rows[0];
  await eventually(() => server.database.pool.query('SELECT FROM webhook_replays WHERE completed_at IS NOT NULL'), ({ rowCount }) => rowCount === 1);
  await dispatcher!.stop();
  await step('Delete', id);
  // One that was being made when its endpoint was deleted, and one that still waits for another that is paused.
  await insertDelivery(id, { status: 'PENDING', nextAttemptAt: new Date().toISOString() });
  const paused = await endpoint('/waiting', {});
  await step('Pause', paused);
  await insertDelivery(paused, { status: 'PENDING', nextAttemptAt: new Date().toISOString() });
  expect(await kept()).toEqual({ deliveries: 4, attempts: 2, replays: 1 });

  const walled = await connectApplication(server.databaseUrl, server.database);
  const workspaceId = await workspaceIdOf();
  const runner = new CommandRunner({ database: walled, clock: server.now });
  server.setNow(Date.now() + 29 * DAY_MS);
  expect(await removeOldWebhooks(runner, workspaceId)).toBe(0);
  expect(await kept()).toEqual({ deliveries: 4, attempts: 2, replays: 1 });
  server.setNow(Date.now() + 31 * DAY_MS);
  const worker = new DueEffectsWorker({ runner, log: pino({ level: 'silent' }), intervalMs: 5 }).start();
  await eventually(kept, (rows) => rows?.['deliveries'] === 1);
  await worker.stop();
  expect(await kept()).toEqual({ deliveries: 1, attempts: 0, replays: 0 });
  expect(await deliveries(paused)).toEqual([{ status: 'PENDING', attempt_count: 0 }]);
  await walled.close();
});

test('to remove what is old, no others are read, however many there are', async () => {
  const id = await endpoint('/many');
  const workspaceId = await workspaceIdOf();
  const insert = (ids: readonly string[]) => server.database.pool.query(
    `WITH made AS (
       INSERT INTO webhook_deliveries (workspace_id, id, endpoint_id, event_id, event_type, status, test, ordered, created_at)
       SELECT $1, id, $2, gen_random_uuid(), 'customer.created', 'SUCCEEDED', false, false, now() FROM unnest($3::uuid[]) AS id
       RETURNING workspace_id, id
     )
     INSERT INTO webhook_attempts (workspace_id, delivery_id, id, number, started_at, latency_ms, response_start)
     SELECT workspace_id, id, gen_random_uuid(), 1, now(), 1, '' FROM made`,
    [workspaceId, idsOf(id), ids],
  );
  await insert(Array.from({ length: 4_000 }, () => newId()));
  const walled = await connectApplication(server.databaseUrl, server.database);
  const removing = () => withTransaction(walled.workspace(workspaceId), async ({ $client: pool }) => {
    const looked = () => tuplesLookedAt(pool, ['webhook_deliveries', 'webhook_attempts', 'webhook_replays', 'webhook_endpoints']);
    const before = await looked();
    const removed = await new WebhookDeliveryRepository(pool, workspaceId).removeBefore(firstIdAt(Date.now() - 30 * DAY_MS), 1_000);
    return { removed, looked: (await looked()) - before };
  });
  const none = await removing();
  expect(none.removed).toBe(0);
  expect(none.looked).toBeLessThan(20);
  await insert([31, 32, 33].map((days) => firstIdAt(Date.now() - days * DAY_MS)));
  const some = await removing();
  expect(some.removed).toBe(3);
  expect(some.looked).toBeLessThan(50);
  await walled.close();
});

test('many workspaces are looked into no more often in all, and at once when this process commits something', async () => {
  const clients = await Promise.all(Array.from({ length: 5 }, () => server.workspace()));
  for (const [index, client] of clients.entries()) await endpoint(`/many-${index}`, {}, answer(200), client);
  const look = jest.spyOn(WebhookDeliveryRepository.prototype, 'look');
  dispatch({ settings: { looksPerSecond: 1 } });
  await eventually(() => look.mock.calls.length, (count) => count >= 5);
  look.mockClear();
  await rest(2_000);
  // One of each within 5 s.
  expect(look.mock.calls.length).toBeLessThanOrEqual(5);
  const startedAt = Date.now();
  await buildCustomer(clients[0]!, 'ada');
  await receiver.waitFor('/many-0', 1);
  expect(Date.now() - startedAt).toBeLessThan(1_500);
});

test('a limited endpoint is not looked at again and again when there is nothing for it', async () => {
  await endpoint('/limited', { ratePerSecond: 1_000 });
  const look = jest.spyOn(WebhookDeliveryRepository.prototype, 'look');
  dispatch({ settings: { idleMs: 500 } });
  await eventually(() => look.mock.calls.length, (count) => count >= 1);
  look.mockClear();
  await rest(1_000);
  expect(look.mock.calls.length).toBeLessThanOrEqual(3);
});

describe('a workspace whose last endpoint is deleted', () => {
  test('keeps nobody else waiting for what is on its way there', async () => {
    const hanging = await endpoint('/hanging', {}, () => undefined);
    dispatch({ settings: { stopMs: 100 } });
    await buildCustomer(admin, 'ada');
    await receiver.waitFor('/hanging', 1);
    await step('Delete', hanging);
    await rest(300);
    const other = await server.workspace();
    const startedAt = Date.now();
    await endpoint('/other', {}, answer(200), other);
    await buildCustomer(other, 'bob');
    await receiver.waitFor('/other', 1);
    expect(Date.now() - startedAt).toBeLessThan(5_000);
  });

  test('is waited for when the process stops', async () => {
    const id = await endpoint('/leaving', {}, (_received, _request, response) => void setTimeout(() => response.writeHead(200).end(), 1_000));
    dispatch();
    await buildCustomer(admin, 'ada');
    await receiver.waitFor('/leaving', 1);
    await step('Delete', id);
    await rest(300);
    await dispatcher!.stop();
    expect(await deliveries(id)).toEqual([{ status: 'CANCELLED', attempt_count: 1 }]);
  });
});

test('endpoints are created and enabled at once where there are two connections', async () => {
  const small = await startTestServer({ beside: server, connectionsMax: 2 });
  try {
    const client = await small.workspace();
    const ids = await Promise.all(Array.from({ length: 6 }, (_, index) => endpoint(`/small-${index}`, {}, answer(200), client)));
    for (const id of ids) await step('Pause', id, client);
    const enabled = await Promise.all(ids.map((id) => client.succeed('webhookEndpointEnable', { id, missedEvents: 'SKIP' }, 'webhookEndpoint { status }')));
    expect(enabled.map(({ webhookEndpoint }) => webhookEndpoint.status as string)).toEqual(Array.from({ length: 6 }, () => 'ENABLED'));
  } finally {
    await small.stop();
  }
});

describe('the last attempt', () => {
  test('is written down and told once, though that could not be done at first', async () => {
    await endpoint('/news', { eventTypes: ['webhook_delivery.exhausted'] });
    const id = await endpoint('/failing', {}, answer(500));
    const errors: string[] = [];
    dispatch({ log: { error: (...said: unknown[]) => void errors.push(String(said[1])) } });
    await buildCustomer(admin, 'ada');
    const client = await server.database.pool.connect();
    try {
      await client.query('BEGIN');
      await client.query('SELECT FROM workspaces WHERE workspace_id = $1 FOR UPDATE', [await workspaceIdOf()]);
      await eventually(() => errors.length, (count) => count > 0);
      await client.query('COMMIT');
    } finally {
      client.release();
    }
    expect(errors[0]).toBe('The last attempt to deliver a webhook could not be written down. It is tried again.');
    const [delivery] = await settled(id, 1);
    await receiver.waitFor('/news', 1);
    await rest(200);
    expect(delivery).toEqual({ status: 'FAILED', attempt_count: receiver.to('/failing').length });
    expect(receiver.to('/news')).toHaveLength(1);
  }, 30_000);

  test('is told once, though it is written down again because nobody heard that it was', async () => {
    const endpointId = await endpoint('/once');
    const deliveryId = await insertDelivery(endpointId, { status: 'PENDING', attempts: 20, nextAttemptAt: new Date().toISOString() });
    const walled = await connectApplication(server.databaseUrl, server.database);
    const runner = new CommandRunner({ database: walled, clock: server.now });
    const actor = { workspaceId: await workspaceIdOf(), apiKeyId: null, requestId: 'webhooks', origin: SYSTEM_ORIGIN };
    const attempt = {
      id: newId(), deliveryId, endpointId: idsOf(endpointId), status: 'FAILED' as const, nextAttemptAt: null, startedAt: server.now(), latencyMs: 5, statusCode: 500, error: null, responseStart: '',
    };
    for (let times = 0; times < 2; times += 1) await webhookDeliveryExhaust(runner, actor, attempt, { eventId: newId() });
    await walled.close();
    expect(await deliveries(endpointId)).toEqual([{ status: 'FAILED', attempt_count: 21 }]);
    const { rows } = await server.database.pool.query("SELECT data->>'attemptCount' AS attempts FROM events WHERE type = 'webhook_delivery.exhausted'");
    expect(rows).toEqual([{ attempts: '21' }]);
  });
});

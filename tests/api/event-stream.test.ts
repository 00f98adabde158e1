import { once } from 'node:events';
import { connect } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { withTransaction } from '../../src/database/client.ts';
import { fromPublicId } from '../../src/platform/ids.ts';
import { STREAM_LIMITS } from '../../src/platform/streams.ts';
import { ApiClient } from '../support/client.ts';
import type { Subscribed } from '../support/client.ts';
import { EventStreamClient } from '../support/event-stream.ts';
import { createKey } from '../support/keys.ts';
import { eventually } from '../support/process.ts';
import { buildCustomer, buildProgram, earn } from '../support/program.ts';
import { startTestServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';

/** `GET /v3/events:stream`, of one process. Several, and clients that are cut off, are in tests/operations/event-streams.test.ts. */

const LIMITS = { ...STREAM_LIMITS, perWorkspace: 3, heartbeatMs: 200, stallMs: 3_000, keyCheckMs: 100, checkMs: 50 };

let server: TestServer;
let beside: TestServer;
const clients: EventStreamClient[] = [];
const others: TestServer[] = [];
beforeAll(async () => {
  server = await startTestServer({ streamLimits: LIMITS });
  beside = await startTestServer({ beside: server });
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.drop();
  for (const other of others.splice(0)) await other.stop();
});
afterAll(async () => {
  await beside.stop();
  await server.stop();
});

async function cafe(): Promise<ApiClient> {
  const client = await server.workspace({ name: 'Café' });
  await buildProgram(client);
  await buildCustomer(client, 'ada');
  return client;
}

async function streamOf(api: ApiClient, query: Record<string, string> = {}, headers: Record<string, string> = {}) {
  const client = new EventStreamClient(server.url, api.key);
  clients.push(client);
  const response = await client.connect(query, headers);
  if (response.statusCode === 200) await client.until(() => client.lastEventId !== null);
  return { client, response };
}

const told = ({ events }: EventStreamClient) => events.map(({ event }) => event);

async function refusalOf(api: ApiClient, query: Record<string, string>, headers: Record<string, string> = {}) {
  const { response } = await streamOf(api, query, headers);
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) text += chunk;
  const { code, field } = JSON.parse(text) as { code: string; field: string[] | null };
  return [response.statusCode, code, field];
}

describe('a stream', () => {
  test('brings what happens from now on, as events and REST have it', async () => {
    const api = await cafe();
    const { client, response } = await streamOf(api);
    expect(response.headers).toMatchObject({ 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache, no-transform' });
    expect(response.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    await earn(api, 'ada', '152.40');
    await client.until(() => client.events.length === 4);
    expect(told(client)).toEqual(['transaction.created', 'card.created', 'points.earned', 'customer.tier.upgraded']);
    const { events } = await api.run('{ events(last: 4) { nodes { id name dataJson } } }');
    expect(client.events.map(({ id, event, data }) => ({ id, name: event, dataJson: data.data }))).toEqual(events.nodes);
    for (const { id, event, data } of client.events) expect(data).toMatchObject({ id, type: event });
  });

  test('brings what another process commits', async () => {
    const api = await cafe();
    const { client } = await streamOf(api);
    await earn(new ApiClient(beside.graphqlUrl, api.key), 'ada', '10.00');
    await client.until(() => client.events.length === 3);
    expect(told(client)).toEqual(['transaction.created', 'card.created', 'points.earned']);
  });

  test.each(['Last-Event-ID', 'after', 'both'])('goes on behind an event, named by %s', async (how) => {
    const api = await cafe();
    for (const amount of ['10.00', '20.00', '30.00']) await earn(api, 'ada', amount);
    const { events } = await api.run('{ events(last: 6) { nodes { id } edges { cursor } } }');
    const ids: string[] = events.nodes.map(({ id }: { id: string }) => id);
    const [query, headers] = how === 'after' ? [{ after: ids[2] ?? '' }, {}] : how === 'both' ? [{ after: ids[0] ?? '' }, { 'last-event-id': ids[2] ?? '' }] : [{}, { 'last-event-id': ids[2] ?? '' }];
    const { client } = await streamOf(api, query, headers);
    await client.until(() => client.events.length === 3);
    expect(client.events.map(({ id }) => id)).toEqual(ids.slice(3));
    await earn(api, 'ada', '4.00');
    await client.until(() => client.events.length === 5);
    const byCursor = await streamOf(api, { after: events.edges[4].cursor });
    await byCursor.client.until(() => byCursor.client.events.length === 3);
    expect(byCursor.client.events.map(({ id }) => id)).toEqual([ids[5], ...client.events.slice(3).map(({ id }) => id)]);
  });

  test('goes on through thousands of events that happened meanwhile, in order', async () => {
    const api = await cafe();
    const { client } = await streamOf(api);
    const start = client.lastEventId ?? '';
    client.drop();
    for (let round = 0; round < 10; round += 1) await Promise.all(Array.from({ length: 40 }, () => earn(api, 'ada', '1.00')));
    const again = await streamOf(api, { after: start, types: 'transaction.*,points.*' });
    await again.client.until(() => again.client.events.length === 800);
    const { rows } = await server.database.pool.query<{ sequence: number }>(
      `SELECT e.sequence FROM events e JOIN workspaces w USING (workspace_id) WHERE w.workspace_id = $1 AND e.type ~ '^(transaction|points)' ORDER BY e.sequence`,
      [await idOf(api)],
    );
    expect(again.client.events.map(({ data }) => data.sequence)).toEqual(rows.map(({ sequence }) => sequence));
  });

  test('brings what the filters pass, and its comments say how far it has come', async () => {
    const api = await cafe();
    const bob = await buildCustomer(api, 'bob');
    const { client } = await streamOf(api, { types: 'customer.tier.*,transaction.created', customer: bob });
    const start = client.lastEventId;
    await earn(api, 'ada', '500.00');
    await client.until(() => client.lastEventId !== start);
    expect(client.events).toEqual([]);
    const further = client.lastEventId ?? '';
    await earn(api, 'bob', '500.00');
    await client.until(() => client.events.length === 2);
    expect(told(client)).toEqual(['transaction.created', 'customer.tier.upgraded']);
    const resumed = await streamOf(api, { after: further });
    await resumed.client.until(() => resumed.client.events.length === 4);
    expect(resumed.client.events.every(({ data }) => data.customer_id === bob)).toBe(true);
  });

  test('is told nothing about API keys without scope ADMIN', async () => {
    const api = await cafe();
    const reader = (await createKey(api, 'READ')).client;
    const [{ client: all }, { client: own }] = [await streamOf(api), await streamOf(reader)];
    await createKey(api, 'WRITE');
    await earn(api, 'ada', '10.00');
    await Promise.all([all.until(() => all.events.length === 4), own.until(() => own.events.length === 3)]);
    expect(told(all)).toEqual(['api_key.created', 'transaction.created', 'card.created', 'points.earned']);
    expect(told(own)).toEqual(['transaction.created', 'card.created', 'points.earned']);
  });

  test('waits for nobody: a transaction that stays open holds up only its own events', async () => {
    const api = await cafe();
    const workspaceId = await idOf(api);
    const { client } = await streamOf(api);
    let commit: () => void = () => undefined;
    const mayCommit = new Promise<void>((resolve) => (commit = resolve));
    const held = withTransaction(server.database.workspace(workspaceId), async (transaction) => {
      await transaction.$client.query('SELECT pg_current_xact_id()');
      await mayCommit;
    });
    await earn(api, 'ada', '10.00');
    await client.until(() => client.events.length === 3);
    commit();
    await held;
  });
});

describe('a stream is refused', () => {
  test.each([
    ['without a key', null, {}, {}, [401, 'UNAUTHENTICATED', null]],
    ['for an unknown parameter', 'own', { before: 'x' }, {}, [400, 'BAD_USER_INPUT', ['before']]],
    ['for a pattern that names nothing', 'own', { types: 'customer.*,customers.*' }, {}, [400, 'INVALID_FILTER', ['types', 'patterns', '1']]],
    ['for a cursor that is none', 'own', { after: 'x' }, {}, [400, 'INVALID_CURSOR', ['after']]],
    ['for a place that is not there', 'own', { after: 'evt_01h2xcejqtf2nbrexx3vqjhp41' }, {}, [410, 'EVENTS_REMOVED', ['after']]],
    ['for a last event that is not there', 'own', {}, { 'last-event-id': 'evt_01h2xcejqtf2nbrexx3vqjhp41' }, [410, 'EVENTS_REMOVED', ['Last-Event-ID']]],
    ['to who wants JSON', 'own', {}, { accept: 'application/json' }, [406, 'NOT_ACCEPTABLE', null]],
  ])('%s', async (_, key, query, headers, refusal) => {
    const api = await cafe();
    expect(await refusalOf(key === null ? api.withKey(null) : api, query as Record<string, string>, headers as Record<string, string>)).toEqual(refusal);
  });

  test('to whoever has as many as one may have, until one is closed', async () => {
    const api = await cafe();
    const open = [await streamOf(api), await streamOf(api), await streamOf(api)];
    const { response } = await streamOf(api);
    expect([response.statusCode, response.headers['retry-after']]).toEqual([429, '5']);
    open[0]?.client.drop();
    for (let tries = 0; ; tries += 1) {
      const { response: again } = await streamOf(api);
      if (again.statusCode === 200) break;
      expect(tries).toBeLessThan(50);
    }
    const other = await streamOf(await cafe());
    expect(other.response.statusCode).toBe(200);
  });

  test('by any other method', async () => {
    const response = await fetch(`${server.url}/v3/events:stream`, { method: 'POST' });
    expect([response.status, response.headers.get('allow')]).toEqual([405, expect.stringContaining('GET')]);
  });
});

describe('a stream ends', () => {
  test('when its key is revoked', async () => {
    const api = await cafe();
    const { id, client: other } = await createKey(api, 'READ');
    const { client, response } = await streamOf(other);
    await api.succeed('apiKeyRevoke', { id }, 'apiKey { id }');
    await once(response, 'close');
    expect(client.events).toEqual([{ id: '', event: 'error', data: { code: 'UNAUTHENTICATED', message: expect.any(String) } }]);
  });

  test('with the server: it says so, and the client goes on elsewhere', async () => {
    const api = await cafe();
    const stopping = await startTestServer({ beside: server });
    const client = new EventStreamClient((connection) => (connection === 0 ? stopping.url : server.url), api.key);
    clients.push(client);
    const response = await client.connect();
    await client.until(() => client.lastEventId !== null);
    await earn(api, 'ada', '10.00');
    await client.until(() => client.events.length === 3);
    const closed = once(response, 'close');
    await Promise.all([stopping.stop(), closed]);
    expect(told(client)).toEqual(['transaction.created', 'card.created', 'points.earned', 'shutdown']);
    await earn(api, 'ada', '20.00');
    await client.connect();
    await client.until(() => client.events.length === 6);
    expect(told(client).slice(4)).toEqual(['transaction.created', 'points.earned']);
  });

  test('when the log is not the one any more that it was', async () => {
    const api = await cafe();
    const workspaceId = await idOf(api);
    const { client, response } = await streamOf(api);
    await earn(api, 'ada', '10.00');
    await client.until(() => client.events.length === 3);
    const closed = once(response, 'close');
    // As if the database had been set back to before the purchase.
    await server.database.pool.query('DELETE FROM event_batches WHERE workspace_id = $1 AND position = (SELECT last_position FROM event_logs WHERE workspace_id = $1)', [workspaceId]);
    await server.database.pool.query('UPDATE event_logs SET last_position = last_position - 1 WHERE workspace_id = $1', [workspaceId]);
    await closed;
    expect(client.events.at(-1)).toEqual({ id: '', event: 'error', data: { code: 'EVENTS_REMOVED', message: expect.any(String) } });
    const again = await streamOf(api);
    expect(again.response.statusCode).toBe(200);
    await earn(api, 'ada', '10.00');
    await again.client.until(() => again.client.events.length === 2);
  });

  test('for clients that take next to nothing, and each costs the server less than 1 MiB until then', async () => {
    const slowOnes = 4;
    const other = await startTestServer({ beside: server, streamLimits: { ...LIMITS, perWorkspace: slowOnes + 1 } });
    others.push(other);
    const api = await cafe();
    const { client } = await streamOf(api);
    const start = client.lastEventId ?? '';
    client.drop();
    // More than all buffers on the way can hold: 30 MB in one batch.
    await server.database.pool.query(
      `WITH batch AS (INSERT INTO event_batches (workspace_id, id, written_at_us) VALUES ($1, '01900000-0000-7000-8000-000000000000', 0))
       INSERT INTO events (workspace_id, id, type, request_id, data, occurred_at, recorded_at)
       SELECT $1, ('01900000-0000-7000-8000-0000000' || lpad(to_hex(n), 5, '0'))::uuid, 'workspace.updated', 'r',
         jsonb_build_object('id', 'x', 'before', NULL, 'after', jsonb_build_object('filling', repeat(md5(n::text), 300))), now(), now()
       FROM generate_series(1, $2) n`,
      [await idOf(api), FILLING],
    );
    const before = memoryInUse();
    const open = await Promise.all(Array.from({ length: slowOnes }, () => sipFrom(other.url, `/v3/events:stream?after=${start}`, api.key ?? '')));
    // Until nothing more fits into what lies between.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const each = (memoryInUse() - before) / slowOnes;
    // On their side the end stands behind all that they do not take.
    await eventually(() => openStreams(other), (count) => count === 0);
    for (const { leave } of open) leave();
    expect(each).toBeLessThan(1024 * 1024);
    expect(open.every(({ taken }) => taken() < 10)).toBe(true);
    // What they did not get is there when they come back.
    const back = await streamOf(api, { after: start });
    await back.client.until(() => back.client.events.length === FILLING, 60_000);
    expect(new Set(back.client.events.map(({ id }) => id)).size).toBe(FILLING);
  }, 90_000);
});

describe('the subscription', () => {
  const FOLLOW = 'subscription($after: String, $types: [EventType!], $customerId: ID) { events(after: $after, types: $types, customerId: $customerId) { id name dataJson } }';
  const take = async ({ events }: Subscribed, count: number) => {
    const all = [];
    for await (const { data } of events) {
      if (data === null) break;
      all.push(data.data?.events ?? data.errors[0].extensions.code);
      if (all.length === count) break;
    }
    return all;
  };

  test('has the same events, and goes on behind one of them', async () => {
    const api = await cafe();
    const { client } = await streamOf(api);
    const followed = await api.subscribe(FOLLOW);
    const first = take(followed, 4);
    await earn(api, 'ada', '152.40');
    await client.until(() => client.events.length === 4);
    const told = client.events.map(({ id, event, data }) => ({ id, name: event, dataJson: data.data }));
    expect(await first).toEqual(told);
    expect(await take(await api.subscribe(FOLLOW, { after: told[0]?.id }), 3)).toEqual(told.slice(1));
    expect(await take(await api.subscribe(FOLLOW, { after: told[0]?.id, types: ['CUSTOMER_TIER_UPGRADED'] }), 1)).toEqual(told.slice(3));
  });

  test('is refused, and ends, as the stream does', async () => {
    const api = await cafe();
    const codeOf = ({ status, refusal }: Subscribed) => [status, refusal?.errors[0]?.extensions.code];
    expect(codeOf(await api.subscribe(FOLLOW, { after: 'x' }))).toEqual([400, 'INVALID_CURSOR']);
    expect(codeOf(await api.subscribe(FOLLOW, { after: 'evt_01h2xcejqtf2nbrexx3vqjhp41' }))).toEqual([410, 'EVENTS_REMOVED']);
    const { id, client: reader } = await createKey(api, 'READ');
    const followed = await reader.subscribe(FOLLOW);
    await api.succeed('apiKeyRevoke', { id }, 'apiKey { id }');
    expect(await take(followed, 9)).toEqual(['UNAUTHENTICATED']);
  });

  test('shares how many may be open with the streams', async () => {
    const api = await cafe();
    for (let open = 0; open < LIMITS.perWorkspace; open += 1) await streamOf(api);
    expect((await api.subscribe(FOLLOW)).refusal?.errors[0]?.extensions.code).toBe('TOO_MANY_STREAMS');
  });
});

const openStreams = async ({ url }: TestServer) => Number(/^voilatier_open_streams (\d+)$/m.exec(await (await fetch(`${url}/metrics`)).text())?.[1]);

const FILLING = 3_000;

async function idOf(api: ApiClient): Promise<string> {
  return fromPublicId('Workspace', (await api.run('{ workspace { id } }')).workspace.id) ?? '';
}

/** After what nobody refers to any more has been collected. */
function memoryInUse(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Opens a stream and takes a byte of it each second. */
async function sipFrom(url: string, path: string, key: string) {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\nAuthorization: Bearer ${key}\r\n\r\n`);
  let taken = 0;
  const sipping = setInterval(() => void (taken += (socket.read(1) as Buffer | null)?.length ?? 0), 1_000);
  await once(socket, 'connect');
  const leave = () => {
    clearInterval(sipping);
    socket.destroy();
  };
  return { leave, taken: () => taken };
}

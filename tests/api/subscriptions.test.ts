/** Subscriptions over server-sent events: they have everything that queries have, and what only something that stays open needs. */
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createClient } from 'graphql-sse';
import { STREAM_LIMITS } from '../../src/platform/streams.ts';
import type { ApiClient, StreamEvent, Subscribed } from '../support/client.ts';
import { eventually } from '../support/process.ts';
import { buildCustomer, buildProgram } from '../support/program.ts';
import type { TestServer, TestServerOptions } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';

const LIMITS = { ...STREAM_LIMITS, perWorkspace: 2, checkMs: 50 };
const FOLLOW = 'subscription { tierStructureSimulate(input: { draft: {} }) { progress { membersDone membersTotal } simulation { members } userErrors { code } } }';
const UNKNOWN_ID = 'tstr_01h2xcejqtf2nbrexx3vqjhp41';

let server: TestServer;
let shop: ApiClient;
const logged: string[] = [];
const others: TestServer[] = [];

beforeAll(async () => {
  server = await startTestServer({ streamLimits: LIMITS, onLog: (line) => logged.push(line) });
  shop = await server.workspace();
  await buildProgram(shop);
  await buildCustomer(shop, 'ada');
});
afterAll(() => server.stop());
beforeEach(() => void (logged.length = 0));
afterEach(async () => {
  await server.database.pool.query('DROP POLICY IF EXISTS slow ON customers');
  for (const other of others.splice(0)) await other.stop();
});

/** Another instance, which is stopped after the test. */
async function beside(options: TestServerOptions): Promise<{ other: TestServer; client: ApiClient }> {
  const other = await startTestServer({ beside: server, onLog: (line) => logged.push(line), ...options });
  others.push(other);
  const client = new (shop.constructor as new (url: string, key: string | null) => ApiClient)(other.graphqlUrl, shop.key);
  return { other, client };
}

/** From now on whoever counts customers waits for ever. */
const holdBack = () => server.database.pool.query(`CREATE POLICY slow ON customers AS RESTRICTIVE FOR SELECT USING (pg_sleep(60)::text = '')`);

async function waiting(): Promise<number> {
  const { rows } = await server.database.pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'`,
  );
  return rows[0]!.count;
}

const openStreams = async ({ url }: TestServer) =>
  Number(/^voilatier_open_streams (\d+)$/m.exec(await (await fetch(`${url}/metrics`)).text())?.[1]);

const codesOf = ({ status, refusal }: Subscribed) => [status, ...(refusal?.errors ?? []).map(({ extensions }) => extensions.code)];

async function allOf(events: Subscribed['events']): Promise<StreamEvent[]> {
  const all: StreamEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

/** What a request to the address is answered, whatever it is. */
async function post(body: string, headers: Record<string, string> = {}, method = 'POST'): Promise<[number, string, Headers]> {
  const sent = { 'content-type': 'application/json', authorization: `Bearer ${shop.key}`, ...headers };
  const response = await fetch(`${server.graphqlUrl}/stream`, { method, headers: sent, ...(method === 'GET' ? {} : { body }) });
  const text = await response.text();
  const code = text.startsWith('{') ? (JSON.parse(text).errors[0].extensions.code as string) : text;
  return [response.status, code, response.headers];
}

describe('a subscription', () => {
  test('is answered with events, the last of which says that it is complete', async () => {
    const opened = await shop.subscribe(FOLLOW);
    expect([opened.status, opened.headers.get('content-type'), opened.headers.get('cache-control'), opened.headers.get('x-accel-buffering')]).toEqual([
      200, 'text/event-stream; charset=utf-8', 'no-cache, no-transform', 'no',
    ]);
    const events = await allOf(opened.events);
    const progress = (membersDone: number) => ({ progress: { membersDone, membersTotal: 1 } });
    expect(events).toEqual([
      { name: 'next', data: { data: { tierStructureSimulate: { ...progress(0), simulation: null, userErrors: [] } }, extensions: expect.anything() } },
      { name: 'next', data: { data: { tierStructureSimulate: { ...progress(1), simulation: { members: 1 }, userErrors: [] } } } },
      { name: 'complete', data: null },
    ]);
    expect(await openStreams(server)).toBe(0);
  });

  test('is charged once, when it starts, and says so in the first event and in the headers', async () => {
    const opened = await shop.subscribe(FOLLOW);
    const [first, ...rest] = await allOf(opened.events);
    // The weight of the field, and an object each for progress and simulation.
    expect(first!.data.extensions.cost).toMatchObject({ requestedCost: 1002, actualCost: 1002 });
    expect(rest.map(({ data }) => data?.extensions)).toEqual([undefined, undefined]);
    expect(opened.headers.get('ratelimit')).toMatch(/^"workspace";r=\d+;t=\d+, "key";r=/);
    expect(opened.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('can be followed with the client of the protocol', async () => {
    const client = createClient({ url: `${server.graphqlUrl}/stream`, headers: { authorization: `Bearer ${shop.key}` }, retryAttempts: 0 });
    const results = [];
    for await (const result of client.iterate({ query: FOLLOW })) results.push(result.data);
    expect(results.at(-1)).toMatchObject({ tierStructureSimulate: { simulation: { members: 1 } } });
    client.dispose();
  });

  test('takes its variables as every operation does', async () => {
    const document = 'subscription S($input: TierStructureSimulateInput!) { s: tierStructureSimulate(input: $input) { userErrors { code field documentation } } }';
    const [event] = await shop.follow(document, { input: { id: UNKNOWN_ID } });
    const userErrors = [{ code: 'NOT_FOUND', field: ['input', 'id'], documentation: '/docs/errors/NOT_FOUND' }];
    expect(event!.data.data).toEqual({ s: { userErrors } });
    const refused = await shop.subscribe(document, { input: { id: UNKNOWN_ID, draft: {} } });
    expect(codesOf(refused)).toEqual([400, 'BAD_USER_INPUT']);
  });
});

describe('before anything happens it is refused', () => {
  test.each<[what: string, document: string, expected: unknown[]]>([
    ['what is no GraphQL', 'subscription {', [400, 'GRAPHQL_PARSE_FAILED']],
    ['what the contract does not have', 'subscription { nothing }', [400, 'GRAPHQL_VALIDATION_FAILED']],
    ['two subscriptions in one', 'subscription { a: tierStructureSimulate(input: { draft: {} }) { userErrors { code } } b: tierStructureSimulate(input: { draft: {} }) { userErrors { code } } }', [400, 'GRAPHQL_VALIDATION_FAILED']],
    ['a document that is too deep', `subscription { tierStructureSimulate(input: { draft: {} }) { simulation { flows { samples { ${'tiers { tierStructure { tiers { tierStructure { '.repeat(5)} id ${'} } } } '.repeat(5)} } } } } }`, [400, 'DOCUMENT_LIMIT_EXCEEDED']],
    ['several operations of which none is named', `query A { workspace { id } } query B { workspace { id } } ${FOLLOW.replace('subscription', 'subscription C')}`, [400, 'OPERATION_RESOLUTION_FAILURE']],
    ['a query', '{ workspace { id } }', [400, 'BAD_REQUEST']],
    ['a mutation', 'mutation { workspaceUpdate(input: { name: "Mine" }) { userErrors { code } } }', [400, 'BAD_REQUEST']],
    ['an argument out of range', 'subscription { tierStructureSimulate(input: { draft: {} }, samples: 11) { userErrors { code } } }', [400, 'BAD_USER_INPUT']],
    ['what costs too much', `subscription { tierStructureSimulate(input: { draft: {} }) { simulation { flows { samples { ledgerEntries(first: 100) { nodes { id } } } } } } }`, [400, 'COST_EXCEEDED']],
    ['a directive that belongs elsewhere', FOLLOW.replace(') {', ') @idempotent(key: "k") {'), [400, 'GRAPHQL_VALIDATION_FAILED']],
  ])('%s', async (_, document, expected) => {
    const refused = await shop.subscribe(document);
    expect(codesOf(refused)).toEqual(expected);
    const [error] = refused.refusal!.errors;
    expect(error!.extensions).toMatchObject({ documentation: `/docs/errors/${String(expected[1])}`, requestId: refused.headers.get('x-request-id') });
    expect(error!.extensions).not.toHaveProperty('http');
    expect(logged.filter((line) => line.includes('failed'))).toEqual([]);
    expect(await openStreams(server)).toBe(0);
  });

  test('without a valid key, whatever it is', async () => {
    for (const key of [null, 'wrong']) {
      expect(codesOf(await shop.withKey(key).subscribe(FOLLOW))).toEqual([401, 'UNAUTHENTICATED']);
      expect(codesOf(await shop.withKey(key).subscribe('nonsense'))).toEqual([401, 'UNAUTHENTICATED']);
    }
  });

  test('what is no request of this kind', async () => {
    const body = JSON.stringify({ query: FOLLOW });
    // What another site could make a browser send is not taken, whatever it says behind its type.
    for (const type of ['text/plain', 'text/plain; application/json', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      expect((await post(body, { 'content-type': type })).slice(0, 2)).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
    }
    expect((await post(body, { accept: 'application/json' })).slice(0, 2)).toEqual([406, 'NOT_ACCEPTABLE']);
    for (const other of ['[]', '"text"', '{}', '{"query":1}', `{"query":${JSON.stringify(FOLLOW)},"variables":[]}`, '{"query":"{ a }","operationName":1}', `[${body}]`]) {
      expect((await post(other)).slice(0, 2)).toEqual([400, 'BAD_REQUEST']);
    }
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const [status, code, headers] = await post(body, {}, method);
      expect([status, code, headers.get('allow')]).toEqual([405, 'METHOD_NOT_ALLOWED', 'POST']);
    }
  });

  test('at the address of queries and mutations', async () => {
    const { status, errors } = await shop.send(FOLLOW);
    expect([status, errors.map(({ message, extensions }) => [extensions.code, message])]).toEqual([
      400, [['BAD_REQUEST', 'Subscriptions are answered as events at /v3/graphql/stream.']],
    ]);
  });

  test('beyond the rate limit, with when to try again', async () => {
    const { client } = await beside({ rateLimits: { initial: 200, ceilings: { LIVE: 200, SANDBOX: 200 } } });
    const poor = client.withKey((await server.workspace()).key);
    const opened = await poor.subscribe(FOLLOW.replace('draft: {}', `id: "${UNKNOWN_ID}"`));
    expect(opened.status).toBe(200);
    await allOf(opened.events);
    const refused = await poor.subscribe(FOLLOW);
    expect([...codesOf(refused), Number(refused.headers.get('retry-after')) > 0]).toEqual([429, 'RATE_LIMITED', true]);
  });
});

describe('what stays open', () => {
  test('is so many for a workspace, and one more is told when to try again', async () => {
    await holdBack();
    const leaving = new AbortController();
    const first = await shop.subscribe(FOLLOW, {}, { signal: leaving.signal });
    await eventually(waiting, (count) => count === 1);
    // A second simulation is not carried out beside the first, and says so in its only event.
    const [second] = await shop.follow(FOLLOW);
    expect(second!.data.errors).toMatchObject([{ path: ['tierStructureSimulate'], extensions: { code: 'OVERLOADED' } }]);
    const { client } = await beside({ streamLimits: { ...LIMITS, perWorkspace: 1 } });
    const alone = new AbortController();
    expect((await client.subscribe(FOLLOW, {}, { signal: alone.signal })).status).toBe(200);
    await eventually(waiting, (count) => count === 2);
    const refused = await client.subscribe(FOLLOW);
    expect([...codesOf(refused), refused.headers.get('retry-after')]).toEqual([429, 'TOO_MANY_STREAMS', '5']);
    leaving.abort();
    alone.abort();
    await eventually(waiting, (count) => count === 0);
    void first;
  });

  test('is so many for a process', async () => {
    const { client } = await beside({ streamLimits: { ...LIMITS, perProcess: 1 } });
    await holdBack();
    const leaving = new AbortController();
    expect((await client.subscribe(FOLLOW, {}, { signal: leaving.signal })).status).toBe(200);
    await eventually(waiting, (count) => count === 1);
    const refused = await client.withKey((await server.workspace()).key).subscribe(FOLLOW);
    expect(codesOf(refused)).toEqual([429, 'TOO_MANY_STREAMS']);
    leaving.abort();
    await eventually(waiting, (count) => count === 0);
  });

  test('ends with its client: what the database is at is cancelled within a second', async () => {
    await holdBack();
    const leaving = new AbortController();
    await shop.subscribe(FOLLOW, {}, { signal: leaving.signal });
    await eventually(waiting, (count) => count === 1);
    const leftAt = performance.now();
    leaving.abort();
    await eventually(waiting, (count) => count === 0);
    expect(performance.now() - leftAt).toBeLessThan(1_000);
    await eventually(() => openStreams(server), (count) => count === 0);
    await server.database.pool.query('DROP POLICY slow ON customers');
    // The place is free, the connection fit for use, and nothing was anybody's fault.
    expect((await shop.follow(FOLLOW)).at(-1)!.name).toBe('complete');
    expect(logged.filter((line) => line.includes('A resolver failed.'))).toEqual([]);
  });

  test('is ended by the server when it stops, which does not wait for it', async () => {
    const { other, client } = await beside({});
    await holdBack();
    const { events } = await client.subscribe(FOLLOW);
    await eventually(waiting, (count) => count === 1);
    const following = allOf(events);
    others.splice(others.indexOf(other), 1);
    await other.stop();
    expect((await following).map(({ name, data }) => [name, data?.errors?.[0]?.extensions?.code])).toEqual([['next', 'UNAVAILABLE'], ['complete', undefined]]);
    expect(await eventually(waiting, (count) => count === 0)).toBe(0);
  });

  test('is open no longer than it may be', async () => {
    const { client } = await beside({ streamLimits: { ...LIMITS, maxMs: 600 } });
    await holdBack();
    const events = await client.follow(FOLLOW);
    expect(events.map(({ name, data }) => [name, data?.errors?.[0]?.extensions?.code])).toEqual([['next', 'TIMEOUT'], ['complete', undefined]]);
    await eventually(waiting, (count) => count === 0);
  });

  test('says nothing of what goes wrong on our side but its request id', async () => {
    await server.database.pool.query(`CREATE POLICY slow ON customers AS RESTRICTIVE FOR SELECT USING ((1 / 0) = 1)`);
    const [event, end] = await shop.follow(FOLLOW);
    expect(event!.data.errors).toEqual([
      {
        message: 'Something went wrong on our side. Tell us the request id.',
        path: ['tierStructureSimulate'],
        extensions: { code: 'INTERNAL_SERVER_ERROR', documentation: '/docs/errors/INTERNAL_SERVER_ERROR', requestId: expect.any(String) },
      },
    ]);
    expect(end!.name).toBe('complete');
    expect(logged.filter((line) => line.includes('A resolver failed.'))).toHaveLength(1);
  });
});

describe('a client that does not take its events', () => {
  /** More than the operating system holds for it. */
  const LARGE = `subscription { tierStructureSimulate(input: { draft: {} }, samples: 10) {
    simulation { flows { samples { ${Array.from({ length: 90 }, (_, index) => `m${index}: metadata`).join(' ')} } } } } }`;

  test('is cut off', async () => {
    const { client, other } = await beside({ streamLimits: { ...LIMITS, stallMs: 300 } });
    const large = await server.workspace();
    await buildProgram(large);
    // About 9 KiB each, 90 times.
    for (let index = 0; index < 10; index += 1) await buildCustomer(large, `c-${index}`, { metadata: { text: 'x'.repeat(9_000) } });
    const stalled = await new Promise<IncomingMessage>((resolve, reject) => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${large.key}` };
      const asking = request(`${other.graphqlUrl}/stream`, { method: 'POST', headers, agent: false }, resolve).on('error', reject);
      asking.end(JSON.stringify({ query: LARGE }));
    });
    expect(stalled.statusCode).toBe(200);
    // It takes the head, and nothing more.
    stalled.pause();
    const cut = new Promise<string>((resolve) => stalled.once('error', ({ message }) => resolve(message)).once('end', () => resolve('ended')));
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(await openStreams(other)).toBe(0);
    stalled.resume();
    expect(await cut).toBe('aborted');
    expect((await client.follow(FOLLOW)).at(-1)!.name).toBe('complete');
  });
});

test('a comment every twelve seconds keeps the connection alive', async () => {
  await holdBack();
  const leaving = new AbortController();
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${shop.key}` };
  const { body } = await fetch(`${server.graphqlUrl}/stream`, { method: 'POST', headers, body: JSON.stringify({ query: FOLLOW }), signal: leaving.signal });
  const reader = body!.pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader.read()).value).toBe(':\n\n');
  const beganAt = performance.now();
  expect((await reader.read()).value).toBe(':\n\n');
  expect(performance.now() - beganAt).toBeLessThan(15_000);
  leaving.abort();
  await reader.cancel().catch(() => undefined);
  await eventually(waiting, (count) => count === 0);
});

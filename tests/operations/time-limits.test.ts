/** Work in the database ends with the request that asked for it: when its time is up, and when the client has gone. */
import { request } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ApiClient } from '../support/client.ts';
import { eventually } from '../support/process.ts';
import { buildCustomer, buildProgram, earn } from '../support/program.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const READS_MAX_MS = 700;
const CONNECTIONS_MAX = 2;
const CUSTOMERS = '{ customers(first: 1) { nodes { externalId } } }';
const MESSAGE = 'This took longer than a request may take, and was stopped. Try again later.';

let server: TestServer;
let client: ApiClient;
let customerId: string;
const logged: string[] = [];

beforeAll(async () => {
  server = await startTestServer({ readsMaxMs: READS_MAX_MS, connectionsMax: CONNECTIONS_MAX, onLog: (line) => logged.push(line) });
  client = await server.workspace();
  await buildProgram(client);
  customerId = await buildCustomer(client, 'ada');
});
afterAll(() => server.stop());
beforeEach(() => void (logged.length = 0));

/** Statements of the server that are under way, by what they wait for. */
async function underWay(): Promise<string[]> {
  const { rows } = await server.database.pool.query<{ waits: string }>(
    `SELECT coalesce(wait_event, 'nothing') AS waits FROM pg_stat_activity
     WHERE datname = current_database() AND state = 'active' AND pid <> pg_backend_pid() AND query LIKE '%customers%'`,
  );
  return rows.map(({ waits }) => waits);
}

/** Sends a request on a connection of its own. @returns what closes it */
function ask({ graphqlUrl }: TestServer, body: object): () => void {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${client.key}` };
  const asking = request(graphqlUrl, { method: 'POST', headers, agent: false }).on('error', () => undefined);
  asking.end(JSON.stringify(body));
  return () => asking.destroy();
}

const timedOut = (answer: Awaited<ReturnType<ApiClient['send']>>) => ({
  status: answer.status,
  data: answer.data,
  errors: answer.errors.map(({ message, extensions: { code } }) => ({ message, code })),
});
const TIMED_OUT = { status: 503, data: null, errors: [{ message: MESSAGE, code: 'TIMEOUT' }] };

describe('a read that takes too long', () => {
  // Each row takes longer than any test, as a bad plan over a large table does.
  const slow = () => server.database.pool.query(`CREATE POLICY slow ON customers AS RESTRICTIVE FOR SELECT USING (pg_sleep(60)::text = '')`);
  afterEach(() => server.database.pool.query('DROP POLICY IF EXISTS slow ON customers'));

  test('is cancelled in the database, and the client is told so', async () => {
    await client.run(CUSTOMERS);
    await slow();
    // On every connection that there is, so that one which was not given back would be missed below.
    const answers = Array.from({ length: CONNECTIONS_MAX }, () => client.send(CUSTOMERS));
    await eventually(underWay, (waits) => waits.includes('PgSleep'));
    expect((await Promise.all(answers)).map(timedOut)).toEqual([TIMED_OUT, TIMED_OUT]);
    expect(await underWay()).toEqual([]);
    await server.database.pool.query('DROP POLICY slow ON customers');
    expect((await client.run(CUSTOMERS)).customers.nodes).toEqual([{ externalId: 'ada' }]);
    expect(logged.filter((line) => line.includes('A resolver failed.'))).toHaveLength(CONNECTIONS_MAX);
  });

  test('is cancelled on REST as well', async () => {
    await slow();
    const response = await fetch(`${server.url}/v3/customers/${customerId}`, { headers: { authorization: `Bearer ${client.key}` } });
    expect([response.status, await response.json()]).toEqual([503, expect.objectContaining({ code: 'TIMEOUT', detail: MESSAGE, status: 503 })]);
    expect(await underWay()).toEqual([]);
  });

  test('stops when the client goes away, and is no fault of ours', async () => {
    // A server whose time is not up for long.
    const patient = await startTestServer({ beside: server, onLog: (line) => logged.push(line) });
    await slow();
    const leave = ask(patient, { query: CUSTOMERS });
    await eventually(underWay, (waits) => waits.join() === 'PgSleep');
    leave();
    expect(await eventually(underWay, (waits) => waits.length === 0)).toEqual([]);
    await server.database.pool.query('DROP POLICY slow ON customers');
    expect((await client.withKey(client.key).run(CUSTOMERS)).customers.nodes).toEqual([{ externalId: 'ada' }]);
    expect(logged.filter((line) => line.includes('A resolver failed.'))).toEqual([]);
    await patient.stop();
  });

  test('is ended by PostgreSQL itself where nobody cancels it', async () => {
    const patient = await startTestServer({ beside: server, statementTimeoutMs: 300 });
    await slow();
    const { errors } = await client.withKey(client.key).send(CUSTOMERS);
    const [first] = errors;
    expect(first?.extensions.code).toBe('TIMEOUT');
    const response = await fetch(patient.graphqlUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${client.key}` },
      body: JSON.stringify({ query: CUSTOMERS }),
    });
    expect([response.status, await response.json()]).toMatchObject([503, { errors: [{ extensions: { code: 'TIMEOUT' } }] }]);
    expect(await underWay()).toEqual([]);
    await patient.stop();
  });
});

test('a read that waits for a lock is cancelled, and the lock’s holder is not', async () => {
  const holder = await server.database.pool.connect();
  await holder.query('BEGIN');
  await holder.query('LOCK TABLE customers IN ACCESS EXCLUSIVE MODE');
  const answers = [client.send(CUSTOMERS), client.send(CUSTOMERS)];
  await eventually(underWay, (waits) => waits.filter((wait) => wait === 'relation').length === 2);
  for (const answer of answers) expect(timedOut(await answer)).toEqual(TIMED_OUT);
  expect(await underWay()).toEqual([]);
  await holder.query('COMMIT');
  holder.release();
  expect((await client.run(CUSTOMERS)).customers.nodes).toEqual([{ externalId: 'ada' }]);
});

test('a command whose client goes away is carried out with the others of its batch', async () => {
  const holder = await server.database.pool.connect();
  await holder.query('BEGIN');
  await holder.query('SELECT 1 FROM workspaces FOR UPDATE');
  const input = { customer: { externalId: 'ada' }, amount: '10.00', currency: 'USD', reference: 'left' };
  const leave = ask(server, { query: 'mutation($input: EarnInput!) { earn(input: $input) { duplicate } }', variables: { input } });
  const waiting = async () => {
    const { rows } = await server.database.pool.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return rows[0]?.count;
  };
  await eventually(waiting, (count) => count === 1);
  const stayed = earn(client, 'ada', '20.00', { reference: 'stayed' });
  leave();
  // Longer than reads may take: commands are not cut off by that.
  await new Promise((resolve) => setTimeout(resolve, READS_MAX_MS + 300));
  await holder.query('COMMIT');
  holder.release();
  expect(await stayed).toMatchObject({ userErrors: [], duplicate: false });
  const { rows } = await server.database.pool.query<{ reference: string }>('SELECT reference FROM transactions ORDER BY reference');
  expect(rows.map(({ reference }) => reference)).toEqual(['left', 'stayed']);
});

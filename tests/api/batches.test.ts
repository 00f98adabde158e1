import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ApiClient } from '../support/client.ts';
import { ApiClient as Client } from '../support/client.ts';
import { start, stop, stopAll } from '../support/process.ts';
import { buildCustomer, buildProgram, countRows, earn, standingOf } from '../support/program.ts';
import { findDifferences } from '../support/recompute.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';

/** Commands that are decided and written together: each keeps its own effect, and one that fails takes nobody with it. */

const CALLERS = 32;
const LONG_AGO = '2020-01-01T00:00:00Z';

let server: TestServer;
let client: ApiClient;
let workspaceId: string;

beforeAll(async () => {
  server = await startTestServer();
  client = await server.workspace();
  await buildProgram(client, { effectiveAt: LONG_AGO });
  const { rows } = await server.database.pool.query<{ id: string }>('SELECT workspace_id AS id FROM workspaces');
  workspaceId = rows[0]?.id ?? '';
});
afterAll(async () => {
  await stopAll();
  await server.stop();
});

const together = <Result>(work: (index: number) => Promise<Result>): Promise<Result[]> =>
  Promise.all(Array.from({ length: CALLERS }, (_, index) => work(index)));

describe('a profile and purchases of one customer in one batch', () => {
  test('are both written, and the member is settled', async () => {
    await buildCustomer(client, 'both', { name: 'Round 0', email: 'both@example.org', metadata: { round: 0 } });
    for (let round = 1; round <= 6; round += 1) {
      await together((index) =>
        index % 2 === 0
          ? earn(client, 'both', '1.00')
          : client.succeed('customerUpsert', { externalId: 'both', name: `Round ${round}`, metadata: { round } }, 'customer { id }'),
      );
      const { customer } = await client.run('{ customer(by: { externalId: "both" }) { name email metadata version points } }');
      expect(customer).toEqual({
        name: `Round ${round}`,
        email: 'both@example.org',
        metadata: { round },
        version: 1 + round,
        points: (round * CALLERS) / 2,
      });
      const { rows } = await server.database.pool.query(
        `SELECT c.settled_at = max(e.recorded_at) AS settled FROM customers c JOIN ledger_entries e ON e.customer_id = c.id
         WHERE c.external_id = 'both' GROUP BY c.settled_at`,
      );
      expect(rows).toEqual([{ settled: true }]);
    }
  });

  test('a customer whom many create and change at once ends up with one profile', async () => {
    const answers = await together((index) =>
      index % 2 === 0
        ? client.mutate('customerUpsert', { externalId: 'newcomer', name: 'New' }, 'created')
        : client.mutate('customerUpsert', { externalId: 'newcomer', name: 'New', email: 'new@example.org' }, 'created'),
    );
    expect(answers.filter(({ created }) => created)).toHaveLength(1);
    const { customer } = await client.run('{ customer(by: { externalId: "newcomer" }) { name email version tier { name } } }');
    expect(customer).toMatchObject({ name: 'New', email: 'new@example.org', tier: { name: 'Basic' } });
    // Whoever came first, the address was added once at most.
    expect([1, 2]).toContain(customer.version);
  });
});

describe('a command that the database refuses', () => {
  // Stands for whatever nobody thought of: the engine knows nothing of this constraint.
  beforeAll(() => server.database.pool.query(`ALTER TABLE transactions ADD CONSTRAINT poison CHECK (location <> 'poison')`));
  afterAll(() => server.database.pool.query('ALTER TABLE transactions DROP CONSTRAINT IF EXISTS poison'));

  const EARN = 'mutation($input: EarnInput!) { earn(input: $input) { transaction { id } customer { points } userErrors { code } } }';
  const send = (externalId: string, more: Record<string, unknown>) =>
    client.send(EARN, { input: { customer: { externalId }, amount: '1.00', currency: 'USD', ...more } });

  test('harms nobody whose commands came with it', async () => {
    await buildCustomer(client, 'healthy');
    await buildCustomer(client, 'poisoned');
    const before = await countRows(server.database);
    const answers = await together((index) =>
      index % 8 === 3
        ? send('poisoned', { location: 'poison', reference: `poison ${index}`, idempotencyKey: `poison ${index}` })
        : send('healthy', { location: 'shop', reference: `order ${index}`, idempotencyKey: `order ${index}` }),
    );
    const failed = answers.filter(({ errors }) => errors.length > 0);
    expect(failed).toHaveLength(4);
    for (const { data, errors } of failed) {
      expect(data).toBeNull();
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(['INTERNAL_SERVER_ERROR']);
      expect(JSON.stringify(errors)).not.toMatch(/poison|constraint|transactions/);
    }
    const recorded = answers.filter(({ errors }) => errors.length === 0);
    expect(recorded.flatMap(({ data }) => data.earn.userErrors)).toEqual([]);
    expect(new Set(recorded.map(({ data }) => data.earn.transaction.id)).size).toBe(28);

    expect((await standingOf(client, 'healthy')).points).toBe(28);
    expect(await standingOf(client, 'poisoned')).toMatchObject({ points: 0, cards: [], ledgerEntries: { nodes: [] } });
    const after = await countRows(server.database);
    expect(Number(after?.['transactions']) - Number(before?.['transactions'])).toBe(28);
    expect(Number(after?.['idempotency_keys']) - Number(before?.['idempotency_keys'])).toBe(28);
    expect(Number(after?.['ledger_entries']) - Number(before?.['ledger_entries'])).toBe(28);
    expect(await findDifferences(server.database, workspaceId)).toEqual([]);
  });

  test('has claimed neither its key nor its reference, and may be sent again when the trouble is over', async () => {
    await buildCustomer(client, 'patient');
    const input = { location: 'poison', reference: 'patient order', idempotencyKey: 'patient key' };
    expect((await send('patient', input)).errors).toHaveLength(1);
    await server.database.pool.query('ALTER TABLE transactions DROP CONSTRAINT poison');
    const answer = await send('patient', input);
    expect(answer.errors).toEqual([]);
    expect(answer.data.earn).toMatchObject({ customer: { points: 1 }, userErrors: [] });
  });
});

describe('two processes on one database', () => {
  const KEY = 'two-processes-test-key-01';
  const ROUNDS = 12;

  test('write one ledger: ten members, dated and undated purchases, and everything derived again without a difference', async () => {
    const environment = { DATABASE_URL: server.databaseUrl, BOOTSTRAP_API_KEY: KEY, LOG_LEVEL: 'warn' };
    const [left, right] = await Promise.all([start(environment), start(environment)]);
    const processes = [left, right].map(({ url }) => new Client(`${url}/v3/graphql`, client.key));
    const names = Array.from({ length: 10 }, (_, index) => `shared ${index}`);
    await Promise.all(names.map((name) => buildCustomer(client, name, { joinedAt: LONG_AGO })));

    const now = Date.now();
    const points = await together(async (caller) => {
      const api = processes[caller % 2]!;
      let sum = 0;
      for (let round = 0; round < ROUNDS; round += 1) {
        const amount = 1 + ((caller * 5 + round * 11) % 60);
        const dated = round % 3 === 2 ? { occurredAt: new Date(now - ((caller * 31 + round) % 400) * 86_400_000).toISOString() } : {};
        const { userErrors } = await earn(api, names[(caller * 3 + round) % names.length]!, `${amount}.00`, dated);
        expect(userErrors).toEqual([]);
        sum += amount;
      }
      return sum;
    });

    const standings = await Promise.all(names.map((name) => standingOf(processes[0]!, name)));
    const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
    expect(sum(standings.map((standing) => standing.points))).toBe(sum(points));
    for (const { ledgerEntries } of standings) {
      const sequences = ledgerEntries.nodes.map(({ sequence }: { sequence: number }) => sequence);
      // The journal shows them as recorded, whichever process wrote them.
      expect(sequences).toEqual(sequences.toSorted((a: number, b: number) => b - a));
      expect(new Set(sequences).size).toBe(sequences.length);
    }
    expect(await findDifferences(server.database, workspaceId)).toEqual([]);
    expect(await Promise.all([stop(left), stop(right)])).toEqual([0, 0]);
  }, 60_000);
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ApiClient } from '../support/client.ts';
import { buildCustomer, buildProgram, countRows, earn, standingOf } from '../support/program.ts';
import { findDifferences } from '../support/recompute.ts';
import { startTestServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';

/** Two servers on one database, as two processes would be: nothing between them but PostgreSQL. */

const CALLERS = 32;

let one: TestServer;
let two: TestServer;
let client: ApiClient;
let other: ApiClient;
let workspaceId: string;

beforeAll(async () => {
  one = await startTestServer();
  two = await startTestServer({ beside: one });
  client = await one.workspace();
  other = new ApiClient(two.graphqlUrl, client.key);
  await buildProgram(client, { effectiveAt: '2020-01-01T00:00:00Z' });
  const { rows } = await one.database.pool.query<{ workspace_id: string }>('SELECT workspace_id FROM workspaces');
  workspaceId = rows[0]?.workspace_id ?? '';
});

afterAll(async () => {
  await two.stop();
  await one.stop();
});

const callers = (work: (api: ApiClient, index: number) => Promise<unknown>) =>
  Promise.all(Array.from({ length: CALLERS }, (_, index) => work(index % 2 === 0 ? client : other, index)));

describe('many callers at once, through two servers', () => {
  test('C3: one reference counts once; the others are told that it is a duplicate', async () => {
    await buildCustomer(client, 'c3');
    const answers = (await callers((api) => earn(api, 'c3', '40.00', { reference: 'order-c3' }))) as { duplicate: boolean; transaction: { id: string }; userErrors: unknown[] }[];
    expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    expect(answers.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
    expect(new Set(answers.map(({ transaction }) => transaction.id)).size).toBe(1);
    expect((await standingOf(client, 'c3')).points).toBe(40);
  });

  test('C2: one idempotency key has one effect and one answer', async () => {
    await buildCustomer(client, 'c2');
    const answers = (await callers((api) => earn(api, 'c2', '40.00', { idempotencyKey: 'key-c2' }))) as { transaction: { id: string }; awards: unknown; userErrors: unknown[] }[];
    expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    expect(new Set(answers.map(({ transaction }) => transaction.id)).size).toBe(1);
    expect(new Set(answers.map(({ awards }) => JSON.stringify(awards))).size).toBe(1);
    expect((await standingOf(client, 'c2')).points).toBe(40);
  });

  test('C2: the key with another payload is a conflict, whoever comes first', async () => {
    await buildCustomer(client, 'c2-other');
    const answers = (await callers((api, index) => earn(api, 'c2-other', index % 4 < 2 ? '40.00' : '41.00', { idempotencyKey: 'key-c2-other' }))) as { userErrors: { code: string }[] }[];
    const refused = answers.filter(({ userErrors }) => userErrors.length > 0);
    expect(refused).toHaveLength(CALLERS / 2);
    expect(new Set(refused.map(({ userErrors }) => userErrors[0]?.code))).toEqual(new Set(['IDEMPOTENCY_KEY_PARAMETER_MISMATCH']));
    expect([40, 41]).toContain((await standingOf(client, 'c2-other')).points);
  });

  test('one reference for two customers is recorded for one and refused for the other', async () => {
    await buildCustomer(client, 'left');
    await buildCustomer(client, 'right');
    const answers = (await callers((api, index) => earn(api, index % 4 < 2 ? 'left' : 'right', '10.00', { reference: 'order-of-two' }))) as { duplicate: boolean; userErrors: { code: string }[] }[];
    const codes = answers.flatMap(({ userErrors }) => userErrors.map(({ code }) => code));
    expect(codes).toHaveLength(CALLERS / 2);
    expect(new Set(codes)).toEqual(new Set(['REFERENCE_MISMATCH']));
    const points = (await standingOf(client, 'left')).points + (await standingOf(client, 'right')).points;
    expect(points).toBe(10);
  });

  test('C7: purchases that cross two thresholds make one transition for each actual change, in order', async () => {
    await buildCustomer(client, 'c7');
    await callers((api) => earn(api, 'c7', '20.00'));
    const { points, tier, tierTransitions } = await standingOf(client, 'c7');
    expect({ points, tier: tier.name }).toEqual({ points: CALLERS * 20, tier: 'Gold' });
    const transitions = tierTransitions.nodes.map(({ type, toTier, retraction }: { type: string; toTier: { name: string }; retraction: boolean }) => `${type} ${toTier.name}${retraction ? ' taken back' : ''}`);
    expect(transitions.reverse()).toEqual(['JOINED Basic', 'UPGRADED Silver', 'UPGRADED Gold']);
  });

  test('one external id makes one customer', async () => {
    const before = await countRows(one.database);
    const answers = (await callers((api) => api.succeed('customerUpsert', { externalId: 'same' }, 'created customer { id }'))) as { created: boolean; customer: { id: string } }[];
    expect(answers.filter(({ created }) => created)).toHaveLength(1);
    expect(new Set(answers.map(({ customer }) => customer.id)).size).toBe(1);
    expect(await countRows(one.database)).toEqual({
      ...before,
      customers: Number(before?.['customers']) + 1,
      memberships: Number(before?.['memberships']) + 1,
      tier_transitions: Number(before?.['tier_transitions']) + 1,
      events: Number(before?.['events']) + 2,
    });
  });

  test('a refused purchase harms none of those that are decided with it', async () => {
    await buildCustomer(client, 'bystander');
    const answers = (await callers((api, index) =>
      index % 2 === 0 ? earn(api, 'bystander', '1.00') : earn(api, 'bystander', '1.00', { currency: 'CHF' }),
    )) as { userErrors: { code: string }[] }[];
    expect(answers.flatMap(({ userErrors }) => userErrors.map(({ code }) => code))).toEqual(Array(CALLERS / 2).fill('RATE_MISSING'));
    expect((await standingOf(client, 'bystander')).points).toBe(CALLERS / 2);
  });

  test('ten members hammered from both sides: everything derived again from the entries, without a difference', async () => {
    const names = Array.from({ length: 10 }, (_, index) => `hammered-${index}`);
    await Promise.all(names.map((name) => buildCustomer(client, name)));
    const rounds = 25;
    const sent = await callers(async (api, caller) => {
      let points = 0;
      for (let round = 0; round < rounds; round += 1) {
        const amount = 1 + ((caller * 7 + round * 3) % 40);
        // Every fourth purchase is dated back, so that histories are replayed while others are written.
        const more = round % 4 === 3 ? { occurredAt: new Date(one.now() - 86_400_000 * (1 + round)).toISOString() } : {};
        const answer = await earn(api, names[(caller + round) % names.length] ?? '', `${amount}.00`, more);
        if (answer.userErrors.length > 0) throw new Error(JSON.stringify(answer.userErrors));
        points += amount;
      }
      return points;
    });
    const balances = await Promise.all(names.map(async (name) => (await standingOf(client, name)).points as number));
    expect(balances.reduce((a, b) => a + b)).toBe((sent as number[]).reduce((a, b) => a + b));
    expect(await findDifferences(one.database, workspaceId)).toEqual([]);
  });

  test('the re-derivation would notice: a balance changed behind the ledger is a difference', async () => {
    await one.database.pool.query(`UPDATE cards SET balance = balance + 1 WHERE workspace_id = $1 AND customer_id = (SELECT id FROM customers WHERE external_id = 'c7')`, [workspaceId]);
    const differences = await findDifferences(one.database, workspaceId);
    // By replaying the history, by summing the entries, and by the proof that an operator would ask for.
    expect(differences).toEqual([expect.stringMatching(/^[0-9a-f-]{36}: stored /), expect.stringMatching(/^card .* do not agree$/), expect.stringMatching(/^verification: /)]);
  });
});

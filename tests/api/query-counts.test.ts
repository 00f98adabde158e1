import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ApiClient } from '../support/client.ts';
import { createKey } from '../support/keys.ts';
import { buildCustomer, buildProgram, buildStructure, earn } from '../support/program.ts';
import { startTestServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { countStatements } from '../support/statements.ts';

/** What a request costs the database does not depend on how much it shows. */

const CUSTOMERS = 100;

/** The page of customers; configuration and members' state of all of them; their last entries. */
const STATEMENTS_OF_A_PAGE = 3;
/** Begin, lock, load, write, commit. */
const STATEMENTS_OF_A_BATCH = 5;

const PAGE = `query($first: Int!) { customers(first: $first) { nodes {
  externalId points tier { name } ledgerEntries(first: 5) { nodes { type points balanceAfter } }
} } }`;

let server: TestServer;
let client: ApiClient;
let cardDefinitionId: string;

beforeAll(async () => {
  server = await startTestServer();
  client = await server.workspace();
  ({ cardDefinitionId } = await buildProgram(client));
  const names = Array.from({ length: CUSTOMERS }, (_, index) => `customer-${index}`);
  await Promise.all(names.map((name) => buildCustomer(client, name)));
  for (const round of [1, 2, 3, 4, 5, 6]) await Promise.all(names.map((name) => earn(client, name, `${round}0.00`)));
});

afterAll(() => server.stop());

/** Leaves out the look-up of the key, which comes whenever trust in it runs out: see below. */
async function countWork<Result>(work: () => Promise<Result>): Promise<{ result: Result; statements: string[] }> {
  const { result, statements } = await countStatements(work);
  return { result, statements: statements.filter((statement) => !statement.includes('"api_keys"')) };
}

describe('a page of customers with points, tier and the last 5 ledger entries', () => {
  test.each([1, 10, 50, 100])('of %i costs the same number of statements', async (first) => {
    const { result, statements } = await countWork(() => client.run(PAGE, { first }));
    const { nodes } = result.customers;
    expect(nodes).toHaveLength(first);
    for (const { points, tier, ledgerEntries } of nodes) {
      expect({ points, tier: tier.name, entries: ledgerEntries.nodes.length }).toEqual({ points: 210, tier: 'Silver', entries: 5 });
    }
    expect(statements).toHaveLength(STATEMENTS_OF_A_PAGE);
  });
});

describe('a purchase', () => {
  test('alone is one batch of a fixed number of statements', async () => {
    const { statements } = await countWork(() => earn(client, 'customer-0', '1.00'));
    expect(statements).toHaveLength(STATEMENTS_OF_A_BATCH);
  });

  test('costs no more when it answers with all it did', async () => {
    const document = `mutation($input: EarnInput!) { earn(input: $input) {
      customer { id points tier { name } tiers { measure tier { name } } cards { balance lots { points expiresOn } } }
      transaction { id amount } awards { points multiplier earnRuleVersion { number } cardDefinition { name } } tierTransitions { type measure toTier { name } } userErrors { code }
    } }`;
    const input = { customer: { externalId: 'customer-1' }, amount: '1.00', currency: 'USD' };
    const { result, statements } = await countWork(() => client.run(document, { input }));
    expect(result.earn.userErrors).toEqual([]);
    expect(statements).toHaveLength(STATEMENTS_OF_A_BATCH);
  });

  test('shares its statements with others that come at the same time', async () => {
    const { statements } = await countWork(() =>
      Promise.all(Array.from({ length: 32 }, (_, index) => earn(client, `customer-${index}`, '1.00'))),
    );
    // The first goes at once; those that come while it is written go together. Alone they would cost 160.
    expect(statements.length).toBeLessThanOrEqual(STATEMENTS_OF_A_BATCH * 8);
    expect(statements.length % STATEMENTS_OF_A_BATCH).toBe(0);
  });

  test('dated before the last one reads the member once more, however long the history', async () => {
    const { statements } = await countWork(() => earn(client, 'customer-2', '1.00', { occurredAt: '2020-01-01T00:00:00Z' }));
    expect(statements).toHaveLength(STATEMENTS_OF_A_BATCH + 1);
  });
});

describe('a key', () => {
  test('is looked up once, and then trusted for a while', async () => {
    const { client: fresh } = await createKey(client, 'READ');
    const ask = () => countStatements(() => fresh.run('{ __typename }'));
    const { statements } = await ask();
    expect(statements).toHaveLength(1);
    expect(statements[0]).toContain('"api_keys"');
    expect((await ask()).statements).toEqual([]);
  });
});

describe('a page of members who were not settled since a structure changed', () => {
  beforeAll(async () => {
    await buildStructure(client, cardDefinitionId, { name: 'Younger', tiers: { Member: 0, Regular: 150 } });
    // The first to look reads the new configuration.
    await client.run(PAGE, { first: 1 });
  });

  test.each([1, 10, 50, 100])('of %i costs one statement more, which reads their history', async (first) => {
    const { result, statements } = await countWork(() => client.run(PAGE, { first }));
    expect(result.customers.nodes).toHaveLength(first);
    expect(statements).toHaveLength(STATEMENTS_OF_A_PAGE + 1);
  });
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ApiClient } from '../support/client.ts';
import { createKey } from '../support/keys.ts';
import { buildCustomer, buildProgram, buildStructure, earn } from '../support/program.ts';
import { startTestServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { countStatements, countWork } from '../support/statements.ts';

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
let tierStructureId: string;

beforeAll(async () => {
  server = await startTestServer();
  client = await server.workspace();
  ({ cardDefinitionId, tierStructureId } = await buildProgram(client));
  const names = Array.from({ length: CUSTOMERS }, (_, index) => `customer-${index}`);
  await Promise.all(names.map((name) => buildCustomer(client, name)));
  for (const round of [1, 2, 3, 4, 5, 6]) await Promise.all(names.map((name) => earn(client, name, `${round}0.00`)));
});

afterAll(() => server.stop());

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

describe('what explains a page of customers', () => {
  const PROGRESS = 'tiers { measure graceEndsAt deferred { effectiveAt } opportunities { missingPoints } risk { at pointsToStay } }';
  const page = (selection: string) => `query($first: Int!) { customers(first: $first) { nodes { ${selection} } } }`;

  test.each([
    ['progress is computed from the standing, without a statement of its own', `points tier { name } ${PROGRESS} ledgerEntries(first: 5) { nodes { type } }`, STATEMENTS_OF_A_PAGE],
    // The page, and the history of all of them.
    ['the past takes one statement', `asOf(at: "2026-01-01T00:00:00Z") { points tier { name } cards { balance } ${PROGRESS} }`, 2],
    ['several instants of the past take the same one', `a: asOf(at: "2026-01-01T00:00:00Z") { points } b: asOf(at: "2026-02-01T00:00:00Z") { points }`, 2],
    ['why a tier is held takes one statement', `tierExplanation(tierStructureId: "TIER_STRUCTURE") { tier { name } judgements(last: 3) { reason steps { message } } }`, 2],
    // The page, its entries, the purchases behind them, and the history.
    ['why an entry was made takes two', `ledgerEntries(first: 5) { nodes { explanation { message } } }`, 4],
  ])('%s', async (_, selection, statements) => {
    const document = page(selection.replace('TIER_STRUCTURE', tierStructureId));
    for (const first of [1, 50]) {
      const { result, statements: sent } = await countWork(() => client.run(document, { first }));
      expect(result.customers.nodes).toHaveLength(first);
      expect(sent).toHaveLength(statements);
    }
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

describe('an operation', () => {
  const customer = { externalId: 'customer-3' };

  test('costs one statement more than a purchase, which writes it, even if it answers with all it did', async () => {
    const document = `mutation($input: SpendInput!) { spend(input: $input) {
      customer { points tier { name } cards { balance lots { points expiresOn } } }
      spend { id points cardDefinition { name } allocations { points expiresOn } }
      ledgerEntries { points balanceAfter card { balance } } tierTransitions { type toTier { name } } userErrors { code }
    } }`;
    const { result, statements } = await countWork(() => client.run(document, { input: { customer, points: 1 } }));
    expect(result.spend.userErrors).toEqual([]);
    expect(statements).toHaveLength(STATEMENTS_OF_A_BATCH + 1);
  });

  test('with a reference looks it up, and a dry run writes nothing', async () => {
    const spend = (more: Record<string, unknown>) => countWork(() => client.succeed('spend', { customer, points: 1, ...more }, 'duplicate'));
    expect((await spend({ reference: 'counted' })).statements).toHaveLength(STATEMENTS_OF_A_BATCH + 2);
    expect((await spend({ dryRun: true })).statements).toHaveLength(STATEMENTS_OF_A_BATCH - 1);
    // Looked up, and then read with its customer, its entries and its changes of tier.
    expect((await spend({ reference: 'counted' })).statements).toHaveLength(STATEMENTS_OF_A_BATCH + 4);
  });

  test('that goes back to another one reads that, and the history, however long', async () => {
    const { transaction } = await earn(client, 'customer-3', '10.00');
    const { spend } = await client.succeed('spend', { customer, points: 5 }, 'spend { id }');
    for (const [field, input] of [
      ['refund', { transaction: { id: transaction.id }, amount: '2.00' }],
      ['spendReverse', { spend: { id: spend.id }, points: 2 }],
    ] as const) {
      const { statements } = await countWork(() => client.succeed(field, input, 'duplicate'));
      expect([field, statements.length]).toEqual([field, STATEMENTS_OF_A_BATCH + 3]);
    }
  });

  test('of two customers costs no more than of one', async () => {
    const input = { from: customer, to: { externalId: 'customer-4' }, points: 1 };
    const { statements } = await countWork(() => client.succeed('pointsTransfer', input, 'from { points } to { points }'));
    expect(statements).toHaveLength(STATEMENTS_OF_A_BATCH + 1);
  });
});

describe('a page of customers with their operations, and entries with what caused them', () => {
  const document = `query($first: Int!) { customers(first: $first) { nodes {
    operations(first: 7) { nodes { __typename id customer { externalId }
      ... on Spend { cardDefinition { name } reversedPoints reversals(first: 2) { nodes { points } } allocations { points expiresOn } }
      ... on SpendReversal { spend { points } }
      ... on Refund { transaction { amount refunds(first: 2) { nodes { amount } } } deductions { earnRuleVersion { number } } }
      ... on Transfer { from { externalId } to { externalId } allocations { expiresOn } } } }
    ledgerEntries(first: 20) { nodes { points customer { externalId } operation { __typename id } } }
  } } }`;
  const counts: number[] = [];

  beforeAll(async () => {
    await Promise.all(
      Array.from({ length: CUSTOMERS }, async (_, index) => {
        const customer = { externalId: `customer-${index}` };
        const { transaction } = await earn(client, customer.externalId, '10.00');
        const { spend } = await client.succeed('spend', { customer, points: 5 }, 'spend { id }');
        await client.succeed('spendReverse', { spend: { id: spend.id }, points: 2 }, 'duplicate');
        await client.succeed('refund', { transaction: { id: transaction.id }, amount: '2.00' }, 'duplicate');
        await client.succeed('pointsAdjust', { customer, points: 1, reason: 'Count' }, 'duplicate');
        await client.succeed('activityRecord', { customer, type: 'visit' }, 'duplicate');
      }),
    );
    await Promise.all(
      Array.from({ length: CUSTOMERS }, (_, index) =>
        client.succeed('pointsTransfer', { from: { externalId: `customer-${index}` }, to: { externalId: `customer-${(index + 1) % CUSTOMERS}` }, points: 1 }, 'duplicate'),
      ),
    );
  });

  test.each([1, 10, 50, 100])('of %i costs no more statements than of one', async (first) => {
    const { result, statements } = await countWork(() => client.run(document, { first }));
    const { nodes } = result.customers as { nodes: { operations: { nodes: { __typename: string }[] } }[] };
    expect(nodes).toHaveLength(first);
    for (const { operations } of nodes) expect(operations.nodes).toHaveLength(7);
    expect(new Set(nodes[0]!.operations.nodes.map(({ __typename }) => __typename))).toEqual(
      new Set(['Transfer', 'CustomerActivity', 'Adjustment', 'Refund', 'SpendReversal', 'Spend']),
    );
    counts.push(statements.length);
    // One less where all whom the transfers name are on the page.
    expect(statements.length).toBeLessThanOrEqual(counts[0] ?? 0);
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

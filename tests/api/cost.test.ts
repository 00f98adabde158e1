import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { GraphQLField, GraphQLNamedType, OperationDefinitionNode } from 'graphql';
import { Kind, buildSchema, getNamedType, getNullableType, isLeafType, isListType, parse } from 'graphql';
import type { ComplexityEstimatorArgs } from 'graphql-query-complexity';
import { getComplexity } from 'graphql-query-complexity';
import { Costs, DOCUMENT_COST_MAX } from '../../src/platform/cost.ts';
import { ApiClient } from '../support/client.ts';
import { FEATURES, generateDocument } from '../support/documents.ts';
import type { Feature } from '../support/documents.ts';
import { randomFrom } from '../support/load-traces.ts';
import { buildCustomer, buildProgram, earn } from '../support/program.ts';
import type { Program } from '../support/program.ts';
import { startTestServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { countStatements } from '../support/statements.ts';
import { unchanged } from '../support/unchanged.ts';

const schema = buildSchema(readFileSync(new URL('../../src/generated/schema.graphql', import.meta.url), 'utf8'));
const GENERATED = Number(process.env['COST_DOCUMENTS'] ?? '2000');
const CUSTOMERS = 8;

let server: TestServer;
let shop: ApiClient;
let program: Program;
const ids = new Map<string, string[]>();

beforeAll(async () => {
  server = await startTestServer();
  shop = await server.workspace();
  program = await buildProgram(shop);
  for (let index = 0; index < CUSTOMERS; index += 1) await buildCustomer(shop, `member-${index}`);
  const line = { amount: '10.00', quantity: 1, category: 'BOOKS' };
  for (let index = 0; index < 12; index += 1) {
    const externalId = `member-${index % 4}`;
    const { transaction } = await earn(shop, externalId, '120.00', { reference: `order-${index}`, lines: Array.from({ length: 12 }, () => line) });
    ids.set('transaction', [...(ids.get('transaction') ?? []), transaction.id]);
  }
  const customer = { externalId: 'member-0' };
  for (let index = 0; index < 7; index += 1) {
    const { spend } = await shop.succeed('spend', { customer, points: 3 }, 'spend { id }');
    ids.set('spend', [...(ids.get('spend') ?? []), spend.id]);
    await shop.succeed('pointsAdjust', { customer, points: 5, reason: 'Goodwill' }, 'duplicate');
  }
  await shop.succeed('spendReverse', { spend: { id: ids.get('spend')![0] } }, 'duplicate');
  await shop.succeed('refund', { transaction: { id: ids.get('transaction')![0] }, amount: '60.00' }, 'duplicate');
  await shop.succeed('pointsTransfer', { from: customer, to: { externalId: 'member-7' }, points: 11 }, 'duplicate');
  await shop.succeed('activityRecord', { customer, type: 'visit' }, 'duplicate');
}, 60_000);
afterAll(() => server.stop());

interface Cost {
  readonly requestedCost: number;
  readonly actualCost: number;
  readonly maximumCost: number;
}

const costOf = ({ extensions }: { readonly extensions: Readonly<Record<string, unknown>> }) => extensions['cost'] as Cost;

/** At most and really. */
async function costs(document: string, variables: Record<string, unknown> = {}): Promise<[number, number]> {
  const answer = await shop.send(document, variables);
  expect(answer.errors).toEqual([]);
  const { requestedCost, actualCost } = costOf(answer);
  return [requestedCost, actualCost];
}

describe('what an operation costs, at most and really:', () => {
  test.each<[what: string, document: string, variables: Record<string, unknown>, atMost: number, really: number]>([
    ['nothing still costs 1', '{ __typename }', {}, 1, 1],
    ['an object costs 1, its scalars nothing', '{ workspace { id name mode } }', {}, 1, 1],
    ['an alias makes another', '{ workspace { id } again: workspace { id } }', {}, 2, 2],
    ['the same field twice is one', '{ workspace { id } workspace { name } ...on Query { workspace { mode } } }', {}, 1, 1],
    ['a connection and its nodes', '{ customers(first: 50) { nodes { id } } }', {}, 51, 1 + CUSTOMERS],
    ['a page that is a variable', 'query($n: Int) { customers(first: $n) { nodes { id } } }', { n: 3 }, 4, 4],
    ['a page that is left out', 'query($n: Int) { customers(first: $n) { nodes { id } } }', {}, 26, 1 + CUSTOMERS],
    ['a variable’s default', 'query($n: Int = 2) { customers(last: $n) { nodes { id } } }', {}, 3, 3],
    ['edges and page info are free', '{ customers(first: 5) { edges { cursor node { id } } pageInfo { endCursor } } }', {}, 6, 6],
    ['nodes and edges are two lists', '{ customers(first: 5) { nodes { id } edges { node { id } } } }', {}, 11, 11],
    ['a page within a page', '{ customers(first: 4) { nodes { ledgerEntries(first: 10) { nodes { id } } } } }', {}, 1 + 4 * 12, 1 + 4 * 2 + 1],
    ['what is left out', 'query($no: Boolean!) { workspace { id } customers @include(if: $no) { nodes { id } } }', { no: false }, 1, 1],
    ['what is not skipped', 'query($no: Boolean!) { workspace { id } customers(first: 2) @skip(if: $no) { nodes { id } } }', { no: false }, 4, 4],
    ['a skipped fragment', 'query($no: Boolean!) { workspace { id } ...C @skip(if: $no) } fragment C on Query { customers(first: 9) { nodes { id } } }', { no: true }, 1, 1],
    ['one way in suffices', 'query($no: Boolean!) { workspace @include(if: $no) { id } ...on Query @skip(if: $no) { workspace { name } } }', { no: false }, 1, 1],
    ['fragments cost what they stand for', '{ customers(first: 3) { ...C } } fragment C on CustomerConnection { nodes { ...D } } fragment D on Customer { tier { name } }', {}, 7, 7],
    ['five of a list without pages', '{ customer(by: { externalId: "member-0" }) { tiers { opportunities { tier { name } } } } }', {}, 1 + 5 * (1 + 5 * 2), 1 + 1 + 2 * 2],
    ['of twelve lines five', '{ transaction(by: { reference: { reference: "order-0" } }) { lines { sku } } }', {}, 6, 6],
    ['introspection', '{ __schema { types { name fields { name type { name } } } } }', {}, 1_000, 1_000],
    ['one type', '{ __type(name: "Customer") { name } }', {}, 100, 100],
    ['counting', '{ customers(first: 1) { totalCount } }', {}, 11, 11],
    ['a list that counts further', '{ customer(by: { externalId: "member-0" }) { cards { lots { points } } } }', {}, 1 + 5 * 21, 3],
    ['looking back', 'query($at: DateTime!) { customer(by: { externalId: "member-0" }) { asOf(at: $at) { points } } }', { at: '2020-01-01T00:00:00Z' }, 12, 12],
    ['nobody', '{ customer(by: { externalId: "nobody" }) { tier { name } } }', {}, 2, 1],
  ])('%s', async (_, document, variables, atMost, really) => {
    expect(await costs(document, variables)).toEqual([atMost, really]);
  });

  test('of several types the dearest before, the real one after', async () => {
    const document = `query($id: ID!) { node(id: $id) { __typename id
      ... on TierStructure { tiers { name } } ... on Customer { tier { name } } } }`;
    const { customer } = await shop.run('{ customer(by: { externalId: "member-0" }) { id } }');
    expect(await costs(document, { id: program.tierStructureId })).toEqual([6, 5]);
    expect(await costs(document, { id: customer.id })).toEqual([6, 2]);
    expect(await costs(document, { id: program.cardDefinitionId })).toEqual([6, 1]);
  });

  test('a mutation 10, each line of its purchase 1, and what is selected of its payload', async () => {
    const document = `mutation($input: EarnInput!) { earn(input: $input) {
      customer { tier { name } } awards { points } userErrors { code } } }`;
    const input = { customer: { externalId: 'member-5' }, amount: '1.00', currency: 'USD', dryRun: true };
    const lines = (count: number) => Array.from({ length: count }, () => ({ amount: '0.10', quantity: 1 }));
    expect(await costs(document, { input })).toEqual([10 + 2 + 5, 10 + 2 + 1]);
    expect(await costs(document, { input: { ...input, lines: lines(10) } })).toEqual([10 + 10 + 2 + 5, 10 + 10 + 2 + 1]);
    // Refused, and what it says of that is free.
    expect(await costs(document, { input: { ...input, currency: 'XXX', lines: lines(10) } })).toEqual([10 + 10 + 2 + 5, 10 + 10]);
  });

  test('lines that are written out, with variables in them', async () => {
    const document = `mutation($amount: Decimal!) { earn(input: { customer: { externalId: "member-5" }, amount: $amount, currency: "USD", dryRun: true,
      lines: [{ amount: $amount, quantity: 1 }, { amount: "0.00", quantity: 1 }] }) { duplicate userErrors { code } } }`;
    expect(await costs(document, { amount: '1.00' })).toEqual([12, 12]);
  });

  test('what failed, what was attempted', async () => {
    const answer = await shop.send('query($n: Int) { customers(first: $n) { nodes { id } } }', { n: 2_000_000_000 });
    expect(answer.errors.map(({ extensions }) => extensions.code)).toEqual(['INVALID_PAGE']);
    expect(costOf(answer)).toMatchObject({ requestedCost: 101, actualCost: 1 });
    const { secret } = await shop.succeed('apiKeyCreate', { name: 'Reader', scope: 'READ' }, 'secret');
    const forbidden = await shop.withKey(secret).send('mutation { customerUpsert(input: { externalId: "x" }) { customer { id } } }');
    expect(forbidden.errors.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
    expect(costOf(forbidden)).toMatchObject({ requestedCost: 11, actualCost: 10 });
  });
});

describe('an operation that may cost too much', () => {
  const page = (size: number) => `customers(first: ${size}) { nodes { ledgerEntries(first: 100) { nodes { customer { tier { name } } } } } }`;
  // A page of n costs 1 + n * (1 + 1 + 100 * 3).
  test('is refused before anything is carried out', async () => {
    const document = `mutation { customerUpsert(input: { externalId: "new" }) { customer { id } } earn(input: { customer: { externalId: "member-0" }, amount: "1.00", currency: "USD" }) {
      ledgerEntries: customer { ${Array.from({ length: 67 }, (_, index) => `a${index}: ledgerEntries(first: 100) { nodes { customer { tier { name } } } }`).join(' ')} } } }`;
    await shop.send('{ __typename }');
    const { result, statements } = await countStatements(() => unchanged(server, () => shop.send(document)));
    expect(result.status).toBe(400);
    expect(result.data).toBeNull();
    expect(result.errors.map(({ message, extensions }) => [extensions.code, message])).toEqual([
      ['COST_EXCEEDED', 'The operation may cost 20189 points; at most 20000 are allowed. Ask for smaller pages or fewer nested lists.'],
    ]);
    // Only the test's own look at the tables.
    expect(statements.filter((statement) => !/pg_tables|md5\(/.test(statement))).toEqual([]);
    expect(costOf(result)).toMatchObject({ actualCost: 0, maximumCost: DOCUMENT_COST_MAX });
  });

  test('is one point above the maximum', async () => {
    const filler = Array.from({ length: 20 }, (_, index) => `w${index}: workspace { id }`);
    // 1 + 66 * 302 = 19,933, and 22 for the first customers.
    const with_ = (more: number) => `{ ${page(66)} more: customers(first: ${more}) { nodes { id } } ${filler.join(' ')} }`;
    const within = await shop.send(with_(46));
    expect([within.status, costOf(within).requestedCost]).toEqual([200, 20_000]);
    const beyond = await shop.send(with_(47));
    expect([beyond.status, costOf(beyond).requestedCost]).toEqual([400, 20_001]);
  });

  test('is refused whoever asks, with a variable or without', async () => {
    const document = 'query($n: Int!) { customers(first: $n) { nodes { ledgerEntries(first: $n) { nodes { customer { tier { name } } } } } } }';
    expect((await shop.send(document, { n: 80 })).status).toBe(200);
    const refused = await shop.send(document, { n: 100 });
    expect([refused.status, costOf(refused).requestedCost]).toEqual([400, 1 + 100 * 302]);
  });
});

test('fragments that fan out are reckoned in the time that their text takes', () => {
  const levels = 50;
  const text = Array.from({ length: levels }, (_, index) => {
    const inner = index === levels - 1 ? 'name' : `...F${index + 1}`;
    return `fragment F${index} on Tier { a: tierStructure { entryTier: tier { ${inner} } } b: tierStructure { other: tier { ${inner} } } }`;
  });
  // Not a document of the contract's limits, and not one to be validated: only the reckoning is looked at.
  const own = buildSchema('type Query { tier: Tier } type Tier { name: String tierStructure: TierStructure } type TierStructure { tier: Tier }');
  const document = parse(`{ tier { ...F0 } } ${text.join(' ')}`);
  const startedAt = performance.now();
  const plan = new Costs(own).planOf(document, document.definitions[0] as OperationDefinitionNode);
  // Each level has twice as many objects as the one above, four kinds of it: 1 + 4 + 8 + ...
  expect(plan.bound({})).toBe(1 + 4 * (2 ** levels - 1));
  // Written out it would take longer than the universe has existed.
  expect(performance.now() - startedAt).toBeLessThan(10_000);
});

describe('generated documents', () => {
  /** What a required argument may be: something that is there. */
  const valueOf = (random: () => number) => (type: GraphQLNamedType, field: { readonly name: string }) => {
    const some = (values: readonly unknown[]) => values[Math.floor(random() * values.length)];
    if (type.name === 'CustomerReference') return { externalId: `member-${Math.floor(random() * CUSTOMERS)}` };
    if (type.name === 'TransactionReference') return { id: some(ids.get('transaction')!) };
    if (type.name === 'DateTime') return new Date(Date.now() - 60_000).toISOString();
    if (type.name !== 'ID') return undefined;
    if (field.name === 'node') return some([...ids.values()].flat().concat(program.cardDefinitionId, program.tierStructureId, program.earnRuleId));
    if (field.name === 'cardDefinition') return program.cardDefinitionId;
    if (field.name === 'earnRule') return program.earnRuleId;
    return program.tierStructureId;
  };

  test('never cost more than they may', async () => {
    const seen = new Map<Feature, number>();
    const refused = new Map<string, number>();
    const sums = { executed: 0, requested: 0, actual: 0, dear: 0, tight: 0, asReckoned: 0 };
    let next = 1;
    // Each is sent once: compiling them would take longer than carrying them out.
    const beside = await startTestServer({ beside: server, executor: 'default' });
    const client = new ApiClient(beside.graphqlUrl, shop.key);
    const worker = async () => {
      for (let seed = next++; sums.executed < GENERATED; seed = next++) {
        const random = randomFrom(seed);
        const { document, variables, features } = generateDocument(schema, random, valueOf(random));
        const answer = await client.send(document, variables);
        const code = answer.errors[0]?.extensions.code;
        if (code !== undefined) {
          // Only what is beyond a limit, or says nothing at all.
          refused.set(code, (refused.get(code) ?? 0) + 1);
          if (!['COST_EXCEEDED', 'DOCUMENT_LIMIT_EXCEEDED', 'GRAPHQL_VALIDATION_FAILED'].includes(code)) throw new Error(`${code}: ${answer.errors[0]?.message}\n${document}`);
          continue;
        }
        const { requestedCost, actualCost } = costOf(answer);
        if (actualCost > requestedCost) throw new Error(`${actualCost} > ${requestedCost}: ${document} ${JSON.stringify(variables)}`);
        // A library reckons the same rule in its own way. It does not merge fields, so that what stands twice it counts twice.
        const reckoned = complexityOf(document, variables);
        const spreads = document.match(/\.\.\.F\d+/g) ?? [];
        const isPlain = !features.has('repeated field') && new Set(spreads).size === spreads.length && !document.includes('totalCount');
        if (requestedCost > reckoned || (isPlain && requestedCost !== reckoned)) throw new Error(`${requestedCost}, not ${reckoned}: ${document} ${JSON.stringify(variables)}`);
        sums.asReckoned += isPlain ? 1 : 0;
        for (const feature of features) seen.set(feature, (seen.get(feature) ?? 0) + 1);
        sums.executed += 1;
        sums.requested += requestedCost;
        sums.actual += actualCost;
        sums.dear += actualCost > 20 ? 1 : 0;
        sums.tight += actualCost === requestedCost ? 1 : 0;
      }
    };
    await Promise.all([worker(), worker(), worker(), worker()]).finally(() => beside.stop());
    expect(sums.executed).toBeGreaterThanOrEqual(GENERATED);
    expect([...refused.values()].reduce((sum, count) => sum + count, 0)).toBeLessThan(GENERATED / 4);
    // They are worth something: everything occurs often, many answers are long, and many bounds are reached.
    for (const feature of FEATURES) expect({ feature, often: (seen.get(feature) ?? 0) >= GENERATED / 40 }).toEqual({ feature, often: true });
    expect(sums.dear).toBeGreaterThan(GENERATED / 40);
    expect(sums.tight).toBeGreaterThan(GENERATED / 40);
    expect(sums.asReckoned).toBeGreaterThan(GENERATED / 20);
  }, 180_000);

  function complexityOf(document: string, variables: Record<string, unknown>): number {
    const estimators = [({ field, args, childComplexity }: ComplexityEstimatorArgs) => estimate(field, args, childComplexity)];
    return Math.max(1, getComplexity({ schema, query: parse(document), variables, estimators }));
  }

  function estimate(field: GraphQLField<unknown, unknown>, args: Record<string, unknown>, inner: number): number {
    if (field.name === '__schema') return 1_000;
    if (field.name === '__type') return 100;
    const type = getNamedType(field.type);
    const weight = numberIn(field, 'cost') ?? 0;
    if (isLeafType(type) || type.name === 'PageInfo') return weight;
    const item = (type.name.endsWith('Edge') || type.name.endsWith('UserError') ? 0 : 1) + inner;
    const size = args['first'] ?? args['last'] ?? 25;
    if (type.name.endsWith('Connection')) return weight + 1 + (size as number) * inner;
    if (field.args.some(({ name }) => name === 'last')) return weight + (size as number) * item;
    // The page's length is multiplied in by the connection around it.
    const isList = isListType(getNullableType(field.type)) && field.name !== 'nodes' && field.name !== 'edges';
    return weight + (isList ? (numberIn(field, 'listSize') ?? 5) : 1) * item;
  }

  const numberIn = ({ astNode }: GraphQLField<unknown, unknown>, directive: string) => {
    const value = astNode?.directives?.find(({ name }) => name.value === directive)?.arguments?.[0]?.value;
    return value?.kind === Kind.INT ? Number(value.value) : null;
  };
});

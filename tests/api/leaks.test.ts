/**
 * Only our own messages leave the process. PostgreSQL is made to fail with statements and an e-mail address in what it
 * says, under every route and every document behind one, in every mode of the server; nothing of it is in an answer, in
 * a header or in a log.
 */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { restRoutes } from '../../src/generated/rest-routes.ts';
import type { ApiClient, GraphqlError } from '../support/client.ts';
import { UNKNOWN_IDS, REST_CASES, buildWorld } from '../support/rest-cases.ts';
import type { Ids } from '../support/rest-cases.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';

const ADDRESS = 'ada.lovelace@secret.example';
/** Words of statements, of drivers, of stacks, and of the member. */
const FORBIDDEN =
  /secret\.example|lovelace|augusta|\b(select|insert|returning|relation|column(?!":)|constraint|violates|trigger|drizzle|postgres|pg_\w+|stacktrace)\b|failed query|_away|42P01|P0001|node_modules|\.ts:\d/i;
const FAULT = 'INTERNAL_SERVER_ERROR';

let server: TestServer;
let admin: ApiClient;
let ids: Ids;
const logLines: string[] = [];
const onLog = (line: string) => logLines.push(line);

beforeAll(async () => {
  server = await startTestServer({ onLog });
  admin = await server.workspace({ name: 'Café Aurora' });
  ids = { ...UNKNOWN_IDS, draftTier: UNKNOWN_IDS['silver']!, ...(await buildWorld(admin)) };
  await admin.succeed('customerUpsert', { externalId: ADDRESS, name: 'Augusta Lovelace', email: ADDRESS, metadata: { note: ADDRESS } }, 'created');
});
afterAll(() => server.stop());
afterEach(() => {
  logLines.length = 0;
});

/** What the house may never say, in all that it said. */
interface Said {
  readonly name: string;
  readonly status: number;
  readonly headers: string;
  readonly text: string;
  /** The answer without the data that it gives to its owner. */
  readonly ours: string;
  readonly codes: readonly string[];
}

async function said(name: string, asked: Promise<Response>): Promise<Said> {
  const response = await asked;
  const text = await response.text();
  const body = response.headers.get('content-type')?.includes('json') ? (JSON.parse(text) as { data?: unknown; errors?: GraphqlError[]; code?: string }) : {};
  const codes = body.code === undefined ? (body.errors ?? []).map(({ extensions }) => extensions.code) : [body.code];
  const ours = codes.length === 0 ? '' : JSON.stringify({ ...body, data: null });
  return { name, status: response.status, headers: JSON.stringify([...response.headers]), text, ours, codes };
}

function expectNothingOfIt(answers: readonly Said[]): void {
  for (const { name, headers, ours } of answers) {
    expect(`${name}: ${headers}`).not.toMatch(FORBIDDEN);
    expect(`${name}: ${ours}`).not.toMatch(FORBIDDEN);
  }
  expect(logLines.join('\n')).not.toMatch(/secret\.example|lovelace|augusta|failed query|\breturning\b/i);
}

const KEYED = () => ({ authorization: `Bearer ${admin.key}` });

function overGraphql(to: TestServer, name: string, query: string, variables: object): Promise<Said> {
  const headers = { ...KEYED(), 'content-type': 'application/json' };
  return said(name, fetch(to.graphqlUrl, { method: 'POST', headers, body: JSON.stringify({ query, variables }) }));
}

/** Documents with the address in what they ask for, through one loader or batch after the other. */
const BY_ADDRESS = 'by: { externalId: $address }';
const NESTED = `query($address: String!) { customer(${BY_ADDRESS}) {
  points tier { name } tiers { tierStructure { name tiers { name } activities { nodes { action } } } measure opportunities { missingPoints } }
  cards { balance lots { points } cardDefinition { name activities { nodes { action } } } }
  ledgerEntries { nodes { points } } tierTransitions { nodes { type } } operations { nodes { id } }
} }`;
const DOCUMENTS: Readonly<Record<string, string>> = {
  'a look-up': `query($address: String!) { customer(${BY_ADDRESS}) { id } }`,
  'fields within fields': NESTED,
  'a list': 'query($address: String!) { tierStructures(filter: { name: { contains: $address } }) { totalCount nodes { id tiers { id } } } }',
  'several fields at once': `query($address: String!) { a: customer(${BY_ADDRESS}) { id } b: customers { nodes { id } } workspace { id } cardDefinitions { nodes { id } } earnRules { nodes { id } } }`,
  'a new member': 'mutation($fresh: String!) { customerUpsert(input: { externalId: $fresh, name: "Augusta Lovelace", email: $fresh, metadata: { note: "ada.lovelace@secret.example" } }) { customer { points } userErrors { code } } }',
  'a purchase': 'mutation($address: String!, $fresh: String!) { earn(input: { customer: { externalId: $address }, amount: "10.00", currency: "USD", reference: $fresh }) { customer { points tier { name } } userErrors { code } } }',
  'a spend under a key': 'mutation($address: String!, $fresh: String!) { spend(input: { customer: { externalId: $address }, points: 1, reason: $address, idempotencyKey: $fresh }) { duplicate userErrors { code } } }',
  'a change of configuration': 'mutation($address: String!) { tierStructureCreate(input: { name: $address, type: POINT_BALANCE, metadata: { note: "ada.lovelace@secret.example" } }) { tierStructure { id } userErrors { code } } }',
  'a new key': 'mutation($address: String!) { apiKeyCreate(input: { name: $address, scope: READ }) { apiKey { id } userErrors { code } } }',
};
let asked = 0;

/** Nothing that is asked was asked before, so that nothing is only a repetition. */
const askByAddress = (to: TestServer) =>
  Promise.all(Object.entries(DOCUMENTS).map(([name, document]) => overGraphql(to, name, document, { address: ADDRESS, fresh: `${(asked += 1)}.${ADDRESS}` })));

/** Every route of /v3 as REST asks for it, with the address as the key of a command. */
const askRoutes = (to: TestServer) =>
  Promise.all(
    restRoutes.map(({ operation, method, path }) => {
      const { path: pathOf, body } = REST_CASES[operation]!;
      const headers = { ...KEYED(), 'idempotency-key': `${ADDRESS}-${operation}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
      return said(`${method} ${path}`, fetch(`${to.url}${pathOf(ids)}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body(ids)) }) }));
    }),
  );
/** The documents behind them, as GraphQL asks for them. */
const askDocuments = (to: TestServer, routes = restRoutes) =>
  Promise.all(routes.map(({ operation, document }) => overGraphql(to, operation, document, REST_CASES[operation]!.variables(ids))));
const askV2 = (to: TestServer) =>
  Promise.all(
    [
      ['GET', ''],
      ['GET', `?filters[name][conditions][$is]=${ADDRESS}`, 'by name'],
      ['GET', `/${ids['tierStructure']}`],
      ['POST', ''],
    ].map(([method, path, name = path]) => {
      const body = method === 'POST' ? { headers: { ...KEYED(), 'content-type': 'application/json' }, body: JSON.stringify({ name: ADDRESS, type: 'POINT_BALANCE' }) } : { headers: KEYED() };
      return said(`${method} /v2 ${name}`, fetch(`${to.url}/v2/loyalties/tier-structures${path}`, { method, ...body }));
    }),
  );
const askOperator = (to: TestServer) =>
  Promise.all(['/readyz', '/livez', '/docs/errors/NOT_FOUND', '/explorer', '/nowhere'].map((path) => said(path, fetch(`${to.url}${path}`))));

async function tables(): Promise<string[]> {
  const { rows } = await server.database.pool.query<{ name: string }>("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename");
  return rows.map(({ name }) => name);
}

/** Runs work while none of the tables can be found: every statement on them fails. */
async function without<Result>(names: readonly string[], work: () => Promise<Result>): Promise<Result> {
  const { pool } = server.database;
  for (const name of names) await pool.query(`ALTER TABLE ${name} RENAME TO ${name}_away`);
  try {
    return await work();
  } finally {
    for (const name of names) await pool.query(`ALTER TABLE ${name}_away RENAME TO ${name}`);
  }
}

/** Runs work while every row that is written is refused by PostgreSQL with the row and a statement in its message. */
async function whileWritesFail<Result>(work: () => Promise<Result>): Promise<Result> {
  const { pool } = server.database;
  const written = (await tables()).filter((name) => !/^(rate_limit_buckets|api_key_uses|due_work)$/.test(name));
  await pool.query(`CREATE FUNCTION refuse_row() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION 'INSERT INTO % of ${ADDRESS} failed: %', TG_TABLE_NAME, row_to_json(NEW) USING DETAIL = 'Key (email)=(${ADDRESS})', HINT = 'SELECT 1';
  END $$`);
  for (const name of written) await pool.query(`CREATE TRIGGER refuse_row BEFORE INSERT OR UPDATE ON ${name} FOR EACH ROW EXECUTE FUNCTION refuse_row()`);
  try {
    return await work();
  } finally {
    await pool.query('DROP FUNCTION refuse_row CASCADE');
  }
}

const failed = (answers: readonly Said[]) => answers.filter(({ codes }) => codes.includes(FAULT)).map(({ name }) => name);

describe('while tables are away', () => {
  test('every route and every document fails, and says nothing', async () => {
    const away = (await tables()).filter((name) => !/^(api_keys|rate_limit_buckets|api_key_uses)$/.test(name));
    const answers = await without(away, async () => [...(await askRoutes(server)), ...(await askDocuments(server)), ...(await askV2(server)), ...(await askByAddress(server))]);
    expectNothingOfIt(answers);
    // What asks for nothing but keys and limits found them, and what is no proof, no plan and no id is not looked for; everything else came
    // as far as what was away.
    const unharmed = answers.filter(({ codes }) => !codes.includes(FAULT)).map(({ name, codes }) => [name, ...codes]);
    const found = ['GET /v3/api-key-uses', 'GET /v3/api-keys', 'GET /v3/rate-limit', 'apiKeyUseList', 'apiKeyList', 'rateLimitGet'];
    const malformed = [
      ['POST /v3/configuration/applications', 'BAD_USER_INPUT'],
      ['configurationApplicationCreate', 'BAD_USER_INPUT'],
      ['POST /v3/redemptions/confirm', 'BAD_USER_INPUT'],
      ['POST /v3/redemptions/{id}/cancellations', 'REDEMPTION_NOT_FOUND'],
      ['redemptionConfirm', 'BAD_USER_INPUT'],
      ['redemptionCancel'],
    ];
    expect(unharmed.sort()).toEqual([...found.map((name) => [name]), ...malformed].sort());
    expect(answers).toHaveLength(2 * restRoutes.length + 4 + Object.keys(DOCUMENTS).length);
  }, 60_000);

  test('one after the other, whatever came as far as the one that is not there fails, and says nothing', async () => {
    const harmed = new Map<string, number>();
    const reads = restRoutes.filter(({ method }) => method === 'GET');
    for (const name of await tables()) {
      const answers = await without([name], async () => [...(await askByAddress(server)), ...(await askDocuments(server, reads)), ...(await askOperator(server))]);
      expectNothingOfIt(answers);
      harmed.set(name, failed(answers).length);
    }
    // Of some nothing is asked here; nobody waits for what was used how often.
    const neverAsked = [...harmed].filter(([, count]) => count === 0).map(([name]) => name);
    expect(neverAsked.filter((name) => !/^(api_keys|api_key_uses|checkpoint_heads|rate_limit_buckets|due_work|webhook_replays)$/.test(name))).toEqual([]);
  }, 120_000);

  test('neither does readiness, when it is the table of migrations', async () => {
    await server.database.pool.query('ALTER SCHEMA drizzle RENAME TO drizzle_away');
    const [readyz] = await askOperator(server).finally(() => server.database.pool.query('ALTER SCHEMA drizzle_away RENAME TO drizzle'));
    expect([readyz!.status, JSON.parse(readyz!.text)]).toEqual([503, { status: 'unavailable', reason: 'migrations are pending' }]);
    expectNothingOfIt([readyz!]);
  });
});

test('while PostgreSQL refuses what is written, and quotes it, every write fails and says nothing', async () => {
  const answers = await whileWritesFail(async () => [...(await askByAddress(server)), ...(await askRoutes(server)), ...(await askV2(server))]);
  expectNothingOfIt(answers);
  expect(failed(answers)).toEqual(expect.arrayContaining(['a new member', 'a purchase', 'a change of configuration', 'a new key', 'POST /v3/customers', 'POST /v3/transactions']));
  // The house is told under which state it failed, and by which request.
  const logged = logLines.map((line) => JSON.parse(line) as { level: number; requestId: string; err?: object }).filter(({ level }) => level === 50);
  expect(logged.length).toBeGreaterThanOrEqual(failed(answers).length);
  expect(JSON.stringify(logged)).toContain('P0001');
}, 60_000);

const MODES = (['compiled', 'default'] as const).flatMap((executor) =>
  [true, false].flatMap((explorer) => ['development', 'production'].map((nodeEnv) => ({ executor, explorer, nodeEnv }))),
);

test.each(MODES)('in every mode: executor $executor, explorer $explorer, NODE_ENV $nodeEnv', async ({ executor, explorer, nodeEnv }) => {
  const before = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = nodeEnv;
  const example = explorer ? { document: '{ workspace { name } }', variables: {}, headers: KEYED() } : null;
  const mode = await startTestServer({ beside: server, executor, example, onLog });
  try {
    const ask = async () => [...(await askByAddress(mode)), ...(await askV2(mode)), ...(await askOperator(mode))];
    const answers = [
      ...(await without(['customers'], ask)),
      ...(await without(['ledger_entries', 'tier_structures', 'activities'], ask)),
      ...(await whileWritesFail(ask)),
    ];
    expectNothingOfIt(answers);
    expect(failed(answers).length).toBeGreaterThan(10);
  } finally {
    await mode.stop();
    process.env['NODE_ENV'] = before;
  }
}, 60_000);

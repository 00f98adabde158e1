/** How an idempotency key is given, what happens when its carriers disagree, and how an answer says that it repeats. */
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fromPublicId } from '../../src/platform/ids.ts';
import type { ApiClient, GraphqlAnswer } from '../support/client.ts';
import { ApiClient as Client } from '../support/client.ts';
import { buildCustomer, buildProgram, countRows, earn } from '../support/program.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';
import { problemsOf, unchanged } from '../support/unchanged.ts';

let server: TestServer;
let client: ApiClient;
let next = 0;

beforeAll(async () => {
  server = await startTestServer();
  client = await server.workspace();
  await buildProgram(client, { structure: null, effectiveAt: '2020-01-01T00:00:00Z' });
});
afterAll(() => server.stop());

/** A customer whom nobody else uses. */
async function someone(): Promise<string> {
  next += 1;
  const externalId = `someone ${next}`;
  await buildCustomer(client, externalId);
  return externalId;
}

const pointsOf = async (externalId: string): Promise<number> =>
  (await client.run('query($externalId: String) { customer(by: { externalId: $externalId }) { points } }', { externalId })).customer.points;

const PAYLOAD = '{ transaction { id amount } userErrors { code message field } }';
const inputOf = (externalId: string, more: Record<string, unknown> = {}) => ({ customer: { externalId }, amount: '1.00', currency: 'USD', ...more });
const codes = ({ errors }: GraphqlAnswer) => errors.map(({ extensions }) => extensions.code);
const marks = ({ headers, extensions }: GraphqlAnswer) => [headers.get('idempotent-replayed'), extensions['idempotency'] ?? null];
const UNMARKED = [null, null];
const key = () => `key ${(next += 1)}`;

describe.each(['compiled', 'default'] as const)('run by the %s executor', (executor) => {
  let beside: TestServer;
  let api: ApiClient;
  beforeAll(async () => {
    beside = await startTestServer({ beside: server, executor });
    api = new Client(beside.graphqlUrl, client.key);
  });
  afterAll(() => beside.stop());

  test.each<[string, string, (key: string) => Record<string, unknown>, (key: string) => Record<string, string>]>([
    ['the input', 'earn(input: $input)', (own) => ({ idempotencyKey: own }), () => ({})],
    ['the directive', 'earn(input: $input) @idempotent(key: $key)', () => ({}), () => ({})],
    ['a quoted header', 'earn(input: $input)', () => ({}), (own) => ({ 'idempotency-key': `"${own}"` })],
    ['all three', 'earn(input: $input) @idempotent(key: $key)', (own) => ({ idempotencyKey: own }), (own) => ({ 'idempotency-key': `"${own}"` })],
  ])('a key in %s makes a call harmless to repeat, and the repetition says so', async (_, field, more, headers) => {
    const name = await someone();
    const own = key();
    const variables = field.includes('$key') ? '($input: EarnInput!, $key: String!)' : '($input: EarnInput!)';
    const values = { input: inputOf(name, more(own)), ...(field.includes('$key') ? { key: own } : {}) };
    const send = () => api.send(`mutation ${variables} { ${field} ${PAYLOAD} }`, values, headers(own));
    const first = await send();
    expect([first.status, first.errors, first.data.earn.userErrors, marks(first)]).toEqual([200, [], [], UNMARKED]);
    const again = await unchanged(server, send);
    expect([again.status, again.data]).toEqual([200, first.data]);
    expect(marks(again)).toEqual(['true', { earn: { replayed: true } }]);
    // The same key, whatever brought it.
    const other = await unchanged(server, () => earn(api, name, '1.00', { idempotencyKey: own }));
    expect(other.transaction.id).toBe(first.data.earn.transaction.id);
    expect(await pointsOf(name)).toBe(1);
  });

  test('several mutations have a key each, by alias, by fragment and written out; each is marked for itself', async () => {
    const name = await someone();
    const [a, b, c] = [key(), key(), key()];
    const document = (more = '') => `
      mutation($input: EarnInput!, $a: String!) {
        a: earn(input: $input) @idempotent(key: $a) ${PAYLOAD}
        ...Second
        ... on Mutation { pointsAdjust(input: { customer: { externalId: "${name}" }, points: 5, reason: "Gift", idempotencyKey: "${c}" }) { adjustment { id } userErrors { code } } }
        ${more}
      }
      fragment Second on Mutation { b: earn(input: $input) @idempotent(key: "${b}") ${PAYLOAD} }`;
    const first = await api.send(document(), { input: inputOf(name), a });
    expect([first.errors, marks(first), await pointsOf(name)]).toEqual([[], UNMARKED, 7]);
    expect(first.data.a.transaction.id).not.toBe(first.data.b.transaction.id);

    const more = `fresh: earn(input: $input) ${PAYLOAD}`;
    const again = await api.send(document(more), { input: inputOf(name), a });
    expect(again.data).toEqual({ ...first.data, fresh: expect.objectContaining({ userErrors: [] }) });
    const repeated = { replayed: true };
    expect(marks(again)).toEqual(['true', { a: repeated, b: repeated, pointsAdjust: repeated }]);
    expect(await pointsOf(name)).toBe(8);
  });

  test('what the directive leaves out is not counted: a mutation that is skipped has no say', async () => {
    const name = await someone();
    const own = key();
    const document = `mutation($input: EarnInput!, $skip: Boolean!) {
      __typename
      earn(input: $input) ${PAYLOAD}
      left: earn(input: $input) @skip(if: $skip) @idempotent(key: "left out") ${PAYLOAD}
    }`;
    const send = (skip: boolean) => api.send(document, { input: inputOf(name), skip }, { 'idempotency-key': `"${own}"` });
    expect([(await send(true)).errors, await pointsOf(name)]).toEqual([[], 1]);
    expect(marks(await send(true))).toEqual(['true', { earn: { replayed: true } }]);
    expect(codes(await unchanged(server, () => send(false)))).toEqual(['INVALID_IDEMPOTENCY_KEY']);
  });

  const HEADER = { 'idempotency-key': '"one"' };
  test.each<[string, string, Record<string, string>, Record<string, unknown>]>([
    ['input and header', `earn(input: $input) ${PAYLOAD}`, HEADER, { idempotencyKey: 'two' }],
    ['directive and header', `earn(input: $input) @idempotent(key: "two") ${PAYLOAD}`, HEADER, {}],
    ['input and directive', `earn(input: $input) @idempotent(key: "one") ${PAYLOAD}`, {}, { idempotencyKey: 'two' }],
    ['directives of one field that is written twice', `earn(input: $input) @idempotent(key: "one") { duplicate } earn(input: $input) @idempotent(key: "two") ${PAYLOAD}`, {}, {}],
    ['keys that differ by a space', `earn(input: $input) @idempotent(key: "one ") ${PAYLOAD}`, HEADER, {}],
    ['the last of several mutations', `fine: earn(input: $input) ${PAYLOAD} b: earn(input: $input) @idempotent(key: "one") ${PAYLOAD}`, {}, { idempotencyKey: 'two' }],
  ])('%s that disagree are refused, and nothing of the document is carried out', async (_, fields, headers, more) => {
    const name = await someone();
    const send = () => api.send(`mutation($input: EarnInput!) { ${fields} }`, { input: inputOf(name, more) }, headers);
    const answer = await unchanged(server, send);
    expect([answer.status, codes(answer), answer.data, marks(answer)]).toEqual([400, ['IDEMPOTENCY_KEY_CONFLICT'], null, UNMARKED]);
  });

  test('a header cannot stand for two mutations', async () => {
    const name = await someone();
    const document = `mutation($input: EarnInput!) { a: earn(input: $input) ${PAYLOAD} b: earn(input: $input) ${PAYLOAD} }`;
    const answer = await unchanged(server, () => api.send(document, { input: inputOf(name) }, { 'idempotency-key': key() }));
    expect([answer.status, codes(answer), answer.data]).toEqual([400, ['INVALID_IDEMPOTENCY_KEY'], null]);
    expect(answer.errors[0]?.extensions.field).toEqual(['Idempotency-Key']);
  });

  test.each([
    ['a query', 'query { workspace @idempotent(key: "k") { name } }'],
    ['a field below a mutation', `mutation { earn(input: { customer: { externalId: "x" }, amount: "1", currency: "USD" }) { customer @idempotent(key: "k") { points } userErrors { code } } }`],
  ])('the directive on %s is refused: it would do nothing', async (_, document) => {
    const answer = await unchanged(server, () => api.send(document));
    expect([answer.status, codes(answer)]).toEqual([400, ['GRAPHQL_VALIDATION_FAILED']]);
  });

  test('a header beside a query is nobody’s: it changes nothing and is not looked at', async () => {
    const answer = await api.send('{ workspace { name } }', {}, { 'idempotency-key': '"never' });
    expect([answer.status, answer.data, marks(answer)]).toEqual([200, { workspace: { name: 'Test' } }, UNMARKED]);
  });
});

/** Sends a header as bytes, as often as it is given: fetch would not. */
function raw(values: readonly string[], variables: Record<string, unknown>): Promise<{ status: number; body: { errors?: { extensions: { code: string; field?: string[] } }[]; data?: any } }> { // eslint-disable-line @typescript-eslint/no-explicit-any
  const url = new URL(server.graphqlUrl);
  return new Promise((resolve, reject) => {
    const headers = ['content-type', 'application/json', 'authorization', `Bearer ${client.key}`, 'host', url.host, ...values.flatMap((value) => ['Idempotency-Key', value])];
    const sent = httpRequest(url, { method: 'POST', headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) }));
    });
    sent.on('error', reject);
    sent.end(JSON.stringify({ query: `mutation($input: EarnInput!) { earn(input: $input) ${PAYLOAD} }`, variables }));
  });
}

const latin1 = (text: string) => Buffer.from(text).toString('latin1');

describe('the syntax of a key', () => {
  test.each<[string, string, string]>([
    ['255 characters', `"${'k'.repeat(255)}"`, 'k'.repeat(255)],
    ['a bare token, as many APIs take it', 'b7b9a5f2-8d8f-4c55-9a3e-0d1f6b3c2a10', 'b7b9a5f2-8d8f-4c55-9a3e-0d1f6b3c2a10'],
    ['base64, bare', 'YWJj/+d=', 'YWJj/+d='],
    ['spaces, commas and semicolons in quotes', '"a, b; c"', 'a, b; c'],
    ['an escaped quote', '"say \\"please\\""', 'say "please"'],
    ['an escaped backslash', '"C:\\\\keys\\\\1"', 'C:\\keys\\1'],
  ])('a header with %s is the same key as in the input', async (_, header, own) => {
    const name = await someone();
    const first = await raw([header], { input: inputOf(name) });
    expect([first.status, first.body.errors, first.body.data.earn.userErrors]).toEqual([200, undefined, []]);
    const again = await unchanged(server, () => earn(client, name, '1.00', { idempotencyKey: own }));
    expect([again.userErrors, again.transaction.id]).toEqual([[], first.body.data.earn.transaction.id]);
  });

  test.each<[string, readonly string[]]>([
    ['a list', ['"a", "b"']],
    ['two headers', ['"a"', '"b"']],
    ['two headers that agree', ['"a"', '"a"']],
    ['a parameter', ['"a";retry=1']],
    ['a quote that is not closed', ['"a']],
    ['an escape that there is not', ['"a\\n"']],
    ['bare words', ['one two']],
    ['a control character', ['a\tb']],
    ['characters beyond ASCII', [latin1('"clé"')]],
  ])('a header with %s cannot be read, and nothing is carried out', async (_, headers) => {
    const name = await someone();
    const answer = await unchanged(server, () => raw(headers, { input: inputOf(name) }));
    const [error] = answer.body.errors ?? [];
    expect([answer.status, error?.extensions.code, error?.extensions.field]).toEqual([400, 'INVALID_IDEMPOTENCY_KEY', ['Idempotency-Key']]);
  });

  test.each<[string, string, string]>([
    ['empty', '', ''],
    ['quoted and empty', '""', ''],
    ['blank', '"   "', '   '],
    ['of 256 characters', `"${'k'.repeat(256)}"`, 'k'.repeat(256)],
  ])('a key that is %s is refused in the header, the directive and the input alike', async (_, header, own) => {
    const name = await someone();
    const refused = ['INVALID_IDEMPOTENCY_KEY idempotencyKey'];
    const byHeader = await unchanged(server, () => raw([header], { input: inputOf(name) }));
    expect([byHeader.status, problemsOf(byHeader.body.data.earn)]).toEqual([200, refused]);
    expect(problemsOf(await unchanged(server, () => earn(client, name, '1.00', { idempotencyKey: own })))).toEqual(refused);
    const document = `mutation($input: EarnInput!, $key: String!) { earn(input: $input) @idempotent(key: $key) ${PAYLOAD} }`;
    const byDirective = await unchanged(server, () => client.send(document, { input: inputOf(name), key: own }));
    expect(problemsOf(byDirective.data.earn)).toEqual(refused);
  });

  test.each([
    ['beyond ASCII', 'clé 鍵 🔑'],
    ['of 255 characters of two units each', '🔑'.repeat(255)],
    ['with quotes, which stand for themselves', '"quoted"'],
  ])('a key %s is one in the input and in the directive', async (_, own) => {
    const name = await someone();
    const first = await earn(client, name, '1.00', { idempotencyKey: own });
    const document = `mutation($input: EarnInput!, $key: String!) { earn(input: $input) @idempotent(key: $key) ${PAYLOAD} }`;
    const again = await unchanged(server, () => client.send(document, { input: inputOf(name), key: own }));
    expect([first.userErrors, again.data.earn.transaction.id]).toEqual([[], first.transaction.id]);
  });

  test.each([
    ['a NUL', 'a\u0000b'],
    ['half a surrogate pair', '\ud83d'],
  ])('a key with %s cannot be stored and is refused', async (_, own) => {
    const name = await someone();
    const answer = await unchanged(server, () => earn(client, name, '1.00', { idempotencyKey: own }));
    expect(problemsOf(answer)).toEqual(['INVALID_IDEMPOTENCY_KEY idempotencyKey']);
  });
});

describe('what is the same input', () => {
  const repeat = async (field: string, selection: string, first: Record<string, unknown>, second: Record<string, unknown>) => {
    const own = key();
    const before = await client.mutate(field, { ...first, idempotencyKey: own }, selection);
    expect(before.userErrors).toEqual([]);
    const after = await unchanged(server, () => client.mutate(field, { ...second, idempotencyKey: own }, selection));
    return [before, after];
  };

  test('a purchase with its fields in another order, numbers written otherwise, and defaults written out', async () => {
    const name = await someone();
    const first = { customer: { externalId: name }, amount: '3', currency: 'USD', lines: [{ sku: 'a', amount: '1' }, { amount: '2.0', quantity: 1 }] };
    const second = {
      source: 'default',
      location: null,
      dryRun: false,
      lines: [{ amount: 1, quantity: 1, category: null, sku: 'a' }, { amount: '2.00' }],
      currency: 'USD',
      amount: '03.0',
      customer: { externalId: name },
    };
    const [before, after] = await repeat('earn', 'transaction { id }', first, second);
    expect(after).toEqual(before);
  });

  test('a refund, with its amounts written otherwise', async () => {
    const name = await someone();
    const lines = [{ amount: '10.00' }, { amount: '5.00' }];
    const { transaction } = await earn(client, name, '15.00', { lines });
    const named = { transaction: { id: transaction.id } };
    const [before, after] = await repeat(
      'refund',
      'refund { id amount }',
      { ...named, amount: '6', lines: [{ index: 0, amount: '5' }, { index: 1, amount: '1' }] },
      { lines: [{ amount: '5.00', index: 0 }, { index: 1, amount: '1.0' }], amount: '6.00', ...named },
    );
    expect(after).toEqual(before);
  });

  test('an earn rule, with its rates written otherwise', async () => {
    const { cardDefinitions } = await client.run('{ cardDefinitions(first: 1) { nodes { id } } }');
    const rule = (value: string, every: string) => ({ name: 'Extra', cardDefinitionId: cardDefinitions.nodes[0].id, version: { rates: [{ currency: 'EUR', value, every }] } });
    const [before, after] = await repeat('earnRuleCreate', 'earnRule { id }', rule('1', '1.50'), rule('1.0', '1.5'));
    expect(after).toEqual(before);
    await client.succeed('earnRuleRetire', { id: before.earnRule.id }, 'earnRule { id }');
  });

  test('a change of configuration, with its version left out or null', async () => {
    const [before, after] = await repeat('workspaceUpdate', 'workspace { id name version }', { name: 'Test' }, { version: null, name: 'Test' });
    expect(after).toEqual(before);
  });
});

describe('secrets are never kept', () => {
  test('a repeated apiKeyCreate answers with the key and without its secret', async () => {
    const input = { name: 'Till', scope: 'READ', idempotencyKey: key() };
    const document = 'mutation($input: ApiKeyCreateInput!) { apiKeyCreate(input: $input) { apiKey { id name } secret userErrors { code field message } } }';
    const first = await client.send(document, { input });
    expect(first.data.apiKeyCreate).toMatchObject({ secret: expect.stringMatching(/^.{16,}$/), userErrors: [] });
    const again = await unchanged(server, () => client.send(document, { input }));
    expect(again.data.apiKeyCreate).toEqual({ ...first.data.apiKeyCreate, secret: null });
    expect(marks(again)).toEqual(['true', { apiKeyCreate: { replayed: true } }]);
    const other = await unchanged(server, () => client.send(document, { input: { ...input, scope: 'WRITE' } }));
    expect(problemsOf(other.data.apiKeyCreate)).toEqual(['IDEMPOTENCY_KEY_PARAMETER_MISMATCH idempotencyKey']);
    const bad = await unchanged(server, () => client.send(document, { input: { ...input, idempotencyKey: '' } }));
    expect(problemsOf(bad.data.apiKeyCreate)).toEqual(['INVALID_IDEMPOTENCY_KEY idempotencyKey']);
    const { rows } = await server.database.pool.query('SELECT result::text FROM idempotency_keys WHERE key = $1', [input.idempotencyKey]);
    expect(rows).toHaveLength(1);
    expect(rows[0].result).not.toContain(first.data.apiKeyCreate.secret);
  });

  test('a key is replaced once, and revoked once', async () => {
    const { apiKey } = await client.succeed('apiKeyCreate', { name: 'Old', scope: 'READ' }, 'apiKey { id }');
    const rotation = { id: apiKey.id, overlapHours: 1, idempotencyKey: key() };
    const selection = 'apiKey { id } replacedApiKey { id expiresAt } secret';
    const rotated = await client.succeed('apiKeyRotate', rotation, selection);
    expect(await unchanged(server, () => client.mutate('apiKeyRotate', rotation, selection))).toEqual({ ...rotated, secret: null });
    expect(rotated.replacedApiKey.id).toBe(apiKey.id);

    const revocation = { id: rotated.apiKey.id, idempotencyKey: key() };
    const revoked = await client.succeed('apiKeyRevoke', revocation, 'apiKey { id revokedAt }');
    expect(await unchanged(server, () => client.mutate('apiKeyRevoke', revocation, 'apiKey { id revokedAt }'))).toEqual(revoked);
    const { userErrors } = await unchanged(server, () => client.mutate('apiKeyRevoke', { ...revocation, id: apiKey.id }, 'apiKey { id }'));
    expect(problemsOf({ userErrors })).toEqual(['IDEMPOTENCY_KEY_PARAMETER_MISMATCH idempotencyKey']);
  });

  const WORKSPACE = { name: 'Second', timeZone: 'UTC', mode: 'SANDBOX' };
  const CREATED = 'workspace { id name } apiKey { id } secret';

  test('a workspace is created once, even by many at once from two processes; the key belongs to the caller’s', async () => {
    const two = await startTestServer({ beside: server });
    try {
      const apis = [client, new Client(two.graphqlUrl, client.key)];
      const own = key();
      const before = await countRows(server.database);
      const answers = await Promise.all(
        Array.from({ length: 12 }, (_, index) => apis[index % 2]!.succeed('workspaceCreate', { ...WORKSPACE, idempotencyKey: own }, CREATED)),
      );
      expect(new Set(answers.map(({ workspace, apiKey }) => `${workspace.id} ${apiKey.id}`)).size).toBe(1);
      const secrets = answers.flatMap(({ secret }) => secret ?? []);
      expect(secrets).toHaveLength(1);
      const made = client.withKey(secrets[0]);
      expect(await made.run('{ workspace { id } }')).toEqual({ workspace: { id: answers[0].workspace.id } });
      const after = await countRows(server.database);
      expect([Number(after?.['workspaces']) - Number(before?.['workspaces']), Number(after?.['idempotency_keys']) - Number(before?.['idempotency_keys'])]).toEqual([1, 1]);

      const repeated = await unchanged(server, () => client.mutate('workspaceCreate', { ...WORKSPACE, idempotencyKey: own }, CREATED));
      expect(repeated).toEqual({ ...answers[0], secret: null });
      const other = await unchanged(server, () => client.mutate('workspaceCreate', { ...WORKSPACE, name: 'Third', idempotencyKey: own }, CREATED));
      expect(problemsOf(other)).toEqual(['IDEMPOTENCY_KEY_PARAMETER_MISMATCH idempotencyKey']);
      // The new workspace has keys of its own.
      expect((await made.succeed('workspaceCreate', { ...WORKSPACE, idempotencyKey: own }, CREATED)).workspace.id).not.toBe(answers[0].workspace.id);
    } finally {
      await two.stop();
    }
  });

  test('what a crash has left undone is finished by whoever repeats the call', async () => {
    const own = key();
    const input = { ...WORKSPACE, name: 'Cut off', idempotencyKey: own };
    await server.database.pool.query(`ALTER TABLE workspaces ADD CONSTRAINT cut_off CHECK (name <> 'Cut off') NOT VALID`);
    const document = `mutation($input: WorkspaceCreateInput!) { workspaceCreate(input: $input) { ${CREATED} userErrors { code } } }`;
    const failed = await client.send(document, { input });
    expect(codes(failed)).toEqual(['INTERNAL_SERVER_ERROR']);
    await server.database.pool.query('ALTER TABLE workspaces DROP CONSTRAINT cut_off');
    const finished = await client.send(document, { input });
    expect([finished.errors, marks(finished)]).toEqual([[], UNMARKED]);
    expect(finished.data.workspaceCreate.secret).toEqual(expect.stringMatching(/^.{16,}$/));
    const again = await unchanged(server, () => client.send(document, { input }));
    expect(again.data.workspaceCreate).toEqual({ ...finished.data.workspaceCreate, secret: null });
    expect(marks(again)).toEqual(['true', { workspaceCreate: { replayed: true } }]);
  });
});

describe('a repetition while the first is under way', () => {
  /** Holds what the statement locks until `work` is done, as another process would that is at it. */
  async function held<Result>(statement: string, values: readonly unknown[], work: () => Promise<Result>): Promise<Result> {
    const holder = await server.database.pool.connect();
    try {
      await holder.query('BEGIN');
      await holder.query(statement, [...values]);
      return await work();
    } finally {
      await holder.query('ROLLBACK');
      holder.release();
    }
  }

  const HOLD_KEY = `INSERT INTO idempotency_keys (workspace_id, key, fingerprint, result, created_at)
    SELECT workspace_id, 'held', decode('00', 'hex'), '{}', now() FROM customers WHERE workspace_id = $1 AND external_id = 'busy'`;
  const EARN = `mutation($input: EarnInput!) { earn(input: $input) ${PAYLOAD} }`;
  const RENAME = 'mutation { workspaceUpdate(input: { name: "Renamed", idempotencyKey: "held" }) { workspace { name } userErrors { code } } }';
  const told = (answer: GraphqlAnswer) => [answer.status, codes(answer), answer.headers.get('retry-after')];
  const CONCURRENT = [409, ['IDEMPOTENCY_CONCURRENT_REQUEST'], '1'];
  const OVERLOADED = [503, ['OVERLOADED'], '1'];
  const DONE = [200, [], null];

  /** A shop of its own for each case, so that all of them can wait at the same time. */
  interface Shop {
    readonly id: string;
    readonly api: ApiClient;
    readonly send: (externalId: string, more?: Record<string, unknown>) => Promise<GraphqlAnswer>;
    readonly points: (externalId: string) => Promise<number>;
    /** Everything that is stored of the shop. */
    readonly contents: () => Promise<unknown>;
  }

  async function openShop(): Promise<Shop> {
    const api = await server.workspace();
    await buildProgram(api, { structure: null, effectiveAt: '2020-01-01T00:00:00Z' });
    for (const name of ['busy', 'free']) await buildCustomer(api, name);
    const id = fromPublicId('Workspace', (await api.run('{ workspace { id } }')).workspace.id) ?? '';
    return {
      id,
      api,
      send: (externalId, more) => api.send(EARN, { input: inputOf(externalId, more) }),
      points: async (externalId) => (await api.run(`{ customer(by: { externalId: "${externalId}" }) { points } }`)).customer.points,
      async contents() {
        const { rows } = await server.database.pool.query<{ name: string }>(
          `SELECT table_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'workspace_id'
             AND table_name NOT IN ('due_work', 'rate_limit_buckets') ORDER BY 1`,
        );
        const tables = rows.map(({ name }) => `(SELECT json_agg(r ORDER BY r::text) FROM ${name} r WHERE workspace_id = $1) AS ${name}`);
        return (await server.database.pool.query(`SELECT ${tables.join(', ')}`, [id])).rows[0];
      },
    };
  }

  const cases: Record<'key' | 'configuration' | 'member' | 'slow', Shop> = {} as never;
  const answers: Record<string, GraphqlAnswer[]> = {};
  const before: Record<string, unknown> = {};
  const after: Record<string, unknown> = {};
  let waitedMs = 0;

  async function observe(name: keyof typeof cases, work: (shop: Shop) => Promise<GraphqlAnswer[]>): Promise<void> {
    before[name] = await cases[name].contents();
    answers[name] = await work(cases[name]);
    after[name] = await cases[name].contents();
  }

  beforeAll(async () => {
    for (const name of ['key', 'configuration', 'member', 'slow'] as const) cases[name] = await openShop();
    // The statement itself is slow, which is not waiting for a lock.
    await server.database.pool.query(`CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(7); RETURN NEW; END'`);
    await server.database.pool.query(`CREATE TRIGGER dawdle BEFORE INSERT ON transactions FOR EACH ROW WHEN (NEW.location = 'slow') EXECUTE FUNCTION dawdle()`);
    await Promise.all([
      observe('key', async ({ id, send }) => {
        const startedAt = performance.now();
        const answer = await held(HOLD_KEY, [id], () => send('busy', { idempotencyKey: 'held' }));
        waitedMs = performance.now() - startedAt;
        return [answer];
      }),
      observe('configuration', async ({ id, api }) => [
        await held('SELECT 1 FROM workspaces WHERE workspace_id = $1 FOR SHARE', [id], () => api.send(RENAME)),
      ]),
      observe('member', ({ id, send }) =>
        held(`SELECT 1 FROM customers WHERE workspace_id = $1 AND external_id = 'busy' FOR UPDATE`, [id], () =>
          Promise.all([send('busy'), send('busy', { idempotencyKey: 'own' }), send('free'), send('busy'), send('free')]),
        ),
      ),
      observe('slow', async ({ send }) => {
        const more = { idempotencyKey: 'own', location: 'slow' };
        const first = send('busy', more);
        await new Promise((resume) => setTimeout(resume, 300));
        const second = await send('busy', more);
        return [await first, second];
      }),
    ]);
  }, 60_000);
  afterAll(() => server.database.pool.query('DROP TRIGGER dawdle ON transactions; DROP FUNCTION dawdle'));

  test('waits for a while, is then told so, has changed nothing, and may be sent again', async () => {
    const [answer] = answers['key']!;
    expect([told(answer!), answer!.data, marks(answer!)]).toEqual([CONCURRENT, null, UNMARKED]);
    expect(waitedMs).toBeGreaterThan(4_500);
    expect(after['key']).toEqual(before['key']);
    const again = await cases.key.send('busy', { idempotencyKey: 'held' });
    expect([told(again), marks(again), await cases.key.points('busy')]).toEqual([DONE, UNMARKED, 1]);
  });

  test('so does a change of configuration', async () => {
    expect(answers['configuration']!.map(told)).toEqual([CONCURRENT]);
    expect(after['configuration']).toEqual(before['configuration']);
    const again = await cases.configuration.api.send(RENAME);
    expect([told(again), marks(again)]).toEqual([DONE, UNMARKED]);
  });

  test('who has no key and waits in vain for a member is told that too, and harms nobody beside', async () => {
    expect(answers['member']!.map(told)).toEqual([OVERLOADED, CONCURRENT, DONE, OVERLOADED, DONE]);
    expect([await cases.member.points('busy'), await cases.member.points('free')]).toEqual([0, 2]);
  });

  test('in the same process it does not wait for a first that takes longer than that', async () => {
    const [first, second] = answers['slow']!;
    expect([told(first!), marks(first!), told(second!), marks(second!)]).toEqual([DONE, UNMARKED, CONCURRENT, UNMARKED]);
    const third = await cases.slow.send('busy', { idempotencyKey: 'own', location: 'slow' });
    expect([third.data, marks(third), await cases.slow.points('busy')]).toEqual([first!.data, ['true', { earn: { replayed: true } }], 1]);
  });

  test('otherwise waits for the first and answers as it: one of many is not marked, from two processes', async () => {
    const two = await startTestServer({ beside: server });
    try {
      const apis = [client, new Client(two.graphqlUrl, client.key)];
      const name = await someone();
      const own = key();
      const document = `mutation($input: EarnInput!) { earn(input: $input) @idempotent(key: "${own}") ${PAYLOAD} }`;
      const answers = await Promise.all(Array.from({ length: 16 }, (_, index) => apis[index % 2]!.send(document, { input: inputOf(name) })));
      expect(answers.flatMap(({ errors, data }) => [...errors, ...data.earn.userErrors])).toEqual([]);
      expect(new Set(answers.map(({ data }) => data.earn.transaction.id)).size).toBe(1);
      expect(answers.filter(({ headers }) => headers.get('idempotent-replayed') === null)).toHaveLength(1);
      expect(await pointsOf(name)).toBe(1);
    } finally {
      await two.stop();
    }
  });
});

describe('a dry run', () => {
  test('takes no key, and with one that was used answers as the real call would, mark included', async () => {
    const name = await someone();
    const own = key();
    const send = (more: Record<string, unknown>) =>
      client.send(`mutation($input: EarnInput!) { earn(input: $input) ${PAYLOAD} }`, { input: inputOf(name, { idempotencyKey: own, ...more }) });
    const dry = await unchanged(server, () => send({ dryRun: true, amount: '9.00' }));
    expect([dry.data.earn, marks(dry)]).toEqual([{ transaction: null, userErrors: [] }, UNMARKED]);
    const real = await send({});
    expect([real.data.earn.userErrors, marks(real)]).toEqual([[], UNMARKED]);
    const repeated = await unchanged(server, () => send({ dryRun: true }));
    expect([repeated.data, marks(repeated)]).toEqual([real.data, ['true', { earn: { replayed: true } }]]);
    const other = await unchanged(server, () => send({ dryRun: true, amount: '9.00' }));
    expect([problemsOf(other.data.earn), marks(other)]).toEqual([['IDEMPOTENCY_KEY_PARAMETER_MISMATCH idempotencyKey'], UNMARKED]);
  });
});

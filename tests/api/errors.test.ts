/** What goes wrong is told in one form, with the request's id, and never tells what only the house should know. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { ApiClient, GraphqlError } from '../support/client.ts';
import { buildCardDefinition, buildProgram } from '../support/program.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';
import { unchanged } from '../support/unchanged.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const JSON_BODY = { 'content-type': 'application/json' };

let server: TestServer;
/** A server with the pages for people: explorer, Sandbox and introspection. */
let open: TestServer;
let cafe: ApiClient;
const logLines: string[] = [];

beforeAll(async () => {
  server = await startTestServer({ onLog: (line) => logLines.push(line) });
  cafe = await server.workspace({ name: 'Café Aurora' });
  const example = { document: '{ workspace { name } }', variables: {}, headers: { Authorization: `Bearer ${cafe.key}` } };
  open = await startTestServer({ beside: server, example });
});
afterAll(async () => {
  await open.stop();
  await server.stop();
});
afterEach(() => {
  logLines.length = 0;
});

interface Answer {
  readonly status: number;
  readonly requestId: string;
  readonly contentType: string;
  readonly text: string;
  readonly errors: readonly GraphqlError[];
}

/** Any request, as bytes; a key comes with it, so that nothing else is the reason for a refusal. */
async function request(init: RequestInit & { readonly query?: string } = {}, to = server): Promise<Answer> {
  const { query = '', ...rest } = init;
  const headers = { authorization: `Bearer ${cafe.key}`, ...(rest.headers as Record<string, string> | undefined) };
  const response = await fetch(`${to.graphqlUrl}${query}`, { ...rest, headers });
  const text = await response.text();
  const contentType = response.headers.get('content-type') ?? '';
  const errors = contentType.includes('json') ? ((JSON.parse(text) as { errors?: GraphqlError[] }).errors ?? []) : [];
  return { status: response.status, requestId: response.headers.get('x-request-id') ?? '', contentType, text, errors };
}

const post = (body: string, headers: Record<string, string> = {}, to = server) =>
  request({ method: 'POST', body, headers: { ...JSON_BODY, ...headers } }, to);
const operation = (document: string, more: Record<string, unknown> = {}) => post(JSON.stringify({ query: document, ...more }));

const NAME = '{ workspace { name } }';
const RENAME = 'mutation { workspaceUpdate(input: { name: "Hacked" }) { workspace { name } } }';

describe('every refusal has a code and the id of its request', () => {
  const REFUSED: readonly [string, () => Promise<Answer>, number, string][] = [
    ['JSON that ends too early', () => post('{"query": "{ workspace'), 400, 'BAD_REQUEST'],
    ['an empty body', () => post(''), 400, 'BAD_REQUEST'],
    ['a body that is null', () => post('null'), 400, 'BAD_REQUEST'],
    ['a body that is a string', () => post('"{ workspace { name } }"'), 400, 'BAD_REQUEST'],
    ['a body without a query', () => post('{}'), 400, 'BAD_REQUEST'],
    ['a query that is no text', () => post('{"query": 5}'), 400, 'BAD_REQUEST'],
    ['variables that are no object', () => operation(NAME, { variables: 'x' }), 400, 'BAD_REQUEST'],
    ['a body that poisons prototypes', () => post(`{"query": "${NAME}", "variables": {"__proto__": {"a": 1}}}`), 400, 'BAD_REQUEST'],
    ['a batch', () => post(JSON.stringify([{ query: NAME }, { query: NAME }])), 400, 'BAD_REQUEST'],
    ['an empty batch', () => post('[]'), 400, 'BAD_REQUEST'],
    ['another content type', () => request({ method: 'POST', body: '<xml/>', headers: { 'content-type': 'application/xml' } }), 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['a document that ends too early', () => operation('{ workspace {'), 400, 'GRAPHQL_PARSE_FAILED'],
    ['an empty document', () => operation('# nothing'), 400, 'GRAPHQL_PARSE_FAILED'],
    ['too many tokens', () => operation(`{ ${'workspace { name } '.repeat(1_100)} }`), 400, 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', () => operation('{ workspaces { name } }'), 400, 'GRAPHQL_VALIDATION_FAILED'],
    ['an unknown argument', () => operation('{ workspace(id: 5) { name } }'), 400, 'GRAPHQL_VALIDATION_FAILED'],
    ['an object without a selection', () => operation('{ workspace }'), 400, 'GRAPHQL_VALIDATION_FAILED'],
    ['an enum value that is none', () => operation('{ tierStructures(orderBy: { field: SIZE }) { totalCount } }'), 400, 'GRAPHQL_VALIDATION_FAILED'],
    ['a subscription', () => operation('subscription { workspace { name } }'), 400, 'GRAPHQL_VALIDATION_FAILED'],
    ['no operation of that name', () => operation(NAME, { operationName: 'Other' }), 400, 'OPERATION_RESOLUTION_FAILURE'],
    ['two operations and no name', () => operation(`query A ${NAME} query B ${NAME}`), 400, 'OPERATION_RESOLUTION_FAILURE'],
    ['a missing variable', () => operation('query($id: ID!) { node(id: $id) { id } }'), 400, 'BAD_USER_INPUT'],
    ['an argument whose parts do not go together', () => operation('query($id: ID) { customer(by: { id: $id }) { id } }'), 200, 'BAD_USER_INPUT'],
    ['a page that is too large', () => operation('{ customers(first: 101) { totalCount } }'), 200, 'INVALID_PAGE'],
    ['a mutation by GET', () => request({ query: `?query=${encodeURIComponent(RENAME)}`, headers: { 'apollo-require-preflight': '1' } }), 405, 'METHOD_NOT_ALLOWED'],
    ['an address where there is nothing', () => request({ query: '/../../v4' }), 404, 'NOT_FOUND'],
    ['a method that does not exist there', () => request({ method: 'DELETE' }), 405, 'METHOD_NOT_ALLOWED'],
    ['no content type that could be sent', () => post(JSON.stringify({ query: NAME }), { accept: 'text/csv' }), 406, 'NOT_ACCEPTABLE'],
  ];

  test.each(REFUSED)('%s', async (_, refused, status, code) => {
    const answer = await unchanged(server, refused);
    expect([answer.status, answer.errors.map(({ extensions }) => extensions.code)]).toEqual([status, [code]]);
    expect(answer.requestId).toMatch(UUID);
    expect(answer.errors[0]!.extensions).toMatchObject({ requestId: answer.requestId, documentation: `/docs/errors/${code}` });
    expect(answer.errors[0]!.message).not.toBe('');
    expect(answer.text).not.toMatch(/stacktrace|node_modules|\.ts\b|postgres/i);
  });

  test('a body above 1 MiB is refused, one below is read', async () => {
    const bodyOf = (bytes: number) => {
      const [start, end] = JSON.stringify({ query: NAME, extensions: { filler: '|' } }).split('|') as [string, string];
      return `${start}${'x'.repeat(bytes - start.length - end.length)}${end}`;
    };
    const tooLarge = await post(bodyOf(1024 * 1024 + 1));
    expect([tooLarge.status, tooLarge.errors[0]?.extensions.code]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
    expect(tooLarge.errors[0]!.extensions.requestId).toBe(tooLarge.requestId);
    const most = await post(bodyOf(1024 * 1024));
    expect([most.status, JSON.parse(most.text).data]).toEqual([200, { workspace: { name: 'Café Aurora' } }]);
  });

  test('a request has an id of ours in every case, and never that of the client', async () => {
    const ids = new Set<string>();
    for (const answer of [
      await operation(NAME),
      await post(JSON.stringify({ query: NAME }), { 'x-request-id': '00000000-0000-4000-8000-000000000000' }),
      await operation(NAME),
      await request({ query: '/../../livez' }),
    ]) {
      expect([answer.status, answer.requestId]).toEqual([200, expect.stringMatching(UUID)]);
      ids.add(answer.requestId);
    }
    expect(ids.size).toBe(4);
    expect(ids).not.toContain('00000000-0000-4000-8000-000000000000');
  });

  test('several errors of one request carry the same id', async () => {
    const { errors, requestId } = await operation('{ a b c }');
    expect(errors.map(({ extensions }) => extensions.requestId)).toEqual([requestId, requestId, requestId]);
  });
});

describe('variables that do not fit name the field', () => {
  const CREATE = 'mutation($input: TierStructureCreateInput!) { tierStructureCreate(input: $input) { userErrors { code } } }';
  const draft = { name: 'Regulars', type: 'POINT_BALANCE' };

  test.each<[string, string, Record<string, unknown>, string[][]]>([
    ['a missing variable', CREATE, {}, [['input']]],
    ['a variable of another kind', CREATE, { input: 'x' }, [['input']]],
    ['a number where a text belongs', CREATE, { input: { ...draft, name: 5 } }, [['input', 'name']]],
    ['a missing field', CREATE, { input: { name: 'x' } }, [['input']]],
    ['an unknown field', CREATE, { input: { ...draft, colour: 'red' } }, [['input']]],
    ['an enum value that is none', CREATE, { input: { ...draft, type: 'POINTS' } }, [['input', 'type']]],
    ['a field of a list', CREATE, { input: { ...draft, tiers: [{ name: 'a', minPoints: 0 }, { name: 'b', minPoints: 'x' }] } }, [['input', 'tiers', '1', 'minPoints']]],
    ['metadata that is no object', CREATE, { input: { ...draft, metadata: [1] } }, [['input', 'metadata']]],
    ['a page size that is no number', 'query($first: Int) { customers(first: $first) { totalCount } }', { first: '10' }, [['first']]],
    ['an instant that is none', 'query($at: DateTime) { tierStructures(filter: { createdAt: { before: $at } }) { totalCount } }', { at: 'today' }, [['at']]],
    [
      'several at once',
      CREATE,
      { input: { name: 5, type: 'POINT_BALANCE', expiration: {}, tiers: [{ name: 'a', minPoints: 1.5 }] } },
      [['input', 'name'], ['input', 'expiration'], ['input', 'tiers', '0', 'minPoints']],
    ],
    // What looks like a path within a value is not taken for one.
    ['a value that looks like a path', CREATE, { input: { ...draft, type: '" at "input.name"; ' } }, [['input', 'type']]],
  ])('%s', async (_, document, variables, fields) => {
    const { status, data, errors } = await unchanged(server, () => cafe.send(document, variables));
    expect([status, data]).toEqual([400, null]);
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(fields.map(() => 'BAD_USER_INPUT'));
    expect(errors.map(({ extensions }) => extensions.field ?? []).sort()).toEqual([...fields].sort());
  });

  test('a flood of mistakes is not answered with a flood of errors', async () => {
    const tiers = Array.from({ length: 500 }, () => ({ name: 5, minPoints: 'x' }));
    const { status, errors } = await cafe.send(CREATE, { input: { ...draft, tiers } });
    expect([status, errors.length]).toEqual([400, 51]);
  });
});

describe('a fault of ours', () => {
  const ADDRESS = 'ada.lovelace@secret.example';
  const UPSERT = 'mutation($input: CustomerUpsertInput!) { customerUpsert(input: $input) { customer { id } userErrors { code } } }';
  // No id in hexadecimal can spell these by chance.
  const UPSERT_INPUT = { externalId: 'customer-lovelace', name: 'Augusta Lovelace', email: ADDRESS, metadata: { note: ADDRESS } };
  const CREATE = 'mutation($input: TierStructureCreateInput!) { tierStructureCreate(input: $input) { tierStructure { id } } }';
  const CREATE_INPUT = { name: ADDRESS, type: 'POINT_BALANCE', metadata: { note: ADDRESS } };

  /** Runs work while the table cannot be found: every statement on it fails in PostgreSQL. */
  async function without<Result>(table: string, work: () => Promise<Result>): Promise<Result> {
    const { pool } = server.database;
    await pool.query(`ALTER TABLE ${table} RENAME TO ${table}_away`);
    try {
      return await work();
    } finally {
      await pool.query(`ALTER TABLE ${table}_away RENAME TO ${table}`);
    }
  }

  test.each([
    ['a member command', 'customers', UPSERT, { input: UPSERT_INPUT }, 'customerUpsert'],
    ['what a member command writes', 'events', UPSERT, { input: UPSERT_INPUT }, 'customerUpsert'],
    ['a change of configuration', 'tier_structures', CREATE, { input: CREATE_INPUT }, 'tierStructureCreate'],
    ['what a change of configuration writes', 'activities', CREATE, { input: CREATE_INPUT }, 'tierStructureCreate'],
    ['a look-up', 'customers', 'query($by: CustomerReference!) { customer(by: $by) { id } }', { by: { externalId: ADDRESS } }, 'customer'],
    [
      'a list',
      'tier_structures',
      'query($filter: TierStructureFilter) { tierStructures(filter: $filter) { totalCount } }',
      { filter: { name: { contains: ADDRESS } } },
      'tierStructures',
    ],
  ])('in %s tells the client nothing but the id of the request, and changes nothing', async (_, table, document, variables, field) => {
    logLines.length = 0;
    const answer = await unchanged(server, () => without(table, () => operation(document, { variables })));
    expect(answer.errors).toEqual([
      {
        message: 'Something went wrong on our side. Tell us the request id.',
        locations: [expect.anything()],
        path: [field],
        extensions: { code: 'INTERNAL_SERVER_ERROR', documentation: '/docs/errors/INTERNAL_SERVER_ERROR', requestId: answer.requestId },
      },
    ]);
    expect(answer.text).not.toMatch(/lovelace|augusta|secret|select|insert|relation|_away|failed query/i);

    // The house is told what broke, under the same id, without the member's data.
    const logged = logLines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(logged.filter(({ level }) => level === 50)).toEqual([
      expect.objectContaining({ requestId: answer.requestId, msg: 'A resolver failed.', err: expect.anything() }),
    ]);
    expect(JSON.stringify(logged)).toContain('42P01');
    expect(logLines.join()).not.toMatch(/augusta|secret|lovelace/i);

    // It was that table and nothing else: put back, the same request succeeds.
    const again = await cafe.send(document, variables);
    expect(again.errors).toEqual([]);
    await server.database.pool.query('DELETE FROM customers');
  });

  test('when keys cannot be looked up, says that the service is not available, and logs why', async () => {
    const stranger = { authorization: 'Bearer somebody@secret.example' };
    const answer = await without('api_keys', () => post(JSON.stringify({ query: NAME }), stranger));
    expect([answer.status, answer.errors]).toEqual([
      503,
      [
        {
          message: 'The database cannot be reached. Try again later.',
          extensions: { code: 'UNAVAILABLE', documentation: '/docs/errors/UNAVAILABLE', requestId: answer.requestId },
        },
      ],
    ]);
    const logged = logLines.map((line) => JSON.parse(line) as Record<string, unknown>).filter(({ level }) => level === 50);
    expect(logged).toEqual([expect.objectContaining({ requestId: answer.requestId, msg: 'An API key could not be looked up.' })]);
    expect(logLines.join()).not.toContain('secret.example');
    expect((await post(JSON.stringify({ query: NAME }), stranger)).errors[0]!.extensions.code).toBe('UNAUTHENTICATED');
  });

  test("refused input is not logged either, whatever is in it", async () => {
    const wrong = { input: { ...UPSERT_INPUT, name: { of: ADDRESS }, email: 5 } };
    expect((await operation(UPSERT, { variables: wrong })).status).toBe(400);
    expect((await post(`{"query": "${ADDRESS}`)).status).toBe(400);
    expect((await request({ query: `?query=${ADDRESS}` })).status).toBe(400);
    expect(logLines).toHaveLength(3);
    expect(logLines.join()).not.toContain('secret.example');
  });

  test('every answered request is one line of JSON with its id', async () => {
    const { requestId } = await operation(NAME);
    expect(logLines.map((line) => JSON.parse(line) as unknown)).toEqual([
      expect.objectContaining({ level: 30, msg: 'answered', requestId, method: 'POST', route: '/v3/graphql', status: 200, latencyMs: expect.any(Number) }),
    ]);
  });
});

describe('what a page of another site could make a browser send', () => {
  test.each<[string, RequestInit & { readonly query?: string }]>([
    ['a plain GET', { query: `?query=${encodeURIComponent(NAME)}` }],
    ['a GET with credentials that a browser adds by itself', { query: `?query=${encodeURIComponent(NAME)}`, headers: { authorization: 'Basic YTpi' } }],
    ['a GET that asks for a page', { query: `?query=${encodeURIComponent(NAME)}`, headers: { accept: 'text/html' } }],
    ['a mutation by plain GET', { query: `?query=${encodeURIComponent(RENAME)}` }],
    ['JSON sent as plain text', { method: 'POST', body: JSON.stringify({ query: RENAME }), headers: { 'content-type': 'text/plain' } }],
    ['JSON sent as plain text in some encoding', { method: 'POST', body: JSON.stringify({ query: RENAME }), headers: { 'content-type': 'text/plain; charset=utf-8' } }],
    ['a form', { method: 'POST', body: `query=${encodeURIComponent(RENAME)}`, headers: { 'content-type': 'application/x-www-form-urlencoded' } }],
    ['a form in parts', { method: 'POST', body: `--x\r\n\r\n--x--`, headers: { 'content-type': 'multipart/form-data; boundary=x' } }],
  ])('%s is refused', async (_, init) => {
    // Without a key in a header, which no other site can set.
    const { status, errors, text } = await unchanged(server, () => request({ ...init, headers: { authorization: '', ...init.headers } }));
    expect([
      [400, 'BAD_REQUEST'],
      [415, 'UNSUPPORTED_MEDIA_TYPE'],
    ]).toContainEqual([status, errors[0]?.extensions.code]);
    expect(text).not.toContain('Café');
  });

  test('a query by GET is answered to who can set headers, a key among them; a mutation is not', async () => {
    const get = (document: string, headers: Record<string, string>) => request({ query: `?query=${encodeURIComponent(document)}`, headers });
    const { id } = (await cafe.run('{ apiKeys { nodes { id } } }')).apiKeys.nodes[0];
    const pair = { authorization: '', 'x-app-id': id, 'x-app-token': cafe.key! };
    for (const headers of [{}, pair, { ...pair, 'apollo-require-preflight': '1' }]) {
      const { status, text } = await get(NAME, headers);
      expect([status, JSON.parse(text).data]).toEqual([200, { workspace: { name: 'Café Aurora' } }]);
      const refused = await unchanged(server, () => get(RENAME, headers));
      expect([refused.status, refused.errors[0]!.extensions.code]).toEqual([405, 'METHOD_NOT_ALLOWED']);
    }
  });

  test('another site may not read answers; the hosted Sandbox may, where there are pages for people', async () => {
    const allowed = async (to: TestServer, origin: string) =>
      (await fetch(to.graphqlUrl, { method: 'POST', headers: { ...JSON_BODY, origin }, body: '{}' })).headers.get('access-control-allow-origin');
    const sandbox = 'https://studio.apollographql.com';
    expect([await allowed(open, sandbox), await allowed(open, 'https://evil.example')]).toEqual([sandbox, null]);
    expect([await allowed(server, sandbox), await allowed(server, 'https://evil.example')]).toEqual([null, null]);
  });
});

describe('pages for people and introspection', () => {
  const INTROSPECTION = '{ __schema { queryType { name } } __type(name: "Tier") { name } }';
  const MISSPELT = '{ workspac { name } }';

  test('where there are none, a stranger is told nothing, not even by hints', async () => {
    for (const authorization of ['', 'Bearer of nothing', 'Bearer vt_live_00000000000000000000000000000000']) {
      for (const document of [INTROSPECTION, MISSPELT, '{ __typename }', '{ workspace {']) {
        const { status, text, requestId } = await post(JSON.stringify({ query: document }), { authorization });
        const extensions = { code: 'UNAUTHENTICATED', documentation: '/docs/errors/UNAUTHENTICATED', requestId };
        expect([status, JSON.parse(text)]).toEqual([401, { errors: [{ message: 'Send a valid API key, as `Authorization: Bearer <key>`.', extensions }] }]);
      }
    }
    for (const path of ['/', '/explorer', '/explorer/']) {
      const response = await fetch(`${server.url}${path}`, { redirect: 'manual', headers: { accept: 'text/html' } });
      expect([path, response.status]).toEqual([path, 404]);
    }
  });

  test('where there are none, any valid key may read the schema, whatever it asked before a stranger', async () => {
    const reader = await cafe.succeed('apiKeyCreate', { name: 'Reader', scope: 'READ' }, 'secret');
    for (let round = 0; round < 2; round += 1) {
      const told = await cafe.withKey(reader.secret).send(INTROSPECTION);
      expect([told.status, told.data]).toEqual([200, { __schema: { queryType: { name: 'Query' } }, __type: { name: 'Tier' } }]);
      expect((await cafe.withKey(null).send(INTROSPECTION)).errors[0]!.extensions.code).toBe('UNAUTHENTICATED');
    }
    expect((await operation(MISSPELT)).errors[0]!.message).toContain('Did you mean "workspace"?');
    expect(JSON.parse((await operation('{ __typename workspace { __typename } }')).text).data).toEqual({
      __typename: 'Query',
      workspace: { __typename: 'Workspace' },
    });
  });

  test('where there are, the schema is told to anybody, and misspellings are explained', async () => {
    const told = await post(JSON.stringify({ query: INTROSPECTION }), { authorization: '' }, open);
    expect([told.status, JSON.parse(told.text)]).toEqual([200, { data: { __schema: { queryType: { name: 'Query' } }, __type: { name: 'Tier' } } }]);
    expect((await post(JSON.stringify({ query: MISSPELT }), {}, open)).errors[0]!.message).toContain('Did you mean "workspace"?');
    const page = await request({ headers: { accept: 'text/html' } }, open);
    expect([page.status, page.contentType]).toEqual([200, expect.stringContaining('text/html')]);
    expect(page.text).toContain('{ workspace { name } }');
  });

  test('data need a key in any case', async () => {
    const { status, errors } = await post(JSON.stringify({ query: NAME }), { authorization: '' }, open);
    expect([status, errors[0]!.extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
  });
});

describe('documents that would cost too much', () => {
  test('fragments that multiply are refused before anything is read', async () => {
    const levels = Array.from({ length: 30 }, (_, level) => `fragment F${level} on Tier { tierStructure { tiers { ...F${level + 1} ...F${level + 1} } } }`);
    const document = `{ node(id: "x") { ...F0 } } ${levels.join(' ')} fragment F30 on Tier { id }`;
    const started = performance.now();
    const { status, errors } = await operation(document);
    expect([status, errors.map(({ extensions }) => extensions.code)]).toEqual([400, ['DOCUMENT_LIMIT_EXCEEDED']]);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  test('fragments that go in circles are refused', async () => {
    const { status, errors } = await operation('{ workspace { ...A } } fragment A on Workspace { ...B } fragment B on Workspace { ...A }');
    expect([status, errors[0]!.extensions.code]).toEqual([400, 'GRAPHQL_VALIDATION_FAILED']);
  });
});

describe('several mutations in one request', () => {
  test('are carried out in order, and each sees what those before it did', async () => {
    const shop = await server.workspace();
    const cardDefinitionId = await buildCardDefinition(shop);
    const draft = { name: 'Draft', type: 'POINT_BALANCE', cardDefinitionId, tiers: [{ name: 'Basic', minPoints: 0 }] };
    const { tierStructure } = await shop.succeed('tierStructureCreate', draft, 'tierStructure { id tiers { id } }');
    const selection = 'id name version status tiers { name tierStructure { name version } } activities { nodes { action } }';
    const data = await shop.run(
      `mutation($id: ID!, $tierId: ID!) {
        first: tierStructureUpdate(input: { id: $id, name: "First" }) { tierStructure { ${selection} } }
        second: tierUpdate(input: { id: $tierId, name: "Entry" }) { tier { name tierStructure { ${selection} } } }
        third: tierStructureActivate(input: { id: $id }) { tierStructure { ${selection} } }
        refused: tierDelete(input: { id: $tierId }) { tierStructure { id } userErrors { code } }
      }`,
      { id: tierStructure.id, tierId: tierStructure.tiers[0].id },
    );
    const after = (version: number, status: string, tier: string, ...actions: string[]) => ({
      id: tierStructure.id,
      name: 'First',
      version,
      status,
      tiers: [{ name: tier, tierStructure: { name: 'First', version } }],
      activities: { nodes: [...actions, 'CREATED', 'CREATED'].map((action) => ({ action })) },
    });
    expect(data).toEqual({
      first: { tierStructure: after(2, 'DRAFT', 'Basic', 'UPDATED') },
      second: { tier: { name: 'Entry', tierStructure: after(3, 'DRAFT', 'Entry', 'UPDATED', 'UPDATED') } },
      third: { tierStructure: after(4, 'ACTIVE', 'Entry', 'ACTIVATED', 'UPDATED', 'UPDATED') },
      refused: { tierStructure: null, userErrors: [{ code: 'NOT_DRAFT' }] },
    });
  });

  test('of a customer too', async () => {
    const shop = await server.workspace();
    await buildProgram(shop);
    const standing = 'customer { name points tier { name } ledgerEntries { nodes { points } } tierTransitions { nodes { type } } }';
    const buy = (alias: string, amount: string) =>
      `${alias}: earn(input: { customer: { externalId: "ada" }, amount: "${amount}", currency: "USD" }) { ${standing} }`;
    const data = await shop.run(`mutation {
      joined: customerUpsert(input: { externalId: "ada", name: "Ada" }) { ${standing} }
      ${buy('first', '60.00')}
      ${buy('second', '60.00')}
      renamed: customerUpsert(input: { externalId: "ada", name: "Lady Ada" }) { ${standing} }
    }`);
    const customer = (name: string, points: number, tier: string, entries: number[], transitions: string[]) => ({
      customer: {
        name,
        points,
        tier: { name: tier },
        ledgerEntries: { nodes: entries.map((earned) => ({ points: earned })) },
        tierTransitions: { nodes: transitions.map((type) => ({ type })) },
      },
    });
    expect(data).toEqual({
      joined: customer('Ada', 0, 'Basic', [], ['JOINED']),
      first: customer('Ada', 60, 'Basic', [60], ['JOINED']),
      second: customer('Ada', 120, 'Silver', [60, 60], ['UPGRADED', 'JOINED']),
      renamed: customer('Lady Ada', 120, 'Silver', [60, 60], ['UPGRADED', 'JOINED']),
    });
  });

  test('a request that fails half way keeps what was done before', async () => {
    const shop = await server.workspace();
    const { data, errors } = await shop.send(`mutation {
      first: cardDefinitionCreate(input: { name: "Kept" }) { cardDefinition { name } }
      second: cardDefinitionCreate(input: { name: "" }) { cardDefinition { name } userErrors { code } }
    }`);
    expect([errors, data]).toEqual([
      [],
      { first: { cardDefinition: { name: 'Kept' } }, second: { cardDefinition: null, userErrors: [{ code: 'INVALID_NAME' }] } },
    ]);
    expect((await shop.run('{ cardDefinitions { nodes { name } } }')).cardDefinitions.nodes).toEqual([{ name: 'Kept' }]);
  });
});

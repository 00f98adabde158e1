/** REST as its users meet it: the published sample call, JSON at its edges, names of objects, and every refusal. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { request as httpRequest } from 'node:http';
import type { ApiClient } from '../support/client.ts';
import { buildCustomer, buildProgram } from '../support/program.ts';
import type { Program } from '../support/program.ts';
import { RestClient } from '../support/rest.ts';
import type { RestAnswer } from '../support/rest.ts';
import { startTestServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { unchanged } from '../support/unchanged.ts';

const NOW = '2026-04-12T18:42:11Z';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

let server: TestServer;
let admin: ApiClient;
let rest: RestClient;
let program: Program;
let ada: string;

beforeAll(async () => {
  server = await startTestServer();
  server.setNow(NOW);
  admin = await server.workspace({ clock: NOW });
  rest = new RestClient(server.url, admin.key);
  program = await buildProgram(admin, { structure: { tiers: { Premier: 0, Insider: 100 } } });
  ada = await buildCustomer(admin, 'ada', { name: 'Ada' });
});
afterAll(() => server.stop());

/** A customer of its own, for a test that counts points. */
let made = 0;
async function someone(): Promise<{ readonly id: string; readonly externalId: string }> {
  made += 1;
  const externalId = `someone-${made}`;
  return { id: await buildCustomer(admin, externalId), externalId };
}

async function pointsOf(id: string): Promise<number> {
  return (await rest.send('GET', `/v3/customers/${id}`)).body.points as number;
}

/** Asserts a refusal as RFC 9457 has it. */
function expectProblem({ status, headers, body }: RestAnswer, expected: { status: number; code: string; detail?: string; field?: string[] | null }): void {
  expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect({ status, code: body.code, field: body.field }).toEqual({ status: expected.status, code: expected.code, field: expected.field ?? null });
  if (expected.detail !== undefined) expect(body.detail).toBe(expected.detail);
  expect(body.status).toBe(status);
  expect(body.type).toBe(`/docs/errors/${expected.code}`);
  expect(body.title).toMatch(/^[A-Z]/);
  expect(body.request_id).toMatch(UUID);
  expect(headers.get('x-request-id')).toBe(body.request_id);
}

describe('the sample of the developers page', () => {
  const sample = (customer: string) => ({ customer, amount: 52.4, currency: 'USD', location: 'loc_mission_bay', idempotency_key: 'ord_4782' });

  test('is answered in its shape, and once', async () => {
    const { id, externalId } = await someone();
    const first = await rest.send('POST', '/v3/transactions', sample(id));
    expect(first.status).toBe(200);
    expect(first.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    const { customer, rewards } = first.body;
    expect(customer.tier).toBe('Premier');
    expect(customer.points).toBe(52);
    expect(rewards).toEqual([]);
    expect(first.body).toEqual({
      customer: {
        id,
        external_id: externalId,
        name: null,
        email: null,
        points: 52,
        tier: 'Premier',
        metadata: {},
        joined_at: '2026-04-12T18:42:11.000Z',
        created_at: '2026-04-12T18:42:11.000Z',
        updated_at: null,
        version: 1,
      },
      transaction: {
        id: expect.stringMatching(/^txn_/),
        customer_id: id,
        source: 'default',
        reference: null,
        amount: '52.40',
        currency: 'USD',
        location: 'loc_mission_bay',
        lines: [],
        occurred_at: '2026-04-12T18:42:11.000Z',
        recorded_at: '2026-04-12T18:42:11.000Z',
      },
      awards: [
        {
          points: 52,
          computed_points: 52,
          capped_by: null,
          activates_at: null,
          earn_rule_version_id: expect.stringMatching(/^rver_/),
          card_definition_id: program.cardDefinitionId,
          multiplier: '1',
          expires_at: null,
        },
      ],
      tier_transitions: [],
      duplicate: false,
      rewards: [],
      grants: [],
    });

    const again = await unchanged(server, () => rest.send('POST', '/v3/transactions', sample(id)));
    expect(again.status).toBe(200);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.body.transaction).toEqual(first.body.transaction);
    expect(await pointsOf(id)).toBe(52);
  });

  test('moves the customer up a tier, by name', async () => {
    const { id } = await someone();
    const { body } = await rest.send('POST', '/v3/transactions', { customer: { id }, amount: '120.00', currency: 'USD' });
    expect(body.customer).toMatchObject({ tier: 'Insider', points: 120 });
    expect(body.tier_transitions).toEqual([
      expect.objectContaining({ type: 'UPGRADED', from_tier: expect.objectContaining({ name: 'Premier' }), to_tier: expect.objectContaining({ name: 'Insider' }) }),
    ]);
  });
});

describe('numbers stay exact', () => {
  // As text, because no JavaScript number could be written so.
  test.each([
    ['52.40', '52.40'],
    ['"52.40"', '52.40'],
    ['52', '52.00'],
    ['5.24e1', '52.40'],
    ['0', '0.00'],
    ['-0.00', '0.00'],
    ['123456789012345.67', '123456789012345.67'],
  ])('an amount of %s', async (written, amount) => {
    const { id } = await someone();
    const { status, body } = await rest.send('POST', '/v3/transactions', `{"customer":"${id}","amount":${written},"currency":"USD","dry_run":false}`);
    expect([status, body.transaction?.amount]).toEqual([200, amount]);
  });

  test.each(['0.100000000000000001', '52.4000000000000001', '1e400', '1.00000000000000001e0', '1e-400'])('an amount of %s is not rounded to fit', async (written) => {
    const answer = await unchanged(server, () => rest.send('POST', '/v3/transactions', `{"customer":"${ada}","amount":${written},"currency":"USD"}`));
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(['INVALID_AMOUNT', 'BAD_USER_INPUT']).toContain(answer.body.code);
    expect(answer.body.field).toEqual(['amount']);
  });

  test('points beyond 2^53, as a number and as text', async () => {
    for (const written of ['9007199254740993', '"9007199254740993"']) {
      const { id } = await someone();
      const { body } = await rest.send('POST', '/v3/adjustments', `{"customer":"${id}","points":${written},"reason":"Large"}`);
      expect(body.customer.points).toBe('9007199254740993');
      expect(body.adjustment.points).toBe('9007199254740993');
    }
  });

  test('the same amount, written as a number or as text, is the same call', async () => {
    const { id } = await someone();
    const body = (amount: string) => `{"customer":"${id}","amount":${amount},"currency":"USD","idempotency_key":"exact-1"}`;
    expect((await rest.send('POST', '/v3/transactions', body('10.50'))).status).toBe(200);
    for (const amount of ['10.5', '"10.50"']) {
      const { status, headers } = await rest.send('POST', '/v3/transactions', body(amount));
      expect([amount, status, headers.get('idempotent-replayed')]).toEqual([amount, 200, 'true']);
    }
    expect(await pointsOf(id)).toBe(10);
  });
});

describe('your own data', () => {
  test('keep their keys, at any depth', async () => {
    const metadata = { favouriteColor: 'red', snake_case: 1, nested: { camelCase: [{ andSo: { on: 1.5 } }], '': null, constructor: 'x' } };
    const { body } = await rest.send('POST', '/v3/customers', { external_id: 'data', metadata });
    expect(body.metadata).toEqual(metadata);
    expect((await rest.send('GET', '/v3/customers/external_id:data')).body.metadata).toEqual(metadata);
  });

  test('never become the prototype of an object', async () => {
    const answer = await unchanged(server, () => rest.send('POST', '/v3/customers', '{"external_id":"proto","metadata":{"a":{"__proto__":{"x":1}}}}'));
    expectProblem(answer, { status: 400, code: 'BAD_USER_INPUT', field: ['metadata', 'a', '__proto__'] });
  });
});

describe('names of objects', () => {
  test('a customer, by our id and by yours', async () => {
    const byId = await rest.send('GET', `/v3/customers/${ada}`);
    expect(byId.body).toMatchObject({ id: ada, external_id: 'ada', name: 'Ada', tier: 'Premier' });
    expect((await rest.send('GET', '/v3/customers/external_id:ada')).body).toEqual(byId.body);
  });

  test('an id of yours with everything in it that an address has a use for', async () => {
    const externalId = 'a/b?c=d#e%20:ü😀';
    await buildCustomer(admin, externalId);
    const { status, body } = await rest.send('GET', `/v3/customers/${encodeURIComponent(`external_id:${externalId}`)}`);
    expect([status, body.external_id]).toEqual([200, externalId]);
    const long = 'x'.repeat(200);
    await buildCustomer(admin, long);
    expect((await rest.send('GET', `/v3/customers/external_id:${long}/ledger-entries`)).body).toEqual({ data: [], has_more: false, next_cursor: null });
  });

  test('a purchase and a spend, by your references', async () => {
    const { id } = await someone();
    const { body } = await rest.send('POST', '/v3/transactions', { customer: id, amount: 20, currency: 'USD', reference: 'ord:77' });
    expect((await rest.send('GET', '/v3/transactions/reference:ord:77')).body).toEqual(body.transaction);
    await rest.send('POST', '/v3/spends', { customer: id, points: 8, reference: 'spd_77' });
    const reversal = await rest.send('POST', '/v3/spends/reference:spd_77/reversals', { points: 3 });
    expect([reversal.status, reversal.body.spend_reversal.points, reversal.body.customer.points]).toEqual([200, 3, 15]);
    const refund = await rest.send('POST', '/v3/transactions/reference:ord:77/refunds', {});
    expect([refund.status, refund.body.refund.amount, refund.body.customer.points]).toEqual([200, '20.00', 0]);
  });

  test('an object of another kind is not there', async () => {
    for (const path of [`/v3/tiers/${ada}`, `/v3/operations/${ada}`, `/v3/ledger-entries/${ada}`, `/v3/tier-structures/${ada}`]) {
      expectProblem(await rest.send('GET', path), { status: 404, code: 'NOT_FOUND' });
    }
  });
});

test('a list is walked page by page, each item once', async () => {
  const shop = await server.workspace({ clock: NOW });
  for (const name of ['a', 'b', 'c', 'd', 'e']) await buildCustomer(shop, name);
  const client = new RestClient(server.url, shop.key);
  const seen: string[] = [];
  let path = '/v3/customers?limit=2';
  for (;;) {
    const { status, body } = await client.send('GET', path);
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(['data', 'has_more', 'next_cursor']);
    seen.push(...body.data.map((customer: { external_id: string }) => customer.external_id));
    expect(body.has_more).toBe(body.next_cursor !== null);
    if (!body.has_more) break;
    path = `/v3/customers?limit=2&cursor=${encodeURIComponent(body.next_cursor as string)}`;
  }
  expect(seen).toEqual(['e', 'd', 'c', 'b', 'a']);
});

describe('PUT /v3/tiers/rules', () => {
  test('publishes an audited revision of the rules', async () => {
    const shop = await server.workspace({ clock: NOW });
    const { tierStructureId, tierIds } = await buildProgram(shop, { structure: { tiers: { Premier: 0, Insider: 100 } } });
    const client = new RestClient(server.url, shop.key);
    const tiers = [
      { id: tierIds['Premier'], name: 'Premier', min_points: 0 },
      { id: tierIds['Insider'], name: 'Insider', min_points: 250 },
      { name: 'Icon', min_points: 1000 },
    ];
    const { status, body } = await client.send('PUT', '/v3/tiers/rules', { tiers });
    expect([status, body.id, body.revision, body.status]).toEqual([200, tierStructureId, 2, 'ACTIVE']);
    expect(body.tiers.map(({ name, min_points: minPoints }: { name: string; min_points: number }) => [name, minPoints])).toEqual([
      ['Premier', 0],
      ['Insider', 250],
      ['Icon', 1000],
    ]);
    const log = await client.send('GET', `/v3/tier-structures/${tierStructureId}/audit-log?limit=3`);
    expect(log.body.data.map(({ action, api }: { action: string; api: string }) => [action, api])).toEqual([
      ['CREATED', 'REST'],
      ['UPDATED', 'REST'],
      ['PUBLISHED', 'REST'],
    ]);
  });
});

describe('refusals', () => {
  const purchase = () => ({ customer: ada, amount: 1, currency: 'USD' });

  test.each([
    ['malformed JSON', '{"customer": ', 'BAD_REQUEST'],
    ['a word that is no JSON', 'NaN', 'BAD_REQUEST'],
    ['a key twice', '{"customer":"a","customer":"b"}', 'BAD_REQUEST'],
    ['a JSON text and more', '{} {}', 'BAD_REQUEST'],
    ['an array', '[]', 'BAD_USER_INPUT'],
    ['a string', '"customer"', 'BAD_USER_INPUT'],
    ['a number', '7', 'BAD_USER_INPUT'],
    ['null', 'null', 'BAD_USER_INPUT'],
  ])('a body that is %s', async (_what, body, code) => {
    const answer = await unchanged(server, () => rest.send('POST', '/v3/transactions', body));
    expectProblem(answer, { status: 400, code, field: code === 'BAD_USER_INPUT' ? [] : null });
  });

  test('a body that is not UTF-8', async () => {
    const bytes = Buffer.concat([Buffer.from('{"external_id":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]);
    const response = await fetch(`${server.url}/v3/customers`, {
      method: 'POST',
      headers: { authorization: `Bearer ${rest.key}`, 'content-type': 'application/json' },
      body: bytes,
    });
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([400, 'BAD_REQUEST']);
  });

  test('a body that is nested too deeply, and one that is too large', async () => {
    const deep = `{"external_id":"deep","metadata":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`;
    const answer = await unchanged(server, () => rest.send('POST', '/v3/customers', deep));
    expect(answer.status).toBe(400);
    expect(['BAD_REQUEST', 'INPUT_LIMIT_EXCEEDED']).toContain(answer.body.code);
    const large = await unchanged(server, () => rest.send('POST', '/v3/customers', { external_id: 'x'.repeat(1024 * 1024) }));
    expectProblem(large, { status: 413, code: 'PAYLOAD_TOO_LARGE', detail: 'A body has at most 1 MiB.' });
  });

  test.each([
    ['an unknown field', { more: 1 }, ['more'], 'There is no field `more` here.'],
    ['the name that GraphQL has for a field', { dryRun: true }, ['dryRun'], 'There is no field `dryRun` here.'],
    ['an unknown field deep inside', { lines: [{ amount: 1, colour: 'red' }] }, ['lines', '0', 'colour'], 'There is no field `lines.0.colour` here.'],
    ['a missing field deep inside', { lines: [{ sku: 'tea' }] }, ['lines', '0', 'amount'], '`lines.0.amount` is required.'],
    ['a list that is none', { lines: {} }, ['lines'], '`lines` must be an array.'],
    ['an object that is none', { lines: [7] }, ['lines', '0'], '`lines.0` must be a JSON object.'],
    ['a text that is none', { location: 5 }, ['location'], 'String cannot represent a non string value: 5'],
    ['an instant that is none', { occurred_at: 'yesterday' }, ['occurred_at'], undefined],
    ['a truth that is none', { dry_run: 'yes' }, ['dry_run'], 'Boolean cannot represent a non boolean value: "yes"'],
    ['a whole number that is none', { lines: [{ amount: 1, quantity: 1.5 }] }, ['lines', '0', 'quantity'], 'Int cannot represent non-integer value: 1.5'],
  ])('%s', async (_what, more, field, detail) => {
    const answer = await unchanged(server, () => rest.send('POST', '/v3/transactions', { ...purchase(), ...more }));
    expectProblem(answer, { status: 400, code: 'BAD_USER_INPUT', field, ...(detail === undefined ? {} : { detail }) });
  });

  test.each(['customer', 'amount', 'currency'] as const)('a purchase without %s', async (name) => {
    const { [name]: _left, ...body } = purchase();
    const answer = await unchanged(server, () => rest.send('POST', '/v3/transactions', body));
    expectProblem(answer, { status: 400, code: 'BAD_USER_INPUT', field: [name], detail: `\`${name}\` is required.` });
  });

  test('no body at all is a body without fields', async () => {
    expectProblem(await rest.send('POST', '/v3/transactions'), { status: 400, code: 'BAD_USER_INPUT', field: ['customer'] });
  });

  test('a field that the path has already', async () => {
    const answer = await unchanged(server, () => rest.send('POST', `/v3/api-keys/key_01h2xcejqtf2nbrexx3vqjhp41/rotate`, { id: 'key_01h2xcejqtf2nbrexx3vqjhp42' }));
    expectProblem(answer, { status: 400, code: 'BAD_USER_INPUT', field: ['id'], detail: 'There is no field `id` here.' });
  });

  test('every problem of a body is listed, with its place in it', async () => {
    const body = { name: '', type: 'POINT_EARNED', tiers: [{ name: '', min_points: -1 }] };
    const answer = await unchanged(server, () => rest.send('POST', '/v3/tier-structures', body));
    expect(answer.status).toBe(422);
    expect(answer.body.errors.map(({ code, field }: { code: string; field: string[] }) => [code, ...field])).toEqual([
      ['INVALID_NAME', 'name'],
      ['INVALID_POINT_EARNED', 'point_earned'],
      ['INVALID_NAME', 'tiers', '0', 'name'],
      ['INVALID_RANGE', 'tiers', '0', 'min_points'],
    ]);
    expect([answer.body.code, answer.body.field]).toEqual(['INVALID_NAME', ['name']]);
  });

  test('too few points: how many there are stands beside the code', async () => {
    const answer = await unchanged(server, () => rest.send('POST', '/v3/spends', { customer: ada, points: 1_000_000 }));
    expectProblem(answer, { status: 422, code: 'INSUFFICIENT_POINTS', field: ['points'] });
    expect(answer.body.errors).toEqual([{ code: 'INSUFFICIENT_POINTS', message: answer.body.detail, field: ['points'], available: 0 }]);
  });

  test('another content type', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/xml', 'multipart/form-data']) {
      const answer = await unchanged(server, () => rest.send('POST', '/v3/transactions', JSON.stringify(purchase()), { 'content-type': type }));
      expectProblem(answer, { status: 415, code: 'UNSUPPORTED_MEDIA_TYPE' });
    }
  });

  test.each([
    ['PUT', '/v3/transactions', 'POST'],
    ['GET', '/v3/transactions', 'POST'],
    ['POST', '/v3/customers/external_id:ada', 'GET, HEAD'],
    ['PATCH', '/v3/tiers/rules', 'PUT'],
    ['PUT', '/v3/tier-structures', 'GET, HEAD, POST'],
    ['OPTIONS', '/v3/customers', 'GET, HEAD, POST'],
  ])('%s %s', async (method, path, allow) => {
    const answer = await rest.send(method, path, method === 'GET' || method === 'OPTIONS' ? undefined : {});
    expectProblem(answer, { status: 405, code: 'METHOD_NOT_ALLOWED', detail: `This address takes ${allow}.` });
    expect(answer.headers.get('allow')).toBe(allow);
  });

  test.each(['/v3', '/v3/', '/v3/nothing', '/v3/customers/a/b', '/v3/journeys/jrn_1/enroll'])('nothing is at %s', async (path) => {
    expectProblem(await rest.send('GET', path), { status: 404, code: 'NOT_FOUND', detail: 'There is nothing at this address.' });
  });

  test('an address that cannot be decoded', async () => {
    const { status, headers, text } = await new Promise<{ status: number; headers: Headers; text: string }>((resolve, reject) => {
      // A client that would decode the path itself would not send it.
      httpRequest(`${server.url}/v3/customers/%ZZ`, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode!, headers: new Headers(response.headers as Record<string, string>), text: Buffer.concat(chunks).toString() }),
        );
      })
        .on('error', reject)
        .end();
    });
    expectProblem({ status, headers, text, body: JSON.parse(text) }, { status: 400, code: 'BAD_REQUEST', detail: 'The address cannot be read.' });
  });

  test('a parameter twice, of the wrong type, or unknown', async () => {
    for (const [query, field] of [
      ['limit=1&limit=2', 'limit'],
      ['limit=many', 'limit'],
      ['limit=1.5', 'limit'],
      ['first=1', 'first'],
      ['__proto__=1', '__proto__'],
    ] as const) {
      expectProblem(await rest.send('GET', `/v3/customers?${query}`), { status: 400, code: 'BAD_USER_INPUT', field: [field] });
    }
  });

  test('without a key nothing is said but that', async () => {
    const stranger = new RestClient(server.url, null);
    for (const [method, path, body] of [
      ['GET', '/v3/customers?first=1', undefined],
      ['POST', '/v3/transactions', '{"nonsense":1}'],
    ] as const) {
      expectProblem(await stranger.send(method, path, body), { status: 401, code: 'UNAUTHENTICATED' });
    }
  });

  test("another workspace's objects are not there", async () => {
    const other = new RestClient(server.url, (await server.workspace()).key);
    expectProblem(await other.send('GET', `/v3/customers/${ada}`), { status: 404, code: 'NOT_FOUND' });
    const earned = await unchanged(server, () => other.send('POST', '/v3/transactions', purchase()));
    expectProblem(earned, { status: 404, code: 'CUSTOMER_NOT_FOUND', field: ['customer'] });
  });

  test('an idempotency key that was used for something else, in either place', async () => {
    const { id } = await someone();
    const key = { 'idempotency-key': '"rest-key-1"' };
    expect((await rest.send('POST', '/v3/transactions', { customer: id, amount: 1, currency: 'USD' }, key)).status).toBe(200);
    const header = await unchanged(server, () => rest.send('POST', '/v3/transactions', { customer: id, amount: 2, currency: 'USD' }, key));
    expectProblem(header, { status: 422, code: 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH', field: header.body.field });
    const both = await unchanged(server, () =>
      rest.send('POST', '/v3/transactions', { customer: id, amount: 1, currency: 'USD', idempotency_key: 'rest-key-2' }, key),
    );
    expectProblem(both, { status: 400, code: 'IDEMPOTENCY_KEY_CONFLICT', field: both.body.field });
    expect(await pointsOf(id)).toBe(1);
  });
});

test('HEAD answers as GET does, without a body', async () => {
  const answer = await rest.send('HEAD', `/v3/customers/${ada}`);
  expect([answer.status, answer.text]).toEqual([200, '']);
});

test('limits are written into the headers of every answer that has a key', async () => {
  for (const path of [`/v3/customers/${ada}`, '/v3/customers/nobody']) {
    const { headers } = await rest.send('GET', path);
    expect(headers.get('ratelimit')).toMatch(/;r=\d+/);
    expect(headers.get('ratelimit-policy')).toMatch(/;q=\d+/);
  }
});

describe('the reference', () => {
  test('is public, and says what this server serves', async () => {
    const stranger = new RestClient(server.url, null);
    const openApi = await stranger.send('GET', '/v3/openapi.json');
    expect([openApi.status, openApi.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
    expect(openApi.body.openapi).toBe('3.1.0');
    expect(openApi.body.paths['/v3/transactions'].post.operationId).toBe('transactionCreate');
    const postman = await stranger.send('GET', '/docs/api/postman.json');
    expect(postman.body.info.schema).toContain('collection/v2.1.0');
  });

  test('as a page holds itself to this server', async () => {
    const page = await fetch(`${server.url}/docs/api`);
    const html = await page.text();
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.headers.get('content-security-policy')).not.toMatch(/script-src[^;]*unsafe/);
    expect(html).not.toMatch(/https?:\/\//);
    const assets = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path!);
    expect(assets).toHaveLength(4);
    for (const path of assets) {
      const asset = await fetch(`${server.url}${path}`);
      expect([path, asset.status, asset.headers.get('cache-control')]).toEqual([path, 200, 'public, max-age=31536000, immutable']);
      await asset.arrayBuffer();
    }
  });

  test('has nothing of its package but what the page needs', async () => {
    const html = await (await fetch(`${server.url}/docs/api`)).text();
    const folder = /href="(.*\/)swagger-ui\.css"/.exec(html)![1]!;
    for (const name of ['package.json', 'index.html', 'swagger-ui-bundle.js.map', '../package.json', '..%2fpackage.json', '']) {
      expect([name, (await fetch(`${server.url}${folder}${name}`)).status]).toEqual([name, 404]);
    }
  });
});

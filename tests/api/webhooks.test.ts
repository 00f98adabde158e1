/** Webhook endpoints as they are configured: what is refused, what is shown, and what the database does not know. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { CUSTOM_HEADERS_MAX, ENDPOINTS_MAX } from '../../src/domain/webhooks.ts';
import type { ApiClient } from '../support/client.ts';
import { startTestServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { codesOf, problemsOf, unchanged } from '../support/unchanged.ts';

let server: TestServer;
let admin: ApiClient;
const seen = new Set<string>();

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  admin = await server.workspace();
});

const URL = 'https://example.com/hook';
const ENDPOINT = `id url description eventTypes filter customHeaderNames ratePerSecond ordered status statusReason secretCreatedAt previousSecretExpiresAt
  health { failures failingSince pausedUntil disablesAt } metadata version createdAt updatedAt`;

async function create(more: Record<string, unknown> = {}, client = admin) {
  const created = await client.succeed('webhookEndpointCreate', { url: URL, ...more }, `webhookEndpoint { ${ENDPOINT} } secret`);
  return { ...created.webhookEndpoint, secret: created.secret as string };
}

async function refusal(field: string, input: Record<string, unknown>, selection = 'webhookEndpoint { id }', client = admin): Promise<string[]> {
  const payload = await unchanged(server, () => client.mutate(field, input, selection));
  for (const { code } of payload.userErrors) seen.add(code as string);
  return problemsOf(payload);
}

test('an endpoint is shown as it was made, its secret once', async () => {
  const { secret, ...made } = await create({ description: 'Till', eventTypes: ['customer.*', 'points.earned'], filter: 'data.points > 1', customHeaders: [{ name: 'X-Token', value: 'hidden-value' }], ratePerSecond: 7, ordered: true, metadata: { team: 'north' } });
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(made).toEqual({
    id: expect.stringMatching(/^whep_/),
    url: URL,
    description: 'Till',
    eventTypes: ['customer.*', 'points.earned'],
    filter: 'data.points > 1',
    customHeaderNames: ['X-Token'],
    ratePerSecond: 7,
    ordered: true,
    status: 'ENABLED',
    statusReason: null,
    secretCreatedAt: made.createdAt,
    previousSecretExpiresAt: null,
    health: { failures: 0, failingSince: null, pausedUntil: null, disablesAt: null },
    metadata: { team: 'north' },
    version: 1,
    createdAt: expect.anything(),
    updatedAt: null,
  });
  const { webhookEndpoint, webhookEndpoints } = await admin.run(`query($id: ID!) { webhookEndpoint(id: $id) { ${ENDPOINT} } webhookEndpoints { nodes { ${ENDPOINT} } } }`, { id: made.id });
  expect(webhookEndpoint).toEqual(made);
  expect(webhookEndpoints.nodes).toEqual([made]);
});

test('neither its secrets nor the values of its headers are anywhere in the database', async () => {
  const { id, secret } = await create({ customHeaders: [{ name: 'Authorization', value: 'Bearer hidden-value' }] });
  const { secret: rotated } = await admin.succeed('webhookEndpointSecretRotate', { id }, 'secret');
  const { rows: tables } = await server.database.pool.query<{ name: string }>("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'");
  const needles = [secret, rotated, 'hidden-value'].flatMap((text: string) => [text, Buffer.from(text).toString('hex'), text.replace('whsec_', '')]);
  for (const { name } of tables) {
    const { rows } = await server.database.pool.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
    for (const { row } of rows) expect(needles.filter((needle) => row.includes(needle))).toEqual([]);
  }
});

test('a repeated call makes nothing twice and shows no secret again', async () => {
  const input = { url: URL, idempotencyKey: 'endpoint-1' };
  const first = await admin.succeed('webhookEndpointCreate', input, `webhookEndpoint { ${ENDPOINT} } secret`);
  const again = await unchanged(server, () => admin.mutate('webhookEndpointCreate', input, `webhookEndpoint { ${ENDPOINT} } secret`));
  expect(again).toEqual({ webhookEndpoint: first.webhookEndpoint, secret: null, userErrors: [] });
  expect(await refusal('webhookEndpointCreate', { ...input, url: `${URL}2` })).toEqual(['IDEMPOTENCY_KEY_PARAMETER_MISMATCH idempotencyKey']);
  expect(await refusal('webhookEndpointCreate', { url: URL, idempotencyKey: '' })).toEqual(['INVALID_IDEMPOTENCY_KEY idempotencyKey']);
});

describe('what is wrong in itself is refused, and changes nothing', () => {
  test.each([
    ['no address', { url: 'example.com' }, 'INVALID_URL url'],
    ['a password', { url: 'https://user:password@example.com/' }, 'INVALID_URL url'],
    ['a fragment', { url: 'https://example.com/#here' }, 'INVALID_URL url'],
    ['another scheme', { url: 'ftp://example.com/' }, 'INVALID_URL url'],
    ['an address that is too long', { url: `https://example.com/${'x'.repeat(2_000)}` }, 'INVALID_URL url'],
    ['a private network', { url: 'https://192.168.0.1/' }, 'DESTINATION_NOT_ALLOWED url'],
    ['a port that is not for the web', { url: 'https://example.com:22/' }, 'DESTINATION_NOT_ALLOWED url'],
    ['an empty description', { description: ' ' }, 'INVALID_DESCRIPTION description'],
    ['no types', { eventTypes: [] }, 'INVALID_EVENT_TYPE eventTypes'],
    ['a type that is none', { eventTypes: ['customer.created', 'customer.dreamt'] }, 'INVALID_EVENT_TYPE eventTypes 1'],
    ['a pattern that names nothing', { eventTypes: ['cust*'] }, 'INVALID_EVENT_TYPE eventTypes 0'],
    ['a filter that does not compile', { filter: 'data.points >' }, 'INVALID_CONDITION filter'],
    ['a filter over something else', { filter: 'customer.points > 1' }, 'INVALID_CONDITION filter'],
    ['a filter with a pattern that is none of RE2', { filter: 'data.name.matches("(?=a)")' }, 'INVALID_CONDITION filter'],
    ['a filter with lists three deep', { filter: 'data.a.all(x, data.b.all(y, data.c.all(z, z == x + y)))' }, 'INVALID_CONDITION filter'],
    ['a filter that answers no yes or no', { filter: '"yes"' }, 'INVALID_CONDITION filter'],
    ['a header of the connection', { customHeaders: [{ name: 'Transfer-Encoding', value: 'chunked' }] }, 'INVALID_HEADER customHeaders 0 name'],
    ['a header of ours', { customHeaders: [{ name: 'Webhook-Signature', value: 'v1,x' }] }, 'INVALID_HEADER customHeaders 0 name'],
    ['a header that is no token', { customHeaders: [{ name: 'X Y', value: '1' }] }, 'INVALID_HEADER customHeaders 0 name'],
    ['a header with a line break', { customHeaders: [{ name: 'X-Y', value: '1\r\nHost: evil' }] }, 'INVALID_HEADER customHeaders 0 value'],
    ['a header twice', { customHeaders: [{ name: 'X-Y', value: '1' }, { name: 'x-y', value: '2' }] }, 'INVALID_HEADER customHeaders 1 name'],
    ['too many headers', { customHeaders: Array.from({ length: CUSTOM_HEADERS_MAX + 1 }, (_, index) => ({ name: `X-${index}`, value: '1' })) }, 'INVALID_HEADER customHeaders'],
    ['a rate of nothing', { ratePerSecond: 0 }, 'INVALID_RATE_LIMIT ratePerSecond'],
    ['too much metadata', { metadata: { text: 'x'.repeat(11_000) } }, 'INVALID_METADATA metadata'],
  ])('%s', async (_, input, problem) => {
    expect(await refusal('webhookEndpointCreate', { url: URL, ...input })).toEqual([problem]);
    const { id } = await create();
    expect(await refusal('webhookEndpointUpdate', { id, ...input })).toEqual([problem]);
  });

  test('everything at once', async () => {
    const input = { url: 'x', description: '', eventTypes: [], filter: '1', ratePerSecond: -1 };
    expect((await refusal('webhookEndpointCreate', input)).map((each) => each.split(' ')[0])).toEqual([
      'INVALID_URL', 'INVALID_DESCRIPTION', 'INVALID_EVENT_TYPE', 'INVALID_CONDITION', 'INVALID_RATE_LIMIT',
    ]);
  });

  test('an unencrypted address, in a live workspace and there alone; this machine, unless the server says so', async () => {
    await create({ url: 'http://example.com/hook' });
    const live = await server.workspace({ mode: 'LIVE' });
    expect(await refusal('webhookEndpointCreate', { url: 'http://example.com/hook' }, 'webhookEndpoint { id }', live)).toEqual(['DESTINATION_NOT_ALLOWED url']);
    await create({ url: 'http://127.0.0.1:3000/hook' });
    expect(await refusal('webhookEndpointCreate', { url: 'https://127.0.0.1/hook' }, 'webhookEndpoint { id }', live)).toEqual(['DESTINATION_NOT_ALLOWED url']);
    const strict = await startTestServer({ beside: server, webhooksAllowLoopback: false });
    const client = await strict.workspace();
    expect(await refusal('webhookEndpointCreate', { url: 'http://127.0.0.1:3000/hook' }, 'webhookEndpoint { id }', client)).toEqual(['DESTINATION_NOT_ALLOWED url']);
    await strict.stop();
  });
});

test('an endpoint is changed field by field, and null takes away what can be without', async () => {
  const { id, secret: _, ...made } = await create({ description: 'Till', filter: 'true', ratePerSecond: 5, customHeaders: [{ name: 'X-Y', value: '1' }] });
  const update = async (input: Record<string, unknown>) => (await admin.succeed('webhookEndpointUpdate', { id, ...input }, `webhookEndpoint { ${ENDPOINT} }`)).webhookEndpoint;
  const unlike = { version: expect.anything(), updatedAt: expect.anything() };
  expect(await update({ eventTypes: ['points.*'], version: 1 })).toEqual({ ...made, id, eventTypes: ['points.*'], ...unlike, version: 2 });
  expect(await update({ description: null, filter: null, ratePerSecond: null, customHeaders: [] })).toEqual({
    ...made, id, eventTypes: ['points.*'], description: null, filter: null, ratePerSecond: null, customHeaderNames: [], ...unlike, version: 3,
  });
  expect(await refusal('webhookEndpointUpdate', { id, description: 'Late', version: 1 })).toEqual(['VERSION_CONFLICT version']);
});

test('steps lead from one status to another, and no further', async () => {
  const { id } = await create();
  const step = async (field: string) => (await admin.succeed(field, { id }, 'webhookEndpoint { status statusReason }')).webhookEndpoint;
  expect(await refusal('webhookEndpointEnable', { id })).toEqual(['INVALID_STATUS id']);
  expect(await step('webhookEndpointPause')).toEqual({ status: 'PAUSED', statusReason: 'REQUESTED' });
  expect(await refusal('webhookEndpointPause', { id })).toEqual(['INVALID_STATUS id']);
  expect(await refusal('webhookEndpointReplay', { id, from: new Date().toISOString() }, 'webhookReplay { id }')).toEqual(['INVALID_STATUS id']);
  expect(await step('webhookEndpointEnable')).toEqual({ status: 'ENABLED', statusReason: null });
  expect(await refusal('webhookEndpointSecretRotate', { id, overlapHours: 169 })).toEqual(['INVALID_OVERLAP overlapHours']);
  expect(await step('webhookEndpointDelete')).toEqual({ status: 'DELETED', statusReason: 'REQUESTED' });
  for (const field of ['Pause', 'Enable', 'Delete', 'Update', 'SecretRotate']) expect(await refusal(`webhookEndpoint${field}`, { id })).toEqual(['INVALID_STATUS id']);
  expect(await refusal('webhookEndpointTest', { id, eventType: 'customer.created' }, 'webhookDelivery { id }')).toEqual(['NOT_FOUND id']);
  expect((await admin.run('{ webhookEndpoints { nodes { id } } }')).webhookEndpoints.nodes).toEqual([]);
  expect((await admin.run('query($id: ID!) { webhookEndpoint(id: $id) { status } }', { id })).webhookEndpoint).toEqual({ status: 'DELETED' });
});

test('what is not there, and what is too much', async () => {
  const unknown = 'whep_01h2xcejqtf2nbrexx3vqjhp41';
  for (const field of ['Pause', 'Enable', 'Delete', 'Update', 'SecretRotate']) expect(await refusal(`webhookEndpoint${field}`, { id: unknown })).toEqual(['NOT_FOUND id']);
  expect(await refusal('webhookDeliveryReplay', { id: 'whdl_01h2xcejqtf2nbrexx3vqjhp41' }, 'webhookDelivery { id }')).toEqual(['NOT_FOUND id']);
  const { id } = await create();
  const now = Date.now();
  const range = (from: number, to: number) => refusal('webhookEndpointReplay', { id, from: new Date(from).toISOString(), to: new Date(to).toISOString() }, 'webhookReplay { id }');
  expect(await range(now - 8 * 86_400_000, now)).toEqual(['INVALID_REPLAY_RANGE from']);
  expect(await range(now, now)).toEqual(['INVALID_REPLAY_RANGE to']);
  for (let count = 1; count < ENDPOINTS_MAX; count += 1) await create();
  expect(await refusal('webhookEndpointCreate', { url: URL })).toEqual(['TOO_MANY']);
  for (let count = 0; count < 10; count += 1) await admin.succeed('webhookEndpointReplay', { id, from: new Date(now).toISOString() }, 'webhookReplay { id }');
  expect(await refusal('webhookEndpointReplay', { id, from: new Date(now).toISOString() }, 'webhookReplay { id }')).toEqual(['TOO_MANY id']);
});

test('every code of the contract was met', () => {
  expect([...seen].sort()).toEqual(codesOf('WebhookErrorCode'));
});

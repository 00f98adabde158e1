/** The keys with which workspaces sign: how they come, change and are published, and what a signature is worth. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { CompactSign, compactVerify, createLocalJWKSet, exportJWK, generateKeyPair } from 'jose';
import { SIGNING_KEYS_MAX } from '../../src/domain/signing-keys.ts';
import { fromPublicId, newId, toPublicId } from '../../src/platform/ids.ts';
import { ApiClient } from '../support/client.ts';
import { createKey } from '../support/keys.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';
import { unchanged } from '../support/unchanged.ts';

const TYPE = 'test+jws';
const KEY = 'id publicJwk createdAt retiredAt';
const STATEMENT = { says: 'Ada has 100 points', ünïcödé: ['✓', null, 1.5] };

let server: TestServer;
/** Another process on the same database. */
let second: TestServer;
let cafe: ApiClient;
let shop: ApiClient;
let cafeId: string;
let shopId: string;

beforeAll(async () => {
  server = await startTestServer();
  second = await startTestServer({ beside: server });
});
afterAll(async () => {
  await second.stop();
  await server.stop();
});
beforeEach(async () => {
  [cafe, shop] = [await server.workspace({ name: 'Café' }), await server.workspace({ name: 'Shop' })];
  [cafeId, shopId] = [await idOf(cafe), await idOf(shop)];
});

async function idOf(client: ApiClient): Promise<string> {
  return fromPublicId('Workspace', (await client.run('{ workspace { id } }')).workspace.id) ?? '';
}

const keySetUrl = (workspaceId: string, at = server) => `${at.url}/v3/workspaces/${toPublicId('Workspace', workspaceId)}/jwks.json`;
async function keySet(workspaceId: string, at = server): Promise<{ keys: Record<string, string>[] }> {
  return (await (await fetch(keySetUrl(workspaceId, at))).json()) as { keys: Record<string, string>[] };
}

const listed = async (client: ApiClient) => (await client.run(`{ signingKeys { nodes { ${KEY} } } }`)).signingKeys.nodes;
const rotate = (client: ApiClient, input: Record<string, unknown> = {}) =>
  client.succeed('signingKeyRotate', input, `signingKey { ${KEY} } replacedSigningKey { ${KEY} }`);
const headerOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as Record<string, string>;

describe('what a workspace signs', () => {
  test('is verified from its key set alone, by a library that knows nothing else', async () => {
    const token = await server.signer.sign(cafeId, TYPE, STATEMENT);
    expect(headerOf(token)).toEqual({ alg: 'EdDSA', kid: expect.stringMatching(/^skey_/), typ: TYPE });
    const { payload } = await compactVerify(token, createLocalJWKSet(await keySet(cafeId)));
    expect(JSON.parse(new TextDecoder().decode(payload))).toEqual(STATEMENT);
    expect(await second.signer.verify(cafeId, TYPE, token)).toEqual({ payload: STATEMENT, keyId: headerOf(token)['kid'] });
  });

  test('is not taken for what it is not', async () => {
    const token = await server.signer.sign(cafeId, TYPE, STATEMENT);
    const [header = '', payload = '', signature = ''] = token.split('.');
    const other = await server.signer.sign(cafeId, TYPE, { says: 'Bob has 100 points' });
    const stranger = await server.signer.sign(shopId, TYPE, STATEMENT);
    const own = await generateKeyPair('Ed25519', { extractable: true });
    const forge = (head: Record<string, unknown>) =>
      new CompactSign(new TextEncoder().encode(JSON.stringify(STATEMENT))).setProtectedHeader({ alg: 'EdDSA', typ: TYPE, ...head }).sign(own.privateKey);
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const forged: Record<string, string> = {
      'another payload': [header, other.split('.')[1], signature].join('.'),
      'another signature': [header, payload, other.split('.')[2]].join('.'),
      'no signature': `${header}.${payload}.`,
      'unsecured': `${encode({ alg: 'none', kid: headerOf(token)['kid'], typ: TYPE })}.${payload}.`,
      'a signature of another workspace': stranger,
      'a key of its own under our name': await forge({ kid: headerOf(token)['kid'] }),
      'a key of its own under its name': await forge({ kid: 'skey_01h2xcejqtf2nbrexx3vqjhp41' }),
      'a key of its own in the header': await forge({ kid: headerOf(token)['kid'], jwk: await exportJWK(own.publicKey) }),
      'no key': await forge({}),
      'too long': await server.signer.sign(cafeId, TYPE, { text: 'x'.repeat(16_384) }),
      'no statement but a text': await server.signer.sign(cafeId, TYPE, 'text' as never),
      'nothing': '',
      'no token': 'a.b.c',
    };
    const taken: string[] = [];
    for (const [name, each] of Object.entries(forged)) if ((await server.signer.verify(cafeId, TYPE, each)) !== null) taken.push(name);
    expect(taken).toEqual([]);
    expect(await server.signer.verify(cafeId, 'other+jws', token)).toBeNull();
    expect(await server.signer.verify(shopId, TYPE, token)).toBeNull();
    expect(await server.signer.verify(cafeId, TYPE, token)).not.toBeNull();
  });
});

describe('the first key', () => {
  test('is made once, by whatever many processes need it at the same time', async () => {
    const signers = Array.from({ length: 20 }, (_, number) => (number % 2 === 0 ? server.signer : second.signer));
    const tokens = await Promise.all(signers.map((signer) => signer.sign(cafeId, TYPE, STATEMENT)));
    const keys = await listed(cafe);
    expect(keys).toHaveLength(1);
    expect(new Set(tokens.map((token) => headerOf(token)['kid']))).toEqual(new Set([keys[0].id]));
    const { activities } = await cafe.run(`{ activities(filter: { subjectType: { is: SIGNING_KEY } }) { nodes { action subjectId api apiKeyId } } }`);
    expect(activities.nodes).toEqual([{ action: 'CREATED', subjectId: keys[0].id, api: 'SYSTEM', apiKeyId: null }]);
    const { rows } = await server.database.pool.query("SELECT type FROM events WHERE workspace_id = $1 AND type LIKE 'signing_key.%'", [cafeId]);
    expect(rows).toEqual([{ type: 'signing_key.created' }]);
  });

  test('is not made by asking for it', async () => {
    expect(await unchanged(server, () => keySet(cafeId))).toEqual({ keys: [] });
    expect(await listed(cafe)).toEqual([]);
  });
});

describe('a rotation', () => {
  test('lets a new key sign; what the old one signed stays good, and its private half is gone', async () => {
    const before = await server.signer.sign(cafeId, TYPE, STATEMENT);
    const { signingKey, replacedSigningKey } = await rotate(cafe);
    expect(signingKey).toMatchObject({ retiredAt: null });
    expect(replacedSigningKey).toMatchObject({ id: headerOf(before)['kid'], retiredAt: signingKey.createdAt });
    expect(await listed(cafe)).toEqual([signingKey, replacedSigningKey]);

    const after = await server.signer.sign(cafeId, TYPE, STATEMENT);
    expect(headerOf(after)['kid']).toBe(signingKey.id);
    const keys = await keySet(cafeId, second);
    expect(keys.keys).toEqual([signingKey.publicJwk, replacedSigningKey.publicJwk]);
    for (const token of [before, after]) {
      await compactVerify(token, createLocalJWKSet(keys));
      expect(await second.signer.verify(cafeId, TYPE, token)).not.toBeNull();
    }
    const { rows } = await server.database.pool.query(
      'SELECT sealed_private_key IS NULL AS gone FROM signing_keys WHERE workspace_id = $1 ORDER BY id',
      [cafeId],
    );
    expect(rows).toEqual([{ gone: true }, { gone: false }]);
  });

  test('makes the first key of a workspace that has none', async () => {
    const { signingKey, replacedSigningKey } = await rotate(cafe);
    expect(replacedSigningKey).toBeNull();
    expect(headerOf(await server.signer.sign(cafeId, TYPE, STATEMENT))['kid']).toBe(signingKey.id);
  });

  test('happens once under one idempotency key, and ten at once come one after the other', async () => {
    const first = await rotate(cafe, { idempotencyKey: 'once' });
    expect(await unchanged(server, () => rotate(cafe, { idempotencyKey: 'once' }))).toEqual(first);
    await Promise.all(Array.from({ length: 10 }, (_, number) => rotate(new ApiClient((number % 2 === 0 ? server : second).graphqlUrl, cafe.key))));
    const keys = (await cafe.run('{ signingKeys(first: 100) { nodes { id retiredAt } } }')).signingKeys.nodes;
    expect(keys).toHaveLength(11);
    expect(keys.filter(({ retiredAt }: { retiredAt: string | null }) => retiredAt === null)).toHaveLength(1);
  });

  test('is refused to whoever may not, and beyond the limit', async () => {
    const till = await createKey(cafe, 'WRITE');
    const answer = await till.client.send('mutation { signingKeyRotate(input: {}) { signingKey { id } } }');
    expect(answer.errors[0]?.extensions.code).toBe('FORBIDDEN');
    await server.database.pool.query(
      `INSERT INTO signing_keys (workspace_id, id, public_jwk, created_at, retired_at)
       SELECT $1, gen_random_uuid(), jsonb_build_object('kid', n), now(), now() FROM generate_series(1, $2) n`,
      [cafeId, SIGNING_KEYS_MAX],
    );
    const refusal = await unchanged(server, () => cafe.mutate('signingKeyRotate', {}, 'signingKey { id } replacedSigningKey { id }'));
    expect(refusal).toMatchObject({ signingKey: null, replacedSigningKey: null, userErrors: [{ code: 'TOO_MANY_SIGNING_KEYS', field: null }] });
  });
});

describe('the key set', () => {
  test('needs no key, may be cached and read by programs in browsers', async () => {
    const { signingKey } = await rotate(cafe);
    const answer = await fetch(keySetUrl(cafeId));
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/jwk-set+json',
      'cache-control': 'public, max-age=60',
      'access-control-allow-origin': '*',
      'x-request-id': expect.any(String),
    });
    expect(await answer.json()).toEqual({ keys: [{ kty: 'OKP', crv: 'Ed25519', x: expect.any(String), use: 'sig', alg: 'EdDSA', kid: signingKey.id }] });
    const again = await fetch(keySetUrl(cafeId), { headers: { 'if-none-match': answer.headers.get('etag') ?? '' } });
    expect([again.status, await again.text()]).toEqual([304, '']);
    const post = await fetch(keySetUrl(cafeId), { method: 'POST' });
    expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  test('of a workspace that is not there looks like that of one that has signed nothing', async () => {
    const shown = async (url: string) => {
      const answer = await fetch(url);
      const headers = Object.fromEntries([...answer.headers].filter(([name]) => !['date', 'x-request-id'].includes(name)));
      return { status: answer.status, headers, body: await answer.text() };
    };
    const unsigned = await shown(keySetUrl(cafeId));
    expect(unsigned.body).toBe('{"keys":[]}');
    expect(await shown(keySetUrl(newId()))).toEqual(unsigned);
    expect(await shown(`${server.url}/v3/workspaces/nobody/jwks.json`)).toEqual(unsigned);
    expect(await shown(`${server.url}/v3/workspaces/${toPublicId('Customer', cafeId)}/jwks.json`)).toEqual(unsigned);
  });
});

test('nothing that is stored or shown holds a private half', async () => {
  await rotate(cafe);
  const { rows } = await server.database.pool.query<{ sealed: Buffer }>(
    'SELECT sealed_private_key AS sealed FROM signing_keys WHERE workspace_id = $1 AND retired_at IS NULL',
    [cafeId],
  );
  const opened = server.box.open(rows[0]!.sealed, `signing_keys ${cafeId} ${fromPublicId('SigningKey', (await listed(cafe))[0].id)}`);
  expect(opened).toHaveLength(32);
  const { rows: tables } = await server.database.pool.query<{ name: string }>(
    "SELECT c.relname AS name FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'",
  );
  for (const { name } of tables) {
    const { rows: contents } = await server.database.pool.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
    const text = contents.map(({ row }) => row).join('\n');
    for (const encoding of ['base64url', 'base64', 'hex'] as const) expect(text).not.toContain(opened.toString(encoding));
  }
});

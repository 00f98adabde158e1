/** The page of each code, and the way from an error to its page. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ERROR_CATALOG } from '../../src/platform/error-catalog.ts';
import { ApiClient } from '../support/client.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';

const PUBLIC_URL = 'https://loyalty.example/api';
const CODES = Object.keys(ERROR_CATALOG).sort();

let server: TestServer;
/** Knows where clients reach it. */
let known: TestServer;
let cafe: ApiClient;

beforeAll(async () => {
  server = await startTestServer();
  known = await startTestServer({ beside: server, publicUrl: PUBLIC_URL });
  cafe = await server.workspace();
});
afterAll(async () => {
  await known.stop();
  await server.stop();
});

const get = async (path: string, accept: string) => {
  const response = await fetch(`${server.url}${path}`, { headers: { accept } });
  return { status: response.status, headers: response.headers, text: await response.text() };
};

describe('pages', () => {
  test.each(CODES)('%s is explained to browsers, programs and terminals', async (code) => {
    const html = await get(`/docs/errors/${code}`, 'text/html,application/xhtml+xml,*/*;q=0.8');
    expect([html.status, html.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(html.text).toContain(`<h1><code>${code}</code></h1>`);
    const json = await get(`/docs/errors/${code}`, 'application/json');
    const { happened, fix, status } = JSON.parse(json.text) as { happened: string[]; fix: string; status: number };
    expect(status).toBe(ERROR_CATALOG[code as keyof typeof ERROR_CATALOG].status);
    const plain = await get(`/docs/errors/${code}`, '*/*');
    expect([plain.status, plain.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
    for (const sentence of [...happened, fix]) expect(plain.text).toContain(sentence);
  });

  test('the index leads to all of them, and needs no key', async () => {
    const { text } = await get('/docs/errors', 'text/html');
    expect([...text.matchAll(/href="\/docs\/errors\/([A-Z_]+)"/g)].map(([, code]) => code)).toEqual(CODES);
    const { errors } = JSON.parse((await get('/docs/errors', 'application/json')).text) as { errors: { code: string; documentation: string }[] };
    expect(errors.map(({ code }) => code)).toEqual(CODES);
    expect((await get(errors[0]!.documentation, 'text/html')).status).toBe(200);
  });

  test('load nothing, run nothing, and are held to that', async () => {
    const { text, headers } = await get('/docs/errors/NOT_FOUND', 'text/html');
    const style = /<style>([\s\S]*?)<\/style>/.exec(text)?.[1] ?? '';
    expect(headers.get('content-security-policy')).toBe(
      `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    expect(text).not.toMatch(/<script|https?:|src=|style=|url\(|@import/);
    expect(text.length).toBeLessThan(4_096);
  });

  test('what is no code has no page', async () => {
    for (const code of ['NOTHING', 'not_found', 'constructor', '..%2f..%2fetc', '%3Cscript%3E']) {
      const { status, text, headers } = await get(`/docs/errors/${code}`, 'text/html');
      expect([status, headers.get('content-type')]).toEqual([404, 'application/json; charset=utf-8']);
      expect(text).not.toContain(code);
    }
  });
});

describe('from an error to its page', () => {
  const REFUSED = 'mutation { customerUpsert(input: { externalId: "" }) { userErrors { code documentation ... on UserError { documentation } } } }';

  test('a user error carries the address, a path where the server does not know its own', async () => {
    const { customerUpsert } = await cafe.run(REFUSED);
    expect(customerUpsert.userErrors).toEqual([{ code: 'INVALID_EXTERNAL_ID', documentation: '/docs/errors/INVALID_EXTERNAL_ID' }]);
    const there = new ApiClient(known.graphqlUrl, cafe.key);
    expect((await there.run(REFUSED)).customerUpsert.userErrors[0].documentation).toBe(`${PUBLIC_URL}/docs/errors/INVALID_EXTERNAL_ID`);
  });

  test('so does a top-level error, a request that is none, and an answer over REST', async () => {
    const there = new ApiClient(known.graphqlUrl, cafe.key);
    const addressed = (code: string) => `${PUBLIC_URL}/docs/errors/${code}`;
    expect((await there.send('{ nothing }')).errors[0]!.extensions.documentation).toBe(addressed('GRAPHQL_VALIDATION_FAILED'));
    expect((await there.withKey(null).send('{ workspace { name } }')).errors[0]!.extensions.documentation).toBe(addressed('UNAUTHENTICATED'));
    const answers = [
      [await fetch(known.graphqlUrl, { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } }), 'BAD_REQUEST'],
      [await fetch(`${known.url}/nowhere`), 'NOT_FOUND'],
    ] as const;
    for (const [response, code] of answers) {
      const { errors } = (await response.json()) as { errors: { extensions: object }[] };
      expect(errors[0]!.extensions).toEqual({ code, documentation: addressed(code), requestId: response.headers.get('x-request-id') });
    }
    const rest = await fetch(`${known.url}/v3/customers/cust_none`, { headers: { authorization: `Bearer ${cafe.key}` } });
    expect(await rest.json()).toMatchObject({ type: addressed('NOT_FOUND'), code: 'NOT_FOUND', status: 404, request_id: rest.headers.get('x-request-id') });
  });
});

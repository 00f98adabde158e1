/** GraphQL over HTTP as the draft wants it: the audits of graphql-http, against a server as it is, with CSRF prevention on. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { serverAudits } from 'graphql-http';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';

let server: TestServer;
let key: string;

beforeAll(async () => {
  server = await startTestServer();
  key = (await server.workspace()).key!;
});
afterAll(() => server.stop());

/** As any client of this server sends a request: with its key. */
const fetchFn: typeof fetch = (url, init) => {
  const headers = new Headers(init?.headers);
  headers.set('authorization', `Bearer ${key}`);
  return fetch(url, { ...init, headers });
};

const audits = serverAudits({ url: () => server.graphqlUrl, fetchFn });

test('there are as many audits as there were: none was lost with a new version', () => {
  expect(audits).toHaveLength(61);
});

test.each(audits.map((audit) => [audit.name, audit] as const))('%s', async (_, audit) => {
  const result = await audit.fn();
  expect({ status: result.status, reason: 'reason' in result ? result.reason : null }).toEqual({ status: 'ok', reason: null });
});

describe('CSRF prevention is on while they pass', () => {
  test.each<[string, string, RequestInit]>([
    ['a GET without a key in a header', '?query=%7B__typename%7D', {}],
    ['a POST of plain text', '', { method: 'POST', body: '{"query":"{__typename}"}', headers: { 'content-type': 'text/plain' } }],
  ])('%s is refused', async (_, query, init) => {
    const response = await fetch(`${server.graphqlUrl}${query}`, init);
    const { errors } = (await response.json()) as { errors: { message: string; extensions: { code: string } }[] };
    expect([response.status, errors[0]!.extensions.code]).toEqual([400, 'BAD_REQUEST']);
    expect(errors[0]!.message).toContain('Cross-Site Request Forgery');
  });
});

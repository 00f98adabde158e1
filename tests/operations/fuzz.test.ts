/**
 * Ten thousand requests that nobody wrote: calls of REST out of the OpenAPI descriptions and documents out of the SDL,
 * some as they are described and some with something wrong with them. None is answered with a fault of ours, and every
 * answer is as its contract says.
 *
 *     FUZZ_SEED=1234 FUZZ_REQUESTS=100000 npm test -- tests/operations/fuzz.test.ts
 */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { buildSchema, parse } from 'graphql';
import { isErrorCode, statusOf, titleOf } from '../../src/platform/error-catalog.ts';
import { OpenApiChecker, readOpenApi } from '../support/openapi.ts';
import type { OpenApi } from '../support/openapi.ts';
import { buildWorld } from '../support/rest-cases.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';
import { callsOf } from './fuzz/calls.ts';
import type { Call } from './fuzz/calls.ts';
import { documentsOf } from './fuzz/documents.ts';
import type { Request } from './fuzz/documents.ts';
import { shapeErrors } from './fuzz/shape.ts';

const REQUESTS = Number(process.env['FUZZ_REQUESTS'] ?? 10_000);
const SEED = Number(process.env['FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
/** A workspace wears out: its keys are revoked and its structures deleted. */
const REQUESTS_PER_WORKSPACE = 625;
const AT_ONCE = 8;
const TIMEOUT_MS = 600_000;

const SDL = readFileSync(new URL('../../src/generated/schema.graphql', import.meta.url), 'utf8');
const schema = buildSchema(SDL);
const v3 = readOpenApi();
const v2 = JSON.parse(readFileSync(new URL('../../src/generated/openapi-v2.json', import.meta.url), 'utf8')) as OpenApi;

let server: TestServer;

beforeAll(async () => {
  process.stderr.write(`Fuzzing with FUZZ_SEED=${SEED}\n`);
  const ample = { initial: 100_000_000, ceilings: { LIVE: 100_000_000, SANDBOX: 100_000_000 } };
  server = await startTestServer({ rateLimits: ample });
});
afterAll(() => server.stop());

/** Sends what is generated out of the ids of one workspace after the other, some at once; `answered` judges each. */
async function fuzz<T>(count: number, generate: (ids: readonly string[]) => fc.Arbitrary<T>, send: (request: T, key: string) => Promise<void>): Promise<void> {
  const rounds = Math.ceil(count / REQUESTS_PER_WORKSPACE);
  for (let round = 0; round < rounds; round += 1) {
    const admin = await server.workspace();
    // The key that asks is not among what is asked for: revoked, it would end the round.
    const { apiKey, ...others } = await buildWorld(admin);
    const spare = await admin.succeed('apiKeyCreate', { name: 'Spare', scope: 'ADMIN' }, 'apiKey { id }');
    const ids = [...Object.values(others), spare.apiKey.id as string];
    expect(ids).not.toContain(apiKey);
    const requests = fc.sample(generate(ids), { numRuns: Math.min(REQUESTS_PER_WORKSPACE, count - round * REQUESTS_PER_WORKSPACE), seed: SEED + round });
    const queue = requests.values();
    const worker = async () => {
      for (const request of queue) {
        await send(request, admin.key!).catch((error: unknown) => {
          throw new Error(`Round ${round} of FUZZ_SEED=${SEED}: ${JSON.stringify(request)}\n${String(error)}`);
        });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  }
}

const tally = () => {
  const counts = new Map<string, number>();
  return { add: (outcome: string) => void counts.set(outcome, (counts.get(outcome) ?? 0) + 1), counts };
};

const REST_CALLS = Math.floor(REQUESTS / 2);

test(`${REST_CALLS} calls of REST: each answer is described, and none is a fault of ours`, async () => {
  const outcomes = tally();
  const checkers = new Map([v3, v2].flatMap((openApi) => {
    const checker = new OpenApiChecker(openApi);
    return Object.values(openApi.paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => [operationId, checker] as const));
  }));
  const generate = (ids: readonly string[]) => fc.oneof({ weight: 5, arbitrary: callsOf(v3, ids) }, { weight: 1, arbitrary: callsOf(v2, ids) });

  await fuzz(REST_CALLS, generate, async ({ operationId, method, target, headers, body }: Call, key) => {
    const response = await fetch(`${server.url}${target}`, { method, headers: { authorization: `Bearer ${key}`, ...headers }, body });
    const text = await response.text();
    expect(response.status).toBeLessThan(500);
    const answer = { status: response.status, headers: response.headers, text, body: text === '' ? null : (JSON.parse(text) as { code?: string }) };
    outcomes.add(answer.body?.code ?? String(response.status));
    if (response.status >= 400) {
      const { code, ...problem } = answer.body as { code: string };
      expect([code, isErrorCode(code), statusOf(code)]).toEqual([code, true, response.status]);
      expect(problem).toMatchObject({ title: titleOf(code), type: `/docs/errors/${code}`, status: response.status, request_id: response.headers.get('x-request-id') });
      expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    }
    // An id with a slash or nothing in it leads to another address.
    if (!ANYWHERE.has(answer.body?.code ?? '')) checkers.get(operationId)!.expectDescribed(operationId, answer);
  });

  report('REST', outcomes.counts);
  // It came everywhere: calls that succeed, and refusals of every kind.
  const codes = [...outcomes.counts.keys()];
  expect(codes).toEqual(expect.arrayContaining(['200', 'NOT_FOUND', 'BAD_USER_INPUT', 'BAD_REQUEST', 'UNAUTHENTICATED', 'UNSUPPORTED_MEDIA_TYPE']));
  expect(outcomes.counts.get('200')).toBeGreaterThan(REST_CALLS / 20);
}, TIMEOUT_MS);

/** Codes that any address can answer, before it is known which operation is meant. */
const ANYWHERE = new Set(['NOT_FOUND', 'METHOD_NOT_ALLOWED', 'UNSUPPORTED_MEDIA_TYPE', 'PAYLOAD_TOO_LARGE', 'URI_TOO_LONG', 'HEADERS_TOO_LARGE', 'INPUT_LIMIT_EXCEEDED']);

test(`${REQUESTS - REST_CALLS} documents: each answer has the shape that was asked for, and none is a fault of ours`, async () => {
  const outcomes = tally();

  await fuzz(REQUESTS - REST_CALLS, (ids) => documentsOf(schema, ids), async ({ query, variables }: Request, key) => {
    const response = await fetch(server.graphqlUrl, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    const answer = (await response.json()) as { data?: unknown; errors?: readonly { message: string; extensions: Readonly<Record<string, unknown>> }[] };
    expect(response.status).toBeLessThan(500);
    for (const { message, extensions } of answer.errors ?? []) {
      const code = String(extensions['code']);
      expect([message, isErrorCode(code), code]).toEqual([expect.stringMatching(/./), true, expect.not.stringMatching(/^(INTERNAL_SERVER_ERROR|UNAVAILABLE|OVERLOADED)$/)]);
      expect(extensions).toMatchObject({ documentation: `/docs/errors/${code}`, requestId: response.headers.get('x-request-id') });
      outcomes.add(code);
    }
    if (answer.data !== undefined) expect(shapeErrors(schema, parse(query), answer.data)).toEqual([]);
    if (answer.errors === undefined) outcomes.add('answered');
  });

  report('GraphQL', outcomes.counts);
  expect([...outcomes.counts.keys()]).toEqual(expect.arrayContaining(['answered', 'BAD_USER_INPUT', 'GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED']));
  expect(outcomes.counts.get('answered')).toBeGreaterThan((REQUESTS - REST_CALLS) / 4);
}, TIMEOUT_MS);

function report(name: string, counts: ReadonlyMap<string, number>): void {
  const lines = [...counts].sort(([, one], [, other]) => other - one).map(([outcome, count]) => `${outcome} ${count}`);
  process.stderr.write(`${name}: ${lines.join(', ')}\n`);
}

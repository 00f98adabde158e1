/**
 * Every route of REST does what its document does through GraphQL: the same call in two workspaces that are alike has
 * the same effect on every row and the same answer, and what one refuses the other refuses with the same code. Every
 * answer is as the OpenAPI description says.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { restRoutes } from '../../src/generated/rest-routes.ts';
import { parsePublicId } from '../../src/platform/ids.ts';
import type { ApiClient, GraphqlAnswer } from '../support/client.ts';
import { OpenApiChecker, readOpenApi } from '../support/openapi.ts';
import { RestClient } from '../support/rest.ts';
import type { RestAnswer } from '../support/rest.ts';
import type { Ids, RestCase } from '../support/rest-cases.ts';
import { REST_CASES, UNKNOWN_IDS, buildWorld } from '../support/rest-cases.ts';
import { startTestServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { unchanged } from '../support/unchanged.ts';

const NOW = '2026-06-01T12:00:00Z';

/** One of two workspaces that are alike. */
interface Twin {
  readonly admin: ApiClient;
  readonly rest: RestClient;
  readonly ids: Ids;
  readonly reader: string;
  readonly writer: string;
}

const checker = new OpenApiChecker(readOpenApi());
let server: TestServer;
/** Called through REST. */
let one: Twin;
/** Called through GraphQL. */
let other: Twin;

beforeAll(async () => {
  server = await startTestServer();
  server.setNow(NOW);
  one = await buildTwin();
  other = await buildTwin();
});
afterAll(() => server.stop());

async function buildTwin(): Promise<Twin> {
  const admin = await server.workspace({ clock: NOW });
  const ids = await buildWorld(admin);
  const keyWith = async (scope: string) => (await admin.succeed('apiKeyCreate', { name: scope, scope }, 'secret')).secret as string;
  return { admin, rest: new RestClient(server.url, admin.key), ids, reader: await keyWith('READ'), writer: await keyWith('WRITE') };
}

test('every route has a case, and every case a route', () => {
  expect(Object.keys(REST_CASES).sort()).toEqual(restRoutes.map(({ operation }) => operation).sort());
});

describe.each(restRoutes.map((route) => [`${route.method} ${route.path}`, route] as const))('%s', (_name, route) => {
  const routeCase: RestCase = REST_CASES[route.operation] ?? { path: () => route.path, variables: () => ({}) };
  const { operation, method, document } = route;

  beforeAll(async () => {
    for (const { admin, ids } of [one, other]) await routeCase.before?.(admin, ids);
  });

  const callRest = async (parts: Partial<RestCase>, ids = one.ids, key = one.admin.key, headers = {}): Promise<RestAnswer> => {
    const { path, body } = { ...routeCase, ...parts };
    const answer = await new RestClient(server.url, key).send(method, path(ids), body?.(ids), headers);
    checker.expectDescribed(operation, answer);
    return answer;
  };
  const callGraphql = (parts: Partial<RestCase>, ids = other.ids, key = other.admin.key, headers = {}): Promise<GraphqlAnswer> =>
    other.admin.withKey(key).send(document, { ...routeCase, ...parts }.variables(ids), headers);

  test('refuses the same, and changes nothing then', async () => {
    await unchanged(server, async () => {
      await refusesKeys();
      await refusesWhatIsMalformed();
      if (usesIds) await refusesUnknownIds();
      expect(Object.keys(routeCase.refusals ?? {}).length + Number(usesIds) + Number(WITHOUT_INPUT.has(operation))).toBeGreaterThan(0);
      for (const [why, { codes, status, field, ...parts }] of Object.entries(routeCase.refusals ?? {})) {
        const overRest = await callRest(parts);
        expect({ why, status: overRest.status, codes: restCodesOf(overRest) }).toEqual({ why, status, codes });
        if (field !== undefined) expect({ why, field: overRest.body.field }).toEqual({ why, field });
        expect({ why, codes: codesOf(await callGraphql(parts)) }).toEqual({ why, codes });
      }
    });
  });

  async function refusesKeys(): Promise<void> {
    const keys = [
      ['NONE', 401, 'UNAUTHENTICATED'],
      ['READ', 403, 'FORBIDDEN'],
      ['WRITE', 403, 'FORBIDDEN'],
    ] as const;
    const tooLittle = keys.slice(0, SCOPES.indexOf(checker.scopeOf(operation)));
    expect(tooLittle.length).toBeGreaterThan(0);
    for (const [scope, status, code] of tooLittle) {
      const keyOf = (twin: Twin) => ({ NONE: null, READ: twin.reader, WRITE: twin.writer })[scope];
      const overRest = await callRest({}, one.ids, keyOf(one));
      expect({ scope, status: overRest.status, codes: restCodesOf(overRest) }).toEqual({ scope, status, codes: [code] });
      expect({ scope, codes: codesOf(await callGraphql({}, other.ids, keyOf(other))) }).toEqual({ scope, codes: [code] });
    }
  }

  async function refusesWhatIsMalformed(): Promise<void> {
    const refusal = { status: 400, code: 'BAD_USER_INPUT', field: ['unheard_of'] };
    const parameter = await callRest({ path: (ids) => withParameter(routeCase.path(ids), 'unheard_of=1') });
    expect({ status: parameter.status, code: parameter.body.code, field: parameter.body.field }).toEqual(refusal);
    if (routeCase.body === undefined) return;
    const field = await callRest({ body: (ids) => ({ ...routeCase.body?.(ids), unheard_of: 1 }) });
    expect({ status: field.status, code: field.body.code, field: field.body.field }).toEqual(refusal);
    const text = await one.rest.send(method, routeCase.path(one.ids), JSON.stringify(routeCase.body(one.ids)), { 'content-type': 'text/plain' });
    checker.expectDescribed(operation, text);
    expect([text.status, text.body.code]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
    const malformed = await one.rest.send(method, routeCase.path(one.ids), '{"a": ');
    checker.expectDescribed(operation, malformed);
    expect([malformed.status, malformed.body.code]).toEqual([400, 'BAD_REQUEST']);
  }

  const usesIds = [routeCase.path, routeCase.variables].some((of) => JSON.stringify(of(UNKNOWN_IDS)) !== JSON.stringify(of({})));

  async function refusesUnknownIds(): Promise<void> {
    const nowhere = { ...UNKNOWN_IDS, draftTier: UNKNOWN_IDS['silver']! };
    const overGraphql = codesOf(await callGraphql({}, nowhere));
    expect(isDone(overGraphql)).toBe(false);
    expect(restCodesOf(await callRest({}, nowhere))).toEqual(overGraphql);
  }

  test('has the same effect and the same answer', async () => {
    const key = { 'idempotency-key': `parity-${operation}` };
    const headers = method === 'GET' ? {} : key;
    const overRest = await callRest({}, one.ids, one.admin.key, headers);
    const overGraphql = await callGraphql({}, other.ids, other.admin.key, headers);
    expect(overRest.status).toBe(route.status);
    expect(overGraphql.errors).toEqual([]);
    if (operation === 'rateLimitGet') expect(namesOf(overRest.body)).toEqual(namesOf(overGraphql.data.rateLimit));
    else expect(leavesOfRest(overRest.body)).toEqual(leavesOfGraphql(overGraphql.data));
    expect(await contentsOf(one)).toEqual(await contentsOf(other));
    if (routeCase.body !== undefined) expect(checker.bodyErrors(operation, routeCase.body(one.ids))).toEqual([]);
    if (method === 'GET' || WITHOUT_EFFECT.has(operation)) return;

    // Repeated with its key, it answers again and does nothing again.
    await unchanged(server, async () => {
      const again = await callRest({}, one.ids, one.admin.key, headers);
      expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([route.status, 'true']);
    });
  });
});

/** There is nothing that they could refuse but the key. */
const WITHOUT_INPUT: ReadonlySet<string> = new Set(['workspaceGet', 'rateLimitGet', 'signingKeyRotate']);

/** What changes nothing has nothing to repeat. */
const WITHOUT_EFFECT: ReadonlySet<string> = new Set(['configurationPlanCreate']);

/** A key may do what its scope and all before it may. */
const SCOPES: readonly string[] = ['NONE', 'READ', 'WRITE', 'ADMIN'];

function withParameter(path: string, parameter: string): string {
  return `${path}${path.includes('?') ? '&' : '?'}${parameter}`;
}

const DONE = 'DONE';
const isDone = (codes: readonly string[]): boolean => codes[0] === DONE;

/** The codes of a refusal over REST. */
function restCodesOf({ status, body }: RestAnswer): string[] {
  if (status < 400) return [DONE];
  return (body.errors as { code: string }[] | undefined)?.map(({ code }) => code) ?? [body.code as string];
}

/** The codes of a refusal over GraphQL; what answers null or nothing has found nothing. */
function codesOf({ data, errors }: GraphqlAnswer): string[] {
  if (errors.length > 0) return [errors[0]!.extensions.code];
  let value = Object.values(data as object)[0] as Record<string, unknown> | null;
  if (Array.isArray(value?.['userErrors']) && value['userErrors'].length > 0) {
    return (value['userErrors'] as { code: string }[]).map(({ code }) => code);
  }
  // A route that shows one field of an object finds nothing if that is not there.
  while (value !== null && Object.keys(value).length === 1 && !Array.isArray(Object.values(value)[0])) {
    const [inner] = Object.values(value);
    if (typeof inner !== 'object') break;
    value = inner as Record<string, unknown> | null;
  }
  return value === null || Object.keys(value).length === 0 ? ['NOT_FOUND'] : [DONE];
}

// --- answers, without what must differ -----------------------------------------------------------------

/** All values of an answer, sorted: both APIs say the same things, each in its own shape. */
function leavesOfRest(body: Record<string, unknown>): string[] {
  const { has_more: hasMore, next_cursor: nextCursor, ...rest } = body;
  // What a purchase would trigger; GraphQL has no such field.
  delete rest['rewards'];
  return [...leaves(rest), ...('has_more' in body ? [`${String(hasMore)}`, nextCursor === null ? 'no cursor' : 'a cursor'] : [])].sort();
}

function leavesOfGraphql(data: unknown): string[] {
  const info = findPageInfo(data);
  const isList = info !== null || isBareList(Object.values(data as object)[0]);
  const more = info?.hasNextPage ?? false;
  return [...leaves(data), ...(isList ? [String(more), more ? 'a cursor' : 'no cursor'] : [])].sort();
}

function isBareList(root: unknown): boolean {
  return typeof root === 'object' && root !== null && Object.keys(root).length === 1 && Array.isArray(Object.values(root)[0]);
}

function findPageInfo(value: unknown): { readonly hasNextPage: boolean } | null {
  if (typeof value !== 'object' || value === null) return null;
  if ('pageInfo' in value) return value.pageInfo as { hasNextPage: boolean };
  return Object.values(value).map(findPageInfo).find((info) => info !== null) ?? null;
}

function leaves(value: unknown, key = ''): string[] {
  if (key === 'pageInfo' || key === 'userErrors') return [];
  if (typeof value === 'object' && value !== null) return Object.entries(value).flatMap(([name, item]) => leaves(item, name));
  if (key === '__typename') return [toSnake(value as string)];
  if (value === null) return [];
  if (key === 'lastFour' || key === 'last_four') return ['<last four>'];
  if (key === 'x') return ['<public key>'];
  if (key === 'proof') return ['<proof>'];
  if (key === 'fingerprint') return ['<plan>'];
  if (['endCursor', 'end_cursor', 'nextCursor', 'next_cursor'].includes(key)) return ['<cursor>'];
  return [withoutChance(JSON.stringify(value))];
}

/** What is left of a limit, and when it is full, differs from call to call. */
function namesOf(answer: object): string[] {
  return JSON.stringify(answer).replace(/[A-Z](?=\w*":)/g, (letter) => `_${letter.toLowerCase()}`).match(/"\w+":/g) ?? [];
}

/** `SpendReversal` is `"spend_reversal"`. */
const toSnake = (name: string): string => JSON.stringify(name.replace(/(?!^)[A-Z]/g, '_$&').toLowerCase());

/** Ids, secrets and hashes differ between the workspaces; where there is one, there must be one. */
function withoutChance(text: string): string {
  return text
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<uuid>')
    .replace(/\b[a-z]+_[0-9a-hjkmnp-tv-z]{26}\b/g, (id) => (parsePublicId(id) === null ? id : `<${id.split('_')[0]}>`))
    .replace(/vt_(live|sandbox)_[\w-]+/g, '<secret>')
    .replace(/whsec_[\w+/=]+/g, '<secret>')
    .replace(/"last_?[fF]our": ?"[\w-]{4}"/g, '"<last four>"')
    .replace(/"x": ?"[\w-]{43}"/g, '"<public key>"')
    .replace(/\\\\x[0-9a-f]+/g, '<bytes>')
    // A plan's fingerprint is over ids too.
    .replace(/"fingerprint":"[0-9a-f]{64}"/g, '"fingerprint":"<plan>"');
}

// --- rows ------------------------------------------------------------------------------------------------

/** Which API a call came through is recorded, and differs; so does when the log was ordered, which reading does. */
const ABOUT_CALLS = ['api_key_uses', 'due_work', 'rate_limit_buckets', 'event_batches', 'event_logs'];

/** Every row of a workspace by table, in no particular order. */
async function contentsOf({ admin }: Twin): Promise<Record<string, string[]>> {
  const { workspace } = await admin.run('{ workspace { id } }');
  const id = parsePublicId(workspace.id as string)!.id;
  const { rows: tables } = await server.database.pool.query<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'workspace_id' ORDER BY 1",
  );
  const contents: Record<string, string[]> = {};
  for (const { name } of tables) {
    if (ABOUT_CALLS.includes(name)) continue;
    const { rows } = await server.database.pool.query<{ row: object }>(`SELECT to_jsonb(r) AS row FROM ${name} r WHERE workspace_id = $1`, [id]);
    contents[name] = rows.map(({ row }) => withoutChance(JSON.stringify(row)).replace('"api":"REST"', '"api":"GRAPHQL"')).sort();
  }
  return contents;
}

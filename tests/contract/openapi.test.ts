/** The OpenAPI description of REST: valid, complete, stable, in the words of REST; and what stops its generation. */
import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { restRoutes } from '../../src/generated/rest-routes.ts';
import { toSnakeCase } from '../../src/rest/names.ts';
import { renderOpenApi } from '../../scripts/rest/openapi.ts';
import { renderPostman } from '../../scripts/rest/postman.ts';
import type { SourceFiles } from '../../scripts/rest/sources.ts';
import { joinSources, readSourceFiles } from '../../scripts/rest/sources.ts';
import { renderTable } from '../../scripts/rest/table.ts';
import type { OpenApiOperation } from '../support/openapi.ts';
import { OpenApiChecker, readOpenApi } from '../support/openapi.ts';

const ROOT = new URL('../../', import.meta.url);
const openApi = readOpenApi();
const operations = Object.entries(openApi.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), ...operation })),
);

describe('the description', () => {
  test('is valid OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(openApi) as object as Record<string, unknown>);
    expect({ valid, errors }).toEqual({ valid: true, errors: undefined });
    expect(openApi.openapi).toBe('3.1.0');
  });

  test('has every route that is served, and no other', () => {
    const described = operations.map(({ method, path, operationId }) => `${method} ${path} ${operationId}`);
    expect(described.sort()).toEqual(restRoutes.map(({ method, path, operation }) => `${method} ${path} ${operation}`).sort());
  });

  test('names every operation once', () => {
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
  });

  test.each(operations.map((operation) => [operation.operationId, operation] as const))('%s says what it takes, what it answers and what it refuses', (_name, operation) => {
    const { method, path, parameters = [], responses, requestBody } = operation as OpenApiOperation & { method: string; path: string };
    expect(operation).toMatchObject({ summary: expect.stringMatching(/^[A-Z].*[^.]$/), description: expect.stringMatching(/\.$/) });
    const inPath = (parameters as { in?: string; name?: string }[]).filter((parameter) => parameter.in === 'path').map(({ name }) => `{${name}}`);
    expect(inPath).toEqual(path.match(/\{\w+\}/g) ?? []);
    const described = [...(parameters as { $ref?: string; description?: string }[])].map(({ $ref, description }) => $ref ?? description);
    expect(described.filter((text) => text === undefined || text === '')).toEqual([]);
    const statuses = Object.keys(responses);
    const expected = ['400', '401', '403', '429', '500', '503', ...(requestBody === undefined ? [] : ['413', '415']), ...(method === 'GET' ? [] : ['409', '422'])];
    expect(statuses).toEqual(expect.arrayContaining(expected));
    expect(statuses.filter((status) => status.startsWith('2'))).toHaveLength(1);
    const success = Object.entries(responses).find(([status]) => status.startsWith('2'))![1];
    expect(Object.keys(success.headers!)).toEqual(expect.arrayContaining(['X-Request-Id', 'RateLimit', 'RateLimit-Policy']));
    expect('Idempotent-Replayed' in success.headers!).toBe(method !== 'GET');
    expect(JSON.stringify(parameters).includes('IdempotencyKey')).toBe(method !== 'GET');
  });

  test('is in snake_case throughout, and every property and parameter has a description', () => {
    const names: string[] = [];
    const undescribed: string[] = [];
    const walk = (value: unknown, place: string): void => {
      if (typeof value !== 'object' || value === null) return;
      const properties = (value as { type?: unknown; properties?: unknown }).type === 'object' ? (value as { properties?: object }).properties : undefined;
      for (const [name, property] of Object.entries(properties ?? {})) {
        names.push(name);
        if (((property as { description?: string }).description ?? '') === '') undescribed.push(`${place}.${name}`);
      }
      for (const [key, item] of Object.entries(value)) walk(item, `${place}/${key}`);
    };
    walk(openApi.paths, 'paths');
    walk(openApi.components, 'components');
    expect(names.length).toBeGreaterThan(500);
    expect(names.filter((name) => !/^[a-z][a-z0-9_]*$/.test(name))).toEqual([]);
    expect(undescribed).toEqual([]);
  });

  test('speaks of fields by the names that they have here', () => {
    const texts = JSON.stringify(openApi).match(/`[a-z]+[A-Z]\w*`/g) ?? [];
    expect([...new Set(texts)]).toEqual([]);
  });

  test('takes the published sample, and tells the rewards that it triggered by id and type', () => {
    const checker = new OpenApiChecker(openApi);
    const sample = { customer: 'cust_01h2xcejqtf2nbrexx3vqjhp41', amount: 52.4, currency: 'USD', location: 'loc_mission_bay', idempotency_key: 'ord_4782' };
    expect(checker.bodyErrors('transactionCreate', sample)).toEqual([]);
    expect(checker.bodyErrors('transactionCreate', { ...sample, customer: { external_id: 'ada' }, amount: '52.40' })).toEqual([]);
    expect(checker.bodyErrors('transactionCreate', { ...sample, unheard_of: 1 })).not.toEqual([]);
    expect(checker.bodyErrors('transactionCreate', { ...sample, customer: { external_id: 'ada', id: 'x' } })).not.toEqual([]);
    const answer = openApi.components.schemas['TransactionCreateAnswer'] as { properties: { rewards: object }; required: string[] };
    const reward = { type: 'object', properties: expect.objectContaining({ id: expect.anything(), type: expect.anything() }) };
    expect(answer.properties.rewards).toMatchObject({ type: 'array', items: reward });
    expect(answer.required).toContain('rewards');
  });
});

describe('what is generated', () => {
  test('is the same each time, and is what is committed', async () => {
    const render = async () => {
      const sources = joinSources(readSourceFiles(ROOT));
      const text = renderOpenApi(sources);
      return { 'rest-routes.ts': renderTable(sources), 'openapi.json': text, 'postman.json': await renderPostman(text) };
    };
    const once = await render();
    expect(await render()).toEqual(once);
    for (const [name, text] of Object.entries(once)) {
      expect({ name, isCommitted: readFileSync(new URL(`src/generated/${name}`, ROOT), 'utf8') === text }).toEqual({ name, isCommitted: true });
    }
  });

  test('the Postman collection has a request for each operation, under its tag, with ids that never change', () => {
    const collection = JSON.parse(readFileSync(new URL('src/generated/postman.json', ROOT), 'utf8')) as { item: { name: string; item: { id: string; name: string }[] }[] };
    const requests = collection.item.flatMap(({ item }) => item);
    expect(requests.map(({ name }) => name).sort()).toEqual(operations.map((operation) => (operation as unknown as { summary: string }).summary).sort());
    expect(new Set(requests.map(({ id }) => id)).size).toBe(requests.length);
    expect(requests.every(({ id }) => /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toBe(true);
  });
});

describe('what stops generation', () => {
  const SDL = `
    directive @requires(scope: String!) on FIELD_DEFINITION
    directive @rest(method: RestMethod!, path: String!, operation: String!, status: Int! = 200) repeatable on FIELD_DEFINITION
    enum RestMethod { GET POST DELETE }
    "Cards." type Query {
      "A card. Permission: READ."
      card("Its id." id: ID!): Card @requires(scope: "READ") @rest(method: GET, path: "/v3/cards/{id}", operation: "cardGet")
    }
    "A card." type Card { "Its id." id: ID! "Its owner." owner: Card "Its list." list: CardConnection! }
    type CardConnection { nodes: [Card!]! pageInfo: PageInfo! }
    type PageInfo { hasNextPage: Boolean! endCursor: String }`;
  const DOCUMENT = '# Get a card\nquery cardGet($id: ID!) { card(id: $id) { ...Card } }';
  const OBJECTS = 'fragment Card on Card { id owner @flatten { id } }';

  const generate = (sdl: string, document = DOCUMENT, more: Record<string, string> = {}): string => {
    const files: SourceFiles = {
      sdl: new Map([['cards', sdl]]),
      documents: new Map(Object.entries({ objects: OBJECTS, 'card-get': document, ...more })),
    };
    return renderTable(joinSources(files));
  };
  const edit = (text: string, piece: string, replacement: string): string => {
    expect(text).toContain(piece);
    return text.replace(piece, replacement);
  };

  test('nothing, as it is', () => {
    expect(generate(SDL)).toContain('"operation": "cardGet"');
    expect(generate(SDL)).toContain('query cardGet($id:ID!){card(id:$id){...Card}}fragment Card on Card{id owner{id}}');
  });

  test.each<[string, () => string, string]>([
    ['a route without a document', () => generate(edit(SDL, '@rest(method: GET', '@rest(method: GET, path: "/v3/x/{id}", operation: "cardList") @rest(method: GET')), 'has no document schema/rest/card-list.graphql'],
    ['a document without a route', () => generate(SDL, DOCUMENT, { 'card-find': DOCUMENT }), 'No @rest names the documents schema/rest/card-find.graphql'],
    ['a path parameter that leads to no variable', () => generate(edit(SDL, '{id}', '{id}/{other}')), 'the path parameter {other} leads to no variable'],
    ['a path parameter that leads to no field', () => generate(edit(SDL, '{id}', '{id=id.of}')), 'the path parameter {id} leads to no field of $id'],
    ['two routes at one address', () => generate(edit(SDL, '@rest(method: GET', '@rest(method: GET, path: "/v3/cards/{id}", operation: "cardFind") @rest(method: GET'), DOCUMENT, { 'card-find': DOCUMENT.replace('cardGet', 'cardFind') }), 'both at GET /v3/cards/{}'],
    ['one operation at two addresses', () => generate(edit(SDL, '@rest(method: GET', '@rest(method: GET, path: "/v3/x/{id}", operation: "cardGet") @rest(method: GET')), 'is named by more than one @rest'],
    ['a document that is not valid', () => generate(SDL, edit(DOCUMENT, '...Card', '...Card nothing')), 'Cannot query field "nothing"'],
    ['a document with another root field', () => generate(edit(SDL, '"A card. P', 'other(id: ID!): Card "A card. P'), edit(DOCUMENT, 'card(id', 'other(id')), 'selects other and not card'],
    ['a document with two root fields', () => generate(SDL, edit(DOCUMENT, '{ card', '{ again: card(id: $id) { id } card')), 'must select one field'],
    ['a document of another name', () => generate(SDL, edit(DOCUMENT, 'query cardGet', 'query cardFind')), 'must name the operation cardGet'],
    ['a document with two operations', () => generate(SDL, `${DOCUMENT}\nquery other { card(id: "1") { id } }`), 'must hold one operation'],
    ['a document that does not say what it does', () => generate(SDL, edit(DOCUMENT, '# Get a card\n', '')), 'must begin with a comment'],
    ['a query served by POST', () => generate(edit(SDL, 'method: GET', 'method: POST')), 'a query is served by GET'],
    ['a flattened object with two fields', () => generate(SDL, edit(DOCUMENT, '...Card', 'owner @flatten { id owner { id } }')), 'is flattened and must select one field'],
    ['a page without its place in the list', () => generate(SDL, edit(DOCUMENT, '...Card', 'list { nodes { id } }')), 'must select nodes and pageInfo'],
    ['a variable that nothing describes', () => generate(SDL, edit(DOCUMENT, '($id: ID!)', '($id: ID!, $more: Int)')), '"$more" is never used'],
  ])('%s', (_what, work, message) => {
    expect(work).toThrow(message);
  });
});

test('names of GraphQL are written in snake_case', () => {
  expect(['id', 'cardDefinitionId', 'expiresOn', 'SpendReversal'].map(toSnakeCase)).toEqual(['id', 'card_definition_id', 'expires_on', '_spend_reversal']);
});

/** No text that a query can be given, wherever it can be given one, is too strange for it: it names nothing, or is refused. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { GraphQLInputType } from 'graphql';
import { buildSchema, getNamedType, getNullableType, isEnumType, isInputObjectType, isListType, isNonNullType, isScalarType } from 'graphql';
import type { ApiClient } from '../support/client.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';

const schema = buildSchema(readFileSync(new URL('../../src/generated/schema.graphql', import.meta.url), 'utf8'));
/** PostgreSQL stores neither of the first two. */
const TEXTS = ['\u0000', '\ud800', 'x'.repeat(5_000), '%', "' OR 1=1 --"];

type Build = (text: string) => unknown;

/** Values of that type which have the text in one place, for each place where it can stand. */
function withText(type: GraphQLInputType): Build[] {
  const bare = getNullableType(type);
  if (isListType(bare)) return withText(bare.ofType).map((inner) => (text) => [inner(text)]);
  if (isScalarType(bare)) return bare.name === 'String' || bare.name === 'ID' ? [(text) => text] : [];
  if (!isInputObjectType(bare)) return [];
  const fields = Object.values(bare.getFields());
  return fields.flatMap((field) =>
    withText(field.type).map((inner) => (text) => ({ ...plainOf(fields.filter((other) => other !== field)), [field.name]: inner(text) })),
  );
}

/** What has to be there, with values that nobody takes amiss. */
const plainOf = (fields: readonly { readonly name: string; readonly type: GraphQLInputType }[]) =>
  Object.fromEntries(fields.filter(({ type }) => isNonNullType(type)).map(({ name, type }) => [name, plain(type)]));

function plain(type: GraphQLInputType): unknown {
  const bare = getNullableType(type);
  if (isListType(bare)) return [plain(bare.ofType)];
  if (isInputObjectType(bare)) return plainOf(Object.values(bare.getFields()));
  return isEnumType(bare) ? bare.getValues()[0]!.name : 'x';
}

const CASES = Object.values(schema.getQueryType()!.getFields()).flatMap((field) =>
  field.args.flatMap((argument) => {
    const builds = withText(argument.type);
    const required = field.args.filter((other) => other !== argument && isNonNullType(other.type));
    const given = [argument, ...required];
    const selection = isScalarType(getNamedType(field.type)) ? '' : ' { __typename }';
    const document = `query(${given.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ')}) { ${field.name}(${given.map(({ name }) => `${name}: $${name}`).join(', ')})${selection} }`;
    return builds.map((build, place) => ({ name: `${field.name}(${argument.name}:), place ${place + 1}`, document, variables: (text: string) => ({ ...plainOf(required), [argument.name]: build(text) }) }));
  }),
);

let server: TestServer;
let admin: ApiClient;

beforeAll(async () => {
  server = await startTestServer();
  admin = await server.workspace();
});
afterAll(() => server.stop());

test('queries take texts in many places', () => {
  expect(CASES.length).toBeGreaterThan(70);
});

test.each(CASES)('$name takes any text', async ({ document, variables }) => {
  for (const text of TEXTS) {
    const { status, errors } = await admin.send(document, variables(text));
    expect(status).toBeLessThan(500);
    expect(errors.map(({ extensions }) => extensions.code).filter((code) => ['INTERNAL_SERVER_ERROR', 'UNAVAILABLE', 'OVERLOADED', 'GRAPHQL_VALIDATION_FAILED'].includes(code))).toEqual([]);
  }
});

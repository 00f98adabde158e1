/** Every code that can leave the process is in the catalogue, and every code of the catalogue can leave the process. */
import { readFileSync, readdirSync } from 'node:fs';
import { ApolloServerErrorCode } from '@apollo/server/errors';
import { describe, expect, test } from '@jest/globals';
import { buildSchema, getNamedType, isEnumType, isInterfaceType, isObjectType } from 'graphql';
import { DOCUMENT_ERROR_CODES, ERROR_CATALOG, documentationOf, isErrorCode, statusOf, titleOf } from '../../src/platform/error-catalog.ts';
import { describeErrors } from '../../src/platform/error-pages.ts';

const ROOT = new URL('../../', import.meta.url);
const schema = buildSchema(readFileSync(new URL('src/generated/schema.graphql', ROOT), 'utf8'));
const enums = Object.values(schema.getTypeMap()).filter((type) => isEnumType(type) && type.name.endsWith('ErrorCode'));
const refusals = new Set(enums.flatMap((type) => (isEnumType(type) ? type.getValues().map(({ name }) => name) : [])));

const sources = readdirSync(new URL('src', ROOT), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.startsWith('generated'))
  .map((file) => ({ file, text: readFileSync(new URL(`src/${file}`, ROOT), 'utf8') }));

/** The codes of top-level errors, as their type lists them. */
function requestCodes(): string[] {
  const declaration = /export type RequestErrorCode =\n([\s\S]*?);/.exec(readFileSync(new URL('src/platform/errors.ts', ROOT), 'utf8'))?.[1] ?? '';
  return [...declaration.matchAll(/'([A-Z_]+)'/g)].map(([, code]) => code!);
}

test('the catalogue has the codes of the contract, of top-level errors and of Apollo, and no other', () => {
  expect(refusals.size).toBeGreaterThan(60);
  expect(requestCodes().length).toBeGreaterThan(15);
  expect(Object.keys(ERROR_CATALOG).sort()).toEqual([...new Set([...refusals, ...requestCodes(), ...DOCUMENT_ERROR_CODES])].sort());
});

test('all of Apollo’s own codes are there, but the one for stored documents, of which there are none', () => {
  const missing = Object.values(ApolloServerErrorCode).filter((code) => !isErrorCode(code));
  expect(missing).toEqual(['PERSISTED_QUERY_NOT_FOUND']);
});

test('each code of a top-level error is given by some line of the program', () => {
  const elsewhere = sources
    .filter(({ file }) => !file.endsWith('error-catalog.ts'))
    .map(({ text }) => ({ text: text.replace(/export type RequestErrorCode =[\s\S]*?;/, '') }));
  const unused = requestCodes().filter((code) => !elsewhere.some(({ text }) => text.includes(`'${code}'`)));
  expect(unused).toEqual([]);
});

describe('every entry', () => {
  test.each(describeErrors(schema).map((description) => [description.code, description] as const))('%s says what happened and how to fix it', (code, entry) => {
    expect(entry.status).toBe(statusOf(code));
    expect([400, 401, 403, 404, 405, 406, 408, 409, 410, 413, 414, 415, 422, 429, 431, 500, 503]).toContain(entry.status);
    expect(entry.title).toMatch(/^[A-Z][^.]+$/);
    expect(entry.title).toBe(titleOf(code));
    expect(entry.happened.length).toBeGreaterThan(0);
    for (const sentence of [...entry.happened, entry.fix]) expect(sentence).toMatch(/^[A-Z`].*\.$/s);
  });

  test('of the same kind has the same status: 404 for what is not there, 409 for what has changed meanwhile', () => {
    const codes = Object.keys(ERROR_CATALOG);
    expect(codes.filter((code) => /NOT_FOUND$/.test(code)).map(statusOf)).toEqual(Array.from({ length: 7 }, () => 404));
    expect([statusOf('VERSION_CONFLICT'), statusOf('REFERENCE_MISMATCH'), statusOf('IDEMPOTENCY_CONCURRENT_REQUEST')]).toEqual([409, 409, 409]);
    expect(statusOf('IDEMPOTENCY_KEY_PARAMETER_MISMATCH')).toBe(422);
  });
});

test('what is no code is a fault of ours, also if it is a property of every object', () => {
  for (const code of ['NOTHING', 'constructor', 'toString', '__proto__', '']) {
    expect([isErrorCode(code), statusOf(code), documentationOf(code, null)]).toEqual([false, 500, '/docs/errors/INTERNAL_SERVER_ERROR']);
  }
});

test('every user error has the fields of the interface and a code out of an enum of its own kind', () => {
  const userError = schema.getType('UserError');
  if (!isInterfaceType(userError)) throw new Error('UserError is an interface.');
  const implementations = schema.getImplementations(userError).objects;
  const named = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) && type.name.endsWith('UserError'));
  expect(implementations.map(({ name }) => name).sort()).toEqual(named.map(({ name }) => name).sort());
  for (const type of implementations) {
    const { code, documentation } = type.getFields();
    expect([String(documentation!.type), getNamedType(code!.type).name.endsWith('ErrorCode')]).toEqual(['String!', true]);
  }
});

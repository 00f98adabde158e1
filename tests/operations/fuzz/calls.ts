import * as fc from 'fast-check';
import type { OpenApi } from '../../support/openapi.ts';
import { dayText, decimalText, idAmong, instantText, strangeText, strangeValue } from './values.ts';

/** Calls of REST out of an OpenAPI description: as it describes them, and then with something wrong with them. */

export interface Call {
  readonly operationId: string;
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

interface Parameter {
  readonly $ref?: string;
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly schema?: Schema;
  /** In place of `schema`, where the parameter is JSON. */
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly pattern?: string;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
/** How deep generated objects go; what is deeper is left out where it may be. */
const DEPTH_MAX = 4;
/** Headers that a client might send, each once in a while. */
const HEADERS: readonly Readonly<Record<string, string>>[] = [
  { 'idempotency-key': 'again' },
  { 'idempotency-key': '' },
  { 'idempotency-key': '"' },
  { accept: 'text/html' },
  { accept: 'application/json' },
  { authorization: 'Bearer nobody' },
  { 'content-type': 'text/plain' },
  { 'content-type': 'application/json; charset=utf-16' },
  { 'content-encoding': 'gzip' },
];

/** @param ids of everything that the workspace has */
export function callsOf(openApi: OpenApi, ids: readonly string[]): fc.Arbitrary<Call> {
  const operations = Object.entries(openApi.paths).flatMap(([path, methods]) => {
    const shared = (methods as unknown as { parameters?: readonly Parameter[] }).parameters ?? [];
    return METHODS.filter((method) => methods[method] !== undefined).map((method) => {
      const operation = methods[method]!;
      const parameters = [...shared, ...((operation.parameters ?? []) as readonly Parameter[])].map((parameter) => resolve(openApi, parameter));
      return { path, method, operation, parameters };
    });
  });
  return fc.constantFrom(...operations).chain(({ path, method, operation, parameters }) => {
    const body = operation.requestBody?.content['application/json'].schema;
    return fc
      .record({
        inPath: fc.record(Object.fromEntries(parameters.filter((each) => each.in === 'path').map(({ name }) => [name, often(idFor(path, ids), 4, idAmong(ids))]))),
        inQuery: fc.record(
          Object.fromEntries(parameters.filter((each) => each.in === 'query').map((parameter) => [parameter.name, textOf(openApi, schemaOf(parameter), ids)])),
          { requiredKeys: [] },
        ),
        // Most parameters are left out: a list with all of its filters is always empty.
        kept: fc.integer({ min: 0, max: 3 }),
        unknown: often(fc.constant<string | null>(null), 15, fc.constantFrom<string | null>('unknown=1', 'limit=0', 'limit=1e9', 'cursor=x', '=', '%', 'a[b][c]=1', '__proto__=1')),
        body: method === 'get' ? fc.constant(null) : body === undefined ? often(fc.constant(null), 30, fc.constant('{}')) : bodyOf(openApi, body as Schema, ids),
        headers: often(fc.constant({}), 12, fc.constantFrom(...HEADERS)),
      })
      .map(({ inPath, inQuery, kept, unknown, body: text, headers }) => {
        const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent((inPath[name] ?? '').toWellFormed()));
        const queries = Object.entries(inQuery).slice(0, kept).map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value).toWellFormed())}`);
        const query = [...queries, ...(unknown === null ? [] : [unknown])].join('&');
        return {
          operationId: operation.operationId,
          method: method.toUpperCase(),
          target: `${filled}${query === '' ? '' : `?${query}`}`,
          headers: { ...(text === null ? {} : { 'content-type': 'application/json' }), ...headers },
          body: text,
        };
      });
  });
}

/** The one, and once in so many times the other. */
function often<T>(usual: fc.Arbitrary<T>, times: number, seldom: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ weight: times, arbitrary: usual }, { weight: 1, arbitrary: seldom });
}

/** What the addresses of a kind of object begin with, and what its ids do. */
const KINDS: Readonly<Record<string, string>> = {
  'card-definitions': 'cdef_',
  customers: 'cust_',
  'earn-rules': 'rule_',
  'ledger-entries': 'lent_',
  spends: 'spnd_',
  'tier-structures': 'tstr_',
  tiers: 'tier_',
  transactions: 'txn_',
  'api-keys': 'key_',
};

/** An id of the kind of object that the path is about. */
function idFor(path: string, ids: readonly string[]): fc.Arbitrary<string> {
  const kind = path.split('/').map((part) => KINDS[part]).find((prefix) => prefix !== undefined);
  const fitting = ids.filter((id) => kind !== undefined && id.startsWith(kind));
  return fc.constantFrom(...(fitting.length === 0 ? ids : fitting));
}

function resolve<T extends { readonly $ref?: string }>(openApi: OpenApi, value: T): T {
  if (value.$ref === undefined) return value;
  const found = value.$ref.split('/').slice(1).reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], openApi);
  return resolve(openApi, found as T);
}

function schemaOf({ schema, content = {} }: Parameter): Schema {
  return schema ?? Object.values(content)[0]?.schema ?? {};
}

function textOf(openApi: OpenApi, schema: Schema, ids: readonly string[]): fc.Arbitrary<string> {
  return often(
    valueOf(openApi, schema, ids, 1).map((value) => (typeof value === 'string' ? value : JSON.stringify(value))),
    5,
    strangeText,
  );
}

/** A body as described, one with a value or two replaced, or one that is no JSON. */
function bodyOf(openApi: OpenApi, schema: Schema, ids: readonly string[]): fc.Arbitrary<string> {
  const described = valueOf(openApi, schema, ids, 1);
  return fc.oneof(
    { weight: 10, arbitrary: described.map((value) => JSON.stringify(value)) },
    { weight: 6, arbitrary: fc.tuple(described, strangeValue, fc.nat()).map(([value, strange, place]) => JSON.stringify(withReplaced(value, strange, place))) },
    { weight: 2, arbitrary: strangeValue.map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: fc.tuple(described, fc.nat()).map(([value, at]) => JSON.stringify(value).slice(0, at % 60)) },
  );
}

/** The value with something else at one of its places, or with a key that nobody knows. */
function withReplaced(value: unknown, strange: unknown, place: number): unknown {
  if (typeof value !== 'object' || value === null) return strange;
  const entries = Object.entries(value);
  if (entries.length === 0 || place % 7 === 0) return { ...value, unknown_key: strange };
  const [key, inner] = entries[place % entries.length]!;
  const replaced = place % 3 === 0 ? strange : withReplaced(inner, strange, Math.floor(place / entries.length));
  return Array.isArray(value) ? value.map((item: unknown, index) => (String(index) === key ? replaced : item)) : { ...value, [key]: replaced };
}

function valueOf(openApi: OpenApi, schema: Schema, ids: readonly string[], depth: number): fc.Arbitrary<unknown> {
  const known = resolve(openApi, schema);
  const inner = (part: Schema) => valueOf(openApi, part, ids, depth + 1);
  if (known.const !== undefined) return fc.constant(known.const);
  if (known.enum !== undefined) return fc.constantFrom(...known.enum);
  const parts = known.oneOf ?? known.anyOf ?? known.allOf;
  if (parts !== undefined && known.properties === undefined) return fc.oneof(...parts.map((part) => inner(part)));
  const types = [known.type ?? 'object'].flat();
  return fc.oneof(...types.map((type) => ofType(type, known, ids, depth, inner)));
}

function ofType(type: string, schema: Schema, ids: readonly string[], depth: number, inner: (part: Schema) => fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  if (type === 'null') return fc.constant(null);
  if (type === 'boolean') return fc.boolean();
  if (type === 'integer' || type === 'number') return fc.integer({ min: -2, max: 400 });
  if (type === 'array') return depth > DEPTH_MAX || schema.items === undefined ? fc.constant([]) : fc.array(inner(schema.items), { maxLength: 3 });
  if (type === 'object') {
    const required = schema.required ?? [];
    const properties = Object.entries(schema.properties ?? {}).filter(([name]) => depth <= DEPTH_MAX || required.includes(name));
    return fc.record(Object.fromEntries(properties.map(([name, part]) => [name, inner(part)])), { requiredKeys: required.filter((name) => schema.properties?.[name] !== undefined) });
  }
  if (schema.format === 'date-time') return instantText;
  if (schema.format === 'date') return dayText;
  return fc.oneof(idAmong(ids), decimalText, fc.constantFrom('USD', 'EUR', 'Europe/Warsaw', 'true', 'name'));
}

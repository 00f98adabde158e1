/** Writes the OpenAPI 3.1 description of the REST API: what the SDL says, in the words of REST. */
import { readFileSync } from 'node:fs';
import type { GraphQLEnumType, GraphQLInputObjectType, GraphQLInputType } from 'graphql';
import { Kind, getNamedType, getNullableType, isAbstractType, isEnumType, isInputObjectType, isListType, isNonNullType, isObjectType } from 'graphql';
import { statusOf } from '../../src/platform/error-catalog.ts';
import { toSnakeCase } from '../../src/rest/names.ts';
import type { ShownContent, ShownField, ShownValue } from './selections.ts';
import type { ParameterSource, RestSources, RouteSource } from './sources.ts';
import { answerOf, isBareList, textFieldOf } from './table.ts';

type Schema = Readonly<Record<string, unknown>>;

const { version: VERSION } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };

const ABOUT = `Points, tiers and rewards over plain HTTP. Every route executes a GraphQL document of this server, so
that permissions, limits, idempotency and errors are the same on both.

**Keys.** \`Authorization: Bearer <key>\`, or \`X-App-Id\` with the key's id and \`X-App-Token\` with its secret.

**Idempotency.** Every write takes a key, as the \`Idempotency-Key\` header or as \`idempotency_key\` in its body. Repeating a
call with its key answers as the first call did and changes nothing.

**Errors** are \`application/problem+json\` (RFC 9457) with a \`code\` that programs can act on; \`type\` is the address of its page.

**Numbers.** Amounts of money are exact decimals, answered as strings; points are whole numbers. Both are taken as numbers
and as strings, and never pass through binary floating point.

**Lists** have \`data\`, \`has_more\` and \`next_cursor\`; \`limit\` and \`cursor\` page through them.

**Ids in a path** are VoilaTier's, or yours with the name of the field in front: \`/v3/customers/external_id:ada\`,
\`/v3/transactions/reference:ord_4782\`.

**Events as they come** are at \`GET /v3/events:stream\`, as \`text/event-stream\`: \`?types=points.*,customer.tier.*\` and
\`?customer=cust_...\` choose some, \`?after=\` or \`Last-Event-ID\` goes on behind an event that came before. The data of each are those of
\`GET /v3/events\`. Comments every 15 seconds carry an \`id\` too. With \`event: shutdown\` the server stops: connect again. At most 200
streams of a workspace are open at once in each process (\`TOO_MANY_STREAMS\`). Permission: \`READ\`.

Instants are RFC 3339 in UTC. Unknown fields and parameters are refused; fields may be added to answers at any time.`;

const TAGS: Readonly<Record<string, readonly [string, string]>> = {
  customers: ['Customers', 'Members of the program and where they stand.'],
  ledger: ['Transactions', 'Purchases and what they earned.'],
  operations: ['Operations', 'What is done to points besides purchases.'],
  structures: ['Tiers', 'Tier structures, their revisions and tiers.'],
  cards: ['Card definitions', 'The kinds of cards on which points are collected.'],
  earning: ['Earn rules', 'The rules that give points for purchases.'],
  workspaces: ['Workspace', 'The workspace of the key, its clock and its keys.'],
  audit: ['Audit', 'Who changed the configuration, and what keys are used for.'],
  'rate-limits': ['Limits', 'What the workspace and the key may still use.'],
};
const OTHER_TAG = ['Objects', 'Single objects by their ids.'] as const;

export function renderOpenApi(sources: RestSources): string {
  const writer = new SchemaWriter(sources);
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of sources.routes) {
    (paths[route.path] ??= {})[route.method.toLowerCase()] = writer.operation(route);
  }
  const used = new Set(sources.routes.map(({ context }) => tagOf(context)[0]));
  const document = {
    openapi: '3.1.0',
    info: {
      title: 'VoilaTier REST API',
      version: VERSION,
      description: ABOUT,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'This server.' }],
    security: SECURITY,
    tags: [...Object.values(TAGS), OTHER_TAG].filter(([name]) => used.has(name)).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: Object.fromEntries([...writer.schemas].sort(([a], [b]) => (a < b ? -1 : 1))),
      responses: RESPONSES,
      parameters: { IdempotencyKey: IDEMPOTENCY_KEY },
      headers: HEADERS,
      securitySchemes: SECURITY_SCHEMES,
    },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

const tagOf = (context: string): readonly [string, string] => TAGS[context] ?? OTHER_TAG;

const ref = (kind: string, name: string): Schema => ({ $ref: `#/components/${kind}/${name}` });

const SECURITY = [{ bearer: [] }, { appId: [], appToken: [] }];
const SECURITY_SCHEMES = {
  bearer: { type: 'http', scheme: 'bearer', description: 'The API key.' },
  appId: { type: 'apiKey', in: 'header', name: 'X-App-Id', description: 'Id of the API key. Together with `X-App-Token`.' },
  appToken: { type: 'apiKey', in: 'header', name: 'X-App-Token', description: 'The API key. Together with `X-App-Id`.' },
};

const HEADERS: Readonly<Record<string, unknown>> = {
  RequestId: { description: 'Id of the request, also in the logs and in each problem.', schema: { type: 'string', format: 'uuid' } },
  RateLimit: { description: 'What is left of the limit that is nearest, as the draft of the IETF writes it.', schema: { type: 'string' } },
  RateLimitPolicy: { description: 'The limits that apply, as the draft of the IETF writes them.', schema: { type: 'string' } },
  RetryAfter: { description: 'After how many seconds to try again.', schema: { type: 'integer', minimum: 0 } },
  IdempotentReplayed: { description: '`true` if the call was carried out before, and this is the answer of then.', schema: { type: 'string', const: 'true' } },
  Allow: { description: 'The methods that the address takes.', schema: { type: 'string' } },
};

const ALWAYS = { 'X-Request-Id': ref('headers', 'RequestId') };
const LIMITS = { RateLimit: ref('headers', 'RateLimit'), 'RateLimit-Policy': ref('headers', 'RateLimitPolicy') };
const RETRY = { 'Retry-After': ref('headers', 'RetryAfter') };

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'Makes a repeated call harmless: the same key with the same input answers as the first call did. 1 to 255 characters, kept 7 days. Not beside another key in the body.',
  // In quotes, which the draft of the IETF wants, it is two longer.
  schema: { type: 'string', minLength: 1, maxLength: 257, examples: ['order-4782'] },
};

const problemResponse = (description: string, headers: Schema = {}): Schema => ({
  description,
  headers: { ...ALWAYS, ...headers },
  content: { 'application/problem+json': { schema: ref('schemas', 'Problem') } },
});

const RESPONSES: Readonly<Record<string, Schema>> = {
  BadRequest: problemResponse('The request cannot be understood: malformed JSON, an unknown or missing field, a value of the wrong type.', LIMITS),
  Unauthenticated: problemResponse('The request has no valid API key.'),
  Forbidden: problemResponse('The API key has too little scope.'),
  NotFound: problemResponse('There is no such object in the workspace of the key.', LIMITS),
  MethodNotAllowed: problemResponse('The address does not take this method.', { Allow: ref('headers', 'Allow') }),
  Conflict: problemResponse('The object has changed, is in another status, or a call with the same idempotency key is under way.', { ...LIMITS, ...RETRY }),
  PayloadTooLarge: problemResponse('The body has more than 1 MiB.'),
  UnsupportedMediaType: problemResponse('The body is not sent as `application/json`.'),
  Unprocessable: problemResponse('The request is understood and cannot be carried out. Nothing was changed.', LIMITS),
  Gone: problemResponse('What is asked for is not there any more.'),
  RateLimited: problemResponse('The workspace or the key has used up what it may use at present.', { ...LIMITS, ...RETRY }),
  Failed: problemResponse('Something went wrong on our side.'),
  Unavailable: problemResponse('The server is overloaded, or cannot reach its database.', RETRY),
};

const STATUS_RESPONSES: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'Unauthenticated',
  403: 'Forbidden',
  404: 'NotFound',
  409: 'Conflict',
  410: 'Gone',
  413: 'PayloadTooLarge',
  415: 'UnsupportedMediaType',
  422: 'Unprocessable',
  429: 'RateLimited',
  500: 'Failed',
  503: 'Unavailable',
};
/** What any route may answer, whatever it does. */
const ANY_STATUS = [400, 401, 403, 429, 500, 503];
const BODY_STATUS = [413, 415];
/** Of a mutation: a call with the same key is under way, or the key was used for another. */
const WRITE_STATUS = [409, 422];

const ERROR = {
  type: 'object',
  description: 'One thing that is wrong.',
  properties: {
    code: { type: 'string', description: 'Machine-readable reason.' },
    message: { type: 'string', description: 'What is wrong, in one English sentence for developers.' },
    field: { anyOf: [{ type: 'array', items: { type: 'string' } }, { type: 'null' }], description: 'Path to the offending field of the body. Null if no single field is to blame.' },
  },
  required: ['code', 'message', 'field'],
};

const PROBLEM = {
  type: 'object',
  description: 'Why a request was refused, as RFC 9457 has it.',
  properties: {
    type: { type: 'string', format: 'uri-reference', description: 'Address of the page about the code.' },
    title: { type: 'string', description: 'What the code means, in a few words.' },
    status: { type: 'integer', description: 'The HTTP status.' },
    detail: { type: 'string', description: 'What is wrong with this request, in one English sentence for developers. It may change; act on `code`.' },
    code: { type: 'string', description: 'Machine-readable reason, the same as on GraphQL.' },
    field: ERROR.properties.field,
    errors: { type: 'array', items: ref('schemas', 'Error'), description: 'All that is wrong, where there may be more than one thing.' },
    request_id: { type: 'string', format: 'uuid', description: 'Id of the request.' },
  },
  required: ['type', 'title', 'status', 'detail', 'code', 'field', 'request_id'],
};

const OUTPUT_SCALARS: Readonly<Record<string, Schema>> = {
  ID: { type: 'string' },
  String: { type: 'string' },
  Boolean: { type: 'boolean' },
  Int: { type: 'integer' },
  DateTime: { type: 'string', format: 'date-time' },
  LocalDate: { type: 'string', format: 'date' },
};
const INPUT_SCALARS: Readonly<Record<string, Schema>> = { ...OUTPUT_SCALARS, ID: { type: ['string', 'integer'] } };

const SHARED_SCALARS: Readonly<Record<string, Schema>> = {
  Points: {
    type: ['integer', 'string'],
    description: 'A whole number of points. A JSON number while its absolute value is at most 2^53 - 1, a decimal string beyond it. Taken in either form.',
    pattern: '^-?[0-9]{1,19}$',
    examples: [2840],
  },
  Decimal: { type: 'string', description: 'An exact decimal number.', pattern: '^-?[0-9]+(\\.[0-9]+)?$', examples: ['52.40'] },
  DecimalInput: { type: ['string', 'number'], description: 'An exact decimal number, as a number or a string.', examples: ['52.40', 52.4] },
  JSONObject: { type: 'object', description: 'Your own key-value data: at most 50 keys, 10 KiB. It is given back unchanged.', additionalProperties: true },
};

class SchemaWriter {
  readonly schemas = new Map<string, Schema>([
    ['Problem', PROBLEM],
    ['Error', ERROR],
  ]);
  readonly #sources: RestSources;
  readonly #routesByField = new Map<string, RouteSource>();

  constructor(sources: RestSources) {
    this.#sources = sources;
    for (const route of sources.routes) if (!this.#routesByField.has(route.rootField.name)) this.#routesByField.set(route.rootField.name, route);
  }

  operation(route: RouteSource): Schema {
    const { operation, method, summary, context, scope, body } = route;
    const parameters = [
      ...route.pathParameters.map((parameter) => this.#pathParameter(parameter)),
      ...route.queryParameters.map((parameter) => this.#queryParameter(parameter)),
      ...(method === 'GET' ? [] : [ref('parameters', 'IdempotencyKey')]),
    ];
    return {
      operationId: operation,
      summary,
      // What is null on GraphQL is not there on REST.
      description: this.#inRestWords(this.#description(route)).replace(/\bNull if/g, '404 if'),
      tags: [tagOf(context)[0]],
      'x-scope': scope,
      ...(parameters.length === 0 ? {} : { parameters }),
      ...(body === null ? {} : { requestBody: this.#requestBody(route) }),
      responses: this.#responses(route),
    };
  }

  /** What is said of the field whose value is the answer. */
  #description(route: RouteSource): string {
    const { rootField, rootNode, method, scope } = route;
    if (method !== 'GET') return rootField.description ?? '';
    const { content } = answerOf(this.#sources, route);
    if (isAbstractType(getNamedType(rootField.type)) && content.kind === 'OBJECT') {
      const shown = content.fragment === null ? content.variants[0]?.type : this.#sources.fragments.get(content.fragment)?.typeCondition.name.value;
      return `${this.#sources.schema.getType(shown ?? '')?.description ?? ''} Permission: \`${scope}\`.`;
    }
    const isFlattened = (rootNode.directives ?? []).some(({ name }) => name.value === 'flatten');
    const [inner] = rootNode.selectionSet?.selections ?? [];
    const type = getNamedType(rootField.type);
    if (!isFlattened || inner?.kind !== Kind.FIELD || !isObjectType(type)) return rootField.description ?? '';
    return `${type.getFields()[inner.name.value]?.description ?? ''} Permission: \`${scope}\`.`;
  }

  // --- what comes in -----------------------------------------------------------------------------

  #pathParameter({ name, type, description }: ParameterSource): Schema {
    return { name, in: 'path', required: true, description: this.#inRestWords(this.#referenceDescription(type, description)), schema: { type: 'string' } };
  }

  /** What may stand in a path in place of an id. */
  #referenceDescription(type: GraphQLInputType, description: string): string {
    const named = getNamedType(type);
    if (!isInputObjectType(named)) return description;
    const forms = Object.values(named.getFields()).map((field) => {
      const inner = getNamedType(field.type);
      const what = (field.description ?? '').replace(/\.$/, '');
      if (field.name === 'id') return what;
      const source = isInputObjectType(inner) ? ', whose source is `default`' : '';
      return `\`${toSnakeCase(field.name)}:\` and ${what.charAt(0).toLowerCase()}${what.slice(1)}${source}`;
    });
    return `${forms.join(', or ')}.`;
  }

  #queryParameter({ name, type, required, description, defaultValue }: ParameterSource): Schema {
    const schema = this.#input(type, false);
    const isJson = isInputObjectType(getNamedType(type));
    return {
      name,
      in: 'query',
      required,
      description: this.#inRestWords(isJson ? `${description} As JSON.` : description),
      ...(isJson
        ? { content: { 'application/json': { schema } } }
        : { schema: name === 'limit' ? { type: 'integer', minimum: 1, maximum: 100, default: 25 } : { ...schema, ...(defaultValue === undefined ? {} : { default: defaultValue }) } }),
    };
  }

  #requestBody({ operation, body, pathParameters }: RouteSource): Schema {
    const type = body?.type as GraphQLInputObjectType;
    const without = body?.without ?? [];
    const name = pathParameters.length === 0 ? type.name : `${operation.charAt(0).toUpperCase()}${operation.slice(1)}Body`;
    if (!this.schemas.has(name)) this.schemas.set(name, this.#inputObject(type, without));
    const required = Object.values(type.getFields()).some((field) => !without.includes(field.name) && isRequired(field));
    return { required, content: { 'application/json': { schema: ref('schemas', name) } } };
  }

  #input(type: GraphQLInputType, isNullable: boolean): Schema {
    const plain = getNullableType(type);
    const schema = isListType(plain)
      ? { type: 'array', items: this.#input(plain.ofType, false) }
      : this.#inputItem(plain);
    return isNullable && !isNonNullType(type) ? withNull(schema) : schema;
  }

  #inputItem(type: GraphQLInputType): Schema {
    const named = getNamedType(type);
    if (isEnumType(named)) return this.#enum(named);
    if (isInputObjectType(named)) {
      if (!this.schemas.has(named.name)) {
        this.schemas.set(named.name, {});
        this.schemas.set(named.name, this.#inputObject(named, []));
      }
      return ref('schemas', named.name);
    }
    if (named.name === 'Decimal') return this.#sharedScalar('DecimalInput');
    return INPUT_SCALARS[named.name] ?? this.#sharedScalar(named.name);
  }

  #inputObject(type: GraphQLInputObjectType, without: readonly string[]): Schema {
    const fields = Object.values(type.getFields()).filter(({ name }) => !without.includes(name));
    const description = this.#inRestWords(type.description ?? '');
    const property = (field: (typeof fields)[number], isNullable: boolean): Schema => ({
      ...this.#input(field.type, isNullable),
      description: this.#inRestWords(field.description ?? ''),
      ...(field.defaultValue === undefined ? {} : { default: field.defaultValue }),
    });
    const text = textFieldOf(type);
    const asText: Schema[] = text === null ? [] : [{ type: 'string', description: this.#inRestWords(type.getFields()[text]?.description ?? '') }];
    if (type.isOneOf) {
      const forms = fields.map((field) => {
        const name = toSnakeCase(field.name);
        return { type: 'object', title: name, properties: { [name]: property(field, false) }, required: [name], additionalProperties: false };
      });
      return { description, oneOf: [...asText, ...forms] };
    }
    const required = fields.filter(isRequired).map(({ name }) => toSnakeCase(name));
    const object = {
      type: 'object',
      properties: Object.fromEntries(fields.map((field) => [toSnakeCase(field.name), property(field, true)])),
      ...(required.length === 0 ? {} : { required }),
      additionalProperties: false,
    };
    return asText.length === 0 ? { description, ...object } : { description, oneOf: [...asText, object] };
  }

  // --- what comes out ----------------------------------------------------------------------------

  #responses(route: RouteSource): Schema {
    const { status, method, body, operation } = route;
    const answer = answerOf(this.#sources, route);
    const schema = this.#content({ ...answer, nullable: false });
    const headers = { ...ALWAYS, ...LIMITS, ...(method === 'GET' ? {} : { 'Idempotent-Replayed': ref('headers', 'IdempotentReplayed') }) };
    const success = {
      description: 'Success.',
      headers,
      content: { 'application/json': { schema: isBareList(answer) ? pageOf(schema, {}) : this.#named(operation, schema) } },
    };
    const refusals = new Map<number, Set<string>>();
    const add = (refusal: number, code?: string) => {
      const codes = refusals.get(refusal) ?? new Set();
      refusals.set(refusal, codes);
      if (code !== undefined) codes.add(code);
    };
    for (const any of [...ANY_STATUS, ...(body === null ? [] : BODY_STATUS), ...(method === 'GET' ? [] : WRITE_STATUS)]) add(any);
    if (isAbsent(answer) || route.pathParameters.length > 0) add(404, 'NOT_FOUND');
    // A place in the log may have been removed with what was old.
    if (getNamedType(route.rootField.type).name === 'EventConnection') add(statusOf('EVENTS_REMOVED'), 'EVENTS_REMOVED');
    for (const code of this.#userErrorCodes(route)) add(statusOf(code), code);
    const entries = [...refusals].sort(([a], [b]) => a - b).map(([refusal, codes]): [string, Schema] => {
      const shared = ref('responses', STATUS_RESPONSES[refusal] ?? 'Failed');
      if (codes.size === 0) return [String(refusal), shared];
      const response = RESPONSES[STATUS_RESPONSES[refusal] ?? 'Failed'] as { readonly description: string };
      const list = [...codes].sort().map((code) => `\`${code}\``).join(', ');
      return [String(refusal), { ...response, description: `${response.description} Codes of this operation: ${list}.` }];
    });
    return Object.fromEntries([[String(status), success], ...entries]);
  }

  /** Answers that are no object of their own get a name too, which clients are generated by. */
  #named(operation: string, schema: Schema): Schema {
    if ('$ref' in schema) return schema;
    const name = `${operation.charAt(0).toUpperCase()}${operation.slice(1)}Answer`;
    this.schemas.set(name, schema);
    return ref('schemas', name);
  }

  #userErrorCodes({ rootField }: RouteSource): string[] {
    const payload = getNamedType(rootField.type);
    const userErrors = isObjectType(payload) ? payload.getFields()['userErrors'] : undefined;
    const error = userErrors === undefined ? undefined : getNamedType(userErrors.type);
    const code = isObjectType(error) ? getNamedType(error.getFields()['code']?.type as never) : undefined;
    return isEnumType(code) ? code.getValues().map(({ name }) => name) : [];
  }

  #content({ content, list, nullable }: ShownValue): Schema {
    const item = this.#item(content, nullable && !list);
    const schema = list ? { type: 'array', items: item } : item;
    return nullable && list ? withNull(schema) : schema;
  }

  #item(content: ShownContent, isNullable: boolean): Schema {
    const orNull = (schema: Schema) => (isNullable ? withNull(schema) : schema);
    switch (content.kind) {
      case 'LEAF':
        return orNull(this.#leaf(content.type));
      case 'TYPE_NAME':
        return { type: 'string', enum: content.types.map(typeName) };
      case 'FLAT':
        return this.#content({ ...content.value, nullable: content.value.nullable || isNullable });
      case 'PAGE':
        return orNull(pageOf({ type: 'array', items: this.#content(content.item) }, this.#properties(content.fields)));
      case 'OBJECT': {
        const variants = content.variants.map(({ fields }) => this.#object(fields, ''));
        const [first] = variants;
        const description = this.#inRestWords(content.description);
        const schema: Schema = variants.length > 1 ? { description, oneOf: variants } : { description, ...first };
        if (content.fragment === null) return orNull(schema);
        if (!this.schemas.has(content.fragment)) this.schemas.set(content.fragment, schema);
        return orNull(ref('schemas', content.fragment));
      }
    }
  }

  #object(fields: readonly ShownField[], description: string): Schema {
    return {
      type: 'object',
      ...(description === '' ? {} : { description }),
      properties: this.#properties(fields),
      required: fields.map(({ name }) => name),
    };
  }

  #properties(fields: readonly ShownField[]): Record<string, Schema> {
    return Object.fromEntries(
      fields.map(({ name, description, value, empty }) => {
        const schema = empty === true ? { type: 'array', items: {}, maxItems: 0 } : this.#content(value);
        return [name, { ...schema, description: this.#inRestWords(description) }];
      }),
    );
  }

  #leaf(type: string): Schema {
    const named = this.#sources.schema.getType(type);
    if (isEnumType(named)) return this.#enum(named);
    return OUTPUT_SCALARS[type] ?? this.#sharedScalar(type);
  }

  #enum(type: GraphQLEnumType): Schema {
    if (!this.schemas.has(type.name)) {
      const values = type.getValues();
      const meanings = values.map(({ name, description }) => `- \`${name}\`: ${this.#inRestWords(description ?? '')}`);
      this.schemas.set(type.name, {
        type: 'string',
        enum: values.map(({ name }) => name),
        description: [this.#inRestWords(type.description ?? ''), ...meanings].join('\n'),
      });
    }
    return ref('schemas', type.name);
  }

  #sharedScalar(name: string): Schema {
    const schema = SHARED_SCALARS[name];
    if (schema === undefined) throw new Error(`The scalar ${name} has no form in OpenAPI yet.`);
    this.schemas.set(name, schema);
    return ref('schemas', name);
  }

  /** The SDL names fields and operations as GraphQL does. */
  #inRestWords(text: string): string {
    return text.replace(/`([a-z]+[A-Za-z]*)`/g, (whole, name: string) => {
      const route = this.#routesByField.get(name);
      // A query's field may well be the name of an object's field.
      if (route !== undefined && route.method !== 'GET' && !REST_FIELDS.has(name)) return `\`${route.method} ${route.path}\``;
      return /[A-Z]/.test(name) ? `\`${toSnakeCase(name)}\`` : whole;
    });
  }
}

/** Names of mutations that are names of fields of answers too, where those are meant more often. */
const REST_FIELDS: ReadonlySet<string> = new Set(['spend', 'refund']);

const isRequired = ({ type, defaultValue }: { readonly type: GraphQLInputType; readonly defaultValue?: unknown }): boolean =>
  isNonNullType(type) && defaultValue === undefined;

function isAbsent(value: ShownValue): boolean {
  return value.nullable || (value.content.kind === 'FLAT' && isAbsent(value.content.value));
}

function withNull(schema: Schema): Schema {
  const { type } = schema;
  if (typeof type === 'string' && !('enum' in schema) && !('properties' in schema)) return { ...schema, type: [type, 'null'] };
  return { anyOf: [schema, { type: 'null' }] };
}

function pageOf(data: Schema, more: Readonly<Record<string, Schema>>): Schema {
  return {
    type: 'object',
    properties: {
      data: { ...data, description: 'The items of this page.' },
      has_more: { type: 'boolean', description: 'Whether there are more items after this page.' },
      next_cursor: { type: ['string', 'null'], description: 'What to send as `cursor` for the next page. Null if this is the last one.' },
      ...more,
    },
    required: ['data', 'has_more', 'next_cursor', ...Object.keys(more)],
  };
}

const typeName = (type: string): string => toSnakeCase(type).slice(1);

import type { ZodType } from 'zod';
import { toJSONSchema } from 'zod';
import {
  DAYS_MAX,
  IDS_MAX,
  PAGE_SIZE_DEFAULT,
  PAGE_SIZE_MAX,
  VALUES_MAX,
  createBody,
  tierStructure,
  tierStructureList,
  updateBody,
} from './contract.ts';
import type { ConditionValue } from './query.ts';
import { FILTERS, JUNCTIONS, ORDERS, parameterName } from './query.ts';

/** The OpenAPI description of `/v2`, out of the very shapes and tables that requests are checked against. */

type Json = Readonly<Record<string, unknown>>;

const COLLECTION = '/v2/loyalties/tier-structures';

/** @param publicUrl the server's own address; null if it knows none */
export function openApiV2(publicUrl: string | null): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: 'VoilaTier API v2: tier structures',
      version: '2',
      description: 'Tier structures in the form of `/v2/loyalties/tier-structures`. Everything else is in `/v3/openapi.json`.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: publicUrl ?? '/' }],
    security: [{ bearer: [] }, { appId: [], appToken: [] }],
    tags: [{ name: 'Tier structures', description: 'What customers climb, and how.' }],
    paths: {
      [COLLECTION]: {
        get: {
          ...operation(
            'listTierStructures',
            'List tier structures',
            'READ',
            'Deleted ones are listed only if there is a condition on `status`.',
          ),
          parameters: listParameters(),
          responses: responses('TierStructureList', 'A page of tier structures.'),
        },
        post: {
          ...operation('createTierStructure', 'Create a tier structure', 'ADMIN', 'It is created as a draft.'),
          ...writing('TierStructureCreate'),
        },
      },
      [`${COLLECTION}/{id}`]: {
        parameters: [ID],
        get: {
          ...operation('getTierStructure', 'Get a tier structure', 'READ', 'Deleted ones stay readable.'),
          responses: responses('TierStructure', 'The tier structure.'),
        },
        put: {
          ...operation(
            'updateTierStructure',
            'Update a tier structure',
            'ADMIN',
            'What is left out stays as it is. Outside `DRAFT` only `name` and `metadata` may change.',
          ),
          ...writing('TierStructureUpdate'),
        },
        delete: {
          ...operation('deleteTierStructure', 'Delete a tier structure', 'ADMIN', 'For good. It stays readable, with status `DELETED`.'),
          ...writing(null),
        },
      },
      [`${COLLECTION}/{id}/activate`]: step(
        'activateTierStructure',
        'Activate a tier structure',
        '`DRAFT` or `INACTIVE` to `ACTIVE`. All that stands against it is reported at once.',
      ),
      [`${COLLECTION}/{id}/deactivate`]: step('deactivateTierStructure', 'Deactivate a tier structure', '`ACTIVE` to `INACTIVE`.'),
      [`${COLLECTION}/{id}/draft`]: step(
        'draftTierStructure',
        'Make a tier structure a draft again',
        '`ACTIVE` to `DRAFT`, while no customer holds a tier of it.',
      ),
    },
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'An API key.' },
        appId: { type: 'apiKey', in: 'header', name: 'X-App-Id', description: 'Id of an API key.' },
        appToken: { type: 'apiKey', in: 'header', name: 'X-App-Token', description: 'The API key itself.' },
      },
      schemas: {
        TierStructure: schemaOf(tierStructure, 'output'),
        TierStructureList: { ...schemaOf(tierStructureList, 'output'), properties: listProperties() },
        TierStructureCreate: schemaOf(createBody, 'input'),
        TierStructureUpdate: schemaOf(updateBody, 'input'),
        Problem: PROBLEM,
      },
    },
  };
}

const ID = {
  name: 'id',
  in: 'path',
  required: true,
  description: 'Unique tier structure identifier, with the prefix `tstr`.',
  schema: { type: 'string' },
};

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'Makes a repeated call harmless: the same key with the same input answers as the first call did. Kept 7 days.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};

const PROBLEM = {
  type: 'object',
  description: 'Why the request was refused (RFC 9457).',
  properties: {
    type: { type: 'string', format: 'uri-reference', description: 'Address of the page about the code.' },
    title: { type: 'string', description: 'What the code means.' },
    status: { type: 'integer', description: 'The HTTP status.' },
    detail: { type: 'string', description: 'What is wrong with this request.' },
    code: { type: 'string', description: 'What programs act on.' },
    field: { type: ['array', 'null'], items: { type: 'string' }, description: 'The parameter, or the path in the body, that is to blame.' },
    errors: {
      type: 'array',
      description: 'All that is wrong, where a change was refused.',
      items: {
        type: 'object',
        properties: {
          code: { type: 'string' },
          message: { type: 'string' },
          field: { type: ['array', 'null'], items: { type: 'string' } },
        },
        required: ['code', 'message', 'field'],
      },
    },
    request_id: { type: 'string', description: 'The id of the request, also in `X-Request-Id`.' },
  },
  required: ['type', 'title', 'status', 'detail', 'code', 'field', 'request_id'],
};

function operation(operationId: string, summary: string, scope: string, description: string): Json {
  return { operationId, summary, description: `${description} Permission: \`${scope}\`.`, tags: ['Tier structures'] };
}

function step(operationId: string, summary: string, description: string): Json {
  return { parameters: [ID], post: { ...operation(operationId, summary, 'ADMIN', description), ...writing(null) } };
}

function writing(body: string | null): Json {
  return {
    parameters: [IDEMPOTENCY_KEY],
    ...(body === null ? {} : { requestBody: { required: true, content: { 'application/json': { schema: reference(body) } } } }),
    responses: responses('TierStructure', 'The tier structure after the change.'),
  };
}

function responses(schema: string, description: string): Json {
  return {
    '200': { description, content: { 'application/json': { schema: reference(schema) } } },
    default: {
      description: 'The request was refused, and nothing has changed.',
      content: { 'application/problem+json': { schema: reference('Problem') } },
    },
  };
}

const reference = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });

function schemaOf(shape: ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...schema } = toJSONSchema(shape, {
    io,
    override: ({ jsonSchema }) => {
      // Answers may gain fields.
      if (io === 'output') delete jsonSchema.additionalProperties;
    },
  });
  return schema;
}

/** The list's items are described once. */
function listProperties(): Json {
  const { properties } = schemaOf(tierStructureList, 'output') as { readonly properties: Json };
  return { ...properties, data: { type: 'array', items: reference('TierStructure'), maxItems: PAGE_SIZE_MAX } };
}

function listParameters(): readonly Json[] {
  const filters = Object.entries(FILTERS).flatMap(([filter, { options, conditions }]) =>
    Object.entries(conditions).map(([operator, { takes, description }]) =>
      parameter(parameterName(filter, operator), description, conditionSchema(takes, options, filter === 'id' ? IDS_MAX : VALUES_MAX)),
    ),
  );
  return [
    parameter('filters[junction]', 'How the conditions are combined. Left out: `AND`.', { type: 'string', enum: JUNCTIONS }),
    ...filters,
    parameter('limit', 'Maximum number of results to return.', {
      type: 'integer',
      minimum: 1,
      maximum: PAGE_SIZE_MAX,
      default: PAGE_SIZE_DEFAULT,
    }),
    parameter('order', 'Sort order, each field at most once. With `-` descending. Left out: `-created_at`. Ties are broken by id.', {
      type: 'array',
      items: { type: 'string', enum: ORDERS },
      maxItems: ORDERS.length / 2,
    }),
    parameter('cursor', '`cursor.next` of the page before, for the same key, filters and order.', { type: 'string' }),
  ];
}

function parameter(name: string, description: string, schema: Json): Json {
  return { name, in: 'query', required: false, description, schema };
}

function conditionSchema(takes: ConditionValue, options: readonly string[] | null, valuesMax: number): Json {
  const text = { type: 'string', ...(options === null ? {} : { enum: options }) };
  switch (takes) {
    case 'TEXT':
      return text;
    case 'TEXTS':
      return { type: 'array', items: text, minItems: 1, maxItems: valuesMax };
    case 'INSTANT':
      return { type: 'string', format: 'date-time' };
    case 'DAYS':
      return { type: 'integer', minimum: 0, maximum: DAYS_MAX };
    case 'NOTHING':
      return { type: 'string' };
  }
}

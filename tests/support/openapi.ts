import { readFileSync } from 'node:fs';
import { expect } from '@jest/globals';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import type { RestAnswer } from './rest.ts';

/** The OpenAPI description, and whether an answer is what it promises. */

export interface OpenApiOperation {
  readonly operationId: string;
  readonly 'x-scope': string;
  readonly parameters?: readonly object[];
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: object } } };
  readonly responses: Readonly<Record<string, OpenApiResponse>>;
}

interface OpenApiResponse {
  readonly $ref?: string;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
}

export interface OpenApi {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, object>>;
    readonly responses: Readonly<Record<string, OpenApiResponse>>;
    readonly headers: Readonly<Record<string, unknown>>;
  };
}

export function readOpenApi(): OpenApi {
  return JSON.parse(readFileSync(new URL('../../src/generated/openapi.json', import.meta.url), 'utf8')) as OpenApi;
}

// The package is CommonJS, and what it exports differs by who imports it.
const addFormats = addFormatsModule as unknown as (ajv: Ajv2020) => void;

/** Checks answers and bodies against the description. */
export class OpenApiChecker {
  readonly openApi: OpenApi;
  readonly #ajv = new Ajv2020({ allErrors: true, strict: false });
  readonly #operations = new Map<string, OpenApiOperation>();
  readonly #validators = new Map<object, ValidateFunction>();

  constructor(openApi: OpenApi) {
    this.openApi = openApi;
    addFormats(this.#ajv);
    this.#ajv.addSchema(openApi, 'openapi');
    for (const operations of Object.values(openApi.paths)) {
      for (const operation of Object.values(operations)) this.#operations.set(operation.operationId, operation);
    }
  }

  scopeOf(operationId: string): string {
    return this.#operation(operationId)['x-scope'];
  }

  /** What is wrong with a body that is sent; empty if it fits. */
  bodyErrors(operationId: string, body: unknown): string[] {
    const schema = this.#operation(operationId).requestBody?.content['application/json'].schema;
    return schema === undefined ? ['the operation takes no body'] : this.#errors(schema, body);
  }

  /** Asserts that an answer has a status, a content type and a body that the description has for the operation. */
  expectDescribed(operationId: string, { status, headers, body }: RestAnswer): void {
    const { responses } = this.#operation(operationId);
    const described = responses[String(status)] ?? responses['default'];
    if (described === undefined) throw new Error(`${operationId} answers ${status}, which is not described: ${JSON.stringify(body)}`);
    const response = described.$ref === undefined ? described : this.openApi.components.responses[described.$ref.split('/').at(-1)!]!;
    const [[type, { schema }]] = Object.entries(response.content!) as [[string, { schema: object }]];
    expect(headers.get('content-type')).toBe(`${type}; charset=utf-8`);
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    const errors = this.#errors(schema, body);
    if (errors.length > 0) throw new Error(`The answer of ${operationId} is not as described: ${errors.join('; ')}\n${JSON.stringify(body)}`);
  }

  #operation(operationId: string): OpenApiOperation {
    const operation = this.#operations.get(operationId);
    if (operation === undefined) throw new Error(`${operationId} is not described`);
    return operation;
  }

  #errors(schema: object, value: unknown): string[] {
    const validate = this.#validators.get(schema) ?? this.#ajv.compile(this.#resolved(schema));
    this.#validators.set(schema, validate);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
  }

  /** References within the document, from outside of it. */
  #resolved(schema: object): object {
    return JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"openapi#/components/')) as object;
  }
}

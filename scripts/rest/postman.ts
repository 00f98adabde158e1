/** Writes the OpenAPI description as a Postman collection, the same one each time. */
import { createHash } from 'node:crypto';
import converter from 'openapi-to-postmanv2';

const OPTIONS = {
  folderStrategy: 'Tags',
  // What a schema allows would be filled in by chance.
  parametersResolution: 'Example',
  optimizeConversion: false,
  alwaysInheritAuthentication: true,
  enableOptionalParameters: false,
} as const;

export async function renderPostman(openApi: string): Promise<string> {
  const data = JSON.stringify(withExamples(JSON.parse(openApi) as OpenApi));
  const collection = await new Promise<object>((resolve, reject) => {
    converter.convertV2({ type: 'string', data }, OPTIONS, (error, result) => {
      const [output] = result?.output ?? [];
      if (error !== null && error !== undefined) reject(error);
      else if (result?.result !== true || output === undefined) reject(new Error(result?.reason ?? 'The collection could not be made.'));
      else resolve(output.data);
    });
  });
  return `${JSON.stringify(withStableIds(collection, ''), (key, value: unknown) => (key === 'response' ? [] : value), 2)}\n`;
}

// --- what the requests are filled with -------------------------------------------------------------

type Schema = Readonly<Record<string, unknown>>;

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly parameters: Readonly<Record<string, Parameter>>;
  } & Readonly<Record<string, unknown>>;
}

interface Parameter {
  readonly $ref?: string;
  readonly name?: string;
  readonly schema?: Schema;
  readonly content?: unknown;
}

interface OpenApiOperation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: Schema } } };
  readonly responses: Readonly<Record<string, { readonly description?: string }>>;
}

/** One example for each body and parameter in place of its schema, and no answers: a collection is for sending. */
function withExamples(openApi: OpenApi): object {
  const { schemas, parameters, ...components } = openApi.components;
  const paths = Object.entries(openApi.paths).map(([path, operations]) => [
    path,
    Object.fromEntries(Object.entries(operations).map(([method, operation]) => [method, withExample(operation, schemas, parameters)])),
  ]);
  return { ...openApi, paths: Object.fromEntries(paths) as unknown, components };
}

function withExample(operation: OpenApiOperation, schemas: Readonly<Record<string, Schema>>, shared: Readonly<Record<string, Parameter>>): object {
  const { parameters, requestBody, responses, ...rest } = operation;
  const success = Object.keys(responses).find((status) => status.startsWith('2')) ?? '200';
  const body = requestBody?.content['application/json'].schema;
  return {
    ...rest,
    ...(parameters === undefined
      ? {}
      : {
          parameters: parameters.map((given) => {
            const { schema, content: _, ...parameter } = given.$ref === undefined ? given : (shared[given.$ref.split('/').at(-1) ?? ''] ?? given);
            const example = schema === undefined ? '' : String(exampleOf(schema, schemas, parameter.name));
            return { ...parameter, schema: { type: 'string', example } };
          }),
        }),
    ...(body === undefined
      ? {}
      : { requestBody: { content: { 'application/json': { schema: { type: 'object', example: exampleOf(body, schemas) } } } } }),
    responses: { [success]: { description: 'Success.' } },
  };
}

/** The required fields, each with the first thing that may stand there. */
function exampleOf(schema: Schema, schemas: Readonly<Record<string, Schema>>, what = ''): unknown {
  const { $ref, oneOf, anyOf, examples, type, properties, required, items } = schema as {
    readonly $ref?: string;
    readonly oneOf?: readonly Schema[];
    readonly anyOf?: readonly Schema[];
    readonly examples?: readonly unknown[];
    readonly type?: string | readonly string[];
    readonly properties?: Readonly<Record<string, Schema>>;
    readonly required?: readonly string[];
    readonly items?: Schema;
  };
  if ($ref !== undefined) return exampleOf(schemas[$ref.split('/').at(-1) ?? ''] ?? {}, schemas, what);
  if (examples !== undefined) return examples[0];
  if (schema['default'] !== undefined) return schema['default'];
  if (Array.isArray(schema['enum'])) return (schema['enum'] as unknown[])[0];
  const [first] = oneOf ?? anyOf ?? [];
  if (first !== undefined) return exampleOf(first, schemas, what);
  switch (Array.isArray(type) ? (type as string[])[0] : type) {
    case 'object':
      return Object.fromEntries((required ?? []).map((name) => [name, exampleOf(properties?.[name] ?? {}, schemas, name)]));
    case 'array':
      return [exampleOf(items ?? {}, schemas, what)];
    case 'integer':
      return 1;
    case 'boolean':
      return true;
    default:
      return schema['format'] === 'date-time' ? '2026-01-01T00:00:00Z' : `<${what}>`;
  }
}

// --- ids -----------------------------------------------------------------------------------------------

/** The converter numbers everything by chance; here an id follows from the place that it is at. */
function withStableIds(value: unknown, place: string): unknown {
  if (Array.isArray(value)) return value.map((item, index) => withStableIds(item, `${place}/${nameOf(item) ?? index}`));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const isId = (key === 'id' || key === '_postman_id') && typeof item === 'string' && UUID.test(item);
      return [key, isId ? idOf(place) : withStableIds(item, `${place}/${key}`)];
    }),
  );
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function nameOf(item: unknown): string | null {
  return typeof item === 'object' && item !== null && 'name' in item && typeof item.name === 'string' ? item.name : null;
}

/** A UUID of version 8, which RFC 9562 leaves to whoever makes it. */
function idOf(place: string): string {
  const hex = createHash('sha256').update(`voilatier postman ${place}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/**
 * Writes what follows from the uses of `@event` in the SDL:
 *
 *     npm run codegen         writes the files (after the types)
 *     npm run codegen:check   changes nothing; fails if a file is not up to date
 *
 * `event-types.ts` is the catalogue that the program tells events by, `event-schemas.json` the JSON Schema of each type as
 * streams, webhooks and REST have it. The same SDL always gives the same files.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { getDirective } from '@graphql-tools/utils';
import type { GraphQLEnumType, GraphQLField, GraphQLObjectType, GraphQLOutputType, GraphQLSchema } from 'graphql';
import { buildSchema, getNullableType, isEnumType, isListType, isNonNullType, isObjectType } from 'graphql';
import { toSnakeCase } from '../src/rest/names.ts';

const ROOT = new URL('../', import.meta.url);
const schema = buildSchema(readFileSync(new URL('src/generated/schema.graphql', ROOT), 'utf8'));

interface EventTypeSource {
  readonly value: string;
  readonly name: string;
  readonly data: GraphQLObjectType;
  readonly emitted: boolean;
  readonly description: string;
}

const SCALARS: Readonly<Record<string, object>> = {
  ID: { type: 'string' },
  String: { type: 'string' },
  Int: { type: 'integer' },
  Boolean: { type: 'boolean' },
  DateTime: { type: 'string', format: 'date-time' },
  LocalDate: { type: 'string', format: 'date' },
  JSONObject: { type: 'object' },
  Decimal: { type: 'string', pattern: '^-?[0-9]+(\\.[0-9]+)?$' },
  // Beyond 2^53 a number would be read rounded.
  Points: { anyOf: [{ type: 'integer' }, { type: 'string', pattern: '^-?[0-9]+$' }] },
};

const sources = readSources(schema);
checkFields(sources);
const files: Readonly<Record<string, string>> = {
  'src/generated/event-types.ts': renderCatalogue(sources),
  'src/generated/event-schemas.json': `{\n${sources.map((type) => `${JSON.stringify(type.name)}: ${JSON.stringify(jsonSchemaOf(type))}`).join(',\n')}\n}\n`,
};

for (const [name, text] of Object.entries(files)) {
  const file = new URL(name, ROOT);
  if (!process.argv.includes('--check')) {
    writeFileSync(file, text);
  } else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    console.error(`${name} is not what the SDL says. Run \`npm run codegen\` and commit the result.`);
    process.exitCode = 1;
  }
}

/** @throws if two types of the union call two things the same: nobody could then ask for both */
function checkFields(types: readonly EventTypeSource[]): void {
  const known = new Map<string, string>();
  for (const field of types.flatMap(({ data }) => Object.values(data.getFields()))) {
    const type = String(field.type);
    const before = known.get(field.name) ?? type;
    if (before !== type) throw new Error(`EventData: ${field.name} is ${type} here and ${before} there.`);
    known.set(field.name, type);
  }
}

/** @throws if a value says nothing of itself, or not what its own name says */
function readSources(contract: GraphQLSchema): EventTypeSource[] {
  const values = (contract.getType('EventType') as GraphQLEnumType).getValues();
  return values.map((value) => {
    const [said] = getDirective(contract, value, 'event') ?? [];
    if (said === undefined) throw new Error(`EventType.${value.name} needs @event.`);
    const { name, data: dataName, emitted } = said as { name: string; data: string; emitted: boolean };
    if (name.replaceAll('.', '_').toUpperCase() !== value.name || !/^[a-z]+(_[a-z]+)*(\.[a-z]+(_[a-z]+)*)+$/.test(name)) {
      throw new Error(`EventType.${value.name} cannot be called ${name} on the wire.`);
    }
    const data = contract.getType(dataName);
    const union = contract.getType('EventData');
    if (!isObjectType(data) || union === undefined || !contract.isSubType(union as never, data)) {
      throw new Error(`EventType.${value.name}: ${dataName} is no type of the union EventData.`);
    }
    return { value: value.name, name, data, emitted, description: value.description ?? '' };
  });
}

function renderCatalogue(types: readonly EventTypeSource[]): string {
  const data = [...new Set(types.map((type) => type.data))].sort((a, b) => (a.name < b.name ? -1 : 1));
  const lines = [
    '// Generated from the uses of `@event` in schema/events.graphql by `npm run codegen`; do not edit.',
    "import type { EventType } from './resolvers-types.ts';",
    '',
    '/** How each type is called on the wire, the type of its data, and whether anything tells it yet. */',
    'export const eventTypes = {',
    ...types.map((type) => `  ${type.value}: { name: '${type.name}', data: '${type.data.name}', emitted: ${String(type.emitted)} },`),
    '} as const satisfies Readonly<Record<EventType, { readonly name: string; readonly data: string; readonly emitted: boolean }>>;',
    '',
    '/** The fields of the data, each with its name on the wire and the name of its scalar or enum. */',
    'export const eventDataFields = {',
    ...data.flatMap((type) => [
      `  ${type.name}: {`,
      ...Object.values(type.getFields()).map((field) => `    ${field.name}: ['${toSnakeCase(field.name)}', '${namedTypeOf(field)}'],`),
      '  },',
    ]),
    '} as const;',
    '',
  ];
  return lines.join('\n');
}

function namedTypeOf({ type }: GraphQLField<unknown, unknown>): string {
  return String(type).replace(/[[\]!]/g, '');
}

function jsonSchemaOf({ name, data, description }: EventTypeSource): object {
  const text = (about: string, rest: object = {}) => ({ description: about, type: 'string', ...rest });
  const instant = (about: string) => text(about, { format: 'date-time' });
  const orNull = (about: string, type: string, rest: object = {}) => ({ description: about, type: [type, 'null'], ...rest });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `https://voilatier.com/schemas/events/${name}.json`,
    title: name,
    description,
    type: 'object',
    properties: {
      id: text('Id of the event. Whoever gets an event more than once knows it by its id.'),
      type: { const: name },
      created: instant("When it was recorded, by the workspace's clock."),
      occurred_at: instant("When it happened in the world, or became true, by the workspace's clock."),
      customer_id: orNull('Id of the customer concerned.', 'string'),
      sequence: orNull('Number of the event among those of its customer.', 'integer'),
      cause: {
        description: 'What the event comes from.',
        type: 'object',
        properties: {
          request_id: text('Id of the request.'),
          command: orNull('What was asked for.', 'string'),
          api_key_id: orNull('Id of the API key.', 'string'),
        },
        required: ['request_id', 'command', 'api_key_id'],
      },
      data: objectSchemaOf(data),
    },
    required: ['id', 'type', 'created', 'occurred_at', 'customer_id', 'sequence', 'cause', 'data'],
  };
}

function objectSchemaOf(type: GraphQLObjectType): object {
  const fields = Object.values(type.getFields());
  return {
    description: type.description ?? '',
    type: 'object',
    properties: Object.fromEntries(
      fields.map((field) => [toSnakeCase(field.name), { description: field.description ?? '', ...typeSchemaOf(field.type) }]),
    ),
    // What is null is there, and says so.
    required: fields.map(({ name }) => toSnakeCase(name)),
  };
}

function typeSchemaOf(type: GraphQLOutputType): Record<string, unknown> {
  const nullable = !isNonNullType(type);
  const plain = getNullableType(type);
  const said = isListType(plain)
    ? { type: 'array', items: typeSchemaOf(plain.ofType) }
    : isEnumType(plain)
      ? { type: 'string', enum: plain.getValues().map(({ name }) => name) }
      : isObjectType(plain)
        ? objectSchemaOf(plain)
        : SCALARS[String(plain)];
  if (said === undefined) throw new Error(`What ${String(plain)} is in JSON is not said.`);
  return nullable ? { anyOf: [said, { type: 'null' }] } : { ...said };
}

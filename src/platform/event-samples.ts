import { readFileSync } from 'node:fs';
import type { Instant } from '../domain/time.ts';
import type { WireEvent } from './event-data.ts';

/** Sample events of every type, out of the JSON Schemas that describe them. */

interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
  readonly description?: string;
  readonly anyOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
}

let schemas: Readonly<Record<string, JsonSchema>> | null = null;

/** @throws if there is no such type */
export function sampleEvent(type: string, id: string, now: Instant): WireEvent {
  schemas ??= JSON.parse(readFileSync(new URL('../generated/event-schemas.json', import.meta.url), 'utf8')) as Record<string, JsonSchema>;
  const schema = schemas[type];
  if (schema === undefined) throw new Error(`There is no event type ${type}.`);
  return { ...(sampleOf(schema, '', new Date(now).toISOString()) as WireEvent), id, type };
}

const ID_SUFFIX = '01h2xcejqtf2nbrexx3vqjhp41';

function sampleOf(schema: JsonSchema, name: string, now: string): unknown {
  if ('const' in schema) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.anyOf !== undefined) return sampleOf(schema.anyOf.find(({ type }) => type !== 'null') ?? {}, name, now);
  const [type] = [schema.type].flat().filter((each) => each !== 'null');
  switch (type) {
    case 'object':
      return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([field, of]) => [field, sampleOf(of, field, now)]));
    case 'array':
      return schema.items === undefined ? [] : [sampleOf(schema.items, name, now)];
    case 'integer':
    case 'number':
      return 100;
    case 'boolean':
      return false;
    case 'string':
      return sampleText(schema, name, now);
    default:
      return null;
  }
}

function sampleText({ format, pattern }: JsonSchema, name: string, now: string): string {
  if (format === 'date-time') return now;
  if (format === 'date') return now.slice(0, 10);
  if (pattern !== undefined) return '100';
  if (name === 'currency') return 'USD';
  return name === 'id' || name.endsWith('_id') ? `sample_${ID_SUFFIX}` : 'sample';
}

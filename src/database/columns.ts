import { bigint, customType, uuid } from 'drizzle-orm/pg-core';

/** Column types that every table shares, so that one kind of value is stored one way everywhere. */

/** The tenant. It leads every key and index of every table, so that a table can be sharded by it. */
export const workspaceId = () => uuid('workspace_id').notNull();

/** A UUIDv7 made by the application. */
export const id = () => uuid('id').notNull();

/** Points: 64 bits, exact. */
export const points = (name: string) => bigint(name, { mode: 'bigint' });

/**
 * An instant in milliseconds since 1970, Infinity for never. Three decimals, because a cursor that
 * came back with fewer digits than the row has would skip or repeat rows.
 */
export const instant = customType<{ data: number; driverData: string | Date | number }>({
  dataType: () => 'timestamp(3) with time zone',
  toDriver: (value) => instantToSql(value),
  fromDriver: (value) => sqlToInstant(value),
});

/** A SHA-256; as hex in the program. */
export const sha256 = customType<{ data: string; driverData: Buffer }>({
  dataType: () => 'bytea',
  toDriver: (value) => Buffer.from(value, 'hex'),
  fromDriver: (value) => value.toString('hex'),
});

/** Text that sorts by character code whatever the server's own collation is, so that pages are the same everywhere. */
export const sortedText = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' });

/** An instant as PostgreSQL reads it. */
export function instantToSql(value: number): string {
  if (value === Infinity) return 'infinity';
  // A batch writes the same few instants many times over.
  const known = texts.get(value);
  if (known !== undefined) return known;
  const text = finiteToSql(value);
  if (texts.size >= TEXTS_MEMO_MAX) texts.clear();
  texts.set(value, text);
  return text;
}

const TEXTS_MEMO_MAX = 500;
const texts = new Map<number, string>();

function finiteToSql(value: number): string {
  const date = new Date(value);
  const year = date.getUTCFullYear();
  const text = date.toISOString();
  if (year >= 1 && year <= 9999) return text;
  // ISO puts a sign before such years. PostgreSQL wants none, and calls the year before year 1 the first BC.
  const rest = text.slice(text.indexOf('-', 1));
  return year > 9999 ? `${year}${rest}` : `${String(1 - year).padStart(4, '0')}${rest} BC`;
}

/** An instant as the driver hands it over. */
export function sqlToInstant(value: string | Date | number): number {
  if (typeof value === 'number') return value;
  if (value instanceof Date) return value.getTime();
  // Only in ISO form is a year below 100 that year; with a space, 0050 would be read as 1950.
  return value === 'infinity' ? Infinity : new Date(value.replace(' ', 'T').replace(/\+00$/, 'Z')).getTime();
}

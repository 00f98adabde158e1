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

/** Text that sorts by character code whatever the server's own collation is, so that pages are the same everywhere. */
export const sortedText = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' });

/** An instant as PostgreSQL reads it. */
export function instantToSql(value: number): string {
  return value === Infinity ? 'infinity' : new Date(value).toISOString();
}

/** An instant as the driver hands it over. */
export function sqlToInstant(value: string | Date | number): number {
  if (typeof value === 'number') return value;
  if (value instanceof Date) return value.getTime();
  return value === 'infinity' ? Infinity : new Date(value).getTime();
}

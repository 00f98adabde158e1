import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { id, instant, workspaceId } from '../columns.ts';

/** What others want to hear of, written in the same transaction as the effect. Rows are added, and removed when they are old. */
export const events = pgTable(
  'events',
  {
    workspaceId: workspaceId(),
    /** That of its batch, with the event's number in the last five digits. */
    id: id(),
    type: text('type').notNull(),
    /** The customer concerned; null for configuration. */
    customerId: uuid('customer_id'),
    /** Number among the customer's events; null for configuration, and in events from before they were numbered. */
    sequence: integer('sequence'),
    requestId: text('request_id').notNull(),
    /** Null, as the API key, in events from before it was recorded. */
    command: text('command'),
    apiKeyId: uuid('api_key_id'),
    data: jsonb('data').$type<Record<string, unknown>>().notNull(),
    occurredAt: instant('occurred_at').notNull(),
    recordedAt: instant('recorded_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.id] })],
);

/**
 * The events of one transaction. Their position in the log is given after the transaction has committed, by whoever reads
 * first: so nothing that commits late can slip in before what was read.
 */
export const eventBatches = pgTable(
  'event_batches',
  {
    workspaceId: workspaceId(),
    id: id(),
    /** Null as long as it has none. */
    position: bigint('position', { mode: 'bigint' }),
    /**
     * Microseconds since 1970 by the database's clock, read while the members are locked: of two batches of one customer the
     * second has the later one.
     */
    writtenAtUs: bigint('written_at_us', { mode: 'bigint' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    uniqueIndex('event_batches_position_key').on(table.workspaceId, table.position).where(sql`${table.position} IS NOT NULL`),
    index('event_batches_waiting_idx').on(table.workspaceId, table.writtenAtUs, table.id).where(sql`${table.position} IS NULL`),
  ],
);

/** How far the log of a workspace goes. Whoever gives positions holds the row. */
export const eventLogs = pgTable(
  'event_logs',
  {
    workspaceId: workspaceId(),
    lastPosition: bigint('last_position', { mode: 'bigint' }).notNull(),
    /** Up to which position events have been removed because they were old. */
    removedThrough: bigint('removed_through', { mode: 'bigint' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId] })],
);

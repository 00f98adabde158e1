import { bigint, jsonb, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core';
import type { Bucket } from '../../domain/rate-limits.ts';
import { workspaceId } from '../columns.ts';

/**
 * How much each workspace and each API key has left. Processes take leases out of it ahead of need; no request waits for it, and
 * no transaction of a command touches it. A row that is lost is a bucket that is full again.
 */
export const rateLimitBuckets = pgTable(
  'rate_limit_buckets',
  {
    workspaceId: workspaceId(),
    /** The workspace's own id for its bucket, or the API key's for its. */
    bucketId: uuid('bucket_id').notNull(),
    /** Rises with every lease: whoever has read an older one does not overwrite a newer. */
    version: bigint('version', { mode: 'bigint' }).notNull(),
    state: jsonb('state').$type<Bucket>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.bucketId] })],
);

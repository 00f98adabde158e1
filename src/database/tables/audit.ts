import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { ApiType } from '../../domain/audit.ts';
import { id, instant, workspaceId } from '../columns.ts';

/**
 * What came in with one API key, through one API, from one address with one user agent, in one hour. Ids sort by the
 * hour, so they alone are the order of the list. No index holds what further accepted requests change, so that
 * they are written in place.
 */
export const apiKeyUses = pgTable(
  'api_key_uses',
  {
    workspaceId: workspaceId(),
    id: id(),
    apiKeyId: uuid('api_key_id').notNull(),
    api: text('api').$type<ApiType>().notNull(),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
    hour: instant('hour').notNull(),
    firstUsedAt: instant('first_used_at').notNull(),
    lastUsedAt: instant('last_used_at').notNull(),
    /** Null if all requests were refused. */
    lastAcceptedAt: instant('last_accepted_at'),
    requestCount: integer('request_count').notNull(),
    refusedCount: integer('refused_count').notNull(),
    lastRequestId: text('last_request_id').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    check('api_key_uses_api_check', sql`${table.api} IN ('GRAPHQL', 'REST', 'SYSTEM')`),
    check('api_key_uses_counts_check', sql`${table.requestCount} > 0 AND ${table.refusedCount} BETWEEN 0 AND ${table.requestCount}`),
    index('api_key_uses_api_key_idx').on(table.workspaceId, table.apiKeyId, table.id),
    index('api_key_uses_ip_address_idx').on(table.workspaceId, table.ipAddress, table.id),
    index('api_key_uses_refused_idx').on(table.workspaceId, table.id).where(sql`${table.refusedCount} > 0`),
  ],
);

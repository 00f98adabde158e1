import { sql } from 'drizzle-orm';
import { check, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { ConfigurationStatus } from '../../domain/configuration.ts';
import type { PointActivation, PointExpiration, RefundPolicy } from '../../domain/points.ts';
import { id, instant, workspaceId } from '../columns.ts';

export const cardDefinitions = pgTable(
  'card_definitions',
  {
    workspaceId: workspaceId(),
    id: id(),
    key: text('key').notNull(),
    name: text('name').notNull(),
    status: text('status').$type<ConfigurationStatus>().notNull(),
    expiration: jsonb('expiration').$type<PointExpiration>().notNull(),
    activation: jsonb('activation').$type<PointActivation>().notNull().default({ type: 'IMMEDIATE' }),
    refundPolicy: text('refund_policy').$type<RefundPolicy>().notNull().default('REVOKE_TO_ZERO'),
    metadata: jsonb('metadata').$type<Record<string, unknown>>().notNull(),
    version: integer('version').notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    uniqueIndex('card_definitions_key_idx').on(table.workspaceId, table.key).where(sql`${table.status} <> 'DELETED'`),
    check('card_definitions_status_check', sql`${table.status} IN ('DRAFT', 'ACTIVE', 'INACTIVE', 'DELETED')`),
    check(
      'card_definitions_refund_policy_check',
      sql`${table.refundPolicy} IN ('REVOKE_FROM_PENDING', 'REVOKE_TO_ZERO', 'REVOKE_BELOW_ZERO')`,
    ),
  ],
);

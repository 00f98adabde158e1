import { boolean, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { TransitionReason, TransitionType } from '../../domain/tiers.ts';
import { id, instant, points, workspaceId } from '../columns.ts';
import { tierStructures } from './structures.ts';

/** Profiles. The row is also the lock under which everything about the member is changed. */
export const customers = pgTable(
  'customers',
  {
    workspaceId: workspaceId(),
    id: id(),
    externalId: text('external_id').notNull(),
    name: text('name'),
    email: text('email'),
    metadata: jsonb('metadata').$type<Record<string, unknown>>().notNull(),
    joinedAt: instant('joined_at').notNull(),
    /** Everything that became true up to here is in the ledger. */
    settledAt: instant('settled_at').notNull(),
    version: integer('version').notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    unique('customers_external_id_key').on(table.workspaceId, table.externalId),
  ],
);

/** A member's standing in each structure, as of the last settlement. */
export const memberships = pgTable(
  'memberships',
  {
    workspaceId: workspaceId(),
    customerId: uuid('customer_id').notNull(),
    structureId: uuid('structure_id').notNull(),
    tierId: uuid('tier_id'),
    since: instant('since').notNull(),
    anchoredAt: instant('anchored_at'),
    terms: integer('terms').notNull(),
    /** `infinity` if the validity has no end. */
    expiresAt: instant('expires_at').notNull(),
    steppedDownAt: instant('stepped_down_at'),
    windowStartsAt: instant('window_starts_at'),
    windowEarned: points('window_earned'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.customerId, table.structureId] }),
    foreignKey({
      columns: [table.workspaceId, table.customerId],
      foreignColumns: [customers.workspaceId, customers.id],
    }),
    foreignKey({
      columns: [table.workspaceId, table.structureId],
      foreignColumns: [tierStructures.workspaceId, tierStructures.id],
    }),
    index('memberships_tier_idx').on(table.workspaceId, table.structureId, table.tierId),
  ],
);

/** Every change of a tier. Rows are only ever added; a late fact adds retractions and what is true instead. */
export const tierTransitions = pgTable(
  'tier_transitions',
  {
    workspaceId: workspaceId(),
    id: id(),
    customerId: uuid('customer_id').notNull(),
    structureId: uuid('structure_id').notNull(),
    transactionId: uuid('transaction_id'),
    type: text('type').$type<TransitionType>().notNull(),
    fromTierId: uuid('from_tier_id'),
    toTierId: uuid('to_tier_id'),
    reason: text('reason').$type<TransitionReason>().notNull(),
    measure: points('measure').notNull(),
    /** `infinity` if the validity has no end. */
    expiresAt: instant('expires_at').notNull(),
    late: boolean('late').notNull(),
    retraction: boolean('retraction').notNull(),
    occurredAt: instant('occurred_at').notNull(),
    recordedAt: instant('recorded_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    foreignKey({
      columns: [table.workspaceId, table.customerId],
      foreignColumns: [customers.workspaceId, customers.id],
    }),
    index('tier_transitions_customer_idx').on(table.workspaceId, table.customerId, table.id),
    index('tier_transitions_transaction_idx').on(table.workspaceId, table.transactionId),
  ],
);

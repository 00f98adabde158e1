import { sql } from 'drizzle-orm';
import { boolean, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { Noticed } from '../../domain/notices.ts';
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
    /** Number of the last fact about the member. */
    sequence: integer('sequence').notNull().default(0),
    /** When the next thing becomes true by itself; `infinity` if nothing will, `-infinity` if it was never worked out. */
    nextDueAt: instant('next_due_at').notNull().default(sql`'-infinity'`),
    /** Number of the member's last event. */
    eventSequence: integer('event_sequence').notNull().default(0),
    /** By earn rule and unit of its cap: start of the period, and the points given in it as text. */
    capUsage: jsonb('cap_usage').$type<Readonly<Record<string, readonly [number, string]>>>(),
    /** By reward and what it counts: start of the period, the count as text, how often it has passed, by which number of visits, and since when by that. */
    rewardProgress: jsonb('reward_progress').$type<Readonly<Record<string, StoredProgress>>>(),
    /** What was told of what happens soon. Null if the workspace wants no notices, or there was nothing yet. */
    noticed: jsonb('noticed').$type<Noticed>(),
    version: integer('version').notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    unique('customers_external_id_key').on(table.workspaceId, table.externalId),
    index('customers_next_due_idx').on(table.workspaceId, table.nextDueAt),
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
    /** Of a TRAILING window: pairs of the instant at which points leave it, in milliseconds, and the points as text. */
    windowDays: jsonb('window_days').$type<readonly (readonly [number, string])[]>(),
    graceEndsAt: instant('grace_ends_at'),
    /** Entry awards that were given, but those that were taken back whole. */
    entryAwards: jsonb('entry_awards').$type<readonly StoredGrant[]>(),
    /** The card's balance where the structure measures it: who counts members by tier and balance reads one table. */
    balance: points('balance'),
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

/**
 * An entry award that was given: tier, card definition, points as text, and when. The last element is there only if a refund has undone
 * the award, and not all of it could be taken back.
 */
export type StoredGrant = readonly [tierId: string, cardDefinitionId: string, points: string, grantedAt: number, undone?: true];

/**
 * Without `every` where points are counted, and where it was written before that was remembered: then it is the number that the reward has.
 * Without `everySince` where it never was another.
 */
export type StoredProgress = readonly [since: number, count: string, passed: number, every?: number, everySince?: number];

/** Every change of a tier. Rows are only ever added; a late fact adds retractions and what is true instead. */
export const tierTransitions = pgTable(
  'tier_transitions',
  {
    workspaceId: workspaceId(),
    id: id(),
    customerId: uuid('customer_id').notNull(),
    structureId: uuid('structure_id').notNull(),
    transactionId: uuid('transaction_id'),
    /** The operation with which it was recorded, if any. */
    operationId: uuid('operation_id'),
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

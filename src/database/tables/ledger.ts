import { sql } from 'drizzle-orm';
import { check, foreignKey, index, integer, jsonb, numeric, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { PurchaseLine } from '../../domain/earning.ts';
import { id, instant, points, workspaceId } from '../columns.ts';
import { cardDefinitions } from './cards.ts';
import { customers } from './customers.ts';

/** Purchases. Rows are only ever added. */
export const transactions = pgTable(
  'transactions',
  {
    workspaceId: workspaceId(),
    id: id(),
    customerId: uuid('customer_id').notNull(),
    source: text('source').notNull(),
    reference: text('reference'),
    amount: numeric('amount').notNull(),
    currency: text('currency').notNull(),
    location: text('location'),
    lines: jsonb('lines').$type<readonly PurchaseLine[]>().notNull(),
    awards: jsonb('awards').$type<readonly StoredAward[]>().notNull(),
    occurredAt: instant('occurred_at').notNull(),
    recordedAt: instant('recorded_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    foreignKey({
      columns: [table.workspaceId, table.customerId],
      foreignColumns: [customers.workspaceId, customers.id],
    }),
    check('transactions_amount_check', sql`${table.amount} >= 0`),
    unique('transactions_reference_key').on(table.workspaceId, table.source, table.reference),
  ],
);

/** An award as stored: points as text because JSON numbers are not exact in 64 bits, null for never. */
export interface StoredAward {
  readonly earnRuleVersionId: string;
  readonly cardDefinitionId: string;
  readonly points: string;
  readonly multiplier: string;
  readonly expiresAt: number | null;
}

/** A customer's points on one kind of card, as of the last settlement. */
export const cards = pgTable(
  'cards',
  {
    workspaceId: workspaceId(),
    id: id(),
    customerId: uuid('customer_id').notNull(),
    cardDefinitionId: uuid('card_definition_id').notNull(),
    balance: points('balance').notNull(),
    /** Number of the last ledger entry. */
    sequence: integer('sequence').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    foreignKey({
      columns: [table.workspaceId, table.customerId],
      foreignColumns: [customers.workspaceId, customers.id],
    }),
    foreignKey({
      columns: [table.workspaceId, table.cardDefinitionId],
      foreignColumns: [cardDefinitions.workspaceId, cardDefinitions.id],
    }),
    unique('cards_customer_card_definition_key').on(table.workspaceId, table.customerId, table.cardDefinitionId),
  ],
);

/** Active points by the instant at which they are gone. */
export const lots = pgTable(
  'lots',
  {
    workspaceId: workspaceId(),
    cardId: uuid('card_id').notNull(),
    /** `infinity` if the points never expire. */
    expiresAt: instant('expires_at').notNull(),
    points: points('points').notNull(),
    earnedAt: instant('earned_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.cardId, table.expiresAt] }),
    foreignKey({ columns: [table.workspaceId, table.cardId], foreignColumns: [cards.workspaceId, cards.id] }),
    check('lots_points_check', sql`${table.points} > 0`),
  ],
);

/** The journal of points. Rows are only ever added. */
export const ledgerEntries = pgTable(
  'ledger_entries',
  {
    workspaceId: workspaceId(),
    id: id(),
    customerId: uuid('customer_id').notNull(),
    cardId: uuid('card_id').notNull(),
    type: text('type').$type<'EARN' | 'EXPIRATION'>().notNull(),
    sequence: integer('sequence').notNull(),
    points: points('points').notNull(),
    balanceAfter: points('balance_after').notNull(),
    transactionId: uuid('transaction_id'),
    earnRuleVersionId: uuid('earn_rule_version_id'),
    expiresAt: instant('expires_at').notNull(),
    occurredAt: instant('occurred_at').notNull(),
    recordedAt: instant('recorded_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    foreignKey({ columns: [table.workspaceId, table.cardId], foreignColumns: [cards.workspaceId, cards.id] }),
    unique('ledger_entries_sequence_key').on(table.workspaceId, table.cardId, table.sequence),
    check('ledger_entries_type_check', sql`${table.type} IN ('EARN', 'EXPIRATION')`),
    check('ledger_entries_sequence_check', sql`${table.sequence} > 0`),
    index('ledger_entries_customer_idx').on(table.workspaceId, table.customerId, table.id),
  ],
);

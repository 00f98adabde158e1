import { sql } from 'drizzle-orm';
import { boolean, check, foreignKey, index, integer, jsonb, numeric, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { CapReason, PurchaseLine } from '../../domain/earning.ts';
import type { LedgerEntryType, OperationType } from '../../domain/members.ts';
import { id, instant, points, sha256, workspaceId } from '../columns.ts';
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
    /** Number of the fact about its member: the order of facts that happened at the same instant. */
    sequence: integer('sequence').notNull().default(0),
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
  /** Left out if the points were active at once. */
  readonly activatesAt?: number;
  /** Left out unless the points slide. */
  readonly sliding?: true;
  /** Left out if no cap was hit: what the rule would have given, and why it did not. */
  readonly capped?: { readonly computed: string; readonly by: CapReason };
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
    /** Points that are not active yet; null for none. */
    pending: jsonb('pending').$type<readonly StoredPending[]>(),
    /** When the points that slide expire; null if there never were any. */
    slidingExpiresAt: instant('sliding_expires_at'),
    /** Number of the last ledger entry. */
    sequence: integer('sequence').notNull(),
    /** Hash of the last ledger entry; null if there is none. */
    head: sha256('head'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    check('cards_head_check', sql`(${table.sequence} = 0) = (${table.head} IS NULL)`),
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

/** Pending points as stored: transaction, rule version, points as text, when earned, active and gone (null for never), whether they slide. */
export type StoredPending = readonly [
  transactionId: string,
  earnRuleVersionId: string,
  points: string,
  earnedAt: number,
  activatesAt: number,
  expiresAt: number | null,
  sliding: boolean,
];

/** Active points by the instant at which they are gone. */
export const lots = pgTable(
  'lots',
  {
    workspaceId: workspaceId(),
    cardId: uuid('card_id').notNull(),
    /** `infinity` if the points never expire. */
    expiresAt: instant('expires_at').notNull(),
    /** Whether activities push the expiry back. */
    sliding: boolean('sliding').notNull().default(false),
    /** Below 0 only where the customer owes points. */
    points: points('points').notNull(),
    earnedAt: instant('earned_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.cardId, table.expiresAt, table.sliding] }),
    foreignKey({ columns: [table.workspaceId, table.cardId], foreignColumns: [cards.workspaceId, cards.id] }),
    check('lots_points_check', sql`${table.points} > 0 OR (${table.points} < 0 AND ${table.expiresAt} = 'infinity')`),
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
    type: text('type').$type<LedgerEntryType>().notNull(),
    sequence: integer('sequence').notNull(),
    points: points('points').notNull(),
    balanceAfter: points('balance_after').notNull(),
    /** Of an award, a refund, an activation: the purchase. */
    transactionId: uuid('transaction_id'),
    /** The operation that caused it, if any. */
    operationId: uuid('operation_id'),
    /** Of an entry award or its clawback: the tier. */
    tierId: uuid('tier_id'),
    earnRuleVersionId: uuid('earn_rule_version_id'),
    /** Whether it changes the pending points rather than the balance. */
    pending: boolean('pending').notNull().default(false),
    activatesAt: instant('activates_at'),
    sliding: boolean('sliding').notNull().default(false),
    expiresAt: instant('expires_at').notNull(),
    occurredAt: instant('occurred_at').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    /** Over the card's entry before it and the columns above, as docs/decisions/0026 says. */
    hash: sha256('hash').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    check('ledger_entries_hash_check', sql`octet_length(${table.hash}) = 32`),
    foreignKey({ columns: [table.workspaceId, table.cardId], foreignColumns: [cards.workspaceId, cards.id] }),
    unique('ledger_entries_sequence_key').on(table.workspaceId, table.cardId, table.sequence),
    check('ledger_entries_type_check', sql`${table.type} IN ('EARN', 'EXPIRATION', 'ACTIVATION', 'REFUND', 'SPEND', 'SPEND_REVERSAL', 'ADJUSTMENT', 'TRANSFER_OUT', 'TRANSFER_IN', 'ENTRY_AWARD', 'ENTRY_AWARD_CLAWBACK', 'WRITE_OFF', 'REDEMPTION', 'REDEMPTION_CANCELLATION')`),
    check('ledger_entries_sequence_check', sql`${table.sequence} > 0`),
    index('ledger_entries_customer_idx').on(table.workspaceId, table.customerId, table.id),
  ],
);

/** What was done to a member's points besides a purchase. Rows are only ever added. */
export const operations = pgTable(
  'operations',
  {
    workspaceId: workspaceId(),
    id: id(),
    customerId: uuid('customer_id').notNull(),
    type: text('type').$type<OperationType>().notNull(),
    source: text('source').notNull(),
    reference: text('reference'),
    /** Null for a custom activity. */
    cardDefinitionId: uuid('card_definition_id'),
    /** Of a refund: the purchase. */
    transactionId: uuid('transaction_id'),
    /** Of a reversal: the spend. Of a transfer in: the transfer out. Of a cancellation: the redemption. */
    relatedId: uuid('related_id'),
    /** Points asked for, positive except for an adjustment downwards, and 0 for a redemption of a grant; null for a custom activity. */
    points: points('points'),
    data: jsonb('data').$type<Record<string, unknown>>().notNull(),
    sequence: integer('sequence').notNull(),
    occurredAt: instant('occurred_at').notNull(),
    recordedAt: instant('recorded_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    foreignKey({
      columns: [table.workspaceId, table.customerId],
      foreignColumns: [customers.workspaceId, customers.id],
    }),
    unique('operations_reference_key').on(table.workspaceId, table.type, table.source, table.reference),
    index('operations_customer_idx').on(table.workspaceId, table.customerId, table.id),
    index('operations_transaction_idx').on(table.workspaceId, table.transactionId),
    index('operations_related_idx').on(table.workspaceId, table.relatedId),
    check(
      'operations_type_check',
      sql`${table.type} IN ('REFUND', 'SPEND', 'SPEND_REVERSAL', 'ADJUSTMENT', 'TRANSFER_OUT', 'TRANSFER_IN', 'ACTIVITY', 'REDEMPTION', 'REDEMPTION_CANCELLATION')`,
    ),
  ],
);

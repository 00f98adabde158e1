import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { id, instant, sha256, workspaceId } from '../columns.ts';

/** Signed statements of where the chains of all cards stood. Rows are only ever added. */
export const checkpoints = pgTable(
  'checkpoints',
  {
    workspaceId: workspaceId(),
    id: id(),
    /** From 1, without gaps. */
    sequence: integer('sequence').notNull(),
    /** Of the statement before it; null for the first. */
    previousHash: sha256('previous_hash'),
    /** Over the heads that moved since. */
    headsHash: sha256('heads_hash').notNull(),
    cardCount: integer('card_count').notNull(),
    /** The signed statement, a compact JWS. */
    statement: text('statement').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    unique('checkpoints_sequence_key').on(table.workspaceId, table.sequence),
    check('checkpoints_sequence_check', sql`${table.sequence} > 0 AND (${table.sequence} = 1) = (${table.previousHash} IS NULL)`),
    check('checkpoints_card_count_check', sql`${table.cardCount} > 0`),
  ],
);

/** The head of each card that moved since the checkpoint before. Rows are only ever added. */
export const checkpointHeads = pgTable(
  'checkpoint_heads',
  {
    workspaceId: workspaceId(),
    cardId: uuid('card_id').notNull(),
    checkpointSequence: integer('checkpoint_sequence').notNull(),
    /** Of the card's last entry. */
    sequence: integer('sequence').notNull(),
    head: sha256('head').notNull(),
  },
  (table) => [
    // The newest of a card is found at the end of its own.
    primaryKey({ columns: [table.workspaceId, table.cardId, table.checkpointSequence] }),
    index('checkpoint_heads_checkpoint_idx').on(table.workspaceId, table.checkpointSequence, table.cardId),
  ],
);

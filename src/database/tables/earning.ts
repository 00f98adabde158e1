import { sql } from 'drizzle-orm';
import { foreignKey, integer, jsonb, pgTable, primaryKey, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { EarnRuleTerms, PeriodCap } from '../../domain/earning.ts';
import { id, instant, workspaceId } from '../columns.ts';
import { cardDefinitions } from './cards.ts';

export const earnRules = pgTable(
  'earn_rules',
  {
    workspaceId: workspaceId(),
    id: id(),
    key: text('key').notNull(),
    name: text('name').notNull(),
    cardDefinitionId: uuid('card_definition_id').notNull(),
    retiredAt: instant('retired_at'),
    version: integer('version').notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    foreignKey({
      columns: [table.workspaceId, table.cardDefinitionId],
      foreignColumns: [cardDefinitions.workspaceId, cardDefinitions.id],
    }),
    uniqueIndex('earn_rules_key_idx').on(table.workspaceId, table.key).where(sql`${table.retiredAt} IS NULL`),
  ],
);

/** Caps as stored: points as text, because JSON numbers are not exact in 64 bits. */
export interface StoredCaps {
  readonly perTransaction: string | null;
  readonly perPeriod: readonly (Omit<PeriodCap, 'points'> & { readonly points: string })[];
  readonly balance: string | null;
}

/** Terms as stored. Those of versions that are older than caps and expirations lack both. */
export type StoredTerms = Omit<EarnRuleTerms, 'caps' | 'expiration'> &
  Partial<Pick<EarnRuleTerms, 'expiration'>> & { readonly caps?: StoredCaps };

/** Immutable: a published version is never changed. */
export const earnRuleVersions = pgTable(
  'earn_rule_versions',
  {
    workspaceId: workspaceId(),
    id: id(),
    earnRuleId: uuid('earn_rule_id').notNull(),
    number: integer('number').notNull(),
    terms: jsonb('terms').$type<StoredTerms>().notNull(),
    effectiveAt: instant('effective_at').notNull(),
    publishedAt: instant('published_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    foreignKey({
      columns: [table.workspaceId, table.earnRuleId],
      foreignColumns: [earnRules.workspaceId, earnRules.id],
    }),
    unique('earn_rule_versions_number_key').on(table.workspaceId, table.earnRuleId, table.number),
  ],
);

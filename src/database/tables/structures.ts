import { sql } from 'drizzle-orm';
import { boolean, check, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { ConfigurationStatus } from '../../domain/configuration.ts';
import type { FixedPointExpiration } from '../../domain/points.ts';
import type { PointEarned, Rollout, StructureRevision, Tier, TierDowngrade, TierExpiration, TierStructure } from '../../domain/structures.ts';
import { id, instant, points, sortedText, workspaceId } from '../columns.ts';
import { cardDefinitions } from './cards.ts';

export const tierStructures = pgTable(
  'tier_structures',
  {
    workspaceId: workspaceId(),
    id: id(),
    /** A draft of a next revision has that of its structure. */
    key: text('key').notNull(),
    name: sortedText('name').notNull(),
    type: text('type').$type<TierStructure['type']>().notNull(),
    status: text('status').$type<ConfigurationStatus>().notNull(),
    cardDefinitionId: uuid('card_definition_id'),
    pointEarned: jsonb('point_earned').$type<PointEarned>(),
    expiration: jsonb('expiration').$type<TierExpiration>().notNull(),
    downgrade: jsonb('downgrade').$type<TierDowngrade>().notNull(),
    entryAwardScope: text('entry_award_scope').$type<TierStructure['entryAwardScope']>().notNull().default('REACHED'),
    entryAwardOnRefund: text('entry_award_on_refund').$type<TierStructure['entryAwardOnRefund']>().notNull().default('KEEP'),
    metadata: jsonb('metadata').$type<Record<string, unknown>>().notNull(),
    /** The structure of which this draft is to become the next revision. */
    draftOf: uuid('draft_of'),
    revision: integer('revision').notNull().default(1),
    /** Null for the first revision. */
    revisionEffectiveAt: instant('revision_effective_at'),
    revisionRollout: text('revision_rollout').$type<Rollout>().notNull().default('NEXT_JUDGEMENT'),
    /** What held before, oldest first. */
    formerRevisions: jsonb('former_revisions').$type<readonly StoredRevision[]>().notNull().default([]),
    /** Pairs of instants in milliseconds, oldest first; the end of the last is null while it lasts. */
    activePeriods: jsonb('active_periods').$type<readonly (readonly [number, number | null])[]>().notNull(),
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
    uniqueIndex('tier_structures_key_idx')
      .on(table.workspaceId, table.key)
      .where(sql`${table.draftOf} IS NULL AND ${table.status} <> 'DELETED'`),
    check('tier_structures_status_check', sql`${table.status} IN ('DRAFT', 'ACTIVE', 'INACTIVE', 'DELETED')`),
    check('tier_structures_point_earned_check', sql`(${table.type} = 'POINT_EARNED') = (${table.pointEarned} IS NOT NULL)`),
    index('tier_structures_created_at_idx').on(table.workspaceId, table.createdAt, table.id),
    index('tier_structures_name_idx').on(table.workspaceId, table.name, table.id),
  ],
);

/** Points as text, because JSON numbers are not exact in 64 bits. */
export interface StoredEntryAward {
  readonly points: string;
  readonly cardDefinitionId: string | null;
}

/** A former revision as stored: points as text. */
export type StoredRevision = Omit<StructureRevision, 'tiers'> & {
  readonly tiers: readonly (Omit<Tier, 'key' | 'minPoints' | 'maxPoints' | 'entryAward'> & {
    /** What was stored before tiers had keys has none. */
    readonly key?: string;
    readonly minPoints: string;
    readonly maxPoints: string | null;
    readonly entryAward: StoredEntryAward | null;
  })[];
};

export const tiers = pgTable(
  'tiers',
  {
    workspaceId: workspaceId(),
    id: id(),
    structureId: uuid('structure_id').notNull(),
    key: text('key').notNull(),
    name: text('name').notNull(),
    minPoints: points('min_points').notNull(),
    maxPoints: points('max_points'),
    noDowngrade: boolean('no_downgrade').notNull(),
    entryAward: jsonb('entry_award').$type<StoredEntryAward>(),
    pointExpiration: jsonb('point_expiration').$type<FixedPointExpiration>(),
    /** In a draft of a next revision: the tier in force that this one is to become. */
    originId: uuid('origin_id'),
    /** When a new revision left the tier out; it stays for whoever once held it. */
    removedAt: instant('removed_at'),
    metadata: jsonb('metadata').$type<Record<string, unknown>>().notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    foreignKey({
      columns: [table.workspaceId, table.structureId],
      foreignColumns: [tierStructures.workspaceId, tierStructures.id],
    }),
    uniqueIndex('tiers_key_idx').on(table.workspaceId, table.structureId, table.key).where(sql`${table.removedAt} IS NULL`),
    check('tiers_range_check', sql`${table.minPoints} >= 0 AND ${table.maxPoints} >= ${table.minPoints}`),
    index('tiers_structure_idx').on(table.workspaceId, table.structureId),
  ],
);

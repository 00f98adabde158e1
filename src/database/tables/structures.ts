import { sql } from 'drizzle-orm';
import { boolean, check, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { ConfigurationStatus } from '../../domain/configuration.ts';
import type { PointEarned, TierDowngrade, TierExpiration, TierStructure } from '../../domain/structures.ts';
import { id, instant, points, sortedText, workspaceId } from '../columns.ts';
import { cardDefinitions } from './cards.ts';

export const tierStructures = pgTable(
  'tier_structures',
  {
    workspaceId: workspaceId(),
    id: id(),
    name: sortedText('name').notNull(),
    type: text('type').$type<TierStructure['type']>().notNull(),
    status: text('status').$type<ConfigurationStatus>().notNull(),
    cardDefinitionId: uuid('card_definition_id'),
    pointEarned: jsonb('point_earned').$type<PointEarned>(),
    expiration: jsonb('expiration').$type<TierExpiration>().notNull(),
    downgrade: jsonb('downgrade').$type<TierDowngrade>().notNull(),
    metadata: jsonb('metadata').$type<Record<string, unknown>>().notNull(),
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
    check('tier_structures_status_check', sql`${table.status} IN ('DRAFT', 'ACTIVE', 'INACTIVE', 'DELETED')`),
    check('tier_structures_point_earned_check', sql`(${table.type} = 'POINT_EARNED') = (${table.pointEarned} IS NOT NULL)`),
    index('tier_structures_created_at_idx').on(table.workspaceId, table.createdAt, table.id),
    index('tier_structures_name_idx').on(table.workspaceId, table.name, table.id),
  ],
);

export const tiers = pgTable(
  'tiers',
  {
    workspaceId: workspaceId(),
    id: id(),
    structureId: uuid('structure_id').notNull(),
    name: text('name').notNull(),
    minPoints: points('min_points').notNull(),
    maxPoints: points('max_points'),
    noDowngrade: boolean('no_downgrade').notNull(),
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
    check('tiers_range_check', sql`${table.minPoints} >= 0 AND ${table.maxPoints} >= ${table.minPoints}`),
    unique('tiers_structure_min_points_key').on(table.workspaceId, table.structureId, table.minPoints),
  ],
);

import { sql } from 'drizzle-orm';
import { boolean, check, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { ConfigurationStatus } from '../../domain/configuration.ts';
import type { CapUnit } from '../../domain/earning.ts';
import type { RedemptionState } from '../../domain/grants.ts';
import type { ReceiptTemplate } from '../../domain/receipts.ts';
import type { RewardLimits } from '../../domain/rewards.ts';
import type { Period } from '../../domain/time.ts';
import { id, instant, points, workspaceId } from '../columns.ts';
import { cardDefinitions } from './cards.ts';
import { customers } from './customers.ts';

export const rewards = pgTable(
  'rewards',
  {
    workspaceId: workspaceId(),
    id: id(),
    key: text('key').notNull(),
    name: text('name').notNull(),
    type: text('type').notNull(),
    description: text('description'),
    status: text('status').$type<ConfigurationStatus>().notNull(),
    cardDefinitionId: uuid('card_definition_id').notNull(),
    cost: points('cost').notNull(),
    /** Whether there is a row of stock that says how many are left. */
    stocked: boolean('stocked').notNull(),
    limits: jsonb('limits').$type<RewardLimits>().notNull(),
    tierIds: uuid('tier_ids').array().notNull(),
    condition: text('condition'),
    validFrom: instant('valid_from'),
    validUntil: instant('valid_until'),
    proofValidMinutes: integer('proof_valid_minutes').notNull(),
    trigger: jsonb('trigger').$type<StoredTrigger>(),
    grantValidity: jsonb('grant_validity').$type<Period>(),
    defaultLocale: text('default_locale').notNull(),
    receipts: jsonb('receipts').$type<readonly ReceiptTemplate[]>().notNull(),
    metadata: jsonb('metadata').$type<Record<string, unknown>>().notNull(),
    /** Pairs of instants in milliseconds; null for an end that has not come. */
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
    uniqueIndex('rewards_key_idx').on(table.workspaceId, table.key).where(sql`${table.status} <> 'DELETED'`),
    check('rewards_status_check', sql`${table.status} IN ('DRAFT', 'ACTIVE', 'INACTIVE', 'DELETED')`),
    check('rewards_cost_check', sql`${table.cost} >= 0`),
  ],
);

/** A trigger as stored: points as text, because JSON numbers are not exact in 64 bits. */
export type StoredTrigger =
  | { readonly type: 'EVERY_NTH_VISIT'; readonly visits: number }
  | { readonly type: 'POINT_BALANCE'; readonly cardDefinitionId: string; readonly points: string }
  | { readonly type: 'POINT_EARNED'; readonly cardDefinitionId: string; readonly points: string; readonly unit: CapUnit | null };

/** How many are left of rewards of which there are only so many. Apart from the reward, because it changes with each redemption. */
export const rewardStocks = pgTable(
  'reward_stocks',
  {
    workspaceId: workspaceId(),
    rewardId: uuid('reward_id').notNull(),
    remaining: integer('remaining').notNull(),
    /** How many there were when the stock was last set or raised by hand. */
    filledTo: integer('filled_to').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.rewardId] }),
    foreignKey({ columns: [table.workspaceId, table.rewardId], foreignColumns: [rewards.workspaceId, rewards.id] }),
    check('reward_stocks_remaining_check', sql`${table.remaining} >= 0`),
  ],
);

/** What has become of redemptions; what they were is among the operations, under the same ids. */
export const redemptions = pgTable(
  'redemptions',
  {
    workspaceId: workspaceId(),
    id: id(),
    customerId: uuid('customer_id').notNull(),
    rewardId: uuid('reward_id').notNull(),
    grantId: uuid('grant_id'),
    stocked: boolean('stocked').notNull(),
    status: text('status').$type<RedemptionState['status']>().notNull(),
    issuedAt: instant('issued_at').notNull(),
    proofExpiresAt: instant('proof_expires_at').notNull(),
    confirmedAt: instant('confirmed_at'),
    cancelledAt: instant('cancelled_at'),
    /** When it was told that it had expired. */
    expirationToldAt: instant('expiration_told_at'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    foreignKey({ columns: [table.workspaceId, table.customerId], foreignColumns: [customers.workspaceId, customers.id] }),
    foreignKey({ columns: [table.workspaceId, table.rewardId], foreignColumns: [rewards.workspaceId, rewards.id] }),
    check('redemptions_status_check', sql`${table.status} IN ('ISSUED', 'CONFIRMED', 'CANCELLED')`),
    index('redemptions_customer_idx').on(table.workspaceId, table.customerId, table.rewardId),
    index('redemptions_expiration_idx')
      .on(table.workspaceId, table.proofExpiresAt)
      .where(sql`${table.status} = 'ISSUED' AND ${table.expirationToldAt} IS NULL`),
  ],
);

/** Rewards that were given for earning. */
export const rewardGrants = pgTable(
  'reward_grants',
  {
    workspaceId: workspaceId(),
    id: id(),
    customerId: uuid('customer_id').notNull(),
    rewardId: uuid('reward_id').notNull(),
    transactionId: uuid('transaction_id').notNull(),
    stocked: boolean('stocked').notNull(),
    grantedAt: instant('granted_at').notNull(),
    /** `infinity` if it can be used for ever. */
    expiresAt: instant('expires_at').notNull(),
    redemptionId: uuid('redemption_id'),
    revokedAt: instant('revoked_at'),
    /** The refund. */
    revokedBy: uuid('revoked_by'),
    /** When it was looked at because it expired soon, and was told of if that was to be told. */
    expiryNoticedAt: instant('expiry_noticed_at'),
    /** When it was told that it had expired. */
    expirationToldAt: instant('expiration_told_at'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    foreignKey({ columns: [table.workspaceId, table.customerId], foreignColumns: [customers.workspaceId, customers.id] }),
    foreignKey({ columns: [table.workspaceId, table.rewardId], foreignColumns: [rewards.workspaceId, rewards.id] }),
    index('reward_grants_customer_idx').on(table.workspaceId, table.customerId, table.id),
    index('reward_grants_transaction_idx').on(table.workspaceId, table.transactionId),
    index('reward_grants_revoked_by_idx').on(table.workspaceId, table.revokedBy),
    index('reward_grants_expiration_idx')
      .on(table.workspaceId, table.expiresAt)
      .where(sql`${table.redemptionId} IS NULL AND ${table.revokedAt} IS NULL AND ${table.expirationToldAt} IS NULL AND ${table.expiresAt} < 'infinity'`),
    index('reward_grants_notice_idx')
      .on(table.workspaceId, table.expiresAt)
      .where(
        sql`${table.redemptionId} IS NULL AND ${table.revokedAt} IS NULL AND ${table.expirationToldAt} IS NULL AND ${table.expiryNoticedAt} IS NULL AND ${table.expiresAt} < 'infinity'`,
      ),
  ],
);

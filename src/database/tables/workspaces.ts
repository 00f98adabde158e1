import { sql } from 'drizzle-orm';
import { bigint, boolean, check, customType, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { ApiType } from '../../domain/audit.ts';
import type { IdempotentResult } from '../../domain/idempotency.ts';
import type { ApiKeyScope, Workspace } from '../../domain/workspaces.ts';
import { id, instant, workspaceId } from '../columns.ts';

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

export const workspaces = pgTable(
  'workspaces',
  {
    workspaceId: workspaceId(),
    name: text('name').notNull(),
    timeZone: text('time_zone').notNull(),
    mode: text('mode').$type<Workspace['mode']>().notNull(),
    /** Rises with every change of configuration; whoever caches a configuration compares it. */
    configurationVersion: bigint('configuration_version', { mode: 'bigint' }).notNull(),
    /** When the set of structures that judge members last changed. */
    structuresChangedAt: instant('structures_changed_at').notNull(),
    /** The instant at which a sandbox's clock is frozen; null if it runs with the real one. */
    clockFrozenAt: instant('clock_frozen_at'),
    /** How many days a fact may be dated back. */
    backdatingDays: integer('backdating_days').notNull().default(36_500),
    /** How many days of real time events are kept. */
    eventRetentionDays: integer('event_retention_days').notNull().default(90),
    /** How many days before something happens it is told; 0 if it is not. */
    noticeDays: integer('notice_days').notNull().default(0),
    version: integer('version').notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId] }),
    check('workspaces_mode_check', sql`${table.mode} IN ('LIVE', 'SANDBOX')`),
  ],
);

/**
 * How far what falls due by itself has been recorded, and which process is at it. Apart from the workspace's own
 * row, which every batch of member commands holds: a claim must not wait for them, nor they for a claim.
 */
export const dueWork = pgTable(
  'due_work',
  {
    workspaceId: workspaceId(),
    /** Until when a process has claimed the work. */
    claimedUntil: instant('claimed_until').notNull(),
    /** Up to which change of structures every member has been settled; null if never. */
    structuresSettledAt: instant('structures_settled_at'),
    /** The change of structures after which members are being settled, and up to which member they are; null before the first. */
    settlingChangeAt: instant('settling_change_at'),
    settledUpTo: uuid('settled_up_to'),
    /** When the next checkpoint is due, in real time; while a process is at one, when another may try. Null if there was none. */
    checkpointDueAt: instant('checkpoint_due_at'),
    /** Whether there are webhook endpoints, so that somebody has to look whether they have something to be told. */
    hasWebhooks: boolean('has_webhooks').notNull().default(false),
    /** Whether there ever were rewards, so that somebody has to look what of them expires. */
    hasRewards: boolean('has_rewards').notNull().default(false),
  },
  (table) => [primaryKey({ columns: [table.workspaceId] })],
);

/**
 * Found by the hash of its secret before the workspace is known: the one table with an index that the
 * workspace does not lead. It is small and becomes a reference table when the others are sharded.
 */
export const apiKeys = pgTable(
  'api_keys',
  {
    workspaceId: workspaceId(),
    id: id(),
    name: text('name').notNull(),
    secretHash: bytea('secret_hash').notNull(),
    lastFour: text('last_four').notNull(),
    scope: text('scope').$type<ApiKeyScope>().notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at'),
    revokedAt: instant('revoked_at'),
    /** When it was told that the key expires soon; null if it was not. */
    expiryNoticedAt: instant('expiry_noticed_at'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    check('api_keys_scope_check', sql`${table.scope} IN ('READ', 'WRITE', 'ADMIN')`),
    index('api_keys_secret_hash_idx').on(table.secretHash),
  ],
);

/** Every change of configuration: who, when, before, after. Rows are only ever added. */
export const activities = pgTable(
  'activities',
  {
    workspaceId: workspaceId(),
    id: id(),
    /** The object on whose page the change is listed: for a tier, its structure. */
    objectId: uuid('object_id').notNull(),
    /** The object that changed, as clients know it. */
    subjectId: text('subject_id').notNull(),
    action: text('action').notNull(),
    apiKeyId: uuid('api_key_id'),
    requestId: text('request_id').notNull(),
    /** Null, as the address and the user agent, in entries from before it was recorded. */
    api: text('api').$type<ApiType>(),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
    before: jsonb('before').$type<Record<string, unknown>>(),
    after: jsonb('after').$type<Record<string, unknown>>(),
    recordedAt: instant('recorded_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    check('activities_api_check', sql`${table.api} IN ('GRAPHQL', 'REST', 'SYSTEM')`),
    index('activities_object_idx').on(table.workspaceId, table.objectId, table.id),
    // Each is walked in the order of the list, so that a page of a long log costs as much as one of a short log.
    index('activities_recorded_at_idx').on(table.workspaceId, table.recordedAt, table.id),
    index('activities_subject_idx').on(table.workspaceId, table.subjectId, table.recordedAt, table.id),
    index('activities_api_key_idx').on(table.workspaceId, table.apiKeyId, table.recordedAt, table.id),
    index('activities_ip_address_idx').on(table.workspaceId, table.ipAddress, table.recordedAt, table.id),
    index('activities_request_idx').on(table.workspaceId, table.requestId, table.recordedAt, table.id),
  ],
);

/** Idempotency keys, written in the same transaction as the effect that they stand for. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    workspaceId: workspaceId(),
    key: text('key').notNull(),
    /** SHA-256 over the operation and its arguments. */
    fingerprint: bytea('fingerprint').notNull(),
    /** What the operation made or changed: enough to answer again. */
    result: jsonb('result').$type<IdempotentResult>().notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.key] }),
    index('idempotency_keys_created_at_idx').on(table.workspaceId, table.createdAt),
  ],
);

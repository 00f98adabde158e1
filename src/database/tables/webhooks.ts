import { sql } from 'drizzle-orm';
import { bigint, boolean, check, customType, doublePrecision, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { AttemptError, DeliveryStatus, ReplayScope } from '../../domain/webhook-deliveries.ts';
import type { WebhookEndpointStatus, WebhookEndpointStatusReason } from '../../domain/webhooks.ts';
import { id, instant, workspaceId } from '../columns.ts';

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

export const webhookEndpoints = pgTable(
  'webhook_endpoints',
  {
    workspaceId: workspaceId(),
    id: id(),
    url: text('url').notNull(),
    description: text('description'),
    eventTypes: jsonb('event_types').$type<readonly string[]>().notNull(),
    filter: text('filter'),
    ratePerSecond: integer('rate_per_second'),
    ordered: boolean('ordered').notNull(),
    status: text('status').$type<WebhookEndpointStatus>().notNull(),
    statusReason: text('status_reason').$type<WebhookEndpointStatusReason>(),
    statusChangedAt: instant('status_changed_at').notNull(),
    /** Secrets and the values of headers, encrypted. */
    sealed: bytea('sealed').notNull(),
    customHeaderNames: jsonb('custom_header_names').$type<readonly string[]>().notNull(),
    secretCreatedAt: instant('secret_created_at').notNull(),
    previousSecretExpiresAt: instant('previous_secret_expires_at'),
    metadata: jsonb('metadata').$type<Record<string, unknown>>().notNull(),
    version: integer('version').notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    check('webhook_endpoints_status_check', sql`${table.status} IN ('ENABLED', 'PAUSED', 'DISABLED', 'DELETED')`),
    check('webhook_endpoints_status_reason_check', sql`${table.statusReason} IN ('REQUESTED', 'FAILING', 'GONE')`),
  ],
);

/** How far an endpoint has come and how it does: apart from its settings, because it changes with every message. */
export const webhookEndpointStates = pgTable(
  'webhook_endpoint_states',
  {
    workspaceId: workspaceId(),
    endpointId: uuid('endpoint_id').notNull(),
    /** The place in the log up to which there are deliveries. */
    logPosition: bigint('log_position', { mode: 'bigint' }).notNull(),
    logNumber: integer('log_number').notNull(),
    failures: integer('failures').notNull().default(0),
    failingSince: instant('failing_since'),
    pauses: integer('pauses').notNull().default(0),
    pausedUntil: instant('paused_until'),
    noticeAt: instant('notice_at'),
    /** What is left of a limited rate, and as of when. */
    tokens: doublePrecision('tokens').notNull().default(0),
    tokensAt: instant('tokens_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.endpointId] })],
);

/** One event for one endpoint, made when its turn comes. */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    workspaceId: workspaceId(),
    id: id(),
    endpointId: uuid('endpoint_id').notNull(),
    /** Of a test: an id that no event has. */
    eventId: uuid('event_id').notNull(),
    eventType: text('event_type').notNull(),
    customerId: uuid('customer_id'),
    /** Where the event stands in the log; null for a test. */
    logPosition: bigint('log_position', { mode: 'bigint' }),
    logNumber: integer('log_number'),
    status: text('status').$type<DeliveryStatus>().notNull(),
    test: boolean('test').notNull(),
    /** Whether it waits for earlier ones of its customer. */
    ordered: boolean('ordered').notNull(),
    attemptCount: integer('attempt_count').notNull().default(0),
    /** Since it was made or last replayed. */
    roundAttempts: integer('round_attempts').notNull().default(0),
    roundStartedAt: instant('round_started_at'),
    /** Null unless it is pending. Of one that is under way: when another process may take it over. */
    nextAttemptAt: instant('next_attempt_at'),
    lastStatusCode: integer('last_status_code'),
    lastError: text('last_error').$type<AttemptError>(),
    replayedAt: instant('replayed_at'),
    completedAt: instant('completed_at'),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    check('webhook_deliveries_status_check', sql`${table.status} IN ('PENDING', 'SUCCEEDED', 'FAILED', 'CANCELLED')`),
    uniqueIndex('webhook_deliveries_event_key').on(table.workspaceId, table.eventId, table.endpointId),
    index('webhook_deliveries_endpoint_idx').on(table.workspaceId, table.endpointId, table.id),
    index('webhook_deliveries_due_idx').on(table.workspaceId, table.endpointId, table.nextAttemptAt).where(sql`${table.status} = 'PENDING'`),
    index('webhook_deliveries_failed_idx').on(table.workspaceId, table.id).where(sql`${table.status} = 'FAILED'`),
    index('webhook_deliveries_ordered_idx')
      .on(table.workspaceId, table.endpointId, table.customerId, table.logPosition, table.logNumber)
      .where(sql`${table.ordered} AND ${table.status} = 'PENDING'`),
  ],
);

/** Every attempt to deliver. Rows are added, and removed with their delivery when it is old. */
export const webhookAttempts = pgTable(
  'webhook_attempts',
  {
    workspaceId: workspaceId(),
    deliveryId: uuid('delivery_id').notNull(),
    id: id(),
    number: integer('number').notNull(),
    startedAt: instant('started_at').notNull(),
    latencyMs: integer('latency_ms').notNull(),
    statusCode: integer('status_code'),
    error: text('error').$type<AttemptError>(),
    responseStart: text('response_start').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.deliveryId, table.id] })],
);

/** Ranges of an endpoint's events that are to be sent again. */
export const webhookReplays = pgTable(
  'webhook_replays',
  {
    workspaceId: workspaceId(),
    id: id(),
    endpointId: uuid('endpoint_id').notNull(),
    fromAt: instant('from_at').notNull(),
    toAt: instant('to_at').notNull(),
    scope: text('scope').$type<ReplayScope>().notNull(),
    /** The place in the log up to which it has come. */
    logPosition: bigint('log_position', { mode: 'bigint' }).notNull(),
    logNumber: integer('log_number').notNull(),
    createdAt: instant('created_at').notNull(),
    completedAt: instant('completed_at'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    check('webhook_replays_scope_check', sql`${table.scope} IN ('FAILED', 'ALL')`),
    index('webhook_replays_endpoint_idx').on(table.workspaceId, table.endpointId).where(sql`${table.completedAt} IS NULL`),
  ],
);

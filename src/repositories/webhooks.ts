import { and, count, eq, gt, inArray, isNull, ne, sql } from 'drizzle-orm';
import type { Executor } from '../database/client.ts';
import { instantToSql } from '../database/columns.ts';
import type { Page, PageRequest } from '../database/paging.ts';
import { pageQuery, parentsOf, toPage, toPages } from '../database/paging.ts';
import { webhookAttempts, webhookDeliveries, webhookEndpointStates, webhookEndpoints, webhookReplays } from '../database/tables/webhooks.ts';
import { dueWork } from '../database/tables/workspaces.ts';
import type { LogPlace } from '../domain/events.ts';
import { BATCH_END } from '../domain/events.ts';
import type { Instant } from '../domain/time.ts';
import type { Attempt, Delivery, DeliveryStatus, Replay } from '../domain/webhook-deliveries.ts';
import { firstIdAt } from '../domain/webhook-deliveries.ts';
import type { EndpointHealth } from '../domain/webhook-health.ts';
import type { WebhookEndpoint } from '../domain/webhooks.ts';

/** What is asked of deliveries; null or left out: everything. */
export interface DeliveryFilter {
  readonly endpointId?: string | null;
  readonly eventId?: string | null;
  readonly eventType?: string | null;
  readonly status?: DeliveryStatus | null;
}

/** Between the making of an event's id and its commit. */
const COMMIT_MAX_MS = 60_000;

/** An endpoint, with what only whoever sends may see as it is stored: encrypted. */
export interface StoredEndpoint {
  readonly endpoint: WebhookEndpoint;
  readonly sealed: Buffer;
}

/** Webhook endpoints, and what was sent to them. How it gets there is the dispatcher's. */
export class WebhookRepository {
  readonly #db: Executor;
  readonly #workspaceId: string;

  constructor(db: Executor, workspaceId: string) {
    this.#db = db;
    this.#workspaceId = workspaceId;
  }

  async endpointsByIds(ids: readonly string[]): Promise<WebhookEndpoint[]> {
    const rows = await this.#db.select().from(webhookEndpoints).where(and(this.#own(), inArray(webhookEndpoints.id, [...ids])));
    return rows.map(toEndpoint);
  }

  /** @param id null for what cannot be the id of one */
  async findEndpoint(id: string | null): Promise<StoredEndpoint | null> {
    if (id === null) return null;
    const [row] = await this.#db.select().from(webhookEndpoints).where(and(this.#own(), eq(webhookEndpoints.id, id)));
    return row === undefined ? null : { endpoint: toEndpoint(row), sealed: row.sealed };
  }

  async listEndpoints(page: PageRequest): Promise<Page<WebhookEndpoint>> {
    const query = pageQuery([{ column: webhookEndpoints.id, direction: 'DESC' }], page);
    const rows = await this.#db
      .select()
      .from(webhookEndpoints)
      .where(and(this.#own(), ne(webhookEndpoints.status, 'DELETED'), query.where))
      .orderBy(...query.orderBy)
      .limit(query.limit);
    return toPage(rows, page, toEndpoint, ({ id }) => [id]);
  }

  async countEndpoints(): Promise<number> {
    const [row] = await this.#db.select({ count: count() }).from(webhookEndpoints).where(and(this.#own(), ne(webhookEndpoints.status, 'DELETED')));
    return row?.count ?? 0;
  }

  /** @param place from which it is told of events */
  async insertEndpoint({ endpoint, sealed }: StoredEndpoint, place: LogPlace): Promise<void> {
    await this.#db.insert(webhookEndpoints).values({ ...endpoint, sealed, workspaceId: this.#workspaceId });
    await this.#db.insert(webhookEndpointStates).values({
      workspaceId: this.#workspaceId,
      endpointId: endpoint.id,
      logPosition: place.position,
      logNumber: place.number,
      tokensAt: endpoint.createdAt,
    });
    await this.#db
      .insert(dueWork)
      .values({ workspaceId: this.#workspaceId, claimedUntil: endpoint.createdAt, hasWebhooks: true })
      .onConflictDoUpdate({ target: dueWork.workspaceId, set: { hasWebhooks: true } });
  }

  async updateEndpoint({ endpoint: { id, createdAt: _, ...changes }, sealed }: StoredEndpoint): Promise<void> {
    await this.#db.update(webhookEndpoints).set({ ...changes, sealed }).where(and(this.#own(), eq(webhookEndpoints.id, id)));
  }

  /** Lets an endpoint begin anew, as one that has never failed. */
  async resetState(endpointId: string, place: LogPlace | null): Promise<void> {
    const healthy = { failures: 0, failingSince: null, pauses: 0, pausedUntil: null, noticeAt: null };
    await this.#db
      .update(webhookEndpointStates)
      .set({ ...healthy, ...(place === null ? {} : { logPosition: place.position, logNumber: place.number }) })
      .where(and(eq(webhookEndpointStates.workspaceId, this.#workspaceId), eq(webhookEndpointStates.endpointId, endpointId)));
  }

  /** How the endpoints do, by their ids. */
  async health(endpointIds: readonly string[]): Promise<ReadonlyMap<string, EndpointHealth>> {
    const { endpointId, failures, failingSince, pauses, pausedUntil, noticeAt } = webhookEndpointStates;
    const rows = await this.#db
      .select({ endpointId, failures, failingSince, pauses, pausedUntil, noticeAt })
      .from(webhookEndpointStates)
      .where(and(eq(webhookEndpointStates.workspaceId, this.#workspaceId), inArray(endpointId, [...endpointIds])));
    return new Map(rows.map(({ endpointId: of, ...health }) => [of, health]));
  }

  /** Nobody need look into the workspace any more. */
  async markWithoutEndpoints(): Promise<void> {
    await this.#db.update(dueWork).set({ hasWebhooks: false }).where(eq(dueWork.workspaceId, this.#workspaceId));
  }

  /** Gives up what is pending. */
  async cancelPending(endpointId: string, now: Instant): Promise<void> {
    await this.#db
      .update(webhookDeliveries)
      .set({ status: 'CANCELLED', nextAttemptAt: null, completedAt: now })
      .where(and(this.#ownDeliveries(), eq(webhookDeliveries.endpointId, endpointId), eq(webhookDeliveries.status, 'PENDING')));
  }

  /**
   * Lets what is pending begin anew, at once. What falls due before the instant comes by itself: a process may be at it, and
   * nothing tells that from a retry.
   * @param leasedUntil when the last of those that processes have taken can fall due
   */
  async hurryPending(endpointId: string, now: Instant, leasedUntil: Instant): Promise<void> {
    const { nextAttemptAt } = webhookDeliveries;
    await this.#db
      .update(webhookDeliveries)
      .set({
        nextAttemptAt: sql`CASE WHEN ${gt(nextAttemptAt, leasedUntil)} THEN ${instantToSql(now)}::timestamptz ELSE ${nextAttemptAt} END`,
        roundAttempts: 0,
        roundStartedAt: null,
      })
      .where(and(this.#ownDeliveries(), eq(webhookDeliveries.endpointId, endpointId), eq(webhookDeliveries.status, 'PENDING')));
  }

  async deliveriesByIds(ids: readonly string[]): Promise<Delivery[]> {
    const rows = await this.#db.select().from(webhookDeliveries).where(and(this.#ownDeliveries(), inArray(webhookDeliveries.id, [...ids])));
    return rows.map(toDelivery);
  }

  /** Deliveries that fulfil all conditions, newest first. */
  async listDeliveries({ endpointId, eventId, eventType, status }: DeliveryFilter, page: PageRequest): Promise<Page<Delivery>> {
    const query = pageQuery([{ column: webhookDeliveries.id, direction: 'DESC' }], page);
    const is = <Value>(column: Parameters<typeof eq>[0], value: Value | null | undefined) =>
      value === null || value === undefined ? undefined : eq(column, value);
    const rows = await this.#db
      .select()
      .from(webhookDeliveries)
      .where(
        and(
          this.#ownDeliveries(),
          is(webhookDeliveries.endpointId, endpointId),
          is(webhookDeliveries.eventId, eventId),
          is(webhookDeliveries.eventType, eventType),
          is(webhookDeliveries.status, status),
          query.where,
        ),
      )
      .orderBy(...query.orderBy)
      .limit(query.limit);
    return toPage(rows, page, toDelivery, ({ id }) => [id]);
  }

  /** One page for each delivery, all in one statement. */
  async attemptsOf(deliveryIds: readonly string[], page: PageRequest): Promise<ReadonlyMap<string, Page<Attempt>>> {
    const parents = parentsOf(this.#db, deliveryIds);
    const query = pageQuery([{ column: webhookAttempts.id, direction: 'DESC' }], page);
    const children = this.#db
      .select()
      .from(webhookAttempts)
      .where(and(eq(webhookAttempts.workspaceId, this.#workspaceId), eq(webhookAttempts.deliveryId, parents.id), query.where))
      .orderBy(...query.orderBy)
      .limit(query.limit)
      .as('children');
    const rows = await this.#db.select().from(parents).crossJoinLateral(children);
    return toPages(rows, deliveryIds, page, ({ deliveryId }) => deliveryId, ({ workspaceId: _, ...attempt }) => attempt);
  }

  async insertTest(delivery: Delivery): Promise<void> {
    await this.#db.insert(webhookDeliveries).values({ ...delivery, workspaceId: this.#workspaceId, ordered: false });
  }

  /** Begins a delivery anew. */
  async replayDelivery(id: string, now: Instant): Promise<void> {
    await this.#db
      .update(webhookDeliveries)
      .set({ status: 'PENDING', nextAttemptAt: now, roundAttempts: 0, roundStartedAt: null, replayedAt: now, completedAt: null })
      .where(and(this.#ownDeliveries(), eq(webhookDeliveries.id, id)));
  }

  async insertReplay({ from, to, ...replay }: Replay, place: LogPlace): Promise<void> {
    await this.#db.insert(webhookReplays).values({
      ...replay,
      workspaceId: this.#workspaceId,
      fromAt: from,
      toAt: to,
      logPosition: place.position,
      logNumber: place.number,
    });
  }

  async findReplay(id: string): Promise<Replay | null> {
    const [row] = await this.#db.select().from(webhookReplays).where(and(eq(webhookReplays.workspaceId, this.#workspaceId), eq(webhookReplays.id, id)));
    return row === undefined ? null : { id, endpointId: row.endpointId, from: row.fromAt, to: row.toAt, scope: row.scope, createdAt: row.createdAt };
  }

  async countOpenReplays(endpointId: string): Promise<number> {
    const [row] = await this.#db
      .select({ count: count() })
      .from(webhookReplays)
      .where(and(eq(webhookReplays.workspaceId, this.#workspaceId), eq(webhookReplays.endpointId, endpointId), isNull(webhookReplays.completedAt)));
    return row?.count ?? 0;
  }

  /** A place in the log before everything that was written from the instant on, in real time; null for its beginning. */
  async placeBefore(instant: Instant): Promise<LogPlace | null> {
    const { rows } = await this.#db.execute<{ position: bigint }>(sql`
      SELECT position FROM event_batches
      WHERE workspace_id = ${this.#workspaceId} AND id < ${firstIdAt(instant - COMMIT_MAX_MS)} AND position IS NOT NULL
      ORDER BY id DESC LIMIT 1`);
    const position = rows[0]?.position;
    return position === undefined ? null : { position, number: BATCH_END };
  }

  #own() {
    return eq(webhookEndpoints.workspaceId, this.#workspaceId);
  }

  #ownDeliveries() {
    return eq(webhookDeliveries.workspaceId, this.#workspaceId);
  }
}

export function toEndpoint({ workspaceId: _, sealed: __, ...endpoint }: typeof webhookEndpoints.$inferSelect): WebhookEndpoint {
  return endpoint;
}

export function toDelivery({
  workspaceId: _,
  logPosition: __,
  logNumber: ___,
  ordered: ____,
  ...delivery
}: typeof webhookDeliveries.$inferSelect): Delivery {
  return delivery;
}


import { and, eq, inArray } from 'drizzle-orm';
import type { Executor } from '../database/client.ts';
import type { Page, PageRequest } from '../database/paging.ts';
import { pageQuery, parentsOf, toPages } from '../database/paging.ts';
import { activities, events, idempotencyKeys } from '../database/tables/workspaces.ts';
import type { IdempotentResult } from '../domain/idempotency.ts';

export type ActivityAction =
  | 'CREATED'
  | 'UPDATED'
  | 'ACTIVATED'
  | 'DEACTIVATED'
  | 'DRAFTED'
  | 'DELETED'
  | 'PUBLISHED'
  | 'RETIRED'
  | 'ROTATED'
  | 'REVOKED'
  | 'CLOCK_ADVANCED';

/** One audited change of configuration. */
export interface Activity {
  readonly id: string;
  /** The object on whose page the change is listed. */
  readonly objectId: string;
  /** The object that changed, by its public id. */
  readonly subjectId: string;
  readonly action: ActivityAction;
  readonly apiKeyId: string | null;
  readonly requestId: string;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
  readonly recordedAt: number;
}

/** Something that others want to hear of. */
export interface OutboxEvent {
  readonly id: string;
  readonly type: string;
  readonly customerId: string | null;
  readonly requestId: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly occurredAt: number;
  readonly recordedAt: number;
}

export const IDEMPOTENCY_KEY_KEPT_MS = 7 * 24 * 3_600_000;

/** What is written beside every change of configuration: the audit entry, the event, the idempotency key. */
export class ActivityRepository {
  readonly #db: Executor;
  readonly #workspaceId: string;

  constructor(db: Executor, workspaceId: string) {
    this.#db = db;
    this.#workspaceId = workspaceId;
  }

  async insert(activity: Activity): Promise<void> {
    await this.#db.insert(activities).values({ ...activity, workspaceId: this.#workspaceId });
  }

  async insertEvent(event: OutboxEvent): Promise<void> {
    await this.#db.insert(events).values({ ...event, workspaceId: this.#workspaceId });
  }

  async byIds(ids: readonly string[]): Promise<Activity[]> {
    const rows = await this.#db
      .select()
      .from(activities)
      .where(and(eq(activities.workspaceId, this.#workspaceId), inArray(activities.id, [...ids])));
    return rows.map(toActivity);
  }

  /** One page for each object, all in one statement. */
  async pagesOf(objectIds: readonly string[], page: PageRequest): Promise<ReadonlyMap<string, Page<Activity>>> {
    const parents = parentsOf(this.#db, objectIds);
    const query = pageQuery([{ column: activities.id, direction: 'DESC' }], page);
    const children = this.#db
      .select()
      .from(activities)
      .where(and(eq(activities.workspaceId, this.#workspaceId), eq(activities.objectId, parents.id), query.where))
      .orderBy(...query.orderBy)
      .limit(query.limit)
      .as('children');
    const rows = await this.#db.select().from(parents).crossJoinLateral(children);
    return toPages(rows, objectIds, page, ({ objectId }) => objectId, toActivity);
  }

  /** The result kept under the key, unless the key is older than keys are kept. */
  async findKey(
    key: string,
    now: number,
  ): Promise<{ readonly fingerprint: Buffer; readonly result: IdempotentResult } | null> {
    const [row] = await this.#db
      .select()
      .from(idempotencyKeys)
      .where(and(eq(idempotencyKeys.workspaceId, this.#workspaceId), eq(idempotencyKeys.key, key)));
    return row !== undefined && row.createdAt > now - IDEMPOTENCY_KEY_KEPT_MS ? row : null;
  }

  async insertKey(key: string, fingerprint: Buffer, result: IdempotentResult, now: number): Promise<void> {
    const values = { fingerprint, result, createdAt: now };
    await this.#db
      .insert(idempotencyKeys)
      .values({ ...values, workspaceId: this.#workspaceId, key })
      .onConflictDoUpdate({ target: [idempotencyKeys.workspaceId, idempotencyKeys.key], set: values });
  }
}

function toActivity(row: typeof activities.$inferSelect): Activity {
  const { workspaceId: _, action, ...activity } = row;
  return { ...activity, action: action as ActivityAction };
}

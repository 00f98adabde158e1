import { and, asc, eq, gt, inArray, isNull, lt, lte, or, sql } from 'drizzle-orm';
import type { Database, Executor } from '../database/client.ts';
import { customers } from '../database/tables/customers.ts';
import { apiKeys, dueWork, idempotencyKeys, workspaces } from '../database/tables/workspaces.ts';
import { instantToSql } from '../database/columns.ts';
import type { Noticed } from '../domain/notices.ts';
import type { Instant } from '../domain/time.ts';
import type { ApiKey } from '../domain/workspaces.ts';

/** A change of structures after which not everybody has been judged yet. */
export interface UnsettledChange {
  readonly at: Instant;
  /** Up to which customer those of an earlier pass have been settled after it; null for none. */
  readonly settledUpTo: string | null;
}

/** What falls due by itself and is not recorded yet. Reads are right without it; it is there for whoever listens. */
export class DueWorkRepository {
  readonly #db: Executor;
  readonly #workspaceId: string;

  constructor(db: Executor, workspaceId: string) {
    this.#db = db;
    this.#workspaceId = workspaceId;
  }

  /** Claims the workspace's work for a while; false if another process has it. */
  async claim(now: Instant, until: Instant): Promise<boolean> {
    const claimed = await this.#db
      .insert(dueWork)
      .values({ workspaceId: this.#workspaceId, claimedUntil: until })
      .onConflictDoUpdate({
        target: dueWork.workspaceId,
        set: { claimedUntil: until },
        setWhere: lte(dueWork.claimedUntil, now),
      })
      .returning({ workspaceId: dueWork.workspaceId });
    return claimed.length > 0;
  }

  /** Gives the claim back. */
  async release(now: Instant): Promise<void> {
    await this.#db.update(dueWork).set({ claimedUntil: now }).where(eq(dueWork.workspaceId, this.#workspaceId));
  }

  /** Customers for whom something has become true, those who have waited longest first. */
  async dueCustomerIds(now: Instant, limit: number): Promise<string[]> {
    const rows = await this.#db
      .select({ id: customers.id })
      .from(customers)
      .where(and(eq(customers.workspaceId, this.#workspaceId), lte(customers.nextDueAt, now)))
      .orderBy(asc(customers.nextDueAt), asc(customers.id))
      .limit(limit);
    return rows.map(({ id }) => id);
  }

  /** The last change of structures, if there are customers who may not have been judged since; otherwise null. */
  async unsettledChange(): Promise<UnsettledChange | null> {
    const { structuresSettledAt: settledAt, settlingChangeAt: settlingAt, settledUpTo } = dueWork;
    const [row] = await this.#db
      .select({ changedAt: workspaces.structuresChangedAt, settledAt, settlingAt, settledUpTo })
      .from(workspaces)
      .leftJoin(dueWork, eq(dueWork.workspaceId, workspaces.workspaceId))
      .where(eq(workspaces.workspaceId, this.#workspaceId));
    if (row === undefined || (row.settledAt !== null && row.settledAt >= row.changedAt)) return null;
    return { at: row.changedAt, settledUpTo: row.settlingAt === row.changedAt ? row.settledUpTo : null };
  }

  /** Customers who were settled before the change of structures, or at its very instant. */
  async customerIdsSettledBefore(changedAt: Instant, after: string | null, limit: number): Promise<string[]> {
    const rows = await this.#db
      .select({ id: customers.id })
      .from(customers)
      .where(
        and(
          eq(customers.workspaceId, this.#workspaceId),
          lte(customers.settledAt, changedAt),
          after === null ? undefined : gt(customers.id, after),
        ),
      )
      .orderBy(asc(customers.id))
      .limit(limit);
    return rows.map(({ id }) => id);
  }

  async markSettledUpTo(changedAt: Instant, customerId: string): Promise<void> {
    const progress = { settlingChangeAt: changedAt, settledUpTo: customerId };
    await this.#db.update(dueWork).set(progress).where(eq(dueWork.workspaceId, this.#workspaceId));
  }

  async markSettled(changedAt: Instant): Promise<void> {
    const progress = { structuresSettledAt: changedAt, settlingChangeAt: null, settledUpTo: null };
    await this.#db.update(dueWork).set(progress).where(eq(dueWork.workspaceId, this.#workspaceId));
  }

  /** How many days before it happens things are told; 0 if they are not. */
  async noticeDays(): Promise<number> {
    const [row] = await this.#db.select({ noticeDays: workspaces.noticeDays }).from(workspaces).where(eq(workspaces.workspaceId, this.#workspaceId));
    return row?.noticeDays ?? 0;
  }

  /** Customers to whom something happens until the instant, and of whom something may be new, by their ids. */
  async customerIdsToNotice(now: Instant, until: Instant, noticeDays: number, after: string | null, limit: number): Promise<string[]> {
    const { rows } = await this.#db.execute<{ id: string }>(sql`
      SELECT id FROM customers
      WHERE workspace_id = ${this.#workspaceId} AND next_due_at <= ${instantToSql(until)}::timestamptz AND (${after}::uuid IS NULL OR id > ${after}::uuid)
        AND (noticed IS NULL OR (noticed->>'nextAt')::numeric <= ${now} OR (noticed->>'noticeDays')::int <> ${noticeDays}
          OR (noticed->>'sequence')::int <> sequence
          OR (noticed->>'settledAt')::numeric <> extract(epoch FROM settled_at) * 1000)
      ORDER BY id LIMIT ${limit}`);
    return rows.map(({ id }) => id);
  }

  /** What was told of the customers, who must be locked. */
  async noticed(customerIds: readonly string[]): Promise<ReadonlyMap<string, Noticed | null>> {
    const rows = await this.#db
      .select({ id: customers.id, noticed: customers.noticed })
      .from(customers)
      .where(and(eq(customers.workspaceId, this.#workspaceId), inArray(customers.id, [...customerIds])));
    return new Map(rows.map(({ id, noticed }) => [id, noticed]));
  }

  async saveNoticed(noticed: ReadonlyMap<string, Noticed>): Promise<void> {
    const document = JSON.stringify([...noticed].map(([id, each]) => ({ id, noticed: each })));
    // The limit only says that rows are few: without it the planner may read all customers of a workspace to find them.
    await this.#db.execute(sql`
      UPDATE customers c SET noticed = r.noticed
      FROM (SELECT * FROM jsonb_to_recordset(${document}::jsonb) AS given(id uuid, noticed jsonb) LIMIT ${noticed.size}::int) r
      WHERE c.workspace_id = ${this.#workspaceId} AND c.id = r.id`);
  }

  /** Marks the keys that expire until the instant, in real time, and of which that was not told yet. */
  async noticeExpiringKeys(now: Instant, until: Instant): Promise<Pick<ApiKey, 'id' | 'name' | 'lastFour' | 'createdAt' | 'expiresAt'>[]> {
    const { id, name, lastFour, createdAt, expiresAt } = apiKeys;
    return this.#db
      .update(apiKeys)
      .set({ expiryNoticedAt: now })
      .where(
        and(
          eq(apiKeys.workspaceId, this.#workspaceId),
          isNull(apiKeys.expiryNoticedAt),
          isNull(apiKeys.revokedAt),
          gt(apiKeys.expiresAt, now),
          lte(apiKeys.expiresAt, until),
        ),
      )
      .returning({ id, name, lastFour, createdAt, expiresAt });
  }

  /** Removes idempotency keys that are not honoured any more. @returns how many were removed */
  async removeKeysBefore(before: Instant, limit: number): Promise<number> {
    const removed = await this.#db
      .delete(idempotencyKeys)
      .where(
        and(
          eq(idempotencyKeys.workspaceId, this.#workspaceId),
          sql`${idempotencyKeys.key} IN (SELECT key FROM idempotency_keys WHERE workspace_id = ${this.#workspaceId}
            AND created_at <= ${new Date(before).toISOString()} ORDER BY created_at LIMIT ${limit})`,
        ),
      )
      .returning({ key: idempotencyKeys.key });
    return removed.length;
  }
}

/**
 * Workspaces in which something has fallen due that no process has claimed: the one question that is asked of
 * all workspaces, in pages, and answered by an index of each.
 */
export async function workspacesWithDueWork(database: Database, now: Instant, after: string | null, limit: number): Promise<string[]> {
  // Not coalesce(): under row level security its outcome is not looked up in an index, and all customers would be gone through.
  const workspaceNow = sql`CASE WHEN ${workspaces.clockFrozenAt} IS NULL THEN ${new Date(now).toISOString()}::timestamptz ELSE ${workspaces.clockFrozenAt} END`;
  const rows = await database.allDueWork().db
    .select({ id: workspaces.workspaceId })
    .from(workspaces)
    .leftJoin(dueWork, eq(dueWork.workspaceId, workspaces.workspaceId))
    .where(
      and(
        after === null ? undefined : gt(workspaces.workspaceId, after),
        or(isNull(dueWork.claimedUntil), lte(dueWork.claimedUntil, now)),
        or(
          isNull(dueWork.structuresSettledAt),
          lt(dueWork.structuresSettledAt, workspaces.structuresChangedAt),
          sql`EXISTS (SELECT 1 FROM customers c WHERE c.workspace_id = ${workspaces.workspaceId} AND c.next_due_at <= ${workspaceNow})`,
        ),
      ),
    )
    .orderBy(asc(workspaces.workspaceId))
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** Workspaces that want to be told of what happens soon, in pages. */
export async function workspacesWithNotices(database: Database, after: string | null, limit: number): Promise<string[]> {
  const rows = await database.allDueWork().db
    .select({ id: workspaces.workspaceId })
    .from(workspaces)
    .where(and(gt(workspaces.noticeDays, 0), after === null ? undefined : gt(workspaces.workspaceId, after)))
    .orderBy(asc(workspaces.workspaceId))
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** All workspaces, in pages. */
export async function workspaceIdsAfter(database: Database, after: string | null, limit: number): Promise<string[]> {
  const rows = await database.allDueWork().db
    .select({ id: workspaces.workspaceId })
    .from(workspaces)
    .where(after === null ? undefined : gt(workspaces.workspaceId, after))
    .orderBy(asc(workspaces.workspaceId))
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** Workspaces with rewards, in pages. */
export function workspacesWithRewards(database: Database, after: string | null, limit: number): Promise<string[]> {
  return markedWorkspaces(database, dueWork.hasRewards, after, limit);
}

/** Workspaces with webhook endpoints, in pages. */
export function workspacesWithWebhooks(database: Database, after: string | null, limit: number): Promise<string[]> {
  return markedWorkspaces(database, dueWork.hasWebhooks, after, limit);
}

async function markedWorkspaces(
  database: Database,
  mark: typeof dueWork.hasRewards | typeof dueWork.hasWebhooks,
  after: string | null,
  limit: number,
): Promise<string[]> {
  const rows = await database.allDueWork().db
    .select({ id: dueWork.workspaceId })
    .from(dueWork)
    .where(and(after === null ? undefined : gt(dueWork.workspaceId, after), mark))
    .orderBy(asc(dueWork.workspaceId))
    .limit(limit);
  return rows.map(({ id }) => id);
}

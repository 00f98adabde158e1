import type { AnyColumn, SQL } from 'drizzle-orm';
import { and, desc, eq, gte, inArray, isNotNull, lt, max, not, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Executor } from '../database/client.ts';
import type { Page, PageRequest } from '../database/paging.ts';
import { pageQuery, parentsOf, toPage, toPages } from '../database/paging.ts';
import { apiKeyUses } from '../database/tables/audit.ts';
import { activities } from '../database/tables/workspaces.ts';
import type { Activity, ActivityAction, ApiKeyUse } from '../domain/audit.ts';
import type { Condition } from '../domain/filters.ts';
import type { Instant } from '../domain/time.ts';

/** `subjectType` goes by the part of a public id that names the kind of object. */
export type ActivityField = 'action' | 'subjectId' | 'subjectType' | 'apiKeyId' | 'api' | 'ipAddress' | 'requestId' | 'recordedAt';
export type ApiKeyUseField = 'apiKeyId' | 'api' | 'ipAddress' | 'usedAt' | 'refused';

/** Most rows that one statement writes. */
const USES_AT_ONCE = 500;
const COUNT_MAX = 2 ** 31 - 1;
const HOUR_MS = 3_600_000;

/** The audit log as it is read, and the account of the use of API keys. Changes write their own entries. */
export class AuditRepository {
  readonly #db: Executor;
  readonly #workspaceId: string;

  constructor(db: Executor, workspaceId: string) {
    this.#db = db;
    this.#workspaceId = workspaceId;
  }

  async activitiesByIds(ids: readonly string[]): Promise<Activity[]> {
    const rows = await this.#db
      .select()
      .from(activities)
      .where(and(eq(activities.workspaceId, this.#workspaceId), inArray(activities.id, [...ids])));
    return rows.map(toActivity);
  }

  /** One page for each object, all in one statement. */
  async activitiesOf(objectIds: readonly string[], page: PageRequest): Promise<ReadonlyMap<string, Page<Activity>>> {
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

  /** Entries that fulfil all conditions, newest first. */
  async activities(conditions: readonly Condition<ActivityField>[], page: PageRequest): Promise<Page<Activity>> {
    const keys = [
      { column: activities.recordedAt, direction: 'DESC' },
      { column: activities.id, direction: 'DESC' },
    ] as const;
    const query = pageQuery(keys, page);
    const rows = await this.#db
      .select()
      .from(activities)
      .where(and(eq(activities.workspaceId, this.#workspaceId), ...conditions.map(activityCondition), query.where))
      .orderBy(...query.orderBy)
      .limit(query.limit);
    return toPage(rows, page, toActivity, ({ recordedAt, id }) => [String(recordedAt), id]);
  }

  /** Uses that fulfil all conditions, newest hour first. */
  async apiKeyUses(conditions: readonly Condition<ApiKeyUseField>[], page: PageRequest): Promise<Page<ApiKeyUse>> {
    const query = pageQuery([{ column: apiKeyUses.id, direction: 'DESC' }], page);
    const rows = await this.#db
      .select()
      .from(apiKeyUses)
      .where(and(this.#ownUses(), ...conditions.map(useCondition), query.where))
      .orderBy(...query.orderBy)
      .limit(query.limit);
    return toPage(rows, page, (row) => row, ({ id }) => [id]);
  }

  /** When a request with each key was last accepted. */
  async keysLastUsedAt(apiKeyIds: readonly string[]): Promise<ReadonlyMap<string, Instant>> {
    const keys = parentsOf(this.#db, apiKeyIds);
    // The newest hour is found by the index; within it the latest of at most a few hundred.
    const newest = alias(apiKeyUses, 'newest');
    const newestId = this.#db
      .select({ id: newest.id })
      .from(newest)
      .where(and(eq(newest.workspaceId, this.#workspaceId), eq(newest.apiKeyId, keys.id), isNotNull(newest.lastAcceptedAt)))
      .orderBy(desc(newest.id))
      .limit(1);
    const latest = this.#db
      .select({ at: max(apiKeyUses.lastAcceptedAt).as('at') })
      .from(apiKeyUses)
      .where(and(this.#ownUses(), eq(apiKeyUses.apiKeyId, keys.id), gte(apiKeyUses.id, sql`(left((${newestId})::text, 13) || ${ID_REST_MIN})::uuid`)))
      .as('latest');
    const rows = await this.#db.select({ id: keys.id, at: latest.at }).from(keys).crossJoinLateral(latest);
    return new Map(rows.flatMap(({ id, at }) => (at === null ? [] : [[id, at] as const])));
  }

  /** Adds to the counts that are there. The uses are of this workspace, each once. */
  async addUses(uses: readonly ApiKeyUse[]): Promise<void> {
    for (let start = 0; start < uses.length; start += USES_AT_ONCE) {
      const values = uses.slice(start, start + USES_AT_ONCE).map((use) => ({ ...use, workspaceId: this.#workspaceId }));
      const added = (column: AnyColumn) => sql`least(${column}::bigint + excluded.${sql.identifier(column.name)}, ${COUNT_MAX})`;
      await this.#db
        .insert(apiKeyUses)
        // Whoever writes several rows takes their locks in one order.
        .values(values.sort((one, other) => (one.id < other.id ? -1 : 1)))
        .onConflictDoUpdate({
          target: [apiKeyUses.workspaceId, apiKeyUses.id],
          set: {
            firstUsedAt: sql`least(${apiKeyUses.firstUsedAt}, excluded.first_used_at)`,
            lastUsedAt: sql`greatest(${apiKeyUses.lastUsedAt}, excluded.last_used_at)`,
            lastAcceptedAt: sql`greatest(${apiKeyUses.lastAcceptedAt}, excluded.last_accepted_at)`,
            requestCount: added(apiKeyUses.requestCount),
            refusedCount: added(apiKeyUses.refusedCount),
            lastRequestId: sql`CASE WHEN excluded.last_used_at >= ${apiKeyUses.lastUsedAt} THEN excluded.last_request_id ELSE ${apiKeyUses.lastRequestId} END`,
          },
        });
    }
  }

  /** Removes uses of hours before the instant, the oldest first. @returns how many were removed */
  async removeUsesBefore(before: Instant, limit: number): Promise<number> {
    const oldest = this.#db
      .select({ id: apiKeyUses.id })
      .from(apiKeyUses)
      .where(and(this.#ownUses(), lt(apiKeyUses.id, lowestIdAt(before))))
      .orderBy(apiKeyUses.id)
      .limit(limit);
    const removed = await this.#db
      .delete(apiKeyUses)
      .where(and(this.#ownUses(), inArray(apiKeyUses.id, oldest)))
      .returning({ id: apiKeyUses.id });
    return removed.length;
  }

  #ownUses(): SQL {
    return eq(apiKeyUses.workspaceId, this.#workspaceId);
  }
}

const ACTIVITY_COLUMNS = {
  action: activities.action,
  subjectId: activities.subjectId,
  subjectType: sql`split_part(${activities.subjectId}, '_', 1)`,
  apiKeyId: activities.apiKeyId,
  api: activities.api,
  ipAddress: activities.ipAddress,
  requestId: activities.requestId,
} as const;

function activityCondition(condition: Condition<ActivityField>): SQL | undefined {
  if (condition.field === 'recordedAt') return between(activities.recordedAt, condition);
  return oneOf(ACTIVITY_COLUMNS[condition.field], condition);
}

function useCondition(condition: Condition<ApiKeyUseField>): SQL | undefined {
  if (condition.field === 'usedAt') return usedBetween(condition);
  if (condition.field !== 'refused') return oneOf(apiKeyUses[condition.field], condition);
  // Written out, not as a parameter: a plan for any parameter cannot follow an index of some rows.
  return condition.kind === 'KNOWN' && condition.known ? sql`${apiKeyUses.refusedCount} > 0` : eq(apiKeyUses.refusedCount, 0);
}

/** Where there is no value, it is not one of any. */
function oneOf(column: AnyColumn | SQL, condition: Condition): SQL | undefined {
  if (condition.kind !== 'ONE_OF') return undefined;
  const [only, ...more] = condition.values;
  // Equality with one value is what lets an index give the rows in their order.
  const matches = only === undefined ? sql`false` : more.length === 0 ? sql`${column} = ${only}` : inArray(column as SQL, [...condition.values]);
  return condition.negated ? not(sql`coalesce(${matches}, false)`) : matches;
}

function between(column: AnyColumn, condition: Condition): SQL | undefined {
  if (condition.kind !== 'BETWEEN') return undefined;
  const { from, to } = condition;
  return and(from === null ? undefined : gte(column, from), to === null ? undefined : lt(column, to));
}

/** Uses of which some may lie in the span. The bounds of the ids are implied, and are what an index can follow. */
function usedBetween(condition: Condition): SQL | undefined {
  if (condition.kind !== 'BETWEEN') return undefined;
  const { from, to } = condition;
  return and(
    from === null ? undefined : and(gte(apiKeyUses.id, lowestIdAt(from - HOUR_MS)), gte(apiKeyUses.lastUsedAt, from)),
    to === null ? undefined : and(lt(apiKeyUses.id, lowestIdAt(to)), lt(apiKeyUses.firstUsedAt, to)),
  );
}

const ID_REST_MIN = '-0000-0000-000000000000';
const ID_TIME_MAX = 2 ** 48 - 1;

/** Ids of uses begin with the milliseconds of their hour. */
function lowestIdAt(instant: Instant): string {
  const time = Math.min(Math.max(instant, 0), ID_TIME_MAX).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}${ID_REST_MIN}`;
}

function toActivity(row: typeof activities.$inferSelect): Activity {
  const { workspaceId: _, action, ...activity } = row;
  return { ...activity, action: action as ActivityAction };
}

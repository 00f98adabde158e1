import type { SQL } from 'drizzle-orm';
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Database, Executor } from '../database/client.ts';
import { instantToSql } from '../database/columns.ts';
import type { Page, PageRequest } from '../database/paging.ts';
import { pageQuery, toPage } from '../database/paging.ts';
import { apiKeys, workspaces } from '../database/tables/workspaces.ts';
import type { Instant } from '../domain/time.ts';
import type { ApiKey, Workspace } from '../domain/workspaces.ts';

/** Workspaces and API keys. */
export class WorkspaceRepository {
  readonly #db: Executor;
  readonly #workspaceId: string;

  constructor(db: Executor, workspaceId: string) {
    this.#db = db;
    this.#workspaceId = workspaceId;
  }

  async find(): Promise<Workspace | null> {
    const [row] = await this.#db.select().from(workspaces).where(eq(workspaces.workspaceId, this.#workspaceId));
    return row === undefined ? null : toWorkspace(row);
  }

  async insert(workspace: Workspace): Promise<void> {
    const { id, ...rest } = workspace;
    await this.#db.insert(workspaces).values({
      ...rest,
      workspaceId: id,
      configurationVersion: 1n,
      structuresChangedAt: workspace.createdAt,
    });
  }

  async update({ name, clockFrozenAt, backdatingDays, eventRetentionDays, noticeDays, version, updatedAt }: Workspace): Promise<void> {
    await this.#db
      .update(workspaces)
      .set({ name, clockFrozenAt, backdatingDays, eventRetentionDays, noticeDays, version, updatedAt })
      .where(eq(workspaces.workspaceId, this.#workspaceId));
  }

  /**
   * Holds every other change of this workspace's configuration back until the transaction ends, and
   * every batch of member commands, which read the configuration under a shared lock.
   * @returns the instant at which the workspace's clock is frozen; null for real time, or if it is not there yet
   */
  async lockConfiguration(): Promise<Instant | null> {
    const [row] = await this.#db
      .select({ clockFrozenAt: workspaces.clockFrozenAt })
      .from(workspaces)
      .where(eq(workspaces.workspaceId, this.#workspaceId))
      .for('update');
    return row?.clockFrozenAt ?? null;
  }

  /**
   * Keeps the configuration as it is until the transaction ends; commands on members go on.
   * @returns the instant at which the workspace's clock is frozen; null for real time
   */
  async holdConfiguration(): Promise<Instant | null> {
    const [row] = await this.#db
      .select({ clockFrozenAt: workspaces.clockFrozenAt })
      .from(workspaces)
      .where(eq(workspaces.workspaceId, this.#workspaceId))
      .for('share');
    return row?.clockFrozenAt ?? null;
  }

  /** The instant at which the workspace's clock is frozen; null for real time. */
  async clockFrozenAt(): Promise<Instant | null> {
    const [row] = await this.#db
      .select({ clockFrozenAt: workspaces.clockFrozenAt })
      .from(workspaces)
      .where(eq(workspaces.workspaceId, this.#workspaceId));
    return row?.clockFrozenAt ?? null;
  }

  /**
   * Tells everybody who caches the configuration that it has changed.
   * @param structuresChangedAt when the structures that judge members change, to which a frozen clock moves on; null if they stay
   */
  async touchConfiguration(structuresChangedAt: number | null): Promise<void> {
    await this.#db
      .update(workspaces)
      .set({
        configurationVersion: sql`${workspaces.configurationVersion} + 1`,
        ...(structuresChangedAt === null ? {} : { structuresChangedAt, clockFrozenAt: movedOnTo(structuresChangedAt) }),
      })
      .where(eq(workspaces.workspaceId, this.#workspaceId));
  }

  async findApiKey(id: string): Promise<ApiKey | null> {
    const [row] = await this.#db.select().from(apiKeys).where(this.#key(id));
    return row === undefined ? null : toApiKey(row);
  }

  async apiKeysByIds(ids: readonly string[]): Promise<ApiKey[]> {
    const rows = await this.#db
      .select()
      .from(apiKeys)
      .where(and(eq(apiKeys.workspaceId, this.#workspaceId), inArray(apiKeys.id, [...ids])));
    return rows.map(toApiKey);
  }

  async allApiKeys(): Promise<ApiKey[]> {
    const rows = await this.#db.select().from(apiKeys).where(eq(apiKeys.workspaceId, this.#workspaceId));
    return rows.map(toApiKey);
  }

  async listApiKeys(page: PageRequest): Promise<Page<ApiKey>> {
    const query = pageQuery([{ column: apiKeys.id, direction: 'DESC' }], page);
    const rows = await this.#db
      .select()
      .from(apiKeys)
      .where(and(eq(apiKeys.workspaceId, this.#workspaceId), query.where))
      .orderBy(...query.orderBy)
      .limit(query.limit);
    return toPage(rows, page, toApiKey, ({ id }) => [id]);
  }

  async insertApiKey(key: ApiKey, secretHash: Buffer): Promise<void> {
    await this.#db.insert(apiKeys).values({ ...key, secretHash });
  }

  async updateApiKey({ id, expiresAt, revokedAt }: ApiKey): Promise<void> {
    await this.#db.update(apiKeys).set({ expiresAt, revokedAt }).where(this.#key(id));
  }

  #key(id: string) {
    return and(eq(apiKeys.workspaceId, this.#workspaceId), eq(apiKeys.id, id));
  }
}

/** The key with that hash, whatever its workspace: the one read that happens before the workspace is known. */
export async function findApiKeyByHash(
  database: Database,
  secretHash: Buffer,
): Promise<{ readonly key: ApiKey; readonly secretHash: Buffer } | null> {
  const { db } = database.apiKeyBySecret(secretHash);
  const [row] = await db.select().from(apiKeys).where(eq(apiKeys.secretHash, secretHash)).limit(1);
  return row === undefined ? null : { key: toApiKey(row), secretHash: row.secretHash };
}

function toWorkspace(row: typeof workspaces.$inferSelect): Workspace {
  const { workspaceId, name, timeZone, mode, clockFrozenAt, backdatingDays, eventRetentionDays, noticeDays, version, createdAt, updatedAt } = row;
  return { id: workspaceId, name, timeZone, mode, clockFrozenAt, backdatingDays, eventRetentionDays, noticeDays, version, createdAt, updatedAt };
}

function toApiKey(row: typeof apiKeys.$inferSelect): ApiKey {
  const { secretHash: _, ...key } = row;
  return key;
}

/** A frozen clock that shows the instant or a later one; real time stays real time. */
function movedOnTo(instant: number): SQL {
  const { clockFrozenAt } = workspaces;
  return sql`CASE WHEN ${clockFrozenAt} IS NOT NULL THEN greatest(${clockFrozenAt}, ${instantToSql(instant)}::timestamptz) END`;
}

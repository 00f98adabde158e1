import { and, eq, sql } from 'drizzle-orm';
import type { Executor } from '../database/client.ts';
import { rateLimitBuckets } from '../database/tables/rate-limits.ts';
import type { Bucket } from '../domain/rate-limits.ts';
import type { Instant } from '../domain/time.ts';

/** The buckets of rate limits that all processes on the database share. */
export class RateLimitRepository {
  readonly #db: Executor;
  readonly #workspaceId: string;

  constructor(db: Executor, workspaceId: string) {
    this.#db = db;
    this.#workspaceId = workspaceId;
  }

  /** The bucket, null if nobody has used it yet, and what time it is by the clock of the database. */
  async find(bucketId: string): Promise<{ readonly bucket: Bucket | null; readonly version: string | null; readonly now: Instant }> {
    const { rows } = await this.#db.execute<{ now: number; version: string | bigint | null; state: Bucket | null }>(sql`
      SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now, b.version::text AS version, b.state
      FROM (SELECT ${this.#workspaceId}::uuid AS workspace_id) AS w
      LEFT JOIN rate_limit_buckets AS b ON b.workspace_id = w.workspace_id AND b.bucket_id = ${bucketId}::uuid`);
    const [row] = rows;
    if (row === undefined) throw new Error('A left join of one row has a row.');
    return { bucket: row.state, version: row.version === null ? null : String(row.version), now: row.now };
  }

  /** Writes the bucket if it still has the version that was found; false if another process was faster. */
  async save(bucketId: string, bucket: Bucket, version: string | null): Promise<boolean> {
    if (version === null) {
      const inserted = await this.#db
        .insert(rateLimitBuckets)
        .values({ workspaceId: this.#workspaceId, bucketId, version: 1n, state: bucket })
        .onConflictDoNothing()
        .returning({ version: rateLimitBuckets.version });
      return inserted.length > 0;
    }
    const updated = await this.#db
      .update(rateLimitBuckets)
      .set({ version: BigInt(version) + 1n, state: bucket })
      .where(
        and(
          eq(rateLimitBuckets.workspaceId, this.#workspaceId),
          eq(rateLimitBuckets.bucketId, bucketId),
          eq(rateLimitBuckets.version, BigInt(version)),
        ),
      )
      .returning({ version: rateLimitBuckets.version });
    return updated.length > 0;
  }
}

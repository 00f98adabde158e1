import { and, eq } from 'drizzle-orm';
import type { Executor } from '../database/client.ts';
import { activities, idempotencyKeys } from '../database/tables/workspaces.ts';
import type { Activity } from '../domain/audit.ts';
import type { IdempotentResult } from '../domain/idempotency.ts';

export const IDEMPOTENCY_KEY_KEPT_MS = 7 * 24 * 3_600_000;

/** What is written beside every change of configuration: the audit entry and the idempotency key. */
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

import type { Database } from '../database/client.ts';
import type { Bucket } from '../domain/rate-limits.ts';
import type { Workspace } from '../domain/workspaces.ts';
import { RateLimitRepository } from '../repositories/rate-limits.ts';
import { WorkspaceRepository } from '../repositories/workspaces.ts';
import type { BucketId } from './leased-bucket.ts';
import type { BucketStore, StoredBucket } from './rate-limiter.ts';

/** Of the connections that requests need too, so many are used at most, however slowly the table answers. */
const STATEMENTS_AT_ONCE_MAX = 4;

/** The buckets of rate limits in the database that everything else is in, too. */
export class DatabaseBucketStore implements BucketStore {
  readonly #database: Database;
  readonly #waiting: (() => void)[] = [];
  #underWay = 0;

  constructor(database: Database) {
    this.#database = database;
  }

  find({ workspaceId, id }: BucketId): Promise<StoredBucket> {
    return this.#inTurn(() => new RateLimitRepository(this.#database.workspace(workspaceId).db, workspaceId).find(id));
  }

  save({ workspaceId, id }: BucketId, bucket: Bucket, version: string | null): Promise<boolean> {
    return this.#inTurn(() => new RateLimitRepository(this.#database.workspace(workspaceId).db, workspaceId).save(id, bucket, version));
  }

  async #inTurn<T>(statement: () => Promise<T>): Promise<T> {
    while (this.#underWay >= STATEMENTS_AT_ONCE_MAX) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#underWay += 1;
    try {
      return await statement();
    } finally {
      this.#underWay -= 1;
      this.#waiting.shift()?.();
    }
  }
}

/** @throws Error if there is no such workspace */
export async function workspaceMode(database: Database, workspaceId: string): Promise<Workspace['mode']> {
  const workspace = await new WorkspaceRepository(database.workspace(workspaceId).db, workspaceId).find();
  if (workspace === null) throw new Error('A key belongs to a workspace.');
  return workspace.mode;
}

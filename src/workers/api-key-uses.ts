import type { FastifyBaseLogger } from 'fastify';
import type { Database } from '../database/client.ts';
import type { ApiKeyUse } from '../domain/audit.ts';
import type { Instant } from '../domain/time.ts';
import type { KeyUses } from '../platform/key-uses.ts';
import { AuditRepository } from '../repositories/audit.ts';
import { workspaceIdsAfter } from '../repositories/due-work.ts';

/**
 * Stores which API keys were used, every few seconds and when the process stops, and removes what is older than it is
 * kept. Requests never wait for it. A process that is killed takes the counts of its last few seconds with it.
 */

const INTERVAL_MS = 5_000;
const REMOVAL_INTERVAL_MS = 3_600_000;
export const USES_KEPT_MS = 400 * 24 * 3_600_000;
const REMOVED_AT_ONCE = 1_000;
/** A pass leaves the rest to the next one: a workspace may have fallen far behind. */
const REMOVED_OF_WORKSPACE_MAX = 20_000;
const WORKSPACES_AT_ONCE = 100;

export interface ApiKeyUsesWorkerOptions {
  readonly database: Database;
  readonly uses: KeyUses;
  readonly clock: () => Instant;
  readonly log: Pick<FastifyBaseLogger, 'error'>;
  /** How long to rest before counts are stored again. */
  readonly intervalMs?: number;
}

export class ApiKeyUsesWorker {
  readonly #options: ApiKeyUsesWorkerOptions;
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> = Promise.resolve();
  #stopped = false;
  #removedAt = 0;

  constructor(options: ApiKeyUsesWorkerOptions) {
    this.#options = options;
  }

  start(): this {
    this.#timer = setTimeout(() => {
      this.#running = this.#pass();
    }, this.#options.intervalMs ?? INTERVAL_MS);
    return this;
  }

  /** Stores what is counted by now, and stops. Stop it after whoever counts. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#running;
    await this.store();
  }

  /** Stores what is counted by now. What cannot be stored is tried again with the next pass. */
  async store(): Promise<void> {
    const { uses, clock, database, log } = this.#options;
    const byWorkspace = new Map<string, ApiKeyUse[]>();
    for (const use of uses.take(clock())) {
      const others = byWorkspace.get(use.workspaceId);
      if (others === undefined) byWorkspace.set(use.workspaceId, [use]);
      else others.push(use);
    }
    for (const [workspaceId, own] of byWorkspace) {
      try {
        await new AuditRepository(database.workspace(workspaceId).db, workspaceId).addUses(own);
      } catch (error) {
        uses.giveBack(own);
        log.error({ err: error, workspaceId }, 'The use of API keys could not be stored.');
      }
    }
  }

  /** Removes what is older than uses are kept. @returns how many were removed */
  async removeOld(): Promise<number> {
    const { database, clock } = this.#options;
    const before = clock() - USES_KEPT_MS;
    let removed = 0;
    let after: string | null = null;
    do {
      const ids: string[] = await workspaceIdsAfter(database, after, WORKSPACES_AT_ONCE);
      for (const id of ids) if (!this.#stopped) removed += await this.#removeFrom(id, before);
      after = ids.length < WORKSPACES_AT_ONCE ? null : (ids.at(-1) ?? null);
    } while (after !== null && !this.#stopped);
    return removed;
  }

  async #removeFrom(workspaceId: string, before: Instant): Promise<number> {
    const repository = new AuditRepository(this.#options.database.workspace(workspaceId).db, workspaceId);
    let removed = 0;
    while (removed < REMOVED_OF_WORKSPACE_MAX) {
      const batch = await repository.removeUsesBefore(before, REMOVED_AT_ONCE);
      removed += batch;
      if (batch < REMOVED_AT_ONCE) break;
    }
    return removed;
  }

  async #pass(): Promise<void> {
    await this.store();
    if (Date.now() - this.#removedAt >= REMOVAL_INTERVAL_MS) {
      this.#removedAt = Date.now();
      await this.removeOld().catch((error: unknown) => {
        this.#options.log.error({ err: error }, 'Old uses of API keys could not be removed.');
      });
    }
    if (!this.#stopped) this.start();
  }
}

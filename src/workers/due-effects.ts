import type { FastifyBaseLogger } from 'fastify';
import { recordDueEffects, removeExpiredKeys } from '../commands/due-effects.ts';
import { keepEventLog } from '../commands/event-log.ts';
import { tellNotices } from '../commands/notices.ts';
import { tellExpiredRewards, tellExpiringGrants } from '../commands/reward-expirations.ts';
import type { CommandRunner } from '../commands/run.ts';
import { removeOldWebhooks } from '../commands/webhooks.ts';
import { workspaceIdsAfter, workspacesWithDueWork, workspacesWithNotices, workspacesWithRewards } from '../repositories/due-work.ts';

/**
 * Looks every now and then for workspaces in which something has fallen due, and has it recorded. Any number
 * of processes may run it; reads are right without it.
 */

const INTERVAL_MS = 1_000;
/** Between two looks for what happens soon, and for rewards that have expired. */
const NOTICE_INTERVAL_MS = 10_000;
/** How long one look stays with the rewards of one workspace. */
const EXPIRED_REWARDS_MS = 5_000;
/** Between two times at which what has become old is removed. */
const OLD_INTERVAL_MS = 3_600_000;
const WORKSPACES_AT_ONCE = 100;
/** What the events of this worker name as their cause. */
const REQUEST_ID = 'due-effects';

export interface DueEffectsWorkerOptions {
  readonly runner: CommandRunner;
  readonly log: Pick<FastifyBaseLogger, 'error'>;
  /** How long to rest between two looks. */
  readonly intervalMs?: number;
}

export class DueEffectsWorker {
  readonly #runner: CommandRunner;
  readonly #log: Pick<FastifyBaseLogger, 'error'>;
  readonly #intervalMs: number;
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> = Promise.resolve();
  #stopped = false;
  #oldRemovedAt = 0;
  #noticedAt = 0;

  constructor({ runner, log, intervalMs = INTERVAL_MS }: DueEffectsWorkerOptions) {
    this.#runner = runner;
    this.#log = log;
    this.#intervalMs = intervalMs;
  }

  start(): this {
    this.#timer = setTimeout(() => {
      this.#running = this.#pass();
    }, this.#intervalMs);
    return this;
  }

  /** Finishes what it is at and stops. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#running;
  }

  async #pass(): Promise<void> {
    try {
      if (Date.now() - this.#noticedAt >= NOTICE_INTERVAL_MS) {
        await this.#tellNotices();
        await this.#tellExpiredRewards();
        this.#noticedAt = Date.now();
      }
      await this.#recordDueEffects();
      if (Date.now() - this.#oldRemovedAt >= OLD_INTERVAL_MS) await this.#removeOld();
    } catch (error) {
      // The database may be away; the next look finds the same work again.
      this.#log.error({ err: error }, 'Due effects could not be looked for.');
    }
    if (!this.#stopped) this.start();
  }

  /** Before what is due: of what has happened nothing is told that it happens soon. */
  async #tellNotices(): Promise<void> {
    await this.#eachWorkspace(
      (after) => workspacesWithNotices(this.#runner.database, after, WORKSPACES_AT_ONCE),
      async (workspaceId) => {
        for (const { customerId, error } of await tellNotices(this.#runner, workspaceId, REQUEST_ID)) {
          this.#log.error({ err: error, workspaceId, customerId }, 'What happens soon to a customer could not be told.');
        }
        await this.#ofRewards(workspaceId, () => tellExpiringGrants(this.#runner, workspaceId, REQUEST_ID));
      },
    );
  }

  async #tellExpiredRewards(): Promise<void> {
    await this.#eachWorkspace(
      (after) => workspacesWithRewards(this.#runner.database, after, WORKSPACES_AT_ONCE),
      (workspaceId) => this.#ofRewards(workspaceId, () => tellExpiredRewards(this.#runner, workspaceId, REQUEST_ID, Date.now() + EXPIRED_REWARDS_MS)),
    );
  }

  /** A workspace in which it fails holds up no other; the next look finds the same again. */
  async #ofRewards(workspaceId: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#log.error({ err: error, workspaceId }, 'What of rewards expires could not be told.');
    }
  }

  async #recordDueEffects(): Promise<void> {
    await this.#eachWorkspace(
      (after) => workspacesWithDueWork(this.#runner.database, this.#runner.clock(), after, WORKSPACES_AT_ONCE),
      async (workspaceId) => {
        const pass = await recordDueEffects(this.#runner, workspaceId, REQUEST_ID);
        for (const { customerId, error } of pass?.failures ?? []) {
          this.#log.error({ err: error, workspaceId, customerId }, 'Due effects of a customer could not be recorded.');
        }
      },
    );
  }

  async #removeOld(): Promise<void> {
    await this.#eachWorkspace(
      (after) => workspaceIdsAfter(this.#runner.database, after, WORKSPACES_AT_ONCE),
      async (workspaceId) => {
        await removeExpiredKeys(this.#runner, workspaceId);
        await keepEventLog(this.#runner, workspaceId);
        await removeOldWebhooks(this.#runner, workspaceId);
      },
    );
    this.#oldRemovedAt = Date.now();
  }

  async #eachWorkspace(page: (after: string | null) => Promise<string[]>, work: (workspaceId: string) => Promise<void>): Promise<void> {
    let after: string | null = null;
    while (!this.#stopped) {
      const ids = await page(after);
      for (const id of ids) {
        if (this.#stopped) return;
        await work(id);
      }
      if (ids.length < WORKSPACES_AT_ONCE) return;
      after = ids.at(-1) ?? null;
    }
  }
}

import type { FastifyBaseLogger } from 'fastify';
import { makeDueCheckpoint } from '../commands/checkpoints.ts';
import type { CommandRunner } from '../commands/run.ts';
import type { Signer } from '../platform/signer.ts';
import { workspacesWithDueCheckpoint } from '../repositories/checkpoints.ts';

/** Looks every now and then for workspaces whose next checkpoint is due, and makes it. Any number of processes may run it. */

const LOOK_MS = 10_000;
const WORKSPACES_AT_ONCE = 100;

export interface CheckpointWorkerOptions {
  readonly runner: CommandRunner;
  readonly signer: Signer;
  readonly log: Pick<FastifyBaseLogger, 'error'>;
  /** How long after a checkpoint the next is due. */
  readonly intervalMs: number;
  /** How long to rest between two looks. */
  readonly lookMs?: number;
}

export class CheckpointWorker {
  readonly #options: CheckpointWorkerOptions;
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(options: CheckpointWorkerOptions) {
    this.#options = options;
  }

  start(): this {
    this.#timer = setTimeout(() => {
      this.#running = this.#pass();
    }, this.#options.lookMs ?? LOOK_MS);
    return this;
  }

  /** Finishes what it is at and stops. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#running;
  }

  async #pass(): Promise<void> {
    const { runner, log } = this.#options;
    try {
      for (let after: string | null = null; ; ) {
        const ids: string[] = await workspacesWithDueCheckpoint(runner.database, runner.clock(), after, WORKSPACES_AT_ONCE);
        for (const id of ids) await this.#make(id);
        after = ids.at(-1) ?? null;
        if (ids.length < WORKSPACES_AT_ONCE || this.#stopped) break;
      }
    } catch (error) {
      // The database may be away; the next look finds the same work again.
      log.error({ err: error }, 'Due checkpoints could not be looked for.');
    }
    if (!this.#stopped) this.start();
  }

  async #make(workspaceId: string): Promise<void> {
    if (this.#stopped) return;
    const { runner, signer, log, intervalMs } = this.#options;
    try {
      await makeDueCheckpoint(runner, signer, workspaceId, intervalMs);
    } catch (error) {
      log.error({ err: error, workspaceId }, 'The checkpoint of a workspace could not be made.');
    }
  }
}

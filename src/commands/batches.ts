import { RequestError } from '../platform/errors.ts';

/**
 * Group commit: while one batch of a workspace is being written, further commands wait, and the next
 * batch takes all of them. Nothing waits for a batch to fill: a lone command goes at once.
 */

/** Most commands in one transaction. */
const BATCH_SIZE_MAX = 128;
/** Most commands that may wait in one workspace; what comes on top is refused. */
const WAITING_MAX = 5_000;
/** How often a lone command is tried again after it lost a race for a key, a reference or an external id. */
const ATTEMPTS_MAX = 5;

interface Waiting<Command, Outcome> {
  readonly command: Command;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
}

export interface BatchOptions<Command, Outcome> {
  /** Runs the commands in one transaction and answers each, in order. */
  readonly execute: (workspaceId: string, commands: readonly Command[]) => Promise<readonly Outcome[]>;
  /** Whether the error means that another transaction was faster, so that running again will see what it did. */
  readonly isLostRace: (error: unknown) => boolean;
}

export class Batches<Command, Outcome> {
  readonly #options: BatchOptions<Command, Outcome>;
  readonly #waiting = new Map<string, Waiting<Command, Outcome>[]>();
  readonly #running = new Set<Promise<void>>();

  constructor(options: BatchOptions<Command, Outcome>) {
    this.#options = options;
  }

  /**
   * Runs the command in the workspace's next batch.
   * @throws RequestError OVERLOADED if too many wait, or whatever the command's own transaction throws
   */
  submit(workspaceId: string, command: Command): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      const waiting = this.#waiting.get(workspaceId);
      if (waiting === undefined) {
        this.#waiting.set(workspaceId, [{ command, resolve, reject }]);
        const running = this.#drain(workspaceId).finally(() => this.#running.delete(running));
        this.#running.add(running);
      } else if (waiting.length >= WAITING_MAX) {
        reject(new RequestError('OVERLOADED', 'Too many commands are waiting. Try again later.', { httpStatus: 503 }));
      } else {
        waiting.push({ command, resolve, reject });
      }
    });
  }

  /** Waits until every command that was submitted has been answered. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  async #drain(workspaceId: string): Promise<void> {
    const waiting = this.#waiting.get(workspaceId) ?? [];
    // Requests that came in with this one are still being parsed; one turn of the loop gathers them.
    await new Promise((resume) => setImmediate(resume));
    while (waiting.length > 0) await this.#run(workspaceId, waiting.splice(0, BATCH_SIZE_MAX));
    this.#waiting.delete(workspaceId);
  }

  async #run(workspaceId: string, batch: readonly Waiting<Command, Outcome>[]): Promise<void> {
    try {
      const outcomes = await this.#options.execute(
        workspaceId,
        batch.map(({ command }) => command),
      );
      batch.forEach(({ resolve }, index) => resolve(outcomes[index] as Outcome));
    } catch {
      // One poisoned command must harm nobody: each is run by itself.
      for (const one of batch) await this.#runAlone(workspaceId, one);
    }
  }

  async #runAlone(workspaceId: string, { command, resolve, reject }: Waiting<Command, Outcome>): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const [outcome] = await this.#options.execute(workspaceId, [command]);
        resolve(outcome as Outcome);
        return;
      } catch (error) {
        if (attempt < ATTEMPTS_MAX && this.#options.isLostRace(error)) continue;
        reject(error);
        return;
      }
    }
  }
}

import { CommitUnknownError } from '../database/errors.ts';
import { RequestError } from '../platform/errors.ts';

/**
 * Group commit: while batches of a workspace are being written, further commands wait, and the next
 * batch takes all of them. Nothing waits for a batch to fill: a lone command goes at once.
 */

/**
 * How many batches of one workspace may be under way. With one, this process would have nothing to do while
 * the database works; with many, batches would be small and wait for each other's members.
 */
const BATCHES_MAX = 2;

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
  /** Runs the commands in one transaction and answers each, in order. It tells when all is decided and sent. */
  readonly execute: (workspaceId: string, commands: readonly Command[], decided: () => void) => Promise<readonly Outcome[]>;
  /** What a command locks: beside a batch that has it, the command waits its turn here and not in the database. */
  readonly keysOf: (command: Command) => readonly string[];
  /** Whether the error means that another transaction was faster, so that running again will see what it did. */
  readonly isLostRace: (error: unknown) => boolean;
}

interface Queue<Command, Outcome> {
  readonly waiting: Waiting<Command, Outcome>[];
  /** What batches under way have locked. */
  readonly locked: Set<string>;
  running: number;
  /** Number of commands in the batch that was started last. */
  latestSize: number;
}

export class Batches<Command, Outcome> {
  readonly #options: BatchOptions<Command, Outcome>;
  readonly #queues = new Map<string, Queue<Command, Outcome>>();
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
      const queue = this.#queues.get(workspaceId) ?? { waiting: [], locked: new Set(), running: 0, latestSize: 0 };
      this.#queues.set(workspaceId, queue);
      if (queue.waiting.length >= WAITING_MAX) {
        reject(new RequestError('OVERLOADED', 'Too many commands are waiting. Try again later.', { httpStatus: 503 }));
        return;
      }
      queue.waiting.push({ command, resolve, reject });
      // Fewer than half of what the latest batch had are not worth looking through.
      const isWorthLooking = queue.running === 0 || queue.waiting.length * 2 >= queue.latestSize;
      if (queue.running < BATCHES_MAX && isWorthLooking) this.#start(workspaceId, queue);
    });
  }

  /** Waits until every command that was submitted has been answered. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  #start(workspaceId: string, queue: Queue<Command, Outcome>): void {
    queue.running += 1;
    const running = this.#drain(workspaceId, queue).finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  async #drain(workspaceId: string, queue: Queue<Command, Outcome>): Promise<void> {
    // Requests that came in with this one are still being parsed; one turn of the loop gathers them.
    await new Promise((resume) => setImmediate(resume));
    let writing: Promise<void> | null = null;
    for (;;) {
      const beside = queue.running - 1 + (writing === null ? 0 : 1);
      const batch = this.#take(queue, beside);
      if (batch.length > 0) {
        const { decided, done } = this.#run(workspaceId, batch, queue);
        // While this one is decided, the one before may still be on its way to the disk, but none before that.
        await Promise.all([decided, writing]);
        writing = done;
      } else if (writing !== null) {
        await writing;
        writing = null;
      } else break;
    }
    queue.running -= 1;
    if (queue.running === 0) this.#queues.delete(workspaceId);
  }

  /**
   * Takes the next batch out of the queue: whoever does not need what a batch under way has locked, in the order in
   * which they came. Beside another batch it must be at least half as large as the latest one: a batch costs much the
   * same whatever its size, and many small ones would eat what they save.
   */
  #take(queue: Queue<Command, Outcome>, beside: number): Waiting<Command, Outcome>[] {
    const batch: Waiting<Command, Outcome>[] = [];
    const left: Waiting<Command, Outcome>[] = [];
    const overtaken = new Set<string>();
    let seen = 0;
    for (const one of queue.waiting) {
      if (batch.length === BATCH_SIZE_MAX) break;
      seen += 1;
      const keys = this.#options.keysOf(one.command);
      const isFree = !keys.some((key) => queue.locked.has(key) || overtaken.has(key));
      (isFree ? batch : left).push(one);
      // Who comes later and needs the same must not overtake.
      if (!isFree) for (const key of keys) overtaken.add(key);
    }
    if (batch.length === 0 || (beside > 0 && batch.length * 2 < queue.latestSize)) return [];
    queue.waiting.splice(0, seen, ...left);
    return batch;
  }

  #run(
    workspaceId: string,
    batch: readonly Waiting<Command, Outcome>[],
    queue: Queue<Command, Outcome>,
  ): { readonly decided: Promise<void>; readonly done: Promise<void> } {
    queue.latestSize = batch.length;
    const keys = new Set(batch.flatMap(({ command }) => this.#options.keysOf(command)));
    for (const key of keys) queue.locked.add(key);
    let tell: () => void = () => undefined;
    const decided = new Promise<void>((resolve) => (tell = resolve));
    const done = this.#answer(workspaceId, batch, tell).finally(() => {
      for (const key of keys) queue.locked.delete(key);
      tell();
    });
    return { decided, done };
  }

  async #answer(workspaceId: string, batch: readonly Waiting<Command, Outcome>[], decided: () => void): Promise<void> {
    try {
      const outcomes = await this.#options.execute(
        workspaceId,
        batch.map(({ command }) => command),
        decided,
      );
      batch.forEach(({ resolve }, index) => resolve(outcomes[index] as Outcome));
    } catch (error) {
      // Whether it was committed is not known: to run it again could record everything twice.
      if (error instanceof CommitUnknownError) {
        for (const { reject } of batch) reject(error);
        return;
      }
      // One poisoned command must harm nobody: each is run by itself.
      for (const one of batch) await this.#runAlone(workspaceId, one);
    }
  }

  async #runAlone(workspaceId: string, { command, resolve, reject }: Waiting<Command, Outcome>): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const [outcome] = await this.#options.execute(workspaceId, [command], () => undefined);
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

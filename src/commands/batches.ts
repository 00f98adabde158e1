import { setImmediate as nextTurn } from 'node:timers/promises';
import { LOCK_TIMEOUT_MS } from '../database/client.ts';
import { CommitUnknownError, isTimeout } from '../database/errors.ts';
import { RequestError } from '../platform/errors.ts';

/**
 * Group commit: while batches of a workspace are being written, further commands wait, and go together
 * in the next ones. Nothing waits for a batch to fill: a lone command goes at once.
 */

/**
 * How many batches of one workspace may be under way. With one, this process would have nothing to do while
 * the database works; with many, batches would be small and wait for each other's members.
 */
const BATCHES_MAX = 2;

/** Most commands in one transaction. */
const BATCH_SIZE_MAX = 128;
/** So few are not divided into two batches: what a batch costs whatever its size would outweigh what they cost by themselves. */
const BATCH_SIZE_WHOLE = 8;
/** Most commands that may wait in one workspace; what comes on top is refused. */
const WAITING_MAX = 5_000;
/** How often a lone command is tried again after it lost a race for a key, a reference or an external id. */
const ATTEMPTS_MAX = 5;
/** How long a command waits in all for what others have locked, here and in the database. */
const WAIT_MS = LOCK_TIMEOUT_MS;
/** A batch whose oldest command has waited longer than this is given what is left of the time, and not all of it. */
const WAIT_UNNOTICED_MS = 500;
/** What a command gets at the very least when its turn comes. */
const LAST_WAIT_MS = 250;
/** So many lone commands in a row that wait in vain say that it is not their members who are held up. */
const VAIN_WAITS_MAX = 3;

interface Waiting<Command, Outcome> {
  readonly command: Command;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
  /** When it came, in milliseconds of the process's own clock. */
  readonly since: number;
}

export interface BatchOptions<Command, Outcome> {
  /**
   * Runs the commands in one transaction and answers each, in order. It tells when all is decided and sent.
   * @param waitMs how long to wait for what other transactions have locked; null for as long as any statement does
   */
  readonly execute: (
    workspaceId: string,
    commands: readonly Command[],
    decided: () => void,
    waitMs: number | null,
  ) => Promise<readonly Outcome[]>;
  /** What a command locks: beside a batch that has it, the command waits its turn here and not in the database. */
  readonly keysOf: (command: Command) => readonly string[];
  /** The one of these keys that stands for a command and its repetitions; null if it may not be repeated. */
  readonly repetitionKeyOf: (command: Command) => string | null;
  /** Why a command was not carried out that has waited in vain for what others have locked. */
  readonly waitedInVain: (command: Command) => Error;
  /** Whether the error means that another transaction was faster, so that running again will see what it did. */
  readonly isLostRace: (error: unknown) => boolean;
}

interface Queue<Command, Outcome> {
  readonly waiting: Waiting<Command, Outcome>[];
  /** What batches under way have locked. */
  readonly locked: Set<string>;
  running: number;
  /** Number of commands in batches under way. */
  underWay: number;
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
   * @throws RequestError OVERLOADED if too many wait, what `waitedInVain` says, or whatever the command's own transaction throws
   */
  submit(workspaceId: string, command: Command): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      const queue = this.#queues.get(workspaceId) ?? { waiting: [], locked: new Set(), running: 0, underWay: 0 };
      this.#queues.set(workspaceId, queue);
      if (queue.waiting.length >= WAITING_MAX) {
        reject(new RequestError('OVERLOADED', 'Too many commands are waiting. Try again later.', { httpStatus: 503, retryAfterSeconds: 1 }));
        return;
      }
      const waiting = { command, resolve, reject, since: performance.now() };
      queue.waiting.push(waiting);
      this.#limitWait(queue, waiting);
      const isWorthLooking = queue.running === 0 || isEnoughBeside(queue, queue.waiting.length);
      if (queue.running < BATCHES_MAX && isWorthLooking) this.#start(workspaceId, queue);
    });
  }

  /** Waits until every command that was submitted has been answered. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
    // The callers of the last batch are answered in the turn of the loop after it.
    await nextTurn();
  }

  /** A repetition does not wait longer for the first command than a repetition in another process could. */
  #limitWait(queue: Queue<Command, Outcome>, waiting: Waiting<Command, Outcome>): void {
    const key = this.#options.repetitionKeyOf(waiting.command);
    if (key === null || !queue.locked.has(key)) return;
    setTimeout(() => {
      const index = queue.waiting.indexOf(waiting);
      if (index === -1 || !queue.locked.has(key)) return;
      queue.waiting.splice(index, 1);
      waiting.reject(this.#options.waitedInVain(waiting.command));
    }, WAIT_MS).unref();
  }

  #start(workspaceId: string, queue: Queue<Command, Outcome>): void {
    queue.running += 1;
    const running = this.#drain(workspaceId, queue).finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  async #drain(workspaceId: string, queue: Queue<Command, Outcome>): Promise<void> {
    // Requests that came in with this one are still being parsed; one turn of the loop gathers them.
    await nextTurn();
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
   * which they came. It is half of all who are under way or wait: then two batches take turns, one of them in the database
   * while the other is decided here. One that took them all would leave each idle while the other works; beside it many
   * small ones would follow, and a batch costs much the same whatever its size.
   */
  #take(queue: Queue<Command, Outcome>, beside: number): Waiting<Command, Outcome>[] {
    const half = Math.ceil((queue.underWay + queue.waiting.length) / 2);
    const sizeMax = Math.min(BATCH_SIZE_MAX, Math.max(BATCH_SIZE_WHOLE, half));
    const batch: Waiting<Command, Outcome>[] = [];
    const left: Waiting<Command, Outcome>[] = [];
    const overtaken = new Set<string>();
    let seen = 0;
    for (const one of queue.waiting) {
      if (batch.length === sizeMax) break;
      seen += 1;
      const keys = this.#options.keysOf(one.command);
      const isFree = !keys.some((key) => queue.locked.has(key) || overtaken.has(key));
      (isFree ? batch : left).push(one);
      // Who comes later and needs the same must not overtake.
      if (!isFree) for (const key of keys) overtaken.add(key);
    }
    if (batch.length === 0 || (beside > 0 && !isEnoughBeside(queue, batch.length))) return [];
    queue.waiting.splice(0, seen, ...left);
    return batch;
  }

  #run(
    workspaceId: string,
    batch: readonly Waiting<Command, Outcome>[],
    queue: Queue<Command, Outcome>,
  ): { readonly decided: Promise<void>; readonly done: Promise<void> } {
    queue.underWay += batch.length;
    const keys = new Set(batch.flatMap(({ command }) => this.#options.keysOf(command)));
    for (const key of keys) queue.locked.add(key);
    let tell: () => void = () => undefined;
    const decided = new Promise<void>((resolve) => (tell = resolve));
    const done = this.#answer(workspaceId, batch, tell).finally(() => {
      queue.underWay -= batch.length;
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
        waitOf(batch),
      );
      // What the callers do with their answers takes this process's time. The next batch goes to the database first.
      setImmediate(() => batch.forEach(({ resolve }, index) => resolve(outcomes[index] as Outcome)));
    } catch (error) {
      // Whether it was committed is not known: to run it again could record everything twice.
      if (error instanceof CommitUnknownError) {
        for (const { reject } of batch) reject(error);
        return;
      }
      await this.#runApart(workspaceId, batch);
    }
  }

  /** One poisoned command must harm nobody, and neither must one whose member is held up: each is run by itself. */
  async #runApart(workspaceId: string, batch: readonly Waiting<Command, Outcome>[]): Promise<void> {
    const heldUp = new Set<string>();
    let vainWaits = 0;
    for (const one of batch) {
      const keys = this.#options.keysOf(one.command);
      if (vainWaits >= VAIN_WAITS_MAX || keys.some((key) => heldUp.has(key))) {
        one.reject(this.#options.waitedInVain(one.command));
      } else if (await this.#runAlone(workspaceId, one)) vainWaits = 0;
      else {
        vainWaits += 1;
        for (const key of keys) heldUp.add(key);
      }
    }
  }

  /** @returns false if it waited in vain */
  async #runAlone(workspaceId: string, waiting: Waiting<Command, Outcome>): Promise<boolean> {
    const { command, resolve, reject } = waiting;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const [outcome] = await this.#options.execute(workspaceId, [command], () => undefined, waitOf([waiting]));
        resolve(outcome as Outcome);
        return true;
      } catch (error) {
        if (attempt < ATTEMPTS_MAX && this.#options.isLostRace(error)) continue;
        const inVain = isTimeout(error);
        reject(inVain ? this.#options.waitedInVain(command) : error);
        return !inVain;
      }
    }
  }
}

/** What is left of the time that the one who came first may wait; null if that is about all. */
function waitOf(batch: readonly { readonly since: number }[]): number | null {
  const waited = performance.now() - Math.min(...batch.map(({ since }) => since));
  return waited <= WAIT_UNNOTICED_MS ? null : Math.max(LAST_WAIT_MS, Math.round(WAIT_MS - waited));
}

/** As many as are under way, or a full batch. */
function isEnoughBeside({ underWay }: { readonly underWay: number }, size: number): boolean {
  return size >= Math.min(underWay, BATCH_SIZE_MAX);
}

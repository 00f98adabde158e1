import type { Bucket, RatePolicy } from '../../src/domain/rate-limits.ts';
import { LeasedBucket } from '../../src/platform/leased-bucket.ts';
import type { BucketStore } from '../../src/platform/rate-limiter.ts';
import { StoredLeases } from '../../src/platform/rate-limiter.ts';

/**
 * Several processes that lease from one bucket, on a clock of their own: the leasing code is the product's, and only time, the
 * store and its delays are made up. Everything that happens is written down for whoever judges it.
 */

/** A request of a load trace. */
export interface Offered {
  readonly atMs: number;
  readonly process: number;
  /** What it may cost at most, and what it costs. */
  readonly charge: number;
  readonly cost: number;
  readonly lastsMs: number;
}

export type Happening =
  | { readonly type: 'ADMITTED' | 'REFUSED'; readonly atMs: number; readonly charge: number }
  | { readonly type: 'SETTLED'; readonly atMs: number; readonly charge: number; readonly cost: number };

export interface History {
  readonly happenings: readonly Happening[];
  /** The limit that was in force in each period in which the bucket was used, by the period's beginning. */
  readonly limits: ReadonlyMap<number, number>;
  /** The most that all processes together held. */
  readonly heldMax: number;
  readonly leases: number;
}

/** A seeded generator, so that a failing trace can be had again. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Minutes of idling, steady use below and above the limit, and bursts; at one process or at all. */
export function loadTrace(random: () => number, { initial }: RatePolicy, processes: number): Offered[] {
  const trace: Offered[] = [];
  const segments = 1 + Math.floor(random() * 4);
  const isLong = random() < 0.15;
  let atMs = Math.floor(random() * 1_000);
  for (let segment = 0; segment < segments; segment += 1) {
    const lastsMs = isLong ? 120_000 + random() * 420_000 : 2_000 + random() * 20_000;
    const kind = random();
    // As a multiple of the initial limit.
    const load = kind < 0.2 ? 0 : kind < 0.5 ? random() * 0.9 : kind < 0.8 ? 0.9 + random() * 2 : 3 + random() * 7;
    const only = random() < 0.3 ? Math.floor(random() * processes) : null;
    const size = initial * (isLong ? 3 : 0.4) * (0.2 + random());
    const end = atMs + (load >= 3 ? Math.min(lastsMs, 6_000) : lastsMs);
    while (load > 0 && atMs < end) {
      const charge = Math.max(1, Math.ceil(size * random()));
      trace.push({
        atMs: Math.floor(atMs),
        process: only ?? Math.floor(random() * processes),
        charge,
        cost: random() < 0.3 ? charge : Math.max(1, Math.floor(charge * random())),
        lastsMs: Math.floor(random() * 80),
      });
      // On average as much time as the load leaves between two requests, by what they are likely to cost.
      atMs += ((size * 0.33) / (initial * load)) * 2_000 * random();
    }
    atMs = Math.max(atMs, end);
  }
  return trace;
}

/** Puts the requests of a trace to the processes. */
export async function play(trace: readonly Offered[], policy: RatePolicy, processes: number, random: () => number): Promise<History> {
  const simulation = new Simulation();
  const happenings: Happening[] = [];
  const limits = new Map<number, number>();
  let heldMax = 0;
  let leases = 0;
  const store = simulation.store(random, (bucket) => {
    leases += 1;
    limits.set(bucket.periodStartedAt, bucket.limit);
    heldMax = Math.max(heldMax, Object.values(bucket.leases).reduce((sum, { amount }) => sum + amount, 0));
  });
  const id = { workspaceId: 'workspace', id: 'workspace' };
  const buckets = Array.from({ length: processes }, (_, index) => {
    // Their clocks tell different times, and only the differences count.
    const ahead = Math.floor(random() * 1_000_000);
    return new LeasedBucket(id, policy, new StoredLeases(store), `process-${index}`, () => simulation.now + ahead);
  });
  for (const { atMs, process, charge, cost, lastsMs } of trace) {
    const bucket = buckets[process]!;
    const admitted = () => {
      happenings.push({ type: 'ADMITTED', atMs: simulation.now, charge });
      simulation.at(simulation.now + lastsMs, () => {
        bucket.settle(charge, cost);
        happenings.push({ type: 'SETTLED', atMs: simulation.now, charge, cost });
      });
    };
    simulation.at(atMs, () => {
      if (bucket.take(charge)) return admitted();
      void bucket.takeSoon(charge).then((isAdmitted) => {
        if (isAdmitted) admitted();
        else happenings.push({ type: 'REFUSED', atMs: simulation.now, charge });
      });
    });
  }
  await simulation.run();
  return { happenings, limits, heldMax, leases };
}

/** Events in the order of their instants; promises are brought to their end between two of them. */
class Simulation {
  now = 0;
  readonly #queue: { readonly atMs: number; readonly order: number; readonly act: () => void }[] = [];
  #order = 0;

  at(atMs: number, act: () => void): void {
    const event = { atMs, order: (this.#order += 1), act };
    let index = this.#queue.length;
    this.#queue.push(event);
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(event, this.#queue[parent]!)) break;
      this.#queue[index] = this.#queue[parent]!;
      index = parent;
    }
    this.#queue[index] = event;
  }

  async run(): Promise<void> {
    for (;;) {
      const next = this.#take();
      if (next === undefined) return;
      this.now = next.atMs;
      next.act();
      for (let turn = 0; turn < 12; turn += 1) await Promise.resolve();
    }
  }

  #take() {
    const [first] = this.#queue;
    const last = this.#queue.pop();
    if (first === undefined || last === undefined || this.#queue.length === 0) return first;
    let index = 0;
    for (;;) {
      let child = index * 2 + 1;
      if (child >= this.#queue.length) break;
      if (child + 1 < this.#queue.length && isBefore(this.#queue[child + 1]!, this.#queue[child]!)) child += 1;
      if (!isBefore(this.#queue[child]!, last)) break;
      this.#queue[index] = this.#queue[child]!;
      index = child;
    }
    this.#queue[index] = last;
    return first;
  }

  /** Answers after a while, as PostgreSQL or Redis would, and by its own clock. */
  store(random: () => number, onSaved: (bucket: Bucket) => void): BucketStore {
    let stored: { readonly bucket: Bucket; readonly version: string } | null = null;
    const answer = <T>(work: () => T) =>
      new Promise<T>((resolve) => {
        const atMs = this.now + random() * (random() < 0.02 ? 100 : 4);
        this.at(atMs, () => resolve(work()));
      });
    return {
      find: () => answer(() => ({ bucket: stored?.bucket ?? null, version: stored?.version ?? null, now: this.now })),
      save: (_, bucket, version) =>
        answer(() => {
          if ((stored?.version ?? null) !== version) return false;
          stored = { bucket, version: String(Number(version ?? 0) + 1) };
          onSaved(bucket);
          return true;
        }),
    };
  }
}

function isBefore(left: { atMs: number; order: number }, right: { atMs: number; order: number }): boolean {
  return left.atMs < right.atMs || (left.atMs === right.atMs && left.order < right.order);
}

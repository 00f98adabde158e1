import type { LeaseGrant, LeaseRequest, RatePolicy } from '../domain/rate-limits.ts';
import { LEASE_MS, capacityOf } from '../domain/rate-limits.ts';

/**
 * One process's share of a bucket: what it may spend without asking anybody. It asks for more in the background
 * before it runs out; a request waits only if it needs more than is left, as the first of a quiet minute does.
 */

/** A lease is to last this long at the present pace, so that it is renewed about twice in that time. */
const LEASE_AHEAD_MS = 1_000;
/** An idle process holds this share of a full bucket, so that its next requests need not wait. */
const FLOAT_SHARE = 0.005;
/** A busy one asks for no more than this share beside what requests wait for: what it holds the others cannot have. */
const TARGET_SHARE_MAX = 0.02;
/** The shared bucket is not asked more often than this for what no request waits for, or when it was empty. */
const PAUSE_MS = 100;
/** A request waits for at most so many leases: one that is under way, and its own. */
const WAITS_MAX = 2;

/** Names a bucket. */
export interface BucketId {
  readonly workspaceId: string;
  /** The workspace's own id, or that of one of its API keys. */
  readonly id: string;
}

/** Where leases come from. Never rejects: what happens when the shared bucket cannot be reached is its matter. */
export interface LeaseSource {
  lease(bucket: BucketId, policy: RatePolicy, request: LeaseRequest): Promise<LeaseGrant>;
}

/** What a caller is told of a bucket. */
export interface BucketState {
  /** Points that it holds when full. */
  readonly limit: number;
  /** Points that are left, as far as this process knows. */
  readonly remaining: number;
  /** Points that flow back each second: the sustained limit. */
  readonly restoreRate: number;
  /** What steady use can raise `restoreRate` to. */
  readonly ceiling: number;
  /** Until it is full again. */
  readonly resetAfterMs: number;
}

export class LeasedBucket {
  readonly #id: BucketId;
  readonly #policy: RatePolicy;
  readonly #source: LeaseSource;
  readonly #holder: string;
  /** Milliseconds that only ever go forward. */
  readonly #clock: () => number;
  #available = 0;
  /** Charged to requests that are under way. */
  #reserved = 0;
  #spent = 0;
  /** What requests are waiting for. */
  readonly #waiting: number[] = [];
  #endsAt = Number.NEGATIVE_INFINITY;
  #askedAt = Number.NEGATIVE_INFINITY;
  #grantedAt = Number.NEGATIVE_INFINITY;
  #takenWhenAsked = 0;
  #lowWater = 0;
  #highWater = Number.POSITIVE_INFINITY;
  #grant: LeaseGrant;
  #asking: Promise<void> | null = null;

  /** @param holder names this share of the bucket, and never another */
  constructor(id: BucketId, policy: RatePolicy, source: LeaseSource, holder: string, clock: () => number) {
    this.#id = id;
    this.#policy = policy;
    this.#source = source;
    this.#holder = holder;
    this.#clock = clock;
    this.#grant = { amount: 0, lastsMs: 0, limit: policy.initial, unleased: 0, heldByOthers: 0 };
  }

  /** Takes the first lease. */
  open(): Promise<void> {
    return this.#ask();
  }

  /** Gives back what is not spent. */
  async close(): Promise<void> {
    await this.#asking;
    const request = { holder: this.#holder, spent: this.#spent, keep: 0, want: 0, need: 0, needLeast: 0 };
    await this.#source.lease(this.#id, this.#policy, request);
  }

  /** Charges a request if this process holds enough. */
  take(cost: number): boolean {
    const now = this.#clock();
    if (now >= this.#endsAt) this.#available = 0;
    if (this.#available < cost) return false;
    this.#available -= cost;
    this.#reserved += cost;
    const low = this.#available < this.#lowWater && now - this.#askedAt >= PAUSE_MS;
    if (low || now - this.#askedAt >= LEASE_MS / 2) void this.#askOnce();
    return true;
  }

  /** Charges a request, and waits for a lease if this process does not hold enough. */
  async takeSoon(cost: number): Promise<boolean> {
    for (let waits = 0; ; waits += 1) {
      if (this.take(cost)) return true;
      if (waits === WAITS_MAX || (this.#asking === null && this.#isExhausted(cost))) return false;
      this.#waiting.push(cost);
      try {
        await this.#askOnce();
      } finally {
        this.#waiting.splice(this.#waiting.indexOf(cost), 1);
      }
    }
  }

  /** Settles what a request was charged with what it has cost, which is not more. */
  settle(charged: number, cost: number): void {
    this.#reserved -= charged;
    this.#available += charged - cost;
    this.#spent += cost;
    if (this.#available > this.#highWater && this.#clock() - this.#askedAt >= PAUSE_MS) void this.#askOnce();
  }

  state(): BucketState {
    const remaining = this.#remaining();
    const { limit } = this.#grant;
    const capacity = capacityOf(limit);
    return {
      limit: Math.floor(capacity),
      remaining: Math.max(0, Math.floor(remaining)),
      restoreRate: Math.floor(limit),
      ceiling: Math.floor(this.#policy.ceiling),
      resetAfterMs: Math.max(0, ((capacity - remaining) / limit) * 1000),
    };
  }

  /** Until a request of that cost can be admitted; 0 if that is now. */
  secondsUntil(cost: number): number {
    return Math.max(0, Math.ceil((cost - this.#remaining()) / this.#grant.limit));
  }

  /** What is left in the shared bucket when nobody else has taken from it since it was asked, and what is held here. */
  #remaining(): number {
    const { limit, unleased, amount, heldByOthers } = this.#grant;
    const now = this.#clock();
    const refilled = unleased + (limit * (now - this.#grantedAt)) / 1000;
    const shared = Math.min(capacityOf(limit) - heldByOthers - amount, refilled);
    return (now >= this.#endsAt ? 0 : this.#available) + shared;
  }

  /** Whether asking for a lease makes no sense: it was just asked for, and not enough can have flowed back since. */
  #isExhausted(cost: number): boolean {
    return this.#clock() - this.#askedAt < PAUSE_MS && this.#remaining() < cost;
  }

  #askOnce(): Promise<void> {
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  async #ask(): Promise<void> {
    const now = this.#clock();
    if (now >= this.#endsAt) this.#available = 0;
    const taken = this.#spent + this.#reserved;
    const pace = Math.max(0, taken - this.#takenWhenAsked) / Math.max(PAUSE_MS, now - this.#askedAt);
    const capacity = capacityOf(this.#grant.limit);
    const target = Math.ceil(Math.min(capacity * TARGET_SHARE_MAX, Math.max(capacity * FLOAT_SHARE, pace * LEASE_AHEAD_MS)));
    this.#askedAt = now;
    this.#takenWhenAsked = taken;
    this.#lowWater = target / 2;
    this.#highWater = 2 * target;
    // What large requests have not cost goes back to where others can have it.
    if (this.#available > this.#highWater) this.#available = target;
    const spent = this.#spent;
    const keep = this.#available + this.#reserved;
    const need = this.#waiting.reduce((sum, cost) => sum + cost, 0);
    const needLeast = need === 0 ? 0 : Math.min(...this.#waiting);
    const request = { holder: this.#holder, spent, keep, want: target + this.#reserved, need, needLeast };
    const grant = await this.#source.lease(this.#id, this.#policy, request);
    this.#grant = grant;
    this.#grantedAt = now;
    // What was charged and settled meanwhile came out of what was kept.
    this.#available = Math.max(0, grant.amount - this.#reserved - (this.#spent - spent));
    this.#endsAt = now + grant.lastsMs;
  }
}

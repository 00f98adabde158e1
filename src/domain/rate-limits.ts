import type { Instant } from './time.ts';

/**
 * How much a workspace, or one of its API keys, may ask for: a token bucket whose sustained limit follows its own use.
 *
 * The bucket is shared by all processes, and no request asks for it. Each process holds a lease: tokens that were
 * taken out of the bucket ahead of need and that it spends by itself. What is leased and what is left never
 * exceed the bucket together, so however many processes there are, no more than one bucket is spent.
 *
 * Everything is counted in points (platform/cost.ts says what costs how many), limits in points per second.
 */

/** A bucket holds this many seconds of its sustained limit: what a burst may take at once. */
export const BURST_SECONDS = 10;
/** The sustained limit is judged after each period of this length. */
export const RAMP_PERIOD_MS = 5 * 60_000;
/** The limit rises by this factor, and falls by it. */
export const RAMP_FACTOR = 1.5;
/** It rises when at least this share of it was used in a period, */
export const RAMP_UP_SHARE = 0.5;
/** and falls when less than this share was. Between the two it stays. */
export const RAMP_DOWN_SHARE = 0.25;
/** Of a workspace's limits, what one of its keys has: a key that runs wild leaves the others something. */
export const API_KEY_SHARE = 0.8;
/** A lease that is not renewed for this long has ended; what was left of it counts as spent. */
export const LEASE_MS = 60_000;
/** Of what is left in the bucket, a lease takes at most this share, unless requests wait for more. */
export const LEASE_SHARE_MAX = 0.5;

/** The limits that a bucket moves between, in points per second. */
export interface RatePolicy {
  /** What a bucket begins with and falls back to. */
  readonly initial: number;
  /** What steady use can raise it to. */
  readonly ceiling: number;
}

/** What one process has taken out and may still spend. */
export interface Lease {
  readonly amount: number;
  /** All that the process had ever spent from this bucket when it last reported. */
  readonly spent: number;
  readonly expiresAt: Instant;
}

/** A bucket as it is stored. Instants are real time by the clock of the store. */
export interface Bucket {
  /** The sustained limit: points that flow back per second. */
  readonly limit: number;
  /** Points that nobody has leased. */
  readonly tokens: number;
  readonly refilledAt: Instant;
  /** Beginning of the period at whose end the limit is judged, and what has been spent in it. */
  readonly periodStartedAt: Instant;
  readonly periodSpent: number;
  /** By process. */
  readonly leases: Readonly<Record<string, Lease>>;
}

/** A process reports what it has spent and asks to go on. */
export interface LeaseRequest {
  readonly holder: string;
  /** All that it has ever spent from this bucket; a report that was lost is made good by the next one. */
  readonly spent: number;
  /** What it has not spent of its lease and keeps, as requests may be spending it at this moment. */
  readonly keep: number;
  /** How much it would like to hold, `keep` included. */
  readonly want: number;
  /** What requests are waiting for, all together and the least of them; 0 if none waits. */
  readonly need: number;
  readonly needLeast: number;
}

export interface LeaseGrant {
  /** What the process holds from now on. */
  readonly amount: number;
  /** How long, from when it asked. */
  readonly lastsMs: number;
  readonly limit: number;
  /** Points that nobody holds after this lease, and that other processes hold. */
  readonly unleased: number;
  readonly heldByOthers: number;
}

/** The most points that a bucket with this limit holds. */
export function capacityOf(limit: number): number {
  return limit * BURST_SECONDS;
}

/** What one API key of a workspace with these limits has. */
export function apiKeyPolicy({ initial, ceiling }: RatePolicy): RatePolicy {
  return { initial: Math.max(1, Math.floor(initial * API_KEY_SHARE)), ceiling: Math.max(1, Math.floor(ceiling * API_KEY_SHARE)) };
}

/** A bucket that nobody has used yet: full, at the initial limit. */
export function newBucket(policy: RatePolicy, now: Instant): Bucket {
  const { initial } = policy;
  return { limit: initial, tokens: capacityOf(initial), refilledAt: now, periodStartedAt: now, periodSpent: 0, leases: {} };
}

/**
 * Books what a process has spent, and gives it a new lease.
 * @param bucket null if nobody has used it yet
 */
export function lease(
  bucket: Bucket | null,
  policy: RatePolicy,
  request: LeaseRequest,
  now: Instant,
): { readonly grant: LeaseGrant; readonly bucket: Bucket } {
  const advanced = advance(settle(bucket ?? newBucket(policy, now), request), policy, now);
  const { [request.holder]: own, ...others } = advanced.leases;
  const returned = advanced.tokens + (own?.amount ?? 0);
  const free = Math.max(0, returned - request.keep);
  // What does not suffice for any that waits is left to others, for whom it may.
  const needed = request.needLeast <= free ? Math.min(request.need, free) : 0;
  // Whole points: what requests cost are whole numbers, and fractions that processes hold would be lost to all.
  const more = Math.floor(Math.max(needed, Math.min(request.want - request.keep, free * LEASE_SHARE_MAX), 0));
  const amount = request.keep + more;
  const tokens = returned - amount;
  const leases = amount === 0 ? others : { ...others, [request.holder]: { amount, spent: request.spent, expiresAt: now + LEASE_MS } };
  return {
    grant: { amount, lastsMs: LEASE_MS, limit: advanced.limit, unleased: tokens, heldByOthers: sumOf(others) },
    bucket: { ...advanced, tokens, leases },
  };
}

/** Takes what the process has spent since it last reported off its lease. It was spent in the period that goes on. */
function settle(bucket: Bucket, { holder, spent }: LeaseRequest): Bucket {
  const own = bucket.leases[holder];
  // Of a lease that has ended everything counts as spent already.
  if (own === undefined || spent <= own.spent) return bucket;
  const delta = spent - own.spent;
  // What was admitted without the store, while it could not be reached, is on nobody's account.
  const rest = { ...own, amount: Math.max(0, own.amount - delta), spent };
  return { ...bucket, periodSpent: bucket.periodSpent + Math.min(delta, own.amount), leases: { ...bucket.leases, [holder]: rest } };
}

/** Lets time pass: points flow back, leases end, periods are judged, each at its instant. */
function advance(bucket: Bucket, policy: RatePolicy, now: Instant): Bucket {
  const limit = Math.min(policy.ceiling, Math.max(policy.initial, bucket.limit));
  let state: Bucket = { ...bucket, limit, tokens: Math.min(bucket.tokens, capacityOf(limit) - sumOf(bucket.leases)) };
  for (;;) {
    const ends = Object.values(state.leases).map(({ expiresAt }) => expiresAt);
    const judgedAt = state.periodStartedAt + RAMP_PERIOD_MS;
    const next = Math.min(now, judgedAt, ...ends);
    state = withoutEndedLeases(refill(state, next), next);
    if (next === judgedAt) state = judge(state, policy);
    if (next >= now) return state;
    // Nothing changes any more, however long it was idle.
    if (state.limit === policy.initial && state.periodSpent === 0 && Object.keys(state.leases).length === 0) {
      const periods = Math.floor((now - state.periodStartedAt) / RAMP_PERIOD_MS);
      return refill({ ...state, periodStartedAt: state.periodStartedAt + periods * RAMP_PERIOD_MS }, now);
    }
  }
}

/** Clocks of a store may go back a little when it moves to another machine; then nothing flows back meanwhile. */
function refill(bucket: Bucket, now: Instant): Bucket {
  const elapsedMs = now - bucket.refilledAt;
  if (elapsedMs <= 0) return bucket;
  const room = capacityOf(bucket.limit) - sumOf(bucket.leases);
  return { ...bucket, tokens: Math.min(room, bucket.tokens + (bucket.limit * elapsedMs) / 1000), refilledAt: now };
}

function withoutEndedLeases(bucket: Bucket, now: Instant): Bucket {
  const leases = Object.fromEntries(Object.entries(bucket.leases).filter(([, { expiresAt }]) => expiresAt > now));
  return { ...bucket, leases };
}

function judge(bucket: Bucket, policy: RatePolicy): Bucket {
  const limit = nextLimit(bucket.limit, bucket.periodSpent, policy);
  const tokens = Math.min(bucket.tokens, capacityOf(limit) - sumOf(bucket.leases));
  return { ...bucket, limit, tokens, periodStartedAt: bucket.periodStartedAt + RAMP_PERIOD_MS, periodSpent: 0 };
}

/** The sustained limit after a period in which so much was spent. */
export function nextLimit(limit: number, periodSpent: number, { initial, ceiling }: RatePolicy): number {
  const share = periodSpent / (limit * (RAMP_PERIOD_MS / 1000));
  if (share >= RAMP_UP_SHARE) return Math.min(ceiling, limit * RAMP_FACTOR);
  if (share < RAMP_DOWN_SHARE) return Math.max(initial, limit / RAMP_FACTOR);
  return limit;
}

function sumOf(leases: Bucket['leases']): number {
  let sum = 0;
  for (const { amount } of Object.values(leases)) sum += amount;
  return sum;
}

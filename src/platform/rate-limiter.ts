import { LRUCache } from 'lru-cache';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Bucket, LeaseGrant, LeaseRequest, RatePolicy } from '../domain/rate-limits.ts';
import { apiKeyPolicy, BURST_SECONDS, capacityOf, lease } from '../domain/rate-limits.ts';
import type { Instant } from '../domain/time.ts';
import type { Workspace } from '../domain/workspaces.ts';
import { DOCUMENT_COST_MAX } from './cost.ts';
import { RequestError, databaseUnreachable } from './errors.ts';
import type { BucketId, BucketState, LeaseSource } from './leased-bucket.ts';
import { LeasedBucket } from './leased-bucket.ts';

/**
 * Limits how much each workspace, and each of its API keys, may ask for. What the rule is, domain/rate-limits.ts
 * says; what a process spends without asking anybody, leased-bucket.ts. If the shared buckets cannot be reached, each
 * process admits each of them its initial limit by itself, so that a failing store stops nobody.
 */

/** A process remembers this many buckets. One that it forgets costs its next request a lease. */
const BUCKETS_MAX = 20_000;
/** A store that has not answered after this time has failed. It is counted in steps, so that a process that is held up itself waits longer. */
const STORE_TIMEOUT_MS = 500;
const STORE_TIMEOUT_STEPS = 10;
/** After a failure the store is left alone for this long. */
const STORE_RETRY_MS = 1_000;
/** How often a lease is tried again when another process was faster. */
const SAVES_MAX = 20;

/** Points per second. A key has a share of its workspace's limits. */
export interface RateLimitSettings {
  /** What every workspace begins with. */
  readonly initial: number;
  /** What steady use can raise it to. */
  readonly ceilings: Readonly<Record<Workspace['mode'], number>>;
}

/** Where buckets are kept for all processes. */
export interface BucketStore {
  find(id: BucketId): Promise<StoredBucket>;
  /** @returns false if it is not the version any more that was found */
  save(id: BucketId, bucket: Bucket, version: string | null): Promise<boolean>;
}

export interface StoredBucket {
  /** Null if nobody has used it yet. */
  readonly bucket: Bucket | null;
  readonly version: string | null;
  /** By the clock of the store, which all processes share. */
  readonly now: Instant;
}

export interface RateLimiterLog {
  warn(fields: object, message: string): void;
}

export interface RateLimiterOptions {
  readonly store: BucketStore;
  /** @returns the workspace's mode, which never changes */
  readonly modeOf: (workspaceId: string) => Promise<Workspace['mode']>;
  readonly settings: RateLimitSettings;
  /** Names this process among all that share the store. */
  readonly holder: string;
  readonly log: RateLimiterLog;
  /** Milliseconds that only ever go forward; the process's own if left out. */
  readonly clock?: () => number;
}

/** Leases out of buckets that are stored: read, decide, write unless somebody was faster. */
export class StoredLeases implements LeaseSource {
  readonly #store: BucketStore;

  constructor(store: BucketStore) {
    this.#store = store;
  }

  async lease(id: BucketId, policy: RatePolicy, request: LeaseRequest): Promise<LeaseGrant> {
    for (let saves = 0; saves < SAVES_MAX; saves += 1) {
      const { bucket, version, now } = await this.#store.find(id);
      const leased = lease(bucket, policy, request, now);
      if (await this.#store.save(id, leased.bucket, version)) return leased.grant;
    }
    throw new Error(`The bucket changed ${SAVES_MAX} times while a lease was asked for.`);
  }
}

/** Leases that do not fail with their store. */
class InsuredLeases implements LeaseSource {
  readonly #source: LeaseSource;
  readonly #log: RateLimiterLog;
  /** By their points. */
  readonly #insurances = new Map<number, RateLimiterMemory>();
  /** Null while the store answers. */
  #retryAt: number | null = null;

  constructor(source: LeaseSource, log: RateLimiterLog) {
    this.#source = source;
    this.#log = log;
  }

  async lease(id: BucketId, policy: RatePolicy, request: LeaseRequest): Promise<LeaseGrant> {
    if (this.#retryAt !== null) {
      // Nobody waits for the attempt: a lease that is granted to nobody is made good by the next.
      if (performance.now() >= this.#retryAt) void this.#attempt(id, policy, request);
      return this.#insure(id, policy, request);
    }
    return (await this.#attempt(id, policy, request)) ?? this.#insure(id, policy, request);
  }

  /** Null if the store fails. */
  async #attempt(id: BucketId, policy: RatePolicy, request: LeaseRequest): Promise<LeaseGrant | null> {
    const wasDown = this.#retryAt !== null;
    if (wasDown) this.#retryAt = performance.now() + STORE_RETRY_MS;
    try {
      const grant = await withinTime(this.#source.lease(id, policy, request));
      if (this.#retryAt !== null) this.#log.warn({}, 'Rate limits are shared again.');
      this.#retryAt = null;
      return grant;
    } catch (error) {
      if (this.#retryAt === null) this.#log.warn({ err: error }, 'Rate limits cannot be shared; this process goes by its own.');
      this.#retryAt = performance.now() + STORE_RETRY_MS;
      return null;
    }
  }

  /** In windows as long as a bucket takes to fill, each of which admits what a bucket holds at its initial limit. */
  async #insure({ id }: BucketId, { initial }: RatePolicy, { keep, want, need }: LeaseRequest): Promise<LeaseGrant> {
    const points = capacityOf(initial);
    let insurance = this.#insurances.get(points);
    if (insurance === undefined) {
      insurance = new RateLimiterMemory({ points, duration: BURST_SECONDS });
      this.#insurances.set(points, insurance);
    }
    const free = (await insurance.get(id))?.remainingPoints ?? points;
    const more = Math.floor(Math.min(free, Math.max(0, want - keep, need)));
    if (more > 0) await insurance.consume(id, more);
    return { amount: keep + more, lastsMs: BURST_SECONDS * 1000, limit: initial, unleased: free - more, heldByOthers: 0 };
  }
}

async function withinTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    let steps = 0;
    timer = setInterval(() => {
      steps += 1;
      if (steps === STORE_TIMEOUT_STEPS) reject(new Error(`No answer after ${STORE_TIMEOUT_MS} ms.`));
    }, STORE_TIMEOUT_MS / STORE_TIMEOUT_STEPS);
    timer.unref();
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearInterval(timer);
  }
}

export class RateLimiter {
  readonly #options: RateLimiterOptions;
  readonly #source: LeaseSource;
  readonly #buckets = new LRUCache<string, LeasedBucket>({ max: BUCKETS_MAX });
  readonly #modes = new LRUCache<string, Workspace['mode']>({ max: BUCKETS_MAX });
  readonly #opening = new Map<string, Promise<LeasedBucket>>();
  readonly #maximumCost: number;
  readonly #clock: () => number;
  #opened = 0;

  constructor(options: RateLimiterOptions) {
    this.#options = options;
    this.#clock = options.clock ?? (() => performance.now());
    this.#source = new InsuredLeases(new StoredLeases(options.store), options.log);
    this.#maximumCost = Math.min(DOCUMENT_COST_MAX, capacityOf(apiKeyPolicy(this.#policyOf('SANDBOX')).initial));
  }

  /**
   * The limits of a request. Only the first of a workspace or key in this process waits.
   * @throws RequestError UNAVAILABLE if it cannot be found out what the workspace's limits are
   */
  open({ workspaceId, apiKeyId }: Caller): RequestLimits | Promise<RequestLimits> {
    const workspace = this.#buckets.get(workspaceId);
    const apiKey = apiKeyId === null ? null : this.#buckets.get(apiKeyId);
    if (workspace !== undefined && apiKey !== undefined) return new RequestLimits(workspace, apiKey, this.#maximumCost);
    return this.#openFirst(workspaceId, apiKeyId);
  }

  /** Gives back what this process holds. */
  async stop(): Promise<void> {
    await Promise.all([...this.#opening.values()].map((opening) => opening.catch(() => null)));
    await Promise.all([...this.#buckets.values()].map((bucket) => bucket.close()));
    this.#buckets.clear();
  }

  async #openFirst(workspaceId: string, apiKeyId: string | null): Promise<RequestLimits> {
    let mode = this.#modes.get(workspaceId);
    if (mode === undefined) {
      mode = await this.#options.modeOf(workspaceId).catch((error: unknown) => {
        this.#options.log.warn({ err: error }, 'The mode of a workspace could not be looked up.');
        throw databaseUnreachable();
      });
      this.#modes.set(workspaceId, mode);
    }
    const policy = this.#policyOf(mode);
    const [workspace, apiKey] = await Promise.all([
      this.#bucket({ workspaceId, id: workspaceId }, policy),
      apiKeyId === null ? null : this.#bucket({ workspaceId, id: apiKeyId }, apiKeyPolicy(policy)),
    ]);
    return new RequestLimits(workspace, apiKey, this.#maximumCost);
  }

  /** Requests that come at once open a bucket once. */
  #bucket(id: BucketId, policy: RatePolicy): LeasedBucket | Promise<LeasedBucket> {
    const known = this.#buckets.get(id.id) ?? this.#opening.get(id.id);
    if (known !== undefined) return known;
    const opening = this.#openBucket(id, policy).finally(() => this.#opening.delete(id.id));
    this.#opening.set(id.id, opening);
    return opening;
  }

  async #openBucket(id: BucketId, policy: RatePolicy): Promise<LeasedBucket> {
    // What was forgotten and is opened again has its own lease; the old one ends by itself.
    this.#opened += 1;
    const bucket = new LeasedBucket(id, policy, this.#source, `${this.#options.holder}.${this.#opened}`, this.#clock);
    await bucket.open();
    this.#buckets.set(id.id, bucket);
    return bucket;
  }

  #policyOf(mode: Workspace['mode']): RatePolicy {
    const { initial, ceilings } = this.#options.settings;
    return { initial, ceiling: ceilings[mode] };
  }
}

/** Whom limits are for. */
export interface Caller {
  readonly workspaceId: string;
  /** Null for a key that is stored nowhere: it has no limits of its own. */
  readonly apiKeyId: string | null;
}

/** The limits that one request is held to. */
export class RequestLimits {
  readonly #workspace: LeasedBucket;
  readonly #apiKey: LeasedBucket | null;
  /** A document that may cost more is never admitted. */
  readonly maximumCost: number;
  /** What this request may cost at most; 0 until that is known. */
  requestedCost = 0;

  constructor(workspace: LeasedBucket, apiKey: LeasedBucket | null, maximumCost: number) {
    this.#workspace = workspace;
    this.#apiKey = apiKey;
    this.maximumCost = maximumCost;
  }

  get workspace(): BucketState {
    return this.#workspace.state();
  }

  /** Null for a key that is stored nowhere. */
  get apiKey(): BucketState | null {
    return this.#apiKey?.state() ?? null;
  }

  /** Charges the request what it may cost at most. @returns why it is refused, or null; a promise only if it must wait */
  charge(cost: number): RequestError | null | Promise<RequestError | null> {
    this.requestedCost = cost;
    if (this.#workspace.take(cost)) {
      if (this.#apiKey === null || this.#apiKey.take(cost)) return null;
      this.#workspace.settle(cost, 0);
    }
    return this.#chargeSoon(cost);
  }

  /** Gives back what the request did not cost. */
  settle(cost: number): void {
    this.#workspace.settle(this.requestedCost, cost);
    this.#apiKey?.settle(this.requestedCost, cost);
  }

  /** Says how the limits stand, as draft-ietf-httpapi-ratelimit-headers has it. */
  writeHeaders(headers: Map<string, string>): void {
    const workspace = this.#workspace.state();
    const apiKey = this.apiKey;
    const [policy, state] = [policyItem('workspace', workspace), stateItem('workspace', workspace)];
    headers.set('ratelimit-policy', apiKey === null ? policy : `${policy}, ${policyItem('key', apiKey)}`);
    headers.set('ratelimit', apiKey === null ? state : `${state}, ${stateItem('key', apiKey)}`);
  }

  async #chargeSoon(cost: number): Promise<RequestError | null> {
    if (await this.#workspace.takeSoon(cost)) {
      if (this.#apiKey === null || (await this.#apiKey.takeSoon(cost))) return null;
      this.#workspace.settle(cost, 0);
    }
    const workspaceSeconds = this.#workspace.secondsUntil(cost);
    const apiKeySeconds = this.#apiKey?.secondsUntil(cost) ?? 0;
    // What others hold may be missing though it is less than a second's.
    const seconds = Math.max(1, workspaceSeconds, apiKeySeconds);
    if (this.#apiKey === null || workspaceSeconds > apiKeySeconds) return refusal('workspace', this.#workspace, cost, seconds);
    return refusal('API key', this.#apiKey, cost, seconds);
  }
}

/** Of the bucket that lets the caller wait longest. */
function refusal(whose: string, bucket: LeasedBucket, cost: number, retryAfterSeconds: number): RequestError {
  const { remaining, restoreRate } = bucket.state();
  const message =
    `The ${whose} has used up its limit: the request may cost ${cost} points, ${remaining} are left, and ${restoreRate} flow back ` +
    `each second. Try again in ${retryAfterSeconds} ${retryAfterSeconds === 1 ? 'second' : 'seconds'}.`;
  return new RequestError('RATE_LIMITED', message, { httpStatus: 429, retryAfterSeconds });
}

function policyItem(name: string, { limit }: BucketState): string {
  return `"${name}";q=${limit};w=${BURST_SECONDS}`;
}

function stateItem(name: string, { remaining, resetAfterMs }: BucketState): string {
  return `"${name}";r=${remaining};t=${Math.ceil(resetAfterMs / 1000)}`;
}

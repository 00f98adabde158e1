import { hash as digest } from 'node:crypto';
import type { Registry } from 'prom-client';
import { Counter } from 'prom-client';
import type { ApiKeyUse, Origin } from '../domain/audit.ts';
import { mergeUses } from '../domain/audit.ts';
import type { Instant } from '../domain/time.ts';

/**
 * Which API keys were used, by whom and how often, counted in memory until somebody takes the counts away to store
 * them. Counting is a few look-ups, so that it may be done with every request; nothing that a client sends makes
 * the memory grow without end.
 */

const HOUR_MS = 3_600_000;
/** How many addresses and user agents of a key are told apart in an hour; further ones are counted together. */
export const ORIGINS_PER_KEY_AND_HOUR_MAX = 100;
/** How many are told apart of all keys. */
const ORIGINS_MAX = 20_000;
/** How many different keys are counted at a time. Requests with further ones are only in a metric. */
const KEYS_MAX = 10_000;
/** How many counts that could not be stored are kept to try again. */
const UNSAVED_MAX = 20_000;

export interface KeyUseLimits {
  readonly originsMax: number;
  readonly keysMax: number;
  readonly unsavedMax: number;
}

export interface UsedKey {
  readonly workspaceId: string;
  readonly apiKeyId: string;
}

/** What is counted of one use since it was last taken away. */
type OpenUse = { -readonly [Field in keyof ApiKeyUse]: ApiKeyUse[Field] };

interface KeyHour {
  readonly hour: Instant;
  readonly uses: Map<string, OpenUse>;
}

export class KeyUses {
  /** Requests whose key belongs to no workspace. */
  unknownCount = 0;
  /** Requests that were not counted for want of room, or whose counts could not be stored for too long. */
  lostCount = 0;
  readonly #limits: KeyUseLimits;
  readonly #keys = new Map<string, KeyHour>();
  /** What is to be stored of hours that are over, or could not be stored before. */
  readonly #unsaved = new Map<string, ApiKeyUse>();
  #originCount = 0;

  constructor(limits: KeyUseLimits = { originsMax: ORIGINS_MAX, keysMax: KEYS_MAX, unsavedMax: UNSAVED_MAX }) {
    this.#limits = limits;
  }

  /** Counts one request. */
  count(key: UsedKey, origin: Origin, requestId: string, refused: boolean, now: Instant): void {
    const hour = now - (now % HOUR_MS);
    let current = this.#keys.get(key.apiKeyId);
    if (current?.hour !== hour) {
      if (current === undefined && this.#keys.size >= this.#limits.keysMax) {
        this.lostCount += 1;
        return;
      }
      if (current !== undefined) this.#close(current);
      current = { hour, uses: new Map() };
      this.#keys.set(key.apiKeyId, current);
    }
    const use = current.uses.get(nameOf(origin)) ?? this.#open(current, key, origin);
    if (use.requestCount === 0) use.firstUsedAt = now;
    use.lastUsedAt = now;
    if (!refused) use.lastAcceptedAt = now;
    use.requestCount += 1;
    if (refused) use.refusedCount += 1;
    use.lastRequestId = requestId;
  }

  /** Takes away what was counted since the last time. Each use is in the list once. */
  take(now: Instant): ApiKeyUse[] {
    const taken = new Map(this.#unsaved);
    this.#unsaved.clear();
    for (const [apiKeyId, { hour, uses }] of this.#keys) {
      let idle = true;
      for (const use of uses.values()) {
        if (use.requestCount === 0) continue;
        idle = false;
        addTo(taken, { ...use });
        reset(use);
      }
      // What was told apart is remembered for the hour; of keys that fell silent only as long as there is room.
      if (idle && (this.#keys.size > this.#limits.keysMax / 2 || hour + HOUR_MS <= now)) this.#forget(apiKeyId);
    }
    return [...taken.values()];
  }

  /** Gives back what could not be stored, to be taken away again. */
  giveBack(uses: readonly ApiKeyUse[]): void {
    for (const use of uses) this.#keep(use);
  }

  #open(current: KeyHour, key: UsedKey, origin: Origin): OpenUse {
    const told = current.uses.size < ORIGINS_PER_KEY_AND_HOUR_MAX && this.#originCount < this.#limits.originsMax;
    const from = told ? origin : { api: origin.api, ipAddress: null, userAgent: null };
    const known = current.uses.get(nameOf(from));
    if (known !== undefined) return known;
    const use = newUse(key, from, current.hour);
    current.uses.set(nameOf(from), use);
    this.#originCount += 1;
    return use;
  }

  #close({ uses }: KeyHour): void {
    this.#originCount -= uses.size;
    for (const use of uses.values()) if (use.requestCount > 0) this.#keep(use);
  }

  #forget(apiKeyId: string): void {
    this.#originCount -= this.#keys.get(apiKeyId)?.uses.size ?? 0;
    this.#keys.delete(apiKeyId);
  }

  #keep(use: ApiKeyUse): void {
    if (this.#unsaved.size < this.#limits.unsavedMax || this.#unsaved.has(use.id)) addTo(this.#unsaved, use);
    else this.lostCount += use.requestCount;
  }
}

/** Shows beside the other metrics what has no place in a workspace. */
export function registerKeyUseMetrics(registry: Registry, uses: Pick<KeyUses, 'unknownCount' | 'lostCount'>): void {
  const show = (name: string, help: string, read: () => number) =>
    new Counter({
      name,
      help,
      registers: [registry],
      collect() {
        this.reset();
        this.inc(read());
      },
    });
  show('voilatier_unknown_api_key_requests_total', 'Requests whose API key is missing or unknown.', () => uses.unknownCount);
  show('voilatier_uncounted_api_key_requests_total', 'Requests whose API key use is in no account.', () => uses.lostCount);
}

function nameOf({ api, ipAddress, userAgent }: Origin): string {
  return `${api} ${ipAddress ?? ''} ${userAgent ?? ''}`;
}

function newUse({ workspaceId, apiKeyId }: UsedKey, { api, ipAddress, userAgent }: Origin, hour: Instant): OpenUse {
  return {
    id: idOf(hour, JSON.stringify([workspaceId, apiKeyId, api, ipAddress, userAgent])),
    workspaceId,
    apiKeyId,
    api,
    ipAddress,
    userAgent,
    hour,
    firstUsedAt: hour,
    lastUsedAt: hour,
    lastAcceptedAt: null,
    requestCount: 0,
    refusedCount: 0,
    lastRequestId: '',
  };
}

/** A UUID of version 8: the hour, in milliseconds as in version 7, and a hash in place of chance. */
function idOf(hour: Instant, name: string): string {
  const time = hour.toString(16).padStart(12, '0');
  const rest = digest('sha256', name, 'hex');
  return `${time.slice(0, 8)}-${time.slice(8)}-8${rest.slice(0, 3)}-8${rest.slice(3, 6)}-${rest.slice(6, 18)}`;
}

function addTo(uses: Map<string, ApiKeyUse>, use: ApiKeyUse): void {
  const known = uses.get(use.id);
  uses.set(use.id, known === undefined ? use : mergeUses(known, use));
}

function reset(use: OpenUse): void {
  use.requestCount = 0;
  use.refusedCount = 0;
  use.lastAcceptedAt = null;
}

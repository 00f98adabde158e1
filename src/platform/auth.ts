import { hash as digest, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { LRUCache } from 'lru-cache';
import type { Database } from '../database/client.ts';
import type { Origin } from '../domain/audit.ts';
import type { ApiKeyScope, Workspace } from '../domain/workspaces.ts';
import { isUsable } from '../domain/workspaces.ts';
import { findApiKeyByHash } from '../repositories/workspaces.ts';
import { fromPublicId } from './ids.ts';
import { KeyUses } from './key-uses.ts';

/**
 * API keys at the door. A secret is never stored, only its SHA-256: secrets are long and random, so a
 * slow hash would add nothing but load. A missing, a wrong, a revoked and an expired key take the same
 * way, one look-up and one comparison in constant time, and get the same answer.
 */

const SECRET_BYTES = 32;
/** For how long a process may go on trusting a key that another process has revoked. */
const TRUST_MS = 5_000;
const TRUSTED_KEYS_MAX = 10_000;
const KEY_MAX_LENGTH = 255;
const HASH_BYTES = 32;

/** What a key lets its holder do. */
export interface Credentials {
  readonly workspaceId: string;
  /** Null for a key that is stored nowhere. */
  readonly apiKeyId: string | null;
  readonly scope: ApiKeyScope;
}

interface TrustedKey {
  readonly found: FoundKey;
  readonly expiresAt: number | null;
}

/** What is known of a key that was presented. */
interface FoundKey {
  readonly credentials: Credentials;
  /** Whether it is neither revoked nor expired. */
  readonly usable: boolean;
}

/** The request that presents a key. */
export interface Presented {
  readonly headers: IncomingHttpHeaders;
  readonly origin: Origin;
  readonly requestId: string;
}

export interface NewSecret {
  readonly secret: string;
  readonly secretHash: Buffer;
  readonly lastFour: string;
}

/** A new random secret; its prefix tells people, and secret scanners, what it is. */
export function newSecret(mode: Workspace['mode']): NewSecret {
  return describeSecret(`vt_${mode.toLowerCase()}_${randomBytes(SECRET_BYTES).toString('base64url')}`);
}

export function describeSecret(secret: string): NewSecret {
  return { secret, secretHash: hashSecret(secret), lastFour: secret.slice(-4) };
}

export class Authenticator {
  /** Who used which key. */
  readonly uses = new KeyUses();
  readonly #database: Database;
  readonly #clock: () => number;
  /** What keys were found to be, and when they stop working. */
  readonly #trusted: LRUCache<string, TrustedKey>;
  /** Keys that live in this process only, by the hash of their secret. */
  readonly #ephemeral = new Map<string, FoundKey>();
  /** Look-ups under way. */
  readonly #asking = new Map<string, Promise<FoundKey | null>>();
  #generation = 0;

  constructor(database: Database, clock: () => number) {
    this.#database = database;
    this.#clock = clock;
    this.#trusted = new LRUCache({ max: TRUSTED_KEYS_MAX, ttl: TRUST_MS });
  }

  /** Whose key the request carries; null if it carries none that is valid. */
  async authenticate({ headers, origin, requestId }: Presented): Promise<Credentials | null> {
    const presented = presentedKey(headers);
    const name = digest('sha256', presented?.secret ?? '', 'base64');
    const found = this.#remembered(name) ?? (await this.#findOnce(name));
    if (found === null) {
      this.uses.unknownCount += 1;
      return null;
    }
    const { workspaceId, apiKeyId } = found.credentials;
    const appId = presented?.appId ?? null;
    const accepted = found.usable && (appId === null || appId === apiKeyId);
    if (apiKeyId !== null) this.uses.count({ workspaceId, apiKeyId }, origin, requestId, !accepted, this.#clock());
    return accepted ? found.credentials : null;
  }

  /** Whether the key that a request came with is valid still. It is no use of the key. */
  async isValid(headers: IncomingHttpHeaders): Promise<boolean> {
    const presented = presentedKey(headers);
    const name = digest('sha256', presented?.secret ?? '', 'base64');
    return (this.#remembered(name) ?? (await this.#findOnce(name)))?.usable ?? false;
  }

  /** Whether the secret belongs to any key, usable or not. */
  async isKnown(secret: string): Promise<boolean> {
    return (await findApiKeyByHash(this.#database, hashSecret(secret))) !== null;
  }

  /** Gives out a key that is stored nowhere and ends with this process. */
  issueEphemeral(credentials: Credentials, mode: Workspace['mode']): string {
    const { secret, secretHash } = newSecret(mode);
    this.#ephemeral.set(secretHash.toString('base64'), { credentials, usable: true });
    return secret;
  }

  /** Forgets which keys were found valid, after one of them has changed. */
  forget(): void {
    this.#generation += 1;
    this.#trusted.clear();
    this.#asking.clear();
  }

  #remembered(name: string): FoundKey | null {
    const trusted = this.#trusted.get(name);
    if (trusted !== undefined && isUsable({ expiresAt: trusted.expiresAt, revokedAt: null }, this.#clock())) return trusted.found;
    return this.#ephemeral.get(name) ?? null;
  }

  /** When trust runs out, the many requests that carry the key ask the database once. */
  #findOnce(name: string): Promise<FoundKey | null> {
    const known = this.#asking.get(name);
    if (known !== undefined) return known;
    const asking = this.#find(name).finally(() => this.#asking.delete(name));
    this.#asking.set(name, asking);
    return asking;
  }

  async #find(name: string): Promise<FoundKey | null> {
    const hash = Buffer.from(name, 'base64');
    const generation = this.#generation;
    const known = await findApiKeyByHash(this.#database, hash);
    const matches = timingSafeEqual(hash, known?.secretHash ?? Buffer.alloc(HASH_BYTES));
    if (known === null || !matches) return null;
    const { workspaceId, id, scope, expiresAt } = known.key;
    const found = { credentials: { workspaceId, apiKeyId: id, scope }, usable: isUsable(known.key, this.#clock()) };
    // What was read before a key changed must not be trusted after it.
    if (found.usable && generation === this.#generation) this.#trusted.set(name, { found, expiresAt });
    return found;
  }
}

/** `Authorization: Bearer <key>`, or the pair `X-App-Id: <key id>` and `X-App-Token: <key>`. */
export function presentedKey(headers: IncomingHttpHeaders): { readonly secret: string; readonly appId: string | null } | null {
  const [, bearer] = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '') ?? [];
  if (bearer !== undefined && bearer.length <= KEY_MAX_LENGTH) return { secret: bearer, appId: null };
  const appId = headers['x-app-id'];
  const token = headers['x-app-token'];
  if (typeof appId !== 'string' || typeof token !== 'string' || token.length > KEY_MAX_LENGTH) return null;
  // An app id that is no id at all must fail like one that belongs to another key.
  return { secret: token, appId: fromPublicId('ApiKey', appId) ?? '' };
}

function hashSecret(secret: string): Buffer {
  return digest('sha256', secret, 'buffer');
}

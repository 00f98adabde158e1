import { generateKeyPairSync } from 'node:crypto';
import type { CryptoKey, JWK } from 'jose';
import { CompactSign, compactVerify, decodeProtectedHeader, importJWK } from 'jose';
import { LRUCache } from 'lru-cache';
import type { Database } from '../database/client.ts';
import type { PublicJwk } from '../domain/signing-keys.ts';
import { SigningKeyRepository } from '../repositories/signing-keys.ts';
import type { SecretBox } from './encryption.ts';
import { toPublicId } from './ids.ts';

/**
 * Signs for workspaces, and verifies what they have signed: compact JWS with Ed25519, which anybody can verify with the
 * workspace's public keys alone. A private key is opened in memory and leaves the process only sealed.
 */

const ALGORITHM = 'EdDSA';
/** For how long a process may go on signing with a key that another process has retired. */
const CURRENT_MS = 5_000;
/** For how long a process may know less keys than there are; a key that it does not know makes it look again. */
const PUBLIC_MS = 1_000;
const WORKSPACES_MAX = 1_000;
export const TOKEN_MAX_LENGTH = 16_384;

/** What was signed, and with which key. */
export interface Verified {
  readonly payload: Readonly<Record<string, unknown>>;
  readonly keyId: string;
}

interface CurrentKey {
  readonly keyId: string;
  readonly privateKey: CryptoKey;
}

/** Verifies what workspaces have signed, for which public keys are enough. */
export class Verifier {
  protected readonly database: Database;
  readonly #public: LRUCache<string, ReadonlyMap<string, PublicJwk>>;

  constructor(database: Database) {
    this.database = database;
    this.#public = new LRUCache({ max: WORKSPACES_MAX, ttl: PUBLIC_MS, fetchMethod: (workspaceId) => this.#readPublic(workspaceId) });
  }

  /** What a workspace has signed; null if it is no statement of that type that any of its keys has signed. */
  async verify(workspaceId: string, type: string, token: string): Promise<Verified | null> {
    const keyId = token.length > TOKEN_MAX_LENGTH ? null : keyIdIn(token, type);
    const jwk = keyId === null ? null : await this.#publicKey(workspaceId, keyId);
    if (keyId === null || jwk === null) return null;
    try {
      const { payload } = await compactVerify(token, await importJWK(jwk, ALGORITHM), { algorithms: [ALGORITHM] });
      const parsed: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
      const isObject = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
      return isObject ? { payload: parsed as Record<string, unknown>, keyId } : null;
    } catch {
      return null;
    }
  }

  /** Every key with which the workspace has ever signed; none if it has not, or if there is no such workspace. */
  async jwks(workspaceId: string): Promise<{ readonly keys: readonly PublicJwk[] }> {
    return { keys: [...(await this.#public.forceFetch(workspaceId)).values()] };
  }

  /** After the workspace's keys have changed. */
  forget(workspaceId: string): void {
    this.#public.delete(workspaceId);
  }

  protected keysOf(workspaceId: string): SigningKeyRepository {
    return new SigningKeyRepository(this.database.workspace(workspaceId).db, workspaceId);
  }

  async #publicKey(workspaceId: string, keyId: string): Promise<PublicJwk | null> {
    const known = (await this.#public.forceFetch(workspaceId)).get(keyId);
    return known ?? (await this.#public.forceFetch(workspaceId, { forceRefresh: true })).get(keyId) ?? null;
  }

  async #readPublic(workspaceId: string): Promise<ReadonlyMap<string, PublicJwk>> {
    const jwks = await this.keysOf(workspaceId).publicJwks();
    return new Map(jwks.map((jwk) => [jwk.kid, jwk]));
  }
}

export interface SignerOptions {
  readonly database: Database;
  readonly box: SecretBox;
  /** Makes the workspace's first key, unless it has one. */
  readonly makeKey: (workspaceId: string) => Promise<void>;
}

export class Signer extends Verifier {
  readonly #box: SecretBox;
  readonly #makeKey: (workspaceId: string) => Promise<void>;
  readonly #current: LRUCache<string, CurrentKey>;

  constructor({ database, box, makeKey }: SignerOptions) {
    super(database);
    this.#box = box;
    this.#makeKey = makeKey;
    this.#current = new LRUCache({ max: WORKSPACES_MAX, ttl: CURRENT_MS, fetchMethod: (workspaceId) => this.#openCurrent(workspaceId) });
  }

  /**
   * Signs with the workspace's current key, which is made if there is none yet: not to be called within a transaction.
   * @param type what kind of statement it is, so that one is never taken for another
   */
  async sign(workspaceId: string, type: string, payload: Readonly<Record<string, unknown>>): Promise<string> {
    const { keyId, privateKey } = await this.#current.forceFetch(workspaceId);
    const bytes = new TextEncoder().encode(JSON.stringify(payload));
    return new CompactSign(bytes).setProtectedHeader({ alg: ALGORITHM, kid: keyId, typ: type }).sign(privateKey);
  }

  /**
   * Sees that the workspace has a key with which this process can sign.
   * @throws EncryptionKeyError if it was stored by a process with another secret
   */
  async prepare(workspaceId: string): Promise<void> {
    await this.#current.forceFetch(workspaceId);
  }

  override forget(workspaceId: string): void {
    super.forget(workspaceId);
    this.#current.delete(workspaceId);
  }

  async #openCurrent(workspaceId: string): Promise<CurrentKey> {
    const repository = this.keysOf(workspaceId);
    let current = await repository.current();
    if (current === null) {
      await this.#makeKey(workspaceId);
      super.forget(workspaceId);
      current = await repository.current();
    }
    if (current === null) throw new Error('A workspace has one key that signs.');
    const { id, publicJwk } = current.key;
    const d = this.#box.open(current.sealedPrivateKey, placeOf(workspaceId, id)).toString('base64url');
    const privateKey = await importJWK({ ...publicJwk, d }, ALGORITHM);
    return { keyId: publicJwk.kid, privateKey: privateKey };
  }
}

/** The key that a statement of the type says to be signed with; null if it is none. */
function keyIdIn(token: string, type: string): string | null {
  try {
    const { kid, typ } = decodeProtectedHeader(token);
    return typ === type && typeof kid === 'string' ? kid : null;
  } catch {
    return null;
  }
}

/** A new key pair: the public half to show, the private one sealed for its place. */
export function newKeyPair(
  box: SecretBox,
  workspaceId: string,
  id: string,
): { readonly publicJwk: PublicJwk; readonly sealedPrivateKey: Buffer } {
  const { x, d } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }) as JWK;
  if (x === undefined || d === undefined) throw new Error('An Ed25519 key has two halves.');
  const kid = toPublicId('SigningKey', id);
  return {
    publicJwk: { kty: 'OKP', crv: 'Ed25519', x, use: 'sig', alg: ALGORITHM, kid },
    sealedPrivateKey: box.seal(Buffer.from(d, 'base64url'), placeOf(workspaceId, id)),
  };
}

function placeOf(workspaceId: string, id: string): string {
  return `signing_keys ${workspaceId} ${id}`;
}

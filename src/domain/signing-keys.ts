import type { Checked } from './problem.ts';
import { checked, problem, refused } from './problem.ts';
import type { Instant } from './time.ts';

/** The keys with which a workspace signs what others verify. They go by real time, whatever the workspace's own clock says. */

/** A rotation a week for nineteen years; whoever verifies has to fetch them all. */
export const SIGNING_KEYS_MAX = 1_000;

/** The public half of an Ed25519 key, as RFC 8037 writes it. */
export interface PublicJwk {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly x: string;
  readonly use: 'sig';
  readonly alg: 'EdDSA';
  /** The key's id, as what it signed names it. */
  readonly kid: string;
}

export interface SigningKey {
  readonly id: string;
  readonly publicJwk: PublicJwk;
  readonly createdAt: Instant;
  /** When another key took over; null for the one that signs now. */
  readonly retiredAt: Instant | null;
}

export type SigningKeyErrorCode = 'TOO_MANY_SIGNING_KEYS' | 'INVALID_IDEMPOTENCY_KEY' | 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH';

/** Lets a new key take over. What the old one signed can still be verified. */
export function rotateSigningKey(
  current: SigningKey | null,
  count: number,
  identity: Pick<SigningKey, 'id' | 'publicJwk'>,
  now: Instant,
): Checked<{ readonly created: SigningKey; readonly replaced: SigningKey | null }, SigningKeyErrorCode> {
  if (count >= SIGNING_KEYS_MAX) {
    return refused(problem('TOO_MANY_SIGNING_KEYS', `A workspace has at most ${SIGNING_KEYS_MAX} signing keys, retired ones included.`));
  }
  // A process whose clock is behind must not retire a key before it was made.
  const at = Math.max(now, current?.createdAt ?? now);
  return checked({
    created: { ...identity, createdAt: at, retiredAt: null },
    replaced: current === null ? null : { ...current, retiredAt: at },
  });
}

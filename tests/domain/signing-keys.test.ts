import { describe, expect, test } from '@jest/globals';
import { SIGNING_KEYS_MAX, rotateSigningKey, type SigningKey } from '../../src/domain/signing-keys.ts';

const keyOf = (kid: string) => ({ kty: 'OKP', crv: 'Ed25519', x: 'x', use: 'sig', alg: 'EdDSA', kid }) as const;
const CURRENT: SigningKey = { id: 'old', publicJwk: keyOf('skey_old'), createdAt: 1_000, retiredAt: null };
const NEXT = { id: 'new', publicJwk: keyOf('skey_new') };

describe('rotating', () => {
  test('retires the one that signs at the instant at which the new one is made', () => {
    expect(rotateSigningKey(CURRENT, 1, NEXT, 2_000)).toEqual({
      ok: true,
      value: { created: { ...NEXT, createdAt: 2_000, retiredAt: null }, replaced: { ...CURRENT, retiredAt: 2_000 } },
    });
  });

  test('retires no key before it was made, though a clock is behind', () => {
    expect(rotateSigningKey(CURRENT, 1, NEXT, 500)).toMatchObject({ value: { created: { createdAt: 1_000 }, replaced: { retiredAt: 1_000 } } });
  });

  test('begins with one key, and ends with the limit', () => {
    expect(rotateSigningKey(null, 0, NEXT, 500)).toEqual({ ok: true, value: { created: { ...NEXT, createdAt: 500, retiredAt: null }, replaced: null } });
    expect(rotateSigningKey(CURRENT, SIGNING_KEYS_MAX - 1, NEXT, 2_000).ok).toBe(true);
    expect(rotateSigningKey(CURRENT, SIGNING_KEYS_MAX, NEXT, 2_000)).toMatchObject({ ok: false, problems: [{ code: 'TOO_MANY_SIGNING_KEYS' }] });
  });
});

/**
 * Proofs as anybody can check them: by a library that is not ours, with the workspace's public keys alone; and whatever is not
 * quite a proof, which is refused.
 */
import { generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TokenError } from 'fast-jwt';
import { createVerifier } from 'fast-jwt';
import { fromPublicId } from '../../src/platform/ids.ts';
import type { ApiClient } from '../support/client.ts';
import { buildCustomer, buildProgram } from '../support/program.ts';
import { buildReward, cancel, confirm, redeem } from '../support/rewards.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';
import { problemsOf, unchanged } from '../support/unchanged.ts';

const CLOCK = '2026-05-17T12:00:00.750Z';

interface Jwk {
  readonly kid: string;
  readonly x: string;
}

interface Shop {
  readonly api: ApiClient;
  readonly workspaceId: string;
  readonly rewardId: string;
}

let server: TestServer;
let shop: Shop;
let stranger: Shop;

beforeAll(async () => {
  server = await startTestServer();
  [shop, stranger] = [await open(), await open()];
});
afterAll(() => server.stop());

/** A sandbox whose clock is ours: proofs say their times by it. */
async function open(): Promise<Shop> {
  const api = await server.workspace({ clock: CLOCK });
  const { cardDefinitionId } = await buildProgram(api, { structure: null });
  const rewardId = await buildReward(api, cardDefinitionId, { cost: 1, proofValidMinutes: 10 });
  await buildCustomer(api, 'ada');
  await api.succeed('pointsAdjust', { customer: { externalId: 'ada' }, points: 1000, reason: 'Welcome' }, 'duplicate');
  const { workspace } = await api.run('{ workspace { id } }');
  return { api, workspaceId: workspace.id, rewardId };
}

const issue = async ({ api, rewardId }: Shop) => {
  const { proof, redemption } = await redeem(api, rewardId, 'ada');
  return { proof: proof as string, redemptionId: redemption.id as string };
};

async function keysOf({ workspaceId }: Shop): Promise<Jwk[]> {
  const response = await fetch(`${server.url}/v3/workspaces/${workspaceId}/jwks.json`);
  expect(response.status).toBe(200);
  return ((await response.json()) as { keys: Jwk[] }).keys;
}

/** A public key in PEM, as that library wants it: an Ed25519 key is twelve bytes that say so, and itself. */
function pemOf({ x }: Jwk): string {
  const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(x, 'base64url')]);
  return `-----BEGIN PUBLIC KEY-----\n${der.toString('base64')}\n-----END PUBLIC KEY-----\n`;
}

/** Verifies as a till without a network would: with keys that it fetched before, and nothing of ours. */
function verifyElsewhere(keys: readonly Jwk[], proof: string, at = Date.parse(CLOCK)): Record<string, unknown> {
  const { kid } = JSON.parse(Buffer.from(proof.split('.')[0] ?? '', 'base64url').toString()) as { kid: string };
  const key = keys.find((each) => each.kid === kid);
  if (key === undefined) throw new Error('No such key.');
  return createVerifier({ key: pemOf(key), algorithms: ['EdDSA'], clockTimestamp: at })(proof) as Record<string, unknown>;
}

/** What that library itself has against a token with each key of the workspace: of the key that has signed it, if one has. Empty if one is good for it. */
function refusedElsewhere(keys: readonly Jwk[], token: string): string {
  const codes = keys.map((key) => {
    const till = { key: pemOf(key), algorithms: ['EdDSA' as const], clockTimestamp: Date.parse(CLOCK), checkTyp: 'redemption+jwt', allowedIss: shop.workspaceId };
    try {
      createVerifier(till)(token);
      return '';
    } catch (error) {
      return (error as TokenError).code;
    }
  });
  if (codes.includes('')) return '';
  return codes.find((code) => code !== SIGNATURE) ?? SIGNATURE;
}

describe('elsewhere', () => {
  test('a proof is verified with the public keys alone, and says who, what and until when', async () => {
    const { proof, redemptionId } = await issue(shop);
    const keys = await keysOf(shop);
    const issuedAt = Math.floor(Date.parse(CLOCK) / 1000);
    expect(verifyElsewhere(keys, proof)).toEqual({
      iss: shop.workspaceId,
      sub: redemptionId,
      reward: shop.rewardId,
      iat: issuedAt,
      exp: issuedAt + 600,
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(JSON.parse(Buffer.from(proof.split('.')[0] ?? '', 'base64url').toString())).toEqual({ alg: 'EdDSA', typ: 'redemption+jwt', kid: keys[0]?.kid });
  });

  test('not any more when its time is over, nor with the keys of others', async () => {
    const { proof } = await issue(shop);
    const keys = await keysOf(shop);
    expect(() => verifyElsewhere(keys, proof, Date.parse(CLOCK) + 600_000)).toThrow(/expired/i);
    await issue(stranger);
    const [theirs] = await keysOf(stranger);
    expect(() => verifyElsewhere([{ kid: keys[0]!.kid, x: theirs!.x }], proof)).toThrow(/signature/i);
  });

  test('what was signed before a key was rotated is still good, here and elsewhere', async () => {
    const { proof } = await issue(shop);
    await shop.api.succeed('signingKeyRotate', {}, 'signingKey { id }');
    expect(verifyElsewhere(await keysOf(shop), proof)).toMatchObject({ iss: shop.workspaceId });
    expect((await confirm(shop.api, proof)).userErrors).toEqual([]);
  });
});

// --- what is no proof -----------------------------------------------------------------------------

const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');
const decode = (part: string | undefined) => JSON.parse(Buffer.from(part ?? '', 'base64url').toString()) as Record<string, unknown>;

/** A proof with its parts changed, the signature as it was. */
function altered(proof: string, change: { readonly header?: object; readonly claims?: object }): string {
  const [header, claims, signature] = proof.split('.');
  return [encode({ ...decode(header), ...change.header }), encode({ ...decode(claims), ...change.claims }), signature].join('.');
}

/** The same claims, signed by somebody else. */
function forged(proof: string, header: object = {}): string {
  const { privateKey } = generateKeyPairSync('ed25519');
  const content = altered(proof, { header }).split('.').slice(0, 2).join('.');
  return `${content}.${sign(null, Buffer.from(content), privateKey).toString('base64url')}`;
}

/** With a character of the signature changed that matters. */
function broken(proof: string): string {
  const [header, claims, signature = ''] = proof.split('.');
  return [header, claims, `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`].join('.');
}

const MALFORMED = 'FAST_JWT_MALFORMED';
const UNSIGNED = 'FAST_JWT_MISSING_SIGNATURE';
const ALGORITHM = 'FAST_JWT_INVALID_ALGORITHM';
const SIGNATURE = 'FAST_JWT_INVALID_SIGNATURE';

/** Each with what the library that is not ours has against it. */
const FORGERIES: Readonly<Record<string, readonly [forge: (proof: string) => string | Promise<string>, elsewhere: string]>> = {
  'nothing': [() => '', MALFORMED],
  'no token': [() => 'none', MALFORMED],
  'one part': [(proof) => proof.split('.')[0]!, MALFORMED],
  'without its signature': [(proof) => proof.split('.').slice(0, 2).join('.'), MALFORMED],
  'with an empty signature': [(proof) => `${proof.split('.').slice(0, 2).join('.')}.`, UNSIGNED],
  'with one more part': [(proof) => `${proof}.x`, MALFORMED],
  'with another signature': [broken, SIGNATURE],
  'for another redemption': [(proof) => altered(proof, { claims: { sub: 'rdm_01h2xcejqtf2nbrexx3vqjhp41' } }), SIGNATURE],
  'that lasts longer': [(proof) => altered(proof, { claims: { exp: 4_000_000_000 } }), SIGNATURE],
  'of another workspace by its word': [(proof) => altered(proof, { claims: { iss: stranger.workspaceId } }), SIGNATURE],
  'that says it needs no signature': [(proof) => altered(proof, { header: { alg: 'none' } }), ALGORITHM],
  'that says so and has none': [(proof) => `${altered(proof, { header: { alg: 'none' } }).split('.').slice(0, 2).join('.')}.`, UNSIGNED],
  'that names another algorithm': [(proof) => altered(proof, { header: { alg: 'HS256' } }), ALGORITHM],
  'signed by anybody, under a key of ours': [(proof) => forged(proof), SIGNATURE],
  'signed by anybody, under a key of nobody': [(proof) => forged(proof, { kid: 'skey_01h2xcejqtf2nbrexx3vqjhp41' }), SIGNATURE],
  'signed by anybody, who brings the key along': [(proof) => forged(proof, { jwk: generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }) }), SIGNATURE],
  'that names no key': [(proof) => forged(proof, { kid: undefined }), SIGNATURE],
  'of another kind': [(proof) => altered(proof, { header: { typ: 'JWT' } }), SIGNATURE],
  'that another workspace has issued': [async () => (await issue(stranger)).proof, SIGNATURE],
  'too long': [(proof) => `${proof}${'A'.repeat(20_000)}`, SIGNATURE],
  'with spaces around it': [(proof) => ` ${proof} `, MALFORMED],
};

describe('refused alike, whatever is wrong with it', () => {
  let proof: string;
  let redemptionId: string;

  beforeAll(async () => {
    ({ proof, redemptionId } = await issue(shop));
  });

  test.each(Object.entries(FORGERIES))('%s', async (_name, [forge, elsewhere]) => {
    const forgery = await forge(proof);
    expect(refusedElsewhere(await keysOf(shop), forgery)).toBe(elsewhere);
    const answer = await unchanged(server, () => confirm(shop.api, forgery));
    expect(answer).toEqual({
      redemption: null,
      userErrors: [{ code: 'INVALID_PROOF', message: 'This is no proof of a redemption in this workspace.', field: ['input', 'proof'] }],
    });
  });

  test.each<[what: string, (claims: Record<string, unknown>) => readonly [by: Shop, type: string, claims: Record<string, unknown>], elsewhere: string]>([
    ['a statement of another kind', (claims) => [shop, 'voilatier-checkpoint+jws', claims], 'FAST_JWT_INVALID_TYPE'],
    ['a token of no kind', (claims) => [shop, 'JWT', claims], 'FAST_JWT_INVALID_TYPE'],
    ['a proof in the name of another workspace', (claims) => [shop, 'redemption+jwt', { ...claims, iss: stranger.workspaceId }], 'FAST_JWT_INVALID_CLAIM_VALUE'],
    ['a proof in several names', (claims) => [shop, 'redemption+jwt', { ...claims, iss: [shop.workspaceId] }], 'FAST_JWT_INVALID_CLAIM_VALUE'],
    ['a proof that another workspace has signed in the name of this one', (claims) => [stranger, 'redemption+jwt', claims], SIGNATURE],
  ])('signed in earnest, but %s', async (_what, change, elsewhere) => {
    const [by, type, claims] = change(decode(proof.split('.')[1]));
    const token = await server.signer.sign(fromPublicId('Workspace', by.workspaceId) ?? '', type, claims);
    expect(refusedElsewhere(await keysOf(shop), token)).toBe(elsewhere);
    expect(problemsOf(await unchanged(server, () => confirm(shop.api, token)))).toEqual(['INVALID_PROOF proof']);
  });

  test.each<[what: string, change: Record<string, unknown>]>([
    ['nobody’s name', { iss: undefined }],
    ['no redemption', { sub: undefined }],
    ['something else', { sub: 'cust_01h2xcejqtf2nbrexx3vqjhp41' }],
    ['no end', { exp: undefined }],
    ['an end that is no time', { exp: '4000000000' }],
  ])('signed in earnest, but with %s', async (_what, change) => {
    const token = await server.signer.sign(fromPublicId('Workspace', shop.workspaceId) ?? '', 'redemption+jwt', { ...decode(proof.split('.')[1]), ...change });
    expect(problemsOf(await unchanged(server, () => confirm(shop.api, token)))).toEqual(['INVALID_PROOF proof']);
  });

  test('there are twenty and more, and the proof itself is good, here and elsewhere', async () => {
    expect(Object.keys(FORGERIES).length).toBeGreaterThanOrEqual(20);
    expect(refusedElsewhere(await keysOf(shop), proof)).toBe('');
    expect((await unchanged(server, () => confirm(shop.api, proof, { dryRun: true }))).redemption).toMatchObject({ id: redemptionId, status: 'CONFIRMED' });
  });
});

test('genuine proofs that are good for nothing are told apart', async () => {
  const [used, cancelled, late] = [await issue(shop), await issue(shop), await issue(shop)];
  await confirm(shop.api, used.proof);
  await cancel(shop.api, cancelled.redemptionId);
  // What this workspace has signed of a redemption that it does not know: there is none unless it lost data.
  const unknown = await server.signer.sign(fromPublicId('Workspace', shop.workspaceId) ?? '', 'redemption+jwt', {
    iss: shop.workspaceId,
    sub: 'rdm_01h2xcejqtf2nbrexx3vqjhp41',
    exp: 4_000_000_000,
  });
  const answers = async (proof: string) => problemsOf(await unchanged(server, () => confirm(shop.api, proof)));
  expect(await answers(used.proof)).toEqual(['ALREADY_CONFIRMED proof']);
  expect(await answers(cancelled.proof)).toEqual(['REDEMPTION_CANCELLED proof']);
  expect(await answers(unknown)).toEqual(['REDEMPTION_NOT_FOUND proof']);
  await shop.api.succeed('workspaceClockAdvance', { to: '2026-05-17T12:10:00Z' }, 'dueEffectsRecorded');
  expect(await answers(late.proof)).toEqual(['PROOF_EXPIRED proof']);
  // What is wrong with it otherwise comes first.
  expect(await answers(used.proof)).toEqual(['ALREADY_CONFIRMED proof']);
});

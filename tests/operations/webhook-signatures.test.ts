/** Signatures as others verify them: the vector of Standard Webhooks, and the libraries of Standard Webhooks and Stripe. */
import { createHmac, randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import Stripe from 'stripe';
import type { WebhookMessage } from '../../src/platform/webhook-signatures.ts';
import { newWebhookSecret, signBody, signMessage } from '../../src/platform/webhook-signatures.ts';

const PAYLOADS = Number(process.env['SIGNED_PAYLOADS'] ?? '10000');
const NOW = () => Date.now();

// Its key is used for nothing: verifying asks nobody.
const stripe = new Stripe('sk_test_unused');

const message: WebhookMessage = {
  id: 'evt_01h2xcejqtf2nbrexx3vqjhp41',
  type: 'customer.tier.upgraded',
  created: '2026-04-12T18:42:11.000Z',
  data: { customer_id: 'cust_01h2xcejqtf2nbrexx3vqjhp41', from_tier: 'Silver', to_tier: 'Gold', measure: 512.5, late: false, reason: null },
};

/** How a receiver without any library verifies the signature within the body. */
function verifyInBody(body: string, secret: string): boolean {
  const { id, created, data, signature } = JSON.parse(body) as WebhookMessage & { signature: string };
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const expected = createHmac('sha256', key).update(`${id}.${created}.${canonicalize(data)}`).digest('hex');
  return signature.split(',').includes(`v1=${expected}`);
}

const verifyStandard = (body: string, headers: Record<string, string>, secret: string) => void new Webhook(secret).verify(body, headers);
const verifyStripe = (body: string, headers: Record<string, string>, secret: string) =>
  void stripe.webhooks.constructEvent(body, headers['voilatier-signature'] ?? '', secret);

test('the vector that Standard Webhooks publishes', () => {
  const headers = signBody('msg_p5jXN8AQM9LWM0D4loKWxJek', '{"test": 2432232314}', ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'], 1_614_265_330_000);
  expect(headers['webhook-id']).toBe('msg_p5jXN8AQM9LWM0D4loKWxJek');
  expect(headers['webhook-timestamp']).toBe('1614265330');
  expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
});

test(`${PAYLOADS} generated payloads are what two foreign libraries and the signature within accept`, () => {
  const secret = newWebhookSecret();
  let verified = 0;
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), fc.stringMatching(/^[a-z]{1,12}(\.[a-z_]{1,12}){1,2}$/), (data, type) => {
      // What is sent has gone through JSON, in which -0 is 0.
      const { body, headers } = signMessage({ ...message, type, data: JSON.parse(JSON.stringify(data)) as unknown }, [secret], NOW());
      verifyStandard(body, headers, secret);
      verifyStripe(body, headers, secret);
      expect(verifyInBody(body, secret)).toBe(true);
      verified += 1;
    }),
    { numRuns: PAYLOADS },
  );
  expect(verified).toBe(PAYLOADS);
});

test('during a rotation a message is valid by the new secret and by the former one', () => {
  const [fresh, former] = [newWebhookSecret(), newWebhookSecret()] as const;
  const { body, headers } = signMessage(message, [fresh, former], NOW());
  for (const secret of [fresh, former]) {
    verifyStandard(body, headers, secret);
    verifyStripe(body, headers, secret);
    expect(verifyInBody(body, secret)).toBe(true);
  }
});

test('secrets are 256 bits, and each is another one', () => {
  const secrets = Array.from({ length: 100 }, newWebhookSecret);
  expect(new Set(secrets).size).toBe(100);
  for (const secret of secrets) expect(Buffer.from(secret.slice('whsec_'.length), 'base64').length).toBe(32);
});

describe('the snippets of docs/webhooks.md', () => {
  const page = readFileSync(new URL('../../docs/webhooks.md', import.meta.url), 'utf8');
  const snippets = [...page.matchAll(/```js verify (\w+)\n([\s\S]*?)```/g)].map(([, name, code]) => [name!, code!] as const);

  test('are four', () => {
    expect(snippets.map(([name]) => name)).toEqual(['standard', 'stripe', 'plain', 'body']);
  });

  test.each(snippets)('%s accepts what was sent and nothing else', async (name, code) => {
    // Beside the tests, from where the packages that it names can be found.
    const file = fileURLToPath(new URL(`./webhook-snippet-${name}-${randomUUID()}.mjs`, import.meta.url));
    writeFileSync(file, code);
    try {
      const { verify } = (await import(pathToFileURL(file).href)) as { verify: (body: string, headers: Record<string, string>, secret: string) => WebhookMessage };
      const [fresh, former] = [newWebhookSecret(), newWebhookSecret()] as const;
      const { body, headers } = signMessage(message, [fresh, former], NOW());
      expect(verify(body, { ...headers }, fresh).id).toBe(message.id);
      expect(verify(body, { ...headers }, former).id).toBe(message.id);
      expect(() => verify(body.replace('Gold', 'Silver'), { ...headers }, fresh)).toThrow();
      expect(() => verify(body, { ...headers }, newWebhookSecret())).toThrow();
      const stale = signMessage(message, [fresh], Date.now() - 600_000);
      if (name !== 'body') expect(() => verify(stale.body, { ...stale.headers }, fresh)).toThrow();
    } finally {
      await rm(file);
    }
  });
});

/** Two dozen ways in which a message is not the one that was sent; each must be refused by both libraries. */
const secret = newWebhookSecret();
type Tampered = { readonly body: string; readonly headers: Record<string, string>; readonly secret: string };
const tamperings: Readonly<Record<string, (sent: { body: string; headers: Record<string, string> }) => Partial<Tampered>>> = {
  'another secret': () => ({ secret: newWebhookSecret() }),
  'a secret that differs in one character': () => ({ secret: secret.slice(0, 10) + (secret[10] === 'A' ? 'B' : 'A') + secret.slice(11) }),
  'another amount': ({ body }) => ({ body: body.replace('512.5', '512.6') }),
  'a space more': ({ body }) => ({ body: body.replace('{', '{ ') }),
  'a line break at the end': ({ body }) => ({ body: `${body}\n` }),
  'another order of fields': ({ body }) => ({ body: JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(body) as object).reverse())) }),
  'another type': ({ body }) => ({ body: body.replace('upgraded', 'downgraded') }),
  'a field more': ({ body }) => ({ body: body.replace('"late":false', '"late":false,"x":1') }),
  'a field less': ({ body }) => ({ body: body.replace('"late":false,', '') }),
  'an empty body': () => ({ body: '' }),
  'half a body': ({ body }) => ({ body: body.slice(0, body.length / 2) }),
  'another letter case': ({ body }) => ({ body: body.replace('Gold', 'gold') }),
  'no signature': ({ headers }) => ({ headers: { ...headers, 'webhook-signature': '', 'voilatier-signature': '' } }),
  'a signature of another version': ({ headers }) => ({
    headers: {
      ...headers,
      'webhook-signature': headers['webhook-signature']!.replace('v1,', 'v2,'),
      'voilatier-signature': headers['voilatier-signature']!.replace('v1=', 'v0='),
    },
  }),
  'a signature cut short': ({ headers }) => ({
    headers: {
      ...headers,
      'webhook-signature': headers['webhook-signature']!.slice(0, -6),
      'voilatier-signature': headers['voilatier-signature']!.slice(0, -6),
    },
  }),
  'a timestamp of ten minutes ago that was signed': ({ body }) => ({ headers: signBody(message.id, body, [secret], Date.now() - 600_000) }),
  'a timestamp that was moved on': ({ headers }) => ({
    headers: {
      ...headers,
      'webhook-timestamp': String(Number(headers['webhook-timestamp']) + 1),
      'voilatier-signature': headers['voilatier-signature']!.replace(/t=(\d+)/, (_, t: string) => `t=${Number(t) + 1}`),
    },
  }),
  'a timestamp that is no number': ({ headers }) => ({
    headers: { ...headers, 'webhook-timestamp': 'now', 'voilatier-signature': headers['voilatier-signature']!.replace(/t=\d+/, 't=now') },
  }),
  'the signature of another message': ({ headers }) => {
    const other = signMessage({ ...message, id: 'evt_01h2xcejqtf2nbrexx3vqjhp42' }, [secret], NOW()).headers;
    return { headers: { ...headers, 'webhook-signature': other['webhook-signature']!, 'voilatier-signature': other['voilatier-signature']! } };
  },
};

describe('40 messages that are not the ones that were sent', () => {
  const names = Object.keys(tamperings);
  const cases = names.flatMap((name) => [[name, 'Standard Webhooks', verifyStandard] as const, [name, 'Stripe', verifyStripe] as const]);

  test.each(cases)('%s is refused by %s', (name, _, verify) => {
    const sent = signMessage(message, [secret], NOW());
    verify(sent.body, { ...sent.headers }, secret);
    const tampered = { ...sent, secret, ...tamperings[name]!({ body: sent.body, headers: { ...sent.headers } }) };
    expect(() => verify(tampered.body, { ...tampered.headers }, tampered.secret)).toThrow();
  });

  test('an id that was exchanged is refused by Standard Webhooks, and by the signature within', () => {
    const { body, headers } = signMessage(message, [secret], NOW());
    expect(() => verifyStandard(body, { ...headers, 'webhook-id': `evt_${randomUUID()}` }, secret)).toThrow();
    expect(verifyInBody(body.replace(message.id, 'evt_01h2xcejqtf2nbrexx3vqjhp42'), secret)).toBe(false);
  });

  test('another time, other data and another secret are refused by the signature within', () => {
    const { body } = signMessage(message, [secret], NOW());
    expect(verifyInBody(body.replace('18:42:11.000Z', '18:42:12.000Z'), secret)).toBe(false);
    expect(verifyInBody(body.replace('512.5', '512.6'), secret)).toBe(false);
    expect(verifyInBody(body, newWebhookSecret())).toBe(false);
    // Written otherwise it says the same.
    expect(verifyInBody(JSON.stringify(JSON.parse(body), null, 2), secret)).toBe(true);
  });

  test('there are forty', () => {
    expect(cases.length + 2).toBeGreaterThanOrEqual(40);
  });
});

import { createHmac, randomBytes } from 'node:crypto';
import canonicalize from 'canonicalize';

/**
 * How receivers know that a message is ours, in three ways at once, so that each may use what its language has a library
 * for: Standard Webhooks over the raw body, the header form that Stripe made known over the raw body, and a signature
 * within the body over what it says, which survives a queue that keeps the body and forgets the headers.
 *
 * docs/webhooks.md says how to verify each.
 */

export const SECRET_PREFIX = 'whsec_';
const SECRET_BYTES = 32;
const MS = 1_000;

/** A new random secret, in the form that Standard Webhooks has. */
export function newWebhookSecret(): string {
  return `${SECRET_PREFIX}${randomBytes(SECRET_BYTES).toString('base64')}`;
}

/** What is told, in the words of the contract. */
export interface WebhookMessage {
  /** Public id of the event: the same in every attempt and replay. */
  readonly id: string;
  readonly type: string;
  /** When the event was recorded, in RFC 3339 form. */
  readonly created: string;
  readonly data: unknown;
  /** What else the body says, which only the signatures over the whole body cover. */
  readonly [more: string]: unknown;
}

export interface SignedMessage {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The body and the headers of one attempt.
 * @param secrets all that are valid, the newest first: a receiver that still has the former one must be able to verify
 * @param now when the attempt is made
 */
export function signMessage(message: WebhookMessage, secrets: readonly string[], now: number): SignedMessage {
  const { id, created, data } = message;
  const signed = `${id}.${created}.${canonicalOf(data)}`;
  const signature = secrets.map((secret) => `v1=${hmac(keyOf(secret), signed, 'hex')}`).join(',');
  const body = JSON.stringify({ ...message, signature });
  return { body, headers: signBody(id, body, secrets, now) };
}

/** What was made canonical: an event goes to several endpoints, and what it says never changes. */
const canonical = new WeakMap<object, string>();

function canonicalOf(data: unknown): string {
  const isKept = typeof data === 'object' && data !== null;
  const known = isKept ? canonical.get(data) : undefined;
  if (known !== undefined) return known;
  const text = canonicalize(data) ?? 'null';
  if (isKept) canonical.set(data, text);
  return text;
}

/** The signatures over a raw body, as headers. */
export function signBody(id: string, body: string, secrets: readonly string[], now: number): Record<string, string> {
  const timestamp = Math.floor(now / MS);
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': secrets.map((secret) => `v1,${hmac(keyOf(secret), `${id}.${timestamp}.${body}`, 'base64')}`).join(' '),
    'voilatier-signature': [`t=${timestamp}`, ...secrets.map((secret) => `v1=${hmac(secret, `${timestamp}.${body}`, 'hex')}`)].join(','),
  };
}

/** The key behind a secret, as Standard Webhooks has it. */
function keyOf(secret: string): Buffer {
  return Buffer.from(secret.startsWith(SECRET_PREFIX) ? secret.slice(SECRET_PREFIX.length) : secret, 'base64');
}

function hmac(key: Buffer | string, text: string, encoding: 'hex' | 'base64'): string {
  return createHmac('sha256', key).update(text).digest(encoding);
}

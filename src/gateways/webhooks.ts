import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { EventEmitter } from 'node:events';
import { isIP } from 'node:net';
import { LRUCache } from 'lru-cache';
import type { Dispatcher, buildConnector } from 'undici';
import { Agent, buildConnector as connectorOf } from 'undici';
import type { DestinationPolicy } from '../domain/destinations.ts';
import { hostOf, isAddressAllowed, refusalOf } from '../domain/destinations.ts';
import type { AttemptError } from '../domain/webhook-deliveries.ts';

/**
 * Sends messages to addresses that tenants have chosen. The name is resolved once for each connection, every address that it
 * has must be allowed, and the connection goes to what was looked at: nobody can answer differently in between. Redirects
 * are not followed, answers are read as far as they are kept, and an attempt takes no longer than it may.
 */

export interface WebhookLimits {
  /** For resolving, connecting, sending and reading the answer together. */
  readonly timeoutMs: number;
  /** How much of an answer is kept. */
  readonly keptBytes: number;
  /** How much of an answer is read so that its connection can be used again; of a longer one the connection is closed. */
  readonly readBytes: number;
  /** Origins with open connections. */
  readonly originsMax: number;
  /** How long a connection waits for the next message. */
  readonly keepAliveMs: number;
}

export const WEBHOOK_LIMITS: WebhookLimits = {
  timeoutMs: 15_000,
  keptBytes: 1_024,
  readBytes: 65_536,
  originsMax: 2_000,
  keepAliveMs: 10_000,
};

const HEADERS_MAX_BYTES = 16_384;
/** Addresses that are kept taken apart and looked at: all messages to an endpoint go to the same. */
const ADDRESSES_MAX = 2_000;

/** All addresses of a name. */
export type Resolve = (host: string) => Promise<readonly LookupAddress[]>;

const resolveBySystem: Resolve = (host) => lookup(host, { all: true });

export interface WebhookRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What came of an attempt. */
export interface WebhookResponse {
  /** Null if there was no answer. */
  readonly statusCode: number | null;
  /** Why there was no complete answer; null if there was one. */
  readonly error: AttemptError | null;
  readonly retryAfter: string | undefined;
  /** The beginning of the answer's body, as text. */
  readonly responseStart: string;
  readonly latencyMs: number;
}

export interface WebhookSenderOptions {
  readonly limits?: Partial<WebhookLimits>;
  readonly resolve?: Resolve;
}

export class WebhookSender {
  readonly #limits: WebhookLimits;
  readonly #resolve: Resolve;
  /** Connections, and what was found of addresses, are never shared between those who may reach more and those who may reach less. */
  readonly #reaches = new Map<string, Reach>();

  constructor({ limits, resolve = resolveBySystem }: WebhookSenderOptions = {}) {
    this.#limits = { ...WEBHOOK_LIMITS, ...limits };
    this.#resolve = resolve;
  }

  /** Makes one attempt. It never throws: whatever happens is its outcome. */
  async send(request: WebhookRequest, policy: DestinationPolicy): Promise<WebhookResponse> {
    const startedAt = performance.now();
    const outcome = await this.#attempt(request, policy).catch((error: unknown) => failureOf(error));
    return { ...outcome, latencyMs: Math.round(performance.now() - startedAt) };
  }

  /** Closes all connections. Attempts under way fail. */
  async close(): Promise<void> {
    const reaches = [...this.#reaches.values()];
    this.#reaches.clear();
    await Promise.all(reaches.map(({ agent }) => agent.destroy()));
  }

  async #attempt({ url: text, headers, body }: WebhookRequest, policy: DestinationPolicy): Promise<Omit<WebhookResponse, 'latencyMs'>> {
    const { agent, addresses } = this.#reachOf(policy);
    const address = addresses.memo(text);
    // The rules may have become stricter since the address was registered.
    if (!address.allowed) throw new DestinationRefusedError();
    // An AbortSignal with a time limit costs several times as much as this, which undici takes as well.
    const signal = new EventEmitter();
    const timer = setTimeout(() => signal.emit('abort'), this.#limits.timeoutMs);
    try {
      return await this.#answerTo(agent.request({ origin: address.origin, path: address.path, method: 'POST', headers, body, signal }));
    } finally {
      clearTimeout(timer);
    }
  }

  async #answerTo(request: Promise<Dispatcher.ResponseData>): Promise<Omit<WebhookResponse, 'latencyMs'>> {
    const response = await request;
    const { statusCode } = response;
    const retryAfter = firstOf(response.headers['retry-after']);
    try {
      return { statusCode, error: null, retryAfter, responseStart: await this.#readStart(response.body) };
    } catch (error) {
      // A receiver that has not finished its answer has not said that it has the message.
      return { ...failureOf(error), statusCode, retryAfter };
    }
  }

  async #readStart(body: Dispatcher.ResponseData['body']): Promise<string> {
    const { keptBytes, readBytes } = this.#limits;
    const kept: Buffer[] = [];
    let length = 0;
    for await (const chunk of body as AsyncIterable<Buffer>) {
      if (length < keptBytes) kept.push(chunk.subarray(0, keptBytes - length));
      length += chunk.length;
      // What is said by then is said: leaving the loop closes the connection.
      if (length > readBytes) break;
    }
    return printable(Buffer.concat(kept));
  }

  #reachOf(policy: DestinationPolicy): Reach {
    const name = JSON.stringify([policy.allowHttp, policy.allowLoopback]);
    const known = this.#reaches.get(name);
    if (known !== undefined) return known;
    const { originsMax, keepAliveMs, timeoutMs } = this.#limits;
    const agent = new Agent({
      connect: this.#connectorFor(policy),
      // Many tenants have endpoints at one origin: whoever is slow there must not make the others wait for a connection.
      connections: null,
      maxOrigins: originsMax,
      pipelining: 1,
      keepAliveTimeout: keepAliveMs,
      keepAliveMaxTimeout: keepAliveMs,
      // The signal of the attempt is the limit; these only catch what it would not.
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      maxHeaderSize: HEADERS_MAX_BYTES,
      allowH2: false,
    });
    const reach = { agent, addresses: new LRUCache<string, Address>({ max: ADDRESSES_MAX, memoMethod: (text) => addressOf(text, policy) }) };
    this.#reaches.set(name, reach);
    return reach;
  }

  #connectorFor(policy: DestinationPolicy): buildConnector.connector {
    const { timeoutMs } = this.#limits;
    return (options, callback) => {
      this.#addressesOf(options.hostname, policy).then(
        (addresses) => {
          // Asked for the name again, the socket is told what was looked at.
          const pinned = connectorOf({ timeout: timeoutMs, allowH2: false, lookup: (_host, { all }, answer) => answerLookup(addresses, all === true, answer) });
          pinned(options, callback);
        },
        (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), null),
      );
    };
  }

  /** @throws DestinationRefusedError if any address that the name has is not allowed, and an error of the resolver */
  async #addressesOf(hostname: string, policy: DestinationPolicy): Promise<readonly LookupAddress[]> {
    const host = hostOf({ hostname } as URL);
    const family = isIP(host);
    const addresses = family === 0 ? await this.#resolve(host) : [{ address: host, family }];
    if (addresses.length === 0 || !addresses.every(({ address }) => isAddressAllowed(address, policy))) throw new DestinationRefusedError();
    return addresses;
  }
}

/** What those may reach who may reach the same. */
interface Reach {
  readonly agent: Agent;
  readonly addresses: LRUCache<string, Address>;
}

interface Address {
  readonly origin: string;
  readonly path: string;
  /** By itself: what its name resolves to is looked at for each connection. */
  readonly allowed: boolean;
}

function addressOf(text: string, policy: DestinationPolicy): Address {
  const url = new URL(text);
  return { origin: url.origin, path: url.pathname + url.search, allowed: refusalOf(url, policy) === null };
}

type Answer = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

function answerLookup(addresses: readonly LookupAddress[], all: boolean, answer: Answer): void {
  const [first] = addresses;
  if (all || first === undefined) answer(null, [...addresses]);
  else answer(null, first.address, first.family);
}

class DestinationRefusedError extends Error {
  constructor() {
    super('The destination is not allowed.');
  }
}

/** What went wrong, in words that say nothing of the network in which this server stands. */
function failureOf(error: unknown): Omit<WebhookResponse, 'latencyMs'> {
  return { statusCode: null, error: errorOf(error), retryAfter: undefined, responseStart: '' };
}

function errorOf(error: unknown): AttemptError {
  if (error instanceof DestinationRefusedError) return 'DESTINATION_NOT_ALLOWED';
  const { name = '', code = '' } = (error ?? {}) as { name?: string; code?: string };
  if (name === 'TimeoutError' || name === 'AbortError' || /TIMEOUT|ETIMEDOUT/.test(code)) return 'TIMEOUT';
  if (/^(ENOTFOUND|EAI_AGAIN|ENODATA|EAI_)/.test(code)) return 'NAME_NOT_RESOLVED';
  if (/CERT|SSL|TLS|SIGNATURE|ERR_OSSL|UNABLE_TO_/.test(code)) return 'TLS_FAILED';
  if (/^UND_ERR_(HEADERS_OVERFLOW|RES_CONTENT_LENGTH_MISMATCH)|^HPE_/.test(code)) return 'INVALID_RESPONSE';
  return 'CONNECTION_FAILED';
}

function firstOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

/** As text that can be stored and shown; bytes that are no text are replaced. */
function printable(bytes: Buffer): string {
  return bytes.toString('utf8').replaceAll('\u0000', '\uFFFD');
}

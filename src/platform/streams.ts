import type { ServerResponse } from 'node:http';
import { RequestError, unauthenticated } from './errors.ts';
import type { Metrics } from './metrics.ts';

/**
 * Answers that stay open: subscriptions and event streams. Whatever they carry, how many there may be is limited for all of
 * them together, and one look goes through all of them every now and then: a timer for each would cost more than the streams.
 */

/** How many streams there may be, and how long the server bears with them. Only tests change it. */
export interface StreamLimits {
  /** Open at once in one process. */
  readonly perProcess: number;
  /** Of one workspace, open at once in one process. */
  readonly perWorkspace: number;
  /** From the beginning of a stream to its end. */
  readonly maxMs: number;
  /** How long a client may take nothing of what waits for it. */
  readonly stallMs: number;
  /** Between two signs of life of an event stream on which nothing comes. */
  readonly heartbeatMs: number;
  /** How often it is looked at whether the key of an open stream is still valid. */
  readonly keyCheckMs: number;
  /** How often streams are looked through for all that. */
  readonly checkMs: number;
}

export const STREAM_LIMITS: StreamLimits = {
  perProcess: 5_000,
  perWorkspace: 200,
  maxMs: 86_400_000,
  stallMs: 30_000,
  heartbeatMs: 15_000,
  keyCheckMs: 30_000,
  checkMs: 500,
};

const RETRY_AFTER_SECONDS = 5;

/** The connection ends with its stream: left open for further requests, it would hold back a stop that has ended the stream. */
export const STREAM_HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  // Whatever stands in between must pass each event on at once and as it is.
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
  connection: 'close',
};

/** Whether a client that says what it accepts accepts events. */
export function acceptsEvents(accept: string | undefined): boolean {
  return accept === undefined || /(text\/event-stream|text\/\*|\*\/\*)/i.test(accept);
}

/** Resolves when the client may have taken something, when it has gone, or after that time. */
export function drained(response: ServerResponse, ms?: number): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      response.off('drain', go).off('close', go);
      clearTimeout(timer);
      resolve();
    };
    const timer = ms === undefined ? undefined : setTimeout(go, ms);
    response.once('drain', go).once('close', go);
  });
}

/** A stream that has begun. */
export interface Stream {
  readonly response: ServerResponse;
  /** @throws if nobody can say at present */
  readonly stillAllowed: () => Promise<boolean>;
  /** Ends it with a last event that says why. */
  end(error: RequestError): void;
  /** Called with every look, while the client takes what is sent. */
  beat?(now: number, heartbeatMs: number): void;
}

/** A place among the streams that may be open. */
export interface StreamPlace {
  fill(stream: Stream): void;
  /** Once the stream is over, or has not begun. */
  release(): void;
}

interface Watched {
  readonly stream: Stream;
  readonly beganAt: number;
  /** When it was first seen that the client takes nothing; null while it does. */
  stalledSince: number | null;
  keyCheckedAt: number;
}

/** The open streams of this process. */
export class Streams {
  readonly limits: StreamLimits;
  readonly #metrics: Metrics;
  readonly #watched = new Set<Watched>();
  readonly #byWorkspace = new Map<string, number>();
  readonly #timer: NodeJS.Timeout;
  #count = 0;
  #stopped = false;

  constructor(limits: StreamLimits, metrics: Metrics) {
    this.limits = limits;
    this.#metrics = metrics;
    this.#timer = setInterval(() => this.#lookThrough(), limits.checkMs).unref();
  }

  /** @throws RequestError TOO_MANY_STREAMS, UNAVAILABLE */
  reserve(workspaceId: string): StreamPlace {
    if (this.#stopped) throw stopping();
    const own = this.#byWorkspace.get(workspaceId) ?? 0;
    const { perProcess, perWorkspace } = this.limits;
    if (own >= perWorkspace || this.#count >= perProcess) throw tooMany(own >= perWorkspace ? perWorkspace : null);
    this.#byWorkspace.set(workspaceId, own + 1);
    this.#counted(1);
    let isFree = false;
    return {
      fill: (stream) => this.#watch(stream),
      release: () => {
        if (isFree) return;
        isFree = true;
        const left = (this.#byWorkspace.get(workspaceId) ?? 1) - 1;
        if (left === 0) this.#byWorkspace.delete(workspaceId);
        else this.#byWorkspace.set(workspaceId, left);
        this.#counted(-1);
      },
    };
  }

  /** Ends all, and opens no more. */
  stop(): void {
    this.#stopped = true;
    clearInterval(this.#timer);
    for (const { stream } of [...this.#watched]) stream.end(stopping());
  }

  #watch(stream: Stream): void {
    // Its client has gone while it was being opened.
    if (stream.response.destroyed) return;
    const now = performance.now();
    const watched: Watched = { stream, beganAt: now, stalledSince: null, keyCheckedAt: now };
    this.#watched.add(watched);
    // Until then there may be events that the client has not taken.
    stream.response.once('close', () => this.#watched.delete(watched));
  }

  #counted(by: number): void {
    this.#count += by;
    this.#metrics.openStreams.set(this.#count);
  }

  #lookThrough(): void {
    const now = performance.now();
    for (const watched of [...this.#watched]) this.#look(watched, now);
  }

  #look(watched: Watched, now: number): void {
    const { stream, beganAt } = watched;
    const { maxMs, stallMs, heartbeatMs, keyCheckMs } = this.limits;
    watched.stalledSince = stream.response.writableNeedDrain ? (watched.stalledSince ?? now) : null;
    // What the client has got says from where it can go on.
    if (watched.stalledSince !== null && now - watched.stalledSince >= stallMs) stream.response.destroy();
    else if (now - beganAt >= maxMs) stream.end(tooLong());
    else if (watched.stalledSince === null) stream.beat?.(now, heartbeatMs);
    if (now - watched.keyCheckedAt < keyCheckMs) return;
    watched.keyCheckedAt = now;
    void requireKey(stream);
  }
}

async function requireKey(stream: Stream): Promise<void> {
  // A database that is away says nothing about the key.
  const isAllowed = await stream.stillAllowed().catch(() => true);
  if (!isAllowed) stream.end(unauthenticated());
}

/** @param limit of the workspace; null if it is the process that has too many */
function tooMany(limit: number | null): RequestError {
  const message =
    limit === null
      ? 'The server has as many streams open as it may have. Try again later.'
      : `The workspace has ${limit} streams open, which is as many as it may have at once.`;
  return new RequestError('TOO_MANY_STREAMS', message, { httpStatus: 429, retryAfterSeconds: RETRY_AFTER_SECONDS });
}

function stopping(): RequestError {
  return new RequestError('UNAVAILABLE', 'The server is stopping. Open the stream again a little later.', { httpStatus: 503, retryAfterSeconds: RETRY_AFTER_SECONDS });
}

function tooLong(): RequestError {
  return new RequestError('TIMEOUT', 'The stream was open as long as one may be. Open it again.', { httpStatus: 503 });
}

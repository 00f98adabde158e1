import type { ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { RequestContext } from '../context.ts';
import { RequestError } from '../platform/errors.ts';
import type { EventFeeds, EventFollower, FollowedEvent } from '../platform/event-feed.ts';
import { eventFilterOf, placeToFollow } from '../platform/event-places.ts';
import { httpFailureOf } from '../platform/http-errors.ts';
import { toPublicId } from '../platform/ids.ts';
import type { Stream, Streams } from '../platform/streams.ts';
import { STREAM_HEADERS, acceptsEvents, drained } from '../platform/streams.ts';

/**
 * `GET /v3/events:stream`: events as they come, as server-sent events. Each has its id, with which a client goes on after it was
 * cut off; comments in between carry one too, so that also a client whom nothing concerns goes on where it stood.
 */

/** What opening a stream costs. What comes on it is free. */
const STREAM_COST = 10;
/** How long a client waits before it comes back, unless it knows better. */
const RECONNECT_MS = 1_000;
const PARAMETERS = new Set(['after', 'types', 'customer']);

export interface EventStreamParts {
  readonly context: (request: FastifyRequest) => Promise<RequestContext>;
  /** Whether the key that the request came with is valid still. */
  readonly stillAllowed: (request: FastifyRequest) => Promise<boolean>;
  readonly feeds: EventFeeds;
  readonly streams: Streams;
}

export function registerEventStream(scope: FastifyInstance, { context, stillAllowed, feeds, streams }: EventStreamParts): void {
  scope.route({
    method: 'GET',
    // A colon by itself would begin a parameter.
    url: '/events::stream',
    // There is no head without a stream.
    exposeHeadRoute: false,
    config: { streams: true },
    handler: async (request, reply) => {
      const opened = await context(request);
      const asked = askedFor(request, opened);
      const place = streams.reserve(opened.viewer.workspaceId);
      try {
        const { follower, cursor } = await follow(asked, opened, feeds);
        reply.headers(Object.fromEntries(opened.answerHeaders()));
        const stream = new EventStream(reply, follower, cursor, () => stillAllowed(request));
        stream.response.once('close', () => place.release());
        if (stream.response.destroyed) place.release();
        place.fill(stream);
        void stream.run(request);
      } catch (error) {
        place.release();
        throw error;
      }
      return reply;
    },
  });
}

/** What a request asks for, which is not looked at yet. */
interface Asked {
  readonly after: string | undefined;
  /** What named the place. */
  readonly afterField: string;
  readonly patterns: readonly string[] | undefined;
  readonly customerId: string | undefined;
}

/** @throws RequestError */
function askedFor({ headers, query }: FastifyRequest, { viewer }: RequestContext): Asked {
  // Told before anything of the request is looked at, whoever runs the server.
  void viewer.scope;
  if (!acceptsEvents(headers.accept)) throw new RequestError('NOT_ACCEPTABLE', 'Events are sent as `text/event-stream`.');
  const given = query as Readonly<Record<string, string | readonly string[]>>;
  for (const [name, value] of Object.entries(given)) {
    if (!PARAMETERS.has(name)) throw new RequestError('BAD_USER_INPUT', `There is no parameter \`${name}\` here.`, { httpStatus: 400, field: [name] });
    if (typeof value !== 'string') throw new RequestError('BAD_USER_INPUT', `Give \`${name}\` once.`, { httpStatus: 400, field: [name] });
  }
  const { after, types, customer } = given as Readonly<Record<string, string | undefined>>;
  // A client that goes on by itself sends the address that it began with, and the id that it has come to.
  const lastEventId = headers['last-event-id'];
  const named = typeof lastEventId === 'string' && lastEventId !== '' ? { after: lastEventId, afterField: 'Last-Event-ID' } : { after, afterField: 'after' };
  return { ...named, patterns: types?.split(','), customerId: customer };
}

/** @throws RequestError */
async function follow({ after, afterField, patterns, customerId }: Asked, { viewer, database, limits }: RequestContext, feeds: EventFeeds) {
  const filter = eventFilterOf({ patterns, customerId }, viewer.scope, ['types']);
  const refusal = (await limits?.charge(STREAM_COST)) ?? null;
  if (refusal !== null) throw refusal;
  limits?.settle(STREAM_COST);
  const { place, cursor } = await placeToFollow(database, viewer.workspaceId, after, afterField);
  return { follower: feeds.follow(viewer.workspaceId, place, filter), cursor };
}

class EventStream implements Stream {
  readonly response: ServerResponse;
  readonly stillAllowed: () => Promise<boolean>;
  readonly #follower: EventFollower;
  #cursor: string;
  #writtenAt = performance.now();

  constructor(reply: FastifyReply, follower: EventFollower, cursor: string, stillAllowed: () => Promise<boolean>) {
    this.stillAllowed = stillAllowed;
    this.#follower = follower;
    this.#cursor = cursor;
    const headers = reply.getHeaders();
    reply.hijack();
    this.response = reply.raw;
    this.response.once('close', () => follower.end());
    for (const [name, value] of Object.entries({ ...headers, ...STREAM_HEADERS })) if (value !== undefined) this.response.setHeader(name, value);
    this.response.writeHead(200);
    this.#write(`: connected\nretry: ${RECONNECT_MS}\nid: ${cursor}\n\n`);
  }

  async run({ log }: FastifyRequest): Promise<void> {
    try {
      if (this.response.destroyed) return this.#follower.end();
      for (let next = await this.#follower.next(); next !== null; next = await this.#follower.next()) {
        if (next.events.length > 0) this.#write(next.events.map(frameOf).join(''));
        this.#cursor = next.cursor;
        // Nothing piles up here for a client that is slow: more is taken from the log when this is on its way.
        while (this.response.writableNeedDrain && !this.response.destroyed) await drained(this.response);
      }
    } catch (error) {
      const { code, message } = httpFailureOf(error as Error);
      if (code === 'INTERNAL_SERVER_ERROR') log.error({ err: error }, 'An event stream was broken off.');
      this.#end('error', { code, message });
    }
  }

  beat(now: number, heartbeatMs: number): void {
    if (now - this.#writtenAt >= heartbeatMs) this.#write(`: heartbeat\nid: ${this.#cursor}\n\n`);
  }

  /** A server that stops, or has served long enough, tells the client to go on elsewhere. */
  end(error: RequestError): void {
    const code = String(error.extensions['code']);
    const goOn = code === 'UNAVAILABLE' || code === 'TIMEOUT';
    this.#end(goOn ? 'shutdown' : 'error', { code, message: error.message });
  }

  #end(event: string, data: object): void {
    this.#follower.end();
    if (this.response.destroyed || this.response.writableEnded) return;
    // In the middle of what it does not take, there is nothing more to say.
    if (this.response.writableNeedDrain) this.response.destroy();
    else this.response.end(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  #write(text: string): void {
    this.#writtenAt = performance.now();
    if (!this.response.destroyed && !this.response.writableEnded) this.response.write(text);
  }
}

function frameOf({ view: { event }, json }: FollowedEvent): string {
  return `id: ${toPublicId('Event', event.id)}\nevent: ${event.type}\ndata: ${json}\n\n`;
}

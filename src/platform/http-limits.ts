import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { statusOf } from './error-catalog.ts';
import { RequestError } from './errors.ts';
import type { Documentation, HttpFailure } from './http-errors.ts';
import { failureBody } from './http-errors.ts';

/** What a request may be at most, and how long a client may take, on every API. */

/** Largest body; an `earn` with 500 full lines has less than half of it. */
export const BODY_MAX_BYTES = 1024 * 1024;
/** Levels of lists and objects within each other in a JSON body. */
export const JSON_DEPTH_MAX = 32;
/** Objects, lists, texts, numbers and so on in a JSON body; an `earn` with 500 full lines has less than half as many. */
export const JSON_VALUES_MAX = 10_000;
/** All headers together with the request line. */
export const HEADERS_MAX_BYTES = 16 * 1024;
export const HEADERS_MAX_COUNT = 100;
export const URL_MAX_LENGTH = 8 * 1024;
/** Connections to one process; further ones are closed at once. */
export const CONNECTIONS_MAX = 10_000;
/** How long a connection stays open without a request. */
export const KEEP_ALIVE_TIMEOUT_MS = 72_000;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route's answers may take long: it looks itself for clients that do not take them. */
    readonly streams?: boolean;
  }
}

/** How long the server waits for a client. Only tests are less patient than `PATIENCE`. */
export interface Patience {
  /** From the first byte of a request to the end of its headers. */
  readonly headersMs: number;
  /** From the first byte of a request to its last. */
  readonly requestMs: number;
  /** From the end of a request's headers until the client has taken the whole answer. */
  readonly answerMs: number;
  /** How often the clients that are too slow are looked for. */
  readonly checkMs: number;
}

export const PATIENCE: Patience = { headersMs: 10_000, requestMs: 30_000, answerMs: 120_000, checkMs: 1_000 };

/** Options of Fastify that hold the limits which Node itself can hold. */
export function httpOptions({ headersMs, requestMs, checkMs }: Patience, documentation: Documentation) {
  return {
    bodyLimit: BODY_MAX_BYTES,
    requestTimeout: requestMs,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    http: { maxHeaderSize: HEADERS_MAX_BYTES, headersTimeout: headersMs, connectionsCheckingInterval: checkMs },
    clientErrorHandler: connectionRefusal(documentation),
  };
}

/** Holds the limits that Node leaves to us. The hooks call back: a promise for each would cost more than they do. */
export function holdRequestsToLimits(app: FastifyInstance, patience: Patience): void {
  app.server.maxConnections = CONNECTIONS_MAX;
  // Node leaves out what comes after as many; one more shows that there are too many.
  app.server.maxHeadersCount = HEADERS_MAX_COUNT + 1;
  app.addHook('onRequest', (request, _reply, done) => done(refusalOf(request) ?? undefined));
  app.addHook('preValidation', (request, _reply, done) => done(refusalOfBody(request.body) ?? undefined));
  parseJson(app);
  cutOffSlowReaders(app, patience);
}

function refusalOf({ raw }: FastifyRequest): RequestError | null {
  if ((raw.url ?? '').length > URL_MAX_LENGTH) return new RequestError('URI_TOO_LONG', `An address has at most ${URL_MAX_LENGTH} characters.`);
  if (raw.rawHeaders.length > HEADERS_MAX_COUNT * 2) {
    return new RequestError('HEADERS_TOO_LARGE', `A request has at most ${HEADERS_MAX_COUNT} headers.`);
  }
  const { 'content-encoding': encoding, 'content-type': type } = raw.headers;
  if (encoding !== undefined && encoding !== '' && encoding.toLowerCase() !== 'identity') {
    return new RequestError('UNSUPPORTED_MEDIA_TYPE', 'Send the body uncompressed.');
  }
  const charset = type === undefined ? undefined : CHARSET.exec(type)?.[1];
  if (charset !== undefined && charset.toLowerCase() !== 'utf-8' && charset.toLowerCase() !== 'utf8') {
    return new RequestError('UNSUPPORTED_MEDIA_TYPE', 'Send the body in UTF-8.');
  }
  return null;
}

const CHARSET = /;\s*charset\s*=\s*"?([^\s;"]*)/i;

function refusalOfBody(body: unknown): RequestError | null {
  if (typeof body !== 'object' || body === null) return null;
  const left = valuesLeft(body, 1, JSON_VALUES_MAX);
  if (left >= 0) return null;
  return new RequestError(
    'INPUT_LIMIT_EXCEEDED',
    left === TOO_DEEP
      ? `Lists and objects may be nested at most ${JSON_DEPTH_MAX} levels deep.`
      : `A body may have at most ${JSON_VALUES_MAX} values.`,
  );
}

const TOO_MANY = -1;
const TOO_DEEP = -2;

/** How many more values there may be after these; less than 0 if there are too many, or they are nested too deeply. */
function valuesLeft(value: object, depth: number, allowed: number): number {
  if (depth > JSON_DEPTH_MAX) return TOO_DEEP;
  let left = allowed;
  for (const key in value) {
    left -= 1;
    if (left < 0) return TOO_MANY;
    const inner = (value as Readonly<Record<string, unknown>>)[key];
    if (typeof inner !== 'object' || inner === null) continue;
    left = valuesLeft(inner, depth + 1, left);
    if (left < 0) return left;
  }
  return left;
}

/** Reads JSON as Fastify does, but does not put other characters in the place of what is no UTF-8. */
function parseJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    const bytes = body as Buffer;
    if (!isUtf8(bytes)) return done(new RequestError('BAD_REQUEST', 'The body is not UTF-8.'));
    // It calls back at once; its type only says that it could give a promise instead.
    return void parse(request, bytes.toString('utf8'), done);
  });
}

/**
 * Node waits for ever until a client has taken its answer. Answers in the making are looked through now and then: a
 * timer for each would be set and cleared many thousand times a second and hardly ever ring.
 */
function cutOffSlowReaders(app: FastifyInstance, { answerMs, checkMs }: Patience): void {
  const since = new Map<ServerResponse, number>();
  app.addHook('onRequest', ({ routeOptions }, reply, done) => {
    if (routeOptions.config?.streams === true) return done();
    since.set(reply.raw, performance.now());
    reply.raw.once('close', () => since.delete(reply.raw));
    return done();
  });
  const timer = setInterval(() => {
    const latest = performance.now() - answerMs;
    for (const [response, begun] of since) {
      // In the order in which they began.
      if (begun > latest) break;
      response.destroy();
    }
  }, checkMs).unref();
  app.addHook('onClose', (_app, done) => {
    clearInterval(timer);
    done();
  });
}

/** What is no HTTP, too large to be read or too slow has no request yet: the answer is written to the connection itself. */
function connectionRefusal(documentation: Documentation) {
  return function refuseConnection(this: FastifyInstance, error: NodeJS.ErrnoException, socket: Socket): void {
    if (error.code === 'ECONNRESET' || socket.destroyed) return;
    const failure = CONNECTION_FAILURES[error.code ?? ''] ?? { code: 'BAD_REQUEST', message: 'This is not an HTTP request.' };
    const requestId = randomUUID();
    this.log.info({ requestId, code: failure.code }, 'A connection was refused.');
    // In the middle of an answer there is nothing more to say.
    if (socket.writable && !isAnswering(socket)) {
      const status = statusOf(failure.code);
      const body = JSON.stringify(failureBody(failure, requestId, documentation));
      const headers = [
        `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
        'Content-Type: application/json; charset=utf-8',
        `Content-Length: ${Buffer.byteLength(body)}`,
        `X-Request-Id: ${requestId}`,
        'Connection: close',
      ];
      socket.write(`${headers.join('\r\n')}\r\n\r\n${body}`);
    }
    socket.destroySoon();
  };
}

const CONNECTION_FAILURES: Readonly<Record<string, HttpFailure>> = {
  HPE_HEADER_OVERFLOW: { code: 'HEADERS_TOO_LARGE', message: `Headers have at most ${HEADERS_MAX_BYTES} bytes together.` },
  ERR_HTTP_REQUEST_TIMEOUT: { code: 'REQUEST_TIMEOUT', message: 'The request was not there in time.' },
};

/** As Node asks before it writes an answer of its own to such a connection. */
function isAnswering(socket: Socket): boolean {
  return (socket as Socket & { readonly _httpMessage?: ServerResponse })._httpMessage?.headersSent === true;
}

import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { DocumentNode, ExecutionResult, GraphQLFormattedError, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import {
  GraphQLError,
  Kind,
  OperationTypeNode,
  createSourceEventStream,
  execute,
  getOperationAST,
  getVariableValues,
  locatedError,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { createHandler } from 'graphql-sse';
import { Deadline } from '../database/deadline.ts';
import type { CostMeter, MeteredContext } from './cost-metering.ts';
import { PARSE_OPTIONS, VALIDATION_ERRORS_MAX, documentLimits, keepRefusal } from './document-limits.ts';
import type { DocumentErrorCode } from './error-catalog.ts';
import { statusOf } from './error-catalog.ts';
import { RequestError } from './errors.ts';
import type { ErrorLog, ErrorPresenter } from './graphql-errors.ts';
import type { AnsweringContext } from './graphql-handler.ts';
import { idempotentMutationsOnly } from './idempotency.ts';
import type { Stream, StreamPlace, Streams } from './streams.ts';
import { STREAM_HEADERS, acceptsEvents, drained } from './streams.ts';

/**
 * Subscriptions over server-sent events: one request, one operation, one stream of events, as the distinct connections
 * mode of the protocol `graphql-sse` has it. What has to be right before anything happens, and what a request may be
 * at most, is as for every other operation; who is refused before the first event gets a status and plain JSON. What goes
 * wrong later is told by a last event.
 */

export const STREAM_PATH = '/v3/graphql/stream';

const VARIABLE_ERRORS_MAX = 50;
const VALIDATION_RULES = [documentLimits, ...specifiedRules, idempotentMutationsOnly];

export interface StreamingContext extends MeteredContext, AnsweringContext {
  readonly requestId: string;
  readonly log: ErrorLog;
  /** @throws RequestError UNAUTHENTICATED */
  readonly viewer: { readonly workspaceId: string };
  /** The same request, for what begins now. */
  renewed(deadline: Deadline): StreamingContext;
}

export interface StreamParts {
  readonly schema: GraphQLSchema;
  readonly meter: CostMeter;
  readonly errors: ErrorPresenter;
  readonly context: (request: FastifyRequest) => Promise<StreamingContext>;
  /** Whether the key that the request came with is valid still. */
  readonly stillAllowed: (request: FastifyRequest) => Promise<boolean>;
  /** How long the reads of one event may take in all. */
  readonly readsMaxMs: number;
  readonly streams: Streams;
}

export function registerGraphqlStream(app: FastifyInstance, parts: StreamParts): void {
  const opener = new StreamOpener(parts);
  const handle = createHandler<FastifyRequest, OpenStream, Record<PropertyKey, unknown>>({
    // One stream for several operations would need a second channel in, and tokens that stand for keys.
    authenticate: () => null,
    context: { ...NO_CONTEXT },
    onSubscribe: ({ context }) => context,
    // It asks the stream for no further event before this resolves.
    onNext: async (_context, { context }) => context.taken(),
  });
  app.route({
    url: STREAM_PATH,
    method: 'POST',
    config: { streams: true },
    handler: async (request, reply) => {
      const opened = await opener.open(request, reply);
      if (!(opened instanceof OpenStream)) return reply.code(opened.status).headers(opened.headers).send(opened.body);
      const headers = { get: (name: string) => (name === 'accept' ? EVENT_STREAM : request.headers[name]?.toString()) };
      const [body] = await handle({ method: 'POST', url: STREAM_PATH, headers, body: request.body as Body, raw: request, context: opened });
      return reply.headers(STREAM_HEADERS).send(Readable.from(body as AsyncIterable<string>));
    },
  });
  app.route({
    url: STREAM_PATH,
    method: ['GET', 'PUT', 'PATCH', 'DELETE'],
    onRequest: (_request, reply, done) => {
      reply.header('allow', 'POST');
      done(new RequestError('METHOD_NOT_ALLOWED', 'Send subscriptions by POST.'));
    },
    handler: () => undefined,
  });
}

type Body = Record<PropertyKey, unknown>;

const NO_CONTEXT = {};
const EVENT_STREAM = 'text/event-stream';
interface Refusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: { readonly errors: readonly GraphQLFormattedError[]; readonly extensions?: Readonly<Record<string, unknown>> };
}

/** A subscription that can be carried out, as far as its document says. */
interface Subscription {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly operationName: string | undefined;
  /** As they were sent. */
  readonly variableValues: Readonly<Record<string, unknown>>;
  readonly coerced: Readonly<Record<string, unknown>>;
}

/** Why there is none, and which code that has if the errors carry none themselves. */
class Refused extends Error {
  readonly errors: readonly GraphQLError[];
  readonly code: DocumentErrorCode | 'BAD_USER_INPUT' | null;

  constructor(errors: readonly GraphQLError[], code: DocumentErrorCode | 'BAD_USER_INPUT' | null = null) {
    super('The subscription is refused.');
    this.errors = errors;
    this.code = code;
  }
}

class StreamOpener {
  readonly #parts: StreamParts;

  constructor(parts: StreamParts) {
    this.#parts = parts;
  }

  /** @throws RequestError for what is no request of a viewer yet */
  async open(request: FastifyRequest, reply: FastifyReply): Promise<OpenStream | Refusal> {
    const unreadable = refusalOfHeaders(request.headers);
    if (unreadable !== null) throw unreadable;
    const deadline = new Deadline(this.#parts.streams.limits.maxMs);
    const context = (await this.#parts.context(request)).renewed(deadline);
    // Told before anything of the document is looked at, whoever runs the server.
    const { workspaceId } = context.viewer;
    try {
      const stream = await this.#opened(subscriptionOf(this.#parts.schema, request.body), workspaceId, context, deadline, request, reply.raw);
      reply.headers(Object.fromEntries(context.answerHeaders()));
      return stream;
    } catch (error) {
      if (error instanceof Refused) return this.#refusal(error, context);
      throw error;
    }
  }

  async #opened(subscription: Subscription, workspaceId: string, context: StreamingContext, deadline: Deadline, request: FastifyRequest, response: ServerResponse): Promise<OpenStream> {
    const { schema, meter, errors, readsMaxMs, stillAllowed } = this.#parts;
    const { document, operation, operationName, variableValues, coerced } = subscription;
    const place = this.#reserve(workspaceId);
    try {
      const refusal = await meter.admit({ document, operation, variables: coerced, context });
      if (refusal !== null) throw new Refused([refusal]);
      const source = await createSourceEventStream({ schema, document, contextValue: context, variableValues, operationName });
      if (!(Symbol.asyncIterator in source)) throw new Refused(source.errors ?? []);
      let extensions: Readonly<Record<string, unknown>> | undefined = context.answer.extensions;
      return new OpenStream({
        source: source[Symbol.asyncIterator](),
        deadline,
        response,
        stillAllowed: () => stillAllowed(request),
        place,
        readsMaxMs,
        execute: async (event, reads) => {
          const contextValue = context.renewed(reads);
          const result = await execute({ schema, document, rootValue: event, contextValue, variableValues, operationName });
          const told = result.errors === undefined ? result : { ...result, errors: errors.show(result.errors, null, context) };
          const first = extensions;
          extensions = undefined;
          return (first === undefined ? told : { ...told, extensions: first }) as ExecutionResult;
        },
        failed: (error) => {
          const located = locatedError(error, undefined, [responseKeyOf(operation)]);
          return { errors: errors.show([located], null, context) } as unknown as ExecutionResult;
        },
      });
    } catch (error) {
      place.release();
      throw error;
    }
  }

  #reserve(workspaceId: string): StreamPlace {
    try {
      return this.#parts.streams.reserve(workspaceId);
    } catch (error) {
      throw error instanceof RequestError ? new Refused([error]) : error;
    }
  }

  #refusal({ errors, code }: Refused, context: StreamingContext): Refusal {
    const shown = this.#parts.errors.show(errors, code, context);
    const http = (errors[0]?.extensions['http'] ?? {}) as { readonly status?: number; readonly headers?: Iterable<[string, string]> };
    const { extensions } = context.answer;
    return {
      status: http.status ?? statusOf(String(shown[0]?.extensions?.['code'])),
      headers: Object.fromEntries([...context.answerHeaders(), ...(http.headers ?? [])]),
      body: { errors: shown, ...(Object.keys(extensions).length === 0 ? {} : { extensions }) },
    };
  }
}

/**
 * Another site can make a browser send a form or a plain text with the credentials that it keeps, but nothing that says
 * it is JSON, unless this server consents first.
 */
function refusalOfHeaders({ 'content-type': type, accept }: IncomingHttpHeaders): RequestError | null {
  if (type === undefined || !/^application\/json\s*(;|$)/i.test(type)) {
    return new RequestError('UNSUPPORTED_MEDIA_TYPE', 'Send the subscription as `application/json`.');
  }
  return acceptsEvents(accept) ? null : new RequestError('NOT_ACCEPTABLE', `Subscriptions are answered as \`${EVENT_STREAM}\`.`);
}

/** @throws Refused */
function subscriptionOf(schema: GraphQLSchema, body: unknown): Subscription {
  const { query, operationName, variables } = paramsOf(body);
  let document: DocumentNode;
  try {
    document = parse(query, PARSE_OPTIONS);
  } catch (error) {
    throw new Refused([error as GraphQLError], 'GRAPHQL_PARSE_FAILED');
  }
  const invalid = [...validate(schema, document, VALIDATION_RULES, { maxErrors: VALIDATION_ERRORS_MAX })];
  keepRefusal(invalid);
  if (invalid.length > 0) throw new Refused(invalid, 'GRAPHQL_VALIDATION_FAILED');
  const operation = getOperationAST(document, operationName);
  if (!operation) throw new Refused([new GraphQLError('Name one of the operations in `operationName`.')], 'OPERATION_RESOLUTION_FAILURE');
  if (operation.operation !== OperationTypeNode.SUBSCRIPTION) {
    throw new Refused([new RequestError('BAD_REQUEST', 'Only subscriptions are answered here. Send queries and mutations to /v3/graphql.')]);
  }
  const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variables, { maxErrors: VARIABLE_ERRORS_MAX });
  if (errors !== undefined) throw new Refused(errors, 'BAD_USER_INPUT');
  return { document, operation, operationName, variableValues: variables, coerced };
}

function paramsOf(body: unknown) {
  const { query, operationName, variables } = (isObject(body) ? body : {}) as Body;
  const fits = typeof query === 'string' && (operationName == null || typeof operationName === 'string') && (variables == null || isObject(variables));
  if (!fits) throw new Refused([new RequestError('BAD_REQUEST', 'Send one JSON object with `query`, and `variables` and `operationName` if they are needed.')]);
  return { query, operationName: operationName ?? undefined, variables: (variables ?? {}) as Readonly<Record<string, unknown>> };
}

/** Under which key the one field of a subscription is answered. Empty if a fragment has it. */
function responseKeyOf({ selectionSet }: OperationDefinitionNode): string {
  const [field] = selectionSet.selections;
  return field?.kind === Kind.FIELD ? (field.alias ?? field.name).value : '';
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

interface StreamSource {
  readonly source: AsyncIterator<unknown>;
  /** Ends what the source reads. */
  readonly deadline: Deadline;
  readonly response: ServerResponse;
  readonly stillAllowed: () => Promise<boolean>;
  readonly place: StreamPlace;
  readonly readsMaxMs: number;
  /** Answers one event of the source. */
  readonly execute: (event: unknown, reads: Deadline) => Promise<ExecutionResult>;
  /** What is told of an error, as the last event. */
  readonly failed: (error: unknown) => ExecutionResult;
}

/** The events of one subscription, one asked for after the other. It ends by itself, with its client, or when it is ended. */
class OpenStream implements Stream, AsyncGenerator<ExecutionResult, void> {
  readonly response: ServerResponse;
  readonly stillAllowed: () => Promise<boolean>;
  readonly #parts: StreamSource;
  readonly #ended: Promise<ExecutionResult | null>;
  #end: (last: ExecutionResult | null) => void = () => undefined;
  #reads: Deadline | null = null;
  #isOver = false;

  constructor(parts: StreamSource) {
    this.#parts = parts;
    this.response = parts.response;
    this.stillAllowed = parts.stillAllowed;
    this.#ended = new Promise((resolve) => (this.#end = resolve));
    parts.place.fill(this);
    if (parts.response.destroyed) this.close();
    else parts.response.once('close', () => this.close());
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  async next(): Promise<IteratorResult<ExecutionResult, void>> {
    if (this.#isOver) return DONE;
    const event = await Promise.race([this.#ended, this.#event()]);
    if (event === null) this.close();
    return event === null ? DONE : { done: false, value: event };
  }

  return(): Promise<IteratorResult<ExecutionResult, void>> {
    this.close();
    return Promise.resolve(DONE);
  }

  throw(): Promise<IteratorResult<ExecutionResult, void>> {
    return this.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
  }

  /** Resolves when the client has taken what was sent so far, so that nothing piles up that nobody takes. */
  async taken(): Promise<void> {
    const { response } = this;
    while (response.writableNeedDrain && !response.destroyed) await drained(response);
  }

  /** Ends it with a last event that says why. */
  end(error: RequestError): void {
    if (this.#isOver) return;
    this.#end(this.#parts.failed(error));
    this.close();
  }

  /** Ends it: what its source is at is cancelled. */
  close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    const { source, deadline, place } = this.#parts;
    deadline.end();
    this.#reads?.end();
    place.release();
    // A source that waits for its database is over when that is cancelled; nobody waits for it here.
    source.return?.().catch(() => undefined);
    this.#end(null);
  }

  /** Null at the end. */
  async #event(): Promise<ExecutionResult | null> {
    const { source, readsMaxMs, execute: answer, failed } = this.#parts;
    try {
      const step: IteratorResult<unknown> = await source.next();
      if (step.done === true || this.#isOver) return null;
      this.#reads = new Deadline(readsMaxMs);
      return await answer(step.value, this.#reads);
    } catch (error) {
      if (this.#isOver) return null;
      const last = failed(error);
      this.#end(last);
      this.close();
      return last;
    }
  }
}

const DONE: IteratorReturnResult<void> = { done: true, value: undefined };

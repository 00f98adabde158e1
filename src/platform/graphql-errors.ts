import type { ApolloServerPlugin, GraphQLRequestListener, HTTPGraphQLRequest } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import type { GraphQLFormattedError } from 'graphql';
import { GraphQLError } from 'graphql';
import { isAbandoned, isNoConnection, isTimeout } from '../database/errors.ts';
import type { DocumentErrorCode } from './error-catalog.ts';
import { DOCUMENT_ERROR_CODES, statusOf } from './error-catalog.ts';
import { keepRefusal } from './document-limits.ts';
import type { RequestErrorCode } from './errors.ts';
import { RequestError, databaseUnreachable } from './errors.ts';
import type { Documentation } from './http-errors.ts';
import type { Metrics } from './metrics.ts';

/**
 * Only our own messages leave the process. What graphql-js says about the client's own document and
 * variables is safe; anything else that was thrown is logged and masked.
 */

const DOCUMENT_CODES: ReadonlySet<unknown> = new Set([...DOCUMENT_ERROR_CODES, 'BAD_USER_INPUT']);

/** Apollo tells requests that it does not take apart by status alone. */
const CODES_BY_STATUS: Readonly<Record<number, RequestErrorCode>> = {
  405: 'METHOD_NOT_ALLOWED',
  406: 'NOT_ACCEPTABLE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
};

/** The variable's path in graphql-js's message: `Variable "$input" got invalid value 1 at "input.lines[0].amount"; ...`. */
const VARIABLE_PATH = /^Variable "\$(\w+)"(?: .*? at "([\w.[\]]+)";)?/s;

/** An argument with variables in it, which make sense only together: `Argument "by" has invalid value { id: $id }.` */
const ARGUMENT = /^Argument "(\w+)" /;

/** graphql-js's last word when there are too many errors in the variables to tell them all. */
const TOO_MANY_VARIABLE_ERRORS = 'Too many errors processing variables, error limit reached. Execution aborted.';

/** What of an error leaves the process, with the address where its code is explained. */
export function errorFormatter(documentation: Documentation) {
  return (formatted: GraphQLFormattedError, thrown: unknown): GraphQLFormattedError => {
    const { stacktrace: _, ...extensions } = formatted.extensions ?? {};
    const shown = { ...formatted, ...shownOf(formatted, extensions, thrown) };
    return { ...shown, extensions: { ...shown.extensions, documentation: documentation(String(shown.extensions['code'])) } };
  };
}

type Extensions = Readonly<Record<string, unknown>>;

function shownOf(
  formatted: GraphQLFormattedError,
  extensions: Extensions,
  thrown: unknown,
): { readonly message?: string; readonly extensions: Extensions } {
  const original = unwrapResolverError(thrown);
  if (original instanceof RequestError) return { extensions };
  if (isAboutDocument(formatted, thrown)) return { extensions: { ...extensions, code: codeOf(thrown, extensions), ...fieldOf(formatted.message) } };
  if (isAboutArgument(original)) {
    const [, argument = ''] = ARGUMENT.exec(formatted.message) ?? [];
    return { extensions: { code: 'BAD_USER_INPUT', field: [argument] } };
  }
  if (isTimeout(original)) return { message: 'This took longer than a request may take, and was stopped. Try again later.', extensions: { code: 'TIMEOUT' } };
  if (isNoConnection(original)) return { message: databaseUnreachable().message, extensions: { code: 'UNAVAILABLE' } };
  if (formatted.message === TOO_MANY_VARIABLE_ERRORS) return { extensions: { code: 'BAD_USER_INPUT' } };
  return { message: 'Something went wrong on our side. Tell us the request id.', extensions: { code: 'INTERNAL_SERVER_ERROR' } };
}

/** The code of a rule of ours, which Apollo replaces by its own, or a narrower one than Apollo's where there is one. */
function codeOf(thrown: unknown, extensions: Extensions): unknown {
  const { originalError, extensions: thrownExtensions } = thrown as GraphQLError;
  if (originalError instanceof RequestError) return originalError.extensions['code'];
  const { status } = (thrownExtensions['http'] ?? {}) as { readonly status?: number };
  return (extensions['code'] === 'BAD_REQUEST' && CODES_BY_STATUS[status ?? 0]) || extensions['code'];
}

function isAboutDocument(formatted: Pick<GraphQLFormattedError, 'extensions'>, thrown: unknown): boolean {
  // An error with a path comes out of a resolver; its message is ours only if it is a RequestError.
  return thrown instanceof GraphQLError && thrown.path === undefined && DOCUMENT_CODES.has(formatted.extensions?.['code']);
}

/** The executor itself refuses an argument: no resolver was called, and the message quotes the document alone. */
function isAboutArgument(original: unknown): boolean {
  return original instanceof GraphQLError && ARGUMENT.test(original.message);
}

function fieldOf(message: string): { readonly field?: readonly string[] } {
  const [, variable, path = variable] = VARIABLE_PATH.exec(message) ?? [];
  return path === undefined ? {} : { field: path.split(/[.[\]]+/).filter((part) => part !== '') };
}

/** Logs what was masked, counts errors by code, puts the request id into each, and adds the answer's extensions. */
export function errorPlugin(metrics: Metrics): ApolloServerPlugin<ErrorContext> {
  const listener: GraphQLRequestListener<ErrorContext> = {
    async didEncounterErrors({ errors, contextValue }) {
      for (const error of errors) {
        logUnexpected(error, error, contextValue.log);
      }
    },
    async validationDidStart() {
      return async (errors) => {
        if (errors !== undefined) keepRefusal(errors as Error[]);
      };
    },
    async willSendResponse({ request, response, contextValue }) {
      if (response.body.kind !== 'single') return;
      const { extensions } = contextValue.answer;
      if (Object.keys(extensions).length > 0) response.body.singleResult.extensions = extensions;
      if (response.body.singleResult.errors === undefined) return;
      response.body.singleResult.errors = response.body.singleResult.errors.map((error) => {
        metrics.errors.inc({ code: String(error.extensions?.['code']) });
        return { ...error, extensions: { ...error.extensions, requestId: contextValue.requestId } };
      });
      const [{ extensions: { code } = {} } = {}] = response.body.singleResult.errors;
      if (code === 'TIMEOUT' || code === 'UNAVAILABLE') response.http.status ??= statusOf(code);
      if (response.http.status === 400 && code !== 'BAD_REQUEST' && asksForPlainJson(request.http)) response.http.status = 200;
    },
  };
  return { requestDidStart: () => Promise.resolve(listener) };
}

/** Logs what is masked: neither one of our refusals nor a mistake in the client's own document. */
function logUnexpected(error: GraphQLError, formatted: Pick<GraphQLFormattedError, 'extensions'>, log: ErrorLog): void {
  const original = unwrapResolverError(error);
  const expected = original instanceof RequestError || isAbandoned(original) || isAboutDocument(formatted, error) || isAboutArgument(original);
  if (!expected && error.message !== TOO_MANY_VARIABLE_ERRORS) log.error({ err: original }, 'A resolver failed.');
}

/** Shows errors as in every other answer, where they do not come by Apollo Server. */
export class ErrorPresenter {
  readonly #format: ReturnType<typeof errorFormatter>;
  readonly #metrics: Metrics;

  constructor(documentation: Documentation, metrics: Metrics) {
    this.#format = errorFormatter(documentation);
    this.#metrics = metrics;
  }

  /** @param code of errors that carry none; null: they are faults of ours */
  show(errors: readonly GraphQLError[], code: DocumentErrorCode | 'BAD_USER_INPUT' | null, { requestId, log }: Pick<ErrorContext, 'requestId' | 'log'>): GraphQLFormattedError[] {
    return errors.map((error) => {
      const { http: _, ...own } = error.extensions;
      const formatted = { ...error.toJSON(), extensions: { code: code ?? 'INTERNAL_SERVER_ERROR', ...own } };
      logUnexpected(error, formatted, log);
      const shown = this.#format(formatted, error);
      const { http: __, ...extensions } = shown.extensions ?? {};
      this.#metrics.errors.inc({ code: String(extensions['code']) });
      return { ...shown, extensions: { ...extensions, requestId } };
    });
  }
}

/**
 * GraphQL over HTTP gives two media types to answers. In `application/json` every answer to a request that can be read
 * has status 200, because what stands between might have made up any other; who asks for that type gets that. Who names
 * no type gets the same bytes with a status that says more.
 */
function asksForPlainJson(http: HTTPGraphQLRequest | undefined): boolean {
  const accept = http?.headers.get('accept');
  return accept !== undefined && accept.includes('application/json') && !accept.includes('application/graphql-response+json');
}

/**
 * What Apollo answers before there is an operation, such as to a batch, passes no plugin; this puts the
 * request id into the errors of such an answer too.
 */
export function withRequestId(payload: unknown, requestId: string): unknown {
  if (typeof payload !== 'string' || !payload.startsWith('{"errors"')) return payload;
  const answer = JSON.parse(payload) as { readonly errors: readonly GraphQLFormattedError[] };
  const errors = answer.errors.map((error) => ({ ...error, extensions: { ...error.extensions, requestId } }));
  return `${JSON.stringify({ ...answer, errors })}\n`;
}

/**
 * An error as it is logged: what broke and where, without the values that were being written. The
 * messages of database errors carry those values, and members' data have no place in a log.
 */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code, constraint, cause } = error as Error & { readonly code?: unknown; readonly constraint?: unknown };
  const frames = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
  const fromDatabase = code !== undefined || error.message.startsWith('Failed query');
  return {
    type: error.name,
    ...(fromDatabase ? { code, constraint } : { message: error.message }),
    stack: frames.join('\n'),
    ...(cause === undefined ? {} : { cause: describeError(cause) }),
  };
}

interface ErrorContext {
  readonly requestId: string;
  readonly answer: { readonly extensions: Record<string, unknown> };
  readonly log: ErrorLog;
}

export interface ErrorLog {
  error(fields: object, message: string): void;
}

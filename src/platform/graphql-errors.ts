import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import type { GraphQLFormattedError } from 'graphql';
import { GraphQLError } from 'graphql';
import type { Metrics } from './metrics.ts';
import { RequestError } from './errors.ts';

/**
 * Only our own messages leave the process. What graphql-js says about the client's own document and
 * variables is safe; anything else that was thrown is logged and masked.
 */

const DOCUMENT_CODES: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

/** The variable's path in graphql-js's message: `Variable "$input" got invalid value 1 at "input.lines[0].amount"; ...`. */
const VARIABLE_PATH = /^Variable "\$(\w+)"(?: .*? at "([\w.[\]]+)";)?/s;

/** An argument with variables in it, which make sense only together: `Argument "by" has invalid value { id: $id }.` */
const ARGUMENT = /^Argument "(\w+)" /;

export function formatError(formatted: GraphQLFormattedError, thrown: unknown): GraphQLFormattedError {
  const original = unwrapResolverError(thrown);
  if (original instanceof RequestError) return withoutStack(formatted);
  if (isAboutDocument(formatted, thrown)) return withField(withoutStack(formatted));
  if (isAboutArgument(original)) {
    const [, argument = ''] = ARGUMENT.exec(formatted.message) ?? [];
    return { ...formatted, extensions: { code: 'BAD_USER_INPUT', field: [argument] } };
  }
  return {
    message: 'Something went wrong on our side. Tell us the request id.',
    ...(formatted.locations === undefined ? {} : { locations: formatted.locations }),
    ...(formatted.path === undefined ? {} : { path: formatted.path }),
    extensions: { code: 'INTERNAL_SERVER_ERROR' },
  };
}

function isAboutDocument(formatted: GraphQLFormattedError, thrown: unknown): boolean {
  // An error with a path comes out of a resolver; its message is ours only if it is a RequestError.
  return thrown instanceof GraphQLError && thrown.path === undefined && DOCUMENT_CODES.has(formatted.extensions?.['code']);
}

/** The executor itself refuses an argument: no resolver was called, and the message quotes the document alone. */
function isAboutArgument(original: unknown): boolean {
  return original instanceof GraphQLError && ARGUMENT.test(original.message);
}

function withoutStack(formatted: GraphQLFormattedError): GraphQLFormattedError {
  const { stacktrace: _, ...extensions } = formatted.extensions ?? {};
  return { ...formatted, extensions };
}

function withField(formatted: GraphQLFormattedError): GraphQLFormattedError {
  const [, variable, path = variable] = VARIABLE_PATH.exec(formatted.message) ?? [];
  if (path === undefined) return formatted;
  const field = path.split(/[.[\]]+/).filter((part) => part !== '');
  return { ...formatted, extensions: { ...formatted.extensions, field } };
}

/** Logs what was masked, counts errors by code, puts the request id into each, and adds the answer's extensions. */
export function errorPlugin(metrics: Metrics): ApolloServerPlugin<ErrorContext> {
  const listener: GraphQLRequestListener<ErrorContext> = {
    async didEncounterErrors({ errors, contextValue }) {
      for (const error of errors) {
        const original = unwrapResolverError(error);
        const expected = original instanceof RequestError || error.path === undefined || isAboutArgument(original);
        if (!expected) contextValue.log.error({ err: original }, 'A resolver failed.');
      }
    },
    async willSendResponse({ response, contextValue }) {
      if (response.body.kind !== 'single') return;
      const { extensions } = contextValue.answer;
      if (Object.keys(extensions).length > 0) response.body.singleResult.extensions = extensions;
      if (response.body.singleResult.errors === undefined) return;
      response.body.singleResult.errors = response.body.singleResult.errors.map((error) => {
        metrics.errors.inc({ code: String(error.extensions?.['code']) });
        return { ...error, extensions: { ...error.extensions, requestId: contextValue.requestId } };
      });
    },
  };
  return { requestDidStart: () => Promise.resolve(listener) };
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

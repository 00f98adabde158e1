import { HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';

/**
 * Codes of top-level errors: authentication, permission, limits, malformed requests and faults of ours.
 * Expected outcomes of mutations are data, in `userErrors`, and not here.
 */
export type RequestErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'BAD_REQUEST'
  | 'BAD_USER_INPUT'
  | 'INVALID_PAGE'
  | 'INVALID_CURSOR'
  | 'EVENTS_REMOVED'
  | 'INVALID_FILTER'
  | 'NOT_FOUND'
  | 'DOCUMENT_LIMIT_EXCEEDED'
  | 'INPUT_LIMIT_EXCEEDED'
  | 'COST_EXCEEDED'
  | 'RATE_LIMITED'
  | 'PAYLOAD_TOO_LARGE'
  | 'URI_TOO_LONG'
  | 'HEADERS_TOO_LARGE'
  | 'REQUEST_TIMEOUT'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'NOT_ACCEPTABLE'
  | 'METHOD_NOT_ALLOWED'
  | 'IDEMPOTENCY_CONCURRENT_REQUEST'
  | 'IDEMPOTENCY_KEY_CONFLICT'
  | 'INVALID_IDEMPOTENCY_KEY'
  | 'OVERLOADED'
  | 'TOO_MANY_STREAMS'
  | 'TIMEOUT'
  | 'UNAVAILABLE'
  | 'INTERNAL_SERVER_ERROR';

/**
 * An error whose message is ours and may be shown to the client. Any other error that leaves a
 * resolver reaches the client as INTERNAL_SERVER_ERROR without its message.
 */
export class RequestError extends GraphQLError {
  constructor(code: RequestErrorCode, message: string, options: RequestErrorOptions = {}) {
    const { field, httpStatus, retryAfterSeconds } = options;
    super(message, {
      extensions: {
        code,
        ...(field === undefined ? {} : { field }),
        ...(httpStatus === undefined ? {} : { http: { status: httpStatus, headers: retryAfter(retryAfterSeconds) } }),
      },
    });
  }
}

/** The request carries no API key, or none that is valid. */
export function unauthenticated(): RequestError {
  return new RequestError('UNAUTHENTICATED', 'Send a valid API key, as `Authorization: Bearer <key>`.', { httpStatus: 401 });
}

export function databaseUnreachable(): RequestError {
  return new RequestError('UNAVAILABLE', 'The database cannot be reached. Try again later.', { httpStatus: 503 });
}

interface RequestErrorOptions {
  readonly field?: readonly string[];
  readonly httpStatus?: number;
  /** After what time to try again, for the header `Retry-After`; only with a status. */
  readonly retryAfterSeconds?: number;
}

function retryAfter(seconds: number | undefined): HeaderMap {
  const headers = new HeaderMap();
  if (seconds !== undefined) headers.set('retry-after', String(seconds));
  return headers;
}

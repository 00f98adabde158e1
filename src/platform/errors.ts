import { GraphQLError } from 'graphql';

/**
 * Codes of top-level errors: authentication, permission, limits, malformed requests and faults of ours.
 * Expected outcomes of mutations are data, in `userErrors`, and not here.
 */
export type RequestErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'BAD_USER_INPUT'
  | 'INVALID_PAGE'
  | 'INVALID_CURSOR'
  | 'INVALID_FILTER'
  | 'OVERLOADED'
  | 'UNAVAILABLE'
  | 'INTERNAL_SERVER_ERROR';

/**
 * An error whose message is ours and may be shown to the client. Any other error that leaves a
 * resolver reaches the client as INTERNAL_SERVER_ERROR without its message.
 */
export class RequestError extends GraphQLError {
  constructor(code: RequestErrorCode, message: string, options: { field?: readonly string[]; httpStatus?: number } = {}) {
    super(message, {
      extensions: {
        code,
        ...(options.field === undefined ? {} : { field: options.field }),
        ...(options.httpStatus === undefined ? {} : { http: { status: options.httpStatus } }),
      },
    });
  }
}

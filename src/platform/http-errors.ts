import { RequestError } from './errors.ts';

/** Refusals before a request has reached any API, and failures around them. Only messages of ours leave the process. */

export interface HttpFailure {
  readonly code: string;
  readonly message: string;
}

/** What the client is told of an error that reached Fastify. */
export function httpFailureOf(error: Error & { readonly code?: string; readonly statusCode?: number }): HttpFailure {
  if (error instanceof RequestError) return { code: String(error.extensions['code']), message: error.message };
  const known = FASTIFY_FAILURES[error.code ?? ''];
  if (known !== undefined) return known;
  // The messages of parsers quote what they could not read.
  if (error instanceof SyntaxError) return MALFORMED_JSON;
  if (error.statusCode !== undefined && error.statusCode < 500) return { code: 'BAD_REQUEST', message: 'The request cannot be read.' };
  return { code: 'INTERNAL_SERVER_ERROR', message: 'Something went wrong on our side. Tell us the request id.' };
}

const MALFORMED_JSON: HttpFailure = { code: 'BAD_REQUEST', message: 'The body is not valid JSON.' };

const FASTIFY_FAILURES: Readonly<Record<string, HttpFailure>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: { code: 'PAYLOAD_TOO_LARGE', message: 'A body has at most 1 MiB.' },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: { code: 'UNSUPPORTED_MEDIA_TYPE', message: 'Send the body as `application/json`.' },
  FST_ERR_CTP_EMPTY_JSON_BODY: { code: 'BAD_REQUEST', message: 'The body is empty, but its content type says that it is JSON.' },
  FST_ERR_CTP_INVALID_JSON_BODY: MALFORMED_JSON,
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: { code: 'BAD_REQUEST', message: 'The body has another length than the headers say.' },
};

/** Says of a code where it is explained. */
export type Documentation = (code: string) => string;

/** An answer in the form in which GraphQL answers errors, for addresses that belong to no API too. */
export function failureBody({ code, message }: HttpFailure, requestId: string, documentation: Documentation): object {
  return { errors: [{ message, extensions: { code, documentation: documentation(code), requestId } }] };
}

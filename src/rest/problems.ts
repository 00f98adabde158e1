import type { FastifyReply } from 'fastify';
import { documentationOf, statusOf, titleOf } from '../platform/error-catalog.ts';

/** Refusals on REST: application/problem+json of RFC 9457, with the codes that GraphQL has. */

export interface RestProblem {
  /** What programs act on, the same as on GraphQL. Its status and title are the catalogue's. */
  readonly code: string;
  /** What is wrong with this request, in one English sentence for developers. */
  readonly detail: string;
  /** Path to the field of the body, or the parameter, that is to blame; null if there is none. */
  readonly field?: readonly string[] | null;
  /** All that is wrong, where a mutation says so. */
  readonly errors?: readonly RestError[];
}

export interface RestError {
  readonly code: string;
  readonly message: string;
  readonly field: readonly string[] | null;
}

export const PROBLEM_CONTENT_TYPE = 'application/problem+json; charset=utf-8';

/**
 * Ends the answer with a problem.
 * @param publicUrl the server's own address, where it knows one
 */
export function sendProblem(reply: FastifyReply, problem: RestProblem, publicUrl: string | null): FastifyReply {
  const { code, detail, field = null, errors } = problem;
  const status = statusOf(code);
  const body = {
    type: documentationOf(code, publicUrl),
    title: titleOf(code),
    status,
    detail,
    code,
    field,
    ...(errors === undefined ? {} : { errors }),
    request_id: reply.request.id,
  };
  return reply.code(status).header('content-type', PROBLEM_CONTENT_TYPE).send(JSON.stringify(body));
}

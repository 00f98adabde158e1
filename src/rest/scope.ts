import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { RequestError } from '../platform/errors.ts';
import { httpFailureOf } from '../platform/http-errors.ts';
import { InputError } from './input.ts';
import { parseJson } from './json.ts';
import type { RestProblem } from './problems.ts';
import { sendProblem } from './problems.ts';

/** What all versions of the REST API have in common: JSON in, and every refusal a problem. */

export interface RestScope {
  /** Such as `/v3`. */
  readonly prefix: string;
  readonly publicUrl: string | null;
  /** Adds the routes, each with its whole path. */
  readonly register: (scope: FastifyInstance) => void;
}

/** Methods that an address may be asked for; those it does not take are answered with what it does. */
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

export async function registerRestScope(app: FastifyInstance, { prefix, publicUrl, register }: RestScope): Promise<void> {
  await app.register(
    async (scope) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
        try {
          done(null, body.length === 0 ? undefined : parseJson(body as Buffer));
        } catch (error) {
          done(error as Error);
        }
      });
      scope.setErrorHandler((error: FastifyError, request, reply) => {
        const problem = toProblem(error);
        if (problem.code === 'INTERNAL_SERVER_ERROR') request.log.error({ err: error }, 'A request failed.');
        return sendProblem(reply.headers(headersOf(error)), problem, publicUrl);
      });
      scope.setNotFoundHandler((_request, reply) =>
        sendProblem(reply, { code: 'NOT_FOUND', detail: 'There is nothing at this address.' }, publicUrl),
      );

      const methodsByPath = new Map<string, Set<string>>();
      scope.addHook('onRoute', ({ path, method }) => {
        const methods = methodsByPath.get(path) ?? new Set();
        for (const name of [method].flat()) methods.add(name);
        methodsByPath.set(path, methods);
      });
      register(scope);
      for (const [path, taken] of [...methodsByPath]) refuseOtherMethods(scope, path.slice(prefix.length), taken, publicUrl);
    },
    { prefix },
  );
}

function refuseOtherMethods(scope: FastifyInstance, path: string, taken: ReadonlySet<string>, publicUrl: string | null): void {
  const allow = [...taken].join(', ');
  scope.route({
    url: path,
    method: METHODS.filter((method) => !taken.has(method)),
    // Before a body is read: what cannot be done with it does not matter.
    onRequest: (_request, reply, _done) => void refuse(reply),
    handler: (_request, reply) => refuse(reply),
  });

  function refuse(reply: FastifyReply): FastifyReply {
    const detail = `This address takes ${allow}.`;
    return sendProblem(reply.header('allow', allow), { code: 'METHOD_NOT_ALLOWED', detail }, publicUrl);
  }
}

/** Such as when to try again. */
function headersOf(error: Error): Record<string, string> {
  const http = error instanceof RequestError ? (error.extensions['http'] as { readonly headers?: Iterable<[string, string]> } | undefined) : undefined;
  return Object.fromEntries(http?.headers ?? []);
}

/** What was thrown on the way to an answer. Only messages of ours are shown. */
function toProblem(error: FastifyError): RestProblem {
  if (error instanceof InputError) return { code: 'BAD_USER_INPUT', detail: error.message, field: error.field };
  const { code, message } = httpFailureOf(error);
  const field = error instanceof RequestError ? (error.extensions['field'] as readonly string[] | undefined) : undefined;
  return { code, detail: message, ...(field === undefined ? {} : { field }) };
}

import type { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import type { ApolloServer, BaseContext, HTTPGraphQLRequest } from '@apollo/server';
import { HeaderMap } from '@apollo/server';
import type { FastifyRequest, RouteHandlerMethod } from 'fastify';
import { withRequestId } from './graphql-errors.ts';

/**
 * Hands requests to Apollo Server through its documented way for integrations, as @as-integrations/fastify
 * does, but without parsing a URL for each.
 */
export function graphqlHandler<Context extends AnsweringContext>(
  apollo: ApolloServer<Context>,
  context: (request: FastifyRequest) => Promise<Context>,
): RouteHandlerMethod {
  return async function handleGraphql(request, reply) {
    let answering: AnsweringContext | undefined;
    const { status = 200, headers, body } = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: toGraphqlRequest(request),
      context: async () => {
        const created = await context(request);
        answering = created;
        return created;
      },
    });
    reply.code(status);
    for (const [name, value] of answering?.answerHeaders() ?? []) reply.header(name, value);
    for (const [name, value] of headers) reply.header(name, value);
    if (body.kind === 'chunked') return reply.send(Readable.from(body.asyncIterator));
    return reply.send(status < 400 ? body.string : withRequestId(body.string, request.id));
  };
}

/** Whoever executes a document may say something in the answer's headers. */
export interface AnsweringContext extends BaseContext {
  answerHeaders(): ReadonlyMap<string, string>;
}

function toGraphqlRequest({ method, url, headers, body }: FastifyRequest): HTTPGraphQLRequest {
  const map = new HeaderMap();
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined && value !== '') map.set(name, typeof value === 'string' ? value : value.join(', '));
  }
  if (method === 'GET' && carriesKey(headers)) map.set('apollo-require-preflight', 'key');
  const query = url.indexOf('?');
  return { method, headers: map, search: query === -1 ? '' : url.slice(query), body };
}

/**
 * Another site can make a browser send a GET, but not with these headers, unless this server consents first: no query
 * that carries its key in them was forged. Basic credentials are another matter, for a browser adds them by itself.
 */
function carriesKey({ authorization, 'x-app-token': token }: IncomingHttpHeaders): boolean {
  return token !== undefined || (authorization !== undefined && /^Bearer /i.test(authorization));
}

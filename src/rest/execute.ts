import type { ApolloServer } from '@apollo/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLFormattedError } from 'graphql';
import type { RequestContext } from '../context.ts';
import type { RestProblem } from './problems.ts';

/**
 * How REST reaches the product: every route executes a GraphQL document through the same server as GraphQL
 * itself, so that keys, scopes, cost, limits, idempotency and masking are the same and have no second home.
 */
export interface RestPipeline {
  readonly apollo: ApolloServer<RequestContext>;
  /** The function that makes the context of a GraphQL request too. */
  readonly context: (request: FastifyRequest) => Promise<RequestContext>;
  /** The server's own address for links in its answers; null if it knows none. */
  readonly publicUrl: string | null;
}

export type Variables = Readonly<Record<string, unknown>>;

/** What a document answered: its one root field, or why not. */
export type Execution =
  | { readonly ok: true; readonly value: unknown; readonly userErrors: readonly ExecutedUserError[] }
  | { readonly ok: false; readonly problem: RestProblem };

/** An error of a mutation's payload, with the path that GraphQL names: `["input", "minPoints"]`. */
export interface ExecutedUserError {
  readonly code: string;
  readonly message: string;
  readonly field: readonly string[] | null;
}

/**
 * Executes a document that has one operation with one root field. What whoever executes says in the answer's headers
 * is put into the reply.
 * @param variables or what makes them once it is known that the request has a key
 * @param nameOf what a path of GraphQL, such as `["input", "minPoints"]`, is called on REST; null if it has no name there
 */
export async function executeDocument(
  { apollo, context }: RestPipeline,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  { document, variables }: { readonly document: string; readonly variables: Variables | (() => Variables) },
  nameOf: (path: readonly string[]) => readonly string[] | null,
): Promise<Execution> {
  const contextValue = await context(request);
  const execute = async () => {
    const given = typeof variables === 'function' ? variables() : variables;
    return apollo.executeOperation({ query: document, variables: given }, { contextValue });
  };
  // Asks for a key before the body is looked into.
  void contextValue.viewer;
  const { body, http } = await execute().finally(() => {
    for (const [name, value] of contextValue.answerHeaders()) reply.header(name, value);
  });
  for (const [name, value] of http.headers) reply.header(name, value);
  // Only @defer and @stream make anything else, and no document has them.
  if (body.kind !== 'single') throw new Error('A REST document is answered at once.');
  const { data, errors } = body.singleResult;
  if (errors !== undefined && errors.length > 0) return { ok: false, problem: toProblem(errors, nameOf) };
  const [value] = Object.values(data ?? {});
  return { ok: true, value, userErrors: userErrorsOf(value) };
}

function userErrorsOf(value: unknown): readonly ExecutedUserError[] {
  if (typeof value !== 'object' || value === null || !('userErrors' in value)) return [];
  return value.userErrors as readonly ExecutedUserError[];
}

/** What a payload's errors are on REST. The first decides the status. */
export function userErrorProblem(
  userErrors: readonly ExecutedUserError[],
  nameOf: (path: readonly string[]) => readonly string[] | null,
): RestProblem {
  const errors = userErrors.map(({ code, message, field, ...more }) => ({
    code,
    message,
    field: field === null ? null : nameOf(field),
    ...more,
  }));
  const [first] = errors;
  if (first === undefined) throw new Error('There is no problem without an error.');
  return { code: first.code, detail: first.message, field: first.field, errors };
}

function toProblem(errors: readonly GraphQLFormattedError[], nameOf: (path: readonly string[]) => readonly string[] | null): RestProblem {
  const [{ message, extensions } = { message: '', extensions: {} }] = errors;
  const code = (extensions?.['code'] as string | undefined) ?? 'INTERNAL_SERVER_ERROR';
  const path = extensions?.['field'] as readonly string[] | undefined;
  return { code, detail: withoutVariable(message), field: path === undefined ? null : nameOf(path) };
}

/** graphql-js says `Variable "$input" got invalid value "x" at "input.to"; <what is wrong>`; REST knows no variables. */
const VARIABLE = /^Variable "\$\w+" got invalid value .*?(?: at "[\w.[\]]+")?; /s;

function withoutVariable(message: string): string {
  return message.replace(VARIABLE, '');
}

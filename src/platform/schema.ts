import { readFileSync } from 'node:fs';
import type { IResolvers } from '@graphql-tools/utils';
import { MapperKind, getDirective, mapSchema } from '@graphql-tools/utils';
import { makeExecutableSchema } from '@graphql-tools/schema';
import type { GraphQLFieldResolver, GraphQLInterfaceType, GraphQLSchema } from 'graphql';
import { defaultFieldResolver } from 'graphql';
import type { ApiKeyScope } from '../domain/workspaces.ts';
import { includesScope } from '../domain/workspaces.ts';
import { RequestError } from './errors.ts';
import type { Documentation } from './http-errors.ts';
import type { RequestIdempotency } from './idempotency.ts';
import { withIdempotencyKey } from './idempotency.ts';

const PRINTED_SDL = new URL('../generated/schema.graphql', import.meta.url);

/** Whoever executes a document must know the viewer's scope, and what the request says of idempotency. */
export interface ScopedContext {
  /** @throws RequestError UNAUTHENTICATED if the request has no valid API key */
  readonly viewer: { readonly scope: ApiKeyScope };
  readonly idempotency: RequestIdempotency;
}

/**
 * The contract with its resolvers; every root field asks for the scope that its `@requires` names, and every mutation
 * finds its idempotency key in its input. Every user error says where its code is explained.
 */
export function createSchema(resolvers: IResolvers, documentation: Documentation): GraphQLSchema {
  const schema = makeExecutableSchema({
    typeDefs: readFileSync(PRINTED_SDL, 'utf8'),
    resolvers,
    resolverValidationOptions: { requireResolversToMatchSchema: 'error' },
  });
  const userErrors = new Set(schema.getImplementations(schema.getType('UserError') as GraphQLInterfaceType).objects.map(({ name }) => name));
  return mapSchema(schema, {
    [MapperKind.OBJECT_FIELD]: (field, name, typeName) =>
      name === 'documentation' && userErrors.has(typeName) ? { ...field, resolve: ({ code }: { code: string }) => documentation(code) } : field,
    [MapperKind.ROOT_FIELD]: (field, name, typeName) => {
      const [requires] = getDirective(schema, field, 'requires') ?? [];
      // A root field without a scope would be open to the world; there is none, and none can slip in.
      if (requires === undefined) throw new Error(`The root field ${name} names no scope with @requires.`);
      const needed = requires['scope'] as ApiKeyScope;
      // A subscription begins with its events, and each of them was permitted with it.
      const isSubscription = typeName === schema.getSubscriptionType()?.name;
      const plain = ((isSubscription ? field.subscribe : field.resolve) ?? defaultFieldResolver) as GraphQLFieldResolver<unknown, ScopedContext>;
      const resolve: typeof plain = typeName === schema.getMutationType()?.name ? withIdempotencyKey(plain) : plain;
      const permitted: GraphQLFieldResolver<unknown, ScopedContext> = (source, args, context, info) => {
        if (!includesScope(context.viewer.scope, needed)) {
          throw new RequestError('FORBIDDEN', `This needs an API key with scope ${needed}.`, { httpStatus: 403 });
        }
        return resolve(source, args, context, info);
      };
      return isSubscription ? { ...field, subscribe: permitted } : { ...field, resolve: permitted };
    },
  });
}

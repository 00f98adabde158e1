import { signingKeyRotate } from '../commands/signing-keys.ts';
import type { SigningKey } from '../domain/signing-keys.ts';
import type { MutationResolvers, QueryResolvers, Resolvers } from '../generated/resolvers-types.ts';
import type { CompleteResolvers } from '../platform/complete-resolvers.ts';
import { toPublicId } from '../platform/ids.ts';
import { pageRequest, toConnection } from '../platform/paging.ts';

const Query: Pick<QueryResolvers, 'signingKeys'> = {
  signingKeys: async (_, args, { loaders }) => toConnection(await loaders.signingKeys.signingKeys(pageRequest(args))),
};

const Mutation: Pick<MutationResolvers, 'signingKeyRotate'> = {
  signingKeyRotate: async (_, { input }, context) => {
    const { runner, box, signer } = context.services;
    const outcome = await signingKeyRotate(runner, box, context.actor, input.idempotencyKey);
    context.forget();
    signer.forget(context.actor.workspaceId);
    if (!outcome.ok) return { signingKey: null, replacedSigningKey: null, userErrors: outcome.problems };
    const { created, replaced } = outcome.value;
    return { signingKey: created, replacedSigningKey: replaced, userErrors: [] };
  },
};

const signingKey: CompleteResolvers<NonNullable<Resolvers['SigningKey']>, SigningKey> = {
  id: ({ id }) => toPublicId('SigningKey', id),
  publicJwk: ({ publicJwk }) => ({ ...publicJwk }),
};

export const signingKeyResolvers = { Query, Mutation, SigningKey: signingKey };

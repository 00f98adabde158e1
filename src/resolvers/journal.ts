import type { Checkpoint } from '../domain/checkpoints.ts';
import type { Difference } from '../domain/verification.ts';
import type { QueryResolvers, Resolvers } from '../generated/resolvers-types.ts';
import type { CompleteResolvers } from '../platform/complete-resolvers.ts';
import { fromPublicId, toPublicId } from '../platform/ids.ts';
import { cursorOf, pageRequest, toConnection } from '../platform/paging.ts';

const Query: Pick<QueryResolvers, 'checkpoints' | 'verification'> = {
  checkpoints: async (_, args, { loaders }) => toConnection(await loaders.verification.checkpoints(pageRequest(args))),
  verification: async (_, { customerId, first, after }, { loaders }) => {
    const { limit, cursor } = pageRequest({ first, after });
    const id = typeof customerId === 'string' ? fromPublicId('Customer', customerId) : undefined;
    if (id === null) return null;
    const verified = id === undefined ? await loaders.verification.nextMembers(cursor?.[0] ?? null, limit) : await loaders.verification.member(id);
    if (verified === null) return null;
    const { difference, memberCount, entryCount, last } = verified;
    return {
      difference: difference === null ? null : shown(difference),
      customerCount: memberCount,
      entryCount,
      endCursor: last === null ? null : cursorOf(last),
    };
  },
};

function shown({ kind, customerId, cardId, structureId, rewardId, redemptionId, grantId, sequence, field, found, expected }: Difference) {
  // Checkpoints and stocks, which have kinds of their own and are of no one customer, are not verified here.
  if (customerId === null || kind.startsWith('CH') || kind === 'STOCK_CHANGED') throw new Error('A difference of a member is of a member.');
  return {
    kind: kind as Exclude<Difference['kind'], `CH${string}` | 'STOCK_CHANGED'>,
    customerId: toPublicId('Customer', customerId),
    cardId: cardId === null ? null : toPublicId('Card', cardId),
    tierStructureId: structureId === null ? null : toPublicId('TierStructure', structureId),
    rewardId: rewardId === null ? null : toPublicId('Reward', rewardId),
    redemptionId: redemptionId === null ? null : toPublicId('Redemption', redemptionId),
    rewardGrantId: grantId === null ? null : toPublicId('RewardGrant', grantId),
    sequence,
    field,
    found,
    expected,
  };
}

const checkpoint: CompleteResolvers<NonNullable<Resolvers['Checkpoint']>, Checkpoint> = {};

export const journalResolvers = { Query, Checkpoint: checkpoint };

import type { QueryResolvers } from '../generated/resolvers-types.ts';
import { unauthenticated } from '../platform/errors.ts';
import type { BucketState } from '../platform/leased-bucket.ts';

const Query: Pick<QueryResolvers, 'rateLimit'> = {
  rateLimit: (_, __, { limits }) => {
    if (limits === null) throw unauthenticated();
    const { requestedCost, maximumCost, workspace, apiKey } = limits;
    return { cost: requestedCost, maximumCost, ...standing(workspace), apiKey: apiKey === null ? null : standing(apiKey) };
  },
};

export const rateLimitResolvers = { Query };

/** In real time, as points flow back, also where the workspace's clock is frozen. */
function standing({ resetAfterMs, ...state }: BucketState) {
  return { ...state, resetAt: Math.ceil(Date.now() + resetAfterMs) };
}

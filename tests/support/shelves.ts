import type { RedemptionState, RewardGrant, RewardShelf, RewardUses } from '../../src/domain/grants.ts';
import type { CatalogueReward } from '../../src/domain/rewards.ts';
import { NEVER } from '../../src/domain/time.ts';

/** Rewards and what is known of them, for tests of the domain: what a test does not name is plain. */

/** A reward in force since ever whose id is its name: 10 points of card a. */
export function reward(id: string, rest: Partial<CatalogueReward> = {}): CatalogueReward {
  const { stock = null } = rest;
  return {
    id,
    key: id,
    name: id,
    type: 'pastry',
    description: null,
    status: 'ACTIVE',
    cardDefinitionId: 'a',
    cost: 10n,
    stock,
    fullStock: stock,
    stocked: stock !== null,
    limits: { perMember: null, perPeriod: [] },
    tierIds: [],
    condition: null,
    validFrom: null,
    validUntil: null,
    proofValidMinutes: 30,
    trigger: null,
    grantValidity: null,
    defaultLocale: 'en',
    receipts: [],
    metadata: {},
    activePeriods: [{ start: 0, end: NEVER }],
    version: 1,
    createdAt: 0,
    updatedAt: null,
    ...rest,
  };
}

/** A grant of ada's that can be used for ever. */
export function grant(id: string, rest: Partial<RewardGrant> = {}): RewardGrant {
  const open = { expiresAt: NEVER, redemptionId: null, revokedAt: null, revokedBy: null };
  return { id, customerId: 'ada', rewardId: 'pastry', transactionId: 'purchase', stocked: false, grantedAt: 5, ...open, ...rest };
}

/** A redemption of ada's for points. */
export function redeemed(id: string, rest: Partial<RedemptionState> = {}): RedemptionState {
  const fresh = { grantId: null, stocked: false, status: 'ISSUED', confirmedAt: null, cancelledAt: null } as const;
  return { id, customerId: 'ada', rewardId: 'pastry', issuedAt: 5, proofExpiresAt: 1_800_000, ...fresh, ...rest };
}

export const NO_USES: RewardUses = { EVER: 0, DAY: 0, WEEK: 0, MONTH: 0, YEAR: 0 };

/** A shelf that knows what it is told, by reward, purchase or redemption; and what it was asked. */
export function shelf(known: {
  readonly left?: Readonly<Record<string, number>>;
  readonly uses?: Readonly<Record<string, Partial<RewardUses>>>;
  readonly open?: Readonly<Record<string, readonly RewardGrant[]>>;
  readonly granted?: Readonly<Record<string, readonly RewardGrant[]>>;
  readonly redemptions?: Readonly<Record<string, { readonly state: RedemptionState | null; readonly grant: RewardGrant | null }>>;
}): RewardShelf & { readonly asked: string[] } {
  const asked: string[] = [];
  const ask = <T>(what: string, answers: Readonly<Record<string, T>> | undefined, id: string): T | null => {
    asked.push(`${what} ${id}`);
    return answers?.[id] ?? null;
  };
  return {
    asked,
    left: (rewardId) => ask('left', known.left, rewardId),
    uses: (customerId, rewardId) => {
      const uses = ask(`uses ${customerId}`, known.uses, rewardId);
      return uses === null ? null : { ...NO_USES, ...uses };
    },
    openGrants: (customerId, rewardId, grantId) => ask(`open ${customerId}${grantId === null ? '' : ` ${grantId}`}`, known.open, rewardId),
    grantsOf: (transactionId) => ask('granted', known.granted, transactionId),
    redemption: (id) => ask('redemption', known.redemptions, id),
  };
}

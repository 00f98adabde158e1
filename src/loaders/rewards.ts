import DataLoader from 'dataloader';
import type { Page, PageRequest } from '../database/paging.ts';
import type { RewardGrant, RewardUses } from '../domain/grants.ts';
import { hasLimits } from '../domain/grants.ts';
import type { Redemption } from '../domain/operations.ts';
import type { Program } from '../domain/program.ts';
import type { Standing } from '../domain/progress.ts';
import type { RedeemProblem } from '../domain/redemptions.ts';
import { checkRedeem } from '../domain/redemptions.ts';
import type { Reward } from '../domain/rewards.ts';
import type { Instant } from '../domain/time.ts';
import { Timeline } from '../domain/timeline.ts';
import { OperationRepository } from '../repositories/operations.ts';
import { RewardRecordRepository, RewardRepository, RewardShelfRepository } from '../repositories/rewards.ts';
import { loadById, loadByKey, loadPages } from './batch.ts';
import type { LoaderSource } from './source.ts';

/** A reward; what only its catalogue needs is loaded when it is asked for. */
export type RewardView = Reward & { readonly receipts?: readonly { readonly locale: string; readonly template: string }[]; readonly stock?: number | null };

/** A grant, with the configuration where a command has just given it. */
export interface RewardGrantView extends RewardGrant {
  readonly program?: Program;
}

/** A reward as it is for one customer. */
export interface RewardOfferView {
  readonly reward: Reward;
  readonly grant: RewardGrant | null;
  readonly problems: readonly RedeemProblem[];
  readonly program: Program;
}

/** Who looks at what they could redeem. */
export interface OfferedTo {
  readonly customerId: string;
  readonly externalId: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly standing: Standing;
}

export function createRewardLoaders({ database, workspaceId }: LoaderSource) {
  const catalogue = new RewardRepository(database.db, workspaceId);
  const records = new RewardRecordRepository(database.db, workspaceId);
  const operations = new OperationRepository(database.db, workspaceId);
  const shelf = new RewardShelfRepository(database.pool, workspaceId);
  const reward = loadById((ids) => catalogue.byIds(ids));
  const openGrants = new DataLoader<{ readonly customerId: string; readonly at: Instant }, readonly RewardGrant[], string>(
    async (asked) => {
      const grants = await records.firstOpenGrants(asked);
      return asked.map(({ customerId }) => grants.filter((grant) => grant.customerId === customerId));
    },
    { cacheKeyFn: ({ customerId }) => customerId },
  );
  return {
    reward,
    rewards: (page: PageRequest) => catalogue.list(page),
    redemptionState: loadById((ids) => records.redemptionsByIds(ids)),
    grant: loadById((ids) => records.grantsByIds(ids)),
    /** By refund. */
    revokedGrants: loadByKey(async (refundIds) => {
      const revoked = await records.grantsRevokedBy(refundIds);
      return new Map(refundIds.map((id) => [id, revoked.filter(({ revokedBy }) => revokedBy === id)]));
    }),
    customerGrants: loadPages((customerIds, page: PageRequest) => records.grantPages(customerIds, page)),
    customerRedemptions: loadPages(
      async (customerIds, page: PageRequest): Promise<ReadonlyMap<string, Page<Redemption>>> => operations.redemptionPages(customerIds, page),
    ),
    /** The rewards in force, each decided on as a redemption would be. */
    async offers(to: OfferedTo): Promise<RewardOfferView[]> {
      const { customerId, externalId, metadata, standing } = to;
      const { state, program } = standing;
      const inForce = [...program.rewards.values()].filter(({ status }) => status === 'ACTIVE');
      if (inForce.length === 0) return [];
      const now = state.settledAt;
      const [grants, uses] = await Promise.all([openGrants.load({ customerId, at: now }), usesOf(shelf, customerId, inForce, program, now)]);
      const stocked = inForce.filter((each) => each.stocked).map(({ id }) => id);
      const stock = new Map((await reward.loadMany(stocked)).flatMap((each) => (each === null || each instanceof Error ? [] : [[each.id, each.stock] as const])));
      const asking = { externalId, metadata, tiers: Timeline.from(state, program).heldTiers() };
      return inForce.map((each) => {
        const balance = state.cards.get(each.cardDefinitionId)?.balance ?? 0n;
        const decided = checkRedeem(each, null, {
          asking,
          balance: balance > 0n ? balance : 0n,
          openGrants: grants.filter(({ rewardId }) => rewardId === each.id),
          uses: hasLimits(each.limits) ? (uses.get(each.id) ?? NEVER_USED) : null,
          left: stock.get(each.id) ?? null,
          at: now,
        });
        return { reward: each, program, ...decided };
      });
    },
  };
}

const NEVER_USED: RewardUses = { EVER: 0, DAY: 0, WEEK: 0, MONTH: 0, YEAR: 0 };

async function usesOf(
  shelf: RewardShelfRepository,
  customerId: string,
  rewards: readonly Reward[],
  { calendar }: Program,
  now: Instant,
): Promise<ReadonlyMap<string, RewardUses>> {
  const startOf = (unit: 'DAY' | 'WEEK' | 'MONTH' | 'YEAR') => calendar.windowAt(now, { value: 1, unit }).start;
  const starts = { DAY: startOf('DAY'), WEEK: startOf('WEEK'), MONTH: startOf('MONTH'), YEAR: startOf('YEAR') };
  const limited = rewards.filter(({ limits }) => hasLimits(limits)).map(({ id: rewardId }) => ({ customerId, rewardId }));
  return new Map((await shelf.uses(limited, starts)).map(({ rewardId, uses }) => [rewardId, uses]));
}

import { and, asc, eq, gt, inArray, isNull, lt, lte, not, sql } from 'drizzle-orm';
import type { Executor } from '../database/client.ts';
import { toGrant } from '../database/rows.ts';
import { redemptions, rewardGrants } from '../database/tables/rewards.ts';
import type { RewardGrant } from '../domain/grants.ts';
import type { Instant } from '../domain/time.ts';
import { NEVER } from '../domain/time.ts';

/** What is found without a lock, and whose customer has to be locked before it is marked. */
export interface Due {
  readonly id: string;
  readonly customerId: string;
}

/**
 * Grants and redemptions that expire, or do so soon, and of which that was not told yet. Marking looks again: whoever has locked the
 * customers gets what nobody else has marked, and nothing that was redeemed, revoked, confirmed or cancelled meanwhile.
 */
export class RewardExpirationRepository {
  readonly #db: Executor;
  readonly #workspaceId: string;

  /** @param db a transaction for what marks */
  constructor(db: Executor, workspaceId: string) {
    this.#db = db;
    this.#workspaceId = workspaceId;
  }

  /** Grants that have expired, those that did first in front. */
  async expiredGrants(now: Instant, limit: number): Promise<Due[]> {
    return this.#db
      .select({ id: rewardGrants.id, customerId: rewardGrants.customerId })
      .from(rewardGrants)
      .where(and(this.#unused(), lte(rewardGrants.expiresAt, now)))
      .orderBy(asc(rewardGrants.expiresAt))
      .limit(limit);
  }

  /** Redemptions that nobody has fetched in time, those that expired first in front. */
  async expiredRedemptions(now: Instant, limit: number): Promise<Due[]> {
    return this.#db
      .select({ id: redemptions.id, customerId: redemptions.customerId })
      .from(redemptions)
      .where(and(this.#unfetched(), lte(redemptions.proofExpiresAt, now)))
      .orderBy(asc(redemptions.proofExpiresAt))
      .limit(limit);
  }

  /** Grants that expire before the instant and were not looked at for that, by their ids. */
  async grantsToNotice(before: Instant, after: string | null, limit: number): Promise<Due[]> {
    return this.#db
      .select({ id: rewardGrants.id, customerId: rewardGrants.customerId })
      .from(rewardGrants)
      .where(and(this.#unnoticed(before), after === null ? undefined : gt(rewardGrants.id, after)))
      .orderBy(asc(rewardGrants.id))
      .limit(limit);
  }

  async markExpiredGrants(ids: readonly string[], now: Instant): Promise<RewardGrant[]> {
    const marked = await this.#db
      .update(rewardGrants)
      .set({ expirationToldAt: now })
      .where(and(this.#unused(), lte(rewardGrants.expiresAt, now), inArray(rewardGrants.id, [...ids])))
      .returning();
    return marked.map(toGrant);
  }

  /** @returns the ids of those that were marked */
  async markExpiredRedemptions(ids: readonly string[], now: Instant): Promise<string[]> {
    const marked = await this.#db
      .update(redemptions)
      .set({ expirationToldAt: now })
      .where(and(this.#unfetched(), lte(redemptions.proofExpiresAt, now), inArray(redemptions.id, [...ids])))
      .returning({ id: redemptions.id });
    return marked.map(({ id }) => id);
  }

  async markNoticedGrants(ids: readonly string[], before: Instant, now: Instant): Promise<RewardGrant[]> {
    const marked = await this.#db
      .update(rewardGrants)
      .set({ expiryNoticedAt: now })
      .where(and(this.#unnoticed(before), inArray(rewardGrants.id, [...ids])))
      .returning();
    return marked.map(toGrant);
  }

  #unused() {
    return and(
      eq(rewardGrants.workspaceId, this.#workspaceId),
      isNull(rewardGrants.redemptionId),
      isNull(rewardGrants.revokedAt),
      isNull(rewardGrants.expirationToldAt),
      lt(rewardGrants.expiresAt, NEVER),
    );
  }

  #unnoticed(before: Instant) {
    // What comes back from a redemption after its time has nothing ahead of it any more.
    const cameBackTooLate = sql`EXISTS (SELECT FROM ${redemptions} WHERE ${redemptions.workspaceId} = ${rewardGrants.workspaceId}
      AND ${redemptions.customerId} = ${rewardGrants.customerId} AND ${redemptions.rewardId} = ${rewardGrants.rewardId}
      AND ${redemptions.grantId} = ${rewardGrants.id} AND ${redemptions.cancelledAt} >= ${rewardGrants.expiresAt})`;
    return and(this.#unused(), isNull(rewardGrants.expiryNoticedAt), lt(rewardGrants.expiresAt, before), not(cameBackTooLate));
  }

  #unfetched() {
    return and(eq(redemptions.workspaceId, this.#workspaceId), eq(redemptions.status, 'ISSUED'), isNull(redemptions.expirationToldAt));
  }
}

import { and, asc, eq, gt, sql } from 'drizzle-orm';
import type { Executor } from '../database/client.ts';
import { customers } from '../database/tables/customers.ts';
import { redemptions, rewardGrants, rewardStocks, rewards } from '../database/tables/rewards.ts';
import { activities } from '../database/tables/workspaces.ts';
import type { StockToVerify } from '../domain/reward-verification.ts';

/** The next members of a workspace, in the order of their ids. */
export async function memberIdsAfter(db: Executor, workspaceId: string, after: string | null, limit: number): Promise<string[]> {
  const rows = await db
    .select({ id: customers.id })
    .from(customers)
    .where(and(eq(customers.workspaceId, workspaceId), after === null ? undefined : gt(customers.id, after)))
    .orderBy(asc(customers.id))
    .limit(limit);
  return rows.map(({ id }) => id);
}

/**
 * Of each reward of which there are only so many, how many are left, and what says how many must be. Left out are rewards that are deleted,
 * and those that had a stock and gave it up: what comes back meanwhile is put on no shelf.
 */
export async function stocksToVerify(db: Executor, workspaceId: string): Promise<StockToVerify[]> {
  const { rows } = await db.execute<Record<keyof StockToVerify, string | null>>(sql`
    WITH supplied AS (
      SELECT r.id AS reward_id, sum(coalesce((a.after ->> 'stock')::bigint, 0) - coalesce((a.before ->> 'stock')::bigint, 0)) AS supplied
      FROM ${rewards} r JOIN ${activities} a ON a.workspace_id = r.workspace_id AND a.object_id = r.id
      WHERE r.workspace_id = ${workspaceId} AND r.status <> 'DELETED' AND r.stocked
      GROUP BY r.id
      HAVING NOT bool_or(a.before ->> 'stock' IS NOT NULL AND a.after ->> 'stock' IS NULL)
    ), taken AS (
      SELECT reward_id, count(*) AS taken FROM (
        SELECT reward_id FROM ${redemptions} WHERE workspace_id = ${workspaceId} AND stocked AND status <> 'CANCELLED'
        UNION ALL
        SELECT reward_id FROM ${rewardGrants}
        WHERE workspace_id = ${workspaceId} AND stocked AND (revoked_at IS NULL OR redemption_id IS NOT NULL)
      ) t GROUP BY reward_id
    )
    SELECT s.reward_id AS "rewardId", k.remaining, s.supplied, coalesce(t.taken, 0) AS taken
    FROM supplied s LEFT JOIN taken t USING (reward_id)
    LEFT JOIN ${rewardStocks} k ON k.workspace_id = ${workspaceId} AND k.reward_id = s.reward_id
    ORDER BY s.reward_id`);
  return rows.map(({ rewardId, remaining, supplied, taken }) => ({
    rewardId: rewardId ?? '',
    remaining: remaining === null ? null : Number(remaining),
    supplied: Number(supplied),
    taken: Number(taken),
  }));
}

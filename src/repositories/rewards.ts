import type pg from 'pg';
import { and, asc, eq, gt, inArray, isNull, ne, or, sql } from 'drizzle-orm';
import { instantToSql } from '../database/columns.ts';
import type { Executor } from '../database/client.ts';
import type { Page, PageRequest } from '../database/paging.ts';
import { pageQuery, parentsOf, toPage, toPages } from '../database/paging.ts';
import { toGrant, toReward, toStoredTrigger } from '../database/rows.ts';
import { redemptions, rewardGrants, rewardStocks, rewards } from '../database/tables/rewards.ts';
import { dueWork } from '../database/tables/workspaces.ts';
import type { CapUnit } from '../domain/earning.ts';
import type { RedemptionState, RewardGrant, RewardUses } from '../domain/grants.ts';
import type { CatalogueReward, Stock } from '../domain/rewards.ts';
import type { Instant } from '../domain/time.ts';

/** Where the calendar periods began that are now. */
export type PeriodStarts = Readonly<Record<CapUnit, Instant>>;

/** A customer and a reward. */
export interface CustomerReward {
  readonly customerId: string;
  readonly rewardId: string;
}

/** The catalogue. */
export class RewardRepository {
  readonly #db: Executor;
  readonly #workspaceId: string;

  constructor(db: Executor, workspaceId: string) {
    this.#db = db;
    this.#workspaceId = workspaceId;
  }

  async byIds(ids: readonly string[]): Promise<CatalogueReward[]> {
    const rows = await this.#db
      .select()
      .from(rewards)
      .leftJoin(rewardStocks, this.#stock())
      .where(and(this.#own(), inArray(rewards.id, [...ids])));
    return rows.map(toCatalogueReward);
  }

  async find(id: string): Promise<CatalogueReward | null> {
    return (await this.byIds([id]))[0] ?? null;
  }

  async list(page: PageRequest): Promise<Page<CatalogueReward>> {
    const query = pageQuery([{ column: rewards.id, direction: 'DESC' }], page);
    const rows = await this.#db
      .select()
      .from(rewards)
      .leftJoin(rewardStocks, this.#stock())
      .where(and(this.#own(), ne(rewards.status, 'DELETED'), query.where))
      .orderBy(...query.orderBy)
      .limit(query.limit);
    return toPage(rows, page, toCatalogueReward, ({ rewards: { id } }) => [id]);
  }

  /** All that are not deleted, oldest first. */
  async all(): Promise<CatalogueReward[]> {
    const rows = await this.#db
      .select()
      .from(rewards)
      .leftJoin(rewardStocks, this.#stock())
      .where(and(this.#own(), ne(rewards.status, 'DELETED')))
      .orderBy(asc(rewards.createdAt), asc(rewards.id));
    return rows.map(toCatalogueReward);
  }

  /** Keys of the rewards that are not deleted, but for the one. */
  async keys(exceptId: string | null = null): Promise<ReadonlySet<string>> {
    const rows = await this.#db
      .select({ key: rewards.key })
      .from(rewards)
      .where(and(this.#own(), ne(rewards.status, 'DELETED'), exceptId === null ? undefined : ne(rewards.id, exceptId)));
    return new Set(rows.map(({ key }) => key));
  }

  /** Whether a reward is paid for from such cards, or given for points on them. */
  async usesCardDefinition(cardDefinitionId: string, activeOnly: boolean): Promise<boolean> {
    const triggering = sql`${rewards.trigger} ->> 'cardDefinitionId' = ${cardDefinitionId}`;
    const rows = await this.#db
      .select({ id: rewards.id })
      .from(rewards)
      .where(
        and(
          this.#own(),
          activeOnly ? eq(rewards.status, 'ACTIVE') : ne(rewards.status, 'DELETED'),
          or(eq(rewards.cardDefinitionId, cardDefinitionId), triggering),
        ),
      )
      .limit(1);
    return rows.length > 0;
  }

  async insert(reward: CatalogueReward): Promise<void> {
    const workspaceId = this.#workspaceId;
    await this.#db.insert(rewards).values({ ...toRow(reward), workspaceId });
    await this.#setStock(reward);
    // From now on somebody has to look what expires. A row that says so already is not locked.
    await this.#db.insert(dueWork).values({ workspaceId, claimedUntil: 0, hasRewards: true }).onConflictDoNothing();
    await this.#db.update(dueWork).set({ hasRewards: true }).where(and(eq(dueWork.workspaceId, workspaceId), eq(dueWork.hasRewards, false)));
  }

  async update(reward: CatalogueReward): Promise<void> {
    const { id, createdAt: _, ...changes } = toRow(reward);
    await this.#db.update(rewards).set(changes).where(and(this.#own(), eq(rewards.id, id)));
    await this.#setStock(reward);
  }

  async #setStock({ id, stock, fullStock }: CatalogueReward): Promise<void> {
    const own = and(eq(rewardStocks.workspaceId, this.#workspaceId), eq(rewardStocks.rewardId, id));
    if (stock === null) {
      await this.#db.delete(rewardStocks).where(own);
      return;
    }
    const levels = { remaining: stock, filledTo: fullStock ?? stock };
    await this.#db
      .insert(rewardStocks)
      .values({ workspaceId: this.#workspaceId, rewardId: id, ...levels })
      .onConflictDoUpdate({ target: [rewardStocks.workspaceId, rewardStocks.rewardId], set: levels });
  }

  #stock() {
    return and(eq(rewardStocks.workspaceId, rewards.workspaceId), eq(rewardStocks.rewardId, rewards.id));
  }

  #own() {
    return eq(rewards.workspaceId, this.#workspaceId);
  }
}

function toCatalogueReward(row: { rewards: typeof rewards.$inferSelect; reward_stocks: typeof rewardStocks.$inferSelect | null }): CatalogueReward {
  const { reward_stocks: stock } = row;
  return { ...toReward(row.rewards), receipts: row.rewards.receipts, stock: stock?.remaining ?? null, fullStock: stock?.filledTo ?? null };
}

function toRow({ stock: _, fullStock: __, trigger, activePeriods, tierIds, ...reward }: CatalogueReward) {
  return {
    ...reward,
    tierIds: [...tierIds],
    trigger: trigger === null ? null : toStoredTrigger(trigger),
    activePeriods: activePeriods.map(({ start, end }) => [start, Number.isFinite(end) ? end : null] as const),
  };
}

/** Grants, and what has become of redemptions. */
export class RewardRecordRepository {
  readonly #db: Executor;
  readonly #workspaceId: string;

  constructor(db: Executor, workspaceId: string) {
    this.#db = db;
    this.#workspaceId = workspaceId;
  }

  async redemptionsByIds(ids: readonly string[]): Promise<RedemptionState[]> {
    const rows = await this.#db
      .select()
      .from(redemptions)
      .where(and(eq(redemptions.workspaceId, this.#workspaceId), inArray(redemptions.id, [...ids])));
    return rows.map(toRedemption);
  }

  async grantsByIds(ids: readonly string[]): Promise<RewardGrant[]> {
    if (ids.length === 0) return [];
    return this.#grants(inArray(rewardGrants.id, [...ids]));
  }

  /** What purchases triggered, oldest first. */
  async grantsOfTransactions(transactionIds: readonly string[]): Promise<RewardGrant[]> {
    if (transactionIds.length === 0) return [];
    return this.#grants(inArray(rewardGrants.transactionId, [...transactionIds]));
  }

  /** What refunds revoked, oldest first. */
  async grantsRevokedBy(refundIds: readonly string[]): Promise<RewardGrant[]> {
    return this.#grants(inArray(rewardGrants.revokedBy, [...refundIds]));
  }

  /** Of each customer and reward, so many of the grants that can be used at the instant, those that expire first. */
  async openGrants(pairs: readonly CustomerReward[], at: Instant, limit: number): Promise<RewardGrant[]> {
    if (pairs.length === 0) return [];
    const [customerIds, rewardIds] = [pairs.map(({ customerId }) => customerId), pairs.map(({ rewardId }) => rewardId)];
    const asked = this.#db
      .select({ customerId: sql<string>`asked_customer`.as('asked_customer'), rewardId: sql<string>`asked_reward`.as('asked_reward') })
      .from(sql`unnest(${sql.param(customerIds)}::uuid[], ${sql.param(rewardIds)}::uuid[]) AS pairs(asked_customer, asked_reward)`)
      .as('asked');
    const children = this.#db
      .select()
      .from(rewardGrants)
      .where(and(this.#open(), eq(rewardGrants.customerId, asked.customerId), eq(rewardGrants.rewardId, asked.rewardId), gt(rewardGrants.expiresAt, at)))
      .orderBy(asc(rewardGrants.expiresAt), asc(rewardGrants.id))
      .limit(limit)
      .as('children');
    const rows = await this.#db.select().from(asked).crossJoinLateral(children);
    return rows.map(({ children: row }) => toGrant(row));
  }

  /** Of each customer, of every reward the grant that can be used at the customer's instant and expires first. */
  async firstOpenGrants(customers: readonly { readonly customerId: string; readonly at: Instant }[]): Promise<RewardGrant[]> {
    const ids = customers.map(({ customerId }) => customerId);
    const instants = customers.map(({ at }) => instantToSql(at));
    const asked = this.#db
      .select({ customerId: sql<string>`asked_customer`.as('asked_customer'), at: sql<string>`asked_at`.as('asked_at') })
      .from(sql`unnest(${sql.param(ids)}::uuid[], ${sql.param(instants)}::timestamptz[]) AS instants(asked_customer, asked_at)`)
      .as('asked');
    const rows = await this.#db
      .selectDistinctOn([rewardGrants.customerId, rewardGrants.rewardId])
      .from(rewardGrants)
      .innerJoin(asked, and(eq(rewardGrants.customerId, asked.customerId), gt(rewardGrants.expiresAt, asked.at)))
      .where(this.#open())
      .orderBy(asc(rewardGrants.customerId), asc(rewardGrants.rewardId), asc(rewardGrants.expiresAt), asc(rewardGrants.id));
    return rows.map(({ reward_grants: row }) => toGrant(row));
  }

  #open() {
    return and(eq(rewardGrants.workspaceId, this.#workspaceId), isNull(rewardGrants.redemptionId), isNull(rewardGrants.revokedAt));
  }

  /** One page of grants for each customer, newest first, all in one statement. */
  async grantPages(customerIds: readonly string[], page: PageRequest): Promise<ReadonlyMap<string, Page<RewardGrant>>> {
    const parents = parentsOf(this.#db, customerIds);
    const query = pageQuery([{ column: rewardGrants.id, direction: 'DESC' }], page);
    const children = this.#db
      .select()
      .from(rewardGrants)
      .where(and(eq(rewardGrants.workspaceId, this.#workspaceId), eq(rewardGrants.customerId, parents.id), query.where))
      .orderBy(...query.orderBy)
      .limit(query.limit)
      .as('children');
    const rows = await this.#db.select().from(parents).crossJoinLateral(children);
    return toPages(rows, customerIds, page, ({ customerId }) => customerId, toGrant);
  }

  async #grants(which: Parameters<typeof and>[0]): Promise<RewardGrant[]> {
    const rows = await this.#db
      .select()
      .from(rewardGrants)
      .where(and(eq(rewardGrants.workspaceId, this.#workspaceId), which))
      .orderBy(rewardGrants.id);
    return rows.map(toGrant);
  }
}

function toRedemption({ workspaceId: _, expirationToldAt: __, ...state }: typeof redemptions.$inferSelect): RedemptionState {
  return state;
}

/** What of rewards a batch changes. */
export interface RewardRows {
  readonly redemptions: readonly RedemptionState[];
  readonly grants: readonly RewardGrant[];
  /** What is left now of rewards whose stock has changed. */
  readonly stock: readonly { readonly rewardId: string; readonly remaining: number }[];
}

/** A connection; inside of a transaction for what locks or writes. */
type Queryable = Pick<pg.PoolClient, 'query'>;

// Whoever locks members and rewards locks members first, and each in the order of their ids: nobody waits in a circle.
const LOCK_STOCK = `
SELECT reward_id, remaining, filled_to FROM reward_stocks WHERE workspace_id = $1 AND reward_id = ANY($2::uuid[]) ORDER BY reward_id FOR UPDATE`;

const USES = `
WITH pair AS (SELECT * FROM unnest($2::uuid[], $3::uuid[]) AS p(customer_id, reward_id)), used AS (
  SELECT p.customer_id, p.reward_id, r.issued_at AS at FROM pair p CROSS JOIN LATERAL (
    SELECT * FROM redemptions WHERE workspace_id = $1 AND customer_id = p.customer_id AND reward_id = p.reward_id OFFSET 0) r
    WHERE r.grant_id IS NULL AND r.status <> 'CANCELLED'
  UNION ALL
  SELECT p.customer_id, p.reward_id, g.granted_at FROM pair p CROSS JOIN LATERAL (
    SELECT * FROM reward_grants WHERE workspace_id = $1 AND customer_id = p.customer_id AND reward_id = p.reward_id OFFSET 0) g
    WHERE g.revoked_at IS NULL OR g.redemption_id IS NOT NULL
)
SELECT customer_id, reward_id, count(*)::int AS "EVER",
  (count(*) FILTER (WHERE at >= $4))::int AS "DAY", (count(*) FILTER (WHERE at >= $5))::int AS "WEEK",
  (count(*) FILTER (WHERE at >= $6))::int AS "MONTH", (count(*) FILTER (WHERE at >= $7))::int AS "YEAR"
FROM used GROUP BY customer_id, reward_id`;

const WRITE = `
WITH changed_redemptions AS (
  INSERT INTO redemptions (workspace_id, id, customer_id, reward_id, grant_id, stocked, status, issued_at, proof_expires_at, confirmed_at,
    cancelled_at)
  SELECT $1, id, customer_id, reward_id, grant_id, stocked, status, issued_at, proof_expires_at, confirmed_at, cancelled_at
  FROM json_to_recordset($2) AS r(id uuid, customer_id uuid, reward_id uuid, grant_id uuid, stocked boolean, status text,
    issued_at timestamptz, proof_expires_at timestamptz, confirmed_at timestamptz, cancelled_at timestamptz)
  ON CONFLICT (workspace_id, id) DO UPDATE SET status = excluded.status, confirmed_at = excluded.confirmed_at,
    cancelled_at = excluded.cancelled_at
), changed_grants AS (
  INSERT INTO reward_grants (workspace_id, id, customer_id, reward_id, transaction_id, stocked, granted_at, expires_at, redemption_id,
    revoked_at, revoked_by)
  SELECT $1, id, customer_id, reward_id, transaction_id, stocked, granted_at, expires_at, redemption_id, revoked_at, revoked_by
  FROM json_to_recordset($3) AS r(id uuid, customer_id uuid, reward_id uuid, transaction_id uuid, stocked boolean,
    granted_at timestamptz, expires_at timestamptz, redemption_id uuid, revoked_at timestamptz, revoked_by uuid)
  ON CONFLICT (workspace_id, id) DO UPDATE SET redemption_id = excluded.redemption_id, revoked_at = excluded.revoked_at,
    revoked_by = excluded.revoked_by
)
UPDATE reward_stocks s SET remaining = r.remaining
FROM json_to_recordset($4) AS r(reward_id uuid, remaining int)
WHERE s.workspace_id = $1 AND s.reward_id = r.reward_id`;

/** What decisions need of rewards beyond members' state, and what they change: read and written for many at once. */
export class RewardShelfRepository {
  readonly #client: Queryable;
  readonly #workspaceId: string;

  constructor(client: Queryable, workspaceId: string) {
    this.#client = client;
    this.#workspaceId = workspaceId;
  }

  /** How many are left, which nobody changes before this transaction has ended. Rewards without a stock are missing. */
  async lockStock(rewardIds: readonly string[]): Promise<ReadonlyMap<string, Stock>> {
    const { rows } = await this.#client.query<{ reward_id: string; remaining: number; filled_to: number }>({
      name: 'lock_reward_stock',
      text: LOCK_STOCK,
      values: [this.#workspaceId, rewardIds],
    });
    return new Map(rows.map(({ reward_id: rewardId, remaining, filled_to: full }) => [rewardId, { left: remaining, full }]));
  }

  /** How often each customer has had the reward; who never had is missing. */
  async uses(pairs: readonly CustomerReward[], starts: PeriodStarts): Promise<readonly (CustomerReward & { readonly uses: RewardUses })[]> {
    if (pairs.length === 0) return [];
    const { rows } = await this.#client.query<RewardUses & { customer_id: string; reward_id: string }>({
      name: 'reward_uses',
      text: USES,
      values: [
        this.#workspaceId,
        pairs.map(({ customerId }) => customerId),
        pairs.map(({ rewardId }) => rewardId),
        ...[starts.DAY, starts.WEEK, starts.MONTH, starts.YEAR].map(instantToSql),
      ],
    });
    return rows.map(({ customer_id: customerId, reward_id: rewardId, ...uses }) => ({ customerId, rewardId, uses }));
  }

  async write({ redemptions: states, grants, stock }: RewardRows): Promise<void> {
    const instant = (value: Instant | null) => (value === null ? null : instantToSql(value));
    await this.#client.query({
      name: 'write_rewards',
      text: WRITE,
      values: [
        this.#workspaceId,
        JSON.stringify(
          states.map((state) => ({
            id: state.id,
            customer_id: state.customerId,
            reward_id: state.rewardId,
            grant_id: state.grantId,
            stocked: state.stocked,
            status: state.status,
            issued_at: instantToSql(state.issuedAt),
            proof_expires_at: instantToSql(state.proofExpiresAt),
            confirmed_at: instant(state.confirmedAt),
            cancelled_at: instant(state.cancelledAt),
          })),
        ),
        JSON.stringify(
          grants.map((grant) => ({
            id: grant.id,
            customer_id: grant.customerId,
            reward_id: grant.rewardId,
            transaction_id: grant.transactionId,
            stocked: grant.stocked,
            granted_at: instantToSql(grant.grantedAt),
            expires_at: instantToSql(grant.expiresAt),
            redemption_id: grant.redemptionId,
            revoked_at: instant(grant.revokedAt),
            revoked_by: grant.revokedBy,
          })),
        ),
        JSON.stringify(stock.map(({ rewardId, remaining }) => ({ reward_id: rewardId, remaining }))),
      ],
    });
  }
}

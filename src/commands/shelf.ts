import type { Transaction } from '../database/client.ts';
import type { RedemptionState, RewardGrant, RewardMoves, RewardShelf, RewardUses } from '../domain/grants.ts';
import type { Program } from '../domain/program.ts';
import type { Stock, StockNotice } from '../domain/rewards.ts';
import { stockNotice } from '../domain/rewards.ts';
import type { Instant } from '../domain/time.ts';
import type { CustomerReward, PeriodStarts, RewardRows } from '../repositories/rewards.ts';
import { RewardRecordRepository, RewardShelfRepository } from '../repositories/rewards.ts';

/**
 * Rewards in one batch. Most commands never look at them, so nothing is read ahead: a decision that asks for what was
 * not looked up is provisional, and the batch is decided anew when that is known. Decisions are pure, so only the last
 * one counts.
 */

/** What was looked up. */
interface Known {
  /** Null before any was locked. */
  readonly stock: ReadonlyMap<string, Stock> | null;
  /** By customer and reward. */
  readonly uses: ReadonlyMap<string, RewardUses>;
  readonly grants: ReadonlyMap<string, RewardGrant>;
  /** By customer and reward. */
  readonly open: ReadonlyMap<string, FirstGrants>;
  /** Grants that were looked up by their ids, whether there are any or not. */
  readonly named: ReadonlySet<string>;
  /** Whose grants are known. */
  readonly transactions: ReadonlySet<string>;
  /** Null where there is none. */
  readonly redemptions: ReadonlyMap<string, RedemptionState | null>;
}

/** The grants that can be used and expire first. */
interface FirstGrants {
  readonly ids: ReadonlySet<string>;
  /** Whether there may be others behind them. */
  readonly hasMore: boolean;
}

/** Of a reward little or nothing is left by what a command did. */
export interface StockFall {
  readonly rewardId: string;
  readonly notice: StockNotice;
  readonly left: number;
}

const NOTHING: Known = {
  stock: null,
  uses: new Map(),
  grants: new Map(),
  open: new Map(),
  named: new Set(),
  transactions: new Set(),
  redemptions: new Map(),
};

/** A redemption uses one grant, and a batch has few of one member and reward: so many are read, and twice as many if a batch uses all. */
const GRANTS_AT_ONCE = 10;

const NONE: Stock = { left: 0, full: 0 };
const NEVER_USED: RewardUses = { EVER: 0, DAY: 0, WEEK: 0, MONTH: 0, YEAR: 0 };
const UNITS = ['DAY', 'WEEK', 'MONTH', 'YEAR'] as const;

/** Which rewards' stock is needed is seen only by deciding; what was not thought of cannot be locked in order any more. */
export class StockOrderError extends Error {
  constructor() {
    super('The batch needs the stock of further rewards after it has locked some.');
    this.name = 'StockOrderError';
  }
}

/** Decides as often as it takes until everything that was asked for is known. */
export async function decideWithShelf<Decided>(
  transaction: Transaction,
  program: Program,
  now: Instant,
  decide: (shelf: Shelf) => Decided,
): Promise<{ readonly decided: Decided; readonly rows: RewardRows | null }> {
  for (let known = NOTHING; ; ) {
    const shelf = new Shelf(known, program, now);
    const decided = decide(shelf);
    if (!shelf.isMissing) return { decided, rows: shelf.rows() };
    known = await shelf.lookUp(transaction);
  }
}

export class Shelf implements RewardShelf {
  readonly #known: Known;
  readonly #program: Program;
  readonly #now: Instant;
  readonly #askedStock = new Set<string>();
  readonly #askedUses = new Map<string, CustomerReward>();
  readonly #askedOpen = new Map<string, CustomerReward>();
  #openWanted = GRANTS_AT_ONCE;
  readonly #askedGrants = new Set<string>();
  readonly #askedTransactions = new Set<string>();
  readonly #askedRedemptions = new Set<string>();
  /** What the batch has changed so far. */
  readonly #left = new Map<string, number>();
  readonly #uses = new Map<string, RewardUses>();
  readonly #grants = new Map<string, RewardGrant>();
  readonly #redemptions = new Map<string, RedemptionState>();

  constructor(known: Known, program: Program, now: Instant) {
    this.#known = known;
    this.#program = program;
    this.#now = now;
  }

  left(rewardId: string): number | null {
    const left = this.#left.get(rewardId) ?? this.#known.stock?.get(rewardId)?.left;
    if (left === undefined) this.#askedStock.add(rewardId);
    return left ?? null;
  }

  uses(customerId: string, rewardId: string): RewardUses | null {
    const key = keyOf({ customerId, rewardId });
    const uses = this.#uses.get(key) ?? this.#known.uses.get(key);
    if (uses === undefined) this.#askedUses.set(key, { customerId, rewardId });
    return uses ?? null;
  }

  openGrants(customerId: string, rewardId: string, grantId: string | null, at: Instant): readonly RewardGrant[] | null {
    const open = this.#allGrants().filter(
      (grant) =>
        grant.customerId === customerId &&
        grant.rewardId === rewardId &&
        grant.redemptionId === null &&
        grant.revokedAt === null &&
        grant.expiresAt > at,
    );
    // What can be no id is empty.
    if (grantId === '' || (grantId !== null && this.#known.named.has(grantId))) return open;
    if (grantId !== null) {
      this.#askedGrants.add(grantId);
      return null;
    }
    const key = keyOf({ customerId, rewardId });
    const first = this.#known.open.get(key);
    // As long as one of the first is left, none that was left out comes before it.
    if (first !== undefined && (!first.hasMore || open.some(({ id }) => first.ids.has(id)))) return open;
    this.#askedOpen.set(key, { customerId, rewardId });
    this.#openWanted = Math.max(this.#openWanted, 2 * (first?.ids.size ?? 0));
    return null;
  }

  grantsOf(transactionId: string): readonly RewardGrant[] | null {
    // Where nothing is given for purchases there is nothing to look up.
    if (this.#program.triggeredRewards.length === 0) return [];
    if (!this.#known.transactions.has(transactionId)) {
      this.#askedTransactions.add(transactionId);
      return null;
    }
    return this.#allGrants().filter((grant) => grant.transactionId === transactionId);
  }

  redemption(id: string): ReturnType<RewardShelf['redemption']> {
    const state = this.#redemptions.get(id) ?? this.#known.redemptions.get(id);
    if (state === undefined) {
      this.#askedRedemptions.add(id);
      return null;
    }
    const grantId = state?.grantId ?? '';
    return { state, grant: this.#grants.get(grantId) ?? this.#known.grants.get(grantId) ?? null };
  }

  /** What a command did, for those after it. @returns of which rewards little or nothing is left by it */
  apply({ redemptions, grants, stock, uses }: RewardMoves): StockFall[] {
    for (const state of redemptions) this.#redemptions.set(state.id, state);
    for (const grant of grants) this.#grants.set(grant.id, grant);
    const falls = stock.flatMap(({ rewardId, by }) => this.#move(rewardId, by));
    const starts = uses.length === 0 ? null : periodStarts(this.#program, this.#now);
    for (const { customerId, rewardId, at, by } of uses) {
      const key = keyOf({ customerId, rewardId });
      const before = this.#uses.get(key) ?? this.#known.uses.get(key);
      // Where nobody has asked, there are no limits to keep.
      if (before === undefined || starts === null) continue;
      const within = UNITS.map((unit) => [unit, before[unit] + (at >= starts[unit] ? by : 0)] as const);
      this.#uses.set(key, { ...before, EVER: before.EVER + by, ...Object.fromEntries(within) });
    }
    return falls;
  }

  #move(rewardId: string, by: number): StockFall[] {
    const before = this.left(rewardId) ?? 0;
    const left = before + by;
    this.#left.set(rewardId, left);
    const notice = stockNotice({ left: before, full: this.#known.stock?.get(rewardId)?.full ?? 0 }, left);
    return notice === null ? [] : [{ rewardId, notice, left }];
  }

  get isMissing(): boolean {
    return this.#askedStock.size > 0 || this.#isLooking;
  }

  /** Whether something besides stock is to be looked up, after which more stock may be needed. */
  get #isLooking(): boolean {
    const askedGrants = this.#askedOpen.size + this.#askedGrants.size + this.#askedTransactions.size;
    return this.#askedUses.size + askedGrants + this.#askedRedemptions.size > 0;
  }

  /** What was known and what was asked for. */
  async lookUp(transaction: Transaction): Promise<Known> {
    const { workspaceId } = this.#program;
    const records = new RewardRecordRepository(transaction, workspaceId);
    const shelf = new RewardShelfRepository(transaction.$client, workspaceId);
    const known = this.#known;
    const states = await records.redemptionsByIds([...this.#askedRedemptions]);
    const named = await records.grantsByIds([...states.flatMap(({ grantId }) => grantId ?? []), ...this.#askedGrants]);
    const given = await records.grantsOfTransactions([...this.#askedTransactions]);
    const asked = [...this.#askedOpen.values()];
    const open = await records.openGrants(asked, this.#now, this.#openWanted);
    const pairs = [...this.#askedUses.values()];
    const uses = await shelf.uses(pairs, periodStarts(this.#program, this.#now));
    return {
      // Stock is locked once, when nothing else is left to be found out.
      stock: this.#askedStock.size === 0 || this.#mayNeedMore ? known.stock : await this.#lockStock(shelf),
      uses: new Map([...known.uses, ...pairs.map((pair) => [keyOf(pair), NEVER_USED] as const), ...uses.map((one) => [keyOf(one), one.uses] as const)]),
      grants: new Map([...known.grants, ...[...named, ...given, ...open].map((grant) => [grant.id, grant] as const)]),
      open: new Map([...known.open, ...asked.map((pair) => [keyOf(pair), this.#firstOf(pair, open)] as const)]),
      named: new Set([...known.named, ...this.#askedGrants]),
      transactions: new Set([...known.transactions, ...this.#askedTransactions]),
      redemptions: new Map([
        ...known.redemptions,
        ...[...this.#askedRedemptions].map((id) => [id, null] as const),
        ...states.map((state) => [state.id, state] as const),
      ]),
    };
  }

  #firstOf(pair: CustomerReward, open: readonly RewardGrant[]): FirstGrants {
    const ids = new Set(open.filter((grant) => keyOf(grant) === keyOf(pair)).map(({ id }) => id));
    return { ids, hasMore: ids.size === this.#openWanted };
  }

  /** Of what rewards something is put back is seen only when redemptions and grants are known. */
  get #mayNeedMore(): boolean {
    return this.#askedTransactions.size + this.#askedRedemptions.size > 0;
  }

  async #lockStock(shelf: RewardShelfRepository): Promise<ReadonlyMap<string, Stock>> {
    if (this.#known.stock !== null) throw new StockOrderError();
    // What one command does may make another trigger a reward, so all that can be triggered are held.
    const triggered = this.#program.triggeredRewards.filter(({ stocked }) => stocked).map(({ id }) => id);
    const ids = [...new Set([...this.#askedStock, ...triggered])];
    const locked = await shelf.lockStock(ids);
    return new Map(ids.map((id) => [id, locked.get(id) ?? NONE]));
  }

  /** Everything that the batch changes; null if nothing. */
  rows(): RewardRows | null {
    if (this.#redemptions.size + this.#grants.size + this.#left.size === 0) return null;
    return {
      redemptions: [...this.#redemptions.values()],
      grants: [...this.#grants.values()],
      stock: [...this.#left].map(([rewardId, remaining]) => ({ rewardId, remaining })),
    };
  }

  #allGrants(): RewardGrant[] {
    const all = new Map([...this.#known.grants, ...this.#grants]);
    // In the order in which they are read.
    return [...all.values()].sort((a, b) => (a.expiresAt === b.expiresAt ? (a.id < b.id ? -1 : 1) : a.expiresAt < b.expiresAt ? -1 : 1));
  }
}

function keyOf({ customerId, rewardId }: CustomerReward): string {
  return `${customerId} ${rewardId}`;
}

function periodStarts({ calendar }: Program, now: Instant): PeriodStarts {
  const startOf = (unit: (typeof UNITS)[number]) => calendar.windowAt(now, { value: 1, unit }).start;
  return { DAY: startOf('DAY'), WEEK: startOf('WEEK'), MONTH: startOf('MONTH'), YEAR: startOf('YEAR') };
}

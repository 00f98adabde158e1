import { decideSettlement } from '../domain/ledger.ts';
import { IDEMPOTENCY_KEY_KEPT_MS } from '../repositories/activities.ts';
import type { UnsettledChange } from '../repositories/due-work.ts';
import { DueWorkRepository } from '../repositories/due-work.ts';
import { entryEvents, transitionEvents } from './events.ts';
import type { CommandRunner, MemberChange, MemberView } from './run.ts';

/**
 * What becomes true by itself, turned into entries, transitions and events: each effect once, in order, stamped
 * with the instant at which it became true. The member's own row says what is recorded, so two processes that
 * come at once record nothing twice; claims only spare them the effort.
 */

/** How many customers are settled in one go. */
const CUSTOMERS_AT_ONCE = 256;
/** How long a process has a workspace to itself. It goes on for half of that and leaves the rest to the next pass. */
const CLAIM_MS = 60_000;
const PASS_MS = CLAIM_MS / 2;
const KEYS_AT_ONCE = 1_000;

/** What a pass over one workspace did. */
export interface DueEffectsPass {
  /** Customers who were settled. */
  readonly customers: number;
  /** Customers whose settlement failed; they are tried again with the next pass. */
  readonly failures: readonly { readonly customerId: string; readonly error: unknown }[];
  /** Whether nothing is left that is due. */
  readonly complete: boolean;
}

/**
 * Records what has become true in a workspace. Null if another process is at it.
 * @param waitMs how long to wait for another process that is at it
 * @param passMs how long to go on; some customers are settled in any case
 */
export async function recordDueEffects(
  runner: CommandRunner,
  workspaceId: string,
  requestId: string,
  waitMs = 0,
  passMs = PASS_MS,
): Promise<DueEffectsPass | null> {
  const repository = new DueWorkRepository(runner.database.workspace(workspaceId).db, workspaceId);
  const startedAt = Date.now();
  while (!(await repository.claim(Date.now(), Date.now() + CLAIM_MS))) {
    if (Date.now() - startedAt >= waitMs) return null;
    await new Promise((resume) => setTimeout(resume, RETRY_MS));
  }
  try {
    const settlement = new Settlement(runner, workspaceId, requestId, Date.now() + passMs);
    const complete = await settlement.run(repository);
    return { customers: settlement.customers, failures: settlement.failures, complete };
  } finally {
    await repository.release(Date.now());
  }
}

const RETRY_MS = 20;

class Settlement {
  customers = 0;
  readonly failures: { readonly customerId: string; readonly error: unknown }[] = [];
  readonly #runner: CommandRunner;
  readonly #workspaceId: string;
  readonly #requestId: string;
  readonly #deadline: number;
  readonly #failed = new Set<string>();

  constructor(runner: CommandRunner, workspaceId: string, requestId: string, deadline: number) {
    this.#runner = runner;
    this.#workspaceId = workspaceId;
    this.#requestId = requestId;
    this.#deadline = deadline;
  }

  async run(repository: DueWorkRepository): Promise<boolean> {
    const change = await repository.unsettledChange();
    if (change !== null && !(await this.#settleChange(repository, change))) return false;
    for (;;) {
      const now = await this.#runner.now(this.#workspaceId);
      const due = await repository.dueCustomerIds(now, CUSTOMERS_AT_ONCE + this.#failed.size);
      const ids = due.filter((id) => !this.#failed.has(id));
      if (ids.length === 0) return this.#failed.size === 0;
      if (Date.now() >= this.#deadline) return false;
      await this.#settle(ids);
    }
  }

  /** Judges everybody anew after a change of structures, once. */
  async #settleChange(repository: DueWorkRepository, change: UnsettledChange): Promise<boolean> {
    const { at: changedAt } = change;
    // By a frozen clock nobody is settled later than the change: only the mark of the pass before tells who was settled after it.
    let { settledUpTo } = change;
    let after = settledUpTo;
    for (;;) {
      const ids = await repository.customerIdsSettledBefore(changedAt, after, CUSTOMERS_AT_ONCE);
      if (ids.length === 0) break;
      await this.#settle(ids);
      after = ids.at(-1) ?? null;
      // Who could not be settled is tried again.
      if (this.#failed.size === 0) settledUpTo = after;
      if (Date.now() < this.#deadline) continue;
      if (settledUpTo !== null) await repository.markSettledUpTo(changedAt, settledUpTo);
      return false;
    }
    // Who could not be settled is left to the next pass, and so is the change.
    if (this.#failed.size > 0) return false;
    await repository.markSettled(changedAt);
    return true;
  }

  async #settle(ids: readonly string[]): Promise<void> {
    const settled = await Promise.allSettled(ids.map((id) => this.#settleOne(id)));
    for (const [index, outcome] of settled.entries()) {
      const customerId = ids[index] ?? '';
      if (outcome.status === 'fulfilled') {
        this.customers += 1;
        continue;
      }
      this.#failed.add(customerId);
      this.failures.push({ customerId, error: outcome.reason });
    }
  }

  #settleOne(id: string): Promise<null> {
    return this.#runner.member<null>(this.#workspaceId, {
      cause: { requestId: this.#requestId, command: 'dueEffects', apiKeyId: null },
      customer: { id },
      idempotency: null,
      reference: null,
      occurredAt: null,
      dryRun: false,
      decide: (view) => ({ outcome: null, change: settle(view) }),
      replayed: () => null,
      mismatched: () => null,
    });
  }
}

function settle({ member, program, ids, now }: MemberView): MemberChange | null {
  if (member === null) return null;
  const effects = decideSettlement(member, program, ids, now);
  return {
    customer: member.customer,
    profile: 'SAME',
    effects,
    transaction: null,
    events: [...entryEvents(effects.entries), ...transitionEvents(effects.transitions, program)],
    result: {},
  };
}

/** Removes idempotency keys that are not honoured any more. @returns how many were removed */
export async function removeExpiredKeys(runner: CommandRunner, workspaceId: string): Promise<number> {
  const repository = new DueWorkRepository(runner.database.workspace(workspaceId).db, workspaceId);
  const before = (await runner.now(workspaceId)) - IDEMPOTENCY_KEY_KEPT_MS;
  let removed = 0;
  for (;;) {
    const batch = await repository.removeKeysBefore(before, KEYS_AT_ONCE);
    removed += batch;
    if (batch < KEYS_AT_ONCE) return removed;
  }
}

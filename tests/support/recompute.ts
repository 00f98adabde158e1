import type { Database } from '../../src/database/client.ts';
import type { MemberState } from '../../src/domain/members.ts';
import { NO_HISTORY } from '../../src/domain/members.ts';
import { replay } from '../../src/domain/timeline.ts';
import { verifyMembers } from '../../src/loaders/verification.ts';
import { MemberRepository } from '../../src/repositories/members.ts';
import { ProgramCache } from '../../src/repositories/program.ts';

/**
 * Derives every member's balances, lots and tiers again from the ledger's entries alone, and says how they
 * differ from what is stored. An empty list is what a sound ledger gives.
 */
export async function findDifferences(database: Database, workspaceId: string): Promise<string[]> {
  const { rows } = await database.pool.query<{ id: string }>('SELECT id FROM customers WHERE workspace_id = $1', [workspaceId]);
  const ids = rows.map(({ id }) => id);
  const repository = new MemberRepository(database.pool, workspaceId);
  const stored = await repository.read(ids);
  const program = await new ProgramCache().get(database.db, workspaceId, stored.configurationVersion);
  const histories = await repository.history(ids);
  const differences: string[] = [];
  for (const [id, state] of stored.states(program)) {
    const { facts } = histories.get(id) ?? NO_HISTORY;
    const derived = replay(state, facts, program, state.settledAt).finish();
    if (describeState(derived) !== describeState(state)) {
      differences.push(`${id}: stored ${describeState(state)}, derived ${describeState(derived)}`);
    }
  }
  differences.push(...(await findBrokenSequences(database, workspaceId)));
  // What an operator would ask must come to the same.
  const verified = await verifyMembers({ database: database.workspace(workspaceId), programs: new ProgramCache(), workspaceId }, ids);
  if (verified.difference !== null) differences.push(`verification: ${JSON.stringify(verified.difference)}`);
  return differences;
}

function describeState(state: MemberState): string {
  const number = (_key: string, value: unknown) =>
    typeof value === 'bigint' ? `${value}n` : value === Infinity ? 'never' : value;
  return JSON.stringify(
    {
      sequence: state.sequence,
      nextDueAt: state.nextDueAt,
      cards: [...state.cards.values()]
        .map(({ id, balance, lots, pending, slidingExpiresAt }) => ({ id, balance, lots, pending, slidingExpiresAt }))
        .sort((a, b) => (a.id < b.id ? -1 : 1)),
      memberships: [...state.memberships.values()].sort((a, b) => (a.structureId < b.structureId ? -1 : 1)),
      windows: [...state.windows].sort(([a], [b]) => (a < b ? -1 : 1)),
      capUsage: [...state.capUsage].sort(([a], [b]) => (a < b ? -1 : 1)),
    },
    number,
  );
}

/** Entries that are not numbered from 1 without gaps, or whose balance is not the sum up to them; cards that disagree. */
async function findBrokenSequences(database: Database, workspaceId: string): Promise<string[]> {
  const { rows } = await database.pool.query<{ card_id: string }>(
    `WITH numbered AS (
       SELECT card_id, sequence, balance_after,
         row_number() OVER (PARTITION BY card_id ORDER BY sequence) AS expected_sequence,
         sum(CASE WHEN pending THEN 0 ELSE points END) OVER (PARTITION BY card_id ORDER BY sequence) AS expected_balance
       FROM ledger_entries WHERE workspace_id = $1
     )
     SELECT card_id FROM numbered WHERE sequence <> expected_sequence OR balance_after <> expected_balance
     UNION
     SELECT c.id FROM cards c WHERE c.workspace_id = $1 AND (
       c.balance <> (SELECT coalesce(sum(points), 0) FROM lots l WHERE l.workspace_id = $1 AND l.card_id = c.id)
       OR c.balance <> (SELECT coalesce(sum(points), 0) FROM ledger_entries e WHERE e.workspace_id = $1 AND e.card_id = c.id AND NOT e.pending)
       OR c.sequence <> (SELECT count(*) FROM ledger_entries e WHERE e.workspace_id = $1 AND e.card_id = c.id))`,
    [workspaceId],
  );
  return rows.map(({ card_id }) => `card ${card_id}: its entries, lots and balance do not agree`);
}

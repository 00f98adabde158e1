import { createHash, hash } from 'node:crypto';
import type { Connections } from '../database/client.ts';
import type { PageRequest } from '../database/paging.ts';
import type { Checkpoint } from '../domain/checkpoints.ts';
import { CHECKPOINT_TYPE, encodeHead, statementOf } from '../domain/checkpoints.ts';
import { NO_HISTORY } from '../domain/members.ts';
import { NO_REWARDS, verifyRewards, verifyStocks } from '../domain/reward-verification.ts';
import type { Difference } from '../domain/verification.ts';
import { NO_PLACE, verifyMember } from '../domain/verification.ts';
import { toPublicId } from '../platform/ids.ts';
import type { Verifier } from '../platform/signer.ts';
import type { WitnessedHead } from '../repositories/checkpoints.ts';
import { CheckpointRepository } from '../repositories/checkpoints.ts';
import { MemberRepository } from '../repositories/members.ts';
import type { ProgramCache } from '../repositories/program.ts';
import { memberIdsAfter, stocksToVerify } from '../repositories/verification.ts';
import type { LoaderSource } from './source.ts';

/** Reads what is stored, in pages, and says where it is not what must be. */

const CHECKPOINTS_AT_ONCE = 100;
const HEADS_AT_ONCE = 5_000;
/** How often members are read again because the configuration changed in between. */
const READS_MAX = 5;

export function createVerificationLoaders({ database, programs, workspaceId }: LoaderSource) {
  const source = { database, programs, workspaceId };
  const checkpoints = new CheckpointRepository(database.db, workspaceId);
  return {
    nextMembers: (after: string | null, limit: number) => verifyNextMembers(source, after, limit),
    /** Null if there is no such member. */
    member: async (customerId: string) => {
      const verified = await verifyMembers(source, [customerId]);
      return verified.memberCount === 0 ? null : { ...verified, last: null };
    },
    checkpoints: (page: PageRequest) => checkpoints.list(page),
  };
}

export interface VerificationSource {
  readonly database: Connections;
  readonly programs: ProgramCache;
  readonly workspaceId: string;
}

export interface VerifiedMembers {
  /** The first difference, in the order of the members' ids; null if there is none. */
  readonly difference: Difference | null;
  readonly memberCount: number;
  readonly entryCount: number;
  /** The last member of the page; null if there are no more behind it. */
  readonly last: string | null;
}

/** Verifies the next members of a workspace. */
export async function verifyNextMembers(source: VerificationSource, after: string | null, limit: number): Promise<VerifiedMembers> {
  const ids = await memberIdsAfter(source.database.db, source.workspaceId, after, limit + 1);
  const page = ids.slice(0, limit);
  return { ...(await verifyMembers(source, page)), last: ids.length > limit ? (page.at(-1) ?? null) : null };
}

/** Verifies the members, each as of one instant. Those that do not exist are not counted. */
export async function verifyMembers(source: VerificationSource, customerIds: readonly string[]): Promise<Omit<VerifiedMembers, 'last'>> {
  const { database, programs, workspaceId } = source;
  const repository = new MemberRepository(database.pool, workspaceId);
  for (let reads = 1; ; reads += 1) {
    const stored = await repository.readToVerify(customerIds);
    const program = await programs.get(database.db, workspaceId, stored.configurationVersion);
    if (program.configurationVersion !== stored.configurationVersion && reads < READS_MAX) continue;
    const states = stored.states(program);
    let entryCount = 0;
    let difference: Difference | null = null;
    const { structuresSettledAt } = stored;
    for (const [id, state] of states) {
      const entries = stored.entries.get(id) ?? [];
      entryCount += entries.length;
      difference ??=
        verifyMember({ state, history: stored.histories.get(id) ?? NO_HISTORY, entries, structuresSettledAt }, program) ??
        verifyRewards(id, stored.rewards.get(id) ?? NO_REWARDS);
    }
    return { difference, memberCount: states.size, entryCount };
  }
}

/** Verifies how many are left of each reward. */
export async function verifyRewardStocks({ database, workspaceId }: Omit<VerificationSource, 'programs'>): Promise<Difference | null> {
  return verifyStocks(await stocksToVerify(database.db, workspaceId));
}

export interface VerifiedCheckpoints {
  readonly difference: Difference | null;
  readonly checkpointCount: number;
  readonly headCount: number;
}

/**
 * Verifies every checkpoint of a workspace: that none is missing, that the workspace has signed it, that it witnesses the heads
 * that are stored with it, and that the entries are still those that it has witnessed.
 * @param known statements that were kept elsewhere, which must be among them
 */
export async function verifyCheckpoints(
  { database, workspaceId }: Omit<VerificationSource, 'programs'>,
  verifier: Verifier,
  known: readonly string[] = [],
): Promise<VerifiedCheckpoints> {
  const repository = new CheckpointRepository(database.db, workspaceId);
  const missing = new Set(known);
  let headCount = 0;
  let before: Checkpoint | null = null;
  const at = (difference: Difference | null) => ({ difference, checkpointCount: before?.sequence ?? 0, headCount });
  for (;;) {
    const page: Checkpoint[] = await repository.after(before?.sequence ?? 0, CHECKPOINTS_AT_ONCE);
    for (const checkpoint of page) {
      const expected: number = (before?.sequence ?? 0) + 1;
      if (checkpoint.sequence !== expected) return at(missingCheckpoint(expected));
      const difference =
        (await verifyStatement(verifier, workspaceId, checkpoint, before)) ?? (await verifyHeads(repository, checkpoint));
      if (difference !== null) return at(difference);
      missing.delete(checkpoint.statement);
      headCount += checkpoint.cardCount;
      before = checkpoint;
    }
    if (page.length < CHECKPOINTS_AT_ONCE) break;
  }
  const orphan = await repository.headsWithoutCheckpoint();
  if (orphan !== null) return at(missingCheckpoint(orphan));
  const [statement] = missing;
  if (statement !== undefined) return at({ ...missingCheckpoint((before?.sequence ?? 0) + 1), field: 'statement', expected: statement });
  return at(null);
}

function missingCheckpoint(sequence: number): Difference {
  return {
    ...NO_PLACE,
    kind: 'CHECKPOINT_MISSING',
    sequence,
    checkpointSequence: sequence,
    field: 'sequence',
    found: null,
    expected: String(sequence),
  };
}

function changedCheckpoint(sequence: number, field: string, found: unknown, expected: unknown): Difference {
  const text = (value: unknown) => (value === null || value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value));
  return {
    ...NO_PLACE,
    kind: 'CHECKPOINT_CHANGED',
    sequence,
    checkpointSequence: sequence,
    field,
    found: text(found),
    expected: text(expected),
  };
}

/** Whether the workspace has signed what the checkpoint says, and it follows the one before. */
async function verifyStatement(
  verifier: Verifier,
  workspaceId: string,
  checkpoint: Checkpoint,
  before: Checkpoint | null,
): Promise<Difference | null> {
  const { sequence, statement, previousHash } = checkpoint;
  const signed = await verifier.verify(workspaceId, CHECKPOINT_TYPE, statement);
  if (signed === null) return changedCheckpoint(sequence, 'statement', statement, null);
  const stored = statementOf(toPublicId('Workspace', workspaceId), checkpoint);
  for (const [field, found] of Object.entries(stored)) {
    if (signed.payload[field] !== found) return changedCheckpoint(sequence, field, found, signed.payload[field]);
  }
  const expected = before === null ? null : hash('sha256', before.statement, 'hex');
  return previousHash === expected ? null : changedCheckpoint(sequence, 'previousHash', previousHash, expected);
}

async function verifyHeads(repository: CheckpointRepository, { sequence, headsHash, cardCount }: Checkpoint): Promise<Difference | null> {
  const heads = createHash('sha256');
  let count = 0;
  let rewritten: Difference | null = null;
  for (let after: string | null = null; ; ) {
    const page: WitnessedHead[] = await repository.witnessedHeads(sequence, after, HEADS_AT_ONCE);
    for (const head of page) {
      heads.update(encodeHead(head));
      if (rewritten === null && head.entryHash !== head.head) rewritten = rewrittenChain(head, sequence);
    }
    count += page.length;
    after = page.at(-1)?.cardId ?? null;
    if (page.length < HEADS_AT_ONCE) break;
  }
  const digest = heads.digest('hex');
  // What a checkpoint says of entries is worth something only if it says what was signed.
  if (digest !== headsHash) return changedCheckpoint(sequence, 'headsHash', digest, headsHash);
  if (count !== cardCount) return changedCheckpoint(sequence, 'cardCount', count, cardCount);
  return rewritten;
}

/** The entries of a card are not those that the checkpoint has witnessed. */
function rewrittenChain({ cardId, customerId, sequence, head, entryHash }: WitnessedHead, checkpointSequence: number): Difference {
  const kind = customerId === null ? 'CARD_MISSING' : entryHash === null ? 'ENTRY_MISSING' : 'CHAIN_REWRITTEN';
  return { ...NO_PLACE, kind, customerId, cardId, sequence, checkpointSequence, field: 'hash', found: entryHash, expected: head };
}

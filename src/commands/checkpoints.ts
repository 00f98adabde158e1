import { createHash, hash } from 'node:crypto';
import { withTransaction } from '../database/client.ts';
import type { Checkpoint } from '../domain/checkpoints.ts';
import { CHECKPOINT_TYPE, encodeHead, statementOf } from '../domain/checkpoints.ts';
import { newId, toPublicId } from '../platform/ids.ts';
import type { Signer } from '../platform/signer.ts';
import { CheckpointRepository } from '../repositories/checkpoints.ts';
import { EventRepository } from '../repositories/events.ts';
import type { CommandRunner } from './run.ts';

/** Signed checkpoints. They are made in real time, whatever the workspace's own clock says. */

/** How many cards are looked at in one statement. */
const CARDS_AT_ONCE = 5_000;
/** After so long another process may take over a checkpoint that one has begun. */
const CLAIM_MS = 600_000;

/**
 * Makes the workspace's next checkpoint, if it is due and no other process is at it.
 * @returns null if there is nothing to witness, or nothing to do
 */
export async function makeDueCheckpoint(runner: CommandRunner, signer: Signer, workspaceId: string, intervalMs: number): Promise<Checkpoint | null> {
  const { db } = runner.database.workspace(workspaceId);
  const repository = new CheckpointRepository(db, workspaceId);
  const now = runner.clock();
  if (!(await repository.claim(now, now + CLAIM_MS))) return null;
  const made = await makeCheckpoint(runner, signer, workspaceId);
  if (made !== null) runner.commits.tell(workspaceId);
  await repository.schedule(now + intervalMs);
  return made;
}

/** Witnesses all heads that have moved since the checkpoint before; null if none has. */
export async function makeCheckpoint(runner: CommandRunner, signer: Signer, workspaceId: string): Promise<Checkpoint | null> {
  // Within the transaction it must not have to be made.
  await signer.prepare(workspaceId);
  return withTransaction(runner.database.workspace(workspaceId), async (transaction) => {
    const repository = new CheckpointRepository(transaction, workspaceId);
    const before = await repository.last();
    const sequence = (before?.sequence ?? 0) + 1;
    const heads = createHash('sha256');
    let cardCount = 0;
    for (let after: string | null = null; ; ) {
      const page = await repository.recordHeads(sequence, after, CARDS_AT_ONCE);
      for (const head of page.heads) heads.update(encodeHead(head));
      cardCount += page.heads.length;
      after = page.last;
      if (after === null) break;
    }
    if (cardCount === 0) return null;
    const content = {
      sequence,
      previousHash: before === null ? null : hash('sha256', before.statement, 'hex'),
      headsHash: heads.digest('hex'),
      cardCount,
      createdAt: runner.clock(),
    };
    const statement = await signer.sign(workspaceId, CHECKPOINT_TYPE, statementOf(toPublicId('Workspace', workspaceId), content));
    const checkpoint = { ...content, id: newId(), statement };
    await repository.insert(checkpoint);
    const event = { type: 'journal.checkpoint_signed', customerId: null, sequence: null, data: { checkpointSequence: sequence, cardCount } };
    const cause = { requestId: 'checkpoints', command: 'checkpoints', apiKeyId: null };
    await new EventRepository(transaction, workspaceId).insert(newId(), { ...event, ...cause, occurredAt: checkpoint.createdAt, recordedAt: checkpoint.createdAt });
    return checkpoint;
  });
}

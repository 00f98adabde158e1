import type { Transaction } from '../database/client.ts';
import { withTransaction } from '../database/client.ts';
import { grantNoticeAt, noticedBefore } from '../domain/notices.ts';
import type { Program } from '../domain/program.ts';
import type { Instant } from '../domain/time.ts';
import { newId } from '../platform/ids.ts';
import { DueWorkRepository } from '../repositories/due-work.ts';
import type { MemberEvent } from '../repositories/members.ts';
import { MemberRepository, NO_MEMBER_CHANGES } from '../repositories/members.ts';
import { OperationRepository } from '../repositories/operations.ts';
import type { Due } from '../repositories/reward-expirations.ts';
import { RewardExpirationRepository } from '../repositories/reward-expirations.ts';
import { expirationEvents, expiringGrantEvents, numberEvents } from './events.ts';
import type { CommandRunner } from './run.ts';

/**
 * Grants and redemptions that expire, and grants that do so soon. Whoever reads them sees it by the clock; here it is told, each once.
 * What was told is marked in its row, and written with the events under the lock of the customer: of two processes that come at once
 * the second finds nothing left to mark.
 */

const ROWS_AT_ONCE = 256;
const DAY_MS = 86_400_000;

/**
 * Tells of what has expired. It needs no claim.
 * @param deadline in real time, when to leave the rest to the next pass
 * @returns whether nothing is left
 */
export async function tellExpiredRewards(runner: CommandRunner, workspaceId: string, requestId: string, deadline: number): Promise<boolean> {
  const repository = new RewardExpirationRepository(runner.database.workspace(workspaceId).db, workspaceId);
  for (;;) {
    const now = await runner.now(workspaceId);
    const grants = await repository.expiredGrants(now, ROWS_AT_ONCE);
    const redemptions = await repository.expiredRedemptions(now, ROWS_AT_ONCE);
    if (grants.length + redemptions.length === 0) return true;
    if (Date.now() >= deadline) return false;
    await tell(runner, workspaceId, { requestId, command: 'dueEffects' }, [...grants, ...redemptions], async (transaction, _, at) => {
      const marking = new RewardExpirationRepository(transaction, workspaceId);
      const expired = await marking.markExpiredGrants(idsOf(grants), at);
      const unfetched = await marking.markExpiredRedemptions(idsOf(redemptions), at);
      const operations = unfetched.length === 0 ? [] : await new OperationRepository(transaction, workspaceId).byIds(unfetched);
      return expirationEvents(expired, operations.flatMap((operation) => (operation.type === 'REDEMPTION' ? operation : [])), at);
    });
  }
}

/** Tells of grants that expire within the workspace's `noticeDays`. Each grant is looked at once. */
export async function tellExpiringGrants(runner: CommandRunner, workspaceId: string, requestId: string): Promise<void> {
  const noticeDays = await new DueWorkRepository(runner.database.workspace(workspaceId).db, workspaceId).noticeDays();
  if (noticeDays === 0) return;
  const repository = new RewardExpirationRepository(runner.database.workspace(workspaceId).db, workspaceId);
  for (let after: string | null = null; ; ) {
    const now = await runner.now(workspaceId);
    // A local day may be longer than a day: what is found too early is found again.
    const grants: readonly Due[] = await repository.grantsToNotice(now + (noticeDays + 2) * DAY_MS, after, ROWS_AT_ONCE);
    if (grants.length === 0) return;
    await tell(runner, workspaceId, { requestId, command: 'notices' }, grants, async (transaction, { calendar, rewards }, at) => {
      const marking = new RewardExpirationRepository(transaction, workspaceId);
      const looked = await marking.markNoticedGrants(idsOf(grants), noticedBefore(calendar, noticeDays, at), at);
      const notices = looked.flatMap((grant) => {
        // Of a reward that was deleted nothing can be redeemed any more.
        const noticeAt = rewards.has(grant.rewardId) ? grantNoticeAt(grant, calendar, noticeDays) : null;
        return noticeAt === null ? [] : [{ grant, at: noticeAt }];
      });
      return expiringGrantEvents(notices, at);
    });
    after = grants.at(-1)?.id ?? null;
  }
}

/** Locks the customers, and writes what is found to tell of them. */
async function tell(
  runner: CommandRunner,
  workspaceId: string,
  cause: { readonly requestId: string; readonly command: string },
  due: readonly Due[],
  find: (transaction: Transaction, program: Program, now: Instant) => Promise<MemberEvent[]>,
): Promise<void> {
  const customerIds = [...new Set(due.map(({ customerId }) => customerId))];
  const told = await withTransaction(runner.database.workspace(workspaceId), async (transaction) => {
    const repository = new MemberRepository(transaction.$client, workspaceId);
    const { configurationVersion, clockFrozenAt, members } = await repository.lock(customerIds, []);
    if (configurationVersion === null) return false;
    const program = await runner.programs.get(transaction, workspaceId, configurationVersion);
    const now = clockFrozenAt ?? runner.clock();
    const events = await find(transaction, program, now);
    if (events.length === 0) return false;
    await repository.write({ ...NO_MEMBER_CHANGES, ...numberEvents(events, members, { ...cause, apiKeyId: null }) }, now, newId());
    return true;
  });
  if (told) runner.commits.tell(workspaceId);
}

function idsOf(due: readonly Due[]): string[] {
  return due.map(({ id }) => id);
}

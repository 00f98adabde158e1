import type { Transaction } from '../database/client.ts';
import { withTransaction } from '../database/client.ts';
import type { MemberHistory } from '../domain/members.ts';
import type { Noticed } from '../domain/notices.ts';
import { decideNotices } from '../domain/notices.ts';
import { needsReplay, stateAt } from '../domain/timeline.ts';
import { newId, toPublicId } from '../platform/ids.ts';
import { DueWorkRepository } from '../repositories/due-work.ts';
import { EventRepository } from '../repositories/events.ts';
import type { MemberEvent } from '../repositories/members.ts';
import { MemberRepository, NO_MEMBER_CHANGES } from '../repositories/members.ts';
import { noticeEvents, numberEvents } from './events.ts';
import type { CommandRunner } from './run.ts';

/**
 * Tells of what happens soon, each thing once, stamped with the instant at which it became so. What was told is kept in the
 * customer's row and is written with the events, under the lock of the row: of two processes the second finds nothing new.
 */

const CUSTOMERS_AT_ONCE = 256;
const DAY_MS = 86_400_000;
const COMMAND = 'notices';

export interface NoticeFailure {
  readonly customerId: string;
  readonly error: unknown;
}

/** @returns the customers of whom it could not be found; they are tried again with the next look */
export async function tellNotices(runner: CommandRunner, workspaceId: string, requestId: string): Promise<readonly NoticeFailure[]> {
  const repository = new DueWorkRepository(runner.database.workspace(workspaceId).db, workspaceId);
  const noticeDays = await repository.noticeDays();
  if (noticeDays === 0) return [];
  await tellOfKeys(runner, workspaceId, requestId, noticeDays);
  const failures: NoticeFailure[] = [];
  for (let after: string | null = null; ; ) {
    const now = await runner.now(workspaceId);
    // A local day may be longer than a day: who is looked at too early is looked at again.
    const ids: string[] = await repository.customerIdsToNotice(now, now + (noticeDays + 1) * DAY_MS, noticeDays, after, CUSTOMERS_AT_ONCE);
    if (ids.length === 0) return failures;
    failures.push(...(await tellOfCustomers(runner, workspaceId, requestId, ids, noticeDays)));
    after = ids.at(-1) ?? null;
  }
}

/** All together; if that fails each alone, so that one of whom it cannot be found holds up nobody. */
async function tellOfCustomers(runner: CommandRunner, workspaceId: string, requestId: string, ids: readonly string[], noticeDays: number): Promise<NoticeFailure[]> {
  try {
    const told = await withTransaction(runner.database.workspace(workspaceId), (transaction) => tell(transaction, runner, workspaceId, requestId, ids, noticeDays));
    if (told) runner.commits.tell(workspaceId);
    return [];
  } catch (error) {
    const [customerId = ''] = ids;
    if (ids.length === 1) return [{ customerId, error }];
    const failures: NoticeFailure[] = [];
    for (const id of ids) failures.push(...(await tellOfCustomers(runner, workspaceId, requestId, [id], noticeDays)));
    return failures;
  }
}

/** @returns whether there was anything to tell */
async function tell(
  transaction: Transaction,
  runner: CommandRunner,
  workspaceId: string,
  requestId: string,
  ids: readonly string[],
  noticeDays: number,
): Promise<boolean> {
  const repository = new MemberRepository(transaction.$client, workspaceId);
  const locked = await repository.lock(ids, []);
  if (locked.configurationVersion === null) return false;
  const loaded = await repository.load(ids, [], { keys: [], references: [] });
  const program = await runner.programs.get(transaction, workspaceId, locked.configurationVersion);
  const states = loaded.states(locked.members, program);
  const now = locked.clockFrozenAt ?? runner.clock();
  // Who was not judged since structures changed is seen as judged.
  const unsettled = [...states].flatMap(([id, state]) => (needsReplay(state, program) ? id : []));
  const histories = unsettled.length === 0 ? new Map<string, MemberHistory>() : await repository.history(unsettled);
  const due = new DueWorkRepository(transaction, workspaceId);
  const before = await due.noticed(ids);
  const noticed = new Map<string, Noticed>();
  const events: MemberEvent[] = [];
  for (const { customer } of locked.members) {
    const state = states.get(customer.id);
    if (state === undefined) continue;
    const history = histories.get(customer.id);
    const settled = history === undefined ? state : stateAt(state, history, program, state.settledAt);
    const decided = decideNotices(settled, program, noticeDays, before.get(customer.id) ?? null, now);
    noticed.set(customer.id, decided.noticed);
    events.push(...noticeEvents(customer.id, decided.notices, now));
  }
  const numbered = numberEvents(events, locked.members, { requestId, command: COMMAND, apiKeyId: null });
  if (events.length > 0) await repository.write({ ...NO_MEMBER_CHANGES, ...numbered }, now, newId());
  await due.saveNoticed(noticed);
  return events.length > 0;
}

/** Keys go by real time, in sandboxes too. */
async function tellOfKeys(runner: CommandRunner, workspaceId: string, requestId: string, noticeDays: number): Promise<void> {
  const now = runner.clock();
  const lead = noticeDays * DAY_MS;
  const told = await withTransaction(runner.database.workspace(workspaceId), async (transaction) => {
    const keys = await new DueWorkRepository(transaction, workspaceId).noticeExpiringKeys(now, now + lead);
    for (const { id, name, lastFour, createdAt, expiresAt } of keys) {
      const data = { apiKeyId: toPublicId('ApiKey', id), apiKeyName: name, lastFour, expiresAt };
      const occurredAt = Math.max(createdAt, (expiresAt ?? now) - lead);
      const event = { type: 'api_key.expiring', customerId: null, sequence: null, data, occurredAt, recordedAt: now };
      await new EventRepository(transaction, workspaceId).insert(newId(), { ...event, requestId, command: COMMAND, apiKeyId: null });
    }
    return keys.length > 0;
  });
  if (told) runner.commits.tell(workspaceId);
}

import { WorkspaceRepository } from '../repositories/workspaces.ts';
import { EventLogRepository } from '../repositories/events.ts';
import type { CommandRunner } from './run.ts';

const DAY_MS = 86_400_000;

/**
 * Gives positions to events that nobody has read, so that whoever begins to read finds them in order, and removes those that
 * the workspace does not keep any longer, by real time. @returns how many batches of events were removed
 */
export async function keepEventLog({ database, clock }: CommandRunner, workspaceId: string): Promise<number> {
  const connections = database.workspace(workspaceId);
  const workspace = await new WorkspaceRepository(connections.db, workspaceId).find();
  if (workspace === null) return 0;
  const log = new EventLogRepository(connections, workspaceId);
  await log.order();
  const before = clock() - workspace.eventRetentionDays * DAY_MS;
  let removed = 0;
  for (;;) {
    const batches = await log.removeBefore(before);
    removed += batches;
    if (batches === 0) return removed;
  }
}

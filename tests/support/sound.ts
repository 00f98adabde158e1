import type { Difference } from '../../src/domain/verification.ts';
import { verifyNextMembers, verifyRewardStocks } from '../../src/loaders/verification.ts';
import { ProgramCache } from '../../src/repositories/program.ts';
import type { TestServer } from './server.ts';

/** What a server's tests have left behind must prove itself: the first difference of each workspace. */
export async function differencesOf({ database }: TestServer): Promise<Difference[]> {
  const { rows } = await database.pool.query<{ workspace_id: string }>('SELECT workspace_id FROM workspaces ORDER BY workspace_id');
  const programs = new ProgramCache();
  const differences: Difference[] = [];
  for (const { workspace_id: workspaceId } of rows) {
    const source = { database: database.workspace(workspaceId), programs, workspaceId };
    const difference = (await verifyNextMembers(source, null, 1_000)).difference ?? (await verifyRewardStocks(source));
    if (difference !== null) differences.push(difference);
  }
  return differences;
}

import type { PageRequest } from '../database/paging.ts';
import type { Instant } from '../domain/time.ts';
import type { Workspace } from '../domain/workspaces.ts';
import { WorkspaceRepository } from '../repositories/workspaces.ts';
import { loadById } from './batch.ts';
import type { LoaderSource } from './source.ts';

export function createWorkspaceLoaders({ database, workspaceId, now }: LoaderSource) {
  const repository = new WorkspaceRepository(database.db, workspaceId);
  let clock: Promise<Instant> | null = null;
  return {
    /** What it is now by the workspace's own clock, asked once. */
    clock: (): Promise<Instant> => (clock ??= repository.clockFrozenAt().then((frozenAt) => frozenAt ?? now)),
    ownWorkspace: async (): Promise<Workspace> => {
      const workspace = await repository.find();
      if (workspace === null) throw new Error('A request acts in a workspace that exists.');
      return workspace;
    },
    apiKey: loadById((ids) => repository.apiKeysByIds(ids)),
    apiKeys: (page: PageRequest) => repository.listApiKeys(page),
  };
}

import type { PageRequest } from '../database/paging.ts';
import { EarnRuleRepository } from '../repositories/earning.ts';
import { loadById } from './batch.ts';
import type { LoaderSource } from './source.ts';

export function createEarningLoaders({ database, workspaceId }: LoaderSource) {
  const repository = new EarnRuleRepository(database.db, workspaceId);
  return {
    earnRule: loadById((ids) => repository.byIds(ids)),
    earnRuleVersion: loadById((ids) => repository.versionsByIds(ids)),
    earnRules: (page: PageRequest) => repository.list(page),
  };
}

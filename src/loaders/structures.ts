import type { PageRequest } from '../database/paging.ts';
import type { TierStructureQuery } from '../repositories/structures.ts';
import { TierStructureRepository } from '../repositories/structures.ts';
import { loadById, loadByKey } from './batch.ts';
import type { LoaderSource } from './source.ts';

export type { TierStructureField, TierStructureOrderField, TierStructureQuery } from '../repositories/structures.ts';

export function createStructureLoaders({ database, workspaceId }: LoaderSource) {
  const repository = new TierStructureRepository(database.db, workspaceId);
  return {
    tierStructure: loadById((ids) => repository.byIds(ids)),
    tier: loadByKey(async (ids) => {
      const structures = await repository.byTierIds(ids);
      return new Map(structures.flatMap(({ tiers }) => tiers.map((tier) => [tier.id, tier] as const)));
    }),
    tierStructures: (query: TierStructureQuery, page: PageRequest) => repository.list(query, page),
    tierStructureCount: (query: TierStructureQuery) => repository.count(query),
  };
}

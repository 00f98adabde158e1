import type { PageRequest } from '../database/paging.ts';
import type { TierStructure } from '../domain/structures.ts';
import type { Connection } from '../platform/paging.ts';
import type { TierStructureQuery } from '../repositories/structures.ts';
import { TierStructureRepository } from '../repositories/structures.ts';
import { loadById } from './batch.ts';
import type { LoaderSource } from './source.ts';

export type { TierStructureField, TierStructureOrderField, TierStructureQuery } from '../repositories/structures.ts';

/** A page, and the query that it is a page of: the whole is counted only if asked for. */
export interface TierStructureConnectionView extends Connection<TierStructure> {
  readonly query: TierStructureQuery;
}

export function createStructureLoaders({ database, workspaceId }: LoaderSource) {
  const repository = new TierStructureRepository(database.db, workspaceId);
  return {
    tierStructure: loadById((ids) => repository.byIds(ids)),
    tier: loadById((ids) => repository.tiersByIds(ids)),
    tierStructures: (query: TierStructureQuery, page: PageRequest) => repository.list(query, page),
    tierStructureCount: (query: TierStructureQuery) => repository.count(query),
  };
}

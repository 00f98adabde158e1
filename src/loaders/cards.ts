import type { PageRequest } from '../database/paging.ts';
import { CardDefinitionRepository } from '../repositories/cards.ts';
import { loadById } from './batch.ts';
import type { LoaderSource } from './source.ts';

export function createCardLoaders({ database, workspaceId }: LoaderSource) {
  const repository = new CardDefinitionRepository(database.db, workspaceId);
  return {
    cardDefinition: loadById((ids) => repository.byIds(ids)),
    cardDefinitions: (page: PageRequest) => repository.list(page),
  };
}

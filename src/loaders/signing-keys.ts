import type { PageRequest } from '../database/paging.ts';
import { SigningKeyRepository } from '../repositories/signing-keys.ts';
import { loadById } from './batch.ts';
import type { LoaderSource } from './source.ts';

export function createSigningKeyLoaders({ database, workspaceId }: LoaderSource) {
  const repository = new SigningKeyRepository(database.db, workspaceId);
  return {
    signingKey: loadById((ids) => repository.byIds(ids)),
    signingKeys: (page: PageRequest) => repository.list(page),
  };
}

import type { PageRequest } from '../database/paging.ts';
import type { Condition } from '../domain/filters.ts';
import type { ActivityField, ApiKeyUseField } from '../repositories/audit.ts';
import { AuditRepository } from '../repositories/audit.ts';
import { loadById, loadByKey, loadPages } from './batch.ts';
import type { LoaderSource } from './source.ts';

export type { ActivityField, ApiKeyUseField } from '../repositories/audit.ts';

export function createAuditLoaders({ database, workspaceId }: LoaderSource) {
  const repository = new AuditRepository(database.db, workspaceId);
  return {
    activity: loadById((ids) => repository.activitiesByIds(ids)),
    /** Pages of the changes of one object each. */
    activitiesOf: loadPages((objectIds, page: PageRequest) => repository.activitiesOf(objectIds, page)),
    activities: (conditions: readonly Condition<ActivityField>[], page: PageRequest) => repository.activities(conditions, page),
    apiKeyUses: (conditions: readonly Condition<ApiKeyUseField>[], page: PageRequest) => repository.apiKeyUses(conditions, page),
    keyLastUsedAt: loadByKey((apiKeyIds) => repository.keysLastUsedAt(apiKeyIds)),
  };
}

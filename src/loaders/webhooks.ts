import type { PageRequest } from '../database/paging.ts';
import type { DeliveryFilter } from '../repositories/webhooks.ts';
import { WebhookRepository } from '../repositories/webhooks.ts';
import { loadById, loadByKey, loadPages } from './batch.ts';
import type { LoaderSource } from './source.ts';

export type { DeliveryFilter } from '../repositories/webhooks.ts';

export function createWebhookLoaders({ database, workspaceId }: LoaderSource) {
  const repository = new WebhookRepository(database.db, workspaceId);
  return {
    endpoint: loadById((ids) => repository.endpointsByIds(ids)),
    endpoints: (page: PageRequest) => repository.listEndpoints(page),
    health: loadByKey((ids) => repository.health(ids)),
    delivery: loadById((ids) => repository.deliveriesByIds(ids)),
    deliveries: (filter: DeliveryFilter, page: PageRequest) => repository.listDeliveries(filter, page),
    attemptsOf: loadPages((ids, page: PageRequest) => repository.attemptsOf(ids, page)),
  };
}

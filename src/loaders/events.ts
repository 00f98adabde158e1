import type { LogPlace } from '../domain/events.ts';
import type { EventView } from '../platform/event-data.ts';
import { viewEvents } from '../platform/event-data.ts';
import { eventCursor, findPlace, placeCursor, readOrRefuse } from '../platform/event-places.ts';
import type { Connection } from '../platform/paging.ts';
import type { EventFilter } from '../repositories/events.ts';
import { EventLogRepository } from '../repositories/events.ts';
import { loadByKey } from './batch.ts';
import type { LoaderSource } from './source.ts';

export type { EventFilter } from '../repositories/events.ts';
export type { EventView } from '../platform/event-data.ts';

/** Which page of the log is asked for. */
export interface EventPageRequest {
  readonly limit: number;
  readonly backward: boolean;
  readonly after: string | null | undefined;
  readonly before: string | null | undefined;
}

export function createEventLoaders({ database, workspaceId }: LoaderSource) {
  const log = new EventLogRepository(database, workspaceId);
  return {
    event: loadByKey<EventView>(async (ids) => {
      const views = await viewEvents(await log.byIds(ids), database, workspaceId);
      return new Map(views.map((view) => [view.event.id, view]));
    }),

    async events(filter: EventFilter, { limit, backward, after, before }: EventPageRequest): Promise<Connection<EventView>> {
      const field = backward ? 'before' : 'after';
      const from = await findPlace(log, backward ? before : after, field);
      const page = await readOrRefuse(backward ? log.readBack(from, filter, limit) : log.read(from, filter, limit), field);
      const views = await viewEvents(page.events.map(({ event }) => event), database, workspaceId);
      const edges = views.map((node, index) => ({ cursor: eventCursor(page.events[index]?.place as LogPlace, node.event.id), node }));
      const upTo = placeCursor(page.upTo, page.upToBatchId);
      return {
        edges,
        nodes: views,
        pageInfo: {
          hasNextPage: backward ? from !== null : !page.complete,
          hasPreviousPage: backward ? !page.complete : from !== null,
          startCursor: backward ? upTo : (edges.at(0)?.cursor ?? null),
          endCursor: backward ? (edges.at(-1)?.cursor ?? null) : upTo,
        },
      };
    },
  };
}

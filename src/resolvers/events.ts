import type { RequestContext } from '../context.ts';
import { includesScope } from '../domain/workspaces.ts';
import { eventTypes } from '../generated/event-types.ts';
import type { EventFilter as EventFilterInput, InputMaybe, QueryResolvers, Resolvers } from '../generated/resolvers-types.ts';
import type { EventFilter, EventView } from '../loaders/events.ts';
import type { CompleteResolvers } from '../platform/complete-resolvers.ts';
import { wireData } from '../platform/event-data.ts';
import { typesNamed, withoutKeys } from '../platform/event-places.ts';
import { fromPublicId, toPublicId } from '../platform/ids.ts';
import { pageLimit } from '../platform/paging.ts';

/** No customer has this id. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

const Query: Pick<QueryResolvers, 'events'> = {
  events: (_, args, context) =>
    context.loaders.events.events(eventFilter(args.filter, context), {
      ...pageLimit(args),
      after: args.after,
      before: args.before,
    }),
};

const event: CompleteResolvers<NonNullable<Resolvers['Event']>, EventView> = {
  id: ({ event: { id } }) => toPublicId('Event', id),
  name: ({ event: { type } }) => type,
  customerId: ({ event: { customerId } }) => (customerId === null ? null : toPublicId('Customer', customerId)),
  sequence: ({ event: { sequence } }) => sequence,
  cause: ({ event: { requestId, command, apiKeyId } }) => ({
    requestId,
    command,
    apiKeyId: apiKeyId === null ? null : toPublicId('ApiKey', apiKeyId),
  }),
  occurredAt: ({ event: { occurredAt } }) => occurredAt,
  recordedAt: ({ event: { recordedAt } }) => recordedAt,
  dataJson: ({ data }) => (data === null ? null : wireData(data)),
};

export const eventResolvers = { Query, Event: event };

/** Which events a client asks for, and may see. */
export function eventFilter(input: InputMaybe<EventFilterInput> | undefined, { viewer }: RequestContext): EventFilter {
  const { types, patterns, customerId } = input ?? {};
  const names = typesNamed({ types: types?.map((type) => eventTypes[type].name), patterns }, ['filter']);
  const known = (customerId ?? null) === null ? null : (fromPublicId('Customer', customerId ?? '') ?? NOBODY);
  const filter = { types: names, customerId: known };
  return includesScope(viewer.scope, 'ADMIN') ? filter : withoutKeys(filter);
}

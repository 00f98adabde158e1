import type { RequestContext } from '../context.ts';
import { eventTypes } from '../generated/event-types.ts';
import type { EventFilter as EventFilterInput, InputMaybe, QueryResolvers, Resolvers, SubscriptionResolvers } from '../generated/resolvers-types.ts';
import type { EventFilter, EventView } from '../loaders/events.ts';
import type { CompleteResolvers } from '../platform/complete-resolvers.ts';
import { wireData } from '../platform/event-data.ts';
import { FollowedEvents } from '../platform/event-feed.ts';
import { eventFilterOf, placeToFollow } from '../platform/event-places.ts';
import { toPublicId } from '../platform/ids.ts';
import { pageLimit } from '../platform/paging.ts';

const Query: Pick<QueryResolvers, 'events'> = {
  events: (_, args, context) =>
    context.loaders.events.events(eventFilter(args.filter, context, ['filter']), {
      ...pageLimit(args),
      after: args.after,
      before: args.before,
    }),
};

const Subscription: Pick<SubscriptionResolvers, 'events'> = {
  events: {
    subscribe: async (_, { after, types, patterns, customerId }, context) => {
      const filter = eventFilter({ types, patterns, customerId }, context, []);
      const { services, database, viewer } = context;
      const { place } = await placeToFollow(database, viewer.workspaceId, after, 'after');
      return new FollowedEvents(services.feeds.follow(viewer.workspaceId, place, filter));
    },
    resolve: (followed: EventView) => followed,
  },
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

export const eventResolvers = { Query, Subscription, Event: event };

/** Which events a client asks for, and may see. */
function eventFilter(input: InputMaybe<EventFilterInput> | undefined, { viewer }: RequestContext, field: readonly string[]): EventFilter {
  const { types, patterns, customerId } = input ?? {};
  return eventFilterOf({ types: types?.map((type) => eventTypes[type].name), patterns, customerId }, viewer.scope, field);
}

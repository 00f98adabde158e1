import {
  webhookDeliveryReplay,
  webhookEndpointCreate,
  webhookEndpointDelete,
  webhookEndpointEnable,
  webhookEndpointPause,
  webhookEndpointReplay,
  webhookEndpointSecretRotate,
  webhookEndpointTest,
  webhookEndpointUpdate,
} from '../commands/webhooks.ts';
import type { RequestContext } from '../context.ts';
import type { Checked } from '../domain/problem.ts';
import type { Delivery, Replay } from '../domain/webhook-deliveries.ts';
import { HEALTHY, disablesAt } from '../domain/webhook-health.ts';
import type { WebhookEndpoint, WebhookErrorCode } from '../domain/webhooks.ts';
import type { MutationResolvers, QueryResolvers, Resolvers, WebhookDeliveryFilter, WebhookEndpointPauseInput } from '../generated/resolvers-types.ts';
import { loadReferred } from '../loaders/batch.ts';
import type { DeliveryFilter } from '../loaders/webhooks.ts';
import type { CompleteResolvers } from '../platform/complete-resolvers.ts';
import { RequestError } from '../platform/errors.ts';
import { isEventName } from '../platform/event-data.ts';
import { fromPublicId, toPublicId } from '../platform/ids.ts';
import { pageRequest, toConnection } from '../platform/paging.ts';

const Query: Pick<QueryResolvers, 'webhookEndpoint' | 'webhookEndpoints' | 'webhookDelivery' | 'webhookDeliveries'> = {
  webhookEndpoint: (_, { id }, { loaders }) => {
    const found = fromPublicId('WebhookEndpoint', id);
    return found === null ? null : loaders.webhooks.endpoint.load(found);
  },
  webhookEndpoints: async (_, args, { loaders }) => toConnection(await loaders.webhooks.endpoints(pageRequest(args))),
  webhookDelivery: (_, { id }, { loaders }) => {
    const found = fromPublicId('WebhookDelivery', id);
    return found === null ? null : loaders.webhooks.delivery.load(found);
  },
  webhookDeliveries: async (_, { filter, ...args }, { loaders }) =>
    toConnection(await loaders.webhooks.deliveries(toDeliveryFilter(filter ?? {}), pageRequest(args))),
};

/** What cannot be an id names nothing, as an id of something else does. */
const NOTHING = '00000000-0000-0000-0000-000000000000';

/** @throws RequestError INVALID_FILTER */
function toDeliveryFilter({ webhookEndpointId, eventId, eventType, status }: WebhookDeliveryFilter): DeliveryFilter {
  if (eventType != null && !isEventName(eventType)) {
    throw new RequestError('INVALID_FILTER', 'No type of events is called so.', { field: ['filter', 'eventType'] });
  }
  const plain = (kind: 'WebhookEndpoint' | 'Event', id: string | null | undefined) => (id == null ? null : (fromPublicId(kind, id) ?? NOTHING));
  return { endpointId: plain('WebhookEndpoint', webhookEndpointId), eventId: plain('Event', eventId), eventType, status };
}

const Mutation: Pick<
  MutationResolvers,
  | 'webhookEndpointCreate'
  | 'webhookEndpointUpdate'
  | 'webhookEndpointPause'
  | 'webhookEndpointEnable'
  | 'webhookEndpointDelete'
  | 'webhookEndpointSecretRotate'
  | 'webhookEndpointTest'
  | 'webhookEndpointReplay'
  | 'webhookDeliveryReplay'
> = {
  webhookEndpointCreate: async (_, { input }, context) => {
    const settings = {
      url: input.url,
      description: input.description ?? null,
      eventTypes: input.eventTypes,
      filter: input.filter ?? null,
      customHeaders: input.customHeaders ?? [],
      ratePerSecond: input.ratePerSecond ?? null,
      ordered: input.ordered,
      metadata: input.metadata ?? {},
    };
    const { runner } = context.services;
    return secretPayload(context, await webhookEndpointCreate(runner, toolsOf(context), context.actor, settings, input.idempotencyKey));
  },
  webhookEndpointUpdate: async (_, { input }, context) => {
    const changes = {
      url: input.url ?? undefined,
      description: input.description,
      eventTypes: input.eventTypes ?? undefined,
      filter: input.filter,
      customHeaders: input.customHeaders ?? undefined,
      ratePerSecond: input.ratePerSecond,
      ordered: input.ordered ?? undefined,
      metadata: input.metadata ?? undefined,
    };
    return payload(context, await webhookEndpointUpdate(context.services.runner, toolsOf(context), context.actor, targetOf(input), changes));
  },
  webhookEndpointPause: async (_, { input }, context) =>
    payload(context, await webhookEndpointPause(context.services.runner, toolsOf(context), context.actor, targetOf(input))),
  webhookEndpointEnable: async (_, { input }, context) =>
    payload(context, await webhookEndpointEnable(context.services.runner, toolsOf(context), context.actor, targetOf(input), input.missedEvents)),
  webhookEndpointDelete: async (_, { input }, context) =>
    payload(context, await webhookEndpointDelete(context.services.runner, toolsOf(context), context.actor, targetOf(input))),
  webhookEndpointSecretRotate: async (_, { input }, context) => {
    const { runner } = context.services;
    return secretPayload(context, await webhookEndpointSecretRotate(runner, toolsOf(context), context.actor, targetOf(input), input.overlapHours));
  },
  webhookEndpointTest: async (_, { input }, context) => {
    const id = fromPublicId('WebhookEndpoint', input.id);
    return deliveryPayload(context, await webhookEndpointTest(context.services.runner, context.actor, id, input.eventType, input.idempotencyKey));
  },
  webhookEndpointReplay: async (_, { input }, context) => {
    const id = fromPublicId('WebhookEndpoint', input.id);
    const range = { from: input.from, to: input.to ?? null, scope: input.scope };
    const outcome = await webhookEndpointReplay(context.services.runner, context.actor, id, range, input.idempotencyKey);
    return outcome.ok ? { webhookReplay: outcome.value, userErrors: [] } : { webhookReplay: null, userErrors: outcome.problems };
  },
  webhookDeliveryReplay: async (_, { input }, context) => {
    const id = fromPublicId('WebhookDelivery', input.id);
    return deliveryPayload(context, await webhookDeliveryReplay(context.services.runner, context.actor, id, input.idempotencyKey));
  },
};

const webhookEndpoint: CompleteResolvers<NonNullable<Resolvers['WebhookEndpoint']>, WebhookEndpoint> = {
  id: ({ id }) => toPublicId('WebhookEndpoint', id),
  health: async ({ id }, _, { loaders }) => {
    const health = (await loaders.webhooks.health.load(id)) ?? HEALTHY;
    return { ...health, disablesAt: disablesAt(health) };
  },
  activities: async ({ id }, args, { loaders }) =>
    toConnection(await loaders.audit.activitiesOf.load({ parentId: id, page: pageRequest(args) })),
};

const webhookDelivery: CompleteResolvers<NonNullable<Resolvers['WebhookDelivery']>, Delivery> = {
  id: ({ id }) => toPublicId('WebhookDelivery', id),
  eventId: ({ eventId }) => toPublicId('Event', eventId),
  webhookEndpoint: ({ endpointId }, _, { loaders }) => loadReferred(loaders.webhooks.endpoint, endpointId),
  attempts: async ({ id }, args, { loaders }) =>
    toConnection(await loaders.webhooks.attemptsOf.load({ parentId: id, page: pageRequest(args) })),
};

const webhookReplay: CompleteResolvers<NonNullable<Resolvers['WebhookReplay']>, Replay> = {
  id: ({ id }) => toPublicId('WebhookReplay', id),
};

export const webhookResolvers = { Query, Mutation, WebhookEndpoint: webhookEndpoint, WebhookDelivery: webhookDelivery, WebhookReplay: webhookReplay };

function toolsOf({ services: { box, webhooks } }: RequestContext) {
  return { box, allowLoopback: webhooks.allowLoopback };
}

function targetOf({ id, version, idempotencyKey }: WebhookEndpointPauseInput) {
  return { id: fromPublicId('WebhookEndpoint', id), expectedVersion: version ?? null, idempotencyKey };
}

function payload(context: RequestContext, outcome: Checked<WebhookEndpoint, WebhookErrorCode>) {
  context.forget();
  return outcome.ok ? { webhookEndpoint: outcome.value, userErrors: [] } : { webhookEndpoint: null, userErrors: outcome.problems };
}

function secretPayload(context: RequestContext, outcome: Checked<{ endpoint: WebhookEndpoint; secret: string | null }, WebhookErrorCode>) {
  context.forget();
  if (!outcome.ok) return { webhookEndpoint: null, secret: null, userErrors: outcome.problems };
  return { webhookEndpoint: outcome.value.endpoint, secret: outcome.value.secret, userErrors: [] };
}

function deliveryPayload(context: RequestContext, outcome: Checked<Delivery, WebhookErrorCode>) {
  context.forget();
  return outcome.ok ? { webhookDelivery: outcome.value, userErrors: [] } : { webhookDelivery: null, userErrors: outcome.problems };
}

import {
  apiKeyCreate,
  apiKeyRevoke,
  apiKeyRotate,
  workspaceClockAdvance,
  workspaceCreateFor,
  workspaceUpdate,
} from '../commands/workspaces.ts';
import { recordDueEffects } from '../commands/due-effects.ts';
import { tellNotices } from '../commands/notices.ts';
import { tellExpiredRewards, tellExpiringGrants } from '../commands/reward-expirations.ts';
import type { RequestContext } from '../context.ts';
import type { Checked } from '../domain/problem.ts';
import type { ApiKey, Workspace, WorkspaceErrorCode } from '../domain/workspaces.ts';
import type { MutationResolvers, QueryResolvers, Resolvers } from '../generated/resolvers-types.ts';
import type { CompleteResolvers } from '../platform/complete-resolvers.ts';
import { fromPublicId, toPublicId } from '../platform/ids.ts';
import { pageRequest, toConnection } from '../platform/paging.ts';

/** How long an advance of the clock waits for another process that is recording due effects. */
const DUE_EFFECTS_WAIT_MS = 5_000;

const Query: Pick<QueryResolvers, 'workspace' | 'apiKeys'> = {
  workspace: (_, __, { loaders }) => loaders.workspaces.ownWorkspace(),
  apiKeys: async (_, args, { loaders }) => toConnection(await loaders.workspaces.apiKeys(pageRequest(args))),
};

const Mutation: Pick<
  MutationResolvers,
  'workspaceCreate' | 'workspaceUpdate' | 'workspaceClockAdvance' | 'apiKeyCreate' | 'apiKeyRotate' | 'apiKeyRevoke'
> = {
  workspaceCreate: async (_, { input }, { services, actor }) => {
    const { clock, idempotencyKey, ...rest } = input;
    const settings = { ...rest, clockFrozenAt: clock ?? null };
    const outcome = await workspaceCreateFor(services.runner, actor, settings, idempotencyKey);
    if (!outcome.ok) return { workspace: null, apiKey: null, secret: null, userErrors: outcome.problems };
    return { ...outcome.value, userErrors: [] };
  },
  workspaceUpdate: async (_, { input }, context) => {
    const changes = {
      name: input.name ?? undefined,
      backdatingDays: input.backdatingDays ?? undefined,
      eventRetentionDays: input.eventRetentionDays ?? undefined,
      noticeDays: input.noticeDays ?? undefined,
      expectedVersion: input.version ?? null,
    };
    return payload(context, await workspaceUpdate(context.services.runner, context.actor, changes, input.idempotencyKey));
  },
  workspaceClockAdvance: async (_, { input: { to, idempotencyKey } }, context) => {
    const { runner } = context.services;
    const outcome = await workspaceClockAdvance(runner, context.actor, to, idempotencyKey);
    if (!outcome.ok) return { ...payload(context, outcome), dueEffectsRecorded: false };
    const { requestId, actor: { workspaceId } } = context;
    await tellNotices(runner, workspaceId, requestId);
    await tellExpiringGrants(runner, workspaceId, requestId);
    const pass = await recordDueEffects(runner, workspaceId, requestId, DUE_EFFECTS_WAIT_MS);
    const rewardsTold = await tellExpiredRewards(runner, workspaceId, requestId, Date.now() + DUE_EFFECTS_WAIT_MS);
    return { ...payload(context, outcome), dueEffectsRecorded: rewardsTold && (pass?.complete ?? false) };
  },
  apiKeyCreate: async (_, { input }, context) => {
    const key = { name: input.name, scope: input.scope, expiresAt: input.expiresAt ?? null };
    const outcome = await apiKeyCreate(context.services.runner, context.actor, key, input.idempotencyKey);
    if (!outcome.ok) return { apiKey: null, secret: null, userErrors: outcome.problems };
    return { ...outcome.value, userErrors: [] };
  },
  apiKeyRotate: async (_, { input }, context) => {
    const id = fromPublicId('ApiKey', input.id);
    const { runner } = context.services;
    const outcome = await apiKeyRotate(runner, context.actor, id, input.overlapHours, input.idempotencyKey);
    keysChanged(context);
    if (!outcome.ok) return { apiKey: null, replacedApiKey: null, secret: null, userErrors: outcome.problems };
    const { apiKey, replaced, secret } = outcome.value;
    return { apiKey, replacedApiKey: replaced, secret, userErrors: [] };
  },
  apiKeyRevoke: async (_, { input }, context) => {
    const id = fromPublicId('ApiKey', input.id);
    const outcome = await apiKeyRevoke(context.services.runner, context.actor, id, input.idempotencyKey);
    keysChanged(context);
    if (!outcome.ok) return { apiKey: null, userErrors: outcome.problems };
    return { apiKey: outcome.value, userErrors: [] };
  },
};

const workspace: CompleteResolvers<NonNullable<Resolvers['Workspace']>, Workspace> = {
  id: ({ id }) => toPublicId('Workspace', id),
};

const apiKey: CompleteResolvers<NonNullable<Resolvers['ApiKey']>, ApiKey> = {
  id: ({ id }) => toPublicId('ApiKey', id),
  lastUsedAt: ({ id }, _, { loaders }) => loaders.audit.keyLastUsedAt.load(id),
};

export const workspaceResolvers = { Query, Mutation, Workspace: workspace, ApiKey: apiKey };

function payload(context: RequestContext, outcome: Checked<Workspace, WorkspaceErrorCode>) {
  context.forget();
  return outcome.ok ? { workspace: outcome.value, userErrors: [] } : { workspace: null, userErrors: outcome.problems };
}

/** The next request of this process sees the change at once. */
function keysChanged(context: RequestContext): void {
  context.forget();
  context.services.forgetApiKeys();
}

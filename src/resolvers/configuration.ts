import type { ConfigurationProblem } from '../commands/configuration.ts';
import { configurationApply, configurationDocument, configurationPlan } from '../commands/configuration.ts';
import type { PlainDifference } from '../domain/configuration-document.ts';
import type { MutationResolvers, QueryResolvers, Resolvers } from '../generated/resolvers-types.ts';
import type { CompleteResolvers } from '../platform/complete-resolvers.ts';
import { configurationText } from '../platform/configuration-text.ts';

const Query: Pick<QueryResolvers, 'configurationExport'> = {
  configurationExport: async (_, { format }, { services, viewer }) => ({
    format,
    document: configurationText(await configurationDocument(services.runner, viewer.workspaceId), format),
  }),
};

const Mutation: Pick<MutationResolvers, 'configurationPlan' | 'configurationApply'> = {
  configurationPlan: async (_, { input: { document, prune } }, { services, actor }) => {
    const outcome = await configurationPlan(services.runner, actor, { document, prune });
    return outcome.ok
      ? { configurationPlan: outcome.value, userErrors: [] }
      : { configurationPlan: null, userErrors: outcome.problems.map(toUserError) };
  },
  configurationApply: async (_, { input }, context) => {
    const { document, prune, fingerprint, idempotencyKey } = input;
    const outcome = await configurationApply(context.services.runner, context.actor, { document, prune, fingerprint }, idempotencyKey);
    context.forget();
    return outcome.ok
      ? { configurationApplication: outcome.value, userErrors: [] }
      : { configurationApplication: null, userErrors: outcome.problems.map(toUserError) };
  },
};

const fieldChange: CompleteResolvers<NonNullable<Resolvers['ConfigurationFieldChange']>, PlainDifference> = {
  before: ({ before }) => (before === undefined ? null : JSON.stringify(before)),
  after: ({ after }) => (after === undefined ? null : JSON.stringify(after)),
};

export const configurationResolvers = { Query, Mutation, ConfigurationFieldChange: fieldChange };

/** What is said of an idempotency key is about no place in the document. */
function toUserError({ code, message, field, path = null, place = null }: Omit<ConfigurationProblem, 'path' | 'place'> & Partial<Pick<ConfigurationProblem, 'path' | 'place'>>) {
  return { code, message, field, path, line: place?.line ?? null, column: place?.column ?? null };
}

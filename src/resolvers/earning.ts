import { earnRuleCreate, earnRulePublish, earnRuleRetire, earnRuleUpdate } from '../commands/earning.ts';
import type { RequestContext } from '../context.ts';
import type {
  EarnRule,
  EarnRuleErrorCode,
  EarnRuleTerms,
  EarnRuleVersion,
  TierMultiplier,
} from '../domain/earning.ts';
import { versionAt } from '../domain/earning.ts';
import type { Checked } from '../domain/problem.ts';
import type {
  EarnRuleRetireInput,
  EarnRuleVersionInput,
  MutationResolvers,
  QueryResolvers,
  Resolvers,
} from '../generated/resolvers-types.ts';
import { loadReferred } from '../loaders/batch.ts';
import type { CompleteResolvers } from '../platform/complete-resolvers.ts';
import { fromPublicId, toPublicId } from '../platform/ids.ts';
import { pageRequest, toConnection } from '../platform/paging.ts';
import { toFixedPointExpiration } from '../platform/point-expirations.ts';

const Query: Pick<QueryResolvers, 'earnRule' | 'earnRules'> = {
  earnRule: (_, { id }, { loaders }) => {
    const found = fromPublicId('EarnRule', id);
    return found === null ? null : loaders.earning.earnRule.load(found);
  },
  earnRules: async (_, args, { loaders }) => toConnection(await loaders.earning.earnRules(pageRequest(args))),
};

const Mutation: Pick<MutationResolvers, 'earnRuleCreate' | 'earnRuleUpdate' | 'earnRulePublish' | 'earnRuleRetire'> = {
  earnRuleCreate: async (_, { input }, context) => {
    const draft = {
      key: input.key ?? undefined,
      name: input.name,
      cardDefinitionId: fromPublicId('CardDefinition', input.cardDefinitionId),
      terms: toTerms(input.version),
      effectiveAt: input.version.effectiveAt ?? null,
    };
    return payload(context, await earnRuleCreate(context.services.runner, context.actor, draft, input.idempotencyKey));
  },
  earnRuleUpdate: async (_, { input }, context) => {
    const changes = { key: input.key ?? undefined, name: input.name ?? undefined };
    return payload(context, await earnRuleUpdate(context.services.runner, context.actor, targetOf(input), changes));
  },
  earnRulePublish: async (_, { input }, context) => {
    const version = { terms: toTerms(input.version), effectiveAt: input.version.effectiveAt ?? null };
    return payload(context, await earnRulePublish(context.services.runner, context.actor, targetOf(input), version));
  },
  earnRuleRetire: async (_, { input }, context) =>
    payload(context, await earnRuleRetire(context.services.runner, context.actor, targetOf(input))),
};

const earnRule: CompleteResolvers<NonNullable<Resolvers['EarnRule']>, EarnRule> = {
  id: ({ id }) => toPublicId('EarnRule', id),
  cardDefinition: ({ cardDefinitionId }, _, { loaders }) => loadReferred(loaders.cards.cardDefinition, cardDefinitionId),
  currentVersion: async (rule, _, { loaders }) => versionAt(rule, await loaders.workspaces.clock()),
  versions: ({ versions }) => versions.toReversed(),
  activities: async ({ id }, args, { loaders }) =>
    toConnection(await loaders.audit.activitiesOf.load({ parentId: id, page: pageRequest(args) })),
};

const earnRuleVersion: CompleteResolvers<NonNullable<Resolvers['EarnRuleVersion']>, EarnRuleVersion> = {
  id: ({ id }) => toPublicId('EarnRuleVersion', id),
};

const tierMultiplier: CompleteResolvers<NonNullable<Resolvers['TierMultiplier']>, TierMultiplier> = {
  tierId: ({ tierId }) => toPublicId('Tier', tierId),
};

export const earningResolvers = {
  Query,
  Mutation,
  EarnRule: earnRule,
  EarnRuleVersion: earnRuleVersion,
  TierMultiplier: tierMultiplier,
};

function payload(context: RequestContext, outcome: Checked<EarnRule, EarnRuleErrorCode>) {
  context.forget();
  return outcome.ok ? { earnRule: outcome.value, userErrors: [] } : { earnRule: null, userErrors: outcome.problems };
}

function targetOf({ id, expectedVersion, idempotencyKey }: EarnRuleRetireInput) {
  return { id: fromPublicId('EarnRule', id), expectedVersion: expectedVersion ?? null, idempotencyKey };
}

function toTerms(input: EarnRuleVersionInput): EarnRuleTerms {
  const { rates, condition, rounding, roundingScope, tierMultipliers, caps, expiration } = input;
  return {
    rates,
    condition: condition ?? null,
    rounding,
    roundingScope,
    tierMultipliers: (tierMultipliers ?? []).map(({ tierId, multiplier }) => ({
      // What cannot be a tier becomes an id that no tier has, which the domain refuses.
      tierId: fromPublicId('Tier', tierId) ?? '',
      multiplier,
    })),
    caps: {
      perTransaction: caps?.perTransaction ?? null,
      perPeriod: caps?.perPeriod ?? [],
      balance: caps?.balance ?? null,
    },
    expiration: expiration ? toFixedPointExpiration(expiration) : null,
  };
}

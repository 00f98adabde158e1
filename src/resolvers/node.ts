import type { RequestContext } from '../context.ts';
import { includesScope } from '../domain/workspaces.ts';
import type { QueryResolvers, ResolversTypes } from '../generated/resolvers-types.ts';
import type { OperationView } from '../loaders/operations.ts';
import { isAboutKeys } from '../platform/event-places.ts';
import type { IdKind } from '../platform/ids.ts';
import { parsePublicId } from '../platform/ids.ts';

type Found = Awaited<ResolversTypes['Node']> | null;

/** Finds an operation of one kind. */
const operation = (kind: OperationView['__typename']) => async (id: string, { loaders }: RequestContext) => {
  const found = await loaders.operations.operation(id);
  // The two sides of a transfer are told as one, by the id of the first.
  return found?.__typename === kind && found.id === id ? found : null;
};

/** How each kind of object is found again. A kind that is missing here cannot be fetched by `node`. */
const finders: Readonly<Partial<Record<IdKind, (id: string, context: RequestContext) => Promise<Found>>>> = {
  Workspace: async (id, { loaders }) => named('Workspace', await loaders.workspaces.ownWorkspace(), id),
  // What the viewer may not see does not exist.
  ApiKey: async (id, { loaders, viewer }) =>
    includesScope(viewer.scope, 'ADMIN') ? named('ApiKey', await loaders.workspaces.apiKey.load(id), id) : null,
  SigningKey: async (id, { loaders }) => named('SigningKey', await loaders.signingKeys.signingKey.load(id), id),
  Activity: async (id, { loaders, viewer }) => {
    const activity = await loaders.audit.activity.load(id);
    const aboutKey = activity !== null && parsePublicId(activity.subjectId)?.kind === 'ApiKey';
    return aboutKey && !includesScope(viewer.scope, 'ADMIN') ? null : named('Activity', activity, id);
  },
  WebhookEndpoint: async (id, { loaders, viewer }) =>
    includesScope(viewer.scope, 'ADMIN') ? named('WebhookEndpoint', await loaders.webhooks.endpoint.load(id), id) : null,
  WebhookDelivery: async (id, { loaders, viewer }) =>
    includesScope(viewer.scope, 'ADMIN') ? named('WebhookDelivery', await loaders.webhooks.delivery.load(id), id) : null,
  CardDefinition: async (id, { loaders }) => named('CardDefinition', await loaders.cards.cardDefinition.load(id), id),
  TierStructure: async (id, { loaders }) => named('TierStructure', await loaders.structures.tierStructure.load(id), id),
  Tier: async (id, { loaders }) => named('Tier', await loaders.structures.tier.load(id), id),
  EarnRule: async (id, { loaders }) => named('EarnRule', await loaders.earning.earnRule.load(id), id),
  EarnRuleVersion: async (id, { loaders }) => named('EarnRuleVersion', await loaders.earning.earnRuleVersion.load(id), id),
  Customer: async (id, { loaders }) => named('Customer', await loaders.customers.customer.load(id), id),
  Card: async (id, { loaders }) => {
    const customerId = await loaders.ledger.cardOwner.load(id);
    const standing = customerId === null ? null : await loaders.customers.standing.load(customerId);
    const card = [...(standing?.state.cards.values() ?? [])].find((each) => each.id === id);
    if (card === undefined || standing === null || customerId === null) return null;
    return { __typename: 'Card', ...card, customerId, program: standing.program };
  },
  Transaction: async (id, { loaders }) => named('Transaction', await loaders.ledger.transaction.load(id), id),
  LedgerEntry: async (id, { loaders }) => named('LedgerEntry', await loaders.ledger.ledgerEntry.load(id), id),
  Reward: async (id, { loaders }) => named('Reward', await loaders.rewards.reward.load(id), id),
  RewardGrant: async (id, { loaders }) => named('RewardGrant', await loaders.rewards.grant.load(id), id),
  Redemption: operation('Redemption'),
  RedemptionCancellation: operation('RedemptionCancellation'),
  Spend: operation('Spend'),
  SpendReversal: operation('SpendReversal'),
  Refund: operation('Refund'),
  Adjustment: operation('Adjustment'),
  Transfer: operation('Transfer'),
  CustomerActivity: operation('CustomerActivity'),
  Event: async (id, { loaders, viewer }) => {
    const view = await loaders.events.event.load(id);
    if (view === null || (isAboutKeys(view.event.type) && !includesScope(viewer.scope, 'ADMIN'))) return null;
    return { __typename: 'Event', ...view };
  },
  TierTransition: async (id, { loaders }) => named('TierTransition', await loaders.customers.tierTransition.load(id), id),
};

const Query: Pick<QueryResolvers, 'node'> = {
  node: (_, { id }, context) => {
    const parsed = parsePublicId(id);
    return parsed === null ? null : (finders[parsed.kind]?.(parsed.id, context) ?? null);
  },
};

export const nodeResolvers = { Query };

function named<Name extends string, Item extends { readonly id: string }>(__typename: Name, item: Item | null, id: string) {
  return item === null || item.id !== id ? null : { __typename, ...item };
}

import type { ApiClient } from '../support/client.ts';
import type { Program } from '../support/program.ts';
import { ruleVersion } from '../support/program.ts';
import type { Call, Input, Standing } from './rows.ts';

/** How the calls of the rows are sent, and how what customers have is read: through the public API alone. */

/** The external id of the customer a row is about. */
export const MEMBER = 'member';

const ME = { externalId: MEMBER };
const ENTRY = 'type points pending balanceAfter sequence occurredAt recordedAt expiresAt activatesAt';
const TRANSITION = 'type reason fromTier { name } toTier { name } measure expiresAt occurredAt recordedAt late retraction';
const OUTCOME = `ledgerEntries { ${ENTRY} } tierTransitions { ${TRANSITION} } duplicate`;

interface Mutation {
  readonly defaults: Input;
  /** The field of the payload with what was recorded. */
  readonly records: string;
  readonly selection: string;
}

const MUTATIONS: Readonly<Record<string, Mutation>> = {
  customerUpsert: { defaults: ME, records: 'customer', selection: 'customer { id } created' },
  earn: {
    defaults: { customer: ME, currency: 'USD' },
    records: 'transaction',
    selection: `transaction { id } awards { points computedPoints cappedBy multiplier activatesAt expiresAt }
      tierTransitions { ${TRANSITION} } duplicate`,
  },
  spend: {
    defaults: { customer: ME },
    records: 'spend',
    selection: `spend { id points allocations { points expiresOn } reversedPoints } ${OUTCOME} userErrors { available }`,
  },
  spendReverse: { defaults: {}, records: 'spendReversal', selection: `spendReversal { id points available expired } ${OUTCOME}` },
  refund: {
    defaults: {},
    records: 'refund',
    selection: `refund { id amount deductions { points } revokedPoints cancelledPendingPoints expiredPoints shortfall } ${OUTCOME}`,
  },
  pointsAdjust: {
    defaults: { customer: ME, reason: 'By hand' },
    records: 'adjustment',
    selection: `adjustment { id points qualifying } ${OUTCOME} userErrors { available }`,
  },
  pointsTransfer: {
    defaults: { from: ME },
    records: 'transfer',
    selection: `transfer { id points allocations { points expiresOn } } ${OUTCOME} userErrors { available }`,
  },
  rewardRedeem: {
    defaults: { customer: ME },
    records: 'redemption',
    selection: `redemption { id status points allocations { points expiresOn } } proof ${OUTCOME} userErrors { available limit }`,
  },
  redemptionCancel: { defaults: {}, records: 'cancellation', selection: `cancellation { id points available expired } ${OUTCOME}` },
  activityRecord: { defaults: { customer: ME }, records: 'activity', selection: `activity { id type } ${OUTCOME}` },
};

export interface Answer {
  /** Id of what was recorded; null if nothing was. */
  readonly recordedId: string | null;
  readonly award: number;
  readonly duplicate: boolean;
  readonly codes: readonly string[];
  readonly payload: Input;
}

/** Sends what the call says; null if it says nothing. */
export async function send(client: ApiClient, program: Program, call: Call): Promise<Answer | null> {
  if (call.earnRulePublish !== undefined) {
    const { effectiveAt, ...plan } = call.earnRulePublish;
    const input = { id: program.earnRuleId, version: ruleVersion(program.tierIds, plan, effectiveAt) };
    await client.succeed('earnRulePublish', input, 'earnRule { id }');
    return null;
  }
  if (call.tierStructurePublish !== undefined) {
    await publishStructure(client, program, call.tierStructurePublish);
    return null;
  }
  for (const [field, { defaults, records, selection }] of Object.entries(MUTATIONS)) {
    const given = (call as Readonly<Record<string, Input | undefined>>)[field];
    if (given === undefined) continue;
    const { reward, ...rest } = given;
    const input = reward === undefined ? rest : { ...rest, rewardId: program.rewardIds[reward as string] };
    const payload = await client.mutate(field, { ...defaults, ...input }, selection);
    return {
      recordedId: payload[records]?.id ?? null,
      award: (payload.awards ?? []).reduce((sum: number, { points }: { points: number | string }) => sum + Number(points), 0),
      duplicate: payload.duplicate ?? false,
      codes: payload.userErrors.map(({ code }: { code: string }) => code),
      payload: named(payload) as Input,
    };
  }
  return null;
}

/** Drafts the next revision of the program's structure, changes the draft and publishes it. */
async function publishStructure(
  client: ApiClient,
  { tierStructureId }: Program,
  { rollout, structure, tiers = {} }: NonNullable<Call['tierStructurePublish']>,
): Promise<void> {
  const revised = await client.succeed('tierStructureRevise', { id: tierStructureId }, 'tierStructure { id tiers { id name } }');
  const draft = revised.tierStructure as { id: string; tiers: { id: string; name: string }[] };
  if (structure !== undefined) await client.succeed('tierStructureUpdate', { id: draft.id, ...structure }, 'tierStructure { id }');
  for (const [name, tier] of Object.entries(tiers)) {
    const known = draft.tiers.find((each) => each.name === name);
    if (known === undefined) await client.succeed('tierCreate', { tierStructureId: draft.id, name, ...tier }, 'tier { id }');
    else if (tier === null) await client.succeed('tierDelete', { id: known.id }, 'deletedTierId');
    else await client.succeed('tierUpdate', { id: known.id, ...tier }, 'tier { id }');
  }
  await client.succeed('tierStructurePublish', { id: draft.id, rollout }, 'tierStructure { id }');
}

const STANDING = `
  points tier { name }
  tiers {
    since expiresAt graceEndsAt revision measure windowStartsAt windowEndsAt
    deferred { tier { name } effectiveAt }
    opportunities { tier { name } missingPoints validUntil }
    risk { type at on fromTier { name } toTier { name } pointsToStay windowStartsAt windowEndsAt }
  }
  cards {
    balance pendingBalance
    lots { points expiresOn expiresAt sliding earnedAt }
    pendingPoints { points earnedAt activatesAt expiresOn }
  }
  ledgerEntries(first: 100) { nodes { ${ENTRY} } pageInfo { hasNextPage } }
  tierTransitions(first: 100) { nodes { ${TRANSITION} } }`;

/** What STANDING reads, with tiers by their names. */
interface Read {
  readonly points: number;
  readonly tier: string | null;
  readonly tiers: readonly Input[];
  readonly cards: readonly { readonly pendingBalance: number; readonly pendingPoints: readonly Input[]; readonly lots: readonly Input[] }[];
  readonly ledgerEntries: { readonly nodes: readonly Input[] };
  readonly tierTransitions: { readonly nodes: readonly Input[] };
}

/** What a customer has now; null if there is no such customer. */
export async function standingOf(client: ApiClient, externalId: string): Promise<Standing | null> {
  const document = `query($externalId: String) { customer(by: { externalId: $externalId }) { ${STANDING} } }`;
  const { customer } = await client.run(document, { externalId });
  if (customer === null) return null;
  if (customer.ledgerEntries.pageInfo.hasNextPage) throw new Error('A row has at most 100 entries.');
  const { points, tier, tiers, cards, ledgerEntries, tierTransitions } = named(customer) as Read;
  return {
    points,
    tier,
    membership: tiers[0] ?? {},
    pendingBalance: cards[0]?.pendingBalance ?? 0,
    pending: cards[0]?.pendingPoints ?? [],
    lots: cards[0]?.lots ?? [],
    entries: ledgerEntries.nodes.toReversed(),
    transitions: tierTransitions.nodes.toReversed(),
  };
}

/** The same with each tier replaced by its name, as the rows know tiers. */
function named(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(named);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  if (entries.length === 1 && entries[0]?.[0] === 'name') return entries[0][1];
  return Object.fromEntries(entries.map(([key, each]) => [key, named(each)]));
}

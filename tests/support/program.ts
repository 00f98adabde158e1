import type { ApiClient } from './client.ts';
import { buildReward } from './rewards.ts';

/**
 * Builds what a test needs through the public API: a program in force, customers, purchases. Everything
 * has a default, so that a test names only what it is about.
 */

export interface ProgramPlan {
  readonly card?: CardPlan;
  /** Null: no structure. */
  readonly structure?: StructurePlan | null;
  /** Null: no earn rule. */
  readonly rule?: RulePlan | null;
  /** Rewards in force, by name: what each says, as the API takes it. What is left out is plain: 100 points. */
  readonly rewards?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** From when the structure judges and the rule gives points. Left out: now. */
  readonly effectiveAt?: string;
}

export interface CardPlan {
  readonly name?: string;
  readonly expiration?: Record<string, unknown>;
  readonly activation?: Record<string, unknown>;
  readonly refundPolicy?: 'REVOKE_FROM_PENDING' | 'REVOKE_TO_ZERO' | 'REVOKE_BELOW_ZERO';
}

export interface StructurePlan {
  readonly name?: string;
  readonly type?: 'POINT_BALANCE' | 'POINT_EARNED';
  readonly pointEarned?: Record<string, unknown>;
  readonly expiration?: Record<string, unknown>;
  readonly downgrade?: Record<string, unknown>;
  readonly entryAwardScope?: 'REACHED' | 'ALL_PASSED';
  readonly entryAwardOnRefund?: 'KEEP' | 'CLAWBACK';
  /** Name to minimum, or to minimum and more. */
  readonly tiers?: Readonly<Record<string, number | TierPlan>>;
}

export interface TierPlan {
  readonly minPoints: number;
  readonly maxPoints?: number;
  readonly noDowngrade?: boolean;
  readonly entryAward?: { readonly points: number; readonly cardDefinitionId?: string };
  readonly pointExpiration?: Record<string, unknown>;
}

export interface RulePlan {
  readonly name?: string;
  readonly rates?: readonly { readonly currency: string; readonly value: string; readonly every: string }[];
  readonly condition?: string;
  readonly rounding?: 'FLOOR' | 'NEAREST' | 'CEILING';
  readonly roundingScope?: 'PER_TRANSACTION' | 'PER_LINE';
  /** Tier name to factor. */
  readonly tierMultipliers?: Readonly<Record<string, string>>;
  readonly caps?: Record<string, unknown>;
  readonly expiration?: Record<string, unknown>;
}

export interface Program {
  readonly cardDefinitionId: string;
  /** Empty if the plan has no structure. */
  readonly tierStructureId: string;
  /** By name. */
  readonly tierIds: Readonly<Record<string, string>>;
  /** Empty if the plan has no rule. */
  readonly earnRuleId: string;
  /** By name. */
  readonly rewardIds: Readonly<Record<string, string>>;
}

const TIERS_DEFAULT = { Basic: 0, Silver: 100, Gold: 500, Platinum: 1000 };
const RATES_DEFAULT = [{ currency: 'USD', value: '1', every: '1.00' }];

/** Puts a card definition, a tier structure and an earn rule into force. Default: 1 point a dollar, tiers by balance. */
export async function buildProgram(admin: ApiClient, plan: ProgramPlan = {}): Promise<Program> {
  const cardDefinitionId = await buildCardDefinition(admin, plan.card);
  const structure = plan.structure === null ? null : await buildStructure(admin, cardDefinitionId, plan.structure, plan.effectiveAt);
  const tierIds = structure?.tierIds ?? {};
  const earnRuleId = plan.rule === null ? '' : await buildRule(admin, cardDefinitionId, tierIds, plan.rule, plan.effectiveAt);
  const rewardIds: Record<string, string> = {};
  for (const [name, reward] of Object.entries(plan.rewards ?? {})) rewardIds[name] = await buildReward(admin, cardDefinitionId, { name, ...reward });
  return { cardDefinitionId, tierStructureId: structure?.id ?? '', tierIds, earnRuleId, rewardIds };
}

export async function buildCardDefinition(admin: ApiClient, plan: CardPlan = {}): Promise<string> {
  const created = await admin.succeed('cardDefinitionCreate', { name: 'Points', ...plan }, 'cardDefinition { id }');
  const { id } = created.cardDefinition;
  await admin.succeed('cardDefinitionActivate', { id }, 'cardDefinition { status }');
  return id as string;
}

export async function buildStructure(
  admin: ApiClient,
  cardDefinitionId: string,
  plan: StructurePlan = {},
  effectiveAt?: string,
): Promise<{ readonly id: string; readonly tierIds: Readonly<Record<string, string>> }> {
  const input = {
    name: plan.name ?? 'Membership',
    type: plan.type ?? 'POINT_BALANCE',
    cardDefinitionId,
    ...(plan.pointEarned === undefined ? {} : { pointEarned: plan.pointEarned }),
    expiration: plan.expiration ?? { noExpiration: true },
    downgrade: plan.downgrade ?? { multiLevel: {} },
    entryAwardScope: plan.entryAwardScope ?? 'REACHED',
    entryAwardOnRefund: plan.entryAwardOnRefund ?? 'KEEP',
    tiers: Object.entries(plan.tiers ?? TIERS_DEFAULT).map(([name, tier]) => ({
      name,
      ...(typeof tier === 'number' ? { minPoints: tier } : tier),
    })),
  };
  const created = await admin.succeed('tierStructureCreate', input, 'tierStructure { id tiers { id name } }');
  const { id, tiers } = created.tierStructure as { id: string; tiers: { id: string; name: string }[] };
  await admin.succeed('tierStructureActivate', { id, effectiveAt: effectiveAt ?? null }, 'tierStructure { status }');
  return { id, tierIds: Object.fromEntries(tiers.map((tier) => [tier.name, tier.id])) };
}

export async function buildRule(
  admin: ApiClient,
  cardDefinitionId: string,
  tierIds: Readonly<Record<string, string>> = {},
  plan: RulePlan = {},
  effectiveAt?: string,
): Promise<string> {
  const input = { name: plan.name ?? 'Base rule', cardDefinitionId, version: ruleVersion(tierIds, plan, effectiveAt) };
  return (await admin.succeed('earnRuleCreate', input, 'earnRule { id }')).earnRule.id as string;
}

/** What a version of an earn rule says, as the API takes it. */
export function ruleVersion(tierIds: Readonly<Record<string, string>>, plan: RulePlan = {}, effectiveAt?: string) {
  return {
    rates: plan.rates ?? RATES_DEFAULT,
    condition: plan.condition ?? null,
    rounding: plan.rounding ?? 'FLOOR',
    roundingScope: plan.roundingScope ?? 'PER_TRANSACTION',
    tierMultipliers: Object.entries(plan.tierMultipliers ?? {}).map(([name, multiplier]) => ({
      tierId: tierIds[name],
      multiplier,
    })),
    caps: plan.caps ?? null,
    expiration: plan.expiration ?? null,
    effectiveAt: effectiveAt ?? null,
  };
}

/** Creates a customer and gives back its id. */
export async function buildCustomer(client: ApiClient, externalId: string, more: Record<string, unknown> = {}): Promise<string> {
  const created = await client.succeed('customerUpsert', { externalId, ...more }, 'customer { id }');
  return created.customer.id as string;
}

const EARNED = `
  customer { id externalId points tier { name } }
  transaction { id amount currency reference occurredAt recordedAt }
  awards { points multiplier expiresAt }
  tierTransitions { type reason fromTier { name } toTier { name } measure occurredAt recordedAt late retraction }
  duplicate`;

/** Sends a purchase and gives back the payload, user errors included. */
export function earn(client: ApiClient, externalId: string, amount: string | number, more: Record<string, unknown> = {}) {
  return client.mutate('earn', { customer: { externalId }, amount, currency: 'USD', ...more }, EARNED);
}

/** What a customer has now, as the API tells it. */
export async function standingOf(client: ApiClient, externalId: string) {
  const data = await client.run(
    `query($externalId: String) { customer(by: { externalId: $externalId }) {
      id points tier { name }
      tiers { tierStructure { name } tier { name } since expiresAt measure windowStartsAt windowEndsAt }
      cards { id balance lots { points expiresOn expiresAt earnedAt } }
      ledgerEntries(first: 100) { nodes { type sequence points balanceAfter occurredAt recordedAt expiresAt } }
      tierTransitions(first: 100) { nodes { type reason fromTier { name } toTier { name } measure occurredAt recordedAt late retraction } }
    } }`,
    { externalId },
  );
  return data.customer;
}

/** How many rows each table of members' data has: for tests that assert that nothing changed. */
export async function countRows(database: { readonly pool: { query(sql: string): Promise<{ rows: Record<string, unknown>[] }> } }) {
  const tables = ['customers', 'cards', 'lots', 'ledger_entries', 'transactions', 'memberships', 'tier_transitions', 'events', 'idempotency_keys', 'activities', 'tier_structures', 'tiers', 'card_definitions', 'earn_rules', 'earn_rule_versions', 'api_keys', 'workspaces'];
  const counts = tables.map((table) => `(SELECT count(*) FROM ${table})::int AS ${table}`);
  const { rows } = await database.pool.query(`SELECT ${counts.join(', ')}`);
  return rows[0];
}

import type { ActivityAction } from '../domain/audit.ts';
import { checkVersion } from '../domain/configuration.ts';
import { canonicalDecimal } from '../domain/idempotency.ts';
import type { EarnCaps, EarnRule, EarnRuleErrorCode, EarnRuleTerms, EarnRuleVersion } from '../domain/earning.ts';
import { createEarnRule, publishEarnRule, retireEarnRule, updateEarnRule } from '../domain/earning.ts';
import { problem, refused } from '../domain/problem.ts';
import type { Instant } from '../domain/time.ts';
import { newId, toPublicId } from '../platform/ids.ts';
import { CardDefinitionRepository } from '../repositories/cards.ts';
import { EarnRuleRepository } from '../repositories/earning.ts';
import { TierStructureRepository } from '../repositories/structures.ts';
import type { Actor, CommandRunner, ConfigurationUnit, Outcome } from './run.ts';
import { changeObject } from './run.ts';

type EarnRuleOutcome = Outcome<EarnRule, EarnRuleErrorCode>;

interface Target {
  /** Null if the caller named something that cannot be an earn rule. */
  readonly id: string | null;
  readonly expectedVersion: number | null | undefined;
  readonly idempotencyKey: string | null | undefined;
}

interface EarnRuleDraft {
  /** Left out: made of the name. */
  readonly key?: string | undefined;
  readonly name: string;
  /** Null if the caller named something that cannot be a card definition. */
  readonly cardDefinitionId: string | null;
  readonly terms: EarnRuleTerms;
  /** Null means now. */
  readonly effectiveAt: Instant | null;
}

/** Creates an earn rule and publishes its first version. */
export async function earnRuleCreate(
  runner: CommandRunner,
  actor: Actor,
  draft: EarnRuleDraft,
  idempotencyKey: string | null | undefined,
): Promise<EarnRuleOutcome> {
  const { key, name, cardDefinitionId, terms, effectiveAt } = draft;
  const claimed = { ...draft, terms: canonicalTerms(terms) };
  return change(runner, actor, 'earnRuleCreate', claimed, idempotencyKey, async (unit, repository) => {
    const created = createEarnRule(
      // The domain refuses a card definition that is not active; one that cannot be is not.
      { key, name, cardDefinitionId: cardDefinitionId ?? '', terms },
      {
        takenKeys: await repository.keys(),
        cardDefinitionActive: await isActive(unit, cardDefinitionId),
        tierIds: await tierIds(unit),
        rulesInForce: await repository.countInForce(),
        ids: { rule: newId(), version: newId() },
        effectiveAt,
        now: unit.now,
      },
    );
    if (!created.ok) return created;
    const unpublished = { ...created.value, versions: [] };
    await repository.insert(created.value);
    await recordEarnRule(unit, 'CREATED', null, unpublished);
    await recordEarnRule(unit, 'PUBLISHED', unpublished, created.value);
    return created;
  });
}

/** Changes what an earn rule is called. */
export async function earnRuleUpdate(
  runner: CommandRunner,
  actor: Actor,
  target: Target,
  changes: { readonly key: string | undefined; readonly name: string | undefined },
): Promise<EarnRuleOutcome> {
  const { id, expectedVersion, idempotencyKey } = target;
  const input = { id, expectedVersion, changes };
  return change(runner, actor, 'earnRuleUpdate', input, idempotencyKey, async (unit, repository) => {
    const before = id === null ? null : await repository.find(id);
    if (before === null) return refused(NOT_FOUND);
    const updated = updateEarnRule(before, changes, expectedVersion, await repository.keys(before.id), unit.now);
    if (!updated.ok) return updated;
    await repository.update(updated.value);
    await recordEarnRule(unit, 'UPDATED', before, updated.value);
    return updated;
  });
}

/** Publishes a new version of an earn rule. */
export async function earnRulePublish(
  runner: CommandRunner,
  actor: Actor,
  target: Target,
  input: { readonly terms: EarnRuleTerms; readonly effectiveAt: Instant | null },
): Promise<EarnRuleOutcome> {
  const { id, expectedVersion, idempotencyKey } = target;
  const claimed = { id, expectedVersion, ...input, terms: canonicalTerms(input.terms) };
  return change(runner, actor, 'earnRulePublish', claimed, idempotencyKey, async (unit, repository) => {
    const before = id === null ? null : await repository.find(id);
    if (before === null) return refused(NOT_FOUND);
    const conflicts = checkVersion(before.version, expectedVersion, 'expectedVersion');
    const context = { tierIds: await tierIds(unit), id: newId(), now: unit.now };
    const published = publishEarnRule(before, input, context);
    if (conflicts.length > 0) return refused(...conflicts, ...(published.ok ? [] : published.problems));
    if (!published.ok) return published;
    for (const version of published.value.versions.slice(before.versions.length)) await repository.insertVersion(version);
    await repository.update(published.value);
    await recordEarnRule(unit, 'PUBLISHED', before, published.value);
    return published;
  });
}

/** Ends an earn rule now. One that is retired already stays as it is. */
export async function earnRuleRetire(runner: CommandRunner, actor: Actor, target: Target): Promise<EarnRuleOutcome> {
  const { id, expectedVersion, idempotencyKey } = target;
  const input = { id, expectedVersion };
  return change(runner, actor, 'earnRuleRetire', input, idempotencyKey, async (unit, repository) => {
    const before = id === null ? null : await repository.find(id);
    if (before === null) return refused(NOT_FOUND);
    const conflicts = checkVersion(before.version, expectedVersion, 'expectedVersion');
    if (conflicts.length > 0) return refused(...conflicts);
    const retired = retireEarnRule(before, unit.now);
    if (retired !== before) {
      await repository.update(retired);
      await recordEarnRule(unit, 'RETIRED', before, retired);
    }
    return { ok: true, value: retired };
  });
}

async function isActive({ transaction, workspaceId }: ConfigurationUnit, id: string | null): Promise<boolean> {
  if (id === null) return false;
  return (await new CardDefinitionRepository(transaction, workspaceId).find(id))?.status === 'ACTIVE';
}

function tierIds({ transaction, workspaceId }: ConfigurationUnit): Promise<ReadonlySet<string>> {
  return new TierStructureRepository(transaction, workspaceId).tierIds();
}

/** The terms with each decimal in one form: by these an idempotency key compares them. */
function canonicalTerms(terms: EarnRuleTerms): EarnRuleTerms {
  return {
    ...terms,
    rates: terms.rates.map((rate) => ({ ...rate, value: canonicalDecimal(rate.value), every: canonicalDecimal(rate.every) })),
    tierMultipliers: terms.tierMultipliers.map((each) => ({ ...each, multiplier: canonicalDecimal(each.multiplier) })),
  };
}

function change(
  runner: CommandRunner,
  actor: Actor,
  operation: string,
  input: unknown,
  key: string | null | undefined,
  work: (unit: ConfigurationUnit, repository: EarnRuleRepository) => Promise<EarnRuleOutcome>,
): Promise<EarnRuleOutcome> {
  return changeObject(runner, actor, { key, operation, input }, EarnRuleRepository, work);
}

export function recordEarnRule(unit: ConfigurationUnit, action: ActivityAction, before: EarnRule | null, after: EarnRule): Promise<void> {
  return unit.record({
    kind: 'EarnRule',
    action,
    subjectId: after.id,
    eventType: `earn_rule.${action.toLowerCase()}`,
    before: before === null ? null : snapshot(before),
    after: snapshot(after),
  });
}

/** What an audit entry keeps of an earn rule: itself, and the version that was published last. */
function snapshot({ key, name, cardDefinitionId, retiredAt, version, versions }: EarnRule) {
  const latest = versions.at(-1);
  return {
    key,
    name,
    cardDefinitionId: toPublicId('CardDefinition', cardDefinitionId),
    retiredAt: retiredAt === null ? null : new Date(retiredAt).toISOString(),
    latestVersion: latest === undefined ? null : versionSnapshot(latest),
    version,
  };
}

function versionSnapshot(version: EarnRuleVersion) {
  const { id, number, effectiveAt, rates, condition, rounding, roundingScope, tierMultipliers, caps, expiration } = version;
  return {
    id: toPublicId('EarnRuleVersion', id),
    number,
    effectiveAt: new Date(effectiveAt).toISOString(),
    rates,
    condition,
    rounding,
    roundingScope,
    tierMultipliers: tierMultipliers.map(({ tierId, multiplier }) => ({ tierId: toPublicId('Tier', tierId), multiplier })),
    caps: capsSnapshot(caps),
    expiration,
  };
}

/** Points as text, as they leave where a JSON number would not be exact. */
function capsSnapshot({ perTransaction, perPeriod, balance }: EarnCaps) {
  return {
    perTransaction: perTransaction === null ? null : String(perTransaction),
    perPeriod: perPeriod.map(({ unit, points }) => ({ unit, points: String(points) })),
    balance: balance === null ? null : String(balance),
  };
}

const NOT_FOUND = problem('NOT_FOUND', 'There is no such earn rule.', 'id');

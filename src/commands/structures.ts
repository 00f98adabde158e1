import type { ActivityAction } from '../domain/audit.ts';
import type { Transaction } from '../database/client.ts';
import type { LifecycleStep } from '../domain/configuration.ts';
import type { IdempotentResult } from '../domain/idempotency.ts';
import { NO_HISTORY } from '../domain/members.ts';
import type { Checked, Problem } from '../domain/problem.ts';
import { problem, refused } from '../domain/problem.ts';
import type {
  Changes,
  Publication,
  Rollout,
  Tier,
  TierRules,
  TierSettings,
  TierStructure,
  TierStructureErrorCode,
  TierStructureSettings,
} from '../domain/structures.ts';
import {
  activateTierStructure,
  addTier,
  createTierStructure,
  publishTierStructure,
  removeTier,
  reviseTierStructure,
  stepTierStructure,
  updateTier,
  updateTierStructure,
} from '../domain/structures.ts';
import type { Instant } from '../domain/time.ts';
import { needsReplay, stateAt } from '../domain/timeline.ts';
import type { IdKind } from '../platform/ids.ts';
import { newId, toPublicId } from '../platform/ids.ts';
import { MemberRepository } from '../repositories/members.ts';
import { ProgramCache } from '../repositories/program.ts';
import { TierStructureRepository } from '../repositories/structures.ts';
import type { Actor, CommandRunner, ConfigurationUnit, Outcome } from './run.ts';
import { awardLinks, draftedRules, forceContext, ruledStructure, structureLinks, withLinksChecked } from './structure-checks.ts';

/** A tier that was changed, or is gone, and its structure after that. */
export interface TierChange {
  readonly structure: TierStructure;
  readonly tierId: string;
}

type StructureOutcome = Outcome<TierStructure, TierStructureErrorCode>;
type TierOutcome = Outcome<TierChange, TierStructureErrorCode>;

interface Target {
  /** Null if the caller named something that cannot be such an object. */
  readonly id: string | null;
  readonly expectedVersion: number | null | undefined;
  readonly idempotencyKey: string | null | undefined;
}

interface TierStructureDraft {
  readonly settings: TierStructureSettings;
  readonly tiers: readonly TierSettings[];
}

const STEP_ACTIONS: Readonly<Record<Exclude<LifecycleStep, 'ACTIVATE'>, ActivityAction>> = {
  DEACTIVATE: 'DEACTIVATED',
  DRAFT: 'DRAFTED',
  DELETE: 'DELETED',
};

/** How many customers are looked at in one go when a structure shall become a draft again. */
const CUSTOMERS_AT_ONCE = 500;

export async function tierStructureCreate(
  runner: CommandRunner,
  actor: Actor,
  draft: TierStructureDraft,
  idempotencyKey: string | null | undefined,
): Promise<StructureOutcome> {
  const { settings, tiers } = draft;
  return change(runner, actor, STRUCTURE, 'tierStructureCreate', draft, idempotencyKey, async (unit, repository) => {
    const ids = { structure: newId(), tiers: tiers.map(() => newId()) };
    const created = await withLinksChecked(createTierStructure(settings, tiers, ids, await repository.keys(), unit.now), placeOf(unit), [
      ...structureLinks(settings),
      ...tiers.flatMap((tier, index) => awardLinks(tier, 'tiers', index)),
    ]);
    if (!created.ok) return created;
    await insertTierStructure(unit, repository, created.value);
    return created;
  });
}

export async function tierStructureUpdate(
  runner: CommandRunner,
  actor: Actor,
  target: Target,
  changes: Changes<TierStructureSettings>,
): Promise<StructureOutcome> {
  const { id, expectedVersion, idempotencyKey } = target;
  const input = { id, expectedVersion, changes };
  return change(runner, actor, STRUCTURE, 'tierStructureUpdate', input, idempotencyKey, async (unit, repository) => {
    const before = id === null ? null : await repository.find(id);
    if (before === null) return refused(NOT_FOUND);
    const decided = updateTierStructure(before, changes, expectedVersion, await repository.keys(before.id), unit.now);
    const updated = await withLinksChecked(decided, placeOf(unit), structureLinks(changes));
    if (!updated.ok) return updated;
    await repository.update(updated.value);
    await recordTierStructure(unit, 'UPDATED', before, updated.value);
    return updated;
  });
}

/** Puts the structure into force, from now on or, for a draft, from an instant in the past. */
export async function tierStructureActivate(
  runner: CommandRunner,
  actor: Actor,
  target: Target,
  effectiveAt: Instant | null,
): Promise<StructureOutcome> {
  const { id, expectedVersion, idempotencyKey } = target;
  const input = { id, expectedVersion, effectiveAt };
  return change(runner, actor, STRUCTURE, 'tierStructureActivate', input, idempotencyKey, async (unit, repository) => {
    const before = id === null ? null : await repository.find(id);
    if (before === null) return refused(NOT_FOUND);
    const context = await forceContext(placeOf(unit), before, expectedVersion);
    const activated = activateTierStructure(before, { ...context, effectiveAt });
    if (!activated.ok) return activated;
    await repository.update(activated.value);
    unit.structuresChanged(unit.now);
    await recordTierStructure(unit, 'ACTIVATED', before, activated.value);
    return activated;
  });
}

/** Drafts the next revision of a structure. */
export async function tierStructureRevise(
  runner: CommandRunner,
  actor: Actor,
  target: Target,
): Promise<StructureOutcome> {
  const { id, expectedVersion, idempotencyKey } = target;
  const input = { id, expectedVersion };
  return change(runner, actor, STRUCTURE, 'tierStructureRevise', input, idempotencyKey, async (unit, repository) => {
    const structure = id === null ? null : await repository.find(id);
    if (structure === null) return refused(NOT_FOUND);
    const ids = { structure: newId(), tiers: structure.tiers.map(() => newId()) };
    const drafted = reviseTierStructure(structure, ids, expectedVersion, unit.now);
    if (!drafted.ok) return drafted;
    await insertTierStructure(unit, repository, drafted.value);
    return drafted;
  });
}

/** Makes a draft the next revision of its structure; gives back the structure. */
export async function tierStructurePublish(
  runner: CommandRunner,
  actor: Actor,
  target: Target,
  rollout: Rollout,
): Promise<StructureOutcome> {
  const { id, expectedVersion, idempotencyKey } = target;
  const input = { id, expectedVersion, rollout };
  return change(runner, actor, STRUCTURE, 'tierStructurePublish', input, idempotencyKey, async (unit, repository) => {
    const draft = id === null ? null : await repository.find(id);
    if (draft === null) return refused(NOT_FOUND);
    const structure = draft.draftOf === null ? null : await repository.find(draft.draftOf);
    const context = await forceContext(placeOf(unit), draft, expectedVersion);
    const published = publishTierStructure(draft, structure, rollout, context);
    if (!published.ok) return published;
    // The draft comes first: its new tiers leave it with their ids.
    await repository.update(published.value.draft);
    await publishRevision(unit, repository, published.value);
    await recordTierStructure(unit, 'DELETED', draft, published.value.draft);
    return { ok: true, value: published.value.after };
  });
}

/**
 * Publishes rules as the next revision of a structure in force, without a draft that is stored.
 * @param target id undefined: the active structure that was created first
 */
export async function tierRulesPublish(
  runner: CommandRunner,
  actor: Actor,
  target: Omit<Target, 'id'> & { readonly id: string | null | undefined },
  rules: TierRules,
  rollout: Rollout,
): Promise<StructureOutcome> {
  const { id, expectedVersion, idempotencyKey } = target;
  const input = { id, expectedVersion, rules, rollout };
  return change(runner, actor, STRUCTURE, 'tierRulesPublish', input, idempotencyKey, async (unit, repository) => {
    const structure = await ruledStructure(repository, id);
    if (structure === null) return refused(STRUCTURE_NOT_FOUND);
    const drafted = await draftedRules(placeOf(unit), structure, rules, expectedVersion);
    if (!drafted.ok) return aboutStructure(drafted.problems);
    const context = await forceContext(placeOf(unit), drafted.value, null);
    const published = publishTierStructure(drafted.value, structure, rollout, context);
    if (!published.ok) return aboutStructure(published.problems);
    await publishRevision(unit, repository, published.value);
    return { ok: true, value: published.value.after };
  });
}

/** What is said of the draft's `id` concerns the structure here. */
function aboutStructure(problems: readonly Problem<TierStructureErrorCode>[]): StructureOutcome {
  return refused(
    ...problems.map((found) => (found.field?.[1] === 'id' ? { ...found, field: ['input', 'tierStructureId'] } : found)),
  );
}

/** Takes one of the other steps of the lifecycle: deactivate, draft or delete. */
export async function tierStructureStep(
  runner: CommandRunner,
  actor: Actor,
  step: Exclude<LifecycleStep, 'ACTIVATE'>,
  target: Target,
): Promise<StructureOutcome> {
  const { id, expectedVersion, idempotencyKey } = target;
  const input = { id, expectedVersion };
  return change(runner, actor, STRUCTURE, `tierStructure ${step}`, input, idempotencyKey, async (unit, repository) => {
    const before = id === null ? null : await repository.find(id);
    if (before === null) return refused(NOT_FOUND);
    const settledUpTo = await repository.settledUpTo(unit.now);
    const taken = (held: boolean) => stepTierStructure(before, step, { held, expectedVersion, now: unit.now, settledUpTo });
    // Whether it is held is dear to find out, so everything else is decided first.
    const unheld = taken(false);
    const stepped = unheld.ok && step === 'DRAFT' ? taken(await isTierStructureHeld(unit, repository, before.id)) : unheld;
    if (!stepped.ok) return stepped;
    await repository.update(stepped.value);
    if (step === 'DRAFT') await repository.clearMemberships(before.id);
    // Only a structure in force judges anybody: members need not be judged anew because a draft is deleted.
    if (before.status === 'ACTIVE') unit.structuresChanged(stepped.value.activePeriods.at(-1)?.end ?? unit.now);
    await recordTierStructure(unit, STEP_ACTIONS[step], before, stepped.value);
    // What is a draft again, or gone, is no longer what its drafts were copied from.
    if (step !== 'DEACTIVATE') await deleteDrafts(unit, repository, before.id);
    return stepped;
  });
}

/** Adds a tier to the structure that the target names. */
export async function tierCreate(
  runner: CommandRunner,
  actor: Actor,
  target: Target,
  settings: TierSettings,
): Promise<TierOutcome> {
  const { id, expectedVersion, idempotencyKey } = target;
  const input = { id, expectedVersion, settings };
  return change(runner, actor, TIER, 'tierCreate', input, idempotencyKey, async (unit, repository) => {
    const before = id === null ? null : await repository.find(id);
    if (before === null) return refused(STRUCTURE_NOT_FOUND);
    const tierId = newId();
    const decided = addTier(before, settings, expectedVersion, tierId, unit.now);
    const added = await withLinksChecked(decided, placeOf(unit), awardLinks(settings));
    return saveTier(unit, repository, 'CREATED', tierId, before, added);
  });
}

export async function tierUpdate(
  runner: CommandRunner,
  actor: Actor,
  target: Target,
  changes: Changes<TierSettings>,
): Promise<TierOutcome> {
  const { id: tierId, expectedVersion, idempotencyKey } = target;
  const input = { id: tierId, expectedVersion, changes };
  return change(runner, actor, TIER, 'tierUpdate', input, idempotencyKey, async (unit, repository) => {
    const [before] = tierId === null ? [] : await repository.byTierIds([tierId]);
    if (before === undefined || tierId === null) return refused(TIER_NOT_FOUND);
    const decided = updateTier(before, tierId, changes, expectedVersion, unit.now);
    const updated = await withLinksChecked(decided, placeOf(unit), awardLinks(changes));
    return saveTier(unit, repository, 'UPDATED', tierId, before, updated);
  });
}

export async function tierDelete(runner: CommandRunner, actor: Actor, target: Target): Promise<TierOutcome> {
  const { id: tierId, expectedVersion, idempotencyKey } = target;
  const input = { id: tierId, expectedVersion };
  return change(runner, actor, TIER, 'tierDelete', input, idempotencyKey, async (unit, repository) => {
    const [before] = tierId === null ? [] : await repository.byTierIds([tierId]);
    if (before === undefined || tierId === null) return refused(TIER_NOT_FOUND);
    return saveTier(unit, repository, 'DELETED', tierId, before, removeTier(before, tierId, expectedVersion, unit.now));
  });
}

function placeOf({ transaction, workspaceId, now }: ConfigurationUnit) {
  return { db: transaction, workspaceId, now };
}

async function saveTier(
  unit: ConfigurationUnit,
  repository: TierStructureRepository,
  action: ActivityAction,
  tierId: string,
  before: TierStructure,
  decided: Checked<TierStructure, TierStructureErrorCode>,
): Promise<TierOutcome> {
  if (!decided.ok) return decided;
  await repository.update(decided.value);
  const tierOf = ({ tiers }: TierStructure) => tiers.find(({ id }) => id === tierId) ?? null;
  await recordTier(unit, action, tierOf(before), tierOf(decided.value));
  return { ok: true, value: { structure: decided.value, tierId } };
}

export async function insertTierStructure(unit: ConfigurationUnit, repository: TierStructureRepository, structure: TierStructure): Promise<void> {
  await repository.insert(structure);
  await recordTierStructure(unit, 'CREATED', null, structure);
  for (const tier of structure.tiers) await recordTier(unit, 'CREATED', null, tier);
}

export async function publishRevision(
  unit: ConfigurationUnit,
  repository: TierStructureRepository,
  { before, after }: Publication,
): Promise<void> {
  const kept = new Set(after.tiers.map(({ id }) => id));
  const removed = before.tiers.filter(({ id }) => !kept.has(id));
  await repository.removeTiers(removed.map(({ id }) => id), unit.now);
  await repository.update(after);
  unit.structuresChanged(after.revision.effectiveAt ?? unit.now);
  await recordTierStructure(unit, 'PUBLISHED', before, after);
  for (const tier of after.tiers) {
    const former = before.tiers.find(({ id }) => id === tier.id) ?? null;
    if (former !== tier) await recordTier(unit, former === null ? 'CREATED' : 'UPDATED', former, tier);
  }
  for (const tier of removed) await recordTier(unit, 'DELETED', tier, null);
}

/** Deletes the drafts of the structure's next revision. */
async function deleteDrafts(
  unit: ConfigurationUnit,
  repository: TierStructureRepository,
  structureId: string,
): Promise<void> {
  for (const draft of await repository.draftsOf(structureId)) {
    const deleted = stepTierStructure(draft, 'DELETE', { held: false, expectedVersion: null, now: unit.now, settledUpTo: null });
    if (!deleted.ok) throw new Error('A draft can always be deleted.');
    await repository.update(deleted.value);
    await recordTierStructure(unit, 'DELETED', draft, deleted.value);
  }
}

/**
 * Whether any customer holds a tier of the structure now, or has an entry award of it. What is stored does not say: a stored tier
 * may have lapsed, and a customer may have come to one, since the customer was last settled. So every
 * customer is carried to now, in memory, until one is found who holds a tier.
 *
 * The cost is three statements for each 500 customers, and for those not settled since a structure last
 * changed their whole ledger; the workspace accepts no writes meanwhile, as the runner holds its
 * configuration. Those who held a tier when last settled come first, so a structure in use is found out
 * at once; the whole way is gone only for one that really nobody holds.
 */
export async function isTierStructureHeld(
  { transaction, workspaceId, now }: Pick<ConfigurationUnit, 'transaction' | 'workspaceId' | 'now'>,
  repository: TierStructureRepository,
  structureId: string,
): Promise<boolean> {
  const members = new MemberRepository(transaction.$client, workspaceId);
  const programs = new ProgramCache();
  for (const stored of ['HOLDERS', 'OTHERS'] as const) {
    let after: string | null = null;
    do {
      const ids: readonly string[] = await repository.customerIds(structureId, stored, after, CUSTOMERS_AT_ONCE);
      if (ids.length === 0) break;
      const read = await members.read(ids);
      const program = await programs.get(transaction, workspaceId, read.configurationVersion);
      const states = [...read.states(program).values()];
      const replayed = states.filter((state) => needsReplay(state, program)).map(({ customerId }) => customerId);
      const histories = replayed.length === 0 ? null : await members.history(replayed);
      for (const state of states) {
        const current = stateAt(state, histories?.get(state.customerId) ?? NO_HISTORY, program, now);
        const membership = current.memberships.get(structureId);
        // An entry award is in the ledger: without the structure, nothing would account for it any more.
        if ((membership?.tierId ?? null) !== null || (membership?.entryAwards.length ?? 0) > 0) return true;
      }
      after = ids.length < CUSTOMERS_AT_ONCE ? null : (ids.at(-1) ?? null);
    } while (after !== null);
  }
  return false;
}

/** How a command's answer is kept under its idempotency key, and made again from the structure as it is then. */
interface Kept<T> {
  result(value: T): IdempotentResult;
  again(structure: TierStructure, result: IdempotentResult): T;
}

const STRUCTURE: Kept<TierStructure> = {
  result: ({ id }) => ({ id }),
  again: (structure) => structure,
};
const TIER: Kept<TierChange> = {
  result: ({ structure, tierId }) => ({ id: structure.id, tierId }),
  again: (structure, { tierId }) => ({ structure, tierId: String(tierId) }),
};

async function change<T>(
  runner: CommandRunner,
  actor: Actor,
  kept: Kept<T>,
  operation: string,
  input: unknown,
  key: string | null | undefined,
  work: (unit: ConfigurationUnit, repository: TierStructureRepository) => Promise<Outcome<T, TierStructureErrorCode>>,
): Promise<Outcome<T, TierStructureErrorCode>> {
  return runner.configuration(
    actor,
    { key, operation, input },
    async (unit) => {
      const done = await work(unit, new TierStructureRepository(unit.transaction, unit.workspaceId));
      return done.ok ? { ok: true, value: { value: done.value, result: kept.result(done.value) } } : done;
    },
    async (transaction: Transaction, result) => {
      const found = await new TierStructureRepository(transaction, actor.workspaceId).find(String(result['id']));
      if (found === null) throw new Error('A tier structure is never removed.');
      return kept.again(found, result);
    },
  );
}

export function recordTierStructure(
  unit: ConfigurationUnit,
  action: ActivityAction,
  before: TierStructure | null,
  after: TierStructure,
): Promise<void> {
  return unit.record({
    kind: 'TierStructure',
    action,
    subjectId: after.id,
    eventType: `tier_structure.${action.toLowerCase()}`,
    before: before === null ? null : structureSnapshot(before),
    after: structureSnapshot(after),
  });
}

/** Changes of a tier are listed on its structure's page. */
export async function recordTier(
  unit: ConfigurationUnit,
  action: ActivityAction,
  before: Tier | null,
  after: Tier | null,
): Promise<void> {
  const tier = after ?? before;
  if (tier === null) throw new Error('A tier that changes was there before or is there after.');
  await unit.record({
    kind: 'Tier',
    action,
    subjectId: tier.id,
    objectId: tier.structureId,
    eventType: `tier.${action.toLowerCase()}`,
    before: before === null ? null : tierSnapshot(before),
    after: after === null ? null : tierSnapshot(after),
  });
}

/** What an audit entry keeps of a structure. Its tiers have entries of their own. */
function structureSnapshot(structure: TierStructure) {
  const { key, name, type, status, cardDefinitionId, pointEarned, expiration, downgrade, metadata, version } = structure;
  const { entryAwardScope, entryAwardOnRefund, draftOf, revision } = structure;
  const effectiveAt = structure.status === 'ACTIVE' ? (structure.activePeriods.at(-1)?.start ?? null) : null;
  return {
    key,
    name,
    type,
    status,
    cardDefinitionId: publicIdOrNull('CardDefinition', cardDefinitionId),
    pointEarned,
    expiration,
    downgrade,
    entryAwardScope,
    entryAwardOnRefund,
    draftOf: publicIdOrNull('TierStructure', draftOf),
    revision: { ...revision, effectiveAt: toText(revision.effectiveAt) },
    effectiveAt: toText(effectiveAt),
    metadata,
    version,
  };
}

/** What an audit entry keeps of a tier. Points are texts, because JSON would round large ones. */
function tierSnapshot(tier: Tier) {
  const { structureId, key, name, minPoints, maxPoints, noDowngrade, entryAward, pointExpiration, originId, metadata } = tier;
  return {
    tierStructureId: toPublicId('TierStructure', structureId),
    key,
    name,
    minPoints: String(minPoints),
    maxPoints: maxPoints === null ? null : String(maxPoints),
    noDowngrade,
    entryAward:
      entryAward === null
        ? null
        : {
            points: String(entryAward.points),
            cardDefinitionId: publicIdOrNull('CardDefinition', entryAward.cardDefinitionId),
          },
    pointExpiration,
    originId: publicIdOrNull('Tier', originId),
    metadata,
  };
}

function publicIdOrNull(kind: IdKind, id: string | null): string | null {
  return id === null ? null : toPublicId(kind, id);
}

function toText(instant: Instant | null): string | null {
  return instant === null ? null : new Date(instant).toISOString();
}

const NOT_FOUND = problem('NOT_FOUND', 'There is no such tier structure.', 'id');
const STRUCTURE_NOT_FOUND = problem('NOT_FOUND', 'There is no such tier structure.', 'tierStructureId');
const TIER_NOT_FOUND = problem('NOT_FOUND', 'There is no such tier.', 'id');

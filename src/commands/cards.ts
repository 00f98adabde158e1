import type { ActivityAction } from '../domain/audit.ts';
import type { CardDefinition, CardDefinitionChanges, CardDefinitionDraft, CardDefinitionErrorCode } from '../domain/cards.ts';
import { createCardDefinition, updateCardDefinition } from '../domain/cards.ts';
import type { LifecycleStep } from '../domain/configuration.ts';
import { checkStep, checkVersion, statusAfter } from '../domain/configuration.ts';
import type { Problem } from '../domain/problem.ts';
import { problem, refused } from '../domain/problem.ts';
import { newId } from '../platform/ids.ts';
import { CardDefinitionRepository } from '../repositories/cards.ts';
import { EarnRuleRepository } from '../repositories/earning.ts';
import { RewardRepository } from '../repositories/rewards.ts';
import { TierStructureRepository } from '../repositories/structures.ts';
import type { Actor, CommandRunner, ConfigurationUnit, Outcome } from './run.ts';
import { changeObject } from './run.ts';

type CardOutcome = Outcome<CardDefinition, CardDefinitionErrorCode>;

interface Target {
  /** Null if the caller named something that cannot be a card definition. */
  readonly id: string | null;
  readonly expectedVersion: number | null | undefined;
  readonly idempotencyKey: string | null | undefined;
}

const STEP_ACTIONS: Readonly<Record<LifecycleStep, ActivityAction>> = {
  ACTIVATE: 'ACTIVATED',
  DEACTIVATE: 'DEACTIVATED',
  DRAFT: 'DRAFTED',
  DELETE: 'DELETED',
};

export async function cardDefinitionCreate(
  runner: CommandRunner,
  actor: Actor,
  draft: CardDefinitionDraft,
  idempotencyKey: string | null | undefined,
): Promise<CardOutcome> {
  return change(runner, actor, 'cardDefinitionCreate', draft, idempotencyKey, async (unit, repository) => {
    const created = createCardDefinition(draft, newId(), unit.now);
    if (!created.ok) return created;
    await repository.insert(created.value);
    await record(unit, 'CREATED', null, created.value);
    return created;
  });
}

export async function cardDefinitionUpdate(
  runner: CommandRunner,
  actor: Actor,
  target: Target,
  changes: CardDefinitionChanges,
): Promise<CardOutcome> {
  const { id, expectedVersion, idempotencyKey } = target;
  const input = { id, expectedVersion, changes };
  return change(runner, actor, 'cardDefinitionUpdate', input, idempotencyKey, async (unit, repository) => {
    const before = id === null ? null : await repository.find(id);
    if (before === null) return refused(NOT_FOUND);
    const updated = updateCardDefinition(before, changes, expectedVersion, unit.now);
    if (!updated.ok) return updated;
    await repository.update(updated.value);
    await record(unit, 'UPDATED', before, updated.value);
    return updated;
  });
}

/** Takes a step of the lifecycle: activate, deactivate, draft or delete. */
export async function cardDefinitionStep(
  runner: CommandRunner,
  actor: Actor,
  step: LifecycleStep,
  target: Target,
): Promise<CardOutcome> {
  const { id, expectedVersion, idempotencyKey } = target;
  const input = { id, expectedVersion };
  return change(runner, actor, `cardDefinition ${step}`, input, idempotencyKey, async (unit, repository) => {
    const before = id === null ? null : await repository.find(id);
    if (before === null) return refused(NOT_FOUND);
    const problems: Problem<CardDefinitionErrorCode>[] = [
      ...checkVersion(before.version, expectedVersion),
      ...checkStep(before.status, step),
      ...(await checkUse(unit, repository, before.id, step)),
    ];
    if (problems.length > 0) return refused(...problems);
    const after = { ...before, status: statusAfter(step), version: before.version + 1, updatedAt: unit.now };
    await repository.update(after);
    await record(unit, STEP_ACTIONS[step], before, after);
    return { ok: true, value: after };
  });
}

/** What stands against taking a card definition out of use. */
async function checkUse(
  { transaction, workspaceId }: ConfigurationUnit,
  repository: CardDefinitionRepository,
  id: string,
  step: LifecycleStep,
): Promise<Problem<'IN_USE'>[]> {
  if (step === 'ACTIVATE' || step === 'DEACTIVATE') return [];
  const structures = new TierStructureRepository(transaction, workspaceId);
  if (await structures.usesCardDefinition(id)) {
    return [problem('IN_USE', 'An active tier structure uses this card definition.', 'id')];
  }
  if (await new RewardRepository(transaction, workspaceId).usesCardDefinition(id)) {
    return [problem('IN_USE', 'An active reward is paid for from this card definition.', 'id')];
  }
  if (step === 'DELETE') {
    const inForce = await new EarnRuleRepository(transaction, workspaceId).countInForce(id);
    return inForce === 0 ? [] : [problem('IN_USE', 'An earn rule gives points on this card definition.', 'id')];
  }
  return (await repository.hasCards(id)) ? [problem('IN_USE', 'Customers have such cards.', 'id')] : [];
}

function change(
  runner: CommandRunner,
  actor: Actor,
  operation: string,
  input: unknown,
  key: string | null | undefined,
  work: (unit: ConfigurationUnit, repository: CardDefinitionRepository) => Promise<CardOutcome>,
): Promise<CardOutcome> {
  return changeObject(runner, actor, { key, operation, input }, CardDefinitionRepository, work);
}

function record(
  unit: ConfigurationUnit,
  action: ActivityAction,
  before: CardDefinition | null,
  after: CardDefinition,
): Promise<void> {
  return unit.record({
    kind: 'CardDefinition',
    action,
    subjectId: after.id,
    eventType: `card_definition.${action.toLowerCase()}`,
    before: before === null ? null : snapshot(before),
    after: snapshot(after),
  });
}

/** What an audit entry keeps of a card definition. */
function snapshot({ name, status, expiration, activation, refundPolicy, metadata, version }: CardDefinition) {
  return { name, status, expiration, activation, refundPolicy, metadata, version };
}

const NOT_FOUND = problem('NOT_FOUND', 'There is no such card definition.', 'id');

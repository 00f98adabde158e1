import type { ActivityAction } from '../domain/audit.ts';
import type { CardDefinition, CardDefinitionChanges, CardDefinitionDraft, CardDefinitionErrorCode, CardUse } from '../domain/cards.ts';
import { createCardDefinition, stepCardDefinition, updateCardDefinition } from '../domain/cards.ts';
import type { LifecycleStep } from '../domain/configuration.ts';
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
    const created = createCardDefinition(draft, newId(), await repository.keys(), unit.now);
    if (!created.ok) return created;
    await repository.insert(created.value);
    await recordCardDefinition(unit, 'CREATED', null, created.value);
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
    const updated = updateCardDefinition(before, changes, expectedVersion, await repository.keys(before.id), unit.now);
    if (!updated.ok) return updated;
    await repository.update(updated.value);
    await recordCardDefinition(unit, 'UPDATED', before, updated.value);
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
    const use = await useOf(unit, repository, before.id, step);
    const stepped = stepCardDefinition(before, step, use, expectedVersion, unit.now);
    if (!stepped.ok) return stepped;
    await repository.update(stepped.value);
    await recordCardDefinition(unit, STEP_ACTIONS[step], before, stepped.value);
    return stepped;
  });
}

/** Who depends on a card definition, as far as it matters to the step. */
async function useOf(
  { transaction, workspaceId }: ConfigurationUnit,
  repository: CardDefinitionRepository,
  id: string,
  step: LifecycleStep,
): Promise<CardUse> {
  const ends = step === 'DELETE' || step === 'DRAFT';
  return {
    structure: ends && (await new TierStructureRepository(transaction, workspaceId).usesCardDefinition(id)),
    reward: ends && (await new RewardRepository(transaction, workspaceId).usesCardDefinition(id, step === 'DRAFT')),
    earnRule: step === 'DELETE' && (await new EarnRuleRepository(transaction, workspaceId).countInForce(id)) > 0,
    customers: step === 'DRAFT' && (await repository.hasCards(id)),
  };
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

export function recordCardDefinition(
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
function snapshot({ key, name, status, expiration, activation, refundPolicy, metadata, version }: CardDefinition) {
  return { key, name, status, expiration, activation, refundPolicy, metadata, version };
}

const NOT_FOUND = problem('NOT_FOUND', 'There is no such card definition.', 'id');

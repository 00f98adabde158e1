import { createHash } from 'node:crypto';
import type { Transaction } from '../database/client.ts';
import { withTransaction } from '../database/client.ts';
import type { ActivityAction } from '../domain/audit.ts';
import type { ConfigurationDocument, ConfigurationState } from '../domain/configuration-document.ts';
import { documentOf } from '../domain/configuration-document.ts';
import type { PlannedAction, PlannedChange, PlannedWrite } from '../domain/configuration-changes.ts';
import { countsOf, tiersChanged } from '../domain/configuration-changes.ts';
import type { ConfigurationPlan } from '../domain/configuration-plan.ts';
import { factsNeeded, planConfiguration } from '../domain/configuration-plan.ts';
import type { DocumentPath, PlanFacts, PlanProblemCode } from '../domain/configuration-planning.ts';
import type { Problem } from '../domain/problem.ts';
import type { Instant } from '../domain/time.ts';
import type { ShapeProblemCode } from '../platform/configuration-shape.ts';
import { toConfigurationDocument } from '../platform/configuration-shape.ts';
import type { SyntaxProblemCode, TextPlace } from '../platform/configuration-syntax.ts';
import { readConfigurationText } from '../platform/configuration-syntax.ts';
import { idSource } from '../platform/ids.ts';
import { CardDefinitionRepository } from '../repositories/cards.ts';
import { EarnRuleRepository } from '../repositories/earning.ts';
import { RewardRepository } from '../repositories/rewards.ts';
import { TierStructureRepository } from '../repositories/structures.ts';
import { WorkspaceRepository } from '../repositories/workspaces.ts';
import { recordCardDefinition } from './cards.ts';
import { recordEarnRule } from './earning.ts';
import { recordReward } from './rewards.ts';
import type { Actor, CommandRunner, ConfigurationUnit, Outcome } from './run.ts';
import { insertTierStructure, isTierStructureHeld, publishRevision, recordTier, recordTierStructure } from './structures.ts';
import { recordWorkspace } from './workspaces.ts';

/**
 * A workspace's configuration as a document: planned without writing, applied in one transaction. What is planned is what the
 * domain decides about the configuration as it is; applying decides it anew, under the lock, and writes just that.
 */

export type ConfigurationErrorCode =
  | SyntaxProblemCode
  | ShapeProblemCode
  | PlanProblemCode
  | 'STALE_PLAN'
  | 'INVALID_IDEMPOTENCY_KEY'
  | 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH';

/** What stands against a document: where in its structure, and where in its text. */
export interface ConfigurationProblem extends Problem<ConfigurationErrorCode> {
  readonly path: readonly string[] | null;
  readonly place: TextPlace | null;
}

export interface PlannedConfiguration {
  readonly changes: readonly PlannedChange[];
  /** The same for the same changes to the same configuration, and for nothing else. */
  readonly fingerprint: string;
}

export interface AppliedConfiguration {
  readonly fingerprint: string;
  readonly changeCount: number;
}

interface DocumentInput {
  readonly document: string;
  readonly prune: boolean;
}

const PROBLEMS_MAX = 100;

/** The configuration as a document, and the workspace's clock. */
export async function configurationDocument(runner: CommandRunner, workspaceId: string): Promise<ConfigurationDocument> {
  return readOnly(runner, workspaceId, async (transaction, now) => documentOf(await readState(transaction, workspaceId), now));
}

/** What applying the document would change. Writes nothing. */
export async function configurationPlan(
  runner: CommandRunner,
  actor: Actor,
  input: DocumentInput,
): Promise<Outcome<PlannedConfiguration, ConfigurationErrorCode>> {
  const read = readDocument(input);
  if (!read.ok) return read;
  return readOnly(runner, actor.workspaceId, async (transaction, now) => {
    const planned = await decide({ transaction, workspaceId: actor.workspaceId, now }, read.value);
    if (!planned.ok) return planned;
    const { plan, fingerprint } = planned.value;
    return { ok: true, value: { changes: plan.changes, fingerprint } };
  });
}

/** Applies what was planned: all of it, or nothing if the configuration has changed since. Where nothing is left to do, nothing is done. */
export async function configurationApply(
  runner: CommandRunner,
  actor: Actor,
  input: DocumentInput & { readonly fingerprint: string },
  key: string | null | undefined,
): Promise<Outcome<AppliedConfiguration, ConfigurationErrorCode>> {
  // Before anybody waits for the lock: a long document takes its time to be read.
  const read = readDocument(input);
  if (!read.ok) return read;
  return runner.configuration<AppliedConfiguration, ConfigurationErrorCode>(
    actor,
    { key, operation: 'configurationApply', input },
    async (unit) => {
      const planned = await decide(unit, read.value);
      if (!planned.ok) return planned;
      const { plan, fingerprint } = planned.value;
      if (plan.writes.length > 0 && fingerprint !== input.fingerprint) return { ok: false, problems: [STALE_PLAN] };
      for (const write of plan.writes) await carryOut(unit, write);
      if (plan.writes.length === 0) unit.nothingChanged();
      else await unit.tell('configuration.applied', { ...countsOf(plan.changes) });
      const changeCount = plan.changes.length;
      return { ok: true, value: { value: { fingerprint, changeCount }, result: { fingerprint, changeCount: String(changeCount) } } };
    },
    (_, { fingerprint, changeCount }) => Promise.resolve({ fingerprint: String(fingerprint), changeCount: Number(changeCount) }),
  );
}

const STALE_PLAN: ConfigurationProblem = {
  code: 'STALE_PLAN',
  message: 'The configuration or the document is another one than when this was planned. Plan again.',
  field: ['input', 'fingerprint'],
  path: null,
  place: null,
};

type Reading = Pick<ConfigurationUnit, 'transaction' | 'workspaceId' | 'now'>;

type Refused = { readonly ok: false; readonly problems: ConfigurationProblem[] };

interface ReadDocument {
  readonly document: ConfigurationDocument;
  readonly prune: boolean;
  readonly placeOf: (path: DocumentPath) => TextPlace | null;
}

function readDocument({ document: text, prune }: DocumentInput): { readonly ok: true; readonly value: ReadDocument } | Refused {
  const read = readConfigurationText(text);
  if (!read.ok) return refusal(read.problems, () => null);
  const { value, placeOf } = read.value;
  const shaped = toConfigurationDocument(value);
  return shaped.ok ? { ok: true, value: { document: shaped.value, prune, placeOf } } : refusal(shaped.problems, placeOf);
}

async function decide(
  reading: Reading,
  { document, prune, placeOf }: ReadDocument,
): Promise<{ readonly ok: true; readonly value: { readonly plan: ConfigurationPlan; readonly fingerprint: string } } | Refused> {
  const { transaction, workspaceId, now } = reading;
  const state = await readState(transaction, workspaceId);
  const structures = new TierStructureRepository(transaction, workspaceId);
  const context = {
    ...(await readFacts(reading, document, state)),
    prune,
    now,
    settledUpTo: await structures.settledUpTo(now),
    ids: idSource,
  };
  const planned = planConfiguration(document, state, context);
  if (!planned.ok) return refusal(planned.problems, placeOf);
  return { ok: true, value: { plan: planned.value, fingerprint: fingerprintOf(planned.value.changes, state) } };
}

function refusal(
  problems: readonly { readonly code: ConfigurationErrorCode; readonly message: string; readonly path: DocumentPath; readonly place?: TextPlace | null }[],
  placeOf: (path: DocumentPath) => TextPlace | null,
): Refused {
  return {
    ok: false,
    problems: problems.slice(0, PROBLEMS_MAX).map(({ code, message, path, place }) => ({
      code,
      message,
      field: ['input', 'document'],
      path: path.map(String),
      place: place ?? placeOf(path),
    })),
  };
}

async function readState(transaction: Transaction, workspaceId: string): Promise<ConfigurationState> {
  const workspace = await new WorkspaceRepository(transaction, workspaceId).find();
  if (workspace === null) throw new Error('A request acts in a workspace that exists.');
  const structures = await new TierStructureRepository(transaction, workspaceId).all();
  return {
    workspace,
    cardDefinitions: await new CardDefinitionRepository(transaction, workspaceId).all(),
    tierStructures: structures.filter(({ draftOf }) => draftOf === null),
    drafts: structures.filter(({ draftOf }) => draftOf !== null),
    earnRules: await new EarnRuleRepository(transaction, workspaceId).all(),
    rewards: await new RewardRepository(transaction, workspaceId).all(),
  };
}

/** Whether something is in use is dear to find out, so it is only for what the document wants to take out of use. */
async function readFacts(reading: Reading, document: ConfigurationDocument, state: ConfigurationState): Promise<PlanFacts> {
  const needed = factsNeeded(document, state);
  const structures = new TierStructureRepository(reading.transaction, reading.workspaceId);
  const cards = new CardDefinitionRepository(reading.transaction, reading.workspaceId);
  const heldStructures = new Set<string>();
  for (const id of needed.structures) if (await isTierStructureHeld(reading, structures, id)) heldStructures.add(id);
  const usedCardDefinitions = new Set<string>();
  for (const id of needed.cardDefinitions) if (await cards.hasCards(id)) usedCardDefinitions.add(id);
  return { heldStructures, usedCardDefinitions };
}

/** Over what would change, and over the objects that there are, each at its version. */
function fingerprintOf(changes: readonly PlannedChange[], state: ConfigurationState): string {
  const { workspace, cardDefinitions, tierStructures, drafts, earnRules, rewards } = state;
  const objects = [workspace, ...cardDefinitions, ...tierStructures, ...drafts, ...earnRules, ...rewards].map(({ id, version }) => [id, version]);
  return createHash('sha256').update(JSON.stringify([changes, objects])).digest('hex');
}

/** A transaction that writes nothing, and in which the configuration stays as it is. */
function readOnly<T>(runner: CommandRunner, workspaceId: string, work: (transaction: Transaction, now: Instant) => Promise<T>): Promise<T> {
  return withTransaction(runner.database.workspace(workspaceId), async (transaction) =>
    work(transaction, (await new WorkspaceRepository(transaction, workspaceId).holdConfiguration()) ?? runner.clock()),
  );
}

const ACTIONS: Readonly<Record<PlannedAction, ActivityAction>> = {
  CREATE: 'CREATED',
  UPDATE: 'UPDATED',
  ACTIVATE: 'ACTIVATED',
  DEACTIVATE: 'DEACTIVATED',
  DRAFT: 'DRAFTED',
  PUBLISH: 'PUBLISHED',
  RETIRE: 'RETIRED',
  DELETE: 'DELETED',
};

/** Stores one planned change, and records it as if it were made by hand. */
async function carryOut(unit: ConfigurationUnit, write: PlannedWrite): Promise<void> {
  const { transaction, workspaceId } = unit;
  switch (write.kind) {
    case 'WORKSPACE':
      await new WorkspaceRepository(transaction, workspaceId).update(write.after);
      return recordWorkspace(unit, 'UPDATED', write.before, write.after);
    case 'CARD_DEFINITION': {
      const repository = new CardDefinitionRepository(transaction, workspaceId);
      await (write.before === null ? repository.insert(write.after) : repository.update(write.after));
      return recordCardDefinition(unit, ACTIONS[write.action], write.before, write.after);
    }
    case 'EARN_RULE':
      return carryOutRule(unit, write);
    case 'REWARD': {
      const repository = new RewardRepository(transaction, workspaceId);
      await (write.before === null ? repository.insert(write.after) : repository.update(write.after));
      return recordReward(unit, ACTIONS[write.action], write.before, write.after);
    }
    default:
      return carryOutStructure(unit, new TierStructureRepository(transaction, workspaceId), write);
  }
}

async function carryOutRule(unit: ConfigurationUnit, { action, before, after }: Extract<PlannedWrite, { kind: 'EARN_RULE' }>): Promise<void> {
  const repository = new EarnRuleRepository(unit.transaction, unit.workspaceId);
  if (before === null) {
    const unpublished = { ...after, versions: [] };
    await repository.insert(after);
    await recordEarnRule(unit, 'CREATED', null, unpublished);
    return recordEarnRule(unit, 'PUBLISHED', unpublished, after);
  }
  for (const version of after.versions.slice(before.versions.length)) await repository.insertVersion(version);
  await repository.update(after);
  return recordEarnRule(unit, ACTIONS[action], before, after);
}

async function carryOutStructure(
  unit: ConfigurationUnit,
  repository: TierStructureRepository,
  write: Exclude<PlannedWrite, { kind: 'WORKSPACE' | 'CARD_DEFINITION' | 'EARN_RULE' | 'REWARD' }>,
): Promise<void> {
  switch (write.kind) {
    case 'NEW_TIER_STRUCTURE':
      return insertTierStructure(unit, repository, write.after);
    case 'PUBLICATION':
      return publishRevision(unit, repository, write.publication);
    case 'TIERS': {
      const { changed, removed } = tiersChanged(write.before, write.after);
      await repository.update(write.after);
      for (const [former, tier] of changed) await recordTier(unit, former === null ? 'CREATED' : 'UPDATED', former, tier);
      for (const tier of removed) await recordTier(unit, 'DELETED', tier, null);
      return;
    }
    case 'TIER_STRUCTURE': {
      const { action, before, after } = write;
      await repository.update(after);
      if (action === 'DRAFT') await repository.clearMemberships(after.id);
      if (action === 'ACTIVATE') unit.structuresChanged(after.activePeriods.at(-1)?.start ?? unit.now);
      else if (before.status === 'ACTIVE' && after.status !== 'ACTIVE') unit.structuresChanged(after.activePeriods.at(-1)?.end ?? unit.now);
      return recordTierStructure(unit, ACTIONS[action], before, after);
    }
  }
}

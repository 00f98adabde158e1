import type { Snapshot, WorkspaceConnections } from '../database/client.ts';
import { isTimeout } from '../database/errors.ts';
import type { Cohort } from '../domain/cohorts.ts';
import { cohortPlan, judgeCohort } from '../domain/cohorts.ts';
import { NO_HISTORY } from '../domain/members.ts';
import type { Problem } from '../domain/problem.ts';
import { problem, refused } from '../domain/problem.ts';
import type { Program } from '../domain/program.ts';
import type { Proposal, Simulation } from '../domain/simulation.ts';
import { Tally, proposeRules, simulateMember } from '../domain/simulation.ts';
import type { Rollout, TierRules, TierStructureErrorCode } from '../domain/structures.ts';
import { RequestError } from '../platform/errors.ts';
import { MemberRepository } from '../repositories/members.ts';
import type { SimulatedMembers } from '../repositories/simulations.ts';
import { SimulationRepository } from '../repositories/simulations.ts';
import { TierStructureRepository } from '../repositories/structures.ts';
import type { CommandRunner, Outcome } from './run.ts';
import type { StructurePlace } from './structure-checks.ts';
import { draftedRules, forceContext, ruledStructure } from './structure-checks.ts';

/**
 * The dry run of putting rules into force, over all members of a workspace. Everything is read from one snapshot, a
 * bounded number of members at a time, so that it takes as much memory for a million members as for a thousand.
 */

/** How long it may take in all. */
export const SIMULATION_MAX_MS = 600_000;
/** At most so many at once in one process, each with a connection of its own; of a workspace one. */
export const SIMULATIONS_MAX = 2;
export const SIMULATION_SAMPLES_MAX = 10;
const WORK_MEMORY_MIB = 64;
/** Members whose histories are in memory at once. */
const REPLAYED_AT_ONCE = 200;
const RETRY_AFTER_SECONDS = 10;

export interface SimulationLimits {
  /** From its beginning to its end, and for all of its statements together. */
  readonly maxMs: number;
  /** At least, between two events of progress; the first of those comes as soon as there is some. */
  readonly progressEveryMs: number;
  /** Members who are sorted in one statement, by as many processes of PostgreSQL as it has for it. A million take about a second. */
  readonly sortedAtOnce: number;
}

export const SIMULATION_LIMITS: SimulationLimits = { maxMs: SIMULATION_MAX_MS, progressEveryMs: 250, sortedAtOnce: 1_000_000 };

/** A draft by its id, null if it cannot be one, or rules of a structure, undefined for the one that was created first. */
export type SimulatedRules = { readonly id: string | null } | { readonly structureId: string | null | undefined; readonly rules: TierRules };

export interface SimulationOptions {
  readonly rollout: Rollout;
  readonly samples: number;
}

/** How far it has come, and in the last event what has come of it. A refusal is the only event. */
export interface SimulationEvent {
  readonly progress: { readonly membersDone: number; readonly membersTotal: number } | null;
  readonly simulation: Simulation | null;
  readonly problems: readonly Problem<TierStructureErrorCode>[];
}

/** By process: the workspaces that have one. */
const running = new WeakMap<CommandRunner, Set<string>>();

/** @param connections of the workspace, until the one who asked has gone */
export async function* tierStructureSimulate(
  runner: CommandRunner,
  connections: WorkspaceConnections,
  workspaceId: string,
  tried: SimulatedRules,
  options: SimulationOptions,
  limits = SIMULATION_LIMITS,
): AsyncGenerator<SimulationEvent, void> {
  const release = takePlace(runner, workspaceId);
  const endsAt = performance.now() + limits.maxMs;
  try {
    const snapshot = await connections.snapshot({ maxMs: limits.maxMs, workMemoryMib: WORK_MEMORY_MIB });
    try {
      for await (const event of simulate(runner, snapshot, workspaceId, tried, options, limits)) {
        if (performance.now() > endsAt) throw tooLong();
        yield event;
      }
    } finally {
      await snapshot.close();
    }
  } catch (error) {
    if (isTimeout(error) && performance.now() >= endsAt) throw tooLong();
    throw error;
  } finally {
    release();
  }
}

async function* simulate(
  runner: CommandRunner,
  snapshot: Snapshot,
  workspaceId: string,
  tried: SimulatedRules,
  { rollout, samples }: SimulationOptions,
  limits: SimulationLimits,
): AsyncGenerator<SimulationEvent, void> {
  const repository = new SimulationRepository(snapshot, workspaceId);
  const { configurationVersion, clockFrozenAt } = await repository.workspace();
  const program = await runner.programs.get(snapshot.db, workspaceId, configurationVersion);
  // The clock is read when the view of the data stands, so that what is in it has happened.
  const place = { db: snapshot.db, workspaceId, now: clockFrozenAt ?? runner.clock() };
  const proposed = await proposalOf(place, tried, rollout, program);
  if (!proposed.ok) {
    yield { progress: null, simulation: null, problems: proposed.problems };
    return;
  }
  const proposal = proposed.value;
  const members = await repository.members(proposal.at);
  const tally = new Tally(samples);
  const progress = () => ({ membersDone: tally.members, membersTotal: members.total });
  yield { progress: progress(), simulation: null, problems: [] };
  let toldAt = -Infinity;
  for await (const _ of judged(snapshot, repository, workspaceId, proposal, tally, members, limits)) {
    const now = performance.now();
    // The last event says that all are judged.
    if (now - toldAt < limits.progressEveryMs || tally.members === members.total) continue;
    toldAt = now;
    yield { progress: progress(), simulation: null, problems: [] };
  }
  yield { progress: progress(), simulation: tally.finish(proposal), problems: [] };
}

/** Judges all members: in cohorts where that is the same, the others one by one. */
async function* judged(
  snapshot: Snapshot,
  repository: SimulationRepository,
  workspaceId: string,
  proposal: Proposal,
  tally: Tally,
  { total: membersTotal, someAreDue }: SimulatedMembers,
  limits: SimulationLimits,
): AsyncGenerator<void, void> {
  const plan = cohortPlan(proposal);
  if (plan === null) {
    yield* oneByOne(snapshot, workspaceId, proposal, tally, (after) => repository.idsAfter(after, REPLAYED_AT_ONCE));
    return;
  }
  const { structureId, at, present, before } = proposal;
  const query = { plan, structureId, at, isInForce: before !== null, structuresChangedAt: present.structuresChangedAt, someAreDue };
  // What was earned is summed up for all at once: a part of the members has entries all over the ledger.
  const atOnce = plan.source.kind === 'EARNED' ? membersTotal : limits.sortedAtOnce;
  const isSampled = (cohort: Cohort) => tally.lacksSamples(judgeCohort(proposal, plan, cohort));
  let left = membersTotal;
  for (let after: string | null = null; ; ) {
    const upTo: string | null = left <= atOnce ? null : await repository.idAt(after, atOnce - 1);
    const slice = { after, upTo, members: Math.min(left, atOnce) };
    for (const { cohort, members, sampleIds } of await repository.cohorts(query, tally.samplesMax, slice, isSampled)) {
      tally.add(judgeCohort(proposal, plan, cohort), members, sampleIds);
    }
    left -= slice.members;
    yield;
    if (upTo === null) break;
    after = upTo;
  }
  if (tally.members === membersTotal) return;
  yield* oneByOne(snapshot, workspaceId, proposal, tally, (after) => repository.unsortedIdsAfter(query, after, REPLAYED_AT_ONCE));
}

/** Judges members by all that was ever recorded of them. */
async function* oneByOne(
  snapshot: Snapshot,
  workspaceId: string,
  proposal: Proposal,
  tally: Tally,
  idsAfter: (after: string | null) => Promise<readonly string[]>,
): AsyncGenerator<void, void> {
  const members = new MemberRepository(snapshot.pool, workspaceId);
  for (let after: string | null = null; ; ) {
    const ids: readonly string[] = await idsAfter(after);
    if (ids.length === 0) return;
    const read = await members.readWithHistory(ids);
    for (const [customerId, state] of read.states(proposal.present)) {
      tally.add(simulateMember(state, read.histories.get(customerId) ?? NO_HISTORY, proposal), 1, [customerId]);
    }
    after = ids.at(-1) ?? null;
    yield;
  }
}

async function proposalOf(
  place: StructurePlace,
  tried: SimulatedRules,
  rollout: Rollout,
  program: Program,
): Promise<Outcome<Proposal, TierStructureErrorCode>> {
  const structures = new TierStructureRepository(place.db, place.workspaceId);
  if ('id' in tried) {
    const draft = tried.id === null ? null : await structures.find(tried.id);
    if (draft === null) return refused(problem('NOT_FOUND', 'There is no such tier structure.', 'id'));
    const structure = draft.draftOf === null ? null : await structures.find(draft.draftOf);
    return proposeRules(draft, structure, rollout, await forceContext(place, draft, null), program);
  }
  const structure = await ruledStructure(structures, tried.structureId);
  if (structure === null) return refused(problem('NOT_FOUND', 'There is no such tier structure.', 'draft', 'tierStructureId'));
  const drafted = await draftedRules(place, structure, tried.rules, null);
  if (!drafted.ok) return aboutDraft(drafted.problems);
  const proposed = proposeRules(drafted.value, structure, rollout, await forceContext(place, drafted.value, null), program);
  return proposed.ok ? proposed : aboutDraft(proposed.problems);
}

/** What a stored draft lacks stands in fields of their own where rules are written out. */
const LACKING: Partial<Record<TierStructureErrorCode, string>> = { NO_TIERS: 'tiers', INVALID_CARD_DEFINITION: 'cardDefinitionId' };

/** What is said of a draft's `id` concerns the structure here, and every other field stands in `draft`. */
function aboutDraft(problems: readonly Problem<TierStructureErrorCode>[]): Outcome<never, TierStructureErrorCode> {
  return refused(
    ...problems.map((found) => {
      const [, ...path] = found.field ?? [];
      return { ...found, field: ['input', 'draft', ...(path[0] === 'id' || path.length === 0 ? [LACKING[found.code] ?? 'tierStructureId'] : path)] };
    }),
  );
}

/** @throws RequestError OVERLOADED */
function takePlace(runner: CommandRunner, workspaceId: string): () => void {
  const taken = running.get(runner) ?? new Set<string>();
  running.set(runner, taken);
  if (taken.has(workspaceId) || taken.size >= SIMULATIONS_MAX) {
    const message = taken.has(workspaceId)
      ? 'A simulation is under way in this workspace. Wait for its end, or close it.'
      : 'As many simulations are under way as may be at once. Try again later.';
    throw new RequestError('OVERLOADED', message, { httpStatus: 503, retryAfterSeconds: RETRY_AFTER_SECONDS });
  }
  taken.add(workspaceId);
  return () => taken.delete(workspaceId);
}

function tooLong(): RequestError {
  return new RequestError('TIMEOUT', 'The simulation took longer than one may, and was stopped.', { httpStatus: 503 });
}

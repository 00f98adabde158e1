import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ExplanationStep, TierExplanation, TierJudgement } from '../../src/domain/explanations.ts';
import { explainJudgements, explainTier } from '../../src/domain/explanations.ts';
import type { EarnFact } from '../../src/domain/members.ts';
import type { Program } from '../../src/domain/program.ts';
import type { TierStanding } from '../../src/domain/progress.ts';
import { heldTier, tierStandings } from '../../src/domain/progress.ts';
import type { Transition } from '../../src/domain/tiers.ts';
import type { Instant } from '../../src/domain/time.ts';
import { stateAt } from '../../src/domain/timeline.ts';
import type { Living } from '../support/histories.ts';
import { World, commands, programs } from '../support/histories.ts';

/** An explanation tells of the very judgements that made the tier: whatever happened, it ends in the tier that is read. */

const RUNS = Number(process.env['HISTORIES'] ?? 2000);
const COMMANDS = 40;

function same(actual: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(actual, expected)) expect(actual).toEqual(expected);
}

function standingsOf(member: Living, program: Program, now: Instant): TierStanding[] {
  return tierStandings({ state: stateAt(member.state, member.history, program, now), program });
}

function explained(member: Living, program: Program, structureId: string, at: Instant, now: Instant): TierExplanation | null {
  return explainTier({ state: member.state, history: member.history, now }, program, structureId, at);
}

/** The transitions that were not taken back, as recorded. */
function recordedTransitions({ transitions }: Living, structureId: string): string[] {
  const standing: string[] = [];
  for (const transition of transitions.filter((each) => each.structureId === structureId)) {
    if (!transition.retraction) standing.push(what(transition));
    else standing.splice(standing.indexOf(what(transition)), 1);
  }
  return standing.sort();
}

function what({ type, fromTierId, toTierId, occurredAt }: Transition): string {
  return `${new Date(occurredAt).toISOString()} ${type} ${fromTierId ?? '-'} ${toTierId ?? '-'}`;
}

const stepOf = <Rule extends ExplanationStep['rule']>(steps: readonly ExplanationStep[], rule: Rule) =>
  steps.find((step): step is Extract<ExplanationStep, { rule: Rule }> => step.rule === rule);

function checkExplanation(member: Living, { program, now }: World, standing: TierStanding): void {
  const { id } = standing.structure;
  const explanation = explained(member, program, id, now, now);
  if (explanation === null) throw new Error('A structure in force is explained.');
  const { traces, tier } = explanation;
  same(tier, heldTier(standing));
  same(traces.map(({ before }) => before.tierId), [null, ...traces.slice(0, -1).map(({ after }) => after.tierId)].slice(0, traces.length));
  same(traces.at(-1)?.after.tierId ?? null, tier?.id ?? null);
  const told = traces.flatMap(({ transition }) => (transition === null ? [] : [what(transition)]));
  same(told.sort(), recordedTransitions(member, id));
  for (const judgement of explainJudgements(explanation, 100)) checkJudgement(judgement);
}

function checkJudgement({ steps, transition, tierBefore, tierAfter, revision }: TierJudgement): void {
  same([steps[0]?.rule, steps[1]?.rule], ['MEASURE', 'THRESHOLD']);
  for (const { message, revision: number } of steps) {
    if (!/^[A-Z].*[^.]\.$/.test(message)) throw new Error(`Not a sentence: ${message}`);
    same(number, revision.number);
  }
  if (transition === null) same(tierBefore?.id, tierAfter?.id);
  // A revision may judge always that inherits validities from the one before it.
  if (transition === 'PROLONGED') expect(['ENDED', 'ALWAYS_JUDGED']).toContain(stepOf(steps, 'EXPIRATION')?.outcome);
  const removed = tierBefore !== null && !revision.tiers.some(({ id }) => id === tierBefore.id);
  if (removed) return;
  if (transition === 'JOINED' || transition === 'UPGRADED') same(stepOf(steps, 'THRESHOLD')?.outcome, 'HIGHER');
  if (transition === 'DOWNGRADED' || transition === 'LEFT') {
    same(stepOf(steps, 'THRESHOLD')?.outcome, 'LOWER');
    expect(['TO_QUALIFYING', 'ONE_LEVEL']).toContain(stepOf(steps, 'DOWNGRADE')?.outcome);
  }
}

describe('whatever happens', () => {
  test('the explained tier is the tier that is read; its judgements follow each other, tell of each recorded transition, and name the rule that made it', () => {
    const arbitrary = fc.tuple(programs(), commands(COMMANDS, { changes: true }));
    fc.assert(
      fc.property(arbitrary, ([program, all]) => {
        const world = new World(program);
        for (const command of all) world.run(command);
        for (const member of world.members) {
          const standings = standingsOf(member, world.program, world.now);
          world.settle(member);
          for (const standing of standings) checkExplanation(member, world, standing);
        }
      }),
      { numRuns: RUNS },
    );
  }, 300_000);

  test('what was measured is what was earned in the window that is named', () => {
    const immediate = programs({ captured: true, awards: false }).map((program) => ({
      ...program,
      cardDefinitions: new Map(
        [...program.cardDefinitions].map(([id, definition]) => [id, { ...definition, activation: { type: 'IMMEDIATE' as const } }]),
      ),
    }));
    let compared = 0;
    fc.assert(
      fc.property(immediate, commands(COMMANDS), (program, all) => {
        const world = new World(program);
        for (const command of all) if (command.kind !== 'REFUND' && command.kind !== 'ADJUST') world.run(command);
        for (const member of world.members) {
          const facts = member.history.facts.filter((fact): fact is EarnFact => fact.type === 'EARN');
          for (const judged of world.program.structures) {
            const { traces } = explained(member, world.program, judged.id, world.now, world.now) ?? { traces: [] };
            for (const { at, reason, window, measure } of traces) {
              // Where several things happened at once, the judgements in between are not told apart by their instant.
              const atOnce = facts.filter(({ occurredAt }) => occurredAt === at).length;
              if (window === null || atOnce > (reason === 'POINTS_EARNED' ? 1 : 0)) continue;
              const earned = facts
                .filter(({ occurredAt }) => occurredAt >= window.start && occurredAt < window.end && occurredAt <= at)
                .flatMap(({ credits }) => credits)
                .filter(({ cardDefinitionId }) => cardDefinitionId === judged.cardDefinitionId)
                .reduce((sum, { points }) => sum + points, 0n);
              same(measure, earned);
              compared += 1;
            }
          }
        }
      }),
      { numRuns: RUNS },
    );
    expect(compared).toBeGreaterThan(RUNS);
  }, 300_000);
});

import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { MemberState } from '../../src/domain/members.ts';
import type { Program } from '../../src/domain/program.ts';
import { structuresInForceAt } from '../../src/domain/program.ts';
import { deferredTier, heldTier, tierOpportunities, tierRisk, tierStandings } from '../../src/domain/progress.ts';
import { snapshotOf } from '../../src/domain/snapshots.ts';
import type { TierStructure } from '../../src/domain/structures.ts';
import type { Instant } from '../../src/domain/time.ts';
import { stateAt } from '../../src/domain/timeline.ts';
import type { Living } from '../support/histories.ts';
import { DAY, START, World, commands, programs } from '../support/histories.ts';

/** A snapshot by what was known then is what was read then, whatever has been recorded since. */

const RUNS = Number(process.env['HISTORIES'] ?? 300);
const COMMANDS = 40;

/** All that a client can see of a state: cards in a fixed order, and the standing in each of the structures. */
function seen(state: MemberState, program: Program, structures?: readonly TierStructure[]) {
  const cards = [...state.cards.values()].map(({ id, balance, lots, pending }) => ({ id, balance, lots, pending }));
  return {
    cards: cards.sort((a, b) => (a.id < b.id ? -1 : 1)),
    tiers: tierStandings({ state, program }, structures).map((standing) => ({
      structure: standing.structure.id,
      revision: standing.rules.number,
      tier: heldTier(standing)?.id ?? null,
      since: standing.membership?.since ?? null,
      expiresAt: standing.membership?.expiresAt ?? null,
      graceEndsAt: standing.membership?.graceEndsAt ?? null,
      measure: standing.measure,
      window: standing.window,
      deferred: deferredTier(standing),
      opportunities: tierOpportunities(standing),
    })),
  };
}

const risks = (state: MemberState, program: Program, structures?: readonly TierStructure[]) =>
  tierStandings({ state, program }, structures).map((standing) => tierRisk(standing));

const read = (member: Living, program: Program, now: Instant) => stateAt(member.state, member.history, program, now);

const recorded = ({ state, history }: Living) => ({ state, history, createdAt: START });

function same(actual: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(actual, expected)) expect(actual).toEqual(expected);
}

describe('whatever happens', () => {
  test('what was known at an instant of the instant itself is what was read at it', () => {
    const arbitrary = fc.tuple(programs(), commands(COMMANDS, { changes: true }));
    fc.assert(
      fc.property(arbitrary, ([program, all]) => {
        const world = new World(program);
        const readings: { at: Instant; member: Living; seen: ReturnType<typeof seen> }[] = [];
        const look = () => {
          for (const member of world.members) {
            const state = read(member, world.program, world.now);
            readings.push({ at: world.now, member, seen: seen(state, world.program) });
          }
        };
        for (const command of all) {
          // Whatever happens at one instant has happened when the clock goes on.
          if (command.kind === 'WAIT') look();
          world.run(command);
        }
        look();
        for (const { at, member, seen: then } of readings) {
          const snapshot = snapshotOf(recorded(member), world.program, { at, knownAt: at });
          same(seen(snapshot, world.program, structuresInForceAt(world.program, at)), then);
        }
      }),
      { numRuns: RUNS },
    );
  }, 300_000);

  test('as of now it is what is read now, with what lies ahead', () => {
    const arbitrary = fc.tuple(programs(), commands(COMMANDS));
    fc.assert(
      fc.property(arbitrary, ([program, all]) => {
        const world = new World(program);
        for (const command of all) world.run(command);
        const { now } = world;
        for (const member of world.members) {
          const present = read(member, world.program, now);
          const snapshot = snapshotOf(recorded(member), world.program, { at: now, knownAt: now });
          same(seen(snapshot, world.program), seen(present, world.program));
          same(risks(snapshot, world.program), risks(present, world.program));
        }
      }),
      { numRuns: Math.min(RUNS, 200) },
    );
  }, 300_000);

  test('before a customer was recorded nothing is known, and before they joined nothing has happened', () => {
    fc.assert(
      fc.property(programs(), commands(COMMANDS), (program, all) => {
        const world = new World(program);
        for (const command of all) world.run(command);
        for (const member of world.members) {
          const { structures } = world.program;
          const unknown = snapshotOf(recorded(member), world.program, { at: START, knownAt: START - 1 });
          const first = Math.min(member.state.joinedAt, ...member.history.facts.map(({ occurredAt }) => occurredAt));
          const early = snapshotOf(recorded(member), world.program, { at: first - DAY, knownAt: world.now });
          for (const snapshot of [unknown, early]) {
            expect(snapshot.cards.size).toBe(0);
            expect(tierStandings({ state: snapshot, program: world.program }, structures).map(({ membership }) => membership)).toEqual(
              structures.map(() => null),
            );
            expect(risks(snapshot, world.program, structures)).toEqual(structures.map(() => null));
          }
        }
      }),
      { numRuns: Math.min(RUNS, 100) },
    );
  }, 300_000);
});

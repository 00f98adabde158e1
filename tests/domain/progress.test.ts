import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { AdjustmentFact, MemberState } from '../../src/domain/members.ts';
import { newMember } from '../../src/domain/members.ts';
import type { Program } from '../../src/domain/program.ts';
import { createProgram } from '../../src/domain/program.ts';
import type { TierStanding } from '../../src/domain/progress.ts';
import {
  RISK_MAX_DUE_INSTANTS,
  RISK_MAX_YEARS,
  deferredTier,
  heldTier,
  tierOpportunities,
  tierRisk,
  tierStandings,
} from '../../src/domain/progress.ts';
import type { Tier, TierStructure } from '../../src/domain/structures.ts';
import type { Transition } from '../../src/domain/tiers.ts';
import type { Instant } from '../../src/domain/time.ts';
import { NEVER } from '../../src/domain/time.ts';
import { Timeline, stateAt } from '../../src/domain/timeline.ts';
import { DAY, HOUR, World, commands, programs } from '../support/histories.ts';
import { structure, tier } from '../support/structures.ts';

/** What progress promises comes true: each promise is carried out on a copy, and the outcome looked at. */

const RUNS = Number(process.env['HISTORIES'] ?? 250);
const COMMANDS = 30;

/** Without maxima, where more points could mean a lower tier, and without awards, which would add to what is given. */
const plainPrograms = programs({ captured: true, awards: false }).map((program) => ({
  ...program,
  structures: program.structures.map((one) => ({ ...one, tiers: one.tiers.map((each) => ({ ...each, maxPoints: null })) })),
}));

/** Every standing of every member at the end of a random life. */
function lives(check: (standing: TierStanding) => void): void {
  fc.assert(
    fc.property(plainPrograms, commands(COMMANDS), (program, all) => {
      const world = new World(program);
      for (const command of all) world.run(command);
      for (const { state, history } of world.members) {
        const now = stateAt(state, history, world.program, world.now);
        tierStandings({ state: now, program: world.program }).forEach(check);
      }
    }),
    { numRuns: RUNS },
  );
}

/** The standing after points that count as earned and never expire were given at one instant, and another has come. */
function after({ state, program, structure: judged }: TierStanding, points: bigint, givenAt: Instant, at: Instant): TierStanding {
  const timeline = Timeline.from(state, program).advance(givenAt);
  const cardDefinitionId = judged.cardDefinitionId ?? '';
  if (points > 0n) timeline.apply(gift({ cardDefinitionId, points, at: givenAt, sequence: state.sequence + 1, expiresAt: NEVER }));
  return standingIn(timeline.advance(at).finish(), program, judged);
}

function gift(given: Pick<AdjustmentFact, 'cardDefinitionId' | 'points' | 'sequence' | 'expiresAt'> & { readonly at: Instant }): AdjustmentFact {
  const { at, ...fact } = given;
  return { ...fact, type: 'ADJUSTMENT', id: 'gift', occurredAt: at, recordedAt: at, qualifying: true, sliding: false };
}

function standingIn(state: MemberState, program: Program, judged: TierStructure): TierStanding {
  const [standing] = tierStandings({ state, program }, [judged]);
  if (standing === undefined) throw new Error('There is a standing in each structure.');
  return standing;
}

const position = (judged: TierStructure, held: Tier | null) => judged.tiers.findIndex(({ id }) => id === held?.id);
const positionOf = (standing: TierStanding) => position(standing.structure, heldTier(standing));
const isFall = ({ type }: Transition) => type === 'DOWNGRADED' || type === 'LEFT';

describe('a risk', () => {
  test('is the first fall that comes by itself, on the day that is told', () => {
    let falls = 0;
    let kept = 0;
    lives((standing) => {
      const { state, program, structure: judged } = standing;
      const risk = tierRisk(standing);
      const timeline = Timeline.from(state, program);
      const ownFalls = () => timeline.transitions.filter((each) => each.structureId === judged.id && isFall(each));
      if (risk === null) {
        kept += 1;
        timeline.advance(state.settledAt + 400 * DAY);
        expect(ownFalls()).toEqual([]);
        return;
      }
      falls += 1;
      const before = standingIn(timeline.advance(risk.at - 1).finish(), program, judged);
      expect([heldTier(before)?.id, ownFalls()]).toEqual([risk.fromTier.id, []]);
      const fallen = standingIn(timeline.advance(risk.at).finish(), program, judged);
      expect(heldTier(fallen)?.id).toBe(risk.toTier?.id);
      expect(positionOf(fallen)).toBeLessThan(position(judged, risk.fromTier));
      expect(risk.type).toBe(heldTier(fallen) === null ? 'LEFT' : 'DOWNGRADE');
      const lastDay = program.calendar.day(risk.on);
      expect(lastDay.start < risk.at && risk.at <= lastDay.end).toBe(true);
    });
    expect(Math.min(falls, kept)).toBeGreaterThan(RUNS / 10);
  }, 300_000);

  test('is averted by the points that it names, and by no fewer', () => {
    let averted = 0;
    lives((standing) => {
      const { state, structure: judged } = standing;
      const risk = tierRisk(standing);
      if (risk === null || risk.pointsToStay === null) return;
      const { pointsToStay, window, fromTier, at } = risk;
      // Only points of the window that is judged count. Without one, given earlier they could have left or paid debts by then.
      const givenAt = window === null ? at - 1 : Math.max(state.settledAt, window.start);
      expect(positionOf(after(standing, pointsToStay, givenAt, at))).toBeGreaterThanOrEqual(position(judged, fromTier));
      // Too few points can still lead up before, or end a grace: then it is another judgement that comes.
      const { membership } = after(standing, pointsToStay - 1n, givenAt, at - 1);
      if (!isDeepStrictEqual(membership, after(standing, 0n, givenAt, at - 1).membership)) return;
      averted += 1;
      expect(positionOf(after(standing, pointsToStay - 1n, givenAt, at))).toBeLessThan(position(judged, fromTier));
    });
    expect(averted).toBeGreaterThan(RUNS / 10);
  }, 300_000);

  test.each([
    ['within as many instants as are looked at', 'HOUR', RISK_MAX_DUE_INSTANTS - 10, 'DOWNGRADE'],
    ['beyond them', 'HOUR', RISK_MAX_DUE_INSTANTS + 10, null],
    ['within as many years as are looked at', 'YEAR', 24 * 365 * (RISK_MAX_YEARS - 1), 'DOWNGRADE'],
    ['beyond them', 'YEAR', 24 * 365 * (RISK_MAX_YEARS + 1), null],
  ] as const)('%s: a tier that lasts a %s, with points for %i hours', (_, unit, hours, expected) => {
    const judged = structure([tier('Basic', 0), tier('Silver', 100)], {
      cardDefinitionId: '00c1',
      expiration: { type: 'ROLLING_EXPIRATION', period: { value: 1, unit } },
      downgrade: { type: 'MULTI_LEVEL', gracePeriod: null },
    });
    const program = createProgram({
      workspaceId: 'workspace',
      timeZone: 'UTC',
      configurationVersion: 1n,
      cardDefinitions: [],
      structures: [judged],
      earnRules: [],
      backdatingDays: 0,
      structuresChangedAt: 0,
    });
    const now = Date.UTC(2026, 0, 1);
    const member = Timeline.fromTheStart(newMember('0001', now, now), undefined, program);
    const state = member.apply(gift({ cardDefinitionId: '00c1', points: 100n, at: now, sequence: 1, expiresAt: now + hours * HOUR })).finish();
    const [standing] = tierStandings({ state, program });
    expect(standing === undefined ? undefined : heldTier(standing)?.name).toBe('Silver');
    expect((standing === undefined ? null : tierRisk(standing))?.type ?? null).toBe(expected);
  });
});

describe('an opportunity', () => {
  test('is reached by the points that it names, and by no fewer', () => {
    let reached = 0;
    lives((standing) => {
      const { settledAt } = standing.state;
      if (standing.rules.pointEarned?.type === 'NEXT_TRACKING_PERIOD') return;
      for (const { tier: higher, missingPoints, validUntil } of tierOpportunities(standing)) {
        expect(position(standing.structure, higher)).toBeGreaterThan(positionOf(standing));
        expect(heldTier(after(standing, missingPoints, settledAt, settledAt))?.id).toBe(higher.id);
        expect(positionOf(after(standing, missingPoints - 1n, settledAt, settledAt))).toBeLessThan(position(standing.structure, higher));
        expect(validUntil === null || validUntil > settledAt).toBe(true);
        reached += 1;
      }
    });
    expect(reached).toBeGreaterThan(RUNS / 10);
  }, 300_000);

  test('is there for every tier above what is held and what is deferred', () => {
    lives((standing) => {
      const { structure: judged } = standing;
      const top = Math.max(positionOf(standing), position(judged, deferredTier(standing)?.tier ?? null));
      expect(tierOpportunities(standing).map(({ tier: { id } }) => id)).toEqual(judged.tiers.slice(top + 1).map(({ id }) => id));
    });
  }, 300_000);
});

describe('a deferred tier', () => {
  test('is held from the instant that is told', () => {
    let deferred = 0;
    lives((standing) => {
      const { state, structure: judged } = standing;
      const told = deferredTier(standing);
      if (told === null) return;
      deferred += 1;
      expect(positionOf(after(standing, 0n, state.settledAt, told.effectiveAt - 1))).toBeLessThan(position(judged, told.tier));
      const then = after(standing, 0n, state.settledAt, told.effectiveAt);
      const waiting = [...state.cards.values()].some(({ pending }) => pending.length > 0);
      // Pending points that become active meanwhile may lead further.
      if (waiting) expect(positionOf(then)).toBeGreaterThanOrEqual(position(judged, told.tier));
      else expect(heldTier(then)?.id).toBe(told.tier.id);
    });
    expect(deferred).toBeGreaterThan(RUNS / 50);
  }, 300_000);
});

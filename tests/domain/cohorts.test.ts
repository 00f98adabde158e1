import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Cohort, CohortPlan } from '../../src/domain/cohorts.ts';
import { cohortPlan, countedSince, judgeCohort } from '../../src/domain/cohorts.ts';
import type { MemberState } from '../../src/domain/members.ts';
import type { Points } from '../../src/domain/points.ts';
import type { Proposal } from '../../src/domain/simulation.ts';
import type { StructureRevision, TierStructure } from '../../src/domain/structures.ts';
import { LocalCalendar, NEVER } from '../../src/domain/time.ts';
import { replay, stateAt } from '../../src/domain/timeline.ts';
import { earnedAt } from '../../src/domain/windows.ts';
import type { Living } from '../support/histories.ts';
import { World, commands, programs } from '../support/histories.ts';
import { at, program } from '../support/people.ts';
import { structure, tier } from '../support/structures.ts';

const METALS = [tier('Basic', 0), tier('Silver', 100), tier('Gold', 500)];
const UTC = new LocalCalendar('UTC');
const NOW = at('2026-05-20T10:00:00Z');
const monthly = (window: 'CALENDAR' | 'ANNIVERSARY' | 'TRAILING', type: 'IMMEDIATELY' | 'NEXT_TRACKING_PERIOD' = 'IMMEDIATELY') => ({
  type: 'POINT_EARNED' as const,
  pointEarned: { period: { value: 1, unit: 'MONTH' as const }, type, window },
});

/** A structure that would be revised now, with the rest as its next rules. */
function proposal(next: Partial<TierStructure>, first: Partial<TierStructure> = {}, rollout: Proposal['rollout'] = 'RECALCULATE_NOW'): Proposal {
  const before = structure(METALS, { cardDefinitionId: 'a', downgrade: { type: 'MULTI_LEVEL', gracePeriod: null }, ...first });
  const revision: StructureRevision = { ...before, ...before.revision };
  const after = { ...before, ...next, revision: { number: 2, effectiveAt: NOW, rollout }, formerRevisions: [revision] };
  const present = program({ structures: [before] });
  return { structureId: before.id, rollout, now: NOW, at: NOW, before, after, present, proposed: program({ structures: [after], structuresChangedAt: NOW }) };
}

const RUNS = Number(process.env['COHORT_RUNS'] ?? 400);

describe('where the measure is found', () => {
  test.each([
    ['the balance', proposal({}), { kind: 'KEPT_BALANCE' }],
    ['the balance of another card', proposal({ cardDefinitionId: 'b' }), { kind: 'BALANCE' }],
    ['the balance instead of a window', proposal({ type: 'POINT_BALANCE', pointEarned: null }, monthly('CALENDAR')), { kind: 'BALANCE' }],
    ['the balance of a structure that is not in force', { ...proposal({}), before: null }, { kind: 'BALANCE' }],
    ['the same window', proposal({ tiers: METALS.slice(0, 2) }, monthly('CALENDAR')), { kind: 'WINDOW' }],
    ['the same window of each their own', proposal({}, monthly('ANNIVERSARY')), { kind: 'WINDOW' }],
    ['the same trailing window', proposal({}, monthly('TRAILING')), { kind: 'WINDOW' }],
    ['a window of another kind', proposal(monthly('CALENDAR'), monthly('TRAILING')), { kind: 'EARNED', from: at('2026-05-01') }],
    ['a trailing window instead', proposal(monthly('TRAILING'), monthly('CALENDAR')), { kind: 'EARNED', from: at('2026-04-21') }],
    ['a window instead of the balance', proposal(monthly('CALENDAR')), { kind: 'EARNED', from: at('2026-05-01') }],
    ['a longer window', proposal({ pointEarned: { ...monthly('CALENDAR').pointEarned, period: { value: 2, unit: 'MONTH' } } }, monthly('CALENDAR')), { kind: 'EARNED', from: at('2026-05-01') }],
    ['a window in other units', proposal({ pointEarned: { ...monthly('CALENDAR').pointEarned, period: { value: 1, unit: 'YEAR' } } }, monthly('CALENDAR')), { kind: 'EARNED', from: at('2026-01-01') }],
    ['the same window of another card', proposal({ cardDefinitionId: 'b' }, monthly('CALENDAR')), { kind: 'EARNED', from: at('2026-05-01') }],
    ['a structure that is not in force', { ...proposal(monthly('CALENDAR')), before: null }, { kind: 'EARNED', from: at('2026-05-01') }],
  ] as const)('%s', (_, tried, source) => {
    expect(cohortPlan(tried)?.source).toEqual(source);
  });

  test.each([
    ['the period before the present one', proposal(monthly('CALENDAR', 'NEXT_TRACKING_PERIOD'), monthly('CALENDAR', 'NEXT_TRACKING_PERIOD'))],
    ['another window of each their own', proposal(monthly('ANNIVERSARY'), monthly('CALENDAR'))],
    ['no card', proposal({ cardDefinitionId: null })],
  ])('only a replay tells %s', (_, tried) => {
    expect(cohortPlan(tried)).toBeNull();
  });

  test.each([
    ['HOUR', 36],
    ['DAY', 1],
    ['DAY', 90],
    ['WEEK', 2],
    ['MONTH', 1],
    ['MONTH', 7],
    ['YEAR', 1],
    ['YEAR', 4],
  ] as const)('a trailing window (%s, %i) holds exactly what is not before its first instant', (unit, value) => {
    for (const zone of ['UTC', 'America/Sao_Paulo', 'Pacific/Apia']) {
      const calendar = new LocalCalendar(zone);
      for (const instant of [NOW, at('2024-03-31T23:30:00Z'), at('2026-03-01'), at('2018-11-04T05:00:00Z')]) {
        const period = { value, unit };
        const from = countedSince({ period }, instant, calendar);
        const isIn = (earned: number) => calendar.startAfterPeriods(earned, period, 1) > instant;
        expect([isIn(from - 1), isIn(from)]).toEqual([false, true]);
      }
    }
  });
});

describe('the steps of a measure', () => {
  const stepsOf = (tried: Proposal) => cohortPlan(tried)?.steps.map(Number);

  test('are the thresholds, and what a tier ends with', () => {
    expect(stepsOf(proposal({}))).toEqual([0, 100, 500]);
    expect(stepsOf(proposal({ tiers: [tier('Basic', 0, { maxPoints: 49n }), tier('Silver', 100)] }))).toEqual([0, 50, 100]);
  });

  test('lie lower by all that entry awards may add, on the card that is measured', () => {
    const award = (points: bigint, cardDefinitionId: string | null = null) => ({ entryAward: { points, cardDefinitionId } });
    const tiers = [tier('Silver', 100, award(10n)), tier('Gold', 500, award(30n, 'a')), tier('Platinum', 900, award(70n, 'b'))];
    const plan = cohortPlan(proposal({ tiers }));
    expect(plan?.steps.map(Number)).toEqual([60, 70, 90, 100, 460, 470, 490, 500, 860, 870, 890, 900]);
    expect(plan?.awardTierIds).toEqual(['Silver', 'Gold']);
  });

  test('are not too many to be told apart', () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => tier(`${index}`, index * 100_000, { entryAward: { points: BigInt(3 ** index), cardDefinitionId: null } }));
    expect(stepsOf(proposal({ tiers: many(7) }))?.length).toBe(7 * 2 ** 7);
    expect(cohortPlan(proposal({ tiers: many(8) }))).toBeNull();
    const same = (count: number) => Array.from({ length: count }, (_, index) => tier(`${index}`, index * 100, { entryAward: { points: 1n, cardDefinitionId: null } }));
    expect(stepsOf(proposal({ tiers: same(12) }))?.length).toBe(12 * 13);
    expect(cohortPlan(proposal({ tiers: same(13) }))).toBeNull();
  });

  test('are as many as may be, and no more', () => {
    // Awards of 1, 2, 4 … 512 and one more add up to every number up to their sum; the thresholds are 0 to 10.
    const upTo = (last: number) =>
      Array.from({ length: 11 }, (_, index) => tier(`${index}`, index, { entryAward: { points: BigInt(index < 10 ? 2 ** index : last), cardDefinitionId: null } }));
    const steps = stepsOf(proposal({ tiers: upTo(966) }));
    expect([steps?.length, steps?.[0], steps?.at(-1)]).toEqual([2000, -1989, 10]);
    expect(cohortPlan(proposal({ tiers: upTo(967) }))).toBeNull();
  });

  test('go with the tiers that members may hold, of former revisions too', () => {
    expect(cohortPlan(proposal({ tiers: [tier('New', 0)] }))?.heldTierIds).toEqual(['Basic', 'Silver', 'Gold']);
    const revised = structure([tier('Old', 0)], { cardDefinitionId: 'a' });
    const { before } = proposal({}, { formerRevisions: [{ ...revised, ...revised.revision }] });
    expect(cohortPlan({ ...proposal({}), before })?.heldTierIds).toEqual(['Old', 'Basic', 'Silver', 'Gold']);
    expect(cohortPlan({ ...proposal({}), before: null })?.heldTierIds).toEqual([]);
  });

  test('are not enough where refunds may have taken awards back', () => {
    const awarding = [tier('Basic', 0), tier('Silver', 100, { entryAward: { points: 10n, cardDefinitionId: null } })];
    const plans = (next: Partial<TierStructure>, first: Partial<TierStructure> = {}) => cohortPlan(proposal(next, first))?.refundsNeedReplay;
    const clawback = { entryAwardOnRefund: 'CLAWBACK' as const, tiers: awarding };
    expect([plans({ ...clawback, ...monthly('CALENDAR') }), plans(clawback), plans({ ...clawback, tiers: METALS, ...monthly('CALENDAR') })]).toEqual([true, false, false]);
    const tried = proposal({ ...clawback, ...monthly('CALENDAR') });
    const beside = { ...tried, proposed: program({ structures: [structure(METALS, { id: 'other' }), tried.after], structuresChangedAt: NOW }) };
    expect(cohortPlan(beside)?.refundsNeedReplay).toBe(true);
    expect([plans({ tiers: awarding, ...monthly('CALENDAR') }), plans({ tiers: METALS, entryAwardOnRefund: 'KEEP', ...monthly('CALENDAR') }, clawback)]).toEqual([false, true]);
  });
});

describe('what becomes of a cohort', () => {
  const COHORT: Cohort = { heldTierId: 'Silver', step: 2, steppedDown: false, inGrace: false, ended: false, awardedTierIds: [] };
  const becomes = (tried: Proposal, rest: Partial<Cohort>) => {
    const plan = cohortPlan(tried);
    if (plan === null) throw new Error('There is a plan.');
    return judgeCohort(tried, plan, { ...COHORT, ...rest });
  };

  test.each([
    ['the balance', {}],
    ['a calendar month', monthly('CALENDAR')],
    ['a trailing month', monthly('TRAILING')],
  ])('by %s is what its step reaches', (_, rest) => {
    const to = [0, 1, 2, 3].map((step) => becomes(proposal(rest, rest), { step }));
    expect(to).toEqual([null, 'Basic', 'Silver', 'Gold'].map((toTierId) => ({ fromTierId: 'Silver', toTierId })));
  });

  test.each([
    ['a calendar month', monthly('CALENDAR')],
    ['a trailing month', monthly('TRAILING')],
  ])('by %s from now on is what its step reaches', (_, rest) => {
    const to = [0, 1, 2, 3].map((step) => becomes(proposal(rest), { step, heldTierId: 'Basic' }).toTierId);
    expect(to).toEqual([null, 'Basic', 'Silver', 'Gold']);
  });

  test('is lifted by an entry award that it was not given yet', () => {
    const tiers = [tier('Basic', 0), tier('Silver', 100, { entryAward: { points: 400n, cardDefinitionId: null } }), tier('Gold', 500)];
    const tried = proposal({ tiers });
    const step = cohortPlan(tried)?.steps.filter((each) => each <= 100n).length ?? 0;
    expect(becomes(tried, { heldTierId: 'Basic', step })).toEqual({ fromTierId: 'Basic', toTierId: 'Gold' });
    expect(becomes(tried, { heldTierId: 'Basic', step, awardedTierIds: ['Silver'] })).toEqual({ fromTierId: 'Basic', toTierId: 'Silver' });
  });

  test('that was in no structure joins when it comes into force, and not before', () => {
    const coming = (start: number): Proposal => {
      const tried = proposal({});
      const after = { ...tried.after, formerRevisions: [], activePeriods: [{ start, end: NEVER }] };
      return { ...tried, before: null, after, proposed: program({ structures: [after], structuresChangedAt: NOW }) };
    };
    expect(becomes(coming(NOW), { heldTierId: null, step: 3 })).toEqual({ fromTierId: null, toTierId: 'Gold' });
    expect(becomes(coming(NOW + 1), { heldTierId: null, step: 3 })).toEqual({ fromTierId: null, toTierId: null });
  });
});

/** As members are sorted where they are stored. */
function sorted(state: MemberState, plan: CohortPlan, structureId: string, measure: Points, instant: number): Cohort {
  const membership = state.memberships.get(structureId);
  return {
    heldTierId: membership?.tierId ?? null,
    step: plan.steps.filter((step) => step <= measure).length,
    steppedDown: membership?.steppedDownAt != null,
    inGrace: membership?.graceEndsAt != null,
    ended: (membership?.expiresAt ?? NEVER) <= instant,
    awardedTierIds: plan.awardTierIds.filter((id) => membership?.entryAwards.some(({ tierId }) => tierId === id) ?? false),
  };
}

/** What the proposed rules measure before anything comes of it. */
function measured(member: Living, { kind }: CohortPlan['source'], state: MemberState, { structureId, proposed, after, at: instant }: Proposal): Points {
  if (kind === 'KEPT_BALANCE') return state.memberships.get(structureId)?.balance ?? 0n;
  if (kind === 'BALANCE') return state.cards.get(after.cardDefinitionId ?? '')?.balance ?? 0n;
  if (kind === 'WINDOW') return earnedAt(state.windows.get(structureId), instant);
  const judgements: Points[] = [];
  const observe = (trace: { structureId: string; at: number; measure: Points }) => {
    if (trace.structureId === structureId && trace.at === instant) judgements.push(trace.measure);
  };
  const end = replay(member.state, member.history.facts, proposed, instant, observe).finish();
  return judgements[0] ?? earnedAt(end.windows.get(structureId), instant);
}

test('members of one cohort become what a replay makes of each of them', () => {
  const seen = { BALANCE: 0, KEPT_BALANCE: 0, WINDOW: 0, EARNED: 0, moved: 0 };
  const revision = commands(60, { changes: true }).map((all) => all.find(({ kind }) => kind === 'REVISE'));
  fc.assert(
    fc.property(programs(), commands(30), revision, fc.boolean(), (start, all, revise, alike) => {
      const world = new World(start);
      for (const command of all) world.run(command);
      for (const member of world.members) world.settle(member);
      const [present, now] = [world.program, world.now];
      const before = present.structures[0];
      if (revise?.kind !== 'REVISE' || before === undefined) return;
      const { type, pointEarned, cardDefinitionId } = before;
      world.run({ ...revise, rules: { ...revise.rules, ...(alike ? { type, pointEarned, cardDefinitionId } : {}) } });
      const after = world.program.structures[0];
      if (after === undefined || after === before) return;
      const tried: Proposal = { structureId: before.id, rollout: revise.rollout, now, at: world.now, present, proposed: world.program, before, after };
      const plan = cohortPlan(tried);
      if (plan === null) return;
      for (const member of world.members) {
        const state = stateAt(member.state, member.history, present, now);
        const unclear = plan.refundsNeedReplay && member.history.facts.some(({ type }) => type === 'REFUND');
        if (state.nextDueAt <= tried.at || unclear) continue;
        const cohort = sorted(state, plan, before.id, measured(member, plan.source, state, tried), tried.at);
        const toTierId = stateAt(member.state, member.history, tried.proposed, tried.at).memberships.get(before.id)?.tierId ?? null;
        expect(judgeCohort(tried, plan, cohort)).toEqual({ fromTierId: cohort.heldTierId, toTierId });
        seen[plan.source.kind] += 1;
        if (toTierId !== cohort.heldTierId) seen.moved += 1;
      }
    }),
    { numRuns: RUNS },
  );
  expect(Object.values(seen).every((count) => count >= RUNS / 20)).toBe(true);
});

test('an hour is as long as an hour', () => {
  expect(countedSince({ period: { value: 3, unit: 'HOUR' } }, NOW, UTC)).toBe(NOW - 3 * 3_600_000 + 1);
});

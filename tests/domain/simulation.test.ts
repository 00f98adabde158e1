import { describe, expect, test } from '@jest/globals';
import type { Checked } from '../../src/domain/problem.ts';
import type { Program } from '../../src/domain/program.ts';
import type { Proposal } from '../../src/domain/simulation.ts';
import { Tally, countsByTier, proposeRules, simulateMember, tierOfProposal } from '../../src/domain/simulation.ts';
import type { ForceContext, Rollout, Tier, TierStructure } from '../../src/domain/structures.ts';
import { currentRevision, reviseTierStructure } from '../../src/domain/structures.ts';
import { NEVER } from '../../src/domain/time.ts';
import { Somebody, at, program } from '../support/people.ts';
import { draft, structure, tier } from '../support/structures.ts';

/** What rules that are proposed would make of members, and how it is counted. */

const NOW = at('2026-03-01');
const CONTEXT: ForceContext = { now: NOW, settledUpTo: null, cardDefinitionStatuses: new Map([['a', 'ACTIVE']]), activeStructures: [], expectedVersion: null };
const [BASIC, SILVER] = [tier('Basic', 0), tier('Silver', 100)];
const active = structure([BASIC, SILVER], { cardDefinitionId: 'a', downgrade: { type: 'MULTI_LEVEL', gracePeriod: null } });
const fresh = draft(active.tiers, { cardDefinitionId: 'a', downgrade: active.downgrade });

/** A draft of the next revision, in which Silver asks for so many points. */
function revised(minPoints: number): TierStructure {
  const copy = valueOf(reviseTierStructure(active, { structure: 'copy', tiers: ['copy Basic', 'copy Silver'] }, null, NOW - 1));
  return { ...copy, tiers: copy.tiers.map((each) => (each.originId === 'Silver' ? { ...each, minPoints: BigInt(minPoints), updatedAt: NOW - 1 } : each)) };
}

function valueOf<T>(answer: Checked<T>): T {
  if (!answer.ok) throw new Error(JSON.stringify(answer.problems));
  return answer.value;
}

const propose = (of: TierStructure, present: Program, rollout: Rollout = 'RECALCULATE_NOW', context: Partial<ForceContext> = {}) =>
  proposeRules(of, of.draftOf === null ? null : active, rollout, { ...CONTEXT, ...context }, present);

describe('proposing', () => {
  test('a draft of its own puts it into force from now on, in its place among the others', () => {
    const others = [
      structure([], { id: 'z', createdAt: 7 }),
      structure([], { id: 'a', createdAt: 7 }),
      structure([], { id: 'youngest', createdAt: 9 }),
      structure([], { id: 'zz oldest', createdAt: 3 }),
    ];
    const present = program({ structures: others });
    const candidate = { ...fresh, createdAt: 7 };
    const after = { ...candidate, status: 'ACTIVE', activePeriods: [{ start: NOW, end: NEVER }], version: 2, updatedAt: NOW };
    const [z, a, youngest, oldest] = others;
    expect(propose(candidate, present, 'NEXT_JUDGEMENT')).toEqual({
      ok: true,
      value: {
        structureId: 'structure',
        rollout: 'NEXT_JUDGEMENT',
        now: NOW,
        at: NOW,
        present,
        proposed: { ...present, structures: [oldest, a, after, z, youngest], structuresChangedAt: NOW },
        before: null,
        after,
      },
    });
  });

  test.each([
    ['now', null, NOW],
    ['with the first instant of which nothing is recorded', NOW + 5, NOW + 6],
  ])('a next revision puts it in the place of the structure %s', (_, settledUpTo, effectiveAt) => {
    const other = structure([], { id: 'other' });
    const present = program({ structures: [other, active] });
    const after = {
      ...active,
      tiers: [BASIC, { ...SILVER, minPoints: 200n, updatedAt: NOW }],
      formerRevisions: [currentRevision(active)],
      revision: { number: 2, effectiveAt, rollout: 'UPGRADE_ONLY' },
      version: 2,
      updatedAt: NOW,
    };
    expect(propose(revised(200), present, 'UPGRADE_ONLY', { settledUpTo })).toEqual({
      ok: true,
      value: {
        structureId: 'structure',
        rollout: 'UPGRADE_ONLY',
        now: NOW,
        at: effectiveAt,
        present,
        proposed: { ...present, structures: [other, after], structuresChangedAt: effectiveAt },
        before: active,
        after,
      },
    });
  });

  test('what is no draft is refused', () => {
    const problems = [{ code: 'INVALID_STATUS', message: 'This needs the status DRAFT; it is ACTIVE.', field: ['input', 'id'] }];
    expect(propose(active, program())).toEqual({ ok: false, problems });
  });

  test('rules that could not be put into force are refused as putting them into force is', () => {
    const codes = (answer: ReturnType<typeof propose>) => (answer.ok ? [] : answer.problems.map(({ code }) => code));
    expect(codes(propose({ ...fresh, tiers: [] }, program(), 'NEXT_JUDGEMENT', { expectedVersion: 7 }))).toEqual(['VERSION_CONFLICT', 'NO_TIERS']);
    expect(codes(propose({ ...revised(200), tiers: [] }, program(), 'NEXT_JUDGEMENT', { expectedVersion: 7 }))).toEqual(['VERSION_CONFLICT', 'NO_TIERS']);
  });
});

describe('a member', () => {
  const present = program({ structures: [active] });
  const withPoints = (points: number, ofProgram: Program = present) => {
    const ada = new Somebody(ofProgram);
    ada.adjust('2026-02-01', points);
    return ada;
  };
  const moveOf = ({ state, history }: Somebody, proposal: Proposal) => simulateMember(state, history, proposal);

  test.each([
    [150, 'RECALCULATE_NOW', 'Silver', 'Basic'],
    [250, 'RECALCULATE_NOW', 'Silver', 'Silver'],
    [150, 'UPGRADE_ONLY', 'Silver', 'Silver'],
    [50, 'RECALCULATE_NOW', 'Basic', 'Basic'],
  ] as const)('with %i points goes, where Silver asks for 200 and it is rolled out as %s, from %s to %s', (points, rollout, fromTierId, toTierId) => {
    expect(moveOf(withPoints(points), valueOf(propose(revised(200), present, rollout)))).toEqual({ fromTierId, toTierId });
  });

  test('comes from no tier where the structure is new', () => {
    const without = program();
    expect(moveOf(withPoints(150, without), valueOf(propose(fresh, without)))).toEqual({ fromTierId: null, toTierId: 'Silver' });
  });

  test('comes from no tier also if one was held before the structure became a draft again', () => {
    expect(moveOf(withPoints(150), valueOf(propose({ ...fresh, createdAt: 1 }, program())))).toEqual({ fromTierId: null, toTierId: 'Silver' });
  });

  test('who was never judged by the structure comes from no tier and goes to none', () => {
    const proposal = valueOf(propose(revised(200), present));
    const without = program();
    expect(moveOf(withPoints(150, without), { ...proposal, present: without, proposed: without })).toEqual({ fromTierId: null, toTierId: null });
  });
});

describe('counting', () => {
  const PLATINUM = tier('Platinum', 1000);
  const dearer = tier('Silver', 200);
  const after = (tiers: readonly Tier[]) => structure(tiers, { cardDefinitionId: 'a' });
  const proposalOf = (before: TierStructure | null, tiers: readonly Tier[]): Proposal => ({
    ...{ structureId: 'structure', rollout: 'RECALCULATE_NOW', now: NOW, at: NOW, present: program(), proposed: program() },
    before,
    after: after(tiers),
  });
  const [up, out] = [{ fromTierId: 'Silver', toTierId: 'Gold' }, { fromTierId: 'Silver', toTierId: null }];
  const [further, down] = [{ fromTierId: 'Basic', toTierId: 'Gold' }, { fromTierId: 'Silver', toTierId: 'Basic' }];
  const joined = { fromTierId: null, toTierId: 'Gold' };

  test('brings together who makes the same move, the largest number first, and names some of them', () => {
    const tally = new Tally(2);
    tally.add(out, 1, ['ada']);
    tally.add(up, 2, ['bee', 'cab', 'dee']);
    tally.add(joined, 5, []);
    tally.add(up, 40, ['eve']);
    tally.add(out, 2, ['fay', 'gus']);
    tally.add(further, 2, ['hal']);
    tally.add(down, 1, ['ida']);
    const proposal = proposalOf(null, [BASIC]);
    expect(tally.finish(proposal)).toEqual({
      proposal,
      members: 53,
      flows: [
        { ...up, members: 42, sampleIds: ['bee', 'cab'] },
        { ...joined, members: 5, sampleIds: [] },
        { ...out, members: 3, sampleIds: ['ada', 'fay'] },
        { ...further, members: 2, sampleIds: ['hal'] },
        { ...down, members: 1, sampleIds: ['ida'] },
      ],
    });
  });

  test('asks for more names until there are enough of a move', () => {
    const tally = new Tally(2);
    expect(tally.lacksSamples(up)).toBe(true);
    tally.add(up, 1, ['ada']);
    expect(tally.lacksSamples(up)).toBe(true);
    tally.add(up, 1, ['bee']);
    expect([tally.lacksSamples(up), tally.lacksSamples(out)]).toEqual([false, true]);
    expect(new Tally(0).lacksSamples(up)).toBe(false);
  });

  test('by tier tells how many hold each before and after, from the lowest tier, and then how many hold none', () => {
    const gold = tier('Gold', 500);
    const proposal = proposalOf(structure([BASIC, SILVER, gold]), [BASIC, gold, PLATINUM]);
    const flows = [
      { fromTierId: 'Silver', toTierId: 'Basic', members: 30, sampleIds: [] },
      { fromTierId: 'Gold', toTierId: 'Gold', members: 20, sampleIds: [] },
      { fromTierId: 'Gold', toTierId: 'Platinum', members: 7, sampleIds: [] },
      { fromTierId: null, toTierId: 'Basic', members: 4, sampleIds: [] },
      { fromTierId: 'Basic', toTierId: null, members: 2, sampleIds: [] },
    ];
    expect(countsByTier({ proposal, members: 63, flows })).toEqual([
      { tier: BASIC, membersBefore: 2, membersAfter: 34 },
      { tier: SILVER, membersBefore: 30, membersAfter: 0 },
      { tier: gold, membersBefore: 27, membersAfter: 20 },
      { tier: PLATINUM, membersBefore: 0, membersAfter: 7 },
      { tier: null, membersBefore: 4, membersAfter: 2 },
    ]);
  });

  test('by tier knows those of a new structure alone, and puts a tier before one that it leaves out with the same minimum', () => {
    const tiersOf = (proposal: Proposal) => countsByTier({ proposal, members: 0, flows: [] }).map((count) => count.tier);
    expect(tiersOf(proposalOf(null, [BASIC, SILVER]))).toEqual([BASIC, SILVER, null]);
    const bronze = tier('Bronze', 100);
    expect(tiersOf(proposalOf(structure([BASIC, SILVER]), [BASIC, bronze]))).toEqual([BASIC, bronze, SILVER, null]);
  });

  test('names a tier as the proposed rules have it, else as it is', () => {
    const proposal = proposalOf(structure([BASIC, SILVER, PLATINUM]), [BASIC, dearer]);
    expect(['Silver', 'Platinum', 'Bronze', null].map((id) => tierOfProposal(proposal, id))).toEqual([dearer, PLATINUM, null, null]);
  });
});

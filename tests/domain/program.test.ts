import { describe, expect, test } from '@jest/globals';
import { activeStructures, createProgram, structuresInForceAt, tierNames } from '../../src/domain/program.ts';
import { currentRevision } from '../../src/domain/structures.ts';
import { NEVER } from '../../src/domain/time.ts';
import { card, earnRule, program } from '../support/people.ts';
import { reward } from '../support/shelves.ts';
import { structure, tier } from '../support/structures.ts';

/** What a program finds in the configuration that it was made of. */

const idsOf = (all: readonly { readonly id: string }[]) => all.map(({ id }) => id);

test('a program finds its parts by their ids, and knows which rewards are given for earning', () => {
  const [bought, visited, collected] = [
    reward('bought'),
    reward('visited', { trigger: { type: 'EVERY_NTH_VISIT', visits: 10 } }),
    reward('collected', { trigger: { type: 'POINT_BALANCE', cardDefinitionId: 'a', points: 100n } }),
  ];
  const [cardA, cardB, rule] = [card('a'), card('b'), earnRule('a')];
  const { calendar, ...made } = createProgram({
    workspaceId: 'workspace',
    timeZone: 'Europe/Warsaw',
    configurationVersion: 3n,
    cardDefinitions: [cardA, cardB],
    structures: [],
    earnRules: [rule],
    rewards: [bought, visited, collected],
    backdatingDays: 30,
    structuresChangedAt: 5,
  });
  expect(calendar.timeZone).toBe('Europe/Warsaw');
  expect(made).toEqual({
    workspaceId: 'workspace',
    configurationVersion: 3n,
    cardDefinitions: new Map([['a', cardA], ['b', cardB]]),
    structures: [],
    earnRules: [rule],
    earnRuleVersions: new Map([['rule a 1', rule.versions[0]]]),
    rewards: new Map([['bought', bought], ['visited', visited], ['collected', collected]]),
    triggeredRewards: [visited, collected],
    backdatingDays: 30,
    structuresChangedAt: 5,
  });
});

describe('the names of tiers', () => {
  const first = currentRevision(structure([tier('Basic', 0), tier('Bronze', 50)]));
  const revised = structure([tier('Basic', 0, { name: 'Welcome' }), tier('Silver', 100)], {
    formerRevisions: [first],
    revision: { number: 2, effectiveAt: 10, rollout: 'NEXT_JUDGEMENT' },
  });
  const judged = program({ structures: [revised, structure([tier('Guest', 0)], { id: 'club', status: 'INACTIVE' })] });

  test('are the latest that each tier had, those of tiers that are gone included', () => {
    expect([...tierNames(judged)]).toEqual([['Basic', 'Welcome'], ['Bronze', 'Bronze'], ['Silver', 'Silver'], ['Guest', 'Guest']]);
  });

  test('are looked up once for each program', () => {
    expect(tierNames(judged)).toBe(tierNames(judged));
    expect([...tierNames(program())]).toEqual([]);
  });
});

describe('structures', () => {
  const ever = structure([], { id: 'ever', activePeriods: [{ start: 0, end: NEVER }] });
  const paused = structure([], { id: 'paused', status: 'INACTIVE', activePeriods: [{ start: 10, end: 20 }, { start: 30, end: 40 }] });
  const resumed = structure([], { id: 'resumed', activePeriods: [{ start: 15, end: 20 }, { start: 35, end: NEVER }] });
  const judged = program({ structures: [ever, paused, resumed] });

  test('that are active are in force, oldest first', () => {
    expect(activeStructures(judged)).toEqual([ever, resumed]);
  });

  test.each([
    [9, ['ever']],
    [10, ['ever', 'paused']],
    [19, ['ever', 'paused', 'resumed']],
    [20, ['ever']],
    [30, ['ever', 'paused']],
    [39, ['ever', 'paused', 'resumed']],
    [40, ['ever', 'resumed']],
  ])('at %i those in force were %j, whatever has become of them', (at, inForce) => {
    expect(idsOf(structuresInForceAt(judged, at))).toEqual(inForce);
  });
});

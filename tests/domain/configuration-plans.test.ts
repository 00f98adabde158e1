/** How plans bring objects from one stage of their lives to another, in which order, and what they refuse. Rewards: `configuration-changes`. */
import { describe, expect, test } from '@jest/globals';
import type { ConfigurationState } from '../../src/domain/configuration-document.ts';
import { factsNeeded } from '../../src/domain/configuration-plan.ts';
import type { PlanContext } from '../../src/domain/configuration-planning.ts';
import { EMPTY, NOW } from '../support/configurations.ts';
import { documentWith, planned, problemsOf, refusals, told } from '../support/plans.ts';

type Section = Record<string, unknown>;

const POINTS = { key: 'points', name: 'Points', status: 'ACTIVE' };
const BEANS = { key: 'beans', name: 'Beans', status: 'ACTIVE' };
const SILVER = { key: 'silver', name: 'Silver', minPoints: 100 };
const GOLD = { key: 'gold', name: 'Gold', minPoints: 500 };
const CLUB = { key: 'club', name: 'Club', status: 'ACTIVE', type: 'POINT_BALANCE', cardDefinition: 'points', tiers: [SILVER, GOLD] };
const RATES = [{ currency: 'USD', value: '1', every: '1' }];
const BASE = { key: 'base', name: 'Base', cardDefinition: 'points', versions: [{ rates: RATES }] };

const DAY = 86_400_000;
const day = (days: number) => new Date(NOW + days * DAY).toISOString();

/** What leads from one document to another: what is recorded, and what is stored. */
function between(from: Section, to: Section, rest: Partial<PlanContext> = {}) {
  const { state } = planned(documentWith(from));
  const plan = planned(documentWith(to), state, rest);
  return { told: told(plan), stored: plan.writes.map((write) => ('action' in write ? `${write.kind} ${write.action}` : write.kind)), state: plan.state };
}

const stateOf = (sections: Section): ConfigurationState => planned(documentWith(sections)).state;

describe('the workspace', () => {
  test('is changed where the document says something else', () => {
    const { told, stored, state } = between({}, { workspace: { timeZone: 'Europe/Warsaw', backdatingDays: 30, noticeDays: 7 } });
    expect(told).toEqual(['UPDATE WORKSPACE  backdatingDays=30 noticeDays=7']);
    expect(stored).toEqual(['WORKSPACE']);
    expect(state.workspace).toMatchObject({ backdatingDays: 30, eventRetentionDays: 90, noticeDays: 7, version: 2, updatedAt: NOW });
  });

  test('never changes its time zone, and refuses what it may not be', () => {
    const wrong = documentWith({ workspace: { timeZone: 'Europe/Berlin', noticeDays: 1_000 } });
    const answer = problemsOf(wrong, EMPTY);
    expect(answer[0]).toEqual({
      code: 'NOT_CHANGEABLE',
      message: 'The workspace has the time zone Europe/Warsaw, and never another.',
      path: ['workspace', 'timeZone'],
    });
    expect(refusals(wrong, EMPTY)).toEqual(['NOT_CHANGEABLE workspace.timeZone', 'INVALID_NOTICE workspace.noticeDays']);
  });
});

describe('keys', () => {
  test('are keys, and each is there once among its kind, and once among the tiers of a structure', () => {
    const twice = documentWith({
      cardDefinitions: [POINTS, { ...POINTS, key: 'Not a key' }, POINTS],
      tierStructures: [{ ...CLUB, tiers: [SILVER, { ...SILVER, key: '-' }, { ...GOLD, key: 'silver' }] }, { ...CLUB, key: 'points' }],
      earnRules: [BASE, BASE],
      rewards: [{ key: '', name: 'Cake', status: 'DRAFT', type: 'cake', cardDefinition: 'points', cost: 1 }],
    });
    expect(refusals(twice, EMPTY)).toEqual([
      'INVALID_KEY cardDefinitions.1.key',
      'DUPLICATE_KEY cardDefinitions.2.key',
      'DUPLICATE_KEY earnRules.1.key',
      'INVALID_KEY rewards.0.key',
      'INVALID_KEY tierStructures.0.tiers.1.key',
      'DUPLICATE_KEY tierStructures.0.tiers.2.key',
    ]);
    const answer = problemsOf(documentWith({ cardDefinitions: [POINTS, POINTS] }), EMPTY);
    expect(answer.map(({ message }) => message)).toEqual(['The key `points` is there twice.']);
  });
});

describe('card definitions', () => {
  const cards = (...sections: Section[]) => ({ cardDefinitions: sections });

  test.each([
    ['DRAFT', 'ACTIVE', ['ACTIVATE CARD_DEFINITION points status="ACTIVE"']],
    ['DRAFT', 'INACTIVE', ['ACTIVATE CARD_DEFINITION points status="ACTIVE"', 'DEACTIVATE CARD_DEFINITION points status="INACTIVE"']],
    ['ACTIVE', 'INACTIVE', ['DEACTIVATE CARD_DEFINITION points status="INACTIVE"']],
    ['ACTIVE', 'DRAFT', ['DRAFT CARD_DEFINITION points status="DRAFT"']],
    ['INACTIVE', 'ACTIVE', ['ACTIVATE CARD_DEFINITION points status="ACTIVE"']],
    ['INACTIVE', 'DRAFT', ['ACTIVATE CARD_DEFINITION points status="ACTIVE"', 'DRAFT CARD_DEFINITION points status="DRAFT"']],
  ])('go from %s to %s', (from, to, steps) => {
    const { told, stored, state } = between(cards({ ...POINTS, status: from }), cards({ ...POINTS, status: to }));
    expect(told).toEqual(steps);
    expect(stored).toEqual(steps.map((step) => `CARD_DEFINITION ${step.split(' ')[0]}`));
    expect(state.cardDefinitions.map(({ status }) => status)).toEqual([to]);
  });

  test('are made with all that is said of them', () => {
    const { told, stored } = between({}, cards({ ...POINTS, expiration: { rolling: { period: { value: 1, unit: 'YEAR' } } }, metadata: { a: 1 } }));
    expect(told).toEqual([
      'CREATE CARD_DEFINITION points name="Points" status="DRAFT" expiration.rolling.period.value=1 expiration.rolling.period.unit="YEAR" metadata.a=1',
      'ACTIVATE CARD_DEFINITION points status="ACTIVE"',
    ]);
    expect(stored).toEqual(['CARD_DEFINITION CREATE', 'CARD_DEFINITION ACTIVATE']);
  });

  test('that shall be drafts again change once they are', () => {
    const shorter = { ...POINTS, status: 'DRAFT', activation: { periodBased: { days: 3 } }, name: 'Stars' };
    expect(between(cards(POINTS), cards(shorter)).told).toEqual([
      'DRAFT CARD_DEFINITION points status="DRAFT"',
      'UPDATE CARD_DEFINITION points name="Stars" activation.periodBased.days=3',
    ]);
    // In a draft that is to be activated, everything changes before.
    expect(between(cards({ ...POINTS, status: 'DRAFT' }), cards({ ...shorter, status: 'ACTIVE' })).told).toEqual([
      'UPDATE CARD_DEFINITION points name="Stars" activation.periodBased.days=3',
      'ACTIVATE CARD_DEFINITION points status="ACTIVE"',
    ]);
    expect(refusals(documentWith(cards({ ...shorter, status: 'ACTIVE' })), stateOf(cards(POINTS)))).toEqual(['NOT_DRAFT cardDefinitions.0.activation']);
  });

  test('that customers have are no drafts any more', () => {
    const state = stateOf(cards(POINTS));
    const document = documentWith(cards({ ...POINTS, status: 'DRAFT' }));
    const usedCardDefinitions = new Set(state.cardDefinitions.map(({ id }) => id));
    expect(refusals(document, state, { usedCardDefinitions })).toEqual(['IN_USE cardDefinitions.0']);
    const answer = problemsOf(document, state, { usedCardDefinitions });
    expect(answer[0]?.message).toMatch(/^`points`: /);
  });

  test('stay while something in force refers to them, and go with it', () => {
    const club = stateOf({ cardDefinitions: [POINTS, BEANS], tierStructures: [CLUB] });
    expect(refusals(documentWith(cards({ ...POINTS, status: 'DRAFT' })), club)).toEqual(['IN_USE cardDefinitions.0']);
    expect(told(planned(documentWith(cards(POINTS)), club, { prune: true }))).toEqual(['DELETE CARD_DEFINITION beans']);
    expect(refusals(documentWith(cards(BEANS)), club, { prune: true })).toEqual(['IN_USE cardDefinitions']);
    expect(told(planned(documentWith({ ...cards(BEANS), tierStructures: [] }), club, { prune: true }))).toEqual([
      'DELETE TIER_STRUCTURE club',
      'DELETE CARD_DEFINITION points',
    ]);
    const rule = stateOf({ cardDefinitions: [POINTS, BEANS], earnRules: [BASE] });
    expect(refusals(documentWith(cards(BEANS)), rule, { prune: true })).toEqual(['IN_USE cardDefinitions']);
    expect(told(planned(documentWith(cards(POINTS)), rule, { prune: true }))).toEqual(['DELETE CARD_DEFINITION beans']);
    expect(told(planned(documentWith({ ...cards(BEANS), earnRules: [] }), rule, { prune: true }))).toEqual(['RETIRE EARN_RULE base', 'DELETE CARD_DEFINITION points']);
    // To pause them takes nothing from anybody: what they are referred to by gives nothing meanwhile.
    for (const state of [club, rule]) {
      expect(told(planned(documentWith(cards({ ...POINTS, status: 'INACTIVE' })), state))).toEqual(['DEACTIVATE CARD_DEFINITION points status="INACTIVE"']);
    }
  });

  test('that are paused are active for no time where a rule or a structure needs them', () => {
    const paused = cards({ ...POINTS, status: 'INACTIVE' });
    const activated = 'ACTIVATE CARD_DEFINITION points status="ACTIVE"';
    const deactivated = 'DEACTIVATE CARD_DEFINITION points status="INACTIVE"';
    const stepsOf = (state: ConfigurationState, sections: Section) => told(planned(documentWith(sections), state)).filter((step) => !step.startsWith('CREATE TIER'));
    const state = stateOf(paused);
    expect(stepsOf(state, { tierStructures: [{ ...CLUB, status: 'DRAFT' }] })).toEqual([]);
    expect(stepsOf(state, { tierStructures: [CLUB] })).toEqual([activated, 'ACTIVATE TIER_STRUCTURE club status="ACTIVE"', deactivated]);
    expect(stepsOf(state, { ...paused, earnRules: [BASE] })).toEqual([
      activated,
      'CREATE EARN_RULE base name="Base" cardDefinition="points"',
      'PUBLISH EARN_RULE base rates=[{"currency":"USD","value":"1","every":"1.00"}]',
      deactivated,
    ]);
    const inForce = stateOf({ ...paused, tierStructures: [CLUB], earnRules: [BASE] });
    // Whatever stays as it is needs nothing, and neither does another name.
    expect(stepsOf(inForce, { ...paused, tierStructures: [{ ...CLUB, name: 'Guild' }], earnRules: [BASE] })).toEqual(['UPDATE TIER_STRUCTURE club name="Guild"']);
    expect(stepsOf(inForce, { tierStructures: [{ ...CLUB, tiers: [SILVER] }] })).toEqual([
      activated,
      'PUBLISH TIER_STRUCTURE club rollout="NEXT_JUDGEMENT"',
      'DELETE TIER club/gold',
      deactivated,
    ]);
    const awarded = { ...CLUB, tiers: [SILVER, { ...GOLD, entryAward: { points: 5, cardDefinition: 'beans' } }] };
    expect(stepsOf(stateOf(cards(POINTS, { ...BEANS, status: 'INACTIVE' })), { tierStructures: [awarded] })).toEqual([
      'ACTIVATE CARD_DEFINITION beans status="ACTIVE"',
      'ACTIVATE TIER_STRUCTURE club status="ACTIVE"',
      'DEACTIVATE CARD_DEFINITION beans status="INACTIVE"',
    ]);
  });
});

describe('tier structures', () => {
  const club = (structure: Section = {}) => ({ cardDefinitions: [POINTS], tierStructures: [{ ...CLUB, ...structure }] });

  test.each([
    ['DRAFT', 'ACTIVE', ['ACTIVATE TIER_STRUCTURE club status="ACTIVE"']],
    ['ACTIVE', 'INACTIVE', ['DEACTIVATE TIER_STRUCTURE club status="INACTIVE"']],
    ['ACTIVE', 'DRAFT', ['DRAFT TIER_STRUCTURE club status="DRAFT"']],
    ['INACTIVE', 'ACTIVE', ['ACTIVATE TIER_STRUCTURE club status="ACTIVE"']],
  ])('go from %s to %s', (from, to, steps) => {
    const { told, stored, state } = between(club({ status: from }), club({ status: to }));
    expect(told).toEqual(steps);
    expect(stored).toEqual(steps.map((step) => `TIER_STRUCTURE ${step.split(' ')[0]}`));
    expect(state.tierStructures.map(({ status }) => status)).toEqual([to]);
  });

  // To be in force for no time, as others are on such ways, would judge customers.
  test.each([
    ['INACTIVE', 'DRAFT'],
    ['DRAFT', 'INACTIVE'],
  ])('do not go from %s to %s', (from, to) => {
    expect(refusals(documentWith(club({ status: to })), stateOf(club({ status: from })))).toEqual(['INVALID_STATUS tierStructures.0']);
  });

  test('are made with their tiers, and then come into force', () => {
    const { told, stored, state } = between({}, club({ tiers: [SILVER, { ...GOLD, entryAward: { points: 50 }, metadata: { color: 'gold' } }] }));
    expect(told).toEqual([
      'CREATE CARD_DEFINITION points name="Points" status="DRAFT"',
      'ACTIVATE CARD_DEFINITION points status="ACTIVE"',
      'CREATE TIER_STRUCTURE club name="Club" status="DRAFT" type="POINT_BALANCE" cardDefinition="points"',
      'CREATE TIER club/silver name="Silver" minPoints=100',
      'CREATE TIER club/gold name="Gold" minPoints=500 entryAward.points=50 metadata.color="gold"',
      'ACTIVATE TIER_STRUCTURE club status="ACTIVE"',
    ]);
    expect(stored.slice(2)).toEqual(['NEW_TIER_STRUCTURE', 'TIER_STRUCTURE ACTIVATE']);
    expect(state.tierStructures[0]).toMatchObject({ status: 'ACTIVE', activePeriods: [{ start: NOW }], revision: { number: 1 } });
    // Where it was in force and is not now, nobody was ever judged by it here.
    expect(between({}, club({ status: 'INACTIVE' })).state.tierStructures[0]).toMatchObject({ status: 'INACTIVE', activePeriods: [] });
  });

  test('that are drafts change as they are asked to, their tiers by their keys', () => {
    const draft = club({ status: 'DRAFT' });
    const changed = club({ status: 'DRAFT', name: 'Guild', entryAwardScope: 'ALL_PASSED', tiers: [{ ...GOLD, minPoints: 600 }, { key: 'bronze', name: 'Bronze', minPoints: 0 }] });
    const { told, stored, state } = between(draft, changed);
    expect(told).toEqual([
      'UPDATE TIER_STRUCTURE club name="Guild" entryAwardScope="ALL_PASSED"',
      'CREATE TIER club/bronze name="Bronze" minPoints=0',
      'UPDATE TIER club/gold minPoints=600',
      'DELETE TIER club/silver',
    ]);
    expect(stored).toEqual(['TIER_STRUCTURE UPDATE', 'TIERS']);
    const [before] = stateOf(draft).tierStructures;
    const [after] = state.tierStructures;
    expect(after?.tiers.map(({ key }) => key)).toEqual(['bronze', 'gold']);
    expect(new Set(after?.tiers.map(({ id }) => id)).size).toBe(2);
    expect(before?.tiers).toHaveLength(2);
    // One fewer is a change too, and so is another order of none.
    expect(between(draft, club({ status: 'DRAFT', tiers: [SILVER] })).told).toEqual(['DELETE TIER club/gold']);
    expect(between(draft, club({ status: 'DRAFT', tiers: [GOLD, SILVER] })).told).toEqual([]);
    expect(between(draft, club({ status: 'ACTIVE', tiers: [GOLD] })).told).toEqual(['DELETE TIER club/silver', 'ACTIVATE TIER_STRUCTURE club status="ACTIVE"']);
  });

  test('that are drafts are linked with another card, and let go of theirs', () => {
    const linked = (cardDefinition?: string) => ({ cardDefinitions: [POINTS, BEANS], tierStructures: [{ ...CLUB, status: 'DRAFT', cardDefinition }] });
    const { told, state } = between(linked('points'), linked('beans'));
    expect(told).toEqual(['UPDATE TIER_STRUCTURE club cardDefinition="beans"']);
    expect(state.tierStructures[0]?.cardDefinitionId).toBe(state.cardDefinitions.find(({ key }) => key === 'beans')?.id);
    expect(between(linked('points'), linked()).told).toEqual(['UPDATE TIER_STRUCTURE club cardDefinition=']);
  });

  test('in force change names at once, and rules by a revision', () => {
    const named = between(club(), club({ name: 'Guild', metadata: { a: 1 }, tiers: [{ ...SILVER, name: 'Ag' }, { ...GOLD, metadata: { b: 2 } }] }));
    expect(named.told).toEqual(['UPDATE TIER_STRUCTURE club name="Guild" metadata.a=1', 'UPDATE TIER club/silver name="Ag"', 'UPDATE TIER club/gold metadata.b=2']);
    expect(named.stored).toEqual(['TIER_STRUCTURE UPDATE', 'TIERS', 'TIERS']);
    expect(named.state.tierStructures[0]?.revision.number).toBe(1);
    const revised = between(club(), club({ rollout: 'RECALCULATE_NOW', downgrade: { multiLevel: {} }, tiers: [SILVER, { ...GOLD, minPoints: 600 }, { key: 'black', name: 'Black', minPoints: 900 }] }));
    expect(revised.told).toEqual([
      'PUBLISH TIER_STRUCTURE club downgrade.multiLevel={} rollout="RECALCULATE_NOW"',
      'UPDATE TIER club/gold minPoints=600',
      'CREATE TIER club/black name="Black" minPoints=900',
    ]);
    expect(revised.stored).toEqual(['PUBLICATION']);
    expect(revised.state.tierStructures[0]).toMatchObject({ revision: { number: 2, rollout: 'RECALCULATE_NOW', effectiveAt: NOW }, formerRevisions: [{ number: 1 }] });
    // A tier fewer is another rule, though each that is left says what it said.
    expect(between(club(), club({ tiers: [SILVER] })).told).toEqual(['PUBLISH TIER_STRUCTURE club rollout="NEXT_JUDGEMENT"', 'DELETE TIER club/gold']);
    // How it would be rolled out is no change.
    expect(between(club(), club({ rollout: 'UPGRADE_ONLY' })).told).toEqual([]);
  });

  test('that are paused change their rules only where they come into force', () => {
    const wider = { tiers: [SILVER, { ...GOLD, minPoints: 600 }] };
    expect(refusals(documentWith(club({ status: 'INACTIVE', ...wider })), stateOf(club({ status: 'INACTIVE' })))).toEqual(['INVALID_STATUS tierStructures.0']);
    expect(between(club({ status: 'INACTIVE' }), club(wider)).told).toEqual([
      'ACTIVATE TIER_STRUCTURE club status="ACTIVE"',
      'PUBLISH TIER_STRUCTURE club rollout="NEXT_JUDGEMENT"',
      'UPDATE TIER club/gold minPoints=600',
    ]);
    expect(between(club(), club({ status: 'INACTIVE', ...wider })).told).toEqual([
      'PUBLISH TIER_STRUCTURE club rollout="NEXT_JUDGEMENT"',
      'UPDATE TIER club/gold minPoints=600',
      'DEACTIVATE TIER_STRUCTURE club status="INACTIVE"',
    ]);
    expect(between(club(), club({ status: 'DRAFT', ...wider })).told).toEqual(['DRAFT TIER_STRUCTURE club status="DRAFT"', 'UPDATE TIER club/gold minPoints=600']);
  });

  test('that stand down make room for those that come into force', () => {
    const two = (first: string, second: string) => ({
      cardDefinitions: [POINTS],
      tierStructures: [{ ...CLUB, key: 'new', name: 'New', status: second }, { ...CLUB, status: first }],
    });
    expect(between(two('ACTIVE', 'DRAFT'), two('INACTIVE', 'ACTIVE')).told).toEqual([
      'DEACTIVATE TIER_STRUCTURE club status="INACTIVE"',
      'ACTIVATE TIER_STRUCTURE new status="ACTIVE"',
    ]);
    expect(between(club(), { tierStructures: [{ ...CLUB, key: 'new', name: 'New' }] }, { prune: true }).told).toEqual([
      'DELETE TIER_STRUCTURE club',
      'CREATE TIER_STRUCTURE new name="New" status="DRAFT" type="POINT_BALANCE" cardDefinition="points"',
      'CREATE TIER new/silver name="Silver" minPoints=100',
      'CREATE TIER new/gold name="Gold" minPoints=500',
      'ACTIVATE TIER_STRUCTURE new status="ACTIVE"',
    ]);
  });

  test('that customers hold tiers of are no drafts any more', () => {
    const state = stateOf(club());
    const held = { heldStructures: new Set(state.tierStructures.map(({ id }) => id)) };
    expect(refusals(documentWith(club({ status: 'DRAFT' })), state, held)).toEqual(['IN_USE tierStructures.0']);
    expect(told(planned(documentWith(club({ status: 'INACTIVE' })), state, held))).toEqual(['DEACTIVATE TIER_STRUCTURE club status="INACTIVE"']);
  });

  test('that go take their drafts along, and others keep theirs', () => {
    const both = stateOf({ cardDefinitions: [POINTS], tierStructures: [CLUB, { ...CLUB, key: 'guild', name: 'Guild' }] });
    const drafts = both.tierStructures.map((structure) => ({ ...structure, id: `draft of ${structure.key}`, draftOf: structure.id, status: 'DRAFT' as const }));
    const plan = planned(documentWith({ tierStructures: [CLUB] }), { ...both, drafts }, { prune: true });
    expect(told(plan)).toEqual(['DELETE TIER_STRUCTURE guild', 'DELETE TIER_STRUCTURE_DRAFT guild']);
    expect(plan.writes).toMatchObject([
      { kind: 'TIER_STRUCTURE', action: 'DELETE', after: { key: 'guild', status: 'DELETED' } },
      { kind: 'TIER_STRUCTURE', action: 'DELETE', after: { id: 'draft of guild', status: 'DELETED' } },
    ]);
    expect(plan.state.drafts.map(({ id }) => id)).toEqual(['draft of club']);
    // One that is paused keeps the draft of its next revision, and one that is a draft again has none.
    const paused = planned(documentWith({ tierStructures: [{ ...CLUB, status: 'INACTIVE' }] }), { ...both, drafts });
    expect(told(paused)).toEqual(['DEACTIVATE TIER_STRUCTURE club status="INACTIVE"']);
    expect(paused.state.drafts).toHaveLength(2);
    const redrafted = planned(documentWith({ tierStructures: [{ ...CLUB, status: 'DRAFT' }] }), { ...both, drafts });
    expect(told(redrafted)).toEqual(['DRAFT TIER_STRUCTURE club status="DRAFT"', 'DELETE TIER_STRUCTURE_DRAFT club']);
    expect(redrafted.state.drafts.map(({ id }) => id)).toEqual(['draft of guild']);
  });

  test('change one after the other where the clock is frozen', () => {
    const state = stateOf(club());
    const { state: after } = planned(documentWith(club({ tiers: [SILVER] })), state, { settledUpTo: NOW });
    const [structure] = after.tierStructures;
    // What has been settled up to this instant is not judged anew: the revision applies right after it.
    expect(structure?.revision.effectiveAt).toBe(NOW + 1);
    const both = planned(documentWith(club({ status: 'INACTIVE', tiers: [SILVER] })), state, { settledUpTo: NOW }).state.tierStructures[0];
    expect(both).toMatchObject({ revision: { effectiveAt: NOW + 1 }, activePeriods: [{ start: NOW, end: NOW + 2 }] });
  });

  test.each<[string, Section, string]>([
    ['an unknown card', { cardDefinition: 'none' }, 'UNKNOWN_REFERENCE tierStructures.0.cardDefinition'],
    ['an unknown card of an entry award', { tiers: [{ ...SILVER, entryAward: { points: 1, cardDefinition: 'none' } }] }, 'UNKNOWN_REFERENCE tierStructures.0.tiers.0.entryAward.cardDefinition'],
    ['no name', { name: '' }, 'INVALID_NAME tierStructures.0.name'],
    ['no name of a tier', { tiers: [SILVER, { ...GOLD, name: ' ' }] }, 'INVALID_NAME tierStructures.0.tiers.1.name'],
  ])('are refused for %s', (_what, structure, problem) => {
    for (const state of [EMPTY, stateOf(club())]) expect(refusals(documentWith(club(structure)), state)).toContain(problem);
  });

  test('name an unknown card once, however often it is looked for', () => {
    const answer = problemsOf(documentWith(club({ cardDefinition: 'none' })), stateOf(club()));
    expect(answer.filter(({ code }) => code === 'UNKNOWN_REFERENCE')).toEqual([
      { code: 'UNKNOWN_REFERENCE', message: 'There is no card definition `none`.', path: ['tierStructures', 0, 'cardDefinition'] },
    ]);
  });
});

describe('earn rules', () => {
  const base = (...versions: Section[]) => ({ cardDefinitions: [POINTS], earnRules: [{ ...BASE, versions }] });
  const rates = (value: string) => ({ rates: [{ currency: 'USD', value, every: '1' }] });
  const from = (days: number, value: string) => ({ ...rates(value), effectiveAt: day(days) });

  test('are made with their first version, and publish the others', () => {
    const { told, stored, state } = between({ cardDefinitions: [POINTS] }, base(rates('1'), from(1, '2')));
    expect(told).toEqual([
      'CREATE EARN_RULE base name="Base" cardDefinition="points"',
      'PUBLISH EARN_RULE base rates=[{"currency":"USD","value":"1","every":"1.00"}]',
      `PUBLISH EARN_RULE base effectiveAt="${day(1)}" rates=[{"currency":"USD","value":"2","every":"1.00"}]`,
    ]);
    expect(stored).toEqual(['EARN_RULE CREATE', 'EARN_RULE PUBLISH']);
    expect(state.earnRules[0]?.versions.map(({ effectiveAt }) => effectiveAt)).toEqual([NOW, NOW + DAY]);
  });

  test('are retired where they are pruned, and stay where they are not', () => {
    const { told, stored, state } = between(base(rates('1')), { earnRules: [{ ...BASE, key: 'other', name: 'Other' }] }, { prune: true });
    expect(told[0]).toBe('RETIRE EARN_RULE base');
    expect(stored).toEqual(['EARN_RULE RETIRE', 'EARN_RULE CREATE']);
    expect(state.earnRules.map(({ key }) => key)).toEqual(['other']);
    expect(between(base(rates('1')), { earnRules: [{ ...BASE, key: 'other', name: 'Other' }] }).state.earnRules.map(({ key }) => key)).toEqual(['base', 'other']);
  });

  test('are renamed, and publish what they say anew', () => {
    expect(between(base(rates('1')), { earnRules: [{ ...BASE, name: 'Basis' }] })).toMatchObject({ told: ['UPDATE EARN_RULE base name="Basis"'], stored: ['EARN_RULE UPDATE'] });
    const { told, stored } = between(base(rates('1')), base(rates('1'), from(3, '3'), from(9, '9')));
    expect(told).toEqual([3, 9].map((days) => `PUBLISH EARN_RULE base effectiveAt="${day(days)}" rates=[{"currency":"USD","value":"${days}","every":"1.00"}]`));
    expect(stored).toEqual(['EARN_RULE PUBLISH', 'EARN_RULE PUBLISH']);
  });

  test('take back what they were going to say', () => {
    // From the third day on the rule says what it says before.
    const { told, state } = between(base(rates('1'), from(3, '3')), base(rates('1')));
    expect(told).toEqual([`PUBLISH EARN_RULE base effectiveAt="${day(3)}" rates=[{"currency":"USD","value":"1","every":"1.00"}]`]);
    expect(state.earnRules[0]?.versions).toHaveLength(3);
    expect(between(base(rates('1'), from(3, '3')), base(rates('1'), from(3, '3'))).told).toEqual([]);
  });

  test('of which a version has begun say the last that has', () => {
    const begun = [from(-2, '1'), from(-1, '2'), from(0, '3'), from(1, '4')];
    expect(between({ cardDefinitions: [POINTS] }, base(...begun)).state.earnRules[0]?.versions).toMatchObject([
      { effectiveAt: NOW, rates: [{ value: '3' }] },
      { effectiveAt: NOW + DAY, rates: [{ value: '4' }] },
    ]);
  });

  test('begin when they began, or not at all', () => {
    const later = documentWith(base(from(1, '1')));
    expect(planned(later, EMPTY).state.earnRules[0]?.versions).toMatchObject([{ effectiveAt: NOW + DAY }]);
    const begun = problemsOf(later, stateOf(base(rates('1'))));
    expect(begun).toEqual([
      {
        code: 'NOT_CHANGEABLE',
        message: 'The rule gives points now. That it shall begin later cannot be said of it any more: retire it, and create another one.',
        path: ['earnRules', 0, 'versions', 0, 'effectiveAt'],
      },
    ]);
    const coming = stateOf(base(from(1, '1')));
    const postponed = problemsOf(documentWith(base(from(2, '1'))), coming);
    expect(postponed).toEqual([
      {
        code: 'NOT_CHANGEABLE',
        message: `The rule is going to begin on ${day(1)}, before what the document says. Retire it, and create another one.`,
        path: ['earnRules', 0, 'versions', 0, 'effectiveAt'],
      },
    ]);
    expect(told(planned(documentWith(base(rates('1'))), coming))).toEqual(['PUBLISH EARN_RULE base rates=[{"currency":"USD","value":"1","every":"1.00"}]']);
  });

  test('stay on their card', () => {
    const moved = problemsOf(documentWith({ earnRules: [{ ...BASE, cardDefinition: 'beans' }] }), stateOf({ cardDefinitions: [POINTS, BEANS], earnRules: [BASE] }));
    expect(moved).toEqual([
      {
        code: 'NOT_CHANGEABLE',
        message: 'An earn rule gives points on one card definition for good. Create another rule, and retire this one.',
        path: ['earnRules', 0, 'cardDefinition'],
      },
    ]);
  });

  test.each<[string, Section, string[]]>([
    ['no versions', { versions: [] }, ['INVALID_RATE earnRules.0.versions']],
    ['a second version without a beginning', { versions: [{ rates: RATES }, { rates: RATES }] }, ['INVALID_EFFECTIVE_AT earnRules.0.versions.1.effectiveAt']],
    ['two versions at once', { versions: [from(1, '1'), from(1, '2')] }, ['INVALID_EFFECTIVE_AT earnRules.0.versions.1.effectiveAt']],
    ['a version before the one before it', { versions: [from(2, '1'), from(1, '2')] }, ['INVALID_EFFECTIVE_AT earnRules.0.versions.1.effectiveAt']],
    ['an unknown card', { cardDefinition: 'none' }, ['UNKNOWN_REFERENCE earnRules.0.cardDefinition']],
    ['a condition that does not compile', { versions: [{ rates: RATES, condition: 'transaction.' }] }, ['INVALID_CONDITION earnRules.0.versions.0.condition']],
    ['no name', { name: '' }, ['INVALID_NAME earnRules.0.name']],
  ])('are refused for %s', (_what, rule, problems) => {
    expect(refusals(documentWith({ cardDefinitions: [POINTS], earnRules: [{ ...BASE, ...rule }] }), EMPTY)).toEqual(problems);
  });

  test('name tiers that are there, or that the document makes', () => {
    const multiplied = (tier: string) => ({ cardDefinitions: [POINTS], tierStructures: [CLUB], earnRules: [{ ...BASE, versions: [{ rates: RATES, tierMultipliers: [{ tier, multiplier: '2' }] }] }] });
    const { state } = planned(documentWith(multiplied('club/gold')), EMPTY);
    expect(state.earnRules[0]?.versions[0]?.tierMultipliers).toEqual([{ tierId: state.tierStructures[0]?.tiers.find(({ key }) => key === 'gold')?.id, multiplier: '2' }]);
    for (const tier of ['club/none', 'none/gold', 'club', 'gold', 'club/gold/gold']) {
      const answer = problemsOf(documentWith(multiplied(tier)), EMPTY);
      expect(answer).toEqual([{ code: 'UNKNOWN_REFERENCE', message: `There is no tier \`${tier}\`.`, path: ['earnRules', 0, 'versions', 0, 'tierMultipliers', 0, 'tier'] }]);
    }
    // Of a structure that cannot be made, only that is told.
    const unmade = { ...multiplied('club/gold'), tierStructures: [{ ...CLUB, name: '' }] };
    expect(refusals(documentWith(unmade), EMPTY)).toEqual(['INVALID_NAME tierStructures.0.name']);
  });
});

test('what customers have is looked up for what shall be a draft again, and for nothing else', () => {
  const sections = {
    cardDefinitions: [POINTS, BEANS, { ...BEANS, key: 'stamps', status: 'INACTIVE' }, { ...BEANS, key: 'sketch', status: 'DRAFT' }],
    tierStructures: [CLUB, { ...CLUB, key: 'paused', status: 'INACTIVE' }, { ...CLUB, key: 'guild', status: 'ACTIVE' }],
  };
  const state = stateOf(sections);
  const draft = (each: Section) => ({ ...each, status: 'DRAFT' });
  const idsOf = (...keys: string[]) => [...state.cardDefinitions, ...state.tierStructures].flatMap(({ id, key }) => (keys.includes(key) ? id : []));
  expect(factsNeeded(documentWith({}), state)).toEqual({ structures: [], cardDefinitions: [] });
  expect(factsNeeded(documentWith(sections), state)).toEqual({ structures: [], cardDefinitions: [] });
  const all = documentWith({ cardDefinitions: sections.cardDefinitions.map(draft), tierStructures: sections.tierStructures.map(draft) });
  expect(factsNeeded(all, state)).toEqual({ structures: idsOf('club', 'guild'), cardDefinitions: idsOf('points', 'beans', 'stamps') });
  const some = documentWith({ cardDefinitions: [POINTS, draft(BEANS)], tierStructures: [draft(CLUB)] });
  expect(factsNeeded(some, state)).toEqual({ structures: idsOf('club'), cardDefinitions: idsOf('beans') });
});

test('what was made at once is in the order of its ids', () => {
  const { state } = planned(documentWith({ cardDefinitions: [BEANS, POINTS] }), EMPTY);
  expect(state.cardDefinitions.map(({ key }) => key)).toEqual(['beans', 'points']);
  const reversed = { ...state, cardDefinitions: [...state.cardDefinitions].reverse() };
  expect(planned(documentWith({}), reversed).state.cardDefinitions.map(({ key }) => key)).toEqual(['beans', 'points']);
  const older = { ...state, cardDefinitions: state.cardDefinitions.map((card) => (card.key === 'points' ? { ...card, createdAt: NOW - 1 } : card)) };
  expect(planned(documentWith({}), older).state.cardDefinitions.map(({ key }) => key)).toEqual(['points', 'beans']);
});

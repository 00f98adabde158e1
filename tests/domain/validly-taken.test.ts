import { describe, expect, test } from '@jest/globals';
import { explainEntry } from '../../src/domain/entry-explanations.ts';
import type { EarnRule } from '../../src/domain/earning.ts';
import { NO_CAPS } from '../../src/domain/earning.ts';
import { POINTS_MAX } from '../../src/domain/points.ts';
import type { TierStructure } from '../../src/domain/structures.ts';
import { replay } from '../../src/domain/timeline.ts';
import { Somebody, at, card, earnRule, expiring, iso, program, refusedFor } from '../support/people.ts';
import { structure, tier } from '../support/structures.ts';

/** What was taken validly stays taken, whatever is told late; and what is returned goes back to what it was. */

const month = { type: 'ROLLING' as const, period: { value: 1, unit: 'MONTH' as const }, rounding: null };
const days = (value: number) => ({ type: 'ROLLING' as const, period: { value, unit: 'DAY' as const }, rounding: null });
const sliding = (value: number, chosen: Partial<{ earningActivity: boolean; spendingActivity: boolean; customActivity: boolean }>) => ({
  type: 'SLIDING' as const,
  period: { value, unit: 'DAY' as const },
  ...{ earningActivity: false, spendingActivity: false, customActivity: false, customActivityTypes: [] },
  ...chosen,
});
const awarding = (points: bigint) => ({ entryAward: { points, cardDefinitionId: null } });
const welcoming = (rest: Partial<TierStructure> = {}) => structure([tier('Basic', 0, awarding(60n))], { cardDefinitionId: 'a', ...rest });
const POLICIES = ['REVOKE_TO_ZERO', 'REVOKE_BELOW_ZERO', 'REVOKE_FROM_PENDING'] as const;

/** Sequence, type, points and balance of the entries since the position. */
const ledger = ({ entries }: Somebody, from = 0) =>
  entries.slice(from).map(({ type, points, balanceAfter, occurredAt }) => `${iso(occurredAt)} ${type} ${points} = ${balanceAfter}`);

function expectReplayed(somebody: Somebody): void {
  const { state, history } = somebody;
  const replayed = replay(state, history.facts, somebody.program, state.settledAt).finish();
  expect(replayed).toEqual({ ...state, cards: new Map([...state.cards].map(([id, each]) => [id, { ...each, sequence: 0, head: null }])) });
}

describe('points that were validly taken', () => {
  test.each(POLICIES)('an award that turns out to have expired before it was spent (%s)', (refundPolicy) => {
    const ada = new Somebody(program({ cards: [expiring(month, { refundPolicy })], structures: [welcoming()] }), '2026-06-01');
    const spend = ada.spend('2026-06-20', 60);
    ada.earn('2025-12-03', 100, { told: '2026-06-21' });
    expect([ada.balance(), ada.lots()]).toEqual([0, []]);
    expect(ada.entries.slice(2).map(({ type, points, operationId, occurredAt }) => [type, Number(points), operationId, iso(occurredAt)])).toEqual(
      expect.arrayContaining([
        ['ENTRY_AWARD', 60, null, '2025-12-03'],
        ['EARN', 100, null, '2025-12-03'],
        ['EXPIRATION', -160, null, '2026-01-04'],
        ['ENTRY_AWARD', -60, null, '2026-06-01'],
        ['WRITE_OFF', 60, spend.id, '2026-06-20'],
      ]),
    );
    expect(ada.entries).toHaveLength(7);
    expectReplayed(ada);
  });

  test('only what lacks is written off, and no more is owed for it', () => {
    const ada = new Somebody(program({ cards: [expiring(month)], structures: [welcoming()] }), '2026-06-01');
    ada.earn('2026-06-10', 25);
    ada.spend('2026-06-20', 70);
    ada.earn('2025-12-03', 100, { told: '2026-06-21' });
    expect(ada.entries.filter(({ type }) => type === 'WRITE_OFF').map(({ points }) => points)).toEqual([45n]);
    ada.earn('2026-06-22', 10);
    expect([ada.balance(), ada.lots()]).toEqual([10, [['2026-07-23', 10]]]);
    expectReplayed(ada);
  });

  test('a fact that is told later still can make it unnecessary', () => {
    const ada = new Somebody(program({ cards: [expiring(month)], structures: [welcoming()] }), '2026-06-01');
    ada.spend('2026-06-20', 60);
    ada.earn('2025-12-03', 100, { told: '2026-06-21' });
    const { length } = ada.entries;
    ada.earn('2026-06-15', 40, { told: '2026-06-22' });
    expect(ada.told(length)).toEqual([['EARN', 40, '2026-06-15'], ['WRITE_OFF', -40, '2026-06-20']]);
    ada.earn('2026-06-16', 30, { told: '2026-06-23' });
    expect(ada.told(length + 2)).toEqual([['EARN', 30, '2026-06-16'], ['WRITE_OFF', -20, '2026-06-20']]);
    expect(ada.balance()).toBe(10);
    expectReplayed(ada);
  });

  test('an award that turns out not to have been given', () => {
    const tiers = [tier('Basic', 0), tier('Silver', 100, awarding(50n)), tier('Gold', 300)];
    const pointEarned = { period: { value: 1, unit: 'YEAR' as const }, type: 'IMMEDIATELY' as const, window: 'CALENDAR' as const };
    const ada = new Somebody(program({ structures: [structure(tiers, { cardDefinitionId: 'a', type: 'POINT_EARNED', pointEarned })] }));
    ada.earn('2026-02-01', 100);
    ada.spend('2026-02-02', 150);
    // With these Silver is passed on the way to Gold.
    ada.earn('2026-01-10', 99, { told: '2026-02-03' });
    ada.earn('2026-02-01', 1, { told: '2026-02-03' });
    expect([ada.tier(), ada.balance()]).toEqual(['Silver', 100]);
    const bee = new Somebody(ada.program);
    bee.earn('2026-02-01', 220);
    bee.spend('2026-02-02', 270);
    bee.earn('2026-01-10', 90, { told: '2026-02-03' });
    expect([bee.tier(), bee.balance(), bee.told(3)]).toEqual([
      'Gold',
      40,
      [['EARN', 90, '2026-01-10'], ['ENTRY_AWARD', -50, '2026-02-01']],
    ]);
    bee.spend('2026-02-04', 40);
    const cab = new Somebody(ada.program);
    cab.earn('2026-02-01', 290);
    cab.spend('2026-02-02', 340);
    cab.earn('2026-01-10', 10, { told: '2026-02-03' });
    expect([cab.tier(), cab.balance(), cab.told(3)]).toEqual([
      'Gold',
      0,
      [['EARN', 10, '2026-01-10'], ['WRITE_OFF', 40, '2026-02-02'], ['ENTRY_AWARD', -50, '2026-02-01']],
    ]);
    expectReplayed(cab);
  });

  test('points that turn out to have slid with earlier ones', () => {
    const ada = new Somebody(program({ cards: [expiring(sliding(30, { customActivity: true }))] }));
    ada.earn('2026-03-20', 50);
    ada.spend('2026-04-10', 50);
    ada.earn('2026-03-01', 10, { told: '2026-04-11' });
    expect([ada.balance(), ada.told(2)]).toEqual([
      0,
      [['EARN', 10, '2026-03-01'], ['WRITE_OFF', 50, '2026-04-10'], ['EXPIRATION', -60, '2026-04-01']],
    ]);
    expectReplayed(ada);
  });

  test('points that were given away, and those taken by hand', () => {
    const lived = program({ cards: [expiring(month)], structures: [welcoming()] });
    const [ada, bee] = [new Somebody(lived, '2026-06-01'), new Somebody(lived, '2026-06-01', 'bee')];
    const { out } = ada.give('2026-06-20', bee, 40);
    const taken = ada.adjust('2026-06-21', -20);
    ada.earn('2025-12-03', 100, { told: '2026-06-22' });
    expect([ada.balance(), bee.balance()]).toEqual([0, 100]);
    expect(ada.entries.filter(({ type }) => type === 'WRITE_OFF').map(({ points, operationId }) => [Number(points), operationId])).toEqual([
      [40, out.id],
      [20, taken.id],
    ]);
  });

  test('what is owed by the policy of the card stays owed', () => {
    const cards = [expiring(month, { refundPolicy: 'REVOKE_BELOW_ZERO' })];
    const ada = new Somebody(program({ cards, structures: [welcoming()] }), '2026-06-01');
    const bought = ada.earn('2026-06-02', 100);
    ada.spend('2026-06-03', 80);
    ada.refund('2026-06-04', bought, '75.00');
    ada.spend('2026-06-05', 5);
    expect(ada.balance()).toBe(0);
    ada.earn('2025-12-03', 100, { told: '2026-06-06' });
    // Of the purchase 20 were left, so 55 are owed; the spend after that adds nothing to it.
    expect([ada.balance(), ada.lots()]).toEqual([-55, [['never', -55]]]);
    expect(ada.entries.filter(({ type }) => type === 'WRITE_OFF').map(({ points }) => points)).toEqual([5n]);
    expectReplayed(ada);
  });

  test('returned, they are gone as they were', () => {
    const ada = new Somebody(program({ cards: [expiring(month)], structures: [welcoming()] }), '2026-06-01');
    ada.earn('2026-06-10', 25);
    const spend = ada.spend('2026-06-20', 70);
    ada.earn('2025-12-03', 100, { told: '2026-06-21' });
    const reversal = ada.reverse('2026-06-22', spend);
    // 45 were gone when they were spent; the 25 last until their day.
    expect([Number(reversal.expired), ada.balance(), ada.lots()]).toEqual([45, 25, [['2026-07-11', 25]]]);
    expectReplayed(ada);
  });

  test('are explained: what lacked, and then what corrects it', () => {
    const ada = new Somebody(program({ cards: [expiring(month)], structures: [welcoming()] }), '2026-06-01');
    ada.spend('2026-06-20', 60);
    ada.earn('2025-12-03', 100, { told: '2026-06-21' });
    ada.earn('2026-06-15', 40, { told: '2026-06-22' });
    const steps = ada.entries
      .filter(({ type }) => type === 'WRITE_OFF')
      .map((entry) => explainEntry({ entry, state: ada.state, history: ada.history, program: ada.program, transaction: null, operation: null }));
    expect(steps).toMatchObject([
      [{ rule: 'CORRECTION', recordedPoints: 0n, message: expect.stringContaining('written off') }],
      [{ rule: 'CORRECTION', recordedPoints: 60n, message: expect.stringContaining('corrects') }],
    ]);
    expect(steps.map(({ length }) => length)).toEqual([1, 1]);
  });

  test('may be all that fit 64 bits', () => {
    const lived = program({ cards: [expiring(month)], structures: [structure([tier('Basic', 0, awarding(POINTS_MAX - 10n))], { cardDefinitionId: 'a' })] });
    const ada = new Somebody(lived, '2026-06-01');
    ada.spend('2026-06-20', POINTS_MAX - 10n);
    ada.earn('2025-12-03', 5, { told: '2026-06-21' });
    expect(ada.balance()).toBe(0);
  });
});

describe('a reversal', () => {
  test('does not revive points that would have slid away, though others slide now', () => {
    const ada = new Somebody(program({ cards: [expiring(sliding(30, { earningActivity: true }))] }));
    ada.earn('2026-03-01', 100);
    const spend = ada.spend('2026-03-10', 40);
    ada.earn('2026-05-01', 10);
    const reversal = ada.reverse('2026-05-02', spend);
    expect([Number(reversal.expired), ada.balance(), ada.lots()]).toEqual([40, 10, [['2026-06-01', 10]]]);
    expect(ada.told(4)).toEqual([['SPEND_REVERSAL', 40, '2026-05-02'], ['EXPIRATION', -40, '2026-05-02']]);
    expectReplayed(ada);
  });

  test('nor if an activity began a new term on an empty card', () => {
    const ada = new Somebody(program({ cards: [expiring(sliding(30, { customActivity: true }))] }));
    ada.earn('2026-03-01', 100);
    const spend = ada.spend('2026-03-10', 100);
    ada.visit('2026-05-01');
    expect([Number(ada.reverse('2026-05-02', spend).expired), ada.balance()]).toEqual([100, 0]);
    expectReplayed(ada);
  });

  test('returns them to points that have slid on since, and to those that slid anew before the spend', () => {
    const ada = new Somebody(program({ cards: [expiring(sliding(30, { earningActivity: true }))] }));
    ada.earn('2026-01-01', 5);
    ada.earn('2026-03-01', 100);
    const spend = ada.spend('2026-03-10', 100);
    ada.earn('2026-03-20', 10);
    expect([Number(ada.reverse('2026-04-10', spend).expired), ada.lots()]).toEqual([0, [['2026-04-20', 110]]]);
    expectReplayed(ada);
  });

  test('at the instant at which they would have slid away returns nothing that lasts', () => {
    const ada = new Somebody(program({ cards: [expiring(sliding(30, { earningActivity: true }))] }));
    ada.earn('2026-03-01', 100);
    const spend = ada.spend('2026-03-10', 100);
    expect([Number(ada.reverse('2026-04-01', spend).expired), ada.balance()]).toEqual([100, 0]);
    const bee = new Somebody(ada.program);
    bee.earn('2026-03-01', 100);
    const other = bee.spend('2026-03-10', 100);
    expect([Number(bee.reverse('2026-03-31T23:59:59.999Z', other).expired), bee.lots()]).toEqual([0, [['2026-04-01', 100]]]);
  });

  test('returns points to those that began to slide at the very instant of the spend', () => {
    const ada = new Somebody(program({ cards: [expiring(sliding(30, { earningActivity: true }))] }));
    ada.earn('2026-03-01', 5);
    ada.earn('2026-04-01', 100);
    const spend = ada.spend('2026-04-01', 100);
    expect([Number(ada.reverse('2026-04-02', spend).expired), ada.lots()]).toEqual([0, [['2026-05-02', 100]]]);
    expectReplayed(ada);
  });

  test('gives points back as old as they were', () => {
    // Both end on the same day, but the one that slides was earned later, so that it is spent later.
    const rules = [earnRule('a', { expiration: days(30), condition: "transaction.location == 'fixed'" }, 'fixed'), earnRule('a', { condition: "transaction.location == 'sliding'" }, 'sliding')];
    const ada = new Somebody(program({ cards: [expiring(sliding(30, { earningActivity: false, customActivity: true }))], rules }));
    ada.earn('2026-03-01T08:00:00Z', 100, { location: 'fixed' });
    ada.earn('2026-03-01T09:00:00Z', 50, { location: 'sliding' });
    const spend = ada.spend('2026-03-10', 100);
    ada.reverse('2026-03-11', spend);
    expect(ada.state.cards.get('a')?.lots.map(({ earnedAt, sliding: slides, points }) => [new Date(earnedAt).toISOString(), slides, Number(points)])).toEqual([
      ['2026-03-01T08:00:00.000Z', false, 100],
      ['2026-03-01T09:00:00.000Z', true, 50],
    ]);
    expectReplayed(ada);
  });
});

describe('the order of entries', () => {
  /** A visit that is told late lets points expire later; the purchase between then and now is of another card. */
  const lived = (refundPolicy: (typeof POLICIES)[number]) => {
    const cards = [expiring(sliding(10, { customActivity: true }), { refundPolicy }), card('b')];
    const rules = [earnRule('a', { condition: "transaction.location == 'a'" }, 'one'), earnRule('b', { condition: "transaction.location == 'b'" }, 'two')];
    const ada = new Somebody(program({ cards, rules }));
    ada.earn('2026-01-01', 100, { location: 'a' });
    ada.settle('2026-02-01');
    ada.visit('2026-01-05', 'visit', '2026-02-01');
    return ada;
  };

  test('gives first where a balance would else go below zero that may not', () => {
    expect(ledger(lived('REVOKE_TO_ZERO'), 2)).toEqual(['2026-01-12 EXPIRATION 100 = 100', '2026-01-16 EXPIRATION -100 = 0']);
    const ada = lived('REVOKE_TO_ZERO');
    ada.visit('2026-01-15', 'visit', '2026-02-02');
    expect(ledger(ada, 4)).toEqual(['2026-01-16 EXPIRATION 100 = 100', '2026-01-26 EXPIRATION -100 = 0']);
  });

  test('is that of time where the card lets the balance go below zero', () => {
    const cards = [expiring(month, { refundPolicy: 'REVOKE_BELOW_ZERO' })];
    const ada = new Somebody(program({ cards, structures: [welcoming()] }), '2026-06-01');
    ada.spend('2026-06-20', 60);
    ada.earn('2025-12-03', 100, { told: '2026-06-21' });
    expect(ledger(ada, 2)).toEqual([
      '2025-12-03 ENTRY_AWARD 60 = 60',
      '2025-12-03 EARN 100 = 160',
      '2026-01-04 EXPIRATION -160 = 0',
      '2026-06-01 ENTRY_AWARD -60 = -60',
      '2026-06-20 WRITE_OFF 60 = 0',
    ]);
  });

  test('of another card is left as it is', () => {
    const cards = [expiring(month), card('b')];
    const rules = [earnRule('a', { condition: "transaction.location == 'a'" }, 'one'), earnRule('b', { condition: "transaction.location != 'none'" }, 'two')];
    const onB = structure([tier('Low', 0), tier('High', 50, awarding(7n))], { id: 'b', cardDefinitionId: 'b' });
    const ada = new Somebody(program({ cards, rules, structures: [welcoming(), onB] }), '2026-06-01');
    ada.earn('2026-06-02', 50, { location: 'b' });
    ada.spend('2026-06-20', 60, 'a');
    const { length } = ada.entries;
    ada.earn('2025-12-03', 100, { told: '2026-06-21', location: 'b' });
    expect(ada.entries.slice(length).map(({ cardDefinitionId, type, points, balanceAfter, occurredAt }) => `${iso(occurredAt)} ${cardDefinitionId} ${type} ${points} = ${balanceAfter}`)).toEqual([
      '2025-12-03 a ENTRY_AWARD 60 = 60',
      '2025-12-03 b EARN 100 = 157',
      '2025-12-03 b ENTRY_AWARD 7 = 164',
      '2026-01-04 a EXPIRATION -60 = 0',
      '2026-06-02 b ENTRY_AWARD -7 = 157',
      '2026-06-20 a WRITE_OFF 60 = 60',
      '2026-06-01 a ENTRY_AWARD -60 = 0',
    ]);
  });
});

describe('the cap of a period that a later version added', () => {
  const capped = (): EarnRule => {
    const first = earnRule('a', {}, 'rule');
    const [version] = first.versions;
    const caps = { ...NO_CAPS, perPeriod: [{ unit: 'MONTH' as const, points: 100n }] };
    return { ...first, versions: [version!, { ...version!, id: 'rule 2', number: 2, effectiveAt: at('2026-03-10'), caps }] };
  };
  const given = (late: boolean) => {
    const ada = new Somebody(program({ rules: [capped()] }));
    ada.earn('2026-03-05', 70);
    ada.earn('2026-03-12', 60);
    if (late) ada.settle('2026-03-20');
    const [award] = ada.earn('2026-03-15', 60, late ? { told: '2026-03-20' } : {}).awards;
    return [Number(award?.points), award?.cappedBy];
  };

  test('counts what that version gave, told in time or late', () => {
    expect([given(false), given(true)]).toEqual([[40, 'PER_PERIOD'], [40, 'PER_PERIOD']]);
  });

  test('does not touch what was bought before it', () => {
    const ada = new Somebody(program({ rules: [capped()] }));
    ada.earn('2026-03-12', 100);
    expect(ada.earn('2026-03-05', 500, { told: '2026-03-13' }).awards).toMatchObject([{ points: 500n, cappedBy: null }]);
    expect(ada.earn('2026-03-14', 1).awards).toMatchObject([{ points: 0n, cappedBy: 'PER_PERIOD' }]);
    expectReplayed(ada);
  });
});

describe('a refusal stays a refusal', () => {
  test('a spend of more than there is, however it is told', () => {
    const ada = new Somebody(program({ cards: [expiring(month)], structures: [welcoming()] }), '2026-06-01');
    expect(refusedFor(ada.trySpend('2026-06-20', 61))).toEqual(['INSUFFICIENT_POINTS points']);
    expect(refusedFor(ada.tryAdjust('2026-06-20', -61))).toEqual(['INSUFFICIENT_POINTS points']);
    expect(ada.told()).toEqual([['ENTRY_AWARD', 60, '2026-06-01']]);
  });
});

import { describe, expect, test } from '@jest/globals';
import type { Fact } from '../../src/domain/members.ts';
import type { TierDowngrade, TierStructure } from '../../src/domain/structures.ts';
import { NEVER } from '../../src/domain/time.ts';
import { Timeline, replay, stateAt } from '../../src/domain/timeline.ts';
import { Somebody, at, card, earnRule, expiring, iso, program } from '../support/people.ts';
import { revised, structure, tier } from '../support/structures.ts';

/** Instants, windows and awards at their very edges, where one point or one millisecond more decides otherwise. */

const METALS = [tier('Basic', 0), tier('Silver', 100), tier('Gold', 500)];
const MULTI_LEVEL: TierDowngrade = { type: 'MULTI_LEVEL', gracePeriod: null };
const days = (value: number) => ({ type: 'ROLLING' as const, period: { value, unit: 'DAY' as const }, rounding: null });
const awarding = (points: number, cardDefinitionId: string | null = null) => ({ entryAward: { points: BigInt(points), cardDefinitionId } });
const RISING = [tier('Basic', 0), tier('Silver', 100, awarding(50))];

const metals = (rest: Partial<TierStructure> = {}): TierStructure =>
  structure(METALS, { cardDefinitionId: 'a', downgrade: MULTI_LEVEL, ...(rest.pointEarned == null ? {} : { type: 'POINT_EARNED' }), ...rest });
const monthly = (type: 'IMMEDIATELY' | 'NEXT_TRACKING_PERIOD', window: 'CALENDAR' | 'TRAILING' = 'CALENDAR') => ({
  pointEarned: { period: { value: 1, unit: 'MONTH' as const }, type, window },
});
const lived = (...structures: TierStructure[]) => program({ structures });
const slides = { period: { value: 30, unit: 'DAY' as const }, earningActivity: true, spendingActivity: true, customActivity: true, customActivityTypes: [] };
const SLIDING = { type: 'SLIDING' as const, ...slides };
const byLocation = ['a', 'b'].map((id) => earnRule(id, { condition: `transaction.location == '${id}'` }));

/** What was judged when everything is replayed until then. */
function judgements(ada: Somebody, until: string): string[] {
  const told: string[] = [];
  replay(ada.state, ada.history.facts, ada.program, at(until), ({ structureId, at: instant, reason, measure }) =>
    told.push(`${structureId} ${iso(instant)} ${reason} ${measure}`),
  );
  return told;
}

const awardsOf = (ada: Somebody) => ada.state.memberships.get('structure')?.entryAwards.map(({ tierId, undone }) => [tierId, undone]);
const trailingClub = metals({ tiers: RISING, entryAwardOnRefund: 'CLAWBACK', ...monthly('IMMEDIATELY', 'TRAILING') });
const calendarClub = metals({ tiers: RISING, entryAwardOnRefund: 'CLAWBACK', ...monthly('IMMEDIATELY') });
const balanceClub = metals({ tiers: RISING, entryAwardOnRefund: 'CLAWBACK' });

describe('a refund asks by what an award was reached', () => {
  /** Whether the award stands after part of the purchase of January 10 that reached the tier was refunded. */
  const stands = (club: TierStructure, other: { readonly when: string; readonly amount: number } | null, purchase: number, refund: string, told: string) => {
    const ada = new Somebody(lived(club), '2025-11-01');
    if (other !== null && at(other.when) < at('2026-01-10')) ada.earn(other.when, other.amount);
    const transaction = ada.earn('2026-01-10', purchase);
    if (other !== null && at(other.when) >= at('2026-01-10')) ada.earn(other.when, other.amount);
    ada.refund(told, transaction, refund);
    return awardsOf(ada);
  };

  test.each([
    ['what had left before does not count', { when: '2025-11-05', amount: 90 }, 100, '50.00', '2026-01-12', []],
    ['what left at that very instant does not count', { when: '2025-12-10', amount: 90 }, 100, '50.00', '2026-01-12', []],
    ['what was earned since does not count', { when: '2026-01-20', amount: 90 }, 100, '50.00', '2026-02-12', []],
    ['what is left of the purchase itself counts', null, 150, '20.00', '2026-02-20', [['Silver', false]]],
    ['as much as the tier asks for is enough', null, 150, '50.00', '2026-02-20', [['Silver', false]]],
    ['a point less is not', null, 150, '51.00', '2026-02-20', []],
  ])('of a trailing window: %s', (_, other, purchase, refund, told, awards) => {
    expect(stands(trailingClub, other, purchase, refund, told)).toEqual(awards);
  });

  test.each([
    ['what was earned in the month before does not count', { when: '2025-12-31T23:59:59.999Z', amount: 90 }, []],
    ['what was earned as the month began counts', { when: '2026-01-01', amount: 90 }, [['Silver', false]]],
    ['what was earned as the next began does not', { when: '2026-02-01', amount: 90 }, []],
  ])('of a calendar month: %s', (_, other, awards) => {
    expect(stands(calendarClub, other, 100, '50.00', '2026-02-05')).toEqual(awards);
  });

  test('points of another card do not count', () => {
    const ada = new Somebody(program({ cards: [card('a'), card('b')], structures: [calendarClub], rules: [earnRule('a')] }));
    ada.adjust('2026-01-05', 90, true, 'b');
    const transaction = ada.earn('2026-01-10', 100);
    ada.refund('2026-01-11', transaction, '50.00');
    expect([ada.balance('a'), ada.balance('b'), awardsOf(ada)]).toEqual([50, 90, []]);
  });

  test.each([['earned points', calendarClub], ['the balance', balanceClub]])('an award on another card is no part of %s', (_, club) => {
    const onB = { ...club, tiers: [tier('Basic', 0), tier('Silver', 100, awarding(50, 'b'))] };
    const ada = new Somebody(program({ cards: [card('a'), card('b')], structures: [onB], rules: [earnRule('a')] }));
    const transaction = ada.earn('2026-01-02', 100);
    ada.earn('2026-01-03', 30);
    ada.refund('2026-01-04', transaction, '10.00');
    expect([ada.balance('a'), ada.balance('b'), awardsOf(ada)]).toEqual([120, 50, [['Silver', false]]]);
  });

  test('an award from before the purchase stands, whatever was taken from what it was reached by', () => {
    const ada = new Somebody(lived(calendarClub));
    ada.earn('2026-01-02', 100);
    ada.adjust('2026-01-03', -50, true);
    const transaction = ada.earn('2026-01-04', 10);
    ada.refund('2026-01-05', transaction);
    expect([ada.balance(), awardsOf(ada)]).toEqual([100, [['Silver', false]]]);
  });

  test('by balance, what was refunded on another card takes nothing from it', () => {
    const ada = new Somebody(program({ cards: [card('a'), card('b')], structures: [balanceClub] }));
    const transaction = ada.earn('2026-01-02', 115);
    ada.spend('2026-01-03', 150, 'a');
    ada.refund('2026-01-04', transaction, '10.00');
    expect([ada.balance('a'), ada.balance('b'), awardsOf(ada)]).toEqual([5, 105, [['Silver', false]]]);
  });

  test('by balance, what was refunded of a later purchase takes nothing from it', () => {
    const ada = new Somebody(lived(balanceClub));
    const first = ada.earn('2026-01-02', 120);
    ada.refund('2026-01-06', ada.earn('2026-01-05', 50));
    ada.spend('2026-01-07', 150);
    ada.refund('2026-01-08', first, '10.00');
    expect([ada.balance(), awardsOf(ada)]).toEqual([10, [['Silver', false]]]);
    ada.refund('2026-01-09', first, '10.00');
    expect([ada.balance(), awardsOf(ada)]).toEqual([0, [['Silver', false]]]);
    ada.refund('2026-01-10', first, '1.00');
    expect(awardsOf(ada)).toEqual([['Silver', true]]);
  });

  test('by balance, what was refunded before it was given is not taken from it again', () => {
    const ada = new Somebody(lived(balanceClub));
    ada.refund('2026-01-03', ada.earn('2026-01-02', 90), '50.00');
    const transaction = ada.earn('2026-01-04', 80);
    ada.spend('2026-01-05', 150);
    ada.refund('2026-01-06', transaction, '20.00');
    expect([ada.balance(), awardsOf(ada)]).toEqual([0, [['Silver', false]]]);
    ada.refund('2026-01-07', transaction, '1.00');
    expect(awardsOf(ada)).toEqual([['Silver', true]]);
  });

  test('awards of one instant: one that falls takes none of those before it along', () => {
    const tiers = [tier('Basic', 0), tier('Silver', 100, awarding(50)), tier('Gold', 160, awarding(5)), tier('Platinum', 175, awarding(20))];
    const ada = new Somebody(lived(metals({ tiers, entryAwardOnRefund: 'CLAWBACK' })));
    const transaction = ada.earn('2026-01-02', 120);
    expect([ada.tier(), ada.balance()]).toEqual(['Platinum', 195]);
    ada.spend('2026-01-03', 195);
    ada.refund('2026-01-04', transaction, '8.00');
    expect(awardsOf(ada)).toEqual([['Silver', false], ['Gold', false], ['Platinum', true]]);
    ada.refund('2026-01-05', transaction, '3.00');
    expect(awardsOf(ada)).toEqual([['Silver', false], ['Gold', true], ['Platinum', true]]);
    ada.refund('2026-01-06', transaction, '10.00');
    expect(awardsOf(ada)).toEqual([['Silver', true], ['Gold', true], ['Platinum', true]]);
  });

  test('tells nothing of 0 points where nothing is there to be taken', () => {
    const ada = new Somebody(lived(balanceClub));
    const transaction = ada.earn('2026-01-02', 100);
    ada.spend('2026-01-03', 150);
    ada.refund('2026-01-04', transaction);
    const { effects, refunds } = replay(ada.state, ada.history.facts, ada.program, at('2026-01-05'));
    expect(effects.map(({ type, points }) => [type, Number(points)])).toEqual([['EARN', 100], ['ENTRY_AWARD', 50], ['SPEND', -150]]);
    expect([...refunds.values()]).toEqual([{ cancelled: 0n, applied: 0n, expired: 0n, shortfall: 100n }]);
  });

  test('of what was pending counts nowhere, not even as nothing', () => {
    const ada = new Somebody(program({ cards: [card('a', { activation: { type: 'PERIOD_BASED', days: 5 } })], structures: [metals(monthly('IMMEDIATELY'))] }));
    ada.refund('2026-01-03', ada.earn('2026-01-02', 100));
    expect([ada.balance(), ada.pending(), ada.state.windows]).toEqual([0, [], new Map()]);
    expect(ada.told()).toEqual([['EARN', 100, '2026-01-02'], ['REFUND', -100, '2026-01-03']]);
  });

  test('what slides and what ends at the same instant are told apart when they have expired', () => {
    const cards = [expiring({ ...SLIDING, earningActivity: false, spendingActivity: false }, { refundPolicy: 'REVOKE_BELOW_ZERO' })];
    const ada = new Somebody(program({ cards, rules: [earnRule('a', { expiration: days(30) })] }));
    const transaction = ada.earn('2026-01-01T08:00:00Z', 100);
    ada.adjust('2026-01-01T09:00:00Z', 50);
    expect(ada.lots()).toEqual([['2026-02-01', 100], ['2026-02-01', 50]]);
    ada.spend('2026-01-02', 100);
    ada.settle('2026-02-05');
    ada.refund('2026-02-06', transaction);
    expect(ada.told(2)).toEqual([['SPEND', -100, '2026-01-02'], ['EXPIRATION', -50, '2026-02-01'], ['REFUND', -100, '2026-02-06']]);
    expect(ada.balance()).toBe(-100);
  });
});

describe('entries say all that is known of them', () => {
  test('of a purchase, a spend, what comes back of it and what expires', () => {
    const ada = new Somebody(program({ cards: [expiring(days(10))] }));
    const transaction = ada.earn('2026-01-02', 100);
    const spend = ada.spend('2026-01-03', 40);
    const reversal = ada.reverse('2026-01-04', spend, 10);
    const less = ada.adjust('2026-01-05', -20);
    ada.settle('2026-02-01');
    const { effects, allocations, returns } = replay(ada.state, ada.history.facts, ada.program, at('2026-02-01'));
    const plain = {
      cardDefinitionId: 'a',
      ...{ pending: false, sliding: false, transactionId: null, operationId: null, tierId: null, earnRuleVersionId: null, activatesAt: null, expiresAt: NEVER },
    };
    const earned = { transactionId: transaction.id, earnRuleVersionId: 'rule a 1', expiresAt: at('2026-01-13') };
    expect(effects).toEqual([
      { ...plain, ...earned, type: 'EARN', points: 100n, occurredAt: at('2026-01-02') },
      { ...plain, type: 'SPEND', points: -40n, occurredAt: at('2026-01-03'), operationId: spend.id },
      { ...plain, type: 'SPEND_REVERSAL', points: 10n, occurredAt: at('2026-01-04'), operationId: reversal.id },
      { ...plain, type: 'ADJUSTMENT', points: -20n, occurredAt: at('2026-01-05'), operationId: less.id },
      { ...plain, type: 'EXPIRATION', points: -50n, occurredAt: at('2026-01-13'), expiresAt: at('2026-01-13') },
    ]);
    const lot = { expiresAt: at('2026-01-13'), sliding: false };
    expect([[...allocations], [...returns]]).toEqual([[[spend.id, [{ ...lot, points: 40n }]]], [[reversal.id, [{ ...lot, points: 10n }]]]]);
  });

  test('of points that are passed on', () => {
    const [ada, bee] = [new Somebody(program()), new Somebody(program(), '2026-01-01', 'bee')];
    ada.earn('2026-01-02', 100);
    ada.give('2026-01-03', bee, 60);
    const [fact] = bee.history.facts;
    expect(bee.entries).toMatchObject([{ type: 'TRANSFER_IN', points: 60n, operationId: fact?.id, transactionId: null, sliding: false }]);
  });

  test('a spend that comes back in parts returns each lot once, those taken last first', () => {
    const ada = new Somebody(program({ cards: [expiring(days(50))] }));
    ada.earn('2026-01-02', 30);
    ada.earn('2026-01-03', 30);
    ada.earn('2026-01-04', 40);
    const spend = ada.spend('2026-01-05', 100);
    ada.reverse('2026-01-06', spend, 35);
    expect(ada.lots()).toEqual([['2026-02-24', 35]]);
    ada.reverse('2026-01-07', spend, 36);
    expect(ada.lots()).toEqual([['2026-02-22', 1], ['2026-02-23', 30], ['2026-02-24', 40]]);
    ada.reverse('2026-01-08', spend);
    expect(ada.lots()).toEqual([['2026-02-22', 30], ['2026-02-23', 30], ['2026-02-24', 40]]);
  });
});

describe('cards', () => {
  test('a card that is not defined is a fault', () => {
    expect(() => new Somebody(lived(metals({ tiers: [tier('Basic', 0, awarding(10, 'f'))] })))).toThrow('A card has a definition, whatever its status.');
  });

  test('what was earned by a rule that is not there any more stays, and uses no cap', () => {
    const ada = new Somebody(program());
    ada.earn('2026-01-02', 100);
    const state = replay(ada.state, ada.history.facts, program({ rules: [] }), at('2026-01-03')).finish();
    expect([state.cards.get('a')?.balance, state.capUsage]).toEqual([100n, new Map()]);
  });

  test('a card keeps its id when everything is replayed', () => {
    const ada = new Somebody(program());
    ada.earn('2026-01-02', 100);
    const own = { ...ada.state, cards: new Map([...ada.state.cards].map(([id, known]) => [id, { ...known, id: 'its own' }])) };
    expect(replay(own, ada.history.facts, ada.program, at('2026-01-03')).finish().cards.get('a')).toMatchObject({ id: 'its own', balance: 100n });
  });

  test('points whose end is fixed begin no sliding, whatever the customer does', () => {
    const ada = new Somebody(program({ cards: [expiring(SLIDING)], rules: [earnRule('a', { expiration: days(10) })] }));
    ada.earn('2026-01-02', 100);
    ada.visit('2026-01-03');
    expect([ada.lots(), ada.state.cards.get('a')?.slidingExpiresAt]).toEqual([[['2026-01-13', 100]], null]);
    ada.adjust('2026-01-04', 5);
    expect([ada.lots(), ada.state.cards.get('a')?.slidingExpiresAt]).toEqual([[['2026-01-13', 100], ['2026-02-04', 5]], at('2026-02-04')]);
  });

  test('what is done on one card does not push back what slides on another', () => {
    const cards = [expiring(SLIDING), card('b', { expiration: SLIDING })];
    const ada = new Somebody(program({ cards, rules: byLocation }));
    ada.earn('2026-01-02', 10, { location: 'b' });
    ada.earn('2026-01-05', 10, { location: 'a' });
    expect([ada.lots('a'), ada.lots('b')]).toEqual([[['2026-02-05', 10]], [['2026-02-02', 10]]]);
    ada.spend('2026-01-06', 5, 'a');
    expect([ada.lots('a'), ada.lots('b')]).toEqual([[['2026-02-06', 5]], [['2026-02-02', 10]]]);
    ada.visit('2026-01-07');
    expect([ada.lots('a'), ada.lots('b')]).toEqual([[['2026-02-07', 5]], [['2026-02-07', 10]]]);
  });

  test('sliding points that come back too late do not move the end of those that slide now', () => {
    const ada = new Somebody(program({ cards: [expiring(SLIDING)] }));
    ada.earn('2026-01-01', 100);
    const spend = ada.spend('2026-01-02', 40);
    ada.settle('2026-04-10');
    ada.earn('2026-05-01', 100);
    ada.reverse('2026-05-02', spend);
    expect([ada.lots(), ada.state.cards.get('a')?.slidingExpiresAt]).toEqual([[['2026-06-01', 100]], at('2026-06-01')]);
    ada.settle('2026-06-01');
    expect(ada.balance()).toBe(0);
  });

  test('what was granted costs nothing, and to have it is no activity', () => {
    const ada = new Somebody(program({ cards: [expiring(SLIDING)] }));
    ada.earn('2026-01-02', 100);
    const what = { cardDefinitionId: 'a', points: 0n, occurredAt: at('2026-01-10'), recordedAt: at('2026-01-10') };
    const redemption: Fact = { type: 'REDEMPTION', id: 'granted', sequence: 2, ...what };
    const cancellation: Fact = { type: 'REDEMPTION_CANCELLATION', id: 'cancelled', redemptionId: 'granted', sequence: 3, ...what };
    const timeline = replay(ada.state, [...ada.history.facts, redemption, cancellation], ada.program, at('2026-01-11'));
    expect(timeline.effects.map(({ type }) => type)).toEqual(['EARN']);
    expect([timeline.card('a')?.slidingExpiresAt, timeline.card('a')?.balance]).toEqual([at('2026-02-02'), 100n]);
    expect([timeline.allocations.size, timeline.returns.size]).toEqual([0, 0]);
  });

  test('what lacked when it was spent is gone again when it comes back, whatever slides then', () => {
    const month = { type: 'ROLLING' as const, period: { value: 1, unit: 'MONTH' as const }, rounding: null };
    const year = { ...SLIDING, period: { value: 365, unit: 'DAY' as const }, spendingActivity: false };
    const welcoming = metals({ tiers: [tier('Basic', 0, { ...awarding(60), pointExpiration: month })] });
    const ada = new Somebody(program({ cards: [expiring(year)], structures: [welcoming] }), '2026-06-01');
    ada.adjust('2026-06-10', 1);
    const spend = ada.spend('2026-06-20', 60);
    // With it the award was given earlier, and had expired when it was spent.
    ada.earn('2025-12-03', 100, { told: '2026-06-21' });
    expect(ada.entries.filter(({ type }) => type === 'WRITE_OFF').map(({ points }) => points)).toEqual([59n]);
    const { length } = ada.entries;
    ada.reverse('2026-06-25', spend);
    expect(ada.told(length)).toEqual([['SPEND_REVERSAL', 60, '2026-06-25'], ['EXPIRATION', -59, '2026-06-25']]);
    expect(ada.lots()).toEqual([['2027-06-11', 1]]);
  });

  test('pending points are told with the end that they would have by themselves, and end with those with which they slide', () => {
    const visiting = { ...SLIDING, earningActivity: false, spendingActivity: false };
    const ada = new Somebody(program({ cards: [expiring(visiting, { activation: { type: 'PERIOD_BASED', days: 10 } })] }));
    ada.adjust('2026-01-01', 10);
    ada.earn('2026-01-05', 100);
    ada.settle('2026-01-20');
    expect(ada.entries.map(({ type, expiresAt, sliding, pending }) => [type, iso(expiresAt), sliding, pending])).toEqual([
      ['ADJUSTMENT', '2026-02-01', true, false],
      ['EARN', '2026-02-15', true, true],
      ['ACTIVATION', '2026-02-01', true, false],
    ]);
    expect(ada.lots()).toEqual([['2026-02-01', 110]]);
  });

  test('points that activate leave those that are pending still', () => {
    const ada = new Somebody(program({ cards: [card('a', { activation: { type: 'PERIOD_BASED', days: 5 } })] }));
    ada.earn('2026-01-02', 100);
    ada.earn('2026-01-05', 10);
    ada.settle('2026-01-07');
    expect([ada.balance(), ada.pending()]).toEqual([100, [['2026-01-10', 10]]]);
    ada.settle('2026-01-10');
    expect([ada.balance(), ada.pending()]).toEqual([110, []]);
  });
});

describe('who is judged when', () => {
  test('what happens on another card judges nobody, and neither does what earned points do not count', () => {
    const cards = [expiring(days(30)), card('b')];
    const structures = [metals({ id: 'balance' }), metals({ id: 'earned', ...monthly('IMMEDIATELY') })];
    const ada = new Somebody(program({ cards, structures, rules: [earnRule('a')] }));
    ada.adjust('2026-01-01', 100, true, 'b');
    ada.spend('2026-01-02', 5, 'b');
    ada.adjust('2026-01-01T10:00:00Z', 10);
    ada.settle('2026-03-10');
    expect(ada.told(2)).toEqual([['ADJUSTMENT', 10, '2026-01-02'], ['EXPIRATION', -10, '2026-02-02']]);
    expect(judgements(ada, '2026-03-10')).toEqual([
      'balance 2026-01-01 CUSTOMER_JOINED 0',
      'earned 2026-01-01 CUSTOMER_JOINED 0',
      'balance 2026-01-02 POINTS_ADJUSTED 10',
      'earned 2026-01-02 POINTS_ADJUSTED 0',
      'balance 2026-02-02 POINTS_EXPIRED 0',
    ]);
  });

  test('a window in which nothing is left rolls unnoticed', () => {
    const ada = new Somebody(program({ cards: [expiring(days(30))], structures: [metals(monthly('IMMEDIATELY'))] }));
    ada.refund('2026-01-01', ada.earn('2026-01-01', 10));
    ada.adjust('2026-01-01', 7);
    ada.settle('2026-03-10');
    expect(ada.told(3)).toEqual([['EXPIRATION', -7, '2026-02-01']]);
    expect(judgements(ada, '2026-03-10')).toEqual([
      'structure 2026-01-01 CUSTOMER_JOINED 0',
      'structure 2026-01-01 POINTS_EARNED 10',
      'structure 2026-01-01 POINTS_REFUNDED 0',
      'structure 2026-01-01 POINTS_ADJUSTED 0',
    ]);
  });

  test('those who wait for the next period are judged neither when points activate nor when awards are given', () => {
    const cards = [card('a', { activation: { type: 'PERIOD_BASED', days: 5 } })];
    const tiers = [tier('Basic', 0), tier('Silver', 100, awarding(500)), tier('Gold', 500)];
    const ada = new Somebody(program({ cards, structures: [metals({ tiers, ...monthly('NEXT_TRACKING_PERIOD') })] }));
    ada.earn('2026-01-10', 100);
    ada.settle('2026-02-10');
    expect(judgements(ada, '2026-02-10')).toEqual(['structure 2026-01-01 CUSTOMER_JOINED 0', 'structure 2026-02-01 WINDOW_ROLLED 100']);
    ada.settle('2026-03-01');
    expect(ada.moves(1)).toEqual(['2026-02-01 UPGRADED Silver WINDOW_ROLLED', '2026-03-01 UPGRADED Gold WINDOW_ROLLED']);
  });

  test('where a validity ends as a period does, those who wait are judged by the period', () => {
    const expiration = { type: 'CALENDAR_EXPIRATION' as const, calendarDates: [{ day: 31, month: 1 }] };
    const ada = new Somebody(lived(metals({ ...monthly('NEXT_TRACKING_PERIOD'), expiration })));
    ada.earn('2026-01-10', 100);
    ada.settle('2026-02-01');
    expect(ada.moves(1)).toEqual(['2026-02-01 UPGRADED Silver WINDOW_ROLLED']);
  });

  test('an award on another card judges those who measure that one', () => {
    const lifting = metals({ id: 'lifting', tiers: [tier('Basic', 0), tier('Silver', 100, awarding(30, 'b'))] });
    const lifted = metals({ id: 'lifted', cardDefinitionId: 'b', tiers: [tier('Low', 0), tier('High', 30)] });
    const ada = new Somebody(program({ cards: [card('a'), card('b')], structures: [lifting, lifted], rules: [earnRule('a')] }));
    ada.earn('2026-01-02', 100);
    expect(judgements(ada, '2026-01-03')).toEqual([
      'lifting 2026-01-01 CUSTOMER_JOINED 0',
      'lifted 2026-01-01 CUSTOMER_JOINED 0',
      'lifting 2026-01-02 POINTS_EARNED 100',
      'lifted 2026-01-02 ENTRY_AWARDED 30',
    ]);
  });

  test('by balance, a validity that ends is judged by the balance', () => {
    const ada = new Somebody(lived(metals({ expiration: { type: 'ROLLING_EXPIRATION', period: { value: 1, unit: 'MONTH' } } })));
    ada.adjust('2026-01-10', 100);
    ada.settle('2026-02-20');
    expect(ada.moves(2)).toEqual(['2026-02-11 PROLONGED Silver TIER_EXPIRED']);
    expect(ada.transitions.map(({ measure }) => Number(measure))).toEqual([0, 100, 100]);
  });

  test('whoever left a tier that lasts through a gap comes back when a period without points begins', () => {
    const tiers = [tier('Basic', 0, { maxPoints: 9n }), tier('Silver', 100)];
    const expiration = { type: 'CALENDAR_EXPIRATION' as const, calendarDates: [{ day: 20, month: 1 }] };
    const ada = new Somebody(lived(metals({ tiers, expiration, ...monthly('NEXT_TRACKING_PERIOD') })));
    ada.earn('2026-01-10', 50);
    ada.settle('2026-03-02');
    expect(ada.moves(1)).toEqual(['2026-01-21 LEFT - TIER_EXPIRED', '2026-03-01 JOINED Basic WINDOW_ROLLED']);
  });

  test('what expires in a grace does not end it', () => {
    const downgrade: TierDowngrade = { type: 'MULTI_LEVEL', gracePeriod: { value: 1, unit: 'MONTH', roundUp: true } };
    const ada = new Somebody(program({ cards: [expiring(days(10))], structures: [metals({ downgrade })] }));
    ada.adjust('2026-07-20', 500);
    ada.spend('2026-07-25', 400);
    ada.settle('2026-08-05');
    expect([ada.balance(), ada.tier(), iso(ada.state.nextDueAt)]).toEqual([0, 'Gold', '2026-09-01']);
    ada.settle('2026-09-01');
    expect(ada.moves(2)).toEqual(['2026-09-01 DOWNGRADED Basic GRACE_ENDED']);
  });

  test('a grace by earned points is next looked at when it ends, not when a month without points does', () => {
    const downgrade: TierDowngrade = { type: 'MULTI_LEVEL', gracePeriod: { value: 3, unit: 'MONTH', roundUp: false } };
    const ada = new Somebody(lived(metals({ ...monthly('IMMEDIATELY'), downgrade })));
    ada.earn('2026-01-10', 100);
    ada.settle('2026-02-01');
    const { graceEndsAt } = ada.state.memberships.get('structure')!;
    expect([ada.tier(), iso(graceEndsAt ?? 0), iso(ada.state.nextDueAt)]).toEqual(['Silver', '2026-05-02', '2026-05-02']);
  });

  test('points of a period before a pause do not decide after it', () => {
    const periods = [{ start: 0, end: at('2026-01-20') }, { start: at('2026-04-10'), end: NEVER }];
    const ada = new Somebody(lived(metals({ ...monthly('NEXT_TRACKING_PERIOD'), activePeriods: periods })));
    ada.earn('2026-01-10', 500);
    ada.settle('2026-04-20');
    expect([ada.tier(), ada.moves(1)]).toEqual(['Basic', []]);
    expect(judgements(ada, '2026-04-20')).toEqual(['structure 2026-01-01 CUSTOMER_JOINED 0', 'structure 2026-04-10 STRUCTURE_ACTIVATED 0']);
  });
});

describe('periods in which a structure is in force', () => {
  test('one that ended as the member joined is none of theirs', () => {
    const periods = [{ start: at('2025-01-01'), end: at('2026-01-01') }, { start: at('2026-03-01'), end: NEVER }];
    const ada = new Somebody(lived(metals({ activePeriods: periods })));
    expect([ada.tier(), iso(ada.state.nextDueAt)]).toEqual([null, '2026-03-01']);
    ada.settle('2026-03-02');
    expect(ada.moves()).toEqual(['2026-03-01 JOINED Basic STRUCTURE_ACTIVATED']);
  });

  test('what falls due in a later one is judged then', () => {
    const periods = [{ start: 0, end: at('2026-02-01') }, { start: at('2026-03-01'), end: NEVER }];
    const ada = new Somebody(lived(metals({ ...monthly('IMMEDIATELY'), activePeriods: periods })));
    ada.earn('2026-03-10', 100);
    expect(iso(ada.state.nextDueAt)).toBe('2026-04-01');
    ada.settle('2026-05-01');
    expect(ada.moves(1)).toEqual(['2026-03-10 UPGRADED Silver POINTS_EARNED', '2026-04-01 DOWNGRADED Basic WINDOW_ROLLED']);
  });

  test('what falls due as it ends is not judged, and neither is what happens then', () => {
    const ada = new Somebody(lived(metals({ ...monthly('IMMEDIATELY'), activePeriods: [{ start: 0, end: at('2026-02-01') }] })));
    ada.earn('2026-01-10', 100);
    expect(ada.state.nextDueAt).toBe(NEVER);
    ada.earn('2026-02-01', 500);
    expect([ada.tier(), ada.moves(1)]).toEqual(['Silver', ['2026-01-10 UPGRADED Silver POINTS_EARNED']]);
  });

  test('one that was paused at its first instant changes nothing', () => {
    const periods = [{ start: 0, end: at('2026-02-01') }, { start: at('2026-03-01'), end: at('2026-03-01') }];
    const ada = new Somebody(lived(metals({ activePeriods: periods })));
    ada.settle('2026-04-01');
    ada.earn('2026-04-02', 500);
    ada.settle('2026-05-01');
    expect([ada.moves(), ada.state.nextDueAt]).toEqual([['2026-01-01 JOINED Basic CUSTOMER_JOINED'], NEVER]);
  });

  test('one that begins as the member joins is judged then, and not again', () => {
    const tiers = [tier('Low', 0, { maxPoints: 9n, ...awarding(20) }), tier('High', 30)];
    const ada = new Somebody(lived(metals({ tiers, activePeriods: [{ start: at('2026-01-01'), end: NEVER }] })));
    ada.settle('2026-01-05');
    expect([ada.balance(), ada.moves()]).toEqual([20, ['2026-01-01 JOINED Low CUSTOMER_JOINED']]);
  });

  test('a structure that is in none holds nobody', () => {
    const ada = new Somebody(lived(metals()));
    const draft = lived(metals({ activePeriods: [] }));
    const timeline = Timeline.from(ada.state, draft).advance(at('2026-02-01'));
    expect([timeline.heldTiers(), timeline.transitions]).toEqual([[], []]);
  });

  test('the tiers that are held are those of structures in force', () => {
    const [gold, paused, above] = [
      metals({ id: 'gold' }),
      metals({ id: 'paused', activePeriods: [{ start: 0, end: at('2026-02-01') }] }),
      metals({ id: 'above', tiers: [tier('High', 5000)] }),
    ];
    const ada = new Somebody(lived(gold, paused, above));
    ada.earn('2026-01-10', 500);
    const held = (instant: string) => Timeline.from(ada.state, ada.program).advance(at(instant)).heldTiers();
    const one = { id: 'Gold', name: 'Gold', pointExpiration: null, measuredCardDefinitionId: 'a', tier: METALS[2] };
    expect([held('2026-01-20'), held('2026-02-01')]).toEqual([[one, one], [one]]);
    expect(Timeline.fromTheStart(ada.state, undefined, ada.program).heldTiers()).toEqual([]);
  });
});

describe('revisions', () => {
  const become = (ada: Somebody, next: TierStructure) => {
    ada.program = program({ cards: [card('a'), card('b')], structures: [next], rules: [earnRule('a')], structuresChangedAt: next.revision.effectiveAt ?? 0 });
    return ada;
  };
  const somebody = (first: TierStructure) => new Somebody(program({ cards: [card('a'), card('b')], structures: [first], rules: [earnRule('a')] }));
  const year = { pointEarned: { period: { value: 1, unit: 'YEAR' as const }, type: 'IMMEDIATELY' as const, window: 'CALENDAR' as const } };

  test('that only raise lower nobody when they take effect, also where no tier lasts', () => {
    const first = metals();
    const ada = somebody(first);
    ada.adjust('2026-01-10', 300);
    become(ada, revised(first, at('2026-02-01'), 'UPGRADE_ONLY', { tiers: [tier('Basic', 0), tier('Silver', 400)] })).settle('2026-02-10');
    expect([ada.tier(), ada.moves(2)]).toEqual(['Silver', []]);
    ada.adjust('2026-02-11', 1);
    expect(ada.moves(2)).toEqual(['2026-02-11 DOWNGRADED Basic POINTS_ADJUSTED']);
  });

  test('before a structure is in force concern nobody, and it begins by the newest', () => {
    const first = metals({ activePeriods: [{ start: at('2026-03-01'), end: NEVER }] });
    const next = revised(first, at('2026-02-01'), 'RECALCULATE_NOW', { tiers: [tier('Bronze', 0)] });
    const cards = [expiring(days(30), { activation: { type: 'PERIOD_BASED', days: 5 } })];
    const ada = new Somebody(program({ cards, structures: [next] }));
    ada.earn('2026-01-02', 100);
    ada.settle('2026-03-02');
    expect(ada.told(1).map(([type, points]) => [type, points])).toEqual([['ACTIVATION', 100], ['EXPIRATION', -100]]);
    expect(ada.moves()).toEqual(['2026-03-01 JOINED Bronze STRUCTURE_ACTIVATED']);
  });

  test('for the next judgement judge nobody who holds no tier', () => {
    const first = metals({ tiers: [tier('Silver', 100)] });
    const ada = somebody(first);
    ada.adjust('2026-01-10', 50);
    become(ada, revised(first, at('2026-02-01'), 'NEXT_JUDGEMENT', { tiers: [tier('Silver', 40)] })).settle('2026-02-10');
    expect(ada.moves()).toEqual([]);
    ada.adjust('2026-02-11', 1);
    expect(ada.moves()).toEqual(['2026-02-11 JOINED Silver POINTS_ADJUSTED']);
  });

  test('by which a higher tier begins below where the one that is held began: to reach it is a step up', () => {
    const first = metals();
    const ada = somebody(first);
    ada.adjust('2026-01-10', 100);
    become(ada, revised(first, at('2026-02-01'), 'NEXT_JUDGEMENT', { tiers: [tier('Basic', 0), tier('Silver', 50), tier('Gold', 90)] }));
    ada.adjust('2026-02-11', 1);
    expect(ada.moves(2)).toEqual(['2026-02-11 UPGRADED Gold POINTS_ADJUSTED']);
  });

  test('that bring awards give those above the tier that is held, and none below', () => {
    const first = metals({ entryAwardScope: 'ALL_PASSED' });
    const ada = somebody(first);
    ada.adjust('2026-01-10', 100);
    const tiers = [tier('Basic', 0, awarding(1)), tier('Silver', 100, awarding(2)), tier('Gold', 500, awarding(3)), tier('Platinum', 900, awarding(4))];
    become(ada, revised(first, at('2026-02-01'), 'NEXT_JUDGEMENT', { tiers }));
    ada.adjust('2026-02-11', 800);
    expect(ada.told(1)).toEqual([['ADJUSTMENT', 800, '2026-02-11'], ['ENTRY_AWARD', 3, '2026-02-11'], ['ENTRY_AWARD', 4, '2026-02-11']]);
  });

  test('a validity that goes on under the next revision keeps its end', () => {
    const rolling = (value: number) => ({ expiration: { type: 'ROLLING_EXPIRATION' as const, period: { value, unit: 'MONTH' as const } } });
    const first = metals();
    const ada = somebody(first);
    ada.adjust('2026-01-10', 300);
    const second = revised(first, at('2026-02-01'), 'NEXT_JUDGEMENT', rolling(2));
    become(ada, second).settle('2026-02-05');
    expect(iso(ada.state.memberships.get('structure')!.expiresAt)).toBe('2026-03-11');
    become(ada, revised(second, at('2026-02-10'), 'NEXT_JUDGEMENT', rolling(6))).settle('2026-02-15');
    expect(iso(ada.state.memberships.get('structure')!.expiresAt)).toBe('2026-03-11');
  });

  test('that count what was earned count it on their own card alone', () => {
    const first = metals();
    const ada = somebody(first);
    ada.adjust('2026-01-10', 300, true, 'b');
    become(ada, revised(first, at('2026-02-01'), 'RECALCULATE_NOW', { type: 'POINT_EARNED', ...year })).settle('2026-02-10');
    expect([ada.tier(), ada.state.windows]).toEqual(['Basic', new Map()]);
    const bee = somebody(first);
    bee.adjust('2026-01-10', 300, true, 'b');
    bee.adjust('2026-01-11', 120, true, 'a');
    become(bee, revised(first, at('2026-02-01'), 'RECALCULATE_NOW', { type: 'POINT_EARNED', ...year })).settle('2026-02-10');
    expect([...bee.state.windows]).toEqual([['structure', { start: at('2026-01-01'), end: at('2027-01-01'), earned: 120n, days: [] }]]);
  });

  test('with a trailing window let leave it what was earned before, day by day', () => {
    const first = metals();
    const ada = somebody(first);
    ada.adjust('2026-01-05', 400, true);
    ada.adjust('2026-01-10', 100, true);
    become(ada, revised(first, at('2026-02-01'), 'RECALCULATE_NOW', { type: 'POINT_EARNED', ...monthly('IMMEDIATELY', 'TRAILING') })).settle('2026-03-01');
    expect(ada.moves(3)).toEqual(['2026-02-05 DOWNGRADED Silver WINDOW_ROLLED', '2026-02-10 DOWNGRADED Basic WINDOW_ROLLED']);
  });

  test('with a window of months count what was earned as one began in it, and not in the one before', () => {
    const first = metals();
    const ada = somebody(first);
    ada.adjust('2026-01-10', 30, true);
    ada.adjust('2026-02-01', 100, true);
    become(ada, revised(first, at('2026-02-10'), 'RECALCULATE_NOW', { type: 'POINT_EARNED', ...monthly('NEXT_TRACKING_PERIOD') })).settle('2026-03-10');
    expect(ada.moves(2)).toEqual(['2026-02-10 DOWNGRADED Basic REVISION_PUBLISHED', '2026-03-01 UPGRADED Silver WINDOW_ROLLED']);
    expect(ada.transitions.slice(2).map(({ measure }) => Number(measure))).toEqual([30, 100]);
  });
});

test('a state is true until something falls due, and no longer', () => {
  const ada = new Somebody(program({ cards: [expiring(days(10))], structures: [metals()] }));
  ada.earn('2026-01-02', 100);
  const read = (instant: number) => stateAt(ada.state, ada.history, ada.program, instant);
  expect([read(at('2026-01-13') - 1).cards, read(at('2026-01-13') - 1).cards === ada.state.cards]).toEqual([ada.state.cards, true]);
  expect([read(at('2026-01-13')).cards.get('a')?.balance, read(at('2026-01-13')).memberships.get('structure')?.tierId]).toEqual([0n, 'Basic']);
});

import { describe, expect, test } from '@jest/globals';
import type { TierDowngrade, TierExpiration, TierStructure } from '../../src/domain/structures.ts';
import { takesEffectAt } from '../../src/domain/structures.ts';
import type { TransitionReason } from '../../src/domain/tiers.ts';
import { NEVER } from '../../src/domain/time.ts';
import type { JudgementTrace } from '../../src/domain/timeline.ts';
import { measuredWindow, needsReplay, replay, rulesAt, stateAsOf, stateAt } from '../../src/domain/timeline.ts';
import { trackingOf } from '../../src/domain/windows.ts';
import { Somebody, at, card, earnRule, expiring, iso, program } from '../support/people.ts';
import { structure, tier } from '../support/structures.ts';

const METALS = [tier('Basic', 0), tier('Silver', 100), tier('Gold', 500)];
const MULTI_LEVEL: TierDowngrade = { type: 'MULTI_LEVEL', gracePeriod: null };
const days = (value: number) => ({ type: 'ROLLING' as const, period: { value, unit: 'DAY' as const }, rounding: null });

/** A structure on the card `a`, by balance unless it says how points are tracked. */
const metals = (rest: Partial<TierStructure> = {}): TierStructure =>
  structure(METALS, { cardDefinitionId: 'a', downgrade: MULTI_LEVEL, ...(rest.pointEarned == null ? {} : { type: 'POINT_EARNED' }), ...rest });
const monthly = (type: 'IMMEDIATELY' | 'NEXT_TRACKING_PERIOD', window: 'CALENDAR' | 'ANNIVERSARY' | 'TRAILING' = 'CALENDAR') => ({
  pointEarned: { period: { value: 1, unit: 'MONTH' as const }, type, window },
});
const lived = (...structures: TierStructure[]) => program({ structures });
const sliding = {
  period: { value: 30, unit: 'DAY' as const },
  ...{ earningActivity: true, spendingActivity: true, customActivity: true, customActivityTypes: ['visit'] },
};

describe('tiers by balance', () => {
  test('T1, T3: follow every change at once', () => {
    const ada = new Somebody(lived(metals()));
    const transaction = ada.earn('2026-01-02', 100);
    const spend = ada.spend('2026-01-03', 50);
    ada.adjust('2026-01-04', 500);
    ada.adjust('2026-01-05', -100);
    ada.reverse('2026-01-06', spend);
    ada.refund('2026-01-07', transaction);
    expect(ada.moves()).toEqual([
      '2026-01-01 JOINED Basic CUSTOMER_JOINED',
      '2026-01-02 UPGRADED Silver POINTS_EARNED',
      '2026-01-03 DOWNGRADED Basic POINTS_SPENT',
      '2026-01-04 UPGRADED Gold POINTS_ADJUSTED',
      '2026-01-05 DOWNGRADED Silver POINTS_ADJUSTED',
      '2026-01-06 UPGRADED Gold SPEND_REVERSED',
      '2026-01-07 DOWNGRADED Silver POINTS_REFUNDED',
    ]);
    expect(ada.transitions.map(({ measure }) => Number(measure))).toEqual([0, 100, 50, 550, 450, 500, 400]);
  });

  test('transfers change both', () => {
    const [ada, bee] = [new Somebody(lived(metals())), new Somebody(lived(metals()), '2026-01-01', 'bee')];
    ada.earn('2026-01-02', 150);
    ada.give('2026-01-03', bee, 100);
    expect([ada.moves(2), bee.moves(1)]).toEqual([['2026-01-03 DOWNGRADED Basic POINTS_TRANSFERRED'], ['2026-01-03 UPGRADED Silver POINTS_TRANSFERRED']]);
  });

  test('points that expire lower it, at the instant at which they do', () => {
    const ada = new Somebody(program({ cards: [expiring(days(10))], structures: [metals()] }));
    ada.earn('2026-01-02T10:00:00Z', 100);
    expect(iso(ada.state.nextDueAt)).toBe('2026-01-13');
    ada.settle('2026-06-01');
    expect(ada.moves(2)).toEqual(['2026-01-13 DOWNGRADED Basic POINTS_EXPIRED']);
    expect(ada.transitions[2]).toMatchObject({ recordedAt: at('2026-06-01'), late: false });
    expect(ada.state.nextDueAt).toBe(NEVER);
  });

  test('T13: what activates and what expires at one instant is judged once', () => {
    const cards = [card('a', { activation: { type: 'FIXED_DATES', calendarDates: [{ day: 1, month: 1 }] } })];
    const ada = new Somebody(program({ cards, structures: [metals()] }), '2025-12-01');
    ada.adjust('2025-12-01', 60);
    ada.program = program({ cards: [expiring({ type: 'CALENDAR', calendarDates: [{ day: 31, month: 12 }] })], structures: [metals()] });
    ada.adjust('2025-12-01', 30);
    ada.program = program({ cards, structures: [metals()] });
    ada.earn('2025-12-10', 20);
    ada.settle('2026-02-01');
    expect([ada.balance(), ada.moves(1)]).toEqual([80, []]);
    expect(ada.told(3)).toEqual([['ACTIVATION', 20, '2026-01-01'], ['EXPIRATION', -30, '2026-01-01']]);
  });

  test('points that activate raise it', () => {
    const ada = new Somebody(program({ cards: [card('a', { activation: { type: 'PERIOD_BASED', days: 5 } })], structures: [metals()] }));
    ada.earn('2026-01-02', 100);
    expect(ada.moves(1)).toEqual([]);
    ada.settle('2026-01-07');
    expect(ada.moves(1)).toEqual(['2026-01-07 UPGRADED Silver POINTS_ACTIVATED']);
  });

  test('another card counts nothing', () => {
    const ada = new Somebody(program({ cards: [card('a'), card('b')], structures: [metals()], rules: [earnRule('b')] }));
    ada.earn('2026-01-02', 1000);
    expect([ada.tier(), ada.moves(1)]).toEqual(['Basic', []]);
  });

  test('single level goes on by the day', () => {
    const ada = new Somebody(lived(metals({ downgrade: { type: 'SINGLE_LEVEL', gracePeriod: null } })));
    ada.adjust('2026-01-02', 500);
    ada.adjust('2026-01-03T10:00:00Z', -500);
    ada.settle('2026-02-01');
    expect(ada.moves(2)).toEqual(['2026-01-03T10:00:00.000Z DOWNGRADED Silver POINTS_ADJUSTED', '2026-01-04 DOWNGRADED Basic DAY_STARTED']);
  });

  test('T4: a grace ends by itself', () => {
    const ada = new Somebody(lived(metals({ downgrade: { type: 'MULTI_LEVEL', gracePeriod: { value: 1, unit: 'MONTH', roundUp: true } } })));
    ada.adjust('2026-07-20', 500);
    ada.adjust('2026-07-25', -400);
    expect([ada.tier(), iso(ada.state.nextDueAt)]).toEqual(['Gold', '2026-09-01']);
    ada.settle('2026-09-01');
    expect(ada.moves(2)).toEqual(['2026-09-01 DOWNGRADED Silver GRACE_ENDED']);
  });
});

describe('tiers by earned points', () => {
  test('T16: spending does not lower them, nor does expiry', () => {
    const ada = new Somebody(program({ cards: [expiring(days(5))], structures: [metals(monthly('IMMEDIATELY'))] }));
    ada.earn('2026-01-02', 150);
    ada.spend('2026-01-03', 100);
    ada.settle('2026-01-31');
    expect([ada.tier(), ada.balance()]).toEqual(['Silver', 0]);
    ada.settle('2026-02-01');
    expect(ada.moves(2)).toEqual(['2026-02-01 DOWNGRADED Basic WINDOW_ROLLED']);
  });

  test('what counts: earned, awarded and adjusted if it qualifies; not returned, not received', () => {
    const [ada, bee] = [new Somebody(lived(metals(monthly('IMMEDIATELY')))), new Somebody(lived(metals(monthly('IMMEDIATELY'))), '2026-01-01', 'bee')];
    const earned = (somebody: Somebody) => Number(somebody.state.windows.get('structure')?.earned ?? 0n);
    ada.earn('2026-01-02', 60);
    const spend = ada.spend('2026-01-02', 60);
    ada.reverse('2026-01-03', spend);
    ada.adjust('2026-01-03', 100);
    expect(earned(ada)).toBe(60);
    ada.adjust('2026-01-03', 30, true);
    ada.adjust('2026-01-04', -20, true);
    ada.adjust('2026-01-04', -5);
    expect(earned(ada)).toBe(70);
    ada.give('2026-01-05', bee, 165);
    expect([earned(ada), earned(bee)]).toEqual([70, 0]);
  });

  test('T5: at once, or at the start of the next period', () => {
    const both = program({ structures: [metals({ id: 'now', ...monthly('IMMEDIATELY') }), metals({ id: 'then', ...monthly('NEXT_TRACKING_PERIOD') })] });
    const ada = new Somebody(both);
    ada.earn('2026-03-10', 100);
    expect([ada.tier('now'), ada.tier('then')]).toEqual(['Silver', 'Basic']);
    ada.settle('2026-04-01');
    expect([ada.tier('now'), ada.tier('then')]).toEqual(['Basic', 'Silver']);
    expect(ada.moves(3)).toEqual(['2026-04-01 DOWNGRADED Basic WINDOW_ROLLED', '2026-04-01 UPGRADED Silver WINDOW_ROLLED']);
    ada.settle('2026-05-01');
    expect(ada.moves(5)).toEqual(['2026-05-01 DOWNGRADED Basic WINDOW_ROLLED']);
  });

  test('T7: twelve months that end now, or a calendar year', () => {
    const tiers = [tier('Gold', 800)];
    const pointEarned = { period: { value: 12, unit: 'MONTH' as const }, type: 'IMMEDIATELY' as const, window: 'TRAILING' as const };
    const year = { ...pointEarned, period: { value: 1, unit: 'YEAR' as const }, window: 'CALENDAR' as const };
    const ada = new Somebody(lived(metals({ id: 'trailing', tiers, pointEarned }), metals({ id: 'calendar', tiers, pointEarned: year })), '2024-01-01');
    ada.earn('2024-11-10', 500);
    ada.earn('2025-01-10', 300);
    expect([ada.tier('trailing'), ada.tier('calendar')]).toEqual(['Gold', null]);
    ada.settle('2025-12-01');
    expect(ada.moves()).toEqual(['2025-01-10 JOINED Gold POINTS_EARNED', '2025-11-10 LEFT - WINDOW_ROLLED']);
  });

  test('days of a trailing window that add up to nothing leave it all the same', () => {
    const pointEarned = { period: { value: 30, unit: 'DAY' as const }, type: 'IMMEDIATELY' as const, window: 'TRAILING' as const };
    const ada = new Somebody(lived(metals({ pointEarned })));
    ada.adjust('2026-01-02', 100, true);
    ada.adjust('2026-01-05', -100, true);
    expect(iso(ada.state.nextDueAt)).toBe('2026-02-01');
    ada.settle('2026-03-01');
    expect(ada.moves(3)).toEqual(['2026-02-01 LEFT - WINDOW_ROLLED', '2026-02-04 JOINED Basic WINDOW_ROLLED']);
  });

  test('the member’s own year', () => {
    const pointEarned = { period: { value: 1, unit: 'YEAR' as const }, type: 'IMMEDIATELY' as const, window: 'ANNIVERSARY' as const };
    const ada = new Somebody(lived(metals({ pointEarned })), '2024-02-29T10:00:00Z');
    ada.earn('2025-02-27', 100);
    ada.settle('2025-02-28');
    expect(ada.moves(1)).toEqual(['2025-02-27 UPGRADED Silver POINTS_EARNED', '2025-02-28 DOWNGRADED Basic WINDOW_ROLLED']);
  });

  test('T20, T21: a year that was good enough is not forgotten at its own midnight, unless nothing lasts', () => {
    const pointEarned = { period: { value: 1, unit: 'YEAR' as const }, type: 'IMMEDIATELY' as const, window: 'CALENDAR' as const };
    const yearEnd: TierExpiration = { type: 'CALENDAR_EXPIRATION', calendarDates: [{ day: 31, month: 12 }] };
    const tiers = [tier('Gold', 800)];
    const ada = new Somebody(lived(metals({ id: 'T20', tiers, pointEarned, expiration: yearEnd }), metals({ id: 'T21', tiers, pointEarned })));
    ada.earn('2026-05-01', 900);
    ada.earn('2027-05-01', 100);
    ada.settle('2028-02-01');
    expect(ada.transitions.map(({ structureId, type, occurredAt, measure }) => [structureId, type, iso(occurredAt), Number(measure)])).toEqual([
      ['T20', 'JOINED', '2026-05-01', 900],
      ['T21', 'JOINED', '2026-05-01', 900],
      ['T20', 'PROLONGED', '2027-01-01', 900],
      ['T21', 'LEFT', '2027-01-01', 0],
      ['T20', 'LEFT', '2028-01-01', 100],
    ]);
  });

  test('pending points count when they become active, in the window in which they were earned', () => {
    const cards = [card('a', { activation: { type: 'PERIOD_BASED', days: 10 } })];
    const judged = [metals({ id: 'now', ...monthly('IMMEDIATELY') }), metals({ id: 'then', ...monthly('NEXT_TRACKING_PERIOD') })];
    const ada = new Somebody(program({ cards, structures: judged }));
    ada.earn('2026-01-10', 100);
    expect(ada.tier('now')).toBe('Basic');
    ada.settle('2026-01-20');
    expect(ada.tier('now')).toBe('Silver');
    // Active as the period ends: it is the period that has just ended.
    ada.earn('2026-02-19', 100);
    ada.settle('2026-03-01');
    expect(ada.tier('then')).toBe('Silver');
    // Active after the period has ended: too late for it, and of no other.
    ada.earn('2026-03-25', 600);
    ada.settle('2026-06-01');
    expect([ada.tier('now'), ada.tier('then'), ada.balance()]).toEqual(['Basic', 'Basic', 800]);
  });

  test('after a grace, those who wait for the next period are judged by what they earned in it', () => {
    const downgrade: TierDowngrade = { type: 'MULTI_LEVEL', gracePeriod: { value: 10, unit: 'DAY', roundUp: false } };
    const through = (inGrace: number) => {
      const ada = new Somebody(lived(metals({ ...monthly('NEXT_TRACKING_PERIOD'), downgrade })));
      ada.earn('2026-01-10', 500);
      ada.settle('2026-03-01');
      expect([ada.tier(), iso(ada.state.nextDueAt)]).toEqual(['Gold', '2026-03-12']);
      if (inGrace > 0) ada.earn('2026-03-05', inGrace);
      ada.settle('2026-03-12');
      return [ada.tier(), ...ada.moves(2)];
    };
    expect(through(0)).toEqual(['Basic', '2026-03-12 DOWNGRADED Basic GRACE_ENDED']);
    expect(through(100)).toEqual(['Silver', '2026-03-12 DOWNGRADED Silver GRACE_ENDED']);
    expect(through(500)).toEqual(['Gold']);
    expect(through(600)).toEqual(['Gold']);
  });

  test('the explanation of the end of a grace names the period that has begun', () => {
    const downgrade: TierDowngrade = { type: 'MULTI_LEVEL', gracePeriod: { value: 10, unit: 'DAY', roundUp: false } };
    const ada = new Somebody(lived(metals({ ...monthly('NEXT_TRACKING_PERIOD'), downgrade })));
    ada.earn('2026-01-10', 500);
    ada.earn('2026-02-05', 100);
    ada.earn('2026-03-05', 20);
    ada.settle('2026-03-12');
    const told: [string, number, string, string][] = [];
    replay(ada.state, ada.history.facts, ada.program, ada.state.settledAt, ({ at: judgedAt, reason, measure, window }) =>
      told.push([`${iso(judgedAt)} ${reason}`, Number(measure), iso(window?.start ?? 0), iso(window?.end ?? 0)]),
    );
    expect(told).toEqual([
      ['2026-01-01 CUSTOMER_JOINED', 0, '2025-12-01', '2026-01-01'],
      ['2026-02-01 WINDOW_ROLLED', 500, '2026-01-01', '2026-02-01'],
      ['2026-03-01 WINDOW_ROLLED', 100, '2026-02-01', '2026-03-01'],
      ['2026-03-12 GRACE_ENDED', 20, '2026-03-01', '2026-04-01'],
    ]);
  });

  test('whoever left through a gap comes back when a period without points begins', () => {
    const tiers = [tier('Basic', 0, { maxPoints: 9n }), tier('Silver', 100)];
    const ada = new Somebody(lived(metals({ tiers, ...monthly('NEXT_TRACKING_PERIOD') })));
    ada.earn('2026-01-10', 50);
    ada.settle('2026-05-01');
    expect(ada.moves(1)).toEqual(['2026-02-01 LEFT - WINDOW_ROLLED', '2026-03-01 JOINED Basic WINDOW_ROLLED']);
  });

  test('a grace in a gap ends when a period without points begins', () => {
    const tiers = [tier('Basic', 0, { maxPoints: 9n }), tier('Silver', 100)];
    const downgrade: TierDowngrade = { type: 'MULTI_LEVEL', gracePeriod: { value: 3, unit: 'MONTH', roundUp: false } };
    const ada = new Somebody(lived(metals({ tiers, downgrade, ...monthly('NEXT_TRACKING_PERIOD') })));
    ada.earn('2026-01-10', 50);
    ada.settle('2026-02-10');
    expect(iso(ada.state.memberships.get('structure')?.graceEndsAt ?? 0)).toBe('2026-05-02');
    ada.settle('2026-03-01');
    expect([ada.tier(), ada.state.memberships.get('structure')?.graceEndsAt, ada.state.nextDueAt]).toEqual(['Basic', null, NEVER]);
  });

  test('periods without points are looked at only where somebody can fall', () => {
    const due = (rest: Partial<TierStructure>, tierId: string) => {
      const ada = new Somebody(lived(metals({ ...monthly('NEXT_TRACKING_PERIOD'), ...rest })));
      const membership = ada.state.memberships.get('structure');
      if (membership === undefined) throw new Error('Everybody stands somewhere.');
      const held = { ...ada.state, memberships: new Map([['structure', { ...membership, tierId }]]) };
      return iso(replayFrom(held, ada));
    };
    const replayFrom = (state: Somebody['state'], ada: Somebody) => stateAt({ ...state, nextDueAt: 0 }, ada.history, ada.program, at('2026-01-02')).nextDueAt;
    expect(due({}, 'Gold')).toBe('2026-02-01');
    expect(due({}, 'Basic')).toBe('never');
    expect(due({ downgrade: { type: 'NO_DOWNGRADE' } }, 'Gold')).toBe('never');
    expect(due({ expiration: { type: 'SLIDING_EXPIRATION', ...sliding, period: { value: 1, unit: 'YEAR' } } }, 'Gold')).toBe('2027-01-02');
    expect(due({ tiers: [tier('Gold', 500, { noDowngrade: true })] }, 'Gold')).toBe('never');
  });
});

describe('refunds and tiers', () => {
  test('U1: an upgrade that a refund undoes goes down as the structure says', () => {
    const ada = new Somebody(lived(metals(monthly('IMMEDIATELY'))));
    ada.earn('2026-01-02', 60);
    const second = ada.earn('2026-01-03', 50);
    ada.refund('2026-01-04', second);
    expect(ada.moves(1)).toEqual(['2026-01-03 UPGRADED Silver POINTS_EARNED', '2026-01-04 DOWNGRADED Basic POINTS_REFUNDED']);
  });

  test('U2: what was earned at the higher tier keeps its rate', () => {
    const rules = [earnRule('a', { tierMultipliers: [{ tierId: 'Silver', multiplier: '2' }] })];
    const ada = new Somebody(program({ rules, structures: [metals(monthly('IMMEDIATELY'))] }));
    ada.earn('2026-01-02', 60);
    const second = ada.earn('2026-01-03', 50);
    expect(ada.earn('2026-01-03', 100).awards[0]?.points).toBe(200n);
    ada.refund('2026-01-04', second);
    expect([ada.tier(), ada.balance(), Number(ada.state.windows.get('structure')?.earned)]).toEqual(['Silver', 260, 260]);
  });

  test('what is refunded counts less in the window in which it was earned', () => {
    const ada = new Somebody(lived(metals(monthly('IMMEDIATELY'))));
    const january = ada.earn('2026-01-20', 100);
    ada.earn('2026-02-05', 100);
    ada.refund('2026-02-06', january);
    expect([ada.tier(), Number(ada.state.windows.get('structure')?.earned)]).toEqual(['Silver', 100]);
  });

  test('what was spent counts less even if the points cannot be taken', () => {
    const ada = new Somebody(program({ cards: [card('a', { refundPolicy: 'REVOKE_FROM_PENDING' })], structures: [metals(monthly('IMMEDIATELY'))] }));
    const transaction = ada.earn('2026-01-20', 100);
    ada.refund('2026-01-21', transaction);
    expect([ada.tier(), ada.balance()]).toEqual(['Basic', 100]);
  });

  test('pending points that are cancelled never counted', () => {
    const ada = new Somebody(program({ cards: [card('a', { activation: { type: 'PERIOD_BASED', days: 5 } })], structures: [metals(monthly('IMMEDIATELY'))] }));
    const transaction = ada.earn('2026-01-20', 200);
    ada.refund('2026-01-21', transaction, '80.00');
    ada.settle('2026-01-25');
    expect([ada.tier(), Number(ada.state.windows.get('structure')?.earned)]).toEqual(['Silver', 120]);
  });
});

describe('entry awards', () => {
  const awarding = (points: number, cardDefinitionId: string | null = null) => ({ entryAward: { points: BigInt(points), cardDefinitionId } });
  const rising = [tier('Basic', 0), tier('Silver', 100, awarding(50)), tier('Gold', 500, awarding(70))];

  test('are given with the tier, once', () => {
    const ada = new Somebody(lived(metals({ tiers: rising })));
    ada.earn('2026-01-02', 100);
    expect(ada.told()).toEqual([['EARN', 100, '2026-01-02'], ['ENTRY_AWARD', 50, '2026-01-02']]);
    expect(ada.entries[1]).toMatchObject({ tierId: 'Silver', transactionId: null, operationId: null, earnRuleVersionId: null, balanceAfter: 150n });
    ada.spend('2026-01-03', 100);
    ada.earn('2026-01-04', 100);
    expect([ada.tier(), ada.balance(), ada.entries.filter(({ type }) => type === 'ENTRY_AWARD')]).toMatchObject(['Silver', 150, [{}]]);
  });

  test('of the reached tier only, or of all that were passed', () => {
    const awarded = (entryAwardScope: TierStructure['entryAwardScope']) => {
      const ada = new Somebody(lived(metals({ tiers: rising, entryAwardScope })));
      ada.earn('2026-01-02', 500);
      return ada.entries.filter(({ type }) => type === 'ENTRY_AWARD').map(({ tierId }) => tierId);
    };
    expect([awarded('REACHED'), awarded('ALL_PASSED')]).toEqual([['Gold'], ['Silver', 'Gold']]);
  });

  test('of all that were passed, above the tier that was held', () => {
    const tiers = [tier('Basic', 0, awarding(1)), tier('Silver', 100, awarding(2)), tier('Gold', 500, awarding(3)), tier('Platinum', 1000, awarding(4))];
    const ada = new Somebody(lived(metals({ tiers, entryAwardScope: 'ALL_PASSED' })));
    ada.adjust('2026-01-02', 100);
    ada.adjust('2026-01-03', 900);
    expect(ada.told()).toEqual([
      ['ENTRY_AWARD', 1, '2026-01-01'],
      ['ADJUSTMENT', 100, '2026-01-02'],
      ['ENTRY_AWARD', 2, '2026-01-02'],
      ['ADJUSTMENT', 900, '2026-01-03'],
      ['ENTRY_AWARD', 3, '2026-01-03'],
      ['ENTRY_AWARD', 4, '2026-01-03'],
    ]);
  });

  test('may lift whoever gets them, on the same card or on another, and lower nobody', () => {
    const tiers = [tier('Basic', 0), tier('Silver', 100, awarding(400)), tier('Gold', 500, awarding(30, 'b'))];
    const other = structure([tier('Low', 0, { maxPoints: 9n }), tier('High', 30)], { id: 'other', cardDefinitionId: 'b', downgrade: MULTI_LEVEL });
    const ada = new Somebody(program({ cards: [card('a'), card('b')], structures: [metals({ tiers }), other], rules: [earnRule('a')] }));
    ada.earn('2026-01-02', 100);
    expect(ada.moves(2)).toEqual([
      '2026-01-02 UPGRADED Silver POINTS_EARNED',
      '2026-01-02 UPGRADED Gold ENTRY_AWARDED',
      '2026-01-02 UPGRADED High ENTRY_AWARDED',
    ]);
    const gap = structure([tier('Low', 0, { maxPoints: 9n, ...awarding(20) }), tier('High', 30)], { id: 'other', cardDefinitionId: 'a', downgrade: MULTI_LEVEL });
    const bee = new Somebody(lived(gap), '2026-01-01', 'bee');
    expect([bee.tier('other'), bee.balance()]).toEqual(['Low', 20]);
    bee.spend('2026-01-02', 1);
    expect(bee.tier('other')).toBeNull();
  });

  test('count as earned, and those who wait for the next period wait with them', () => {
    const tiers = [tier('Basic', 0, awarding(100)), tier('Silver', 100)];
    const ada = new Somebody(lived(metals({ tiers, id: 'now', ...monthly('IMMEDIATELY') }), metals({ id: 'then', ...monthly('NEXT_TRACKING_PERIOD') })));
    expect([ada.tier('now'), ada.tier('then')]).toEqual(['Silver', 'Basic']);
    ada.settle('2026-02-01');
    expect(ada.tier('then')).toBe('Silver');
  });

  test('expire as the tier says, else as the card says, and slide with what slides', () => {
    const awarded = (expiration: Parameters<typeof expiring>[0], own: Partial<Parameters<typeof tier>[2]> = {}) =>
      new Somebody(program({ cards: [expiring(expiration)], structures: [metals({ tiers: [tier('Basic', 0, { ...awarding(10), ...own })] })] })).lots();
    expect(awarded(days(10))).toEqual([['2026-01-12', 10]]);
    expect(awarded(days(10), { pointExpiration: days(20) })).toEqual([['2026-01-22', 10]]);
    expect(awarded({ type: 'SLIDING', ...sliding })).toEqual([['2026-02-01', 10]]);
    const ada = new Somebody(program({ cards: [expiring({ type: 'SLIDING', ...sliding })], structures: [metals({ tiers: rising })] }));
    ada.earn('2026-01-02', 100);
    ada.visit('2026-01-12');
    expect(ada.lots()).toEqual([['2026-02-12', 150]]);
  });

  test('without a card there is none', () => {
    expect(new Somebody(lived(metals({ tiers: [tier('Basic', 0, awarding(10))], cardDefinitionId: null }))).entries).toEqual([]);
  });

  describe('when a refund undoes the upgrade', () => {
    const refunded = (rest: Partial<TierStructure>, refundPolicy: 'REVOKE_TO_ZERO' | 'REVOKE_BELOW_ZERO' = 'REVOKE_TO_ZERO', spent = 0) => {
      const ada = new Somebody(program({ cards: [card('a', { refundPolicy })], structures: [metals({ tiers: rising, ...rest })] }));
      const transaction = ada.earn('2026-01-02', 100);
      if (spent > 0) ada.spend('2026-01-03', spent);
      ada.refund('2026-01-04', transaction);
      return { ada, taken: ada.entries.filter(({ type }) => type === 'ENTRY_AWARD_CLAWBACK').map(({ points, tierId }) => [Number(points), tierId]) };
    };

    test('are kept, or taken back', () => {
      expect(refunded({}).ada.balance()).toBe(50);
      const { ada, taken } = refunded({ entryAwardOnRefund: 'CLAWBACK' });
      expect([ada.balance(), taken, ada.tier()]).toEqual([0, [[-50, 'Silver']], 'Basic']);
      expect(ada.state.memberships.get('structure')?.entryAwards).toEqual([]);
      expect(ada.entries.at(-1)).toMatchObject({ operationId: ada.history.facts.at(-1)?.id, transactionId: null });
    });

    test('are taken back as far as the card allows', () => {
      const short = refunded({ entryAwardOnRefund: 'CLAWBACK' }, 'REVOKE_TO_ZERO', 120);
      expect([short.ada.balance(), short.taken]).toEqual([0, []]);
      const owed = refunded({ entryAwardOnRefund: 'CLAWBACK' }, 'REVOKE_BELOW_ZERO', 120);
      expect([owed.ada.balance(), owed.taken]).toEqual([-120, [[-50, 'Silver']]]);
    });

    test('are taken back once', () => {
      const { ada } = refunded({ entryAwardOnRefund: 'CLAWBACK' });
      const again = ada.earn('2026-01-05', 40);
      ada.refund('2026-01-06', again);
      expect(ada.entries.filter(({ type }) => type === 'ENTRY_AWARD_CLAWBACK')).toHaveLength(1);
      ada.earn('2026-01-07', 100);
      expect([ada.balance(), ada.tier()]).toEqual([150, 'Silver']);
    });

    test('are kept if the tier would have been reached all the same, or was reached before', () => {
      const ada = new Somebody(lived(metals({ tiers: rising, entryAwardOnRefund: 'CLAWBACK' })));
      const first = ada.earn('2026-01-02', 100);
      const second = ada.earn('2026-01-03', 100);
      ada.refund('2026-01-04', second);
      ada.earn('2026-01-05', 30);
      ada.refund('2026-01-06', first, '30.00');
      expect([ada.balance(), ada.entries.filter(({ type }) => type === 'ENTRY_AWARD_CLAWBACK')]).toEqual([150, []]);
    });

    test('are kept if the balance had reached the tier without what is refunded, whatever became of it since', () => {
      const ada = new Somebody(lived(metals({ tiers: rising, entryAwardOnRefund: 'CLAWBACK' })));
      const transaction = ada.earn('2026-01-02', 200);
      ada.spend('2026-01-03', 190);
      ada.refund('2026-01-04', transaction, '1.00');
      expect([ada.balance(), ada.tier(), ada.entries.filter(({ type }) => type === 'ENTRY_AWARD_CLAWBACK')]).toEqual([59, 'Basic', []]);
      ada.refund('2026-01-05', transaction, '99.00');
      expect(ada.entries.filter(({ type }) => type === 'ENTRY_AWARD_CLAWBACK')).toEqual([]);
      ada.refund('2026-01-06', transaction, '1.00');
      expect(ada.entries.filter(({ type }) => type === 'ENTRY_AWARD_CLAWBACK')).toHaveLength(0);
    });

    test('are kept whatever was refunded before they were given', () => {
      const ada = new Somebody(lived(metals({ tiers: rising, entryAwardOnRefund: 'CLAWBACK' })));
      ada.refund('2026-01-03', ada.earn('2026-01-02', 90), '50.00');
      const transaction = ada.earn('2026-01-04', 80);
      expect([ada.tier(), ada.balance()]).toEqual(['Silver', 170]);
      ada.spend('2026-01-05', 150);
      ada.refund('2026-01-06', transaction, '20.00');
      expect(ada.entries.filter(({ type }) => type === 'ENTRY_AWARD_CLAWBACK')).toEqual([]);
      ada.refund('2026-01-07', transaction, '1.00');
      expect(ada.entries.filter(({ type }) => type === 'ENTRY_AWARD_CLAWBACK')).toHaveLength(0);
      expect(ada.state.memberships.get('structure')?.entryAwards.map(({ undone }) => undone)).toEqual([true]);
    });

    test('are taken back if it had not, although points came in since and were spent', () => {
      const ada = new Somebody(lived(metals({ tiers: rising, entryAwardOnRefund: 'CLAWBACK' })));
      const transaction = ada.earn('2026-01-02', 100);
      ada.adjust('2026-01-03', 40);
      ada.refund('2026-01-04', transaction, '1.00');
      expect(ada.entries.filter(({ type }) => type === 'ENTRY_AWARD_CLAWBACK')).toEqual([]);
      ada.spend('2026-01-05', 100);
      ada.refund('2026-01-06', transaction, '1.00');
      expect([ada.balance(), ada.entries.filter(({ type }) => type === 'ENTRY_AWARD_CLAWBACK').map(({ points }) => Number(points))]).toEqual([38, [-50]]);
    });

    test('an award that stands counts towards those that came after it', () => {
      const tiers = [tier('Basic', 0), tier('Silver', 100, awarding(50)), tier('Gold', 160, awarding(5))];
      for (const rest of [{}, monthly('IMMEDIATELY')]) {
        const ada = new Somebody(lived(metals({ tiers, entryAwardOnRefund: 'CLAWBACK', ...rest })));
        const transaction = ada.earn('2026-01-02', 120);
        expect(ada.tier()).toBe('Gold');
        ada.refund('2026-01-03', transaction, '10.00');
        expect([ada.tier(), ada.balance()]).toEqual(['Gold', 165]);
        ada.refund('2026-01-04', transaction, '1.00');
        expect([ada.tier(), ada.balance()]).toEqual(['Silver', 159]);
        ada.refund('2026-01-05', transaction, '10.00');
        expect([ada.tier(), ada.balance()]).toEqual(['Basic', 99]);
      }
    });

    test('are not given again if not all of it was there to be taken back', () => {
      const { ada } = refunded({ entryAwardOnRefund: 'CLAWBACK' }, 'REVOKE_TO_ZERO', 140);
      expect([ada.balance(), ada.state.memberships.get('structure')?.entryAwards.map(({ tierId, undone }) => [tierId, undone])]).toEqual([0, [['Silver', true]]]);
      const again = ada.earn('2026-01-05', 100);
      expect([ada.balance(), ada.tier()]).toEqual([100, 'Silver']);
      ada.refund('2026-01-06', again);
      expect([ada.balance(), ada.entries.filter(({ type }) => type === 'ENTRY_AWARD').length]).toEqual([0, 1]);
    });

    test('no award is a reason for itself', () => {
      const tiers = [tier('Basic', 0), tier('Silver', 100, awarding(150))];
      expect(refunded({ tiers, entryAwardOnRefund: 'CLAWBACK' }).ada.balance()).toBe(0);
    });

    test('what counted then decides, also after the window has rolled', () => {
      const through = (also: number, type: 'IMMEDIATELY' | 'NEXT_TRACKING_PERIOD', window: 'CALENDAR' | 'TRAILING' = 'CALENDAR') => {
        const ada = new Somebody(lived(metals({ tiers: rising, entryAwardOnRefund: 'CLAWBACK', ...monthly(type, window) })));
        const transaction = ada.earn('2026-01-10', 100);
        if (also > 0) ada.earn('2026-01-09', also, { told: '2026-01-20' });
        ada.settle('2026-02-20');
        ada.refund('2026-02-21', transaction);
        return ada.entries.filter(({ type: entry }) => entry === 'ENTRY_AWARD_CLAWBACK').length;
      };
      expect([through(0, 'IMMEDIATELY'), through(99, 'IMMEDIATELY'), through(100, 'IMMEDIATELY')]).toEqual([1, 1, 0]);
      expect([through(0, 'NEXT_TRACKING_PERIOD'), through(99, 'NEXT_TRACKING_PERIOD'), through(100, 'NEXT_TRACKING_PERIOD')]).toEqual([1, 1, 0]);
      expect([through(0, 'IMMEDIATELY', 'TRAILING'), through(99, 'IMMEDIATELY', 'TRAILING'), through(100, 'IMMEDIATELY', 'TRAILING')]).toEqual([1, 1, 0]);
    });

    test('of structures on other cards only what rested on them is taken', () => {
      const cards = [card('a'), card('b')];
      const onB = (id: string) => structure([tier(`Low ${id}`, 0), tier(`High ${id}`, 30, awarding(5))], { id, cardDefinitionId: 'b', downgrade: MULTI_LEVEL, entryAwardOnRefund: 'CLAWBACK' });
      const lifting = metals({ tiers: [tier('Basic', 0), tier('Silver', 100, awarding(30, 'b'))], entryAwardOnRefund: 'CLAWBACK' });
      const ada = new Somebody(program({ cards, structures: [onB('first'), lifting], rules: [earnRule('a')] }));
      const transaction = ada.earn('2026-01-02', 100);
      expect([ada.balance('b'), ada.tier('first')]).toEqual([35, 'High first']);
      ada.refund('2026-01-03', transaction);
      expect([ada.balance('b'), ada.tier('first')]).toEqual([0, 'Low first']);
      const bee = new Somebody(program({ cards, structures: [onB('first')], rules: [earnRule('a')] }), '2026-01-01', 'bee');
      bee.adjust('2026-01-02', 100, false, 'b');
      bee.adjust('2026-01-03', -90, false, 'b');
      const other = bee.earn('2026-01-01', 50, { told: '2026-01-04' });
      bee.refund('2026-01-05', other);
      expect(bee.balance('b')).toBe(15);
    });
  });
});

describe('what slides', () => {
  const cards = [expiring({ type: 'SLIDING', ...sliding }), card('b', { expiration: { type: 'SLIDING', ...sliding } })];

  test('on a card: earning and spending on it, and what the customer does', () => {
    const ada = new Somebody(program({ cards, rules: [earnRule('a')] }));
    ada.earn('2026-03-01', 100);
    ada.earn('2026-03-05', 10);
    expect(ada.lots()).toEqual([['2026-04-05', 110]]);
    ada.spend('2026-03-10', 10);
    expect(ada.lots()).toEqual([['2026-04-10', 100]]);
    ada.visit('2026-03-12', 'review');
    ada.adjust('2026-03-13', 5);
    ada.adjust('2026-03-13', 5, false, 'b');
    expect([ada.lots('a'), ada.lots('b')]).toEqual([[['2026-04-10', 105]], [['2026-04-13', 5]]]);
    ada.spend('2026-03-14', 5, 'b');
    ada.visit('2026-03-20');
    expect([ada.lots('a'), ada.lots('b'), ada.state.cards.get('b')?.slidingExpiresAt]).toEqual([[['2026-04-20', 105]], [], at('2026-04-20')]);
    ada.settle('2026-04-20');
    expect(ada.balance()).toBe(0);
  });

  test('only what is chosen', () => {
    const spending = { type: 'SLIDING' as const, ...sliding, earningActivity: false, customActivity: false, customActivityTypes: [] };
    const ada = new Somebody(program({ cards: [expiring(spending)] }));
    ada.earn('2026-03-01', 100);
    ada.earn('2026-03-05', 100);
    ada.visit('2026-03-06');
    expect(ada.lots()).toEqual([['2026-04-01', 200]]);
    ada.spend('2026-03-07', 100);
    expect(ada.lots()).toEqual([['2026-04-07', 100]]);
    // After they have expired, new ones begin anew.
    ada.earn('2026-04-07', 10);
    expect(ada.lots()).toEqual([['2026-05-08', 10]]);
  });

  test('a refund takes what is there, whatever has slid and expired before', () => {
    const ada = new Somebody(program({ cards, rules: [earnRule('a')] }));
    const old = ada.earn('2026-01-01', 100);
    ada.settle('2026-02-15');
    const transaction = ada.earn('2026-03-01', 100);
    expect(ada.entries.map(({ type, points }) => [type, Number(points)])).toEqual([['EARN', 100], ['EXPIRATION', -100], ['EARN', 100]]);
    ada.refund('2026-03-02', transaction, '60.00');
    expect([ada.balance(), ada.told(3)]).toEqual([40, [['REFUND', -60, '2026-03-02']]]);
    // Of these nothing is left to take, and what slides now is not theirs.
    ada.refund('2026-03-03', old);
    expect([ada.balance(), ada.entries.length]).toEqual([40, 4]);
    ada.settle('2026-05-01');
    ada.refund('2026-05-02', transaction, '40.00');
    expect(ada.told(4)).toEqual([['EXPIRATION', -40, '2026-04-01']]);
  });

  test('what comes back of a spend ends with those with which it slid', () => {
    const ada = new Somebody(program({ cards, rules: [earnRule('a')] }));
    const first = ada.earn('2026-01-01', 100);
    const spend = ada.spend('2026-01-02', 40);
    const second = ada.earn('2026-03-01', 100);
    ada.settle('2026-04-10');
    ada.earn('2026-05-01', 100);
    ada.reverse('2026-05-02', spend);
    expect([ada.balance(), ada.told(5)]).toEqual([100, [['EARN', 100, '2026-05-01'], ['SPEND_REVERSAL', 40, '2026-05-02'], ['EXPIRATION', -40, '2026-05-02']]]);
    for (const transaction of [first, second]) ada.refund('2026-05-03', transaction);
    expect([ada.balance(), ada.entries.length]).toEqual([100, 8]);
  });

  test('points that are passed on keep their end, unless others slide where they come', () => {
    const joined = program({ cards, rules: [earnRule('a')] });
    const [ada, bee] = [new Somebody(joined), new Somebody(joined, '2026-01-01', 'bee')];
    ada.earn('2026-03-01', 100);
    ada.give('2026-03-20', bee, 60);
    expect([ada.lots(), bee.lots()]).toEqual([[['2026-04-01', 40]], [['2026-04-01', 60]]]);
    bee.give('2026-03-25', ada, 10);
    expect([ada.lots(), bee.lots()]).toEqual([[['2026-04-01', 50]], [['2026-04-01', 50]]]);
    bee.visit('2026-03-26');
    ada.give('2026-03-27', bee, 5);
    expect(bee.lots()).toEqual([['2026-04-26', 55]]);
  });

  test('points that were pending begin to slide when they are active', () => {
    const ada = new Somebody(program({ cards: [expiring({ type: 'SLIDING', ...sliding }, { activation: { type: 'PERIOD_BASED', days: 10 } })] }));
    ada.earn('2026-03-01', 100);
    ada.settle('2026-03-11');
    expect(ada.lots()).toEqual([['2026-04-11', 100]]);
    expect(ada.entries[1]).toMatchObject({ type: 'ACTIVATION', expiresAt: at('2026-04-11'), sliding: true });
  });

  test('the validity of a tier, by what is done on its card', () => {
    const judged = metals({ expiration: { type: 'SLIDING_EXPIRATION', ...sliding } });
    const ada = new Somebody(program({ cards: [card('a'), card('b')], structures: [judged], rules: [earnRule('a', { condition: "transaction.location == 'a'" }, 'one'), earnRule('b', {}, 'two')] }));
    const ends = () => iso(ada.state.memberships.get('structure')?.expiresAt ?? 0);
    expect(ends()).toBe('2026-02-01');
    ada.earn('2026-01-05', 10);
    ada.spend('2026-01-06', 5, 'b');
    ada.visit('2026-01-06', 'review');
    expect(ends()).toBe('2026-02-01');
    ada.earn('2026-01-07', 10, { location: 'a' });
    expect(ends()).toBe('2026-02-07');
    ada.spend('2026-01-08', 5, 'a');
    expect(ends()).toBe('2026-02-08');
    ada.visit('2026-01-09');
    expect(ends()).toBe('2026-02-09');
    ada.settle('2026-02-09');
    expect(ada.moves(1)).toEqual(['2026-02-09 PROLONGED Basic TIER_EXPIRED']);
  });
});

const start = at('2026-01-01');

describe('structures that come and go', () => {

  test('nothing is judged while a structure is paused; it is when it goes on', () => {
    const judged = metals({ activePeriods: [{ start, end: at('2026-02-01') }, { start: at('2026-03-01'), end: NEVER }] });
    const ada = new Somebody(program({ cards: [expiring(days(40))], structures: [judged] }));
    ada.earn('2026-01-10', 500);
    ada.spend('2026-02-10', 450);
    expect(ada.tier()).toBe('Gold');
    ada.settle('2026-04-01');
    expect(ada.moves(1)).toEqual(['2026-01-10 UPGRADED Gold POINTS_EARNED', '2026-03-01 DOWNGRADED Basic STRUCTURE_ACTIVATED']);
  });

  test('multipliers of a structure that is paused do not apply', () => {
    const judged = metals({ activePeriods: [{ start, end: at('2026-02-01') }] });
    const rules = [earnRule('a', { tierMultipliers: [{ tierId: 'Basic', multiplier: '2' }] })];
    const ada = new Somebody(program({ structures: [judged], rules }));
    expect([ada.earn('2026-01-10', 10), ada.earn('2026-02-10', 10)].map(({ awards }) => awards[0]?.points)).toEqual([20n, 10n]);
  });

  test('a structure that comes later looks back', () => {
    const ada = new Somebody(program());
    ada.earn('2026-01-10', 500);
    const judged = metals({ activePeriods: [{ start: at('2026-01-20'), end: NEVER }], ...monthly('IMMEDIATELY') });
    ada.program = program({ structures: [judged], structuresChangedAt: at('2026-01-20') });
    expect([needsReplay(ada.state, ada.program), needsReplay({ settledAt: at('2026-01-20') }, ada.program), needsReplay({ settledAt: at('2026-01-20') + 1 }, ada.program)]).toEqual([true, true, false]);
    ada.settle('2026-02-10');
    expect(ada.moves()).toEqual(['2026-01-20 JOINED Gold STRUCTURE_ACTIVATED', '2026-02-01 DOWNGRADED Basic WINDOW_ROLLED']);
    expect(ada.transitions.every(({ late }) => !late)).toBe(true);
  });

  test('a structure that begins in the future begins by itself', () => {
    const ada = new Somebody(lived(metals({ activePeriods: [{ start: at('2026-02-01'), end: NEVER }] })));
    expect([ada.tier(), iso(ada.state.nextDueAt)]).toEqual([null, '2026-02-01']);
    ada.settle('2026-03-01');
    expect(ada.moves()).toEqual(['2026-02-01 JOINED Basic STRUCTURE_ACTIVATED']);
  });

  test('a structure that was paused at the instant at which it came into force goes on as if it had not been', () => {
    const daily = metals({ tiers: [tier('Basic', 0)], expiration: { type: 'ROLLING_EXPIRATION', period: { value: 1, unit: 'DAY' } }, activePeriods: [{ start, end: start }, { start, end: NEVER }] });
    const ada = new Somebody(lived(daily), '2026-01-02');
    ada.settle('2026-01-06');
    expect(ada.moves()).toEqual([
      '2026-01-02 JOINED Basic CUSTOMER_JOINED',
      '2026-01-04 PROLONGED Basic TIER_EXPIRED',
      '2026-01-05 PROLONGED Basic TIER_EXPIRED',
      '2026-01-06 PROLONGED Basic TIER_EXPIRED',
    ]);
  });
});

describe('a revision', () => {
  const revisedTo = (tiers: TierStructure['tiers'], rollout: TierStructure['revision']['rollout'], rest: Partial<TierStructure> = {}) => {
    const first = metals({ expiration: { type: 'ROLLING_EXPIRATION', period: { value: 1, unit: 'YEAR' } } });
    const ada = new Somebody(lived(first));
    ada.adjust('2026-01-10', 300, true);
    const second = metals({
      ...first,
      ...rest,
      tiers,
      revision: { number: 2, effectiveAt: at('2026-02-01'), rollout },
      formerRevisions: [{ ...first, ...first.revision }],
    });
    ada.program = program({ structures: [second], structuresChangedAt: at('2026-02-01') });
    ada.settle('2026-02-10');
    return ada;
  };
  const harder = [tier('Basic', 0), tier('Silver', 400), tier('Gold', 900)];
  const easier = [tier('Basic', 0), tier('Silver', 50), tier('Gold', 200)];

  test.each([
    ['NEXT_JUDGEMENT', harder, []],
    ['NEXT_JUDGEMENT', easier, []],
    ['UPGRADE_ONLY', harder, []],
    ['UPGRADE_ONLY', easier, ['2026-02-01 UPGRADED Gold REVISION_PUBLISHED']],
    ['RECALCULATE_NOW', harder, ['2026-02-01 DOWNGRADED Basic REVISION_PUBLISHED']],
    ['RECALCULATE_NOW', easier, ['2026-02-01 UPGRADED Gold REVISION_PUBLISHED']],
  ] as const)('%s', (rollout, tiers, expected) => {
    const ada = revisedTo(tiers, rollout);
    expect(ada.moves(2)).toEqual(expected);
    ada.earn('2026-02-11', 1);
    expect(ada.moves(2 + expected.length)).toEqual(rollout === 'NEXT_JUDGEMENT' && tiers === easier ? ['2026-02-11 UPGRADED Gold POINTS_EARNED'] : []);
  });

  test.each([
    [[tier('Basic', 0), tier('New', 250)], '2026-02-01 UPGRADED New REVISION_PUBLISHED'],
    [[tier('Basic', 0), tier('New', 900)], '2026-02-01 DOWNGRADED Basic REVISION_PUBLISHED'],
    [[tier('New', 900)], '2026-02-01 LEFT - REVISION_PUBLISHED'],
  ])('that leaves the tier out judges whoever holds it (%#)', (tiers, expected) => {
    expect(revisedTo(tiers, 'NEXT_JUDGEMENT').moves(2)).toEqual([expected]);
  });

  test('with another window counts again', () => {
    const ada = revisedTo([tier('Basic', 0), tier('Silver', 100)], 'RECALCULATE_NOW', { type: 'POINT_EARNED', ...monthly('IMMEDIATELY') });
    expect([ada.moves(2), Number(ada.state.windows.get('structure')?.earned)]).toEqual([['2026-02-01 DOWNGRADED Basic REVISION_PUBLISHED'], 0]);
    const year = { pointEarned: { period: { value: 1, unit: 'YEAR' as const }, type: 'IMMEDIATELY' as const, window: 'CALENDAR' as const } };
    const bee = revisedTo([tier('Basic', 0), tier('Silver', 100)], 'RECALCULATE_NOW', { type: 'POINT_EARNED', ...year });
    expect([bee.moves(2), Number(bee.state.windows.get('structure')?.earned)]).toEqual([[], 300]);
    const waiting = revisedTo([tier('Basic', 0), tier('Silver', 100), tier('Gold', 300)], 'RECALCULATE_NOW', { type: 'POINT_EARNED', ...monthly('NEXT_TRACKING_PERIOD') });
    expect(waiting.moves(2)).toEqual(['2026-02-01 UPGRADED Gold REVISION_PUBLISHED']);
  });

  test.each<[string, TierExpiration, string, string]>([
    ['rolling, from when the tier was reached', { type: 'ROLLING_EXPIRATION', period: { value: 3, unit: 'MONTH' } }, '2026-04-11', '2026-04-11'],
    ['rolling, in a term that is not over yet', { type: 'ROLLING_EXPIRATION', period: { value: 10, unit: 'DAY' } }, '2026-02-10', '2026-02-10'],
    ['by the calendar', { type: 'CALENDAR_EXPIRATION', calendarDates: [{ day: 31, month: 3 }] }, '2026-04-01', '2026-04-01'],
    ['sliding, from now', { type: 'SLIDING_EXPIRATION', ...sliding }, '2026-03-04', '2026-03-04'],
  ])('by which tiers end that did not: %s', (_, expiration, endsAt, downAt) => {
    const first = metals();
    for (const rollout of ['NEXT_JUDGEMENT', 'RECALCULATE_NOW', 'UPGRADE_ONLY'] as const) {
      const ada = new Somebody(lived(first));
      ada.adjust('2026-01-10', 300);
      const revision = { number: 2, effectiveAt: at('2026-02-01'), rollout };
      ada.program = program({ structures: [metals({ ...first, expiration, revision, formerRevisions: [{ ...first, ...first.revision }] })], structuresChangedAt: at('2026-02-01') });
      ada.settle('2026-02-01T12:00:00Z');
      expect([iso(ada.state.memberships.get('structure')!.expiresAt), ada.moves(2)]).toEqual([endsAt, []]);
      ada.adjust('2026-02-02', -250);
      expect(ada.tier()).toBe('Silver');
      ada.settle('2026-06-01');
      expect(ada.moves(2)[0]).toBe(`${downAt} DOWNGRADED Basic TIER_EXPIRED`);
    }
  });

  test('by which tiers do not end any more: they are judged at every change', () => {
    const first = metals({ expiration: { type: 'ROLLING_EXPIRATION', period: { value: 1, unit: 'MONTH' } } });
    const ada = new Somebody(lived(first));
    ada.adjust('2026-01-10', 300);
    const revision = { number: 2, effectiveAt: at('2026-01-20'), rollout: 'NEXT_JUDGEMENT' as const };
    const second = metals({ formerRevisions: [{ ...first, ...first.revision }], revision });
    ada.program = program({ structures: [second], structuresChangedAt: at('2026-01-20') });
    ada.settle('2026-01-21');
    expect([ada.state.memberships.get('structure')?.expiresAt, ada.moves(2)]).toEqual([NEVER, []]);
    ada.settle('2026-03-01');
    ada.adjust('2026-03-02', -250);
    expect(ada.moves(2)).toEqual(['2026-03-02 DOWNGRADED Basic POINTS_ADJUSTED']);
  });

  test('of those who wait for the next tracking period counts the period that ended, whatever was earned since', () => {
    const monthlyTiers = (tiers: TierStructure['tiers']) => metals({ tiers, type: 'POINT_EARNED', ...monthly('NEXT_TRACKING_PERIOD') });
    const first = monthlyTiers([tier('Basic', 0), tier('Silver', 100), tier('Gold', 300)]);
    const ada = new Somebody(lived(first));
    ada.earn('2026-01-10', 300);
    ada.earn('2026-02-05', 10);
    expect(ada.tier()).toBe('Gold');
    const second = {
      ...monthlyTiers([tier('Basic', 0), tier('Silver', 100), tier('Gold', 301)]),
      revision: { number: 2, effectiveAt: at('2026-02-10'), rollout: 'RECALCULATE_NOW' as const },
      formerRevisions: [{ ...first, ...first.revision }],
    };
    ada.program = program({ structures: [second], structuresChangedAt: at('2026-02-10') });
    ada.settle('2026-02-11');
    expect(ada.moves(2)).toEqual(['2026-02-10 DOWNGRADED Silver REVISION_PUBLISHED']);
    ada.settle('2026-03-01');
    expect(ada.moves(3)).toEqual(['2026-03-01 DOWNGRADED Basic WINDOW_ROLLED']);
  });

  test.each([['tiers that are harder to reach', harder], ['a tier left out', [tier('Basic', 0)]]])('leaves its own instant as it was judged: %s', (_, tiers) => {
    const noon = '2026-02-01T12:00:00.000Z';
    const first = metals();
    const ada = new Somebody(lived(first));
    ada.earn(noon, 300);
    const revision = { number: 2, effectiveAt: takesEffectAt(at(noon), at(noon)), rollout: 'NEXT_JUDGEMENT' as const };
    const second = metals({ ...first, tiers, revision, formerRevisions: [{ ...first, ...first.revision }] });
    ada.program = program({ structures: [second], structuresChangedAt: takesEffectAt(at(noon), at(noon)) });
    ada.settle(noon);
    expect(ada.moves(1)).toEqual([`${noon} UPGRADED Silver POINTS_EARNED`]);
    ada.earn('2026-02-01T12:00:00.001Z', 1);
    expect(ada.moves(2)).toEqual([`2026-02-01T12:00:00.001Z DOWNGRADED Basic ${tiers === harder ? 'POINTS_EARNED' : 'REVISION_PUBLISHED'}`]);
  });

  test('a pause leaves its own instant as it was judged', () => {
    const noon = '2026-02-01T12:00:00.000Z';
    const ada = new Somebody(lived(metals()));
    ada.earn(noon, 300);
    const paused = metals({ activePeriods: [{ start, end: takesEffectAt(at(noon), at(noon)) }] });
    ada.program = program({ structures: [paused], structuresChangedAt: takesEffectAt(at(noon), at(noon)) });
    ada.settle('2026-02-02');
    expect([ada.tier(), ada.moves(1)]).toEqual(['Silver', [`${noon} UPGRADED Silver POINTS_EARNED`]]);
  });

  test('the rules in force at an instant', () => {
    const { program: revised } = revisedTo(harder, 'NEXT_JUDGEMENT');
    const [judged] = revised.structures;
    expect(['2025-01-01', '2026-01-31T23:59:59.999Z', '2026-02-01', '2027-01-01'].map((instant) => rulesAt(judged!, at(instant)).number)).toEqual([1, 1, 2, 2]);
  });
});

describe('reading', () => {
  test('an instant ahead changes nothing, and says what will be settled', () => {
    const ada = new Somebody(program({ cards: [expiring(days(10))], structures: [metals()] }));
    ada.earn('2026-01-02', 100);
    const { state } = ada;
    const near = stateAt(state, ada.history, ada.program, at('2026-01-05'));
    expect(near).toEqual({ ...state, settledAt: at('2026-01-05') });
    expect(stateAt(state, ada.history, ada.program, at('2025-06-01'))).toEqual(state);
    const far = stateAt(state, ada.history, ada.program, at('2026-02-05'));
    expect([far.cards.get('a')?.balance, far.memberships.get('structure')?.tierId]).toEqual([0n, 'Basic']);
    expect(ada.state).toBe(state);
    ada.settle('2026-02-05');
    expect({ ...ada.state, cards: null }).toEqual({ ...far, cards: null });
    expect(ada.lots()).toEqual([]);
  });

  test('a card stays that has entries, though a replay shows nothing on it', () => {
    const awarding = metals({ tiers: [tier('Basic', 0, { entryAward: { points: 10n, cardDefinitionId: 'b' } })] });
    const cards = [card('a'), card('b')];
    const ada = new Somebody(program({ cards, rules: [earnRule('a')], structures: [awarding] }));
    ada.earn('2026-01-01', 5);
    const changed = program({ cards, rules: [earnRule('a')], structures: [metals({ tiers: [tier('Basic', 0)] })], structuresChangedAt: at('2026-01-02') });
    const read = stateAt(ada.state, ada.history, changed, at('2026-01-03'));
    expect([...read.cards.values()].map(({ id, balance, lots }) => [id, Number(balance), lots.length])).toEqual([
      [ada.state.cards.get('a')?.id, 5, 1],
      [ada.state.cards.get('b')?.id, 0, 0],
    ]);
  });

  test('the window that a judgement measures', () => {
    const calendar = lived().calendar;
    const tracked = (type: 'IMMEDIATELY' | 'NEXT_TRACKING_PERIOD', window: 'CALENDAR' | 'TRAILING' = 'CALENDAR') =>
      trackingOf(monthly(type, window), at('2026-01-15'), calendar);
    const measured = (tracking: ReturnType<typeof tracked>, reason: TransitionReason, expiresAt = '2026-03-01') => {
      const window = measuredWindow(tracking, { reason, occurredAt: at('2026-03-10') }, at(expiresAt));
      return window === null ? null : [iso(window.start), iso(window.end)];
    };
    expect([measured(null, 'POINTS_EARNED'), measured(tracked('IMMEDIATELY', 'TRAILING'), 'TIER_EXPIRED')]).toEqual([null, null]);
    const [before, now] = [['2026-02-01', '2026-03-01'], ['2026-03-01', '2026-04-01']];
    expect((['POINTS_EARNED', 'GRACE_ENDED', 'TIER_EXPIRED'] as const).map((reason) => measured(tracked('IMMEDIATELY'), reason))).toEqual([now, now, before]);
    expect((['WINDOW_ROLLED', 'GRACE_ENDED', 'TIER_EXPIRED'] as const).map((reason) => measured(tracked('NEXT_TRACKING_PERIOD'), reason, '2026-03-02'))).toEqual([before, now, now]);
  });

  test('a structure that has changed is replayed', () => {
    const ada = new Somebody(program());
    ada.earn('2026-01-02', 100);
    const changed = program({ structures: [metals()], structuresChangedAt: at('2026-01-05') });
    expect(stateAt(ada.state, ada.history, changed, at('2026-01-06')).memberships.get('structure')?.tierId).toBe('Silver');
  });

  test('the past, by what was known then or is known now', () => {
    const ada = new Somebody(lived(metals()));
    ada.earn('2026-01-10', 100);
    ada.earn('2026-01-05', 400, { told: '2026-01-20' });
    const asOf = (instant: string, knownAt: string) => {
      const state = stateAsOf(ada.state, ada.history, ada.program, { at: at(instant), knownAt: at(knownAt) });
      return [Number(state.cards.get('a')?.balance ?? 0n), state.memberships.get('structure')?.tierId, state.sequence];
    };
    expect(asOf('2026-01-15', '2026-01-15')).toEqual([100, 'Silver', 1]);
    expect(asOf('2026-01-15', '2026-01-20')).toEqual([500, 'Gold', 2]);
    expect(asOf('2026-01-07', '2026-01-20')).toEqual([400, 'Silver', 2]);
    expect(asOf('2026-01-10', '2026-01-10')).toEqual([100, 'Silver', 1]);
    expect(asOf('2026-01-09', '2026-01-15')).toEqual([0, 'Basic', 0]);
  });

  test('an observer sees every judgement with what decided it', () => {
    const ada = new Somebody(lived(metals(monthly('IMMEDIATELY'))));
    ada.earn('2026-01-10', 100);
    const traces: JudgementTrace[] = [];
    replay(ada.state, ada.history.facts, ada.program, at('2026-02-01'), (trace) => traces.push(trace));
    expect(traces.map(({ structureId, revision, at: instant, reason, measure, transition, before, after }) => [structureId, revision, iso(instant), reason, Number(measure), transition?.type, before.tierId, after.tierId])).toEqual([
      ['structure', 1, '2026-01-01', 'CUSTOMER_JOINED', 0, 'JOINED', null, 'Basic'],
      ['structure', 1, '2026-01-10', 'POINTS_EARNED', 100, 'UPGRADED', 'Basic', 'Silver'],
      ['structure', 1, '2026-02-01', 'WINDOW_ROLLED', 0, 'DOWNGRADED', 'Silver', 'Basic'],
    ]);
    expect(traces.map(({ window }) => [iso(window?.start ?? 0), iso(window?.end ?? 0)])).toEqual([
      ['2026-01-01', '2026-02-01'],
      ['2026-01-01', '2026-02-01'],
      ['2026-02-01', '2026-03-01'],
    ]);
    expect(traces[1]?.steps).toEqual([{ rule: 'THRESHOLD', heldTierId: 'Basic', qualifyingTierId: 'Silver', outcome: 'HIGHER' }]);
  });

  test('a fact that refers to what did not happen is a fault', () => {
    const ada = new Somebody(program());
    const base = { id: 'x', occurredAt: at('2026-01-02'), recordedAt: at('2026-01-02'), sequence: 1 };
    const deductions = [{ cardDefinitionId: 'a', earnRuleVersionId: 'rule a 1', points: 1n }];
    expect(() => replay(ada.state, [{ ...base, type: 'REFUND', transactionId: 'none', amount: '1.00', lines: [], deductions }], ada.program, NEVER)).toThrow('A refund follows its purchase.');
    expect(() => replay(ada.state, [{ ...base, type: 'SPEND_REVERSAL', cardDefinitionId: 'a', spendId: 'none', points: 1n }], ada.program, NEVER)).toThrow('A reversal follows its spend.');
  });
});

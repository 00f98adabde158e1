import { describe, expect, test } from '@jest/globals';
import type { Purchase } from '../../src/domain/earning.ts';
import type { RefundLine } from '../../src/domain/members.ts';
import {
  REASON_MAX_LENGTH,
  checkActivityType,
  checkAdjustedPoints,
  checkDetails,
  checkPoints,
  chooseCardDefinition,
  decideRefund,
  isRefundedWhole,
  keptOf,
  netOf,
} from '../../src/domain/operations.ts';
import { POINTS_MAX, POINTS_MIN } from '../../src/domain/points.ts';
import type { CatalogueReward } from '../../src/domain/rewards.ts';
import { Somebody, at, card, earnRule, expiring, program, refusedFor } from '../support/people.ts';
import { grant, reward, shelf } from '../support/shelves.ts';
import { structure, tier } from '../support/structures.ts';

const days = (value: number) => ({ type: 'ROLLING' as const, period: { value, unit: 'DAY' as const }, rounding: null });
const sliding = (value: number) => ({
  type: 'SLIDING' as const,
  period: { value, unit: 'DAY' as const },
  ...{ earningActivity: true, spendingActivity: true, customActivity: true, customActivityTypes: ['visit'] },
});

describe('what every operation carries', () => {
  const details = { source: 'default', reference: null, reason: null, metadata: {}, idempotencyKey: null };
  const problems = (changes: Partial<Parameters<typeof checkDetails>[0]>) => refusedFor({ kind: 'REFUSED', problems: checkDetails({ ...details, ...changes }) });

  test.each<[Partial<Parameters<typeof checkDetails>[0]>, string[]]>([
    [{}, []],
    [{ source: '' }, ['INVALID_REFERENCE source']],
    [{ reference: 'order 1', reason: 'a gift' }, []],
    [{ reference: ' ' }, ['INVALID_REFERENCE reference']],
    [{ reason: '' }, ['INVALID_REASON reason']],
    [{ reason: 'x'.repeat(REASON_MAX_LENGTH) }, []],
    [{ reason: 'x'.repeat(REASON_MAX_LENGTH + 1) }, ['INVALID_REASON reason']],
    [{ metadata: { long: 'x'.repeat(20_000) } }, ['INVALID_METADATA metadata']],
    [{ idempotencyKey: '' }, ['INVALID_IDEMPOTENCY_KEY idempotencyKey']],
    [{ source: '', reference: '', reason: '' }, ['INVALID_REFERENCE source', 'INVALID_REFERENCE reference', 'INVALID_REASON reason']],
  ])('case %#', (changes, expected) => {
    expect(problems(changes)).toEqual(expected);
  });

  test('points are from 1 up; those of an adjustment not 0; both fit 64 bits and can be turned round', () => {
    const valid = (check: (points: bigint) => unknown[], all: bigint[]) => all.map((points) => check(points).length === 0);
    const all = [POINTS_MIN - 1n, POINTS_MIN, POINTS_MIN + 1n, -1n, 0n, 1n, POINTS_MAX, POINTS_MAX + 1n];
    expect(valid(checkPoints, all)).toEqual([false, false, false, false, false, true, true, false]);
    expect(valid(checkAdjustedPoints, all)).toEqual([false, false, true, true, false, true, true, false]);
    expect([checkPoints(0n), checkAdjustedPoints(0n)].flat().map(({ code, field }) => [code, field])).toEqual([
      ['INVALID_POINTS', ['input', 'points']],
      ['INVALID_POINTS', ['input', 'points']],
    ]);
  });

  test('an activity has a type', () => {
    expect(['visit', '', 'x'.repeat(200), 'x'.repeat(201)].map((type) => checkActivityType(type).map(({ code, field }) => [code, field?.[1]]))).toEqual([
      [],
      [['INVALID_ACTIVITY_TYPE', 'type']],
      [],
      [['INVALID_ACTIVITY_TYPE', 'type']],
    ]);
  });

  test('a card definition is the one that is named, or the first that is active', () => {
    const cards = [
      card('a', { createdAt: 1, status: 'INACTIVE' }),
      card('c', { createdAt: 3 }),
      card('e', { createdAt: 2 }),
      card('d', { createdAt: 2 }),
      card('f', { createdAt: 0, status: 'DRAFT' }),
    ];
    const lived = program({ cards });
    expect([undefined, null, 'c', 'a', 'f', 'b'].map((named) => chooseCardDefinition(lived, named))).toEqual(['d', 'd', 'c', 'a', null, null]);
    expect(chooseCardDefinition(program({ cards: [] }), null)).toBeNull();
  });
});

describe('spending', () => {
  test('F1, F2: takes what expires first, and says from which lots', () => {
    const ada = new Somebody(program());
    ada.program = program({ cards: [expiring(days(89))] });
    ada.earn('2026-01-01', 100);
    ada.program = program({ cards: [expiring(days(27))] });
    ada.earn('2026-02-01', 100);
    ada.program = program();
    ada.adjust('2026-02-02', 50);
    const spend = ada.spend('2026-02-15', 150);
    expect(spend.allocations).toEqual([
      { expiresAt: at('2026-03-01'), sliding: false, points: 100n },
      { expiresAt: at('2026-04-01'), sliding: false, points: 50n },
    ]);
    expect(ada.lots()).toEqual([['2026-04-01', 50], ['never', 50]]);
    ada.settle('2026-04-01');
    expect(ada.told(3)).toEqual([['SPEND', -150, '2026-02-15'], ['EXPIRATION', -50, '2026-04-01']]);
    expect(ada.balance()).toBe(50);
  });

  test('more than there is, is refused and says what there is', () => {
    const ada = new Somebody(program());
    ada.earn('2026-01-01', 100);
    const { state } = ada;
    const decision = ada.trySpend('2026-01-02', 101);
    expect(refusedFor(decision)).toEqual(['INSUFFICIENT_POINTS points']);
    expect(decision).toMatchObject({ available: 100n, problems: [{ message: 'There are 100 points available.' }] });
    expect(ada.state).toBe(state);
    expect(refusedFor(ada.trySpend('2026-01-02', 100))).toEqual([]);
    expect(refusedFor(ada.trySpend('2026-01-02', 1, 'b'))).toEqual(['INVALID_CARD_DEFINITION cardDefinitionId']);
  });

  test('what has expired or is pending cannot be spent', () => {
    const expired = new Somebody(program({ cards: [expiring(days(10))] }));
    expired.earn('2026-01-01', 100);
    expect(refusedFor(expired.trySpend('2026-01-11T23:59:59.999Z', 100))).toEqual([]);
    expect(expired.trySpend('2026-01-12', 100)).toMatchObject({ available: 0n });
    const pending = new Somebody(program({ cards: [card('a', { activation: { type: 'PERIOD_BASED', days: 5 } })] }));
    pending.earn('2026-01-01', 100);
    expect(pending.trySpend('2026-01-05', 1)).toMatchObject({ available: 0n });
    expect(refusedFor(pending.trySpend('2026-01-06', 100))).toEqual([]);
  });

  test('who owes points has none', () => {
    const ada = new Somebody(program({ cards: [card('a', { refundPolicy: 'REVOKE_BELOW_ZERO' })] }));
    const transaction = ada.earn('2026-01-01', 100);
    ada.spend('2026-01-02', 80);
    ada.refund('2026-01-03', transaction);
    expect(ada.balance()).toBe(-80);
    expect(ada.trySpend('2026-01-04', 1)).toMatchObject({ available: 0n });
    expect(ada.tryAdjust('2026-01-04', -1)).toMatchObject({ available: 0n });
  });

  test('is recorded with what it was for', () => {
    const ada = new Somebody(program());
    ada.earn('2026-01-01', 100);
    expect(ada.spend('2026-01-02', 30)).toMatchObject({ type: 'SPEND', customerId: 'ada', source: 'default', sequence: 2, occurredAt: at('2026-01-02'), recordedAt: at('2026-01-02'), points: 30n, cardDefinitionId: 'a' });
    expect(ada.entries[1]).toMatchObject({ type: 'SPEND', points: -30n, operationId: ada.history.facts[1]?.id, transactionId: null, balanceAfter: 70n, sequence: 2 });
  });
});

describe('reversing a spend', () => {
  const lived = () => {
    const ada = new Somebody(program({ cards: [expiring(days(30))] }));
    ada.earn('2026-03-01', 100);
    return ada;
  };

  test('F4: gives the points back to their lot', () => {
    const ada = lived();
    const spend = ada.spend('2026-03-20', 80);
    expect(ada.reverse('2026-03-25', spend)).toMatchObject({ type: 'SPEND_REVERSAL', points: 80n, expired: 0n, spendId: spend.id, cardDefinitionId: 'a' });
    expect(ada.lots()).toEqual([['2026-04-01', 100]]);
    expect(ada.told(2)).toEqual([['SPEND_REVERSAL', 80, '2026-03-25']]);
  });

  test('F5: what has expired meanwhile is back and gone', () => {
    const ada = lived();
    const spend = ada.spend('2026-03-20', 80);
    expect(ada.reverse('2026-04-05', spend)).toMatchObject({ points: 80n, expired: 80n });
    expect(ada.told(2)).toEqual([
      ['EXPIRATION', -20, '2026-04-01'],
      ['SPEND_REVERSAL', 80, '2026-04-05'],
      ['EXPIRATION', -80, '2026-04-05'],
    ]);
    expect([ada.balance(), ada.lots()]).toEqual([0, []]);
  });

  test('in parts, what was taken last comes back first', () => {
    const ada = lived();
    ada.adjust('2026-03-01', 100);
    ada.earn('2026-03-10', 100);
    expect(ada.lots()).toEqual([['2026-04-01', 200], ['2026-04-10', 100]]);
    const spend = ada.spend('2026-03-20', 250);
    ada.reverse('2026-03-21', spend, 30);
    expect(ada.lots()).toEqual([['2026-04-10', 80]]);
    ada.reverse('2026-03-22', spend, 70);
    expect(ada.lots()).toEqual([['2026-04-01', 50], ['2026-04-10', 100]]);
    expect(ada.reverse('2026-03-23', spend)).toMatchObject({ points: 150n });
    expect(ada.lots()).toEqual([['2026-04-01', 200], ['2026-04-10', 100]]);
  });

  test('in parts, some of it too late', () => {
    const ada = lived();
    ada.adjust('2026-03-10', 100);
    const spend = ada.spend('2026-03-20', 150);
    expect(ada.reverse('2026-04-05', spend)).toMatchObject({ points: 150n, expired: 100n });
    expect(ada.lots()).toEqual([['2026-04-10', 100]]);
  });

  test('no more than was spent, and not twice', () => {
    const ada = lived();
    const spend = ada.spend('2026-03-20', 80);
    const tooMuch = ada.tryReverse('2026-03-21', spend, 81);
    expect(refusedFor(tooMuch)).toEqual(['REVERSAL_EXCEEDS_SPEND points']);
    expect(tooMuch).toMatchObject({ problems: [{ message: 'Of the spend, 80 points are left to reverse.' }] });
    ada.reverse('2026-03-21', spend, 50);
    expect(refusedFor(ada.tryReverse('2026-03-21', spend, 31))).toEqual(['REVERSAL_EXCEEDS_SPEND points']);
    ada.reverse('2026-03-21', spend);
    expect(ada.balance()).toBe(100);
    expect(refusedFor(ada.tryReverse('2026-03-21', spend))).toEqual(['ALREADY_REVERSED spend']);
    expect(refusedFor(ada.tryReverse('2026-03-21', spend, 1))).toEqual(['ALREADY_REVERSED spend']);
  });

  test('points that slide come back to those that are left, or are gone with them', () => {
    const ada = new Somebody(program({ cards: [expiring(sliding(30))] }));
    ada.earn('2026-03-01', 100);
    const spend = ada.spend('2026-03-10', 80);
    ada.visit('2026-04-05');
    expect(ada.lots()).toEqual([['2026-05-06', 20]]);
    expect(ada.reverse('2026-04-20', spend, 50)).toMatchObject({ expired: 0n });
    expect(ada.lots()).toEqual([['2026-05-06', 70]]);
    expect(ada.reverse('2026-05-06', spend)).toMatchObject({ points: 30n, expired: 30n });
    expect(ada.balance()).toBe(0);
  });

  test('what is owed is paid first', () => {
    const ada = new Somebody(program({ cards: [card('a', { refundPolicy: 'REVOKE_BELOW_ZERO' })] }));
    const transaction = ada.earn('2026-01-01', 100);
    const spend = ada.spend('2026-01-02', 100);
    ada.refund('2026-01-03', transaction, '70.00');
    expect(ada.balance()).toBe(-70);
    ada.reverse('2026-01-04', spend);
    expect(ada.lots()).toEqual([['never', 30]]);
  });

  test('what is owed is paid even with what comes back too late', () => {
    const ada = new Somebody(program({ cards: [expiring(days(10), { refundPolicy: 'REVOKE_BELOW_ZERO' })] }));
    const transaction = ada.earn('2026-01-01', 100);
    const spend = ada.spend('2026-01-02', 100);
    ada.refund('2026-01-03', transaction, '70.00');
    expect(ada.reverse('2026-02-01', spend)).toMatchObject({ points: 100n, expired: 30n });
    expect([ada.balance(), ada.told(3)]).toEqual([0, [['SPEND_REVERSAL', 100, '2026-02-01'], ['EXPIRATION', -30, '2026-02-01']]]);
  });
});

describe('refunding', () => {
  const tenDollars = earnRule('a', { rates: [{ currency: 'USD', value: '1', every: '10.00' }] });
  const none = { cancelled: 0n, applied: 0n, expired: 0n, shortfall: 0n };

  test('R1: takes back what the money given back had earned', () => {
    const ada = new Somebody(program());
    const transaction = ada.earn('2026-01-01', 100);
    expect(ada.refund('2026-01-02', transaction, '75.00')).toMatchObject({
      type: 'REFUND',
      transactionId: transaction.id,
      amount: '75.00',
      currency: 'USD',
      lines: [],
      deductions: [{ cardDefinitionId: 'a', earnRuleVersionId: 'rule a 1', points: 75n }],
      effect: { ...none, applied: 75n },
    });
    expect(ada.balance()).toBe(25);
    expect(ada.entries[1]).toMatchObject({ type: 'REFUND', points: -75n, transactionId: transaction.id, earnRuleVersionId: 'rule a 1', pending: false });
  });

  test('R3: many small refunds take as much as one', () => {
    const ada = new Somebody(program({ rules: [tenDollars] }));
    const transaction = ada.earn('2026-01-01', 100);
    const taken = Array.from({ length: 10 }, () => Number(ada.refund('2026-01-02', transaction, '9.99').effect.applied));
    expect(taken).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
    expect(ada.refund('2026-01-02', transaction)).toMatchObject({ amount: '0.10', deductions: [], effect: none });
    expect(ada.balance()).toBe(0);
  });

  test.each<[string, string[]]>([
    ['60.00', ['60.00']],
    ['60.00', ['20.01', '19.99', '20.00']],
    ['60.00', ['0.01', '59.99']],
    ['60.00', ['33.33', '26.67']],
  ])('%s in slices of %j takes the same', (_, slices) => {
    for (const [rounding, kept] of [['FLOOR', 4], ['NEAREST', 5], ['CEILING', 5]] as const) {
      const ada = new Somebody(program({ rules: [{ ...tenDollars, versions: tenDollars.versions.map((version) => ({ ...version, rounding })) }] }));
      const transaction = ada.earn('2026-01-01', 107);
      for (const amount of slices) ada.refund('2026-01-02', transaction, amount);
      expect(ada.balance()).toBe(kept);
    }
  });

  test('R4: what was spent is short, or owed', () => {
    const spent = (refundPolicy: 'REVOKE_TO_ZERO' | 'REVOKE_BELOW_ZERO' | 'REVOKE_FROM_PENDING') => {
      const ada = new Somebody(program({ cards: [card('a', { refundPolicy })] }));
      const transaction = ada.earn('2026-01-01', 100);
      ada.spend('2026-01-02', 80);
      const { effect } = ada.refund('2026-01-03', transaction);
      const after = ada.balance();
      ada.earn('2026-01-04', 100);
      return [effect, after, ada.balance()];
    };
    expect(spent('REVOKE_TO_ZERO')).toEqual([{ ...none, applied: 20n, shortfall: 80n }, 0, 100]);
    expect(spent('REVOKE_BELOW_ZERO')).toEqual([{ ...none, applied: 100n }, -80, 20]);
    expect(spent('REVOKE_FROM_PENDING')).toEqual([{ ...none, shortfall: 100n }, 20, 120]);
  });

  test('of what is pending, only what the same rule gave for the same purchase is cancelled', () => {
    const cards = [card('a', { activation: { type: 'PERIOD_BASED', days: 30 } })];
    const rules = [earnRule('a', {}, 'one'), earnRule('a', { rates: [{ currency: 'USD', value: '2', every: '1.00' }] }, 'two')];
    const ada = new Somebody(program({ cards, rules }));
    ada.earn('2026-01-01', 10);
    const second = ada.earn('2026-01-02', 50);
    expect(ada.refund('2026-01-03', second, '30.00').effect).toEqual({ cancelled: 90n, applied: 0n, expired: 0n, shortfall: 0n });
    expect(ada.pending().map(([, points]) => points)).toEqual([10, 20, 20, 40]);
    expect(ada.told(4)).toEqual([['REFUND', -30, '2026-01-03'], ['REFUND', -60, '2026-01-03']]);
    ada.refund('2026-01-04', second);
    expect(ada.pending().map(([, points]) => points)).toEqual([10, 20]);
    ada.settle('2026-03-01');
    expect([ada.balance(), ada.told(8).map(([type]) => type)]).toEqual([30, ['ACTIVATION', 'ACTIVATION']]);
  });

  test('R5: what is pending is cancelled, and nothing else is touched', () => {
    const ada = new Somebody(program({ cards: [card('a', { activation: { type: 'PERIOD_BASED', days: 30 } })] }));
    ada.adjust('2026-01-01', 500);
    const transaction = ada.earn('2026-01-01', 100);
    ada.earn('2026-01-01', 7);
    expect(ada.refund('2026-01-02', transaction, '30.00').effect).toEqual({ ...none, cancelled: 30n });
    expect([ada.balance(), ada.pending()]).toEqual([500, [['2026-01-31', 70], ['2026-01-31', 7]]]);
    expect(ada.refund('2026-01-03', transaction).effect).toEqual({ ...none, cancelled: 70n });
    expect([ada.balance(), ada.pending()]).toEqual([500, [['2026-01-31', 7]]]);
    expect(ada.entries.at(-1)).toMatchObject({ type: 'REFUND', points: -70n, pending: true, transactionId: transaction.id, activatesAt: at('2026-01-31'), balanceAfter: 500n });
  });

  test('what has become active is taken from the balance', () => {
    const ada = new Somebody(program({ cards: [card('a', { activation: { type: 'PERIOD_BASED', days: 5 } })] }));
    const transaction = ada.earn('2026-01-01', 100);
    ada.refund('2026-01-02', transaction, '30.00');
    expect(ada.refund('2026-01-10', transaction).effect).toEqual({ ...none, applied: 70n });
    expect(ada.balance()).toBe(0);
  });

  test('it takes from the points it gave first, whatever expires before them', () => {
    const ada = new Somebody(program({ cards: [expiring(days(30))] }));
    ada.earn('2026-03-01', 100);
    const transaction = ada.earn('2026-03-10', 100);
    ada.refund('2026-03-11', transaction, '60.00');
    expect(ada.lots()).toEqual([['2026-04-01', 100], ['2026-04-10', 40]]);
    ada.spend('2026-03-12', 110);
    ada.earn('2026-03-20', 5);
    expect(ada.refund('2026-03-21', transaction).effect).toEqual({ ...none, applied: 35n, shortfall: 5n });
    expect(ada.balance()).toBe(0);
  });

  test('what has expired is not taken again', () => {
    const ada = new Somebody(program({ cards: [expiring(days(30), { refundPolicy: 'REVOKE_BELOW_ZERO' })] }));
    const transaction = ada.earn('2026-03-01', 100);
    ada.spend('2026-03-02', 30);
    ada.settle('2026-04-01');
    ada.earn('2026-04-02', 50);
    expect(ada.refund('2026-04-03', transaction, '60.00').effect).toEqual({ ...none, expired: 60n });
    expect(ada.balance()).toBe(50);
    expect(ada.refund('2026-04-03', transaction).effect).toEqual({ ...none, expired: 10n, applied: 30n });
    expect(ada.lots()).toEqual([['2026-05-03', 20]]);
  });

  test('points that slide are taken from those that slide', () => {
    const ada = new Somebody(program({ cards: [expiring(sliding(30))], rules: [earnRule('a'), earnRule('a', { expiration: days(10) }, 'fixed')] }));
    const transaction = ada.earn('2026-03-01', 100);
    ada.visit('2026-03-05');
    expect(ada.lots()).toEqual([['2026-03-12', 100], ['2026-04-05', 100]]);
    ada.refund('2026-03-06', transaction, '40.00');
    expect(ada.lots()).toEqual([['2026-03-12', 60], ['2026-04-05', 60]]);
    ada.settle('2026-04-05');
    expect(ada.refund('2026-04-06', transaction).effect).toEqual({ ...none, expired: 120n });
  });

  test('several rules, several cards', () => {
    const ada = new Somebody(program({ cards: [card('a'), card('b')], rules: [earnRule('a'), tenDollars, earnRule('b')].map((rule, index) => ({ ...rule, id: `${index}`, versions: rule.versions.map((version) => ({ ...version, id: `version ${index}`, earnRuleId: `${index}` })) })) }));
    const transaction = ada.earn('2026-01-01', 100);
    expect(ada.refund('2026-01-02', transaction, '25.00').deductions.map(({ cardDefinitionId, points }) => [cardDefinitionId, Number(points)])).toEqual([['a', 25], ['a', 3], ['b', 25]]);
    expect([ada.balance('a'), ada.balance('b')]).toEqual([82, 75]);
  });

  test('a purchase that gave nothing takes nothing', () => {
    const ada = new Somebody(program({ rules: [] }));
    const transaction = ada.earn('2026-01-01', 100);
    expect(ada.refund('2026-01-02', transaction)).toMatchObject({ amount: '100.00', deductions: [], effect: none });
    expect(ada.history.facts.map(({ type }) => type)).toEqual(['REFUND']);
    expect(refusedFor(ada.tryRefund('2026-01-03', transaction))).toEqual(['REFUND_EXCEEDS_TRANSACTION transaction']);
  });

  test('of a capped award no more than it gave, and only once the rest would not have given it', () => {
    const ada = new Somebody(program({ rules: [earnRule('a', { caps: { perTransaction: null, perPeriod: [], balance: 60n } })] }));
    const transaction = ada.earn('2026-01-01', 100);
    expect(ada.balance()).toBe(60);
    expect(ada.refund('2026-01-02', transaction, '30.00').effect.applied).toBe(0n);
    expect(ada.refund('2026-01-02', transaction, '30.00').effect.applied).toBe(20n);
    expect(ada.refund('2026-01-02', transaction).effect.applied).toBe(40n);
  });

  test('the multiplier of the purchase stays', () => {
    const rules = [earnRule('a', { tierMultipliers: [{ tierId: 'Silver', multiplier: '1.5' }] })];
    const ada = new Somebody(program({ rules }));
    const transaction = { ...ada.earn('2026-01-01', 100), awards: [{ ...ada.earn('2026-01-01', 100).awards[0]!, multiplier: '1.5', points: 150n }] };
    expect(ada.tryRefund('2026-01-02', transaction, '10.01')).toMatchObject({ operation: { deductions: [{ points: 16n }] } });
  });

  describe('by lines', () => {
    const line = (amount: string): Purchase['lines'][number] => ({ sku: null, category: null, quantity: 1, amount });
    const perLine = earnRule('a', { roundingScope: 'PER_LINE', rounding: 'NEAREST' });
    const bought = (...amounts: string[]) => {
      const ada = new Somebody(program({ rules: [perLine] }));
      const total = amounts.reduce((sum, amount) => sum + Number(amount), 0);
      return { ada, transaction: ada.earn('2026-01-01', total, { lines: amounts.map(line) }) };
    };

    test('the amount is that of the lines, and each line is computed anew', () => {
      const { ada, transaction } = bought('20.50', '20.50');
      expect(ada.balance()).toBe(42);
      expect(ada.refund('2026-01-02', transaction, null, [{ index: 1, amount: '0.01' }])).toMatchObject({ amount: '0.01', lines: [{ index: 1, amount: '0.01' }], effect: { applied: 1n } });
      expect(ada.refund('2026-01-02', transaction, '20.5', [{ index: 0, amount: '20.5' }])).toMatchObject({ amount: '20.50', lines: [{ index: 0, amount: '20.50' }], effect: { applied: 21n } });
      expect(ada.balance()).toBe(20);
    });

    test('money without a line is taken from the last lines', () => {
      const { ada, transaction } = bought('10.50', '10.50', '10.50');
      expect(ada.balance()).toBe(33);
      expect(ada.refund('2026-01-02', transaction, '11.00').effect.applied).toBe(12n);
      expect(ada.refund('2026-01-02', transaction, null, [{ index: 2, amount: '10.50' }]).effect.applied).toBe(11n);
      expect(ada.refund('2026-01-02', transaction).effect.applied).toBe(10n);
      expect(ada.balance()).toBe(0);
    });

    test.each<[string, RefundLine[], string | null, string]>([
      ['unknown', [{ index: 2, amount: '1.00' }], null, 'INVALID_LINES lines 0 index'],
      ['before the first', [{ index: -1, amount: '1.00' }], null, 'INVALID_LINES lines 0 index'],
      ['no whole number', [{ index: 0.5, amount: '1.00' }], null, 'INVALID_LINES lines 0 index'],
      ['named twice', [{ index: 0, amount: '1.00' }, { index: 0, amount: '1.00' }], null, 'INVALID_LINES lines 1 index'],
      ['of nothing', [{ index: 0, amount: '1.00' }, { index: 1, amount: '0.00' }], null, 'INVALID_AMOUNT lines 1 amount'],
      ['of no number', [{ index: 0, amount: 'much' }], null, 'INVALID_AMOUNT lines 0 amount'],
      ['too exact', [{ index: 0, amount: '1.001' }], null, 'INVALID_AMOUNT lines 0 amount'],
      ['more than the line', [{ index: 1, amount: '1.00' }, { index: 0, amount: '20.51' }], null, 'REFUND_EXCEEDS_TRANSACTION lines 1 amount'],
      ['more than the purchase', [{ index: 0, amount: '20.51' }, { index: 1, amount: '20.50' }], null, 'REFUND_EXCEEDS_TRANSACTION lines'],
      ['not the amount', [{ index: 0, amount: '20.50' }], '20.00', 'INVALID_LINES lines'],
    ])('a line that is %s is refused', (_, lines, amount, expected) => {
      const { ada, transaction } = bought('20.50', '20.50');
      const { state } = ada;
      expect(refusedFor(ada.tryRefund('2026-01-02', transaction, amount, lines))).toEqual([expected]);
      expect(ada.state).toBe(state);
    });

    test('a line is refunded once', () => {
      const { ada, transaction } = bought('20.50', '20.50');
      ada.refund('2026-01-02', transaction, null, [{ index: 0, amount: '20.00' }]);
      const decision = ada.tryRefund('2026-01-02', transaction, null, [{ index: 0, amount: '0.51' }]);
      expect(refusedFor(decision)).toEqual(['REFUND_EXCEEDS_TRANSACTION lines 0 amount']);
      expect(decision).toMatchObject({ problems: [{ message: 'Of the line, 0.50 USD are left to refund.' }] });
      expect(refusedFor(ada.tryRefund('2026-01-02', transaction, null, [{ index: 0, amount: '0.50' }]))).toEqual([]);
    });
  });

  test.each<[string | null, string[]]>([
    ['100.01', ['REFUND_EXCEEDS_TRANSACTION amount']],
    ['100.00', []],
    ['0.00', ['INVALID_AMOUNT amount']],
    ['-1.00', ['INVALID_AMOUNT amount']],
    ['1.001', ['INVALID_AMOUNT amount']],
    ['100.000', []],
  ])('an amount of %s', (amount, expected) => {
    const ada = new Somebody(program());
    const transaction = ada.earn('2026-01-01', 100);
    expect(refusedFor(ada.tryRefund('2026-01-02', transaction, amount))).toEqual(expected);
  });

  test('more than is left is refused, and says what is left', () => {
    const ada = new Somebody(program());
    const transaction = ada.earn('2026-01-01', 100);
    ada.refund('2026-01-02', transaction, '40.00');
    expect(ada.tryRefund('2026-01-03', transaction, '60.01')).toMatchObject({ problems: [{ message: 'Of the purchase, 60.00 USD are left to refund.' }] });
    expect(ada.refund('2026-01-03', transaction)).toMatchObject({ amount: '60.00', sequence: 3 });
  });

  test('in a currency without decimals', () => {
    const ada = new Somebody(program({ rules: [earnRule('a', { rates: [{ currency: 'JPY', value: '1', every: '10' }] })] }));
    const transaction = ada.earn('2026-01-01', '1000', { currency: 'JPY' });
    expect(ada.refund('2026-01-02', transaction, '95')).toMatchObject({ amount: '95', currency: 'JPY', effect: { applied: 10n } });
    expect(refusedFor(ada.tryRefund('2026-01-02', transaction, '0.5'))).toEqual(['INVALID_AMOUNT amount']);
    expect(ada.tryRefund('2026-01-02', transaction, '906')).toMatchObject({ problems: [{ message: 'Of the purchase, 905 JPY are left to refund.' }] });
  });
});

describe('adjusting', () => {
  test('up: as points that the card gives', () => {
    const ada = new Somebody(program({ cards: [expiring(days(30))] }));
    expect(ada.adjust('2026-03-01', 100, true)).toMatchObject({ type: 'ADJUSTMENT', points: 100n, qualifying: true, expiresAt: at('2026-04-01'), sliding: false, cardDefinitionId: 'a' });
    expect(ada.lots()).toEqual([['2026-04-01', 100]]);
    expect(ada.entries[0]).toMatchObject({ type: 'ADJUSTMENT', points: 100n, expiresAt: at('2026-04-01') });
    const slid = new Somebody(program({ cards: [expiring(sliding(30))] }));
    expect(slid.adjust('2026-03-01', 100)).toMatchObject({ sliding: true, qualifying: false });
  });

  test('down: what expires first, and no more than there is', () => {
    const ada = new Somebody(program({ cards: [expiring(days(30))] }));
    ada.adjust('2026-03-01', 100);
    expect(ada.adjust('2026-03-02', -30)).toMatchObject({ points: -30n, expiresAt: Infinity, sliding: false });
    expect(ada.lots()).toEqual([['2026-04-01', 70]]);
    expect(ada.tryAdjust('2026-03-02', -71)).toMatchObject({ kind: 'REFUSED', available: 70n });
    expect(refusedFor(ada.tryAdjust('2026-03-02', -70))).toEqual([]);
    expect(refusedFor(ada.tryAdjust('2026-03-02', 1, false, 'unknown'))).toEqual(['INVALID_CARD_DEFINITION cardDefinitionId']);
  });

  test('out of 64 bits is refused', () => {
    const ada = new Somebody(program());
    ada.adjust('2026-03-01', POINTS_MAX);
    expect(refusedFor(ada.tryAdjust('2026-03-01', 1))).toEqual(['POINTS_OUT_OF_RANGE points']);
  });
});

describe('transferring', () => {
  test('points keep the day on which they expire', () => {
    const lived = program({ cards: [expiring(days(30))] });
    const [ada, bob] = [new Somebody(lived), new Somebody(lived, '2026-01-01', 'bee')];
    ada.earn('2026-03-01', 100);
    ada.earn('2026-03-10', 100);
    const { out, in: received } = ada.give('2026-03-20', bob, 150);
    expect(out).toMatchObject({ type: 'TRANSFER_OUT', customerId: 'ada', toCustomerId: 'bee', points: 150n, cardDefinitionId: 'a', sequence: 3 });
    expect(received).toMatchObject({ type: 'TRANSFER_IN', customerId: 'bee', fromCustomerId: 'ada', transferId: out.id, points: 150n, sequence: 1, allocations: out.allocations });
    expect([ada.lots(), bob.lots()]).toEqual([[['2026-04-10', 50]], [['2026-04-01', 100], ['2026-04-10', 50]]]);
    expect([ada.told(2), bob.told()]).toEqual([[['TRANSFER_OUT', -150, '2026-03-20']], [['TRANSFER_IN', 150, '2026-03-20']]]);
  });

  test('points that slide go with what the other has', () => {
    const lived = program({ cards: [expiring(sliding(30))] });
    const [ada, bob, cab] = [new Somebody(lived), new Somebody(lived, '2026-01-01', 'bee'), new Somebody(lived, '2026-01-01', 'cab')];
    ada.earn('2026-03-01', 100);
    bob.earn('2026-03-05', 10);
    ada.give('2026-03-20', bob, 60);
    ada.give('2026-03-20', cab, 40);
    expect([bob.lots(), cab.lots()]).toEqual([[['2026-04-05', 70]], [['2026-04-01', 40]]]);
  });

  test('happens when neither has got further', () => {
    const [ada, bob] = [new Somebody(program()), new Somebody(program(), '2026-01-01', 'bee')];
    ada.earn('2026-03-01', 100);
    bob.settle('2026-03-05');
    const { out, in: received } = ada.give('2026-03-04', bob, 10);
    expect([out.occurredAt, received.occurredAt]).toEqual([at('2026-03-05'), at('2026-03-05')]);
  });

  test.each<[string, (ada: Somebody, bob: Somebody) => ReturnType<Somebody['tryGive']>, string]>([
    ['to oneself', (ada) => ada.tryGive('2026-03-02', ada, 10), 'SAME_CUSTOMER to'],
    ['of a card that is not there', (ada, bob) => ada.tryGive('2026-03-02', bob, 10, 'unknown'), 'INVALID_CARD_DEFINITION cardDefinitionId'],
    ['of more than there is', (ada, bob) => ada.tryGive('2026-03-02', bob, 101), 'INSUFFICIENT_POINTS points'],
  ])('%s it is refused', (_, tried, expected) => {
    const [ada, bob] = [new Somebody(program()), new Somebody(program(), '2026-01-01', 'bee')];
    ada.earn('2026-03-01', 100);
    const states = [ada.state, bob.state];
    expect(refusedFor(tried(ada, bob))).toEqual([expected]);
    expect([ada.state, bob.state]).toEqual(states);
  });

  test('what the other cannot hold is refused', () => {
    const [ada, bob] = [new Somebody(program()), new Somebody(program(), '2026-01-01', 'bee')];
    ada.earn('2026-03-01', 100);
    bob.adjust('2026-03-01', POINTS_MAX);
    expect(refusedFor(ada.tryGive('2026-03-02', bob, 10))).toEqual(['POINTS_OUT_OF_RANGE points']);
  });
});

describe('activities', () => {
  test('push back what slides, if they are of a type that counts', () => {
    const ada = new Somebody(program({ cards: [expiring(sliding(30))] }));
    ada.earn('2026-03-01', 100);
    expect(ada.visit('2026-03-10', 'review')).toMatchObject({ type: 'ACTIVITY', activityType: 'review', sequence: 2 });
    expect(ada.lots()).toEqual([['2026-04-01', 100]]);
    ada.visit('2026-03-10');
    expect(ada.lots()).toEqual([['2026-04-10', 100]]);
    expect(ada.entries).toHaveLength(1);
  });

  test('told late, they undo an expiry', () => {
    const ada = new Somebody(program({ cards: [expiring(sliding(30))] }));
    ada.earn('2026-03-01', 100);
    ada.settle('2026-04-05');
    expect(ada.balance()).toBe(0);
    expect(ada.visit('2026-03-20', 'visit', '2026-04-06')).toMatchObject({ occurredAt: at('2026-03-20'), recordedAt: at('2026-04-06') });
    expect([ada.balance(), ada.lots()]).toEqual([100, [['2026-04-20', 100]]]);
    expect(ada.told(1)).toEqual([['EXPIRATION', -100, '2026-04-01'], ['EXPIRATION', 100, '2026-04-01']]);
    ada.settle('2026-04-20');
    expect(ada.told(3)).toEqual([['EXPIRATION', -100, '2026-04-20']]);
  });

  test('do not revive what has expired', () => {
    const ada = new Somebody(program({ cards: [expiring(sliding(30))] }));
    ada.earn('2026-03-01', 100);
    ada.visit('2026-04-01');
    expect(ada.balance()).toBe(0);
  });

  test('too far back, or in the future, they are refused', () => {
    const ada = new Somebody(program({ backdatingDays: 30 }));
    expect(refusedFor(ada.tryVisit('2026-02-28T23:59:59Z', 'visit', '2026-03-31T12:00:00Z'))).toEqual(['DATE_TOO_OLD occurredAt']);
    expect(refusedFor(ada.tryVisit('2026-04-01', 'visit', '2026-03-31T12:00:00Z'))).toEqual(['DATE_IN_FUTURE occurredAt']);
  });
});

describe('what is refused is said in words', () => {
  const messagesOf = ({ problems }: { readonly kind: string; readonly problems?: readonly { readonly message: string }[] }) => (problems ?? []).map(({ message }) => message);
  const details = { source: 'default', reference: null, reason: null, metadata: {}, idempotencyKey: null };

  test('of what every operation carries', () => {
    expect(messagesOf({ kind: 'REFUSED', problems: checkDetails({ ...details, source: '', reference: '', reason: '' }) })).toEqual([
      'A source has 1 to 200 characters.',
      'A reference has 1 to 200 characters.',
      `A reason has 1 to ${REASON_MAX_LENGTH} characters.`,
    ]);
    expect(messagesOf({ kind: 'REFUSED', problems: [...checkPoints(0n), ...checkAdjustedPoints(0n), ...checkActivityType('')] })).toEqual([
      'Points are from 1 to 9223372036854775807.',
      'Points are a whole number in 64 bits, not 0.',
      'A type has 1 to 200 characters.',
    ]);
  });

  test('of points that there are not, or were given back', () => {
    const ada = new Somebody(program());
    ada.earn('2026-03-01', 100);
    const spend = ada.spend('2026-03-02', 10);
    ada.reverse('2026-03-03', spend);
    expect(messagesOf(ada.tryReverse('2026-03-03', spend))).toEqual(['The spend has been reversed as a whole.']);
    expect(messagesOf(ada.trySpend('2026-03-03', 1, 'unknown'))).toEqual(['There is no such card definition.']);
    expect(messagesOf(ada.tryGive('2026-03-03', ada, 10))).toEqual(['Points are transferred to another customer.']);
    ada.adjust('2026-03-03', POINTS_MAX - 100n);
    expect(messagesOf(ada.tryAdjust('2026-03-03', 1))).toEqual(['The points would leave the range of 64 bits.']);
  });

  test('of a refund', () => {
    const ada = new Somebody(program());
    const transaction = ada.earn('2026-01-01', 20, { lines: [{ sku: null, category: null, quantity: 1, amount: '20.00' }] });
    const refund = (amount: string | null, ...lines: RefundLine[]) => ada.tryRefund('2026-01-02', transaction, amount, lines);
    const line = { index: 0, amount: '10.00' };
    const amount = 'An amount is a decimal number greater than 0 in the precision of the currency.';
    expect(refusedFor(refund(null, line, { ...line, index: 1 }))).toEqual(['INVALID_LINES lines']);
    expect([
      messagesOf(refund(null, line, line)),
      messagesOf(refund(null, { ...line, index: 1 })),
      messagesOf(refund('x', { ...line, amount: 'x' })),
      messagesOf(refund('9.00', line)),
    ]).toEqual([
      ['The purchase has 1 lines.'],
      ['Each line is one of the purchase and is named once.'],
      [amount, amount],
      ['The lines do not add up to the amount.'],
    ]);
  });
});

describe('what is left of a purchase', () => {
  const lines = ['5.00', '10.00', '20.00'].map((amount, index) => ({ sku: `${index}`, category: null, quantity: 1, amount }));
  const bought = () => {
    const ada = new Somebody(program());
    return { ada, transaction: ada.earn('2026-01-01', 35, { lines }) };
  };
  const refunded = (amount: string, ...of: RefundLine[]) => ({ amount, lines: of });

  test('is that of each line, and what was refunded of none is taken from the last', () => {
    const { transaction } = bought();
    const left = (...refunds: ReturnType<typeof refunded>[]) => {
      const { amount, currency, lines: after } = netOf(transaction, refunds);
      expect(after.map(({ sku }) => sku)).toEqual(['0', '1', '2']);
      return [amount, currency, ...after.map((line) => line.amount)];
    };
    expect(left()).toEqual(['35.00', 'USD', '5.00', '10.00', '20.00']);
    expect(left(refunded('7.50', { index: 1, amount: '7.50' }))).toEqual(['27.50', 'USD', '5.00', '2.50', '20.00']);
    expect(left(refunded('24.00'))).toEqual(['11.00', 'USD', '5.00', '6.00', '0.00']);
    expect(left(refunded('21.00'), refunded('7.50', { index: 1, amount: '7.50' }))).toEqual(['6.50', 'USD', '5.00', '1.50', '0.00']);
    expect(left(refunded('35.00'))).toEqual(['0.00', 'USD', '0.00', '0.00', '0.00']);
  });

  test('is nothing only when all of it was refunded, in one or in parts', () => {
    const { ada, transaction } = bought();
    const wholes = (...amounts: string[]) => amounts.map((amount) => isRefundedWhole(transaction, ada.history, refunded(amount)));
    expect(wholes('35.00', '34.50', '34.99')).toEqual([true, false, false]);
    ada.refund('2026-01-02', transaction, '30.00');
    expect(wholes('5.00', '4.99')).toEqual([true, false]);
  });

  test('is computed by the version that gave the award, which is never removed', () => {
    const { transaction } = bought();
    const [award] = transaction.awards;
    expect(keptOf(award!, netOf(transaction, [refunded('5.50')]), program())).toBe(29n);
    expect(() => keptOf(award!, netOf(transaction, []), program({ rules: [] }))).toThrow('A published version is never removed.');
  });
});

describe('rewards that a refund takes back', () => {
  const visits = reward('visits', { trigger: { type: 'EVERY_NTH_VISIT', visits: 2 } });
  const lived = (parts: Parameters<typeof program>[0] = {}, ...rewards: CatalogueReward[]) => ({
    ...program(parts),
    rewards: new Map(rewards.map((each) => [each.id, each])),
    triggeredRewards: rewards,
  });
  const bought = () => {
    const ada = new Somebody(lived({}, visits));
    ada.earn('2026-01-01', 10);
    const transaction = ada.earn('2026-01-02', 10);
    const given = grant('given', { rewardId: 'visits', transactionId: transaction.id, grantedAt: at('2026-01-02') });
    const refund = (now: string, amount: string | null) => {
      const command = { source: 'default', reference: null, reason: null, metadata: {}, transaction, amount, lines: [] };
      let made = 0;
      const ids = { next: () => `refund ${now} ${(made += 1)}` };
      const decision = decideRefund(ada, command, ada.program, ids, at(now), shelf({ granted: { [transaction.id]: [given] } }));
      if (decision.kind === 'REFUSED') throw new Error(refusedFor(decision).join());
      ada.apply(decision.effects);
      return decision;
    };
    return { ada, transaction, given, refund };
  };
  const progress = { since: 0, count: 2n, passed: 1, every: 2, everySince: 0 };

  test('all that the purchase had given, with the visit, when nothing of it is left', () => {
    const { ada, given, refund } = bought();
    expect([...ada.state.rewardProgress.values()]).toEqual([progress]);
    const { operation, moves } = refund('2026-01-03', null);
    expect(moves).toEqual({
      redemptions: [],
      grants: [{ ...given, revokedAt: at('2026-01-03'), revokedBy: operation.id }],
      stock: [],
      uses: [{ customerId: 'ada', rewardId: 'visits', at: at('2026-01-02'), by: -1 }],
    });
    expect([...ada.state.rewardProgress.values()]).toEqual([{ ...progress, count: 1n, passed: 0 }]);
    expect([ada.balance(), operation.effect.applied]).toEqual([10, 10n]);
  });

  test('nothing while a part is left', () => {
    const { ada, refund } = bought();
    expect(refund('2026-01-03', '9.50').moves).toEqual({ redemptions: [], grants: [], stock: [], uses: [] });
    expect([...ada.state.rewardProgress.values()]).toEqual([progress]);
    expect(refund('2026-01-04', '0.50').moves?.grants.map(({ id, revokedAt }) => [id, revokedAt])).toEqual([['given', at('2026-01-04')]]);
  });

  test('nothing is looked at where there are no rewards', () => {
    const ada = new Somebody(program());
    const decision = ada.tryRefund('2026-01-02', ada.earn('2026-01-01', 10));
    expect(Object.keys(decision)).toEqual(['kind', 'operation', 'effects']);
  });

  test('a refund that would leave 64 bits is refused for its amount, rewards or not', () => {
    const rules = [earnRule('a', { rates: [{ currency: 'USD', value: String(POINTS_MAX), every: '1.00' }] })];
    for (const rewards of [[], [visits]]) {
      const ada = new Somebody(lived({ cards: [card('a', { refundPolicy: 'REVOKE_BELOW_ZERO' })], rules }, ...rewards));
      const [first, second] = ['2026-01-01', '2026-01-02'].map((day) => {
        const transaction = ada.earn(day, 1);
        ada.spend(day, POINTS_MAX);
        return transaction;
      });
      ada.refund('2026-01-03', first!);
      expect(refusedFor(ada.tryRefund('2026-01-04', second!))).toEqual(['POINTS_OUT_OF_RANGE amount']);
    }
  });
});

describe('what an operation is recorded with', () => {
  test('a tier that it leads to names it as its cause', () => {
    const silver = structure([tier('Silver', 100)], { cardDefinitionId: 'a' });
    const ada = new Somebody(program({ structures: [silver] }));
    const { id } = ada.adjust('2026-03-01', 100);
    expect(ada.transitions).toMatchObject([{ toTierId: 'Silver', transactionId: null, operationId: id }]);
  });

  test('points that are taken by hand neither slide nor expire', () => {
    const ada = new Somebody(program({ cards: [expiring(sliding(30))] }));
    ada.adjust('2026-03-01', 100);
    expect(ada.adjust('2026-03-02', -30)).toMatchObject({ points: -30n, sliding: false, expiresAt: Infinity });
  });

  test('a transfer is recorded on both sides', () => {
    const [ada, bob] = [new Somebody(program()), new Somebody(program(), '2026-01-01', 'bee')];
    ada.earn('2026-03-01', 100);
    const decision = ada.give('2026-03-02', bob, 100);
    expect(Object.keys(decision)).toEqual(['kind', 'out', 'in', 'fromEffects', 'toEffects']);
    expect([decision.kind, ada.balance(), bob.balance()]).toEqual(['RECORDED', 0, 100]);
  });
});

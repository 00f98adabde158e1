import { describe, expect, test } from '@jest/globals';
import type { EarnCaps, EarnRuleVersion } from '../../src/domain/earning.ts';
import { NO_CAPS } from '../../src/domain/earning.ts';
import { POINTS_MAX } from '../../src/domain/points.ts';
import type { EarnRequest } from '../../src/domain/purchases.ts';
import { LINES_MAX, QUANTITY_MAX, checkEarn, checkOccurredAt } from '../../src/domain/purchases.ts';
import type { CatalogueReward } from '../../src/domain/rewards.ts';
import { Somebody, at, card, earnRule, expiring, iso, program, refusedFor } from '../support/people.ts';
import { grant, reward } from '../support/shelves.ts';
import { structure, tier } from '../support/structures.ts';

const NOW = at('2026-03-01T12:00:00Z');

describe('checking a purchase', () => {
  const request: EarnRequest = {
    amount: '152.4',
    currency: 'USD',
    location: null,
    lines: [],
    occurredAt: null,
    source: 'default',
    reference: null,
    idempotencyKey: null,
  };
  const line = { sku: 'shoe', category: 'shoes', quantity: 1, amount: '10' };
  const problems = (changes: Partial<EarnRequest>): string[] => {
    const checked = checkEarn({ ...request, ...changes }, NOW);
    return checked.ok ? [] : refusedFor({ kind: 'REFUSED', problems: checked.problems });
  };

  test('amounts come into the normal form of their currency', () => {
    const checked = checkEarn({ ...request, lines: [{ ...line, amount: '152.4' }], idempotencyKey: 'key' }, NOW);
    const { idempotencyKey: _, ...command } = request;
    expect(checked).toEqual({ ok: true, value: { ...command, amount: '152.40', lines: [{ ...line, amount: '152.40' }] } });
  });

  const long = 'x'.repeat(201);
  test.each<[Partial<EarnRequest>, string[]]>([
    [{}, []],
    [{ amount: '0' }, []],
    [{ amount: '-1' }, ['INVALID_AMOUNT amount']],
    [{ amount: '1.234' }, ['INVALID_AMOUNT amount']],
    [{ amount: '1.234', currency: 'KWD' }, []],
    [{ amount: '1.5', currency: 'JPY' }, ['INVALID_AMOUNT amount']],
    [{ currency: 'XXZ' }, ['UNKNOWN_CURRENCY currency']],
    [{ currency: 'usd' }, ['UNKNOWN_CURRENCY currency']],
    [{ currency: 'XXZ', amount: '1.2345' }, ['UNKNOWN_CURRENCY currency']],
    [{ currency: 'XXZ', amount: '1.23456' }, ['UNKNOWN_CURRENCY currency', 'INVALID_AMOUNT amount']],
    [{ location: '' }, ['INVALID_LOCATION location']],
    [{ location: 'here' }, []],
    [{ location: long }, ['INVALID_LOCATION location']],
    [{ source: ' ' }, ['INVALID_REFERENCE source']],
    [{ reference: '' }, ['INVALID_REFERENCE reference']],
    [{ reference: 'ord_1' }, []],
    [{ idempotencyKey: '' }, ['INVALID_IDEMPOTENCY_KEY idempotencyKey']],
    [{ occurredAt: NOW }, []],
    [{ occurredAt: NOW + 1 }, ['DATE_IN_FUTURE occurredAt']],
    [{ lines: [{ ...line, amount: '52.40' }, { ...line, amount: '100' }] }, []],
    [{ lines: [{ ...line, amount: '52.40' }, { ...line, amount: '99.99' }] }, ['INVALID_LINES lines']],
    [{ lines: [{ ...line, amount: '152.400' }] }, []],
    [{ lines: [{ ...line, amount: '152.401' }] }, ['INVALID_AMOUNT lines 0 amount']],
    [{ lines: [line, { ...line, quantity: 0 }] }, ['INVALID_LINES lines 1 quantity']],
    [{ lines: [{ ...line, quantity: 1.5 }] }, ['INVALID_LINES lines 0 quantity']],
    [{ lines: [{ ...line, quantity: QUANTITY_MAX + 1 }] }, ['INVALID_LINES lines 0 quantity']],
    [{ amount: '10', lines: [{ ...line, quantity: QUANTITY_MAX }] }, []],
    [{ lines: [{ ...line, sku: '' }] }, ['INVALID_LINES lines 0 sku']],
    [{ lines: [{ ...line, category: long }] }, ['INVALID_LINES lines 0 category']],
    [{ amount: '10', lines: [{ ...line, sku: null, category: null }] }, []],
    [{ amount: 'much', lines: [line] }, ['INVALID_AMOUNT amount']],
    [{ amount: '0', lines: Array.from({ length: LINES_MAX }, () => ({ ...line, amount: '0' })) }, []],
    [{ amount: '0', lines: Array.from({ length: LINES_MAX + 1 }, () => ({ ...line, amount: '0' })) }, ['INVALID_LINES lines']],
  ])('case %#: %j', (changes, expected) => {
    expect(problems(changes)).toEqual(expected);
  });

  test('says which places a currency has, where it is known', () => {
    const messages = (changes: Partial<EarnRequest>) => {
      const checked = checkEarn({ ...request, amount: 'x', ...changes }, NOW);
      return checked.ok ? [] : checked.problems.map(({ message }) => message);
    };
    expect(messages({})).toEqual(['An amount is a decimal number of 0 or more with at most 2 decimal places.']);
    expect(messages({ currency: 'XXZ' })[1]).toBe('An amount is a decimal number of 0 or more.');
  });

  test.each<[Partial<EarnRequest>, string]>([
    [{ currency: 'XXZ' }, 'It is not a currency of ISO 4217.'],
    [{ location: '' }, 'A location has 1 to 200 characters.'],
    [{ source: '' }, 'A source has 1 to 200 characters.'],
    [{ reference: '' }, 'A reference has 1 to 200 characters.'],
    [{ occurredAt: NOW + 1 }, 'It cannot lie in the future.'],
    [{ lines: [{ ...line, amount: 'x' }] }, 'An amount is a decimal number of 0 or more.'],
    [{ lines: [{ ...line, quantity: 0 }] }, 'A quantity is from 1 to 1000000.'],
    [{ lines: [{ ...line, sku: '' }] }, 'A text has 1 to 200 characters.'],
    [{ lines: [line] }, 'The lines do not add up to the amount.'],
  ])('says what is wrong: %j', (changes, message) => {
    const checked = checkEarn({ ...request, ...changes }, NOW);
    expect(checked.ok ? [] : checked.problems.map((wrong) => wrong.message)).toEqual([message]);
  });

  test('says how many lines there may be, and how long ago it may have been', () => {
    const lines = Array.from({ length: LINES_MAX + 1 }, () => line);
    expect(checkEarn({ ...request, lines }, NOW)).toMatchObject({ ok: false, problems: [{ message: 'There are at most 500 lines.' }] });
    expect(checkOccurredAt(at('2026-01-01'), program({ backdatingDays: 30 }), NOW)).toEqual([
      { code: 'DATE_TOO_OLD', message: 'It may be dated back 30 days at most.', field: ['input', 'occurredAt'] },
    ]);
  });
});

describe('deciding a purchase', () => {
  test('gives what the rule says, on the card of the rule', () => {
    const ada = new Somebody(program({ cards: [card('a'), card('b')] }));
    const transaction = ada.earn('2026-03-01T12:00:00Z', 152.4, { reference: 'ord_1', location: 'here' });
    expect(transaction).toMatchObject({
      customerId: 'ada',
      amount: '152.40',
      reference: 'ord_1',
      location: 'here',
      sequence: 1,
      occurredAt: NOW,
      recordedAt: NOW,
      awards: [
        { earnRuleVersionId: 'rule a 1', cardDefinitionId: 'a', points: 152n, computed: 152n, cappedBy: null, multiplier: '1', expiresAt: Infinity, sliding: false, activatesAt: null },
        { earnRuleVersionId: 'rule b 1', cardDefinitionId: 'b', points: 152n },
      ],
    });
    expect([ada.balance('a'), ada.balance('b'), ada.state.sequence]).toEqual([152, 152, 1]);
    expect(ada.entries.map(({ type, cardDefinitionId, transactionId, operationId, earnRuleVersionId, balanceAfter }) => [type, cardDefinitionId, transactionId, operationId, earnRuleVersionId, balanceAfter])).toEqual([
      ['EARN', 'a', transaction.id, null, 'rule a 1', 152n],
      ['EARN', 'b', transaction.id, null, 'rule b 1', 152n],
    ]);
  });

  test('a purchase of nothing is recorded and gives nothing', () => {
    const ada = new Somebody(program());
    expect(ada.earn('2026-03-01', 0.5).awards).toMatchObject([{ points: 0n, computed: 0n }]);
    expect([ada.told(), ada.history.facts, ada.state.sequence]).toEqual([[], [], 0]);
  });

  test('a rule that is not in force, or whose card is not, gives nothing', () => {
    const cards = [card('a'), card('b', { status: 'INACTIVE' })];
    const later = { ...earnRule('a', { effectiveAt: at('2026-03-02') }) };
    const ada = new Somebody(program({ cards, rules: [later, earnRule('b')] }));
    expect(ada.earn('2026-03-01', 100).awards).toEqual([]);
    expect(ada.earn('2026-03-02', 100).awards).toMatchObject([{ cardDefinitionId: 'a', points: 100n }]);
  });

  test('a late purchase uses the rule in force when it happened', () => {
    const first: EarnRuleVersion | undefined = earnRule('a').versions[0];
    const versions = [first!, { ...first!, id: 'second', number: 2, effectiveAt: at('2026-02-01'), rates: [{ currency: 'USD', value: '3', every: '1.00' }] }];
    const ada = new Somebody(program({ rules: [{ ...earnRule('a'), versions }] }));
    expect(ada.earn('2026-02-10', 10).awards[0]).toMatchObject({ earnRuleVersionId: 'second', points: 30n });
    expect(ada.earn('2026-01-10', 10, { told: '2026-02-11' }).awards[0]).toMatchObject({ earnRuleVersionId: 'rule a 1', points: 10n });
    expect(ada.balance()).toBe(40);
  });

  test('M2: a currency without a rate is refused and changes nothing', () => {
    const ada = new Somebody(program());
    const decision = ada.tryEarn('2026-03-01', 10, { currency: 'EUR' });
    expect(refusedFor(decision)).toEqual(['RATE_MISSING currency']);
    expect(decision).toMatchObject({ problems: [{ message: 'The earn rule "rule a" has no rate for EUR.' }] });
  });

  test('a condition that cannot be evaluated is refused', () => {
    const ada = new Somebody(program({ rules: [earnRule('a', { condition: 'customer.metadata.vip.level > 1' })] }));
    expect(refusedFor(ada.tryEarn('2026-03-01', 10))).toEqual(['CONDITION_FAILED']);
  });

  test('the tier held when it happened multiplies, and is what conditions see', () => {
    const silver = structure([tier('Silver', 100)], { cardDefinitionId: 'a', downgrade: { type: 'MULTI_LEVEL', gracePeriod: null } });
    const rules = [
      earnRule('a', { tierMultipliers: [{ tierId: 'Silver', multiplier: '1.5' }] }),
      earnRule('a', { condition: "'Silver' in customer.tiers" }, 'bonus'),
    ];
    const ada = new Somebody(program({ structures: [silver], rules }));
    expect(ada.earn('2026-03-01', 100).awards).toMatchObject([{ points: 100n, multiplier: '1' }]);
    expect(ada.earn('2026-03-02', 19.99).awards).toMatchObject([{ points: 29n, multiplier: '1.5' }, { points: 19n }]);
    expect(ada.earn('2026-02-20', 19.99, { told: '2026-03-03' }).awards).toMatchObject([{ points: 19n, multiplier: '1' }]);
  });

  test('how points expire is said by the rule, else by the tier that measures the card, else by the card', () => {
    const days = (value: number) => ({ type: 'ROLLING' as const, period: { value, unit: 'DAY' as const }, rounding: null });
    const gold = (id: string, cardDefinitionId: string, value: number) =>
      structure([tier(`Gold ${id}`, 0, { pointExpiration: days(value) })], { id, cardDefinitionId });
    const cards = [expiring(days(10)), card('b')];
    const endOf = (rules: ReturnType<typeof earnRule>[], structures: ReturnType<typeof structure>[]) =>
      iso(new Somebody(program({ cards, structures, rules })).earn('2026-03-01', 10).awards[0]?.expiresAt ?? 0);
    expect(endOf([earnRule('a')], [])).toBe('2026-03-12');
    expect(endOf([earnRule('a')], [gold('one', 'a', 20)])).toBe('2026-03-22');
    expect(endOf([earnRule('a')], [gold('one', 'b', 20)])).toBe('2026-03-12');
    expect(endOf([earnRule('a', { expiration: days(5) })], [gold('one', 'a', 20)])).toBe('2026-03-07');
    expect(endOf([earnRule('a', { expiration: { type: 'NO_EXPIRATION' } })], [])).toBe('never');
  });

  test('E7: points that begin later expire from then', () => {
    const cards = [card('a', { activation: { type: 'PERIOD_BASED', days: 30 }, expiration: { type: 'ROLLING', period: { value: 1, unit: 'MONTH' }, rounding: null } })];
    const ada = new Somebody(program({ cards }));
    const [award] = ada.earn('2026-01-01T10:00:00Z', 100).awards;
    expect([iso(award?.activatesAt ?? 0), iso(award?.expiresAt ?? 0)]).toEqual(['2026-01-31', '2026-03-01']);
    expect([ada.balance(), ada.pending()]).toEqual([0, [['2026-01-31', 100]]]);
    ada.settle('2026-01-31');
    expect([ada.balance(), ada.pending(), ada.lots()]).toEqual([100, [], [['2026-03-01', 100]]]);
    ada.settle('2026-03-01');
    expect(ada.told()).toEqual([
      ['EARN', 100, '2026-01-01T10:00:00.000Z'],
      ['ACTIVATION', 100, '2026-01-31'],
      ['EXPIRATION', -100, '2026-03-01'],
    ]);
    expect(ada.entries.map(({ pending, balanceAfter }) => [pending, balanceAfter])).toEqual([[true, 0n], [false, 100n], [false, 0n]]);
  });

  test('dates too far back are refused; the first day of the window is not', () => {
    const ada = new Somebody(program({ backdatingDays: 30 }));
    const told = '2026-03-31T12:00:00Z';
    expect(refusedFor(ada.tryEarn('2026-03-01T00:00:00Z', 10, { told }))).toEqual([]);
    expect(refusedFor(ada.tryEarn('2026-02-28T23:59:59.999Z', 10, { told }))).toEqual(['DATE_TOO_OLD occurredAt']);
    expect(refusedFor(ada.tryEarn('2026-04-01', 10, { told }))).toEqual(['DATE_IN_FUTURE occurredAt']);
    expect(refusedFor(ada.tryEarn(told, 10, { told }))).toEqual([]);
  });

  test('points that leave 64 bits are refused and change nothing', () => {
    const huge = earnRule('a', { rates: [{ currency: 'USD', value: '1000000', every: '0.01' }] });
    const ada = new Somebody(program({ rules: [huge] }));
    expect(refusedFor(ada.tryEarn('2026-03-01', '999999999999999.00'))).toEqual(['POINTS_OUT_OF_RANGE amount']);
    ada.adjust('2026-03-01', POINTS_MAX);
    const { state } = ada;
    expect(refusedFor(ada.tryEarn('2026-03-01', 10))).toEqual(['POINTS_OUT_OF_RANGE amount']);
    expect(ada.state).toBe(state);
  });
});

describe('caps', () => {
  const capped = (caps: Partial<EarnCaps>, cards = [card('a')]) => new Somebody(program({ cards, rules: [earnRule('a', { caps: { ...NO_CAPS, ...caps } })] }));
  const brief = ({ awards }: ReturnType<Somebody['earn']>) => awards.map(({ points, computed, cappedBy }) => [Number(points), Number(computed), cappedBy]);

  test('C6: of a purchase: refused whole above it', () => {
    const ada = capped({ perTransaction: 50n });
    expect(brief(ada.earn('2026-03-01', 50))).toEqual([[50, 50, null]]);
    expect(brief(ada.earn('2026-03-01', 60))).toEqual([[0, 60, 'PER_TRANSACTION']]);
    expect(ada.balance()).toBe(50);
  });

  test('C5: of a day: reduced to what is left', () => {
    const ada = capped({ perPeriod: [{ unit: 'DAY', points: 100n }] });
    expect([40, 40, 40, 40].map((amount) => brief(ada.earn('2026-03-01T12:00:00Z', amount))[0])).toEqual([
      [40, 40, null],
      [40, 40, null],
      [20, 40, 'PER_PERIOD'],
      [0, 40, 'PER_PERIOD'],
    ]);
    expect(brief(ada.earn('2026-03-02', 100))).toEqual([[100, 100, null]]);
    expect(ada.balance()).toBe(200);
    expect([...ada.state.capUsage]).toEqual([['rule a DAY', { periodStart: at('2026-03-02'), points: 100n }]]);
  });

  test('of several periods, the tightest decides', () => {
    const ada = capped({ perPeriod: [{ unit: 'DAY', points: 100n }, { unit: 'MONTH', points: 150n }] });
    expect(brief(ada.earn('2026-03-01', 120))).toEqual([[100, 120, 'PER_PERIOD']]);
    expect(brief(ada.earn('2026-03-02', 120))).toEqual([[50, 120, 'PER_PERIOD']]);
    expect(brief(ada.earn('2026-03-03', 1))).toEqual([[0, 1, 'PER_PERIOD']]);
    expect(brief(ada.earn('2026-04-01', 120))).toEqual([[100, 120, 'PER_PERIOD']]);
  });

  test('a late purchase counts in its own period, with what came after it', () => {
    const ada = capped({ perPeriod: [{ unit: 'MONTH', points: 100n }] });
    ada.earn('2026-02-20', 70);
    ada.earn('2026-03-10', 90);
    expect(brief(ada.earn('2026-02-10', 70, { told: '2026-03-11' }))).toEqual([[30, 70, 'PER_PERIOD']]);
    expect(brief(ada.earn('2026-03-12', 70))).toEqual([[10, 70, 'PER_PERIOD']]);
    expect(brief(ada.earn('2026-01-31T23:59:59Z', 70, { told: '2026-03-13' }))).toEqual([[70, 70, null]]);
  });

  test('the usage of another rule is another', () => {
    const caps = { ...NO_CAPS, perPeriod: [{ unit: 'DAY' as const, points: 100n }] };
    const ada = new Somebody(program({ rules: [earnRule('a', { caps }, 'one'), earnRule('a', { caps }, 'two')] }));
    expect(brief(ada.earn('2026-03-01', 80))).toEqual([[80, 80, null], [80, 80, null]]);
    expect(brief(ada.earn('2026-03-01T10:00:00Z', 80, { told: '2026-03-02' }))).toEqual([[20, 80, 'PER_PERIOD'], [20, 80, 'PER_PERIOD']]);
  });

  test('of the balance: reduced so that what is there and what is pending do not exceed it', () => {
    const ada = capped({ balance: 100n }, [card('a', { activation: { type: 'PERIOD_BASED', days: 30 } })]);
    ada.adjust('2026-03-01', 30);
    expect(brief(ada.earn('2026-03-01', 50))).toEqual([[50, 50, null]]);
    expect(brief(ada.earn('2026-03-01', 50))).toEqual([[20, 50, 'BALANCE']]);
    expect(brief(ada.earn('2026-03-01', 50))).toEqual([[0, 50, 'BALANCE']]);
    ada.spend('2026-03-02', 30);
    expect(brief(ada.earn('2026-03-02', 50))).toEqual([[30, 50, 'BALANCE']]);
    ada.adjust('2026-04-10', 100);
    expect(brief(ada.earn('2026-04-10', 50))).toEqual([[0, 50, 'BALANCE']]);
  });

  test('of the balance: what other rules give with the same purchase counts, on the same card', () => {
    const rules = [earnRule('a'), earnRule('b'), earnRule('a', { caps: { ...NO_CAPS, balance: 100n } }, 'capped')];
    const ada = new Somebody(program({ cards: [card('a'), card('b')], rules }));
    expect(brief(ada.earn('2026-03-01', 70))).toEqual([[70, 70, null], [70, 70, null], [30, 70, 'BALANCE']]);
  });
});

describe('rules and caps, in cases that are told apart by little', () => {
  const NO_EXPIRATION = { type: 'NO_EXPIRATION' } as const;
  const brief = ({ awards }: ReturnType<Somebody['earn']>) => awards.map(({ points, computed, cappedBy }) => [Number(points), Number(computed), cappedBy]);
  const monthly = (points: bigint) => ({ ...NO_CAPS, perPeriod: [{ unit: 'MONTH' as const, points }] });

  test('a rule of a card that is not there gives nothing', () => {
    const ada = new Somebody(program({ cards: [card('a')], rules: [earnRule('b'), earnRule('a')] }));
    expect(ada.earn('2026-03-01', 10).awards).toMatchObject([{ cardDefinitionId: 'a', points: 10n }]);
  });

  test('what a rule computes beyond 64 bits is refused even where a cap would leave nothing of it', () => {
    const huge = earnRule('a', { rates: [{ currency: 'USD', value: '1000000', every: '0.01' }], caps: { ...NO_CAPS, perTransaction: 50n } });
    expect(refusedFor(new Somebody(program({ rules: [huge] })).tryEarn('2026-03-01', '999999999999999.00'))).toEqual(['POINTS_OUT_OF_RANGE amount']);
  });

  test('a tier that says nothing on how points expire leaves it to the next one that measures the card', () => {
    const days = (value: number) => ({ type: 'ROLLING' as const, period: { value, unit: 'DAY' as const }, rounding: null });
    const held = (id: string, pointExpiration: ReturnType<typeof days> | null) =>
      structure([tier(`Gold ${id}`, 0, { pointExpiration })], { id, cardDefinitionId: 'a' });
    const ada = new Somebody(program({ cards: [expiring(NO_EXPIRATION)], structures: [held('one', null), held('two', days(20))] }));
    expect(iso(ada.earn('2026-03-01', 10).awards[0]?.expiresAt ?? 0)).toBe('2026-03-22');
  });

  test('a cap of the balance looks at what the purchase gave on its own card, not on others', () => {
    const twice = earnRule('b', { rates: [{ currency: 'USD', value: '2', every: '1.00' }] });
    const rules = [earnRule('a'), twice, earnRule('a', { caps: { ...NO_CAPS, balance: 100n } }, 'capped')];
    const ada = new Somebody(program({ cards: [card('a'), card('b')], rules }));
    expect(brief(ada.earn('2026-03-01', 70))).toEqual([[70, 70, null], [140, 140, null], [30, 70, 'BALANCE']]);
  });

  test('a late purchase counts with what was given from the first instant of its month to the last', () => {
    const ada = new Somebody(program({ rules: [earnRule('a', { caps: monthly(100n) })] }));
    ada.earn('2026-01-31T23:59:59.999Z', 50);
    ada.earn('2026-02-01', 30);
    ada.earn('2026-03-01', 50);
    expect(brief(ada.earn('2026-02-10', 90, { told: '2026-03-05' }))).toEqual([[70, 90, 'PER_PERIOD']]);
  });

  test('of a late purchase, each rule counts its own, and only what a version gave that had such a cap', () => {
    const half = { rates: [{ currency: 'USD', value: '1', every: '2.00' }] };
    const rules = [earnRule('a', { caps: monthly(100n) }, 'one'), earnRule('a', { caps: monthly(100n), ...half }, 'two')];
    const ada = new Somebody(program({ rules }));
    ada.earn('2026-02-01', 80);
    ada.settle('2026-03-01');
    expect(brief(ada.earn('2026-02-10', 80, { told: '2026-03-01' }))).toEqual([[20, 80, 'PER_PERIOD'], [40, 40, null]]);

    const daily: EarnRuleVersion = { ...earnRule('a').versions[0]!, caps: { ...NO_CAPS, perPeriod: [{ unit: 'DAY', points: 100n }] } };
    const versions = [daily, { ...daily, id: 'second', number: 2, effectiveAt: at('2026-02-05'), caps: monthly(100n) }];
    const bob = new Somebody(program({ rules: [{ ...earnRule('a'), versions }] }));
    bob.earn('2026-02-01', 80);
    bob.earn('2026-02-06', 10);
    bob.settle('2026-03-01');
    expect(brief(bob.earn('2026-02-10', 95, { told: '2026-03-01' }))).toEqual([[90, 95, 'PER_PERIOD']]);
  });
});

describe('rewards that a purchase triggers', () => {
  const lived = (...rewards: CatalogueReward[]) => ({ ...program(), rewards: new Map(rewards.map((each) => [each.id, each])), triggeredRewards: rewards });
  const hundred = reward('hundred', { trigger: { type: 'POINT_BALANCE', cardDefinitionId: 'a', points: 100n } });
  const visits = reward('visits', { trigger: { type: 'EVERY_NTH_VISIT', visits: 2 } });
  const grantsOf = (ada: Somebody, when: string, amount: number, told?: string) => {
    const decision = ada.tryEarn(when, amount, told === undefined ? {} : { told });
    if (decision.kind === 'REFUSED') throw new Error(refusedFor(decision).join());
    ada.apply(decision.effects);
    return decision.moves?.grants.map(({ rewardId }) => rewardId);
  };

  test('none where nothing can be triggered', () => {
    const decision = new Somebody(program()).tryEarn('2026-03-01', 10);
    expect(Object.keys(decision)).toEqual(['kind', 'transaction', 'effects']);
    expect(decision.kind).toBe('RECORDED');
  });

  test('are given with the purchase, and the visit is counted', () => {
    const ada = new Somebody(lived(hundred, visits));
    const progress = { since: 0, count: 1n, passed: 0, every: 2, everySince: 0 };
    const first = ada.tryEarn('2026-03-01T12:00:00Z', 100);
    if (first.kind === 'REFUSED') throw new Error(refusedFor(first).join());
    const { transaction, effects, moves } = first;
    expect(moves).toEqual({
      redemptions: [],
      grants: [grant(moves?.grants[0]?.id ?? '', { rewardId: 'hundred', transactionId: transaction.id, grantedAt: NOW })],
      stock: [],
      uses: [{ customerId: 'ada', rewardId: 'hundred', at: NOW, by: 1 }],
    });
    expect(transaction).toMatchObject({ amount: '100.00', sequence: 1, awards: [{ points: 100n }] });
    expect([...effects.state.rewardProgress.values()]).toEqual([progress]);
    ada.apply(effects);
    expect([ada.balance(), grantsOf(ada, '2026-03-02', 10)]).toEqual([100, ['visits']]);
    expect([...ada.state.rewardProgress.values()]).toEqual([{ ...progress, count: 2n, passed: 1 }]);
  });

  test('by a balance only when it is lifted there, and anew when it had fallen', () => {
    const ada = new Somebody(lived(hundred));
    expect([grantsOf(ada, '2026-03-01', 60), grantsOf(ada, '2026-03-02', 60), grantsOf(ada, '2026-03-03', 60)]).toEqual([[], ['hundred'], []]);
    ada.spend('2026-03-04', 100);
    expect([grantsOf(ada, '2026-03-05', 10), grantsOf(ada, '2026-03-06', 10)]).toEqual([[], ['hundred']]);
  });

  test('by a late purchase: the balance is that of now, not of when it happened', () => {
    const rich = new Somebody(lived(hundred));
    rich.earn('2026-03-01', 120);
    expect(grantsOf(rich, '2026-02-01', 100, '2026-03-02')).toEqual([]);
    const poor = new Somebody(lived(hundred));
    poor.earn('2026-03-01', 120);
    poor.spend('2026-03-02', 50);
    expect(grantsOf(poor, '2026-02-01', 30, '2026-03-03')).toEqual(['hundred']);
    expect(grantsOf(new Somebody(lived(hundred), '2026-03-02'), '2026-02-01', 100, '2026-03-02')).toEqual(['hundred']);
  });
});

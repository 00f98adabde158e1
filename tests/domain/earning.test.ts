import { describe, expect, test } from '@jest/globals';
import type { Buyer, EarnCaps, EarnRule, EarnRuleTerms, EarnRuleVersion, Purchase, PurchaseLine } from '../../src/domain/earning.ts';
import { NO_CAPS, applyRule, checkTerms, createEarnRule, publishEarnRule, retireEarnRule, updateEarnRule, versionAt } from '../../src/domain/earning.ts';
import type { FixedPointExpiration } from '../../src/domain/points.ts';
import type { Checked } from '../../src/domain/problem.ts';

const NOW = Date.parse('2026-05-17T12:00:00Z');

const TERMS: EarnRuleTerms = {
  rates: [{ currency: 'USD', value: '1', every: '1.00' }],
  condition: null,
  rounding: 'FLOOR',
  roundingScope: 'PER_TRANSACTION',
  tierMultipliers: [],
  caps: NO_CAPS,
  expiration: null,
};

const BUYER: Buyer = { externalId: 'ada', metadata: {}, tiers: [] };

function line(amount: string, rest: Partial<PurchaseLine> = {}): PurchaseLine {
  return { sku: null, category: null, quantity: 1, amount, ...rest };
}

function purchase(amount: string, rest: Partial<Purchase> = {}): Purchase {
  return { amount, currency: 'USD', location: null, lines: [], occurredAt: NOW, ...rest };
}

/** The points that the purchase gives, or why it gives none. */
function apply(terms: Partial<EarnRuleTerms>, bought: Purchase, buyer: Partial<Buyer> = {}): bigint | string {
  const outcome = applyRule({ ...TERMS, ...terms }, bought, { ...BUYER, ...buyer });
  if (outcome.kind === 'AWARD') return outcome.award.points;
  return outcome.kind === 'REFUSED' ? outcome.code : outcome.kind;
}

function problemsOf(answer: Checked<unknown>): string[] {
  return answer.ok ? [] : answer.problems.map(({ code, field }) => [code, ...(field ?? []).slice(1)].join(' '));
}

const rate = (value: string, every: string, currency = 'USD') => ({ rates: [{ currency, value, every }] });

describe('rows of the specification', () => {
  test('N1: 1 per 10.00', () => {
    expect([apply(rate('1', '10.00'), purchase('105.00')), apply(rate('1', '10.00'), purchase('21.90'))]).toEqual([10n, 2n]);
  });

  test('N2: to the nearest point', () => {
    const amounts = ['191.10', '67.70', '10.49', '10.50'];
    expect(amounts.map((amount) => apply({ rounding: 'NEAREST' }, purchase(amount)))).toEqual([191n, 68n, 10n, 11n]);
  });

  test('N3: rounded by line, and as a whole', () => {
    const bought = purchase('41.00', { lines: [line('20.50'), line('20.50')] });
    expect(apply({ rounding: 'NEAREST', roundingScope: 'PER_LINE' }, bought)).toBe(42n);
    expect(apply({ rounding: 'NEAREST', roundingScope: 'PER_TRANSACTION' }, bought)).toBe(41n);
  });

  test('N7: rounded after the multiplier', () => {
    const terms = { tierMultipliers: [{ tierId: 'gold', multiplier: '1.5' }] };
    expect(apply(terms, purchase('19.99'), { tiers: [{ id: 'gold', name: 'Gold' }] })).toBe(29n);
    expect(apply(terms, purchase('19.99'))).toBe(19n);
  });

  test('N8: a binary float would lose a point', () => {
    const bought = purchase('0.80', { lines: [line('0.70'), line('0.10')] });
    expect(apply(rate('10', '1.00'), bought)).toBe(8n);
  });

  test('M2: a rate for each currency, and none is 1:1', () => {
    const rates = [
      { currency: 'JPY', value: '1', every: '1000' },
      { currency: 'USD', value: '1', every: '10.00' },
      { currency: 'KWD', value: '1', every: '1.000' },
    ];
    const points = [['1000', 'JPY'], ['10.00', 'USD'], ['1.000', 'KWD'], ['10.00', 'XXX'], ['10.00', 'EUR']] as const;
    expect(points.map(([amount, currency]) => apply({ rates }, purchase(amount, { currency })))).toEqual([
      1n,
      1n,
      1n,
      'RATE_MISSING',
      'RATE_MISSING',
    ]);
  });
});

describe('rounding', () => {
  test.each([
    ['FLOOR', [0n, 0n, 0n, 1n, 1n, 2n]],
    ['NEAREST', [0n, 0n, 1n, 1n, 2n, 2n]],
    ['CEILING', [0n, 1n, 1n, 1n, 2n, 2n]],
  ] as const)('%s', (rounding, points) => {
    const amounts = ['0.00', '0.01', '0.50', '1.00', '1.50', '2.00'];
    expect(amounts.map((amount) => apply({ rounding }, purchase(amount)))).toEqual(points);
  });

  test('a quotient that never ends is rounded once, exactly', () => {
    expect(apply(rate('1', '3.00'), purchase('2.99'))).toBe(0n);
    expect(apply(rate('1', '3.00'), purchase('3.00'))).toBe(1n);
    expect(apply({ ...rate('1', '3.00'), rounding: 'CEILING' }, purchase('0.01'))).toBe(1n);
    expect(apply({ ...rate('1', '0.30'), rounding: 'NEAREST' }, purchase('0.14'))).toBe(0n);
    expect(apply({ ...rate('1', '0.30'), rounding: 'NEAREST' }, purchase('0.15'))).toBe(1n);
    expect(apply(rate('0.000001', '999999999999999.99'), purchase('999999999999999.99'))).toBe(0n);
    expect(apply({ ...rate('0.000001', '999999999999999.99'), rounding: 'CEILING' }, purchase('0.01'))).toBe(1n);
  });

  test('large purchases stay exact', () => {
    expect(apply(rate('1000000', '0.01'), purchase('999999999999999.99'))).toBe(99999999999999999000000n);
  });

  test('a purchase without lines is one line', () => {
    expect(apply({ rounding: 'CEILING', roundingScope: 'PER_LINE' }, purchase('1.01'))).toBe(2n);
  });

  test('lines are rounded each', () => {
    const lines = ['0.99', '0.99', '0.02'].map((amount) => line(amount));
    expect(apply({ roundingScope: 'PER_LINE' }, purchase('2.00', { lines }))).toBe(0n);
    expect(apply({ roundingScope: 'PER_LINE', rounding: 'CEILING' }, purchase('2.00', { lines }))).toBe(3n);
    expect(apply({}, purchase('2.00', { lines }))).toBe(2n);
  });
});

describe('multipliers', () => {
  const tierMultipliers = [
    { tierId: 'gold', multiplier: '1.5' },
    { tierId: 'vip', multiplier: '1.1' },
    { tierId: 'sad', multiplier: '0.5' },
  ];

  test('those of the tiers that are held are multiplied', () => {
    const outcome = (...ids: string[]) =>
      applyRule({ ...TERMS, tierMultipliers }, purchase('100.00'), { ...BUYER, tiers: ids.map((id) => ({ id, name: id })) });
    expect(outcome()).toEqual({ kind: 'AWARD', award: { points: 100n, multiplier: '1' } });
    expect(outcome('gold')).toEqual({ kind: 'AWARD', award: { points: 150n, multiplier: '1.5' } });
    expect(outcome('gold', 'vip')).toEqual({ kind: 'AWARD', award: { points: 165n, multiplier: '1.65' } });
    expect(outcome('sad', 'other')).toEqual({ kind: 'AWARD', award: { points: 50n, multiplier: '0.5' } });
  });

  test('apply before each line is rounded', () => {
    const lines = [line('0.70'), line('0.70')];
    expect(
      apply({ tierMultipliers, roundingScope: 'PER_LINE' }, purchase('1.40', { lines }), { tiers: [{ id: 'gold', name: 'Gold' }] }),
    ).toBe(2n);
  });
});

describe('conditions', () => {
  const bought = purchase('52.40', {
    location: 'Warsaw',
    lines: [line('40.00', { sku: 'A1', category: 'shoes', quantity: 2 }), line('12.40')],
  });
  const buyer: Buyer = {
    externalId: 'ada',
    metadata: { plan: 'pro', visits: 3, rating: 4.5, beta: true, none: null, tags: ['a', 'b'] },
    tiers: [{ id: 't1', name: 'Gold' }],
  };
  const holds = (condition: string) => apply({ condition }, bought, buyer);

  test.each([
    'true',
    'transaction.amountMinor >= 5240',
    'transaction.amount == "52.40"',
    'transaction.currency == "USD" && transaction.location == "Warsaw"',
    'transaction.location in ["Warsaw", "Berlin"]',
    'transaction.lines.exists(line, line.category == "shoes" && line.quantity > 1)',
    'transaction.lines.all(line, line.amountMinor > 1000)',
    'size(transaction.lines) == 2',
    'transaction.lines[1].sku == ""',
    'transaction.occurredAt.getFullYear() == 2026',
    'transaction.occurredAt < timestamp("2026-06-01T00:00:00Z")',
    '"Gold" in customer.tiers',
    'customer.externalId.startsWith("a")',
    'customer.metadata.plan == "pro"',
    'customer.metadata.visits >= 3',
    'customer.metadata.rating > 4.0',
    'customer.metadata.beta',
    'has(customer.metadata.plan) && !has(customer.metadata.missing)',
    '"b" in customer.metadata.tags',
    'customer.metadata.?missing.orValue("x") == "x"',
  ])('hold: %s', (condition) => {
    expect(problemsOf(checkTerms({ ...TERMS, condition }, new Set()))).toEqual([]);
    expect(holds(condition)).toBe(52n);
  });

  test.each(['false', 'transaction.amountMinor > 5240', '"Silver" in customer.tiers', 'has(customer.metadata.missing)'])(
    'do not hold: %s',
    (condition) => {
      expect(holds(condition)).toBe('NOT_APPLICABLE');
    },
  );

  test.each(['customer.metadata.missing == "x"', 'customer.metadata.plan', 'transaction.lines[7].amountMinor > 1', '1 / 0 == 1'])(
    'fail, and refuse the purchase: %s',
    (condition) => {
      expect(problemsOf(checkTerms({ ...TERMS, condition }, new Set()))).toEqual([]);
      expect(holds(condition)).toBe('CONDITION_FAILED');
    },
  );

  test('see an empty text where nothing was said of a place or a line', () => {
    const bought = purchase('5.00', { lines: [line('5.00')] });
    for (const condition of ['transaction.location == ""', 'transaction.lines[0].sku == ""', 'transaction.lines[0].category == ""']) {
      expect(apply({ condition }, bought)).toBe(5n);
    }
  });

  test('one that does not hold needs no rate', () => {
    expect(apply({ condition: 'false' }, purchase('1.00', { currency: 'EUR' }))).toBe('NOT_APPLICABLE');
  });

  test.each([
    ['', 'empty'],
    ['   ', 'blank'],
    ['transaction.amount ==', 'unfinished'],
    ['amount > 5', 'an unknown variable'],
    ['1 + 1', 'a number'],
    ['"yes"', 'a text'],
    ['true && 5', 'not logical'],
    ['nope(1)', 'an unknown function'],
    [`true || ${'true || '.repeat(300)}true`, 'too long'],
    ['('.repeat(60) + 'true' + ')'.repeat(60), 'too deep'],
  ])('are refused when they are saved: %j (%s)', (condition) => {
    expect(problemsOf(checkTerms({ ...TERMS, condition }, new Set()))).toEqual(['INVALID_CONDITION version condition']);
  });

  test('say what is wrong in one line', () => {
    const answer = checkTerms({ ...TERMS, condition: 'transaction.amount ==' }, new Set());
    const message = answer.ok ? '' : (answer.problems[0]?.message ?? '');
    expect(message).toMatch(/^The condition does not compile: .+$/);
  });
});

describe('terms', () => {
  const TIERS = new Set(['gold', 'vip']);
  const check = (terms: Partial<EarnRuleTerms>) => problemsOf(checkTerms({ ...TERMS, ...terms }, TIERS));

  test('decimals come into their normal form', () => {
    const terms = {
      ...TERMS,
      rates: [
        { currency: 'USD', value: '01.50', every: '1' },
        { currency: 'JPY', value: '2.000000', every: '100.00' },
        { currency: 'KWD', value: '3', every: '0.5' },
      ],
      tierMultipliers: [{ tierId: 'gold', multiplier: '1.500' }],
    };
    expect(checkTerms(terms, TIERS)).toEqual({
      ok: true,
      value: {
        ...TERMS,
        rates: [
          { currency: 'USD', value: '1.5', every: '1.00' },
          { currency: 'JPY', value: '2', every: '100' },
          { currency: 'KWD', value: '3', every: '0.500' },
        ],
        tierMultipliers: [{ tierId: 'gold', multiplier: '1.5' }],
      },
    });
  });

  test.each<[string, string, string, string[]]>([
    ['1', '1.00', 'USD', []],
    ['1000000', '0.01', 'USD', []],
    ['0.000001', '1', 'USD', []],
    ['1000000.000001', '1', 'USD', ['INVALID_RATE version rates 0 value']],
    ['0.0000001', '1', 'USD', ['INVALID_RATE version rates 0 value']],
    ['0', '1', 'USD', ['INVALID_RATE version rates 0 value']],
    ['-1', '1', 'USD', ['INVALID_RATE version rates 0 value']],
    ['1e3', '1', 'USD', ['INVALID_RATE version rates 0 value']],
    ['', ' ', 'USD', ['INVALID_RATE version rates 0 value', 'INVALID_RATE version rates 0 every']],
    ['1', '0.00', 'USD', ['INVALID_RATE version rates 0 every']],
    ['1', '0.001', 'USD', ['INVALID_RATE version rates 0 every']],
    ['1', '0.5', 'JPY', ['INVALID_RATE version rates 0 every']],
    ['1', '9999999999999999', 'USD', ['INVALID_RATE version rates 0 every']],
    ['1', '1', 'usd', ['UNKNOWN_CURRENCY version rates 0 currency']],
    ['1', '1', 'ABC', ['UNKNOWN_CURRENCY version rates 0 currency']],
  ])('a rate of %j for every %j %s', (value, every, currency, problems) => {
    expect(check({ rates: [{ currency, value, every }] })).toEqual(problems);
  });

  test('there are 1 to 50 rates, one for each currency', () => {
    const usd = { currency: 'USD', value: '1', every: '1' };
    expect(check({ rates: [] })).toEqual(['INVALID_RATE version rates']);
    expect(check({ rates: Array.from({ length: 51 }, () => usd) })).toEqual(['INVALID_RATE version rates']);
    // As many as may be are looked at one by one: all but the first are of a currency that has its rate.
    expect(check({ rates: Array.from({ length: 50 }, () => usd) })).toHaveLength(49);
    expect(check({ rates: [usd, { ...usd, currency: 'EUR' }, usd] })).toEqual(['INVALID_RATE version rates 2 currency']);
  });

  test('multipliers name tiers that exist, each once, and are factors', () => {
    const multipliers = (...factors: [string, string][]) => ({
      tierMultipliers: factors.map(([tierId, multiplier]) => ({ tierId, multiplier })),
    });
    expect(check(multipliers(['gold', '1000'], ['vip', '0.000001']))).toEqual([]);
    expect(check(multipliers(['gold', '1'], ['none', '1'], ['gold', '1']))).toEqual([
      'INVALID_MULTIPLIER version tierMultipliers 1 tierId',
      'INVALID_MULTIPLIER version tierMultipliers 2 tierId',
    ]);
    expect(check(multipliers(['gold', '0'], ['vip', '1000.1']))).toEqual([
      'INVALID_MULTIPLIER version tierMultipliers 0 multiplier',
      'INVALID_MULTIPLIER version tierMultipliers 1 multiplier',
    ]);
    const many = Array.from({ length: 51 }, (_, index): [string, string] => [`${index}`, '1']);
    expect(check(multipliers(...many))).toEqual(['INVALID_MULTIPLIER version tierMultipliers']);
  });

  test('caps are of a point or more in 64 bits, one for each unit', () => {
    const most = 2n ** 63n - 1n;
    const caps = (given: Partial<EarnCaps>) => check({ caps: { ...NO_CAPS, ...given } });
    expect(caps({ perTransaction: 1n, balance: 1n, perPeriod: [{ unit: 'DAY', points: 1n }] })).toEqual([]);
    expect(caps({ perTransaction: most, balance: most, perPeriod: [{ unit: 'DAY', points: most }, { unit: 'YEAR', points: 1n }] })).toEqual([]);
    for (const points of [0n, -1n, most + 1n]) {
      expect(caps({ perTransaction: points })).toEqual(['INVALID_CAP version caps perTransaction']);
      expect(caps({ balance: points })).toEqual(['INVALID_CAP version caps balance']);
      expect(caps({ perPeriod: [{ unit: 'WEEK', points: 1n }, { unit: 'MONTH', points }] })).toEqual([
        'INVALID_CAP version caps perPeriod 1 points',
      ]);
    }
    const twice = [{ unit: 'DAY', points: 1n }, { unit: 'YEAR', points: 2n }, { unit: 'DAY', points: 3n }] as const;
    expect(caps({ perPeriod: twice })).toEqual(['INVALID_CAP version caps perPeriod 2 unit']);
  });

  test('each problem says what would be right', () => {
    const said = (terms: Partial<EarnRuleTerms>) => {
      const answer = checkTerms({ ...TERMS, ...terms }, TIERS);
      return answer.ok ? [] : answer.problems.map(({ message }) => message);
    };
    const usd = { currency: 'USD', value: '1', every: '1' };
    expect(said({ rates: [] })).toEqual(['There are 1 to 50 rates.']);
    expect(said({ rates: [{ ...usd, currency: 'ABC' }] })).toEqual(['It is not a currency of ISO 4217.']);
    expect(said({ rates: [usd, { ...usd, value: '0' }, { ...usd, currency: 'JPY', every: '0.5' }] })).toEqual([
      'USD has another rate already.',
      'A value is greater than 0, at most 1000000, with at most 6 decimal places.',
      'An amount of JPY is greater than 0 with at most 0 decimal places.',
    ]);
    expect(said({ tierMultipliers: [{ tierId: 'none', multiplier: '1000.1' }] })).toEqual([
      'Each tier exists and is named once.',
      'A factor is greater than 0, at most 1000, with at most 6 decimal places.',
    ]);
    expect(said({ tierMultipliers: Array.from({ length: 51 }, () => ({ tierId: 'gold', multiplier: '1' })) })).toEqual(['There are at most 50 multipliers.']);
    const perPeriod = [{ unit: 'DAY' as const, points: 1n }, { unit: 'DAY' as const, points: 0n }];
    expect(said({ caps: { ...NO_CAPS, perPeriod } })).toEqual(['DAY has another cap already.', 'A cap is at least 1 point.']);
    expect(said({ expiration: { type: 'CALENDAR', calendarDates: [] } })).toEqual([
      'An expiration has a period of 1 to 1000, or 1 to 20 different days that exist; a rounding fits its period.',
    ]);
  });

  test('a condition is as long as it may be, and multipliers are as many', () => {
    const condition = (length: number) => `transaction.location == '${'x'.repeat(length - "transaction.location == ''".length)}'`;
    expect([check({ condition: condition(2000) }), check({ condition: condition(2001) })]).toEqual([[], ['INVALID_CONDITION version condition']]);
    const tierMultipliers = (count: number) => Array.from({ length: count }, () => ({ tierId: 'unknown', multiplier: '1' }));
    expect(check({ tierMultipliers: tierMultipliers(50) })).toHaveLength(50);
    expect(check({ tierMultipliers: tierMultipliers(51) })).toEqual(['INVALID_MULTIPLIER version tierMultipliers']);
  });

  test('an expiration of its own makes sense, and is kept as it is', () => {
    const senseless: FixedPointExpiration[] = [
      { type: 'CALENDAR', calendarDates: [] },
      { type: 'ROLLING', period: { value: 0, unit: 'DAY' }, rounding: null },
      { type: 'ROLLING', period: { value: 1, unit: 'HOUR' }, rounding: { to: 'END_OF_YEAR', month: null } },
    ];
    for (const expiration of senseless) expect(check({ expiration })).toEqual(['INVALID_EXPIRATION version expiration']);
    const terms: EarnRuleTerms = { ...TERMS, expiration: { type: 'ROLLING', period: { value: 1, unit: 'DAY' }, rounding: null } };
    expect(checkTerms(terms, TIERS)).toEqual({ ok: true, value: terms });
  });

  test('everything that is wrong is reported at once', () => {
    expect(
      check({
        rates: [],
        condition: '',
        tierMultipliers: [{ tierId: 'x', multiplier: 'x' }],
        caps: { ...NO_CAPS, balance: 0n },
        expiration: { type: 'CALENDAR', calendarDates: [] },
      }),
    ).toEqual([
      'INVALID_RATE version rates',
      'INVALID_CONDITION version condition',
      'INVALID_MULTIPLIER version tierMultipliers 0 tierId',
      'INVALID_MULTIPLIER version tierMultipliers 0 multiplier',
      'INVALID_CAP version caps balance',
      'INVALID_EXPIRATION version expiration',
    ]);
  });
});

describe('the life of a rule', () => {
  const context = {
    takenKeys: new Set(['taken']),
    cardDefinitionActive: true,
    tierIds: new Set<string>(),
    rulesInForce: 0,
    ids: { rule: 'rule', version: 'v1' },
    effectiveAt: null,
    now: NOW,
  };
  const input = { name: 'A point a dollar', cardDefinitionId: 'card', terms: TERMS };
  const must = (answer: Checked<EarnRule>): EarnRule => {
    if (!answer.ok) throw new Error(problemsOf(answer).join(', '));
    return answer.value;
  };
  const created = must(createEarnRule(input, context));

  test('is created with its first version', () => {
    expect(created).toEqual({
      id: 'rule',
      key: 'a-point-a-dollar',
      name: 'A point a dollar',
      cardDefinitionId: 'card',
      versions: [{ ...TERMS, id: 'v1', earnRuleId: 'rule', number: 1, effectiveAt: NOW, publishedAt: NOW }],
      retiredAt: null,
      version: 1,
      createdAt: NOW,
      updatedAt: null,
    });
    expect(must(createEarnRule(input, { ...context, effectiveAt: 5 })).versions[0]?.effectiveAt).toBe(5);
  });

  test('is not created where anything is wrong', () => {
    const wrong = { ...input, key: 'taken', name: '', terms: { ...TERMS, rates: [] } };
    expect(problemsOf(createEarnRule(wrong, { ...context, cardDefinitionActive: false, rulesInForce: 100 }))).toEqual([
      'INVALID_NAME name',
      'KEY_TAKEN key',
      'INVALID_RATE version rates',
      'INVALID_CARD_DEFINITION cardDefinitionId',
      'TOO_MANY_RULES',
    ]);
    expect(problemsOf(createEarnRule(input, { ...context, rulesInForce: 99 }))).toEqual([]);
  });

  test('says why it is not created, for one reason as for many', () => {
    const why = (answer: Checked<EarnRule>) => (answer.ok ? [] : answer.problems.map(({ code, message }) => [code, message]));
    expect(why(createEarnRule(input, { ...context, cardDefinitionActive: false }))).toEqual([['INVALID_CARD_DEFINITION', 'The card definition must exist and be active.']]);
    expect(why(createEarnRule(input, { ...context, rulesInForce: 100 }))).toEqual([['TOO_MANY_RULES', 'A workspace has at most 100 earn rules that are not retired.']]);
    expect(problemsOf(createEarnRule({ ...input, name: '' }, context))).toEqual(['INVALID_NAME name']);
    const retired = retireEarnRule(created, NOW);
    expect(why(updateEarnRule(retired, {}, null, new Set(), NOW))).toEqual([['RETIRED', 'The earn rule is retired.']]);
    const publish = { terms: TERMS, effectiveAt: null };
    const full = { ...created, versions: Array.from({ length: 1000 }, () => created.versions[0] as EarnRuleVersion) };
    expect(why(publishEarnRule(retired, publish, { tierIds: new Set(), id: 'v2', now: NOW }))).toEqual([['RETIRED', 'The earn rule is retired.']]);
    expect(why(publishEarnRule(full, publish, { tierIds: new Set(), id: 'v2', now: NOW }))).toEqual([['TOO_MANY_VERSIONS', 'An earn rule has at most 1000 versions.']]);
  });

  test('a name without a letter of a key makes it the key of a rule', () => {
    expect(must(createEarnRule({ ...input, name: '★' }, context)).key).toBe('rule');
  });

  test('terms that are wrong are not published, and say so beside the rest', () => {
    const wrong = { terms: { ...TERMS, rates: [], expiration: { type: 'CALENDAR' as const, calendarDates: [] } }, effectiveAt: null };
    const publish = (rule: EarnRule) => problemsOf(publishEarnRule(rule, wrong, { tierIds: new Set(), id: 'v2', now: NOW }));
    expect(publish(created)).toEqual(['INVALID_RATE version rates', 'INVALID_EXPIRATION version expiration']);
    expect(publish(retireEarnRule(created, NOW))).toEqual(['INVALID_RATE version rates', 'INVALID_EXPIRATION version expiration', 'RETIRED id']);
  });

  test('publishing adds a version and leaves the others alone', () => {
    const terms = { ...TERMS, ...rate('2', '1.00') };
    const published = must(
      publishEarnRule(created, { terms, effectiveAt: NOW + 9 }, { tierIds: new Set(), id: 'v2', now: NOW + 5 }),
    );
    expect(published).toEqual({
      ...created,
      versions: [
        created.versions[0],
        { ...terms, id: 'v2', earnRuleId: 'rule', number: 2, effectiveAt: NOW + 9, publishedAt: NOW + 5 },
      ],
      version: 2,
      updatedAt: NOW + 5,
    });
  });

  test('a retired rule publishes nothing, nor does one with 1000 versions', () => {
    const publish = (rule: EarnRule) =>
      problemsOf(publishEarnRule(rule, { terms: TERMS, effectiveAt: null }, { tierIds: new Set(), id: 'v2', now: NOW }));
    const [first] = created.versions;
    const full = { ...created, versions: Array.from({ length: 1000 }, () => first as EarnRuleVersion) };
    expect(publish(retireEarnRule(created, NOW))).toEqual(['RETIRED id']);
    expect(publish(full)).toEqual(['TOO_MANY_VERSIONS id']);
    expect(publish({ ...full, versions: full.versions.slice(1) })).toEqual([]);
  });

  test('is called something else, unless it is retired', () => {
    const update = (changes: Parameters<typeof updateEarnRule>[1], rule = created, version?: number) => updateEarnRule(rule, changes, version, new Set(['taken']), NOW + 5);
    expect(must(update({ key: 'base', name: 'Base' }, created, 1))).toEqual({ ...created, key: 'base', name: 'Base', version: 2, updatedAt: NOW + 5 });
    expect(must(update({}))).toEqual({ ...created, version: 2, updatedAt: NOW + 5 });
    expect(problemsOf(update({ key: 'taken', name: '' }, retireEarnRule(created, NOW), 7))).toEqual(['VERSION_CONFLICT expectedVersion', 'INVALID_NAME name', 'KEY_TAKEN key', 'RETIRED id']);
  });

  test('retiring twice changes nothing the second time', () => {
    const retired = retireEarnRule(created, NOW + 5);
    expect(retired).toEqual({ ...created, retiredAt: NOW + 5, version: 2, updatedAt: NOW + 5 });
    expect(retireEarnRule(retired, NOW + 9)).toBe(retired);
  });
});

describe('the version in force', () => {
  const version = (number: number, effectiveAt: number): EarnRuleVersion => ({
    ...TERMS,
    id: `v${number}`,
    earnRuleId: 'rule',
    number,
    effectiveAt,
    publishedAt: 0,
  });
  const rule = (versions: readonly EarnRuleVersion[], retiredAt: number | null = null): EarnRule => ({
    id: 'rule',
    key: 'rule',
    name: 'Rule',
    cardDefinitionId: 'card',
    versions,
    retiredAt,
    version: 1,
    createdAt: 0,
    updatedAt: null,
  });
  const numbersAt = (of: EarnRule, ...instants: number[]) => instants.map((at) => versionAt(of, at)?.number ?? null);

  test('is the one that took effect last', () => {
    expect(numbersAt(rule([version(1, 10), version(2, 20), version(3, 30)]), 9, 10, 19, 20, 29, 30, 99)).toEqual([
      null, 1, 1, 2, 2, 3, 3,
    ]);
  });

  test('does not depend on the order in which versions were published', () => {
    const backdated = rule([version(1, 10), version(2, 30), version(3, 20)]);
    expect(numbersAt(backdated, 10, 20, 29, 30)).toEqual([1, 3, 3, 2]);
  });

  test('of those that take effect at once, the newest', () => {
    expect(numbersAt(rule([version(1, 10), version(2, 10), version(3, 20)]), 10, 19)).toEqual([2, 2]);
  });

  test('ends with the rule', () => {
    expect(numbersAt(rule([version(1, 10), version(2, 40)], 30), 29, 30, 40)).toEqual([1, null, null]);
  });
});

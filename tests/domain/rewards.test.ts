import { describe, expect, test } from '@jest/globals';
import { POINTS_MAX } from '../../src/domain/points.ts';
import type { Checked } from '../../src/domain/problem.ts';
import type { CatalogueReward, RewardChanges, RewardDraft, RewardNeighbours } from '../../src/domain/rewards.ts';
import { adjustStock, createReward, isValidAt, stepReward, stockNotice, updateReward } from '../../src/domain/rewards.ts';
import { NEVER } from '../../src/domain/time.ts';
import { refusedFor } from '../support/people.ts';
import { reward } from '../support/shelves.ts';

const DRAFT: RewardDraft = {
  name: 'Free pastry',
  type: 'free_pastry',
  description: null,
  cardDefinitionId: 'a',
  cost: 100n,
  stock: null,
  limits: { perMember: null, perPeriod: [] },
  tierIds: [],
  condition: null,
  validFrom: null,
  validUntil: null,
  proofValidMinutes: 1_440,
  trigger: null,
  grantValidity: null,
  defaultLocale: 'en',
  receipts: [],
  metadata: { shelf: 'left' },
};
const AROUND: RewardNeighbours = { cardDefinitionIds: new Set(['a', 'b']), tierIds: new Set(['gold', 'silver']), takenKeys: new Set(['taken']), now: 9 };
const problems = (answer: Checked<unknown>) => (answer.ok ? [] : refusedFor({ kind: 'REFUSED', problems: answer.problems }));
const messages = (answer: Checked<unknown>) => (answer.ok ? [] : answer.problems.map(({ message }) => message));
const create = (draft: Partial<RewardDraft> = {}, rewards = 0) => createReward({ ...DRAFT, ...draft }, { ...AROUND, rewards, id: 'id' });
const VISITS = { type: 'EVERY_NTH_VISIT', visits: 10 } as const;

describe('a new reward', () => {
  test('is a draft that says what it was given, with as many as it begins with', () => {
    const made = { ...DRAFT, id: 'id', key: 'free-pastry', status: 'DRAFT', stocked: false, fullStock: null, activePeriods: [], version: 1, createdAt: 9, updatedAt: null };
    expect(create()).toEqual({ ok: true, value: made });
    expect(create({ stock: 0 })).toEqual({ ok: true, value: { ...made, stock: 0, fullStock: 0, stocked: true } });
    const receipts = [{ locale: 'de-AT', template: 'Für {{customer.name}}' }];
    expect(create({ receipts, defaultLocale: 'de-AT' })).toEqual({ ok: true, value: { ...made, receipts, defaultLocale: 'de-AT' } });
  });

  test('has a key that is given, or made of its name', () => {
    const keyOf = (draft: Partial<RewardDraft>) => {
      const created = create(draft);
      return created.ok ? created.value.key : problems(created);
    };
    expect([keyOf({ key: 'cake' }), keyOf({ name: 'Taken' }), keyOf({ name: '☕' })]).toEqual(['cake', 'taken_2', 'reward']);
    expect([keyOf({ key: 'taken' }), keyOf({ key: 'Cake' })]).toEqual([['KEY_TAKEN key'], ['INVALID_KEY key']]);
  });

  test('is one of at most a hundred', () => {
    expect(problems(create({}, 99))).toEqual([]);
    expect(problems(create({ name: '' }, 100))).toEqual(['INVALID_NAME name', 'TOO_MANY_REWARDS']);
    expect(messages(create({}, 100))).toEqual(['A workspace has at most 100 rewards that are not deleted.']);
  });
});

describe('what a reward says is refused', () => {
  const MINUTES = 'A proof is valid for 1 to 527040 minutes.';
  const STOCK = 'A stock is from 0 to 1000000000.';
  const LIMIT = 'A limit is from 1 to 1000000.';
  const THRESHOLD = `A threshold is from 1 to ${POINTS_MAX} points.`;
  const VISIT = 'Every 1st to 10000th visit is rewarded.';
  const CARD = 'The card definition must exist and be active.';
  const TIER = 'Each tier exists and is named once.';
  const balance = (points: bigint, cardDefinitionId = 'a') => ({ trigger: { type: 'POINT_BALANCE' as const, cardDefinitionId, points } });
  const earned = (points: bigint, cardDefinitionId = 'a') => ({ trigger: { type: 'POINT_EARNED' as const, cardDefinitionId, points, unit: null } });
  const perMember = (count: number) => ({ limits: { perMember: count, perPeriod: [] } });
  const perDay = (count: number) => ({ limits: { perMember: null, perPeriod: [{ unit: 'DAY' as const, count }] } });

  test.each<[string, Partial<RewardDraft>, string, string]>([
    ['without a name', { name: ' ' }, 'INVALID_NAME name', 'A name has 1 to 200 characters.'],
    ['without a type', { type: '' }, 'INVALID_TYPE type', 'A type has 1 to 100 characters.'],
    ['with too long a type', { type: 'x'.repeat(101) }, 'INVALID_TYPE type', 'A type has 1 to 100 characters.'],
    ['with an empty description', { description: '' }, 'INVALID_DESCRIPTION description', 'A description has 1 to 2000 characters.'],
    ['with too long a description', { description: 'x'.repeat(2_001) }, 'INVALID_DESCRIPTION description', 'A description has 1 to 2000 characters.'],
    ['for nothing', { cost: 0n }, 'INVALID_COST cost', 'A reward costs 1 points or more; only one with a trigger may cost nothing.'],
    ['for less than nothing', { cost: -1n, trigger: VISITS }, 'INVALID_COST cost', 'A reward costs 0 points or more; only one with a trigger may cost nothing.'],
    ['for more points than there can be', { cost: POINTS_MAX + 1n }, 'INVALID_COST cost', 'A reward costs 1 points or more; only one with a trigger may cost nothing.'],
    ['with fewer than none', { stock: -1 }, 'INVALID_STOCK stock', STOCK],
    ['with too many', { stock: 1_000_000_001 }, 'INVALID_STOCK stock', STOCK],
    ['with half a one', { stock: 0.5 }, 'INVALID_STOCK stock', STOCK],
    ['with a proof for no time', { proofValidMinutes: 0 }, 'INVALID_VALIDITY proofValidMinutes', MINUTES],
    ['with a proof for more than a year', { proofValidMinutes: 527_041 }, 'INVALID_VALIDITY proofValidMinutes', MINUTES],
    ['that ends as it begins', { validFrom: 5, validUntil: 5 }, 'INVALID_VALIDITY validUntil', 'The validity ends after it has begun.'],
    ['with grants for no time', { trigger: VISITS, grantValidity: { value: 0, unit: 'DAY' } }, 'INVALID_VALIDITY grantValidity', 'A period is from 1 to 1000 units.'],
    ['with grants but no trigger', { grantValidity: { value: 1, unit: 'DAY' } }, 'INVALID_TRIGGER grantValidity', 'Only a reward with a trigger is granted.'],
    ['with no grants for no time', { grantValidity: { value: 1_001, unit: 'DAY' } }, 'INVALID_VALIDITY grantValidity', 'A period is from 1 to 1000 units.'],
    ['for nobody ever', perMember(0), 'INVALID_LIMIT limits perMember', LIMIT],
    ['as often as nobody counts', perMember(1_000_001), 'INVALID_LIMIT limits perMember', LIMIT],
    ['for nobody on a day', perDay(0), 'INVALID_LIMIT limits perPeriod 0 count', LIMIT],
    ['too often on a day', perDay(1_000_001), 'INVALID_LIMIT limits perPeriod 0 count', LIMIT],
    [
      'with two limits for a day',
      { limits: { perMember: null, perPeriod: [{ unit: 'DAY', count: 1 }, { unit: 'WEEK', count: 1 }, { unit: 'DAY', count: 0 }] } },
      'INVALID_LIMIT limits perPeriod 2 unit',
      'DAY has another limit already.',
    ],
    ['for every 0th visit', { trigger: { ...VISITS, visits: 0 } }, 'INVALID_TRIGGER trigger everyNthVisit visits', VISIT],
    ['for every 10001st visit', { trigger: { ...VISITS, visits: 10_001 } }, 'INVALID_TRIGGER trigger everyNthVisit visits', VISIT],
    ['for a balance of nothing', balance(0n), 'INVALID_TRIGGER trigger pointBalance points', THRESHOLD],
    ['for a balance that there cannot be', balance(POINTS_MAX + 1n), 'INVALID_TRIGGER trigger pointBalance points', THRESHOLD],
    ['for nothing earned', earned(0n), 'INVALID_TRIGGER trigger pointEarned points', THRESHOLD],
    ['from an unknown card', { cardDefinitionId: 'none' }, 'INVALID_CARD_DEFINITION cardDefinitionId', CARD],
    ['for a balance on an unknown card', balance(1n, 'none'), 'INVALID_CARD_DEFINITION trigger pointBalance cardDefinitionId', CARD],
    ['for points earned on an unknown card', earned(1n, 'none'), 'INVALID_CARD_DEFINITION trigger pointEarned cardDefinitionId', CARD],
    ['for an unknown tier', { tierIds: ['gold', 'none'] }, 'INVALID_TIER tierIds 1', TIER],
    ['for a tier twice', { tierIds: ['gold', 'silver', 'gold'] }, 'INVALID_TIER tierIds 2', TIER],
    ['for too many tiers', { tierIds: Array.from({ length: 51 }, () => 'gold') }, 'INVALID_TIER tierIds', 'There are at most 50 tiers.'],
    ['on a condition that is no question', { condition: '1' }, 'INVALID_CONDITION condition', 'A condition answers true or false; this one answers int.'],
    ['on a condition about a purchase', { condition: 'transaction.amount > 1' }, 'INVALID_CONDITION condition', expect.stringContaining('does not compile') as unknown as string],
    ['without a language', { defaultLocale: null }, 'INVALID_LOCALE defaultLocale', 'A locale is a BCP 47 language tag such as `de-AT`.'],
    ['with metadata that is too long', { metadata: { a: 'x'.repeat(11_000) } }, 'INVALID_METADATA metadata', 'Metadata has at most 50 keys and 10 KiB as JSON, without NUL characters.'],
  ])('%s', (_what, wrong, problem, message) => {
    expect([problems(create(wrong)), messages(create(wrong))]).toEqual([[problem], [message]]);
  });

  test.each<[string, Partial<RewardDraft>]>([
    ['a type and a description of full length', { type: 'x'.repeat(100), description: 'x'.repeat(2_000) }],
    ['the least and the most points', { cost: 1n }],
    ['the most points', { cost: POINTS_MAX }],
    ['nothing, where there is a trigger', { cost: 0n, trigger: VISITS }],
    ['an empty and a full stock', { stock: 0 }],
    ['a full stock', { stock: 1_000_000_000 }],
    ['the shortest proof', { proofValidMinutes: 1 }],
    ['the longest proof', { proofValidMinutes: 527_040 }],
    ['a validity of a millisecond', { validFrom: 5, validUntil: 6 }],
    ['a beginning alone', { validFrom: 5 }],
    ['an end alone', { validUntil: -5 }],
    ['the least limits', { limits: { perMember: 1, perPeriod: [{ unit: 'DAY', count: 1 }] } }],
    ['the highest limits', { limits: { perMember: 1_000_000, perPeriod: [{ unit: 'DAY', count: 1_000_000 }, { unit: 'YEAR', count: 1_000_000 }] } }],
    ['every visit', { trigger: { ...VISITS, visits: 1 } }],
    ['every 10000th visit, and grants for a thousand years', { trigger: { ...VISITS, visits: 10_000 }, grantValidity: { value: 1_000, unit: 'YEAR' } }],
    ['the lowest threshold', balance(1n, 'b')],
    ['the highest threshold', earned(POINTS_MAX, 'b')],
    ['tiers', { tierIds: ['silver', 'gold'] }],
    ['a condition', { condition: "customer.points > 3 && 'Gold' in customer.tiers" }],
  ])('but not with %s', (_what, right) => {
    expect(problems(create(right))).toEqual([]);
  });

  test('with as many as 50 tiers it is not', () => {
    const tierIds = Array.from({ length: 50 }, (_, index) => `t${index}`);
    expect(problems(createReward({ ...DRAFT, tierIds }, { ...AROUND, tierIds: new Set(tierIds), rewards: 0, id: 'id' }))).toEqual([]);
  });

  test('for everything that is wrong at once', () => {
    const wrong = { name: '', type: '', cost: 0n, cardDefinitionId: 'none', stock: -1, proofValidMinutes: 0, key: '-' };
    expect(problems(create(wrong))).toEqual([
      'INVALID_NAME name',
      'INVALID_TYPE type',
      'INVALID_COST cost',
      'INVALID_STOCK stock',
      'INVALID_VALIDITY proofValidMinutes',
      'INVALID_CARD_DEFINITION cardDefinitionId',
      'INVALID_KEY key',
    ]);
  });
});

describe('changing a reward', () => {
  const before = reward('pastry', { status: 'DRAFT', stock: 5, metadata: { a: 1 } });
  const update = (changes: RewardChanges, of: CatalogueReward = before, version: number | null = null) => updateReward(of, changes, version, AROUND);

  test('leaves alone what is left out, and takes away what may be missing', () => {
    expect(update({})).toEqual({ ok: true, value: { ...before, version: 2, updatedAt: 9 } });
    expect(update({ key: 'cake', cost: 7n, name: undefined }, before, 1)).toEqual({ ok: true, value: { ...before, key: 'cake', cost: 7n, version: 2, updatedAt: 9 } });
    expect(update({ stock: null })).toEqual({ ok: true, value: { ...before, stock: null, fullStock: null, stocked: false, version: 2, updatedAt: 9 } });
    expect(update({ stock: 7 }, { ...before, stock: null, fullStock: null, stocked: false })).toMatchObject({ ok: true, value: { stock: 7, fullStock: 7, stocked: true } });
    // The same number again fills nothing up.
    expect(update({ stock: 5 }, { ...before, fullStock: 50 })).toMatchObject({ ok: true, value: { stock: 5, fullStock: 50 } });
  });

  test('checks a draft as a whole', () => {
    expect(problems(update({ name: 'Cake' }, { ...before, cardDefinitionId: 'gone' }))).toEqual(['INVALID_CARD_DEFINITION cardDefinitionId']);
    expect(problems(update({ cost: 0n }, before, 2))).toEqual(['VERSION_CONFLICT version', 'INVALID_COST cost']);
    expect(problems(update({ key: 'taken' }))).toEqual(['KEY_TAKEN key']);
  });

  test('outside a draft changes its key, its name and its metadata alone', () => {
    for (const status of ['ACTIVE', 'INACTIVE'] as const) {
      // What it refers to may have gone meanwhile.
      const held = { ...before, status, cardDefinitionId: 'gone' };
      expect(update({ key: 'cake', name: 'Cake', metadata: {} }, held)).toEqual({ ok: true, value: { ...held, key: 'cake', name: 'Cake', metadata: {}, version: 2, updatedAt: 9 } });
      expect(problems(update({ name: '', metadata: { a: 'x'.repeat(11_000) }, key: 'taken' }, held))).toEqual(['INVALID_NAME name', 'INVALID_METADATA metadata', 'KEY_TAKEN key']);
      const { name: _, metadata: __, ...rules } = DRAFT;
      expect(problems(update(rules, held))).toEqual(Object.keys(rules).map((field) => `NOT_DRAFT ${field}`));
    }
    expect(problems(update({ name: 'Cake' }, { ...before, status: 'DELETED' }))).toEqual(['INVALID_STATUS id']);
  });
});

describe('the life of a reward', () => {
  const draft = reward('pastry', { status: 'DRAFT', activePeriods: [] });
  const step = (of: CatalogueReward, name: Parameters<typeof stepReward>[1], now: number, version: number | null = null) => stepReward(of, name, version, { ...AROUND, now });
  const must = (answer: Checked<CatalogueReward>) => {
    if (!answer.ok) throw new Error(JSON.stringify(answer.problems));
    return answer.value;
  };

  test('remembers when it was in force', () => {
    const active = must(step(draft, 'ACTIVATE', 10, 1));
    expect(active).toEqual({ ...draft, status: 'ACTIVE', activePeriods: [{ start: 10, end: NEVER }], version: 2, updatedAt: 10 });
    const inactive = must(step(active, 'DEACTIVATE', 20));
    expect(inactive).toMatchObject({ status: 'INACTIVE', activePeriods: [{ start: 10, end: 20 }], version: 3 });
    const again = must(step(inactive, 'ACTIVATE', 30));
    expect(again.activePeriods).toEqual([{ start: 10, end: 20 }, { start: 30, end: NEVER }]);
    expect(must(step(again, 'DRAFT', 40))).toMatchObject({ status: 'DRAFT', activePeriods: [{ start: 10, end: 20 }, { start: 30, end: 40 }] });
    expect(must(step(again, 'DELETE', 40))).toMatchObject({ status: 'DELETED', activePeriods: [{ start: 10, end: 20 }, { start: 30, end: 40 }] });
    // What has ended ends no more.
    expect(must(step(inactive, 'DELETE', 40)).activePeriods).toEqual([{ start: 10, end: 20 }]);
  });

  test('of its times in force it remembers the last hundred', () => {
    const activePeriods = Array.from({ length: 100 }, (_, index) => ({ start: index, end: index + 1 }));
    const periods = must(step({ ...draft, activePeriods }, 'ACTIVATE', 200)).activePeriods;
    expect([periods.length, periods[0], periods.at(-1)]).toEqual([100, { start: 1, end: 2 }, { start: 200, end: NEVER }]);
  });

  test('is refused a step that its status does not allow, or whose version is another', () => {
    expect(problems(step(draft, 'DEACTIVATE', 10, 3))).toEqual(['VERSION_CONFLICT version', 'INVALID_STATUS id']);
    expect(problems(step(draft, 'DRAFT', 10))).toEqual(['INVALID_STATUS id']);
    expect(problems(step(reward('pastry', { status: 'INACTIVE' }), 'DRAFT', 10))).toEqual(['INVALID_STATUS id']);
    expect(problems(step(reward('pastry', { status: 'DELETED' }), 'ACTIVATE', 10))).toEqual(['INVALID_STATUS id']);
  });

  test('comes into force with what it refers to, and ends without it', () => {
    const lost = reward('pastry', { status: 'INACTIVE', cardDefinitionId: 'gone', tierIds: ['gone'], trigger: { type: 'POINT_BALANCE', cardDefinitionId: 'gone', points: 1n } });
    expect(problems(step(lost, 'ACTIVATE', 10))).toEqual(['INVALID_CARD_DEFINITION cardDefinitionId', 'INVALID_CARD_DEFINITION trigger pointBalance cardDefinitionId', 'INVALID_TIER tierIds 0']);
    expect(problems(step(lost, 'DELETE', 10))).toEqual([]);
    for (const name of ['DEACTIVATE', 'DRAFT', 'DELETE'] as const) expect(problems(step({ ...lost, status: 'ACTIVE' }, name, 10))).toEqual([]);
  });
});

describe('a stock', () => {
  const stocked = reward('pastry', { stock: 5 });
  const adjust = (by: number, of: CatalogueReward = stocked, reason: string | null = null, version: number | null = null) => adjustStock(of, { by, reason }, version, 9);

  test('changes by a difference', () => {
    expect(adjust(3)).toEqual({ ok: true, value: { ...stocked, stock: 8, fullStock: 8, version: 2, updatedAt: 9 } });
    expect(adjust(-5, stocked, 'x'.repeat(500), 1)).toEqual({ ok: true, value: { ...stocked, stock: 0, version: 2, updatedAt: 9 } });
    expect(adjust(999_999_995)).toMatchObject({ ok: true, value: { stock: 1_000_000_000 } });
    for (const status of ['DRAFT', 'INACTIVE'] as const) expect(problems(adjust(1, { ...stocked, status }))).toEqual([]);
  });

  test('is refused what leads nowhere', () => {
    for (const by of [0, -6, 999_999_996]) {
      expect([problems(adjust(by)), messages(adjust(by))]).toEqual([['INVALID_STOCK by'], ['There are 5 left; after the change there are 0 to 1000000000, and others than before.']]);
    }
    expect([problems(adjust(1, reward('pastry'))), messages(adjust(1, reward('pastry')))]).toEqual([['NO_STOCK id'], ['There is as much of it as is asked for.']]);
    expect(problems(adjust(0, { ...stocked, status: 'DELETED' }, '', 2))).toEqual(['VERSION_CONFLICT version', 'INVALID_STATUS id', 'INVALID_REASON reason', 'INVALID_STOCK by']);
    expect(messages(adjust(1, { ...stocked, status: 'DELETED' }))).toEqual(['It is deleted.']);
    expect(messages(adjust(1, stocked, 'x'.repeat(501)))).toEqual(['A reason has 1 to 500 characters.']);
  });
});

test('a reward can be had from its beginning up to its end, while it is in force', () => {
  const valid = (rest: Partial<CatalogueReward>) => [9, 10, 19, 20].map((at) => isValidAt(reward('pastry', rest), at));
  expect(valid({})).toEqual([true, true, true, true]);
  expect(valid({ validFrom: 10 })).toEqual([false, true, true, true]);
  expect(valid({ validUntil: 20 })).toEqual([true, true, true, false]);
  expect(valid({ validFrom: 10, validUntil: 20 })).toEqual([false, true, true, false]);
  for (const status of ['DRAFT', 'INACTIVE', 'DELETED'] as const) expect(valid({ status })).toEqual([false, false, false, false]);
});

describe('a stock that falls', () => {
  const notice = (left: number, after: number, full: number) => stockNotice({ left, full }, after);

  test('is told of once when little is left: a tenth of what it was filled to, rounded down, and at least one', () => {
    const told = (full: number) => Array.from({ length: full }, (_, taken) => [full - taken - 1, notice(full - taken, full - taken - 1, full)]).filter(([, what]) => what !== null);
    expect(told(100)).toEqual([[10, 'LOW'], [0, 'SOLD_OUT']]);
    expect(told(29)).toEqual([[2, 'LOW'], [0, 'SOLD_OUT']]);
    expect(told(19)).toEqual([[1, 'LOW'], [0, 'SOLD_OUT']]);
    expect(told(2)).toEqual([[1, 'LOW'], [0, 'SOLD_OUT']]);
    expect(told(1)).toEqual([[0, 'SOLD_OUT']]);
  });

  test('by several is told of once, and by all of them only that nothing is left', () => {
    expect([notice(50, 3, 100), notice(3, 2, 100), notice(50, 0, 100), notice(11, 10, 100), notice(10, 9, 100)]).toEqual(['LOW', null, 'SOLD_OUT', 'LOW', null]);
  });

  test('and rises is told of when it falls again; a stock that rises or stays is not', () => {
    expect([notice(10, 11, 100), notice(11, 10, 100), notice(0, 1, 100), notice(1, 0, 100), notice(0, 0, 100), notice(5, 5, 5)]).toEqual([null, 'LOW', null, 'SOLD_OUT', null, null]);
  });
});

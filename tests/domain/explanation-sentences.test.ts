/** What explanations say, word by word: each rule in each of its outcomes. */
import { describe, expect, test } from '@jest/globals';
import type { PurchaseLine } from '../../src/domain/earning.ts';
import type { LedgerStep } from '../../src/domain/entry-explanations.ts';
import { explainEntry } from '../../src/domain/entry-explanations.ts';
import { endInWords, explainJudgements, explainTier, startInWords } from '../../src/domain/explanations.ts';
import type { TierJudgement } from '../../src/domain/explanations.ts';
import type { LedgerEntry } from '../../src/domain/ledger.ts';
import type { Operation } from '../../src/domain/operations.ts';
import type { Transaction } from '../../src/domain/purchases.ts';
import type { TierStructure } from '../../src/domain/structures.ts';
import { Somebody, at, card, earnRule, expiring, program } from '../support/people.ts';
import { revised, structure, tier } from '../support/structures.ts';

const METALS = [tier('Basic', 0), tier('Silver', 100), tier('Gold', 500)];
const club = (rest: Partial<TierStructure> = {}): TierStructure => structure(METALS, { cardDefinitionId: 'a', ...rest });
const climbing = (rest: Partial<TierStructure> = {}): TierStructure =>
  club({ type: 'POINT_EARNED', pointEarned: { period: { value: 1, unit: 'YEAR' }, type: 'IMMEDIATELY', window: 'CALENDAR' }, ...rest });
const DAY = { value: 1, unit: 'DAY' as const };
const MONTH = { value: 1, unit: 'MONTH' as const };

function judgementsOf(ada: Somebody, now: string): TierJudgement[] {
  const explanation = explainTier({ state: ada.state, history: ada.history, now: at(now) }, ada.program, 'structure', at(now));
  if (explanation === null) throw new Error('The structure is in force.');
  return explainJudgements(explanation, 10);
}

/** What the last judgement until then says, step by step. */
const sentences = (ada: Somebody, now: string): string[] => judgementsOf(ada, now).at(-1)?.steps.map(({ message }) => message) ?? [];

const lives = (...structures: TierStructure[]) => new Somebody(program({ structures }));

describe('a judgement says', () => {
  test('what the balance was, what it reaches, and what that is beside the tier that was held', () => {
    const ada = lives(structure([tier('Silver', 100, { maxPoints: 199n }), tier('Gold', 500)], { cardDefinitionId: 'a', downgrade: { type: 'MULTI_LEVEL', gracePeriod: null } }));
    ada.earn('2026-01-02', 150);
    expect(sentences(ada, '2026-01-02')).toEqual(['The balance was 150.', 'A measure of 150 reaches Silver (from 100 to 199), which is above no tier.']);
    ada.earn('2026-01-03', 10);
    expect(sentences(ada, '2026-01-03')).toEqual(['The balance was 160.', 'A measure of 160 reaches Silver (from 100 to 199), which is what was held.']);
    ada.spend('2026-01-04', 100);
    expect(sentences(ada, '2026-01-04')).toEqual([
      'The balance was 60.',
      'A measure of 60 reaches no tier, which is below Silver (from 100 to 199).',
      'Tiers of this structure are judged at every change; there is no validity to wait for.',
      'The tier held, Silver, goes down to what qualifies: no tier.',
    ]);
  });

  test.each([
    ['in a year', { value: 1, unit: 'YEAR' }, 'CALENDAR', 'The points earned from 2026-01-01 to 2026-12-31 came to 120.'],
    ['since somebody joined', { value: 1, unit: 'MONTH' }, 'ANNIVERSARY', 'The points earned from 2026-01-15 to 2026-02-14 came to 120.'],
    ['in the last year', { value: 1, unit: 'YEAR' }, 'TRAILING', 'The points earned in the last year came to 120.'],
    ['in the last days', { value: 30, unit: 'DAY' }, 'TRAILING', 'The points earned in the last 30 days came to 120.'],
  ] as const)('what was earned %s', (_, period, window, sentence) => {
    const ada = new Somebody(program({ structures: [climbing({ pointEarned: { period, type: 'IMMEDIATELY', window } })] }), '2026-01-15T10:30:00Z');
    ada.earn('2026-01-20', 120);
    expect(sentences(ada, '2026-01-20')[0]).toBe(sentence);
  });

  test('what was earned in the period before, where tiers wait for the next', () => {
    const ada = lives(climbing({ pointEarned: { period: MONTH, type: 'NEXT_TRACKING_PERIOD', window: 'CALENDAR' } }));
    ada.earn('2026-01-20', 120);
    expect(sentences(ada, '2026-01-20')[0]).toBe('The points earned from 2025-12-01 to 2025-12-31 came to 0.');
    ada.settle('2026-02-01');
    expect(sentences(ada, '2026-02-01')).toEqual([
      'The points earned from 2026-01-01 to 2026-01-31 came to 120.',
      'A measure of 120 reaches Silver (from 100), which is above Basic (from 0).',
    ]);
  });

  test('how long the tier is valid, and when that ended', () => {
    const ada = lives(club({ expiration: { type: 'ROLLING_EXPIRATION', period: MONTH }, downgrade: { type: 'NO_DOWNGRADE' } }));
    ada.earn('2026-01-02', 150);
    ada.spend('2026-01-04', 100);
    expect(sentences(ada, '2026-01-04').slice(2)).toEqual(['The tier is valid up to 2026-02-02, so it is kept.']);
    ada.settle('2026-02-03');
    expect(sentences(ada, '2026-02-03').slice(2)).toEqual(['The validity of the tier ended with 2026-02-02.', 'The tier held, Silver, does not go down, so it is kept.']);
  });

  test('how far a tier goes down', () => {
    const ada = lives(club({ downgrade: { type: 'SINGLE_LEVEL', gracePeriod: null } }));
    ada.earn('2026-01-02', 600);
    ada.spend('2026-01-04T10:00:00Z', 590);
    expect(sentences(ada, '2026-01-04T10:00:00Z').at(-1)).toBe('The tier held, Gold, goes down by one level, to Silver.');
    ada.spend('2026-01-04T12:00:00Z', 5);
    expect(sentences(ada, '2026-01-04T12:00:00Z').at(-1)).toBe('Tiers go down by one level a day, and one was lost earlier on this day, so Silver is kept until the next.');
    expect(judgementsOf(ada, '2026-01-05').at(-1)).toMatchObject({ transition: 'DOWNGRADED', tierBefore: { name: 'Silver' }, tierAfter: { name: 'Basic' } });
  });

  test('that there is time to qualify again, and what came of it', () => {
    const gracious = () => lives(club({ downgrade: { type: 'MULTI_LEVEL', gracePeriod: { ...DAY, roundUp: false } } }));
    const ada = gracious();
    ada.earn('2026-01-02', 150);
    ada.spend('2026-01-04', 100);
    expect(sentences(ada, '2026-01-04').slice(3)).toEqual(['There is time to qualify again, up to 2026-01-05; the tier is kept until then.']);
    ada.spend('2026-01-04T12:00:00Z', 5);
    expect(sentences(ada, '2026-01-04T12:00:00Z').slice(2)).toEqual(['There is still time to qualify again, up to 2026-01-05, so the tier is kept.']);
    ada.settle('2026-01-06');
    expect(sentences(ada, '2026-01-06').slice(2)).toEqual([
      'The time to qualify again ended with 2026-01-05.',
      'The tier held, Silver, goes down to what qualifies: Basic.',
    ]);
    const bea = gracious();
    bea.earn('2026-01-02', 150);
    bea.spend('2026-01-04T10:00:00Z', 100);
    bea.earn('2026-01-04T11:00:00Z', 100);
    expect(sentences(bea, '2026-01-04T11:00:00Z').slice(2)).toEqual(['The tier qualified again within the time for it, which was up to 2026-01-05.']);
  });

  test('that a revision lowers nobody at once, and which tier it left out', () => {
    const first = club({ downgrade: { type: 'MULTI_LEVEL', gracePeriod: null } });
    const dearer = { tiers: [tier('Basic', 0), tier('Silver', 200), tier('Gold', 500)] };
    const ada = lives(revised(first, at('2026-01-03'), 'UPGRADE_ONLY', dearer));
    ada.earn('2026-01-02', 150);
    ada.settle('2026-01-03');
    expect(judgementsOf(ada, '2026-01-03').at(-1)).toMatchObject({ reason: 'REVISION_PUBLISHED', transition: null, revision: { number: 2 } });
    expect(sentences(ada, '2026-01-03').at(-1)).toBe('The revision was published so that it lowers nobody at once, so Silver is kept.');
    const bea = lives(revised(first, at('2026-01-03'), 'RECALCULATE_NOW', { tiers: [tier('Basic', 0), tier('Gold', 500)] }));
    bea.earn('2026-01-02', 150);
    bea.settle('2026-01-03');
    expect(sentences(bea, '2026-01-03')[1]).toBe('A measure of 150 reaches Basic (from 0), and the tier held, Silver, is not part of this revision.');
  });

  test('that points for entering a tier lower nobody at once', () => {
    const tiers = [tier('Basic', 0), tier('Silver', 100, { maxPoints: 120n, entryAward: { points: 50n, cardDefinitionId: null } })];
    const ada = lives(structure(tiers, { cardDefinitionId: 'a', downgrade: { type: 'MULTI_LEVEL', gracePeriod: null } }));
    ada.earn('2026-01-02', 110);
    expect(ada.tier()).toBe('Silver');
    expect(sentences(ada, '2026-01-02').at(-1)).toBe('Points that are given for entering a tier lower nobody at once, so Silver is kept.');
  });

  test('only the last judgements, and of no structure that was not in force', () => {
    const ada = lives(club());
    for (const day of ['02', '03', '04']) ada.earn(`2026-01-${day}`, 10);
    const member = { state: ada.state, history: ada.history, now: at('2026-01-04') };
    const explanation = explainTier(member, ada.program, 'structure', at('2026-01-04'));
    if (explanation === null) throw new Error('The structure is in force.');
    expect(explainJudgements(explanation, 2).map(({ measure }) => measure)).toEqual([20n, 30n]);
    expect(explainTier(member, ada.program, 'another', at('2026-01-04'))).toBeNull();
    expect(explainTier(member, program({ structures: [club({ activePeriods: [{ start: at('2026-02-01'), end: at('2026-03-01') }] })] }), 'structure', at('2026-01-04'))).toBeNull();
  });
});

test('days are called by their dates, and instants within them by themselves', () => {
  const { calendar } = program({ timeZone: 'Europe/Warsaw' });
  const midnight = at('2026-01-14T23:00:00Z');
  expect([startInWords(midnight, calendar), endInWords(midnight, calendar)]).toEqual(['2026-01-15', '2026-01-14']);
  expect([startInWords(midnight + 1, calendar), endInWords(midnight + 1, calendar)]).toEqual(['2026-01-14T23:00:00.001Z', '2026-01-14T23:00:00.001Z']);
});

/** What the entry's explanation says. */
function explained(ada: Somebody, entry: LedgerEntry | undefined, cause: { readonly transaction?: Transaction; readonly operation?: Operation } = {}): LedgerStep[] {
  if (entry === undefined) throw new Error('There is such an entry.');
  const { transaction = null, operation } = cause;
  const said = operation === undefined ? null : { reason: operation.reason, allocations: 'allocations' in operation ? operation.allocations : [] };
  return explainEntry({ entry, state: ada.state, history: ada.history, program: ada.program, transaction, operation: said });
}
const words = (steps: readonly LedgerStep[]) => steps.map(({ rule, message }) => `${rule} ${message}`);
const entryOf = (ada: Somebody, type: LedgerEntry['type']) => ada.entries.findLast((entry) => entry.type === type);
const buys = (rule: Parameters<typeof earnRule>[1], cards = [card('a')]) => new Somebody(program({ cards, rules: [earnRule('a', rule)] }));

describe('an entry of a purchase says', () => {
  test('what the rule gives, for what, and that points never expire', () => {
    const ada = buys({ rates: [{ currency: 'EUR', value: '9', every: '1.00' }, { currency: 'USD', value: '2', every: '3.00' }] });
    const transaction = ada.earn('2026-01-02', 10);
    const steps = explained(ada, entryOf(ada, 'EARN'), { transaction });
    expect(words(steps)).toEqual([
      'EARN_RATE Version 1 of "rule a" gives 2 for every 3.00 USD: for 10.00 USD, rounded by FLOOR, 6.',
      'POINT_EXPIRATION The card says NO_EXPIRATION: the points never expire.',
    ]);
    expect(steps).toMatchObject([
      { amount: '10.00', rate: { currency: 'USD', value: '2', every: '3.00' }, multiplier: '1', tiers: [], computedPoints: 6n, earnRuleVersion: { number: 1 } },
      { source: 'CARD', sourceTier: null, sourceEarnRuleVersion: null, countedFrom: at('2026-01-02'), cardDefinition: { id: 'a' } },
    ]);
  });

  test('that each line is rounded for itself, where there are lines', () => {
    const line = (amount: string): PurchaseLine => ({ amount, sku: null, category: null, quantity: 1 });
    const said = (lines: readonly string[], roundingScope: 'PER_LINE' | 'PER_TRANSACTION') => {
      const ada = buys({ roundingScope });
      const transaction = ada.earn('2026-01-02', '3.00', { lines: lines.map(line) });
      return words(explained(ada, entryOf(ada, 'EARN'), { transaction }))[0]?.split('rounded by ')[1];
    };
    expect(said(['1.50', '1.50'], 'PER_LINE')).toBe('FLOOR for each line, 2.');
    expect(said(['1.50', '1.50'], 'PER_TRANSACTION')).toBe('FLOOR, 3.');
    expect(said([], 'PER_LINE')).toBe('FLOOR, 3.');
  });

  test('by which tiers it was multiplied: those that were held then, by what was known', () => {
    const structures = [club(), club({ id: 'other', name: 'Other', tiers: [tier('Holder', 0)] })];
    const rules = [earnRule('a', { tierMultipliers: [{ tierId: 'Silver', multiplier: '1.5' }, { tierId: 'Gold', multiplier: '9' }] })];
    const ada = new Somebody(program({ structures, rules }));
    const [first, second] = [ada.earn('2026-01-02', 100), ada.earn('2026-01-02', 100)];
    const [one, other] = ada.entries.filter(({ type }) => type === 'EARN');
    expect(explained(ada, one, { transaction: first })[0]).toMatchObject({ multiplier: '1', tiers: [] });
    expect(words(explained(ada, other, { transaction: second }))[0]).toBe('EARN_RATE Version 1 of "rule a" gives 1 for every 1.00 USD, times 1.5: for 100.00 USD, rounded by FLOOR, 150.');
    expect(explained(ada, other, { transaction: second })[0]).toMatchObject({ multiplier: '1.5', tiers: [{ id: 'Silver' }] });
  });

  test.each([
    ['of a purchase that is not reached', { perTransaction: 50n, perPeriod: [], balance: null }, 'No cap was reached: 50 were given.'],
    ['of a balance below one of a day', { perTransaction: null, perPeriod: [{ unit: 'DAY' as const, points: 30n }], balance: 10n }, 'The cap BALANCE left 10 of 50.'],
    ['of a day', { perTransaction: null, perPeriod: [{ unit: 'DAY' as const, points: 30n }], balance: null }, 'The cap PER_PERIOD left 30 of 50.'],
    ['of a balance', { perTransaction: null, perPeriod: [], balance: 20n }, 'The cap BALANCE left 20 of 50.'],
    ['that is not reached', { perTransaction: null, perPeriod: [], balance: 50n }, 'No cap was reached: 50 were given.'],
  ])('what a cap left of it: one %s', (_, caps, sentence) => {
    const ada = buys({ caps });
    const transaction = ada.earn('2026-01-02', 50);
    const steps = explained(ada, entryOf(ada, 'EARN'), { transaction });
    expect(words(steps)[1]).toBe(`EARN_CAPS ${sentence}`);
    expect(steps[1]).toMatchObject({ caps, computedPoints: 50n, points: entryOf(ada, 'EARN')?.points });
  });

  test('until when points wait, and from when on their time counts', () => {
    const waiting = expiring({ type: 'ROLLING', period: MONTH, rounding: null }, { activation: { type: 'PERIOD_BASED', days: 3 } });
    const ada = buys({}, [waiting]);
    const transaction = ada.earn('2026-01-02T09:00:00Z', 50);
    const expected = [
      'POINT_ACTIVATION Points of this card wait, and can be spent from 2026-01-05 on.',
      'POINT_EXPIRATION The card says ROLLING: counted from 2026-01-05, the points last up to 2026-02-05.',
    ];
    const steps = explained(ada, entryOf(ada, 'EARN'), { transaction });
    expect(words(steps).slice(1)).toEqual(expected);
    expect(steps[1]).toMatchObject({ earnedAt: at('2026-01-02T09:00:00Z'), activatesAt: at('2026-01-05'), activation: { days: 3 } });
    ada.settle('2026-01-07');
    expect(words(explained(ada, entryOf(ada, 'ACTIVATION'), { transaction }))).toEqual(expected);
  });

  test('who says how long points last: the rule before the tier, the tier before the card', () => {
    const year = { type: 'ROLLING' as const, period: { value: 1, unit: 'YEAR' as const }, rounding: null };
    const week = { type: 'ROLLING' as const, period: { value: 7, unit: 'DAY' as const }, rounding: null };
    const month = { type: 'ROLLING' as const, period: MONTH, rounding: null };
    const lasting = structure([tier('Basic', 0, { pointExpiration: week })], { cardDefinitionId: 'a' });
    const last = (parts: Parameters<typeof program>[0]) => {
      const ada = new Somebody(program({ cards: [expiring(year)], ...parts }));
      const transaction = ada.earn('2026-01-02', 50);
      return words(explained(ada, entryOf(ada, 'EARN'), { transaction })).at(-1)?.replace('POINT_EXPIRATION ', '');
    };
    expect(last({ structures: [lasting], rules: [earnRule('a', { expiration: month })] })).toBe('The earn rule says ROLLING: counted from 2026-01-02, the points last up to 2026-02-02.');
    expect(last({ structures: [lasting] })).toBe('The tier says ROLLING: counted from 2026-01-02, the points last up to 2026-01-09.');
    expect(last({ structures: [club()] })).toBe('The card says ROLLING: counted from 2026-01-02, the points last up to 2027-01-02.');
    // A tier speaks of the card that its structure measures.
    expect(last({ cards: [expiring(year), card('b')], structures: [{ ...lasting, cardDefinitionId: 'b' }], rules: [earnRule('a')] })).toMatch(/^The card says/);
    const sliding = { type: 'SLIDING' as const, period: MONTH, earningActivity: true, spendingActivity: false, customActivity: false, customActivityTypes: [] };
    expect(last({ cards: [expiring(sliding)] })).toBe('The card says SLIDING: counted from 2026-01-02, the points last up to 2026-02-02 unless an activity follows.');
  });

  test('what a refund leaves of it, by the refunds before it', () => {
    const ada = buys({});
    const transaction = ada.earn('2026-01-02', 100);
    const first = ada.refund('2026-01-03', transaction, '20.00');
    const second = ada.refund('2026-01-04', transaction, '30.50');
    const [one, other] = ada.entries.filter(({ type }) => type === 'REFUND');
    expect(words(explained(ada, one, { transaction, operation: first }))).toEqual([
      'REFUND With 20.00 USD given back, 80.00 USD are left, for which version 1 gives 80 of the 100 that were credited: 20 are taken back.',
    ]);
    const [step] = explained(ada, other, { transaction, operation: second });
    expect(step?.message).toBe('With 30.50 USD given back, 49.50 USD are left, for which version 1 gives 49 of the 100 that were credited: 31 are taken back.');
    expect(step).toMatchObject({ refundedAmount: '30.50', netAmount: '49.50', currency: 'USD', creditedPoints: 100n, keptPoints: 49n, deductedPoints: 31n, refundPolicy: 'REVOKE_TO_ZERO' });
  });

  test('nothing where what it goes back to is not known', () => {
    const ada = buys({});
    const transaction = ada.earn('2026-01-02', 100);
    const entry = entryOf(ada, 'EARN');
    expect(explained(ada, entry)).toEqual([]);
    expect(explained(ada, entry, { transaction: { ...transaction, awards: [] } })).toEqual([]);
    ada.refund('2026-01-03', transaction);
    expect(explained({ ...ada, history: { ...ada.history, facts: [] } } as never, entryOf(ada, 'REFUND'), { transaction })).toEqual([]);
    ada.program = { ...ada.program, earnRuleVersions: new Map() };
    expect(explained(ada, entry, { transaction })).toEqual([]);
  });
});

describe('an entry of something else says', () => {
  test('from which points it was taken, and where they went back to', () => {
    const ada = buys({}, [expiring({ type: 'ROLLING', period: MONTH, rounding: null })]);
    ada.earn('2026-01-02', 100);
    ada.program = program({ rules: [earnRule('a')] });
    ada.earn('2026-01-03', 50);
    const spend = ada.spend('2026-01-04', 120);
    const steps = explained(ada, entryOf(ada, 'SPEND'), { operation: spend });
    expect(words(steps)).toEqual(['ALLOCATION The points were taken from the points that expire first: 100 that last up to 2026-02-02, 20 that never expire.']);
    expect(steps[0]).toMatchObject({ allocations: spend.allocations });
    const reversal = ada.reverse('2026-01-05', spend, 50);
    expect(words(explained(ada, entryOf(ada, 'SPEND_REVERSAL'), { operation: reversal }))).toEqual([
      'ALLOCATION The points went back to where they had been taken from last: 20 that never expire, 30 that last up to 2026-02-02.',
    ]);
    expect(explained(ada, entryOf(ada, 'SPEND'))).toEqual([]);
  });

  test('what was given to somebody, and received', () => {
    const ofProgram = program();
    const [ada, bea] = [new Somebody(ofProgram), new Somebody(ofProgram, '2026-01-01', 'bea')];
    ada.earn('2026-01-02', 100);
    const given = ada.give('2026-01-03', bea, 30);
    expect(words(explained(ada, entryOf(ada, 'TRANSFER_OUT'), { operation: given.out }))).toEqual(['ALLOCATION The points were taken from the points that expire first: 30 that never expire.']);
    expect(words(explained(bea, entryOf(bea, 'TRANSFER_IN'), { operation: given.in }))).toEqual(['ALLOCATION The points were received with the expiry that they had: 30 that never expire.']);
  });

  test('when points expired', () => {
    const ada = buys({}, [expiring({ type: 'ROLLING', period: MONTH, rounding: null })]);
    ada.earn('2026-01-02', 100);
    ada.settle('2026-03-01');
    const steps = explained(ada, entryOf(ada, 'EXPIRATION'));
    expect(words(steps)).toEqual(['POINTS_EXPIRED The last moment to use them was 2026-02-02.']);
    expect(steps[0]).toMatchObject({ points: 100n, expiredAt: at('2026-02-03') });
  });

  test('who changed points by hand, and whether they count', () => {
    const ada = buys({}, [expiring({ type: 'ROLLING', period: MONTH, rounding: null })]);
    const given = { ...ada.adjust('2026-01-02', 50, true), reason: 'A parcel was lost' };
    expect(words(explained(ada, entryOf(ada, 'ADJUSTMENT'), { operation: given }))).toEqual([
      'ADJUSTMENT Points were given by hand, and count as earned.',
      'POINT_EXPIRATION The card says ROLLING: counted from 2026-01-02, the points last up to 2026-02-02.',
    ]);
    expect(explained(ada, entryOf(ada, 'ADJUSTMENT'), { operation: given })[0]).toMatchObject({ reason: 'A parcel was lost', qualifying: true });
    const taken = ada.adjust('2026-01-03', -20);
    expect(words(explained(ada, entryOf(ada, 'ADJUSTMENT'), { operation: taken }))).toEqual(['ADJUSTMENT Points were taken by hand, and do not count as earned.']);
    expect(explained(ada, entryOf(ada, 'ADJUSTMENT'))[0]).toMatchObject({ reason: null, qualifying: false });
  });

  test('for which tier points were given, how long they last, and why they are taken back', () => {
    const tiers = [tier('Basic', 0), tier('Silver', 100, { entryAward: { points: 50n, cardDefinitionId: null } })];
    const ada = new Somebody(program({ cards: [expiring({ type: 'ROLLING', period: MONTH, rounding: null })], structures: [climbing({ tiers, entryAwardOnRefund: 'CLAWBACK' })] }));
    const transaction = ada.earn('2026-01-02', 100);
    const steps = explained(ada, entryOf(ada, 'ENTRY_AWARD'));
    expect(words(steps)).toEqual([
      'ENTRY_AWARD Whoever enters Silver is given points once, by revision 1 of "Membership".',
      'POINT_EXPIRATION The card says ROLLING: counted from 2026-01-02, the points last up to 2026-02-02.',
    ]);
    expect(steps[0]).toMatchObject({ tier: { id: 'Silver' }, structure: { id: 'structure' }, revision: { number: 1 }, points: 50n });
    ada.refund('2026-01-03', transaction);
    expect(words(explained(ada, entryOf(ada, 'ENTRY_AWARD_CLAWBACK')))).toEqual([
      'ENTRY_AWARD Without what was refunded Silver would not have been entered, so revision 1 of "Membership" takes its points back.',
    ]);
    const entry = entryOf(ada, 'ENTRY_AWARD');
    ada.program = program({ structures: [] });
    expect(explained(ada, entry)).toEqual([]);
  });

  test('that it corrects what had been recorded', () => {
    const ada = buys({}, [expiring({ type: 'ROLLING', period: MONTH, rounding: null })]);
    ada.earn('2026-01-10', 100);
    ada.settle('2026-02-20');
    const late = ada.earn('2026-01-10', 30, { told: '2026-02-22' });
    const correction = ada.entries.findLast(({ type }) => type === 'EXPIRATION');
    expect(correction?.points).toBe(-30n);
    expect(words(explained(ada, correction, { transaction: late }))).toEqual([
      'CORRECTION It corrects what had been recorded of the same event, -100, because of a fact that was recorded later.',
      'POINTS_EXPIRED The last moment to use them was 2026-02-10.',
    ]);
  });
});

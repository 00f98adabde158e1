import { describe, expect, test } from '@jest/globals';
import type { Effects } from '../../src/domain/ledger.ts';
import { decideSettlement, isInRange, placeFact } from '../../src/domain/ledger.ts';
import type { CardState } from '../../src/domain/members.ts';
import { emptyCard } from '../../src/domain/members.ts';
import { POINTS_MAX, POINTS_MIN } from '../../src/domain/points.ts';
import type { TierStructure } from '../../src/domain/structures.ts';
import { NEVER } from '../../src/domain/time.ts';
import { Somebody, at, card, earnRule, expiring, iso, program } from '../support/people.ts';
import { structure, tier } from '../support/structures.ts';

const days = (value: number) => ({ type: 'ROLLING' as const, period: { value, unit: 'DAY' as const }, rounding: null });
const metals = (rest: Partial<TierStructure> = {}) =>
  structure([tier('Basic', 0), tier('Silver', 100), tier('Gold', 500)], { cardDefinitionId: 'a', downgrade: { type: 'MULTI_LEVEL', gracePeriod: null }, ...rest });

describe('settling', () => {
  test('E5: records what became true, stamped with when it did', () => {
    const ada = new Somebody(program({ cards: [expiring({ type: 'CALENDAR', calendarDates: [{ day: 31, month: 12 }] })], timeZone: 'America/New_York' }), '2025-01-01');
    ada.earn('2025-06-01', 100);
    ada.settle('2026-01-01T04:59:59.999Z');
    expect(ada.balance()).toBe(100);
    ada.settle('2027-03-01');
    expect(ada.entries.slice(1)).toMatchObject([
      { type: 'EXPIRATION', points: -100n, balanceAfter: 0n, sequence: 2, occurredAt: at('2026-01-01T05:00:00Z'), recordedAt: at('2027-03-01'), transactionId: null, operationId: null },
    ]);
    expect(ada.state).toMatchObject({ settledAt: at('2027-03-01'), nextDueAt: NEVER });
  });

  test('leaves the facts as they are', () => {
    const ada = new Somebody(program());
    ada.earn('2026-01-02', 100);
    const { facts } = ada.history;
    ada.settle('2026-02-01');
    expect(ada.history.facts).toBe(facts);
  });

  test('never goes on from a balance to which the entries do not add up', () => {
    const ada = new Somebody(program());
    ada.earn('2026-01-02', 100);
    ada.state = { ...ada.state, cards: new Map([...ada.state.cards].map(([id, known]) => [id, { ...known, balance: 99n }])) };
    const changed = program({ structures: [metals()], structuresChangedAt: at('2026-02-01') });
    const ids = { next: () => 'id' };
    expect(() => decideSettlement(ada, changed, ids, at('2026-02-02'))).toThrow('The entries of a card do not add up to its balance.');
  });

  test('tells what comes to owed points when it comes, also where nobody may owe any more', () => {
    const activation = { type: 'PERIOD_BASED' as const, days: 5 };
    const cards = (refundPolicy: 'REVOKE_BELOW_ZERO' | 'REVOKE_TO_ZERO') => [card('a', { refundPolicy, activation }), card('b', { activation })];
    const rules = ['a', 'b'].map((id) => earnRule(id, { condition: `transaction.location == '${id}'` }));
    const ada = new Somebody(program({ cards: cards('REVOKE_BELOW_ZERO'), rules }));
    const transaction = ada.earn('2026-01-02', 100, { location: 'a' });
    ada.spend('2026-01-10', 100, 'a');
    ada.refund('2026-01-11', transaction);
    expect(ada.balance()).toBe(-100);
    ada.program = program({ cards: cards('REVOKE_TO_ZERO'), rules });
    ada.earn('2026-01-12', 10, { location: 'a' });
    ada.earn('2026-01-13', 5, { location: 'b' });
    const { length } = ada.entries;
    ada.settle('2026-02-01');
    expect(ada.entries.slice(length).map(({ cardDefinitionId, points, balanceAfter }) => [cardDefinitionId, Number(points), Number(balanceAfter)])).toEqual([
      ['a', 10, -90],
      ['b', 5, 5],
    ]);
  });

  test('twice records nothing the second time; and time never runs backwards', () => {
    const ada = new Somebody(program({ structures: [metals()] }));
    ada.settle('2026-02-01');
    const { length } = ada.transitions;
    ada.settle('2026-02-01');
    ada.settle('2026-01-15');
    expect([ada.transitions.length, ada.entries.length, ada.state.settledAt]).toEqual([length, 0, at('2026-02-01')]);
    expect(ada.earn('2026-01-20', 10)).toMatchObject({ occurredAt: at('2026-02-01'), recordedAt: at('2026-02-01') });
  });
});

describe('late facts', () => {
  test('B3: are credited and expired at once, both visible', () => {
    const month = { type: 'ROLLING' as const, period: { value: 1, unit: 'MONTH' as const }, rounding: null };
    const pointEarned = { period: { value: 1, unit: 'MONTH' as const }, type: 'IMMEDIATELY' as const, window: 'CALENDAR' as const };
    const ada = new Somebody(program({ cards: [expiring(month)], structures: [metals({ type: 'POINT_EARNED', pointEarned })] }));
    ada.settle('2026-03-01');
    const transaction = ada.earn('2026-01-25', 100, { told: '2026-03-01' });
    expect([transaction.occurredAt, transaction.recordedAt]).toEqual([at('2026-01-25'), at('2026-03-01')]);
    expect(ada.entries.map(({ type, points, balanceAfter, occurredAt, recordedAt, sequence }) => [type, Number(points), Number(balanceAfter), iso(occurredAt), iso(recordedAt), sequence])).toEqual([
      ['EARN', 100, 100, '2026-01-25', '2026-03-01', 1],
      ['EXPIRATION', -100, 0, '2026-02-26', '2026-03-01', 2],
    ]);
    expect(ada.moves(1)).toEqual(['2026-01-25 UPGRADED Silver POINTS_EARNED', '2026-02-01 DOWNGRADED Basic WINDOW_ROLLED']);
    expect(ada.transitions.slice(1).map(({ late, transactionId, operationId }) => [late, transactionId, operationId])).toEqual([
      [true, transaction.id, null],
      [true, transaction.id, null],
    ]);
  });

  test('B1: restore a tier as of the judgement that took it', () => {
    const pointEarned = { period: { value: 1, unit: 'YEAR' as const }, type: 'IMMEDIATELY' as const, window: 'CALENDAR' as const };
    const expiration = { type: 'CALENDAR_EXPIRATION' as const, calendarDates: [{ day: 31, month: 12 }] };
    const ada = new Somebody(program({ structures: [metals({ tiers: [tier('Gold', 60_000)], type: 'POINT_EARNED', pointEarned, expiration })] }), '2024-01-01');
    ada.earn('2024-05-01', 60_000);
    ada.earn('2025-05-01', 55_000);
    ada.settle('2026-02-01');
    expect(ada.moves(1)).toEqual(['2025-01-01 PROLONGED Gold TIER_EXPIRED', '2026-01-01 LEFT - TIER_EXPIRED']);
    ada.earn('2025-11-01', 10_000, { told: '2026-02-02' });
    expect(ada.moves(3)).toEqual(['not 2026-01-01 LEFT - TIER_EXPIRED', '2026-01-01 PROLONGED Gold TIER_EXPIRED']);
    expect(ada.transitions.slice(3)).toMatchObject([
      { late: true, fromTierId: 'Gold', measure: 55_000n, recordedAt: at('2026-02-02') },
      { late: true, measure: 65_000n },
    ]);
    expect(ada.tier()).toBe('Gold');
  });

  test('a transition that was taken back and happens after all is told again', () => {
    const pointEarned = { period: { value: 1, unit: 'MONTH' as const }, type: 'IMMEDIATELY' as const, window: 'CALENDAR' as const };
    const ada = new Somebody(program({ structures: [metals({ type: 'POINT_EARNED', pointEarned })] }));
    ada.earn('2026-01-20', 500);
    ada.earn('2026-01-10', 100, { told: '2026-01-21' });
    expect(ada.moves(2)).toEqual(['not 2026-01-20 UPGRADED Gold POINTS_EARNED', '2026-01-10 UPGRADED Silver POINTS_EARNED', '2026-01-20 UPGRADED Gold POINTS_EARNED']);
    ada.earn('2026-01-05', 500, { told: '2026-01-22' });
    expect(ada.moves(5)).toEqual(['not 2026-01-20 UPGRADED Gold POINTS_EARNED', 'not 2026-01-10 UPGRADED Silver POINTS_EARNED', '2026-01-05 UPGRADED Gold POINTS_EARNED'].sort((a, b) => Number(b.includes('not')) - Number(a.includes('not')) || (a > b ? 1 : -1)));
  });

  test('a transition that was taken back and told again stands once', () => {
    // Whoever has earned 10 on the other card is given 60 that last ten days: with them a purchase of 100 leads into the gap above Silver.
    const cards = [expiring(days(10)), card('b')];
    const tiers = [tier('Basic', 0), tier('Silver', 100, { maxPoints: 150n })];
    const club = structure([tier('Club', 10, { entryAward: { points: 60n, cardDefinitionId: 'a' } })], { id: 'club', cardDefinitionId: 'b' });
    const rules = ['a', 'b'].map((id) => earnRule(id, { condition: `transaction.location == '${id}'` }));
    const ada = new Somebody(program({ cards, structures: [metals({ tiers }), club], rules }));
    const told = (when: string, amount: number, location: string, now: string) => {
      const { length } = ada.transitions;
      ada.earn(when, amount, { location, told: now });
      return ada.moves(length).filter((move) => !move.includes('Club'));
    };
    expect(told('2026-01-20', 100, 'a', '2026-01-20')).toEqual(['2026-01-20 UPGRADED Silver POINTS_EARNED']);
    expect(told('2026-01-19', 10, 'b', '2026-01-21')).toEqual(['not 2026-01-20 UPGRADED Silver POINTS_EARNED', '2026-01-20 LEFT - POINTS_EARNED']);
    expect(told('2026-01-02', 10, 'b', '2026-01-22')).toEqual(['not 2026-01-20 LEFT - POINTS_EARNED', '2026-01-20 UPGRADED Silver POINTS_EARNED']);
    expect(told('2026-01-03', 1, 'b', '2026-01-23')).toEqual([]);
    expect(told('2026-01-19', 60, 'a', '2026-01-24')).toEqual(['not 2026-01-20 UPGRADED Silver POINTS_EARNED', '2026-01-20 LEFT - POINTS_EARNED']);
    expect(told('2026-01-03', 1, 'b', '2026-01-25')).toEqual([]);
  });

  test('what becomes true at the very instant up to which a member is settled is in time', () => {
    const ada = new Somebody(program());
    ada.settle('2026-01-20');
    ada.program = program({ structures: [metals({ activePeriods: [{ start: at('2026-01-20'), end: NEVER }] })], structuresChangedAt: at('2026-01-20') });
    ada.settle('2026-01-21');
    expect(ada.transitions.map(({ type, late }) => [type, late])).toEqual([['JOINED', false]]);
  });

  test('change what a spend took, and so what expired', () => {
    const ada = new Somebody(program({ cards: [expiring(days(10))], rules: [earnRule('a')] }));
    ada.earn('2026-01-10', 100);
    ada.spend('2026-01-12', 60);
    ada.settle('2026-01-21');
    expect(ada.told(2)).toEqual([['EXPIRATION', -40, '2026-01-21']]);
    ada.earn('2026-01-05', 50, { told: '2026-01-22' });
    // The spend takes the late points first, so that more of the others expires.
    expect(ada.told(3)).toEqual([['EARN', 50, '2026-01-05'], ['EXPIRATION', -50, '2026-01-21']]);
    expect(ada.entries.map(({ sequence, balanceAfter }) => [sequence, Number(balanceAfter)])).toEqual([[1, 100], [2, 40], [3, 0], [4, 50], [5, 0]]);
  });

  test('what is given comes before what is taken, where the balance would go below zero in between', () => {
    const ada = new Somebody(program({ cards: [expiring({ type: 'SLIDING', period: { value: 10, unit: 'DAY' }, earningActivity: false, spendingActivity: false, customActivity: true, customActivityTypes: [] })] }));
    ada.earn('2026-01-01', 100);
    ada.settle('2026-02-01');
    ada.visit('2026-01-05', 'visit', '2026-02-01');
    expect(ada.told(1)).toEqual([['EXPIRATION', -100, '2026-01-12'], ['EXPIRATION', 100, '2026-01-12'], ['EXPIRATION', -100, '2026-01-16']]);
    ada.visit('2026-01-03', 'visit', '2026-02-02');
    expect(ada.entries).toHaveLength(4);
    ada.visit('2026-01-15', 'visit', '2026-02-02');
    expect(ada.entries.slice(4).map(({ points, balanceAfter, occurredAt }) => [Number(points), Number(balanceAfter), iso(occurredAt)])).toEqual([
      [100, 100, '2026-01-16'],
      [-100, 0, '2026-01-26'],
    ]);
  });

  test('what is taken back waits no longer than until there is enough of what is given', () => {
    const cards = [card('a'), card('b')];
    const onB = (points: number) => ({ entryAward: { points: BigInt(points), cardDefinitionId: 'b' } });
    const ada = new Somebody(program({ cards, structures: [metals({ tiers: [tier('Basic', 0, onB(10))] })], rules: [earnRule('a')] }));
    ada.earn('2026-01-05', 100);
    ada.earn('2026-01-08', 400);
    ada.spend('2026-01-20', 10, 'b');
    const { length } = ada.entries;
    const tiers = [tier('Basic', 0), tier('Silver', 100, onB(10)), tier('Gold', 500, onB(5))];
    ada.program = program({ cards, structures: [metals({ tiers })], rules: [earnRule('a')], structuresChangedAt: at('2026-01-21') });
    ada.settle('2026-01-22');
    expect(ada.entries.slice(length).map(({ tierId, points, balanceAfter, occurredAt }) => [tierId, Number(points), Number(balanceAfter), iso(occurredAt)])).toEqual([
      ['Silver', 10, 10, '2026-01-05'],
      ['Basic', -10, 0, '2026-01-01'],
      ['Gold', 5, 5, '2026-01-08'],
    ]);
  });

  test('a step that ends in another tier at the same instant is taken back and told as it was', () => {
    const ada = new Somebody(program({ structures: [metals()] }));
    ada.earn('2026-01-20', 480);
    ada.earn('2026-01-05', 50, { told: '2026-01-21' });
    expect(ada.moves(1)).toEqual(['2026-01-20 UPGRADED Silver POINTS_EARNED', 'not 2026-01-20 UPGRADED Silver POINTS_EARNED', '2026-01-20 UPGRADED Gold POINTS_EARNED']);
  });

  test('change how a structure judged at its very first instant', () => {
    const later = metals({ activePeriods: [{ start: at('2026-01-20'), end: NEVER }] });
    const draft = metals({ id: 'draft', activePeriods: [] });
    const ada = new Somebody(program({ structures: [later, draft] }));
    ada.settle('2026-01-25');
    ada.earn('2026-01-10', 100, { told: '2026-01-26' });
    expect(ada.moves()).toEqual(['2026-01-20 JOINED Basic STRUCTURE_ACTIVATED', 'not 2026-01-20 JOINED Basic STRUCTURE_ACTIVATED', '2026-01-20 JOINED Silver STRUCTURE_ACTIVATED']);
  });

  test('a purchase from before the day of joining begins the time of the member; one of nothing does not', () => {
    const ada = new Somebody(program({ structures: [metals()] }), '2026-03-01');
    ada.earn('2026-01-01', 0, { told: '2026-03-02' });
    expect(ada.moves()).toEqual(['2026-03-01 JOINED Basic CUSTOMER_JOINED']);
    ada.earn('2026-02-01', 100, { told: '2026-03-03' });
    expect(ada.moves(1)).toEqual(['not 2026-03-01 JOINED Basic CUSTOMER_JOINED', '2026-02-01 JOINED Basic CUSTOMER_JOINED', '2026-02-01 UPGRADED Silver POINTS_EARNED']);
  });

  test('two of one instant are judged one after the other, as they were told', () => {
    const told = (first: number, second: number) => {
      const ada = new Somebody(program({ structures: [metals()] }));
      ada.earn('2026-02-01', first, { told: '2026-03-01' });
      ada.earn('2026-02-01', second, { told: '2026-03-02' });
      return ada.moves(1).map((move) => move.split(' ').slice(1, 3).join(' '));
    };
    expect(told(100, 400)).toEqual(['UPGRADED Silver', 'UPGRADED Gold']);
    expect(told(500, 100)).toEqual(['UPGRADED Gold']);
  });

  test('what a structure did before it was a draft again is left alone', () => {
    const ada = new Somebody(program({ structures: [metals()] }));
    ada.earn('2026-01-10', 100);
    const again = metals({ activePeriods: [{ start: at('2026-03-01'), end: NEVER }] });
    ada.program = program({ structures: [again], structuresChangedAt: at('2026-03-01') });
    ada.settle('2026-03-05');
    expect(ada.moves(2)).toEqual(['2026-03-01 JOINED Silver STRUCTURE_ACTIVATED']);
    ada.program = program({ structures: [], structuresChangedAt: at('2026-03-06') });
    ada.settle('2026-03-07');
    expect(ada.moves(3)).toEqual([]);
  });

  test('a card that has entries stays, though a replay shows nothing on it', () => {
    const awarding = metals({ tiers: [tier('Basic', 0, { entryAward: { points: 10n, cardDefinitionId: 'b' } })] });
    const cards = [card('a'), card('b')];
    const ada = new Somebody(program({ cards, structures: [awarding] }));
    expect(ada.balance('b')).toBe(10);
    ada.program = program({ cards, structures: [metals({ tiers: [tier('Basic', 0)] })], structuresChangedAt: at('2026-01-02') });
    ada.settle('2026-01-03');
    expect(ada.state.cards.get('b')).toMatchObject({ balance: 0n, lots: [], pending: [], slidingExpiresAt: null, sequence: 2 });
    expect(ada.told(1)).toEqual([['ENTRY_AWARD', -10, '2026-01-01']]);
  });

  test('what is taken from such a card is told of the card that it was', () => {
    const awarding = metals({ tiers: [tier('Basic', 0, { entryAward: { points: 10n, cardDefinitionId: 'b' } })] });
    const cards = [card('a'), card('b')];
    const ada = new Somebody(program({ cards, structures: [awarding] }));
    ada.state = { ...ada.state, cards: new Map([...ada.state.cards].map(([id, known]) => [id, { ...known, id: 'its own' }])) };
    ada.program = program({ cards, structures: [metals({ tiers: [tier('Basic', 0)] })], structuresChangedAt: at('2026-01-02') });
    ada.settle('2026-01-03');
    expect(ada.entries.slice(1).map(({ cardId, points }) => [cardId, points])).toEqual([['its own', -10n]]);
  });
});

describe('the place of a fact', () => {
  const lived = () => {
    const ada = new Somebody(program());
    ada.earn('2026-01-10', 100);
    ada.earn('2026-01-20', 100);
    return ada;
  };

  test('is the end, unless it is from before what is settled', () => {
    const ada = lived();
    const place = (instant: string | null, whole = false) => {
      const { replayed, occurredAt, recordedAt, after } = placeFact(ada, instant === null ? null : at(instant), ada.program, at('2026-01-25'), whole);
      return [replayed, iso(occurredAt), iso(recordedAt), after.length];
    };
    expect(place(null)).toEqual([false, '2026-01-25', '2026-01-25', 0]);
    expect(placeFact(ada, null, ada.program, at('2026-01-25')).replayed).toBe(false);
    expect(place('2026-01-20')).toEqual([false, '2026-01-20', '2026-01-25', 0]);
    expect(place('2026-01-19')).toEqual([true, '2026-01-19', '2026-01-25', 1]);
    expect(place('2026-01-10')).toEqual([true, '2026-01-10', '2026-01-25', 1]);
    expect(place('2026-01-09')).toEqual([true, '2026-01-09', '2026-01-25', 2]);
    expect(place(null, true)).toEqual([true, '2026-01-25', '2026-01-25', 0]);
  });
});

describe('the range of 64 bits', () => {
  const ada = new Somebody(program());
  ada.earn('2026-01-10', 100);
  const [entry] = ada.entries;
  const [membership] = [{ id: '', customerId: 'ada', transactionId: null, operationId: null, recordedAt: 0, late: false, retraction: false, structureId: '', type: 'JOINED' as const, fromTierId: null, toTierId: null, reason: 'POINTS_EARNED' as const, measure: 0n, expiresAt: NEVER, occurredAt: 0 }];
  const effects: Effects = { state: ada.state, entries: ada.entries, transitions: [membership], history: ada.history };
  const pending = { transactionId: '', earnRuleVersionId: '', points: 1n, earnedAt: 0, activatesAt: 0, expiresAt: 0, sliding: false };
  const cards = (rest: Partial<CardState>) => ({ state: { ...ada.state, cards: new Map([['a', { ...emptyCard('', 'a'), ...rest }]]) } });
  const window = { start: 0, end: 1, days: [] };

  test.each<[string, Partial<Effects>, boolean]>([
    ['what is there', {}, true],
    ['points of an entry', { entries: [{ ...entry!, points: POINTS_MAX + 1n }] }, false],
    ['a balance after', { entries: [{ ...entry!, balanceAfter: POINTS_MIN - 1n }] }, false],
    ['a measure', { transitions: [{ ...membership, measure: POINTS_MAX + 1n }] }, false],
    ['a balance', cards({ balance: POINTS_MAX + 1n }), false],
    ['the largest balance', cards({ balance: POINTS_MAX }), true],
    ['a balance with what is pending', cards({ balance: POINTS_MAX, pending: [pending] }), false],
    ['what was earned in a window', { state: { ...ada.state, windows: new Map([['s', { ...window, earned: POINTS_MAX + 1n }]]) } }, false],
    ['what is left of a cap', { state: { ...ada.state, capUsage: new Map([['s', { periodStart: 0, points: POINTS_MAX + 1n }]]) } }, false],
  ])('%s', (_, changes, expected) => {
    expect(isInRange({ ...effects, ...changes })).toBe(expected);
  });
});

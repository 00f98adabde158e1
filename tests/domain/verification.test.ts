import { describe, expect, test } from '@jest/globals';
import { link } from '../../src/domain/chain.ts';
import { NO_CAPS } from '../../src/domain/earning.ts';
import type { LedgerEntry } from '../../src/domain/ledger.ts';
import type { CardState, MemberHistory, MemberState } from '../../src/domain/members.ts';
import { NO_HISTORY, emptyCard, newMember } from '../../src/domain/members.ts';
import type { Lot } from '../../src/domain/points.ts';
import type { Program } from '../../src/domain/program.ts';
import { revisionsOf } from '../../src/domain/structures.ts';
import type { Membership } from '../../src/domain/tiers.ts';
import { NEVER } from '../../src/domain/time.ts';
import type { StoredRecord } from '../../src/domain/verification.ts';
import { NO_PLACE, compare, verifyMember } from '../../src/domain/verification.ts';
import { Somebody, at, card, earnRule, expiring, program } from '../support/people.ts';
import { structure, tier } from '../support/structures.ts';

/** Whether a member is stored as what happened says, and where the first difference is said to be. */

const METALS = [tier('Basic', 0), tier('Silver', 100), tier('Gold', 500)];
const DAYS_30 = { value: 30, unit: 'DAY' as const };
const MONTHLY = { period: { value: 1, unit: 'MONTH' as const }, type: 'IMMEDIATELY' as const, window: 'CALENDAR' as const };
const SLIDING = { type: 'SLIDING', period: DAYS_30, earningActivity: true, spendingActivity: false, customActivity: false, customActivityTypes: [] } as const;

const earned = structure(METALS, { cardDefinitionId: 'a', type: 'POINT_EARNED', pointEarned: MONTHLY });
const balanced = structure(METALS.map((each) => ({ ...each, structureId: 'held' })), { id: 'held', cardDefinitionId: 'a' });

/** Points of one card expire, of another slide, of a third come later; a rule is capped by the day. */
const PROGRAM = program({
  cards: [
    expiring({ type: 'ROLLING', period: DAYS_30, rounding: null }),
    card('b', { expiration: SLIDING }),
    card('c', { activation: { type: 'PERIOD_BASED', days: 5 } }),
  ],
  rules: [earnRule('a', { caps: { ...NO_CAPS, perPeriod: [{ unit: 'DAY', points: 1000n }] } }), earnRule('b'), earnRule('c')],
  structures: [earned, balanced],
});

/** Ada has earned 120 and 60 and spent 40 of each card but the third, where 60 are still to come. */
function liveAda(): Somebody {
  const ada = new Somebody(PROGRAM);
  ada.earn('2026-01-02', 120);
  ada.spend('2026-01-03', 40, 'a');
  ada.spend('2026-01-03', 40, 'b');
  ada.earn('2026-01-10', 60);
  return ada;
}

const ADA = liveAda();
const [A, B, C] = ['a', 'b', 'c'].map((definition) => cardOf(ADA.state, definition)) as [CardState, CardState, CardState];

function cardOf(state: MemberState, definition: string): CardState {
  const found = state.cards.get(definition);
  if (found === undefined) throw new Error(`There is no card ${definition}.`);
  return found;
}

const entriesOf = ({ id }: CardState) => ADA.entries.filter(({ cardId }) => cardId === id);
const entryOf = (held: CardState, sequence: number): LedgerEntry => {
  const found = entriesOf(held)[sequence - 1];
  if (found === undefined) throw new Error(`There is no entry ${sequence}.`);
  return found;
};

/** What is stored of somebody, changed as is said. */
function recordOf(somebody: Pick<Somebody, 'state' | 'history' | 'entries'>, changes: Partial<StoredRecord> = {}): StoredRecord {
  const { state, history, entries } = somebody;
  return { state, history, entries, structuresSettledAt: null, ...changes };
}

const verify = (changes: Partial<StoredRecord> = {}) => verifyMember(recordOf(ADA, changes), PROGRAM);
const verifyState = (changes: Partial<MemberState>) => verify({ state: { ...ADA.state, ...changes } });
const verifyCard = (definition: string, changes: Partial<CardState>) =>
  verifyState({ cards: new Map([...ADA.state.cards, [definition, { ...cardOf(ADA.state, definition), ...changes }]]) });

/** With one entry of a card changed, or left out if it becomes nothing. */
const withEntry = (id: string, change: (entry: LedgerEntry) => LedgerEntry | null) =>
  ADA.entries.flatMap((entry) => (entry.id === id ? (change(entry) ?? []) : entry));

/** The hashes as they would be if the entries of the card were true. */
function rechained(entries: readonly LedgerEntry[], cardId: string): LedgerEntry[] {
  let previous: string | null = null;
  return entries.map((entry) => {
    if (entry.cardId !== cardId) return entry;
    previous = link(previous, entry);
    return { ...entry, hash: previous };
  });
}

const lastHash = (entries: readonly LedgerEntry[], { id }: CardState) => entries.findLast(({ cardId }) => cardId === id)?.hash ?? null;

describe('a member who is stored as what happened says', () => {
  test('has no difference', () => {
    expect(ADA.entries.map(({ cardDefinitionId, pending }) => `${cardDefinitionId} ${pending}`)).toContain('c true');
    expect([A.balance, B.balance, C.balance, C.pending.length, ADA.state.capUsage.size]).toEqual([140n, 140n, 120n, 1, 1]);
    expect(verify()).toBeNull();
  });

  test('has none either when everything has become due', () => {
    const ada = liveAda().settle('2026-06-01');
    expect(verifyMember(recordOf(ada), PROGRAM)).toBeNull();
  });

  test('may be written down in another order', () => {
    const capUsage = new Map([...ADA.state.capUsage].map(([key, { periodStart, points }]) => [key, { points, periodStart }]));
    expect(verifyState({ capUsage, memberships: new Map([...ADA.state.memberships].reverse()) })).toBeNull();
  });

  test('may have an empty card of which nothing happened after all', () => {
    expect(verifyState({ cards: new Map([...ADA.state.cards, ['d', emptyCard('ada d', 'd')]]) })).toBeNull();
  });
});

describe('the entries of a card', () => {
  const CHANGED = { ...NO_PLACE, kind: 'ENTRY_CHANGED', customerId: 'ada' };
  const MISSING = { ...NO_PLACE, kind: 'ENTRY_MISSING', customerId: 'ada', field: 'sequence', found: null };

  test('say what they said when they were written', () => {
    const entry = entryOf(B, 2);
    const forged = { ...entry, points: -4n };
    const expected = link(entryOf(B, 1).hash, forged);
    const difference = { ...CHANGED, cardId: B.id, sequence: 2, field: 'hash', found: entry.hash, expected };
    expect(verify({ entries: withEntry(entry.id, () => forged) })).toEqual(difference);
  });

  test('are of the customer whose card it is', () => {
    const other = rechained(withEntry(entryOf(A, 1).id, (entry) => ({ ...entry, customerId: 'bee' })), A.id);
    const [first] = other.filter(({ cardId }) => cardId === A.id);
    const difference = { ...CHANGED, cardId: A.id, sequence: 1, field: 'hash', found: first?.hash, expected: entryOf(A, 1).hash };
    expect(verify({ entries: other })).toEqual(difference);
  });

  test('are numbered without gaps', () => {
    expect(verify({ entries: withEntry(entryOf(A, 1).id, () => null) })).toEqual({ ...MISSING, cardId: A.id, sequence: 1, expected: '1' });
    expect(verify({ entries: withEntry(entryOf(A, 2).id, () => null) })).toEqual({ ...MISSING, cardId: A.id, sequence: 2, expected: '2' });
  });

  test('are all there, the last one too', () => {
    expect(verify({ entries: withEntry(entryOf(A, 3).id, () => null) })).toEqual({ ...MISSING, cardId: A.id, sequence: 3, expected: '3' });
    expect(verify({ entries: [] })).toEqual({ ...MISSING, cardId: A.id, sequence: 1, expected: '1' });
  });

  test('each say the balance after it', () => {
    const forged = rechained(withEntry(entryOf(A, 2).id, (entry) => ({ ...entry, balanceAfter: 81n })), A.id);
    const difference = { ...CHANGED, cardId: A.id, sequence: 2, field: 'balanceAfter', found: '81', expected: '80' };
    expect(verify({ entries: forged })).toEqual(difference);
  });

  test('are of cards that the member has', () => {
    const stray = { ...entryOf(A, 1), cardId: 'card of nobody' };
    const difference = { ...CHANGED, cardId: 'card of nobody', sequence: 1, field: 'customer', found: 'card of nobody', expected: null };
    expect(verify({ entries: [...ADA.entries, stray] })).toEqual(difference);
  });
});

describe('a card', () => {
  const CHANGED = { ...NO_PLACE, kind: 'CARD_CHANGED', customerId: 'ada' };
  const LOT = { ...NO_PLACE, kind: 'LOT_CHANGED', customerId: 'ada' };
  const [first, second] = A.lots as [Lot, Lot];

  test.each<[string, Partial<CardState>, string | null, string | null]>([
    ['sequence', { sequence: 2 }, '2', '3'],
    ['head', { head: 'abc' }, 'abc', A.head],
    ['head', { head: null }, null, A.head],
    ['balance', { balance: 141n }, '141', '140'],
  ])('stands where its last entry says: %s', (field, change, found, expected) => {
    expect(verifyCard('a', change)).toEqual({ ...CHANGED, cardId: A.id, sequence: 3, field, found, expected });
  });

  test('has its balance in lots', () => {
    const difference = { ...LOT, cardId: A.id, field: 'points', found: '141', expected: '140' };
    expect(verifyCard('a', { lots: [{ ...first, points: first.points + 1n }, second] })).toEqual(difference);
  });

  test('has lots that expire when they must', () => {
    expect(A.lots.map(({ expiresAt, points }) => [expiresAt, points])).toEqual([[at('2026-02-02'), 80n], [at('2026-02-10'), 60n]]);
    const lots = [{ ...first, expiresAt: at('2026-02-03') }, second];
    const found = '{"earnedAt":1767312000000,"points":"80"}';
    expect(verifyCard('a', { lots })).toEqual({ ...LOT, cardId: A.id, field: '2026-02-03T00:00:00.000Z', found, expected: null });
    const never = [second, { ...first, expiresAt: NEVER }];
    expect(verifyCard('a', { lots: never })).toEqual({ ...LOT, cardId: A.id, field: 'never', found, expected: null });
    const sliding = [{ ...first, sliding: true }, second];
    expect(verifyCard('a', { lots: sliding })).toEqual({ ...LOT, cardId: A.id, field: '2026-02-02T00:00:00.000Z sliding', found, expected: null });
  });

  test('has the points of a lot that is gone in no other', () => {
    const firstText = (points: number) => `{"earnedAt":1767312000000,"points":"${points}"}`;
    const secondText = (points: number) => `{"earnedAt":1768003200000,"points":"${points}"}`;
    const inFirst = { ...LOT, cardId: A.id, field: '2026-02-02T00:00:00.000Z', found: firstText(140), expected: firstText(80) };
    expect(verifyCard('a', { lots: [{ ...first, points: 140n }] })).toEqual(inFirst);
    const inSecond = { ...LOT, cardId: A.id, field: '2026-02-10T00:00:00.000Z', found: secondText(140), expected: secondText(60) };
    expect(verifyCard('a', { lots: [{ ...second, points: 140n }] })).toEqual(inSecond);
  });

  test('does not hold more for a lot that is there twice', () => {
    const ada = new Somebody(PROGRAM);
    ada.earn('2026-01-02', 100);
    const held = cardOf(ada.state, 'a');
    const [lot] = held.lots as [Lot];
    const twice = (entry: LedgerEntry): LedgerEntry => (entry.cardId === held.id ? { ...entry, points: 120n, balanceAfter: 120n } : entry);
    const entries = rechained(ada.entries.map(twice), held.id);
    const forged = { ...held, balance: 120n, head: lastHash(entries, held), lots: [{ ...lot, points: 20n }, lot] };
    const record = recordOf(ada, { entries, state: { ...ada.state, cards: new Map([...ada.state.cards, ['a', forged]]) } });
    expect(verifyMember(record, PROGRAM)).toEqual({ ...CHANGED, cardId: held.id, field: 'balance', found: '120', expected: '100' });
  });

  test('has its points that are still to come', () => {
    const found = '[]';
    const expected =
      '[{"activatesAt":1768435200000,"earnRuleVersionId":"rule c 1","earnedAt":1768003200000,' +
      '"expiresAt":"never","points":"60","sliding":false,"transactionId":"ada 13"}]';
    expect(verifyCard('c', { pending: [] })).toEqual({ ...CHANGED, cardId: C.id, field: 'pending', found, expected });
  });

  test('says when what slides expires', () => {
    expect(B.slidingExpiresAt).toBe(at('2026-02-10'));
    const difference = { ...CHANGED, cardId: B.id, field: 'slidingExpiresAt', found: null, expected: '1770681600000' };
    expect(verifyCard('b', { slidingExpiresAt: null })).toEqual(difference);
    expect(verifyCard('a', { slidingExpiresAt: 5 })).toEqual({ ...CHANGED, cardId: A.id, field: 'slidingExpiresAt', found: '5', expected: null });
  });

  test('is there if something happened on it', () => {
    const without = (held: CardState) => ({
      state: { ...ADA.state, cards: new Map([...ADA.state.cards].filter(([definition]) => definition !== held.cardDefinitionId)) },
      entries: ADA.entries.filter(({ cardId }) => cardId !== held.id),
    });
    const lot = '{"earnedAt":1767312000000,"points":"80"}';
    expect(verify(without(A))).toEqual({ ...LOT, cardId: A.id, field: '2026-02-02T00:00:00.000Z', found: null, expected: lot });
  });

  test('is there if something is only to come on it', () => {
    const soon = program({ cards: [card('c', { activation: { type: 'PERIOD_BASED', days: 5 } })] });
    const ada = new Somebody(soon);
    ada.earn('2026-01-02', 60);
    const record = recordOf(ada, { entries: [], state: { ...ada.state, cards: new Map() } });
    const expected =
      '[{"activatesAt":1767744000000,"earnRuleVersionId":"rule c 1","earnedAt":1767312000000,' +
      '"expiresAt":"never","points":"60","sliding":false,"transactionId":"ada 1"}]';
    const cardId = cardOf(ada.state, 'c').id;
    expect(verifyMember(record, soon)).toEqual({ ...NO_PLACE, kind: 'CARD_MISSING', customerId: 'ada', cardId, field: 'pending', found: '[]', expected });
  });
});

describe('standings', () => {
  const CHANGED = { ...NO_PLACE, kind: 'MEMBERSHIP_CHANGED', customerId: 'ada' };
  const { memberships, windows } = ADA.state;
  const [held] = [...memberships.values()].filter(({ structureId }) => structureId === 'held') as [Membership];

  test('are those that follow', () => {
    const promoted = new Map([...memberships, ['held', { ...held, tierId: 'Gold' }]]);
    expect(verifyState({ memberships: promoted })).toEqual({ ...CHANGED, structureId: 'held', field: 'tierId', found: 'Gold', expected: 'Silver' });
  });

  test('are all there, and no others', () => {
    const one = new Map([...memberships].filter(([id]) => id === 'structure'));
    expect(verifyState({ memberships: one })).toEqual({ ...CHANGED, structureId: 'held', field: 'structureId', found: null, expected: 'held' });
    const three = new Map([...memberships, ['more', { ...held, structureId: 'more' }]]);
    expect(verifyState({ memberships: three })).toEqual({ ...CHANGED, structureId: 'more', field: 'structureId', found: 'more', expected: null });
  });

  test('count what was earned in the window', () => {
    const window = windows.get('structure');
    const changed = new Map(window === undefined ? [] : [['structure', { ...window, earned: 181n }]]);
    const text = (points: number) => `{"days":[],"earned":"${points}","end":1769904000000,"start":1767225600000}`;
    expect(verifyState({ windows: changed })).toEqual({ ...CHANGED, structureId: 'structure', field: 'window', found: text(181), expected: text(180) });
  });
});

describe('a member', () => {
  const CHANGED = { ...NO_PLACE, kind: 'MEMBER_CHANGED', customerId: 'ada' };

  test('has used up of caps what was given', () => {
    const usage = { periodStart: at('2026-01-10'), points: 6n };
    const [found, expected] = ['{"periodStart":1768003200000,"points":"6"}', '{"periodStart":1768003200000,"points":"60"}'];
    const difference = { ...CHANGED, field: 'capUsage.rule a DAY', found, expected };
    expect(verifyState({ capUsage: new Map([['rule a DAY', usage]]) })).toEqual(difference);
  });

  test('has the number of the last fact', () => {
    expect(verifyState({ sequence: 3 })).toEqual({ ...CHANGED, field: 'sequence', found: '3', expected: '4' });
  });

  test('is due when the next thing becomes true', () => {
    expect(ADA.state.nextDueAt).toBe(at('2026-01-15'));
    expect(verifyState({ nextDueAt: 5 })).toEqual({ ...CHANGED, field: 'nextDueAt', found: '5', expected: '1768435200000' });
    expect(verifyState({ nextDueAt: NEVER })).toEqual({ ...CHANGED, field: 'nextDueAt', found: '"never"', expected: '1768435200000' });
  });
});

describe('a member of whom nothing was ever worked out', () => {
  const NEW = newMember('ada', at('2026-01-01'), at('2026-01-05'));
  const verifyNew = (state: Partial<MemberState>, history: MemberHistory = NO_HISTORY, under: Program = PROGRAM) =>
    verifyMember({ state: { ...NEW, ...state }, history, entries: [], structuresSettledAt: null }, under);

  test('has no difference, though a tier would follow', () => {
    expect(verifyNew({})).toBeNull();
    expect(verifyNew({ nextDueAt: NEW.settledAt - 1 })).toBeNull();
  });

  test.each([NEW.settledAt, NEVER])('is one who was due before: not at %d', (nextDueAt) => {
    const difference = { ...NO_PLACE, kind: 'MEMBERSHIP_CHANGED', customerId: 'ada', structureId: 'structure', field: 'structureId' };
    expect(verifyNew({ nextDueAt })).toEqual({ ...difference, found: null, expected: 'structure' });
  });

  test('is one to whom nothing happened', () => {
    const bare = program();
    const due = { ...NO_PLACE, kind: 'MEMBER_CHANGED', customerId: 'ada', field: 'nextDueAt', found: '0', expected: '"never"' };
    const visit = { type: 'ACTIVITY', id: 'visit', occurredAt: NEW.settledAt, recordedAt: NEW.settledAt, sequence: 0, activityType: 'visit' } as const;
    const history: MemberHistory = { ...NO_HISTORY, facts: [visit] };
    const cards = new Map([['a', emptyCard('ada a', 'a')]]);
    expect(verifyNew({ nextDueAt: 0 }, history, bare)).toEqual(due);
    expect(verifyNew({ nextDueAt: 0, cards }, NO_HISTORY, bare)).toEqual(due);
    expect(verifyNew({ nextDueAt: 0, cards }, history, bare)).toEqual(due);
    const joined = new Somebody(program({ structures: [balanced] }), '2026-01-05');
    const under = program({ structures: [balanced] });
    const { memberships } = joined.state;
    const settled = { nextDueAt: 0, joinedAt: at('2026-01-05'), memberships };
    expect(verifyNew(settled, NO_HISTORY, under)).toEqual(due);
    expect(verifyNew({ ...settled, cards }, NO_HISTORY, under)).toEqual(due);
  });
});

describe('what follows from a change of structures', () => {
  const CARDS = [card('a')];
  const SETTLED = at('2026-01-05');
  const CHANGED_AT = at('2026-02-01');
  const AWARDING = [tier('Basic', 0, { entryAward: { points: 15n, cardDefinitionId: null } }), tier('Silver', 100)];
  const plain = structure(METALS, { cardDefinitionId: 'a' });
  const awarding = structure(AWARDING, { cardDefinitionId: 'a' });
  const under = (structuresChangedAt: number, ...structures: Program['structures']) => program({ cards: CARDS, structures, structuresChangedAt });

  /** Ada, as she was before there were structures, or under those that there were. */
  function before(...structures: Program['structures']): Somebody {
    const ada = new Somebody(program({ cards: CARDS, structures }));
    ada.earn('2026-01-02', 60);
    ada.earn('2026-01-03', 20);
    return ada.settle('2026-01-05');
  }

  const following = { ...NO_PLACE, kind: 'MEMBERSHIP_CHANGED', customerId: 'ada', structureId: 'structure', field: 'structureId' };
  const joined = { ...following, found: null, expected: 'structure' };
  const ada = before();
  const recordedLater = <T extends { readonly recordedAt: number }>(list: readonly T[], recordedAt: number): T[] =>
    list.map((each, index) => (index === list.length - 1 ? { ...each, recordedAt } : each));

  test('is awaited of a member who was not settled since', () => {
    expect(verifyMember(recordOf(ada), under(CHANGED_AT, plain))).toBeNull();
    expect(verifyMember(recordOf(ada), under(SETTLED, plain))).toBeNull();
    expect(verifyMember(recordOf(ada), under(SETTLED - 1, plain))).toEqual(joined);
  });

  test('is not awaited once everybody has been settled', () => {
    const verifyAt = (structuresSettledAt: number) => verifyMember(recordOf(ada, { structuresSettledAt }), under(CHANGED_AT, plain));
    expect(verifyAt(CHANGED_AT - 1)).toBeNull();
    expect(verifyAt(CHANGED_AT)).toEqual(joined);
    expect(verifyAt(CHANGED_AT + 1)).toEqual(joined);
  });

  const standing = before(balanced);
  test.each(['facts', 'effects', 'transitions'] as const)('is not awaited of a member of whom later %s were recorded', (kind) => {
    const verifyAt = (recordedAt: number) => {
      const history = { ...standing.history, [kind]: recordedLater<{ readonly recordedAt: number }>(standing.history[kind], recordedAt) };
      return verifyMember(recordOf(standing, { history }), under(CHANGED_AT, balanced, plain));
    };
    expect(verifyAt(SETTLED)).toBeNull();
    expect(verifyAt(SETTLED + 1)).toEqual(joined);
  });

  test('may change when the next thing is due, but not how many facts there are', () => {
    const verifyWith = (state: Partial<MemberState>) => verifyMember(recordOf(ada, { state: { ...ada.state, ...state } }), under(CHANGED_AT, plain));
    expect(verifyWith({ nextDueAt: 5 })).toBeNull();
    const changed = { ...NO_PLACE, kind: 'MEMBER_CHANGED', customerId: 'ada', field: 'sequence', found: '1', expected: '2' };
    expect(verifyWith({ nextDueAt: 5, sequence: 1 })).toEqual(changed);
  });

  describe('on cards', () => {
    /** What is held is said to expire on a day, which nothing says. */
    const forged = ({ state, history, entries }: Somebody) => {
      const held = cardOf(state, 'a');
      const lots = held.lots.map((lot) => ({ ...lot, expiresAt: at('2027-01-01') }));
      return recordOf({ state: { ...state, cards: new Map([['a', { ...held, lots }]]) }, history, entries });
    };
    const changed = (points: number, earnedAt: string) => ({
      ...{ ...NO_PLACE, kind: 'LOT_CHANGED', customerId: 'ada', cardId: cardOf(ada.state, 'a').id },
      ...{ field: '2027-01-01T00:00:00.000Z', found: `{"earnedAt":${at(earnedAt)},"points":"${points}"}`, expected: null },
    });

    test('is awaited where tiers award points', () => {
      expect(verifyMember(recordOf(ada), under(CHANGED_AT, awarding))).toBeNull();
      expect(verifyMember(forged(ada), under(CHANGED_AT, plain, awarding))).toBeNull();
    });

    test('is awaited where tiers awarded points by an earlier revision', () => {
      const revision = { number: 2, effectiveAt: CHANGED_AT, rollout: 'NEXT_JUDGEMENT' } as const;
      const revised = structure(METALS, { cardDefinitionId: 'a', revision, formerRevisions: revisionsOf(awarding) });
      expect(verifyMember(forged(ada), under(CHANGED_AT, revised))).toBeNull();
    });

    test('is awaited where an award was recorded', () => {
      const awarded = before(awarding);
      expect(awarded.entries.map(({ type }) => type)).toEqual(['ENTRY_AWARD', 'EARN', 'EARN']);
      expect(verifyMember(recordOf(awarded), under(CHANGED_AT, plain))).toBeNull();
      expect(verifyMember(recordOf(awarded), under(-1, plain))).toMatchObject({ kind: 'LOT_CHANGED', field: 'never' });
    });

    test('is not awaited where nothing awards points', () => {
      expect(verifyMember(forged(ada), under(CHANGED_AT, plain))).toEqual(changed(80, '2026-01-02'));
    });

    test('is not awaited of a member who was settled since', () => {
      const awarded = before(awarding);
      expect(verifyMember(recordOf(awarded), under(-1, awarding))).toBeNull();
      expect(verifyMember(forged(awarded), under(-1, awarding))).toEqual(changed(95, '2026-01-01'));
    });
  });
});

describe('a comparison', () => {
  const PLACE = { ...NO_PLACE, kind: 'CHECKPOINT_CHANGED', checkpointSequence: 3 } as const;
  const read = (found: unknown, expected: unknown = null) => compare(PLACE, [['field', found, expected]]);

  test('knows no place until it is said', () => {
    const nowhere = { customerId: null, cardId: null, structureId: null, rewardId: null, redemptionId: null, grantId: null };
    expect(NO_PLACE).toEqual({ ...nowhere, sequence: null, checkpointSequence: null });
  });

  test('shows the first field that differs', () => {
    const difference = { ...PLACE, field: 'second', found: '2', expected: '3' };
    expect(compare(PLACE, [['first', 1, 1], ['second', 2, 3], ['third', 4, 5]])).toEqual(difference);
    expect(compare(PLACE, [])).toBeNull();
  });

  test.each<[unknown, unknown]>([
    [null, undefined],
    [undefined, null],
    [7n, 7n],
    [{ a: 1, b: [2n] }, { b: [2n], a: 1 }],
    [{ a: { d: 1, c: null } }, { a: { c: null, d: 1 } }],
  ])('finds %p the same as %p', (found, expected) => {
    expect(read(found, expected)).toBeNull();
    expect(read(expected, found)).toBeNull();
  });

  test.each<[unknown, string]>([
    ['text', 'text'],
    ['', ''],
    [7n, '7'],
    [0, '0'],
    [false, 'false'],
    [NEVER, '"never"'],
    [[3, 1, 2], '[3,1,2]'],
    [{ c: 1.5, a: 5n, b: NEVER }, '{"a":"5","b":"never","c":1.5}'],
    [{ b: null, d: [], c: { f: 'x', e: true } }, '{"b":null,"c":{"e":true,"f":"x"},"d":[]}'],
  ])('reads %p as a person does', (value, text) => {
    expect(read(value)).toEqual({ ...PLACE, field: 'field', found: text, expected: null });
    expect(read(null, value)).toEqual({ ...PLACE, field: 'field', found: null, expected: text });
  });
});

import { describe, expect, test } from '@jest/globals';
import type { ActivityFact } from '../../src/domain/members.ts';
import { capKey, cardIdOf, emptyCard, inOrder, isBefore, newMember, pendingBalance } from '../../src/domain/members.ts';

const fact = (id: string, occurredAt: number, sequence: number): ActivityFact => ({ type: 'ACTIVITY', activityType: 'visit', id, occurredAt, recordedAt: 9, sequence });

test('a new member has nothing, and everything is due', () => {
  expect(newMember('ada', 5, 7)).toEqual({
    customerId: 'ada',
    joinedAt: 5,
    settledAt: 7,
    nextDueAt: -Infinity,
    sequence: 0,
    cards: new Map(),
    memberships: new Map(),
    windows: new Map(),
    capUsage: new Map(),
    rewardProgress: new Map(),
  });
});

test('a new card is empty', () => {
  expect(emptyCard('id', 'definition')).toEqual({
    id: 'id',
    cardDefinitionId: 'definition',
    balance: 0n,
    sequence: 0,
    head: null,
    lots: [],
    pending: [],
    slidingExpiresAt: null,
  });
});

test('what is pending is the sum of what is', () => {
  const pending = { transactionId: 't', earnRuleVersionId: 'v', earnedAt: 0, activatesAt: 1, expiresAt: 2, sliding: false };
  expect([pendingBalance({ pending: [] }), pendingBalance({ pending: [{ ...pending, points: 3n }, { ...pending, points: 4n }] })]).toEqual([0n, 7n]);
});

describe('the order of facts', () => {
  test('is that in which they happened; of one instant, that in which they were told', () => {
    expect(isBefore(fact('a', 1, 5), fact('b', 2, 1))).toBe(true);
    expect(isBefore(fact('a', 2, 1), fact('b', 1, 5))).toBe(false);
    expect(isBefore(fact('a', 1, 1), fact('b', 1, 2))).toBe(true);
    expect(isBefore(fact('a', 1, 2), fact('b', 1, 1))).toBe(false);
    expect(isBefore(fact('a', 1, 1), fact('a', 1, 1))).toBe(false);
  });

  test('leaves the list as it was', () => {
    const facts = [fact('c', 2, 3), fact('b', 1, 2), fact('d', 2, 4), fact('a', 1, 1)];
    expect(inOrder(facts).map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
    expect(facts.map(({ id }) => id)).toEqual(['c', 'b', 'd', 'a']);
  });
});

test('the usage of a cap is named by its rule and its period', () => {
  expect([capKey('rule', 'DAY'), capKey('rule', 'WEEK'), capKey('other', 'DAY')]).toEqual(['rule DAY', 'rule WEEK', 'other DAY']);
});

describe('the id of a card', () => {
  const customer = '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b';
  const definition = '0190a1b2-0000-7111-8222-333344445555';

  test('follows from the customer and the card definition, and is a UUID of version 8', () => {
    expect(cardIdOf(customer, definition)).toBe('00000000-c3d4-8f4e-88b9-3f2e6a7b1f0e');
    expect(cardIdOf(definition, customer)).toBe(cardIdOf(customer, definition));
    expect(cardIdOf(customer, customer)).toBe('00000000-0000-8000-8000-000000000000');
  });

  test('has the variant of a UUID whatever the bits', () => {
    const variants = ['0', '4', '8', 'c', 'f'].map((digit) => cardIdOf(`00000000-0000-0000-${digit}000-000000000000`, '0')[19]);
    expect(variants).toEqual(['8', '8', '8', '8', 'b']);
  });
});

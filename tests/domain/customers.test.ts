import { describe, expect, test } from '@jest/globals';
import type { Customer, CustomerUpsertRequest } from '../../src/domain/customers.ts';
import { EMAIL_MAX_LENGTH, checkCustomerUpsert, upsertCustomer } from '../../src/domain/customers.ts';
import { refusedFor } from '../support/people.ts';

const NOW = 1000;
const REQUEST: CustomerUpsertRequest = { externalId: 'ada', joinedAt: null, expectedVersion: null, idempotencyKey: null };

describe('a profile', () => {
  test.each<[Partial<CustomerUpsertRequest>, string[]]>([
    [{}, []],
    [{ name: 'Ada', email: 'ada@example.com', metadata: { a: 1 }, joinedAt: NOW, idempotencyKey: 'key' }, []],
    [{ name: null, email: null, metadata: null }, []],
    [{ externalId: '' }, ['INVALID_EXTERNAL_ID externalId']],
    [{ externalId: 'x'.repeat(201) }, ['INVALID_EXTERNAL_ID externalId']],
    [{ name: '' }, ['INVALID_NAME name']],
    [{ email: 'ada' }, ['INVALID_EMAIL email']],
    [{ email: 'a@b@c' }, ['INVALID_EMAIL email']],
    [{ email: 'a b@c' }, ['INVALID_EMAIL email']],
    [{ email: 'a@c d' }, ['INVALID_EMAIL email']],
    [{ email: '@c' }, ['INVALID_EMAIL email']],
    [{ email: 'a@' }, ['INVALID_EMAIL email']],
    [{ email: '' }, ['INVALID_EMAIL email']],
    [{ email: `${'x'.repeat(EMAIL_MAX_LENGTH - 2)}@c` }, []],
    [{ email: `${'x'.repeat(EMAIL_MAX_LENGTH - 1)}@c` }, ['INVALID_EMAIL email']],
    [{ metadata: { long: 'x'.repeat(20_000) } }, ['INVALID_METADATA metadata']],
    [{ joinedAt: NOW + 1 }, ['DATE_IN_FUTURE joinedAt']],
    [{ idempotencyKey: '' }, ['INVALID_IDEMPOTENCY_KEY idempotencyKey']],
    [{ externalId: ' ', name: ' ', joinedAt: NOW + 1 }, ['INVALID_EXTERNAL_ID externalId', 'INVALID_NAME name', 'DATE_IN_FUTURE joinedAt']],
  ])('case %#: %j', (changes, expected) => {
    expect(refusedFor({ kind: 'REFUSED', problems: checkCustomerUpsert({ ...REQUEST, ...changes }, NOW) })).toEqual(expected);
  });
});

describe('an upsert', () => {
  const known: Customer = {
    id: 'id',
    externalId: 'ada',
    name: 'Ada',
    email: 'ada@example.com',
    metadata: { tags: ['a', 'b'], address: { city: 'London', zip: null } },
    joinedAt: 1,
    createdAt: 2,
    updatedAt: null,
    version: 4,
  };
  const upsert = (changes: Partial<CustomerUpsertRequest>, before: Customer | null = known) => {
    const answer = upsertCustomer(before, { ...REQUEST, ...changes }, 'new', NOW);
    if (!answer.ok) throw new Error(answer.problems.map(({ code }) => code).join());
    return answer.value;
  };

  test('makes a customer who is not known', () => {
    const made = { id: 'new', externalId: 'ada', name: null, email: null, metadata: {}, joinedAt: NOW, createdAt: NOW, updatedAt: null, version: 1 };
    expect(upsert({}, null)).toEqual(made);
    const profile = { name: 'Ada', email: 'a@b', metadata: { a: 1 }, joinedAt: 5 };
    expect(upsert(profile, null)).toEqual({ ...made, ...profile });
  });

  test('leaves alone what is left out, and clears what is null', () => {
    expect(upsert({ name: 'Countess' })).toEqual({ ...known, name: 'Countess', version: 5, updatedAt: NOW });
    expect(upsert({ email: null })).toEqual({ ...known, email: null, version: 5, updatedAt: NOW });
    expect(upsert({ metadata: null })).toEqual({ ...known, metadata: {}, version: 5, updatedAt: NOW });
    expect(upsert({ joinedAt: 500, name: 'Countess' }).joinedAt).toBe(1);
  });

  test('that changes nothing leaves the customer as it is, whatever the order of keys', () => {
    expect(upsert({})).toBe(known);
    expect(upsert({ name: 'Ada', email: 'ada@example.com', metadata: { address: { zip: null, city: 'London' }, tags: ['a', 'b'] } })).toBe(known);
  });

  test.each([
    [{ tags: ['b', 'a'], address: { city: 'London', zip: null } }],
    [{ tags: ['a', 'b'], address: { city: 'London' } }],
    [{ tags: ['a', 'b'], address: { city: 'London', zip: undefined, other: null } }],
    [{ tags: ['a', 'b'], address: { city: 'London', zip: {} } }],
    [{ tags: { 0: 'a', 1: 'b' }, address: { city: 'London', zip: null } }],
    [{ tags: ['a', 'b'], address: null }],
    [{ tags: ['a', 'b'], address: 'London' }],
    [{ tags: ['a', 'b', 'c'], address: { city: 'London', zip: null } }],
  ])('with other metadata changes it (%#)', (metadata) => {
    expect(upsert({ metadata })).toMatchObject({ version: 5 });
  });

  test('of another version than is there is refused', () => {
    const refusal = (before: Customer | null, expectedVersion: number) => {
      const answer = upsertCustomer(before, { ...REQUEST, expectedVersion }, 'new', NOW);
      return answer.ok ? [] : refusedFor({ kind: 'REFUSED', problems: answer.problems });
    };
    expect([refusal(known, 4), refusal(known, 3), refusal(null, 1)]).toEqual([[], ['VERSION_CONFLICT version'], ['VERSION_CONFLICT version']]);
    expect(upsertCustomer(null, { ...REQUEST, expectedVersion: 1 }, 'new', NOW)).toMatchObject({ problems: [{ message: 'There is no such customer yet.' }] });
  });
});

import { describe, expect, test } from '@jest/globals';
import { BATCH_END, EVENTS_PER_BATCH_MAX, LOG_START } from '../../src/domain/events.ts';
import { batchIdFrom, batchIdOf, eventIdOf, numberOf, placeBehind, typesMatching } from '../../src/domain/events.ts';

/** Places in the event log, the ids of events and batches, and the types that a pattern names. */

describe('ids', () => {
  const NEW_ID = '01990000-0000-7000-8000-0123456789ab';
  const BATCH_ID = '01990000-0000-7000-8000-012345600000';

  test('a new id becomes that of a batch by its last five digits', () => {
    expect(batchIdFrom(NEW_ID)).toBe(BATCH_ID);
    expect(batchIdFrom(BATCH_ID)).toBe(BATCH_ID);
  });

  test.each([
    [1, '01990000-0000-7000-8000-012345600001'],
    [26, '01990000-0000-7000-8000-01234560001a'],
    [1_048_574, '01990000-0000-7000-8000-0123456ffffe'],
  ])('event %i of a batch has its number in hexadecimal digits, and both are read from it', (number, id) => {
    expect(eventIdOf(BATCH_ID, number)).toBe(id);
    expect(numberOf(id)).toBe(number);
    expect(batchIdOf(id)).toBe(BATCH_ID);
  });

  test('a batch has no more events than its digits can count', () => {
    expect([EVENTS_PER_BATCH_MAX, BATCH_END]).toEqual([1_048_574, 1_048_575]);
    expect(() => eventIdOf(BATCH_ID, 1_048_575)).toThrow(new Error('A transaction writes more events than a batch can have.'));
  });
});

describe('places', () => {
  test('behind an event is the next number of its batch', () => {
    expect(placeBehind({ position: 7n, number: 0 })).toEqual({ position: 7n, number: 1 });
    expect(placeBehind({ position: 7n, number: 1_048_574 })).toEqual({ position: 7n, number: 1_048_575 });
  });

  test('behind a batch that is read to its end is the beginning of the next', () => {
    expect(placeBehind({ position: 7n, number: 1_048_575 })).toEqual({ position: 8n, number: 0 });
  });

  test('the first batch comes right behind the start of the log', () => {
    expect(LOG_START).toEqual({ position: 0n, number: 1_048_575 });
    expect(placeBehind(LOG_START)).toEqual({ position: 1n, number: 0 });
  });
});

test.each([
  ['customer.created', ['customer.created']],
  ['customer.tier', []],
  ['customer.*', ['customer.created', 'customer.created.late', 'customer.tier.upgraded']],
  ['customer.tier.*', ['customer.tier.upgraded']],
  ['.*', []],
  ['tier.upgraded', []],
  ['created.*', []],
  ['*.created', []],
  ['*', ['customer.created', 'customer.created.late', 'customer.tier.upgraded', 'customers.merged', 'points.earned']],
])('the pattern %s names the types %j', (pattern, named) => {
  const types = ['customer.created', 'customer.created.late', 'customer.tier.upgraded', 'customers.merged', 'points.earned'];
  expect(typesMatching(pattern, types)).toEqual(named);
});

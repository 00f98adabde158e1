import { describe, expect, test } from '@jest/globals';
import {
  IDEMPOTENCY_KEY_MAX_LENGTH,
  METADATA_MAX_KEYS,
  NAME_MAX_LENGTH,
  checkIdempotencyKey,
  checkMetadata,
  checkName,
  checked,
  isText,
  problem,
  refused,
} from '../../src/domain/problem.ts';

test('a problem names the field below the input, or none', () => {
  expect(problem('CODE', 'Why.', 'lines', 0, 'amount')).toEqual({ code: 'CODE', message: 'Why.', field: ['input', 'lines', '0', 'amount'] });
  expect(problem('CODE', 'Why.').field).toBeNull();
});

test('what was checked is a value or problems', () => {
  const why = problem('CODE', 'Why.');
  expect([checked(5), refused(why, why)]).toEqual([{ ok: true, value: 5 }, { ok: false, problems: [why, why] }]);
});

describe('a text', () => {
  test.each<[string, boolean]>([
    ['x', true],
    ['', false],
    [' \t\n', false],
    [' x ', true],
    ['a\u0000b', false],
    ['\ud800', false],
    ['x'.repeat(200), true],
    ['x'.repeat(201), false],
    // Counted as people count them, not as they are stored.
    ['😀'.repeat(200), true],
    ['😀'.repeat(201), false],
    [`${'😀'.repeat(100)}${'x'.repeat(101)}`, false],
  ])('case %#', (text, expected) => {
    expect(isText(text)).toBe(expected);
  });

  test('has another limit where another is said', () => {
    expect([isText('xyz', 3), isText('wxyz', 3), isText('😀😀😀', 3), isText('x'.repeat(7), 3)]).toEqual([true, false, true, false]);
  });
});

test('a name is a text', () => {
  expect(checkName('x', 'name')).toEqual([]);
  expect(checkName('', 'tiers', 1, 'name')).toEqual([
    { code: 'INVALID_NAME', message: `A name has 1 to ${NAME_MAX_LENGTH} characters.`, field: ['input', 'tiers', '1', 'name'] },
  ]);
});

describe('metadata', () => {
  const valid = (metadata: Parameters<typeof checkMetadata>[0]) => checkMetadata(metadata, 'metadata').length === 0;
  const keys = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${index}`, index]));
  // {"k":"..."} adds 8 bytes to the text.
  const bytes = (count: number, character = 'x') => ({ k: character.repeat(count) });

  test('may be left out', () => {
    expect([valid(null), valid(undefined), valid({})]).toEqual([true, true, true]);
  });

  test('has at most 50 keys and 10 KiB', () => {
    expect([valid(keys(METADATA_MAX_KEYS)), valid(keys(METADATA_MAX_KEYS + 1))]).toEqual([true, false]);
    expect([valid(bytes(10_240 - 8)), valid(bytes(10_240 - 7))]).toEqual([true, false]);
    expect([valid(bytes(5116, 'é')), valid(bytes(5117, 'é'))]).toEqual([true, false]);
  });

  test('has no text that cannot be stored', () => {
    expect([valid({ k: 'a\u0000' }), valid({ 'a\u0000': 1 }), valid({ k: '\ud800' }), valid({ k: '\udBFF' }), valid({ k: '😀' })]).toEqual([false, false, false, false, true]);
  });

  test('says so', () => {
    expect(checkMetadata(keys(51), 'tiers', 0, 'metadata')).toEqual([
      { code: 'INVALID_METADATA', message: 'Metadata has at most 50 keys and 10 KiB as JSON, without NUL characters.', field: ['input', 'tiers', '0', 'metadata'] },
    ]);
  });
});

test('an idempotency key has 1 to 255 characters', () => {
  const long = 'x'.repeat(IDEMPOTENCY_KEY_MAX_LENGTH);
  expect([null, undefined, 'x', long].flatMap(checkIdempotencyKey)).toEqual([]);
  const refusal = { code: 'INVALID_IDEMPOTENCY_KEY', message: 'An idempotency key has 1 to 255 characters.', field: ['input', 'idempotencyKey'] };
  expect(['', `${long}x`].flatMap(checkIdempotencyKey)).toEqual([refusal, refusal]);
});

/** Patterns that tenants write are compiled only if it takes little, which is known from their length written out. */
import { describe, expect, test } from '@jest/globals';
import { expandedLength, patternOf } from '../../src/domain/patterns.ts';

const TOO_LARGE = 'the pattern is too large';

describe('how long a pattern is with its repetitions written out', () => {
  test.each([
    ['', 0],
    ['abc', 3],
    ['a|b', 3],
    ['a{3}', 3],
    ['ab{3}c', 5],
    ['a{2,5}', 5],
    ['a{2,}', 2],
    ['a{0}', 1],
    ['a{2}{3}', 6],
    ['\\d{3}', 3],
    ['\\p{L}{4}x', 5],
    ['[a-z\\]]{2}', 2],
    ['[]a]{2}', 2],
    ['(ab)', 4],
    ['(ab){3}', 12],
    ['xyz(ab){3}', 15],
    ['x(a(bc){2}d){3}y', 38],
    ['ab(c(de', 5],
    ['ab)c', 5],
    ['(?i)abc', 3],
    ['abc(?i){3}', 5],
    ['ab(?i-s)(c)', 5],
    ['\\Qab\\E', 6],
    ['\\Qab{2}\\E', 9_000],
    ['a'.repeat(1_000), 1_000],
    [`${'a'.repeat(997)}{2}`, 998],
    [`${'a'.repeat(998)}{2}`, 1_001_000],
    ['a'.repeat(1_001), 1_001],
  ])('%j: %i', (pattern, length) => {
    expect(expandedLength(pattern)).toBe(length);
  });
});

describe('a pattern', () => {
  test('is found in any part of a text', () => {
    const pattern = patternOf('b+c');
    expect(['abbcd', 'bc', 'bb', ''].map((text) => pattern.isFoundIn(text))).toEqual([true, true, false, false]);
  });

  test('has at most 1000 characters', () => {
    expect(patternOf('a'.repeat(1_000)).isFoundIn('a'.repeat(1_000))).toBe(true);
    expect(() => patternOf('a'.repeat(1_001))).toThrow(TOO_LARGE);
  });

  test('has at most 4000 parts written out, however few instructions they come to', () => {
    expect(patternOf('(?:a){800}').isFoundIn('a'.repeat(800))).toBe(true);
    expect(patternOf('(?:a){800}').isFoundIn('a'.repeat(799))).toBe(false);
    expect(() => patternOf('(?:a){801}')).toThrow(TOO_LARGE);
  });

  test('has at most 2000 instructions', () => {
    expect(patternOf('a{1000}b{998}').size).toBe(2_000);
    expect(() => patternOf('a{1000}b{999}')).toThrow(TOO_LARGE);
  });

  test('that is none says why', () => {
    expect(() => patternOf('(a')).toThrow(/missing closing \)/);
  });
});

describe('patterns that were compiled', () => {
  let made = 0;
  /** Patterns that nobody has asked for. */
  const others = (count: number) => Array.from({ length: count }, () => `other ${(made += 1)}`);

  test('are remembered while there are few', () => {
    const patterns = others(10);
    const compiled = patterns.map(patternOf);
    expect(patterns.filter((pattern, index) => patternOf(pattern) === compiled[index])).not.toEqual([]);
  });

  test('are forgotten when there are many, and found again', () => {
    const [first = ''] = others(1);
    const compiled = patternOf(first);
    for (const pattern of others(200)) patternOf(pattern);
    expect(patternOf(first)).not.toBe(compiled);
    expect(patternOf(first).isFoundIn(first)).toBe(true);
  });
});

import { describe, expect, test } from '@jest/globals';
import { canonicalDecimal } from '../../src/domain/idempotency.ts';

describe('a decimal in one form for each value', () => {
  test.each([
    [['1', '1.0', '1.', '01', '001.000'], '1'],
    [['0', '0.0', '00', '000.00'], '0'],
    [['10', '010', '10.00'], '10'],
    [['100.5', '100.50', '0100.500'], '100.5'],
    [['0.05', '00.050'], '0.05'],
    [['1.001', '1.0010'], '1.001'],
  ])('%j is %s', (texts, canonical) => {
    expect(texts.map(canonicalDecimal)).toEqual(texts.map(() => canonical));
  });

  test.each(['', '-1.0', '+1', '1e3', '1,0', '.5', ' 1', '1.0.0', 'one', '١'])('%j is not written as a decimal of 0 or more and stays as it is', (text) => {
    expect(canonicalDecimal(text)).toBe(text);
  });

  test('different values stay different', () => {
    const values = ['1', '10', '100', '0.1', '0.01', '1.1', '1.01', '11', '101'];
    expect(new Set(values.map(canonicalDecimal)).size).toBe(values.length);
  });

  test('the longest text that the contract accepts takes no longer for it', () => {
    expect(canonicalDecimal(`${'0'.repeat(31)}1.${'0'.repeat(31)}`)).toBe('1');
    expect(canonicalDecimal(`1.${'0'.repeat(61)}x`)).toBe(`1.${'0'.repeat(61)}x`);
  });
});

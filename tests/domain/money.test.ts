import { expect, test } from '@jest/globals';
import { amountMinor, currencyDecimals, isDecimal, normalizeAmount } from '../../src/domain/money.ts';

test('a currency of ISO 4217 has its decimals; anything else has none', () => {
  expect(['USD', 'JPY', 'KWD', 'CLF', 'usd', 'USDX', 'US', 'XXY', '', ' USD', 'USD '].map(currencyDecimals)).toEqual([2, 0, 3, 4, null, null, null, null, null, null, null]);
});

test.each<[string, number, boolean]>([
  ['0', 2, true],
  ['1.5', 2, true],
  ['1.50', 2, true],
  ['1.500', 2, true],
  ['1.501', 2, false],
  ['1000.00', 0, true],
  ['1000.01', 0, false],
  ['007', 0, true],
  ['-1', 2, false],
  ['+1', 2, false],
  ['1.', 2, false],
  ['.5', 2, false],
  ['1e3', 2, false],
  [' 1', 2, false],
  ['1\n', 2, false],
  ['', 2, false],
  ['1,5', 2, false],
  ['999999999999999', 2, true],
  ['9999999999999999', 2, false],
  ['0009999999999999999', 2, false],
  [`${'0'.repeat(49)}999999999999999`, 2, true],
  [`${'0'.repeat(50)}999999999999999`, 2, false],
])('%j with %i decimals', (text, decimals, expected) => {
  expect(isDecimal(text, decimals)).toBe(expected);
});

test('an amount in the normal form, and in the smallest unit', () => {
  expect([normalizeAmount('52.4', 2), normalizeAmount('007', 0), normalizeAmount('1000.00', 0), normalizeAmount('0.5', 3)]).toEqual(['52.40', '7', '1000', '0.500']);
  expect([amountMinor('52.40', 2), amountMinor('7', 0), amountMinor('999999999999999.99', 2), amountMinor('0.500', 3)]).toEqual([5240n, 7n, 99_999_999_999_999_999n, 500n]);
});

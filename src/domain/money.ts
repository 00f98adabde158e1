import Big from 'big.js';
import currencyCodes from 'currency-codes';

/**
 * Money is a decimal text with an ISO 4217 currency. It is computed in exact decimal arithmetic and
 * never passes through a binary float.
 */

/** Most digits before the decimal point of any decimal that the engine accepts. */
export const DECIMAL_MAX_INTEGER_DIGITS = 15;
export const FACTOR_MAX_DECIMALS = 6;

const DECIMAL = /^(\d+)(?:\.(\d+))?$/;
/** As `normalizeAmount` writes it, with any number of decimal places. */
const NORMAL = /^(?:0|[1-9]\d*)(?:\.(\d+))?$/;

const DECIMALS: ReadonlyMap<string, number> = new Map(currencyCodes.data.map(({ code, digits }) => [code, digits]));

/** Number of decimal places of a currency, or null if ISO 4217 does not know the code. */
export function currencyDecimals(currency: string): number | null {
  return DECIMALS.get(currency) ?? null;
}

/** Whether the text is a decimal of 0 or more with at most that many decimal places, and not too long. */
export function isDecimal(text: string, maxDecimals: number): boolean {
  const match = DECIMAL.exec(text);
  if (match === null) return false;
  const [, integer = '', fraction = ''] = match;
  const digits = integer.replace(/^0+/, '').length;
  // Trailing zeros carry no value, so 1000.00 JPY is 1000 JPY.
  return digits <= DECIMAL_MAX_INTEGER_DIGITS && fraction.replace(/0+$/, '').length <= maxDecimals && text.length <= 64;
}

/** The amount with exactly the currency's decimal places: `"52.4"` in USD is `"52.40"`. */
export function normalizeAmount(amount: string, decimals: number): string {
  // Most amounts come as they should be, and each purchase has some.
  const normal = NORMAL.exec(amount);
  if (normal !== null && (normal[1]?.length ?? 0) === decimals) return amount;
  return new Big(amount).toFixed(decimals);
}

/** The amount in the smallest unit of its currency: `"52.40"` in USD is 5240n. */
export function amountMinor(amount: string, decimals: number): bigint {
  return BigInt(normalizeAmount(amount, decimals).replace('.', ''));
}

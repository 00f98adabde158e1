/** A decimal text in one form for each value: `"1.0"` and `"01"` are `"1"`. Any other text as it is. */
export function canonicalDecimal(text: string): string {
  const match = /^0*(\d+?)(?:\.(\d*?)0*)?$/.exec(text);
  if (match === null) return text;
  const [, integer = '', fraction = ''] = match;
  return fraction === '' ? integer : `${integer}.${fraction}`;
}

/** What is kept under an idempotency key: the objects that the command answered with, by their plain ids. */
export type IdempotentResult = Readonly<Record<string, string | boolean>>;

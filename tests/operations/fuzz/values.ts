import * as fc from 'fast-check';

/** Values that nobody who means well would send, and ids that exist, which generated values alone would never hit. */

/** Texts on the edges of what texts are. */
export const strangeText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ maxLength: 30 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom('', ' ', '\u0000', '\ud800', '\u202e', '💚'.repeat(150), "'; DROP TABLE customers; --", '${7*7}', '<script>', '../../etc/passwd', '%00', '-0', 'null', 'NaN', '1e309'),
  fc.integer({ min: 190, max: 5_000 }).map((length) => 'x'.repeat(length)),
);

export const strangeNumber: fc.Arbitrary<number> = fc.oneof(
  fc.constantFrom(0, -0, -1, 1, 0.1, 1e21, -1e21, 1e308, 2 ** 31, 2 ** 53, -(2 ** 63), Number.MIN_VALUE),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

export const strangeValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: strangeText },
  { weight: 2, arbitrary: strangeNumber },
  fc.constantFrom<unknown>(null, true, false, [], {}, [[]], [null], { a: null }),
  fc.jsonValue({ maxDepth: 4 }),
);

export const decimalText: fc.Arbitrary<string> = fc.oneof(
  fc.integer({ min: 0, max: 1_000_000 }).map((cents) => (cents / 100).toFixed(2)),
  fc.constantFrom('0', '-1', '1.234567', '1e5', '999999999999999999999', '.5', '1,00'),
);

export const instantText: fc.Arbitrary<string> = fc.oneof(
  fc.date({ min: new Date('2020-01-01T00:00:00Z'), max: new Date('2030-01-01T00:00:00Z'), noInvalidDate: true }).map((date) => date.toISOString()),
  fc.constantFrom('2026-02-30T00:00:00Z', '2026-06-01', '0000-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z', '2026-06-01T12:00:00+14:00'),
);

export const dayText: fc.Arbitrary<string> = fc.oneof(instantText.map((text) => text.slice(0, 10)), fc.constantFrom('2026-02-29', '1999-12-31', '10000-01-01'));

/** Mostly ids of what there is, of the right kind or of another. */
export const idAmong = (ids: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...ids) },
    fc.constantFrom(...ids).map((id) => id.replace(/.$/, (last) => (last === '0' ? '1' : '0'))),
    fc.constantFrom('ada', 'bob', 'ord_1', 'spd_1', 'nobody'),
    strangeText,
  );

import type { FixedPointExpiration, PointActivation, PointExpiration } from '../domain/points.ts';
import type {
  FixedPointExpirationInput,
  PointActivationInput,
  PointExpirationInput,
} from '../generated/resolvers-types.ts';

/**
 * Expirations and activations of points as the contract writes them, in the words of the domain. Cards, earn
 * rules and tiers take them. Exactly one field of such an input is given: `@oneOf` sees to that.
 */

/** What can be written but makes no sense; the domain refuses it with the right code and field. */
const SENSELESS = { calendarDates: [] } as const;

/** How points of a card expire. */
export function toPointExpiration(input: PointExpirationInput): PointExpiration {
  if (!input.sliding) return toFixedPointExpiration(input);
  const { period, earningActivity, spendingActivity, customActivity, customActivityTypes } = input.sliding;
  return {
    type: 'SLIDING',
    period,
    earningActivity,
    spendingActivity,
    customActivity,
    customActivityTypes: customActivityTypes ?? [],
  };
}

/** How points expire that have an expiration of their own. */
export function toFixedPointExpiration(input: FixedPointExpirationInput): FixedPointExpiration {
  if (input.rolling) {
    const { period, rounding, roundingMonth } = input.rolling;
    const to = rounding ?? null;
    if (to === null && typeof roundingMonth === 'number') return { type: 'CALENDAR', ...SENSELESS };
    return { type: 'ROLLING', period, rounding: to === null ? null : { to, month: roundingMonth ?? null } };
  }
  if (input.calendar) return { type: 'CALENDAR', calendarDates: input.calendar.calendarDates };
  return input.noExpiration === true ? { type: 'NO_EXPIRATION' } : { type: 'CALENDAR', ...SENSELESS };
}

/** When points of a card can be spent. */
export function toPointActivation(input: PointActivationInput): PointActivation {
  if (input.periodBased) return { type: 'PERIOD_BASED', days: input.periodBased.days };
  if (input.fixedDates) return { type: 'FIXED_DATES', calendarDates: input.fixedDates.calendarDates };
  return input.immediate === true ? { type: 'IMMEDIATE' } : { type: 'FIXED_DATES', ...SENSELESS };
}

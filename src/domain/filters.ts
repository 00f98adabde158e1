import type { Checked, Problem } from './problem.ts';
import { NAME_MAX_LENGTH, checked, refused } from './problem.ts';
import type { Instant, LocalCalendar } from './time.ts';

/** Filters of lists: what callers write, checked against its limits, as plain conditions. */

export const IDS_MAX = 100;
export const VALUES_MAX = 10;
export const DAYS_MAX = 36_500;

/** One condition on one field of a list's items. */
export type Condition<Field extends string = string> =
  | { readonly kind: 'ONE_OF'; readonly field: Field; readonly values: readonly string[]; readonly negated: boolean }
  | {
      readonly kind: 'TEXT';
      readonly field: Field;
      readonly match: 'CONTAINS' | 'STARTS_WITH' | 'ENDS_WITH';
      readonly text: string;
      readonly negated: boolean;
    }
  /** `from` belongs to the span, `to` does not; null is open. */
  | { readonly kind: 'BETWEEN'; readonly field: Field; readonly from: Instant | null; readonly to: Instant | null }
  | { readonly kind: 'KNOWN'; readonly field: Field; readonly known: boolean };

type Maybe<T> = T | null | undefined;

export interface ValueFilter {
  readonly is?: Maybe<string>;
  readonly isNot?: Maybe<string>;
  readonly in?: Maybe<readonly string[]>;
  readonly notIn?: Maybe<readonly string[]>;
}

export interface TextFilter extends ValueFilter {
  readonly contains?: Maybe<string>;
  readonly notContain?: Maybe<string>;
  readonly startsWith?: Maybe<string>;
  readonly endsWith?: Maybe<string>;
  readonly hasValue?: Maybe<boolean>;
  readonly isUnknown?: Maybe<boolean>;
}

export interface DateFilter {
  readonly before?: Maybe<Instant>;
  readonly after?: Maybe<Instant>;
  readonly is?: Maybe<number>;
  readonly moreThan?: Maybe<number>;
  readonly lessThan?: Maybe<number>;
  readonly hasValue?: Maybe<boolean>;
  readonly isUnknown?: Maybe<boolean>;
}

type FilterChecked<Field extends string> = Checked<Condition<Field>[], 'INVALID_FILTER'>;

/** Conditions on a value: an id, a type, a status. */
export function valueConditions<Field extends string>(
  field: Field,
  filter: Maybe<ValueFilter>,
  valuesMax: number,
): FilterChecked<Field> {
  const conditions: Condition<Field>[] = [];
  const problems: Problem<'INVALID_FILTER'>[] = [];
  const oneOf = (values: readonly string[], negated: boolean) =>
    conditions.push({ kind: 'ONE_OF', field, values, negated });
  if (isGiven(filter?.is)) oneOf([filter.is], false);
  if (isGiven(filter?.isNot)) oneOf([filter.isNot], true);
  for (const [operator, negated] of [['in', false], ['notIn', true]] as const) {
    const values = filter?.[operator];
    if (!isGiven(values)) continue;
    if (values.length < 1 || values.length > valuesMax) {
      problems.push(invalid(`A list has 1 to ${valuesMax} values.`, field, operator));
    }
    oneOf(values, negated);
  }
  return problems.length > 0 ? refused(...problems) : checked(conditions);
}

/** Conditions on a text. */
export function textConditions<Field extends string>(field: Field, filter: Maybe<TextFilter>): FilterChecked<Field> {
  const values = valueConditions(field, filter, VALUES_MAX);
  const problems: Problem<'INVALID_FILTER'>[] = values.ok ? [] : [...values.problems];
  const conditions: Condition<Field>[] = values.ok ? [...values.value] : [];
  const texts = [
    ['contains', 'CONTAINS', false],
    ['notContain', 'CONTAINS', true],
    ['startsWith', 'STARTS_WITH', false],
    ['endsWith', 'ENDS_WITH', false],
  ] as const;
  for (const [operator, match, negated] of texts) {
    const text = filter?.[operator];
    if (isGiven(text)) conditions.push({ kind: 'TEXT', field, match, text, negated });
  }
  const lengths = { ...filter };
  for (const [operator, given] of Object.entries(lengths)) {
    const list = typeof given === 'string' ? [given] : Array.isArray(given) ? (given as string[]) : [];
    if (list.some((text) => [...text].length > NAME_MAX_LENGTH || text.includes('\u0000'))) {
      problems.push(invalid(`A text has at most ${NAME_MAX_LENGTH} characters.`, field, operator));
    }
  }
  conditions.push(...knownConditions(field, filter));
  return problems.length > 0 ? refused(...problems) : checked(conditions);
}

/** Conditions on an instant. Days are local days, counted back from the day that carries `now`. */
export function dateConditions<Field extends string>(
  field: Field,
  filter: Maybe<DateFilter>,
  calendar: LocalCalendar,
  now: Instant,
): FilterChecked<Field> {
  const conditions: Condition<Field>[] = [];
  const problems: Problem<'INVALID_FILTER'>[] = [];
  const between = (from: Instant | null, to: Instant | null) => conditions.push({ kind: 'BETWEEN', field, from, to });
  if (isGiven(filter?.before)) between(null, filter.before);
  // Instants are whole milliseconds, so "after" starts with the next one.
  if (isGiven(filter?.after)) between(filter.after + 1, null);
  for (const operator of ['is', 'moreThan', 'lessThan'] as const) {
    const days = filter?.[operator];
    if (!isGiven(days)) continue;
    if (days < 0 || days > DAYS_MAX) {
      problems.push(invalid(`A number of days is from 0 to ${DAYS_MAX}.`, field, operator));
      continue;
    }
    const day = calendar.daysBefore(now, days);
    if (operator === 'is') between(day.start, day.end);
    if (operator === 'moreThan') between(null, day.start);
    if (operator === 'lessThan') between(day.end, null);
  }
  conditions.push(...knownConditions(field, filter));
  return problems.length > 0 ? refused(...problems) : checked(conditions);
}

function knownConditions<Field extends string>(
  field: Field,
  filter: Maybe<{ readonly hasValue?: Maybe<boolean>; readonly isUnknown?: Maybe<boolean> }>,
): Condition<Field>[] {
  const conditions: Condition<Field>[] = [];
  if (isGiven(filter?.hasValue)) conditions.push({ kind: 'KNOWN', field, known: filter.hasValue });
  if (isGiven(filter?.isUnknown)) conditions.push({ kind: 'KNOWN', field, known: !filter.isUnknown });
  return conditions;
}

function invalid(message: string, ...path: string[]): Problem<'INVALID_FILTER'> {
  return { code: 'INVALID_FILTER', message, field: ['filter', ...path] };
}

function isGiven<T>(value: Maybe<T>): value is T {
  return value !== null && value !== undefined;
}

import { parse } from 'qs';
import { InputError } from '../input.ts';
import { PAGE_SIZE_DEFAULT, STATUSES, TYPES } from './contract.ts';

/**
 * The query string of the list: bracketed filters, `order`, `limit` and `cursor`, as variables of its document.
 * Arrays may be written `name[]=a&name[]=b`, `name[0]=a&name[1]=b` or `name=a&name=b`.
 */

const PARAMETERS_MAX = 1_000;
/** `filters[created_at][conditions][$is][]` has this many brackets. */
const DEPTH_MAX = 4;

/** What a condition takes. */
export type ConditionValue = 'TEXT' | 'TEXTS' | 'INSTANT' | 'DAYS' | 'NOTHING';

interface ConditionRule {
  /** What it is called in the contract of GraphQL. */
  readonly name: string;
  readonly takes: ConditionValue;
  readonly description: string;
}

interface FilterRule {
  readonly name: string;
  /** The values there are; null for any. */
  readonly options: readonly string[] | null;
  readonly conditions: Readonly<Record<string, ConditionRule>>;
}

const equality = (what: string) =>
  ({
    $is: { name: 'is', takes: 'TEXT', description: `Equal to this ${what}.` },
    $is_not: { name: 'isNot', takes: 'TEXT', description: `Not equal to this ${what}.` },
    $in: { name: 'in', takes: 'TEXTS', description: `One of these values.` },
    $not_in: { name: 'notIn', takes: 'TEXTS', description: `None of these values.` },
  }) as const;

const presence = {
  $has_value: { name: 'hasValue', takes: 'NOTHING', description: 'Has a value. What is sent with the condition is ignored.' },
  $is_unknown: { name: 'isUnknown', takes: 'NOTHING', description: 'Has no value. What is sent with the condition is ignored.' },
} as const;

/** Every filter of the list and every condition on it. */
export const FILTERS: Readonly<Record<string, FilterRule>> = {
  id: { name: 'id', options: null, conditions: equality('id') },
  name: {
    name: 'name',
    options: null,
    conditions: {
      ...equality('text'),
      $contains: { name: 'contains', takes: 'TEXT', description: 'Contains this text.' },
      $not_contain: { name: 'notContain', takes: 'TEXT', description: 'Does not contain this text.' },
      $starts_with: { name: 'startsWith', takes: 'TEXT', description: 'Starts with this text.' },
      $ends_with: { name: 'endsWith', takes: 'TEXT', description: 'Ends with this text.' },
      ...presence,
    },
  },
  type: { name: 'type', options: TYPES, conditions: equality('type') },
  status: { name: 'status', options: STATUSES, conditions: equality('status') },
  created_at: {
    name: 'createdAt',
    options: null,
    conditions: {
      $before: { name: 'before', takes: 'INSTANT', description: 'Created before this instant.' },
      $after: { name: 'after', takes: 'INSTANT', description: 'Created after this instant.' },
      $is: {
        name: 'is',
        takes: 'DAYS',
        description: 'Created on the day exactly this many days ago. Days are local to the workspace; today is 0 days ago.',
      },
      $more_than: { name: 'moreThan', takes: 'DAYS', description: 'Created before the day that was this many days ago.' },
      $less_than: { name: 'lessThan', takes: 'DAYS', description: 'Created after the day that was this many days ago.' },
      ...presence,
    },
  },
};

export const JUNCTIONS = ['AND', 'OR'] as const;

const ORDER_FIELDS: Readonly<Record<string, string>> = { created_at: 'CREATED_AT', name: 'NAME', type: 'TYPE', status: 'STATUS' };

/** What `order` takes, as the page lists it. */
export const ORDERS = ['-created_at', 'created_at', 'name', '-name', 'type', '-type', 'status', '-status'] as const;

export interface ListQuery {
  readonly filter: Readonly<Record<string, unknown>>;
  readonly orderBy: readonly { readonly field: string; readonly direction: 'ASC' | 'DESC' }[];
  readonly first: number;
  /** As it came; null for the first page. */
  readonly cursor: string | null;
}

/**
 * @param text what follows the question mark
 * @throws InputError that names the parameter
 */
export function parseListQuery(text: string): ListQuery {
  const parameters = parseParameters(text);
  for (const name of Object.keys(parameters)) {
    if (!['filters', 'order', 'limit', 'cursor'].includes(name)) throw new InputError(`There is no parameter \`${name}\`.`, [name]);
  }
  return {
    filter: toFilter(parameters['filters']),
    orderBy: toOrder(parameters['order']),
    first: toLimit(parameters['limit']),
    cursor: parameters['cursor'] === undefined ? null : single(parameters['cursor'], 'cursor'),
  };
}

/** What a path of GraphQL is called in the query string. */
export function parameterOf(path: readonly string[]): readonly string[] | null {
  const [variable, field, condition] = path;
  if (variable === 'after') return ['cursor'];
  if (variable === 'first') return ['limit'];
  if (variable === 'orderBy') return ['order'];
  if (variable !== 'filter') return null;
  const [name, rule] = Object.entries(FILTERS).find(([, filter]) => filter.name === field) ?? [];
  const [operator] = Object.entries(rule?.conditions ?? {}).find(([, { name: own }]) => own === condition) ?? [];
  return name === undefined || operator === undefined ? ['filters'] : [parameterName(name, operator)];
}

export function parameterName(filter: string, operator: string): string {
  return `filters[${filter}][conditions][${operator}]`;
}

type Parameters = Readonly<Record<string, unknown>>;

function parseParameters(text: string): Parameters {
  try {
    return parse(text, {
      depth: DEPTH_MAX,
      parameterLimit: PARAMETERS_MAX,
      arrayLimit: PARAMETERS_MAX,
      throwOnLimitExceeded: true,
      plainObjects: true,
      decoder,
    });
  } catch (error) {
    if (error instanceof RangeError)
      throw new InputError(`A query string has at most ${PARAMETERS_MAX} parameters and values of an array.`, []);
    throw error;
  }
}

/** By itself the parser would take what cannot be decoded as it is. */
function decoder(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new InputError('The query string is not UTF-8 in percent-encoding.', []);
  }
}

function toFilter(filters: unknown): Record<string, unknown> {
  if (filters === undefined) return {};
  const given = fieldsOf(filters, 'filters', [...Object.keys(FILTERS), 'junction']);
  const result: Record<string, unknown> = {};
  if (given['junction'] !== undefined) result['junction'] = option(given['junction'], 'filters[junction]', JUNCTIONS);
  for (const [name, rule] of Object.entries(FILTERS)) {
    if (given[name] === undefined) continue;
    const { conditions } = fieldsOf(given[name], `filters[${name}]`, ['conditions']);
    result[rule.name] = toConditions(name, rule, conditions);
  }
  return result;
}

function toConditions(name: string, { options, conditions: rules }: FilterRule, conditions: unknown): Record<string, unknown> {
  const given = fieldsOf(conditions, `filters[${name}][conditions]`, Object.keys(rules));
  const result: Record<string, unknown> = {};
  for (const [operator, { name: own, takes }] of Object.entries(rules)) {
    if (given[operator] !== undefined) result[own] = toValue(given[operator], parameterName(name, operator), takes, options);
  }
  return result;
}

function toValue(value: unknown, parameter: string, takes: ConditionValue, options: readonly string[] | null): unknown {
  switch (takes) {
    case 'NOTHING':
      single(value, parameter);
      return true;
    case 'DAYS':
      return wholeNumber(value, parameter);
    case 'INSTANT':
      return single(value, parameter);
    case 'TEXT':
      return options === null ? single(value, parameter) : option(value, parameter, options);
    case 'TEXTS':
      return texts(value, parameter).map((text) => (options === null ? text : option(text, parameter, options)));
  }
}

function toOrder(order: unknown): ListQuery['orderBy'] {
  if (order === undefined) return [];
  return texts(order, 'order').map((text) => {
    const step = option(text, 'order', ORDERS);
    const direction = step.startsWith('-') ? 'DESC' : 'ASC';
    return { field: ORDER_FIELDS[step.replace('-', '')] ?? '', direction };
  });
}

function toLimit(limit: unknown): number {
  return limit === undefined ? PAGE_SIZE_DEFAULT : wholeNumber(limit, 'limit');
}

function fieldsOf(value: unknown, parameter: string, names: readonly string[]): Parameters {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InputError(`\`${parameter}\` needs one of ${names.join(', ')} in brackets.`, [parameter]);
  }
  for (const name of Object.keys(value)) {
    if (!names.includes(name)) throw new InputError(`There is no parameter \`${parameter}[${name}]\`.`, [`${parameter}[${name}]`]);
  }
  return value as Parameters;
}

/** The one text that was sent, be it as an array. */
function single(value: unknown, parameter: string): string {
  const [text, ...more] = texts(value, parameter);
  if (text === undefined || more.length > 0) throw new InputError(`\`${parameter}\` takes one value.`, [parameter]);
  return text;
}

function texts(value: unknown, parameter: string): readonly string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.map((text) => {
    if (typeof text !== 'string') throw new InputError(`\`${parameter}\` takes texts only.`, [parameter]);
    return text;
  });
}

function option<Option extends string>(value: unknown, parameter: string, options: readonly Option[]): Option {
  const text = single(value, parameter);
  const found = options.find((each) => each === text);
  if (found === undefined) throw new InputError(`\`${parameter}\` must be one of ${options.join(', ')}.`, [parameter]);
  return found;
}

/** Up to the largest number that GraphQL has; the limits that make sense are the list's own. */
function wholeNumber(value: unknown, parameter: string): number {
  const text = single(value, parameter);
  const number = Number(text);
  if (!/^\d{1,10}$/.test(text) || number > 2_147_483_647)
    throw new InputError(`\`${parameter}\` must be a whole number, 0 or more.`, [parameter]);
  return number;
}

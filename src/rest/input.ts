import { JsonNumber } from './json.ts';
import type { RestInput, RestInputObject } from './table.ts';

/** JSON in snake_case to the variables of a document. What is of the wrong type is left for GraphQL to refuse. */

export type InputObjects = Readonly<Record<string, RestInputObject>>;

/** Something in the body, or a parameter, that no field of the contract takes. */
export class InputError extends Error {
  readonly field: readonly string[];

  constructor(message: string, field: readonly string[]) {
    super(message);
    this.field = field;
  }
}

/**
 * @param path where the value stands in the body, as it is called there
 * @throws InputError
 */
export function toVariable(value: unknown, input: RestInput, objects: InputObjects, path: readonly string[]): unknown {
  if (value === null) return null;
  if (input.list !== true) return toItem(value, input.type, objects, path);
  if (!Array.isArray(value)) throw new InputError(`${named(path)} must be an array.`, path);
  return value.map((item, index) => (item === null ? null : toItem(item, input.type, objects, [...path, String(index)])));
}

function toItem(value: unknown, type: string, objects: InputObjects, path: readonly string[]): unknown {
  const object = objects[type];
  if (object === undefined) return toScalar(value, type, path);
  if (typeof value === 'string' && object.text !== undefined) return { [object.text]: value };
  return toInputObject(value, object, objects, path);
}

/**
 * @param without names of fields that the path fills, so that the body must not
 * @throws InputError
 */
export function toInputObject(
  value: unknown,
  { fields }: RestInputObject,
  objects: InputObjects,
  path: readonly string[],
  without: readonly string[] = [],
): Record<string, unknown> {
  if (!isObject(value)) throw new InputError(`${named(path)} must be a JSON object.`, path);
  const result: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
    if (field === undefined || without.includes(field.name)) throw new InputError(`There is no field ${named([...path, key])} here.`, [...path, key]);
    result[field.name] = toVariable(item, field, objects, [...path, key]);
  }
  for (const [key, field] of Object.entries(fields)) {
    if (field.required === true && result[field.name] === undefined && !without.includes(field.name)) {
      throw new InputError(`${named([...path, key])} is required.`, [...path, key]);
    }
  }
  return result;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof JsonNumber);
}

const named = (path: readonly string[]): string => (path.length === 0 ? 'The body' : `\`${path.join('.')}\``);

function toScalar(value: unknown, type: string, path: readonly string[]): unknown {
  if (type === 'JSONObject') return toPlainJson(value, path);
  if (!(value instanceof JsonNumber)) return value;
  if (type === 'Decimal') return decimalText(value.text);
  // The text of a whole number is exact however large it is.
  if ((type === 'Points' || type === 'ID') && /^-?\d+$/.test(value.text)) return value.text;
  return Number(value.text);
}

/** Without trailing zeros: 52.40 and 52.4 are the same number, to an idempotency key too. */
function decimalText(text: string): string | number {
  const [, whole, fraction = ''] = /^(-?\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === undefined) return isExact(text) ? Number(text) : text;
  const kept = fraction.replace(/0+$/, '');
  if (kept === '' && /^-0+$/.test(whole)) return '0';
  return kept === '' ? whole : `${whole}.${kept}`;
}

/** Whether a number with an exponent is still the same as a double. What is not is passed on as text, and no amount. */
function isExact(text: string): boolean {
  const digits = (/^-?([\d.]+)/.exec(text)?.[1] ?? '').replace('.', '').replace(/^0+/, '');
  return digits.length <= DOUBLE_DIGITS && (digits === '' || Number(text) !== 0);
}

const DOUBLE_DIGITS = 15;

/** Data of the caller's own: plain JSON, its keys as they are. */
function toPlainJson(value: unknown, path: readonly string[]): unknown {
  if (value instanceof JsonNumber) return Number(value.text);
  if (Array.isArray(value)) return value.map((item, index) => toPlainJson(item, [...path, String(index)]));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      // The same as GraphQL's bodies: what could become the prototype of an object is not taken.
      if (key === '__proto__') throw new InputError('No key may be `__proto__`.', [...path, key]);
      return [key, toPlainJson(item, [...path, key])];
    }),
  );
}

import type { ValueNode } from 'graphql';
import { GraphQLError, GraphQLScalarType, Kind, valueFromASTUntyped } from 'graphql';
import { GraphQLDateTimeISO, GraphQLJSONObject, GraphQLLocalDate } from 'graphql-scalars';
import { POINTS_MAX, POINTS_MIN } from '../domain/points.ts';

/** The contract's own scalars. Inside the house an instant is milliseconds since 1970, points are bigint. */

const DECIMAL_TEXT_MAX_LENGTH = 64;
const SIGNIFICANT_DIGITS_MAX = 15;

function parseInstant(value: unknown): number {
  const date = GraphQLDateTimeISO.parseValue(value);
  const year = date.getUTCFullYear();
  // An offset can lead out of the years that RFC 3339 can write.
  if (year < 1 || year > 9999) throw invalid('A DateTime lies in the years 1 to 9999.');
  return date.getTime();
}

const DateTime = new GraphQLScalarType<number, string>({
  name: 'DateTime',
  serialize: (value) => new Date(value as number).toISOString(),
  parseValue: parseInstant,
  parseLiteral: (node) => parseInstant(textOf(node, 'DateTime')),
});

const Points = new GraphQLScalarType<bigint, number | string>({
  name: 'Points',
  serialize(value) {
    const points = BigInt(value as bigint);
    const number = Number(points);
    // Beyond 2^53 a JSON number would be read rounded.
    return Number.isSafeInteger(number) ? number : String(points);
  },
  parseValue: (value) => parsePoints(value),
  parseLiteral(node) {
    if (node.kind !== Kind.INT && node.kind !== Kind.STRING) throw invalid('Points are a whole number.');
    return parsePoints(node.value);
  },
});

function parsePoints(value: unknown): bigint {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
  if (typeof text !== 'string' || !/^-?\d{1,19}$/.test(text)) throw invalid('Points are a whole number.');
  const points = BigInt(text);
  if (points < POINTS_MIN || points > POINTS_MAX) throw invalid('Points are in the range of a signed 64-bit integer.');
  return points;
}

/** Passes the text on as it is: whether it fits its currency is for the domain to say, as a user error. */
const Decimal = new GraphQLScalarType<string, string>({
  name: 'Decimal',
  serialize: (value) => String(value),
  parseValue: parseDecimal,
  parseLiteral(node) {
    if (node.kind !== Kind.INT && node.kind !== Kind.FLOAT && node.kind !== Kind.STRING) {
      throw invalid('A decimal is a number or a string.');
    }
    return parseDecimal(node.value);
  },
});

function parseDecimal(value: unknown): string {
  if (typeof value === 'string' && value.length <= DECIMAL_TEXT_MAX_LENGTH) return value;
  // The shortest text of a double is exactly what was written, as long as it has at most 15 digits.
  if (typeof value === 'number') {
    const text = String(value);
    if (/^-?\d+(\.\d+)?$/.test(text) && text.replace(/\D/g, '').length <= SIGNIFICANT_DIGITS_MAX) return text;
  }
  throw invalid('A decimal is a string, or a number of at most 15 significant digits.');
}

const JSONObject = new GraphQLScalarType<Record<string, unknown>, Record<string, unknown>>({
  name: 'JSONObject',
  serialize: (value) => value as Record<string, unknown>,
  parseValue: (value) => GraphQLJSONObject.parseValue(value) as Record<string, unknown>,
  parseLiteral(node, variables) {
    const value = GraphQLJSONObject.parseValue(valueFromASTUntyped(node, variables)) as Record<string, unknown>;
    // Written-out objects come without a prototype, which Drizzle cannot store.
    return structuredClone(value);
  },
});

function textOf(node: ValueNode, name: string): string {
  if (node.kind === Kind.STRING) return node.value;
  throw invalid(`${name} is a string.`);
}

function invalid(message: string): GraphQLError {
  return new GraphQLError(message);
}

export const scalars = { DateTime, Points, Decimal, JSONObject, LocalDate: GraphQLLocalDate };

import type { FieldNode, GraphQLArgument, GraphQLField, GraphQLInputType, ValueNode } from 'graphql';
import { Kind, getNullableType, isInputObjectType, isListType, valueFromAST } from 'graphql';
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from './paging.ts';

/** What the arguments of a field say about its cost: how long its page is, and how many objects it hands in. */

export type Variables = Readonly<Record<string, unknown>>;

/** A number, or how it follows from the variables. */
export type Reckoning = number | ((variables: Variables) => number);

export type AnyField = GraphQLField<unknown, unknown>;

export function reckon(reckoning: Reckoning, variables: Variables): number {
  return typeof reckoning === 'number' ? reckoning : reckoning(variables);
}

export function isPaged({ args }: AnyField): boolean {
  return args.some(({ name }) => name === 'first' || name === 'last');
}

/** How many items the field's page has at most. A page beyond the limits is refused when it is asked for, so it costs no more. */
export function pageSizeOf(field: AnyField, node: FieldNode): Reckoning {
  const [first, last] = [argumentOf(field, node, 'first'), argumentOf(field, node, 'last')];
  const sizeOf = (variables: Variables) => {
    const given = [read(first, variables), read(last, variables)].filter((size) => typeof size === 'number');
    const size = given.length === 0 ? PAGE_SIZE_DEFAULT : Math.max(...given);
    return Math.min(PAGE_SIZE_MAX, Math.max(0, size));
  };
  return typeof first === 'function' || typeof last === 'function' ? sizeOf : sizeOf({});
}

/** How many objects the lists in the field's arguments hold; null if they can hold none. */
export function inputObjectsOf(field: AnyField, node: FieldNode): Reckoning | null {
  const counts: { readonly argument: Argument; readonly count: Counter }[] = [];
  for (const { name, type } of field.args) {
    const count = counterOf(type);
    if (count !== null) counts.push({ argument: argumentOf(field, node, name), count });
  }
  if (counts.length === 0) return null;
  const total = (variables: Variables) => counts.reduce((sum, { argument, count }) => sum + count(read(argument, variables)), 0);
  return counts.some(({ argument }) => typeof argument === 'function') ? total : total({});
}

/** The value of an argument, or how it follows from the variables. Only functions depend on them. */
type Argument = ((variables: Variables) => unknown) | { readonly value: unknown };

function read(argument: Argument, variables: Variables): unknown {
  return typeof argument === 'function' ? argument(variables) : argument.value;
}

function argumentOf(field: AnyField, node: FieldNode, name: string): Argument {
  const definition = field.args.find((argument) => argument.name === name);
  if (definition === undefined) return { value: undefined };
  const given = node.arguments?.find((argument) => argument.name.value === name)?.value;
  return given === undefined ? { value: definition.defaultValue } : valueOf(given, definition);
}

function valueOf(given: ValueNode, { type, defaultValue }: GraphQLArgument): Argument {
  if (given.kind === Kind.VARIABLE) {
    const variable = given.name.value;
    return (variables) => (variables[variable] === undefined ? defaultValue : variables[variable]);
  }
  if (hasVariable(given)) return (variables) => valueFromAST(given, type, variables);
  return { value: valueFromAST(given, type) };
}

function hasVariable(value: ValueNode): boolean {
  if (value.kind === Kind.VARIABLE) return true;
  if (value.kind === Kind.LIST) return value.values.some(hasVariable);
  return value.kind === Kind.OBJECT && value.fields.some((field) => hasVariable(field.value));
}

/** Counts the objects in the lists of an input value. */
type Counter = (value: unknown) => number;

const counters = new WeakMap<object, Counter | null>();

/** Null if values of the type hold no lists of objects. */
function counterOf(type: GraphQLInputType): Counter | null {
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    const item = getNullableType(nullable.ofType);
    if (!isInputObjectType(item)) return null;
    return (value) => {
      if (!Array.isArray(value)) return 0;
      const count = counterOf(item);
      return count === null ? value.length : value.reduce((sum: number, each) => sum + count(each), value.length);
    };
  }
  if (!isInputObjectType(nullable)) return null;
  const known = counters.get(nullable);
  if (known !== undefined) return known;
  // A type that holds itself outside of a list adds nothing to what is counted already.
  counters.set(nullable, null);
  const fields: { readonly name: string; readonly count: Counter }[] = [];
  for (const { name, type: fieldType } of Object.values(nullable.getFields())) {
    const count = counterOf(fieldType);
    if (count !== null) fields.push({ name, count });
  }
  const counter: Counter | null =
    fields.length === 0
      ? null
      : (value) => {
          if (typeof value !== 'object' || value === null) return 0;
          return fields.reduce((sum, { name, count }) => sum + count((value as Record<string, unknown>)[name]), 0);
        };
  counters.set(nullable, counter);
  return counter;
}

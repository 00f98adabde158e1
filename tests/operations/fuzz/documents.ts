import * as fc from 'fast-check';
import type { GraphQLInputType, GraphQLNamedType, GraphQLObjectType, GraphQLOutputType, GraphQLSchema } from 'graphql';
import {
  GraphQLNonNull,
  getNamedType,
  getNullableType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';
import { dayText, decimalText, idAmong, instantText, strangeText, strangeValue } from './values.ts';

/** GraphQL documents out of the SDL: as it allows them, and then with something wrong with them. */

export interface Request {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const DEPTH_MAX = 4;
const INPUT_DEPTH_MAX = 4;

/** @param ids of everything that the workspace has */
export function documentsOf(schema: GraphQLSchema, ids: readonly string[]): fc.Arbitrary<Request> {
  const generator = new Generator(schema, ids);
  return fc
    .tuple(fc.constantFrom(...([schema.getQueryType(), schema.getMutationType()] as readonly (GraphQLObjectType | null | undefined)[])), fc.integer({ min: 1, max: 2 }))
    .chain(([root, fields]) => generator.operation(root!, fields))
    .chain((request) =>
      fc.oneof(
        { weight: 6, arbitrary: fc.constant(request) },
        { weight: 2, arbitrary: fc.tuple(strangeValue, fc.nat()).map(([strange, place]) => withStrangeVariable(request, strange, place)) },
        { weight: 1, arbitrary: fc.tuple(fc.nat(), fc.constantFrom(...NOISE)).map(([at, noise]) => withNoise(request, at, noise)) },
      ),
    );
}

/** What does not belong into a document at most places. */
const NOISE = ['x', '{', '}', '(', '"', '"""', '$', '@include(if: true)', '@skip(if: $no)', '...', '... on Nothing { a }', '!', '\u0000', '#', ' __typename ', ' __schema { types { name } } ', '\ufeff', '9'.repeat(400)];

function withNoise(request: Request, at: number, noise: string): Request {
  const place = at % (request.query.length + 1);
  return { ...request, query: `${request.query.slice(0, place)}${noise}${request.query.slice(place)}` };
}

function withStrangeVariable({ query, variables }: Request, strange: unknown, place: number): Request {
  const names = Object.keys(variables);
  const name = names[place % Math.max(names.length, 1)] ?? 'unknown';
  if (place % 5 === 0) return { query, variables: Object.fromEntries(Object.entries(variables).filter(([key]) => key !== name)) };
  const value = variables[name];
  const inner = typeof value === 'object' && value !== null && !Array.isArray(value) && place % 3 !== 0 ? Object.keys(value) : [];
  const key = inner[place % Math.max(inner.length, 1)];
  return { query, variables: { ...variables, [name]: key === undefined ? strange : { ...(value as object), [key]: strange } } };
}

/** A field of a selection: what it is written as, and the variables that it needs. */
interface Part {
  readonly text: string;
  readonly variables: readonly Variable[];
}

interface Variable {
  readonly type: GraphQLInputType;
  readonly value: unknown;
}

/** Stands for the variable of that place until all of a document are known. */
const PLACEHOLDER = '\u0001';

class Generator {
  readonly #schema: GraphQLSchema;
  readonly #ids: readonly string[];

  constructor(schema: GraphQLSchema, ids: readonly string[]) {
    this.#schema = schema;
    this.#ids = ids;
  }

  operation(root: GraphQLObjectType, fields: number): fc.Arbitrary<Request> {
    const keyword = root === this.#schema.getMutationType() ? 'mutation' : 'query';
    const names = Object.keys(root.getFields());
    return fc
      .array(
        fc.constantFrom(...names).chain((name) => this.#field(root, name, 1)),
        { minLength: fields, maxLength: fields },
      )
      .map((parts) => {
        const text = parts.map((part, index) => `f${index}: ${part.text}`).join(' ');
        const variables = parts.flatMap((part) => part.variables);
        let next = 0;
        const body = text.replaceAll(PLACEHOLDER, () => `$v${next++}`);
        const head = variables.map(({ type }, index) => `$v${index}: ${String(type)}`).join(', ');
        return {
          query: `${keyword}${head === '' ? '' : `(${head})`} { ${body} }`,
          variables: Object.fromEntries(variables.map(({ value }, index) => [`v${index}`, value])),
        };
      });
  }

  #field(parent: GraphQLObjectType, name: string, depth: number): fc.Arbitrary<Part> {
    const field = parent.getFields()[name]!;
    const required = field.args.filter(isRequiredArgument);
    const optional = field.args.filter((argument) => !isRequiredArgument(argument));
    return fc
      .record({ chosen: some(optional, 2), selection: this.#selection(field.type, depth) })
      .chain(({ chosen, selection }) => {
        const present = [...required, ...chosen];
        return fc.tuple(...present.map(({ type }) => this.#input(type, 1))).map((values): Part => {
          const written = present.map((argument) => `${argument.name}: ${PLACEHOLDER}`).join(', ');
          return {
            text: `${name}${written === '' ? '' : `(${written})`}${selection.text}`,
            variables: [...present.map(({ type }, index) => ({ type, value: values[index] })), ...selection.variables],
          };
        });
      });
  }

  #selection(type: GraphQLOutputType, depth: number): fc.Arbitrary<Part> {
    const named = getNamedType(type);
    if (isAbstractType(named)) return this.#fragments(named, depth);
    return isObjectType(named) ? this.#fields(named, depth) : fc.constant({ text: '', variables: [] });
  }

  #fields(type: GraphQLObjectType, depth: number): fc.Arbitrary<Part> {
    const fields = Object.values(type.getFields());
    const leaves = fields.filter((field) => isLeaf(getNamedType(field.type)));
    const choices = depth >= DEPTH_MAX ? leaves : fields;
    return some(choices, depth === 1 ? 5 : 3).chain((chosen) =>
      fc.tuple(...chosen.map((field) => this.#field(type, field.name, depth + 1))).map((parts): Part => {
        // Two of the same name with different arguments would not go together; each is there once.
        const text = parts.map((part, index) => (index % 4 === 3 ? `a${index}: ${part.text}` : part.text)).join(' ');
        return { text: ` { __typename ${text} }`, variables: parts.flatMap((part) => part.variables) };
      }),
    );
  }

  #fragments(type: GraphQLNamedType, depth: number): fc.Arbitrary<Part> {
    if (!isAbstractType(type)) throw new Error(`${type.name} is not abstract`);
    const shared = isInterfaceType(type) ? Object.keys(type.getFields()).join(' ') : '';
    return some(this.#schema.getPossibleTypes(type), 3).chain((chosen) =>
      fc.tuple(...chosen.map((possible) => this.#leavesUnderAliases(possible, depth))).map((parts): Part => ({
        text: ` { __typename ${shared} ${parts.map((part, index) => `... on ${chosen[index]!.name}${part.text}`).join(' ')} }`,
        variables: [],
      })),
    );
  }

  /** Fields of the same name may have other types in other fragments, so each gets a name of its own. */
  #leavesUnderAliases(type: GraphQLObjectType, depth: number): fc.Arbitrary<Part> {
    const leaves = Object.values(type.getFields()).filter((field) => isLeaf(getNamedType(field.type)) && field.args.length === 0);
    return some(leaves, 3).map((chosen) => ({
      text: ` { __typename ${chosen.map(({ name }) => `${type.name}${depth}_${name}: ${name}`).join(' ')} }`,
      variables: [],
    }));
  }

  #input(type: GraphQLInputType, depth: number): fc.Arbitrary<unknown> {
    const nullable = getNullableType(type);
    if (!isNonNullType(type) && depth > INPUT_DEPTH_MAX) return fc.constant(null);
    if (isListType(nullable)) return fc.array(this.#input(nullable.ofType, depth + 1), { maxLength: 3 });
    if (isEnumType(nullable)) return fc.constantFrom(...nullable.getValues().map(({ name }) => name));
    if (isInputObjectType(nullable)) {
      const fields = Object.values(nullable.getFields());
      if (nullable.isOneOf) return fc.constantFrom(...fields).chain((field) => this.#input(given(field.type), depth + 1).map((value) => ({ [field.name]: value })));
      const optional = fields.filter((field) => !isRequiredInputField(field));
      return some(optional, depth === 1 ? 5 : 2).chain((chosen) => {
        const present = fields.filter((field) => isRequiredInputField(field) || chosen.includes(field));
        return fc.record(Object.fromEntries(present.map((field) => [field.name, this.#input(field.type, depth + 1)])));
      });
    }
    return this.#scalar(String(nullable));
  }

  #scalar(name: string): fc.Arbitrary<unknown> {
    switch (name) {
      case 'ID':
        return idAmong(this.#ids);
      case 'Int':
        return fc.integer({ min: -1, max: 120 });
      case 'Boolean':
        return fc.boolean();
      case 'Points':
        return fc.oneof(fc.integer({ min: -10, max: 2_000 }), fc.constantFrom('9223372036854775807', '-9223372036854775808'));
      case 'Decimal':
        return decimalText;
      case 'DateTime':
        return instantText;
      case 'LocalDate':
        return dayText;
      case 'JSONObject':
        return fc.dictionary(fc.string({ maxLength: 5 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 });
      default:
        return fc.oneof(strangeText, idAmong(this.#ids), fc.constantFrom('USD', 'EUR', 'Europe/Warsaw', 'true', 'amount > 10.0'));
    }
  }
}

const isLeaf = (type: GraphQLNamedType): boolean => !isObjectType(type) && !isAbstractType(type);

/** The field of a @oneOf that is named has a value. */
const given = (type: GraphQLInputType): GraphQLInputType => new GraphQLNonNull(getNullableType(type));

/** At most so many of them, in their order. */
function some<T>(items: readonly T[], maxLength: number): fc.Arbitrary<T[]> {
  return fc.subarray([...items], { maxLength: Math.min(maxLength, items.length) });
}

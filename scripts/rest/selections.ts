/**
 * What a selection of a document is on REST: the same reading serves the table of the runtime and the schemas of the
 * OpenAPI description, so that one cannot say what the other does not do.
 */
import type { FieldNode, FragmentDefinitionNode, GraphQLField, GraphQLOutputType, GraphQLSchema, SelectionSetNode } from 'graphql';
import {
  Kind,
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  valueFromASTUntyped,
} from 'graphql';
import type { GraphQLObjectType } from 'graphql';
import { toSnakeCase } from '../../src/rest/names.ts';

export interface ShownField {
  /** The response key of GraphQL. */
  readonly key: string;
  /** The name in JSON. */
  readonly name: string;
  readonly description: string;
  readonly value: ShownValue;
  /** An array that GraphQL does not have. */
  readonly empty?: true;
}

export interface ShownValue {
  readonly nullable: boolean;
  readonly list: boolean;
  readonly content: ShownContent;
}

export type ShownContent =
  | { readonly kind: 'LEAF'; readonly type: string }
  | { readonly kind: 'TYPE_NAME'; readonly types: readonly string[] }
  | { readonly kind: 'FLAT'; readonly key: string; readonly value: ShownValue }
  | { readonly kind: 'PAGE'; readonly item: ShownValue; readonly fields: readonly ShownField[] }
  | {
      readonly kind: 'OBJECT';
      /** Name of the fragment that is the whole of it, if it is one. */
      readonly fragment: string | null;
      readonly type: string;
      readonly description: string;
      /** One for each type that the object can be, unless it can be one alone. */
      readonly variants: readonly { readonly type: string; readonly fields: readonly ShownField[] }[];
    };

export interface SelectionReader {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

/** Of every payload; errors are shown as a problem and never as data. */
const USER_ERRORS = 'userErrors';

export function readField(reader: SelectionReader, node: FieldNode, field: GraphQLField<unknown, unknown>): ShownValue {
  const value = readType(reader, field.type, node);
  const isPresent = (node.directives ?? []).some(({ name }) => name.value === 'present');
  return isPresent ? { ...value, nullable: false } : value;
}

function readType(reader: SelectionReader, type: GraphQLOutputType, node: FieldNode): ShownValue {
  const plain = getNullableType(type);
  const nullable = !isNonNullType(type);
  if (isListType(plain)) {
    const item = readType(reader, plain.ofType, node);
    if (item.nullable || item.list) throw new Error(`${node.name.value}: a list is of things that are there.`);
    return { nullable, list: true, content: item.content };
  }
  return { nullable, list: false, content: readContent(reader, plain as GraphQLOutputType, node) };
}

function readContent(reader: SelectionReader, type: GraphQLOutputType, node: FieldNode): ShownContent {
  const named = getNamedType(type);
  if (!isCompositeType(named)) return { kind: 'LEAF', type: named.name };
  const selections = node.selectionSet;
  if (selections === undefined) throw new Error(`${node.name.value} has no selection.`);
  const types = isAbstractType(named) ? reader.schema.getPossibleTypes(named) : [named as GraphQLObjectType];
  const variants = types
    .map((one) => ({ type: one.name, fields: [...fieldsOf(reader, selections, one), ...emptyFieldsOf(node)] }))
    .filter(({ fields }) => fields.length > 0);
  const [first] = variants;
  if (first === undefined) throw new Error(`${node.name.value} shows nothing.`);
  if ((node.directives ?? []).some(({ name }) => name.value === 'flatten')) {
    const [only, ...others] = first.fields;
    if (only === undefined || others.length > 0) throw new Error(`${node.name.value} is flattened and must select one field.`);
    return { kind: 'FLAT', key: only.key, value: only.value };
  }
  if (named.name.endsWith('Connection')) return readPage(node, first.fields);
  return {
    kind: 'OBJECT',
    fragment: fragmentOf(selections),
    type: named.name,
    description: named.description ?? '',
    variants: variants.every(({ fields }) => sameFields(fields, first.fields)) ? [first] : variants,
  };
}

function readPage(node: FieldNode, fields: readonly ShownField[]): ShownContent {
  const nodes = fields.find(({ key }) => key === 'nodes');
  const info = fields.find(({ key }) => key === 'pageInfo')?.value.content;
  const keys = info?.kind === 'OBJECT' ? info.variants[0]?.fields.map(({ key }) => key) : [];
  if (nodes === undefined || !keys?.includes('hasNextPage') || !keys.includes('endCursor')) {
    throw new Error(`${node.name.value} is a page and must select nodes and pageInfo { hasNextPage endCursor }.`);
  }
  const others = fields.filter(({ key }) => key !== 'nodes' && key !== 'pageInfo');
  return { kind: 'PAGE', item: { nullable: false, list: false, content: nodes.value.content }, fields: others };
}

function fieldsOf(reader: SelectionReader, selections: SelectionSetNode, type: GraphQLObjectType): ShownField[] {
  const fields = new Map<string, ShownField>();
  for (const selection of selections.selections) {
    if (selection.kind === Kind.FIELD) {
      const field = readShownField(reader, selection, type);
      if (field !== null) fields.set(field.key, field);
      continue;
    }
    const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : reader.fragments.get(selection.name.value);
    if (inner === undefined) throw new Error('A fragment is missing.');
    const on = inner.typeCondition?.name.value ?? type.name;
    const condition = reader.schema.getType(on);
    const applies = on === type.name || (isInterfaceType(condition) && reader.schema.isSubType(condition, type));
    if (applies) for (const field of fieldsOf(reader, inner.selectionSet, type)) fields.set(field.key, field);
  }
  return [...fields.values()];
}

function readShownField(reader: SelectionReader, node: FieldNode, type: GraphQLObjectType): ShownField | null {
  const key = node.alias?.value ?? node.name.value;
  if (key === USER_ERRORS) return null;
  if (node.name.value === '__typename') {
    const value: ShownValue = { nullable: false, list: false, content: { kind: 'TYPE_NAME', types: [type.name] } };
    return { key, name: 'object', description: 'What kind of object this is.', value };
  }
  const field = type.getFields()[node.name.value];
  if (field === undefined) throw new Error(`${type.name} has no field ${node.name.value}.`);
  return { key, name: toSnakeCase(key), description: field.description ?? '', value: readField(reader, node, field) };
}

function emptyFieldsOf(node: FieldNode): ShownField[] {
  const uses = (node.directives ?? []).filter(({ name }) => name.value === 'empty');
  return uses.map(({ arguments: args = [] }): ShownField => {
    const { name, description } = Object.fromEntries(args.map((argument) => [argument.name.value, valueFromASTUntyped(argument.value)])) as {
      name: string;
      description: string;
    };
    const value: ShownValue = { nullable: false, list: true, content: { kind: 'LEAF', type: 'JSONObject' } };
    return { key: name, name: toSnakeCase(name), description, value, empty: true };
  });
}

/** The fragment that is all that is selected. */
function fragmentOf({ selections }: SelectionSetNode): string | null {
  const [only, ...others] = selections;
  return only?.kind === Kind.FRAGMENT_SPREAD && others.length === 0 ? only.name.value : null;
}

function sameFields(some: readonly ShownField[], others: readonly ShownField[]): boolean {
  return some.length === others.length && some.every((field, index) => field.key === others[index]?.key && field.value.content.kind !== 'TYPE_NAME');
}


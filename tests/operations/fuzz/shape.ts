import type { DocumentNode, GraphQLNamedType, GraphQLOutputType, GraphQLSchema, SelectionSetNode } from 'graphql';
import { Kind, getNamedType, isAbstractType, isEnumType, isListType, isNonNullType, isObjectType } from 'graphql';

/**
 * Whether an answer has the shape of its document: every field that was asked for, no other, each of its type, and
 * null only where the contract allows it.
 * @returns what is wrong, each with its path
 */
export function shapeErrors(schema: GraphQLSchema, document: DocumentNode, data: unknown): string[] {
  const errors: string[] = [];
  const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  if (operation === undefined) return ['the document has no operation'];
  const root = schema.getRootType(operation.operation);
  if (!root) return ['the contract has no such operation'];
  if (data !== null) checkObject(operation.selectionSet, root.name, data, 'data');
  return errors;

  function checkObject(selectionSet: SelectionSetNode, typeName: string, value: unknown, path: string): void {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return void errors.push(`${path} is no object`);
    const object = value as Readonly<Record<string, unknown>>;
    const declared = schema.getType(typeName);
    const actualName = typeof object['__typename'] === 'string' ? object['__typename'] : typeName;
    const actual = schema.getType(actualName);
    if (!isObjectType(actual)) return void errors.push(`${path} has a type that is not in the contract`);
    if (isAbstractType(declared) ? !schema.isSubType(declared, actual) : actual !== declared) errors.push(`${path} is a ${actualName}, not a ${typeName}`);
    const expected = new Map<string, { readonly type: GraphQLOutputType | null; readonly selectionSets: SelectionSetNode[] }>();
    collect(selectionSet, actual.name, expected);
    for (const key of Object.keys(object)) if (!expected.has(key)) errors.push(`${path}.${key} was not asked for`);
    for (const [key, { type, selectionSets }] of expected) {
      if (!(key in object)) errors.push(`${path}.${key} is missing`);
      else if (type !== null) for (const inner of selectionSets.length === 0 ? [null] : selectionSets) checkValue(inner, type, object[key], `${path}.${key}`);
    }
  }

  function collect(
    { selections }: SelectionSetNode,
    typeName: string,
    expected: Map<string, { readonly type: GraphQLOutputType | null; readonly selectionSets: SelectionSetNode[] }>,
  ): void {
    const type = schema.getType(typeName);
    if (!isObjectType(type)) throw new Error(`${typeName} is no object type`);
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const field = selection.name.value === '__typename' ? null : type.getFields()[selection.name.value];
        const known = expected.get(selection.alias?.value ?? selection.name.value);
        const selectionSets = known?.selectionSets ?? [];
        if (selection.selectionSet !== undefined) selectionSets.push(selection.selectionSet);
        // Introspection is graphql-js's own; that it is there is enough.
        expected.set(selection.alias?.value ?? selection.name.value, { type: field?.type ?? null, selectionSets });
        continue;
      }
      const condition = selection.kind === Kind.INLINE_FRAGMENT ? selection.typeCondition?.name.value : undefined;
      if (selection.kind !== Kind.INLINE_FRAGMENT) throw new Error('Generated documents have no named fragments.');
      const conditionType: GraphQLNamedType | undefined = condition === undefined ? type : schema.getType(condition);
      if (conditionType === type || (isAbstractType(conditionType) && schema.isSubType(conditionType, type))) collect(selection.selectionSet, typeName, expected);
    }
  }

  function checkValue(selectionSet: SelectionSetNode | null, type: GraphQLOutputType, value: unknown, path: string): void {
    if (isNonNullType(type)) {
      if (value === null) errors.push(`${path} is null, which it never is`);
      else checkValue(selectionSet, type.ofType, value, path);
    } else if (value === null) {
      return;
    } else if (isListType(type)) {
      if (!Array.isArray(value)) errors.push(`${path} is no list`);
      else value.forEach((item, index) => checkValue(selectionSet, type.ofType, item, `${path}.${index}`));
    } else if (selectionSet !== null) {
      checkObject(selectionSet, getNamedType(type).name, value, path);
    } else if (isEnumType(type)) {
      if (typeof value !== 'string' || type.getValue(value) === undefined) errors.push(`${path} is no value of ${type.name}`);
    } else if (!LEAVES[getNamedType(type).name]?.(value)) {
      errors.push(`${path} is no ${getNamedType(type).name}: ${JSON.stringify(value)}`);
    }
  }
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

const LEAVES: Readonly<Record<string, (value: unknown) => boolean>> = {
  ID: (value) => typeof value === 'string' && value !== '',
  String: (value) => typeof value === 'string',
  Int: (value) => Number.isInteger(value) && Math.abs(value as number) < 2 ** 31,
  Float: (value) => typeof value === 'number',
  Boolean: (value) => typeof value === 'boolean',
  DateTime: (value) => typeof value === 'string' && INSTANT.test(value),
  LocalDate: (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value),
  Decimal: (value) => typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value),
  JSONObject: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  // Beyond what a JSON number holds exactly, it is text.
  Points: (value) => Number.isSafeInteger(value) || (typeof value === 'string' && /^-?\d{16,19}$/.test(value)),
};

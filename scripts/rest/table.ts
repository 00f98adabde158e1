/** Writes the table by which the runtime serves the routes: `src/generated/rest-routes.ts`. */
import type { DocumentNode, FragmentDefinitionNode, GraphQLInputType, OperationDefinitionNode } from 'graphql';
import {
  Kind,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
  print,
  stripIgnoredCharacters,
  visit,
} from 'graphql';
import { toSnakeCase } from '../../src/rest/names.ts';
import type { RestField, RestInput, RestInputObject, RestRoute, RestShape } from '../../src/rest/table.ts';
import type { ShownField, ShownValue } from './selections.ts';
import { readField } from './selections.ts';
import type { RestSources, RouteSource } from './sources.ts';

export function renderTable(sources: RestSources): string {
  const shapes = new Map<string, RestShape>();
  const routes = sources.routes.map((route) => tableRoute(sources, route, shapes));
  const objects = inputObjects(sources.routes);
  return [
    '// Generated from schema/*.graphql and schema/rest/ by `npm run codegen`; do not edit.',
    "import type { RestInputObject, RestRoute, RestShape } from '../rest/table.ts';",
    '',
    ...[...shapes].map(([name, shape]) => `const shown${name}: RestShape = ${withNames(shape)};\n`),
    `export const restRoutes: readonly RestRoute[] = ${withNames(routes)};`,
    '',
    `export const restInputObjects: Readonly<Record<string, RestInputObject>> = ${JSON.stringify(objects, null, 1)};`,
    '',
  ].join('\n');
}

/** JSON in which the shapes of fragments are named. */
const withNames = (value: unknown): string => JSON.stringify(value, null, 1).replace(/"<(\w+)>"/g, 'shown$1');

function tableRoute(sources: RestSources, route: RouteSource, shapes: Map<string, RestShape>): RestRoute {
  const { operation, method, path, status, body } = route;
  const toParameter = ({ name, target, argument, type }: RouteSource['pathParameters'][number]) => ({
    name,
    target,
    ...(argument === undefined ? {} : { argument }),
    type: tableInput(type),
  });
  return {
    operation,
    method,
    path,
    status,
    document: executedDocument(sources, route),
    pathParameters: route.pathParameters.map(toParameter),
    queryParameters: route.queryParameters.map(toParameter),
    body: body === null ? null : { variable: body.variable, type: getNamedType(body.type).name, without: body.without },
    shape: answerShape(sources, route, shapes),
  };
}

// --- what is executed ----------------------------------------------------------------------------

/** Without the generator's directives, with the fragments that are used, and with a mutation's errors. */
export function executedDocument({ fragments }: RestSources, { node, rootField }: RouteSource): string {
  const used = new Map<string, FragmentDefinitionNode>();
  const collect = (definition: OperationDefinitionNode | FragmentDefinitionNode): void =>
    void visit(definition, {
      FragmentSpread({ name }) {
        const fragment = fragments.get(name.value);
        if (fragment === undefined || used.has(name.value)) return;
        used.set(name.value, fragment);
        collect(fragment);
      },
    });
  collect(node);
  const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [withUserErrors(node, rootField), ...used.values()] };
  return stripIgnoredCharacters(print(visit(document, { Directive: () => null })));
}

function withUserErrors(node: OperationDefinitionNode, rootField: RouteSource['rootField']): OperationDefinitionNode {
  const payload = getNamedType(rootField.type);
  const userErrors = isObjectType(payload) ? payload.getFields()['userErrors'] : undefined;
  if (userErrors === undefined) return node;
  const error = getNamedType(userErrors.type);
  const names = isObjectType(error) ? Object.keys(error.getFields()).filter((name) => name !== 'documentation') : [];
  const [selection] = (parse(`{ userErrors { ${names.join(' ')} } }`).definitions[0] as OperationDefinitionNode).selectionSet.selections;
  return visit(node, {
    Field(field) {
      if (field !== node.selectionSet.selections[0] || selection === undefined) return undefined;
      const selections = [...(field.selectionSet?.selections ?? []), selection];
      return { ...field, selectionSet: { kind: Kind.SELECTION_SET, selections } };
    },
  });
}

// --- what comes out ------------------------------------------------------------------------------

/** What the answer of a route is: the root field, and a bare list as a page that has everything. */
export function answerOf(sources: RestSources, { rootNode, rootField }: RouteSource): ShownValue {
  return readField(sources, rootNode, rootField);
}

function answerShape(sources: RestSources, route: RouteSource, shapes: Map<string, RestShape>): RestShape {
  const answer = answerOf(sources, route);
  const shape = shapeOf(answer, shapes);
  return isBareList(answer) ? { kind: 'LIST', shape } : shape;
}

export function isBareList(value: ShownValue): boolean {
  return value.list || (value.content.kind === 'FLAT' && isBareList(value.content.value));
}

/** @param shapes those of fragments, which are written once, each after those that it contains */
function shapeOf({ content }: ShownValue, shapes: Map<string, RestShape>): RestShape {
  switch (content.kind) {
    case 'LEAF':
      return null;
    case 'TYPE_NAME':
      return { kind: 'TYPE_NAME' };
    case 'FLAT':
      return { kind: 'FLAT', field: content.key, shape: shapeOf(content.value, shapes) };
    case 'PAGE':
      return { kind: 'PAGE', shape: shapeOf(content.item, shapes), fields: fieldShapes(content.fields, shapes) };
    case 'OBJECT': {
      const fields = content.variants.flatMap((variant) => variant.fields);
      const empty = fields.filter((field) => field.empty === true).map(({ name }) => name);
      const shape: RestShape = { kind: 'OBJECT', fields: fieldShapes(fields, shapes), ...(empty.length === 0 ? {} : { empty }) };
      if (content.fragment === null || empty.length > 0) return shape;
      if (!shapes.has(content.fragment)) shapes.set(content.fragment, shape);
      return `<${content.fragment}>` as unknown as RestShape;
    }
  }
}

/** Fields of several types may be the same field; a key that meant two things would not have passed validation. */
function fieldShapes(fields: readonly ShownField[], shapes: Map<string, RestShape>): Record<string, RestField> {
  const real = fields.filter((field) => field.empty !== true);
  return Object.fromEntries(real.map(({ key, name, value }) => [key, { name, shape: shapeOf(value, shapes) }]));
}

// --- what comes in -------------------------------------------------------------------------------

function tableInput(type: GraphQLInputType): RestInput {
  const plain = getNullableType(type);
  return {
    type: getNamedType(type).name,
    ...(isListType(plain) ? { list: true as const } : {}),
  };
}

function inputObjects(routes: readonly RouteSource[]): Record<string, RestInputObject> {
  const objects = new Map<string, RestInputObject>();
  const add = (type: GraphQLInputType): void => {
    const named = getNamedType(type);
    if (!isInputObjectType(named) || objects.has(named.name)) return;
    const fields = Object.values(named.getFields());
    const text = textFieldOf(named);
    objects.set(named.name, {
      fields: Object.fromEntries(
        fields.map((field) => {
          const required = isNonNullType(field.type) && field.defaultValue === undefined;
          return [toSnakeCase(field.name), { name: field.name, ...tableInput(field.type), ...(required ? { required: true as const } : {}) }];
        }),
      ),
      ...(text === null ? {} : { text }),
    });
    for (const field of fields) add(field.type);
  };
  for (const { pathParameters, queryParameters, body } of routes) {
    for (const { type } of [...pathParameters, ...queryParameters, ...(body === null ? [] : [body])]) add(type);
  }
  return Object.fromEntries([...objects].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * The field that a bare string stands for: `id` of what names an object by one of several ids, and the one field
 * without a default of what names it by your own.
 */
export function textFieldOf(type: GraphQLInputType): string | null {
  if (!isInputObjectType(type)) return null;
  const fields = Object.values(type.getFields());
  if (type.isOneOf) return fields.find(({ name }) => name === 'id')?.name ?? null;
  if (!type.name.endsWith('Reference')) return null;
  const needed = fields.filter(({ defaultValue }) => defaultValue === undefined);
  return needed.length === 1 ? (needed[0]?.name ?? null) : null;
}

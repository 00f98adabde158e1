/**
 * Reads what the REST API is made of and joins it: the uses of `@rest` in the SDL, and the documents in `schema/rest/`.
 *
 * A route without a document, a document without a route, a path parameter that leads nowhere and a variable that
 * nothing fills are errors; so is whatever graphql-js finds wrong with a document.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { getDirectives } from '@graphql-tools/utils';
import type {
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  GraphQLField,
  GraphQLInputType,
  GraphQLSchema,
  OperationDefinitionNode,
} from 'graphql';
import {
  GraphQLObjectType,
  Kind,
  OperationTypeNode,
  buildASTSchema,
  concatAST,
  extendSchema,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  isNonNullType,
  parse,
  typeFromAST,
  validate,
} from 'graphql';
import { toSnakeCase } from '../../src/rest/names.ts';
import type { RestMethod } from '../../src/rest/table.ts';

/** What documents may say beside GraphQL. The directives are for the generator and never executed. */
const DOCUMENT_DIRECTIVES = parse(`
  "The object is shown as the value of the one field that is selected in it."
  directive @flatten on FIELD
  "The field is never null in an answer of success, though a refusal makes it so."
  directive @present on FIELD
  "The object is shown with one more field: an array that has nothing in it yet."
  directive @empty(name: String!, description: String!) repeatable on FIELD
`);

export interface RestSources {
  /** The contract, with the directives that documents may use. */
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** In the order of path and method. */
  readonly routes: readonly RouteSource[];
}

export interface RouteSource {
  readonly operation: string;
  readonly method: RestMethod;
  /** With plain parameters: `/v3/customers/{id}`. */
  readonly path: string;
  readonly status: number;
  /** What it does, in a few words. */
  readonly summary: string;
  /** The file of the SDL in which the field is, without its ending. */
  readonly context: string;
  readonly node: OperationDefinitionNode;
  readonly rootField: GraphQLField<unknown, unknown>;
  readonly rootNode: FieldNode;
  readonly rootType: GraphQLObjectType;
  readonly scope: string;
  readonly pathParameters: readonly ParameterSource[];
  readonly queryParameters: readonly ParameterSource[];
  readonly body: BodySource | null;
}

export interface ParameterSource {
  readonly name: string;
  readonly target: readonly string[];
  readonly type: GraphQLInputType;
  /** Whether the request is refused without it. */
  readonly required: boolean;
  readonly description: string;
  /** The argument that the variable is given to, where that has another name. */
  readonly argument?: string;
  readonly defaultValue?: unknown;
}

export interface BodySource {
  readonly variable: string;
  readonly type: GraphQLInputType;
  readonly without: readonly string[];
}

export interface SourceFiles {
  /** SDL by context: `customers`, `ledger`, ... */
  readonly sdl: ReadonlyMap<string, string>;
  /** Documents by file name without its ending. */
  readonly documents: ReadonlyMap<string, string>;
}

/** The file with the fragments that documents share. */
const FRAGMENTS = 'objects';

export function readSourceFiles(root: URL): SourceFiles {
  return {
    sdl: readFolder(new URL('schema/', root)),
    documents: readFolder(new URL('schema/rest/', root)),
  };
}

function readFolder(folder: URL): Map<string, string> {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.graphql'))
    .sort();
  return new Map(names.map((name) => [basename(name, '.graphql'), readFileSync(new URL(name, folder), 'utf8')]));
}

/** @throws Error that names the route or document at fault */
export function joinSources({ sdl, documents }: SourceFiles): RestSources {
  const parsed = [...sdl].map(([context, text]) => [context, parse(text)] as const);
  const contract = buildASTSchema(concatAST(parsed.map(([, document]) => document)), { assumeValidSDL: true });
  const schema = extendSchema(contract, DOCUMENT_DIRECTIVES);
  const contexts = contextsOf(parsed);
  const fragmentsDocument = parse(documents.get(FRAGMENTS) ?? '');
  const fragments = new Map(
    fragmentsDocument.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );
  const unused = new Set([...documents.keys()].filter((name) => name !== FRAGMENTS));
  const routes: RouteSource[] = [];
  for (const rootType of [schema.getQueryType(), schema.getMutationType()]) {
    for (const rootField of Object.values(rootType?.getFields() ?? {})) {
      for (const use of usesOf(schema, rootField)) {
        const file = kebabCase(use.operation);
        const text = documents.get(file);
        if (text === undefined) throw new Error(`${use.method} ${use.path} has no document schema/rest/${file}.graphql.`);
        if (!unused.delete(file)) throw new Error(`The operation ${use.operation} is named by more than one @rest.`);
        const document = validated(schema, parse(text), fragmentsDocument, file);
        routes.push(joinRoute(schema, use, rootField, rootType as GraphQLObjectType, document, text, contexts));
      }
    }
  }
  if (unused.size > 0) throw new Error(`No @rest names the documents ${[...unused].map((name) => `schema/rest/${name}.graphql`).join(', ')}.`);
  const taken = new Map<string, string>();
  for (const { method, path, operation } of routes) {
    const key = `${method} ${path.replace(/\{\w+\}/g, '{}')}`;
    if (taken.has(key)) throw new Error(`${operation} and ${taken.get(key) ?? ''} are both at ${key}.`);
    taken.set(key, operation);
  }
  routes.sort((a, b) => (a.path === b.path ? METHODS.indexOf(a.method) - METHODS.indexOf(b.method) : a.path < b.path ? -1 : 1));
  return { schema, fragments, routes };
}

const METHODS: readonly RestMethod[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

export const kebabCase = (name: string): string => toSnakeCase(name).replaceAll('_', '-');

interface RestUse {
  readonly method: RestMethod;
  readonly path: string;
  readonly operation: string;
  readonly status: number;
}

function usesOf(schema: GraphQLSchema, field: GraphQLField<unknown, unknown>): RestUse[] {
  const uses = getDirectives(schema, field).filter(({ name }) => name === 'rest');
  return uses.map(({ args }) => ({ status: 200, ...(args as unknown as Omit<RestUse, 'status'>) }));
}

/** Which file of the SDL a root field is in. */
function contextsOf(parsed: readonly (readonly [string, DocumentNode])[]): Map<string, string> {
  const contexts = new Map<string, string>();
  for (const [context, { definitions }] of parsed) {
    for (const definition of definitions) {
      if (definition.kind !== Kind.OBJECT_TYPE_EXTENSION && definition.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
      if (definition.name.value !== 'Query' && definition.name.value !== 'Mutation') continue;
      for (const { name } of definition.fields ?? []) contexts.set(name.value, context);
    }
  }
  return contexts;
}

function validated(schema: GraphQLSchema, document: DocumentNode, fragments: DocumentNode, file: string): OperationDefinitionNode {
  const [operation, ...others] = document.definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION || others.length > 0) {
    throw new Error(`schema/rest/${file}.graphql must hold one operation.`);
  }
  // Fragments that this document does not use are no error: others use them.
  const errors = validate(schema, concatAST([document, fragments])).filter(({ message }) => !/^Fragment "\w+" is never used/.test(message));
  if (errors.length > 0) throw new Error(`schema/rest/${file}.graphql: ${errors.map(({ message }) => message).join(' ')}`);
  return operation;
}

function joinRoute(
  schema: GraphQLSchema,
  { method, path, operation, status }: RestUse,
  rootField: GraphQLField<unknown, unknown>,
  rootType: GraphQLObjectType,
  node: OperationDefinitionNode,
  text: string,
  contexts: ReadonlyMap<string, string>,
): RouteSource {
  const fail = (why: string): never => {
    throw new Error(`${operation} (${method} ${path}): ${why}`);
  };
  const [rootNode, ...others] = node.selectionSet.selections;
  if (rootNode?.kind !== Kind.FIELD || others.length > 0) return fail('its document must select one field.');
  if (rootNode.name.value !== rootField.name) return fail(`its document selects ${rootNode.name.value} and not ${rootField.name}.`);
  if (node.name?.value !== operation) return fail(`its document must name the operation ${operation}.`);
  if ((node.operation === OperationTypeNode.QUERY) !== (method === 'GET')) return fail('a query is served by GET, a mutation by any other method.');
  const [, summary] = /^# (.+)\n/.exec(text) ?? fail('its document must begin with a comment that says what it does.');

  const variables = new Map(
    (node.variableDefinitions ?? []).map((definition) => [
      definition.variable.name.value,
      { type: typeFromAST(schema, definition.type as never) as GraphQLInputType, definition },
    ]),
  );
  const pathParameters = [...path.matchAll(/\{(\w+)(?:=([\w.]+))?\}/g)].map(([, name = '', target = name]): ParameterSource => {
    const [variable = '', ...fields] = target.split('.');
    const found = variables.get(variable) ?? fail(`the path parameter {${name}} leads to no variable of the document.`);
    let type = found.type;
    let description = variableDescription(node, rootType, variable) ?? '';
    for (const step of fields) {
      const object = getNamedType(type);
      const field = isInputObjectType(object) ? object.getFields()[step] : undefined;
      if (field === undefined) return fail(`the path parameter {${name}} leads to no field of $${variable}.`);
      ({ type } = field);
      description = field.description ?? '';
    }
    return { name, target: [variable, ...fields], type, required: true, description };
  });
  const filled = new Set(pathParameters.map(({ target }) => target.join('.')));

  let body: BodySource | null = null;
  const queryParameters: ParameterSource[] = [];
  for (const [name, { type, definition }] of variables) {
    if (filled.has(name)) continue;
    const object = getNullableType(type);
    const without = pathParameters.filter(({ target }) => target[0] === name).map(({ target }) => target[1] ?? '');
    if (name !== 'input' || !isInputObjectType(object)) {
      queryParameters.push({
        name: toSnakeCase(name),
        target: [name],
        type,
        required: isNonNullType(type) && definition.defaultValue === undefined,
        description: variableDescription(node, rootType, name) ?? fail(`nothing describes the variable $${name}.`),
        ...(ARGUMENTS[name] === undefined ? {} : { argument: ARGUMENTS[name] }),
        ...(definition.defaultValue?.kind === Kind.INT ? { defaultValue: Number(definition.defaultValue.value) } : {}),
      });
    } else if (method === 'DELETE') {
      for (const field of Object.values(object.getFields())) {
        if (without.includes(field.name)) continue;
        queryParameters.push({
          name: toSnakeCase(field.name),
          target: [name, field.name],
          type: field.type,
          required: isNonNullType(field.type) && field.defaultValue === undefined,
          description: field.description ?? '',
        });
      }
    } else {
      body = { variable: name, type: object, without };
    }
  }
  for (const { type, name } of queryParameters) {
    const plain = getNullableType(type);
    if (isListType(plain) && !isInputObjectType(getNamedType(plain))) fail(`the query parameter ${name} is a list of plain values, which has no form yet.`);
  }
  const [requires] = getDirectives(schema, rootField).filter((directive) => directive.name === 'requires');
  return {
    operation,
    method,
    path: path.replace(/=[\w.]+\}/g, '}'),
    status,
    summary: summary ?? '',
    context: contexts.get(rootField.name) ?? '',
    node,
    rootField,
    rootNode,
    rootType,
    scope: String((requires?.args as { scope?: string } | undefined)?.scope),
    pathParameters,
    queryParameters,
    body,
  };
}

const argumentDescription = (field: GraphQLField<unknown, unknown>, name: string): string | null | undefined =>
  field.args.find((argument) => argument.name === name)?.description;

/** Said in place of what GraphQL says, which speaks of its own names for them. */
const PAGING: Readonly<Record<string, string>> = {
  limit: 'How many to return, from 1 to 100. Default 25.',
  cursor: 'Continue after this place in the list: the `next_cursor` of the page before.',
};

/** What GraphQL calls them. */
const ARGUMENTS: Readonly<Record<string, string>> = { limit: 'first', cursor: 'after' };

/** What the argument says that the variable is given to, wherever in the document that is. */
function variableDescription(
  node: OperationDefinitionNode,
  rootType: GraphQLObjectType,
  name: string,
): string | null | undefined {
  if (PAGING[name] !== undefined) return PAGING[name];
  const search = (selections: OperationDefinitionNode['selectionSet']['selections'], type: GraphQLObjectType): string | null | undefined => {
    for (const selection of selections) {
      if (selection.kind !== Kind.FIELD) continue;
      const field = type.getFields()[selection.name.value];
      if (field === undefined) continue;
      const used = (selection.arguments ?? []).find(({ value }) => value.kind === Kind.VARIABLE && value.name.value === name);
      if (used !== undefined) return argumentDescription(field, used.name.value);
      const inner = getNamedType(field.type);
      const found = inner instanceof GraphQLObjectType && selection.selectionSet ? search(selection.selectionSet.selections, inner) : undefined;
      if (found !== undefined && found !== null) return found;
    }
    return undefined;
  };
  return search(node.selectionSet.selections, rootType);
}

import type { ASTVisitor, DocumentNode, FragmentDefinitionNode, GraphQLSchema, SelectionSetNode, ValidationContext, ValueNode } from 'graphql';
import { Kind, isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';
import { RequestError } from './errors.ts';

/**
 * What a GraphQL document may be at most. Standard introspection by graphql-js, GraphiQL, Apollo Sandbox and Rover
 * stays well within. What an operation may cost is another matter: these limits bound what it takes to find that out.
 */

/** Lexical tokens; what comes after is not read. */
export const DOCUMENT_MAX_TOKENS = 4_000;
/** UTF-16 code units, literals and comments included. */
export const DOCUMENT_MAX_LENGTH = 100_000;
export const DOCUMENT_MAX_OPERATIONS = 20;
export const DOCUMENT_MAX_FRAGMENTS = 50;
export const DOCUMENT_MAX_DIRECTIVES = 100;
/** On one field, fragment, operation or variable. */
export const DIRECTIVES_MAX = 5;
/** Levels of fields within fields, fragments followed. */
export const DEPTH_MAX = 20;
/** Fields of an operation that are renamed, fragments followed. */
export const ALIASES_MAX = 100;
/** Fields of an operation's first level, fragments followed: each is a query or a mutation of its own. */
export const ROOT_FIELDS_MAX = 50;
/** Fields of an operation with every fragment written out where it is spread. */
export const FIELDS_MAX = 2_000;
/** Levels of fragments and inline fragments within each other, fields between them or not. */
export const FRAGMENT_DEPTH_MAX = 40;
/**
 * Values that an introspection would answer, for each type of the schema: about three times what the widest standard
 * introspection takes. Fields and their types within each other would multiply far beyond.
 */
export const INTROSPECTION_MAX_VALUES_PER_TYPE = 450;
/** Levels of lists and objects within each other in a literal. */
export const LITERAL_DEPTH_MAX = 20;
/** Errors about one document; then validation stops. */
export const VALIDATION_ERRORS_MAX = 50;

/** For whoever parses documents. */
export const PARSE_OPTIONS = { maxLexicalTokens: DOCUMENT_MAX_TOKENS, maxSourceLength: DOCUMENT_MAX_LENGTH };

/**
 * Refuses a document beyond the limits before any other rule looks into its fields: some of graphql-js's rules
 * compare fields with each other, which takes long for exactly the documents that are refused here.
 */
export function documentLimits(context: ValidationContext): ASTVisitor {
  return {
    Document(document) {
      const refusal = refusalOf(document, context.getSchema());
      if (refusal === null) return;
      // graphql-js has no other way to stop the rules beside this one than to have too many errors.
      for (let reported = 0; reported <= VALIDATION_ERRORS_MAX; reported += 1) context.reportError(refusal);
    },
  };
}

/** Leaves the one refusal of `documentLimits` alone in a list of validation errors. */
export function keepRefusal(errors: Error[]): void {
  if (errors[0] instanceof RequestError && errors[1] === errors[0]) errors.length = 1;
}

function refusalOf(document: DocumentNode, schema: GraphQLSchema): RequestError | null {
  try {
    new DocumentMeasure(document, schema).check();
    return null;
  } catch (error) {
    if (error instanceof RequestError) return error;
    throw error;
  }
}

function hold(count: number, limit: number, what: string): void {
  if (count <= limit) return;
  throw new RequestError('DOCUMENT_LIMIT_EXCEEDED', `A document may have at most ${limit} ${what}.`, { httpStatus: 400 });
}

/** What a selection adds to the operation that it is in. */
interface Measure {
  fields: number;
  aliases: number;
  /** Levels of fields. */
  depth: number;
  /** Fields of the first level. */
  width: number;
  /** Values that would be answered if every list were of the size that such lists have in introspection. */
  values: number;
}

/** Each definition is walked once: what a fragment adds is remembered, so that the walk is no longer than the document. */
class DocumentMeasure {
  readonly #document: DocumentNode;
  readonly #schema: GraphQLSchema;
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #measured = new Map<string, Measure>();
  #directives = 0;
  /** Values that all introspection of the document would answer, for each type of the schema. */
  #introspected = 0;

  constructor(document: DocumentNode, schema: GraphQLSchema) {
    this.#document = document;
    this.#schema = schema;
  }

  check(): void {
    let operations = 0;
    for (const definition of this.#document.definitions) {
      if (definition.kind === Kind.OPERATION_DEFINITION) operations += 1;
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(definition.name.value, definition);
    }
    hold(operations, DOCUMENT_MAX_OPERATIONS, 'operations');
    hold(this.#document.definitions.length - operations, DOCUMENT_MAX_FRAGMENTS, 'fragments');
    for (const definition of this.#document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.#fragment(definition.name.value, 1);
      if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
      this.#countDirectives(definition.directives);
      for (const variable of definition.variableDefinitions ?? []) {
        this.#countDirectives(variable.directives);
        if (variable.defaultValue) holdLiteral(variable.defaultValue, 1);
      }
      hold(this.#selectionSet(definition.selectionSet, 1).width, ROOT_FIELDS_MAX, 'fields at its first level');
    }
  }

  /** @param nesting levels of fields, fragments and inline fragments around it, which the walk itself must survive */
  #selectionSet({ selections }: SelectionSetNode, nesting: number): Measure {
    hold(nesting, DEPTH_MAX + FRAGMENT_DEPTH_MAX, 'levels of fields and fragments');
    const sum: Measure = { ...NOTHING };
    for (const selection of selections) {
      this.#countDirectives(selection.directives);
      if (selection.kind === Kind.FIELD) {
        const inner = selection.selectionSet === undefined ? NOTHING : this.#selectionSet(selection.selectionSet, nesting + 1);
        for (const argument of selection.arguments ?? []) holdLiteral(argument.value, 1);
        add(sum, {
          fields: inner.fields + 1,
          aliases: inner.aliases + (selection.alias === undefined ? 0 : 1),
          depth: inner.depth + 1,
          width: 1,
          values: this.#valuesOf(selection.name.value, inner),
        });
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        add(sum, this.#selectionSet(selection.selectionSet, nesting + 1));
      } else {
        add(sum, this.#fragment(selection.name.value, nesting + 1));
      }
    }
    return sum;
  }

  #valuesOf(name: string, inner: Measure): number {
    const values = 1 + (introspectionSizes(this.#schema).get(name) ?? 1) * inner.values;
    if (name !== '__schema' && name !== '__type') return values;
    const types = Object.keys(this.#schema.getTypeMap()).length;
    this.#introspected += values / types;
    hold(Math.ceil(this.#introspected), INTROSPECTION_MAX_VALUES_PER_TYPE, 'values of introspection for each type of the schema');
    return 1;
  }

  #fragment(name: string, nesting: number): Measure {
    const known = this.#measured.get(name);
    if (known !== undefined) return known;
    // A spread of a fragment that is being measured, or of none: another rule refuses it.
    this.#measured.set(name, NOTHING);
    const definition = this.#fragments.get(name);
    if (definition === undefined) return NOTHING;
    this.#countDirectives(definition.directives);
    const measure = this.#selectionSet(definition.selectionSet, nesting);
    this.#measured.set(name, measure);
    return measure;
  }

  #countDirectives(directives: readonly { readonly arguments?: readonly { readonly value: ValueNode }[] }[] = []): void {
    hold(directives.length, DIRECTIVES_MAX, 'directives at one place');
    this.#directives += directives.length;
    hold(this.#directives, DOCUMENT_MAX_DIRECTIVES, 'directives');
    for (const directive of directives) for (const argument of directive.arguments ?? []) holdLiteral(argument.value, 1);
  }
}

const NOTHING: Readonly<Measure> = { fields: 0, aliases: 0, depth: 0, width: 0, values: 0 };

/** Adds a selection, and stops as soon as there is too much: what multiplies never gets large. */
function add(sum: Measure, { fields, aliases, depth, width, values }: Readonly<Measure>): void {
  sum.fields += fields;
  sum.aliases += aliases;
  sum.depth = Math.max(sum.depth, depth);
  sum.width += width;
  sum.values += values;
  hold(sum.fields, FIELDS_MAX, 'fields, counting those of a fragment wherever it is spread');
  hold(sum.aliases, ALIASES_MAX, 'aliases, counting those of a fragment wherever it is spread');
  hold(sum.depth, DEPTH_MAX, 'levels of fields');
}

const sizesBySchema = new WeakMap<GraphQLSchema, ReadonlyMap<string, number>>();

/** How long the lists of introspection are: that of all types as long as it is, those of a type as long as on average. */
function introspectionSizes(schema: GraphQLSchema): ReadonlyMap<string, number> {
  const known = sizesBySchema.get(schema);
  if (known !== undefined) return known;
  const types = Object.values(schema.getTypeMap());
  const perType = (count: number) => count / types.length;
  const outputFields = types.flatMap((type) => (isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : []));
  const inputFields = types.flatMap((type) => (isInputObjectType(type) ? Object.values(type.getFields()) : []));
  const enumValues = types.flatMap((type) => (isEnumType(type) ? type.getValues() : []));
  const implemented = types.flatMap((type) => (isObjectType(type) || isInterfaceType(type) ? type.getInterfaces() : []));
  const sizes = new Map([
    ['types', types.length],
    ['directives', schema.getDirectives().length],
    ['fields', perType(outputFields.length)],
    ['args', outputFields.reduce((sum, { args }) => sum + args.length, 0) / Math.max(outputFields.length, 1)],
    ['inputFields', perType(inputFields.length)],
    ['enumValues', perType(enumValues.length)],
    ['interfaces', perType(implemented.length)],
    ['possibleTypes', perType(implemented.length)],
  ]);
  sizesBySchema.set(schema, sizes);
  return sizes;
}

function holdLiteral(value: ValueNode, depth: number): void {
  hold(depth, LITERAL_DEPTH_MAX, 'levels of lists and objects within each other in a value');
  if (value.kind === Kind.LIST) for (const item of value.values) holdLiteral(item, depth + 1);
  if (value.kind === Kind.OBJECT) for (const field of value.fields) holdLiteral(field.value, depth + 1);
}

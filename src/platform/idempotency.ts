import { collectFields } from '@graphql-tools/utils';
import type { ASTVisitor, GraphQLFieldResolver, GraphQLResolveInfo, OperationDefinitionNode, ValidationContext } from 'graphql';
import { GraphQLError, Kind, getArgumentValues, getDirectiveValues, visit } from 'graphql';
import { RequestError } from './errors.ts';

/**
 * Idempotency keys on their way in, and what is said of repetitions on the way out. A key comes in the input of a
 * mutation, in a directive on its field, or in a header; whatever brought it, the resolver finds it in the input.
 */

export const IDEMPOTENCY_KEY_HEADER = 'idempotency-key';
const REPLAYED_HEADER = 'idempotent-replayed';
const DIRECTIVE = 'idempotent';
const HEADER_FIELD = ['Idempotency-Key'];

/** A string of a structured field (RFC 9651): visible ASCII and spaces between quotes, where a backslash goes before a quote or itself. */
const QUOTED_KEY = /^"((?:[ !#-[\]-~]|\\["\\])*)"$/;
/** A key without quotes. A comma would be a list, a semicolon a parameter. */
const BARE_KEY = /^[!#-+\--:<-~]*$/;

type Keys = ReadonlyMap<string, string>;
const NO_KEYS: Keys = new Map();

/** What one request says of idempotency, and what its answer will say of it. */
export class RequestIdempotency {
  readonly #header: string | undefined;
  readonly #answer: { readonly headers: Map<string, string>; readonly extensions: Record<string, unknown> };
  #operation: OperationDefinitionNode | null = null;
  #keys: Keys = NO_KEYS;
  #refusal: RequestError | null = null;
  #field = '';

  /** @param header of the request, as it was sent; undefined if it has none */
  constructor(header: string | undefined, answer: { readonly headers: Map<string, string>; readonly extensions: Record<string, unknown> }) {
    this.#header = header;
    this.#answer = answer;
  }

  /**
   * The key that header or directives give a mutation field, which is carried out next; undefined if none does, for then
   * the input alone says.
   * @throws RequestError if the keys of the whole operation do not fit together, so that its first field is not carried out either
   */
  begin(info: GraphQLResolveInfo): string | undefined {
    const [node] = info.fieldNodes;
    this.#field = node?.alias?.value ?? info.fieldName;
    if (this.#header === undefined && !hasDirective(info)) return undefined;
    if (this.#operation !== info.operation) {
      this.#operation = info.operation;
      this.#read(info);
    }
    if (this.#refusal !== null) throw this.#refusal;
    return this.#keys.get(this.#field);
  }

  /** The mutation field under way is answered for a call that was carried out before. */
  replayed(): void {
    const { headers, extensions } = this.#answer;
    headers.set(REPLAYED_HEADER, 'true');
    // Without a prototype, because the names are the client's.
    const fields = (extensions['idempotency'] ??= Object.create(null)) as Record<string, { readonly replayed: true }>;
    fields[this.#field] = { replayed: true };
  }

  #read(info: GraphQLResolveInfo): void {
    try {
      this.#keys = keysOf(info, this.#header);
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      this.#refusal = error;
    }
  }
}

interface IdempotentContext {
  readonly idempotency: RequestIdempotency;
}

type MutationArguments = Readonly<Record<string, unknown>> & { readonly input: Readonly<Record<string, unknown>> };

/** Hands the resolver of a mutation its key in the input, whatever brought it. */
export function withIdempotencyKey<Source, Context extends IdempotentContext>(
  resolve: GraphQLFieldResolver<Source, Context>,
): GraphQLFieldResolver<Source, Context> {
  return (source, args, context, info) => {
    const key = context.idempotency.begin(info);
    if (key === undefined) return resolve(source, args, context, info);
    const { input, ...rest } = args as MutationArguments;
    return resolve(source, { ...rest, input: { ...input, idempotencyKey: key } }, context, info);
  };
}

/** The key of each mutation field of the operation, by its response key. */
function keysOf(info: GraphQLResolveInfo, header: string | undefined): Keys {
  const { schema, fragments, variableValues, parentType, operation } = info;
  const directive = schema.getDirective(DIRECTIVE);
  if (!directive) throw new Error(`The contract has no @${DIRECTIVE}.`);
  const fields = parentType.getFields();
  const { fields: collected } = collectFields(schema, fragments, variableValues, parentType, operation.selectionSet);
  const mutations = [...collected].flatMap(([responseKey, nodes]) => {
    const field = fields[nodes[0]?.name.value ?? ''];
    return field === undefined ? [] : [{ responseKey, nodes, field }];
  });
  const headerKey = header === undefined ? undefined : readHeader(header);
  if (headerKey !== undefined && mutations.length > 1) {
    throw invalid(`The header is the key of one mutation, but this operation has ${mutations.length}. Give each its own with @${DIRECTIVE}.`);
  }
  const keys = new Map<string, string>();
  for (const { responseKey, nodes, field } of mutations) {
    const found = new Set(headerKey === undefined ? [] : [headerKey]);
    for (const node of nodes) {
      const key = getDirectiveValues(directive, node, variableValues)?.['key'];
      if (typeof key === 'string') found.add(key);
      const { input } = getArgumentValues(field, node, variableValues) as Partial<MutationArguments>;
      if (typeof input?.['idempotencyKey'] === 'string') found.add(input['idempotencyKey']);
    }
    if (found.size > 1) {
      throw new RequestError('IDEMPOTENCY_KEY_CONFLICT', `Input, directive and header name different idempotency keys for \`${responseKey}\`.`, {
        httpStatus: 400,
      });
    }
    for (const key of found) keys.set(responseKey, key);
  }
  return keys;
}

/** @throws RequestError INVALID_IDEMPOTENCY_KEY; whether a key that can be read is too long is for the command to say */
function readHeader(header: string): string {
  const quoted = QUOTED_KEY.exec(header)?.[1];
  if (quoted !== undefined) return quoted.replaceAll(/\\(.)/g, '$1');
  if (BARE_KEY.test(header)) return header;
  throw invalid('The header holds one key: visible ASCII characters, in double quotes if there are spaces, commas, semicolons or quotes among them.');
}

function invalid(message: string): RequestError {
  return new RequestError('INVALID_IDEMPOTENCY_KEY', message, { field: HEADER_FIELD, httpStatus: 400 });
}

/** Documents are kept parsed, so that each is looked through once. */
const directivesKnown = new WeakMap<OperationDefinitionNode, boolean>();

function hasDirective({ operation, fragments }: GraphQLResolveInfo): boolean {
  const known = directivesKnown.get(operation);
  if (known !== undefined) return known;
  let found = false;
  const look: ASTVisitor = { Directive: ({ name }) => void (found ||= name.value === DIRECTIVE) };
  visit({ kind: Kind.DOCUMENT, definitions: [operation, ...Object.values(fragments)] }, look);
  directivesKnown.set(operation, found);
  return found;
}

/** Refuses the directive where it would do nothing: only fields of mutations are carried out once. */
export function idempotentMutationsOnly(context: ValidationContext): ASTVisitor {
  return {
    Directive(node) {
      if (node.name.value !== DIRECTIVE) return;
      const parentType = context.getParentType();
      if (parentType === null || parentType === undefined || parentType === context.getSchema().getMutationType()) return;
      context.reportError(new GraphQLError(`@${DIRECTIVE} belongs to a field of Mutation, not of ${parentType.name}.`, { nodes: node }));
    },
  };
}

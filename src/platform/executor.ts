import type { ApolloServerOptionsWithGateway, ApolloServerPlugin, GraphQLRequestContextResponseForOperation } from '@apollo/server';
import { HeaderMap } from '@apollo/server';
import type {
  DocumentNode,
  ExecutionResult,
  GraphQLErrorExtensions,
  GraphQLSchema,
  OperationDefinitionNode,
  ValueNode,
} from 'graphql';
import { GraphQLError, Kind, OperationTypeNode, execute, extendSchema, getVariableValues, parse, visit } from 'graphql';
import type { CompiledQuery } from 'graphql-jit';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import type { MeteredContext } from './cost-metering.ts';
import type { CostMeter } from './cost-metering.ts';
import { RequestError } from './errors.ts';
import { STREAM_PATH } from './graphql-stream.ts';

/** Both go to Apollo Server. */
export interface MeteredExecution {
  readonly gateway: ApolloServerOptionsWithGateway<MeteredContext>['gateway'];
  readonly plugin: ApolloServerPlugin<MeteredContext>;
}

/**
 * Runs operations through Apollo's documented interfaces, each against its cost and the limits of whoever asks:
 * as compiled functions, or by graphql-js. A document is compiled once and kept as long as Apollo keeps its parsed form.
 *
 * A plugin answers what has no errors. What has some is handed to Apollo as from a gateway, for it to say what of
 * them may be said: that way costs each request what only incremental delivery and federation need.
 *
 * Variables are coerced by graphql-js: graphql-jit neither holds them to `@oneOf` nor fills in the
 * defaults of non-null input fields. What is compiled therefore takes its variables as they are. A
 * document with a variable inside of a written-out object or list is not compiled at all: graphql-jit
 * loses such a variable in a JSON object, and takes one that is left out for a null.
 */
export function meteredExecution(
  schema: GraphQLSchema,
  mode: 'default' | 'compiled',
  meter: CostMeter,
): MeteredExecution {
  const compilableSchema = extendSchema(schema, parse(`scalar ${COERCED}`));
  const compiledByDocument = new WeakMap<DocumentNode, Map<string, CompiledQuery | null>>();

  const compiled = (document: DocumentNode, operationName: string | null): CompiledQuery | null => {
    const name = operationName ?? '';
    const byName = compiledByDocument.get(document) ?? new Map<string, CompiledQuery | null>();
    compiledByDocument.set(document, byName);
    const known = byName.get(name);
    if (known !== undefined) return known;
    const result = hasNestedVariable(document)
      ? null
      : compileQuery(compilableSchema, withCoercedVariables(document), operationName ?? undefined);
    const query = result !== null && isCompiledQuery(result) ? result : null;
    byName.set(name, query);
    return query;
  };

  const run = async ({ document, operation, operationName, request, contextValue: context }: Asked): Promise<ExecutionResult> => {
    const variables = request.variables ?? {};
    if (operation === undefined) {
      // Which operation is meant cannot be told; graphql-js says why.
      return execute({ schema, document, operationName: request.operationName });
    }
    if (operation.operation === OperationTypeNode.SUBSCRIPTION) return { errors: [elsewhere()] };
    const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variables, {
      maxErrors: VARIABLE_ERRORS_MAX,
    });
    if (errors !== undefined) return { errors };
    return meter.run({ document, operation, variables: coerced, context }, async () => {
      const query = mode === 'compiled' ? compiled(document, operationName) : null;
      if (query === null) {
        return execute({ schema, document, contextValue: context, variableValues: variables, operationName });
      }
      const result = await query.query(undefined, context, coerced);
      return result.errors === undefined ? result : { ...result, errors: result.errors.map(toGraphqlError) };
    });
  };

  const failed = new WeakMap<MeteredContext, Promise<ExecutionResult>>();
  const listener = {
    async responseForOperation(asked: Asked) {
      const running = run(asked);
      const result = await running.catch(() => null);
      if (result !== null && result.errors === undefined) {
        return { http: { headers: new HeaderMap() }, body: { kind: 'single' as const, singleResult: { data: result.data } } };
      }
      failed.set(asked.contextValue, running);
      return null;
    },
  };
  const executor = ({ context }: { readonly context: MeteredContext }) => failed.get(context);
  return {
    plugin: { requestDidStart: () => Promise.resolve(listener) },
    gateway: {
      load: () => Promise.resolve({ executor: executor as never }),
      onSchemaLoadOrUpdate(callback) {
        callback({ apiSchema: schema, coreSupergraphSdl: '' });
        return () => undefined;
      },
      stop: () => Promise.resolve(),
    },
  };
}

type Asked = Omit<GraphQLRequestContextResponseForOperation<MeteredContext>, 'operation'> & {
  /** Undefined if the document has no such operation, or several and the request names none, whatever Apollo's type says. */
  readonly operation?: OperationDefinitionNode | undefined;
};

function elsewhere(): RequestError {
  return new RequestError('BAD_REQUEST', `Subscriptions are answered as events at ${STREAM_PATH}.`, { httpStatus: 400 });
}

/** A scalar that takes any value as it is. Only compiled documents know it, never the contract. */
const COERCED = 'CoercedVariable';
const VARIABLE_ERRORS_MAX = 50;

/** Whether a variable is used for anything but a whole argument. */
function hasNestedVariable(document: DocumentNode): boolean {
  let found = false;
  const look = (value: ValueNode) => {
    if (value.kind === Kind.VARIABLE) found = true;
  };
  visit(document, {
    ObjectField: ({ value }) => look(value),
    ListValue: ({ values }) => values.forEach(look),
  });
  return found;
}

function withCoercedVariables(document: DocumentNode): DocumentNode {
  return visit(document, {
    VariableDefinition: (definition) => ({
      kind: Kind.VARIABLE_DEFINITION,
      variable: definition.variable,
      type: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: COERCED } },
    }),
  });
}

/** graphql-jit's errors look like those of graphql-js but lack fields of its class that Apollo reads. */
function toGraphqlError(error: GraphQLError): GraphQLError {
  const { message, locations, path, originalError } = error;
  const extensions = (originalError as { extensions?: GraphQLErrorExtensions } | undefined)?.extensions;
  const rebuilt = new GraphQLError(message, { path, originalError, extensions });
  return Object.defineProperty(rebuilt, 'locations', { value: locations, enumerable: locations !== undefined });
}

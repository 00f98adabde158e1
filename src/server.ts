import type { OutgoingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomUUID } from 'node:crypto';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { fastifyApolloDrainPlugin } from '@as-integrations/fastify';
import cors from '@fastify/cors';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import createFastify, { LogController } from 'fastify';
import type { CommandRunner } from './commands/run.ts';
import { RequestContext } from './context.ts';
import type { Database } from './database/client.ts';
import type { Migrations } from './database/migrate.ts';
import { pendingMigrations } from './database/migrate.ts';
import type { Authenticator } from './platform/auth.ts';
import { compiledExecution } from './platform/executor.ts';
import { RequestError } from './platform/errors.ts';
import type { Example } from './platform/explorer.ts';
import { registerExplorer } from './platform/explorer.ts';
import { errorPlugin, formatError } from './platform/graphql-errors.ts';
import { graphqlHandler } from './platform/graphql-handler.ts';
import type { Metrics } from './platform/metrics.ts';
import { createMetrics } from './platform/metrics.ts';
import { knownOperationTypes } from './platform/operation-types.ts';
import { sandboxLandingPage } from './platform/sandbox.ts';
import { createSchema } from './platform/schema.ts';
import { securityHeaders } from './platform/security-headers.ts';
import { cardResolvers } from './resolvers/cards.ts';
import { customerResolvers } from './resolvers/customers.ts';
import { earningResolvers } from './resolvers/earning.ts';
import { explanationResolvers } from './resolvers/explanations.ts';
import { ledgerResolvers } from './resolvers/ledger.ts';
import { nodeResolvers } from './resolvers/node.ts';
import { operationResolvers } from './resolvers/operations.ts';
import { structureResolvers } from './resolvers/structures.ts';
import { workspaceResolvers } from './resolvers/workspaces.ts';
import { scalars } from './platform/scalars.ts';

export const GRAPHQL_PATH = '/v3/graphql';

/** Largest request body; an `earn` with 500 full lines has less than half of it. */
const BODY_MAX_BYTES = 1024 * 1024;
/** A client that takes longer to send its request is cut off. */
const REQUEST_TIMEOUT_MS = 30_000;
const KEEP_ALIVE_TIMEOUT_MS = 72_000;
/** Largest document; more tokens are not parsed. */
const DOCUMENT_MAX_TOKENS = 4_000;
const READY_CHECK_TIMEOUT_MS = 2_000;

export interface ServerOptions {
  readonly database: Database;
  readonly migrations: Migrations;
  readonly runner: CommandRunner;
  readonly authenticator: Authenticator;
  readonly log: FastifyBaseLogger;
  /** What the pages for people open with; null: no such pages, and no introspection. */
  readonly example: Example | null;
  /** Whether operations are compiled once and kept, or interpreted each time. */
  readonly executor: 'default' | 'compiled';
}

export interface Server {
  /** @returns the address under which the server can be reached from this machine */
  listen(host: string, port: number): Promise<string>;
  /** Answers what is under way, takes nothing new, and closes. The database stays open. */
  close(): Promise<void>;
}

/** Puts the HTTP server together. Nothing listens yet. */
export async function createServer(options: ServerOptions): Promise<Server> {
  const metrics = createMetrics();
  const app = createApp(options.log, await securityHeaders());
  const state = { draining: false };
  // Where there are no pages for people, no other site may call, which is what a browser takes silence for.
  if (options.example !== null) await app.register(cors, CORS);
  closeWhenDraining(app, state);
  countRequests(app, metrics);
  registerOperations(app, options, metrics, state);
  if (options.example !== null) {
    await registerExplorer(app, { example: options.example, endpoint: GRAPHQL_PATH });
    app.get('/', (_request, reply) => reply.redirect(GRAPHQL_PATH));
  }
  await registerGraphql(app, options, metrics);
  return {
    async listen(host, port) {
      await app.listen({ host, port });
      const { port: actual } = app.server.address() as AddressInfo;
      return `http://${host.includes(':') ? `[${host}]` : host}:${actual}`;
    },
    async close() {
      state.draining = true;
      await app.close();
      await options.runner.settled();
    },
  };
}

function createApp(log: FastifyBaseLogger, headers: OutgoingHttpHeaders) {
  const app = createFastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    bodyLimit: BODY_MAX_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    // The id is ours: one that a client chose could repeat, or carry something into the logs.
    genReqId: () => randomUUID(),
    forceCloseConnections: 'idle',
  });
  // Hooks here call back: a promise for each hook and request is a good part of what a request costs.
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(headers).header('x-request-id', request.id);
    done();
  });
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) request.log.error({ err: error }, 'A request failed.');
    const message = status >= 500 ? 'Something went wrong on our side. Tell us the request id.' : error.message;
    return reply.status(status).send(failure(status >= 500 ? 'INTERNAL_SERVER_ERROR' : 'BAD_REQUEST', message, request.id));
  });
  app.setNotFoundHandler((request, reply) =>
    reply.status(404).send(failure('NOT_FOUND', `There is nothing at this address. GraphQL is at ${GRAPHQL_PATH}.`, request.id)),
  );
  return app;
}

function failure(code: string, message: string, requestId: string) {
  return { errors: [{ message, extensions: { code, requestId } }] };
}

/** Apollo's hosted Sandbox may call a server on this machine; other sites may not, unless they hold a key anyway. */
const CORS = {
  origin: ['https://studio.apollographql.com', 'https://sandbox.embed.apollographql.com'],
  methods: ['POST'],
  allowedHeaders: [
    'authorization',
    'content-type',
    'x-app-id',
    'x-app-token',
    'idempotency-key',
    'apollographql-client-name',
    'apollographql-client-version',
    'apollo-require-preflight',
  ],
  exposedHeaders: ['x-request-id'],
  maxAge: 600,
};

/** A connection that stays open would hold the stop back until its client lets go. */
function closeWhenDraining(app: FastifyInstance, state: { readonly draining: boolean }): void {
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (state.draining) reply.header('connection', 'close');
    done(null, payload);
  });
}

function countRequests(app: FastifyInstance, metrics: Metrics): void {
  app.addHook('onResponse', ({ method, routeOptions, log }, { statusCode: status, elapsedTime }, done) => {
    const route = routeOptions.url ?? 'unknown';
    metrics.requestSeconds.observe({ method, route, status }, elapsedTime / 1000);
    log.info({ method, route, status, latencyMs: Math.round(elapsedTime) }, 'answered');
    done();
  });
}

function registerOperations(
  app: FastifyInstance,
  { database, migrations }: ServerOptions,
  metrics: Metrics,
  state: { readonly draining: boolean },
): void {
  app.get('/livez', () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    const problem = state.draining ? 'shutting down' : await databaseProblem(database, migrations);
    return problem === null ? { status: 'ok' } : reply.status(503).send({ status: 'unavailable', reason: problem });
  });
  app.get('/metrics', async (_request, reply) => {
    reply.header('content-type', metrics.registry.contentType);
    return metrics.registry.metrics();
  });
}

async function databaseProblem(database: Database, migrations: Migrations): Promise<string | null> {
  const timeout = new Promise<string>((resolve) => {
    setTimeout(resolve, READY_CHECK_TIMEOUT_MS, 'the database does not answer').unref();
  });
  const check = pendingMigrations(database, migrations).then(
    (pending) => (pending.length === 0 ? null : 'migrations are pending'),
    () => 'the database cannot be reached',
  );
  return Promise.race([check, timeout]);
}

async function registerGraphql(app: FastifyInstance, options: ServerOptions, metrics: Metrics): Promise<void> {
  const { database, runner, authenticator, example, executor } = options;
  const schema = createSchema({ ...scalars, ...mergeResolvers() });
  const apollo = new ApolloServer<RequestContext>({
    ...(executor === 'compiled' ? { gateway: compiledExecution(schema) } : { schema }),
    introspection: example !== null,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: example === null,
    allowBatchedHttpRequests: false,
    csrfPrevention: true,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: DOCUMENT_MAX_TOKENS },
    validationRules: [knownOperationTypes],
    maxRecursiveSelections: true,
    formatError,
    logger: options.log,
    plugins: [
      errorPlugin(metrics),
      // Otherwise every resolver is wrapped, for a cache policy that answers to an API key never have.
      ApolloServerPluginCacheControlDisabled(),
      fastifyApolloDrainPlugin(app),
      example === null ? ApolloServerPluginLandingPageDisabled() : sandboxLandingPage(example),
    ],
  });
  await apollo.start();
  const services = { database, programs: runner.programs, runner, forgetApiKeys: () => authenticator.forget() };
  app.route({
    url: GRAPHQL_PATH,
    method: ['GET', 'POST'],
    handler: graphqlHandler(apollo, async (request) => {
      const credentials = await authenticator.authenticate(request.headers).catch((error: unknown) => {
        request.log.error({ err: error }, 'An API key could not be looked up.');
        throw new RequestError('UNAVAILABLE', 'The database cannot be reached. Try again later.', { httpStatus: 503 });
      });
      return new RequestContext(services, request.id, request.log, credentials);
    }),
  });
}

function mergeResolvers() {
  const contexts = [
    nodeResolvers,
    workspaceResolvers,
    cardResolvers,
    structureResolvers,
    earningResolvers,
    customerResolvers,
    ledgerResolvers,
    operationResolvers,
    explanationResolvers,
  ];
  const Query = Object.assign({}, ...contexts.map((context) => ('Query' in context ? context.Query : {}))) as object;
  const Mutation = Object.assign({}, ...contexts.map((context) => ('Mutation' in context ? context.Mutation : {}))) as object;
  return { ...(Object.assign({}, ...contexts) as object), Query, Mutation };
}

import type { OutgoingHttpHeaders } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { randomUUID } from 'node:crypto';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { fastifyApolloDrainPlugin } from '@as-integrations/fastify';
import cors from '@fastify/cors';
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import createFastify, { LogController } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { CommandRunner } from './commands/run.ts';
import { RequestContext } from './context.ts';
import type { Database } from './database/client.ts';
import type { Migrations } from './database/migrate.ts';
import { pendingMigrations } from './database/migrate.ts';
import type { Authenticator } from './platform/auth.ts';
import { CostMeter } from './platform/cost-metering.ts';
import { PARSE_OPTIONS, VALIDATION_ERRORS_MAX, documentLimits } from './platform/document-limits.ts';
import type { SecretBox } from './platform/encryption.ts';
import { documentationOf, statusOf } from './platform/error-catalog.ts';
import { registerErrorPages } from './platform/error-pages.ts';
import type { FeedRests } from './platform/event-feed.ts';
import { EventFeeds } from './platform/event-feed.ts';
import { meteredExecution } from './platform/executor.ts';
import { RequestError, databaseUnreachable, unauthenticated } from './platform/errors.ts';
import type { Example } from './platform/explorer.ts';
import { registerExplorer } from './platform/explorer.ts';
import { ErrorPresenter, errorFormatter, errorPlugin } from './platform/graphql-errors.ts';
import { graphqlHandler } from './platform/graphql-handler.ts';
import { STREAM_PATH, registerGraphqlStream } from './platform/graphql-stream.ts';
import type { Documentation } from './platform/http-errors.ts';
import { failureBody, httpFailureOf } from './platform/http-errors.ts';
import type { Patience } from './platform/http-limits.ts';
import { PATIENCE, URL_MAX_LENGTH, holdRequestsToLimits, httpOptions } from './platform/http-limits.ts';
import { IDEMPOTENCY_KEY_HEADER, idempotentMutationsOnly } from './platform/idempotency.ts';
import { registerKeyUseMetrics } from './platform/key-uses.ts';
import type { Metrics } from './platform/metrics.ts';
import { createMetrics } from './platform/metrics.ts';
import { knownOperationTypes } from './platform/operation-types.ts';
import { originOf } from './platform/origin.ts';
import { READS_MAX_MS, limitReads } from './platform/request-deadline.ts';
import type { RateLimiter } from './platform/rate-limiter.ts';
import { sandboxLandingPage } from './platform/sandbox.ts';
import { createSchema } from './platform/schema.ts';
import type { StreamLimits } from './platform/streams.ts';
import { STREAM_LIMITS, Streams } from './platform/streams.ts';
import { securityHeaders } from './platform/security-headers.ts';
import type { Signer } from './platform/signer.ts';
import { auditResolvers } from './resolvers/audit.ts';
import { restInputObjects, restRoutes } from './generated/rest-routes.ts';
import type { RestPipeline } from './rest/execute.ts';
import { sendProblem } from './rest/problems.ts';
import type { EventStreamParts } from './rest/event-stream.ts';
import { registerEventStream } from './rest/event-stream.ts';
import { registerReference } from './rest/reference.ts';
import { registerKeySets } from './rest/key-sets.ts';
import { registerRoutes } from './rest/routes.ts';
import { registerRestScope } from './rest/scope.ts';
import { registerTierStructures } from './rest/v2/tier-structures.ts';
import { cardResolvers } from './resolvers/cards.ts';
import { configurationResolvers } from './resolvers/configuration.ts';
import { customerResolvers } from './resolvers/customers.ts';
import { earningResolvers } from './resolvers/earning.ts';
import { eventResolvers } from './resolvers/events.ts';
import { explanationResolvers } from './resolvers/explanations.ts';
import { ledgerResolvers } from './resolvers/ledger.ts';
import { nodeResolvers } from './resolvers/node.ts';
import { operationResolvers } from './resolvers/operations.ts';
import { rateLimitResolvers } from './resolvers/rate-limits.ts';
import { journalResolvers } from './resolvers/journal.ts';
import { rewardResolvers } from './resolvers/rewards.ts';
import { signingKeyResolvers } from './resolvers/signing-keys.ts';
import { simulationResolvers } from './resolvers/simulations.ts';
import { structureResolvers } from './resolvers/structures.ts';
import { webhookResolvers } from './resolvers/webhooks.ts';
import { workspaceResolvers } from './resolvers/workspaces.ts';
import { scalars } from './platform/scalars.ts';

export const GRAPHQL_PATH = '/v3/graphql';
const GRAPHQL_PATHS: ReadonlySet<string | undefined> = new Set([GRAPHQL_PATH, STREAM_PATH]);

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
  /** Where clients reach the server, for links in answers; null or left out if it does not know: then links are paths. */
  readonly publicUrl?: string | null;
  /** How long it waits for slow clients. */
  readonly patience?: Patience;
  /** Whose `X-Forwarded-For` is believed; empty: nobody's. */
  readonly trustedProxies: readonly string[];
  readonly rateLimiter: RateLimiter;
  readonly signer: Signer;
  readonly box: SecretBox;
  /** Whether sandboxes may send webhooks to this machine itself. */
  readonly webhooksAllowLoopback?: boolean;
  /** How long the reads of one request may take in all. */
  readonly readsMaxMs?: number;
  /** How many streams may be open, and how long it bears with them. */
  readonly streamLimits?: StreamLimits;
  /** How long what reads the log for streams rests in between. */
  readonly feedRests?: FeedRests;
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
  registerKeyUseMetrics(metrics.registry, options.authenticator.uses);
  const documentation: Documentation = (code) => documentationOf(code, options.publicUrl ?? null);
  const app = createApp(options, await securityHeaders(), documentation);
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
  const schema = createSchema({ ...scalars, ...mergeResolvers() }, documentation);
  registerErrorPages(app, schema);
  await registerGraphql(app, options, { schema, metrics, documentation });
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
      await options.rateLimiter.stop();
    },
  };
}

function createApp({ log, trustedProxies, patience = PATIENCE, readsMaxMs = READS_MAX_MS, publicUrl = null }: ServerOptions, headers: OutgoingHttpHeaders, documentation: Documentation) {
  const app = createFastify({
    loggerInstance: log,
    trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies],
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    ...httpOptions(patience, documentation),
    // The whole address has a limit; an id of a caller's own within it may be as long as such ids may be.
    routerOptions: { maxParamLength: URL_MAX_LENGTH },
    // What cannot be routed has passed no hook.
    frameworkErrors: (_error, request, reply) => {
      reply.headers(headers).header('x-request-id', request.id);
      const message = 'The address cannot be read.';
      if (isRestAddress(request.url)) void sendProblem(reply, { code: 'BAD_REQUEST', detail: message }, publicUrl);
      else void (reply as FastifyReply).status(400).send(failureBody({ code: 'BAD_REQUEST', message }, request.id, documentation));
    },
    // The id is ours: one that a client chose could repeat, or carry something into the logs.
    genReqId: () => randomUUID(),
    forceCloseConnections: 'idle',
  });
  // Hooks here call back: a promise for each hook and request is a good part of what a request costs.
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(headers).header('x-request-id', request.id);
    done();
  });
  holdRequestsToLimits(app, patience);
  limitReads(app, readsMaxMs);
  app.setErrorHandler((error: Error, request, reply) => {
    const failure = httpFailureOf(error);
    const status = statusOf(failure.code);
    if (status >= 500) request.log.error({ err: error }, 'A request failed.');
    return reply.status(status).send(failureBody(failure, request.id, documentation));
  });
  app.setNotFoundHandler((request, reply) => {
    const failure = { code: 'NOT_FOUND', message: `There is nothing at this address. GraphQL is at ${GRAPHQL_PATH}.` };
    return reply.status(404).send(failureBody(failure, request.id, documentation));
  });
  return app;
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
  exposedHeaders: ['x-request-id', 'idempotent-replayed', 'retry-after', 'ratelimit', 'ratelimit-policy'],
  maxAge: 600,
};

/** A connection that stays open would hold the stop back until its client lets go. */
function closeWhenDraining(app: FastifyInstance, state: { readonly draining: boolean }): void {
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (state.draining) reply.header('connection', 'close');
    done(null, payload);
  });
  // To Node, one that has sent nothing yet is not idle but under way.
  const connections = new Set<Socket>();
  app.server.on('connection', (socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  app.addHook('preClose', (done) => {
    for (const socket of connections) if (socket.bytesRead === 0) socket.destroy();
    done();
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

interface GraphqlParts {
  readonly schema: GraphQLSchema;
  readonly metrics: Metrics;
  readonly documentation: Documentation;
}

async function registerGraphql(app: FastifyInstance, options: ServerOptions, { schema, metrics, documentation }: GraphqlParts): Promise<void> {
  const { database, runner, authenticator, example, executor, rateLimiter, signer, box } = options;
  const meter = new CostMeter(schema);
  const execution = meteredExecution(schema, executor, meter);
  const apollo = new ApolloServer<RequestContext>({
    gateway: execution.gateway,
    // Where there are no pages for people, who has no valid key does not come as far as a document.
    introspection: true,
    includeStacktraceInErrorResponses: false,
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    csrfPrevention: true,
    stopOnTerminationSignals: false,
    parseOptions: PARSE_OPTIONS,
    validationOptions: { maxErrors: VALIDATION_ERRORS_MAX },
    validationRules: [documentLimits, knownOperationTypes, idempotentMutationsOnly],
    formatError: errorFormatter(documentation),
    logger: options.log,
    plugins: [
      errorPlugin(metrics),
      execution.plugin,
      // Otherwise every resolver is wrapped, for a cache policy that answers to an API key never have.
      ApolloServerPluginCacheControlDisabled(),
      fastifyApolloDrainPlugin(app),
      example === null ? ApolloServerPluginLandingPageDisabled() : sandboxLandingPage(example),
    ],
  });
  await apollo.start();
  const feeds = new EventFeeds({ database, commits: runner.commits, log: options.log, rests: options.feedRests });
  const webhooks = { allowLoopback: options.webhooksAllowLoopback ?? false };
  const services = { database, programs: runner.programs, runner, signer, feeds, box, webhooks, forgetApiKeys: () => authenticator.forget() };
  const context = async (request: FastifyRequest) => {
    const origin = originOf(request, GRAPHQL_PATHS.has(request.routeOptions.url) ? 'GRAPHQL' : 'REST');
    const presented = { headers: request.headers, origin, requestId: request.id };
    const credentials = await authenticator.authenticate(presented).catch((error: unknown) => {
      request.log.error({ err: error }, 'An API key could not be looked up.');
      throw databaseUnreachable();
    });
    const idempotencyKey = request.headers[IDEMPOTENCY_KEY_HEADER] as string | undefined;
    // Where there are no pages for people, who has no valid key is told nothing, not even what is wrong with a document.
    if (credentials === null && example === null) throw unauthenticated();
    const created = new RequestContext(services, request.id, origin, request.log, credentials, idempotencyKey, request.deadline);
    if (credentials !== null) {
      const limits = rateLimiter.open(credentials);
      created.limits = limits instanceof Promise ? await limits : limits;
    }
    return created;
  };
  app.route({ url: GRAPHQL_PATH, method: ['GET', 'POST'], handler: graphqlHandler(apollo, context) });
  app.route({
    url: GRAPHQL_PATH,
    method: ['PUT', 'PATCH', 'DELETE'],
    onRequest: (_request, reply, done) => done(refuseMethod(reply)),
    handler: (_request, reply) => reply.send(refuseMethod(reply)),
  });
  const streams = new Streams(options.streamLimits ?? STREAM_LIMITS, metrics);
  const stillAllowed = ({ headers }: FastifyRequest) => authenticator.isValid(headers);
  registerGraphqlStream(app, {
    schema,
    meter,
    errors: new ErrorPresenter(documentation, metrics),
    context,
    stillAllowed,
    readsMaxMs: options.readsMaxMs ?? READS_MAX_MS,
    streams,
  });
  app.addHook('preClose', (done) => {
    streams.stop();
    feeds.stop();
    done();
  });
  const eventStream: EventStreamParts = { context, stillAllowed, feeds, streams };
  await registerRest(app, { apollo, context, publicUrl: options.publicUrl ?? null }, signer, eventStream);
}

function refuseMethod(reply: FastifyReply): RequestError {
  reply.header('allow', 'GET, POST');
  return new RequestError('METHOD_NOT_ALLOWED', 'Send GraphQL by POST, or a query by GET.');
}

const isRestAddress = (url: string): boolean => /^\/v[23]\//.test(url);

/** REST beside GraphQL: what is no route there is answered as REST answers. */
async function registerRest(app: FastifyInstance, pipeline: RestPipeline, signer: Signer, eventStream: EventStreamParts): Promise<void> {
  const { publicUrl } = pipeline;
  const v3 = (scope: FastifyInstance) => {
    registerRoutes(scope, restRoutes, restInputObjects, pipeline);
    registerKeySets(scope, signer);
    registerEventStream(scope, eventStream);
  };
  await registerReference(app, publicUrl);
  await registerRestScope(app, { prefix: '/v3', publicUrl, register: v3 });
  await registerRestScope(app, { prefix: '/v2', publicUrl, register: (scope) => registerTierStructures(scope, pipeline) });
}

function mergeResolvers() {
  const contexts = [
    nodeResolvers,
    workspaceResolvers,
    cardResolvers,
    configurationResolvers,
    structureResolvers,
    earningResolvers,
    customerResolvers,
    ledgerResolvers,
    operationResolvers,
    explanationResolvers,
    auditResolvers,
    eventResolvers,
    rateLimitResolvers,
    rewardResolvers,
    signingKeyResolvers,
    journalResolvers,
    simulationResolvers,
    webhookResolvers,
  ];
  const Query = Object.assign({}, ...contexts.map((context) => ('Query' in context ? context.Query : {}))) as object;
  const Mutation = Object.assign({}, ...contexts.map((context) => ('Mutation' in context ? context.Mutation : {}))) as object;
  const Subscription = Object.assign({}, ...contexts.map((context) => ('Subscription' in context ? context.Subscription : {}))) as object;
  return { ...(Object.assign({}, ...contexts) as object), Query, Mutation, Subscription };
}

import { pino } from 'pino';
import { CommandRunner } from '../../src/commands/run.ts';
import { signingKeyEnsure } from '../../src/commands/signing-keys.ts';
import { SYSTEM_ORIGIN } from '../../src/domain/audit.ts';
import { readEnvironment } from '../../src/env.ts';
import { readMigrations } from '../../src/database/migrate.ts';
import { workspaceCreate } from '../../src/commands/workspaces.ts';
import type { Database, DatabaseOptions } from '../../src/database/client.ts';
import { createDatabase } from '../../src/database/client.ts';
import { prepareApplicationRole } from '../../src/database/wall.ts';
import { Authenticator, describeSecret } from '../../src/platform/auth.ts';
import { SecretBox } from '../../src/platform/encryption.ts';
import type { FeedRests } from '../../src/platform/event-feed.ts';
import type { Example } from '../../src/platform/explorer.ts';
import { describeError } from '../../src/platform/graphql-errors.ts';
import type { Patience } from '../../src/platform/http-limits.ts';
import type { StreamLimits } from '../../src/platform/streams.ts';
import { newId } from '../../src/platform/ids.ts';
import { DatabaseBucketStore, workspaceMode } from '../../src/platform/rate-limit-store.ts';
import type { BucketStore, RateLimitSettings } from '../../src/platform/rate-limiter.ts';
import { RateLimiter } from '../../src/platform/rate-limiter.ts';
import { Signer } from '../../src/platform/signer.ts';
import { createServer } from '../../src/server.ts';
import { shareCommits } from '../../src/gateways/nats.ts';
import { WebhookSender } from '../../src/gateways/webhooks.ts';
import { ApiKeyUsesWorker } from '../../src/workers/api-key-uses.ts';
import type { WebhookDispatcherOptions } from '../../src/workers/webhook-dispatch.ts';
import { WebhookDispatcher } from '../../src/workers/webhooks.ts';
import { ApiClient } from './client.ts';
import { createTestDatabase } from './database.ts';
import { TEST_ENCRYPTION_KEY } from './process.ts';

/**
 * A real server on a real database of its own, listening on a free port. Tests talk to it through HTTP
 * alone; the database is there to count statements and to look that nothing changed.
 */
export interface TestServer {
  readonly url: string;
  readonly graphqlUrl: string;
  readonly database: Awaited<ReturnType<typeof createTestDatabase>>['database'];
  readonly databaseUrl: string;
  /** A client with an ADMIN key of a new workspace. */
  workspace(options?: WorkspaceOptions): Promise<ApiClient>;
  /** Milliseconds since 1970, as the server sees it. */
  readonly now: () => number;
  /** Moves the server's clock; it never goes back by itself. */
  setNow(instant: string | number | null): void;
  /** Signs for its workspaces, with keys that any other instance on its database can use. */
  readonly signer: Signer;
  readonly box: SecretBox;
  /** Sends webhooks, as the product does by itself. Stop it first. */
  dispatchWebhooks(options?: Partial<Omit<WebhookDispatcherOptions, 'runner' | 'box'>>): WebhookDispatcher;
  /** Which keys were used is stored only when this is called, so that it changes no table behind a test's back. */
  readonly keyUses: ApiKeyUsesWorker;
  stop(): Promise<void>;
}

export interface WorkspaceOptions {
  readonly name?: string;
  readonly timeZone?: string;
  readonly mode?: 'LIVE' | 'SANDBOX';
  /** Freezes the workspace's own clock. Left out: it goes with the server's. */
  readonly clock?: string;
  readonly backdatingDays?: number;
  /** The secret of its first key; made if left out. */
  readonly secret?: string;
}

export interface TestServerOptions {
  readonly example?: Example | null;
  /** Left out: as TEST_EXECUTOR says, or compiled. */
  readonly executor?: 'default' | 'compiled';
  /** Given every line that the server logs, as the server itself would print it. Left out: nothing is logged. */
  readonly onLog?: (line: string) => void;
  /** Another instance on the database and the clock of that server, as a second process would be. Stop it first. */
  readonly beside?: TestServer;
  /** How many connections it may have. */
  readonly connectionsMax?: number;
  /** Where its answers say that it is. */
  readonly publicUrl?: string;
  /** How long it waits for slow clients. Left out: as long as the product does. */
  readonly patience?: Patience;
  readonly trustedProxies?: readonly string[];
  /** Whether sandboxes may send webhooks to this machine. Left out: they may. */
  readonly webhooksAllowLoopback?: boolean;
  /** How long the reads of a request may take. Left out: as long as in the product. */
  readonly readsMaxMs?: number;
  /** How many subscriptions may be open, and how long it bears with them. Left out: as in the product. */
  readonly streamLimits?: StreamLimits;
  /** How long a statement may take. Left out: as long as in the product. */
  readonly statementTimeoutMs?: number;
  /** Left out: as an installation has them. */
  readonly rateLimits?: RateLimitSettings;
  /** Where rate limits are kept. Left out: in the database. */
  readonly bucketStore?: BucketStore;
  /** How long feeds rest that nothing wakes. Left out: as in the product. */
  readonly feedRests?: FeedRests;
  /** Through what it tells others of its commits. Left out: through nothing. */
  readonly natsUrl?: string;
  /** The milliseconds by which points flow back, in every process that shares them. Left out: those of real clocks. */
  readonly rateLimitClock?: () => number;
}

/** TEST_EXECUTOR=default runs the whole suite with graphql-js instead of compiled operations. */
function executorOfThisRun(): 'default' | 'compiled' {
  return process.env['TEST_EXECUTOR'] === 'default' ? 'default' : 'compiled';
}

/** As `main.ts` makes it, but with all levels. */
function loggerFor(onLog: TestServerOptions['onLog']) {
  if (onLog === undefined) return pino({ level: 'silent' });
  return pino({ level: 'trace', serializers: { err: describeError } }, { write: onLog });
}

export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const { beside } = options;
  const home = beside === undefined ? await createTestDatabase() : null;
  const { databaseUrl, database: looking } = beside ?? { databaseUrl: home!.url, database: home!.database };
  const database = await connectApplication(databaseUrl, looking, options);
  let frozenAt: number | null = null;
  const clock = beside?.now ?? (() => frozenAt ?? Date.now());
  const runner = new CommandRunner({ database, clock });
  const authenticator = new Authenticator(database, clock);
  const box = new SecretBox(Buffer.from(TEST_ENCRYPTION_KEY, 'hex'));
  const signer = new Signer({ database, box, makeKey: (workspaceId) => signingKeyEnsure(runner, box, workspaceId) });
  const log = loggerFor(options.onLog);
  const rateLimiter = new RateLimiter({
    store: withClock(options.bucketStore ?? new DatabaseBucketStore(database), options.rateLimitClock),
    modeOf: (workspaceId) => workspaceMode(database, workspaceId),
    settings: options.rateLimits ?? readEnvironment({}).rateLimits,
    holder: newId(),
    log,
    ...(options.rateLimitClock === undefined ? {} : { clock: options.rateLimitClock }),
  });
  const server = await createServer({
    database,
    migrations: readMigrations(),
    runner,
    authenticator,
    rateLimiter,
    signer,
    box,
    webhooksAllowLoopback: options.webhooksAllowLoopback ?? true,
    log,
    example: options.example ?? null,
    executor: options.executor ?? executorOfThisRun(),
    publicUrl: options.publicUrl,
    patience: options.patience,
    trustedProxies: options.trustedProxies ?? [],
    readsMaxMs: options.readsMaxMs,
    streamLimits: options.streamLimits,
    feedRests: options.feedRests,
  });
  const sharing = options.natsUrl === undefined ? null : shareCommits(options.natsUrl, runner.commits, log);
  const url = await server.listen('127.0.0.1', 0);
  const graphqlUrl = `${url}/v3/graphql`;
  return {
    url,
    graphqlUrl,
    database: looking,
    databaseUrl,
    signer,
    box,
    now: clock,
    dispatchWebhooks: (more = {}) =>
      new WebhookDispatcher({ runner, box, sender: new WebhookSender({ resolve: resolveNothing }), allowLoopback: true, log, ...more }).start(),
    keyUses: new ApiKeyUsesWorker({ database, uses: authenticator.uses, clock, log }),
    setNow(instant) {
      if (beside !== undefined) return beside.setNow(instant);
      frozenAt = typeof instant === 'string' ? Date.parse(instant) : instant;
    },
    async workspace({ name = 'Test', timeZone = 'UTC', mode = 'SANDBOX', clock: frozen, backdatingDays = 36_500, secret } = {}) {
      const identity = { id: newId(), ...(secret === undefined ? {} : { secret: describeSecret(secret) }) };
      const clockFrozenAt = frozen === undefined ? null : Date.parse(frozen);
      const settings = { name, timeZone, mode, clockFrozenAt, backdatingDays };
      const created = await workspaceCreate(runner, { requestId: newId(), origin: SYSTEM_ORIGIN }, settings, identity);
      if (!created.ok) throw new Error(JSON.stringify(created.problems));
      return new ApiClient(graphqlUrl, created.value.secret);
    },
    async stop() {
      await server.close();
      await sharing?.close();
      await database.close();
      await home?.drop();
    },
  };
}

/** Tests send to this machine alone, by its address; no name leads out of it. */
const resolveNothing = () => Promise.reject(Object.assign(new Error('There are no names here.'), { code: 'ENOTFOUND' }));

/** As the product connects: with the role that PostgreSQL holds to one workspace at a time. */
export async function connectApplication(databaseUrl: string, looking: Database, options: DatabaseOptions = {}): Promise<Database> {
  const { connectionsMax, statementTimeoutMs } = options;
  return createDatabase(databaseUrl, {
    role: await prepareApplicationRole(looking),
    ...(connectionsMax === undefined ? {} : { connectionsMax }),
    ...(statementTimeoutMs === undefined ? {} : { statementTimeoutMs }),
  });
}

/** The same store, which tells another time. */
function withClock(store: BucketStore, clock: (() => number) | undefined): BucketStore {
  if (clock === undefined) return store;
  return {
    find: async (id) => ({ ...(await store.find(id)), now: clock() }),
    save: (id, bucket, version) => store.save(id, bucket, version),
  };
}

import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pino } from 'pino';
import { CommandRunner } from './commands/run.ts';
import { signingKeyEnsure } from './commands/signing-keys.ts';
import type { Database } from './database/client.ts';
import { createDatabase } from './database/client.ts';
import { startEmbeddedPostgres } from './database/embedded.ts';
import { DatabaseStartError, MigrationError, sqlState } from './database/errors.ts';
import type { Migrations } from './database/migrate.ts';
import { migrateDatabase, readMigrations } from './database/migrate.ts';
import { WallError, prepareApplicationRole, requireWall } from './database/wall.ts';
import type { Environment } from './env.ts';
import { EnvironmentError, readEnvironment } from './env.ts';
import { Authenticator } from './platform/auth.ts';
import { EncryptionKeyError, SecretBox, keepEncryptionKey, parseEncryptionKey } from './platform/encryption.ts';
import { describeError } from './platform/graphql-errors.ts';
import { demoExample } from './platform/example.ts';
import { shareCommits } from './gateways/nats.ts';
import { connectRedis } from './gateways/redis.ts';
import { DatabaseBucketStore, workspaceMode } from './platform/rate-limit-store.ts';
import { RateLimiter } from './platform/rate-limiter.ts';
import { Signer } from './platform/signer.ts';
import { GRAPHQL_PATH, createServer } from './server.ts';
import { ApiKeyUsesWorker } from './workers/api-key-uses.ts';
import { CheckpointWorker } from './workers/checkpoints.ts';
import { WebhookSender } from './gateways/webhooks.ts';
import { WebhookDispatcher } from './workers/webhooks.ts';
import { DueEffectsWorker } from './workers/due-effects.ts';
import { ensureDemoWorkspace, issueExplorerKey, requireEncryptionKey } from './workers/demo-workspace.ts';

/** Environment, database, server, listen; and the way back when the process is told to stop. */

/** When a stop takes longer, the process ends all the same; committed data are safe at any time. */
const STOP_TIMEOUT_MS = 15_000;

type Stop = () => Promise<void>;

async function start(): Promise<void> {
  const environment = readEnvironment();
  const log = pino({ level: environment.logLevel, serializers: { err: describeError } });
  // What was started is stopped in the opposite order, also when a later step fails.
  const stops: Stop[] = [];
  const stopAll = async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  };
  try {
    const migrations = readMigrations();
    const database = await connect(environment, migrations, log, stops);
    const clock = Date.now;
    const runner = new CommandRunner({ database, clock });
    const sharing = environment.natsUrl === null ? null : shareCommits(environment.natsUrl, runner.commits, log);
    stops.push(async () => sharing?.close());
    const authenticator = new Authenticator(database, clock);
    const keyUses = new ApiKeyUsesWorker({ database, uses: authenticator.uses, clock, log });
    stops.push(() => keyUses.stop());
    keyUses.start();
    const box = new SecretBox(await encryptionKeyOf(environment, log));
    const signer = new Signer({ database, box, makeKey: (workspaceId) => signingKeyEnsure(runner, box, workspaceId) });
    const newKey = await ensureDemoWorkspace(runner, authenticator, environment.bootstrapApiKey);
    // At once: if a later step fails, the next start would have no key to show.
    if (newKey !== null) await showDemoKey(newKey, environment);
    await requireEncryptionKey(signer);
    const example = environment.apiExplorer ? demoExample(issueExplorerKey(authenticator)) : null;
    const { executor, publicUrl, trustedProxies, webhooksAllowLoopback } = environment;
    const rateLimiter = limitRates(environment, database, log, stops);
    const parts = { database, migrations, runner, authenticator, rateLimiter, signer, box, log, example };
    const server = await createServer({ ...parts, executor, publicUrl, trustedProxies, webhooksAllowLoopback });
    stops.push(() => server.close());
    const dueEffects = new DueEffectsWorker({ runner, log });
    stops.push(() => dueEffects.stop());
    dueEffects.start();
    const checkpoints = new CheckpointWorker({ runner, signer, log, intervalMs: environment.checkpointIntervalMs });
    stops.push(() => checkpoints.stop());
    checkpoints.start();
    const webhooks = new WebhookDispatcher({ runner, box, sender: new WebhookSender(), allowLoopback: webhooksAllowLoopback, log });
    stops.push(() => webhooks.stop());
    webhooks.start();
    const address = await server.listen(environment.host, environment.port);
    process.stdout.write(`VoilaTier is ready at ${address}${GRAPHQL_PATH}\n`);
  } catch (error) {
    await stopAll();
    throw error;
  }
  stopOnSignal(stopAll, log);
}

function limitRates({ redisUrl, rateLimits }: Environment, database: Database, log: pino.Logger, stops: Stop[]): RateLimiter {
  const redis = redisUrl === null ? null : connectRedis(redisUrl, log);
  stops.push(async () => redis?.close());
  const modeOf = (workspaceId: string) => workspaceMode(database, workspaceId);
  return new RateLimiter({ store: redis ?? new DatabaseBucketStore(database), modeOf, settings: rateLimits, holder: randomUUID(), log });
}

/** The secret under which the database keeps secrets; without one in the environment, the one that is kept beside the data. */
async function encryptionKeyOf({ encryptionKey, databaseUrl, dataDir }: Environment, log: pino.Logger): Promise<Buffer> {
  const given = encryptionKey === null ? null : parseEncryptionKey(encryptionKey);
  if (given !== null) return given;
  const { key, file, made } = await keepEncryptionKey(dataDir);
  if (made && databaseUrl !== null) {
    log.warn({ file }, 'ENCRYPTION_KEY is not set, so one was made in this file. Keep it: whatever runs on this database needs the same one.');
  }
  return key;
}

async function connect(environment: Environment, migrations: Migrations, log: pino.Logger, stops: Stop[]): Promise<Database> {
  let url = environment.databaseUrl;
  if (url === null) {
    const embedded = await startEmbeddedPostgres({
      dataDir: environment.dataDir,
      log,
      onUnexpectedExit: (reason) => {
        log.fatal({ reason }, 'The embedded database has ended.');
        process.exit(1);
      },
    });
    stops.push(() => embedded.stop());
    url = embedded.url;
  }
  const database = createDatabase(url, {
    role: await prepareDatabase(url, migrations),
    onConnectionLost: (error) => log.warn({ err: error }, 'A connection to the database was lost.'),
  });
  stops.push(() => database.close());
  await requireWall(database);
  return database;
}

/** Migrates, which may need more rights than the application has. @returns the role that the application takes */
async function prepareDatabase(url: string, migrations: Migrations): Promise<string | null> {
  const database = createDatabase(url, { connectionsMax: 1 });
  try {
    await migrateDatabase(database, migrations);
    return await prepareApplicationRole(database);
  } finally {
    await database.close();
  }
}

/**
 * For people, on standard output beside the log lines. With the embedded database it also stays beside the data,
 * readable by their owner alone, so that `npm run demo` finds it.
 */
async function showDemoKey(key: string, { databaseUrl, dataDir }: Environment): Promise<void> {
  process.stdout.write(`API key of the demo workspace, shown only now: ${key}\n`);
  if (databaseUrl === null) await writeFile(path.join(dataDir, 'demo-api-key'), `${key}\n`, { mode: 0o600 });
}

function stopOnSignal(stopAll: Stop, log: pino.Logger): void {
  let stopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'Stopping.');
    setTimeout(() => process.exit(1), STOP_TIMEOUT_MS).unref();
    stopAll().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'Stopping failed.');
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, stop);
}

/** A mistake of whoever starts the server gets one clear sentence; anything else its whole stack. */
function explain(error: unknown): string {
  const told = [EnvironmentError, DatabaseStartError, EncryptionKeyError, MigrationError, WallError];
  if (error instanceof Error && told.some((kind) => error instanceof kind)) {
    return error.message;
  }
  const { code, port, stack } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE') return `Port ${String(port)} is taken by another program. Stop it, or set PORT to a free port.`;
  if (code === 'EACCES' && port !== undefined) return `This user may not listen on port ${port}. Set PORT to 1024 or more.`;
  const state = sqlState(error);
  if (state === '3D000') return 'The database at DATABASE_URL does not exist on its server. Create it first.';
  if (state?.startsWith('28')) return 'The database at DATABASE_URL refuses this user or password.';
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND') return 'The database at DATABASE_URL cannot be reached.';
  return stack ?? String(error);
}

start().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
});

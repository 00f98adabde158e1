import { pino } from 'pino';
import { CommandRunner } from '../../src/commands/run.ts';
import { readMigrations } from '../../src/database/migrate.ts';
import { workspaceCreate } from '../../src/commands/workspaces.ts';
import { createDatabase } from '../../src/database/client.ts';
import { Authenticator, describeSecret } from '../../src/platform/auth.ts';
import type { Example } from '../../src/platform/explorer.ts';
import { describeError } from '../../src/platform/graphql-errors.ts';
import { newId } from '../../src/platform/ids.ts';
import { createServer } from '../../src/server.ts';
import { ApiClient } from './client.ts';
import { createTestDatabase } from './database.ts';

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
  /** Of an instance beside another: how many connections it may have. */
  readonly connectionsMax?: number;
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
  const { database, url: databaseUrl, drop } = beside === undefined ? await createTestDatabase() : connectionTo(beside, options.connectionsMax);
  let frozenAt: number | null = null;
  const clock = beside?.now ?? (() => frozenAt ?? Date.now());
  const runner = new CommandRunner({ database, clock });
  const authenticator = new Authenticator(database, clock);
  const server = await createServer({
    database,
    migrations: readMigrations(),
    runner,
    authenticator,
    log: loggerFor(options.onLog),
    example: options.example ?? null,
    executor: options.executor ?? executorOfThisRun(),
  });
  const url = await server.listen('127.0.0.1', 0);
  const graphqlUrl = `${url}/v3/graphql`;
  return {
    url,
    graphqlUrl,
    database,
    databaseUrl,
    now: clock,
    setNow(instant) {
      if (beside !== undefined) return beside.setNow(instant);
      frozenAt = typeof instant === 'string' ? Date.parse(instant) : instant;
    },
    async workspace({ name = 'Test', timeZone = 'UTC', mode = 'SANDBOX', clock: frozen, backdatingDays = 36_500, secret } = {}) {
      const identity = { id: newId(), ...(secret === undefined ? {} : { secret: describeSecret(secret) }) };
      const clockFrozenAt = frozen === undefined ? null : Date.parse(frozen);
      const settings = { name, timeZone, mode, clockFrozenAt, backdatingDays };
      const created = await workspaceCreate(runner, newId(), settings, identity);
      if (!created.ok) throw new Error(JSON.stringify(created.problems));
      return new ApiClient(graphqlUrl, created.value.secret);
    },
    async stop() {
      await server.close();
      await drop();
    },
  };
}

function connectionTo({ databaseUrl }: TestServer, connectionsMax: number | undefined) {
  const database = createDatabase(databaseUrl, connectionsMax === undefined ? {} : { connectionsMax });
  return { database, url: databaseUrl, drop: () => database.close() };
}

/**
 * The connection to PostgreSQL: one pool, Drizzle's query builder on it, and transactions.
 *
 * Repositories are built on an `Executor`, which is either a pool (each statement on its own) or a transaction. Either
 * acts in one workspace, and PostgreSQL shows it no other's rows. Only `withTransaction` begins and ends transactions.
 */
import { setTimeout as delay } from 'node:timers/promises';

import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';

import type { Deadline } from './deadline.ts';
import { CommitUnknownError, DeadlineError, isRefusedCommit, isRetryable, NoConnectionError, sqlState, TransactionRolledBackError } from './errors.ts';
import { GatheringSocket } from './gathering-socket.ts';
import type { Scope, ScopedClient } from './scoped-pool.ts';
import { NO_SCOPE, ScopedPool } from './scoped-pool.ts';
import { StatementWatch } from './statement-watch.ts';

/** Below the embedded server's limit of 100, so that a person can connect as well. */
const CONNECTIONS_MAX = 20;
/** How long to wait for a connection, a free one of the pool included. */
const CONNECTION_TIMEOUT_MS = 5_000;
/** PostgreSQL itself ends a statement that takes longer, whatever has become of who asked. */
const STATEMENT_TIMEOUT_MS = 10_000;
/** How long a statement waits for a row that another transaction has locked. */
export const LOCK_TIMEOUT_MS = 5_000;
/** Frees the locks of a transaction whose process stopped working on it. */
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 60_000;
/** Idle connections are closed after this time. */
const IDLE_CONNECTION_TIMEOUT_MS = 30_000;

/** How often a transaction is run again after a serialization failure or a deadlock. */
const RETRIES_DEFAULT = 3;
/** The first wait is below this, and it doubles with each attempt. */
const RETRY_DELAY_MS = 10;

/** PostgreSQL's fixed type numbers. The types of node-postgres do not list those of arrays. */
type TypeOid = Parameters<typeof pg.types.getTypeParser>[0];
const INT8 = 20 as TypeOid;
const INT8_ARRAY = 1016 as TypeOid;
const NUMERIC_ARRAY = 1231 as TypeOid;
const TEXT_ARRAY = 1009 as TypeOid;

useExactNumbers();

/** What repositories are built on: the query builder, and raw statements through `execute`. */
export type Executor = Omit<NodePgDatabase, 'transaction' | 'query' | '_query'>;

/** An open transaction; every statement on it runs on one connection. */
export type Transaction = Executor & {
  /** The connection itself, for statements that Drizzle has no words for. Never release it. */
  readonly $client: pg.PoolClient;
};

/** Statements that act in one scope. */
export interface Connections {
  /** Each statement on its own. */
  readonly db: Executor;
  /** The same, for statements that Drizzle has no words for. */
  readonly pool: Pick<pg.PoolClient, 'query'>;
  /** A connection for a transaction. Release it. */
  enter(): Promise<ScopedClient>;
}

/** Statements that act in one workspace. */
export interface WorkspaceConnections extends Connections {
  /** One view of the data from now on, on a connection of its own, until the deadline of these connections. Close it. */
  snapshot(settings: SnapshotSettings): Promise<Snapshot>;
}

/** What long reads are given. */
export interface SnapshotSettings {
  /** How long it may last in all, counted from when it is asked for: a statement may take what is left. */
  readonly maxMs: number;
  /** How much memory a step of a plan may take in the database before it goes to disk. */
  readonly workMemoryMib: number;
}

/** Reads that all see the data as they were at one moment, and cannot change them. */
export interface Snapshot extends Pick<Connections, 'db' | 'pool'> {
  /** Gives the connection back. Nothing may be under way. */
  close(): Promise<void>;
}

/** The database as the program holds it. By itself it acts in no workspace and sees no workspace's rows. */
export interface Database extends Connections {
  readonly pool: pg.Pool;
  /**
   * What belongs to one workspace.
   * @param deadline after it statements are cancelled; it does not reach into transactions
   */
  workspace(workspaceId: string, deadline?: Deadline): WorkspaceConnections;
  /** The API key with that hash, whatever its workspace, which is known only then. */
  apiKeyBySecret(secretHash: Buffer): Connections;
  /** All workspaces, and when their customers have something due. For looking for work, which is then done in each. */
  allDueWork(): Connections;
  /** Waits for connections in use to come back, then closes all. Safe to call twice. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** Shown in pg_stat_activity. */
  readonly applicationName?: string;
  /** The most connections that are open at once. */
  readonly connectionsMax?: number;
  /** 0 turns the limit off. */
  readonly statementTimeoutMs?: number;
  readonly connectionTimeoutMs?: number;
  /** The role that all connections take, of which whoever connects is a member. Left out: whoever connects. */
  readonly role?: string | null;
  /** Told when the server closes a connection that nobody is using, for instance on its restart. */
  readonly onConnectionLost?: (error: Error) => void;
}

/**
 * Makes the pool for a PostgreSQL URL. Opens no connection yet, so it does not fail when
 * the server cannot be reached: the first statement does.
 */
export function createDatabase(url: string, options: DatabaseOptions = {}): Database {
  const role = options.role == null ? '' : ` -c role=${options.role}`;
  const pool = new ScopedPool({
    connectionString: url,
    application_name: options.applicationName ?? 'voilatier',
    max: options.connectionsMax ?? CONNECTIONS_MAX,
    connectionTimeoutMillis: options.connectionTimeoutMs ?? CONNECTION_TIMEOUT_MS,
    idleTimeoutMillis: IDLE_CONNECTION_TIMEOUT_MS,
    statement_timeout: options.statementTimeoutMs ?? STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
    keepAlive: true,
    // A statement need not wait for the answer to the one before it, as BEGIN and what follows it.
    pipeline: true,
    stream: () => new GatheringSocket(),
    // Casts between dates and times must not depend on how the server is set up. Reads go by key:
    // what PostgreSQL assumes of random access dates from spinning disks. Statements that are run again and
    // again are planned once: left to itself, PostgreSQL plans those that take arrays each time, which costs
    // more than running them.
    options: `-c TimeZone=UTC -c random_page_cost=1.1 -c plan_cache_mode=force_generic_plan -c lock_timeout=${LOCK_TIMEOUT_MS}${role}`,
  });
  // Without a listener, a connection that the server closes would end the process. The
  // pool has already dropped it and opens another when one is needed.
  let closing: Promise<void> | undefined;
  pool.on('error', (error) => {
    if (closing === undefined) options.onConnectionLost?.(error);
  });

  const statements = new StatementWatch();
  const connections = (scope: Partial<Scope>, deadline: Deadline | null = null) =>
    new ScopedConnections(pool, { ...NO_SCOPE, ...scope }, deadline, statements);
  return {
    pool,
    db: drizzle({ client: pool }),
    enter: () => pool.enter(NO_SCOPE),
    workspace: (workspaceId, deadline) => connections({ workspaceId }, deadline),
    apiKeyBySecret: (secretHash) => connections({ pass: `api_key ${secretHash.toString('hex')}` }),
    allDueWork: () => connections({ pass: 'due_work' }),
    close() {
      // Whoever has a connection still may be at something that nobody waits for any more.
      return (closing ??= pool.end().finally(() => statements.stop()));
    },
  };
}

/** Sends each statement on a connection of the pool that acts in the scope. */
class ScopedConnections implements WorkspaceConnections {
  readonly #pool: ScopedPool;
  readonly #scope: Scope;
  readonly #deadline: Deadline | null;
  readonly #statements: StatementWatch;
  #db: Executor | null = null;

  constructor(pool: ScopedPool, scope: Scope, deadline: Deadline | null, statements: StatementWatch) {
    this.#pool = pool;
    this.#scope = scope;
    this.#deadline = deadline;
    this.#statements = statements;
  }

  get db(): Executor {
    // Drizzle asks of its client no more than `query`, as long as it begins no transaction.
    return (this.#db ??= drizzle({ client: this as unknown as pg.Pool }));
  }

  get pool(): Pick<pg.PoolClient, 'query'> {
    return this as unknown as Pick<pg.PoolClient, 'query'>;
  }

  async enter(): Promise<ScopedClient> {
    try {
      return await this.#pool.enter(this.#scope);
    } catch (error) {
      throw sqlState(error) === undefined ? new NoConnectionError({ cause: error }) : error;
    }
  }

  async query(statement: pg.QueryConfig, values?: unknown[]): Promise<pg.QueryResult> {
    if (this.#deadline?.isOver === true) throw new DeadlineError(this.#deadline.abandoned);
    const { client, entered } = await this.enter();
    const running = this.#deadline === null ? null : this.#statements.add(client, this.#deadline);
    let reusable = true;
    try {
      const answered = client.query(statement, values);
      return entered === null ? await answered : (await Promise.all([entered, answered]))[1];
    } catch (error) {
      // Only PostgreSQL's own errors leave the connection as it was, unless it failed to take the scope.
      reusable = sqlState(error) !== undefined && entered === null;
      throw running?.isOverdue === true ? new DeadlineError(running.deadline.abandoned, { cause: error }) : error;
    } finally {
      if (running !== null) await this.#statements.remove(running);
      client.release(!reusable);
    }
  }

  async snapshot({ maxMs, workMemoryMib }: SnapshotSettings): Promise<Snapshot> {
    const endsAt = performance.now() + maxMs;
    const { client, entered } = await this.enter();
    try {
      await entered;
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      // Settings take no parameters; these are numbers of ours. What is read here is planned for what it is asked.
      await client.query(
        `SET LOCAL work_mem = '${Math.round(workMemoryMib)}MB'; SET LOCAL plan_cache_mode = force_custom_plan`,
      );
    } catch (error) {
      client.release(true);
      throw error;
    }
    return new WatchedSnapshot(client, endsAt, this.#deadline, this.#statements);
  }
}

/** Its statements are cancelled when the deadline has passed, wherever they are, and by PostgreSQL itself when its own time is over. */
class WatchedSnapshot implements Snapshot {
  readonly db: Executor;
  readonly #client: pg.PoolClient;
  readonly #endsAt: number;
  readonly #deadline: Deadline | null;
  readonly #statements: StatementWatch;

  constructor(client: pg.PoolClient, endsAt: number, deadline: Deadline | null, statements: StatementWatch) {
    this.#client = client;
    this.#endsAt = endsAt;
    this.#deadline = deadline;
    this.#statements = statements;
    // Drizzle asks of its client no more than `query`, as long as it begins no transaction.
    this.db = drizzle({ client: this as unknown as pg.Pool });
  }

  get pool(): Pick<pg.PoolClient, 'query'> {
    return this as unknown as Pick<pg.PoolClient, 'query'>;
  }

  async query(statement: pg.QueryConfig, values?: unknown[]): Promise<pg.QueryResult> {
    if (this.#deadline?.isOver === true) throw new DeadlineError(this.#deadline.abandoned);
    const leftMs = Math.ceil(this.#endsAt - performance.now());
    // To PostgreSQL, 0 is no limit at all.
    if (leftMs <= 0) throw new DeadlineError(false);
    const running = this.#deadline === null ? null : this.#statements.add(this.#client, this.#deadline);
    try {
      const limited = this.#client.query(`SET LOCAL statement_timeout = ${leftMs}`);
      const [, answer] = await Promise.all([limited, this.#client.query(statement, values)]);
      return answer;
    } catch (error) {
      throw running?.isOverdue === true ? new DeadlineError(running.deadline.abandoned, { cause: error }) : error;
    } finally {
      if (running !== null) await this.#statements.remove(running);
    }
  }

  async close(): Promise<void> {
    this.#client.release(!(await rollback(this.#client)));
  }
}

export interface TransactionOptions {
  /** How often to run the work again after a serialization failure or a deadlock. */
  readonly retries?: number;
}

/**
 * Runs `work` in one READ COMMITTED transaction, and commits when it returns.
 *
 * When `work` throws, the transaction is rolled back and the error passed on, except for
 * serialization failures and deadlocks: then the whole of `work` runs again in a new
 * transaction, so it must have no effects outside of it.
 *
 * The transaction acts in the scope of the connections. The first statement of `work` goes out together with BEGIN,
 * and with what tells PostgreSQL the scope, which saves a round trip. It should only read
 * or lock: in the unlikely case that BEGIN fails on a connection that lives on, it is all that is carried out.
 *
 * @throws whatever `work` throws; node-postgres errors when there is no connection; and
 *   `TransactionRolledBackError` when `work` returns although one of its statements failed.
 */
export function withTransaction<Result>(
  connections: Pick<Connections, 'enter'>,
  work: (transaction: Transaction) => Promise<Result>,
  options: TransactionOptions = {},
): Promise<Result> {
  return withTrailingWrite(connections, async (transaction) => ({ result: await work(transaction), trailing: null }), options);
}

/** What work in a transaction has come to, while its last statement may still be under way. */
export interface TrailingWrite<Result> {
  readonly result: Result;
  /** The last statement; null if all have been answered. */
  readonly trailing: Promise<unknown> | null;
}

/**
 * As `withTransaction`, but `work` need not wait for its last statement: COMMIT goes out right behind it, and
 * PostgreSQL takes that for a ROLLBACK if the statement fails.
 */
export async function withTrailingWrite<Result>(
  connections: Pick<Connections, 'enter'>,
  work: (transaction: Transaction) => Promise<TrailingWrite<Result>>,
  options: TransactionOptions = {},
): Promise<Result> {
  const retries = options.retries ?? RETRIES_DEFAULT;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await runTransaction(connections, work);
    } catch (error) {
      if (attempt >= retries || !isRetryable(error)) throw error;
      // Jitter keeps transactions that got in each other's way from meeting again.
      await delay(Math.random() * RETRY_DELAY_MS * 2 ** attempt);
    }
  }
}

async function runTransaction<Result>(
  connections: Pick<Connections, 'enter'>,
  work: (transaction: Transaction) => Promise<TrailingWrite<Result>>,
): Promise<Result> {
  const { client, entered } = await connections.enter();
  let reusable = false;
  try {
    const begun = client.query('BEGIN ISOLATION LEVEL READ COMMITTED').catch((error: unknown) => {
      // Whatever the work sends after its first statement must not be committed by itself.
      void client.end();
      throw error;
    });
    const [, , { result, trailing }] = await Promise.all([entered, begun, work(transactionOn(client))]);
    const [written, committed] = await Promise.allSettled([trailing, commit(client)]);
    if (committed.status === 'rejected') throw committed.reason;
    reusable = true;
    const isCommitted = committed.value.command === 'COMMIT';
    // What went wrong on our side of a statement that PostgreSQL carried out leaves no doubt that it did.
    if (written.status === 'rejected') throw isCommitted ? new CommitUnknownError({ cause: written.reason }) : written.reason;
    // PostgreSQL answers COMMIT with ROLLBACK, not with an error, once a statement has failed.
    if (!isCommitted) throw new TransactionRolledBackError();
    return result;
  } catch (error) {
    if (!reusable) reusable = await rollback(client);
    throw error;
  } finally {
    client.release(!reusable);
  }
}

async function commit(client: pg.PoolClient): Promise<pg.QueryResult> {
  try {
    return await client.query('COMMIT');
  } catch (error) {
    // A constraint or a conflict is PostgreSQL's own word that nothing was committed; a silence is not.
    if (isRefusedCommit(error)) throw error;
    throw new CommitUnknownError({ cause: error });
  }
}

function transactionOn(client: pg.PoolClient): Transaction {
  return drizzle({ client });
}

/** False if the connection is not fit for use again. */
async function rollback(client: pg.PoolClient): Promise<boolean> {
  try {
    await client.query('ROLLBACK');
    return true;
  } catch {
    // The error that led here says more than this one; the server rolls back by itself.
    return false;
  }
}

/**
 * node-postgres reads int8 as text and numeric[] as floating point. Whole numbers become
 * bigint, decimals stay text in arrays as they do outside of them. The parsers are global
 * because Drizzle's prepared statements look nowhere else.
 */
function useExactNumbers(): void {
  pg.types.setTypeParser(INT8, BigInt);
  pg.types.setTypeParser(INT8_ARRAY, (text) =>
    parseTextArray(text).map((element) => (element === null ? null : BigInt(element))),
  );
  pg.types.setTypeParser(NUMERIC_ARRAY, parseTextArray);
}

/** Reads a one-dimensional array in PostgreSQL's notation: `{1,2,NULL}`. */
function parseTextArray(text: string): (string | null)[] {
  const parse = pg.types.getTypeParser(TEXT_ARRAY) as (text: string) => (string | null)[];
  return parse(text);
}

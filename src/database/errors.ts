/**
 * What can go wrong with the database, in words the rest of the program can act on.
 *
 * Drizzle wraps what PostgreSQL reports in an error of its own whose message carries the
 * SQL and its parameters, so nothing here looks at messages: SQLSTATE and constraint name
 * are read from the chain of causes.
 */

/** Why the database could not be started. */
export type DatabaseStartErrorCode =
  /** Another living server uses the data folder. */
  | 'DATA_FOLDER_IN_USE'
  /** The data folder cannot be created, read or written, or holds something unexpected. */
  | 'DATA_FOLDER_UNUSABLE'
  /** There is no PostgreSQL in the registry that runs on this machine. */
  | 'PLATFORM_UNSUPPORTED'
  /** PostgreSQL itself refused to start, or did not become ready in time. */
  | 'START_FAILED';

/** The embedded PostgreSQL could not be started. The message is written for the operator. */
export class DatabaseStartError extends Error {
  readonly code: DatabaseStartErrorCode;

  constructor(code: DatabaseStartErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'DatabaseStartError';
    this.code = code;
  }
}

/** The migrations of this program and those of the database do not fit together. */
export class MigrationError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'MigrationError';
  }
}

/** A transaction was asked to commit, but PostgreSQL rolled it back and said so. */
export class TransactionRolledBackError extends Error {
  constructor() {
    super('The transaction was rolled back: one of its statements had failed and the failure was not passed on');
    this.name = 'TransactionRolledBackError';
  }
}

/** The connection was lost while a transaction was being committed: nobody can tell whether it was. */
export class CommitUnknownError extends Error {
  constructor(options?: { cause?: unknown }) {
    super('The connection was lost while a transaction was being committed', options);
    this.name = 'CommitUnknownError';
  }
}

/** A statement was not begun or was cancelled, because the request that asked for it has had its time. */
export class DeadlineError extends Error {
  /** Whether nobody waits for the answer any more. */
  readonly abandoned: boolean;

  constructor(abandoned: boolean, options?: { cause?: unknown }) {
    super('The deadline of the request has passed', options);
    this.name = 'DeadlineError';
    this.abandoned = abandoned;
  }
}

/** There was no connection to be had: the server cannot be reached, or all connections were in use for too long. */
export class NoConnectionError extends Error {
  constructor(options?: { cause?: unknown }) {
    super('No connection to the database could be had', options);
    this.name = 'NoConnectionError';
  }
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const UNIQUE_VIOLATION = '23505';
const SERIALIZATION_FAILURE = '40001';
const DEADLOCK_DETECTED = '40P01';
const LOCK_NOT_AVAILABLE = '55P03';
const QUERY_CANCELED = '57014';

/** A chain of causes longer than this is a cycle or a mistake. */
const CAUSE_DEPTH_LIMIT = 10;

/** The fields of an error that PostgreSQL reported through node-postgres. */
interface ReportedError {
  /** SQLSTATE: five characters. */
  readonly code: string;
  readonly constraint?: string;
}

/** PostgreSQL's SQLSTATE for an error, wherever it is in the chain of causes. */
export function sqlState(error: unknown): string | undefined {
  return findReportedError(error)?.code;
}

/**
 * Whether a statement failed because a row with the same key exists.
 * With a constraint name: only if it was that unique constraint or index.
 */
export function isUniqueViolation(error: unknown, constraintName?: string): boolean {
  const reported = findReportedError(error);
  if (reported?.code !== UNIQUE_VIOLATION) return false;
  return constraintName === undefined || reported.constraint === constraintName;
}

/** Whether the same transaction may succeed when run again: serialization failure or deadlock. */
export function isRetryable(error: unknown): boolean {
  const state = sqlState(error);
  return state === SERIALIZATION_FAILURE || state === DEADLOCK_DETECTED;
}

/** Whether a statement gave up waiting for a row that another transaction has locked. */
export function isLockTimeout(error: unknown): boolean {
  return sqlState(error) === LOCK_NOT_AVAILABLE;
}

/** Whether a statement was not carried out because it, or what it waited for, took too long. */
export function isTimeout(error: unknown): boolean {
  return isLockTimeout(error) || sqlState(error) === QUERY_CANCELED || findCause(error, isDeadlineError) !== undefined;
}

/** Whether a statement was not carried out because nobody waits for the answer any more. */
export function isAbandoned(error: unknown): boolean {
  return findCause(error, isDeadlineError)?.abandoned === true;
}

/** Whether there was no connection to be had. */
export function isNoConnection(error: unknown): boolean {
  return findCause(error, isNoConnectionError) !== undefined;
}

function isDeadlineError(candidate: object): candidate is DeadlineError {
  return candidate instanceof DeadlineError;
}

function isNoConnectionError(candidate: object): candidate is NoConnectionError {
  return candidate instanceof NoConnectionError;
}

function findReportedError(error: unknown): ReportedError | undefined {
  return findCause(error, isReportedError);
}

function findCause<Cause extends object>(error: unknown, is: (candidate: object) => candidate is Cause): Cause | undefined {
  let candidate = error;
  for (let depth = 0; depth < CAUSE_DEPTH_LIMIT; depth += 1) {
    if (typeof candidate !== 'object' || candidate === null) return undefined;
    if (is(candidate)) return candidate;
    candidate = (candidate as { cause?: unknown }).cause;
  }
  return undefined;
}

/** Node's own errors also have a `code` ("ECONNREFUSED", "EPIPE"); only PostgreSQL's have a severity. */
function isReportedError(candidate: object): candidate is ReportedError {
  const { code, severity } = candidate as { code?: unknown; severity?: unknown };
  return typeof code === 'string' && typeof severity === 'string';
}

/** Whether an error of COMMIT says for certain that nothing was committed: an integrity violation (23) or a rollback (40). */
export function isRefusedCommit(error: unknown): boolean {
  return /^(23|40)/.test(sqlState(error) ?? '');
}

/**
 * The embedded PostgreSQL: a real server, started by this process on a free port of the
 * loopback address when no DATABASE_URL is given.
 *
 *     <dataDir>/
 *       server.pid               the lock: which process uses the folder (embedded-lock.ts)
 *       postgres/                made under another name and renamed, so it is whole or absent
 *         cluster/               PostgreSQL's own data directory
 *         password               of the only role; readable by the server's account only
 *         postgres.log           what the server said since its last start
 *         postgres.previous.log  and before that
 *
 * **Which account.** PostgreSQL refuses to run as root. Started by root, it runs as the
 * user who owns the cluster, and a new cluster is owned by `nobody`. That user may not be
 * able to reach the folder by its name, because a folder above it (/root, say) is closed.
 * The data stay where they are all the same: the server is started with the cluster as
 * its working directory, which happens before it changes to the other user, and is told
 * that its data are in /proc/self/cwd. Linux resolves that name directly, without passing
 * through the folders above.
 *
 * **What outlives what.** The server runs in a session of its own, so that Ctrl-C reaches
 * this process only, which then stops it last. When this process is killed with -9, the
 * server keeps running; the next start on the same folder stops it (a fast shutdown,
 * which loses nothing) and starts its own. It does not adopt it, because a server left
 * behind may be of an older version or run with other settings.
 *
 * Commits are durable: fsync and synchronous_commit are on, as PostgreSQL has them.
 */
import { execFile, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { chown, lchown, mkdir, mkdtemp, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { totalmem } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

import {
  findPostgresPackage,
  prepareOwnBinaries,
  prepareSharedBinaries,
  THIS_PLATFORM,
  type PostgresBinaries,
  type PostgresPackage,
} from './embedded-binaries.ts';
import { lockDataFolder, type DataFolderLock } from './embedded-lock.ts';
import { DatabaseStartError } from './errors.ts';

/** The only role, a superuser: nobody but this program uses the server. */
const ROLE = 'voilatier';
/** The database that every new cluster has; the server serves one program, so it needs no other. */
const DATABASE = 'postgres';
const LOOPBACK = '127.0.0.1';

const INITIALISE_TIMEOUT_MS = 120_000;
/** Long, because after a crash PostgreSQL first replays what it had promised to keep: up to 8 GiB of log. */
const READY_TIMEOUT_MS = 300_000;
const READY_POLL_MS = 10;
/** A fast shutdown writes all changed pages; a longer one is cut short, which costs a replay. */
const STOP_TIMEOUT_MS = 10_000;
/** Shorter for a server left behind, as somebody is waiting for the start. */
const STOP_LEFT_BEHIND_TIMEOUT_MS = 3_000;
const QUIT_TIMEOUT_MS = 5_000;
const STOP_POLL_MS = 20;
/** For a port that was taken between being found free and used, and for processes still ending. */
const LAUNCH_ATTEMPTS_MAX = 25;
const LAUNCH_RETRY_DELAY_MS = 200;
/** How much of the server's log goes into an error message. */
const LOG_EXCERPT_LINES = 5;

/** As the server's own log has it; the server always speaks English here. */
const PASSING_START_FAILURES = [
  'Address already in use',
  'could not bind',
  // A postmaster was killed with -9, and its children have not noticed yet.
  'pre-existing shared memory block',
];

const SETTINGS = {
  listen_addresses: LOOPBACK,
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '128MB',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  // Failed statements are this program's to report; the log must not hold members' data.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
};

/**
 * For data that nobody will miss when the machine loses power: tests, which share a server. A commit is still
 * handed to the operating system, so it outlives the server.
 */
const NOT_DURABLE_SETTINGS = { fsync: 'off', full_page_writes: 'off', max_connections: '300' };

/**
 * For data that are kept. An earn touches pages all over its tables, so the cache grows with the machine: with 10 million
 * entries and 1 GiB, each earn had to write out a changed page to make room for another, and with 3 GiB none had to. What
 * is changed first after a checkpoint is written to the log whole: at that size more than half of all that is written. So
 * checkpoints are rarer, as far as the log of twice the cache allows, which is also the most that is replayed after a crash.
 * Such pages are not compressed: this PostgreSQL has only pglz for it, which took a quarter of all earns in the seconds after
 * a checkpoint.
 */
const DURABLE_SETTINGS = settingsFor(Math.min(totalmem(), process.constrainedMemory() || Infinity));

function settingsFor(memoryBytes: number): Record<string, string> {
  const cacheMiB = Math.min(Math.max(Math.floor(memoryBytes / 8 / 2 ** 20), 128), 4096);
  return { shared_buffers: `${cacheMiB}MB`, max_wal_size: `${Math.max(2 * cacheMiB, 1024)}MB`, checkpoint_timeout: '15min' };
}

/** The part of a pino logger that the launcher uses. */
export interface EmbeddedPostgresLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface EmbeddedPostgresOptions {
  /** Made if it does not exist. Everything the server keeps is below it. */
  readonly dataDir: string;
  readonly log: EmbeddedPostgresLog;
  /** Default true. False is faster, and loses or damages data when the machine loses power. */
  readonly durable?: boolean;
  /** Default: one that is free. */
  readonly port?: number;
  /** Default: this machine's, such as `linux-x64`. */
  readonly platform?: string;
  /** Called when the server ends although nobody stopped it. It is not started again. */
  readonly onUnexpectedExit?: (reason: string) => void;
}

/** A running server. */
export interface EmbeddedPostgres {
  /** For node-postgres, with the password. */
  readonly url: string;
  /** Of the postmaster. */
  readonly pid: number;
  /** Stops the server and gives the data folder free. Safe to call twice. */
  stop(): Promise<void>;
}

/** The user and group that PostgreSQL runs as, where they are not those of this process. */
interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** Everything about one start that its steps share. */
interface Installation {
  readonly dataDir: string;
  readonly source: PostgresPackage;
  readonly binaries: PostgresBinaries;
  readonly account: Account | undefined;
  readonly durable: boolean;
}

/**
 * Starts the server on a data folder, making a new cluster if it holds none. Returns when
 * the server takes connections. It is stopped by `stop`, or else when this process ends.
 *
 * @throws `DatabaseStartError`; its codes are explained there. Nothing keeps running then.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const startedAtMs = performance.now();
  const dataDir = path.resolve(options.dataDir);
  const source = await findPostgresPackage(options.platform ?? THIS_PLATFORM);
  const lock = await lockFolder(dataDir);
  try {
    const account = await chooseAccount(dataDir);
    const binaries = account ? await prepareSharedBinaries(source) : await prepareOwnBinaries(source, dataDir);
    const installation = { dataDir, source, binaries, account, durable: options.durable ?? true };

    await stopServerLeftBehind(dataDir, options.log);
    await makeClusterIfAbsent(installation, options.log);
    const { child, port } = await launch(installation, options.port);
    const url = `postgres://${ROLE}:${await readPassword(dataDir)}@${LOOPBACK}:${port}/${DATABASE}`;

    const durationMs = Math.round(performance.now() - startedAtMs);
    options.log.info({ dataDir, port, pid: child.pid, durationMs }, 'embedded PostgreSQL started');
    return superviseServer({ child, url, lock, binaries, options });
  } catch (error) {
    lock.release();
    throw asStartError(error, dataDir);
  }
}

// ---------------------------------------------------------------- folders

function pathsIn(dataDir: string) {
  return pathsOf(path.join(dataDir, 'postgres'));
}

function pathsOf(folder: string) {
  return {
    folder,
    cluster: path.join(folder, 'cluster'),
    password: path.join(folder, 'password'),
    log: path.join(folder, 'postgres.log'),
    previousLog: path.join(folder, 'postgres.previous.log'),
  };
}

async function lockFolder(dataDir: string): Promise<DataFolderLock> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    return await lockDataFolder(dataDir);
  } catch (error) {
    throw asStartError(error, dataDir);
  }
}

async function readPassword(dataDir: string): Promise<string> {
  return (await readFile(pathsIn(dataDir).password, 'utf8')).trim();
}

// ---------------------------------------------------------------- accounts

/** Undefined unless this process is root. */
async function chooseAccount(dataDir: string): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(pathsIn(dataDir).cluster).catch(() => undefined);
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return findNobody();
}

async function findNobody(): Promise<Account> {
  const users = await readFile('/etc/passwd', 'utf8');
  for (const line of users.split('\n')) {
    const [name, , uid, gid] = line.split(':');
    if (name === 'nobody') return { uid: Number(uid), gid: Number(gid) };
  }
  throw new DatabaseStartError(
    'START_FAILED',
    "PostgreSQL does not run as root, and this machine has no user 'nobody' to run it as. " +
      'Start as an ordinary user, or set DATABASE_URL.',
  );
}

/** Gives a folder and everything in it to the server's account. */
async function giveTo(account: Account, folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true })) {
    await lchown(path.join(folder, entry), account.uid, account.gid);
  }
  await lchown(folder, account.uid, account.gid);
}

/**
 * How PostgreSQL's programs are run: with the cluster as working directory, as the
 * account, and without this process's environment, which may hold settings (PGOPTIONS,
 * LC_ALL) meant for others, and secrets.
 */
function spawnOptions(installation: Installation, cluster: string) {
  return {
    cwd: cluster,
    env: { LC_ALL: 'C', TZ: 'UTC' },
    windowsHide: true,
    ...installation.account,
  };
}

/** How a process with the cluster as working directory names it. See "Which account" above. */
function clusterAsSeenByServer(installation: Installation, cluster: string): string {
  return installation.account && process.platform === 'linux' ? '/proc/self/cwd' : cluster;
}

// ---------------------------------------------------------------- making a cluster

/** What a cluster is called until it is complete. */
const UNFINISHED_PREFIX = 'postgres.new-';

async function makeClusterIfAbsent(installation: Installation, log: EmbeddedPostgresLog): Promise<void> {
  const { dataDir, account } = installation;
  const paths = pathsIn(dataDir);
  for (const entry of await readdir(dataDir)) {
    if (entry.startsWith(UNFINISHED_PREFIX)) await removeFolder(path.join(dataDir, entry));
  }

  const owner = await stat(paths.cluster).catch(() => undefined);
  if (owner === undefined) return makeCluster(installation, log);
  await requireSameVersion(installation);
  // Belongs to root if it was copied, or restored from a backup.
  if (account && owner.uid !== account.uid) await giveTo(account, paths.folder);
}

async function makeCluster(installation: Installation, log: EmbeddedPostgresLog): Promise<void> {
  const { dataDir, account, binaries, durable } = installation;
  const { folder } = pathsIn(dataDir);
  const found = await readdir(folder).catch(() => []);
  if (found.length > 0) {
    throw new DatabaseStartError(
      'DATA_FOLDER_UNUSABLE',
      `${folder} exists but holds no database. Move it away, or choose another folder with DATA_DIR.`,
    );
  }

  log.info({ dataDir }, 'making a new database');
  const unfinished = pathsOf(await mkdtemp(path.join(dataDir, UNFINISHED_PREFIX)));
  await mkdir(unfinished.cluster, { mode: 0o700 });
  await writeFile(unfinished.password, randomBytes(24).toString('hex'), { mode: 0o600 });
  if (account) await giveTo(account, unfinished.folder);

  const cluster = clusterAsSeenByServer(installation, unfinished.cluster);
  const settings = [
    `--pgdata=${cluster}`,
    `--username=${ROLE}`,
    '--auth=scram-sha-256',
    `--pwfile=${cluster}/../password`,
    '--encoding=UTF8',
    // Text is ordered by code point, which is fast and the same on every machine, while
    // upper and lower case follow Unicode. Nothing comes from the operating system.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    ...(durable ? [] : ['--no-sync']),
  ];
  try {
    await promisify(execFile)(binaries.initdb, settings, {
      ...spawnOptions(installation, unfinished.cluster),
      timeout: INITIALISE_TIMEOUT_MS,
    });
    await rename(unfinished.folder, folder);
  } catch (error) {
    await removeFolder(unfinished.folder);
    throw error;
  }
}

async function requireSameVersion(installation: Installation): Promise<void> {
  const { dataDir, source } = installation;
  const version = (await readFile(path.join(pathsIn(dataDir).cluster, 'PG_VERSION'), 'utf8')).trim();
  if (version === source.majorVersion) return;
  throw new DatabaseStartError(
    'DATA_FOLDER_UNUSABLE',
    `The data in ${dataDir} were written by PostgreSQL ${version}, and this is PostgreSQL ${source.majorVersion}. ` +
      'Dump them with the version they were written by, and restore them into a new folder.',
  );
}

/** Something may still be writing into it: the initdb of a process that was killed. */
async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

// ---------------------------------------------------------------- starting

async function launch(installation: Installation, wantedPort?: number): Promise<{ child: ChildProcess; port: number }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = wantedPort ?? (await findFreePort());
    const child = await spawnServer(installation, port);
    try {
      await waitUntilReady(child, installation);
      return { child, port };
    } catch (error) {
      const mayPass = PASSING_START_FAILURES.some((failure) => String(error).includes(failure));
      if (!mayPass || attempt === LAUNCH_ATTEMPTS_MAX) throw error;
      await delay(LAUNCH_RETRY_DELAY_MS);
    }
  }
}

async function spawnServer(installation: Installation, port: number): Promise<ChildProcess> {
  const { dataDir, binaries, account, durable } = installation;
  const paths = pathsIn(dataDir);
  const settings = { ...SETTINGS, port: String(port), ...(durable ? DURABLE_SETTINGS : NOT_DURABLE_SETTINGS) };
  const settingArguments = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);

  await rename(paths.log, paths.previousLog).catch(() => {}); // none before the first start
  // A file rather than a pipe: it is still there to write to when this process was killed.
  const log = await open(paths.log, 'w', 0o600);
  try {
    if (account) await chown(paths.log, account.uid, account.gid);
    const child = spawn(
      binaries.postgres,
      ['-D', clusterAsSeenByServer(installation, paths.cluster), ...settingArguments],
      { ...spawnOptions(installation, paths.cluster), stdio: ['ignore', log.fd, log.fd], detached: true },
    );
    await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject));
    // The server must not keep a process alive that has nothing else to do.
    child.unref();
    return child;
  } finally {
    await log.close();
  }
}

async function waitUntilReady(child: ChildProcess, installation: Installation): Promise<void> {
  const { cluster, log } = pathsIn(installation.dataDir);
  const deadlineMs = performance.now() + READY_TIMEOUT_MS;
  while (performance.now() < deadlineMs) {
    if (hasEnded(child)) throw await startFailure(`it ended with ${describeEnd(child)}`, log);
    const postmaster = await readPostmaster(cluster);
    if (postmaster?.pid === child.pid && postmaster?.status === 'ready') return;
    await delay(READY_POLL_MS);
  }
  await endServer(child, installation.binaries, 'SIGQUIT', QUIT_TIMEOUT_MS);
  throw await startFailure(`it was not ready after ${READY_TIMEOUT_MS} ms`, log);
}

async function startFailure(reason: string, logFile: string): Promise<DatabaseStartError> {
  const lines = (await readFile(logFile, 'utf8').catch(() => '')).trim().split('\n');
  const excerpt = lines.slice(-LOG_EXCERPT_LINES).join('\n  ');
  return new DatabaseStartError(
    'START_FAILED',
    `PostgreSQL did not start: ${reason}. Its log, ${logFile}, ends with:\n  ${excerpt}`,
  );
}

/** A port that was free a moment ago. */
async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, LOOPBACK, resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

// ---------------------------------------------------------------- stopping

interface Supervision {
  readonly child: ChildProcess;
  readonly url: string;
  readonly lock: DataFolderLock;
  readonly binaries: PostgresBinaries;
  readonly options: EmbeddedPostgresOptions;
}

function superviseServer({ child, url, lock, binaries, options }: Supervision): EmbeddedPostgres {
  const { log } = options;
  const pid = child.pid as number; // known, as it was spawned
  let stopping: Promise<void> | undefined;

  // This process ends without having called stop: the server still ends cleanly, by itself.
  const stopWithProcess = () => {
    signalServer(pid, binaries, 'SIGINT');
    lock.release();
  };
  process.once('exit', stopWithProcess);

  const reportExit = () => {
    if (stopping !== undefined) return;
    const reason = `the embedded PostgreSQL ended with ${describeEnd(child)}`;
    log.error({ pid }, reason);
    options.onUnexpectedExit?.(reason);
  };
  if (hasEnded(child)) reportExit();
  else child.once('exit', reportExit);

  const stop = async () => {
    child.ref();
    if (!(await endServer(child, binaries, 'SIGINT', STOP_TIMEOUT_MS))) {
      log.warn({ pid }, 'the embedded PostgreSQL takes long to stop; it will recover at its next start');
      await endServer(child, binaries, 'SIGQUIT', QUIT_TIMEOUT_MS);
    }
    process.off('exit', stopWithProcess);
    lock.release();
    log.info({ pid }, 'embedded PostgreSQL stopped');
  };
  return { url, pid, stop: () => (stopping ??= stop()) };
}

/** Signals a server of this process and waits for its end; false if it does not end in time. */
async function endServer(
  child: ChildProcess,
  binaries: PostgresBinaries,
  signal: ShutdownSignal,
  timeoutMs: number,
): Promise<boolean> {
  if (hasEnded(child)) return true;
  const ended = new Promise<true>((resolve) => child.once('exit', () => resolve(true)));
  signalServer(child.pid as number, binaries, signal);
  const timeout = new AbortController();
  const timedOut = delay(timeoutMs, false as const, { signal: timeout.signal }).catch(() => false as const);
  const result = await Promise.race([ended, timedOut]);
  timeout.abort();
  return result;
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function describeEnd(child: ChildProcess): string {
  return child.signalCode === null ? `code ${String(child.exitCode)}` : `signal ${child.signalCode}`;
}

/** SIGINT is PostgreSQL's fast shutdown; SIGQUIT ends it at once, and it recovers at its next start. */
type ShutdownSignal = 'SIGINT' | 'SIGQUIT';

function signalServer(pid: number, binaries: PostgresBinaries, signal: ShutdownSignal): void {
  if (process.platform === 'win32') {
    // Windows has no signals; PostgreSQL brings its own.
    spawnSync(binaries.pgCtl, ['kill', signal.slice('SIG'.length), String(pid)]);
  } else {
    signalProcess(pid, signal);
  }
}

function signalProcess(pid: number, signal: ShutdownSignal): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended already.
  }
}

// ---------------------------------------------------------------- a server left behind

/** What PostgreSQL's postmaster.pid says about the server on a cluster. */
interface Postmaster {
  readonly pid: number;
  readonly status: string | undefined;
}

/**
 * Stops the server of a process that was killed. Called with the lock held, so there is
 * no living process that it belongs to.
 */
async function stopServerLeftBehind(dataDir: string, log: EmbeddedPostgresLog): Promise<void> {
  const { cluster } = pathsIn(dataDir);
  const postmaster = await readPostmaster(cluster);
  if (postmaster === undefined) return;
  const { pid } = postmaster;

  if (isServerOf(cluster, pid)) {
    log.warn({ dataDir, pid }, 'stopping the PostgreSQL that a killed process left behind');
    signalProcess(pid, 'SIGINT');
    if (!(await waitForEnd(cluster, pid, STOP_LEFT_BEHIND_TIMEOUT_MS))) {
      signalProcess(pid, 'SIGQUIT');
      if (!(await waitForEnd(cluster, pid, QUIT_TIMEOUT_MS))) {
        throw new DatabaseStartError(
          'DATA_FOLDER_IN_USE',
          `The data folder ${dataDir} is in use by PostgreSQL, process ${pid}, which was left behind and cannot be stopped.`,
        );
      }
    }
  }
  // PostgreSQL would take any process that now has this number for the old server.
  await rm(path.join(cluster, 'postmaster.pid'), { force: true });
}

async function waitForEnd(cluster: string, pid: number, timeoutMs: number): Promise<boolean> {
  const deadlineMs = performance.now() + timeoutMs;
  while (performance.now() < deadlineMs) {
    if (!isServerOf(cluster, pid)) return true;
    await delay(STOP_POLL_MS);
  }
  return false;
}

/** Whether a process is the server of this very cluster, and not another one with the same number. */
function isServerOf(cluster: string, pid: number): boolean {
  if (process.platform === 'linux') {
    // The working directory of every PostgreSQL process is its cluster.
    try {
      const [theirs, ours] = [statSync(`/proc/${pid}/cwd`), statSync(cluster)];
      return theirs.dev === ours.dev && theirs.ino === ours.ino;
    } catch {
      return false;
    }
  }
  // Elsewhere the program's name has to do. Windows has no `ps`: there PostgreSQL itself
  // refuses to start beside another.
  const { stdout } = spawnSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' });
  return path.basename(stdout?.trim() ?? '') === 'postgres';
}

/** https://www.postgresql.org/docs/18/storage-file-layout.html; undefined if there is no such file. */
async function readPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const text = await readFile(path.join(cluster, 'postmaster.pid'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number(lines[0]);
  return Number.isSafeInteger(pid) && pid > 0 ? { pid, status: lines[7] } : undefined;
}

// ---------------------------------------------------------------- errors

/** The fields that Node's errors have, of files, of starting programs and of programs that failed. */
interface ReportedBySystem {
  readonly message: string;
  readonly code?: string | number;
  readonly syscall?: string;
  readonly stderr?: string;
}

/** Puts what the system reported into words that say what to do. */
function asStartError(error: unknown, dataDir: string): unknown {
  if (error instanceof DatabaseStartError) return error;
  const { code, syscall, stderr, message } = error as ReportedBySystem;

  if (syscall?.startsWith('spawn')) {
    const cause =
      code === 'ENOENT' || code === 'ENOEXEC'
        ? 'It needs a Linux with glibc, which Alpine, for one, is not.'
        : `The system said: ${message}.`;
    return new DatabaseStartError(
      'PLATFORM_UNSUPPORTED',
      `The embedded PostgreSQL cannot be run on this machine. ${cause} Set DATABASE_URL to a PostgreSQL server.`,
      { cause: error },
    );
  }
  if (stderr !== undefined) {
    return new DatabaseStartError(
      'START_FAILED',
      `PostgreSQL could not make a new database in ${dataDir}: ${stderr.trim() || message}\n` +
        'If this machine cannot run it, set DATABASE_URL to a PostgreSQL server.',
      { cause: error },
    );
  }
  if (typeof code === 'string') {
    return new DatabaseStartError(
      'DATA_FOLDER_UNUSABLE',
      `The data folder ${dataDir} cannot be used: ${message}. Its owner must be the user who starts the server.`,
      { cause: error },
    );
  }
  return error;
}

/**
 * The lock on a data folder: `server.pid`, which names the process that uses the folder.
 *
 * PostgreSQL's own postmaster.pid is not enough. It would keep a second server away, but
 * could not tell a server in use from one that a killed process left behind, and process
 * numbers are used again: in a container the database often has the same number in each
 * life. So the lock also holds when the process started, and on which machine.
 *
 * A process that cannot be looked up, because it runs in another container or on another
 * machine, counts as alive while it keeps touching the file.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync, unlinkSync } from 'node:fs';
import { readFile, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { DatabaseStartError } from './errors.ts';

const LOCK_FILE = 'server.pid';
/** Appended to a lock's name: the lock that is needed to remove it from a dead owner. */
const TAKEOVER_SUFFIX = '.takeover';

/** How often the owner touches the file. */
const HEARTBEAT_INTERVAL_MS = 1_000;
/** How long a file must stay untouched until its owner, who cannot be looked up, counts as dead. */
const HEARTBEAT_WAIT_MS = 3_000;
const HEARTBEAT_POLL_MS = 100;
/** Every attempt but the first follows a change of the file, so many mean a stampede. */
const ATTEMPTS_MAX = 10;

/** What the file says about the process that uses the folder. */
interface LockOwner {
  readonly pid: number;
  readonly host: string;
  /** Processes of the same machine can be looked up by their number. */
  readonly machine: string;
  /** When the process started, in the kernel's terms; null where the system does not tell. */
  readonly startTime: string | null;
  /** Tells this holding of the lock from every other. */
  readonly token: string;
}

/** A lock that is held until it is released or the process ends. */
export interface DataFolderLock {
  release(): void;
}

/**
 * Takes the lock on an existing data folder for this process.
 *
 * @throws `DatabaseStartError` with code DATA_FOLDER_IN_USE while another process (or this
 *   one) holds it; file system errors when the folder cannot be read or written.
 */
export async function lockDataFolder(dataDir: string): Promise<DataFolderLock> {
  return takeLock(path.join(dataDir, LOCK_FILE), dataDir);
}

/**
 * Judging a lock's owner and removing its file are two steps, between which another
 * process may have done the same and put its own lock there. So a lock may only be removed
 * by who holds a second lock, for taking it over, and finds the judged one still in place.
 * The second is a lock like the first: if its owner dies, it is taken over likewise.
 */
async function takeLock(file: string, dataDir: string): Promise<DataFolderLock> {
  const text = JSON.stringify(describeThisProcess());
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    if (await createFile(file, text)) return holdLock(file, text);
    const found = await readLock(file);
    if (found === undefined) continue;

    if (found.owner === undefined) {
      // Just being written, or cut off when the machine lost power.
      if (await isTouched(file)) continue;
    } else if (await isAlive(found.owner, file)) {
      throw inUse(dataDir, found.owner);
    }

    const takeover = await takeLock(`${file}${TAKEOVER_SUFFIX}`, dataDir);
    try {
      const now = await readLock(file);
      if (now?.text === found.text && now.touchedAt === found.touchedAt) await unlink(file);
    } finally {
      takeover.release();
    }
  }
  throw inUse(dataDir, undefined);
}

function inUse(dataDir: string, owner: LockOwner | undefined): DatabaseStartError {
  const elsewhere = owner !== undefined && owner.host !== hostname() ? ` on ${owner.host}` : '';
  const process = owner === undefined ? 'another process' : `process ${owner.pid}${elsewhere}`;
  return new DatabaseStartError(
    'DATA_FOLDER_IN_USE',
    `The data folder ${dataDir} is in use by ${process}. Stop that server first, or give this one another folder with DATA_DIR.`,
  );
}

function holdLock(file: string, text: string): DataFolderLock {
  const heartbeat = setInterval(() => {
    const now = new Date();
    // A beat that fails is followed by another; if all fail, the folder is gone.
    utimes(file, now, now).catch(() => {});
  }, HEARTBEAT_INTERVAL_MS);
  heartbeat.unref();

  return {
    release() {
      clearInterval(heartbeat);
      try {
        // Not ours any more if somebody took this process for dead.
        if (readFileSync(file, 'utf8') === text) unlinkSync(file);
      } catch {
        // The folder was removed meanwhile: there is nothing left to release.
      }
    },
  };
}

/** False if the file exists already. */
async function createFile(file: string, text: string): Promise<boolean> {
  try {
    await writeFile(file, text, { flag: 'wx', mode: 0o644 });
    return true;
  } catch (error) {
    if (isErrorCode(error, 'EEXIST')) return false;
    throw error;
  }
}

async function isAlive(owner: LockOwner, file: string): Promise<boolean> {
  if (owner.machine === thisMachine()) {
    if (owner.startTime !== null) return processStartTime(owner.pid) === owner.startTime;
    if (!processExists(owner.pid)) return false;
  }
  return isTouched(file);
}

/** Whether the file changes within the time in which a living owner would touch it. */
async function isTouched(file: string): Promise<boolean> {
  const before = await readLock(file);
  const deadlineMs = performance.now() + HEARTBEAT_WAIT_MS;
  while (performance.now() < deadlineMs) {
    await delay(HEARTBEAT_POLL_MS);
    const now = await readLock(file);
    if (now?.touchedAt !== before?.touchedAt) return true;
  }
  return false;
}

/** What a lock file says at one moment. */
interface LockContent {
  readonly text: string;
  /** Undefined if the text is not complete. */
  readonly owner: LockOwner | undefined;
  /** When the file was last written or touched, in nanoseconds. */
  readonly touchedAt: bigint;
}

/** Undefined if there is no such file. */
async function readLock(file: string): Promise<LockContent | undefined> {
  try {
    const text = await readFile(file, 'utf8');
    const { mtimeNs } = await stat(file, { bigint: true });
    return { text, owner: parseOwner(text), touchedAt: mtimeNs };
  } catch (error) {
    if (isErrorCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function describeThisProcess(): LockOwner {
  return {
    pid: process.pid,
    host: hostname(),
    machine: thisMachine(),
    startTime: processStartTime(process.pid),
    token: randomUUID(),
  };
}

/** Linux: one boot of one kernel, and the container within it. Elsewhere: the host name. */
function thisMachine(): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}

/** In clock ticks since boot, from /proc; null if no such process runs, or there is no /proc. */
function processStartTime(pid: number): string | null {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in parentheses, which may hold anything. After
    // it come the state and, as the 20th field from there, the start time.
    const fields = status.slice(status.lastIndexOf(')') + 2).split(' ');
    const [state] = fields;
    // A zombie has ended already; in a container it may stay listed for ever.
    return state === 'Z' ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it exists, and belongs to another user.
    return isErrorCode(error, 'EPERM');
  }
}

function parseOwner(text: string): LockOwner | undefined {
  try {
    const owner = JSON.parse(text) as LockOwner;
    return Number.isSafeInteger(owner.pid) && owner.pid > 0 ? owner : undefined;
  } catch {
    return undefined;
  }
}

function isErrorCode(error: unknown, code: string): boolean {
  return (error as NodeJS.ErrnoException | null)?.code === code;
}

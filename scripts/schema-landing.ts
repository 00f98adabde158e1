/**
 * What "landed" means, for a working tree.
 *
 * It is a file, `schema/landed/schema.graphql`: the SDL that clients were last promised. A file,
 * because a fresh clone of the submitted commit has no other memory: there, origin/main is that
 * very commit. So that nobody can move the promise by editing the file, all its versions in git's
 * history are compared in turn, ending with the SDL of the working tree:
 *
 *     first landing -> ... -> last landing -> the file as it is -> the SDL now
 *
 * Without history (a shallow clone, an archive) only the last steps are compared, and it says so.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkLandings } from './schema-contract.ts';

const CURRENT = 'src/generated/schema.graphql';
const LANDED = 'schema/landed/schema.graphql';
const BREAKING = 'schema/BREAKING.md';

export interface SchemaDiffOptions {
  /** Record the SDL as landed, if it may land. */
  readonly land?: boolean | undefined;
  /** Fail if the SDL is not the landed one. */
  readonly requireLanded?: boolean | undefined;
}

export interface SchemaDiffReport {
  readonly passed: boolean;
  readonly lines: readonly string[];
}

export async function schemaDiff(
  folder: string,
  options: SchemaDiffOptions,
): Promise<SchemaDiffReport> {
  const read = (path: string): string | undefined =>
    existsSync(join(folder, path)) ? readFileSync(join(folder, path), 'utf8') : undefined;

  const current = read(CURRENT);
  if (current === undefined)
    return { passed: false, lines: [`${CURRENT} is missing: run npm run codegen.`] };

  const landed = read(LANDED);
  const history = landedHistory(folder);
  const versions = [...history.versions, landed, current].filter((sdl) => sdl !== undefined);
  const { failures, notices } = await checkLandings(versions, read(BREAKING) ?? '');
  const notes = [...history.notices, ...notices].map((notice) => `note: ${notice}`);

  if (failures.length > 0) {
    return {
      passed: false,
      lines: [
        ...notes,
        'The contract may not change like this:',
        ...failures.map((failure) => `  ${failure}`),
        `Deprecate instead, or list each break in ${BREAKING}: - <date> <KIND> <place>: <reason>`,
      ],
    };
  }
  if (options.land === true) {
    mkdirSync(dirname(join(folder, LANDED)), { recursive: true });
    writeFileSync(join(folder, LANDED), current);
    return {
      passed: true,
      lines: [...notes, `Landed: commit ${LANDED} with the change that ships it.`],
    };
  }
  if (landed === current) return { passed: true, lines: [...notes, 'The SDL is the landed one.'] };
  if (options.requireLanded === true) {
    const advice = `The SDL is not recorded as landed: run npm run schema:land and commit ${LANDED}.`;
    return { passed: false, lines: [...notes, advice] };
  }
  return { passed: true, lines: [...notes, 'The SDL differs from the landed one and may land.'] };
}

/** The versions of the landed SDL in this branch's own line of commits, oldest first. */
function landedHistory(folder: string): { versions: string[]; notices: string[] } {
  const git = (...args: string[]): string =>
    execFileSync('git', args, {
      cwd: folder,
      // A git hook sets these for its own repository; the folder decides which one is meant.
      env: {
        ...process.env,
        GIT_DIR: undefined,
        GIT_WORK_TREE: undefined,
        GIT_INDEX_FILE: undefined,
      },
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  const commitsThatWrote = (path: string): string[] =>
    git('log', '--first-parent', '--reverse', '--diff-filter=AM', '--format=%H', '--', path)
      .split('\n')
      .filter((line) => line !== '');
  try {
    const isShallow = git('rev-parse', '--is-shallow-repository').trim() === 'true';
    return {
      versions: commitsThatWrote(LANDED).map((commit) => git('show', `${commit}:./${LANDED}`)),
      notices: isShallow ? ['a shallow clone, so not all earlier landings are compared.'] : [],
    };
  } catch {
    return { versions: [], notices: ['no git history, so earlier landings are not compared.'] };
  }
}

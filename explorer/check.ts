/**
 * Proves that the committed bundle is what the sources build: builds it anew in a
 * temporary folder and compares every file by its hash.
 */
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** The bundle is committed, so its size is everybody's. */
const SIZE_LIMIT_BYTES = 6_000_000;

type Files = Map<string, { hash: string; bytes: number }>;

async function filesIn(folder: string): Promise<Files> {
  const files: Files = new Map();
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries.filter((each) => each.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const content = await readFile(path);
    const hash = createHash('sha256').update(content).digest('hex');
    files.set(relative(folder, path).split(sep).join('/'), { hash, bytes: content.length });
  }
  return files;
}

function differences(committed: Files, built: Files): string[] {
  const names = [...new Set([...committed.keys(), ...built.keys()])].sort();
  return names.flatMap((name) => {
    if (!committed.has(name)) return [`${name} is missing`];
    if (!built.has(name)) return [`${name} is no longer built`];
    return committed.get(name)!.hash === built.get(name)!.hash ? [] : [`${name} differs`];
  });
}

const temporary = await mkdtemp(join(tmpdir(), 'explorer-'));
try {
  await build({
    configFile: fileURLToPath(new URL('vite.config.ts', import.meta.url)),
    build: { outDir: temporary },
  });
  const built = await filesIn(temporary);
  const committed = await filesIn(fileURLToPath(new URL('../src/generated/explorer', import.meta.url)));
  const stale = differences(committed, built);
  const bytes = [...built.values()].reduce((sum, file) => sum + file.bytes, 0);

  if (stale.length > 0) {
    console.error(
      `The bundle in src/generated/explorer is not what explorer/ builds: ${stale.join(', ')}.\n` +
        'Run `npm ci`, then `npm run explorer:build`, and commit the result.',
    );
    process.exitCode = 1;
  } else if (bytes > SIZE_LIMIT_BYTES) {
    console.error(`The explorer's bundle has ${bytes} bytes; the limit is ${SIZE_LIMIT_BYTES}.`);
    process.exitCode = 1;
  } else {
    console.log(`The explorer's bundle is fresh: ${built.size} files, ${bytes} bytes.`);
  }
} finally {
  await rm(temporary, { recursive: true, force: true });
}

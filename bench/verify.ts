import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../src/database/embedded.ts';
import { toPublicId } from '../src/platform/ids.ts';
import { prepareWorkspace, startProduct } from './product.ts';
import { SEEDED, grow } from './scale.ts';

/**
 * How long `npm run verify` takes for many entries, and its peak memory, beside a plain SQL statement that sums the same
 * entries by card and compares the sums with the balances, which proves far less.
 */

const ENTRIES = Number(process.env['BENCH_ENTRIES'] ?? '1000000');
const ENTRIES_EACH = 10;

export async function run(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'voilatier-bench-'));
  const embedded = await startEmbeddedPostgres({ dataDir: folder, log: { info() {}, warn() {}, error() {} } });
  try {
    const product = await startProduct(embedded.url);
    let workspaceId: string;
    try {
      const customers = Math.max(SEEDED + 1, Math.round(ENTRIES / ENTRIES_EACH));
      workspaceId = (await prepareWorkspace(product.port, embedded.url, 'FULL', SEEDED)).id;
      await grow(embedded.url, workspaceId, { customers, entries: customers * ENTRIES_EACH });
    } finally {
      await product.stop();
    }
    const sum = await timeOf(() => sumEntries(embedded.url, workspaceId));
    let verified = { report: '', peakMemory: 0 };
    const verify = await timeOf(async () => {
      verified = await verifyInProcess(embedded.url, workspaceId);
    });
    process.stdout.write(
      `${verified.report}npm run verify: ${(verify / 1000).toFixed(1)} s, peak memory ${verified.peakMemory.toFixed(0)} MiB\n` +
        `SQL that sums the same entries by card: ${(sum / 1000).toFixed(1)} s\nratio ${(verify / sum).toFixed(1)}\n`,
    );
  } finally {
    await embedded.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function timeOf(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

async function sumEntries(url: string, workspaceId: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ wrong: number }>(
    `SELECT count(*)::int AS wrong FROM cards c JOIN (
       SELECT card_id, sum(points) FILTER (WHERE NOT pending) AS points FROM ledger_entries WHERE workspace_id = $1 GROUP BY card_id
     ) e ON e.card_id = c.id WHERE c.workspace_id = $1 AND c.balance <> e.points`,
    [workspaceId],
  );
  await client.end();
  if (rows[0]?.wrong !== 0) throw new Error('What was made for the benchmark does not add up.');
}

/** The command as its user runs it, and the most memory that the process ever had. */
function verifyInProcess(url: string, workspaceId: string): Promise<{ report: string; peakMemory: number }> {
  return new Promise((resolve, reject) => {
    const args = ['scripts/bundled.mjs', 'scripts/verify.ts', '--workspace', toPublicId('Workspace', workspaceId)];
    const child = spawn(process.execPath, args, { env: { ...process.env, DATABASE_URL: url }, stdio: ['ignore', 'pipe', 'inherit'] });
    let report = '';
    let peakMemory = 0;
    child.stdout.on('data', (data: Buffer) => {
      report += data.toString();
    });
    const watch = setInterval(() => {
      readFile(`/proc/${String(child.pid)}/status`, 'utf8').then(
        (status) => {
          peakMemory = Math.max(peakMemory, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
        },
        () => undefined, // It has ended, or this is no Linux.
      );
    }, 100);
    child.on('close', (code) => {
      clearInterval(watch);
      if (code === 0) resolve({ report, peakMemory });
      else reject(new Error(`What was made for the benchmark is not sound: ${report}`));
    });
  });
}

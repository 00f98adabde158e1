import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbeddedPostgres } from '../src/database/embedded.ts';
import type { Baseline } from './baseline.ts';
import { createBaseline } from './baseline.ts';
import type { LoadResult } from './http-load.ts';
import type { BenchWorkspace, ProgramSize } from './product.ts';
import { loadWithEarns, median, peakMemoryOf, prepareWorkspace, startProduct } from './product.ts';

/**
 * Earns per second through HTTP and GraphQL, beside a hand-written SQL transaction that does the same
 * inserts and updates. Both run in turns, several rounds, on the same durable database. Each round has its ratio, and the median of
 * those counts: the machine may be twice as fast in one round as in the next, hardly within one.
 */

const CASES: readonly (readonly [ProgramSize, number])[] = [
  ['PLAIN', 1],
  ['PLAIN', 8],
  ['PLAIN', 32],
  ['FULL', 32],
];
const CUSTOMERS = 2_000;
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? '5');
const ROUND_MS = Number(process.env['BENCH_ROUND_SECONDS'] ?? '5') * 1000;
/** A server needs about a minute of such load until all on its way is compiled; one in use has had it. */
const WARM_UP_MS = 60_000;
/** The database has less to prepare. */
const BASELINE_WARM_UP_MS = 5_000;
const GOAL = 1;
const GOAL_CONNECTIONS = 32;

interface Measured {
  readonly earn: LoadResult;
  readonly perTable: number;
  readonly one: number;
}

export async function run(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'voilatier-bench-'));
  const log = { info() {}, warn() {}, error() {} };
  const embedded = await startEmbeddedPostgres({ dataDir: folder, log });
  const product = await startProduct(embedded.url);
  try {
    const rows: string[] = [];
    const goals: string[] = [];
    for (const size of new Set(CASES.map(([each]) => each))) {
      const workspace = await prepareWorkspace(product.port, embedded.url, size, CUSTOMERS);
      const baseline = await createBaseline({ url: embedded.url, workspaceId: workspace.id, size, customers: CUSTOMERS });
      if (rows.length === 0) announce(baseline);
      await loadWithEarns(product.port, workspace, GOAL_CONNECTIONS, WARM_UP_MS);
      await baseline.run('ONE_STATEMENT', 8, BASELINE_WARM_UP_MS);
      for (const [, connections] of CASES.filter(([each]) => each === size)) {
        const measured = await measure(product.port, workspace, baseline, connections);
        const ratios = ratiosOf(measured);
        rows.push(rowOf(size, connections, measured, ratios));
        if (connections === GOAL_CONNECTIONS) goals.push(`${size}: A ${ratios[0].toFixed(2)}, B ${ratios[1].toFixed(2)}`);
      }
      await baseline.close();
    }
    const heads = ['program', 'connections', '   earns/s', 'per table', ' one stmt.', '  ratio A', '  ratio B', '  p50 ms', '  p95 ms', '  p99 ms'];
    process.stdout.write(
      `${heads.join('  ')}\n${rows.join('\n')}\n\n` +
        'A: against a hand-written transaction with a statement for each table; B: with all of it in one statement.\n' +
        'FULL: with condition, multipliers, caps, expiring points, triggered rewards, entry awards, grace, and two structures, one of them over a trailing window.\n' +
        `Peak memory of the server: ${await peakMemoryOf(product)}\n` +
        `At ${GOAL_CONNECTIONS} connections: ${goals.join('; ')} (goal: at least ${GOAL.toFixed(1)})\n`,
    );
  } finally {
    await product.stop();
    await embedded.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function announce({ tool }: Baseline): void {
  process.stdout.write(
    `earn: ${ROUNDS} rounds of ${ROUND_MS / 1000} s each, ${CUSTOMERS} customers, baseline ${tool}, durable commits\n\n`,
  );
}

async function measure(port: number, workspace: BenchWorkspace, baseline: Baseline, connections: number): Promise<readonly Measured[]> {
  const measured: Measured[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    // Who goes first changes with each round, so that none always finds the quieter machine.
    const early = round % 2 === 0 ? await loadWithEarns(port, workspace, connections, ROUND_MS) : null;
    const perTable = await baseline.run('STATEMENT_PER_TABLE', connections, ROUND_MS);
    const one = await baseline.run('ONE_STATEMENT', connections, ROUND_MS);
    measured.push({ earn: early ?? (await loadWithEarns(port, workspace, connections, ROUND_MS)), perTable, one });
  }
  return measured;
}

function middle(measured: readonly Measured[]): LoadResult {
  const found = measured.map(({ earn }) => earn).sort((a, b) => a.perSecond - b.perSecond)[Math.floor(measured.length / 2)];
  if (found === undefined) throw new Error('There is at least one round.');
  return found;
}

function ratiosOf(measured: readonly Measured[]): readonly [number, number] {
  return [
    median(measured.map(({ earn, perTable }) => earn.perSecond / perTable)),
    median(measured.map(({ earn, one }) => earn.perSecond / one)),
  ];
}

function rowOf(size: ProgramSize, connections: number, measured: readonly Measured[], ratios: readonly number[]): string {
  const earn = middle(measured);
  const rates = [earn.perSecond, median(measured.map(({ perTable }) => perTable)), median(measured.map(({ one }) => one))];
  return [
    size.padEnd(7),
    String(connections).padStart(11),
    ...rates.map((rate) => rate.toFixed(0).padStart(10)),
    ...ratios.map((ratio) => ratio.toFixed(2).padStart(9)),
    ...[earn.p50Ms, earn.p95Ms, earn.p99Ms].map((ms) => ms.toFixed(2).padStart(8)),
  ].join('  ');
}

import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { startEmbeddedPostgres } from '../src/database/embedded.ts';
import { createBaseline } from './baseline.ts';
import type { LoadResult } from './http-load.ts';
import { runLoad } from './http-load.ts';

/**
 * Earns per second through HTTP and GraphQL, beside a hand-written SQL transaction that does the same
 * inserts. Both run in turns, several rounds, on the same durable database; the ratio is of medians.
 */

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CONNECTIONS = [1, 8, 32];
const CUSTOMERS = 2_000;
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? '3');
const ROUND_MS = Number(process.env['BENCH_ROUND_SECONDS'] ?? '5') * 1000;
const WARM_UP_MS = 4_000;
const API_KEY = 'bench-api-key-0123456789';
const READY_TIMEOUT_MS = 30_000;
const GOAL = 1;

const EARN = `mutation($input: EarnInput!) { earn(input: $input) {
  customer { id points tier { name } }
  transaction { id }
  awards { points }
  tierTransitions { type toTier { name } }
  userErrors { code message field }
} }`;

export async function run(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'voilatier-bench-'));
  const log = { info() {}, warn() {}, error() {} };
  const embedded = await startEmbeddedPostgres({ dataDir: folder, log });
  const port = await freePort();
  const server = await startServer(embedded.url, port);
  try {
    await ready(port);
    const workspaceId = await prepare(port, embedded.url);
    const baseline = await createBaseline({ url: embedded.url, workspaceId, customers: CUSTOMERS });
    process.stdout.write(
      `earn: ${ROUNDS} rounds of ${ROUND_MS / 1000} s each, ${CUSTOMERS} customers, baseline ${baseline.tool}, durable commits\n\n`,
    );
    await load(port, 32, WARM_UP_MS);
    await baseline.run('ONE_STATEMENT', 8, WARM_UP_MS / 2);
    const rows: string[] = [];
    const goal: string[] = [];
    for (const connections of CONNECTIONS) {
      const measured: { readonly earn: LoadResult; readonly perTable: number; readonly one: number }[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        // Who goes first changes with each round, so that none always finds the quieter machine.
        const early = round % 2 === 0 ? await load(port, connections, ROUND_MS) : null;
        const perTable = await baseline.run('STATEMENT_PER_TABLE', connections, ROUND_MS);
        const one = await baseline.run('ONE_STATEMENT', connections, ROUND_MS);
        measured.push({ earn: early ?? (await load(port, connections, ROUND_MS)), perTable, one });
      }
      const earn = measured.map((each) => each.earn).sort((a, b) => a.perSecond - b.perSecond)[Math.floor(ROUNDS / 2)];
      if (earn === undefined) throw new Error('There is at least one round.');
      const baselines = [median(measured.map((each) => each.perTable)), median(measured.map((each) => each.one))];
      const ratios = baselines.map((rate) => (earn.perSecond / rate).toFixed(2));
      if (connections === CONNECTIONS.at(-1)) goal.push(...ratios);
      const figures = [earn.perSecond, ...baselines].map((rate) => rate.toFixed(0).padStart(10));
      const latencies = [earn.p50Ms, earn.p95Ms, earn.p99Ms].map((ms) => ms.toFixed(2).padStart(8));
      rows.push([String(connections).padStart(11), ...figures, ...ratios.map((each) => each.padStart(9)), ...latencies].join('  '));
    }
    await baseline.close();
    const memory = await peakMemoryMb(server);
    const heads = ['connections', '   earns/s', 'per table', ' one stmt.', '  ratio A', '  ratio B', '  p50 ms', '  p95 ms', '  p99 ms'];
    process.stdout.write(
      `${heads.join('  ')}\n${rows.join('\n')}\n\n` +
        'A: against a hand-written transaction with a statement for each table; B: with all of it in one statement.\n' +
        `Peak memory of the server: ${memory}\n` +
        `At ${String(CONNECTIONS.at(-1))} connections: A ${goal[0] ?? ''}, B ${goal[1] ?? ''} (goal: at least ${GOAL.toFixed(1)})\n`,
    );
  } finally {
    server.kill('SIGTERM');
    await new Promise((resolve) => server.once('exit', resolve));
    await embedded.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

let nextReference = 0;

function load(port: number, connections: number, durationMs: number): Promise<LoadResult> {
  return runLoad({
    host: '127.0.0.1',
    port,
    path: '/v3/graphql',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${API_KEY}` },
    connections,
    durationMs,
    nextBody: () => {
      nextReference += 1;
      const customer = { externalId: `bench-${Math.floor(Math.random() * CUSTOMERS)}` };
      const input = { customer, amount: '52.40', currency: 'USD', reference: `bench-${nextReference}` };
      return JSON.stringify({ query: EARN, variables: { input } });
    },
    check: (body) => {
      if (!body.includes('"userErrors":[]')) throw new Error(`An earn failed: ${body}`);
    },
  });
}

/** Makes the customers through the API, each with a first earn, so that both sides find a card. */
async function prepare(port: number, url: string): Promise<string> {
  const send = async (query: string, variables: object) => {
    const response = await fetch(`http://127.0.0.1:${port}/v3/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${API_KEY}` },
      body: JSON.stringify({ query, variables }),
    });
    const body = await response.text();
    if (body.includes('"errors"')) throw new Error(body);
  };
  const numbers = Array.from({ length: CUSTOMERS }, (_, index) => index).values();
  await Promise.all(
    Array.from({ length: 32 }, async () => {
      for (const number of numbers) {
        const externalId = `bench-${number}`;
        await send('mutation($i: CustomerUpsertInput!) { customerUpsert(input: $i) { created } }', { i: { externalId } });
        await send(EARN, { input: { customer: { externalId }, amount: '1.00', currency: 'USD' } });
      }
    }),
  );
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ workspace_id: string }>('SELECT workspace_id FROM workspaces LIMIT 1');
  await client.query('ANALYZE');
  await client.end();
  return rows[0]?.workspace_id ?? '';
}

/** Exactly what `npm start` runs, without npm in between. */
async function startServer(databaseUrl: string, port: number): Promise<ChildProcess> {
  const { scripts } = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8')) as { scripts: { start: string } };
  return spawn(process.execPath, scripts.start.split(' ').slice(1), {
    cwd: ROOT,
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      PORT: String(port),
      HOST: '127.0.0.1',
      BOOTSTRAP_API_KEY: API_KEY,
      LOG_LEVEL: 'warn',
      API_EXPLORER: 'off',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

async function ready(port: number): Promise<void> {
  for (const deadline = Date.now() + READY_TIMEOUT_MS; Date.now() < deadline; ) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
    if (answer?.ok === true) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('The server did not become ready.');
}

/** What the operating system says was the most; only Linux tells. */
async function peakMemoryMb({ pid }: ChildProcess): Promise<string> {
  const status = await readFile(`/proc/${String(pid)}/status`, 'utf8').catch(() => '');
  const kilobytes = /VmHWM:\s+(\d+) kB/.exec(status)?.[1];
  return kilobytes === undefined ? 'unknown on this system' : `${Math.round(Number(kilobytes) / 1024)} MiB`;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

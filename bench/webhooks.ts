import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import PgBoss from 'pg-boss';
import { startEmbeddedPostgres } from '../src/database/embedded.ts';
import type { BenchWorkspace } from './product.ts';
import { loadWithEarns, median, prepareWorkspace, send, startProduct } from './product.ts';

/**
 * How fast messages go out, beside a job library whose jobs do nothing and a bare loop that claims and completes rows, on the
 * same durable database; how long after an event its message arrives, beside how long an earn takes; and what three
 * endpoints cost the earns. Everything shares the machine: server, database, receiver and load.
 */

const EVENTS = Number(process.env['BENCH_WEBHOOK_EVENTS'] ?? '20000');
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? '3');
const ROUND_MS = Number(process.env['BENCH_ROUND_SECONDS'] ?? '5') * 1_000;
const CUSTOMERS = 500;
const WARM_UP_EVENTS = 2_000;
const LAG_MS = Number(process.env['BENCH_LAG_SECONDS'] ?? '10') * 1_000;
const LAG_EARNS_PER_SECOND = 20;
const BATCH = 32;
const LOOPS = 4;
/** Odd, and enough of them: one pair is off by a tenth as the machine goes. */
const COST_PAIRS = 7;

export async function run(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'voilatier-bench-'));
  const embedded = await startEmbeddedPostgres({ dataDir: folder, log: { info() {}, warn() {}, error() {} } });
  const product = await startProduct(embedded.url);
  const receiver = await startReceiver();
  try {
    const workspace = await prepareWorkspace(product.port, embedded.url, 'PLAIN', CUSTOMERS, 'SANDBOX');
    const bench = new Bench(product.port, embedded.url, workspace, receiver);
    const rates = await bench.throughput();
    const lag = await bench.lag();
    const cost = await bench.cost();
    process.stdout.write(
      `deliveries/s            ${rates.deliveries.toFixed(0)}\n` +
        `pg-boss, no-op jobs/s   ${rates.library.toFixed(0)}   ratio ${(rates.deliveries / rates.library).toFixed(2)} (goal: at least 0.5)\n` +
        `  ${BATCH} jobs as one         ${rates.together.toFixed(0)}   ratio ${(rates.deliveries / rates.together).toFixed(2)}\n` +
        `bare claim loop, rows/s ${rates.bare.toFixed(0)}   ratio ${(rates.deliveries / rates.bare).toFixed(2)}\n` +
        `recorded to first byte  p50 ${lag.p50Ms.toFixed(1)} ms, p95 ${lag.p95Ms.toFixed(1)} ms; a bare earn at that pace: p95 ${lag.earnP95Ms.toFixed(1)} ms; ` +
        `ratio ${(lag.p95Ms / lag.earnP95Ms).toFixed(1)} (goal: under 20)\n` +
        `earns/s at 32           ${cost.without.toFixed(0)} without, ${cost.with.toFixed(0)} with 3 endpoints: ratio ${cost.ratio.toFixed(2)} (goal: at least 0.9)\n`,
    );
  } finally {
    await product.stop();
    receiver.close();
    await embedded.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Answers 200 to whatever comes, with as little effort as possible, and tells when each message began to arrive. */
interface BenchReceiver {
  readonly url: string;
  count: number;
  /** Told the first bytes of each message; null: nobody listens. */
  onMessage: ((body: string, at: number) => void) | null;
  close(): void;
}

const OK = Buffer.from('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n');

async function startReceiver(): Promise<BenchReceiver> {
  const server = createServer((socket) => {
    let text = '';
    let beganAt = 0;
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      if (text === '') beganAt = Date.now();
      text += chunk.toString('latin1');
      for (;;) {
        const head = text.indexOf('\r\n\r\n');
        const length = Number(/content-length: (\d+)/i.exec(text.slice(0, head))?.[1] ?? '0');
        if (head < 0 || text.length < head + 4 + length) return;
        receiver.count += 1;
        receiver.onMessage?.(text.slice(head + 4, head + 4 + length), beganAt);
        text = text.slice(head + 4 + length);
        socket.write(OK);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const receiver: BenchReceiver = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, count: 0, onMessage: null, close: () => server.close() };
  return receiver;
}

class Bench {
  readonly #port: number;
  readonly #url: string;
  readonly #workspace: BenchWorkspace;
  readonly #receiver: BenchReceiver;
  #reference = 0;

  constructor(port: number, url: string, workspace: BenchWorkspace, receiver: BenchReceiver) {
    this.#port = port;
    this.#url = url;
    this.#workspace = workspace;
    this.#receiver = receiver;
  }

  /** All three in turns, several rounds. */
  async throughput(): Promise<Readonly<Record<'deliveries' | 'library' | 'together' | 'bare', number>>> {
    const id = await this.#endpoint();
    await this.#step('webhookEndpointPause', id);
    const perRound = Math.ceil(EVENTS / ROUNDS);
    // A server in use is warm, and its database knows how large its tables are: plans that were made while they were empty read all of them.
    await this.#deliveries(id, WARM_UP_EVENTS);
    await this.#analyze();
    const measured = { deliveries: [] as number[], library: [] as number[], together: [] as number[], bare: [] as number[] };
    for (let round = 0; round < ROUNDS; round += 1) {
      measured.library.push(await this.#library(perRound, 'ONE_BY_ONE'));
      measured.together.push(await this.#library(perRound, 'TOGETHER'));
      measured.bare.push(await this.#bare(perRound));
      measured.deliveries.push(await this.#deliveries(id, perRound));
    }
    await this.#step('webhookEndpointDelete', id);
    return { deliveries: median(measured.deliveries), library: median(measured.library), together: median(measured.together), bare: median(measured.bare) };
  }

  /** What autovacuum does within a minute. */
  async #analyze(): Promise<void> {
    const client = new pg.Client({ connectionString: this.#url });
    await client.connect();
    await client.query('ANALYZE');
    await client.end();
  }

  async #deliveries(id: string, count: number): Promise<number> {
    // Each earn tells two events.
    let made = 0;
    await Promise.all(
      Array.from({ length: 32 }, async () => {
        while (made < count) {
          made += 2;
          await this.#earn();
        }
      }),
    );
    // While it was paused nobody has looked: from here on it sends what has piled up.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    this.#receiver.count = 0;
    const startedAt = performance.now();
    await this.#step('webhookEndpointEnable', id);
    while (this.#receiver.count < count) await new Promise((resolve) => setTimeout(resolve, 5));
    const rate = count / ((performance.now() - startedAt) / 1_000);
    await new Promise((resolve) => setTimeout(resolve, 500));
    await this.#step('webhookEndpointPause', id);
    return rate;
  }

  /**
   * Jobs that do nothing, fetched in batches by several loops, and completed one by one, as jobs are that end at different times and
   * each in its own way; or as if each batch were a single job, which sending messages cannot be.
   */
  async #library(count: number, completed: 'ONE_BY_ONE' | 'TOGETHER'): Promise<number> {
    const boss = new PgBoss({ connectionString: this.#url, max: LOOPS + 2, supervise: false, schedule: false });
    // When it is stopped, what it still had open ends with an error.
    boss.on('error', () => undefined);
    await boss.start();
    // A queue for each round: to delete one that has had jobs is refused by PostgreSQL 18.
    const queue = `bench-${randomUUID()}`;
    await boss.createQueue(queue);
    for (let made = 0; made < count; made += 1_000) {
      await boss.insert(Array.from({ length: Math.min(1_000, count - made) }, (_, index) => ({ name: queue, data: { number: made + index } })));
    }
    let done = 0;
    const startedAt = performance.now();
    await Promise.all(
      Array.from({ length: LOOPS }, async () => {
        for (;;) {
          const jobs = await boss.fetch(queue, { batchSize: BATCH });
          if (jobs.length === 0) return;
          const ids = jobs.map(({ id }) => id);
          await (completed === 'TOGETHER' ? boss.complete(queue, ids) : Promise.all(ids.map((id) => boss.complete(queue, id))));
          done += jobs.length;
        }
      }),
    );
    const rate = done / ((performance.now() - startedAt) / 1_000);
    await boss.stop({ graceful: false, wait: true });
    return rate;
  }

  /** What any queue on PostgreSQL has to do: claim some rows, and say that they are done. */
  async #bare(count: number): Promise<number> {
    const pool = new pg.Pool({ connectionString: this.#url, max: LOOPS });
    await pool.query('CREATE TABLE IF NOT EXISTS bench_queue (id int PRIMARY KEY, claimed_until timestamptz, done boolean NOT NULL DEFAULT false)');
    await pool.query('TRUNCATE bench_queue');
    await pool.query('INSERT INTO bench_queue (id) SELECT generate_series(1, $1::int)', [count]);
    await pool.query("CREATE INDEX IF NOT EXISTS bench_queue_idx ON bench_queue (id) WHERE NOT done AND claimed_until IS NULL");
    const startedAt = performance.now();
    await Promise.all(
      Array.from({ length: LOOPS }, async () => {
        for (;;) {
          const { rows } = await pool.query<{ id: number }>({
            name: 'claim',
            text: `UPDATE bench_queue q SET claimed_until = now() + interval '30 seconds' FROM (
              SELECT id FROM bench_queue WHERE NOT done AND claimed_until IS NULL ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED
            ) c WHERE q.id = c.id RETURNING q.id`,
            values: [BATCH],
          });
          if (rows.length === 0) return;
          await pool.query({ name: 'done', text: 'UPDATE bench_queue SET done = true WHERE id = ANY($1::int[])', values: [rows.map(({ id }) => id)] });
        }
      }),
    );
    const rate = count / ((performance.now() - startedAt) / 1_000);
    await pool.end();
    return rate;
  }

  /** From the instant at which the engine decided an earn, which is before its commit, to the first byte of its message. */
  async lag(): Promise<{ readonly p50Ms: number; readonly p95Ms: number; readonly earnP95Ms: number }> {
    const bare = await this.#paced();
    const id = await this.#endpoint({ eventTypes: ['transaction.created'] });
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    const lags: number[] = [];
    this.#receiver.onMessage = (body, at) => void lags.push(at - Date.parse((JSON.parse(body) as { created: string }).created));
    await this.#paced();
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    this.#receiver.onMessage = null;
    await this.#step('webhookEndpointDelete', id);
    return { p50Ms: percentile(lags, 0.5), p95Ms: percentile(lags, 0.95), earnP95Ms: percentile(bare, 0.95) };
  }

  /** Earns at a steady pace. @returns how long each took, in milliseconds */
  async #paced(): Promise<number[]> {
    const taken: number[] = [];
    const count = (LAG_MS / 1_000) * LAG_EARNS_PER_SECOND;
    for (let number = 0; number < count; number += 1) {
      const startedAt = performance.now();
      await this.#earn();
      taken.push(performance.now() - startedAt);
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, 1_000 / LAG_EARNS_PER_SECOND - (performance.now() - startedAt))));
    }
    return taken;
  }

  /** Earns at full speed, in turns with three endpoints that are told of everything and with none. Each pair has its ratio, and the median of those counts. */
  async cost(): Promise<{ readonly with: number; readonly without: number; readonly ratio: number }> {
    const ids = [await this.#endpoint(), await this.#endpoint(), await this.#endpoint()];
    const pairs: { readonly with: number; readonly without: number }[] = [];
    await loadWithEarns(this.#port, this.#workspace, 32, ROUND_MS);
    let areEnabled = true;
    const switched = async (enabled: boolean) => {
      // What has piled up is skipped: otherwise it would be sent in the rounds without.
      for (const id of areEnabled === enabled ? [] : ids) await (enabled ? this.#step('webhookEndpointEnable', id, { missedEvents: 'SKIP' }) : this.#step('webhookEndpointPause', id));
      areEnabled = enabled;
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      return (await loadWithEarns(this.#port, this.#workspace, 32, ROUND_MS)).perSecond;
    };
    for (let pair = 0; pair < COST_PAIRS; pair += 1) {
      // Who goes first changes, so that none always finds the quieter machine.
      const early = pair % 2 === 0 ? await switched(false) : null;
      const withEndpoints = await switched(true);
      pairs.push({ with: withEndpoints, without: early ?? (await switched(false)) });
    }
    return {
      with: median(pairs.map((pair) => pair.with)),
      without: median(pairs.map((pair) => pair.without)),
      ratio: median(pairs.map((pair) => pair.with / pair.without)),
    };
  }

  async #endpoint(more: object = {}): Promise<string> {
    const { webhookEndpoint } = await send(this.#port, this.#workspace.key, 'webhookEndpointCreate', { url: this.#receiver.url, ...more }, 'webhookEndpoint { id }');
    return (webhookEndpoint as { id: string }).id;
  }

  async #step(field: string, id: string, more: object = {}): Promise<void> {
    await send(this.#port, this.#workspace.key, field, { id, ...more }, 'webhookEndpoint { status }');
  }

  async #earn(): Promise<void> {
    this.#reference += 1;
    const customer = { externalId: `bench-${Math.floor(Math.random() * CUSTOMERS)}` };
    await send(this.#port, this.#workspace.key, 'earn', { customer, amount: '52.40', currency: 'USD', reference: `webhooks-${this.#reference}` }, 'duplicate');
  }
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

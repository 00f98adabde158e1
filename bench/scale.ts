import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../src/database/embedded.ts';
import type { BenchWorkspace, Product } from './product.ts';
import { eachCustomer, loadWithEarns, median, peakMemoryOf, prepareWorkspace, send, startProduct } from './product.ts';

/**
 * Earns per second in a workspace with many ledger entries, beside one with few, in turns in the same run. Both
 * servers stand on databases of their own under one PostgreSQL; load goes to all customers alike.
 *
 * What is changed first after a checkpoint of PostgreSQL is written to its log whole. Earns of many customers change many
 * pages, so those in the seconds after a checkpoint cost most, and those before the next one least. The figure is taken
 * between the two, when there have been as many earns as customers; what it is right after a checkpoint is told beside it.
 *
 * Both servers are warmed up for a minute: a young one may be a third slower than it will be, and how soon it is not differs from
 * start to start by more than what is measured. Rounds are many and short, and each has its ratio, of which the median counts: the
 * machine may be twice as fast in one minute as in the next, hardly from one round to its neighbour.
 */

const SMALL: Size = { customers: 1_000, entries: 10_000 };
const LARGE: Size = { customers: 100_000, entries: Number(process.env['BENCH_ENTRIES'] ?? '10000000') };
const CONNECTIONS = 32;
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? '25');
const ROUND_MS = Number(process.env['BENCH_ROUND_SECONDS'] ?? '2.5') * 1000;
const WARM_UP_ROUNDS = 25;
const AFTER_CHECKPOINT_MS = 5_000;
const GOAL = 0.9;
/** Customers that are made through the API; the rest are copies of what it made of them. */
export const SEEDED = 100;
const ENTRIES_AT_ONCE = 500_000;

interface Size {
  readonly customers: number;
  readonly entries: number;
}

interface Side {
  readonly product: Product;
  readonly workspace: BenchWorkspace;
}

/** Few entries, and many. */
type Sides = readonly [Side, Side];

export async function run(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'voilatier-bench-'));
  const log = { info() {}, warn() {}, error() {} };
  const embedded = await startEmbeddedPostgres({ dataDir: folder, log });
  const products: Product[] = [];
  try {
    const prepare = async (name: string, size: Size): Promise<Side> => {
      const url = await createDatabase(embedded.url, `bench_${name}`);
      const maker = await startProduct(url);
      products.push(maker);
      const seeded = await prepareWorkspace(maker.port, url, 'FULL', SEEDED);
      process.stdout.write(`${name}: making ${size.entries} entries of ${size.customers} customers ...\n`);
      await grow(url, seeded.id, size);
      const workspace = { ...seeded, customers: size.customers };
      await settle(url, { product: maker, workspace });
      // Both are measured by processes that are as young as each other: those of many earns would have been optimized for longer.
      await maker.stop();
      const product = await startProduct(url);
      products[products.length - 1] = product;
      return { product, workspace };
    };
    const sides: Sides = [await prepare('small', SMALL), await prepare('large', LARGE)];
    await inTurns(sides, WARM_UP_ROUNDS);
    const rounds = await inTurns(sides, ROUNDS);
    const [small, large] = [median(rounds.map(([few]) => few)), median(rounds.map(([, many]) => many))];
    const ratio = median(rounds.map(([few, many]) => many / few));
    const first = await afterCheckpoint(embedded.url, sides);
    process.stdout.write(
      `\nearns/s at ${CONNECTIONS} connections, medians of ${ROUNDS} rounds of ${ROUND_MS / 1000} s, full program:\n` +
        `  ${String(SMALL.entries).padStart(10)} entries  ${small.toFixed(0)}\n  ${String(LARGE.entries).padStart(10)} entries  ${large.toFixed(0)}\n` +
        `ratio ${ratio.toFixed(2)}, the median of the rounds' (goal: at least ${GOAL})\n` +
        `in the first ${AFTER_CHECKPOINT_MS / 1000} s after a checkpoint of PostgreSQL: ratio ${first.toFixed(2)}\n` +
        `Peak memory of the server with many: ${await peakMemoryOf(sides[1].product)}\n`,
    );
  } finally {
    for (const product of products) await product.stop();
    await embedded.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Brings all members to where they stay: in the highest tier, the reward of the year given, and as far as chance has it to that
 * of the tenth visit. Otherwise those of many, who earn once or never while it is measured, would still be climbing, and those of
 * few would not: the figures would differ by what there is to do, and not by how much there is.
 */
async function settle(url: string, { product, workspace }: Side): Promise<void> {
  await eachCustomer(workspace.customers, async (externalId) => {
    await send(product.port, workspace.key, 'earn', { customer: { externalId }, amount: '10000.00', currency: 'USD' }, 'duplicate');
  });
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    `UPDATE customers c SET reward_progress = jsonb_set(c.reward_progress, ARRAY[p.key, '1'], to_jsonb(floor(random() * 10)::int::text))
     FROM customers o, jsonb_object_keys(o.reward_progress) p(key)
     WHERE c.workspace_id = $1 AND o.workspace_id = $1 AND o.id = c.id AND p.key LIKE '% VISITS'`,
    [workspace.id],
  );
  await client.query('VACUUM ANALYZE');
  // What making them left to be written would be written while it is measured.
  await client.query('CHECKPOINT');
  await client.end();
  for (let earns = 0; earns < workspace.customers; ) earns += (await load({ product, workspace }, 1_000)).requests;
}

/** @returns for each round, earns per second of few and of many. Who goes first changes with each. */
async function inTurns([few, many]: Sides, rounds: number): Promise<readonly (readonly [number, number])[]> {
  const rates: [number, number][] = [];
  for (let round = 0; round < rounds; round += 1) {
    const early = round % 2 === 0 ? await rateOf(few) : null;
    const large = await rateOf(many);
    rates.push([early ?? (await rateOf(few)), large]);
  }
  return rates;
}

async function rateOf(side: Side): Promise<number> {
  return (await load(side, ROUND_MS)).perSecond;
}

/** @returns earns of many, as a part of those of few, where a checkpoint came right before each */
async function afterCheckpoint(url: string, sides: Sides): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const rates: number[] = [];
  for (const side of sides) {
    await client.query('CHECKPOINT');
    rates.push((await load(side, AFTER_CHECKPOINT_MS)).perSecond);
  }
  await client.end();
  return (rates[1] ?? 0) / (rates[0] ?? 0);
}

function load({ product, workspace }: Side, durationMs: number) {
  return loadWithEarns(product.port, workspace, CONNECTIONS, durationMs);
}

async function createDatabase(url: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  const own = new URL(url);
  own.pathname = `/${name}`;
  return own.href;
}

/** An id of version 7 for a row of a series, so that generated rows lie in their indexes as real ones do. */
const idOf = (series: number, number: string) =>
  `(lpad(to_hex(1700000000000 + ${number}), 12, '0') || '7${series.toString(16).padStart(3, '0')}8000' || lpad(to_hex(${number}), 12, '0'))::uuid`;

/** As the chain has instants, `docs/decisions/0026`. */
const MS = (column: string) => `coalesce((extract(epoch FROM nullif(${column}, 'infinity')) * 1000)::bigint::text, '-')`;

/** Copies what the API made of the first customers until there are so many, and gives each card its share of entries. */
export async function grow(url: string, workspaceId: string, { customers, entries }: Size): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  // The rows are consistent by construction; checking each reference of ten million would take most of the time.
  await client.query('SET session_replication_role = replica');
  const model = `(SELECT id FROM customers WHERE workspace_id = $1 AND external_id = 'bench-0')`;
  const each = Math.round(entries / customers);
  const n = (series: number) => idOf(series, 'g.n');
  const fresh = `generate_series(${SEEDED}, ${customers - 1}) AS g(n)`;
  await client.query(
    `INSERT INTO customers (workspace_id, id, external_id, metadata, joined_at, settled_at, sequence, next_due_at, cap_usage, version, created_at)
     SELECT $1, ${n(1)}, 'bench-' || g.n, '{}', c.joined_at, c.settled_at, ${each}, c.next_due_at,
       (SELECT jsonb_object_agg(u.key, jsonb_build_array(u.value -> 0, '${each}')) FROM jsonb_each(c.cap_usage) u), 1, c.created_at
     FROM ${fresh}, customers c WHERE c.workspace_id = $1 AND c.id = ${model}`,
    [workspaceId],
  );
  await client.query(
    `INSERT INTO cards (workspace_id, id, customer_id, card_definition_id, balance, sequence)
     SELECT $1, ${n(2)}, ${n(1)}, k.card_definition_id, ${each}, 0 FROM ${fresh}, cards k WHERE k.workspace_id = $1 AND k.customer_id = ${model}`,
    [workspaceId],
  );
  await client.query(
    `INSERT INTO lots (workspace_id, card_id, expires_at, sliding, points, earned_at)
     SELECT $1, ${n(2)}, l.expires_at, l.sliding, ${each}, l.earned_at
     FROM ${fresh}, lots l JOIN cards k ON k.workspace_id = $1 AND k.id = l.card_id WHERE l.workspace_id = $1 AND k.customer_id = ${model}`,
    [workspaceId],
  );
  await client.query(
    `INSERT INTO memberships
     SELECT (jsonb_populate_record(m, jsonb_build_object('customer_id', ${n(1)})
       || CASE WHEN m.window_earned IS NULL THEN '{}' ELSE jsonb_build_object('window_earned', ${each}) END
       || CASE WHEN m.window_days IS NULL THEN '{}'
          ELSE jsonb_build_object('window_days', jsonb_build_array(jsonb_build_array(m.window_days -> 0 -> 0, '${each}'))) END
       || CASE WHEN m.balance IS NULL THEN '{}' ELSE jsonb_build_object('balance', ${each}) END)).*
     FROM ${fresh}, memberships m WHERE m.workspace_id = $1 AND m.customer_id = ${model}`,
    [workspaceId],
  );
  const owners = customers - SEEDED;
  // Each entry follows the one before it on its card, so all cards get their first, then all their second.
  for (let number = 1; number <= each; number += 1) {
    for (let first = 0; first < owners; first += ENTRIES_AT_ONCE) {
      const from = (number - 1) * owners + first;
      const to = (number - 1) * owners + Math.min(first + ENTRIES_AT_ONCE, owners) - 1;
      const seat = `(e.n % ${owners} + ${SEEDED})`;
      await client.query(
        `INSERT INTO transactions (workspace_id, id, customer_id, source, reference, amount, currency, lines, awards, sequence, occurred_at, recorded_at)
         SELECT $1, ${idOf(3, 'e.n')}, ${idOf(1, seat)}, 'history', 'h-' || e.n, 1.00, 'USD', '[]', t.awards, ${number}, t.occurred_at, t.recorded_at
         FROM generate_series(${from}, ${to}) AS e(n), (SELECT * FROM transactions WHERE workspace_id = $1 AND customer_id = ${model} LIMIT 1) t`,
        [workspaceId],
      );
      await client.query(
        `INSERT INTO ledger_entries (workspace_id, id, customer_id, card_id, type, sequence, points, balance_after, transaction_id,
           earn_rule_version_id, expires_at, occurred_at, recorded_at, hash)
         SELECT $1, ${idOf(4, 'e.n')}, ${idOf(1, seat)}, k.id, 'EARN', ${number}, 1, ${number}, ${idOf(3, 'e.n')}, l.earn_rule_version_id,
           l.expires_at, l.occurred_at, l.recorded_at, sha256(convert_to(concat_ws('|', encode(coalesce(k.head,
             sha256(convert_to('voilatier card|' || k.id, 'UTF8'))), 'hex'), ${idOf(4, 'e.n')}, ${idOf(1, seat)}, k.id, ${number}, 'EARN', 1,
             ${number}, 'false', 'false', ${idOf(3, 'e.n')}, '-', '-', l.earn_rule_version_id, '-', ${MS('l.expires_at')},
             ${MS('l.occurred_at')}, ${MS('l.recorded_at')}), 'UTF8'))
         FROM (SELECT * FROM ledger_entries WHERE workspace_id = $1 AND customer_id = ${model} LIMIT 1) l,
           generate_series(${from}, ${to}) AS e(n) JOIN cards k ON k.workspace_id = $1 AND k.id = ${idOf(2, seat)}`,
        [workspaceId],
      );
      await client.query(
        `UPDATE cards k SET head = e.hash, sequence = e.sequence FROM ledger_entries e
         WHERE k.workspace_id = $1 AND e.workspace_id = $1 AND e.card_id = k.id AND e.sequence = ${number}
           AND e.id BETWEEN ${idOf(4, `${from}::bigint`)} AND ${idOf(4, `${to}::bigint`)}`,
        [workspaceId],
      );
    }
  }
  await client.query('VACUUM ANALYZE');
  await client.end();
}

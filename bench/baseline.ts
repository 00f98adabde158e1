import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import type { ProgramSize } from './product.ts';

/**
 * What the database itself can do: the inserts and updates of one earn as a transaction written by hand,
 * without HTTP, without GraphQL, without rules, tiers or checks. In two forms: a statement for each table, as
 * programs send them, and everything in one statement, which is the least that PostgreSQL can be asked. It
 * runs through pgbench where there is one, otherwise through bare connections of node-postgres.
 */

export type BaselineForm = 'STATEMENT_PER_TABLE' | 'ONE_STATEMENT';

export interface Baseline {
  readonly tool: 'pgbench' | 'pg';
  /** Transactions per second. */
  run(form: BaselineForm, connections: number, durationMs: number): Promise<number>;
  close(): Promise<void>;
}

export interface BaselineTarget {
  readonly url: string;
  readonly workspaceId: string;
  /** The program whose inserts and updates are made. */
  readonly size: ProgramSize;
  /** Customers are called bench-0 to bench-(customers - 1). */
  readonly customers: number;
}

const AWARDS = `[{"points": "52", "expiresAt": null, "multiplier": "1", "cardDefinitionId": "01941f29-7c00-7000-8000-000000000000", "earnRuleVersionId": "01941f29-7c00-7000-8000-000000000000"}]`;

const EVENTS = `INSERT INTO events (workspace_id, id, type, customer_id, request_id, data, occurred_at, recorded_at)
SELECT $workspace, gen_random_uuid(), type, $customer_id, '4e52be5e-d1aa-4fce-b697-3b6f8045ee7e',
  '{"transactionId": "01941f29-7c00-7000-8000-000000000000"}', now(), now()
FROM unnest(ARRAY['transaction.created', 'points.earned']) AS type`;

const LOCK = `SELECT c.id AS customer_id, k.id AS card_id, k.sequence AS sequence, k.balance AS balance,
  coalesce(encode(k.head, 'hex'), '-') AS head
FROM customers c JOIN cards k ON k.workspace_id = c.workspace_id AND k.customer_id = c.id
WHERE c.workspace_id = $workspace AND c.external_id = 'bench-' || $number
FOR UPDATE`;

/** The entry's hash covers the one before it, as the product's does. */
const HASH = `sha256(convert_to(concat_ws('|', $head, $customer_id, $card_id, $sequence + 1, 'EARN', 52, $balance + 52), 'UTF8'))`;

/** What the program counts of a customer is kept with the customer: nothing, or what the caps let through and how far the rewards are. */
const SETTLED: Readonly<Record<ProgramSize, string>> = {
  PLAIN: 'UPDATE customers SET settled_at = now() WHERE workspace_id = $workspace AND id = $customer_id',
  FULL: `UPDATE customers SET settled_at = now(),
  cap_usage = '{"01941f29-7c00-7000-8000-000000000000 DAY": [1764370800000, "52"]}',
  reward_progress = '{"01941f29-7c00-7000-8000-000000000000": [1735689600000, "3", 0], "01941f29-7c00-7000-8000-000000000001": [1735689600000, "52", 0]}'
WHERE workspace_id = $workspace AND id = $customer_id`,
};

/**
 * A structure on the balance remembers the balance; one over a trailing window what was earned on each of its days, and from when
 * its sliding validity counts. Either is a row of the member's, and each remembers nothing of the other's.
 */
const MEASURED: Readonly<Record<ProgramSize, string>> = {
  PLAIN: 'UPDATE memberships SET balance = balance + 52 WHERE workspace_id = $workspace AND customer_id = $customer_id',
  FULL: `UPDATE memberships SET balance = balance + 52, window_earned = window_earned + 52,
  window_days = CASE WHEN window_days IS NOT NULL THEN '[[1796079600000, "52"]]'::jsonb END,
  anchored_at = CASE WHEN window_days IS NOT NULL THEN now() ELSE anchored_at END
WHERE workspace_id = $workspace AND customer_id = $customer_id`,
};

const writeOf = (size: ProgramSize) => `WITH settled AS (
  ${SETTLED[size]}
), measured AS (
  ${MEASURED[size]}
), card AS (
  UPDATE cards SET balance = balance + 52, sequence = sequence + 1, head = ${HASH} WHERE workspace_id = $workspace AND id = $card_id
), lot AS (
  INSERT INTO lots (workspace_id, card_id, expires_at, points, earned_at)
  VALUES ($workspace, $card_id, 'infinity', 52, now())
  ON CONFLICT (workspace_id, card_id, expires_at, sliding) DO UPDATE SET points = lots.points + 52
), purchase AS (
  INSERT INTO transactions (workspace_id, id, customer_id, source, reference, amount, currency, lines, awards, occurred_at, recorded_at)
  VALUES ($workspace, gen_random_uuid(), $customer_id, 'default', gen_random_uuid()::text, 52.40, 'USD', '[]',
    '${AWARDS}',
    now(), now())
  RETURNING id
), entry AS (
  INSERT INTO ledger_entries (workspace_id, id, customer_id, card_id, type, sequence, points, balance_after, transaction_id, expires_at, occurred_at, recorded_at, hash)
  SELECT $workspace, gen_random_uuid(), $customer_id, $card_id, 'EARN', $sequence + 1, 52, $balance + 52, id, 'infinity', now(), now(), ${HASH} FROM purchase
)
${EVENTS}`;

const perTableOf = (size: ProgramSize) => [
  SETTLED[size],
  MEASURED[size],
  `UPDATE cards SET balance = balance + 52, sequence = sequence + 1, head = ${HASH} WHERE workspace_id = $workspace AND id = $card_id`,
  `INSERT INTO lots (workspace_id, card_id, expires_at, points, earned_at)
VALUES ($workspace, $card_id, 'infinity', 52, now())
ON CONFLICT (workspace_id, card_id, expires_at, sliding) DO UPDATE SET points = lots.points + 52`,
  `INSERT INTO transactions (workspace_id, id, customer_id, source, reference, amount, currency, lines, awards, occurred_at, recorded_at)
VALUES ($workspace, gen_random_uuid(), $customer_id, 'default', gen_random_uuid()::text, 52.40, 'USD', '[]', '${AWARDS}', now(), now())`,
  `INSERT INTO ledger_entries (workspace_id, id, customer_id, card_id, type, sequence, points, balance_after, transaction_id, expires_at, occurred_at, recorded_at, hash)
VALUES ($workspace, gen_random_uuid(), $customer_id, $card_id, 'EARN', $sequence + 1, 52, $balance + 52, gen_random_uuid(), 'infinity', now(), now(), ${HASH})`,
  EVENTS,
];

export async function createBaseline(target: BaselineTarget): Promise<Baseline> {
  const pgbench = await findPgbench();
  return pgbench === null ? clientBaseline(target) : pgbenchBaseline(target, pgbench);
}

async function pgbenchBaseline({ url, workspaceId, size, customers }: BaselineTarget, pgbench: string): Promise<Baseline> {
  const folder = await mkdtemp(path.join(tmpdir(), 'voilatier-bench-'));
  const scriptOf = (form: BaselineForm) => path.join(folder, `${form}.sql`);
  const named = (sql: string) =>
    sql
      .replaceAll('$workspace', `'${workspaceId}'::uuid`)
      .replaceAll('$customer_id', ':customer_id::uuid')
      .replaceAll('$card_id', ':card_id::uuid')
      .replaceAll('$sequence', ':sequence::int')
      .replaceAll('$balance', ':balance::bigint')
      .replaceAll('$head', ':head::text')
      .replaceAll('$number', ':number')
      .replaceAll('\n', ' ');
  for (const form of ['STATEMENT_PER_TABLE', 'ONE_STATEMENT'] as const) {
    const writes = statementsOf(form, size).map((statement) => `${named(statement)};\n`).join('');
    const head = `\\set number random(0, ${customers - 1})\nBEGIN;\n${named(LOCK)} \\gset\n`;
    await writeFile(scriptOf(form), `${head}${writes}END;\n`);
  }
  return {
    tool: 'pgbench',
    async run(form, connections, durationMs) {
      const seconds = Math.max(1, Math.round(durationMs / 1000));
      const args = ['-n', '-M', 'prepared', '-c', `${connections}`, '-j', '2', '-T', `${seconds}`, '-f', scriptOf(form), url];
      const { stdout } = await promisify(execFile)(pgbench, args);
      const failed = /number of failed transactions: (\d+)/.exec(stdout)?.[1] ?? '0';
      const rate = Number(/tps = ([\d.]+)/.exec(stdout)?.[1]);
      if (failed !== '0' || !(rate > 0)) throw new Error(`pgbench failed:\n${stdout}`);
      return rate;
    },
    close: () => rm(folder, { recursive: true }),
  };
}

function clientBaseline({ url, workspaceId, size, customers }: BaselineTarget): Baseline {
  const positional = (sql: string, names: readonly string[]) =>
    names.reduce((text, name, index) => text.replaceAll(`$${name}`, `$${index + 1}`), sql);
  const lock = positional(LOCK.replace('$number', '$number::text'), ['workspace', 'number']);
  // Each statement takes the same six values, whether or not it uses all of them.
  const used = 'WITH given AS (SELECT $1::uuid, $2::uuid, $3::uuid, $4::int, $5::bigint, $6::text) ';
  const writesOf = (form: BaselineForm) =>
    statementsOf(form, size)
      .map((statement) => positional(statement, ['workspace', 'customer_id', 'card_id', 'sequence', 'balance', 'head']))
      .map((statement) => (statement.startsWith('WITH ') ? `${used.trimEnd()}, ${statement.slice(5)}` : `${used}${statement}`));
  return {
    tool: 'pg',
    async run(form, connections, durationMs) {
      const writes = writesOf(form);
      const endsAt = performance.now() + durationMs;
      const startedAt = performance.now();
      const counts = await Promise.all(
        Array.from({ length: connections }, async () => {
          const client = new pg.Client({ connectionString: url });
          await client.connect();
          let count = 0;
          for (; performance.now() < endsAt; count += 1) {
            const number = Math.floor(Math.random() * customers);
            await client.query('BEGIN');
            const { rows } = await client.query<Record<string, unknown>>({ name: 'lock', text: lock, values: [workspaceId, String(number)] });
            const { customer_id, card_id, sequence, balance, head } = rows[0] ?? {};
            const values = [workspaceId, customer_id, card_id, sequence, balance, head];
            for (const [index, text] of writes.entries()) await client.query({ name: `write-${index}`, text, values });
            await client.query('COMMIT');
          }
          await client.end();
          return count;
        }),
      );
      return counts.reduce((sum, count) => sum + count, 0) / ((performance.now() - startedAt) / 1000);
    },
    close: () => Promise.resolve(),
  };
}

function statementsOf(form: BaselineForm, size: ProgramSize): readonly string[] {
  return form === 'ONE_STATEMENT' ? [writeOf(size)] : perTableOf(size);
}

/** pgbench on the path or among PostgreSQL's own programs; null if there is none. */
async function findPgbench(): Promise<string | null> {
  const roots = await readdir('/usr/lib/postgresql').catch(() => []);
  const candidates = ['pgbench', ...roots.map((version) => `/usr/lib/postgresql/${version}/bin/pgbench`)];
  for (const candidate of candidates) {
    try {
      execFileSync(candidate, ['--version'], { stdio: 'ignore' });
      return candidate;
    } catch {
      continue;
    }
  }
  return null;
}

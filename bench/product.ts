import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { LoadResult } from './http-load.ts';
import { runLoad } from './http-load.ts';

/** The product as a benchmark sees it: a process on a database, a program, customers, and a load of earns on them. */

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const READY_TIMEOUT_MS = 30_000;
export const DEMO_KEY = 'bench-api-key-0123456789';

const EARN = `mutation($input: EarnInput!) { earn(input: $input) {
  customer { id points tier { name } }
  transaction { id }
  awards { points }
  rewards { id type }
  tierTransitions { type toTier { name } }
  userErrors { code message field }
} }`;

/**
 * What the engine has to do for each earn. PLAIN: one rule, one structure on the balance. FULL: everything an earn
 * can meet: condition, multipliers, caps, expiring points, triggered rewards, a structure over a trailing window whose tiers slide, with grace
 * and entry awards, beside a second one on the balance.
 */
export type ProgramSize = 'PLAIN' | 'FULL';

export interface Product {
  readonly port: number;
  readonly process: ChildProcess;
  stop(): Promise<void>;
}

/** Exactly what `npm start` runs, without npm in between. */
export async function startProduct(databaseUrl: string): Promise<Product> {
  const port = await freePort();
  const { scripts } = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8')) as { scripts: { start: string } };
  const child = spawn(process.execPath, scripts.start.split(' ').slice(1), {
    cwd: ROOT,
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      PORT: String(port),
      HOST: '127.0.0.1',
      BOOTSTRAP_API_KEY: DEMO_KEY,
      ENCRYPTION_KEY: 'be'.repeat(32),
      LOG_LEVEL: 'warn',
      WEBHOOK_ALLOW_LOOPBACK: 'on',
      API_EXPLORER: 'off',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await ready(port);
  return {
    port,
    process: child,
    async stop() {
      child.kill('SIGTERM');
      if (child.exitCode === null) await new Promise((resolve) => child.once('exit', resolve));
    },
  };
}

async function ready(port: number): Promise<void> {
  for (const deadline = Date.now() + READY_TIMEOUT_MS; Date.now() < deadline; ) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
    if (answer?.ok === true) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('The server did not become ready.');
}

/** A workspace with a program in force and customers called bench-0 to bench-(customers - 1). */
export interface BenchWorkspace {
  readonly id: string;
  readonly key: string;
  readonly customers: number;
}

/** The largest first purchase: they spread the customers evenly over the tiers, as those of a shop are. */
const FIRST_PURCHASE_MAX = 10_000;

/** Makes the workspace and its customers through the API, each with a first earn, so that both sides find a card. */
export async function prepareWorkspace(port: number, url: string, size: ProgramSize, customers: number, mode: 'LIVE' | 'SANDBOX' = 'LIVE'): Promise<BenchWorkspace> {
  const created = await send(port, DEMO_KEY, 'workspaceCreate', { name: size, timeZone: 'Europe/Warsaw', mode }, 'secret workspace { id }');
  const key = created['secret'] as string;
  await prepareProgram(port, key, size);
  await eachCustomer(customers, async (externalId, number) => {
    await send(port, key, 'customerUpsert', { externalId }, 'created');
    const amount = `${1 + Math.floor((number / customers) * FIRST_PURCHASE_MAX)}.00`;
    await send(port, key, 'earn', { customer: { externalId }, amount, currency: 'USD' }, 'duplicate');
  });
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ workspace_id: string }>('SELECT workspace_id FROM workspaces WHERE name = $1', [size]);
  await client.query('ANALYZE');
  await client.end();
  return { id: rows[0]?.workspace_id ?? '', key, customers };
}

/** Does the work for each of the customers, 32 at a time. */
export async function eachCustomer(customers: number, work: (externalId: string, number: number) => Promise<void>): Promise<void> {
  const numbers = Array.from({ length: customers }, (_, index) => index).values();
  await Promise.all(
    Array.from({ length: 32 }, async () => {
      for (const number of numbers) await work(`bench-${number}`, number);
    }),
  );
}

async function prepareProgram(port: number, key: string, size: ProgramSize): Promise<void> {
  const full = size === 'FULL';
  const monthly = { rolling: { period: { value: 12, unit: 'MONTH' }, rounding: 'END_OF_MONTH' } };
  const card = await send(port, key, 'cardDefinitionCreate', { name: 'Points', ...(full ? { expiration: monthly } : {}) }, 'cardDefinition { id }');
  const cardDefinitionId = (card['cardDefinition'] as { id: string }).id;
  await send(port, key, 'cardDefinitionActivate', { id: cardDefinitionId }, 'cardDefinition { id }');
  const tiers = [
    { name: 'Basic', minPoints: 0 },
    { name: 'Silver', minPoints: 100 },
    { name: 'Gold', minPoints: 5000 },
  ];
  const activities = { earningActivity: true, spendingActivity: true, customActivity: false };
  const climbing = {
    name: 'Climbing',
    type: 'POINT_EARNED',
    cardDefinitionId,
    pointEarned: { period: { value: 12, unit: 'MONTH' }, window: 'TRAILING' },
    expiration: { slidingExpiration: { period: { value: 1, unit: 'YEAR' }, ...activities } },
    downgrade: { multiLevel: { gracePeriod: { value: 1, unit: 'MONTH', roundUp: true } } },
    tiers: tiers.map((tier) => ({ ...tier, ...(tier.minPoints > 0 ? { entryAward: { points: 10 } } : {}) })),
  };
  const holding = { name: 'Holding', type: 'POINT_BALANCE', cardDefinitionId, downgrade: { singleLevel: {} }, tiers };
  const gold: string[] = [];
  for (const structure of full ? [climbing, holding] : [holding]) {
    const made = await send(port, key, 'tierStructureCreate', structure, 'tierStructure { id tiers { id } }');
    const { id, tiers: ids } = made['tierStructure'] as { id: string; tiers: { id: string }[] };
    gold.push(ids.at(-1)?.id ?? '');
    await send(port, key, 'tierStructureActivate', { id }, 'tierStructure { id }');
  }
  const extras = {
    condition: 'transaction.amountMinor > 0',
    tierMultipliers: gold.map((tierId) => ({ tierId, multiplier: '1.5' })),
    caps: { perTransaction: 1_000_000, perPeriod: [{ unit: 'DAY', points: 1_000_000_000 }], balance: 1_000_000_000 },
  };
  const version = { rates: [{ currency: 'USD', value: '1', every: '1.00' }], ...(full ? extras : {}) };
  await send(port, key, 'earnRuleCreate', { name: 'Base', cardDefinitionId, version }, 'earnRule { id }');
  if (full) await prepareRewards(port, key, cardDefinitionId);
}

/** Given for every tenth visit, and once a year for what was earned: every earn counts towards both. */
async function prepareRewards(port: number, key: string, cardDefinitionId: string): Promise<void> {
  const triggers = {
    'Tenth visit': { everyNthVisit: { visits: 10 } },
    'Good year': { pointEarned: { cardDefinitionId, points: 1_000, unit: 'YEAR' } },
  };
  for (const [name, trigger] of Object.entries(triggers)) {
    const made = await send(port, key, 'rewardCreate', { name, type: 'free_pastry', cardDefinitionId, cost: 0, trigger }, 'reward { id }');
    await send(port, key, 'rewardActivate', { id: (made['reward'] as { id: string }).id }, 'reward { id }');
  }
}

/** Runs one mutation that must succeed. */
export async function send(port: number, key: string, field: string, input: object, selection: string): Promise<Record<string, unknown>> {
  const inputType = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
  const query = `mutation($input: ${inputType}!) { ${field}(input: $input) { ${selection} userErrors { code message field } } }`;
  const response = await fetch(`http://127.0.0.1:${port}/v3/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query, variables: { input } }),
  });
  const body = (await response.json()) as { data?: Record<string, Record<string, unknown>>; errors?: unknown };
  const payload = body.data?.[field];
  if (payload === undefined || (payload['userErrors'] as unknown[]).length > 0) throw new Error(`${field} failed: ${JSON.stringify(body)}`);
  return payload;
}

let nextReference = 0;

/** Earns of random customers, as fast as so many connections get them answered. */
export function loadWithEarns(port: number, { key, customers }: BenchWorkspace, connections: number, durationMs: number): Promise<LoadResult> {
  return runLoad({
    host: '127.0.0.1',
    port,
    path: '/v3/graphql',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    connections,
    durationMs,
    nextBody: () => {
      nextReference += 1;
      const customer = { externalId: `bench-${Math.floor(Math.random() * customers)}` };
      const input = { customer, amount: '52.40', currency: 'USD', reference: `bench-${nextReference}` };
      return JSON.stringify({ query: EARN, variables: { input } });
    },
    check: (body) => {
      if (!body.includes('"userErrors":[]')) throw new Error(`An earn failed: ${body}`);
    },
  });
}

/** What the operating system says was the most; only Linux tells. */
export async function peakMemoryOf({ process: { pid } }: Product): Promise<string> {
  const status = await readFile(`/proc/${String(pid)}/status`, 'utf8').catch(() => '');
  const kilobytes = /VmHWM:\s+(\d+) kB/.exec(status)?.[1];
  return kilobytes === undefined ? 'unknown on this system' : `${Math.round(Number(kilobytes) / 1024)} MiB`;
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
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

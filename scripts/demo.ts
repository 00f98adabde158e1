/**
 * Loads a real purchase history into the demo workspace, through the public API alone, and says what
 * became of it. Every purchase has a reference, so running it again changes nothing.
 *
 *     npm run demo                            talks to the server at VOILATIER_URL, or starts one
 *     VOILATIER_API_KEY=... npm run demo      needed for a server whose key is not in DATA_DIR
 */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { SingleBar, Presets } from 'cli-progress';
import { Temporal } from 'temporal-polyfill';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const URL_DEFAULT = `http://localhost:${process.env['PORT'] ?? '4000'}`;
const CONCURRENCY = 32;
const READY_TIMEOUT_MS = 60_000;
const SHOP_TIME_ZONE = 'America/New_York';
const SOURCE = 'cdnow';

interface Purchase {
  readonly customer: string;
  readonly date: string;
  readonly units: number;
  readonly amount: string;
  readonly reference: string;
}

interface Answer<T> {
  readonly data?: T;
  readonly errors?: readonly { readonly message: string }[];
}

const UPSERT = `mutation($input: CustomerUpsertInput!) {
  customerUpsert(input: $input) { userErrors { code message } }
}`;

const EARN = `mutation($input: EarnInput!) {
  earn(input: $input) { duplicate awards { points } userErrors { code message } }
}`;

const MEMBERS = `query($after: String) {
  customers(first: 100, after: $after) { nodes { points tier { name } } pageInfo { hasNextPage endCursor } }
}`;

class Api {
  readonly #url: string;
  readonly #key: string;
  requests = 0;

  constructor(url: string, key: string) {
    this.#url = `${url}/v3/graphql`;
    this.#key = key;
  }

  async run<T>(query: string, variables: object): Promise<T> {
    this.requests += 1;
    const response = await fetch(this.#url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.#key}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as Answer<T>;
    if (data === undefined || errors !== undefined) throw new Error(errors?.[0]?.message ?? `HTTP ${response.status}`);
    return data;
  }
}

async function main(): Promise<void> {
  const url = process.env['VOILATIER_URL'] ?? URL_DEFAULT;
  const server = (await isReady(url)) ? null : await startServer(url);
  try {
    await load(new Api(url, await findKey()));
  } finally {
    await stopServer(server);
  }
}

async function load(api: Api): Promise<void> {
  const purchases = await readPurchases();
  const firstDates = new Map<string, string>();
  for (const { customer, date } of purchases) {
    const first = firstDates.get(customer);
    if (first === undefined || date < first) firstDates.set(customer, date);
  }
  const startedAt = performance.now();
  await eachOf('customers', [...firstDates], async ([customer, date]) => {
    const input = { externalId: customer, joinedAt: instantOf(date) };
    const { customerUpsert } = await api.run<{ customerUpsert: Refusable }>(UPSERT, { input });
    refuseNothing(customerUpsert);
  });
  let recorded = 0;
  let issued = 0;
  await eachOf('purchases', purchases, async ({ customer, date, units, amount, reference }) => {
    const input = {
      customer: { externalId: customer },
      amount,
      currency: 'USD',
      lines: [{ category: 'cd', quantity: units, amount }],
      occurredAt: instantOf(date),
      source: SOURCE,
      reference,
    };
    const { earn } = await api.run<{ earn: Refusable & { duplicate: boolean; awards: { points: number }[] } }>(EARN, { input });
    refuseNothing(earn);
    if (earn.duplicate) return;
    recorded += 1;
    issued += earn.awards.reduce((sum, { points }) => sum + points, 0);
  });
  const seconds = (performance.now() - startedAt) / 1000;
  const written = api.requests;
  await report(api, { purchases: purchases.length, recorded, issued, written, seconds });
}

interface Refusable {
  readonly userErrors: readonly { readonly code: string; readonly message: string }[];
}

function refuseNothing({ userErrors }: Refusable): void {
  const [first] = userErrors;
  if (first !== undefined) throw new Error(`${first.code}: ${first.message}`);
}

interface Totals {
  readonly purchases: number;
  readonly recorded: number;
  readonly issued: number;
  readonly written: number;
  readonly seconds: number;
}

async function report(api: Api, totals: Totals): Promise<void> {
  const members = new Map<string, number>();
  let balance = 0;
  for (let after: string | null = null, more = true; more; ) {
    const { customers }: { customers: MemberPage } = await api.run<{ customers: MemberPage }>(MEMBERS, { after });
    for (const { points, tier } of customers.nodes) {
      const name = tier?.name ?? 'No tier';
      members.set(name, (members.get(name) ?? 0) + 1);
      balance += points;
    }
    after = customers.pageInfo.endCursor;
    more = customers.pageInfo.hasNextPage;
  }
  const number = (value: number) => value.toLocaleString('en-US');
  const lines = [
    '',
    `Purchases        ${number(totals.purchases)} sent, ${number(totals.recorded)} new, ${number(totals.purchases - totals.recorded)} recorded before`,
    `Points issued    ${number(totals.issued)} by this run, ${number(balance)} held by all members`,
    `Requests         ${number(totals.written)} in ${totals.seconds.toFixed(1)} s, ${number(Math.round(totals.written / totals.seconds))} per second`,
    'Members per tier',
    ...[...members].sort(([, a], [, b]) => b - a).map(([name, count]) => `  ${name.padEnd(14)} ${number(count)}`),
    '',
  ];
  process.stdout.write(lines.join('\n'));
}

interface MemberPage {
  readonly nodes: readonly { readonly points: number; readonly tier: { readonly name: string } | null }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** Works through the items, a bounded number at a time, under a progress bar. */
async function eachOf<T>(name: string, items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const format = `${name.padEnd(10)} {bar} {percentage}% | {value}/{total} | {eta_formatted} left`;
  const bar = new SingleBar({ format, noTTYOutput: true, notTTYSchedule: 2_000 }, Presets.shades_classic);
  bar.start(items.length, 0);
  const rest = items.values();
  await Promise.all(
    Array.from({ length: CONCURRENCY }, async () => {
      for (const item of rest) {
        await work(item);
        bar.increment();
      }
    }),
  );
  bar.stop();
}

async function readPurchases(): Promise<Purchase[]> {
  const text = await readFile(path.join(ROOT, 'examples/cdnow-sample.csv'), 'utf8');
  const [, ...lines] = text.trim().split('\n');
  return lines.map((line, index) => {
    const [customer = '', date = '', units = '', amount = ''] = line.trim().split(',');
    // A customer can buy twice on one day, so the number of the line is what names a purchase.
    return { customer, date, units: Number(units), amount, reference: `line-${index + 2}` };
  });
}

/** The shop recorded days; noon stands for the hour. */
function instantOf(date: string): string {
  const noon = Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: SHOP_TIME_ZONE, plainTime: '12:00' });
  return noon.toInstant().toString();
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`)).ok;
  } catch {
    return false;
  }
}

async function startServer(url: string): Promise<ChildProcess> {
  if (process.env['VOILATIER_URL'] !== undefined) throw new Error(`There is no server at ${url}.`);
  process.stdout.write('No server is running; starting one for the demo.\n');
  const environment = { LOG_LEVEL: 'warn', ...process.env };
  const server = spawn(process.execPath, ['scripts/bundled.mjs', 'src/main.ts'], { cwd: ROOT, env: environment, stdio: 'inherit' });
  for (const deadline = Date.now() + READY_TIMEOUT_MS; Date.now() < deadline; ) {
    if (server.exitCode !== null) throw new Error('The server did not start.');
    if (await isReady(url)) return server;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  server.kill('SIGTERM');
  throw new Error('The server did not become ready.');
}

async function stopServer(server: ChildProcess | null): Promise<void> {
  if (server === null || server.exitCode !== null) return;
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  await ended;
}

/** The key in the environment, or the one that the server wrote into its data folder when it made the demo workspace. */
async function findKey(): Promise<string> {
  const given = process.env['VOILATIER_API_KEY'] ?? process.env['BOOTSTRAP_API_KEY'];
  if (given !== undefined && given !== '') return given;
  const file = path.resolve(ROOT, process.env['DATA_DIR'] ?? '.data', 'demo-api-key');
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch {
    throw new Error(`Set VOILATIER_API_KEY to a key of the demo workspace: there is none in ${file}.`);
  }
}

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

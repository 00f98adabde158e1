/**
 * Everything at once that can go wrong between an event and its receivers: processes and PostgreSQL that are killed with -9,
 * receivers that refuse, hang, break off, dribble and talk too much. What was sent is written down by the receivers alone.
 */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as delay, setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { customerUpsert } from '../../src/commands/customers.ts';
import type { Actor } from '../../src/commands/run.ts';
import { CommandRunner } from '../../src/commands/run.ts';
import { webhookEndpointCreate } from '../../src/commands/webhooks.ts';
import { workspaceCreate } from '../../src/commands/workspaces.ts';
import type { Database } from '../../src/database/client.ts';
import { createDatabase } from '../../src/database/client.ts';
import type { EmbeddedPostgres } from '../../src/database/embedded.ts';
import { startEmbeddedPostgres } from '../../src/database/embedded.ts';
import { migrateDatabase } from '../../src/database/migrate.ts';
import { prepareApplicationRole } from '../../src/database/wall.ts';
import { SYSTEM_ORIGIN } from '../../src/domain/audit.ts';
import { HEALTH_POLICY } from '../../src/domain/webhook-health.ts';
import { SecretBox } from '../../src/platform/encryption.ts';
import { newId, toPublicId } from '../../src/platform/ids.ts';
import { createTestFolder } from './database.ts';
import type { Behaviour } from './receiver.ts';
import { Receiver, answer } from './receiver.ts';
import type { WebhookChildSettings } from './webhook-child.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const DISPATCHERS = 3;
const POSTGRES_KILL_MS = 60_000;
/** After so many events it is told how far it is. */
const TOLD_AT_ONCE = 5_000;

export interface TortureOptions {
  readonly events: number;
  readonly eventsPerSecond: number;
  /** Each dispatcher lives between these times. */
  readonly livesMs: readonly [number, number];
  /** After so many kills the dispatchers live on: what is left takes a slow machine as long as it takes. */
  readonly dispatcherKillsMax: number;
  readonly postgresKills: number;
  /** How long the rest may take once all events are there. */
  readonly drainMs: number;
  /** Told how far it is, now and then. */
  readonly log?: (message: string) => void;
}

/** What a receiver has taken: each message when it came first, and those that came again. */
interface Taken {
  readonly first: Map<string, number>;
  readonly again: string[];
}

export interface EndpointReport {
  readonly name: string;
  /** Events in the log that the endpoint asks for. */
  readonly expected: number;
  /** Of them, those that arrived. */
  readonly arrived: number;
  /** Messages that it did not ask for. */
  readonly uncalledFor: number;
  /** Messages that it had taken before. */
  readonly duplicates: number;
  /** Of them, those that came without a kill around the first time. */
  readonly unexplained: number;
  readonly requests: number;
}

export interface TortureReport {
  readonly endpoints: readonly EndpointReport[];
  readonly dispatcherKills: number;
  readonly postgresKills: number;
  readonly seconds: number;
  /** From sending to the end of the answer, of messages that were taken: what a kill falls into. */
  readonly answerMs: { readonly median: number; readonly mean: number };
}

/** A kill explains what was under way then: sent before it, and not yet written down. */
const KILL_BEFORE_MS = 5_000;
const KILL_AFTER_MS = 5_000;

/** The product's own, but that the lease fits the shorter time limit, and that what others commit is seen sooner. */
const SETTINGS = { leaseMs: 9_000, idleMs: 50 };
const LIMITS = { timeoutMs: 3_000 };
/** After a pause one attempt is made, so that with the product's pauses a receiver that refuses dozens in a row is away for hours. */
const HEALTH = { ...HEALTH_POLICY, firstPauseMs: 100, pauseMaxMs: 500 };
const SCHEDULE = { firstPauseMs: 200, factor: 2, pauseMaxMs: 2_000, totalMs: 900_000 };

interface Plan {
  readonly name: string;
  readonly filter: string | null;
  readonly isFor: (externalId: string) => boolean;
  /** Chooses how a message is answered: null takes it well. */
  readonly trouble: (count: number) => Trouble | null;
}

type Trouble = 'status 500' | 'status 301' | 'status 410' | 'status 429' | 'status 204' | 'time out' | 'reset' | 'dribble' | 'dribble for ever' | '10 MB' | 'hang after headers';

const all = () => true;
const PLANS: readonly Plan[] = [
  { name: 'refuses', filter: null, isFor: all, trouble: (count) => pick(count, { 19: 'status 500', 37: 'status 429', 53: 'status 301' }) },
  { name: 'breaks', filter: null, isFor: all, trouble: (count) => pick(count, { 41: 'reset', 97: 'hang after headers', 101: 'time out' }) },
  { name: 'talks', filter: null, isFor: all, trouble: (count) => pick(count, { 2: 'status 204', 61: '10 MB', 17: 'dribble', 103: 'dribble for ever' }) },
  { name: 'is away for a while', filter: null, isFor: all, trouble: (count) => (count > 300 && count < 345 ? 'status 500' : null) },
  { name: 'wants some', filter: 'data.external_id.endsWith("7")', isFor: (externalId) => externalId.endsWith('7'), trouble: (count) => pick(count, { 13: 'status 500' }) },
  { name: 'is gone', filter: null, isFor: all, trouble: (count) => (count > 50 ? 'status 410' : null) },
];

function pick(count: number, every: Readonly<Record<number, Trouble>>): Trouble | null {
  return Object.entries(every).find(([number]) => count % Number(number) === 0)?.[1] ?? null;
}

export async function runTorture(options: TortureOptions): Promise<TortureReport> {
  const folder = await createTestFolder();
  const scene = new Scene(options, path.join(folder, 'data'));
  try {
    return await scene.play();
  } finally {
    await scene.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

class Scene {
  readonly #options: TortureOptions;
  readonly #dataDir: string;
  readonly #receiver = new Receiver();
  readonly #taken = new Map<string, Taken>(PLANS.map(({ name }) => [name, { first: new Map(), again: [] }]));
  readonly #counts = new Map<string, number>();
  readonly #kills: number[] = [];
  readonly #children = new Set<ChildProcess>();
  #port = 0;
  #postgres: EmbeddedPostgres | null = null;
  #postgresKills = 0;
  #dispatcherKills = 0;
  #over = false;

  constructor(options: TortureOptions, dataDir: string) {
    this.#options = options;
    this.#dataDir = dataDir;
  }

  async play(): Promise<TortureReport> {
    const startedAt = Date.now();
    await this.#receiver.start();
    this.#port = await findLastingPort();
    await this.#startPostgres();
    const { url } = this.#postgres!;
    const admin = createDatabase(url, { connectionsMax: 2 });
    await migrateDatabase(admin);
    const role = await prepareApplicationRole(admin);
    await admin.close();

    const database = createDatabase(url, { role, connectionsMax: 6, onConnectionLost: () => undefined });
    const runner = new CommandRunner({ database, clock: Date.now });
    const key = randomBytes(32).toString('hex');
    const actor = await this.#prepare(runner, key);
    const child: WebhookChildSettings = { url, role, key, settings: SETTINGS, limits: LIMITS, schedule: SCHEDULE, health: HEALTH };
    const lives = Array.from({ length: DISPATCHERS }, () => this.#live(child));
    const troubles = this.#troublePostgres();
    await this.#tell(runner, actor);
    await this.#drain(database, actor.workspaceId);
    this.#over = true;
    await Promise.all([...lives, troubles]);
    const endpoints = await this.#judge(database, actor.workspaceId);
    const answerMs = await this.#answerMs(database, actor.workspaceId);
    await database.close();
    return { endpoints, dispatcherKills: this.#dispatcherKills, postgresKills: this.#postgresKills, seconds: Math.round((Date.now() - startedAt) / 1_000), answerMs };
  }

  async close(): Promise<void> {
    this.#over = true;
    for (const child of this.#children) child.kill('SIGKILL');
    await this.#receiver.stop();
    await this.#postgres?.stop();
  }

  async #prepare(runner: CommandRunner, key: string): Promise<Actor> {
    const cause = { requestId: newId(), origin: SYSTEM_ORIGIN };
    const settings = { name: 'Torture', timeZone: 'UTC', mode: 'SANDBOX' as const, clockFrozenAt: null, backdatingDays: 10, eventRetentionDays: 30 };
    const created = await workspaceCreate(runner, cause, settings);
    if (!created.ok) throw new Error(JSON.stringify(created.problems));
    const actor = { ...cause, workspaceId: created.value.workspace.id, apiKeyId: null };
    for (const [index, plan] of PLANS.entries()) {
      const { name, filter } = plan;
      const at = this.#receiver.at(`/${index}`, this.#behaviourOf(index));
      const outcome = await webhookEndpointCreate(
        runner,
        { box: new SecretBox(Buffer.from(key, 'hex')), allowLoopback: true },
        actor,
        { url: at, description: name, eventTypes: ['customer.created'], filter, customHeaders: [], ratePerSecond: null, ordered: false, metadata: {} },
        null,
      );
      if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
    }
    return actor;
  }

  #behaviourOf(index: number): Behaviour {
    const plan = PLANS[index]!;
    const { first, again } = this.#taken.get(plan.name)!;
    const take = (eventId: string) => {
      if (first.has(eventId)) again.push(eventId);
      else first.set(eventId, Date.now());
    };
    return (received, request, response) => {
      const count = (this.#counts.get(plan.name) ?? 0) + 1;
      this.#counts.set(plan.name, count);
      // What the messages of a long run say need not be kept.
      this.#receiver.received.length = 0;
      const id = received.event.id as string;
      const trouble = plan.trouble(count);
      if (trouble === null || trouble === 'status 204' || trouble === '10 MB' || trouble === 'dribble') take(id);
      if (trouble === null) return void response.writeHead(200).end('ok');
      if (trouble.startsWith('status ')) {
        const status = Number(trouble.slice('status '.length));
        return answer(status, status === 429 ? { 'retry-after': '1' } : status === 301 ? { location: this.#receiver.at('/redirected') } : {})(received, request, response);
      }
      if (trouble === 'reset') return void request.socket.resetAndDestroy();
      if (trouble === '10 MB') return void response.writeHead(200).end(Buffer.alloc(10 * 2 ** 20, 'x'));
      if (trouble === 'hang after headers') return void response.writeHead(200, { 'content-length': '2' }).flushHeaders();
      if (trouble !== 'time out') dribble(response, trouble === 'dribble' ? 5 : Infinity);
    };
  }

  /** Starts a dispatcher again and again, and kills it. The last one lives on until everything is done. */
  async #live(settings: WebhookChildSettings): Promise<void> {
    const { livesMs: [least, most], dispatcherKillsMax } = this.#options;
    while (!this.#over) {
      const child = spawn(process.execPath, ['scripts/bundled.mjs', 'tests/support/webhook-child.ts', JSON.stringify(settings)], {
        cwd: ROOT,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      this.#children.add(child);
      const ended = once(child, 'exit');
      await Promise.race([once(child.stdout, 'data'), ended]);
      const diesAt = Date.now() + least + Math.random() * (most - least);
      const isToDie = () => Date.now() >= diesAt && this.#dispatcherKills < dispatcherKillsMax;
      while (!this.#over && !isToDie() && child.exitCode === null) await delay(50);
      if (child.exitCode !== null) throw new Error('A dispatcher has ended by itself.');
      if (!this.#over) {
        // What waits in this process, to which all messages go, is no part of what a kill may interrupt.
        await setImmediate();
        this.#kills.push(Date.now());
        this.#dispatcherKills += 1;
      }
      child.kill('SIGKILL');
      await ended;
      this.#children.delete(child);
    }
  }

  async #troublePostgres(): Promise<void> {
    const { postgresKills, events, eventsPerSecond } = this.#options;
    const everyMs = Math.min(POSTGRES_KILL_MS, (events / eventsPerSecond) * (1_000 / (postgresKills + 1)));
    for (let kill = 0; kill < postgresKills && !this.#over; kill += 1) {
      await delay(everyMs);
      if (this.#over) return;
      this.#kills.push(Date.now());
      this.#postgresKills += 1;
      process.kill(this.#postgres!.pid, 'SIGKILL');
      await this.#postgres!.stop();
      await this.#startPostgres();
      this.#kills.push(Date.now());
    }
  }

  async #startPostgres(): Promise<void> {
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
    this.#postgres = await startEmbeddedPostgres({ dataDir: this.#dataDir, port: this.#port, log, durable: false });
  }

  /** Makes customers, at a steady pace, until each is acknowledged. */
  async #tell(runner: CommandRunner, actor: Actor): Promise<void> {
    const { events, eventsPerSecond } = this.#options;
    const startedAt = Date.now();
    let next = 0;
    const worker = async () => {
      while (next < events) {
        const number = next;
        next += 1;
        if (number % TOLD_AT_ONCE === 0) this.#logProgress(`${number} told`);
        const dueAt = startedAt + (number / eventsPerSecond) * 1_000;
        if (dueAt > Date.now()) await delay(dueAt - Date.now());
        await this.#untilDone(() => customerUpsert(runner, { ...actor, requestId: newId() }, { externalId: `customer-${number}`, joinedAt: null, expectedVersion: null, idempotencyKey: null }));
      }
    };
    await Promise.all(Array.from({ length: 8 }, worker));
  }

  #logProgress(state: string): void {
    const arrived = [...this.#taken.values()].map(({ first, again }) => `${first.size} (${again.length} again)`);
    this.#options.log?.(`${state}; ${this.#dispatcherKills} kills; arrived: ${arrived.join(', ')}`);
  }

  async #untilDone(work: () => Promise<{ readonly ok: boolean }>): Promise<void> {
    for (;;) {
      const outcome = await work().catch(() => null);
      if (outcome?.ok === true) return;
      if (outcome !== null) throw new Error(`A command was refused: ${JSON.stringify(outcome)}`);
      await delay(100);
    }
  }

  /** Waits until every living endpoint has been told everything and nothing is pending. */
  async #drain(database: Database, workspaceId: string): Promise<void> {
    const deadline = Date.now() + this.#options.drainMs;
    for (;;) {
      const pending = await this.#pending(database, workspaceId).catch(() => 1);
      this.#logProgress(`${pending} pending`);
      if (pending === 0 && (await this.#isComplete(database, workspaceId).catch(() => false))) return;
      if (Date.now() > deadline) return;
      await delay(Math.max(1_000, this.#options.events / 10));
    }
  }

  async #pending(database: Database, workspaceId: string): Promise<number> {
    const { rows } = await database.workspace(workspaceId).pool.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM webhook_deliveries d JOIN webhook_endpoints e ON e.workspace_id = $1 AND e.id = d.endpoint_id
       WHERE d.workspace_id = $1 AND d.status = 'PENDING' AND e.status = 'ENABLED'`,
      [workspaceId],
    );
    return rows[0]?.count ?? 0;
  }

  async #answerMs(database: Database, workspaceId: string): Promise<TortureReport['answerMs']> {
    const { rows } = await database.workspace(workspaceId).pool.query<TortureReport['answerMs']>(
      `SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY latency_ms) AS median, round(avg(latency_ms), 1)::float8 AS mean
       FROM webhook_attempts WHERE workspace_id = $1 AND error IS NULL AND status_code BETWEEN 200 AND 299`,
      [workspaceId],
    );
    return rows[0]!;
  }

  async #isComplete(database: Database, workspaceId: string): Promise<boolean> {
    const reports = await this.#judge(database, workspaceId);
    return reports.every(({ name, expected, arrived }) => name === 'is gone' || arrived === expected);
  }

  async #judge(database: Database, workspaceId: string): Promise<EndpointReport[]> {
    const { rows } = await database.workspace(workspaceId).pool.query<{ id: string; external_id: string }>(
      `SELECT e.id, c.external_id FROM events e JOIN customers c ON c.workspace_id = $1 AND c.id = e.customer_id
       WHERE e.workspace_id = $1 AND e.type = 'customer.created'`,
      [workspaceId],
    );
    const events = rows.map(({ id, external_id }) => ({ id: toPublicId('Event', id), externalId: external_id }));
    return PLANS.map((plan) => {
      const expected = new Set(events.filter(({ externalId }) => plan.isFor(externalId)).map(({ id }) => id));
      const { first, again } = this.#taken.get(plan.name)!;
      const isExplained = (eventId: string) => this.#kills.some((at) => at > first.get(eventId)! - KILL_BEFORE_MS && at < first.get(eventId)! + KILL_AFTER_MS);
      const ids = [...first.keys()];
      return {
        name: plan.name,
        expected: expected.size,
        arrived: ids.filter((id) => expected.has(id)).length,
        uncalledFor: [...ids, ...again].filter((id) => !expected.has(id)).length,
        duplicates: again.length,
        unexplained: again.filter((id) => !isExplained(id)).length,
        requests: this.#counts.get(plan.name) ?? 0,
      };
    });
  }
}

/** A port on which PostgreSQL can be started again and again: systems give none below 32,768 to outgoing connections, of which there are many. */
async function findLastingPort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const server = net.createServer();
    const isFree = await new Promise<boolean>((resolve) => server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true)));
    if (!isFree) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
}

/** A byte now and then, so many of them. */
function dribble(response: ServerResponse, bytes: number): void {
  response.writeHead(200);
  let left = bytes;
  const timer = setInterval(() => {
    left -= 1;
    if (response.destroyed) return clearInterval(timer);
    if (left > 0) return void response.write('.');
    clearInterval(timer);
    response.end();
  }, 40);
}

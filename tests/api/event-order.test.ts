import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { EventLogRepository, EventRepository } from '../../src/repositories/events.ts';
import type { LogPlace } from '../../src/domain/events.ts';
import { createDatabase, withTransaction } from '../../src/database/client.ts';
import type { Database } from '../../src/database/client.ts';
import { fromPublicId, newId } from '../../src/platform/ids.ts';
import type { ApiClient } from '../support/client.ts';
import { buildCustomer, buildProgram, earn } from '../support/program.ts';
import { connectApplication, startTestServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { tuplesLookedAt } from '../support/tuples.ts';

/**
 * What commits late comes late: it never slips in before what somebody has read. Transactions are held open by hand, with
 * readers between their beginning, their writing and their commit. EVENT_ORDER_SHAPES sets how many shapes are tried.
 */

const SHAPES = Number(process.env['EVENT_ORDER_SHAPES'] ?? 100);
const ALL = { types: null, customerId: null };

let server: TestServer;
let beside: TestServer;
let database: Database;
beforeAll(async () => {
  server = await startTestServer();
  beside = await startTestServer({ beside: server });
  database = createDatabase(server.databaseUrl, { connectionsMax: 12 });
});
afterAll(async () => {
  await database.close();
  await beside.stop();
  await server.stop();
});

async function idOf(client: ApiClient): Promise<string> {
  return fromPublicId('Workspace', (await client.run('{ workspace { id } }')).workspace.id) ?? '';
}

/** Reads on from where it stands, and remembers all that it was given. */
class Reader {
  readonly seen: string[] = [];
  readonly #log: EventLogRepository;
  #place: LogPlace | null;

  /** @param from left out: it reads everything */
  constructor(workspaceId: string, from?: Reader) {
    this.#place = from === undefined ? null : from.#place;
    this.#log = new EventLogRepository(database.workspace(workspaceId), workspaceId);
  }

  async read(limit = 3): Promise<void> {
    for (;;) {
      const page = await this.#log.read(this.#place, ALL, limit);
      this.seen.push(...page.events.map(({ event }) => event.id));
      this.#place = page.upTo;
      if (page.complete) return;
    }
  }
}

/** A transaction that writes an event and waits with its commit. */
async function openTransaction(workspaceId: string) {
  const gate = { write: () => undefined as void, commit: () => undefined as void };
  const mayWrite = new Promise<void>((resume) => (gate.write = resume));
  const mayCommit = new Promise<void>((resume) => (gate.commit = resume));
  let written: () => void = () => undefined;
  const isWritten = new Promise<void>((resume) => (written = resume));
  const done = withTransaction(database.workspace(workspaceId), async (transaction) => {
    // As every command does, it has a transaction id long before it commits.
    await transaction.$client.query('SELECT pg_current_xact_id()');
    await mayWrite;
    const event = { type: 'customer.updated', customerId: null, sequence: null, requestId: 'r', command: 'c', apiKeyId: null, data: {}, occurredAt: 0, recordedAt: 0 };
    await new EventRepository(transaction, workspaceId).insert(newId(), event);
    written();
    await mayCommit;
  });
  return {
    async write() {
      gate.write();
      await isWritten;
    },
    async commit() {
      gate.commit();
      await done;
    },
  };
}

test('two transactions, the first to write commits last', async () => {
  const workspaceId = await idOf(await server.workspace());
  const reader = new Reader(workspaceId);
  await reader.read();
  const before = reader.seen.length;
  const early = await openTransaction(workspaceId);
  const late = await openTransaction(workspaceId);
  await early.write();
  await late.write();
  await late.commit();
  await reader.read();
  expect(reader.seen.length).toBe(before + 1);
  await early.commit();
  await reader.read();
  expect(reader.seen.length).toBe(before + 2);
  const anew = new Reader(workspaceId);
  await anew.read();
  expect(anew.seen).toEqual(reader.seen);
});

test.each(['force_generic_plan', 'force_custom_plan'])('what is read in the middle of a long log has no part in how long the log is (%s)', async (planned) => {
  const batches = 20_000;
  const workspaceId = await idOf(await server.workspace());
  const walled = await connectApplication(server.databaseUrl, database);
  const idOfBatch = (events: string) => `('01990000-0000-7' || lpad(to_hex(number >> 12), 3, '0') || '-8000-' || lpad(to_hex(number & 4095), 7, '0') || '${events}')::uuid`;
  const before = new EventLogRepository(database.workspace(workspaceId), workspaceId);
  const { position } = (await before.end()).place;
  await server.database.pool.query(
    `WITH batches AS (
       INSERT INTO event_batches (workspace_id, id, position, written_at_us)
       SELECT $1, ${idOfBatch('00000')}, $2::bigint + number, number FROM generate_series(1, ${batches}) number
     ), moved AS (UPDATE event_logs SET last_position = last_position + ${batches} WHERE workspace_id = $1)
     INSERT INTO events (workspace_id, id, type, request_id, data, occurred_at, recorded_at)
     SELECT $1, ${idOfBatch('00001')}, 'customer.updated', 'r', '{}', now(), now() FROM generate_series(1, ${batches}) number`,
    [workspaceId, String(position)],
  );
  await server.database.pool.query('ANALYZE event_batches; ANALYZE events');
  await withTransaction(walled.workspace(workspaceId), async ({ $client: pool }) => {
    await pool.query(`SET LOCAL plan_cache_mode = ${planned}`);
    const looked = () => tuplesLookedAt(pool, ['events', 'event_batches']);
    const log = new EventLogRepository({ ...walled.workspace(workspaceId), pool }, workspaceId);
    const first = await looked();
    const page = await log.read({ position: position + 9_000n, number: 0xfffff }, ALL, 100);
    expect([page.events.length, page.events[0]!.place.position, page.upTo.position]).toEqual([100, position + 9_001n, position + 9_100n]);
    expect((await looked()) - first).toBeLessThan(1_500);
    const behind = await looked();
    const back = await log.readBack({ position: position + 9_000n, number: 0 }, ALL, 100);
    expect([back.events.length, back.events[99]!.place.position]).toEqual([100, position + 8_999n]);
    expect((await looked()) - behind).toBeLessThan(1_500);
  });
  await walled.close();
});

/** Numbers that look random and are the same each time. */
function numbers(seed: number): (below: number) => number {
  let state = seed * 2_654_435_761 + 1;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    return (state >>> 0) % below;
  };
}

test(`${SHAPES} shapes: whoever reads when, everybody sees all events once, in one order`, async () => {
  const workspaceId = await idOf(await server.workspace());
  const constant = new Reader(workspaceId);
  let written = 0;
  for (let shape = 0; shape < SHAPES; shape += 1) {
    const below = numbers(shape);
    await constant.read(100);
    const before = constant.seen.length;
    const other = new Reader(workspaceId, constant);
    const last = new Reader(workspaceId, constant);
    const readers = [constant, other];
    const open = await Promise.all(Array.from({ length: 2 + below(4) }, () => openTransaction(workspaceId)));
    const steps = open.map((transaction) => [() => transaction.write(), () => transaction.commit()]);
    while (steps.some((left) => left.length > 0)) {
      const unfinished = steps.filter((left) => left.length > 0);
      const step = unfinished[below(unfinished.length)]?.shift();
      const reading = below(3) === 0 ? [] : readers.filter(() => below(2) === 0).map((reader) => reader.read(1 + below(4)));
      // Sometimes at the same time, sometimes one after the other.
      if (below(2) === 0) await Promise.all([step?.(), ...reading]);
      else {
        await Promise.all(reading);
        await step?.();
      }
    }
    written += open.length;
    await Promise.all([...readers, last].map((reader) => reader.read()));
    expect(last.seen.length).toBe(open.length);
    expect(other.seen).toEqual(last.seen);
    expect(constant.seen.slice(before)).toEqual(last.seen);
  }
  const anew = new Reader(workspaceId);
  await anew.read(100);
  expect(anew.seen).toEqual(constant.seen);
  expect(new Set(constant.seen).size).toBe(constant.seen.length);
  const { rows } = await server.database.pool.query('SELECT count(*)::int AS count FROM events WHERE workspace_id = $1', [workspaceId]);
  expect(rows).toEqual([{ count: constant.seen.length }]);
  expect(constant.seen.length).toBeGreaterThanOrEqual(written);
});

test('one customer’s events are in the order of their numbers, whichever process wrote them, and without gaps', async () => {
  const client = await server.workspace();
  await buildProgram(client);
  const customers = ['ada', 'bob', 'cyd'];
  for (const externalId of customers) await buildCustomer(client, externalId);
  const other = new (client.constructor as new (url: string, key: string | null) => ApiClient)(beside.graphqlUrl, client.key);
  const workspaceId = await idOf(client);
  const reader = new Reader(workspaceId);
  let writing = true;
  const reading = (async () => {
    while (writing) await reader.read(7);
  })();
  await Promise.all(
    [client, other].flatMap((from) => customers.map(async (externalId) => {
      for (let count = 0; count < 25; count += 1) expect((await earn(from, externalId, '10.00')).userErrors).toEqual([]);
    })),
  );
  writing = false;
  await reading;
  await reader.read();
  expect(new Set(reader.seen).size).toBe(reader.seen.length);
  const { rows } = await server.database.pool.query<{ id: string; customer_id: string; sequence: number }>(
    'SELECT id, customer_id, sequence FROM events WHERE workspace_id = $1 AND customer_id IS NOT NULL',
    [workspaceId],
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  const numbersOf = new Map<string, number[]>();
  for (const id of reader.seen) {
    const row = byId.get(id);
    if (row !== undefined) numbersOf.set(row.customer_id, [...(numbersOf.get(row.customer_id) ?? []), row.sequence]);
  }
  expect(numbersOf.size).toBe(3);
  for (const told of numbersOf.values()) expect(told).toEqual(told.map((_, index) => index + 1));
});

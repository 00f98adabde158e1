/** Streams of three processes that have nothing in common but the database, with clients that are cut off again and again. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Database } from '../../src/database/client.ts';
import { createDatabase, withTransaction } from '../../src/database/client.ts';
import type { EmbeddedPostgres } from '../../src/database/embedded.ts';
import { startEmbeddedPostgres } from '../../src/database/embedded.ts';
import { EventRepository } from '../../src/repositories/events.ts';
import { fromPublicId, newId, toPublicId } from '../../src/platform/ids.ts';
import { ApiClient } from '../support/client.ts';
import { EventStreamClient } from '../support/event-stream.ts';
import type { RunningProcess } from '../support/process.ts';
import { eventually, start, stopAll } from '../support/process.ts';
import { buildCustomer, earn } from '../support/program.ts';

const API_KEY = 'event-streams-key-0123456789';
const PROCESSES = 3;
/** How often clients are cut off, all together. */
const DISCONNECTS = Number(process.env['EVENT_STREAM_DISCONNECTS'] ?? '2000');
const CLIENTS = 16;
/** How long one may stay, at most, until it is cut off. */
const STAY_MAX_MS = 200;
const TIMEOUT_MS = 600_000;

/** Of its own: three processes have more connections than others would leave them. */
let embedded: EmbeddedPostgres;
let folder: string;
let database: Database;
let processes: RunningProcess[];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'voilatier-streams-'));
  embedded = await startEmbeddedPostgres({ dataDir: folder, durable: false, log: { info: () => undefined, warn: () => undefined, error: () => undefined } });
  database = createDatabase(embedded.url);
  const environment = {
    DATABASE_URL: embedded.url,
    BOOTSTRAP_API_KEY: API_KEY,
    LOG_LEVEL: 'warn',
    RATE_LIMIT_INITIAL: '100000000',
    RATE_LIMIT_CEILING_SANDBOX: '100000000',
  };
  // The first makes the demo workspace.
  const first = await start(environment);
  processes = [first, ...(await Promise.all(Array.from({ length: PROCESSES - 1 }, () => start(environment))))];
}, TIMEOUT_MS);

afterAll(async () => {
  await stopAll();
  await database.close();
  await embedded.stop();
  await rm(folder, { recursive: true, force: true });
}, TIMEOUT_MS);

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const anyProcess = () => processes[Math.floor(Math.random() * PROCESSES)] as RunningProcess;

/** A transaction that has written an event early, and commits when it is told to. */
async function holdTransaction(workspaceId: string) {
  let commit: () => void = () => undefined;
  const mayCommit = new Promise<void>((resolve) => (commit = resolve));
  let written: () => void = () => undefined;
  const isWritten = new Promise<void>((resolve) => (written = resolve));
  const done = withTransaction(database.workspace(workspaceId), async (transaction) => {
    const event = { type: 'customer.updated', customerId: null, sequence: null, requestId: 'held', command: 'c', apiKeyId: null, data: {}, occurredAt: 0, recordedAt: 0 };
    await new EventRepository(transaction, workspaceId).insert(newId(), event);
    written();
    await mayCommit;
  });
  await isWritten;
  return async () => {
    commit();
    await done;
  };
}

const openStreams = async (url: string) => Number(/^voilatier_open_streams (\d+)$/m.exec(await (await fetch(`${url}/metrics`)).text())?.[1]);

/** Of the types, or all, as the log has them. */
async function logOf(workspaceId: string, pattern: RegExp): Promise<string[]> {
  const { rows } = await database.pool.query<{ id: string; type: string }>(
    `SELECT e.id, e.type FROM events e
     JOIN event_batches b ON b.workspace_id = e.workspace_id AND b.id = (left(e.id::text, 31) || '00000')::uuid
     WHERE e.workspace_id = $1 ORDER BY b.position, e.id`,
    [workspaceId],
  );
  return rows.filter(({ type }) => pattern.test(type)).map(({ id }) => toPublicId('Event', id));
}

test(
  `${DISCONNECTS} random disconnects over ${PROCESSES} processes, a transaction held open meanwhile: no gap and nothing twice on any stream`,
  async () => {
    const api = new ApiClient(`${processes[0]!.url}/v3/graphql`, API_KEY);
    const workspaceId = fromPublicId('Workspace', (await api.run('{ workspace { id } }')).workspace.id) ?? '';
    const members = Array.from({ length: 20 }, (_, member) => `member ${member}`);
    await Promise.all(members.map((member) => buildCustomer(api, member)));
    const { events } = await api.run('{ events(last: 1) { nodes { id } } }');
    const beginning: string = events.nodes[0].id;
    const commitHeld = await holdTransaction(workspaceId);

    let disconnects = 0;
    let isOver = false;
    const earning = Array.from({ length: 4 }, async () => {
      while (!isOver) {
        const { url } = anyProcess();
        await earn(new ApiClient(`${url}/v3/graphql`, API_KEY), members[Math.floor(Math.random() * members.length)] as string, '5.00');
        await pause(Math.random() * 10);
      }
    });
    // Short ones beside it, so that commits come in all orders.
    const holding = (async () => {
      while (!isOver) {
        const commit = await holdTransaction(workspaceId);
        await pause(Math.random() * 300);
        await commit();
      }
    })();

    // Half of them want a part of it only.
    const followers = Array.from({ length: CLIENTS }, (_, number) => {
      const client = new EventStreamClient(() => anyProcess().url, API_KEY);
      const [types, pattern] = number % 2 === 0 ? [null, /./] : ['points.*,customer.updated', /^(points\.|customer\.updated$)/];
      return { client, pattern, query: { after: beginning, ...(types === null ? {} : { types }) } };
    });
    await Promise.all(
      followers.map(async ({ client, query }) => {
        while (disconnects < DISCONNECTS) {
          const opening = client.connect(query).catch(() => null);
          await pause(Math.random() * STAY_MAX_MS);
          client.drop();
          await opening;
          disconnects += 1;
        }
      }),
    );
    isOver = true;
    await Promise.all([...earning, holding]);
    await commitHeld();

    // Also those that went while their stream was being opened are gone.
    for (const { url } of processes) await eventually(() => openStreams(url), (count) => count === 0);

    // The last event of the log has a position when somebody has read it.
    const last = (await api.run('{ events(last: 1) { nodes { id } } }')).events.nodes[0].id as string;
    const log = await logOf(workspaceId, /./);
    expect(log.at(-1)).toBe(last);
    const since = new Set(log.slice(log.indexOf(beginning) + 1));
    // Enough for every client to be cut off amid events.
    expect(since.size).toBeGreaterThan(50);
    for (const { client, pattern, query } of followers) {
      const expected = (await logOf(workspaceId, pattern)).filter((id) => since.has(id));
      await client.connect(query);
      await client.until(() => client.events.length >= expected.length);
      client.drop();
      expect(client.events.map(({ id }) => id)).toEqual(expected);
    }
  },
  TIMEOUT_MS,
);

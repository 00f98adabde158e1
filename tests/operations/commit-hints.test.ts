/** Processes that tell each other of their commits through NATS: what comes sooner, and what goes on without. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { connect } from '@nats-io/transport-node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { readEnvironment } from '../../src/env.ts';
import type { CommitSharing } from '../../src/gateways/nats.ts';
import { HINT_PAUSE_MS, shareCommits } from '../../src/gateways/nats.ts';
import { Commits } from '../../src/platform/commits.ts';
import { fromPublicId, newId } from '../../src/platform/ids.ts';
import type { ApiClient } from '../support/client.ts';
import { createTestDatabase } from '../support/database.ts';
import { EventStreamClient } from '../support/event-stream.ts';
import { HAS_NATS, NatsBroker, startNatsServer } from '../support/nats.ts';
import type { TestNats } from '../support/nats.ts';
import { eventually, start, stop, stopAll } from '../support/process.ts';
import { buildCustomer, buildProgram, earn } from '../support/program.ts';
import { Receiver } from '../support/receiver.ts';
import { startTestServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';

const SUBJECT = 'voilatier.commits';
/** So seldom that what comes sooner has been told. */
const REST_MS = 4_000;
const SOON_MS = 2_000;
const FEED_RESTS = { minMs: REST_MS, maxMs: REST_MS };
const CONNECTED = 'Processes tell each other';
const LOST = 'NATS cannot be reached';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const silent = pino({ level: 'silent' });

async function startBroker(): Promise<NatsBroker> {
  const broker = new NatsBroker();
  await broker.start();
  return broker;
}

const BROKERS: [string, boolean, () => Promise<TestNats>][] = [
  ['a broker of the core protocol', true, startBroker],
  [HAS_NATS ? 'nats-server' : 'nats-server (left out: it is not installed)', HAS_NATS, startNatsServer],
];

describe.each(BROKERS)('with %s', (_name, isThere, startOne) => {
  const testThere = isThere ? test : test.skip;
  let nats: TestNats;
  let one: TestServer;
  let other: TestServer;
  const lines = { one: [] as string[], other: [] as string[] };
  const clients: EventStreamClient[] = [];
  const saidBy = (who: 'one' | 'other', text: string) => lines[who].filter((line) => line.includes(text)).length;
  const connected = (times: number) => eventually(() => Math.min(saidBy('one', CONNECTED), saidBy('other', CONNECTED)), (said) => said >= times);

  beforeAll(async () => {
    if (!isThere) return;
    nats = await startOne();
    const options = { natsUrl: nats.url, feedRests: FEED_RESTS };
    one = await startTestServer({ ...options, onLog: (line) => void lines.one.push(line) });
    other = await startTestServer({ ...options, beside: one, onLog: (line) => void lines.other.push(line) });
    await connected(1);
  });
  afterEach(() => {
    for (const client of clients.splice(0)) client.drop();
  });
  afterAll(async () => {
    if (!isThere) return;
    await other.stop();
    await one.stop();
    await nats.stop();
  });

  /** A member of a new workspace, and a stream of the other process that has just looked. */
  async function followedShop() {
    const shop = await one.workspace();
    await buildProgram(shop);
    await buildCustomer(shop, 'ada');
    const client = new EventStreamClient(other.url, shop.key);
    clients.push(client);
    await client.connect({ types: 'transaction.created' });
    await client.until(() => client.lastEventId !== null);
    return { shop, client };
  }

  /** How long it takes from the answer to an earn until the stream has the event. */
  async function lagOf(shop: ApiClient, client: EventStreamClient): Promise<number> {
    const before = client.events.length;
    await earn(shop, 'ada', '1.00');
    const answeredAt = performance.now();
    await client.until(() => client.events.length > before);
    return performance.now() - answeredAt;
  }

  testThere('what one process commits comes at once to streams of the other', async () => {
    const { shop, client } = await followedShop();
    // Each look is followed by a rest, so none of them can be luck.
    for (let event = 0; event < 5; event += 1) expect(await lagOf(shop, client)).toBeLessThan(SOON_MS);
    expect(client.events).toHaveLength(5);
  });

  testThere('streams go on by looking while it is killed, and wake at once when it is back', async () => {
    const { shop, client } = await followedShop();
    expect(await lagOf(shop, client)).toBeLessThan(SOON_MS);
    await nats.stop();
    await eventually(() => Math.min(saidBy('one', LOST), saidBy('other', LOST)), (said) => said >= 1);
    for (let event = 0; event < 2; event += 1) expect(await lagOf(shop, client)).toBeGreaterThan(SOON_MS / 2);
    await nats.start();
    await connected(2);
    expect(await lagOf(shop, client)).toBeLessThan(REST_MS);
    for (let event = 0; event < 2; event += 1) expect(await lagOf(shop, client)).toBeLessThan(SOON_MS);
    expect(client.events).toHaveLength(6);
  }, 60_000);

  testThere('webhooks wake too, and what others commit makes no process a busy one', async () => {
    const receiver = await new Receiver().start();
    const settings = { workspacesMs: 50, idleMs: 30_000, busyCommitsPerSecond: 4, busyUtilization: 0, busyRestMs: 30_000 };
    const shop = await one.workspace();
    await buildProgram(shop);
    await buildCustomer(shop, 'ada');
    await shop.succeed('webhookEndpointCreate', { url: receiver.at('/hook'), eventTypes: ['transaction.created'] }, 'webhookEndpoint { id }');
    const dispatcher = other.dispatchWebhooks({ settings });
    try {
      // Until it has found the workspace, and has nothing more to do.
      await pause(500);
      for (let earned = 0; earned < 20; earned += 1) {
        await earn(shop, 'ada', '1.00');
        await pause(HINT_PAUSE_MS);
      }
      expect(await receiver.waitFor('/hook', 20)).toHaveLength(20);
    } finally {
      await dispatcher.stop();
      await receiver.stop();
    }
  }, 60_000);

  describe('between three processes', () => {
    let sharings: CommitSharing[];
    let commits: Commits[];
    let heard: string[][];

    beforeEach(async () => {
      if (!isThere) return;
      const said: string[] = [];
      const log = pino({ level: 'info' }, { write: (line) => void said.push(line) });
      commits = Array.from({ length: 3 }, () => new Commits());
      heard = commits.map((own) => {
        const of: string[] = [];
        own.listen((workspaceId, committer) => void of.push(`${committer} ${workspaceId}`));
        return of;
      });
      sharings = commits.map((own) => shareCommits(nats.url, own, log));
      await eventually(() => said.filter((line) => line.includes(CONNECTED)).length, (count) => count === 3);
      // Told of as soon as they are connected; the broker has read their subscriptions a moment later.
      await pause(100);
    });
    afterEach(async () => {
      if (!isThere) return;
      for (const sharing of sharings) await sharing.close();
    });

    testThere('a commit is told once to each of the others, and by nobody again', async () => {
      const id = newId();
      commits[0]!.tell(id);
      await eventually(() => heard[1]!.length + heard[2]!.length, (count) => count === 2);
      await pause(200);
      expect(heard).toEqual([[`THIS_PROCESS ${id}`], [`ANOTHER ${id}`], [`ANOTHER ${id}`]]);
    });

    testThere('many commits are few hints, and the last of them is among them', async () => {
      const [busy, calm] = [newId(), newId()];
      for (let commit = 0; commit < 10_000; commit += 1) commits[0]!.tell(busy);
      commits[0]!.tell(calm);
      await eventually(() => heard[1]!.length, (count) => count === 3);
      await pause(200);
      expect(heard[1]!.toSorted()).toEqual([`ANOTHER ${busy}`, `ANOTHER ${busy}`, `ANOTHER ${calm}`].toSorted());
    });

    testThere('what several tell of one workspace wakes no more often than what one tells', async () => {
      const id = newId();
      const startedAt = performance.now();
      while (performance.now() - startedAt < 500) {
        commits[0]!.tell(id);
        commits[1]!.tell(id);
        await pause(1);
      }
      const lastedMs = performance.now() - startedAt;
      await pause(200);
      const woken = heard[2]!.length;
      expect(woken).toBeGreaterThan(1);
      expect(woken).toBeLessThanOrEqual(Math.ceil(lastedMs / HINT_PAUSE_MS) + 2);
    });

    testThere('what is no id of a workspace is ignored', async () => {
      const stranger = await connect({ servers: nats.url.slice('nats://'.length), reconnect: false });
      const id = newId();
      const payloads = ['', 'x', '{"workspaceId":1}', id.toUpperCase(), `${id}\n`, ` ${id}`.slice(0, 36), '\0'.repeat(36), 'ü'.repeat(18), new Uint8Array(36).fill(0xff), 'a'.repeat(500_000)];
      for (const payload of payloads) stranger.publish(SUBJECT, payload);
      stranger.publish(SUBJECT, id);
      await stranger.flush();
      await eventually(() => Math.min(...heard.map(({ length }) => length)), (count) => count >= 1);
      expect(heard).toEqual(Array.from({ length: 3 }, () => [`ANOTHER ${id}`]));
      await stranger.close();
    });
  });
});

test('a broker that says nothing holds up neither commits nor the end', async () => {
  const sockets: { destroy(): void }[] = [];
  const mute = createServer((socket) => void sockets.push(socket)).listen(0, '127.0.0.1');
  await once(mute, 'listening');
  const lines: string[] = [];
  const commits = new Commits();
  const log = pino({ level: 'info' }, { write: (line) => void lines.push(line) });
  const sharing = shareCommits(`nats://127.0.0.1:${(mute.address() as AddressInfo).port}`, commits, log);
  const startedAt = performance.now();
  for (let commit = 0; commit < 1_000; commit += 1) commits.tell(newId());
  expect(performance.now() - startedAt).toBeLessThan(500);
  // It is given up and tried again, and said to be away once.
  await eventually(() => sockets.length, (count) => count >= 2);
  await sharing.close();
  expect(lines.filter((line) => line.includes(LOST))).toHaveLength(1);
  for (const socket of sockets) socket.destroy();
  mute.close();
});

test('a broker that refuses is asked again, and its refusal is logged without what was presented', async () => {
  const broker = new NatsBroker({ user: 'voilatier', pass: 'right' });
  await broker.start();
  const lines: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line) => void lines.push(line) });
  const sharing = shareCommits(broker.url.replace('//', '//voilatier:wr0ng-secret@'), new Commits(), log);
  await eventually(() => lines.length, (count) => count >= 1);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain(LOST);
  expect(lines.join()).not.toContain('wr0ng-secret');
  await sharing.close();
  await broker.stop();
});

test('a broker that is closed while it is connected to is let go', async () => {
  const broker = await startBroker();
  const sharing = shareCommits(broker.url, new Commits(), silent);
  await sharing.close();
  await pause(200);
  await eventually(() => broker.clients, (count) => count === 0);
  await broker.stop();
});

describe('NATS_URL', () => {
  test('takes one server or several, plain or with TLS, with credentials', () => {
    const urls = ['nats://localhost', 'tls://nats.example:4222', 'nats://user:p%40ss@10.0.0.1:4222', 'nats://token@a:4222,nats://b:4222', 'nats://[::1]:4222/'];
    for (const NATS_URL of urls) expect(readEnvironment({ NATS_URL }).natsUrl).toBe(NATS_URL);
    for (const variables of [{}, { NATS_URL: '' }]) expect(readEnvironment(variables).natsUrl).toBeNull();
  });

  test.each(['localhost:4222', 'http://localhost', 'nats://', 'nats://a:port', 'nats://a,b', 'nats://a,', 'nats://a/subject', 'nats://user:secret%zz@a'])(
    'does not take %s',
    (NATS_URL) => {
      const refused = () => readEnvironment({ NATS_URL });
      expect(refused).toThrow('NATS_URL: must be addresses that start with nats:// or tls://, separated by commas');
      expect(refused).not.toThrow('secret');
    },
  );
});

describe('npm start', () => {
  afterEach(stopAll);

  test('with NATS_URL tells of commits with events, goes on without the broker, and lets go of it at the end', async () => {
    const database = await createTestDatabase();
    const broker = new NatsBroker({ user: 'voilatier', pass: 'p@ss/word' });
    await broker.start();
    const NATS_URL = broker.url.replace('//', '//voilatier:p%40ss%2Fword@');
    const running = await start({ DATABASE_URL: database.url, BOOTSTRAP_API_KEY: 'commit-hints-key-0123456789', NATS_URL });
    await eventually(running.output, (output) => output.includes(CONNECTED));
    const { workspace } = await running.api.run('{ workspace { id } }');
    await buildCustomer(running.api, 'ada');
    broker.published.splice(0);
    await earn(running.api, 'ada', '5.00');
    await eventually(() => broker.published.length, (count) => count > 0);
    expect(broker.published[0]).toEqual({ subject: SUBJECT, payload: fromPublicId('Workspace', workspace.id) });

    await broker.stop();
    await eventually(running.output, (output) => output.includes(LOST));
    await earn(running.api, 'ada', '5.00');
    await broker.start();
    await eventually(() => broker.clients, (count) => count === 1);
    expect(await stop(running)).toBe(0);
    await eventually(() => broker.clients, (count) => count === 0);
    for (const secret of ['p@ss', 'p%40ss']) expect(running.output()).not.toContain(secret);
    await broker.stop();
    await database.drop();
  }, 60_000);
});

/** The process is killed again and again while many callers are at it: what was acknowledged is there, once. */
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { fromPublicId } from '../../src/platform/ids.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { recordedByReference, runMixedLoad } from '../support/load.ts';
import { start, stop, stopAll } from '../support/process.ts';
import { buildCustomer } from '../support/program.ts';
import { findDifferences } from '../support/recompute.ts';

const KEY = 'kill-test-api-key-0001';
const KILLS = Number(process.env['KILLS'] ?? '50');
const CALLERS = 16;
/** How long each process serves before it is killed, at most. */
const SERVING_MS = 400;
const TIMEOUT_MS = 1_200_000;
const MEMBERS = Array.from({ length: 10 }, (_, number) => `member-${number}`);

let home: TestDatabase;
beforeEach(async () => {
  home = await createTestDatabase();
});
afterEach(async () => {
  await stopAll();
  await home.drop();
});

test(
  `killed ${KILLS} times under load, it loses nothing that it acknowledged and doubles nothing`,
  async () => {
    const started = () => start({ DATABASE_URL: home.url, BOOTSTRAP_API_KEY: KEY, LOG_LEVEL: 'fatal' });
    let server = await started();
    for (const externalId of MEMBERS) await buildCustomer(server.api, externalId);
    const workspaceId = fromPublicId('Workspace', (await server.api.run('{ workspace { id } }')).workspace.id) ?? '';
    let over = false;
    const load = runMixedLoad({
      url: () => `${server.url}/v3/graphql`,
      key: KEY,
      externalIds: MEMBERS,
      callers: CALLERS,
      isOver: () => over,
    });
    for (let kill = 0; kill < KILLS; kill += 1) {
      // The next one comes up while this one serves, so that two are at the same members for a while.
      const [next] = await Promise.all([started(), delay(Math.random() * SERVING_MS)]);
      const killed = server;
      if (kill % 2 === 0) server = next;
      await stop(killed, 'SIGKILL');
      server = next;
    }
    over = true;
    const log = await load;
    const recorded = await recordedByReference(home.database, workspaceId);
    const plain = (id: string) => ['Transaction', 'Spend', 'SpendReversal', 'Refund', 'Adjustment', 'Transfer', 'CustomerActivity']
      .map((kind) => fromPublicId(kind as 'Transaction', id))
      .find((found) => found !== null);
    const lost = log.acknowledged.filter(({ reference, id }) => !(recorded.get(reference) ?? []).includes(plain(id) ?? ''));
    const doubled = [...recorded].filter(([, ids]) => ids.length > 1);
    expect(lost).toEqual([]);
    expect(doubled).toEqual([]);
    // Callers ask again until they are answered, so nothing is recorded that nobody knows of.
    expect(recorded.size).toBe(log.acknowledged.length);
    expect(log.retries).toBeGreaterThan(0);
    expect(log.acknowledged.length).toBeGreaterThan(KILLS);
    expect(await findDifferences(home.database, workspaceId)).toEqual([]);
    await stop(server);
  },
  TIMEOUT_MS,
);

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { recordDueEffects } from '../../src/commands/due-effects.ts';
import { CommandRunner } from '../../src/commands/run.ts';
import type { Database } from '../../src/database/client.ts';
import { withTransaction } from '../../src/database/client.ts';
import { fromPublicId } from '../../src/platform/ids.ts';
import { workspacesWithDueWork } from '../../src/repositories/due-work.ts';
import { DueEffectsWorker } from '../../src/workers/due-effects.ts';
import type { ApiClient } from '../support/client.ts';
import { buildCustomer, buildProgram, countRows, earn, standingOf } from '../support/program.ts';
import { findDifferences } from '../support/recompute.ts';
import type { TestServer } from '../support/server.ts';
import { connectApplication, startTestServer } from '../support/server.ts';
import { tuplesLookedAt } from '../support/tuples.ts';

/** What becomes true by itself: recorded once, in order, by whoever comes first; read right without that. */

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const PROGRAM = {
  card: { expiration: { rolling: { period: { value: 1, unit: 'MONTH' } } } },
  structure: { tiers: { Basic: 0, Silver: 100 } },
};
const DAY_MS = 86_400_000;

async function sandbox(clock: string): Promise<ApiClient> {
  const client = await server.workspace({ mode: 'SANDBOX', clock });
  await buildProgram(client, PROGRAM);
  return client;
}

function advance(client: ApiClient, to: string) {
  return client.succeed('workspaceClockAdvance', { to }, 'workspace { clockFrozenAt } dueEffectsRecorded');
}

/** Waits for workers to do what they do by themselves. */
async function until(done: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await done())) {
    if (Date.now() > deadline) throw new Error('It did not happen.');
    await new Promise((resume) => setTimeout(resume, 20));
  }
}

function workers(count: number, owner: TestServer): DueEffectsWorker[] {
  return Array.from({ length: count }, () => {
    const runner = new CommandRunner({ database: owner.database, clock: owner.now });
    return new DueEffectsWorker({ runner, log: pino({ level: 'silent' }), intervalMs: 5 }).start();
  });
}

describe('the clock of a sandbox', () => {
  test('records what becomes true on the way, in order, stamped with the instant at which it became true', async () => {
    const client = await sandbox('2026-01-10T12:00:00Z');
    await buildCustomer(client, 'ada');
    await earn(client, 'ada', '60.00');
    await advance(client, '2026-01-20T12:00:00Z');
    await earn(client, 'ada', '60.00');
    expect(await advance(client, '2026-03-01T00:00:00Z')).toEqual({
      workspace: { clockFrozenAt: '2026-03-01T00:00:00.000Z' },
      dueEffectsRecorded: true,
      userErrors: [],
    });
    const { ledgerEntries, tierTransitions, points, tier } = await standingOf(client, 'ada');
    expect([points, tier.name]).toEqual([0, 'Basic']);
    expect(ledgerEntries.nodes.map((entry: Record<string, unknown>) => [entry['type'], entry['points'], entry['occurredAt'], entry['recordedAt']])).toEqual([
      ['EXPIRATION', -60, '2026-02-21T00:00:00.000Z', '2026-03-01T00:00:00.000Z'],
      ['EXPIRATION', -60, '2026-02-11T00:00:00.000Z', '2026-03-01T00:00:00.000Z'],
      ['EARN', 60, '2026-01-20T12:00:00.000Z', '2026-01-20T12:00:00.000Z'],
      ['EARN', 60, '2026-01-10T12:00:00.000Z', '2026-01-10T12:00:00.000Z'],
    ]);
    expect(tierTransitions.nodes.map((each: Record<string, unknown>) => [each['type'], each['occurredAt'], each['late']])).toEqual([
      ['DOWNGRADED', '2026-02-11T00:00:00.000Z', false],
      ['UPGRADED', '2026-01-20T12:00:00.000Z', false],
      ['JOINED', '2026-01-10T12:00:00.000Z', false],
    ]);
  });

  test('records nothing twice when it is advanced in many steps', async () => {
    const once = await sandbox('2026-01-10T12:00:00Z');
    const often = await sandbox('2026-01-10T12:00:00Z');
    for (const client of [once, often]) {
      await buildCustomer(client, 'ada');
      await earn(client, 'ada', '150.00');
    }
    await advance(once, '2026-04-01T00:00:00Z');
    for (let day = 1; day <= 82; day += 3) {
      await advance(often, new Date(Date.parse('2026-01-10T12:00:00Z') + day * DAY_MS).toISOString());
    }
    const seen = async (client: ApiClient) => {
      const { ledgerEntries, tierTransitions } = await standingOf(client, 'ada');
      const plain = ({ type, points, occurredAt, measure }: Record<string, unknown>) => ({ type, points, occurredAt, measure });
      return [ledgerEntries.nodes.map(plain), tierTransitions.nodes.map(plain)];
    };
    expect(await seen(often)).toEqual(await seen(once));
  });
});

describe('workers', () => {
  test('find a workspace in which nothing is due without going through its customers', async () => {
    const client = await sandbox('2026-01-10T12:00:00Z');
    const workspaceId = plainWorkspaceId((await client.run('{ workspace { id } }')).workspace.id);
    await server.database.pool.query(
      `INSERT INTO customers (workspace_id, id, external_id, metadata, joined_at, settled_at, next_due_at, version, created_at)
       SELECT $1, gen_random_uuid(), 'many-' || number, '{}', '2026-01-10T12:00:00Z', '2026-01-10T12:00:00Z', 'infinity', 1, now() FROM generate_series(1, 20000) number`,
      [workspaceId],
    );
    await server.database.pool.query(
      `INSERT INTO due_work (workspace_id, claimed_until, structures_settled_at)
       SELECT workspace_id, '1970-01-01Z', structures_changed_at FROM workspaces WHERE workspace_id = $1
       ON CONFLICT (workspace_id) DO UPDATE SET structures_settled_at = excluded.structures_settled_at`,
      [workspaceId],
    );
    await server.database.pool.query('ANALYZE customers');
    const walled = await connectApplication(server.databaseUrl, server.database);
    await withTransaction(walled.allDueWork(), async (transaction) => {
      const before = await tuplesLookedAt(transaction.$client, ['customers']);
      const database = { ...walled, allDueWork: () => ({ db: transaction, pool: transaction.$client }) };
      expect(await workspacesWithDueWork(database as unknown as Database, server.now(), null, 100)).not.toContain(workspaceId);
      expect((await tuplesLookedAt(transaction.$client, ['customers'])) - before).toBeLessThan(200);
    });
    await walled.close();
    await server.database.pool.query('DELETE FROM customers WHERE workspace_id = $1', [workspaceId]);
  });

  test('of several processes record each effect once', async () => {
    const client = await sandbox('2026-01-10T12:00:00Z');
    for (let number = 0; number < 40; number += 1) {
      await buildCustomer(client, `member-${number}`);
      await earn(client, `member-${number}`, '150.00');
    }
    const id = (await client.run('{ workspace { id } }')).workspace.id as string;
    const workspaceId = plainWorkspaceId(id);
    const before = await countRows(server.database);
    await server.database.pool.query('UPDATE workspaces SET clock_frozen_at = $2 WHERE workspace_id = $1', [workspaceId, '2026-03-01T00:00:00Z']);
    const running = workers(4, server);
    await until(async () => {
      const { rows } = await server.database.pool.query(
        `SELECT count(*)::int AS due FROM customers WHERE workspace_id = $1 AND next_due_at <= '2026-03-01T00:00:00Z'`,
        [workspaceId],
      );
      return rows[0].due === 0;
    });
    await Promise.all(running.map((worker) => worker.stop()));
    const after = await countRows(server.database);
    // One expiry and one downgrade for each of them, with an event each, and one of the card that is empty.
    expect(Number(after?.['ledger_entries']) - Number(before?.['ledger_entries'])).toBe(40);
    expect(Number(after?.['tier_transitions']) - Number(before?.['tier_transitions'])).toBe(40);
    expect(Number(after?.['events']) - Number(before?.['events'])).toBe(120);
    expect(await findDifferences(server.database, workspaceId)).toEqual([]);
  });

  test('judge everybody anew after a change of structures, though nobody comes by', async () => {
    const client = await server.workspace({ mode: 'SANDBOX', clock: '2026-01-10T12:00:00Z' });
    const { cardDefinitionId } = await buildProgram(client, { structure: null });
    await buildCustomer(client, 'ada');
    await earn(client, 'ada', '150.00');
    await advance(client, '2026-01-11T12:00:00Z');
    const created = await client.succeed(
      'tierStructureCreate',
      { name: 'Late', type: 'POINT_BALANCE', cardDefinitionId, tiers: [{ name: 'Silver', minPoints: 100 }] },
      'tierStructure { id }',
    );
    await client.succeed('tierStructureActivate', { id: created.tierStructure.id }, 'tierStructure { status }');
    const recorded = async () => (await standingOf(client, 'ada')).tierTransitions.nodes as { reason: string }[];
    expect(await recorded()).toEqual([]);
    const running = workers(2, server);
    await until(async () => (await recorded()).length > 0);
    await Promise.all(running.map((worker) => worker.stop()));
    expect((await recorded()).map(({ reason }) => reason)).toEqual(['STRUCTURE_ACTIVATED']);
  });

  test('come to an end with a change of structures by a frozen clock, however many passes it takes', async () => {
    const client = await server.workspace({ mode: 'SANDBOX', clock: '2026-01-10T12:00:00Z' });
    const { cardDefinitionId } = await buildProgram(client, { structure: null });
    await Promise.all(
      Array.from({ length: 300 }, async (_, number) => {
        await buildCustomer(client, `member-${number}`);
        await earn(client, `member-${number}`, '150.00');
      }),
    );
    await advance(client, '2026-01-11T12:00:00Z');
    const tiers = [{ name: 'Silver', minPoints: 100 }];
    const created = await client.succeed('tierStructureCreate', { name: 'Late', type: 'POINT_BALANCE', cardDefinitionId, tiers }, 'tierStructure { id }');
    await client.succeed('tierStructureActivate', { id: created.tierStructure.id }, 'tierStructure { status }');
    const workspaceId = plainWorkspaceId((await client.run('{ workspace { id } }')).workspace.id);
    const runner = new CommandRunner({ database: server.database, clock: server.now });
    const passes = [];
    for (let pass = 0; pass < 4; pass += 1) passes.push(await recordDueEffects(runner, workspaceId, 'test', 0, 0));
    // A pass without time settles one page; the one that finds none left says that everybody is settled.
    expect(passes.map((pass) => [pass?.customers, pass?.complete])).toEqual([[256, false], [44, false], [0, true], [0, true]]);
    const { rows } = await server.database.pool.query(
      'SELECT reason, count(*)::int AS count FROM tier_transitions WHERE workspace_id = $1 GROUP BY reason',
      [workspaceId],
    );
    expect(rows).toEqual([{ reason: 'STRUCTURE_ACTIVATED', count: 300 }]);
    expect(await findDifferences(server.database, workspaceId)).toEqual([]);
  });

  test('change nothing that is read', async () => {
    const client = await sandbox('2026-01-10T12:00:00Z');
    await buildCustomer(client, 'ada');
    await earn(client, 'ada', '150.00');
    const workspaceId = plainWorkspaceId((await client.run('{ workspace { id } }')).workspace.id);
    await server.database.pool.query('UPDATE workspaces SET clock_frozen_at = $2 WHERE workspace_id = $1', [workspaceId, '2027-01-10T12:00:00Z']);
    const reading = async () => {
      const { points, tier, tiers, cards } = await standingOf(client, 'ada');
      return { points, tier, tiers, cards };
    };
    const unrecorded = await reading();
    expect(unrecorded).toMatchObject({ points: 0, tier: { name: 'Basic' } });
    await advance(client, '2027-01-10T12:00:00Z');
    expect(await reading()).toEqual(unrecorded);
    expect((await standingOf(client, 'ada')).ledgerEntries.nodes).toHaveLength(2);
  });

  test('remove idempotency keys that are not honoured any more', async () => {
    const client = await sandbox('2026-01-10T12:00:00Z');
    await buildCustomer(client, 'ada', { idempotencyKey: 'old' });
    await advance(client, '2026-01-17T11:59:59Z');
    await buildCustomer(client, 'bob', { idempotencyKey: 'young' });
    await advance(client, '2026-01-17T12:00:00Z');
    const workspaceId = plainWorkspaceId((await client.run('{ workspace { id } }')).workspace.id);
    const keys = async () => {
      const { rows } = await server.database.pool.query('SELECT key FROM idempotency_keys WHERE workspace_id = $1 ORDER BY key', [workspaceId]);
      return rows.map(({ key }) => key as string);
    };
    expect(await keys()).toEqual(['old', 'young']);
    const running = workers(1, server);
    await until(async () => (await keys()).length < 2);
    await Promise.all(running.map((worker) => worker.stop()));
    expect(await keys()).toEqual(['young']);
  });
});

function plainWorkspaceId(publicId: string): string {
  return fromPublicId('Workspace', publicId) ?? '';
}

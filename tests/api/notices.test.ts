import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { makeCheckpoint } from '../../src/commands/checkpoints.ts';
import { tellNotices } from '../../src/commands/notices.ts';
import { CommandRunner } from '../../src/commands/run.ts';
import { fromPublicId } from '../../src/platform/ids.ts';
import { DueEffectsWorker } from '../../src/workers/due-effects.ts';
import type { ApiClient } from '../support/client.ts';
import { eventually } from '../support/process.ts';
import { buildCustomer, buildProgram, buildRule, earn } from '../support/program.ts';
import type { ProgramPlan } from '../support/program.ts';
import { connectApplication, startTestServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { unchanged } from '../support/unchanged.ts';

/** What happens soon is told so many days before, once, stamped with the instant at which it became so. */

let server: TestServer;
beforeAll(async () => void (server = await startTestServer()));
afterAll(() => server.stop());

const ROLLING = { rolling: { period: { value: 1, unit: 'MONTH' } } };

/** A shop on New Year's Day in which points last a month, and ada. */
async function shop(plan: ProgramPlan = {}, noticeDays = 10): Promise<ApiClient> {
  const client = await server.workspace({ clock: '2026-01-01T12:00:00Z' });
  if (noticeDays > 0) await client.succeed('workspaceUpdate', { noticeDays }, 'workspace { noticeDays }');
  await buildProgram(client, { card: { expiration: ROLLING }, ...plan });
  await buildCustomer(client, 'ada');
  return client;
}

const advance = (client: ApiClient, to: string) => client.succeed('workspaceClockAdvance', { to }, 'dueEffectsRecorded');

interface Told {
  readonly name: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly dataJson: Readonly<Record<string, unknown>>;
}

async function told(client: ApiClient, patterns: readonly string[]): Promise<Told[]> {
  return (await client.run('query($patterns: [String!]) { events(filter: { patterns: $patterns }, first: 100) { nodes { name occurredAt recordedAt dataJson } } }', { patterns })).events.nodes;
}

const dated = (events: readonly Told[]) => events.map(({ name, occurredAt }) => [name, occurredAt]);

describe('points that expire soon', () => {
  test('are told of on the day that lies so many days before, once', async () => {
    const client = await shop({ structure: null });
    await earn(client, 'ada', '100.00');
    await advance(client, '2026-01-22T23:59:59.999Z');
    expect(await told(client, ['points.expiring'])).toEqual([]);
    await advance(client, '2026-01-23T00:00:00Z');
    const { customer } = await client.run('{ customer(by: { externalId: "ada" }) { id cards { id cardDefinition { id } } } }');
    const [card] = customer.cards;
    expect(await told(client, ['points.expiring'])).toEqual([
      {
        name: 'points.expiring',
        occurredAt: '2026-01-23T00:00:00.000Z',
        recordedAt: '2026-01-23T00:00:00.000Z',
        dataJson: {
          customer_id: customer.id,
          card_id: card.id,
          card_definition_id: card.cardDefinition.id,
          points: 100,
          last_day: '2026-02-01',
          expires_at: '2026-02-02T00:00:00.000Z',
        },
      },
    ]);
    await earn(client, 'ada', '30.00');
    await advance(client, '2026-02-01T00:00:00Z');
    await advance(client, '2026-02-03T00:00:00Z');
    expect(dated(await told(client, ['points.expiring', 'points.expired']))).toEqual([
      ['points.expiring', '2026-01-23T00:00:00.000Z'],
      ['points.expired', '2026-02-02T00:00:00.000Z'],
    ]);
  });

  test('are told of before they expire also where a clock goes past both at once', async () => {
    const client = await shop({ structure: null });
    await earn(client, 'ada', '100.00');
    await advance(client, '2026-06-01T00:00:00Z');
    expect(dated(await told(client, ['points.expiring', 'points.expired']))).toEqual([
      ['points.expiring', '2026-01-23T00:00:00.000Z'],
      ['points.expired', '2026-02-02T00:00:00.000Z'],
    ]);
  });

  test('are not told of where they last for less than that, or where nobody wants it', async () => {
    const short = await shop({ structure: null, card: { expiration: { rolling: { period: { value: 5, unit: 'DAY' } } } } });
    const silent = await shop({ structure: null }, 0);
    for (const client of [short, silent]) {
      await earn(client, 'ada', '100.00');
      for (const to of ['2026-01-03T00:00:00Z', '2026-01-25T00:00:00Z', '2026-03-01T00:00:00Z']) await advance(client, to);
      expect(dated(await told(client, ['points.expiring', 'points.expired']))).toEqual([
        ['points.expired', client === short ? '2026-01-07T00:00:00.000Z' : '2026-02-02T00:00:00.000Z'],
      ]);
    }
  });
});

describe('a tier', () => {
  test('that will be lost is told of once, and again if it was safe in between', async () => {
    const client = await shop();
    await earn(client, 'ada', '120.00');
    await advance(client, '2026-01-25T00:00:00Z');
    const [first] = await told(client, ['customer.tier.at_risk']);
    expect(first).toMatchObject({
      occurredAt: '2026-01-23T00:00:00.000Z',
      dataJson: { from_tier: 'Silver', to_tier: 'Basic', effective_at: '2026-02-02T00:00:00.000Z', last_day: '2026-02-01', points_to_stay: 100 },
    });
    // Enough for another month.
    await earn(client, 'ada', '100.00');
    await advance(client, '2026-02-10T00:00:00Z');
    await advance(client, '2026-02-20T00:00:00Z');
    expect(dated(await told(client, ['customer.tier.at_risk']))).toEqual([
      ['customer.tier.at_risk', '2026-01-23T00:00:00.000Z'],
      ['customer.tier.at_risk', '2026-02-16T00:00:00.000Z'],
    ]);
  });

  test('that is held for a time of grace only is told of when that ends soon', async () => {
    const client = await shop({ structure: { downgrade: { multiLevel: { gracePeriod: { value: 1, unit: 'MONTH', roundUp: false } } } } });
    await earn(client, 'ada', '120.00');
    await advance(client, '2026-02-15T00:00:00Z');
    expect(await told(client, ['customer.tier.grace_ending'])).toEqual([]);
    await advance(client, '2026-02-27T00:00:00Z');
    const events = await told(client, ['customer.tier.grace_ending', 'customer.tier.downgraded']);
    expect(events).toMatchObject([{ name: 'customer.tier.grace_ending', dataJson: { held_tier: 'Silver', grace_ends_at: expect.stringMatching(/^2026-03-03T/) } }]);
    await advance(client, '2026-03-10T00:00:00Z');
    expect((await told(client, ['customer.tier.grace_ending', 'customer.tier.downgraded'])).map(({ name }) => name)).toEqual([
      'customer.tier.grace_ending',
      'customer.tier.downgraded',
    ]);
  });
});

test('an API key that expires soon is told of once, to administrators', async () => {
  const client = await shop({ structure: null });
  const expiresAt = new Date(Date.now() + 5 * 86_400_000).toISOString();
  await client.succeed('apiKeyCreate', { name: 'Soon', scope: 'READ', expiresAt }, 'apiKey { id }');
  await client.succeed('apiKeyCreate', { name: 'Later', scope: 'READ', expiresAt: new Date(Date.now() + 50 * 86_400_000).toISOString() }, 'apiKey { id }');
  for (const to of ['2026-01-02T00:00:00Z', '2026-01-03T00:00:00Z']) await advance(client, to);
  expect((await told(client, ['api_key.expiring'])).map(({ dataJson }) => [dataJson['api_key_name'], dataJson['expires_at']])).toEqual([['Soon', expiresAt]]);
});

test('ten at once tell everything once', async () => {
  const client = await shop();
  await earn(client, 'ada', '120.00');
  const workspaceId = fromPublicId('Workspace', (await client.run('{ workspace { id } }')).workspace.id) ?? '';
  const database = await connectApplication(server.databaseUrl, server.database);
  // The clock moves on without anybody looking.
  await server.database.pool.query(`UPDATE workspaces SET clock_frozen_at = '2026-01-24T00:00:00Z' WHERE workspace_id = $1`, [workspaceId]);
  await Promise.all(Array.from({ length: 10 }, () => tellNotices(new CommandRunner({ database, clock: Date.now }), workspaceId, 'test')));
  await database.close();
  expect(dated(await told(client, ['points.expiring', 'customer.tier.at_risk']))).toEqual([
    ['points.expiring', '2026-01-23T00:00:00.000Z'],
    ['customer.tier.at_risk', '2026-01-23T00:00:00.000Z'],
  ]);
});

test('a card that is opened, emptied, overdrawn and settled is told of', async () => {
  const client = await shop({ structure: null, card: { refundPolicy: 'REVOKE_BELOW_ZERO' } }, 0);
  const { transaction } = await earn(client, 'ada', '100.00');
  await client.succeed('spend', { customer: { externalId: 'ada' }, points: 100 }, 'spend { id }');
  await client.succeed('refund', { transaction: { id: transaction.id } }, 'refund { id }');
  await earn(client, 'ada', '150.00');
  const events = await told(client, ['card.*']);
  expect(events.map(({ name, dataJson }) => [name, dataJson['points'], dataJson['balance_after']])).toEqual([
    ['card.created', 100, 100],
    ['card.emptied', -100, 0],
    ['card.overdrawn', -100, -100],
    ['card.settled', 150, 50],
  ]);
});

test('a card is told of once, by whatever it was opened, with its first entry', async () => {
  const client = await shop({ structure: { tiers: { Basic: { minPoints: 0, entryAward: { points: 5 } } } }, card: { activation: { periodBased: { days: 30 } } } }, 0);
  const opened = async () => (await told(client, ['card.created'])).map(({ dataJson }) => [dataJson['entry_type'], dataJson['points'], dataJson['balance_after'], dataJson['pending']]);
  // Ada has joined with an award.
  expect(await opened()).toEqual([['ENTRY_AWARD', 5, 5, false]]);
  const { cardDefinition } = await client.succeed('cardDefinitionCreate', { name: 'Miles', activation: { periodBased: { days: 30 } } }, 'cardDefinition { id }');
  await client.succeed('cardDefinitionActivate', { id: cardDefinition.id }, 'cardDefinition { id }');
  await buildRule(client, cardDefinition.id, {}, { name: 'Miles', rates: [{ currency: 'USD', value: '2', every: '1.00' }] });
  const purchase = { customer: { externalId: 'ada' }, amount: '10.00', currency: 'USD', reference: 'first' };
  const buy = (more: Record<string, unknown> = {}) => client.mutate('earn', { ...purchase, ...more }, 'duplicate');
  await unchanged(server, () => buy({ dryRun: true }));
  await unchanged(server, () => buy({ amount: '-1' }));
  await buy();
  expect((await unchanged(server, () => buy())).duplicate).toBe(true);
  await buy({ reference: 'second' });
  const { customer } = await client.run('{ customer(by: { externalId: "ada" }) { id cards { id cardDefinition { id } } } }');
  const miles = customer.cards.find((card: { cardDefinition: { id: string } }) => card.cardDefinition.id === cardDefinition.id);
  const events = await told(client, ['card.created', 'points.earned']);
  const [first, earned] = events.filter(({ dataJson }) => dataJson['card_id'] === miles.id);
  expect([first?.name, earned?.name, first?.dataJson]).toEqual(['card.created', 'points.earned', earned?.dataJson]);
  expect(first?.dataJson).toMatchObject({ customer_id: customer.id, card_definition_id: cardDefinition.id, points: 20, pending: true, balance_after: 0 });
  await client.succeed('pointsAdjust', { customer: { externalId: 'ada' }, points: 9, reason: 'Sorry' }, 'adjustment { id }');
  expect(await opened()).toEqual([['ENTRY_AWARD', 5, 5, false], ['EARN', 20, 0, true]]);
});

test('a checkpoint that was signed is told of', async () => {
  const client = await shop({ structure: null }, 0);
  await earn(client, 'ada', '100.00');
  const workspaceId = fromPublicId('Workspace', (await client.run('{ workspace { id } }')).workspace.id) ?? '';
  const database = await connectApplication(server.databaseUrl, server.database);
  await makeCheckpoint(new CommandRunner({ database, clock: Date.now }), server.signer, workspaceId);
  await database.close();
  expect((await told(client, ['journal.checkpoint_signed'])).map(({ dataJson }) => dataJson)).toEqual([{ checkpoint_sequence: 1, card_count: 1 }]);
});

test('the worker tells by itself, once, however many there are', async () => {
  const client = await shop();
  await earn(client, 'ada', '120.00');
  const workspaceId = fromPublicId('Workspace', (await client.run('{ workspace { id } }')).workspace.id) ?? '';
  await server.database.pool.query(`UPDATE workspaces SET clock_frozen_at = '2026-02-03T00:00:00Z' WHERE workspace_id = $1`, [workspaceId]);
  const database = await connectApplication(server.databaseUrl, server.database);
  const failures: unknown[] = [];
  const workers = Array.from({ length: 3 }, () => {
    const log = { error: (fields: unknown) => void failures.push(fields) };
    return new DueEffectsWorker({ runner: new CommandRunner({ database, clock: Date.now }), log, intervalMs: 20 }).start();
  });
  const events = await eventually(() => told(client, ['points.expiring', 'customer.tier.at_risk', 'points.expired']), ({ length }) => length >= 3);
  for (const worker of workers) await worker.stop();
  await database.close();
  expect(failures).toEqual([]);
  expect(dated(await told(client, ['points.expiring', 'customer.tier.at_risk', 'points.expired']))).toEqual(dated(events));
  expect(dated(events).sort()).toEqual([
    ['customer.tier.at_risk', '2026-01-23T00:00:00.000Z'],
    ['points.expired', '2026-02-02T00:00:00.000Z'],
    ['points.expiring', '2026-01-23T00:00:00.000Z'],
  ]);
});

test('a clock that goes past everything at once is told the same as one that goes day by day', async () => {
  const notices = ['points.expiring', 'customer.tier.at_risk', 'customer.tier.grace_ending'];
  const downgrade = { multiLevel: { gracePeriod: { value: 20, unit: 'DAY', roundUp: false } } };
  const outcomes = await Promise.all(
    [1, 3, 57].map(async (step) => {
      const client = await shop({ structure: { downgrade } });
      // Lots that end on different days, and a tier that is lost when the second of them has ended.
      for (const [to, amount] of [['2026-01-03T09:00:00Z', '90.00'], ['2026-01-09T09:00:00Z', '300.00'], ['2026-01-12T09:00:00Z', '40.00']] as const) {
        await advance(client, to);
        await earn(client, 'ada', amount);
      }
      for (let day = step; day <= 57; day += step) await advance(client, new Date(Date.parse('2026-01-12T09:00:00Z') + day * 86_400_000).toISOString());
      return (await told(client, notices)).map(({ name, occurredAt, dataJson }) => JSON.stringify([name, occurredAt, dataJson['points'], dataJson['from_tier'], dataJson['effective_at'] ?? dataJson['expires_at'] ?? dataJson['grace_ends_at']])).sort();
    }),
  );
  const [byDay = []] = outcomes;
  expect(byDay.length).toBeGreaterThanOrEqual(5);
  for (const outcome of outcomes) expect(outcome).toEqual(byDay);
}, 60_000);

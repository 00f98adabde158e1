/**
 * Drives the API through everything that tells events, while a real HTTP receiver is subscribed to `*`, and writes down which
 * type arrived there, and what had been called. `docs/event-types.md` is that table; UPDATE_EVENT_TYPES=1 writes it anew.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { makeCheckpoint } from '../../src/commands/checkpoints.ts';
import { CommandRunner } from '../../src/commands/run.ts';
import { eventTypes } from '../../src/generated/event-types.ts';
import { HEALTH_POLICY } from '../../src/domain/webhook-health.ts';
import { restRoutes } from '../../src/generated/rest-routes.ts';
import { fromPublicId } from '../../src/platform/ids.ts';
import type { WebhookDispatcher } from '../../src/workers/webhooks.ts';
import type { ApiClient } from '../support/client.ts';
import { eventually } from '../support/process.ts';
import { buildCustomer, buildProgram, earn } from '../support/program.ts';
import { Receiver, answer } from '../support/receiver.ts';
import { REST_CASES, buildWorld } from '../support/rest-cases.ts';
import { RestClient } from '../support/rest.ts';
import { buildReward } from '../support/rewards.ts';
import { connectApplication, startTestServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';

const PAGE = new URL('../../docs/event-types.md', import.meta.url);
const TIMEOUT_MS = 300_000;
const DAY_MS = 86_400_000;
const START = '2026-06-01T00:00:00Z';
/** Fast, and with days of failure in a moment, by a clock that the test moves. */
const SCHEDULE = { firstPauseMs: 50, factor: 2, pauseMaxMs: 100, totalMs: 400 };
const SETTINGS = { workspacesMs: 50, idleMs: 20 };
const HEALTH = { failuresToOpen: 3, firstPauseMs: 10, pauseMaxMs: 20, noticeAfterMs: 1, disableAfterMs: 2, noticeMs: 1 };

let server: TestServer;
let receiver: Receiver;
let dispatcher: WebhookDispatcher;
/** Type to the first scenario in which it arrived. */
const arrived = new Map<string, string>();

beforeAll(async () => {
  server = await startTestServer();
  receiver = await new Receiver().start();
  dispatcher = server.dispatchWebhooks({ settings: SETTINGS });
});
afterAll(async () => {
  await dispatcher.stop();
  await receiver.stop();
  await server.stop();
});

async function dispatchAnew(options: Parameters<TestServer['dispatchWebhooks']>[0]): Promise<void> {
  await dispatcher.stop();
  dispatcher = server.dispatchWebhooks({ settings: SETTINGS, ...options });
}

/** Subscribes to everything in the workspace, does something, and waits until all that it told has arrived. */
async function scenario(name: string, admin: ApiClient, work: () => Promise<unknown>): Promise<void> {
  const path = `/${name.replace(/\W+/g, '-')}`;
  await admin.succeed('webhookEndpointCreate', { url: receiver.at(path) }, 'webhookEndpoint { id }');
  await work();
  const { events } = await admin.run('{ events(last: 1) { nodes { id } } }');
  await eventually(
    () => receiver.to(path).map(({ event }) => event.id as string),
    (ids) => ids.includes(events.nodes[0].id),
  );
  for (const { event } of receiver.to(path)) if (!arrived.has(event.type)) arrived.set(event.type, name);
}

test('every route of REST that changes something', async () => {
  const admin = await server.workspace({ clock: START });
  const ids = await buildWorld(admin);
  const rest = new RestClient(server.url, admin.key);
  for (const { operation, method } of restRoutes.filter((route) => route.method !== 'GET')) {
    const routeCase = REST_CASES[operation]!;
    await scenario(operation, admin, async () => {
      await routeCase.before?.(admin, ids);
      const { status } = await rest.send(method, routeCase.path(ids), routeCase.body?.(ids));
      expect([operation, status < 300]).toEqual([operation, true]);
    });
    const { webhookEndpoints } = await admin.run('{ webhookEndpoints(first: 100) { nodes { id url } } }');
    // A workspace has at most fifty, and those of the cases themselves are wanted by others.
    for (const { id, url } of webhookEndpoints.nodes) {
      if (url.includes('127.0.0.1')) await admin.succeed('webhookEndpointDelete', { id }, 'webhookEndpoint { id }');
    }
  }
}, TIMEOUT_MS);

test('a signing key that takes the place of another', async () => {
  const admin = await server.workspace();
  await admin.succeed('signingKeyRotate', {}, 'signingKey { id }');
  await scenario('a second signingKeyRotate', admin, () => admin.succeed('signingKeyRotate', {}, 'signingKey { id }'));
});

test('what becomes true by itself: points become active and expire, tiers are prolonged and lost', async () => {
  const admin = await server.workspace({ clock: START });
  await buildProgram(admin, {
    card: { activation: { periodBased: { days: 10 } }, expiration: { rolling: { period: { value: 1, unit: 'MONTH' } } } },
    structure: { type: 'POINT_BALANCE', tiers: { Silver: 100, Gold: 500 }, expiration: { rollingExpiration: { period: { value: 20, unit: 'DAY' } } }, downgrade: { multiLevel: {} } },
  });
  await scenario('points activate and expire', admin, async () => {
    await buildCustomer(admin, 'ada');
    await earn(admin, 'ada', '600.00');
    for (const days of [11, 32, 60, 90]) {
      await admin.succeed('workspaceClockAdvance', { to: new Date(Date.parse(START) + days * DAY_MS).toISOString() }, 'workspace { id }');
    }
  });
});

test('what a refund takes back: active and pending points, awards, and what nobody owes for', async () => {
  const admin = await server.workspace({ clock: START });
  await buildProgram(admin, {
    structure: { type: 'POINT_EARNED', pointEarned: { period: { value: 1, unit: 'YEAR' } }, tiers: { Silver: { minPoints: 100, entryAward: { points: 50 } } }, entryAwardOnRefund: 'CLAWBACK', downgrade: { multiLevel: {} } },
  });
  await scenario('a refund of a promotion', admin, async () => {
    await buildCustomer(admin, 'ada');
    const { transaction } = await earn(admin, 'ada', '100.00');
    await admin.succeed('spend', { customer: { externalId: 'ada' }, points: 20 }, 'spend { id }');
    await admin.succeed('refund', { transaction: { id: transaction.id } }, 'refund { id }');
  });
  const pending = await server.workspace({ clock: START });
  await buildProgram(pending, { card: { activation: { periodBased: { days: 10 } } } });
  await scenario('a refund of pending points', pending, async () => {
    await buildCustomer(pending, 'ada');
    const { transaction } = await earn(pending, 'ada', '100.00');
    await pending.succeed('refund', { transaction: { id: transaction.id } }, 'refund { id }');
  });
});

test('what was validly spent, though a late fact says that it was not there', async () => {
  const admin = await server.workspace({ clock: START });
  await buildProgram(admin, {
    card: { expiration: { rolling: { period: { value: 1, unit: 'MONTH' } } } },
    structure: { tiers: { Basic: { minPoints: 0, entryAward: { points: 60 } } } },
    effectiveAt: '2020-01-01T00:00:00Z',
  });
  await scenario('a late fact after a spend', admin, async () => {
    await buildCustomer(admin, 'ada');
    await admin.succeed('workspaceClockAdvance', { to: '2026-06-20T12:00:00Z' }, 'workspace { id }');
    await admin.succeed('spend', { customer: { externalId: 'ada' }, points: 60 }, 'spend { id }');
    await admin.succeed('workspaceClockAdvance', { to: '2026-06-21T12:00:00Z' }, 'workspace { id }');
    await earn(admin, 'ada', '100.00', { occurredAt: '2025-12-03T12:00:00Z' });
  });
});

test('what happens soon, and what becomes of cards', async () => {
  const admin = await server.workspace({ clock: '2026-01-01T12:00:00Z' });
  await admin.succeed('workspaceUpdate', { noticeDays: 10 }, 'workspace { noticeDays }');
  await buildProgram(admin, {
    card: { expiration: { rolling: { period: { value: 1, unit: 'MONTH' } } }, refundPolicy: 'REVOKE_BELOW_ZERO' },
    structure: { downgrade: { multiLevel: { gracePeriod: { value: 1, unit: 'MONTH', roundUp: false } } } },
  });
  await scenario('points and a tier that run out', admin, async () => {
    await buildCustomer(admin, 'ada');
    await earn(admin, 'ada', '120.00');
    for (const to of ['2026-01-25T00:00:00Z', '2026-02-15T00:00:00Z', '2026-02-27T00:00:00Z']) await admin.succeed('workspaceClockAdvance', { to }, 'workspace { id }');
  });
  await scenario('a purchase whose points were spent is refunded', admin, async () => {
    await buildCustomer(admin, 'bob');
    const { transaction } = await earn(admin, 'bob', '100.00');
    await admin.succeed('spend', { customer: { externalId: 'bob' }, points: 100 }, 'spend { id }');
    await admin.succeed('refund', { transaction: { id: transaction.id } }, 'refund { id }');
    await earn(admin, 'bob', '150.00');
  });
  await scenario('an API key that expires soon', admin, async () => {
    await admin.succeed('apiKeyCreate', { name: 'Soon', scope: 'READ', expiresAt: new Date(Date.now() + 5 * DAY_MS).toISOString() }, 'apiKey { id }');
    await admin.succeed('workspaceClockAdvance', { to: '2026-02-28T00:00:00Z' }, 'workspace { id }');
  });
  await scenario('a checkpoint of the ledger', admin, async () => {
    const workspaceId = fromPublicId('Workspace', (await admin.run('{ workspace { id } }')).workspace.id) ?? '';
    const database = await connectApplication(server.databaseUrl, server.database);
    await makeCheckpoint(new CommandRunner({ database, clock: Date.now }), server.signer, workspaceId);
    await database.close();
  });
});

test('a reward that is given for a purchase, and taken back with it', async () => {
  const admin = await server.workspace({ clock: START });
  const { cardDefinitionId } = await buildProgram(admin);
  await buildReward(admin, cardDefinitionId, { cost: 0, trigger: { everyNthVisit: { visits: 1 } } });
  await scenario('a refund of what triggered a reward', admin, async () => {
    await buildCustomer(admin, 'ada');
    const { transaction } = await earn(admin, 'ada', '100.00');
    await admin.succeed('refund', { transaction: { id: transaction.id } }, 'revokedGrants { id }');
  });
});

test('a reward that runs out, and one that is given and redeemed', async () => {
  const admin = await server.workspace({ clock: START });
  const { cardDefinitionId } = await buildProgram(admin);
  const given = await buildReward(admin, cardDefinitionId, { cost: 0, trigger: { everyNthVisit: { visits: 1 } } });
  const few = await buildReward(admin, cardDefinitionId, { name: 'Mug', cost: 10, stock: 2 });
  await scenario('redemptions of a grant and of the last of a stock', admin, async () => {
    await buildCustomer(admin, 'ada');
    await earn(admin, 'ada', '100.00');
    for (const rewardId of [given, few, few]) await admin.succeed('rewardRedeem', { rewardId, customer: { externalId: 'ada' } }, 'redemption { id }');
  });
});

test('rewards that nobody redeems or fetches in time', async () => {
  const admin = await server.workspace({ clock: START });
  await admin.succeed('workspaceUpdate', { noticeDays: 10 }, 'workspace { noticeDays }');
  const { cardDefinitionId } = await buildProgram(admin);
  await buildReward(admin, cardDefinitionId, { cost: 0, trigger: { everyNthVisit: { visits: 1 } }, grantValidity: { value: 1, unit: 'MONTH' } });
  const rewardId = await buildReward(admin, cardDefinitionId, { name: 'Mug', cost: 10 });
  await scenario('a grant and a redemption that expire', admin, async () => {
    await buildCustomer(admin, 'ada');
    await earn(admin, 'ada', '100.00');
    await admin.succeed('rewardRedeem', { rewardId, customer: { externalId: 'ada' } }, 'redemption { id }');
    for (const to of ['2026-06-25T00:00:00Z', '2026-07-05T00:00:00Z']) await admin.succeed('workspaceClockAdvance', { to }, 'workspace { id }');
  });
});

test('a tier that is left for a lower one', async () => {
  const admin = await server.workspace({ clock: START });
  await buildProgram(admin);
  await scenario('a spend that costs a tier', admin, async () => {
    await buildCustomer(admin, 'ada');
    await earn(admin, 'ada', '600.00');
    await admin.succeed('spend', { customer: { externalId: 'ada' }, points: 300 }, 'spend { id }');
  });
});

test('how endpoints fare: failing, recovered, disabled, and messages that never arrive', async () => {
  // The endpoint gives out before its messages do, however slow the machine is.
  await dispatchAnew({ schedule: { ...SCHEDULE, totalMs: 600_000 }, health: HEALTH });
  const admin = await server.workspace();
  await scenario('endpoints that fail', admin, async () => {
    const url = receiver.at('/failing', answer(500));
    const { webhookEndpoint } = await admin.succeed('webhookEndpointCreate', { url, eventTypes: ['customer.created'] }, 'webhookEndpoint { id }');
    const statusOf = async () => (await admin.run('query($id: ID!) { webhookEndpoint(id: $id) { status } }', { id: webhookEndpoint.id })).webhookEndpoint.status as string;
    await buildCustomer(admin, 'ada');
    await eventually(statusOf, (status) => status === 'DISABLED');
    await admin.succeed('webhookEndpointEnable', { id: webhookEndpoint.id, missedEvents: 'SKIP' }, 'webhookEndpoint { id }');
    // It fails until it is paused, and then answers.
    await dispatchAnew({ schedule: { ...SCHEDULE, totalMs: 600_000 }, health: { ...HEALTH_POLICY, failuresToOpen: 3, firstPauseMs: 10, pauseMaxMs: 20 } });
    await buildCustomer(admin, 'bob');
    const health = async () => (await admin.run('query($id: ID!) { webhookEndpoint(id: $id) { health { pausedUntil } } }', { id: webhookEndpoint.id })).webhookEndpoint.health;
    await eventually(health, ({ pausedUntil }) => pausedUntil !== null);
    receiver.at('/failing');
    const told = (type: string) => eventually(() => receiver.to('/endpoints-that-fail').map(({ event }) => event.type as string), (types) => types.includes(type));
    await told('webhook_endpoint.recovered');
    // With the product's patience an endpoint outlives its messages.
    await dispatchAnew({ schedule: SCHEDULE });
    await admin.succeed('webhookEndpointCreate', { url: receiver.at('/never', answer(500)), eventTypes: ['customer.updated'] }, 'webhookEndpoint { id }');
    await admin.succeed('customerUpsert', { externalId: 'bob', name: 'Bob' }, 'customer { id }');
    await told('webhook_delivery.exhausted');
  });
}, TIMEOUT_MS);

test('the table says which type was seen to arrive', () => {
  const types = Object.values(eventTypes).sort((a, b) => (a.name < b.name ? -1 : 1));
  const told = types.filter(({ emitted }) => emitted);
  const missing = told.filter(({ name }) => !arrived.has(name)).map(({ name }) => name);
  expect(missing).toEqual([]);
  expect(types.length).toBeGreaterThanOrEqual(120);
  expect(told.filter(({ name }) => arrived.has(name)).length).toBeGreaterThanOrEqual(80);
  const page = [
    '# Event types',
    '',
    `Which event types were seen to arrive at an HTTP endpoint, and what had been called: ${told.length} of ${types.length}. Written by`,
    '`tests/api/webhook-event-types.test.ts`, which fails if a type that is told does not arrive, or if this page says something else.',
    '',
    '| type | data | seen to arrive by |',
    '|---|---|---|',
    ...told.map(({ name, data }) => `| \`${name}\` | \`${data}\` | ${arrived.get(name)} |`),
    '',
    '## Not told yet',
    '',
    'Their names and data stand, so that integrations can be built. They are told once their features exist, and count for nothing here.',
    '',
    ...types.filter(({ emitted }) => !emitted).map(({ name }) => `- \`${name}\``),
    '',
  ].join('\n');
  if (process.env['UPDATE_EVENT_TYPES'] === '1') writeFileSync(PAGE, page);
  expect(existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '').toBe(page);
});

/** Events arrive at real HTTP endpoints: once, signed, filtered, in order, and again when asked for. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { withTransaction } from '../../src/database/client.ts';
import { fromPublicId, newId } from '../../src/platform/ids.ts';
import { WebhookDeliveryRepository } from '../../src/repositories/webhook-deliveries.ts';
import type { WebhookDispatcher } from '../../src/workers/webhooks.ts';
import type { ApiClient } from '../support/client.ts';
import { eventually } from '../support/process.ts';
import { buildCustomer, buildProgram, earn } from '../support/program.ts';
import { Receiver, answer } from '../support/receiver.ts';
import { connectApplication, startTestServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { tuplesLookedAt } from '../support/tuples.ts';

/** As fast as tests want it: the product's own pauses are a matter of `tests/domain/webhook-retries.test.ts`. */
const FAST = { firstPauseMs: 20, factor: 2, pauseMaxMs: 200, totalMs: 1_500 };
const SETTINGS = { workspacesMs: 50, idleMs: 20, leaseMs: 20_000, troubleMs: 50 };
const HEALTH = { failuresToOpen: 5, firstPauseMs: 30, pauseMaxMs: 60, noticeAfterMs: 60_000, disableAfterMs: 120_000, noticeMs: 30_000 };

let server: TestServer;
let receiver: Receiver;
let admin: ApiClient;
let dispatcher: WebhookDispatcher;

beforeAll(async () => {
  server = await startTestServer();
  receiver = await new Receiver().start();
  dispatcher = server.dispatchWebhooks({ schedule: FAST, settings: SETTINGS, health: HEALTH });
});
afterAll(async () => {
  await dispatcher.stop();
  await receiver.stop();
  await server.stop();
});
beforeEach(async () => {
  admin = await server.workspace();
});
afterEach(() => void receiver.received.splice(0));

async function endpoint(path: string, more: Record<string, unknown> = {}, behaviour = answer(200)) {
  const url = receiver.at(path, behaviour);
  const created = await admin.succeed('webhookEndpointCreate', { url, ...more }, 'webhookEndpoint { id } secret');
  return { id: created.webhookEndpoint.id as string, secret: created.secret as string, path };
}

const DELIVERY = 'id eventId eventType status test attemptCount lastStatusCode lastError nextAttemptAt completedAt replayedAt attempts(first: 50) { nodes { number statusCode error latencyMs responseStart } }';

/** What a document has asked for. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Nodes = any[];

async function deliveriesOf(id: string, more: Record<string, unknown> = {}): Promise<Nodes> {
  const document = `query($filter: WebhookDeliveryFilter) { webhookDeliveries(first: 100, filter: $filter) { nodes { ${DELIVERY} } } }`;
  return (await admin.run(document, { filter: { webhookEndpointId: id, ...more } })).webhookDeliveries.nodes;
}

const settled = (id: string, count: number) =>
  eventually(
    () => deliveriesOf(id),
    (nodes) => nodes.length >= count && nodes.every(({ status }) => status !== 'PENDING'),
  );

const healthOf = async (id: string) =>
  (await admin.run('query($id: ID!) { webhookEndpoint(id: $id) { status statusReason health { failures failingSince pausedUntil disablesAt } } }', { id })).webhookEndpoint;

describe('an event', () => {
  test('arrives once, as the log has it, signed with the endpoint’s secret', async () => {
    const { id, secret } = await endpoint('/once', { eventTypes: ['customer.*'], customHeaders: [{ name: 'X-Shop', value: 'north' }] });
    const customer = await buildCustomer(admin, 'ada');
    const [received] = await receiver.waitFor('/once', 1);
    expect(new Webhook(secret).verify(received!.body, received!.headers)).toEqual(received!.event);
    expect(received!.event).toMatchObject({ type: 'customer.created', customer_id: customer, sequence: 1, data: { customer_id: customer, external_id: 'ada' } });
    expect(received!.headers).toMatchObject({ 'content-type': 'application/json; charset=utf-8', 'x-shop': 'north', 'webhook-id': received!.event.id });
    const { events } = await admin.run('{ events(filter: { types: [CUSTOMER_CREATED] }) { nodes { id recordedAt dataJson } } }');
    expect(events.nodes).toEqual([{ id: received!.event.id, recordedAt: received!.event.created, dataJson: received!.event.data }]);
    const [delivery] = await settled(id, 1);
    expect(delivery).toMatchObject({ eventId: received!.event.id, eventType: 'customer.created', status: 'SUCCEEDED', attemptCount: 1, lastStatusCode: 200, nextAttemptAt: null });
    expect(delivery.attempts.nodes).toEqual([{ number: 1, statusCode: 200, error: null, latencyMs: expect.any(Number), responseStart: '' }]);
    expect(receiver.to('/once')).toHaveLength(1);
  });

  test('is told to those who ask for its type, and whose filter it passes', async () => {
    await endpoint('/all');
    await endpoint('/points', { eventTypes: ['points.*'] });
    await endpoint('/large', { eventTypes: ['transaction.created', 'points.earned'], filter: 'event.type == "points.earned" && data.points > 100' });
    await endpoint('/unanswerable', { eventTypes: ['*'], filter: 'data.nothing.of.the.kind == 1' });
    await buildProgram(admin);
    await buildCustomer(admin, 'ada');
    await earn(admin, 'ada', '50.00');
    await earn(admin, 'ada', '150.00');
    const all = await receiver.waitFor('/all', 22);
    await eventually(
      () => admin.run('{ events(first: 100) { nodes { id name } } }'),
      ({ events }) => events.nodes.length - 2 === receiver.to('/all').length,
    );
    // Each endpoint is told in its own time.
    await receiver.waitFor('/points', 2);
    await receiver.waitFor('/large', 1);
    const types = all.map(({ event }) => event.type as string);
    expect(types).toEqual(expect.arrayContaining(['webhook_endpoint.created', 'card_definition.activated', 'transaction.created', 'points.earned', 'customer.tier.upgraded']));
    expect(receiver.to('/points').map(({ event }) => event.data.points).sort()).toEqual([150, 50]);
    expect(receiver.to('/large').map(({ event }) => [event.type, event.data.points])).toEqual([['points.earned', 150]]);
    expect(receiver.to('/unanswerable')).toEqual([]);
  });

  test('that could not be delivered comes again until it is, with the same id', async () => {
    let failures = 3;
    const { id } = await endpoint('/flaky', { eventTypes: ['customer.created'] }, (_received, _request, response) => {
      failures -= 1;
      response.writeHead(failures < 0 ? 204 : 503).end(failures < 0 ? undefined : 'Not now');
    });
    await buildCustomer(admin, 'ada');
    const [delivery] = await settled(id, 1);
    expect(delivery).toMatchObject({ status: 'SUCCEEDED', attemptCount: 4, lastStatusCode: 204 });
    expect(delivery.attempts.nodes.map((each: Record<string, unknown>) => [each['number'], each['statusCode'], each['responseStart']])).toEqual([
      [4, 204, ''],
      [3, 503, 'Not now'],
      [2, 503, 'Not now'],
      [1, 503, 'Not now'],
    ]);
    expect(new Set(receiver.to('/flaky').map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect((await healthOf(id)).health).toEqual({ failures: 0, failingSince: null, pausedUntil: null, disablesAt: null });
  });

  test('that can never be delivered fails for good when its time is over, and that is told', async () => {
    await endpoint('/news', { eventTypes: ['webhook_delivery.exhausted', 'webhook_endpoint.recovered'] });
    const { id } = await endpoint('/never', { eventTypes: ['customer.created'] }, answer(301, { location: receiver.at('/elsewhere') }));
    await buildCustomer(admin, 'ada');
    const [delivery] = await settled(id, 1);
    expect(delivery).toMatchObject({ status: 'FAILED', lastStatusCode: 301 });
    expect(delivery.attemptCount).toBeGreaterThanOrEqual(5);
    const [news] = await receiver.waitFor('/news', 1);
    expect(news!.event.data).toEqual({ webhook_endpoint_id: id, event_id: delivery.eventId, attempt_count: delivery.attemptCount });
    expect(receiver.to('/elsewhere')).toEqual([]);
    expect((await healthOf(id)).health.failures).toBe(delivery.attemptCount);
    // Replayed it begins anew, and then that it has recovered is told too.
    receiver.at('/never');
    await admin.succeed('webhookDeliveryReplay', { id: delivery.id }, 'webhookDelivery { status }');
    const [replayed] = await settled(id, 1);
    expect(replayed).toMatchObject({ id: delivery.id, status: 'SUCCEEDED', attemptCount: delivery.attemptCount + 1, lastStatusCode: 200 });
    const told = await receiver.waitFor('/news', 2);
    expect(told[1]!.event).toMatchObject({ type: 'webhook_endpoint.recovered', data: { webhook_endpoint_id: id } });
  });
});

test('410 disables an endpoint at once, and enabling it sends what it has missed', async () => {
  await endpoint('/watch', { eventTypes: ['webhook_endpoint.disabled', 'webhook_endpoint.resumed'] });
  const { id } = await endpoint('/gone', { eventTypes: ['customer.created'] }, answer(410));
  await buildCustomer(admin, 'ada');
  await receiver.waitFor('/watch', 1);
  expect(await healthOf(id)).toMatchObject({ status: 'DISABLED', statusReason: 'GONE' });
  await buildCustomer(admin, 'bob');
  receiver.at('/gone');
  await admin.succeed('webhookEndpointEnable', { id }, 'webhookEndpoint { status }');
  await receiver.waitFor('/gone', 2);
  expect(receiver.to('/gone').map(({ event }) => event.data.external_id)).toEqual(['ada', 'bob']);
  expect((await receiver.waitFor('/watch', 2)).map(({ event }) => event.type)).toEqual(['webhook_endpoint.disabled', 'webhook_endpoint.resumed']);
});

test('a paused endpoint is sent nothing, and afterwards everything, or nothing of what it has missed', async () => {
  const { id } = await endpoint('/paused', { eventTypes: ['customer.created'] });
  await admin.succeed('webhookEndpointPause', { id }, 'webhookEndpoint { status }');
  await buildCustomer(admin, 'ada');
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(receiver.to('/paused')).toEqual([]);
  await admin.succeed('webhookEndpointEnable', { id, missedEvents: 'SEND' }, 'webhookEndpoint { status }');
  await receiver.waitFor('/paused', 1);
  await admin.succeed('webhookEndpointPause', { id }, 'webhookEndpoint { status }');
  await buildCustomer(admin, 'bob');
  await admin.succeed('webhookEndpointEnable', { id, missedEvents: 'SKIP' }, 'webhookEndpoint { status }');
  await buildCustomer(admin, 'cleo');
  await receiver.waitFor('/paused', 2);
  expect(receiver.to('/paused').map(({ event }) => event.data.external_id)).toEqual(['ada', 'cleo']);
});

test('an ordered endpoint gets the events of each customer one after the other, though one of them fails meanwhile', async () => {
  let failures = 2;
  const { id } = await endpoint('/ordered', { eventTypes: ['customer.activity.recorded'], ordered: true }, ({ event }, _request, response) => {
    const fails = event.data.activity_type === 'second' && failures > 0;
    if (fails) failures -= 1;
    setTimeout(() => response.writeHead(fails ? 500 : 200).end(), Math.random() * 20);
  });
  for (const name of ['ada', 'bob']) await buildCustomer(admin, name);
  for (const type of ['first', 'second', 'third', 'fourth']) {
    for (const externalId of ['ada', 'bob']) await admin.succeed('activityRecord', { customer: { externalId }, type }, 'activity { id }');
  }
  await settled(id, 8);
  for (const customer of new Set(receiver.to('/ordered').map(({ event }) => event.customer_id as string))) {
    const types = receiver.to('/ordered').filter(({ event }) => event.customer_id === customer).map(({ event }) => event.data.activity_type as string);
    expect(types.filter((type, index) => type !== types[index - 1])).toEqual(['first', 'second', 'third', 'fourth']);
  }
  expect(receiver.to('/ordered')).toHaveLength(10);
});

test('a limited endpoint gets no more than its rate, and a slow one holds up nobody', async () => {
  const { id } = await endpoint('/limited', { eventTypes: ['customer.created'], ratePerSecond: 20 });
  await endpoint('/hanging', { eventTypes: ['customer.created'] }, () => undefined);
  const { id: quick } = await endpoint('/quick', { eventTypes: ['customer.created'] });
  const startedAt = Date.now();
  await Promise.all(Array.from({ length: 40 }, (_, index) => buildCustomer(admin, `customer-${index}`)));
  await settled(quick, 40);
  expect(receiver.to('/quick')).toHaveLength(40);
  await settled(id, 40);
  const limited = receiver.to('/limited');
  expect(limited).toHaveLength(40);
  // A bucket that is empty at first and holds what flows in within a second.
  expect(limited.at(-1)!.at - startedAt).toBeGreaterThanOrEqual(900);
});

test('a test sends sample data of any type, once, also to an endpoint that is paused', async () => {
  const { id, secret } = await endpoint('/tested', { eventTypes: ['points.earned'], filter: 'false' }, answer(500, {}, 'x'.repeat(5_000)));
  await admin.succeed('webhookEndpointPause', { id }, 'webhookEndpoint { status }');
  for (const eventType of ['customer.tier.upgraded', 'prediction.computed']) {
    const { webhookDelivery } = await admin.succeed('webhookEndpointTest', { id, eventType }, `webhookDelivery { ${DELIVERY} }`);
    expect(webhookDelivery).toMatchObject({ eventType, status: 'PENDING', test: true, attemptCount: 0 });
  }
  const deliveries = await settled(id, 2);
  expect(deliveries).toMatchObject([
    { status: 'FAILED', lastStatusCode: 500, attemptCount: 1 },
    { status: 'FAILED', lastStatusCode: 500, attemptCount: 1 },
  ]);
  expect(deliveries[0].attempts.nodes[0].responseStart).toBe('x'.repeat(1_024));
  const received = await receiver.waitFor('/tested', 2);
  for (const { headers, body, event } of received) {
    expect(headers['voilatier-test']).toBe('true');
    expect(new Webhook(secret).verify(body, headers)).toEqual(event);
  }
  expect(received.map(({ event }) => event.type as string).sort()).toEqual(['customer.tier.upgraded', 'prediction.computed']);
  expect((await healthOf(id)).health.failures).toBe(0);
});

test('deliveries are listed by the type of their events, and by what is none not at all', async () => {
  const { id } = await endpoint('/by-type', { eventTypes: ['customer.*'] });
  await buildCustomer(admin, 'ada');
  await settled(id, 1);
  expect((await deliveriesOf(id, { eventType: 'customer.created' })).map(({ eventType }) => eventType as string)).toEqual(['customer.created']);
  expect(await deliveriesOf(id, { eventType: 'customer.updated' })).toEqual([]);
  for (const eventType of ['customer.*', 'customer', 'CUSTOMER_CREATED', '', '\u0000']) {
    const { errors } = await admin.send('query($filter: WebhookDeliveryFilter) { webhookDeliveries(filter: $filter) { nodes { id } } }', { filter: { eventType } });
    expect(errors.map(({ extensions }) => [extensions.code, extensions.field])).toEqual([['INVALID_FILTER', ['filter', 'eventType']]]);
  }
});

test('a range is replayed: what has failed, or everything, with the ids that it had', async () => {
  const { id } = await endpoint('/replayed', { eventTypes: ['customer.created'] }, ({ event }, _request, response) =>
    void response.writeHead(event.data.external_id === 'bob' ? 500 : 200).end(),
  );
  const from = new Date().toISOString();
  for (const name of ['ada', 'bob', 'cleo']) await buildCustomer(admin, name);
  await settled(id, 3);
  const before = receiver.to('/replayed').length;
  receiver.at('/replayed');
  await admin.succeed('webhookEndpointReplay', { id, from, scope: 'FAILED' }, 'webhookReplay { id }');
  const again = (await receiver.waitFor('/replayed', before + 1)).slice(before);
  expect(again.map(({ event }) => event.data.external_id)).toEqual(['bob']);
  await eventually(() => deliveriesOf(id, { status: 'SUCCEEDED' }), (nodes) => nodes.length === 3);
  await admin.succeed('webhookEndpointReplay', { id, from, scope: 'ALL' }, 'webhookReplay { id from to scope }');
  const all = (await receiver.waitFor('/replayed', before + 4)).slice(before + 1);
  expect(all.map(({ event }) => event.data.external_id).sort()).toEqual(['ada', 'bob', 'cleo']);
  expect(new Set(receiver.to('/replayed').map(({ headers }) => headers['webhook-id'])).size).toBe(3);
});

test('connections are used again', async () => {
  const apart = await new Receiver().start();
  const url = apart.at('/reused');
  const { webhookEndpoint } = await admin.succeed('webhookEndpointCreate', { url, eventTypes: ['customer.created'] }, 'webhookEndpoint { id }');
  const { id } = webhookEndpoint;
  await buildCustomer(admin, 'first');
  await settled(id, 1);
  for (let index = 0; index < 20; index += 1) {
    await buildCustomer(admin, `customer-${index}`);
    await settled(id, index + 2);
  }
  expect(apart.connections).toBeLessThanOrEqual(2);
  await apart.stop();
});

test('after a rotation messages are signed with both secrets, and without an overlap with the new one alone', async () => {
  const { id, secret } = await endpoint('/rotated', { eventTypes: ['customer.created'] });
  const rotated = await admin.succeed('webhookEndpointSecretRotate', { id, overlapHours: 1 }, 'secret webhookEndpoint { previousSecretExpiresAt }');
  await buildCustomer(admin, 'ada');
  const [both] = await receiver.waitFor('/rotated', 1);
  for (const each of [secret, rotated.secret]) expect(new Webhook(each).verify(both!.body, both!.headers)).toEqual(both!.event);
  const last = await admin.succeed('webhookEndpointSecretRotate', { id, overlapHours: 0 }, 'secret webhookEndpoint { previousSecretExpiresAt }');
  expect(last.webhookEndpoint.previousSecretExpiresAt).toBeNull();
  await buildCustomer(admin, 'bob');
  const [, one] = await receiver.waitFor('/rotated', 2);
  expect(new Webhook(last.secret).verify(one!.body, one!.headers)).toEqual(one!.event);
  for (const each of [secret, rotated.secret]) expect(() => new Webhook(each).verify(one!.body, one!.headers)).toThrow();
});

test.each([false, true])('to write down what came of an attempt no other deliveries are read, however many there are (again: %s)', async (again) => {
  const many = 4_000;
  const workspaceId = fromPublicId('Workspace', (await admin.run('{ workspace { id } }')).workspace.id) ?? '';
  const { rows } = await server.database.pool.query<{ id: string; endpoint_id: string }>(
    `WITH made AS (
       INSERT INTO webhook_deliveries (workspace_id, id, endpoint_id, event_id, event_type, status, test, ordered, next_attempt_at, created_at)
       SELECT $1, gen_random_uuid(), $2, gen_random_uuid(), 'customer.created', 'PENDING', false, false, 'infinity', now() FROM generate_series(1, $3)
       RETURNING workspace_id, id, endpoint_id
     ), told AS (
       INSERT INTO webhook_attempts (workspace_id, delivery_id, id, number, started_at, latency_ms, response_start)
       SELECT workspace_id, id, gen_random_uuid(), 1, now(), 1, '' FROM made
     )
     SELECT id, endpoint_id FROM made LIMIT 3`,
    [workspaceId, newId(), many],
  );
  const attempts = rows.map(({ id, endpoint_id }) => ({
    id: newId(),
    deliveryId: id,
    endpointId: endpoint_id,
    status: 'SUCCEEDED' as const,
    nextAttemptAt: null,
    startedAt: server.now(),
    latencyMs: 5,
    statusCode: 200,
    error: null,
    responseStart: '',
  }));
  const walled = await connectApplication(server.databaseUrl, server.database);
  await withTransaction(walled.workspace(workspaceId), async ({ $client: pool }) => {
    const looked = () => tuplesLookedAt(pool, ['webhook_deliveries', 'webhook_attempts']);
    const before = await looked();
    await new WebhookDeliveryRepository(pool, workspaceId).record(attempts, again);
    expect((await looked()) - before).toBeLessThan(50);
  });
  await walled.close();
  const done = await server.database.pool.query(
    `SELECT count(*)::int AS deliveries, sum(attempt_count)::int AS attempts FROM webhook_deliveries WHERE workspace_id = $1 AND status = 'SUCCEEDED'`,
    [workspaceId],
  );
  expect(done.rows).toEqual([{ deliveries: 3, attempts: 3 }]);
});

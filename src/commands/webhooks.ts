import type { Transaction } from '../database/client.ts';
import { withTransaction } from '../database/client.ts';
import type { ActivityAction } from '../domain/audit.ts';
import { destinationPolicy } from '../domain/destinations.ts';
import type { LogPlace } from '../domain/events.ts';
import { LOG_START, typesMatching } from '../domain/events.ts';
import type { IdempotentResult } from '../domain/idempotency.ts';
import type { Checked } from '../domain/problem.ts';
import { problem, refused } from '../domain/problem.ts';
import type { Instant } from '../domain/time.ts';
import type { Delivery, Replay, ReplayScope } from '../domain/webhook-deliveries.ts';
import { DELIVERIES_KEPT_DAYS, LEASE_MS, REPLAYS_MAX, REPLAY_DAYS, checkRange, firstIdAt, isReplayable } from '../domain/webhook-deliveries.ts';
import type { HealthPolicy } from '../domain/webhook-health.ts';
import { HEALTHY, HEALTH_POLICY, afterFailures, disablesAt, isToBeDisabled } from '../domain/webhook-health.ts';
import type {
  EndpointSecrets,
  EndpointWithSecrets,
  WebhookEndpoint,
  WebhookEndpointChanges,
  WebhookEndpointSettings,
  WebhookErrorCode,
} from '../domain/webhooks.ts';
import { createEndpoint, rotateSecret, stepEndpoint, updateEndpoint } from '../domain/webhooks.ts';
import type { SecretBox } from '../platform/encryption.ts';
import { EVENT_NAMES } from '../platform/event-data.ts';
import { newId, toPublicId } from '../platform/ids.ts';
import { newWebhookSecret } from '../platform/webhook-signatures.ts';
import { EventLogRepository, EventRepository } from '../repositories/events.ts';
import type { RecordedAttempt } from '../repositories/webhook-deliveries.ts';
import { WebhookDeliveryRepository } from '../repositories/webhook-deliveries.ts';
import { WebhookRepository } from '../repositories/webhooks.ts';
import { WorkspaceRepository } from '../repositories/workspaces.ts';
import type { Actor, CommandRunner, ConfigurationUnit, Outcome } from './run.ts';

/**
 * Webhook endpoints, and what is sent to them again. Messages go out by real time, whatever the workspace's own clock says: only
 * what the audit log tells is as of that.
 */

const DAY_MS = 24 * 3_600_000;

/** What commands on endpoints need beside the database. */
export interface WebhookTools {
  readonly box: SecretBox;
  /** Whether sandboxes may send to the server's own machine. */
  readonly allowLoopback: boolean;
}

export interface Target {
  /** Null for what cannot be the id of an endpoint. */
  readonly id: string | null;
  readonly expectedVersion: number | null;
  readonly idempotencyKey: string | null | undefined;
}

interface EndpointAndSecret {
  readonly endpoint: WebhookEndpoint;
  /** Null for a command that was carried out before. */
  readonly secret: string | null;
}

type EndpointOutcome = Outcome<WebhookEndpoint, WebhookErrorCode>;

export async function webhookEndpointCreate(
  runner: CommandRunner,
  tools: WebhookTools,
  actor: Actor,
  settings: WebhookEndpointSettings,
  key: string | null | undefined,
): Promise<Outcome<EndpointAndSecret, WebhookErrorCode>> {
  const place = await endOfLog(runner, actor.workspaceId);
  return runner.configuration<EndpointAndSecret, WebhookErrorCode>(
    actor,
    { key, operation: 'webhookEndpointCreate', input: settings },
    async (unit) => {
      const repository = repositoryOf(unit);
      const context = { ...(await rulesOf(unit, tools)), existing: await repository.countEndpoints() };
      const created = createEndpoint(settings, { id: newId(), secret: newWebhookSecret() }, context, runner.clock());
      if (!created.ok) return created;
      await repository.insertEndpoint(sealed(tools, unit.workspaceId, created.value), place);
      const { endpoint, secrets } = created.value;
      await record(unit, 'CREATED', 'created', null, endpoint);
      return { ok: true, value: { value: { endpoint, secret: secrets.secret }, result: { id: endpoint.id } } };
    },
    async (transaction, { id }) => ({ endpoint: await known(transaction, actor, id), secret: null }),
  );
}

export function webhookEndpointUpdate(
  runner: CommandRunner,
  tools: WebhookTools,
  actor: Actor,
  target: Target,
  changes: WebhookEndpointChanges,
): Promise<EndpointOutcome> {
  return change(runner, tools, actor, 'webhookEndpointUpdate', target, changes, async (unit, before) => {
    const updated = updateEndpoint(before, changes, await rulesOf(unit, tools), target.expectedVersion, runner.clock());
    return updated.ok ? { ok: true, value: { after: updated.value, action: 'UPDATED', event: 'updated' } } : updated;
  });
}

export function webhookEndpointPause(runner: CommandRunner, tools: WebhookTools, actor: Actor, target: Target): Promise<EndpointOutcome> {
  return change(runner, tools, actor, 'webhookEndpointPause', target, {}, (_unit, before) =>
    Promise.resolve(stepTo(stepEndpoint(before, 'PAUSE', 'REQUESTED', target.expectedVersion, runner.clock()), 'DEACTIVATED', 'paused')),
  );
}

export async function webhookEndpointEnable(
  runner: CommandRunner,
  tools: WebhookTools,
  actor: Actor,
  target: Target,
  missedEvents: 'SEND' | 'SKIP',
): Promise<EndpointOutcome> {
  const place = missedEvents === 'SKIP' ? await endOfLog(runner, actor.workspaceId) : null;
  return change(runner, tools, actor, 'webhookEndpointEnable', target, { missedEvents }, async (unit, before) => {
    const now = runner.clock();
    const enabled = stepEndpoint(before, 'ENABLE', 'REQUESTED', target.expectedVersion, now);
    if (!enabled.ok) return enabled;
    const repository = repositoryOf(unit);
    const { id } = before.endpoint;
    await repository.resetState(id, place);
    if (missedEvents === 'SKIP') await repository.cancelPending(id, now);
    else await repository.hurryPending(id, now, now + LEASE_MS);
    return stepTo(enabled, 'ACTIVATED', 'resumed');
  });
}

export function webhookEndpointDelete(runner: CommandRunner, tools: WebhookTools, actor: Actor, target: Target): Promise<EndpointOutcome> {
  return change(runner, tools, actor, 'webhookEndpointDelete', target, {}, async (unit, before) => {
    const deleted = stepEndpoint(before, 'DELETE', 'REQUESTED', target.expectedVersion, runner.clock());
    if (!deleted.ok) return deleted;
    const repository = repositoryOf(unit);
    await repository.cancelPending(before.endpoint.id, runner.clock());
    if ((await repository.countEndpoints()) === 1) await repository.markWithoutEndpoints();
    return stepTo(deleted, 'DELETED', 'deleted');
  });
}

export async function webhookEndpointSecretRotate(
  runner: CommandRunner,
  tools: WebhookTools,
  actor: Actor,
  target: Target,
  overlapHours: number,
): Promise<Outcome<EndpointAndSecret, WebhookErrorCode>> {
  let secret: string | null = null;
  const outcome = await change(runner, tools, actor, 'webhookEndpointSecretRotate', target, { overlapHours }, (_unit, before) => {
    const fresh = newWebhookSecret();
    const rotated = rotateSecret(before, fresh, overlapHours, target.expectedVersion, runner.clock());
    if (rotated.ok) secret = fresh;
    return Promise.resolve(stepTo(rotated, 'ROTATED', 'secret_rotated'));
  });
  return outcome.ok ? { ok: true, value: { endpoint: outcome.value, secret } } : outcome;
}

/** What an endpoint has failed, and how often since it was last written down. */
export interface Failures {
  readonly count: number;
  /** Whether it was the single attempt after a pause. */
  readonly single: boolean;
  /** What the last one was, in one sentence. */
  readonly reason: string;
}

/**
 * Writes down that attempts have failed, and what follows: a pause, an announcement, the end. The announcement and the end commit
 * with their events; if the process dies before, the next failure leads here again.
 */
export async function webhookFailuresRecord(
  runner: CommandRunner,
  tools: WebhookTools,
  actor: Actor,
  endpointId: string,
  failures: Failures,
  policy: HealthPolicy = HEALTH_POLICY,
): Promise<void> {
  const now = runner.clock();
  const after = await withTransaction(runner.database.workspace(actor.workspaceId), async ({ $client }) => {
    const repository = new WebhookDeliveryRepository($client, actor.workspaceId);
    const before = await repository.lockHealth(endpointId);
    if (before === null) return null;
    const decided = afterFailures(before, failures, now, policy);
    await repository.setHealth(endpointId, decided.health);
    return decided;
  });
  if (after === null || after.consequence === null) return;
  if (after.consequence === 'DISABLE') await webhookEndpointDisable(runner, tools, actor, endpointId, 'FAILING', failures.reason, policy);
  else await announceEnd(runner, actor, endpointId, failures.reason, policy);
}

async function announceEnd(runner: CommandRunner, actor: Actor, endpointId: string, reason: string, policy: HealthPolicy): Promise<void> {
  const now = runner.clock();
  await internally(runner, actor, 'webhookEndpointFailing', async (unit) => {
    const repository = new WebhookDeliveryRepository(unit.transaction.$client, unit.workspaceId);
    const before = await repository.lockHealth(endpointId);
    if (before === null || before.noticeAt !== null || before.failingSince === null) return;
    const health = { ...before, noticeAt: now };
    await repository.setHealth(endpointId, health);
    await tell(unit, 'webhook_endpoint.failing', fareOf(endpointId, health.failingSince, disablesAt(health, policy), reason));
  });
}

/** Stops sending to an endpoint that has failed for days, or has said that it is gone, unless it is not enabled any more. */
export async function webhookEndpointDisable(
  runner: CommandRunner,
  tools: WebhookTools,
  actor: Actor,
  id: string,
  reason: 'FAILING' | 'GONE',
  why: string,
  policy: HealthPolicy = HEALTH_POLICY,
): Promise<void> {
  const target = { id, expectedVersion: null, idempotencyKey: null };
  await change(runner, tools, actor, 'webhookEndpointDisable', target, {}, async (unit, before) => {
    if (before.endpoint.status !== 'ENABLED') return refused(problem('INVALID_STATUS', 'It is not enabled.', 'id'));
    const health = await new WebhookDeliveryRepository(unit.transaction.$client, unit.workspaceId).lockHealth(id);
    // Somebody may have enabled it anew, or a message may have arrived, since that was found.
    if (reason === 'FAILING' && (health === null || !isToBeDisabled(health, runner.clock(), policy))) {
      return refused(problem('INVALID_STATUS', 'It is not failing any more.', 'id'));
    }
    await tell(unit, 'webhook_endpoint.disabled', fareOf(id, health?.failingSince ?? null, null, why));
    return stepTo(stepEndpoint(before, 'DISABLE', reason, null, runner.clock()), 'DEACTIVATED', null);
  });
}

/** Tells that an endpoint answers well again that had failed so much that it was paused or announced to be disabled. */
export async function webhookEndpointRecover(runner: CommandRunner, actor: Actor, endpointId: string): Promise<void> {
  await internally(runner, actor, 'webhookEndpointRecover', async (unit) => {
    const repository = new WebhookDeliveryRepository(unit.transaction.$client, unit.workspaceId);
    const before = await repository.lockHealth(endpointId);
    if (before === null || before.failures === 0) return;
    await repository.setHealth(endpointId, HEALTHY);
    await tell(unit, 'webhook_endpoint.recovered', fareOf(endpointId, null, null, null));
  });
}

/** Writes down the last attempt of a delivery that has failed for good, and tells it. */
export async function webhookDeliveryExhaust(
  runner: CommandRunner,
  actor: Actor,
  attempt: RecordedAttempt,
  delivery: { readonly eventId: string },
): Promise<void> {
  await internally(runner, actor, 'webhookDeliveryExhaust', async (unit) => {
    const repository = repositoryOf(unit);
    const [before] = await repository.deliveriesByIds([attempt.deliveryId]);
    await new WebhookDeliveryRepository(unit.transaction.$client, unit.workspaceId).record([attempt], true);
    const [exhausted] = await repository.deliveriesByIds([attempt.deliveryId]);
    // It may have committed before without an answer that came.
    if (before?.status === 'PENDING' && exhausted?.status === 'FAILED') await tell(unit, 'webhook_delivery.exhausted', deliveryTold({ ...exhausted, ...delivery }));
  });
}

const REMOVED_AT_ONCE = 1_000;
/** So often in one go, at most; the next goes on. */
const REMOVALS_MAX = 5_000;

/** Removes what of webhooks the workspace keeps no longer, whether it has endpoints still or not, by real time. @returns how much */
export async function removeOldWebhooks({ database, clock }: CommandRunner, workspaceId: string): Promise<number> {
  const repository = new WebhookDeliveryRepository(database.workspace(workspaceId).pool, workspaceId);
  const before = firstIdAt(clock() - DELIVERIES_KEPT_DAYS * DAY_MS);
  let removed = 0;
  for (let times = 0; times < REMOVALS_MAX; times += 1) {
    const some = await repository.removeBefore(before, REMOVED_AT_ONCE);
    removed += some;
    if (some === 0) break;
  }
  return removed;
}

/** Sends sample data once. */
export function webhookEndpointTest(
  runner: CommandRunner,
  actor: Actor,
  id: string | null,
  eventType: string,
  key: string | null | undefined,
): Promise<Outcome<Delivery, WebhookErrorCode>> {
  return runner.configuration<Delivery, WebhookErrorCode>(
    actor,
    { key, operation: 'webhookEndpointTest', input: { id, eventType } },
    async (unit) => {
      const found = await repositoryOf(unit).findEndpoint(id);
      if (found === null || found.endpoint.status === 'DELETED') return refused(NOT_FOUND);
      if (!EVENT_NAMES.includes(eventType)) return refused(problem('INVALID_EVENT_TYPE', 'There is no such event type.', 'eventType'));
      const delivery = testDelivery(found.endpoint.id, eventType, runner.clock());
      await repositoryOf(unit).insertTest(delivery);
      await recordUse(unit, 'TESTED', found.endpoint.id, { eventType, deliveryId: toPublicId('WebhookDelivery', delivery.id) });
      await tell(unit, 'webhook_endpoint.tested', fareOf(found.endpoint.id, null, null, null));
      return { ok: true, value: { value: delivery, result: { id: delivery.id } } };
    },
    (transaction, result) => knownDelivery(transaction, actor, result),
  );
}

function testDelivery(endpointId: string, eventType: string, now: Instant): Delivery {
  return {
    id: newId(),
    endpointId,
    eventId: newId(),
    eventType,
    customerId: null,
    status: 'PENDING',
    test: true,
    attemptCount: 0,
    roundAttempts: 0,
    roundStartedAt: null,
    nextAttemptAt: now,
    lastStatusCode: null,
    lastError: null,
    replayedAt: null,
    completedAt: null,
    createdAt: now,
  };
}

/** Sends one message again. */
export function webhookDeliveryReplay(
  runner: CommandRunner,
  actor: Actor,
  id: string | null,
  key: string | null | undefined,
): Promise<Outcome<Delivery, WebhookErrorCode>> {
  return runner.configuration<Delivery, WebhookErrorCode>(
    actor,
    { key, operation: 'webhookDeliveryReplay', input: { id } },
    async (unit) => {
      const repository = repositoryOf(unit);
      const [delivery] = id === null ? [] : await repository.deliveriesByIds([id]);
      if (delivery === undefined) return refused(NO_DELIVERY);
      const found = await repository.findEndpoint(delivery.endpointId);
      const now = runner.clock();
      if (found?.endpoint.status !== 'ENABLED') return refused(problem('INVALID_STATUS', 'The endpoint is not enabled.', 'id'));
      if (!isReplayable(delivery, now)) return refused(problem('INVALID_REPLAY_RANGE', `A delivery can be replayed for ${REPLAY_DAYS} days.`, 'id'));
      await repository.replayDelivery(delivery.id, now);
      await recordUse(unit, 'REPLAYED', delivery.endpointId, { deliveryId: toPublicId('WebhookDelivery', delivery.id) });
      await tell(unit, 'webhook_delivery.replayed', deliveryTold(delivery));
      const [replayed] = await repository.deliveriesByIds([delivery.id]);
      return { ok: true, value: { value: replayed ?? delivery, result: { id: delivery.id } } };
    },
    (transaction, result) => knownDelivery(transaction, actor, result),
  );
}

/** Sends a range of events again, in the background. */
export function webhookEndpointReplay(
  runner: CommandRunner,
  actor: Actor,
  id: string | null,
  range: { readonly from: Instant; readonly to: Instant | null; readonly scope: ReplayScope },
  key: string | null | undefined,
): Promise<Outcome<Replay, WebhookErrorCode>> {
  return runner.configuration<Replay, WebhookErrorCode>(
    actor,
    { key, operation: 'webhookEndpointReplay', input: { id, ...range } },
    async (unit) => {
      const repository = repositoryOf(unit);
      const found = await repository.findEndpoint(id);
      if (found === null || found.endpoint.status === 'DELETED') return refused(NOT_FOUND);
      if (found.endpoint.status !== 'ENABLED') return refused(problem('INVALID_STATUS', 'The endpoint is not enabled.', 'id'));
      const now = runner.clock();
      const to = range.to ?? now;
      const problems = checkRange(range.from, to, now);
      if (problems.length > 0) return refused(...problems);
      if ((await repository.countOpenReplays(found.endpoint.id)) >= REPLAYS_MAX) {
        return refused(problem('TOO_MANY', `An endpoint has at most ${REPLAYS_MAX} replays under way.`, 'id'));
      }
      const replay: Replay = { id: newId(), endpointId: found.endpoint.id, from: range.from, to, scope: range.scope, createdAt: now };
      await repository.insertReplay(replay, (await repository.placeBefore(range.from)) ?? LOG_START);
      const said = { from: new Date(replay.from).toISOString(), to: new Date(replay.to).toISOString(), scope: replay.scope };
      await recordUse(unit, 'REPLAYED', replay.endpointId, { ...said, replayId: toPublicId('WebhookReplay', replay.id) });
      return { ok: true, value: { value: replay, result: { id: replay.id } } };
    },
    async (transaction, result) => {
      const replay = await new WebhookRepository(transaction, actor.workspaceId).findReplay(String(result['id']));
      if (replay === null) throw new Error('A replay is not removed while its key is kept.');
      return replay;
    },
  );
}

/**
 * What commits from here on comes behind it. Read before the transaction, whose own events come behind it too: one that holds the
 * configuration must not wait for another connection, which those who wait for it may have.
 */
async function endOfLog(runner: CommandRunner, workspaceId: string): Promise<LogPlace> {
  return (await new EventLogRepository(runner.database.workspace(workspaceId), workspaceId).end()).place;
}

interface Changed {
  readonly after: EndpointWithSecrets;
  readonly action: ActivityAction;
  /** The last part of the event's type; null if it is told in another way. */
  readonly event: string | null;
}

/** Runs a change of one endpoint. */
function change(
  runner: CommandRunner,
  tools: WebhookTools,
  actor: Actor,
  operation: string,
  { id, expectedVersion, idempotencyKey: key }: Target,
  input: object,
  work: (unit: ConfigurationUnit, before: EndpointWithSecrets) => Promise<Outcome<Changed, WebhookErrorCode>>,
): Promise<EndpointOutcome> {
  return runner.configuration<WebhookEndpoint, WebhookErrorCode>(
    actor,
    { key, operation, input: { ...input, id, expectedVersion } },
    async (unit) => {
      const stored = await repositoryOf(unit).findEndpoint(id);
      if (stored === null) return refused(NOT_FOUND);
      const before = { endpoint: stored.endpoint, secrets: openSecrets(tools.box, unit.workspaceId, stored) };
      const done = await work(unit, before);
      if (!done.ok) return done;
      const { after, action, event } = done.value;
      await repositoryOf(unit).updateEndpoint(sealed(tools, unit.workspaceId, after));
      await record(unit, action, event, before.endpoint, after.endpoint);
      return { ok: true, value: { value: after.endpoint, result: { id: after.endpoint.id } } };
    },
    (transaction, result) => known(transaction, actor, result['id']),
  );
}

function stepTo(
  stepped: Checked<EndpointWithSecrets, WebhookErrorCode>,
  action: ActivityAction,
  event: string | null,
): Outcome<Changed, WebhookErrorCode> {
  return stepped.ok ? { ok: true, value: { after: stepped.value, action, event } } : stepped;
}

async function rulesOf(unit: ConfigurationUnit, { allowLoopback }: WebhookTools) {
  const workspace = await new WorkspaceRepository(unit.transaction, unit.workspaceId).find();
  if (workspace === null) throw new Error('A request acts in a workspace that exists.');
  return {
    types: (pattern: string) => typesMatching(pattern, EVENT_NAMES),
    policy: destinationPolicy(workspace.mode, allowLoopback),
  };
}

function repositoryOf({ transaction, workspaceId }: ConfigurationUnit): WebhookRepository {
  return new WebhookRepository(transaction, workspaceId);
}

async function known(transaction: Transaction, { workspaceId }: Actor, id: IdempotentResult[string] | undefined): Promise<WebhookEndpoint> {
  const found = await new WebhookRepository(transaction, workspaceId).findEndpoint(String(id));
  if (found === null) throw new Error('An endpoint is never removed.');
  return found.endpoint;
}

async function knownDelivery(transaction: Transaction, { workspaceId }: Actor, { id }: IdempotentResult): Promise<Delivery> {
  const [delivery] = await new WebhookRepository(transaction, workspaceId).deliveriesByIds([String(id)]);
  if (delivery === undefined) throw new Error('A delivery is not removed while its key is kept.');
  return delivery;
}

/** Bound to its endpoint: moved to another one it does not open. */
function placeOf(workspaceId: string, endpointId: string): string {
  return `webhook endpoint ${workspaceId} ${endpointId}`;
}

function sealed({ box }: WebhookTools, workspaceId: string, { endpoint, secrets }: EndpointWithSecrets) {
  return { endpoint, sealed: box.seal(Buffer.from(JSON.stringify(secrets)), placeOf(workspaceId, endpoint.id)) };
}

/** @throws EncryptionKeyError */
export function openSecrets(box: SecretBox, workspaceId: string, stored: { readonly endpoint: { readonly id: string }; readonly sealed: Buffer }): EndpointSecrets {
  return JSON.parse(box.open(stored.sealed, placeOf(workspaceId, stored.endpoint.id)).toString('utf8')) as EndpointSecrets;
}

function record(unit: ConfigurationUnit, action: ActivityAction, event: string | null, before: WebhookEndpoint | null, after: WebhookEndpoint): Promise<void> {
  return unit.record({
    kind: 'WebhookEndpoint',
    action,
    subjectId: after.id,
    eventType: event === null ? null : `webhook_endpoint.${event}`,
    before: before === null ? null : snapshot(before),
    after: snapshot(after),
  });
}

/** What somebody has had sent to an endpoint, which stays as it is. */
function recordUse(unit: ConfigurationUnit, action: 'TESTED' | 'REPLAYED', endpointId: string, what: Readonly<Record<string, unknown>>): Promise<void> {
  return unit.record({ kind: 'WebhookEndpoint', action, subjectId: endpointId, eventType: null, before: null, after: what });
}

/** What an audit entry keeps: of the address not its query, which may be what lets a sender in. */
function snapshot({ url, statusChangedAt: _, createdAt: __, updatedAt: ___, secretCreatedAt, previousSecretExpiresAt, id: ____, ...rest }: WebhookEndpoint) {
  return {
    ...rest,
    url: url.split('?')[0],
    secretCreatedAt: new Date(secretCreatedAt).toISOString(),
    previousSecretExpiresAt: previousSecretExpiresAt === null ? null : new Date(previousSecretExpiresAt).toISOString(),
  };
}

function deliveryTold({ endpointId, eventId, attemptCount }: { readonly endpointId: string; readonly eventId: string; readonly attemptCount: number }) {
  return { webhookEndpointId: toPublicId('WebhookEndpoint', endpointId), eventId: toPublicId('Event', eventId), attemptCount };
}

/** Writes an event that is no change of configuration. */
async function tell({ transaction, workspaceId, now, cause }: ConfigurationUnit, type: string, data: Readonly<Record<string, unknown>>): Promise<void> {
  const event = { type, customerId: null, sequence: null, data, occurredAt: now, recordedAt: now };
  await new EventRepository(transaction, workspaceId).insert(newId(), { ...event, ...cause });
}

/** Runs what the server does by itself. */
async function internally(runner: CommandRunner, actor: Actor, operation: string, work: (unit: ConfigurationUnit) => Promise<void>): Promise<void> {
  await runner.configuration<null, WebhookErrorCode>(actor, { key: null, operation, input: {} }, async (unit) => {
    await work(unit);
    return { ok: true, value: { value: null, result: {} } };
  });
}

function fareOf(endpointId: string, failingSince: Instant | null, end: Instant | null, reason: string | null) {
  return { webhookEndpointId: toPublicId('WebhookEndpoint', endpointId), failingSince, disablesAt: end, reason };
}

const NOT_FOUND = problem('NOT_FOUND', 'There is no such webhook endpoint.', 'id');
const NO_DELIVERY = problem('NOT_FOUND', 'There is no such delivery.', 'id');

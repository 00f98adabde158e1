import type { Connections } from '../database/client.ts';
import { instantToSql } from '../database/columns.ts';
import type { webhookEndpoints } from '../database/tables/webhooks.ts';
import type { LogPlace } from '../domain/events.ts';
import type { Instant } from '../domain/time.ts';
import type { AttemptError, DeliveryStatus, ReplayScope } from '../domain/webhook-deliveries.ts';
import type { EndpointHealth } from '../domain/webhook-health.ts';
import type { WebhookEndpoint, WebhookEndpointStatus } from '../domain/webhooks.ts';

/**
 * The dispatcher's side of webhooks: what is due, who has taken it, and what came of it. Every statement is one transaction in
 * one workspace. A delivery is taken for a while by moving the instant at which it falls due; whoever dies with it leaves it to
 * the others when that instant comes. Nothing here needs a notification or a lock that outlives its statement.
 */

/** An endpoint to which something may have to be sent, as it is right now. */
export interface DispatchEndpoint {
  readonly id: string;
  readonly version: number;
  readonly status: WebhookEndpointStatus;
  readonly ratePerSecond: number | null;
  readonly place: LogPlace;
  readonly health: EndpointHealth;
  /** When the first of what is pending falls due; null if nothing is. */
  readonly nextDueAt: Instant | null;
}

/** A delivery that this process has taken. */
export interface TakenDelivery {
  readonly id: string;
  readonly endpointId: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly test: boolean;
  readonly roundAttempts: number;
  readonly roundStartedAt: Instant | null;
}

export interface NewDelivery {
  readonly id: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly customerId: string | null;
  readonly place: LogPlace;
}

/** What came of an attempt. */
export interface RecordedAttempt {
  readonly id: string;
  readonly deliveryId: string;
  readonly endpointId: string;
  readonly status: DeliveryStatus;
  readonly nextAttemptAt: Instant | null;
  readonly startedAt: Instant;
  readonly latencyMs: number;
  readonly statusCode: number | null;
  readonly error: AttemptError | null;
  readonly responseStart: string;
}

/** A replay that has not come to its end. */
export interface OpenReplay {
  readonly id: string;
  readonly endpointId: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly scope: ReplayScope;
  readonly place: LogPlace;
}

export class WebhookDeliveryRepository {
  readonly #client: Connections['pool'];
  readonly #workspaceId: string;

  /** @param client each statement on its own, or a transaction's */
  constructor(client: Connections['pool'], workspaceId: string) {
    this.#client = client;
    this.#workspaceId = workspaceId;
  }

  /** All endpoints to which something may have to be sent. Of those that are not enabled only tests are sent. */
  async look(): Promise<DispatchEndpoint[]> {
    const { rows } = await this.#query<LookRow>('webhooks_look', LOOK, []);
    return rows.map((row) => ({
      id: row.id,
      version: row.version,
      status: row.status,
      ratePerSecond: row.rate_per_second,
      place: { position: row.log_position, number: row.log_number },
      health: toHealth(row),
      nextDueAt: msOf(row.next_due_at),
    }));
  }

  /** The endpoint as it is stored, with what is encrypted. */
  async endpoint(id: string): Promise<{ readonly endpoint: WebhookEndpoint; readonly sealed: Buffer; readonly mode: 'LIVE' | 'SANDBOX' } | null> {
    const { rows } = await this.#query<EndpointRow>('webhooks_endpoint', ENDPOINT, [id]);
    const [row] = rows;
    if (row === undefined) return null;
    const { sealed, mode, ...endpoint } = row;
    return { endpoint: { ...endpoint, ...instantsOf(row) }, sealed, mode };
  }

  /** Takes of an endpoint's limited rate, or gives back with a negative number. @returns how many messages may be sent now, at most as many as wanted */
  async takeTokens(endpointId: string, rate: number, wanted: number, now: Instant): Promise<number> {
    const { rows } = await this.#query<{ granted: number }>('webhooks_tokens', TOKENS, [endpointId, rate, wanted, instantToSql(now)]);
    return rows[0]?.granted ?? 0;
  }

  /** Claims the one attempt that may be made after a pause. @param until when others may make it instead */
  async claimSingle(endpointId: string, pausedUntil: Instant, until: Instant): Promise<boolean> {
    const { rowCount } = await this.#query('webhooks_single', SINGLE, [endpointId, instantToSql(pausedUntil), instantToSql(until)]);
    return rowCount === 1;
  }

  /** Gives the one attempt back that was claimed in vain, because nothing was due. */
  async releaseSingle(endpointId: string, until: Instant, pausedUntil: Instant): Promise<void> {
    await this.#query('webhooks_single', SINGLE, [endpointId, instantToSql(until), instantToSql(pausedUntil)]);
  }

  /**
   * Takes deliveries that are due.
   * @param until when others may take them over
   */
  async takeDue(
    endpointId: string,
    limit: number,
    now: Instant,
    until: Instant,
    { testsOnly = false, begunBefore = null }: { readonly testsOnly?: boolean; readonly begunBefore?: Instant | null } = {},
  ): Promise<TakenDelivery[]> {
    const values = [endpointId, limit, instantToSql(now), instantToSql(until), testsOnly, begunBefore === null ? null : instantToSql(begunBefore)];
    const { rows } = await this.#query<TakenRow>('webhooks_take', TAKE, values);
    return rows.map(toTaken);
  }

  /**
   * Makes deliveries of what stands behind an endpoint's place in the log, and moves the place, unless somebody else has, or
   * the endpoint is not the one any more for which they were chosen.
   * @param version of the endpoint when they were
   * @param dueAt when they fall due; if that is later than now, this process has taken them
   * @returns the ids of those that were made: an event that was replayed before its turn came has a delivery already. Null if the place was not moved
   */
  async makeDeliveries(
    endpointId: string,
    from: LogPlace,
    to: LogPlace,
    deliveries: readonly NewDelivery[],
    options: { readonly version: number; readonly ordered: boolean; readonly now: Instant; readonly dueAt: Instant },
  ): Promise<ReadonlySet<string> | null> {
    const { rows } = await this.#query<{ moved: boolean; made: string[] }>('webhooks_make', MAKE, [
      endpointId,
      from.position,
      from.number,
      to.position,
      to.number,
      JSON.stringify(
        deliveries.map(({ id, eventId, eventType, customerId, place }) => ({
          id,
          event_id: eventId,
          event_type: eventType,
          customer_id: customerId,
          log_position: String(place.position),
          log_number: place.number,
        })),
      ),
      options.ordered,
      instantToSql(options.now),
      instantToSql(options.dueAt),
      options.version,
    ]);
    return rows[0]?.moved === true ? new Set(rows[0].made) : null;
  }

  /**
   * Writes down what came of attempts.
   * @param again whether it may have been done before, by a statement whose answer was lost
   * @returns the endpoints that have succeeded and are known as failing: see `heal`
   */
  async record(attempts: readonly RecordedAttempt[], again = false): Promise<string[]> {
    const { rows } = await this.#query<{ endpoint_id: string }>('webhooks_record', RECORD, [
      JSON.stringify(
        attempts.map((attempt) => ({
          id: attempt.id,
          delivery_id: attempt.deliveryId,
          endpoint_id: attempt.endpointId,
          status: attempt.status,
          next_attempt_at: attempt.nextAttemptAt === null ? null : instantToSql(attempt.nextAttemptAt),
          started_at: instantToSql(attempt.startedAt),
          latency_ms: attempt.latencyMs,
          status_code: attempt.statusCode,
          error: attempt.error,
          response_start: attempt.responseStart,
        })),
      ),
      again,
      attempts.length,
    ]);
    return rows.map(({ endpoint_id }) => endpoint_id);
  }

  /**
   * Forgets failures of endpoints that have succeeded.
   * @returns those that had failed so much that others know of it: they are to be told of
   */
  async heal(endpointIds: readonly string[]): Promise<string[]> {
    const { rows } = await this.#query<{ endpoint_id: string }>('webhooks_heal', HEAL, [endpointIds]);
    return rows.map(({ endpoint_id }) => endpoint_id);
  }

  /** Gives up a delivery whose event is not kept any more. */
  async cancel(ids: readonly string[], now: Instant): Promise<void> {
    await this.#query('webhooks_cancel', CANCEL, [ids, instantToSql(now)]);
  }

  /** How an endpoint does, until the transaction ends. Null if there is none. */
  async lockHealth(endpointId: string): Promise<EndpointHealth | null> {
    const { rows } = await this.#query<HealthRow>('webhooks_health', HEALTH, [endpointId]);
    return rows[0] === undefined ? null : toHealth(rows[0]);
  }

  async setHealth(endpointId: string, { failures, pauses, ...health }: EndpointHealth): Promise<void> {
    const instants = [health.failingSince, health.pausedUntil, health.noticeAt].map((at) => (at === null ? null : instantToSql(at)));
    await this.#query('webhooks_set_health', SET_HEALTH, [endpointId, failures, pauses, ...instants]);
  }

  async openReplays(): Promise<OpenReplay[]> {
    const { rows } = await this.#query<ReplayRow>('webhooks_replays', REPLAYS, []);
    return rows.map((row) => ({
      id: row.id,
      endpointId: row.endpoint_id,
      from: row.from_at.getTime(),
      to: row.to_at.getTime(),
      scope: row.scope,
      place: { position: row.log_position, number: row.log_number },
    }));
  }

  /**
   * Begins deliveries of a replay anew, or makes them, and moves its place, unless somebody else has.
   * @param done whether the replay has come to its end
   */
  async replay(
    { id, endpointId, place }: OpenReplay,
    to: LogPlace,
    deliveries: readonly NewDelivery[],
    options: { readonly ordered: boolean; readonly now: Instant; readonly failedOnly: boolean; readonly done: boolean },
  ): Promise<void> {
    await this.#query('webhooks_replay', REPLAY, [
      endpointId,
      id,
      place.position,
      place.number,
      to.position,
      to.number,
      JSON.stringify(
        deliveries.map((delivery) => ({
          id: delivery.id,
          event_id: delivery.eventId,
          event_type: delivery.eventType,
          customer_id: delivery.customerId,
          log_position: String(delivery.place.position),
          log_number: delivery.place.number,
        })),
      ),
      options.ordered,
      instantToSql(options.now),
      options.failedOnly,
      options.done,
    ]);
  }

  /**
   * Removes deliveries that were made before the id, with their attempts, and replays, some at a time: those that have come to
   * their end, and all of endpoints that are deleted. @returns how many deliveries and replays
   */
  async removeBefore(id: string, limit: number): Promise<number> {
    const { rows } = await this.#query<{ count: number }>('webhooks_remove', REMOVE, [id, limit]);
    return rows[0]?.count ?? 0;
  }

  #query<Row extends object>(name: string, text: string, values: readonly unknown[]) {
    return this.#client.query<Row>({ name, text, values: [this.#workspaceId, ...values] });
  }
}

const LOOK = `
SELECT e.id, e.version, e.status, e.rate_per_second, s.log_position, s.log_number, s.failures, s.failing_since, s.pauses, s.paused_until,
  s.notice_at, (
    SELECT min(d.next_attempt_at) FROM webhook_deliveries d
    WHERE d.workspace_id = $1 AND d.endpoint_id = e.id AND d.status = 'PENDING' AND (d.test OR e.status = 'ENABLED')
  ) AS next_due_at
FROM webhook_endpoints e JOIN webhook_endpoint_states s ON s.workspace_id = $1 AND s.endpoint_id = e.id
WHERE e.workspace_id = $1 AND e.status <> 'DELETED'`;

const ENDPOINT = `
SELECT e.id, e.url, e.description, e.event_types AS "eventTypes", e.filter, e.rate_per_second AS "ratePerSecond", e.ordered, e.status,
  e.status_reason AS "statusReason", e.status_changed_at AS "statusChangedAt", e.custom_header_names AS "customHeaderNames",
  e.secret_created_at AS "secretCreatedAt", e.previous_secret_expires_at AS "previousSecretExpiresAt", e.metadata, e.version,
  e.created_at AS "createdAt", e.updated_at AS "updatedAt", e.sealed, w.mode
FROM webhook_endpoints e JOIN workspaces w ON w.workspace_id = $1
WHERE e.workspace_id = $1 AND e.id = $2 AND e.status <> 'DELETED'`;

// A bucket holds what flows in within a second.
const TOKENS = `
WITH bucket AS (
  SELECT least($3::float8, s.tokens + greatest(0, extract(epoch FROM $5::timestamptz - s.tokens_at)::float8) * $3) AS filled
  FROM webhook_endpoint_states s WHERE s.workspace_id = $1 AND s.endpoint_id = $2 FOR UPDATE
), granted AS (
  SELECT filled, least($4::int, floor(filled)::int) AS count FROM bucket
)
UPDATE webhook_endpoint_states s SET tokens = g.filled - g.count, tokens_at = greatest(s.tokens_at, $5::timestamptz)
FROM granted g WHERE s.workspace_id = $1 AND s.endpoint_id = $2 AND g.count <> 0
RETURNING g.count AS granted`;

const SINGLE = `
UPDATE webhook_endpoint_states SET paused_until = $4::timestamptz
WHERE workspace_id = $1 AND endpoint_id = $2 AND paused_until = $3::timestamptz`;

// An ordered delivery waits for every earlier one of its customer that is still pending.
const TAKE = `
WITH due AS (
  SELECT d.id FROM webhook_deliveries d
  WHERE d.workspace_id = $1 AND d.endpoint_id = $2 AND d.status = 'PENDING' AND d.next_attempt_at <= $4::timestamptz
    AND (d.test OR NOT $6::boolean) AND ($7::timestamptz IS NULL OR d.round_started_at <= $7::timestamptz)
    AND (NOT d.ordered OR d.customer_id IS NULL OR NOT EXISTS (
      SELECT FROM webhook_deliveries o
      WHERE o.workspace_id = $1 AND o.endpoint_id = $2 AND o.customer_id = d.customer_id AND o.ordered AND o.status = 'PENDING'
        AND (o.log_position, o.log_number) < (d.log_position, d.log_number)
    ))
  ORDER BY d.next_attempt_at LIMIT $3
  FOR UPDATE SKIP LOCKED
)
UPDATE webhook_deliveries d SET next_attempt_at = $5::timestamptz FROM due
WHERE d.workspace_id = $1 AND d.id = due.id
RETURNING d.id, d.endpoint_id, d.event_id, d.event_type, d.test, d.round_attempts, d.round_started_at`;

const DOCUMENT = 'id uuid, event_id uuid, event_type text, customer_id uuid, log_position bigint, log_number int';

const MAKE = `
WITH moved AS (
  UPDATE webhook_endpoint_states SET log_position = $5::bigint, log_number = $6::int
  WHERE workspace_id = $1 AND endpoint_id = $2 AND log_position = $3::bigint AND log_number = $4::int
    AND EXISTS (SELECT FROM webhook_endpoints e WHERE e.workspace_id = $1 AND e.id = $2 AND e.version = $11::int)
  RETURNING 1
), made AS (
  INSERT INTO webhook_deliveries (workspace_id, id, endpoint_id, event_id, event_type, customer_id, log_position, log_number, status, test,
    ordered, next_attempt_at, created_at)
  SELECT $1, n.id, $2, n.event_id, n.event_type, n.customer_id, n.log_position, n.log_number, 'PENDING', false, $8::boolean,
    $10::timestamptz, $9::timestamptz
  FROM json_to_recordset($7) AS n(${DOCUMENT}) WHERE EXISTS (SELECT FROM moved)
  ON CONFLICT (workspace_id, event_id, endpoint_id) DO NOTHING
  RETURNING id
)
SELECT EXISTS (SELECT FROM moved) AS moved, ARRAY(SELECT id FROM made) AS made`;

// The statuses, which are all there are, and the limit only say that rows are few: without them the planner takes a document for a hundred
// rows, and reads all deliveries of a workspace to find them. An attempt is looked up where it is asked for; EXISTS would let the
// planner read all of them first.
const RECORD = `
WITH r AS (
  SELECT * FROM json_to_recordset($2) AS r(id uuid, delivery_id uuid, endpoint_id uuid, status text, next_attempt_at timestamptz,
    started_at timestamptz, latency_ms int, status_code int, error text, response_start text)
  WHERE status IN ('PENDING', 'SUCCEEDED', 'FAILED', 'CANCELLED') AND (NOT $3::boolean
    OR (SELECT a.id FROM webhook_attempts a WHERE a.workspace_id = $1 AND a.delivery_id = r.delivery_id AND a.id = r.id) IS NULL)
  LIMIT $4
), done AS (
  UPDATE webhook_deliveries d SET attempt_count = d.attempt_count + 1, round_attempts = d.round_attempts + 1,
    round_started_at = coalesce(d.round_started_at, r.started_at), last_status_code = r.status_code, last_error = r.error,
    status = CASE d.status WHEN 'PENDING' THEN r.status ELSE d.status END,
    next_attempt_at = CASE d.status WHEN 'PENDING' THEN r.next_attempt_at END,
    completed_at = CASE WHEN d.status = 'PENDING' AND r.status <> 'PENDING' THEN r.started_at + r.latency_ms * interval '1 millisecond'
      ELSE d.completed_at END
  FROM r WHERE d.workspace_id = $1 AND d.id = r.delivery_id
  RETURNING d.id, d.attempt_count
), told AS (
  INSERT INTO webhook_attempts (workspace_id, delivery_id, id, number, started_at, latency_ms, status_code, error, response_start)
  SELECT $1, r.delivery_id, r.id, done.attempt_count, r.started_at, r.latency_ms, r.status_code, r.error, r.response_start
  FROM r JOIN done ON done.id = r.delivery_id
)
SELECT s.endpoint_id FROM webhook_endpoint_states s
WHERE s.workspace_id = $1 AND s.failures > 0 AND s.endpoint_id IN (SELECT endpoint_id FROM r WHERE status = 'SUCCEEDED')`;

const HEAL = `
WITH ill AS (
  SELECT s.endpoint_id, s.notice_at IS NOT NULL OR s.pauses > 0 AS known FROM webhook_endpoint_states s
  WHERE s.workspace_id = $1 AND s.failures > 0 AND s.endpoint_id = ANY($2::uuid[])
  ORDER BY s.endpoint_id FOR UPDATE
), healed AS (
  UPDATE webhook_endpoint_states s SET failures = 0, failing_since = NULL
  FROM ill WHERE s.workspace_id = $1 AND s.endpoint_id = ill.endpoint_id AND NOT ill.known
)
SELECT endpoint_id FROM ill WHERE known`;

const CANCEL = `
UPDATE webhook_deliveries SET status = 'CANCELLED', next_attempt_at = NULL, completed_at = $3::timestamptz
WHERE workspace_id = $1 AND id = ANY($2::uuid[]) AND status = 'PENDING'`;

const HEALTH = `
SELECT failures, failing_since, pauses, paused_until, notice_at FROM webhook_endpoint_states
WHERE workspace_id = $1 AND endpoint_id = $2 FOR UPDATE`;

const SET_HEALTH = `
UPDATE webhook_endpoint_states SET failures = $3, pauses = $4, failing_since = $5::timestamptz, paused_until = $6::timestamptz,
  notice_at = $7::timestamptz
WHERE workspace_id = $1 AND endpoint_id = $2`;

const REPLAYS = `
SELECT r.id, r.endpoint_id, r.from_at, r.to_at, r.scope, r.log_position, r.log_number
FROM webhook_replays r JOIN webhook_endpoints e ON e.workspace_id = $1 AND e.id = r.endpoint_id AND e.status = 'ENABLED'
WHERE r.workspace_id = $1 AND r.completed_at IS NULL`;

const REPLAY = `
WITH moved AS (
  UPDATE webhook_replays SET log_position = $6::bigint, log_number = $7::int,
    completed_at = CASE WHEN $12::boolean THEN $10::timestamptz END
  WHERE workspace_id = $1 AND id = $3 AND log_position = $4::bigint AND log_number = $5::int AND completed_at IS NULL
  RETURNING 1
), n AS (
  SELECT * FROM json_to_recordset($8) AS n(${DOCUMENT}) WHERE EXISTS (SELECT FROM moved)
), begun AS (
  UPDATE webhook_deliveries d SET status = 'PENDING', next_attempt_at = $10::timestamptz, round_attempts = 0, round_started_at = NULL,
    replayed_at = $10::timestamptz, completed_at = NULL
  FROM n WHERE d.workspace_id = $1 AND d.event_id = n.event_id AND d.endpoint_id = $2
    AND (d.status = 'FAILED' OR (NOT $11::boolean AND d.status IN ('SUCCEEDED', 'CANCELLED')))
)
INSERT INTO webhook_deliveries (workspace_id, id, endpoint_id, event_id, event_type, customer_id, log_position, log_number, status, test,
  ordered, next_attempt_at, created_at, replayed_at)
SELECT $1, n.id, $2, n.event_id, n.event_type, n.customer_id, n.log_position, n.log_number, 'PENDING', false, $9::boolean, $10::timestamptz,
  $10::timestamptz, $10::timestamptz
FROM n WHERE NOT $11::boolean
ON CONFLICT (workspace_id, event_id, endpoint_id) DO NOTHING`;

const REMOVE = `
WITH deleted AS MATERIALIZED (
  SELECT id FROM webhook_endpoints WHERE workspace_id = $1 AND status = 'DELETED'
), old AS (
  SELECT id FROM webhook_deliveries
  WHERE workspace_id = $1 AND id < $2 AND (status <> 'PENDING' OR endpoint_id IN (SELECT id FROM deleted))
  ORDER BY id LIMIT $3
), gone AS (
  DELETE FROM webhook_deliveries d USING old WHERE d.workspace_id = $1 AND d.id = old.id RETURNING d.id
), told AS (
  DELETE FROM webhook_attempts a USING gone WHERE a.workspace_id = $1 AND a.delivery_id = gone.id
), ended AS (
  SELECT id FROM webhook_replays
  WHERE workspace_id = $1 AND id < $2 AND (completed_at IS NOT NULL OR endpoint_id IN (SELECT id FROM deleted))
  ORDER BY id LIMIT $3
), replayed AS (
  DELETE FROM webhook_replays r USING ended WHERE r.workspace_id = $1 AND r.id = ended.id RETURNING r.id
)
SELECT (SELECT count(*) FROM gone)::int + (SELECT count(*) FROM replayed)::int AS count`;

interface HealthRow {
  readonly failures: number;
  readonly failing_since: Date | null;
  readonly pauses: number;
  readonly paused_until: Date | null;
  readonly notice_at: Date | null;
}

interface LookRow extends HealthRow {
  readonly id: string;
  readonly version: number;
  readonly status: WebhookEndpointStatus;
  readonly rate_per_second: number | null;
  readonly log_position: bigint;
  readonly log_number: number;
  readonly next_due_at: Date | null;
}

type Instants = 'statusChangedAt' | 'secretCreatedAt' | 'previousSecretExpiresAt' | 'createdAt' | 'updatedAt';
type EndpointRow = Omit<typeof webhookEndpoints.$inferSelect, 'workspaceId' | Instants> & {
  readonly [Name in Instants]: Date | (null extends (typeof webhookEndpoints.$inferSelect)[Name] ? null : never);
} & { readonly mode: 'LIVE' | 'SANDBOX' };

interface TakenRow {
  readonly id: string;
  readonly endpoint_id: string;
  readonly event_id: string;
  readonly event_type: string;
  readonly test: boolean;
  readonly round_attempts: number;
  readonly round_started_at: Date | null;
}

interface ReplayRow {
  readonly id: string;
  readonly endpoint_id: string;
  readonly from_at: Date;
  readonly to_at: Date;
  readonly scope: ReplayScope;
  readonly log_position: bigint;
  readonly log_number: number;
}

function toHealth(row: HealthRow): EndpointHealth {
  return {
    failures: row.failures,
    failingSince: msOf(row.failing_since),
    pauses: row.pauses,
    pausedUntil: msOf(row.paused_until),
    noticeAt: msOf(row.notice_at),
  };
}

function msOf(at: Date | null): Instant | null {
  return at === null ? null : at.getTime();
}

function instantsOf(row: EndpointRow) {
  return {
    statusChangedAt: row.statusChangedAt.getTime(),
    secretCreatedAt: row.secretCreatedAt.getTime(),
    previousSecretExpiresAt: msOf(row.previousSecretExpiresAt),
    createdAt: row.createdAt.getTime(),
    updatedAt: msOf(row.updatedAt),
  };
}

function toTaken(row: TakenRow): TakenDelivery {
  return {
    id: row.id,
    endpointId: row.endpoint_id,
    eventId: row.event_id,
    eventType: row.event_type,
    test: row.test,
    roundAttempts: row.round_attempts,
    roundStartedAt: msOf(row.round_started_at),
  };
}

import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Connections, Executor } from '../database/client.ts';
import { withTransaction } from '../database/client.ts';
import { eventBatches, events } from '../database/tables/events.ts';
import { instantToSql } from '../database/columns.ts';
import type { LogPlace, LoggedEvent } from '../domain/events.ts';
import { BATCH_END, batchIdFrom, batchIdOf, eventIdOf, numberOf, placeBehind } from '../domain/events.ts';

/** How many batches are given their positions in one transaction. */
const POSITIONS_AT_ONCE = 5_000;
/** How many batches one look may go through for events that a filter asks for. */
export const BATCHES_READ_MAX = 500;
const REMOVED_AT_ONCE = 1_000;

/** Writes single events; those of members come with everything else of their batch. */
export class EventRepository {
  readonly #db: Executor;
  readonly #workspaceId: string;

  /** @param db a transaction */
  constructor(db: Executor, workspaceId: string) {
    this.#db = db;
    this.#workspaceId = workspaceId;
  }

  /** @param newId for the event's batch */
  async insert(newId: string, event: Omit<LoggedEvent, 'id'>): Promise<void> {
    const batchId = batchIdFrom(newId);
    const { type, customerId, sequence, requestId, command, apiKeyId, data } = event;
    await this.#db.execute(sql`
      WITH batch AS (
        INSERT INTO event_batches (workspace_id, id, written_at_us)
        VALUES (${this.#workspaceId}, ${batchId}, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint)
      )
      INSERT INTO events (workspace_id, id, type, customer_id, sequence, request_id, command, api_key_id, data, occurred_at, recorded_at)
      VALUES (${this.#workspaceId}, ${eventIdOf(batchId, 1)}, ${type}, ${customerId}::uuid, ${sequence}::int, ${requestId}, ${command},
        ${apiKeyId}::uuid, ${JSON.stringify(data)}::jsonb, ${instantToSql(event.occurredAt)}::timestamptz,
        ${instantToSql(event.recordedAt)}::timestamptz)`);
  }
}

/** Which events of a log are asked for. */
export interface EventFilter {
  /** Null: of all types. */
  readonly types: readonly string[] | null;
  /** Null: whomever they concern. */
  readonly customerId: string | null;
}

/** An event and where it stands. */
export interface PlacedEvent {
  readonly event: LoggedEvent;
  readonly place: LogPlace;
}

/** What one look into a log has found. */
export interface LogPage {
  /** In the order of the log. */
  readonly events: readonly PlacedEvent[];
  /** Up to where it has looked, or back to where: whoever goes on from there misses nothing. */
  readonly upTo: LogPlace;
  /** The batch at that position; null if there is none, or not any more. */
  readonly upToBatchId: string | null;
  /** Whether there was nothing beyond that place. */
  readonly complete: boolean;
}

/** What came right behind a place has been removed, because it was old. */
export class EventsRemovedError extends Error {
  constructor() {
    super('What came right behind that place in the log has been removed.');
    this.name = 'EventsRemovedError';
  }
}

/**
 * The log of a workspace, as it is read. Positions are given to batches that have committed, by one reader at a time: a
 * place that somebody has read past never gets anything new before it.
 */
export class EventLogRepository {
  readonly #connections: Connections;
  readonly #workspaceId: string;

  constructor(connections: Connections, workspaceId: string) {
    this.#connections = connections;
    this.#workspaceId = workspaceId;
  }

  /** Gives positions to what has committed and has none. */
  async order(): Promise<void> {
    while ((await this.#orderSome()) === POSITIONS_AT_ONCE);
  }

  /**
   * Events behind the place, or from the first that is kept, at most so many. Those that were committed before the call are
   * among them, or behind `upTo`.
   * @throws EventsRemovedError
   */
  async read(after: LogPlace | null, filter: EventFilter, limit: number): Promise<LogPage> {
    const first = await this.#look(after, filter, limit);
    if (!first.waiting || !first.complete) return first;
    await this.order();
    return this.#look(after, filter, limit);
  }

  /** Events before the place, or up to the last, at most so many, in the order of the log. */
  async readBack(before: LogPlace | null, filter: EventFilter, limit: number): Promise<LogPage> {
    if (before === null) await this.order();
    const { rows } = await this.#connections.pool.query<LookRow>({
      name: 'read_events_back',
      text: LOOK_BACK,
      values: [
        this.#workspaceId,
        before === null ? null : String(before.position),
        digitsOf(before?.number ?? 0),
        filter.types,
        filter.customerId,
        limit + 1,
        BATCHES_READ_MAX,
      ],
    });
    const { found, end } = foundIn(rows);
    const more = found.length > limit;
    const kept = found.slice(0, limit).reverse();
    const scanned: LogPlace = { position: end.position, number: 0 };
    const [oldest] = kept;
    return {
      events: kept,
      upTo: more && oldest !== undefined ? oldest.place : scanned,
      upToBatchId: more && oldest !== undefined ? batchIdOf(oldest.event.id) : end.batchId,
      complete: !more && end.position <= end.removedThrough + 1n,
    };
  }

  /** Up to where there are events now, and the batch there. */
  async end(): Promise<{ readonly place: LogPlace; readonly batchId: string | null }> {
    await this.order();
    const { rows } = await this.#connections.pool.query<{ last_position: bigint; id: string | null }>({
      text: `SELECT l.last_position, b.id FROM event_logs l
        LEFT JOIN event_batches b ON b.workspace_id = l.workspace_id AND b.position = l.last_position WHERE l.workspace_id = $1`,
      values: [this.#workspaceId],
    });
    return { place: { position: rows[0]?.last_position ?? 0n, number: BATCH_END }, batchId: rows[0]?.id ?? null };
  }

  /**
   * Whether there is anything behind the position, or waits for one: what is asked again and again.
   * @param batchId that was seen at the position; null if there was none
   * @throws EventsRemovedError if that batch is not there any more, though it is not old: the log is not the one that was read
   */
  async hasNewsAfter(position: bigint, batchId: string | null): Promise<boolean> {
    const { rows } = await this.#connections.pool.query<{ news: boolean; is_there: boolean }>({
      name: 'event_news',
      text: NEWS,
      values: [this.#workspaceId, String(position), batchId],
    });
    if (rows[0]?.is_there === false) throw new EventsRemovedError();
    return rows[0]?.news ?? false;
  }

  async byIds(ids: readonly string[]): Promise<LoggedEvent[]> {
    return this.#connections.db
      .select(COLUMNS)
      .from(events)
      .where(and(eq(events.workspaceId, this.#workspaceId), inArray(events.id, [...ids])));
  }

  /** The place behind the event; null if there is no such event, or not any more. */
  async placeOf(eventId: string): Promise<LogPlace | null> {
    const place = await this.#placeOf(eventId);
    if (place !== null) return place;
    await this.order();
    return this.#placeOf(eventId);
  }

  /** The batch at the position; null if there is none, or not any more. */
  async batchAt(position: bigint): Promise<string | null> {
    const [row] = await this.#connections.db
      .select({ id: eventBatches.id })
      .from(eventBatches)
      .where(and(eq(eventBatches.workspaceId, this.#workspaceId), eq(eventBatches.position, position)));
    return row?.id ?? null;
  }

  /** Removes events that were written before the instant, some of them at a time. @returns how many batches were removed */
  async removeBefore(instant: number): Promise<number> {
    return withTransaction(this.#connections, async (transaction) => {
      await this.#lock(transaction);
      const { rows } = await transaction.$client.query<{ count: number }>({
        text: REMOVE,
        values: [this.#workspaceId, String(Math.floor(instant) * 1_000), REMOVED_AT_ONCE],
      });
      return rows[0]?.count ?? 0;
    });
  }

  async #orderSome(): Promise<number> {
    return withTransaction(this.#connections, async (transaction) => {
      await this.#lock(transaction);
      const { rows } = await transaction.$client.query<{ count: number }>({
        name: 'order_events',
        text: ORDER,
        values: [this.#workspaceId, POSITIONS_AT_ONCE],
      });
      return rows[0]?.count ?? 0;
    });
  }

  /** Nobody else gives positions until the transaction ends; what it reads from here on, it sees as it is then. */
  async #lock(transaction: { readonly $client: { query: Connections['pool']['query'] } }): Promise<void> {
    const lock = () => transaction.$client.query({ name: 'lock_event_log', text: LOCK, values: [this.#workspaceId] });
    const { rowCount } = await lock();
    if (rowCount !== 0) return;
    await transaction.$client.query({ text: CREATE, values: [this.#workspaceId] });
    await lock();
  }

  async #look(after: LogPlace | null, filter: EventFilter, limit: number): Promise<LogPage & { readonly waiting: boolean }> {
    const next = after === null ? null : placeBehind(after);
    const { rows } = await this.#connections.pool.query<LookRow>({
      name: 'read_events',
      text: LOOK,
      values: [
        this.#workspaceId,
        next === null ? null : String(next.position),
        digitsOf(next?.number ?? 0),
        filter.types,
        filter.customerId,
        limit + 1,
        BATCHES_READ_MAX,
      ],
    });
    const { found, end } = foundIn(rows);
    if (after !== null && after.position < end.removedThrough) throw new EventsRemovedError();
    const more = found.length > limit;
    const kept = found.slice(0, limit);
    const newest = kept.at(-1);
    const scanned: LogPlace = { position: end.position, number: BATCH_END };
    return {
      events: kept,
      upTo: more && newest !== undefined ? newest.place : scanned,
      upToBatchId: more && newest !== undefined ? batchIdOf(newest.event.id) : end.batchId,
      complete: !more && end.position >= end.lastPosition,
      waiting: end.waiting,
    };
  }

  async #placeOf(eventId: string): Promise<LogPlace | null> {
    const [row] = await this.#connections.db
      .select({ position: eventBatches.position })
      .from(eventBatches)
      .where(and(eq(eventBatches.workspaceId, this.#workspaceId), eq(eventBatches.id, batchIdOf(eventId))));
    return row?.position == null ? null : { position: row.position, number: numberOf(eventId) };
  }
}

const COLUMNS = {
  id: events.id,
  type: events.type,
  customerId: events.customerId,
  sequence: events.sequence,
  requestId: events.requestId,
  command: events.command,
  apiKeyId: events.apiKeyId,
  data: events.data,
  occurredAt: events.occurredAt,
  recordedAt: events.recordedAt,
};

const LOCK = 'SELECT FROM event_logs WHERE workspace_id = $1 FOR UPDATE';

const CREATE = `
INSERT INTO event_logs (workspace_id, last_position, removed_through)
SELECT workspace_id, 0, 0 FROM workspaces WHERE workspace_id = $1
ON CONFLICT (workspace_id) DO NOTHING`;

// Of two batches of one customer the second was written later: members are locked meanwhile.
const ORDER = `
WITH waiting AS (
  SELECT id, row_number() OVER (ORDER BY written_at_us, id) AS number
  FROM (
    SELECT id, written_at_us FROM event_batches WHERE workspace_id = $1 AND position IS NULL
    ORDER BY written_at_us, id LIMIT $2
  ) AS first
), placed AS (
  UPDATE event_batches b SET position = l.last_position + w.number
  FROM waiting w, event_logs l
  WHERE b.workspace_id = $1 AND b.id = w.id AND l.workspace_id = $1
  RETURNING 1
), counted AS (
  SELECT count(*) AS count FROM placed
), moved AS (
  UPDATE event_logs SET last_position = last_position + counted.count FROM counted
  WHERE workspace_id = $1 AND counted.count > 0
)
SELECT count::int AS count FROM counted`;

// The ids of a batch's events lie between its own and the one that ends in fffff: found by the key of the events alone.
const EVENTS_OF_BATCH = `
  SELECT * FROM events
  WHERE workspace_id = $1 AND id >= (left(b.id::text, 31) || '00000')::uuid AND id <= (left(b.id::text, 31) || 'fffff')::uuid`;

const COLUMNS_FOUND = `b.position, e.id, e.type, e.customer_id, e.sequence, e.request_id, e.command, e.api_key_id, e.data,
    e.occurred_at, e.recorded_at`;

/** Ordered as their index is, so that it is asked, however many there were when the table was last analyzed. */
const WAITING = '(SELECT id FROM event_batches WHERE workspace_id = $1 AND position IS NULL ORDER BY written_at_us, id LIMIT 1) IS NOT NULL';

const FILTERED = '($4::text[] IS NULL OR e.type = ANY($4)) AND ($5::uuid IS NULL OR e.customer_id = $5)';

/**
 * A look goes through the batches between two positions; `end` says at which it stops. Where it goes from and to is worked out first:
 * under row level security a condition that does more than compare is not looked up in an index.
 */
const look = (bounds: { readonly from: string; readonly to: string; readonly end: string; readonly event: string; readonly direction: string }) => `
WITH log AS (
  SELECT coalesce(l.last_position, 0) AS last_position, coalesce(l.removed_through, 0) AS removed_through
  FROM workspaces w LEFT JOIN event_logs l ON l.workspace_id = w.workspace_id
  WHERE w.workspace_id = $1
), bounds AS (
  SELECT last_position, removed_through, ${bounds.from} AS first, ${bounds.to} AS last FROM log
), ended AS MATERIALIZED (
  SELECT s.*, ${bounds.end} AS end_position FROM bounds s
), seen AS MATERIALIZED (
  SELECT s.*, (SELECT id FROM event_batches WHERE workspace_id = $1 AND position = s.end_position) AS end_batch_id,
    ${WAITING} AS waiting
  FROM ended s
)
SELECT s.last_position, s.removed_through, s.end_position, s.end_batch_id, s.waiting, found.*
FROM seen s LEFT JOIN LATERAL (
  SELECT ${COLUMNS_FOUND}
  FROM event_batches b CROSS JOIN LATERAL (${EVENTS_OF_BATCH} AND ${bounds.event} ORDER BY id ${bounds.direction} OFFSET 0) e
  WHERE b.workspace_id = $1 AND b.position BETWEEN s.first AND s.last AND ${FILTERED}
  ORDER BY b.position ${bounds.direction}, e.id ${bounds.direction}
  LIMIT $6
) found ON true
ORDER BY found.position ${bounds.direction}, found.id ${bounds.direction}`;

const LOOK = look({
  from: 'coalesce($2::bigint, removed_through + 1)',
  to: 'coalesce($2::bigint, removed_through + 1) + $7::int - 1',
  // Behind the last batch there is nothing yet: from there it goes on.
  end: 'greatest(least(s.last, s.last_position), s.first - 1)',
  event: "id >= (left(b.id::text, 31) || CASE WHEN b.position = $2::bigint THEN $3 ELSE '00000' END)::uuid",
  direction: 'ASC',
});

const LOOK_BACK = look({
  from: 'greatest(coalesce($2::bigint, last_position) - $7::int + 1, removed_through + 1)',
  to: 'coalesce($2::bigint, last_position)',
  end: 's.first',
  event: "id < (left(b.id::text, 31) || CASE WHEN b.position = $2::bigint THEN $3 ELSE 'fffff' END)::uuid",
  direction: 'DESC',
});

const NEWS = `
SELECT EXISTS (SELECT FROM event_batches WHERE workspace_id = $1 AND position > $2::bigint)
  OR ${WAITING} AS news,
  $3::uuid IS NULL
  OR EXISTS (SELECT FROM event_batches WHERE workspace_id = $1 AND id = $3::uuid AND position = $2::bigint)
  OR EXISTS (SELECT FROM event_logs WHERE workspace_id = $1 AND removed_through >= $2::bigint) AS is_there`;

// The oldest come first, so that what is kept has no holes.
const REMOVE = `
WITH oldest AS (
  SELECT id, position, written_at_us FROM event_batches WHERE workspace_id = $1 AND position IS NOT NULL
  ORDER BY position LIMIT $3
), removed AS (
  DELETE FROM event_batches b USING oldest o
  WHERE b.workspace_id = $1 AND b.id = o.id
    AND o.position < coalesce((SELECT min(position) FROM oldest WHERE written_at_us >= $2::bigint), 9223372036854775807)
  RETURNING b.id, b.position
), gone AS (
  DELETE FROM events e USING removed r
  WHERE e.workspace_id = $1 AND e.id >= r.id AND e.id <= (left(r.id::text, 31) || 'fffff')::uuid
), moved AS (
  UPDATE event_logs SET removed_through = greatest(removed_through, (SELECT max(position) FROM removed))
  WHERE workspace_id = $1 AND EXISTS (SELECT FROM removed)
)
SELECT count(*)::int AS count FROM removed`;

interface FoundRow {
  readonly position: bigint;
  readonly id: string;
  readonly type: string;
  readonly customer_id: string | null;
  readonly sequence: number | null;
  readonly request_id: string;
  readonly command: string | null;
  readonly api_key_id: string | null;
  readonly data: Readonly<Record<string, unknown>>;
  readonly occurred_at: Date;
  readonly recorded_at: Date;
}

type LookRow = (FoundRow | { readonly id: null }) & {
  readonly waiting: boolean;
  readonly last_position: bigint;
  readonly removed_through: bigint;
  readonly end_position: bigint;
  readonly end_batch_id: string | null;
};

function foundIn(rows: readonly LookRow[]) {
  const [first] = rows;
  if (first === undefined) throw new Error('A request acts in a workspace that exists.');
  const end = {
    position: first.end_position,
    batchId: first.end_batch_id,
    lastPosition: first.last_position,
    removedThrough: first.removed_through,
    waiting: first.waiting,
  };
  return { found: rows.flatMap((row): PlacedEvent[] => (row.id === null ? [] : [toPlacedEvent(row)])), end };
}

function toPlacedEvent(row: FoundRow): PlacedEvent {
  return {
    event: {
      id: row.id,
      type: row.type,
      customerId: row.customer_id,
      sequence: row.sequence,
      requestId: row.request_id,
      command: row.command,
      apiKeyId: row.api_key_id,
      data: row.data,
      occurredAt: row.occurred_at.getTime(),
      recordedAt: row.recorded_at.getTime(),
    },
    place: { position: row.position, number: numberOf(row.id) },
  };
}

function digitsOf(number: number): string {
  return number.toString(16).padStart(5, '0');
}

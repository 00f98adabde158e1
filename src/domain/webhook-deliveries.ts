import type { Problem } from './problem.ts';
import { problem } from './problem.ts';
import type { Instant } from './time.ts';
import type { RetrySchedule } from './webhook-retries.ts';
import { RETRY_SCHEDULE, nextAttemptAt, readRetryAfter } from './webhook-retries.ts';

/** Deliveries: one event for one endpoint, and every attempt to tell it. */

const DAY_MS = 24 * 3_600_000;

/** For so long after it was made a delivery can be replayed, and events of the past can be told. */
export const REPLAY_DAYS = 7;
/** For so long deliveries and their attempts are kept. */
export const DELIVERIES_KEPT_DAYS = 30;
/** For so long, at most, a process has a delivery to itself: twice as long as an attempt may take, so that it can begin during the first half. */
export const LEASE_MS = 30_000;

export type DeliveryStatus = 'PENDING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';

/** Why there was no complete answer. */
export type AttemptError =
  | 'TIMEOUT'
  | 'NAME_NOT_RESOLVED'
  | 'DESTINATION_NOT_ALLOWED'
  | 'CONNECTION_FAILED'
  | 'TLS_FAILED'
  | 'INVALID_RESPONSE';

export interface Delivery {
  readonly id: string;
  readonly endpointId: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly customerId: string | null;
  readonly status: DeliveryStatus;
  /** Whether it tells sample data that somebody asked for. */
  readonly test: boolean;
  /** In all, those before a replay included. */
  readonly attemptCount: number;
  /** Since it was made or last replayed. */
  readonly roundAttempts: number;
  /** When the first attempt since then was made; null if none was. */
  readonly roundStartedAt: Instant | null;
  /** Null unless it is pending. */
  readonly nextAttemptAt: Instant | null;
  readonly lastStatusCode: number | null;
  readonly lastError: AttemptError | null;
  readonly replayedAt: Instant | null;
  readonly completedAt: Instant | null;
  readonly createdAt: Instant;
}

export interface Attempt {
  readonly id: string;
  readonly deliveryId: string;
  /** Its number among the delivery's attempts, from 1. */
  readonly number: number;
  readonly startedAt: Instant;
  readonly latencyMs: number;
  readonly statusCode: number | null;
  readonly error: AttemptError | null;
  readonly responseStart: string;
}

/** What a receiver answered, or that it did not. */
export interface Answer {
  readonly statusCode: number | null;
  readonly error: AttemptError | null;
  readonly retryAfter: string | undefined;
}

export interface Verdict {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'PENDING';
  readonly nextAttemptAt: Instant | null;
  /** Whether the receiver said that it will never want anything again. */
  readonly gone: boolean;
}

const GONE = 410;

/** What an answer makes of the delivery. Only 2xx says that the message has arrived; a redirect leads somewhere else. */
export function judge(
  delivery: Pick<Delivery, 'id' | 'roundAttempts' | 'roundStartedAt' | 'test'>,
  { statusCode, error, retryAfter }: Answer,
  startedAt: Instant,
  now: Instant,
  schedule: RetrySchedule = RETRY_SCHEDULE,
): Verdict {
  if (error === null && statusCode !== null && statusCode >= 200 && statusCode < 300) return { status: 'SUCCEEDED', nextAttemptAt: null, gone: false };
  const gone = error === null && statusCode === GONE;
  // A test says what comes of it at once: nobody waits for it tomorrow.
  const at = delivery.test || gone
    ? null
    : nextAttemptAt(
        {
          seed: delivery.id,
          attempts: delivery.roundAttempts + 1,
          firstAttemptAt: delivery.roundStartedAt ?? startedAt,
          failedAt: now,
          retryAfterMs: readRetryAfter(retryAfter, now),
        },
        schedule,
      );
  return { status: at === null ? 'FAILED' : 'PENDING', nextAttemptAt: at, gone: gone && !delivery.test };
}

/** Which of the events in a range are sent again. */
export type ReplayScope = 'FAILED' | 'ALL';

/** A range of an endpoint's events that is sent again, in the background. */
export interface Replay {
  readonly id: string;
  readonly endpointId: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly scope: ReplayScope;
  readonly createdAt: Instant;
}

export const REPLAYS_MAX = 10;

/** What stands against replaying a range. */
export function checkRange(from: Instant, to: Instant, now: Instant): Problem<'INVALID_REPLAY_RANGE'>[] {
  if (from < now - REPLAY_DAYS * DAY_MS) return [problem('INVALID_REPLAY_RANGE', `A range begins at most ${REPLAY_DAYS} days ago.`, 'from')];
  if (to > from) return [];
  return [problem('INVALID_REPLAY_RANGE', 'A range ends after it begins.', 'to')];
}

/** Whether the delivery is young enough to be replayed. */
export function isReplayable({ createdAt }: Pick<Delivery, 'createdAt'>, now: Instant): boolean {
  return createdAt >= now - REPLAY_DAYS * DAY_MS;
}

/** The least UUIDv7 that can be made at the instant: ids before it are older. */
export function firstIdAt(instant: Instant): string {
  const time = Math.max(0, Math.floor(instant)).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8, 12)}-7000-8000-000000000000`;
}

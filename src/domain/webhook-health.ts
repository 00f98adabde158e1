import type { Instant } from './time.ts';

/**
 * How an endpoint does. One that fails again and again is asked less often, so that it costs little and can recover; one that
 * has failed for days is announced to be disabled, and then is.
 */

const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;

export interface HealthPolicy {
  /** After so many failures in a row only single attempts are made, with pauses between them. */
  readonly failuresToOpen: number;
  readonly firstPauseMs: number;
  readonly pauseMaxMs: number;
  /** How long everything has failed when it is announced that the endpoint will be disabled. */
  readonly noticeAfterMs: number;
  /** How long everything has failed when it is disabled. */
  readonly disableAfterMs: number;
  /** The least time from the announcement on. */
  readonly noticeMs: number;
}

export const HEALTH_POLICY: HealthPolicy = {
  failuresToOpen: 10,
  firstPauseMs: 5 * SECOND_MS,
  pauseMaxMs: 300 * SECOND_MS,
  noticeAfterMs: 72 * HOUR_MS,
  disableAfterMs: 120 * HOUR_MS,
  noticeMs: 24 * HOUR_MS,
};

export interface EndpointHealth {
  /** Failures since the last success. */
  readonly failures: number;
  /** When the first of them was; null if the last attempt succeeded, or none was made. */
  readonly failingSince: Instant | null;
  /** How many pauses there were since then. */
  readonly pauses: number;
  /** Until when no attempt is made; then one is, and the pause is longer if it fails. Null: as many as may be. */
  readonly pausedUntil: Instant | null;
  /** When it was announced that the endpoint will be disabled; null if it was not. */
  readonly noticeAt: Instant | null;
}

export const HEALTHY: EndpointHealth = { failures: 0, failingSince: null, pauses: 0, pausedUntil: null, noticeAt: null };

/** What failures make of an endpoint: how it does then, and what is to be told or done. Whoever tells it says so in `noticeAt`. */
export function afterFailures(
  health: EndpointHealth,
  { count, single }: {
    readonly count: number;
    /** Whether it was the single attempt after a pause. Others were under way when the pause began. */
    readonly single: boolean;
  },
  now: Instant,
  policy: HealthPolicy = HEALTH_POLICY,
): { readonly health: EndpointHealth; readonly consequence: 'NOTICE' | 'DISABLE' | null } {
  const failures = health.failures + count;
  const failingSince = health.failingSince ?? now;
  const failed = { ...health, failures, failingSince, ...pauseOf(health, failures, single, now, policy) };
  if (health.noticeAt === null) return { health: failed, consequence: now - failingSince >= policy.noticeAfterMs ? 'NOTICE' : null };
  return { health: failed, consequence: isToBeDisabled(failed, now, policy) ? 'DISABLE' : null };
}

/** Whether everything has failed for so long, and was announced so long ago, that the endpoint is to be disabled. */
export function isToBeDisabled({ failingSince, noticeAt }: EndpointHealth, now: Instant, policy: HealthPolicy = HEALTH_POLICY): boolean {
  if (failingSince === null || noticeAt === null) return false;
  return now - failingSince >= policy.disableAfterMs && now - noticeAt >= policy.noticeMs;
}

function pauseOf(
  { pauses, pausedUntil }: EndpointHealth,
  failures: number,
  single: boolean,
  now: Instant,
  { failuresToOpen, firstPauseMs, pauseMaxMs }: HealthPolicy,
): Pick<EndpointHealth, 'pauses' | 'pausedUntil'> {
  if (failures < failuresToOpen) return { pauses, pausedUntil };
  if (pausedUntil !== null && !single) return { pauses, pausedUntil };
  // 2 ** 30 times any pause is longer than the longest.
  return { pauses: pauses + 1, pausedUntil: now + Math.min(firstPauseMs * 2 ** Math.min(pauses, 30), pauseMaxMs) };
}

/** When the endpoint will be disabled if it goes on like this; null if it is not failing. */
export function disablesAt({ failingSince, noticeAt }: EndpointHealth, policy: HealthPolicy = HEALTH_POLICY): Instant | null {
  if (failingSince === null) return null;
  return Math.max(failingSince + policy.disableAfterMs, (noticeAt ?? failingSince + policy.noticeAfterMs) + policy.noticeMs);
}

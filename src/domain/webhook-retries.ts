import type { Instant } from './time.ts';

/**
 * When a delivery that failed is tried again: a pure function of the delivery, of how often it was tried and of when. The
 * pauses grow exponentially, from seconds to half a day, and the last attempt is made exactly when the time is over.
 */

const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;

export interface RetrySchedule {
  /** The pause after the first attempt, before jitter. */
  readonly firstPauseMs: number;
  /** By how much each pause is longer than the one before it. */
  readonly factor: number;
  readonly pauseMaxMs: number;
  /** From the first attempt to the last one. */
  readonly totalMs: number;
}

/** Seven days: about 5 s, 15 s, 45 s, 2 min, 7 min, 20 min, 1 h, 3 h, 9 h, and then every 12 h at most. */
export const RETRY_SCHEDULE: RetrySchedule = { firstPauseMs: 5 * SECOND_MS, factor: 3, pauseMaxMs: 12 * HOUR_MS, totalMs: 7 * 24 * HOUR_MS };

/** A pause is between these parts of its length, so that what failed together does not come back together. */
const JITTER_LEAST = 0.75;
const JITTER_SPAN = 0.5;

export interface FailedAttempt {
  /** Tells deliveries apart: each has a jitter of its own. */
  readonly seed: string;
  /** How many attempts were made, this one included. */
  readonly attempts: number;
  readonly firstAttemptAt: Instant;
  readonly failedAt: Instant;
  /** What the receiver asked for with `Retry-After`; null if it did not. */
  readonly retryAfterMs: number | null;
}

/** When to try again; null if that was the last attempt. */
export function nextAttemptAt(failed: FailedAttempt, schedule: RetrySchedule = RETRY_SCHEDULE): Instant | null {
  const lastAt = failed.firstAttemptAt + schedule.totalMs;
  if (failed.failedAt >= lastAt) return null;
  const pauseMs = pauseAfter(failed.seed, failed.attempts, schedule);
  const at = failed.failedAt + Math.max(pauseMs, failed.retryAfterMs ?? 0);
  // What would be left is not worth an attempt of its own beside the last one.
  return at + pauseMs / 2 >= lastAt ? lastAt : at;
}

/** The pause after so many attempts, with the delivery's own jitter. Never longer than the longest. */
export function pauseAfter(seed: string, attempts: number, schedule: RetrySchedule = RETRY_SCHEDULE): number {
  const { firstPauseMs, factor, pauseMaxMs } = schedule;
  const pauseMs = Math.min(firstPauseMs * factor ** (attempts - 1), pauseMaxMs);
  return Math.min(Math.round(pauseMs * (JITTER_LEAST + JITTER_SPAN * chanceOf(`${seed} ${attempts}`))), pauseMaxMs);
}

/** A number from 0 to 1 that looks like chance and is always the same for a text: FNV-1a with murmur3's finish. */
function chanceOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/** Longer than that a receiver cannot ask to be left alone: the last attempt comes first. */
const RETRY_AFTER_MAX_SECONDS = 7 * 24 * 3600;

/** What `Retry-After` asks for, in seconds or as a date; null if it says nothing that makes sense. */
export function readRetryAfter(header: string | undefined, now: Instant): number | null {
  if (header === undefined) return null;
  const text = header.trim();
  if (/^\d{1,10}$/.test(text)) return Math.min(Number(text), RETRY_AFTER_MAX_SECONDS) * SECOND_MS;
  // Of dates only the form that HTTP has, in which every sender writes them: others would be guesses.
  if (!/^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text)) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.min(Math.max(0, at - now), RETRY_AFTER_MAX_SECONDS * SECOND_MS);
}

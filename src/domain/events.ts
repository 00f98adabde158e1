/**
 * The event log: what happened, told in the order in which it can be read without missing anything.
 *
 * What one transaction writes is a batch. The id of an event is that of its batch with the event's number in the last five
 * hexadecimal digits: a batch is found by its events and its events by it, with no index but that of the ids.
 */

/** What an event comes from. */
export interface EventCause {
  readonly requestId: string;
  /** The field of the mutation, or what the server did by itself. */
  readonly command: string;
  /** Null if the server itself acted, or a key of another workspace. */
  readonly apiKeyId: string | null;
}

/** An event as it is kept. */
export interface LoggedEvent {
  readonly id: string;
  readonly type: string;
  /** Null for what concerns no single customer. */
  readonly customerId: string | null;
  /** Number among the customer's events, from 1; null without a customer, and for events from before they were numbered. */
  readonly sequence: number | null;
  readonly requestId: string;
  /** Null, as the API key, in events from before it was recorded. */
  readonly command: string | null;
  readonly apiKeyId: string | null;
  /** What the event says, or the id of the row that says it, which is never changed. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly occurredAt: number;
  readonly recordedAt: number;
}

/** A place in a workspace's log: that of the event with that number in the batch at that position. */
export interface LogPlace {
  readonly position: bigint;
  readonly number: number;
}

/** The first place at which there may be an event behind that one. */
export function placeBehind({ position, number }: LogPlace): LogPlace {
  return number < BATCH_END ? { position, number: number + 1 } : { position: position + 1n, number: 0 };
}

const NUMBER_DIGITS = 5;
/** The number of no event: whoever has read up to it has read the whole batch. */
export const BATCH_END = 16 ** NUMBER_DIGITS - 1;
export const EVENTS_PER_BATCH_MAX = BATCH_END - 1;

/** Makes a new id that of a batch. */
export function batchIdFrom(id: string): string {
  return eventIdOf(id, 0);
}

/** The id of the event with that number, from 1, in the batch. */
export function eventIdOf(batchId: string, number: number): string {
  if (number > EVENTS_PER_BATCH_MAX) throw new Error('A transaction writes more events than a batch can have.');
  return batchId.slice(0, -NUMBER_DIGITS) + number.toString(16).padStart(NUMBER_DIGITS, '0');
}

/** The batch of the event. */
export function batchIdOf(eventId: string): string {
  return eventIdOf(eventId, 0);
}

/** The event's number in its batch. */
export function numberOf(eventId: string): number {
  return Number.parseInt(eventId.slice(-NUMBER_DIGITS), 16);
}

/** Before everything. */
export const LOG_START: LogPlace = { position: 0n, number: BATCH_END };

export const EVENT_PATTERN_MAX_LENGTH = 100;

/**
 * The types that a pattern names: a type itself, or with `*` as its last part all that begin as it does
 * (`customer.*` names `customer.tier.upgraded` too); `*` alone names all.
 */
export function typesMatching(pattern: string, types: readonly string[]): string[] {
  if (pattern === '*') return [...types];
  if (!pattern.endsWith('.*')) return types.filter((type) => type === pattern);
  const beginning = pattern.slice(0, -1);
  return types.filter((type) => type.startsWith(beginning));
}

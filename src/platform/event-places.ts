import type { Connections } from '../database/client.ts';
import type { EventFilter, LogPage } from '../repositories/events.ts';
import { EventLogRepository, EventsRemovedError } from '../repositories/events.ts';
import type { LogPlace } from '../domain/events.ts';
import type { ApiKeyScope } from '../domain/workspaces.ts';
import { includesScope } from '../domain/workspaces.ts';
import { EVENT_PATTERN_MAX_LENGTH, batchIdOf, typesMatching } from '../domain/events.ts';
import { EVENT_NAMES } from './event-data.ts';
import { RequestError } from './errors.ts';
import { fromPublicId } from './ids.ts';

/**
 * Places in an event log as clients name them: by an event's id, or by a cursor. A cursor holds position, number, and a few
 * digits of the batch there: where a database was set back to what it was before, positions are given anew, and whoever comes
 * with one of the former is told instead of missing what came in their place.
 */

const CURSOR = /^([0-9]{1,18})-([0-9a-f]{5})-([0-9a-f]{7}|start)$/;
export const EVENT_TYPES_MAX = 100;
export const EVENT_PATTERNS_MAX = 20;

/** @param batchId the batch at the position; null where nothing is any more, or not yet */
export function placeCursor({ position, number }: LogPlace, batchId: string | null): string {
  return Buffer.from(`${position}-${number.toString(16).padStart(5, '0')}-${batchId === null ? 'start' : tagOf(batchId)}`).toString('base64url');
}

export function eventCursor(place: LogPlace, eventId: string): string {
  return placeCursor(place, batchIdOf(eventId));
}

/**
 * The place that a client names; null if none is named.
 * @throws RequestError INVALID_CURSOR or EVENTS_REMOVED
 */
export async function findPlace(log: EventLogRepository, named: string | null | undefined, field: string): Promise<LogPlace | null> {
  if (named === null || named === undefined) return null;
  const eventId = fromPublicId('Event', named);
  if (eventId !== null) {
    const place = await log.placeOf(eventId);
    if (place === null) throw removedFrom(field);
    return place;
  }
  const [, position, number, tag] = CURSOR.exec(Buffer.from(named, 'base64url').toString('latin1')) ?? [];
  if (position === undefined || number === undefined || named.length > 100) {
    throw new RequestError('INVALID_CURSOR', 'It is neither a cursor of this list nor the id of an event.', { field: [field] });
  }
  const place = { position: BigInt(position), number: Number.parseInt(number, 16) };
  if (tag === 'start') return place;
  const batchId = await log.batchAt(place.position);
  if (batchId === null || tagOf(batchId) !== tag) throw removedFrom(field);
  return place;
}

/** Reads on, or tells that what is asked for is not there any more. */
export async function readOrRefuse(reading: Promise<LogPage>, field: string): Promise<LogPage> {
  try {
    return await reading;
  } catch (error) {
    throw error instanceof EventsRemovedError ? removedFrom(field) : error;
  }
}

/**
 * The types that are asked for by their names on the wire; null for all.
 * @throws RequestError INVALID_FILTER
 */
export function typesNamed(
  named: { readonly types?: readonly string[] | null | undefined; readonly patterns?: readonly string[] | null | undefined },
  field: readonly string[],
): readonly string[] | null {
  const { types, patterns } = named;
  if ((types ?? null) === null && (patterns ?? null) === null) return null;
  const invalid = (message: string, ...path: string[]) => new RequestError('INVALID_FILTER', message, { field: [...field, ...path] });
  if (types && (types.length < 1 || types.length > EVENT_TYPES_MAX)) throw invalid(`A list has 1 to ${EVENT_TYPES_MAX} types.`, 'types');
  if (patterns && (patterns.length < 1 || patterns.length > EVENT_PATTERNS_MAX)) throw invalid(`A list has 1 to ${EVENT_PATTERNS_MAX} patterns.`, 'patterns');
  const matching = (patterns ?? []).flatMap((pattern, index) => {
    const found = pattern.length > EVENT_PATTERN_MAX_LENGTH ? [] : typesMatching(pattern, EVENT_NAMES);
    if (found.length === 0) throw invalid('No type of events is called so.', 'patterns', String(index));
    return found;
  });
  return [...new Set([...(types ?? []), ...matching])];
}

/**
 * What is asked for, as far as whoever asks may see it.
 * @throws RequestError INVALID_FILTER
 */
export function eventFilterOf(
  named: Parameters<typeof typesNamed>[0] & { readonly customerId?: string | null | undefined },
  scope: ApiKeyScope,
  field: readonly string[],
): EventFilter {
  const { customerId } = named;
  const known = customerId === null || customerId === undefined ? null : (fromPublicId('Customer', customerId) ?? NOBODY);
  const filter = { types: typesNamed(named, field), customerId: known };
  return includesScope(scope, 'ADMIN') ? filter : withoutKeys(filter);
}

/** No customer has this id. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/**
 * Behind which place a client wants what comes, and what that place is called: the one that it names, or the end of the log as it
 * is now.
 * @throws RequestError INVALID_CURSOR or EVENTS_REMOVED
 */
export async function placeToFollow(
  connections: Connections,
  workspaceId: string,
  named: string | null | undefined,
  field: string,
): Promise<{ readonly place: LogPlace; readonly cursor: string }> {
  const log = new EventLogRepository(connections, workspaceId);
  const place = await findPlace(log, named, field);
  if (place === null || named === null || named === undefined) {
    const end = await log.end();
    return { place: end.place, cursor: placeCursor(end.place, end.batchId) };
  }
  return { place, cursor: fromPublicId('Event', named) === null ? Buffer.from(named, 'base64url').toString('base64url') : named };
}

/** What a viewer may not see is not among the types that are read. */
function withoutKeys(filter: EventFilter): EventFilter {
  return { ...filter, types: (filter.types ?? EVENT_NAMES).filter((name) => !isAboutKeys(name)) };
}

/** Events about API keys are for administrators, as the keys are. */
export function isAboutKeys(name: string): boolean {
  return name.startsWith('api_key.');
}

function tagOf(batchId: string): string {
  return batchId.slice(24, 31);
}

export function removedFrom(field: string): RequestError {
  const message = 'There is no such place in the log any more: what came behind it may have been removed. Begin anew without it.';
  return new RequestError('EVENTS_REMOVED', message, { httpStatus: 410, field: [field] });
}

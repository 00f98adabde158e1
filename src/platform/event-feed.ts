import type { Connections, Database } from '../database/client.ts';
import type { LogPlace } from '../domain/events.ts';
import { batchIdOf } from '../domain/events.ts';
import type { EventFilter, PlacedEvent } from '../repositories/events.ts';
import { EventLogRepository, EventsRemovedError } from '../repositories/events.ts';
import type { Commits } from './commits.ts';
import type { ErrorLog } from './graphql-errors.ts';
import type { EventView } from './event-data.ts';
import { viewEvents, wireEvent } from './event-data.ts';
import { placeCursor, removedFrom } from './event-places.ts';

/**
 * Events as they come, for whoever follows them. A workspace with followers in this process has one feed, which looks into the
 * log for all of them and keeps the latest events. A follower takes from there, or from the log as long as it is further back: it
 * keeps nothing but its place, so that one who is slow costs no more than one who is not.
 */

/** How soon a feed looks again at the earliest, however often it is woken. */
const LOOK_MIN_MS = 10;
/** How long a feed rests that finds nothing. What other processes commit comes that late at most. */
export const FEED_REST_MAX_MS = 500;
/** How long a feed rests: after it has found something, and then twice as long each time up to the longest. */
export interface FeedRests {
  readonly minMs: number;
  readonly maxMs: number;
}
const RESTS: FeedRests = { minMs: LOOK_MIN_MS, maxMs: FEED_REST_MAX_MS };
/** With so many feeds in the process they rest longer, so that all of them together look no more often than that. */
const LOOKS_PER_SECOND_MAX = 1_000;
/** After the log could not be read. */
const RETRY_MS = 1_000;
/** The latest events that a feed keeps in memory for all who follow it. */
export const FEED_EVENTS_MAX = 500;
/** As JSON, of all events that a feed keeps. */
export const FEED_TEXT_MAX_LENGTH = 512 * 1024;
/** What a follower is given at once: so much waits for a client that is slow. */
const EVENTS_AT_ONCE = 100;
/** As JSON; more only if it is a single event. */
export const FOLLOWED_TEXT_MAX_LENGTH = 64 * 1024;

/** An event that comes, with its JSON on the wire. */
export interface FollowedEvent {
  readonly view: EventView;
  readonly place: LogPlace;
  readonly json: string;
}

export interface Followed {
  readonly events: readonly FollowedEvent[];
  /** From where to go on: nothing before it is missed. */
  readonly cursor: string;
}

/** A place in the log, and the batch there. */
interface Reached {
  readonly place: LogPlace;
  readonly batchId: string | null;
}

export interface EventFeedsOptions {
  readonly database: Database;
  /** Tells of what was committed. It is a hint and no more: what it does not tell is found by looking. */
  readonly commits: Commits;
  readonly log: ErrorLog;
  readonly rests?: FeedRests;
}

/** The feeds of a process. */
export class EventFeeds {
  readonly #database: Database;
  readonly #log: ErrorLog;
  readonly #feeds = new Map<string, Feed>();
  readonly #rests: FeedRests;
  readonly #unlisten: () => void;

  constructor({ database, commits, log, rests = RESTS }: EventFeedsOptions) {
    this.#database = database;
    this.#log = log;
    this.#rests = rests;
    this.#unlisten = commits.listen((workspaceId) => this.#feeds.get(workspaceId)?.wake());
  }

  follow(workspaceId: string, after: LogPlace, filter: EventFilter): EventFollower {
    const feed = this.#feedOf(workspaceId);
    return new EventFollower(feed, after, filter, () => {
      if (!feed.isFollowed) this.#drop(feed);
    });
  }

  stop(): void {
    this.#unlisten();
    for (const feed of [...this.#feeds.values()]) this.#drop(feed);
  }

  #feedOf(workspaceId: string): Feed {
    const known = this.#feeds.get(workspaceId);
    if (known !== undefined && !known.isBroken) return known;
    const rests = () => ({ ...this.#rests, maxMs: Math.max(this.#rests.maxMs, (this.#feeds.size * 1_000) / LOOKS_PER_SECOND_MAX) });
    const feed = new Feed(this.#database.workspace(workspaceId), workspaceId, this.#log, rests);
    this.#feeds.set(workspaceId, feed);
    feed.start();
    return feed;
  }

  #drop(feed: Feed): void {
    feed.stop();
    if (this.#feeds.get(feed.workspaceId) === feed) this.#feeds.delete(feed.workspaceId);
  }
}

const EVERYTHING: EventFilter = { types: null, customerId: null };

/** Looks into the log of one workspace for all who follow it here. */
class Feed {
  readonly connections: Connections;
  readonly workspaceId: string;
  readonly log: EventLogRepository;
  /** Up to where it has looked; null until it knows where the log ends. */
  head: Reached | null = null;
  /** The log is not the one that it was, so there is no going on from where it came to. */
  isBroken = false;
  readonly #errors: ErrorLog;
  readonly #rests: () => FeedRests;
  readonly #followers = new Set<EventFollower>();
  #recent: FollowedEvent[] = [];
  #recentLength = 0;
  /** What it keeps is all that there is behind this place. */
  #recentSince: LogPlace | null = null;
  #timer: NodeJS.Timeout | null = null;
  #restMs = LOOK_MIN_MS;
  #lookedAt = -LOOK_MIN_MS;
  #looking = false;
  #woken = false;
  #stopped = false;

  constructor(connections: Connections, workspaceId: string, errors: ErrorLog, rests: () => FeedRests) {
    this.connections = connections;
    this.workspaceId = workspaceId;
    this.log = new EventLogRepository(connections, workspaceId);
    this.#errors = errors;
    this.#rests = rests;
  }

  get isFollowed(): boolean {
    return this.#followers.size > 0;
  }

  start(): void {
    void this.#look();
  }

  stop(): void {
    this.#stopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  join(follower: EventFollower): void {
    this.#followers.add(follower);
  }

  leave(follower: EventFollower): void {
    this.#followers.delete(follower);
  }

  /** There is something new. */
  wake(): void {
    // Woken before: a look is near, and another call must not put it off.
    if (this.#woken) return;
    this.#woken = true;
    if (!this.#looking) this.#rest(this.#lookedAt + LOOK_MIN_MS - performance.now());
  }

  /** The events that it keeps behind the place, at most so many; null if it does not keep all of them. */
  since(place: LogPlace, limit: number): readonly FollowedEvent[] | null {
    if (this.#recentSince === null || isBefore(place, this.#recentSince)) return null;
    let [low, high] = [0, this.#recent.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBefore(place, (this.#recent[middle] as FollowedEvent).place)) high = middle;
      else low = middle + 1;
    }
    return this.#recent.slice(low, low + limit);
  }

  async #look(): Promise<void> {
    const mayFindNothing = !this.#woken;
    this.#looking = true;
    this.#woken = false;
    try {
      const found = await this.#readOn(mayFindNothing);
      const { minMs, maxMs } = this.#rests();
      this.#restMs = found ? minMs : Math.min(this.#restMs * 2, maxMs);
    } catch (error) {
      if (error instanceof EventsRemovedError) return this.#break();
      // The database may be away; the next look goes on from the same place.
      if (!this.#stopped) this.#errors.error({ err: error, workspaceId: this.workspaceId }, 'The event log could not be read.');
      this.#restMs = RETRY_MS;
      this.#woken = false;
    }
    this.#looking = false;
    this.#lookedAt = performance.now();
    this.#rest(this.#woken ? LOOK_MIN_MS : this.#restMs);
  }

  #rest(ms: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#stopped) return;
    this.#timer = setTimeout(() => void this.#look(), Math.max(ms, 0));
    this.#timer.unref();
  }

  /** @returns whether there was anything new */
  async #readOn(mayFindNothing: boolean): Promise<boolean> {
    if (this.head === null) {
      this.head = await this.log.end();
      this.#recentSince = this.head.place;
      this.#tell();
      return true;
    }
    if (mayFindNothing && !(await this.log.hasNewsAfter(this.head.place.position, this.head.batchId))) return false;
    for (let some = false; !this.#stopped; some = true) {
      const page = await this.log.read(this.head.place, EVERYTHING, FEED_EVENTS_MAX);
      if (page.events.length === 0 && page.complete && page.upTo.position === this.head.place.position) return some;
      this.#keep(await followed(page.events, this.connections, this.workspaceId));
      this.head = { place: page.upTo, batchId: page.upToBatchId };
      this.#tell();
      if (page.complete) return true;
    }
    return false;
  }

  #keep(events: readonly FollowedEvent[]): void {
    this.#recent.push(...events);
    for (const { json } of events) this.#recentLength += json.length;
    let surplus = 0;
    while (this.#recent.length - surplus > FEED_EVENTS_MAX || this.#recentLength > FEED_TEXT_MAX_LENGTH) {
      const oldest = this.#recent[surplus] as FollowedEvent;
      this.#recentLength -= oldest.json.length;
      this.#recentSince = oldest.place;
      surplus += 1;
    }
    if (surplus > 0) this.#recent = this.#recent.slice(surplus);
  }

  #break(): void {
    this.isBroken = true;
    this.stop();
    this.#tell();
  }

  #tell(): void {
    for (const follower of this.#followers) follower.resume();
  }
}

/** Somebody who follows a workspace's events: asks for some, takes them, asks for the next. */
export class EventFollower {
  readonly #feed: Feed;
  readonly #filter: EventFilter;
  readonly #types: ReadonlySet<string> | null;
  readonly #left: () => void;
  #place: LogPlace;
  /** Fewer where events are so large that they would be read in vain. */
  #atOnce = EVENTS_AT_ONCE;
  #ended = false;
  #resume: (() => void) | null = null;

  constructor(feed: Feed, after: LogPlace, filter: EventFilter, left: () => void) {
    this.#feed = feed;
    this.#place = after;
    this.#filter = filter;
    this.#types = filter.types === null ? null : new Set(filter.types);
    this.#left = left;
    feed.join(this);
  }

  /**
   * The next events that pass the filter; none, with a cursor, where those that came do not. Waits if there is nothing new.
   * Null once it has ended.
   * @throws RequestError EVENTS_REMOVED
   */
  async next(): Promise<Followed | null> {
    while (!this.#ended) {
      const { head, isBroken } = this.#feed;
      if (isBroken) throw removedFrom('after');
      if (head !== null && isBefore(this.#place, head.place)) return this.#held(head) ?? (await this.#read());
      await this.#wait();
    }
    return null;
  }

  resume(): void {
    this.#resume?.();
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#feed.leave(this);
    this.#resume?.();
    this.#left();
  }

  #held(head: Reached): Followed | null {
    const held = this.#feed.since(this.#place, EVENTS_AT_ONCE);
    if (held === null) return null;
    const last = held.at(-1);
    const upTo = held.length === EVENTS_AT_ONCE && last !== undefined ? reachedBy(last) : head;
    return this.#take(held.filter(({ view }) => this.#passes(view)), upTo);
  }

  async #read(): Promise<Followed> {
    try {
      const { connections, workspaceId, log } = this.#feed;
      const page = await log.read(this.#place, this.#filter, this.#atOnce);
      return this.#take(await followed(page.events, connections, workspaceId), { place: page.upTo, batchId: page.upToBatchId });
    } catch (error) {
      throw error instanceof EventsRemovedError ? removedFrom('after') : error;
    }
  }

  /** As many as may wait for a slow client; the others are found again when it has taken these. */
  #take(found: readonly FollowedEvent[], upTo: Reached): Followed {
    let length = 0;
    const tooMany = found.findIndex(({ json }, index) => (length += json.length) > FOLLOWED_TEXT_MAX_LENGTH && index > 0);
    const events = tooMany === -1 ? found : found.slice(0, tooMany);
    this.#atOnce = tooMany === -1 ? Math.min(this.#atOnce * 2, EVENTS_AT_ONCE) : tooMany;
    const { place, batchId } = tooMany === -1 ? upTo : reachedBy(events.at(-1) as FollowedEvent);
    this.#place = place;
    return { events, cursor: placeCursor(place, batchId) };
  }

  #passes({ event: { type, customerId } }: EventView): boolean {
    return (this.#types === null || this.#types.has(type)) && (this.#filter.customerId === null || this.#filter.customerId === customerId);
  }

  #wait(): Promise<void> {
    return new Promise((resolve) => {
      this.#resume = () => {
        this.#resume = null;
        resolve();
      };
    });
  }
}

/** One event after the other, until somebody ends it. */
export class FollowedEvents implements AsyncIterableIterator<EventView, void> {
  readonly #follower: EventFollower;
  #events: readonly FollowedEvent[] = [];
  #taken = 0;

  constructor(follower: EventFollower) {
    this.#follower = follower;
  }

  async next(): Promise<IteratorResult<EventView, void>> {
    while (this.#taken === this.#events.length) {
      const followed = await this.#follower.next();
      if (followed === null) return { done: true, value: undefined };
      [this.#events, this.#taken] = [followed.events, 0];
    }
    const { view } = this.#events[this.#taken] as FollowedEvent;
    this.#taken += 1;
    return { done: false, value: view };
  }

  return(): Promise<IteratorResult<EventView, void>> {
    this.#follower.end();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

function reachedBy({ place, view }: FollowedEvent): Reached {
  return { place, batchId: batchIdOf(view.event.id) };
}

async function followed(placed: readonly PlacedEvent[], connections: Connections, workspaceId: string): Promise<FollowedEvent[]> {
  const views = await viewEvents(placed.map(({ event }) => event), connections, workspaceId);
  return views.map((view, index) => ({ view, place: (placed[index] as PlacedEvent).place, json: JSON.stringify(wireEvent(view)) }));
}

function isBefore(a: LogPlace, b: LogPlace): boolean {
  return a.position < b.position || (a.position === b.position && a.number < b.number);
}

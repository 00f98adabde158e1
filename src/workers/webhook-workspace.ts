import { setTimeout as delay, setImmediate } from 'node:timers/promises';
import type { Actor } from '../commands/run.ts';
import { openSecrets, webhookDeliveryExhaust, webhookEndpointDisable, webhookFailuresRecord } from '../commands/webhooks.ts';
import { SYSTEM_ORIGIN } from '../domain/audit.ts';
import { destinationPolicy } from '../domain/destinations.ts';
import type { LogPlace } from '../domain/events.ts';
import { typesMatching } from '../domain/events.ts';
import type { Instant } from '../domain/time.ts';
import type { Verdict } from '../domain/webhook-deliveries.ts';
import { firstIdAt, judge } from '../domain/webhook-deliveries.ts';
import type { EndpointWithSecrets } from '../domain/webhooks.ts';
import { passesFilter, secretsAt } from '../domain/webhooks.ts';
import type { WebhookResponse } from '../gateways/webhooks.ts';
import type { WireEvent } from '../platform/event-data.ts';
import { EVENT_NAMES, viewEvents, wireEvent } from '../platform/event-data.ts';
import { sampleEvent } from '../platform/event-samples.ts';
import { newId, toPublicId } from '../platform/ids.ts';
import { signMessage } from '../platform/webhook-signatures.ts';
import type { LogPage } from '../repositories/events.ts';
import { EventLogRepository, EventsRemovedError } from '../repositories/events.ts';
import type { DispatchEndpoint, NewDelivery, OpenReplay, RecordedAttempt, TakenDelivery } from '../repositories/webhook-deliveries.ts';
import { WebhookDeliveryRepository } from '../repositories/webhook-deliveries.ts';
import { WebhookRecorder } from './webhook-recorder.ts';
import type { Dispatch } from './webhook-dispatch.ts';

/**
 * The endpoints of one workspace. A look finds what is due and what the log has that an endpoint has not been told; what can be
 * sent is taken and sent, and nobody waits for it: a slow endpoint holds up nothing but itself.
 */

const REQUEST_ID = 'webhooks';
/** How much of the log one look reads: more than is sent at once, so that the next looks need not read. */
const EVENTS_AT_ONCE = 100;
/** How many such parts are kept: endpoints that stand close together share one. */
const PAGES_KEPT = 4;
/** What part of the messages that may be on their way to an endpoint is taken together, at least: one in so many. */
const TAKEN_TOGETHER = 4;
const REPLAYED_AT_ONCE = 500;
const REPLAYS_MS = 500;
/** An endpoint that nothing asks for moves its place in the log once in so many batches. */
const SKIPPED_MAX = 1_000n;
/** Between the making of an event's id and its commit. */
const COMMIT_MAX_MS = 60_000;
const USER_AGENT = 'VoilaTier-Webhooks/1.0';

/** A part of the log, with what its events say. */
interface ReadPage {
  readonly page: LogPage;
  readonly wire: ReadonlyMap<string, WireEvent>;
}

/** One that is kept for the next looks: what the log has between two places never changes. */
interface KeptPage extends ReadPage {
  /** Which events are in it. */
  readonly asked: string;
  readonly from: LogPlace;
}

interface KnownEndpoint extends EndpointWithSecrets {
  readonly mode: 'LIVE' | 'SANDBOX';
  /** Null: all. */
  readonly types: readonly string[] | null;
}

/** Up to where the log was read for an endpoint in vain, beyond the place that is written down. */
interface Skipped {
  readonly from: LogPlace;
  /** Where the last look began: up to there it was the endpoint of this version for certain that wanted nothing. */
  readonly sure: LogPlace;
  readonly to: LogPlace;
  readonly version: number;
}

interface Prepared {
  readonly delivery: TakenDelivery;
  readonly event: WireEvent;
  /** When it was taken. */
  readonly takenAt: Instant;
}

export class WebhookWorkspace {
  readonly #dispatch: Dispatch;
  readonly #actor: Actor;
  readonly #repository: WebhookDeliveryRepository;
  readonly #log: EventLogRepository;
  readonly #recorder: WebhookRecorder;
  readonly #endpoints = new Map<string, KnownEndpoint>();
  readonly #inFlight = new Map<string, number>();
  /** Endpoints to which no more could go when they were looked at last: there may be something for them as soon as there is room. */
  readonly #crowded = new Set<string>();
  /** Those that were read last in front. */
  #kept: readonly KeptPage[] = [];
  readonly #skipped = new Map<string, Skipped>();
  /** Endpoints for which there was more, when they were looked at last, than their rate let through. */
  readonly #limited = new Set<string>();
  readonly #sending = new Set<Promise<void>>();
  readonly #failing = new Map<string, Promise<void>>();
  /** When the next message may begin. */
  #turn: Promise<unknown> = Promise.resolve();
  #timer: NodeJS.Timeout | null = null;
  #looking: Promise<void> | null = null;
  #awake = false;
  #stopped = false;
  #replaysAt = 0;

  constructor(dispatch: Dispatch, workspaceId: string) {
    this.#dispatch = dispatch;
    this.#actor = { workspaceId, apiKeyId: null, requestId: REQUEST_ID, origin: SYSTEM_ORIGIN };
    const connections = dispatch.runner.database.workspace(workspaceId);
    this.#repository = new WebhookDeliveryRepository(connections.pool, workspaceId);
    this.#log = new EventLogRepository(connections, workspaceId);
    this.#recorder = new WebhookRecorder(dispatch, this.#actor);
  }

  start(): this {
    this.wake();
    return this;
  }

  /** Looks at once, or right after the look that is under way. */
  wake(): void {
    if (this.#stopped) return;
    this.#awake = true;
    if (this.#looking !== null) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#looking = this.#run().finally(() => (this.#looking = null));
  }

  /** Takes nothing new, and waits for what is on its way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#looking;
    await Promise.all(this.#sending);
    await Promise.all(this.#failing.values());
    await this.#recorder.stop();
  }

  async #run(): Promise<void> {
    let restMs = this.#idleMs;
    do {
      this.#awake = false;
      try {
        restMs = await this.#look();
        await this.#maintain();
      } catch (error) {
        this.#dispatch.log.error({ err: error, workspaceId: this.#actor.workspaceId }, 'Webhooks could not be looked for.');
        restMs = this.#dispatch.settings.troubleMs;
      }
    } while (this.#awake && !this.#stopped && !this.#dispatch.busy);
    if (!this.#stopped) this.#timer = setTimeout(() => this.wake(), this.#dispatch.busy ? Math.max(restMs, this.#dispatch.settings.busyRestMs) : restMs);
  }

  /** How long it rests if nothing wakes it: the longer the more workspaces there are. */
  get #idleMs(): number {
    const { settings, workspaces } = this.#dispatch;
    return Math.max(settings.idleMs, (workspaces * 1_000) / settings.looksPerSecond);
  }

  /** @returns how long there is nothing to do, unless something wakes it */
  async #look(): Promise<number> {
    const idleMs = this.#idleMs;
    const endpoints = await this.#repository.look();
    const pages = new Map<string, Promise<ReadPage>>();
    const rests = await Promise.all(
      endpoints.map((endpoint) =>
        this.#serve(endpoint, pages).catch((error: unknown) => {
          const { workspaceId } = this.#actor;
          this.#dispatch.log.error({ err: error, workspaceId, endpointId: endpoint.id }, 'A webhook endpoint could not be served.');
          return idleMs;
        }),
      ),
    );
    // Nothing is left to send: no need to keep it through a long silence.
    if (pages.size > 0 && this.#sending.size === 0) this.#kept = [];
    return Math.max(1, Math.min(idleMs, ...rests));
  }

  /** @returns how long there is nothing to do for the endpoint */
  async #serve(endpoint: DispatchEndpoint, pages: Map<string, Promise<ReadPage>>): Promise<number> {
    const { settings, runner } = this.#dispatch;
    const room = this.#roomFor(endpoint.id);
    if (!this.#isWorthLooking(endpoint.id)) {
      // What comes back wakes it.
      this.#crowded.add(endpoint.id);
      return this.#idleMs;
    }
    this.#crowded.delete(endpoint.id);
    this.#limited.delete(endpoint.id);
    const now = runner.clock();
    const isDue = endpoint.nextDueAt !== null && endpoint.nextDueAt <= now;
    const restMs = endpoint.nextDueAt === null || isDue ? this.#idleMs : endpoint.nextDueAt - now;
    const until = now + settings.leaseMs;
    if (endpoint.status !== 'ENABLED') {
      if (isDue) await this.#send(endpoint, await this.#repository.takeDue(endpoint.id, room, now, until, { testsOnly: true }), now, false);
      return restMs;
    }
    if (endpoint.health.pausedUntil !== null) return this.#servePaused(endpoint, endpoint.health.pausedUntil, isDue, pages, now);
    const due = isDue ? await this.#takeDue(endpoint, room, now) : [];
    await this.#send(endpoint, due, now, false);
    if (due.length < room) await this.#tell(endpoint, room - due.length, pages, now, false);
    if (due.length > 0) this.#awake = true;
    const { ratePerSecond: rate } = endpoint;
    return rate !== null && this.#limited.has(endpoint.id) ? Math.min(restMs, Math.ceil(1_000 / rate)) : restMs;
  }

  /** One that has failed again and again: only last attempts are made at their time, and one attempt after each pause. */
  async #servePaused(endpoint: DispatchEndpoint, pausedUntil: Instant, isDue: boolean, pages: Map<string, Promise<ReadPage>>, now: Instant): Promise<number> {
    const { settings, schedule } = this.#dispatch;
    const until = now + settings.leaseMs;
    if (isDue) {
      const last = await this.#repository.takeDue(endpoint.id, this.#roomFor(endpoint.id), now, until, { begunBefore: now - schedule.totalMs });
      await this.#send(endpoint, last, now, false);
    }
    if (pausedUntil > now) return pausedUntil - now;
    if (this.#roomFor(endpoint.id) === 0 || !(await this.#repository.claimSingle(endpoint.id, pausedUntil, until))) return this.#idleMs;
    const due = isDue ? await this.#takeDue(endpoint, 1, now) : [];
    await this.#send(endpoint, due, now, true);
    const told = due.length === 0 ? await this.#tell(endpoint, 1, pages, now, true) : 0;
    if (due.length + told === 0) await this.#repository.releaseSingle(endpoint.id, until, pausedUntil);
    return this.#idleMs;
  }

  async #takeDue(endpoint: DispatchEndpoint, wanted: number, now: Instant): Promise<TakenDelivery[]> {
    const { ratePerSecond: rate, id } = endpoint;
    const granted = rate === null ? wanted : await this.#repository.takeTokens(id, rate, wanted, now);
    const taken = granted === 0 ? [] : await this.#repository.takeDue(id, granted, now, now + this.#dispatch.settings.leaseMs);
    if (granted < wanted && taken.length === granted) this.#limited.add(id);
    if (rate !== null && taken.length < granted) await this.#repository.takeTokens(id, rate, taken.length - granted, now);
    return taken;
  }

  /** Makes deliveries of what the log has behind the endpoint's place, and sends them. @returns how many it sends */
  async #tell(endpoint: DispatchEndpoint, wanted: number, pages: Map<string, Promise<ReadPage>>, now: Instant, single: boolean): Promise<number> {
    const known = await this.#known(endpoint);
    if (known === null) return 0;
    const place = this.#placeOf(endpoint);
    const { page, wire } = await this.#read(place, known.types, pages);
    const passing = page.events.filter(({ event }) => this.#isFor(known, wire.get(event.id)));
    if (passing.length === 0) {
      await this.#skip(endpoint, known.endpoint, place, page.upTo, now);
      if (!page.complete) this.#awake = true;
      return 0;
    }
    const { ratePerSecond: rate } = endpoint;
    const most = Math.min(wanted, passing.length);
    const granted = rate === null || known.endpoint.ordered ? most : await this.#repository.takeTokens(endpoint.id, rate, most, now);
    if (granted < most) this.#limited.add(endpoint.id);
    const chosen = passing.slice(0, granted);
    const last = chosen.at(-1);
    if (last === undefined) return 0;
    const to = chosen.length < passing.length ? last.place : page.upTo;
    const deliveries = chosen.map(({ event, place: at }): NewDelivery => ({
      id: newId(),
      eventId: event.id,
      eventType: event.type,
      customerId: event.customerId,
      place: at,
    }));
    const { ordered, version } = known.endpoint;
    const dueAt = ordered ? now : now + this.#dispatch.settings.leaseMs;
    const made = await this.#repository.makeDeliveries(endpoint.id, endpoint.place, to, deliveries, { version, ordered, now, dueAt });
    if (made === null) return 0;
    this.#skipped.delete(endpoint.id);
    if (!single && (chosen.length < passing.length || !page.complete)) this.#awake = true;
    if (ordered) {
      // Whose turn it is only the database can say.
      const due = await this.#takeDue(endpoint, wanted, now);
      await this.#send(endpoint, due, now, single);
      return due.length;
    }
    // An event that was replayed before its turn came has been sent, or will be.
    const taken = deliveries.filter(({ id }) => made.has(id)).map((delivery) => ({
      delivery: { ...delivery, endpointId: endpoint.id, test: false, roundAttempts: 0, roundStartedAt: null },
      event: wire.get(delivery.eventId),
    }));
    for (const { delivery, event } of taken) if (event !== undefined) await this.#begin(endpoint, { delivery, event, takenAt: now }, single);
    return taken.length;
  }

  /** From where on the log is read for the endpoint. What it did not want when it was another is not asked again, what was read meanwhile is. */
  #placeOf({ id, place, version }: DispatchEndpoint): LogPlace {
    const skipped = this.#skipped.get(id);
    if (skipped === undefined || !isSame(skipped.from, place)) return place;
    return skipped.version === version ? skipped.to : skipped.sure;
  }

  #isFor({ endpoint }: KnownEndpoint, event: WireEvent | undefined): boolean {
    return event !== undefined && passesFilter(endpoint.filter, event);
  }

  async #skip({ id, place: from }: DispatchEndpoint, { version }: { readonly version: number }, sure: LogPlace, to: LogPlace, now: Instant): Promise<void> {
    this.#skipped.set(id, { from, sure, to, version });
    if (to.position - from.position < SKIPPED_MAX) return;
    const moved = await this.#repository.makeDeliveries(id, from, to, [], { version, ordered: false, now, dueAt: now });
    if (moved !== null) this.#skipped.delete(id);
  }

  /** Endpoints that stand at the same place share what is read, and what is read is sent before more is read. */
  #read(place: LogPlace, types: readonly string[] | null, pages: Map<string, Promise<ReadPage>>): Promise<ReadPage> {
    const asked = types?.join(' ') ?? '*';
    const key = `${place.position} ${place.number} ${asked}`;
    const known = pages.get(key) ?? this.#keptBehind(place, asked);
    if (known !== undefined) return known;
    const reading = this.#readPage(place, types, EVENTS_AT_ONCE).then((read) => {
      if (read.page.events.length > 0) this.#kept = [{ ...read, asked, from: place }, ...this.#kept].slice(0, PAGES_KEPT);
      return read;
    });
    pages.set(key, reading);
    return reading;
  }

  /** What is left behind the place of a part of the log that was read before. */
  #keptBehind(place: LogPlace, asked: string): Promise<ReadPage> | undefined {
    for (const kept of this.#kept) {
      if (kept.asked !== asked || isBefore(place, kept.from) || !isBefore(place, kept.page.upTo)) continue;
      const events = kept.page.events.filter((each) => isBefore(place, each.place));
      if (events.length > 0) return Promise.resolve({ page: { ...kept.page, events }, wire: kept.wire });
    }
    return undefined;
  }

  async #readPage(place: LogPlace, types: readonly string[] | null, limit: number): Promise<ReadPage> {
    const filter = { types, customerId: null };
    const page = await this.#log.read(place, filter, limit).catch((error: unknown) => {
      if (!(error instanceof EventsRemovedError)) throw error;
      // What came right behind the place is not kept any more: the oldest that is comes next.
      return this.#log.read(null, filter, limit);
    });
    return { page, wire: await this.#wire(page.events.map(({ event }) => event)) };
  }

  async #wire(events: Parameters<typeof viewEvents>[0]): Promise<ReadonlyMap<string, WireEvent>> {
    if (events.length === 0) return new Map();
    const { workspaceId } = this.#actor;
    const views = await viewEvents(events, this.#dispatch.runner.database.workspace(workspaceId), workspaceId);
    return new Map(views.map((view) => [view.event.id, wireEvent(view)]));
  }

  /** Sends deliveries that this process has taken. Nobody waits for what comes of it. */
  async #send(endpoint: DispatchEndpoint, deliveries: readonly TakenDelivery[], takenAt: Instant, single: boolean): Promise<void> {
    if (deliveries.length === 0) return;
    const ids = deliveries.filter(({ test }) => !test).map(({ eventId }) => eventId);
    const wire = await this.#wire(ids.length === 0 ? [] : await this.#log.byIds(ids));
    const lost: string[] = [];
    for (const delivery of deliveries) {
      const { eventId, eventType, test } = delivery;
      const event = test ? sampleEvent(eventType, toPublicId('Event', eventId), this.#dispatch.runner.clock()) : wire.get(eventId);
      if (event === undefined) lost.push(delivery.id);
      else await this.#begin(endpoint, { delivery, event, takenAt }, single);
    }
    if (lost.length > 0) await this.#repository.cancel(lost, this.#dispatch.runner.clock());
  }

  /** One message after the other: answers that come in meanwhile are not kept waiting, and neither is whoever else this process serves. */
  async #begin(endpoint: DispatchEndpoint, prepared: Prepared, single: boolean): Promise<void> {
    this.#count(endpoint.id, 1);
    await (this.#turn = this.#turn.then(() => setImmediate()));
    const sending = this.#attempt(endpoint, prepared, single)
      .catch((error: unknown) => {
        // Who has taken it over by then sends it; until then it is nobody's.
        this.#dispatch.log.error({ err: error, workspaceId: this.#actor.workspaceId, deliveryId: prepared.delivery.id }, 'A webhook could not be sent.');
      })
      .finally(() => {
        this.#sending.delete(sending);
        this.#count(endpoint.id, -1);
        if (!this.#dispatch.busy && this.#mayHaveMore(endpoint.id, single) && this.#isWorthLooking(endpoint.id)) this.wake();
      });
    this.#sending.add(sending);
  }

  async #attempt(endpoint: DispatchEndpoint, { delivery, event, takenAt }: Prepared, single: boolean): Promise<void> {
    const { runner, sender, schedule, allowLoopback, settings } = this.#dispatch;
    const known = await this.#known(endpoint);
    if (known === null) return;
    const startedAt = runner.clock();
    // Held up so long that it would still be on its way when others take it over: they send it.
    if (startedAt - takenAt > settings.leaseMs / 2) return;
    const { body, headers } = signMessage({ ...event }, secretsAt(known, startedAt), startedAt);
    const custom = known.secrets.customHeaders.map(({ name, value }): [string, string] => [name, value]);
    const response = await sender.send(
      {
        url: known.endpoint.url,
        body,
        headers: {
          ...Object.fromEntries(custom),
          'content-type': 'application/json; charset=utf-8',
          'user-agent': USER_AGENT,
          ...headers,
          ...(delivery.test ? { 'voilatier-test': 'true' } : {}),
        },
      },
      destinationPolicy(known.mode, allowLoopback),
    );
    if (this.#dispatch.abandoned) return;
    const verdict = judge(delivery, response, startedAt, runner.clock(), schedule);
    await this.#conclude(delivery, verdict, response, startedAt);
    if (verdict.status !== 'SUCCEEDED' && !delivery.test) this.#failed(endpoint.id, verdict, response, single);
  }

  async #conclude(delivery: TakenDelivery, { status, nextAttemptAt }: Verdict, response: WebhookResponse, startedAt: Instant): Promise<void> {
    const { latencyMs, statusCode, error, responseStart } = response;
    const attempt: RecordedAttempt = {
      id: newId(),
      deliveryId: delivery.id,
      endpointId: delivery.endpointId,
      status,
      nextAttemptAt,
      startedAt,
      latencyMs,
      statusCode,
      error,
      responseStart,
    };
    // That news of webhooks could not be told is no news: it would go on for ever.
    const isNews = status === 'FAILED' && !delivery.test && !delivery.eventType.startsWith('webhook_');
    if (isNews) await this.#exhaust(attempt, delivery);
    else await this.#recorder.record(attempt);
  }

  /** As the recorder does: while the database is away it waits, or the message would be sent again after its last attempt. */
  async #exhaust(attempt: RecordedAttempt, delivery: TakenDelivery): Promise<void> {
    const { runner, log, settings } = this.#dispatch;
    while (!this.#dispatch.abandoned) {
      try {
        return await webhookDeliveryExhaust(runner, this.#actor, attempt, delivery);
      } catch (error) {
        log.error({ err: error, workspaceId: this.#actor.workspaceId, deliveryId: delivery.id }, 'The last attempt to deliver a webhook could not be written down. It is tried again.');
        await delay(settings.troubleMs);
      }
    }
  }

  /** One after the other, those that have come in meanwhile together: each changes the same row. */
  #failed(endpointId: string, { gone }: Verdict, response: WebhookResponse, single: boolean): void {
    const { runner, health, log } = this.#dispatch;
    const reason = reasonOf(response);
    const before = this.#failing.get(endpointId) ?? Promise.resolve();
    const writing = before
      .then(() =>
        gone
          ? webhookEndpointDisable(runner, this.#dispatch, this.#actor, endpointId, 'GONE', reason)
          : webhookFailuresRecord(runner, this.#dispatch, this.#actor, endpointId, { count: 1, single, reason }, health),
      )
      .catch((error: unknown) => log.error({ err: error, workspaceId: this.#actor.workspaceId, endpointId }, 'A failure of a webhook endpoint could not be written down.'))
      .finally(() => {
        if (this.#failing.get(endpointId) === writing) this.#failing.delete(endpointId);
      });
    this.#failing.set(endpointId, writing);
  }

  /** The endpoint as it is now, with its secrets; null if it was deleted. */
  async #known({ id, version }: DispatchEndpoint): Promise<KnownEndpoint | null> {
    const remembered = this.#endpoints.get(id);
    if (remembered !== undefined && remembered.endpoint.version >= version) return remembered;
    const found = await this.#repository.endpoint(id);
    if (found === null) {
      this.#endpoints.delete(id);
      return null;
    }
    const { endpoint, mode } = found;
    const types = endpoint.eventTypes.includes('*') ? null : [...new Set(endpoint.eventTypes.flatMap((pattern) => typesMatching(pattern, EVENT_NAMES)))];
    const known = { endpoint, mode, types, secrets: openSecrets(this.#dispatch.box, this.#actor.workspaceId, found) };
    this.#endpoints.set(id, known);
    return known;
  }

  async #maintain(): Promise<void> {
    const now = Date.now();
    if (now - this.#replaysAt < REPLAYS_MS) return;
    this.#replaysAt = now;
    for (const replay of await this.#repository.openReplays()) await this.#replay(replay);
  }

  /** Goes on with a replay by one page of the log. */
  async #replay(replay: OpenReplay): Promise<void> {
    const { from, to, scope, place } = replay;
    const endpoint = (await this.#repository.look()).find(({ id }) => id === replay.endpointId);
    const known = endpoint === undefined ? null : await this.#known(endpoint);
    if (endpoint === undefined || known === null) return;
    const { page, wire } = await this.#readPage(place, known.types, REPLAYED_AT_ONCE);
    const isIn = (id: string) => id >= firstIdAt(from) && id < firstIdAt(to);
    const chosen = page.events.filter(({ event }) => isIn(event.id) && (scope === 'FAILED' || this.#isFor(known, wire.get(event.id))));
    const deliveries = chosen.map(({ event, place: at }): NewDelivery => ({
      id: newId(),
      eventId: event.id,
      eventType: event.type,
      customerId: event.customerId,
      place: at,
    }));
    const isOver = page.complete || page.events.some(({ event }) => event.id > firstIdAt(to + COMMIT_MAX_MS));
    const options = { ordered: known.endpoint.ordered, now: this.#dispatch.runner.clock(), failedOnly: scope === 'FAILED', done: isOver };
    await this.#repository.replay(replay, page.upTo, deliveries, options);
    if (!isOver) this.#replaysAt = 0;
    this.#awake = true;
  }

  /**
   * Whether something can be sent because a message has come back: there was no room for it, it waited for an earlier one of
   * its customer, or for the only one that may be made after a pause. Everything else has been found by the look before, or will be.
   */
  #mayHaveMore(endpointId: string, single: boolean): boolean {
    return single || this.#crowded.has(endpointId) || this.#endpoints.get(endpointId)?.endpoint.ordered === true;
  }

  /** Whether there is room for some more; beside others on their way, for several: one at a time would cost the database most. */
  #isWorthLooking(endpointId: string): boolean {
    return this.#roomFor(endpointId) >= (this.#inFlight.has(endpointId) ? Math.ceil(this.#mostFor() / TAKEN_TOGETHER) : 1);
  }

  #roomFor(endpointId: string): number {
    const { settings, inFlight } = this.#dispatch;
    return Math.max(0, Math.min(this.#mostFor() - (this.#inFlight.get(endpointId) ?? 0), settings.inAll - inFlight));
  }

  /** The more are on their way, the fewer to each: however many receivers are slow, there is room for the others. */
  #mostFor(): number {
    const { settings, inFlight, busy } = this.#dispatch;
    const fairly = Math.ceil(settings.perEndpoint * (1 - inFlight / settings.inAll));
    return busy ? Math.min(settings.busyPerEndpoint, fairly) : fairly;
  }

  #count(endpointId: string, change: 1 | -1): void {
    this.#dispatch.inFlight += change;
    const count = (this.#inFlight.get(endpointId) ?? 0) + change;
    if (count === 0) this.#inFlight.delete(endpointId);
    else this.#inFlight.set(endpointId, count);
  }
}

function isSame(one: LogPlace, other: LogPlace): boolean {
  return one.position === other.position && one.number === other.number;
}

function isBefore(one: LogPlace, other: LogPlace): boolean {
  return one.position === other.position ? one.number < other.number : one.position < other.position;
}

/** What became of an attempt, for people. */
function reasonOf({ statusCode, error }: WebhookResponse): string {
  if (error !== null) return `The last attempt ended with ${error}.`;
  return `The last attempt was answered with the status ${String(statusCode)}.`;
}

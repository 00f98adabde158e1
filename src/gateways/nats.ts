import type { Msg, NatsConnection, NodeConnectionOptions } from '@nats-io/transport-node';
import { connect } from '@nats-io/transport-node';
import type { Commits } from '../platform/commits.ts';

/**
 * NATS, where NATS_URL is set: processes tell each other through it in which workspaces they have committed events, so that nobody
 * has to look for them. It is a hint and no more. Without it, and whatever is lost on the way, they are found by looking.
 */

/** The id of a workspace, and nothing else. */
const SUBJECT = 'voilatier.commits';
const WORKSPACE_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const WORKSPACE_ID_BYTES = 36;
/** Between two hints on one workspace, told or heeded: however much is committed, they are this many and no more. */
export const HINT_PAUSE_MS = 20;
const CONNECT_TIMEOUT_MS = 2_000;
const RECONNECT_MIN_MS = 50;
const RECONNECT_MAX_MS = 2_000;
/** A connection on which two of these were not answered is lost. */
const PING_MS = 10_000;

export interface SharingLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

export interface CommitSharing {
  close(): Promise<void>;
}

/** Connects in the background and again whenever the connection is lost; until then nobody is told of anything. */
export function shareCommits(urls: string, commits: Commits, log: SharingLog): CommitSharing {
  return new NatsSharing(optionsOf(urls), commits, log);
}

class NatsSharing implements CommitSharing {
  readonly #options: NodeConnectionOptions;
  readonly #log: SharingLog;
  readonly #unlisten: () => void;
  readonly #told: Paced;
  readonly #heard: Paced;
  #connection: NatsConnection | null = null;
  #timer: NodeJS.Timeout | null = null;
  #failures = 0;
  #closed = false;

  constructor(options: NodeConnectionOptions, commits: Commits, log: SharingLog) {
    this.#options = options;
    this.#log = log;
    this.#told = new Paced(HINT_PAUSE_MS, (workspaceId) => this.#publish(workspaceId));
    this.#heard = new Paced(HINT_PAUSE_MS, (workspaceId) => commits.tell(workspaceId, 'ANOTHER'));
    this.#unlisten = commits.listen((workspaceId, committer) => {
      // What was heard is not told again.
      if (committer === 'THIS_PROCESS' && this.#connection !== null) this.#told.pass(workspaceId);
    });
    void this.#connect();
  }

  /** Does not wait for a connection that is being made: that one is closed when it is there. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#unlisten();
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#told.stop();
    this.#heard.stop();
    await this.#connection?.close();
  }

  async #connect(): Promise<void> {
    let error: unknown;
    try {
      const connection = await connect(this.#options);
      if (this.#closed) return await connection.close();
      error = await this.#share(connection);
    } catch (thrown) {
      error = thrown;
    }
    if (this.#closed) return;
    // Said once, however long it is away.
    if (this.#failures === 0) this.#log.warn({ err: error }, 'NATS cannot be reached. Until it can, what other processes commit is found by looking.');
    this.#timer = setTimeout(() => void this.#connect(), Math.min(RECONNECT_MIN_MS * 2 ** this.#failures, RECONNECT_MAX_MS));
    this.#timer.unref();
    this.#failures += 1;
  }

  /** @returns why the connection has ended */
  async #share(connection: NatsConnection): Promise<unknown> {
    connection.subscribe(SUBJECT, { callback: (error, message) => (error === null ? this.#hear(message) : undefined) });
    void this.#watch(connection);
    this.#connection = connection;
    const connectedAt = performance.now();
    this.#log.info({}, 'Processes tell each other of their commits through NATS.');
    const error = await connection.closed();
    this.#connection = null;
    // One that is cut off again and again is not asked ever sooner.
    if (performance.now() - connectedAt > RECONNECT_MAX_MS) this.#failures = 0;
    return error;
  }

  /** Among others, that it may not publish or subscribe. */
  async #watch(connection: NatsConnection): Promise<void> {
    let isTold = false;
    for await (const status of connection.status()) {
      if (status.type !== 'error' || isTold) continue;
      isTold = true;
      this.#log.warn({ err: status.error }, 'NATS has refused something.');
    }
  }

  #publish(workspaceId: string): void {
    try {
      this.#connection?.publish(SUBJECT, workspaceId);
    } catch (error) {
      // Whoever has committed has nothing to do with it.
      this.#log.warn({ err: error }, 'A commit could not be told through NATS.');
    }
  }

  /** What is no id of a workspace is ignored; one that nobody knows wakes nobody. */
  #hear(message: Msg): void {
    if (message.data.length !== WORKSPACE_ID_BYTES) return;
    const workspaceId = message.string();
    if (WORKSPACE_ID.test(workspaceId)) this.#heard.pass(workspaceId);
  }
}

/** Passes on what it is given: at once, and for each id not again before a pause is over, then once for all. */
class Paced {
  readonly #pauseMs: number;
  readonly #pass: (id: string) => void;
  readonly #pauses = new Map<string, NodeJS.Timeout>();
  readonly #waiting = new Set<string>();

  constructor(pauseMs: number, pass: (id: string) => void) {
    this.#pauseMs = pauseMs;
    this.#pass = pass;
  }

  pass(id: string): void {
    if (this.#pauses.has(id)) {
      this.#waiting.add(id);
      return;
    }
    this.#pauses.set(id, setTimeout(() => this.#resume(id), this.#pauseMs).unref());
    this.#pass(id);
  }

  stop(): void {
    for (const pause of this.#pauses.values()) clearTimeout(pause);
  }

  #resume(id: string): void {
    this.#pauses.delete(id);
    if (this.#waiting.delete(id)) this.pass(id);
  }
}

/**
 * The client's own reconnecting is left out: it keeps what is told meanwhile, which is of no use later, and cannot be ended before
 * the first connection. It reads no credentials from addresses either: those of the first are presented to all.
 */
function optionsOf(urls: string): NodeConnectionOptions {
  const servers = urls.split(',').map((url) => new URL(url));
  const [username, password] = [servers[0]?.username, servers[0]?.password].map((text) => decodeURIComponent(text ?? ''));
  const credentials = password === '' ? { token: username } : { user: username, pass: password };
  return {
    servers: servers.map(({ host }) => host),
    ...(username === '' ? {} : credentials),
    ...(servers.some(({ protocol }) => protocol === 'tls:') ? { tls: {} } : {}),
    name: 'voilatier',
    noEcho: true,
    reconnect: false,
    timeout: CONNECT_TIMEOUT_MS,
    pingInterval: PING_MS,
    maxPingOut: 2,
  };
}

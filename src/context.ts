import type { Actor, CommandRunner } from './commands/run.ts';
import type { Database, WorkspaceConnections } from './database/client.ts';
import type { Deadline } from './database/deadline.ts';
import type { Origin } from './domain/audit.ts';
import type { Instant } from './domain/time.ts';
import { Loaders } from './loaders/loaders.ts';
import type { Credentials } from './platform/auth.ts';
import { unauthenticated } from './platform/errors.ts';
import type { EventFeeds } from './platform/event-feed.ts';
import type { ErrorLog } from './platform/graphql-errors.ts';
import { RequestIdempotency } from './platform/idempotency.ts';
import type { SecretBox } from './platform/encryption.ts';
import type { Signer } from './platform/signer.ts';
import type { RequestLimits } from './platform/rate-limiter.ts';
import type { ProgramCache } from './repositories/program.ts';

/** What the server gives to every request. */
export interface Services {
  readonly database: Database;
  readonly programs: ProgramCache;
  readonly runner: CommandRunner;
  readonly signer: Signer;
  readonly feeds: EventFeeds;
  /** For what is stored and must not be read there. */
  readonly box: SecretBox;
  /** What webhooks may reach. */
  readonly webhooks: { readonly allowLoopback: boolean };
  /** Makes other requests of this process see at once that a key has changed. */
  readonly forgetApiKeys: () => void;
}

/** What the answer to a request says beside its data, on every API. */
export interface Answer {
  readonly headers: Map<string, string>;
  /** Merged into `extensions` of a GraphQL answer. */
  readonly extensions: Record<string, unknown>;
}

/** What a request carries: its viewer, its loaders, the way in to the commands. */
export class RequestContext {
  readonly requestId: string;
  readonly services: Services;
  readonly log: ErrorLog;
  readonly answer: Answer = { headers: new Map(), extensions: {} };
  readonly idempotency: RequestIdempotency;
  /** Null without a valid API key. */
  limits: RequestLimits | null = null;
  private readonly origin: Origin;
  private readonly deadline: Deadline;
  // Not #private: Apollo Server copies the context for each request, and a copy has no #private fields.
  private readonly credentials: Credentials | null;
  private remembered: Loaders | null = null;

  /**
   * @param credentials null if the request has no valid API key
   * @param idempotencyKey the header of that name as it was sent; undefined if there is none
   * @param deadline after it nothing more is read
   */
  constructor(
    services: Services,
    requestId: string,
    origin: Origin,
    log: ErrorLog,
    credentials: Credentials | null,
    idempotencyKey: string | undefined,
    deadline: Deadline,
  ) {
    this.services = services;
    this.requestId = requestId;
    this.origin = origin;
    this.log = log;
    this.credentials = credentials;
    this.deadline = deadline;
    this.idempotency = new RequestIdempotency(idempotencyKey, this.answer);
  }

  /** @throws RequestError UNAUTHENTICATED */
  get viewer(): Credentials {
    if (this.credentials !== null) return this.credentials;
    throw unauthenticated();
  }

  get actor(): Actor {
    const { workspaceId, apiKeyId } = this.viewer;
    return { workspaceId, apiKeyId, requestId: this.requestId, origin: this.origin, replayed: () => this.idempotency.replayed() };
  }

  get now(): Instant {
    return this.services.runner.clock();
  }

  get loaders(): Loaders {
    if (this.remembered !== null) return this.remembered;
    const { programs } = this.services;
    this.remembered = new Loaders({ database: this.database, programs, workspaceId: this.viewer.workspaceId, now: this.now });
    return this.remembered;
  }

  /** Where the request reads, as long as it may take. */
  get database(): WorkspaceConnections {
    return this.services.database.workspace(this.viewer.workspaceId, this.deadline);
  }

  /** The same request for something that begins later, with what has changed since, and as long as that may take. */
  renewed(deadline: Deadline): RequestContext {
    const context = new RequestContext(this.services, this.requestId, this.origin, this.log, this.credentials, undefined, deadline);
    context.limits = this.limits;
    return context;
  }

  /** What the answer says in its headers, with how the limits stand by then. */
  answerHeaders(): ReadonlyMap<string, string> {
    this.limits?.writeHeaders(this.answer.headers);
    return this.answer.headers;
  }

  /** A command has changed what the loaders may remember. */
  forget(): void {
    this.remembered = null;
  }
}

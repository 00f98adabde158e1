import type { Actor, CommandRunner } from './commands/run.ts';
import type { Database } from './database/client.ts';
import type { Instant } from './domain/time.ts';
import { Loaders } from './loaders/loaders.ts';
import type { Credentials } from './platform/auth.ts';
import { RequestError } from './platform/errors.ts';
import type { ErrorLog } from './platform/graphql-errors.ts';
import type { ProgramCache } from './repositories/program.ts';

/** What the server gives to every request. */
export interface Services {
  readonly database: Database;
  readonly programs: ProgramCache;
  readonly runner: CommandRunner;
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
  // Not #private: Apollo Server copies the context for each request, and a copy has no #private fields.
  private readonly credentials: Credentials | null;
  private remembered: Loaders | null = null;

  /** @param credentials null if the request has no valid API key */
  constructor(services: Services, requestId: string, log: ErrorLog, credentials: Credentials | null) {
    this.services = services;
    this.requestId = requestId;
    this.log = log;
    this.credentials = credentials;
  }

  /** @throws RequestError UNAUTHENTICATED */
  get viewer(): Credentials {
    if (this.credentials !== null) return this.credentials;
    throw new RequestError('UNAUTHENTICATED', 'Send a valid API key, as `Authorization: Bearer <key>`.', { httpStatus: 401 });
  }

  get actor(): Actor {
    const { workspaceId, apiKeyId } = this.viewer;
    return { workspaceId, apiKeyId, requestId: this.requestId };
  }

  get now(): Instant {
    return this.services.runner.clock();
  }

  get loaders(): Loaders {
    this.remembered ??= new Loaders({
      database: this.services.database,
      programs: this.services.programs,
      workspaceId: this.viewer.workspaceId,
      now: this.now,
    });
    return this.remembered;
  }

  /** A command has changed what the loaders may remember. */
  forget(): void {
    this.remembered = null;
  }
}

import type { Actor, CommandRunner } from './commands/run.ts';
import type { Database } from './database/client.ts';
import type { ApiKeyScope } from './domain/workspaces.ts';
import type { Instant } from './domain/time.ts';
import type { Loaders } from './loaders/loaders.ts';
import { createLoaders } from './loaders/loaders.ts';
import { RequestError } from './platform/errors.ts';
import type { ProgramCache } from './repositories/program.ts';

/** Who calls: one API key, which acts in one workspace. */
export interface Viewer {
  readonly workspaceId: string;
  readonly apiKeyId: string;
  readonly scope: ApiKeyScope;
}

/** What the server gives to every request. */
export interface Services {
  readonly database: Database;
  readonly programs: ProgramCache;
  readonly runner: CommandRunner;
  /** Makes other requests of this process see at once that a key has changed. */
  readonly forgetApiKeys: () => void;
}

/** What a request carries: its viewer, its loaders, the way in to the commands. */
export class RequestContext {
  readonly requestId: string;
  readonly services: Services;
  readonly #viewer: Viewer | null;
  #loaders: Loaders | null = null;

  /** @param viewer null if the request has no valid API key */
  constructor(services: Services, requestId: string, viewer: Viewer | null) {
    this.services = services;
    this.requestId = requestId;
    this.#viewer = viewer;
  }

  /** @throws RequestError UNAUTHENTICATED */
  get viewer(): Viewer {
    if (this.#viewer !== null) return this.#viewer;
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
    this.#loaders ??= createLoaders({
      database: this.services.database,
      programs: this.services.programs,
      workspaceId: this.viewer.workspaceId,
      now: this.now,
    });
    return this.#loaders;
  }

  /** A command has changed what the loaders may remember. */
  forget(): void {
    this.#loaders = null;
  }
}

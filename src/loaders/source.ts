import type { Connections } from '../database/client.ts';
import type { Instant } from '../domain/time.ts';
import type { ProgramCache } from '../repositories/program.ts';

/** What the loaders of one request read from. */
export interface LoaderSource {
  /** Acts in the workspace, as long as the request may take. */
  readonly database: Connections;
  readonly workspaceId: string;
  readonly programs: ProgramCache;
  /** The instant of the request in real time: everything it reads is as of then, unless the workspace's clock is frozen. */
  readonly now: Instant;
}

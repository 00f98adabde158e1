import type { Instant } from './time.ts';

/** The audit log: who changed what, who used which key, and from where. Entries are only ever added. */

export type ApiType = 'GRAPHQL' | 'REST' | 'SYSTEM';

/** Where a request came from. */
export interface Origin {
  readonly api: ApiType;
  /** In its canonical spelling; null if the server itself acts. */
  readonly ipAddress: string | null;
  /** At most `USER_AGENT_MAX_LENGTH` characters. */
  readonly userAgent: string | null;
}

/** The server itself. */
export const SYSTEM_ORIGIN: Origin = { api: 'SYSTEM', ipAddress: null, userAgent: null };

export const USER_AGENT_MAX_LENGTH = 256;

export type ActivityAction =
  | 'CREATED'
  | 'UPDATED'
  | 'ACTIVATED'
  | 'DEACTIVATED'
  | 'DRAFTED'
  | 'DELETED'
  | 'PUBLISHED'
  | 'RETIRED'
  | 'ROTATED'
  | 'REVOKED'
  | 'CLOCK_ADVANCED'
  | 'STOCK_ADJUSTED'
  | 'TESTED'
  | 'REPLAYED';

/** One audited change of configuration. */
export interface Activity {
  readonly id: string;
  /** The object on whose page the change is listed. */
  readonly objectId: string;
  /** The object that changed, by its public id. */
  readonly subjectId: string;
  readonly action: ActivityAction;
  readonly apiKeyId: string | null;
  readonly requestId: string;
  /** Null for entries from before it was recorded. */
  readonly api: ApiType | null;
  readonly ipAddress: string | null;
  readonly userAgent: string | null;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
  readonly recordedAt: Instant;
}

/** What came in with one key, through one API, from one address with one user agent, in one hour. */
export interface ApiKeyUse {
  /** Made of all that tells it from others, so that every process finds the same one; sorts by the hour. */
  readonly id: string;
  readonly workspaceId: string;
  readonly apiKeyId: string;
  readonly api: ApiType;
  /** Null, as is the user agent, where several are counted together. */
  readonly ipAddress: string | null;
  readonly userAgent: string | null;
  /** Beginning of the hour, in real time. */
  readonly hour: Instant;
  readonly firstUsedAt: Instant;
  readonly lastUsedAt: Instant;
  /** When a request was last accepted; null if all were refused. */
  readonly lastAcceptedAt: Instant | null;
  readonly requestCount: number;
  readonly refusedCount: number;
  readonly lastRequestId: string;
}

/** Two parts of the same use as one. */
export function mergeUses(one: ApiKeyUse, other: ApiKeyUse): ApiKeyUse {
  const [earlier, later] = one.lastUsedAt <= other.lastUsedAt ? [one, other] : [other, one];
  const accepted = Math.max(one.lastAcceptedAt ?? -Infinity, other.lastAcceptedAt ?? -Infinity);
  return {
    ...later,
    firstUsedAt: Math.min(earlier.firstUsedAt, later.firstUsedAt),
    lastAcceptedAt: accepted === -Infinity ? null : accepted,
    requestCount: one.requestCount + other.requestCount,
    refusedCount: one.refusedCount + other.refusedCount,
  };
}

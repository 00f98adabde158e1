import { checkVersion } from './configuration.ts';
import type { Checked, Problem } from './problem.ts';
import { checkName, checked, problem, refused } from './problem.ts';
import type { Instant } from './time.ts';
import { isTimeZone } from './time.ts';

/** Workspaces and the API keys that let programs act in them. */

export const OVERLAP_MAX_HOURS = 720;
const HOUR_MS = 3_600_000;

export interface Workspace {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  readonly mode: 'LIVE' | 'SANDBOX';
  readonly version: number;
  readonly createdAt: Instant;
  readonly updatedAt: Instant | null;
}

export type ApiKeyScope = 'READ' | 'WRITE' | 'ADMIN';

export interface ApiKey {
  readonly id: string;
  readonly workspaceId: string;
  readonly name: string;
  readonly lastFour: string;
  readonly scope: ApiKeyScope;
  readonly createdAt: Instant;
  readonly expiresAt: Instant | null;
  readonly revokedAt: Instant | null;
}

export type WorkspaceErrorCode =
  | 'INVALID_NAME'
  | 'INVALID_TIME_ZONE'
  | 'VERSION_CONFLICT'
  | 'INVALID_IDEMPOTENCY_KEY'
  | 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH';

export type ApiKeyErrorCode =
  | 'NOT_FOUND'
  | 'INVALID_NAME'
  | 'INVALID_EXPIRY'
  | 'INVALID_OVERLAP'
  | 'NOT_USABLE'
  | 'LAST_ADMIN_KEY';

const SCOPES: readonly ApiKeyScope[] = ['READ', 'WRITE', 'ADMIN'];

/** Whether a key with the scope may do what needs the other one. */
export function includesScope(scope: ApiKeyScope, needed: ApiKeyScope): boolean {
  return SCOPES.indexOf(scope) >= SCOPES.indexOf(needed);
}

/** Whether the key lets anybody in at the instant. */
export function isUsable(key: Pick<ApiKey, 'expiresAt' | 'revokedAt'>, now: Instant): boolean {
  return key.revokedAt === null && (key.expiresAt === null || key.expiresAt > now);
}

export function createWorkspace(
  input: { readonly name: string; readonly timeZone: string; readonly mode: Workspace['mode'] },
  id: string,
  now: Instant,
): Checked<Workspace, WorkspaceErrorCode> {
  const problems: Problem<WorkspaceErrorCode>[] = checkName(input.name, 'name');
  if (!isTimeZone(input.timeZone)) {
    problems.push(problem('INVALID_TIME_ZONE', 'It is not a time zone of the IANA database.', 'timeZone'));
  }
  if (problems.length > 0) return refused(...problems);
  return checked({ ...input, id, version: 1, createdAt: now, updatedAt: null });
}

export function renameWorkspace(
  workspace: Workspace,
  name: string | undefined,
  expectedVersion: number | null | undefined,
  now: Instant,
): Checked<Workspace, WorkspaceErrorCode> {
  const problems: Problem<WorkspaceErrorCode>[] = [
    ...checkVersion(workspace.version, expectedVersion),
    ...(name === undefined ? [] : checkName(name, 'name')),
  ];
  if (problems.length > 0) return refused(...problems);
  return checked({ ...workspace, name: name ?? workspace.name, version: workspace.version + 1, updatedAt: now });
}

export function createApiKey(
  input: { readonly name: string; readonly scope: ApiKeyScope; readonly expiresAt: Instant | null },
  identity: { readonly id: string; readonly workspaceId: string; readonly lastFour: string },
  now: Instant,
): Checked<ApiKey, ApiKeyErrorCode> {
  const problems: Problem<ApiKeyErrorCode>[] = checkName(input.name, 'name');
  if (input.expiresAt !== null && input.expiresAt <= now) {
    problems.push(problem('INVALID_EXPIRY', 'An expiry lies in the future.', 'expiresAt'));
  }
  if (problems.length > 0) return refused(...problems);
  return checked({ ...identity, ...input, createdAt: now, revokedAt: null });
}

/** Replaces a usable key by a new one of the same name and scope; the old one ends with the overlap, if not before. */
export function rotateApiKey(
  key: ApiKey,
  overlapHours: number,
  identity: { readonly id: string; readonly lastFour: string },
  now: Instant,
): Checked<{ readonly replaced: ApiKey; readonly created: ApiKey }, ApiKeyErrorCode> {
  if (!Number.isInteger(overlapHours) || overlapHours < 0 || overlapHours > OVERLAP_MAX_HOURS) {
    return refused(problem('INVALID_OVERLAP', `An overlap is from 0 to ${OVERLAP_MAX_HOURS} hours.`, 'overlapHours'));
  }
  if (!isUsable(key, now)) return refused(problem('NOT_USABLE', 'The key is revoked or expired.', 'id'));
  const endsAt = now + overlapHours * HOUR_MS;
  return checked({
    replaced: { ...key, expiresAt: key.expiresAt === null ? endsAt : Math.min(key.expiresAt, endsAt) },
    created: { ...key, ...identity, createdAt: now, expiresAt: null },
  });
}

/** Makes the key useless, unless nobody could administer the workspace any more. */
export function revokeApiKey(
  key: ApiKey,
  others: readonly ApiKey[],
  now: Instant,
): Checked<ApiKey, ApiKeyErrorCode> {
  if (key.revokedAt !== null) return checked(key);
  const someoneElse = others.some((other) => other.id !== key.id && other.scope === 'ADMIN' && isUsable(other, now));
  if (key.scope === 'ADMIN' && isUsable(key, now) && !someoneElse) {
    return refused(problem('LAST_ADMIN_KEY', 'It is the last usable key with scope ADMIN.', 'id'));
  }
  return checked({ ...key, revokedAt: now });
}

import { checkVersion } from './configuration.ts';
import type { Checked, Problem } from './problem.ts';
import { checkName, checked, problem, refused } from './problem.ts';
import type { Instant } from './time.ts';
import { isTimeZone } from './time.ts';

/** Workspaces and the API keys that let programs act in them. */

export const OVERLAP_MAX_HOURS = 720;
export const BACKDATING_MAX_DAYS = 36_500;
export const EVENT_RETENTION_MIN_DAYS = 30;
export const EVENT_RETENTION_MAX_DAYS = 3650;
export const EVENT_RETENTION_DEFAULT_DAYS = 90;
export const NOTICE_MAX_DAYS = 365;
/** Ten years, whichever of them are leap years. */
export const CLOCK_ADVANCE_MAX_DAYS = 3653;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export interface Workspace {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  readonly mode: 'LIVE' | 'SANDBOX';
  /** What it is now in a sandbox whose clock stands still; null for real time. */
  readonly clockFrozenAt: Instant | null;
  /** How many local days a fact may be dated back. */
  readonly backdatingDays: number;
  /** How many days of real time events are kept. */
  readonly eventRetentionDays: number;
  /** How many days before something happens to a customer or a key it is told; 0 if it is not. */
  readonly noticeDays: number;
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
  | 'INVALID_CLOCK'
  | 'CLOCK_NOT_ALLOWED'
  | 'CLOCK_BACKWARDS'
  | 'CLOCK_TOO_FAR'
  | 'INVALID_BACKDATING'
  | 'INVALID_RETENTION'
  | 'INVALID_NOTICE'
  | 'VERSION_CONFLICT'
  | 'INVALID_IDEMPOTENCY_KEY'
  | 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH';

export type ApiKeyErrorCode =
  | 'NOT_FOUND'
  | 'INVALID_NAME'
  | 'INVALID_EXPIRY'
  | 'INVALID_OVERLAP'
  | 'NOT_USABLE'
  | 'LAST_ADMIN_KEY'
  | 'INVALID_IDEMPOTENCY_KEY'
  | 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH';

const SCOPES: readonly ApiKeyScope[] = ['READ', 'WRITE', 'ADMIN'];

/** Whether a key with the scope may do what needs the other one. */
export function includesScope(scope: ApiKeyScope, needed: ApiKeyScope): boolean {
  return SCOPES.indexOf(scope) >= SCOPES.indexOf(needed);
}

/** Whether the key lets anybody in at the instant. */
export function isUsable(key: Pick<ApiKey, 'expiresAt' | 'revokedAt'>, now: Instant): boolean {
  return key.revokedAt === null && (key.expiresAt === null || key.expiresAt > now);
}

/** What a caller may set of a workspace when it is made. */
export type WorkspaceSettings = Pick<Workspace, 'name' | 'timeZone' | 'mode' | 'clockFrozenAt' | 'backdatingDays'>;

/** Makes a workspace. One whose clock is frozen comes into being at that instant. */
export function createWorkspace(
  settings: WorkspaceSettings,
  id: string,
  realNow: Instant,
): Checked<Workspace, WorkspaceErrorCode> {
  const { name, timeZone, mode, clockFrozenAt, backdatingDays } = settings;
  const problems: Problem<WorkspaceErrorCode>[] = checkName(name, 'name');
  if (!isTimeZone(timeZone)) {
    problems.push(problem('INVALID_TIME_ZONE', 'It is not a time zone of the IANA database.', 'timeZone'));
  }
  if (clockFrozenAt !== null && mode !== 'SANDBOX') {
    problems.push(problem('CLOCK_NOT_ALLOWED', 'Only the clock of a sandbox can be frozen.', 'clock'));
  }
  if (clockFrozenAt !== null && clockFrozenAt < 0) {
    problems.push(problem('INVALID_CLOCK', 'A clock cannot be frozen before 1970.', 'clock'));
  }
  problems.push(...checkBackdating(backdatingDays));
  if (problems.length > 0) return refused(...problems);
  const defaults = { eventRetentionDays: EVENT_RETENTION_DEFAULT_DAYS, noticeDays: 0 };
  return checked({ ...settings, ...defaults, id, version: 1, createdAt: clockFrozenAt ?? realNow, updatedAt: null });
}

/** Changes to a workspace; fields left undefined stay as they are. */
export interface WorkspaceChanges {
  readonly name: string | undefined;
  readonly backdatingDays: number | undefined;
  readonly eventRetentionDays: number | undefined;
  readonly noticeDays: number | undefined;
}

export function updateWorkspace(
  workspace: Workspace,
  changes: WorkspaceChanges,
  expectedVersion: number | null | undefined,
  now: Instant,
): Checked<Workspace, WorkspaceErrorCode> {
  const { name = workspace.name, backdatingDays = workspace.backdatingDays } = changes;
  const { eventRetentionDays = workspace.eventRetentionDays, noticeDays = workspace.noticeDays } = changes;
  const problems: Problem<WorkspaceErrorCode>[] = [
    ...checkVersion(workspace.version, expectedVersion),
    ...checkName(name, 'name'),
    ...checkBackdating(backdatingDays),
    ...checkRetention(eventRetentionDays),
    ...checkNotice(noticeDays),
  ];
  if (problems.length > 0) return refused(...problems);
  return checked({ ...workspace, name, backdatingDays, eventRetentionDays, noticeDays, version: workspace.version + 1, updatedAt: now });
}

/** Advances a frozen clock. To where it is already leaves the workspace as it is. */
export function advanceClock(workspace: Workspace, to: Instant): Checked<Workspace, WorkspaceErrorCode> {
  const { clockFrozenAt } = workspace;
  if (clockFrozenAt === null) {
    return refused(problem('CLOCK_NOT_ALLOWED', 'Only the clock of a sandbox that was created with one can be advanced.'));
  }
  if (to === clockFrozenAt) return checked(workspace);
  if (to < clockFrozenAt) {
    const message = `It is ${new Date(clockFrozenAt).toISOString()} in this workspace, and a clock is never moved back.`;
    return refused(problem('CLOCK_BACKWARDS', message, 'to'));
  }
  if (to > clockFrozenAt + CLOCK_ADVANCE_MAX_DAYS * DAY_MS) {
    const message = `A clock is advanced by at most ${CLOCK_ADVANCE_MAX_DAYS} days in one call.`;
    return refused(problem('CLOCK_TOO_FAR', message, 'to'));
  }
  return checked({ ...workspace, clockFrozenAt: to, version: workspace.version + 1, updatedAt: clockFrozenAt });
}

function checkBackdating(days: number): Problem<'INVALID_BACKDATING'>[] {
  if (Number.isInteger(days) && days >= 0 && days <= BACKDATING_MAX_DAYS) return [];
  const message = `Facts may be dated back by 0 to ${BACKDATING_MAX_DAYS} days.`;
  return [problem('INVALID_BACKDATING', message, 'backdatingDays')];
}

function checkRetention(days: number): Problem<'INVALID_RETENTION'>[] {
  if (Number.isInteger(days) && days >= EVENT_RETENTION_MIN_DAYS && days <= EVENT_RETENTION_MAX_DAYS) return [];
  const message = `Events are kept for ${EVENT_RETENTION_MIN_DAYS} to ${EVENT_RETENTION_MAX_DAYS} days.`;
  return [problem('INVALID_RETENTION', message, 'eventRetentionDays')];
}

function checkNotice(days: number): Problem<'INVALID_NOTICE'>[] {
  if (Number.isInteger(days) && days >= 0 && days <= NOTICE_MAX_DAYS) return [];
  return [problem('INVALID_NOTICE', `Notice is given 0 to ${NOTICE_MAX_DAYS} days before.`, 'noticeDays')];
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

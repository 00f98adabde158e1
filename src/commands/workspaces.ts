import type { Transaction } from '../database/client.ts';
import { isUniqueViolation } from '../database/errors.ts';
import type { ActivityAction } from '../domain/audit.ts';
import type { IdempotentResult } from '../domain/idempotency.ts';
import type { Problem } from '../domain/problem.ts';
import { problem, refused } from '../domain/problem.ts';
import type { Instant } from '../domain/time.ts';
import type {
  ApiKey,
  ApiKeyErrorCode,
  ApiKeyScope,
  Workspace,
  WorkspaceChanges,
  WorkspaceErrorCode,
  WorkspaceSettings,
} from '../domain/workspaces.ts';
import {
  advanceClock,
  createApiKey,
  createWorkspace,
  revokeApiKey,
  rotateApiKey,
  updateWorkspace,
} from '../domain/workspaces.ts';
import type { NewSecret } from '../platform/auth.ts';
import { newSecret } from '../platform/auth.ts';
import { newId, toPublicId } from '../platform/ids.ts';
import { WorkspaceRepository } from '../repositories/workspaces.ts';
import type { Actor, Cause, CommandRunner, ConfigurationUnit, IdempotencyClaim, Outcome } from './run.ts';

/**
 * Workspaces and their API keys. A secret is never kept, so that a command repeated under its idempotency key answers
 * without it. API keys begin and end by real time, whatever the workspace's own clock says.
 */

export interface KeyWithSecret {
  readonly apiKey: ApiKey;
  /** Null for a command that was carried out before. */
  readonly secret: string | null;
}

interface NewWorkspace extends KeyWithSecret {
  readonly workspace: Workspace;
}

interface NewWorkspaceIds {
  readonly id: string;
  readonly apiKeyId: string;
}

/**
 * Creates a workspace for somebody of another one, to which the idempotency key belongs. Every transaction stays in one
 * workspace: the creator's log and key come first, with the ids that the new workspace will have, and then it is made.
 * Whoever repeats the call finishes what a crash has left, and two who do so at once cannot make it twice.
 */
export async function workspaceCreateFor(
  runner: CommandRunner,
  creator: Actor,
  settings: WorkspaceSettings,
  key: string | null | undefined,
): Promise<Outcome<NewWorkspace, WorkspaceErrorCode>> {
  const newIds = { id: newId(), apiKeyId: newId() };
  const checked = createWorkspace(settings, newIds.id, runner.clock());
  if (!checked.ok) return checked;
  const claimed = await recordCreator(runner, creator, checked.value, newIds, { key, operation: 'workspaceCreate', input: settings });
  if (!claimed.ok) return claimed;
  const findMade = async (): Promise<Outcome<NewWorkspace, WorkspaceErrorCode> | null> => {
    const made = await findNewWorkspace(runner, claimed.value);
    if (made !== null) creator.replayed?.();
    return made === null ? null : { ok: true, value: made };
  };
  try {
    const made = claimed.value === newIds ? null : await findMade();
    return made ?? (await workspaceCreate(runner, creator, settings, claimed.value));
  } catch (error) {
    // Somebody with the same key was faster.
    const made = isUniqueViolation(error, 'workspaces_workspace_id_pk') ? await findMade() : null;
    if (made === null) throw error;
    return made;
  }
}

/**
 * The creator's own entry comes first: one about a workspace that a crash kept from being made can be seen through, a
 * workspace of which no log knows the maker cannot.
 */
function recordCreator(
  runner: CommandRunner,
  creator: Actor,
  workspace: Workspace,
  newIds: NewWorkspaceIds,
  claim: IdempotencyClaim,
): Promise<Outcome<NewWorkspaceIds, WorkspaceErrorCode>> {
  return runner.configuration<NewWorkspaceIds, WorkspaceErrorCode>(
    // Whether there is something to repeat is known once the new workspace was looked for.
    { ...creator, replayed: () => undefined },
    claim,
    async (unit) => {
      await recordWorkspace(unit, 'CREATED', null, workspace);
      return { ok: true, value: { value: newIds, result: { ...newIds } } };
    },
    (_, { id, apiKeyId }) => Promise.resolve({ id: String(id), apiKeyId: String(apiKeyId) }),
  );
}

async function findNewWorkspace(runner: CommandRunner, { id, apiKeyId }: NewWorkspaceIds): Promise<NewWorkspace | null> {
  const repository = new WorkspaceRepository(runner.database.workspace(id).db, id);
  const [workspace, apiKey] = await Promise.all([repository.find(), repository.findApiKey(apiKeyId)]);
  return workspace === null || apiKey === null ? null : { workspace, apiKey, secret: null };
}

/** Creates a workspace and its first ADMIN key, whose secret is given or made. */
export async function workspaceCreate(
  runner: CommandRunner,
  by: Cause,
  settings: WorkspaceSettings,
  identity: { readonly id: string; readonly apiKeyId?: string; readonly secret?: NewSecret } = { id: newId() },
): Promise<Outcome<NewWorkspace, WorkspaceErrorCode>> {
  const created = createWorkspace(settings, identity.id, runner.clock());
  if (!created.ok) return created;
  const workspace = created.value;
  // The workspace locks itself: nobody else knows of it before its transaction commits.
  const secret = identity.secret ?? newSecret(workspace.mode);
  const seed = (unit: ConfigurationUnit) => seedWorkspace(unit, workspace, identity.apiKeyId ?? newId(), secret, runner.clock());
  const actor = { workspaceId: workspace.id, apiKeyId: null, requestId: by.requestId, origin: by.origin };
  return runner.configuration(
    actor,
    null,
    async (unit) => ({ ok: true, value: { value: await seed(unit), result: {} } }),
    undefined,
    workspace.clockFrozenAt,
  );
}

async function seedWorkspace(unit: ConfigurationUnit, workspace: Workspace, apiKeyId: string, secret: NewSecret, realNow: Instant) {
  const repository = new WorkspaceRepository(unit.transaction, workspace.id);
  await repository.insert(workspace);
  await recordWorkspace(unit, 'CREATED', null, workspace);
  const apiKey: ApiKey = {
    id: apiKeyId,
    workspaceId: workspace.id,
    name: 'First key',
    lastFour: secret.lastFour,
    scope: 'ADMIN',
    createdAt: realNow,
    expiresAt: null,
    revokedAt: null,
  };
  await repository.insertApiKey(apiKey, secret.secretHash);
  await recordKey(unit, 'CREATED', null, apiKey);
  return { workspace, apiKey, secret: secret.secret };
}

export async function workspaceUpdate(
  runner: CommandRunner,
  actor: Actor,
  input: WorkspaceChanges & { readonly expectedVersion: number | null | undefined },
  key: string | null | undefined,
): Promise<Outcome<Workspace, WorkspaceErrorCode>> {
  return change(runner, actor, { key, operation: 'workspaceUpdate', input }, async (unit, repository, before) => {
    const updated = updateWorkspace(before, input, input.expectedVersion, unit.now);
    if (!updated.ok) return updated;
    await repository.update(updated.value);
    await recordWorkspace(unit, 'UPDATED', before, updated.value);
    return updated;
  });
}

/** Advances the frozen clock of a sandbox. To where it is already changes nothing. */
export async function workspaceClockAdvance(
  runner: CommandRunner,
  actor: Actor,
  to: Instant,
  key: string | null | undefined,
): Promise<Outcome<Workspace, WorkspaceErrorCode>> {
  const claim = { key, operation: 'workspaceClockAdvance', input: { to } };
  return change(runner, actor, claim, async (unit, repository, before) => {
    const advanced = advanceClock(before, to);
    if (!advanced.ok || advanced.value === before) return advanced;
    await repository.update(advanced.value);
    await recordWorkspace(unit, 'CLOCK_ADVANCED', before, advanced.value);
    unit.clockAdvanced(to);
    return advanced;
  });
}

function change(
  runner: CommandRunner,
  actor: Actor,
  claim: IdempotencyClaim,
  work: (
    unit: ConfigurationUnit,
    repository: WorkspaceRepository,
    before: Workspace,
  ) => Promise<Outcome<Workspace, WorkspaceErrorCode>>,
): Promise<Outcome<Workspace, WorkspaceErrorCode>> {
  return runner.configuration<Workspace, WorkspaceErrorCode>(
    actor,
    claim,
    async (unit) => {
      const repository = new WorkspaceRepository(unit.transaction, unit.workspaceId);
      const done = await work(unit, repository, await ownWorkspace(repository));
      return done.ok ? { ok: true, value: { value: done.value, result: {} } } : done;
    },
    (transaction) => ownWorkspace(new WorkspaceRepository(transaction, actor.workspaceId)),
  );
}

export async function apiKeyCreate(
  runner: CommandRunner,
  actor: Actor,
  input: { readonly name: string; readonly scope: ApiKeyScope; readonly expiresAt: number | null },
  key: string | null | undefined,
  given?: NewSecret,
): Promise<Outcome<KeyWithSecret, ApiKeyErrorCode>> {
  const work: KeyWork<KeyWithSecret> = async (unit, repository) => {
    const secret = given ?? newSecret((await ownWorkspace(repository)).mode);
    const identity = { id: newId(), workspaceId: unit.workspaceId, lastFour: secret.lastFour };
    const created = createApiKey(input, identity, runner.clock());
    if (!created.ok) return created;
    await repository.insertApiKey(created.value, secret.secretHash);
    await recordKey(unit, 'CREATED', null, created.value);
    return { ok: true, value: { value: { apiKey: created.value, secret: secret.secret }, result: { id: created.value.id } } };
  };
  const replay: KeyReplay<KeyWithSecret> = async (repository, { id }) => ({ apiKey: await knownKey(repository, id), secret: null });
  return onKeys(runner, actor, { key, operation: 'apiKeyCreate', input }, work, replay);
}

interface RotatedKey extends KeyWithSecret {
  readonly replaced: ApiKey;
}

export async function apiKeyRotate(
  runner: CommandRunner,
  actor: Actor,
  id: string | null,
  overlapHours: number,
  key: string | null | undefined,
): Promise<Outcome<RotatedKey, ApiKeyErrorCode>> {
  const work: KeyWork<RotatedKey> = async (unit, repository) => {
    const before = id === null ? null : await repository.findApiKey(id);
    if (before === null) return refused(NOT_FOUND);
    const secret = newSecret((await ownWorkspace(repository)).mode);
    const rotated = rotateApiKey(before, overlapHours, { id: newId(), lastFour: secret.lastFour }, runner.clock());
    if (!rotated.ok) return rotated;
    const { created, replaced } = rotated.value;
    await repository.updateApiKey(replaced);
    await repository.insertApiKey(created, secret.secretHash);
    await recordKey(unit, 'ROTATED', before, replaced);
    await recordKey(unit, 'CREATED', null, created);
    const result = { id: created.id, replacedId: replaced.id };
    return { ok: true, value: { value: { apiKey: created, replaced, secret: secret.secret }, result } };
  };
  const replay: KeyReplay<RotatedKey> = async (repository, result) => ({
    apiKey: await knownKey(repository, result['id']),
    replaced: await knownKey(repository, result['replacedId']),
    secret: null,
  });
  return onKeys(runner, actor, { key, operation: 'apiKeyRotate', input: { id, overlapHours } }, work, replay);
}

export async function apiKeyRevoke(
  runner: CommandRunner,
  actor: Actor,
  id: string | null,
  key: string | null | undefined,
): Promise<Outcome<ApiKey, ApiKeyErrorCode>> {
  const work: KeyWork<ApiKey> = async (unit, repository) => {
    const keys = await repository.allApiKeys();
    const before = keys.find((one) => one.id === id);
    if (before === undefined) return refused(NOT_FOUND);
    const revoked = revokeApiKey(before, keys, runner.clock());
    if (!revoked.ok) return revoked;
    if (revoked.value !== before) {
      await repository.updateApiKey(revoked.value);
      await recordKey(unit, 'REVOKED', before, revoked.value);
    }
    return { ok: true, value: { value: revoked.value, result: { id: before.id } } };
  };
  const replay: KeyReplay<ApiKey> = (repository, result) => knownKey(repository, result['id']);
  return onKeys(runner, actor, { key, operation: 'apiKeyRevoke', input: { id } }, work, replay);
}

/** Whether the workspace exists: asked once at start, for the demo workspace. */
export async function workspaceExists(runner: CommandRunner, workspaceId: string): Promise<boolean> {
  return (await new WorkspaceRepository(runner.database.workspace(workspaceId).db, workspaceId).find()) !== null;
}

type KeyWork<T> = (
  unit: ConfigurationUnit,
  repository: WorkspaceRepository,
) => Promise<Outcome<{ readonly value: T; readonly result: IdempotentResult }, ApiKeyErrorCode>>;

type KeyReplay<T> = (repository: WorkspaceRepository, result: IdempotentResult) => Promise<T>;

function onKeys<T>(
  runner: CommandRunner,
  actor: Actor,
  claim: IdempotencyClaim,
  work: KeyWork<T>,
  replay: KeyReplay<T>,
): Promise<Outcome<T, ApiKeyErrorCode>> {
  const repositoryOn = (transaction: Transaction) => new WorkspaceRepository(transaction, actor.workspaceId);
  return runner.configuration<T, ApiKeyErrorCode>(
    actor,
    claim,
    (unit) => work(unit, repositoryOn(unit.transaction)),
    (transaction, result) => replay(repositoryOn(transaction), result),
  );
}

async function knownKey(repository: WorkspaceRepository, id: string | boolean | undefined): Promise<ApiKey> {
  const key = await repository.findApiKey(String(id));
  if (key === null) throw new Error('An API key is never removed.');
  return key;
}

async function ownWorkspace(repository: WorkspaceRepository): Promise<Workspace> {
  const workspace = await repository.find();
  if (workspace === null) throw new Error('A request acts in a workspace that exists.');
  return workspace;
}

export function recordWorkspace(
  unit: ConfigurationUnit,
  action: ActivityAction,
  before: Workspace | null,
  after: Workspace,
): Promise<void> {
  const snapshot = ({ name, timeZone, mode, clockFrozenAt, backdatingDays, eventRetentionDays, noticeDays, version }: Workspace) => ({
    name,
    timeZone,
    mode,
    clockFrozenAt: instantText(clockFrozenAt),
    backdatingDays,
    eventRetentionDays,
    noticeDays,
    version,
  });
  return unit.record({
    kind: 'Workspace',
    action,
    subjectId: after.id,
    eventType: `workspace.${action.toLowerCase()}`,
    before: before === null ? null : snapshot(before),
    after: snapshot(after),
  });
}

function recordKey(
  unit: ConfigurationUnit,
  action: ActivityAction,
  before: ApiKey | null,
  after: ApiKey,
): Promise<void> {
  const snapshot = ({ id, name, scope, lastFour, expiresAt, revokedAt }: ApiKey) => ({
    id: toPublicId('ApiKey', id),
    name,
    scope,
    lastFour,
    expiresAt: instantText(expiresAt),
    revokedAt: instantText(revokedAt),
  });
  return unit.record({
    kind: 'ApiKey',
    action,
    subjectId: after.id,
    eventType: `api_key.${action.toLowerCase()}`,
    before: before === null ? null : snapshot(before),
    after: snapshot(after),
  });
}

function instantText(instant: number | null): string | null {
  return instant === null ? null : new Date(instant).toISOString();
}

const NOT_FOUND: Problem<'NOT_FOUND'> = problem('NOT_FOUND', 'There is no such API key.', 'id');

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
import type { ActivityAction } from '../repositories/activities.ts';
import { WorkspaceRepository } from '../repositories/workspaces.ts';
import type { Actor, CommandRunner, ConfigurationUnit, IdempotencyClaim, Outcome } from './run.ts';

/**
 * Workspaces and their API keys. Commands that show a secret take no idempotency key: a secret is never kept.
 * Keys begin and end by real time, whatever the workspace's own clock says.
 */

export interface KeyWithSecret {
  readonly apiKey: ApiKey;
  readonly secret: string;
}

/** Creates a workspace and its first ADMIN key, whose secret is given or made. */
export async function workspaceCreate(
  runner: CommandRunner,
  requestId: string,
  settings: WorkspaceSettings,
  identity: { readonly id: string; readonly secret?: NewSecret } = { id: newId() },
): Promise<Outcome<KeyWithSecret & { readonly workspace: Workspace }, WorkspaceErrorCode>> {
  const created = createWorkspace(settings, identity.id, runner.clock());
  if (!created.ok) return created;
  const workspace = created.value;
  // The workspace locks itself: nobody else knows of it before its transaction commits.
  const secret = identity.secret ?? newSecret(workspace.mode);
  const seed = (unit: ConfigurationUnit) => seedWorkspace(unit, workspace, secret, runner.clock());
  const actor = { workspaceId: workspace.id, apiKeyId: null, requestId };
  return runner.configuration(
    actor,
    null,
    async (unit) => ({ ok: true, value: { value: await seed(unit), result: {} } }),
    undefined,
    workspace.clockFrozenAt,
  );
}

async function seedWorkspace(unit: ConfigurationUnit, workspace: Workspace, secret: NewSecret, realNow: Instant) {
  const repository = new WorkspaceRepository(unit.transaction, workspace.id);
  await repository.insert(workspace);
  await recordWorkspace(unit, 'CREATED', null, workspace);
  const apiKey: ApiKey = {
    id: newId(),
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
  given?: NewSecret,
): Promise<Outcome<KeyWithSecret, ApiKeyErrorCode>> {
  return onKeys(runner, actor, async (unit, repository) => {
    const secret = given ?? newSecret((await ownWorkspace(repository)).mode);
    const identity = { id: newId(), workspaceId: unit.workspaceId, lastFour: secret.lastFour };
    const created = createApiKey(input, identity, runner.clock());
    if (!created.ok) return created;
    await repository.insertApiKey(created.value, secret.secretHash);
    await recordKey(unit, 'CREATED', null, created.value);
    return { ok: true, value: { apiKey: created.value, secret: secret.secret } };
  });
}

export async function apiKeyRotate(
  runner: CommandRunner,
  actor: Actor,
  id: string | null,
  overlapHours: number,
): Promise<Outcome<KeyWithSecret & { readonly replaced: ApiKey }, ApiKeyErrorCode>> {
  return onKeys(runner, actor, async (unit, repository) => {
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
    return { ok: true, value: { apiKey: created, replaced, secret: secret.secret } };
  });
}

export async function apiKeyRevoke(
  runner: CommandRunner,
  actor: Actor,
  id: string | null,
): Promise<Outcome<ApiKey, ApiKeyErrorCode>> {
  return onKeys(runner, actor, async (unit, repository) => {
    const keys = await repository.allApiKeys();
    const before = keys.find((key) => key.id === id);
    if (before === undefined) return refused(NOT_FOUND);
    const revoked = revokeApiKey(before, keys, runner.clock());
    if (!revoked.ok || revoked.value === before) return revoked;
    await repository.updateApiKey(revoked.value);
    await recordKey(unit, 'REVOKED', before, revoked.value);
    return revoked;
  });
}

/** Whether the workspace exists: asked once at start, for the demo workspace. */
export async function workspaceExists(runner: CommandRunner, workspaceId: string): Promise<boolean> {
  return (await new WorkspaceRepository(runner.database.db, workspaceId).find()) !== null;
}

async function onKeys<T>(
  runner: CommandRunner,
  actor: Actor,
  work: (unit: ConfigurationUnit, repository: WorkspaceRepository) => Promise<Outcome<T, ApiKeyErrorCode>>,
): Promise<Outcome<T, ApiKeyErrorCode>> {
  const outcome = await runner.configuration<T, ApiKeyErrorCode>(actor, null, async (unit) => {
    const done = await work(unit, new WorkspaceRepository(unit.transaction, unit.workspaceId));
    return done.ok ? { ok: true, value: { value: done.value, result: {} } } : done;
  });
  // Without a key of idempotency there is nothing to mismatch.
  return outcome as Outcome<T, ApiKeyErrorCode>;
}

async function ownWorkspace(repository: WorkspaceRepository): Promise<Workspace> {
  const workspace = await repository.find();
  if (workspace === null) throw new Error('A request acts in a workspace that exists.');
  return workspace;
}

function recordWorkspace(
  unit: ConfigurationUnit,
  action: ActivityAction,
  before: Workspace | null,
  after: Workspace,
): Promise<void> {
  const snapshot = ({ name, timeZone, mode, clockFrozenAt, backdatingDays, version }: Workspace) => ({
    name,
    timeZone,
    mode,
    clockFrozenAt: instantText(clockFrozenAt),
    backdatingDays,
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

import type { Transaction } from '../database/client.ts';
import type { ActivityAction } from '../domain/audit.ts';
import { SYSTEM_ORIGIN } from '../domain/audit.ts';
import type { SigningKey, SigningKeyErrorCode } from '../domain/signing-keys.ts';
import { rotateSigningKey } from '../domain/signing-keys.ts';
import type { SecretBox } from '../platform/encryption.ts';
import { newId, toPublicId } from '../platform/ids.ts';
import { newKeyPair } from '../platform/signer.ts';
import { SigningKeyRepository } from '../repositories/signing-keys.ts';
import type { Actor, CommandRunner, ConfigurationUnit, Outcome } from './run.ts';

/** The keys with which workspaces sign. They come and go by real time, whatever the workspace's own clock says. */

interface RotatedKey {
  readonly created: SigningKey;
  /** Null if there was none. */
  readonly replaced: SigningKey | null;
}

/** Puts a new key in the place of the one that signs now. */
export async function signingKeyRotate(
  runner: CommandRunner,
  box: SecretBox,
  actor: Actor,
  key: string | null | undefined,
): Promise<Outcome<RotatedKey, SigningKeyErrorCode>> {
  return runner.configuration<RotatedKey, SigningKeyErrorCode>(
    actor,
    { key, operation: 'signingKeyRotate', input: {} },
    async (unit) => {
      const rotated = await putKey(unit, box, runner.clock());
      if (!rotated.ok) return rotated;
      const { created, replaced } = rotated.value;
      const result = { id: created.id, ...(replaced === null ? {} : { replacedId: replaced.id }) };
      return { ok: true, value: { value: rotated.value, result } };
    },
    async (transaction, { id, replacedId }) => ({
      created: await knownKey(transaction, actor.workspaceId, id),
      replaced: replacedId === undefined ? null : await knownKey(transaction, actor.workspaceId, replacedId),
    }),
  );
}

/** Makes the workspace's first key, unless it has one: whoever comes second finds the first one's. */
export async function signingKeyEnsure(runner: CommandRunner, box: SecretBox, workspaceId: string): Promise<void> {
  const actor = { workspaceId, apiKeyId: null, requestId: 'signing-keys', origin: SYSTEM_ORIGIN };
  const outcome = await runner.configuration<null, SigningKeyErrorCode>(actor, null, async (unit) => {
    const made = (await new SigningKeyRepository(unit.transaction, workspaceId).current()) ?? (await putKey(unit, box, runner.clock()));
    if ('ok' in made && !made.ok) return made;
    return { ok: true, value: { value: null, result: {} } };
  });
  if (!outcome.ok) throw new Error(outcome.problems[0]?.message);
}

async function putKey(unit: ConfigurationUnit, box: SecretBox, realNow: number): Promise<Outcome<RotatedKey, SigningKeyErrorCode>> {
  const repository = new SigningKeyRepository(unit.transaction, unit.workspaceId);
  const current = (await repository.current())?.key ?? null;
  const id = newId();
  const { publicJwk, sealedPrivateKey } = newKeyPair(box, unit.workspaceId, id);
  const rotated = rotateSigningKey(current, await repository.count(), { id, publicJwk }, realNow);
  if (!rotated.ok) return rotated;
  const { created, replaced } = rotated.value;
  if (replaced !== null) {
    await repository.retire(replaced);
    await recordKey(unit, 'ROTATED', current, replaced);
  }
  await repository.insert(created, sealedPrivateKey);
  await recordKey(unit, 'CREATED', null, created);
  return rotated;
}

async function knownKey(transaction: Transaction, workspaceId: string, id: string | boolean | undefined): Promise<SigningKey> {
  const key = await new SigningKeyRepository(transaction, workspaceId).find(String(id));
  if (key === null) throw new Error('A signing key is never removed.');
  return key;
}

function recordKey(unit: ConfigurationUnit, action: ActivityAction, before: SigningKey | null, after: SigningKey): Promise<void> {
  const snapshot = ({ id, publicJwk, retiredAt }: SigningKey) => ({
    id: toPublicId('SigningKey', id),
    publicJwk,
    retiredAt: retiredAt === null ? null : new Date(retiredAt).toISOString(),
  });
  return unit.record({
    kind: 'SigningKey',
    action,
    subjectId: after.id,
    eventType: `signing_key.${action.toLowerCase()}`,
    before: before === null ? null : snapshot(before),
    after: snapshot(after),
  });
}

import { cardDefinitionCreate, cardDefinitionStep } from '../commands/cards.ts';
import { customerExists, customerUpsert } from '../commands/customers.ts';
import { earnRuleCreate } from '../commands/earning.ts';
import type { Actor, CommandRunner, Outcome } from '../commands/run.ts';
import { tierStructureActivate, tierStructureCreate } from '../commands/structures.ts';
import { apiKeyCreate, workspaceCreate, workspaceExists } from '../commands/workspaces.ts';
import { isUniqueViolation } from '../database/errors.ts';
import { SYSTEM_ORIGIN } from '../domain/audit.ts';
import { NO_CAPS } from '../domain/earning.ts';
import { BACKDATING_MAX_DAYS } from '../domain/workspaces.ts';
import type { Authenticator, NewSecret } from '../platform/auth.ts';
import { describeSecret, newSecret } from '../platform/auth.ts';
import type { Signer } from '../platform/signer.ts';

/**
 * The demo workspace that every installation starts with: a small program in force, one customer, and a
 * key. It is made with the same commands as any other.
 */

/** Fixed, so that processes that start at once agree on it. */
const DEMO_WORKSPACE_ID = '01941f29-7c00-7000-8000-000000000000';
/** The program looks back to the purchases that `npm run demo` loads. */
const DEMO_STARTED_AT = Date.UTC(1997, 0, 1);
const CAUSE = { requestId: 'bootstrap', origin: SYSTEM_ORIGIN };
const DEMO_CUSTOMER = 'ada';

const DEMO_TIERS = [
  { name: 'Basic', minPoints: 0n },
  { name: 'Silver', minPoints: 100n },
  { name: 'Gold', minPoints: 250n },
  { name: 'Platinum', minPoints: 500n },
];

/**
 * Makes the demo workspace if there is none, and sees that the configured key works in it.
 * @returns a secret that was made just now and must be shown, or null
 */
export async function ensureDemoWorkspace(
  runner: CommandRunner,
  authenticator: Authenticator,
  bootstrapApiKey: string | null,
): Promise<string | null> {
  const given = bootstrapApiKey === null ? null : describeSecret(bootstrapApiKey);
  const secret = given ?? newSecret('SANDBOX');
  const actor = { workspaceId: DEMO_WORKSPACE_ID, apiKeyId: null, ...CAUSE };
  const created = await createWorkspace(runner, secret);
  // The customer is made last: without her, the start that made the workspace was cut off, and its key never shown.
  const complete = await customerExists(runner, DEMO_WORKSPACE_ID, DEMO_CUSTOMER);
  if (!complete) await createProgram(runner, actor);
  const needed = given === null ? !complete : !(await authenticator.isKnown(given.secret));
  if (needed && !created) {
    const name = given === null ? 'First key, made again' : 'BOOTSTRAP_API_KEY';
    must(await apiKeyCreate(runner, actor, { name, scope: 'ADMIN', expiresAt: null }, null, secret));
  }
  return given === null && needed ? secret.secret : null;
}

/** @returns false if there is one, which another process may have made at this very moment */
async function createWorkspace(runner: CommandRunner, secret: NewSecret): Promise<boolean> {
  if (await workspaceExists(runner, DEMO_WORKSPACE_ID)) return false;
  const settings = {
    name: 'Demo',
    timeZone: 'America/New_York',
    mode: 'SANDBOX',
    clockFrozenAt: null,
    backdatingDays: BACKDATING_MAX_DAYS,
  } as const;
  try {
    must(await workspaceCreate(runner, CAUSE, settings, { id: DEMO_WORKSPACE_ID, secret }));
    return true;
  } catch (error) {
    if (isUniqueViolation(error)) return false;
    throw error;
  }
}

/** A key for the pages for people: it works in this process only, and cannot change the configuration. */
export function issueExplorerKey(authenticator: Authenticator): string {
  return authenticator.issueEphemeral({ workspaceId: DEMO_WORKSPACE_ID, apiKeyId: null, scope: 'WRITE' }, 'SANDBOX');
}

/**
 * Every database has this workspace, so its signing key tells whether this process has the secret under which the others'
 * are stored. To find that out now is better than with the first thing that has to be signed.
 * @throws EncryptionKeyError if it has not
 */
export async function requireEncryptionKey(signer: Signer): Promise<void> {
  await signer.prepare(DEMO_WORKSPACE_ID);
}

/** Each step has its idempotency key: processes that start at once, or one after another's end, make one program. */
async function createProgram(runner: CommandRunner, actor: Actor): Promise<void> {
  const draft = {
    name: 'Points',
    expiration: { type: 'NO_EXPIRATION' },
    activation: { type: 'IMMEDIATE' },
    refundPolicy: 'REVOKE_TO_ZERO',
    metadata: {},
  } as const;
  const card = must(await cardDefinitionCreate(runner, actor, draft, keyOf('card definition')));
  must(await cardDefinitionStep(runner, actor, 'ACTIVATE', { id: card.id, expectedVersion: null, idempotencyKey: keyOf('active card definition') }));
  const settings = {
    name: 'Membership',
    type: 'POINT_BALANCE',
    cardDefinitionId: card.id,
    metadata: {},
    pointEarned: null,
    expiration: { type: 'NO_EXPIRATION' },
    downgrade: { type: 'MULTI_LEVEL', gracePeriod: null },
    entryAwardScope: 'REACHED',
    entryAwardOnRefund: 'KEEP',
  } as const;
  const more = { maxPoints: null, noDowngrade: false, entryAward: null, pointExpiration: null, metadata: {} };
  const tiers = DEMO_TIERS.map((tier) => ({ ...tier, ...more }));
  const structure = must(await tierStructureCreate(runner, actor, { settings, tiers }, keyOf('tier structure')));
  must(
    await tierStructureActivate(
      runner,
      actor,
      { id: structure.id, expectedVersion: null, idempotencyKey: keyOf('active tier structure') },
      DEMO_STARTED_AT,
    ),
  );
  const terms = {
    rates: [
      { currency: 'USD', value: '1', every: '1.00' },
      { currency: 'EUR', value: '1', every: '1.00' },
    ],
    condition: null,
    rounding: 'FLOOR',
    roundingScope: 'PER_TRANSACTION',
    tierMultipliers: [],
    caps: NO_CAPS,
    expiration: null,
  } as const;
  must(
    await earnRuleCreate(
      runner,
      actor,
      { name: 'One point a dollar', cardDefinitionId: card.id, terms, effectiveAt: DEMO_STARTED_AT },
      keyOf('earn rule'),
    ),
  );
  const ada = { externalId: DEMO_CUSTOMER, name: 'Ada Lovelace', joinedAt: null, expectedVersion: null, idempotencyKey: keyOf('customer') };
  const upserted = await customerUpsert(runner, actor, ada);
  if (!upserted.ok) throw new Error(upserted.problems[0]?.message);
}

const keyOf = (step: string) => `demo workspace: ${step}`;

function must<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new Error(`The demo workspace could not be made: ${outcome.problems.map(({ message }) => message).join(' ')}`);
}

import { cardDefinitionCreate, cardDefinitionStep } from '../commands/cards.ts';
import { customerUpsert } from '../commands/customers.ts';
import { earnRuleCreate } from '../commands/earning.ts';
import type { Actor, CommandRunner, Outcome } from '../commands/run.ts';
import { tierStructureActivate, tierStructureCreate } from '../commands/structures.ts';
import { apiKeyCreate, workspaceCreate, workspaceExists } from '../commands/workspaces.ts';
import type { Authenticator } from '../platform/auth.ts';
import { describeSecret, newSecret } from '../platform/auth.ts';

/**
 * The demo workspace that every installation starts with: a small program in force, one customer, and a
 * key. It is made with the same commands as any other.
 */

/** Fixed, so that processes that start at once agree on it. */
const DEMO_WORKSPACE_ID = '01941f29-7c00-7000-8000-000000000000';
/** The program looks back to the purchases that `npm run demo` loads. */
const DEMO_STARTED_AT = Date.UTC(1997, 0, 1);
const REQUEST_ID = 'bootstrap';

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
  if (!(await workspaceExists(runner, DEMO_WORKSPACE_ID))) {
    const secret = given ?? newSecret('SANDBOX');
    const settings = { name: 'Demo', timeZone: 'America/New_York', mode: 'SANDBOX' } as const;
    const { workspace } = must(await workspaceCreate(runner, REQUEST_ID, settings, { id: DEMO_WORKSPACE_ID, secret }));
    await createProgram(runner, { workspaceId: workspace.id, apiKeyId: null, requestId: REQUEST_ID });
    return given === null ? secret.secret : null;
  }
  if (given !== null && !(await authenticator.isKnown(given.secret))) {
    const actor = { workspaceId: DEMO_WORKSPACE_ID, apiKeyId: null, requestId: REQUEST_ID };
    must(await apiKeyCreate(runner, actor, { name: 'BOOTSTRAP_API_KEY', scope: 'ADMIN', expiresAt: null }, given));
  }
  return null;
}

/** A key for the pages for people: it works in this process only, and cannot change the configuration. */
export function issueExplorerKey(authenticator: Authenticator): string {
  return authenticator.issueEphemeral({ workspaceId: DEMO_WORKSPACE_ID, apiKeyId: null, scope: 'WRITE' }, 'SANDBOX');
}

async function createProgram(runner: CommandRunner, actor: Actor): Promise<void> {
  const draft = { name: 'Points', expiration: { type: 'NO_EXPIRATION' }, metadata: {} } as const;
  const card = must(await cardDefinitionCreate(runner, actor, draft, null));
  must(await cardDefinitionStep(runner, actor, 'ACTIVATE', { id: card.id, expectedVersion: null, idempotencyKey: null }));
  const settings = {
    name: 'Membership',
    type: 'POINT_BALANCE',
    cardDefinitionId: card.id,
    metadata: {},
    pointEarned: null,
    expiration: { type: 'NO_EXPIRATION' },
    downgrade: { type: 'MULTI_LEVEL', gracePeriod: null },
  } as const;
  const tiers = DEMO_TIERS.map((tier) => ({ ...tier, maxPoints: null, noDowngrade: false, metadata: {} }));
  const structure = must(await tierStructureCreate(runner, actor, { settings, tiers }, null));
  must(
    await tierStructureActivate(
      runner,
      actor,
      { id: structure.id, expectedVersion: null, idempotencyKey: null },
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
  } as const;
  must(
    await earnRuleCreate(
      runner,
      actor,
      { name: 'One point a dollar', cardDefinitionId: card.id, terms, effectiveAt: DEMO_STARTED_AT },
      null,
    ),
  );
  const ada = { externalId: 'ada', name: 'Ada Lovelace', joinedAt: null, expectedVersion: null, idempotencyKey: null };
  const upserted = await customerUpsert(runner, actor, ada);
  if (!upserted.ok) throw new Error(upserted.problems[0]?.message);
}

function must<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new Error(`The demo workspace could not be made: ${outcome.problems.map(({ message }) => message).join(' ')}`);
}

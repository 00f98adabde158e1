import type { Customer, CustomerUpsertErrorCode, CustomerUpsertRequest } from '../domain/customers.ts';
import { checkCustomerUpsert, checkJoinedAt, upsertCustomer } from '../domain/customers.ts';
import type { Effects } from '../domain/ledger.ts';
import { decideSettlement } from '../domain/ledger.ts';
import type { MemberState } from '../domain/members.ts';
import { NO_HISTORY, newMember } from '../domain/members.ts';
import type { Problem } from '../domain/problem.ts';
import { refused } from '../domain/problem.ts';
import type { Program } from '../domain/program.ts';
import { NEVER } from '../domain/time.ts';
import { newId } from '../platform/ids.ts';
import { CustomerRepository } from '../repositories/customers.ts';
import type { MemberEvent } from '../repositories/members.ts';
import { entryEvents, transitionEvents } from './events.ts';
import type { Actor, CommandRunner, MemberChange, MemberView } from './run.ts';
import { fingerprintOf } from './run.ts';

export type UpsertOutcome =
  | {
      readonly ok: true;
      readonly customer: Customer;
      readonly created: boolean;
      /** The new customer's points and tiers; null if the customer was known. */
      readonly standing: { readonly state: MemberState; readonly program: Program } | null;
    }
  | { readonly ok: false; readonly problems: readonly Problem<CustomerUpsertErrorCode>[] };

type Decided = UpsertOutcome | { readonly replayOf: string; readonly created: boolean };

/** Creates the customer with the external id, or changes it. A new customer is judged at once. */
export async function customerUpsert(
  runner: CommandRunner,
  actor: Actor,
  request: CustomerUpsertRequest,
): Promise<UpsertOutcome> {
  // The batch reads the workspace's clock and looks at dates; here it is read only to refuse everything at once.
  if (checkCustomerUpsert(request, NEVER).length > 0) {
    return refused(...checkCustomerUpsert(request, await runner.now(actor.workspaceId)));
  }
  const { idempotencyKey, ...input } = request;
  const decided = await runner.member<Decided>(actor.workspaceId, {
    cause: { requestId: actor.requestId, command: 'customerUpsert', apiKeyId: actor.apiKeyId },
    customer: { externalId: request.externalId },
    idempotency:
      idempotencyKey === null
        ? null
        : { key: idempotencyKey, fingerprint: fingerprintOf({ key: idempotencyKey, operation: 'customerUpsert', input }) },
    reference: null,
    occurredAt: null,
    dryRun: false,
    decide: (view) => decide(view, request),
    replayed: (result) => ({ replayOf: String(result['customerId']), created: result['created'] === true }),
    mismatched: (problem) => ({ ok: false, problems: [problem] }),
  });
  if (!('replayOf' in decided)) return decided;
  actor.replayed?.();
  const [customer] = await new CustomerRepository(runner.database.workspace(actor.workspaceId).db, actor.workspaceId).byIds([decided.replayOf]);
  if (customer === undefined) throw new Error('A customer is never removed.');
  return { ok: true, customer, created: decided.created, standing: null };
}

/** Whether there is a customer with the external id: asked once at start, for the demo workspace. */
export async function customerExists(runner: CommandRunner, workspaceId: string, externalId: string): Promise<boolean> {
  return (await new CustomerRepository(runner.database.workspace(workspaceId).db, workspaceId).byExternalIds([externalId])).length > 0;
}

function decide(
  view: MemberView,
  request: CustomerUpsertRequest,
): { readonly outcome: UpsertOutcome; readonly change: MemberChange | null } {
  const dated = checkJoinedAt(request.joinedAt, view.now);
  if (dated.length > 0) return { outcome: refused(...dated), change: null };
  const known = view.member?.customer ?? null;
  const upserted = upsertCustomer(known, request, newId(), view.now);
  if (!upserted.ok) return { outcome: upserted, change: null };
  const customer = upserted.value;
  const created = known === null;
  const effects = created ? settleNewMember(customer, view) : null;
  const changed = customer !== known;
  const outcome: UpsertOutcome = {
    ok: true,
    customer,
    created,
    standing: effects === null ? null : { state: effects.state, program: view.program },
  };
  const change: MemberChange = {
    customer,
    profile: created ? 'NEW' : changed ? 'CHANGED' : 'SAME',
    effects,
    transaction: null,
    events: changed ? profileEvents(known, customer, effects, view) : [],
    result: { customerId: customer.id, created },
  };
  return { outcome, change };
}

/** A member's time begins when they joined; what follows from that until now is recorded with the profile. */
function settleNewMember(customer: Customer, { program, ids, now }: MemberView): Effects {
  const state = newMember(customer.id, customer.joinedAt, customer.joinedAt);
  return decideSettlement({ state, history: NO_HISTORY }, program, ids, now);
}

const PROFILE_FIELDS = ['email', 'metadata', 'name'] as const;

function profileEvents(
  known: Customer | null,
  customer: Customer,
  effects: Effects | null,
  { program, now }: MemberView,
): MemberEvent[] {
  const { externalId, name, email, metadata, joinedAt, version } = customer;
  const profile: MemberEvent = {
    type: known === null ? 'customer.created' : 'customer.updated',
    customerId: customer.id,
    data: {
      externalId,
      name,
      email,
      metadata,
      joinedAt,
      changedFields: known === null ? [] : PROFILE_FIELDS.filter((field) => JSON.stringify(known[field]) !== JSON.stringify(customer[field])),
      version,
    },
    occurredAt: now,
    recordedAt: now,
  };
  return [profile, ...entryEvents(effects?.entries ?? []), ...transitionEvents(effects?.transitions ?? [], program)];
}

import type { Customer } from '../domain/customers.ts';
import type { RewardMoves } from '../domain/grants.ts';
import { NO_MOVES } from '../domain/grants.ts';
import type { Effects, LedgerEntry, TierTransition } from '../domain/ledger.ts';
import type { Operation, OperationDetails, Refused, TransferIn } from '../domain/operations.ts';
import { checkDetails } from '../domain/operations.ts';
import type { Points } from '../domain/points.ts';
import type { Problem } from '../domain/problem.ts';
import { problem } from '../domain/problem.ts';
import type { Program } from '../domain/program.ts';
import type { Standing } from '../domain/progress.ts';
import type { Instant } from '../domain/time.ts';
import { CustomerRepository } from '../repositories/customers.ts';
import { LedgerRepository } from '../repositories/ledger.ts';
import { OperationRepository } from '../repositories/operations.ts';
import { entryEvents, movedGrantEvents, operationEvents, transitionEvents } from './events.ts';
import type { Actor, CommandRunner, CustomerRef, FoundMember, MemberChange, MemberCommand, MemberView } from './run.ts';
import { fingerprintOf } from './run.ts';

/** How an operation on a member is recorded, whichever it is. Each command says what it names, checks and decides. */

/** What every request carries besides its own. */
export interface OperationRequest extends OperationDetails {
  readonly idempotencyKey: string | null;
  readonly dryRun: boolean;
}

/** What names a recorded object: its id, or the caller's own. */
export type RecordedRef = { readonly id: string } | { readonly source: string; readonly reference: string };

/** A customer whom an operation concerns. */
export interface Party {
  readonly customer: Customer;
  /** Points and tiers after the operation; null if it was recorded before, when they are whatever they are now. */
  readonly standing: Standing | null;
}

export type OperationOutcome<T extends Operation, Code extends string> =
  | {
      readonly ok: true;
      readonly operation: T;
      /** One customer; of a transfer two, the giver first. */
      readonly parties: readonly Party[];
      readonly entries: readonly LedgerEntry[];
      readonly transitions: readonly TierTransition[];
      /** What it did to rewards; null if it was recorded before. */
      readonly moves: RewardMoves | null;
      readonly duplicate: boolean;
      /** The configuration by which it was decided; null if it was recorded before. */
      readonly program: Program | null;
    }
  | {
      readonly ok: false;
      readonly problems: readonly Problem<Code>[];
      /** With INSUFFICIENT_POINTS: what there is. */
      readonly available: Points | null;
    };

/** What one kind of operation has of its own. */
export interface Plan<T extends Operation, Code extends string> {
  /** Of the mutation: a key that was used for another one was used with other input. */
  readonly name: string;
  readonly type: T['type'];
  readonly request: OperationRequest;
  /** What of the request can be written in several ways, in the one by which an idempotency key compares it. */
  readonly canonical?: Readonly<Record<string, unknown>>;
  /** What is wrong with the request apart from its details. */
  readonly problems: readonly Problem<Code>[];
  readonly customer: Named<Code>;
  readonly other?: Named<Code>;
  readonly occurredAt?: Instant | null;
  readonly needsHistory?: boolean;
  /** @param other the member itself where the plan names no other */
  decide(view: MemberView, member: FoundMember, other: FoundMember): Decision<T, Code>;
  /** Types of events that are told of the operation besides its own. */
  alsoTold?(operation: T, member: FoundMember): readonly string[];
  /** Whether what was recorded under the request's reference is what it asks for. What was left out may be anything. */
  isSame(recorded: T, customers: readonly Customer[]): boolean;
}

interface Named<Code extends string> {
  /** Null if what was named cannot be a customer. */
  readonly ref: CustomerRef | null;
  readonly missing: Problem<Code>;
}

type Decision<T extends Operation, Code extends string> =
  | {
      readonly kind: 'RECORDED';
      readonly operation: T;
      readonly effects: Effects;
      readonly moves?: RewardMoves;
      /** Of a transfer, the other side. */
      readonly received?: { readonly operation: TransferIn; readonly effects: Effects };
    }
  | Refused<Code>;

type DetailsCode = ReturnType<typeof checkDetails>[number]['code'];
type RunCode = DetailsCode | 'REFERENCE_MISMATCH' | 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH';

interface RecordedBefore {
  readonly recordedBefore: string;
  /** The customers that a request under the same reference names; null for a repeated key, which stands for the same input. */
  readonly askedFor: readonly Customer[] | null;
}

type Decided<T extends Operation, Code extends string> = OperationOutcome<T, Code | RunCode> | RecordedBefore;

export async function runOperation<T extends Operation, Code extends string>(
  runner: CommandRunner,
  actor: Actor,
  plan: Plan<T, Code>,
): Promise<OperationOutcome<T, Code | RunCode>> {
  const problems: readonly Problem<Code | RunCode>[] = [...plan.problems, ...checkDetails(plan.request)];
  if (problems.length > 0) return refusedFor(problems);
  const customers = plan.other === undefined ? [plan.customer] : [plan.customer, plan.other];
  const [ref, otherRef] = customers.flatMap((customer) => customer.ref ?? []);
  if (ref === undefined || (plan.other !== undefined && otherRef === undefined)) {
    return refusedFor(customers.flatMap((customer) => (customer.ref === null ? customer.missing : [])));
  }
  const { idempotencyKey: key, dryRun, ...input } = plan.request;
  const { source, reference } = plan.request;
  const command: MemberCommand<Decided<T, Code>> = {
    cause: { requestId: actor.requestId, command: plan.name, apiKeyId: actor.apiKeyId },
    customer: ref,
    ...(otherRef === undefined ? {} : { other: otherRef }),
    // A dry run looks whether the key is taken, as the real call would; the batch claims it for writes alone.
    idempotency: key === null ? null : { key, fingerprint: fingerprintOf({ key, operation: plan.name, input: { ...input, ...plan.canonical } }) },
    reference: null,
    ...(reference === null ? {} : { operationReference: { type: plan.type, source, reference } }),
    occurredAt: plan.occurredAt ?? null,
    needsHistory: plan.needsHistory ?? false,
    dryRun,
    decide: (view) => decide(view, plan),
    replayed: (result) => ({ recordedBefore: String(result['operationId']), askedFor: null }),
    mismatched: (mismatch) => refusedFor([mismatch]),
  };
  const decided = await runner.member(actor.workspaceId, command);
  if (!('recordedBefore' in decided)) return decided;
  if (decided.askedFor === null) actor.replayed?.();
  return recordedBefore(runner, actor, plan, decided);
}

function decide<T extends Operation, Code extends string>(
  view: MemberView,
  plan: Plan<T, Code>,
): { readonly outcome: Decided<T, Code>; readonly change: MemberChange | null } {
  const { member, program } = view;
  const other = plan.other === undefined ? member : view.other;
  if (member === null || other === null) {
    const missing = [member === null ? plan.customer.missing : [], plan.other !== undefined && other === null ? plan.other.missing : []];
    return { outcome: refusedFor(missing.flat()), change: null };
  }
  const found = plan.other === undefined ? [member] : [member, other];
  const customers = found.map(({ customer }) => customer);
  if (view.operationId !== null) return { outcome: { recordedBefore: view.operationId, askedFor: customers }, change: null };
  const decision = plan.decide(view, member, other);
  if (decision.kind === 'REFUSED') return { outcome: refusedFor(decision.problems, decision.available), change: null };
  const { operation, effects, received, moves } = decision;
  const operations = received === undefined ? [operation] : [operation, received.operation];
  const all = received === undefined ? [effects] : [effects, received.effects];
  const entries = all.flatMap((each) => each.entries);
  const transitions = all.flatMap((each) => each.transitions);
  const parties = customers.map((customer, index) => ({ customer, standing: { state: (all[index] ?? effects).state, program } }));
  return {
    outcome: { ok: true, operation, parties, entries, transitions, moves: moves ?? NO_MOVES, duplicate: false, program },
    change: {
      customer: member.customer,
      profile: 'SAME',
      effects,
      ...(received === undefined ? {} : { otherEffects: received.effects }),
      transaction: null,
      operations,
      ...(moves === undefined ? {} : { moves }),
      events: [
        ...operationEvents(operations),
        ...(plan.alsoTold?.(operation, member) ?? []).flatMap((type) => operationEvents([operation]).map((event) => ({ ...event, type }))),
        ...entryEvents(entries),
        ...transitionEvents(transitions, program),
        ...(moves === undefined ? [] : movedGrantEvents(moves)),
      ],
      result: { operationId: operation.id },
    },
  };
}

/** The first one's answer; but another operation under its reference is a mistake that must not pass unseen. */
async function recordedBefore<T extends Operation, Code extends string>(
  { database }: CommandRunner,
  { workspaceId }: Actor,
  plan: Plan<T, Code>,
  { recordedBefore: id, askedFor }: RecordedBefore,
): Promise<OperationOutcome<T, Code | RunCode>> {
  const recorded = await new OperationRepository(database.workspace(workspaceId).db, workspaceId).recorded(id);
  const operation = recorded[0] as T | undefined;
  if (operation?.type !== plan.type) throw new Error('A recorded operation is never removed.');
  if (askedFor !== null && !plan.isSame(operation, askedFor)) return refusedFor([REFERENCE_MISMATCH]);
  const repository = new CustomerRepository(database.workspace(workspaceId).db, workspaceId);
  const customerIds = recorded.map(({ customerId }) => customerId);
  const entryIds = recorded.flatMap(({ ledgerEntryIds }) => ledgerEntryIds);
  const customers = new Map((await repository.byIds(customerIds)).map((customer) => [customer.id, customer]));
  const entries = entryIds.length === 0 ? [] : await new LedgerRepository(database.workspace(workspaceId).db, workspaceId).entriesByIds(entryIds);
  return {
    ok: true,
    operation,
    parties: customerIds.flatMap((customerId) => customers.get(customerId) ?? []).map((customer) => ({ customer, standing: null })),
    entries: entries.sort((a, b) => entryIds.indexOf(a.id) - entryIds.indexOf(b.id)),
    transitions: await repository.transitionsOfOperations(customerIds, recorded.map((each) => each.id)),
    moves: null,
    duplicate: askedFor !== null,
    program: null,
  };
}

export function named(ref: CustomerRef | null, field = 'customer'): Named<'CUSTOMER_NOT_FOUND'> {
  return { ref, missing: problem('CUSTOMER_NOT_FOUND', 'There is no such customer.', field) };
}

export function refusedFor<Code extends string>(problems: readonly Problem<Code>[], available: Points | null = null) {
  return { ok: false as const, problems, available };
}

const REFERENCE_MISMATCH: Problem<'REFERENCE_MISMATCH'> = problem(
  'REFERENCE_MISMATCH',
  'The reference was recorded before with other content.',
  'reference',
);

import type { Customer } from '../domain/customers.ts';
import type { Effects, LedgerEntry, TierTransition } from '../domain/ledger.ts';
import { canonicalDecimal } from '../domain/idempotency.ts';
import type { RefundLine } from '../domain/members.ts';
import { currencyDecimals, isDecimal, normalizeAmount } from '../domain/money.ts';
import type {
  ActivityErrorCode,
  Adjustment,
  AdjustmentErrorCode,
  CustomerActivity,
  Operation,
  OperationDetails,
  Refund,
  RefundErrorCode,
  Refused,
  Spend,
  SpendErrorCode,
  SpendReversal,
  SpendReversalErrorCode,
  TransferErrorCode,
  TransferIn,
  TransferOut,
} from '../domain/operations.ts';
import {
  checkActivityType,
  checkAdjustedPoints,
  checkDetails,
  checkPoints,
  decideActivity,
  decideAdjustment,
  decideRefund,
  decideSpend,
  decideSpendReversal,
  decideTransfer,
} from '../domain/operations.ts';
import type { Points } from '../domain/points.ts';
import type { Problem } from '../domain/problem.ts';
import { problem } from '../domain/problem.ts';
import type { Program } from '../domain/program.ts';
import type { Standing } from '../domain/progress.ts';
import type { Transaction } from '../domain/purchases.ts';
import type { Instant } from '../domain/time.ts';
import { CustomerRepository } from '../repositories/customers.ts';
import { LedgerRepository } from '../repositories/ledger.ts';
import { OperationRepository } from '../repositories/operations.ts';
import { entryEvents, operationEvents, transitionEvents } from './events.ts';
import type { Actor, CommandRunner, CustomerRef, FoundMember, MemberChange, MemberCommand, MemberView } from './run.ts';
import { fingerprintOf } from './run.ts';

/** Operations on points. Each command says what it names, checks and decides; how it is run is the same for all. */

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

export interface SpendRequest extends OperationRequest {
  readonly customer: CustomerRef | null;
  readonly points: Points;
  /** Null: the active card definition that was created first. */
  readonly cardDefinitionId: string | null;
}

/** Spends points, or with `dryRun` answers what spending them would do, as all of these commands. */
export function spend(runner: CommandRunner, actor: Actor, request: SpendRequest): Promise<OperationOutcome<Spend, SpendErrorCode>> {
  return run<Spend, SpendErrorCode>(runner, actor, {
    name: 'spend',
    type: 'SPEND',
    request,
    problems: checkPoints(request.points),
    customer: named(request.customer),
    decide: ({ program, ids, now }, member) => decideSpend(member, request, program, ids, now),
    isSame: (recorded, [customer]) =>
      recorded.customerId === customer?.id && recorded.points === request.points && isSameCard(recorded, request),
  });
}

export interface SpendReverseRequest extends OperationRequest {
  readonly spend: RecordedRef | null;
  /** Null: all that was not given back yet. */
  readonly points: Points | null;
}

export async function spendReverse(
  runner: CommandRunner,
  actor: Actor,
  request: SpendReverseRequest,
): Promise<OperationOutcome<SpendReversal, SpendReversalErrorCode>> {
  const missing = problem('SPEND_NOT_FOUND', 'There is no such spend.', 'spend');
  const checks = [...(request.points === null ? [] : checkPoints(request.points)), ...checkDetails(request)];
  if (checks.length > 0) return refusedFor(checks);
  const found = request.spend === null ? null : await findSpend(runner, actor, request.spend);
  if (found === null) return refusedFor([missing]);
  return run<SpendReversal, SpendReversalErrorCode>(runner, actor, {
    name: 'spendReverse',
    type: 'SPEND_REVERSAL',
    request,
    problems: [],
    customer: { ref: { id: found.customerId }, missing },
    needsHistory: true,
    decide: ({ program, ids, now }, member) => decideSpendReversal(member, { ...request, spend: found }, program, ids, now),
    isSame: (recorded) => recorded.spendId === found.id && (request.points === null || recorded.points === request.points),
  });
}

export interface RefundRequest extends OperationRequest {
  readonly transaction: RecordedRef | null;
  /** Null: the sum of the lines, or all that was not given back yet if there are no lines either. */
  readonly amount: string | null;
  readonly lines: readonly RefundLine[];
}

export async function refund(
  runner: CommandRunner,
  actor: Actor,
  request: RefundRequest,
): Promise<OperationOutcome<Refund, RefundErrorCode>> {
  const missing = problem('TRANSACTION_NOT_FOUND', 'There is no such purchase.', 'transaction');
  const checks = checkDetails(request);
  if (checks.length > 0) return refusedFor(checks);
  const found = request.transaction === null ? null : await findTransaction(runner, actor, request.transaction);
  if (found === null) return refusedFor([missing]);
  return run<Refund, RefundErrorCode>(runner, actor, {
    name: 'refund',
    type: 'REFUND',
    request,
    canonical: {
      amount: request.amount === null ? null : canonicalDecimal(request.amount),
      lines: request.lines.map(({ index, amount }) => ({ index, amount: canonicalDecimal(amount) })),
    },
    problems: [],
    customer: { ref: { id: found.customerId }, missing },
    needsHistory: true,
    decide: ({ program, ids, now }, member) => decideRefund(member, { ...request, transaction: found }, program, ids, now),
    isSame: (recorded) => recorded.transactionId === found.id && isSameMoney(recorded, request),
  });
}

export interface AdjustmentRequest extends SpendRequest {
  readonly qualifying: boolean;
}

export function pointsAdjust(
  runner: CommandRunner,
  actor: Actor,
  request: AdjustmentRequest,
): Promise<OperationOutcome<Adjustment, AdjustmentErrorCode>> {
  return run<Adjustment, AdjustmentErrorCode>(runner, actor, {
    name: 'pointsAdjust',
    type: 'ADJUSTMENT',
    request,
    problems: checkAdjustedPoints(request.points),
    customer: named(request.customer),
    decide: ({ program, ids, now }, member) => decideAdjustment(member, request, program, ids, now),
    isSame: (recorded, [customer]) =>
      recorded.customerId === customer?.id &&
      recorded.points === request.points &&
      recorded.qualifying === request.qualifying &&
      isSameCard(recorded, request),
  });
}

export interface TransferRequest extends OperationRequest {
  readonly from: CustomerRef | null;
  readonly to: CustomerRef | null;
  readonly points: Points;
  readonly cardDefinitionId: string | null;
}

export function pointsTransfer(
  runner: CommandRunner,
  actor: Actor,
  request: TransferRequest,
): Promise<OperationOutcome<TransferOut, TransferErrorCode>> {
  return run<TransferOut, TransferErrorCode>(runner, actor, {
    name: 'pointsTransfer',
    type: 'TRANSFER_OUT',
    request,
    problems: checkPoints(request.points),
    customer: named(request.from, 'from'),
    other: named(request.to, 'to'),
    decide({ program, ids, now }, from, to) {
      const decision = decideTransfer(from, to, request, program, ids, now);
      if (decision.kind === 'REFUSED') return decision;
      const { out, in: received, fromEffects, toEffects } = decision;
      return { kind: 'RECORDED', operation: out, effects: fromEffects, received: { operation: received, effects: toEffects } };
    },
    isSame: (recorded, [from, to]) =>
      recorded.customerId === from?.id &&
      recorded.toCustomerId === to?.id &&
      recorded.points === request.points &&
      isSameCard(recorded, request),
  });
}

export interface ActivityRequest extends OperationRequest {
  readonly customer: CustomerRef | null;
  readonly activityType: string;
  /** Null means now. */
  readonly occurredAt: Instant | null;
}

export function activityRecord(
  runner: CommandRunner,
  actor: Actor,
  request: ActivityRequest,
): Promise<OperationOutcome<CustomerActivity, ActivityErrorCode>> {
  return run<CustomerActivity, ActivityErrorCode>(runner, actor, {
    name: 'activityRecord',
    type: 'ACTIVITY',
    request,
    problems: checkActivityType(request.activityType),
    customer: named(request.customer),
    occurredAt: request.occurredAt,
    decide: ({ program, ids, now }, member) => decideActivity(member, request, program, ids, now),
    isSame: (recorded, [customer]) => recorded.customerId === customer?.id && recorded.activityType === request.activityType,
  });
}

/** What one kind of operation has of its own. */
interface Plan<T extends Operation, Code extends string> {
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

async function run<T extends Operation, Code extends string>(
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
  const { operation, effects, received } = decision;
  const operations = received === undefined ? [operation] : [operation, received.operation];
  const all = received === undefined ? [effects] : [effects, received.effects];
  const entries = all.flatMap((each) => each.entries);
  const transitions = all.flatMap((each) => each.transitions);
  const parties = customers.map((customer, index) => ({ customer, standing: { state: (all[index] ?? effects).state, program } }));
  return {
    outcome: { ok: true, operation, parties, entries, transitions, duplicate: false, program },
    change: {
      customer: member.customer,
      profile: 'SAME',
      effects,
      ...(received === undefined ? {} : { otherEffects: received.effects }),
      transaction: null,
      operations,
      events: [
        ...operationEvents(operations),
        ...entryEvents(entries),
        ...transitionEvents(transitions, program),
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
    duplicate: askedFor !== null,
    program: null,
  };
}

async function findSpend({ database }: CommandRunner, { workspaceId }: Actor, ref: RecordedRef): Promise<Spend | null> {
  const repository = new OperationRepository(database.workspace(workspaceId).db, workspaceId);
  return 'id' in ref ? repository.spendById(ref.id) : repository.spendByReference(ref);
}

async function findTransaction({ database }: CommandRunner, { workspaceId }: Actor, ref: RecordedRef): Promise<Transaction | null> {
  const repository = new LedgerRepository(database.workspace(workspaceId).db, workspaceId);
  const [found] = 'id' in ref ? await repository.transactionsByIds([ref.id]) : await repository.transactionsByReferences([ref]);
  return found ?? null;
}

function named(ref: CustomerRef | null, field = 'customer'): Named<'CUSTOMER_NOT_FOUND'> {
  return { ref, missing: problem('CUSTOMER_NOT_FOUND', 'There is no such customer.', field) };
}

type OnCard = Pick<SpendRequest, 'cardDefinitionId'>;

function isSameCard(recorded: OnCard, { cardDefinitionId }: OnCard): boolean {
  return cardDefinitionId === null || recorded.cardDefinitionId === cardDefinitionId;
}

function isSameMoney(recorded: Refund, { amount, lines }: RefundRequest): boolean {
  const decimals = currencyDecimals(recorded.currency) ?? 0;
  const isSame = (asked: string, known: string) => isDecimal(asked, decimals) && normalizeAmount(asked, decimals) === known;
  if (amount !== null && !isSame(amount, recorded.amount)) return false;
  if (amount === null && lines.length === 0) return true;
  return (
    lines.length === recorded.lines.length &&
    lines.every((line) => recorded.lines.some((known) => known.index === line.index && isSame(line.amount, known.amount)))
  );
}

function refusedFor<Code extends string>(problems: readonly Problem<Code>[], available: Points | null = null) {
  return { ok: false as const, problems, available };
}

const REFERENCE_MISMATCH: Problem<'REFERENCE_MISMATCH'> = problem(
  'REFERENCE_MISMATCH',
  'The reference was recorded before with other content.',
  'reference',
);

import { canonicalDecimal } from '../domain/idempotency.ts';
import type { RefundLine } from '../domain/members.ts';
import { currencyDecimals, isDecimal, normalizeAmount } from '../domain/money.ts';
import type {
  ActivityErrorCode,
  Adjustment,
  AdjustmentErrorCode,
  CustomerActivity,
  Refund,
  RefundErrorCode,
  Spend,
  SpendErrorCode,
  SpendReversal,
  SpendReversalErrorCode,
  TransferErrorCode,
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
  isRefundedWhole,
} from '../domain/operations.ts';
import type { Points } from '../domain/points.ts';
import { problem } from '../domain/problem.ts';
import type { Transaction } from '../domain/purchases.ts';
import type { Instant } from '../domain/time.ts';
import { LedgerRepository } from '../repositories/ledger.ts';
import { OperationRepository } from '../repositories/operations.ts';
import type { OperationOutcome, OperationRequest, RecordedRef } from './recording.ts';
import { named, refusedFor, runOperation } from './recording.ts';
import type { Actor, CommandRunner, CustomerRef } from './run.ts';

/** Operations on points. Each command says what it names, checks and decides; how it is run is the same for all. */

export interface SpendRequest extends OperationRequest {
  readonly customer: CustomerRef | null;
  readonly points: Points;
  /** Null: the active card definition that was created first. */
  readonly cardDefinitionId: string | null;
}

/** Spends points, or with `dryRun` answers what spending them would do, as all of these commands. */
export function spend(runner: CommandRunner, actor: Actor, request: SpendRequest): Promise<OperationOutcome<Spend, SpendErrorCode>> {
  return runOperation<Spend, SpendErrorCode>(runner, actor, {
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
  return runOperation<SpendReversal, SpendReversalErrorCode>(runner, actor, {
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
  return runOperation<Refund, RefundErrorCode>(runner, actor, {
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
    decide: ({ program, ids, now, shelf }, member) => decideRefund(member, { ...request, transaction: found }, program, ids, now, shelf),
    alsoTold: (refunded, { history }) => [isRefundedWhole(found, history, refunded) ? 'transaction.refunded' : 'transaction.partially_refunded'],
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
  return runOperation<Adjustment, AdjustmentErrorCode>(runner, actor, {
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
  return runOperation<TransferOut, TransferErrorCode>(runner, actor, {
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
  return runOperation<CustomerActivity, ActivityErrorCode>(runner, actor, {
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

async function findSpend({ database }: CommandRunner, { workspaceId }: Actor, ref: RecordedRef): Promise<Spend | null> {
  const repository = new OperationRepository(database.workspace(workspaceId).db, workspaceId);
  return 'id' in ref ? repository.spendById(ref.id) : repository.spendByReference(ref);
}

async function findTransaction({ database }: CommandRunner, { workspaceId }: Actor, ref: RecordedRef): Promise<Transaction | null> {
  const repository = new LedgerRepository(database.workspace(workspaceId).db, workspaceId);
  const [found] = 'id' in ref ? await repository.transactionsByIds([ref.id]) : await repository.transactionsByReferences([ref]);
  return found ?? null;
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


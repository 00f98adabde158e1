import type { Purchase } from './earning.ts';
import { pointsFor } from './earning.ts';
import type { RewardMoves, RewardShelf } from './grants.ts';
import { NO_SHELF, decideRevocations } from './grants.ts';
import type { Effects, IdSource, Member, Place } from './ledger.ts';
import { completePlace, isInRange, placeFact, record } from './ledger.ts';
import type { Deduction, MemberHistory, RedemptionCancellationFact, RefundFact, RefundLine, SpendReversalFact } from './members.ts';
import { currencyDecimals, isDecimal, normalizeAmount } from './money.ts';
import type { Allocation, Points } from './points.ts';
import { POINTS_MAX, POINTS_MIN, expiryOf } from './points.ts';
import type { Checked, Problem } from './problem.ts';
import { checkIdempotencyKey, checkMetadata, checked, isText, problem, refused } from './problem.ts';
import type { Program } from './program.ts';
import { firstCardDefinition } from './program.ts';
import type { Award, Transaction } from './purchases.ts';
import { checkOccurredAt } from './purchases.ts';
import type { Instant } from './time.ts';
import { NEVER } from './time.ts';
import type { RefundEffect } from './timeline.ts';

/**
 * Operations: whatever is done to a member's points besides purchases. Each is a pure decision that a dry
 * run and the real write share.
 */

export const REASON_MAX_LENGTH = 500;

export type OperationErrorCode =
  | 'CUSTOMER_NOT_FOUND'
  | 'INVALID_CARD_DEFINITION'
  | 'INVALID_POINTS'
  | 'INVALID_REASON'
  | 'INVALID_REFERENCE'
  | 'INVALID_METADATA'
  | 'REFERENCE_MISMATCH'
  | 'INSUFFICIENT_POINTS'
  | 'POINTS_OUT_OF_RANGE'
  | 'INVALID_IDEMPOTENCY_KEY'
  | 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH';

export type SpendErrorCode = OperationErrorCode;

export type SpendReversalErrorCode =
  | Exclude<OperationErrorCode, 'CUSTOMER_NOT_FOUND' | 'INSUFFICIENT_POINTS' | 'INVALID_CARD_DEFINITION'>
  | 'SPEND_NOT_FOUND'
  | 'ALREADY_REVERSED'
  | 'REVERSAL_EXCEEDS_SPEND';

export type RefundErrorCode =
  | Exclude<OperationErrorCode, 'CUSTOMER_NOT_FOUND' | 'INSUFFICIENT_POINTS' | 'INVALID_CARD_DEFINITION' | 'INVALID_POINTS'>
  | 'TRANSACTION_NOT_FOUND'
  | 'INVALID_AMOUNT'
  | 'INVALID_LINES'
  | 'REFUND_EXCEEDS_TRANSACTION';

export type AdjustmentErrorCode = OperationErrorCode;

export type TransferErrorCode = OperationErrorCode | 'SAME_CUSTOMER';

export type ActivityErrorCode =
  | Exclude<OperationErrorCode, 'INSUFFICIENT_POINTS' | 'INVALID_CARD_DEFINITION' | 'INVALID_POINTS' | 'POINTS_OUT_OF_RANGE'>
  | 'INVALID_ACTIVITY_TYPE'
  | 'DATE_IN_FUTURE'
  | 'DATE_TOO_OLD';

/** What every operation carries besides its own. */
export interface OperationDetails {
  readonly source: string;
  readonly reference: string | null;
  /** Why it was done, in the caller's words. */
  readonly reason: string | null;
  readonly metadata: Readonly<Record<string, unknown>>;
}

interface OperationBase extends OperationDetails {
  readonly id: string;
  readonly customerId: string;
  readonly sequence: number;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
}

export interface Spend extends OperationBase {
  readonly type: 'SPEND';
  readonly cardDefinitionId: string;
  readonly points: Points;
  /** Which lots were consumed, in order, when the spend was recorded. */
  readonly allocations: readonly Allocation[];
}

/** Points exchanged for a reward, or a grant of one used. What became of it since is in its `RedemptionState`. */
export interface Redemption extends OperationBase {
  readonly type: 'REDEMPTION';
  readonly rewardId: string;
  /** The grant that was used; null if it was paid for with points. */
  readonly grantId: string | null;
  readonly cardDefinitionId: string;
  /** 0 with a grant. */
  readonly points: Points;
  readonly allocations: readonly Allocation[];
  /** The language of its receipt, as it was asked for. */
  readonly locale: string | null;
  /** The first instant at which its proof is not valid any more. */
  readonly proofExpiresAt: Instant;
}

export interface RedemptionCancellation extends OperationBase {
  readonly type: 'REDEMPTION_CANCELLATION';
  readonly cardDefinitionId: string;
  readonly redemptionId: string;
  readonly rewardId: string;
  /** Points returned: all that it cost. */
  readonly points: Points;
  /** Of them, those that had expired meanwhile and are gone at once. */
  readonly expired: Points;
}

export interface SpendReversal extends OperationBase {
  readonly type: 'SPEND_REVERSAL';
  readonly cardDefinitionId: string;
  readonly spendId: string;
  /** Points returned. */
  readonly points: Points;
  /** Of them, those that had expired meanwhile and are gone at once. */
  readonly expired: Points;
}

export interface Refund extends OperationBase {
  readonly type: 'REFUND';
  readonly transactionId: string;
  readonly amount: string;
  readonly currency: string;
  readonly lines: readonly RefundLine[];
  readonly deductions: readonly Deduction[];
  /** What became of the deductions when the refund was recorded. */
  readonly effect: RefundEffect;
}

export interface Adjustment extends OperationBase {
  readonly type: 'ADJUSTMENT';
  readonly cardDefinitionId: string;
  readonly points: Points;
  readonly qualifying: boolean;
  readonly expiresAt: Instant;
  readonly sliding: boolean;
}

export interface TransferOut extends OperationBase {
  readonly type: 'TRANSFER_OUT';
  readonly cardDefinitionId: string;
  readonly points: Points;
  readonly toCustomerId: string;
  readonly allocations: readonly Allocation[];
}

export interface TransferIn extends OperationBase {
  readonly type: 'TRANSFER_IN';
  readonly cardDefinitionId: string;
  readonly points: Points;
  readonly fromCustomerId: string;
  readonly transferId: string;
  readonly allocations: readonly Allocation[];
}

export interface CustomerActivity extends OperationBase {
  readonly type: 'ACTIVITY';
  readonly activityType: string;
}

export type Operation =
  | Spend
  | SpendReversal
  | Refund
  | Adjustment
  | TransferOut
  | TransferIn
  | CustomerActivity
  | Redemption
  | RedemptionCancellation;

export type OperationDecision<T extends Operation, Code extends string> =
  | { readonly kind: 'RECORDED'; readonly operation: T; readonly effects: Effects; readonly moves?: RewardMoves }
  | Refused<Code>;

export interface Refused<Code extends string> {
  readonly kind: 'REFUSED';
  readonly problems: readonly Problem<Code>[];
  /** With INSUFFICIENT_POINTS: what there is. */
  readonly available?: Points;
}

/** Checks what every operation carries. */
export function checkDetails(
  { source, reference, reason, metadata, idempotencyKey }: OperationDetails & { readonly idempotencyKey: string | null },
): Problem<'INVALID_REFERENCE' | 'INVALID_REASON' | 'INVALID_METADATA' | 'INVALID_IDEMPOTENCY_KEY'>[] {
  const problems: Problem<'INVALID_REFERENCE' | 'INVALID_REASON' | 'INVALID_METADATA' | 'INVALID_IDEMPOTENCY_KEY'>[] = [];
  if (!isText(source)) problems.push(problem('INVALID_REFERENCE', 'A source has 1 to 200 characters.', 'source'));
  if (reference !== null && !isText(reference)) {
    problems.push(problem('INVALID_REFERENCE', 'A reference has 1 to 200 characters.', 'reference'));
  }
  if (reason !== null && !isText(reason, REASON_MAX_LENGTH)) {
    problems.push(problem('INVALID_REASON', `A reason has 1 to ${REASON_MAX_LENGTH} characters.`, 'reason'));
  }
  return [...problems, ...checkMetadata(metadata, 'metadata'), ...checkIdempotencyKey(idempotencyKey)];
}

/** Checks a number of points that must be greater than 0. */
export function checkPoints(points: Points): Problem<'INVALID_POINTS'>[] {
  if (points > 0n && points <= POINTS_MAX) return [];
  return [problem('INVALID_POINTS', `Points are from 1 to ${POINTS_MAX}.`, 'points')];
}

/** Checks the points of an adjustment, which go up or down. */
export function checkAdjustedPoints(points: Points): Problem<'INVALID_POINTS'>[] {
  if (points !== 0n && points > POINTS_MIN && points <= POINTS_MAX) return [];
  return [problem('INVALID_POINTS', 'Points are a whole number in 64 bits, not 0.', 'points')];
}

export function checkActivityType(activityType: string): Problem<'INVALID_ACTIVITY_TYPE'>[] {
  if (isText(activityType)) return [];
  return [problem('INVALID_ACTIVITY_TYPE', 'A type has 1 to 200 characters.', 'type')];
}

/** The card definition that a caller named, or the one that stands for all if none was named; null if there is none. */
export function chooseCardDefinition(program: Program, named: string | null | undefined): string | null {
  if (typeof named === 'string') {
    const status = program.cardDefinitions.get(named)?.status ?? 'DRAFT';
    // A draft may still change how points expire, so there can be none on it.
    return status === 'DRAFT' ? null : named;
  }
  return firstCardDefinition(program)?.id ?? null;
}

const NO_CARD_DEFINITION = problem('INVALID_CARD_DEFINITION', 'There is no such card definition.', 'cardDefinitionId');

export interface SpendCommand extends OperationDetails {
  /** Undefined or null: the active card definition that was created first. */
  readonly cardDefinitionId: string | null | undefined;
  readonly points: Points;
}

/** Takes points from the lots that expire first, if there are enough. */
export function decideSpend(
  member: Member,
  command: SpendCommand,
  program: Program,
  ids: IdSource,
  now: Instant,
): OperationDecision<Spend, SpendErrorCode> {
  const cardDefinitionId = chooseCardDefinition(program, command.cardDefinitionId);
  if (cardDefinitionId === null) return refusal(NO_CARD_DEFINITION);
  const place = placeFact(member, null, program, now);
  const available = availableOn(place, cardDefinitionId);
  if (command.points > available) return insufficient(available);
  const base = { ...detailsOf(command), ...identify(member, place, ids), cardDefinitionId, points: command.points };
  const fact = { ...base, type: 'SPEND' as const };
  place.timeline.apply(fact);
  const allocations = place.timeline.allocations.get(base.id) ?? [];
  return finish(member, place, { ...fact, allocations }, program, ids);
}

export interface SpendReversalCommand extends OperationDetails {
  readonly spend: Spend;
  /** Null: all that was not reversed yet. */
  readonly points: Points | null;
}

/** Returns the points of a spend to the lots that they came from. What expired meanwhile expires at once. */
export function decideSpendReversal(
  member: Member,
  command: SpendReversalCommand,
  program: Program,
  ids: IdSource,
  now: Instant,
): OperationDecision<SpendReversal, SpendReversalErrorCode> {
  const { spend } = command;
  const place = placeFact(member, null, program, now, true);
  const left = spend.points - place.timeline.reversed(spend.id);
  if (left === 0n) return refusal(problem('ALREADY_REVERSED', 'The spend has been reversed as a whole.', 'spend'));
  const points = command.points ?? left;
  if (points > left) return refusal(problem('REVERSAL_EXCEEDS_SPEND', `Of the spend, ${left} points are left to reverse.`, 'points'));
  const { cardDefinitionId, id: spendId } = spend;
  const fact = { ...detailsOf(command), ...identify(member, place, ids), type: 'SPEND_REVERSAL' as const, cardDefinitionId, spendId, points };
  const expired = applyReturn(place, fact);
  return finish(member, place, { ...fact, expired }, program, ids);
}

/** Lets points return. @returns of them, those that are gone at once */
export function applyReturn({ timeline }: Place, fact: SpendReversalFact | RedemptionCancellationFact): Points {
  const before = timeline.effects.length;
  timeline.apply(fact);
  // Everything else that was due by now has expired before.
  const gone = timeline.effects.slice(before).filter(({ type }) => type === 'EXPIRATION');
  return gone.reduce((sum, effect) => sum - effect.points, 0n);
}

export interface RefundCommand extends OperationDetails {
  readonly transaction: Transaction;
  /** Null: the sum of the lines, or all that is left if there are no lines either. */
  readonly amount: string | null;
  readonly lines: readonly RefundLine[];
}

/**
 * Takes back what a purchase gave for the money that is given back. What to keep is computed anew on the
 * net spend, so that many small refunds take as much as one.
 */
export function decideRefund(
  member: Member,
  command: RefundCommand,
  program: Program,
  ids: IdSource,
  now: Instant,
  shelf: RewardShelf = NO_SHELF,
): OperationDecision<Refund, RefundErrorCode> {
  const { transaction } = command;
  const earlier = refundsOf(transaction, member.history);
  const asked = checkRefund(command, earlier);
  if (!asked.ok) return { kind: 'REFUSED', problems: asked.problems };
  const place = placeFact(member, null, program, now, true);
  const fact = {
    ...detailsOf(command),
    ...identify(member, place, ids),
    type: 'REFUND' as const,
    transactionId: transaction.id,
    ...asked.value,
    currency: transaction.currency,
    deductions: deductionsOf(transaction, earlier, asked.value, program),
  };
  place.timeline.apply(fact);
  const effect = place.timeline.refunds.get(fact.id) ?? NO_EFFECT;
  const decided = finish(member, place, { ...fact, effect }, program, ids, 'amount');
  if (decided.kind === 'REFUSED' || program.rewards.size === 0) return decided;
  const isWhole = isRefundedWhole(transaction, member.history, fact);
  const { state } = decided.effects;
  const { rewardProgress, moves } = decideRevocations(state.rewardProgress, transaction, { ...fact, isWhole }, program, shelf);
  return { ...decided, effects: { ...decided.effects, state: { ...state, rewardProgress } }, moves };
}

/** Whether nothing is left of the purchase with the refund. */
export function isRefundedWhole(transaction: Transaction, history: MemberHistory, refund: Refunded): boolean {
  const net = netOf(transaction, [...refundsOf(transaction, history), refund]);
  return minorOf(net.amount, currencyDecimals(transaction.currency) ?? 0) === 0n;
}

function refundsOf({ id }: Transaction, { facts }: MemberHistory): RefundFact[] {
  return facts.filter((fact): fact is RefundFact => fact.type === 'REFUND' && fact.transactionId === id);
}

const NO_EFFECT: RefundEffect = { cancelled: 0n, applied: 0n, expired: 0n, shortfall: 0n };

type Refunded = Pick<RefundFact, 'amount' | 'lines'>;

function checkRefund(command: RefundCommand, earlier: readonly Refunded[]): Checked<Refunded, RefundErrorCode> {
  const { transaction, lines, amount: asked } = command;
  const decimals = currencyDecimals(transaction.currency) ?? 0;
  const minor = (text: string) => minorOf(text, decimals);
  if (lines.length > transaction.lines.length) {
    return refused(problem('INVALID_LINES', `The purchase has ${transaction.lines.length} lines.`, 'lines'));
  }
  const problems = lines.flatMap(({ index, amount }, position): Problem<RefundErrorCode>[] => {
    if (!Number.isInteger(index) || index < 0 || index >= transaction.lines.length || lines.findIndex((line) => line.index === index) !== position) {
      return [problem('INVALID_LINES', 'Each line is one of the purchase and is named once.', 'lines', position, 'index')];
    }
    if (isDecimal(amount, decimals) && minor(amount) > 0n) return [];
    return [problem('INVALID_AMOUNT', 'An amount is a decimal number greater than 0 in the precision of the currency.', 'lines', position, 'amount')];
  });
  if (asked !== null && !(isDecimal(asked, decimals) && minor(asked) > 0n)) {
    problems.push(problem('INVALID_AMOUNT', 'An amount is a decimal number greater than 0 in the precision of the currency.', 'amount'));
  }
  if (problems.length > 0) return refused(...problems);
  const paid = minor(transaction.amount);
  const left = paid - earlier.reduce((sum, { amount }) => sum + minor(amount), 0n);
  const ofLines = lines.reduce((sum, { amount }) => sum + minor(amount), 0n);
  const amount = asked !== null ? minor(asked) : lines.length > 0 ? ofLines : left;
  if (asked !== null && lines.length > 0 && amount !== ofLines) {
    return refused(problem('INVALID_LINES', 'The lines do not add up to the amount.', 'lines'));
  }
  const excess = amount > left || amount === 0n;
  if (excess) {
    const message = `Of the purchase, ${normalizeAmount(decimalOf(left, decimals), decimals)} ${transaction.currency} are left to refund.`;
    const field = asked !== null ? 'amount' : lines.length > 0 ? 'lines' : 'transaction';
    return refused(problem('REFUND_EXCEEDS_TRANSACTION', message, field));
  }
  for (const [position, line] of lines.entries()) {
    const before = earlier.flatMap((refund) => refund.lines).filter(({ index }) => index === line.index);
    const leftOfLine = minor(transaction.lines[line.index]?.amount ?? '0') - before.reduce((sum, other) => sum + minor(other.amount), 0n);
    if (minor(line.amount) <= leftOfLine) continue;
    const message = `Of the line, ${decimalOf(leftOfLine, decimals)} ${transaction.currency} are left to refund.`;
    return refused(problem('REFUND_EXCEEDS_TRANSACTION', message, 'lines', position, 'amount'));
  }
  const normal = lines.map((line) => ({ index: line.index, amount: normalizeAmount(line.amount, decimals) }));
  return checked({ amount: normalizeAmount(decimalOf(amount, decimals), decimals), lines: normal });
}

/** What each award is too large by, now that the refund is added to those before it. */
function deductionsOf(transaction: Transaction, earlier: readonly Refunded[], added: Refunded, program: Program): Deduction[] {
  const before = netOf(transaction, earlier);
  const after = netOf(transaction, [...earlier, added]);
  return transaction.awards.flatMap((award): Deduction[] => {
    const { cardDefinitionId, earnRuleVersionId } = award;
    const deducted = keptOf(award, before, program) - keptOf(award, after, program);
    return deducted > 0n ? [{ cardDefinitionId, earnRuleVersionId, points: deducted }] : [];
  });
}

/** What is kept of an award for what is left of its purchase. */
export function keptOf({ earnRuleVersionId, points, multiplier }: Award, net: NetPurchase, program: Program): Points {
  const version = program.earnRuleVersions.get(earnRuleVersionId);
  if (version === undefined) throw new Error('A published version is never removed.');
  const computed = pointsFor(version, net, multiplier) ?? 0n;
  return computed < points ? computed : points;
}

type NetPurchase = Pick<Purchase, 'amount' | 'currency' | 'lines'>;

/**
 * What is left of a purchase. Money that was refunded without saying of which line is taken from the last
 * lines, so that what is left depends on how much was refunded and not on how it was sliced.
 */
export function netOf(transaction: Transaction, refunds: readonly Refunded[]): NetPurchase {
  const decimals = currencyDecimals(transaction.currency) ?? 0;
  const minor = (text: string) => minorOf(text, decimals);
  const refunded = refunds.reduce((sum, { amount }) => sum + minor(amount), 0n);
  const ofLines = refunds.flatMap(({ lines }) => lines);
  let unassigned = refunded - ofLines.reduce((sum, { amount }) => sum + minor(amount), 0n);
  const lines = transaction.lines.map((line, position) => {
    const own = ofLines.filter(({ index }) => index === position).reduce((sum, { amount }) => sum + minor(amount), 0n);
    return { ...line, left: minor(line.amount) - own };
  });
  for (const line of lines.toReversed()) {
    const taken = line.left < unassigned ? line.left : unassigned;
    line.left -= taken;
    unassigned -= taken;
  }
  return {
    amount: decimalOf(minor(transaction.amount) - refunded, decimals),
    currency: transaction.currency,
    lines: lines.map(({ left, ...line }) => ({ ...line, amount: decimalOf(left, decimals) })),
  };
}

export interface AdjustmentCommand extends OperationDetails {
  readonly cardDefinitionId: string | null | undefined;
  /** Positive or negative, not 0. */
  readonly points: Points;
  readonly qualifying: boolean;
}

/** Gives or takes points by hand. It never takes more than there is. */
export function decideAdjustment(
  member: Member,
  command: AdjustmentCommand,
  program: Program,
  ids: IdSource,
  now: Instant,
): OperationDecision<Adjustment, AdjustmentErrorCode> {
  const cardDefinitionId = chooseCardDefinition(program, command.cardDefinitionId);
  const definition = program.cardDefinitions.get(cardDefinitionId ?? '');
  if (cardDefinitionId === null || definition === undefined) return refusal(NO_CARD_DEFINITION);
  const place = placeFact(member, null, program, now);
  const available = availableOn(place, cardDefinitionId);
  if (-command.points > available) return insufficient(available);
  const { points, qualifying } = command;
  const expiresAt = points > 0n ? expiryOf(definition.expiration, place.occurredAt, program.calendar) : NEVER;
  const sliding = points > 0n && definition.expiration.type === 'SLIDING';
  const common = { ...detailsOf(command), ...identify(member, place, ids), type: 'ADJUSTMENT' as const };
  const operation = { ...common, cardDefinitionId, points, qualifying, expiresAt, sliding };
  place.timeline.apply(operation);
  return finish(member, place, operation, program, ids);
}

export interface TransferCommand extends OperationDetails {
  readonly cardDefinitionId: string | null | undefined;
  readonly points: Points;
}

export type TransferDecision =
  | {
      readonly kind: 'RECORDED';
      readonly out: TransferOut;
      readonly in: TransferIn;
      readonly fromEffects: Effects;
      readonly toEffects: Effects;
    }
  | Refused<TransferErrorCode>;

/** Moves points from one customer to another; they keep the day on which they expire. */
export function decideTransfer(
  from: Member,
  to: Member,
  command: TransferCommand,
  program: Program,
  ids: IdSource,
  now: Instant,
): TransferDecision {
  if (from.state.customerId === to.state.customerId) {
    return refusal(problem('SAME_CUSTOMER', 'Points are transferred to another customer.', 'to'));
  }
  const cardDefinitionId = chooseCardDefinition(program, command.cardDefinitionId);
  if (cardDefinitionId === null) return refusal(NO_CARD_DEFINITION);
  // Both sides happen at one instant, which neither has passed yet.
  const at = Math.max(now, from.state.settledAt, to.state.settledAt);
  const source = placeFact(from, null, program, at);
  const available = availableOn(source, cardDefinitionId);
  if (command.points > available) return insufficient(available);
  const { points } = command;
  const details = detailsOf(command);
  const outFact = { ...details, ...identify(from, source, ids), type: 'TRANSFER_OUT' as const, cardDefinitionId, points };
  source.timeline.apply(outFact);
  const allocations = source.timeline.allocations.get(outFact.id) ?? [];
  const out = { ...outFact, toCustomerId: to.state.customerId, allocations };
  const sent = finish(from, source, out, program, ids);
  const target = placeFact(to, null, program, at);
  const received = {
    ...details,
    ...identify(to, target, ids),
    type: 'TRANSFER_IN' as const,
    cardDefinitionId,
    points,
    fromCustomerId: from.state.customerId,
    transferId: out.id,
    allocations,
  };
  target.timeline.apply(received);
  const taken = finish(to, target, received, program, ids);
  if (sent.kind === 'REFUSED') return sent;
  if (taken.kind === 'REFUSED') return taken;
  return { kind: 'RECORDED', out, in: received, fromEffects: sent.effects, toEffects: taken.effects };
}

export interface ActivityCommand extends OperationDetails {
  readonly activityType: string;
  /** Null means now. */
  readonly occurredAt: Instant | null;
}

/** Records something else that the customer did, which may push sliding expiries back. */
export function decideActivity(
  member: Member,
  command: ActivityCommand,
  program: Program,
  ids: IdSource,
  now: Instant,
): OperationDecision<CustomerActivity, ActivityErrorCode> {
  const misdated = checkOccurredAt(command.occurredAt, program, now);
  if (misdated.length > 0) return refusal(...misdated);
  const place = placeFact(member, command.occurredAt, program, now);
  const { activityType } = command;
  const operation = { ...detailsOf(command), ...identify(member, place, ids), type: 'ACTIVITY' as const, activityType };
  place.timeline.apply(operation);
  const done = finish(member, place, operation, program, ids);
  // An activity moves no points, so there is no range that it could leave.
  if (done.kind === 'REFUSED') throw new Error('An activity was refused for its points.');
  return done;
}

export function detailsOf({ source, reference, reason, metadata }: OperationDetails): OperationDetails {
  return { source, reference, reason, metadata };
}

export function identify({ state }: Member, { occurredAt, recordedAt }: Place, ids: IdSource) {
  return { id: ids.next(), customerId: state.customerId, sequence: state.sequence + 1, occurredAt, recordedAt };
}

export function availableOn({ timeline }: Place, cardDefinitionId: string): Points {
  const balance = timeline.card(cardDefinitionId)?.balance ?? 0n;
  return balance > 0n ? balance : 0n;
}

/**
 * Carries the timeline on to now and records what follows.
 * @param field of the input, to blame if points leave their range
 */
export function finish<T extends Operation>(
  member: Member,
  place: Place,
  operation: T,
  program: Program,
  ids: IdSource,
  field: 'points' | 'amount' = 'points',
): OperationDecision<T, 'POINTS_OUT_OF_RANGE'> {
  const timeline = completePlace(place);
  const cause = { transactionId: null, operationId: operation.id };
  const effects = record(member, timeline, place, [operation], cause, program, ids);
  if (isInRange(effects)) return { kind: 'RECORDED', operation, effects };
  return refusal(problem('POINTS_OUT_OF_RANGE', 'The points would leave the range of 64 bits.', field));
}

export function refusal<Code extends string>(...problems: Problem<Code>[]): Refused<Code> {
  return { kind: 'REFUSED', problems };
}

function insufficient(available: Points): Refused<'INSUFFICIENT_POINTS'> {
  const message = `There are ${available} points available.`;
  return { ...refusal(problem('INSUFFICIENT_POINTS', message, 'points')), available };
}

function minorOf(text: string, decimals: number): bigint {
  return BigInt(normalizeAmount(text, decimals).replace('.', ''));
}

function decimalOf(minor: bigint, decimals: number): string {
  const digits = minor.toString().padStart(decimals + 1, '0');
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

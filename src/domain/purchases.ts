import type { CapReason, EarnRule, EarnRuleVersion, Purchase, PurchaseLine } from './earning.ts';
import { applyRule, versionAt } from './earning.ts';
import type { RewardMoves, RewardShelf } from './grants.ts';
import { NO_SHELF, decideGrants } from './grants.ts';
import type { Effects, IdSource, Member, Place } from './ledger.ts';
import { completePlace, isInRange, placeFact, record } from './ledger.ts';
import type { Credit, EarnFact, MemberHistory } from './members.ts';
import { pendingBalance } from './members.ts';
import { currencyDecimals, isDecimal, normalizeAmount } from './money.ts';
import type { Points } from './points.ts';
import { activationOf, expiryOf, isPointsInRange } from './points.ts';
import type { Checked, Problem } from './problem.ts';
import { checkIdempotencyKey, checked, isText, problem, refused } from './problem.ts';
import type { Program } from './program.ts';
import type { Instant } from './time.ts';
import { replay, stateAt } from './timeline.ts';

/**
 * Purchases: what they earn. `decideEarn` is the whole decision; a dry run, a recorded purchase and a
 * purchase recorded years late go through it alike.
 */

export const LINES_MAX = 500;
export const QUANTITY_MAX = 1_000_000;
/** Decimals of an amount before its currency's own precision is known. */
const AMOUNT_MAX_DECIMALS = 4;

export type EarnErrorCode =
  | 'CUSTOMER_NOT_FOUND'
  | 'INVALID_AMOUNT'
  | 'UNKNOWN_CURRENCY'
  | 'RATE_MISSING'
  | 'INVALID_LINES'
  | 'INVALID_LOCATION'
  | 'INVALID_REFERENCE'
  | 'DATE_IN_FUTURE'
  | 'DATE_TOO_OLD'
  | 'POINTS_OUT_OF_RANGE'
  | 'CONDITION_FAILED'
  | 'REFERENCE_MISMATCH'
  | 'INVALID_IDEMPOTENCY_KEY'
  | 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH';

/** A purchase as a caller describes it. */
export interface EarnRequest {
  readonly amount: string;
  readonly currency: string;
  readonly location: string | null;
  readonly lines: readonly PurchaseLine[];
  /** Null means now. */
  readonly occurredAt: Instant | null;
  readonly source: string;
  readonly reference: string | null;
  readonly idempotencyKey: string | null;
}

/** A checked purchase; amounts are in the currency's normal form. */
export interface EarnCommand extends Omit<EarnRequest, 'idempotencyKey'> {}

/** What an earn rule gave for a purchase. */
export interface Award {
  readonly earnRuleVersionId: string;
  readonly cardDefinitionId: string;
  readonly points: Points;
  /** What the rule would have given without caps. */
  readonly computed: Points;
  /** The cap that reduced or refused the award; null if none did. */
  readonly cappedBy: CapReason | null;
  readonly multiplier: string;
  /** When the points are gone; of points that slide, if no activity follows. */
  readonly expiresAt: Instant;
  readonly sliding: boolean;
  /** From when they can be spent; null for at once. */
  readonly activatesAt: Instant | null;
}

export interface Transaction extends Purchase {
  readonly id: string;
  readonly customerId: string;
  readonly source: string;
  readonly reference: string | null;
  readonly awards: readonly Award[];
  readonly sequence: number;
  readonly recordedAt: Instant;
}

export type EarnDecision =
  | {
      readonly kind: 'RECORDED';
      readonly transaction: Transaction;
      readonly effects: Effects;
      /** The rewards that it triggered; left out where nothing can be triggered. */
      readonly moves?: RewardMoves;
    }
  | { readonly kind: 'REFUSED'; readonly problems: readonly Problem<EarnErrorCode>[] };

/** Checks everything about a purchase that needs no state but the time, and brings its amounts into normal form. */
export function checkEarn(request: EarnRequest, now: Instant): Checked<EarnCommand, EarnErrorCode> {
  const decimals = currencyDecimals(request.currency);
  const problems: Problem<EarnErrorCode>[] = [];
  if (decimals === null) problems.push(problem('UNKNOWN_CURRENCY', 'It is not a currency of ISO 4217.', 'currency'));
  if (!isDecimal(request.amount, decimals ?? AMOUNT_MAX_DECIMALS)) {
    const places = decimals === null ? '' : ` with at most ${decimals} decimal places`;
    problems.push(problem('INVALID_AMOUNT', `An amount is a decimal number of 0 or more${places}.`, 'amount'));
  }
  problems.push(...checkLines(request, decimals ?? AMOUNT_MAX_DECIMALS));
  if (request.location !== null && !isText(request.location)) {
    problems.push(problem('INVALID_LOCATION', 'A location has 1 to 200 characters.', 'location'));
  }
  if (!isText(request.source)) problems.push(problem('INVALID_REFERENCE', 'A source has 1 to 200 characters.', 'source'));
  if (request.reference !== null && !isText(request.reference)) {
    problems.push(problem('INVALID_REFERENCE', 'A reference has 1 to 200 characters.', 'reference'));
  }
  problems.push(...checkNotInFuture(request.occurredAt, now), ...checkIdempotencyKey(request.idempotencyKey));
  if (problems.length > 0 || decimals === null) return refused(...problems);
  const { idempotencyKey: _, ...command } = request;
  return checked({
    ...command,
    amount: normalizeAmount(request.amount, decimals),
    lines: request.lines.map((line) => ({ ...line, amount: normalizeAmount(line.amount, decimals) })),
  });
}

function checkLines({ lines, amount }: EarnRequest, decimals: number): Problem<EarnErrorCode>[] {
  if (lines.length > LINES_MAX) {
    return [problem('INVALID_LINES', `There are at most ${LINES_MAX} lines.`, 'lines')];
  }
  const problems = lines.flatMap(({ sku, category, quantity, amount: lineAmount }, index): Problem<EarnErrorCode>[] => {
    if (!isDecimal(lineAmount, decimals)) {
      return [problem('INVALID_AMOUNT', 'An amount is a decimal number of 0 or more.', 'lines', index, 'amount')];
    }
    if (!Number.isInteger(quantity) || quantity < 1 || quantity > QUANTITY_MAX) {
      return [problem('INVALID_LINES', `A quantity is from 1 to ${QUANTITY_MAX}.`, 'lines', index, 'quantity')];
    }
    const field = sku !== null && !isText(sku) ? 'sku' : category !== null && !isText(category) ? 'category' : null;
    return field === null ? [] : [problem('INVALID_LINES', 'A text has 1 to 200 characters.', 'lines', index, field)];
  });
  if (lines.length === 0 || problems.length > 0 || !isDecimal(amount, decimals)) return problems;
  const scaled = (text: string) => BigInt(normalizeAmount(text, decimals).replace('.', ''));
  const sum = lines.reduce((total, line) => total + scaled(line.amount), 0n);
  return sum === scaled(amount) ? [] : [problem('INVALID_LINES', 'The lines do not add up to the amount.', 'lines')];
}

/** What of the customer a purchase depends on, beyond the points. */
export interface EarnMember extends Member {
  readonly externalId: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/**
 * Decides a purchase: which rules give what at the instant at which it happened, what that does to
 * points and tiers, and what else became true until now. A purchase from before the settled instant is
 * put in its place in the history and everything after it is judged again; what differs is added.
 */
export function decideEarn(
  member: EarnMember,
  command: EarnCommand,
  program: Program,
  ids: IdSource,
  now: Instant,
  shelf: RewardShelf = NO_SHELF,
): EarnDecision {
  const misdated = checkOccurredAt(command.occurredAt, program, now);
  if (misdated.length > 0) return { kind: 'REFUSED', problems: misdated };
  const { state, history } = member;
  const place = placeFact(member, command.occurredAt, program, now);
  const { occurredAt, recordedAt } = place;
  const purchase: Purchase = {
    amount: command.amount,
    currency: command.currency,
    location: command.location,
    lines: command.lines,
    occurredAt,
  };
  const awarded = awardsFor(purchase, member, place, program);
  if (!awarded.ok) return { kind: 'REFUSED', problems: awarded.problems };
  const transaction: Transaction = {
    id: ids.next(),
    customerId: state.customerId,
    source: command.source,
    reference: command.reference,
    amount: command.amount,
    currency: command.currency,
    location: command.location,
    lines: command.lines,
    awards: awarded.value,
    sequence: state.sequence + 1,
    occurredAt,
    recordedAt,
  };
  const facts = factsOf(transaction);
  const balanceBefore = program.triggeredRewards.length === 0 ? null : balancesBefore(member, place, program);
  for (const fact of facts) place.timeline.apply(fact);
  // A purchase without points leaves the history as it was, even one from before the member's first day.
  const timeline = place.replayed && facts.length === 0 ? replay(state, history.facts, program, recordedAt) : completePlace(place);
  const cause = { transactionId: transaction.id, operationId: null };
  const effects = record(member, timeline, place, facts, cause, program, ids);
  if (!isInRange(effects)) return { kind: 'REFUSED', problems: [OUT_OF_RANGE] };
  if (balanceBefore === null) return { kind: 'RECORDED', transaction, effects };
  const { rewardProgress, moves } = decideGrants(transaction, { balanceBefore, after: effects.state, asking: member }, program, ids, shelf);
  return { kind: 'RECORDED', transaction, effects: { ...effects, state: { ...effects.state, rewardProgress } }, moves };
}

/** What is on the cards right before the purchase is recorded, whenever it happened. */
function balancesBefore({ state, history }: Member, { timeline, replayed, recordedAt }: Place, program: Program): (cardDefinitionId: string) => Points {
  const then = replayed ? stateAt(state, history, program, recordedAt) : null;
  const balanceOf = (id: string) => (then === null ? timeline.card(id) : then.cards.get(id))?.balance ?? 0n;
  const looked = program.triggeredRewards.flatMap(({ trigger }) => (trigger?.type === 'POINT_BALANCE' ? trigger.cardDefinitionId : []));
  const balances = new Map(looked.map((id) => [id, balanceOf(id)]));
  return (cardDefinitionId) => balances.get(cardDefinitionId) ?? 0n;
}

/** Checks that a fact happened, and within the workspace's window for dating back. */
export function checkOccurredAt(
  occurredAt: Instant | null,
  { backdatingDays, calendar }: Program,
  now: Instant,
): Problem<'DATE_IN_FUTURE' | 'DATE_TOO_OLD'>[] {
  if (occurredAt === null) return [];
  if (occurredAt > now) return checkNotInFuture(occurredAt, now);
  if (occurredAt >= calendar.daysBefore(now, backdatingDays).start) return [];
  return [problem('DATE_TOO_OLD', `It may be dated back ${backdatingDays} days at most.`, 'occurredAt')];
}

function checkNotInFuture(occurredAt: Instant | null, now: Instant): Problem<'DATE_IN_FUTURE'>[] {
  if (occurredAt === null || occurredAt <= now) return [];
  return [problem('DATE_IN_FUTURE', 'It cannot lie in the future.', 'occurredAt')];
}

const OUT_OF_RANGE = problem('POINTS_OUT_OF_RANGE', 'The points would leave the range of 64 bits.', 'amount');

function awardsFor(purchase: Purchase, member: EarnMember, place: Place, program: Program): Checked<Award[], EarnErrorCode> {
  const tiers = place.timeline.heldTiers();
  const buyer = { externalId: member.externalId, metadata: member.metadata, tiers };
  const awards: Award[] = [];
  for (const rule of program.earnRules) {
    const version = versionAt(rule, purchase.occurredAt);
    const definition = program.cardDefinitions.get(rule.cardDefinitionId);
    if (version === null || definition?.status !== 'ACTIVE') continue;
    const outcome = applyRule(version, purchase, buyer);
    if (outcome.kind === 'NOT_APPLICABLE') continue;
    if (outcome.kind === 'REFUSED') {
      const field = outcome.code === 'RATE_MISSING' ? ['currency'] : [];
      return refused(problem(outcome.code, `The earn rule "${rule.name}" ${outcome.message}.`, ...field));
    }
    const { points: computed, multiplier } = outcome.award;
    if (!isPointsInRange(computed)) return refused(OUT_OF_RANGE);
    const { points, cappedBy } = capped(computed, rule, version, awards, member.history, place, program);
    // What the rule says comes before what the tier says, and that before what the card says.
    const held = tiers.find((tier) => tier.pointExpiration !== null && tier.measuredCardDefinitionId === rule.cardDefinitionId);
    const expiration = version.expiration ?? held?.pointExpiration ?? definition.expiration;
    const activatesAt = activationOf(definition.activation, purchase.occurredAt, program.calendar);
    awards.push({
      earnRuleVersionId: version.id,
      cardDefinitionId: rule.cardDefinitionId,
      points,
      computed,
      cappedBy,
      multiplier,
      expiresAt: expiryOf(expiration, activatesAt ?? purchase.occurredAt, program.calendar),
      sliding: expiration.type === 'SLIDING',
      activatesAt,
    });
  }
  return checked(awards);
}

/** What the caps of a rule leave of an award. */
function capped(
  computed: Points,
  rule: EarnRule,
  { caps }: EarnRuleVersion,
  given: readonly Award[],
  history: MemberHistory,
  place: Place,
  program: Program,
): { readonly points: Points; readonly cappedBy: CapReason | null } {
  if (caps.perTransaction !== null && computed > caps.perTransaction) return { points: 0n, cappedBy: 'PER_TRANSACTION' };
  let points = computed;
  let cappedBy: CapReason | null = null;
  const limit = (left: Points, reason: CapReason) => {
    if (left >= points) return;
    points = left > 0n ? left : 0n;
    cappedBy = reason;
  };
  for (const cap of caps.perPeriod) limit(cap.points - usedOf(rule, cap.unit, history, place, program), 'PER_PERIOD');
  if (caps.balance !== null) {
    const card = place.timeline.card(rule.cardDefinitionId);
    const held = card === null ? 0n : card.balance + pendingBalance(card);
    const alsoGiven = given
      .filter(({ cardDefinitionId }) => cardDefinitionId === rule.cardDefinitionId)
      .reduce((sum, award) => sum + award.points, 0n);
    limit(caps.balance - held - alsoGiven, 'BALANCE');
  }
  return { points, cappedBy };
}

/**
 * What the rule has given in the local calendar period that holds the place, before it and, for a late purchase, after it.
 * Versions without a cap on such periods do not count: they had nothing to count for.
 */
function usedOf(
  rule: EarnRule,
  unit: EarnRuleVersion['caps']['perPeriod'][number]['unit'],
  history: MemberHistory,
  { timeline, replayed, occurredAt }: Place,
  program: Program,
): Points {
  const { start, end } = program.calendar.windowAt(occurredAt, { value: 1, unit });
  if (!replayed) {
    const usage = timeline.capUsage(rule.id, unit);
    return usage?.periodStart === start ? usage.points : 0n;
  }
  const counts = ({ earnRuleVersionId }: Credit) => {
    const version = program.earnRuleVersions.get(earnRuleVersionId);
    return version?.earnRuleId === rule.id && version.caps.perPeriod.some((cap) => cap.unit === unit);
  };
  return history.facts
    .flatMap((fact) => (fact.type === 'EARN' && fact.occurredAt >= start && fact.occurredAt < end ? fact.credits : []))
    .filter(counts)
    .reduce((sum, { points }) => sum + points, 0n);
}

/** What the purchase is to a replay: nothing if it earned no points. */
function factsOf({ id, awards, occurredAt, recordedAt, sequence }: Transaction): EarnFact[] {
  const credits = awards.filter(({ points }) => points > 0n);
  return credits.length === 0 ? [] : [{ type: 'EARN', id, occurredAt, recordedAt, sequence, credits }];
}

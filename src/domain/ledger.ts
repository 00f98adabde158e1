import type { Buyer, EarnRuleVersion, Purchase, PurchaseLine } from './earning.ts';
import { applyRule, versionAt } from './earning.ts';
import type { CardState, DueEffects, EarnFact, Expiration, MemberHistory, MemberState, RecordedTransition } from './members.ts';
import { Timeline, needsReplay, replay, replayFact } from './members.ts';
import { currencyDecimals, isDecimal, normalizeAmount } from './money.ts';
import type { Points } from './points.ts';
import { expiryOf, isPointsInRange } from './points.ts';
import type { Checked, Problem } from './problem.ts';
import { checkIdempotencyKey, checked, isText, problem, refused } from './problem.ts';
import type { Program } from './program.ts';
import type { Transition } from './tiers.ts';
import type { Instant } from './time.ts';
import { NEVER } from './time.ts';

/**
 * The ledger: what a purchase does to a member. `decideEarn` is the whole decision; a dry run, a
 * recorded purchase and a purchase recorded years late go through it alike.
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

export interface Award {
  readonly earnRuleVersionId: string;
  readonly cardDefinitionId: string;
  readonly points: Points;
  readonly multiplier: string;
  readonly expiresAt: Instant;
}

export interface Transaction extends Purchase {
  readonly id: string;
  readonly customerId: string;
  readonly source: string;
  readonly reference: string | null;
  readonly awards: readonly Award[];
  readonly recordedAt: Instant;
}

export interface LedgerEntry {
  readonly id: string;
  readonly customerId: string;
  readonly cardId: string;
  readonly cardDefinitionId: string;
  readonly type: 'EARN' | 'EXPIRATION';
  readonly sequence: number;
  readonly points: Points;
  readonly balanceAfter: Points;
  readonly transactionId: string | null;
  readonly earnRuleVersionId: string | null;
  readonly expiresAt: Instant;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
}

export interface TierTransition extends RecordedTransition {
  readonly id: string;
  readonly customerId: string;
  /** The transaction with which it was recorded; null if it came with something else. */
  readonly transactionId: string | null;
  readonly recordedAt: Instant;
  readonly late: boolean;
}

/** Where a decision takes its identifiers from; ids made later sort later. */
export interface IdSource {
  next(): string;
}

/** What a decision changes. Empty lists mean that nothing of that kind changes. */
export interface Effects {
  readonly state: MemberState;
  readonly entries: readonly LedgerEntry[];
  readonly transitions: readonly TierTransition[];
  /** The history with this decision's own part, for the next decision on the same member. */
  readonly history: MemberHistory;
}

export type EarnDecision =
  | { readonly kind: 'RECORDED'; readonly transaction: Transaction; readonly effects: Effects }
  | { readonly kind: 'REFUSED'; readonly problems: readonly Problem<EarnErrorCode>[] };

/** Checks everything about a purchase that needs no state, and brings its amounts into normal form. */
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
  if (request.occurredAt !== null && request.occurredAt > now) {
    problems.push(problem('DATE_IN_FUTURE', 'A purchase cannot lie in the future.', 'occurredAt'));
  }
  problems.push(...checkIdempotencyKey(request.idempotencyKey));
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
export interface EarnMember {
  readonly state: MemberState;
  readonly history: MemberHistory;
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
): EarnDecision {
  // Another process's clock may be a little ahead of ours; the member's own time never runs backwards.
  const recordedAt = Math.max(now, member.state.settledAt);
  const occurredAt = command.occurredAt ?? recordedAt;
  const { state, history } = member;
  const late = occurredAt < state.settledAt || needsReplay(state, program);
  const before = late ? history.facts.filter((fact) => fact.occurredAt <= occurredAt) : [];
  const after = late ? history.facts.filter((fact) => fact.occurredAt > occurredAt) : [];
  const timeline = late
    ? Timeline.fromTheStart(state, before[0]?.occurredAt ?? occurredAt, program)
    : Timeline.from(state, program);
  for (const fact of before) replayFact(timeline, state, fact);
  timeline.advance(occurredAt);

  const purchase: Purchase = {
    amount: command.amount,
    currency: command.currency,
    location: command.location,
    lines: command.lines,
    occurredAt,
  };
  const buyer = { externalId: member.externalId, metadata: member.metadata, tiers: timeline.heldTiers() };
  const awarded = awardsFor(purchase, buyer, program);
  if (!awarded.ok) return { kind: 'REFUSED', problems: awarded.problems };
  const facts = factsOf({ awards: awarded.value, occurredAt });
  for (const fact of facts) timeline.earn(fact, (definition) => state.cards.get(definition)?.id ?? ids.next());
  for (const fact of after) replayFact(timeline, state, fact);
  timeline.advance(recordedAt);
  // A purchase without points leaves the history as it was, even one from before the member's first day.
  const outcome = late && facts.length === 0 ? replay(state, history.facts, program, recordedAt) : timeline;

  const transaction: Transaction = {
    ...purchase,
    id: ids.next(),
    customerId: state.customerId,
    source: command.source,
    reference: command.reference,
    awards: awarded.value,
    recordedAt,
  };
  const effects = record(member, outcome, transaction, late, program, ids, recordedAt);
  if (!isInRange(effects)) return { kind: 'REFUSED', problems: [OUT_OF_RANGE] };
  return { kind: 'RECORDED', transaction, effects };
}

/** Whether all that must be stored fits 64 bits: what was earned in a window may exceed every balance. */
function isInRange({ state, entries, transitions }: Effects): boolean {
  return (
    entries.every(({ balanceAfter }) => isPointsInRange(balanceAfter)) &&
    transitions.every(({ measure }) => isPointsInRange(measure)) &&
    [...state.windows.values()].every(({ earned }) => isPointsInRange(earned))
  );
}

/** Records what became true by itself until now, without any new fact. */
export function decideSettlement(
  member: { readonly state: MemberState; readonly history: MemberHistory },
  program: Program,
  ids: IdSource,
  now: Instant,
): Effects {
  const recordedAt = Math.max(now, member.state.settledAt);
  const late = needsReplay(member.state, program);
  const timeline = late
    ? replay(member.state, member.history.facts, program, recordedAt)
    : Timeline.from(member.state, program).advance(recordedAt);
  return record(member, timeline, null, late, program, ids, recordedAt);
}

const OUT_OF_RANGE = problem('POINTS_OUT_OF_RANGE', 'The points would leave the range of 64 bits.', 'amount');

function awardsFor(purchase: Purchase, buyer: Buyer, program: Program): Checked<Award[], EarnErrorCode> {
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
    if (!isPointsInRange(outcome.award.points)) return refused(OUT_OF_RANGE);
    awards.push(awardOf(version, rule.cardDefinitionId, outcome.award, expiryOf(definition.expiration, purchase.occurredAt, program.calendar)));
  }
  return checked(awards);
}

function awardOf(
  version: EarnRuleVersion,
  cardDefinitionId: string,
  { points, multiplier }: { readonly points: Points; readonly multiplier: string },
  expiresAt: Instant,
): Award {
  return {
    earnRuleVersionId: version.id,
    cardDefinitionId,
    points,
    multiplier,
    expiresAt,
  };
}

/** Turns what happened on the timeline into what must be added to the ledger. */
function record(
  member: { readonly state: MemberState; readonly history: MemberHistory },
  timeline: Timeline,
  transaction: Transaction | null,
  late: boolean,
  program: Program,
  ids: IdSource,
  recordedAt: Instant,
): Effects {
  const { state, history } = member;
  const settled = timeline.finish();
  const due: DueEffects = late ? differences(timeline, history) : timeline;
  const transitions = [
    ...(late ? obsolete(timeline, history, program).map((transition) => ({ ...transition, retraction: true })) : []),
    ...due.transitions.map((transition) => ({ ...transition, retraction: false })),
  ].map(
    (transition): TierTransition => ({
      ...transition,
      id: ids.next(),
      customerId: state.customerId,
      transactionId: transaction?.id ?? null,
      recordedAt,
      // What became true after the settled instant is recorded in time, even if it took a replay to see it.
      late: transition.retraction || transition.occurredAt < state.settledAt,
    }),
  );
  const { entries, cards } = entriesFor(state, settled, transaction, due.expirations, ids, recordedAt);
  const facts = transaction === null ? [] : factsOf(transaction);
  return {
    state: { ...settled, cards },
    entries,
    transitions,
    history: {
      facts: [...history.facts, ...facts].sort((a, b) => a.occurredAt - b.occurredAt),
      expirations: [...history.expirations, ...due.expirations],
      transitions: [...history.transitions, ...transitions],
    },
  };
}

/** What the purchase is to a replay: nothing if it earned no points. */
function factsOf({ awards, occurredAt }: Pick<Transaction, 'awards' | 'occurredAt'>): EarnFact[] {
  const credits = awards
    .filter(({ points }) => points > 0n)
    .map(({ cardDefinitionId, points, expiresAt }) => ({ cardDefinitionId, points, expiresAt }));
  return credits.length === 0 ? [] : [{ occurredAt, credits }];
}

/** The ledger entries of a transaction and of what expired, in order of time, numbered on from each card's last. */
function entriesFor(
  before: MemberState,
  settled: MemberState,
  transaction: Transaction | null,
  expirations: readonly Expiration[],
  ids: IdSource,
  recordedAt: Instant,
): { readonly entries: LedgerEntry[]; readonly cards: ReadonlyMap<string, CardState> } {
  type Draft = Pick<LedgerEntry, 'type' | 'points' | 'cardDefinitionId' | 'occurredAt' | 'expiresAt' | 'earnRuleVersionId'>;
  const earned = (transaction?.awards ?? [])
    .filter(({ points }) => points > 0n)
    .map(
      ({ cardDefinitionId, points, expiresAt, earnRuleVersionId }): Draft => ({
        type: 'EARN',
        points,
        cardDefinitionId,
        expiresAt,
        earnRuleVersionId,
        occurredAt: transaction?.occurredAt ?? recordedAt,
      }),
    );
  const expired = expirations.map(
    ({ cardDefinitionId, points, occurredAt }): Draft => ({
      type: 'EXPIRATION',
      points: -points,
      cardDefinitionId,
      expiresAt: occurredAt,
      earnRuleVersionId: null,
      occurredAt,
    }),
  );
  // Expiry comes before an earn of the same instant, as it did on the timeline.
  const drafts = [...expired, ...earned].sort((a, b) => a.occurredAt - b.occurredAt);
  const cards = new Map(
    [...settled.cards].map(([definition, card]) => [
      definition,
      { ...card, sequence: before.cards.get(definition)?.sequence ?? 0 },
    ]),
  );
  const balances = new Map([...before.cards].map(([definition, { balance }]) => [definition, balance]));
  const entries = drafts.map((draft): LedgerEntry => {
    const card = cards.get(draft.cardDefinitionId);
    if (card === undefined) throw new Error('An entry belongs to a card that the timeline has.');
    const balanceAfter = (balances.get(draft.cardDefinitionId) ?? 0n) + draft.points;
    const sequence = card.sequence + 1;
    balances.set(draft.cardDefinitionId, balanceAfter);
    cards.set(draft.cardDefinitionId, { ...card, sequence });
    return {
      ...draft,
      id: ids.next(),
      customerId: before.customerId,
      cardId: card.id,
      sequence,
      balanceAfter,
      transactionId: draft.type === 'EARN' ? (transaction?.id ?? null) : null,
      recordedAt,
    };
  });
  for (const [definition, card] of cards) {
    if (card.balance !== (balances.get(definition) ?? 0n)) {
      throw new Error('The entries of a card do not add up to its balance.');
    }
  }
  return { entries, cards };
}

/** What a replay shows that is not recorded yet. */
function differences(timeline: Timeline, history: MemberHistory): DueEffects {
  const recorded = new Map<string, Points>();
  const key = (expiration: Expiration) => `${expiration.cardDefinitionId} ${expiration.occurredAt}`;
  for (const expiration of history.expirations) {
    recorded.set(key(expiration), (recorded.get(key(expiration)) ?? 0n) + expiration.points);
  }
  const expirations = timeline.expirations
    .map((expiration) => ({ ...expiration, points: expiration.points - (recorded.get(key(expiration)) ?? 0n) }))
    .filter(({ points }) => points !== 0n);
  const standing = countTransitions(standingTransitions(history.transitions));
  const transitions = timeline.transitions.filter((transition) => !take(standing, transition));
  return { expirations, transitions };
}

/**
 * Recorded transitions that a replay no longer shows. What a structure did before it went back to being a
 * draft is history: the replay knows nothing of it and takes nothing of it back.
 */
function obsolete(timeline: Timeline, history: MemberHistory, program: Program): Transition[] {
  const shown = countTransitions(timeline.transitions);
  const judgedSince = new Map(program.structures.map(({ id, activePeriods }) => [id, activePeriods[0]?.start ?? NEVER]));
  return standingTransitions(history.transitions)
    .filter(({ structureId, occurredAt }) => occurredAt >= (judgedSince.get(structureId) ?? NEVER))
    .filter((transition) => !take(shown, transition));
}

/** The recorded transitions that were not taken back. */
function standingTransitions(recorded: readonly RecordedTransition[]): RecordedTransition[] {
  const retracted = countTransitions(recorded.filter(({ retraction }) => retraction));
  return recorded.filter((transition) => !transition.retraction && !take(retracted, transition));
}

function transitionKey({ structureId, type, fromTierId, toTierId, occurredAt }: Transition): string {
  return [structureId, type, fromTierId ?? '', toTierId ?? '', occurredAt].join(' ');
}

function countTransitions(transitions: readonly Transition[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const transition of transitions) {
    counts.set(transitionKey(transition), (counts.get(transitionKey(transition)) ?? 0) + 1);
  }
  return counts;
}

function take(counts: Map<string, number>, transition: Transition): boolean {
  const count = counts.get(transitionKey(transition)) ?? 0;
  if (count > 0) counts.set(transitionKey(transition), count - 1);
  return count > 0;
}

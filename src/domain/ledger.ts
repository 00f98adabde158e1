import { link } from './chain.ts';
import type {
  CardState,
  Fact,
  LedgerEffect,
  MemberHistory,
  MemberState,
  RecordedEffect,
  RecordedTransition,
} from './members.ts';
import { cardIdOf, inOrder, pendingBalance } from './members.ts';
import type { Points } from './points.ts';
import { isPointsInRange } from './points.ts';
import type { Program } from './program.ts';
import type { Transition } from './tiers.ts';
import type { Instant } from './time.ts';
import { NEVER } from './time.ts';
import { Timeline, needsReplay } from './timeline.ts';

/**
 * The ledger: how what happened to a member becomes entries and transitions that are only ever added. A
 * decision puts a fact into the member's timeline; what differs then from what is recorded is recorded.
 */

export interface LedgerEntry extends LedgerEffect {
  readonly id: string;
  readonly customerId: string;
  readonly cardId: string;
  readonly sequence: number;
  readonly balanceAfter: Points;
  readonly recordedAt: Instant;
  /** Over the card's entry before it and all that this one says: SHA-256 in hex. */
  readonly hash: string;
}

export interface TierTransition extends RecordedTransition {
  readonly id: string;
  readonly customerId: string;
  /** The purchase with which it was recorded; null if it came with something else. */
  readonly transactionId: string | null;
  /** The operation with which it was recorded; null if it came with something else. */
  readonly operationId: string | null;
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

/** A member as a decision finds it. */
export interface Member {
  readonly state: MemberState;
  readonly history: MemberHistory;
}

/** A timeline that stands at the instant at which a new fact shall happen. */
export interface Place {
  readonly timeline: Timeline;
  /** Whether the whole history is replayed, so that what it shows must be compared with what is recorded. */
  readonly replayed: boolean;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  /** Facts that happened after it. */
  readonly after: readonly Fact[];
}

/**
 * Opens the member's timeline at the instant at which a fact happened, null for now. A fact from before the
 * settled instant is put in its place in the history.
 * @param whole starts over in any case, where a fact refers to what happened before
 */
export function placeFact({ state, history }: Member, at: Instant | null, program: Program, now: Instant, whole = false): Place {
  // Another process's clock may be a little ahead of ours; the member's own time never runs backwards.
  const recordedAt = Math.max(now, state.settledAt);
  const occurredAt = at ?? recordedAt;
  const replayed = whole || occurredAt < state.settledAt || needsReplay(state, program);
  if (!replayed) return { timeline: Timeline.from(state, program).advance(occurredAt), replayed, occurredAt, recordedAt, after: [] };
  const before = history.facts.filter((fact) => fact.occurredAt <= occurredAt);
  const after = history.facts.filter((fact) => fact.occurredAt > occurredAt);
  const timeline = Timeline.fromTheStart(state, before[0]?.occurredAt ?? occurredAt, program);
  for (const fact of before) timeline.apply(fact);
  return { timeline: timeline.advance(occurredAt), replayed, occurredAt, recordedAt, after };
}

/** Lets what came after the place happen again, up to now. */
export function completePlace({ timeline, after, recordedAt }: Place): Timeline {
  for (const fact of after) timeline.apply(fact);
  return timeline.advance(recordedAt);
}

/** Which purchase or operation a decision records. */
export interface Cause {
  readonly transactionId: string | null;
  readonly operationId: string | null;
}

export const NO_CAUSE: Cause = { transactionId: null, operationId: null };

/** Turns what happened on the timeline into what must be added to the ledger. */
export function record(
  { state, history }: Member,
  timeline: Timeline,
  place: Pick<Place, 'replayed' | 'recordedAt'>,
  facts: readonly Fact[],
  cause: Cause,
  program: Program,
  ids: IdSource,
): Effects {
  const { replayed, recordedAt } = place;
  const settled = timeline.finish();
  const shown = replayed ? transitionDifferences(timeline, history, program) : timeline.transitions.map(asShown);
  const transitions = shown.map(
    (transition): TierTransition => ({
      ...transition,
      ...cause,
      id: ids.next(),
      customerId: state.customerId,
      recordedAt,
      // What became true after the settled instant is recorded in time, even if it took a replay to see it.
      late: transition.retraction || transition.occurredAt < state.settledAt,
    }),
  );
  const effects = replayed ? effectDifferences(timeline.effects, history.effects) : timeline.effects;
  const { entries, cards } = entriesFor(state, settled, effects, program, ids, recordedAt);
  return {
    state: { ...settled, cards },
    entries,
    transitions,
    history: {
      facts: facts.length === 0 ? history.facts : inOrder([...history.facts, ...facts]),
      effects: [...history.effects, ...entries],
      transitions: [...history.transitions, ...transitions],
    },
  };
}

/** Whether all that must be stored fits 64 bits: what was earned in a window may exceed every balance. */
export function isInRange({ state, entries, transitions }: Effects): boolean {
  return (
    entries.every(({ points, balanceAfter }) => isPointsInRange(points) && isPointsInRange(balanceAfter)) &&
    transitions.every(({ measure }) => isPointsInRange(measure)) &&
    [...state.cards.values()].every((card) => isPointsInRange(card.balance) && isPointsInRange(card.balance + pendingBalance(card))) &&
    [...state.windows.values()].every(({ earned }) => isPointsInRange(earned)) &&
    [...state.capUsage.values()].every(({ points }) => isPointsInRange(points))
  );
}

/** Records what became true by itself until now, without any new fact. */
export function decideSettlement(member: Member, program: Program, ids: IdSource, now: Instant): Effects {
  const place = placeFact(member, null, program, now);
  return record(member, completePlace(place), place, [], NO_CAUSE, program, ids);
}

const NO_ENTRIES = { sequence: 0, balance: 0n, head: null };

/** The ledger entries of effects, in order of time, numbered on from each card's last. */
function entriesFor(
  before: MemberState,
  settled: MemberState,
  effects: readonly LedgerEffect[],
  program: Program,
  ids: IdSource,
  recordedAt: Instant,
): { readonly entries: LedgerEntry[]; readonly cards: ReadonlyMap<string, CardState> } {
  const lasts = new Map<string, Pick<CardState, 'sequence' | 'balance' | 'head'>>(before.cards);
  const lastOf = (cardDefinitionId: string) => lasts.get(cardDefinitionId) ?? NO_ENTRIES;
  const entries = inOrderOfEntry(effects, before, program).map((effect): LedgerEntry => {
    const { cardDefinitionId, points, pending } = effect;
    const card = settled.cards.get(cardDefinitionId) ?? before.cards.get(cardDefinitionId);
    const last = lastOf(cardDefinitionId);
    const balanceAfter = last.balance + (pending ? 0n : points);
    const sequence = last.sequence + 1;
    // Field by field: this is the busiest place of all, and copying whole objects takes several times as long.
    const entry = {
      id: ids.next(),
      customerId: before.customerId,
      cardId: card?.id ?? cardIdOf(before.customerId, cardDefinitionId),
      cardDefinitionId,
      type: effect.type,
      sequence,
      points,
      balanceAfter,
      pending,
      transactionId: effect.transactionId,
      operationId: effect.operationId,
      tierId: effect.tierId,
      earnRuleVersionId: effect.earnRuleVersionId,
      activatesAt: effect.activatesAt,
      sliding: effect.sliding,
      expiresAt: effect.expiresAt,
      occurredAt: effect.occurredAt,
      recordedAt,
      hash: '',
    };
    entry.hash = link(last.head, entry);
    lasts.set(cardDefinitionId, { sequence, balance: balanceAfter, head: entry.hash });
    return entry;
  });
  const cards = new Map(settled.cards);
  // A replay may show a card empty that has entries: it stays, with what it was.
  for (const [definition, card] of before.cards) {
    if (!cards.has(definition)) cards.set(definition, { ...card, balance: 0n, lots: [], pending: [], slidingExpiresAt: null });
  }
  for (const [definition, card] of cards) {
    const { balance, sequence, head } = lastOf(definition);
    if (card.balance !== balance) throw new Error('The entries of a card do not add up to its balance.');
    const { id, cardDefinitionId, lots, pending, slidingExpiresAt } = card;
    cards.set(definition, { id, cardDefinitionId, balance, sequence, head, lots, pending, slidingExpiresAt });
  }
  return { entries, cards };
}

/**
 * By time. Corrections may so take points from a card before it has them: where its policy lets nobody owe points, what is
 * taken waits for what is given.
 */
function inOrderOfEntry(effects: readonly LedgerEffect[], before: MemberState, program: Program): readonly LedgerEffect[] {
  if (effects.length < 2) return effects;
  const byTime = [...effects].sort((a, b) => a.occurredAt - b.occurredAt);
  const balances = new Map([...before.cards].map(([definition, { balance }]) => [definition, balance]));
  const ordered: LedgerEffect[] = [];
  let waiting: LedgerEffect[] = [];
  const enter = (effect: LedgerEffect): boolean => {
    const { cardDefinitionId, points, pending } = effect;
    const after = (balances.get(cardDefinitionId) ?? 0n) + (pending ? 0n : points);
    const mayOwe = program.cardDefinitions.get(cardDefinitionId)?.refundPolicy === 'REVOKE_BELOW_ZERO';
    if (after < 0n && points < 0n && !mayOwe) return false;
    balances.set(cardDefinitionId, after);
    ordered.push(effect);
    return true;
  };
  for (const effect of byTime) {
    if (!enter(effect)) waiting.push(effect);
    else if (effect.points > 0n) waiting = waiting.filter((each) => !enter(each));
  }
  return [...ordered, ...waiting];
}

/** What a replay shows that is not recorded, and what is recorded that it does not show, which is taken back. */
function effectDifferences(shown: readonly LedgerEffect[], recorded: readonly RecordedEffect[]): LedgerEffect[] {
  const sums = new Map<string, { readonly effect: LedgerEffect; points: Points }>();
  const add = (effect: LedgerEffect, points: Points) => {
    const key = effectKey(effect);
    const sum = sums.get(key);
    if (sum === undefined) sums.set(key, { effect, points });
    else sum.points += points;
  };
  for (const effect of shown) add(effect, effect.points);
  for (const effect of recorded) add(effect, -effect.points);
  return [...sums.values()].filter(({ points }) => points !== 0n).map(({ effect, points }) => ({ ...effect, points }));
}

function effectKey(effect: LedgerEffect): string {
  const { type, cardDefinitionId, pending, occurredAt, transactionId, operationId, tierId, earnRuleVersionId } = effect;
  return [type, cardDefinitionId, pending, occurredAt, transactionId, operationId, tierId, earnRuleVersionId].join(' ');
}

function asShown(transition: Transition): RecordedTransition {
  return { ...transition, retraction: false };
}

/** Recorded transitions that a replay no longer shows, taken back, and those it shows that are not recorded. */
function transitionDifferences(timeline: Timeline, history: MemberHistory, program: Program): RecordedTransition[] {
  const standing = countTransitions(standingTransitions(history.transitions));
  const missing = timeline.transitions.filter((transition) => !take(standing, transition));
  const retracted = obsolete(timeline, history, program).map((transition) => ({ ...transition, retraction: true }));
  return [...retracted, ...missing.map(asShown)];
}

/**
 * What a structure did before it went back to being a draft is history: the replay knows nothing of it and
 * takes nothing of it back.
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

import type { Points, Lot } from './points.ts';
import { addToLots } from './points.ts';
import type { Program } from './program.ts';
import type { TierStructure } from './structures.ts';
import type { EarnedWindow, Membership, Transition, TransitionReason } from './tiers.ts';
import { earnedAt, judge, nextJudgementAt, notJudged } from './tiers.ts';
import type { Instant } from './time.ts';
import { NEVER } from './time.ts';

/**
 * A member's state and how time changes it. The state is settled up to an instant; `advance` carries it
 * to a later one, letting everything that became true in between happen in order: points expire, windows
 * roll, tiers are judged once on the outcome. Reads advance a copy, writes advance and record, and a
 * late fact replays the member's whole history: always the same functions.
 */

export interface CardState {
  readonly id: string;
  readonly cardDefinitionId: string;
  /** Sum of the lots. */
  readonly balance: Points;
  /** Number of the card's last ledger entry. */
  readonly sequence: number;
  /** In the order in which they expire. */
  readonly lots: readonly Lot[];
}

export interface MemberState {
  readonly customerId: string;
  readonly joinedAt: Instant;
  /** Everything that became true up to here is in the ledger. */
  readonly settledAt: Instant;
  /** By card definition. */
  readonly cards: ReadonlyMap<string, CardState>;
  /** By structure. */
  readonly memberships: ReadonlyMap<string, Membership>;
  /** By structure; only structures that measure POINT_EARNED have one. */
  readonly windows: ReadonlyMap<string, EarnedWindow>;
}

/** A purchase that earned points: what happened in the world, as opposed to what follows from it. */
export interface EarnFact {
  readonly occurredAt: Instant;
  /** At least one, each with points greater than 0. */
  readonly credits: readonly Credit[];
}

export interface Credit {
  readonly cardDefinitionId: string;
  readonly points: Points;
  readonly expiresAt: Instant;
}

/** Points that expired. */
export interface Expiration {
  readonly cardDefinitionId: string;
  readonly points: Points;
  readonly occurredAt: Instant;
}

/** What became true by itself while the state was advanced, in order. */
export interface DueEffects {
  readonly expirations: readonly Expiration[];
  readonly transitions: readonly Transition[];
}

/** A member's state while it is being changed. It collects what follows; nothing outside sees it before `finish`. */
export class Timeline {
  readonly expirations: Expiration[] = [];
  readonly transitions: Transition[] = [];
  readonly #program: Program;
  readonly #customerId: string;
  readonly #joinedAt: Instant;
  readonly #startedAt: Instant;
  readonly #cards: Map<string, CardState>;
  readonly #memberships: Map<string, Membership>;
  readonly #windows: Map<string, EarnedWindow>;
  /** By structure, the start of the active period in which it was last judged. */
  readonly #judgedPeriods = new Map<string, Instant>();
  #now: Instant;

  private constructor(state: MemberState, startedAt: Instant, program: Program) {
    this.#program = program;
    this.#customerId = state.customerId;
    this.#joinedAt = state.joinedAt;
    this.#startedAt = startedAt;
    this.#now = state.settledAt;
    this.#cards = new Map(state.cards);
    this.#memberships = new Map(state.memberships);
    this.#windows = new Map(state.windows);
  }

  /** Goes on from a settled state, whose memberships belong to the active periods in which it was settled. */
  static from(state: MemberState, program: Program): Timeline {
    const timeline = new Timeline(state, state.joinedAt, program);
    for (const structure of program.structures) {
      const period = structure.activePeriods.findLast(({ start }) => start <= state.settledAt);
      if (period !== undefined && timeline.#memberships.has(structure.id)) {
        timeline.#judgedPeriods.set(structure.id, period.start);
      }
    }
    return timeline;
  }

  /** Starts over from the day the member joined, or from the first fact if that was earlier. */
  static fromTheStart(
    member: { readonly customerId: string; readonly joinedAt: Instant },
    firstFactAt: Instant | undefined,
    program: Program,
  ): Timeline {
    const startedAt = Math.min(member.joinedAt, firstFactAt ?? NEVER);
    return new Timeline(newMember(member.customerId, member.joinedAt, startedAt), startedAt, program);
  }

  /** The tiers held now in structures that are in force now. */
  heldTiers(): { readonly id: string; readonly name: string }[] {
    return this.#program.structures.flatMap((structure) => {
      if (periodAt(structure, this.#now) === undefined) return [];
      const held = this.#memberships.get(structure.id)?.tierId ?? null;
      return structure.tiers.filter(({ id }) => id === held);
    });
  }

  /** Lets everything happen that becomes true up to and including the instant. */
  advance(to: Instant): this {
    for (let due = this.#nextDueAt(); due <= to; due = this.#nextDueAt()) this.#settle(due);
    this.#now = Math.max(this.#now, to);
    return this;
  }

  /** Lets a purchase happen: credits its points, on cards that are opened if need be, and judges once on the outcome. */
  earn(fact: EarnFact, cardIdFor: (cardDefinitionId: string) => string): this {
    this.advance(fact.occurredAt);
    for (const { cardDefinitionId, points, expiresAt } of fact.credits) {
      const card = this.#cards.get(cardDefinitionId) ?? emptyCard(cardIdFor(cardDefinitionId), cardDefinitionId);
      const lots = addToLots(card.lots, { expiresAt, points, earnedAt: fact.occurredAt });
      this.#cards.set(cardDefinitionId, { ...card, lots, balance: card.balance + points });
      this.#count(cardDefinitionId, points);
    }
    const touched = new Set(fact.credits.map(({ cardDefinitionId }) => cardDefinitionId));
    for (const structure of this.#judged(this.#now)) {
      if (structure.cardDefinitionId !== null && touched.has(structure.cardDefinitionId)) {
        this.#judge(structure, this.#now, 'POINTS_EARNED', this.#measure(structure, this.#now));
      }
    }
    return this;
  }

  /** The state as it is now, settled. */
  finish(): MemberState {
    return {
      customerId: this.#customerId,
      joinedAt: this.#joinedAt,
      settledAt: this.#now,
      cards: this.#cards,
      memberships: this.#memberships,
      windows: this.#windows,
    };
  }

  #count(cardDefinitionId: string, points: Points): void {
    for (const structure of this.#program.structures) {
      if (structure.pointEarned === null || structure.cardDefinitionId !== cardDefinitionId) continue;
      const known = this.#windows.get(structure.id);
      if (known !== undefined && this.#now < known.end) {
        this.#windows.set(structure.id, { ...known, earned: known.earned + points });
      } else {
        const window = this.#program.calendar.windowAt(this.#now, structure.pointEarned.period);
        this.#windows.set(structure.id, { ...window, earned: points });
      }
    }
  }

  /** The earliest instant at which something becomes true by itself; it may lie in the future. */
  #nextDueAt(): Instant {
    let due = NEVER;
    for (const card of this.#cards.values()) due = Math.min(due, card.lots[0]?.expiresAt ?? NEVER);
    for (const structure of this.#program.structures) due = Math.min(due, this.#structureDueAt(structure));
    return due;
  }

  #structureDueAt(structure: TierStructure): Instant {
    const membership = this.#memberships.get(structure.id);
    const judgedPeriod = this.#judgedPeriods.get(structure.id);
    const unjudged = structure.activePeriods.find(
      ({ start, end }) => (judgedPeriod === undefined || start > judgedPeriod) && end > Math.max(start, this.#startedAt),
    );
    const resumesAt = unjudged === undefined ? NEVER : Math.max(unjudged.start, this.#startedAt);
    if (membership === undefined || judgedPeriod === undefined) return resumesAt;
    const window = this.#windows.get(structure.id);
    const rollsAt = window === undefined || window.earned === 0n ? NEVER : window.end;
    const due = Math.min(nextJudgementAt(membership, this.#program.calendar), rollsAt);
    const period = structure.activePeriods.find(({ start, end }) => start === judgedPeriod && end > start);
    // What falls due while the structure is paused waits for its next activation.
    return period !== undefined && due < period.end ? due : resumesAt;
  }

  /** One instant: points expire, windows roll, then each tier concerned is judged once on the outcome. */
  #settle(at: Instant): void {
    // A validity that ends is judged by the window of its last valid instant, before windows roll.
    const endedMeasures = new Map<string, Points>();
    for (const structure of this.#judged(at)) {
      const membership = this.#memberships.get(structure.id);
      if (membership !== undefined && membership.tierId !== null && membership.expiresAt <= at) {
        endedMeasures.set(structure.id, earnedAt(this.#windows.get(structure.id), membership.expiresAt - 1));
      }
    }
    const expired = this.#expire(at);
    const rolled = this.#roll(at);
    this.#now = at;
    for (const structure of this.#judged(at)) {
      const reason = this.#reasonToJudge(structure, at, expired, rolled);
      if (reason === null) continue;
      const measure =
        reason === 'TIER_EXPIRED' && structure.type === 'POINT_EARNED'
          ? (endedMeasures.get(structure.id) ?? 0n)
          : this.#measure(structure, at);
      this.#judge(structure, at, reason, measure);
    }
  }

  #expire(at: Instant): ReadonlySet<string> {
    const expired = new Set<string>();
    for (const card of this.#cards.values()) {
      const gone = card.lots.filter(({ expiresAt }) => expiresAt <= at);
      if (gone.length === 0) continue;
      const points = gone.reduce((sum, lot) => sum + lot.points, 0n);
      expired.add(card.cardDefinitionId);
      this.expirations.push({ cardDefinitionId: card.cardDefinitionId, points, occurredAt: at });
      this.#cards.set(card.cardDefinitionId, {
        ...card,
        balance: card.balance - points,
        lots: card.lots.filter(({ expiresAt }) => expiresAt > at),
      });
    }
    return expired;
  }

  #roll(at: Instant): ReadonlySet<string> {
    const rolled = new Set<string>();
    for (const structure of this.#program.structures) {
      const window = this.#windows.get(structure.id);
      if (structure.pointEarned === null || window === undefined || window.end > at) continue;
      if (window.earned !== 0n) rolled.add(structure.id);
      const next = this.#program.calendar.windowAt(at, structure.pointEarned.period);
      this.#windows.set(structure.id, { ...next, earned: 0n });
    }
    return rolled;
  }

  #reasonToJudge(
    structure: TierStructure,
    at: Instant,
    expired: ReadonlySet<string>,
    rolled: ReadonlySet<string>,
  ): TransitionReason | null {
    const period = periodAt(structure, at);
    if (period !== undefined && this.#judgedPeriods.get(structure.id) !== period.start) {
      this.#judgedPeriods.set(structure.id, period.start);
      return at === this.#startedAt ? 'CUSTOMER_JOINED' : 'STRUCTURE_ACTIVATED';
    }
    const membership = this.#memberships.get(structure.id);
    if (membership === undefined) return null;
    if (membership.tierId !== null && membership.expiresAt <= at) return 'TIER_EXPIRED';
    if (rolled.has(structure.id)) return 'WINDOW_ROLLED';
    const balanceChanged = structure.cardDefinitionId !== null && expired.has(structure.cardDefinitionId);
    if (structure.type === 'POINT_BALANCE' && balanceChanged) return 'POINTS_EXPIRED';
    return nextJudgementAt(membership, this.#program.calendar) <= at ? 'DAY_STARTED' : null;
  }

  #measure(structure: TierStructure, at: Instant): Points {
    if (structure.type === 'POINT_EARNED') return earnedAt(this.#windows.get(structure.id), at);
    return this.#cards.get(structure.cardDefinitionId ?? '')?.balance ?? 0n;
  }

  #judge(structure: TierStructure, at: Instant, reason: TransitionReason, measure: Points): void {
    const membership = this.#memberships.get(structure.id) ?? notJudged(structure.id, at);
    const judged = judge(structure, membership, { at, measure, reason }, this.#program.calendar);
    this.#memberships.set(structure.id, judged.membership);
    if (judged.transition !== null) this.transitions.push(judged.transition);
  }

  #judged(at: Instant): readonly TierStructure[] {
    return this.#program.structures.filter((structure) => at >= this.#startedAt && periodAt(structure, at) !== undefined);
  }
}

/** A member to whom nothing has happened yet. */
export function newMember(customerId: string, joinedAt: Instant, settledAt: Instant): MemberState {
  return { customerId, joinedAt, settledAt, cards: new Map(), memberships: new Map(), windows: new Map() };
}

/** Replays facts, in the order in which they happened, and what follows from them, up to the instant. */
export function replay(
  member: MemberState,
  facts: readonly EarnFact[],
  program: Program,
  to: Instant,
): Timeline {
  const timeline = Timeline.fromTheStart(member, facts[0]?.occurredAt, program);
  for (const fact of facts) replayFact(timeline, member, fact);
  return timeline.advance(to);
}

/** Replays one recorded purchase. A card keeps the id that it has. */
export function replayFact(timeline: Timeline, member: MemberState, fact: EarnFact): void {
  timeline.earn(fact, (cardDefinitionId) => {
    const card = member.cards.get(cardDefinitionId);
    if (card === undefined) throw new Error('A recorded fact has a card.');
    return card.id;
  });
}

/** What a customer was given and what was recorded of it: needed where the settled state does not suffice. */
export interface MemberHistory {
  /** In the order of `occurredAt`, and as recorded where that is equal. */
  readonly facts: readonly EarnFact[];
  readonly expirations: readonly Expiration[];
  readonly transitions: readonly RecordedTransition[];
}

/** A transition in the ledger; a retraction takes back an equal one that was recorded before it. */
export interface RecordedTransition extends Transition {
  readonly retraction: boolean;
}

export const NO_HISTORY: MemberHistory = { facts: [], expirations: [], transitions: [] };

/** Whether a settled state can simply be advanced, or the structures have changed since and it must be replayed. */
export function needsReplay(member: Pick<MemberState, 'settledAt'>, program: Program): boolean {
  // A member settled at the very instant of the change may have been settled before it.
  return program.structuresChangedAt >= member.settledAt;
}

/** The member's state at the instant, without recording anything. */
export function stateAt(member: MemberState, history: MemberHistory, program: Program, at: Instant): MemberState {
  const to = Math.max(at, member.settledAt);
  if (needsReplay(member, program)) return replay(member, history.facts, program, to).finish();
  return Timeline.from(member, program).advance(to).finish();
}

function emptyCard(id: string, cardDefinitionId: string): CardState {
  return { id, cardDefinitionId, balance: 0n, sequence: 0, lots: [] };
}

function periodAt(structure: TierStructure, at: Instant) {
  return structure.activePeriods.find(({ start, end }) => at >= start && at < end);
}

import type { CapUnit } from './earning.ts';
import type {
  AdjustmentFact,
  CapUsage,
  CardState,
  EarnFact,
  Fact,
  LedgerEffect,
  LedgerEntryType,
  MemberHistory,
  MemberState,
  PendingPoints,
  RedemptionCancellationFact,
  RefundFact,
  SpendFact,
  SpendReversalFact,
  TransferInFact,
} from './members.ts';
import { capKey, cardIdOf, emptyCard, inOrder, newMember } from './members.ts';
import type { Allocation, Lot, Points, QualifyingActivity, TakenPoints } from './points.ts';
import { credit, debit, expiryOf, qualifies, slideLots } from './points.ts';
import type { Program } from './program.ts';
import type { StructureRevision, StructureRules, TierStructure } from './structures.ts';
import { revisionsOf } from './structures.ts';
import type { GrantedAward, Judgement, JudgementStep, Judged, Membership, Transition, TransitionReason } from './tiers.ts';
import { downgradeOf, judge, nextJudgementAt, notJudged, qualifyingTier, revalidate, slideMembership } from './tiers.ts';
import type { Instant, Interval } from './time.ts';
import { NEVER } from './time.ts';
import type { EarnedWindow, Tracking } from './windows.ts';
import { countPoints, earnedAt, isEmpty, rollTo, rollsAt, trackingOf, windowAt } from './windows.ts';

/**
 * How facts and time change a member. `advance` carries the state to a later instant, letting everything
 * that became true in between happen in order: pending points activate, points expire, windows roll, tiers
 * are judged once on the outcome. Reads advance a copy, writes advance and record, and a late fact replays
 * the member's whole history: always the same functions.
 */

/** What a refund did to the points. */
export interface RefundEffect {
  /** Pending points that were cancelled. */
  readonly cancelled: Points;
  /** Active points that were taken. */
  readonly applied: Points;
  /** Points that had expired already, so that there is nothing to take. */
  readonly expired: Points;
  /** Points that should have been taken but had been spent. */
  readonly shortfall: Points;
}

/** A judgement with all that it was decided by. */
export interface JudgementTrace {
  readonly structureId: string;
  /** Number of the revision whose rules were applied. */
  readonly revision: number;
  readonly at: Instant;
  readonly reason: TransitionReason;
  readonly measure: Points;
  /** The tracking window that was measured; null if it was the balance, or a window without bounds. */
  readonly window: Interval | null;
  readonly steps: readonly JudgementStep[];
  readonly before: Membership;
  readonly after: Membership;
  readonly transition: Transition | null;
}

const FACT_REASONS = {
  EARN: 'POINTS_EARNED',
  REFUND: 'POINTS_REFUNDED',
  SPEND: 'POINTS_SPENT',
  SPEND_REVERSAL: 'SPEND_REVERSED',
  ADJUSTMENT: 'POINTS_ADJUSTED',
  TRANSFER_OUT: 'POINTS_TRANSFERRED',
  TRANSFER_IN: 'POINTS_TRANSFERRED',
  REDEMPTION: 'POINTS_SPENT',
  REDEMPTION_CANCELLATION: 'SPEND_REVERSED',
} as const satisfies Partial<Record<Fact['type'], TransitionReason>>;

/** A member's state while it is being changed. It collects what follows; nothing outside sees it before `finish`. */
export class Timeline {
  readonly effects: LedgerEffect[] = [];
  readonly transitions: Transition[] = [];
  /** By refund. */
  readonly refunds = new Map<string, RefundEffect>();
  /** By spend, redemption and transfer out, what was taken from which lot. */
  readonly allocations = new Map<string, readonly Allocation[]>();
  /** By reversal, what was returned to which lot. */
  readonly returns = new Map<string, readonly Allocation[]>();
  readonly #program: Program;
  readonly #member: MemberState;
  readonly #startedAt: Instant;
  readonly #observer: ((trace: JudgementTrace) => void) | null;
  readonly #cards: Map<string, CardState>;
  readonly #memberships: Map<string, Membership>;
  readonly #windows: Map<string, EarnedWindow>;
  readonly #capUsage: Map<string, CapUsage>;
  /** By structure, the start of the active period in which it was last judged. */
  readonly #judgedPeriods = new Map<string, Instant>();
  /** By structure, the revision that has taken effect. */
  readonly #revisions = new Map<string, number>();
  /** By structure, the window before the present one. */
  readonly #endedWindows = new Map<string, EarnedWindow>();
  /** What happened since the start: complete only where the timeline started over. */
  readonly #earns = new Map<string, EarnFact>();
  readonly #counted: { readonly cardDefinitionId: string; readonly points: Points; readonly earnedAt: Instant }[] = [];
  /** By lot, what of it has expired and was not told of a refund. */
  readonly #expired = new Map<string, Points>();
  readonly #spends = new Map<string, { readonly at: Instant; readonly taken: readonly TakenPoints[] }>();
  /** By card, when points that slid together have expired, in order. */
  readonly #slidEnds = new Map<string, readonly Instant[]>();
  readonly #reversed = new Map<string, Points>();
  /** By award, the balance of the structure's card when it was given, how many were given before it, and what was gone by then. */
  readonly #reachedWith = new Map<string, { readonly balance: Points; readonly order: number; readonly goneCount: number }>();
  /** What refunds have found not to have been there from an instant on: points of purchases, and awards in the order in which they were given. */
  readonly #gone: { readonly cardDefinitionId: string; readonly points: Points; readonly from: Instant; readonly order: number }[] = [];
  #awardsGiven = 0;
  #recounts: ReadonlyMap<string, EarnedWindow> | null = null;
  #awardsDue: { readonly structure: TierStructure; readonly tierId: string }[] = [];
  #sequence: number;
  #now: Instant;

  private constructor(
    state: MemberState,
    startedAt: Instant,
    member: MemberState,
    program: Program,
    observer: ((trace: JudgementTrace) => void) | null,
  ) {
    this.#program = program;
    this.#member = member;
    this.#startedAt = startedAt;
    this.#observer = observer;
    this.#now = state.settledAt;
    this.#sequence = state.sequence;
    this.#cards = new Map(state.cards);
    this.#memberships = new Map(state.memberships);
    this.#windows = new Map(state.windows);
    this.#capUsage = new Map(state.capUsage);
  }

  /**
   * Goes on from a settled state, whose memberships belong to the active periods in which it was settled.
   * @param recounts by structure, the window that counting again would show when a revision takes effect, which a settled state does not
   */
  static from(state: MemberState, program: Program, recounts: ReadonlyMap<string, EarnedWindow> | null = null): Timeline {
    const timeline = new Timeline(state, state.joinedAt, state, program, null);
    timeline.#recounts = recounts;
    for (const structure of program.structures) {
      const period = structure.activePeriods.findLast(({ start }) => start <= state.settledAt);
      if (period === undefined || !timeline.#memberships.has(structure.id)) continue;
      timeline.#judgedPeriods.set(structure.id, period.start);
      timeline.#revisions.set(structure.id, rulesAt(structure, state.settledAt).number);
    }
    return timeline;
  }

  /** Starts over from the day the member joined, or from the first fact if that was earlier. */
  static fromTheStart(
    member: MemberState,
    firstFactAt: Instant | undefined,
    program: Program,
    observer: ((trace: JudgementTrace) => void) | null = null,
  ): Timeline {
    const startedAt = Math.min(member.joinedAt, firstFactAt ?? NEVER);
    return new Timeline(newMember(member.customerId, member.joinedAt, startedAt), startedAt, member, program, observer);
  }

  /** The tiers held now in structures that are in force now, oldest structure first. */
  heldTiers() {
    return this.#program.structures.flatMap((structure) => {
      if (periodAt(structure, this.#now) === undefined) return [];
      const held = this.#memberships.get(structure.id)?.tierId ?? null;
      const { tiers, cardDefinitionId } = rulesAt(structure, this.#now);
      const tier = tiers.find(({ id }) => id === held);
      if (tier === undefined) return [];
      const { id, name, pointExpiration } = tier;
      return [{ id, name, pointExpiration, measuredCardDefinitionId: cardDefinitionId, tier }];
    });
  }

  card(cardDefinitionId: string): CardState | null {
    return this.#cards.get(cardDefinitionId) ?? null;
  }

  capUsage(earnRuleId: string, unit: CapUnit): CapUsage | null {
    return this.#capUsage.get(capKey(earnRuleId, unit)) ?? null;
  }

  /** Of a spend or a redemption, what was returned already. */
  reversed(spendId: string): Points {
    return this.#reversed.get(spendId) ?? 0n;
  }

  /** Lets everything happen that becomes true up to and including the instant. */
  advance(to: Instant): this {
    for (let due = this.#nextDueAt(); due <= to; due = this.#nextDueAt()) this.#settle(Math.max(due, this.#now));
    this.#now = Math.max(this.#now, to);
    return this;
  }

  /** Lets a fact happen, and judges once on its outcome. */
  apply(fact: Fact): this {
    this.advance(fact.occurredAt);
    this.#sequence = Math.max(this.#sequence, fact.sequence);
    switch (fact.type) {
      case 'EARN':
        return this.#earn(fact);
      case 'REFUND':
        return this.#refund(fact);
      case 'SPEND':
      case 'TRANSFER_OUT':
        return this.#spend(fact);
      case 'REDEMPTION':
        // What was granted costs nothing, and nothing is spent by having it.
        return fact.points === 0n ? this : this.#spend(fact);
      case 'SPEND_REVERSAL':
        return this.#reverse(fact, fact.spendId);
      case 'REDEMPTION_CANCELLATION':
        return fact.points === 0n ? this : this.#reverse(fact, fact.redemptionId);
      case 'ADJUSTMENT':
        return this.#adjust(fact);
      case 'TRANSFER_IN':
        return this.#receive(fact);
      case 'ACTIVITY':
        this.#slide({ kind: 'CUSTOM', type: fact.activityType }, null);
        return this;
    }
  }

  /** The state as it is now, settled. */
  finish(): MemberState {
    this.#keepBalances();
    return {
      customerId: this.#member.customerId,
      joinedAt: this.#member.joinedAt,
      settledAt: this.#now,
      nextDueAt: this.#nextDueAt(),
      sequence: Math.max(this.#sequence, this.#member.sequence),
      cards: this.#cards,
      memberships: this.#memberships,
      windows: this.#windows,
      capUsage: this.#capUsage,
      rewardProgress: this.#member.rewardProgress,
    };
  }

  #keepBalances(): void {
    for (const structure of this.#program.structures) {
      const membership = this.#memberships.get(structure.id);
      if (membership === undefined) continue;
      const { type, cardDefinitionId } = rulesAt(structure, this.#now);
      const balance = type === 'POINT_BALANCE' ? (this.#cards.get(cardDefinitionId ?? '')?.balance ?? 0n) : null;
      if (membership.balance !== balance) this.#memberships.set(structure.id, { ...membership, balance });
    }
  }

  #earn(fact: EarnFact): this {
    this.#earns.set(fact.id, fact);
    const touched = new Set(fact.credits.map(({ cardDefinitionId }) => cardDefinitionId));
    for (const cardDefinitionId of touched) this.#slide({ kind: 'EARNING' }, cardDefinitionId);
    for (const given of fact.credits) {
      const { cardDefinitionId, earnRuleVersionId, points, activatesAt } = given;
      const card = this.#open(cardDefinitionId);
      this.#useCap(earnRuleVersionId, points, fact.occurredAt);
      const expiresAt = given.sliding && activatesAt === null ? this.#slidingExpiry(card) : given.expiresAt;
      const { sliding } = given;
      const pending = activatesAt !== null;
      this.#record('EARN', cardDefinitionId, points, { transactionId: fact.id, earnRuleVersionId, expiresAt, sliding, activatesAt, pending });
      if (activatesAt !== null) {
        const waiting = { transactionId: fact.id, earnRuleVersionId, points, earnedAt: fact.occurredAt, activatesAt, expiresAt, sliding };
        this.#cards.set(cardDefinitionId, { ...card, pending: [...card.pending, waiting] });
        continue;
      }
      this.#credit(card, { expiresAt, sliding, points, earnedAt: fact.occurredAt });
      this.#count(cardDefinitionId, points, fact.occurredAt);
    }
    return this.#judgeOnFact(fact.type, touched);
  }

  #refund(fact: RefundFact): this {
    let sum: RefundEffect = { cancelled: 0n, applied: 0n, expired: 0n, shortfall: 0n };
    this.refunds.set(fact.id, sum);
    if (fact.deductions.length === 0) return this;
    const earn = this.#earns.get(fact.transactionId);
    if (earn === undefined) throw new Error('A refund follows its purchase.');
    for (const deduction of fact.deductions) {
      const one = this.#deduct(fact, earn, deduction);
      sum = {
        cancelled: sum.cancelled + one.cancelled,
        applied: sum.applied + one.applied,
        expired: sum.expired + one.expired,
        shortfall: sum.shortfall + one.shortfall,
      };
    }
    this.refunds.set(fact.id, sum);
    const touched = new Set(fact.deductions.map(({ cardDefinitionId }) => cardDefinitionId));
    while (this.#clawBack(fact, earn.occurredAt, touched));
    return this.#judgeOnFact(fact.type, touched);
  }

  /** Takes back what one earn rule gave: first what is pending, then what has not expired, as the card's policy allows. */
  #deduct(fact: RefundFact, earn: EarnFact, { cardDefinitionId, earnRuleVersionId, points }: RefundFact['deductions'][number]) {
    const references = { transactionId: fact.transactionId, operationId: fact.id, earnRuleVersionId };
    const card = this.#open(cardDefinitionId);
    const isOwn = (waiting: PendingPoints) =>
      waiting.transactionId === fact.transactionId && waiting.earnRuleVersionId === earnRuleVersionId;
    const own = card.pending.find(isOwn);
    const cancelled = least(own?.points ?? 0n, points);
    if (own !== undefined && cancelled > 0n) {
      const pending = card.pending.flatMap((waiting) => {
        if (waiting !== own) return [waiting];
        return own.points === cancelled ? [] : [{ ...own, points: own.points - cancelled }];
      });
      this.#cards.set(cardDefinitionId, { ...card, pending });
      this.#record('REFUND', cardDefinitionId, -cancelled, { ...references, ...own, pending: true, operationId: fact.id });
    }
    const active = points - cancelled;
    if (active === 0n) return { cancelled, applied: 0n, expired: 0n, shortfall: 0n };
    this.#count(cardDefinitionId, -active, earn.occurredAt);
    const policy = this.#definition(cardDefinitionId).refundPolicy;
    const given = earn.credits.find((each) => each.earnRuleVersionId === earnRuleVersionId && each.cardDefinitionId === cardDefinitionId);
    const activeFrom = given?.activatesAt ?? earn.occurredAt;
    this.#gone.push({ cardDefinitionId, points: active, from: activeFrom, order: -1 });
    if (policy === 'REVOKE_FROM_PENDING') return { cancelled, applied: 0n, expired: 0n, shortfall: active };
    const sliding = given?.sliding ?? false;
    const lot = { expiresAt: (sliding ? this.#slidEnd(card, activeFrom) : given?.expiresAt) ?? NEVER, sliding };
    const key = lotKey(cardDefinitionId, lot);
    const expired = least(this.#expired.get(key) ?? 0n, active);
    this.#expired.set(key, (this.#expired.get(key) ?? 0n) - expired);
    const wanted = active - expired;
    const applied = policy === 'REVOKE_BELOW_ZERO' ? wanted : least(most(card.balance, 0n), wanted);
    if (applied > 0n) {
      this.#record('REFUND', cardDefinitionId, -applied, references);
      this.#debit(cardDefinitionId, applied, lot);
    }
    return { cancelled, applied, expired, shortfall: wanted - applied };
  }

  /**
   * Takes back the entry awards of tiers that the customer would not have reached without what is refunded.
   * @param touched cards from which points were taken; those of the awards are added
   * @returns whether there was one to take back, so that those that rested on it must be looked at again
   */
  #clawBack(fact: RefundFact, earnedAtInstant: Instant, touched: Set<string>): boolean {
    let found = false;
    for (const structure of this.#judged(this.#now)) {
      const rules = rulesAt(structure, this.#now);
      if (rules.cardDefinitionId === null || !touched.has(rules.cardDefinitionId)) continue;
      const membership = this.#memberships.get(structure.id);
      if (rules.entryAwardOnRefund !== 'CLAWBACK' || membership === undefined) continue;
      const since = membership.entryAwards.filter(({ grantedAt, undone }) => grantedAt >= earnedAtInstant && !undone);
      const undone = since.filter((award, index) => {
        const minimum = rules.tiers.find(({ id }) => id === award.tierId)?.minPoints ?? 0n;
        // None is a reason for itself, and neither is what it has led to; those before it stand until they are found undone.
        const without = since.slice(index);
        return this.#measureNow(structure, without) < minimum && this.#measureBehind(structure, award, without) < minimum;
      });
      if (undone.length === 0) continue;
      found = true;
      const whole = new Set(undone.filter((award) => this.#takeAward(fact, structure, award, touched)));
      // What could not be taken back whole stays given, so that it is not given again.
      const entryAwards = membership.entryAwards.flatMap((award) =>
        whole.has(award) ? [] : [undone.includes(award) ? { ...award, undone: true } : award],
      );
      this.#memberships.set(structure.id, { ...membership, entryAwards });
    }
    return found;
  }

  /** @returns whether all of it was there to be taken back */
  #takeAward(fact: RefundFact, structure: TierStructure, award: GrantedAward, touched: Set<string>): boolean {
    const { tierId, cardDefinitionId, points, grantedAt } = award;
    touched.add(cardDefinitionId);
    const { balance } = this.#open(cardDefinitionId);
    const belowZero = this.#definition(cardDefinitionId).refundPolicy === 'REVOKE_BELOW_ZERO';
    const taken = belowZero ? points : least(most(balance, 0n), points);
    this.#count(cardDefinitionId, -points, grantedAt);
    this.#gone.push({ cardDefinitionId, points, from: grantedAt, order: this.#reachedWith.get(awardKey(structure, tierId))?.order ?? 0 });
    if (taken > 0n) {
      this.#record('ENTRY_AWARD_CLAWBACK', cardDefinitionId, -taken, { operationId: fact.id, tierId });
      this.#debit(cardDefinitionId, taken);
    }
    return taken === points;
  }

  #spend(fact: SpendFact): this {
    const { cardDefinitionId, points } = fact;
    if (fact.type !== 'TRANSFER_OUT') this.#slide({ kind: 'SPENDING' }, cardDefinitionId);
    const taken = this.#take(fact.type, cardDefinitionId, points, fact.id);
    this.#spends.set(fact.id, { at: this.#now, taken });
    this.allocations.set(fact.id, taken.map(asAllocation));
    return this.#judgeOnFact(fact.type, new Set([cardDefinitionId]));
  }

  /**
   * Takes points of which there were enough when the operation was recorded. Where a fact that was recorded later
   * leaves too few of them, what lacks is written off: what was validly taken stays taken, and nobody owes for it.
   */
  #take(type: SpendFact['type'] | 'ADJUSTMENT', cardDefinitionId: string, points: Points, operationId: string): readonly TakenPoints[] {
    const { balance } = this.#open(cardDefinitionId);
    const lacking = points - least(most(balance, 0n), points);
    if (lacking > 0n) this.#record('WRITE_OFF', cardDefinitionId, lacking, { operationId });
    this.#record(type, cardDefinitionId, -points, { operationId });
    const taken = this.#debit(cardDefinitionId, points - lacking);
    // Points that were gone before they were taken are gone again at once when they are returned.
    return lacking === 0n ? taken : [...taken, { expiresAt: this.#now, sliding: false, points: lacking, earnedAt: this.#now }];
  }

  /** Returns points to the lots from which they were taken, those taken last first. What has expired meanwhile expires at once. */
  #reverse(fact: SpendReversalFact | RedemptionCancellationFact, spendId: string): this {
    const { cardDefinitionId, points } = fact;
    const spend = this.#spends.get(spendId);
    if (spend === undefined) throw new Error('A reversal follows its spend.');
    this.#record(fact.type, cardDefinitionId, points, { operationId: fact.id });
    const returned = returnable(spend.taken, this.reversed(spendId), points);
    this.#reversed.set(spendId, this.reversed(spendId) + points);
    this.returns.set(fact.id, returned.map(asAllocation));
    for (const { expiresAt, sliding, points: part, earnedAt } of returned) {
      const card = this.#open(cardDefinitionId);
      // Points that slide now do not bring back those with which these would have expired.
      const until = (sliding ? this.#slidEnd(card, spend.at) : null) ?? expiresAt;
      this.#credit(card, { expiresAt: until, sliding, points: part, earnedAt });
    }
    // What comes back too late expires in the same instant, before anybody is judged.
    this.#expire(this.#now);
    return this.#judgeOnFact(fact.type, new Set([cardDefinitionId]));
  }

  #adjust(fact: AdjustmentFact): this {
    const { cardDefinitionId, points, qualifying, sliding } = fact;
    const card = this.#open(cardDefinitionId);
    const expiresAt = sliding ? this.#slidingExpiry(card) : fact.expiresAt;
    if (points < 0n) this.#take('ADJUSTMENT', cardDefinitionId, -points, fact.id);
    else {
      this.#record('ADJUSTMENT', cardDefinitionId, points, { operationId: fact.id, expiresAt, sliding });
      this.#credit(card, { expiresAt, sliding, points, earnedAt: fact.occurredAt });
    }
    if (qualifying) this.#count(cardDefinitionId, points, fact.occurredAt);
    return this.#judgeOnFact(fact.type, new Set([cardDefinitionId]));
  }

  #receive(fact: TransferInFact): this {
    const { cardDefinitionId, allocations } = fact;
    this.#record('TRANSFER_IN', cardDefinitionId, allocations.reduce((sum, { points }) => sum + points, 0n), { operationId: fact.id });
    for (const { expiresAt, sliding, points } of allocations) {
      const card = this.#open(cardDefinitionId);
      // They join what slides here. To be passed on is no activity: where nothing does, they keep the end that they had.
      const until = sliding && isSliding(card, this.#now) ? card.slidingExpiresAt : expiresAt;
      this.#credit(card, { expiresAt: until, sliding, points, earnedAt: fact.occurredAt });
    }
    return this.#judgeOnFact(fact.type, new Set([cardDefinitionId]));
  }

  /** Judges the structures that measure one of the cards. Those that wait for the next tracking period are not judged in between. */
  #judgeOnFact(type: keyof typeof FACT_REASONS, cardDefinitionIds: ReadonlySet<string>): this {
    for (const structure of this.#judged(this.#now)) {
      const { cardDefinitionId, pointEarned } = rulesAt(structure, this.#now);
      if (cardDefinitionId === null || !cardDefinitionIds.has(cardDefinitionId)) continue;
      if (pointEarned?.type === 'NEXT_TRACKING_PERIOD') continue;
      this.#judge(structure, this.#now, FACT_REASONS[type], this.#measure(structure, this.#now));
    }
    this.#giveAwards();
    return this;
  }

  #open(cardDefinitionId: string): CardState {
    const known = this.#cards.get(cardDefinitionId);
    if (known !== undefined) return known;
    const id = this.#member.cards.get(cardDefinitionId)?.id ?? cardIdOf(this.#member.customerId, cardDefinitionId);
    const card = emptyCard(id, cardDefinitionId);
    this.#cards.set(cardDefinitionId, card);
    return card;
  }

  #credit(card: CardState, lot: Lot): void {
    const slides = lot.sliding && lot.expiresAt > this.#now;
    if (slides) this.#noteSlid(card);
    const slidingExpiresAt = slides ? lot.expiresAt : card.slidingExpiresAt;
    this.#cards.set(card.cardDefinitionId, {
      ...card,
      lots: credit(card.lots, lot),
      balance: card.balance + lot.points,
      slidingExpiresAt,
    });
  }

  #debit(cardDefinitionId: string, points: Points, preferred?: Pick<Lot, 'expiresAt' | 'sliding'>): readonly TakenPoints[] {
    const card = this.#open(cardDefinitionId);
    const { lots, taken } = debit(card.lots, points, this.#now, preferred);
    this.#cards.set(cardDefinitionId, { ...card, lots, balance: card.balance - points });
    return taken;
  }

  /** Remembers, when points begin to slide anew, until when those before them did. */
  #noteSlid({ cardDefinitionId, slidingExpiresAt }: CardState): void {
    if (slidingExpiresAt !== null && slidingExpiresAt <= this.#now) this.#noteSlidEnd(cardDefinitionId, slidingExpiresAt);
  }

  #noteSlidEnd(cardDefinitionId: string, end: Instant): void {
    const known = this.#slidEnds.get(cardDefinitionId) ?? [];
    if (!known.includes(end)) this.#slidEnds.set(cardDefinitionId, [...known, end]);
  }

  /** When points expire that slid on the card at the instant, or did: null if none ever have. */
  #slidEnd({ cardDefinitionId, slidingExpiresAt }: CardState, at: Instant): Instant | null {
    return this.#slidEnds.get(cardDefinitionId)?.find((end) => end > at) ?? slidingExpiresAt;
  }

  #record(
    type: LedgerEntryType,
    cardDefinitionId: string,
    points: Points,
    more: Partial<Omit<LedgerEffect, 'type' | 'cardDefinitionId' | 'points' | 'occurredAt'>>,
  ): void {
    this.effects.push({
      type,
      cardDefinitionId,
      points,
      occurredAt: this.#now,
      pending: more.pending ?? false,
      transactionId: more.transactionId ?? null,
      operationId: more.operationId ?? null,
      tierId: more.tierId ?? null,
      earnRuleVersionId: more.earnRuleVersionId ?? null,
      expiresAt: more.expiresAt ?? NEVER,
      sliding: more.sliding ?? false,
      activatesAt: more.activatesAt ?? null,
    });
  }

  #definition(cardDefinitionId: string) {
    const definition = this.#program.cardDefinitions.get(cardDefinitionId);
    if (definition === undefined) throw new Error('A card has a definition, whatever its status.');
    return definition;
  }

  /** When points that slide expire which come onto the card now. */
  #slidingExpiry(card: CardState): Instant {
    if (isSliding(card, this.#now)) return card.slidingExpiresAt;
    return expiryOf(this.#definition(card.cardDefinitionId).expiration, this.#now, this.#program.calendar);
  }

  /** Pushes back what slides: on one card and its structures, or on all of them. */
  #slide(activity: QualifyingActivity, onlyCard: string | null): void {
    for (const card of this.#cards.values()) {
      if (card.slidingExpiresAt === null || (onlyCard !== null && card.cardDefinitionId !== onlyCard)) continue;
      const { expiration } = this.#definition(card.cardDefinitionId);
      if (expiration.type !== 'SLIDING' || !qualifies(activity, expiration)) continue;
      this.#noteSlid(card);
      const slidingExpiresAt = expiryOf(expiration, this.#now, this.#program.calendar);
      this.#cards.set(card.cardDefinitionId, { ...card, slidingExpiresAt, lots: slideLots(card.lots, slidingExpiresAt) });
    }
    for (const structure of this.#judged(this.#now)) {
      const rules = rulesAt(structure, this.#now);
      const membership = this.#memberships.get(structure.id);
      if (membership === undefined || rules.expiration.type !== 'SLIDING_EXPIRATION') continue;
      if (onlyCard !== null && rules.cardDefinitionId !== onlyCard) continue;
      if (!qualifies(activity, rules.expiration)) continue;
      this.#memberships.set(structure.id, slideMembership(rules, membership, this.#now, this.#program.calendar));
    }
  }

  #useCap(earnRuleVersionId: string, points: Points, at: Instant): void {
    const version = this.#program.earnRuleVersions.get(earnRuleVersionId);
    for (const { unit } of version?.caps.perPeriod ?? []) {
      const key = capKey(version?.earnRuleId ?? '', unit);
      const periodStart = this.#program.calendar.windowAt(at, { value: 1, unit }).start;
      const known = this.#capUsage.get(key);
      const used = known?.periodStart === periodStart ? known.points : 0n;
      this.#capUsage.set(key, { periodStart, points: used + points });
    }
  }

  #tracking(rules: StructureRules): Tracking | null {
    return trackingOf(rules, this.#member.joinedAt, this.#program.calendar);
  }

  #count(cardDefinitionId: string, points: Points, at: Instant): void {
    this.#counted.push({ cardDefinitionId, points, earnedAt: at });
    for (const structure of this.#program.structures) {
      const rules = rulesAt(structure, this.#now);
      const tracking = this.#tracking(rules);
      if (tracking === null || rules.cardDefinitionId !== cardDefinitionId) continue;
      const window = countPoints(tracking, this.#windows.get(structure.id), points, at, this.#now);
      if (window !== undefined) this.#windows.set(structure.id, window);
    }
  }

  /** The earliest instant at which something becomes true by itself; it may lie in the future. */
  #nextDueAt(): Instant {
    let due = NEVER;
    for (const { lots, pending } of this.#cards.values()) {
      due = Math.min(due, lots[0]?.expiresAt ?? NEVER);
      for (const { activatesAt } of pending) due = Math.min(due, activatesAt);
    }
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
    const due = Math.min(
      nextJudgementAt(membership, this.#program.calendar),
      this.#rollsAt(structure, membership),
      this.#nextRevisionAt(structure),
    );
    const period = structure.activePeriods.find(({ start, end }) => start === judgedPeriod && end > start);
    // What falls due while the structure is paused waits for its next activation.
    return period !== undefined && due < period.end ? due : resumesAt;
  }

  /** When the measure of earned points next changes by itself, or when those who wait for the next period are judged. */
  #rollsAt(structure: TierStructure, membership: Membership): Instant {
    const rules = rulesAt(structure, this.#now);
    const tracking = this.#tracking(rules);
    if (tracking === null) return NEVER;
    const window = this.#windows.get(structure.id);
    if (window !== undefined && !isEmpty(window)) return rollsAt(window);
    if (rules.pointEarned?.type !== 'NEXT_TRACKING_PERIOD') return NEVER;
    // With nothing earned, a period's start is worth a judgement only if it can end in another tier, or end a grace.
    const held = rules.tiers.findIndex(({ id }) => id === membership.tierId);
    const qualifying = qualifyingTier(rules.tiers, 0n);
    const canFall = rules.expiration.type === 'NO_EXPIRATION' && downgradeOf(rules, membership.tierId).type !== 'NO_DOWNGRADE';
    const inGrace = membership.graceEndsAt !== null;
    if (qualifying === held ? !inGrace : qualifying < held && (inGrace || !canFall)) return NEVER;
    return windowAt(tracking, this.#now).end;
  }

  #nextRevisionAt(structure: TierStructure): Instant {
    if (structure.formerRevisions.length === 0) return NEVER;
    const present = this.#revisions.get(structure.id) ?? 0;
    return revisionsOf(structure).find(({ number }) => number > present)?.effectiveAt ?? NEVER;
  }

  /** One instant: pending points activate, points expire, windows roll, then each tier concerned is judged once on the outcome. */
  #settle(at: Instant): void {
    const before = this.#now;
    this.#now = at;
    const activated = this.#activate(at);
    // A validity that ends is judged by the window of its last valid instant, before windows roll.
    const endedMeasures = new Map<string, Points>();
    for (const structure of this.#judged(at)) {
      const membership = this.#memberships.get(structure.id);
      if (membership !== undefined && membership.tierId !== null && membership.expiresAt <= at) {
        endedMeasures.set(structure.id, earnedAt(this.#windows.get(structure.id), membership.expiresAt - 1));
      }
    }
    const expired = this.#expire(at);
    const rolled = this.#roll(at, before);
    const revised = this.#revise(at);
    const changed = new Set([...activated, ...expired]);
    for (const structure of this.#judged(at)) {
      const reason = this.#reasonToJudge(structure, at, { changed, activated, rolled, revised });
      if (reason === null) continue;
      const rules = rulesAt(structure, at);
      const byEndedWindow = reason === 'TIER_EXPIRED' && rules.type === 'POINT_EARNED';
      // What was earned in the grace decides at its end, also for those who wait for the next tracking period.
      const inGrace = reason === 'GRACE_ENDED' && rules.type === 'POINT_EARNED';
      const measure = byEndedWindow
        ? (endedMeasures.get(structure.id) ?? 0n)
        : inGrace
          ? earnedAt(this.#windows.get(structure.id), at)
          : this.#measure(structure, at);
      this.#judge(structure, at, reason, measure, reason === 'REVISION_PUBLISHED' ? rules.rollout : null);
    }
    this.#giveAwards();
  }

  #activate(at: Instant): ReadonlySet<string> {
    const activated = new Set<string>();
    for (const { cardDefinitionId, pending } of [...this.#cards.values()]) {
      const due = pending.filter(({ activatesAt }) => activatesAt <= at);
      if (due.length === 0) continue;
      activated.add(cardDefinitionId);
      const card = this.#open(cardDefinitionId);
      this.#cards.set(cardDefinitionId, { ...card, pending: pending.filter(({ activatesAt }) => activatesAt > at) });
      for (const waiting of due) {
        const { points, sliding } = waiting;
        const own = this.#open(cardDefinitionId);
        const expiresAt = sliding ? this.#slidingExpiry(own) : waiting.expiresAt;
        this.#record('ACTIVATION', cardDefinitionId, points, { ...waiting, expiresAt });
        this.#credit(own, { expiresAt, sliding, points, earnedAt: waiting.earnedAt });
        this.#count(cardDefinitionId, points, waiting.earnedAt);
      }
    }
    return activated;
  }

  #expire(at: Instant): ReadonlySet<string> {
    const expired = new Set<string>();
    for (const card of this.#cards.values()) {
      const gone = card.lots.filter(({ expiresAt }) => expiresAt <= at);
      if (gone.length === 0) continue;
      const points = gone.reduce((sum, lot) => sum + lot.points, 0n);
      for (const lot of gone) {
        const key = lotKey(card.cardDefinitionId, lot);
        this.#expired.set(key, (this.#expired.get(key) ?? 0n) + lot.points);
        if (lot.sliding) this.#noteSlidEnd(card.cardDefinitionId, lot.expiresAt);
      }
      expired.add(card.cardDefinitionId);
      this.#record('EXPIRATION', card.cardDefinitionId, -points, { expiresAt: at });
      this.#cards.set(card.cardDefinitionId, {
        ...card,
        balance: card.balance - points,
        lots: card.lots.filter(({ expiresAt }) => expiresAt > at),
      });
    }
    return expired;
  }

  /** Structures whose measure has changed because time has passed, or whose next tracking period has begun. */
  #roll(at: Instant, before: Instant): ReadonlySet<string> {
    const rolled = new Set<string>();
    for (const structure of this.#program.structures) {
      const rules = rulesAt(structure, before);
      const tracking = this.#tracking(rules);
      if (tracking === null) continue;
      const window = this.#windows.get(structure.id);
      if (window !== undefined && rollsAt(window) <= at) {
        if (!isEmpty(window)) rolled.add(structure.id);
        this.#endedWindows.set(structure.id, window);
        this.#windows.set(structure.id, rollTo(tracking, window, at));
      }
      if (rules.pointEarned?.type === 'NEXT_TRACKING_PERIOD' && windowAt(tracking, at).start === at) rolled.add(structure.id);
    }
    return rolled;
  }

  /** Puts revisions into force; structures whose customers must be judged because of it. */
  #revise(at: Instant): ReadonlySet<string> {
    const revised = new Set<string>();
    for (const structure of this.#program.structures) {
      const rules = rulesAt(structure, at);
      const former = this.#revisions.get(structure.id);
      this.#revisions.set(structure.id, rules.number);
      if (former === undefined || former === rules.number) continue;
      const membership = this.#memberships.get(structure.id);
      const before = revisionsOf(structure).find(({ number }) => number === former);
      if (membership !== undefined && before !== undefined) {
        this.#memberships.set(structure.id, revalidate(before, rules, membership, at, this.#program.calendar));
      }
      const held = membership?.tierId ?? null;
      const removed = held !== null && !rules.tiers.some(({ id }) => id === held);
      if (removed || rules.rollout !== 'NEXT_JUDGEMENT') revised.add(structure.id);
      this.#recount(structure, rules, at);
    }
    return revised;
  }

  /** Counts again what was earned in the windows of a new revision, which may be others: the present one and the one before it. */
  #recount(structure: TierStructure, rules: StructureRules, at: Instant): void {
    this.#windows.delete(structure.id);
    this.#endedWindows.delete(structure.id);
    const known = this.#recounts?.get(structure.id);
    if (known !== undefined) {
      this.#windows.set(structure.id, known);
      return;
    }
    const tracking = this.#tracking(rules);
    const counted = this.#counted.filter(({ cardDefinitionId }) => cardDefinitionId === rules.cardDefinitionId);
    if (tracking === null || counted.length === 0) return;
    if (tracking.pointEarned.window === 'TRAILING') {
      let window: EarnedWindow | undefined;
      for (const { points, earnedAt: earned } of counted) window = countPoints(tracking, window, points, earned, earned);
      if (window !== undefined) this.#windows.set(structure.id, rollTo(tracking, window, at));
      return;
    }
    const windowOf = (bounds: Interval): EarnedWindow => {
      const inside = counted.filter(({ earnedAt: earned }) => earned >= bounds.start && earned < bounds.end);
      return { ...bounds, earned: sumOf(inside), days: [] };
    };
    const present = windowAt(tracking, at);
    this.#windows.set(structure.id, windowOf(present));
    this.#endedWindows.set(structure.id, windowOf(windowAt(tracking, present.start - 1)));
  }

  #reasonToJudge(
    structure: TierStructure,
    at: Instant,
    happened: {
      readonly changed: ReadonlySet<string>;
      readonly activated: ReadonlySet<string>;
      readonly rolled: ReadonlySet<string>;
      readonly revised: ReadonlySet<string>;
    },
  ): TransitionReason | null {
    const period = periodAt(structure, at);
    if (period !== undefined && this.#judgedPeriods.get(structure.id) !== period.start) {
      this.#judgedPeriods.set(structure.id, period.start);
      return at === this.#startedAt ? 'CUSTOMER_JOINED' : 'STRUCTURE_ACTIVATED';
    }
    const membership = this.#memberships.get(structure.id);
    if (membership === undefined) return null;
    const rules = rulesAt(structure, at);
    const waits = rules.pointEarned?.type === 'NEXT_TRACKING_PERIOD';
    if (happened.revised.has(structure.id)) return 'REVISION_PUBLISHED';
    if (waits && happened.rolled.has(structure.id)) return 'WINDOW_ROLLED';
    if (membership.graceEndsAt !== null) {
      if (membership.graceEndsAt <= at) return 'GRACE_ENDED';
    } else if (membership.tierId !== null && membership.expiresAt <= at) return 'TIER_EXPIRED';
    if (happened.rolled.has(structure.id)) return 'WINDOW_ROLLED';
    if (!waits && happened.activated.has(rules.cardDefinitionId ?? '')) return 'POINTS_ACTIVATED';
    if (rules.type === 'POINT_BALANCE' && happened.changed.has(rules.cardDefinitionId ?? '')) return 'POINTS_EXPIRED';
    return nextJudgementAt(membership, this.#program.calendar) <= at ? 'DAY_STARTED' : null;
  }

  /** What the structure measures at the instant: the balance, the present window, or the tracking period that has just ended. */
  #measure(structure: TierStructure, at: Instant): Points {
    const rules = rulesAt(structure, at);
    const tracking = this.#tracking(rules);
    if (tracking === null) return this.#cards.get(rules.cardDefinitionId ?? '')?.balance ?? 0n;
    if (rules.pointEarned?.type !== 'NEXT_TRACKING_PERIOD') return earnedAt(this.#windows.get(structure.id), at);
    const ended = this.#endedWindows.get(structure.id);
    return ended !== undefined && ended.end === windowAt(tracking, at).start ? ended.earned : 0n;
  }

  /**
   * What the structure measures now.
   * @param without awards that must not count
   */
  #measureNow(structure: TierStructure, without: readonly GrantedAward[]): Points {
    if (this.#tracking(rulesAt(structure, this.#now)) !== null) return this.#earnedBehind(structure, this.#now, without);
    return this.#measure(structure, this.#now) - sumOf(this.#onOwnCard(structure, without));
  }

  /**
   * What is known now of what the structure measured when it gave an award: the balance without what has been found since not to have
   * been there, or what was earned in the window that counted then.
   * @param without awards that must not count: itself, and those that came after it
   */
  #measureBehind(structure: TierStructure, award: GrantedAward, without: readonly GrantedAward[]): Points {
    const rules = rulesAt(structure, this.#now);
    if (this.#tracking(rules) !== null) return this.#earnedBehind(structure, award.grantedAt, without);
    const reached = this.#reachedWith.get(awardKey(structure, award.tierId));
    if (reached === undefined) return 0n;
    const gone = this.#gone
      .slice(reached.goneCount)
      .filter(({ cardDefinitionId, from, order }) => cardDefinitionId === rules.cardDefinitionId && from <= award.grantedAt && order < reached.order);
    return reached.balance - sumOf(gone);
  }

  #earnedBehind(structure: TierStructure, at: Instant, without: readonly GrantedAward[]): Points {
    const rules = rulesAt(structure, this.#now);
    const tracking = this.#tracking(rules);
    if (tracking === null) return 0n;
    const { pointEarned } = tracking;
    const present = windowAt(tracking, at);
    const { start, end } = pointEarned.type === 'NEXT_TRACKING_PERIOD' ? windowAt(tracking, present.start - 1) : present;
    const counts = (earned: Instant) =>
      pointEarned.window === 'TRAILING'
        ? earned <= at && this.#program.calendar.startAfterPeriods(earned, pointEarned.period, 1) > at
        : earned >= start && earned < end;
    const counted = this.#counted.filter((one) => one.cardDefinitionId === rules.cardDefinitionId && counts(one.earnedAt));
    return sumOf(counted) - sumOf(this.#onOwnCard(structure, without).filter(({ grantedAt }) => counts(grantedAt)));
  }

  #onOwnCard(structure: TierStructure, awards: readonly GrantedAward[]): readonly GrantedAward[] {
    const { cardDefinitionId } = rulesAt(structure, this.#now);
    return awards.filter((award) => award.cardDefinitionId === cardDefinitionId);
  }

  #judge(structure: TierStructure, at: Instant, reason: TransitionReason, measure: Points, rollout: StructureRevision['rollout'] | null = null): void {
    const rules = rulesAt(structure, at);
    const before = this.#memberships.get(structure.id) ?? notJudged(structure.id, at);
    const upwards = reason === 'ENTRY_AWARDED' || rollout === 'UPGRADE_ONLY';
    const judgement: Judgement = {
      at,
      measure,
      reason,
      only: upwards ? 'UPWARDS' : rollout === 'RECALCULATE_NOW' ? 'WHATEVER_VALIDITY' : null,
      removedMinPoints: removedMinimum(structure, rules, before.tierId),
    };
    const judged = judge(rules, before, judgement, this.#program.calendar);
    this.#memberships.set(structure.id, judged.membership);
    if (judged.transition !== null) this.transitions.push(judged.transition);
    this.#observe(structure, rules, judgement, before, judged);
    if (judged.transition?.type === 'JOINED' || judged.transition?.type === 'UPGRADED') {
      this.#awardsDue.push(...reachedTiers(rules, judged.transition).map((tierId) => ({ structure, tierId })));
    }
  }

  #observe(
    structure: TierStructure,
    rules: StructureRevision,
    { at, reason, measure }: Judgement,
    before: Membership,
    { membership, transition, steps }: Judged,
  ): void {
    if (this.#observer === null) return;
    this.#observer({
      structureId: structure.id,
      revision: rules.number,
      at,
      reason,
      measure,
      window: measuredWindow(this.#tracking(rules), { reason, occurredAt: at }, before.expiresAt),
      steps,
      before,
      after: membership,
      transition,
    });
  }

  /**
   * Gives the entry awards of tiers that were just reached, and lets those who are raised by them rise further.
   * Each award is given once, so this comes to an end; nobody is lowered by it in the same instant.
   */
  #giveAwards(): void {
    while (this.#awardsDue.length > 0) {
      const due = this.#awardsDue;
      this.#awardsDue = [];
      const touched = new Set(due.flatMap(({ structure, tierId }) => this.#giveAward(structure, tierId) ?? []));
      for (const structure of touched.size === 0 ? [] : this.#judged(this.#now)) {
        const { cardDefinitionId, pointEarned } = rulesAt(structure, this.#now);
        if (!touched.has(cardDefinitionId ?? '') || pointEarned?.type === 'NEXT_TRACKING_PERIOD') continue;
        if (!this.#memberships.has(structure.id)) continue;
        this.#judge(structure, this.#now, 'ENTRY_AWARDED', this.#measure(structure, this.#now));
      }
    }
  }

  /** @returns the card definition on which points were given; null if there is nothing to give, or it was given before */
  #giveAward(structure: TierStructure, tierId: string): string | null {
    const rules = rulesAt(structure, this.#now);
    const tier = rules.tiers.find(({ id }) => id === tierId);
    const membership = this.#memberships.get(structure.id);
    const award = tier?.entryAward ?? null;
    const cardDefinitionId = award?.cardDefinitionId ?? rules.cardDefinitionId;
    if (award === null || membership === undefined || cardDefinitionId === null) return null;
    if (membership.entryAwards.some((given) => given.tierId === tierId)) return null;
    const given: GrantedAward = { tierId, cardDefinitionId, points: award.points, grantedAt: this.#now, undone: false };
    const balance = rules.type === 'POINT_BALANCE' ? this.#measure(structure, this.#now) : 0n;
    this.#reachedWith.set(awardKey(structure, tierId), { balance, order: this.#awardsGiven, goneCount: this.#gone.length });
    this.#awardsGiven += 1;
    this.#memberships.set(structure.id, { ...membership, entryAwards: [...membership.entryAwards, given] });
    const card = this.#open(cardDefinitionId);
    const expiration = tier?.pointExpiration ?? this.#definition(cardDefinitionId).expiration;
    const sliding = expiration.type === 'SLIDING';
    const expiresAt = sliding ? this.#slidingExpiry(card) : expiryOf(expiration, this.#now, this.#program.calendar);
    this.#record('ENTRY_AWARD', cardDefinitionId, award.points, { tierId, expiresAt, sliding });
    this.#credit(card, { expiresAt, sliding, points: award.points, earnedAt: this.#now });
    this.#count(cardDefinitionId, award.points, this.#now);
    return cardDefinitionId;
  }

  #judged(at: Instant): readonly TierStructure[] {
    return this.#program.structures.filter((structure) => at >= this.#startedAt && periodAt(structure, at) !== undefined);
  }
}

/** Replays facts, in the order in which they happened, and what follows from them, up to the instant. */
export function replay(
  member: MemberState,
  facts: readonly Fact[],
  program: Program,
  to: Instant,
  observer: ((trace: JudgementTrace) => void) | null = null,
): Timeline {
  const timeline = Timeline.fromTheStart(member, facts[0]?.occurredAt, program, observer);
  for (const fact of facts) timeline.apply(fact);
  return timeline.advance(to);
}

/** Whether a settled state can simply be advanced, or the structures have changed since and it must be replayed. */
export function needsReplay(member: Pick<MemberState, 'settledAt'>, program: Program): boolean {
  // A member settled at the very instant of the change may have been settled before it.
  return program.structuresChangedAt >= member.settledAt;
}

/** The member's state at the instant, without recording anything. */
export function stateAt(member: MemberState, history: MemberHistory, program: Program, at: Instant): MemberState {
  const to = Math.max(at, member.settledAt);
  if (needsReplay(member, program)) return withKnownCards(replay(member, history.facts, program, to).finish(), member);
  // Nothing falls due before that: the state is still true.
  if (to < member.nextDueAt) return { ...member, settledAt: to };
  return Timeline.from(member, program).advance(to).finish();
}

/** A card stays with what was recorded on it, also if a replay finds that nothing of it happened. */
function withKnownCards(replayed: MemberState, known: MemberState): MemberState {
  const missing = [...known.cards.values()].filter(({ cardDefinitionId }) => !replayed.cards.has(cardDefinitionId));
  if (missing.length === 0) return replayed;
  const empty = missing.map((card): [string, CardState] => [card.cardDefinitionId, emptyCard(card.id, card.cardDefinitionId)]);
  return { ...replayed, cards: new Map([...replayed.cards, ...empty]) };
}

/** The member's state as it was at an instant in the past, by the facts that were known at another. */
export function stateAsOf(
  member: MemberState,
  history: MemberHistory,
  program: Program,
  { at, knownAt }: { readonly at: Instant; readonly knownAt: Instant },
  observer: ((trace: JudgementTrace) => void) | null = null,
): MemberState {
  const facts = inOrder(history.facts).filter(({ occurredAt, recordedAt }) => occurredAt <= at && recordedAt <= knownAt);
  return replay({ ...member, sequence: 0 }, facts, program, at, observer).finish();
}

/** The rules by which a structure judges at the instant. */
export function rulesAt(structure: TierStructure, at: Instant): StructureRevision {
  const revisions = revisionsOf(structure);
  const [first] = revisions;
  if (first === undefined) throw new Error('A structure has a revision.');
  if (revisions.length === 1) return first;
  return revisions.findLast(({ effectiveAt }) => effectiveAt === null || effectiveAt <= at) ?? first;
}

/**
 * The tracking window that a judgement measures; null if it measures the balance, or a window without bounds.
 * @param expiresAt the end of the validity for which it judged
 */
export function measuredWindow(
  tracking: Tracking | null,
  { reason, occurredAt }: Pick<Transition, 'reason' | 'occurredAt'>,
  expiresAt: Instant,
): Interval | null {
  if (tracking === null || tracking.pointEarned.window === 'TRAILING') return null;
  if (reason === 'TIER_EXPIRED') return windowAt(tracking, expiresAt - 1);
  const present = windowAt(tracking, occurredAt);
  const waits = tracking.pointEarned.type === 'NEXT_TRACKING_PERIOD' && reason !== 'GRACE_ENDED';
  return waits ? windowAt(tracking, present.start - 1) : present;
}

function periodAt(structure: TierStructure, at: Instant) {
  return structure.activePeriods.find(({ start, end }) => at >= start && at < end);
}

/** The tiers whose entry awards a step up gives. */
function reachedTiers({ tiers, entryAwardScope }: StructureRules, { fromTierId, toTierId }: Transition): string[] {
  const to = tiers.findIndex(({ id }) => id === toTierId);
  const from = entryAwardScope === 'ALL_PASSED' ? tiers.findIndex(({ id }) => id === fromTierId) : to - 1;
  return tiers.slice(from + 1, to + 1).map(({ id }) => id);
}

/** The minimum of a tier that a later revision has left out; null if the tier is there, or if there is none. */
function removedMinimum(structure: TierStructure, rules: StructureRules, tierId: string | null): Points | null {
  if (tierId === null || structure.formerRevisions.length === 0 || rules.tiers.some(({ id }) => id === tierId)) return null;
  const known = structure.formerRevisions.flatMap(({ tiers }) => tiers).findLast(({ id }) => id === tierId);
  return known?.minPoints ?? 0n;
}

/** What a reversal returns: those taken last first, after what earlier reversals returned. */
function returnable(taken: readonly TakenPoints[], returnedBefore: Points, points: Points): TakenPoints[] {
  let skip = returnedBefore;
  let wanted = points;
  const returned: TakenPoints[] = [];
  for (const allocation of taken.toReversed()) {
    const left = allocation.points - least(skip, allocation.points);
    skip -= allocation.points - left;
    const part = least(left, wanted);
    wanted -= part;
    if (part > 0n) returned.push({ ...allocation, points: part });
  }
  return returned;
}

function asAllocation({ expiresAt, sliding, points }: TakenPoints): Allocation {
  return { expiresAt, sliding, points };
}

/** Whether points slide on the card, or could: the time since the last activity is not over. */
function isSliding(card: CardState, at: Instant): card is CardState & { readonly slidingExpiresAt: Instant } {
  return card.slidingExpiresAt !== null && card.slidingExpiresAt > at;
}

function awardKey({ id }: TierStructure, tierId: string): string {
  return `${id} ${tierId}`;
}

function lotKey(cardDefinitionId: string, { expiresAt, sliding }: Pick<Lot, 'expiresAt' | 'sliding'>): string {
  return `${cardDefinitionId} ${expiresAt}${sliding ? ' sliding' : ''}`;
}

function sumOf(all: readonly { readonly points: Points }[]): Points {
  return all.reduce((sum, { points }) => sum + points, 0n);
}

function least(a: Points, b: Points): Points {
  return a < b ? a : b;
}

function most(a: Points, b: Points): Points {
  return a > b ? a : b;
}

import type { EarnRuleVersion } from '../../src/domain/earning.ts';
import type { Operation, RedemptionCancellation, Refund, SpendReversal } from '../../src/domain/operations.ts';
import type { FixedPointExpiration, PointExpiration, QualifyingActivities } from '../../src/domain/points.ts';
import type { Program } from '../../src/domain/program.ts';
import type { Award, Transaction } from '../../src/domain/purchases.ts';
import type { Tier, TierStructure } from '../../src/domain/structures.ts';
import type { Instant, LocalCalendar } from '../../src/domain/time.ts';
import { NEVER } from '../../src/domain/time.ts';

/**
 * What the specification says, written down as plainly as it can be: a list of what happened, and a member
 * who lives through it from midnight to midnight, or from hour to hour where the program counts in hours.
 * Nothing is scheduled, nothing is remembered but what the words say, and all of it is done again when
 * something turns up late. Only the calendar is the engine's own.
 *
 * It knows programs whose structures are always in force and never revised.
 */

const HOUR = 3_600_000;

/** Something that was recorded. Of what it says, only what was asked for is looked at, and what is captured for good. */
export type Recorded = Transaction | Operation;

interface Heap {
  /** When the points are gone; of points that slide, the card knows. */
  readonly until: Instant | 'SLIDING';
  points: bigint;
  earnedAt: Instant;
}

/** Points that were spent, as they could be returned. */
interface Taken {
  readonly until: Instant | 'SLIDING';
  readonly points: bigint;
  readonly end: Instant;
  readonly earnedAt: Instant;
  /** With which points they slid. */
  readonly chain: number;
}

interface Waiting {
  readonly transaction: string;
  readonly rule: string;
  readonly from: Instant;
  readonly until: Instant | 'SLIDING';
  readonly earnedAt: Instant;
  points: bigint;
}

interface Purse {
  heaps: Heap[];
  waiting: Waiting[];
  owed: bigint;
  slidesUntil: Instant | null;
  /** How often points that slide have begun to slide together. */
  chain: number;
  /** What has expired of points with the same end. */
  readonly lost: Map<Instant | `SLIDING ${number}`, bigint>;
}

interface Standing {
  tier: number;
  since: Instant;
  anchor: Instant | null;
  terms: number;
  expires: Instant;
  graceEnds: Instant | null;
  steppedDown: Instant | null;
  awards: GivenAward[];
  /** What was measured last, to tell whether it has changed. */
  measured: bigint | null;
}

interface GivenAward {
  readonly tier: string;
  readonly card: string;
  readonly points: bigint;
  readonly at: Instant;
  /** What the card measured held before it. */
  readonly balance: bigint;
  /** How many had been given before it, to whatever end. */
  readonly number: number;
  /** How much had been found missing before it, which the balance is without. */
  readonly missed: number;
  /** It was to be taken back, and not all of it was there. */
  stuck: boolean;
}

/** Why somebody is looked at. */
type Cause = 'START' | 'PERIOD' | 'GRACE' | 'EXPIRED' | 'FACT' | 'CHANGE' | 'DAY' | 'AWARD';

/** What a refund did. */
export interface Took {
  readonly cancelled: bigint;
  readonly applied: bigint;
  readonly expired: bigint;
  readonly shortfall: bigint;
}

/** What there is to compare of a member at an instant. */
export interface Picture {
  readonly cards: Readonly<Record<string, PictureOfCard>>;
  readonly tiers: Readonly<Record<string, PictureOfTier>>;
}

export interface PictureOfCard {
  readonly balance: bigint;
  readonly pending: bigint;
  readonly lots: readonly (readonly [until: Instant, points: bigint])[];
}

export interface PictureOfTier {
  readonly tierId: string | null;
  readonly since: Instant;
  readonly expiresAt: Instant;
  readonly graceEndsAt: Instant | null;
  readonly measure: bigint;
  readonly entryAwards: readonly string[];
}

/** One member. */
export class Model {
  readonly #program: Program;
  readonly #joinedAt: Instant;
  readonly #steps: Steps;
  /** In the order in which it happened. */
  #facts: Recorded[] = [];
  #life: Life;

  constructor(program: Program, joinedAt: Instant) {
    this.#program = program;
    this.#joinedAt = joinedAt;
    this.#steps = stepsOf(program);
    this.#life = new Life(program, joinedAt, joinedAt, this.#steps);
  }

  /** Something was recorded: it happens next, or everything happens again with it in its place. */
  add(recorded: Recorded): this {
    const isLater = (other: Recorded) =>
      other.occurredAt > recorded.occurredAt || (other.occurredAt === recorded.occurredAt && other.sequence > recorded.sequence);
    if (recorded.occurredAt >= this.#life.now && !this.#facts.some(isLater)) {
      this.#facts.push(recorded);
      this.#life.live(recorded);
      return this;
    }
    const position = this.#facts.findIndex(isLater);
    this.#facts.splice(position === -1 ? this.#facts.length : position, 0, recorded);
    const counts = this.#facts.find((fact) => !isPurchase(fact) || fact.awards.some(({ points }) => points > 0n));
    this.#life = new Life(this.#program, this.#joinedAt, Math.min(this.#joinedAt, counts?.occurredAt ?? NEVER), this.#steps);
    for (const fact of this.#facts) this.#life.live(fact);
    return this;
  }

  /** What there is at the instant, which is not before anything that was recorded or asked. */
  at(instant: Instant): Picture {
    return this.#life.until(instant).picture();
  }

  /** What the last refund, reversal or spend did. */
  get last() {
    return this.#life.last;
  }
}

type Steps = (after: Instant) => Instant;

const midnights = new Map<string, Instant[]>();

/** The next instant at which time does something: a midnight, or an hour. */
function stepsOf(program: Program): Steps {
  const days = midnightsOf(program.calendar);
  const next: Steps = (after) => {
    let [low, high] = [0, days.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((days[middle] ?? NEVER) > after) high = middle;
      else low = middle + 1;
    }
    return days[low] ?? NEVER;
  };
  const units = JSON.stringify([[...program.cardDefinitions.values()], program.structures, program.earnRules], (_, value: unknown) =>
    typeof value === 'bigint' ? Number(value) : value,
  );
  if (!units.includes('"HOUR"')) return next;
  return (after) => Math.min(Math.floor(after / HOUR) * HOUR + HOUR, next(after));
}

function midnightsOf(calendar: LocalCalendar): Instant[] {
  const known = midnights.get(calendar.timeZone);
  if (known !== undefined) return known;
  const days: Instant[] = [];
  for (let day = calendar.dayAt(Date.UTC(2023, 0, 1)); day.start < Date.UTC(2032, 0, 1); day = calendar.dayAt(day.end)) days.push(day.start);
  midnights.set(calendar.timeZone, days);
  return days;
}

class Life {
  now: Instant;
  last: { took?: Took; expired?: bigint; allocations?: readonly (readonly [Instant, bigint])[] } = {};
  readonly #program: Program;
  readonly #calendar: LocalCalendar;
  readonly #joinedAt: Instant;
  readonly #steps: Steps;
  readonly #purses = new Map<string, Purse>();
  readonly #standings = new Map<string, Standing>();
  /** Everything that ever counted as earned, below zero where it was taken back. */
  readonly #counted: { readonly card: string; readonly points: bigint; readonly at: Instant }[] = [];
  readonly #purchases = new Map<string, Transaction>();
  /** With which points those of a purchase began to slide. */
  readonly #chains = new Map<string, number>();
  /** Points that refunds have found not to have been there, and from when; of awards their number, of purchases less than any. */
  readonly #missing: { readonly card: string; readonly points: bigint; readonly at: Instant; readonly number: number }[] = [];
  #given = 0;
  readonly #refunds = new Map<string, Refund[]>();
  readonly #spent = new Map<string, Taken[]>();
  readonly #reversed = new Map<string, bigint>();
  /** Tiers that were just reached, whose awards are due. */
  #due: { readonly structure: TierStructure; readonly tier: Tier }[] = [];

  constructor(program: Program, joinedAt: Instant, startsAt: Instant, steps: Steps) {
    this.#program = program;
    this.#calendar = program.calendar;
    this.#joinedAt = joinedAt;
    this.#steps = steps;
    this.now = startsAt;
    for (const structure of program.structures) {
      this.#standings.set(structure.id, {
        tier: -1,
        since: startsAt,
        anchor: null,
        terms: 0,
        expires: NEVER,
        graceEnds: null,
        steppedDown: null,
        awards: [],
        measured: null,
      });
    }
    for (const structure of program.structures) this.#look(structure, 'START');
    this.#award();
  }

  until(instant: Instant): this {
    for (let next = this.#steps(this.now); next <= instant; next = this.#steps(this.now)) {
      this.now = next;
      this.#tick();
    }
    this.now = Math.max(this.now, instant);
    return this;
  }

  live(fact: Recorded): void {
    this.until(fact.occurredAt);
    if (isPurchase(fact)) this.#buy(fact);
    else this.#operate(fact);
  }

  picture(): Picture {
    const cards = [...this.#purses].map(([card, purse]): [string, PictureOfCard] => [
      card,
      {
        balance: balanceOf(purse),
        pending: sum(purse.waiting),
        lots: merged([
          ...purse.heaps.map((heap) => [this.#end(purse, heap.until), heap.points] as const),
          ...(purse.owed === 0n ? [] : [[NEVER, -purse.owed] as const]),
        ]),
      },
    ]);
    const tiers = this.#program.structures.map((structure): [string, PictureOfTier] => {
      const { tier, since, expires, graceEnds, awards } = this.#standing(structure);
      return [
        structure.id,
        {
          tierId: structure.tiers[tier]?.id ?? null,
          since,
          expiresAt: expires,
          graceEndsAt: graceEnds,
          measure: structure.type === 'POINT_BALANCE' ? this.#balance(structure) : this.#earnedIn(structure, this.now),
          entryAwards: awards.map((award) => award.tier),
        },
      ];
    });
    return { cards: Object.fromEntries(cards), tiers: Object.fromEntries(tiers) };
  }

  // --- time ---

  #tick(): void {
    const begun = new Set<string>();
    for (const [card, purse] of this.#purses) {
      const due = purse.waiting.filter(({ from }) => from <= this.now);
      if (due.length > 0) begun.add(card);
      purse.waiting = purse.waiting.filter(({ from }) => from > this.now);
      for (const { transaction, rule, points, until, earnedAt } of due) {
        this.#put(card, points, until, earnedAt);
        this.#chains.set(`${transaction} ${rule}`, purse.chain);
        this.#count(card, points, earnedAt);
      }
    }
    for (const purse of this.#purses.values()) this.#lose(purse);
    for (const structure of this.#program.structures) {
      const { graceEnds, expires, tier, steppedDown, measured } = this.#standing(structure);
      if (waits(structure) && this.#window(structure, this.now)?.start === this.now) this.#look(structure, 'PERIOD');
      else if (graceEnds !== null && graceEnds <= this.now) this.#look(structure, 'GRACE');
      else if (graceEnds === null && tier !== -1 && expires <= this.now) this.#look(structure, 'EXPIRED');
      else if (!waits(structure) && begun.has(structure.cardDefinitionId ?? '')) this.#look(structure, 'CHANGE');
      else if (!waits(structure) && this.#measure(structure, 'CHANGE') !== measured) this.#look(structure, 'CHANGE');
      else if (!waits(structure) && steppedDown !== null && !this.#isToday(steppedDown)) this.#look(structure, 'DAY');
    }
    this.#award();
  }

  #lose(purse: Purse): void {
    const gone = purse.heaps.filter(({ until }) => this.#end(purse, until) <= this.now);
    for (const { until, points } of gone) {
      const lost = until === 'SLIDING' ? (`SLIDING ${purse.chain}` as const) : until;
      purse.lost.set(lost, (purse.lost.get(lost) ?? 0n) + points);
    }
    if (gone.length > 0) purse.heaps = purse.heaps.filter((heap) => !gone.includes(heap));
  }

  #end(purse: Purse, until: Instant | 'SLIDING'): Instant {
    return until === 'SLIDING' ? (purse.slidesUntil ?? NEVER) : until;
  }

  #isToday(instant: Instant): boolean {
    const { start, end } = this.#calendar.dayAt(instant);
    return this.now >= start && this.now < end;
  }

  // --- points ---

  #purse(card: string): Purse {
    const known = this.#purses.get(card);
    if (known !== undefined) return known;
    const purse: Purse = { heaps: [], waiting: [], owed: 0n, slidesUntil: null, chain: 0, lost: new Map() };
    this.#purses.set(card, purse);
    return purse;
  }

  #expiration(card: string): PointExpiration {
    return this.#program.cardDefinitions.get(card)?.expiration ?? { type: 'NO_EXPIRATION' };
  }

  #endOf(expiration: PointExpiration, from: Instant): Instant {
    switch (expiration.type) {
      case 'NO_EXPIRATION':
        return NEVER;
      case 'ROLLING':
        return this.#calendar.endOfPeriods(from, expiration.period, 1, expiration.rounding ?? undefined);
      case 'CALENDAR':
        return this.#calendar.endOfNextCalendarDate(from, expiration.calendarDates);
      case 'SLIDING':
        return this.#calendar.endOfPeriods(from, expiration.period, 1);
    }
  }

  /** Puts points on a card: what is owed is paid first. */
  #put(card: string, points: bigint, until: Instant | 'SLIDING', earnedAt: Instant, slidesUntil = this.#endOf(this.#expiration(card), this.now)): void {
    const purse = this.#purse(card);
    if (until === 'SLIDING' && (purse.slidesUntil === null || purse.slidesUntil <= this.now)) {
      this.#lose(purse);
      if (purse.slidesUntil !== null) purse.chain += 1;
      purse.slidesUntil = slidesUntil;
    }
    this.#pile(purse, points, until, earnedAt);
  }

  #pile(purse: Purse, points: bigint, until: Instant | 'SLIDING', earnedAt: Instant): void {
    const paid = least(points, purse.owed);
    purse.owed -= paid;
    if (points === paid) return;
    const heap = purse.heaps.find((each) => each.until === until);
    if (heap === undefined) purse.heaps.push({ until, points: points - paid, earnedAt });
    else {
      heap.points += points - paid;
      heap.earnedAt = Math.min(heap.earnedAt, earnedAt);
    }
  }

  /** Takes points that were there when that was recorded. Those that are not there after all were gone already, and nobody owes them. */
  #spend(card: string, points: bigint): Taken[] {
    const purse = this.#purse(card);
    const there = least(points, most(balanceOf(purse), 0n));
    const gone = { until: this.now, points: points - there, end: this.now, earnedAt: this.now, chain: purse.chain };
    return [...this.#take(card, there), ...(there === points ? [] : [gone])];
  }

  /** Takes points, those that end first in front; what is not there is owed. */
  #take(card: string, points: bigint, first?: Instant | 'SLIDING') {
    const purse = this.#purse(card);
    const sorted = [...purse.heaps].sort(
      (a, b) => compare(this.#end(purse, a.until), this.#end(purse, b.until)) || a.earnedAt - b.earnedAt || (a.until === 'SLIDING' ? 1 : -1),
    );
    const inOrder = [...sorted.filter(({ until }) => until === first), ...sorted.filter(({ until }) => until !== first)];
    const { chain } = purse;
    const taken: Taken[] = [];
    let left = points;
    for (const heap of inOrder) {
      const part = least(heap.points, left);
      if (part === 0n) continue;
      taken.push({ until: heap.until, points: part, end: this.#end(purse, heap.until), earnedAt: heap.earnedAt, chain });
      heap.points -= part;
      left -= part;
    }
    purse.heaps = purse.heaps.filter((heap) => heap.points > 0n);
    purse.owed += left;
    if (left > 0n) taken.push({ until: NEVER, points: left, end: NEVER, earnedAt: this.now, chain });
    return taken;
  }

  #count(card: string, points: bigint, at: Instant): void {
    this.#counted.push({ card, points, at });
  }

  /** Something was done that may keep points and tiers alive for longer. */
  #act(counts: (chosen: QualifyingActivities) => boolean, onlyCard: string | null): void {
    for (const [card, purse] of this.#purses) {
      const expiration = this.#expiration(card);
      if (expiration.type !== 'SLIDING' || purse.slidesUntil === null || (onlyCard ?? card) !== card || !counts(expiration)) continue;
      if (purse.slidesUntil <= this.now) purse.chain += 1;
      purse.slidesUntil = this.#endOf(expiration, this.now);
    }
    for (const structure of this.#program.structures) {
      const standing = this.#standing(structure);
      const { expiration, cardDefinitionId } = structure;
      if (expiration.type !== 'SLIDING_EXPIRATION' || (onlyCard ?? cardDefinitionId) !== cardDefinitionId || !counts(expiration)) continue;
      if (standing.tier !== -1 && standing.expires > this.now) this.#begin(structure, standing);
    }
  }

  // --- what is done ---

  #buy(purchase: Transaction): void {
    this.#purchases.set(purchase.id, purchase);
    const given = purchase.awards.filter(({ points }) => points > 0n);
    if (given.length === 0) return;
    for (const card of new Set(given.map(({ cardDefinitionId }) => cardDefinitionId))) {
      this.#act(({ earningActivity }) => earningActivity, card);
    }
    for (const award of given) {
      const { cardDefinitionId: card, points, earnRuleVersionId: rule } = award;
      const { until, from } = this.#terms(award);
      const earnedAt = this.now;
      if (from !== null) this.#purse(card).waiting.push({ transaction: purchase.id, rule, from, until, earnedAt, points });
      else {
        this.#put(card, points, until, earnedAt);
        this.#chains.set(`${purchase.id} ${rule}`, this.#purse(card).chain);
        this.#count(card, points, earnedAt);
      }
    }
    this.#judgeOn(given.map(({ cardDefinitionId }) => cardDefinitionId));
  }

  /** When the points of an award begin and end. What a tier says of it depends on what was known, so that is taken as told. */
  #terms(award: Award): { readonly until: Instant | 'SLIDING'; readonly from: Instant | null } {
    const { cardDefinitionId, earnRuleVersionId } = award;
    const from = this.#beginning(cardDefinitionId, this.now);
    const byRule: FixedPointExpiration | null = this.#program.earnRuleVersions.get(earnRuleVersionId)?.expiration ?? null;
    const byTier = this.#program.structures.some(({ tiers }) => tiers.some(({ pointExpiration }) => pointExpiration !== null));
    if (byRule === null && byTier) return { until: award.sliding ? 'SLIDING' : award.expiresAt, from };
    const expiration = byRule ?? this.#expiration(cardDefinitionId);
    return { until: expiration.type === 'SLIDING' ? 'SLIDING' : this.#endOf(expiration, from ?? this.now), from };
  }

  /** When points begin that are earned at an instant; null of those that do at once. */
  #beginning(cardDefinitionId: string, at: Instant): Instant | null {
    const activation = this.#program.cardDefinitions.get(cardDefinitionId)?.activation;
    if (activation?.type === 'PERIOD_BASED') return this.#calendar.startAfterPeriods(at, { value: activation.days, unit: 'DAY' }, 1);
    return activation?.type === 'FIXED_DATES' ? this.#calendar.startOfNextCalendarDate(at, activation.calendarDates) : null;
  }

  #operate(fact: Operation): void {
    this.last = {};
    switch (fact.type) {
      case 'SPEND':
      case 'REDEMPTION':
      case 'TRANSFER_OUT': {
        if (fact.type !== 'TRANSFER_OUT') this.#act(({ spendingActivity }) => spendingActivity, fact.cardDefinitionId);
        const taken = this.#spend(fact.cardDefinitionId, fact.points);
        this.#spent.set(fact.id, taken);
        this.last = { allocations: taken.map(({ end, points }) => [end, points] as const) };
        return this.#judgeOn([fact.cardDefinitionId]);
      }
      case 'TRANSFER_IN':
        for (const { expiresAt, sliding, points } of fact.allocations) {
          this.#put(fact.cardDefinitionId, points, sliding ? 'SLIDING' : expiresAt, this.now, expiresAt);
        }
        return this.#judgeOn([fact.cardDefinitionId]);
      case 'ADJUSTMENT': {
        const { cardDefinitionId: card, points, qualifying } = fact;
        const expiration = this.#expiration(card);
        if (points > 0n) this.#put(card, points, expiration.type === 'SLIDING' ? 'SLIDING' : this.#endOf(expiration, this.now), this.now);
        else this.#spend(card, -points);
        if (qualifying) this.#count(card, points, this.now);
        return this.#judgeOn([card]);
      }
      case 'ACTIVITY':
        return this.#act(
          ({ customActivity, customActivityTypes: types }) => customActivity && (types.length === 0 || types.includes(fact.activityType)),
          null,
        );
      case 'SPEND_REVERSAL':
        return this.#reverse(fact, fact.spendId);
      case 'REDEMPTION_CANCELLATION':
        return this.#reverse(fact, fact.redemptionId);
      case 'REFUND':
        return this.#refund(fact);
    }
  }

  #reverse({ cardDefinitionId: card, points }: SpendReversal | RedemptionCancellation, spendId: string): void {
    const taken = this.#spent.get(spendId) ?? [];
    const purse = this.#purse(card);
    let skip = this.#reversed.get(spendId) ?? 0n;
    this.#reversed.set(spendId, skip + points);
    let left = points;
    let expired = 0n;
    for (const part of taken.toReversed()) {
      const skipped = least(skip, part.points);
      skip -= skipped;
      const returned = least(part.points - skipped, left);
      left -= returned;
      if (returned === 0n) continue;
      // What slid with points that are gone is gone as they are, after it has paid what is owed.
      if (part.until === 'SLIDING' && part.chain !== purse.chain) {
        const paid = least(returned, purse.owed);
        purse.owed -= paid;
        const lost = `SLIDING ${part.chain}` as const;
        purse.lost.set(lost, (purse.lost.get(lost) ?? 0n) + returned - paid);
        expired += returned - paid;
      } else this.#pile(purse, returned, part.until, part.earnedAt);
    }
    expired += sum(purse.heaps.filter(({ until }) => this.#end(purse, until) <= this.now));
    this.#lose(purse);
    this.last = { expired };
    this.#judgeOn([card]);
  }

  #refund(refund: Refund): void {
    const purchase = this.#purchases.get(refund.transactionId);
    if (purchase === undefined) throw new Error('A refund follows its purchase.');
    const before = this.#refunds.get(purchase.id) ?? [];
    const after = [...before, refund];
    this.#refunds.set(purchase.id, after);
    let took: Took = { cancelled: 0n, applied: 0n, expired: 0n, shortfall: 0n };
    const touched: string[] = [];
    for (const award of purchase.awards) {
      const points = this.#kept(award, purchase, before) - this.#kept(award, purchase, after);
      if (points === 0n) continue;
      touched.push(award.cardDefinitionId);
      const one = this.#takeBack(award, purchase, points);
      took = {
        cancelled: took.cancelled + one.cancelled,
        applied: took.applied + one.applied,
        expired: took.expired + one.expired,
        shortfall: took.shortfall + one.shortfall,
      };
    }
    this.last = { took };
    if (touched.length === 0) return;
    for (let more = this.#clawBack(purchase.occurredAt, touched); more.length > 0; more = this.#clawBack(purchase.occurredAt, touched)) {
      touched.push(...more);
    }
    this.#judgeOn(touched);
  }

  /** Of what an award gave, what is to be kept after refunds. */
  #kept(award: Award, purchase: Transaction, refunds: readonly Refund[]): bigint {
    const version = this.#program.earnRuleVersions.get(award.earnRuleVersionId);
    if (version === undefined) throw new Error('An award has a rule.');
    const computed = worth(version, award.multiplier, purchase, refunds);
    return least(computed, award.points);
  }

  #takeBack(award: Award, purchase: Transaction, points: bigint): Took {
    const { cardDefinitionId: card, earnRuleVersionId: rule } = award;
    const purse = this.#purse(card);
    const own = purse.waiting.find((each) => each.transaction === purchase.id && each.rule === rule);
    const cancelled = least(own?.points ?? 0n, points);
    if (own !== undefined) own.points -= cancelled;
    purse.waiting = purse.waiting.filter((each) => each.points > 0n);
    const active = points - cancelled;
    const nothing = { cancelled, applied: 0n, expired: 0n };
    if (active === 0n) return { ...nothing, shortfall: 0n };
    this.#count(card, -active, purchase.occurredAt);
    const from = this.#beginning(card, purchase.occurredAt);
    this.#missing.push({ card, points: active, at: from ?? purchase.occurredAt, number: -1 });
    const policy = this.#program.cardDefinitions.get(card)?.refundPolicy;
    if (policy === 'REVOKE_FROM_PENDING') return { ...nothing, shortfall: active };
    const chain = this.#chains.get(`${purchase.id} ${rule}`) ?? 0;
    const slid = award.sliding && chain !== purse.chain;
    const until = award.sliding ? 'SLIDING' : award.expiresAt;
    const lost = award.sliding ? (`SLIDING ${chain}` as const) : award.expiresAt;
    const expired = least(purse.lost.get(lost) ?? 0n, active);
    purse.lost.set(lost, (purse.lost.get(lost) ?? 0n) - expired);
    const wanted = active - expired;
    const applied = policy === 'REVOKE_BELOW_ZERO' ? wanted : least(wanted, most(balanceOf(purse), 0n));
    this.#take(card, applied, slid ? undefined : until);
    return { cancelled, applied, expired, shortfall: wanted - applied };
  }

  // --- tiers ---

  #standing(structure: TierStructure): Standing {
    const standing = this.#standings.get(structure.id);
    if (standing === undefined) throw new Error('Everybody stands somewhere.');
    return standing;
  }

  #balance({ cardDefinitionId }: TierStructure): bigint {
    const purse = this.#purses.get(cardDefinitionId ?? '');
    return purse === undefined ? 0n : balanceOf(purse);
  }

  /** The tracking window that holds the instant; null of one that always ends now. */
  #window({ pointEarned }: TierStructure, at: Instant) {
    if (pointEarned === null || pointEarned.window === 'TRAILING') return null;
    if (pointEarned.window === 'CALENDAR') return this.#calendar.windowAt(at, pointEarned.period);
    return this.#calendar.anchoredWindowAt(at, pointEarned.period, this.#joinedAt);
  }

  /** What was earned in the window that holds the instant, by another instant at the latest. */
  #earnedIn(structure: TierStructure, at: Instant, latest = NEVER): bigint {
    const { pointEarned, cardDefinitionId } = structure;
    const window = this.#window(structure, at);
    const counts = (earned: Instant): boolean => {
      if (window !== null) return earned >= window.start && earned < window.end;
      return pointEarned !== null && this.#calendar.startAfterPeriods(earned, pointEarned.period, 1) > at;
    };
    return sum(this.#counted.filter(({ card, at: earned }) => card === cardDefinitionId && earned <= latest && counts(earned)));
  }

  #measure(structure: TierStructure, cause: Cause): bigint {
    if (structure.type === 'POINT_BALANCE') return this.#balance(structure);
    // A year that was good enough is not forgotten at its own midnight.
    if (cause === 'EXPIRED') return this.#earnedIn(structure, this.#standing(structure).expires - 1);
    if (cause === 'PERIOD') return this.#earnedIn(structure, this.now - 1);
    if (waits(structure) && cause === 'START') return 0n;
    return this.#earnedIn(structure, this.now);
  }

  /** After something was done to cards: those who measure one of them are judged, but not those who wait for the next period. */
  #judgeOn(cards: readonly string[]): void {
    for (const structure of this.#program.structures) {
      if (cards.includes(structure.cardDefinitionId ?? '') && !waits(structure)) this.#look(structure, 'FACT');
    }
    this.#award();
  }

  #look(structure: TierStructure, cause: Cause): void {
    const standing = this.#standing(structure);
    const measure = this.#measure(structure, cause);
    standing.measured = structure.type === 'POINT_BALANCE' ? measure : this.#earnedIn(structure, this.now);
    if (standing.steppedDown !== null && !this.#isToday(standing.steppedDown)) standing.steppedDown = null;
    const { tiers, downgrade, expiration } = structure;
    const wanted = tierFor(tiers, measure);
    const over = standing.tier !== -1 && standing.expires <= this.now;
    const holds = () => {
      if (over) {
        standing.since = standing.graceEnds === null ? this.now : standing.expires;
        this.#goOn(structure, standing);
      }
      standing.graceEnds = null;
    };
    if (wanted === standing.tier) return holds();
    if (wanted > standing.tier) {
      if (waits(structure) && cause !== 'PERIOD' && cause !== 'START') return holds();
      return this.#move(structure, standing, wanted);
    }
    if (cause === 'AWARD') return;
    if (standing.graceEnds !== null && standing.graceEnds > this.now) return;
    const always = expiration.type === 'NO_EXPIRATION';
    if (standing.graceEnds === null && !always && !over) return;
    if (downgrade.type === 'NO_DOWNGRADE' || tiers[standing.tier]?.noDowngrade === true) return holds();
    const single = downgrade.type === 'SINGLE_LEVEL';
    if (single && always && standing.steppedDown !== null) {
      standing.graceEnds = null;
      return;
    }
    if (standing.graceEnds === null && downgrade.gracePeriod !== null) {
      standing.graceEnds = this.#calendar.endOfGrace(this.now, downgrade.gracePeriod, downgrade.gracePeriod.roundUp);
      return;
    }
    this.#move(structure, standing, single ? standing.tier - 1 : wanted);
  }

  #move(structure: TierStructure, standing: Standing, to: number): void {
    const from = standing.tier;
    const down = to < from;
    // A step down at the end of a term goes on with the next, so that a tier a month stays a month apart.
    const goesOn = down && standing.expires <= this.now && standing.graceEnds === null;
    standing.tier = to;
    standing.since = this.now;
    standing.graceEnds = null;
    if (to === -1) {
      standing.anchor = null;
      standing.terms = 0;
      standing.expires = NEVER;
    } else if (goesOn) this.#goOn(structure, standing);
    else this.#begin(structure, standing);
    if (down && structure.downgrade.type === 'SINGLE_LEVEL' && structure.expiration.type === 'NO_EXPIRATION') standing.steppedDown = this.now;
    if (down) return;
    const first = structure.entryAwardScope === 'ALL_PASSED' ? from + 1 : to;
    for (const tier of structure.tiers.slice(first, to + 1)) this.#due.push({ structure, tier });
  }

  /** A validity begins now. */
  #begin(structure: TierStructure, standing: Standing): void {
    standing.anchor = this.now;
    standing.terms = 1;
    standing.expires = this.#endOfTerm(structure, standing);
  }

  #goOn(structure: TierStructure, standing: Standing): void {
    do {
      standing.terms += 1;
      standing.expires = this.#endOfTerm(structure, standing);
    } while (standing.expires <= this.now);
  }

  #endOfTerm({ expiration }: TierStructure, { anchor, terms }: Standing): Instant {
    switch (expiration.type) {
      case 'NO_EXPIRATION':
        return NEVER;
      case 'CALENDAR_EXPIRATION':
        return this.#calendar.endOfNextCalendarDate(this.now, expiration.calendarDates);
      default:
        return this.#calendar.endOfPeriods(anchor ?? this.now, expiration.period, terms);
    }
  }

  /** Entry awards are given once, and may lift whoever gets them further. */
  #award(): void {
    while (this.#due.length > 0) {
      const due = this.#due;
      this.#due = [];
      const cards = due.flatMap(({ structure, tier }) => this.#give(structure, tier));
      for (const structure of this.#program.structures) {
        if (cards.includes(structure.cardDefinitionId ?? '') && !waits(structure)) this.#look(structure, 'AWARD');
      }
    }
  }

  #give(structure: TierStructure, { id, entryAward, pointExpiration }: Tier): string[] {
    const standing = this.#standing(structure);
    const card = entryAward?.cardDefinitionId ?? structure.cardDefinitionId;
    if (entryAward === null || card === null || standing.awards.some(({ tier }) => tier === id)) return [];
    const balance = structure.type === 'POINT_BALANCE' ? this.#balance(structure) : 0n;
    standing.awards.push({ tier: id, card, points: entryAward.points, at: this.now, balance, number: this.#given, missed: this.#missing.length, stuck: false });
    this.#given += 1;
    const expiration = pointExpiration ?? this.#expiration(card);
    this.#put(card, entryAward.points, expiration.type === 'SLIDING' ? 'SLIDING' : this.#endOf(expiration, this.now), this.now);
    this.#count(card, entryAward.points, this.now);
    return [card];
  }

  /**
   * Entry awards of tiers that would not have been reached without what is refunded: neither by what counts now
   * nor by what counted when they were given, without themselves and what came after them.
   * @returns the cards they were on: there may be others that rested on them
   */
  #clawBack(earnedAt: Instant, cards: readonly string[]): string[] {
    const found: string[] = [];
    for (const structure of this.#program.structures) {
      if (structure.entryAwardOnRefund !== 'CLAWBACK' || ![...cards, ...found].includes(structure.cardDefinitionId ?? '')) continue;
      const standing = this.#standing(structure);
      const candidates = standing.awards.filter(({ at, stuck }) => at >= earnedAt && !stuck);
      const undone = candidates.filter((award, index) => {
        const minimum = structure.tiers.find(({ id }) => id === award.tier)?.minPoints ?? 0n;
        const without = candidates.slice(index).filter(({ card }) => card === structure.cardDefinitionId);
        return this.#counting(structure, this.now, without) < minimum && this.#reaching(structure, award, without) < minimum;
      });
      for (const award of undone) {
        const { card, points, at, number } = award;
        const belowZero = this.#program.cardDefinitions.get(card)?.refundPolicy === 'REVOKE_BELOW_ZERO';
        const there = belowZero ? points : least(points, most(balanceOf(this.#purse(card)), 0n));
        this.#take(card, there);
        this.#count(card, -points, at);
        this.#missing.push({ card, points, at, number });
        award.stuck = there < points;
        found.push(card);
      }
      standing.awards = standing.awards.filter((award) => award.stuck || !undone.includes(award));
    }
    return found;
  }

  /** What counted when an award was given, as it is known now. */
  #reaching(structure: TierStructure, { at, balance, number, missed }: GivenAward, without: Standing['awards']): bigint {
    if (structure.type !== 'POINT_BALANCE') return this.#counting(structure, at, without);
    return balance - sum(this.#missing.slice(missed).filter((one) => one.card === structure.cardDefinitionId && one.at <= at && one.number < number));
  }

  /** What counted at an instant, as it is known now, without some points that were given. */
  #counting(structure: TierStructure, at: Instant, without: Standing['awards']): bigint {
    if (structure.type === 'POINT_BALANCE') return this.#balance(structure) - sum(without);
    const taken = without.map(({ card, points, at: given }) => ({ card, points: -points, at: given }));
    this.#counted.push(...taken);
    const window = this.#window(structure, at);
    const counted =
      window === null ? this.#earnedIn(structure, at, at) : this.#earnedIn(structure, waits(structure) ? window.start - 1 : at);
    this.#counted.splice(-taken.length, taken.length);
    return counted;
  }
}

/** What a purchase is worth after refunds, in whole cents and tenths of multipliers. */
function worth(version: EarnRuleVersion, multiplier: string, purchase: Transaction, refunds: readonly Refund[]): bigint {
  const cents = (amount: string) => BigInt(Math.round(Number(amount) * 100));
  const total = cents(purchase.amount) - sumOf(refunds.map(({ amount }) => cents(amount)));
  const lines = purchase.lines.map((line, index) => {
    const own = refunds.flatMap((refund) => refund.lines.filter((each) => each.index === index));
    return cents(line.amount) - sumOf(own.map(({ amount }) => cents(amount)));
  });
  // Money that nobody said a line of is taken from the last lines.
  let unsaid = sumOf(refunds.map(({ amount, lines: named }) => cents(amount) - sumOf(named.map((line) => cents(line.amount)))));
  for (let index = lines.length - 1; index >= 0; index -= 1) {
    const taken = least(lines[index] ?? 0n, unsaid);
    lines[index] = (lines[index] ?? 0n) - taken;
    unsaid -= taken;
  }
  const perLine = version.roundingScope === 'PER_LINE' && lines.length > 0;
  const [rate] = version.rates;
  const value = BigInt(rate?.value ?? 0) * BigInt(Math.round(Number(multiplier) * 1000));
  const every = cents(rate?.every ?? '1') * 1000n;
  const rounded = (amount: bigint) => {
    const [whole, rest] = [(amount * value) / every, (amount * value) % every];
    if (version.rounding === 'FLOOR' || rest === 0n) return whole;
    return version.rounding === 'CEILING' || rest * 2n >= every ? whole + 1n : whole;
  };
  return sumOf((perLine ? lines : [total]).map(rounded));
}

function isPurchase(recorded: Recorded): recorded is Transaction {
  return !('type' in recorded);
}

function waits({ pointEarned }: TierStructure): boolean {
  return pointEarned?.type === 'NEXT_TRACKING_PERIOD';
}

/** The highest tier whose minimum is reached, unless its maximum is passed. */
function tierFor(tiers: readonly Tier[], measure: bigint): number {
  let found = -1;
  for (const [index, { minPoints }] of tiers.entries()) if (measure >= minPoints) found = index;
  const maximum = tiers[found]?.maxPoints ?? null;
  return maximum !== null && measure > maximum ? -1 : found;
}

function balanceOf({ heaps, owed }: Purse): bigint {
  return sum(heaps) - owed;
}

function merged(lots: readonly (readonly [Instant, bigint])[]): [Instant, bigint][] {
  const sums = new Map<Instant, bigint>();
  for (const [until, points] of lots) sums.set(until, (sums.get(until) ?? 0n) + points);
  return [...sums].sort(([a], [b]) => compare(a, b));
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function sum(all: readonly { readonly points: bigint }[]): bigint {
  return all.reduce((total, { points }) => total + points, 0n);
}

function sumOf(all: readonly bigint[]): bigint {
  return all.reduce((total, each) => total + each, 0n);
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function most(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

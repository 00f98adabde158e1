import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { CardDefinition } from '../../src/domain/cards.ts';
import type { EarnCaps, EarnRule, EarnRuleVersion } from '../../src/domain/earning.ts';
import { NO_CAPS } from '../../src/domain/earning.ts';
import type { RedemptionState, RewardMoves, RewardShelf } from '../../src/domain/grants.ts';
import { NO_SHELF } from '../../src/domain/grants.ts';
import type { Effects, LedgerEntry, Member, TierTransition } from '../../src/domain/ledger.ts';
import { decideSettlement } from '../../src/domain/ledger.ts';
import type { MemberHistory, MemberState } from '../../src/domain/members.ts';
import { NO_HISTORY, newMember } from '../../src/domain/members.ts';
import type { Operation, Redemption, Spend } from '../../src/domain/operations.ts';
import {
  decideActivity,
  decideAdjustment,
  decideRefund,
  decideSpend,
  decideSpendReversal,
  decideTransfer,
} from '../../src/domain/operations.ts';
import type { FixedPointExpiration, PointActivation, PointExpiration } from '../../src/domain/points.ts';
import type { Program } from '../../src/domain/program.ts';
import type { Transaction } from '../../src/domain/purchases.ts';
import { decideEarn } from '../../src/domain/purchases.ts';
import type { Rollout, StructureRules, Tier, TierDowngrade, TierExpiration, TierStructure } from '../../src/domain/structures.ts';
import { decideCancellation, decideRedemption } from '../../src/domain/redemptions.ts';
import type { Reward } from '../../src/domain/rewards.ts';
import { revisionsOf, takesEffectAt } from '../../src/domain/structures.ts';
import type { CalendarDate, Instant, Interval, Period, Rounding } from '../../src/domain/time.ts';
import { LocalCalendar, NEVER } from '../../src/domain/time.ts';
import { stateAt } from '../../src/domain/timeline.ts';
import { structure, tier } from './structures.ts';

/**
 * Random programs, and three members who live through random commands under them. Commands are drawn
 * without knowing what they will meet: which spend is reversed, and how much of what there is is spent, is
 * said as a share and found out when its turn comes.
 */

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
/** A leap year begins; the 29th of February and both changes of the clocks lie ahead. */
export const START = Date.UTC(2024, 0, 1);
/** Ids are UUIDs of few digits, because a card's id is computed from them. */
export const WHO = ['ada', 'bee', 'cab'] as const;
export const CARDS = ['a', 'b'] as const;

export type Who = (typeof WHO)[number];
export type Card = (typeof CARDS)[number];

/** A calendar that remembers its answers: they depend on nothing but the arguments, and thousands of runs ask the same. */
class RememberingCalendar extends LocalCalendar {
  readonly #answers = new Map<string, unknown>();
  readonly #windows = new Map<string, Interval>();
  /** By hour: no day of these zones begins within one. */
  readonly #days = new Map<number, ReturnType<LocalCalendar['dayAt']>>();

  override dayAt(instant: Instant): ReturnType<LocalCalendar['dayAt']> {
    const hour = Math.floor(instant / HOUR);
    const known = this.#days.get(hour);
    if (known !== undefined) return known;
    const day = super.dayAt(instant);
    this.#days.set(hour, day);
    return day;
  }

  override endOfPeriods(anchor: Instant, period: Period, count: number, rounding?: Rounding): Instant {
    const key = `e ${anchor} ${period.value}${period.unit} ${count} ${rounding?.to} ${rounding?.month}`;
    return this.#remember(key, () => super.endOfPeriods(anchor, period, count, rounding));
  }

  override endOfNextCalendarDate(instant: Instant, dates: readonly CalendarDate[]): Instant {
    return this.#remember(`d ${instant} ${listOf(dates)}`, () => super.endOfNextCalendarDate(instant, dates));
  }

  override startOfNextCalendarDate(instant: Instant, dates: readonly CalendarDate[]): Instant {
    return this.#remember(`n ${instant} ${listOf(dates)}`, () => super.startOfNextCalendarDate(instant, dates));
  }

  override startAfterPeriods(instant: Instant, period: Period, count: number): Instant {
    const key = `s ${instant} ${period.value}${period.unit} ${count}`;
    return this.#remember(key, () => super.startAfterPeriods(instant, period, count));
  }

  override endOfGrace(instant: Instant, period: Period, roundUp: boolean): Instant {
    const key = `g ${instant} ${period.value}${period.unit} ${roundUp}`;
    return this.#remember(key, () => super.endOfGrace(instant, period, roundUp));
  }

  override anchoredWindowAt(instant: Instant, period: Period, anchor: Instant): Interval {
    return this.#window(`${anchor} ${period.value}${period.unit}`, instant, () => super.anchoredWindowAt(instant, period, anchor));
  }

  override windowAt(instant: Instant, period: Period): Interval {
    return this.#window(`${period.value}${period.unit}`, instant, () => super.windowAt(instant, period));
  }

  /** Windows of one kind are asked for one after the other. */
  #window(kind: string, instant: Instant, compute: () => Interval): Interval {
    const latest = this.#windows.get(kind);
    if (latest !== undefined && instant >= latest.start && instant < latest.end) return latest;
    const window = this.#remember(`${kind} ${Math.floor(instant / HOUR)}`, compute);
    this.#windows.set(kind, window);
    return window;
  }

  #remember<T>(key: string, compute: () => T): T {
    const known = this.#answers.get(key);
    if (known !== undefined) return known as T;
    const answer = compute();
    if (this.#answers.size > 300_000) this.#answers.clear();
    this.#answers.set(key, answer);
    return answer;
  }
}

function listOf(dates: readonly CalendarDate[]): string {
  return dates.map(({ day, month }) => `${day}.${month}`).join(' ');
}

/** One of each for all runs. Clocks are changed at midnight in Cairo, and at the other end of the year in Auckland. */
const CALENDARS = ['UTC', 'America/New_York', 'Africa/Cairo', 'Pacific/Auckland'].map((zone) => new RememberingCalendar(zone));

// --- programs ---------------------------------------------------------------------------------

/** What a random program may have. What is captured when a purchase is recorded depends on the order of recording. */
export interface Plan {
  /** Caps, multipliers of tiers, and expirations of tiers. */
  readonly captured: boolean;
  /** Entry awards. */
  readonly awards: boolean;
}

const EVERYTHING: Plan = { captured: true, awards: true };

const daysPeriod: fc.Arbitrary<Period> = fc.oneof(
  fc.record({ value: fc.integer({ min: 5, max: 60 }), unit: fc.constant('DAY' as const) }),
  fc.record({ value: fc.integer({ min: 1, max: 6 }), unit: fc.constant('WEEK' as const) }),
  fc.record({ value: fc.integer({ min: 1, max: 4 }), unit: fc.constant('MONTH' as const) }),
  fc.constant({ value: 1, unit: 'YEAR' as const }),
);

/** Now and then in hours. */
const period: fc.Arbitrary<Period> = fc.oneof(
  { weight: 24, arbitrary: daysPeriod },
  { weight: 1, arbitrary: fc.record({ value: fc.constantFrom(36, 50, 1000), unit: fc.constant('HOUR' as const) }) },
);

const calendarDates = fc.uniqueArray(
  fc.constantFrom({ day: 29, month: 2 }, { day: 31, month: 3 }, { day: 1, month: 7 }, { day: 31, month: 12 }),
  { minLength: 1, maxLength: 3 },
);

const ROUNDINGS: readonly Rounding[] = [
  { to: 'END_OF_MONTH', month: null },
  { to: 'END_OF_QUARTER', month: null },
  { to: 'END_OF_HALF_YEAR', month: null },
  { to: 'END_OF_PARTICULAR_MONTH', month: 2 },
];

const fixedExpiration: fc.Arbitrary<FixedPointExpiration> = fc.oneof(
  fc.constant({ type: 'NO_EXPIRATION' as const }),
  fc.record({ type: fc.constant('ROLLING' as const), period, rounding: fc.constantFrom(null, null, ...ROUNDINGS) }).map(
    (rolling): FixedPointExpiration => (rolling.period.unit === 'HOUR' ? { ...rolling, rounding: null } : rolling),
  ),
  fc.record({ type: fc.constant('CALENDAR' as const), calendarDates }),
);

const activities = fc.constantFrom(
  { earningActivity: true, spendingActivity: false, customActivity: false, customActivityTypes: [] },
  { earningActivity: false, spendingActivity: true, customActivity: true, customActivityTypes: [] },
  { earningActivity: true, spendingActivity: true, customActivity: true, customActivityTypes: ['visit'] },
);

const pointExpiration: fc.Arbitrary<PointExpiration> = fc.oneof(
  { weight: 3, arbitrary: fixedExpiration },
  {
    weight: 1,
    arbitrary: fc.tuple(activities, period).map(([chosen, each]) => ({ type: 'SLIDING' as const, period: each, ...chosen })),
  },
);

const activation: fc.Arbitrary<PointActivation> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ type: 'IMMEDIATE' as const }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('PERIOD_BASED' as const), days: fc.constantFrom(1, 14, 40) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('FIXED_DATES' as const), calendarDates }) },
);

const definition = fc.record({
  expiration: pointExpiration,
  activation,
  refundPolicy: fc.constantFrom('REVOKE_TO_ZERO' as const, 'REVOKE_BELOW_ZERO' as const, 'REVOKE_FROM_PENDING' as const),
});

const tierExpiration: fc.Arbitrary<TierExpiration> = fc.oneof(
  fc.constant({ type: 'NO_EXPIRATION' as const }),
  fc.record({ type: fc.constant('ROLLING_EXPIRATION' as const), period: daysPeriod }),
  fc.record({ type: fc.constant('CALENDAR_EXPIRATION' as const), calendarDates }),
  fc.tuple(activities, daysPeriod).map(([chosen, each]) => ({ type: 'SLIDING_EXPIRATION' as const, period: each, ...chosen })),
);

const gracePeriod = fc.option(
  fc.record({ value: fc.integer({ min: 1, max: 5 }), unit: fc.constantFrom('DAY' as const, 'WEEK' as const, 'MONTH' as const), roundUp: fc.boolean() }),
);

const downgrade: fc.Arbitrary<TierDowngrade> = fc.oneof(
  fc.constant({ type: 'NO_DOWNGRADE' as const }),
  { weight: 3, arbitrary: fc.record({ type: fc.constantFrom('MULTI_LEVEL' as const, 'SINGLE_LEVEL' as const), gracePeriod }) },
);

function tiersOf(id: string, plan: Plan): fc.Arbitrary<Tier[]> {
  const award = plan.awards ? fc.constantFrom(null, null, 15n, 60n) : fc.constant(null);
  const expiration = plan.captured ? fc.option(fixedExpiration, { freq: 3 }) : fc.constant(null);
  return fc
    .tuple(
      fc.uniqueArray(fc.constantFrom(0, 20, 50, 100, 200, 400), { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 0, max: 8 }),
      fc.boolean(),
      fc.array(fc.tuple(award, fc.constantFrom(null, null, 'a', 'b'), expiration), { minLength: 4, maxLength: 4 }),
    )
    .map(([minima, kept, gap, more]) =>
      minima
        .sort((a, b) => a - b)
        .map((minimum, index) => {
          const [points, cardDefinitionId, expires] = more[index] ?? [null, null, null];
          return tier(`${id} from ${minimum}`, minimum, {
            structureId: id,
            noDowngrade: index === kept,
            maxPoints: gap && index === 0 ? BigInt(minimum) + 9n : null,
            // Awards go to the structure's own card or to the other one, which has no awards back: no circles.
            entryAward: points === null ? null : { points, cardDefinitionId: id === 'one' ? cardDefinitionId : null },
            pointExpiration: expires,
          });
        }),
    );
}

function rulesOf(id: string, plan: Plan): fc.Arbitrary<StructureRules> {
  const pointEarned = fc.oneof(
    fc.record({
      period,
      type: fc.constantFrom('IMMEDIATELY' as const, 'NEXT_TRACKING_PERIOD' as const),
      window: fc.constantFrom('CALENDAR' as const, 'ANNIVERSARY' as const),
    }),
    fc.record({ period, type: fc.constant('IMMEDIATELY' as const), window: fc.constant('TRAILING' as const) }),
  );
  return fc
    .record({
      tiers: tiersOf(id, plan),
      earned: fc.option(pointEarned, { freq: 4 }),
      cardDefinitionId: fc.constantFrom(id === 'one' || !plan.awards ? 'a' : 'b'),
      expiration: tierExpiration,
      downgrade,
      entryAwardScope: fc.constantFrom('REACHED' as const, 'ALL_PASSED' as const),
      entryAwardOnRefund: fc.constantFrom('KEEP' as const, 'CLAWBACK' as const),
    })
    .map(({ earned, ...rules }) => ({
      ...rules,
      type: earned === null ? ('POINT_BALANCE' as const) : ('POINT_EARNED' as const),
      pointEarned: earned,
    }));
}

const caps: fc.Arbitrary<EarnCaps> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(NO_CAPS) },
  {
    weight: 1,
    arbitrary: fc.record({
      perTransaction: fc.constantFrom(null, 300n),
      perPeriod: fc.constantFrom([], [{ unit: 'DAY' as const, points: 120n }], [{ unit: 'WEEK' as const, points: 200n }, { unit: 'MONTH' as const, points: 500n }]),
      balance: fc.constantFrom(null, 500n),
    }),
  },
);

/** One point a dollar on the card `a`, and two for three dollars on `b` if it was bought there. */
function rule(id: Card, more: Pick<EarnRuleVersion, 'caps' | 'expiration' | 'tierMultipliers'>): EarnRule {
  const version: EarnRuleVersion = {
    id: `${id} 1`,
    earnRuleId: id,
    number: 1,
    effectiveAt: -NEVER,
    publishedAt: 0,
    rates: [{ currency: 'USD', value: id === 'a' ? '1' : '2', every: id === 'a' ? '1.00' : '3.00' }],
    condition: id === 'a' ? null : "transaction.location == 'b'",
    rounding: id === 'a' ? 'FLOOR' : 'NEAREST',
    roundingScope: id === 'a' ? 'PER_TRANSACTION' : 'PER_LINE',
    ...more,
  };
  return { id, key: id, name: id, cardDefinitionId: id, versions: [version], retiredAt: null, version: 1, createdAt: 0, updatedAt: null };
}

/** So many points of a card for something of which there is enough; its id is the card's. */
function reward(id: Card): Reward {
  return {
    id,
    key: id,
    name: id,
    type: id,
    description: null,
    cardDefinitionId: id,
    cost: id === 'a' ? 40n : 15n,
    limits: { perMember: null, perPeriod: [] },
    tierIds: [],
    condition: null,
    validFrom: null,
    validUntil: null,
    proofValidMinutes: 10,
    trigger: null,
    grantValidity: null,
    defaultLocale: 'en',
    metadata: {},
    status: 'ACTIVE',
    stocked: false,
    activePeriods: [],
    version: 1,
    createdAt: 0,
    updatedAt: null,
  };
}

export function programs(plan: Plan = EVERYTHING): fc.Arbitrary<Program> {
  const structureNamed = (id: string) => rulesOf(id, plan).map(({ tiers, ...rules }) => structure(tiers, { ...rules, id }));
  return fc
    .record({
      calendar: fc.constantFrom(...CALENDARS),
      definitions: fc.tuple(definition, definition),
      structures: fc.tuple(structureNamed('one'), structureNamed('two')),
      count: fc.integer({ min: 1, max: 2 }),
      caps: plan.captured ? fc.tuple(caps, caps) : fc.constant([NO_CAPS, NO_CAPS] as const),
      multiplied: plan.captured ? fc.boolean() : fc.constant(false),
      expirations: fc.tuple(fc.option(fixedExpiration, { freq: 3 }), fc.option(fixedExpiration, { freq: 3 })),
    })
    .map(({ calendar, definitions, structures, count, caps: capsOf, multiplied, expirations }): Program => {
      const tierMultipliers = multiplied
        ? structures[0].tiers.slice(-1).map(({ id }) => ({ tierId: id, multiplier: '1.5' }))
        : [];
      const earnRules = CARDS.map((id, index) =>
        rule(id, { caps: capsOf[index] ?? NO_CAPS, expiration: expirations[index] ?? null, tierMultipliers }),
      );
      return {
        workspaceId: 'workspace',
        calendar,
        configurationVersion: 1n,
        cardDefinitions: new Map(
          CARDS.map((id, index): [string, CardDefinition] => [
            id,
            {
              ...(definitions[index] ?? definitions[0]),
              id,
              key: id,
              name: id,
              status: 'ACTIVE',
              metadata: {},
              version: 1,
              createdAt: index,
              updatedAt: null,
            },
          ]),
        ),
        structures: structures.slice(0, count),
        earnRules,
        rewards: new Map(CARDS.map((id) => [id, reward(id)])),
        triggeredRewards: [],
        earnRuleVersions: new Map(earnRules.flatMap(({ versions }) => versions.map((version) => [version.id, version]))),
        backdatingDays: 1000,
        structuresChangedAt: 0,
      };
    });
}

// --- commands ---------------------------------------------------------------------------------

export type Command =
  | { readonly kind: 'REST' }
  | { readonly kind: 'EARN'; readonly who: number; readonly cents: number; readonly where: Card; readonly lines: boolean; readonly late: number }
  | { readonly kind: 'SPEND'; readonly who: number; readonly card: Card; readonly percent: number }
  | { readonly kind: 'REVERSE'; readonly which: number; readonly percent: number }
  | { readonly kind: 'REDEEM'; readonly who: number; readonly card: Card }
  | { readonly kind: 'CANCEL'; readonly which: number }
  | { readonly kind: 'REFUND'; readonly which: number; readonly percent: number; readonly ofLine: boolean }
  | { readonly kind: 'ADJUST'; readonly who: number; readonly card: Card; readonly points: number; readonly qualifying: boolean }
  | { readonly kind: 'TRANSFER'; readonly who: number; readonly to: number; readonly card: Card; readonly percent: number }
  | { readonly kind: 'VISIT'; readonly who: number; readonly type: string; readonly late: number }
  | { readonly kind: 'WAIT'; readonly time: number }
  | { readonly kind: 'SETTLE'; readonly who: number }
  | { readonly kind: 'PAUSE'; readonly structure: number }
  | { readonly kind: 'REVISE'; readonly structure: number; readonly rules: StructureRules; readonly rollout: Rollout };

const who = fc.integer({ min: 0, max: 2 });
const card = fc.constantFrom(...CARDS);
const which = fc.nat({ max: 100 });
const percent = fc.constantFrom(100, 100, 30, 1, 70, 150);
/** Whole hours, as a program that counts in hours would else have to be looked at every millisecond. */
const late = fc.constantFrom(0, 0, 0, HOUR, 3 * DAY, 40 * DAY + 5 * HOUR, 200 * DAY);

/** Commands of every day. */
const daily: fc.WeightedArbitrary<Command>[] = [
  { weight: 1, arbitrary: fc.constant({ kind: 'REST' }) },
  {
    weight: 10,
    arbitrary: fc.record({
      kind: fc.constant('EARN'),
      who,
      cents: fc.constantFrom(0, 100, 950, 1000, 2000, 3050, 5000, 8000, 10_000, 20_000, 40_000),
      where: card,
      lines: fc.boolean(),
      late,
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('SPEND'), who, card, percent }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('REVERSE'), which, percent }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('REDEEM'), who, card }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('CANCEL'), which }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('REFUND'), which, percent, ofLine: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('ADJUST'),
      who,
      card,
      points: fc.constantFrom(-300, -40, -1, 1, 40, 100),
      qualifying: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('TRANSFER'), who, to: who, card, percent }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('VISIT'), who, type: fc.constantFrom('visit', 'review'), late }) },
  {
    weight: 14,
    arbitrary: fc.record({
      kind: fc.constant('WAIT'),
      time: fc.constantFrom(HOUR, 5 * HOUR, 12 * HOUR, DAY, 3 * DAY, 7 * DAY, 20 * DAY, 31 * DAY, 45 * DAY + HOUR),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('SETTLE'), who }) },
];

const changesOfProgram: fc.WeightedArbitrary<Command>[] = [
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('PAUSE'), structure: fc.integer({ min: 0, max: 1 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('REVISE'),
      structure: fc.constant(0),
      rules: rulesOf('one', EVERYTHING),
      rollout: fc.constantFrom('NEXT_JUDGEMENT' as const, 'RECALCULATE_NOW' as const, 'UPGRADE_ONLY' as const),
    }),
  },
];

/** Always as many commands; what does not matter to a failure shrinks to rest. */
export function commands(count: number, { changes = false } = {}): fc.Arbitrary<Command[]> {
  const command = fc.oneof({ withCrossShrink: true }, ...daily, ...(changes ? changesOfProgram : []));
  return fc.array(command, { minLength: count, maxLength: count });
}

// --- members who live -------------------------------------------------------------------------

type Identified = Transaction | Operation;

/** What one command did to one member, or to two. */
export interface Done {
  readonly members: readonly Living[];
  readonly recorded: readonly Identified[];
  /** Code of the refusal; null if it was recorded. */
  readonly refused: string | null;
}

const NOTHING_DONE: Done = { members: [], recorded: [], refused: null };

/** A member, with the ledger as it was written. */
export class Living implements Member {
  state: MemberState;
  history: MemberHistory = NO_HISTORY;
  readonly entries: LedgerEntry[] = [];
  readonly transitions: TierTransition[] = [];

  constructor(customerId: string, joinedAt: Instant) {
    this.state = newMember(customerId, joinedAt, joinedAt);
  }

  apply({ state, entries, transitions, history }: Effects): void {
    this.state = state;
    this.history = history;
    this.entries.push(...entries);
    this.transitions.push(...transitions);
  }
}

/** What every operation carries, of which nothing depends on it. */
const DETAILS = { source: 'default', reference: null, reason: null, metadata: {} };

export class World {
  program: Program;
  readonly startedAt: Instant = START;
  now: Instant = START;
  readonly members: readonly Living[];
  readonly transactions: { readonly owner: Living; readonly transaction: Transaction }[] = [];
  readonly spends: { readonly owner: Living; readonly spend: Spend }[] = [];
  readonly redemptions: { readonly owner: Living; readonly redemption: Redemption }[] = [];
  readonly #redeemed = new Map<string, RedemptionState>();
  /** What was recorded, named by which it was, so that two worlds can be compared. */
  readonly names = new Map<string, string>();
  /** Decides everything twice and compares. */
  readonly #twice: boolean;
  #made = 0;

  constructor(program: Program, { twice = false } = {}) {
    this.program = program;
    this.#twice = twice;
    this.members = WHO.map((id, index) => new Living(id, START - index * 31 * DAY));
    for (const member of this.members) this.settle(member);
  }

  run(command: Command): Done {
    const done = this.#run(command);
    for (const { id } of done.recorded) this.names.set(id, `number ${this.names.size + 1}`);
    return done;
  }

  #run(command: Command): Done {
    switch (command.kind) {
      case 'REST':
        return NOTHING_DONE;
      case 'WAIT':
        this.now += command.time;
        return NOTHING_DONE;
      case 'SETTLE':
        return this.settle(this.#member(command.who));
      case 'EARN':
        return this.#earn(command);
      case 'SPEND': {
        const { card: cardDefinitionId, percent: share } = command;
        const member = this.#member(command.who);
        const points = most(1n, (this.balance(member, cardDefinitionId) * BigInt(share)) / 100n);
        return this.#operate(member, () => decideSpend(member, { ...DETAILS, cardDefinitionId, points }, this.program, this.#ids(), this.now));
      }
      case 'REVERSE': {
        const found = this.spends[command.which % Math.max(this.spends.length, 1)];
        if (found === undefined) return NOTHING_DONE;
        const { owner, spend } = found;
        const points = command.percent === 100 ? null : most(1n, (spend.points * BigInt(command.percent)) / 100n);
        return this.#operate(owner, () => decideSpendReversal(owner, { ...DETAILS, spend, points }, this.program, this.#ids(), this.now));
      }
      case 'REDEEM': {
        const member = this.#member(command.who);
        const asking = { rewardId: command.card, grantId: null, locale: null };
        return this.#operate(member, () => {
          const buyer = { state: member.state, history: member.history, externalId: member.state.customerId, metadata: {} };
          return decideRedemption(buyer, { ...DETAILS, ...asking }, this.program, this.#ids(), this.now, this.#shelf());
        });
      }
      case 'CANCEL': {
        const found = this.redemptions[command.which % Math.max(this.redemptions.length, 1)];
        if (found === undefined) return NOTHING_DONE;
        const { owner, redemption } = found;
        return this.#operate(owner, () => decideCancellation(owner, { ...DETAILS, redemption }, this.program, this.#ids(), this.now, this.#shelf()));
      }
      case 'REFUND':
        return this.#refund(command);
      case 'ADJUST': {
        const member = this.#member(command.who);
        const { card: cardDefinitionId, qualifying } = command;
        const adjustment = { ...DETAILS, cardDefinitionId, points: BigInt(command.points), qualifying };
        return this.#operate(member, () => decideAdjustment(member, adjustment, this.program, this.#ids(), this.now));
      }
      case 'TRANSFER':
        return this.#transfer(command);
      case 'VISIT': {
        const member = this.#member(command.who);
        const visit = { ...DETAILS, activityType: command.type, occurredAt: command.late === 0 ? null : this.now - command.late };
        return this.#operate(member, () => decideActivity(member, visit, this.program, this.#ids(), this.now));
      }
      case 'PAUSE':
      case 'REVISE':
        this.#reconfigure(command);
        return NOTHING_DONE;
    }
  }

  settle(member: Living): Done {
    const effects = this.#decide(() => decideSettlement(member, this.program, this.#ids(), this.now));
    member.apply(effects);
    return { members: [member], recorded: [], refused: null };
  }

  /** What there is now, whether or not it was settled. */
  balance(member: Living, cardDefinitionId: string): bigint {
    return stateAt(member.state, member.history, this.program, this.now).cards.get(cardDefinitionId)?.balance ?? 0n;
  }

  #earn({ who: position, cents, where, lines, late: delay }: Extract<Command, { kind: 'EARN' }>): Done {
    const member = this.#member(position);
    const third = Math.floor(cents / 3);
    const line = (amount: number) => ({ sku: null, category: null, quantity: 1, amount: dollars(amount) });
    const purchase = {
      amount: dollars(cents),
      currency: 'USD',
      location: where,
      lines: lines ? [line(third), line(cents - third)] : [],
      occurredAt: delay === 0 ? null : this.now - delay,
      source: 'default',
      reference: null,
    };
    const buyer = () => ({ ...member, state: member.state, history: member.history, externalId: member.state.customerId, metadata: {} });
    const decision = this.#decide(() => decideEarn(buyer(), purchase, this.program, this.#ids(), this.now));
    if (decision.kind === 'REFUSED') return refusal([member], decision);
    member.apply(decision.effects);
    this.transactions.push({ owner: member, transaction: decision.transaction });
    return { members: [member], recorded: [decision.transaction], refused: null };
  }

  #refund({ which: position, percent: share, ofLine }: Extract<Command, { kind: 'REFUND' }>): Done {
    const found = this.transactions[position % Math.max(this.transactions.length, 1)];
    if (found === undefined) return NOTHING_DONE;
    const { owner, transaction } = found;
    const { lines } = transaction;
    const index = lines.length === 0 ? 0 : position % lines.length;
    const whole = ofLine ? lines[index]?.amount : transaction.amount;
    const amount = dollars(Math.max(1, Math.floor((centsOf(whole ?? transaction.amount) * share) / 100)));
    const command = {
      ...DETAILS,
      transaction,
      amount: share === 100 && !ofLine ? null : amount,
      lines: ofLine && lines.length > 0 ? [{ index, amount }] : [],
    };
    return this.#operate(owner, () => decideRefund(owner, command, this.program, this.#ids(), this.now));
  }

  #transfer({ who: position, to, card: cardDefinitionId, percent: share }: Extract<Command, { kind: 'TRANSFER' }>): Done {
    const [from, target] = [this.#member(position), this.#member(to)];
    const points = most(1n, (this.balance(from, cardDefinitionId) * BigInt(share)) / 100n);
    const command = { ...DETAILS, cardDefinitionId, points };
    const decision = this.#decide(() => decideTransfer(from, target, command, this.program, this.#ids(), this.now));
    if (decision.kind === 'REFUSED') return refusal([from, target], decision);
    from.apply(decision.fromEffects);
    target.apply(decision.toEffects);
    return { members: [from, target], recorded: [decision.out, decision.in], refused: null };
  }

  #operate(
    member: Living,
    decide: () => { kind: 'RECORDED'; operation: Operation; effects: Effects; moves?: RewardMoves } | { kind: 'REFUSED'; problems: readonly { code: string }[] },
  ): Done {
    const decision = this.#decide(decide);
    if (decision.kind === 'REFUSED') return refusal([member], decision);
    member.apply(decision.effects);
    const { operation } = decision;
    if (operation.type === 'SPEND') this.spends.push({ owner: member, spend: operation });
    if (operation.type === 'REDEMPTION') this.redemptions.push({ owner: member, redemption: operation });
    for (const state of decision.moves?.redemptions ?? []) this.#redeemed.set(state.id, state);
    return { members: [member], recorded: [operation], refused: null };
  }

  /** A change of the configuration has its own instant, to which a frozen clock moves on; members are settled by it when they are next looked at. */
  #reconfigure(command: Extract<Command, { kind: 'PAUSE' | 'REVISE' }>): void {
    const found = this.program.structures[command.structure];
    if (found === undefined) return;
    const settledUpTo = Math.max(this.program.structuresChangedAt, ...this.members.map(({ state }) => state.settledAt));
    this.now = takesEffectAt(this.now, settledUpTo);
    const paused = found.activePeriods.at(-1)?.end !== NEVER;
    if (command.kind === 'REVISE' && paused) return;
    const changed = command.kind === 'PAUSE' ? pausedOrResumed(found, this.now) : revised(found, command.rules, command.rollout, this.now);
    const structures = this.program.structures.map((each) => (each === found ? changed : each));
    this.program = { ...this.program, structures, structuresChangedAt: this.now };
  }

  /** Nobody is granted anything here. */
  #shelf(): RewardShelf {
    return { ...NO_SHELF, openGrants: () => [], redemption: (id) => ({ state: this.#redeemed.get(id) ?? null, grant: null }) };
  }

  #member(position: number): Living {
    const member = this.members[position];
    if (member === undefined) throw new Error('There are three members.');
    return member;
  }

  /** Ids that are the same each time a decision is tried. */
  #ids() {
    let made = this.#made;
    return { next: () => (this.#made = Math.max(this.#made, (made += 1))).toString(16).padStart(8, '0') };
  }

  #decide<T>(decide: () => T): T {
    const made = this.#made;
    const decision = decide();
    if (!this.#twice) return decision;
    const after = this.#made;
    this.#made = made;
    const again = decide();
    this.#made = after;
    if (!isDeepStrictEqual(again, decision)) throw new Error('Deciding the same twice gave two answers.');
    return decision;
  }
}

function pausedOrResumed(paused: TierStructure, now: Instant): TierStructure {
  const last = paused.activePeriods.at(-1);
  if (last?.end !== NEVER) return { ...paused, status: 'ACTIVE', activePeriods: [...paused.activePeriods, { start: now, end: NEVER }] };
  return { ...paused, status: 'INACTIVE', activePeriods: [...paused.activePeriods.slice(0, -1), { start: last.start, end: now }] };
}

function revised(former: TierStructure, rules: StructureRules, rollout: Rollout, now: Instant): TierStructure {
  return {
    ...former,
    ...rules,
    // A tier keeps its id from one revision to the next, whatever its minimum.
    tiers: rules.tiers.map((each, index) => ({ ...each, structureId: former.id, id: former.tiers[index]?.id ?? each.id })),
    formerRevisions: revisionsOf(former),
    revision: { number: former.revision.number + 1, effectiveAt: now, rollout },
  };
}

function refusal(members: readonly Living[], { problems }: { readonly problems: readonly { readonly code: string }[] }): Done {
  return { members, recorded: [], refused: problems[0]?.code ?? '' };
}

export function dollars(cents: number): string {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
}

export function centsOf(amount: string): number {
  return Math.round(Number(amount) * 100);
}

function most(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

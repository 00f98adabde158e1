import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { CardDefinition } from '../../src/domain/cards.ts';
import type { Effects, EarnCommand, LedgerEntry, TierTransition } from '../../src/domain/ledger.ts';
import { decideEarn, decideSettlement } from '../../src/domain/ledger.ts';
import type { EarnFact, MemberHistory, MemberState } from '../../src/domain/members.ts';
import { NO_HISTORY, needsReplay, newMember, replay, stateAt } from '../../src/domain/members.ts';
import type { PointExpiration } from '../../src/domain/points.ts';
import type { Program } from '../../src/domain/program.ts';
import type { TierDowngrade, TierExpiration, TierStructure } from '../../src/domain/structures.ts';
import type { Transition } from '../../src/domain/tiers.ts';
import { earnedAt } from '../../src/domain/tiers.ts';
import type { Instant, Interval, Period } from '../../src/domain/time.ts';
import { LocalCalendar, NEVER } from '../../src/domain/time.ts';
import { structure, tier } from '../support/structures.ts';

/**
 * What must hold for any program and any history. A member lives through random purchases, told in time or
 * late, under random rules, while structures come and go; what the engine carries forward step by step
 * must be what a replay of the whole history says, and what a plain sum says.
 */

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A leap year begins; the 29th of February and both changes of the clocks lie ahead. */
const START = Date.UTC(2024, 0, 1);
const DAYS = 420;
const END = START + DAYS * DAY;
const RUNS = 400;
/** One for all runs: a calendar remembers what it has computed. */
const CALENDARS = ['UTC', 'America/New_York', 'Africa/Cairo', 'Pacific/Auckland'].map((zone) => new LocalCalendar(zone));
const UTC = CALENDARS[0]!;

// --- a member who lives -----------------------------------------------------------------------

/** A purchase of a whole number of dollars: as many points on the card `a`, and on `b` if it was made there. */
interface Buy {
  readonly occurredAt: Instant;
  /** When it was told; not before it happened. */
  readonly toldAt: Instant;
  readonly dollars: number;
  readonly location: 'a' | 'b';
}

class Member {
  state: MemberState;
  history: MemberHistory = NO_HISTORY;
  readonly entries: LedgerEntry[] = [];
  readonly transitions: TierTransition[] = [];
  #made = 0;
  readonly #ids = { next: () => `id ${(this.#made += 1)}` };

  constructor(program: Program, joinedAt: Instant, now: Instant) {
    this.state = newMember('ada', joinedAt, joinedAt);
    this.#apply(decideSettlement(this, program, this.#ids, now));
  }

  buy({ occurredAt, toldAt, dollars, location }: Buy, program: Program): this {
    const command: EarnCommand = {
      amount: `${dollars}.00`,
      currency: 'USD',
      location,
      lines: [],
      occurredAt,
      source: 'default',
      reference: null,
    };
    const buyer = { state: this.state, history: this.history, externalId: 'ada', metadata: {} };
    const decision = decideEarn(buyer, command, program, this.#ids, toldAt);
    if (decision.kind === 'REFUSED') throw new Error(JSON.stringify(decision.problems));
    this.#apply(decision.effects);
    return this;
  }

  settle(program: Program, now: Instant): this {
    this.#apply(decideSettlement(this, program, this.#ids, now));
    return this;
  }

  /** The transitions that were not taken back, in the order in which they happened. */
  standing(): string[] {
    const standing: string[] = [];
    for (const transition of this.transitions) {
      const known = standing.indexOf(what(transition));
      if (!transition.retraction) standing.push(what(transition));
      else if (known >= 0) standing.splice(known, 1);
      else throw new Error(`Taken back, but never told: ${what(transition)}`);
    }
    return standing.sort();
  }

  #apply({ state, entries, transitions, history }: Effects): void {
    this.state = state;
    this.history = history;
    this.entries.push(...entries);
    this.transitions.push(...transitions);
  }
}

function what({ structureId, type, fromTierId, toTierId, occurredAt }: Transition): string {
  return `${new Date(occurredAt).toISOString()} ${structureId} ${type} ${fromTierId ?? '-'} ${toTierId ?? '-'}`;
}

/** A state without what does not matter: the names of cards, and windows in which nothing counts any more. */
function comparable(state: MemberState) {
  return {
    settledAt: state.settledAt,
    cards: Object.fromEntries(
      [...state.cards.values()].map(({ cardDefinitionId, balance, lots }) => [cardDefinitionId, { balance, lots }]),
    ),
    memberships: Object.fromEntries(state.memberships),
    earned: Object.fromEntries([...state.windows].map(([id, window]) => [id, earnedAt(window, state.settledAt)])),
  };
}

/** The purchases as a member lives through them: by when they were told. */
const asTold = (buys: readonly Buy[]) => [...buys].sort((a, b) => a.toldAt - b.toldAt);

/** The same purchases told the moment they happened; of those at one instant, the one that was told first. */
const inTime = (buys: readonly Buy[]) =>
  asTold(buys)
    .sort((a, b) => a.occurredAt - b.occurredAt)
    .map((buy) => ({ ...buy, toldAt: buy.occurredAt }));

// --- random programs and histories ------------------------------------------------------------

const days = (min: number, max: number): fc.Arbitrary<Instant> =>
  fc.tuple(fc.integer({ min, max }), fc.constantFrom(0, 1, 5 * HOUR, 12 * HOUR, DAY - 1)).map(([day, rest]) => START + day * DAY + rest);

const period: fc.Arbitrary<Period> = fc.oneof(
  fc.record({ value: fc.integer({ min: 5, max: 60 }), unit: fc.constant('DAY' as const) }),
  fc.record({ value: fc.integer({ min: 1, max: 6 }), unit: fc.constant('WEEK' as const) }),
  fc.record({ value: fc.integer({ min: 1, max: 4 }), unit: fc.constant('MONTH' as const) }),
  fc.constant({ value: 1, unit: 'YEAR' as const }),
);

const calendarDates = fc.uniqueArray(
  fc.constantFrom({ day: 29, month: 2 }, { day: 31, month: 3 }, { day: 1, month: 7 }, { day: 31, month: 12 }),
  { minLength: 1, maxLength: 3 },
);

const pointExpiration: fc.Arbitrary<PointExpiration> = fc.oneof(
  fc.constant({ type: 'NO_EXPIRATION' as const }),
  fc.record({
    type: fc.constant('ROLLING' as const),
    period,
    rounding: fc.constantFrom(null, null, { to: 'END_OF_MONTH' as const, month: null }, { to: 'END_OF_QUARTER' as const, month: null }),
  }),
  fc.record({ type: fc.constant('CALENDAR' as const), calendarDates }),
);

const tierExpiration: fc.Arbitrary<TierExpiration> = fc.oneof(
  fc.constant({ type: 'NO_EXPIRATION' as const }),
  fc.record({ type: fc.constant('ROLLING_EXPIRATION' as const), period }),
  fc.record({ type: fc.constant('CALENDAR_EXPIRATION' as const), calendarDates }),
);

const downgrade: fc.Arbitrary<TierDowngrade> = fc.constantFrom(
  { type: 'NO_DOWNGRADE' },
  { type: 'MULTI_LEVEL', gracePeriod: null },
  { type: 'SINGLE_LEVEL', gracePeriod: null },
);

/** When a structure is in force: always, from some day on, or with a pause. */
const activePeriods: fc.Arbitrary<Interval[]> = fc.oneof(
  fc.constant<Interval[]>([{ start: 0, end: NEVER }]),
  days(0, DAYS).map((start) => [{ start, end: NEVER }]),
  // Paused at the instant at which it came into force.
  days(0, DAYS).map((start) => [
    { start, end: start },
    { start, end: NEVER },
  ]),
  fc.uniqueArray(days(0, DAYS), { minLength: 3, maxLength: 3 }).map((instants) => {
    const [first = 0, second = 0, third = 0] = instants.sort((a, b) => a - b);
    return [
      { start: first, end: second },
      { start: third, end: NEVER },
    ];
  }),
);

const tiersOf = (id: string) =>
  fc
    .record({
      minima: fc.uniqueArray(fc.constantFrom(0, 20, 50, 100, 200, 400), { minLength: 1, maxLength: 4 }),
      kept: fc.integer({ min: 0, max: 8 }),
      gap: fc.boolean(),
    })
    .map(({ minima, kept, gap }) =>
      minima
        .sort((a, b) => a - b)
        .map((minimum, index) =>
          tier(`${id} from ${minimum}`, minimum, {
            structureId: id,
            noDowngrade: index === kept,
            maxPoints: gap && index === 0 ? BigInt(minimum) + 9n : null,
          }),
        ),
    );

const structureNamed = (id: string): fc.Arbitrary<TierStructure> =>
  fc
    .record({
      tiers: tiersOf(id),
      window: fc.option(period, { nil: null }),
      cardDefinitionId: fc.constantFrom('a', 'a', 'b'),
      expiration: tierExpiration,
      downgrade,
      activePeriods,
    })
    .map(({ tiers, window, ...rest }) =>
      structure(tiers, {
        ...rest,
        id,
        type: window === null ? 'POINT_BALANCE' : 'POINT_EARNED',
        pointEarned: window === null ? null : { period: window, type: 'IMMEDIATELY' },
      }),
    );

function programOf(
  calendar: LocalCalendar,
  expirations: Readonly<Record<string, PointExpiration>>,
  structures: readonly TierStructure[],
  structuresChangedAt: Instant = 0,
): Program {
  const definition = (id: string): CardDefinition => ({
    id,
    name: id,
    status: 'ACTIVE',
    expiration: expirations[id] ?? { type: 'NO_EXPIRATION' },
    metadata: {},
    version: 1,
    createdAt: 0,
    updatedAt: null,
  });
  const rule = (id: string, condition: string | null) => ({
    id,
    name: id,
    cardDefinitionId: id,
    versions: [
      {
        id: `${id} 1`,
        earnRuleId: id,
        number: 1,
        effectiveAt: 0,
        publishedAt: 0,
        rates: [{ currency: 'USD', value: '1', every: '1.00' }],
        condition,
        rounding: 'FLOOR' as const,
        roundingScope: 'PER_TRANSACTION' as const,
        tierMultipliers: [],
      },
    ],
    retiredAt: null,
    version: 1,
    createdAt: 0,
    updatedAt: null,
  });
  return {
    workspaceId: 'workspace',
    calendar,
    configurationVersion: 1n,
    cardDefinitions: new Map(['a', 'b'].map((id) => [id, definition(id)])),
    structures,
    windowPeriods: new Map(
      structures.flatMap(({ id, pointEarned }): [string, Period][] => (pointEarned === null ? [] : [[id, pointEarned.period]])),
    ),
    earnRules: [rule('a', null), rule('b', "transaction.location == 'b'")],
    structuresChangedAt,
  };
}

const program: fc.Arbitrary<Program> = fc
  .record({
    calendar: fc.constantFrom(...CALENDARS),
    a: pointExpiration,
    b: pointExpiration,
    structures: fc.tuple(structureNamed('one'), structureNamed('two')),
    count: fc.integer({ min: 1, max: 2 }),
  })
  .map(({ calendar, a, b, structures, count }) => programOf(calendar, { a, b }, structures.slice(0, count)));

/** Purchases in any order, some late by up to a year, some of nothing at all. */
const buys: fc.Arbitrary<Buy[]> = fc
  .array(
    fc.record({
      occurredAt: days(0, DAYS - 1),
      delay: fc.constantFrom(0, 0, 0, 1, 3 * DAY, 40 * DAY, 365 * DAY),
      dollars: fc.constantFrom(0, 1, 9, 10, 20, 30, 50, 80, 100, 200, 400),
      location: fc.constantFrom('a' as const, 'b' as const),
    }),
    { maxLength: 12 },
  )
  .map((all) => all.map(({ delay, ...buy }) => ({ ...buy, toldAt: Math.min(buy.occurredAt + delay, END) })));

const joinedAt = days(0, DAYS / 2);

/** The member after all purchases, settled at the end. */
function live(lived: Program, joined: Instant, told: readonly Buy[]): Member {
  const [first] = told;
  const member = new Member(lived, joined, Math.min(joined, first?.toldAt ?? joined));
  for (const buy of told) member.buy(buy, lived);
  return member.settle(lived, END);
}

function check<Values extends unknown[]>(arbitraries: { [K in keyof Values]: fc.Arbitrary<Values[K]> }, holds: (...values: Values) => void): void {
  const all = fc.tuple(...(arbitraries as fc.Arbitrary<unknown>[])) as fc.Arbitrary<unknown> as fc.Arbitrary<Values>;
  fc.assert(fc.property(all, (values) => holds(...values)), { numRuns: RUNS });
}

// --- what holds -------------------------------------------------------------------------------

describe('whatever happens', () => {
  test('lots, balance and entries add up, and entries are numbered without a gap', () => {
    check<[Program, Instant, Buy[]]>([program, joinedAt, buys], (lived, joined, told) => {
      const member = live(lived, joined, asTold(told));
      for (const card of member.state.cards.values()) {
        const entries = member.entries.filter(({ cardId }) => cardId === card.id);
        expect(card.lots.reduce((sum, { points }) => sum + points, 0n)).toBe(card.balance);
        expect(card.lots.every(({ points, expiresAt }) => points > 0n && expiresAt > END)).toBe(true);
        expect(card.lots.map(({ expiresAt }) => expiresAt)).toEqual([...new Set(card.lots.map(({ expiresAt }) => expiresAt))].sort((a, b) => a - b));
        expect(entries.reduce((sum, { points }) => sum + points, 0n)).toBe(card.balance);
        expect(entries.map(({ sequence }) => sequence)).toEqual(entries.map((_, index) => index + 1));
        expect(card.sequence).toBe(entries.length);
        let balance = 0n;
        for (const { points, balanceAfter } of entries) expect(balanceAfter).toBe((balance += points));
        expect(entries.every(({ balanceAfter }) => balanceAfter >= 0n)).toBe(true);
      }
    });
  });

  test('what is carried forward in order is what a replay of the history says', () => {
    check<[Program, Instant, Buy[]]>([program, joinedAt, buys], (lived, joined, told) => {
      const ordered = inTime(told).filter(({ occurredAt }) => occurredAt >= joined);
      const member = live(lived, joined, ordered);
      const replayed = replay(member.state, member.history.facts, lived, END);
      expect(comparable(member.state)).toEqual(comparable(replayed.finish()));
      expect(member.transitions.map(what)).toEqual(replayed.transitions.map(what));
      expect(member.transitions.some(({ late, retraction }) => late || retraction)).toBe(false);
      const expired = member.entries.filter(({ type }) => type === 'EXPIRATION');
      expect(expired.map(({ cardDefinitionId, occurredAt, points }) => ({ cardDefinitionId, occurredAt, points: -points }))).toEqual(
        replayed.expirations,
      );
    });
  });

  test('told late or in time, the outcome is the same', () => {
    check<[Program, Instant, Buy[]]>([program, joinedAt, buys], (lived, joined, told) => {
      const late = live(lived, joined, asTold(told));
      const timely = live(lived, joined, inTime(told));
      expect(comparable(late.state)).toEqual(comparable(timely.state));
      expect(late.standing()).toEqual(timely.standing());
      expect(late.transitions.every((transition) => transition.late || transition.recordedAt >= transition.occurredAt)).toBe(true);
    });
  });

  test('structures that come and go leave what they would have left had they always been known', () => {
    const change = fc.record({
      kind: fc.constantFrom('NEW', 'PAUSED', 'NEW_FROM_BEFORE'),
      at: days(1, DAYS - 1),
      // Often the change comes at the instant of a purchase, right before it or right after it.
      withPurchase: fc.option(fc.nat({ max: 11 }), { nil: null }),
      purchaseFirst: fc.boolean(),
    });
    type Change = typeof change extends fc.Arbitrary<infer Value> ? Value : never;
    check<[Program, Change, Instant, Buy[]]>([program, change, joinedAt, buys], (known, changed, joined, told) => {
      const { kind, purchaseFirst } = changed;
      const at = told[changed.withPurchase ?? Infinity]?.toldAt ?? changed.at;
      const [one, ...others] = known.structures as [TierStructure];
      const since = kind === 'NEW_FROM_BEFORE' ? Math.min(at, START + 100 * DAY) : at;
      const after = { ...one, activePeriods: kind === 'PAUSED' ? [{ start: 0, end: at }] : [{ start: since, end: NEVER }] };
      const before = kind === 'PAUSED' ? [{ ...one, activePeriods: [{ start: 0, end: NEVER }] }] : [];
      const first = { ...known, structures: [...before, ...others] };
      const second = { ...known, structures: [after, ...others], structuresChangedAt: at };
      const programAt = (now: Instant) => (now < at || (now === at && purchaseFirst) ? first : second);

      const [earliest] = asTold(told);
      const startedAt = Math.min(joined, earliest?.toldAt ?? joined);
      const member = new Member(programAt(startedAt), joined, startedAt);
      for (const buy of asTold(told)) member.buy(buy, programAt(Math.max(buy.toldAt, member.state.settledAt)));
      member.settle(second, END + 1);

      const replayed = replay(member.state, member.history.facts, second, END + 1);
      expect(comparable(member.state)).toEqual(comparable(replayed.finish()));
      expect(member.standing()).toEqual(replayed.transitions.map(what).sort());
    });
  });

  test('reading twice, or on the way, reads the same, and changes nothing', () => {
    const instants = fc.tuple(days(0, DAYS), days(0, DAYS)).map((both) => both.sort((a, b) => a - b));
    check<[Program, Instant, Buy[], Instant[]]>([program, joinedAt, buys, instants], (lived, joined, told, [earlier = 0, later = 0]) => {
      const [first] = asTold(told);
      const member = new Member(lived, joined, Math.min(joined, first?.toldAt ?? joined));
      for (const buy of asTold(told)) if (buy.toldAt <= earlier) member.buy(buy, lived);
      const untouched = structuredClone(member.state);
      const read = (state: MemberState, at: Instant) => stateAt(state, member.history, lived, at);
      const atEarlier = read(member.state, earlier);
      const atLater = read(member.state, later);
      expect(read(atEarlier, earlier)).toEqual(atEarlier);
      expect(comparable(read(atEarlier, later))).toEqual(comparable(atLater));
      // What was read is what the next write records.
      expect(comparable(member.state)).toEqual(comparable(untouched));
      expect(needsReplay(member.state, lived)).toBe(false);
      expect(comparable(member.settle(lived, later).state)).toEqual(comparable(atLater));
    });
  });
});

// --- against a plain model --------------------------------------------------------------------

/** The first instant at which points are gone, by nothing but the dates of UTC. */
function goneAt(expiration: PointExpiration, earnedAtInstant: Instant): Instant {
  const earned = new Date(earnedAtInstant);
  const [year, month, date] = [earned.getUTCFullYear(), earned.getUTCMonth(), earned.getUTCDate()];
  const daysIn = (y: number, m: number) => new Date(Date.UTC(y, m + 1, 0)).getUTCDate();
  if (expiration.type === 'NO_EXPIRATION') return NEVER;
  if (expiration.type === 'CALENDAR') {
    const ends = [year, year + 1].flatMap((y) =>
      expiration.calendarDates.map(({ day, month: m }) => Date.UTC(y, m - 1, Math.min(day, daysIn(y, m - 1))) + DAY),
    );
    return Math.min(...ends.filter((end) => end > earnedAtInstant));
  }
  const { value, unit } = expiration.period;
  const today = Date.UTC(year, month, date);
  if (unit === 'DAY' || unit === 'WEEK') return endOf(today + value * (unit === 'WEEK' ? 7 : 1) * DAY);
  const months = month + value * (unit === 'YEAR' ? 12 : 1);
  return endOf(Date.UTC(year, months, Math.min(date, daysIn(year, months))));

  function endOf(day: Instant): Instant {
    const last = new Date(day);
    const rounding = expiration.type === 'ROLLING' ? expiration.rounding?.to : undefined;
    if (rounding === undefined) return day + DAY;
    const length = rounding === 'END_OF_QUARTER' ? 3 : 1;
    return Date.UTC(last.getUTCFullYear(), Math.floor(last.getUTCMonth() / length) * length + length, 1);
  }
}

function factsOf(told: readonly Buy[], expiration: PointExpiration): EarnFact[] {
  return inTime(told)
    .filter(({ dollars }) => dollars > 0)
    .map(({ occurredAt, dollars }) => ({
      occurredAt,
      credits: [{ cardDefinitionId: 'a', points: BigInt(dollars), expiresAt: goneAt(expiration, occurredAt) }],
    }));
}

function sumOf(facts: readonly EarnFact[], counts: (fact: EarnFact, expiresAt: Instant) => boolean): bigint {
  return facts
    .flatMap((fact) => fact.credits.filter(({ expiresAt }) => counts(fact, expiresAt)))
    .reduce((sum, { points }) => sum + points, 0n);
}

describe('against a plain sum', () => {
  const METALS = [0, 50, 200, 400];
  const tiers = METALS.map((minimum) => tier(`From ${minimum}`, minimum));
  const tierFor = (measure: bigint) => `From ${METALS.findLast((minimum) => measure >= BigInt(minimum))}`;
  const always = { downgrade: { type: 'MULTI_LEVEL', gracePeriod: null } } as const;

  test('the balance at any instant is what was earned by then and is not gone, and the tier follows it', () => {
    check<[PointExpiration, Buy[], Instant]>([pointExpiration, buys, days(0, DAYS)], (expiration, told, at) => {
      const lived = programOf(UTC, { a: expiration, b: expiration }, [structure(tiers, { ...always, cardDefinitionId: 'a' })]);
      const onTime = told.filter(({ toldAt }) => toldAt <= at);
      const expected = sumOf(factsOf(onTime, expiration), ({ occurredAt }, expiresAt) => occurredAt <= at && expiresAt > at);
      const member = new Member(lived, START, START);
      for (const buy of asTold(onTime)) member.buy(buy, lived);
      const read = stateAt(member.state, member.history, lived, at);
      expect(read.cards.get('a')?.balance ?? 0n).toBe(expected);
      expect(read.memberships.get('structure')?.tierId).toBe(tierFor(expected));
      // The same looked at from the end: a replay up to the instant of all that is known by then.
      const late = replay(member.state, member.history.facts.filter(({ occurredAt }) => occurredAt <= at), lived, at).finish();
      expect(late.cards.get('a')?.balance ?? 0n).toBe(expected);
    });
  });

  test('the points of a calendar period decide the tier by earned points, whatever has expired', () => {
    const months = fc.constantFrom(1, 3, 12);
    check<[PointExpiration, Buy[], Instant, number]>([pointExpiration, buys, days(0, DAYS), months], (expiration, told, at, length) => {
      const earned = structure(tiers, {
        ...always,
        cardDefinitionId: 'a',
        type: 'POINT_EARNED',
        pointEarned: { period: { value: length, unit: 'MONTH' }, type: 'IMMEDIATELY' },
      });
      const lived = programOf(UTC, { a: expiration, b: expiration }, [earned]);
      const onTime = told.filter(({ toldAt }) => toldAt <= at);
      const windowOf = (instant: Instant) => {
        const date = new Date(instant);
        return Math.floor((date.getUTCFullYear() * 12 + date.getUTCMonth()) / length);
      };
      const expected = sumOf(
        factsOf(onTime, expiration),
        ({ occurredAt }) => occurredAt <= at && windowOf(occurredAt) === windowOf(at),
      );
      const member = new Member(lived, START, START);
      for (const buy of asTold(onTime)) member.buy(buy, lived);
      const read = stateAt(member.state, member.history, lived, at);
      expect(read.memberships.get('structure')?.tierId).toBe(tierFor(expected));
      expect(earnedAt(read.windows.get('structure'), at)).toBe(expected);
    });
  });
});

describe('cases that chance seldom meets', () => {
  const metals = structure([tier('Basic', 0), tier('Silver', 100)], {
    cardDefinitionId: 'a',
    downgrade: { type: 'MULTI_LEVEL', gracePeriod: null },
  });
  const at = (text: string) => Date.parse(text);
  const buy = (occurredAt: string, toldAt: string, dollars: number): Buy => ({
    occurredAt: at(occurredAt),
    toldAt: at(toldAt),
    dollars,
    location: 'a',
  });

  test('a purchase from before the day of joining begins the time of the member; one of nothing does not', () => {
    const lived = programOf(UTC, {}, [metals]);
    const member = new Member(lived, at('2024-03-01'), at('2024-03-01'));
    member.buy(buy('2024-01-01', '2024-03-02', 0), lived);
    expect(member.standing()).toEqual(['2024-03-01T00:00:00.000Z structure JOINED - Basic']);
    expect(member.transitions).toHaveLength(1);
    member.buy(buy('2024-02-01', '2024-03-03', 100), lived);
    expect(member.standing()).toEqual([
      '2024-02-01T00:00:00.000Z structure JOINED - Basic',
      '2024-02-01T00:00:00.000Z structure UPGRADED Basic Silver',
    ]);
  });

  test('a structure that was paused at the instant at which it came into force goes on as if it had not been', () => {
    const start = at('2024-01-01');
    const daily = structure([tier('Basic', 0)], {
      expiration: { type: 'ROLLING_EXPIRATION', period: { value: 1, unit: 'DAY' } },
      activePeriods: [
        { start, end: start },
        { start, end: NEVER },
      ],
    });
    const lived = programOf(UTC, {}, [daily]);
    const member = new Member(lived, at('2024-01-02'), at('2024-01-02')).settle(lived, at('2024-01-06'));
    expect(member.standing()).toEqual([
      '2024-01-02T00:00:00.000Z structure JOINED - Basic',
      '2024-01-04T00:00:00.000Z structure PROLONGED Basic Basic',
      '2024-01-05T00:00:00.000Z structure PROLONGED Basic Basic',
      '2024-01-06T00:00:00.000Z structure PROLONGED Basic Basic',
    ]);
  });

  test('whoever tells two purchases of one instant, they are judged one after the other as told', () => {
    const tiers = [tier('Basic', 0), tier('Silver', 100), tier('Gold', 500)];
    const lived = programOf(UTC, {}, [structure(tiers, { cardDefinitionId: 'a', downgrade: { type: 'MULTI_LEVEL', gracePeriod: null } })]);
    const standing = (first: number, second: number) => {
      const member = new Member(lived, at('2024-01-01'), at('2024-03-01'));
      member.buy(buy('2024-02-01', '2024-03-01', first), lived).buy(buy('2024-02-01', '2024-03-02', second), lived);
      return member.standing().map((line) => line.replace(/^\S+ structure /, ''));
    };
    expect(standing(100, 400)).toEqual(['JOINED - Basic', 'UPGRADED Basic Silver', 'UPGRADED Silver Gold']);
    expect(standing(500, 100)).toEqual(['JOINED - Basic', 'UPGRADED Basic Gold']);
  });
});

import { describe, expect, test } from '@jest/globals';
import type { TierDowngrade, TierExpiration, TierStructure } from '../../src/domain/structures.ts';
import type { Membership, Transition } from '../../src/domain/tiers.ts';
import { earnedAt, judge, nextJudgementAt, notJudged, qualifyingTier } from '../../src/domain/tiers.ts';
import { LocalCalendar, NEVER } from '../../src/domain/time.ts';
import { STRUCTURE_ID, structure, tier } from '../support/structures.ts';

const at = (text: string) => Date.parse(text);
const text = (instant: number) => (instant === NEVER ? 'never' : new Date(instant).toISOString());
const utc = new LocalCalendar('UTC');

const METALS = [tier('Basic', 0), tier('Silver', 100), tier('Gold', 500), tier('Platinum', 1000)];
const MULTI_LEVEL: TierDowngrade = { type: 'MULTI_LEVEL', gracePeriod: null };
const SINGLE_LEVEL: TierDowngrade = { type: 'SINGLE_LEVEL', gracePeriod: null };
const NO_DOWNGRADE: TierDowngrade = { type: 'NO_DOWNGRADE' };
const NO_EXPIRATION: TierExpiration = { type: 'NO_EXPIRATION' };
const monthly: TierExpiration = { type: 'ROLLING_EXPIRATION', period: { value: 1, unit: 'MONTH' } };

/** One member in one structure, judged again and again. */
class Member {
  membership: Membership;
  readonly transitions: Transition[] = [];
  readonly #structure: TierStructure;
  readonly #calendar: LocalCalendar;

  constructor(structureOfMember: TierStructure, calendar = utc) {
    this.#structure = structureOfMember;
    this.#calendar = calendar;
    this.membership = notJudged(STRUCTURE_ID, 0);
  }

  /** What the judgement changed, and the tier held after it. */
  judge(instant: string | number, measure: number): [type: string | null, tierId: string | null] {
    const judgement = { at: typeof instant === 'string' ? at(instant) : instant, measure: BigInt(measure), reason: 'POINTS_EARNED' } as const;
    const judged = judge(this.#structure, this.membership, judgement, this.#calendar);
    this.membership = judged.membership;
    if (judged.transition !== null) this.transitions.push(judged.transition);
    return [judged.transition?.type ?? null, judged.membership.tierId];
  }

  /** Judges at the next instant at which a judgement is due by itself. */
  judgeNext(measure: number): [at: string, type: string | null, tierId: string | null] {
    const due = nextJudgementAt(this.membership, this.#calendar);
    return [text(due), ...this.judge(due, measure)];
  }
}

describe('which tier qualifies', () => {
  test('a threshold is inclusive', () => {
    expect([-1n, 0n, 99n, 100n, 499n, 500n, 999n, 1000n, 2n ** 62n].map((measure) => qualifyingTier(METALS, measure))).toEqual([
      -1, 0, 0, 1, 1, 2, 2, 3, 3,
    ]);
  });

  test('a maximum makes a gap, in which no tier is held', () => {
    const gap = [tier('Bronze', 0, { maxPoints: 99n }), tier('Gold', 200)];
    expect([0n, 99n, 100n, 199n, 200n].map((measure) => qualifyingTier(gap, measure))).toEqual([0, 0, -1, -1, 1]);
  });

  test('without tiers there is none', () => {
    expect(qualifyingTier([], 5n)).toBe(-1);
  });
});

describe('what was earned in the window', () => {
  test('counts until the window ends', () => {
    const window = { start: 10, end: 20, earned: 7n };
    expect([10, 19, 20, 30].map((instant) => earnedAt(window, instant))).toEqual([7n, 7n, 0n, 0n]);
    expect(earnedAt(undefined, 10)).toBe(0n);
  });
});

describe('rows of the specification', () => {
  test('T1: up and down at once, skipping tiers', () => {
    const member = new Member(structure(METALS, { downgrade: MULTI_LEVEL }));
    expect(member.judge('2026-01-01', 0)).toEqual(['JOINED', 'Basic']);
    expect(member.judge('2026-01-02', 100)).toEqual(['UPGRADED', 'Silver']);
    expect(member.judge('2026-01-03', 50)).toEqual(['DOWNGRADED', 'Basic']);
    expect(member.judge('2026-01-04', 550)).toEqual(['UPGRADED', 'Gold']);
    expect(member.transitions.map(({ fromTierId, toTierId, measure }) => [fromTierId, toTierId, measure])).toEqual([
      [null, 'Basic', 0n],
      ['Basic', 'Silver', 100n],
      ['Silver', 'Basic', 50n],
      ['Basic', 'Gold', 550n],
    ]);
  });

  test('T2: a tier that lasts 30 days is kept through its last day', () => {
    const days30: TierExpiration = { type: 'ROLLING_EXPIRATION', period: { value: 30, unit: 'DAY' } };
    const member = new Member(structure(METALS, { expiration: days30, downgrade: MULTI_LEVEL }));
    member.judge('2026-07-20T15:00:00Z', 100);
    expect(text(member.membership.expiresAt)).toBe('2026-08-20T00:00:00.000Z');
    expect(member.judge('2026-07-25', 50)).toEqual([null, 'Silver']);
    expect(member.judge('2026-08-19T23:59:59.999Z', 50)).toEqual([null, 'Silver']);
    expect(member.judgeNext(50)).toEqual(['2026-08-20T00:00:00.000Z', 'DOWNGRADED', 'Basic']);
  });

  test('T3: without expiration a tier is lost at once', () => {
    const tiers = [tier('Bronze', 0), tier('Silver', 100), tier('Gold', 200)];
    const member = new Member(structure(tiers, { downgrade: MULTI_LEVEL }));
    expect(member.judge('2026-07-20', 250)).toEqual(['JOINED', 'Gold']);
    expect(member.judge('2026-07-25', 50)).toEqual(['DOWNGRADED', 'Bronze']);
    expect(text(member.membership.expiresAt)).toBe('never');
  });

  test('T9: single level with a term goes down a tier a term', () => {
    const member = new Member(structure(METALS, { expiration: monthly, downgrade: SINGLE_LEVEL }));
    member.judge('2026-01-10T12:00:00Z', 1000);
    expect(member.judgeNext(50)).toEqual(['2026-02-11T00:00:00.000Z', 'DOWNGRADED', 'Gold']);
    expect(member.judgeNext(50)).toEqual(['2026-03-11T00:00:00.000Z', 'DOWNGRADED', 'Silver']);
    expect(member.judgeNext(50)).toEqual(['2026-04-11T00:00:00.000Z', 'DOWNGRADED', 'Basic']);
    expect(member.judgeNext(50)).toEqual(['2026-05-11T00:00:00.000Z', 'PROLONGED', 'Basic']);
  });

  test('T10: a tier that is never lost stays, whatever the structure says', () => {
    const tiers = [...METALS.slice(0, 3), tier('Platinum', 1000, { noDowngrade: true })];
    const always = new Member(structure(tiers, { downgrade: MULTI_LEVEL }));
    always.judge('2026-01-01', 1000);
    expect(always.judge('2026-01-02', 0)).toEqual([null, 'Platinum']);
    const termed = new Member(structure(tiers, { expiration: monthly, downgrade: MULTI_LEVEL }));
    termed.judge('2026-01-01', 1000);
    expect(termed.judgeNext(0)).toEqual(['2026-02-02T00:00:00.000Z', 'PROLONGED', 'Platinum']);
    const below = new Member(structure(tiers, { downgrade: MULTI_LEVEL }));
    below.judge('2026-01-01', 500);
    expect(below.judge('2026-01-02', 0)).toEqual(['DOWNGRADED', 'Basic']);
  });

  test('T11: in a gap no tier is held', () => {
    const gap = [tier('Bronze', 0, { maxPoints: 99n }), tier('Gold', 200)];
    const member = new Member(structure(gap, { downgrade: MULTI_LEVEL }));
    expect(member.judge('2026-01-01', 200)).toEqual(['JOINED', 'Gold']);
    expect(member.judge('2026-01-02', 150)).toEqual(['LEFT', null]);
    expect(member.judge('2026-01-03', 150)).toEqual([null, null]);
    expect(member.judge('2026-01-04', 99)).toEqual(['JOINED', 'Bronze']);
    expect(member.membership).toMatchObject({ anchoredAt: at('2026-01-04'), terms: 1 });
  });

  test('T18: exactly the minimum is in, one less is out, and 0 is reached by joining', () => {
    const from100 = structure([tier('Silver', 100)], { downgrade: MULTI_LEVEL });
    expect(new Member(from100).judge('2026-01-01', 100)).toEqual(['JOINED', 'Silver']);
    expect(new Member(from100).judge('2026-01-01', 99)).toEqual([null, null]);
    expect(new Member(structure(METALS)).judge('2026-01-01', 0)).toEqual(['JOINED', 'Basic']);
  });

  test('T17: who holds the tier is prolonged, from the old end to the next', () => {
    const yearly: TierExpiration = { type: 'ROLLING_EXPIRATION', period: { value: 1, unit: 'YEAR' } };
    const member = new Member(structure(METALS, { expiration: yearly, downgrade: MULTI_LEVEL }));
    member.judge('2026-03-10T09:00:00Z', 600);
    expect(member.judgeNext(500)).toEqual(['2027-03-11T00:00:00.000Z', 'PROLONGED', 'Gold']);
    expect(member.transitions.at(-1)).toEqual({
      structureId: STRUCTURE_ID,
      type: 'PROLONGED',
      fromTierId: 'Gold',
      toTierId: 'Gold',
      reason: 'POINTS_EARNED',
      measure: 500n,
      expiresAt: at('2028-03-11'),
      occurredAt: at('2027-03-11'),
    });
    expect(member.membership.since).toBe(at('2027-03-11'));
  });

  test('T20: a tier until 31 December', () => {
    const yearEnd: TierExpiration = { type: 'CALENDAR_EXPIRATION', calendarDates: [{ day: 31, month: 12 }] };
    const member = new Member(structure([tier('Gold', 800)], { expiration: yearEnd, downgrade: MULTI_LEVEL }));
    expect(member.judge('2026-05-01', 900)).toEqual(['JOINED', 'Gold']);
    expect(member.judgeNext(900)).toEqual(['2027-01-01T00:00:00.000Z', 'PROLONGED', 'Gold']);
    expect(member.judgeNext(100)).toEqual(['2028-01-01T00:00:00.000Z', 'LEFT', null]);
  });
});

describe('terms', () => {
  test('31 January monthly keeps to the end of each month', () => {
    const member = new Member(structure(METALS, { expiration: monthly }));
    member.judge('2026-01-31T18:00:00Z', 100);
    expect(text(member.membership.expiresAt)).toBe('2026-03-01T00:00:00.000Z');
    const ends = [1, 2, 3, 4].map(() => member.judgeNext(100));
    expect(ends).toEqual([
      ['2026-03-01T00:00:00.000Z', 'PROLONGED', 'Silver'],
      ['2026-04-01T00:00:00.000Z', 'PROLONGED', 'Silver'],
      ['2026-05-01T00:00:00.000Z', 'PROLONGED', 'Silver'],
      ['2026-06-01T00:00:00.000Z', 'PROLONGED', 'Silver'],
    ]);
    expect(member.membership).toMatchObject({ anchoredAt: at('2026-01-31T18:00:00Z'), terms: 5 });
  });

  test('a step up starts a new term from that instant', () => {
    const member = new Member(structure(METALS, { expiration: monthly, downgrade: MULTI_LEVEL }));
    member.judge('2026-01-10', 100);
    member.judge('2026-01-25', 500);
    expect(member.membership).toMatchObject({ tierId: 'Gold', anchoredAt: at('2026-01-25'), terms: 1, since: at('2026-01-25') });
    expect(text(member.membership.expiresAt)).toBe('2026-02-26T00:00:00.000Z');
  });

  test('a judgement within the term changes nothing, not even the same tier reached again', () => {
    const member = new Member(structure(METALS, { expiration: monthly, downgrade: MULTI_LEVEL }));
    member.judge('2026-01-10', 100);
    const { membership } = member;
    expect(member.judge('2026-01-20', 200)).toEqual([null, 'Silver']);
    expect(member.judge('2026-01-25', 0)).toEqual([null, 'Silver']);
    expect(member.membership).toBe(membership);
  });

  test('an end that leads higher is a step up, with a term of its own', () => {
    const member = new Member(structure(METALS, { expiration: monthly, downgrade: MULTI_LEVEL }));
    member.judge('2026-01-31', 100);
    expect(member.judgeNext(500)).toEqual(['2026-03-01T00:00:00.000Z', 'UPGRADED', 'Gold']);
    expect(member.membership).toMatchObject({ anchoredAt: at('2026-03-01'), terms: 1, expiresAt: at('2026-04-02') });
  });

  test('NO_DOWNGRADE prolongs at the end of a term, and has nothing to say without one', () => {
    const termed = new Member(structure(METALS, { expiration: monthly, downgrade: NO_DOWNGRADE }));
    termed.judge('2026-01-10', 500);
    expect(termed.judgeNext(0)).toEqual(['2026-02-11T00:00:00.000Z', 'PROLONGED', 'Gold']);
    const always = new Member(structure(METALS, { expiration: NO_EXPIRATION, downgrade: NO_DOWNGRADE }));
    always.judge('2026-01-10', 500);
    expect(always.judge('2026-01-11', 0)).toEqual([null, 'Gold']);
    expect(always.transitions).toHaveLength(1);
  });

  test('terms that went by while nobody was judged are over', () => {
    const member = new Member(structure(METALS, { expiration: monthly, downgrade: SINGLE_LEVEL }));
    member.judge('2026-01-31', 500);
    // The structure was paused from March to July.
    expect(member.judge('2026-07-10T12:00:00Z', 500)).toEqual(['PROLONGED', 'Gold']);
    expect(text(member.membership.expiresAt)).toBe('2026-08-01T00:00:00.000Z');
    expect(member.judge('2026-12-15', 0)).toEqual(['DOWNGRADED', 'Silver']);
    expect(text(member.membership.expiresAt)).toBe('2027-01-01T00:00:00.000Z');
  });

  test('the days of a term are local', () => {
    const newYork = new LocalCalendar('America/New_York');
    const member = new Member(structure(METALS, { expiration: monthly }), newYork);
    member.judge('2026-02-09T03:00:00Z', 100);
    expect(text(member.membership.expiresAt)).toBe('2026-03-09T04:00:00.000Z');
  });
});

describe('single level without expiration', () => {
  const stepwise = structure(METALS, { expiration: NO_EXPIRATION, downgrade: SINGLE_LEVEL });

  test('goes down at once, then at most one tier a day', () => {
    const member = new Member(stepwise);
    member.judge('2026-01-10T08:00:00Z', 1000);
    expect(member.judge('2026-01-10T09:00:00Z', 50)).toEqual(['DOWNGRADED', 'Gold']);
    expect(member.judge('2026-01-10T09:00:01Z', 40)).toEqual([null, 'Gold']);
    expect(member.judgeNext(40)).toEqual(['2026-01-11T00:00:00.000Z', 'DOWNGRADED', 'Silver']);
    expect(member.judgeNext(40)).toEqual(['2026-01-12T00:00:00.000Z', 'DOWNGRADED', 'Basic']);
    expect(member.judgeNext(40)).toEqual(['2026-01-13T00:00:00.000Z', null, 'Basic']);
    expect(nextJudgementAt(member.membership, utc)).toBe(NEVER);
  });

  test('the day is local', () => {
    const member = new Member(stepwise, new LocalCalendar('America/New_York'));
    member.judge('2026-01-10T08:00:00Z', 1000);
    member.judge('2026-01-11T04:59:59Z', 50);
    expect(member.judge('2026-01-11T05:00:00Z', 50)).toEqual(['DOWNGRADED', 'Silver']);
  });

  test('qualifying again ends the steps', () => {
    const member = new Member(stepwise);
    member.judge('2026-01-10T08:00:00Z', 1000);
    member.judge('2026-01-10T09:00:00Z', 50);
    expect(member.judgeNext(700)).toEqual(['2026-01-11T00:00:00.000Z', null, 'Gold']);
    expect(nextJudgementAt(member.membership, utc)).toBe(NEVER);
  });

  test('a step up does not allow a second step down on the same day', () => {
    const member = new Member(stepwise);
    member.judge('2026-01-10T08:00:00Z', 1000);
    expect(member.judge('2026-01-10T09:00:00Z', 50)).toEqual(['DOWNGRADED', 'Gold']);
    expect(member.judge('2026-01-10T10:00:00Z', 1000)).toEqual(['UPGRADED', 'Platinum']);
    expect(member.judge('2026-01-10T11:00:00Z', 50)).toEqual([null, 'Platinum']);
    expect(member.judgeNext(50)).toEqual(['2026-01-11T00:00:00.000Z', 'DOWNGRADED', 'Gold']);
  });

  test('below the lowest tier it leaves', () => {
    const member = new Member(structure([tier('Silver', 100)], { downgrade: SINGLE_LEVEL }));
    member.judge('2026-01-10T08:00:00Z', 100);
    expect(member.judge('2026-01-10T09:00:00Z', 99)).toEqual(['LEFT', null]);
    expect(member.judgeNext(99)).toEqual(['2026-01-11T00:00:00.000Z', null, null]);
    expect(nextJudgementAt(member.membership, utc)).toBe(NEVER);
  });
});

import { describe, expect, test } from '@jest/globals';
import type { GracePeriod, TierDowngrade, TierExpiration, TierStructure } from '../../src/domain/structures.ts';
import type { Judgement, JudgementStep, Membership, Transition, TransitionReason } from '../../src/domain/tiers.ts';
import { downgradeOf, judge, nextJudgementAt, notJudged, qualifyingTier, slideMembership } from '../../src/domain/tiers.ts';
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
  /** Of the last judgement. */
  steps: readonly JudgementStep[] = [];
  readonly #structure: TierStructure;
  readonly #calendar: LocalCalendar;

  constructor(structureOfMember: TierStructure, calendar = utc) {
    this.#structure = structureOfMember;
    this.#calendar = calendar;
    this.membership = notJudged(STRUCTURE_ID, 0);
  }

  /** What the judgement changed, and the tier held after it. */
  judge(instant: string | number, measure: number, more: Partial<Judgement> = {}): [type: string | null, tierId: string | null] {
    const judgement: Judgement = {
      at: typeof instant === 'string' ? at(instant) : instant,
      measure: BigInt(measure),
      reason: 'POINTS_EARNED',
      only: null,
      removedMinPoints: null,
      ...more,
    };
    const judged = judge(this.#structure, this.membership, judgement, this.#calendar);
    this.membership = judged.membership;
    this.steps = judged.steps;
    if (judged.transition !== null) this.transitions.push(judged.transition);
    return [judged.transition?.type ?? null, judged.membership.tierId];
  }

  /** The rules that the last judgement applied, and what came of each. */
  get applied(): string[] {
    return this.steps.map(({ rule, outcome }) => `${rule} ${outcome}`);
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
    expect(termed.applied).toEqual(['THRESHOLD LOWER', 'EXPIRATION ENDED', 'DOWNGRADE KEPT']);
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
    expect(member.membership.since).toBe(at('2026-07-10T12:00:00Z'));
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

describe('grace', () => {
  const grace = (value: number, unit: GracePeriod['unit'], roundUp = false): TierDowngrade => ({
    type: 'MULTI_LEVEL',
    gracePeriod: { value, unit, roundUp },
  });
  const tiers = [tier('Bronze', 0), tier('Silver', 100), tier('Gold', 200)];

  test.each([
    ['T4: a month', grace(1, 'MONTH'), '2026-08-26T00:00:00.000Z'],
    ['T4: a month, to its end', grace(1, 'MONTH', true), '2026-09-01T00:00:00.000Z'],
    ['a week, to its end', grace(1, 'WEEK', true), '2026-08-03T00:00:00.000Z'],
    ['a year, to its end', grace(1, 'YEAR', true), '2028-01-01T00:00:00.000Z'],
    ['days have no end to be rounded to', grace(3, 'DAY', true), '2026-07-29T00:00:00.000Z'],
  ])('%s', (_, downgrade, endsAt) => {
    const member = new Member(structure(tiers, { downgrade }));
    member.judge('2026-07-20', 250);
    expect(member.judge('2026-07-25T15:00:00Z', 50)).toEqual([null, 'Gold']);
    expect(member.applied).toEqual(['THRESHOLD LOWER', 'EXPIRATION ALWAYS_JUDGED', 'GRACE STARTED']);
    expect(member.membership).toMatchObject({ graceEndsAt: at(endsAt), since: at('2026-07-20') });
    expect(member.judge(at(endsAt) - 1, 50)).toEqual([null, 'Gold']);
    expect(member.applied).toEqual(['THRESHOLD LOWER', 'GRACE RUNNING']);
    expect(member.judgeNext(50)).toEqual([endsAt, 'DOWNGRADED', 'Bronze']);
    expect(member.applied).toEqual(['THRESHOLD LOWER', 'GRACE ENDED', 'DOWNGRADE TO_QUALIFYING']);
    expect(member.membership.graceEndsAt).toBeNull();
  });

  test('qualifying again cancels it', () => {
    const member = new Member(structure(tiers, { downgrade: grace(1, 'MONTH') }));
    member.judge('2026-07-20', 250);
    member.judge('2026-07-25', 50);
    expect(member.judge('2026-07-30', 200)).toEqual([null, 'Gold']);
    expect(member.applied).toEqual(['THRESHOLD SAME', 'GRACE CANCELLED']);
    expect(member.membership).toMatchObject({ graceEndsAt: null, since: at('2026-07-20') });
    expect(nextJudgementAt(member.membership, utc)).toBe(NEVER);
    expect(member.judge('2026-08-10', 50)).toEqual([null, 'Gold']);
    expect(text(member.membership.graceEndsAt ?? 0)).toBe('2026-09-11T00:00:00.000Z');
  });

  test('qualifying for more goes up at once', () => {
    const member = new Member(structure(tiers, { downgrade: grace(1, 'MONTH') }));
    member.judge('2026-07-20', 150);
    member.judge('2026-07-25', 50);
    expect(member.judge('2026-07-30', 200)).toEqual(['UPGRADED', 'Gold']);
    expect(member.membership.graceEndsAt).toBeNull();
  });

  test('a validity that is prolonged in its grace goes on from where it ended', () => {
    const member = new Member(structure(tiers, { expiration: monthly, downgrade: grace(10, 'DAY') }));
    member.judge('2026-01-10T12:00:00Z', 250);
    expect(member.judgeNext(50)).toEqual(['2026-02-11T00:00:00.000Z', null, 'Gold']);
    expect(member.applied).toEqual(['THRESHOLD LOWER', 'EXPIRATION ENDED', 'GRACE STARTED']);
    expect(text(nextJudgementAt(member.membership, utc))).toBe('2026-02-22T00:00:00.000Z');
    expect(member.judge('2026-02-15T09:00:00Z', 200)).toEqual(['PROLONGED', 'Gold']);
    expect(member.membership).toMatchObject({ since: at('2026-02-11'), expiresAt: at('2026-03-11'), terms: 2, graceEndsAt: null });
    expect(member.transitions.at(-1)).toMatchObject({ type: 'PROLONGED', occurredAt: at('2026-02-15T09:00:00Z'), expiresAt: at('2026-03-11') });
  });

  test('a tier that is lost after its grace begins a term of its own', () => {
    const member = new Member(structure(tiers, { expiration: monthly, downgrade: grace(10, 'DAY') }));
    member.judge('2026-01-10T12:00:00Z', 250);
    member.judgeNext(150);
    expect(member.judgeNext(150)).toEqual(['2026-02-22T00:00:00.000Z', 'DOWNGRADED', 'Silver']);
    expect(member.membership).toMatchObject({ anchoredAt: at('2026-02-22'), terms: 1, expiresAt: at('2026-03-23') });
  });

  test('a tier that is never lost has none', () => {
    const kept = [tier('Bronze', 0), tier('Gold', 200, { noDowngrade: true })];
    const member = new Member(structure(kept, { downgrade: grace(1, 'MONTH') }));
    member.judge('2026-07-20', 250);
    expect(member.judge('2026-07-25', 50)).toEqual([null, 'Gold']);
    expect(member.applied).toEqual(['THRESHOLD LOWER', 'EXPIRATION ALWAYS_JUDGED', 'DOWNGRADE KEPT']);
    expect(member.membership.graceEndsAt).toBeNull();
  });

  test('single level: a grace before each step', () => {
    const downgrade: TierDowngrade = { type: 'SINGLE_LEVEL', gracePeriod: { value: 2, unit: 'DAY', roundUp: false } };
    const member = new Member(structure(tiers, { downgrade }));
    member.judge('2026-07-01', 250);
    member.judge('2026-07-10T12:00:00Z', 50);
    expect(member.judgeNext(50)).toEqual(['2026-07-13T00:00:00.000Z', 'DOWNGRADED', 'Silver']);
    expect(member.judgeNext(50)).toEqual(['2026-07-14T00:00:00.000Z', null, 'Silver']);
    expect(member.judgeNext(50)).toEqual(['2026-07-17T00:00:00.000Z', 'DOWNGRADED', 'Bronze']);
  });

  test('on the day of a step down no other grace begins', () => {
    const downgrade: TierDowngrade = { type: 'SINGLE_LEVEL', gracePeriod: { value: 2, unit: 'DAY', roundUp: false } };
    const member = new Member(structure(tiers, { downgrade }));
    member.judge('2026-07-01', 250);
    member.judge('2026-07-10', 50);
    member.judgeNext(50);
    expect(member.judge('2026-07-13T10:00:00Z', 40)).toEqual([null, 'Silver']);
    expect(member.applied).toEqual(['THRESHOLD LOWER', 'EXPIRATION ALWAYS_JUDGED', 'DOWNGRADE ONE_LEVEL_A_DAY']);
    expect(member.membership).toMatchObject({ graceEndsAt: null, steppedDownAt: at('2026-07-13') });
  });
});

describe('waiting for the next tracking period', () => {
  const rules = (rest: Partial<TierStructure> = {}) =>
    structure(METALS, {
      type: 'POINT_EARNED',
      pointEarned: { period: { value: 1, unit: 'MONTH' }, type: 'NEXT_TRACKING_PERIOD', window: 'CALENDAR' },
      downgrade: MULTI_LEVEL,
      ...rest,
    });

  test.each<TransitionReason>(['CUSTOMER_JOINED', 'STRUCTURE_ACTIVATED', 'REVISION_PUBLISHED', 'WINDOW_ROLLED'])('%s lets up', (reason) => {
    const member = new Member(rules());
    expect(member.judge('2026-04-01', 500, { reason })).toEqual(['JOINED', 'Gold']);
    expect(member.applied).toEqual(['THRESHOLD HIGHER']);
  });

  test.each<TransitionReason>(['POINTS_EARNED', 'TIER_EXPIRED', 'GRACE_ENDED', 'POINTS_ACTIVATED', 'ENTRY_AWARDED'])('%s is deferred', (reason) => {
    const member = new Member(rules());
    expect(member.judge('2026-03-10', 500, { reason })).toEqual([null, null]);
    expect(member.applied).toEqual(['THRESHOLD HIGHER', 'TRACKING DEFERRED']);
  });

  test('a validity that ends while something higher is deferred is prolonged', () => {
    const member = new Member(rules({ expiration: { type: 'ROLLING_EXPIRATION', period: { value: 10, unit: 'DAY' } } }));
    member.judge('2026-03-01', 100, { reason: 'WINDOW_ROLLED' });
    expect(member.judge('2026-03-12', 500, { reason: 'TIER_EXPIRED' })).toEqual(['PROLONGED', 'Silver']);
    expect(member.applied).toEqual(['THRESHOLD HIGHER', 'TRACKING DEFERRED', 'EXPIRATION ENDED']);
  });

  test('a deferred step up ends a grace', () => {
    const member = new Member(rules({ downgrade: { type: 'MULTI_LEVEL', gracePeriod: { value: 1, unit: 'MONTH', roundUp: false } } }));
    member.judge('2026-03-01', 100, { reason: 'WINDOW_ROLLED' });
    member.judge('2026-04-01', 0, { reason: 'WINDOW_ROLLED' });
    expect(member.judge('2026-05-02', 500, { reason: 'GRACE_ENDED' })).toEqual([null, 'Silver']);
    expect(member.applied).toEqual(['THRESHOLD HIGHER', 'TRACKING DEFERRED', 'GRACE CANCELLED']);
    expect(member.membership.graceEndsAt).toBeNull();
  });

  test('single level: one step a period, not one a day', () => {
    const member = new Member(rules({ downgrade: SINGLE_LEVEL }));
    member.judge('2026-03-01', 1000, { reason: 'WINDOW_ROLLED' });
    expect(member.judge('2026-04-01', 0, { reason: 'WINDOW_ROLLED' })).toEqual(['DOWNGRADED', 'Gold']);
    expect(text(nextJudgementAt(member.membership, utc))).toBe('2026-04-02T00:00:00.000Z');
    expect(member.judge('2026-04-02', 0, { reason: 'DAY_STARTED' })).toEqual([null, 'Gold']);
    expect(member.applied).toEqual([]);
    expect(member.membership.steppedDownAt).toBeNull();
    expect(member.judge('2026-05-01', 0, { reason: 'WINDOW_ROLLED' })).toEqual(['DOWNGRADED', 'Silver']);
  });
});

describe('a revision', () => {
  test('that only raises lowers nobody, and ends no validity', () => {
    const member = new Member(structure(METALS, { downgrade: MULTI_LEVEL }));
    member.judge('2026-01-01', 500);
    const { membership } = member;
    expect(member.judge('2026-01-02', 50, { only: 'UPWARDS' })).toEqual([null, 'Gold']);
    expect(member.applied).toEqual(['THRESHOLD LOWER', 'DOWNGRADE ONLY_UPWARDS']);
    expect(member.membership).toBe(membership);
    expect(member.judge('2026-01-02', 1000, { only: 'UPWARDS' })).toEqual(['UPGRADED', 'Platinum']);
  });

  test('that recalculates does not wait for the validity, but for the grace', () => {
    const recalculated = { only: 'WHATEVER_VALIDITY', reason: 'REVISION_PUBLISHED' } as const;
    const member = new Member(structure(METALS, { expiration: monthly, downgrade: MULTI_LEVEL }));
    member.judge('2026-01-01', 500);
    expect(member.judge('2026-01-02', 50)).toEqual([null, 'Gold']);
    expect(member.applied).toEqual(['THRESHOLD LOWER', 'EXPIRATION NOT_ENDED']);
    expect(member.judge('2026-01-02', 50, recalculated)).toEqual(['DOWNGRADED', 'Basic']);
    expect(member.membership).toMatchObject({ anchoredAt: at('2026-01-02'), terms: 1 });
    const patient = new Member(
      structure(METALS, { expiration: monthly, downgrade: { type: 'MULTI_LEVEL', gracePeriod: { value: 1, unit: 'DAY', roundUp: false } } }),
    );
    patient.judge('2026-01-01', 500);
    expect(patient.judge('2026-01-02', 50, recalculated)).toEqual([null, 'Gold']);
    expect(patient.applied).toEqual(['THRESHOLD LOWER', 'EXPIRATION NOT_ENDED', 'GRACE STARTED']);
  });

  test.each([
    [500, 0, 'UPGRADED', 'Gold', 'HIGHER'],
    [500, 700, 'DOWNGRADED', 'Gold', 'LOWER'],
    [500, 500, 'DOWNGRADED', 'Gold', 'LOWER'],
  ])('that leaves the tier out: with %i and a former minimum of %i it is %s', (measure, removedMinPoints, type, tierId, outcome) => {
    const member = new Member(structure(METALS, { expiration: monthly, downgrade: NO_DOWNGRADE }));
    member.membership = { ...member.membership, tierId: 'Former', since: at('2026-01-01'), anchoredAt: at('2026-01-01'), terms: 1, expiresAt: at('2026-02-02') };
    const removed = { reason: 'REVISION_PUBLISHED', removedMinPoints: BigInt(removedMinPoints) } as const;
    const judged = member.judge('2026-01-10', measure, removed);
    expect(member.applied).toEqual([`THRESHOLD ${outcome}`]);
    expect(judged).toEqual([type === 'DOWNGRADED' && removedMinPoints === 500 ? 'UPGRADED' : type, tierId]);
    expect(member.membership).toMatchObject({ anchoredAt: at('2026-01-10'), terms: 1 });
  });

  test('that leaves the tier out where none qualifies: it is left', () => {
    const member = new Member(structure([tier('Silver', 100)], { downgrade: NO_DOWNGRADE }));
    member.membership = { ...member.membership, tierId: 'Former' };
    expect(member.judge('2026-01-10', 50, { removedMinPoints: 20n })).toEqual(['LEFT', null]);
    expect(member.membership).toMatchObject({ anchoredAt: null, terms: 0, expiresAt: NEVER, since: at('2026-01-10') });
  });
});

describe('a validity that slides', () => {
  const sliding: TierExpiration = {
    type: 'SLIDING_EXPIRATION',
    period: { value: 30, unit: 'DAY' },
    earningActivity: true,
    spendingActivity: false,
    customActivity: false,
    customActivityTypes: [],
  };
  const rules = structure(METALS, { expiration: sliding, downgrade: MULTI_LEVEL });

  test('lasts from the last activity on', () => {
    const member = new Member(rules);
    member.judge('2026-01-01T10:00:00Z', 500);
    expect(text(member.membership.expiresAt)).toBe('2026-02-01T00:00:00.000Z');
    const slid = slideMembership(rules, member.membership, at('2026-01-20T10:00:00Z'), utc);
    expect(slid).toMatchObject({ tierId: 'Gold', since: at('2026-01-01T10:00:00Z'), anchoredAt: at('2026-01-20T10:00:00Z'), terms: 1, expiresAt: at('2026-02-20') });
  });

  test('is not revived once it has ended, and is nothing without a tier', () => {
    const member = new Member(rules);
    const none = member.membership;
    expect(slideMembership(rules, none, at('2026-01-20'), utc)).toBe(none);
    member.judge('2026-01-01T10:00:00Z', 500);
    const { membership } = member;
    expect(slideMembership(rules, membership, at('2026-02-01'), utc)).toBe(membership);
    expect(slideMembership(rules, membership, at('2026-02-01') - 1, utc)).not.toBe(membership);
  });

  test('is prolonged by another period if nothing was done', () => {
    const member = new Member(rules);
    member.judge('2026-01-01T10:00:00Z', 500);
    expect(member.judgeNext(500)).toEqual(['2026-02-01T00:00:00.000Z', 'PROLONGED', 'Gold']);
    expect(text(member.membership.expiresAt)).toBe('2026-03-03T00:00:00.000Z');
  });
});

describe('what a judgement says of itself', () => {
  test('which tier was held and which qualifies', () => {
    const member = new Member(structure(METALS, { downgrade: MULTI_LEVEL }));
    member.judge('2026-01-01', 500);
    expect(member.steps).toEqual([{ rule: 'THRESHOLD', heldTierId: null, qualifyingTierId: 'Gold', outcome: 'HIGHER' }]);
    member.judge('2026-01-02', 600);
    expect(member.steps).toEqual([{ rule: 'THRESHOLD', heldTierId: 'Gold', qualifyingTierId: 'Gold', outcome: 'SAME' }]);
    member.judge('2026-01-03', -1);
    expect(member.steps).toEqual([
      { rule: 'THRESHOLD', heldTierId: 'Gold', qualifyingTierId: null, outcome: 'LOWER' },
      { rule: 'EXPIRATION', expiresAt: NEVER, outcome: 'ALWAYS_JUDGED' },
      { rule: 'DOWNGRADE', outcome: 'TO_QUALIFYING' },
    ]);
  });

  test('that a validity ended, if it did', () => {
    const member = new Member(structure(METALS, { expiration: monthly, downgrade: SINGLE_LEVEL }));
    member.judge('2026-01-10', 500);
    member.judgeNext(500);
    expect(member.applied).toEqual(['THRESHOLD SAME', 'EXPIRATION ENDED']);
    member.judgeNext(0);
    expect(member.steps).toEqual([
      { rule: 'THRESHOLD', heldTierId: 'Gold', qualifyingTierId: 'Basic', outcome: 'LOWER' },
      { rule: 'EXPIRATION', expiresAt: at('2026-03-11'), outcome: 'ENDED' },
      { rule: 'DOWNGRADE', outcome: 'ONE_LEVEL' },
    ]);
  });
});

test('a tier goes down as its structure says, unless it never does', () => {
  const rules = structure([tier('Basic', 0), tier('Gold', 200, { noDowngrade: true })], { downgrade: SINGLE_LEVEL });
  expect(['Basic', 'Gold', 'Unknown', null].map((tierId) => downgradeOf(rules, tierId).type)).toEqual([
    'SINGLE_LEVEL',
    'NO_DOWNGRADE',
    'SINGLE_LEVEL',
    'SINGLE_LEVEL',
  ]);
});

test('whoever was never judged holds nothing, and nothing falls due', () => {
  expect(notJudged('structure', 7)).toEqual({
    structureId: 'structure',
    tierId: null,
    since: 7,
    anchoredAt: null,
    terms: 0,
    expiresAt: NEVER,
    steppedDownAt: null,
    graceEndsAt: null,
    entryAwards: [],
    balance: null,
  });
  expect(nextJudgementAt(notJudged('structure', 7), utc)).toBe(NEVER);
});

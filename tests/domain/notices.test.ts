import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { MemberState } from '../../src/domain/members.ts';
import { cardIdOf, emptyCard, newMember } from '../../src/domain/members.ts';
import type { Notice, Noticed } from '../../src/domain/notices.ts';
import { decideNotices, grantNoticeAt, noticedBefore } from '../../src/domain/notices.ts';
import type { Lot } from '../../src/domain/points.ts';
import type { Program } from '../../src/domain/program.ts';
import type { TierStructure } from '../../src/domain/structures.ts';
import { LocalCalendar, NEVER } from '../../src/domain/time.ts';
import { Somebody, at, card, expiring, iso, program } from '../support/people.ts';
import { structure, tier } from '../support/structures.ts';

const HOUR_MS = 3_600_000;
const calendars = ['UTC', 'Europe/Warsaw', 'America/New_York', 'Pacific/Apia'].map((timeZone) => new LocalCalendar(timeZone));

test('what happens before an instant happens soon by now, to the millisecond, and nothing else', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...calendars),
      fc.integer({ min: 1, max: 365 }),
      fc.integer({ min: Date.UTC(2010, 0), max: Date.UTC(2030, 0) }),
      fc.oneof(fc.integer({ min: -72, max: 72 }).map((hours) => hours * HOUR_MS), fc.constantFrom(-1, 0, 1)),
      (calendar, noticeDays, now, distance) => {
        const border = noticedBefore(calendar, noticeDays, now);
        const expiresAt = border + distance;
        const at = grantNoticeAt({ grantedAt: 0, expiresAt }, calendar, noticeDays) ?? 0;
        expect(at <= now).toBe(expiresAt < border);
      },
    ),
    { numRuns: 500 },
  );
});

test('a grant is told of that was given before the day on which it would be', () => {
  const [utc] = calendars as [LocalCalendar];
  const noticeAt = (grantedAt: string) => grantNoticeAt({ grantedAt: Date.parse(grantedAt), expiresAt: Date.parse('2026-06-18') }, utc, 10);
  const noticed = ['2026-06-07T23:59:59.999Z', '2026-06-08T00:00:00Z', '2026-06-17T00:00:00Z'].map(noticeAt);
  expect(noticed).toEqual([Date.parse('2026-06-08'), null, null]);
});

const MONTH = { type: 'ROLLING', period: { value: 30, unit: 'DAY' }, rounding: null } as const;
const [BASIC, SILVER] = [tier('Basic', 0), tier('Silver', 100)];
const metals = (rest: Partial<TierStructure> = {}) =>
  structure([BASIC, SILVER], { cardDefinitionId: 'a', downgrade: { type: 'MULTI_LEVEL', gracePeriod: null }, ...rest });

/** What is told of somebody ten days before, if nothing else is said. */
const decide = (state: MemberState, ofProgram: Program, now: string, before: Noticed | null = null, noticeDays = 10) =>
  decideNotices(state, ofProgram, noticeDays, before, at(now));
/** Type, instant and instant of what happens of each notice. */
const told = (notices: readonly Notice[]) => notices.map((notice) => [notice.type, iso(notice.at), iso(notice.effectiveAt)]);

describe('points that expire', () => {
  const shop = program({ cards: [expiring(MONTH)] });
  const ada = new Somebody(shop);
  ada.earn('2026-01-02T10:00:00Z', 100);
  const { state } = ada;
  const noticed = { noticeDays: 10, told: [], settledAt: at('2026-01-02T10:00:00Z'), sequence: 1 };
  const notice = {
    type: 'POINTS_EXPIRING',
    cardId: cardIdOf('ada', 'a'),
    cardDefinitionId: 'a',
    points: 100n,
    lastDay: '2026-02-01',
    at: at('2026-01-23'),
    effectiveAt: at('2026-02-02'),
  };

  test('are told of from the day on that lies so many days before', () => {
    const [early, through] = ['2026-01-22T23:59:59.999Z', '2026-01-23'];
    expect(decide(state, shop, early)).toEqual({ notices: [], noticed: { ...noticed, through: at(early), nextAt: at('2026-01-23') } });
    expect(decide(state, shop, through)).toEqual({ notices: [notice], noticed: { ...noticed, through: at(through), nextAt: at('2026-02-02') } });
  });

  test('are looked at again after so many days where nothing comes before', () => {
    expect(decide(state, shop, '2026-01-05T12:00:00Z').noticed).toEqual({ ...noticed, through: at('2026-01-05T12:00:00Z'), nextAt: at('2026-01-15') });
  });

  test('are told of once, and anew if another number of days is asked for', () => {
    const early = decide(state, shop, '2026-01-22');
    const first = decide(state, shop, '2026-01-23', early.noticed);
    expect(first.notices).toEqual([notice]);
    expect(decide(state, shop, '2026-01-23', first.noticed).notices).toEqual([]);
    expect(decide(state, shop, '2026-01-30', first.noticed).notices).toEqual([]);
    expect(told(decide(state, shop, '2026-01-30', first.noticed, 5).notices)).toEqual([['POINTS_EXPIRING', '2026-01-28', '2026-02-02']]);
    expect(told(decide(state, shop, '2026-01-24', first.noticed, 12).notices)).toEqual([['POINTS_EXPIRING', '2026-01-21', '2026-02-02']]);
  });

  test('are told of in the order in which it became so, card by card and day by day, where time went past all of it', () => {
    const cards = [card('a', { expiration: MONTH }), card('b', { expiration: MONTH })];
    const both = program({ cards });
    const bee = new Somebody(both, '2026-01-01', 'bee');
    bee.adjust('2026-01-02', 5, false, 'b');
    bee.adjust('2026-01-08', 20, false, 'a');
    bee.adjust('2026-01-10', 30, false, 'a');
    bee.adjust('2026-01-10', 40, false, 'b');
    const { notices, noticed: after } = decide(bee.state, both, '2026-06-01');
    const [cardA, cardB] = [cardIdOf('bee', 'a'), cardIdOf('bee', 'b')];
    expect(notices.map((each) => (each.type === 'POINTS_EXPIRING' ? [each.cardId, each.points, each.lastDay, iso(each.at)] : []))).toEqual([
      [cardB, 5n, '2026-02-01', '2026-01-23'],
      [cardA, 20n, '2026-02-07', '2026-01-29'],
      [cardB, 40n, '2026-02-09', '2026-01-31'],
      [cardA, 30n, '2026-02-09', '2026-01-31'],
    ]);
    expect(after).toMatchObject({ settledAt: at('2026-01-10'), sequence: 4, through: at('2026-06-01'), nextAt: at('2026-06-11') });
  });

  test('on the same day are told of together, unless all of them were earned too late; debts and what never expires are not', () => {
    const lot = (expires: string | null, points: bigint, earned: string): Lot => {
      return { expiresAt: expires === null ? NEVER : at(expires), sliding: false, points, earnedAt: at(earned) };
    };
    const lots = [
      lot('2026-02-02', 5n, '2026-01-22T23:59:59.999Z'),
      { ...lot('2026-02-02', 7n, '2026-01-25'), sliding: true },
      lot('2026-02-03', 0n, '2026-01-02'),
      lot('2026-02-04', -5n, '2026-01-02'),
      lot('2026-02-05', 8n, '2026-01-26'),
      lot('2026-02-06', 3n, '2026-01-27T00:00:00.001Z'),
      lot('2026-02-07', 4n, '2026-01-27T23:59:59.999Z'),
      lot(null, 9n, '2026-01-02'),
    ];
    const crafted = { ...state, nextDueAt: NEVER, cards: new Map([['a', { ...emptyCard('card', 'a'), lots }]]) };
    const { notices } = decide(crafted, shop, '2026-02-01');
    expect(notices).toEqual([
      { ...notice, cardId: 'card', points: 12n },
      { ...notice, cardId: 'card', points: 4n, lastDay: '2026-02-06', at: at('2026-01-28'), effectiveAt: at('2026-02-07') },
    ]);
  });

  test('are not told of by no day before, as they expire when that day begins', () => {
    expect(decide(state, shop, '2026-06-01', null, 0).notices).toEqual([]);
  });
});

describe('a tier at risk', () => {
  const shop = program({ cards: [expiring(MONTH)], structures: [metals()] });
  const ada = new Somebody(shop);
  ada.earn('2026-01-02', 120);
  const { state } = ada;
  const risk = {
    type: 'TIER_AT_RISK',
    structureId: 'structure',
    fromTier: SILVER,
    toTier: BASIC,
    lastDay: '2026-02-01',
    pointsToStay: 100n,
    at: at('2026-01-23'),
    effectiveAt: at('2026-02-02'),
  };
  const risks = (notices: readonly Notice[]) => notices.filter(({ type }) => type === 'TIER_AT_RISK');
  const KEY = 'risk structure Silver';

  test('is told of from so many days before, and kept in mind while it is', () => {
    const early = decide(state, shop, '2026-01-22');
    expect([risks(early.notices), early.noticed.told]).toEqual([[], []]);
    const first = decide(state, shop, '2026-01-23', early.noticed);
    expect([risks(first.notices), first.noticed.told]).toEqual([[risk], [KEY]]);
    const second = decide(state, shop, '2026-02-01T23:59:59.999Z', first.noticed);
    expect([risks(second.notices), second.noticed.told]).toEqual([[], [KEY]]);
    const lost = decide(state, shop, '2026-02-02', second.noticed);
    expect([lost.notices, lost.noticed.told]).toEqual([[], []]);
  });

  test('is told of no earlier than it is one', () => {
    const bee = new Somebody(shop, '2026-01-01', 'bee');
    bee.earn('2026-01-02', 120);
    bee.earn('2026-01-25T10:00:00Z', 5);
    expect(risks(decide(bee.state, shop, '2026-01-26').notices)).toEqual([{ ...risk, pointsToStay: 95n, at: at('2026-01-25T10:00:00Z') }]);
  });

  test('is not told of again where something happened that leaves it one', () => {
    const bee = new Somebody(shop, '2026-01-01', 'bee');
    bee.earn('2026-01-02', 120);
    const first = decide(bee.state, shop, '2026-01-24');
    bee.earn('2026-01-25T10:00:00Z', 5);
    const second = decide(bee.state, shop, '2026-01-26', first.noticed);
    expect([risks(first.notices), risks(second.notices), second.noticed.told]).toEqual([[risk], [], [KEY]]);
    // With another number of days it is looked at anew.
    expect(risks(decide(bee.state, shop, '2026-01-26', { ...first.noticed, noticeDays: 9 }).notices)).toHaveLength(1);
  });

  test('that has come true is told of once of the very same state', () => {
    const first = decide(state, shop, '2026-02-03');
    expect([risks(first.notices), first.noticed.told]).toEqual([[risk], []]);
    const again = (before: Partial<Noticed>) => risks(decide(state, shop, '2026-02-05', { ...first.noticed, ...before }).notices);
    expect(again({})).toEqual([]);
    expect(again({ through: at('2026-01-23') })).toEqual([]);
    expect(again({ through: at('2026-01-22') })).toEqual([risk]);
    expect(again({ sequence: 0 })).toEqual([risk]);
    expect(again({ settledAt: at('2026-01-01') })).toEqual([risk]);
    expect(again({ noticeDays: 9 })).toEqual([risk]);
  });

  test('that has been lost and reached again is told of again, with the points that expire', () => {
    const waiting = program({ cards: [expiring(MONTH, { activation: { type: 'PERIOD_BASED', days: 40 } })], structures: [metals()] });
    const bee = new Somebody(waiting, '2026-01-01', 'bee');
    bee.adjust('2026-01-02', 120);
    bee.earn('2026-01-02', 150);
    const { notices, noticed } = decide(bee.state, waiting, '2026-06-01');
    expect(told(notices)).toEqual([
      ['POINTS_EXPIRING', '2026-01-23', '2026-02-02'],
      ['TIER_AT_RISK', '2026-01-23', '2026-02-02'],
      ['POINTS_EXPIRING', '2026-03-04', '2026-03-14'],
      ['TIER_AT_RISK', '2026-03-04', '2026-03-14'],
    ]);
    expect(noticed.told).toEqual([]);
  });

  test('is seen far enough ahead to look again when it is to be told of, at an hour of the day too', () => {
    const lasting = program({ structures: [metals({ expiration: { type: 'ROLLING_EXPIRATION', period: { value: 528, unit: 'HOUR' } } })] });
    const bee = new Somebody(lasting, '2026-01-01', 'bee');
    bee.adjust('2026-01-02T12:00:00Z', 120);
    bee.spend('2026-01-05T12:00:00Z', 100);
    const early = decide(bee.state, lasting, '2026-01-05T12:00:00Z');
    expect([early.notices, iso(early.noticed.nextAt)]).toEqual([[], '2026-01-14']);
    expect(told(decide(bee.state, lasting, '2026-01-14', early.noticed).notices)).toEqual([['TIER_AT_RISK', '2026-01-14', '2026-01-24T12:00:00.000Z']]);
  });

  test('is none before anybody was judged', () => {
    const nobody = { ...newMember('ada', at('2026-01-01'), at('2026-01-01')), nextDueAt: NEVER };
    expect(decide(nobody, shop, '2026-01-05').notices).toEqual([]);
  });
});

describe('a grace that ends', () => {
  const graced = metals({ downgrade: { type: 'MULTI_LEVEL', gracePeriod: { value: 1, unit: 'MONTH', roundUp: false } } });
  const shop = program({ structures: [graced] });
  const ada = new Somebody(shop);
  ada.adjust('2026-01-02', 120);
  ada.spend('2026-01-05', 100);
  const { state } = ada;
  const grace = { type: 'TIER_GRACE_ENDING', structureId: 'structure', heldTier: SILVER, at: at('2026-01-27'), effectiveAt: at('2026-02-06') };

  test('is told of so many days before, besides the tier that is at risk by it', () => {
    expect(decide(state, shop, '2026-01-26').notices).toEqual([]);
    const { notices, noticed } = decide(state, shop, '2026-01-27');
    expect(notices).toMatchObject([{ type: 'TIER_AT_RISK', at: grace.at }, grace]);
    expect(notices[1]).toEqual(grace);
    expect(noticed.told).toEqual(['risk structure Silver', 'grace structure Silver']);
    expect(decide(state, shop, '2026-01-28', noticed).notices).toEqual([]);
  });

  test('is told of no earlier than it runs', () => {
    const bee = new Somebody(shop, '2026-01-01', 'bee');
    bee.adjust('2026-01-02', 120);
    bee.spend('2026-01-05T10:00:00Z', 100);
    expect(decide(bee.state, shop, '2026-01-06', null, 40).notices[1]).toEqual({ ...grace, at: at('2026-01-05T10:00:00Z') });
  });

  test('is not told of a tier that the structure does not have', () => {
    const held = state.memberships.get('structure');
    if (held === undefined) throw new Error('Ada is judged.');
    const crafted = { ...state, nextDueAt: NEVER, memberships: new Map([['structure', { ...held, tierId: null }]]) };
    expect(decide(crafted, shop, '2026-01-28').notices.filter(({ type }) => type === 'TIER_GRACE_ENDING')).toEqual([]);
  });
});

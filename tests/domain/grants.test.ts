import { describe, expect, test } from '@jest/globals';
import type { Asking, RewardGrant } from '../../src/domain/grants.ts';
import { NO_SHELF, decideGrants, decideRevocations, grantStatus, hasLimits, limitReached, putBack, returned, whyNotFor } from '../../src/domain/grants.ts';
import type { CardState, MemberState, RewardProgress } from '../../src/domain/members.ts';
import { emptyCard, newMember } from '../../src/domain/members.ts';
import type { Program } from '../../src/domain/program.ts';
import { createProgram } from '../../src/domain/program.ts';
import type { CatalogueReward } from '../../src/domain/rewards.ts';
import { NEVER } from '../../src/domain/time.ts';
import { at, card } from '../support/people.ts';
import { NO_USES, grant, reward, shelf } from '../support/shelves.ts';

/** What triggers count and give, and what refunds take back. */

const NOW = at('2026-05-17T12:00:00Z');
const MONTH = at('2026-05-01');

function programOf(...rewards: CatalogueReward[]): Program {
  return createProgram({
    workspaceId: 'workspace',
    timeZone: 'UTC',
    configurationVersion: 1n,
    cardDefinitions: [card('a'), card('b')],
    structures: [],
    earnRules: [],
    backdatingDays: 1000,
    structuresChangedAt: -1,
    rewards,
  });
}

const VISITS = { type: 'EVERY_NTH_VISIT', visits: 3 } as const;
const BALANCE = { type: 'POINT_BALANCE', cardDefinitionId: 'a', points: 100n } as const;
const EARNED = { type: 'POINT_EARNED', cardDefinitionId: 'a', points: 100n, unit: null } as const;
const MONTHLY = { ...EARNED, unit: 'MONTH' } as const;

function memberWith(balance: bigint, progress: Record<string, RewardProgress> = {}): MemberState {
  const held: CardState = { ...emptyCard('card a', 'a'), balance };
  return { ...newMember('ada', 0, 0), cards: new Map([['a', held]]), rewardProgress: new Map(Object.entries(progress)) };
}

const ASKING = { externalId: 'ada', metadata: { vip: true } };
const ids = () => {
  let made = 0;
  return { next: () => `grant ${(made += 1)}` };
};

interface Occasion {
  readonly before?: bigint;
  readonly after?: bigint;
  readonly earned?: bigint;
  readonly on?: string;
  readonly progress?: Record<string, RewardProgress>;
  readonly now?: number;
}

/** What a purchase triggers: it earned points on a card, whose balance went from one number to another. */
function granted(rewards: readonly CatalogueReward[], { before = 0n, after = 0n, earned = 0n, on = 'a', progress = {}, now = NOW }: Occasion, known = NO_SHELF) {
  const purchase = { id: 'purchase', customerId: 'ada', recordedAt: now, awards: earned === 0n ? [] : [{ cardDefinitionId: on, points: earned }] };
  const change = { balanceBefore: (id: string) => (id === 'a' ? before : 0n), after: memberWith(after, progress), asking: ASKING };
  const { rewardProgress, moves } = decideGrants(purchase, change, programOf(...rewards), ids(), known);
  return { given: moves.grants.map(({ rewardId }) => rewardId), progress: Object.fromEntries(rewardProgress), moves };
}

const since = (start: number, count: bigint, passed: number): RewardProgress => ({ since: start, count, passed, every: null, everySince: 0 });
const visited = (count: bigint, passed: number, every: number | null = VISITS.visits, everySince = 0): RewardProgress => ({
  ...since(0, count, passed),
  every,
  everySince,
});

test('a shelf of which nothing is known answers nothing', () => {
  const answers = [NO_SHELF.left('pastry'), NO_SHELF.uses('ada', 'pastry'), NO_SHELF.openGrants('ada', 'pastry', null, NOW), NO_SHELF.grantsOf('purchase'), NO_SHELF.redemption('r')];
  expect(answers).toEqual([null, null, null, null, null]);
});

test('what has become of a grant', () => {
  expect(grantStatus(grant('g'), NOW)).toBe('GRANTED');
  expect(grantStatus(grant('g', { expiresAt: NOW + 1 }), NOW)).toBe('GRANTED');
  expect(grantStatus(grant('g', { expiresAt: NOW }), NOW)).toBe('EXPIRED');
  expect(grantStatus(grant('g', { expiresAt: NOW, revokedAt: 5 }), NOW)).toBe('REVOKED');
  expect(grantStatus(grant('g', { expiresAt: NOW, revokedAt: 5, redemptionId: 'r' }), NOW)).toBe('REDEEMED');
});

describe('whom a reward is for', () => {
  const ada: Asking = { ...ASKING, tiers: [{ id: 'gold', name: 'Gold' }] };
  const why = (rest: Partial<CatalogueReward>, asking = ada, points = 50n) => whyNotFor(reward('pastry', rest), asking, points);

  test('everybody, unless it names tiers', () => {
    expect(why({})).toBeNull();
    expect(why({ tierIds: ['silver', 'gold'] })).toBeNull();
    expect(why({ tierIds: ['silver'] })).toBe('The reward is for members of other tiers.');
    expect(why({ tierIds: ['silver'] }, { ...ada, tiers: [] })).toBe('The reward is for members of other tiers.');
  });

  test('those of whom its condition holds', () => {
    for (const holds of ["customer.externalId == 'ada'", 'customer.metadata.vip', 'customer.points == 50', "'Gold' in customer.tiers"]) expect(why({ condition: holds })).toBeNull();
    for (const not of ['customer.points > 50', "'gold' in customer.tiers", 'false']) expect(why({ condition: not })).toBe('The condition of the reward does not hold.');
    expect(why({ condition: 'customer.metadata.age > 17' })).toBe('The reward has a condition that could not be evaluated.');
    expect(why({ condition: 'customer.externalId' })).toBe('The reward has a condition that did not answer true or false.');
    expect(why({ condition: 'true', tierIds: ['silver'] })).toBe('The reward is for members of other tiers.');
  });
});

describe('limits', () => {
  test('are reached by as many uses', () => {
    const limits = { perMember: 3, perPeriod: [{ unit: 'DAY' as const, count: 1 }, { unit: 'YEAR' as const, count: 2 }] };
    const reached = (uses: Partial<typeof NO_USES>) => limitReached(limits, { ...NO_USES, ...uses });
    expect(reached({ EVER: 2, DAY: 0, YEAR: 1 })).toBeNull();
    expect([reached({ EVER: 3, DAY: 1 }), reached({ DAY: 1, YEAR: 2 }), reached({ DAY: 0, YEAR: 2 }), reached({ MONTH: 9, WEEK: 9 })]).toEqual(['EVER', 'DAY', 'YEAR', null]);
    expect(limitReached({ perMember: null, perPeriod: [] }, { ...NO_USES, EVER: 9 })).toBeNull();
  });

  test('there are if one is set', () => {
    expect(hasLimits({ perMember: null, perPeriod: [] })).toBe(false);
    expect(hasLimits({ perMember: 1, perPeriod: [] })).toBe(true);
    expect(hasLimits({ perMember: null, perPeriod: [{ unit: 'DAY', count: 1 }] })).toBe(true);
  });
});

describe('every third visit', () => {
  const pastry = reward('pastry', { trigger: VISITS });
  const visit = (count: bigint, passed = 0) => granted([pastry], count < 0n ? {} : { progress: { 'pastry VISITS': visited(count, passed) } });

  test('is rewarded, and each is counted', () => {
    expect(visit(-1n)).toMatchObject({ given: [], progress: { 'pastry VISITS': visited(1n, 0) } });
    expect(visit(1n)).toMatchObject({ given: [], progress: { 'pastry VISITS': visited(2n, 0) } });
    expect(visit(2n)).toMatchObject({ given: ['pastry'], progress: { 'pastry VISITS': visited(3n, 1) } });
    expect(visit(3n, 1)).toMatchObject({ given: [], progress: { 'pastry VISITS': visited(4n, 1) } });
    expect(visit(5n, 1)).toMatchObject({ given: ['pastry'], progress: { 'pastry VISITS': visited(6n, 2) } });
  });

  test('is not rewarded again when visits were taken back and come again', () => {
    expect(visit(2n, 1)).toMatchObject({ given: [], progress: { 'pastry VISITS': visited(3n, 1) } });
    expect(visit(2n, 2)).toMatchObject({ given: [], progress: { 'pastry VISITS': visited(3n, 2) } });
  });

  test('that was counted before numbers were remembered is not rewarded again when it comes again', () => {
    const again = granted([pastry], { progress: { 'pastry VISITS': visited(2n, 1, null) } });
    expect([again.given, again.progress]).toEqual([[], { 'pastry VISITS': visited(3n, 1) }]);
  });

  test('comes at the next multiple where it was another one before, once', () => {
    /** Which of so many further visits are rewarded, by their numbers. */
    const next = (visits: number, known: RewardProgress, many: number) => {
      const changed = reward('pastry', { trigger: { ...VISITS, visits } });
      let progress: Record<string, RewardProgress> = { 'pastry VISITS': known };
      return Array.from({ length: many }, () => {
        const one = granted([changed], { progress });
        progress = one.progress;
        return one.given.length === 0 ? [] : [Number(progress['pastry VISITS']?.count)];
      }).flat();
    };
    expect(next(10, visited(20n, 10, 2), 25)).toEqual([30, 40]);
    expect(next(3, visited(21n, 10, 2), 7)).toEqual([24, 27]);
    expect(next(2, visited(20n, 2, 10), 5)).toEqual([22, 24]);
    expect(next(2, visited(21n, 2, 10), 5)).toEqual([22, 24, 26]);
    // One that was taken back after it was rewarded is not rewarded again by coming again.
    expect(next(2, visited(7n, 1, 10), 6)).toEqual([12]);
    expect(granted([reward('pastry', { trigger: { ...VISITS, visits: 10 } })], { progress: { 'pastry VISITS': visited(20n, 10, 2) } }).progress).toEqual({ 'pastry VISITS': visited(21n, 2, 10, NOW) });
    expect(granted([reward('pastry', { trigger: { ...VISITS, visits: 10 } })], { progress: { 'pastry VISITS': visited(21n, 2, 10, 7) } }).progress).toEqual({ 'pastry VISITS': visited(22n, 2, 10, 7) });
    // What was counted before this was remembered was counted by the number of now.
    expect(next(3, visited(5n, 1, null), 4)).toEqual([6, 9]);
  });

  test('is counted while the reward is in force and valid, and no more', () => {
    const off: Partial<CatalogueReward>[] = [{ status: 'INACTIVE' }, { validFrom: NOW + 1 }, { validUntil: NOW }];
    for (const rest of off) expect(granted([{ ...pastry, ...rest }], {})).toMatchObject({ given: [], progress: {} });
    for (const rest of [{ validFrom: NOW }, { validUntil: NOW + 1 }]) expect(granted([{ ...pastry, ...rest }], {}).progress).toEqual({ 'pastry VISITS': visited(1n, 0) });
  });
});

describe('a balance that is crossed', () => {
  const pastry = reward('pastry', { trigger: BALANCE });

  test('is rewarded each time that it is reached from below', () => {
    const crossed = (before: bigint, after: bigint) => granted([pastry], { before, after, earned: 1n }).given.length;
    expect([crossed(99n, 100n), crossed(0n, 500n), crossed(99n, 99n), crossed(100n, 101n), crossed(100n, 100n), crossed(-5n, 99n)]).toEqual([1, 1, 0, 0, 0, 0]);
    expect(granted([pastry], { before: 0n, after: 500n }).progress).toEqual({});
  });

  test('is that of its own card, which may be missing', () => {
    const other = reward('pastry', { trigger: { ...BALANCE, cardDefinitionId: 'b' } });
    expect(granted([other], { before: 0n, after: 500n }).given).toEqual([]);
  });
});

describe('points that were earned', () => {
  const earn = (trigger: typeof EARNED | typeof MONTHLY, earned: bigint, known?: RewardProgress, on = 'a') =>
    granted([reward('pastry', { trigger })], { earned, on, progress: known === undefined ? {} : { 'pastry EARNED a': known } });

  test('are rewarded when they come to enough, once', () => {
    expect(earn(EARNED, 99n)).toMatchObject({ given: [], progress: { 'pastry EARNED a': since(0, 99n, 0) } });
    expect(earn(EARNED, 1n, since(0, 99n, 0))).toMatchObject({ given: ['pastry'], progress: { 'pastry EARNED a': since(0, 100n, 1) } });
    expect(earn(EARNED, 500n, since(0, 100n, 1))).toMatchObject({ given: [], progress: { 'pastry EARNED a': since(0, 600n, 1) } });
  });

  test('that were taken back and are earned again are not rewarded again', () => {
    expect(earn(EARNED, 30n, since(0, 70n, 1))).toMatchObject({ given: [], progress: { 'pastry EARNED a': since(0, 100n, 1) } });
    expect(earn(MONTHLY, 30n, since(MONTH, 70n, 1))).toMatchObject({ given: [], progress: { 'pastry EARNED a': since(MONTH, 100n, 1) } });
  });

  test('are none in a purchase without any: the period before stays as it was counted', () => {
    const april = since(at('2026-04-01'), 99n, 1);
    expect(earn(MONTHLY, 0n, april)).toMatchObject({ given: [], progress: { 'pastry EARNED a': april } });
  });

  test('count anew in each period', () => {
    expect(earn(MONTHLY, 99n, since(at('2026-04-01'), 99n, 1))).toMatchObject({ given: [], progress: { 'pastry EARNED a': since(MONTH, 99n, 0) } });
    expect(earn(MONTHLY, 100n, since(at('2026-04-01'), 99n, 1)).given).toEqual(['pastry']);
    expect(earn(MONTHLY, 1n, since(MONTH, 99n, 0))).toMatchObject({ given: ['pastry'], progress: { 'pastry EARNED a': since(MONTH, 100n, 1) } });
  });

  test('are those of the one card, of all rules; none change nothing', () => {
    expect(earn(EARNED, 500n, undefined, 'b')).toMatchObject({ given: [], progress: {} });
    expect(earn(EARNED, 0n, since(0, 5n, 0)).progress).toEqual({ 'pastry EARNED a': since(0, 5n, 0) });
    const awards = [60n, 40n].map((points) => ({ cardDefinitionId: 'a', points }));
    const purchase = { id: 'purchase', customerId: 'ada', recordedAt: NOW, awards: [...awards, { cardDefinitionId: 'b', points: 7n }] };
    const change = { balanceBefore: () => 0n, after: memberWith(0n), asking: ASKING };
    expect(Object.fromEntries(decideGrants(purchase, change, programOf(reward('pastry', { trigger: EARNED })), ids(), NO_SHELF).rewardProgress)).toEqual({ 'pastry EARNED a': since(0, 100n, 1) });
  });
});

describe('a grant', () => {
  const EACH = { ...VISITS, visits: 1 };

  test('says for what, until when, and whether it left the shelf', () => {
    const pastry = reward('pastry', { trigger: EACH, stock: 5, grantValidity: { value: 2, unit: 'DAY' } });
    const { moves } = granted([reward('plain', { trigger: EACH }), pastry, reward('unrelated')], {}, shelf({ left: { pastry: 1 } }));
    expect(moves).toEqual({
      redemptions: [],
      grants: [
        grant('grant 1', { rewardId: 'plain', grantedAt: NOW, expiresAt: NEVER }),
        grant('grant 2', { grantedAt: NOW, stocked: true, expiresAt: at('2026-05-20') }),
      ],
      stock: [{ rewardId: 'pastry', by: -1 }],
      uses: [
        { customerId: 'ada', rewardId: 'plain', at: NOW, by: 1 },
        { customerId: 'ada', rewardId: 'pastry', at: NOW, by: 1 },
      ],
    });
  });

  test('needs one that is left, and a use that is free; what is not known yet is asked for', () => {
    const limited = reward('pastry', { trigger: EACH, stock: 5, limits: { perMember: 2, perPeriod: [] } });
    const given = (known: Parameters<typeof shelf>[0]) => {
      const asked = shelf(known);
      return [granted([limited], {}, asked).given, asked.asked];
    };
    const both = ['uses ada pastry', 'left pastry'];
    expect(given({})).toEqual([['pastry'], both]);
    expect(given({ left: { pastry: 1 }, uses: { pastry: { EVER: 1 } } })).toEqual([['pastry'], both]);
    expect(given({ left: { pastry: 0 }, uses: { pastry: { EVER: 1 } } })).toEqual([[], both]);
    expect(given({ left: { pastry: 1 }, uses: { pastry: { EVER: 2 } } })).toEqual([[], both]);
    const unlimited = shelf({ left: { pastry: 0 }, uses: { pastry: { EVER: 9 } } });
    expect([granted([reward('pastry', { trigger: EACH })], {}, unlimited).given, unlimited.asked]).toEqual([['pastry'], []]);
  });

  test('that cannot be given is counted all the same, and not made up for', () => {
    const none = granted([reward('pastry', { trigger: EACH, stock: 5 })], {}, shelf({ left: { pastry: 0 } }));
    expect(none).toMatchObject({ given: [], progress: { 'pastry VISITS': visited(1n, 1, 1) }, moves: { stock: [], uses: [] } });
  });

  test('is for whom the reward is, with the points after the purchase', () => {
    const conditioned = (condition: string) => granted([reward('pastry', { trigger: EACH, condition })], { before: 0n, after: 40n }).given;
    expect([conditioned('customer.points == 40'), conditioned('customer.points == 0'), conditioned('customer.metadata.vip')]).toEqual([['pastry'], [], ['pastry']]);
    expect(granted([reward('pastry', { trigger: EACH, tierIds: ['gold'] })], {}).given).toEqual([]);
    expect(granted([reward('pastry', { trigger: EACH, cardDefinitionId: 'b', condition: 'customer.points == 0' })], { after: 40n }).given).toEqual(['pastry']);
  });
});

describe('a refund', () => {
  const pastry = reward('pastry', { trigger: VISITS });
  interface Taken {
    readonly progress?: Record<string, RewardProgress>;
    readonly points?: bigint;
    readonly isWhole?: boolean;
    readonly grants?: readonly RewardGrant[];
  }
  function refunded(rewards: readonly CatalogueReward[], { progress = {}, points = 0n, isWhole = true, grants = [] }: Taken) {
    const purchase = { id: 'purchase', customerId: 'ada', recordedAt: NOW, awards: [] };
    const refund = { id: 'refund', recordedAt: NOW + 7, deductions: points === 0n ? [] : [{ cardDefinitionId: 'a', points }], isWhole };
    const { rewardProgress, moves } = decideRevocations(new Map(Object.entries(progress)), purchase, refund, programOf(...rewards), shelf({ granted: { purchase: grants } }));
    return { progress: Object.fromEntries(rewardProgress), moves };
  }
  const visits = (count: bigint, passed: number) => ({ 'pastry VISITS': visited(count, passed) });
  const earned = (start: number, count: bigint, passed = 0) => ({ 'pastry EARNED a': since(start, count, passed) });

  test('of the whole takes the visit back; of a part it does not', () => {
    expect(refunded([pastry], { progress: visits(5n, 1) }).progress).toEqual(visits(4n, 1));
    expect(refunded([pastry], { progress: visits(5n, 1), isWhole: false }).progress).toEqual(visits(5n, 1));
    expect(refunded([pastry], { progress: visits(1n, 0) }).progress).toEqual(visits(0n, 0));
    expect(refunded([pastry], { progress: visits(0n, 0) }).progress).toEqual(visits(0n, 0));
    expect(refunded([pastry], {}).progress).toEqual({});
  });

  test('takes back points that were earned, of the same period alone', () => {
    const ever = [reward('pastry', { trigger: EARNED })];
    expect(refunded(ever, { progress: earned(0, 100n, 1), points: 30n, isWhole: false }).progress).toEqual(earned(0, 70n, 1));
    expect(refunded(ever, { progress: earned(0, 20n), points: 30n }).progress).toEqual(earned(0, 0n));
    expect(refunded(ever, { progress: earned(0, 20n), points: 20n }).progress).toEqual(earned(0, 0n));
    expect(refunded(ever, { progress: earned(0, 20n) }).progress).toEqual(earned(0, 20n));
    const monthly = [reward('pastry', { trigger: MONTHLY })];
    expect(refunded(monthly, { progress: earned(MONTH, 50n), points: 30n }).progress).toEqual(earned(MONTH, 20n));
    expect(refunded(monthly, { progress: earned(at('2026-06-01'), 50n), points: 30n }).progress).toEqual(earned(at('2026-06-01'), 50n));
  });

  test('takes back only what was counted: while the reward was in force and valid', () => {
    const kept: Partial<CatalogueReward>[] = [
      { activePeriods: [] },
      { activePeriods: [{ start: 0, end: NOW }, { start: NOW + 1, end: NEVER }] },
      { validFrom: NOW + 1 },
      { validUntil: NOW },
    ];
    for (const rest of kept) expect(refunded([{ ...pastry, ...rest }], { progress: visits(5n, 1) }).progress).toEqual(visits(5n, 1));
    const taken: Partial<CatalogueReward>[] = [
      { activePeriods: [{ start: 0, end: 5 }, { start: NOW, end: NOW + 1 }] },
      { validFrom: NOW },
      { validUntil: NOW + 1 },
      // What it is now does not matter.
      { status: 'INACTIVE' },
    ];
    for (const rest of taken) expect(refunded([{ ...pastry, ...rest }], { progress: visits(5n, 1) }).progress).toEqual(visits(4n, 1));
    expect(refunded([{ ...pastry, trigger: BALANCE }], { progress: visits(5n, 1), points: 9n }).progress).toEqual(visits(5n, 1));
  });

  test('of the whole revokes what it gave: what was not used goes back, and can be given again', () => {
    const stocked = { ...pastry, stock: 1, stocked: true };
    const unused = grant('unused', { stocked: true });
    const used = grant('used', { stocked: true, redemptionId: 'redemption' });
    const gone = grant('gone', { revokedAt: 3, revokedBy: 'another' });
    const { progress, moves } = refunded([stocked], { progress: visits(6n, 2), grants: [unused, used, gone] });
    const revoked = { revokedAt: NOW + 7, revokedBy: 'refund' };
    expect(moves).toEqual({
      redemptions: [],
      grants: [{ ...unused, ...revoked }, { ...used, ...revoked }],
      stock: [{ rewardId: 'pastry', by: 1 }],
      uses: [{ customerId: 'ada', rewardId: 'pastry', at: 5, by: -1 }],
    });
    expect(progress).toEqual(visits(5n, 1));
    expect(refunded([stocked], { progress: visits(6n, 2), grants: [unused], isWhole: false }).moves.grants).toEqual([]);
  });

  test('gives what was given by another number of visits not anew', () => {
    const passed = (grantedAt: number) =>
      refunded([pastry], { progress: { 'pastry VISITS': visited(7n, 2, 3, 6) }, grants: [grant('g', { grantedAt })] }).progress;
    expect([passed(5), passed(6)]).toEqual([{ 'pastry VISITS': visited(6n, 2, 3, 6) }, { 'pastry VISITS': visited(6n, 1, 3, 6) }]);
  });

  test('never lets a reward be given more often than never; what crosses a balance has no count', () => {
    expect(refunded([pastry], { progress: visits(1n, 0), grants: [grant('g')] }).progress).toEqual(visits(0n, 0));
    expect(refunded([pastry], { grants: [grant('g')] }).progress).toEqual({});
    expect(refunded([reward('pastry', { trigger: BALANCE })], { progress: visits(3n, 2), grants: [grant('g')] }).progress).toEqual(visits(3n, 2));
    expect(refunded([reward('pastry', { trigger: BALANCE })], { progress: earned(0, 100n, 1), grants: [grant('g')] }).progress).toEqual(earned(0, 100n, 1));
    expect(refunded([reward('pastry')], { progress: visits(3n, 2), grants: [grant('g')] }).progress).toEqual(visits(3n, 2));
    expect(refunded([], { progress: visits(3n, 2), grants: [grant('g')] }).progress).toEqual(visits(3n, 2));
  });
});

describe('what goes back on the shelf', () => {
  test('goes back where there still is one, which is then held', () => {
    const asked = shelf({ left: { pastry: 3 } });
    expect(putBack('pastry', programOf(reward('pastry', { stock: 0 })), asked)).toEqual([{ rewardId: 'pastry', by: 1 }]);
    expect(asked.asked).toEqual(['left pastry']);
    expect(putBack('pastry', programOf(reward('pastry')), asked)).toEqual([]);
    expect(putBack('pastry', programOf(), asked)).toEqual([]);
    expect(asked.asked).toHaveLength(1);
  });

  test('is what was taken from it; each leaves the limits when it was given', () => {
    const grants = [grant('one', { stocked: true, grantedAt: 3 }), grant('two', { grantedAt: 4 })];
    expect(returned(grants, programOf(reward('pastry', { stock: 0 })), shelf({}))).toEqual({
      stock: [{ rewardId: 'pastry', by: 1 }],
      uses: [
        { customerId: 'ada', rewardId: 'pastry', at: 3, by: -1 },
        { customerId: 'ada', rewardId: 'pastry', at: 4, by: -1 },
      ],
    });
  });
});

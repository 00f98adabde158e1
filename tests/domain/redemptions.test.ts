import { describe, expect, test } from '@jest/globals';
import type { RewardGrant, RewardShelf } from '../../src/domain/grants.ts';
import { createProgram } from '../../src/domain/program.ts';
import type { RedeemCircumstances } from '../../src/domain/redemptions.ts';
import { checkRedeem, decideCancellation, decideConfirmation, decideRedemption, lookUp, redemptionStatus } from '../../src/domain/redemptions.ts';
import type { CatalogueReward } from '../../src/domain/rewards.ts';
import { NEVER } from '../../src/domain/time.ts';
import { Somebody, at, card, earnRule, expiring, refusedFor } from '../support/people.ts';
import { NO_USES, grant, redeemed, reward, shelf } from '../support/shelves.ts';

const NOW = at('2026-05-17T12:00:00Z');

test('what has become of a redemption', () => {
  expect([NOW + 1, NOW].map((expiresAt) => redemptionStatus(redeemed('r'), expiresAt, NOW))).toEqual(['ISSUED', 'EXPIRED']);
  for (const status of ['CONFIRMED', 'CANCELLED'] as const) expect(redemptionStatus(redeemed('r', { status }), NOW, NOW)).toBe(status);
});

describe('what stands against a redemption', () => {
  const PLAIN: RedeemCircumstances = { asking: { externalId: 'ada', metadata: {}, tiers: [] }, balance: 10n, openGrants: [], uses: null, left: null, at: NOW };
  const check = (rest: Partial<CatalogueReward> = {}, circumstances: Partial<RedeemCircumstances> = {}, grantId: string | null = null) => {
    const { grant: used, problems } = checkRedeem(reward('pastry', rest), grantId, { ...PLAIN, ...circumstances });
    return [used?.id ?? null, ...problems.map(({ code, field, available, limit }) => [code, ...(field ?? []).slice(1), available, limit].filter((each) => each !== undefined).join(' '))];
  };
  const messages = (rest: Partial<CatalogueReward>, circumstances: Partial<RedeemCircumstances> = {}) =>
    checkRedeem(reward('pastry', rest), null, { ...PLAIN, ...circumstances }).problems.map(({ message }) => message);

  test('is nothing, if there are as many points as it costs', () => {
    expect(check()).toEqual([null]);
    expect(check({}, { balance: 9n })).toEqual([null, 'INSUFFICIENT_POINTS rewardId 9']);
    expect(check({}, { balance: -5n })).toEqual([null, 'INSUFFICIENT_POINTS rewardId -5']);
    expect(messages({}, { balance: 9n })).toEqual(['There are 9 points available.']);
  });

  test('is each thing of the reward and the customer, all at once', () => {
    expect(check({ status: 'INACTIVE' })).toEqual([null, 'REWARD_NOT_VALID rewardId']);
    expect(check({ validUntil: NOW })).toEqual([null, 'REWARD_NOT_VALID rewardId']);
    expect(check({ cost: 0n })).toEqual([null, 'NO_GRANT rewardId']);
    expect(check({ tierIds: ['gold'] })).toEqual([null, 'NOT_ELIGIBLE customer']);
    expect(check({ condition: 'customer.points < 10' })).toEqual([null, 'NOT_ELIGIBLE customer']);
    expect(check({}, { left: 1 })).toEqual([null]);
    expect(check({}, { left: 0 })).toEqual([null, 'OUT_OF_STOCK rewardId']);
    const limits = { perMember: 2, perPeriod: [{ unit: 'WEEK' as const, count: 1 }] };
    expect(check({ limits }, { uses: { ...NO_USES, EVER: 1 } })).toEqual([null]);
    expect(check({ limits }, { uses: { ...NO_USES, EVER: 2 } })).toEqual([null, 'LIMIT_REACHED rewardId EVER']);
    expect(check({ limits }, { uses: { ...NO_USES, WEEK: 1 } })).toEqual([null, 'LIMIT_REACHED rewardId WEEK']);
    const all = { status: 'DRAFT', limits, condition: 'false', cost: 10n } as const;
    expect(check(all, { uses: { ...NO_USES, EVER: 2 }, left: 0, balance: 0n })).toEqual([
      null,
      'REWARD_NOT_VALID rewardId',
      'NOT_ELIGIBLE customer',
      'LIMIT_REACHED rewardId EVER',
      'OUT_OF_STOCK rewardId',
      'INSUFFICIENT_POINTS rewardId 0',
    ]);
    expect(messages({ ...all, tierIds: ['gold'] }, { uses: { ...NO_USES, EVER: 2 }, left: 0, balance: 0n })).toEqual([
      'The reward is not in force, or outside of its validity.',
      'The reward is for members of other tiers.',
      'The customer has had the reward as often as is allowed.',
      'Nothing is left of the reward.',
      'There are 0 points available.',
    ]);
    expect(messages({ limits, cost: 0n }, { uses: { ...NO_USES, WEEK: 1 } })).toEqual([
      'The reward is not for points; the customer has no grant of it.',
      'The customer has had the reward as often as is allowed within a week.',
    ]);
  });

  test('is nothing but that the reward is not in force, where there is a grant', () => {
    const openGrants = [grant('old', { expiresAt: NOW }), grant('first', { expiresAt: NOW + 1 }), grant('later')];
    const nothing = { balance: 0n, left: 0, uses: { ...NO_USES, EVER: 9 }, openGrants };
    const strict = { limits: { perMember: 1, perPeriod: [] }, condition: 'false', validUntil: NOW, cost: 0n };
    expect(check(strict, nothing)).toEqual(['first']);
    expect(check(strict, nothing, 'later')).toEqual(['later']);
    expect(check({ status: 'INACTIVE' }, nothing)).toEqual(['first', 'REWARD_NOT_VALID rewardId']);
    expect(messages({ status: 'INACTIVE' }, nothing)).toEqual(['The reward is not in force.']);
    for (const id of ['old', 'another']) expect(check({}, nothing, id)).toEqual([null, 'GRANT_NOT_FOUND grantId']);
    expect(check({}, {}, 'first')).toEqual([null, 'GRANT_NOT_FOUND grantId']);
    expect(checkRedeem(reward('pastry'), 'old', { ...PLAIN, openGrants }).problems[0]?.message).toBe('The customer has no such grant of this reward that could be used.');
    expect(check({}, { openGrants: [grant('old', { expiresAt: NOW })] })).toEqual([null]);
  });
});

test('the shelf is asked for what matters to the reward alone', () => {
  const known = () => shelf({ left: { pastry: 4 }, uses: { pastry: { EVER: 2 } }, open: { pastry: [grant('g')] } });
  const look = (rest: Partial<CatalogueReward>, on = known()) => [lookUp(reward('pastry', rest), 'ada', null, NOW, on), on.asked];
  expect(look({})).toEqual([{ openGrants: [grant('g')], uses: null, left: null }, ['open ada pastry']]);
  const all = { stock: 9, limits: { perMember: 3, perPeriod: [] } };
  expect(look(all)).toEqual([{ openGrants: [grant('g')], uses: { ...NO_USES, EVER: 2 }, left: 4 }, ['open ada pastry', 'uses ada pastry', 'left pastry']]);
  const named = known();
  lookUp(reward('pastry'), 'ada', 'g', NOW, named);
  expect(named.asked).toEqual(['open ada g pastry']);
  expect(look(all, shelf({}))[0]).toEqual({ openGrants: [], uses: null, left: null });
});

// --- decisions ----------------------------------------------------------------------------------------

const COMMAND = { rewardId: 'pastry', grantId: null, locale: null, source: 'default', reference: null, reason: null, metadata: {} };

function programOf(...rewards: CatalogueReward[]) {
  return createProgram({
    workspaceId: 'workspace',
    timeZone: 'UTC',
    configurationVersion: 1n,
    cardDefinitions: [expiring({ type: 'ROLLING', period: { value: 10, unit: 'DAY' }, rounding: null }), card('b')],
    structures: [],
    earnRules: [earnRule('a')],
    backdatingDays: 1000,
    structuresChangedAt: -1,
    rewards,
  });
}

/** Ada, who earned 15 points on 10 May, which expire on the 20th. */
function adaIn(...rewards: CatalogueReward[]): Somebody {
  const ada = new Somebody(programOf(...rewards), '2026-05-01');
  ada.earn('2026-05-10', 15);
  return ada;
}

let made = 0;
const IDS = { next: () => `id ${(made += 1)}` };
const redeem = (ada: Somebody, known: RewardShelf = shelf({}), more: Partial<typeof COMMAND> & { readonly now?: number; readonly grantId?: string | null } = {}) => {
  const { now = NOW, ...rest } = more;
  const member = { state: ada.state, history: ada.history, externalId: 'ada', metadata: { vip: true } };
  return decideRedemption(member, { ...COMMAND, ...rest }, ada.program, IDS, now, known);
};
const recorded = (decision: ReturnType<typeof redeem>) => {
  if (decision.kind === 'REFUSED') throw new Error(JSON.stringify(decision.problems.map(({ code }) => code)));
  return decision;
};

describe('a redemption', () => {
  test('takes points from the lots, and says what it did to the shelf', () => {
    const ada = adaIn(reward('pastry', { stock: 4, proofValidMinutes: 30 }));
    const { operation, effects, moves } = recorded(redeem(ada, shelf({ left: { pastry: 4 } }), { now: NOW + 999, locale: 'de' } as never));
    expect(operation).toMatchObject({
      type: 'REDEMPTION',
      customerId: 'ada',
      rewardId: 'pastry',
      grantId: null,
      cardDefinitionId: 'a',
      points: 10n,
      locale: 'de',
      occurredAt: NOW + 999,
      // In whole seconds.
      proofExpiresAt: NOW + 30 * 60_000,
      allocations: [{ points: 10n }],
    });
    ada.apply(effects);
    expect(ada.told(1)).toEqual([['REDEMPTION', -10, '2026-05-17T12:00:00.999Z']]);
    expect(ada.lots()).toEqual([['2026-05-21', 5]]);
    const { id } = operation;
    expect(moves).toEqual({
      redemptions: [redeemed(id, { stocked: true, issuedAt: NOW + 999, proofExpiresAt: NOW + 30 * 60_000 })],
      grants: [],
      stock: [{ rewardId: 'pastry', by: -1 }],
      uses: [{ customerId: 'ada', rewardId: 'pastry', at: NOW + 999, by: 1 }],
    });
  });

  test('with a grant takes nothing but the grant', () => {
    const ada = adaIn(reward('pastry', { stock: 4 }));
    const { operation, effects, moves } = recorded(redeem(ada, shelf({ left: { pastry: 0 }, open: { pastry: [grant('g', { stocked: true })] } })));
    expect(operation).toMatchObject({ grantId: 'g', points: 0n, allocations: [] });
    expect(ada.apply(effects).balance()).toBe(15);
    expect(moves).toEqual({
      redemptions: [redeemed(operation.id, { grantId: 'g', issuedAt: NOW, proofExpiresAt: NOW + 30 * 60_000 })],
      grants: [grant('g', { stocked: true, redemptionId: operation.id })],
      stock: [],
      uses: [],
    });
  });

  test('of a reward without a stock leaves the shelf alone', () => {
    expect(recorded(redeem(adaIn(reward('pastry')))).moves).toMatchObject({ redemptions: [{ stocked: false }], stock: [] });
  });

  test('is refused as it is checked, with what there is', () => {
    expect(refusedFor(redeem(adaIn()))).toEqual(['REWARD_NOT_FOUND rewardId']);
    const refused = redeem(adaIn(reward('pastry', { cost: 16n })));
    expect([refusedFor(refused), refused.kind === 'REFUSED' && refused.problems[0]]).toEqual([['INSUFFICIENT_POINTS rewardId'], expect.objectContaining({ available: 15n })]);
    expect(refusedFor(redeem(adaIn(reward('pastry', { cardDefinitionId: 'b' }))))).toEqual(['INSUFFICIENT_POINTS rewardId']);
    // Points that have expired by now are gone, before anything was settled.
    expect(refusedFor(redeem(adaIn(reward('pastry')), shelf({}), { now: at('2026-05-21') }))).toEqual(['INSUFFICIENT_POINTS rewardId']);
    expect(refusedFor(redeem(adaIn(reward('pastry')), shelf({}), { now: at('2026-05-21') - 1 }))).toEqual([]);
    const conditioned = (condition: string) => refusedFor(redeem(adaIn(reward('pastry', { condition }))));
    expect([conditioned("customer.externalId == 'ada' && customer.metadata.vip && customer.points == 15"), conditioned('customer.points == 5')]).toEqual([[], ['NOT_ELIGIBLE customer']]);
  });
});

describe('a cancellation', () => {
  function cancelled(known: { readonly state?: Partial<ReturnType<typeof redeemed>> | null; readonly grant?: ReturnType<typeof grant> | null; readonly rewards?: CatalogueReward[]; readonly now?: number } = {}) {
    const { state = {}, grant: used = null, rewards = [reward('pastry', { stock: 4 })], now = NOW + 60_000 } = known;
    const ada = adaIn(...rewards);
    const open: Record<string, RewardGrant[]> = used === null ? {} : { pastry: [used] };
    const first = recorded(redeem(ada, shelf({ left: { pastry: 4 }, open })));
    ada.apply(first.effects);
    const before = state === null ? null : { ...redeemed(first.operation.id, { stocked: used === null, issuedAt: NOW, grantId: used?.id ?? null }), ...state };
    const back = used === null ? null : { ...used, redemptionId: first.operation.id };
    const on = shelf({ left: { pastry: 3 }, redemptions: { [first.operation.id]: { state: before, grant: back } } });
    const command = { ...COMMAND, redemption: first.operation };
    return { ada, first, before, on, decision: decideCancellation(ada, command, ada.program, IDS, now, on) };
  }

  test('returns points to their lots, and the rest to where it came from', () => {
    const { ada, first, before, on, decision } = cancelled();
    if (decision.kind === 'REFUSED') throw new Error('It can be cancelled.');
    const { operation, effects, moves } = decision;
    expect(operation).toMatchObject({ type: 'REDEMPTION_CANCELLATION', redemptionId: first.operation.id, rewardId: 'pastry', cardDefinitionId: 'a', points: 10n, expired: 0n, occurredAt: NOW + 60_000 });
    expect(ada.apply(effects).lots()).toEqual([['2026-05-21', 15]]);
    expect(moves).toEqual({
      redemptions: [{ ...before, status: 'CANCELLED', cancelledAt: NOW + 60_000 }],
      grants: [],
      stock: [{ rewardId: 'pastry', by: 1 }],
      uses: [{ customerId: 'ada', rewardId: 'pastry', at: NOW, by: -1 }],
    });
    expect(on.asked).toEqual([`redemption ${first.operation.id}`, 'left pastry']);
  });

  test('of points that have expired meanwhile returns none that can be used', () => {
    const { ada, decision } = cancelled({ now: at('2026-05-21') });
    if (decision.kind === 'REFUSED') throw new Error('It can be cancelled.');
    expect(decision.operation).toMatchObject({ points: 10n, expired: 10n });
    expect(ada.apply(decision.effects).balance()).toBe(0);
  });

  test('of what left no shelf, or whose shelf is no more, puts nothing back', () => {
    for (const more of [{ state: { stocked: false } }, { rewards: [reward('pastry', { stocked: false, stock: null })] }]) {
      const { decision } = cancelled(more);
      expect(decision).toMatchObject({ kind: 'RECORDED', moves: { stock: [], uses: [{ by: -1 }] } });
    }
  });

  test('lets a grant be used again, unless its purchase was refunded', () => {
    const used = grant('g', { stocked: true, grantedAt: 3 });
    const free = cancelled({ grant: used });
    expect(free.decision).toMatchObject({ kind: 'RECORDED', operation: { points: 0n }, moves: { grants: [used], stock: [], uses: [] } });
    expect(free.decision.kind === 'RECORDED' && free.ada.apply(free.decision.effects).balance()).toBe(15);
    const revoked = { ...used, revokedAt: 7, revokedBy: 'refund' };
    const { decision } = cancelled({ grant: revoked });
    expect(decision).toMatchObject({ moves: { grants: [revoked], stock: [{ rewardId: 'pastry', by: 1 }], uses: [{ customerId: 'ada', rewardId: 'pastry', at: 3, by: -1 }] } });
  });

  test('is refused for what is unknown, confirmed or cancelled', () => {
    const refusal = (state: Parameters<typeof cancelled>[0]) => {
      const { decision } = cancelled(state);
      return [...refusedFor(decision), decision.kind === 'REFUSED' ? decision.problems[0]?.message : null];
    };
    expect(refusal({ state: null })).toEqual(['REDEMPTION_NOT_FOUND redemption', 'There is no such redemption.']);
    expect(refusal({ state: { status: 'CONFIRMED' } })).toEqual(['ALREADY_CONFIRMED redemption', 'The redemption has been confirmed.']);
    expect(refusal({ state: { status: 'CANCELLED' } })).toEqual(['ALREADY_CANCELLED redemption', 'The redemption has been cancelled.']);
  });
});

describe('a confirmation', () => {
  const confirm = (state: ReturnType<typeof redeemed> | null, expiresAt = NOW + 1) =>
    decideConfirmation('r', expiresAt, NOW, shelf(state === null ? {} : { redemptions: { r: { state, grant: null } } }));

  test('hands the reward over, once, until the proof expires', () => {
    const confirmed = redeemed('r', { status: 'CONFIRMED', confirmedAt: NOW });
    expect(confirm(redeemed('r'))).toEqual({ kind: 'CONFIRMED', state: confirmed, moves: { redemptions: [confirmed], grants: [], stock: [], uses: [] } });
    expect(confirm(redeemed('r'), NEVER).kind).toBe('CONFIRMED');
    const refusal = (...given: Parameters<typeof confirm>) => {
      const decision = confirm(...given);
      return [...refusedFor(decision), decision.kind === 'REFUSED' ? decision.problems[0]?.message : null];
    };
    expect(refusal(redeemed('r'), NOW)).toEqual(['PROOF_EXPIRED proof', 'The proof is not valid any more.']);
    expect(refusal(confirmed, NOW)).toEqual(['ALREADY_CONFIRMED proof', 'The proof has been used.']);
    expect(refusal(redeemed('r', { status: 'CANCELLED' }), NOW)).toEqual(['REDEMPTION_CANCELLED proof', 'The redemption has been cancelled.']);
    expect(refusal(null, NOW)).toEqual(['REDEMPTION_NOT_FOUND proof', 'There is no such redemption.']);
  });
});

import { describe, expect, test } from '@jest/globals';
import type { RedemptionState } from '../../src/domain/grants.ts';
import type { Operation, Redemption, RedemptionCancellation, Refund } from '../../src/domain/operations.ts';
import type { GrantToVerify } from '../../src/domain/reward-verification.ts';
import { NO_REWARDS, verifyRewards, verifyStocks } from '../../src/domain/reward-verification.ts';
import { NO_PLACE } from '../../src/domain/verification.ts';
import { grant, redeemed } from '../support/shelves.ts';

/** Whether redemptions, grants and stock are what was recorded of them, and what is said of those that are not. */

const OPERATION = { customerId: 'ada', sequence: 1, occurredAt: 5, recordedAt: 5, source: 'default', reference: null, reason: null, metadata: {} };

/** As `redeemed` has it. */
function redemption(id: string, rest: Partial<Redemption> = {}): Redemption {
  const paid = { grantId: null, cardDefinitionId: 'a', points: 10n, allocations: [], locale: null, proofExpiresAt: 1_800_000 };
  return { ...OPERATION, type: 'REDEMPTION', id, rewardId: 'pastry', ...paid, ...rest };
}

function cancellation(redemptionId: string, recordedAt = 9): RedemptionCancellation {
  const returned = { cardDefinitionId: 'a', rewardId: 'pastry', points: 10n, expired: 0n };
  return { ...OPERATION, type: 'REDEMPTION_CANCELLATION', id: `no ${redemptionId}`, redemptionId, ...returned, recordedAt };
}

function refund(id: string, transactionId = 'purchase'): Refund {
  const whole = { amount: '1.00', currency: 'USD', lines: [], deductions: [], effect: { cancelled: 0n, applied: 0n, expired: 0n, shortfall: 0n } };
  return { ...OPERATION, type: 'REFUND', id, transactionId, ...whole, recordedAt: 8 };
}

/** A grant for a purchase of ada's. */
function given(id: string, rest: Partial<GrantToVerify> = {}): GrantToVerify {
  return { ...grant(id), purchase: { customerId: 'ada', recordedAt: 5 }, ...rest };
}

const verify = (operations: readonly Operation[], redemptions: readonly RedemptionState[], grants: readonly GrantToVerify[] = []) =>
  verifyRewards('ada', { operations, redemptions, grants });

describe('what is stored of rewards is sound', () => {
  test('of somebody who never had one', () => {
    expect(NO_REWARDS).toEqual({ redemptions: [], grants: [], operations: [] });
    expect(verifyRewards('ada', NO_REWARDS)).toBeNull();
  });

  test('of somebody who redeemed, confirmed, cancelled, and gave a purchase back', () => {
    const operations = [
      redemption('paid'),
      redemption('confirmed'),
      redemption('cancelled'),
      redemption('granted', { grantId: 'used' }),
      redemption('returned', { grantId: 'open' }),
      cancellation('cancelled'),
      cancellation('returned', 11),
      refund('refund'),
    ];
    const redemptions = [
      redeemed('confirmed', { status: 'CONFIRMED', confirmedAt: 7 }),
      redeemed('paid', { stocked: true }),
      redeemed('cancelled', { status: 'CANCELLED', cancelledAt: 9 }),
      redeemed('granted', { grantId: 'used' }),
      redeemed('returned', { grantId: 'open', status: 'CANCELLED', cancelledAt: 11 }),
    ];
    const grants = [given('used', { redemptionId: 'granted' }), given('open'), given('revoked', { revokedBy: 'refund', revokedAt: 8 })];
    expect(verify(operations, redemptions, grants)).toBeNull();
  });
});

describe('a redemption', () => {
  const PLACE = { ...NO_PLACE, customerId: 'ada', rewardId: 'pastry', redemptionId: 'one' };

  test('that was recorded must be there', () => {
    const lost = { ...PLACE, kind: 'REDEMPTION_MISSING', grantId: 'gift', field: 'id', found: null, expected: 'one' };
    expect(verify([redemption('first'), redemption('one', { grantId: 'gift' })], [redeemed('first')])).toEqual(lost);
  });

  test('that is there must have been recorded', () => {
    const made = { ...PLACE, kind: 'REDEMPTION_CHANGED', grantId: 'gift', field: 'operation', found: 'one', expected: null };
    expect(verify([redemption('first')], [redeemed('first'), redeemed('one', { grantId: 'gift' })])).toEqual(made);
  });

  const cancelled = { status: 'CANCELLED', cancelledAt: 9 } as const;
  test.each<[string, Partial<RedemptionState>, readonly Operation[], string, string | null, string | null]>([
    ['is of another reward', { rewardId: 'bread' }, [], 'rewardId', 'bread', 'pastry'],
    ['says that it used a grant', { grantId: 'gift' }, [], 'grantId', 'gift', null],
    ['was issued at another time', { issuedAt: 6 }, [], 'issuedAt', '6', '5'],
    ['has a proof that is valid longer', { proofExpiresAt: 1_800_001 }, [], 'proofExpiresAt', '1800001', '1800000'],
    ['was not cancelled', cancelled, [], 'status', 'CANCELLED', 'ISSUED'],
    ['was cancelled', {}, [cancellation('one')], 'status', 'ISSUED', 'CANCELLED'],
    ['was cancelled at another time', { ...cancelled, cancelledAt: 8 }, [cancellation('one')], 'cancelledAt', '8', '9'],
    ['was cancelled, and so not confirmed', { ...cancelled, confirmedAt: 7 }, [cancellation('one')], 'confirmedAt', '7', null],
    ['says when it was confirmed, but not that it was', { confirmedAt: 7 }, [], 'status', 'ISSUED', 'CONFIRMED'],
    ['says that it was confirmed, but not when', { status: 'CONFIRMED' }, [], 'status', 'CONFIRMED', 'ISSUED'],
    ['was confirmed before it was there', { status: 'CONFIRMED', confirmedAt: 4 }, [], 'status', 'CONFIRMED', 'ISSUED'],
    ['was confirmed when its proof was not valid any more', { status: 'CONFIRMED', confirmedAt: 1_800_000 }, [], 'status', 'CONFIRMED', 'ISSUED'],
    ['says when, though it cannot have been confirmed', { confirmedAt: 4 }, [], 'confirmedAt', '4', null],
  ])('is found out: it %s', (_name, change, more, field, found, expected) => {
    const changed = { ...PLACE, kind: 'REDEMPTION_CHANGED', field, found, expected };
    expect(verify([redemption('one'), ...more], [redeemed('one', change)])).toEqual(changed);
  });

  test('of a grant took nothing out of the stock', () => {
    const changed = { ...PLACE, kind: 'REDEMPTION_CHANGED', grantId: 'gift', field: 'stocked', found: 'true', expected: 'false' };
    const grants = [given('gift', { redemptionId: 'one' })];
    expect(verify([redemption('one', { grantId: 'gift' })], [redeemed('one', { grantId: 'gift', stocked: true })], grants)).toEqual(changed);
  });

  test.each([5, 1_799_999])('may have been confirmed at the first and the last instant of its proof: %d', (confirmedAt) => {
    expect(verify([redemption('one')], [redeemed('one', { status: 'CONFIRMED', confirmedAt })])).toBeNull();
  });

  test('that was not confirmed is sound, however old it is', () => {
    expect(verify([redemption('one', { occurredAt: 0 })], [redeemed('one', { issuedAt: 0 })])).toBeNull();
  });
});

describe('a grant', () => {
  const PLACE = { ...NO_PLACE, customerId: 'ada', rewardId: 'pastry', grantId: 'gift' };

  test('that was used must be there', () => {
    const operations = [redemption('paid'), redemption('one', { grantId: 'other' }), redemption('two', { grantId: 'gift' })];
    const redemptions = [redeemed('paid'), redeemed('one', { grantId: 'other' }), redeemed('two', { grantId: 'gift' })];
    const lost = { ...PLACE, kind: 'GRANT_MISSING', redemptionId: 'two', field: 'id', found: null, expected: 'gift' };
    expect(verify(operations, redemptions, [given('other', { redemptionId: 'one' })])).toEqual(lost);
  });

  test.each<[string, Partial<GrantToVerify>, string, string | null, string | null]>([
    ['was given for no purchase', { purchase: null }, 'transactionId', 'purchase', null],
    ['was given for the purchase of somebody else', { purchase: { customerId: 'bee', recordedAt: 5 } }, 'transactionId', 'purchase', null],
    ['was not given when the purchase was recorded', { grantedAt: 6 }, 'grantedAt', '6', '5'],
    ['says that something used it', { redemptionId: 'one' }, 'redemptionId', 'one', null],
    ['was revoked by nothing', { revokedBy: 'nothing', revokedAt: 8 }, 'revokedBy', 'nothing', null],
    ['was revoked by the refund of another purchase', { revokedBy: 'other', revokedAt: 8 }, 'revokedBy', 'other', null],
    ['was revoked, but not by what', { revokedAt: 8 }, 'revokedAt', '8', null],
    ['was revoked at another time', { revokedBy: 'refund', revokedAt: 7 }, 'revokedAt', '7', '8'],
  ])('is found out: it %s', (_name, change, field, found, expected) => {
    const changed = { ...PLACE, kind: 'GRANT_CHANGED', field, found, expected };
    expect(verify([refund('refund'), refund('other', 'another purchase')], [], [given('sound'), given('gift', change)])).toEqual(changed);
  });

  test('is used by the redemption that was recorded and not cancelled', () => {
    const changed = { ...PLACE, kind: 'GRANT_CHANGED', field: 'redemptionId' };
    const used = [redemption('one', { grantId: 'gift' })];
    expect(verify(used, [redeemed('one', { grantId: 'gift' })], [given('gift')])).toEqual({ ...changed, found: null, expected: 'one' });
    const cancelled = redeemed('one', { grantId: 'gift', status: 'CANCELLED', cancelledAt: 9 });
    const still = [given('gift', { redemptionId: 'one' })];
    expect(verify([...used, cancellation('one')], [cancelled], still)).toEqual({ ...changed, found: 'one', expected: null });
  });
});

describe('the stock', () => {
  const full = { rewardId: 'bread', remaining: 7, supplied: 10, taken: 3 };

  test('is what was supplied, less what was taken', () => {
    expect(verifyStocks([])).toBeNull();
    expect(verifyStocks([full, { ...full, rewardId: 'pastry', remaining: 0, supplied: 3 }])).toBeNull();
  });

  test.each([
    [8, '8'],
    [null, null],
  ])('is found out if %s are left instead of 7', (remaining, found) => {
    const changed = { ...NO_PLACE, kind: 'STOCK_CHANGED', rewardId: 'pastry', field: 'remaining', found, expected: '7' };
    expect(verifyStocks([full, { ...full, rewardId: 'pastry', remaining }, { ...full, rewardId: 'coffee', remaining: 1 }])).toEqual(changed);
  });
});

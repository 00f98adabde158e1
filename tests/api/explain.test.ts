import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ApiClient } from '../support/client.ts';
import type { ProgramPlan } from '../support/program.ts';
import { buildCustomer, buildProgram, earn } from '../support/program.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';

/** Why a customer has a tier: the judgements that led to it, each with the rules that it applied. */

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(() => server.setNow('2026-07-20T12:00:00Z'));

const EXPLANATION = `query($externalId: String, $id: ID!, $at: DateTime, $last: Int! = 10) { customer(by: { externalId: $externalId }) {
  tier(tierStructureId: $id) { name }
  tierExplanation(tierStructureId: $id, at: $at) {
    tierStructure { id } at tier { name } judgementCount
    judgements(last: $last) {
      occurredAt reason measure windowStartsAt windowEndsAt transition tierBefore { name } tierAfter { name }
      revision { number effectiveAt downgrade { type } }
      steps {
        __typename rule outcome message revision
        ... on MeasureStep { type measure windowStartsAt windowEndsAt }
        ... on ThresholdStep { heldTier { name } qualifyingTier { name } measure thresholds { name minPoints maxPoints } }
        ... on TrackingStep { effectiveAt }
        ... on ExpirationStep { expiresAt expiration { type } }
        ... on DowngradeStep { downgrade { type gracePeriod { value unit } } }
        ... on GraceStep { graceEndsAt }
      }
    }
  }
} }`;

type Step = { readonly rule: string; readonly outcome: string; readonly message: string };
type Judgement = { readonly occurredAt: string; readonly reason: string; readonly transition: string | null; readonly tierAfter: { name: string } | null; readonly steps: readonly Step[] };

interface Program {
  readonly client: ApiClient;
  readonly id: string;
}

async function program(plan: ProgramPlan): Promise<Program> {
  const client = await server.workspace();
  const { tierStructureId: id } = await buildProgram(client, plan);
  await buildCustomer(client, 'ada');
  return { client, id };
}

async function explain({ client, id }: Program, more: Record<string, unknown> = {}) {
  const { customer } = await client.run(EXPLANATION, { externalId: 'ada', id, ...more });
  return { ...customer.tierExplanation, heldNow: customer.tier?.name ?? null };
}

/** One line for each judgement: when, why, which rules with what outcome, and what came of it. */
const lines = ({ judgements }: { readonly judgements: readonly Judgement[] }) =>
  judgements.map(
    ({ occurredAt, reason, steps, transition, tierAfter }) =>
      `${occurredAt.slice(0, 10)} ${reason}: ${steps.map(({ rule, outcome }) => `${rule} ${outcome}`).join(', ')}: ${transition ?? 'stays'} ${tierAfter?.name ?? '-'}`,
  );

const MONTH = { value: 1, unit: 'MONTH' };

describe('a grace', () => {
  const PLAN = {
    card: { expiration: { rolling: { period: { value: 5, unit: 'DAY' } } } },
    structure: { downgrade: { multiLevel: { gracePeriod: { ...MONTH, roundUp: false } } }, tiers: { Basic: 0, Silver: 100 } },
  };

  test('is told from its start to its end, rule by rule', async () => {
    const lived = await program(PLAN);
    await earn(lived.client, 'ada', '120.00');
    server.setNow('2026-08-10T12:00:00Z');
    await earn(lived.client, 'ada', '10.00');
    server.setNow('2026-08-27T00:00:00Z');
    const explanation = await explain(lived);
    expect(lines(explanation)).toEqual([
      '2026-07-20 CUSTOMER_JOINED: MEASURE MEASURED, THRESHOLD HIGHER: JOINED Basic',
      '2026-07-20 POINTS_EARNED: MEASURE MEASURED, THRESHOLD HIGHER: UPGRADED Silver',
      '2026-07-26 POINTS_EXPIRED: MEASURE MEASURED, THRESHOLD LOWER, EXPIRATION ALWAYS_JUDGED, GRACE STARTED: stays Silver',
      '2026-08-10 POINTS_EARNED: MEASURE MEASURED, THRESHOLD LOWER, GRACE RUNNING: stays Silver',
      '2026-08-16 POINTS_EXPIRED: MEASURE MEASURED, THRESHOLD LOWER, GRACE RUNNING: stays Silver',
      '2026-08-27 GRACE_ENDED: MEASURE MEASURED, THRESHOLD LOWER, GRACE ENDED, DOWNGRADE TO_QUALIFYING: DOWNGRADED Basic',
    ]);
    expect(explanation).toMatchObject({
      tierStructure: { id: lived.id },
      at: '2026-08-27T00:00:00.000Z',
      tier: { name: 'Basic' },
      heldNow: 'Basic',
      judgementCount: 6,
    });
  });

  test('names everything that the judgement was made by', async () => {
    const lived = await program(PLAN);
    await earn(lived.client, 'ada', '120.00');
    server.setNow('2026-08-27T00:00:00Z');
    const { judgements } = await explain(lived, { last: 2 });
    const thresholds = [
      { name: 'Basic', minPoints: 0, maxPoints: null },
      { name: 'Silver', minPoints: 100, maxPoints: null },
    ];
    const measure = { __typename: 'MeasureStep', rule: 'MEASURE', outcome: 'MEASURED', message: 'The balance was 0.', revision: 1, type: 'POINT_BALANCE', measure: 0, windowStartsAt: null, windowEndsAt: null };
    const threshold = {
      __typename: 'ThresholdStep',
      rule: 'THRESHOLD',
      outcome: 'LOWER',
      message: 'A measure of 0 reaches Basic (from 0), which is below Silver (from 100).',
      revision: 1,
      heldTier: { name: 'Silver' },
      qualifyingTier: { name: 'Basic' },
      measure: 0,
      thresholds,
    };
    expect(judgements).toEqual([
      {
        occurredAt: '2026-07-26T00:00:00.000Z',
        reason: 'POINTS_EXPIRED',
        measure: 0,
        windowStartsAt: null,
        windowEndsAt: null,
        transition: null,
        tierBefore: { name: 'Silver' },
        tierAfter: { name: 'Silver' },
        revision: { number: 1, effectiveAt: null, downgrade: { type: 'MULTI_LEVEL' } },
        steps: [
          measure,
          threshold,
          {
            __typename: 'ExpirationStep',
            rule: 'EXPIRATION',
            outcome: 'ALWAYS_JUDGED',
            message: 'Tiers of this structure are judged at every change; there is no validity to wait for.',
            revision: 1,
            expiresAt: null,
            expiration: { type: 'NO_EXPIRATION' },
          },
          {
            __typename: 'GraceStep',
            rule: 'GRACE',
            outcome: 'STARTED',
            message: 'There is time to qualify again, up to 2026-08-26; the tier is kept until then.',
            revision: 1,
            graceEndsAt: '2026-08-27T00:00:00.000Z',
          },
        ],
      },
      {
        occurredAt: '2026-08-27T00:00:00.000Z',
        reason: 'GRACE_ENDED',
        measure: 0,
        windowStartsAt: null,
        windowEndsAt: null,
        transition: 'DOWNGRADED',
        tierBefore: { name: 'Silver' },
        tierAfter: { name: 'Basic' },
        revision: { number: 1, effectiveAt: null, downgrade: { type: 'MULTI_LEVEL' } },
        steps: [
          measure,
          threshold,
          {
            __typename: 'GraceStep',
            rule: 'GRACE',
            outcome: 'ENDED',
            message: 'The time to qualify again ended with 2026-08-26.',
            revision: 1,
            graceEndsAt: '2026-08-27T00:00:00.000Z',
          },
          {
            __typename: 'DowngradeStep',
            rule: 'DOWNGRADE',
            outcome: 'TO_QUALIFYING',
            message: 'The tier held, Silver, goes down to what qualifies: Basic.',
            revision: 1,
            downgrade: { type: 'MULTI_LEVEL', gracePeriod: { value: 1, unit: 'MONTH' } },
          },
        ],
      },
    ]);
  });

  test('looked back at is told as far as it had come', async () => {
    const lived = await program(PLAN);
    await earn(lived.client, 'ada', '120.00');
    server.setNow('2026-09-30T00:00:00Z');
    const at = (instant: string) => explain(lived, { at: instant });
    expect((await at('2026-07-25T23:59:59.999Z')).judgementCount).toBe(2);
    expect(await at('2026-08-26T23:59:59.999Z')).toMatchObject({ tier: { name: 'Silver' }, judgementCount: 3, heldNow: 'Basic' });
    expect(await at('2026-08-27T00:00:00Z')).toMatchObject({ tier: { name: 'Basic' }, judgementCount: 4 });
  });
});

describe('earned points', () => {
  test('a tier that ends is judged by the window of its last instant, one that waits by the period that ended', async () => {
    server.setNow('2026-03-10T12:00:00Z');
    const yearly = await program({
      structure: {
        type: 'POINT_EARNED',
        pointEarned: { period: { value: 1, unit: 'YEAR' }, type: 'IMMEDIATELY', window: 'CALENDAR' },
        expiration: { calendarExpiration: { calendarDates: [{ day: 31, month: 12 }] } },
        tiers: { Basic: 0, Gold: 800 },
      },
    });
    await earn(yearly.client, 'ada', '900.00');
    const monthly = await program({
      structure: {
        type: 'POINT_EARNED',
        pointEarned: { period: MONTH, type: 'NEXT_TRACKING_PERIOD', window: 'CALENDAR' },
        tiers: { Basic: 0, Silver: 100 },
      },
    });
    await earn(monthly.client, 'ada', '130.00');
    server.setNow('2027-01-01T00:00:00Z');
    const [prolonged] = (await explain(yearly, { last: 1 })).judgements;
    expect(prolonged).toMatchObject({
      reason: 'TIER_EXPIRED',
      measure: 900,
      windowStartsAt: '2026-01-01T00:00:00.000Z',
      windowEndsAt: '2027-01-01T00:00:00.000Z',
      transition: 'PROLONGED',
      steps: [
        { rule: 'MEASURE', message: 'The points earned from 2026-01-01 to 2026-12-31 came to 900.' },
        { rule: 'THRESHOLD', outcome: 'SAME' },
        { rule: 'EXPIRATION', outcome: 'ENDED', message: 'The validity of the tier ended with 2026-12-31.', expiresAt: '2027-01-01T00:00:00.000Z' },
      ],
    });
    expect(await explain(monthly)).toMatchObject({
      tier: { name: 'Basic' },
      judgements: [
        { reason: 'CUSTOMER_JOINED', transition: 'JOINED' },
        {
          occurredAt: '2026-04-01T00:00:00.000Z',
          reason: 'WINDOW_ROLLED',
          measure: 130,
          windowStartsAt: '2026-03-01T00:00:00.000Z',
          windowEndsAt: '2026-04-01T00:00:00.000Z',
          transition: 'UPGRADED',
        },
        { occurredAt: '2026-05-01T00:00:00.000Z', measure: 0, windowStartsAt: '2026-04-01T00:00:00.000Z', transition: 'DOWNGRADED' },
      ],
    });
  });

  test('a late purchase is explained as if it had come in time', async () => {
    server.setNow('2026-03-10T12:00:00Z');
    const lived = await program({
      structure: {
        type: 'POINT_EARNED',
        pointEarned: { period: { value: 1, unit: 'YEAR' }, type: 'IMMEDIATELY', window: 'CALENDAR' },
        expiration: { calendarExpiration: { calendarDates: [{ day: 31, month: 12 }] } },
        tiers: { Basic: 0, Gold: 60_000 },
      },
    });
    await earn(lived.client, 'ada', '60000');
    server.setNow('2027-06-01T00:00:00Z');
    await earn(lived.client, 'ada', '55000');
    server.setNow('2028-01-10T00:00:00Z');
    expect((await explain(lived)).judgements.at(-1)).toMatchObject({ measure: 55_000, transition: 'DOWNGRADED' });
    await earn(lived.client, 'ada', '10000', { occurredAt: '2027-12-01T00:00:00Z' });
    const explanation = await explain(lived);
    expect(explanation).toMatchObject({ tier: { name: 'Gold' }, heldNow: 'Gold' });
    expect(explanation.judgements.at(-1)).toMatchObject({ occurredAt: '2028-01-01T00:00:00.000Z', measure: 65_000, transition: 'PROLONGED' });
  });
});

describe('a revision', () => {
  test('is named by the judgements that it made, and by its rules', async () => {
    const lived = await program({ structure: { tiers: { Basic: 0, Silver: 100 } } });
    const { client, id } = lived;
    await earn(client, 'ada', '120.00');
    server.setNow('2026-08-01T00:00:00Z');
    const { tierStructure: draft } = await client.succeed('tierStructureRevise', { id }, 'tierStructure { id tiers { id name } }');
    const silver = draft.tiers.find(({ name }: { name: string }) => name === 'Silver');
    await client.succeed('tierUpdate', { id: silver.id, minPoints: 200 }, 'tier { minPoints }');
    await client.succeed('tierStructurePublish', { id: draft.id, rollout: 'RECALCULATE_NOW' }, 'tierStructure { revision { number } }');
    const { judgements, tier } = await explain(lived);
    expect(tier).toEqual({ name: 'Basic' });
    expect(judgements.map(({ revision, reason }: { revision: { number: number }; reason: string }) => [revision.number, reason])).toEqual([
      [1, 'CUSTOMER_JOINED'],
      [1, 'POINTS_EARNED'],
      [2, 'REVISION_PUBLISHED'],
    ]);
    expect(judgements.map(({ steps }: Judgement) => steps[1])).toMatchObject([
      { revision: 1, thresholds: [{}, { minPoints: 100 }] },
      { revision: 1, thresholds: [{}, { minPoints: 100 }] },
      { revision: 2, thresholds: [{}, { minPoints: 200 }], message: 'A measure of 120 reaches Basic (from 0), which is below Silver (from 200).' },
    ]);
    expect(judgements[2].revision.effectiveAt).toBe('2026-08-01T00:00:00.000Z');
  });
});

describe('there is no explanation', () => {
  test('of a structure that is not there, or was not in force', async () => {
    const lived = await program({});
    const of = async (id: string, at: string | null) =>
      (await lived.client.run(EXPLANATION, { externalId: 'ada', id, at })).customer.tierExplanation;
    expect(await of('tstr_nothing', null)).toBeNull();
    expect(await of(lived.id, '2026-07-20T11:59:59.999Z')).toBeNull();
    await lived.client.succeed('tierStructureDeactivate', { id: lived.id }, 'tierStructure { status }');
    expect(await of(lived.id, null)).toBeNull();
    server.setNow('2026-07-21T00:00:00Z');
    expect(await of(lived.id, null)).toBeNull();
  });

  test('of the future, and of no judgements or too many', async () => {
    const { client, id } = await program({});
    const refusal = async (more: Record<string, unknown>) => {
      const { data, errors } = await client.send(EXPLANATION, { externalId: 'ada', id, ...more });
      const [error] = errors;
      return [data?.customer?.tierExplanation ?? null, error?.extensions.code, error?.extensions.field];
    };
    expect(await refusal({ at: '2026-07-20T12:00:00.001Z' })).toEqual([null, 'BAD_USER_INPUT', ['at']]);
    expect(await refusal({ last: 0 })).toEqual([null, 'INVALID_PAGE', ['last']]);
    expect(await refusal({ last: 101 })).toEqual([null, 'INVALID_PAGE', ['last']]);
    expect((await refusal({ last: 100 }))[1]).toBeUndefined();
  });

  test('before the customer joined there was nobody to judge', async () => {
    const { client, id } = await program({ effectiveAt: '2026-01-01T00:00:00Z' });
    const { customer } = await client.run(EXPLANATION, { externalId: 'ada', id, at: '2026-02-01T00:00:00Z' });
    expect(customer.tierExplanation).toMatchObject({ tier: null, judgementCount: 0, judgements: [] });
  });
});

describe('an entry of the ledger', () => {
  const ENTRIES = `query($externalId: String) { customer(by: { externalId: $externalId }) { ledgerEntries(first: 100) { nodes {
    type points explanation {
      __typename rule message
      ... on EarnRateStep { earnRuleVersion { number } amount rate { value every currency } multiplier tiers { name } rounding roundingScope computedPoints }
      ... on EarnCapStep { earnRuleVersion { number } caps { balance } computedPoints points cappedBy }
      ... on PointActivationStep { cardDefinition { name } activation { periodBased { days } } earnedAt activatesAt }
      ... on PointExpirationStep { source sourceEarnRuleVersion { number } sourceTier { name } cardDefinition { name } expiration { type } countedFrom expiresOn expiresAt }
      ... on PointsExpiredStep { points lastDay expiredAt }
      ... on RefundStep { earnRuleVersion { number } refundedAmount netAmount currency creditedPoints keptPoints deductedPoints refundPolicy }
      ... on AllocationStep { allocations { points expiresOn } }
      ... on EntryAwardStep { tier { name } tierStructure { name } revision points }
      ... on AdjustmentStep { reason qualifying }
      ... on CorrectionStep { recordedPoints }
    }
  } } } }`;
  const customer = { externalId: 'ada' };

  /** The steps of the customer's entries, oldest entry first. */
  async function entriesOf(client: ApiClient, externalId = 'ada') {
    const { customer: found } = await client.run(ENTRIES, { externalId });
    return found.ledgerEntries.nodes.toReversed() as { type: string; points: number; explanation: Record<string, unknown>[] }[];
  }

  test('of a purchase: rate, multiplier, caps, activation and expiry, each with whose rule it is', async () => {
    server.setNow('2026-01-01T12:00:00Z');
    const client = await server.workspace();
    await buildProgram(client, {
      card: { expiration: { rolling: { period: MONTH } }, activation: { periodBased: { days: 30 } } },
      structure: { tiers: { Basic: 0, Silver: { minPoints: 100, pointExpiration: { noExpiration: true } } } },
      rule: { tierMultipliers: { Silver: '1.5' }, rates: [{ currency: 'USD', value: '1', every: '10.00' }], caps: { balance: 120 } },
    });
    await buildCustomer(client, 'ada');
    await earn(client, 'ada', '1050.00');
    server.setNow('2026-02-05T12:00:00Z');
    await earn(client, 'ada', '199.90');
    const [first, activation, second] = await entriesOf(client);
    expect(first).toEqual({
      type: 'EARN',
      points: 105,
      explanation: [
        {
          __typename: 'EarnRateStep',
          rule: 'EARN_RATE',
          message: 'Version 1 of "Base rule" gives 1 for every 10.00 USD: for 1050.00 USD, rounded by FLOOR, 105.',
          earnRuleVersion: { number: 1 },
          amount: '1050.00',
          rate: { value: '1', every: '10.00', currency: 'USD' },
          multiplier: '1',
          tiers: [],
          rounding: 'FLOOR',
          roundingScope: 'PER_TRANSACTION',
          computedPoints: 105,
        },
        {
          __typename: 'EarnCapStep',
          rule: 'EARN_CAPS',
          message: 'No cap was reached: 105 were given.',
          earnRuleVersion: { number: 1 },
          caps: { balance: 120 },
          computedPoints: 105,
          points: 105,
          cappedBy: null,
        },
        {
          __typename: 'PointActivationStep',
          rule: 'POINT_ACTIVATION',
          message: 'Points of this card wait, and can be spent from 2026-01-31 on.',
          cardDefinition: { name: 'Points' },
          activation: { periodBased: { days: 30 } },
          earnedAt: '2026-01-01T12:00:00.000Z',
          activatesAt: '2026-01-31T00:00:00.000Z',
        },
        {
          __typename: 'PointExpirationStep',
          rule: 'POINT_EXPIRATION',
          message: 'The card says ROLLING: counted from 2026-01-31, the points last up to 2026-02-28.',
          source: 'CARD',
          sourceEarnRuleVersion: null,
          sourceTier: null,
          cardDefinition: { name: 'Points' },
          expiration: { type: 'ROLLING' },
          countedFrom: '2026-01-31T00:00:00.000Z',
          expiresOn: '2026-02-28',
          expiresAt: '2026-03-01T00:00:00.000Z',
        },
      ],
    });
    expect([activation?.type, activation?.explanation]).toEqual(['ACTIVATION', first?.explanation.slice(2)]);
    expect(second).toMatchObject({
      type: 'EARN',
      points: 15,
      explanation: [
        { rule: 'EARN_RATE', multiplier: '1.5', tiers: [{ name: 'Silver' }], computedPoints: 29 },
        { rule: 'EARN_CAPS', computedPoints: 29, points: 15, cappedBy: 'BALANCE', message: 'The cap BALANCE left 15 of 29.' },
        { rule: 'POINT_ACTIVATION' },
        { rule: 'POINT_EXPIRATION', source: 'TIER', sourceTier: { name: 'Silver' }, expiration: { type: 'NO_EXPIRATION' }, expiresOn: null, expiresAt: null },
      ],
    });
  });

  test('of everything else that changes points', async () => {
    server.setNow('2026-01-01T12:00:00Z');
    const client = await server.workspace();
    await buildProgram(client, {
      card: { expiration: { rolling: { period: MONTH } } },
      structure: { tiers: { Basic: 0, Silver: { minPoints: 100, entryAward: { points: 10 } } } },
      rule: { expiration: { rolling: { period: { value: 2, unit: 'MONTH' } } } },
    });
    await buildCustomer(client, 'ada');
    await buildCustomer(client, 'bob');
    const { transaction } = await earn(client, 'ada', '100.00');
    await client.succeed('pointsAdjust', { customer, points: 40, reason: 'A parcel was lost' }, 'adjustment { id }');
    const { spend } = await client.succeed('spend', { customer, points: 60 }, 'spend { id }');
    await client.succeed('spendReverse', { spend: { id: spend.id }, points: 20 }, 'spendReversal { id }');
    await client.succeed('refund', { transaction: { id: transaction.id }, amount: '75.00' }, 'refund { id }');
    await client.succeed('pointsTransfer', { from: customer, to: { externalId: 'bob' }, points: 30 }, 'transfer { id }');
    server.setNow('2026-03-02T00:00:00Z');
    await earn(client, 'ada', '1.00');
    const entries = await entriesOf(client);
    const [, ...others] = entries;
    expect(entries[0]?.explanation.at(-1)).toMatchObject({ rule: 'POINT_EXPIRATION', source: 'EARN_RULE', sourceEarnRuleVersion: { number: 1 }, expiresOn: '2026-03-01' });
    const without = (step: Record<string, unknown>) => {
      const { __typename: _, ...rest } = step;
      return rest;
    };
    expect(others.slice(0, -1).map(({ type, points, explanation }) => [type, points, ...explanation.map(without)])).toMatchObject([
      [
        'ENTRY_AWARD',
        10,
        { rule: 'ENTRY_AWARD', tier: { name: 'Silver' }, tierStructure: { name: 'Membership' }, revision: 1, points: 10 },
        { rule: 'POINT_EXPIRATION', source: 'CARD', expiresOn: '2026-02-01' },
      ],
      [
        'ADJUSTMENT',
        40,
        { rule: 'ADJUSTMENT', reason: 'A parcel was lost', qualifying: false, message: 'Points were given by hand, and do not count as earned.' },
        { rule: 'POINT_EXPIRATION', source: 'CARD', expiresOn: '2026-02-01' },
      ],
      [
        'SPEND',
        -60,
        {
          rule: 'ALLOCATION',
          allocations: [
            { points: 50, expiresOn: '2026-02-01' },
            { points: 10, expiresOn: '2026-03-01' },
          ],
        },
      ],
      [
        'SPEND_REVERSAL',
        20,
        {
          rule: 'ALLOCATION',
          allocations: [
            { points: 10, expiresOn: '2026-03-01' },
            { points: 10, expiresOn: '2026-02-01' },
          ],
        },
      ],
      [
        'REFUND',
        -75,
        {
          rule: 'REFUND',
          refundedAmount: '75.00',
          netAmount: '25.00',
          currency: 'USD',
          creditedPoints: 100,
          keptPoints: 25,
          deductedPoints: 75,
          refundPolicy: 'REVOKE_TO_ZERO',
          message: 'With 75.00 USD given back, 25.00 USD are left, for which version 1 gives 25 of the 100 that were credited: 75 are taken back.',
        },
      ],
      [
        'TRANSFER_OUT',
        -30,
        {
          rule: 'ALLOCATION',
          allocations: [
            { points: 10, expiresOn: '2026-02-01' },
            { points: 20, expiresOn: '2026-03-01' },
          ],
        },
      ],
      ['EXPIRATION', -5, { rule: 'POINTS_EXPIRED', points: 5, lastDay: '2026-03-01', expiredAt: '2026-03-02T00:00:00.000Z' }],
    ]);
    const [received] = await entriesOf(client, 'bob');
    expect([received?.type, received?.explanation]).toMatchObject(['TRANSFER_IN', [{ rule: 'ALLOCATION', allocations: [{ points: 10 }, { points: 20 }] }]]);
  });

  test('that corrects another says so', async () => {
    server.setNow('2026-01-01T12:00:00Z');
    const client = await server.workspace();
    await buildProgram(client, { card: { expiration: { rolling: { period: MONTH } } }, effectiveAt: '2025-01-01T00:00:00Z' });
    await buildCustomer(client, 'ada');
    await earn(client, 'ada', '100.00');
    server.setNow('2026-03-01T00:00:00Z');
    await earn(client, 'ada', '1.00');
    server.setNow('2026-03-02T00:00:00Z');
    await earn(client, 'ada', '30.00', { occurredAt: '2026-01-01T13:00:00Z' });
    const correction = (await entriesOf(client)).findLast(({ type }) => type === 'EXPIRATION');
    expect(correction).toMatchObject({
      points: -30,
      explanation: [{ rule: 'CORRECTION', recordedPoints: -100 }, { rule: 'POINTS_EXPIRED', points: 30, lastDay: '2026-02-01' }],
    });
  });

  test('that a dry run shows is explained as far as it does not rest on what was not recorded', async () => {
    server.setNow('2026-01-01T12:00:00Z');
    const client = await server.workspace();
    await buildProgram(client);
    await buildCustomer(client, 'ada');
    await earn(client, 'ada', '100.00');
    const selection = 'ledgerEntries { type explanation { rule } }';
    const spend = (dryRun: boolean) => client.succeed('spend', { customer, points: 60, dryRun }, selection);
    expect((await spend(true)).ledgerEntries).toEqual([{ type: 'SPEND', explanation: [] }]);
    expect((await spend(false)).ledgerEntries).toEqual([{ type: 'SPEND', explanation: [{ rule: 'ALLOCATION' }] }]);
  });
});

/** Redeeming rewards: what it takes, what it answers, what is refused, and how it is taken back. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { fromPublicId } from '../../src/platform/ids.ts';
import type { ApiClient } from '../support/client.ts';
import { buildCustomer, buildProgram, earn, standingOf } from '../support/program.ts';
import type { Program } from '../support/program.ts';
import { findDifferences } from '../support/recompute.ts';
import { buildReward, cancel, confirm, offersTo, redeem, stockOf } from '../support/rewards.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';
import { differencesOf } from '../support/sound.ts';
import { problemsOf, unchanged } from '../support/unchanged.ts';

const NOW = '2026-05-17T12:00:00.250Z';

let server: TestServer;
let client: ApiClient;
let program: Program;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  server.setNow(NOW);
  client = await server.workspace({ timeZone: 'Europe/Warsaw' });
  program = await buildProgram(client, {
    effectiveAt: '2020-01-01T00:00:00Z',
    card: { expiration: { rolling: { period: { value: 12, unit: 'MONTH' } } } },
  });
  await buildCustomer(client, 'ada', { name: 'Ada', joinedAt: '2025-01-01T00:00:00Z', metadata: { vip: true } });
});

const reward = (plan: Record<string, unknown> = {}) => buildReward(client, program.cardDefinitionId, plan);

/** 60 points until 1 June and 100 until 1 July. */
async function withTwoLots() {
  await earn(client, 'ada', '100.00', { occurredAt: '2025-07-01T10:00:00Z' });
  await earn(client, 'ada', '60.00', { occurredAt: '2025-06-01T10:00:00Z' });
}

const lotsOf = async (externalId = 'ada') =>
  (await standingOf(client, externalId)).cards[0].lots.map(({ points, expiresOn }: Record<string, unknown>) => [points, expiresOn]);

async function refusedRedemption(rewardId: string, more: Record<string, unknown> = {}, externalId = 'ada') {
  const answer = await unchanged(server, () => redeem(client, rewardId, externalId, more));
  const { userErrors, ...rest } = answer;
  expect(rest).toEqual({ customer: null, redemption: null, proof: null, receipt: null, ledgerEntries: [], tierTransitions: [], duplicate: false });
  expect(await unchanged(server, () => redeem(client, rewardId, externalId, { ...more, dryRun: true }))).toEqual(answer);
  return userErrors as { code: string; message: string; field: string[] | null; available: number | null; limit: string | null }[];
}

async function differences(): Promise<string[]> {
  const { workspace } = await client.run('{ workspace { id } }');
  return findDifferences(server.database, fromPublicId('Workspace', workspace.id) ?? '');
}

describe('redeeming', () => {
  test('takes the points that expire first, and answers with proof and receipt in one round trip', async () => {
    await withTwoLots();
    const id = await reward({
      stock: 3,
      receipts: [
        { locale: 'en', template: 'Hi {{customer.name}}: {{reward.name}} for {{redemption.points}}. Use it up to {{redemption.expiresOn}}.' },
        { locale: 'de', template: '{{reward.name}} für {{redemption.points}}, gültig bis {{redemption.expiresAt}}.' },
      ],
    });
    const answer = await redeem(client, id, 'ada', { locale: 'de-AT', reference: 'R-1', source: 'pos' });
    expect(answer).toEqual({
      customer: { points: 60, tier: { name: 'Basic' } },
      redemption: {
        id: expect.stringMatching(/^rdm_[0-9a-z]{26}$/),
        status: 'ISSUED',
        points: 100,
        proofExpiresAt: '2026-05-18T12:00:00.000Z',
        confirmedAt: null,
        cancelledAt: null,
        reward: { id, type: 'free_pastry' },
        grant: null,
        allocations: [
          { points: 60, expiresOn: '2026-06-01' },
          { points: 40, expiresOn: '2026-07-01' },
        ],
      },
      proof: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      receipt: { locale: 'de', text: 'Free pastry für 100, gültig bis 18. Mai 2026 um 14:00.' },
      ledgerEntries: [{ type: 'REDEMPTION', points: -100, balanceAfter: 60 }],
      tierTransitions: [{ type: 'DOWNGRADED' }],
      duplicate: false,
      userErrors: [],
    });
    expect(await lotsOf()).toEqual([[60, '2026-07-01']]);
    expect(await stockOf(client, id)).toBe(2);
    expect(await differences()).toEqual([]);
  });

  test('a dry run answers the same and changes nothing', async () => {
    await withTwoLots();
    const id = await reward({ stock: 1, limits: { perMember: 1 } });
    const dry = await unchanged(server, () => redeem(client, id, 'ada', { dryRun: true }));
    const real = await redeem(client, id, 'ada');
    expect({ ...dry, redemption: 1, proof: 1 }).toEqual({ ...real, redemption: 1, proof: 1 });
    expect([dry.redemption, dry.proof, dry.receipt]).toEqual([null, null, null]);
  });

  test('a repeated key or reference answers with the same redemption and the same proof', async () => {
    await withTwoLots();
    const id = await reward({ cost: 10, receipts: [{ locale: 'en', template: '{{redemption.id}}' }] });
    const first = await redeem(client, id, 'ada', { idempotencyKey: 'K', reference: 'R' });
    server.setNow('2026-05-17T12:05:00Z');
    const byKey = await unchanged(server, () => redeem(client, id, 'ada', { idempotencyKey: 'K', reference: 'R' }));
    expect([byKey.redemption.id, byKey.proof, byKey.receipt, byKey.duplicate]).toEqual([first.redemption.id, first.proof, first.receipt, false]);
    const byReference = await unchanged(server, () => redeem(client, id, 'ada', { reference: 'R' }));
    expect([byReference.redemption.id, byReference.proof, byReference.duplicate]).toEqual([first.redemption.id, first.proof, true]);
    expect(problemsOf(await unchanged(server, () => redeem(client, id, 'ada', { idempotencyKey: 'K' })))).toEqual([
      'IDEMPOTENCY_KEY_PARAMETER_MISMATCH idempotencyKey',
    ]);
    const other = await reward({ cost: 10 });
    expect(problemsOf(await unchanged(server, () => redeem(client, other, 'ada', { reference: 'R' })))).toEqual(['REFERENCE_MISMATCH reference']);
  });
});

describe('refused, and nothing changed', () => {
  beforeEach(withTwoLots);

  test.each([
    ['no such reward', {}, {}, ['REWARD_NOT_FOUND rewardId']],
    ['too few points', { cost: 161 }, {}, ['INSUFFICIENT_POINTS rewardId']],
    ['nothing left', { stock: 0 }, {}, ['OUT_OF_STOCK rewardId']],
    ['not yet valid', { validFrom: '2026-05-17T12:00:00.251Z' }, {}, ['REWARD_NOT_VALID rewardId']],
    ['not valid any more', { validUntil: '2026-05-17T12:00:00.250Z' }, {}, ['REWARD_NOT_VALID rewardId']],
    ['a condition that does not hold', { condition: 'customer.metadata.vip == false' }, {}, ['NOT_ELIGIBLE customer']],
    ['a condition that cannot be evaluated', { condition: 'customer.metadata.unknown == 1' }, {}, ['NOT_ELIGIBLE customer']],
    ['only granted', { cost: 0, trigger: { everyNthVisit: { visits: 10 } } }, {}, ['NO_GRANT rewardId']],
    ['no such grant', {}, { grantId: 'grnt_01h2xcejqtf2nbrexx3vqjhp41' }, ['GRANT_NOT_FOUND grantId']],
    ['no grant at all', {}, { grantId: 'nonsense' }, ['GRANT_NOT_FOUND grantId']],
    ['no language', {}, { locale: 'not a language' }, ['INVALID_LOCALE locale']],
    ['a reference of nothing', {}, { reference: '' }, ['INVALID_REFERENCE reference']],
    ['two things at once', { cost: 161, stock: 0 }, {}, ['OUT_OF_STOCK rewardId', 'INSUFFICIENT_POINTS rewardId']],
  ] as const)('%s', async (name, plan, more, problems) => {
    const id = name === 'no such reward' ? 'rwd_01h2xcejqtf2nbrexx3vqjhp41' : await reward(plan);
    const userErrors = await refusedRedemption(id, more);
    expect(problemsOf({ userErrors })).toEqual(problems);
    // What is listed is decided by the same function.
    if (!('locale' in more) && !('reference' in more) && !('grantId' in more) && name !== 'no such reward') {
      expect((await offersTo(client, 'ada'))[id]).toEqual(problems.map((each) => each.split(' ')[0]));
    }
  });

  test('says how many points there are, and which limit is reached', async () => {
    const dear = await reward({ cost: 161 });
    expect((await refusedRedemption(dear))[0]).toMatchObject({ available: 160, limit: null });
    const once = await reward({ cost: 1, limits: { perPeriod: [{ unit: 'DAY', count: 1 }, { unit: 'MONTH', count: 2 }] } });
    await redeem(client, once, 'ada');
    expect((await refusedRedemption(once))[0]).toMatchObject({ code: 'LIMIT_REACHED', limit: 'DAY', available: null });
    server.setNow('2026-05-17T21:59:59.999Z');
    expect((await refusedRedemption(once))[0]).toMatchObject({ limit: 'DAY' });
    server.setNow('2026-05-17T22:00:00Z');
    expect((await redeem(client, once, 'ada')).userErrors).toEqual([]);
    server.setNow('2026-05-19T12:00:00Z');
    expect((await refusedRedemption(once))[0]).toMatchObject({ code: 'LIMIT_REACHED', limit: 'MONTH' });
    server.setNow('2026-06-01T00:00:00Z');
    expect((await redeem(client, once, 'ada')).userErrors).toEqual([]);
  });

  test('for other tiers, in other statuses, for nobody', async () => {
    const gold = await reward({ cost: 1, tierIds: [program.tierIds['Gold']] });
    expect(problemsOf({ userErrors: await refusedRedemption(gold) })).toEqual(['NOT_ELIGIBLE customer']);
    const silver = await reward({ cost: 1, tierIds: [program.tierIds['Gold'], program.tierIds['Silver']] });
    expect((await redeem(client, silver, 'ada')).userErrors).toEqual([]);
    await client.succeed('rewardDeactivate', { id: silver }, 'reward { id }');
    expect(problemsOf({ userErrors: await refusedRedemption(silver) })).toEqual(['REWARD_NOT_VALID rewardId']);
    await client.succeed('rewardDelete', { id: silver }, 'reward { id }');
    expect(problemsOf({ userErrors: await refusedRedemption(silver) })).toEqual(['REWARD_NOT_FOUND rewardId']);
    expect(problemsOf({ userErrors: await refusedRedemption(gold, {}, 'nobody') })).toEqual(['CUSTOMER_NOT_FOUND customer']);
  });
});

describe('confirming', () => {
  beforeEach(withTwoLots);

  test('works once; a repeated key answers again', async () => {
    const id = await reward();
    const { proof } = await redeem(client, id, 'ada');
    server.setNow('2026-05-18T11:59:59.999Z');
    expect((await unchanged(server, () => confirm(client, proof, { dryRun: true }))).redemption).toMatchObject({ status: 'CONFIRMED' });
    const confirmed = await confirm(client, proof, { idempotencyKey: 'K' });
    expect(confirmed.redemption).toMatchObject({ status: 'CONFIRMED', confirmedAt: '2026-05-18T11:59:59.999Z' });
    expect(await unchanged(server, () => confirm(client, proof, { idempotencyKey: 'K' }))).toEqual(confirmed);
    expect(problemsOf(await unchanged(server, () => confirm(client, proof)))).toEqual(['ALREADY_CONFIRMED proof']);
    const { redemption } = confirmed;
    expect(problemsOf(await unchanged(server, () => cancel(client, redemption.id)))).toEqual(['ALREADY_CONFIRMED redemption']);
  });

  test('not any more when it has expired or was cancelled; then it can be cancelled', async () => {
    const id = await reward({ cost: 20 });
    const { proof, redemption } = await redeem(client, id, 'ada');
    const other = await redeem(client, id, 'ada');
    await cancel(client, other.redemption.id);
    expect(problemsOf(await unchanged(server, () => confirm(client, other.proof)))).toEqual(['REDEMPTION_CANCELLED proof']);
    server.setNow('2026-05-18T12:00:00Z');
    expect(problemsOf(await unchanged(server, () => confirm(client, proof)))).toEqual(['PROOF_EXPIRED proof']);
    const { node } = await client.run('query($id: ID!) { node(id: $id) { ... on Redemption { status } } }', { id: redemption.id });
    expect(node).toEqual({ status: 'EXPIRED' });
    expect((await cancel(client, redemption.id)).customer.points).toBe(160);
  });
});

describe('cancelling', () => {
  beforeEach(withTwoLots);

  test('gives points to their lots, and stock and limits back', async () => {
    const id = await reward({ stock: 1, limits: { perMember: 1 } });
    const { redemption } = await redeem(client, id, 'ada');
    server.setNow('2026-05-20T12:00:00Z');
    const dry = await unchanged(server, () => cancel(client, redemption.id, { dryRun: true }));
    const answer = await cancel(client, redemption.id, { reference: 'C-1', idempotencyKey: 'K' });
    expect(answer).toMatchObject({
      customer: { points: 160 },
      cancellation: { points: 100, available: 100, expired: 0, redemption: { id: redemption.id, status: 'CANCELLED' } },
      ledgerEntries: [{ type: 'REDEMPTION_CANCELLATION', points: 100, balanceAfter: 160 }],
    });
    expect({ ...dry, cancellation: null }).toEqual({ ...answer, cancellation: null });
    expect(await lotsOf()).toEqual([[60, '2026-06-01'], [100, '2026-07-01']]);
    expect(await stockOf(client, id)).toBe(1);
    expect(problemsOf(await unchanged(server, () => cancel(client, redemption.id)))).toEqual(['ALREADY_CANCELLED redemption']);
    expect((await unchanged(server, () => cancel(client, redemption.id, { reference: 'C-1' }))).duplicate).toBe(true);
    expect((await unchanged(server, () => cancel(client, redemption.id, { reference: 'C-1', idempotencyKey: 'K' }))).cancellation.id).toBe(answer.cancellation.id);
    expect((await redeem(client, id, 'ada')).userErrors).toEqual([]);
    expect(await differences()).toEqual([]);
  });

  test('F5: what has expired meanwhile is gone at once', async () => {
    const id = await reward({ proofValidMinutes: 60 });
    const { redemption } = await redeem(client, id, 'ada');
    server.setNow('2026-06-02T12:00:00Z');
    const { cancellation, customer, ledgerEntries } = await cancel(client, redemption.id);
    expect(cancellation).toMatchObject({ points: 100, available: 40, expired: 60 });
    expect(customer.points).toBe(100);
    expect(ledgerEntries).toEqual([
      { type: 'REDEMPTION_CANCELLATION', points: 100, balanceAfter: 160 },
      { type: 'EXPIRATION', points: -60, balanceAfter: 100 },
    ]);
    expect(await differences()).toEqual([]);
  });

  test('of nothing is refused', async () => {
    const nothing = 'rdm_01h2xcejqtf2nbrexx3vqjhp41';
    expect(problemsOf(await unchanged(server, () => cancel(client, nothing)))).toEqual(['REDEMPTION_NOT_FOUND redemption']);
    const byReference = { redemption: { reference: { reference: 'none' } } };
    expect(problemsOf(await unchanged(server, () => cancel(client, nothing, byReference)))).toEqual(['REDEMPTION_NOT_FOUND redemption']);
  });
});

test('late facts keep what was redeemed, and the entries say why', async () => {
  await withTwoLots();
  const id = await reward({ cost: 150 });
  const { redemption } = await redeem(client, id, 'ada');
  await earn(client, 'ada', '5.00', { occurredAt: '2025-07-01T09:00:00Z' });
  const { customer } = await client.run(`{ customer(by: { externalId: "ada" }) { points
    ledgerEntries { nodes { type points operation { __typename id } explanation { __typename } } } redemptions { nodes { id status } } operations { nodes { __typename id } } } }`);
  expect(customer.points).toBe(15);
  expect(customer.redemptions.nodes).toEqual([{ id: redemption.id, status: 'ISSUED' }]);
  expect(customer.operations.nodes).toEqual([{ __typename: 'Redemption', id: redemption.id }]);
  const [entry] = customer.ledgerEntries.nodes.filter(({ type }: { type: string }) => type === 'REDEMPTION');
  expect(entry).toEqual({ type: 'REDEMPTION', points: -150, operation: { __typename: 'Redemption', id: redemption.id }, explanation: [{ __typename: 'AllocationStep' }] });
  expect(await differences()).toEqual([]);
});

test('what all of this left behind proves itself', async () => {
  expect(await differencesOf(server)).toEqual([]);
});

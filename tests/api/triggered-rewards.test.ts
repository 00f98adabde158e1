/** Rewards that are given for earning: what counts, what a purchase answers, what refunds and late facts do to it. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { decideWithShelf } from '../../src/commands/shelf.ts';
import { withTransaction } from '../../src/database/client.ts';
import { NO_MOVES } from '../../src/domain/grants.ts';
import { fromPublicId, toPublicId } from '../../src/platform/ids.ts';
import { ProgramCache, configurationVersion } from '../../src/repositories/program.ts';
import type { ApiClient } from '../support/client.ts';
import { buildCustomer, buildProgram } from '../support/program.ts';
import type { Program } from '../support/program.ts';
import { RestClient } from '../support/rest.ts';
import { buildReward, cancel, redeem, stockOf } from '../support/rewards.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';
import { differencesOf } from '../support/sound.ts';
import { countRows } from '../support/statements.ts';
import { problemsOf, unchanged } from '../support/unchanged.ts';

const NOW = '2026-05-17T12:00:00.000Z';
const VISITS = (visits: number) => ({ trigger: { everyNthVisit: { visits } } });

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
  program = await buildProgram(client, { effectiveAt: '2020-01-01T00:00:00Z' });
  await buildCustomer(client, 'ada', { joinedAt: '2025-01-01T00:00:00Z' });
});

const customerIdOf = async (externalId: string): Promise<string> =>
  (await client.run('query($externalId: String) { customer(by: { externalId: $externalId }) { id } }', { externalId })).customer.id;
const reward = (plan: Record<string, unknown>) => buildReward(client, program.cardDefinitionId, { cost: 0, ...plan });
const onCard = (points: number, more: Record<string, unknown> = {}) => ({ cardDefinitionId: program.cardDefinitionId, points, ...more });

const GRANTED = `duplicate transaction { id } rewards { id type } grants { id status expiresAt reward { id } }`;

async function buy(amount = '10.00', more: Record<string, unknown> = {}) {
  return client.succeed('earn', { customer: { externalId: 'ada' }, amount, currency: 'USD', ...more }, GRANTED);
}

const refund = (reference: string, more: Record<string, unknown> = {}) =>
  client.succeed('refund', { transaction: { reference: { reference } }, ...more }, 'revokedGrants { id status } refund { id }');

/** How many rewards each of so many purchases triggers. */
async function visits(count: number, amount = '10.00'): Promise<number[]> {
  const counts: number[] = [];
  for (let visit = 0; visit < count; visit += 1) counts.push((await buy(amount)).rewards.length);
  return counts;
}

describe('every nth visit', () => {
  test('is in the answer of the purchase, of its dry run, and of its repetition', async () => {
    const id = await reward({ ...VISITS(3), grantValidity: { value: 1, unit: 'MONTH' } });
    expect(await visits(2)).toEqual([0, 0]);
    const dry = await unchanged(server, () => buy('10.00', { dryRun: true, reference: 'third' }));
    const real = await buy('10.00', { reference: 'third', idempotencyKey: 'K' });
    expect(real.rewards).toEqual([{ id, type: 'free_pastry' }]);
    expect(real.grants).toEqual([{ id: expect.stringMatching(/^grnt_/), status: 'GRANTED', expiresAt: '2026-06-17T22:00:00.000Z', reward: { id } }]);
    expect([dry.rewards, dry.grants.map(({ expiresAt }: Record<string, unknown>) => expiresAt)]).toEqual([real.rewards, ['2026-06-17T22:00:00.000Z']]);
    const again = await unchanged(server, () => buy('10.00', { reference: 'third' }));
    expect(again).toEqual({ ...real, duplicate: true });
    expect(await unchanged(server, () => buy('10.00', { reference: 'third', idempotencyKey: 'K' }))).toEqual(real);
    expect(await visits(6)).toEqual([0, 0, 1, 0, 0, 1]);
  });

  test('over REST, where a till reads its word', async () => {
    const id = await reward(VISITS(1));
    const body = { customer: { external_id: 'ada' }, amount: 52.4, currency: 'USD' };
    const answer = await new RestClient(server.url, client.key).send('POST', '/v3/transactions', body);
    expect(answer.status).toBe(200);
    expect(answer.body.rewards).toEqual([{ id, type: 'free_pastry', name: 'Free pastry' }]);
    expect(answer.body.grants).toMatchObject([{ reward_id: id, status: 'GRANTED' }]);
  });

  test('a purchase that is refunded as a whole is no visit, and what it triggered is revoked', async () => {
    const id = await reward({ ...VISITS(3), stock: 5, limits: { perMember: 2 } });
    await buy('10.00', { reference: 'one' });
    await buy('10.00');
    const third = await buy('10.00', { reference: 'three' });
    expect(await stockOf(client, id)).toBe(4);
    expect((await refund('three', { amount: '9.99' })).revokedGrants).toEqual([]);
    const whole = await refund('three', { reference: 'back' });
    expect(whole.revokedGrants).toEqual([{ id: third.grants[0].id, status: 'REVOKED' }]);
    expect((await unchanged(server, () => refund('three', { reference: 'back' }))).revokedGrants).toEqual(whole.revokedGrants);
    expect(await stockOf(client, id)).toBe(5);
    expect(problemsOf(await unchanged(server, () => redeem(client, id, 'ada')))).toEqual(['NO_GRANT rewardId']);
    // Two visits are left; the next is the third one.
    expect(await visits(1)).toEqual([1]);
    // An earlier visit that is taken back has not been rewarded by itself: the next one only makes up for it.
    expect((await refund('one')).revokedGrants).toEqual([]);
    expect(await visits(5)).toEqual([0, 0, 0, 1, 0]);
  });

  test('follows a changed number from the next multiple on, and is given neither twice nor several at once', async () => {
    const id = await reward(VISITS(2));
    const change = async (number: number) => {
      server.setNow(server.now() + 60_000);
      await client.succeed('rewardDraft', { id }, 'reward { id }');
      await client.succeed('rewardUpdate', { id, ...VISITS(number) }, 'reward { id }');
      await client.succeed('rewardActivate', { id }, 'reward { id }');
    };
    expect(await visits(6)).toEqual([0, 1, 0, 1, 0, 1]);
    await change(5);
    // Of 6 visits 5 are behind: the tenth is the next.
    expect(await visits(5)).toEqual([0, 0, 0, 1, 0]);
    await change(3);
    expect(await visits(4)).toEqual([1, 0, 0, 1]);
    const { customer } = await client.run('{ customer(by: { externalId: "ada" }) { rewardGrants(first: 20) { nodes { status } } } }');
    expect(customer.rewardGrants.nodes).toEqual(Array(6).fill({ status: 'GRANTED' }));
    const { rows } = await server.database.pool.query('SELECT reward_progress FROM customers WHERE workspace_id = (SELECT workspace_id FROM rewards WHERE id = $1)', [fromPublicId('Reward', id)]);
    const changedAt = Date.parse(NOW) + 120_000;
    expect(rows).toEqual([{ reward_progress: { [`${fromPublicId('Reward', id) ?? ''} VISITS`]: [0, '15', 5, 3, changedAt] } }]);
  });

  test('by another number is not made up for when its purchase is refunded', async () => {
    const id = await reward(VISITS(1));
    await buy('10.00', { reference: 'one' });
    await buy('10.00', { reference: 'two' });
    server.setNow(server.now() + 60_000);
    await client.succeed('rewardDraft', { id }, 'reward { id }');
    await client.succeed('rewardUpdate', { id, ...VISITS(3) }, 'reward { id }');
    await client.succeed('rewardActivate', { id }, 'reward { id }');
    await buy('10.00', { reference: 'three' });
    expect((await refund('one')).revokedGrants).toHaveLength(1);
    expect(await visits(4)).toEqual([0, 0, 0, 1]);
    // What was given by the number of now is given again.
    expect((await refund('three')).revokedGrants).toHaveLength(1);
    expect(await visits(1)).toEqual([1]);
  });

  test('counts what is recorded while the reward is in force, however late it happened', async () => {
    const id = await reward(VISITS(2));
    await buy('10.00', { occurredAt: '2025-12-01T00:00:00Z' });
    await client.succeed('rewardDeactivate', { id }, 'reward { id }');
    await buy();
    server.setNow('2026-05-18T12:00:00Z');
    await client.succeed('rewardActivate', { id }, 'reward { id }');
    expect((await buy('0.50', { occurredAt: '2026-01-01T00:00:00Z' })).rewards).toHaveLength(1);
  });
});

describe('a grant', () => {
  const told = async () => {
    const { events } = await client.run('{ events(filter: { types: [REWARD_GRANT_CREATED, REWARD_GRANT_REVOKED] }, first: 10) { nodes { name } } }');
    return events.nodes.map(({ name }: { name: string }) => name);
  };

  test('is redeemed without points, once, and can be used again when that is cancelled', async () => {
    const id = await reward({ ...VISITS(1), cost: 500 });
    const { grants } = await buy('10.00', { reference: 'order' });
    const { customer, redemption, ledgerEntries } = await redeem(client, id, 'ada');
    expect([customer.points, redemption.points, redemption.grant, redemption.allocations, ledgerEntries]).toEqual([10, 0, { id: grants[0].id }, [], []]);
    expect(problemsOf(await unchanged(server, () => redeem(client, id, 'ada')))).toEqual(['INSUFFICIENT_POINTS rewardId']);
    expect(problemsOf(await unchanged(server, () => redeem(client, id, 'ada', { grantId: grants[0].id })))).toEqual(['GRANT_NOT_FOUND grantId']);
    const { cancellation } = await cancel(client, redemption.id);
    expect(cancellation).toMatchObject({ points: 0, available: 0, expired: 0 });
    expect((await redeem(client, id, 'ada', { grantId: grants[0].id })).userErrors).toEqual([]);
    expect(await told()).toEqual(['reward_grant.created']);
  });

  test('whose purchase is refunded after it was used is gone when that is cancelled', async () => {
    const id = await reward({ ...VISITS(1), stock: 3 });
    const { grants } = await buy('10.00', { reference: 'order' });
    const { redemption } = await redeem(client, id, 'ada');
    expect((await refund('order')).revokedGrants).toEqual([{ id: grants[0].id, status: 'REDEEMED' }]);
    expect([await stockOf(client, id), await told()]).toEqual([2, ['reward_grant.created']]);
    await cancel(client, redemption.id);
    expect(await told()).toEqual(['reward_grant.created', 'reward_grant.revoked']);
    expect(await stockOf(client, id)).toBe(3);
    expect(problemsOf(await unchanged(server, () => redeem(client, id, 'ada')))).toEqual(['NO_GRANT rewardId']);
  });

  test('expires at the end of its last day; those that expire first are used first', async () => {
    const id = await reward({ ...VISITS(1), grantValidity: { value: 1, unit: 'DAY' } });
    const first = await buy();
    server.setNow('2026-05-18T12:00:00Z');
    await buy();
    expect((await redeem(client, id, 'ada')).redemption.grant).toEqual({ id: first.grants[0].id });
    server.setNow('2026-05-19T21:59:59.999Z');
    expect((await unchanged(server, () => redeem(client, id, 'ada', { dryRun: true }))).userErrors).toEqual([]);
    server.setNow('2026-05-19T22:00:00Z');
    expect(problemsOf(await unchanged(server, () => redeem(client, id, 'ada')))).toEqual(['NO_GRANT rewardId']);
    const { customer } = await client.run('{ customer(by: { externalId: "ada" }) { rewardGrants { nodes { status } } } }');
    expect(customer.rewardGrants.nodes).toEqual([{ status: 'EXPIRED' }, { status: 'REDEEMED' }]);
  });

  test('is found without reading all that a customer has, and the one that expires first is used, however many are', async () => {
    const id = await reward({ ...VISITS(1), grantValidity: { value: 3, unit: 'DAY' } });
    await reward({ ...VISITS(1), type: 'other' });
    await visits(12);
    server.setNow('2026-05-21T12:00:00Z');
    const given: string[] = [];
    for (let visit = 0; visit < 26; visit += 1) {
      if (visit === 24) server.setNow('2026-05-22T12:00:00Z');
      given.push((await buy()).grants.find((grant: { reward: { id: string } }) => grant.reward.id === id).id);
    }
    const OFFERS = '{ customer(by: { externalId: "ada" }) { rewards { reward { id } grant { id } } } }';
    const offered = await countRows('reward_grants', () => client.run(OFFERS));
    expect(offered.result.customer.rewards).toContainEqual({ reward: { id }, grant: { id: given[0] } });
    // One of each reward.
    expect(offered.rows).toBe(2);
    const { result, rows } = await countRows('reward_grants', () => redeem(client, id, 'ada'));
    expect(result.redemption.grant).toEqual({ id: given[0] });
    // Those that expire first, and the one that is shown.
    expect(rows).toBe(11);
    // One that is named is found among the last, too.
    expect((await redeem(client, id, 'ada', { grantId: given[24] })).redemption.grant).toEqual({ id: given[24] });
    // One batch that uses more of them than are read at first comes to those behind.
    const workspaceId = fromPublicId('Workspace', (await client.run('{ workspace { id } }')).workspace.id) ?? '';
    const [customerId, rewardId] = [fromPublicId('Customer', await customerIdOf('ada')) ?? '', fromPublicId('Reward', id) ?? ''];
    const workspace = server.database.workspace(workspaceId);
    const loaded = await new ProgramCache().get(workspace.db, workspaceId, (await configurationVersion(workspace.db, workspaceId)) ?? 0n);
    const { decided } = await withTransaction(workspace, (transaction) =>
      decideWithShelf(transaction, loaded, server.now(), (shelf) =>
        Array.from({ length: 25 }, () => {
          const [grant] = shelf.openGrants(customerId, rewardId, null, server.now()) ?? [];
          if (grant !== undefined) shelf.apply({ ...NO_MOVES, grants: [{ ...grant, redemptionId: rewardId }] });
          return grant === undefined ? null : toPublicId('RewardGrant', grant.id);
        }),
      ),
    );
    expect(decided).toEqual([...given.slice(1, 24), given[25], null]);
    const answers = await Promise.all(Array.from({ length: 25 }, () => redeem(client, id, 'ada')));
    expect(answers.flatMap(({ redemption }) => redemption?.grant.id ?? []).sort()).toEqual(given.filter((_, index) => index !== 0 && index !== 24).sort());
    expect(answers.flatMap(problemsOf)).toEqual(['NO_GRANT rewardId']);
  });

  test('is not given beyond stock and limits, for other tiers, or outside of the validity, and is not made up for', async () => {
    await reward({ ...VISITS(1), type: 'stock', stock: 1 });
    await reward({ ...VISITS(1), type: 'limit', limits: { perPeriod: [{ unit: 'DAY', count: 2 }] } });
    await reward({ ...VISITS(1), type: 'tier', tierIds: [program.tierIds['Silver']] });
    await reward({ ...VISITS(1), type: 'condition', condition: 'customer.points >= 40' });
    await reward({ ...VISITS(1), type: 'over', validUntil: NOW });
    const told: string[][] = [];
    for (const amount of ['10.00', '10.00', '10.00', '70.00']) {
      told.push((await buy(amount)).rewards.map(({ type }: { type: string }) => type));
    }
    expect(told).toEqual([['stock', 'limit'], ['limit'], [], ['tier', 'condition']]);
    server.setNow('2026-05-18T12:00:00Z');
    expect((await buy('1.00')).rewards.map(({ type }: { type: string }) => type)).toEqual(['limit', 'tier', 'condition']);
  });
});

describe('a threshold', () => {
  test('of the balance is passed each time that a purchase lifts it from below', async () => {
    await reward({ trigger: { pointBalance: onCard(100) } });
    expect(await visits(3, '50.00')).toEqual([0, 1, 0]);
    await client.succeed('spend', { customer: { externalId: 'ada' }, points: 60 }, 'duplicate');
    expect(await visits(2, '9.00')).toEqual([0, 1]);
    // Late, but recorded now: the balance of now is what counts.
    await client.succeed('spend', { customer: { externalId: 'ada' }, points: 50 }, 'duplicate');
    expect((await buy('50.00', { occurredAt: '2026-01-01T00:00:00Z' })).rewards).toHaveLength(1);
  });

  test('of what was earned is passed once, whatever is spent; what a refund takes back was not earned', async () => {
    await reward({ trigger: { pointEarned: onCard(100) } });
    await buy('60.00', { reference: 'one' });
    await client.succeed('spend', { customer: { externalId: 'ada' }, points: 60 }, 'duplicate');
    await refund('one', { amount: '30.00' });
    expect(await visits(3, '40.00')).toEqual([0, 1, 0]);
  });

  test('of what was earned in a month is passed once a month', async () => {
    await reward({ trigger: { pointEarned: onCard(100, { unit: 'MONTH' }) } });
    expect(await visits(3, '60.00')).toEqual([0, 1, 0]);
    server.setNow('2026-05-31T22:00:00Z');
    expect(await visits(3, '60.00')).toEqual([0, 1, 0]);
  });
});

test('at once, nobody is given more than there is', async () => {
  const id = await reward({ ...VISITS(1), stock: 7 });
  for (let number = 0; number < 20; number += 1) await buildCustomer(client, `member-${number}`);
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, index) =>
      client.succeed('earn', { customer: { externalId: `member-${index % 20}` }, amount: '1.00', currency: 'USD' }, 'rewards { id }'),
    ),
  );
  expect(answers.flatMap(({ rewards }) => rewards)).toHaveLength(7);
  expect(await stockOf(client, id)).toBe(0);
});

test('what all of this left behind proves itself', async () => {
  expect(await differencesOf(server)).toEqual([]);
});

/** What is told of rewards besides that they are redeemed: grants that are used, and stocks that run out. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ApiClient } from '../support/client.ts';
import { buildCustomer, buildProgram, earn } from '../support/program.ts';
import type { Program } from '../support/program.ts';
import { buildReward, cancel, redeem } from '../support/rewards.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';
import { problemsOf, unchanged } from '../support/unchanged.ts';

const START = '2026-05-17T12:00:00.000Z';

let server: TestServer;
let client: ApiClient;
let program: Program;
let ada: string;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  client = await server.workspace({ timeZone: 'Europe/Warsaw', clock: START });
  program = await buildProgram(client);
  ada = await buildCustomer(client, 'ada');
});

const reward = (plan: Record<string, unknown> = {}) => buildReward(client, program.cardDefinitionId, { cost: 1, ...plan });
/** Given for every purchase, and for nothing else. */
const given = (plan: Record<string, unknown> = {}) => reward({ cost: 0, trigger: { everyNthVisit: { visits: 1 } }, ...plan });

interface Told {
  readonly name: string;
  readonly customerId: string | null;
  readonly sequence: number | null;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly cause: { readonly command: string };
  readonly dataJson: Readonly<Record<string, unknown>>;
}

async function told(...patterns: readonly string[]): Promise<Told[]> {
  const document = 'query($patterns: [String!]) { events(filter: { patterns: $patterns }, first: 100) { nodes { name customerId sequence occurredAt recordedAt cause { command } dataJson } } }';
  return (await client.run(document, { patterns })).events.nodes;
}

const names = (events: readonly Told[]) => events.map(({ name }) => name);

describe('a grant that is redeemed', () => {
  test('is told of each time, beside the redemption, and not by a dry run, a refusal or a repetition', async () => {
    const id = await given({ grantValidity: { value: 1, unit: 'MONTH' } });
    const { grants } = await client.succeed('earn', { customer: { externalId: 'ada' }, amount: '10.00', currency: 'USD' }, 'grants { id expiresAt }');
    await unchanged(server, () => redeem(client, id, 'ada', { dryRun: true }));
    const { redemption } = await redeem(client, id, 'ada', { reference: 'till-1' });
    await unchanged(server, () => redeem(client, id, 'ada', { reference: 'till-1' }));
    expect(problemsOf(await unchanged(server, () => redeem(client, id, 'ada')))).toEqual(['NO_GRANT rewardId']);
    const [created, redeemed, ...rest] = await told('redemption.*', 'reward_grant.redeemed');
    expect([created?.name, rest]).toEqual(['redemption.created', []]);
    expect(redeemed).toEqual({
      name: 'reward_grant.redeemed',
      customerId: ada,
      sequence: (created?.sequence ?? 0) + 1,
      occurredAt: START,
      recordedAt: START,
      cause: { command: 'rewardRedeem' },
      dataJson: { reward_grant_id: grants[0].id, reward_id: id, customer_id: ada, expires_at: grants[0].expiresAt },
    });
    await cancel(client, redemption.id);
    await redeem(client, id, 'ada');
    expect(names(await told('redemption.*', 'reward_grant.redeemed'))).toEqual([
      'redemption.created', 'reward_grant.redeemed', 'redemption.cancelled', 'redemption.created', 'reward_grant.redeemed',
    ]);
  });

  test('is no reward that was paid for', async () => {
    const id = await reward();
    await earn(client, 'ada', '10.00');
    await redeem(client, id, 'ada');
    expect(names(await told('reward_grant.*'))).toEqual([]);
  });
});

describe('a stock', () => {
  const levels = async () => (await told('reward.stock_low', 'reward.sold_out')).map(({ name, dataJson }) => [name, dataJson['stock']]);
  const adjust = (id: string, by: number) => client.succeed('rewardStockAdjust', { id, by }, 'reward { stock }');

  test('that redemptions take is told of when little is left, and when nothing is', async () => {
    const id = await reward({ name: 'Mug', stock: 20 });
    await earn(client, 'ada', '100.00');
    for (let taken = 0; taken < 17; taken += 1) await redeem(client, id, 'ada');
    expect(await levels()).toEqual([]);
    await unchanged(server, () => redeem(client, id, 'ada', { dryRun: true }));
    await redeem(client, id, 'ada', { reference: 'till-1' });
    await unchanged(server, () => redeem(client, id, 'ada', { reference: 'till-1' }));
    expect(await told('reward.stock_low')).toEqual([
      {
        name: 'reward.stock_low',
        customerId: null,
        sequence: null,
        occurredAt: START,
        recordedAt: START,
        cause: { command: 'rewardRedeem' },
        dataJson: { reward_id: id, reward_name: 'Mug', stock: 2 },
      },
    ]);
    await redeem(client, id, 'ada');
    const { redemption } = await redeem(client, id, 'ada');
    expect(problemsOf(await unchanged(server, () => redeem(client, id, 'ada')))).toEqual(['OUT_OF_STOCK rewardId']);
    expect((await told('reward.sold_out')).map(({ customerId, sequence, dataJson }) => [customerId, sequence, dataJson])).toEqual([
      [null, null, { reward_id: id, reward_name: 'Mug', stock: 0 }],
    ]);
    // What comes back is gone again with the next who takes it.
    await cancel(client, redemption.id);
    await redeem(client, id, 'ada');
    expect(await levels()).toEqual([['reward.stock_low', 2], ['reward.sold_out', 0], ['reward.sold_out', 0]]);
  });

  test('that twenty take at once is told of once each', async () => {
    const id = await reward({ stock: 10 });
    await earn(client, 'ada', '100.00');
    await buildCustomer(client, 'bob');
    await earn(client, 'bob', '100.00');
    const answers = await Promise.all(Array.from({ length: 20 }, (_, number) => redeem(client, id, number % 2 === 0 ? 'ada' : 'bob')));
    expect(answers.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(10);
    expect(await levels()).toEqual([['reward.stock_low', 1], ['reward.sold_out', 0]]);
  });

  test('that grants take is told of, and so is one that is adjusted by hand', async () => {
    const id = await given({ stock: 2 });
    await client.succeed('earn', { customer: { externalId: 'ada' }, amount: '1.00', currency: 'USD', dryRun: true }, 'grants { id }');
    for (let visit = 0; visit < 3; visit += 1) await earn(client, 'ada', '1.00');
    expect((await told('reward.stock_low', 'reward.sold_out')).map(({ name, cause }) => [name, cause.command])).toEqual([['reward.stock_low', 'earn'], ['reward.sold_out', 'earn']]);
    // Filled anew, a tenth of it is little.
    await adjust(id, 40);
    await adjust(id, -35);
    await adjust(id, -1);
    expect(await levels()).toEqual([['reward.stock_low', 1], ['reward.sold_out', 0], ['reward.stock_low', 4]]);
    await adjust(id, -4);
    expect((await told('reward.stock_adjusted', 'reward.sold_out')).slice(-2).map(({ name, cause, dataJson }) => [name, cause.command, dataJson['stock'] ?? null])).toEqual([
      ['reward.stock_adjusted', 'rewardStockAdjust', null],
      ['reward.sold_out', 'rewardStockAdjust', 0],
    ]);
    expect(await levels()).toHaveLength(4);
  });

  test('that is set in a draft is not one that runs out', async () => {
    const id = await reward({ stock: 50 });
    await client.succeed('rewardDraft', { id }, 'reward { id }');
    await client.succeed('rewardUpdate', { id, stock: 0 }, 'reward { stock }');
    await client.succeed('rewardUpdate', { id, stock: 3 }, 'reward { stock }');
    await client.succeed('rewardActivate', { id }, 'reward { id }');
    expect(await levels()).toEqual([]);
    await earn(client, 'ada', '10.00');
    for (let taken = 0; taken < 2; taken += 1) await redeem(client, id, 'ada');
    expect(await levels()).toEqual([['reward.stock_low', 1]]);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { fromPublicId } from '../../src/platform/ids.ts';
import { ApiClient } from '../support/client.ts';
import { operate } from '../support/operations.ts';
import type { ProgramPlan } from '../support/program.ts';
import { buildCustomer, buildProgram, earn, standingOf } from '../support/program.ts';
import { findDifferences } from '../support/recompute.ts';
import { cancel, confirm, redeem, stockOf } from '../support/rewards.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';

/**
 * 32 servers on one database, each with connections of its own and one caller: nothing is gathered in one
 * process, so that whoever races does so in PostgreSQL.
 */

const SERVERS = 32;

let first: TestServer;
const servers: TestServer[] = [];
let client: ApiClient;

beforeAll(async () => {
  first = await startTestServer();
  for (let number = 1; number < SERVERS; number += 1) servers.push(await startTestServer({ beside: first, connectionsMax: 2 }));
}, 60_000);
afterAll(async () => {
  for (const server of servers) await server.stop();
  await first.stop();
});

async function program(plan: ProgramPlan = {}, clock?: string): Promise<Readonly<Record<string, string>>> {
  client = await first.workspace({ mode: 'SANDBOX', ...(clock === undefined ? {} : { clock }) });
  return (await buildProgram(client, plan)).rewardIds;
}
beforeEach(async () => void (await program()));

interface Answer {
  readonly userErrors: readonly { readonly code: string; readonly available?: number | null }[];
  readonly duplicate?: boolean;
  // The objects of the payload, whichever they are.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly [object: string]: any;
}

/** One call through each server at once. */
function atOnce(work: (api: ApiClient, index: number) => Promise<Answer>): Promise<Answer[]> {
  return Promise.all([first, ...servers].map(({ graphqlUrl }, index) => work(new ApiClient(graphqlUrl, client.key), index)));
}

const codesOf = (answers: readonly Answer[]) => answers.flatMap(({ userErrors }) => userErrors.map(({ code }) => code));

async function differences(): Promise<string[]> {
  const { workspace } = await client.run('{ workspace { id } }');
  return findDifferences(first.database, fromPublicId('Workspace', workspace.id) ?? '');
}

describe(`${SERVERS} connections`, () => {
  test('C1: of those who spend the whole balance one does, and the others are told that nothing is left', async () => {
    await buildCustomer(client, 'ada');
    await earn(client, 'ada', '100.00');
    const answers = await atOnce((api) => operate(api, 'spend', { customer: { externalId: 'ada' }, points: 100 }));
    expect(codesOf(answers)).toEqual(Array(SERVERS - 1).fill('INSUFFICIENT_POINTS'));
    expect(answers.flatMap(({ userErrors }) => userErrors.map(({ available }) => available))).toEqual(Array(SERVERS - 1).fill(0));
    expect((await standingOf(client, 'ada')).points).toBe(0);
    expect(await differences()).toEqual([]);
  });

  test('C2: one idempotency key has one effect and one answer; other input under it is refused', async () => {
    await buildCustomer(client, 'ada');
    const answers = await atOnce((api, index) => earn(api, 'ada', index === 7 ? '20.00' : '10.00', { idempotencyKey: 'key' }) as Promise<Answer>);
    const ids = new Set(answers.flatMap(({ transaction }) => transaction?.id ?? []));
    expect(ids.size).toBe(1);
    // Whichever input was there first, the other one is refused.
    const refused = codesOf(answers);
    expect([1, SERVERS - 1]).toContain(refused.length);
    expect(new Set(refused)).toEqual(new Set(['IDEMPOTENCY_KEY_PARAMETER_MISMATCH']));
    expect((await standingOf(client, 'ada')).ledgerEntries.nodes).toHaveLength(1);
    expect(await differences()).toEqual([]);
  });

  test('C3: one reference is one earn, whatever keys come with it; the others are told that theirs is a duplicate', async () => {
    await buildCustomer(client, 'ada');
    const answers = await atOnce(
      (api, index) => earn(api, 'ada', '10.00', { reference: 'order', ...(index % 2 === 0 ? {} : { idempotencyKey: `key-${index}` }) }) as Promise<Answer>,
    );
    expect(codesOf(answers)).toEqual([]);
    expect(answers.filter(({ duplicate }) => duplicate === true)).toHaveLength(SERVERS - 1);
    expect(new Set(answers.map(({ transaction }) => transaction.id as string)).size).toBe(1);
    expect((await standingOf(client, 'ada')).points).toBe(10);
    expect(await differences()).toEqual([]);
  });

  test('C5: a cap of 100 a day is given out to the point and not beyond', async () => {
    await program({ rule: { caps: { perPeriod: [{ unit: 'DAY', points: 100 }] } } }, '2026-05-05T12:00:00Z');
    await buildCustomer(client, 'ada');
    const answers = await atOnce((api) => earn(api, 'ada', '20.00') as Promise<Answer>);
    const given = answers.map(({ awards }) => awards[0].points as number);
    expect(given.reduce((sum, points) => sum + points, 0)).toBe(100);
    expect(given.filter((points) => points === 20)).toHaveLength(5);
    expect((await standingOf(client, 'ada')).points).toBe(100);
    expect(await differences()).toEqual([]);
  });

  test('C7: earns that cross thresholds make one transition for each actual change, in order', async () => {
    await buildCustomer(client, 'ada');
    await atOnce((api) => earn(api, 'ada', '20.00') as Promise<Answer>);
    const { points, tierTransitions } = await standingOf(client, 'ada');
    expect(points).toBe(640);
    const seen = tierTransitions.nodes.toReversed().map(({ type, toTier, measure }: { type: string; toTier: { name: string }; measure: number }) => [type, toTier.name, measure]);
    expect(seen).toEqual([
      ['JOINED', 'Basic', 0],
      ['UPGRADED', 'Silver', 100],
      ['UPGRADED', 'Gold', 500],
    ]);
    expect(await differences()).toEqual([]);
  });

  test('expiry racing spends: each point is spent or expires, and none does both', async () => {
    await program({ card: { expiration: { rolling: { period: { value: 1, unit: 'DAY' } } } } }, '2026-05-05T12:00:00Z');
    await buildCustomer(client, 'ada');
    await earn(client, 'ada', '100.00');
    const answers = await atOnce((api, index) =>
      index === 9
        ? api.mutate('workspaceClockAdvance', { to: '2026-05-07T00:00:00Z' }, 'dueEffectsRecorded')
        : operate(api, 'spend', { customer: { externalId: 'ada' }, points: 5 }),
    );
    const spent = answers.filter(({ spend }) => spend !== undefined && spend !== null).length * 5;
    expect(new Set(codesOf(answers)).size).toBeLessThanOrEqual(1);
    const { points, ledgerEntries } = await standingOf(client, 'ada');
    const sumOf = (type: string) =>
      ledgerEntries.nodes.reduce((sum: number, entry: { type: string; points: number }) => (entry.type === type ? sum + entry.points : sum), 0);
    expect(points).toBe(0);
    expect([sumOf('SPEND'), sumOf('EXPIRATION')]).toEqual([-spent || 0, spent - 100 || 0]);
    expect(await differences()).toEqual([]);
  });

  test('transfers that cross: no deadlock comes to the surface, and no point is lost', async () => {
    for (const externalId of ['ada', 'bob', 'cyd']) {
      await buildCustomer(client, externalId);
      await earn(client, externalId, '1000.00');
    }
    const people = ['ada', 'bob', 'cyd'];
    for (let round = 0; round < 3; round += 1) {
      const answers = await atOnce((api, index) =>
        operate(api, 'pointsTransfer', {
          from: { externalId: people[index % 3] },
          to: { externalId: people[(index + 1 + (index % 2)) % 3] },
          points: 7,
        }),
      );
      expect(codesOf(answers)).toEqual([]);
    }
    const standings = await Promise.all(people.map((externalId) => standingOf(client, externalId)));
    expect(standings.reduce((sum, { points }) => sum + (points as number), 0)).toBe(3000);
    expect(await differences()).toEqual([]);
  });

  test('C8: of 50 who redeem the last one of a reward one has it, and the others are told that nothing is left', async () => {
    const { Pastry = '' } = await program({ rewards: { Pastry: { cost: 10, stock: 1 } } });
    for (let number = 0; number < 10; number += 1) {
      await buildCustomer(client, `member-${number}`);
      await earn(client, `member-${number}`, '100.00');
    }
    const apis = [first, ...servers].map(({ graphqlUrl }) => new ApiClient(graphqlUrl, client.key));
    const answers = (await Promise.all(
      Array.from({ length: 50 }, (_, index) => redeem(apis[index % SERVERS] ?? client, Pastry, `member-${index % 10}`)),
    )) as Answer[];
    expect(codesOf(answers)).toEqual(Array(49).fill('OUT_OF_STOCK'));
    const given = answers.flatMap(({ redemption }) => redemption ?? []);
    expect([given.length, await stockOf(client, Pastry)]).toEqual([1, 0]);
    const { customers } = await client.run('{ customers(first: 20) { nodes { points redemptions { nodes { id status } } } } }');
    const members = customers.nodes as { points: number; redemptions: { nodes: { id: string }[] } }[];
    expect(members.map(({ points }) => points).sort((a, b) => a - b)).toEqual([90, ...Array<number>(9).fill(100)]);
    expect(members.flatMap(({ redemptions }) => redemptions.nodes.map(({ id }) => id))).toEqual(given.map(({ id }) => id));
    expect(await differences()).toEqual([]);
  });

  test('C8: the last one that a member may have is had at one till of 20, and so is the last of what many may have', async () => {
    const rewards = { Limited: { cost: 10, limits: { perMember: 3, perPeriod: [{ unit: 'DAY', count: 2 }] } }, Both: { cost: 10, stock: 5, limits: { perMember: 1 } } };
    const { Limited = '', Both = '' } = await program({ rewards });
    for (const name of ['ada', 'bob', 'cab', 'dee', 'eve', 'fay', 'gus', 'hal']) {
      await buildCustomer(client, name);
      await earn(client, name, '100.00');
    }
    expect((await redeem(client, Limited, 'ada')).userErrors).toEqual([]);
    const tills = await atOnce((api, index) => (index < 20 ? redeem(api, Limited, 'ada') : redeem(api, Both, ['bob', 'cab', 'dee', 'eve', 'fay', 'gus', 'hal'][index % 7] ?? '')) as Promise<Answer>);
    const limited = tills.slice(0, 20);
    expect(codesOf(limited)).toEqual(Array(19).fill('LIMIT_REACHED'));
    expect(limited.flatMap(({ redemption }) => redemption ?? [])).toHaveLength(1);
    expect((await standingOf(client, 'ada')).points).toBe(80);
    const both = tills.slice(20);
    expect(both.flatMap(({ redemption }) => redemption ?? [])).toHaveLength(5);
    expect(both.filter(({ userErrors }) => userErrors.length > 0)).toHaveLength(7);
    expect(await stockOf(client, Both)).toBe(0);
    expect(await differences()).toEqual([]);
  });

  test('redeeming, cancelling and the points expiring meanwhile: whatever comes first, nothing is lost and nothing is had twice', async () => {
    const card = { expiration: { rolling: { period: { value: 1, unit: 'MONTH' } } } };
    const { Pastry = '' } = await program({ card, rewards: { Pastry: { cost: 40, stock: 4 } } }, '2026-01-31T12:00:00Z');
    await buildCustomer(client, 'ada');
    await earn(client, 'ada', '100.00');
    const { redemption: old } = await redeem(client, Pastry, 'ada');
    // 60 points are left, until the end of 28 February; 40 are with the redemption.
    await client.succeed('workspaceClockAdvance', { to: '2026-02-28T23:59:59.999Z' }, 'dueEffectsRecorded');
    const [advanced, ...answers] = await atOnce((api, index) => {
      if (index === 0) return api.succeed('workspaceClockAdvance', { to: '2026-03-01T00:00:00Z' }, 'dueEffectsRecorded') as Promise<Answer>;
      return (index % 2 === 0 ? redeem(api, Pastry, 'ada') : cancel(api, old.id)) as Promise<Answer>;
    });
    expect(advanced?.userErrors).toEqual([]);
    const [cancelled, redeemed] = [answers.flatMap(({ cancellation }) => cancellation ?? []), answers.flatMap(({ redemption }) => redemption ?? [])];
    expect(cancelled).toHaveLength(1);
    const codes = codesOf(answers);
    expect(codes.filter((code) => code === 'ALREADY_CANCELLED')).toHaveLength(15);
    // Before they expired there were points for one more, or for two if the old one was cancelled by then.
    expect(redeemed.length).toBeLessThanOrEqual(2);
    if (cancelled[0].expired === 40) expect(redeemed.length).toBeLessThanOrEqual(1);
    expect(codes.filter((code) => code === 'INSUFFICIENT_POINTS')).toHaveLength(15 - redeemed.length);
    expect(await stockOf(client, Pastry)).toBe(4 - redeemed.length);
    const { points, ledgerEntries } = await standingOf(client, 'ada');
    expect(points).toBe(0);
    const sumOf = (...types: string[]) =>
      (ledgerEntries.nodes as { type: string; points: number }[]).filter(({ type }) => types.includes(type)).reduce((sum, each) => sum + each.points, 0);
    expect([sumOf('EARN'), sumOf('REDEMPTION'), sumOf('REDEMPTION_CANCELLATION'), sumOf('EXPIRATION')]).toEqual([
      100,
      -40 * (1 + redeemed.length),
      40,
      -100 + 40 * redeemed.length,
    ]);
    expect(await differences()).toEqual([]);
  });

  /** How often events of a type were told. */
  const told = async (type: string): Promise<number> =>
    (await client.run(`{ events(filter: { types: [${type}] }, first: 10) { nodes { name } } }`)).events.nodes.length as number;

  async function proofOf(rewardId: string): Promise<{ readonly proof: string; readonly id: string }> {
    const { proof, redemption } = await redeem(client, rewardId, 'ada');
    return { proof: proof as string, id: redemption.id as string };
  }

  test('C9: one proof at 20 tills at once is good at one, and the others are told that it was used', async () => {
    const { Pastry = '' } = await program({ rewards: { Pastry: { cost: 10, stock: 3 } } });
    await buildCustomer(client, 'ada');
    await earn(client, 'ada', '100.00');
    const { proof, id } = await proofOf(Pastry);
    const tills = [first, ...servers].slice(0, 20).map(({ graphqlUrl }) => new ApiClient(graphqlUrl, client.key));
    const answers = (await Promise.all(tills.map((api) => confirm(api, proof)))) as Answer[];
    expect(codesOf(answers)).toEqual(Array(19).fill('ALREADY_CONFIRMED'));
    expect(answers.flatMap(({ redemption }) => redemption ?? [])).toMatchObject([{ id, status: 'CONFIRMED' }]);
    expect(await told('REDEMPTION_CONFIRMED')).toBe(1);
    expect([await stockOf(client, Pastry), (await standingOf(client, 'ada')).points]).toEqual([2, 90]);
    expect(await differences()).toEqual([]);
  });

  test('confirming races cancelling: one of them comes first, once, and the others are told which', async () => {
    const { Pastry = '' } = await program({ rewards: { Pastry: { cost: 10, stock: 9 } } });
    await buildCustomer(client, 'ada');
    await earn(client, 'ada', '100.00');
    let [confirmations, cancellations] = [0, 0];
    for (let round = 0; round < 3; round += 1) {
      const { proof, id } = await proofOf(Pastry);
      const answers = await atOnce((api, index) => (index % 2 === 0 ? confirm(api, proof) : cancel(api, id)) as Promise<Answer>);
      const confirmed = answers.flatMap(({ redemption }) => redemption ?? []);
      const cancelled = answers.flatMap(({ cancellation }) => cancellation ?? []);
      expect(confirmed.length + cancelled.length).toBe(1);
      confirmations += confirmed.length;
      cancellations += cancelled.length;
      const refused = confirmed.length === 1 ? ['ALREADY_CONFIRMED', 'ALREADY_CONFIRMED'] : ['REDEMPTION_CANCELLED', 'ALREADY_CANCELLED'];
      const codes = (which: 0 | 1) => codesOf(answers.filter((_, index) => index % 2 === which));
      expect(codes(0)).toEqual(Array(SERVERS / 2 - confirmed.length).fill(refused[0]));
      expect(codes(1)).toEqual(Array(SERVERS / 2 - cancelled.length).fill(refused[1]));
    }
    expect([await told('REDEMPTION_CONFIRMED'), await told('REDEMPTION_CANCELLED')]).toEqual([confirmations, cancellations]);
    expect([await stockOf(client, Pastry), (await standingOf(client, 'ada')).points]).toEqual([9 - confirmations, 100 - 10 * confirmations]);
    expect(await differences()).toEqual([]);
  });
});

/** Operations on points sent by many callers at once through two servers, as two processes would be. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ApiClient } from '../support/client.ts';
import type { OperationField } from '../support/operations.ts';
import { operate, recorded } from '../support/operations.ts';
import { buildCustomer, buildProgram, earn, standingOf } from '../support/program.ts';
import { findDifferences } from '../support/recompute.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';

interface Answer {
  readonly userErrors: readonly { readonly code: string; readonly available?: number | null }[];
  readonly duplicate: boolean;
  // The objects of the payload, whichever they are.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly [object: string]: any;
}

let one: TestServer;
let two: TestServer;
let client: ApiClient;
let other: ApiClient;
let workspaceId: string;

beforeAll(async () => {
  one = await startTestServer();
  two = await startTestServer({ beside: one });
  client = await one.workspace();
  other = new ApiClient(two.graphqlUrl, client.key);
  await buildProgram(client, { effectiveAt: '2020-01-01T00:00:00Z' });
  const { rows } = await one.database.pool.query<{ workspace_id: string }>('SELECT workspace_id FROM workspaces');
  workspaceId = rows[0]?.workspace_id ?? '';
});

afterAll(async () => {
  await two.stop();
  await one.stop();
});

/** Many calls at once, through both servers in turn. */
const together = (count: number, work: (api: ApiClient, index: number) => Promise<unknown>) =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index % 2 === 0 ? client : other, index))) as Promise<Answer[]>;

const errorsOf = (answers: readonly Answer[]) => answers.flatMap(({ userErrors }) => userErrors);

async function withPoints(externalId: string, points: number) {
  await buildCustomer(client, externalId);
  await earn(client, externalId, `${points}.00`, { reference: externalId });
  return { externalId };
}

const pointsOf = async (externalId: string) => (await standingOf(client, externalId)).points as number;

describe('many callers at once', () => {
  test('C1: of 20 who spend the whole balance, one does, and the others are told that nothing is left', async () => {
    const customer = await withPoints('c1', 100);
    const answers = await together(20, (api) => operate(api, 'spend', { customer, points: 100 }));
    expect(answers.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
    expect(errorsOf(answers).map(({ code, available }) => [code, available])).toEqual(Array(19).fill(['INSUFFICIENT_POINTS', 0]));
    expect(await pointsOf('c1')).toBe(0);
  });

  test('one reference counts once, and all are answered with the same spend', async () => {
    const customer = await withPoints('same', 100);
    const answers = await together(32, (api) => operate(api, 'spend', { customer, points: 10, reference: 'same' }));
    expect(errorsOf(answers)).toEqual([]);
    expect(answers.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
    expect(new Set(answers.map(({ spend }) => spend.id)).size).toBe(1);
    expect(new Set(answers.map(({ ledgerEntries }) => ledgerEntries[0].id)).size).toBe(1);
    expect(await pointsOf('same')).toBe(90);
  });

  test('one reference with other content is refused, whoever comes first', async () => {
    await withPoints('left', 100);
    await withPoints('right', 100);
    const answers = await together(32, (api, index) =>
      operate(api, 'spend', { customer: { externalId: index % 4 < 2 ? 'left' : 'right' }, points: 10, reference: 'of two' }),
    );
    expect(errorsOf(answers).map(({ code }) => code)).toEqual(Array(16).fill('REFERENCE_MISMATCH'));
    expect((await pointsOf('left')) + (await pointsOf('right'))).toBe(190);
  });

  test('C2: one idempotency key has one effect and one answer, and is a conflict with other input', async () => {
    const customer = await withPoints('key', 100);
    const answers = await together(32, (api, index) =>
      operate(api, 'spend', { customer, points: index % 4 < 2 ? 10 : 11, idempotencyKey: 'key' }),
    );
    expect(errorsOf(answers).map(({ code }) => code)).toEqual(Array(16).fill('IDEMPOTENCY_KEY_PARAMETER_MISMATCH'));
    expect(new Set(answers.flatMap(({ spend }) => spend?.id ?? [])).size).toBe(1);
    expect([89, 90]).toContain(await pointsOf('key'));
  });

  test('transfers that cross between two customers never stop each other', async () => {
    const [a, b] = [await withPoints('crossing-a', 500), await withPoints('crossing-b', 500)];
    const answers = await together(50, (api, index) =>
      // Both servers send both ways.
      operate(api, 'pointsTransfer', { ...(index % 4 < 2 ? { from: a, to: b } : { from: b, to: a }), points: 1 + (index % 7) }),
    );
    expect(errorsOf(answers)).toEqual([]);
    expect(new Set(answers.map(({ transfer }) => transfer.id)).size).toBe(50);
    expect((await pointsOf('crossing-a')) + (await pointsOf('crossing-b'))).toBe(1000);
  });

  test('a refund and spends that race for the same points take each of them once', async () => {
    const customer = await withPoints('race', 100);
    const answers = await together(11, (api, index) =>
      index === 5
        ? operate(api, 'refund', { transaction: { reference: { reference: 'race' } } })
        : operate(api, 'spend', { customer, points: 30 }),
    );
    const spends = answers.filter(({ spend }) => spend).length;
    const { revokedPoints, shortfall } = answers[5]!['refund'];
    expect(revokedPoints + shortfall).toBe(100);
    expect(await pointsOf('race')).toBe(100 - 30 * spends - revokedPoints);
    expect(errorsOf(answers).map(({ code }) => code)).toEqual(Array(10 - spends).fill('INSUFFICIENT_POINTS'));
  });

  test('a purchase is refunded once, and a spend reversed once, however many ask for it', async () => {
    const customer = await withPoints('once', 100);
    const { spend } = await recorded(client, 'spend', { customer, points: 40 });
    const reversals = await together(16, (api) => operate(api, 'spendReverse', { spend: { id: spend.id } }));
    expect(errorsOf(reversals).map(({ code }) => code)).toEqual(Array(15).fill('ALREADY_REVERSED'));
    expect(await pointsOf('once')).toBe(100);
    const refunds = await together(16, (api) => operate(api, 'refund', { transaction: { reference: { reference: 'once' } }, amount: '30.00' }));
    expect(errorsOf(refunds).map(({ code }) => code)).toEqual(Array(13).fill('REFUND_EXCEEDS_TRANSACTION'));
    expect(await pointsOf('once')).toBe(10);
  });

  test('everything at once on few customers: no error surfaces, and everything is derived again without a difference', async () => {
    const names = ['busy-0', 'busy-1', 'busy-2', 'busy-3'];
    for (const name of names) await withPoints(name, 1000);
    const dayAgo = new Date(one.now() - 86_400_000).toISOString();
    const answers = await together(160, (api, index) => {
      const customer = { externalId: names[index % 4]! };
      const to = { externalId: names[(index + 1) % 4]! };
      const calls: readonly (readonly [OperationField, Record<string, unknown>] | null)[] = [
        ['spend', { customer, points: 1 + (index % 20) }],
        ['pointsTransfer', { from: customer, to, points: 1 + (index % 11) }],
        ['pointsAdjust', { customer, points: index % 2 === 0 ? 7 : -7, reason: 'Busy', qualifying: true }],
        ['refund', { transaction: { reference: { reference: customer.externalId } }, amount: '9.99' }],
        ['activityRecord', { customer, type: 'visit', occurredAt: dayAgo }],
        null,
      ];
      const call = calls[Math.floor(index / 4) % calls.length] ?? null;
      return call === null ? earn(api, customer.externalId, '12.00', { occurredAt: dayAgo }) : operate(api, ...call);
    });
    expect(errorsOf(answers)).toEqual([]);
    expect(await findDifferences(one.database, workspaceId)).toEqual([]);
  });
});

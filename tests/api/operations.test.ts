/** What all operations on points have in common: dry runs, repetition, references, and every way to be refused. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ApiClient } from '../support/client.ts';
import type { OperationField } from '../support/operations.ts';
import { OPERATION_FIELDS, foretold, objectName, operate, recorded, refused } from '../support/operations.ts';
import { buildCustomer, buildProgram, earn } from '../support/program.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';
import { codesOf, problemsOf, unchanged } from '../support/unchanged.ts';

const NOW = '2026-05-17T12:00:00.000Z';
const POINTS_MAX = '9223372036854775807';
const BY_REFERENCE = (reference: string) => ({ reference: { reference } });
const ADA = { externalId: 'ada' };
const BOB = { externalId: 'bob' };
const NOBODY = { externalId: 'nobody' };

type Input = Readonly<Record<string, unknown>>;

/** Ids of what every shop here has. */
interface Shop {
  readonly client: ApiClient;
  readonly card: string;
  /** A second kind of card, in force, on which nobody has points. */
  readonly otherCard: string;
  /** A third kind, which is a draft. */
  readonly draftCard: string;
  readonly ada: string;
  readonly bob: string;
  /** Ada's purchase of 2000.00, in lines of 1500.00 and 500.00. */
  readonly transaction: string;
  /** 600 points that Ada spent. */
  readonly spend: string;
}

interface Case {
  /** Input that is carried out. */
  readonly input: (shop: Shop) => Input;
  /** The same, said in other words. */
  readonly same: (shop: Shop) => readonly Input[];
  /** What differs from it, each in one way. */
  readonly other: (shop: Shop) => readonly Input[];
  /** What names nothing that is there, and the refusal. */
  readonly nobody: (foreign: Shop) => readonly (readonly [input: Input, problems: readonly string[]])[];
  /** What is refused for other reasons. */
  readonly refused: (shop: Shop) => readonly (readonly [input: Input, problems: readonly string[]])[];
  readonly errorCodes: string;
}

const UNKNOWN_SUFFIX = '01h2xcejqtf2nbrexx3vqjhp41';
const unknownCustomers = (foreign: Shop) => [
  NOBODY,
  { externalId: '' },
  { id: `cust_${UNKNOWN_SUFFIX}` },
  { id: foreign.ada },
  { id: foreign.transaction },
  { id: 'ada' },
];

const CASES: Readonly<Record<OperationField, Case>> = {
  spend: {
    input: () => ({ customer: ADA, points: 30 }),
    same: ({ card, ada }) => [{ cardDefinitionId: card }, { customer: { id: ada } }, { reason: 'Another', metadata: { a: 1 } }],
    other: ({ otherCard }) => [{ customer: BOB }, { points: 31 }, { cardDefinitionId: otherCard }],
    nobody: (foreign) => [
      ...unknownCustomers(foreign).map((customer) => [{ customer }, ['CUSTOMER_NOT_FOUND customer']] as const),
      ...['', 'x', `cdef_${UNKNOWN_SUFFIX}`, foreign.card, foreign.ada].map(
        (cardDefinitionId) => [{ cardDefinitionId }, ['INVALID_CARD_DEFINITION cardDefinitionId']] as const,
      ),
    ],
    refused: ({ otherCard, draftCard }) => [
      [{ points: 0 }, ['INVALID_POINTS points']],
      [{ points: -1 }, ['INVALID_POINTS points']],
      [{ points: POINTS_MAX }, ['INSUFFICIENT_POINTS points']],
      [{ cardDefinitionId: otherCard }, ['INSUFFICIENT_POINTS points']],
      [{ cardDefinitionId: draftCard }, ['INVALID_CARD_DEFINITION cardDefinitionId']],
      [{ points: 0, customer: NOBODY }, ['INVALID_POINTS points']],
    ],
    errorCodes: 'SpendErrorCode',
  },
  spendReverse: {
    input: ({ spend }) => ({ spend: { id: spend }, points: 20 }),
    same: () => [{ spend: BY_REFERENCE('spend-1') }, { points: null }],
    other: () => [{ points: 19 }, { points: 21 }, { spend: BY_REFERENCE('spend-2') }],
    nobody: (foreign) =>
      [
        { id: `spnd_${UNKNOWN_SUFFIX}` },
        { id: foreign.spend },
        { id: foreign.transaction },
        { id: '' },
        BY_REFERENCE('none'),
        BY_REFERENCE(''),
        { reference: { source: 'pos', reference: 'spend-1' } },
        // A purchase has this reference, and no spend has.
        BY_REFERENCE('order'),
      ].map((spend) => [{ spend }, ['SPEND_NOT_FOUND spend']] as const),
    refused: ({ spend }) => [
      [{ points: 0 }, ['INVALID_POINTS points']],
      [{ points: -5 }, ['INVALID_POINTS points']],
      [{ points: 601 }, ['REVERSAL_EXCEEDS_SPEND points']],
      [{ spend: { id: spend }, points: POINTS_MAX }, ['REVERSAL_EXCEEDS_SPEND points']],
    ],
    errorCodes: 'SpendReverseErrorCode',
  },
  refund: {
    input: ({ transaction }) => ({ transaction: { id: transaction }, amount: '25.00', lines: [{ index: 0, amount: '20.00' }, { index: 1, amount: '5' }] }),
    same: () => [
      { transaction: BY_REFERENCE('order') },
      { amount: '25' },
      { amount: null },
      { amount: null, lines: null },
      { lines: [{ index: 1, amount: '5.00' }, { index: 0, amount: '20' }] },
    ],
    other: () => [
      { amount: '24.00' },
      { amount: '25.00', lines: [] },
      { amount: 'much' },
      { transaction: BY_REFERENCE('order-2') },
      { lines: [{ index: 0, amount: '25.00' }] },
      { lines: [{ index: 0, amount: '15.00' }, { index: 1, amount: '10.00' }] },
    ],
    nobody: (foreign) =>
      [
        { id: `txn_${UNKNOWN_SUFFIX}` },
        { id: foreign.transaction },
        { id: foreign.ada },
        { id: '' },
        BY_REFERENCE('none'),
        BY_REFERENCE(''),
        BY_REFERENCE('spend-1'),
        { reference: { source: 'pos', reference: 'order' } },
      ].map((transaction) => [{ transaction }, ['TRANSACTION_NOT_FOUND transaction']] as const),
    refused: () => [
      ...['0', '0.00', '-1', '1.001', 'x', ''].map((amount) => [{ amount, lines: [] }, ['INVALID_AMOUNT amount']] as const),
      [{ amount: '2000.01', lines: [] }, ['REFUND_EXCEEDS_TRANSACTION amount']],
      [{ amount: '26.00' }, ['INVALID_LINES lines']],
      [{ amount: null, lines: Array.from({ length: 3 }, (_, index) => ({ index, amount: '1.00' })) }, ['INVALID_LINES lines']],
      [{ amount: null, lines: [{ index: 2, amount: '1.00' }] }, ['INVALID_LINES lines 0 index']],
      [{ amount: null, lines: [{ index: -1, amount: '1.00' }] }, ['INVALID_LINES lines 0 index']],
      [{ amount: null, lines: [{ index: 0, amount: '1.00' }, { index: 0, amount: '1.00' }] }, ['INVALID_LINES lines 1 index']],
      [{ amount: null, lines: [{ index: 0, amount: '0' }, { index: 1, amount: '-1' }] }, ['INVALID_AMOUNT lines 0 amount', 'INVALID_AMOUNT lines 1 amount']],
      [{ amount: null, lines: [{ index: 1, amount: '500.01' }] }, ['REFUND_EXCEEDS_TRANSACTION lines 0 amount']],
      [{ amount: null, lines: [{ index: 0, amount: '1500.00' }, { index: 1, amount: '500.01' }] }, ['REFUND_EXCEEDS_TRANSACTION lines']],
    ],
    errorCodes: 'RefundErrorCode',
  },
  pointsAdjust: {
    input: () => ({ customer: ADA, points: -7, reason: 'Counted wrong' }),
    same: ({ card, ada }) => [{ cardDefinitionId: card }, { customer: { id: ada } }, { qualifying: false }, { reason: 'Another' }],
    other: ({ otherCard }) => [{ customer: BOB }, { points: 7 }, { points: -8 }, { qualifying: true }, { cardDefinitionId: otherCard }],
    nobody: (foreign) => [
      ...unknownCustomers(foreign).map((customer) => [{ customer }, ['CUSTOMER_NOT_FOUND customer']] as const),
      ...['', 'x', `cdef_${UNKNOWN_SUFFIX}`, foreign.card].map(
        (cardDefinitionId) => [{ cardDefinitionId }, ['INVALID_CARD_DEFINITION cardDefinitionId']] as const,
      ),
    ],
    refused: ({ otherCard, draftCard }) => [
      [{ points: 0 }, ['INVALID_POINTS points']],
      [{ points: '-9223372036854775808' }, ['INVALID_POINTS points']],
      [{ points: `-${POINTS_MAX}` }, ['INSUFFICIENT_POINTS points']],
      [{ cardDefinitionId: otherCard }, ['INSUFFICIENT_POINTS points']],
      [{ cardDefinitionId: draftCard, points: 5 }, ['INVALID_CARD_DEFINITION cardDefinitionId']],
      [{ points: POINTS_MAX }, ['POINTS_OUT_OF_RANGE points']],
    ],
    errorCodes: 'PointsAdjustErrorCode',
  },
  pointsTransfer: {
    input: () => ({ from: ADA, to: BOB, points: 15 }),
    same: ({ card, ada, bob }) => [{ cardDefinitionId: card }, { from: { id: ada }, to: { id: bob } }],
    other: ({ otherCard }) => [{ from: BOB, to: ADA }, { to: { externalId: 'cleo' } }, { points: 16 }, { cardDefinitionId: otherCard }],
    nobody: (foreign) => [
      ...unknownCustomers(foreign).map((from) => [{ from }, ['CUSTOMER_NOT_FOUND from']] as const),
      ...unknownCustomers(foreign).map((to) => [{ to }, ['CUSTOMER_NOT_FOUND to']] as const),
      [{ from: NOBODY, to: { externalId: 'none' } }, ['CUSTOMER_NOT_FOUND from', 'CUSTOMER_NOT_FOUND to']],
      [{ from: { id: '' }, to: { id: '' } }, ['CUSTOMER_NOT_FOUND from', 'CUSTOMER_NOT_FOUND to']],
      ...['x', foreign.card].map((cardDefinitionId) => [{ cardDefinitionId }, ['INVALID_CARD_DEFINITION cardDefinitionId']] as const),
    ],
    refused: ({ ada, otherCard, draftCard }) => [
      [{ points: 0 }, ['INVALID_POINTS points']],
      [{ points: -15 }, ['INVALID_POINTS points']],
      [{ to: ADA }, ['SAME_CUSTOMER to']],
      [{ to: { id: ada } }, ['SAME_CUSTOMER to']],
      [{ points: 10_000 }, ['INSUFFICIENT_POINTS points']],
      [{ cardDefinitionId: otherCard }, ['INSUFFICIENT_POINTS points']],
      [{ cardDefinitionId: draftCard }, ['INVALID_CARD_DEFINITION cardDefinitionId']],
      [{ to: { externalId: 'rich' } }, ['POINTS_OUT_OF_RANGE points']],
    ],
    errorCodes: 'PointsTransferErrorCode',
  },
  activityRecord: {
    input: () => ({ customer: ADA, type: 'visit' }),
    same: ({ ada }) => [{ customer: { id: ada } }, { occurredAt: '2026-05-01T00:00:00Z' }],
    other: () => [{ customer: BOB }, { type: 'visits' }],
    nobody: (foreign) => unknownCustomers(foreign).map((customer) => [{ customer }, ['CUSTOMER_NOT_FOUND customer']] as const),
    refused: () => [
      ...['', ' ', 'x'.repeat(201)].map((type) => [{ type }, ['INVALID_ACTIVITY_TYPE type']] as const),
      [{ occurredAt: '2026-05-17T12:00:00.001Z' }, ['DATE_IN_FUTURE occurredAt']],
      [{ occurredAt: '1999-12-31T00:00:00Z' }, ['DATE_TOO_OLD occurredAt']],
    ],
    errorCodes: 'ActivityRecordErrorCode',
  },
};

/** What is wrong with the details that all inputs share. */
const DETAILS: readonly (readonly [input: Input, problems: readonly string[]])[] = [
  [{ reference: '' }, ['INVALID_REFERENCE reference']],
  [{ reference: 'x'.repeat(201) }, ['INVALID_REFERENCE reference']],
  [{ reference: 'r', source: ' ' }, ['INVALID_REFERENCE source']],
  [{ reason: '' }, ['INVALID_REASON reason']],
  [{ reason: 'x'.repeat(501) }, ['INVALID_REASON reason']],
  [{ metadata: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, 1])) }, ['INVALID_METADATA metadata']],
  [{ metadata: { large: 'x'.repeat(10_241) } }, ['INVALID_METADATA metadata']],
  [{ idempotencyKey: '' }, ['INVALID_IDEMPOTENCY_KEY idempotencyKey']],
  [{ idempotencyKey: 'x'.repeat(256) }, ['INVALID_IDEMPOTENCY_KEY idempotencyKey']],
  [
    { source: '', reference: '', reason: '', idempotencyKey: '' },
    ['INVALID_REFERENCE source', 'INVALID_REFERENCE reference', 'INVALID_REASON reason', 'INVALID_IDEMPOTENCY_KEY idempotencyKey'],
  ],
];

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  server.setNow(NOW);
});
afterAll(() => server.stop());

async function buildShop(): Promise<Shop> {
  const client = await server.workspace({ backdatingDays: 365 });
  const { cardDefinitionId: card } = await buildProgram(client, { effectiveAt: '2026-01-01T00:00:00Z' });
  const cards = [];
  for (const name of ['Other', 'Draft']) {
    const { cardDefinition } = await client.succeed('cardDefinitionCreate', { name }, 'cardDefinition { id }');
    cards.push(cardDefinition.id as string);
  }
  const [otherCard = '', draftCard = ''] = cards;
  await client.succeed('cardDefinitionActivate', { id: otherCard }, 'cardDefinition { status }');
  const [ada, bob] = [await buildCustomer(client, 'ada'), await buildCustomer(client, 'bob')];
  await buildCustomer(client, 'cleo');
  await buildCustomer(client, 'rich');
  await recorded(client, 'pointsAdjust', { customer: { externalId: 'rich' }, points: POINTS_MAX, reason: 'Rich' });
  const lines = [{ amount: '1500.00' }, { amount: '500.00' }];
  const { transaction } = await earn(client, 'ada', '2000.00', { reference: 'order', lines });
  await earn(client, 'ada', '30.00', { reference: 'order-2' });
  await earn(client, 'bob', '50.00');
  const { spend } = await recorded(client, 'spend', { customer: ADA, points: 600, reference: 'spend-1' });
  await recorded(client, 'spend', { customer: ADA, points: 20, reference: 'spend-2' });
  return { client, card, otherCard, draftCard, ada, bob, transaction: transaction.id, spend: spend.id };
}

/** What of an answer stays, whatever happens to the customer later. */
function lasting(field: OperationField, answer: Record<string, unknown>) {
  const { [objectName(field)]: object, ledgerEntries, tierTransitions } = answer as Record<string, Record<string, unknown>[]>;
  return {
    object,
    tierTransitions,
    ledgerEntries: ledgerEntries?.map(({ customer: _, card: __, ...entry }) => entry),
  };
}

describe.each(OPERATION_FIELDS)('%s', (field) => {
  const { input: inputFor, same, other, nobody, refused: refusals, errorCodes } = CASES[field];
  const seen = new Set<string>();
  let shop: Shop;
  let foreign: Shop;
  let input: Input;

  beforeAll(async () => {
    shop = await buildShop();
    foreign = await buildShop();
    input = inputFor(shop);
  });

  async function refusalOf(more: Input): Promise<string[]> {
    const problems = problemsOf({ userErrors: await refused(server, shop.client, field, { ...input, ...more }) });
    for (const problem of problems) seen.add(problem.split(' ')[0]!);
    return problems;
  }

  test('a dry run answers what recording it does', async () => {
    const answer = await foretold(server, shop.client, field, { ...input, source: 'pos', reference: 'told', reason: 'A reason', metadata: { till: 3 } });
    expect(answer[objectName(field)]).toMatchObject({
      source: 'pos',
      reference: 'told',
      reason: 'A reason',
      metadata: { till: 3 },
      occurredAt: NOW,
      recordedAt: NOW,
    });
    expect(answer.duplicate).toBe(false);
  });

  test('is found by its id, and with the entries that it caused', async () => {
    const { [objectName(field)]: object, ledgerEntries } = await recorded(shop.client, field, input);
    const { node } = await shop.client.run('query($id: ID!) { node(id: $id) { id ... on Operation { occurredAt } } }', { id: object.id });
    expect(node).toEqual({ id: object.id, occurredAt: NOW });
    const causes = ledgerEntries.map(({ operation }: { operation: { id: string } | null }) => operation?.id);
    expect(causes).toEqual(Array(field === 'activityRecord' ? 0 : field === 'pointsTransfer' ? 2 : 1).fill(object.id));
  });

  test('under a reference that was recorded before answers the first one, and changes nothing', async () => {
    const first = await recorded(shop.client, field, { ...input, reference: 'again' });
    await earn(shop.client, 'ada', '1.00');
    for (const more of [{}, ...same(shop)]) {
      for (const dryRun of [false, true]) {
        const again = await unchanged(server, () => operate(shop.client, field, { ...input, ...more, reference: 'again', dryRun }));
        expect({ more, dryRun, duplicate: again.duplicate, ...lasting(field, again) }).toEqual({
          more,
          dryRun,
          duplicate: true,
          ...lasting(field, first),
        });
        expect(again.userErrors).toEqual([]);
        const customer = field === 'pointsTransfer' ? 'from' : 'customer';
        expect(again[customer].points).toBe(first[customer].points + 1);
      }
    }
  });

  test('with other content under a reference that was recorded before is refused', async () => {
    await recorded(shop.client, field, { ...input, reference: 'other' });
    for (const more of other(shop)) {
      expect([more, await refusalOf({ ...more, reference: 'other' })]).toEqual([more, ['REFERENCE_MISMATCH reference']]);
    }
  });

  test('has references of its own, and each source has', async () => {
    await earn(shop.client, 'bob', '1.00', { reference: 'shared' });
    const ids = [];
    for (const source of ['default', 'pos', 'web']) {
      const answer = await recorded(shop.client, field, { ...input, source, reference: 'shared' });
      expect(answer.duplicate).toBe(false);
      ids.push(answer[objectName(field)].id);
    }
    expect(new Set(ids).size).toBe(3);
  });

  test('under a key that was used before answers as the first call did', async () => {
    const first = await recorded(shop.client, field, { ...input, idempotencyKey: 'key' });
    for (const dryRun of [false, true]) {
      const again = await unchanged(server, () => operate(shop.client, field, { ...input, idempotencyKey: 'key', dryRun }));
      expect(again).toEqual(first);
    }
  });

  test('under a key that was used for other input is refused', async () => {
    await recorded(shop.client, field, { ...input, reference: 'keyed', idempotencyKey: 'one key' });
    for (const more of [{ reference: 'else' }, { reason: 'Else' }, { metadata: { a: 1 } }, ...other(shop)]) {
      const problems = await refusalOf({ reference: 'keyed', ...more, idempotencyKey: 'one key' });
      expect([more, problems]).toEqual([more, ['IDEMPOTENCY_KEY_PARAMETER_MISMATCH idempotencyKey']]);
    }
    const { userErrors } = await unchanged(server, () =>
      shop.client.mutate('earn', { customer: ADA, amount: '1.00', currency: 'USD', idempotencyKey: 'one key' }, 'duplicate'),
    );
    expect(problemsOf({ userErrors })).toEqual(['IDEMPOTENCY_KEY_PARAMETER_MISMATCH idempotencyKey']);
  });

  test('a refusal uses up neither key nor reference', async () => {
    const [wrong] = refusals(shop)[0]!;
    await refusalOf({ ...wrong, reference: 'free', idempotencyKey: 'free' });
    expect((await recorded(shop.client, field, { ...input, reference: 'free', idempotencyKey: 'free' })).duplicate).toBe(false);
  });

  test('of what is not there is refused', async () => {
    for (const [more, problems] of nobody(foreign)) expect([more, await refusalOf(more)]).toEqual([more, problems]);
  });

  test('that makes no sense is refused', async () => {
    for (const [more, problems] of refusals(shop)) expect([more, await refusalOf(more)]).toEqual([more, problems]);
  });

  test('with wrong details is refused', async () => {
    for (const [more, problems] of DETAILS) expect([more, await refusalOf(more)]).toEqual([more, problems]);
  });

  test('has been refused for every reason that it can have', () => {
    // ALREADY_REVERSED, and points out of range where that takes a history of its own, are in the tests of each kind.
    const elsewhere = { spend: ['POINTS_OUT_OF_RANGE'], spendReverse: ['ALREADY_REVERSED', 'POINTS_OUT_OF_RANGE'], refund: ['POINTS_OUT_OF_RANGE'] };
    const others = field in elsewhere ? elsewhere[field as keyof typeof elsewhere] : [];
    expect([...seen, ...others].sort()).toEqual(codesOf(errorCodes));
  });
});

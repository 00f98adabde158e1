/** `node(id:)` finds every kind of object again, for its own workspace only. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buildSchema, isObjectType } from 'graphql';
import { ID_PREFIXES, toPublicId } from '../../src/platform/ids.ts';
import type { ApiClient } from '../support/client.ts';
import { createKey } from '../support/keys.ts';
import { buildProgram, earn } from '../support/program.ts';
import { buildReward, cancel, redeem } from '../support/rewards.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';
import { countWork } from '../support/statements.ts';
import { unchanged } from '../support/unchanged.ts';

const schema = buildSchema(readFileSync(new URL('../../src/generated/schema.graphql', import.meta.url), 'utf8'));
const kinds = Object.values(schema.getTypeMap())
  .filter((type) => isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'Node'))
  .map(({ name }) => name);

/** For each kind: what to ask of it, and what is told of Ada's program. A missing or surplus kind fails. */
const CASES: Readonly<Record<string, { readonly fields: string; readonly told: Record<string, unknown> }>> = {
  Workspace: { fields: 'name timeZone', told: { name: 'Café Aurora', timeZone: 'Europe/Warsaw' } },
  ApiKey: { fields: 'name scope', told: { name: 'First key', scope: 'ADMIN' } },
  SigningKey: { fields: 'publicJwk retiredAt', told: { publicJwk: expect.objectContaining({ kty: 'OKP', crv: 'Ed25519' }), retiredAt: null } },
  WebhookEndpoint: { fields: 'url status', told: { url: 'https://example.com/hook', status: 'ENABLED' } },
  WebhookDelivery: { fields: 'eventType test', told: { eventType: 'customer.created', test: true } },
  Event: { fields: 'type name', told: { type: 'CARD_DEFINITION_CREATED', name: 'card_definition.created' } },
  Activity: { fields: 'action', told: { action: 'CREATED' } },
  CardDefinition: { fields: 'name status', told: { name: 'Beans', status: 'ACTIVE' } },
  TierStructure: { fields: 'name tiers { name }', told: { name: 'Regulars', tiers: [{ name: 'Basic' }, { name: 'Silver' }] } },
  Tier: { fields: 'name minPoints tierStructure { name }', told: { name: 'Silver', minPoints: 100, tierStructure: { name: 'Regulars' } } },
  EarnRule: { fields: 'name cardDefinition { name }', told: { name: 'Base rule', cardDefinition: { name: 'Beans' } } },
  EarnRuleVersion: { fields: 'number rates { currency }', told: { number: 1, rates: [{ currency: 'USD' }] } },
  Customer: { fields: 'externalId points tier { name }', told: { externalId: 'ada', points: 150, tier: { name: 'Silver' } } },
  Card: { fields: 'balance cardDefinition { name } lots { points }', told: { balance: 150, cardDefinition: { name: 'Beans' }, lots: [{ points: 150 }] } },
  Transaction: { fields: 'reference amount customer { externalId }', told: { reference: 'ord_1', amount: '150.00', customer: { externalId: 'ada' } } },
  LedgerEntry: { fields: 'type points card { balance } transaction { reference }', told: { type: 'EARN', points: 150, card: { balance: 150 }, transaction: { reference: 'ord_1' } } },
  Spend: { fields: 'points reversedPoints reversals { nodes { points } } customer { externalId }', told: { points: 50, reversedPoints: 20, reversals: { nodes: [{ points: 20 }] }, customer: { externalId: 'bob' } } },
  SpendReversal: { fields: 'points available spend { points } cardDefinition { name }', told: { points: 20, available: 20, spend: { points: 50 }, cardDefinition: { name: 'Beans' } } },
  Refund: { fields: 'amount revokedPoints transaction { reference refunds { nodes { amount } } }', told: { amount: '30.00', revokedPoints: 30, transaction: { reference: 'ord_2', refunds: { nodes: [{ amount: '30.00' }] } } } },
  Adjustment: { fields: 'points reason', told: { points: 5, reason: 'Apology' } },
  Transfer: { fields: 'points from { externalId } to { externalId } customer { externalId }', told: { points: 10, from: { externalId: 'bob' }, to: { externalId: 'cleo' }, customer: { externalId: 'bob' } } },
  CustomerActivity: { fields: 'type customer { externalId }', told: { type: 'visit', customer: { externalId: 'bob' } } },
  Reward: { fields: 'name type cost cardDefinition { name } trigger { type everyNthVisit { visits } }', told: { name: 'Free pastry', type: 'free_pastry', cost: 15, cardDefinition: { name: 'Beans' }, trigger: { type: 'EVERY_NTH_VISIT', everyNthVisit: { visits: 1 } } } },
  RewardGrant: { fields: 'status customer { externalId } reward { type } transaction { reference }', told: { status: 'GRANTED', customer: { externalId: 'cleo' }, reward: { type: 'free_pastry' }, transaction: { reference: 'ord_3' } } },
  Redemption: { fields: 'points status customer { externalId } reward { type } grant { id }', told: { points: 15, status: 'CANCELLED', customer: { externalId: 'bob' }, reward: { type: 'free_pastry' }, grant: null } },
  RedemptionCancellation: { fields: 'points available redemption { points } customer { externalId }', told: { points: 15, available: 15, redemption: { points: 15 }, customer: { externalId: 'bob' } } },
  TierTransition: { fields: 'type fromTier { name } toTier { name }', told: { type: 'UPGRADED', fromTier: { name: 'Basic' }, toTier: { name: 'Silver' } } },
};

/** What only keys with scope `ADMIN` are shown. */
const FOR_ADMINISTRATORS = ['ApiKey', 'WebhookEndpoint', 'WebhookDelivery'];

let server: TestServer;
let cafe: ApiClient;
let bookshop: ApiClient;
let ids: Record<string, string>;
let keyActivity: string;

beforeAll(async () => {
  server = await startTestServer();
  cafe = await server.workspace({ name: 'Café Aurora', timeZone: 'Europe/Warsaw' });
  bookshop = await server.workspace({ name: 'Kiwi Books', timeZone: 'Pacific/Auckland' });
  const structure = { name: 'Regulars', tiers: { Basic: 0, Silver: 100 } };
  const program = await buildProgram(cafe, { card: { name: 'Beans' }, structure });
  await cafe.succeed('customerUpsert', { externalId: 'ada' }, 'customer { id }');
  const { transaction } = await earn(cafe, 'ada', '150.00', { reference: 'ord_1' });
  await cafe.succeed('signingKeyRotate', {}, 'signingKey { id }');
  const { webhookEndpoint } = await cafe.succeed('webhookEndpointCreate', { url: 'https://example.com/hook' }, 'webhookEndpoint { id }');
  const { webhookDelivery } = await cafe.succeed('webhookEndpointTest', { id: webhookEndpoint.id, eventType: 'customer.created' }, 'webhookDelivery { id }');
  const { workspace, signingKeys, apiKeys, earnRule, customer, events } = await cafe.run(
    `query($rule: ID!) {
      workspace { id } signingKeys { nodes { id } } apiKeys { nodes { id } }
      events(filter: { types: [CARD_DEFINITION_CREATED] }) { nodes { id } }
      earnRule(id: $rule) { currentVersion { id } activities(last: 1) { nodes { id } } }
      customer(by: { externalId: "ada" }) { id cards { id } ledgerEntries { nodes { id } } tierTransitions(first: 1) { nodes { id } } }
    }`,
    { rule: program.earnRuleId },
  );
  ids = {
    Workspace: workspace.id,
    ApiKey: apiKeys.nodes[0].id,
    SigningKey: signingKeys.nodes[0].id,
    WebhookEndpoint: webhookEndpoint.id,
    WebhookDelivery: webhookDelivery.id,
    Activity: earnRule.activities.nodes[0].id,
    Event: events.nodes[0].id,
    CardDefinition: program.cardDefinitionId,
    TierStructure: program.tierStructureId,
    Tier: program.tierIds['Silver']!,
    EarnRule: program.earnRuleId,
    EarnRuleVersion: earnRule.currentVersion.id,
    Customer: customer.id,
    Card: customer.cards[0].id,
    Transaction: transaction.id,
    LedgerEntry: customer.ledgerEntries.nodes[0].id,
    TierTransition: customer.tierTransitions.nodes[0].id,
  };
  Object.assign(ids, await operationsOfBob(), await rewardsOfBob(program.cardDefinitionId));
  const { rows } = await server.database.pool.query('SELECT id FROM activities WHERE subject_id = $1', [ids['ApiKey']]);
  keyActivity = toPublicId('Activity', rows[0].id);
});
afterAll(() => server.stop());

/** One operation of each kind, of customers other than Ada. */
async function operationsOfBob(): Promise<Record<string, string>> {
  const [bob, cleo] = [{ externalId: 'bob' }, { externalId: 'cleo' }];
  for (const customer of [bob, cleo]) await cafe.succeed('customerUpsert', customer, 'customer { id }');
  await earn(cafe, 'bob', '200.00', { reference: 'ord_2' });
  const { spend } = await cafe.succeed('spend', { customer: bob, points: 50 }, 'spend { id }');
  const { spendReversal } = await cafe.succeed('spendReverse', { spend: { id: spend.id }, points: 20 }, 'spendReversal { id }');
  const { refund } = await cafe.succeed('refund', { transaction: { reference: { reference: 'ord_2' } }, amount: '30' }, 'refund { id }');
  const { adjustment } = await cafe.succeed('pointsAdjust', { customer: bob, points: 5, reason: 'Apology' }, 'adjustment { id }');
  const { transfer } = await cafe.succeed('pointsTransfer', { from: bob, to: cleo, points: 10 }, 'transfer { id }');
  const { activity } = await cafe.succeed('activityRecord', { customer: bob, type: 'visit' }, 'activity { id }');
  return {
    Spend: spend.id,
    SpendReversal: spendReversal.id,
    Refund: refund.id,
    Adjustment: adjustment.id,
    Transfer: transfer.id,
    CustomerActivity: activity.id,
  };
}

/** A reward that Bob has had and given back, and that Cleo was given. */
async function rewardsOfBob(cardDefinitionId: string): Promise<Record<string, string>> {
  const Reward = await buildReward(cafe, cardDefinitionId, { cost: 15, trigger: { everyNthVisit: { visits: 1 } } });
  const { redemption } = await redeem(cafe, Reward, 'bob');
  const { cancellation } = await cancel(cafe, redemption.id);
  const { grants } = await cafe.succeed('earn', { customer: { externalId: 'cleo' }, amount: '1.00', currency: 'USD', reference: 'ord_3' }, 'grants { id }');
  return { Reward, RewardGrant: grants[0].id, Redemption: redemption.id, RedemptionCancellation: cancellation.id };
}

const nodeOf = async (client: ApiClient, id: string, fields = '') =>
  (await client.run(`query($id: ID!) { node(id: $id) { __typename id ${fields} } }`, { id })).node;

test('every kind that implements Node has a case, and every case a kind', () => {
  expect(Object.keys(CASES).sort()).toEqual([...kinds].sort());
  expect(Object.keys(ids).sort()).toEqual([...kinds].sort());
});

describe.each(kinds)('%s', (kind) => {
  const { fields, told } = CASES[kind] ?? { fields: '', told: {} };
  const fragment = `... on ${kind} { ${fields} }`;

  test('is found by its id, with all that belongs to it', async () => {
    expect(await nodeOf(cafe, ids[kind]!, fragment)).toEqual({ __typename: kind, id: ids[kind], ...told });
  });

  test('is nothing to another workspace', async () => {
    expect(await unchanged(server, () => nodeOf(bookshop, ids[kind]!, fragment))).toBeNull();
  });

  test('can be read with the least scope, unless it is about API keys or webhooks', async () => {
    for (const scope of ['READ', 'WRITE'] as const) {
      const { client } = await createKey(cafe, scope);
      const found = await nodeOf(client, ids[kind]!, fragment);
      expect(found).toEqual(FOR_ADMINISTRATORS.includes(kind) ? null : { __typename: kind, id: ids[kind], ...told });
    }
  });

  test('is not found under the prefix of another kind', async () => {
    const [prefix, suffix] = ids[kind]!.split('_') as [string, string];
    const others = Object.values(ID_PREFIXES).filter((other) => other !== prefix);
    expect(others).toHaveLength(Object.keys(ID_PREFIXES).length - 1);
    for (const other of others) expect(await nodeOf(cafe, `${other}_${suffix}`)).toBeNull();
  });
});

test("an API key's history is as invisible as the key without ADMIN", async () => {
  const { client } = await createKey(cafe, 'WRITE');
  const fields = '... on Activity { action subjectId after }';
  expect(await nodeOf(cafe, keyActivity, fields)).toMatchObject({
    action: 'CREATED',
    subjectId: ids['ApiKey'],
    after: { name: 'First key', scope: 'ADMIN', lastFour: cafe.key!.slice(-4) },
  });
  expect(await nodeOf(client, keyActivity, fields)).toBeNull();
  expect(await nodeOf(bookshop, keyActivity, fields)).toBeNull();
});

test('what is malformed or nowhere is nothing', async () => {
  const suffix = '01h2xcejqtf2nbrexx3vqjhp41';
  const unknown = Object.values(ID_PREFIXES).map((prefix) => `${prefix}_${suffix}`);
  const [prefix, own] = ids['Customer']!.split('_') as [string, string];
  const malformed = [
    ...['', ' ', 'cust', 'cust_', '_', own, `_${own}`, `${prefix}${own}`, `${prefix}__${own}`, `CUST_${own}`, `x_${own}`],
    ...[`${prefix}_${own.toUpperCase()}`, `${prefix}_${own.slice(1)}`, `${prefix}_${own}0`, ` ${prefix}_${own}`, `${prefix}_${own}\n`],
    // An "i" is no letter of that alphabet, a leading 8 is more than 128 bits.
    ...[`${prefix}_i${own.slice(1)}`, `${prefix}_8${own.slice(1)}`, `${prefix}_${'z'.repeat(26)}`, `${prefix}_${'0'.repeat(26)}`],
    ...['\u0000', `${prefix}_\u0000`, "' OR 1=1 --", '01941f29-7c00-7000-8000-000000000000', 'x'.repeat(10_000), '🏅'],
  ];
  for (const id of [...unknown, ...malformed]) expect([id, await nodeOf(cafe, id)]).toEqual([id, null]);
});

test('a tier that was removed is nothing any more, a deleted structure still is', async () => {
  const draft = { name: 'Draft', type: 'POINT_BALANCE', tiers: [{ name: 'Only', minPoints: 0 }] };
  const { tierStructure } = await cafe.succeed('tierStructureCreate', draft, 'tierStructure { id tiers { id } }');
  const [tier] = tierStructure.tiers;
  expect((await nodeOf(cafe, tier.id)).id).toBe(tier.id);
  await cafe.succeed('tierDelete', { id: tier.id }, 'deletedTierId');
  expect(await nodeOf(cafe, tier.id)).toBeNull();
  await cafe.succeed('tierStructureDelete', { id: tierStructure.id }, 'tierStructure { id }');
  expect((await nodeOf(cafe, tierStructure.id, '... on TierStructure { status }')).status).toBe('DELETED');
});

test('what a transfer gave and what it took is one transfer, by one id', async () => {
  const { rows } = await server.database.pool.query("SELECT id FROM operations WHERE type = 'TRANSFER_IN'");
  expect(rows).toHaveLength(1);
  expect(await nodeOf(cafe, toPublicId('Transfer', rows[0].id))).toBeNull();
});

test('many nodes of one kind are fetched together', async () => {
  const selection = (alias: string, id: string) => `${alias}: node(id: "${id}") { id ... on Tier { name } }`;
  const { tierStructure } = await cafe.run('query($id: ID!) { tierStructure(id: $id) { tiers { id } } }', { id: ids['TierStructure'] });
  const [basic, silver] = tierStructure.tiers as { id: string }[];
  const one = await countWork(() => cafe.run(`{ ${selection('a', basic!.id)} }`));
  const two = await countWork(() => cafe.run(`{ ${selection('a', basic!.id)} ${selection('b', silver!.id)} }`));
  expect(two.result).toEqual({ a: { id: basic!.id, name: 'Basic' }, b: { id: silver!.id, name: 'Silver' } });
  expect(two.statements).toHaveLength(one.statements.length);
});

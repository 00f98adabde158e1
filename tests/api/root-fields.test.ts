import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { GraphQLField, GraphQLInputType } from 'graphql';
import { Kind, buildSchema, getNamedType, isInputObjectType } from 'graphql';
import type { ApiClient, GraphqlAnswer, StreamEvent } from '../support/client.ts';
import { buildCustomer, buildProgram, earn } from '../support/program.ts';
import type { Program } from '../support/program.ts';
import { buildReward, redeem } from '../support/rewards.ts';
import { startTestServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { contentsOf, problemsOf, unchanged } from '../support/unchanged.ts';

/**
 * Walks every root field of the contract: without a key, with a key of too little scope, and with the ids of
 * another workspace. A field that has no case here fails, and so does a case without a field.
 */

const schema = buildSchema(readFileSync(new URL('../../src/generated/schema.graphql', import.meta.url), 'utf8'));
const queries = Object.values(schema.getQueryType()?.getFields() ?? {});
const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
const subscriptions = Object.values(schema.getSubscriptionType()?.getFields() ?? {});
const fields = [...queries, ...mutations, ...subscriptions];
/** A subscription may be called as a query is. */
const keyOf = (field: GraphQLField<unknown, unknown>) => (subscriptions.includes(field) ? `subscription ${field.name}` : field.name);
/** The cursor of the beginning of a log. */
const BEGINNING = Buffer.from('0-fffff-start').toString('base64url');

/** A workspace with one of everything, as the ids that an intruder might have got hold of. */
interface Tenant {
  readonly admin: ApiClient;
  readonly program: Program;
  readonly ids: Readonly<Record<'workspace' | 'apiKey' | 'cardDefinition' | 'tierStructure' | 'tier' | 'earnRule' | 'customer' | 'transaction' | 'spend' | 'reward' | 'redemption' | 'webhookEndpoint' | 'webhookDelivery', string>>;
}

/** Ids of the right kind that exist nowhere. */
const UNKNOWN: Tenant['ids'] = {
  workspace: 'ws_01h2xcejqtf2nbrexx3vqjhp41',
  apiKey: 'key_01h2xcejqtf2nbrexx3vqjhp41',
  cardDefinition: 'cdef_01h2xcejqtf2nbrexx3vqjhp41',
  tierStructure: 'tstr_01h2xcejqtf2nbrexx3vqjhp41',
  tier: 'tier_01h2xcejqtf2nbrexx3vqjhp41',
  earnRule: 'rule_01h2xcejqtf2nbrexx3vqjhp41',
  customer: 'cust_01h2xcejqtf2nbrexx3vqjhp41',
  transaction: 'txn_01h2xcejqtf2nbrexx3vqjhp41',
  spend: 'spnd_01h2xcejqtf2nbrexx3vqjhp41',
  reward: 'rwd_01h2xcejqtf2nbrexx3vqjhp41',
  redemption: 'rdm_01h2xcejqtf2nbrexx3vqjhp41',
  webhookEndpoint: 'whep_01h2xcejqtf2nbrexx3vqjhp41',
  webhookDelivery: 'whdl_01h2xcejqtf2nbrexx3vqjhp41',
};

/** How a field is called with ids; null says that it takes no id, so that there is nobody else's to try. */
interface Case {
  readonly selection: string;
  /** Arguments for the walk without a key and with too little scope: well-formed, whatever they mean. */
  readonly args: string;
  /** Arguments that name the objects by these ids; null if the field takes no id. */
  readonly foreign: ((ids: Tenant['ids']) => string) | null;
}

const errors = 'userErrors { code field message }';
const version = 'version: { rates: [{ currency: "USD", value: "1", every: "1.00" }] }';
const byId = (selection: string, idOf: (ids: Tenant['ids']) => string, more = ''): Case => ({
  selection,
  args: `(input: { id: "${idOf(UNKNOWN)}"${more} })`,
  foreign: (ids) => `(input: { id: "${idOf(ids)}"${more} })`,
});
const lookUp = (selection: string, idOf: (ids: Tenant['ids']) => string): Case => ({
  selection,
  args: `(id: "${idOf(UNKNOWN)}")`,
  foreign: (ids) => `(id: "${idOf(ids)}")`,
});
const operation = (inputOf: (ids: Tenant['ids']) => string): Case => ({
  selection: `{ ledgerEntries { id } ${errors} }`,
  args: `(input: { ${inputOf(UNKNOWN)} })`,
  foreign: (ids) => `(input: { ${inputOf(ids)} })`,
});
const list = (selection = '{ nodes { id } }'): Case => ({ selection, args: '(first: 3)', foreign: null });

const CASES: Readonly<Record<string, Case>> = {
  node: lookUp('{ id }', (ids) => ids.customer),
  workspace: { selection: '{ name }', args: '', foreign: null },
  apiKeys: list(),
  activities: {
    selection: '{ nodes { id action } }',
    args: '(first: 3)',
    foreign: (ids) => `(filter: { subjectId: { is: "${ids.tierStructure}" } })`,
  },
  events: {
    selection: '{ nodes { id name } }',
    args: '(first: 3)',
    foreign: (ids) => `(filter: { customerId: "${ids.customer}" })`,
  },
  apiKeyUses: {
    selection: '{ nodes { requestCount } }',
    args: '(first: 3)',
    foreign: (ids) => `(filter: { apiKeyId: { is: "${ids.apiKey}" } })`,
  },
  cardDefinition: lookUp('{ name }', (ids) => ids.cardDefinition),
  cardDefinitions: list(),
  tierStructure: lookUp('{ name }', (ids) => ids.tierStructure),
  tierStructures: {
    selection: '{ totalCount nodes { id } }',
    args: '(first: 3)',
    foreign: (ids) => `(filter: { id: { in: ["${ids.tierStructure}"] } })`,
  },
  earnRule: lookUp('{ name }', (ids) => ids.earnRule),
  earnRules: list(),
  customer: {
    selection: '{ externalId points }',
    args: '(by: { externalId: "nobody" })',
    foreign: (ids) => `(by: { id: "${ids.customer}" })`,
  },
  customers: list(),
  reward: lookUp('{ name }', (ids) => ids.reward),
  rewards: list(),
  signingKeys: list(),
  checkpoints: list('{ nodes { sequence } }'),
  verification: { selection: '{ customerCount }', args: '(first: 3)', foreign: (ids) => `(customerId: "${ids.customer}")` },
  webhookEndpoint: lookUp('{ url }', (ids) => ids.webhookEndpoint),
  webhookEndpoints: list(),
  webhookDelivery: lookUp('{ status }', (ids) => ids.webhookDelivery),
  webhookDeliveries: {
    selection: '{ nodes { id } }',
    args: '(first: 3)',
    foreign: (ids) => `(filter: { webhookEndpointId: "${ids.webhookEndpoint}" })`,
  },
  rateLimit: { selection: '{ remaining }', args: '', foreign: null },
  transaction: {
    selection: '{ amount }',
    args: '(by: { reference: { reference: "none" } })',
    foreign: (ids) => `(by: { id: "${ids.transaction}" })`,
  },

  workspaceCreate: {
    selection: `{ ${errors} }`,
    args: '(input: { name: "", timeZone: "UTC", mode: SANDBOX })',
    foreign: null,
  },
  configurationExport: { selection: '{ format }', args: '', foreign: null },
  configurationPlan: { selection: `{ ${errors} }`, args: '(input: { document: "" })', foreign: null },
  configurationApply: { selection: `{ ${errors} }`, args: '(input: { document: "", fingerprint: "" })', foreign: null },
  workspaceUpdate: { selection: `{ ${errors} }`, args: '(input: { name: "" })', foreign: null },
  workspaceClockAdvance: { selection: `{ ${errors} }`, args: '(input: { to: "2026-01-01T00:00:00Z" })', foreign: null },
  apiKeyCreate: { selection: `{ ${errors} }`, args: '(input: { name: "", scope: READ })', foreign: null },
  apiKeyRotate: byId(`{ secret ${errors} }`, (ids) => ids.apiKey),
  apiKeyRevoke: byId(`{ apiKey { id } ${errors} }`, (ids) => ids.apiKey),
  signingKeyRotate: { selection: `{ signingKey { id } ${errors} }`, args: '(input: { idempotencyKey: "" })', foreign: null },
  webhookEndpointCreate: { selection: `{ secret ${errors} }`, args: '(input: { url: "" })', foreign: null },
  webhookEndpointUpdate: byId(`{ ${errors} }`, (ids) => ids.webhookEndpoint, ', description: "Mine"'),
  webhookEndpointPause: byId(`{ ${errors} }`, (ids) => ids.webhookEndpoint),
  webhookEndpointEnable: byId(`{ ${errors} }`, (ids) => ids.webhookEndpoint),
  webhookEndpointDelete: byId(`{ ${errors} }`, (ids) => ids.webhookEndpoint),
  webhookEndpointSecretRotate: byId(`{ secret ${errors} }`, (ids) => ids.webhookEndpoint),
  webhookEndpointTest: byId(`{ ${errors} }`, (ids) => ids.webhookEndpoint, ', eventType: "customer.created"'),
  webhookEndpointReplay: byId(`{ ${errors} }`, (ids) => ids.webhookEndpoint, ', from: "2020-01-01T00:00:00Z"'),
  webhookDeliveryReplay: byId(`{ ${errors} }`, (ids) => ids.webhookDelivery),
  cardDefinitionCreate: { selection: `{ ${errors} }`, args: '(input: { name: "" })', foreign: null },
  cardDefinitionUpdate: byId(`{ ${errors} }`, (ids) => ids.cardDefinition, ', name: "Mine"'),
  cardDefinitionActivate: byId(`{ ${errors} }`, (ids) => ids.cardDefinition),
  cardDefinitionDeactivate: byId(`{ ${errors} }`, (ids) => ids.cardDefinition),
  cardDefinitionDraft: byId(`{ ${errors} }`, (ids) => ids.cardDefinition),
  cardDefinitionDelete: byId(`{ ${errors} }`, (ids) => ids.cardDefinition),
  tierStructureCreate: {
    selection: `{ ${errors} }`,
    args: '(input: { name: "", type: POINT_BALANCE })',
    foreign: (ids) => `(input: { name: "Mine", type: POINT_BALANCE, cardDefinitionId: "${ids.cardDefinition}" })`,
  },
  tierStructureUpdate: byId(`{ ${errors} }`, (ids) => ids.tierStructure, ', name: "Mine"'),
  tierStructureActivate: byId(`{ ${errors} }`, (ids) => ids.tierStructure),
  tierStructureRevise: byId(`{ ${errors} }`, (ids) => ids.tierStructure),
  tierStructurePublish: byId(`{ ${errors} }`, (ids) => ids.tierStructure, ', rollout: RECALCULATE_NOW'),
  tierRulesPublish: {
    selection: `{ ${errors} }`,
    args: `(input: { tierStructureId: "${UNKNOWN.tierStructure}" })`,
    foreign: (ids) => `(input: { tierStructureId: "${ids.tierStructure}", tiers: [{ id: "${ids.tier}", name: "Mine", minPoints: 0 }] })`,
  },
  tierStructureDeactivate: byId(`{ ${errors} }`, (ids) => ids.tierStructure),
  tierStructureDraft: byId(`{ ${errors} }`, (ids) => ids.tierStructure),
  tierStructureDelete: byId(`{ ${errors} }`, (ids) => ids.tierStructure),
  tierCreate: {
    selection: `{ ${errors} }`,
    args: `(input: { tierStructureId: "${UNKNOWN.tierStructure}", name: "Gold", minPoints: 7 })`,
    foreign: (ids) => `(input: { tierStructureId: "${ids.tierStructure}", name: "Gold", minPoints: 7 })`,
  },
  tierUpdate: byId(`{ ${errors} }`, (ids) => ids.tier, ', name: "Mine"'),
  tierDelete: byId(`{ deletedTierId ${errors} }`, (ids) => ids.tier),
  earnRuleCreate: {
    selection: `{ ${errors} }`,
    args: `(input: { name: "", cardDefinitionId: "${UNKNOWN.cardDefinition}", ${version} })`,
    foreign: (ids) => `(input: { name: "Mine", cardDefinitionId: "${ids.cardDefinition}", ${version} })`,
  },
  earnRuleUpdate: byId(`{ ${errors} }`, (ids) => ids.earnRule, ', name: "Mine"'),
  earnRulePublish: byId(`{ ${errors} }`, (ids) => ids.earnRule, `, ${version}`),
  earnRuleRetire: byId(`{ ${errors} }`, (ids) => ids.earnRule),
  rewardCreate: {
    selection: `{ ${errors} }`,
    args: `(input: { name: "", type: "cup", cost: 1, cardDefinitionId: "${UNKNOWN.cardDefinition}" })`,
    foreign: (ids) => `(input: { name: "Mine", type: "cup", cost: 1, cardDefinitionId: "${ids.cardDefinition}", tierIds: ["${ids.tier}"] })`,
  },
  rewardUpdate: byId(`{ ${errors} }`, (ids) => ids.reward, ', name: "Mine"'),
  rewardActivate: byId(`{ ${errors} }`, (ids) => ids.reward),
  rewardDeactivate: byId(`{ ${errors} }`, (ids) => ids.reward),
  rewardDraft: byId(`{ ${errors} }`, (ids) => ids.reward),
  rewardDelete: byId(`{ ${errors} }`, (ids) => ids.reward),
  rewardStockAdjust: byId(`{ ${errors} }`, (ids) => ids.reward, ', by: 1'),
  rewardRedeem: operation((ids) => `customer: { id: "${ids.customer}" }, rewardId: "${ids.reward}"`),
  redemptionCancel: operation((ids) => `redemption: { id: "${ids.redemption}" }`),
  // Takes no id, but what another workspace has signed: see the tests of proofs.
  redemptionConfirm: { selection: `{ ${errors} }`, args: '(input: { proof: "none" })', foreign: null },
  // Names a customer by the caller's own id: whoever has it in another workspace is somebody else.
  customerUpsert: { selection: `{ ${errors} }`, args: '(input: { externalId: "" })', foreign: null },
  earn: {
    selection: `{ customer { id } ${errors} }`,
    args: '(input: { customer: { externalId: "nobody" }, amount: "1.00", currency: "USD" })',
    foreign: (ids) => `(input: { customer: { id: "${ids.customer}" }, amount: "1.00", currency: "USD" })`,
  },
  spend: operation((ids) => `customer: { id: "${ids.customer}" }, points: 1`),
  spendReverse: operation((ids) => `spend: { id: "${ids.spend}" }`),
  refund: operation((ids) => `transaction: { id: "${ids.transaction}" }`),
  pointsAdjust: operation((ids) => `customer: { externalId: "ada" }, cardDefinitionId: "${ids.cardDefinition}", points: 1, reason: "Mine"`),
  pointsTransfer: operation((ids) => `from: { externalId: "ada" }, to: { id: "${ids.customer}" }, points: 1`),
  'subscription events': {
    selection: '{ id name }',
    args: `(after: "${BEGINNING}")`,
    foreign: (ids) => `(after: "${BEGINNING}", customerId: "${ids.customer}")`,
  },
  'subscription tierStructureSimulate': {
    selection: `{ simulation { members } ${errors} }`,
    args: `(input: { id: "${UNKNOWN.tierStructure}" })`,
    foreign: (ids) => `(input: { draft: { tierStructureId: "${ids.tierStructure}", cardDefinitionId: "${ids.cardDefinition}", tiers: [{ id: "${ids.tier}", name: "Mine", minPoints: 0 }] } })`,
  },
  activityRecord: operation((ids) => `customer: { id: "${ids.customer}" }, type: "visit"`),
};

let server: TestServer;
let mine: Tenant;
let theirs: Tenant;

beforeAll(async () => {
  server = await startTestServer();
  mine = await buildTenant('Mine');
  theirs = await buildTenant('Theirs');
});

afterAll(() => server.stop());

async function buildTenant(name: string): Promise<Tenant> {
  const admin = await server.workspace({ name });
  const program = await buildProgram(admin);
  const customer = await buildCustomer(admin, 'ada');
  const { transaction } = await earn(admin, 'ada', '10.00', { reference: 'order-1' });
  await admin.succeed('pointsAdjust', { customer: { externalId: 'ada' }, points: 1, reason: 'To be spent' }, 'duplicate');
  const { spend } = await admin.succeed('spend', { customer: { externalId: 'ada' }, points: 1 }, 'spend { id }');
  const { rewardId, redemption } = await redeemed(admin, program);
  const { webhookEndpoint } = await admin.succeed('webhookEndpointCreate', { url: 'https://example.com/hook' }, 'webhookEndpoint { id }');
  const { webhookDelivery } = await admin.succeed('webhookEndpointTest', { id: webhookEndpoint.id, eventType: 'customer.created' }, 'webhookDelivery { id }');
  const { workspace, apiKeys } = await admin.run('{ workspace { id } apiKeys { nodes { id } } }');
  return {
    admin,
    program,
    ids: {
      workspace: workspace.id,
      apiKey: apiKeys.nodes[0].id,
      cardDefinition: program.cardDefinitionId,
      tierStructure: program.tierStructureId,
      tier: program.tierIds['Silver'] ?? '',
      earnRule: program.earnRuleId,
      customer,
      transaction: transaction.id,
      spend: spend.id,
      reward: rewardId,
      redemption: redemption.id,
      webhookEndpoint: webhookEndpoint.id,
      webhookDelivery: webhookDelivery.id,
    },
  };
}

async function redeemed(admin: ApiClient, { cardDefinitionId }: Program) {
  const rewardId = await buildReward(admin, cardDefinitionId, { cost: 1, stock: 9 });
  await admin.succeed('pointsAdjust', { customer: { externalId: 'ada' }, points: 1, reason: 'To be redeemed' }, 'duplicate');
  return { rewardId, redemption: (await redeem(admin, rewardId, 'ada')).redemption as { id: string } };
}

function documentOf(field: GraphQLField<unknown, unknown>, args: string): string {
  const kind = mutations.includes(field) ? 'mutation' : subscriptions.includes(field) ? 'subscription' : 'query';
  return `${kind} { ${field.name}${args} ${CASES[keyOf(field)]?.selection ?? ''} }`;
}

/** The answer to the field, or the first event of it. */
async function ask(client: ApiClient, field: GraphQLField<unknown, unknown>, args: string): Promise<Pick<GraphqlAnswer, 'status' | 'data' | 'errors'>> {
  const document = documentOf(field, args);
  if (!subscriptions.includes(field)) return client.send(document);
  const closing = new AbortController();
  const { status, refusal, events } = await client.subscribe(document, {}, { signal: closing.signal });
  if (refusal !== null) return refusal;
  const silence = () => new Promise<null>((resolve) => setTimeout(resolve, SILENCE_MS, null));
  const all: StreamEvent[] = [];
  for (let next = await Promise.race([events.next(), silence()]); next?.done === false; next = await Promise.race([events.next(), silence()])) all.push(next.value);
  closing.abort();
  const { data = null, errors: found = [] } = all[0]?.data ?? {};
  return { status, data, errors: found };
}

/** A stream on which nothing comes for so long has nothing to say. */
const SILENCE_MS = 700;

/** Paths to everything in an argument that is an id. */
function idsIn(type: GraphQLInputType, path: string): string[] {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return named.name === 'ID' ? [path] : [];
  return Object.values(named.getFields()).flatMap((field) => idsIn(field.type, `${path}.${field.name}`));
}

function scopeOf(field: GraphQLField<unknown, unknown>): string {
  const argument = field.astNode?.directives?.find(({ name }) => name.value === 'requires')?.arguments?.[0]?.value;
  return argument?.kind === Kind.ENUM ? argument.value : '';
}

async function keyWith(scope: string): Promise<ApiClient> {
  const { secret } = await mine.admin.succeed('apiKeyCreate', { name: scope, scope }, 'secret');
  return mine.admin.withKey(secret);
}

test('every root field has a case, and every case a field', () => {
  expect(Object.keys(CASES).sort()).toEqual(fields.map(keyOf).sort());
});

describe.each(fields.map((field) => [keyOf(field), field] as const))('%s', (_name, field) => {
  const args = CASES[keyOf(field)]?.args ?? '';

  test('is closed without a key', async () => {
    const before = await contentsOf(server);
    const answer = await ask(mine.admin.withKey(null), field, args);
    expect(answer.status).toBe(401);
    expect(answer.errors.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
    expect(Object.values((answer.data ?? {}) as object).filter((value) => value !== null)).toEqual([]);
    expect(await contentsOf(server)).toEqual(before);
  });

  test('keeps to the scope that it requires', async () => {
    const scope = scopeOf(field);
    expect(['READ', 'WRITE', 'ADMIN']).toContain(scope);
    const reader = await keyWith('READ');
    const writer = await keyWith('WRITE');
    const before = await contentsOf(server);
    const codesWith = async (client: ApiClient) =>
      (await ask(client, field, args)).errors.map(({ extensions }) => extensions.code);
    expect(await codesWith(reader)).toEqual(scope === 'READ' ? [] : ['FORBIDDEN']);
    expect(await codesWith(writer)).toEqual(scope === 'ADMIN' ? ['FORBIDDEN'] : []);
    expect(await codesWith(mine.admin)).toEqual([]);
    expect(await contentsOf(server)).toEqual(before);
  });

  test("answers another workspace's id like an unknown one", async () => {
    const { foreign } = CASES[keyOf(field)] ?? { foreign: null };
    if (foreign === null) {
      // There is no id to try; then there must be none among the arguments either.
      expect(field.args.flatMap(({ name, type }) => idsIn(type, name))).toEqual([]);
      return;
    }
    const before = await contentsOf(server);
    const unknown = await ask(mine.admin, field, foreign(UNKNOWN));
    const others = await ask(mine.admin, field, foreign(theirs.ids));
    expect({ status: others.status, data: others.data, errors: others.errors }).toEqual({
      status: unknown.status,
      data: unknown.data,
      errors: unknown.errors,
    });
    expect(await contentsOf(server)).toEqual(before);
  });
});

test('the ids that were tried are good ones: their owner finds each of them', async () => {
  const data = await theirs.admin.run(
    `{ ${Object.values(theirs.ids)
      .map((id, index) => `n${index}: node(id: "${id}") { id }`)
      .join(' ')} }`,
  );
  expect(Object.values(data as Record<string, { id: string }>).map(({ id }) => id)).toEqual(Object.values(theirs.ids));
});

describe('ids deeper inside of a request', () => {
  test("another workspace's tier in an earn rule is one that does not exist", async () => {
    const create = (tierId: string) => {
      const version = { rates: [{ currency: 'USD', value: '1', every: '1.00' }], tierMultipliers: [{ tierId, multiplier: '2' }] };
      const input = { name: 'Double', cardDefinitionId: mine.ids.cardDefinition, version };
      return unchanged(server, () => mine.admin.mutate('earnRuleCreate', input, 'earnRule { id }'));
    };
    const unknown = await create(UNKNOWN.tier);
    expect([unknown.earnRule, problemsOf(unknown)]).toEqual([null, ['INVALID_MULTIPLIER version tierMultipliers 0 tierId']]);
    expect(await create(theirs.ids.tier)).toEqual(unknown);
  });

  test("a customer has no points on another workspace's card, and no tier of its structure", async () => {
    const document = `query($card: ID!, $structure: ID!) {
      customer(by: { externalId: "ada" }) { points(cardDefinitionId: $card) tier(tierStructureId: $structure) { name } } }`;
    const standing = async ({ cardDefinition, tierStructure }: Tenant['ids']) =>
      (await mine.admin.run(document, { card: cardDefinition, structure: tierStructure })).customer;
    expect(await standing(mine.ids)).toEqual({ points: 10, tier: { name: 'Basic' } });
    expect(await standing(UNKNOWN)).toEqual({ points: 0, tier: null });
    expect(await standing(theirs.ids)).toEqual({ points: 0, tier: null });
  });
});

import { readFileSync } from 'node:fs';
import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Kind, buildSchema, getNamedType, isInputObjectType, isObjectType } from 'graphql';
import type { ApiClient, GraphqlAnswer } from '../support/client.ts';
import { createKey } from '../support/keys.ts';
import { buildCardDefinition, buildRule, buildStructure } from '../support/program.ts';
import { RestClient } from '../support/rest.ts';
import { startTestServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { unchanged } from '../support/unchanged.ts';

/**
 * The log of who changed the configuration, from where, with which request. Walks every mutation of the contract that
 * needs ADMIN: one without a case here fails, and so does a case without a mutation.
 */

const schema = buildSchema(readFileSync(new URL('../../src/generated/schema.graphql', import.meta.url), 'utf8'));
const adminMutations = Object.values(schema.getMutationType()?.getFields() ?? {}).filter(({ astNode }) =>
  astNode?.directives?.some(
    ({ name, arguments: given }) => name.value === 'requires' && given?.[0]?.value.kind === Kind.ENUM && given[0].value.value === 'ADMIN',
  ),
);

const ADDRESS = '203.0.113.7';
const AGENT = 'back-office/2.1';
const HEADERS = { 'x-forwarded-for': ADDRESS, 'user-agent': AGENT };
const CLOCK = '2026-05-17T12:00:00.000Z';

interface Entry {
  readonly id: string;
  readonly action: string;
  readonly subjectId: string;
  readonly before: Record<string, unknown> | null;
  readonly after: Record<string, unknown> | null;
}

const FIELDS = 'id action subjectId apiKeyId requestId api ipAddress userAgent before after recordedAt';

/** The whole log, newest first. */
async function logOf(client: ApiClient, filter: Record<string, unknown> = {}): Promise<(Entry & Record<string, unknown>)[]> {
  const nodes: (Entry & Record<string, unknown>)[] = [];
  for (let after: string | null = null; ; ) {
    const { activities } = await client.run(
      `query($filter: ActivityFilter, $after: String) { activities(filter: $filter, first: 100, after: $after) { nodes { ${FIELDS} } pageInfo { hasNextPage endCursor } } }`,
      { filter, after },
    );
    nodes.push(...activities.nodes);
    if (!activities.pageInfo.hasNextPage) return nodes;
    after = activities.pageInfo.endCursor as string;
  }
}

/** What an entry says, in short: `UPDATED tstr`, and each field that differs, before and after. */
function told({ action, subjectId, before, after }: Entry) {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  const differs = (field: string) => JSON.stringify(before?.[field]) !== JSON.stringify(after?.[field]);
  const changes = Object.fromEntries(fields.filter(differs).map((field) => [field, [before?.[field], after?.[field]]]));
  return { entry: `${action} ${subjectId.split('_')[0]}`, changes: before === null || after === null ? null : changes };
}

/** How a mutation is called so that it changes something, and so that it is refused with user errors. */
interface Calls {
  readonly input: Record<string, unknown>;
  readonly refused: Record<string, unknown>;
}

interface Case {
  /** Makes what the call is about, with requests of its own. */
  readonly arrange: (admin: ApiClient) => Promise<Calls>;
  /** The new entries, newest first: what changed, or, of what was created or deleted, some of its fields. */
  readonly entries: readonly { readonly entry: string; readonly changes?: Record<string, unknown>; readonly fields?: Record<string, unknown> }[];
}

const UNKNOWN = {
  card: 'cdef_01h2xcejqtf2nbrexx3vqjhp41',
  structure: 'tstr_01h2xcejqtf2nbrexx3vqjhp41',
  tier: 'tier_01h2xcejqtf2nbrexx3vqjhp41',
  rule: 'rule_01h2xcejqtf2nbrexx3vqjhp41',
  key: 'key_01h2xcejqtf2nbrexx3vqjhp41',
  reward: 'rwd_01h2xcejqtf2nbrexx3vqjhp41',
  endpoint: 'whep_01h2xcejqtf2nbrexx3vqjhp41',
  delivery: 'whdl_01h2xcejqtf2nbrexx3vqjhp41',
};
const RATES = { rates: [{ currency: 'USD', value: '2', every: '1.00' }] };
const TIERS = { Basic: 0, Silver: 100 };
const moved = (from: string, to: string, version: number) => ({ status: [from, to], version: [version, version + 1] });

const draftReward = async (admin: ApiClient): Promise<string> => {
  const input = { name: 'Pastry', type: 'free_pastry', cost: 50, stock: 5, cardDefinitionId: await buildCardDefinition(admin) };
  return (await admin.succeed('rewardCreate', input, 'reward { id }')).reward.id;
};

const rewardInForce = async (admin: ApiClient): Promise<string> => {
  const id = await draftReward(admin);
  await admin.succeed('rewardActivate', { id }, 'reward { id }');
  return id;
};
const endpoint = async (admin: ApiClient): Promise<string> =>
  (await admin.succeed('webhookEndpointCreate', { url: 'https://example.com/hook?token=secret' }, 'webhookEndpoint { id }')).webhookEndpoint.id;
const testOf = async (admin: ApiClient): Promise<string> =>
  (await admin.succeed('webhookEndpointTest', { id: await endpoint(admin), eventType: 'customer.created' }, 'webhookDelivery { id }')).webhookDelivery.id;

const draftCard = async (admin: ApiClient): Promise<string> =>
  (await admin.succeed('cardDefinitionCreate', { name: 'Draft card' }, 'cardDefinition { id }')).cardDefinition.id;

async function draftStructure(admin: ApiClient): Promise<{ id: string; tierId: string }> {
  const cardDefinitionId = await buildCardDefinition(admin);
  const input = { name: 'Draft structure', type: 'POINT_BALANCE', cardDefinitionId, tiers: [{ name: 'First', minPoints: 0 }] };
  const { id, tiers } = (await admin.succeed('tierStructureCreate', input, 'tierStructure { id tiers { id } }')).tierStructure;
  return { id, tierId: tiers[0].id };
}

async function activeStructure(admin: ApiClient) {
  return buildStructure(admin, await buildCardDefinition(admin), { tiers: TIERS });
}

async function ruleInForce(admin: ApiClient): Promise<{ id: string; cardDefinitionId: string }> {
  const cardDefinitionId = await buildCardDefinition(admin);
  return { id: await buildRule(admin, cardDefinitionId), cardDefinitionId };
}

/** Calls that name an object by its id, and are refused for one that does not exist. */
const byId = (id: string, unknown: string, more: Record<string, unknown> = {}): Calls => ({ input: { id, ...more }, refused: { id: unknown, ...more } });

const DOCUMENT = 'version: 1\ncardDefinitions: [{ key: miles, name: Miles, status: ACTIVE }]';

const CASES: Readonly<Record<string, Case>> = {
  // Plans, and changes nothing.
  configurationPlan: { arrange: () => Promise.resolve({ input: { document: DOCUMENT }, refused: { document: 'version: 2' } }), entries: [] },
  configurationApply: {
    arrange: async (admin) => {
      const { data } = await call(admin, 'configurationPlan', { document: DOCUMENT }, 'configurationPlan { fingerprint }');
      const { fingerprint } = data.configurationPlan.configurationPlan;
      return { input: { document: DOCUMENT, fingerprint }, refused: { document: DOCUMENT, fingerprint: 'another' } };
    },
    entries: [
      { entry: 'ACTIVATED cdef', changes: moved('DRAFT', 'ACTIVE', 1) },
      { entry: 'CREATED cdef', fields: { key: 'miles', name: 'Miles', status: 'DRAFT' } },
    ],
  },
  workspaceCreate: {
    arrange: async () => {
      const input = { name: 'Second shop', timeZone: 'UTC', mode: 'SANDBOX' };
      return { input, refused: { ...input, name: '' } };
    },
    entries: [{ entry: 'CREATED ws', fields: { name: 'Second shop', mode: 'SANDBOX' } }],
  },
  workspaceUpdate: {
    arrange: async () => ({ input: { name: 'New name' }, refused: { name: '' } }),
    entries: [{ entry: 'UPDATED ws', changes: { name: ['Office', 'New name'], version: [1, 2] } }],
  },
  workspaceClockAdvance: {
    arrange: async () => ({ input: { to: '2026-05-18T12:00:00.000Z' }, refused: { to: '2026-05-16T12:00:00.000Z' } }),
    entries: [{ entry: 'CLOCK_ADVANCED ws', changes: { clockFrozenAt: [CLOCK, '2026-05-18T12:00:00.000Z'], version: [1, 2] } }],
  },
  apiKeyCreate: {
    arrange: async () => ({ input: { name: 'Till', scope: 'WRITE' }, refused: { name: '', scope: 'WRITE' } }),
    entries: [{ entry: 'CREATED key', fields: { name: 'Till', scope: 'WRITE', revokedAt: null } }],
  },
  apiKeyRotate: {
    arrange: async (admin) => byId((await createKey(admin, 'READ')).id, UNKNOWN.key, { overlapHours: 1 }),
    entries: [
      { entry: 'CREATED key', fields: { name: 'READ key', scope: 'READ' } },
      { entry: 'ROTATED key', changes: { expiresAt: [null, '2026-05-17T13:00:00.000Z'] } },
    ],
  },
  apiKeyRevoke: {
    arrange: async (admin) => byId((await createKey(admin, 'READ')).id, UNKNOWN.key),
    entries: [{ entry: 'REVOKED key', changes: { revokedAt: [null, CLOCK] } }],
  },
  signingKeyRotate: {
    arrange: async (admin) => {
      await admin.succeed('signingKeyRotate', {}, 'signingKey { id }');
      return { input: {}, refused: { idempotencyKey: '' } };
    },
    entries: [
      { entry: 'CREATED skey', fields: { publicJwk: expect.objectContaining({ kty: 'OKP', crv: 'Ed25519' }), retiredAt: null } },
      { entry: 'ROTATED skey', changes: { retiredAt: [null, CLOCK] } },
    ],
  },
  webhookEndpointCreate: {
    arrange: async () => ({ input: { url: 'https://example.com/hook?token=secret' }, refused: { url: 'http://10.0.0.1/' } }),
    // What stands in the query of an address may be what lets a sender in.
    entries: [{ entry: 'CREATED whep', fields: { url: 'https://example.com/hook', status: 'ENABLED', version: 1 } }],
  },
  webhookEndpointUpdate: {
    arrange: async (admin) => byId(await endpoint(admin), UNKNOWN.endpoint, { eventTypes: ['customer.*'] }),
    entries: [{ entry: 'UPDATED whep', changes: { eventTypes: [['*'], ['customer.*']], version: [1, 2] } }],
  },
  webhookEndpointPause: {
    arrange: async (admin) => byId(await endpoint(admin), UNKNOWN.endpoint),
    entries: [{ entry: 'DEACTIVATED whep', changes: { ...moved('ENABLED', 'PAUSED', 1), statusReason: [null, 'REQUESTED'] } }],
  },
  webhookEndpointEnable: {
    arrange: async (admin) => {
      const id = await endpoint(admin);
      await admin.succeed('webhookEndpointPause', { id }, 'webhookEndpoint { id }');
      return byId(id, UNKNOWN.endpoint);
    },
    entries: [{ entry: 'ACTIVATED whep', changes: { ...moved('PAUSED', 'ENABLED', 2), statusReason: ['REQUESTED', null] } }],
  },
  webhookEndpointDelete: {
    arrange: async (admin) => byId(await endpoint(admin), UNKNOWN.endpoint),
    entries: [{ entry: 'DELETED whep', changes: { ...moved('ENABLED', 'DELETED', 1), statusReason: [null, 'REQUESTED'] } }],
  },
  webhookEndpointSecretRotate: {
    arrange: async (admin) => byId(await endpoint(admin), UNKNOWN.endpoint, { overlapHours: 1 }),
    entries: [{ entry: 'ROTATED whep', changes: { previousSecretExpiresAt: [null, expect.anything()], version: [1, 2] } }],
  },
  webhookEndpointTest: {
    arrange: async (admin) => byId(await endpoint(admin), UNKNOWN.endpoint, { eventType: 'customer.created' }),
    entries: [{ entry: 'TESTED whep', fields: { eventType: 'customer.created', deliveryId: expect.stringMatching(/^whdl_/) } }],
  },
  webhookEndpointReplay: {
    arrange: async (admin) => byId(await endpoint(admin), UNKNOWN.endpoint, { from: new Date().toISOString(), to: '2099-01-01T00:00:00.000Z' }),
    entries: [{ entry: 'REPLAYED whep', fields: { to: '2099-01-01T00:00:00.000Z', scope: 'FAILED', replayId: expect.stringMatching(/^whrp_/) } }],
  },
  webhookDeliveryReplay: {
    arrange: async (admin) => byId(await testOf(admin), UNKNOWN.delivery),
    entries: [{ entry: 'REPLAYED whep', fields: { deliveryId: expect.stringMatching(/^whdl_/) } }],
  },
  cardDefinitionCreate: {
    arrange: async () => ({ input: { name: 'Miles' }, refused: { name: '' } }),
    entries: [{ entry: 'CREATED cdef', fields: { name: 'Miles', status: 'DRAFT', version: 1 } }],
  },
  cardDefinitionUpdate: {
    arrange: async (admin) => byId(await draftCard(admin), UNKNOWN.card, { name: 'Stars' }),
    entries: [{ entry: 'UPDATED cdef', changes: { name: ['Draft card', 'Stars'], version: [1, 2] } }],
  },
  cardDefinitionActivate: {
    arrange: async (admin) => byId(await draftCard(admin), UNKNOWN.card),
    entries: [{ entry: 'ACTIVATED cdef', changes: moved('DRAFT', 'ACTIVE', 1) }],
  },
  cardDefinitionDeactivate: {
    arrange: async (admin) => byId(await buildCardDefinition(admin), await draftCard(admin)),
    entries: [{ entry: 'DEACTIVATED cdef', changes: moved('ACTIVE', 'INACTIVE', 2) }],
  },
  cardDefinitionDraft: {
    arrange: async (admin) => byId(await buildCardDefinition(admin), UNKNOWN.card),
    entries: [{ entry: 'DRAFTED cdef', changes: moved('ACTIVE', 'DRAFT', 2) }],
  },
  cardDefinitionDelete: {
    arrange: async (admin) => byId(await draftCard(admin), UNKNOWN.card),
    entries: [{ entry: 'DELETED cdef', changes: moved('DRAFT', 'DELETED', 1) }],
  },
  tierStructureCreate: {
    arrange: async (admin) => {
      const tiers = [{ name: 'Mate', minPoints: 0 }, { name: 'Captain', minPoints: 9 }];
      const input = { name: 'Crew', type: 'POINT_BALANCE', cardDefinitionId: await buildCardDefinition(admin), tiers };
      return { input, refused: { ...input, name: '' } };
    },
    entries: [
      { entry: 'CREATED tier', fields: { name: 'Captain', minPoints: '9' } },
      { entry: 'CREATED tier', fields: { name: 'Mate', minPoints: '0' } },
      { entry: 'CREATED tstr', fields: { name: 'Crew', status: 'DRAFT', version: 1 } },
    ],
  },
  tierStructureUpdate: {
    arrange: async (admin) => byId((await draftStructure(admin)).id, UNKNOWN.structure, { name: 'Insiders' }),
    entries: [{ entry: 'UPDATED tstr', changes: { name: ['Draft structure', 'Insiders'], version: [1, 2] } }],
  },
  tierStructureActivate: {
    arrange: async (admin) => byId((await draftStructure(admin)).id, UNKNOWN.structure),
    entries: [{ entry: 'ACTIVATED tstr', changes: { ...moved('DRAFT', 'ACTIVE', 1), effectiveAt: [null, CLOCK] } }],
  },
  tierStructureRevise: {
    arrange: async (admin) => byId((await activeStructure(admin)).id, (await draftStructure(admin)).id),
    entries: [
      { entry: 'CREATED tier', fields: { name: 'Silver' } },
      { entry: 'CREATED tier', fields: { name: 'Basic' } },
      { entry: 'CREATED tstr', fields: { name: 'Membership', status: 'DRAFT' } },
    ],
  },
  tierStructurePublish: {
    arrange: async (admin) => {
      const { id } = await activeStructure(admin);
      const { tierStructure } = await admin.succeed('tierStructureRevise', { id }, 'tierStructure { id tiers { id name } }');
      const silver = tierStructure.tiers.find(({ name }: { name: string }) => name === 'Silver');
      await admin.succeed('tierUpdate', { id: silver.id, minPoints: 150 }, 'tier { id }');
      return byId(tierStructure.id, id, { rollout: 'NEXT_JUDGEMENT' });
    },
    entries: [
      { entry: 'DELETED tstr', changes: moved('DRAFT', 'DELETED', 2) },
      { entry: 'UPDATED tier', changes: { minPoints: ['100', '150'] } },
      {
        entry: 'PUBLISHED tstr',
        changes: { revision: [expect.objectContaining({ number: 1 }), expect.objectContaining({ number: 2 })], version: [2, 3] },
      },
    ],
  },
  tierRulesPublish: {
    arrange: async (admin) => {
      const { id, tierIds } = await activeStructure(admin);
      const tiers = [{ id: tierIds['Basic'], name: 'Basic', minPoints: 0 }, { name: 'Gold', minPoints: 500 }];
      return { input: { tierStructureId: id, tiers }, refused: { tierStructureId: UNKNOWN.structure, tiers } };
    },
    entries: [
      { entry: 'DELETED tier', fields: { name: 'Silver' } },
      { entry: 'CREATED tier', fields: { name: 'Gold', minPoints: '500' } },
      {
        entry: 'PUBLISHED tstr',
        changes: { revision: [expect.objectContaining({ number: 1 }), expect.objectContaining({ number: 2 })], version: [2, 3] },
      },
    ],
  },
  tierStructureDeactivate: {
    arrange: async (admin) => byId((await activeStructure(admin)).id, (await draftStructure(admin)).id),
    entries: [{ entry: 'DEACTIVATED tstr', changes: { ...moved('ACTIVE', 'INACTIVE', 2), effectiveAt: [CLOCK, null] } }],
  },
  tierStructureDraft: {
    arrange: async (admin) => byId((await activeStructure(admin)).id, UNKNOWN.structure),
    entries: [{ entry: 'DRAFTED tstr', changes: { ...moved('ACTIVE', 'DRAFT', 2), effectiveAt: [CLOCK, null] } }],
  },
  tierStructureDelete: {
    arrange: async (admin) => byId((await draftStructure(admin)).id, UNKNOWN.structure),
    entries: [{ entry: 'DELETED tstr', changes: moved('DRAFT', 'DELETED', 1) }],
  },
  tierCreate: {
    arrange: async (admin) => {
      const tier = { name: 'Platinum', minPoints: 5_000 };
      const input = { tierStructureId: (await draftStructure(admin)).id, ...tier };
      return { input, refused: { tierStructureId: (await activeStructure(admin)).id, ...tier } };
    },
    entries: [{ entry: 'CREATED tier', fields: { name: 'Platinum', minPoints: '5000' } }],
  },
  tierUpdate: {
    arrange: async (admin) => byId((await draftStructure(admin)).tierId, UNKNOWN.tier, { name: 'Bronze' }),
    entries: [{ entry: 'UPDATED tier', changes: { name: ['First', 'Bronze'] } }],
  },
  tierDelete: {
    arrange: async (admin) => byId((await draftStructure(admin)).tierId, (await activeStructure(admin)).tierIds['Silver'] ?? ''),
    entries: [{ entry: 'DELETED tier', fields: { name: 'First' } }],
  },
  earnRuleCreate: {
    arrange: async (admin) => {
      const input = { name: 'Double', cardDefinitionId: await buildCardDefinition(admin), version: RATES };
      return { input, refused: { ...input, name: '' } };
    },
    entries: [
      { entry: 'PUBLISHED rule', changes: { latestVersion: [null, expect.objectContaining({ number: 1, ...RATES })] } },
      { entry: 'CREATED rule', fields: { name: 'Double' } },
    ],
  },
  earnRuleUpdate: {
    arrange: async (admin) => byId((await ruleInForce(admin)).id, UNKNOWN.rule, { name: 'Triple', key: 'triple' }),
    entries: [{ entry: 'UPDATED rule', changes: { key: [expect.any(String), 'triple'], name: [expect.any(String), 'Triple'], version: [1, 2] } }],
  },
  earnRulePublish: {
    arrange: async (admin) => byId((await ruleInForce(admin)).id, UNKNOWN.rule, { version: RATES }),
    entries: [{ entry: 'PUBLISHED rule', changes: { latestVersion: [expect.objectContaining({ number: 1 }), expect.objectContaining({ number: 2, ...RATES })], version: [1, 2] } }],
  },
  earnRuleRetire: {
    arrange: async (admin) => byId((await ruleInForce(admin)).id, UNKNOWN.rule),
    entries: [{ entry: 'RETIRED rule', changes: { retiredAt: [null, CLOCK], version: [1, 2] } }],
  },
  rewardCreate: {
    arrange: async (admin) => {
      const input = { name: 'Pastry', type: 'free_pastry', cost: 50, stock: 5, cardDefinitionId: await buildCardDefinition(admin) };
      return { input, refused: { ...input, name: '' } };
    },
    entries: [{ entry: 'CREATED rwd', fields: { name: 'Pastry', type: 'free_pastry', cost: '50', stock: 5, status: 'DRAFT', version: 1 } }],
  },
  rewardUpdate: {
    arrange: async (admin) => byId(await draftReward(admin), UNKNOWN.reward, { name: 'Cake' }),
    entries: [{ entry: 'UPDATED rwd', changes: { name: ['Pastry', 'Cake'], version: [1, 2] } }],
  },
  rewardStockAdjust: {
    arrange: async (admin) => byId(await draftReward(admin), UNKNOWN.reward, { by: -2 }),
    entries: [{ entry: 'STOCK_ADJUSTED rwd', changes: { stock: [5, 3], version: [1, 2] } }],
  },
  rewardActivate: {
    arrange: async (admin) => byId(await draftReward(admin), UNKNOWN.reward),
    entries: [{ entry: 'ACTIVATED rwd', changes: moved('DRAFT', 'ACTIVE', 1) }],
  },
  rewardDeactivate: {
    arrange: async (admin) => byId(await rewardInForce(admin), UNKNOWN.reward),
    entries: [{ entry: 'DEACTIVATED rwd', changes: moved('ACTIVE', 'INACTIVE', 2) }],
  },
  rewardDraft: {
    arrange: async (admin) => byId(await rewardInForce(admin), UNKNOWN.reward),
    entries: [{ entry: 'DRAFTED rwd', changes: moved('ACTIVE', 'DRAFT', 2) }],
  },
  rewardDelete: {
    arrange: async (admin) => byId(await draftReward(admin), UNKNOWN.reward),
    entries: [{ entry: 'DELETED rwd', changes: moved('DRAFT', 'DELETED', 1) }],
  },
};

let server: TestServer;
let stranger: ApiClient;

beforeAll(async () => {
  server = await startTestServer({ trustedProxies: ['loopback'] });
  server.setNow(CLOCK);
  stranger = await server.workspace();
});
afterAll(() => server.stop());

/** A change of a tier is an entry about the tier, and raises the version of its structure. */
function contentOf(snapshot: Record<string, unknown> | null) {
  if (snapshot === null) return null;
  const { version: _, ...content } = snapshot;
  return content;
}

const office = () => server.workspace({ name: 'Office', clock: CLOCK });
const keyIdOf = async (admin: ApiClient): Promise<string> => (await admin.run('{ apiKeys(last: 1) { nodes { id } } }')).apiKeys.nodes[0].id;

/** Runs a mutation as the back office does. */
async function call(admin: ApiClient, field: string, input: Record<string, unknown>, selection = ''): Promise<GraphqlAnswer> {
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
  return admin.send(`mutation($input: ${type}!) { ${field}(input: $input) { ${selection} userErrors { code } } }`, { input }, HEADERS);
}

const takesKey = (field: string): boolean => {
  const type = schema.getType(`${field.charAt(0).toUpperCase()}${field.slice(1)}Input`);
  return isInputObjectType(type) && 'idempotencyKey' in type.getFields();
};

test('every mutation that needs ADMIN has a case, and every case a mutation', () => {
  expect(adminMutations.length).toBeGreaterThan(20);
  expect(Object.keys(CASES).sort()).toEqual(adminMutations.map(({ name }) => name).sort());
});

describe.each(Object.entries(CASES))('%s', (field, { arrange, entries }) => {
  test('is in the log with who, from where and which request; a refusal and a repetition are not', async () => {
    const admin = await office();
    const { input, refused } = await arrange(admin);
    const keyId = await keyIdOf(admin);
    const before = await logOf(admin);

    const refusal = await unchanged(server, () => call(admin, field, refused));
    expect(refusal.data[field].userErrors).not.toEqual([]);

    const idempotencyKey = takesKey(field) ? { idempotencyKey: randomUUID() } : {};
    const answer = await call(admin, field, { ...input, ...idempotencyKey });
    expect([answer.errors, answer.data?.[field].userErrors]).toEqual([[], []]);
    const log = await logOf(admin);
    // What was there is there still, bit for bit.
    expect(log.slice(log.length - before.length)).toEqual(before);
    const added = log.slice(0, log.length - before.length);
    expect(added.map(told)).toEqual(entries.map(({ entry, changes = null }) => ({ entry, changes })));
    for (const [index, { fields = {} }] of entries.entries()) expect(added[index]?.after ?? added[index]?.before).toMatchObject(fields);
    for (const [index, entry] of added.entries()) {
      expect(entry).toMatchObject({ apiKeyId: keyId, requestId: answer.headers.get('x-request-id'), api: 'GRAPHQL', ipAddress: ADDRESS, userAgent: AGENT });
      expect(entry['recordedAt']).toBe(CLOCK);
      // The story of each object has no gap, and what is sent to it does not belong to it.
      const isUse = ({ action }: { action?: unknown }) => action === 'TESTED' || action === 'REPLAYED';
      const earlier = log.slice(index + 1).find((each) => each.subjectId === entry.subjectId && !isUse(each));
      expect(contentOf(entry.before)).toEqual(isUse(entry) ? null : contentOf(earlier?.after ?? null));
    }

    if (takesKey(field)) {
      const repeated = await unchanged(server, () => call(admin, field, { ...input, ...idempotencyKey }));
      expect([repeated.errors, repeated.data[field].userErrors]).toEqual([[], []]);
    }

    const ids = added.map(({ id }) => id);
    expect(await logOf(stranger, { requestId: { is: answer.headers.get('x-request-id') } })).toEqual([]);
    const seen = ids.length === 0 ? {} : await stranger.run(`{ ${ids.map((id, index) => `n${index}: node(id: "${id}") { id }`).join(' ')} }`);
    expect(Object.values(seen as Record<string, unknown>)).toEqual(ids.map(() => null));
  });
});

test('through REST a change is in the log as well, once; a refusal and a repetition are not', async () => {
  const admin = await office();
  const rest = new RestClient(server.url, admin.key);
  const before = await logOf(admin);
  const headers = { ...HEADERS, 'idempotency-key': randomUUID() };
  const create = (name: string, own: Record<string, string>) => rest.send('POST', '/v3/card-definitions', { name }, own);
  expect((await unchanged(server, () => create('', HEADERS))).status).toBeGreaterThanOrEqual(400);
  const answer = await create('Miles', headers);
  expect(answer.status).toBe(201);
  const [added, ...older] = await logOf(admin);
  expect(older).toEqual(before);
  expect(added).toMatchObject({
    action: 'CREATED',
    subjectId: answer.body.id,
    apiKeyId: await keyIdOf(admin),
    requestId: answer.headers.get('x-request-id'),
    api: 'REST',
    ipAddress: ADDRESS,
    userAgent: AGENT,
    before: null,
    after: { name: 'Miles', status: 'DRAFT' },
  });
  const repeated = await unchanged(server, () => create('Miles', headers));
  expect([repeated.status, repeated.body.id]).toEqual([201, answer.body.id]);
  expect(await logOf(admin, { api: { is: 'REST' } })).toEqual([added]);
});

describe('where nobody of the workspace asked', () => {
  test('what a new workspace begins with is in its own log too: from where, in which request, but by no key of its own', async () => {
    const admin = await office();
    const input = { name: 'Second shop', timeZone: 'UTC', mode: 'SANDBOX' };
    const answer = await call(admin, 'workspaceCreate', input, 'workspace { id } apiKey { id } secret');
    const { workspace, apiKey, secret } = answer.data.workspaceCreate;
    const cause = { requestId: answer.headers.get('x-request-id'), api: 'GRAPHQL', ipAddress: ADDRESS, userAgent: AGENT };
    expect(await logOf(admin.withKey(secret))).toEqual([
      expect.objectContaining({ action: 'CREATED', subjectId: apiKey.id, apiKeyId: null, before: null, ...cause }),
      expect.objectContaining({ action: 'CREATED', subjectId: workspace.id, apiKeyId: null, before: null, ...cause }),
    ]);
    const [own] = await logOf(admin, { subjectId: { is: workspace.id } });
    expect(own).toMatchObject({ action: 'CREATED', apiKeyId: await keyIdOf(admin), before: null, ...cause });
  });

  test('the server itself is named as such', async () => {
    const log = await logOf(await office());
    expect(log.map((entry) => [entry.action, entry['apiKeyId'], entry['api'], entry['ipAddress'], entry['userAgent']])).toEqual([
      ['CREATED', null, 'SYSTEM', null, null],
      ['CREATED', null, 'SYSTEM', null, null],
    ]);
  });

  test('an entry from before the origin was recorded says so with nulls, and is found all the same', async () => {
    const admin = await office();
    const id = (await logOf(admin))[0]?.id ?? '';
    await server.database.pool.query('UPDATE activities SET api = NULL WHERE workspace_id = (SELECT workspace_id FROM api_keys WHERE last_four = $1)', [
      admin.key?.slice(-4),
    ]);
    expect((await logOf(admin)).map((entry) => [entry['api'], entry['ipAddress'], entry['userAgent']])).toEqual([[null, null, null], [null, null, null]]);
    expect(await logOf(admin, { api: { is: 'SYSTEM' } })).toEqual([]);
    expect((await logOf(admin, { api: { isNot: 'GRAPHQL' } })).map((entry) => entry.id)).toContain(id);
  });
});

describe('asking the log', () => {
  let admin: ApiClient;
  let second: { readonly id: string; readonly client: ApiClient };
  let names: Map<string, string>;
  let requestIds: string[];

  /** Six entries at three instants, by two keys, from two addresses; the two of the workspace's beginning are older. */
  beforeAll(async () => {
    admin = await office();
    second = await createKey(admin, 'ADMIN');
    const send = async (client: ApiClient, field: string, input: Record<string, unknown>, address: string) => {
      const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
      const answer = await client.send(`mutation($input: ${type}!) { ${field}(input: $input) { userErrors { code } } }`, { input }, { ...HEADERS, 'x-forwarded-for': address });
      expect(answer.data[field].userErrors).toEqual([]);
      return answer.headers.get('x-request-id') ?? '';
    };
    const to = (hours: number) => ({ to: `2026-05-17T${12 + hours}:00:00.000Z` });
    requestIds = [
      await send(admin, 'cardDefinitionCreate', { name: 'Points' }, ADDRESS),
      await send(admin, 'workspaceClockAdvance', to(1), ADDRESS),
      await send(second.client, 'tierStructureCreate', { name: 'Levels', type: 'POINT_BALANCE', tiers: [{ name: 'One', minPoints: 0 }] }, '2001:DB8:0::7'),
      await send(second.client, 'workspaceClockAdvance', to(2), ADDRESS),
    ];
    const log = await logOf(admin);
    names = new Map(log.map(({ id, action, subjectId }) => [id, `${action} ${subjectId.split('_')[0]}`]));
  });

  const ALL = ['CLOCK_ADVANCED ws', 'CREATED tier', 'CREATED tstr', 'CLOCK_ADVANCED ws', 'CREATED cdef', 'CREATED key', 'CREATED key', 'CREATED ws'];

  test.each<[string, () => Record<string, unknown>, string[]]>([
    ['without conditions', () => ({}), ALL],
    ['by action', () => ({ action: { is: 'CLOCK_ADVANCED' } }), ['CLOCK_ADVANCED ws', 'CLOCK_ADVANCED ws']],
    ['by several actions', () => ({ action: { in: ['CLOCK_ADVANCED', 'UPDATED'] } }), ['CLOCK_ADVANCED ws', 'CLOCK_ADVANCED ws']],
    ['by all actions but some', () => ({ action: { notIn: ['CREATED', 'UPDATED'] } }), ['CLOCK_ADVANCED ws', 'CLOCK_ADVANCED ws']],
    ['by kind of object', () => ({ subjectType: { in: ['TIER', 'TIER_STRUCTURE'] } }), ['CREATED tier', 'CREATED tstr']],
    ['by all kinds but one', () => ({ subjectType: { isNot: 'WORKSPACE' } }), ALL.filter((entry) => !entry.endsWith(' ws'))],
    ['by object', () => ({ subjectId: { is: second.id } }), ['CREATED key']],
    ['by what is no id', () => ({ subjectId: { in: ['\u0000', 'nonsense'] } }), []],
    ['by key', () => ({ apiKeyId: { is: second.id } }), ['CLOCK_ADVANCED ws', 'CREATED tier', 'CREATED tstr']],
    ['by all keys but one', () => ({ apiKeyId: { isNot: second.id } }), ['CLOCK_ADVANCED ws', 'CREATED cdef', 'CREATED key', 'CREATED key', 'CREATED ws']],
    ['by API', () => ({ api: { is: 'SYSTEM' } }), ['CREATED key', 'CREATED ws']],
    ['by address, however it is spelled', () => ({ ipAddress: { is: '2001:db8::0007' } }), ['CREATED tier', 'CREATED tstr']],
    ['by several addresses', () => ({ ipAddress: { in: [ADDRESS, '198.51.100.1'] } }), ['CLOCK_ADVANCED ws', 'CLOCK_ADVANCED ws', 'CREATED cdef']],
    ['by request', () => ({ requestId: { is: requestIds[2] } }), ['CREATED tier', 'CREATED tstr']],
    ['by several requests', () => ({ requestId: { in: [requestIds[0], requestIds[3]] } }), ['CLOCK_ADVANCED ws', 'CREATED cdef']],
    ['after an instant', () => ({ recordedAt: { after: CLOCK } }), ['CLOCK_ADVANCED ws', 'CREATED tier', 'CREATED tstr']],
    ['before an instant', () => ({ recordedAt: { before: '2026-05-17T13:00:00.000Z' } }), ALL.slice(3)],
    ['between instants', () => ({ recordedAt: { after: CLOCK, before: '2026-05-17T13:00:00.001Z' } }), ALL.slice(0, 3)],
    ['by several conditions', () => ({ apiKeyId: { is: second.id }, subjectType: { is: 'TIER' }, recordedAt: { after: CLOCK } }), ['CREATED tier']],
    ['that contradict each other', () => ({ action: { is: 'UPDATED' }, subjectId: { is: second.id } }), []],
  ])('%s', async (_, filterOf, expected) => {
    expect((await logOf(admin, filterOf())).map(({ id }) => names.get(id))).toEqual(expected);
  });

  test('in pages of every size, forward and backward, each entry once, also where many have one instant', async () => {
    const all = (await logOf(admin)).map(({ id }) => id);
    const page = async (args: string) => (await admin.run(`{ activities(${args}) { edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage } } }`)).activities;
    for (const size of [1, 3, 8]) {
      const forward: string[] = [];
      for (let args = `first: ${size}`, more = true; more; ) {
        const { edges, pageInfo } = await page(args);
        forward.push(...edges.map(({ node }: { node: { id: string } }) => node.id));
        args = `first: ${size}, after: "${edges.at(-1).cursor}"`;
        more = pageInfo.hasNextPage;
      }
      expect(forward).toEqual(all);
      const backward: string[] = [];
      for (let args = `last: ${size}`, more = true; more; ) {
        const { edges, pageInfo } = await page(args);
        backward.unshift(...edges.map(({ node }: { node: { id: string } }) => node.id));
        args = `last: ${size}, before: "${edges[0].cursor}"`;
        more = pageInfo.hasPreviousPage;
      }
      expect(backward).toEqual(all);
    }
  });

  test.each([
    ['too many ids', { apiKeyId: { in: Array(101).fill('key_01h2xcejqtf2nbrexx3vqjhp41') } }, ['filter', 'apiKeyId', 'in']],
    ['an empty list', { subjectType: { in: [] } }, ['filter', 'subjectType', 'in']],
    ['a text that is too long', { requestId: { is: 'x'.repeat(201) } }, ['filter', 'requestId', 'is']],
    ['a text with a NUL in it', { requestId: { is: '\u0000' } }, ['filter', 'requestId', 'is']],
  ])('with %s is refused', async (_, filter, field) => {
    const { errors } = await admin.send('query($filter: ActivityFilter) { activities(filter: $filter) { nodes { id } } }', { filter });
    expect(errors.map(({ extensions }) => [extensions.code, extensions.field])).toEqual([['INVALID_FILTER', field]]);
  });

  test('is for administrators; others see the changes of an object, not where its administrators sat', async () => {
    const reader = await createKey(admin, 'READ');
    const { errors } = await reader.client.send('{ activities { nodes { id } } }');
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
    const listed = async (client: ApiClient) =>
      (await client.run('{ cardDefinitions { nodes { activities { nodes { action requestId ipAddress userAgent } } } } }')).cardDefinitions.nodes[0].activities.nodes;
    const change = { action: 'CREATED', requestId: requestIds[0] };
    expect(await listed(admin)).toEqual([{ ...change, ipAddress: ADDRESS, userAgent: AGENT }]);
    expect(await listed(reader.client)).toEqual([{ ...change, ipAddress: null, userAgent: null }]);
  });
});

test('no secret is told by the log, nor by anything else than the answer that made it', async () => {
  const admin = await office();
  const { apiKey, secret } = await admin.succeed('apiKeyCreate', { name: 'Till', scope: 'ADMIN' }, 'apiKey { id } secret');
  const { secret: rotated } = await admin.succeed('apiKeyRotate', { id: apiKey.id }, 'secret');
  const log = JSON.stringify(await logOf(admin));
  for (const told of [secret, rotated, admin.key]) {
    expect(log).not.toContain(told);
    expect(log).not.toContain(createHash('sha256').update(String(told)).digest('hex'));
  }
  const showing = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) && 'secret' in type.getFields());
  expect(showing.map(({ name }) => name).sort()).toEqual([
    'ApiKeyCreatePayload',
    'ApiKeyRotatePayload',
    'WebhookEndpointCreatePayload',
    'WebhookEndpointSecretRotatePayload',
    'WorkspaceCreatePayload',
  ]);
});

test('the contract offers nothing that changes an entry: no mutation takes one or answers with one', () => {
  const reachable = new Set<string>();
  const visit = (name: string) => {
    if (reachable.has(name)) return;
    reachable.add(name);
    const type = schema.getType(name);
    if (isInputObjectType(type)) for (const field of Object.values(type.getFields())) visit(getNamedType(field.type).name);
  };
  for (const { args, type } of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    for (const argument of args) visit(getNamedType(argument.type).name);
    const payload = getNamedType(type);
    if (isObjectType(payload)) for (const field of Object.values(payload.getFields())) reachable.add(getNamedType(field.type).name);
  }
  expect(reachable.size).toBeGreaterThan(100);
  expect(['Activity', 'ActivityConnection', 'ApiKeyUse', 'ApiKeyUseConnection'].filter((name) => reachable.has(name))).toEqual([]);
});

import type { ApiClient } from './client.ts';
import { buildCardDefinition, buildCustomer, buildProgram, buildRule, buildStructure, earn } from './program.ts';
import { buildReward, redeem } from './rewards.ts';

/**
 * How every route of REST is called, and how the same is asked for through GraphQL. Bodies are written as a client of REST
 * writes them and variables as one of GraphQL does: neither is made from the other.
 */

/** Ids that a workspace of these cases has, by name. */
export type Ids = Record<string, string>;

export interface RestCase {
  /** Path and query. */
  readonly path: (ids: Ids) => string;
  readonly body?: (ids: Ids) => object;
  readonly variables: (ids: Ids) => Record<string, unknown>;
  /** Makes what only this case needs. */
  readonly before?: (admin: ApiClient, ids: Ids) => Promise<void>;
  /** What else is refused, besides what every route refuses. */
  readonly refusals?: Readonly<Record<string, RestRefusal>>;
}

/** A call that is refused. What is left out is as in the case. */
export interface RestRefusal {
  readonly path?: (ids: Ids) => string;
  readonly body?: (ids: Ids) => object;
  readonly variables: (ids: Ids) => Record<string, unknown>;
  readonly codes: readonly string[];
  readonly status: number;
  /** Where the problem is, as REST names it. */
  readonly field?: readonly string[] | null;
}

/** A workspace with one of everything. */
export async function buildWorld(admin: ApiClient): Promise<Ids> {
  const program = await buildProgram(admin);
  const customer = await buildCustomer(admin, 'ada', { name: 'Ada', metadata: { favouriteColor: 'red', nested: { camelCase: 1 } } });
  const other = await buildCustomer(admin, 'bob');
  const { transaction } = await earn(admin, 'ada', '152.40', { reference: 'ord_1', lines: [{ sku: 'tea', amount: '152.40' }] });
  await admin.succeed('pointsAdjust', { customer: { id: customer }, points: 500, reason: 'Welcome' }, 'duplicate');
  const { spend } = await admin.succeed('spend', { customer: { id: customer }, points: 40, reference: 'spd_1' }, 'spend { id }');
  await admin.succeed('refund', { transaction: { id: transaction.id }, amount: '2.40' }, 'duplicate');
  const { customer: read } = await admin.run('query($id: ID!) { customer(by: { id: $id }) { ledgerEntries { nodes { id } } operations { nodes { id } } } }', { id: customer });
  const { apiKeys } = await admin.run('{ apiKeys { nodes { id } } }');
  const reward = await buildReward(admin, program.cardDefinitionId, { cost: 5, stock: 100, receipts: [{ locale: 'en', template: '{{reward.name}}' }] });
  const { redemption } = await redeem(admin, reward, 'ada', { reference: 'rdm_1' });
  const { webhookEndpoint } = await admin.succeed('webhookEndpointCreate', { url: 'https://example.com/hook' }, 'webhookEndpoint { id }');
  const { webhookDelivery } = await admin.succeed('webhookEndpointTest', { id: webhookEndpoint.id, eventType: 'customer.created' }, 'webhookDelivery { id }');
  return {
    reward,
    redemption: redemption.id,
    cardDefinition: program.cardDefinitionId,
    tierStructure: program.tierStructureId,
    silver: program.tierIds['Silver']!,
    earnRule: program.earnRuleId,
    customer,
    other,
    transaction: transaction.id,
    spend: spend.id,
    ledgerEntry: read.ledgerEntries.nodes[0].id,
    operation: read.operations.nodes[0].id,
    apiKey: apiKeys.nodes[0].id,
    webhookEndpoint: webhookEndpoint.id,
    webhookDelivery: webhookDelivery.id,
  };
}

/** Ids of the right kind that exist nowhere. */
export const UNKNOWN_IDS: Ids = {
  cardDefinition: 'cdef_01h2xcejqtf2nbrexx3vqjhp41',
  tierStructure: 'tstr_01h2xcejqtf2nbrexx3vqjhp41',
  silver: 'tier_01h2xcejqtf2nbrexx3vqjhp41',
  earnRule: 'rule_01h2xcejqtf2nbrexx3vqjhp41',
  customer: 'cust_01h2xcejqtf2nbrexx3vqjhp41',
  other: 'cust_01h2xcejqtf2nbrexx3vqjhp42',
  transaction: 'txn_01h2xcejqtf2nbrexx3vqjhp41',
  spend: 'spnd_01h2xcejqtf2nbrexx3vqjhp41',
  reward: 'rwd_01h2xcejqtf2nbrexx3vqjhp41',
  redemption: 'rdm_01h2xcejqtf2nbrexx3vqjhp41',
  ledgerEntry: 'lent_01h2xcejqtf2nbrexx3vqjhp41',
  operation: 'adj_01h2xcejqtf2nbrexx3vqjhp41',
  apiKey: 'key_01h2xcejqtf2nbrexx3vqjhp41',
  webhookEndpoint: 'whep_01h2xcejqtf2nbrexx3vqjhp41',
  webhookDelivery: 'whdl_01h2xcejqtf2nbrexx3vqjhp41',
  subject: 'nothing_01h2xcejqtf2nbrexx3vqjhp41',
};

/** Makes an object for one case alone and keeps its id as `subject`. */
const subject = (make: (admin: ApiClient, ids: Ids) => Promise<string>) => async (admin: ApiClient, ids: Ids) => {
  ids['subject'] = await make(admin, ids);
};

const draftCard = subject(async (admin) => {
  const { cardDefinition } = await admin.succeed('cardDefinitionCreate', { name: 'Draft' }, 'cardDefinition { id }');
  return cardDefinition.id as string;
});
const activeCard = subject((admin) => buildCardDefinition(admin, { name: 'Active' }));
const draftStructure = subject(async (admin, ids) => {
  const input = { name: 'Draft', type: 'POINT_BALANCE', cardDefinitionId: ids['cardDefinition'], tiers: [{ name: 'Only', minPoints: 900 }] };
  const { tierStructure } = await admin.succeed('tierStructureCreate', input, 'tierStructure { id tiers { id } }');
  ids['draftTier'] = tierStructure.tiers[0].id as string;
  return tierStructure.id as string;
});
/** Nobody holds a tier of it. */
const activeStructure = subject(async (admin, ids) => (await buildStructure(admin, ids['cardDefinition']!, { name: 'Active', tiers: { Far: 1_000_000 } })).id);
const revision = subject(async (admin, ids) => {
  const { id } = await buildStructure(admin, ids['cardDefinition']!, { name: 'Revised', tiers: { Far: 1_000_000 } });
  return (await admin.succeed('tierStructureRevise', { id }, 'tierStructure { id }')).tierStructure.id as string;
});
const apiKey = subject(async (admin) => (await admin.succeed('apiKeyCreate', { name: 'Other', scope: 'READ' }, 'apiKey { id }')).apiKey.id as string);
const rule = subject((admin, ids) => buildRule(admin, ids['cardDefinition']!, {}, { name: 'Other', rates: [{ currency: 'EUR', value: '1', every: '1.00' }], condition: 'false' }));
const endpoint = subject(async (admin) => (await admin.succeed('webhookEndpointCreate', { url: 'https://example.com/other' }, 'webhookEndpoint { id }')).webhookEndpoint.id as string);
const testDelivery = subject(async (admin) => {
  const { webhookEndpoint } = await admin.succeed('webhookEndpointCreate', { url: 'https://example.com/other' }, 'webhookEndpoint { id }');
  const tested = await admin.succeed('webhookEndpointTest', { id: webhookEndpoint.id, eventType: 'customer.created' }, 'webhookDelivery { id }');
  return tested.webhookDelivery.id as string;
});
const pausedEndpoint = subject(async (admin) => {
  const { webhookEndpoint } = await admin.succeed('webhookEndpointCreate', { url: 'https://example.com/other' }, 'webhookEndpoint { id }');
  await admin.succeed('webhookEndpointPause', { id: webhookEndpoint.id }, 'webhookEndpoint { id }');
  return webhookEndpoint.id as string;
});

const draftReward = subject(async (admin, ids) => {
  const input = { name: 'Draft', type: 'cup', cost: 5, stock: 9, cardDefinitionId: ids['cardDefinition'] };
  return (await admin.succeed('rewardCreate', input, 'reward { id }')).reward.id as string;
});
const activeReward = subject((admin, ids) => buildReward(admin, ids['cardDefinition']!, { stock: 9 }));
const issuedRedemption = subject(async (admin, ids) => {
  const { redemption, proof } = await redeem(admin, ids['reward']!, 'ada');
  ids['proof'] = proof as string;
  return redemption.id as string;
});

/** A step that takes an object from one status to another. */
const step = (path: (id: string) => string, before: NonNullable<RestCase['before']>, codes: readonly string[] = ['VERSION_CONFLICT']): RestCase => ({
  path: (ids) => path(ids['subject']!),
  body: () => ({}),
  variables: (ids) => ({ input: { id: ids['subject'] } }),
  before,
  refusals: {
    'another version': {
      body: () => ({ version: 77 }),
      variables: (ids) => ({ input: { id: ids['subject'], version: 77 } }),
      codes,
      status: 409,
      field: ['version'],
    },
  },
});
const deletion = (path: (id: string) => string, before: NonNullable<RestCase['before']>): RestCase => ({
  path: (ids) => path(ids['subject']!),
  variables: (ids) => ({ input: { id: ids['subject'] } }),
  before,
  refusals: {
    'another version': {
      path: (ids) => `${path(ids['subject']!)}?version=77`,
      variables: (ids) => ({ input: { id: ids['subject'], version: 77 } }),
      codes: ['VERSION_CONFLICT'],
      status: 409,
      field: ['version'],
    },
  },
});

/** A list and how it refuses what is no page of it. */
const list = (path: (ids: Ids) => string, variables: (ids: Ids) => Record<string, unknown> = () => ({})): RestCase => ({
  path: (ids) => `${path(ids)}?limit=2`,
  variables: (ids) => ({ ...variables(ids), limit: 2 }),
  refusals: {
    'a page of nothing': {
      path: (ids) => `${path(ids)}?limit=0`,
      variables: (ids) => ({ ...variables(ids), limit: 0 }),
      codes: ['INVALID_PAGE'],
      status: 400,
      field: ['limit'],
    },
    'a page that is too large': {
      path: (ids) => `${path(ids)}?limit=101`,
      variables: (ids) => ({ ...variables(ids), limit: 101 }),
      codes: ['INVALID_PAGE'],
      status: 400,
      field: ['limit'],
    },
    'a cursor of another list': {
      path: (ids) => `${path(ids)}?cursor=nowhere`,
      variables: (ids) => ({ ...variables(ids), cursor: 'nowhere' }),
      codes: ['INVALID_CURSOR'],
      status: 400,
      field: ['cursor'],
    },
  },
});
const byCustomer = (ids: Ids) => ({ by: { id: ids['customer'] } });

const BACKDATED = 'version: 1\nworkspace: { backdatingDays: 12 }';

/** By operation. */
export const REST_CASES: Readonly<Record<string, RestCase>> = {
  // --- workspace -----------------------------------------------------------------------------------
  workspaceGet: { path: () => '/v3/workspace', variables: () => ({}) },
  workspaceUpdate: {
    path: () => '/v3/workspace',
    body: () => ({ name: 'Renamed', backdating_days: 30_000 }),
    variables: () => ({ input: { name: 'Renamed', backdatingDays: 30_000 } }),
    refusals: {
      'no name': { body: () => ({ name: '' }), variables: () => ({ input: { name: '' } }), codes: ['INVALID_NAME'], status: 422, field: ['name'] },
    },
  },
  configurationGet: {
    path: () => '/v3/configuration?format=JSON',
    variables: () => ({ format: 'JSON' }),
    refusals: {
      'a form that is none': {
        path: () => '/v3/configuration?format=TOML',
        variables: () => ({ format: 'TOML' }),
        codes: ['BAD_USER_INPUT'],
        status: 400,
        field: ['format'],
      },
    },
  },
  configurationPlanCreate: {
    path: () => '/v3/configuration/plans',
    body: () => ({ document: 'version: 1\nearnRules: []', prune: true }),
    variables: () => ({ input: { document: 'version: 1\nearnRules: []', prune: true } }),
    refusals: {
      'not YAML': {
        body: () => ({ document: 'version: [' }),
        variables: () => ({ input: { document: 'version: [' } }),
        codes: ['INVALID_SYNTAX'],
        status: 422,
        field: ['document'],
      },
    },
  },
  configurationApplicationCreate: {
    path: () => '/v3/configuration/applications',
    body: (ids) => ({ document: BACKDATED, fingerprint: ids['fingerprint'] }),
    variables: (ids) => ({ input: { document: BACKDATED, fingerprint: ids['fingerprint'] } }),
    before: async (admin, ids) => {
      const { configurationPlan } = await admin.succeed('configurationPlan', { document: BACKDATED }, 'configurationPlan { fingerprint }');
      ids['fingerprint'] = configurationPlan.fingerprint as string;
    },
    refusals: {
      'another plan': {
        body: () => ({ document: BACKDATED, fingerprint: 'another' }),
        variables: () => ({ input: { document: BACKDATED, fingerprint: 'another' } }),
        codes: ['STALE_PLAN'],
        status: 409,
        field: ['fingerprint'],
      },
    },
  },
  workspaceCreate: {
    path: () => '/v3/workspaces',
    body: () => ({ name: 'Second', time_zone: 'Europe/Warsaw', mode: 'SANDBOX', clock: '2026-03-01T00:00:00Z' }),
    variables: () => ({ input: { name: 'Second', timeZone: 'Europe/Warsaw', mode: 'SANDBOX', clock: '2026-03-01T00:00:00Z' } }),
    refusals: {
      'two things wrong': {
        body: () => ({ name: '', time_zone: 'Mars/Base', mode: 'LIVE' }),
        variables: () => ({ input: { name: '', timeZone: 'Mars/Base', mode: 'LIVE' } }),
        codes: ['INVALID_NAME', 'INVALID_TIME_ZONE'],
        status: 422,
        field: ['name'],
      },
    },
  },
  workspaceClockAdvance: {
    path: () => '/v3/workspace/clock',
    body: () => ({ to: '2026-06-02T00:00:00Z' }),
    variables: () => ({ input: { to: '2026-06-02T00:00:00Z' } }),
    refusals: {
      backwards: {
        body: () => ({ to: '2020-01-01T00:00:00Z' }),
        variables: () => ({ input: { to: '2020-01-01T00:00:00Z' } }),
        codes: ['CLOCK_BACKWARDS'],
        status: 422,
        field: ['to'],
      },
    },
  },
  apiKeyList: list(() => '/v3/api-keys'),
  // What keys were used for differs between the two APIs by nature: here, uses that there are not.
  apiKeyUseList: {
    path: () => `/v3/api-key-uses?limit=5&filter=${encodeURIComponent('{"used_at":{"before":"2020-01-01T00:00:00Z"}}')}`,
    variables: () => ({ limit: 5, filter: { usedAt: { before: '2020-01-01T00:00:00Z' } } }),
    refusals: {
      'a page of nothing': { path: () => '/v3/api-key-uses?limit=0', variables: () => ({ limit: 0 }), codes: ['INVALID_PAGE'], status: 400, field: ['limit'] },
    },
  },
  auditLogList: {
    path: () => `/v3/audit-log?filter=${encodeURIComponent('{"subject_type":{"is":"EARN_RULE"},"action":{"in":["CREATED"]}}')}`,
    variables: () => ({ filter: { subjectType: { is: 'EARN_RULE' }, action: { in: ['CREATED'] } } }),
    refusals: {
      'a filter of nothing': {
        path: () => `/v3/audit-log?filter=${encodeURIComponent('{"action":{"in":[]}}')}`,
        variables: () => ({ filter: { action: { in: [] } } }),
        codes: ['INVALID_FILTER'],
        status: 400,
      },
      'a filter that is no JSON': {
        path: () => '/v3/audit-log?filter=action',
        variables: () => ({ filter: 'action' }),
        codes: ['BAD_USER_INPUT'],
        status: 400,
        field: ['filter'],
      },
    },
  },
  eventList: {
    path: () => `/v3/events?limit=3&filter=${encodeURIComponent('{"types":["EARN_RULE_CREATED","TIER_CREATED"],"patterns":["customer.tier.*"]}')}`,
    variables: () => ({ limit: 3, filter: { types: ['EARN_RULE_CREATED', 'TIER_CREATED'], patterns: ['customer.tier.*'] } }),
    refusals: {
      'a pattern that names nothing': {
        path: () => `/v3/events?filter=${encodeURIComponent('{"patterns":["nothing.*"]}')}`,
        variables: () => ({ filter: { patterns: ['nothing.*'] } }),
        codes: ['INVALID_FILTER'],
        status: 400,
      },
      'a place that is not there': {
        path: () => '/v3/events?cursor=evt_01h2xcejqtf2nbrexx3vqjhp41',
        variables: () => ({ cursor: 'evt_01h2xcejqtf2nbrexx3vqjhp41' }),
        codes: ['EVENTS_REMOVED'],
        status: 410,
        field: ['cursor'],
      },
    },
  },
  rateLimitGet: { path: () => '/v3/rate-limit', variables: () => ({}) },
  apiKeyCreate: {
    path: () => '/v3/api-keys',
    body: () => ({ name: 'Till', scope: 'WRITE' }),
    variables: () => ({ input: { name: 'Till', scope: 'WRITE' } }),
    refusals: {
      'an end in the past': {
        body: () => ({ name: 'Till', scope: 'WRITE', expires_at: '2020-01-01T00:00:00Z' }),
        variables: () => ({ input: { name: 'Till', scope: 'WRITE', expiresAt: '2020-01-01T00:00:00Z' } }),
        codes: ['INVALID_EXPIRY'],
        status: 422,
        field: ['expires_at'],
      },
    },
  },
  apiKeyRotate: {
    path: (ids) => `/v3/api-keys/${ids['subject']}/rotate`,
    body: () => ({ overlap_hours: 2 }),
    variables: (ids) => ({ input: { id: ids['subject'], overlapHours: 2 } }),
    before: apiKey,
    refusals: {
      'too long an overlap': {
        body: () => ({ overlap_hours: 100_000 }),
        variables: (ids) => ({ input: { id: ids['subject'], overlapHours: 100_000 } }),
        codes: ['INVALID_OVERLAP'],
        status: 422,
        field: ['overlap_hours'],
      },
    },
  },
  apiKeyRevoke: {
    path: (ids) => `/v3/api-keys/${ids['subject']}/revoke`,
    body: () => ({}),
    variables: (ids) => ({ input: { id: ids['subject'] } }),
    before: apiKey,
  },

  checkpointList: list(() => '/v3/checkpoints'),
  verificationGet: list(() => '/v3/verification'),
  signingKeyList: list(() => '/v3/signing-keys'),
  signingKeyRotate: {
    path: () => '/v3/signing-keys/rotate',
    body: () => ({}),
    variables: () => ({ input: {} }),
  },

  // --- rewards -------------------------------------------------------------------------------------
  rewardList: list(() => '/v3/rewards'),
  rewardGet: { path: (ids) => `/v3/rewards/${ids['reward']}`, variables: (ids) => ({ id: ids['reward'] }) },
  rewardAuditLogList: list(
    (ids) => `/v3/rewards/${ids['reward']}/audit-log`,
    (ids) => ({ id: ids['reward'] }),
  ),
  rewardCreate: {
    path: () => '/v3/rewards',
    body: (ids) => ({
      name: 'Free coffee',
      type: 'free_coffee',
      card_definition_id: ids['cardDefinition'],
      cost: 0,
      stock: 10,
      limits: { per_member: 3, per_period: [{ unit: 'DAY', count: 1 }] },
      tier_ids: [ids['silver']],
      trigger: { point_earned: { card_definition_id: ids['cardDefinition'], points: 100_000, unit: 'MONTH' } },
      grant_validity: { value: 2, unit: 'WEEK' },
      receipts: [{ locale: 'en', template: 'For {{customer.name}}' }],
      metadata: { shelfLife: 3 },
    }),
    variables: (ids) => ({
      input: {
        name: 'Free coffee',
        type: 'free_coffee',
        cardDefinitionId: ids['cardDefinition'],
        cost: 0,
        stock: 10,
        limits: { perMember: 3, perPeriod: [{ unit: 'DAY', count: 1 }] },
        tierIds: [ids['silver']],
        trigger: { pointEarned: { cardDefinitionId: ids['cardDefinition'], points: 100_000, unit: 'MONTH' } },
        grantValidity: { value: 2, unit: 'WEEK' },
        receipts: [{ locale: 'en', template: 'For {{customer.name}}' }],
        metadata: { shelfLife: 3 },
      },
    }),
    refusals: {
      'a template that does not parse': {
        body: (ids) => ({ name: 'Cup', type: 'cup', card_definition_id: ids['cardDefinition'], cost: 1, receipts: [{ locale: 'en', template: '{{#reward.name}}' }] }),
        variables: (ids) => ({
          input: { name: 'Cup', type: 'cup', cardDefinitionId: ids['cardDefinition'], cost: 1, receipts: [{ locale: 'en', template: '{{#reward.name}}' }] },
        }),
        codes: ['INVALID_RECEIPT'],
        status: 422,
        field: ['receipts', '0', 'template'],
      },
    },
  },
  rewardUpdate: {
    path: (ids) => `/v3/rewards/${ids['subject']}`,
    body: () => ({ name: 'Renamed', cost: 7, stock: null, valid_until: '2030-01-01T00:00:00Z' }),
    variables: (ids) => ({ input: { id: ids['subject'], name: 'Renamed', cost: 7, stock: null, validUntil: '2030-01-01T00:00:00Z' } }),
    before: draftReward,
    refusals: {
      'another version': {
        body: () => ({ name: 'Renamed', version: 77 }),
        variables: (ids) => ({ input: { id: ids['subject'], name: 'Renamed', version: 77 } }),
        codes: ['VERSION_CONFLICT'],
        status: 409,
        field: ['version'],
      },
    },
  },
  rewardActivate: step((id) => `/v3/rewards/${id}/activate`, draftReward),
  rewardDeactivate: step((id) => `/v3/rewards/${id}/deactivate`, activeReward),
  rewardDraft: step((id) => `/v3/rewards/${id}/draft`, activeReward),
  rewardDelete: deletion((id) => `/v3/rewards/${id}`, draftReward),
  rewardStockAdjust: {
    path: (ids) => `/v3/rewards/${ids['subject']}/stock-adjustments`,
    body: () => ({ by: -4, reason: 'Eaten' }),
    variables: (ids) => ({ input: { id: ids['subject'], by: -4, reason: 'Eaten' } }),
    before: activeReward,
    refusals: {
      'more than there are': {
        body: () => ({ by: -10 }),
        variables: (ids) => ({ input: { id: ids['subject'], by: -10 } }),
        codes: ['INVALID_STOCK'],
        status: 422,
        field: ['by'],
      },
    },
  },
  rewardRedeem: {
    path: (ids) => `/v3/rewards/${ids['reward']}/redeem`,
    body: (ids) => ({ customer: ids['customer'], locale: 'en-GB', reason: 'Hungry' }),
    variables: (ids) => ({ input: { rewardId: ids['reward'], customer: { id: ids['customer'] }, locale: 'en-GB', reason: 'Hungry' } }),
    refusals: {
      'a locale that is none': {
        body: (ids) => ({ customer: ids['customer'], locale: '!' }),
        variables: (ids) => ({ input: { rewardId: ids['reward'], customer: { id: ids['customer'] }, locale: '!' } }),
        codes: ['INVALID_LOCALE'],
        status: 422,
        field: ['locale'],
      },
    },
  },
  redemptionConfirm: {
    path: () => '/v3/redemptions/confirm',
    body: (ids) => ({ proof: ids['proof'] }),
    variables: (ids) => ({ input: { proof: ids['proof'] } }),
    before: issuedRedemption,
    refusals: {
      'no proof': {
        body: () => ({ proof: 'none' }),
        variables: () => ({ input: { proof: 'none' } }),
        codes: ['INVALID_PROOF'],
        status: 422,
        field: ['proof'],
      },
    },
  },
  redemptionCancel: {
    path: (ids) => `/v3/redemptions/${ids['subject']}/cancellations`,
    body: () => ({ reason: 'Burnt' }),
    variables: (ids) => ({ input: { redemption: { id: ids['subject'] }, reason: 'Burnt' } }),
    before: issuedRedemption,
    refusals: {
      'no reason': {
        body: () => ({ reason: '' }),
        variables: (ids) => ({ input: { redemption: { id: ids['subject'] }, reason: '' } }),
        codes: ['INVALID_REASON'],
        status: 422,
        field: ['reason'],
      },
    },
  },

  // --- webhooks ------------------------------------------------------------------------------------
  webhookEndpointList: list(() => '/v3/webhook-endpoints'),
  webhookEndpointGet: { path: (ids) => `/v3/webhook-endpoints/${ids['webhookEndpoint']}`, variables: (ids) => ({ id: ids['webhookEndpoint'] }) },
  webhookEndpointAuditLogList: list(
    (ids) => `/v3/webhook-endpoints/${ids['webhookEndpoint']}/audit-log`,
    (ids) => ({ id: ids['webhookEndpoint'] }),
  ),
  webhookEndpointCreate: {
    path: () => '/v3/webhook-endpoints',
    body: () => ({ url: 'https://example.com/new', event_types: ['customer.*'], custom_headers: [{ name: 'X-Shop', value: 'north' }], rate_per_second: 5 }),
    variables: () => ({
      input: { url: 'https://example.com/new', eventTypes: ['customer.*'], customHeaders: [{ name: 'X-Shop', value: 'north' }], ratePerSecond: 5 },
    }),
    refusals: {
      'an address within': {
        body: () => ({ url: 'http://169.254.169.254/latest/meta-data/' }),
        variables: () => ({ input: { url: 'http://169.254.169.254/latest/meta-data/' } }),
        codes: ['DESTINATION_NOT_ALLOWED'],
        status: 422,
        field: ['url'],
      },
    },
  },
  webhookEndpointUpdate: {
    path: (ids) => `/v3/webhook-endpoints/${ids['subject']}`,
    body: () => ({ description: 'For the till', filter: 'data.points > 1' }),
    variables: (ids) => ({ input: { id: ids['subject'], description: 'For the till', filter: 'data.points > 1' } }),
    before: endpoint,
    refusals: {
      'a filter that is none': {
        body: () => ({ filter: 'data.points >' }),
        variables: (ids) => ({ input: { id: ids['subject'], filter: 'data.points >' } }),
        codes: ['INVALID_CONDITION'],
        status: 422,
        field: ['filter'],
      },
    },
  },
  webhookEndpointPause: step((id) => `/v3/webhook-endpoints/${id}/pause`, endpoint),
  webhookEndpointEnable: step((id) => `/v3/webhook-endpoints/${id}/enable`, pausedEndpoint),
  webhookEndpointDelete: deletion((id) => `/v3/webhook-endpoints/${id}`, endpoint),
  webhookEndpointSecretRotate: {
    path: (ids) => `/v3/webhook-endpoints/${ids['subject']}/rotate-secret`,
    body: () => ({ overlap_hours: 2 }),
    variables: (ids) => ({ input: { id: ids['subject'], overlapHours: 2 } }),
    before: endpoint,
    refusals: {
      'too long an overlap': {
        body: () => ({ overlap_hours: 169 }),
        variables: (ids) => ({ input: { id: ids['subject'], overlapHours: 169 } }),
        codes: ['INVALID_OVERLAP'],
        status: 422,
        field: ['overlap_hours'],
      },
    },
  },
  webhookEndpointTest: {
    path: (ids) => `/v3/webhook-endpoints/${ids['subject']}/test`,
    body: () => ({ event_type: 'points.earned' }),
    variables: (ids) => ({ input: { id: ids['subject'], eventType: 'points.earned' } }),
    before: endpoint,
    refusals: {
      'a type that is none': {
        body: () => ({ event_type: 'points.dreamt' }),
        variables: (ids) => ({ input: { id: ids['subject'], eventType: 'points.dreamt' } }),
        codes: ['INVALID_EVENT_TYPE'],
        status: 422,
        field: ['event_type'],
      },
    },
  },
  webhookEndpointReplay: {
    path: (ids) => `/v3/webhook-endpoints/${ids['subject']}/replay`,
    body: () => ({ from: '2098-01-01T00:00:00Z', to: '2099-01-01T00:00:00Z', scope: 'ALL' }),
    variables: (ids) => ({ input: { id: ids['subject'], from: '2098-01-01T00:00:00Z', to: '2099-01-01T00:00:00Z', scope: 'ALL' } }),
    before: endpoint,
    refusals: {
      'a range too far back': {
        body: () => ({ from: '2020-01-01T00:00:00Z' }),
        variables: (ids) => ({ input: { id: ids['subject'], from: '2020-01-01T00:00:00Z' } }),
        codes: ['INVALID_REPLAY_RANGE'],
        status: 422,
        field: ['from'],
      },
    },
  },
  webhookDeliveryList: list(() => '/v3/webhook-deliveries'),
  webhookDeliveryGet: { path: (ids) => `/v3/webhook-deliveries/${ids['webhookDelivery']}`, variables: (ids) => ({ id: ids['webhookDelivery'] }) },
  webhookDeliveryAttemptList: list(
    (ids) => `/v3/webhook-deliveries/${ids['webhookDelivery']}/attempts`,
    (ids) => ({ id: ids['webhookDelivery'] }),
  ),
  webhookDeliveryReplay: {
    path: (ids) => `/v3/webhook-deliveries/${ids['subject']}/replay`,
    body: () => ({}),
    variables: (ids) => ({ input: { id: ids['subject'] } }),
    before: testDelivery,
  },

  // --- customers -----------------------------------------------------------------------------------
  customerList: list(() => '/v3/customers'),
  customerGet: { path: (ids) => `/v3/customers/${ids['customer']}`, variables: byCustomer },
  customerUpsert: {
    path: () => '/v3/customers',
    body: () => ({ external_id: 'carol', name: 'Carol', metadata: { favouriteColor: 'blue', snake_case: { deepDown: [1.5, { andUp: true }] } } }),
    variables: () => ({
      input: { externalId: 'carol', name: 'Carol', metadata: { favouriteColor: 'blue', snake_case: { deepDown: [1.5, { andUp: true }] } } },
    }),
    refusals: {
      'two things wrong': {
        body: () => ({ external_id: '', email: 'nobody' }),
        variables: () => ({ input: { externalId: '', email: 'nobody' } }),
        codes: ['INVALID_EXTERNAL_ID', 'INVALID_EMAIL'],
        status: 422,
        field: ['external_id'],
      },
    },
  },
  customerCardList: { path: (ids) => `/v3/customers/${ids['customer']}/cards`, variables: byCustomer },
  customerTierList: { path: (ids) => `/v3/customers/${ids['customer']}/tiers`, variables: byCustomer },
  customerLedgerEntryList: list((ids) => `/v3/customers/${ids['customer']}/ledger-entries`, byCustomer),
  customerOperationList: list((ids) => `/v3/customers/${ids['customer']}/operations`, byCustomer),
  customerRewardList: { path: (ids) => `/v3/customers/${ids['customer']}/rewards`, variables: byCustomer },
  customerRewardGrantList: list((ids) => `/v3/customers/${ids['customer']}/reward-grants`, byCustomer),
  customerRedemptionList: list((ids) => `/v3/customers/${ids['customer']}/redemptions`, byCustomer),
  customerTierTransitionList: list((ids) => `/v3/customers/${ids['customer']}/tier-transitions`, byCustomer),
  customerTierExplanationGet: {
    path: (ids) => `/v3/customers/${ids['customer']}/tiers/${ids['tierStructure']}/explanation?last=3`,
    variables: (ids) => ({ ...byCustomer(ids), tierStructureId: ids['tierStructure'], last: 3 }),
    refusals: {
      'an instant to come': {
        path: (ids) => `/v3/customers/${ids['customer']}/tiers/${ids['tierStructure']}/explanation?at=2099-01-01T00:00:00Z`,
        variables: (ids) => ({ ...byCustomer(ids), tierStructureId: ids['tierStructure'], at: '2099-01-01T00:00:00Z' }),
        codes: ['BAD_USER_INPUT'],
        status: 400,
        field: ['at'],
      },
    },
  },
  customerSnapshotGet: {
    path: (ids) => `/v3/customers/${ids['customer']}/snapshot?at=2026-06-01T00:00:00Z`,
    variables: (ids) => ({ ...byCustomer(ids), at: '2026-06-01T00:00:00Z' }),
    refusals: {
      'an instant to come': {
        path: (ids) => `/v3/customers/${ids['customer']}/snapshot?at=2099-01-01T00:00:00Z`,
        variables: (ids) => ({ ...byCustomer(ids), at: '2099-01-01T00:00:00Z' }),
        codes: ['BAD_USER_INPUT'],
        status: 400,
        field: ['at'],
      },
    },
  },

  // --- transactions and operations -----------------------------------------------------------------
  transactionCreate: {
    path: () => '/v3/transactions',
    body: (ids) => ({ customer: ids['customer'], amount: 52.4, currency: 'USD', location: 'loc_mission_bay', reference: 'ord_2' }),
    variables: (ids) => ({
      input: { customer: { id: ids['customer'] }, amount: '52.40', currency: 'USD', location: 'loc_mission_bay', reference: 'ord_2' },
    }),
    refusals: {
      'too many decimals': {
        body: (ids) => ({ customer: { id: ids['customer'] }, amount: '1.005', currency: 'USD' }),
        variables: (ids) => ({ input: { customer: { id: ids['customer'] }, amount: '1.005', currency: 'USD' } }),
        codes: ['INVALID_AMOUNT'],
        status: 422,
        field: ['amount'],
      },
      'a line that does not add up': {
        body: () => ({ customer: { external_id: 'ada' }, amount: '3.00', currency: 'USD', lines: [{ amount: 1 }] }),
        variables: () => ({ input: { customer: { externalId: 'ada' }, amount: '3.00', currency: 'USD', lines: [{ amount: '1' }] } }),
        codes: ['INVALID_LINES'],
        status: 422,
      },
      'a reference of another purchase': {
        body: () => ({ customer: { external_id: 'ada' }, amount: '3.00', currency: 'USD', reference: 'ord_1' }),
        variables: () => ({ input: { customer: { externalId: 'ada' }, amount: '3.00', currency: 'USD', reference: 'ord_1' } }),
        codes: ['REFERENCE_MISMATCH'],
        status: 409,
        field: ['reference'],
      },
      'two names for the customer': {
        body: (ids) => ({ customer: { external_id: 'ada', id: ids['customer'] }, amount: '3.00', currency: 'USD' }),
        variables: (ids) => ({ input: { customer: { externalId: 'ada', id: ids['customer'] }, amount: '3.00', currency: 'USD' } }),
        codes: ['BAD_USER_INPUT'],
        status: 400,
        field: ['customer'],
      },
    },
  },
  transactionGet: { path: (ids) => `/v3/transactions/${ids['transaction']}`, variables: (ids) => ({ by: { id: ids['transaction'] } }) },
  transactionRefundList: list(
    (ids) => `/v3/transactions/${ids['transaction']}/refunds`,
    (ids) => ({ by: { id: ids['transaction'] } }),
  ),
  refundCreate: {
    path: (ids) => `/v3/transactions/${ids['transaction']}/refunds`,
    body: () => ({ amount: 10, reason: 'Cold', metadata: { ticketNumber: 7 } }),
    variables: (ids) => ({ input: { transaction: { id: ids['transaction'] }, amount: '10', reason: 'Cold', metadata: { ticketNumber: 7 } } }),
    refusals: {
      'more than was paid': {
        body: () => ({ amount: '1000.00' }),
        variables: (ids) => ({ input: { transaction: { id: ids['transaction'] }, amount: '1000.00' } }),
        codes: ['REFUND_EXCEEDS_TRANSACTION'],
        status: 422,
      },
    },
  },
  spendCreate: {
    path: () => '/v3/spends',
    body: (ids) => ({ customer: ids['customer'], points: 5, reason: 'Coffee' }),
    variables: (ids) => ({ input: { customer: { id: ids['customer'] }, points: 5, reason: 'Coffee' } }),
    refusals: {
      'too few points': {
        body: (ids) => ({ customer: ids['customer'], points: '9007199254740993' }),
        variables: (ids) => ({ input: { customer: { id: ids['customer'] }, points: '9007199254740993' } }),
        codes: ['INSUFFICIENT_POINTS'],
        status: 422,
        field: ['points'],
      },
    },
  },
  spendReversalCreate: {
    path: (ids) => `/v3/spends/${ids['spend']}/reversals`,
    body: () => ({ points: 3 }),
    variables: (ids) => ({ input: { spend: { id: ids['spend'] }, points: 3 } }),
    refusals: {
      'more than was spent': {
        body: () => ({ points: 1_000 }),
        variables: (ids) => ({ input: { spend: { id: ids['spend'] }, points: 1_000 } }),
        codes: ['REVERSAL_EXCEEDS_SPEND'],
        status: 422,
      },
    },
  },
  adjustmentCreate: {
    path: () => '/v3/adjustments',
    body: () => ({ customer: { external_id: 'bob' }, points: 25, reason: 'Sorry', qualifying: true }),
    variables: () => ({ input: { customer: { externalId: 'bob' }, points: 25, reason: 'Sorry', qualifying: true } }),
    refusals: {
      'no points': {
        body: () => ({ customer: { external_id: 'bob' }, points: 0, reason: 'Sorry' }),
        variables: () => ({ input: { customer: { externalId: 'bob' }, points: 0, reason: 'Sorry' } }),
        codes: ['INVALID_POINTS'],
        status: 422,
        field: ['points'],
      },
    },
  },
  transferCreate: {
    path: () => '/v3/transfers',
    body: (ids) => ({ from: ids['customer'], to: { external_id: 'bob' }, points: 4 }),
    variables: (ids) => ({ input: { from: { id: ids['customer'] }, to: { externalId: 'bob' }, points: 4 } }),
    refusals: {
      'to oneself': {
        body: (ids) => ({ from: ids['customer'], to: ids['customer'], points: 4 }),
        variables: (ids) => ({ input: { from: { id: ids['customer'] }, to: { id: ids['customer'] }, points: 4 } }),
        codes: ['SAME_CUSTOMER'],
        status: 422,
      },
    },
  },
  activityCreate: {
    path: () => '/v3/activities',
    body: (ids) => ({ customer: ids['customer'], type: 'visit', occurred_at: '2026-05-30T08:00:00Z' }),
    variables: (ids) => ({ input: { customer: { id: ids['customer'] }, type: 'visit', occurredAt: '2026-05-30T08:00:00Z' } }),
    refusals: {
      'no type': {
        body: (ids) => ({ customer: ids['customer'], type: '' }),
        variables: (ids) => ({ input: { customer: { id: ids['customer'] }, type: '' } }),
        codes: ['INVALID_ACTIVITY_TYPE'],
        status: 422,
        field: ['type'],
      },
    },
  },

  // --- tier structures -----------------------------------------------------------------------------
  tierStructureList: {
    path: () => `/v3/tier-structures?filter=${encodeURIComponent('{"name":{"starts_with":"Mem"}}')}&order_by=${encodeURIComponent('[{"field":"NAME","direction":"DESC"}]')}`,
    variables: () => ({ filter: { name: { startsWith: 'Mem' } }, orderBy: [{ field: 'NAME', direction: 'DESC' }] }),
    refusals: {
      'a filter of nothing': {
        path: () => `/v3/tier-structures?filter=${encodeURIComponent('{"id":{"in":[]}}')}`,
        variables: () => ({ filter: { id: { in: [] } } }),
        codes: ['INVALID_FILTER'],
        status: 400,
      },
      'an order that repeats a field': {
        path: () => `/v3/tier-structures?order_by=${encodeURIComponent('[{"field":"NAME"},{"field":"NAME"}]')}`,
        variables: () => ({ orderBy: [{ field: 'NAME' }, { field: 'NAME' }] }),
        codes: ['INVALID_FILTER'],
        status: 400,
        field: ['order_by'],
      },
    },
  },
  tierStructureGet: { path: (ids) => `/v3/tier-structures/${ids['tierStructure']}`, variables: (ids) => ({ id: ids['tierStructure'] }) },
  tierStructureAuditLogList: list(
    (ids) => `/v3/tier-structures/${ids['tierStructure']}/audit-log`,
    (ids) => ({ id: ids['tierStructure'] }),
  ),
  tierStructureCreate: {
    path: () => '/v3/tier-structures',
    body: (ids) => ({
      name: 'Yearly',
      type: 'POINT_EARNED',
      card_definition_id: ids['cardDefinition'],
      point_earned: { period: { value: 1, unit: 'YEAR' }, window: 'ANNIVERSARY' },
      expiration: { sliding_expiration: { period: { value: 6, unit: 'MONTH' }, custom_activity: true, custom_activity_types: ['visit'] } },
      downgrade: { single_level: { grace_period: { value: 2, unit: 'WEEK', round_up: true } } },
      tiers: [{ name: 'One', min_points: 0 }, { name: 'Two', min_points: '100', entry_award: { points: 5 }, metadata: { keepMe: 1 } }],
    }),
    variables: (ids) => ({
      input: {
        name: 'Yearly',
        type: 'POINT_EARNED',
        cardDefinitionId: ids['cardDefinition'],
        pointEarned: { period: { value: 1, unit: 'YEAR' }, window: 'ANNIVERSARY' },
        expiration: { slidingExpiration: { period: { value: 6, unit: 'MONTH' }, customActivity: true, customActivityTypes: ['visit'] } },
        downgrade: { singleLevel: { gracePeriod: { value: 2, unit: 'WEEK', roundUp: true } } },
        tiers: [{ name: 'One', minPoints: 0 }, { name: 'Two', minPoints: '100', entryAward: { points: 5 }, metadata: { keepMe: 1 } }],
      },
    }),
    refusals: {
      'two tiers that are wrong': {
        body: () => ({ name: 'Yearly', type: 'POINT_BALANCE', tiers: [{ name: '', min_points: 0 }, { name: 'Two', min_points: -1 }] }),
        variables: () => ({ input: { name: 'Yearly', type: 'POINT_BALANCE', tiers: [{ name: '', minPoints: 0 }, { name: 'Two', minPoints: -1 }] } }),
        codes: ['INVALID_NAME', 'INVALID_RANGE'],
        status: 422,
        field: ['tiers', '0', 'name'],
      },
      'a type that is none': {
        body: () => ({ name: 'Yearly', type: 'POINT_DREAMT' }),
        variables: () => ({ input: { name: 'Yearly', type: 'POINT_DREAMT' } }),
        codes: ['BAD_USER_INPUT'],
        status: 400,
        field: ['type'],
      },
    },
  },
  tierStructureUpdate: {
    path: (ids) => `/v3/tier-structures/${ids['subject']}`,
    body: () => ({ name: 'Changed', downgrade: { no_downgrade: true }, card_definition_id: null }),
    variables: (ids) => ({ input: { id: ids['subject'], name: 'Changed', downgrade: { noDowngrade: true }, cardDefinitionId: null } }),
    before: draftStructure,
    refusals: {
      'no expiration at all': {
        body: () => ({ expiration: { no_expiration: false } }),
        variables: (ids) => ({ input: { id: ids['subject'], expiration: { noExpiration: false } } }),
        codes: ['INVALID_EXPIRATION'],
        status: 422,
        field: ['expiration', 'no_expiration'],
      },
    },
  },
  tierStructureActivate: step((id) => `/v3/tier-structures/${id}/activate`, draftStructure),
  tierStructureRevise: step((id) => `/v3/tier-structures/${id}/revise`, activeStructure),
  tierStructurePublish: {
    ...step((id) => `/v3/tier-structures/${id}/publish`, revision),
    body: () => ({ rollout: 'UPGRADE_ONLY' }),
    variables: (ids) => ({ input: { id: ids['subject'], rollout: 'UPGRADE_ONLY' } }),
  },
  tierStructureDeactivate: step((id) => `/v3/tier-structures/${id}/deactivate`, activeStructure),
  tierStructureDraft: step((id) => `/v3/tier-structures/${id}/draft`, activeStructure),
  tierStructureDelete: deletion((id) => `/v3/tier-structures/${id}`, draftStructure),
  tierCreate: {
    path: (ids) => `/v3/tier-structures/${ids['subject']}/tiers`,
    body: () => ({ name: 'Added', min_points: 10, point_expiration: { rolling: { period: { value: 3, unit: 'MONTH' }, rounding: 'END_OF_MONTH' } } }),
    variables: (ids) => ({
      input: {
        tierStructureId: ids['subject'],
        name: 'Added',
        minPoints: 10,
        pointExpiration: { rolling: { period: { value: 3, unit: 'MONTH' }, rounding: 'END_OF_MONTH' } },
      },
    }),
    before: draftStructure,
    refusals: {
      'the same minimum': {
        body: () => ({ name: 'Added', min_points: 900 }),
        variables: (ids) => ({ input: { tierStructureId: ids['subject'], name: 'Added', minPoints: 900 } }),
        codes: ['OVERLAPPING_TIERS'],
        status: 422,
        field: ['min_points'],
      },
    },
  },
  tierGet: { path: (ids) => `/v3/tiers/${ids['silver']}`, variables: (ids) => ({ id: ids['silver'] }) },
  tierUpdate: {
    path: (ids) => `/v3/tiers/${ids['silver']}`,
    body: () => ({ name: 'Sterling', metadata: { colorCode: '#c0c0c0' } }),
    variables: (ids) => ({ input: { id: ids['silver'], name: 'Sterling', metadata: { colorCode: '#c0c0c0' } } }),
    refusals: {
      'a rule of a structure in force': {
        body: () => ({ min_points: 5 }),
        variables: (ids) => ({ input: { id: ids['silver'], minPoints: 5 } }),
        codes: ['NOT_DRAFT'],
        status: 409,
        field: ['min_points'],
      },
    },
  },
  tierDelete: {
    path: (ids) => `/v3/tiers/${ids['draftTier']}`,
    variables: (ids) => ({ input: { id: ids['draftTier'] } }),
    before: draftStructure,
    refusals: {
      'a tier of a structure in force': {
        path: (ids) => `/v3/tiers/${ids['silver']}`,
        variables: (ids) => ({ input: { id: ids['silver'] } }),
        codes: ['NOT_DRAFT'],
        status: 409,
        field: ['id'],
      },
    },
  },
  tierRulesPublish: {
    path: () => '/v3/tiers/rules',
    body: (ids) => ({
      tier_structure_id: ids['tierStructure'],
      rollout: 'RECALCULATE_NOW',
      downgrade: { single_level: {} },
      tiers: [
        { name: 'Entry', min_points: 0 },
        { id: ids['silver'], name: 'Silver', min_points: 200 },
      ],
    }),
    variables: (ids) => ({
      input: {
        tierStructureId: ids['tierStructure'],
        rollout: 'RECALCULATE_NOW',
        downgrade: { singleLevel: {} },
        tiers: [
          { name: 'Entry', minPoints: 0 },
          { id: ids['silver'], name: 'Silver', minPoints: 200 },
        ],
      },
    }),
    refusals: {
      'no tiers': {
        body: (ids) => ({ tier_structure_id: ids['tierStructure'], tiers: [] }),
        variables: (ids) => ({ input: { tierStructureId: ids['tierStructure'], tiers: [] } }),
        codes: ['NO_TIERS'],
        status: 422,
      },
    },
  },

  // --- card definitions ----------------------------------------------------------------------------
  cardDefinitionList: list(() => '/v3/card-definitions'),
  cardDefinitionGet: { path: (ids) => `/v3/card-definitions/${ids['cardDefinition']}`, variables: (ids) => ({ id: ids['cardDefinition'] }) },
  cardDefinitionAuditLogList: list(
    (ids) => `/v3/card-definitions/${ids['cardDefinition']}/audit-log`,
    (ids) => ({ id: ids['cardDefinition'] }),
  ),
  cardDefinitionCreate: {
    path: () => '/v3/card-definitions',
    body: () => ({
      name: 'Stamps',
      expiration: { calendar: { calendar_dates: [{ day: 31, month: 12 }] } },
      activation: { period_based: { days: 14 } },
      refund_policy: 'REVOKE_BELOW_ZERO',
      metadata: { 'a key': { innerKey: null } },
    }),
    variables: () => ({
      input: {
        name: 'Stamps',
        expiration: { calendar: { calendarDates: [{ day: 31, month: 12 }] } },
        activation: { periodBased: { days: 14 } },
        refundPolicy: 'REVOKE_BELOW_ZERO',
        metadata: { 'a key': { innerKey: null } },
      },
    }),
    refusals: {
      'a day that there is not': {
        body: () => ({ name: 'Stamps', expiration: { calendar: { calendar_dates: [{ day: 31, month: 2 }] } } }),
        variables: () => ({ input: { name: 'Stamps', expiration: { calendar: { calendarDates: [{ day: 31, month: 2 }] } } } }),
        codes: ['INVALID_EXPIRATION'],
        status: 422,
      },
    },
  },
  cardDefinitionUpdate: {
    path: (ids) => `/v3/card-definitions/${ids['subject']}`,
    body: () => ({ name: 'Changed', expiration: { rolling: { period: { value: 1, unit: 'YEAR' }, rounding: 'END_OF_PARTICULAR_MONTH', rounding_month: 6 } } }),
    variables: (ids) => ({
      input: {
        id: ids['subject'],
        name: 'Changed',
        expiration: { rolling: { period: { value: 1, unit: 'YEAR' }, rounding: 'END_OF_PARTICULAR_MONTH', roundingMonth: 6 } },
      },
    }),
    before: draftCard,
    refusals: {
      'another version': {
        body: () => ({ name: 'Changed', version: 77 }),
        variables: (ids) => ({ input: { id: ids['subject'], name: 'Changed', version: 77 } }),
        codes: ['VERSION_CONFLICT'],
        status: 409,
        field: ['version'],
      },
    },
  },
  cardDefinitionActivate: step((id) => `/v3/card-definitions/${id}/activate`, draftCard),
  cardDefinitionDeactivate: step((id) => `/v3/card-definitions/${id}/deactivate`, activeCard),
  cardDefinitionDraft: step((id) => `/v3/card-definitions/${id}/draft`, activeCard),
  cardDefinitionDelete: deletion((id) => `/v3/card-definitions/${id}`, draftCard),

  // --- earn rules ----------------------------------------------------------------------------------
  earnRuleList: list(() => '/v3/earn-rules'),
  earnRuleGet: { path: (ids) => `/v3/earn-rules/${ids['earnRule']}`, variables: (ids) => ({ id: ids['earnRule'] }) },
  earnRuleAuditLogList: list(
    (ids) => `/v3/earn-rules/${ids['earnRule']}/audit-log`,
    (ids) => ({ id: ids['earnRule'] }),
  ),
  earnRuleCreate: {
    path: () => '/v3/earn-rules',
    body: (ids) => ({
      name: 'Pounds',
      card_definition_id: ids['cardDefinition'],
      version: {
        rates: [{ currency: 'GBP', value: 1.5, every: '1.00' }],
        // Otherwise purchases of other cases would have no rate.
        condition: 'false',
        rounding_scope: 'PER_LINE',
        tier_multipliers: [{ tier_id: ids['silver'], multiplier: 2 }],
        caps: { per_transaction: 1000, per_period: [{ unit: 'DAY', points: 5000 }] },
      },
    }),
    variables: (ids) => ({
      input: {
        name: 'Pounds',
        cardDefinitionId: ids['cardDefinition'],
        version: {
          rates: [{ currency: 'GBP', value: '1.5', every: '1.00' }],
          condition: 'false',
          roundingScope: 'PER_LINE',
          tierMultipliers: [{ tierId: ids['silver'], multiplier: '2' }],
          caps: { perTransaction: 1000, perPeriod: [{ unit: 'DAY', points: 5000 }] },
        },
      },
    }),
    refusals: {
      'a condition that does not compile': {
        body: (ids) => ({
          name: 'Odd',
          card_definition_id: ids['cardDefinition'],
          version: { rates: [{ currency: 'GBP', value: 1, every: 1 }], condition: 'transaction.' },
        }),
        variables: (ids) => ({
          input: {
            name: 'Odd',
            cardDefinitionId: ids['cardDefinition'],
            version: { rates: [{ currency: 'GBP', value: '1', every: '1' }], condition: 'transaction.' },
          },
        }),
        codes: ['INVALID_CONDITION'],
        status: 422,
        field: ['version', 'condition'],
      },
    },
  },
  earnRuleUpdate: {
    path: (ids) => `/v3/earn-rules/${ids['subject']}`,
    body: () => ({ name: 'Renamed', key: 'renamed', expected_version: 1 }),
    variables: (ids) => ({ input: { id: ids['subject'], name: 'Renamed', key: 'renamed', expectedVersion: 1 } }),
    before: rule,
    refusals: {
      'not a key': {
        body: () => ({ key: 'Not a key' }),
        variables: (ids) => ({ input: { id: ids['subject'], key: 'Not a key' } }),
        codes: ['INVALID_KEY'],
        status: 422,
        field: ['key'],
      },
    },
  },
  earnRulePublish: {
    path: (ids) => `/v3/earn-rules/${ids['subject']}/versions`,
    body: () => ({ version: { rates: [{ currency: 'EUR', value: 2, every: '1.00' }], condition: 'false' }, expected_version: 1 }),
    variables: (ids) => ({ input: { id: ids['subject'], version: { rates: [{ currency: 'EUR', value: '2', every: '1.00' }], condition: 'false' }, expectedVersion: 1 } }),
    before: rule,
    refusals: {
      'no rate': {
        body: () => ({ version: { rates: [] } }),
        variables: (ids) => ({ input: { id: ids['subject'], version: { rates: [] } } }),
        codes: ['INVALID_RATE'],
        status: 422,
        field: ['version', 'rates'],
      },
    },
  },
  earnRuleRetire: {
    path: (ids) => `/v3/earn-rules/${ids['subject']}/retire`,
    body: () => ({}),
    variables: (ids) => ({ input: { id: ids['subject'] } }),
    before: rule,
    refusals: {
      'another version': {
        body: () => ({ expected_version: 77 }),
        variables: (ids) => ({ input: { id: ids['subject'], expectedVersion: 77 } }),
        codes: ['VERSION_CONFLICT'],
        status: 409,
        field: ['expected_version'],
      },
    },
  },

  // --- single objects ------------------------------------------------------------------------------
  ledgerEntryGet: { path: (ids) => `/v3/ledger-entries/${ids['ledgerEntry']}`, variables: (ids) => ({ id: ids['ledgerEntry'] }) },
  operationGet: { path: (ids) => `/v3/operations/${ids['operation']}`, variables: (ids) => ({ id: ids['operation'] }) },
};

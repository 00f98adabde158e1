/** Configuration as a document: export, plan, apply, and every way to be refused. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { configurationText } from '../../src/platform/configuration-text.ts';
import type { ApiClient } from '../support/client.ts';
import { documents } from '../support/configurations.ts';
import { buildCardDefinition, buildCustomer, buildProgram, earn } from '../support/program.ts';
import { buildReward, redeem, stockOf } from '../support/rewards.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';
import { contentsOf, problemsOf, unchanged } from '../support/unchanged.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const NOW = '2026-05-17T12:00:00Z';
const emptyWorkspace = (timeZone = 'Europe/Warsaw') => server.workspace({ timeZone, clock: NOW });

const exported = async (client: ApiClient, format = 'YAML') =>
  (await client.run('query($format: ConfigurationFormat!) { configurationExport(format: $format) { document } }', { format })).configurationExport.document as string;

const PLAN = 'fingerprint changes { action object key fields { field before after } }';
interface Refusal {
  readonly code: string;
  readonly path: readonly string[] | null;
  readonly line: number | null;
  readonly column: number | null;
}
async function mutate(client: ApiClient, field: 'configurationPlan' | 'configurationApply', input: Record<string, unknown>) {
  const payload = field === 'configurationPlan' ? `configurationPlan { ${PLAN} }` : 'configurationApplication { fingerprint changeCount }';
  const type = field === 'configurationPlan' ? 'ConfigurationPlanInput' : 'ConfigurationApplyInput';
  const document = `mutation($input: ${type}!) { ${field}(input: $input) { ${payload} userErrors { code message field path line column } } }`;
  return (await client.run(document, { input }))[field];
}
async function planned(client: ApiClient, document: string, prune = false) {
  const { configurationPlan, userErrors } = await mutate(client, 'configurationPlan', { document, prune });
  expect(userErrors).toEqual([]);
  return configurationPlan as { fingerprint: string; changes: { action: string; object: string; key: string | null; fields: { field: string[]; before: string | null; after: string | null }[] }[] };
}
const apply = (client: ApiClient, document: string, fingerprint: string, more: Record<string, unknown> = {}) => mutate(client, 'configurationApply', { document, fingerprint, ...more });
async function imported(client: ApiClient, document: string, prune = false): Promise<number> {
  const { fingerprint, changes } = await planned(client, document, prune);
  const { configurationApplication, userErrors } = await apply(client, document, fingerprint, { prune });
  expect([userErrors, configurationApplication]).toEqual([[], { fingerprint, changeCount: changes.length }]);
  return changes.length;
}
const told = ({ action, object, key }: { action: string; object: string; key: string | null }) => [action, object, key].join(' ');
const refusalsOf = ({ userErrors }: { userErrors: Refusal[] }) => userErrors.map(({ code, path, line, column }) => [code, (path ?? []).join('.'), line, column].join(' '));

describe('export, import into an empty workspace, export again', () => {
  test('is the same text, in YAML and in JSON, whatever is configured; a second import does nothing', async () => {
    const runs = Number(process.env['CONFIGURATIONS_API'] ?? 8);
    await fc.assert(
      fc.asyncProperty(documents, async (generated) => {
        const [one, other] = [await emptyWorkspace(), await emptyWorkspace()];
        await imported(one, configurationText(generated, 'YAML'));
        const yaml = await exported(one);
        expect(yaml).toBe(configurationText(generated, 'YAML'));
        const json = await exported(one, 'JSON');
        const count = await imported(other, json);
        expect([await exported(other), await exported(other, 'JSON')]).toEqual([yaml, json]);
        const { nodes } = (await other.run('{ activities(first: 100) { nodes { action } } }')).activities;
        // The workspace and its key are in the log already.
        if (count < 98) expect(nodes).toHaveLength(count + 2);
        const before = await contentsOf(server);
        expect(await imported(other, yaml, true)).toBe(0);
        expect((await apply(other, yaml, 'whatever')).configurationApplication.changeCount).toBe(0);
        expect(await contentsOf(server)).toEqual(before);
      }),
      { numRuns: runs },
    );
  }, 300_000);

  test('of a program that was built by hand, with which customers are there', async () => {
    const shop = await emptyWorkspace('UTC');
    await buildProgram(shop, { rule: { tierMultipliers: { Gold: '2' } } });
    await buildCustomer(shop, 'ada');
    await earn(shop, 'ada', '150.00');
    const document = await exported(shop);
    expect(document).toBe(`version: 1
workspace:
  timeZone: UTC
cardDefinitions:
  - key: points
    name: Points
    status: ACTIVE
tierStructures:
  - key: membership
    name: Membership
    status: ACTIVE
    type: POINT_BALANCE
    cardDefinition: points
    downgrade:
      multiLevel: {}
    tiers:
      - key: basic
        name: Basic
        minPoints: 0
      - key: silver
        name: Silver
        minPoints: 100
      - key: gold
        name: Gold
        minPoints: 500
      - key: platinum
        name: Platinum
        minPoints: 1000
earnRules:
  - key: base-rule
    name: Base rule
    cardDefinition: points
    versions:
      - rates:
          - currency: USD
            value: "1"
            every: "1.00"
        tierMultipliers:
          - tier: membership/gold
            multiplier: "2"
rewards: []
`);
    expect((await planned(shop, document, true)).changes).toEqual([]);
  });
});

describe('a plan against a workspace in use', () => {
  test('lists what differs and how it is brought about; applied, customers are judged by it', async () => {
    const shop = await emptyWorkspace('UTC');
    await buildProgram(shop);
    await buildCustomer(shop, 'ada');
    await earn(shop, 'ada', '150.00');
    const changed = (await exported(shop))
      .replace('timeZone: UTC', 'timeZone: UTC\n  backdatingDays: 30\n  eventRetentionDays: 400\n  noticeDays: 7')
      .replace('name: Points', 'name: Beans')
      .replace('minPoints: 100\n', 'minPoints: 200\n')
      .replace('name: Gold', 'name: Or')
      .replace('    tiers:', '    rollout: RECALCULATE_NOW\n    tiers:')
      .replace('value: "1"', 'value: 2');
    const plan = await planned(shop, changed);
    expect(plan.changes).toEqual([
      { action: 'UPDATE', object: 'WORKSPACE', key: null, fields: [{ field: ['backdatingDays'], before: null, after: '30' }, { field: ['eventRetentionDays'], before: null, after: '400' }, { field: ['noticeDays'], before: null, after: '7' }] },
      { action: 'UPDATE', object: 'CARD_DEFINITION', key: 'points', fields: [{ field: ['name'], before: '"Points"', after: '"Beans"' }] },
      { action: 'UPDATE', object: 'TIER', key: 'membership/gold', fields: [{ field: ['name'], before: '"Gold"', after: '"Or"' }] },
      { action: 'PUBLISH', object: 'TIER_STRUCTURE', key: 'membership', fields: [{ field: ['rollout'], before: null, after: '"RECALCULATE_NOW"' }] },
      { action: 'UPDATE', object: 'TIER', key: 'membership/silver', fields: [{ field: ['minPoints'], before: '100', after: '200' }] },
      {
        action: 'PUBLISH',
        object: 'EARN_RULE',
        key: 'base-rule',
        fields: [{ field: ['rates'], before: '[{"currency":"USD","value":"1","every":"1.00"}]', after: '[{"currency":"USD","value":"2","every":"1.00"}]' }],
      },
    ]);
    expect(await imported(shop, changed)).toBe(6);
    const { customer } = await shop.run('{ customer(by: { externalId: "ada" }) { tier { name } } }');
    expect(customer.tier.name).toBe('Basic');
    const { nodes } = (await shop.run('{ activities(first: 6) { nodes { action subjectId requestId } } }')).activities;
    expect(nodes.map(({ action }: { action: string }) => action).toReversed()).toEqual(['UPDATED', 'UPDATED', 'UPDATED', 'PUBLISHED', 'UPDATED', 'PUBLISHED']);
    expect(new Set(nodes.map(({ requestId }: { requestId: string }) => requestId)).size).toBe(1);
    expect((await planned(shop, changed)).changes).toEqual([]);
  });

  test('leaves alone what the document does not name, unless it is to be pruned', async () => {
    const shop = await emptyWorkspace('UTC');
    await buildProgram(shop);
    const document = 'version: 1\ncardDefinitions: []\ntierStructures: []\nearnRules: []\nrewards: []\n';
    expect((await planned(shop, document)).changes).toEqual([]);
    expect((await planned(shop, document, true)).changes.map(told)).toEqual(['RETIRE EARN_RULE base-rule', 'DELETE TIER_STRUCTURE membership', 'DELETE CARD_DEFINITION points']);
    expect((await planned(shop, 'version: 1\nearnRules: []\n', true)).changes.map(told)).toEqual(['RETIRE EARN_RULE base-rule']);
    expect(await imported(shop, document, true)).toBe(3);
    expect((await exported(shop)).includes('points')).toBe(false);
  });

  test('is refused once the workspace or the document is another, and nothing changes', async () => {
    const shop = await emptyWorkspace('UTC');
    await buildProgram(shop);
    const document = (await exported(shop)).replace('name: Points', 'name: Beans');
    const { fingerprint } = await planned(shop, document);
    const other = document.replace('name: Beans', 'name: Seeds');
    expect(refusalsOf(await unchanged(server, () => apply(shop, other, fingerprint)))).toEqual(['STALE_PLAN   ']);
    // How a change is brought to customers is no part of what is configured, and yet of what was planned.
    const stricter = document.replace('minPoints: 100\n', 'minPoints: 200\n');
    const gentle = await planned(shop, stricter);
    const sudden = stricter.replace('    tiers:', '    rollout: RECALCULATE_NOW\n    tiers:');
    expect(refusalsOf(await unchanged(server, () => apply(shop, sudden, gentle.fingerprint)))).toEqual(['STALE_PLAN   ']);
    const { cardDefinitions } = await shop.run('{ cardDefinitions { nodes { id } } }');
    await shop.succeed('cardDefinitionUpdate', { id: cardDefinitions.nodes[0].id, metadata: { a: 1 } }, 'cardDefinition { id }');
    expect(refusalsOf(await unchanged(server, () => apply(shop, document, fingerprint)))).toEqual(['STALE_PLAN   ']);
    const again = await planned(shop, document);
    const key = { idempotencyKey: 'once' };
    const first = await apply(shop, document, again.fingerprint, key);
    expect(first.configurationApplication.changeCount).toBe(1);
    expect(await unchanged(server, () => apply(shop, document, again.fingerprint, key))).toEqual(first);
  });

  test('is told of once each time that it is applied and changes something, behind its changes', async () => {
    const shop = await emptyWorkspace('UTC');
    await buildProgram(shop, { structure: { tiers: { Basic: 0, Silver: 100 } } });
    const applications = async () => {
      const { events } = await shop.run('{ events(filter: { types: [CONFIGURATION_APPLIED] }, first: 10) { nodes { name customerId sequence cause { requestId command } occurredAt recordedAt dataJson } } }');
      return events.nodes as { cause: { requestId: string }; dataJson: unknown }[];
    };
    const document = (await exported(shop)).replace('name: Points', 'name: Beans').replace(/ *- key: silver\n( +.*\n)*?(?= *- key|earnRules)/, '');
    const changed = document.replace('rewards: []', 'rewards:\n  - key: mug\n    status: ACTIVE\n    name: Mug\n    type: mug\n    cardDefinition: points\n    cost: 10');
    const { fingerprint, changes } = await planned(shop, changed);
    expect(changes.map(told)).toEqual(['UPDATE CARD_DEFINITION points', 'PUBLISH TIER_STRUCTURE membership', 'DELETE TIER membership/silver', 'CREATE REWARD mug', 'ACTIVATE REWARD mug']);
    await unchanged(server, () => apply(shop, changed, 'another'));
    await apply(shop, changed, fingerprint, { idempotencyKey: 'once' });
    await unchanged(server, () => apply(shop, changed, fingerprint, { idempotencyKey: 'once' }));
    // Nothing is left to do.
    await apply(shop, changed, fingerprint);
    const [application, ...rest] = await applications();
    expect(rest).toEqual([]);
    expect(application).toEqual({
      name: 'configuration.applied',
      customerId: null,
      sequence: null,
      cause: { requestId: application?.cause.requestId, command: 'configurationApply' },
      occurredAt: new Date(NOW).toISOString(),
      recordedAt: new Date(NOW).toISOString(),
      dataJson: { created_count: 1, updated_count: 2, deleted_count: 1 },
    });
    const { events } = await shop.run('{ events(last: 6) { nodes { name cause { requestId } } } }');
    expect(events.nodes.map(({ name }: { name: string }) => name)).toEqual(['card_definition.updated', 'tier_structure.published', 'tier.deleted', 'reward.created', 'reward.activated', 'configuration.applied']);
    expect(new Set(events.nodes.map(({ cause }: { cause: { requestId: string } }) => cause.requestId)).size).toBe(1);
    expect(await imported(shop, 'version: 1\nearnRules: []\n', true)).toBe(1);
    expect((await applications()).map(({ dataJson }) => dataJson)).toEqual([
      { created_count: 1, updated_count: 2, deleted_count: 1 },
      { created_count: 0, updated_count: 0, deleted_count: 1 },
    ]);
  });
});

describe('rewards in a document', () => {
  /** Everything that a reward can say, made by hand. */
  async function rewarded(): Promise<{ shop: ApiClient; pastry: string; coffee: string }> {
    const shop = await emptyWorkspace('UTC');
    const { cardDefinitionId, tierIds } = await buildProgram(shop);
    const pastry = await buildReward(shop, cardDefinitionId, {
      description: 'One, from the counter.',
      stock: 5,
      limits: { perMember: 3, perPeriod: [{ unit: 'DAY', count: 2 }] },
      tierIds: [tierIds['Silver'], tierIds['Gold']],
      condition: 'customer.points >= 100',
      validFrom: '2026-01-01T00:00:00Z',
      validUntil: '2027-01-01T00:00:00Z',
      proofValidMinutes: 30,
      defaultLocale: 'de-AT',
      receipts: [{ locale: 'de-AT', template: 'Für {{customer.name}}' }],
      metadata: { shelf: 'left' },
    });
    const trigger = { pointEarned: { cardDefinitionId, points: 500, unit: 'MONTH' } };
    const coffee = await buildReward(shop, cardDefinitionId, { name: 'Coffee', type: 'coffee', cost: 0, trigger, grantValidity: { value: 14, unit: 'DAY' } });
    return { shop, pastry, coffee };
  }

  const SAID = `rewards:
  - key: free-pastry
    name: Free pastry
    status: ACTIVE
    type: free_pastry
    description: One, from the counter.
    cardDefinition: points
    cost: 100
    stock: 5
    limits:
      perMember: 3
      perPeriod:
        - unit: DAY
          count: 2
    tiers:
      - membership/silver
      - membership/gold
    condition: customer.points >= 100
    validFrom: 2026-01-01T00:00:00.000Z
    validUntil: 2027-01-01T00:00:00.000Z
    proofValidMinutes: 30
    defaultLocale: de-AT
    receipts:
      - locale: de-AT
        template: Für {{customer.name}}
    metadata:
      shelf: left
  - key: coffee
    name: Coffee
    status: ACTIVE
    type: coffee
    cardDefinition: points
    cost: 0
    trigger:
      pointEarned:
        cardDefinition: points
        points: 500
        unit: MONTH
    grantValidity:
      value: 14
      unit: DAY
`;

  /** Events and audit entries without what is of one workspace, or of one request. */
  async function recordedIn(client: ApiClient): Promise<readonly [unknown[], unknown[]]> {
    const { events } = await client.run('{ events(first: 100) { nodes { name customerId sequence occurredAt recordedAt dataJson } } }');
    const { activities } = await client.run('{ activities(first: 100) { nodes { action subjectId before after recordedAt } } }');
    const told = (nodes: unknown[]) => nodes.map((node) => JSON.stringify(node).replaceAll(/"([a-z]+)_[0-9a-z]{26}"/g, '"an id: $1"')).filter((node) => !/"an id: (ws|key|skey)"/.test(node));
    return [told(events.nodes), told(activities.nodes)].map((each) => each.toSorted()) as [unknown[], unknown[]];
  }

  test('are said as they were made, and made elsewhere with the events and audit entries of making them by hand', async () => {
    const { shop } = await rewarded();
    const document = await exported(shop);
    expect(document.slice(document.indexOf('rewards:'))).toBe(SAID);
    const other = await emptyWorkspace('UTC');
    await imported(other, document);
    expect(await exported(other)).toBe(document);
    const isApplication = (event: unknown) => String(event).includes('configuration.applied');
    const [told, activities] = await recordedIn(other);
    const events = told.filter((event) => !isApplication(event));
    expect(told.filter(isApplication)).toHaveLength(1);
    expect([events.length, activities.length]).toEqual([14, 14]);
    expect([events, activities]).toEqual(await recordedIn(shop));
  });

  test('change while they are redeemed: what is left stays, and a redemption makes no plan stale', async () => {
    const { shop, pastry } = await rewarded();
    await buildCustomer(shop, 'ada');
    await earn(shop, 'ada', '450.00');
    const document = await exported(shop);
    const changed = document.replace('cost: 100', 'cost: 150').replace('name: Coffee', 'name: Espresso');
    const plan = await planned(shop, changed);
    expect(plan.changes).toEqual([
      { action: 'DRAFT', object: 'REWARD', key: 'free-pastry', fields: [{ field: ['status'], before: '"ACTIVE"', after: '"DRAFT"' }] },
      { action: 'UPDATE', object: 'REWARD', key: 'free-pastry', fields: [{ field: ['cost'], before: '100', after: '150' }] },
      { action: 'ACTIVATE', object: 'REWARD', key: 'free-pastry', fields: [{ field: ['status'], before: '"DRAFT"', after: '"ACTIVE"' }] },
      { action: 'UPDATE', object: 'REWARD', key: 'coffee', fields: [{ field: ['name'], before: '"Coffee"', after: '"Espresso"' }] },
    ]);
    expect((await redeem(shop, pastry, 'ada')).redemption.points).toBe(100);
    expect(await stockOf(shop, pastry)).toBe(4);
    // The document still says 5, which is with how many it began.
    expect((await planned(shop, document, true)).changes).toEqual([]);
    expect((await apply(shop, changed, plan.fingerprint)).configurationApplication.changeCount).toBe(4);
    expect((await redeem(shop, pastry, 'ada')).redemption.points).toBe(150);
    expect(await stockOf(shop, pastry)).toBe(3);
    // The limits of a day and of a member count on.
    expect((await redeem(shop, pastry, 'ada')).userErrors).toMatchObject([{ code: 'LIMIT_REACHED', limit: 'DAY' }]);
    expect((await planned(shop, changed)).changes).toEqual([]);
  });

  test('changed by hand make a plan stale, and are pruned with what they are paid for from', async () => {
    const { shop, pastry } = await rewarded();
    const document = (await exported(shop)).replace('cost: 100', 'cost: 150');
    const { fingerprint } = await planned(shop, document);
    await shop.succeed('rewardUpdate', { id: pastry, key: 'croissant' }, 'reward { key }');
    expect(refusalsOf(await unchanged(server, () => apply(shop, document, fingerprint)))).toEqual(['STALE_PLAN   ']);
    expect((await planned(shop, document, true)).changes.map(told)).toEqual(['DELETE REWARD croissant', 'CREATE REWARD free-pastry', 'ACTIVATE REWARD free-pastry']);
    const nothing = 'version: 1\ncardDefinitions: []\ntierStructures: []\nearnRules: []\nrewards: []\n';
    expect(await imported(shop, nothing, true)).toBe(5);
    expect((await planned(shop, nothing, true)).changes).toEqual([]);
  });

  test('hold the card definitions that they refer to', async () => {
    const { shop, pastry } = await rewarded();
    const beans = await buildCardDefinition(shop, { name: 'Beans' });
    const trigger = { pointBalance: { cardDefinitionId: beans, points: 10 } };
    const gift = await buildReward(shop, beans, { name: 'Gift', trigger });
    const attempt = async (step: 'Draft' | 'Delete') => problemsOf(await unchanged(server, () => shop.mutate(`cardDefinition${step}`, { id: beans }, 'cardDefinition { id }')));
    expect([await attempt('Draft'), await attempt('Delete')]).toEqual([['IN_USE id'], ['IN_USE id']]);
    await shop.succeed('rewardDraft', { id: gift }, 'reward { id }');
    const { cardDefinitions } = await shop.run('{ cardDefinitions { nodes { id key } } }');
    const points = cardDefinitions.nodes.find(({ key }: { key: string }) => key === 'points').id as string;
    // Paid for from another card, but still given for points on this one.
    await shop.succeed('rewardUpdate', { id: gift, cardDefinitionId: points }, 'reward { id }');
    expect(await attempt('Delete')).toEqual(['IN_USE id']);
    await shop.succeed('rewardDelete', { id: gift }, 'reward { id }');
    await shop.succeed('cardDefinitionDelete', { id: beans }, 'cardDefinition { id }');
    expect((await shop.run('query($id: ID!) { reward(id: $id) { status } }', { id: pastry })).reward.status).toBe('ACTIVE');
  });

  test('have a key of their own: made of the name, or given, and no other one\'s', async () => {
    const { shop, pastry } = await rewarded();
    const { cardDefinitions } = await shop.run('{ cardDefinitions { nodes { id } } }');
    const input = { name: 'Free pastry', type: 'free_pastry', cardDefinitionId: cardDefinitions.nodes[0].id, cost: 1 };
    expect((await shop.succeed('rewardCreate', input, 'reward { key }')).reward.key).toBe('free-pastry_2');
    const attempt = async (field: string, given: Record<string, unknown>) => problemsOf(await unchanged(server, () => shop.mutate(field, given, 'reward { key }')));
    expect(await attempt('rewardCreate', { ...input, key: 'coffee' })).toEqual(['KEY_TAKEN key']);
    expect(await attempt('rewardCreate', { ...input, key: 'Coffee' })).toEqual(['INVALID_KEY key']);
    expect(await attempt('rewardUpdate', { id: pastry, key: 'coffee' })).toEqual(['KEY_TAKEN key']);
    expect(await attempt('rewardUpdate', { id: pastry, key: '-' })).toEqual(['INVALID_KEY key']);
    await shop.succeed('rewardDelete', { id: pastry }, 'reward { id }');
    expect((await shop.succeed('rewardCreate', { ...input, key: 'free-pastry' }, 'reward { key }')).reward.key).toBe('free-pastry');
  });
});

describe('a document is refused, with the place that is to blame, and nothing changes', () => {
  let shop: ApiClient;
  beforeAll(async () => {
    shop = await emptyWorkspace('UTC');
    await buildProgram(shop);
    await buildCustomer(shop, 'ada');
    await earn(shop, 'ada', '150.00');
  });

  const card = (more: string) => `version: 1\ncardDefinitions:\n  - key: miles\n    name: Miles\n    status: DRAFT\n${more}`;
  test.each<[string, string | (() => string), readonly string[]]>([
    ['no YAML', 'version: [1', ['INVALID_SYNTAX  1 12']],
    ['an alias', 'version: &v 1\nworkspace: { backdatingDays: *v }', ['INVALID_SYNTAX workspace.backdatingDays 2 30']],
    ['a tag', 'version: !!int 1', ['INVALID_SYNTAX version 1 16']],
    ['two documents', 'version: 1\n---\nversion: 1', ['INVALID_SYNTAX  2 1']],
    ['a field twice', 'version: 1\nversion: 1', ['DUPLICATE_KEY version 2 1']],
    ['too long', () => `version: 1 # ${'x'.repeat(256 * 1024)}`, ['DOCUMENT_TOO_LARGE   ']],
    ['too many values', () => `version: 1\nworkspace: [${'1,'.repeat(20_001)}]`, ['DOCUMENT_TOO_LARGE workspace.19997 2 40007']],
    ['too deep', () => `version: 1\nworkspace: ${'['.repeat(40)}${']'.repeat(40)}`, [expect.stringMatching(/^DOCUMENT_TOO_LARGE workspace\.0/) as unknown as string]],
    ['nothing', '', ['INVALID_DOCUMENT   ']],
    ['another version', 'version: 2', ['UNSUPPORTED_VERSION version 1 1']],
    ['an unknown field, and one of another type', card('    expires: 5\n    refundPolicy: 7\n'), ['INVALID_DOCUMENT cardDefinitions.0.refundPolicy 7 5', 'UNKNOWN_FIELD cardDefinitions.0.expires 6 5']],
    ['two ways to expire', card('    expiration: { noExpiration: true, calendar: { calendarDates: [] } }\n'), ['INVALID_DOCUMENT cardDefinitions.0.expiration 6 5']],
    ['what the domain refuses', card('    expiration: { calendar: { calendarDates: [] } }\n    activation: { periodBased: { days: 0 } }\n'), ['INVALID_EXPIRATION cardDefinitions.0.expiration 6 5', 'INVALID_ACTIVATION cardDefinitions.0.activation 7 5']],
    ['a key twice', card('  - key: miles\n    name: Miles\n    status: DRAFT\n'), ['DUPLICATE_KEY cardDefinitions.1.key 6 5']],
    ['no key', card('').replace('key: miles', 'key: Miles'), ['INVALID_KEY cardDefinitions.0.key 3 5']],
    ['events kept for a day', 'version: 1\nworkspace:\n  eventRetentionDays: 1\n', ['INVALID_RETENTION workspace.eventRetentionDays 3 3']],
    ['notice of more than a year', 'version: 1\nworkspace:\n  noticeDays: 366\n', ['INVALID_NOTICE workspace.noticeDays 3 3']],
    ['another time zone', 'version: 1\nworkspace:\n  timeZone: Asia/Tokyo\n', ['NOT_CHANGEABLE workspace.timeZone 3 3']],
    [
      'references that lead nowhere',
      'version: 1\nearnRules:\n  - key: new\n    name: New\n    cardDefinition: none\n    versions:\n      - rates: [{ currency: USD, value: 1, every: 1 }]\n        tierMultipliers: [{ tier: membership/none, multiplier: 2 }]\n',
      ['UNKNOWN_REFERENCE earnRules.0.versions.0.tierMultipliers.0.tier 8 29', 'UNKNOWN_REFERENCE earnRules.0.cardDefinition 5 5'],
    ],
    [
      'a condition that does not compile',
      'version: 1\nearnRules:\n  - key: new\n    name: New\n    cardDefinition: points\n    versions:\n      - rates: [{ currency: USD, value: 1, every: 1 }]\n        condition: transaction.\n',
      ['INVALID_CONDITION earnRules.0.versions.0.condition 8 9'],
    ],
    ['a reward that refers to nothing', 'version: 1\nrewards:\n  - { key: cake, name: Cake, status: DRAFT, type: cake, cost: 1, cardDefinition: none, tiers: [membership/none] }\n', ['UNKNOWN_REFERENCE rewards.0.cardDefinition 3 66', 'UNKNOWN_REFERENCE rewards.0.tiers.0 3 96']],
    ['a draft-only change of what is in force', 'version: 1\ncardDefinitions:\n  - key: points\n    name: Points\n    status: ACTIVE\n    refundPolicy: REVOKE_BELOW_ZERO\n', ['NOT_DRAFT cardDefinitions.0.refundPolicy 6 5']],
    ['a card that customers have, as a draft', 'version: 1\ncardDefinitions:\n  - key: points\n    name: Points\n    status: DRAFT\n', ['IN_USE cardDefinitions.0 3 5']],
  ])('%s', async (_what, text, problems) => {
    const document = typeof text === 'string' ? text : text();
    for (const field of ['configurationPlan', 'configurationApply'] as const) {
      const input = field === 'configurationPlan' ? { document } : { document, fingerprint: 'any' };
      const answer = await unchanged(server, () => mutate(shop, field, input));
      expect([answer.configurationPlan ?? answer.configurationApplication ?? null, refusalsOf(answer)]).toEqual([null, problems]);
    }
  });

  test('a bomb of brackets', async () => {
    const problems = refusalsOf(await unchanged(server, () => mutate(shop, 'configurationPlan', { document: '['.repeat(100_000) })));
    expect(problems.map((each) => each.split(' ')[0])).toEqual(['DOCUMENT_TOO_LARGE']);
  });

  test('a structure that customers hold tiers of, as a draft', async () => {
    const document = (await exported(shop)).replace('name: Membership\n    status: ACTIVE', 'name: Membership\n    status: DRAFT');
    expect(refusalsOf(await unchanged(server, () => mutate(shop, 'configurationPlan', { document })))).toEqual([expect.stringMatching(/^IN_USE tierStructures\.0 /)]);
  });
});

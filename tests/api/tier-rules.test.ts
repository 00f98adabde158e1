/** `tierRulesPublish`: new rules of a structure in force as its next revision, in one step. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fromPublicId } from '../../src/platform/ids.ts';
import type { ApiClient } from '../support/client.ts';
import { buildCardDefinition, buildCustomer, buildProgram, buildStructure, earn, standingOf } from '../support/program.ts';
import type { Program } from '../support/program.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';
import { problemsOf, unchanged } from '../support/unchanged.ts';

const NOW = '2026-05-04T10:00:00.000Z';
const PAYLOAD = `tierStructure {
  id name status version draftOf { id } type cardDefinitionId pointEarned { window } downgrade { type } expiration { type } entryAwardScope metadata
  revision { number rollout } formerRevisions { number tiers { tierId name minPoints } }
  tiers { id name minPoints maxPoints noDowngrade entryAward { points } metadata originId createdAt updatedAt }
}`;

let server: TestServer;
let shop: ApiClient;
let program: Program;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

/** A shop of its own with three tiers, of which Silver has metadata. */
async function open(): Promise<void> {
  shop = await server.workspace({ clock: NOW });
  program = await buildProgram(shop, { structure: { tiers: { Basic: 0, Silver: 100, Gold: 500 } } });
  await shop.succeed('tierUpdate', { id: program.tierIds['Silver'], metadata: { color: 'grey' } }, 'tier { id }');
}

const publish = (input: Record<string, unknown>) => shop.mutate('tierRulesPublish', input, PAYLOAD);
const refused = async (input: Record<string, unknown>) => {
  const payload = await unchanged(server, () => publish(input));
  expect(payload.tierStructure).toBeNull();
  return problemsOf(payload);
};

/** Events of the shop about tiers and their structures, by type. */
async function eventCounts(): Promise<Record<string, number>> {
  const { workspace } = await shop.run('{ workspace { id } }');
  const { rows } = await server.database.pool.query<{ type: string; count: number }>(
    "SELECT type, count(*)::int AS count FROM events WHERE workspace_id = $1 AND type LIKE 'tier%' GROUP BY type",
    [fromPublicId('Workspace', workspace.id as string)],
  );
  return Object.fromEntries(rows.map(({ type, count }) => [type, count]));
}

describe('what it publishes', () => {
  beforeAll(open);

  test('tiers that are kept, changed, new and left out, as one audited revision', async () => {
    const before = await eventCounts();
    expect(before).toEqual({ 'tier_structure.created': 1, 'tier_structure.activated': 1, 'tier.created': 3, 'tier.updated': 1 });
    const { Basic, Silver } = program.tierIds;
    const { tierStructure, userErrors } = await publish({
      tierStructureId: program.tierStructureId,
      tiers: [
        { name: 'Platinum', minPoints: 1000, entryAward: { points: 50, cardDefinitionId: await buildCardDefinition(shop, { name: 'Gifts' }) }, metadata: { a: 1 } },
        { id: Silver, name: 'Silver', minPoints: 150 },
        { id: Basic, name: 'Basic', minPoints: 0 },
      ],
      downgrade: { singleLevel: {} },
    });
    expect(userErrors).toEqual([]);
    expect(tierStructure).toMatchObject({
      id: program.tierStructureId,
      name: 'Membership',
      status: 'ACTIVE',
      draftOf: null,
      type: 'POINT_BALANCE',
      cardDefinitionId: program.cardDefinitionId,
      downgrade: { type: 'SINGLE_LEVEL' },
      revision: { number: 2, rollout: 'NEXT_JUDGEMENT' },
      formerRevisions: [{ number: 1, tiers: [{ minPoints: 0 }, { minPoints: 100 }, { minPoints: 500, name: 'Gold' }] }],
    });
    expect(tierStructure.tiers.map((tier: Record<string, unknown>) => [tier['name'], tier['minPoints'], tier['metadata'], tier['originId']])).toEqual([
      ['Basic', 0, {}, null],
      ['Silver', 150, { color: 'grey' }, null],
      ['Platinum', 1000, { a: 1 }, null],
    ]);
    expect(tierStructure.tiers.slice(0, 2).map(({ id }: { id: string }) => id)).toEqual([Basic, Silver]);
    expect(tierStructure.tiers[0].updatedAt).toBeNull();
    expect(await eventCounts()).toEqual({ ...before, 'tier.created': 4, 'tier.updated': 2, 'tier.deleted': 1, 'tier_structure.published': 1 });

    const { tierStructure: read } = await shop.run('query($id: ID!) { tierStructure(id: $id) { activities(first: 4) { nodes { action subjectId after } } } }', {
      id: program.tierStructureId,
    });
    expect(read.activities.nodes.map(({ action }: { action: string }) => action)).toEqual(['DELETED', 'CREATED', 'UPDATED', 'PUBLISHED']);
    expect(read.activities.nodes[3]).toMatchObject({ subjectId: program.tierStructureId, after: { revision: { number: 2 }, downgrade: { type: 'SINGLE_LEVEL' } } });
    // The draft that the rules went through was never stored.
    const { tierStructures } = await shop.run('{ tierStructures(filter: { status: { in: [DRAFT, DELETED] } }) { totalCount } }');
    expect(tierStructures.totalCount).toBe(0);
  });

  test('a tier that is left out stays readable by its id', async () => {
    const { node } = await shop.run('query($id: ID!) { node(id: $id) { ... on Tier { name removedAt } } }', { id: program.tierIds['Gold'] });
    expect(node).toEqual({ name: 'Gold', removedAt: NOW });
  });

  test('rules alone leave the tiers as they are', async () => {
    const former = await shop.run('query($id: ID!) { tierStructure(id: $id) { tiers { id name minPoints updatedAt metadata } } }', { id: program.tierStructureId });
    const { tierStructure } = await publish({ expiration: { rollingExpiration: { period: { value: 1, unit: 'YEAR' } } }, entryAwardScope: 'ALL_PASSED' });
    expect(tierStructure).toMatchObject({ revision: { number: 3 }, expiration: { type: 'ROLLING_EXPIRATION' }, entryAwardScope: 'ALL_PASSED' });
    expect(tierStructure.tiers.map(({ id, name, minPoints, updatedAt, metadata }: Record<string, unknown>) => ({ id, name, minPoints, updatedAt, metadata }))).toEqual(
      former.tierStructure.tiers,
    );
  });
});

describe('customers', () => {
  test('are judged as the rollout says', async () => {
    await open();
    await buildCustomer(shop, 'ada');
    await earn(shop, 'ada', '120.00');
    expect((await standingOf(shop, 'ada')).tier.name).toBe('Silver');
    await publish({ rollout: 'RECALCULATE_NOW', tiers: [{ id: program.tierIds['Basic'], name: 'Basic', minPoints: 0 }, { id: program.tierIds['Silver'], name: 'Silver', minPoints: 200 }] });
    await shop.succeed('workspaceClockAdvance', { to: '2026-05-04T10:00:01.000Z' }, 'workspace { id }');
    expect((await standingOf(shop, 'ada')).tier.name).toBe('Basic');
  });
});

describe('which structure', () => {
  test('left out, it is the active one that was created first', async () => {
    await open();
    await shop.succeed('workspaceClockAdvance', { to: '2026-05-05T00:00:00.000Z' }, 'workspace { id }');
    const { id } = await buildStructure(shop, program.cardDefinitionId, { name: 'Second', tiers: { Only: 0 } });
    expect((await publish({ downgrade: { noDowngrade: true } })).tierStructure.id).toBe(program.tierStructureId);
    await shop.succeed('tierStructureDeactivate', { id: program.tierStructureId }, 'tierStructure { id }');
    expect((await publish({ downgrade: { noDowngrade: true } })).tierStructure.id).toBe(id);
    await shop.succeed('tierStructureDeactivate', { id }, 'tierStructure { id }');
    expect(await refused({ downgrade: { noDowngrade: true } })).toEqual(['NOT_FOUND tierStructureId']);
  });

  test('a draft made of the former rules can no longer be published', async () => {
    await open();
    const { tierStructure: draft } = await shop.succeed('tierStructureRevise', { id: program.tierStructureId }, 'tierStructure { id }');
    await publish({ downgrade: { noDowngrade: true } });
    const payload = await unchanged(server, () => shop.mutate('tierStructurePublish', { id: draft.id }, 'tierStructure { id }'));
    expect(problemsOf(payload)).toEqual(['REVISED_MEANWHILE id']);
  });
});

describe('it refuses, and changes nothing', () => {
  beforeAll(open);
  const basic = () => ({ id: program.tierIds['Basic'], name: 'Basic', minPoints: 0 });

  test.each<[string, () => Record<string, unknown>, string[]]>([
    ['an unknown structure', () => ({ tierStructureId: 'tstr_01h2xcejqtf2nbrexx3vqjhp41' }), ['NOT_FOUND tierStructureId']],
    ['what is no structure', () => ({ tierStructureId: program.cardDefinitionId }), ['NOT_FOUND tierStructureId']],
    ['another version', () => ({ version: 77 }), ['VERSION_CONFLICT version']],
    ['no tiers', () => ({ tiers: [] }), ['NO_TIERS tierStructureId']],
    ['a tier of no structure', () => ({ tiers: [basic(), { ...basic(), id: program.cardDefinitionId, minPoints: 5 }] }), ['NOT_FOUND tiers 1 id']],
    ['a tier twice', () => ({ tiers: [basic(), { ...basic(), minPoints: 5 }] }), ['NOT_FOUND tiers 1 id']],
    ['tiers that overlap', () => ({ tiers: [basic(), { name: 'Other', minPoints: 0 }] }), ['OVERLAPPING_TIERS tiers']],
    [
      'several things at once',
      () => ({ expiration: { noExpiration: false }, tiers: [{ ...basic(), name: '' }, { name: 'Other', minPoints: 9, maxPoints: 1 }] }),
      ['INVALID_EXPIRATION expiration noExpiration', 'INVALID_NAME tiers 0 name', 'INVALID_RANGE tiers 1 maxPoints'],
    ],
    ['a card definition that does not exist', () => ({ cardDefinitionId: 'cdef_01h2xcejqtf2nbrexx3vqjhp41' }), ['INVALID_CARD_DEFINITION cardDefinitionId']],
    ['tracking without earned points', () => ({ pointEarned: { period: { value: 1, unit: 'YEAR' } } }), ['INVALID_POINT_EARNED pointEarned']],
    [
      'an award on a card definition that does not exist',
      () => ({ tiers: [{ ...basic(), entryAward: { points: 5, cardDefinitionId: 'cdef_01h2xcejqtf2nbrexx3vqjhp41' } }] }),
      ['INVALID_ENTRY_AWARD tiers 0 entryAward cardDefinitionId'],
    ],
    ['more than 50 tiers', () => ({ tiers: Array.from({ length: 51 }, (_, index) => ({ name: `Tier ${index}`, minPoints: index })) }), ['TOO_MANY_TIERS tiers']],
  ])('%s', async (_what, input, problems) => {
    expect(await refused(input())).toEqual(problems);
  });

  test('a structure that is not in force', async () => {
    const { tierStructure: draft } = await shop.succeed('tierStructureCreate', { name: 'Draft', type: 'POINT_BALANCE' }, 'tierStructure { id }');
    expect(await refused({ tierStructureId: draft.id })).toEqual(['INVALID_STATUS tierStructureId']);
    const { id } = await buildStructure(shop, program.cardDefinitionId, { name: 'Paused', tiers: { Only: 0 } });
    await shop.succeed('tierStructureDeactivate', { id }, 'tierStructure { id }');
    expect(await refused({ tierStructureId: id })).toEqual(['INVALID_STATUS tierStructureId']);
  });
});

test('repeated with its key, it publishes once', async () => {
  await open();
  const input = { downgrade: { noDowngrade: true }, tiers: [{ name: 'New', minPoints: 0 }], idempotencyKey: 'rules-1' };
  const first = await publish(input);
  expect(first.tierStructure.revision.number).toBe(2);
  const again = await unchanged(server, () => publish(input));
  expect(again).toEqual(first);
  expect(await refused({ ...input, rollout: 'UPGRADE_ONLY' })).toEqual(['IDEMPOTENCY_KEY_PARAMETER_MISMATCH idempotencyKey']);
});

test('of two that publish from the same version at once, one is refused', async () => {
  await open();
  const { tierStructure } = await shop.run('query($id: ID!) { tierStructure(id: $id) { version } }', { id: program.tierStructureId });
  const answers = await Promise.all(['singleLevel', 'multiLevel'].map((way) => publish({ version: tierStructure.version, downgrade: { [way]: {} } })));
  expect(answers.map((answer) => problemsOf(answer)).sort()).toEqual([[], ['VERSION_CONFLICT version']]);
  const { tierStructure: after } = await shop.run('query($id: ID!) { tierStructure(id: $id) { revision { number } } }', { id: program.tierStructureId });
  expect(after.revision.number).toBe(2);
});

/** Revisions of tier structures: drafting the next one, publishing it, what it changes and what it leaves alone. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { fromPublicId } from '../../src/platform/ids.ts';
import type { ApiClient } from '../support/client.ts';
import { buildCardDefinition, buildCustomer, buildProgram, earn, standingOf } from '../support/program.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';
import { codesOf, contentsOf, problemsOf, unchanged } from '../support/unchanged.ts';

let server: TestServer;
let shop: ApiClient;
/** Active card definitions of the shop. */
let points: string;
let stamps: string;
/** Here all entry awards are given: no structure measures it, so they never go round in a circle. */
let bonus: string;

beforeAll(async () => {
  server = await startTestServer();
  shop = await server.workspace({ timeZone: 'Europe/Warsaw' });
  points = await buildCardDefinition(shop, { name: 'Points' });
  stamps = await buildCardDefinition(shop, { name: 'Stamps' });
  bonus = await buildCardDefinition(shop, { name: 'Bonus' });
});
afterAll(() => server.stop());
afterEach(() => server.setNow(null));

const GIFTS = `entryAward { points cardDefinitionId }
  pointExpiration { type rolling { period { value unit } } calendar { calendarDates { day month } } }`;
const TIER = `id name minPoints maxPoints noDowngrade ${GIFTS} metadata originId removedAt createdAt updatedAt`;
const RULES = `type cardDefinitionId cardDefinition { id } pointEarned { type window period { value unit } }
  expiration { type rollingExpiration { period { value unit } } slidingExpiration { earningActivity } }
  downgrade { type gracePeriod { value unit roundUp } } entryAwardScope entryAwardOnRefund`;
const REVISION = `number effectiveAt rollout ${RULES} tiers { tierId name minPoints maxPoints noDowngrade ${GIFTS} }`;
const STRUCTURE = `id key name status metadata version createdAt updatedAt effectiveAt draftOf { id } ${RULES} tiers { ${TIER} }
  revision { ${REVISION} } formerRevisions { ${REVISION} }`;
const PAYLOAD = `tierStructure { ${STRUCTURE} }`;

const YEAR = { value: 1, unit: 'YEAR' };
const SETTINGS = {
  name: 'Regulars',
  type: 'POINT_EARNED',
  pointEarned: { period: YEAR, window: 'ANNIVERSARY' },
  expiration: { rollingExpiration: { period: YEAR } },
  downgrade: { multiLevel: { gracePeriod: { value: 1, unit: 'MONTH' } } },
  metadata: { a: 1 },
};
const tiersOf = (cardDefinitionId: string) => [
  { name: 'Basic', minPoints: 0 },
  {
    name: 'Silver',
    minPoints: 100,
    maxPoints: '9007199254740993',
    entryAward: { points: '9007199254740995', cardDefinitionId },
    pointExpiration: { rolling: { period: YEAR } },
    metadata: { b: 2 },
  },
];

/** Codes of the refusals in this file. */
const reached = new Set<string>();

const mutate = async (field: string, input: Record<string, unknown>, client = shop) => {
  const selection = field === 'tierDelete' ? 'deletedTierId' : field.startsWith('tierStructure') ? PAYLOAD : `tier { ${TIER} }`;
  const payload = await client.mutate(field, input, selection);
  for (const { code } of payload.userErrors) reached.add(code);
  return payload;
};
const attempt = (field: string, input: Record<string, unknown>, client = shop) => unchanged(server, () => mutate(field, input, client));
const take = async (step: string, id: string, more: Record<string, unknown> = {}) => {
  const payload = await mutate(`tierStructure${step}`, { id, ...more });
  expect(problemsOf(payload)).toEqual([]);
  return payload.tierStructure;
};
const read = async (id: string, client = shop) =>
  (await client.run(`query($id: ID!) { tierStructure(id: $id) { ${STRUCTURE} } }`, { id })).tierStructure;
const tierBy = async (id: string) =>
  (await shop.run(`query($id: ID!) { node(id: $id) { ... on Tier { ${TIER} tierStructure { id } origin { id name } } } }`, { id })).node;
const activitiesOf = async (id: string) =>
  (await shop.run('query($id: ID!) { tierStructure(id: $id) { activities(first: 100) { nodes { action subjectId before after } } } }', { id }))
    .tierStructure.activities.nodes;
const eventsOf = async (...ids: string[]) => {
  const { rows } = await server.database.pool.query("SELECT type, data ->> 'id' AS id FROM events WHERE data ->> 'id' = ANY($1) ORDER BY events.id", [ids]);
  return rows.map(({ type, id }) => [type, id]);
};
/** Since when the workspace's set of judging structures is what it is. */
const judgedBy = async (id: string) => {
  const { rows } = await server.database.pool.query(
    'SELECT w.structures_changed_at FROM workspaces w JOIN tier_structures s ON s.workspace_id = w.workspace_id WHERE s.id = $1',
    [fromPublicId('TierStructure', id)],
  );
  return new Date(rows[0].structures_changed_at).toISOString();
};

async function create(more: Record<string, unknown> = {}) {
  const input = { ...SETTINGS, cardDefinitionId: points, tiers: tiersOf(bonus), ...more };
  return (await shop.succeed('tierStructureCreate', input, PAYLOAD)).tierStructure;
}
/** A structure in force since 1 January 2026. */
async function createActive(more: Record<string, unknown> = {}) {
  server.setNow('2026-01-01T00:00:00Z');
  const { id } = await create(more);
  return take('Activate', id);
}
interface TierAnswer {
  readonly id: string;
  readonly name: string;
  readonly minPoints: unknown;
  readonly maxPoints: unknown;
  readonly noDowngrade: boolean;
  readonly entryAward: unknown;
  readonly pointExpiration: unknown;
  readonly originId: string | null;
}
interface RevisionAnswer {
  readonly number: number;
  readonly effectiveAt: string | null;
  readonly tiers: readonly { readonly tierId: string; readonly minPoints: number }[];
}
interface StructureAnswer extends Record<'type' | 'cardDefinitionId' | 'cardDefinition' | 'pointEarned' | 'expiration' | 'downgrade', unknown> {
  readonly entryAwardScope: string;
  readonly entryAwardOnRefund: string;
  readonly tiers: readonly TierAnswer[];
}
/** The rules of a structure as one of its revisions shows them. */
function rulesOf({ type, cardDefinitionId, cardDefinition, pointEarned, expiration, downgrade, entryAwardScope, entryAwardOnRefund, tiers }: StructureAnswer) {
  return {
    ...{ type, cardDefinitionId, cardDefinition, pointEarned, expiration, downgrade, entryAwardScope, entryAwardOnRefund },
    tiers: tiers.map(({ id, name, minPoints, maxPoints, noDowngrade, entryAward, pointExpiration }) => ({
      ...{ tierId: id, name, minPoints, maxPoints, noDowngrade, entryAward, pointExpiration },
    })),
  };
}
const FIRST = { number: 1, effectiveAt: null, rollout: 'NEXT_JUDGEMENT' };

describe('drafting the next revision', () => {
  test.each(['ACTIVE', 'INACTIVE'])('of a structure that is %s copies it and its tiers, and leaves it alone', async (status) => {
    const active = await createActive();
    const structure = status === 'ACTIVE' ? active : await take('Deactivate', active.id);
    server.setNow('2026-03-01T12:00:00Z');
    const draft = await take('Revise', structure.id, { version: structure.version });
    expect(draft).toEqual({
      ...structure,
      id: expect.stringMatching(/^tstr_/),
      status: 'DRAFT',
      effectiveAt: null,
      draftOf: { id: structure.id },
      version: 1,
      createdAt: '2026-03-01T12:00:00.000Z',
      updatedAt: null,
      tiers: structure.tiers.map((tier: { id: string }) => ({
        ...tier,
        id: expect.stringMatching(/^tier_/),
        originId: tier.id,
        createdAt: '2026-03-01T12:00:00.000Z',
        updatedAt: null,
      })),
      revision: { ...structure.revision, tiers: rulesOf(draft).tiers },
    });
    expect(draft.tiers[1]).toMatchObject({ maxPoints: '9007199254740993', entryAward: { points: '9007199254740995', cardDefinitionId: bonus } });
    expect(new Set([...structure.tiers, ...draft.tiers].map(({ id }) => id)).size).toBe(4);
    expect([await read(structure.id), await read(draft.id)]).toEqual([structure, draft]);
    expect(await tierBy(draft.tiers[1].id)).toMatchObject({ tierStructure: { id: draft.id }, origin: { id: structure.tiers[1].id, name: 'Silver' } });
    expect(await tierBy(structure.tiers[1].id)).toMatchObject({ tierStructure: { id: structure.id }, origin: null });
  });

  test('is audited on the draft, and judges nobody anew', async () => {
    const structure = await createActive();
    server.setNow('2026-03-01T12:00:00Z');
    const draft = await take('Revise', structure.id);
    const [silver, basic, drafted, ...more] = await activitiesOf(draft.id);
    expect(more).toEqual([]);
    expect(drafted).toMatchObject({ action: 'CREATED', subjectId: draft.id, before: null });
    expect(drafted.after).toMatchObject({ name: 'Regulars', status: 'DRAFT', draftOf: structure.id, revision: FIRST, version: 1, metadata: { a: 1 } });
    expect(basic).toMatchObject({ action: 'CREATED', subjectId: draft.tiers[0].id, before: null });
    expect(silver).toEqual({
      action: 'CREATED',
      subjectId: draft.tiers[1].id,
      before: null,
      after: {
        tierStructureId: draft.id,
        key: 'silver',
        name: 'Silver',
        minPoints: '100',
        maxPoints: '9007199254740993',
        noDowngrade: false,
        entryAward: { points: '9007199254740995', cardDefinitionId: bonus },
        pointExpiration: { type: 'ROLLING', period: YEAR, rounding: null },
        originId: structure.tiers[1].id,
        metadata: { b: 2 },
      },
    });
    expect(await eventsOf(draft.id, ...draft.tiers.map(({ id }: { id: string }) => id))).toEqual([
      ['tier_structure.created', draft.id],
      ['tier.created', draft.tiers[0].id],
      ['tier.created', draft.tiers[1].id],
    ]);
    expect(await judgedBy(structure.id)).toBe('2026-01-01T00:00:00.000Z');
    expect((await activitiesOf(structure.id)).map(({ action }: { action: string }) => action)).toEqual(['ACTIVATED', 'CREATED', 'CREATED', 'CREATED']);
  });

  test('is refused of a draft, of a draft of a revision and of a deleted structure', async () => {
    const draft = await create();
    const { id } = await createActive();
    const copy = await take('Revise', id);
    const deleted = await take('Delete', (await create()).id);
    for (const target of [draft, copy, deleted]) {
      const payload = await attempt('tierStructureRevise', { id: target.id });
      expect([payload.tierStructure, problemsOf(payload)]).toEqual([null, ['INVALID_STATUS id']]);
    }
  });

  test('is refused for another version, for nothing and with an empty key', async () => {
    const { id, version } = await createActive();
    expect(problemsOf(await attempt('tierStructureRevise', { id, version: version - 1 }))).toEqual(['VERSION_CONFLICT version']);
    expect(problemsOf(await attempt('tierStructureRevise', { id: 'tstr_01h2xcejqtf2nbrexx3vqjhp41' }))).toEqual(['NOT_FOUND id']);
    expect(problemsOf(await attempt('tierStructureRevise', { id, idempotencyKey: '' }))).toEqual(['INVALID_IDEMPOTENCY_KEY idempotencyKey']);
  });

  test('with a key makes one draft', async () => {
    const { id } = await createActive();
    const input = { id, idempotencyKey: 'revise once' };
    const first = await mutate('tierStructureRevise', input);
    expect(await attempt('tierStructureRevise', input)).toEqual(first);
    expect(problemsOf(await attempt('tierStructureRevise', { ...input, version: 2 }))).toEqual(['IDEMPOTENCY_KEY_PARAMETER_MISMATCH idempotencyKey']);
    expect((await take('Revise', id)).id).not.toBe(first.tierStructure.id);
  });

  test('makes a draft that is edited like any other, but published instead of activated', async () => {
    const { id } = await createActive();
    const draft = await take('Revise', id);
    const edited = await mutate('tierStructureUpdate', { id: draft.id, type: 'POINT_BALANCE', pointEarned: null, cardDefinitionId: stamps, version: 1 });
    expect(edited.tierStructure).toMatchObject({ type: 'POINT_BALANCE', cardDefinitionId: stamps, draftOf: { id }, version: 2 });
    expect((await mutate('tierUpdate', { id: draft.tiers[0].id, minPoints: 10 })).tier).toMatchObject({ minPoints: 10, originId: draft.tiers[0].originId });
    const added = await mutate('tierCreate', { tierStructureId: draft.id, name: 'Bronze', minPoints: 50 });
    expect(added.tier).toMatchObject({ name: 'Bronze', originId: null });
    expect((await mutate('tierDelete', { id: draft.tiers[1].id })).deletedTierId).toBe(draft.tiers[1].id);
    expect((await attempt('tierStructureActivate', { id: draft.id })).userErrors).toEqual([
      { code: 'INVALID_DRAFT', message: 'This is a draft of a next revision: publish it instead.', field: ['input', 'id'] },
    ]);
    expect(problemsOf(await attempt('tierStructureDraft', { id: draft.id }))).toEqual(['INVALID_STATUS id']);
    expect((await take('Delete', draft.id)).status).toBe('DELETED');
    expect(await read(id)).toMatchObject({ status: 'ACTIVE', revision: { number: 1 } });
  });
});

describe('publishing', () => {
  test.each(['NEXT_JUDGEMENT', 'RECALCULATE_NOW', 'UPGRADE_ONLY'])('with %s makes the draft the rules from now on', async (rollout) => {
    const before = await createActive();
    const [basic, silver] = before.tiers;
    const draft = await take('Revise', before.id);
    await mutate('tierStructureUpdate', {
      id: draft.id,
      name: 'Name of the draft',
      metadata: { draft: true },
      cardDefinitionId: stamps,
      pointEarned: { period: { value: 3, unit: 'MONTH' }, window: 'TRAILING' },
      expiration: { slidingExpiration: { period: YEAR, earningActivity: true } },
      downgrade: { singleLevel: {} },
      entryAwardScope: 'ALL_PASSED',
      entryAwardOnRefund: 'CLAWBACK',
    });
    await mutate('tierUpdate', { id: draft.tiers[1].id, name: 'Sterling', minPoints: 200, entryAward: { points: 7, cardDefinitionId: points }, pointExpiration: null });
    await mutate('tierDelete', { id: draft.tiers[0].id });
    const { tier: gold } = await mutate('tierCreate', { tierStructureId: draft.id, name: 'Gold', minPoints: 5, maxPoints: 99 });
    const { version } = await read(draft.id);
    server.setNow('2026-06-01T08:30:00Z');
    const after = await take('Publish', draft.id, { rollout, version });

    const plain = { rollingExpiration: null, slidingExpiration: null };
    expect(after).toEqual({
      ...before,
      cardDefinitionId: stamps,
      cardDefinition: { id: stamps },
      pointEarned: { type: 'IMMEDIATELY', window: 'TRAILING', period: { value: 3, unit: 'MONTH' } },
      expiration: { ...plain, type: 'SLIDING_EXPIRATION', slidingExpiration: { earningActivity: true } },
      downgrade: { type: 'SINGLE_LEVEL', gracePeriod: null },
      entryAwardScope: 'ALL_PASSED',
      entryAwardOnRefund: 'CLAWBACK',
      tiers: [
        gold,
        {
          ...silver,
          name: 'Sterling',
          minPoints: 200,
          entryAward: { points: 7, cardDefinitionId: points },
          pointExpiration: null,
          updatedAt: '2026-06-01T08:30:00.000Z',
        },
      ],
      revision: { number: 2, effectiveAt: '2026-06-01T08:30:00.000Z', rollout, ...rulesOf(after) },
      formerRevisions: [{ ...FIRST, ...rulesOf(before) }],
      version: before.version + 1,
      updatedAt: '2026-06-01T08:30:00.000Z',
    });
    expect(await read(before.id)).toEqual(after);
    // The tier that is gone stays readable, as its last words.
    expect(await tierBy(basic.id)).toEqual({ ...basic, removedAt: '2026-06-01T08:30:00.000Z', tierStructure: { id: before.id }, origin: null });
    expect(await tierBy(gold.id)).toEqual({ ...gold, tierStructure: { id: before.id }, origin: null });
    expect(await read(draft.id)).toMatchObject({ status: 'DELETED', draftOf: { id: before.id }, tiers: [{ id: draft.tiers[1].id, originId: silver.id }], version: version + 1 });
    expect(await judgedBy(before.id)).toBe('2026-06-01T08:30:00.000Z');
  });

  test('rolls out with the next judgement unless something else is said', async () => {
    const { id } = await createActive();
    expect((await take('Publish', (await take('Revise', id)).id)).revision).toMatchObject({ number: 2, rollout: 'NEXT_JUDGEMENT' });
  });

  test('is audited on the structure and on the draft, with before and after', async () => {
    const before = await createActive();
    const [basic, silver] = before.tiers;
    const draft = await take('Revise', before.id);
    await mutate('tierUpdate', { id: draft.tiers[1].id, minPoints: 200 });
    await mutate('tierDelete', { id: draft.tiers[0].id });
    const { tier: gold } = await mutate('tierCreate', { tierStructureId: draft.id, name: 'Gold', minPoints: 5, maxPoints: 99 });
    await mutate('tierStructureUpdate', { id: draft.id, entryAwardScope: 'ALL_PASSED' });
    const seen = (await activitiesOf(before.id)).length;
    server.setNow('2026-06-01T08:30:00Z');
    await take('Publish', draft.id, { rollout: 'UPGRADE_ONLY' });

    const activities = await activitiesOf(before.id);
    const structure = {
      key: before.key,
      name: 'Regulars',
      type: 'POINT_EARNED',
      status: 'ACTIVE',
      cardDefinitionId: points,
      pointEarned: { type: 'IMMEDIATELY', window: 'ANNIVERSARY', period: YEAR },
      expiration: { type: 'ROLLING_EXPIRATION', period: YEAR },
      downgrade: { type: 'MULTI_LEVEL', gracePeriod: { value: 1, unit: 'MONTH', roundUp: false } },
      entryAwardScope: 'REACHED',
      entryAwardOnRefund: 'KEEP',
      draftOf: null,
      revision: FIRST,
      effectiveAt: '2026-01-01T00:00:00.000Z',
      metadata: { a: 1 },
      version: before.version,
    };
    const revision = { number: 2, effectiveAt: '2026-06-01T08:30:00.000Z', rollout: 'UPGRADE_ONLY' };
    const plain = { tierStructureId: before.id, noDowngrade: false, entryAward: null, pointExpiration: null, originId: null, metadata: {} };
    const sterling = {
      ...plain,
      key: 'silver',
      name: 'Silver',
      minPoints: '100',
      maxPoints: '9007199254740993',
      entryAward: { points: '9007199254740995', cardDefinitionId: bonus },
      pointExpiration: { type: 'ROLLING', period: YEAR, rounding: null },
      metadata: { b: 2 },
    };
    expect(activities.slice(0, activities.length - seen)).toEqual([
      { action: 'DELETED', subjectId: basic.id, before: { ...plain, key: 'basic', name: 'Basic', minPoints: '0', maxPoints: null }, after: null },
      { action: 'UPDATED', subjectId: silver.id, before: sterling, after: { ...sterling, minPoints: '200' } },
      { action: 'CREATED', subjectId: gold.id, before: null, after: { ...plain, key: 'gold', name: 'Gold', minPoints: '5', maxPoints: '99' } },
      {
        action: 'PUBLISHED',
        subjectId: before.id,
        before: structure,
        after: { ...structure, entryAwardScope: 'ALL_PASSED', revision, version: before.version + 1 },
      },
    ]);
    const [spent] = await activitiesOf(draft.id);
    expect(spent).toMatchObject({
      action: 'DELETED',
      subjectId: draft.id,
      before: { status: 'DRAFT', draftOf: before.id, version: 5 },
      after: { status: 'DELETED', draftOf: before.id, version: 6 },
    });
    expect((await eventsOf(before.id, draft.id, basic.id, silver.id, gold.id)).slice(-5)).toEqual([
      ['tier_structure.published', before.id],
      ['tier.created', gold.id],
      ['tier.updated', silver.id],
      ['tier.deleted', basic.id],
      ['tier_structure.deleted', draft.id],
    ]);
  });

  test('of an untouched draft changes no tier, not even one that was renamed meanwhile', async () => {
    const { id, tiers } = await createActive();
    const draft = await take('Revise', id);
    const { tier } = await mutate('tierUpdate', { id: tiers[0].id, name: 'Entry', metadata: { new: true } });
    await mutate('tierStructureUpdate', { id, name: 'Friends' });
    const after = await take('Publish', draft.id);
    expect(after).toMatchObject({ name: 'Friends', tiers: [tier, tiers[1]] });
    expect((await activitiesOf(id))[0].action).toBe('PUBLISHED');
    expect(after.formerRevisions[0].tiers[0].name).toBe('Entry');
  });

  test('again and again keeps every revision, newest first', async () => {
    const { id, tiers } = await createActive();
    const [basic, silver] = tiers;
    const publish = async (day: string, edit: (draft: { tiers: { id: string; originId: string }[] }) => Promise<unknown>) => {
      const draft = await take('Revise', id);
      await edit(draft);
      server.setNow(`${day}T00:00:00Z`);
      return take('Publish', draft.id);
    };
    await publish('2026-02-01', (draft) => mutate('tierDelete', { id: draft.tiers[0]!.id }));
    const third = await publish('2026-03-01', (draft) => mutate('tierUpdate', { id: draft.tiers[0]!.id, minPoints: 300 }));
    expect(third.revision).toMatchObject({ number: 3, effectiveAt: '2026-03-01T00:00:00.000Z' });
    const former = third.formerRevisions.map(({ number, effectiveAt, tiers: then }: RevisionAnswer) => [
      number,
      effectiveAt,
      then.map(({ tierId, minPoints }) => [tierId, minPoints]),
    ]);
    expect(former).toEqual([
      [2, '2026-02-01T00:00:00.000Z', [[silver.id, 100]]],
      [1, null, [[basic.id, 0], [silver.id, 100]]],
    ]);
    expect(third.formerRevisions[1].tiers[1]).toMatchObject({ maxPoints: '9007199254740993', entryAward: { points: '9007199254740995' } });
    // A draft of the third knows nothing of the tier that the second removed, and nobody may touch it.
    expect((await take('Revise', id)).tiers.map(({ originId }: TierAnswer) => originId)).toEqual([silver.id]);
    expect(problemsOf(await attempt('tierUpdate', { id: basic.id, name: 'Back' }))).toEqual(['NOT_FOUND id']);
    expect(problemsOf(await attempt('tierDelete', { id: basic.id }))).toEqual(['NOT_FOUND id']);
    expect((await tierBy(basic.id)).removedAt).toBe('2026-02-01T00:00:00.000Z');
    // Pausing and going on keeps all of it.
    await take('Deactivate', id);
    const again = await take('Activate', id);
    expect([again.revision.number, again.formerRevisions, again.tiers]).toEqual([3, third.formerRevisions, third.tiers]);
    expect((await tierBy(basic.id)).removedAt).toBe('2026-02-01T00:00:00.000Z');
  });

  test('a new tier is known by its id before and after', async () => {
    const { id } = await createActive();
    const draft = await take('Revise', id);
    const { tier } = await mutate('tierCreate', { tierStructureId: draft.id, name: 'Bronze', minPoints: 50, maxPoints: 99 });
    await mutate('tierUpdate', { id: draft.tiers[0].id, maxPoints: 49 });
    await take('Publish', draft.id);
    expect((await mutate('tierUpdate', { id: tier.id, name: 'Copper' })).tier).toMatchObject({ id: tier.id, name: 'Copper' });
    expect(problemsOf(await attempt('tierUpdate', { id: tier.id, minPoints: 51 }))).toEqual(['NOT_DRAFT minPoints']);
    expect((await read(id)).tiers.map(({ name }: TierAnswer) => name)).toEqual(['Basic', 'Copper', 'Silver']);
  });
});

test('a tier that a revision removed is still named in the transitions of who held it', async () => {
  server.setNow('2026-01-01T00:00:00Z');
  const club = await server.workspace();
  const { tierStructureId: id } = await buildProgram(club, { structure: { tiers: { Silver: 100, Gold: 500 } } });
  await buildCustomer(club, 'ada');
  await earn(club, 'ada', '100.00');
  const { tierStructure: draft } = await club.succeed('tierStructureRevise', { id }, PAYLOAD);
  await mutate('tierDelete', { id: draft.tiers[0].id }, club);
  server.setNow('2026-02-01T00:00:00Z');
  await club.succeed('tierStructurePublish', { id: draft.id }, PAYLOAD);
  server.setNow('2026-03-01T00:00:00Z');
  await earn(club, 'ada', '1.00');
  const left = { fromTier: { name: 'Silver' }, toTier: null, occurredAt: '2026-02-01T00:00:00.000Z' };
  const { tier, tierTransitions } = await standingOf(club, 'ada');
  expect([tier, tierTransitions.nodes[0]]).toMatchObject([null, left]);
  // Nobody holds a tier any more, so the structure may start over; what happened stays told.
  await club.succeed('tierStructureDraft', { id }, PAYLOAD);
  expect((await standingOf(club, 'ada')).tierTransitions.nodes[0]).toMatchObject(left);
});

describe('publishing is refused', () => {
  const publish = (id: string, more: Record<string, unknown> = {}) => attempt('tierStructurePublish', { id, ...more });

  test('if the structure has got another revision since', async () => {
    const { id } = await createActive();
    const [one, two] = [await take('Revise', id), await take('Revise', id)];
    await take('Publish', one.id);
    expect((await publish(two.id)).userErrors).toEqual([
      {
        code: 'REVISED_MEANWHILE',
        message: 'The tier structure has revision 2 now; this is a draft made from revision 1.',
        field: ['input', 'id'],
      },
    ]);
    expect(problemsOf(await publish(one.id))).toEqual(['INVALID_STATUS id']);
    expect((await take('Publish', (await take('Revise', id)).id)).revision.number).toBe(3);
  });

  test('if two are published at once, for one of them', async () => {
    const { id } = await createActive();
    const drafts = [await take('Revise', id), await take('Revise', id)];
    const payloads = await Promise.all(drafts.map((draft) => mutate('tierStructurePublish', { id: draft.id })));
    expect(payloads.flatMap(problemsOf)).toEqual(['REVISED_MEANWHILE id']);
    expect((await read(id)).revision.number).toBe(2);
  });

  test('while the structure is paused', async () => {
    const { id } = await createActive();
    const draft = await take('Revise', id);
    await take('Deactivate', id);
    expect((await publish(draft.id)).userErrors).toEqual([
      { code: 'INVALID_STATUS', message: 'The tier structure that it is a draft of must be ACTIVE; it is INACTIVE.', field: ['input', 'id'] },
    ]);
    await take('Activate', id);
    expect((await take('Publish', draft.id)).revision.number).toBe(2);
  });

  test('for what is no draft of a next revision', async () => {
    const draft = await create();
    expect((await publish(draft.id)).userErrors).toEqual([
      { code: 'INVALID_DRAFT', message: 'This is no draft of a next revision: activate it instead.', field: ['input', 'id'] },
    ]);
    const active = await take('Activate', draft.id);
    expect(problemsOf(await publish(active.id))).toEqual(['INVALID_STATUS id']);
    expect(problemsOf(await publish(active.tiers[0].id))).toEqual(['NOT_FOUND id']);
    const copy = await take('Revise', active.id);
    await take('Delete', copy.id);
    expect(problemsOf(await publish(copy.id))).toEqual(['INVALID_STATUS id']);
  });

  test('for another version of the draft, and with an empty key', async () => {
    const { id, version } = await createActive();
    const draft = await take('Revise', id);
    expect(version).not.toBe(draft.version);
    expect(problemsOf(await publish(draft.id, { version }))).toEqual(['VERSION_CONFLICT version']);
    expect(problemsOf(await publish(draft.id, { idempotencyKey: '' }))).toEqual(['INVALID_IDEMPOTENCY_KEY idempotencyKey']);
    expect(problemsOf(await mutate('tierStructurePublish', { id: draft.id, version: draft.version }))).toEqual([]);
  });

  test('with everything that stands against it at once', async () => {
    const { cardDefinition } = await shop.succeed('cardDefinitionCreate', { name: 'Seeds' }, 'cardDefinition { id }');
    const { id } = await createActive();
    const draft = await take('Revise', id);
    await mutate('tierStructureUpdate', { id: draft.id, cardDefinitionId: null });
    await mutate('tierUpdate', { id: draft.tiers[0].id, entryAward: { points: 1, cardDefinitionId: cardDefinition.id } });
    expect(problemsOf(await publish(draft.id, { version: 99 }))).toEqual(['VERSION_CONFLICT version', 'INVALID_CARD_DEFINITION id', 'INVALID_ENTRY_AWARD id']);
    for (const tier of draft.tiers) await mutate('tierDelete', { id: tier.id });
    await take('Deactivate', id);
    expect(problemsOf(await publish(draft.id))).toEqual(['INVALID_STATUS id', 'INVALID_CARD_DEFINITION id', 'NO_TIERS id']);
  });

  test('if entry awards would go round in a circle by it', async () => {
    const shopOfTwo = await server.workspace();
    const [left, right] = [await buildCardDefinition(shopOfTwo, { name: 'Left' }), await buildCardDefinition(shopOfTwo, { name: 'Right' })];
    const build = async (name: string, cardDefinitionId: string, awardedOn: string | null) => {
      const tier = { name: 'Only', minPoints: 0, ...(awardedOn === null ? {} : { entryAward: { points: 1, cardDefinitionId: awardedOn } }) };
      const input = { name, type: 'POINT_BALANCE', cardDefinitionId, tiers: [tier] };
      const { tierStructure } = await shopOfTwo.succeed('tierStructureCreate', input, PAYLOAD);
      return (await shopOfTwo.succeed('tierStructureActivate', { id: tierStructure.id }, PAYLOAD)).tierStructure;
    };
    const one = await build('One', left, right);
    const two = await build('Two', right, null);
    const { tierStructure: draft } = await shopOfTwo.succeed('tierStructureRevise', { id: two.id }, PAYLOAD);
    await mutate('tierUpdate', { id: draft.tiers[0].id, entryAward: { points: 1, cardDefinitionId: left } }, shopOfTwo);
    expect((await attempt('tierStructurePublish', { id: draft.id }, shopOfTwo)).userErrors).toEqual([
      { code: 'ENTRY_AWARD_CYCLE', message: 'Entry awards would go round in a circle: "Two" -> "One" -> "Two".', field: ['input', 'id'] },
    ]);
    // What counts is what the revision says: once the other gives nothing any more, it may.
    const { tierStructure: calmer } = await shopOfTwo.succeed('tierStructureRevise', { id: one.id }, PAYLOAD);
    await mutate('tierUpdate', { id: calmer.tiers[0].id, entryAward: null }, shopOfTwo);
    await shopOfTwo.succeed('tierStructurePublish', { id: calmer.id }, PAYLOAD);
    expect((await shopOfTwo.succeed('tierStructurePublish', { id: draft.id }, PAYLOAD)).tierStructure.tiers[0].entryAward.points).toBe(1);
  });

  test('with a key it is carried out once', async () => {
    const { id } = await createActive();
    const draft = await take('Revise', id);
    const input = { id: draft.id, rollout: 'RECALCULATE_NOW', idempotencyKey: 'publish once' };
    const first = await mutate('tierStructurePublish', input);
    expect([problemsOf(first), first.tierStructure.id, first.tierStructure.revision.number]).toEqual([[], id, 2]);
    expect(await attempt('tierStructurePublish', input)).toEqual(first);
    expect(problemsOf(await publish(draft.id, { ...input, rollout: 'UPGRADE_ONLY' }))).toEqual(['IDEMPOTENCY_KEY_PARAMETER_MISMATCH idempotencyKey']);
  });

  test('beyond 200 revisions', async () => {
    const { id } = await createActive({ tiers: [{ name: 'Only', minPoints: 5 }] });
    const selection = 'tierStructure { id revision { number } }';
    const draft = async () => (await shop.succeed('tierStructureRevise', { id }, selection)).tierStructure.id as string;
    for (let number = 2; number <= 200; number += 1) {
      const published = await shop.succeed('tierStructurePublish', { id: await draft() }, selection);
      expect(published.tierStructure.revision.number).toBe(number);
    }
    expect(problemsOf(await publish(await draft()))).toEqual(['TOO_MANY_REVISIONS id']);
    const { formerRevisions } = await read(id);
    expect(formerRevisions.map(({ number }: { number: number }) => number)).toEqual(Array.from({ length: 199 }, (_, index) => 199 - index));
  }, 120_000);
});

describe('drafts whose structure', () => {
  test('becomes a draft again are deleted with its revisions, and what they made is gone', async () => {
    const { id, tiers } = await createActive({ tiers: [{ name: 'Basic', minPoints: 7 }, { name: 'Silver', minPoints: 100 }] });
    const first = await take('Revise', id);
    await mutate('tierDelete', { id: first.tiers[0].id });
    await take('Publish', first.id);
    const [one, two] = [await take('Revise', id), await take('Revise', id)];
    server.setNow('2026-05-01T00:00:00Z');
    const drafted = await take('Draft', id);
    expect([drafted.revision, drafted.formerRevisions]).toEqual([{ ...FIRST, ...rulesOf(drafted) }, []]);
    for (const draft of [one, two]) {
      expect(await read(draft.id)).toEqual({ ...draft, status: 'DELETED', version: 2, updatedAt: '2026-05-01T00:00:00.000Z' });
      expect((await activitiesOf(draft.id))[0]).toMatchObject({ action: 'DELETED', before: { status: 'DRAFT' }, after: { status: 'DELETED' } });
      expect(problemsOf(await attempt('tierStructurePublish', { id: draft.id }))).toEqual(['INVALID_STATUS id']);
    }
    expect((await eventsOf(id, one.id, two.id)).slice(-3)).toEqual([
      ['tier_structure.drafted', id],
      ['tier_structure.deleted', one.id],
      ['tier_structure.deleted', two.id],
    ]);
    // The tier that a revision removed is no tier of the draft: it cannot be edited back into it.
    expect((await tierBy(tiers[0].id)).removedAt).not.toBeNull();
    expect(problemsOf(await attempt('tierDelete', { id: tiers[0].id }))).toEqual(['NOT_FOUND id']);
    const { tier } = await mutate('tierCreate', { tierStructureId: id, name: 'Basic again', minPoints: 7 });
    expect((await take('Activate', id)).tiers).toMatchObject([{ id: tier.id }, { id: tiers[1].id }]);
    expect(await tierBy(tiers[0].id)).toMatchObject({ name: 'Basic', removedAt: '2026-01-01T00:00:00.000Z' });
  });

  test('is deleted are deleted too, and those of others are not', async () => {
    const [mine, other] = [await createActive(), await createActive()];
    const [draft, kept] = [await take('Revise', mine.id), await take('Revise', other.id)];
    await take('Delete', mine.id);
    expect([(await read(draft.id)).status, (await read(kept.id)).status]).toEqual(['DELETED', 'DRAFT']);
    expect(await eventsOf(mine.id, draft.id)).toEqual(expect.arrayContaining([['tier_structure.deleted', mine.id], ['tier_structure.deleted', draft.id]]));
  });

  test('is paused stay', async () => {
    const { id } = await createActive();
    const draft = await take('Revise', id);
    await take('Deactivate', id);
    expect(await read(draft.id)).toEqual(draft);
  });
});

test("another workspace's structure cannot be revised, nor its draft published", async () => {
  const { id } = await createActive();
  const draft = await take('Revise', id);
  const stranger = await server.workspace();
  const before = await contentsOf(server);
  for (const [field, target] of [['tierStructureRevise', id], ['tierStructurePublish', draft.id]] as const) {
    expect(problemsOf(await mutate(field, { id: target }, stranger))).toEqual(['NOT_FOUND id']);
  }
  expect(await read(draft.id, stranger)).toBeNull();
  expect(await contentsOf(server)).toEqual(before);
});

test('every reason to refuse that only revisions know was met above', () => {
  const ofRevisions = ['INVALID_DRAFT', 'REVISED_MEANWHILE', 'TOO_MANY_REVISIONS'];
  expect(codesOf('TierStructureErrorCode')).toEqual(expect.arrayContaining(ofRevisions));
  expect([...reached]).toEqual(expect.arrayContaining(ofRevisions));
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { buildCustomer, buildProgram, buildStructure, earn, standingOf } from '../support/program.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';

/** What time does to a structure and to those in it: nothing here waits for a job. */

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(() => server.setNow('2026-05-01T12:00:00Z'));

const HOURLY = { rolling: { period: { value: 1, unit: 'HOUR' } } };
const codes = (payload: { userErrors: { code: string }[] }) => payload.userErrors.map(({ code }) => code);

async function storedTiers(): Promise<number> {
  const { rows } = await server.database.pool.query<{ stored: number }>(
    'SELECT count(*)::int AS stored FROM memberships WHERE tier_id IS NOT NULL',
  );
  return rows[0]?.stored ?? 0;
}

describe('an active structure becomes a draft', () => {
  const toDraft = (client: Awaited<ReturnType<TestServer['workspace']>>, id: string) =>
    client.mutate('tierStructureDraft', { id }, 'tierStructure { status version effectiveAt }');

  test('when nobody ever held a tier of it, and it may then be edited and activated again', async () => {
    const client = await server.workspace();
    const { tierStructureId: id, tierIds } = await buildProgram(client, { structure: { tiers: { Silver: 100 } } });
    await earn(client, (await buildCustomer(client, 'ada'), 'ada'), '99.99');
    expect(await toDraft(client, id)).toEqual({
      tierStructure: { status: 'DRAFT', version: 3, effectiveAt: null },
      userErrors: [],
    });
    expect((await standingOf(client, 'ada')).tiers).toEqual([]);
    await client.succeed('tierUpdate', { id: tierIds['Silver'], minPoints: 50 }, 'tier { minPoints }');
    server.setNow('2026-05-01T13:00:00Z');
    await client.succeed('tierStructureActivate', { id }, 'tierStructure { status }');
    const { tier, tierTransitions } = await standingOf(client, 'ada');
    expect(tier).toEqual({ name: 'Silver' });
    // Reading recorded nothing; the next purchase will.
    expect(tierTransitions.nodes).toEqual([]);
  });

  test('not while somebody holds a tier', async () => {
    const client = await server.workspace();
    const { tierStructureId: id } = await buildProgram(client, { structure: { tiers: { Silver: 100 } } });
    await buildCustomer(client, 'ada');
    await earn(client, 'ada', '100');
    expect(codes(await toDraft(client, id))).toEqual(['IN_USE']);
  });

  test('when the tier that is stored has lapsed since', async () => {
    const client = await server.workspace();
    const { tierStructureId: id } = await buildProgram(client, {
      card: { expiration: HOURLY },
      structure: { tiers: { Silver: 100 } },
    });
    await buildCustomer(client, 'ada');
    const before = await storedTiers();
    await earn(client, 'ada', '100');
    expect(await storedTiers()).toBe(before + 1);
    server.setNow('2026-05-01T12:59:59.999Z');
    expect(codes(await toDraft(client, id))).toEqual(['IN_USE']);
    server.setNow('2026-05-01T13:00:00Z');
    expect(await toDraft(client, id)).toMatchObject({ tierStructure: { status: 'DRAFT' }, userErrors: [] });
    expect(await storedTiers()).toBe(before);
  });

  test('not when a tier has come due that is not stored yet', async () => {
    const client = await server.workspace();
    const { tierStructureId: id } = await buildProgram(client, {
      card: { expiration: HOURLY },
      structure: { tiers: { Bronze: { minPoints: 0, maxPoints: 99 }, Gold: 200 } },
    });
    await buildCustomer(client, 'ada');
    const before = await storedTiers();
    await earn(client, 'ada', '150');
    expect(await storedTiers()).toBe(before - 1);
    expect((await standingOf(client, 'ada')).tier).toBeNull();
    server.setNow('2026-05-01T13:00:00Z');
    expect((await standingOf(client, 'ada')).tier).toEqual({ name: 'Bronze' });
    expect(codes(await toDraft(client, id))).toEqual(['IN_USE']);
  });

  test('not when the one holder is not judged yet, and the last of more than 500 customers', async () => {
    const client = await server.workspace();
    const { cardDefinitionId } = await buildProgram(client, { structure: null });
    await Promise.all(Array.from({ length: 501 }, (_, index) => buildCustomer(client, `${index}`)));
    await buildCustomer(client, 'last');
    await earn(client, 'last', '100');
    server.setNow('2026-05-01T13:00:00Z');
    const { id } = await buildStructure(client, cardDefinitionId, { tiers: { Silver: 100 } });
    expect(codes(await toDraft(client, id))).toEqual(['IN_USE']);
    const { id: unheld } = await buildStructure(client, cardDefinitionId, { tiers: { Silver: 101 } });
    expect(codes(await toDraft(client, unheld))).toEqual([]);
  });

  test('a stale version is told before anybody is looked at', async () => {
    const client = await server.workspace();
    const { tierStructureId: id } = await buildProgram(client);
    await buildCustomer(client, 'ada');
    expect(codes(await client.mutate('tierStructureDraft', { id, version: 1 }, 'tierStructure { id }'))).toEqual([
      'VERSION_CONFLICT',
    ]);
  });
});

describe('a structure that is paused', () => {
  test('goes on after more than a term, with the term that is then under way', async () => {
    const client = await server.workspace();
    server.setNow('2026-01-01T12:00:00Z');
    const { tierStructureId: id } = await buildProgram(client, {
      structure: { tiers: { Basic: 0 }, expiration: { rollingExpiration: { period: { value: 1, unit: 'MONTH' } } } },
    });
    await buildCustomer(client, 'ada');
    server.setNow('2026-01-20T12:00:00Z');
    await client.succeed('tierStructureDeactivate', { id }, 'tierStructure { status }');
    server.setNow('2026-06-10T12:00:00Z');
    await client.succeed('tierStructureActivate', { id }, 'tierStructure { status }');
    const { tiers } = await standingOf(client, 'ada');
    expect(tiers).toMatchObject([
      { tier: { name: 'Basic' }, since: '2026-06-10T12:00:00.000Z', expiresAt: '2026-07-02T00:00:00.000Z' },
    ]);
  });
});

describe('a structure that is activated at the instant of a purchase', () => {
  test('counts what was earned before', async () => {
    const client = await server.workspace();
    const { cardDefinitionId } = await buildProgram(client, { structure: null });
    await buildCustomer(client, 'ada');
    await earn(client, 'ada', '100');
    await buildStructure(client, cardDefinitionId, {
      type: 'POINT_EARNED',
      pointEarned: { period: { value: 1, unit: 'YEAR' } },
      tiers: { Silver: 100 },
    });
    expect((await standingOf(client, 'ada')).tier).toEqual({ name: 'Silver' });
    const { tierTransitions } = await earn(client, 'ada', '1');
    expect(tierTransitions).toMatchObject([{ type: 'JOINED', reason: 'POINTS_EARNED', late: false }]);
  });
});

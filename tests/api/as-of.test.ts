import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ApiClient } from '../support/client.ts';
import { buildCustomer, buildProgram, buildStructure, earn } from '../support/program.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';

/** What was read at an instant can be read again, whatever has been told and recorded since. */

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const STANDING = `points tier { name } tiers {
  tierStructure { name } tier { name minPoints } since expiresAt graceEndsAt revision measure windowStartsAt windowEndsAt
  deferred { tier { name } effectiveAt } opportunities { tier { name } missingPoints validUntil }
  risk { type at on fromTier { name } toTier { name } pointsToStay windowStartsAt windowEndsAt }
}`;
const CARDS = `cards { cardDefinition { id } balance pendingBalance lots { points expiresOn expiresAt sliding earnedAt } pendingPoints { points earnedAt activatesAt expiresOn } }`;
const NOW = `query($externalId: String) { customer(by: { externalId: $externalId }) { ${STANDING} ${CARDS} } }`;
const THEN = `query($externalId: String, $at: DateTime!, $knownAt: DateTime) {
  customer(by: { externalId: $externalId }) { asOf(at: $at, knownAt: $knownAt) { at knownAt ${STANDING} ${CARDS} } }
}`;

/** Rules that one test publishes change what lies ahead, so what was at risk then is told anew. */
function withoutRisk<Reading extends { readonly tiers: readonly Record<string, unknown>[] }>(reading: Reading) {
  return { ...reading, tiers: reading.tiers.map(({ risk: _, ...standing }) => standing) };
}

async function readNow(client: ApiClient, externalId: string) {
  return (await client.run(NOW, { externalId })).customer;
}

async function readThen(client: ApiClient, externalId: string, at: string, knownAt?: string) {
  const { at: _, knownAt: __, ...reading } = (await client.run(THEN, { externalId, at, knownAt: knownAt ?? null })).customer.asOf;
  return reading;
}

/** A program in which much happens by itself: points that wait and expire, a grace, validities, windows, awards. */
async function livelyProgram(client: ApiClient): Promise<string> {
  const { cardDefinitionId } = await buildProgram(client, {
    card: { expiration: { rolling: { period: { value: 2, unit: 'MONTH' } } }, activation: { periodBased: { days: 3 } }, refundPolicy: 'REVOKE_BELOW_ZERO' },
    structure: {
      name: 'By balance',
      downgrade: { singleLevel: { gracePeriod: { value: 10, unit: 'DAY', roundUp: false } } },
      tiers: { Basic: 0, Silver: { minPoints: 100, entryAward: { points: 10 } }, Gold: 500 },
    },
    effectiveAt: '2026-01-01T00:00:00Z',
  });
  await buildStructure(
    client,
    cardDefinitionId,
    {
      name: 'By points of a quarter',
      type: 'POINT_EARNED',
      pointEarned: { period: { value: 3, unit: 'MONTH' }, type: 'NEXT_TRACKING_PERIOD', window: 'CALENDAR' },
      tiers: { Member: 0, Regular: 150 },
    },
    '2026-01-01T00:00:00Z',
  );
  return cardDefinitionId;
}

describe('as of an instant, by what was known at it', () => {
  test.each([
    ['a frozen clock that is advanced', true],
    ['a clock that goes on by itself, with nothing recorded of what falls due', false],
  ])('it is what was read then: %s', async (_, frozen) => {
    const start = '2026-01-10T12:00:00.000Z';
    server.setNow(start);
    const client = await server.workspace({ timeZone: 'Europe/Warsaw', ...(frozen ? { mode: 'SANDBOX', clock: start } : {}) });
    await livelyProgram(client);
    await buildCustomer(client, 'ada', { joinedAt: '2026-01-05T00:00:00Z' });
    await buildCustomer(client, 'bob');
    const advance = async (to: string) => {
      server.setNow(to);
      if (frozen) await client.succeed('workspaceClockAdvance', { to }, 'dueEffectsRecorded');
    };
    const customer = { externalId: 'ada' };
    const done: Record<string, string> = {};
    const happenings: readonly (readonly [string, () => Promise<unknown>])[] = [
      ['2026-01-10T12:00:00.000Z', async () => (done['first'] = (await earn(client, 'ada', '120.00')).transaction.id)],
      ['2026-01-13T00:00:00.000Z', () => client.succeed('spend', { customer, points: 30 }, 'spend { id }').then(({ spend }) => (done['spend'] = spend.id))],
      ['2026-01-20T00:00:00.000Z', () => earn(client, 'ada', '420.00', { occurredAt: '2026-01-15T10:00:00Z' })],
      ['2026-02-02T08:00:00.000Z', () => client.succeed('refund', { transaction: { id: done['first'] }, amount: '50.00' }, 'refund { id }')],
      ['2026-02-20T08:00:00.000Z', () => client.succeed('spendReverse', { spend: { id: done['spend'] }, points: 10 }, 'spendReversal { id }')],
      // Long before the customer joined, and told when those points have expired.
      ['2026-03-18T00:00:00.000Z', () => earn(client, 'ada', '90.00', { occurredAt: '2025-12-28T10:00:00Z' })],
      ['2026-03-25T09:00:00.000Z', () => client.succeed('pointsAdjust', { customer, points: 25, qualifying: true, reason: 'Sorry' }, 'adjustment { id }')],
      ['2026-04-01T00:00:00.000Z', () => earn(client, 'ada', '200.00', { occurredAt: '2026-03-31T21:59:59.999Z' })],
      ['2026-04-10T00:00:00.000Z', () => client.succeed('pointsTransfer', { from: customer, to: { externalId: 'bob' }, points: 15 }, 'transfer { id }')],
      ['2026-06-01T00:00:00.000Z', () => earn(client, 'ada', '33.00', { occurredAt: '2026-02-25T00:00:00Z' })],
      ['2026-08-01T00:00:00.000Z', () => earn(client, 'ada', '5.00', { occurredAt: '2026-01-11T00:00:00Z' })],
    ];
    const readings: { readonly at: string; readonly who: string; readonly reading: unknown }[] = [];
    for (const [at, happen] of happenings) {
      if (at !== start) await advance(at);
      await happen();
      // What is read at the very instant includes what happened at it, and so does the snapshot.
      for (const who of ['ada', 'bob']) readings.push({ at, who, reading: await readNow(client, who) });
      const between = new Date(Date.parse(at) + 86_400_000).toISOString();
      await advance(between);
      readings.push({ at: between, who: 'ada', reading: await readNow(client, 'ada') });
    }
    expect(new Set(readings.map(({ reading }) => JSON.stringify(reading))).size).toBeGreaterThan(15);
    for (const { at, who, reading } of readings) expect({ at, ...(await readThen(client, who, at, at)) }).toEqual({ at, ...(reading as object) });
  });

  test('the rules of former revisions and pauses hold for their time', async () => {
    server.setNow('2026-03-01T00:00:00Z');
    const client = await server.workspace();
    const { tierStructureId: id } = await buildProgram(client, { structure: { tiers: { Basic: 0, Silver: 100 } } });
    await buildCustomer(client, 'ada');
    await earn(client, 'ada', '150.00');
    const readings: { at: string; reading: ReturnType<typeof withoutRisk> }[] = [];
    const look = async () => {
      readings.push({ at: new Date(server.now()).toISOString(), reading: withoutRisk(await readNow(client, 'ada')) });
    };
    await look();
    server.setNow('2026-04-01T00:00:00Z');
    const { tierStructure: draft } = await client.succeed('tierStructureRevise', { id }, 'tierStructure { id tiers { id name } }');
    const silver = draft.tiers.find(({ name }: { name: string }) => name === 'Silver');
    await client.succeed('tierUpdate', { id: silver.id, minPoints: 200 }, 'tier { minPoints }');
    await client.succeed('tierStructurePublish', { id: draft.id, rollout: 'RECALCULATE_NOW' }, 'tierStructure { revision { number } }');
    await look();
    server.setNow('2026-05-01T00:00:00Z');
    await client.succeed('tierStructureDeactivate', { id }, 'tierStructure { status }');
    await look();
    server.setNow('2026-06-01T00:00:00Z');
    await client.succeed('tierStructureActivate', { id }, 'tierStructure { status }');
    await look();
    expect(readings.map(({ reading }) => reading.tiers.map(({ tier, revision }) => [(tier as { name: string }).name, revision]))).toEqual([
      [['Silver', 1]],
      [['Basic', 2]],
      [],
      [['Basic', 2]],
    ]);
    for (const { at, reading } of readings) expect(withoutRisk(await readThen(client, 'ada', at, at))).toEqual(reading);
  });
});

describe('as of an instant, by what is known now', () => {
  test('what was told late counts from when it happened', async () => {
    server.setNow('2026-02-01T00:00:00Z');
    const client = await server.workspace();
    await buildProgram(client, { effectiveAt: '2026-01-01T00:00:00Z', card: { expiration: { rolling: { period: { value: 1, unit: 'MONTH' } } } } });
    await buildCustomer(client, 'ada', { joinedAt: '2026-01-01T00:00:00Z' });
    await earn(client, 'ada', '120.00', { occurredAt: '2026-01-10T10:00:00Z' });
    server.setNow('2026-03-01T00:00:00Z');
    const points = async (at: string, knownAt?: string) => {
      const reading = await readThen(client, 'ada', at, knownAt);
      return [reading.points, reading.tier?.name ?? null];
    };
    expect(await points('2026-01-10T09:59:59.999Z')).toEqual([0, 'Basic']);
    expect(await points('2026-01-10T10:00:00Z')).toEqual([120, 'Silver']);
    expect(await points('2026-01-10T10:00:00Z', '2026-01-31T23:59:59.999Z')).toEqual([0, null]);
    expect(await points('2026-01-10T10:00:00Z', '2026-02-01T00:00:00Z')).toEqual([120, 'Silver']);
    expect(await points('2026-02-10T23:59:59.999Z')).toEqual([120, 'Silver']);
    expect(await points('2026-02-11T00:00:00Z')).toEqual([0, 'Basic']);
    expect(await points('2025-06-01T00:00:00Z')).toEqual([0, null]);
    // What was known earlier can be asked for a later instant: what it would have come to.
    expect(await points('2026-02-20T00:00:00Z', '2026-02-05T00:00:00Z')).toEqual([0, 'Basic']);
  });

  test('as of now it is what is read now', async () => {
    server.setNow('2026-02-01T00:00:00Z');
    const client = await server.workspace();
    await livelyProgram(client);
    await buildCustomer(client, 'ada');
    await earn(client, 'ada', '700.00');
    server.setNow('2026-02-20T00:00:00Z');
    await client.succeed('spend', { customer: { externalId: 'ada' }, points: 650 }, 'spend { id }');
    server.setNow('2026-03-08T00:00:00Z');
    const { points: _, ...reading } = await readNow(client, 'ada');
    expect(reading.tiers[0].graceEndsAt).not.toBeNull();
    expect(await readThen(client, 'ada', '2026-03-08T00:00:00Z')).toMatchObject(reading);
    const { customer } = await client.run(THEN, { externalId: 'ada', at: '2026-03-08T00:00:00Z' });
    expect([customer.asOf.at, customer.asOf.knownAt]).toEqual(['2026-03-08T00:00:00.000Z', '2026-03-08T00:00:00.000Z']);
  });

  test('points and tier can be asked of one card definition and one structure', async () => {
    server.setNow('2026-02-01T00:00:00Z');
    const client = await server.workspace();
    const cardDefinitionId = await livelyProgram(client);
    await buildCustomer(client, 'ada');
    await earn(client, 'ada', '160.00');
    server.setNow('2026-04-02T00:00:00Z');
    const { tierStructures } = await client.run('{ tierStructures { nodes { id name } } }');
    const id = tierStructures.nodes.find(({ name }: { name: string }) => name === 'By points of a quarter').id;
    const { customer } = await client.run(
      `query($card: ID!, $structure: ID!) { customer(by: { externalId: "ada" }) { asOf(at: "2026-04-01T12:00:00Z") {
        points(cardDefinitionId: $card) none: points(cardDefinitionId: "cdef_nothing") tier(tierStructureId: $structure) { name }
        nowhere: tier(tierStructureId: "tstr_nothing") { name } cards { cardId }
      } cards { id } } }`,
      { card: cardDefinitionId, structure: id },
    );
    expect(customer.asOf).toEqual({ points: 170, none: 0, tier: { name: 'Regular' }, nowhere: null, cards: [{ cardId: customer.cards[0].id }] });
  });

  test('the future is refused', async () => {
    server.setNow('2026-02-01T00:00:00Z');
    const client = await server.workspace();
    await buildProgram(client);
    await buildCustomer(client, 'ada');
    for (const [variables, field] of [
      [{ at: '2026-02-01T00:00:00.001Z' }, 'at'],
      [{ at: '2026-01-01T00:00:00Z', knownAt: '2026-02-01T00:00:00.001Z' }, 'knownAt'],
    ] as const) {
      const { data, errors } = await client.send(THEN, { externalId: 'ada', ...variables });
      expect(data).toEqual({ customer: null });
      expect(errors).toMatchObject([{ path: ['customer', 'asOf'], extensions: { code: 'BAD_USER_INPUT', field: [field] } }]);
    }
  });

  test('the clock of a sandbox says what the future is', async () => {
    server.setNow(null);
    const client = await server.workspace({ mode: 'SANDBOX', clock: '2026-01-10T12:00:00Z' });
    await buildProgram(client);
    await buildCustomer(client, 'ada');
    const { errors } = await client.send(THEN, { externalId: 'ada', at: '2026-01-10T12:00:00.001Z' });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: ['at'] } }]);
    await client.succeed('workspaceClockAdvance', { to: '2026-01-10T12:00:00.001Z' }, 'dueEffectsRecorded');
    expect((await readThen(client, 'ada', '2026-01-10T12:00:00.001Z')).tier).toEqual({ name: 'Basic' });
  });
});

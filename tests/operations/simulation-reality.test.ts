/**
 * Publishing moves exactly the members whom the simulation named, each to the tier that it named. Members live for a year and a half
 * through the engine's own commands; then rules are tried over them, published, and settled by the worker's own function.
 * `SIMULATION_MEMBERS` sets how many members there are, `SIMULATION_SEED` repeats their lives.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { customerUpsert } from '../../src/commands/customers.ts';
import { recordDueEffects } from '../../src/commands/due-effects.ts';
import { earn } from '../../src/commands/ledger.ts';
import { pointsAdjust, refund, spend } from '../../src/commands/operations.ts';
import type { Actor } from '../../src/commands/run.ts';
import { CommandRunner } from '../../src/commands/run.ts';
import type { SimulatedRules } from '../../src/commands/simulations.ts';
import { tierStructureSimulate } from '../../src/commands/simulations.ts';
import { SYSTEM_ORIGIN } from '../../src/domain/audit.ts';
import type { Simulation } from '../../src/domain/simulation.ts';
import { fromPublicId, newId } from '../../src/platform/ids.ts';
import { toChanges, toTierRule } from '../../src/platform/tier-inputs.ts';
import type { ApiClient } from '../support/client.ts';
import { buildCardDefinition, buildRule, buildStructure } from '../support/program.ts';
import type { StructurePlan } from '../support/program.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';

const MEMBERS = Number(process.env['SIMULATION_MEMBERS'] ?? '400');
const SEED = Number(process.env['SIMULATION_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const TIMEOUT_MS = MEMBERS > 1_000 ? 7_200_000 : 900_000;
const AT_ONCE = 400;
const DAY_MS = 86_400_000;

const STARTED_AT = Date.parse('2026-01-05T09:30:00Z');
const TRIED_AT = Date.parse('2027-07-14T15:20:10.500Z');
const STEPS = 9;

const TIERS = { Basic: 0, Silver: 120, Gold: 300, Platinum: 600 };
const YEAR = { value: 1, unit: 'YEAR' } as const;
const STRUCTURES = {
  climbing: { type: 'POINT_EARNED', pointEarned: { period: YEAR }, expiration: { noExpiration: true }, tiers: TIERS },
  holding: {
    type: 'POINT_BALANCE',
    tiers: { ...TIERS, Gold: { minPoints: 300, entryAward: { points: 40 } } },
    downgrade: { singleLevel: { gracePeriod: { value: 20, unit: 'DAY' } } },
    entryAwardOnRefund: 'CLAWBACK',
  },
  lasting: {
    type: 'POINT_EARNED',
    pointEarned: { period: { value: 6, unit: 'MONTH' }, window: 'TRAILING' },
    expiration: { rollingExpiration: { period: { value: 4, unit: 'MONTH' } } },
    tiers: { Silver: 120, Gold: 300 },
  },
  waiting: { type: 'POINT_EARNED', pointEarned: { period: { value: 3, unit: 'MONTH' }, type: 'NEXT_TRACKING_PERIOD' }, tiers: TIERS },
  yearly: { type: 'POINT_EARNED', pointEarned: { period: YEAR, window: 'ANNIVERSARY' }, tiers: TIERS },
} as const satisfies Record<string, StructurePlan>;

interface Trial {
  readonly name: string;
  readonly structure: keyof typeof STRUCTURES;
  readonly rules: Readonly<Record<string, unknown>>;
  readonly tiers: Readonly<Record<string, number | Readonly<Record<string, unknown>>>>;
}

const TRIALS: readonly Trial[] = [
  { name: 'other thresholds', structure: 'climbing', rules: {}, tiers: { Basic: 0, Silver: 90, Gold: 350, Platinum: 500 } },
  { name: 'a trailing window', structure: 'climbing', rules: { pointEarned: { type: 'IMMEDIATELY', period: { value: 5, unit: 'MONTH' }, window: 'TRAILING' } }, tiers: TIERS },
  { name: 'a shorter calendar', structure: 'climbing', rules: { pointEarned: { type: 'IMMEDIATELY', period: { value: 3, unit: 'MONTH' }, window: 'CALENDAR' } }, tiers: { Basic: 0, Silver: 60, Platinum: 200 } },
  { name: 'other thresholds and awards', structure: 'holding', rules: {}, tiers: { Basic: 0, Silver: { minPoints: 100, entryAward: { points: 30 } }, Gold: 310, Platinum: 560 } },
  { name: 'a tier that is new', structure: 'holding', rules: { downgrade: { multiLevel: {} } }, tiers: { Basic: 0, Silver: 100, Amber: { minPoints: 200, entryAward: { points: 60 } }, Gold: 310 } },
  { name: 'thresholds over a validity', structure: 'lasting', rules: {}, tiers: { Silver: 200, Gold: 260 } },
  { name: 'other thresholds for the next period', structure: 'waiting', rules: {}, tiers: { Basic: 0, Silver: 50, Gold: 100, Platinum: 500 } },
  { name: 'other thresholds of a year of their own', structure: 'yearly', rules: {}, tiers: { Basic: 0, Silver: 180, Gold: 260 } },
];

let server: TestServer;
let runner: CommandRunner;
let actor: Actor;
let shop: ApiClient;
let cardDefinitionId: string;
const structures: Record<string, Awaited<ReturnType<typeof buildStructure>>> = {};

beforeAll(async () => {
  server = await startTestServer();
  server.setNow(STARTED_AT);
  runner = new CommandRunner({ database: server.database, clock: server.now });
  shop = await server.workspace();
  const workspaceId = fromPublicId('Workspace', (await shop.run('{ workspace { id } }')).workspace.id) ?? '';
  actor = { workspaceId, apiKeyId: null, requestId: newId(), origin: SYSTEM_ORIGIN };
  cardDefinitionId = await buildCardDefinition(shop, { expiration: { rolling: { period: { value: 10, unit: 'MONTH' } } }, refundPolicy: 'REVOKE_TO_ZERO' });
  for (const [name, plan] of Object.entries(STRUCTURES)) structures[name] = await buildStructure(shop, cardDefinitionId, { name, ...plan });
  await buildRule(shop, cardDefinitionId);
  await live(chanceOf(SEED));
}, TIMEOUT_MS);
afterAll(() => server.stop());

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
function chanceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What members do, in the order of time: join, buy, give back, spend, are given points; some of it is told late. */
async function live(chance: () => number): Promise<void> {
  const purchases = new Map<string, string[]>();
  const known: string[] = [];
  const details = { source: 'till', reference: null, idempotencyKey: null, dryRun: false, reason: 'goodwill', metadata: {} };
  const recordedOf = { refunds: 0, spends: 0, adjustments: 0, purchases: 0 };
  const counted = async (kind: keyof typeof recordedOf, done: Promise<{ readonly ok: boolean }>) => void ((await done).ok && (recordedOf[kind] += 1));
  const act = (externalId: string, now: number): Promise<unknown> => {
    const customer = { externalId };
    const occurredAt = chance() < 0.1 ? now - Math.floor(chance() * 200 * DAY_MS) : null;
    const points = BigInt(Math.floor(chance() * 90) + 1);
    const dice = chance();
    const bought = purchases.get(externalId) ?? [];
    if (dice < 0.12 && bought.length > 0) {
      const transaction = { id: bought[Math.floor(chance() * bought.length)] ?? '' };
      return counted('refunds', refund(runner, actor, { ...details, transaction, amount: chance() < 0.5 ? null : '7.00', lines: [] }));
    }
    if (dice < 0.22) return counted('spends', spend(runner, actor, { ...details, customer, points, cardDefinitionId: null }));
    if (dice < 0.3) {
      const given = dice < 0.25 ? -points : points;
      return counted('adjustments', pointsAdjust(runner, actor, { ...details, customer, points: given, qualifying: chance() < 0.5, cardDefinitionId: null }));
    }
    const purchase = { amount: (chance() * chance() * 500 + 1).toFixed(2), currency: 'USD', location: null, lines: [], occurredAt, source: 'till', reference: null, idempotencyKey: null };
    return earn(runner, actor, customer, purchase, false).then((done) => {
      if (!done.ok) return;
      purchases.set(externalId, [...bought, done.transaction.id]);
      recordedOf.purchases += 1;
    });
  };
  for (let step = 0; step < STEPS; step += 1) {
    const now = STARTED_AT + Math.floor(((TRIED_AT - DAY_MS - STARTED_AT) * (step + chance() * 0.8)) / STEPS);
    server.setNow(now);
    const joining = Array.from({ length: Math.ceil(MEMBERS / STEPS) }, (_, index) => `member-${step}-${index}`).slice(0, MEMBERS - known.length);
    known.push(...joining);
    await inParts(joining, (externalId) => customerUpsert(runner, actor, { externalId, joinedAt: chance() < 0.3 ? now - Math.floor(chance() * 300 * DAY_MS) : null, expectedVersion: null, idempotencyKey: null }));
    await inParts([...joining, ...known.filter(() => chance() < 0.35)], (externalId) => act(externalId, now));
  }
  for (const count of Object.values(recordedOf)) expect(count).toBeGreaterThan(MEMBERS / 50);
  // Some of what fell due was recorded, and some was not.
  server.setNow(TRIED_AT - 30 * DAY_MS);
  await settle();
  server.setNow(TRIED_AT);
}

async function inParts(externalIds: readonly string[], work: (externalId: string) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < externalIds.length; from += AT_ONCE) await Promise.all(externalIds.slice(from, from + AT_ONCE).map(work));
}

async function settle(): Promise<void> {
  for (;;) {
    const pass = await recordDueEffects(runner, actor.workspaceId, newId(), 1_000);
    expect(pass?.failures).toEqual([]);
    if (pass?.complete === true) return;
  }
}

/** Rules as the API takes them, in the form that commands take: points are whole numbers without bounds. */
function asWritten({ tiers, ...rules }: { readonly tiers: readonly object[] }) {
  const withPoints = (value: unknown): unknown => {
    if (typeof value === 'number') return BigInt(value);
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withPoints(part)])) : value;
  };
  return { changes: toChanges(rules), tiers: tiers.map((tier) => toTierRule(withPoints(tier) as Parameters<typeof toTierRule>[0])) };
}

/** Of every member, the tier held before and the one that they would hold. */
async function simulated(tried: SimulatedRules): Promise<{ readonly simulation: Simulation; readonly moves: Map<string, readonly [string | null, string | null]> }> {
  const connections = server.database.workspace(actor.workspaceId);
  let last = null;
  for await (const event of tierStructureSimulate(runner, connections, actor.workspaceId, tried, { rollout: 'RECALCULATE_NOW', samples: MEMBERS })) last = event;
  expect(last?.problems).toEqual([]);
  const simulation = last?.simulation ?? null;
  if (simulation === null) throw new Error('It says nothing.');
  const moves = new Map(simulation.flows.flatMap(({ fromTierId, toTierId, sampleIds }) => sampleIds.map((id) => [id, [fromTierId, toTierId] as const])));
  expect([simulation.members, moves.size]).toEqual([MEMBERS, MEMBERS]);
  return { simulation, moves };
}

/** Of every member, or of those for whom nothing is due, the tier that is recorded. */
async function recorded(structureId: string, whose: 'ALL' | 'SETTLED' = 'ALL'): Promise<Map<string, string | null>> {
  const { rows } = await server.database.pool.query<{ customer_id: string; tier_id: string | null }>({
    text: `SELECT k.id AS customer_id, m.tier_id
      FROM customers k JOIN workspaces w ON w.workspace_id = k.workspace_id
        LEFT JOIN memberships m ON m.workspace_id = k.workspace_id AND m.customer_id = k.id AND m.structure_id = $2
      WHERE k.workspace_id = $1 AND ($3 OR (k.next_due_at > $4 AND k.settled_at >= w.structures_changed_at))`,
    values: [actor.workspaceId, structureId, whose === 'ALL', new Date(server.now())],
  });
  return new Map(rows.map(({ customer_id: id, tier_id: tierId }) => [id, tierId]));
}

const differing = (moves: ReadonlyMap<string, readonly [string | null, string | null]>, tiers: ReadonlyMap<string, string | null>, which: 0 | 1) =>
  [...moves].flatMap(([id, move]) => (tiers.get(id) === move[which] ? [] : [{ id, move, recorded: tiers.get(id) }]));

test.each(TRIALS)(`${MEMBERS} members (seed ${SEED}): $structure, $name`, async ({ structure, rules, tiers }) => {
  const { id } = structures[structure] ?? { id: '' };
  const structureId = fromPublicId('TierStructure', id) ?? '';
  const present = await shop.run('query($id: ID!) { tierStructure(id: $id) { tiers { id name } } }', { id });
  const ids = Object.fromEntries<string>(present.tierStructure.tiers.map((tier: { id: string; name: string }) => [tier.name, tier.id]));
  const input = {
    ...rules,
    tiers: Object.entries(tiers).map(([name, tier]) => ({ ...(ids[name] === undefined ? {} : { id: ids[name] }), name, ...(typeof tier === 'number' ? { minPoints: tier } : tier) })),
  };
  const { simulation, moves } = await simulated({ structureId, rules: asWritten(input) });
  // Before it is published: those of whom all is recorded that has become true, which after the first trial are all.
  const before = await recorded(structureId, 'SETTLED');
  expect(before.size).toBeGreaterThan(structure === TRIALS[0]?.structure ? MEMBERS / 50 : MEMBERS - 1);
  expect(differing(new Map([...moves].filter(([customerId]) => before.has(customerId))), before, 0).slice(0, 5)).toEqual([]);

  await shop.succeed('tierRulesPublish', { tierStructureId: id, rollout: 'RECALCULATE_NOW', ...input }, 'tierStructure { revision { effectiveAt } }');
  server.setNow(simulation.proposal.at);
  await settle();
  const after = await recorded(structureId);
  // A tier that is new gets its id when it is published: the simulation's and the real one go by their names.
  const names = new Map(simulation.proposal.after.tiers.map((tier) => [tier.id, tier.name]));
  const { tierStructure } = await shop.run('query($id: ID!) { tierStructure(id: $id) { tiers { id name } } }', { id });
  const realIds = new Map<string, string | null>(tierStructure.tiers.map((tier: { id: string; name: string }) => [tier.name, fromPublicId('Tier', tier.id)]));
  const named = new Map([...moves].map(([customerId, [from, to]]) => [customerId, [from, to === null ? null : (realIds.get(names.get(to) ?? '') ?? to)] as const]));
  expect(differing(named, after, 1).slice(0, 5)).toEqual([]);
  const moved = [...moves.values()].filter(([from, to]) => from !== to).length;
  // Rules that move nobody would show nothing.
  expect(moved).toBeGreaterThan(MEMBERS / 50);
  server.setNow(server.now() + 1_000);
}, TIMEOUT_MS);

test('a structure that comes into force for the first time', async () => {
  const draft = await shop.succeed(
    'tierStructureCreate',
    { name: 'First', type: 'POINT_EARNED', cardDefinitionId, pointEarned: { period: YEAR }, tiers: [{ name: 'One', minPoints: 80 }, { name: 'Two', minPoints: 250 }] },
    'tierStructure { id }',
  );
  const structureId = fromPublicId('TierStructure', draft.tierStructure.id) ?? '';
  const { simulation, moves } = await simulated({ id: structureId });
  expect(new Set([...moves.values()].map(([from]) => from))).toEqual(new Set([null]));
  await shop.succeed('tierStructureActivate', { id: draft.tierStructure.id }, 'tierStructure { id }');
  server.setNow(simulation.proposal.at);
  await settle();
  expect(differing(moves, await recorded(structureId), 1).slice(0, 5)).toEqual([]);
  expect(simulation.flows.length).toBe(3);
}, TIMEOUT_MS);

/** Simulations of tier rules: what they say, what they refuse, and that they are what publishing then does. */
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { CommandRunner } from '../../src/commands/run.ts';
import type { SimulatedRules, SimulationEvent, SimulationLimits } from '../../src/commands/simulations.ts';
import { SIMULATION_LIMITS, tierStructureSimulate } from '../../src/commands/simulations.ts';
import { fromPublicId } from '../../src/platform/ids.ts';
import { toChanges } from '../../src/platform/tier-inputs.ts';
import { SimulationRepository } from '../../src/repositories/simulations.ts';
import type { ApiClient } from '../support/client.ts';
import { buildCustomer, buildProgram, earn, standingOf } from '../support/program.ts';
import type { Program } from '../support/program.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';
import { problemsOf, unchanged } from '../support/unchanged.ts';

let server: TestServer;
beforeAll(async () => void (server = await startTestServer()));
afterAll(() => server.stop());
afterEach(() => server.setNow(null));

const SIMULATION = `at rollout members membersMoved
  tiers { tier { tierId name minPoints } membersBefore membersAfter }
  flows { from { name } to { name } members samples { externalId tier { name } } }`;
const PAYLOAD = `progress { membersDone membersTotal } simulation { ${SIMULATION} } userErrors { code message field }`;
const simulating = (more = '') => `subscription($input: TierStructureSimulateInput!) { tierStructureSimulate(input: $input${more}) { ${PAYLOAD} } }`;

interface SimulationAnswer {
  readonly at: string;
  readonly tiers: readonly { readonly tier: { readonly name: string } | null; readonly membersBefore: number; readonly membersAfter: number }[];
  readonly flows: readonly { readonly from: { name: string } | null; readonly to: { name: string } | null; readonly members: number; readonly samples: { externalId: string }[] }[];
}

/** All events, each its payload. */
async function events(client: ApiClient, input: Record<string, unknown>, more = '') {
  const all = await client.follow(simulating(more), { input });
  expect(all.at(-1)).toEqual({ name: 'complete', data: null });
  return all.slice(0, -1).map(({ name, data }) => {
    expect([name, data.errors]).toEqual(['next', undefined]);
    return data.data.tierStructureSimulate;
  });
}

/** What came of it. */
async function simulate(client: ApiClient, input: Record<string, unknown>, more = ''): Promise<SimulationAnswer & { readonly members: number; readonly membersMoved: number }> {
  const last = (await events(client, input, more)).at(-1);
  expect(last.userErrors).toEqual([]);
  expect(last.simulation).not.toBeNull();
  return last.simulation;
}

const flowsOf = ({ flows }: SimulationAnswer) =>
  flows.map(({ from, to, members, samples }) => [from?.name ?? '-', to?.name ?? '-', members, samples.map(({ externalId }) => externalId)]);
const countsOf = ({ tiers }: SimulationAnswer) => tiers.map(({ tier, membersBefore, membersAfter }) => [tier?.name ?? '-', membersBefore, membersAfter]);

/** A shop with five customers: 0, 50, 120, 300 and 700 points. */
async function shopWithCustomers(plan: Parameters<typeof buildProgram>[1] = {}): Promise<{ shop: ApiClient; program: Program }> {
  const shop = await server.workspace();
  const program = await buildProgram(shop, plan);
  for (const [externalId, amount] of Object.entries({ ada: 0, bee: 50, cab: 120, dan: 300, eve: 700 })) {
    await buildCustomer(shop, externalId);
    if (amount > 0) await earn(shop, externalId, amount);
  }
  return { shop, program };
}

const tiersOf = (plan: Record<string, number>, ids: Readonly<Record<string, string>> = {}) =>
  Object.entries(plan).map(([name, minPoints]) => ({ name, minPoints, ...(ids[name] === undefined ? {} : { id: ids[name] }) }));

describe('a changed copy of a structure in force', () => {
  test('moves nobody if nothing is changed', async () => {
    const { shop } = await shopWithCustomers();
    const simulation = await unchanged(server, () => simulate(shop, { draft: {} }));
    expect([simulation.members, simulation.membersMoved]).toEqual([5, 0]);
    expect(countsOf(simulation)).toEqual([['Basic', 2, 2], ['Silver', 2, 2], ['Gold', 1, 1], ['Platinum', 0, 0], ['-', 0, 0]]);
    expect(flowsOf(simulation)).toEqual([['Basic', 'Basic', 2, ['ada', 'bee']], ['Silver', 'Silver', 2, ['cab', 'dan']], ['Gold', 'Gold', 1, ['eve']]]);
  });

  test('says who moves from where to where, and publishing does just that', async () => {
    const { shop, program } = await shopWithCustomers();
    const { tierStructureId, tierIds } = program;
    const tiers = tiersOf({ Bronze: 60, Silver: 300, Gold: 600 }, tierIds);
    const kept = { noDowngrade: true };
    const simulation = await unchanged(server, () => simulate(shop, { draft: { tierStructureId, tiers, downgrade: kept } }));
    // Nobody goes down where the structure says that nobody does, but for the tier that is no longer there.
    expect(flowsOf(simulation)).toEqual([
      ['Basic', '-', 2, ['ada', 'bee']],
      ['Silver', 'Silver', 2, ['cab', 'dan']],
      ['Gold', 'Gold', 1, ['eve']],
    ]);
    expect(countsOf(simulation)).toEqual([['Basic', 2, 0], ['Bronze', 0, 0], ['Silver', 2, 2], ['Gold', 1, 1], ['Platinum', 0, 0], ['-', 0, 2]]);
    const downgrade = { multiLevel: {} };
    const lowered = await simulate(shop, { draft: { tierStructureId, tiers, downgrade } });
    expect(flowsOf(lowered)).toEqual([
      ['Basic', '-', 2, ['ada', 'bee']],
      ['Silver', 'Bronze', 1, ['cab']],
      ['Silver', 'Silver', 1, ['dan']],
      ['Gold', 'Gold', 1, ['eve']],
    ]);
    expect(lowered.membersMoved).toBe(3);
    await shop.succeed('tierRulesPublish', { tierStructureId, tiers, downgrade, rollout: 'RECALCULATE_NOW' }, 'tierStructure { id }');
    const names = async (externalId: string) => (await standingOf(shop, externalId)).tier?.name ?? '-';
    expect(await Promise.all(['ada', 'bee', 'cab', 'dan', 'eve'].map(names))).toEqual(['-', '-', 'Bronze', 'Silver', 'Gold']);
  });

  test('takes the rollout into account', async () => {
    const { shop } = await shopWithCustomers({ structure: { downgrade: { multiLevel: {} } } });
    const input = { draft: { tiers: tiersOf({ Basic: 0, Silver: 200, Gold: 600, Platinum: 650 }, await idsOf(shop)) } };
    expect(flowsOf(await simulate(shop, input)).filter(([from, to]) => from !== to)).toEqual([
      ['Silver', 'Basic', 1, ['cab']],
      ['Gold', 'Platinum', 1, ['eve']],
    ]);
    expect(flowsOf(await simulate(shop, input, ', rollout: UPGRADE_ONLY')).filter(([from, to]) => from !== to)).toEqual([['Gold', 'Platinum', 1, ['eve']]]);
    expect((await simulate(shop, input, ', rollout: NEXT_JUDGEMENT')).membersMoved).toBe(0);
  });

  const idsOf = async (shop: ApiClient) => {
    const { tierStructures } = await shop.run('{ tierStructures(first: 1) { nodes { tiers { id name } } } }');
    return Object.fromEntries<string>(tierStructures.nodes[0].tiers.map(({ id, name }: { id: string; name: string }) => [name, id]));
  };
});

describe('a draft', () => {
  test('that was never in force is tried as if it were activated', async () => {
    const { shop, program } = await shopWithCustomers();
    const { tierStructure } = await shop.succeed(
      'tierStructureCreate',
      { name: 'Second', type: 'POINT_BALANCE', cardDefinitionId: program.cardDefinitionId, tiers: tiersOf({ Low: 60, High: 300 }) },
      'tierStructure { id }',
    );
    const simulation = await unchanged(server, () => simulate(shop, { id: tierStructure.id }));
    expect(flowsOf(simulation)).toEqual([
      ['-', '-', 2, ['ada', 'bee']],
      ['-', 'High', 2, ['dan', 'eve']],
      ['-', 'Low', 1, ['cab']],
    ]);
    expect(countsOf(simulation)).toEqual([['Low', 0, 1], ['High', 0, 2], ['-', 5, 2]]);
  });

  test('of a next revision is tried as if it were published, and stays a draft', async () => {
    const { shop, program } = await shopWithCustomers();
    const { tierStructure: draft } = await shop.succeed('tierStructureRevise', { id: program.tierStructureId }, 'tierStructure { id tiers { id name } }');
    const silver = draft.tiers.find(({ name }: { name: string }) => name === 'Silver');
    await shop.succeed('tierUpdate', { id: silver.id, minPoints: 200 }, 'tier { minPoints }');
    const simulation = await unchanged(server, () => simulate(shop, { id: draft.id }));
    expect(flowsOf(simulation).filter(([from, to]) => from !== to)).toEqual([['Silver', 'Basic', 1, ['cab']]]);
    expect((await simulate(shop, { id: draft.id }, ', samples: 0')).flows.map(({ samples }) => samples)).toEqual([[], [], [], []]);
  });
});

describe('what could not be put into force is refused, and nothing is changed', () => {
  const refusedWith = async (shop: ApiClient, input: Record<string, unknown>) => {
    const all = await unchanged(server, () => events(shop, input));
    expect(all).toEqual([{ progress: null, simulation: null, userErrors: expect.any(Array) }]);
    return problemsOf(all[0]);
  };

  test('rules, with all that stands against them at once, each in its place', async () => {
    const { shop } = await shopWithCustomers();
    const trailing = { period: { value: 1, unit: 'MONTH' }, type: 'NEXT_TRACKING_PERIOD', window: 'TRAILING' };
    expect(await refusedWith(shop, { draft: { pointEarned: trailing, type: 'POINT_EARNED' } })).toEqual(['INVALID_POINT_EARNED draft pointEarned window']);
    expect(await refusedWith(shop, { draft: { tiers: [] } })).toEqual(['NO_TIERS draft tiers']);
    expect(await refusedWith(shop, { draft: { tiers: tiersOf({ A: 10, B: 10 }) } })).toEqual(['OVERLAPPING_TIERS draft tiers']);
    expect(await refusedWith(shop, { draft: { expiration: { rollingExpiration: { period: { value: 0, unit: 'DAY' } } } } })).toEqual(['INVALID_EXPIRATION draft expiration rollingExpiration period']);
  });

  test('a draft without what it needs, and what is no draft', async () => {
    const { shop, program } = await shopWithCustomers();
    const { tierStructure } = await shop.succeed('tierStructureCreate', { name: 'Empty', type: 'POINT_BALANCE', tiers: [] }, 'tierStructure { id }');
    expect(await refusedWith(shop, { id: tierStructure.id })).toEqual(['INVALID_CARD_DEFINITION id', 'NO_TIERS id']);
    expect(await refusedWith(shop, { id: program.tierStructureId })).toEqual(['INVALID_STATUS id']);
  });

  test('what is not there, or belongs to somebody else', async () => {
    const [{ shop }, { program: theirs }] = [await shopWithCustomers(), await shopWithCustomers()];
    expect(await refusedWith(shop, { id: theirs.tierStructureId })).toEqual(['NOT_FOUND id']);
    expect(await refusedWith(shop, { id: 'tstr_nothing' })).toEqual(['NOT_FOUND id']);
    expect(await refusedWith(shop, { draft: { tierStructureId: theirs.tierStructureId } })).toEqual(['NOT_FOUND draft tierStructureId']);
  });

  test('too many samples', async () => {
    const { shop } = await shopWithCustomers();
    for (const samples of [-1, 11]) {
      const { refusal } = await shop.subscribe(simulating(`, samples: ${samples}`), { input: { draft: {} } });
      expect(refusal?.errors).toMatchObject([{ message: 'Samples are 0 to 10.', extensions: { code: 'BAD_USER_INPUT', field: ['samples'] } }]);
    }
  });
});

test('cohorts of few members among very many have their samples too', async () => {
  const { shop, program } = await shopWithCustomers({ structure: { tiers: { Basic: 0, Silver: 100, Gold: 500 } } });
  const workspaceId = fromPublicId('Workspace', (await shop.run('{ workspace { id } }')).workspace.id) ?? '';
  const idOf = (name: string) => fromPublicId('Tier', program.tierIds[name] ?? '') ?? '';
  await server.database.pool.query('UPDATE memberships SET grace_ends_at = $3 WHERE workspace_id = $1 AND tier_id = $2', [workspaceId, idOf('Gold'), '2100-01-01Z']);
  const snapshot = await server.database.workspace(workspaceId).snapshot({ maxMs: 10_000, workMemoryMib: 4 });
  const plan = {
    source: { kind: 'KEPT_BALANCE' as const },
    cardDefinitionId: fromPublicId('CardDefinition', program.cardDefinitionId) ?? '',
    steps: [0n, 100n, 200n],
    heldTierIds: ['Basic', 'Silver', 'Gold'].map(idOf),
    awardTierIds: [],
    refundsNeedReplay: false,
  };
  const structureId = fromPublicId('TierStructure', program.tierStructureId) ?? '';
  const query = { plan, structureId, at: Date.now() + 1_000, isInForce: true, structuresChangedAt: 0, someAreDue: false };
  const repository = new SimulationRepository(snapshot, workspaceId);
  for (const members of [5, 1_000_000]) {
    const cohorts = await repository.cohorts(query, 1, { after: null, upTo: null, members });
    expect(cohorts.map(({ cohort, members: counted, sampleIds }) => [cohort.heldTierId, cohort.step, cohort.inGrace, counted, sampleIds.length])).toEqual([
      [idOf('Basic'), 1, false, 2, 1],
      [idOf('Silver'), 2, false, 1, 1],
      [idOf('Silver'), 3, false, 1, 1],
      [idOf('Gold'), 3, true, 1, 1],
    ]);
  }
  await snapshot.close();
});

describe('over many members', () => {
  /** The command itself, under limits of its own. */
  async function started(shop: ApiClient, tried: SimulatedRules, limits: Partial<SimulationLimits>): Promise<AsyncGenerator<SimulationEvent, void>> {
    const workspaceId = fromPublicId('Workspace', (await shop.run('{ workspace { id } }')).workspace.id) ?? '';
    const runner = new CommandRunner({ database: server.database, clock: server.now });
    const options = { rollout: 'RECALCULATE_NOW', samples: 3 } as const;
    return tierStructureSimulate(runner, server.database.workspace(workspaceId), workspaceId, tried, options, { ...SIMULATION_LIMITS, ...limits });
  }

  const PRESENT: SimulatedRules = { structureId: undefined, rules: { changes: toChanges({}), tiers: null } };

  test.each(['in force', 'never in force'])('it says how far it has come between the beginning and the end, and comes to the same: rules %s', async (which) => {
    const { shop, program } = await shopWithCustomers();
    const tiers = tiersOf({ Low: 60, High: 300 });
    const input = { name: 'Second', type: 'POINT_BALANCE', cardDefinitionId: program.cardDefinitionId, tiers };
    const { tierStructure } = await shop.succeed('tierStructureCreate', input, 'tierStructure { id }');
    const tried = which === 'in force' ? PRESENT : { id: fromPublicId('TierStructure', tierStructure.id) };
    const all = async (limits: Partial<SimulationLimits>) => {
      const seen: SimulationEvent[] = [];
      for await (const event of await started(shop, tried, limits)) seen.push(event);
      return seen;
    };
    const whole = await all({});
    const sliced = await all({ progressEveryMs: 0, sortedAtOnce: 2 });
    const done = (events: readonly SimulationEvent[]) => events.map(({ progress }) => [progress?.membersDone, progress?.membersTotal]);
    expect([done(whole), done(sliced)]).toEqual([[[0, 5], [5, 5]], [[0, 5], [2, 5], [4, 5], [5, 5]]]);
    const flows = (events: readonly SimulationEvent[]) => events.at(-1)?.simulation?.flows.map((flow) => ({ ...flow, sampleIds: [...flow.sampleIds].sort() }));
    expect(flows(sliced)).toEqual(flows(whole));
    expect(flows(whole)?.reduce((sum, { members }) => sum + members, 0)).toBe(5);
  });

  test('a statement gets no more than what is left of the time', async () => {
    const { shop } = await shopWithCustomers();
    const simulation = await started(shop, PRESENT, { maxMs: 2_000 });
    expect((await simulation.next()).value).toMatchObject({ progress: { membersDone: 0, membersTotal: 5 } });
    await delay(1_200);
    const locking = await server.database.pool.connect();
    await locking.query('BEGIN; LOCK TABLE memberships IN ACCESS EXCLUSIVE MODE');
    const waitedSince = performance.now();
    try {
      await expect(simulation.next()).rejects.toMatchObject({ message: 'The simulation took longer than one may, and was stopped.' });
    } finally {
      await locking.query('ROLLBACK');
      locking.release();
    }
    expect(performance.now() - waitedSince).toBeLessThan(1_600);
    expect((await simulate(shop, { draft: {} })).members).toBe(5);
  });
});

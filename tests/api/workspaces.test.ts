/** Workspaces: how one is made and changed, whose clock it goes by, and that nothing crosses from one to another. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ApiClient } from '../support/client.ts';
import { createKey } from '../support/keys.ts';
import { buildCardDefinition, buildCustomer, buildProgram, buildRule, buildStructure, countRows, earn } from '../support/program.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';
import { codesOf, problemsOf, unchanged } from '../support/unchanged.ts';

let server: TestServer;
let cafe: ApiClient;
let bookshop: ApiClient;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  cafe = await server.workspace({ name: 'Café Aurora', timeZone: 'Europe/Warsaw' });
  bookshop = await server.workspace({ name: 'Kiwi Books', timeZone: 'Pacific/Auckland', mode: 'LIVE' });
});
afterEach(() => server.setNow(null));

const WORKSPACE = 'id name timeZone mode clockFrozenAt backdatingDays eventRetentionDays noticeDays version createdAt updatedAt';
/** Codes of the refusals in this file. */
const reached = new Set<string>();
/** A call that must be refused: it answers nothing, and nothing changes. */
async function refused(action: 'Create' | 'Update' | 'ClockAdvance', input: Record<string, unknown>, client = cafe): Promise<string[]> {
  const payload = await unchanged(server, () => client.mutate(`workspace${action}`, input, 'workspace { id }'));
  expect(payload.workspace).toBeNull();
  for (const { code } of payload.userErrors) reached.add(code);
  return problemsOf(payload);
}
const workspaceOf = async (client: ApiClient) => (await client.run(`{ workspace { ${WORKSPACE} } }`)).workspace;

describe('creating', () => {
  test('makes a workspace apart, and its first ADMIN key', async () => {
    server.setNow('2026-05-17T12:00:00Z');
    const input = { name: 'Aurora Bakery', timeZone: 'Europe/Prague', mode: 'LIVE' };
    const selection = `workspace { ${WORKSPACE} } apiKey { id name scope lastFour createdAt expiresAt revokedAt } secret`;
    const { workspace, apiKey, secret } = await cafe.succeed('workspaceCreate', input, selection);
    expect(workspace).toEqual({
      id: expect.stringMatching(/^ws_[0-9a-z]{26}$/),
      ...input,
      clockFrozenAt: null,
      backdatingDays: 36_500,
      eventRetentionDays: 90,
      noticeDays: 0,
      version: 1,
      createdAt: '2026-05-17T12:00:00.000Z',
      updatedAt: null,
    });
    expect(apiKey).toEqual({
      id: expect.stringMatching(/^key_[0-9a-z]{26}$/),
      name: 'First key',
      scope: 'ADMIN',
      lastFour: secret.slice(-4),
      createdAt: '2026-05-17T12:00:00.000Z',
      expiresAt: null,
      revokedAt: null,
    });
    expect(secret).toMatch(/^vt_live_/);

    const bakery = cafe.withKey(secret);
    expect(await workspaceOf(bakery)).toEqual(workspace);
    expect((await bakery.run('{ apiKeys { nodes { id } } }')).apiKeys.nodes).toEqual([{ id: apiKey.id }]);
    expect((await workspaceOf(cafe)).name).toBe('Café Aurora');
    const { rows } = await server.database.pool.query(
      "SELECT e.type FROM events e JOIN workspaces w USING (workspace_id) WHERE w.name = 'Aurora Bakery' ORDER BY e.id",
    );
    expect(rows).toEqual([{ type: 'workspace.created' }, { type: 'api_key.created' }]);
  });

  test.each(['Europe/Warsaw', 'UTC', 'America/Argentina/Buenos_Aires', 'Asia/Kathmandu', 'Etc/GMT+5'])(
    'takes the time zone %s',
    async (timeZone) => {
      const { workspace } = await cafe.succeed('workspaceCreate', { name: 'X', timeZone, mode: 'SANDBOX' }, 'workspace { timeZone }');
      expect(workspace.timeZone).toBe(timeZone);
    },
  );

  test.each([
    ...['Mars/Olympus', '+01:00', '-0330', '', ' ', 'Z', 'UTC+1', 'GMT+01:00', 'T00:00Z', 'Europe/Warsaw ', 'Europe/Warsaw\u0000', '2020-01-01T00:00Z[Europe/Warsaw]', 'x'.repeat(10_000)].map(
      (timeZone) => ({ wrong: { timeZone }, problems: ['INVALID_TIME_ZONE timeZone'] }),
    ),
    ...['', '   ', '\n', 'x'.repeat(201), '🏅'.repeat(201), 'a\u0000b'].map((name) => ({ wrong: { name }, problems: ['INVALID_NAME name'] })),
    { wrong: { name: '', timeZone: '' }, problems: ['INVALID_NAME name', 'INVALID_TIME_ZONE timeZone'] },
    ...[-1, 36_501].map((backdatingDays) => ({ wrong: { backdatingDays }, problems: ['INVALID_BACKDATING backdatingDays'] })),
    { wrong: { clock: '2026-01-01T00:00:00Z' }, problems: ['CLOCK_NOT_ALLOWED clock'] },
    { wrong: { mode: 'SANDBOX', clock: '1969-12-31T23:59:59.999Z' }, problems: ['INVALID_CLOCK clock'] },
    {
      wrong: { name: '', timeZone: '', clock: '1969-12-31T23:59:59.999Z', backdatingDays: -1 },
      problems: ['INVALID_NAME name', 'INVALID_TIME_ZONE timeZone', 'CLOCK_NOT_ALLOWED clock', 'INVALID_CLOCK clock', 'INVALID_BACKDATING backdatingDays'],
    },
  ])('refuses $wrong', async ({ wrong, problems }) => {
    const input = { name: 'Bakery', timeZone: 'UTC', mode: 'LIVE', ...wrong };
    expect(await refused('Create', input)).toEqual(problems);
    const payload = await cafe.mutate('workspaceCreate', input, 'workspace { id } apiKey { id } secret');
    expect(payload).toMatchObject({ workspace: null, apiKey: null, secret: null });
  });

  test.each([0, 1, 36_500])('takes %i days of back-dating', async (backdatingDays) => {
    const input = { name: 'Bakery', timeZone: 'UTC', mode: 'LIVE', backdatingDays };
    const { workspace, secret } = await cafe.succeed('workspaceCreate', input, `workspace { ${WORKSPACE} } secret`);
    expect(workspace.backdatingDays).toBe(backdatingDays);
    expect(await workspaceOf(cafe.withKey(secret))).toEqual(workspace);
  });

  test.each(['1970-01-01T00:00:00.000Z', '2026-02-28T23:59:59.999Z', '9999-12-31T23:59:59.999Z'])(
    'a sandbox whose clock is frozen at %s comes into being then',
    async (clock) => {
      server.setNow('2026-05-17T12:00:00Z');
      const input = { name: 'Bakery', timeZone: 'UTC', mode: 'SANDBOX', clock };
      const selection = `workspace { ${WORKSPACE} } apiKey { createdAt } secret`;
      const { workspace, apiKey, secret } = await cafe.succeed('workspaceCreate', input, selection);
      expect(workspace).toMatchObject({ mode: 'SANDBOX', clockFrozenAt: clock, createdAt: clock, version: 1 });
      expect(await workspaceOf(cafe.withKey(secret))).toEqual(workspace);
      // Keys go by real time, whatever the clock says.
      expect(apiKey.createdAt).toBe('2026-05-17T12:00:00.000Z');
    },
  );

  test('takes a name of 200 characters, however many bytes they have', async () => {
    for (const name of ['x'.repeat(200), '🏅'.repeat(200), 'é']) {
      const { workspace } = await cafe.succeed('workspaceCreate', { name, timeZone: 'UTC', mode: 'LIVE' }, 'workspace { name }');
      expect(workspace.name).toBe(name);
    }
  });
});

describe('changing', () => {
  test('raises the version, keeps everything else and leaves an audit entry', async () => {
    server.setNow('2026-05-17T12:00:00Z');
    const before = await workspaceOf(cafe);
    const { workspace } = await cafe.succeed('workspaceUpdate', { name: 'Café Borealis', version: 1 }, `workspace { ${WORKSPACE} }`);
    expect(workspace).toEqual({ ...before, name: 'Café Borealis', version: 2, updatedAt: '2026-05-17T12:00:00.000Z' });
    expect(await workspaceOf(cafe)).toEqual(workspace);
    expect((await workspaceOf(bookshop)).name).toBe('Kiwi Books');
    const { rows } = await server.database.pool.query('SELECT before, after FROM activities WHERE subject_id = $1 AND action = $2', [
      before.id,
      'UPDATED',
    ]);
    const snapshot = { timeZone: 'Europe/Warsaw', mode: 'SANDBOX', clockFrozenAt: null, backdatingDays: 36_500, eventRetentionDays: 90, noticeDays: 0 };
    expect(rows).toEqual([
      { before: { ...snapshot, name: 'Café Aurora', version: 1 }, after: { ...snapshot, name: 'Café Borealis', version: 2 } },
    ]);
  });

  test.each([
    ['an empty name', { name: '' }, ['INVALID_NAME name']],
    ['a name of 201 characters', { name: 'x'.repeat(201) }, ['INVALID_NAME name']],
    ['back-dating by less than 0 days', { backdatingDays: -1 }, ['INVALID_BACKDATING backdatingDays']],
    ['back-dating by more than 36500 days', { backdatingDays: 36_501 }, ['INVALID_BACKDATING backdatingDays']],
    ['events kept for less than 30 days', { eventRetentionDays: 29 }, ['INVALID_RETENTION eventRetentionDays']],
    ['events kept for more than 3650 days', { eventRetentionDays: 3651 }, ['INVALID_RETENTION eventRetentionDays']],
    ['notice of more than a year', { noticeDays: 366 }, ['INVALID_NOTICE noticeDays']],
    ['a version of the past', { name: 'Y', version: 0 }, ['VERSION_CONFLICT version']],
    ['a version of the future', { name: 'Y', version: 2 }, ['VERSION_CONFLICT version']],
    ['an empty idempotency key', { name: 'Y', idempotencyKey: '' }, ['INVALID_IDEMPOTENCY_KEY idempotencyKey']],
    ['an idempotency key of 256 characters', { name: 'Y', idempotencyKey: 'k'.repeat(256) }, ['INVALID_IDEMPOTENCY_KEY idempotencyKey']],
    [
      'everything at once',
      { name: '', backdatingDays: 40_000, version: 3 },
      ['VERSION_CONFLICT version', 'INVALID_NAME name', 'INVALID_BACKDATING backdatingDays'],
    ],
  ])('refuses %s', async (_, input, problems) => {
    const before = await workspaceOf(cafe);
    expect(await refused('Update', input)).toEqual(problems);
    expect(await workspaceOf(cafe)).toEqual(before);
  });

  test('back-dating changes by itself, and is left alone where it is not named', async () => {
    const before = await workspaceOf(cafe);
    const update = async (input: Record<string, unknown>) => (await cafe.succeed('workspaceUpdate', input, `workspace { ${WORKSPACE} }`)).workspace;
    const changed = await update({ backdatingDays: 0 });
    expect(changed).toEqual({ ...before, backdatingDays: 0, version: 2, updatedAt: expect.any(String) });
    expect(await update({ backdatingDays: null, name: 'Kiosk' })).toMatchObject({ backdatingDays: 0, name: 'Kiosk', version: 3 });
    expect(await update({ backdatingDays: 365 })).toMatchObject({ backdatingDays: 365, name: 'Kiosk', version: 4 });
    expect((await workspaceOf(cafe)).backdatingDays).toBe(365);
  });

  test('of two edits that saw the same version, one is refused', async () => {
    const edits = ['One', 'Two'].map((name) => cafe.mutate('workspaceUpdate', { name, version: 1 }, 'workspace { name version }'));
    const payloads = await Promise.all(edits);
    const done = payloads.filter(({ workspace }) => workspace !== null);
    expect(done).toHaveLength(1);
    expect(payloads.flatMap(({ userErrors }) => userErrors)).toEqual([expect.objectContaining({ code: 'VERSION_CONFLICT' })]);
    expect(await workspaceOf(cafe)).toMatchObject({ ...done[0].workspace, version: 2 });
  });

  test('an idempotency key makes a repeated call harmless, and a different call a conflict', async () => {
    const input = { name: 'Once', idempotencyKey: 'rename-1' };
    const first = await cafe.succeed('workspaceUpdate', input, 'workspace { name version }');
    const before = await countRows(server.database);
    expect(await cafe.succeed('workspaceUpdate', input, 'workspace { name version }')).toEqual(first);
    const mismatch = ['IDEMPOTENCY_KEY_PARAMETER_MISMATCH idempotencyKey'];
    expect(await refused('Update', { ...input, name: 'Twice' })).toEqual(mismatch);
    expect(await refused('Update', { ...input, backdatingDays: 7 })).toEqual(mismatch);
    expect(await countRows(server.database)).toEqual(before);
    expect(await workspaceOf(cafe)).toMatchObject({ name: 'Once', version: 2 });
    // The same key in another workspace is another key.
    expect((await bookshop.succeed('workspaceUpdate', { ...input, name: 'Twice' }, 'workspace { name }')).workspace.name).toBe('Twice');
  });
});

describe("a sandbox's frozen clock", () => {
  const FROZEN = '2020-02-29T10:00:00.000Z';
  const REAL = '2026-05-17T12:00:00.000Z';
  let lab: ApiClient;

  beforeEach(async () => {
    server.setNow(REAL);
    lab = await server.workspace({ name: 'Lab', clock: FROZEN });
  });

  const advance = async (to: string, more: Record<string, unknown> = {}) =>
    (await lab.succeed('workspaceClockAdvance', { to, ...more }, `workspace { ${WORKSPACE} }`)).workspace;

  test('stands still while real time goes by', async () => {
    const created = async () => (await lab.succeed('cardDefinitionCreate', { name: 'Points' }, 'cardDefinition { createdAt }')).cardDefinition;
    expect(await created()).toEqual({ createdAt: FROZEN });
    server.setNow('2031-01-01T00:00:00Z');
    expect(await created()).toEqual({ createdAt: FROZEN });
    expect((await workspaceOf(lab)).clockFrozenAt).toBe(FROZEN);
    await advance('2020-03-01T00:00:00+01:00');
    expect(await created()).toEqual({ createdAt: '2020-02-29T23:00:00.000Z' });
  });

  test('advances, tells so, and nothing else of the workspace changes', async () => {
    const before = await workspaceOf(lab);
    const to = '2020-12-31T23:59:59.999Z';
    const after = await advance(to);
    expect(after).toEqual({ ...before, clockFrozenAt: to, version: 2, updatedAt: FROZEN });
    expect(await workspaceOf(lab)).toEqual(after);
    const { rows: activities } = await server.database.pool.query(
      'SELECT action, before, after, recorded_at AS "recordedAt" FROM activities WHERE subject_id = $1 ORDER BY id DESC LIMIT 1',
      [before.id],
    );
    const snapshot = { name: 'Lab', timeZone: 'UTC', mode: 'SANDBOX', backdatingDays: 36_500, eventRetentionDays: 90, noticeDays: 0 };
    const told = {
      before: { ...snapshot, clockFrozenAt: FROZEN, version: 1 },
      after: { ...snapshot, clockFrozenAt: to, version: 2 },
    };
    expect(activities).toEqual([{ action: 'CLOCK_ADVANCED', ...told, recordedAt: expect.anything() }]);
    const { rows: events } = await server.database.pool.query("SELECT type, data FROM events WHERE data ->> 'id' = $1 ORDER BY id", [before.id]);
    expect(events.map(({ type }) => type)).toEqual(['workspace.created', 'workspace.clock_advanced']);
    expect(events[1].data).toEqual({ id: before.id, ...told });
  });

  test('advancing to where it is already succeeds and changes nothing', async () => {
    const before = [await workspaceOf(lab), await countRows(server.database)];
    expect(await advance(FROZEN)).toEqual(before[0]);
    expect([await workspaceOf(lab), await countRows(server.database)]).toEqual(before);
  });

  test('is never moved back', async () => {
    await advance('2021-01-01T00:00:00Z');
    for (const to of [FROZEN, '2020-12-31T23:59:59.999Z', '0001-01-01T00:00:00Z']) {
      expect(await refused('ClockAdvance', { to }, lab)).toEqual(['CLOCK_BACKWARDS to']);
    }
  });

  test('advances by 3653 days and no more, as often as one likes', async () => {
    expect(await refused('ClockAdvance', { to: '2030-03-01T10:00:00.001Z' }, lab)).toEqual(['CLOCK_TOO_FAR to']);
    expect(await refused('ClockAdvance', { to: '9999-12-31T23:59:59.999Z' }, lab)).toEqual(['CLOCK_TOO_FAR to']);
    expect((await advance('2030-03-01T10:00:00.000Z')).clockFrozenAt).toBe('2030-03-01T10:00:00.000Z');
    expect((await advance('2040-02-28T00:00:00Z')).version).toBe(3);
  });

  test('is not there in a live workspace, nor in a sandbox that runs in real time', async () => {
    for (const client of [bookshop, cafe]) {
      for (const to of [REAL, FROZEN, '2027-01-01T00:00:00Z', '9999-01-01T00:00:00Z']) {
        expect(await refused('ClockAdvance', { to }, client)).toEqual(['CLOCK_NOT_ALLOWED']);
      }
    }
  });

  test('advances once for an idempotency key, even far', async () => {
    const to = '2029-06-01T00:00:00.000Z';
    const first = await advance(to, { idempotencyKey: 'far' });
    expect(await unchanged(server, () => advance(to, { idempotencyKey: 'far' }))).toEqual(first);
    expect(await refused('ClockAdvance', { to: '2029-06-02T00:00:00Z', idempotencyKey: 'far' }, lab)).toEqual([
      'IDEMPOTENCY_KEY_PARAMETER_MISMATCH idempotencyKey',
    ]);
    expect(await refused('ClockAdvance', { to, idempotencyKey: '' }, lab)).toEqual(['INVALID_IDEMPOTENCY_KEY idempotencyKey']);
    // Keys are kept 7 days of the workspace's own time, from the instant to which it was advanced.
    await advance('2029-06-07T23:59:59.999Z');
    expect(await refused('ClockAdvance', { to: FROZEN, idempotencyKey: 'far' }, lab)).toEqual(['IDEMPOTENCY_KEY_PARAMETER_MISMATCH idempotencyKey']);
    await advance('2029-06-08T00:00:00.000Z');
    expect(await refused('ClockAdvance', { to: FROZEN, idempotencyKey: 'far' }, lab)).toEqual(['CLOCK_BACKWARDS to']);
  });

  test('of many advances at once, none moves it back', async () => {
    const days = Array.from({ length: 8 }, (_, index) => `2020-03-0${index + 1}T00:00:00.000Z`);
    const payloads = await Promise.all(
      days.toReversed().map((to) => lab.mutate('workspaceClockAdvance', { to }, 'workspace { clockFrozenAt version }')),
    );
    const done = payloads.filter(({ workspace }) => workspace !== null).map(({ workspace }) => workspace);
    expect(payloads.flatMap(({ userErrors }) => userErrors).every(({ code }) => code === 'CLOCK_BACKWARDS')).toBe(true);
    const inOrder = done.toSorted((a, b) => a.version - b.version).map(({ clockFrozenAt }) => clockFrozenAt);
    expect(inOrder).toEqual(inOrder.toSorted());
    expect(await workspaceOf(lab)).toMatchObject({ clockFrozenAt: days.at(-1), version: done.length + 1 });
  });

  test('says which version of an earn rule is in force', async () => {
    const id = await buildRule(lab, await buildCardDefinition(lab));
    const version = { rates: [{ currency: 'USD', value: '2', every: '1.00' }], effectiveAt: '2021-01-01T00:00:00Z' };
    const RULE = 'earnRule { currentVersion { number effectiveAt } }';
    expect((await lab.succeed('earnRulePublish', { id, version }, RULE)).earnRule.currentVersion).toEqual({ number: 1, effectiveAt: FROZEN });
    const current = async () => (await lab.run(`query($id: ID!) { ${RULE.replace('earnRule', 'earnRule(id: $id)')} }`, { id })).earnRule.currentVersion.number;
    expect(await current()).toBe(1);
    await advance('2020-12-31T23:59:59.999Z');
    expect(await current()).toBe(1);
    await advance('2021-01-01T00:00:00.000Z');
    expect(await current()).toBe(2);
    const { earnRule } = await lab.succeed('earnRuleRetire', { id }, 'earnRule { retiredAt currentVersion { number } }');
    expect(earnRule).toEqual({ retiredAt: '2021-01-01T00:00:00.000Z', currentVersion: null });
  });

  test('says when a structure was activated, and how many days ago it was created', async () => {
    const { id } = await buildStructure(lab, await buildCardDefinition(lab));
    const created = async (is: number) =>
      (await lab.run(`{ tierStructures(filter: { createdAt: { is: ${is} } }) { nodes { id effectiveAt } } }`)).tierStructures.nodes;
    expect(await created(0)).toEqual([{ id, effectiveAt: FROZEN }]);
    await advance('2020-03-02T00:00:00Z');
    expect([await created(0), await created(2)]).toEqual([[], [{ id, effectiveAt: FROZEN }]]);
    // What lies ahead of the workspace's clock is the future, although it is long past in reality.
    const other = await lab.succeed('tierStructureCreate', { name: 'Next', type: 'POINT_BALANCE', cardDefinitionId: await buildCardDefinition(lab), tiers: [{ name: 'A', minPoints: 0 }] }, 'tierStructure { id }');
    const activate = (effectiveAt: string) =>
      lab.mutate('tierStructureActivate', { id: other.tierStructure.id, effectiveAt }, 'tierStructure { effectiveAt }');
    expect(problemsOf(await unchanged(server, () => activate('2020-03-02T00:00:00.001Z')))).toEqual(['INVALID_EFFECTIVE_AT effectiveAt']);
    expect((await activate('2020-03-01T00:00:00.000Z')).tierStructure).toEqual({ effectiveAt: '2020-03-01T00:00:00.000Z' });
  });

  test('says when customers join and buy, what they have, and when it is gone', async () => {
    await buildProgram(lab, { structure: null, card: { expiration: { rolling: { period: { value: 1, unit: 'MONTH' } } } } });
    const join = (input: Record<string, unknown>) => lab.mutate('customerUpsert', input, 'customer { joinedAt createdAt }');
    expect((await join({ externalId: 'ada' })).customer).toEqual({ joinedAt: FROZEN, createdAt: FROZEN });
    const late = { externalId: 'zoe', joinedAt: '2020-02-29T10:00:00.001Z' };
    expect(problemsOf(await unchanged(server, () => join(late)))).toEqual(['DATE_IN_FUTURE joinedAt']);
    expect(problemsOf(await unchanged(server, () => join({ ...late, name: '' })))).toEqual(['INVALID_NAME name', 'DATE_IN_FUTURE joinedAt']);
    expect((await join({ ...late, joinedAt: FROZEN })).customer.joinedAt).toBe(FROZEN);

    const { transaction } = await earn(lab, 'ada', '100.00');
    expect([transaction.occurredAt, transaction.recordedAt]).toEqual([FROZEN, FROZEN]);
    const tooEarly = await unchanged(server, () => earn(lab, 'ada', '1.00', { occurredAt: '2020-02-29T10:00:00.001Z' }));
    expect(problemsOf(tooEarly)).toEqual(['DATE_IN_FUTURE occurredAt']);
    const points = async () => (await lab.run('{ customer(by: { externalId: "ada" }) { points } }')).customer.points;
    expect(await points()).toBe(100);
    await advance('2020-03-29T23:59:59.999Z');
    expect(await points()).toBe(100);
    await advance('2020-03-30T00:00:00.000Z');
    expect(await points()).toBe(0);
    expect((await earn(lab, 'ada', '7.00')).transaction.occurredAt).toBe('2020-03-30T00:00:00.000Z');
    expect(await points()).toBe(7);
  });

  test('may lie far ahead of real time', async () => {
    const ahead = await server.workspace({ name: 'Ahead', clock: '2090-01-01T00:00:00Z' });
    await buildProgram(ahead);
    await buildCustomer(ahead, 'ada', { joinedAt: '2080-01-01T00:00:00Z' });
    const { transaction, customer, userErrors } = await earn(ahead, 'ada', '150.00', { occurredAt: '2090-01-01T00:00:00.000Z' });
    expect([userErrors, transaction.occurredAt, customer.tier]).toEqual([[], '2090-01-01T00:00:00.000Z', { name: 'Silver' }]);
  });

  test('does not touch API keys: they begin and end by real time', async () => {
    const KEY = 'apiKey { id createdAt expiresAt } secret';
    const create = (expiresAt: string) => lab.mutate('apiKeyCreate', { name: 'Till', scope: 'READ', expiresAt }, KEY);
    expect(problemsOf(await unchanged(server, () => create(REAL)))).toEqual(['INVALID_EXPIRY expiresAt']);
    const { apiKey, secret } = await create('2026-05-17T12:00:10Z');
    expect(apiKey.createdAt).toBe(REAL);
    const till = lab.withKey(secret);
    await advance('2029-01-01T00:00:00Z');
    expect((await till.run('{ workspace { name } }')).workspace.name).toBe('Lab');
    const rotated = await lab.succeed('apiKeyRotate', { id: apiKey.id, overlapHours: 1 }, 'apiKey { createdAt } replacedApiKey { expiresAt }');
    expect(rotated).toMatchObject({ apiKey: { createdAt: REAL }, replacedApiKey: { expiresAt: '2026-05-17T12:00:10.000Z' } });
    server.setNow('2026-05-17T12:00:10Z');
    expect((await till.send('{ workspace { name } }')).status).toBe(401);
    const { apiKey: revoked } = await lab.succeed('apiKeyRevoke', { id: apiKey.id }, 'apiKey { revokedAt }');
    expect(revoked.revokedAt).toBe('2026-05-17T12:00:10.000Z');
  });

  test('is no concern of other workspaces', async () => {
    const other = await server.workspace({ name: 'Other lab', clock: '2022-01-01T00:00:00Z' });
    const before = [await workspaceOf(other), await workspaceOf(cafe)];
    await advance('2025-01-01T00:00:00Z');
    expect([await workspaceOf(other), await workspaceOf(cafe)]).toEqual(before);
    const { cardDefinition } = await cafe.succeed('cardDefinitionCreate', { name: 'Points' }, 'cardDefinition { createdAt }');
    expect(cardDefinition.createdAt).toBe(REAL);
  });

  test.each([null, '', 'tomorrow', '2020-13-01T00:00:00Z', 1_600_000_000_000, '+010000-01-01T00:00:00Z'])('%j is no instant to advance to', async (to) => {
    const document = 'mutation($input: WorkspaceClockAdvanceInput!) { workspaceClockAdvance(input: $input) { workspace { id } } }';
    const answer = await unchanged(server, () => lab.send(document, { input: { to } }));
    expect([answer.data, answer.errors.map(({ extensions }) => extensions.code)]).toEqual([null, ['BAD_USER_INPUT']]);
  });
});

describe('isolation', () => {
  /** Everything that a workspace can list, each with all its items. */
  const LISTS = `{
    workspace { id name }
    apiKeys(first: 100) { nodes { id } }
    cardDefinitions(first: 100) { nodes { id } }
    tierStructures(first: 100) { totalCount nodes { id tiers { id } } }
    earnRules(first: 100) { nodes { id } }
    customers(first: 100) { totalCount nodes { id externalId points tier { id } cards { id } ledgerEntries { nodes { id } } tierTransitions { nodes { id } } } }
  }`;

  test('two tenants with the same program, customers and references see nothing of each other', async () => {
    const emptyBookshop = await bookshop.run(LISTS);
    await buildProgram(cafe);
    await buildCustomer(cafe, 'ada', { email: 'ada@cafe.example' });
    await earn(cafe, 'ada', '150.00', { reference: 'ord_1', idempotencyKey: 'k1' });
    expect(await bookshop.run(LISTS)).toEqual(emptyBookshop);

    const lonelyCafe = await cafe.run(LISTS);
    await buildProgram(bookshop);
    const { created } = await bookshop.succeed('customerUpsert', { externalId: 'ada' }, 'created customer { email }');
    expect(created).toBe(true);
    const earned = await earn(bookshop, 'ada', '20.00', { reference: 'ord_1', idempotencyKey: 'k1' });
    expect(earned).toMatchObject({ duplicate: false, userErrors: [], customer: { points: 20, tier: { name: 'Basic' } } });
    expect(await cafe.run(LISTS)).toEqual(lonelyCafe);

    const ids = (text: string) => new Set(text.match(/\b[a-z]+_[0-9a-hjkmnp-tv-z]{26}\b/g));
    const cafeIds = ids(JSON.stringify(await cafe.run(LISTS)));
    const bookshopIds = ids(JSON.stringify(await bookshop.run(LISTS)));
    expect(cafeIds.size).toBeGreaterThanOrEqual(13);
    expect(bookshopIds.size).toBeGreaterThanOrEqual(12);
    expect([...cafeIds].filter((id) => bookshopIds.has(id))).toEqual([]);
  });

  test("a key acts in its own workspace only, even for the workspace's maker", async () => {
    const { secret, workspace } = await cafe.succeed(
      'workspaceCreate',
      { name: 'Bakery', timeZone: 'UTC', mode: 'LIVE' },
      'workspace { id } secret',
    );
    const bakery = cafe.withKey(secret);
    const { id } = await createKey(bakery, 'READ');
    expect((await cafe.run('query($id: ID!) { node(id: $id) { id } }', { id: workspace.id })).node).toBeNull();
    expect((await cafe.mutate('apiKeyRevoke', { id }, 'apiKey { id }')).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  });
});

test('every reason of the contract to refuse a workspace was met above', () => {
  expect([...reached].sort()).toEqual(codesOf('WorkspaceErrorCode'));
});

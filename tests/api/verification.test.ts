/** What is stored proves itself: chains, checkpoints, and what is derived again. Whoever changes it behind the program's back is found out. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CompactSign, compactVerify, createLocalJWKSet, generateKeyPair } from 'jose';
import { pino } from 'pino';
import { makeCheckpoint, makeDueCheckpoint } from '../../src/commands/checkpoints.ts';
import { recordDueEffects } from '../../src/commands/due-effects.ts';
import { CommandRunner } from '../../src/commands/run.ts';
import type { Checkpoint } from '../../src/domain/checkpoints.ts';
import { verifyCheckpoints, verifyMembers, verifyNextMembers, verifyRewardStocks } from '../../src/loaders/verification.ts';
import { fromPublicId, newId, toPublicId } from '../../src/platform/ids.ts';
import { ProgramCache } from '../../src/repositories/program.ts';
import { CheckpointWorker } from '../../src/workers/checkpoints.ts';
import type { ApiClient } from '../support/client.ts';
import { recorded } from '../support/operations.ts';
import { buildCustomer, buildProgram, earn } from '../support/program.ts';
import { buildReward, cancel, confirm, redeem } from '../support/rewards.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';

const TYPE = 'voilatier-checkpoint+jws';
const HOUR_MS = 3_600_000;

/** The whole encoding, as docs/decisions/0026 has it: computed by PostgreSQL and by nothing of ours. */
const MS = (column: string) => `coalesce((extract(epoch FROM nullif(${column}, 'infinity')) * 1000)::bigint::text, '-')`;
const CONTENT = `concat_ws('|', e.id, e.customer_id, e.card_id, e.sequence, e.type, e.points, e.balance_after, e.pending::text, e.sliding::text,
  coalesce(e.transaction_id::text, '-'), coalesce(e.operation_id::text, '-'), coalesce(e.tier_id::text, '-'),
  coalesce(e.earn_rule_version_id::text, '-'), ${MS('e.activates_at')}, ${MS('e.expires_at')}, ${MS('e.occurred_at')}, ${MS('e.recorded_at')})`;
const HASH = (previous: string) => `sha256(convert_to(concat_ws('|', encode(coalesce(${previous},
  sha256(convert_to('voilatier card|' || e.card_id, 'UTF8'))), 'hex'), ${CONTENT}), 'UTF8'))`;

let server: TestServer;
let runner: CommandRunner;
beforeAll(async () => {
  server = await startTestServer();
  runner = new CommandRunner({ database: server.database, clock: server.now });
});
afterAll(() => server.stop());

const sql = (text: string, values: unknown[] = []) => server.database.pool.query(text, values);
const programs = new ProgramCache();

/** A café with two members who have earned, spent, and been told of late. */
class Café {
  readonly client: ApiClient;
  readonly id: string;
  readonly ada: string;
  readonly bob: string;
  readonly adaCard: string;

  private constructor(client: ApiClient, [id, ada, bob, adaCard]: readonly [string, string, string, string]) {
    this.client = client;
    this.id = id;
    this.ada = ada;
    this.bob = bob;
    this.adaCard = adaCard;
  }

  static async open(clock?: string): Promise<Café> {
    const client = await server.workspace({ mode: 'SANDBOX', ...(clock === undefined ? {} : { clock }) });
    const id = fromPublicId('Workspace', (await client.run('{ workspace { id } }')).workspace.id) ?? '';
    await buildProgram(client, { card: { expiration: { rolling: { period: { value: 12, unit: 'MONTH' } } } } });
    const [ada, bob] = [await buildCustomer(client, 'ada'), await buildCustomer(client, 'bob')].map((each) => fromPublicId('Customer', each) ?? '');
    for (const amount of ['60.00', '70.00', '80.00']) await earn(client, 'ada', amount);
    await earn(client, 'bob', '50.00');
    await recorded(client, 'spend', { customer: { externalId: 'ada' }, points: 40 });
    const { rows } = await sql('SELECT id FROM cards WHERE workspace_id = $1 AND customer_id = $2', [id, ada]);
    return new Café(client, [id, ada ?? '', bob ?? '', rows[0].id]);
  }

  get source() {
    return { database: server.database.workspace(this.id), programs, workspaceId: this.id };
  }

  checkpoint(): Promise<Checkpoint | null> {
    return makeCheckpoint(runner, server.signer, this.id);
  }

  async members() {
    return (await verifyNextMembers(this.source, null, 100)).difference;
  }

  async checkpoints(known: readonly string[] = []) {
    return (await verifyCheckpoints(this.source, server.signer, known)).difference;
  }

  /** As `npm run verify` does it. */
  async everything() {
    return (await this.members()) ?? (await verifyRewardStocks(this.source)) ?? (await this.checkpoints());
  }

  async verify() {
    return (await this.members()) ?? (await this.checkpoints());
  }

  /** As somebody who may do everything in the database. */
  attack(text: string, ...values: unknown[]) {
    return sql(text, [this.id, ...values]);
  }

  /** Writes the chain of Ada's card anew, as it would be if its entries were what they are now. */
  async rechain(): Promise<void> {
    const { rows } = await this.attack('SELECT max(sequence) AS last FROM ledger_entries WHERE workspace_id = $1 AND card_id = $2', this.adaCard);
    for (let sequence = 1; sequence <= rows[0].last; sequence += 1) {
      await this.attack(
        `UPDATE ledger_entries e SET hash = ${HASH('(SELECT p.hash FROM ledger_entries p WHERE p.workspace_id = $1 AND p.card_id = $2 AND p.sequence = $3 - 1)')}
         WHERE e.workspace_id = $1 AND e.card_id = $2 AND e.sequence = $3`,
        this.adaCard,
        sequence,
      );
    }
    await this.attack(
      `UPDATE cards c SET head = e.hash, sequence = e.sequence, balance = e.balance_after FROM ledger_entries e
       WHERE c.workspace_id = $1 AND c.id = $2 AND e.workspace_id = $1 AND e.card_id = c.id AND e.sequence = $3`,
      this.adaCard,
      rows[0].last,
    );
  }
}

describe('the chain of a card', () => {
  test('is what PostgreSQL computes of the same rows, and the API shows it', async () => {
    const café = await Café.open();
    const { rows } = await café.attack(
      `SELECT encode(e.hash, 'hex') AS stored, encode(${HASH('lag(e.hash) OVER (PARTITION BY e.card_id ORDER BY e.sequence)')}, 'hex') AS computed
       FROM ledger_entries e WHERE e.workspace_id = $1 ORDER BY e.id DESC`,
    );
    expect(rows.map(({ computed }) => computed)).toEqual(rows.map(({ stored }) => stored));
    const { customer } = await café.client.run('{ customer(by: { externalId: "bob" }) { ledgerEntries { nodes { hash } } } }');
    expect(rows.map(({ stored }) => stored)).toContain(customer.ledgerEntries.nodes[0].hash);
    expect(rows).toHaveLength(5);
    const heads = await café.attack(
      `SELECT count(*)::int AS n FROM cards c JOIN ledger_entries e ON e.workspace_id = c.workspace_id AND e.card_id = c.id AND e.sequence = c.sequence
       WHERE c.workspace_id = $1 AND c.head = e.hash`,
    );
    expect(heads.rows[0].n).toBe(2);
  });

  test('is given by the migration to entries that were there before it', async () => {
    const café = await Café.open('2026-01-10T12:00:00Z');
    await café.client.succeed('workspaceClockAdvance', { to: '2027-06-01T00:00:00Z' }, 'workspace { id }');
    const client = await server.database.pool.connect();
    const chains = 'SELECT e.id, e.hash, c.head FROM ledger_entries e JOIN cards c ON c.workspace_id = e.workspace_id AND c.id = e.card_id ORDER BY e.id';
    const { rows: before } = await client.query(chains);
    const migration = readFileSync(new URL('../../drizzle/0004_journal.sql', import.meta.url), 'utf8').split('--> statement-breakpoint');
    const from = migration.findIndex((statement) => statement.includes('ALTER TABLE "cards" ADD COLUMN "head"'));
    const to = migration.findIndex((statement) => statement.includes('ALTER COLUMN "hash" SET NOT NULL'));
    await client.query('BEGIN');
    try {
      await client.query('ALTER TABLE ledger_entries DROP COLUMN hash; ALTER TABLE cards DROP COLUMN head');
      for (const statement of migration.slice(from, to + 1)) await client.query(statement);
      const { rows: after } = await client.query(chains);
      expect(after).toEqual(before);
      expect(after.length).toBeGreaterThan(5);
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  });
});

describe('what is sound', () => {
  test('has no difference, and all of it is counted', async () => {
    const café = await Café.open();
    await café.checkpoint();
    await earn(café.client, 'bob', '5.00');
    await café.checkpoint();
    expect(await verifyNextMembers(café.source, null, 1)).toEqual({ difference: null, memberCount: 1, entryCount: 4, last: café.ada });
    expect(await verifyNextMembers(café.source, café.ada, 1)).toEqual({ difference: null, memberCount: 1, entryCount: 2, last: null });
    expect(await verifyCheckpoints(café.source, server.signer)).toEqual({ difference: null, checkpointCount: 2, headCount: 3 });
  });

  test('stays so with late facts, refunds, transfers, expiries and changed structures', async () => {
    const café = await Café.open('2026-01-10T12:00:00Z');
    const { client } = café;
    await client.succeed('workspaceClockAdvance', { to: '2026-03-01T00:00:00Z' }, 'workspace { id }');
    await earn(client, 'ada', '500.00', { occurredAt: '2026-01-20T12:00:00Z', reference: 'late' });
    const { transaction } = await earn(client, 'ada', '90.00');
    await recorded(client, 'refund', { transaction: { id: transaction.id }, amount: '45.00' });
    await recorded(client, 'pointsTransfer', { from: { externalId: 'ada' }, to: { externalId: 'bob' }, points: 30 });
    await recorded(client, 'pointsAdjust', { customer: { externalId: 'bob' }, points: -10, reason: 'Mistake' });
    await buildCustomer(client, 'cleo');
    expect(await café.verify()).toBeNull();
    await buildProgram(client, { effectiveAt: '2026-02-01T00:00:00Z', structure: { name: 'Second', tiers: { Base: 0, Top: 70 } } });
    expect(await café.verify()).toBeNull();
    await client.succeed('workspaceClockAdvance', { to: '2028-01-01T00:00:00Z' }, 'workspace { id }');
    await café.checkpoint();
    expect(await café.verify()).toBeNull();
    expect(await verifyNextMembers(café.source, null, 100)).toMatchObject({ memberCount: 3, last: null });
  });
});

describe('what was changed behind the back is found, with its place:', () => {
  const OWN = 'workspace_id = $1 AND card_id = $2';

  test('a balance', async () => {
    const café = await Café.open();
    await café.attack('UPDATE cards SET balance = 1000000 WHERE workspace_id = $1 AND id = $2', café.adaCard);
    expect(await café.verify()).toEqual({
      ...NOWHERE, kind: 'CARD_CHANGED', customerId: café.ada, cardId: café.adaCard, sequence: 4, field: 'balance', found: '1000000', expected: '170',
    });
  });

  test.each([
    ['points', 'points = points + 1'],
    ['occurred at', "occurred_at = occurred_at - interval '1 day'"],
    ['expires at', "expires_at = 'infinity'"],
    ['customer', 'customer_id = $3'],
    ['hash', "hash = sha256('')"],
  ])('the %s of an entry', async (_name, change) => {
    const café = await Café.open();
    const values = change.includes('$3') ? [café.bob] : [];
    await café.attack(`UPDATE ledger_entries SET ${change} WHERE ${OWN} AND sequence = 2`, café.adaCard, ...values);
    const difference = await café.verify();
    expect(difference).toMatchObject({ customerId: café.ada, cardId: café.adaCard, sequence: 2 });
    expect(difference?.kind).toBe(values.length > 0 ? 'ENTRY_MISSING' : 'ENTRY_CHANGED');
  });

  test('an entry removed from between', async () => {
    const café = await Café.open();
    await café.attack(`DELETE FROM ledger_entries WHERE ${OWN} AND sequence = 3`, café.adaCard);
    expect(await café.verify()).toEqual({
      ...NOWHERE, kind: 'ENTRY_MISSING', customerId: café.ada, cardId: café.adaCard, sequence: 3, field: 'sequence', found: null, expected: '3',
    });
  });

  test('two entries in each other’s place', async () => {
    const café = await Café.open();
    await café.attack(`UPDATE ledger_entries SET sequence = 99 WHERE ${OWN} AND sequence = 2`, café.adaCard);
    await café.attack(`UPDATE ledger_entries SET sequence = 2 WHERE ${OWN} AND sequence = 3`, café.adaCard);
    await café.attack(`UPDATE ledger_entries SET sequence = 3 WHERE ${OWN} AND sequence = 99`, café.adaCard);
    expect(await café.verify()).toMatchObject({ kind: 'ENTRY_CHANGED', customerId: café.ada, cardId: café.adaCard, sequence: 2, field: 'hash' });
  });

  test('a lot', async () => {
    const café = await Café.open();
    await café.attack(`UPDATE lots SET expires_at = expires_at + interval '1 year' WHERE ${OWN}`, café.adaCard);
    const { rows } = await café.attack(`SELECT expires_at FROM lots WHERE ${OWN}`, café.adaCard);
    expect(await café.verify()).toMatchObject({
      kind: 'LOT_CHANGED', customerId: café.ada, cardId: café.adaCard, field: rows[0].expires_at.toISOString(), expected: null,
    });
    await café.attack(`UPDATE lots SET expires_at = expires_at - interval '1 year', points = points + 1 WHERE ${OWN}`, café.adaCard);
    expect(await café.verify()).toMatchObject({ kind: 'LOT_CHANGED', cardId: café.adaCard, field: 'points', found: '171', expected: '170' });
  });

  test('a membership', async () => {
    const café = await Café.open();
    const { rows } = await café.attack("SELECT id FROM tiers WHERE workspace_id = $1 AND name = 'Platinum'");
    await café.attack('UPDATE memberships SET tier_id = $3 WHERE workspace_id = $1 AND customer_id = $2', café.ada, rows[0].id);
    expect(await café.verify()).toMatchObject({ kind: 'MEMBERSHIP_CHANGED', customerId: café.ada, field: 'tierId', found: rows[0].id });
  });

  test('a balance that is kept beside a tier', async () => {
    const café = await Café.open();
    await café.attack('UPDATE memberships SET balance = 17 WHERE workspace_id = $1 AND customer_id = $2', café.ada);
    expect(await café.verify()).toMatchObject({ kind: 'MEMBERSHIP_CHANGED', customerId: café.ada, field: 'balance', found: '17' });
  });

  test('an operation', async () => {
    const café = await Café.open();
    await café.attack('UPDATE operations SET points = 1 WHERE workspace_id = $1 AND customer_id = $2', café.ada);
    expect(await café.verify()).toMatchObject({ customerId: café.ada, cardId: café.adaCard, found: expect.stringContaining('170') });
  });

  test('by the checkpoint, an entry whose card was chained anew, with its balance and its lot', async () => {
    const café = await Café.open();
    const checkpoint = await café.checkpoint();
    await earn(café.client, 'ada', '1.00');
    await café.attack(`UPDATE ledger_entries SET points = points + 900 WHERE ${OWN} AND sequence = 2`, café.adaCard);
    await café.attack(`UPDATE ledger_entries SET balance_after = balance_after + 900 WHERE ${OWN} AND sequence >= 2`, café.adaCard);
    await café.attack(`UPDATE lots SET points = points + 900 WHERE ${OWN}`, café.adaCard);
    await café.attack(
      "UPDATE memberships SET tier_id = (SELECT id FROM tiers WHERE workspace_id = $1 AND name = 'Platinum') WHERE workspace_id = $1 AND customer_id = $2",
      café.ada,
    );
    await café.rechain();
    const entries = await verifyMembers(café.source, [café.ada]);
    // Whoever recomputes everything that follows is consistent with himself, but for what a replay shows of tiers.
    expect(entries.difference?.kind ?? 'MEMBERSHIP_CHANGED').toBe('MEMBERSHIP_CHANGED');
    expect(await café.checkpoints()).toMatchObject({
      kind: 'CHAIN_REWRITTEN', customerId: café.ada, cardId: café.adaCard, sequence: 4, checkpointSequence: checkpoint?.sequence, field: 'hash',
    });
  });

  test('by the checkpoint, the last entry of a card', async () => {
    const café = await Café.open();
    await café.checkpoint();
    // A spend that never was: the entry, the fact, and all that followed.
    await café.attack(`DELETE FROM ledger_entries WHERE ${OWN} AND sequence = 4`, café.adaCard);
    await café.attack('DELETE FROM operations WHERE workspace_id = $1 AND customer_id = $2', café.ada);
    await café.attack(`UPDATE lots SET points = 210 WHERE ${OWN}`, café.adaCard);
    await café.rechain();
    expect(await café.checkpoints()).toMatchObject({
      kind: 'ENTRY_MISSING', customerId: café.ada, cardId: café.adaCard, sequence: 4, checkpointSequence: 1, found: null,
    });
  });

  test('by the checkpoint, a whole card', async () => {
    const café = await Café.open();
    await café.checkpoint();
    for (const table of ['ledger_entries', 'lots']) await café.attack(`DELETE FROM ${table} WHERE ${OWN}`, café.adaCard);
    await café.attack('DELETE FROM cards WHERE workspace_id = $1 AND id = $2', café.adaCard);
    expect(await café.checkpoints()).toMatchObject({ kind: 'CARD_MISSING', cardId: café.adaCard, sequence: 4, checkpointSequence: 1 });
  });
});

describe('whoever also says that a member was last settled before structures changed', () => {
  /** Structures have changed since anything was recorded of Ada, and everybody was settled after that. */
  async function changedCafé(): Promise<Café> {
    const café = await Café.open();
    await buildProgram(café.client, { structure: { name: 'Second', tiers: { Top: 1_000_000 } } });
    const pass = await recordDueEffects(runner, café.id, newId());
    expect([pass?.failures, await café.verify()]).toEqual([[], null]);
    return café;
  }

  const LAST_RECORDED = '(SELECT max(recorded_at) FROM ledger_entries e WHERE e.workspace_id = $1 AND e.customer_id = $2)';
  const LONG_AGO = "timestamptz '2020-01-01Z'";
  const settledAt = (café: Café, instant: string) => café.attack(`UPDATE customers SET settled_at = ${instant} WHERE workspace_id = $1 AND id = $2`, café.ada);
  const tierOf = async (café: Café) =>
    (await café.attack("SELECT t.name FROM memberships m JOIN tiers t ON t.workspace_id = m.workspace_id AND t.id = m.tier_id WHERE m.workspace_id = $1 AND m.customer_id = $2", café.ada)).rows;
  const promoted = async (café: Café) => {
    await café.attack(
      `DELETE FROM memberships WHERE workspace_id = $1 AND customer_id = $2 AND structure_id = (SELECT id FROM tier_structures WHERE workspace_id = $1 AND name = 'Second')`,
      café.ada,
    );
    await café.attack(
      "UPDATE memberships SET tier_id = (SELECT id FROM tiers WHERE workspace_id = $1 AND name = 'Platinum') WHERE workspace_id = $1 AND customer_id = $2",
      café.ada,
    );
  };
  const prolonged = (café: Café) => café.attack("UPDATE lots SET expires_at = expires_at + interval '1 year' WHERE workspace_id = $1 AND card_id = $2", café.adaCard);
  /** As if the worker had not come to it yet. */
  const unsettled = (café: Café) => café.attack('UPDATE due_work SET structures_settled_at = NULL WHERE workspace_id = $1');

  test.each([LAST_RECORDED, LONG_AGO])('hides no tier and no lot, once everybody was settled after it: %s', async (instant) => {
    const café = await changedCafé();
    await settledAt(café, instant);
    await promoted(café);
    expect(await café.verify()).toMatchObject({ kind: 'MEMBERSHIP_CHANGED', customerId: café.ada, field: 'tierId' });
    await prolonged(café);
    expect(await café.verify()).toMatchObject({ kind: 'LOT_CHANGED', customerId: café.ada, cardId: café.adaCard });
    const { verification } = await café.client.run('{ verification { difference { kind customerId } } }');
    expect(verification.difference).toEqual({ kind: 'LOT_CHANGED', customerId: toPublicId('Customer', café.ada) });
  });

  test('hides nothing of a member of whom something was recorded later', async () => {
    const café = await changedCafé();
    await unsettled(café);
    await settledAt(café, LONG_AGO);
    await promoted(café);
    expect(await café.verify()).toMatchObject({ kind: 'MEMBERSHIP_CHANGED', customerId: café.ada, field: 'tierId' });
  });

  test('hides a lot only where structures give points, and a tier no longer than until the worker has come', async () => {
    const café = await changedCafé();
    await unsettled(café);
    await settledAt(café, LAST_RECORDED);
    await prolonged(café);
    expect(await café.verify()).toMatchObject({ kind: 'LOT_CHANGED', customerId: café.ada, cardId: café.adaCard });
    await café.attack("UPDATE lots SET expires_at = expires_at - interval '1 year' WHERE workspace_id = $1 AND card_id = $2", café.adaCard);
    const before = await tierOf(café);
    await promoted(café);
    expect([await café.verify(), await tierOf(café)]).toEqual([null, [{ name: 'Platinum' }]]);
    expect((await recordDueEffects(runner, café.id, newId()))?.failures).toEqual([]);
    expect([await café.verify(), await tierOf(café)]).toEqual([null, before]);
  });

  test('nor who says that nothing was ever worked out for somebody who has done nothing', async () => {
    const café = await Café.open();
    const cleo = fromPublicId('Customer', await buildCustomer(café.client, 'cleo')) ?? '';
    expect((await recordDueEffects(runner, café.id, newId()))?.failures).toEqual([]);
    expect(await café.verify()).toBeNull();
    await café.attack(
      "UPDATE memberships SET tier_id = (SELECT id FROM tiers WHERE workspace_id = $1 AND name = 'Platinum') WHERE workspace_id = $1 AND customer_id = $2",
      cleo,
    );
    await café.attack("UPDATE customers SET next_due_at = '-infinity' WHERE workspace_id = $1 AND id = $2", cleo);
    expect(await café.verify()).toMatchObject({ kind: 'MEMBERSHIP_CHANGED', customerId: cleo, field: 'tierId' });
  });
});

const NOWHERE = {
  customerId: null, cardId: null, structureId: null, rewardId: null, redemptionId: null, grantId: null, sequence: null, checkpointSequence: null,
};

describe('what rewards keep', () => {
  const rewardOf = (id: string) => fromPublicId('Reward', id) ?? '';

  /** A café whose third visit earns a pastry, of which there are ten; Ada has used one grant, has another, and has paid for two. */
  async function pastryShop() {
    const café = await Café.open();
    const { client } = café;
    const { cardDefinitions } = await client.run('{ cardDefinitions { nodes { id } } }');
    const card = cardDefinitions.nodes[0].id as string;
    const granted = await buildReward(client, card, { name: 'Granted', stock: 10, trigger: { everyNthVisit: { visits: 1 } } });
    const paid = await buildReward(client, card, { name: 'Paid', cost: 10, stock: 10 });
    const transactions: string[] = [];
    for (const amount of ['5.00', '6.00', '7.00']) transactions.push((await earn(client, 'ada', amount)).transaction.id as string);
    const used = await redeem(client, granted, 'ada');
    const confirmed = await redeem(client, paid, 'ada');
    await confirm(client, confirmed.proof);
    const cancelled = await redeem(client, paid, 'ada');
    await cancel(client, cancelled.redemption.id);
    const issued = await redeem(client, paid, 'ada');
    const id = ({ redemption }: { redemption: { id: string } }) => fromPublicId('Redemption', redemption.id) ?? '';
    const { rows } = await café.attack('SELECT id, redemption_id FROM reward_grants WHERE workspace_id = $1 ORDER BY id');
    return {
      café, client, transactions,
      granted: rewardOf(granted), paid: rewardOf(paid),
      used: id(used), confirmed: id(confirmed), cancelled: id(cancelled), issued: id(issued),
      grantUsed: rows.find(({ redemption_id: by }) => by !== null).id as string,
      grantsOpen: rows.filter(({ redemption_id: by }) => by === null).map((row) => row.id as string),
    };
  }

  test('is as it must be: redeemed, cancelled, confirmed, granted, refunded, put on the shelf and taken off it', async () => {
    const { café, client, transactions, granted, paid, used, grantUsed } = await pastryShop();
    expect(await café.everything()).toBeNull();
    // A grant is taken back with its purchase, and the one that was used when its redemption is cancelled.
    const refunds = await Promise.all(transactions.map((id) => recorded(client, 'refund', { transaction: { id } })));
    expect(refunds).toHaveLength(3);
    expect(await café.everything()).toBeNull();
    await cancel(client, toPublicId('Redemption', used));
    const id = toPublicId('Reward', paid);
    await client.succeed('rewardStockAdjust', { id, by: 7 }, 'reward { stock }');
    await client.succeed('rewardStockAdjust', { id, by: -5 }, 'reward { stock }');
    await client.succeed('rewardDeactivate', { id }, 'reward { status }');
    expect(await café.everything()).toBeNull();
    const { rows } = await café.attack('SELECT reward_id, remaining FROM reward_stocks WHERE workspace_id = $1 ORDER BY reward_id');
    expect(rows).toEqual([{ reward_id: granted, remaining: 10 }, { reward_id: paid, remaining: 10 }]);
    const gone = await café.attack('SELECT redemption_id, revoked_by IS NOT NULL AS revoked FROM reward_grants WHERE workspace_id = $1 AND id = $2', grantUsed);
    expect(gone.rows).toEqual([{ redemption_id: null, revoked: true }]);
  });

  test('is as it must be where a stock was given up, and where a reward is gone', async () => {
    const { café, client, paid, issued } = await pastryShop();
    const id = toPublicId('Reward', paid);
    await client.succeed('rewardDraft', { id }, 'reward { status }');
    await client.succeed('rewardUpdate', { id, stock: null }, 'reward { stock }');
    // Nothing is put on a shelf that there is not.
    await cancel(client, toPublicId('Redemption', issued));
    await client.succeed('rewardUpdate', { id, stock: 3 }, 'reward { stock }');
    expect(await café.everything()).toBeNull();
    await client.succeed('rewardDelete', { id }, 'reward { status }');
    expect(await café.everything()).toBeNull();
  });

  const REDEMPTION = 'UPDATE redemptions SET';
  const GRANT = 'UPDATE reward_grants SET';
  test.each<[string, (shop: Awaited<ReturnType<typeof pastryShop>>) => [string, string], string, string]>([
    ['a redemption that was not cancelled', ({ issued }) => [`${REDEMPTION} status = 'CANCELLED', cancelled_at = now()`, issued], 'issued', 'status'],
    ['a cancelled one that was not', ({ cancelled }) => [`${REDEMPTION} status = 'ISSUED', cancelled_at = NULL`, cancelled], 'cancelled', 'status'],
    ['a cancelled one that was handed over', ({ cancelled }) => [`${REDEMPTION} status = 'CONFIRMED', confirmed_at = issued_at`, cancelled], 'cancelled', 'status'],
    ['a used proof that was not', ({ confirmed }) => [`${REDEMPTION} status = 'ISSUED'`, confirmed], 'confirmed', 'status'],
    ['a proof used too late', ({ confirmed }) => [`${REDEMPTION} confirmed_at = issued_at + interval '400 days'`, confirmed], 'confirmed', 'status'],
    ['another time', ({ issued }) => [`${REDEMPTION} issued_at = issued_at - interval '1 year'`, issued], 'issued', 'issuedAt'],
    ['a longer proof', ({ issued }) => [`${REDEMPTION} proof_expires_at = proof_expires_at + interval '1 day'`, issued], 'issued', 'proofExpiresAt'],
    ['another reward', ({ issued, granted }) => [`${REDEMPTION} reward_id = '${granted}'`, issued], 'issued', 'rewardId'],
    ['a grant that it did not use', ({ issued, grantsOpen }) => [`${REDEMPTION} grant_id = '${grantsOpen[0] ?? ''}'`, issued], 'issued', 'grantId'],
    ['a grant used twice by giving it back', ({ grantUsed }) => [`${GRANT} redemption_id = NULL`, grantUsed], 'grantUsed', 'redemptionId'],
    ['a grant taken back by nobody', ({ grantsOpen }) => [`${GRANT} revoked_at = now()`, grantsOpen[0] ?? ''], 'grantsOpen', 'revokedAt'],
    ['a grant given for nothing', ({ grantsOpen }) => [`${GRANT} transaction_id = id`, grantsOpen[0] ?? ''], 'grantsOpen', 'transactionId'],
    ['a grant given at another time', ({ grantsOpen }) => [`${GRANT} granted_at = granted_at + interval '1 day'`, grantsOpen[0] ?? ''], 'grantsOpen', 'grantedAt'],
  ])('changed behind the back is found: %s', async (_name, attackOn, subject, field) => {
    const shop = await pastryShop();
    const { café } = shop;
    const [change, id] = attackOn(shop);
    expect((await café.attack(`${change} WHERE workspace_id = $1 AND id = $2`, id)).rowCount).toBe(1);
    const place = subject.startsWith('grant')
      ? { kind: 'GRANT_CHANGED', grantId: id, redemptionId: null, rewardId: shop.granted }
      : { kind: 'REDEMPTION_CHANGED', grantId: null, redemptionId: id, rewardId: shop.paid };
    expect(await café.members()).toMatchObject({ ...NOWHERE, ...place, customerId: café.ada, field });
  });

  test('removed behind the back is missing', async () => {
    const { café, used, issued, granted, paid, grantUsed } = await pastryShop();
    await café.attack('DELETE FROM reward_grants WHERE workspace_id = $1 AND id = $2', grantUsed);
    expect(await café.members()).toEqual({
      ...NOWHERE, kind: 'GRANT_MISSING', customerId: café.ada, rewardId: granted, redemptionId: used, grantId: grantUsed, field: 'id', found: null, expected: grantUsed,
    });
    await café.attack('DELETE FROM redemptions WHERE workspace_id = $1 AND id = $2', issued);
    expect(await café.members()).toEqual({
      ...NOWHERE, kind: 'REDEMPTION_MISSING', customerId: café.ada, rewardId: paid, redemptionId: issued, field: 'id', found: null, expected: issued,
    });
  });

  test('invented behind the back is found, also under another name', async () => {
    const { café, issued, paid, grantsOpen, granted } = await pastryShop();
    await café.attack('UPDATE reward_grants SET customer_id = $3 WHERE workspace_id = $1 AND id = $2', grantsOpen[0], café.bob);
    expect(await café.members()).toEqual({
      ...NOWHERE, kind: 'GRANT_CHANGED', customerId: café.bob, rewardId: granted, grantId: grantsOpen[0], field: 'transactionId',
      found: expect.any(String), expected: null,
    });
    const invented = newId();
    await café.attack(
      `INSERT INTO redemptions (workspace_id, id, customer_id, reward_id, grant_id, stocked, status, issued_at, proof_expires_at)
       SELECT workspace_id, $3, customer_id, reward_id, grant_id, stocked, status, issued_at, proof_expires_at FROM redemptions WHERE workspace_id = $1 AND id = $2`,
      issued,
      invented,
    );
    expect(await café.members()).toEqual({
      ...NOWHERE, kind: 'REDEMPTION_CHANGED', customerId: café.ada, rewardId: paid, redemptionId: invented, field: 'operation', found: invented, expected: null,
    });
  });

  test.each([
    ['how many are left', 'UPDATE reward_stocks SET remaining = remaining + 1 WHERE workspace_id = $1 AND reward_id = $2', '9', '8'],
    ['the row that says it', 'DELETE FROM reward_stocks WHERE workspace_id = $1 AND reward_id = $2', null, '8'],
    ['that a redemption took one', "UPDATE redemptions SET stocked = false WHERE workspace_id = $1 AND reward_id = $2 AND status = 'CONFIRMED'", '8', '9'],
  ])('of stock is found, with its reward: %s', async (_name, change, found, expected) => {
    const { café, paid } = await pastryShop();
    expect((await café.attack(change, paid)).rowCount).toBe(1);
    expect(await café.members()).toBeNull();
    expect(await verifyRewardStocks(café.source)).toEqual({ ...NOWHERE, kind: 'STOCK_CHANGED', rewardId: paid, field: 'remaining', found, expected });
  });

  test('a grant that was removed is missed by the stock that it was taken out of', async () => {
    const { café, granted, grantsOpen } = await pastryShop();
    await café.attack('DELETE FROM reward_grants WHERE workspace_id = $1 AND id = $2', grantsOpen[0]);
    expect(await café.everything()).toEqual({ ...NOWHERE, kind: 'STOCK_CHANGED', rewardId: granted, field: 'remaining', found: '7', expected: '8' });
  });

  test('is verified by the API too, with its place', async () => {
    const { café, client, confirmed, paid } = await pastryShop();
    await café.attack("UPDATE redemptions SET status = 'ISSUED' WHERE workspace_id = $1 AND id = $2", confirmed);
    const { verification } = await client.run('{ verification { difference { kind customerId rewardId redemptionId rewardGrantId field found expected } } }');
    expect(verification.difference).toEqual({
      kind: 'REDEMPTION_CHANGED', customerId: toPublicId('Customer', café.ada), rewardId: toPublicId('Reward', paid),
      redemptionId: toPublicId('Redemption', confirmed), rewardGrantId: null, field: 'status', found: 'ISSUED', expected: 'CONFIRMED',
    });
  });
});

describe('a checkpoint', () => {
  test('is a statement that anybody can verify, over the heads that moved, linked to the one before', async () => {
    const café = await Café.open();
    const first = await café.checkpoint();
    expect(await café.checkpoint()).toBeNull();
    await earn(café.client, 'bob', '5.00');
    const second = await café.checkpoint();
    const jwks = await server.signer.jwks(café.id);
    const { payload, protectedHeader } = await compactVerify(second?.statement ?? '', createLocalJWKSet(jwks as never));
    expect(protectedHeader.typ).toBe(TYPE);
    const { rows } = await café.attack(
      `SELECT encode(sha256(convert_to(string_agg(card_id || '|' || sequence || '|' || encode(head, 'hex') || E'\\n', '' ORDER BY card_id), 'UTF8')), 'hex') AS heads,
         count(*)::int AS n, (SELECT encode(sha256(convert_to(statement, 'UTF8')), 'hex') FROM checkpoints WHERE workspace_id = $1 AND sequence = 1) AS previous
       FROM checkpoint_heads WHERE workspace_id = $1 AND checkpoint_sequence = 2`,
    );
    expect(JSON.parse(new TextDecoder().decode(payload))).toEqual({
      workspaceId: toPublicId('Workspace', café.id),
      sequence: 2,
      previousHash: rows[0].previous,
      headsHash: rows[0].heads,
      cardCount: 1,
      createdAt: new Date(second?.createdAt ?? 0).toISOString(),
    });
    expect([first?.cardCount, rows[0].n]).toEqual([2, 1]);
  });

  async function twoCheckpoints(): Promise<Café> {
    const café = await Café.open();
    await café.checkpoint();
    await earn(café.client, 'bob', '5.00');
    await café.checkpoint();
    expect(await café.checkpoints()).toBeNull();
    return café;
  }

  test.each([
    ['its payload', 'statement', `split_part(statement, '.', 1) || '.' || (SELECT split_part(c.statement, '.', 2) FROM checkpoints c WHERE c.workspace_id = $1 AND c.sequence = 1) || '.' || split_part(statement, '.', 3)`, 'statement'],
    ['its number of cards', 'card_count', '7', 'cardCount'],
    ['its time', 'created_at', "created_at + interval '1 second'", 'createdAt'],
    ['its link', 'previous_hash', "sha256('')", 'previousHash'],
    ['its heads’ hash', 'headsHash', "sha256('')", 'headsHash'],
  ])('forged by %s is found', async (_name, column, value, field) => {
    const café = await twoCheckpoints();
    await café.attack(`UPDATE checkpoints SET ${column === 'headsHash' ? 'heads_hash' : column} = ${value} WHERE workspace_id = $1 AND sequence = 2`);
    expect(await café.checkpoints()).toMatchObject({ kind: 'CHECKPOINT_CHANGED', sequence: 2, checkpointSequence: 2, field });
  });

  test('whose heads were changed, or with one removed, is found', async () => {
    const café = await twoCheckpoints();
    await café.attack("UPDATE checkpoint_heads SET head = sha256('') WHERE workspace_id = $1 AND checkpoint_sequence = 1 AND card_id = $2", café.adaCard);
    expect(await café.checkpoints()).toMatchObject({ kind: 'CHECKPOINT_CHANGED', sequence: 1, field: 'headsHash' });
    await café.attack('DELETE FROM checkpoint_heads WHERE workspace_id = $1 AND checkpoint_sequence = 1 AND card_id = $2', café.adaCard);
    expect(await café.checkpoints()).toMatchObject({ kind: 'CHECKPOINT_CHANGED', sequence: 1, field: 'headsHash' });
  });

  test('signed by another key is found, whatever it says of itself', async () => {
    const café = await twoCheckpoints();
    const other = await twoCheckpoints();
    const { rows } = await café.attack('SELECT statement FROM checkpoints WHERE workspace_id = $1 AND sequence = 2');
    const [header = '', payload = ''] = rows[0].statement.split('.');
    const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString());
    const { privateKey } = await generateKeyPair('Ed25519');
    const own = await new CompactSign(Buffer.from(payload, 'base64url')).setProtectedHeader({ alg: 'EdDSA', kid, typ: TYPE }).sign(privateKey);
    const strangers = await server.signer.sign(other.id, TYPE, JSON.parse(Buffer.from(payload, 'base64url').toString()));
    const ofAnotherType = await server.signer.sign(café.id, 'other+jws', JSON.parse(Buffer.from(payload, 'base64url').toString()));
    for (const forged of [own, strangers, ofAnotherType]) {
      await café.attack('UPDATE checkpoints SET statement = $2 WHERE workspace_id = $1 AND sequence = 2', forged);
      expect(await café.checkpoints()).toMatchObject({ kind: 'CHECKPOINT_CHANGED', sequence: 2, field: 'statement', found: forged });
    }
  });

  test('that was removed is missing: from between, at the end, and even with its heads to whoever has kept the statement', async () => {
    const café = await twoCheckpoints();
    const { rows } = await café.attack('SELECT statement FROM checkpoints WHERE workspace_id = $1 ORDER BY sequence');
    const kept = rows.map(({ statement }) => statement as string);
    expect(await café.checkpoints(kept)).toBeNull();
    await café.attack('DELETE FROM checkpoints WHERE workspace_id = $1 AND sequence = 2');
    expect(await café.checkpoints()).toMatchObject({ kind: 'CHECKPOINT_MISSING', checkpointSequence: 2 });
    await café.attack('DELETE FROM checkpoint_heads WHERE workspace_id = $1 AND checkpoint_sequence = 2');
    expect(await café.checkpoints(kept)).toMatchObject({ kind: 'CHECKPOINT_MISSING', checkpointSequence: 2, field: 'statement', expected: kept[1] });
    const between = await twoCheckpoints();
    await between.attack('DELETE FROM checkpoints WHERE workspace_id = $1 AND sequence = 1');
    expect(await between.checkpoints()).toMatchObject({ kind: 'CHECKPOINT_MISSING', checkpointSequence: 1 });
  });

  test('is made once when it is due, by whoever comes first, and not where nothing has changed', async () => {
    const café = await Café.open('2026-01-10T12:00:00Z');
    const made = await Promise.all([1, 2, 3].map(() => makeDueCheckpoint(runner, server.signer, café.id, HOUR_MS)));
    expect(made.filter((each) => each !== null)).toHaveLength(1);
    await earn(café.client, 'bob', '5.00');
    expect(await makeDueCheckpoint(runner, server.signer, café.id, HOUR_MS)).toBeNull();
    await café.attack("UPDATE due_work SET checkpoint_due_at = now() - interval '1 second' WHERE workspace_id = $1");
    const workers = [1, 2].map(() => new CheckpointWorker({ runner, signer: server.signer, log: pino({ level: 'silent' }), intervalMs: HOUR_MS, lookMs: 5 }).start());
    await until(async () => (await café.attack('SELECT 1 FROM checkpoints WHERE workspace_id = $1')).rows.length === 2);
    await café.attack("UPDATE due_work SET checkpoint_due_at = now() - interval '1 second' WHERE workspace_id = $1");
    await until(async () => (await café.attack('SELECT 1 FROM due_work WHERE workspace_id = $1 AND checkpoint_due_at > now()')).rows.length === 1);
    for (const worker of workers) await worker.stop();
    expect((await café.attack('SELECT sequence, card_count FROM checkpoints WHERE workspace_id = $1 ORDER BY sequence')).rows).toEqual([
      { sequence: 1, card_count: 2 },
      { sequence: 2, card_count: 1 },
    ]);
    expect(await café.verify()).toBeNull();
  });
});

describe('the API', () => {
  const VERIFICATION = 'difference { kind customerId cardId sequence field found expected } customerCount entryCount endCursor';

  test('verifies in pages or one customer, and lists checkpoints', async () => {
    const café = await Café.open();
    const checkpoint = await café.checkpoint();
    const first = (await café.client.run(`{ verification(first: 1) { ${VERIFICATION} } }`)).verification;
    expect(first).toEqual({ difference: null, customerCount: 1, entryCount: 4, endCursor: expect.any(String) });
    await café.attack('UPDATE cards SET balance = 1000000 WHERE workspace_id = $1 AND customer_id = $2', café.bob);
    const bob = toPublicId('Customer', café.bob);
    const { next, one, none, checkpoints } = await café.client.run(
      `query($after: String, $id: ID) {
        next: verification(after: $after) { ${VERIFICATION} } one: verification(customerId: $id) { ${VERIFICATION} }
        none: verification(customerId: "cust_01h2xcejqtf2nbrexx3vqjhp41") { customerCount }
        checkpoints { nodes { sequence statement cardCount createdAt } }
      }`,
      { after: first.endCursor, id: bob },
    );
    expect(next).toEqual(one);
    expect(one).toEqual({
      difference: expect.objectContaining({ kind: 'CARD_CHANGED', customerId: bob, sequence: 1, field: 'balance', found: '1000000', expected: '50' }),
      customerCount: 1,
      entryCount: 1,
      endCursor: null,
    });
    expect(none).toBeNull();
    const { statement, cardCount, createdAt } = checkpoint as Checkpoint;
    expect(checkpoints.nodes).toEqual([{ sequence: 1, statement, cardCount, createdAt: new Date(createdAt).toISOString() }]);
  });
});

/** Waits for workers to do what they do by themselves. */
async function until(done: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await done())) {
    if (Date.now() > deadline) throw new Error('It did not happen.');
    await new Promise((resume) => setTimeout(resume, 20));
  }
}

describe('the command', () => {
  function verify(...args: string[]): Promise<{ readonly code: number | null; readonly output: string; readonly errors: string }> {
    return new Promise((resolve) => {
      const child = spawn(process.execPath, ['scripts/bundled.mjs', 'scripts/verify.ts', ...args], { env: { ...process.env, DATABASE_URL: server.databaseUrl } });
      let [output, errors] = ['', ''];
      child.stdout.on('data', (data) => (output += String(data)));
      child.stderr.on('data', (data) => (errors += String(data)));
      child.on('close', (code) => resolve({ code, output, errors }));
    });
  }

  test('says that all is well, or where it is not, to people and to programs', async () => {
    const café = await Café.open();
    await café.checkpoint();
    const id = toPublicId('Workspace', café.id);
    expect(await verify('--workspace', id)).toEqual({ code: 0, output: `${id}: sound. 2 members, 5 entries, 1 checkpoints over 2 heads.\n`, errors: '' });
    await café.attack('UPDATE cards SET balance = 1000000 WHERE workspace_id = $1 AND id = $2', café.adaCard);
    const told = await verify('--workspace', id, '--json');
    expect([told.code, JSON.parse(told.output)]).toMatchObject([1, { workspaceId: id, difference: { kind: 'CARD_CHANGED', customerId: toPublicId('Customer', café.ada), field: 'balance' } }]);
    const all = await verify();
    expect(all.code).toBe(1);
    expect(all.output).toContain(`${id}: CARD_CHANGED\n  customer: ${toPublicId('Customer', café.ada)}\n`);
    expect(await verify('--workspace', 'nonsense')).toEqual({ code: 2, output: '', errors: 'nonsense is no id of a workspace.\n' });
  });

  const OWN = 'workspace_id = $1 AND card_id = $2';
  test.each<[string, string, (café: Café) => readonly string[], (café: Café) => object]>([
    ['a lot', `UPDATE lots SET points = points + 1 WHERE ${OWN}`, ({ adaCard }) => [adaCard], () => ({ kind: 'LOT_CHANGED', field: 'points', found: '171', expected: '170' })],
    ['an entry', `UPDATE ledger_entries SET points = points + 1 WHERE ${OWN} AND sequence = 2`, ({ adaCard }) => [adaCard], () => ({ kind: 'ENTRY_CHANGED', sequence: 2, field: 'hash' })],
    ['an entry that was removed', `DELETE FROM ledger_entries WHERE ${OWN} AND sequence = 4`, ({ adaCard }) => [adaCard], () => ({ kind: 'ENTRY_MISSING', sequence: 4, found: null, expected: '4' })],
    [
      'a tier',
      "UPDATE memberships SET tier_id = (SELECT id FROM tiers WHERE workspace_id = $1 AND name = 'Platinum') WHERE workspace_id = $1 AND customer_id = $2",
      ({ ada }) => [ada],
      () => ({ kind: 'MEMBERSHIP_CHANGED', field: 'tierId' }),
    ],
    ['a checkpoint', 'DELETE FROM checkpoints WHERE workspace_id = $1', () => [], () => ({ kind: 'CHECKPOINT_MISSING', customerId: null, cardId: null, checkpointSequence: 1 })],
  ])('finds what was changed behind the back: %s', async (_name, change, values, expected) => {
    const café = await Café.open();
    await café.checkpoint();
    expect((await café.attack(change, ...values(café))).rowCount).toBe(1);
    const { code, output, errors } = await verify('--workspace', toPublicId('Workspace', café.id), '--json');
    const place = { customerId: toPublicId('Customer', café.ada) };
    expect([code, errors, JSON.parse(output)]).toMatchObject([1, '', { workspaceId: toPublicId('Workspace', café.id), difference: { ...place, ...expected(café) } }]);
  });
});

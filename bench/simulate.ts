import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { createDatabase } from '../src/database/client.ts';
import { startEmbeddedPostgres } from '../src/database/embedded.ts';
import { NO_HISTORY } from '../src/domain/members.ts';
import { replay } from '../src/domain/timeline.ts';
import { fromPublicId } from '../src/platform/ids.ts';
import { MemberRepository } from '../src/repositories/members.ts';
import { ProgramCache } from '../src/repositories/program.ts';
import type { Product } from './product.ts';
import { DEMO_KEY, median, peakMemoryOf, send, startProduct } from './product.ts';

/**
 * How long a simulation takes over all members of a workspace, from the request to its last event, beside plain SQL that
 * counts the same thresholds, in turns in the same run: once how many members each tier would have, and once how many go from
 * which tier to which, which is what a simulation answers. Members are made by SQL as the engine would have left
 * them, which for some of them is compared with what it makes of their history.
 */

const MEMBERS = Number(process.env['BENCH_MEMBERS'] ?? '1000000');
const EARNS_EACH = 5;
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? '3');
const GOAL = 'goal: at most 3 times plain SQL, also where it counts tiers alone, under 512 MiB';
/** Whose stored state is compared with their history. */
const COMPARED = 200;
const EARNS_AT_ONCE = 500_000;
const TIERS = { Basic: 0, Silver: 300, Gold: 600, Platinum: 900 };
/** The tier of those who have nothing. */
const LOWEST = 'Basic';
const TRIED = { Basic: 0, Silver: 250, Gold: 650, Platinum: 800 };

interface Workspace {
  readonly id: string;
  readonly key: string;
  readonly cardDefinitionId: string;
  readonly earnRuleVersionId: string;
  readonly structures: Readonly<Record<'earned' | 'balance', Structure>>;
}

interface Structure {
  readonly id: string;
  readonly tiers: readonly { readonly id: string; readonly name: string }[];
}

/** Rules to try, and plain SQL that counts their thresholds. */
interface Trial {
  readonly name: string;
  readonly draft: Readonly<Record<string, unknown>>;
  /** Members by tier as it would be. */
  readonly tiers: string;
  /** Members by tier as it is and as it would be. */
  readonly moves: string;
  /** The structure as it is. */
  readonly structureId: string;
}

export async function run(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'voilatier-bench-'));
  const embedded = await startEmbeddedPostgres({ dataDir: folder, log: { info() {}, warn() {}, error() {} } });
  let product: Product | null = null;
  const client = new pg.Client({ connectionString: embedded.url });
  try {
    product = await startProduct(embedded.url);
    await client.connect();
    const workspace = await prepare(product.port, client);
    process.stdout.write(`making ${MEMBERS} members with ${EARNS_EACH} purchases each ...\n`);
    await grow(client, workspace);
    await compare(embedded.url, workspace.id);
    const trials = trialsOf(workspace);
    const seconds = new Map(trials.map(({ name }) => [name, { simulation: [] as number[], tiers: [] as number[], moves: [] as number[] }]));
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const trial of trials) {
        const measured = seconds.get(trial.name);
        const counts = new Set<string>();
        const found = ({ seconds: taken, tiers }: Counted): number => {
          counts.add(JSON.stringify(Object.entries(tiers).sort()));
          return taken;
        };
        const ways = [
          async () => measured?.simulation.push(found(await simulate((product as Product).port, workspace, trial))),
          async () => measured?.tiers.push(found(await count(client, trial.tiers, [workspace.id]))),
          async () => measured?.moves.push(found(await count(client, trial.moves, [workspace.id, trial.structureId]))),
        ];
        for (const way of round % 2 === 0 ? ways : ways.reverse()) await way();
        if (counts.size !== 1) throw new Error(`${trial.name}: members per tier differ: ${[...counts].join(' or ')}`);
      }
    }
    process.stdout.write(`\n${MEMBERS} members, ${MEMBERS * EARNS_EACH} entries; seconds, medians of ${ROUNDS} rounds:\n`);
    for (const [name, { simulation, tiers, moves }] of seconds) {
      const ours = median(simulation);
      const beside = (label: string, plain: number) => `  ${label} ${plain.toFixed(2).padStart(6)} (ratio ${(ours / plain).toFixed(2)})`;
      process.stdout.write(`  ${name.padEnd(38)} ${ours.toFixed(2).padStart(7)}${beside('plain SQL, moves', median(moves))}${beside('tiers alone', median(tiers))}\n`);
    }
    process.stdout.write(`Peak memory of the server: ${await peakMemoryOf(product)} (${GOAL})\n`);
  } finally {
    await client.end();
    await product?.stop();
    await embedded.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The first day of which points count in a window over the last 6 months: whole days, as the engine counts them. */
const TRAILING_SINCE = `(SELECT min(day) AT TIME ZONE 'UTC' FROM generate_series((now() AT TIME ZONE 'UTC')::date - interval '7 months', now() AT TIME ZONE 'UTC', interval '1 day') AS days(day)
  WHERE day + interval '6 months' > (now() AT TIME ZONE 'UTC')::date)`;

function trialsOf({ structures: { earned, balance } }: Workspace): Trial[] {
  const tiersOf = ({ tiers }: Structure) => tiers.map(({ id, name }) => ({ id, name, minPoints: TRIED[name as keyof typeof TRIED] }));
  const sqlOf = ({ id }: Structure, measure: string, from: string) => {
    const tier = Object.entries(TRIED).reduce((others, [name, minimum]) => `WHEN ${measure} >= ${minimum} THEN '${name}' ${others}`, '');
    const members = `SELECT customer_id, CASE ${tier} END AS tier FROM ${from}`;
    return {
      tiers: `SELECT tier, count(*) FROM (${members}) each GROUP BY tier`,
      moves: `SELECT m.tier_id, each.tier, count(*) FROM memberships m LEFT JOIN (${members}) each ON each.customer_id = m.customer_id
        WHERE m.workspace_id = $1 AND m.structure_id = $2 GROUP BY m.tier_id, each.tier`,
      structureId: plain('TierStructure', id),
    };
  };
  const sumSince = (since: string) =>
    sqlOf(earned, 'sum(points)', `ledger_entries WHERE workspace_id = $1 AND type IN ('EARN', 'ACTIVATION') AND NOT pending AND occurred_at >= ${since} GROUP BY customer_id`);
  const thisYear = sumSince(`date_trunc('year', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'`);
  return [
    { name: 'earned in the year: other thresholds', draft: { tierStructureId: earned.id, tiers: tiersOf(earned) }, ...thisYear },
    {
      name: 'earned in the last 6 months instead',
      draft: { tierStructureId: earned.id, tiers: tiersOf(earned), pointEarned: { period: { value: 6, unit: 'MONTH' }, window: 'TRAILING' } },
      ...sumSince(TRAILING_SINCE),
    },
    { name: 'balance: other thresholds', draft: { tierStructureId: balance.id, tiers: tiersOf(balance) }, ...sqlOf(balance, 'balance', 'cards WHERE workspace_id = $1') },
  ];
}

/** How long it took to find how many members each tier would have. */
interface Counted {
  readonly seconds: number;
  /** By name, without those that nobody would have. */
  readonly tiers: Readonly<Record<string, number>>;
}

async function simulate(port: number, { key }: Workspace, { draft }: Trial): Promise<Counted> {
  const query = `subscription($input: TierStructureSimulateInput!) { tierStructureSimulate(input: $input) {
    progress { membersDone membersTotal } simulation { members membersMoved tiers { tier { name } membersAfter } flows { members samples { id } } }
    userErrors { code message } } }`;
  const startedAt = performance.now();
  const response = await fetch(`http://127.0.0.1:${port}/v3/graphql/stream`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query, variables: { input: { draft } } }),
  });
  const text = await response.text();
  const seconds = (performance.now() - startedAt) / 1000;
  if (!text.includes(`"members":${MEMBERS},`)) throw new Error(`A simulation failed: ${text}`);
  const last = text.split('\n').findLast((line) => line.startsWith('data: {'))?.slice('data: '.length) ?? '';
  const { data } = JSON.parse(last) as { data: { tierStructureSimulate: { simulation: { tiers: { tier: { name: string } | null; membersAfter: number }[] } } } };
  const { tiers } = data.tierStructureSimulate.simulation;
  return { seconds, tiers: byTier(tiers.map(({ tier, membersAfter }) => [tier?.name ?? 'none', membersAfter])) };
}

async function count(client: pg.Client, sql: string, values: readonly string[]): Promise<Counted> {
  const startedAt = performance.now();
  const { rows } = await client.query<{ tier: string | null; count: string }>(sql, [...values]);
  const seconds = (performance.now() - startedAt) / 1000;
  const counts = rows.map(({ tier, count: members }) => [tier ?? LOWEST, Number(members)] as const);
  // Who has earned nothing in the window has no entries to be found by.
  const others = MEMBERS - counts.reduce((sum, [, members]) => sum + members, 0);
  return { seconds, tiers: byTier([...counts, [LOWEST, others]]) };
}

function byTier(counts: readonly (readonly [name: string, members: number])[]): Record<string, number> {
  const tiers: Record<string, number> = {};
  for (const [name, members] of counts) if (members > 0) tiers[name] = (tiers[name] ?? 0) + members;
  return tiers;
}

async function prepare(port: number, client: pg.Client): Promise<Workspace> {
  const created = await send(port, DEMO_KEY, 'workspaceCreate', { name: 'Simulation', timeZone: 'UTC', mode: 'LIVE' }, 'secret workspace { id }');
  const key = created['secret'] as string;
  const card = await send(port, key, 'cardDefinitionCreate', { name: 'Points' }, 'cardDefinition { id }');
  const { id: cardDefinitionId } = card['cardDefinition'] as { id: string };
  await send(port, key, 'cardDefinitionActivate', { id: cardDefinitionId }, 'cardDefinition { id }');
  const version = { rates: [{ currency: 'USD', value: '1', every: '1.00' }], effectiveAt: '2000-01-01T00:00:00Z' };
  await send(port, key, 'earnRuleCreate', { name: 'Base', cardDefinitionId, version }, 'earnRule { id }');
  const structure = async (name: string, rules: object): Promise<Structure> => {
    const tiers = Object.entries(TIERS).map(([tier, minPoints]) => ({ name: tier, minPoints }));
    const input = { name, cardDefinitionId, downgrade: { multiLevel: {} }, tiers, ...rules };
    const made = (await send(port, key, 'tierStructureCreate', input, 'tierStructure { id tiers { id name } }'))['tierStructure'] as Structure;
    await send(port, key, 'tierStructureActivate', { id: made.id, effectiveAt: '2000-01-01T00:00:00Z' }, 'tierStructure { id }');
    return made;
  };
  const structures = {
    earned: await structure('Climbing', { type: 'POINT_EARNED', pointEarned: { period: { value: 1, unit: 'YEAR' } } }),
    balance: await structure('Holding', { type: 'POINT_BALANCE' }),
  };
  const id = plain('Workspace', (created['workspace'] as { id: string }).id);
  const { rows } = await client.query<{ id: string }>('SELECT id FROM earn_rule_versions WHERE workspace_id = $1', [id]);
  return { id, key, cardDefinitionId: plain('CardDefinition', cardDefinitionId), earnRuleVersionId: rows[0]?.id ?? '', structures };
}

function plain(kind: Parameters<typeof fromPublicId>[0], id: string): string {
  return fromPublicId(kind, id) ?? '';
}

/** An id of version 7 for a row of a series, so that generated rows lie in their indexes as real ones do. */
const idOf = (series: number, number: string) =>
  `(lpad(to_hex(1700000000000 + ${number}), 12, '0') || '7${series.toString(16).padStart(3, '0')}8000' || lpad(to_hex(${number}), 12, '0'))::uuid`;

/**
 * Members, their purchases of the last 400 days, and what those have come to. Purchases lie in the ledger as they come in:
 * those of one member far from each other. Hashes are as long as real ones and say nothing: a simulation does not look at them.
 */
async function grow(client: pg.Client, { id, cardDefinitionId, earnRuleVersionId, structures }: Workspace): Promise<void> {
  // The rows are consistent by construction; checking each reference of millions would take most of the time.
  await client.query('SET session_replication_role = replica');
  await client.query("SET TIME ZONE 'UTC'");
  // Earn e is number e / members of member e % members. Chance that is the same each time it is asked.
  const chance = (of: string, salt: number) => `(hashint8extended(${of}, ${salt}) & 2147483647)`;
  const member = `(e.n % ${MEMBERS})`;
  const points = `(1 + ${chance('e.n', 1)} % 300)`;
  const startedAt = new Date().toISOString();
  const occurredAt = `(date_trunc('second', '${startedAt}'::timestamptz) - interval '1 day' - ${chance('e.n', 2)} % 34560000 * interval '1 second')`;
  const [owner, card] = [idOf(1, member), idOf(2, member)];
  await client.query(
    `CREATE TEMP TABLE earned AS
     SELECT ${member} AS n, sum(${points})::bigint AS points, min(${occurredAt}) AS first_at,
       coalesce(sum(${points}) FILTER (WHERE ${occurredAt} >= date_trunc('year', now())), 0)::bigint AS this_year
     FROM generate_series(0, ${MEMBERS * EARNS_EACH - 1}) AS e(n) GROUP BY 1`,
  );
  await client.query(
    `INSERT INTO customers (workspace_id, id, external_id, metadata, joined_at, settled_at, sequence, next_due_at, version, created_at)
     SELECT $1, ${idOf(1, 'n')}, 'bench-' || n, '{}', date_trunc('year', now()) - interval '3 years', now(), ${EARNS_EACH},
       CASE WHEN this_year = 0 THEN 'infinity' ELSE date_trunc('year', now()) + interval '1 year' END, 1, now()
     FROM earned ORDER BY n`,
    [id],
  );
  await client.query(
    `INSERT INTO cards (workspace_id, id, customer_id, card_definition_id, balance, sequence, head)
     SELECT $1, ${idOf(2, 'n')}, ${idOf(1, 'n')}, $2, points, ${EARNS_EACH}, sha256(n::text::bytea) FROM earned ORDER BY n`,
    [id, cardDefinitionId],
  );
  await client.query(
    `INSERT INTO lots (workspace_id, card_id, expires_at, points, earned_at) SELECT $1, ${idOf(2, 'n')}, 'infinity', points, first_at FROM earned ORDER BY n`,
    [id],
  );
  for (const [measure, { id: structureId, tiers }] of [['this_year', structures.earned], ['points', structures.balance]] as const) {
    const held = tiers.map((tier) => `WHEN ${measure} >= ${TIERS[tier.name as keyof typeof TIERS]} THEN '${plain('Tier', tier.id)}'`).reverse().join(' ');
    const window = measure === 'points' ? 'NULL, NULL, points' : `date_trunc('year', now()), this_year, NULL`;
    await client.query(
      `INSERT INTO memberships (workspace_id, customer_id, structure_id, tier_id, since, anchored_at, terms, expires_at, window_starts_at, window_earned, balance)
       SELECT $1, ${idOf(1, 'n')}, $2, (CASE ${held} END)::uuid, now(), now(), 1, 'infinity', ${window} FROM earned ORDER BY n`,
      [id, plain('TierStructure', structureId)],
    );
  }
  for (let from = 0; from < MEMBERS * EARNS_EACH; from += EARNS_AT_ONCE) {
    const series = `generate_series(${from}, ${Math.min(from + EARNS_AT_ONCE, MEMBERS * EARNS_EACH) - 1}) AS e(n)`;
    await client.query(
      `INSERT INTO transactions (workspace_id, id, customer_id, source, reference, amount, currency, lines, awards, sequence, occurred_at, recorded_at)
       SELECT $1, ${idOf(3, 'e.n')}, ${owner}, 'history', 'h-' || e.n, ${points}, 'USD', '[]',
         jsonb_build_array(jsonb_build_object('earnRuleVersionId', $2::text, 'cardDefinitionId', $3::text, 'points', ${points}::text, 'multiplier', '1', 'expiresAt', NULL)),
         e.n / ${MEMBERS} + 1, ${occurredAt}, now() FROM ${series}`,
      [id, earnRuleVersionId, cardDefinitionId],
    );
    await client.query(
      `INSERT INTO ledger_entries (workspace_id, id, customer_id, card_id, type, sequence, points, balance_after, transaction_id, earn_rule_version_id,
         expires_at, occurred_at, recorded_at, hash)
       SELECT $1, ${idOf(4, 'e.n')}, ${owner}, ${card}, 'EARN', e.n / ${MEMBERS} + 1, ${points}, ${points}, ${idOf(3, 'e.n')}, $2, 'infinity', ${occurredAt}, now(),
         sha256(e.n::text::bytea)
       FROM ${series}`,
      [id, earnRuleVersionId],
    );
  }
  await client.query('VACUUM ANALYZE');
}

/** Fails if stored members are not what their histories make of them. */
async function compare(url: string, workspaceId: string): Promise<void> {
  const database = createDatabase(url);
  const { db, pool } = database.workspace(workspaceId);
  const { rows } = await pool.query<{ id: string }>({ text: 'SELECT id FROM customers WHERE workspace_id = $1 ORDER BY md5(id::text) LIMIT $2', values: [workspaceId, COMPARED] });
  const read = await new MemberRepository(pool, workspaceId).readWithHistory(rows.map(({ id }) => id));
  const program = await new ProgramCache().get(db, workspaceId, read.configurationVersion);
  const shown = ({ cards, memberships, windows, nextDueAt }: ReturnType<ReturnType<typeof replay>['finish']>) =>
    JSON.stringify(
      [[...cards.values()].map(({ balance, lots }) => [balance, lots]), [...memberships.values()].map(({ structureId, tierId }) => [structureId, tierId]).sort(), windows.size === 0 ? 0n : [...windows.values()].map(({ earned }) => earned), nextDueAt],
      (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value),
    );
  for (const [id, state] of read.states(program)) {
    const derived = replay(state, (read.histories.get(id) ?? NO_HISTORY).facts, program, state.settledAt).finish();
    if (shown(derived) !== shown(state)) throw new Error(`Made wrongly: stored ${shown(state)}, derived ${shown(derived)}`);
  }
  await database.close();
}

/**
 * Every carrier of an idempotency key, at every moment at which a request can come, with every relation that it can
 * have to the one before: what is answered, how it is marked, and exactly what it left behind.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fromPublicId } from '../../src/platform/ids.ts';
import type { ApiClient } from '../support/client.ts';
import { eventually } from '../support/process.ts';
import { buildCustomer, buildProgram } from '../support/program.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';

const CARRIERS = ['input', 'directive', 'header', 'REST header', 'REST body'] as const;
const MOMENTS = ['first', 'replay of a success', 'replay of a refusal', 'after a rollback', 'in flight', 'after expiry'] as const;
const RELATIONS = ['same', 'reordered', '1 and 1.0', 'other arguments', 'other selection', 'other operation', 'other workspace'] as const;

type Carrier = (typeof CARRIERS)[number];
type Moment = (typeof MOMENTS)[number];
type Relation = (typeof RELATIONS)[number];

interface Cell {
  readonly carrier: Carrier;
  readonly moment: Moment;
  readonly relation: Relation;
  /** Whom the request is about: nobody else's cell has this customer, in either workspace. */
  readonly customer: string;
  readonly key: string;
}

const CELLS: readonly Cell[] = CARRIERS.flatMap((carrier) =>
  MOMENTS.flatMap((moment) =>
    RELATIONS.map((relation) => {
      const name = `${carrier}, ${moment}, ${relation}`;
      return { carrier, moment, relation, customer: `customer of ${name}`, key: `key of ${name}` };
    }),
  ),
);
const cellsOf = (moment: Moment) => CELLS.filter((cell) => cell.moment === moment);

/** What a call comes to, on either API. */
type Outcome =
  | { readonly recorded: string }
  /** Codes of refusals, which are data on GraphQL and a problem on REST. */
  | { readonly refused: readonly string[] }
  /** The code of an error that is none of the mutation's own. */
  | { readonly failed: string };

interface Answer {
  readonly status: number;
  readonly outcome: Outcome;
  /** The header, the extensions, and when to come again. */
  readonly replayed: string | null;
  readonly extensions: unknown;
  readonly retryAfter: string | null;
}

/** What calls have left behind for one customer and one key. */
interface Left {
  readonly purchases: number;
  readonly adjustments: number;
  readonly entries: number;
  readonly events: number;
  readonly keys: number;
}

const NOTHING: Left = { purchases: 0, adjustments: 0, entries: 0, events: 0, keys: 0 };
/** Events: the purchase, and its points. */
const PURCHASE: Left = { ...NOTHING, purchases: 1, entries: 1, events: 2 };
/** Events: the adjustment, and its points. */
const ADJUSTMENT: Left = { ...NOTHING, adjustments: 1, entries: 1, events: 2 };
const KEY: Left = { ...NOTHING, keys: 1 };

const sum = (...parts: readonly Left[]): Left =>
  parts.reduce((all, part) => Object.fromEntries(Object.entries(all).map(([name, count]) => [name, count + part[name as keyof Left]])) as never, NOTHING);
/** What the request of a cell does when it is carried out. */
const effectOf = ({ relation }: Cell): Left => (relation === 'other operation' ? ADJUSTMENT : PURCHASE);

let server: TestServer;
let mine: Shop;
let theirs: Shop;

interface Shop {
  readonly api: ApiClient;
  readonly id: string;
}

beforeAll(async () => {
  server = await startTestServer();
  [mine, theirs] = [await openShop(), await openShop()];
  // Whatever is recorded at such a place fails when it is committed, as long as it is listed.
  await server.database.pool.query(`
    CREATE TABLE failing (location text PRIMARY KEY);
    GRANT SELECT ON failing TO PUBLIC;
    CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF EXISTS (SELECT FROM failing WHERE location = NEW.location) THEN RAISE EXCEPTION 'no' USING ERRCODE = 'check_violation'; END IF;
      RETURN NULL;
    END $$;
    CREATE CONSTRAINT TRIGGER fail AFTER INSERT ON transactions DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fail()`);
  const known = (cell: Cell) => (cell.moment === 'replay of a refusal' ? [theirs] : [mine, theirs]);
  await Promise.all(CELLS.flatMap((cell) => known(cell).map(({ api }) => buildCustomer(api, cell.customer))));
}, 60_000);
afterAll(() => server.stop());

async function openShop(): Promise<Shop> {
  const api = await server.workspace({ clock: '2026-03-01T00:00:00Z' });
  await buildProgram(api, { structure: null, effectiveAt: '2020-01-01T00:00:00Z' });
  const { workspace } = await api.run('{ workspace { id } }');
  return { api, id: fromPublicId('Workspace', workspace.id) ?? '' };
}

/** The call that the others relate to: in the first workspace, as plainly as it can be said. */
const base = (cell: Cell, key = cell.key) => send(mine, { ...cell, relation: 'same', key });
/** The call of the cell, by its relation to that one. */
const probe = (cell: Cell) => send(shopOf(cell), cell);
const shopOf = ({ relation }: Cell): Shop => (relation === 'other workspace' ? theirs : mine);

/** Fields in GraphQL's names; REST says the same in snake_case. */
function bodyOf({ relation, customer }: Cell): Record<string, unknown> {
  if (relation === 'other operation') return { customer: { externalId: customer }, points: 1, reason: 'A gift' };
  const amount = relation === '1 and 1.0' ? '1.0' : relation === 'other arguments' ? '2' : '1';
  const body = { customer: { externalId: customer }, amount, currency: 'USD', location: customer, lines: [{ sku: 'tea', amount }] };
  return relation === 'reordered' ? reversed(body) : body;
}

function reversed<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, part]) => [name, Array.isArray(part) ? part.map(reversed) : typeof part === 'object' && part !== null ? reversed(part) : part]),
  ) as T;
}

function send(shop: Shop, cell: Cell): Promise<Answer> {
  return cell.carrier.startsWith('REST') ? sendRest(shop, cell) : sendGraphql(shop, cell);
}

const ERRORS = 'userErrors { code field message }';

async function sendGraphql({ api }: Shop, cell: Cell): Promise<Answer> {
  const { carrier, relation, key } = cell;
  const isAdjustment = relation === 'other operation';
  const field = isAdjustment ? 'pointsAdjust(input: $input)' : `${relation === 'other selection' ? 'bought: ' : ''}earn(input: $input)`;
  const selections: Partial<Record<Relation, string>> = {
    'other operation': `adjustment { id } ledgerEntries { points }`,
    'other selection': 'duplicate awards { points } transaction { lines { sku amount } id currency }',
  };
  const directive = carrier === 'directive' ? '@idempotent(key: $key)' : '';
  const variables = `($input: ${isAdjustment ? 'PointsAdjustInput' : 'EarnInput'}!${carrier === 'directive' ? ', $key: String!' : ''})`;
  const document = `mutation${variables} { ${field} ${directive} { ${selections[relation] ?? 'transaction { id } customer { points }'} ${ERRORS} } }`;
  const input = carrier === 'input' ? { ...bodyOf(cell), idempotencyKey: key } : bodyOf(cell);
  const headers: Record<string, string> = carrier === 'header' ? { 'idempotency-key': JSON.stringify(key) } : {};
  const { status, data, errors, extensions, headers: answered } = await api.send(document, { input, ...(carrier === 'directive' ? { key } : {}) }, headers);
  const [payload] = Object.values((data ?? {}) as Record<string, never>) as { transaction?: { id: string }; adjustment?: { id: string }; userErrors: { code: string }[] }[];
  const outcome = (): Outcome => {
    if (payload === undefined || errors.length > 0) return { failed: errors.map(({ extensions: { code } }) => code).join() };
    if (payload.userErrors.length > 0) return { refused: payload.userErrors.map(({ code }) => code) };
    return { recorded: (payload.transaction ?? payload.adjustment)!.id };
  };
  return {
    status,
    outcome: outcome(),
    replayed: answered.get('idempotent-replayed'),
    extensions: extensions['idempotency'] ?? null,
    retryAfter: answered.get('retry-after'),
  };
}

/** Codes that are refusals of a mutation; on REST they look like any other problem. */
const REFUSALS = ['CUSTOMER_NOT_FOUND', 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH'];

async function sendRest({ api }: Shop, cell: Cell): Promise<Answer> {
  const { carrier, relation, key } = cell;
  const isAdjustment = relation === 'other operation';
  const body = snakeCase(carrier === 'REST body' ? { ...bodyOf(cell), idempotencyKey: key } : bodyOf(cell)) as Record<string, unknown>;
  const response = await fetch(`${server.url}/v3/${isAdjustment ? 'adjustments' : 'transactions'}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${api.key}`,
      // REST selects nothing; the nearest to it is another way of saying what comes back.
      ...(relation === 'other selection' ? { accept: 'application/json;q=0.9, application/problem+json' } : {}),
      ...(carrier === 'REST header' ? { 'idempotency-key': JSON.stringify(key) } : {}),
    },
    // A number as it is written: 1 and 1.0 are the same to JavaScript already.
    body: JSON.stringify(body).replaceAll(/"amount":"([\d.]+)"/g, '"amount":$1'),
  });
  const answer = (await response.json()) as { code?: string; errors?: { code: string }[]; transaction?: { id: string }; adjustment?: { id: string } };
  const outcome = (): Outcome => {
    if (response.status < 300) return { recorded: (answer.transaction ?? answer.adjustment)!.id };
    const code = answer.code ?? 'no code';
    return REFUSALS.includes(code) ? { refused: (answer.errors ?? []).map((error) => error.code) } : { failed: code };
  };
  return {
    status: response.status,
    outcome: outcome(),
    replayed: response.headers.get('idempotent-replayed'),
    extensions: null,
    retryAfter: response.headers.get('retry-after'),
  };
}

function snakeCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(snakeCase);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), snakeCase(part)]));
}

async function left({ id }: Shop, { customer, key }: Cell): Promise<Left> {
  const { rows } = await server.database.pool.query<Left>(
    `WITH customer AS (SELECT id FROM customers WHERE workspace_id = $1 AND external_id = $2)
     SELECT (SELECT count(*) FROM transactions t, customer c WHERE t.workspace_id = $1 AND t.customer_id = c.id)::int AS purchases,
       (SELECT count(*) FROM operations o, customer c WHERE o.workspace_id = $1 AND o.customer_id = c.id)::int AS adjustments,
       (SELECT count(*) FROM ledger_entries e, customer c WHERE e.workspace_id = $1 AND e.customer_id = c.id)::int AS entries,
       (SELECT count(*) FROM events e, customer c WHERE e.workspace_id = $1 AND e.customer_id = c.id AND type NOT LIKE 'customer.%' AND type <> 'card.created')::int AS events,
       (SELECT count(*) FROM idempotency_keys WHERE workspace_id = $1 AND key = $3)::int AS keys`,
    [id, customer, key],
  );
  return rows[0]!;
}

/** What both workspaces have, the first one first. */
const leftInBoth = async (cell: Cell) => [await left(mine, cell), await left(theirs, cell)];
/** The first workspace has the one, and the workspace of the cell's call has the other as well. */
const expected = (cell: Cell, ofMine: Left, ofProbe: Left) =>
  cell.relation === 'other workspace' ? [ofMine, ofProbe] : [sum(ofMine, ofProbe), NOTHING];

const isRest = ({ carrier }: Cell) => carrier.startsWith('REST');
const UNMARKED = { replayed: null, extensions: null, retryAfter: null };

function carriedOut(answer: Answer): string {
  expect(answer).toEqual({ status: 200, outcome: { recorded: expect.stringMatching(/^(txn|adj)_\w{26}$/) }, ...UNMARKED });
  return (answer.outcome as { recorded: string }).recorded;
}

function repeated(cell: Cell, id: string): Answer {
  const field = cell.relation === 'other selection' ? 'bought' : cell.relation === 'other operation' ? 'pointsAdjust' : 'earn';
  const extensions = isRest(cell) ? null : { [field]: { replayed: true } };
  return { status: 200, outcome: { recorded: id }, replayed: 'true', extensions, retryAfter: null };
}

const refusal = (cell: Cell, code: string, restStatus: number): Answer => ({ status: isRest(cell) ? restStatus : 200, outcome: { refused: [code] }, ...UNMARKED });
const failure = (code: string, status: number): Answer => ({ status, outcome: { failed: code }, ...UNMARKED });

test('there are 210 cells', () => {
  expect(new Set(CELLS.map(({ key }) => key)).size).toBe(210);
  expect(CARRIERS.length * MOMENTS.length * RELATIONS.length).toBe(210);
});

const table = (moment: Moment) => cellsOf(moment).map((cell) => [cell.carrier, cell.relation, cell] as const);

describe('first: a key that is new is carried out, whatever came before under another', () => {
  test.each(table('first'))('%s, %s', async (_, __, cell) => {
    carriedOut(await base(cell, `another ${cell.key}`));
    carriedOut(await probe(cell));
    expect(await leftInBoth(cell)).toEqual(expected(cell, PURCHASE, sum(effectOf(cell), KEY)));
  });
});

describe('replay of a success: the same call answers for the first, another one is refused', () => {
  test.each(table('replay of a success'))('%s, %s', async (_, __, cell) => {
    const first = carriedOut(await base(cell));
    const answer = await probe(cell);
    if (cell.relation === 'other workspace') {
      expect(carriedOut(answer)).not.toBe(first);
      expect(await leftInBoth(cell)).toEqual([sum(PURCHASE, KEY), sum(PURCHASE, KEY)]);
      return;
    }
    const isOther = cell.relation === 'other arguments' || cell.relation === 'other operation';
    expect(answer).toEqual(isOther ? refusal(cell, 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH', 422) : repeated(cell, first));
    expect(await leftInBoth(cell)).toEqual([sum(PURCHASE, KEY), NOTHING]);
  });
});

describe('replay of a refusal: no key is kept, so the call is decided anew', () => {
  test.each(table('replay of a refusal'))('%s, %s', async (_, __, cell) => {
    const refused = refusal(cell, 'CUSTOMER_NOT_FOUND', 404);
    expect(await base(cell)).toEqual(refused);
    expect(await leftInBoth(cell)).toEqual([NOTHING, NOTHING]);
    if (cell.relation === 'other workspace') {
      // There the customer was known all the time.
      const done = carriedOut(await probe(cell));
      expect(await probe(cell)).toEqual(repeated(cell, done));
      expect(await leftInBoth(cell)).toEqual([NOTHING, sum(PURCHASE, KEY)]);
      return;
    }
    expect(await probe(cell)).toEqual(refused);
    expect(await leftInBoth(cell)).toEqual([NOTHING, NOTHING]);
    await buildCustomer(mine.api, cell.customer);
    const done = carriedOut(await probe(cell));
    expect(await probe(cell)).toEqual(repeated(cell, done));
    expect(await leftInBoth(cell)).toEqual([sum(effectOf(cell), KEY), NOTHING]);
  });
});

describe('after a rollback: no key is left, so the call is carried out', () => {
  test.each(table('after a rollback'))('%s, %s', async (_, __, cell) => {
    await server.database.pool.query('INSERT INTO failing VALUES ($1)', [cell.customer]);
    expect(await base(cell)).toEqual(failure('INTERNAL_SERVER_ERROR', isRest(cell) ? 500 : 200));
    expect(await leftInBoth(cell)).toEqual([NOTHING, NOTHING]);
    await server.database.pool.query('DELETE FROM failing WHERE location = $1', [cell.customer]);
    const done = carriedOut(await probe(cell));
    expect(await probe(cell)).toEqual(repeated(cell, done));
    expect(await leftInBoth(cell)).toEqual(expected(cell, NOTHING, sum(effectOf(cell), KEY)));
  });
});

describe('in flight: the call waits for the first, but not for ever', () => {
  const cells = cellsOf('in flight');
  const answers = new Map<Cell, Answer>();
  const found = new Map<Cell, readonly Left[]>();

  /** Another process is at all these keys and has not committed; one wait is enough for all. */
  beforeAll(async () => {
    const holder = await server.database.pool.connect();
    try {
      await holder.query('BEGIN');
      await holder.query(
        `INSERT INTO idempotency_keys (workspace_id, key, fingerprint, result, created_at) SELECT $1, key, decode('00', 'hex'), '{}', now() FROM unnest($2::text[]) key`,
        [mine.id, cells.map(({ key }) => key)],
      );
      await Promise.all(cells.map(async (cell) => answers.set(cell, await probe(cell))));
      for (const cell of cells) found.set(cell, await leftInBoth(cell));
    } finally {
      await holder.query('ROLLBACK');
      holder.release();
    }
  }, 60_000);

  test.each(table('in flight'))('%s, %s', async (_, __, cell) => {
    const answer = answers.get(cell)!;
    if (cell.relation === 'other workspace') {
      // Nobody holds that workspace's key.
      carriedOut(answer);
      expect(found.get(cell)).toEqual([NOTHING, sum(PURCHASE, KEY)]);
      return;
    }
    expect(answer).toEqual({ ...failure('IDEMPOTENCY_CONCURRENT_REQUEST', 409), retryAfter: '1' });
    expect(found.get(cell)).toEqual([NOTHING, NOTHING]);
    await raceBase(cell);
  });

  /** The first is held up in the middle; the second waits for it, and then sees what it did. */
  async function raceBase(cell: Cell): Promise<void> {
    const holder = await server.database.pool.connect();
    let calls: Promise<Answer>[];
    try {
      await holder.query('BEGIN');
      await holder.query('SELECT 1 FROM customers WHERE workspace_id = $1 AND external_id = $2 FOR UPDATE', [mine.id, cell.customer]);
      calls = [base(cell)];
      await eventually(waitingStatements, (count) => count === 1);
      calls.push(probe(cell));
    } finally {
      await holder.query('ROLLBACK');
      holder.release();
    }
    const [first, second] = (await Promise.all(calls)) as [Answer, Answer];
    const id = carriedOut(first);
    const isOther = cell.relation === 'other arguments' || cell.relation === 'other operation';
    expect(second).toEqual(isOther ? refusal(cell, 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH', 422) : repeated(cell, id));
    expect(await leftInBoth(cell)).toEqual([sum(PURCHASE, KEY), NOTHING]);
  }

  async function waitingStatements(): Promise<number> {
    const { rows } = await server.database.pool.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return rows[0]!.count;
  }
});

describe('after expiry: a key is honoured for 7 days of the workspace’s clock, to the millisecond', () => {
  const first = new Map<Cell, string>();

  beforeAll(async () => {
    const cells = cellsOf('after expiry');
    await Promise.all(cells.map(async (cell) => first.set(cell, carriedOut(await base(cell)))));
    for (const { api } of [mine, theirs]) await api.succeed('workspaceClockAdvance', { to: '2026-03-07T23:59:59.999Z' }, 'workspace { id }');
    // One millisecond before, each is still a repetition.
    await Promise.all(cells.map(async (cell) => expect(await base(cell)).toEqual(repeated({ ...cell, relation: 'same' }, first.get(cell)!))));
    for (const { api } of [mine, theirs]) await api.succeed('workspaceClockAdvance', { to: '2026-03-08T00:00:00Z' }, 'workspace { id }');
  }, 60_000);

  test.each(table('after expiry'))('%s, %s', async (_, __, cell) => {
    const done = carriedOut(await probe(cell));
    expect(done).not.toBe(first.get(cell));
    // The key stands for the new call from now on.
    expect(await probe(cell)).toEqual(repeated(cell, done));
    const [ofMine, ofTheirs] = expected(cell, sum(PURCHASE, KEY), sum(effectOf(cell), KEY));
    expect(await leftInBoth(cell)).toEqual([{ ...ofMine, keys: 1 }, ofTheirs]);
  });
});

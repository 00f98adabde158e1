/** A thousand keys, each sent twenty times at once to three processes that have nothing in common but the database. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { fromPublicId } from '../../src/platform/ids.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { ApiClient } from '../support/client.ts';
import { start, stop, stopAll, type RunningProcess } from '../support/process.ts';
import { buildCustomer } from '../support/program.ts';
import { findDifferences } from '../support/recompute.ts';

const API_KEY = 'idempotency-processes-key-01';
const KEYS = Number(process.env['IDEMPOTENCY_KEYS'] ?? '1000');
const DUPLICATES = 20;
const PROCESSES = 3;
/** Keys that are under way at once, each with all of its duplicates. */
const KEYS_AT_ONCE = 8;
/** Keys meet on members, so that one batch has several of them. */
const MEMBERS = 50;
const TIMEOUT_MS = 300_000;

let home: TestDatabase;
let processes: RunningProcess[];

beforeAll(async () => {
  home = await createTestDatabase();
  const environment = {
    DATABASE_URL: home.url,
    BOOTSTRAP_API_KEY: API_KEY,
    LOG_LEVEL: 'warn',
    RATE_LIMIT_INITIAL: '100000000',
    RATE_LIMIT_CEILING_SANDBOX: '100000000',
  };
  // The first makes the demo workspace.
  const first = await start(environment);
  processes = [first, ...(await Promise.all(Array.from({ length: PROCESSES - 1 }, () => start(environment))))];
}, TIMEOUT_MS);

afterAll(async () => {
  await stopAll();
  await home.drop();
});

interface Answered {
  readonly body: string;
  readonly isReplay: boolean;
}

test(
  `${KEYS} keys, ${DUPLICATES} times each at once, over ${PROCESSES} processes: one effect and one event for each key, and one answer`,
  async () => {
    const apis = processes.map(({ url }) => new ApiClient(`${url}/v3/graphql`, API_KEY));
    const [api] = apis as [ApiClient];
    await Promise.all(Array.from({ length: MEMBERS }, (_, member) => buildCustomer(api, `member ${member}`)));
    const id = fromPublicId('Workspace', (await api.run('{ workspace { id } }')).workspace.id) ?? '';
    // What is asked for does not change when others earn meanwhile.
    const document = `mutation($input: EarnInput!, $key: String!) { earn(input: $input) @idempotent(key: $key) {
      transaction { id amount recordedAt awards { points } } awards { points } duplicate userErrors { code } } }`;
    const send = async (key: number, duplicate: number): Promise<Answered> => {
      const input = { customer: { externalId: `member ${key % MEMBERS}` }, amount: '10.00', currency: 'USD' };
      const answer = await apis[duplicate % PROCESSES]!.send(document, { input, key: `key ${key}` });
      return { body: JSON.stringify([answer.status, answer.data, answer.errors]), isReplay: answer.headers.get('idempotent-replayed') === 'true' };
    };

    const faults: unknown[] = [];
    const transactions = new Set<string>();
    let nextKey = 0;
    const work = async () => {
      while (nextKey < KEYS) {
        const key = (nextKey += 1);
        const answers = await Promise.all(Array.from({ length: DUPLICATES }, (_, duplicate) => send(key, key + duplicate)));
        const bodies = new Set(answers.map(({ body }) => body));
        const originals = answers.filter(({ isReplay }) => !isReplay).length;
        const [body = ''] = bodies;
        const [status, data, errors] = JSON.parse(body) as [number, { earn: { transaction: { id: string }; userErrors: unknown[] } } | null, unknown[]];
        const isFine = bodies.size === 1 && originals === 1 && status === 200 && errors.length === 0 && data?.earn.userErrors.length === 0;
        if (!isFine) faults.push({ key, bodies: [...bodies], originals });
        else transactions.add(data.earn.transaction.id);
      }
    };
    await Promise.all(Array.from({ length: KEYS_AT_ONCE }, work));

    expect(faults).toEqual([]);
    expect(transactions.size).toBe(KEYS);
    const { rows } = await home.database.pool.query(
      `SELECT (SELECT count(*) FROM transactions WHERE workspace_id = $1)::int AS transactions,
         (SELECT count(*) FROM ledger_entries WHERE workspace_id = $1 AND type = 'EARN')::int AS entries,
         (SELECT count(*) FROM events WHERE workspace_id = $1 AND type = 'transaction.created')::int AS events,
         (SELECT count(*) FROM events WHERE workspace_id = $1 AND type = 'points.earned')::int AS earned,
         (SELECT count(*) FROM idempotency_keys WHERE workspace_id = $1 AND key LIKE 'key %')::int AS keys`,
      [id],
    );
    expect(rows).toEqual([{ transactions: KEYS, entries: KEYS, events: KEYS, earned: KEYS, keys: KEYS }]);
    expect(await findDifferences(home.database, id)).toEqual([]);
    expect(await Promise.all(processes.map((each) => stop(each)))).toEqual([0, 0, 0]);
  },
  TIMEOUT_MS,
);

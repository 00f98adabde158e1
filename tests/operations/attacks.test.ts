/**
 * Documents and bodies that are made to cost the server much and the sender little. Each is answered with a refusal
 * that says which limit it met, or correctly; costs no more processor time than a stated number of honest queries; and
 * leaves the next honest query as it was. The server is a process of its own, so that its time is nobody else's.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TestDatabase } from '../support/database.ts';
import { createTestDatabase } from '../support/database.ts';
import type { RunningProcess } from '../support/process.ts';
import { start, stop, stopAll } from '../support/process.ts';
import { buildCustomer, earn } from '../support/program.ts';
import { aliases, cycles, depth, directives, duplicates, fanOuts, introspection } from './attacks/documents.ts';
import type { Attack } from './attacks/requests.ts';
import { batches, deepInputs, encodings, lists, literals } from './attacks/values.ts';

const CLASSES: Readonly<Record<string, readonly Attack[]>> = {
  aliases,
  duplicates,
  directives,
  depth,
  cycles,
  'fan-outs': fanOuts,
  lists,
  batches,
  introspection,
  literals,
  'deep inputs': deepInputs,
  encodings,
};

/** Processor time of an attack, at most, in honest queries that the server has not seen before either. */
const RATIO_MAX = 25;
/** An attack that costs no more than that at once is not measured again; any other is judged by the median. */
const RATIO_BEYOND_DOUBT = 8;
const ROUNDS = 5;
const KEY = 'attack-test-key-000001';
const TIMEOUT_MS = 120_000;

let home: TestDatabase;
let server: RunningProcess;
/** Seconds of processor time. */
let honestSeconds: number;
let salt = 0;

beforeAll(async () => {
  home = await createTestDatabase();
  server = await start({ DATABASE_URL: home.url, BOOTSTRAP_API_KEY: KEY, API_EXPLORER: 'false', LOG_LEVEL: 'silent' });
  await buildCustomer(server.api, 'grace');
  await earn(server.api, 'grace', '120.00', { reference: 'first' });
  // The first queries also pay for compiling the server itself.
  for (let round = 0; round < 60; round += 1) await honest();
  const costs: number[] = [];
  for (let round = 0; round < 9; round += 1) costs.push(await secondsOf(honest));
  honestSeconds = median(costs);
}, TIMEOUT_MS);
afterAll(async () => {
  await stop(server);
  await stopAll();
  await home.drop();
});

const HONEST = `{
  customer(by: { externalId: "grace" }) {
    points
    tier { name }
    tiers { tierStructure { name } measure since expiresAt opportunities { tier { name } missingPoints } }
    cards { balance lots { points expiresOn } }
    ledgerEntries(first: 5) { nodes { type points balanceAfter } }
    tierTransitions(first: 5) { nodes { type reason toTier { name } } }
  }
}`;

/** An honest query, new to the server, and its exact answer. */
async function honest(): Promise<void> {
  const { status, data, errors } = await server.api.send(`${HONEST} # ${(salt += 1)}`);
  expect([status, errors, data.customer.points, data.customer.tier]).toEqual([200, [], 120, { name: 'Silver' }]);
}

/** What the server's own clock of processor time says, all of its threads together. */
async function processorSeconds(): Promise<number> {
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  return Number(/^process_cpu_seconds_total (\S+)/m.exec(metrics)?.[1]);
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const before = await processorSeconds();
  await work();
  return (await processorSeconds()) - before;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

interface Answer {
  readonly status: number;
  readonly body: { readonly data?: unknown; readonly errors?: readonly { readonly extensions: Readonly<Record<string, unknown>> }[] };
  readonly requestId: string | null;
}

async function attackWith(attack: Attack): Promise<Answer> {
  const { headers, body } = attack.request((salt += 1));
  const response = await fetch(server.api.url, { method: 'POST', headers: { ...headers, authorization: `Bearer ${KEY}` }, body });
  return { status: response.status, body: (await response.json()) as Answer['body'], requestId: response.headers.get('x-request-id') };
}

test('there are at least 120 attacks in 12 classes, ten or more in each, none twice', () => {
  const all = Object.values(CLASSES).flat();
  expect(Object.keys(CLASSES)).toHaveLength(12);
  for (const attacks of Object.values(CLASSES)) expect(attacks.length).toBeGreaterThanOrEqual(10);
  expect(all.length).toBeGreaterThanOrEqual(120);
  const sent = all.map(({ request }) => Buffer.from(request(0).body ?? '').toString('base64'));
  expect(new Set(sent.map((body, index) => `${JSON.stringify(all[index]!.request(0).headers)} ${body}`)).size).toBe(all.length);
});

describe.each(Object.entries(CLASSES))('%s', (_, attacks) => {
  test.each(attacks.map((attack) => [attack.name, attack] as const))('%s', async (__, attack) => {
    const ratios: number[] = [];
    while (ratios.length < ROUNDS && !(ratios.length === 1 && ratios[0]! <= RATIO_BEYOND_DOUBT)) {
      let answer: Answer | undefined;
      const seconds = await secondsOf(async () => (answer = await attackWith(attack)));
      ratios.push(seconds / honestSeconds);
      const { status, body, requestId } = answer!;
      expect(status).toBeLessThan(500);
      const codes = new Set((body.errors ?? []).map(({ extensions }) => extensions['code'] as string));
      expect(attack.answer).toEqual(expect.arrayContaining(codes.size === 0 ? [null] : [...codes]));
      for (const { extensions } of body.errors ?? []) {
        expect(extensions).toMatchObject({ documentation: `/docs/errors/${String(extensions['code'])}`, requestId });
      }
      await honest();
    }
    if (process.env['ATTACK_COSTS'] !== undefined) process.stderr.write(`${median(ratios).toFixed(1).padStart(8)}  ${attack.name}\n`);
    expect(median(ratios)).toBeLessThan(RATIO_MAX);
  });
});

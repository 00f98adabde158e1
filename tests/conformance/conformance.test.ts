import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ApiClient } from '../support/client.ts';
import type { Program } from '../support/program.ts';
import { buildProgram } from '../support/program.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';
import { MEMBER, send, standingOf } from './calls.ts';
import type { Call, Expectation, Row, Standing, Step } from './rows.ts';
import { SPECIFIED, nameOf, readRows } from './rows.ts';

/** Lives through every row that the engine covers, through HTTP and GraphQL, under the test clock. */

const rows = readRows();

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

describe.each(Object.keys(SPECIFIED))('%s', (section) => {
  const own = rows.filter((row) => row.section === section);

  test('every row of the specification is here, with steps or with what it needs', () => {
    const listed = own.filter((row) => row.listed !== false);
    expect(new Set(listed.map(({ id }) => id))).toEqual(new Set(SPECIFIED[section]));
    expect(new Set(own.map(nameOf)).size).toBe(own.length);
    for (const { needs, steps } of own) expect(needs === undefined).toBe(steps !== undefined && steps.length > 0);
  });

  for (const row of own.filter(({ needs }) => needs === undefined)) {
    test(`${nameOf(row)}: ${row.title}`, () => live(row));
  }
});

async function live({ setup = {}, steps = [] }: Row): Promise<void> {
  const [first] = steps;
  if (first === undefined) throw new Error('A covered row has steps.');
  const { timeZone = 'UTC', backdatingDays = 36_500, clock = 'ADVANCED', ...plan } = setup;
  const jumped = clock === 'JUMPED';
  if (jumped) server.setNow(first.at);
  try {
    const mode = jumped ? ({ mode: 'LIVE' } as const) : ({ mode: 'SANDBOX', clock: first.at } as const);
    const client = await server.workspace({ timeZone, backdatingDays, ...mode });
    const program = await buildProgram(client, plan);
    let now = Date.parse(first.at);
    let expectations = 0;
    for (const step of steps) {
      const at = Date.parse(step.at);
      if (at < now) throw new Error(`The steps go back in time at ${step.at}.`);
      if (jumped) server.setNow(step.at);
      else if (at > now) await advance(client, step.at);
      now = at;
      expectations += await take(client, program, step, clock);
    }
    expect(expectations).toBeGreaterThan(0);
  } finally {
    if (jumped) server.setNow(null);
  }
}

async function advance(client: ApiClient, to: string): Promise<void> {
  const { dueEffectsRecorded } = await client.succeed('workspaceClockAdvance', { to }, 'dueEffectsRecorded');
  expect(dueEffectsRecorded).toBe(true);
}

/** @returns how many expectations the step had: one or none */
async function take(client: ApiClient, program: Program, step: Step, clock: 'ADVANCED' | 'JUMPED'): Promise<number> {
  const happened = await happen(client, program, step);
  if (step.expect === undefined) return 0;
  const standings = new Map<string, Standing>();
  for (const externalId of [MEMBER, ...Object.keys(step.expect.others ?? {})]) {
    const standing = await standingOf(client, externalId);
    if (standing === null) continue;
    standings.set(externalId, standing);
    expectIdentities(standing, clock === 'ADVANCED' ? 'RECORDED' : 'UNRECORDED', step.at);
  }
  const { [MEMBER]: member, ...others } = Object.fromEntries(standings);
  // The instant stands beside what is seen, so that a failure tells at which step it was.
  const seen = { at: step.at, ...happened, ...member, others };
  expect(seen).toMatchObject({ at: step.at, ...step.expect } satisfies Expectation & { at: string });
  return 1;
}

/** What the specification says always holds. Entries of what fell due may be missing only where no job has run. */
function expectIdentities({ points, pendingBalance, pending, lots, entries }: Standing, due: 'RECORDED' | 'UNRECORDED', at: string): void {
  const sumOf = (list: readonly Readonly<Record<string, unknown>>[]) => list.reduce((sum, { points: each }) => sum + BigInt(String(each)), 0n);
  const active = entries.filter(({ pending: isPending }) => isPending === false);
  const running = active.map((_, index) => sumOf(active.slice(0, index + 1)).toString());
  const identities = { at, lots: sumOf(lots), pending: sumOf(pending), sequence: entries.map(({ sequence }) => sequence) };
  expect(identities).toEqual({ at, lots: BigInt(points), pending: BigInt(pendingBalance), sequence: entries.map((_, index) => index + 1) });
  expect(active.map(({ balanceAfter }) => String(balanceAfter))).toEqual(running);
  if (due === 'RECORDED') expect({ at, entries: sumOf(active) }).toEqual({ at, entries: BigInt(points) });
}

/** Does what the step says and tells how it was answered. */
async function happen(client: ApiClient, program: Program, step: Step): Promise<Expectation> {
  if (step.together !== undefined) return together(client, program, step.together.callers, step.together.calls);
  const answer = await send(client, program, step);
  if (answer === null) return {};
  const { codes, award, duplicate, payload } = answer;
  if (codes.length === 0) return { answer: payload, award, duplicate };
  if (step.expect?.refused === undefined) throw new Error(`Refused at ${step.at}: ${JSON.stringify(payload['userErrors'])}`);
  return { answer: payload, refused: codes.join(' ') };
}

async function together(client: ApiClient, program: Program, callers: number, calls: readonly Call[]): Promise<Expectation> {
  const sent = Array.from({ length: callers }, (_, index) => send(client, program, calls[index % calls.length] ?? {}));
  const answers = (await Promise.all(sent)).flatMap((answer) => answer ?? []);
  const codes = answers.flatMap((answer) => answer.codes);
  return {
    award: answers.reduce((sum, { award }) => sum + award, 0),
    recorded: new Set(answers.flatMap(({ recordedId }) => recordedId ?? [])).size,
    duplicates: answers.filter(({ duplicate }) => duplicate).length,
    refusals: Object.fromEntries([...new Set(codes)].map((code) => [code, codes.filter((other) => other === code).length])),
  };
}

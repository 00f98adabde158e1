import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ApiClient } from '../support/client.ts';
import { buildCustomer, buildProgram, earn, standingOf } from '../support/program.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';
import type { Expectation, Row, Step } from './rows.ts';
import { SPECIFIED, nameOf, readRows } from './rows.ts';

/** Lives through every row that the engine covers, through HTTP and GraphQL, under the test clock. */

const rows = readRows();
const covered = rows.filter(({ needs }) => needs === undefined);
const MEMBER = 'member';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

describe.each(Object.keys(SPECIFIED))('%s', (section) => {
  test('every row of the specification is here, with steps or with what it needs', () => {
    const own = rows.filter((row) => row.section === section);
    expect(new Set(own.map(({ id }) => id))).toEqual(new Set(SPECIFIED[section]));
    expect(new Set(own.map(nameOf)).size).toBe(own.length);
    for (const { needs, steps } of own) expect(needs === undefined).toBe(steps !== undefined && steps.length > 0);
  });

  for (const row of covered.filter((each) => each.section === section)) {
    test(`${nameOf(row)}: ${row.title}`, () => live(row));
  }
});

async function live({ setup = {}, steps = [] }: Row): Promise<void> {
  const [first] = steps;
  if (first === undefined) throw new Error('A covered row has steps.');
  const { timeZone = 'UTC', ...plan } = setup;
  server.setNow(first.at);
  const client = await server.workspace({ timeZone });
  await buildProgram(client, plan);
  let expectations = 0;
  for (const step of steps) {
    server.setNow(step.at);
    const seen = { ...(await happen(client, step)), ...(await stateOf(client)) };
    if (step.expect === undefined) continue;
    expectations += 1;
    // The instant stands beside what is seen, so that a failure tells at which step it was.
    expect({ at: step.at, ...seen }).toMatchObject({ at: step.at, ...step.expect } satisfies Expectation & { at: string });
  }
  expect(expectations).toBeGreaterThan(0);
}

/** Does what the step says and tells how it was answered. */
async function happen(client: ApiClient, step: Step): Promise<Expectation> {
  if (step.join !== undefined) await buildCustomer(client, MEMBER, step.join);
  if (step.together !== undefined) {
    const { callers, earn: purchases } = step.together;
    const sent = Array.from({ length: callers }, (_, index) => send(client, purchases[index % purchases.length] ?? {}));
    const answers = await Promise.all(sent);
    const codes = answers.flatMap(({ userErrors }) => userErrors.map(({ code }) => code));
    return {
      recorded: new Set(answers.flatMap(({ transaction }) => transaction?.id ?? [])).size,
      duplicates: answers.filter(({ duplicate }) => duplicate).length,
      refusals: Object.fromEntries([...new Set(codes)].map((code) => [code, codes.filter((other) => other === code).length])),
    };
  }
  if (step.earn === undefined) return {};
  const { userErrors, awards, duplicate } = await send(client, step.earn);
  if (userErrors.length > 0) {
    if (step.expect?.refused === undefined) throw new Error(`Refused at ${step.at}: ${JSON.stringify(userErrors)}`);
    return { refused: userErrors.map(({ code }) => code).join(' ') };
  }
  return { award: awards.reduce((sum, { points }) => sum + points, 0), duplicate };
}

interface Answer {
  readonly transaction: { readonly id: string } | null;
  readonly awards: readonly { readonly points: number }[];
  readonly duplicate: boolean;
  readonly userErrors: readonly { readonly code: string }[];
}

function send(client: ApiClient, { amount, ...more }: Readonly<Record<string, unknown>>): Promise<Answer> {
  return earn(client, MEMBER, String(amount), more);
}

/** What the member has, in the words of the rows. */
async function stateOf(client: ApiClient): Promise<Expectation> {
  const { points, tier, tiers, cards, ledgerEntries, tierTransitions } = await standingOf(client, MEMBER);
  type Transition = { fromTier: { name: string } | null; toTier: { name: string } | null };
  return {
    points,
    tier: tier?.name ?? null,
    membership: tiers[0] ?? {},
    lots: cards[0]?.lots ?? [],
    entries: ledgerEntries.nodes.toReversed(),
    transitions: tierTransitions.nodes
      .toReversed()
      .map((transition: Transition) => ({ ...transition, from: transition.fromTier?.name ?? null, to: transition.toTier?.name ?? null })),
  };
}

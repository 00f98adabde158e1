import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RulePlan, StructurePlan } from '../support/program.ts';
import { buildCustomer, buildProgram, earn, standingOf } from '../support/program.ts';
import { startTestServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';

/**
 * The rows of the specification as data, driven through HTTP and GraphQL on a clock that the test moves. A row
 * whose feature does not exist yet says what it needs; it is listed as not covered, neither passed nor skipped.
 */

const SECTIONS = ['time', 'points', 'earning', 'refunds', 'tiers', 'concurrency'] as const;
const PROGRAM_STARTS_AT = '2020-01-01T00:00:00Z';

interface Row {
  readonly id: string;
  readonly title: string;
  /** The feature without which the row cannot be run. */
  readonly needs?: string;
  /** Another test that runs the row, because it needs many callers at once. */
  readonly provedBy?: string;
  readonly timeZone?: string;
  /** How points expire; left out: never. */
  readonly card?: Record<string, unknown>;
  readonly structure?: StructurePlan;
  readonly rule?: RulePlan;
  readonly steps?: readonly Step[];
}

interface Step {
  readonly at: string;
  readonly join?: boolean;
  /** Amount of a purchase; without one, the step only reads. */
  readonly earn?: string;
  readonly currency?: string;
  readonly lines?: readonly string[];
  readonly occurredAt?: string;
  readonly expect?: Record<string, unknown>;
}

const sections = SECTIONS.map((name) => ({
  name,
  rows: JSON.parse(readFileSync(new URL(`${name}.json`, import.meta.url), 'utf8')) as Row[],
}));

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.stop());

describe.each(sections)('$name', ({ rows }) => {
  const runnable = rows.filter(({ steps }) => steps !== undefined);
  if (runnable.length === 0) {
    test('has no row that this version can run, and says for each what it needs or what proves it', () => {
      expect(rows.filter(({ needs, provedBy }) => needs === undefined && provedBy === undefined)).toEqual([]);
    });
    return;
  }
  test.each(runnable)('$id $title', async (row) => run(row));
});

test('every row is run, proved elsewhere, or says what it needs', () => {
  const rows = sections.flatMap((section) => section.rows);
  expect(rows.filter(({ steps, needs, provedBy }) => [steps, needs, provedBy].filter((given) => given !== undefined).length !== 1)).toEqual([]);
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
});

async function run(row: Row): Promise<void> {
  server.setNow(PROGRAM_STARTS_AT);
  const client = await server.workspace({ timeZone: row.timeZone ?? 'UTC' });
  await buildProgram(client, {
    card: row.card === undefined ? {} : { expiration: row.card },
    structure: row.structure ?? null,
    rule: row.rule ?? {},
  });
  for (const step of row.steps ?? []) {
    server.setNow(step.at);
    if (step.join === true) await buildCustomer(client, 'member');
    const answer = step.earn === undefined ? null : await earn(client, 'member', step.earn, purchase(step));
    if (step.expect?.['refused'] === undefined && answer !== null) expect(answer.userErrors).toEqual([]);
    if (step.expect !== undefined) {
      const seen = await observe(client, answer);
      expect({ step: step.at, ...pick(seen, Object.keys(step.expect)) }).toEqual({ step: step.at, ...step.expect });
    }
  }
}

function purchase({ currency = 'USD', lines, occurredAt }: Step): Record<string, unknown> {
  return {
    currency,
    ...(lines === undefined ? {} : { lines: lines.map((amount) => ({ amount })) }),
    ...(occurredAt === undefined ? {} : { occurredAt }),
  };
}

type Answer = Awaited<ReturnType<typeof earn>>;

/** Everything that a row may speak of, under the words it uses. */
async function observe(client: Parameters<typeof standingOf>[0], answer: Answer): Promise<Record<string, unknown>> {
  const { points, tier, tiers, cards, ledgerEntries, tierTransitions } = await standingOf(client, 'member');
  const [membership = {}] = tiers;
  const entries = [...ledgerEntries.nodes].reverse();
  const transitions = [...tierTransitions.nodes].reverse() as Transition[];
  return {
    points,
    tier: tier?.name ?? null,
    measure: membership.measure,
    since: membership.since,
    expiresAt: membership.expiresAt,
    windowStartsAt: membership.windowStartsAt,
    windowEndsAt: membership.windowEndsAt,
    lots: (cards[0]?.lots ?? []).map(({ points: left, expiresOn, expiresAt }: Record<string, unknown>) => ({ points: left, expiresOn, expiresAt })),
    entries: entries.map(({ type, points: change, balanceAfter }) => `${type} ${change} -> ${balanceAfter}`),
    entryTimes: entries.map(({ occurredAt }) => occurredAt),
    transitions: transitions.map((each) => `${describeTransition(each)}${each.late ? ' late' : ''}${each.retraction ? ' taken back' : ''}`),
    standing: standing(transitions).map(describeTransition).sort(),
    awarded: answer?.awards.reduce((sum: number, award: { points: number }) => sum + award.points, 0),
    refused: answer?.userErrors[0]?.code,
  };
}

interface Transition {
  readonly type: string;
  readonly toTier: { readonly name: string } | null;
  readonly occurredAt: string;
  readonly late: boolean;
  readonly retraction: boolean;
}

function describeTransition({ type, toTier, occurredAt }: Transition): string {
  return `${occurredAt} ${type} ${toTier?.name ?? '-'}`;
}

/** The transitions that were not taken back. */
function standing(transitions: readonly Transition[]): Transition[] {
  const takenBack = transitions.filter(({ retraction }) => retraction).map(describeTransition);
  return transitions.filter((transition) => {
    if (transition.retraction) return false;
    const index = takenBack.indexOf(describeTransition(transition));
    if (index !== -1) takenBack.splice(index, 1);
    return index === -1;
  });
}

function pick(from: Record<string, unknown>, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(keys.map((key) => [key, from[key]]));
}

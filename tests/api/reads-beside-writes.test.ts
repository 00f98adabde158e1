import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ApiClient } from '../support/client.ts';
import { buildCardDefinition, buildCustomer, buildRule, buildStructure, earn } from '../support/program.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';

/** Who reads while others write sees each member as they were at some instant, never half of a change. */

const MEMBERS = 20;
const READERS = 3;

const PAGE = `{ customers(first: 100) { nodes {
  points tier { name } cards { balance lots { points } } ledgerEntries(first: 1) { nodes { balanceAfter card { balance } } }
} } }`;

interface Seen {
  readonly points: number;
  readonly tier: { readonly name: string };
  readonly cards: readonly { readonly balance: number; readonly lots: readonly { readonly points: number }[] }[];
  readonly ledgerEntries: { readonly nodes: readonly { readonly balanceAfter: number; readonly card: { readonly balance: number } }[] };
}

let server: TestServer;
let client: ApiClient;
beforeAll(async () => {
  server = await startTestServer();
  client = await server.workspace();
});
afterAll(() => server.stop());

test('pages of members whose first card is opened meanwhile, and whose structure is younger than they are', async () => {
  const cardDefinitionId = await buildCardDefinition(client);
  await buildRule(client, cardDefinitionId);
  const names = Array.from({ length: MEMBERS }, (_, index) => `member ${index}`);
  await Promise.all(names.map((name) => buildCustomer(client, name)));
  // From now on every member who was not settled since is replayed when read.
  await buildStructure(client, cardDefinitionId);

  let writing = true;
  const states = new Set<string>();
  const read = async () => {
    while (writing) {
      const answer = await client.send(PAGE);
      expect(answer.errors).toEqual([]);
      expect(answer.data.customers.nodes).toHaveLength(MEMBERS);
      for (const { points, tier, cards, ledgerEntries } of answer.data.customers.nodes as Seen[]) {
        states.add(JSON.stringify([points, tier.name, cards.map(({ balance, lots }) => [balance, ...lots.map((lot) => lot.points)])]));
        // The journal is read after the standing: it may be ahead, but never names a card that is not there.
        for (const { balanceAfter, card } of ledgerEntries.nodes) expect([120, 240]).toEqual(expect.arrayContaining([balanceAfter, card.balance]));
      }
    }
  };
  const readers = Array.from({ length: READERS }, read);
  const write = async () => {
    for (const name of names) for (const amount of ['120.00', '120.00']) await earn(client, name, amount);
  };
  await write().finally(() => (writing = false));
  await Promise.all(readers);

  const allowed = [
    [0, 'Basic', []],
    [120, 'Silver', [[120, 120]]],
    [240, 'Silver', [[240, 240]]],
  ].map((state) => JSON.stringify(state));
  expect([...states].filter((state) => !allowed.includes(state))).toEqual([]);
  expect(states.size).toBeGreaterThan(1);
}, 60_000);

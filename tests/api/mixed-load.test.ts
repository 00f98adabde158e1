import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { fromPublicId } from '../../src/platform/ids.ts';
import { recordedByReference, runMixedLoad } from '../support/load.ts';
import { buildCustomer, buildProgram } from '../support/program.ts';
import { findDifferences } from '../support/recompute.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';

/** Everything at once on ten members through two servers, then every balance, lot and tier derived again from the entries. */

const LOAD_MS = Number(process.env['LOAD_SECONDS'] ?? '60') * 1000;
const CALLERS = 32;
const MEMBERS = Array.from({ length: 10 }, (_, number) => `member-${number}`);

let first: TestServer;
let second: TestServer;
beforeAll(async () => {
  first = await startTestServer();
  second = await startTestServer({ beside: first });
});
afterAll(async () => {
  await second.stop();
  await first.stop();
});

test(
  'leaves nothing that cannot be derived again from the entries',
  async () => {
    const client = await first.workspace({ timeZone: 'America/New_York' });
    await buildProgram(client, {
      card: { expiration: { rolling: { period: { value: 1, unit: 'MONTH' } } }, refundPolicy: 'REVOKE_BELOW_ZERO' },
      structure: {
        type: 'POINT_EARNED',
        pointEarned: { period: { value: 1, unit: 'MONTH' }, window: 'TRAILING' },
        downgrade: { multiLevel: { gracePeriod: { value: 2, unit: 'DAY', roundUp: false } } },
        tiers: { Basic: 0, Silver: { minPoints: 100, entryAward: { points: 10 } }, Gold: { minPoints: 1000, entryAward: { points: 50 } } },
      },
      rule: { caps: { perPeriod: [{ unit: 'DAY', points: 5000 }] }, tierMultipliers: { Gold: '1.5' } },
      effectiveAt: '2020-01-01T00:00:00Z',
    });
    for (const externalId of MEMBERS) await buildCustomer(client, externalId, { joinedAt: '2020-01-01T00:00:00Z' });
    const workspaceId = fromPublicId('Workspace', (await client.run('{ workspace { id } }')).workspace.id) ?? '';
    const endsAt = Date.now() + LOAD_MS;
    let turn = 0;
    const log = await runMixedLoad({
      url: () => ((turn += 1) % 2 === 0 ? first.graphqlUrl : second.graphqlUrl),
      key: client.key ?? '',
      externalIds: MEMBERS,
      callers: CALLERS,
      isOver: () => Date.now() >= endsAt,
    });
    const recorded = await recordedByReference(first.database, workspaceId);
    expect([...recorded.values()].filter((ids) => ids.length > 1)).toEqual([]);
    expect(recorded.size).toBe(log.acknowledged.length);
    expect(log.retries).toBe(0);
    const kinds = new Set(log.acknowledged.map(({ field }) => field));
    expect(kinds).toEqual(new Set(['earn', 'spend', 'spendReverse', 'refund', 'pointsAdjust', 'pointsTransfer', 'activityRecord']));
    // What is refused is refused for want of points, or because all was undone already: never for a deadlock or a race.
    const expected = ['INSUFFICIENT_POINTS', 'SAME_CUSTOMER', 'REFUND_EXCEEDS_TRANSACTION', 'ALREADY_REVERSED', 'REVERSAL_EXCEEDS_SPEND'];
    expect([...log.refused.keys()].filter((code) => !expected.includes(code))).toEqual([]);
    expect(await findDifferences(first.database, workspaceId)).toEqual([]);
  },
  LOAD_MS + 120_000,
);

/**
 * Every event reaches every endpoint that wants it and lives, at least once, whatever is killed and however receivers behave.
 *
 * TORTURE_EVENTS=100000 (`npm run torture`) is the full size and takes an hour or more, on a machine that does nothing else; what CI runs takes less than a minute.
 */
import { expect, test } from '@jest/globals';
import { DISPATCH_SETTINGS } from '../../src/workers/webhook-dispatch.ts';
import { runTorture } from '../support/webhook-torture.ts';

const EVENTS = Number(process.env['TORTURE_EVENTS'] ?? '800');
const FULL = EVENTS >= 50_000;
/** At full size as many as two cores deliver at ease: what waits for them is on its way for longer, and a kill repeats more of it. */
const PER_SECOND = Number(process.env['TORTURE_EVENTS_PER_SECOND'] ?? (FULL ? '40' : '130'));
const DUPLICATES_MAX = 0.001;
const DRAIN_MAX_MS = 9_000_000;
const TIMEOUT_MS = 10_800_000;

test(
  `${EVENTS} events, 6 receivers that misbehave, 3 dispatchers and PostgreSQL killed again and again`,
  async () => {
    const report = await runTorture({
      events: EVENTS,
      eventsPerSecond: PER_SECOND,
      livesMs: FULL ? [5_000, 15_000] : [4_000, 8_000],
      dispatcherKillsMax: FULL ? Infinity : 6,
      postgresKills: FULL ? 8 : 2,
      drainMs: FULL ? DRAIN_MAX_MS : 240_000,
      ...(FULL ? { log: (message: string) => process.stderr.write(`${message}\n`) } : {}),
    });
    const total = report.endpoints.reduce((sum, { arrived }) => sum + arrived, 0);
    const duplicates = report.endpoints.reduce((sum, each) => sum + each.duplicates, 0);
    process.stdout.write(
      `${JSON.stringify({ ...report, endpoints: undefined })}\n${report.endpoints.map((each) => `  ${JSON.stringify(each)}`).join('\n')}\n` +
        `duplicates: ${duplicates} of ${total}, ${((duplicates / total) * 100).toFixed(3)} %\n`,
    );
    const living = report.endpoints.filter(({ name }) => name !== 'is gone');
    expect(living.filter(({ arrived, expected }) => arrived !== expected)).toEqual([]);
    expect(report.endpoints.filter(({ uncalledFor, unexplained }) => uncalledFor > 0 || unexplained > 0)).toEqual([]);
    expect(report.dispatcherKills).toBeGreaterThanOrEqual(FULL ? 60 : 4);
    expect(report.postgresKills).toBe(FULL ? 8 : 2);
    // A short run would make a share of chance: what a kill repeats is what is on its way, and beside other tests that is more.
    if (FULL) expect(duplicates / total).toBeLessThan(DUPLICATES_MAX);
    else expect(duplicates).toBeLessThanOrEqual((report.dispatcherKills + report.postgresKills) * DISPATCH_SETTINGS.perEndpoint);
  },
  TIMEOUT_MS,
);

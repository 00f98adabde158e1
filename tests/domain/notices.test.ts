import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { grantNoticeAt, noticedBefore } from '../../src/domain/notices.ts';
import { LocalCalendar } from '../../src/domain/time.ts';

const HOUR_MS = 3_600_000;
const calendars = ['UTC', 'Europe/Warsaw', 'America/New_York', 'Pacific/Apia'].map((timeZone) => new LocalCalendar(timeZone));

test('what happens before an instant happens soon by now, to the millisecond, and nothing else', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...calendars),
      fc.integer({ min: 1, max: 365 }),
      fc.integer({ min: Date.UTC(2010, 0), max: Date.UTC(2030, 0) }),
      fc.oneof(fc.integer({ min: -72, max: 72 }).map((hours) => hours * HOUR_MS), fc.constantFrom(-1, 0, 1)),
      (calendar, noticeDays, now, distance) => {
        const border = noticedBefore(calendar, noticeDays, now);
        const expiresAt = border + distance;
        const at = grantNoticeAt({ grantedAt: 0, expiresAt }, calendar, noticeDays) ?? 0;
        expect(at <= now).toBe(expiresAt < border);
      },
    ),
    { numRuns: 500 },
  );
});

test('a grant is told of that was given before the day on which it would be', () => {
  const [utc] = calendars as [LocalCalendar];
  const at = (grantedAt: string) => grantNoticeAt({ grantedAt: Date.parse(grantedAt), expiresAt: Date.parse('2026-06-18') }, utc, 10);
  expect([at('2026-06-07T23:59:59.999Z'), at('2026-06-08T00:00:00Z'), at('2026-06-17T00:00:00Z')]).toEqual([Date.parse('2026-06-08'), null, null]);
});

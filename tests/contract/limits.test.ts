/** docs/limits.md says what the code holds requests to. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import * as simulations from '../../src/commands/simulations.ts';
import * as configuration from '../../src/platform/configuration-syntax.ts';
import * as cost from '../../src/platform/cost.ts';
import * as events from '../../src/repositories/events.ts';
import * as feed from '../../src/platform/event-feed.ts';
import * as documents from '../../src/platform/document-limits.ts';
import * as places from '../../src/platform/event-places.ts';
import { STREAM_LIMITS } from '../../src/platform/streams.ts';
import * as http from '../../src/platform/http-limits.ts';
import * as paging from '../../src/platform/paging.ts';
import * as deadline from '../../src/platform/request-deadline.ts';
import * as conditions from '../../src/domain/conditions.ts';
import * as deliveries from '../../src/domain/webhook-deliveries.ts';
import * as webhooks from '../../src/domain/webhooks.ts';
import { HINT_PAUSE_MS } from '../../src/gateways/nats.ts';
import { WEBHOOK_LIMITS } from '../../src/gateways/webhooks.ts';
import { DISPATCH_SETTINGS } from '../../src/workers/webhook-dispatch.ts';

/** What the page says of each constant: the first number of its row. */
const said = new Map(
  readFileSync(new URL('../../docs/limits.md', import.meta.url), 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, number, constant] = /^\| [^|]+ \| ([\d,]+)[^|]* \| `([\w.]+)`/.exec(line) ?? [];
      return number === undefined || constant === undefined ? [] : [[constant, Number(number.replaceAll(',', ''))] as const];
    }),
);

const numbersOf = (module: object) => Object.entries(module).filter(([, value]) => typeof value === 'number') as [string, number][];

const constants: [string, number][] = [
  ...numbersOf(http),
  ...Object.entries(http.PATIENCE).map(([name, value]): [string, number] => [`PATIENCE.${name}`, value as number]),
  ...numbersOf(documents),
  ...Object.entries(STREAM_LIMITS).map(([name, value]): [string, number] => [`STREAM_LIMITS.${name}`, value as number]),
  ...numbersOf(simulations),
  ...numbersOf(feed),
  ['HINT_PAUSE_MS', HINT_PAUSE_MS],
  ...numbersOf(configuration),
  ['PAGE_SIZE_MAX', paging.PAGE_SIZE_MAX],
  ['DOCUMENT_COST_MAX', cost.DOCUMENT_COST_MAX],
  ['EVENT_TYPES_MAX', places.EVENT_TYPES_MAX],
  ['EVENT_PATTERNS_MAX', places.EVENT_PATTERNS_MAX],
  ['BATCHES_READ_MAX', events.BATCHES_READ_MAX],
  ['READS_MAX_MS', deadline.READS_MAX_MS],
  ...numbersOf(conditions),
  ['ENDPOINTS_MAX', webhooks.ENDPOINTS_MAX],
  ['SUBSCRIBED_TYPES_MAX', webhooks.SUBSCRIBED_TYPES_MAX],
  ['CUSTOM_HEADERS_MAX', webhooks.CUSTOM_HEADERS_MAX],
  ['RATE_MAX_PER_SECOND', webhooks.RATE_MAX_PER_SECOND],
  ['SECRET_OVERLAP_MAX_HOURS', webhooks.SECRET_OVERLAP_MAX_HOURS],
  ['REPLAYS_MAX', deliveries.REPLAYS_MAX],
  ['REPLAY_DAYS', deliveries.REPLAY_DAYS],
  ['DELIVERIES_KEPT_DAYS', deliveries.DELIVERIES_KEPT_DAYS],
  ['WEBHOOK_LIMITS.timeoutMs', WEBHOOK_LIMITS.timeoutMs],
  ['WEBHOOK_LIMITS.readBytes', WEBHOOK_LIMITS.readBytes],
  ['WEBHOOK_LIMITS.keptBytes', WEBHOOK_LIMITS.keptBytes],
  ['DISPATCH_SETTINGS.looksPerSecond', DISPATCH_SETTINGS.looksPerSecond],
  ['DISPATCH_SETTINGS.perEndpoint', DISPATCH_SETTINGS.perEndpoint],
  ['DISPATCH_SETTINGS.inAll', DISPATCH_SETTINGS.inAll],
];

describe('docs/limits.md', () => {
  test.each(constants)('says what %s is', (name, value) => {
    expect(said.get(name)).toBe(value);
  });

  test('names no limit that there is not', () => {
    expect([...said.keys()].sort()).toEqual(constants.map(([name]) => name).sort());
  });
});

/** Webhook endpoints: what may be set, what becomes of them, and which secrets their messages are signed with. */
import { describe, expect, test } from '@jest/globals';
import { LIVE_DESTINATIONS } from '../../src/domain/destinations.ts';
import type {
  EndpointSecrets,
  EndpointWithSecrets,
  WebhookEndpoint,
  WebhookEndpointChanges,
  WebhookEndpointSettings,
  WebhookEndpointStatus,
} from '../../src/domain/webhooks.ts';
import { checkEndpoint, createEndpoint, passesFilter, rotateSecret, secretsAt, stepEndpoint, updateEndpoint } from '../../src/domain/webhooks.ts';

const HOUR_MS = 3_600_000;
const MADE_AT = Date.parse('2026-03-01T12:00:00Z');
const NOW = MADE_AT + 24 * HOUR_MS;

const NAMED: Readonly<Record<string, readonly string[]>> = {
  'points.*': ['points.earned', 'points.expired'],
  'points.earned': ['points.earned'],
  '*': ['points.earned', 'points.expired', 'tier.changed'],
};
const types = (pattern: string) => NAMED[pattern] ?? [];
const CONTEXT = { types, policy: LIVE_DESTINATIONS };

const SETTINGS: WebhookEndpointSettings = {
  url: 'https://example.com/hook',
  description: 'Tells the shop',
  eventTypes: ['points.*'],
  filter: 'data.shop == "north"',
  customHeaders: [{ name: 'Authorization', value: 'Bearer abc' }],
  ratePerSecond: 10,
  ordered: true,
  metadata: { team: 'shop' },
};
const ENDPOINT: WebhookEndpoint = {
  id: 'whe_1',
  url: 'https://example.com/hook',
  description: 'Tells the shop',
  eventTypes: ['points.*'],
  filter: 'data.shop == "north"',
  customHeaderNames: ['Authorization'],
  ratePerSecond: 10,
  ordered: true,
  metadata: { team: 'shop' },
  status: 'ENABLED',
  statusReason: null,
  statusChangedAt: MADE_AT,
  secretCreatedAt: MADE_AT,
  previousSecretExpiresAt: null,
  version: 1,
  createdAt: MADE_AT,
  updatedAt: null,
};
const SECRETS: EndpointSecrets = { secret: 'whsec_1', previousSecret: null, customHeaders: [{ name: 'Authorization', value: 'Bearer abc' }] };
const ENABLED: EndpointWithSecrets = { endpoint: ENDPOINT, secrets: SECRETS };
const inStatus = (status: WebhookEndpointStatus): EndpointWithSecrets => ({
  endpoint: { ...ENDPOINT, status, statusReason: status === 'ENABLED' ? null : 'REQUESTED' },
  secrets: SECRETS,
});

const UNCHANGED: WebhookEndpointChanges = {
  url: undefined,
  description: undefined,
  eventTypes: undefined,
  filter: undefined,
  customHeaders: undefined,
  ratePerSecond: undefined,
  ordered: undefined,
  metadata: undefined,
};
const wrongWith = (changes: Partial<WebhookEndpointSettings>) => checkEndpoint({ ...SETTINGS, ...changes }, types, LIVE_DESTINATIONS);
const wrong = (code: string, message: string, ...field: string[]) => ({ code, message, field: field.length === 0 ? null : ['input', ...field] });
const CONFLICT = wrong('VERSION_CONFLICT', 'It has version 1 now, not 2. Read it again.', 'version');
const DELETED = wrong('INVALID_STATUS', 'It is deleted.', 'id');

describe('what may be set', () => {
  test('all that is written in full, or as little as may be', () => {
    expect(wrongWith({})).toEqual([]);
    expect(wrongWith({ description: null, eventTypes: ['*'], filter: null, customHeaders: [], ratePerSecond: null, ordered: false, metadata: {} })).toEqual([]);
  });

  test('everything that is wrong is said at once, each of its field', () => {
    const metadata = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`key${index}`, index]));
    const customHeaders = [{ name: 'Host', value: 'x' }];
    expect(wrongWith({ url: 'nothing', description: ' ', eventTypes: [], filter: '"north"', customHeaders, ratePerSecond: 0, metadata })).toEqual([
      wrong('INVALID_URL', 'It is not an absolute address with `https://`.', 'url'),
      wrong('INVALID_DESCRIPTION', 'A description has 1 to 1000 characters.', 'description'),
      wrong('INVALID_EVENT_TYPE', 'There are 1 to 200 types or patterns.', 'eventTypes'),
      wrong('INVALID_CONDITION', 'A filter answers true or false; this one answers string.', 'filter'),
      wrong('INVALID_HEADER', 'This header is not yours to set: it belongs to the connection, or to the message itself.', 'customHeaders', '0', 'name'),
      wrong('INVALID_RATE_LIMIT', 'A rate is from 1 to 1000 messages a second.', 'ratePerSecond'),
      wrong('INVALID_METADATA', 'Metadata has at most 50 keys and 10 KiB as JSON, without NUL characters.', 'metadata'),
    ]);
  });

  test('a description of 1 to 1000 characters', () => {
    expect([wrongWith({ description: 'x' }), wrongWith({ description: 'x'.repeat(1_000) })]).toEqual([[], []]);
    const tooMuch = [wrong('INVALID_DESCRIPTION', 'A description has 1 to 1000 characters.', 'description')];
    expect([wrongWith({ description: '' }), wrongWith({ description: 'x'.repeat(1_001) })]).toEqual([tooMuch, tooMuch]);
  });

  test('1 to 200 event types, or patterns of them', () => {
    expect(wrongWith({ eventTypes: Array.from({ length: 200 }, () => 'points.earned') })).toEqual([]);
    expect(wrongWith({ eventTypes: Array.from({ length: 201 }, () => 'points.earned') })).toEqual([
      wrong('INVALID_EVENT_TYPE', 'There are 1 to 200 types or patterns.', 'eventTypes'),
    ]);
  });

  test('no pattern that names nothing, and which one it is is said', () => {
    const message = 'No event type is named by this. Write one, or the beginning of some before `.*`, or `*`.';
    expect(wrongWith({ eventTypes: ['points.*', 'tiers.*', '*', 'points'] })).toEqual([
      wrong('INVALID_EVENT_TYPE', message, 'eventTypes', '1'),
      wrong('INVALID_EVENT_TYPE', message, 'eventTypes', '3'),
    ]);
  });

  test.each([1, 2, 999, 1_000])('a rate of %s messages a second', (ratePerSecond) => {
    expect(wrongWith({ ratePerSecond })).toEqual([]);
  });

  test.each([0, -1, 1_001, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('no rate of %s', (ratePerSecond) => {
    expect(wrongWith({ ratePerSecond })).toEqual([wrong('INVALID_RATE_LIMIT', 'A rate is from 1 to 1000 messages a second.', 'ratePerSecond')]);
  });

  test('a filter of 1 to 2000 characters that can be stored', () => {
    for (const filter of ['data.shop == "n"'.padEnd(2_000), `data.shop == "${'🏅'.repeat(1_200)}"`]) expect(wrongWith({ filter })).toEqual([]);
    const unfit = [wrong('INVALID_CONDITION', 'A filter has 1 to 2000 characters.', 'filter')];
    const filters = ['', '  ', 'data.shop == "n"'.padEnd(2_001), 'data.shop == "\u0000"', 'data.shop == "\ud800"'];
    expect(filters.map((filter) => wrongWith({ filter }))).toEqual(filters.map(() => unfit));
  });

  test('a filter that compiles and knows the event alone', () => {
    expect(wrongWith({ filter: 'event.type == "points.earned" && data.shop == "north"' })).toEqual([]);
    expect(wrongWith({ filter: 'data.shop ==' })).toMatchObject([{ code: 'INVALID_CONDITION', field: ['input', 'filter'] }]);
    expect(wrongWith({ filter: 'customer.name == "x"' })).toMatchObject([{ code: 'INVALID_CONDITION', field: ['input', 'filter'] }]);
  });
});

describe('custom headers', () => {
  const wrongHeaders = (...customHeaders: { name: string; value: string }[]) => wrongWith({ customHeaders });
  const NAME = 'A header’s name is a token of HTTP of at most 100 characters.';
  const RESERVED = 'This header is not yours to set: it belongs to the connection, or to the message itself.';
  const VALUE = 'A header’s value has 1 to 1000 printable ASCII characters, without space around them.';

  test('are at most ten', () => {
    const some = (length: number) => Array.from({ length }, (_, index) => ({ name: `X-Shop-${index}`, value: `${index}` }));
    expect(wrongHeaders(...some(10))).toEqual([]);
    expect(wrongHeaders(...some(11))).toEqual([wrong('INVALID_HEADER', 'There are at most 10 custom headers.', 'customHeaders')]);
  });

  test.each(['X', 'x-api-key', 'Authorization', "!#$%&'*+.^_`|~09AZaz-", 'X-Host', 'My-Webhook-', 'Webhook', 'Dates'])('may be named %s', (name) => {
    expect(wrongHeaders({ name, value: 'x' })).toEqual([]);
  });

  test.each(['', ' X', 'X ', 'X Y', 'X:', ':path', 'Ä', 'Äpfel', 'Apfelä', 'X\r\nY', 'X(1)'])('are not named %j', (name) => {
    expect(wrongHeaders({ name, value: 'x' })).toEqual([wrong('INVALID_HEADER', NAME, 'customHeaders', '0', 'name')]);
  });

  test.each([
    'accept-encoding', 'connection', 'content-encoding', 'content-length', 'content-type', 'cookie', 'date', 'expect', 'forwarded', 'host',
    'http2-settings', 'keep-alive', 'origin',
    'proxy-authenticate', 'proxy-authorization', 'proxy-connection', 'referer', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'user-agent', 'via',
    'webhook-id', 'voilatier-workspace',
    'sec-fetch-mode', 'x-forwarded-for',
  ])('leave %s to the sender, however it is written', (name) => {
    const reserved = [wrong('INVALID_HEADER', RESERVED, 'customHeaders', '0', 'name')];
    expect([wrongHeaders({ name, value: 'x' }), wrongHeaders({ name: name.toUpperCase(), value: 'x' })]).toEqual([reserved, reserved]);
  });

  test('are named once each, whatever their case, and the later one is to blame', () => {
    expect(wrongHeaders({ name: 'X-Shop', value: '1' }, { name: 'X-Other', value: '2' }, { name: 'x-sHOP', value: '3' })).toEqual([
      wrong('INVALID_HEADER', 'The header is named twice.', 'customHeaders', '2', 'name'),
    ]);
  });

  test.each(['x', 'Bearer abc', 'a\tb', '~', '!'])('may say %j', (value) => {
    expect(wrongHeaders({ name: 'X-Shop', value })).toEqual([]);
  });

  test.each(['', ' ', ' x', 'x ', '\tx', 'x\r\nHost: y', 'grün', 'über', 'menü', 'x\u007f', '\u0000'])('do not say %j', (value) => {
    expect(wrongHeaders({ name: 'X-Shop', value })).toEqual([wrong('INVALID_HEADER', VALUE, 'customHeaders', '0', 'value')]);
  });

  test('have names of at most 100 characters and values of at most 1000', () => {
    expect(wrongHeaders({ name: 'X'.repeat(100), value: 'x'.repeat(1_000) })).toEqual([]);
    expect(wrongHeaders({ name: 'X'.repeat(101), value: 'x' })).toEqual([wrong('INVALID_HEADER', NAME, 'customHeaders', '0', 'name')]);
    expect(wrongHeaders({ name: 'X', value: 'x'.repeat(1_001) })).toEqual([wrong('INVALID_HEADER', VALUE, 'customHeaders', '0', 'value')]);
  });

  test('each says what is wrong with it', () => {
    expect(wrongHeaders({ name: 'X Y', value: '' }, { name: 'X-Shop', value: '1' }, { name: 'Host', value: '' }, { name: 'X-Empty', value: '' })).toEqual([
      wrong('INVALID_HEADER', NAME, 'customHeaders', '0', 'name'),
      wrong('INVALID_HEADER', RESERVED, 'customHeaders', '2', 'name'),
      wrong('INVALID_HEADER', VALUE, 'customHeaders', '3', 'value'),
    ]);
  });
});

describe('a filter', () => {
  const EVENT = { type: 'points.earned', data: { shop: 'north', big: true, name: 'x' } };

  test.each([
    null, 'event.type == "points.earned"', 'data.shop == "north"', 'event.data.shop == data.shop', 'data.big', 'data.shop == "south" || data.big',
  ])('%s lets the event through', (filter) => {
    expect(passesFilter(filter, EVENT)).toBe(true);
  });

  test.each(['event.type == "tier.changed"', 'data.shop == "south"', '!data.big'])('%s keeps it back', (filter) => {
    expect(passesFilter(filter, EVENT)).toBe(false);
  });

  test.each(['data.price == "x"', 'data.price.amount == "x"', 'data.name', 'data.shop =='])('%s cannot be answered, and keeps it back', (filter) => {
    expect(passesFilter(filter, EVENT)).toBe(false);
  });
});

describe('creating', () => {
  const create = (settings: Partial<WebhookEndpointSettings> = {}, existing = 0) =>
    createEndpoint({ ...SETTINGS, ...settings }, { id: 'whe_1', secret: 'whsec_1' }, { ...CONTEXT, existing }, MADE_AT);

  test('makes an enabled endpoint that shows the names of its headers, and keeps their values with its secret', () => {
    expect(create()).toEqual({ ok: true, value: { endpoint: ENDPOINT, secrets: SECRETS } });
  });

  test('writes the address as it will be called', () => {
    expect(create({ url: 'HTTPS://Example.COM:443/a b/../c' })).toEqual({
      ok: true,
      value: { endpoint: { ...ENDPOINT, url: 'https://example.com/c' }, secrets: SECRETS },
    });
  });

  test('ends with fifty in a workspace', () => {
    const tooMany = wrong('TOO_MANY', 'A workspace has at most 50 endpoints. Delete one that is not needed.');
    expect(create({}, 49)).toEqual({ ok: true, value: { endpoint: ENDPOINT, secrets: SECRETS } });
    expect(create({}, 50)).toEqual({ ok: false, problems: [tooMany] });
    expect(create({ url: 'nothing' }, 51)).toEqual({
      ok: false,
      problems: [wrong('INVALID_URL', 'It is not an absolute address with `https://`.', 'url'), tooMany],
    });
  });

  test('refuses what may not be set, its headers included', () => {
    expect(create({ customHeaders: [{ name: 'X-Shop', value: '' }] })).toMatchObject({
      ok: false,
      problems: [{ code: 'INVALID_HEADER', field: ['input', 'customHeaders', '0', 'value'] }],
    });
  });
});

describe('updating', () => {
  const update = (changes: Partial<WebhookEndpointSettings>, expectedVersion: number | null = null, before = ENABLED) =>
    updateEndpoint(before, { ...UNCHANGED, ...changes }, CONTEXT, expectedVersion, NOW);

  test('changes what is given, and nothing else', () => {
    expect(update({ description: null, ordered: false, ratePerSecond: 20 }, 1)).toEqual({
      ok: true,
      value: { endpoint: { ...ENDPOINT, description: null, ordered: false, ratePerSecond: 20, version: 2, updatedAt: NOW }, secrets: SECRETS },
    });
  });

  test('with nothing given counts as a version of its own', () => {
    expect(update({})).toEqual({ ok: true, value: { endpoint: { ...ENDPOINT, version: 2, updatedAt: NOW }, secrets: SECRETS } });
  });

  test('replaces all headers, and leaves the secrets alone', () => {
    const rotated = { endpoint: ENDPOINT, secrets: { ...SECRETS, previousSecret: 'whsec_0' } };
    const customHeaders = [{ name: 'X-Shop', value: '1' }, { name: 'X-Team', value: '2' }];
    expect(update({ customHeaders }, null, rotated)).toEqual({
      ok: true,
      value: {
        endpoint: { ...ENDPOINT, customHeaderNames: ['X-Shop', 'X-Team'], version: 2, updatedAt: NOW },
        secrets: { secret: 'whsec_1', previousSecret: 'whsec_0', customHeaders },
      },
    });
  });

  test('writes a new address as it will be called', () => {
    expect(update({ url: 'https://EXAMPLE.com' })).toMatchObject({ ok: true, value: { endpoint: { url: 'https://example.com/' } } });
  });

  test('of another version, of a deleted one and to what may not be set is refused, and all of it is said', () => {
    expect(update({ ratePerSecond: 0, customHeaders: [{ name: 'X-Shop', value: ' ' }] }, 2, inStatus('DELETED'))).toEqual({
      ok: false,
      problems: [
        CONFLICT,
        DELETED,
        wrong('INVALID_HEADER', 'A header’s value has 1 to 1000 printable ASCII characters, without space around them.', 'customHeaders', '0', 'value'),
        wrong('INVALID_RATE_LIMIT', 'A rate is from 1 to 1000 messages a second.', 'ratePerSecond'),
      ],
    });
    expect(update({ ordered: false }, 2)).toEqual({ ok: false, problems: [CONFLICT] });
    expect(update({ ordered: false }, 1, inStatus('DELETED'))).toEqual({ ok: false, problems: [DELETED] });
  });

  test.each(['PAUSED', 'DISABLED'] as const)('leaves it %s', (status) => {
    const before = inStatus(status);
    expect(update({ ordered: false }, 1, before)).toEqual({
      ok: true,
      value: { endpoint: { ...before.endpoint, ordered: false, version: 2, updatedAt: NOW }, secrets: SECRETS },
    });
  });
});

describe('stepping', () => {
  const stepped = (status: WebhookEndpointStatus, statusReason: 'REQUESTED' | 'FAILING' | 'GONE' | null) =>
    ({ ...ENDPOINT, status, statusReason, statusChangedAt: NOW, version: 2, updatedAt: NOW });

  test.each([
    ['ENABLED', 'PAUSE', 'REQUESTED', 'PAUSED'],
    ['ENABLED', 'DISABLE', 'FAILING', 'DISABLED'],
    ['PAUSED', 'DISABLE', 'GONE', 'DISABLED'],
  ] as const)('from %s by %s says why it is not enabled: %s', (from, step, reason, to) => {
    expect(stepEndpoint(inStatus(from), step, reason, 1, NOW)).toEqual({ ok: true, value: { endpoint: stepped(to, reason), secrets: SECRETS } });
  });

  test.each(['PAUSED', 'DISABLED'] as const)('from %s to enabled leaves no reason', (from) => {
    expect(stepEndpoint(inStatus(from), 'ENABLE', 'REQUESTED', null, NOW)).toEqual({
      ok: true,
      value: { endpoint: stepped('ENABLED', null), secrets: SECRETS },
    });
  });

  test.each(['ENABLED', 'PAUSED', 'DISABLED'] as const)('from %s to deleted keeps no secret, nor what was sent along', (from) => {
    const before = { endpoint: { ...inStatus(from).endpoint, previousSecretExpiresAt: NOW + HOUR_MS }, secrets: { ...SECRETS, previousSecret: 'whsec_0' } };
    expect(stepEndpoint(before, 'DELETE', 'REQUESTED', 1, NOW)).toEqual({
      ok: true,
      value: {
        endpoint: { ...stepped('DELETED', 'REQUESTED'), previousSecretExpiresAt: null },
        secrets: { secret: '', previousSecret: null, customHeaders: [] },
      },
    });
  });

  test('to paused leaves the former secret as long as it was to be', () => {
    const before = { endpoint: { ...ENDPOINT, previousSecretExpiresAt: NOW + HOUR_MS }, secrets: { ...SECRETS, previousSecret: 'whsec_0' } };
    expect(stepEndpoint(before, 'PAUSE', 'REQUESTED', null, NOW)).toEqual({
      ok: true,
      value: { endpoint: { ...stepped('PAUSED', 'REQUESTED'), previousSecretExpiresAt: NOW + HOUR_MS }, secrets: before.secrets },
    });
  });

  test.each([
    ['PAUSE', 'PAUSED', 'This needs the status ENABLED; it is PAUSED.'],
    ['PAUSE', 'DISABLED', 'This needs the status ENABLED; it is DISABLED.'],
    ['PAUSE', 'DELETED', 'This needs the status ENABLED; it is DELETED.'],
    ['ENABLE', 'ENABLED', 'This needs the status PAUSED or DISABLED; it is ENABLED.'],
    ['ENABLE', 'DELETED', 'This needs the status PAUSED or DISABLED; it is DELETED.'],
    ['DISABLE', 'DISABLED', 'This needs the status ENABLED or PAUSED; it is DISABLED.'],
    ['DISABLE', 'DELETED', 'This needs the status ENABLED or PAUSED; it is DELETED.'],
    ['DELETE', 'DELETED', 'This needs the status ENABLED or PAUSED or DISABLED; it is DELETED.'],
  ] as const)('by %s from %s is refused', (step, from, message) => {
    expect(stepEndpoint(inStatus(from), step, 'REQUESTED', 1, NOW)).toEqual({ ok: false, problems: [wrong('INVALID_STATUS', message, 'id')] });
  });

  test('of another version is refused, and the status is looked at too', () => {
    expect(stepEndpoint(ENABLED, 'PAUSE', 'REQUESTED', 2, NOW)).toEqual({ ok: false, problems: [CONFLICT] });
    expect(stepEndpoint(ENABLED, 'ENABLE', 'REQUESTED', 2, NOW)).toEqual({
      ok: false,
      problems: [CONFLICT, wrong('INVALID_STATUS', 'This needs the status PAUSED or DISABLED; it is ENABLED.', 'id')],
    });
  });
});

describe('the secret', () => {
  const OVERLAP = wrong('INVALID_OVERLAP', 'An overlap is from 0 to 168 hours.', 'overlapHours');

  test.each([1, 24, 168])('is replaced, and the former one is kept for %s hours', (hours) => {
    expect(rotateSecret(ENABLED, 'whsec_2', hours, 1, NOW)).toEqual({
      ok: true,
      value: {
        endpoint: { ...ENDPOINT, secretCreatedAt: NOW, previousSecretExpiresAt: NOW + hours * HOUR_MS, version: 2, updatedAt: NOW },
        secrets: { ...SECRETS, secret: 'whsec_2', previousSecret: 'whsec_1' },
      },
    });
  });

  test('is replaced at once without an overlap, even during another', () => {
    const before = { endpoint: { ...ENDPOINT, previousSecretExpiresAt: NOW + HOUR_MS }, secrets: { ...SECRETS, previousSecret: 'whsec_0' } };
    expect(rotateSecret(before, 'whsec_2', 0, null, NOW)).toEqual({
      ok: true,
      value: { endpoint: { ...ENDPOINT, secretCreatedAt: NOW, version: 2, updatedAt: NOW }, secrets: { ...SECRETS, secret: 'whsec_2', previousSecret: null } },
    });
  });

  test.each([-1, 169, 1.5, Number.NaN])('does not overlap for %s hours', (hours) => {
    expect(rotateSecret(ENABLED, 'whsec_2', hours, 1, NOW)).toEqual({ ok: false, problems: [OVERLAP] });
  });

  test('of another version or of a deleted endpoint is not replaced', () => {
    expect(rotateSecret(ENABLED, 'whsec_2', 24, 2, NOW)).toEqual({ ok: false, problems: [CONFLICT] });
    expect(rotateSecret(inStatus('DELETED'), 'whsec_2', -1, 2, NOW)).toEqual({ ok: false, problems: [CONFLICT, DELETED, OVERLAP] });
  });

  test.each(['PAUSED', 'DISABLED'] as const)('of an endpoint that is %s can be replaced', (status) => {
    expect(rotateSecret(inStatus(status), 'whsec_2', 24, 1, NOW)).toMatchObject({ ok: true, value: { endpoint: { status }, secrets: { secret: 'whsec_2' } } });
  });

  test('signs together with the former one until the overlap is over, the newest first', () => {
    const overlapping = { endpoint: { ...ENDPOINT, previousSecretExpiresAt: NOW }, secrets: { ...SECRETS, secret: 'whsec_2', previousSecret: 'whsec_1' } };
    expect(secretsAt(overlapping, NOW - 1)).toEqual(['whsec_2', 'whsec_1']);
    expect([secretsAt(overlapping, NOW), secretsAt(overlapping, NOW + 1)]).toEqual([['whsec_2'], ['whsec_2']]);
  });

  test('signs alone if there is no former one, or none for any time', () => {
    expect(secretsAt(ENABLED, NOW)).toEqual(['whsec_1']);
    expect(secretsAt({ endpoint: { ...ENDPOINT, previousSecretExpiresAt: NOW + HOUR_MS }, secrets: SECRETS }, NOW)).toEqual(['whsec_1']);
    expect(secretsAt({ endpoint: ENDPOINT, secrets: { ...SECRETS, previousSecret: 'whsec_0' } }, NOW)).toEqual(['whsec_1']);
  });
});

/**
 * One tier structure on `/v2/loyalties/tier-structures`: the example bodies of the reference pages there and back, every
 * step of its life, what is refused, who may, and that each route does what its mutation on GraphQL does.
 */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { ApiClient } from '../support/client.ts';
import { buildCardDefinition, buildCustomer, buildProgram, earn } from '../support/program.ts';
import type { RestAnswer } from '../support/rest-v2.ts';
import { PAGE_ANSWER, PAGE_UPDATE_BODY, V2Client } from '../support/rest-v2.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';
import { contentsOf, unchanged } from '../support/unchanged.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
afterEach(() => server.setNow(null));

const UNKNOWN = 'tstr_01h2xcejqtf2nbrexx3vqjhp41';
const UNKNOWN_CARD = 'cdef_01h2xcejqtf2nbrexx3vqjhp41';
/** The instant of the pages. */
const NOW = '2023-11-07T05:31:56Z';

const { type: _type, ...SUB_OBJECTS } = PAGE_UPDATE_BODY.expiration;
const { type: _answered, ...ANSWERED_SUB_OBJECTS } = PAGE_ANSWER.expiration;

/** Status, code and path of a refusal; the problem must be one. */
function refusalOf({ status, headers, body }: RestAnswer): string {
  expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(Object.keys(body)).toEqual(['type', 'title', 'status', 'detail', 'code', 'field', ...('errors' in body ? ['errors'] : []), 'request_id']);
  expect([body.status, body.request_id, body.type.endsWith(`/docs/errors/${body.code}`)]).toEqual([status, headers.get('x-request-id'), true]);
  return [status, body.code, (body.field ?? []).join('.')].join(' ').trim();
}

describe('the example bodies of the pages', () => {
  let admin: ApiClient;
  let shop: V2Client;
  let cardDefinitionId: string;

  beforeAll(async () => {
    server.setNow(NOW);
    admin = await server.workspace();
    shop = new V2Client(admin);
    cardDefinitionId = await buildCardDefinition(admin);
  });

  const draft = async (): Promise<string> => (await shop.succeed('POST', '', { name: 'Draft', type: 'POINT_BALANCE' })).id;

  const BALANCE = { type: 'POINT_BALANCE', point_earned: null } as const;
  const EARNED = { type: 'POINT_EARNED', point_earned: PAGE_UPDATE_BODY.point_earned } as const;
  type SubObject = keyof typeof SUB_OBJECTS;
  const EXPIRATIONS: readonly (readonly [string, SubObject | null])[] = [
    ['NO_EXPIRATION', null],
    ['ROLLING_EXPIRATION', 'rolling_expiration'],
    ['CALENDAR_EXPIRATION', 'calendar_expiration'],
    ['SLIDING_EXPIRATION', 'sliding_expiration'],
  ];

  /** All the ways to take from the example what fits together. */
  const variants = [BALANCE, EARNED].flatMap((measure) =>
    EXPIRATIONS.flatMap(([type, name]) => ['NO_DOWNGRADE', 'SINGLE_LEVEL', 'MULTI_LEVEL'].map((downgrade) => ({ measure, type, name, downgrade }))),
  );

  test.each(variants)('$measure.type, $type, $downgrade: there and back, byte for byte', async ({ measure, type, name, downgrade }) => {
    server.setNow(NOW);
    const id = await draft();
    const grace = downgrade === 'NO_DOWNGRADE' ? {} : { grace_period: PAGE_UPDATE_BODY.downgrade.grace_period };
    const body = {
      ...PAGE_UPDATE_BODY,
      ...measure,
      card_definition_id: cardDefinitionId,
      expiration: { type, ...(name === null ? {} : { [name]: SUB_OBJECTS[name] }) },
      downgrade: { type: downgrade, ...grace },
    };
    // The answer of the pages, without what its type has no place for.
    const { point_earned: _, ...answer } = PAGE_ANSWER;
    const fields = Object.entries({ ...answer, id, type: measure.type, card_definition_id: cardDefinitionId });
    if (measure.point_earned !== null) fields.splice(8, 0, ['point_earned', measure.point_earned]);
    const expected = JSON.stringify({
      ...Object.fromEntries(fields),
      expiration: { type, ...(name === null ? {} : { [name]: ANSWERED_SUB_OBJECTS[name] }) },
      downgrade: body.downgrade,
    });
    expect(Object.keys(JSON.parse(expected))).toEqual(Object.keys(PAGE_ANSWER).filter((key) => key !== 'point_earned' || measure === EARNED));

    const put = await shop.send('PUT', `/${id}`, body);
    expect([put.status, put.headers.get('content-type'), put.text]).toEqual([200, 'application/json; charset=utf-8', expected]);
    expect((await shop.send('GET', `/${id}`)).text).toBe(expected);
    const listed = await shop.send('GET', `?filters[id][conditions][$is]=${id}`);
    expect(listed.text).toBe(`{"data":[${expected}],"object":"list","cursor":null}`);
    // What was read can be sent back as it is, but for what is not for clients to say.
    const { id: _id, status: _status, created_at: _createdAt, object: _object, updated_at: _updatedAt, ...again } = JSON.parse(expected);
    expect((await shop.send('PUT', `/${id}`, again)).text).toBe(expected);
  });

  test('with the next page, the list is the whole of its page', async () => {
    server.setNow(NOW);
    await draft();
    await draft();
    const { data, ...rest } = await shop.list('limit=1');
    expect([data.length, Object.keys(rest), Object.keys(rest.cursor)]).toEqual([1, ['object', 'cursor'], ['next', 'expires_at']]);
    expect([rest.object, typeof rest.cursor.next, rest.cursor.expires_at]).toEqual(['list', 'string', '2023-11-08T05:31:56Z']);
  });

  test('the body of the page about creating', async () => {
    server.setNow(NOW);
    const body = { ...PAGE_UPDATE_BODY, ...EARNED, card_definition_id: cardDefinitionId, expiration: { type: 'NO_EXPIRATION' }, status: 'DRAFT' };
    const { id, updated_at, created_at, status, object, ...settings } = await shop.succeed('POST', '', body);
    const { status: _, ...sent } = body;
    expect([updated_at, created_at, status, object, settings]).toEqual([null, NOW, 'DRAFT', 'tier_structure', sent]);
    expect(id).toMatch(/^tstr_[0-9a-hjkmnp-tv-z]{26}$/);
  });

  test('as it stands, the example contradicts itself in four places, and each is refused', async () => {
    server.setNow(NOW);
    const id = await draft();
    const example = { ...PAGE_UPDATE_BODY, card_definition_id: cardDefinitionId };
    const refusals = await unchanged(server, async () => {
      const found: string[] = [];
      for (const body of [example, ...Object.keys(SUB_OBJECTS).map((name) => ({ expiration: { type: 'NO_EXPIRATION', [name]: SUB_OBJECTS[name as SubObject] } })), { ...example, expiration: { type: 'NO_EXPIRATION' } }]) {
        found.push(refusalOf(await shop.send('PUT', `/${id}`, body)));
      }
      return found;
    });
    expect(refusals).toEqual([
      '400 BAD_USER_INPUT expiration.rolling_expiration',
      '400 BAD_USER_INPUT expiration.rolling_expiration',
      '400 BAD_USER_INPUT expiration.calendar_expiration',
      '400 BAD_USER_INPUT expiration.sliding_expiration',
      '422 INVALID_POINT_EARNED point_earned',
    ]);
  });

  test('objects that do not go with the type may be null', async () => {
    const id = await draft();
    const nothing = { rolling_expiration: null, calendar_expiration: null, sliding_expiration: null };
    const { expiration, downgrade } = await shop.succeed('PUT', `/${id}`, { expiration: { type: 'NO_EXPIRATION', ...nothing }, downgrade: { type: 'NO_DOWNGRADE', grace_period: null } });
    expect([expiration, downgrade]).toEqual([{ type: 'NO_EXPIRATION' }, { type: 'NO_DOWNGRADE' }]);
  });

  test('every field may be left out, and then stays as it is', async () => {
    const whole = { ...PAGE_UPDATE_BODY, ...EARNED, card_definition_id: cardDefinitionId, expiration: { type: 'ROLLING_EXPIRATION', rolling_expiration: SUB_OBJECTS.rolling_expiration }, metadata: { a: 1 } };
    const id = await draft();
    let before = await shop.succeed('PUT', `/${id}`, whole);
    const changes = {
      name: 'Other',
      metadata: { b: [null, { c: 1.5 }], __proto__x: 'y' },
      downgrade: { type: 'SINGLE_LEVEL' },
      expiration: { type: 'CALENDAR_EXPIRATION', calendar_expiration: { calendar_dates: [{ day: 31, month: 12 }, { day: 29, month: 2 }] } },
      point_earned: { period: { value: 3, unit: 'MONTH' }, type: 'NEXT_TRACKING_PERIOD' },
      card_definition_id: null,
    };
    for (const [field, value] of Object.entries(changes)) {
      const after = await shop.succeed('PUT', `/${id}`, { [field]: value });
      expect(after).toEqual({ ...before, [field]: value, updated_at: after.updated_at });
      before = after;
    }
    const after = await shop.succeed('PUT', `/${id}`, {});
    expect(after).toEqual({ ...before, updated_at: after.updated_at });
    const { type, point_earned } = await shop.succeed('PUT', `/${id}`, { type: 'POINT_BALANCE', point_earned: null });
    expect([type, point_earned]).toEqual(['POINT_BALANCE', undefined]);
  });

  test('a window that the pages do not know is shown and kept', async () => {
    const settings = { name: 'A year back', type: 'POINT_EARNED', pointEarned: { period: { value: 12, unit: 'MONTH' }, window: 'TRAILING' } };
    const { id } = (await admin.succeed('tierStructureCreate', settings, 'tierStructure { id }')).tierStructure;
    const shown = (await shop.succeed('GET', `/${id}`)).point_earned;
    expect(shown).toEqual({ period: { value: 12, unit: 'MONTH' }, type: 'IMMEDIATELY', window: 'TRAILING' });
    expect((await shop.succeed('PUT', `/${id}`, { point_earned: shown })).point_earned).toEqual(shown);
    const { window: _, ...documented } = shown;
    expect((await shop.succeed('PUT', `/${id}`, { point_earned: documented })).point_earned).toEqual(documented);
  });

  test('an instant is shown with its milliseconds where it has some', async () => {
    server.setNow('2023-11-07T05:31:56.070Z');
    const id = await draft();
    server.setNow('2023-11-07T05:32:00.000Z');
    const { created_at, updated_at } = await shop.succeed('PUT', `/${id}`, {});
    expect([created_at, updated_at]).toEqual(['2023-11-07T05:31:56.070Z', '2023-11-07T05:32:00Z']);
  });

  test('data of yours come back as they were sent', async () => {
    const metadata = '{"snake_case":1,"camelCase":[true,null,"x"],"$is":{"":0.1},"ünï":"🏅"}';
    const { status, text } = await shop.send('POST', '', `{"name":"Data","type":"POINT_BALANCE","metadata":${metadata}}`);
    expect([status, text.includes(`"metadata":${metadata},`)]).toEqual([200, true]);
  });
});

describe('what is refused', () => {
  let shop: V2Client;
  let id: string;
  let activeId: string;
  let cardDefinitionId: string;
  let before: Awaited<ReturnType<typeof contentsOf>>;

  beforeAll(async () => {
    const admin = await server.workspace();
    ({ tierStructureId: activeId, cardDefinitionId } = await buildProgram(admin));
    shop = new V2Client(admin);
    ({ id } = await shop.succeed('POST', '', { name: 'Draft', type: 'POINT_BALANCE', card_definition_id: cardDefinitionId }));
    before = await contentsOf(server);
  });

  const period = (value: unknown, unit: unknown) => ({ period: { value, unit } });
  const rolling = (value: unknown, unit: unknown) => ({ expiration: { type: 'ROLLING_EXPIRATION', rolling_expiration: period(value, unit) } });
  const calendar = (...dates: unknown[]) => ({ expiration: { type: 'CALENDAR_EXPIRATION', calendar_expiration: { calendar_dates: dates } } });
  const sliding = (more: object) => ({ expiration: { type: 'SLIDING_EXPIRATION', sliding_expiration: { ...period(2, 'DAY'), ...more } } });
  const grace = (value: unknown, unit: unknown) => ({ downgrade: { type: 'SINGLE_LEVEL', grace_period: { value, unit } } });

  test.each<[string, unknown]>([
    ['400 BAD_USER_INPUT', []],
    ['400 BAD_USER_INPUT', '"text"'],
    ['400 BAD_USER_INPUT', 'null'],
    ['400 BAD_USER_INPUT', '7'],
    ['400 BAD_REQUEST', '{"name":'],
    ['400 BAD_REQUEST', '{"name":"a","name":"b"}'],
    ['400 BAD_USER_INPUT name', { name: 1 }],
    ['422 INVALID_NAME name', { name: '' }],
    ['422 INVALID_NAME name', { name: '🏅'.repeat(201) }],
    ['400 BAD_USER_INPUT type', { type: 'POINTS' }],
    ['400 BAD_USER_INPUT metadata', { metadata: [] }],
    ['422 INVALID_METADATA metadata', { metadata: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`key${index}`, 1])) }],
    ['400 BAD_USER_INPUT status', { status: 'ACTIVE' }],
    ['400 BAD_USER_INPUT id', { id: UNKNOWN }],
    ['400 BAD_USER_INPUT cardDefinitionId', { cardDefinitionId: null }],
    ['400 BAD_USER_INPUT expiration.rollingExpiration', { expiration: { type: 'NO_EXPIRATION', rollingExpiration: null } }],
    ['400 BAD_USER_INPUT card_definition_id', { card_definition_id: 7 }],
    ['422 INVALID_CARD_DEFINITION card_definition_id', { card_definition_id: UNKNOWN_CARD }],
    ['422 INVALID_CARD_DEFINITION card_definition_id', { card_definition_id: '<string>' }],
    ['422 INVALID_POINT_EARNED point_earned', { point_earned: period(2, 'DAY') }],
    ['422 INVALID_POINT_EARNED point_earned', { type: 'POINT_EARNED' }],
    ['422 INVALID_POINT_EARNED point_earned', { type: 'POINT_EARNED', point_earned: null }],
    ['422 INVALID_POINT_EARNED point_earned.period.value', { type: 'POINT_EARNED', point_earned: period(0, 'DAY') }],
    ['422 INVALID_POINT_EARNED point_earned.window', { type: 'POINT_EARNED', point_earned: { ...period(1, 'DAY'), type: 'NEXT_TRACKING_PERIOD', window: 'TRAILING' } }],
    ['400 BAD_USER_INPUT point_earned.period', { type: 'POINT_EARNED', point_earned: {} }],
    ['400 BAD_USER_INPUT point_earned.type', { type: 'POINT_EARNED', point_earned: { ...period(1, 'DAY'), type: 'LATER' } }],
    ['400 BAD_USER_INPUT point_earned.period.unit', { type: 'POINT_EARNED', point_earned: period(1, 'CENTURY') }],
    ['400 BAD_USER_INPUT point_earned.period.value', { type: 'POINT_EARNED', point_earned: period(1.5, 'DAY') }],
    ['400 BAD_USER_INPUT point_earned.period.value', { type: 'POINT_EARNED', point_earned: period(2 ** 31, 'DAY') }],
    ['400 BAD_USER_INPUT point_earned.period.value', { type: 'POINT_EARNED', point_earned: period('2', 'DAY') }],
    ['400 BAD_USER_INPUT expiration.type', { expiration: {} }],
    ['400 BAD_USER_INPUT expiration.type', { expiration: { type: 'ROLLING' } }],
    ['400 BAD_USER_INPUT expiration.rolling_expiration', { expiration: { type: 'ROLLING_EXPIRATION' } }],
    ['400 BAD_USER_INPUT expiration.calendar_expiration', { expiration: { type: 'CALENDAR_EXPIRATION', calendar_expiration: null } }],
    ['400 BAD_USER_INPUT expiration.sliding_expiration', { expiration: { type: 'SLIDING_EXPIRATION' } }],
    ['422 INVALID_EXPIRATION expiration.rolling_expiration.period', rolling(1001, 'DAY')],
    ['422 INVALID_EXPIRATION expiration.rolling_expiration.period', rolling(2, 'HOUR')],
    ['422 INVALID_EXPIRATION expiration.calendar_expiration.calendar_dates', calendar()],
    ['422 INVALID_EXPIRATION expiration.calendar_expiration.calendar_dates', calendar({ day: 31, month: 2 })],
    ['400 BAD_USER_INPUT expiration.calendar_expiration.calendar_dates.0.month', calendar({ day: 31 })],
    ['422 INVALID_EXPIRATION expiration.sliding_expiration', sliding({})],
    ['422 INVALID_EXPIRATION expiration.sliding_expiration', sliding({ earning_activity: true, custom_activity_types: ['visit'] })],
    ['400 BAD_USER_INPUT expiration.sliding_expiration.earning_activity', sliding({ earning_activity: 'yes' })],
    ['400 BAD_USER_INPUT downgrade.type', { downgrade: {} }],
    ['400 BAD_USER_INPUT downgrade.grace_period', { downgrade: { type: 'NO_DOWNGRADE', grace_period: { value: 2, unit: 'DAY' } } }],
    ['422 INVALID_DOWNGRADE downgrade.grace_period', grace(2, 'HOUR')],
    ['422 INVALID_DOWNGRADE downgrade.grace_period', grace(0, 'DAY')],
  ])('%s: %j', async (expected, body) => {
    const answer = await shop.send('PUT', `/${id}`, body);
    expect(refusalOf(answer)).toBe(expected);
    expect(answer.body.detail).not.toMatch(/Variable|GraphQL|Input"|oneOf/);
  });

  test('and nothing of it has changed anything', async () => {
    expect(await contentsOf(server)).toEqual(before);
  });

  test('all that the engine finds wrong is said at once', async () => {
    const { body } = await unchanged(server, () => shop.send('PUT', `/${id}`, { name: '', point_earned: period(2, 'DAY'), ...grace(2, 'HOUR') }));
    expect(body.errors.map(({ code, field }: { code: string; field: string[] }) => [code, field.join('.')])).toEqual([
      ['INVALID_NAME', 'name'],
      ['INVALID_POINT_EARNED', 'point_earned'],
      ['INVALID_DOWNGRADE', 'downgrade.grace_period'],
    ]);
  });

  test('outside DRAFT only name and metadata may change', async () => {
    const settings = { type: 'POINT_BALANCE', card_definition_id: cardDefinitionId, point_earned: null, expiration: { type: 'NO_EXPIRATION' }, downgrade: { type: 'NO_DOWNGRADE' } };
    for (const [field, value] of Object.entries(settings)) {
      const answer = await unchanged(server, () => shop.send('PUT', `/${activeId}`, { name: 'No', [field]: value }));
      expect(refusalOf(answer)).toBe(`409 NOT_DRAFT ${field}`);
    }
    const { name, metadata, status } = await shop.succeed('PUT', `/${activeId}`, { name: 'Renamed', metadata: { a: 1 } });
    expect([name, metadata, status]).toEqual(['Renamed', { a: 1 }, 'ACTIVE']);
  });

  test('creating needs a name and a type, and makes a draft', async () => {
    const refusals = await unchanged(server, async () => {
      const bodies = [undefined, {}, { name: 'A' }, { type: 'POINT_BALANCE' }, { name: null, type: 'POINT_BALANCE' }, { name: 'A', type: 'POINT_BALANCE', status: 'ACTIVE' }, { name: 'A', type: 'POINT_EARNED' }, { name: 'A', type: 'POINT_BALANCE', tiers: [] }];
      return Promise.all(bodies.map(async (body) => refusalOf(await shop.send('POST', '', body))));
    });
    expect(refusals).toEqual([
      '400 BAD_USER_INPUT',
      '400 BAD_USER_INPUT name',
      '400 BAD_USER_INPUT type',
      '400 BAD_USER_INPUT name',
      '400 BAD_USER_INPUT name',
      '400 BAD_USER_INPUT status',
      '422 INVALID_POINT_EARNED point_earned',
      '400 BAD_USER_INPUT tiers',
    ]);
    const created = await shop.succeed('POST', '', { name: 'A', type: 'POINT_BALANCE' });
    expect([created.status, created.card_definition_id, created.expiration, created.downgrade, created.metadata]).toEqual(['DRAFT', null, { type: 'NO_EXPIRATION' }, { type: 'NO_DOWNGRADE' }, {}]);
  });

  test('bodies and parameters where there are none, other formats, other methods, other addresses', async () => {
    const refusals = await unchanged(server, async () => [
      refusalOf(await shop.send('POST', `/${id}/activate`, { effective_at: '2020-01-01T00:00:00Z' })),
      refusalOf(await shop.send('DELETE', `/${id}`, [])),
      refusalOf(await shop.send('GET', `/${id}?expand=tiers`)),
      refusalOf(await shop.send('PUT', `/${id}?force=true`, { name: 'A' })),
      refusalOf(await shop.send('PUT', `/${id}`, 'name=A', { 'content-type': 'application/x-www-form-urlencoded' })),
      refusalOf(await shop.send('PATCH', `/${id}`, { name: 'A' })),
      refusalOf(await shop.send('DELETE')),
      refusalOf(await shop.send('GET', `/${id}/activate`)),
      refusalOf(await shop.send('POST', `/${id}/publish`)),
    ]);
    expect(refusals).toEqual([
      '400 BAD_USER_INPUT',
      '400 BAD_USER_INPUT',
      '400 BAD_USER_INPUT expand',
      '400 BAD_USER_INPUT force',
      '415 UNSUPPORTED_MEDIA_TYPE',
      '405 METHOD_NOT_ALLOWED',
      '405 METHOD_NOT_ALLOWED',
      '405 METHOD_NOT_ALLOWED',
      '404 NOT_FOUND',
    ]);
  });
});

describe('its life', () => {
  let admin: ApiClient;
  let shop: V2Client;
  let cardDefinitionId: string;

  beforeAll(async () => {
    admin = await server.workspace();
    shop = new V2Client(admin);
    cardDefinitionId = await buildCardDefinition(admin);
  });

  const withTier = async (): Promise<string> => {
    const { id } = await shop.succeed('POST', '', { name: 'Membership', type: 'POINT_BALANCE', card_definition_id: cardDefinitionId });
    await admin.succeed('tierCreate', { tierStructureId: id, name: 'Basic', minPoints: 0 }, 'tier { id }');
    return id;
  };
  const STEPS = { activate: ['POST', '/activate'], deactivate: ['POST', '/deactivate'], draft: ['POST', '/draft'], delete: ['DELETE', ''] } as const;
  type Step = keyof typeof STEPS;
  const take = (id: string, step: Step) => shop.send(STEPS[step][0], `/${id}${STEPS[step][1]}`);

  /** What a step leads to from each status; null if it is refused. */
  const LEADS_TO: Readonly<Record<string, Readonly<Record<Step, string | null>>>> = {
    DRAFT: { activate: 'ACTIVE', deactivate: null, draft: null, delete: 'DELETED' },
    ACTIVE: { activate: null, deactivate: 'INACTIVE', draft: 'DRAFT', delete: 'DELETED' },
    INACTIVE: { activate: 'ACTIVE', deactivate: null, draft: null, delete: 'DELETED' },
    DELETED: { activate: null, deactivate: null, draft: null, delete: null },
  };
  const WAY: Readonly<Record<string, readonly Step[]>> = { DRAFT: [], ACTIVE: ['activate'], INACTIVE: ['activate', 'deactivate'], DELETED: ['delete'] };

  test.each(Object.entries(LEADS_TO).flatMap(([from, steps]) => Object.entries(steps).map(([step, to]) => ({ from, step: step as Step, to }))))(
    '$step from $from leads to $to',
    async ({ from, step, to }) => {
      const id = await withTier();
      for (const each of WAY[from] ?? []) expect((await take(id, each)).status).toBe(200);
      const before = await shop.succeed('GET', `/${id}`);
      expect(before.status).toBe(from);
      if (to === null) {
        expect(refusalOf(await unchanged(server, () => take(id, step)))).toBe('409 INVALID_STATUS id');
        return;
      }
      const { status, body } = await take(id, step);
      expect([status, body]).toEqual([200, { ...before, status: to, updated_at: body.updated_at }]);
      expect(await shop.succeed('GET', `/${id}`)).toEqual(body);
    },
  );

  test('a step may be sent with an empty object', async () => {
    const id = await withTier();
    expect((await shop.succeed('POST', `/${id}/activate`, {})).status).toBe('ACTIVE');
  });

  test('activation reports all that stands against it at once', async () => {
    const { id } = await shop.succeed('POST', '', { name: 'Empty', type: 'POINT_BALANCE' });
    const answer = await unchanged(server, () => take(id, 'activate'));
    expect(refusalOf(answer)).toBe('422 INVALID_CARD_DEFINITION id');
    expect(answer.body.errors.map(({ code }: { code: string }) => code)).toEqual(['INVALID_CARD_DEFINITION', 'NO_TIERS']);
  });

  test('what customers hold does not become a draft', async () => {
    const own = await server.workspace();
    const { tierStructureId } = await buildProgram(own);
    await buildCustomer(own, 'ada');
    await earn(own, 'ada', '150.00');
    expect(refusalOf(await unchanged(server, () => new V2Client(own).send('POST', `/${tierStructureId}/draft`)))).toBe('409 IN_USE id');
  });

  test('an Idempotency-Key makes a repeated call harmless', async () => {
    const send = (name: string) => shop.send('POST', '', { name, type: 'POINT_BALANCE' }, { 'idempotency-key': 'structure-1' });
    const first = await send('Once');
    const second = await unchanged(server, () => send('Once'));
    expect([first.status, second.status, second.text]).toEqual([200, 200, first.text]);
    expect([first.headers.get('idempotent-replayed'), second.headers.get('idempotent-replayed')]).toEqual([null, 'true']);
    expect(refusalOf(await unchanged(server, () => send('Twice')))).toBe('422 IDEMPOTENCY_KEY_PARAMETER_MISMATCH idempotency_key');
    expect((await shop.list('filters[name][conditions][$is]=Once')).data.map(({ id }: { id: string }) => id)).toEqual([first.body.id]);
  });
});

describe('who may', () => {
  let admin: ApiClient;
  let shop: V2Client;
  let id: string;
  const keys: Record<string, { readonly id: string; readonly secret: string }> = {};

  beforeAll(async () => {
    admin = await server.workspace();
    shop = new V2Client(admin);
    ({ id } = await shop.succeed('POST', '', { name: 'Draft', type: 'POINT_BALANCE' }));
    for (const scope of ['READ', 'WRITE', 'ADMIN']) {
      const { secret, apiKey } = await admin.succeed('apiKeyCreate', { name: scope, scope }, 'secret apiKey { id }');
      keys[scope] = { id: apiKey.id, secret };
    }
  });

  const ROUTES: readonly (readonly [string, (id: string) => string, unknown])[] = [
    ['GET', () => '', undefined],
    ['GET', (one) => `/${one}`, undefined],
    ['POST', () => '', { name: 'A', type: 'POINT_BALANCE' }],
    ['PUT', (one) => `/${one}`, { name: 'A' }],
    ['POST', (one) => `/${one}/activate`, undefined],
    ['POST', (one) => `/${one}/deactivate`, undefined],
    ['POST', (one) => `/${one}/draft`, undefined],
    ['DELETE', (one) => `/${one}`, undefined],
  ];

  test.each(ROUTES)('%s %s needs a key, and a key of the right scope', async (method, pathOf, body) => {
    const send = (key: string | null) => new V2Client(admin.withKey(key)).send(method, pathOf(id), body);
    for (const key of [null, 'wrong']) expect(refusalOf(await unchanged(server, () => send(key)))).toBe('401 UNAUTHENTICATED');
    for (const scope of ['READ', 'WRITE']) {
      if (method === 'GET') expect((await send(keys[scope]!.secret)).status).toBe(200);
      else expect(refusalOf(await unchanged(server, () => send(keys[scope]!.secret)))).toBe('403 FORBIDDEN');
    }
  });

  test.each(ROUTES.slice(1).filter(([, pathOf]) => pathOf('x') !== ''))("%s %s: another workspace's id is like one that is nowhere", async (method, pathOf, body) => {
    const stranger = new V2Client(await server.workspace({ name: 'Café Aurora' }));
    const answers = await unchanged(server, async () => {
      const found: RestAnswer[] = [];
      for (const one of [id, UNKNOWN, id.replace('tstr_', 'tier_'), 'x', '%00', encodeURIComponent("'; DROP TABLE tiers; --")]) found.push(await stranger.send(method, pathOf(one), body));
      return found;
    });
    expect(answers.map(refusalOf)).toEqual(answers.map(() => '404 NOT_FOUND id'));
    const said = answers.map(({ body: { request_id: _, ...problem } }) => problem);
    for (const problem of said) expect(problem).toEqual(said[0]);
  });

  test('the rate limits are those of GraphQL, and are said in the same headers', async () => {
    const { headers } = await admin.send('{ workspace { name } }');
    const policy = headers.get('ratelimit-policy');
    expect(policy).toMatch(/^"workspace";q=\d+;w=\d+/);
    for (const [method, pathOf] of ROUTES.slice(0, 2)) {
      const answer = await shop.send(method, pathOf(id));
      expect([answer.headers.get('ratelimit-policy'), answer.headers.get('ratelimit')]).toEqual([policy, expect.stringMatching(/^"workspace";r=\d+/)]);
    }
  });

  test('the pair of X-App-Id and X-App-Token opens what a bearer does', async () => {
    const pair = (appId: string, token: string) => new V2Client(admin, { 'x-app-id': appId, 'x-app-token': token });
    const { id: keyId, secret } = keys['ADMIN']!;
    expect((await pair(keyId, secret).succeed('GET', `/${id}`)).id).toBe(id);
    expect((await pair(keyId, secret).succeed('PUT', `/${id}`, { name: 'Renamed' })).name).toBe('Renamed');
    const page = await pair(keyId, secret).list('limit=1&filters[name][conditions][$has_value]=');
    expect([page.data.length, page.cursor]).toEqual([1, null]);
    for (const [appId, token] of [[keys['READ']!.id, secret], [keyId, keys['READ']!.secret], ['x', secret], [keyId, 'x']] as const) {
      expect(refusalOf(await unchanged(server, () => pair(appId, token).send('PUT', `/${id}`, { name: 'No' })))).toBe('401 UNAUTHENTICATED');
    }
  });
});

describe('each route does what GraphQL does', () => {
  /** A workspace for either. */
  interface Side {
    readonly admin: ApiClient;
    readonly shop: V2Client;
    readonly cardDefinitionId: string;
  }
  let graphql: Side;
  let rest: Side;
  let instant = Date.parse('2026-03-01T00:00:00Z');

  beforeAll(async () => {
    const prepare = async (): Promise<Side> => {
      server.setNow(instant);
      const admin = await server.workspace();
      return { admin, shop: new V2Client(admin), cardDefinitionId: await buildCardDefinition(admin) };
    };
    [graphql, rest] = [await prepare(), await prepare()];
  });

  const WAY: Readonly<Record<string, readonly string[]>> = { DRAFT: [], ACTIVE: ['Activate'], INACTIVE: ['Activate', 'Deactivate'], DELETED: ['Delete'] };

  async function make({ admin, cardDefinitionId }: Side, status: string): Promise<string> {
    const input = { name: status, type: 'POINT_BALANCE', cardDefinitionId, tiers: [{ name: 'Basic', minPoints: 0 }] };
    const { id } = (await admin.succeed('tierStructureCreate', input, 'tierStructure { id }')).tierStructure;
    for (const step of WAY[status] ?? []) await admin.succeed(`tierStructure${step}`, { id }, 'tierStructure { id }');
    return id;
  }

  /** All that is stored of a structure and what was recorded about it, without what differs between workspaces. */
  async function stateOf({ admin }: Side, id: string): Promise<string> {
    const state = await admin.run(
      `query($id: ID!) {
        tierStructure(id: $id) {
          name type cardDefinitionId metadata status version effectiveAt createdAt updatedAt entryAwardScope entryAwardOnRefund
          pointEarned { period { value unit } type window }
          expiration {
            type rollingExpiration { period { value unit } } calendarExpiration { calendarDates { day month } }
            slidingExpiration { period { value unit } earningActivity spendingActivity customActivity customActivityTypes }
          }
          downgrade { type gracePeriod { value unit roundUp } }
          tiers { name } formerRevisions { number }
          activities(first: 20) { nodes { action before after } }
        }
        tierStructures(first: 1, filter: { status: { in: [DRAFT, ACTIVE, INACTIVE, DELETED] } }) { totalCount }
      }`,
      { id },
    );
    return JSON.stringify(state).replace(/"[a-z]+_[0-9a-z]{26}"/g, '"id"').replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'uuid');
  }

  interface Case {
    readonly name: string;
    readonly mutation: string;
    /** Of the structure that is made first, and whose id fills in for `id`. */
    readonly status: string;
    readonly input: (id: string, side: Side) => Record<string, unknown>;
    readonly method: string;
    readonly path: (id: string) => string;
    readonly body?: (side: Side) => unknown;
    readonly code: string | null;
  }
  const steps: readonly (readonly [string, string, string, readonly string[]])[] = [
    ['Activate', 'POST', '/activate', ['DRAFT', 'INACTIVE']],
    ['Deactivate', 'POST', '/deactivate', ['ACTIVE']],
    ['Draft', 'POST', '/draft', ['ACTIVE']],
    ['Delete', 'DELETE', '', ['DRAFT', 'ACTIVE', 'INACTIVE']],
  ];
  const period = { value: 6, unit: 'MONTH' };
  const create = (name: string, input: (side: Side) => Record<string, unknown>, body: (side: Side) => unknown, code: string | null): Case => {
    return { name: `create: ${name}`, mutation: 'tierStructureCreate', status: 'DRAFT', input: (_, side) => input(side), method: 'POST', path: () => '', body, code };
  };
  const update = (name: string, status: string, changes: Record<string, unknown>, body: unknown, code: string | null): Case => {
    return { name: `update: ${name}`, mutation: 'tierStructureUpdate', status, input: (id) => ({ id, ...changes }), method: 'PUT', path: (id) => `/${id}`, body: () => body, code };
  };
  const notThere = (step: string, method: string, suffix: string, body?: unknown): Case => {
    return { name: `${step}: nothing`, mutation: `tierStructure${step}`, status: 'DRAFT', input: () => ({ id: UNKNOWN }), method, path: () => `/${UNKNOWN}${suffix}`, body: () => body, code: 'NOT_FOUND' };
  };

  const cases: readonly Case[] = [
    ...steps.flatMap(([step, method, suffix, from]) =>
      Object.keys(WAY).map((status): Case => {
        const code = from.includes(status) ? null : 'INVALID_STATUS';
        return { name: `${step}: ${status}`, mutation: `tierStructure${step}`, status, input: (id) => ({ id }), method, path: (id) => `/${id}${suffix}`, code };
      }),
    ),
    ...steps.map(([step, method, suffix]) => notThere(step, method, suffix)),
    notThere('Update', 'PUT', '', {}),
    create(
      'everything',
      ({ cardDefinitionId }) => ({
        name: 'New',
        type: 'POINT_EARNED',
        cardDefinitionId,
        pointEarned: { period },
        expiration: { slidingExpiration: { period, customActivity: true, customActivityTypes: ['visit'] } },
        downgrade: { singleLevel: { gracePeriod: { value: 2, unit: 'WEEK' } } },
        metadata: { a: 1 },
      }),
      ({ cardDefinitionId }) => ({
        name: 'New',
        type: 'POINT_EARNED',
        card_definition_id: cardDefinitionId,
        point_earned: { period },
        expiration: { type: 'SLIDING_EXPIRATION', sliding_expiration: { period, custom_activity: true, custom_activity_types: ['visit'] } },
        downgrade: { type: 'SINGLE_LEVEL', grace_period: { value: 2, unit: 'WEEK' } },
        metadata: { a: 1 },
      }),
      null,
    ),
    create('the least', () => ({ name: 'New', type: 'POINT_BALANCE' }), () => ({ name: 'New', type: 'POINT_BALANCE' }), null),
    create('no name', () => ({ name: ' ', type: 'POINT_BALANCE' }), () => ({ name: ' ', type: 'POINT_BALANCE' }), 'INVALID_NAME'),
    update('everything', 'DRAFT', { name: 'Other', expiration: { rollingExpiration: { period } }, downgrade: { multiLevel: {} }, metadata: {} }, { name: 'Other', expiration: { type: 'ROLLING_EXPIRATION', rolling_expiration: { period } }, downgrade: { type: 'MULTI_LEVEL' }, metadata: {} }, null),
    update('no card', 'DRAFT', { cardDefinitionId: null }, { card_definition_id: null }, null),
    update('nothing', 'DRAFT', {}, {}, null),
    update('name in force', 'ACTIVE', { name: 'Other' }, { name: 'Other' }, null),
    update('type in force', 'ACTIVE', { type: 'POINT_BALANCE' }, { type: 'POINT_BALANCE' }, 'NOT_DRAFT'),
    update('downgrade while paused', 'INACTIVE', { downgrade: { noDowngrade: true } }, { downgrade: { type: 'NO_DOWNGRADE' } }, 'NOT_DRAFT'),
    update('a deleted one', 'DELETED', { name: 'Other' }, { name: 'Other' }, 'INVALID_STATUS'),
    update('metadata', 'DRAFT', { metadata: { a: 'x'.repeat(11_000) } }, { metadata: { a: 'x'.repeat(11_000) } }, 'INVALID_METADATA'),
    update('card definition', 'DRAFT', { cardDefinitionId: UNKNOWN_CARD }, { card_definition_id: UNKNOWN_CARD }, 'INVALID_CARD_DEFINITION'),
    update('point earned', 'DRAFT', { pointEarned: { period } }, { point_earned: { period } }, 'INVALID_POINT_EARNED'),
    update('expiration', 'DRAFT', { expiration: { calendarExpiration: { calendarDates: [] } } }, { expiration: { type: 'CALENDAR_EXPIRATION', calendar_expiration: { calendar_dates: [] } } }, 'INVALID_EXPIRATION'),
    update('downgrade', 'DRAFT', { downgrade: { multiLevel: { gracePeriod: { value: 0, unit: 'DAY' } } } }, { downgrade: { type: 'MULTI_LEVEL', grace_period: { value: 0, unit: 'DAY' } } }, 'INVALID_DOWNGRADE'),
  ];

  test.each(cases)('$name: $code', async ({ mutation, status, input, method, path, body, code }) => {
    // Both sides live through the same instants.
    instant += 3_600_000;
    server.setNow(instant);
    const [one, other] = [await make(graphql, status), await make(rest, status)];
    server.setNow(instant + 60_000);
    const payload = await graphql.admin.mutate(mutation, input(one, graphql), 'tierStructure { id status }');
    const answer = await rest.shop.send(method, path(other), body?.(rest));
    const codes = payload.userErrors.map((error: { code: string }) => error.code);
    expect(codes).toEqual(code === null ? [] : [code]);
    if (code === null) expect([answer.status, answer.body.status]).toEqual([200, payload.tierStructure.status]);
    else expect([answer.body.code, answer.body.errors.map((error: { code: string }) => error.code)]).toEqual([code, codes]);
    expect(await stateOf(rest, other)).toBe(await stateOf(graphql, one));
    if (code === null) expect(await stateOf(rest, answer.body.id)).toBe(await stateOf(graphql, payload.tierStructure.id));
  });

  test('reads: the same objects, and the same codes', async () => {
    const { admin, shop } = rest;
    for (const id of [await make(rest, 'DRAFT'), await make(rest, 'DELETED')]) {
      const { tierStructure } = await admin.run('query($id: ID!) { tierStructure(id: $id) { name status createdAt updatedAt } }', { id });
      const { name, status, created_at, updated_at } = await shop.succeed('GET', `/${id}`);
      const inMilliseconds = (text: string | null) => (text === null ? null : Date.parse(text));
      expect([name, status, inMilliseconds(created_at), inMilliseconds(updated_at)]).toEqual([
        tierStructure.name,
        tierStructure.status,
        inMilliseconds(tierStructure.createdAt),
        inMilliseconds(tierStructure.updatedAt),
      ]);
    }
    const refusals: readonly (readonly [Record<string, unknown>, string])[] = [
      [{ first: 0 }, 'limit=0'],
      [{ first: 101 }, 'limit=101'],
      [{ after: 'x' }, 'cursor=x'],
      [{ orderBy: [{ field: 'NAME' }, { field: 'NAME' }] }, 'order=name&order=name'],
      [{ orderBy: [{ field: 'AGE' }] }, 'order=age'],
      [{ filter: { type: { is: 'X' } } }, 'filters[type][conditions][$is]=X'],
      [{ filter: { createdAt: { is: -1.5 } } }, 'filters[created_at][conditions][$is]=-1.5'],
      [{ filter: { createdAt: { is: 40_000 } } }, 'filters[created_at][conditions][$is]=40000'],
      [{ filter: { createdAt: { before: 'x' } } }, 'filters[created_at][conditions][$before]=x'],
      [{ filter: { name: { in: Array.from({ length: 11 }, () => 'x') } } }, Array.from({ length: 11 }, () => 'filters[name][conditions][$in]=x').join('&')],
    ];
    const LIST = 'query($filter: TierStructureFilter, $orderBy: [TierStructureOrder!], $first: Int, $after: String) { tierStructures(filter: $filter, orderBy: $orderBy, first: $first, after: $after) { nodes { id } } }';
    for (const [variables, query] of refusals) {
      const { errors } = await admin.send(LIST, variables);
      expect([query, (await shop.send('GET', `?${query}`)).body.code]).toEqual([query, errors[0]!.extensions.code]);
    }
  });
});

/**
 * The description of `/v2`: it says what its reference page says, what is served keeps to it whatever is sent, and what
 * clients rely on cannot go unnoticed.
 */
import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { LANDED_PATH, breaks, promisesOf } from '../../scripts/rest-v2-promises.ts';
import { renderDocuments, renderOpenApi } from '../../scripts/rest-v2-rendering.ts';
import { PAGE_UPDATE_BODY, V2Client } from '../support/rest-v2.ts';
import type { RestAnswer } from '../support/rest-v2.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';

const ROOT = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8');
const landed = read(LANDED_PATH).split('\n').filter(Boolean);
// eslint-disable-next-line @typescript-eslint/no-explicit-any
const describe31 = (): any => JSON.parse(read('src/generated/openapi-v2.json'));

const COLLECTION = '/v2/loyalties/tier-structures';
const RUNS = Number(process.env['REST_V2_FUZZ_RUNS'] ?? 300);

describe('the description', () => {
  test('follows from its sources, as the documents do', () => {
    expect(read('src/generated/openapi-v2.json')).toBe(renderOpenApi());
    expect(read('src/generated/rest-v2.ts')).toBe(renderDocuments(ROOT));
  });

  test('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    expect(await validator.validate(describe31())).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
  });

  test('names every query parameter of the page, with its options and limits, and no other', () => {
    const conditions = (field: string, operators: string, schema: object) => operators.split(' ').map((operator) => [`filters[${field}][conditions][${operator}]`, schema]);
    const text = { type: 'string' };
    const texts = (most: number, items: object = text) => ({ type: 'array', items, minItems: 1, maxItems: most });
    const types = { type: 'string', enum: ['POINT_BALANCE', 'POINT_EARNED'] };
    const statuses = { type: 'string', enum: ['DRAFT', 'ACTIVE', 'INACTIVE', 'DELETED'] };
    const page = [
      ['filters[junction]', { type: 'string', enum: ['AND', 'OR'] }],
      ...conditions('id', '$is $is_not', text),
      ...conditions('id', '$in $not_in', texts(100)),
      ...conditions('name', '$is $is_not $contains $not_contain $starts_with $ends_with $has_value $is_unknown', text),
      ...conditions('name', '$in $not_in', texts(10)),
      ...conditions('type', '$is $is_not', types),
      ...conditions('type', '$in $not_in', texts(10, types)),
      ...conditions('status', '$is $is_not', statuses),
      ...conditions('status', '$in $not_in', texts(10, statuses)),
      ...conditions('created_at', '$before $after', { type: 'string', format: 'date-time' }),
      ...conditions('created_at', '$is $more_than $less_than', { type: 'integer', minimum: 0, maximum: 36_500 }),
      ...conditions('created_at', '$has_value $is_unknown', text),
      ['limit', { type: 'integer', minimum: 1, maximum: 100, default: 10 }],
      ['order', { type: 'array', items: { type: 'string', enum: ['-created_at', 'created_at', 'name', '-name', 'type', '-type', 'status', '-status'] }, maxItems: 4 }],
      ['cursor', text],
    ];
    const { parameters } = describe31().paths[COLLECTION].get;
    const described = parameters.map(({ name, schema }: { name: string; schema: object }) => [name, schema]);
    expect(Object.fromEntries(described)).toEqual(Object.fromEntries(page));
    expect([parameters.length, parameters.every((parameter: { in: string; required: boolean }) => parameter.in === 'query' && !parameter.required)]).toEqual([33, true]);
  });

  test('names the fields of the page of an update, and the fields of its answer, in their order', () => {
    const { schemas } = describe31().components;
    expect(Object.keys(schemas.TierStructureUpdate.properties)).toEqual(Object.keys(PAGE_UPDATE_BODY));
    expect(schemas.TierStructureUpdate.required).toBeUndefined();
    expect(Object.keys(schemas.TierStructure.properties)).toEqual(['id', 'name', 'type', 'card_definition_id', 'metadata', 'status', 'created_at', 'object', 'point_earned', 'expiration', 'downgrade', 'updated_at']);
    expect(Object.keys(schemas.TierStructureList.properties)).toEqual(['data', 'object', 'cursor']);
  });
});

describe('what landed', () => {
  test('still holds, and all of it is recorded', () => {
    const promises = promisesOf(describe31());
    expect(breaks(landed, promises)).toEqual([]);
    // Run `npm run schema:land` to record what is new.
    expect(landed).toEqual(promises);
  });

  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  const breaksAfter = (change: (description: any) => void): readonly string[] => {
    const description = describe31();
    change(description);
    return breaks(landed, promisesOf(description));
  };

  test('a route cannot go', () => {
    expect(breaksAfter(({ paths }) => delete paths[`${COLLECTION}/{id}/draft`])).toContain(`no longer: has POST ${COLLECTION}/{id}/draft`);
    expect(breaksAfter(({ paths }) => delete paths[`${COLLECTION}/{id}`].delete)).toContain(`no longer: has DELETE ${COLLECTION}/{id}`);
  });

  test('nor a parameter, an option, a field or a status', () => {
    const list = `GET ${COLLECTION}`;
    expect(breaksAfter(({ paths }) => paths[COLLECTION].get.parameters.pop())).toEqual([`no longer: takes ${list} query cursor: string`]);
    expect(breaksAfter(({ paths }) => paths[COLLECTION].get.parameters[0].schema.enum.pop())).toEqual([`no longer: takes ${list} query filters[junction] = OR`]);
    expect(breaksAfter(({ components }) => delete components.schemas.TierStructure.properties.name)).toContain('no longer: gives TierStructure.name: string');
    expect(breaksAfter(({ components }) => components.schemas.TierStructure.properties.status.enum.pop())).toEqual(['no longer: gives TierStructure.status = DELETED']);
    expect(breaksAfter(({ components }) => components.schemas.TierStructure.required.shift())).toEqual(['no longer: always gives TierStructure.id']);
    expect(breaksAfter(({ components }) => delete components.schemas.TierStructureUpdate.properties.metadata)).not.toEqual([]);
  });

  test('nothing old may be needed anew; what is new may need what it likes', () => {
    expect(breaksAfter(({ components }) => (components.schemas.TierStructureUpdate.required = ['name']))).toEqual(['newly: needs TierStructureUpdate.name']);
    expect(breaksAfter(({ paths }) => (paths[COLLECTION].get.parameters[0].required = true))).toEqual([`newly: needs GET ${COLLECTION} query filters[junction]`]);
    expect(
      breaksAfter(({ paths, components }) => {
        paths[`${COLLECTION}/{id}/copy`] = { parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }], post: { responses: {} } };
        components.schemas.TierStructureUpdate.properties.note = { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] };
        components.schemas.TierStructure.properties.note = { type: 'string' };
        paths[COLLECTION].get.parameters.push({ name: 'q', in: 'query', required: false, schema: { type: 'string' } });
      }),
    ).toEqual([]);
  });
});

describe('what is served', () => {
  let server: TestServer;
  let shop: V2Client;
  let ids: readonly string[];

  beforeAll(async () => {
    server = await startTestServer();
    shop = new V2Client(await server.workspace());
    const made: string[] = [];
    for (const name of ['One', 'Two', 'Three']) made.push((await shop.succeed('POST', '', { name, type: 'POINT_BALANCE' })).id);
    ids = made;
  });
  afterAll(() => server.stop());

  const ajv = new Ajv2020({ strict: false, allErrors: true });
  (addFormats as unknown as (ajv: Ajv2020) => void)(ajv);
  ajv.addSchema(describe31(), 'v2');
  /** What is wrong with an answer; null if it is as described. */
  function complaintsAbout({ status, body }: RestAnswer, schema: string): unknown {
    const name = status === 200 ? schema : 'Problem';
    const validate = ajv.getSchema(`v2#/components/schemas/${name}`);
    return validate?.(body) === true ? null : [name, body, validate?.errors];
  }

  test('the description itself, to anybody', async () => {
    const response = await fetch(`${server.url}/v2/openapi.json`);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
    expect(await response.json()).toEqual(describe31());
  });

  /** Mostly what makes sense, in all forms; sometimes what does not. */
  const parameter = fc.oneof(
    {
      weight: 4,
      arbitrary: fc
        .tuple(
          fc.constantFrom('id', 'name', 'type', 'status', 'created_at', 'age'),
          fc.constantFrom('$is', '$is_not', '$in', '$not_in', '$contains', '$starts_with', '$has_value', '$is_unknown', '$before', '$after', '$more_than', '$less_than', 'is'),
          fc.constantFrom('', '[]', '[0]', '[7]', '[x]'),
          fc.oneof(fc.constantFrom('POINT_EARNED', 'DRAFT', 'One', '3', '2026-01-01T00:00:00Z', '', '-1'), fc.string({ unit: 'binary', maxLength: 12 })),
        )
        .map(([filter, operator, form, value]) => `filters[${filter}][conditions][${operator}]${form}=${encode(value)}`),
    },
    fc.constantFrom('filters[junction]=OR', 'filters[junction]=AND', 'filters[junction]=X', 'limit=2', 'limit=0', 'order=name', 'order=-name', 'order[]=-type', 'cursor=x'),
    fc.tuple(fc.string({ maxLength: 12 }), fc.string({ unit: 'binary', maxLength: 12 })).map(([name, value]) => `${encode(name)}=${encode(value)}`),
    fc.string({ maxLength: 20 }).map((text) => text.replace(/[#\s\u0000-\u001f]/g, '')),
  );
  /** A lone surrogate has no percent-encoding. */
  const encode = (text: string): string => encodeURIComponent(text.toWellFormed());

  test('any query is answered as described, and never by a fault', async () => {
    const statuses = new Set<number>();
    await fc.assert(
      fc.asyncProperty(fc.array(parameter, { maxLength: 4 }), async (parameters) => {
        const answer = await shop.send('GET', `?${parameters.join('&')}`);
        statuses.add(answer.status);
        expect(complaintsAbout(answer, 'TierStructureList')).toBeNull();
        expect([200, 400]).toContain(answer.status);
      }),
      { numRuns: RUNS },
    );
    expect(statuses).toEqual(new Set([200, 400]));
  }, 60_000);

  const oneOf = (...values: readonly unknown[]) => fc.constantFrom(...values);
  const anything = fc.oneof({ weight: 5, arbitrary: oneOf(null, true, 0, 'text') }, fc.jsonValue({ maxDepth: 2 }));
  const orAnything = (arbitrary: fc.Arbitrary<unknown>) => fc.oneof({ weight: 60, arbitrary }, anything);
  const fields = (model: Record<string, fc.Arbitrary<unknown>>, required: string[] = []) =>
    orAnything(fc.record(Object.fromEntries(Object.entries(model).map(([name, arbitrary]) => [name, orAnything(arbitrary)])), { requiredKeys: required }));
  const period = fields({ value: oneOf(0, 1, 12, 12, 1001, 1.5), unit: oneOf('HOUR', 'DAY', 'MONTH', 'MONTH', 'AGE') }, ['value', 'unit']);
  const flag = fc.boolean();
  const rolling = fields({ period }, ['period']);
  const calendar = fields({ calendar_dates: fc.array(fields({ day: oneOf(1, 28, 31, 32), month: oneOf(2, 12, 13) }, ['day', 'month']), { maxLength: 22 }) });
  const sliding = fields({ period, earning_activity: flag, spending_activity: flag, custom_activity: flag, custom_activity_types: fc.array(oneOf('visit', '', 'x'.repeat(300))) }, ['period']);
  const expiration = fc.oneof(
    oneOf({ type: 'NO_EXPIRATION' }),
    rolling.map((each) => ({ type: 'ROLLING_EXPIRATION', rolling_expiration: each })),
    calendar.map((each) => ({ type: 'CALENDAR_EXPIRATION', calendar_expiration: each })),
    sliding.map((each) => ({ type: 'SLIDING_EXPIRATION', sliding_expiration: each })),
    fields({ type: oneOf('NO_EXPIRATION', 'X'), rolling_expiration: rolling, sliding_expiration: oneOf(null) }, ['type']),
  );
  const body = fields({
    name: oneOf('Name', 'Other', '', 'x'.repeat(201), '\u0000'),
    type: oneOf('POINT_BALANCE'),
    card_definition_id: oneOf(null, null, null, 'cdef_01h2xcejqtf2nbrexx3vqjhp41', ''),
    point_earned: fc.oneof({ weight: 3, arbitrary: oneOf(null) }, fields({ period, type: oneOf('IMMEDIATELY', 'X'), window: oneOf('TRAILING', null) }, ['period'])),
    expiration,
    downgrade: fields({ type: oneOf('NO_DOWNGRADE', 'SINGLE_LEVEL', 'MULTI_LEVEL'), grace_period: fields({ value: oneOf(0, 2, 2), unit: oneOf('DAY', 'MONTH', 'HOUR'), round_up: flag }, ['value', 'unit']) }, ['type']),
    metadata: fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 })),
  });

  test('any body is answered as described, and never by a fault', async () => {
    const statuses = new Set<number>();
    await fc.assert(
      fc.asyncProperty(body, oneOf(...Array.from({ length: 3 }, (_, index) => index)), async (sent, index) => {
        const answer = await shop.send('PUT', `/${ids[index as number] ?? ''}`, JSON.stringify(sent));
        statuses.add(answer.status);
        expect(complaintsAbout(answer, 'TierStructure')).toBeNull();
        expect([200, 400, 422]).toContain(answer.status);
      }),
      { numRuns: RUNS },
    );
    expect(statuses).toEqual(new Set([200, 400, 422]));
  }, 60_000);
});

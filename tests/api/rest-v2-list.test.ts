/** The list of `/v2/loyalties/tier-structures`: every condition of its reference page, every order, pages and cursors. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { ApiClient } from '../support/client.ts';
import { buildCardDefinition } from '../support/program.ts';
import { V2Client, queryString } from '../support/rest-v2.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
afterEach(() => server.setNow(null));

interface Structure {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly status: string;
  readonly created_at: string;
}

const condition = (filter: string, operator: string) => `filters[${filter}][conditions][${operator}]`;

/** Names of what the query matches, oldest first. */
async function namesOf(client: V2Client, query: string): Promise<string[]> {
  const { data, cursor, object } = await client.list([query, 'limit=100', 'order=created_at'].filter(Boolean).join('&'));
  expect([cursor, object]).toEqual([null, 'list']);
  return data.map(({ name }: Structure) => name);
}

/** Status, code and parameter of a refused list. */
async function refusal(client: V2Client, query: string): Promise<[number, string, string | null]> {
  const { status, headers, body } = await client.send('GET', `?${query}`);
  expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(body).toMatchObject({ status, type: expect.stringMatching(/\/docs\/errors\/[A-Z_]+$/), title: expect.any(String), request_id: headers.get('x-request-id') });
  expect(body.detail).not.toMatch(/Variable|GraphQL|\$filter|enum/);
  return [status, body.code, body.field === null ? null : body.field.join(' ')];
}

const EARNED = { type: 'POINT_EARNED', pointEarned: { period: { value: 1, unit: 'YEAR' } } };

async function create(client: ApiClient, name: string, more: Record<string, unknown> = {}): Promise<string> {
  const { tierStructure } = await client.succeed('tierStructureCreate', { name, type: 'POINT_BALANCE', ...more }, 'tierStructure { id }');
  return tierStructure.id;
}
const take = (client: ApiClient, step: string, id: string) => client.succeed(`tierStructure${step}`, { id }, 'tierStructure { id }');

describe('conditions', () => {
  /** Name, instant of creation, type and status; in Auckland 5 April 2026 had 25 hours. */
  const SEEDS: readonly (readonly [string, string, 'POINT_BALANCE' | 'POINT_EARNED', string])[] = [
    ['Alpha', '2026-04-04T10:59:59.999Z', 'POINT_BALANCE', 'DRAFT'],
    ['alpha', '2026-04-04T11:00:00.000Z', 'POINT_EARNED', 'DRAFT'],
    ['Alpha, Beta & 100%', '2026-04-05T11:59:59.999Z', 'POINT_BALANCE', 'ACTIVE'],
    ['under_score', '2026-04-05T12:00:00.000Z', 'POINT_EARNED', 'ACTIVE'],
    ['Ünïcode 🏅', '2026-04-06T11:59:59.999Z', 'POINT_BALANCE', 'INACTIVE'],
    ['a+b=c [1]', '2026-04-06T12:00:00.000Z', 'POINT_EARNED', 'INACTIVE'],
    ['gone Alpha', '2026-04-06T13:00:00.000Z', 'POINT_BALANCE', 'DELETED'],
    ['latest', '2026-04-07T00:00:00.000Z', 'POINT_BALANCE', 'DRAFT'],
  ];
  const NOW = '2026-04-07T00:00:00.000Z';
  const ALL = SEEDS.filter(([, , , status]) => status !== 'DELETED').map(([name]) => name);
  /** Names of the seeds that are in these places, in the order of their creation. */
  const at = (...places: number[]) => places.map((place) => SEEDS[place]![0]);
  const without = (...names: string[]) => ALL.filter((name) => !names.includes(name));
  let shop: V2Client;
  const ids: Record<string, string> = {};
  let foreign: string;

  beforeAll(async () => {
    server.setNow(SEEDS[0]![1]);
    const admin = await server.workspace({ name: 'Kiwi Books', timeZone: 'Pacific/Auckland' });
    foreign = await create(await server.workspace({ name: 'Café Aurora' }), 'Alpha');
    const cardDefinitionId = await buildCardDefinition(admin);
    for (const [name, createdAt, type, status] of SEEDS) {
      server.setNow(createdAt);
      const id = await create(admin, name, { cardDefinitionId, tiers: [{ name: 'Basic', minPoints: 0 }], ...(type === 'POINT_EARNED' ? EARNED : {}) });
      if (status === 'ACTIVE' || status === 'INACTIVE') await take(admin, 'Activate', id);
      if (status === 'INACTIVE') await take(admin, 'Deactivate', id);
      if (status === 'DELETED') await take(admin, 'Delete', id);
      ids[name] = id;
    }
    shop = new V2Client(admin);
  });

  type Value = string | number | readonly string[];
  const cases: readonly (readonly [string, string, Value, readonly string[]])[] = [
    ['name', '$is', 'Alpha', at(0)],
    ['name', '$is', 'ALPHA', []],
    ['name', '$is', 'a+b=c [1]', at(5)],
    ['name', '$is', ['Alpha'], at(0)],
    ['name', '$is_not', 'Alpha', without('Alpha')],
    ['name', '$contains', 'lpha', at(0, 1, 2)],
    ['name', '$contains', '%', at(2)],
    ['name', '$contains', '_', at(3)],
    ['name', '$contains', ', Beta &', at(2)],
    ['name', '$contains', '🏅', at(4)],
    ['name', '$contains', "' OR '1'='1", []],
    ['name', '$contains', '', ALL],
    ['name', '$not_contain', 'lpha', at(3, 4, 5, 7)],
    ['name', '$not_contain', '', []],
    ['name', '$starts_with', 'Alpha', at(0, 2)],
    ['name', '$starts_with', 'lpha', []],
    ['name', '$ends_with', '%', at(2)],
    ['name', '$ends_with', 'pha', at(0, 1)],
    ['name', '$in', ['alpha', 'latest', 'nobody'], at(1, 7)],
    ['name', '$in', 'alpha', at(1)],
    ['name', '$in', 'alpha,latest', []],
    ['name', '$not_in', ['alpha', 'latest', 'nobody'], without('alpha', 'latest')],
    ['name', '$has_value', '', ALL],
    ['name', '$has_value', 'false', ALL],
    ['name', '$is_unknown', '', []],
    ['name', '$is_unknown', 'false', []],
    ['type', '$is', 'POINT_EARNED', at(1, 3, 5)],
    ['type', '$is', 'POINT_BALANCE', at(0, 2, 4, 7)],
    ['type', '$is_not', 'POINT_EARNED', at(0, 2, 4, 7)],
    ['type', '$in', ['POINT_EARNED'], at(1, 3, 5)],
    ['type', '$in', ['POINT_EARNED', 'POINT_BALANCE'], ALL],
    ['type', '$not_in', ['POINT_BALANCE'], at(1, 3, 5)],
    ['type', '$not_in', ['POINT_BALANCE', 'POINT_EARNED'], []],
    ['status', '$is', 'DRAFT', at(0, 1, 7)],
    ['status', '$is', 'ACTIVE', at(2, 3)],
    ['status', '$is', 'INACTIVE', at(4, 5)],
    ['status', '$is', 'DELETED', at(6)],
    ['status', '$is_not', 'DRAFT', at(2, 3, 4, 5, 6)],
    ['status', '$in', ['DELETED', 'ACTIVE'], at(2, 3, 6)],
    ['status', '$not_in', ['DRAFT', 'DELETED'], at(2, 3, 4, 5)],
    ['created_at', '$before', '2026-04-05T11:59:59.999Z', at(0, 1)],
    ['created_at', '$before', '2026-04-05T13:59:59.999+02:00', at(0, 1)],
    ['created_at', '$before', '2026-04-04T10:59:59.999Z', []],
    ['created_at', '$after', '2026-04-05T11:59:59.999Z', at(3, 4, 5, 7)],
    ['created_at', '$after', '2026-04-07T00:00:00Z', []],
    ['created_at', '$is', 0, at(5, 7)],
    ['created_at', '$is', 1, at(3, 4)],
    ['created_at', '$is', 2, at(1, 2)],
    ['created_at', '$is', '3', at(0)],
    ['created_at', '$is', 36_500, []],
    ['created_at', '$more_than', 0, at(0, 1, 2, 3, 4)],
    ['created_at', '$more_than', 2, at(0)],
    ['created_at', '$less_than', 0, []],
    ['created_at', '$less_than', 1, at(5, 7)],
    ['created_at', '$less_than', 3, at(1, 2, 3, 4, 5, 7)],
    ['created_at', '$has_value', '', ALL],
    ['created_at', '$is_unknown', '', []],
  ];

  test.each(cases)('%s %s %j', async (filter, operator, value, names) => {
    server.setNow(NOW);
    expect(await namesOf(shop, queryString({ [condition(filter, operator)]: value }))).toEqual(names);
  });

  test('every condition of the page has its cases', () => {
    const equality = ['$is', '$is_not', '$in', '$not_in'];
    const documented = {
      name: [...equality, '$contains', '$not_contain', '$starts_with', '$ends_with', '$has_value', '$is_unknown'],
      type: equality,
      status: equality,
      created_at: ['$before', '$after', '$is', '$more_than', '$less_than', '$has_value', '$is_unknown'],
    };
    for (const [filter, operators] of Object.entries(documented)) {
      expect(new Set(cases.filter(([name]) => name === filter).map(([, operator]) => operator))).toEqual(new Set(operators));
    }
  });

  test('ids: equal, unequal, one of, none of; what is nowhere or elsewhere matches nothing and excludes nothing', async () => {
    const [one, two] = [ids['Alpha']!, ids['latest']!];
    const matches = (operator: string, value: Value) => namesOf(shop, queryString({ [condition('id', operator)]: value }));
    expect(await matches('$is', one)).toEqual(['Alpha']);
    expect(await matches('$is_not', one)).toEqual(without('Alpha'));
    expect(await matches('$in', [two, one])).toEqual(['Alpha', 'latest']);
    expect(await matches('$not_in', [two, one])).toEqual(without('Alpha', 'latest'));
    for (const stranger of [foreign, 'tstr_01h2xcejqtf2nbrexx3vqjhp41', 'x', '', "'; DROP TABLE tiers; --", '\u0000']) {
      expect(await matches('$is', stranger)).toEqual([]);
      expect(await matches('$is_not', stranger)).toEqual(ALL);
      expect(await matches('$in', [stranger, one])).toEqual(['Alpha']);
      expect(await matches('$not_in', [stranger, one])).toEqual(without('Alpha'));
    }
  });

  test.each([
    ['one after another in brackets', 'filters[name][conditions][$in][]=alpha&filters[name][conditions][$in][]=latest'],
    ['numbered', 'filters[name][conditions][$in][0]=alpha&filters[name][conditions][$in][1]=latest'],
    ['numbered backwards, with gaps', 'filters[name][conditions][$in][9]=latest&filters[name][conditions][$in][2]=alpha'],
    ['repeated', 'filters[name][conditions][$in]=alpha&filters[name][conditions][$in]=latest'],
    ['percent-encoded', 'filters%5Bname%5D%5Bconditions%5D%5B%24in%5D%5B%5D=alpha&filters%5Bname%5D%5Bconditions%5D%5B%24in%5D%5B%5D=latest'],
  ])('an array may be written %s', async (_, query) => {
    expect(await namesOf(shop, query)).toEqual(['alpha', 'latest']);
  });

  test.each<[string, string, readonly string[]]>([
    ['AND is the default', 'filters[name][conditions][$contains]=lpha&filters[type][conditions][$is]=POINT_EARNED', at(1)],
    ['AND', 'filters[junction]=AND&filters[name][conditions][$contains]=lpha&filters[status][conditions][$is]=ACTIVE', at(2)],
    ['OR of fields', 'filters[junction]=OR&filters[name][conditions][$is]=latest&filters[type][conditions][$is]=POINT_EARNED', at(1, 3, 5, 7)],
    ['OR within a field', 'filters[junction]=OR&filters[name][conditions][$is]=latest&filters[name][conditions][$ends_with]=%25', at(2, 7)],
    ['AND within a field', 'filters[name][conditions][$starts_with]=Alpha&filters[name][conditions][$ends_with]=%25', at(2)],
    ['AND of contradictions', 'filters[name][conditions][$has_value]=&filters[name][conditions][$is_unknown]=', []],
    ['OR of contradictions', 'filters[junction]=OR&filters[name][conditions][$has_value]=&filters[name][conditions][$is_unknown]=', ALL],
    ['OR with a status can show deleted ones', 'filters[junction]=OR&filters[name][conditions][$is]=gone+Alpha&filters[status][conditions][$is]=INACTIVE', at(4, 5, 6)],
    ['OR without one cannot', 'filters[junction]=OR&filters[name][conditions][$is]=gone+Alpha', []],
    ['a junction alone is no condition', 'filters[junction]=OR', ALL],
    ['nothing at all', '', ALL],
  ])('%s', async (_, query, names) => {
    expect(await namesOf(shop, query)).toEqual(names);
  });

  test('arrays have the limits of the page', async () => {
    const limits: readonly [string, string, number][] = [
      ['id', 'x', 100],
      ['name', 'nothing', 10],
      ['type', 'POINT_EARNED', 10],
      ['status', 'DRAFT', 10],
    ];
    for (const [filter, value, most] of limits) {
      for (const operator of ['$in', '$not_in']) {
        const parameter = condition(filter, operator);
        const query = (count: number) => queryString({ [`${parameter}[]`]: Array.from({ length: count }, () => value) });
        expect((await shop.send('GET', `?${query(most)}`)).status).toBe(200);
        expect(await refusal(shop, query(most + 1))).toEqual([400, 'INVALID_FILTER', parameter]);
      }
    }
  });

  test('a text has at most 200 characters', async () => {
    for (const operator of ['$is', '$is_not', '$contains', '$not_contain', '$starts_with', '$ends_with', '$in', '$not_in']) {
      const parameter = condition('name', operator);
      expect((await shop.send('GET', `?${queryString({ [parameter]: '🏅'.repeat(200) })}`)).status).toBe(200);
      expect(await refusal(shop, queryString({ [parameter]: 'x'.repeat(201) }))).toEqual([400, 'INVALID_FILTER', parameter]);
    }
  });

  test('an instant of an answer can be asked for', async () => {
    const { data } = await shop.list('order=created_at&limit=2');
    expect(data.map(({ created_at }: Structure) => created_at)).toEqual(['2026-04-04T10:59:59.999Z', '2026-04-04T11:00:00Z']);
    expect(await namesOf(shop, queryString({ [condition('created_at', '$after')]: data[0].created_at, [condition('created_at', '$before')]: '2026-04-04T11:00:00.001Z' }))).toEqual(['alpha']);
  });
});

describe('what is refused', () => {
  let shop: V2Client;

  beforeAll(async () => {
    shop = new V2Client(await server.workspace());
  });

  const is = (filter: string, operator: string, value: string): [string, string] => [`${condition(filter, operator)}=${encodeURIComponent(value)}`, condition(filter, operator)];
  test.each<[string, string]>([
    ...['X', 'point_earned', '', 'POINT_EARNED,POINT_BALANCE'].flatMap((value) => ['$is', '$is_not', '$in', '$not_in'].map((operator) => is('type', operator, value))),
    ...['X', 'draft', '', 'DRAFT '].flatMap((value) => ['$is', '$is_not', '$in', '$not_in'].map((operator) => is('status', operator, value))),
    ...['2026-02-30T00:00:00Z', '2026-04-07', 'yesterday', '', '1775520000000', '9999-12-31T23:59:59-01:00'].flatMap((value) => ['$before', '$after'].map((operator) => is('created_at', operator, value))),
    ...['-1', '1.5', '1e2', 'x', '', ' 1', '+1', '99999999999', '2147483648'].flatMap((value) => ['$is', '$more_than', '$less_than'].map((operator) => is('created_at', operator, value))),
    ['filters[junction]=XOR', 'filters[junction]'],
    ['filters[junction]=and', 'filters[junction]'],
    ['filters[junction]=AND&filters[junction]=OR', 'filters[junction]'],
    ['filters[name][conditions][$is]=a&filters[name][conditions][$is]=b', 'filters[name][conditions][$is]'],
    ['filters[name][conditions][$contains][]=a&filters[name][conditions][$contains][]=b', 'filters[name][conditions][$contains]'],
    ['filters[name][conditions][$has_value]=a&filters[name][conditions][$has_value]=b', 'filters[name][conditions][$has_value]'],
    ['filters[created_at][conditions][$is]=1&filters[created_at][conditions][$is]=2', 'filters[created_at][conditions][$is]'],
    ['filters[name][conditions][$is][x]=a', 'filters[name][conditions][$is]'],
    ['filters[name][conditions][$in][x]=a', 'filters[name][conditions][$in]'],
    ['filters[name][conditions][$in][0][0]=a', 'filters[name][conditions][$in]'],
    ['filters[name][conditions][$in][0][0][0][0][0]=a', 'filters[name][conditions][$in]'],
    ['filters[name][conditions][is]=a', 'filters[name][conditions][is]'],
    ['filters[name][conditions][$like]=a', 'filters[name][conditions][$like]'],
    ['filters[id][conditions][$contains]=a', 'filters[id][conditions][$contains]'],
    ['filters[type][conditions][$has_value]=a', 'filters[type][conditions][$has_value]'],
    ['filters[created_at][conditions][$in]=1', 'filters[created_at][conditions][$in]'],
    ['filters[name][conditions][constructor]=a', 'filters[name][conditions][constructor]'],
    ['filters[name][conditions]=a', 'filters[name][conditions]'],
    ['filters[name][$is]=a', 'filters[name][$is]'],
    ['filters[name]=a', 'filters[name]'],
    ['filters[points][conditions][$is]=1', 'filters[points]'],
    ['filters[toString][conditions][$is]=1', 'filters[toString]'],
    ['filters=a', 'filters'],
    ['filters[]=a', 'filters'],
    ['filter[name][conditions][$is]=a', 'filter'],
    ['order=age', 'order'],
    ['order=', 'order'],
    ['order=name,type', 'order'],
    ['order=--name', 'order'],
    ['order[x]=name', 'order'],
    ['limit=', 'limit'],
    ['limit=x', 'limit'],
    ['limit=-1', 'limit'],
    ['limit=1.5', 'limit'],
    ['limit=1&limit=2', 'limit'],
    ['cursor=a&cursor=b', 'cursor'],
    ['page=2', 'page'],
  ])('%s', async (query, parameter) => {
    expect(await refusal(shop, query)).toEqual([400, 'BAD_USER_INPUT', parameter]);
  });

  test.each<[string, string, string]>([
    ['filters[created_at][conditions][$is]=36501', 'INVALID_FILTER', 'filters[created_at][conditions][$is]'],
    ['filters[created_at][conditions][$more_than]=2147483647', 'INVALID_FILTER', 'filters[created_at][conditions][$more_than]'],
    ['filters[created_at][conditions][$less_than]=36501', 'INVALID_FILTER', 'filters[created_at][conditions][$less_than]'],
    ['filters[name][conditions][$is]=%00', 'INVALID_FILTER', 'filters[name][conditions][$is]'],
    ['order=name&order=-name', 'INVALID_FILTER', 'order'],
    ['order=name&order=type&order=name', 'INVALID_FILTER', 'order'],
    ['limit=0', 'INVALID_PAGE', 'limit'],
    ['limit=101', 'INVALID_PAGE', 'limit'],
    ['cursor=', 'INVALID_CURSOR', 'cursor'],
    ['cursor=x', 'INVALID_CURSOR', 'cursor'],
  ])('%s is %s', async (query, code, parameter) => {
    expect(await refusal(shop, query)).toEqual([400, code, parameter]);
  });

  test('what is no query string, or too much of one', async () => {
    for (const query of ['filters[name][conditions][$is]=%zz', 'limit=%F0%9F', Array.from({ length: 1_001 }, () => 'a').join('&'), 'order[5000]=name']) {
      const { status, body } = await shop.send('GET', `?${query}`);
      expect([status, body.code]).toEqual([400, 'BAD_USER_INPUT']);
    }
  });
});

describe('orders and pages over 23 structures', () => {
  const NAMES = ['Alpha', 'alpha', 'Beta', 'Émile', 'ﬁligree', '🏅', 'Zeta'];
  let admin: ApiClient;
  let shop: V2Client;
  /** In the order in which they were made, which is that of their ids. */
  let structures: Structure[];

  beforeAll(async () => {
    server.setNow('2026-04-30T00:00:00Z');
    admin = await server.workspace();
    shop = new V2Client(admin);
    const cardDefinitionId = await buildCardDefinition(admin);
    const made: string[] = [];
    for (let index = 0; index < 23; index += 1) {
      // Several share an instant, a name, a type and a status.
      server.setNow(Date.UTC(2026, 4, 1 + Math.floor(index / 4)));
      const more = { cardDefinitionId, tiers: [{ name: 'Basic', minPoints: 0 }], ...(index % 3 === 0 ? EARNED : {}) };
      const id = await create(admin, NAMES[index % NAMES.length]!, more);
      if (index % 5 >= 2) await take(admin, 'Activate', id);
      if (index % 5 === 4) await take(admin, 'Deactivate', id);
      made.push(id);
    }
    const { data } = await shop.list('limit=100');
    structures = made.map((id) => data.find((structure: Structure) => structure.id === id));
    expect([structures.length, structures.includes(undefined as never)]).toEqual([23, false]);
  });

  /** The ids in the order that the page promises: step by step by character code, ties by id in the last direction. */
  function expected(...steps: readonly string[]): string[] {
    const compare = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));
    const sign = (step: string) => (step.startsWith('-') ? -1 : 1);
    return [...structures]
      .sort((a, b) => {
        for (const step of steps) {
          const field = step.replace('-', '') as keyof Structure;
          const difference = compare(a[field], b[field]);
          if (difference !== 0) return difference * sign(step);
        }
        return compare(a.id, b.id) * sign(steps.at(-1)!);
      })
      .map(({ id }) => id);
  }

  /** All pages, by following cursors. */
  async function pagesOf(query: string): Promise<string[][]> {
    const pages: string[][] = [];
    for (let cursor: string | null = null, first = true; first || cursor !== null; first = false) {
      const page: { data: Structure[]; cursor: { next: string } | null } = await shop.list([query, cursor === null ? '' : queryString({ cursor })].filter(Boolean).join('&'));
      pages.push(page.data.map(({ id }) => id));
      cursor = page.cursor?.next ?? null;
    }
    return pages;
  }

  const chunks = (ids: readonly string[], size: number) => Array.from({ length: Math.ceil(ids.length / size) }, (_, index) => ids.slice(index * size, (index + 1) * size));

  test.each([
    ...['-created_at', 'created_at', 'name', '-name', 'type', '-type', 'status', '-status'].map((step) => [[step]]),
    [['type', '-name']],
    [['-status', 'created_at']],
    [['-name', '-type']],
    [['status', '-type', 'name', '-created_at']],
  ])('order %j: pages visit each once, in order', async (steps) => {
    const order = expected(...steps);
    for (const form of [queryString({ order: steps }), queryString({ 'order[]': steps }), steps.map((step, index) => `order[${index}]=${step}`).join('&')]) {
      expect(await pagesOf(`${form}&limit=7`)).toEqual(chunks(order, 7));
    }
  });

  test('newest first and ten a page unless something else is said', async () => {
    expect(await pagesOf('')).toEqual(chunks(expected('-created_at'), 10));
  });

  test('any limit from 1 to 100 leads through all of them', async () => {
    const order = expected('-created_at');
    for (let limit = 1; limit <= 100; limit += 1) expect(await pagesOf(`limit=${limit}`)).toEqual(chunks(order, limit));
  });

  test('the limit may change from page to page', async () => {
    const first = await shop.list('order=name&limit=3');
    const second = await shop.list(`order=name&limit=100&${queryString({ cursor: first.cursor.next })}`);
    expect([...first.data, ...second.data].map(({ id }: Structure) => id)).toEqual(expected('name'));
    expect(second.cursor).toBeNull();
  });

  test('what comes and changes between two pages neither repeats nor hides the rest', async () => {
    const own = await server.workspace();
    const client = new V2Client(own);
    const ids: string[] = [];
    for (const name of ['A', 'B', 'C', 'D', 'E', 'F']) ids.push(await create(own, name));
    const first = await client.list('order=name&limit=3');
    await create(own, 'AA');
    await create(own, 'CC');
    await take(own, 'Delete', ids[2]!);
    const second = await client.list(`order=name&${queryString({ cursor: first.cursor.next })}`);
    expect(second.data.map(({ name }: Structure) => name)).toEqual(['CC', 'D', 'E', 'F']);
  });

  describe('cursors', () => {
    const NOW = Date.parse('2026-06-01T12:00:00Z');
    const HOURS_MS = 3_600_000;
    const QUERY = 'order=name&limit=5&filters[type][conditions][$is]=POINT_BALANCE';
    let cursor: string;
    let expiresAt: string;

    beforeAll(async () => {
      server.setNow(NOW);
      ({ next: cursor, expires_at: expiresAt } = (await shop.list(QUERY)).cursor);
    });

    const follow = (client: V2Client, query: string, text: string) => client.send('GET', `?${query}&${queryString({ cursor: text })}`);
    const refused = async (client: V2Client, query: string, text: string) => {
      const { status, body } = await follow(client, query, text);
      return [status, body.code, body.field, body.detail];
    };
    const NOT_YOURS = [400, 'INVALID_CURSOR', ['cursor'], 'The cursor was not given out to this API key for these filters and this order.'];
    const EXPIRED = [400, 'INVALID_CURSOR', ['cursor'], 'The cursor has expired. Start again without it.'];

    test('expires when it says', async () => {
      expect(expiresAt).toBe('2026-06-02T12:00:00Z');
      server.setNow(NOW + 24 * HOURS_MS - 1);
      expect((await follow(shop, QUERY, cursor)).status).toBe(200);
      server.setNow(NOW + 24 * HOURS_MS);
      expect(await refused(shop, QUERY, cursor)).toEqual(EXPIRED);
      server.setNow(NOW + 9_000 * HOURS_MS);
      expect(await refused(shop, QUERY, cursor)).toEqual(EXPIRED);
    });

    test('is of use only whole and as it was given out', async () => {
      server.setNow(NOW);
      const [content = '', signature = ''] = cursor.split('.');
      const [, after] = JSON.parse(Buffer.from(content, 'base64url').toString()) as [number, string];
      const later = Buffer.from(JSON.stringify([NOW + 1_000 * HOURS_MS, after])).toString('base64url');
      const forged = [after, content, `${content}.`, `.${signature}`, '.', `${later}.${signature}`, `${cursor}.x`, `${content}.${signature}AAAA`, `x${cursor}`, cursor.toUpperCase(), 'x'.repeat(4_001), '\u0000', '🏅.🏅'];
      for (const text of forged) expect([text, ...(await refused(shop, QUERY, text))]).toEqual([text, ...NOT_YOURS]);
      // One character of each third is enough to be somebody else's.
      for (let index = 0; index < cursor.length - 1; index += 7) {
        const changed = `${cursor.slice(0, index)}${cursor[index] === 'A' ? 'B' : 'A'}${cursor.slice(index + 1)}`;
        expect([changed, ...(await refused(shop, QUERY, changed))]).toEqual([changed, ...NOT_YOURS]);
      }
      expect((await follow(shop, QUERY, cursor)).status).toBe(200);
    });

    test('belongs to its filters and its order', async () => {
      server.setNow(NOW);
      for (const other of ['', 'order=name', QUERY.replace('name', '-name'), QUERY.replace('BALANCE', 'EARNED'), `${QUERY}&filters[junction]=OR`, `${QUERY}&order=status`]) {
        expect(await refused(shop, other, cursor)).toEqual(NOT_YOURS);
      }
      const reordered = 'filters[type][conditions][$is]=POINT_BALANCE&limit=5&order[]=name';
      expect((await follow(shop, reordered, cursor)).text).toBe((await follow(shop, QUERY, cursor)).text);
    });

    test('belongs to its key: neither another workspace nor another key can use it', async () => {
      server.setNow(NOW);
      const stranger = new V2Client(await server.workspace({ name: 'Café Aurora' }));
      expect(await refused(stranger, QUERY, cursor)).toEqual(NOT_YOURS);
      const { secret } = await admin.succeed('apiKeyCreate', { name: 'Second', scope: 'READ' }, 'secret');
      expect(await refused(new V2Client(admin.withKey(secret)), QUERY, cursor)).toEqual(NOT_YOURS);
      expect((await follow(new V2Client(admin.withKey('wrong')), QUERY, cursor)).status).toBe(401);
      expect((await follow(new V2Client(admin.withKey(null)), QUERY, cursor)).status).toBe(401);
    });

    test('serves any process', async () => {
      server.setNow(NOW);
      const second = await startTestServer({ beside: server });
      try {
        const there = new V2Client(Object.assign(Object.create(admin) as ApiClient, { url: second.graphqlUrl }));
        expect((await follow(there, QUERY, cursor)).text).toBe((await follow(shop, QUERY, cursor)).text);
      } finally {
        await second.stop();
      }
    });
  });
});

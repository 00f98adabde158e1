/** Lists of tier structures: every filter operator, every order, and pages that neither skip nor repeat. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { ApiClient } from '../support/client.ts';
import { buildCardDefinition } from '../support/program.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';
import { countWork } from '../support/statements.ts';

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
  readonly createdAt: string;
}

type Arguments = Record<string, unknown>;

const LIST = `query($filter: TierStructureFilter, $orderBy: [TierStructureOrder!], $first: Int, $after: String, $last: Int, $before: String) {
  tierStructures(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
    totalCount
    nodes { id name type status createdAt }
    edges { cursor node { id } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

const list = async (client: ApiClient, args: Arguments = {}) => (await client.run(LIST, args)).tierStructures;

/** Names of what the filter matches, oldest first; the count must say the same. */
async function namesOf(client: ApiClient, filter: Arguments): Promise<string[]> {
  const { nodes, totalCount } = await list(client, { filter, first: 100, orderBy: [{ field: 'CREATED_AT' }] });
  expect(totalCount).toBe(nodes.length);
  return nodes.map(({ name }: Structure) => name);
}

/** Code and path of a refused list. */
async function refusal(client: ApiClient, args: Arguments): Promise<string> {
  const { data, errors } = await client.send(LIST, args);
  expect([data, errors.length]).toEqual([null, 1]);
  const { code, field } = errors[0]!.extensions;
  return [code, ...(field ?? [])].join(' ');
}

const EARNED = { type: 'POINT_EARNED', pointEarned: { period: { value: 1, unit: 'YEAR' } } };

async function create(client: ApiClient, name: string, more: Arguments = {}): Promise<string> {
  const { tierStructure } = await client.succeed('tierStructureCreate', { name, type: 'POINT_BALANCE', ...more }, 'tierStructure { id }');
  return tierStructure.id;
}
const take = (client: ApiClient, step: string, id: string) => client.succeed(`tierStructure${step}`, { id }, 'tierStructure { id }');

describe('values: ids, types, statuses and names', () => {
  let cafe: ApiClient;
  let ids: Record<string, string>;
  let foreign: string;

  beforeAll(async () => {
    cafe = await server.workspace({ name: 'Café Aurora' });
    const bookshop = await server.workspace({ name: 'Kiwi Books' });
    foreign = await create(bookshop, 'draft');
    const cardDefinitionId = await buildCardDefinition(cafe);
    const whole = { cardDefinitionId, tiers: [{ name: 'Basic', minPoints: 0 }] };
    const made: [string, string][] = [];
    for (const [name, more] of Object.entries({ draft: {}, earned: EARNED, active: whole, 'active earned': { ...EARNED, ...whole }, paused: whole, gone: {} })) {
      made.push([name, await create(cafe, name, more)]);
    }
    ids = Object.fromEntries(made);
    for (const name of ['active', 'active earned', 'paused']) await take(cafe, 'Activate', ids[name]!);
    await take(cafe, 'Deactivate', ids['paused']!);
    await take(cafe, 'Delete', ids['gone']!);
  });

  const ALL = ['draft', 'earned', 'active', 'active earned', 'paused'];
  const without = (...names: string[]) => ALL.filter((name) => !names.includes(name));

  test('without a filter: all but deleted ones', async () => {
    for (const filter of [null, {}, { id: {}, name: {}, type: {}, status: {}, createdAt: {} }, { id: { is: null, in: null }, name: { contains: null, hasValue: null } }]) {
      expect(await namesOf(cafe, filter as Arguments)).toEqual(ALL);
    }
  });

  test.each<[Arguments, string[]]>([
    [{ is: 'DRAFT' }, ['draft', 'earned']],
    [{ is: 'ACTIVE' }, ['active', 'active earned']],
    [{ is: 'INACTIVE' }, ['paused']],
    [{ is: 'DELETED' }, ['gone']],
    [{ isNot: 'DRAFT' }, ['active', 'active earned', 'paused', 'gone']],
    [{ in: ['DELETED', 'INACTIVE'] }, ['paused', 'gone']],
    [{ in: ['ACTIVE'] }, ['active', 'active earned']],
    [{ notIn: ['ACTIVE', 'DELETED'] }, ['draft', 'earned', 'paused']],
    [{ notIn: ['INACTIVE'] }, ['draft', 'earned', 'active', 'active earned', 'gone']],
    [{ is: 'ACTIVE', isNot: 'ACTIVE' }, []],
  ])('status %j', async (status, names) => {
    expect(await namesOf(cafe, { status })).toEqual(names);
  });

  test.each<[Arguments, string[]]>([
    [{ is: 'POINT_EARNED' }, ['earned', 'active earned']],
    [{ isNot: 'POINT_EARNED' }, ['draft', 'active', 'paused']],
    [{ in: ['POINT_BALANCE'] }, ['draft', 'active', 'paused']],
    [{ in: ['POINT_BALANCE', 'POINT_EARNED'] }, ALL],
    [{ notIn: ['POINT_BALANCE'] }, ['earned', 'active earned']],
    [{ notIn: ['POINT_BALANCE', 'POINT_EARNED'] }, []],
  ])('type %j', async (type, names) => {
    expect(await namesOf(cafe, { type })).toEqual(names);
  });

  test('ids: equal, unequal, one of, none of', async () => {
    const idOf = (...names: string[]) => names.map((name) => ids[name]!);
    expect(await namesOf(cafe, { id: { is: ids['active'] } })).toEqual(['active']);
    expect(await namesOf(cafe, { id: { isNot: ids['active'] } })).toEqual(without('active'));
    expect(await namesOf(cafe, { id: { in: idOf('paused', 'draft') } })).toEqual(['draft', 'paused']);
    expect(await namesOf(cafe, { id: { notIn: idOf('paused', 'draft') } })).toEqual(without('draft', 'paused'));
    expect(await namesOf(cafe, { id: { in: idOf('gone', 'draft') } })).toEqual(['draft']);
  });

  test('ids that exist elsewhere, nowhere, or are none match nothing and exclude nothing', async () => {
    const strangers = [foreign, 'tstr_01h2xcejqtf2nbrexx3vqjhp41', ids['draft']!.replace('tstr_', 'tier_'), ids['draft']!.toUpperCase(), 'x', '', "'; DROP TABLE tiers; --", '\u0000'];
    for (const stranger of strangers) {
      expect(await namesOf(cafe, { id: { is: stranger } })).toEqual([]);
      expect(await namesOf(cafe, { id: { isNot: stranger } })).toEqual(ALL);
      expect(await namesOf(cafe, { id: { in: [stranger, ids['draft']] } })).toEqual(['draft']);
      expect(await namesOf(cafe, { id: { notIn: [stranger, ids['draft']] } })).toEqual(without('draft'));
    }
    expect(await namesOf(cafe, { id: { in: strangers } })).toEqual([]);
    expect(await namesOf(cafe, { id: { notIn: strangers } })).toEqual(ALL);
  });

  test.each<[string, Arguments, string[]]>([
    ['AND of fields', { type: { is: 'POINT_EARNED' }, status: { is: 'ACTIVE' } }, ['active earned']],
    ['AND is the default', { junction: 'AND', name: { contains: 'earned' }, status: { is: 'DRAFT' } }, ['earned']],
    ['OR of fields', { junction: 'OR', type: { is: 'POINT_EARNED' }, status: { is: 'INACTIVE' } }, ['earned', 'active earned', 'paused']],
    ['OR within a field', { junction: 'OR', name: { startsWith: 'act', endsWith: 'sed' } }, ['active', 'active earned', 'paused']],
    ['AND within a field', { name: { startsWith: 'act', endsWith: 'ned' } }, ['active earned']],
    ['OR with what excludes', { junction: 'OR', name: { is: 'draft' }, type: { isNot: 'POINT_BALANCE' } }, ['draft', 'earned', 'active earned']],
    ['OR that asks for a status can show deleted ones', { junction: 'OR', name: { is: 'gone' }, status: { is: 'INACTIVE' } }, ['paused', 'gone']],
    ['OR that does not, cannot', { junction: 'OR', name: { is: 'gone' }, type: { is: 'POINT_EARNED' } }, ['earned', 'active earned']],
    ['OR of nothing is no condition', { junction: 'OR' }, ALL],
    ['OR of contradictions', { junction: 'OR', name: { hasValue: true, isUnknown: true } }, ALL],
    ['AND of contradictions', { name: { hasValue: true, isUnknown: true } }, []],
  ])('%s', async (_, filter, names) => {
    expect(await namesOf(cafe, filter)).toEqual(names);
  });

  test('written out in the document a filter means the same', async () => {
    const { one, other } = await cafe.run(
      `query($text: String) {
        one: tierStructures(filter: { name: { contains: "earned" }, status: { in: ACTIVE } }, orderBy: { field: NAME }) { nodes { name } }
        other: tierStructures(filter: { junction: OR, name: { contains: $text, is: "draft" } }, orderBy: [{ field: NAME, direction: DESC }]) { nodes { name } }
      }`,
      { text: 'paus' },
    );
    expect([one.nodes, other.nodes]).toEqual([[{ name: 'active earned' }], [{ name: 'paused' }, { name: 'draft' }]]);
  });

  test('each list has its limit', async () => {
    const strings = (count: number) => Array.from({ length: count }, (_, index) => `nothing ${index}`);
    const repeated = (value: string, count: number) => Array.from({ length: count }, () => value);
    const limits: readonly [string, (count: number) => string[], number][] = [
      ['id', strings, 100],
      ['name', strings, 10],
      ['type', (count) => repeated('POINT_EARNED', count), 10],
      ['status', (count) => repeated('DRAFT', count), 10],
    ];
    for (const [field, values, most] of limits) {
      for (const operator of ['in', 'notIn']) {
        const filter = (count: number) => ({ filter: { [field]: { [operator]: values(count) } } });
        expect((await cafe.send(LIST, filter(most))).errors).toEqual([]);
        expect((await cafe.send(LIST, filter(1))).errors).toEqual([]);
        expect(await refusal(cafe, filter(most + 1))).toBe(`INVALID_FILTER filter ${field} ${operator}`);
        expect(await refusal(cafe, filter(0))).toBe(`INVALID_FILTER filter ${field} ${operator}`);
      }
    }
  });
});

describe('names', () => {
  const NAMES = [
    'Alpha',
    'alpha',
    'Alphabet',
    '100%',
    '100 percent',
    'under_score',
    'underXscore',
    `O'Neill's "Best"`,
    'back\\slash',
    'back/slash',
    'Ünïcode 🏅',
    'trailing ',
    ' ',
  ].filter((name) => name.trim() !== '');
  let shop: ApiClient;

  beforeAll(async () => {
    shop = await server.workspace();
    for (const name of NAMES) await create(shop, name);
  });

  test.each<[Arguments, string[]]>([
    [{ is: 'Alpha' }, ['Alpha']],
    [{ is: 'ALPHA' }, []],
    [{ is: 'trailing' }, []],
    [{ is: 'trailing ' }, ['trailing ']],
    [{ is: '' }, []],
    [{ isNot: 'Alpha' }, NAMES.filter((name) => name !== 'Alpha')],
    [{ in: ['alpha', '100%', 'nobody'] }, ['alpha', '100%']],
    [{ notIn: ['alpha', '100%', 'nobody'] }, NAMES.filter((name) => name !== 'alpha' && name !== '100%')],
    [{ contains: 'lpha' }, ['Alpha', 'alpha', 'Alphabet']],
    [{ contains: '%' }, ['100%']],
    [{ contains: '_' }, ['under_score']],
    [{ contains: '\\' }, ['back\\slash']],
    [{ contains: "'" }, [`O'Neill's "Best"`]],
    [{ contains: '"' }, [`O'Neill's "Best"`]],
    [{ contains: '🏅' }, ['Ünïcode 🏅']],
    [{ contains: '' }, NAMES],
    [{ contains: "' OR '1'='1" }, []],
    [{ notContain: 'a' }, NAMES.filter((name) => !name.includes('a'))],
    [{ notContain: '%' }, NAMES.filter((name) => name !== '100%')],
    [{ notContain: '' }, []],
    [{ startsWith: '100' }, ['100%', '100 percent']],
    [{ startsWith: '100%' }, ['100%']],
    [{ startsWith: 'under_' }, ['under_score']],
    [{ startsWith: 'lpha' }, []],
    [{ startsWith: '' }, NAMES],
    [{ endsWith: 'score' }, ['under_score', 'underXscore']],
    [{ endsWith: '_score' }, ['under_score']],
    [{ endsWith: '%' }, ['100%']],
    [{ endsWith: '🏅' }, ['Ünïcode 🏅']],
    [{ endsWith: '\\slash' }, ['back\\slash']],
    [{ endsWith: 'x'.repeat(200) }, []],
    [{ endsWith: '' }, NAMES],
    [{ hasValue: true }, NAMES],
    [{ hasValue: false }, []],
    [{ isUnknown: true }, []],
    [{ isUnknown: false }, NAMES],
    [{ contains: '\ud83c' }, []],
  ])('%j', async (name, names) => {
    expect(await namesOf(shop, { name })).toEqual(names);
  });

  test('a text has at most 200 characters, counted as people count them, and no NUL', async () => {
    for (const operator of ['is', 'isNot', 'contains', 'notContain', 'startsWith', 'endsWith']) {
      expect((await shop.send(LIST, { filter: { name: { [operator]: '🏅'.repeat(200) } } })).errors).toEqual([]);
      for (const text of ['x'.repeat(201), '🏅'.repeat(201), 'a\u0000']) {
        expect(await refusal(shop, { filter: { name: { [operator]: text } } })).toBe(`INVALID_FILTER filter name ${operator}`);
      }
    }
    for (const operator of ['in', 'notIn']) {
      expect(await refusal(shop, { filter: { name: { [operator]: ['fine', 'x'.repeat(201)] } } })).toBe(`INVALID_FILTER filter name ${operator}`);
    }
  });
});

describe('when it was created', () => {
  /** In Auckland clocks went back at 3:00 on Sunday, 5 April 2026, which therefore had 25 hours. */
  const CREATED = {
    'end of Saturday': '2026-04-04T10:59:59.999Z',
    'start of Sunday': '2026-04-04T11:00:00.000Z',
    'end of Sunday': '2026-04-05T11:59:59.999Z',
    'start of Monday': '2026-04-05T12:00:00.000Z',
    'end of Monday': '2026-04-06T11:59:59.999Z',
    'start of Tuesday': '2026-04-06T12:00:00.000Z',
    now: '2026-04-07T00:00:00.000Z',
  };
  const ALL = Object.keys(CREATED);
  const NOW = CREATED.now;
  let auckland: ApiClient;
  let utc: ApiClient;

  beforeAll(async () => {
    auckland = await server.workspace({ name: 'Kiwi Books', timeZone: 'Pacific/Auckland' });
    utc = await server.workspace({ name: 'Zero Meridian', timeZone: 'UTC' });
    for (const [name, instant] of Object.entries(CREATED)) {
      server.setNow(instant);
      for (const shop of [auckland, utc]) await create(shop, name);
    }
  });

  test.each<[Arguments, string[]]>([
    [{ is: 0 }, ['start of Tuesday', 'now']],
    [{ is: 1 }, ['start of Monday', 'end of Monday']],
    [{ is: 2 }, ['start of Sunday', 'end of Sunday']],
    [{ is: 3 }, ['end of Saturday']],
    [{ is: 4 }, []],
    [{ is: 36_500 }, []],
    [{ moreThan: 0 }, ALL.slice(0, 5)],
    [{ moreThan: 1 }, ALL.slice(0, 3)],
    [{ moreThan: 2 }, ALL.slice(0, 1)],
    [{ moreThan: 3 }, []],
    [{ lessThan: 0 }, []],
    [{ lessThan: 1 }, ALL.slice(5)],
    [{ lessThan: 2 }, ALL.slice(3)],
    [{ lessThan: 3 }, ALL.slice(1)],
    [{ lessThan: 36_500 }, ALL],
    [{ moreThan: 0, lessThan: 3 }, ALL.slice(1, 5)],
  ])('%j days ago, in the days of Auckland', async (createdAt, names) => {
    server.setNow(NOW);
    expect(await namesOf(auckland, { createdAt })).toEqual(names);
  });

  test('the same instants fall on other days elsewhere', async () => {
    server.setNow(NOW);
    expect(await namesOf(utc, { createdAt: { is: 0 } })).toEqual(['now']);
    expect(await namesOf(utc, { createdAt: { is: 1 } })).toEqual(['end of Monday', 'start of Tuesday']);
    expect(await namesOf(utc, { createdAt: { is: 3 } })).toEqual(['end of Saturday', 'start of Sunday']);
  });

  test('today ends at local midnight', async () => {
    server.setNow('2026-04-07T11:59:59.999Z');
    expect(await namesOf(auckland, { createdAt: { is: 0 } })).toEqual(['start of Tuesday', 'now']);
    server.setNow('2026-04-07T12:00:00.000Z');
    expect(await namesOf(auckland, { createdAt: { is: 0 } })).toEqual([]);
    expect(await namesOf(auckland, { createdAt: { is: 1 } })).toEqual(['start of Tuesday', 'now']);
    // UTC is still at the seventh.
    expect(await namesOf(utc, { createdAt: { is: 0 } })).toEqual(['now']);
  });

  test.each<[Arguments, string[]]>([
    [{ before: CREATED['start of Monday'] }, ALL.slice(0, 3)],
    [{ before: '2026-04-05T12:00:00.001Z' }, ALL.slice(0, 4)],
    [{ after: CREATED['start of Monday'] }, ALL.slice(4)],
    [{ after: '2026-04-05T11:59:59.999Z' }, ALL.slice(3)],
    [{ after: CREATED['start of Sunday'], before: CREATED['start of Tuesday'] }, ALL.slice(2, 5)],
    [{ before: '2026-04-06T00:00:00.000+12:00' }, ALL.slice(0, 3)],
    [{ before: '0001-01-01T00:00:00Z' }, []],
    [{ after: '0001-01-01T00:00:00Z' }, ALL],
    [{ before: '9999-12-31T23:59:59.999Z' }, ALL],
    [{ after: '9999-12-31T23:59:59.999Z' }, []],
    [{ hasValue: true }, ALL],
    [{ hasValue: false }, []],
    [{ isUnknown: true }, []],
    [{ isUnknown: false }, ALL],
  ])('%j', async (createdAt, names) => {
    expect(await namesOf(auckland, { createdAt })).toEqual(names);
  });

  test('several conditions with OR', async () => {
    server.setNow(NOW);
    const filter = { junction: 'OR', createdAt: { is: 2, before: CREATED['start of Sunday'], after: CREATED['start of Tuesday'] } };
    expect(await namesOf(auckland, filter)).toEqual(['end of Saturday', 'start of Sunday', 'end of Sunday', 'now']);
  });

  test('a number of days is from 0 to 36500', async () => {
    for (const operator of ['is', 'moreThan', 'lessThan']) {
      for (const days of [-1, 36_501, 2_147_483_647, -2_147_483_648]) {
        expect(await refusal(auckland, { filter: { createdAt: { [operator]: days } } })).toBe(`INVALID_FILTER filter createdAt ${operator}`);
      }
    }
  });

  test.each(['2026-02-30T00:00:00Z', '2026-04-07', '2026-04-07T00:00:00', 'yesterday', '', 1_775_520_000_000, '0000-01-01T00:00:00Z', '0001-01-01T00:00:00+14:00', '9999-12-31T23:59:59-01:00'])(
    '%j is no instant',
    async (instant) => {
      for (const operator of ['before', 'after']) {
        expect(await refusal(auckland, { filter: { createdAt: { [operator]: instant } } })).toBe(`BAD_USER_INPUT filter createdAt ${operator}`);
      }
    },
  );
});

describe('orders and pages over 23 structures', () => {
  const NAMES = ['Alpha', 'alpha', 'Beta', 'Émile', 'ﬁligree', '🏅', 'Zeta'];
  let shop: ApiClient;
  /** In the order in which they were made, which is that of their ids. */
  let structures: Structure[];

  beforeAll(async () => {
    shop = await server.workspace();
    const cardDefinitionId = await buildCardDefinition(shop);
    const tiers = [{ name: 'Basic', minPoints: 0 }];
    const made: string[] = [];
    for (let index = 0; index < 23; index += 1) {
      // Several share an instant, a name, a type and a status.
      server.setNow(Date.UTC(2026, 4, 1 + Math.floor(index / 4)));
      const id = await create(shop, NAMES[index % NAMES.length]!, { cardDefinitionId, tiers, ...(index % 3 === 0 ? EARNED : {}) });
      if (index % 5 >= 2) await take(shop, 'Activate', id);
      if (index % 5 === 4) await take(shop, 'Deactivate', id);
      made.push(id);
    }
    const { nodes } = await list(shop, { first: 100 });
    const byId = new Map(nodes.map((structure: Structure) => [structure.id, structure]));
    structures = made.map((id) => byId.get(id) as Structure);
    expect(nodes).toHaveLength(23);
  });

  type Step = { field: 'CREATED_AT' | 'NAME' | 'TYPE' | 'STATUS'; direction?: 'ASC' | 'DESC' };
  const VALUE = { CREATED_AT: 'createdAt', NAME: 'name', TYPE: 'type', STATUS: 'status' } as const;

  /** The ids in the order that the contract promises: step by step by character code, ties by id in the last direction. */
  function expected(steps: readonly Step[]): string[] {
    const compare = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));
    const sign = ({ direction }: Step) => (direction === 'DESC' ? -1 : 1);
    return [...structures]
      .sort((a, b) => {
        for (const step of steps) {
          const difference = compare(a[VALUE[step.field]], b[VALUE[step.field]]);
          if (difference !== 0) return difference * sign(step);
        }
        return compare(a.id, b.id) * sign(steps.at(-1)!);
      })
      .map(({ id }) => id);
  }

  const FIELDS = ['CREATED_AT', 'NAME', 'TYPE', 'STATUS'] as const;
  const ORDERS: Step[][] = [
    ...FIELDS.flatMap((field): Step[][] => [[{ field, direction: 'ASC' }], [{ field, direction: 'DESC' }]]),
    [{ field: 'TYPE', direction: 'ASC' }, { field: 'NAME', direction: 'DESC' }],
    [{ field: 'STATUS', direction: 'DESC' }, { field: 'CREATED_AT', direction: 'ASC' }],
    [{ field: 'NAME', direction: 'DESC' }, { field: 'TYPE', direction: 'DESC' }],
    [{ field: 'STATUS' }, { field: 'TYPE', direction: 'DESC' }, { field: 'NAME' }, { field: 'CREATED_AT', direction: 'DESC' }],
  ];
  const named = ORDERS.map((orderBy) => ({ orderBy, order: orderBy.map(({ field, direction }) => `${field} ${direction ?? '(ASC)'}`).join(', ') }));
  const idsOf = ({ nodes }: { nodes: Structure[] }) => nodes.map(({ id }) => id);

  test('names are ordered by character code, upper case before lower case', async () => {
    const { nodes } = await list(shop, { orderBy: [{ field: 'NAME' }], first: 100 });
    const distinct = nodes.map(({ name }: Structure) => name).filter((name: string, index: number, all: string[]) => name !== all[index - 1]);
    expect(distinct).toEqual(['Alpha', 'Beta', 'Zeta', 'alpha', 'Émile', 'ﬁligree', '🏅']);
  });

  test('newest first unless something else is said', async () => {
    const newestFirst = expected([{ field: 'CREATED_AT', direction: 'DESC' }]);
    for (const args of [{}, { orderBy: [] }, { orderBy: null }]) {
      expect(idsOf(await list(shop, { ...args, first: 100 }))).toEqual(newestFirst);
    }
    const page = await list(shop);
    expect([page.nodes.length, page.pageInfo.hasNextPage, page.totalCount]).toEqual([23, false, 23]);
  });

  test.each(named)('$order: pages forward and backward visit each once, in order', async ({ orderBy }) => {
    const order = expected(orderBy);
    expect(idsOf(await list(shop, { orderBy, first: 100 }))).toEqual(order);

    const forward: string[][] = [];
    let after: string | null = null;
    for (let more = true; more; ) {
      const page: Awaited<ReturnType<typeof list>> = await list(shop, { orderBy, first: 5, after });
      expect(page.pageInfo).toEqual({
        hasNextPage: forward.length < 4,
        hasPreviousPage: forward.length > 0,
        startCursor: page.edges[0].cursor,
        endCursor: page.edges.at(-1).cursor,
      });
      expect([idsOf(page), page.totalCount]).toEqual([page.edges.map(({ node }: { node: Structure }) => node.id), 23]);
      forward.push(idsOf(page));
      after = page.pageInfo.endCursor;
      more = page.pageInfo.hasNextPage;
    }
    expect(forward).toEqual([order.slice(0, 5), order.slice(5, 10), order.slice(10, 15), order.slice(15, 20), order.slice(20)]);

    const backward: string[][] = [];
    let before: string | null = null;
    for (let more = true; more; ) {
      const page: Awaited<ReturnType<typeof list>> = await list(shop, { orderBy, last: 6, before });
      expect([page.pageInfo.hasPreviousPage, page.pageInfo.hasNextPage]).toEqual([backward.length < 3, backward.length > 0]);
      backward.unshift(idsOf(page));
      before = page.pageInfo.startCursor;
      more = page.pageInfo.hasPreviousPage;
    }
    expect(backward).toEqual([order.slice(0, 5), order.slice(5, 11), order.slice(11, 17), order.slice(17)]);
  });

  test('between two cursors', async () => {
    const orderBy = [{ field: 'NAME' }, { field: 'CREATED_AT' }] as const;
    const order = expected(orderBy);
    const { edges } = await list(shop, { orderBy, first: 100 });
    const between = { orderBy, after: edges[3].cursor, before: edges[9].cursor };
    expect(idsOf(await list(shop, { ...between, first: 100 }))).toEqual(order.slice(4, 9));
    expect(idsOf(await list(shop, { ...between, first: 2 }))).toEqual(order.slice(4, 6));
    expect(idsOf(await list(shop, { ...between, last: 2 }))).toEqual(order.slice(7, 9));
    const empty = await list(shop, { orderBy, after: edges[22].cursor, first: 5 });
    expect([empty.nodes, empty.totalCount, empty.pageInfo]).toEqual([
      [],
      23,
      { hasNextPage: false, hasPreviousPage: true, startCursor: null, endCursor: null },
    ]);
  });

  test('a filter narrows the pages and the count', async () => {
    const filter = { type: { is: 'POINT_EARNED' } };
    const matching = expected([{ field: 'CREATED_AT', direction: 'DESC' }]).filter((id) => structures.find((each) => each.id === id)!.type === 'POINT_EARNED');
    const first = await list(shop, { filter, first: 5 });
    const second = await list(shop, { filter, first: 5, after: first.pageInfo.endCursor });
    expect([idsOf(first), idsOf(second)]).toEqual([matching.slice(0, 5), matching.slice(5)]);
    expect([matching.length, first.totalCount, second.totalCount, second.pageInfo.hasNextPage]).toEqual([8, 8, 8, false]);
  });

  test('what comes and changes between two pages neither repeats nor hides the rest', async () => {
    const own = await server.workspace();
    server.setNow('2026-05-01T00:00:00Z');
    const ids: string[] = [];
    for (const name of ['A', 'B', 'C', 'D', 'E', 'F']) ids.push(await create(own, name));
    const orderBy = [{ field: 'NAME' }];
    const first = await list(own, { orderBy, first: 3 });
    await create(own, 'AA');
    await create(own, 'CC');
    await take(own, 'Delete', ids[2]!);
    const second = await list(own, { orderBy, first: 10, after: first.pageInfo.endCursor });
    expect(second.nodes.map(({ name }: Structure) => name)).toEqual(['CC', 'D', 'E', 'F']);
  });

  test('the whole is counted only if asked for', async () => {
    const plain = await countWork(() => shop.run('{ tierStructures(first: 5) { nodes { id } } }'));
    const counted = await countWork(() => shop.run('{ tierStructures(first: 5) { nodes { id } totalCount } }'));
    expect(counted.statements).toHaveLength(plain.statements.length + 1);
    expect(plain.statements.join()).not.toContain('count(');
  });

  test.each<[Arguments, string]>([
    [{ first: 0 }, 'INVALID_PAGE first'],
    [{ first: -1 }, 'INVALID_PAGE first'],
    [{ first: 101 }, 'INVALID_PAGE first'],
    [{ last: 0 }, 'INVALID_PAGE last'],
    [{ last: 101 }, 'INVALID_PAGE last'],
    [{ first: 5, last: 5 }, 'INVALID_PAGE first'],
    [{ orderBy: [{ field: 'NAME' }, { field: 'NAME', direction: 'DESC' }] }, 'INVALID_FILTER orderBy'],
    [{ orderBy: [{ field: 'NAME' }, { field: 'TYPE' }, { field: 'STATUS' }, { field: 'CREATED_AT' }, { field: 'NAME' }] }, 'INVALID_FILTER orderBy'],
    [{ first: 'five' }, 'BAD_USER_INPUT first'],
    [{ orderBy: [{ field: 'METADATA' }] }, 'BAD_USER_INPUT orderBy 0 field'],
    [{ filter: { status: { is: 'OLD' } } }, 'BAD_USER_INPUT filter status is'],
    [{ filter: { junction: 'XOR' } }, 'BAD_USER_INPUT filter junction'],
    [{ filter: { colour: { is: 'red' } } }, 'BAD_USER_INPUT filter'],
  ])('%j is refused', async (args, refused) => {
    expect(await refusal(shop, args)).toBe(refused);
  });

  test('a cursor belongs to its list and order', async () => {
    const cursorOf = async (orderBy?: Step[]) => (await list(shop, { orderBy, first: 1 })).pageInfo.endCursor as string;
    const byName = await cursorOf([{ field: 'NAME' }]);
    const cards = (await shop.run('{ cardDefinitions { pageInfo { endCursor } } }')).cardDefinitions.pageInfo.endCursor;
    const wrong: [Step[] | undefined, string][] = [
      [undefined, byName],
      [[{ field: 'NAME', direction: 'DESC' }], byName],
      [[{ field: 'NAME' }, { field: 'TYPE' }], byName],
      [[{ field: 'TYPE' }], byName],
      [[{ field: 'NAME' }], await cursorOf()],
      [[{ field: 'NAME' }], await cursorOf([{ field: 'NAME' }, { field: 'TYPE' }])],
      [undefined, cards],
    ];
    for (const [orderBy, cursor] of wrong) {
      expect(await refusal(shop, { orderBy, first: 5, after: cursor })).toBe('INVALID_CURSOR after');
      expect(await refusal(shop, { orderBy, last: 5, before: cursor })).toBe('INVALID_CURSOR before');
    }
    expect((await shop.send('query($after: String) { cardDefinitions(after: $after) { nodes { id } } }', { after: byName })).errors).toMatchObject([
      { extensions: { code: 'INVALID_CURSOR', field: ['after'] } },
    ]);
  });

  test('a made-up cursor is refused, or points somewhere, but breaks nothing', async () => {
    const encode = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
    const id = '01941f29-7c00-7000-8000-000000000000';
    const order = 'CREATED_AT:DESC';
    const refused = ['', 'x', '%%%', encode('{}'), encode('null'), encode('[1'), encode([]), encode([order]), encode([order, '0']), encode([order, '0', 'x']), encode([order, '0', id, id]), encode([order, 0, id]), encode([order, '0\u0000', id]), encode([order, '0', `${id}'`]), 'A'.repeat(5_000)];
    for (const after of refused) expect(await refusal(shop, { after })).toBe('INVALID_CURSOR after');
    for (const instant of ['x', '', 'NaN', 'Infinity', '-Infinity', '1e400', '1.5', '8640000000000000', '-8640000000000000', '-62135596800001', '253402300800000']) {
      const { errors, data } = await shop.send(LIST, { after: encode([order, instant, id]) });
      expect([instant, errors, data.tierStructures.totalCount]).toEqual([instant, [], 23]);
    }
    const after = encode(['NAME:ASC', "'; DROP TABLE tiers; --", id]);
    expect((await list(shop, { after, orderBy: [{ field: 'NAME' }], first: 100 })).nodes).toHaveLength(23);
  });

  test("another tenant's cursor is a place in one's own list, and shows nothing of his", async () => {
    const other = await server.workspace();
    const { endCursor } = (await list(shop, { first: 10 })).pageInfo;
    expect(await list(other, { after: endCursor })).toMatchObject({ nodes: [], totalCount: 0 });
  });
});

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { GraphQLArgument, GraphQLField, GraphQLInputField, GraphQLInputType, GraphQLNamedType, GraphQLObjectType, GraphQLUnionType } from 'graphql';
import {
  Kind,
  buildSchema,
  getNamedType,
  getNullableType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
} from 'graphql';
import { restInputObjects, restRoutes } from '../../src/generated/rest-routes.ts';
import type { IdKind } from '../../src/platform/ids.ts';
import { ID_PREFIXES, newId, toPublicId } from '../../src/platform/ids.ts';
import type { RestInput, RestRoute } from '../../src/rest/table.ts';
import type { ApiClient } from '../support/client.ts';
import { buildCustomer, buildProgram, earn } from '../support/program.ts';
import { buildReward, cancel, redeem } from '../support/rewards.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { contentsOf } from '../support/unchanged.ts';

/**
 * Walks everything in the contract that takes an id, and tries each with the id of another workspace's object. The
 * whole answer must be the one for an id that exists nowhere. That the rest of each call is good enough to come as far
 * as the look-up is shown by the workspace's own id, for which the answer must be another one. Calls are made up from
 * the types; a place for ids that nothing can be made up for fails.
 */

const schema = buildSchema(readFileSync(new URL('../../src/generated/schema.graphql', import.meta.url), 'utf8'));
const OPERATIONS = new Map([
  [schema.getQueryType()!, 'query'],
  [schema.getMutationType()!, 'mutation'],
  [schema.getSubscriptionType()!, 'subscription'],
]);
const roots = [...OPERATIONS].flatMap(([type, operation]) => Object.values(type.getFields()).map((field) => ({ field, operation })));

type Ids = Readonly<Record<IdKind, string>>;
/** Names of fields, from an argument on. */
type Path = readonly string[];

/** A place that takes an id, and of which kinds. */
interface Slot {
  readonly name: string;
  readonly kinds: readonly IdKind[];
  /** Answers to the call with the id at the place, and the caller's own ids everywhere else. */
  readonly ask: (client: ApiClient, id: string, own: Ids) => Promise<Answer>;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const ALL_KINDS = Object.keys(ID_PREFIXES) as IdKind[];
/** Kinds without an object that an id would find. */
const LOOKED_UP = ALL_KINDS.filter((kind) => kind !== 'Event' && kind !== 'WebhookReplay');

/** The kind of ids at a place: by the name of the field that takes it or of the one around it, otherwise of the operation. */
function kindsAt(operation: string, path: Path): readonly IdKind[] {
  const [last = '', around = ''] = path.filter((name) => !FILTER_WORDS.has(name)).reverse();
  if (operation === 'node') return LOOKED_UP;
  if (last === 'subjectId') return ['TierStructure', 'CardDefinition', 'EarnRule', 'ApiKey', 'Tier', 'Workspace'];
  const named = kindNamed(last.replace(/Ids?$/, '')) ?? kindNamed(around) ?? AROUND[around];
  if (last !== 'id' && named !== undefined) return [named];
  const kind = named ?? ALL_KINDS.filter((each) => operation.toLowerCase().startsWith(each.toLowerCase())).sort((a, b) => b.length - a.length)[0];
  return kind === undefined ? [] : [kind];
}

const FILTER_WORDS = new Set(['filter', 'is', 'isNot', 'in', 'notIn', 'input']);
const AROUND: Readonly<Record<string, IdKind>> = { from: 'Customer', to: 'Customer', tiers: 'Tier' };
const BY_NAME: Readonly<Record<string, IdKind>> = { grant: 'RewardGrant' };
const kindNamed = (name: string) => BY_NAME[name] ?? ALL_KINDS.find((kind) => kind.toLowerCase() === name.toLowerCase());

// ---------------------------------------------------------------- making up calls

/** What is said where a type alone does not say what makes sense. */
const VALUES: Readonly<Record<string, unknown>> = {
  amount: '1.00', currency: 'USD', value: '1', every: '1.00', multiplier: '2', points: 1, reason: 'Test', minPoints: 5_000,
  unit: 'MONTH', type: 'visit', name: 'Made up',
  to: { externalId: 'bob' },
  // Of a log: its beginning.
  after: Buffer.from('0-fffff-start').toString('base64url'),
};
const BY_TYPE: Readonly<Record<string, unknown>> = {
  String: 'text', Int: 1, Boolean: false, Decimal: '1.00', Points: 1, DateTime: '2024-06-01T00:00:00Z', JSONObject: {},
  TierStructureType: 'POINT_BALANCE', ActivitySubjectType: 'TIER_STRUCTURE',
};

/** Of the caller: most commands on rewards need one in force, this one a draft. */
let draftReward: string;
const fitting = (operation: string, kind: IdKind, own: Ids): string => (operation === 'rewardUpdate' && kind === 'Reward' ? draftReward : own[kind]);

/** A value of the type that has the id at the path below it; without a path, one that makes sense. */
function valueOf(type: GraphQLInputType, at: { readonly operation: string; readonly path: Path; readonly rest: Path | null; readonly id: string; readonly own: Ids }): unknown {
  const { operation, path, rest, id, own } = at;
  const nullable = getNullableType(type);
  if (isListType(nullable)) return [valueOf(nullable.ofType, at)];
  const name = path.at(-1) ?? '';
  const named = getNamedType(nullable);
  if (named.name === 'ID') return rest !== null ? id : fitting(operation, kindsAt(operation, path)[0]!, own);
  if (!isInputObjectType(named)) {
    if (isEnumType(named)) return BY_TYPE[named.name] ?? named.getValues()[0]!.name;
    return VALUES[name] ?? BY_TYPE[named.name];
  }
  if (rest === null && VALUES[name] !== undefined) return VALUES[name];
  const fields = Object.values(named.getFields());
  const [next] = rest ?? [];
  const wanted = named.isOneOf ? (fieldOf(next) ?? fieldOf('id') ?? fields[0]!) : null;
  const given = wanted === null ? fields.filter((field) => field.name === next || isNeeded(field)) : [wanted];
  return Object.fromEntries(
    given.map((field) => {
      const below = field.name === next ? rest!.slice(1) : null;
      return [field.name, valueOf(field.type, { ...at, path: [...path, field.name], rest: below })];
    }),
  );

  function fieldOf(fieldName: string | undefined): GraphQLInputField | undefined {
    return fields.find((field) => field.name === fieldName);
  }
}

const isNeeded = ({ type, defaultValue, name }: GraphQLInputField | GraphQLArgument) =>
  (isNonNullType(type) && defaultValue === undefined) || NEEDED.has(name);
/** Optional by type, but a command makes no sense without. */
const NEEDED = new Set(['tiers', 'minPoints']);

/** Paths to everything of type ID below a type, through each type once. */
function idPaths(type: GraphQLInputType, path: Path, within: readonly string[] = []): Path[] {
  const named = getNamedType(type);
  if (named.name === 'ID') return [path];
  if (!isInputObjectType(named) || within.includes(named.name)) return [];
  return Object.values(named.getFields()).flatMap((field) => idPaths(field.type, [...path, field.name], [...within, named.name]));
}

/** Everything that a type shows, so many objects deep; of a connection one node, of an interface what all implementations have. */
function selectionOf(type: GraphQLNamedType, depth: number, seen?: Set<string>): string {
  if (!isObjectType(type) && !isAbstractType(type)) return '';
  if (isAbstractType(type) && !isInterfaceType(type)) return `{ __typename ${schema.getPossibleTypes(type).map((each) => `... on ${each.name} ${selectionOf(each, depth, seen)}`).join(' ')} }`;
  // Edges show the same as nodes do.
  const fields = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()).filter(({ name }) => name !== 'edges') : [];
  const parts = fields.map((field) => partOf(type.name, field, depth, seen));
  return `{ __typename ${parts.join(' ')} }`;
}

function partOf(owner: string, field: GraphQLField<unknown, unknown>, depth: number, seen?: Set<string>): string {
  const type = getNamedType(field.type);
  const args = field.args.flatMap((argument) => literalOf(argument) ?? []);
  if (args.length < field.args.filter(isNeeded).length) return '';
  const given = args.length === 0 ? '' : `(${args.join(', ')})`;
  if (isObjectType(type) || isAbstractType(type)) {
    if (depth <= 0) return '';
    // Fields of the same name may differ in type between the implementations of an interface.
    return `${owner}_${field.name}: ${field.name}${given} ${selectionOf(type, depth - 1, seen)}`;
  }
  if (type.name === 'ID') seen?.add(`${owner}.${field.name}`);
  return `${owner}_${field.name}: ${field.name}${given}`;
}

/** An argument that reading cannot do without, or should not. */
function literalOf(argument: GraphQLArgument): string | null {
  if (argument.name === 'first') return 'first: 1';
  return isNeeded(argument) && getNamedType(argument.type).name === 'DateTime' ? `${argument.name}: "${builtAt}"` : null;
}

// ---------------------------------------------------------------- asking

async function answerOf(response: Response): Promise<Answer> {
  const headers = Object.fromEntries([...response.headers].filter(([name]) => !CHANGING_HEADERS.has(name)));
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
  const body = (isStream ? await streamed(response) : await response.text()).replace(/"(requestId|request_id)":"[^"]*"/g, '').replace(/"cost":\{.*?\}\}/g, '');
  return { status: response.status, headers, body };
}

/** What comes on a stream until its end, or until nothing comes any more. */
async function streamed(response: Response): Promise<string> {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const silence = new Promise<null>((resolve) => setTimeout(resolve, 500, null));
    const next = await Promise.race([reader.read(), silence]);
    if (next === null) await reader.cancel();
    if (next === null || next.done) return text;
    text += next.value;
  }
}

/** They say when it was, which request, and how much is left of a limit that other requests use as well. */
const CHANGING_HEADERS = new Set(['date', 'x-request-id', 'ratelimit', 'connection', 'keep-alive']);

function send(client: ApiClient, url: string, method: string, body?: unknown): Promise<Answer> {
  const headers = { authorization: `Bearer ${client.key}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
  return fetch(url, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }).then(answerOf);
}

/** The answer with the id taken out, wherever it is echoed. */
function withoutId({ status, headers, body }: Answer, id: string) {
  const clean = (text: string) => text.replaceAll(id, '<id>');
  return { status, headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, clean(value)])), body: clean(body) };
}

// ---------------------------------------------------------------- the places

function rootSlots(): Slot[] {
  return roots.flatMap(({ field, operation }) =>
    field.args.flatMap((argument) =>
      idPaths(argument.type, [argument.name]).map((path) => ({
        name: `${field.name}(${path.join('.')})`,
        kinds: kindsAt(field.name, path),
        ask: (client: ApiClient, id: string, own: Ids) => {
          // What happens only later is not waited for.
          const given = field.args.filter((each) => each.name === path[0] || isNeeded(each) || (operation === 'subscription' && each.name === 'after'));
          const variables = Object.fromEntries(
            given.map((each) => {
              const rest = each.name === path[0] ? path.slice(1) : null;
              return [each.name, valueOf(each.type, { operation: field.name, path: [each.name], rest, id, own })];
            }),
          );
          const declared = given.map((each) => `$${each.name}: ${String(each.type)}`).join(', ');
          const passed = given.map((each) => `${each.name}: $${each.name}`).join(', ');
          // What an event says alone has more fields than one document may ask for.
          const depth = getNamedType(field.type).name === 'Event' ? 0 : 1;
          const query = `${operation}(${declared}) { ${field.name}(${passed}) ${selectionOf(getNamedType(field.type), depth)} }`;
          return send(client, operation === 'subscription' ? `${client.url}/stream` : client.url, 'POST', { query, variables });
        },
      })),
    ),
  );
}

/** How to come to an object that has no id of its own. */
const WAYS: Readonly<Record<string, { readonly kind: IdKind; readonly field: () => string }>> = {
  CustomerSnapshot: { kind: 'Customer', field: () => `asOf(at: "${builtAt}")` },
};

/** Arguments of the fields of objects, asked of an object of the caller. */
function fieldSlots(): Slot[] {
  return Object.values(schema.getTypeMap()).flatMap((type) => {
    if (!isObjectType(type) || OPERATIONS.has(type)) return [];
    return Object.values(type.getFields()).flatMap((field) =>
      field.args.flatMap((argument) =>
        idPaths(argument.type, [argument.name]).map((path) => ({
          name: `${type.name}.${field.name}(${path.join('.')})`,
          kinds: holderOf(type.name) === undefined ? [] : kindsAt(field.name, path),
          ask: (client: ApiClient, id: string, own: Ids) => {
            const given = field.args.filter((each) => each === argument || isNeeded(each));
            const value = (each: GraphQLArgument) =>
              valueOf(each.type, { operation: field.name, path: [each.name], rest: each === argument ? path.slice(1) : null, id, own });
            const holder = holderOf(type.name)!;
            const variables = { node: own[holder], ...Object.fromEntries(given.map((each) => [each.name, value(each)])) };
            const declared = ['$node: ID!', ...given.map((each) => `$${each.name}: ${String(each.type)}`)].join(', ');
            const passed = given.map((each) => `${each.name}: $${each.name}`).join(', ');
            const asked = `{ ${field.name}(${passed}) ${selectionOf(getNamedType(field.type), 1)} }`;
            const way = WAYS[type.name];
            const selection = way === undefined ? asked : `{ ${way.field()} ${asked} }`;
            return send(client, client.url, 'POST', { query: `query(${declared}) { node(id: $node) { ... on ${holder} ${selection} } }`, variables });
          },
        })),
      ),
    );
  });
}

const holderOf = (type: string) => WAYS[type]?.kind ?? kindNamed(type);

function restSlots(): Slot[] {
  return restRoutes.flatMap((route) => {
    const [definition] = parse(route.document).definitions;
    if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`${route.operation} has no operation in front.`);
    const [selected] = definition.selectionSet.selections;
    if (selected?.kind !== Kind.FIELD) throw new Error(`${route.operation} has no root field.`);
    const field = selected.name.value;
    const inBody = route.body === null ? [] : restIdPaths({ type: route.body.type }, []).filter(([first = '']) => !route.body!.without.includes(first));
    const parameters = [...route.pathParameters, ...route.queryParameters].filter(({ type }) => type.type === 'ID');
    const kindOf = (target: Path, name: string) => kindsAt(name === 'id' ? field : '', [...target, ...(name === 'id' ? [] : [camelCase(name)])]);
    return [
      ...parameters.map(({ name, target }) => ({
        name: `${route.method} ${route.path} ${name}`,
        kinds: kindOf(target, name),
        ask: (client: ApiClient, id: string, own: Ids) => askRoute(client, route, field, own, { [name]: id }, null, id),
      })),
      ...inBody.map((path) => ({
        name: `${route.method} ${route.path} ${path.join('.')}`,
        kinds: kindsAt(field, ['input', ...path]),
        ask: (client: ApiClient, id: string, own: Ids) => askRoute(client, route, field, own, {}, path, id),
      })),
    ];
  });
}

const camelCase = (name: string) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/** Paths by the names of GraphQL. */
function restIdPaths({ type }: Pick<RestInput, 'type'>, path: Path, within: readonly string[] = []): Path[] {
  if (type === 'ID') return [path];
  const object = restInputObjects[type];
  if (object === undefined || within.includes(type)) return [];
  return Object.values(object.fields).flatMap((field) => restIdPaths(field, [...path, field.name], [...within, type]));
}

function askRoute(client: ApiClient, route: RestRoute, field: string, own: Ids, given: Readonly<Record<string, string>>, path: Path | null, id: string) {
  const inPath = route.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const { target = [] } = route.pathParameters.find((parameter) => parameter.name === name) ?? {};
    return given[name] ?? fitting(field, kindsAt(name === 'id' ? field : '', [...target, ...(name === 'id' ? [] : [camelCase(name)])])[0]!, own);
  });
  const query = new URLSearchParams();
  for (const { name, type, target } of route.queryParameters) {
    if (given[name] !== undefined) query.set(name, given[name]);
    else if (type.required === true) query.set(name, String(VALUES[target.at(-1) ?? ''] ?? BY_TYPE[type.type]));
  }
  const bodyType = route.body === null ? null : schema.getType(route.body.type);
  const body = isInputObjectType(bodyType) ? valueOf(bodyType, { operation: field, path: ['input'], rest: path ?? [], id, own }) : undefined;
  const shown = body === undefined ? undefined : toRest(body, route.body!.type, route.body!.without);
  const url = `${new URL(client.url).origin}${inPath}${query.size === 0 ? '' : `?${String(query)}`}`;
  return send(client, url, route.method, shown);
}

/** A value of GraphQL by the names of REST. */
function toRest(value: unknown, type: string, without: readonly string[] = []): unknown {
  if (Array.isArray(value)) return value.map((item) => toRest(item, type));
  const object = restInputObjects[type];
  if (object === undefined || typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(object.fields).filter(([, { name }]) => name in value && !without.includes(name));
  return Object.fromEntries(fields.map(([shown, field]) => [shown, toRest((value as Record<string, unknown>)[field.name], field.type)]));
}

// ---------------------------------------------------------------- the workspaces

let server: TestServer;
let caller: ApiClient;
let builtAt: string;
let own: Ids;
let foreign: Ids;
/** More objects of the caller: some calls need one in force, and some take one away. */
let others: Readonly<Partial<Record<IdKind, readonly string[]>>>;

beforeAll(async () => {
  server = await startTestServer();
  caller = await server.workspace({ name: 'Caller' });
  ({ own, others } = await buildEverything(caller));
  draftReward = others.Reward?.[0] ?? '';
  foreign = (await buildEverything(await server.workspace({ name: 'Stranger' }))).own;
  await server.keyUses.store();
  builtAt = new Date().toISOString();
});
afterAll(() => server.stop());

/** One of every kind. What commands change is a draft, as most commands need it. */
async function buildEverything(admin: ApiClient): Promise<{ readonly own: Ids; readonly others: typeof others }> {
  const program = await buildProgram(admin, { structure: { tiers: { Basic: 0, Silver: { minPoints: 100, entryAward: { points: 5 } } } } });
  const drafts: { readonly id: string; readonly tiers: readonly { readonly id: string }[] }[] = [];
  for (let number = 0; number < 4; number += 1) {
    const tiers = ['One', 'Two', 'Three'].map((name, index) => ({ name, minPoints: index + 1 }));
    const input = { name: `Draft ${number}`, type: 'POINT_BALANCE', cardDefinitionId: program.cardDefinitionId, tiers };
    drafts.push((await admin.succeed('tierStructureCreate', input, 'tierStructure { id tiers { id } }')).tierStructure);
  }
  const Customer = await buildCustomer(admin, 'ada');
  await buildCustomer(admin, 'bob');
  const bought = await earn(admin, 'ada', '500.00', { reference: 'order-1' });
  const ada = { externalId: 'ada' };
  const { spend } = await admin.succeed('spend', { customer: ada, points: 10, reference: 'spend-1' }, 'spend { id }');
  const { spendReversal } = await admin.succeed('spendReverse', { spend: { id: spend.id }, points: 1 }, 'spendReversal { id }');
  const { refund } = await admin.succeed('refund', { transaction: { id: bought.transaction.id }, amount: '1.00' }, 'refund { id }');
  const { adjustment } = await admin.succeed('pointsAdjust', { customer: ada, points: 5, reason: 'Test' }, 'adjustment { id }');
  const { transfer } = await admin.succeed('pointsTransfer', { from: ada, to: { externalId: 'bob' }, points: 5 }, 'transfer { id }');
  const { activity } = await admin.succeed('activityRecord', { customer: ada, type: 'visit' }, 'activity { id }');
  const { apiKey } = await admin.succeed('apiKeyCreate', { name: 'Other', scope: 'READ' }, 'apiKey { id }');
  const { signingKey } = await admin.succeed('signingKeyRotate', {}, 'signingKey { id }');
  const { reward: drafted } = await admin.succeed('rewardCreate', { name: 'Draft', type: 'cup', cost: 1, stock: 5, cardDefinitionId: program.cardDefinitionId }, 'reward { id }');
  const reward = await buildReward(admin, program.cardDefinitionId, { cost: 1, trigger: { everyNthVisit: { visits: 1 } } });
  const { cancellation } = await cancel(admin, (await redeem(admin, reward, 'ada')).redemption.id);
  const { redemption } = await redeem(admin, reward, 'ada', { reference: 'redemption-1' });
  const grants: string[] = [];
  for (let number = 0; number < 12; number += 1) {
    const granted = await admin.succeed('earn', { customer: ada, amount: '1.00', currency: 'USD' }, 'grants { id }');
    grants.push(granted.grants[0].id);
  }
  const { webhookEndpoint } = await admin.succeed('webhookEndpointCreate', { url: 'https://example.com/hook' }, 'webhookEndpoint { id }');
  const { webhookDelivery } = await admin.succeed('webhookEndpointTest', { id: webhookEndpoint.id, eventType: 'customer.created' }, 'webhookDelivery { id eventId }');
  const { workspace, customer, earnRule, activities, apiKeys, events } = await admin.run(
    `query($rule: ID!) { workspace { id } apiKeys(first: 10) { nodes { id } } earnRule(id: $rule) { versions { id } } activities(first: 1) { nodes { id } } events(first: 1) { nodes { id } }
      customer(by: { externalId: "ada" }) { cards { id } ledgerEntries(first: 1) { nodes { id } } tierTransitions(first: 1) { nodes { id } } } }`,
    { rule: program.earnRuleId },
  );
  const ids = {
    Workspace: workspace.id,
    ApiKey: apiKey.id,
    SigningKey: signingKey.id,
    Reward: reward,
    RewardGrant: grants[0]!,
    Redemption: redemption.id,
    RedemptionCancellation: cancellation.id,
    Activity: activities.nodes[0].id,
    CardDefinition: program.cardDefinitionId,
    TierStructure: drafts[0]!.id,
    Tier: drafts[0]!.tiers[0]!.id,
    EarnRule: program.earnRuleId,
    EarnRuleVersion: earnRule.versions[0].id,
    Customer,
    Card: customer.cards[0].id,
    Transaction: bought.transaction.id,
    LedgerEntry: customer.ledgerEntries.nodes[0].id,
    Spend: spend.id,
    SpendReversal: spendReversal.id,
    Refund: refund.id,
    Adjustment: adjustment.id,
    Transfer: transfer.id,
    CustomerActivity: activity.id,
    TierTransition: customer.tierTransitions.nodes[0].id,
    Event: events.nodes[0].id,
    WebhookEndpoint: webhookEndpoint.id,
    WebhookDelivery: webhookDelivery.id,
    WebhookReplay: toPublicId('WebhookReplay', newId()),
  };
  const more = {
    TierStructure: [...drafts.slice(1).map(({ id }) => id), program.tierStructureId],
    Tier: [...drafts.flatMap(({ tiers }) => tiers.slice(1).map(({ id }) => id)), ...Object.values(program.tierIds)],
    ApiKey: apiKeys.nodes.map(({ id }: { id: string }) => id),
    Reward: [drafted.id],
    Event: [webhookDelivery.eventId as string],
    // Calls that redeem use up those that were given first.
    RewardGrant: grants.slice(1).reverse(),
  };
  return { own: ids, others: more };
}

const SLOTS = [...rootSlots(), ...fieldSlots(), ...restSlots()];

test('every place that takes an id says of what kind', () => {
  expect(SLOTS.filter(({ kinds }) => kinds.length === 0).map(({ name }) => name)).toEqual([]);
  // Were the walk to find nothing, everything below would pass.
  expect(SLOTS.length).toBeGreaterThan(100);
});

/** What takes something away comes last; what is about tiers in force comes before others are put in their place. */
function harmOf({ name }: Slot): number {
  if (name.startsWith('Customer')) return -2;
  if (/tiers\.id/.test(name)) return -1;
  if (/delete/i.test(name)) return 2;
  return /activate|draft|retire|revoke|rotate|publish|revise/i.test(name) ? 1 : 0;
}

describe('an id', () => {
  test('of another workspace gets the answer that an unknown one gets, and changes nothing', async () => {
    const before = await contentsOf(server);
    const told: string[] = [];
    for (const { name, kinds, ask } of SLOTS) {
      for (const kind of kinds) {
        const unknown = toPublicId(kind, newId());
        // One after the other: of some calls a workspace has one at a time.
        const theirs = await ask(caller, foreign[kind], own);
        const nobodys = await ask(caller, unknown, own);
        const [answer, expected] = [withoutId(theirs, foreign[kind]), withoutId(nobodys, unknown)];
        if (JSON.stringify(answer) !== JSON.stringify(expected)) told.push(`${name}, ${kind}: ${JSON.stringify(answer)} is not ${JSON.stringify(expected)}`);
        // Whatever it says, it does not say anything of the other workspace's objects.
        for (const id of Object.values(foreign)) if (answer.body.includes(id)) told.push(`${name}, ${kind}: shows ${id}`);
      }
    }
    expect(told).toEqual([]);
    expect(await contentsOf(server)).toEqual(before);
  }, 120_000);

  test('of the own workspace gets another answer: every call comes as far as the look-up', async () => {
    const untried: string[] = [];
    for (const { name, kinds, ask } of [...SLOTS].sort((one, other) => harmOf(one) - harmOf(other))) {
      const reached: IdKind[] = [];
      let last = '';
      for (const kind of kinds) {
        const unknown = toPublicId(kind, newId());
        const nobodys = JSON.stringify(withoutId(await ask(caller, unknown, own), unknown));
        for (const id of [own[kind], ...(others[kind] ?? [])]) {
          last = JSON.stringify(withoutId(await ask(caller, id, own), id));
          if (last !== nobodys) reached.push(kind);
          if (last !== nobodys) break;
        }
      }
      if (reached.length === 0) untried.push(`${name}: ${last.replace(/"headers":\{.*?\},/, '')}`);
    }
    expect(untried).toEqual([]);
  }, 120_000);
});

describe('whatever is read', () => {
  test('shows no id of another workspace, in any field that has ids', async () => {
    const seen = new Set<string>();
    const shown: string[] = [];
    const documents = roots
      .filter(({ operation }) => operation === 'query')
      .map(({ field }) => {
        const given = field.args.filter(isNeeded);
        const value = (argument: GraphQLArgument) => {
          const [path] = idPaths(argument.type, [argument.name]);
          return valueOf(argument.type, { operation: field.name, path: [argument.name], rest: path?.slice(1) ?? null, id: own[kindsAt(field.name, path ?? [])[0]!], own });
        };
        return {
          variables: Object.fromEntries(given.map((argument) => [argument.name, value(argument)])),
          declared: given.length === 0 ? '' : `(${given.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ')})`,
          passed: given.length === 0 ? '' : `(${given.map(({ name }) => `${name}: $${name}`).join(', ')})`,
          field,
        };
      });
    const ask = async (name: string, queryOf: (depth: number, selected: Set<string>) => string, variables: object) => {
      // Some documents are larger than one may be; what they show is asked for field by field, below.
      for (const depth of [2, 1, 0]) {
        const selected = new Set<string>();
        const { status, body } = await send(caller, caller.url, 'POST', { query: queryOf(depth, selected), variables });
        if (status !== 200) continue;
        for (const id of Object.values(foreign)) if (body.includes(id)) shown.push(`${name} shows ${id}`);
        for (const each of selected) seen.add(each);
        return;
      }
      shown.push(`${name} cannot be asked for`);
    };
    for (const { field, variables, declared, passed } of documents) {
      await ask(field.name, (depth, selected) => `query${declared} { ${field.name}${passed} ${selectionOf(getNamedType(field.type), depth, selected)} }`, variables);
    }
    for (const kind of LOOKED_UP) {
      const type = schema.getType(kind) as GraphQLObjectType;
      const parts = Object.values(type.getFields()).map((field) => (depth: number, selected: Set<string>) => partOf(kind, field, depth, selected));
      for (const part of parts) await ask(kind, (depth, selected) => `query($id: ID!) { node(id: $id) { ... on ${kind} { __typename ${part(depth, selected)} } } }`, { id: own[kind] });
    }
    // What events say is deeper than the documents above reach.
    const dataTypes = schema.getPossibleTypes(schema.getType('EventData') as GraphQLUnionType);
    for (const type of dataTypes) {
      const dataOf = (depth: number, selected: Set<string>) => `... on ${type.name} ${selectionOf(type, depth, selected)}`;
      await ask(type.name, (depth, selected) => `{ events(first: 100) { nodes { data { ${dataOf(depth, selected)} } } } }`, {});
    }
    const causeOf = (selected: Set<string>) => selectionOf(schema.getType('EventCause') as GraphQLObjectType, 0, selected);
    await ask('EventCause', (_depth, selected) => `{ events(first: 100) { nodes { cause ${causeOf(selected)} } } }`, {});
    expect(shown).toEqual([]);
    const ofPayloads = Object.values(schema.getTypeMap()).flatMap((type) => (isObjectType(type) && !type.name.endsWith('Payload') ? [type] : []));
    const fields = ofPayloads.flatMap((type) => Object.values(type.getFields()).flatMap((field) => (getNamedType(field.type).name === 'ID' ? `${type.name}.${field.name}` : [])));
    // A replay is shown in the answer of whoever asked for it, and nowhere else.
    expect(fields.filter((field) => !seen.has(field))).toEqual(['WebhookReplay.id']);
  });
});

/** Attacks by what is in a request: lists, batches, long and deep values, and bytes that are not what they should be. */
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { Attack } from './requests.ts';
import { bytes, graphql, pieces } from './requests.ts';

const TOO_MUCH_INPUT = 'INPUT_LIMIT_EXCEEDED';
const WRONG_INPUT = 'BAD_USER_INPUT';
const UNREADABLE = 'BAD_REQUEST';
const UNPARSED = 'GRAPHQL_PARSE_FAILED';
const UNSUPPORTED = 'UNSUPPORTED_MEDIA_TYPE';

const NAME = '{ workspace { name } }';
const EARN = 'mutation($input: EarnInput!) { earn(input: $input) { userErrors { code } } }';
const UPSERT = 'mutation($input: CustomerUpsertInput!) { customerUpsert(input: $input) { userErrors { code } } }';
const STRUCTURE = 'mutation($input: TierStructureCreateInput!) { tierStructureCreate(input: $input) { userErrors { code } } }';
const PAGE = 'query($first: Int) { customers(first: $first) { nodes { id } } }';
const earn = (more: object) => ({ input: { customer: { externalId: 'nobody' }, amount: '1.00', currency: 'USD', ...more } });
const customer = (more: object) => ({ input: { externalId: 'nobody', version: 7, ...more } });
const list = <Item>(length: number, item: Item) => Array.from({ length }, () => item);
const line = { sku: 'a', amount: '0.01', quantity: 1 };

export const lists: readonly Attack[] = [
  graphql('a page of 101', 'INVALID_PAGE', PAGE, { first: 101 }),
  graphql('a page of two thousand million', ['INVALID_PAGE', 'COST_EXCEEDED'], PAGE, { first: 2_147_483_647 }),
  graphql('a page of more than 32 bits', WRONG_INPUT, PAGE, { first: 4_294_967_296 }),
  graphql('a page of less than nothing', 'INVALID_PAGE', PAGE, { first: -1 }),
  graphql(
    'pages of pages of pages',
    [null, 'COST_EXCEEDED'],
    'query($n: Int) { customers(first: $n) { nodes { ledgerEntries(first: $n) { nodes { id } } tierTransitions(first: $n) { nodes { id } } cards { lots { points } } } } }',
    { n: 100 },
  ),
  graphql('a purchase of 3,000 lines', [null, WRONG_INPUT, TOO_MUCH_INPUT], EARN, earn({ lines: list(2_400, line) })),
  graphql('a purchase of 20,000 lines', TOO_MUCH_INPUT, EARN, earn({ lines: list(20_000, line) })),
  graphql('9,000 tiers that are none', [WRONG_INPUT, TOO_MUCH_INPUT], STRUCTURE, { input: { name: 'x', type: 'POINT_BALANCE', tiers: list(9_000, 5) } }),
  graphql('400,000 numbers', TOO_MUCH_INPUT, PAGE, { first: list(400_000, 1) }),
  graphql('metadata with 9,000 keys', null, UPSERT, customer({ metadata: Object.fromEntries(list(9_000, 0).map((_, i) => [`k${i}`, i])) })),
  graphql('metadata with a list of 9,900', null, UPSERT, customer({ metadata: { a: list(9_900, 1) } })),
  graphql('9,900 variables that nobody asked for', null, NAME, Object.fromEntries(list(9_900, 0).map((_, i) => [`v${i}`, i]))),
];

const batchOf = (count: number, document: string) => JSON.stringify(list(count, { query: document }));

export const batches: readonly Attack[] = [
  bytes('an empty batch', UNREADABLE, '[]'),
  bytes('a batch of one', UNREADABLE, batchOf(1, NAME)),
  bytes('a batch of two', UNREADABLE, batchOf(2, NAME)),
  bytes('a batch of 1,000', UNREADABLE, batchOf(1_000, NAME)),
  bytes('a batch of 9,000 of nothing', UNREADABLE, JSON.stringify(list(9_000, {}))),
  bytes('a batch of 300,000 of nothing', TOO_MUCH_INPUT, JSON.stringify(list(300_000, {}))),
  bytes('a batch of mutations', UNREADABLE, batchOf(100, 'mutation { workspaceUpdate(input: { name: "x" }) { userErrors { code } } }')),
  bytes('a batch of batches', UNREADABLE, JSON.stringify(list(100, [{ query: NAME }]))),
  bytes('a batch of nulls', UNREADABLE, JSON.stringify(list(1_000, null))),
  bytes('a batch of texts', UNREADABLE, JSON.stringify(list(1_000, NAME))),
  bytes('a batch within the query', UNREADABLE, JSON.stringify({ query: list(100, NAME) })),
  bytes('a batch within the variables', UNREADABLE, JSON.stringify({ query: NAME, variables: list(100, {}) })),
];

export const literals: readonly Attack[] = [
  graphql('4,001 tokens', UNPARSED, `{ ${'a '.repeat(3_999)} }`),
  graphql('a document of 100,000 letters', UNPARSED, `${NAME} # ${'x'.repeat(100_000)}`),
  graphql('a document of 1,000,000 letters', UNPARSED, `${NAME} # ${'x'.repeat(1_000_000)}`),
  graphql('90,000 commas', null, (salt) => `${','.repeat(90_000)}${NAME} #${salt}`),
  graphql('a name of 90,000 letters', 'GRAPHQL_VALIDATION_FAILED', (salt) => `{ ${'x'.repeat(90_000)}${salt} }`),
  graphql('a text of 90,000 letters', null, (salt) => `{ node(id: "${'x'.repeat(90_000)}${salt}") { id } }`),
  graphql('a text of 15,000 escapes', null, (salt) => `{ node(id: "${'\\u0041'.repeat(15_000)}${salt}") { id } }`),
  graphql('a text of 40,000 lines', null, (salt) => `{ node(id: """${'\n '.repeat(40_000)}${salt}""") { id } }`),
  graphql('a text without an end', UNPARSED, `{ node(id: "${'x'.repeat(90_000)}`),
  graphql('a number of 90,000 digits', [WRONG_INPUT, 'GRAPHQL_VALIDATION_FAILED'], `{ customers(first: ${'9'.repeat(90_000)}) { nodes { id } } }`),
  graphql('an amount of 900,000 digits', WRONG_INPUT, EARN, earn({ amount: '9'.repeat(900_000) })),
  graphql('a number of 900,000 digits of points', WRONG_INPUT, 'mutation($p: Points!) { spend(input: { customer: { externalId: "x" }, points: $p }) { userErrors { code } } }', { p: '9'.repeat(900_000) }),
  graphql('an address of 900,000 letters', null, UPSERT, customer({ email: `${'a'.repeat(450_000)}@${'a.'.repeat(225_000)}` })),
  graphql('an id of 900,000 letters', null, 'query($id: ID!) { node(id: $id) { id } }', { id: `cust_${'0'.repeat(900_000)}` }),
  graphql('a cursor of 900,000 letters', 'INVALID_CURSOR', 'query($c: String) { customers(after: $c) { nodes { id } } }', { c: 'A'.repeat(900_000) }),
  graphql('an instant of 900,000 digits', WRONG_INPUT, EARN, earn({ occurredAt: `2026-01-01T00:00:00.${'0'.repeat(900_000)}` })),
  graphql('a reference of 900,000 letters', null, EARN, earn({ reference: 'x'.repeat(900_000) })),
];

const arrays = (count: number) => `${'['.repeat(count)}${']'.repeat(count)}`;
const objects = (count: number) => `${'{"a":'.repeat(count)}1${'}'.repeat(count)}`;
const withVariables = (variables: string, document = NAME) => (salt: number) => `{"query":${JSON.stringify(`${document} #${salt}`)},"variables":${variables}}`;

export const deepInputs: readonly Attack[] = [
  bytes('variables of 40 lists', TOO_MUCH_INPUT, withVariables(`{"v":${arrays(40)}}`)),
  bytes('variables of 400,000 lists', TOO_MUCH_INPUT, withVariables(`{"v":${arrays(400_000)}}`)),
  bytes('variables of 40 objects', TOO_MUCH_INPUT, withVariables(objects(40))),
  bytes('variables of 150,000 objects', TOO_MUCH_INPUT, withVariables(objects(150_000))),
  bytes('metadata of 25 objects', null, withVariables(`{"input":{"externalId":"nobody","version":7,"metadata":${objects(25)}}}`, UPSERT)),
  bytes('metadata of 20,000 lists', TOO_MUCH_INPUT, withVariables(`{"input":{"externalId":"nobody","version":7,"metadata":{"a":${arrays(20_000)}}}}`, UPSERT)),
  bytes('an amount of 20,000 lists', TOO_MUCH_INPUT, withVariables(`{"input":{"amount":${arrays(20_000)}}}`, EARN)),
  bytes('a name of operation of 20,000 lists', TOO_MUCH_INPUT, `{"query":"${NAME}","operationName":${arrays(20_000)}}`),
  bytes('extensions of 20,000 lists', TOO_MUCH_INPUT, `{"query":"${NAME}","extensions":{"a":${arrays(20_000)}}}`),
  bytes('1,000,000 lists that do not end', UNREADABLE, '['.repeat(1_000_000)),
  bytes('200,000 objects that do not end', UNREADABLE, '{"a":'.repeat(200_000)),
  bytes('prototypes within prototypes', UNREADABLE, withVariables(`${'{"__proto__":'.repeat(30)}1${'}'.repeat(30)}`)),
  graphql('a literal of 21 lists', 'DOCUMENT_LIMIT_EXCEEDED', `mutation { customerUpsert(input: { externalId: "x", metadata: { a: ${arrays(21)} } }) { userErrors { code } } }`),
  graphql('a literal of 1,900 lists', 'DOCUMENT_LIMIT_EXCEEDED', `mutation { customerUpsert(input: { externalId: "x", metadata: { a: ${arrays(1_900)} } }) { userErrors { code } } }`),
  graphql('a literal of 900 objects', 'DOCUMENT_LIMIT_EXCEEDED', `mutation { customerUpsert(input: { externalId: "x", metadata: ${'{ a: '.repeat(900)}1${' }'.repeat(900)} }) { userErrors { code } } }`),
];

const QUERY = JSON.stringify({ query: NAME });
const json = (more: Readonly<Record<string, string>>) => ({ 'content-type': 'application/json', ...more });
const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, ' '));

export const encodings: readonly Attack[] = [
  bytes('a mark of the order of bytes', null, `\ufeff${QUERY}`),
  bytes('UTF-16', UNREADABLE, Buffer.from(QUERY, 'utf16le')),
  bytes('UTF-16 that says so', UNSUPPORTED, Buffer.from(QUERY, 'utf16le'), { 'content-type': 'application/json; charset=utf-16' }),
  bytes('Latin-1 that says so', UNSUPPORTED, Buffer.from(QUERY, 'latin1'), { 'content-type': 'application/json; charset="iso-8859-1"' }),
  bytes('UTF-7 that says so', UNSUPPORTED, QUERY, { 'content-type': 'application/json;charset=utf-7' }),
  bytes('UTF-8 that says so in capitals', null, QUERY, { 'content-type': 'APPLICATION/JSON; CHARSET=UTF-8' }),
  bytes('bytes that are no UTF-8', UNREADABLE, Buffer.concat([Buffer.from('{"query":"{ node(id: \\"'), Buffer.from([0xff, 0xfe, 0xc3]), Buffer.from('\\") { id } }"}')])),
  bytes('a slash in two bytes too many', UNREADABLE, Buffer.concat([Buffer.from('{"query":"#'), Buffer.from([0xe0, 0x80, 0xaf]), Buffer.from('\\n{ workspace { name } }"}')])),
  bytes('half a pair of surrogates', null, '{"query":"query($id: ID!) { node(id: $id) { id } }","variables":{"id":"\\ud800"}}'),
  bytes('a character of nothing', null, '{"query":"query($id: ID!) { node(id: $id) { id } }","variables":{"id":"cust_\\u0000"}}'),
  bytes('a compressed body', UNSUPPORTED, gzipSync(QUERY), json({ 'content-encoding': 'gzip' })),
  bytes('a compressed body that does not say so', UNREADABLE, gzipSync(QUERY)),
  bytes('64 MiB in 64 KiB', UNSUPPORTED, bomb, json({ 'content-encoding': 'gzip' })),
  bytes('64 MiB in 64 KiB that do not say so', UNREADABLE, bomb),
  bytes('a body compressed twice', UNSUPPORTED, gzipSync(bomb), json({ 'content-encoding': 'gzip, gzip' })),
  bytes('a deflated body', UNSUPPORTED, deflateSync(QUERY), json({ 'content-encoding': 'deflate' })),
  bytes('a body of Brotli', UNSUPPORTED, brotliCompressSync(QUERY), json({ 'content-encoding': 'br' })),
  bytes('a body as it is, which says so', null, QUERY, json({ 'content-encoding': 'identity' })),
  bytes('a body of 1 MiB and a byte', 'PAYLOAD_TOO_LARGE', ' '.repeat(1024 * 1024 + 1)),
  bytes('a million blanks', null, `${' '.repeat(1_000_000)}${QUERY}`),
  bytes('a thousand keys of the same name', null, `{${pieces(1_000, () => '"query":"{ a }"', ',')},"query":"${NAME}"}`),
];

/** Attacks by the shape of a document: aliases, repeated fields, directives, depth, fragments, introspection. */
import type { Attack } from './requests.ts';
import { graphql, pieces } from './requests.ts';

const TOO_LARGE = 'DOCUMENT_LIMIT_EXCEEDED';
const INVALID = 'GRAPHQL_VALIDATION_FAILED';
const UNPARSED = 'GRAPHQL_PARSE_FAILED';

export const aliases: readonly Attack[] = [
  graphql('101 aliases of a field', TOO_LARGE, `{ workspace { ${pieces(101, (i) => `a${i}: name`)} } }`),
  graphql('1,300 aliases of a field', TOO_LARGE, `{ workspace { ${pieces(1_300, (i) => `a${i}: name`)} } }`),
  graphql('51 aliases of a root field', TOO_LARGE, `{ ${pieces(51, (i) => `a${i}: workspace { name }`)} }`),
  graphql('500 aliases of a root field', TOO_LARGE, `{ ${pieces(500, (i) => `a${i}: workspace { name }`)} }`),
  graphql('50 aliases of a root field, which is the most', [null, 'COST_EXCEEDED'], `{ ${pieces(50, (i) => `a${i}: workspace { name }`)} }`),
  graphql('50 aliases of a long list', [null, 'COST_EXCEEDED'], `{ ${pieces(50, (i) => `a${i}: customers(first: 100) { nodes { id } }`)} }`),
  graphql(
    'lists within lists under aliases',
    [null, 'COST_EXCEEDED'],
    `{ customers(first: 100) { nodes { ${pieces(90, (i) => `a${i}: ledgerEntries(first: 100) { nodes { id } }`)} } } }`,
  ),
  graphql(
    'aliases that a fragment multiplies',
    TOO_LARGE,
    `{ ${pieces(20, (i) => `w${i}: workspace { ...F }`)} } fragment F on Workspace { ${pieces(20, (i) => `a${i}: name`)} }`,
  ),
  graphql('60 mutations under aliases', TOO_LARGE, `mutation { ${pieces(60, (i) => `a${i}: workspaceUpdate(input: { name: "x" }) { userErrors { code } }`)} }`),
  graphql('one alias for different fields', INVALID, `{ workspace { ${pieces(90, (i) => `a: ${i % 2 === 0 ? 'name' : 'timeZone'}`)} } }`),
  graphql('aliases with names of a thousand letters', [null, INVALID], `{ workspace { ${pieces(80, (i) => `a${i}${'x'.repeat(1_000)}: name`)} } }`),
  graphql('aliases of the name of the type', TOO_LARGE, `{ ${pieces(1_000, (i) => `a${i}: __typename`)} }`),
];

export const duplicates: readonly Attack[] = [
  graphql('a field 3,900 times', TOO_LARGE, `{ workspace { ${'name '.repeat(3_900)} } }`),
  graphql('a field 1,900 times', [null, INVALID], `{ workspace { ${'name '.repeat(1_900)} } }`),
  graphql('the name of the type 3,900 times', TOO_LARGE, `{ ${'__typename '.repeat(3_900)} }`),
  graphql('an object 49 times', null, `{ ${'workspace { name } '.repeat(49)} }`),
  graphql('an object 900 times', TOO_LARGE, `{ ${'workspace { name } '.repeat(900)} }`),
  graphql('a field with arguments 400 times', TOO_LARGE, `{ ${'node(id: "a") { id } '.repeat(400)} }`),
  graphql('a field with other arguments each time', [INVALID, TOO_LARGE], `{ ${pieces(45, (i) => `node(id: "${i}") { id }`)} }`),
  graphql('a field 600 times in fragments within the line', [null, INVALID], `{ workspace { ${'... on Workspace { name } '.repeat(600)} } }`),
  graphql(
    'a field in 49 fragments',
    null,
    `{ workspace { ${pieces(49, (i) => `...F${i}`)} } } ${pieces(49, (i) => `fragment F${i} on Workspace { name timeZone }`)}`,
  ),
  graphql(
    'pairs of objects within pairs of objects',
    [TOO_LARGE, INVALID, null],
    `{ customers { nodes { ${'tiers { tierStructure { tiers { '.repeat(4)}${'id id '.repeat(300)}${'} } } '.repeat(4)} } } }`,
  ),
  graphql('a mutation 49 times', [null, INVALID], `mutation { ${'workspaceUpdate(input: { name: "Demo" }) { workspace { name } } '.repeat(49)} }`),
  graphql('a long list 49 times', null, `{ ${'customers(first: 100) { nodes { id } } '.repeat(49)} }`),
];

export const directives: readonly Attack[] = [
  graphql('6 directives on a field', TOO_LARGE, `{ workspace { name ${'@include(if: true) '.repeat(6)} } }`),
  graphql('500 directives on a field', TOO_LARGE, `{ workspace { name ${'@include(if: true) '.repeat(500)} } }`),
  graphql('3,800 directives that do not exist', TOO_LARGE, `{ workspace { name ${'@a '.repeat(1_900)} } }`),
  graphql('a directive on each of 300 fields', TOO_LARGE, `{ workspace { ${'name @skip(if: false) '.repeat(300)} } }`),
  graphql('a directive on each of 99 fields', null, `{ workspace { ${'name @skip(if: false) '.repeat(99)} } }`),
  graphql('an unknown directive on each of 99 fields', INVALID, `{ workspace { ${pieces(99, (i) => `name @unknown${i}`)} } }`),
  graphql('directives on an operation', TOO_LARGE, `query ${pieces(50, (i) => `@a${i}`)} { workspace { name } }`),
  graphql('directives on variables', TOO_LARGE, `query(${pieces(50, (i) => `$v${i}: Int @a @b @c`)}) { workspace { name } }`),
  graphql('directives on fragments', TOO_LARGE, `{ workspace { ...F } } fragment F on Workspace ${'@a '.repeat(200)} { name }`),
  graphql('directives on spreads', TOO_LARGE, `{ workspace { ${'...F @include(if: true) '.repeat(150)} } } fragment F on Workspace { name }`),
  graphql('an argument of a directive that is nested', TOO_LARGE, `{ workspace { name @include(if: ${'['.repeat(900)}${']'.repeat(900)}) } }`),
  graphql('an argument of a directive that is long', INVALID, `{ workspace { name @include(if: [${'1 '.repeat(3_000)}]) } }`),
];

/** `levels` times what opens, and then as many braces as it has opened. */
const nested = (levels: number, opening: string, leaf: string) =>
  `${`${opening} `.repeat(levels)}${leaf}${' }'.repeat(levels * (opening.split('{').length - 1))}`;

export const depth: readonly Attack[] = [
  graphql('21 levels', TOO_LARGE, `{ customers { nodes { ${nested(10, 'tiers { tierStructure {', 'id')} } } }`),
  graphql('400 levels', TOO_LARGE, `{ customers { nodes { ${nested(400, 'tier {', 'id')} } } }`),
  graphql('1,300 levels of a field that does not exist', TOO_LARGE, `{ ${nested(1_300, 'a {', 'a')} }`),
  graphql('60 levels of fragments within the line', TOO_LARGE, `{ ${nested(60, '... {', 'workspace { name }')} }`),
  graphql('1,300 levels of fragments within the line', TOO_LARGE, `{ ${nested(1_300, '... {', 'workspace { name }')} }`),
  graphql('58 levels of fragments within the line, just not too many', null, `{ ${nested(57, '... {', 'workspace { name }')} }`),
  graphql(
    'a chain of 49 fragments',
    [null, TOO_LARGE],
    `{ workspace { ...F0 } } ${pieces(48, (i) => `fragment F${i} on Workspace { ...F${i + 1} }`)} fragment F48 on Workspace { name }`,
  ),
  graphql(
    'a chain of 400 fragments',
    TOO_LARGE,
    `{ workspace { ...F0 } } ${pieces(400, (i) => `fragment F${i} on Workspace { ...F${i + 1} }`)} fragment F400 on Workspace { name }`,
  ),
  graphql('a type of 1,000 lists', [INVALID, UNPARSED], `query($v: ${'['.repeat(1_000)}Int${']'.repeat(1_000)}) { workspace { name } }`),
  graphql('3,900 braces that open', UNPARSED, '{'.repeat(3_900)),
  graphql('90,000 braces that open', UNPARSED, '{a'.repeat(45_000)),
  graphql('introspection of a type of 25 levels', TOO_LARGE, `{ __type(name: "Tier") { fields { type { ${nested(25, 'ofType {', 'name')} } } } }`),
];

const cycle = (length: number, selection: (next: string) => string) =>
  pieces(length, (i) => `fragment F${i} on Workspace { ${selection(`...F${(i + 1) % length}`)} }`);

export const cycles: readonly Attack[] = [
  graphql('a fragment of itself', INVALID, `{ workspace { ...F0 } } ${cycle(1, (next) => next)}`),
  graphql('two of each other', INVALID, `{ workspace { ...F0 } } ${cycle(2, (next) => `name ${next}`)}`),
  graphql('49 in a ring', INVALID, `{ workspace { ...F0 } } ${cycle(49, (next) => next)}`),
  graphql('400 in a ring', TOO_LARGE, `{ workspace { ...F0 } } ${cycle(400, (next) => next)}`),
  graphql('a ring that spreads twice', INVALID, `{ workspace { ...F0 } } ${cycle(45, (next) => `${next} ${next}`)}`),
  graphql('a ring that nobody enters', INVALID, `{ workspace { name } } ${cycle(30, (next) => next)}`),
  graphql('a ring behind fragments within the line', INVALID, `{ workspace { ...F0 } } ${cycle(10, (next) => `... { ... { ${next} } }`)}`),
  graphql('a ring through fields', INVALID, '{ customers { nodes { ...C } } } fragment C on Customer { tiers { tierStructure { ...S } } } fragment S on TierStructure { tiers { tierStructure { ...S } } }'),
  graphql('a ring through introspection', INVALID, '{ __type(name: "Tier") { ...T } } fragment T on __Type { fields { type { ...T } } }'),
  graphql(
    'all of 30 to all of 30',
    INVALID,
    `{ workspace { ...F0 } } ${pieces(30, (i) => `fragment F${i} on Workspace { ${pieces(30, (j) => `...F${j}`)} }`)}`,
  ),
  graphql('a ring under a condition', INVALID, `query($if: Boolean = false) { workspace { ...F0 } } ${cycle(5, (next) => `${next} @include(if: $if)`)}`),
  graphql('fragments of the same name', [INVALID, TOO_LARGE], `{ workspace { ...F } } ${'fragment F on Workspace { ...F } '.repeat(40)}`),
];

const levels = (count: number, spreads: number) =>
  `${pieces(count, (i) => `fragment F${i} on Workspace { ${`...F${i + 1} `.repeat(spreads)}name }`)} fragment F${count} on Workspace { name }`;
const structures = (count: number, spreads: number) =>
  `${pieces(count, (i) => `fragment F${i} on Tier { tierStructure { tiers { ${`...F${i + 1} `.repeat(spreads)}} } }`)} fragment F${count} on Tier { id }`;

export const fanOuts: readonly Attack[] = [
  graphql('30 levels that double', TOO_LARGE, `{ workspace { ...F0 } } ${levels(30, 2)}`),
  graphql('8 levels that double', null, `{ workspace { ...F0 } } ${levels(8, 2)}`),
  graphql('12 levels that treble', TOO_LARGE, `{ workspace { ...F0 } } ${levels(12, 3)}`),
  graphql('3 levels of a hundred', TOO_LARGE, `{ workspace { ...F0 } } ${levels(3, 100)}`),
  graphql('30 levels that double through fields', TOO_LARGE, `{ node(id: "x") { ...F0 } } ${structures(30, 2)}`),
  graphql('6 levels of ten through fields', TOO_LARGE, `{ node(id: "x") { ...F0 } } ${structures(6, 10)}`),
  graphql(
    '49 fragments, each in all before it',
    TOO_LARGE,
    `{ workspace { ...F0 } } ${pieces(49, (i) => `fragment F${i} on Workspace { ${pieces(48 - i, (j) => `...F${i + j + 1}`)} name }`)}`,
  ),
  graphql('400 fragments that nobody spreads', TOO_LARGE, `{ workspace { name } } ${pieces(400, (i) => `fragment F${i} on Workspace { name }`)}`),
  graphql('a fragment 1,200 times', [null, TOO_LARGE], `{ workspace { ${'...F '.repeat(1_200)} } } fragment F on Workspace { name }`),
  graphql('1,200 fragments that are not there', INVALID, `{ workspace { ${pieces(1_200, (i) => `...F${i}`)} } }`),
  graphql('fragments on types that do not exist', INVALID, `{ workspace { name ${pieces(40, (i) => `...F${i}`)} } } ${pieces(40, (i) => `fragment F${i} on Type${i} { name }`)}`),
  graphql('operations that all spread all', TOO_LARGE, `${pieces(60, (i) => `query Q${i} { workspace { ...F0 } }`)} ${levels(8, 2)}`),
];

export const introspection: readonly Attack[] = [
  graphql('types of fields of types of fields', TOO_LARGE, `{ __schema { ${nested(4, 'types { fields { type {', 'name')} } }`),
  graphql('fields of types of fields', [null, INVALID], '{ __schema { types { fields { type { fields { name } } } } } }'),
  graphql('fields three times within each other', INVALID, '{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }'),
  graphql('fields of fields under 60 aliases', TOO_LARGE, `{ __schema { types { fields { ${pieces(60, (i) => `a${i}: type { fields { name } }`)} } } } }`),
  graphql('fields under 90 aliases', TOO_LARGE, `{ __schema { types { ${pieces(90, (i) => `a${i}: fields { name description args { name } }`)} } } }`),
  graphql('the schema 40 times', [TOO_LARGE, 'COST_EXCEEDED'], `{ ${pieces(40, (i) => `a${i}: __schema { types { fields { name args { name type { name } } } } }`)} }`),
  graphql('a type 49 times', [null, TOO_LARGE], `{ ${pieces(49, (i) => `a${i}: __type(name: "Query") { fields { name } }`)} }`),
  graphql('possible types of possible types', [null, INVALID], '{ __schema { types { possibleTypes { possibleTypes { name } interfaces { name } } } } }'),
  graphql('interfaces of possible types, again and again', [INVALID, TOO_LARGE], `{ __schema { types { ${nested(4, 'possibleTypes { interfaces {', 'name')} } } }`),
  graphql('input fields of input fields of input fields', INVALID, '{ __schema { types { inputFields { type { inputFields { type { inputFields { name } } } } } } } }'),
  graphql('arguments of everything', [null, TOO_LARGE], '{ __schema { directives { args { type { fields { args { type { name } } } } } } types { fields { args { type { inputFields { name } } } } } } }'),
  graphql('a type that does not exist, by a long name', [null, UNPARSED], (salt) => `{ __type(name: "${'x'.repeat(90_000)}${salt}") { name } }`),
];

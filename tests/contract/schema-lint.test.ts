/**
 * Proof of the lint over the SDL (eslint.config.js): a small contract in order passes, and one
 * that breaks every convention is told so, convention by convention.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

const IN_ORDER = /* GraphQL */ `
  "Anything with a global id."
  interface Node {
    "The global id."
    id: ID!
  }
  "Reads."
  type Query {
    "One thing by its global id; null if there is none."
    thing("The global id." id: ID!): Thing
    "All things, newest first."
    things(
      "At most this many."
      first: Int = 25
      "Those after this cursor."
      after: String
      "At most this many, from the end."
      last: Int
      "Those before this cursor."
      before: String
    ): ThingConnection!
  }
  "Writes."
  type Mutation {
    "Changes a thing."
    thingUpdate("What to change." input: ThingUpdateInput!): ThingUpdatePayload!
  }
  "A thing."
  type Thing implements Node {
    "The global id."
    id: ID!
    "Its kind."
    kind: ThingKind!
    "Its label."
    label: String @deprecated(reason: "Use kind.")
  }
  "Kinds of things."
  enum ThingKind {
    "Not yet decided."
    NOT_DECIDED
  }
  "A page of things."
  type ThingConnection {
    "The things of the page."
    edges: [ThingEdge!]!
    "Where the page lies."
    pageInfo: PageInfo!
  }
  "A thing in a page."
  type ThingEdge {
    "Its place in the list."
    cursor: String!
    "The thing."
    node: Thing!
  }
  "Where a page lies."
  type PageInfo {
    "Whether more follow."
    hasNextPage: Boolean!
    "Whether some came before."
    hasPreviousPage: Boolean!
    "The first cursor."
    startCursor: String
    "The last cursor."
    endCursor: String
  }
  "What to change."
  input ThingUpdateInput {
    "The thing's global id."
    id: ID!
    "Makes a repeated call harmless."
    idempotencyKey: String
  }
  "What became of it."
  type ThingUpdatePayload {
    "The thing as it is now; null if it was refused."
    thing: Thing
    "Why it was refused."
    userErrors: [ThingUpdateUserError!]!
  }
  "Why a change was refused."
  type ThingUpdateUserError {
    "What a program reads."
    code: ThingKind!
  }
`;

/** The same contract, done wrong wherever a convention can be broken. */
const BROKEN = /* GraphQL */ `
  interface Node {
    "The global id."
    id: ID!
  }
  "Reads."
  type Query {
    "One thing."
    getThing(id: ID!): Thing
    "All things."
    things("At most this many." first: Int = 25): ThingConnection!
  }
  "Writes."
  type Mutation {
    "Verb first."
    updateThing("What to change." input: ThingUpdateInput!): ThingUpdatePayload!
    "Two arguments."
    thingRename(
      "What to change."
      input: ThingUpdateInput!
      "Its name."
      name: String!
    ): ThingUpdatePayload!
    "An argument with another name."
    thingMove("What to change." change: ThingUpdateInput!): ThingUpdatePayload!
    "An optional input."
    thingClose("What to change." input: ThingUpdateInput): ThingUpdatePayload!
    "A scalar input."
    thingOpen("What to change." input: ID!): ThingUpdatePayload!
    "The object as answer."
    thingKeep("What to change." input: ThingUpdateInput!): Thing
  }
  type Thing implements Node {
    "The global id."
    id: ID!
    kind: ThingKind!
    "In snake case."
    other_kind: thing_sort
    "Deprecated without a reason."
    label: String @deprecated(reason: "")
  }
  "Kinds of things."
  enum ThingKind {
    NOT_DECIDED
    "In camel case."
    notYet
  }
  "In snake case."
  enum thing_sort {
    "Some."
    SOME
  }
  "A page without edges."
  type ThingConnection {
    "The things of the page."
    things: [ThingEdge!]!
    "Where the page lies."
    pageInfo: PageInfo!
  }
  "Another page."
  type OtherConnection {
    "The things of the page."
    edges: [ThingEdge!]!
    "Where the page lies."
    pageInfo: PageInfo!
  }
  "A thing in a page, without cursor."
  type ThingEdge {
    "The thing."
    node: Thing!
  }
  "Where a page lies, without its end."
  type PageInfo {
    "Whether more follow."
    hasNextPage: Boolean!
    "Whether some came before."
    hasPreviousPage: Boolean!
    "The first cursor."
    startCursor: String
  }
  "What to change."
  input ThingUpdateInput {
    id: ID!
  }
  "What became of it."
  type ThingUpdatePayload {
    "The thing as it is now."
    thing: Thing
    "Why it was refused."
    errors: [ThingUpdateUserError!]!
  }
  "Why a change was refused."
  type ThingUpdateUserError {
    "What a person reads."
    message: String!
  }
  "Nothing leads here."
  type Lonely {
    "It."
    it: Int
  }
`;

const COMPLAINTS: readonly (readonly [fault: string, complaint: RegExp])[] = [
  ['an interface without description', /require-description .*interface "Node"/],
  ['a type without description', /require-description .*type "Thing"/],
  ['a field without description', /require-description .*field "kind"/],
  ['an argument without description', /require-description .*"id" in field "getThing"/],
  ['an input field without description', /require-description .*"id" in input "ThingUpdateInput"/],
  ['an enum value without description', /require-description .*enum value "NOT_DECIDED"/],
  ['a deprecation without reason', /require-deprecation-reason .*field "label"/],
  ['a connection that pages one way', /relay-arguments/],
  ['a connection without edges', /relay-connection-types .*`edges`/],
  ['an edge without cursor', /relay-edge-types .*`cursor`/],
  ['a page info without end', /relay-page-info .*`endCursor`/],
  ['a type in snake case', /naming-convention .*"thing_sort"/],
  ['a field in snake case', /naming-convention .*"other_kind"/],
  ['an enum value in camel case', /naming-convention .*"notYet"/],
  ['a query that says get', /naming-convention .*"getThing"/],
  ['a type that nothing leads to', /no-unreachable-types .*`Lonely`/],
  ['a mutation named verb first', /named object first/],
  ['a mutation with two arguments', /exactly one argument/],
  ['a mutation whose argument has another name', /input-name .*"change"/],
  ['a mutation with an optional input', /required: make it non-null/],
  ['a mutation that cannot be repeated without harm', /mutations-are-repeatable .*ThingUpdateInput has none/],
  ['a mutation that takes a scalar', /an input type named `...Input`/],
  ['a mutation that answers the object', /answers a non-null `...Payload`/],
  ['a payload without user errors', /A payload has `userErrors`/],
  ['a user error without code', /A user error has a `code`/],
];

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

interface Complaints {
  readonly exitCode: number;
  readonly texts: readonly string[];
}

async function lint(sdl: string): Promise<Complaints> {
  const folder = await mkdtemp(join(tmpdir(), 'voilatier-sdl-'));
  folders.push(folder);
  await mkdir(join(folder, 'schema'));
  await writeFile(join(folder, 'schema/things.graphql'), sdl);
  return new Promise((done, fail) => {
    const eslint = join(ROOT, 'node_modules/eslint/bin/eslint.js');
    const child = execFile(
      process.execPath,
      [eslint, '--config', join(ROOT, 'eslint.config.js'), '--format', 'json', '.'],
      { cwd: folder },
      (_, output, complaint) => {
        if (!output.startsWith('[')) return fail(new Error(`eslint: ${complaint}`));
        const files = JSON.parse(output) as { messages: { ruleId: string; message: string }[] }[];
        const texts = files.flatMap(({ messages }) =>
          messages.map(({ ruleId, message }) => `${ruleId} ${message}`),
        );
        return done({ exitCode: child.exitCode ?? -1, texts });
      },
    );
  });
}

test('a contract in order passes', async () => {
  expect(await lint(IN_ORDER)).toEqual({ exitCode: 0, texts: [] });
});

describe('the lint finds', () => {
  let report: Complaints;
  beforeAll(async () => {
    report = await lint(BROKEN);
  });

  test.each(COMPLAINTS)('%s', (_fault, complaint) => {
    expect(report.texts).toEqual(expect.arrayContaining([expect.stringMatching(complaint)]));
  });

  test('and fails', () => expect(report.exitCode).toBe(1));
});

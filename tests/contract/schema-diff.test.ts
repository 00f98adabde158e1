/**
 * Proof of the contract gate: a change that breaks clients does not land, unless it is listed
 * with a date; one that only adds lands; and editing the record of what landed does not help.
 */
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { checkContract, checkLandings } from '../../scripts/schema-contract.ts';
import { schemaDiff } from '../../scripts/schema-landing.ts';

const ROOT = resolve(import.meta.dirname, '../..');

const SDL = /* GraphQL */ `
  directive @rest(method: String!, path: String!, status: Int! = 201) repeatable on FIELD_DEFINITION
  directive @requires(scope: String!) on FIELD_DEFINITION

  type Query {
    card(id: ID!): Card @rest(method: "GET", path: "/cards/{id}")
    cards(first: Int = 25, status: CardStatus): [Card!]! @requires(scope: "READ") @rest(method: "GET", path: "/cards") @rest(method: "GET", path: "/all-cards")
  }
  type Card {
    id: ID!
    name: String!
    label: String
  }
  enum CardStatus {
    DRAFT
    ACTIVE
  }
  input CardInput {
    name: String!
    label: String
  }
  type Mutation {
    cardCreate(input: CardInput!): Card @rest(method: "POST", path: "/cards")
  }
`;

/** SDL with one piece of it replaced; the piece must be there. */
function edit(piece: string, replacement: string, sdl = SDL): string {
  expect(sdl).toContain(piece);
  return sdl.replace(piece, replacement);
}

describe('the real contract', () => {
  const sdl = readFileSync(join(ROOT, 'src/generated/schema.graphql'), 'utf8');

  test('may not lose a route, nor move it, nor change its method or status', async () => {
    const use = '@rest(method: PUT, path: "/v3/tiers/rules", operation: "tierRulesPublish")';
    for (const changed of [
      edit(` ${use}`, '', sdl),
      edit('"/v3/tiers/rules"', '"/v3/tier-rules"', sdl),
      edit('method: PUT, path: "/v3/tiers/rules"', 'method: POST, path: "/v3/tiers/rules"', sdl),
      edit('operation: "tierRulesPublish")', 'operation: "tierRulesPublish", status: 202)', sdl),
    ]) {
      expect((await checkContract(sdl, changed, '')).failures).toEqual([
        `DIRECTIVE_USE_REMOVED Mutation.tierRulesPublish.@rest: Mutation.tierRulesPublish no longer has ${use.replace(
          'method: PUT, path: "/v3/tiers/rules", operation: "tierRulesPublish"',
          'method: PUT, operation: "tierRulesPublish", path: "/v3/tiers/rules"',
        )}`,
      ]);
    }
  });

  const withOneMore = edit('type Query {', 'type Query {\n  somethingNew: Int\n', sdl);

  test('may stay as it is', async () => {
    expect(await checkContract(sdl, sdl, '')).toEqual({ failures: [], notices: [] });
  });

  test('may grow', async () => {
    expect(await checkContract(sdl, withOneMore, '')).toEqual({ failures: [], notices: [] });
  });

  test('may not lose a field', async () => {
    expect((await checkContract(withOneMore, sdl, '')).failures).toEqual([
      expect.stringContaining('FIELD_REMOVED Query.somethingNew'),
    ]);
  });

  test('may lose it if that is listed', async () => {
    const listing = '- 2026-11-20 FIELD_REMOVED Query.somethingNew: it was only an example';
    const breaking = `${readFileSync(join(ROOT, 'schema/BREAKING.md'), 'utf8')}\n${listing}\n`;
    const verdict = await checkContract(withOneMore, sdl, breaking);
    expect(verdict.failures).toEqual([]);
    expect(verdict.notices).toEqual([expect.stringContaining('listed on 2026-11-20')]);
  });

  test('has only well-formed listings', async () => {
    const breaking = readFileSync(join(ROOT, 'schema/BREAKING.md'), 'utf8');
    expect((await checkContract(sdl, sdl, breaking)).failures).toEqual([]);
  });
});

describe('what breaks a client', () => {
  test.each([
    ['a field is removed', 'label: String\n  }\n  enum', '}\n  enum', 'FIELD_REMOVED Card.label'],
    [
      'a result may become null',
      'name: String!\n    label',
      'name: String\n    label',
      'FIELD_TYPE_CHANGED Card.name',
    ],
    ['a value is removed', 'DRAFT\n', '', 'ENUM_VALUE_REMOVED CardStatus.DRAFT'],
    [
      'an argument is removed',
      ', status: CardStatus',
      '',
      'FIELD_ARGUMENT_REMOVED Query.cards.status',
    ],
    [
      'an argument becomes required',
      'status: CardStatus',
      'status: CardStatus!',
      'FIELD_ARGUMENT_TYPE_CHANGED Query.cards.status',
    ],
    [
      'an input asks for more',
      'input CardInput {',
      'input CardInput {\n code: String!',
      'INPUT_FIELD_ADDED CardInput.code',
    ],
    [
      'an input becomes one-of',
      'input CardInput {\n    name: String!',
      'input CardInput @oneOf {\n    name: String',
      'DIRECTIVE_USAGE_INPUT_OBJECT_ADDED CardInput.@oneOf',
    ],
    [
      'a route is removed',
      ' @rest(method: "GET", path: "/cards/{id}")',
      '',
      'DIRECTIVE_USE_REMOVED Query.card.@rest',
    ],
    ['a route moves', '/cards/{id}', '/card/{id}', 'DIRECTIVE_USE_REMOVED Query.card.@rest'],
    ['a route takes another method', 'method: "POST"', 'method: "PUT"', 'DIRECTIVE_USE_REMOVED Mutation.cardCreate.@rest'],
    ['a route answers with another status', 'method: "POST", path: "/cards")', 'method: "POST", path: "/cards", status: 202)', 'DIRECTIVE_USE_REMOVED Mutation.cardCreate.@rest'],
    [
      'one of two routes is removed',
      ' @rest(method: "GET", path: "/all-cards")',
      '',
      'DIRECTIVE_USE_REMOVED Query.cards.@rest',
    ],
    [
      'a key needs a scope',
      'Card @rest(method: "POST"',
      'Card @requires(scope: "WRITE") @rest(method: "POST"',
      'DIRECTIVE_USE_ADDED Mutation.cardCreate.@requires',
    ],
    ['a key needs another scope', '"READ"', '"ADMIN"', 'DIRECTIVE_USE_ADDED Query.cards.@requires'],
  ])('%s', async (_what, piece, replacement, failure) => {
    const changed = edit(piece, replacement);
    const { failures } = await checkContract(SDL, changed, '');
    expect(failures).toEqual([expect.stringContaining(`${failure}: `)]);

    // As printed, with a date and a reason, it is a listing.
    const listing = `- 2026-11-20 ${failure}: agreed with all clients`;
    expect((await checkContract(SDL, changed, listing)).failures).toEqual([]);
  });
});

describe('what does not', () => {
  test.each([
    ['a new field', 'label: String\n  }\n  enum', 'label: String\n    color: String\n  }\n  enum'],
    ['a new optional argument', 'status: CardStatus', 'status: CardStatus, name: String'],
    [
      'a deprecation',
      'label: String\n  }\n  enum',
      'label: String @deprecated(reason: "Use name.")\n  }\n  enum',
    ],
    ['a description', 'type Card {', '"A card."\n  type Card {'],
  ])('%s', async (_what, piece, replacement) => {
    expect((await checkContract(SDL, edit(piece, replacement), '')).failures).toEqual([]);
  });

  test('a scope that is no longer needed', async () => {
    const open = edit(' @requires(scope: "READ")', '');
    expect((await checkContract(SDL, open, '')).failures).toEqual([]);
  });

  test('a second route', async () => {
    const second = edit('"POST", path: "/cards")', '"POST", path: "/cards") @rest(method: "PUT", path: "/cards")');
    expect((await checkContract(SDL, second, '')).failures).toEqual([]);
  });

  test('the same route written in another order', async () => {
    const reordered = edit('method: "POST", path: "/cards"', 'path: "/cards", method: "POST"');
    expect((await checkContract(SDL, reordered, '')).failures).toEqual([]);
  });

  test('the dangerous is shown', async () => {
    const verdict = await checkContract(SDL, edit('ACTIVE', 'ACTIVE\n    CLOSED'), '');
    expect(verdict.failures).toEqual([]);
    expect(verdict.notices).toEqual([
      expect.stringContaining('dangerous: ENUM_VALUE_ADDED CardStatus.CLOSED'),
    ]);
  });
});

describe('a listing', () => {
  const withoutLabel = edit('label: String\n  }\n  enum', '}\n  enum');
  const LISTED = '- 2026-11-20 FIELD_REMOVED Card.label: nobody asks for it';

  test.each([
    ['has a date', '- FIELD_REMOVED Card.label: nobody asks for it'],
    ['has a date that exists', '- 2026-02-30 FIELD_REMOVED Card.label: nobody asks for it'],
    ['has a reason', '- 2026-11-20 FIELD_REMOVED Card.label:'],
  ])('%s', async (_rule, listing) => {
    const { failures } = await checkContract(SDL, withoutLabel, listing);
    expect(failures).toEqual([
      expect.stringContaining('BREAKING.md line 1 is not'),
      expect.stringContaining('FIELD_REMOVED Card.label'),
    ]);
  });

  test('is for one place', async () => {
    const { failures } = await checkContract(SDL, withoutLabel, LISTED.replace('label', 'name'));
    expect(failures).toHaveLength(1);
  });

  test('in a code block is an example', async () => {
    const { failures } = await checkContract(SDL, withoutLabel, `\`\`\`\n${LISTED}\n\`\`\`\n`);
    expect(failures).toHaveLength(1);
  });

  test('allows one landing, not the next', async () => {
    const landings = [SDL, withoutLabel, SDL, withoutLabel];
    expect((await checkLandings(landings, LISTED)).failures).toHaveLength(1);
    expect((await checkLandings(landings, `${LISTED}\n${LISTED}`)).failures).toEqual([]);
  });
});

const hasGit = spawnSync('git', ['--version']).status === 0;

(hasGit ? describe : describe.skip)('in a repository', () => {
  const withoutLabel = edit('label: String\n  }\n  enum', '}\n  enum');
  const LANDED = 'schema/landed/schema.graphql';
  const CURRENT = 'src/generated/schema.graphql';
  const folders: string[] = [];
  let folder = '';

  const SETTINGS = ['user.name=test', 'user.email=test@example.org', 'commit.gpgsign=false'];
  const git = (...args: string[]) =>
    execFileSync('git', [...SETTINGS.flatMap((setting) => ['-c', setting]), ...args], {
      cwd: folder,
      // Run from a git hook, the test must not reach the repository of the hook.
      env: {
        ...process.env,
        GIT_DIR: undefined,
        GIT_WORK_TREE: undefined,
        GIT_INDEX_FILE: undefined,
      },
      stdio: 'ignore',
    });
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const commit = () => {
    git('add', '--all');
    git('commit', '--message', 'change', '--no-verify');
  };
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'voilatier-landed-'));
    folders.push(folder);
    git('init');
    write(CURRENT, SDL);
    expect(await schemaDiff(folder, { land: true })).toMatchObject({ passed: true });
    commit();
  });
  afterAll(() => {
    for (const made of folders) rmSync(made, { recursive: true, force: true });
  });

  test('what has landed stays landed', async () => {
    expect(await schemaDiff(folder, { requireLanded: true })).toMatchObject({ passed: true });

    write(CURRENT, withoutLabel);
    const report = await schemaDiff(folder, {});
    expect(report).toMatchObject({ passed: false });
    expect(report.lines.join('\n')).toContain('FIELD_REMOVED Card.label');
    expect(await schemaDiff(folder, { land: true })).toMatchObject({ passed: false });
    expect(readFileSync(join(folder, LANDED), 'utf8')).toBe(SDL);

    // Moving the promise by hand does not help, committed or not: git remembers it.
    write(LANDED, withoutLabel);
    expect(await schemaDiff(folder, {})).toMatchObject({ passed: false });
    commit();
    expect(await schemaDiff(folder, {})).toMatchObject({ passed: false });

    write('schema/BREAKING.md', '- 2026-11-20 FIELD_REMOVED Card.label: nobody asks for it\n');
    expect(await schemaDiff(folder, { requireLanded: true })).toMatchObject({ passed: true });
  });

  test('what is submitted must be recorded as landed', async () => {
    write(CURRENT, edit('type Query {', 'type Query {\n    somethingNew: Int'));
    expect(await schemaDiff(folder, {})).toMatchObject({ passed: true });
    const report = await schemaDiff(folder, { requireLanded: true });
    expect(report).toMatchObject({ passed: false });
    expect(report.lines.join('\n')).toContain('npm run schema:land');
    expect(await schemaDiff(folder, { land: true })).toMatchObject({ passed: true });
    expect(await schemaDiff(folder, { requireLanded: true })).toMatchObject({ passed: true });
  });

  test('without history the file alone is the promise, and it says so', async () => {
    rmSync(join(folder, '.git'), { recursive: true });
    write(CURRENT, withoutLabel);
    const report = await schemaDiff(folder, {});
    expect(report).toMatchObject({ passed: false });
    expect(report.lines.join('\n')).toContain('no git history');
  });
});

/** The generated files of `/v2`, as texts. */
import { readFileSync, readdirSync } from 'node:fs';
import { Kind, buildSchema, concatAST, parse, print, stripIgnoredCharacters, validate } from 'graphql';
import type { FragmentDefinitionNode, OperationDefinitionNode } from 'graphql';
import { openApiV2 } from '../src/rest/v2/openapi.ts';

const OPERATION_PREFIX = 'v2';

/** @throws Error if a document does not fit the contract */
export function renderDocuments(root: URL): string {
  const folder = new URL('schema/rest/v2/', root);
  const sdlFolder = new URL('schema/', root);
  const sdl = filesOf(sdlFolder).map((name) => readFileSync(new URL(name, sdlFolder), 'utf8'));
  const schema = buildSchema(sdl.join('\n'));
  const definitions = concatAST(
    filesOf(folder).map((name) => parse(readFileSync(new URL(name, folder), 'utf8'), { noLocation: true })),
  ).definitions;
  const fragments = definitions.filter((definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION);
  const operations = definitions.filter(
    (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
  );
  const documents = operations.map((operation): [string, string] => {
    const document = { kind: Kind.DOCUMENT, definitions: [operation, ...fragments] } as const;
    const name = operation.name?.value ?? '';
    const [error] = validate(schema, document);
    if (error !== undefined) throw new Error(`${name}: ${error.message}`);
    if (!name.startsWith(OPERATION_PREFIX))
      throw new Error(`The name of an operation of /v2 begins with ${OPERATION_PREFIX}, which ${name} does not.`);
    return [name.slice(OPERATION_PREFIX.length), stripIgnoredCharacters(print(document))];
  });
  return [
    '// Generated from schema/rest/v2/ by `npm run codegen`; do not edit.',
    `export const documents = ${JSON.stringify(Object.fromEntries(documents), null, 2)} as const;`,
    '',
  ].join('\n');
}

export function renderOpenApi(): string {
  return `${JSON.stringify(openApiV2(null), null, 2)}\n`;
}

const filesOf = (folder: URL): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.graphql'))
    .sort();

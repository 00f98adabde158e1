/**
 * Writes what follows from the uses of `@rest` in the SDL and the documents in `schema/rest/`:
 *
 *     npm run codegen         writes the files (after the types)
 *     npm run codegen:check   changes nothing; fails if a file is not up to date
 *
 * `rest-routes.ts` is what the runtime serves by, `openapi.json` the description of the API, `postman.json` the same
 * as a collection. The same sources always give the same files.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { renderOpenApi } from './rest/openapi.ts';
import { renderPostman } from './rest/postman.ts';
import { joinSources, readSourceFiles } from './rest/sources.ts';
import { renderTable } from './rest/table.ts';

const ROOT = new URL('../', import.meta.url);

const sources = joinSources(readSourceFiles(ROOT));
const openApi = renderOpenApi(sources);
const files: Readonly<Record<string, string>> = {
  'src/generated/rest-routes.ts': renderTable(sources),
  'src/generated/openapi.json': openApi,
  'src/generated/postman.json': await renderPostman(openApi),
};

for (const [name, text] of Object.entries(files)) {
  const file = new URL(name, ROOT);
  if (!process.argv.includes('--check')) {
    writeFileSync(file, text);
  } else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    console.error(`${name} is not what the sources say. Run \`npm run codegen\` and commit the result.`);
    process.exitCode = 1;
  }
}

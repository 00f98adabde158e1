/**
 * What follows from the sources of `/v2`: `src/generated/rest-v2.ts`, the documents that its routes execute, out of
 * `schema/rest/v2/`; and `src/generated/openapi-v2.json`, out of the tables in `src/rest/v2/`.
 *
 *     node --import tsx scripts/rest-v2.ts            write them (part of `npm run codegen`)
 *     node --import tsx scripts/rest-v2.ts --check    fail if they are stale
 *     node --import tsx scripts/rest-v2.ts --land     record what is promised to clients, if it breaks none of them
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { LANDED_PATH, breaks, promisesOf } from './rest-v2-promises.ts';
import { renderDocuments, renderOpenApi } from './rest-v2-rendering.ts';

const { values: flags } = parseArgs({ options: { check: { type: 'boolean' }, land: { type: 'boolean' } } });
const ROOT = new URL('../', import.meta.url);

if (flags.land === true) {
  const landed = new URL(LANDED_PATH, ROOT);
  const promises = promisesOf(JSON.parse(renderOpenApi()));
  const broken = breaks(readFileSync(landed, 'utf8').split('\n').filter(Boolean), promises);
  if (broken.length === 0) writeFileSync(landed, `${promises.join('\n')}\n`);
  for (const line of broken) console.error(line);
  process.exitCode = broken.length === 0 ? 0 : 1;
} else {
  // The description needs the shapes of src/rest/v2 alone, so it can be written before the documents are.
  const outputs = { 'src/generated/rest-v2.ts': renderDocuments(ROOT), 'src/generated/openapi-v2.json': renderOpenApi() };
  for (const [path, content] of Object.entries(outputs)) {
    if (flags.check !== true) writeFileSync(new URL(path, ROOT), content);
    else if (readFileSync(new URL(path, ROOT), 'utf8') !== content) {
      console.error(`${path} is stale: run \`npm run codegen\`.`);
      process.exitCode = 1;
    }
  }
}

/**
 * `src/generated/configuration.schema.json`: the JSON Schema of configuration documents, by which editors complete them.
 *
 *     node --import tsx scripts/configuration-schema.ts            write it (part of `npm run codegen`)
 *     node --import tsx scripts/configuration-schema.ts --check    fail if it is stale
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { configurationJsonSchema } from '../src/platform/configuration-shape.ts';

const path = 'src/generated/configuration.schema.json';
const file = new URL(`../${path}`, import.meta.url);
const content = `${JSON.stringify(configurationJsonSchema(), null, 2)}\n`;

if (!process.argv.includes('--check')) writeFileSync(file, content);
else if (readFileSync(file, 'utf8') !== content) {
  console.error(`${path} is stale: run \`npm run codegen\`.`);
  process.exitCode = 1;
}

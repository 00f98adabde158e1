/**
 * The contract gate at the command line. What may change: schema-contract.ts; against what:
 * schema-landing.ts.
 *
 *     npm run schema:diff                       may the SDL of this working tree land?
 *     npm run schema:diff -- --require-landed   and is it recorded as landed? (CI asks this: what
 *                                               is submitted lands, and the next change is held
 *                                               against it; until then a new field may be renamed)
 *     npm run schema:land                       record it, if it may land
 */
import { parseArgs } from 'node:util';
import { schemaDiff } from './schema-landing.ts';

const { values: flags } = parseArgs({
  options: { land: { type: 'boolean' }, 'require-landed': { type: 'boolean' } },
});

const report = await schemaDiff(process.cwd(), {
  land: flags.land,
  requireLanded: flags['require-landed'],
});
for (const line of report.lines) console.log(line);
process.exitCode = report.passed ? 0 : 1;

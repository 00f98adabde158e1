/**
 * Runs a program as a bundle.
 *
 *     node scripts/bundled.mjs <source> [arguments of the program]
 */
import { pathToFileURL } from 'node:url';
import { bundle } from './bundle.mjs';

const [source = ''] = process.argv.splice(2, 1);
await import(pathToFileURL(await bundle(source)).href);

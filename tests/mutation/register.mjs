import { register } from 'node:module';

/** `node --import ./tests/mutation/register.mjs`: whoever imports `@jest/globals` gets `globals.mjs`. */
register('./resolve.mjs', import.meta.url);

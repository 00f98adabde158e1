import { expect } from 'expect';
import fc from 'fast-check';
import { bind } from 'jest-each';

/**
 * What tests import from `@jest/globals`, as Mocha has it. For each change of the code Jest loads all it needs anew; Mocha runs tests
 * again that are loaded already. How long a test may take is Stryker's to say.
 */

// That a change is noticed is enough: the smallest history that notices it takes long to find.
fc.configureGlobal({ endOnFailure: true });

/**
 * @param {string} name
 * @param {() => void} body
 */
const describe = (name, body) => globalThis.describe(name, body);

/**
 * @param {string} name
 * @param {() => unknown} body
 */
const test = (name, body) => globalThis.it(name, body);
test.each = bind(test, false);

export { describe, expect, test };

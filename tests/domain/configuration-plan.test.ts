import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { documentOf, plainDocument } from '../../src/domain/configuration-document.ts';
import type { PlannedAction, PlannedObject } from '../../src/domain/configuration-changes.ts';
import { countsOf } from '../../src/domain/configuration-changes.ts';
import { NOW, documents } from '../support/configurations.ts';
import { planned } from '../support/plans.ts';

/** CONFIGURATIONS for more of them. */
const RUNS = Number(process.env['CONFIGURATIONS'] ?? 60);

describe('a document and the configuration that it leads to', () => {
  test('are the same, and there is nothing left to do', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const { state } = planned(document);
        expect(plainDocument(documentOf(state, NOW))).toEqual(plainDocument(document));
        expect(JSON.stringify(plainDocument(documentOf(state, NOW)))).toBe(JSON.stringify(plainDocument(documentOf(planned(documentOf(state, NOW)).state, NOW))));
        expect(planned(document, state).changes).toEqual([]);
        expect(planned(documentOf(state, NOW), state, { prune: true }).writes).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });
});

test('changes are counted by the objects that they concern, each once', () => {
  const counts = (...changes: readonly (readonly [PlannedAction, PlannedObject, string | null])[]) =>
    Object.values(countsOf(changes.map(([action, object, key]) => ({ action, object, key, fields: [] }))));
  expect(counts()).toEqual([0, 0, 0]);
  expect(counts(['CREATE', 'REWARD', 'a'], ['ACTIVATE', 'REWARD', 'a'], ['DEACTIVATE', 'REWARD', 'a'])).toEqual([1, 0, 0]);
  expect(counts(['DRAFT', 'REWARD', 'a'], ['UPDATE', 'REWARD', 'a'], ['ACTIVATE', 'REWARD', 'a'], ['UPDATE', 'REWARD', 'b'])).toEqual([0, 2, 0]);
  expect(counts(['DEACTIVATE', 'TIER_STRUCTURE', 'a'], ['DELETE', 'TIER_STRUCTURE', 'a'], ['RETIRE', 'EARN_RULE', 'a'])).toEqual([0, 0, 2]);
  expect(counts(['UPDATE', 'WORKSPACE', null], ['PUBLISH', 'TIER_STRUCTURE', 'a'], ['CREATE', 'TIER', 'a/x'], ['DELETE', 'TIER', 'a/y'])).toEqual([1, 2, 1]);
});

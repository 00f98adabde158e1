import { hash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { EntryContent } from '../../src/domain/chain.ts';
import { firstLink, link } from '../../src/domain/chain.ts';
import { CHECKPOINT_TYPE, encodeHead, statementOf } from '../../src/domain/checkpoints.ts';
import { NEVER } from '../../src/domain/time.ts';
import { at } from '../support/people.ts';

/** What exactly the hashes of entries, heads and statements are made of: others compute them too. */

const sha256 = (text: string) => hash('sha256', text, 'hex');

const ENTRY: EntryContent = {
  id: 'entry',
  customerId: 'ada',
  cardId: 'ada a',
  sequence: 7,
  type: 'EARN',
  points: 120n,
  balanceAfter: 80n,
  pending: true,
  sliding: false,
  transactionId: 'purchase',
  operationId: 'operation',
  tierId: 'Gold',
  earnRuleVersionId: 'rule 1',
  activatesAt: 1000,
  expiresAt: 2000,
  occurredAt: 300,
  recordedAt: 400,
};

describe('the chain of a card', () => {
  test('begins with the card itself', () => {
    expect(firstLink('ada a')).toBe(sha256('voilatier card|ada a'));
    expect(firstLink('bee a')).not.toBe(firstLink('ada a'));
  });

  test('an entry follows the one before it, with all that it says', () => {
    const said = 'entry|ada|ada a|7|EARN|120|80|true|false|purchase|operation|Gold|rule 1|1000|2000|300|400';
    expect(link('the one before', ENTRY)).toBe(sha256(`the one before|${said}`));
  });

  test('the first entry follows its card, and a dash stands for nothing and for never', () => {
    const plain = { transactionId: null, operationId: null, tierId: null, earnRuleVersionId: null, activatesAt: null, expiresAt: NEVER };
    const said = 'entry|ada|ada a|1|SPEND|-40|0|false|true|-|-|-|-|-|-|300|400';
    const entry: EntryContent = { ...ENTRY, ...plain, type: 'SPEND', sequence: 1, points: -40n, balanceAfter: 0n, pending: false, sliding: true };
    expect(link(null, entry)).toBe(sha256(`${sha256('voilatier card|ada a')}|${said}`));
  });
});

describe('a checkpoint', () => {
  test('counts in the heads of cards, a line for each', () => {
    expect(encodeHead({ cardId: 'ada a', sequence: 7, head: 'abc' })).toBe('ada a|7|abc\n');
  });

  test('states where the chains stood, and when', () => {
    expect(CHECKPOINT_TYPE).toBe('voilatier-checkpoint+jws');
    const checkpoint = { sequence: 2, previousHash: 'before', headsHash: 'heads', cardCount: 3, createdAt: at('2026-05-17T12:00:00Z') };
    expect(statementOf('wsp_1', checkpoint)).toEqual({ workspaceId: 'wsp_1', ...checkpoint, createdAt: '2026-05-17T12:00:00.000Z' });
  });
});

import { hash } from 'node:crypto';
import type { LedgerEffect } from './members.ts';
import type { Points } from './points.ts';
import type { Instant } from './time.ts';
import { NEVER } from './time.ts';

/**
 * The chain of a card's entries: each entry carries a hash over the one before it and over all that it says, so that none
 * can be changed, removed from between, or put elsewhere without changing all that follow. The encoding is such that
 * PostgreSQL computes the same (docs/decisions/0026).
 */

/** SHA-256, as 64 digits in hex. */
export type Hash = string;

/** What an entry says, without its hash. */
export interface EntryContent extends Omit<LedgerEffect, 'cardDefinitionId'> {
  readonly id: string;
  readonly customerId: string;
  readonly cardId: string;
  readonly sequence: number;
  readonly balanceAfter: Points;
  readonly recordedAt: Instant;
}

/** What stands for nothing. */
const NONE = '-';

/** What the first entry of a card follows. */
export function firstLink(cardId: string): Hash {
  return hash('sha256', `voilatier card|${cardId}`, 'hex');
}

/** The hash of an entry that follows another of its card, or none. */
export function link(previous: Hash | null, entry: EntryContent): Hash {
  return hash('sha256', `${previous ?? firstLink(entry.cardId)}|${encode(entry)}`, 'hex');
}

function encode(entry: EntryContent): string {
  return [
    entry.id,
    entry.customerId,
    entry.cardId,
    entry.sequence,
    entry.type,
    entry.points,
    entry.balanceAfter,
    entry.pending,
    entry.sliding,
    entry.transactionId ?? NONE,
    entry.operationId ?? NONE,
    entry.tierId ?? NONE,
    entry.earnRuleVersionId ?? NONE,
    milliseconds(entry.activatesAt),
    milliseconds(entry.expiresAt),
    milliseconds(entry.occurredAt),
    milliseconds(entry.recordedAt),
  ].join('|');
}

function milliseconds(instant: Instant | null): string {
  return instant === null || instant === NEVER ? NONE : String(instant);
}

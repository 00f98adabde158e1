import type { Hash } from './chain.ts';
import type { Instant } from './time.ts';

/** Checkpoints: signed statements of where the chains of a workspace's cards stood, each linked to the one before. */

/** The type of the signed statement, in its header. */
export const CHECKPOINT_TYPE = 'voilatier-checkpoint+jws';

export interface Checkpoint {
  readonly id: string;
  /** From 1, without gaps. */
  readonly sequence: number;
  /** SHA-256 of the statement before it; null for the first. */
  readonly previousHash: Hash | null;
  /** SHA-256 over the heads that moved since, by card. */
  readonly headsHash: Hash;
  /** How many moved. */
  readonly cardCount: number;
  /** A compact JWS. */
  readonly statement: string;
  readonly createdAt: Instant;
}

/** Where the chain of a card stood. */
export interface ChainHead {
  readonly cardId: string;
  /** Of its last entry. */
  readonly sequence: number;
  readonly head: Hash;
}

/** A head as the hash over all of them has it. */
export function encodeHead({ cardId, sequence, head }: ChainHead): string {
  return `${cardId}|${sequence}|${head}\n`;
}

/** What a checkpoint's statement says. @param workspaceId as it is shown */
export function statementOf(
  workspaceId: string,
  { sequence, previousHash, headsHash, cardCount, createdAt }: Omit<Checkpoint, 'id' | 'statement'>,
): Readonly<Record<string, unknown>> {
  return { workspaceId, sequence, previousHash, headsHash, cardCount, createdAt: new Date(createdAt).toISOString() };
}

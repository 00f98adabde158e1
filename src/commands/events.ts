import type { LedgerEntry, TierTransition, Transaction } from '../domain/ledger.ts';
import { finiteInstant } from '../domain/time.ts';
import { newId } from '../platform/ids.ts';
import type { MemberEvent } from '../repositories/members.ts';

/**
 * Outbox events of what happened to a member. Their data keep plain ids and milliseconds, as the house
 * does; whoever delivers them translates them the way every answer of the API is translated.
 */

export function transactionEvents(transaction: Transaction, requestId: string): MemberEvent[] {
  const { id, customerId, amount, currency, occurredAt, recordedAt } = transaction;
  const data = { transactionId: id, amount, currency, reference: transaction.reference, source: transaction.source };
  return [{ id: newId(), type: 'transaction.created', customerId, requestId, data, occurredAt, recordedAt }];
}

export function entryEvents(entries: readonly LedgerEntry[], requestId: string): MemberEvent[] {
  return entries.map((entry) => ({
    id: newId(),
    type: entry.type === 'EARN' ? 'points.earned' : 'points.expired',
    customerId: entry.customerId,
    requestId,
    data: {
      ledgerEntryId: entry.id,
      cardId: entry.cardId,
      cardDefinitionId: entry.cardDefinitionId,
      transactionId: entry.transactionId,
      points: String(entry.points),
      balanceAfter: String(entry.balanceAfter),
      expiresAt: finiteInstant(entry.expiresAt),
    },
    occurredAt: entry.occurredAt,
    recordedAt: entry.recordedAt,
  }));
}

/** A retraction is told too: who counted the first transition must hear that it is taken back. */
export function transitionEvents(transitions: readonly TierTransition[], requestId: string): MemberEvent[] {
  return transitions.map((transition) => ({
    id: newId(),
    type: `customer.tier.${transition.type.toLowerCase()}`,
    customerId: transition.customerId,
    requestId,
    data: {
      tierTransitionId: transition.id,
      tierStructureId: transition.structureId,
      fromTierId: transition.fromTierId,
      toTierId: transition.toTierId,
      reason: transition.reason,
      measure: String(transition.measure),
      expiresAt: finiteInstant(transition.expiresAt),
      late: transition.late,
      retraction: transition.retraction,
    },
    occurredAt: transition.occurredAt,
    recordedAt: transition.recordedAt,
  }));
}

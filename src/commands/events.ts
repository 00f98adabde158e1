import type { LedgerEntry, TierTransition, Transaction } from '../domain/ledger.ts';
import { newId } from '../platform/ids.ts';
import type { MemberEvent } from '../repositories/members.ts';

/**
 * Outbox events of what happened to a member. An event points at the row that says what happened: such
 * rows are never changed, so whoever delivers the event finds them as they were, and says them in the
 * words of the contract.
 */

export function transactionEvents({ id, customerId, occurredAt, recordedAt }: Transaction, requestId: string): MemberEvent[] {
  return [
    { id: newId(), type: 'transaction.created', customerId, requestId, data: { transactionId: id }, occurredAt, recordedAt },
  ];
}

export function entryEvents(entries: readonly LedgerEntry[], requestId: string): MemberEvent[] {
  return entries.map(({ id, type, customerId, occurredAt, recordedAt }) => ({
    id: newId(),
    type: type === 'EARN' ? 'points.earned' : 'points.expired',
    customerId,
    requestId,
    data: { ledgerEntryId: id },
    occurredAt,
    recordedAt,
  }));
}

/** A retraction is told too: who counted the first transition must hear that it is taken back. */
export function transitionEvents(transitions: readonly TierTransition[], requestId: string): MemberEvent[] {
  return transitions.map(({ id, type, customerId, occurredAt, recordedAt }) => ({
    id: newId(),
    type: `customer.tier.${type.toLowerCase()}`,
    customerId,
    requestId,
    data: { tierTransitionId: id },
    occurredAt,
    recordedAt,
  }));
}

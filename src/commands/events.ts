import type { LedgerEntry, TierTransition } from '../domain/ledger.ts';
import type { LedgerEntryType } from '../domain/members.ts';
import type { Operation } from '../domain/operations.ts';
import type { Transaction } from '../domain/purchases.ts';
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

const ENTRY_EVENTS: Readonly<Record<LedgerEntryType, string>> = {
  EARN: 'points.earned',
  ACTIVATION: 'points.activated',
  EXPIRATION: 'points.expired',
  REFUND: 'points.revoked',
  SPEND: 'points.spent',
  SPEND_REVERSAL: 'points.returned',
  ADJUSTMENT: 'points.adjusted',
  TRANSFER_OUT: 'points.transferred_out',
  TRANSFER_IN: 'points.transferred_in',
  ENTRY_AWARD: 'points.awarded',
  ENTRY_AWARD_CLAWBACK: 'points.clawed_back',
  WRITE_OFF: 'points.written_off',
};

const OPERATION_EVENTS: Readonly<Record<Operation['type'], string>> = {
  REFUND: 'refund.created',
  SPEND: 'spend.created',
  SPEND_REVERSAL: 'spend.reversed',
  ADJUSTMENT: 'adjustment.created',
  TRANSFER_OUT: 'transfer.sent',
  TRANSFER_IN: 'transfer.received',
  ACTIVITY: 'customer.activity.recorded',
};

export function operationEvents(operations: readonly Operation[], requestId: string): MemberEvent[] {
  return operations.map(({ id, type, customerId, occurredAt, recordedAt }) => ({
    id: newId(),
    type: OPERATION_EVENTS[type],
    customerId,
    requestId,
    data: { operationId: id },
    occurredAt,
    recordedAt,
  }));
}

export function entryEvents(entries: readonly LedgerEntry[], requestId: string): MemberEvent[] {
  return entries.map(({ id, type, pending, customerId, occurredAt, recordedAt }) => ({
    id: newId(),
    type: pending && type === 'REFUND' ? 'points.pending_cancelled' : ENTRY_EVENTS[type],
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

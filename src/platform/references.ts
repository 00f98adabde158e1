import type { CustomerReference, RedemptionReference, SourceReference, SpendReference, TransactionReference } from '../generated/resolvers-types.ts';
import { isText } from '../domain/problem.ts';
import { fromPublicId } from './ids.ts';

/** How inputs name objects, translated for the commands. Null is what cannot name anything: there is no such object. */

export function toCustomerReference({ id, externalId }: CustomerReference) {
  if (typeof externalId === 'string') return isText(externalId) ? { externalId } : null;
  const found = fromPublicId('Customer', id ?? '');
  return found === null ? null : { id: found };
}

export function toTransactionReference({ id, reference }: TransactionReference) {
  return reference ? toSourceReference(reference) : toIdReference('Transaction', id);
}

export function toSpendReference({ id, reference }: SpendReference) {
  return reference ? toSourceReference(reference) : toIdReference('Spend', id);
}

export function toRedemptionReference({ id, reference }: RedemptionReference) {
  return reference ? toSourceReference(reference) : toIdReference('Redemption', id);
}

function toSourceReference({ source, reference }: SourceReference) {
  return isText(source) && isText(reference) ? { source, reference } : null;
}

function toIdReference(kind: 'Transaction' | 'Spend' | 'Redemption', id: string | null | undefined) {
  const found = fromPublicId(kind, id ?? '');
  return found === null ? null : { id: found };
}

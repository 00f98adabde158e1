import { expect } from '@jest/globals';
import type { ApiClient } from './client.ts';
import type { TestServer } from './server.ts';
import { unchanged } from './unchanged.ts';

/** Operations on points, sent through the public API with everything that they answer. */

export type OperationField = 'spend' | 'spendReverse' | 'refund' | 'pointsAdjust' | 'pointsTransfer' | 'activityRecord';

export const OPERATION_FIELDS: readonly OperationField[] = [
  'spend',
  'spendReverse',
  'refund',
  'pointsAdjust',
  'pointsTransfer',
  'activityRecord',
];

const CUSTOMER = '{ externalId points tier { name } cards { balance pendingBalance lots { points expiresOn } } }';
const ALLOCATIONS = 'allocations { points expiresOn expiresAt }';

/** Under which name a payload has what was recorded, and what is asked of it. */
const OBJECTS: Readonly<Record<OperationField, { readonly name: string; readonly fields: string }>> = {
  spend: { name: 'spend', fields: `cardDefinition { name } points ${ALLOCATIONS} reversedPoints reversals { nodes { id } }` },
  spendReverse: { name: 'spendReversal', fields: 'cardDefinition { name } spend { id reversedPoints } points available expired' },
  refund: {
    name: 'refund',
    fields: `transaction { id } amount currency lines { index amount } deductions { earnRuleVersion { number } cardDefinition { name } points }
      revokedPoints cancelledPendingPoints expiredPoints shortfall`,
  },
  pointsAdjust: { name: 'adjustment', fields: 'cardDefinition { name } points qualifying' },
  pointsTransfer: {
    name: 'transfer',
    fields: `cardDefinition { name } from { externalId } to { externalId } points ${ALLOCATIONS}`,
  },
  activityRecord: { name: 'activity', fields: 'type' },
};

export const objectName = (field: OperationField) => OBJECTS[field].name;

/** Sends an operation and gives back the payload, user errors included. */
export function operate(client: ApiClient, field: OperationField, input: Record<string, unknown>) {
  const { name, fields } = OBJECTS[field];
  const customers = field === 'pointsTransfer' ? `from ${CUSTOMER} to ${CUSTOMER}` : `customer ${CUSTOMER}`;
  const available = ['spend', 'pointsAdjust', 'pointsTransfer'].includes(field) ? 'available' : '';
  return client.mutate(
    field,
    input,
    `${customers}
    ${name} { id customer { externalId } source reference reason metadata occurredAt recordedAt ${fields} }
    ledgerEntries { id type points pending sequence balanceAfter occurredAt recordedAt expiresAt
      customer { externalId points } card { balance } operation { __typename id } transaction { reference } }
    tierTransitions { id type reason fromTier { name } toTier { name } measure occurredAt recordedAt late customer { externalId } }
    duplicate userErrors { code ${available} }`,
  );
}

/** Sends an operation that must be recorded. */
export async function recorded(client: ApiClient, field: OperationField, input: Record<string, unknown>) {
  const answer = await operate(client, field, input);
  expect(answer.userErrors).toEqual([]);
  expect(answer[objectName(field)]).not.toBeNull();
  return answer;
}

/** Sends an operation that must be refused: it answers nothing but the reasons, and nothing changes. */
export async function refused(server: TestServer, client: ApiClient, field: OperationField, input: Record<string, unknown>) {
  const answer = await unchanged(server, () => operate(client, field, input));
  const customers = field === 'pointsTransfer' ? { from: null, to: null } : { customer: null };
  const { userErrors, ...rest } = answer;
  expect(rest).toEqual({ ...customers, [objectName(field)]: null, ledgerEntries: [], tierTransitions: [], duplicate: false });
  expect(await unchanged(server, () => operate(client, field, { ...input, dryRun: true }))).toEqual(answer);
  return userErrors as { code: string; message: string; field: string[] | null; available?: number | null }[];
}

/** Sends an operation as a dry run, which must change nothing and answer exactly what recording it does then. */
export async function foretold(server: TestServer, client: ApiClient, field: OperationField, input: Record<string, unknown>) {
  const dryRun = await unchanged(server, () => operate(client, field, { ...input, dryRun: true }));
  const answer = await recorded(client, field, input);
  expect(dryRun[objectName(field)]).toBeNull();
  expect(withoutIds(dryRun, field)).toEqual(withoutIds(answer, field));
  return answer;
}

/** An answer without what a dry run cannot have: the object, and ids of what it did not record. */
function withoutIds(answer: Record<string, unknown>, field: OperationField) {
  const { [objectName(field)]: _, ledgerEntries, tierTransitions, ...rest } = answer as Record<string, Record<string, unknown>[]>;
  return {
    ...rest,
    ledgerEntries: ledgerEntries?.map(({ id: _id, operation: __, ...entry }) => entry),
    tierTransitions: tierTransitions?.map(({ id: _id, ...transition }) => transition),
  };
}

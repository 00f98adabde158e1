import type { Connections } from '../database/client.ts';
import type { LoggedEvent } from '../domain/events.ts';
import type { LedgerEntry, TierTransition } from '../domain/ledger.ts';
import type { Operation } from '../domain/operations.ts';
import type { Transaction } from '../domain/purchases.ts';
import { NEVER } from '../domain/time.ts';
import { eventDataFields, eventTypes } from '../generated/event-types.ts';
import type { ConfigurationEventData, EventData, EventType, OperationEventData, PointsEventData, TierTransitionEventData, TransactionEventData } from '../generated/resolvers-types.ts';
import { CustomerRepository } from '../repositories/customers.ts';
import { LedgerRepository } from '../repositories/ledger.ts';
import { OperationRepository } from '../repositories/operations.ts';
import type { IdKind } from './ids.ts';
import { toPublicId } from './ids.ts';
import { scalars } from './scalars.ts';

/**
 * What events say, in the words of the contract. An event either keeps it itself, in the fields of its SDL type (ids as
 * clients see them, instants in milliseconds, points as text), or keeps the id of a row that is never changed and says it.
 */

/** An event with what it says. */
export interface EventView {
  readonly event: LoggedEvent;
  /** Null, with the data, if this program does not know the type. */
  readonly type: EventType | null;
  readonly data: EventDataView | null;
}

/** An event as streams, webhooks and REST have it, but for a signature. */
export interface WireEvent {
  readonly id: string;
  readonly type: string;
  readonly created: string;
  readonly occurred_at: string;
  readonly customer_id: string | null;
  readonly sequence: number | null;
  readonly cause: { readonly request_id: string; readonly command: string | null; readonly api_key_id: string | null };
  readonly data: Readonly<Record<string, unknown>> | null;
}

type DataType = NonNullable<EventData['__typename']>;

/** Whoever answers a union says which type it is. */
export type EventDataView = EventData & { readonly __typename: DataType };

/** The names of all types on the wire. */
export const EVENT_NAMES: readonly string[] = Object.values(eventTypes).map(({ name }) => name);

const TYPES = new Map<string, EventType>(Object.entries(eventTypes).map(([type, { name }]) => [name, type as EventType]));

/** Whether there is a type of that name. */
export function isEventName(name: string): boolean {
  return TYPES.has(name);
}

/** Reads what events say, in a few statements for all of them. */
export async function viewEvents(events: readonly LoggedEvent[], connections: Connections, workspaceId: string): Promise<EventView[]> {
  const rows = await readRows(events, connections, workspaceId);
  return events.map((event): EventView => {
    const type = TYPES.get(event.type) ?? null;
    return { event, type, data: type === null ? null : dataOf(event, eventTypes[type].data, rows) };
  });
}

/** The data in snake_case, as the type's JSON Schema describes them. */
export function wireData(data: EventDataView): Record<string, unknown> {
  const fields: Readonly<Record<string, readonly [string, string]>> = eventDataFields[data.__typename];
  const values = data as unknown as Readonly<Record<string, unknown>>;
  return Object.fromEntries(Object.entries(fields).map(([field, [name, type]]) => [name, wireValue(type, values[field] ?? null)]));
}

export function wireEvent({ event, data }: EventView): WireEvent {
  return {
    id: toPublicId('Event', event.id),
    type: event.type,
    created: new Date(event.recordedAt).toISOString(),
    occurred_at: new Date(event.occurredAt).toISOString(),
    customer_id: idOrNull('Customer', event.customerId),
    sequence: event.sequence,
    cause: { request_id: event.requestId, command: event.command, api_key_id: idOrNull('ApiKey', event.apiKeyId) },
    data: data === null ? null : wireData(data),
  };
}

function wireValue(type: string, value: unknown): unknown {
  if (value === null) return null;
  if (type === 'DateTime') return scalars.DateTime.serialize(value);
  return type === 'Points' ? scalars.Points.serialize(value) : value;
}

/** The rows that say what events do not say themselves. */
interface Rows {
  readonly transactions: ReadonlyMap<string, Transaction>;
  readonly entries: ReadonlyMap<string, LedgerEntry>;
  readonly operations: ReadonlyMap<string, Operation>;
  readonly transitions: ReadonlyMap<string, TierTransition>;
}

async function readRows(events: readonly LoggedEvent[], { db }: Connections, workspaceId: string): Promise<Rows> {
  const ledger = new LedgerRepository(db, workspaceId);
  const operationRepository = new OperationRepository(db, workspaceId);
  const [transactions, entries, transitions] = await Promise.all([
    byId(idsOf(events, 'TransactionEventData', 'transactionId'), (ids) => ledger.transactionsByIds(ids)),
    byId(idsOf(events, 'PointsEventData', 'ledgerEntryId'), (ids) => ledger.entriesByIds(ids)),
    byId(idsOf(events, 'TierTransitionEventData', 'tierTransitionId'), (ids) => new CustomerRepository(db, workspaceId).transitionsByIds(ids)),
  ]);
  const caused = [...entries.values(), ...transitions.values()].flatMap(({ operationId }) => operationId ?? []);
  const operationIds = [...new Set([...idsOf(events, 'OperationEventData', 'operationId'), ...caused])];
  return { transactions, entries, transitions, operations: await byId(operationIds, (ids) => operationRepository.byIds(ids)) };
}

/** The ids that events with such data keep. */
function idsOf(events: readonly LoggedEvent[], dataType: DataType, key: string): string[] {
  const ids = events.flatMap(({ type: name, data }) => {
    const type = TYPES.get(name);
    return type !== undefined && eventTypes[type].data === dataType ? String(data[key]) : [];
  });
  return [...new Set(ids)];
}

async function byId<Row extends { readonly id: string }>(
  ids: readonly string[],
  read: (ids: readonly string[]) => Promise<readonly Row[]>,
): Promise<ReadonlyMap<string, Row>> {
  return new Map((ids.length === 0 ? [] : await read(ids)).map((row) => [row.id, row]));
}

function dataOf({ customerId, data }: LoggedEvent, type: DataType, rows: Rows): EventDataView {
  switch (type) {
    case 'TransactionEventData':
      return transactionData(found(rows.transactions, data['transactionId']));
    case 'PointsEventData':
      return pointsData(found(rows.entries, data['ledgerEntryId']), rows);
    case 'OperationEventData':
      return operationData(found(rows.operations, data['operationId']) as ToldOperation);
    case 'TierTransitionEventData':
      return transitionData(found(rows.transitions, data['tierTransitionId']), data, rows);
    case 'ConfigurationEventData':
      return configurationData(data);
    case 'CustomerEventData':
      return keptData(type, { changedFields: [], ...data, customerId: idOrNull('Customer', customerId) });
    default:
      return keptData(type, data);
  }
}

function found<Row>(rows: ReadonlyMap<string, Row>, id: unknown): Row {
  const row = rows.get(String(id));
  if (row === undefined) throw new Error('An event refers to a row that is not there.');
  return row;
}

function transactionData(transaction: Transaction): TransactionEventData & { readonly __typename: 'TransactionEventData' } {
  const { id, customerId, source, reference, amount, currency, location, awards, occurredAt } = transaction;
  return {
    __typename: 'TransactionEventData',
    transactionId: toPublicId('Transaction', id),
    customerId: toPublicId('Customer', customerId),
    source,
    reference,
    amount,
    currency,
    location,
    points: awards.reduce((sum, award) => sum + award.points, 0n),
    effectiveAt: occurredAt,
  };
}

function pointsData(entry: LedgerEntry, { operations }: Rows): PointsEventData & { readonly __typename: 'PointsEventData' } {
  return {
    __typename: 'PointsEventData',
    ledgerEntryId: toPublicId('LedgerEntry', entry.id),
    entryType: entry.type,
    customerId: toPublicId('Customer', entry.customerId),
    cardId: toPublicId('Card', entry.cardId),
    cardDefinitionId: toPublicId('CardDefinition', entry.cardDefinitionId),
    points: entry.points,
    balanceAfter: entry.balanceAfter,
    pending: entry.pending,
    transactionId: idOrNull('Transaction', entry.transactionId),
    operationId: operationIdOf(entry, operations),
    tierId: idOrNull('Tier', entry.tierId),
    earnRuleVersionId: idOrNull('EarnRuleVersion', entry.earnRuleVersionId),
    expiresAt: instantOrNull(entry.expiresAt),
    activatesAt: entry.activatesAt,
    effectiveAt: entry.occurredAt,
  };
}

function transitionData(
  transition: TierTransition,
  names: Readonly<Record<string, unknown>>,
  { operations }: Rows,
): TierTransitionEventData & { readonly __typename: 'TierTransitionEventData' } {
  return {
    __typename: 'TierTransitionEventData',
    tierTransitionId: toPublicId('TierTransition', transition.id),
    customerId: toPublicId('Customer', transition.customerId),
    tierStructureId: toPublicId('TierStructure', transition.structureId),
    fromTierId: idOrNull('Tier', transition.fromTierId),
    fromTier: textOrNull(names['fromTier']),
    toTierId: idOrNull('Tier', transition.toTierId),
    toTier: textOrNull(names['toTier']),
    reason: transition.reason,
    measure: transition.measure,
    expiresAt: instantOrNull(transition.expiresAt),
    effectiveAt: transition.occurredAt,
    late: transition.late,
    retraction: transition.retraction,
    transactionId: idOrNull('Transaction', transition.transactionId),
    operationId: operationIdOf(transition, operations),
  };
}

function operationData(operation: ToldOperation): OperationEventData & { readonly __typename: 'OperationEventData' } {
  const { type, customerId, source, reference, reason, metadata, occurredAt } = operation;
  const other = type === 'TRANSFER_OUT' ? operation.toCustomerId : type === 'TRANSFER_IN' ? operation.fromCustomerId : null;
  return {
    __typename: 'OperationEventData',
    operationId: publicOperationId(operation),
    operationType: type,
    customerId: toPublicId('Customer', customerId),
    cardDefinitionId: 'cardDefinitionId' in operation ? toPublicId('CardDefinition', operation.cardDefinitionId) : null,
    points: movedPoints(operation),
    refundedAmount: type === 'REFUND' ? operation.amount : null,
    refundedCurrency: type === 'REFUND' ? operation.currency : null,
    transactionId: type === 'REFUND' ? toPublicId('Transaction', operation.transactionId) : null,
    spendId: type === 'SPEND_REVERSAL' ? toPublicId('Spend', operation.spendId) : null,
    otherCustomerId: idOrNull('Customer', other),
    activityType: type === 'ACTIVITY' ? operation.activityType : null,
    source,
    reference,
    operationReason: reason,
    metadata,
    effectiveAt: occurredAt,
  };
}

function movedPoints(operation: ToldOperation): bigint {
  if (operation.type === 'ACTIVITY') return 0n;
  return operation.type === 'REFUND' ? operation.effect.applied + operation.effect.cancelled : operation.points;
}

/** Redemptions have events of their own, which keep what they say. */
type ToldOperation = Exclude<Operation, { readonly type: 'REDEMPTION' | 'REDEMPTION_CANCELLATION' }>;

const OPERATION_KINDS: Readonly<Record<Operation['type'], IdKind>> = {
  REFUND: 'Refund',
  SPEND: 'Spend',
  SPEND_REVERSAL: 'SpendReversal',
  ADJUSTMENT: 'Adjustment',
  TRANSFER_OUT: 'Transfer',
  TRANSFER_IN: 'Transfer',
  ACTIVITY: 'CustomerActivity',
  REDEMPTION: 'Redemption',
  REDEMPTION_CANCELLATION: 'RedemptionCancellation',
};

/** The two sides of a transfer are told as one, by the id of the first. */
function publicOperationId(operation: Operation): string {
  return toPublicId(OPERATION_KINDS[operation.type], operation.type === 'TRANSFER_IN' ? operation.transferId : operation.id);
}

function operationIdOf({ operationId }: { readonly operationId: string | null }, operations: ReadonlyMap<string, Operation>): string | null {
  return operationId === null ? null : publicOperationId(found(operations, operationId));
}

function configurationData(data: LoggedEvent['data']): ConfigurationEventData & { readonly __typename: 'ConfigurationEventData' } {
  const before = data['before'] as Record<string, unknown> | null;
  const after = data['after'] as Record<string, unknown> | null;
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].sort();
  const isChanged = (field: string) => JSON.stringify(before?.[field]) !== JSON.stringify(after?.[field]);
  return {
    __typename: 'ConfigurationEventData',
    id: String(data['id']),
    changedFields: before === null || after === null ? fields : fields.filter(isChanged),
    before,
    after,
  };
}

/** What the event keeps itself, field by field: what it does not keep is null. */
function keptData(type: DataType, data: LoggedEvent['data']): EventDataView {
  const kept = Object.entries(eventDataFields[type] as Readonly<Record<string, readonly [string, string]>>).map(([field, [, scalar]]) => {
    const value = data[field] ?? null;
    return [field, scalar === 'Points' && value !== null ? BigInt(value as string) : value];
  });
  return { __typename: type, ...Object.fromEntries(kept) } as EventDataView;
}

function idOrNull(kind: IdKind, id: string | null): string | null {
  return id === null ? null : toPublicId(kind, id);
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function instantOrNull(instant: number): number | null {
  return instant === NEVER ? null : instant;
}

import type { Operation } from '../domain/operations.ts';
import type { Allocation } from '../domain/points.ts';
import { NEVER } from '../domain/time.ts';

/**
 * Operations as they are stored: what all have in columns, what each kind has of its own in one document.
 * Points are texts in it, because JSON numbers are not exact in 64 bits, and null stands for never.
 */

export interface OperationColumns {
  readonly id: string;
  readonly customerId: string;
  readonly type: Operation['type'];
  readonly source: string;
  readonly reference: string | null;
  readonly cardDefinitionId: string | null;
  readonly transactionId: string | null;
  readonly relatedId: string | null;
  readonly points: bigint | null;
  readonly sequence: number;
  readonly occurredAt: number;
  readonly recordedAt: number;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * An operation with the ids of the entries that were recorded with it on its customer, in their order: what
 * its caller was told. Later facts may add entries that name it as their cause.
 */
export type RecordedOperation = Operation & { readonly ledgerEntryIds: readonly string[] };

export function toOperationColumns(operation: RecordedOperation): OperationColumns {
  const { id, customerId, type, source, reference, sequence, occurredAt, recordedAt, reason, metadata, ...own } = operation;
  const { cardDefinitionId = null, transactionId = null, spendId, transferId, redemptionId, points = null, ...data } = own as {
    readonly cardDefinitionId?: string;
    readonly transactionId?: string;
    readonly spendId?: string;
    readonly transferId?: string;
    readonly redemptionId?: string;
    readonly points?: bigint;
  };
  const relatedId = spendId ?? transferId ?? redemptionId ?? null;
  const document = JSON.parse(JSON.stringify({ reason, metadata, ...data }, toStored)) as Record<string, unknown>;
  return { id, customerId, type, source, reference, cardDefinitionId, transactionId, relatedId, points, sequence, occurredAt, recordedAt, data: document };
}

function toStored(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  return value === NEVER ? null : value;
}

interface StoredAllocation {
  readonly expiresAt: number | null;
  readonly sliding: boolean;
  readonly points: string;
}

/** What the document of any kind of operation may hold. */
interface Stored {
  readonly reason: string | null;
  readonly metadata: Record<string, unknown>;
  readonly allocations: readonly StoredAllocation[];
  readonly expired: string;
  readonly amount: string;
  readonly currency: string;
  readonly lines: readonly { readonly index: number; readonly amount: string }[];
  readonly deductions: readonly { readonly cardDefinitionId: string; readonly earnRuleVersionId: string; readonly points: string }[];
  readonly effect: Readonly<Record<'cancelled' | 'applied' | 'expired' | 'shortfall', string>>;
  readonly qualifying: boolean;
  readonly expiresAt: number | null;
  readonly sliding: boolean;
  readonly toCustomerId: string;
  readonly fromCustomerId: string;
  readonly activityType: string;
  readonly rewardId: string;
  readonly grantId: string | null;
  readonly locale: string | null;
  readonly proofExpiresAt: number;
  readonly ledgerEntryIds: readonly string[];
}

export function toRecordedOperation(row: OperationColumns): RecordedOperation {
  const { ledgerEntryIds } = row.data as unknown as Stored;
  return { ...toOperation(row), ledgerEntryIds };
}

export function toOperation(row: OperationColumns): Operation {
  const { id, customerId, type, source, reference, sequence, occurredAt, recordedAt } = row;
  const data = row.data as unknown as Stored;
  const base = { id, customerId, source, reference, sequence, occurredAt, recordedAt, reason: data.reason, metadata: data.metadata };
  const onCard = { cardDefinitionId: row.cardDefinitionId ?? '', points: row.points ?? 0n };
  switch (type) {
    case 'SPEND':
      return { ...base, ...onCard, type, allocations: data.allocations.map(toAllocation) };
    case 'SPEND_REVERSAL':
      return { ...base, ...onCard, type, spendId: row.relatedId ?? '', expired: BigInt(data.expired) };
    case 'REFUND':
      return {
        ...base,
        type,
        transactionId: row.transactionId ?? '',
        amount: data.amount,
        currency: data.currency,
        lines: data.lines,
        deductions: data.deductions.map((deduction) => ({ ...deduction, points: BigInt(deduction.points) })),
        effect: {
          cancelled: BigInt(data.effect.cancelled),
          applied: BigInt(data.effect.applied),
          expired: BigInt(data.effect.expired),
          shortfall: BigInt(data.effect.shortfall),
        },
      };
    case 'ADJUSTMENT':
      return { ...base, ...onCard, type, qualifying: data.qualifying, expiresAt: data.expiresAt ?? NEVER, sliding: data.sliding };
    case 'TRANSFER_OUT':
      return { ...base, ...onCard, type, toCustomerId: data.toCustomerId, allocations: data.allocations.map(toAllocation) };
    case 'TRANSFER_IN':
      return {
        ...base,
        ...onCard,
        type,
        fromCustomerId: data.fromCustomerId,
        transferId: row.relatedId ?? '',
        allocations: data.allocations.map(toAllocation),
      };
    case 'ACTIVITY':
      return { ...base, type, activityType: data.activityType };
    case 'REDEMPTION': {
      const { rewardId, grantId, locale, proofExpiresAt } = data;
      return { ...base, ...onCard, type, rewardId, grantId, allocations: data.allocations.map(toAllocation), locale, proofExpiresAt };
    }
    case 'REDEMPTION_CANCELLATION':
      return { ...base, ...onCard, type, redemptionId: row.relatedId ?? '', rewardId: data.rewardId, expired: BigInt(data.expired) };
  }
}

function toAllocation({ expiresAt, sliding, points }: StoredAllocation): Allocation {
  return { expiresAt: expiresAt ?? NEVER, sliding, points: BigInt(points) };
}

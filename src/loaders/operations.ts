import type { Page, PageRequest } from '../database/paging.ts';
import type { RedemptionState } from '../domain/grants.ts';
import type { Deduction } from '../domain/members.ts';
import type {
  Adjustment,
  CustomerActivity,
  Operation,
  OperationDetails,
  Redemption,
  RedemptionCancellation,
  Refund,
  Spend,
  SpendReversal,
  TransferIn,
  TransferOut,
} from '../domain/operations.ts';
import type { Allocation, Points } from '../domain/points.ts';
import type { Program } from '../domain/program.ts';
import type { Instant } from '../domain/time.ts';
import { OperationRepository } from '../repositories/operations.ts';
import { loadById, loadByKey, loadPages } from './batch.ts';
import type { LoaderSource } from './source.ts';

/** With the configuration where a command has just decided by it; otherwise what is named is loaded. */
interface Decided {
  readonly program?: Program;
}

export interface SpendView extends Spend, Decided {}
export interface SpendReversalView extends SpendReversal, Decided {}
export interface RefundView extends Refund, Decided {}
export interface AdjustmentView extends Adjustment, Decided {}
export interface CustomerActivityView extends CustomerActivity, Decided {}
/** With what has become of it where a command has just said so. */
export interface RedemptionView extends Redemption, Decided {
  readonly state?: RedemptionState;
}
export interface RedemptionCancellationView extends RedemptionCancellation, Decided {}
export interface AllocationView extends Allocation, Decided {}
export interface DeductionView extends Deduction, Decided {}

/** A transfer, whichever of its two sides tells of it. */
export interface TransferView extends OperationDetails, Decided {
  /** Of the transfer out. */
  readonly id: string;
  readonly fromCustomerId: string;
  readonly toCustomerId: string;
  readonly cardDefinitionId: string;
  readonly points: Points;
  readonly allocations: readonly Allocation[];
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
}

/** An operation by the name that it has in the contract. */
export type OperationView =
  | ({ readonly __typename: 'Spend' } & SpendView)
  | ({ readonly __typename: 'SpendReversal' } & SpendReversalView)
  | ({ readonly __typename: 'Refund' } & RefundView)
  | ({ readonly __typename: 'Adjustment' } & AdjustmentView)
  | ({ readonly __typename: 'Transfer' } & TransferView)
  | ({ readonly __typename: 'CustomerActivity' } & CustomerActivityView)
  | ({ readonly __typename: 'Redemption' } & RedemptionView)
  | ({ readonly __typename: 'RedemptionCancellation' } & RedemptionCancellationView);

export function createOperationLoaders({ database, workspaceId }: LoaderSource) {
  const repository = new OperationRepository(database.db, workspaceId);
  const operation = loadById((ids) => repository.byIds(ids));
  return {
    operation: async (id: string): Promise<OperationView | null> => {
      const found = await operation.load(id);
      return found === null ? null : toOperationView(found);
    },
    redemption: async (id: string): Promise<RedemptionView> => {
      const found = await operation.load(id);
      if (found?.type !== 'REDEMPTION') throw new Error('A row refers to a redemption that is not there.');
      return found;
    },
    spend: async (id: string): Promise<SpendView> => {
      const found = await operation.load(id);
      if (found?.type !== 'SPEND') throw new Error('A reversal refers to a spend that is not there.');
      return found;
    },
    reversedPoints: loadByKey((spendIds) => repository.reversedPoints(spendIds)),
    customerOperations: loadPages(async (customerIds, page: PageRequest) => {
      const pages = await repository.pagesOfCustomers(customerIds, page);
      return new Map([...pages].map(([customerId, own]) => [customerId, toViews(own)]));
    }),
    transactionRefunds: loadPages((transactionIds, page: PageRequest) => repository.pagesOfTransactions(transactionIds, page)),
    spendReversals: loadPages((spendIds, page: PageRequest) => repository.pagesOfSpends(spendIds, page)),
  };
}

function toViews(page: Page<Operation>): Page<OperationView> {
  return { ...page, items: page.items.map(({ item, cursor }) => ({ item: toOperationView(item), cursor })) };
}

export function toOperationView(operation: Operation): OperationView {
  switch (operation.type) {
    case 'SPEND':
      return { __typename: 'Spend', ...operation };
    case 'SPEND_REVERSAL':
      return { __typename: 'SpendReversal', ...operation };
    case 'REFUND':
      return { __typename: 'Refund', ...operation };
    case 'ADJUSTMENT':
      return { __typename: 'Adjustment', ...operation };
    case 'TRANSFER_OUT':
    case 'TRANSFER_IN':
      return { __typename: 'Transfer', ...toTransferView(operation) };
    case 'ACTIVITY':
      return { __typename: 'CustomerActivity', ...operation };
    case 'REDEMPTION':
      return { __typename: 'Redemption', ...operation };
    case 'REDEMPTION_CANCELLATION':
      return { __typename: 'RedemptionCancellation', ...operation };
  }
}

/** Both sides of a transfer happen at one instant and say the same of it. */
export function toTransferView(side: TransferOut | TransferIn): TransferView {
  const { source, reference, reason, metadata, cardDefinitionId, points, allocations, occurredAt, recordedAt } = side;
  const sides =
    side.type === 'TRANSFER_OUT'
      ? { id: side.id, fromCustomerId: side.customerId, toCustomerId: side.toCustomerId }
      : { id: side.transferId, fromCustomerId: side.fromCustomerId, toCustomerId: side.customerId };
  return { ...sides, source, reference, reason, metadata, cardDefinitionId, points, allocations, occurredAt, recordedAt };
}

import type { AnyColumn, SQL } from 'drizzle-orm';
import { and, asc, eq, inArray, or, sum } from 'drizzle-orm';
import type { Executor } from '../database/client.ts';
import type { RecordedOperation } from '../database/operation-rows.ts';
import { toOperation, toRecordedOperation } from '../database/operation-rows.ts';
import type { Page, PageRequest } from '../database/paging.ts';
import { pageQuery, parentsOf, toPages } from '../database/paging.ts';
import { operations } from '../database/tables/ledger.ts';
import type { Operation, Redemption, Refund, Spend, SpendReversal } from '../domain/operations.ts';
import type { Points } from '../domain/points.ts';

/** Operations on points, as recorded. */
export class OperationRepository {
  readonly #db: Executor;
  readonly #workspaceId: string;

  constructor(db: Executor, workspaceId: string) {
    this.#db = db;
    this.#workspaceId = workspaceId;
  }

  async byIds(ids: readonly string[]): Promise<Operation[]> {
    return (await this.#rows(inArray(operations.id, [...ids]))).map(toOperation);
  }

  async spendById(id: string): Promise<Spend | null> {
    return this.#spend(eq(operations.id, id));
  }

  async spendByReference({ source, reference }: { readonly source: string; readonly reference: string }): Promise<Spend | null> {
    return this.#spend(and(eq(operations.source, source), eq(operations.reference, reference)));
  }

  async redemption(ref: { readonly id: string } | { readonly source: string; readonly reference: string }): Promise<Redemption | null> {
    const which = 'id' in ref ? eq(operations.id, ref.id) : and(eq(operations.source, ref.source), eq(operations.reference, ref.reference));
    const [row] = await this.#rows(and(eq(operations.type, 'REDEMPTION'), which));
    return row === undefined ? null : (toOperation(row) as Redemption);
  }

  /** The operation as it was recorded; of a transfer, what it gave and what it took, in this order. */
  async recorded(id: string): Promise<RecordedOperation[]> {
    const received = and(eq(operations.type, 'TRANSFER_IN'), eq(operations.relatedId, id));
    return (await this.#rows(or(eq(operations.id, id), received))).map(toRecordedOperation);
  }

  /** Of each spend, the points that were given back; a spend of which none were is missing. */
  async reversedPoints(spendIds: readonly string[]): Promise<ReadonlyMap<string, Points>> {
    const rows = await this.#db
      .select({ spendId: operations.relatedId, points: sum(operations.points) })
      .from(operations)
      .where(and(this.#own(), eq(operations.type, 'SPEND_REVERSAL'), inArray(operations.relatedId, [...spendIds])))
      .groupBy(operations.relatedId);
    return new Map(rows.map(({ spendId, points }) => [spendId ?? '', BigInt(points ?? 0)]));
  }

  /** One page of operations for each customer, all in one statement. */
  pagesOfCustomers(customerIds: readonly string[], page: PageRequest): Promise<ReadonlyMap<string, Page<Operation>>> {
    return this.#pages<Operation>(operations.customerId, 'customerId', undefined, customerIds, page);
  }

  /** One page of redemptions for each customer, all in one statement. */
  redemptionPages(customerIds: readonly string[], page: PageRequest): Promise<ReadonlyMap<string, Page<Redemption>>> {
    return this.#pages<Redemption>(operations.customerId, 'customerId', eq(operations.type, 'REDEMPTION'), customerIds, page);
  }

  /** One page of refunds for each purchase, all in one statement. */
  pagesOfTransactions(transactionIds: readonly string[], page: PageRequest): Promise<ReadonlyMap<string, Page<Refund>>> {
    return this.#pages<Refund>(operations.transactionId, 'transactionId', eq(operations.type, 'REFUND'), transactionIds, page);
  }

  /** One page of reversals for each spend, all in one statement. */
  pagesOfSpends(spendIds: readonly string[], page: PageRequest): Promise<ReadonlyMap<string, Page<SpendReversal>>> {
    return this.#pages<SpendReversal>(operations.relatedId, 'relatedId', eq(operations.type, 'SPEND_REVERSAL'), spendIds, page);
  }

  async #pages<Kind extends Operation>(
    column: AnyColumn,
    parent: 'customerId' | 'transactionId' | 'relatedId',
    kind: SQL | undefined,
    parentIds: readonly string[],
    page: PageRequest,
  ): Promise<ReadonlyMap<string, Page<Kind>>> {
    const parents = parentsOf(this.#db, parentIds);
    const query = pageQuery([{ column: operations.id, direction: 'DESC' }], page);
    const children = this.#db
      .select()
      .from(operations)
      .where(and(this.#own(), eq(column, parents.id), kind, query.where))
      .orderBy(...query.orderBy)
      .limit(query.limit)
      .as('children');
    const rows = await this.#db.select().from(parents).crossJoinLateral(children);
    return toPages(rows, parentIds, page, (row) => row[parent], (row) => toOperation(row) as Kind);
  }

  async #spend(which: SQL | undefined): Promise<Spend | null> {
    const [row] = await this.#rows(and(eq(operations.type, 'SPEND'), which));
    return row === undefined ? null : (toOperation(row) as Spend);
  }

  #rows(which: SQL | undefined) {
    return this.#db
      .select()
      .from(operations)
      .where(and(this.#own(), which))
      .orderBy(asc(operations.id));
  }

  #own() {
    return eq(operations.workspaceId, this.#workspaceId);
  }
}

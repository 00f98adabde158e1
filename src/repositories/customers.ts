import { and, count, eq, inArray } from 'drizzle-orm';
import type { Executor } from '../database/client.ts';
import type { Page, PageRequest } from '../database/paging.ts';
import { pageQuery, parentsOf, toPage, toPages } from '../database/paging.ts';
import { customers, tierTransitions } from '../database/tables/customers.ts';
import type { Customer } from '../domain/customers.ts';
import type { TierTransition } from '../domain/ledger.ts';

/** Customers' profiles, and the history of their tiers. */
export class CustomerRepository {
  readonly #db: Executor;
  readonly #workspaceId: string;

  constructor(db: Executor, workspaceId: string) {
    this.#db = db;
    this.#workspaceId = workspaceId;
  }

  async byIds(ids: readonly string[]): Promise<Customer[]> {
    const rows = await this.#db
      .select()
      .from(customers)
      .where(and(this.#own(), inArray(customers.id, [...ids])));
    return rows.map(toCustomer);
  }

  async byExternalIds(externalIds: readonly string[]): Promise<Customer[]> {
    const rows = await this.#db
      .select()
      .from(customers)
      .where(and(this.#own(), inArray(customers.externalId, [...externalIds])));
    return rows.map(toCustomer);
  }

  async list(page: PageRequest): Promise<Page<Customer>> {
    const query = pageQuery([{ column: customers.id, direction: 'DESC' }], page);
    const rows = await this.#db
      .select()
      .from(customers)
      .where(and(this.#own(), query.where))
      .orderBy(...query.orderBy)
      .limit(query.limit);
    return toPage(rows, page, toCustomer, ({ id }) => [id]);
  }

  async count(): Promise<number> {
    const [row] = await this.#db.select({ count: count() }).from(customers).where(this.#own());
    return row?.count ?? 0;
  }

  async transitionsByIds(ids: readonly string[]): Promise<TierTransition[]> {
    const rows = await this.#db
      .select()
      .from(tierTransitions)
      .where(and(eq(tierTransitions.workspaceId, this.#workspaceId), inArray(tierTransitions.id, [...ids])));
    return rows.map(toTransition);
  }

  /** What was recorded with a transaction, oldest first. */
  async transitionsOfTransaction(transactionId: string): Promise<TierTransition[]> {
    const rows = await this.#db
      .select()
      .from(tierTransitions)
      .where(
        and(eq(tierTransitions.workspaceId, this.#workspaceId), eq(tierTransitions.transactionId, transactionId)),
      )
      .orderBy(tierTransitions.id);
    return rows.map(toTransition);
  }

  /** What was recorded with the customers' operations, oldest first. */
  async transitionsOfOperations(customerIds: readonly string[], operationIds: readonly string[]): Promise<TierTransition[]> {
    const rows = await this.#db
      .select()
      .from(tierTransitions)
      .where(
        and(
          eq(tierTransitions.workspaceId, this.#workspaceId),
          inArray(tierTransitions.customerId, [...customerIds]),
          inArray(tierTransitions.operationId, [...operationIds]),
        ),
      )
      .orderBy(tierTransitions.id);
    return rows.map(toTransition);
  }

  /** One page for each customer, all in one statement. */
  async transitionPages(
    customerIds: readonly string[],
    page: PageRequest,
  ): Promise<ReadonlyMap<string, Page<TierTransition>>> {
    const parents = parentsOf(this.#db, customerIds);
    const query = pageQuery([{ column: tierTransitions.id, direction: 'DESC' }], page);
    const children = this.#db
      .select()
      .from(tierTransitions)
      .where(
        and(eq(tierTransitions.workspaceId, this.#workspaceId), eq(tierTransitions.customerId, parents.id), query.where),
      )
      .orderBy(...query.orderBy)
      .limit(query.limit)
      .as('children');
    const rows = await this.#db.select().from(parents).crossJoinLateral(children);
    return toPages(rows, customerIds, page, ({ customerId }) => customerId, toTransition);
  }

  #own() {
    return eq(customers.workspaceId, this.#workspaceId);
  }
}

function toCustomer(row: typeof customers.$inferSelect): Customer {
  const { workspaceId: _, settledAt: __, ...customer } = row;
  return customer;
}

function toTransition(row: typeof tierTransitions.$inferSelect): TierTransition {
  const { workspaceId: _, ...transition } = row;
  return transition;
}

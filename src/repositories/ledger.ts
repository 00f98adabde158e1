import type { AnyColumn } from 'drizzle-orm';
import { and, eq, getTableColumns, inArray, or } from 'drizzle-orm';
import type { Executor } from '../database/client.ts';
import type { Page, PageRequest } from '../database/paging.ts';
import { pageQuery, parentsOf, toPages } from '../database/paging.ts';
import type { StoredAward } from '../database/tables/ledger.ts';
import { cards, ledgerEntries, transactions } from '../database/tables/ledger.ts';
import type { LedgerEntry } from '../domain/ledger.ts';
import type { Award, Transaction } from '../domain/purchases.ts';
import { NEVER } from '../domain/time.ts';

/** Purchases and the journal of points, as recorded. */
export class LedgerRepository {
  readonly #db: Executor;
  readonly #workspaceId: string;

  constructor(db: Executor, workspaceId: string) {
    this.#db = db;
    this.#workspaceId = workspaceId;
  }

  async transactionsByIds(ids: readonly string[]): Promise<Transaction[]> {
    const rows = await this.#db
      .select()
      .from(transactions)
      .where(and(eq(transactions.workspaceId, this.#workspaceId), inArray(transactions.id, [...ids])));
    return rows.map(toTransaction);
  }

  async transactionsByReferences(
    references: readonly { readonly source: string; readonly reference: string }[],
  ): Promise<Transaction[]> {
    const rows = await this.#db
      .select()
      .from(transactions)
      .where(
        and(
          eq(transactions.workspaceId, this.#workspaceId),
          or(
            ...references.map(({ source, reference }) =>
              and(eq(transactions.source, source), eq(transactions.reference, reference)),
            ),
          ),
        ),
      );
    return rows.map(toTransaction);
  }

  async entriesByIds(ids: readonly string[]): Promise<LedgerEntry[]> {
    const rows = await this.#entries().where(
      and(eq(ledgerEntries.workspaceId, this.#workspaceId), inArray(ledgerEntries.id, [...ids])),
    );
    return rows.map(toEntry);
  }

  /** Which customer has each card. */
  async cardOwners(cardIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await this.#db
      .select({ id: cards.id, customerId: cards.customerId })
      .from(cards)
      .where(and(eq(cards.workspaceId, this.#workspaceId), inArray(cards.id, [...cardIds])));
    return new Map(rows.map(({ id, customerId }) => [id, customerId]));
  }

  /** One page of entries for each customer, all in one statement. */
  entryPagesOfCustomers(customerIds: readonly string[], page: PageRequest) {
    return this.#entryPages(ledgerEntries.customerId, 'customerId', customerIds, page);
  }

  /** One page of entries for each card, all in one statement. */
  entryPagesOfCards(cardIds: readonly string[], page: PageRequest) {
    return this.#entryPages(ledgerEntries.cardId, 'cardId', cardIds, page);
  }

  async #entryPages(
    column: AnyColumn,
    parent: 'customerId' | 'cardId',
    parentIds: readonly string[],
    page: PageRequest,
  ): Promise<ReadonlyMap<string, Page<LedgerEntry>>> {
    const parents = parentsOf(this.#db, parentIds);
    const query = pageQuery([{ column: ledgerEntries.id, direction: 'DESC' }], page);
    const children = this.#entries()
      .where(and(eq(ledgerEntries.workspaceId, this.#workspaceId), eq(column, parents.id), query.where))
      .orderBy(...query.orderBy)
      .limit(query.limit)
      .as('children');
    const rows = await this.#db.select().from(parents).crossJoinLateral(children);
    return toPages(rows, parentIds, page, (row) => row[parent], toEntry);
  }

  #entries() {
    return this.#db
      .select({ ...getTableColumns(ledgerEntries), cardDefinitionId: cards.cardDefinitionId })
      .from(ledgerEntries)
      .innerJoin(cards, and(eq(cards.workspaceId, ledgerEntries.workspaceId), eq(cards.id, ledgerEntries.cardId)));
  }
}

function toEntry(row: typeof ledgerEntries.$inferSelect & { readonly cardDefinitionId: string }): LedgerEntry {
  const { workspaceId: _, ...entry } = row;
  return entry;
}

function toTransaction(row: typeof transactions.$inferSelect): Transaction {
  const { workspaceId: _, awards, ...transaction } = row;
  return {
    ...transaction,
    awards: awards.map(toAward),
  };
}

function toAward({ points, expiresAt, activatesAt, sliding, capped, ...award }: StoredAward): Award {
  return {
    ...award,
    points: BigInt(points),
    computed: BigInt(capped?.computed ?? points),
    cappedBy: capped?.by ?? null,
    expiresAt: expiresAt ?? NEVER,
    sliding: sliding ?? false,
    activatesAt: activatesAt ?? null,
  };
}

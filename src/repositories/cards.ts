import { and, asc, eq, inArray, ne } from 'drizzle-orm';
import type { Executor } from '../database/client.ts';
import type { Page, PageRequest } from '../database/paging.ts';
import { pageQuery, toPage } from '../database/paging.ts';
import { toCardDefinition } from '../database/rows.ts';
import { cardDefinitions } from '../database/tables/cards.ts';
import { cards } from '../database/tables/ledger.ts';
import type { CardDefinition } from '../domain/cards.ts';

/** Card definitions. */
export class CardDefinitionRepository {
  readonly #db: Executor;
  readonly #workspaceId: string;

  constructor(db: Executor, workspaceId: string) {
    this.#db = db;
    this.#workspaceId = workspaceId;
  }

  async byIds(ids: readonly string[]): Promise<CardDefinition[]> {
    const rows = await this.#db
      .select()
      .from(cardDefinitions)
      .where(and(this.#own(), inArray(cardDefinitions.id, [...ids])));
    return rows.map(toCardDefinition);
  }

  async find(id: string): Promise<CardDefinition | null> {
    return (await this.byIds([id]))[0] ?? null;
  }

  async list(page: PageRequest): Promise<Page<CardDefinition>> {
    const query = pageQuery([{ column: cardDefinitions.id, direction: 'DESC' }], page);
    const rows = await this.#db
      .select()
      .from(cardDefinitions)
      .where(and(this.#own(), ne(cardDefinitions.status, 'DELETED'), query.where))
      .orderBy(...query.orderBy)
      .limit(query.limit);
    return toPage(rows, page, toCardDefinition, ({ id }) => [id]);
  }

  async insert(definition: CardDefinition): Promise<void> {
    await this.#db.insert(cardDefinitions).values({ ...definition, workspaceId: this.#workspaceId });
  }

  async update(definition: CardDefinition): Promise<void> {
    const { id, createdAt: _, ...changes } = definition;
    await this.#db.update(cardDefinitions).set(changes).where(and(this.#own(), eq(cardDefinitions.id, id)));
  }

  /** Those that are in force. */
  async activeIds(): Promise<ReadonlySet<string>> {
    const rows = await this.#db
      .select({ id: cardDefinitions.id })
      .from(cardDefinitions)
      .where(and(this.#own(), eq(cardDefinitions.status, 'ACTIVE')));
    return new Set(rows.map(({ id }) => id));
  }

  /** All that are not deleted, oldest first. */
  async all(): Promise<CardDefinition[]> {
    const rows = await this.#db
      .select()
      .from(cardDefinitions)
      .where(and(this.#own(), ne(cardDefinitions.status, 'DELETED')))
      .orderBy(asc(cardDefinitions.createdAt), asc(cardDefinitions.id));
    return rows.map(toCardDefinition);
  }

  /** Keys of the card definitions that are not deleted, but for the one. */
  async keys(exceptId: string | null = null): Promise<ReadonlySet<string>> {
    const rows = await this.#db
      .select({ key: cardDefinitions.key })
      .from(cardDefinitions)
      .where(and(this.#own(), ne(cardDefinitions.status, 'DELETED'), exceptId === null ? undefined : ne(cardDefinitions.id, exceptId)));
    return new Set(rows.map(({ key }) => key));
  }

  /** Whether any customer has such a card. */
  async hasCards(id: string): Promise<boolean> {
    const rows = await this.#db
      .select({ id: cards.id })
      .from(cards)
      .where(and(eq(cards.workspaceId, this.#workspaceId), eq(cards.cardDefinitionId, id)))
      .limit(1);
    return rows.length > 0;
  }

  #own() {
    return eq(cardDefinitions.workspaceId, this.#workspaceId);
  }
}

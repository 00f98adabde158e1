import { and, asc, count, eq, inArray, isNull, ne } from 'drizzle-orm';
import type { Executor } from '../database/client.ts';
import type { Page, PageRequest } from '../database/paging.ts';
import { pageQuery, toPage } from '../database/paging.ts';
import { toEarnRule, toEarnRuleVersion, toStoredTerms } from '../database/rows.ts';
import { earnRuleVersions, earnRules } from '../database/tables/earning.ts';
import type { EarnRule, EarnRuleVersion } from '../domain/earning.ts';

/** Earn rules with their versions. */
export class EarnRuleRepository {
  readonly #db: Executor;
  readonly #workspaceId: string;

  constructor(db: Executor, workspaceId: string) {
    this.#db = db;
    this.#workspaceId = workspaceId;
  }

  async byIds(ids: readonly string[]): Promise<EarnRule[]> {
    const rows = await this.#db
      .select()
      .from(earnRules)
      .where(and(this.#own(), inArray(earnRules.id, [...ids])));
    return this.#withVersions(rows);
  }

  async find(id: string): Promise<EarnRule | null> {
    return (await this.byIds([id]))[0] ?? null;
  }

  async versionsByIds(ids: readonly string[]): Promise<EarnRuleVersion[]> {
    const rows = await this.#db
      .select()
      .from(earnRuleVersions)
      .where(and(eq(earnRuleVersions.workspaceId, this.#workspaceId), inArray(earnRuleVersions.id, [...ids])));
    return rows.map(toEarnRuleVersion);
  }

  async list(page: PageRequest): Promise<Page<EarnRule>> {
    const query = pageQuery([{ column: earnRules.id, direction: 'DESC' }], page);
    const rows = await this.#db
      .select()
      .from(earnRules)
      .where(and(this.#own(), query.where))
      .orderBy(...query.orderBy)
      .limit(query.limit);
    const rules = new Map((await this.#withVersions(rows)).map((rule) => [rule.id, rule]));
    return toPage(
      rows.flatMap(({ id }) => rules.get(id) ?? []),
      page,
      (rule) => rule,
      ({ id }) => [id],
    );
  }

  async countInForce(cardDefinitionId?: string): Promise<number> {
    const [row] = await this.#db
      .select({ count: count() })
      .from(earnRules)
      .where(
        and(
          this.#own(),
          isNull(earnRules.retiredAt),
          cardDefinitionId === undefined ? undefined : eq(earnRules.cardDefinitionId, cardDefinitionId),
        ),
      );
    return row?.count ?? 0;
  }

  /** All that are not retired, oldest first. */
  async all(): Promise<EarnRule[]> {
    const rows = await this.#db
      .select()
      .from(earnRules)
      .where(and(this.#own(), isNull(earnRules.retiredAt)))
      .orderBy(asc(earnRules.createdAt), asc(earnRules.id));
    return this.#withVersions(rows);
  }

  /** Keys of the rules that are not retired, but for the one. */
  async keys(exceptId: string | null = null): Promise<ReadonlySet<string>> {
    const rows = await this.#db
      .select({ key: earnRules.key })
      .from(earnRules)
      .where(and(this.#own(), isNull(earnRules.retiredAt), exceptId === null ? undefined : ne(earnRules.id, exceptId)));
    return new Set(rows.map(({ key }) => key));
  }

  async insert(rule: EarnRule): Promise<void> {
    const { versions, ...row } = rule;
    await this.#db.insert(earnRules).values({ ...row, workspaceId: this.#workspaceId });
    for (const version of versions) await this.insertVersion(version);
  }

  async insertVersion(version: EarnRuleVersion): Promise<void> {
    const { id, earnRuleId, number, effectiveAt, publishedAt, ...terms } = version;
    await this.#db
      .insert(earnRuleVersions)
      .values({ workspaceId: this.#workspaceId, id, earnRuleId, number, effectiveAt, publishedAt, terms: toStoredTerms(terms) });
  }

  async update({ id, key, name, retiredAt, version, updatedAt }: EarnRule): Promise<void> {
    await this.#db
      .update(earnRules)
      .set({ key, name, retiredAt, version, updatedAt })
      .where(and(this.#own(), eq(earnRules.id, id)));
  }

  async #withVersions(rows: readonly (typeof earnRules.$inferSelect)[]): Promise<EarnRule[]> {
    if (rows.length === 0) return [];
    const versionRows = await this.#db
      .select()
      .from(earnRuleVersions)
      .where(
        and(
          eq(earnRuleVersions.workspaceId, this.#workspaceId),
          inArray(
            earnRuleVersions.earnRuleId,
            rows.map(({ id }) => id),
          ),
        ),
      );
    return rows.map((row) => toEarnRule(row, versionRows));
  }

  #own() {
    return eq(earnRules.workspaceId, this.#workspaceId);
  }
}

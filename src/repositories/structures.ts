import type { SQL } from 'drizzle-orm';
import { and, asc, count, eq, exists, gt, gte, inArray, isNotNull, isNull, lt, max, ne, not, or, sql } from 'drizzle-orm';
import type { Executor } from '../database/client.ts';
import type { Page, PageRequest, SortKey } from '../database/paging.ts';
import { pageQuery, toPage } from '../database/paging.ts';
import { toTier, toTierStructure } from '../database/rows.ts';
import { customers, memberships } from '../database/tables/customers.ts';
import type { StoredEntryAward, StoredRevision } from '../database/tables/structures.ts';
import { tierStructures, tiers } from '../database/tables/structures.ts';
import { workspaces } from '../database/tables/workspaces.ts';
import type { Condition } from '../domain/filters.ts';
import type { EntryAward, StructureRevision, Tier, TierStructure } from '../domain/structures.ts';
import type { Instant } from '../domain/time.ts';
import { NEVER } from '../domain/time.ts';

export type TierStructureField = 'id' | 'name' | 'type' | 'status' | 'createdAt';
export type TierStructureOrderField = Exclude<TierStructureField, 'id'>;

export interface TierStructureQuery {
  readonly junction: 'AND' | 'OR';
  readonly conditions: readonly Condition<TierStructureField>[];
  readonly orderBy: readonly { readonly field: TierStructureOrderField; readonly direction: 'ASC' | 'DESC' }[];
}

/** Tier structures with their tiers. */
export class TierStructureRepository {
  readonly #db: Executor;
  readonly #workspaceId: string;

  constructor(db: Executor, workspaceId: string) {
    this.#db = db;
    this.#workspaceId = workspaceId;
  }

  async byIds(ids: readonly string[]): Promise<TierStructure[]> {
    const rows = await this.#db
      .select()
      .from(tierStructures)
      .where(and(this.#own(), inArray(tierStructures.id, [...ids])));
    return this.#withTiers(rows);
  }

  /**
   * The latest instant of which anything is recorded where the clock is frozen, of a member or of the set of structures that
   * judge; null in real time, in which nothing of this very instant is recorded by the time that the configuration is held.
   */
  async settledUpTo(now: Instant): Promise<Instant | null> {
    const [frozen] = await this.#db
      .select({ structuresChangedAt: workspaces.structuresChangedAt })
      .from(workspaces)
      .where(and(eq(workspaces.workspaceId, this.#workspaceId), isNotNull(workspaces.clockFrozenAt)));
    if (frozen === undefined) return null;
    const [settled] = await this.#db
      .select({ latest: max(customers.settledAt) })
      .from(customers)
      .where(and(eq(customers.workspaceId, this.#workspaceId), gte(customers.settledAt, now)));
    return Math.max(frozen.structuresChangedAt, settled?.latest ?? -Infinity);
  }

  async find(id: string): Promise<TierStructure | null> {
    return (await this.byIds([id]))[0] ?? null;
  }

  /** The structures in force. */
  async active(): Promise<TierStructure[]> {
    const rows = await this.#db
      .select()
      .from(tierStructures)
      .where(and(this.#own(), eq(tierStructures.status, 'ACTIVE')));
    return this.#withTiers(rows);
  }

  /** Drafts of the structure's next revision, oldest first. */
  async draftsOf(structureId: string): Promise<TierStructure[]> {
    const rows = await this.#db
      .select()
      .from(tierStructures)
      .where(and(this.#own(), eq(tierStructures.draftOf, structureId), eq(tierStructures.status, 'DRAFT')))
      .orderBy(asc(tierStructures.createdAt), asc(tierStructures.id));
    return this.#withTiers(rows);
  }

  /** Tiers, those that a revision removed included. */
  async tiersByIds(ids: readonly string[]): Promise<Tier[]> {
    const rows = await this.#db
      .select()
      .from(tiers)
      .where(and(eq(tiers.workspaceId, this.#workspaceId), inArray(tiers.id, [...ids])));
    return rows.map(toTier);
  }

  /** The structures to which the tiers belong, or belonged before a revision removed them. */
  async byTierIds(tierIds: readonly string[]): Promise<TierStructure[]> {
    const owners = this.#db
      .select({ id: tiers.structureId })
      .from(tiers)
      .where(and(eq(tiers.workspaceId, this.#workspaceId), inArray(tiers.id, [...tierIds])));
    const rows = await this.#db
      .select()
      .from(tierStructures)
      .where(and(this.#own(), inArray(tierStructures.id, owners)));
    return this.#withTiers(rows);
  }

  async list(query: TierStructureQuery, page: PageRequest): Promise<Page<TierStructure>> {
    const keys: SortKey[] = [
      ...query.orderBy.map(({ field, direction }) => ({ column: tierStructures[field], direction })),
      { column: tierStructures.id, direction: query.orderBy.at(-1)?.direction ?? 'DESC' },
    ];
    const { where, orderBy, limit } = pageQuery(keys, page);
    const rows = await this.#db
      .select()
      .from(tierStructures)
      .where(and(this.#matching(query), where))
      .orderBy(...orderBy)
      .limit(limit);
    const structures = new Map((await this.#withTiers(rows)).map((structure) => [structure.id, structure]));
    return toPage(
      rows.flatMap((row) => structures.get(row.id) ?? []),
      page,
      (structure) => structure,
      (structure) => [...query.orderBy.map(({ field }) => String(structure[field])), structure.id],
    );
  }

  async count(query: TierStructureQuery): Promise<number> {
    const [row] = await this.#db.select({ count: count() }).from(tierStructures).where(this.#matching(query));
    return row?.count ?? 0;
  }

  /** Ids of all tiers of the workspace. */
  async tierIds(): Promise<ReadonlySet<string>> {
    const rows = await this.#db.select({ id: tiers.id }).from(tiers).where(eq(tiers.workspaceId, this.#workspaceId));
    return new Set(rows.map(({ id }) => id));
  }

  /** All that are not deleted, drafts of next revisions included, oldest first. */
  async all(): Promise<TierStructure[]> {
    const rows = await this.#db
      .select()
      .from(tierStructures)
      .where(and(this.#own(), ne(tierStructures.status, 'DELETED')))
      .orderBy(asc(tierStructures.createdAt), asc(tierStructures.id));
    return this.#withTiers(rows);
  }

  /** Keys of the structures that are not deleted, but for the one. Drafts of next revisions have those of their structures. */
  async keys(exceptId: string | null = null): Promise<ReadonlySet<string>> {
    const rows = await this.#db
      .select({ key: tierStructures.key })
      .from(tierStructures)
      .where(
        and(
          this.#own(),
          ne(tierStructures.status, 'DELETED'),
          isNull(tierStructures.draftOf),
          exceptId === null ? undefined : ne(tierStructures.id, exceptId),
        ),
      );
    return new Set(rows.map(({ key }) => key));
  }

  /** Whether an active structure measures the card definition, or gives an entry award on it. */
  async usesCardDefinition(cardDefinitionId: string): Promise<boolean> {
    const awards = this.#db
      .select({ id: tiers.id })
      .from(tiers)
      .where(
        and(
          eq(tiers.workspaceId, this.#workspaceId),
          eq(tiers.structureId, tierStructures.id),
          isNull(tiers.removedAt),
          sql`${tiers.entryAward} ->> 'cardDefinitionId' = ${cardDefinitionId}`,
        ),
      );
    const rows = await this.#db
      .select({ id: tierStructures.id })
      .from(tierStructures)
      .where(
        and(
          this.#own(),
          eq(tierStructures.status, 'ACTIVE'),
          or(eq(tierStructures.cardDefinitionId, cardDefinitionId), exists(awards)),
        ),
      )
      .limit(1);
    return rows.length > 0;
  }

  async insert(structure: TierStructure): Promise<void> {
    await this.#db.insert(tierStructures).values({ ...this.#row(structure), id: structure.id, createdAt: structure.createdAt });
    await this.#insertTiers(structure);
  }

  /** Replaces the structure's settings and its tiers as a whole. Tiers that a revision removed stay. */
  async update(structure: TierStructure): Promise<void> {
    await this.#db
      .update(tierStructures)
      .set(this.#row(structure))
      .where(and(this.#own(), eq(tierStructures.id, structure.id)));
    await this.#db
      .delete(tiers)
      .where(and(eq(tiers.workspaceId, this.#workspaceId), eq(tiers.structureId, structure.id), isNull(tiers.removedAt)));
    await this.#insertTiers(structure);
  }

  /** Takes tiers out of their structure, but keeps them for whoever once held one. */
  async removeTiers(ids: readonly string[], removedAt: Instant): Promise<void> {
    await this.#db
      .update(tiers)
      .set({ removedAt })
      .where(and(eq(tiers.workspaceId, this.#workspaceId), inArray(tiers.id, [...ids])));
  }

  /**
   * A page of all customers, in the order of their ids: those who held a tier of the structure when they
   * were last settled, or the others.
   */
  async customerIds(
    structureId: string,
    stored: 'HOLDERS' | 'OTHERS',
    after: string | null,
    limit: number,
  ): Promise<string[]> {
    const held = exists(
      this.#db
        .select({ customerId: memberships.customerId })
        .from(memberships)
        .where(
          and(
            eq(memberships.workspaceId, this.#workspaceId),
            eq(memberships.structureId, structureId),
            eq(memberships.customerId, customers.id),
            isNotNull(memberships.tierId),
          ),
        ),
    );
    const rows = await this.#db
      .select({ id: customers.id })
      .from(customers)
      .where(
        and(
          eq(customers.workspaceId, this.#workspaceId),
          stored === 'HOLDERS' ? held : not(held),
          after === null ? undefined : gt(customers.id, after),
        ),
      )
      .orderBy(asc(customers.id))
      .limit(limit);
    return rows.map(({ id }) => id);
  }

  /** Forgets the standing of members who hold no tier any more. */
  async clearMemberships(structureId: string): Promise<void> {
    await this.#db
      .delete(memberships)
      .where(and(eq(memberships.workspaceId, this.#workspaceId), eq(memberships.structureId, structureId)));
  }

  async #insertTiers(structure: TierStructure): Promise<void> {
    if (structure.tiers.length === 0) return;
    await this.#db.insert(tiers).values(
      structure.tiers.map((tier) => ({
        ...tier,
        workspaceId: this.#workspaceId,
        entryAward: toStoredAward(tier.entryAward),
      })),
    );
  }

  async #withTiers(rows: readonly (typeof tierStructures.$inferSelect)[]): Promise<TierStructure[]> {
    if (rows.length === 0) return [];
    const tierRows = await this.#db
      .select()
      .from(tiers)
      .where(
        and(
          eq(tiers.workspaceId, this.#workspaceId),
          inArray(
            tiers.structureId,
            rows.map(({ id }) => id),
          ),
        ),
      );
    return rows.map((row) => toTierStructure(row, tierRows));
  }

  #row({ tiers: _, id: __, createdAt: ___, revision, formerRevisions, activePeriods, ...settings }: TierStructure) {
    return {
      ...settings,
      workspaceId: this.#workspaceId,
      revision: revision.number,
      revisionEffectiveAt: revision.effectiveAt,
      revisionRollout: revision.rollout,
      formerRevisions: formerRevisions.map(toStoredRevision),
      activePeriods: activePeriods.map(({ start, end }) => [start, end === NEVER ? null : end] as const),
    };
  }

  #own() {
    return eq(tierStructures.workspaceId, this.#workspaceId);
  }

  #matching({ junction, conditions }: TierStructureQuery): SQL | undefined {
    const clauses = conditions.map(toSql);
    const asked = conditions.some(({ field }) => field === 'status');
    return and(
      this.#own(),
      asked ? undefined : ne(tierStructures.status, 'DELETED'),
      junction === 'AND' ? and(...clauses) : or(...clauses),
    );
  }
}

/** JSON knows no numbers of 64 bits, so points are stored as text. */
function toStoredRevision(revision: StructureRevision): StoredRevision {
  return {
    ...revision,
    tiers: revision.tiers.map((tier) => ({
      ...tier,
      minPoints: String(tier.minPoints),
      maxPoints: tier.maxPoints === null ? null : String(tier.maxPoints),
      entryAward: toStoredAward(tier.entryAward),
    })),
  };
}

function toStoredAward(award: EntryAward | null): StoredEntryAward | null {
  return award === null ? null : { ...award, points: String(award.points) };
}

function toSql(condition: Condition<TierStructureField>): SQL {
  const column = tierStructures[condition.field];
  switch (condition.kind) {
    case 'ONE_OF': {
      const values = [...condition.values];
      const oneOf = values.length === 0 ? sql`false` : inArray(column, values);
      return condition.negated ? not(oneOf) : oneOf;
    }
    case 'TEXT': {
      // Functions instead of LIKE: % and _ in the text stand for themselves.
      const { text } = condition;
      const matches = {
        CONTAINS: sql`position(${text} in ${column}) > 0`,
        STARTS_WITH: sql`starts_with(${column}, ${text})`,
        ENDS_WITH: sql`right(${column}, length(${text})) = ${text}`,
      }[condition.match];
      return condition.negated ? not(matches) : matches;
    }
    case 'BETWEEN': {
      const from = condition.from === null ? undefined : gte(column, condition.from);
      const to = condition.to === null ? undefined : lt(column, condition.to);
      return and(from, to) ?? sql`true`;
    }
    case 'KNOWN':
      return condition.known ? isNotNull(column) : isNull(column);
  }
}

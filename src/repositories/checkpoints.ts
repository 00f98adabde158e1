import { and, asc, desc, eq, gt, inArray, isNull, lte, or, sql } from 'drizzle-orm';
import type { Database, Executor } from '../database/client.ts';
import type { Page, PageRequest } from '../database/paging.ts';
import { pageQuery, toPage } from '../database/paging.ts';
import { checkpointHeads, checkpoints } from '../database/tables/checkpoints.ts';
import { dueWork, workspaces } from '../database/tables/workspaces.ts';
import type { ChainHead, Checkpoint } from '../domain/checkpoints.ts';
import type { Instant } from '../domain/time.ts';

/** What a checkpoint says of a card, and what the card's own entries say. */
export interface WitnessedHead extends ChainHead {
  /** Hash of the entry of that number; null if there is none. */
  readonly entryHash: string | null;
  /** Null if there is no such card. */
  readonly customerId: string | null;
}

/** The signed checkpoints of a workspace, and the chain heads that each has witnessed. */
export class CheckpointRepository {
  readonly #db: Executor;
  readonly #workspaceId: string;

  constructor(db: Executor, workspaceId: string) {
    this.#db = db;
    this.#workspaceId = workspaceId;
  }

  /** Claims the workspace's next checkpoint, if it is due, until another process may try; false if it is not, or claimed. */
  async claim(now: Instant, until: Instant): Promise<boolean> {
    const claimed = await this.#db
      .insert(dueWork)
      .values({ workspaceId: this.#workspaceId, claimedUntil: now, checkpointDueAt: until })
      .onConflictDoUpdate({
        target: dueWork.workspaceId,
        set: { checkpointDueAt: until },
        setWhere: or(isNull(dueWork.checkpointDueAt), lte(dueWork.checkpointDueAt, now)),
      })
      .returning({ workspaceId: dueWork.workspaceId });
    return claimed.length > 0;
  }

  /** When the next is due. */
  async schedule(at: Instant): Promise<void> {
    await this.#db.update(dueWork).set({ checkpointDueAt: at }).where(eq(dueWork.workspaceId, this.#workspaceId));
  }

  async last(): Promise<Checkpoint | null> {
    const [row] = await this.#db.select().from(checkpoints).where(this.#own()).orderBy(desc(checkpoints.sequence)).limit(1);
    return row === undefined ? null : toCheckpoint(row);
  }

  async byIds(ids: readonly string[]): Promise<Checkpoint[]> {
    const rows = await this.#db.select().from(checkpoints).where(and(this.#own(), inArray(checkpoints.id, [...ids])));
    return rows.map(toCheckpoint);
  }

  /** In the order of their numbers. */
  async after(sequence: number, limit: number): Promise<Checkpoint[]> {
    const rows = await this.#db
      .select()
      .from(checkpoints)
      .where(and(this.#own(), gt(checkpoints.sequence, sequence)))
      .orderBy(asc(checkpoints.sequence))
      .limit(limit);
    return rows.map(toCheckpoint);
  }

  /** Newest first. */
  async list(page: PageRequest): Promise<Page<Checkpoint>> {
    const query = pageQuery([{ column: checkpoints.id, direction: 'DESC' }], page);
    const rows = await this.#db.select().from(checkpoints).where(and(this.#own(), query.where)).orderBy(...query.orderBy).limit(query.limit);
    return toPage(rows, page, toCheckpoint, ({ id }) => [id]);
  }

  async insert(checkpoint: Checkpoint): Promise<void> {
    await this.#db.insert(checkpoints).values({ ...checkpoint, workspaceId: this.#workspaceId });
  }

  /**
   * Records the heads, among the next cards, that have moved since the checkpoint before.
   * @returns those heads by card, and the last card that was looked at; null if there are no more
   */
  async recordHeads(sequence: number, after: string | null, limit: number): Promise<{ readonly heads: ChainHead[]; readonly last: string | null }> {
    const { rows } = await this.#db.execute<{ last: string | null; heads: [string, number, string][] }>(sql`
      WITH page AS MATERIALIZED (
        SELECT id, sequence, head FROM cards
        WHERE workspace_id = ${this.#workspaceId} AND id > ${after ?? '00000000-0000-0000-0000-000000000000'} ORDER BY id LIMIT ${limit}
      ), moved AS (
        INSERT INTO checkpoint_heads (workspace_id, card_id, checkpoint_sequence, sequence, head)
        SELECT ${this.#workspaceId}, page.id, ${sequence}::int, page.sequence, page.head
        FROM page LEFT JOIN LATERAL (
          SELECT h.sequence FROM checkpoint_heads h WHERE h.workspace_id = ${this.#workspaceId} AND h.card_id = page.id
          ORDER BY h.checkpoint_sequence DESC LIMIT 1
        ) known ON true
        WHERE page.head IS NOT NULL AND page.sequence IS DISTINCT FROM known.sequence
        RETURNING card_id, sequence, head
      )
      SELECT (SELECT id FROM page ORDER BY id DESC LIMIT 1) AS last,
        (SELECT coalesce(json_agg(json_build_array(card_id, sequence, encode(head, 'hex')) ORDER BY card_id), '[]') FROM moved) AS heads`);
    const row = rows[0];
    return { heads: (row?.heads ?? []).map(([cardId, number, head]) => ({ cardId, sequence: number, head })), last: row?.last ?? null };
  }

  /** The heads that a checkpoint has witnessed, by card, with what became of the entries. */
  async witnessedHeads(sequence: number, after: string | null, limit: number): Promise<WitnessedHead[]> {
    const { rows } = await this.#db.execute<{ card_id: string; sequence: number; head: string; entry_hash: string | null; customer_id: string | null }>(sql`
      SELECT h.card_id, h.sequence, encode(h.head, 'hex') AS head, encode(e.hash, 'hex') AS entry_hash, c.customer_id
      FROM (
        SELECT * FROM checkpoint_heads WHERE workspace_id = ${this.#workspaceId} AND checkpoint_sequence = ${sequence}
          AND card_id > ${after ?? '00000000-0000-0000-0000-000000000000'} ORDER BY card_id LIMIT ${limit}
      ) h
      LEFT JOIN LATERAL (
        SELECT hash FROM ledger_entries WHERE workspace_id = ${this.#workspaceId} AND card_id = h.card_id AND sequence = h.sequence OFFSET 0
      ) e ON true
      LEFT JOIN cards c ON c.workspace_id = ${this.#workspaceId} AND c.id = h.card_id
      ORDER BY h.card_id`);
    return rows.map((row) => ({ cardId: row.card_id, sequence: row.sequence, head: row.head, entryHash: row.entry_hash, customerId: row.customer_id }));
  }

  /** The number of a checkpoint of which there are heads, and nothing else; null if there is none. */
  async headsWithoutCheckpoint(): Promise<number | null> {
    const [row] = await this.#db
      .select({ sequence: checkpointHeads.checkpointSequence })
      .from(checkpointHeads)
      .where(
        and(
          eq(checkpointHeads.workspaceId, this.#workspaceId),
          sql`${checkpointHeads.checkpointSequence} > (SELECT coalesce(max(sequence), 0) FROM checkpoints WHERE workspace_id = ${this.#workspaceId})`,
        ),
      )
      .orderBy(asc(checkpointHeads.checkpointSequence))
      .limit(1);
    return row?.sequence ?? null;
  }

  #own() {
    return eq(checkpoints.workspaceId, this.#workspaceId);
  }
}

function toCheckpoint({ workspaceId: _, ...row }: typeof checkpoints.$inferSelect): Checkpoint {
  return row;
}

/** Workspaces whose next checkpoint is due, in pages. */
export async function workspacesWithDueCheckpoint(database: Database, now: Instant, after: string | null, limit: number): Promise<string[]> {
  const rows = await database.allDueWork().db
    .select({ id: workspaces.workspaceId })
    .from(workspaces)
    .leftJoin(dueWork, eq(dueWork.workspaceId, workspaces.workspaceId))
    .where(
      and(
        after === null ? undefined : gt(workspaces.workspaceId, after),
        or(isNull(dueWork.checkpointDueAt), lte(dueWork.checkpointDueAt, now)),
      ),
    )
    .orderBy(asc(workspaces.workspaceId))
    .limit(limit);
  return rows.map(({ id }) => id);
}

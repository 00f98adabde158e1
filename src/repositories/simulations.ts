import { and, asc, eq, gt } from 'drizzle-orm';
import { instantToSql } from '../database/columns.ts';
import type { Snapshot } from '../database/client.ts';
import { customers } from '../database/tables/customers.ts';
import { workspaces } from '../database/tables/workspaces.ts';
import type { Cohort, CohortPlan, MeasureSource } from '../domain/cohorts.ts';
import type { Instant } from '../domain/time.ts';

/** Which members are sorted into cohorts, and by what. */
export interface CohortQuery {
  readonly plan: CohortPlan;
  readonly structureId: string;
  /** Whether members have a standing in the structure already. */
  readonly isInForce: boolean;
  /** When the rules that are tried take effect. */
  readonly at: Instant;
  /** Who was not settled since is not sorted. */
  readonly structuresChangedAt: Instant;
  /** Whether there are members who cannot be sorted because something is due for them. */
  readonly someAreDue: boolean;
}

/** How many there are, and whether something is due for some of them. */
export interface SimulatedMembers {
  readonly total: number;
  readonly someAreDue: boolean;
}

/** Members with ids above the one and up to the other; null: all. */
export interface Slice {
  readonly after: string | null;
  readonly upTo: string | null;
  /** How many there are, at most. */
  readonly members: number;
}

export interface CountedCohort {
  readonly cohort: Cohort;
  readonly members: number;
  readonly sampleIds: readonly string[];
}

/** With its number. */
type SortedCohort = CountedCohort & { readonly code: string };

/** Members who hold a tier: how many there are, and how many reach each step; of some of them the id, and behind a space the measure. */
interface CountedRow {
  readonly held: number | null;
  readonly isPlain: boolean;
  readonly reached: readonly number[];
  readonly sampled: readonly string[] | null;
}

/** What of a cohort fits into the lowest bits of its number. */
const STEPPED_DOWN = 1;
const IN_GRACE = 2;
const ENDED = 4;
const FLAGS = 8;
/** To gather the ids of all members for a few samples takes as long as to sort them: where there are many, one in so many will do. */
const SAMPLED = 256;
const MANY_MEMBERS = 50_000;
/** To compare with so many steps takes less time than to look one up. */
const STEPS_COMPARED = 16;

/** A workspace's members as a simulation reads them, all as of one moment. */
export class SimulationRepository {
  readonly #snapshot: Snapshot;
  readonly #workspaceId: string;

  constructor(snapshot: Snapshot, workspaceId: string) {
    this.#snapshot = snapshot;
    this.#workspaceId = workspaceId;
  }

  /** Which configuration is in force, and at which instant the workspace's clock is frozen; null if it runs. */
  async workspace(): Promise<{ readonly configurationVersion: bigint; readonly clockFrozenAt: Instant | null }> {
    const [workspace] = await this.#snapshot.db
      .select({ configurationVersion: workspaces.configurationVersion, clockFrozenAt: workspaces.clockFrozenAt })
      .from(workspaces)
      .where(eq(workspaces.workspaceId, this.#workspaceId));
    if (workspace === undefined) throw new Error('A request acts in a workspace that exists.');
    return workspace;
  }

  /** How many members there are, and whether something is or may be due for some of them by the instant: see `UNSETTLED`. */
  async members(at: Instant): Promise<SimulatedMembers> {
    const { rows } = await this.#snapshot.pool.query<{ total: number; some_are_due: boolean }>({
      text: `SELECT count(*)::int AS total, count(*) FILTER (WHERE next_due_at <= $2::timestamptz) > 0 OR NOT EXISTS (
          SELECT FROM due_work d JOIN workspaces w ON w.workspace_id = d.workspace_id
          WHERE d.workspace_id = $1 AND d.structures_settled_at >= w.structures_changed_at
        ) AS some_are_due
        FROM customers WHERE workspace_id = $1`,
      values: [this.#workspaceId, instantToSql(at)],
    });
    return { total: rows[0]?.total ?? 0, someAreDue: rows[0]?.some_are_due ?? true };
  }

  /** Members in the order of their ids. */
  async idsAfter(after: string | null, limit: number): Promise<string[]> {
    const rows = await this.#snapshot.db
      .select({ id: customers.id })
      .from(customers)
      .where(and(eq(customers.workspaceId, this.#workspaceId), after === null ? undefined : gt(customers.id, after)))
      .orderBy(asc(customers.id))
      .limit(limit);
    return rows.map(({ id }) => id);
  }

  /** The id behind the next so many members; null if there are not so many. */
  async idAt(after: string | null, offset: number): Promise<string | null> {
    const { rows } = await this.#snapshot.pool.query<{ id: string }>({
      text: 'SELECT id FROM customers WHERE workspace_id = $1 AND ($2::uuid IS NULL OR id > $2) ORDER BY id OFFSET $3 LIMIT 1',
      values: [this.#workspaceId, after, offset],
    });
    return rows[0]?.id ?? null;
  }

  /**
   * Sorts members into cohorts. Who cannot be sorted, because something is due for them, is left out.
   * @param slice members with ids above the one and up to the other; null: all
   * @param isSampled whether it is worth another look to find samples of a cohort that has few members
   */
  async cohorts(query: CohortQuery, samples: number, slice: Slice, isSampled: (cohort: Cohort) => boolean = () => true): Promise<CountedCohort[]> {
    const found = isCountable(query) ? await this.#counted(query, samples, slice) : await this.#sorted(query, samples, slice, null);
    const sorted = found.sort((one, other) => Number(one.code) - Number(other.code));
    const lacking = sorted.filter(({ cohort, members, sampleIds }) => sampleIds.length < Math.min(samples, members) && isSampled(cohort));
    if (lacking.length === 0) return sorted;
    const complete = await this.#sorted(query, samples, slice, lacking.map(({ code }) => code));
    const sampled = new Map(complete.map(({ code, sampleIds }) => [code, sampleIds]));
    return sorted.map((each) => ({ ...each, sampleIds: sampled.get(each.code) ?? each.sampleIds }));
  }

  /**
   * Counts those of whom there is nothing but their tier and their measure, which nearly all are, by tier: how many reach each step.
   * To find a cohort for each of them, as for the others, takes twice as long.
   */
  async #counted(query: CohortQuery, samples: number, slice: Slice): Promise<SortedCohort[]> {
    const { plan } = query;
    const { from } = fromMemberships(query);
    const measure = MEASURES[plan.source.kind];
    const column = plan.source.kind === 'WINDOW' ? 'm.window_earned' : 'm.balance';
    // Nothing counts as 0, which only steps up to there have to be told.
    const reached = plan.steps.map((step) => `count(*) FILTER (WHERE ${step > 0n ? column : measure} >= ${step})`);
    const few = slice.members > MANY_MEMBERS ? `uuid_hash(m.customer_id) % ${SAMPLED} = 0` : 'true';
    const { rows } = await this.#snapshot.pool.query<CountedRow>({
      text: `SELECT ${HELD} AS held, ${NOTHING_ELSE} AS "isPlain", ARRAY[count(*), ${reached.join(', ')}]::int[] AS reached,
          array_agg(m.customer_id || ' ' || ${measure}) FILTER (WHERE ${few}) AS sampled
        FROM ${from} AND $6::bigint[] IS NOT NULL AND $7::uuid IS NOT NULL AND ${range('m.customer_id')} GROUP BY m.tier_id, "isPlain"`,
      values: [...this.#valuesOf(query), slice.after, slice.upTo],
    });
    const plain = rows.filter(({ isPlain }) => isPlain).flatMap((row) => cohortsIn(row, plan, samples));
    return rows.every(({ isPlain }) => isPlain) ? plain : [...plain, ...(await this.#sorted(query, samples, slice, null, `NOT ${NOTHING_ELSE}`))];
  }

  /**
   * @param codes the cohorts of which all members may be samples; null: all cohorts, with few of the members where there are many
   * @param only which members are sorted; null: all
   */
  async #sorted(query: CohortQuery, samples: number, { after, upTo, members }: Slice, codes: readonly string[] | null, only = 'true'): Promise<SortedCohort[]> {
    const { plan } = query;
    const { id, from } = query.isInForce && plan.source.kind !== 'EARNED' ? fromMemberships(query) : fromCustomers(query);
    const few = codes === null && members > MANY_MEMBERS ? `FILTER (WHERE uuid_hash(id) % ${SAMPLED} = 0)` : '';
    // As one of several sources, members are expected to fall into few groups, which several processes then count at once.
    const { rows } = await this.#snapshot.pool.query<{ code: bigint | null; members: number; samples: string[] | null }>({
      text: `${sumsOf(plan)}
        SELECT code, count(*)::int AS members, (array_agg(id) ${few})[1:${samples}] AS samples
        FROM (
          SELECT ${id} AS id, ${codeOf(plan)} AS code FROM ${from} AND ${only} AND $7::uuid IS NOT NULL AND ${range(id)}
          UNION ALL SELECT NULL, NULL WHERE false
        ) sorted
        WHERE $10::bigint[] IS NULL OR code = ANY($10) GROUP BY code`,
      values: [...this.#valuesOf(query), after, upTo, codes],
    });
    return rows.flatMap(({ code, members: counted, samples: sampleIds }) =>
      code === null ? [] : { code: String(code), cohort: cohortOf(plan, String(code)), members: counted, sampleIds: sampleIds ?? [] },
    );
  }

  /** The others, in the order of their ids. */
  async unsortedIdsAfter(query: CohortQuery, after: string | null, limit: number): Promise<string[]> {
    const { rows } = await this.#snapshot.pool.query<{ id: string }>({
      text: `SELECT k.id FROM customers k ${MEMBERSHIP}
        WHERE k.workspace_id = $1 AND ${unsorted(query)}
          AND $6::bigint[] IS NOT NULL AND $7::uuid IS NOT NULL AND ($8::uuid IS NULL OR k.id > $8)
        ORDER BY k.id LIMIT $9`,
      values: [...this.#valuesOf(query), after, limit],
    });
    return rows.map(({ id }) => id);
  }

  #valuesOf({ plan, structureId, isInForce, at, structuresChangedAt }: CohortQuery): unknown[] {
    return [this.#workspaceId, isInForce ? structureId : null, instantToSql(at), instantToSql(structuresChangedAt), plan.heldTierIds, plan.steps.map(String), plan.cardDefinitionId];
  }
}

/** Something is due by then, or was not seen when structures changed. Whom a clock that goes ahead has settled a little later is taken as settled. */
const UNSETTLED = 'k.next_due_at <= $3::timestamptz OR k.settled_at <= $4::timestamptz';
/** Who joined after the structure came into force has no standing in it before the first settlement. */
const UNJUDGED = '$2::uuid IS NOT NULL AND m.customer_id IS NULL';
const REFUNDED = `EXISTS (SELECT 1 FROM operations o WHERE o.workspace_id = $1 AND o.customer_id = k.id AND o.type = 'REFUND')`;

/** Which tier is held, by its place from 1; 0 for none, null for one that is not known, whose members cannot be sorted. */
const HELD = 'CASE WHEN m.tier_id IS NULL THEN 0 ELSE array_position($5::uuid[], m.tier_id) END';

/** Who cannot be sorted. */
function unsorted({ plan: { refundsNeedReplay }, someAreDue }: CohortQuery): string {
  // Where nothing is due, whoever a frozen clock has settled at the very instant of a change is sorted, here as in `fromMemberships`.
  const isUnsettled = someAreDue ? UNSETTLED : '$3::timestamptz IS NULL OR $4::timestamptz IS NULL';
  return `(${isUnsettled} OR (${UNJUDGED}) OR ${HELD} IS NULL ${refundsNeedReplay ? `OR ${REFUNDED}` : ''})`;
}

const MEASURES: Readonly<Record<MeasureSource['kind'], string>> = {
  BALANCE: 'coalesce(c.balance, 0)',
  KEPT_BALANCE: 'coalesce(m.balance, 0)',
  WINDOW: 'coalesce(m.window_earned, 0)',
  EARNED: 'coalesce(earned.points, 0) + coalesce(changed.points, 0)',
};

/** That no step down, no grace and no end is in the way. */
const NOTHING_ELSE = '(m.stepped_down_at IS NULL AND m.grace_ends_at IS NULL AND m.expires_at > $3::timestamptz)';

function isCountable({ isInForce, plan: { source, steps, awardTierIds } }: CohortQuery): boolean {
  const isKept = source.kind === 'KEPT_BALANCE' || source.kind === 'WINDOW';
  return isInForce && isKept && awardTierIds.length === 0 && steps.length <= STEPS_COMPARED;
}

function cohortsIn({ held, reached, sampled }: CountedRow, plan: CohortPlan, samples: number): SortedCohort[] {
  if (held === null) return [];
  const idsAt = new Map<number, string[]>();
  for (const [id = '', measure = '0'] of (sampled ?? []).map((each) => each.split(' '))) {
    const step = plan.steps.filter((each) => each <= BigInt(measure)).length;
    const ids = idsAt.get(step) ?? [];
    if (ids.length < samples) idsAt.set(step, [...ids, id]);
  }
  return reached.flatMap((count, step) => {
    const members = count - (reached[step + 1] ?? 0);
    const code = String((step * (plan.heldTierIds.length + 1) + held) * FLAGS);
    return members === 0 ? [] : { code, cohort: cohortOf(plan, code), members, sampleIds: idsAt.get(step) ?? [] };
  });
}

function codeOf(plan: CohortPlan): string {
  const { source, heldTierIds, awardTierIds } = plan;
  const measure = MEASURES[source.kind];
  const flags = `(CASE WHEN m.stepped_down_at IS NULL THEN 0 ELSE ${STEPPED_DOWN} END) + (CASE WHEN m.grace_ends_at IS NULL THEN 0 ELSE ${IN_GRACE} END)
    + (CASE WHEN m.expires_at <= $3::timestamptz THEN ${ENDED} ELSE 0 END)`;
  // Ids of ours, and no text of anybody's.
  const awarded = awardTierIds.map((id, index) => ` + (CASE WHEN m.entry_awards @> '[["${id}"]]' THEN ${2 ** index} ELSE 0 END)`);
  return `((width_bucket(${measure}, $6::bigint[])::bigint * ${heldTierIds.length + 1} + ${HELD}) * ${FLAGS} + ${flags}) * ${2 ** awardTierIds.length}${awarded.join('')}`;
}

function cohortOf({ heldTierIds, awardTierIds }: CohortPlan, code: string): Cohort {
  let rest = BigInt(code);
  const take = (count: number): number => {
    const digit = Number(rest % BigInt(count));
    rest /= BigInt(count);
    return digit;
  };
  const awarded = take(2 ** awardTierIds.length);
  const flags = take(FLAGS);
  const held = take(heldTierIds.length + 1);
  return {
    heldTierId: heldTierIds[held - 1] ?? null,
    step: Number(rest),
    steppedDown: (flags & STEPPED_DOWN) !== 0,
    inGrace: (flags & IN_GRACE) !== 0,
    ended: (flags & ENDED) !== 0,
    awardedTierIds: awardTierIds.filter((_, index) => (awarded & (2 ** index)) !== 0),
  };
}

/** Where cohorts are read from, with the condition that members can be sorted, and what is their id there. */
interface CohortSource {
  readonly id: string;
  readonly from: string;
}

/**
 * Members by their standing in the structure, which all have who can be sorted. Customers are looked through for the others alone, who
 * are few: to join each of them takes longer than all the rest.
 */
function fromMemberships({ plan: { source }, someAreDue }: CohortQuery): CohortSource {
  const cards = source.kind === 'BALANCE' ? cardsOf('m.customer_id') : '';
  // A slice has so few members that the ids fit into memory, all of them if need be.
  const due = `SELECT k.id FROM customers k WHERE k.workspace_id = $1 AND (${UNSETTLED}) AND ${range('k.id')}`;
  const isSorted = someAreDue ? `m.customer_id NOT IN (${due})` : '$4::timestamptz IS NOT NULL';
  return { id: 'm.customer_id', from: `memberships m ${cards} WHERE m.workspace_id = $1 AND m.structure_id = $2 AND ${isSorted}` };
}

function fromCustomers(query: CohortQuery): CohortSource {
  const { source } = query.plan;
  const cards = source.kind === 'BALANCE' || source.kind === 'EARNED' ? cardsOf('k.id') : '';
  const sums = source.kind === 'EARNED' ? 'LEFT JOIN earned ON earned.card_id = c.id LEFT JOIN changed ON changed.customer_id = k.id' : '';
  return { id: 'k.id', from: `customers k ${MEMBERSHIP} AND ${range('m.customer_id')} ${cards} ${sums} WHERE k.workspace_id = $1 AND NOT ${unsorted(query)}` };
}

const MEMBERSHIP = 'LEFT JOIN memberships m ON m.workspace_id = k.workspace_id AND m.customer_id = k.id AND m.structure_id = $2';

/** The slice is named here too: PostgreSQL does not conclude from the customer's id that only some of the cards are needed. */
function cardsOf(customerId: string): string {
  return `LEFT JOIN cards c ON c.workspace_id = $1 AND c.customer_id = ${customerId} AND c.card_definition_id = $7 AND ${range('c.customer_id')}`;
}

function range(id: string): string {
  return `($8::uuid IS NULL OR ${id} > $8) AND ($9::uuid IS NULL OR ${id} <= $9)`;
}

/**
 * What counts as earned from an instant on, as the timeline counts it: points when they are active, in the window of the
 * purchase; what refunds take, also of what was spent or has expired; adjustments that say so; entry awards. Nothing of it is
 * recorded before it has happened, so that older entries need not be looked at.
 */
function sumsOf({ source }: CohortPlan): string {
  if (source.kind !== 'EARNED') return '';
  const from = `'${instantToSql(source.from)}'::timestamptz`;
  const purchasedSince = `(SELECT t.occurred_at >= ${from} FROM transactions t WHERE t.workspace_id = $1 AND t.id = e.transaction_id)`;
  return `WITH earned AS (
      SELECT e.card_id, sum(CASE
        WHEN e.type = 'REFUND' THEN CASE WHEN ${purchasedSince} THEN -e.points ELSE 0 END
        WHEN e.type = 'ACTIVATION' THEN CASE WHEN ${purchasedSince} THEN e.points ELSE 0 END
        ELSE e.points END)::bigint AS points
      FROM ledger_entries e
      WHERE e.workspace_id = $1 AND e.occurred_at >= ${from}
        AND (e.type = 'ENTRY_AWARD' OR (e.type = 'EARN' AND NOT e.pending) OR e.type = 'ACTIVATION' OR (e.type = 'REFUND' AND e.pending))
      GROUP BY e.card_id
    ), changed AS (
      SELECT customer_id, sum(points)::bigint AS points FROM (
        SELECT o.customer_id, (o.points * CASE WHEN o.data ->> 'qualifying' = 'true' THEN 1 ELSE 0 END) AS points
        FROM operations o
        WHERE o.workspace_id = $1 AND o.type = 'ADJUSTMENT' AND o.card_definition_id = $7 AND o.occurred_at >= ${from}
        UNION ALL
        SELECT o.customer_id, -(d ->> 'points')::bigint
        FROM operations o
          JOIN transactions t ON t.workspace_id = o.workspace_id AND t.id = o.transaction_id AND t.occurred_at >= ${from}
          CROSS JOIN LATERAL jsonb_array_elements(o.data -> 'deductions') d
        WHERE o.workspace_id = $1 AND o.type = 'REFUND' AND o.occurred_at >= ${from} AND (d ->> 'cardDefinitionId')::uuid = $7
      ) each GROUP BY customer_id
    )`;
}

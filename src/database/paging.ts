import type { AnyColumn, SQL } from 'drizzle-orm';
import { and, asc, desc, eq, gt, gte, lt, lte, or, sql } from 'drizzle-orm';
import type { Executor } from './client.ts';

/** Keyset pages: a cursor holds the sort values of a row, so that a page neither skips nor repeats rows. */

/** The instants that a row can have: those of the years 1 to 9999. */
const INSTANT_MIN_MS = Date.parse('0001-01-01T00:00:00.000Z');
const INSTANT_MAX_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

export interface PageRequest {
  /** Number of items, 1 to 100. */
  readonly limit: number;
  /** FORWARD follows the list's order from the cursor on; BACKWARD takes the items right before the cursor. */
  readonly direction: 'FORWARD' | 'BACKWARD';
  /** Sort values of the row at the cursor; null at the end of the list from which the page is taken. */
  readonly cursor: readonly string[] | null;
  /** The bound of the other side, if the caller named both. */
  readonly until: readonly string[] | null;
}

export interface Page<Item> {
  readonly items: readonly { readonly item: Item; readonly cursor: readonly string[] }[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

export interface SortKey {
  readonly column: AnyColumn;
  readonly direction: 'ASC' | 'DESC';
}

/** Condition, order and limit of the statement that reads a page and one row more. The last key must be unique. */
export function pageQuery(keys: readonly SortKey[], page: PageRequest): { where: SQL | undefined; orderBy: SQL[]; limit: number } {
  const backward = page.direction === 'BACKWARD';
  const after = page.cursor === null ? undefined : beyond(keys, page.cursor, backward);
  const until = page.until === null ? undefined : beyond(keys, page.until, !backward);
  const orderBy = keys.map(({ column, direction }) => ((direction === 'ASC') !== backward ? asc(column) : desc(column)));
  return { where: and(after, until), orderBy, limit: page.limit + 1 };
}

/** Rows behind the cursor in the order of the keys, or before it. */
function beyond(keys: readonly SortKey[], cursor: readonly string[], reverse: boolean): SQL | undefined {
  const ascending = ({ direction }: SortKey) => (direction === 'ASC') !== reverse;
  const alternatives = or(
    ...keys.map((key, index) => {
      const equalBefore = keys.slice(0, index).map(({ column }, position) => eq(column, decode(column, cursor[position])));
      return and(...equalBefore, (ascending(key) ? gt : lt)(key.column, decode(key.column, cursor[index])));
    }),
  );
  const [first, ...more] = keys;
  if (first === undefined || more.length === 0) return alternatives;
  // Follows from the alternatives, and lets an index be entered at the cursor, which they do not.
  return and((ascending(first) ? gte : lte)(first.column, decode(first.column, cursor[0])), alternatives);
}

/** A cursor holds texts; instants are kept as milliseconds. */
function decode(column: AnyColumn, value: string | undefined): unknown {
  if (!column.getSQLType().startsWith('timestamp')) return value;
  const milliseconds = Number(value);
  // Only a cursor that somebody made up holds anything else; it then points at the beginning of time.
  return milliseconds >= INSTANT_MIN_MS && milliseconds <= INSTANT_MAX_MS ? milliseconds : 0;
}

/** Turns the rows of `pageQuery` into a page in the list's order. */
export function toPage<Row, Item>(
  rows: readonly Row[],
  page: PageRequest,
  toItem: (row: Row) => Item,
  toCursor: (row: Row) => readonly string[],
): Page<Item> {
  const more = rows.length > page.limit;
  const kept = rows.slice(0, page.limit);
  const backward = page.direction === 'BACKWARD';
  if (backward) kept.reverse();
  return {
    items: kept.map((row) => ({ item: toItem(row), cursor: toCursor(row) })),
    hasNextPage: backward ? page.cursor !== null : more,
    hasPreviousPage: backward ? more : page.cursor !== null,
  };
}

/** The parents of a statement that reads a page of children for each of them, to be joined laterally. */
export function parentsOf(db: Executor, parentIds: readonly string[]) {
  return db
    .select({ id: sql<string>`parent_id`.as('parent_id') })
    .from(sql`unnest(${sql.param([...parentIds])}::uuid[]) as parent_id`)
    .as('parents');
}

/** Turns the rows of such a statement into a page for each parent. */
export function toPages<Row extends { readonly id: string }, Item>(
  rows: readonly { readonly children: Row }[],
  parentIds: readonly string[],
  page: PageRequest,
  parentOf: (row: Row) => string | null,
  toItem: (row: Row) => Item,
): ReadonlyMap<string, Page<Item>> {
  const rowsByParent = new Map(parentIds.map((id): [string, Row[]] => [id, []]));
  for (const { children } of rows) rowsByParent.get(parentOf(children) ?? '')?.push(children);
  return new Map([...rowsByParent].map(([id, own]) => [id, toPage(own, page, toItem, (row) => [row.id])]));
}

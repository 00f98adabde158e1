import type pg from 'pg';

/** How many rows of the tables, and entries of their indexes, the transaction has looked at. */
export async function tuplesLookedAt(transaction: Pick<pg.PoolClient, 'query'>, tables: readonly string[]): Promise<number> {
  const { rows } = await transaction.query<{ tuples: number }>(
    `SELECT sum(pg_stat_get_xact_tuples_returned(oid))::int AS tuples FROM pg_class
     WHERE oid = ANY($1::regclass[]) OR oid IN (SELECT indexrelid FROM pg_index WHERE indrelid = ANY($1::regclass[]))`,
    [tables],
  );
  return rows[0]!.tuples;
}

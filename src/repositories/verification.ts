import { and, asc, eq, gt } from 'drizzle-orm';
import type { Executor } from '../database/client.ts';
import { customers } from '../database/tables/customers.ts';

/** The next members of a workspace, in the order of their ids. */
export async function memberIdsAfter(db: Executor, workspaceId: string, after: string | null, limit: number): Promise<string[]> {
  const rows = await db
    .select({ id: customers.id })
    .from(customers)
    .where(and(eq(customers.workspaceId, workspaceId), after === null ? undefined : gt(customers.id, after)))
    .orderBy(asc(customers.id))
    .limit(limit);
  return rows.map(({ id }) => id);
}

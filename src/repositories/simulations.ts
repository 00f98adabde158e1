import { asc, count, eq, gt, and } from 'drizzle-orm';
import type { Snapshot } from '../database/client.ts';
import { customers } from '../database/tables/customers.ts';
import { workspaces } from '../database/tables/workspaces.ts';
import type { Instant } from '../domain/time.ts';

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

  async members(): Promise<number> {
    const [row] = await this.#snapshot.db.select({ members: count() }).from(customers).where(eq(customers.workspaceId, this.#workspaceId));
    return row?.members ?? 0;
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
}

import { and, asc, eq, inArray, ne } from 'drizzle-orm';
import { LRUCache } from 'lru-cache';
import type { Executor } from '../database/client.ts';
import { toCardDefinition, toEarnRule, toReward, toTierStructure } from '../database/rows.ts';
import { cardDefinitions } from '../database/tables/cards.ts';
import { earnRuleVersions, earnRules } from '../database/tables/earning.ts';
import { rewards } from '../database/tables/rewards.ts';
import { tierStructures, tiers } from '../database/tables/structures.ts';
import { workspaces } from '../database/tables/workspaces.ts';
import type { Program } from '../domain/program.ts';
import { createProgram } from '../domain/program.ts';

const PROGRAMS_MAX = 1_000;

/**
 * Workspaces' configurations, kept while their version stays the same. A caller always names the
 * version that it read in its own statement, so a cached configuration is never out of date.
 */
export class ProgramCache {
  readonly #programs = new LRUCache<string, Program>({ max: PROGRAMS_MAX });

  /** The configuration at the version, or a newer one if it has changed meanwhile. */
  async get(db: Executor, workspaceId: string, configurationVersion: bigint): Promise<Program> {
    const known = this.#programs.get(workspaceId);
    if (known?.configurationVersion === configurationVersion) return known;
    const program = await loadProgram(db, workspaceId);
    this.#programs.set(workspaceId, program);
    return program;
  }
}

/** The configuration version now; null if there is no such workspace. */
export async function configurationVersion(db: Executor, workspaceId: string): Promise<bigint | null> {
  const [row] = await db
    .select({ version: workspaces.configurationVersion })
    .from(workspaces)
    .where(eq(workspaces.workspaceId, workspaceId));
  return row?.version ?? null;
}

async function loadProgram(db: Executor, workspaceId: string): Promise<Program> {
  // The version is read first: if the configuration changes in between, what is read is newer than
  // its version says, and the next caller reads it again.
  const [workspace] = await db.select().from(workspaces).where(eq(workspaces.workspaceId, workspaceId));
  if (workspace === undefined) throw new Error('A request acts in a workspace that exists.');
  const definitions = await db.select().from(cardDefinitions).where(eq(cardDefinitions.workspaceId, workspaceId));
  const structures = await db
    .select()
    .from(tierStructures)
    .where(and(eq(tierStructures.workspaceId, workspaceId), inArray(tierStructures.status, ['ACTIVE', 'INACTIVE', 'DELETED'])))
    .orderBy(asc(tierStructures.createdAt), asc(tierStructures.id));
  const tierRows = await db.select().from(tiers).where(eq(tiers.workspaceId, workspaceId));
  const rules = await db
    .select()
    .from(earnRules)
    .where(eq(earnRules.workspaceId, workspaceId))
    .orderBy(asc(earnRules.createdAt), asc(earnRules.id));
  const versions = await db.select().from(earnRuleVersions).where(eq(earnRuleVersions.workspaceId, workspaceId));
  const rewardRows = await db
    .select()
    .from(rewards)
    .where(and(eq(rewards.workspaceId, workspaceId), ne(rewards.status, 'DELETED')))
    .orderBy(asc(rewards.createdAt), asc(rewards.id));
  return createProgram({
    workspaceId,
    timeZone: workspace.timeZone,
    configurationVersion: workspace.configurationVersion,
    structuresChangedAt: workspace.structuresChangedAt,
    backdatingDays: workspace.backdatingDays,
    cardDefinitions: definitions.map(toCardDefinition),
    structures: structures
      .map((structure) => toTierStructure(structure, tierRows))
      .filter(({ activePeriods }) => activePeriods.length > 0),
    earnRules: rules.map((rule) => toEarnRule(rule, versions)),
    rewards: rewardRows.map(toReward),
  });
}

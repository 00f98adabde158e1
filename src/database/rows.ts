import type { CardDefinition } from '../domain/cards.ts';
import type { EarnRule, EarnRuleVersion } from '../domain/earning.ts';
import type { Tier, TierStructure } from '../domain/structures.ts';
import { NEVER } from '../domain/time.ts';
import type { cardDefinitions } from './tables/cards.ts';
import type { earnRuleVersions, earnRules } from './tables/earning.ts';
import type { tierStructures, tiers } from './tables/structures.ts';

/** Rows of configuration as the domain knows them. Several repositories read these tables. */

export function toCardDefinition(row: typeof cardDefinitions.$inferSelect): CardDefinition {
  const { workspaceId: _, ...definition } = row;
  return definition;
}

export function toTierStructure(
  row: typeof tierStructures.$inferSelect,
  tierRows: readonly (typeof tiers.$inferSelect)[],
): TierStructure {
  const { workspaceId: _, activePeriods, ...structure } = row;
  return {
    ...structure,
    activePeriods: activePeriods.map(([start, end]) => ({ start, end: end ?? NEVER })),
    tiers: tierRows
      .filter(({ structureId }) => structureId === row.id)
      .map(toTier)
      .sort((a, b) => (a.minPoints < b.minPoints ? -1 : 1)),
  };
}

export function toTier(row: typeof tiers.$inferSelect): Tier {
  const { workspaceId: _, ...tier } = row;
  return tier;
}

export function toEarnRule(
  row: typeof earnRules.$inferSelect,
  versionRows: readonly (typeof earnRuleVersions.$inferSelect)[],
): EarnRule {
  const { workspaceId: _, ...rule } = row;
  const versions = versionRows.filter(({ earnRuleId }) => earnRuleId === row.id).map(toEarnRuleVersion);
  return { ...rule, versions: versions.sort((a, b) => a.number - b.number) };
}

export function toEarnRuleVersion(row: typeof earnRuleVersions.$inferSelect): EarnRuleVersion {
  const { workspaceId: _, terms, ...version } = row;
  return { ...terms, ...version };
}

import type { CardDefinition } from '../domain/cards.ts';
import type { EarnCaps, EarnRule, EarnRuleTerms, EarnRuleVersion } from '../domain/earning.ts';
import { NO_CAPS } from '../domain/earning.ts';
import type { RewardGrant } from '../domain/grants.ts';
import type { Reward, RewardTrigger } from '../domain/rewards.ts';
import type { EntryAward, PointEarned, StructureRevision, Tier, TierStructure } from '../domain/structures.ts';
import { NEVER } from '../domain/time.ts';
import type { cardDefinitions } from './tables/cards.ts';
import type { StoredCaps, StoredTerms, earnRuleVersions, earnRules } from './tables/earning.ts';
import type { StoredTrigger, rewardGrants, rewards } from './tables/rewards.ts';
import type { StoredEntryAward, StoredRevision, tierStructures, tiers } from './tables/structures.ts';

/** Rows as the domain knows them, of tables that several repositories read. */

export function toCardDefinition(row: typeof cardDefinitions.$inferSelect): CardDefinition {
  const { workspaceId: _, ...definition } = row;
  return definition;
}

export function toTierStructure(
  row: typeof tierStructures.$inferSelect,
  tierRows: readonly (typeof tiers.$inferSelect)[],
): TierStructure {
  const { workspaceId: _, activePeriods, revisionEffectiveAt, revisionRollout, ...structure } = row;
  return {
    ...structure,
    pointEarned: row.pointEarned === null ? null : toPointEarned(row.pointEarned),
    revision: { number: row.revision, effectiveAt: revisionEffectiveAt, rollout: revisionRollout },
    formerRevisions: row.formerRevisions.map(toRevision),
    activePeriods: activePeriods.map(([start, end]) => ({ start, end: end ?? NEVER })),
    tiers: tierRows
      .filter(({ structureId, removedAt }) => structureId === row.id && removedAt === null)
      .map(toTier)
      .sort((a, b) => (a.minPoints < b.minPoints ? -1 : 1)),
  };
}

export function toTier(row: typeof tiers.$inferSelect): Tier {
  const { workspaceId: _, entryAward, ...tier } = row;
  return { ...tier, entryAward: toEntryAward(entryAward) };
}

function toRevision({ tiers: stored, ...revision }: StoredRevision): StructureRevision {
  return {
    ...revision,
    pointEarned: revision.pointEarned === null ? null : toPointEarned(revision.pointEarned),
    tiers: stored.map(({ key = '', minPoints, maxPoints, entryAward, ...tier }) => ({
      ...tier,
      key,
      minPoints: BigInt(minPoints),
      maxPoints: maxPoints === null ? null : BigInt(maxPoints),
      entryAward: toEntryAward(entryAward),
    })),
  };
}

/** What was stored before there were other windows has none. */
function toPointEarned(stored: Omit<PointEarned, 'window'> & Partial<PointEarned>): PointEarned {
  return { ...stored, window: stored.window ?? 'CALENDAR' };
}

function toEntryAward(stored: StoredEntryAward | null): EntryAward | null {
  return stored === null ? null : { ...stored, points: BigInt(stored.points) };
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
  const { caps, expiration = null, ...rest } = terms;
  return { ...rest, caps: caps === undefined ? NO_CAPS : fromStoredCaps(caps), expiration, ...version };
}

export function toStoredTerms({ caps, ...terms }: EarnRuleTerms): StoredTerms {
  return { ...terms, caps: toStoredCaps(caps) };
}

function toStoredCaps({ perTransaction, perPeriod, balance }: EarnCaps): StoredCaps {
  return {
    perTransaction: perTransaction === null ? null : String(perTransaction),
    perPeriod: perPeriod.map(({ unit, points }) => ({ unit, points: String(points) })),
    balance: balance === null ? null : String(balance),
  };
}

function fromStoredCaps({ perTransaction, perPeriod, balance }: StoredCaps): EarnCaps {
  return {
    perTransaction: perTransaction === null ? null : BigInt(perTransaction),
    perPeriod: perPeriod.map(({ unit, points }) => ({ unit, points: BigInt(points) })),
    balance: balance === null ? null : BigInt(balance),
  };
}

/** A grant without what only those look at who tell that it expires. */
export function toGrant({ workspaceId: _, expiryNoticedAt: __, expirationToldAt: ___, ...grant }: typeof rewardGrants.$inferSelect): RewardGrant {
  return grant;
}

/** A reward without the texts of its receipts, which decisions do without. */
export function toReward({ workspaceId: _, receipts: __, trigger, activePeriods, ...reward }: typeof rewards.$inferSelect): Reward {
  return {
    ...reward,
    trigger: trigger === null ? null : toTrigger(trigger),
    activePeriods: activePeriods.map(([start, end]) => ({ start, end: end ?? NEVER })),
  };
}

function toTrigger(stored: StoredTrigger): RewardTrigger {
  return stored.type === 'EVERY_NTH_VISIT' ? stored : { ...stored, points: BigInt(stored.points) };
}

export function toStoredTrigger(trigger: RewardTrigger): StoredTrigger {
  return trigger.type === 'EVERY_NTH_VISIT' ? trigger : { ...trigger, points: String(trigger.points) };
}

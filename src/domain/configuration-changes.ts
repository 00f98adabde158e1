import type { CardDefinition } from './cards.ts';
import type { Plain, PlainDifference } from './configuration-document.ts';
import type { EarnRule } from './earning.ts';
import type { CatalogueReward } from './rewards.ts';
import type { Publication, Tier, TierStructure } from './structures.ts';
import type { Workspace } from './workspaces.ts';

/** What a plan consists of: what is recorded of each change, and what is stored. */

export type PlannedAction = 'CREATE' | 'UPDATE' | 'ACTIVATE' | 'DEACTIVATE' | 'DRAFT' | 'PUBLISH' | 'RETIRE' | 'DELETE';

export type PlannedObject = 'WORKSPACE' | 'CARD_DEFINITION' | 'TIER_STRUCTURE' | 'TIER_STRUCTURE_DRAFT' | 'TIER' | 'EARN_RULE' | 'REWARD';

/** One change, which becomes one entry of the audit log. */
export interface PlannedChange {
  readonly action: PlannedAction;
  readonly object: PlannedObject;
  /** Null for the workspace. A tier is named with its structure. */
  readonly key: string | null;
  readonly fields: readonly PlainDifference[];
}

/** How many objects changes concern. */
export interface PlanCounts {
  readonly createdCount: number;
  readonly updatedCount: number;
  readonly deletedCount: number;
}

/** Each object counts once, whatever becomes of it besides: as created, as deleted (a rule: as retired), or else as updated. */
export function countsOf(changes: readonly PlannedChange[]): PlanCounts {
  const named = (of: readonly PlannedChange[]) => new Set(of.map(({ object, key }) => `${object} ${key ?? ''}`));
  const created = named(changes.filter(({ action }) => action === 'CREATE'));
  const deleted = named(changes.filter(({ action }) => action === 'DELETE' || action === 'RETIRE'));
  const updated = [...named(changes)].filter((name) => !created.has(name) && !deleted.has(name));
  return { createdCount: created.size, updatedCount: updated.length, deletedCount: deleted.size };
}

/** What is to be stored. Each leads to one or several changes, in the order in which they are recorded. */
export type PlannedWrite =
  | { readonly kind: 'WORKSPACE'; readonly before: Workspace; readonly after: Workspace }
  | { readonly kind: 'CARD_DEFINITION'; readonly action: PlannedAction; readonly before: CardDefinition | null; readonly after: CardDefinition }
  | { readonly kind: 'NEW_TIER_STRUCTURE'; readonly after: TierStructure }
  | { readonly kind: 'TIER_STRUCTURE'; readonly action: PlannedAction; readonly before: TierStructure; readonly after: TierStructure }
  /** The tiers of a structure, which itself stays as it is. */
  | { readonly kind: 'TIERS'; readonly before: TierStructure; readonly after: TierStructure }
  | { readonly kind: 'PUBLICATION'; readonly publication: Publication }
  | { readonly kind: 'EARN_RULE'; readonly action: PlannedAction; readonly before: EarnRule | null; readonly after: EarnRule }
  | { readonly kind: 'REWARD'; readonly action: PlannedAction; readonly before: CatalogueReward | null; readonly after: CatalogueReward };

/** Tiers that are new or changed, each with what it was, and those that are gone: what a publication and a draft record alike. */
export function tiersChanged(
  before: TierStructure,
  after: TierStructure,
): { readonly changed: readonly (readonly [Tier | null, Tier])[]; readonly removed: readonly Tier[] } {
  const former = new Map(before.tiers.map((tier) => [tier.id, tier]));
  const kept = new Set(after.tiers.map(({ id }) => id));
  return {
    changed: after.tiers.flatMap((tier) => (former.get(tier.id) === tier ? [] : [[former.get(tier.id) ?? null, tier] as const])),
    removed: before.tiers.filter(({ id }) => !kept.has(id)),
  };
}

/** A step says where it leads; what is gone says nothing. */
export function fieldsOf(action: PlannedAction, fields: readonly PlainDifference[]): readonly PlainDifference[] {
  return action === 'DELETE' ? [] : fields;
}

export function withoutKey({ key: _, ...fields }: Readonly<Record<string, Plain>>): Readonly<Record<string, Plain>> {
  return fields;
}

import type { PlannedAction, PlannedChange } from './configuration-changes.ts';
import { fieldsOf, tiersChanged, withoutKey } from './configuration-changes.ts';
import type { TierSection, TierStructureSection } from './configuration-document.ts';
import { isSamePlain, plainDifferences, plainTier, plainTierStructure, tierName, tierSection, tierStructureSection } from './configuration-document.ts';
import type { DocumentPath, Planning } from './configuration-planning.ts';
import { NO_KEYS } from './configuration-planning.ts';
import type { ForceContext, Tier, TierRule, TierSettings, TierStructure, TierStructureSettings } from './structures.ts';
import {
  activateTierStructure,
  cardDefinitionsOf,
  createTierStructure,
  draftTierRules,
  publishTierStructure,
  replaceTiers,
  stepTierStructure,
  updateTier,
  updateTierStructure,
} from './structures.ts';

/** What becomes of tier structures, and of their tiers, on the way to a document. */

const STRUCTURES = 'tierStructures';

/** Those that stand down come first, so that nothing stands in the way of those that come into force. */
export function planStructures(planning: Planning): void {
  const sections = (planning.document.tierStructures ?? []).map((section, index) => ({ section, path: [STRUCTURES, index] }));
  for (const structure of [...planning.structures.values()]) {
    if (planning.isPruned(structure.id)) stepStructure(planning, structure, 'DELETE', [STRUCTURES]);
  }
  const standsDown = ({ section }: (typeof sections)[number]) => section.status !== 'ACTIVE' && planning.structureByKey(section.key) !== null;
  const later = sections.filter((each) => !standsDown(each));
  for (const { section, path } of [...sections.filter(standsDown), ...later]) {
    const before = planning.structureByKey(section.key);
    if (before === null) createStructure(planning, section, path);
    else changeStructure(planning, before, section, path);
  }
}

function createStructure(planning: Planning, section: TierStructureSection, path: DocumentPath): void {
  const { ids } = planning.context;
  const settings = structureSettings(planning, section, path);
  const tiers = section.tiers.map((tier, index) => tierSettings(planning, tier, [...path, 'tiers', index]));
  const newIds = { structure: ids.next(), tiers: tiers.map(() => ids.next()) };
  const created = createTierStructure(settings, tiers, newIds, NO_KEYS, planning.now);
  if (!planning.accept(created, path)) return;
  // It was in force elsewhere and is not now; here it never was, and nobody is judged by it.
  const status = section.status === 'INACTIVE' ? 'INACTIVE' : 'DRAFT';
  const structure: TierStructure = { ...created.value, status };
  planning.keepStructure(structure);
  const plain = withoutKey(plainTierStructure(tierStructureSection(structure, planning.names())));
  planning.write(
    { kind: 'NEW_TIER_STRUCTURE', after: structure },
    { action: 'CREATE', object: 'TIER_STRUCTURE', key: structure.key, fields: plainDifferences(undefined, plain) },
    ...structure.tiers.map((tier) => tierChange(planning, structure, null, tier)),
  );
  if (section.status === 'ACTIVE') activateStructure(planning, structure.id, path);
}

function changeStructure(planning: Planning, found: TierStructure, section: TierStructureSection, path: DocumentPath): void {
  const { id } = found;
  if (found.status !== 'DRAFT' && section.status === 'DRAFT') stepStructure(planning, found, 'DRAFT', path);
  // Rules in force change by a revision, which needs a structure in force.
  if (found.status === 'INACTIVE' && section.status === 'ACTIVE') activateStructure(planning, id, path);
  updateStructure(planning, id, section, path);
  if (planning.structure(id).status === 'DRAFT') changeTiers(planning, id, section, path);
  else {
    renameTiers(planning, id, section, path);
    if (!hasSameRules(planning, planning.structure(id), section)) reviseStructure(planning, id, section, path);
  }
  const { status } = planning.structure(id);
  if (status === 'DRAFT' && section.status === 'ACTIVE') activateStructure(planning, id, path);
  if (status !== 'INACTIVE' && section.status === 'INACTIVE') stepStructure(planning, planning.structure(id), 'DEACTIVATE', path);
}

/** Name and metadata, and in a draft everything but the tiers. */
function updateStructure(planning: Planning, id: string, section: TierStructureSection, path: DocumentPath): void {
  const before = planning.structure(id);
  const always: readonly (keyof TierStructureSettings)[] = ['name', 'metadata'];
  const changed = changedSettings(planning, before, section).filter((field) => before.status === 'DRAFT' || always.includes(field));
  if (changed.length === 0) return;
  const settings = structureSettings(planning, section, path);
  const changes = Object.fromEntries(changed.map((field) => [field, settings[field]]));
  const updated = updateTierStructure(before, changes, null, NO_KEYS, planning.now);
  if (planning.accept(updated, path)) writeStructure(planning, 'UPDATE', before, updated.value);
}

function changedSettings(planning: Planning, before: TierStructure, section: TierStructureSection): (keyof TierStructureSettings)[] {
  const own = tierStructureSection(before, planning.names());
  const { settings } = section;
  const fields = (Object.keys(settings) as (keyof typeof settings)[]).filter((field) => {
    const changed = plainTierStructure({ ...own, settings: { ...own.settings, [field]: settings[field] } });
    return !isSamePlain(changed, plainTierStructure(own));
  });
  return own.cardDefinition === section.cardDefinition ? fields : [...fields, 'cardDefinitionId'];
}

function changeTiers(planning: Planning, id: string, section: TierStructureSection, path: DocumentPath): void {
  const before = planning.structure(id);
  const rules = tierRules(planning, before, section, path);
  const isSame = rules.length === before.tiers.length && section.tiers.every((tier) => isSameTier(planning, before, tier));
  if (isSame) return;
  const replaced = replaceTiers(before, rules, rules.map(() => planning.context.ids.next()), null, planning.now);
  if (planning.accept(replaced, path)) writeTiers(planning, before, replaced.value);
}

/** Names and metadata of tiers, which may change while the rules hold. */
function renameTiers(planning: Planning, id: string, section: TierStructureSection, path: DocumentPath): void {
  for (const [index, { key, settings }] of section.tiers.entries()) {
    const before = planning.structure(id);
    const tier = before.tiers.find((each) => each.key === key);
    if (tier === undefined) continue;
    const own = tierSection(tier, planning.names());
    const renamed = { ...own, settings: { ...own.settings, name: settings.name, metadata: settings.metadata } };
    if (isSamePlain(plainTier(renamed), plainTier(own))) continue;
    const updated = updateTier(before, tier.id, { name: settings.name, metadata: settings.metadata }, null, planning.now);
    if (planning.accept(updated, [...path, 'tiers', index])) writeTiers(planning, before, updated.value);
  }
}

function reviseStructure(planning: Planning, id: string, section: TierStructureSection, path: DocumentPath): void {
  const structure = planning.structure(id);
  const settings = structureSettings(planning, section, path);
  const changed = changedSettings(planning, structure, section);
  const changes = Object.fromEntries(changed.map((field) => [field, settings[field]]));
  const tiers = tierRules(planning, structure, section, path);
  const { ids } = planning.context;
  const drafted = draftTierRules(structure, { changes, tiers }, { structure: ids.next(), tiers: tiers.map(() => ids.next()) }, null, planning.now);
  if (!planning.accept(drafted, path)) return;
  const published = publishTierStructure(drafted.value, structure, section.rollout, forceContextOf(planning, drafted.value, id));
  if (!planning.accept(published, path)) return;
  const { before, after } = published.value;
  planning.keepStructure(after);
  planning.structureChanged(id, after.revision.effectiveAt ?? planning.now);
  const names = planning.names();
  const plain = (of: TierStructure) => withoutKey(plainTierStructure(tierStructureSection(of, names)));
  // No part of what is configured, but of what the change does to customers.
  const rollout = { field: ['rollout'], before: undefined, after: section.rollout };
  planning.write(
    { kind: 'PUBLICATION', publication: published.value },
    { action: 'PUBLISH', object: 'TIER_STRUCTURE', key: after.key, fields: [...plainDifferences(plain(before), plain(after)), rollout] },
    ...tierChanges(planning, before, after),
  );
}

function activateStructure(planning: Planning, id: string, path: DocumentPath): void {
  const before = planning.structure(id);
  const activated = activateTierStructure(before, { ...forceContextOf(planning, before, id), effectiveAt: null });
  if (!planning.accept(activated, path)) return;
  writeStructure(planning, 'ACTIVATE', before, activated.value);
  planning.structureChanged(id, planning.now);
}

function stepStructure(planning: Planning, before: TierStructure, lifecycleStep: 'DEACTIVATE' | 'DRAFT' | 'DELETE', path: DocumentPath): void {
  const { id } = before;
  const held = planning.context.heldStructures.has(id);
  const stepped = stepTierStructure(before, lifecycleStep, { held, expectedVersion: null, now: planning.now, settledUpTo: planning.settledUpToOf(id) });
  if (!planning.accept(stepped, path, before.key)) return;
  writeStructure(planning, lifecycleStep, before, stepped.value);
  if (before.status === 'ACTIVE') planning.structureChanged(id, stepped.value.activePeriods.at(-1)?.end ?? planning.now);
  if (lifecycleStep === 'DELETE') planning.remove(id);
  if (lifecycleStep === 'DEACTIVATE') return;
  for (const draft of planning.drafts.filter(({ draftOf }) => draftOf === id)) {
    const deleted = stepTierStructure(draft, 'DELETE', { held: false, expectedVersion: null, now: planning.now, settledUpTo: null });
    if (!planning.accept(deleted, path)) continue;
    const change: PlannedChange = { action: 'DELETE', object: 'TIER_STRUCTURE_DRAFT', key: draft.key, fields: [] };
    planning.write({ kind: 'TIER_STRUCTURE', action: 'DELETE', before: draft, after: deleted.value }, change);
  }
  planning.removeDraftsOf(id);
}

function writeStructure(planning: Planning, action: PlannedAction, before: TierStructure, after: TierStructure): void {
  planning.keepStructure(after);
  const names = planning.names();
  const plain = (of: TierStructure) => (of.status === 'DELETED' ? undefined : withoutKey(plainTierStructure(tierStructureSection(of, names))));
  const fields = fieldsOf(action, plainDifferences(plain(before), plain(after)));
  planning.write({ kind: 'TIER_STRUCTURE', action, before, after }, { action, object: 'TIER_STRUCTURE', key: after.key, fields });
}

function writeTiers(planning: Planning, before: TierStructure, after: TierStructure): void {
  planning.keepStructure(after);
  planning.write({ kind: 'TIERS', before, after }, ...tierChanges(planning, before, after));
}

/** In the order in which the tiers of a structure are recorded. */
function tierChanges(planning: Planning, before: TierStructure, after: TierStructure): PlannedChange[] {
  const { changed, removed } = tiersChanged(before, after);
  return [...changed.map(([former, tier]) => tierChange(planning, after, former, tier)), ...removed.map((tier) => tierChange(planning, after, tier, null))];
}

function tierChange(planning: Planning, structure: TierStructure, before: Tier | null, after: Tier | null): PlannedChange {
  const names = planning.names();
  const plain = (tier: Tier | null) => (tier === null ? undefined : withoutKey(plainTier(tierSection(tier, names))));
  const action = before === null ? 'CREATE' : after === null ? 'DELETE' : 'UPDATE';
  const key = tierName(structure.key, (after ?? before)?.key ?? '');
  return { action, object: 'TIER', key, fields: fieldsOf(action, plainDifferences(plain(before), plain(after))) };
}

/** Whether a structure says what the section does, but for names and metadata. */
export function hasSameRules(planning: Planning, structure: TierStructure, section: TierStructureSection): boolean {
  const rulesChanged = changedSettings(planning, structure, section).some((field) => field !== 'name' && field !== 'metadata');
  if (rulesChanged || structure.tiers.length !== section.tiers.length) return false;
  return section.tiers.every((tier) => {
    const own = structure.tiers.find(({ key }) => key === tier.key);
    return own !== undefined && isSameTier(planning, structure, { ...tier, settings: { ...tier.settings, name: own.name, metadata: own.metadata } });
  });
}

function isSameTier(planning: Planning, structure: TierStructure, section: TierSection): boolean {
  const own = structure.tiers.find(({ key }) => key === section.key);
  return own !== undefined && isSamePlain(plainTier(tierSection(own, planning.names())), plainTier(section));
}

function tierRules(planning: Planning, structure: TierStructure, section: TierStructureSection, path: DocumentPath): TierRule[] {
  return section.tiers.map((tier, index): TierRule => {
    const own = structure.tiers.find(({ key }) => key === tier.key);
    if (own !== undefined && isSameTier(planning, structure, tier)) return { ...settingsOf(own), tierId: own.id };
    return { ...tierSettings(planning, tier, [...path, 'tiers', index]), tierId: own?.id ?? null };
  });
}

function structureSettings(planning: Planning, { key, cardDefinition, settings }: TierStructureSection, path: DocumentPath): TierStructureSettings {
  return { ...settings, key, cardDefinitionId: planning.refer(cardDefinition, [...path, 'cardDefinition']) };
}

function tierSettings(planning: Planning, { key, settings, entryAward }: TierSection, path: DocumentPath): TierSettings {
  const award = entryAward === null ? null : { points: entryAward.points, cardDefinitionId: planning.refer(entryAward.cardDefinition, [...path, 'entryAward', 'cardDefinition']) };
  return { ...settings, key, entryAward: award };
}

function forceContextOf(planning: Planning, rules: TierStructure, id: string): ForceContext {
  const named = cardDefinitionsOf(rules).flatMap((each) => planning.cards.get(each) ?? []);
  return {
    cardDefinitionStatuses: new Map(named.map((card) => [card.id, card.status])),
    activeStructures: [...planning.structures.values()].filter(({ status }) => status === 'ACTIVE'),
    expectedVersion: null,
    now: planning.now,
    settledUpTo: planning.settledUpToOf(id),
  };
}

function settingsOf({ key, name, minPoints, maxPoints, noDowngrade, entryAward, pointExpiration, metadata }: Tier): TierSettings {
  return { key, name, minPoints, maxPoints, noDowngrade, entryAward, pointExpiration, metadata };
}

import type { PlannedChange } from './configuration-changes.ts';
import { withoutKey } from './configuration-changes.ts';
import type { EarnRuleSection, EarnRuleVersionSection, KeyNames, PlainDifference } from './configuration-document.ts';
import { isSameTerms, plainDifferences, plainEarnRule, plainVersion, termsInTime, versionSection } from './configuration-document.ts';
import type { DocumentPath, Planning } from './configuration-planning.ts';
import { NO_KEYS } from './configuration-planning.ts';
import type { EarnRule, EarnRuleTerms } from './earning.ts';
import { checkTerms, createEarnRule, publishEarnRule, retireEarnRule, updateEarnRule } from './earning.ts';
import type { Instant } from './time.ts';

/** What becomes of earn rules on the way to a document. */

const RULES = 'earnRules';

interface PlannedVersion {
  readonly effectiveAt: Instant | null;
  readonly terms: EarnRuleTerms;
  readonly path: DocumentPath;
}

/** Makes room for new ones. */
export function retireRules(planning: Planning): void {
  for (const before of [...planning.rules.values()]) {
    if (!planning.isPruned(before.id)) continue;
    const after = retireEarnRule(before, planning.now);
    planning.remove(before.id);
    planning.write({ kind: 'EARN_RULE', action: 'RETIRE', before, after }, { action: 'RETIRE', object: 'EARN_RULE', key: before.key, fields: [] });
  }
}

export function planRules(planning: Planning): void {
  for (const [index, section] of (planning.document.earnRules ?? []).entries()) {
    const path = [RULES, index];
    const before = planning.ruleByKey(section.key);
    const versions = versionsAt(planning, section, path);
    if (versions === null) continue;
    if (before === null) createRule(planning, section, versions, path);
    else changeRule(planning, before, section, versions, path);
  }
}

/** What the section says from now on; null if it cannot be said. What has begun by now is in force, the last of it alone. */
function versionsAt(planning: Planning, { versions }: EarnRuleSection, path: DocumentPath): readonly PlannedVersion[] | null {
  const tierIds = planning.tierIds();
  let allFit = true;
  const planned = versions.map((section, index): PlannedVersion => {
    const place = [...path, 'versions', index];
    const former = versions[index - 1]?.effectiveAt ?? null;
    if (index > 0 && (section.effectiveAt === null || (former !== null && section.effectiveAt <= former))) {
      allFit = false;
      const message = 'Every version but the first says from when it applies, later than the one before.';
      planning.report({ code: 'INVALID_EFFECTIVE_AT', message, path: [...place, 'effectiveAt'] });
    }
    const terms = checkTerms(termsOf(planning, section, place), tierIds);
    if (!planning.accept(terms, place)) allFit = false;
    return { effectiveAt: section.effectiveAt, terms: terms.ok ? terms.value : termsOf(planning, section, place), path: place };
  });
  if (planned.length === 0) {
    planning.report({ code: 'INVALID_RATE', message: 'A rule has at least one version.', path: [...path, 'versions'] });
    return null;
  }
  if (!allFit) return null;
  const begun = planned.filter(({ effectiveAt }) => effectiveAt === null || effectiveAt <= planning.now).at(-1);
  const later = planned.filter(({ effectiveAt }) => effectiveAt !== null && effectiveAt > planning.now);
  return [...(begun === undefined ? [] : [{ ...begun, effectiveAt: null }]), ...later];
}

function createRule(planning: Planning, { key, name, cardDefinition }: EarnRuleSection, [first, ...later]: readonly PlannedVersion[], path: DocumentPath): void {
  const cardDefinitionId = planning.refer(cardDefinition, [...path, 'cardDefinition']);
  if (first === undefined || cardDefinitionId === null) return;
  const { ids } = planning.context;
  const created = createEarnRule(
    { key, name, cardDefinitionId, terms: first.terms },
    {
      takenKeys: NO_KEYS,
      cardDefinitionActive: planning.cards.get(cardDefinitionId)?.status === 'ACTIVE',
      tierIds: planning.tierIds(),
      rulesInForce: planning.rules.size,
      ids: { rule: ids.next(), version: ids.next() },
      effectiveAt: first.effectiveAt,
      now: planning.now,
    },
  );
  if (!planning.accept(created, path)) return;
  const after = created.value;
  planning.keepRule(after);
  const plain = withoutKey(plainEarnRule({ key, name, cardDefinition, versions: [] }));
  planning.write(
    { kind: 'EARN_RULE', action: 'CREATE', before: null, after },
    { action: 'CREATE', object: 'EARN_RULE', key, fields: plainDifferences(undefined, plain) },
    publicationChange(planning, after, null, first),
  );
  for (const version of later) publishVersion(planning, after.id, version, null);
}

function changeRule(planning: Planning, found: EarnRule, section: EarnRuleSection, versions: readonly PlannedVersion[], path: DocumentPath): void {
  if (section.cardDefinition !== planning.names().cardDefinition(found.cardDefinitionId)) {
    const message = 'An earn rule gives points on one card definition for good. Create another rule, and retire this one.';
    planning.report({ code: 'NOT_CHANGEABLE', message, path: [...path, 'cardDefinition'] });
  }
  if (section.name !== found.name) renameRule(planning, found, section.name, path);
  publishVersions(planning, found, versions, [...path, 'versions', 0, 'effectiveAt']);
}

function renameRule(planning: Planning, before: EarnRule, name: string, path: DocumentPath): void {
  const updated = updateEarnRule(before, { name }, null, NO_KEYS, planning.now);
  if (!planning.accept(updated, path)) return;
  planning.keepRule(updated.value);
  const fields = plainDifferences({ name: before.name }, { name });
  planning.write({ kind: 'EARN_RULE', action: 'UPDATE', before, after: updated.value }, { action: 'UPDATE', object: 'EARN_RULE', key: before.key, fields });
}

/**
 * From each instant at which either says something new, what the document says must be what is said.
 * @param path of the first version's beginning
 */
function publishVersions(planning: Planning, found: EarnRule, versions: readonly PlannedVersion[], path: DocumentPath): void {
  const names = planning.names();
  const said = termsInTime(found, planning.now).map(({ effectiveAt, terms }) => versionSection(terms, effectiveAt, names));
  const wanted = versions.map(({ effectiveAt, terms }) => versionSection(terms, effectiveAt, names));
  if (said[0]?.effectiveAt === null && wanted[0]?.effectiveAt !== null) {
    const message = 'The rule gives points now. That it shall begin later cannot be said of it any more: retire it, and create another one.';
    planning.report({ code: 'NOT_CHANGEABLE', message, path });
    return;
  }
  const instants = [...new Set([...said, ...wanted].map(({ effectiveAt }) => effectiveAt ?? -Infinity))].sort((a, b) => a - b);
  for (const instant of instants) {
    const index = wanted.findLastIndex(({ effectiveAt }) => (effectiveAt ?? -Infinity) <= instant);
    const version = versions[index];
    const saidThen = termsAt(planning.rule(found.id), instant === -Infinity ? planning.now : instant, names);
    const wantedThen = wanted[index];
    if (wantedThen === undefined || version === undefined) {
      if (saidThen === null) continue;
      const message = `The rule is going to begin on ${new Date(instant).toISOString()}, before what the document says. Retire it, and create another one.`;
      planning.report({ code: 'NOT_CHANGEABLE', message, path });
      return;
    }
    if (!isSameTerms(wantedThen, saidThen ?? undefined)) publishVersion(planning, found.id, { ...version, effectiveAt: instant === -Infinity ? null : instant }, saidThen);
  }
}

function publishVersion(planning: Planning, id: string, version: PlannedVersion, former: EarnRuleVersionSection | null): void {
  const before = planning.rule(id);
  const context = { tierIds: planning.tierIds(), id: planning.context.ids.next(), now: planning.now };
  const published = publishEarnRule(before, { terms: version.terms, effectiveAt: version.effectiveAt }, context);
  if (!planning.accept(published, version.path)) return;
  planning.keepRule(published.value);
  planning.write({ kind: 'EARN_RULE', action: 'PUBLISH', before, after: published.value }, publicationChange(planning, before, former, version));
}

function publicationChange(planning: Planning, { key }: EarnRule, former: EarnRuleVersionSection | null, { effectiveAt, terms }: PlannedVersion): PlannedChange {
  const plain = plainVersion(versionSection(terms, effectiveAt, planning.names()));
  const before = former === null ? undefined : plainVersion({ ...former, effectiveAt });
  const when: PlainDifference[] =
    effectiveAt === null || former === null ? [] : [{ field: ['effectiveAt'], before: undefined, after: new Date(effectiveAt).toISOString() }];
  return { action: 'PUBLISH', object: 'EARN_RULE', key, fields: [...when, ...plainDifferences(before, plain)] };
}

function termsOf(planning: Planning, { terms, tierMultipliers }: EarnRuleVersionSection, path: DocumentPath): EarnRuleTerms {
  const resolved = tierMultipliers.flatMap(({ tier, multiplier }, index) => {
    const tierId = planning.tierByName(tier, [...path, 'tierMultipliers', index, 'tier']);
    return tierId === null ? [] : [{ tierId, multiplier }];
  });
  return { ...terms, tierMultipliers: resolved };
}

function termsAt(rule: EarnRule, at: Instant, names: KeyNames): EarnRuleVersionSection | null {
  const [current] = termsInTime(rule, at);
  return current?.effectiveAt !== null ? null : versionSection(current.terms, null, names);
}

import type { PlannedChange, PlannedWrite } from './configuration-changes.ts';
import type { ConfigurationDocument, ConfigurationState } from './configuration-document.ts';
import { plainDifferences, plainWorkspace } from './configuration-document.ts';
import type { DocumentPath, PlanContext, PlanProblem } from './configuration-planning.ts';
import { NO_KEYS, Planning } from './configuration-planning.ts';
import { checkKey } from './keys.ts';
import { planCards, standCardsDown } from './plan-card-definitions.ts';
import { planRules, retireRules } from './plan-earn-rules.ts';
import { deleteRewards, planRewards } from './plan-rewards.ts';
import { planStructures } from './plan-tier-structures.ts';
import { updateWorkspace } from './workspaces.ts';

/**
 * From a document and a configuration to the changes that lead from the one to the other. Each is a change that somebody could
 * make by hand, decided by the function that decides it then, on what the changes before it have made. So what the lifecycle
 * forbids is refused here too, and what it allows by another way (a revision, a new version) goes that way.
 */

export interface ConfigurationPlan {
  readonly changes: readonly PlannedChange[];
  readonly writes: readonly PlannedWrite[];
  /** What there is once all is done. */
  readonly state: ConfigurationState;
}

/** Of which objects `PlanFacts` must be known, by id. */
export function factsNeeded(document: ConfigurationDocument, state: ConfigurationState): { readonly structures: string[]; readonly cardDefinitions: string[] } {
  const drafts = (sections: readonly { readonly key: string; readonly status: string }[] | null) =>
    new Set((sections ?? []).flatMap(({ key, status }) => (status === 'DRAFT' ? key : [])));
  const structures = drafts(document.tierStructures);
  const cards = drafts(document.cardDefinitions);
  return {
    structures: state.tierStructures.flatMap(({ id, key, status }) => (status === 'ACTIVE' && structures.has(key) ? id : [])),
    cardDefinitions: state.cardDefinitions.flatMap(({ id, key, status }) => (status !== 'DRAFT' && cards.has(key) ? id : [])),
  };
}

/** The changes that lead from the configuration to what the document says, or everything that stands against them. */
export function planConfiguration(
  document: ConfigurationDocument,
  state: ConfigurationState,
  context: PlanContext,
): { readonly ok: true; readonly value: ConfigurationPlan } | { readonly ok: false; readonly problems: readonly PlanProblem[] } {
  const planning = new Planning(document, state, context);
  checkKeys(planning);
  // Everything below finds objects by their keys.
  if (planning.problems.length === 0) planAll(planning);
  const { problems, changes, writes } = planning;
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: { changes, writes, state: planning.result() } };
}

/** Whoever refers to something comes after it, and lets go of it first. */
function planAll(planning: Planning): void {
  planWorkspace(planning);
  retireRules(planning);
  deleteRewards(planning);
  planCards(planning);
  planStructures(planning);
  planRules(planning);
  planRewards(planning);
  standCardsDown(planning);
}

function checkKeys(planning: Planning): void {
  const { cardDefinitions, tierStructures, earnRules, rewards } = planning.document;
  for (const [name, sections] of Object.entries({ cardDefinitions, tierStructures, earnRules, rewards })) checkKeysOf(planning, sections ?? [], [name]);
  for (const [index, { tiers }] of (tierStructures ?? []).entries()) checkKeysOf(planning, tiers, ['tierStructures', index, 'tiers']);
}

function checkKeysOf(planning: Planning, sections: readonly { readonly key: string }[], path: DocumentPath): void {
  for (const [index, { key }] of sections.entries()) {
    const [invalid] = checkKey(key, NO_KEYS);
    if (invalid !== undefined) planning.report({ code: 'INVALID_KEY', message: invalid.message, path: [...path, index, 'key'] });
    if (sections.findIndex((other) => other.key === key) === index) continue;
    planning.report({ code: 'DUPLICATE_KEY', message: `The key \`${key}\` is there twice.`, path: [...path, index, 'key'] });
  }
}

function planWorkspace(planning: Planning): void {
  const { workspace: section } = planning.document;
  const { workspace } = planning.state;
  if (section === null) return;
  if (section.timeZone !== null && section.timeZone !== workspace.timeZone) {
    const message = `The workspace has the time zone ${workspace.timeZone}, and never another.`;
    planning.report({ code: 'NOT_CHANGEABLE', message, path: ['workspace', 'timeZone'] });
  }
  const { backdatingDays, eventRetentionDays, noticeDays } = section;
  const settings = { backdatingDays, eventRetentionDays, noticeDays };
  if (Object.entries(settings).every(([name, value]) => workspace[name as keyof typeof settings] === value)) return;
  const updated = updateWorkspace(workspace, { name: undefined, ...settings }, null, planning.now);
  if (!planning.accept(updated, ['workspace'])) return;
  planning.keepWorkspace(updated.value);
  const fields = plainDifferences(plainWorkspace(workspace), plainWorkspace({ ...section, timeZone: workspace.timeZone }));
  planning.write({ kind: 'WORKSPACE', before: workspace, after: updated.value }, { action: 'UPDATE', object: 'WORKSPACE', key: null, fields });
}

/** Plans without a workspace: documents read from plain data, and what leads to them in words. */
import type { ConfigurationDocument, ConfigurationState } from '../../src/domain/configuration-document.ts';
import type { ConfigurationPlan } from '../../src/domain/configuration-plan.ts';
import { planConfiguration } from '../../src/domain/configuration-plan.ts';
import type { PlanContext, PlanProblem } from '../../src/domain/configuration-planning.ts';
import { toConfigurationDocument } from '../../src/platform/configuration-shape.ts';
import { readConfigurationText } from '../../src/platform/configuration-syntax.ts';
import { EMPTY, NOW } from './configurations.ts';

let made = 0;
const ids = { next: () => String((made += 1)).padStart(12, '0') };

export function plan(document: ConfigurationDocument, state: ConfigurationState, rest: Partial<PlanContext> = {}) {
  return planConfiguration(document, state, { prune: false, now: NOW, settledUpTo: null, ids, heldStructures: new Set(), usedCardDefinitions: new Set(), ...rest });
}

/** @throws if anything stands against the document */
export function planned(document: ConfigurationDocument, state: ConfigurationState = EMPTY, rest: Partial<PlanContext> = {}): ConfigurationPlan {
  const answer = plan(document, state, rest);
  if (!answer.ok) throw new Error(JSON.stringify(answer.problems, null, 1));
  return answer.value;
}

/** @throws if the text is no document */
export function read(text: string): ConfigurationDocument {
  const parsed = readConfigurationText(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems, null, 1));
  const shaped = toConfigurationDocument(parsed.value.value);
  if (!shaped.ok) throw new Error(JSON.stringify(shaped.problems, null, 1));
  return shaped.value;
}

/** The document with these sections, as they are written. */
export function documentWith(sections: Record<string, unknown>): ConfigurationDocument {
  return read(JSON.stringify({ version: 1, ...sections }));
}

/** What is recorded of each change, with what each field becomes. */
export function told({ changes }: ConfigurationPlan): string[] {
  return changes.map(({ action, object, key, fields }) => [action, object, key, ...fields.map(({ field, after }) => `${field.join('.')}=${JSON.stringify(after) ?? ''}`)].join(' '));
}

/** What stands against the document; empty if nothing does. */
export function problemsOf(document: ConfigurationDocument, state: ConfigurationState, rest: Partial<PlanContext> = {}): readonly PlanProblem[] {
  const answer = plan(document, state, rest);
  return answer.ok ? [] : answer.problems;
}

/** The same, each as its code and where it is. */
export function refusals(document: ConfigurationDocument, state: ConfigurationState, rest: Partial<PlanContext> = {}): string[] {
  return problemsOf(document, state, rest).map(({ code, path }) => `${code} ${path.join('.')}`);
}

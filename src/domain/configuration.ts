import type { Problem } from './problem.ts';
import { problem } from './problem.ts';

/**
 * The life of a configuration object, the same for tier structures and card definitions:
 * DRAFT -> ACTIVE <-> INACTIVE, ACTIVE -> DRAFT while nobody depends on it, any -> DELETED for good.
 */
export type ConfigurationStatus = 'DRAFT' | 'ACTIVE' | 'INACTIVE' | 'DELETED';

export type LifecycleStep = 'ACTIVATE' | 'DEACTIVATE' | 'DRAFT' | 'DELETE';

const STEPS: Readonly<Record<LifecycleStep, { from: readonly ConfigurationStatus[]; to: ConfigurationStatus }>> = {
  ACTIVATE: { from: ['DRAFT', 'INACTIVE'], to: 'ACTIVE' },
  DEACTIVATE: { from: ['ACTIVE'], to: 'INACTIVE' },
  DRAFT: { from: ['ACTIVE'], to: 'DRAFT' },
  DELETE: { from: ['DRAFT', 'ACTIVE', 'INACTIVE'], to: 'DELETED' },
};

/** The status that the step leads to. */
export function statusAfter(step: LifecycleStep): ConfigurationStatus {
  return STEPS[step].to;
}

/** Whether the step may be taken from the status. */
export function checkStep(status: ConfigurationStatus, step: LifecycleStep): Problem<'INVALID_STATUS'>[] {
  const { from } = STEPS[step];
  if (from.includes(status)) return [];
  return [problem('INVALID_STATUS', `This needs the status ${from.join(' or ')}; it is ${status}.`, 'id')];
}

/** Whether the object still has the version that the caller saw. */
export function checkVersion(
  actual: number,
  expected: number | null | undefined,
  field = 'version',
): Problem<'VERSION_CONFLICT'>[] {
  if (expected === null || expected === undefined || expected === actual) return [];
  return [problem('VERSION_CONFLICT', `It has version ${actual} now, not ${expected}. Read it again.`, field)];
}

/** Refuses every field that may change in a draft only. A deleted object may not change at all. */
export function checkEditable(
  status: ConfigurationStatus,
  draftOnlyFields: readonly string[],
  idField = 'id',
): Problem<'NOT_DRAFT' | 'INVALID_STATUS'>[] {
  if (status === 'DELETED') return [problem('INVALID_STATUS', 'It is deleted.', idField)];
  if (status === 'DRAFT') return [];
  return draftOnlyFields.map((field) =>
    problem('NOT_DRAFT', `\`${field}\` may change in DRAFT only; the status is ${status}.`, field),
  );
}

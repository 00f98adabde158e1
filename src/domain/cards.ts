import type { ConfigurationStatus, LifecycleStep } from './configuration.ts';
import { checkEditable, checkStep, checkVersion, statusAfter } from './configuration.ts';
import type { KeyErrorCode } from './keys.ts';
import { checkKey, keyFor } from './keys.ts';
import type { PointActivation, PointExpiration, RefundPolicy } from './points.ts';
import { PENDING_MAX_DAYS, isPointActivation, isPointExpiration } from './points.ts';
import type { Checked, Problem } from './problem.ts';
import { checkMetadata, checkName, checked, problem, refused } from './problem.ts';
import type { Instant } from './time.ts';

/** Card definitions: kinds of card, when points collected on them can be spent, how they expire, what a refund does. */

export interface CardDefinition {
  readonly id: string;
  /** Unique among the card definitions that are not deleted. */
  readonly key: string;
  readonly name: string;
  readonly status: ConfigurationStatus;
  readonly expiration: PointExpiration;
  readonly activation: PointActivation;
  readonly refundPolicy: RefundPolicy;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly version: number;
  readonly createdAt: Instant;
  readonly updatedAt: Instant | null;
}

export type CardDefinitionErrorCode =
  | 'NOT_FOUND'
  | 'INVALID_NAME'
  | KeyErrorCode
  | 'INVALID_METADATA'
  | 'INVALID_EXPIRATION'
  | 'INVALID_ACTIVATION'
  | 'NOT_DRAFT'
  | 'INVALID_STATUS'
  | 'IN_USE'
  | 'VERSION_CONFLICT'
  | 'INVALID_IDEMPOTENCY_KEY'
  | 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH';

export interface CardDefinitionDraft {
  /** Left out: made of the name. */
  readonly key?: string | undefined;
  readonly name: string;
  readonly expiration: PointExpiration;
  readonly activation: PointActivation;
  readonly refundPolicy: RefundPolicy;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** Changes to a card definition; fields left undefined stay as they are. */
export type CardDefinitionChanges = { readonly [K in keyof CardDefinitionDraft]?: CardDefinitionDraft[K] | undefined };

const DRAFT_ONLY: readonly (keyof CardDefinitionDraft)[] = ['expiration', 'activation', 'refundPolicy'];

type CardChecked = Checked<CardDefinition, CardDefinitionErrorCode>;

/** @param takenKeys those of the other card definitions */
export function createCardDefinition(draft: CardDefinitionDraft, id: string, takenKeys: ReadonlySet<string>, now: Instant): CardChecked {
  const key = draft.key ?? keyFor(draft.name, takenKeys, 'card');
  const problems = checkCardDefinition({ ...draft, key }, takenKeys);
  if (problems.length > 0) return refused(...problems);
  return checked({ ...draft, id, key, status: 'DRAFT', version: 1, createdAt: now, updatedAt: null });
}

/** @param takenKeys those of the other card definitions */
export function updateCardDefinition(
  card: CardDefinition,
  changes: CardDefinitionChanges,
  expectedVersion: number | null | undefined,
  takenKeys: ReadonlySet<string>,
  now: Instant,
): CardChecked {
  const draftOnly = DRAFT_ONLY.filter((field) => changes[field] !== undefined);
  const changed: CardDefinition = {
    ...card,
    key: changes.key ?? card.key,
    name: changes.name ?? card.name,
    expiration: changes.expiration ?? card.expiration,
    activation: changes.activation ?? card.activation,
    refundPolicy: changes.refundPolicy ?? card.refundPolicy,
    metadata: changes.metadata ?? card.metadata,
    version: card.version + 1,
    updatedAt: now,
  };
  const problems = [
    ...checkVersion(card.version, expectedVersion),
    ...checkEditable(card.status, draftOnly),
    ...checkCardDefinition(changed, takenKeys),
  ];
  return problems.length > 0 ? refused(...problems) : checked(changed);
}

/** Who depends on a card definition. */
export interface CardUse {
  /** Whether an active tier structure measures it, or gives an entry award on it. */
  readonly structure: boolean;
  /** Whether an earn rule that is not retired gives points on it. */
  readonly earnRule: boolean;
  /** Whether an active reward is paid for from such cards, or given for points on them; where a card definition is deleted, any reward. */
  readonly reward: boolean;
  /** Whether any customer has such a card. */
  readonly customers: boolean;
}

/** Takes a step of the lifecycle. */
export function stepCardDefinition(
  card: CardDefinition,
  step: LifecycleStep,
  use: CardUse,
  expectedVersion: number | null | undefined,
  now: Instant,
): CardChecked {
  const problems = [...checkVersion(card.version, expectedVersion), ...checkStep(card.status, step), ...checkUse(step, use)];
  if (problems.length > 0) return refused(...problems);
  return checked({ ...card, status: statusAfter(step), version: card.version + 1, updatedAt: now });
}

/** What stands against taking a card definition out of use. */
function checkUse(step: LifecycleStep, { structure, earnRule, reward, customers }: CardUse): Problem<'IN_USE'>[] {
  if (step === 'ACTIVATE' || step === 'DEACTIVATE') return [];
  if (structure) return [problem('IN_USE', 'An active tier structure uses this card definition.', 'id')];
  if (reward) return [problem('IN_USE', 'A reward is paid for from this card definition, or given for points on it.', 'id')];
  if (step === 'DELETE') return earnRule ? [problem('IN_USE', 'An earn rule gives points on this card definition.', 'id')] : [];
  return customers ? [problem('IN_USE', 'Customers have such cards.', 'id')] : [];
}

function checkCardDefinition(
  card: CardDefinitionDraft & Pick<CardDefinition, 'key'>,
  takenKeys: ReadonlySet<string>,
): Problem<CardDefinitionErrorCode>[] {
  const problems: Problem<CardDefinitionErrorCode>[] = [
    ...checkName(card.name, 'name'),
    ...checkKey(card.key, takenKeys, 'key'),
    ...checkMetadata(card.metadata, 'metadata'),
  ];
  if (!isPointExpiration(card.expiration)) problems.push(problem('INVALID_EXPIRATION', EXPIRATION_RULES, 'expiration'));
  if (!isPointActivation(card.activation)) problems.push(problem('INVALID_ACTIVATION', ACTIVATION_RULES, 'activation'));
  return problems;
}

const EXPIRATION_RULES =
  'An expiration has a period of 1 to 1000, or 1 to 20 different days that exist; a rounding fits its period; a sliding one names at least one activity, and custom types only with customActivity.';
const ACTIVATION_RULES = `An activation is at once, after 1 to ${PENDING_MAX_DAYS} days, or on 1 to 20 different days of the year that exist.`;

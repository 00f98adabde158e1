import type { ConfigurationStatus } from './configuration.ts';
import { checkEditable, checkVersion } from './configuration.ts';
import type { PointActivation, PointExpiration, RefundPolicy } from './points.ts';
import { PENDING_MAX_DAYS, isPointActivation, isPointExpiration } from './points.ts';
import type { Checked, Problem } from './problem.ts';
import { checkMetadata, checkName, checked, problem, refused } from './problem.ts';
import type { Instant } from './time.ts';

/** Card definitions: kinds of card, when points collected on them can be spent, how they expire, what a refund does. */

export interface CardDefinition {
  readonly id: string;
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

export function createCardDefinition(draft: CardDefinitionDraft, id: string, now: Instant): CardChecked {
  const problems = checkCardDefinition(draft);
  if (problems.length > 0) return refused(...problems);
  return checked({ ...draft, id, status: 'DRAFT', version: 1, createdAt: now, updatedAt: null });
}

export function updateCardDefinition(
  card: CardDefinition,
  changes: CardDefinitionChanges,
  expectedVersion: number | null | undefined,
  now: Instant,
): CardChecked {
  const draftOnly = DRAFT_ONLY.filter((field) => changes[field] !== undefined);
  const changed: CardDefinition = {
    ...card,
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
    ...checkCardDefinition(changed),
  ];
  return problems.length > 0 ? refused(...problems) : checked(changed);
}

function checkCardDefinition(card: CardDefinitionDraft): Problem<CardDefinitionErrorCode>[] {
  const problems: Problem<CardDefinitionErrorCode>[] = [
    ...checkName(card.name, 'name'),
    ...checkMetadata(card.metadata, 'metadata'),
  ];
  if (!isPointExpiration(card.expiration)) problems.push(problem('INVALID_EXPIRATION', EXPIRATION_RULES, 'expiration'));
  if (!isPointActivation(card.activation)) problems.push(problem('INVALID_ACTIVATION', ACTIVATION_RULES, 'activation'));
  return problems;
}

const EXPIRATION_RULES =
  'An expiration has a period of 1 to 1000, or 1 to 20 different days that exist; a rounding fits its period; a sliding one names at least one activity, and custom types only with customActivity.';
const ACTIVATION_RULES = `An activation is at once, after 1 to ${PENDING_MAX_DAYS} days, or on 1 to 20 different days of the year that exist.`;

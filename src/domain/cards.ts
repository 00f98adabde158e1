import type { ConfigurationStatus } from './configuration.ts';
import { checkEditable, checkVersion } from './configuration.ts';
import type { PointActivation, PointExpiration, RefundPolicy } from './points.ts';
import { isPointExpiration } from './points.ts';
import type { Checked, Problem } from './problem.ts';
import { checkMetadata, checkName, checked, problem, refused } from './problem.ts';
import type { Instant } from './time.ts';

/** Card definitions: kinds of card, the points collected on them and how those expire. */

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
  const draftOnly = changes.expiration === undefined ? [] : ['expiration'];
  const changed: CardDefinition = {
    ...card,
    name: changes.name ?? card.name,
    expiration: changes.expiration ?? card.expiration,
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
  return [
    ...checkName(card.name, 'name'),
    ...checkMetadata(card.metadata, 'metadata'),
    ...(isPointExpiration(card.expiration)
      ? []
      : [
          problem(
            'INVALID_EXPIRATION',
            'An expiration has a period of 1 to 1000, or 1 to 20 different days that exist; a rounding fits its period.',
            'expiration',
          ),
        ]),
  ];
}

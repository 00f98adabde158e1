import type { Changes, EntryAward, PointEarned, TierDowngrade, TierExpiration, TierRule, TierSettings, TierStructureSettings } from '../domain/structures.ts';
import type {
  EntryAwardInput,
  PointEarnedInput,
  TierDowngradeInput,
  TierExpirationInput,
  TierInput,
  TierRulesInput,
  TierStructureUpdateInput,
  TierUpdateInput,
} from '../generated/resolvers-types.ts';
import { fromPublicId } from './ids.ts';
import { toFixedPointExpiration } from './point-expirations.ts';

/** Settings of tier structures and tiers as inputs give them, wherever they are taken. */

/** Fields that were left out stay undefined. Null does too, except where it means to have none. */
export function toChanges(input: Omit<TierStructureUpdateInput, 'id'>): Changes<TierStructureSettings> {
  return {
    key: input.key ?? undefined,
    name: input.name ?? undefined,
    type: input.type ?? undefined,
    cardDefinitionId: toCardDefinitionId(input.cardDefinitionId),
    metadata: input.metadata ?? undefined,
    pointEarned: toPointEarned(input.pointEarned),
    expiration: input.expiration ? toTierExpiration(input.expiration) : undefined,
    downgrade: input.downgrade ? toTierDowngrade(input.downgrade) : undefined,
    entryAwardScope: input.entryAwardScope ?? undefined,
    entryAwardOnRefund: input.entryAwardOnRefund ?? undefined,
  };
}

/** Null clears the settings that a tier can do without: maximum, entry award and point expiration. */
export function toTierChanges(input: TierUpdateInput): Changes<TierSettings> {
  return {
    key: input.key ?? undefined,
    name: input.name ?? undefined,
    minPoints: input.minPoints ?? undefined,
    maxPoints: input.maxPoints,
    noDowngrade: input.noDowngrade ?? undefined,
    entryAward: input.entryAward ? toEntryAward(input.entryAward) : input.entryAward,
    pointExpiration: input.pointExpiration ? toFixedPointExpiration(input.pointExpiration) : input.pointExpiration,
    metadata: input.metadata ?? undefined,
  };
}

export function toTierSettings(input: TierInput): TierSettings {
  const { key, name, minPoints, maxPoints, noDowngrade, entryAward, pointExpiration, metadata } = input;
  return {
    key: key ?? undefined,
    name,
    minPoints,
    maxPoints: maxPoints ?? null,
    noDowngrade,
    entryAward: entryAward ? toEntryAward(entryAward) : null,
    pointExpiration: pointExpiration ? toFixedPointExpiration(pointExpiration) : null,
    metadata: metadata ?? {},
  };
}

/** What cannot be the id of a tier is undefined: the structure has no such tier. */
export function toTierRule(input: TierRulesInput): TierRule {
  const tierId = typeof input.id === 'string' ? (fromPublicId('Tier', input.id) ?? undefined) : null;
  return { ...toTierSettings(input), tierId, metadata: input.metadata ?? undefined };
}

function toEntryAward({ points, cardDefinitionId }: EntryAwardInput): EntryAward {
  return { points, cardDefinitionId: toCardDefinitionId(cardDefinitionId) ?? null };
}

/** The id of nothing. What cannot be a card definition is looked up and not found, as any other that is not there. */
const NOTHING = '00000000-0000-0000-0000-000000000000';

export function toCardDefinitionId(id: string | null | undefined): string | null | undefined {
  return typeof id === 'string' ? (fromPublicId('CardDefinition', id) ?? NOTHING) : id;
}

/** A written-out object comes without a prototype, which Drizzle cannot store. */
export function toPointEarned(input: PointEarnedInput | null | undefined): PointEarned | null | undefined {
  return input ? { ...input } : input;
}

/** Exactly one field is given: `@oneOf` sees to that. Null for `noExpiration: false`, which the domain refuses. */
export function toTierExpiration(input: TierExpirationInput): TierExpiration | null {
  if (input.rollingExpiration) return { type: 'ROLLING_EXPIRATION', ...input.rollingExpiration };
  if (input.calendarExpiration) return { type: 'CALENDAR_EXPIRATION', ...input.calendarExpiration };
  if (input.slidingExpiration) {
    const { customActivityTypes, ...sliding } = input.slidingExpiration;
    return { type: 'SLIDING_EXPIRATION', ...sliding, customActivityTypes: customActivityTypes ?? [] };
  }
  return input.noExpiration === true ? { type: 'NO_EXPIRATION' } : null;
}

/** Exactly one field is given: `@oneOf` sees to that. Null for `noDowngrade: false`, which the domain refuses. */
export function toTierDowngrade(input: TierDowngradeInput): TierDowngrade | null {
  if (input.multiLevel) return { type: 'MULTI_LEVEL', gracePeriod: input.multiLevel.gracePeriod ?? null };
  if (input.singleLevel) return { type: 'SINGLE_LEVEL', gracePeriod: input.singleLevel.gracePeriod ?? null };
  return input.noDowngrade === true ? { type: 'NO_DOWNGRADE' } : null;
}

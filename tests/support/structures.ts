/** Tier structures for tests of the domain: a plain one, of which a test says only what it is about. */
import type { Rollout, Tier, TierSettings, TierStructure, TierStructureSettings } from '../../src/domain/structures.ts';
import type { Instant } from '../../src/domain/time.ts';
import { NEVER } from '../../src/domain/time.ts';

export const STRUCTURE_ID = 'structure';

/** The settings of a structure that can be activated. */
export const SETTINGS: TierStructureSettings = {
  name: 'Membership',
  type: 'POINT_BALANCE',
  cardDefinitionId: 'card',
  metadata: {},
  pointEarned: null,
  expiration: { type: 'NO_EXPIRATION' },
  downgrade: { type: 'NO_DOWNGRADE' },
  entryAwardScope: 'REACHED',
  entryAwardOnRefund: 'KEEP',
};

/** The settings of a tier; its name is its minimum unless something else is said. */
export function tierSettings(minPoints: number, rest: Partial<TierSettings> = {}): TierSettings {
  return {
    name: `From ${minPoints}`,
    minPoints: BigInt(minPoints),
    maxPoints: null,
    noDowngrade: false,
    entryAward: null,
    pointExpiration: null,
    metadata: {},
    ...rest,
  };
}

/** A tier whose id is its name. */
export function tier(name: string, minPoints: number, rest: Partial<Tier> = {}): Tier {
  const place = { id: name, key: name.toLowerCase(), structureId: STRUCTURE_ID, originId: null, removedAt: null };
  return { ...tierSettings(minPoints), ...place, name, createdAt: 0, updatedAt: null, ...rest };
}

/** A structure that has always been in force. */
export function structure(tiers: readonly Tier[], rest: Partial<TierStructure> = {}): TierStructure {
  return {
    ...SETTINGS,
    expiration: { type: 'NO_EXPIRATION' },
    downgrade: { type: 'NO_DOWNGRADE' },
    id: STRUCTURE_ID,
    key: STRUCTURE_ID,
    status: 'ACTIVE',
    draftOf: null,
    revision: { number: 1, effectiveAt: null, rollout: 'NEXT_JUDGEMENT' },
    formerRevisions: [],
    tiers,
    activePeriods: [{ start: 0, end: NEVER }],
    version: 1,
    createdAt: 0,
    updatedAt: null,
    ...rest,
  };
}

/** A draft that was never in force. */
export function draft(tiers: readonly Tier[], rest: Partial<TierStructure> = {}): TierStructure {
  return structure(tiers, { status: 'DRAFT', activePeriods: [], ...rest });
}

/** The structure as it is from an instant on, and as it was before. */
export function revised(first: TierStructure, effectiveAt: Instant, rollout: Rollout, next: Partial<TierStructure>): TierStructure {
  const revision = { number: first.revision.number + 1, effectiveAt, rollout };
  return { ...first, ...next, revision, formerRevisions: [...first.formerRevisions, { ...first, ...first.revision }] };
}

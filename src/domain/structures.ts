import type { ConfigurationStatus } from './configuration.ts';
import { checkEditable, checkStep, checkVersion } from './configuration.ts';
import type { KeyErrorCode } from './keys.ts';
import { checkKey, keyFor } from './keys.ts';
import type { FixedPointExpiration, Points, QualifyingActivities } from './points.ts';
import { CUSTOM_ACTIVITY_TYPES_MAX, POINTS_MAX, areQualifyingActivities, isPointExpiration } from './points.ts';
import type { Checked, Problem } from './problem.ts';
import { NAME_MAX_LENGTH, checkMetadata, checkName, checked, problem, refused } from './problem.ts';
import type { CalendarDate, Instant, Interval, Period } from './time.ts';
import { NEVER, isCalendarDateList, isPeriod } from './time.ts';

/**
 * Tier structures: what is measured, which tiers it leads to, how long a tier lasts and how it goes
 * down; and the lifecycle that says what may change when. How a customer is judged is in `tiers.ts`.
 */

export const TIERS_MAX = 50;
export const REVISIONS_MAX = 200;

/** How earned points are tracked. */
export interface PointEarned {
  readonly period: Period;
  readonly type: 'IMMEDIATELY' | 'NEXT_TRACKING_PERIOD';
  /** Periods of the calendar, periods since the customer joined, or one period that always ends now (only IMMEDIATELY). */
  readonly window: 'CALENDAR' | 'ANNIVERSARY' | 'TRAILING';
}

export type TierExpiration =
  | { readonly type: 'NO_EXPIRATION' }
  | { readonly type: 'ROLLING_EXPIRATION'; readonly period: Period }
  | { readonly type: 'CALENDAR_EXPIRATION'; readonly calendarDates: readonly CalendarDate[] }
  | SlidingTierExpiration;

export interface SlidingTierExpiration extends QualifyingActivities {
  readonly type: 'SLIDING_EXPIRATION';
  readonly period: Period;
}

export interface GracePeriod extends Period {
  readonly roundUp: boolean;
}

export type TierDowngrade =
  | { readonly type: 'NO_DOWNGRADE' }
  | { readonly type: 'MULTI_LEVEL' | 'SINGLE_LEVEL'; readonly gracePeriod: GracePeriod | null };

/** Points given once to whoever enters a tier. */
export interface EntryAward {
  readonly points: Points;
  /** On which card; null for the one that the structure measures. */
  readonly cardDefinitionId: string | null;
}

export interface Tier {
  readonly id: string;
  /** Unique among the tiers of the structure. */
  readonly key: string;
  readonly structureId: string;
  readonly name: string;
  readonly minPoints: Points;
  readonly maxPoints: Points | null;
  readonly noDowngrade: boolean;
  readonly entryAward: EntryAward | null;
  /** When points expire that are earned while the tier is held; null as the card says. */
  readonly pointExpiration: FixedPointExpiration | null;
  /** In a draft of a next revision: the tier in force that this one is to become; else null. */
  readonly originId: string | null;
  /** When a new revision left the tier out; null for the tiers of a structure. */
  readonly removedAt: Instant | null;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly createdAt: Instant;
  readonly updatedAt: Instant | null;
}

/** By what customers are judged. It never changes while it is in force: a new revision takes its place. */
export interface StructureRules {
  readonly type: 'POINT_BALANCE' | 'POINT_EARNED';
  readonly cardDefinitionId: string | null;
  readonly pointEarned: PointEarned | null;
  readonly expiration: TierExpiration;
  readonly downgrade: TierDowngrade;
  /** Whose entry awards are given when tiers are skipped on the way up: the reached tier's, or those of all passed too. */
  readonly entryAwardScope: 'REACHED' | 'ALL_PASSED';
  /** Whether a refund that undoes an upgrade takes the entry award back. */
  readonly entryAwardOnRefund: 'KEEP' | 'CLAWBACK';
  /** From the lowest minimum to the highest. */
  readonly tiers: readonly Tier[];
}

/** What becomes of customers when a new revision takes effect: judged when they would be anyway, at once, or at once but only upwards. */
export type Rollout = 'NEXT_JUDGEMENT' | 'RECALCULATE_NOW' | 'UPGRADE_ONLY';

/** The rules of a structure from an instant on, until the next revision. */
export interface StructureRevision extends StructureRules {
  /** From 1. */
  readonly number: number;
  /** Null for the first: it holds from the first activation on. */
  readonly effectiveAt: Instant | null;
  readonly rollout: Rollout;
}

export interface TierStructure extends StructureRules {
  readonly id: string;
  /** Unique among the structures that are not deleted. A draft of a next revision has that of its structure. */
  readonly key: string;
  readonly name: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly status: ConfigurationStatus;
  /** The structure of which this draft is to become the next revision; null for a structure of its own. */
  readonly draftOf: string | null;
  /** The revision that the rules above are, since when, and how it was rolled out; in a draft of the next one, the one that was copied. */
  readonly revision: Omit<StructureRevision, keyof StructureRules>;
  /** What held before, oldest first. */
  readonly formerRevisions: readonly StructureRevision[];
  /** When the structure was in force since it last was a draft, oldest first; the last one may still be open. */
  readonly activePeriods: readonly Interval[];
  readonly version: number;
  readonly createdAt: Instant;
  readonly updatedAt: Instant | null;
}

export type TierStructureErrorCode =
  | 'NOT_FOUND'
  | 'INVALID_NAME'
  | KeyErrorCode
  | 'INVALID_METADATA'
  | 'INVALID_CARD_DEFINITION'
  | 'INVALID_POINT_EARNED'
  | 'INVALID_EXPIRATION'
  | 'INVALID_DOWNGRADE'
  | 'INVALID_RANGE'
  | 'INVALID_ENTRY_AWARD'
  | 'ENTRY_AWARD_CYCLE'
  | 'INVALID_POINT_EXPIRATION'
  | 'OVERLAPPING_TIERS'
  | 'TOO_MANY_TIERS'
  | 'NO_TIERS'
  | 'INVALID_EFFECTIVE_AT'
  | 'NOT_DRAFT'
  | 'INVALID_STATUS'
  | 'INVALID_DRAFT'
  | 'REVISED_MEANWHILE'
  | 'TOO_MANY_REVISIONS'
  | 'IN_USE'
  | 'VERSION_CONFLICT'
  | 'INVALID_IDEMPOTENCY_KEY'
  | 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH';

type StructureProblem = Problem<TierStructureErrorCode>;
type StructureChecked = Checked<TierStructure, TierStructureErrorCode>;

/** What a caller may set of a tier structure. */
export interface TierStructureSettings {
  /** Left out: made of the name. */
  readonly key?: string | undefined;
  readonly name: string;
  readonly type: TierStructure['type'];
  readonly cardDefinitionId: string | null;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly pointEarned: PointEarned | null;
  /** Null if the caller chose none of the ways, as with `noExpiration: false`; that is refused. */
  readonly expiration: TierExpiration | null;
  /** Null if the caller chose none of the ways, as with `noDowngrade: false`; that is refused. */
  readonly downgrade: TierDowngrade | null;
  readonly entryAwardScope: TierStructure['entryAwardScope'];
  readonly entryAwardOnRefund: TierStructure['entryAwardOnRefund'];
}

/** What a caller may set of a tier. */
export type TierSettings = Omit<Tier, 'id' | 'key' | 'structureId' | 'originId' | 'removedAt' | 'createdAt' | 'updatedAt'> & {
  /** Left out: made of the name. */
  readonly key?: string | undefined;
};

/** Changes; fields left undefined stay as they are. */
export type Changes<T> = { readonly [K in keyof T]?: T[K] | undefined };

const DRAFT_ONLY: readonly (keyof TierStructureSettings)[] = [
  'type',
  'cardDefinitionId',
  'pointEarned',
  'expiration',
  'downgrade',
  'entryAwardScope',
  'entryAwardOnRefund',
];
const TIER_DRAFT_ONLY: readonly (keyof TierSettings)[] = [
  'minPoints',
  'maxPoints',
  'noDowngrade',
  'entryAward',
  'pointExpiration',
];

const FIRST_REVISION: TierStructure['revision'] = { number: 1, effectiveAt: null, rollout: 'NEXT_JUDGEMENT' };

/** The rules that hold now, as a revision. */
export function currentRevision(structure: TierStructure): StructureRevision {
  return { ...rulesOf(structure), ...structure.revision };
}

/** All rules that a structure had since it last was a draft, oldest first; the last ones hold now. */
export function revisionsOf(structure: TierStructure): readonly StructureRevision[] {
  const known = revisionsMemo.get(structure);
  if (known !== undefined) return known;
  const revisions = [...structure.formerRevisions, currentRevision(structure)];
  revisionsMemo.set(structure, revisions);
  return revisions;
}

/** Judging asks for them many times over, and a structure never changes in place. */
const revisionsMemo = new WeakMap<TierStructure, readonly StructureRevision[]>();

function rulesOf(structure: TierStructure): StructureRules {
  const { type, cardDefinitionId, pointEarned, expiration, downgrade, entryAwardScope, entryAwardOnRefund, tiers } = structure;
  return { type, cardDefinitionId, pointEarned, expiration, downgrade, entryAwardScope, entryAwardOnRefund, tiers };
}

/** @param takenKeys those of the other structures */
export function createTierStructure(
  settings: TierStructureSettings,
  tiers: readonly TierSettings[],
  ids: { readonly structure: string; readonly tiers: readonly string[] },
  takenKeys: ReadonlySet<string>,
  now: Instant,
): StructureChecked {
  const { expiration, downgrade } = settings;
  const key = settings.key ?? keyFor(settings.name, takenKeys, 'structure');
  const keys = tierKeys(tiers);
  const newTiers = tiers.map((tier, index) =>
    newTier(tier, { id: ids.tiers[index] ?? '', structureId: ids.structure, key: keys[index] ?? '' }, now),
  );
  const problems = [
    ...checkSettings(settings),
    ...checkKey(key, takenKeys, 'key'),
    ...newTiers.flatMap((tier, index) => checkTier(tier, 'tiers', index)),
    ...checkTierKeys(keys, 'tiers'),
    ...checkRanges(inOrder(newTiers), 'tiers'),
  ];
  if (problems.length > 0 || expiration === null || downgrade === null) return refused(...problems);
  return checked({
    ...settings,
    key,
    expiration,
    downgrade,
    id: ids.structure,
    status: 'DRAFT',
    draftOf: null,
    revision: FIRST_REVISION,
    formerRevisions: [],
    tiers: inOrder(newTiers),
    activePeriods: [],
    version: 1,
    createdAt: now,
    updatedAt: null,
  });
}

/** @param takenKeys those of the other structures */
export function updateTierStructure(
  structure: TierStructure,
  changes: Changes<TierStructureSettings>,
  expectedVersion: number | null | undefined,
  takenKeys: ReadonlySet<string>,
  now: Instant,
): StructureChecked {
  const refusedFields = DRAFT_ONLY.filter((field) => changes[field] !== undefined);
  const changed = { ...structure, ...defined(changes), version: structure.version + 1, updatedAt: now };
  const problems = [
    ...checkVersion(structure.version, expectedVersion),
    ...checkEditable(structure.status, refusedFields),
    ...checkSettings(changed),
    ...(changes.key === undefined ? [] : checkKey(changes.key, takenKeys, 'key')),
  ];
  const { expiration, downgrade } = changed;
  if (problems.length > 0 || expiration === null || downgrade === null) return refused(...problems);
  return checked({ ...changed, expiration, downgrade });
}

/**
 * Whether a structure may link the card definition: a draft may link any that is not deleted.
 * @param status status of the card definition; null if there is none in the workspace
 */
export function checkCardDefinitionLink(status: ConfigurationStatus | null): StructureProblem[] {
  if (status !== null && status !== 'DELETED') return [];
  return [problem('INVALID_CARD_DEFINITION', 'There is no such card definition, or it is deleted.', 'cardDefinitionId')];
}

/** Whether an entry award may be given on the card definition: a draft may name any that is not deleted. */
export function checkEntryAwardLink(
  status: ConfigurationStatus | null,
  ...path: readonly (string | number)[]
): StructureProblem[] {
  if (status !== null && status !== 'DELETED') return [];
  const message = 'There is no such card definition, or it is deleted.';
  return [problem('INVALID_ENTRY_AWARD', message, ...path, 'entryAward', 'cardDefinitionId')];
}

export function addTier(
  structure: TierStructure,
  settings: TierSettings,
  expectedVersion: number | null | undefined,
  id: string,
  now: Instant,
): StructureChecked {
  const takenKeys = keysOf(structure.tiers);
  const key = settings.key ?? keyFor(settings.name, takenKeys, TIER_KEY);
  const tiers = inOrder([...structure.tiers, newTier(settings, { id, structureId: structure.id, key }, now)]);
  const problems = [
    ...checkVersion(structure.version, expectedVersion),
    ...checkEditable(structure.status, ['tierStructureId'], 'tierStructureId'),
    ...checkTier(settings),
    ...checkKey(key, takenKeys, 'key'),
    ...checkRanges(tiers, 'minPoints', 'tierStructureId'),
  ];
  return problems.length > 0 ? refused(...problems) : checked(withTiers(structure, tiers, now));
}

export function updateTier(
  structure: TierStructure,
  tierId: string,
  changes: Changes<TierSettings>,
  expectedVersion: number | null | undefined,
  now: Instant,
): StructureChecked {
  const tier = structure.tiers.find(({ id }) => id === tierId);
  if (tier === undefined) return refused(problem('NOT_FOUND', 'There is no such tier.', 'id'));
  const changed: Tier = { ...tier, ...defined(changes), updatedAt: now };
  const tiers = inOrder(structure.tiers.map((other) => (other === tier ? changed : other)));
  const problems = [
    ...checkVersion(structure.version, expectedVersion),
    ...checkEditable(
      structure.status,
      TIER_DRAFT_ONLY.filter((field) => changes[field] !== undefined),
    ),
    ...checkTier(changed),
    ...checkKey(changed.key, keysOf(structure.tiers.filter((other) => other !== tier)), 'key'),
    ...checkRanges(tiers, changes.minPoints === undefined ? 'maxPoints' : 'minPoints'),
  ];
  return problems.length > 0 ? refused(...problems) : checked(withTiers(structure, tiers, now));
}

export function removeTier(
  structure: TierStructure,
  tierId: string,
  expectedVersion: number | null | undefined,
  now: Instant,
): StructureChecked {
  if (!structure.tiers.some(({ id }) => id === tierId)) return refused(problem('NOT_FOUND', 'There is no such tier.', 'id'));
  const problems: StructureProblem[] = [
    ...checkVersion(structure.version, expectedVersion),
    ...checkEditable(structure.status, ['id']),
  ];
  if (problems.length > 0) return refused(...problems);
  return checked(
    withTiers(
      structure,
      structure.tiers.filter(({ id }) => id !== tierId),
      now,
    ),
  );
}

/** When rules that are in force are changed. */
export interface ChangeTime {
  readonly now: Instant;
  /** The latest instant of which anything is recorded, of a member or of the structures; null if it lies before now. */
  readonly settledUpTo: Instant | null;
}

/** What putting rules into force needs to know beyond the rules themselves. */
export interface ForceContext extends ChangeTime {
  /** By id, of each card definition that the rules name; what is missing is not there. */
  readonly cardDefinitionStatuses: ReadonlyMap<string, ConfigurationStatus>;
  readonly activeStructures: readonly TierStructure[];
  readonly expectedVersion: number | null | undefined;
}

export interface ActivationContext extends ForceContext {
  readonly effectiveAt: Instant | null;
}

/** Puts the structure into force, or reports everything that stands against it at once. */
export function activateTierStructure(structure: TierStructure, context: ActivationContext): StructureChecked {
  const { effectiveAt, expectedVersion, now } = context;
  const problems: StructureProblem[] = [
    ...checkVersion(structure.version, expectedVersion),
    ...checkStep(structure.status, 'ACTIVATE'),
  ];
  if (structure.draftOf !== null) {
    problems.push(problem('INVALID_DRAFT', 'This is a draft of a next revision: publish it instead.', 'id'));
  }
  problems.push(...checkWhole(structure, context));
  if (effectiveAt !== null && (effectiveAt > now || (structure.status !== 'DRAFT' && effectiveAt !== now))) {
    problems.push(
      problem(
        'INVALID_EFFECTIVE_AT',
        'Customers can be judged from now on, or, when a draft is activated, from an instant in the past.',
        'effectiveAt',
      ),
    );
  }
  if (problems.length > 0) return refused(...problems);
  const activePeriods = [...structure.activePeriods, { start: effectiveAt ?? now, end: NEVER }];
  return checked({ ...structure, status: 'ACTIVE', activePeriods, version: structure.version + 1, updatedAt: now });
}

/** Copies a structure that was in force into a draft of its next revision. */
export function reviseTierStructure(
  structure: TierStructure,
  ids: { readonly structure: string; readonly tiers: readonly string[] },
  expectedVersion: number | null | undefined,
  now: Instant,
): StructureChecked {
  const problems: StructureProblem[] = [...checkVersion(structure.version, expectedVersion)];
  const { status } = structure;
  if (status !== 'ACTIVE' && status !== 'INACTIVE') {
    problems.push(problem('INVALID_STATUS', `This needs the status ACTIVE or INACTIVE; it is ${status}.`, 'id'));
  }
  if (problems.length > 0) return refused(...problems);
  return checked({
    ...structure,
    id: ids.structure,
    status: 'DRAFT',
    draftOf: structure.id,
    formerRevisions: [],
    tiers: structure.tiers.map((tier, index) => ({
      ...tier,
      id: ids.tiers[index] ?? '',
      structureId: ids.structure,
      originId: tier.id,
      createdAt: now,
      updatedAt: null,
    })),
    activePeriods: [],
    version: 1,
    createdAt: now,
    updatedAt: null,
  });
}

/** Rules to publish in one step. */
export interface TierRules {
  readonly changes: Changes<TierStructureSettings>;
  /** All tiers of the revision; null: as they are. */
  readonly tiers: readonly TierRule[] | null;
}

/** A tier of the rules: one that the structure has, or a new one. */
export type TierRule = Omit<TierSettings, 'metadata'> & {
  /** Null for a new tier; undefined for what cannot be a tier of the structure. */
  readonly tierId: string | null | undefined;
  /** Undefined: as they are. */
  readonly metadata: TierSettings['metadata'] | undefined;
};

/**
 * The draft of a next revision that says the given rules, to be published at once and never stored.
 * @param ids of the draft, and of each tier that is new
 */
export function draftTierRules(
  structure: TierStructure,
  { changes, tiers }: TierRules,
  ids: { readonly structure: string; readonly tiers: readonly string[] },
  expectedVersion: number | null | undefined,
  now: Instant,
): StructureChecked {
  const copied = reviseTierStructure(structure, { structure: ids.structure, tiers: structure.tiers.map(({ id }) => id) }, expectedVersion, now);
  if (!copied.ok) return copied;
  // A revision changes the rules alone, so the key that the copy shares with its structure stays as it is.
  const updated = updateTierStructure(copied.value, changes, null, NO_KEYS, now);
  const ruled = tiers === null ? checked(copied.value.tiers) : ruledTiers(copied.value, tiers, ids.tiers, now);
  if (!updated.ok || !ruled.ok) return refused(...(updated.ok ? [] : updated.problems), ...(ruled.ok ? [] : ruled.problems));
  return checked({ ...updated.value, tiers: ruled.value });
}

/**
 * Replaces all tiers of a draft at once, so that it does not matter whether their ranges overlap on the way.
 * @param ids of each tier that is new
 */
export function replaceTiers(
  structure: TierStructure,
  tiers: readonly TierRule[],
  ids: readonly string[],
  expectedVersion: number | null | undefined,
  now: Instant,
): StructureChecked {
  const ruled = ruledTiers(structure, tiers, ids, now);
  const problems: StructureProblem[] = [
    ...checkVersion(structure.version, expectedVersion),
    ...checkEditable(structure.status, ['tiers']),
    ...(ruled.ok ? [] : ruled.problems),
  ];
  return problems.length > 0 || !ruled.ok ? refused(...problems) : checked(withTiers(structure, ruled.value, now));
}

/** The tiers that the rules say: those that the structure has, as they shall be, and new ones. */
function ruledTiers(
  structure: TierStructure,
  tiers: readonly TierRule[],
  ids: readonly string[],
  now: Instant,
): Checked<readonly Tier[], TierStructureErrorCode> {
  const known = new Map(structure.tiers.map((tier) => [tier.id, tier]));
  const keys = tierKeys(
    tiers.map(({ key, name, tierId }, index) => {
      // One that is named twice is refused for that, not for its key.
      const isFirst = tiers.findIndex((other) => other.tierId === tierId) === index;
      return { name, key: key ?? (isFirst ? known.get(tierId ?? '')?.key : undefined) };
    }),
  );
  const problems: StructureProblem[] = [];
  const ruled = tiers.map(({ tierId, ...rule }, index): Tier => {
    const tier = typeof tierId === 'string' ? known.get(tierId) : undefined;
    if (tierId !== null && tier === undefined) {
      problems.push(problem('NOT_FOUND', 'The structure has no such tier, or it is named twice.', 'tiers', index, 'id'));
    }
    if (tier !== undefined) known.delete(tier.id);
    const settings = { ...rule, key: keys[index] ?? '', metadata: rule.metadata ?? tier?.metadata ?? {} };
    problems.push(...checkTier(settings, 'tiers', index));
    if (tier === undefined) return newTier(settings, { id: ids[index] ?? '', structureId: structure.id, key: settings.key }, now);
    return isSame(settings, settingsOf(tier)) ? tier : { ...tier, ...settings, updatedAt: now };
  });
  problems.push(...checkTierKeys(keys, 'tiers'), ...checkRanges(inOrder(ruled), 'tiers'));
  return problems.length > 0 ? refused(...problems) : checked(inOrder(ruled));
}

function settingsOf({ key, name, minPoints, maxPoints, noDowngrade, entryAward, pointExpiration, metadata }: Tier): TierSettings {
  return { key, name, minPoints, maxPoints, noDowngrade, entryAward, pointExpiration, metadata };
}

const NO_KEYS: ReadonlySet<string> = new Set();
const TIER_KEY = 'tier';

const keysOf = (tiers: readonly Tier[]): ReadonlySet<string> => new Set(tiers.map(({ key }) => key));

/** A key for each of the tiers: those that are given come first, the others are made of names. */
function tierKeys(tiers: readonly { readonly key?: string | undefined; readonly name: string }[]): string[] {
  const taken = new Set(tiers.flatMap(({ key }) => key ?? []));
  return tiers.map(({ key: given, name }) => {
    const key = given ?? keyFor(name, taken, TIER_KEY);
    taken.add(key);
    return key;
  });
}

function checkTierKeys(keys: readonly string[], field: string): StructureProblem[] {
  return keys.flatMap((key, index) => checkKey(key, new Set(keys.slice(0, index)), field, index, 'key'));
}

/** Whether tiers that were changed apart from each other have come to the same key. */
function checkPublishedKeys(tiers: readonly Tier[]): StructureProblem[] {
  const twice = tiers.find(({ key }, index) => tiers.findIndex((other) => other.key === key) !== index);
  return twice === undefined ? [] : [problem('KEY_TAKEN', `Two tiers would have the key \`${twice.key}\`.`, 'id')];
}

/** Whether two plain values are the same, whatever the order of their fields. A field that is undefined is as one that is left out. */
function isSame(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other;
  const some = one as Readonly<Record<string, unknown>>;
  const others = other as Readonly<Record<string, unknown>>;
  return [...Object.keys(some), ...Object.keys(others)].every((key) => isSame(some[key], others[key]));
}

/**
 * When a change of rules that are in force takes effect: now, or with the first instant of which nothing is recorded yet. On
 * a frozen clock much may have happened at this one; it was judged by the rules as they were, and a replay judges it so again;
 * and no two changes share an instant.
 * @param settledUpTo the latest instant of which anything is recorded; null if that cannot be this one
 */
export function takesEffectAt(now: Instant, settledUpTo: Instant | null): Instant {
  return settledUpTo !== null && settledUpTo >= now ? settledUpTo + 1 : now;
}

/** A publication: the structure before and after it, and the draft, which is spent. */
export interface Publication {
  readonly before: TierStructure;
  readonly after: TierStructure;
  readonly draft: TierStructure;
}

/**
 * Makes the draft's rules the next revision of its structure, or reports everything that stands against it.
 * A tier that was not touched in the draft stays exactly as it is, so that what was renamed meanwhile keeps its name.
 * @param structure of which it is a draft; null if it is none of a next revision
 */
export function publishTierStructure(
  draft: TierStructure,
  structure: TierStructure | null,
  rollout: Rollout,
  context: ForceContext,
): Checked<Publication, TierStructureErrorCode> {
  const { expectedVersion, now } = context;
  const problems: StructureProblem[] = [...checkVersion(draft.version, expectedVersion)];
  if (draft.status !== 'DRAFT') {
    problems.push(problem('INVALID_STATUS', `This needs the status DRAFT; it is ${draft.status}.`, 'id'));
  } else if (structure === null) {
    problems.push(problem('INVALID_DRAFT', 'This is no draft of a next revision: activate it instead.', 'id'));
  } else {
    if (structure.status !== 'ACTIVE') {
      const message = `The tier structure that it is a draft of must be ACTIVE; it is ${structure.status}.`;
      problems.push(problem('INVALID_STATUS', message, 'id'));
    }
    if (structure.revision.number !== draft.revision.number) {
      const message = `The tier structure has revision ${structure.revision.number} now; this is a draft made from revision ${draft.revision.number}.`;
      problems.push(problem('REVISED_MEANWHILE', message, 'id'));
    }
    if (revisionsOf(structure).length >= REVISIONS_MAX) {
      problems.push(problem('TOO_MANY_REVISIONS', `A structure has at most ${REVISIONS_MAX} revisions.`, 'id'));
    }
    problems.push(...checkWhole({ ...structure, ...rulesOf(draft) }, context));
  }
  const tiers = structure === null ? [] : inOrder(draft.tiers.map((tier) => publishedTier(tier, structure, now)));
  problems.push(...checkPublishedKeys(tiers));
  if (problems.length > 0 || structure === null) return refused(...problems);
  const after: TierStructure = {
    ...structure,
    ...rulesOf(draft),
    tiers,
    formerRevisions: revisionsOf(structure),
    revision: { number: structure.revision.number + 1, effectiveAt: takesEffectAt(now, context.settledUpTo), rollout },
    version: structure.version + 1,
    updatedAt: now,
  };
  const spent: TierStructure = {
    ...draft,
    status: 'DELETED',
    // New tiers move to the structure with their ids.
    tiers: draft.tiers.filter(({ originId }) => originId !== null),
    version: draft.version + 1,
    updatedAt: now,
  };
  return checked({ before: structure, after, draft: spent });
}

function publishedTier(tier: Tier, structure: TierStructure, now: Instant): Tier {
  const origin = structure.tiers.find(({ id }) => id === tier.originId);
  if (origin === undefined) return { ...tier, structureId: structure.id, originId: null };
  if (tier.updatedAt === null) return origin;
  const { id, structureId, originId, createdAt } = origin;
  return { ...tier, id, structureId, originId, createdAt, updatedAt: now };
}

/** Every card definition that the rules name. */
export function cardDefinitionsOf({ cardDefinitionId, tiers }: StructureRules): string[] {
  const ids = [cardDefinitionId, ...tiers.map(({ entryAward }) => entryAward?.cardDefinitionId ?? null)];
  return [...new Set(ids.filter((id) => id !== null))];
}

/** Takes one of the simpler steps of the lifecycle. `held` says whether any customer holds a tier. */
export function stepTierStructure(
  structure: TierStructure,
  step: 'DEACTIVATE' | 'DRAFT' | 'DELETE',
  context: { readonly held: boolean; readonly expectedVersion: number | null | undefined } & ChangeTime,
): StructureChecked {
  const problems: StructureProblem[] = [
    ...checkVersion(structure.version, context.expectedVersion),
    ...checkStep(structure.status, step),
  ];
  if (step === 'DRAFT' && context.held && problems.length === 0) {
    problems.push(problem('IN_USE', 'Customers hold tiers of this structure.', 'id'));
  }
  if (problems.length > 0) return refused(...problems);
  const endsAt = takesEffectAt(context.now, context.settledUpTo);
  const ended = structure.activePeriods.map(({ start, end }) => ({ start, end: Math.min(end, endsAt) }));
  return checked({
    ...structure,
    status: step === 'DEACTIVATE' ? 'INACTIVE' : step === 'DRAFT' ? 'DRAFT' : 'DELETED',
    // A draft starts over: whoever is judged after the next activation is judged by the edited structure alone.
    ...(step === 'DRAFT' ? STARTED_OVER : { activePeriods: ended }),
    version: structure.version + 1,
    updatedAt: context.now,
  });
}

const STARTED_OVER: Pick<TierStructure, 'activePeriods' | 'revision' | 'formerRevisions'> = {
  activePeriods: [],
  revision: FIRST_REVISION,
  formerRevisions: [],
};

/** Everything that stands against rules that shall hold. */
function checkWhole(structure: TierStructure, context: ForceContext): StructureProblem[] {
  const { cardDefinitionId, tiers } = structure;
  const isActive = (id: string) => context.cardDefinitionStatuses.get(id) === 'ACTIVE';
  const problems: StructureProblem[] = [];
  if (cardDefinitionId === null || !isActive(cardDefinitionId)) {
    problems.push(problem('INVALID_CARD_DEFINITION', 'Activation needs a linked card definition that is active.', 'id'));
  }
  if (tiers.length === 0) problems.push(problem('NO_TIERS', 'Activation needs at least one tier.', 'id'));
  problems.push(...checkSettings(structure), ...checkRanges(tiers, 'id'));
  for (const { name, entryAward } of tiers) {
    const awardedOn = entryAward?.cardDefinitionId ?? null;
    if (awardedOn === null || isActive(awardedOn)) continue;
    const message = `The entry award of "${name}" needs a card definition that is active.`;
    problems.push(problem('INVALID_ENTRY_AWARD', message, 'id'));
  }
  const cycle = awardCycle(structure, context.activeStructures);
  if (cycle !== null) {
    const names = [...cycle, structure].map(({ name }) => `"${name}"`).join(' -> ');
    problems.push(problem('ENTRY_AWARD_CYCLE', `Entry awards would go round in a circle: ${names}.`, 'id'));
  }
  return problems;
}

/**
 * The shortest way on which an entry award of the structure leads back to it through others in force, from
 * the structure on; null if there is none. Those in force are without a circle among themselves, as none is let in.
 */
function awardCycle(structure: TierStructure, activeStructures: readonly TierStructure[]): readonly TierStructure[] | null {
  const others = activeStructures.filter(({ id }) => id !== structure.id);
  const ways: TierStructure[][] = [[structure]];
  const visited = new Set<TierStructure>();
  for (const way of ways) {
    const last = way.at(-1) ?? structure;
    if (last !== structure && awardsOn(last, structure)) return way;
    const next = others.filter((other) => !visited.has(other) && awardsOn(last, other));
    for (const other of next) {
      visited.add(other);
      ways.push([...way, other]);
    }
  }
  return null;
}

/** Whether an entry award of the one is given on the card that the other measures. */
function awardsOn({ cardDefinitionId, tiers }: TierStructure, measuring: TierStructure): boolean {
  return tiers.some(
    ({ entryAward }) =>
      entryAward !== null && (entryAward.cardDefinitionId ?? cardDefinitionId) === measuring.cardDefinitionId,
  );
}

function checkSettings(structure: TierStructureSettings): StructureProblem[] {
  return [
    ...checkName(structure.name, 'name'),
    ...checkMetadata(structure.metadata, 'metadata'),
    ...checkPointEarned(structure),
    ...checkExpiration(structure.expiration),
    ...checkDowngrade(structure.downgrade),
  ];
}

function checkPointEarned({ type, pointEarned }: TierStructureSettings): StructureProblem[] {
  if (type === 'POINT_BALANCE') {
    if (pointEarned === null) return [];
    return [problem('INVALID_POINT_EARNED', '`pointEarned` must be null with POINT_BALANCE.', 'pointEarned')];
  }
  if (pointEarned === null) {
    return [problem('INVALID_POINT_EARNED', '`pointEarned` is required with POINT_EARNED.', 'pointEarned')];
  }
  const problems: StructureProblem[] = [];
  if (!isPeriod(pointEarned.period)) {
    const message = 'A period has a value from 1 to 1000.';
    problems.push(problem('INVALID_POINT_EARNED', message, 'pointEarned', 'period', 'value'));
  }
  if (pointEarned.window === 'TRAILING' && pointEarned.type !== 'IMMEDIATELY') {
    const message = 'TRAILING has no next period, so it goes with IMMEDIATELY only.';
    problems.push(problem('INVALID_POINT_EARNED', message, 'pointEarned', 'window'));
  }
  return problems;
}

function checkExpiration(expiration: TierExpiration | null): StructureProblem[] {
  const invalid = (message: string, ...path: string[]) => [problem('INVALID_EXPIRATION', message, 'expiration', ...path)];
  if (expiration === null) return invalid('`noExpiration` must be true; choose one of the ways.', 'noExpiration');
  switch (expiration.type) {
    case 'NO_EXPIRATION':
      return [];
    case 'ROLLING_EXPIRATION':
      return isPeriodOfDays(expiration.period)
        ? []
        : invalid('A tier lasts 1 to 1000 days, weeks, months or years.', 'rollingExpiration', 'period');
    case 'CALENDAR_EXPIRATION':
      return isCalendarDateList(expiration.calendarDates)
        ? []
        : invalid('There are 1 to 20 different days, and each exists.', 'calendarExpiration', 'calendarDates');
    case 'SLIDING_EXPIRATION':
      if (!isPeriodOfDays(expiration.period)) {
        return invalid('A tier lasts 1 to 1000 days, weeks, months or years.', 'slidingExpiration', 'period');
      }
      return areQualifyingActivities(expiration)
        ? []
        : invalid(
            `At least one activity counts; up to ${CUSTOM_ACTIVITY_TYPES_MAX} custom types, of 1 to ${NAME_MAX_LENGTH} characters, only with customActivity.`,
            'slidingExpiration',
          );
  }
}

function checkDowngrade(downgrade: TierDowngrade | null): StructureProblem[] {
  if (downgrade === null) {
    const message = '`noDowngrade` must be true; choose one of the ways.';
    return [problem('INVALID_DOWNGRADE', message, 'downgrade', 'noDowngrade')];
  }
  if (downgrade.type === 'NO_DOWNGRADE' || downgrade.gracePeriod === null || isPeriodOfDays(downgrade.gracePeriod)) {
    return [];
  }
  const level = downgrade.type === 'MULTI_LEVEL' ? 'multiLevel' : 'singleLevel';
  return [
    problem('INVALID_DOWNGRADE', 'A grace period lasts 1 to 1000 days, weeks, months or years.', 'downgrade', level, 'gracePeriod'),
  ];
}

function checkTier(tier: TierSettings, ...path: (string | number)[]): StructureProblem[] {
  const problems: StructureProblem[] = [
    ...checkName(tier.name, ...path, 'name'),
    ...checkMetadata(tier.metadata, ...path, 'metadata'),
  ];
  if (tier.minPoints < 0n || tier.minPoints > POINTS_MAX) {
    problems.push(problem('INVALID_RANGE', 'A minimum is 0 or more.', ...path, 'minPoints'));
  }
  if (tier.maxPoints !== null && (tier.maxPoints < tier.minPoints || tier.maxPoints > POINTS_MAX)) {
    problems.push(problem('INVALID_RANGE', 'A maximum is not below its minimum.', ...path, 'maxPoints'));
  }
  const { entryAward, pointExpiration } = tier;
  if (entryAward !== null && (entryAward.points < 1n || entryAward.points > POINTS_MAX)) {
    problems.push(problem('INVALID_ENTRY_AWARD', 'An entry award has 1 or more points.', ...path, 'entryAward', 'points'));
  }
  if (pointExpiration !== null && !isPointExpiration(pointExpiration)) {
    const message = 'An expiration has a period of 1 to 1000, or 1 to 20 different days that exist; a rounding fits its period.';
    problems.push(problem('INVALID_POINT_EXPIRATION', message, ...path, 'pointExpiration'));
  }
  return problems;
}

/** @param wholeField what is to blame if the tiers are too many */
function checkRanges(tiers: readonly Tier[], field: string, wholeField = field): StructureProblem[] {
  if (tiers.length > TIERS_MAX) {
    return [problem('TOO_MANY_TIERS', `A structure has at most ${TIERS_MAX} tiers.`, wholeField)];
  }
  return tiers.slice(1).flatMap((tier, index) => {
    const below = tiers[index];
    if (below === undefined) return [];
    // A maximum below its own minimum is another problem, which must not hide this one.
    const apart = tier.minPoints > below.minPoints && (below.maxPoints === null || tier.minPoints > below.maxPoints);
    if (apart) return [];
    return [problem('OVERLAPPING_TIERS', `The ranges of "${below.name}" and "${tier.name}" overlap.`, field)];
  });
}

function isPeriodOfDays(period: Period): boolean {
  return isPeriod(period) && period.unit !== 'HOUR';
}

function newTier(settings: TierSettings, ids: Pick<Tier, 'id' | 'structureId' | 'key'>, now: Instant): Tier {
  return { ...settings, ...ids, originId: null, removedAt: null, createdAt: now, updatedAt: null };
}

function inOrder(tiers: readonly Tier[]): Tier[] {
  return [...tiers].sort((a, b) => (a.minPoints < b.minPoints ? -1 : a.minPoints > b.minPoints ? 1 : 0));
}

function withTiers(structure: TierStructure, tiers: readonly Tier[], now: Instant): TierStructure {
  return { ...structure, tiers, version: structure.version + 1, updatedAt: now };
}

function defined<T extends object>(changes: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

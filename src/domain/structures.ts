import type { ConfigurationStatus } from './configuration.ts';
import { checkEditable, checkStep, checkVersion } from './configuration.ts';
import type { FixedPointExpiration, Points, QualifyingActivities } from './points.ts';
import { POINTS_MAX } from './points.ts';
import type { Checked, Problem } from './problem.ts';
import { NAME_MAX_LENGTH, checkMetadata, checkName, checked, isText, problem, refused } from './problem.ts';
import type { CalendarDate, Instant, Interval, Period } from './time.ts';
import { NEVER, isCalendarDateList, isPeriod } from './time.ts';

/**
 * Tier structures: what is measured, which tiers it leads to, how long a tier lasts and how it goes
 * down; and the lifecycle that says what may change when. How a customer is judged is in `tiers.ts`.
 */

export const TIERS_MAX = 50;
export const CUSTOM_ACTIVITY_TYPES_MAX = 20;

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
  readonly name: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly status: ConfigurationStatus;
  /** The structure of which this draft is to become the next revision; null for a structure of its own. */
  readonly draftOf: string | null;
  /** The revision that the rules above are, since when, and how it was rolled out. */
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
  | 'INVALID_METADATA'
  | 'INVALID_CARD_DEFINITION'
  | 'INVALID_POINT_EARNED'
  | 'INVALID_EXPIRATION'
  | 'INVALID_DOWNGRADE'
  | 'INVALID_RANGE'
  | 'OVERLAPPING_TIERS'
  | 'TOO_MANY_TIERS'
  | 'NO_TIERS'
  | 'NOT_SUPPORTED'
  | 'INVALID_EFFECTIVE_AT'
  | 'NOT_DRAFT'
  | 'INVALID_STATUS'
  | 'IN_USE'
  | 'VERSION_CONFLICT'
  | 'INVALID_IDEMPOTENCY_KEY'
  | 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH';

type StructureProblem = Problem<TierStructureErrorCode>;
type StructureChecked = Checked<TierStructure, TierStructureErrorCode>;

/** What a caller may set of a tier structure. */
export interface TierStructureSettings {
  readonly name: string;
  readonly type: TierStructure['type'];
  readonly cardDefinitionId: string | null;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly pointEarned: PointEarned | null;
  /** Null if the caller chose none of the ways, as with `noExpiration: false`; that is refused. */
  readonly expiration: TierExpiration | null;
  /** Null if the caller chose none of the ways, as with `noDowngrade: false`; that is refused. */
  readonly downgrade: TierDowngrade | null;
}

/** What a caller may set of a tier. */
export type TierSettings = Omit<Tier, 'id' | 'structureId' | 'createdAt' | 'updatedAt'>;

/** Changes; fields left undefined stay as they are. */
export type Changes<T> = { readonly [K in keyof T]?: T[K] | undefined };

const DRAFT_ONLY: readonly (keyof TierStructureSettings)[] = [
  'type',
  'cardDefinitionId',
  'pointEarned',
  'expiration',
  'downgrade',
];
const TIER_DRAFT_ONLY: readonly (keyof TierSettings)[] = ['minPoints', 'maxPoints', 'noDowngrade'];

export function createTierStructure(
  settings: TierStructureSettings,
  tiers: readonly TierSettings[],
  ids: { readonly structure: string; readonly tiers: readonly string[] },
  now: Instant,
): StructureChecked {
  const { expiration, downgrade } = settings;
  const newTiers = tiers.map((tier, index) =>
    newTier(tier, { id: ids.tiers[index] ?? '', structureId: ids.structure }, now),
  );
  const problems = [
    ...checkSettings(settings),
    ...tiers.flatMap((tier, index) => checkTier(tier, 'tiers', index)),
    ...checkRanges(inOrder(newTiers), 'tiers'),
  ];
  if (problems.length > 0 || expiration === null || downgrade === null) return refused(...problems);
  return checked({
    ...settings,
    expiration,
    downgrade,
    id: ids.structure,
    status: 'DRAFT',
    tiers: inOrder(newTiers),
    activePeriods: [],
    version: 1,
    createdAt: now,
    updatedAt: null,
  });
}

export function updateTierStructure(
  structure: TierStructure,
  changes: Changes<TierStructureSettings>,
  expectedVersion: number | null | undefined,
  now: Instant,
): StructureChecked {
  const refusedFields = DRAFT_ONLY.filter((field) => changes[field] !== undefined);
  const changed = { ...structure, ...defined(changes), version: structure.version + 1, updatedAt: now };
  const problems = [
    ...checkVersion(structure.version, expectedVersion),
    ...checkEditable(structure.status, refusedFields),
    ...checkSettings(changed),
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

export function addTier(
  structure: TierStructure,
  settings: TierSettings,
  expectedVersion: number | null | undefined,
  id: string,
  now: Instant,
): StructureChecked {
  const tiers = inOrder([...structure.tiers, newTier(settings, { id, structureId: structure.id }, now)]);
  const problems = [
    ...checkVersion(structure.version, expectedVersion),
    ...checkEditable(structure.status, ['tierStructureId'], 'tierStructureId'),
    ...checkTier(settings),
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

/** What activation needs to know beyond the structure itself. */
export interface ActivationContext {
  /** Status of the linked card definition; null if there is none. */
  readonly cardDefinitionStatus: ConfigurationStatus | null;
  readonly effectiveAt: Instant | null;
  readonly expectedVersion: number | null | undefined;
  readonly now: Instant;
}

/** Puts the structure into force, or reports everything that stands against it at once. */
export function activateTierStructure(structure: TierStructure, context: ActivationContext): StructureChecked {
  const { cardDefinitionStatus, effectiveAt, expectedVersion, now } = context;
  const problems: StructureProblem[] = [
    ...checkVersion(structure.version, expectedVersion),
    ...checkStep(structure.status, 'ACTIVATE'),
  ];
  if (cardDefinitionStatus !== 'ACTIVE') {
    problems.push(problem('INVALID_CARD_DEFINITION', 'Activation needs a linked card definition that is active.', 'id'));
  }
  if (structure.tiers.length === 0) problems.push(problem('NO_TIERS', 'Activation needs at least one tier.', 'id'));
  problems.push(...checkSettings(structure), ...checkRanges(structure.tiers, 'id'), ...checkSupported(structure));
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

/** Takes one of the simpler steps of the lifecycle. `held` says whether any customer holds a tier. */
export function stepTierStructure(
  structure: TierStructure,
  step: 'DEACTIVATE' | 'DRAFT' | 'DELETE',
  context: { readonly held: boolean; readonly expectedVersion: number | null | undefined; readonly now: Instant },
): StructureChecked {
  const problems: StructureProblem[] = [
    ...checkVersion(structure.version, context.expectedVersion),
    ...checkStep(structure.status, step),
  ];
  if (step === 'DRAFT' && context.held && problems.length === 0) {
    problems.push(problem('IN_USE', 'Customers hold tiers of this structure.', 'id'));
  }
  if (problems.length > 0) return refused(...problems);
  const ended = structure.activePeriods.map(({ start, end }) => ({ start, end: Math.min(end, context.now) }));
  return checked({
    ...structure,
    status: step === 'DEACTIVATE' ? 'INACTIVE' : step === 'DRAFT' ? 'DRAFT' : 'DELETED',
    // A draft starts over: whoever is judged after the next activation is judged by the edited structure alone.
    activePeriods: step === 'DRAFT' ? [] : ended,
    version: structure.version + 1,
    updatedAt: context.now,
  });
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
  if (isPeriod(pointEarned.period)) return [];
  return [problem('INVALID_POINT_EARNED', 'A period has a value from 1 to 1000.', 'pointEarned', 'period', 'value')];
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
      return isSlidingActivity(expiration)
        ? []
        : invalid(
            `At least one activity counts; up to ${CUSTOM_ACTIVITY_TYPES_MAX} custom types, of 1 to ${NAME_MAX_LENGTH} characters, only with customActivity.`,
            'slidingExpiration',
          );
  }
}

function isSlidingActivity(sliding: Extract<TierExpiration, { type: 'SLIDING_EXPIRATION' }>): boolean {
  const { customActivityTypes: types, customActivity } = sliding;
  return (
    (sliding.earningActivity || sliding.spendingActivity || customActivity) &&
    (customActivity || types.length === 0) &&
    types.length <= CUSTOM_ACTIVITY_TYPES_MAX &&
    types.every((type) => isText(type))
  );
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

/** What can be configured but is not carried out yet is refused here, so that no structure in force is half judged. */
function checkSupported({ pointEarned, expiration, downgrade }: TierStructure): StructureProblem[] {
  const problems: StructureProblem[] = [];
  const unsupported = (what: string, ...path: string[]) =>
    problems.push(problem('NOT_SUPPORTED', `${what} can be drafted but not activated yet.`, ...path));
  if (pointEarned?.type === 'NEXT_TRACKING_PERIOD') unsupported('NEXT_TRACKING_PERIOD', 'pointEarned', 'type');
  if (expiration.type === 'SLIDING_EXPIRATION') unsupported('SLIDING_EXPIRATION', 'expiration');
  if (downgrade.type !== 'NO_DOWNGRADE' && downgrade.gracePeriod !== null) {
    unsupported('A grace period', 'downgrade', 'gracePeriod');
  }
  return problems;
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

function newTier(settings: TierSettings, ids: Pick<Tier, 'id' | 'structureId'>, now: Instant): Tier {
  return { ...settings, ...ids, createdAt: now, updatedAt: null };
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

import { ConditionLanguage } from './conditions.ts';
import type { ConfigurationStatus, LifecycleStep } from './configuration.ts';
import { checkEditable, checkStep, checkVersion, statusAfter } from './configuration.ts';
import type { CapUnit } from './earning.ts';
import type { KeyErrorCode } from './keys.ts';
import { checkKey, keyFor } from './keys.ts';
import type { Points } from './points.ts';
import { POINTS_MAX } from './points.ts';
import type { Checked, Problem } from './problem.ts';
import { checkMetadata, checkName, checked, isText, problem, refused } from './problem.ts';
import type { ReceiptTemplate } from './receipts.ts';
import { checkReceipts } from './receipts.ts';
import type { Instant, Interval, Period } from './time.ts';
import { NEVER, isPeriod } from './time.ts';

/** The catalogue of rewards: what points can be redeemed for, by whom, how often, and what is given for earning. */

export const REWARDS_MAX = 100;
export const REWARD_TYPE_MAX_LENGTH = 100;
export const DESCRIPTION_MAX_LENGTH = 2_000;
export const STOCK_MAX = 1_000_000_000;
export const LIMIT_MAX = 1_000_000;
export const REWARD_TIERS_MAX = 50;
export const PROOF_MAX_MINUTES = 527_040;
export const VISITS_MAX = 10_000;
/** How many times of being in force are remembered; the oldest are forgotten first. */
const ACTIVE_PERIODS_MAX = 100;

/** How often one member may have a reward within a local calendar period. */
export interface PeriodLimit {
  readonly unit: CapUnit;
  readonly count: number;
}

/** How often one member may have a reward. Null or empty: no such limit. */
export interface RewardLimits {
  /** In all. */
  readonly perMember: number | null;
  /** At most one for each unit. */
  readonly perPeriod: readonly PeriodLimit[];
}

/** What a member does to be given a reward. */
export type RewardTrigger =
  | { readonly type: 'EVERY_NTH_VISIT'; readonly visits: number }
  /** A purchase lifts the balance of a card to as many points or more. */
  | { readonly type: 'POINT_BALANCE'; readonly cardDefinitionId: string; readonly points: Points }
  /** So many points were earned on a card, within a calendar period or, without one, in all. */
  | { readonly type: 'POINT_EARNED'; readonly cardDefinitionId: string; readonly points: Points; readonly unit: CapUnit | null };

export type PointsTrigger = Exclude<RewardTrigger, { readonly type: 'EVERY_NTH_VISIT' }>;

/** What a reward says, as a caller may set it; all of it but name and metadata in DRAFT alone, beside its key. */
export interface RewardSettings {
  readonly name: string;
  /** The shop's own word for it. */
  readonly type: string;
  readonly description: string | null;
  /** From which the points are taken. */
  readonly cardDefinitionId: string;
  /** In points; 0 if it can only be had by a grant. */
  readonly cost: Points;
  readonly limits: RewardLimits;
  /** Tiers of which a member must hold one; empty for none. */
  readonly tierIds: readonly string[];
  readonly condition: string | null;
  readonly validFrom: Instant | null;
  /** The first instant at which it is not valid any more. */
  readonly validUntil: Instant | null;
  readonly proofValidMinutes: number;
  readonly trigger: RewardTrigger | null;
  /** How long a grant can be redeemed; null for ever. */
  readonly grantValidity: Period | null;
  readonly defaultLocale: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

export interface Reward extends RewardSettings {
  readonly id: string;
  /** Unique among the rewards that are not deleted. */
  readonly key: string;
  readonly status: ConfigurationStatus;
  /** Whether there is only so much of it. How much is left is known to the stock alone. */
  readonly stocked: boolean;
  /** When it was in force, oldest first. */
  readonly activePeriods: readonly Interval[];
  readonly version: number;
  readonly createdAt: Instant;
  readonly updatedAt: Instant | null;
}

/** A reward with what only its catalogue needs: decisions do without the texts of receipts. */
export interface CatalogueReward extends Reward {
  readonly receipts: readonly ReceiptTemplate[];
  /** How many are left; null for as many as are asked for. */
  readonly stock: number | null;
  /** How many there were when the stock was last set or raised by hand; null without a stock. */
  readonly fullStock: number | null;
}

export type RewardErrorCode =
  | KeyErrorCode
  | 'NOT_FOUND'
  | 'INVALID_NAME'
  | 'INVALID_TYPE'
  | 'INVALID_DESCRIPTION'
  | 'INVALID_CARD_DEFINITION'
  | 'INVALID_COST'
  | 'INVALID_STOCK'
  | 'INVALID_LIMIT'
  | 'INVALID_TIER'
  | 'INVALID_CONDITION'
  | 'INVALID_VALIDITY'
  | 'INVALID_TRIGGER'
  | 'INVALID_LOCALE'
  | 'INVALID_RECEIPT'
  | 'INVALID_METADATA'
  | 'INVALID_REASON'
  | 'NO_STOCK'
  | 'TOO_MANY_REWARDS'
  | 'NOT_DRAFT'
  | 'INVALID_STATUS'
  | 'VERSION_CONFLICT'
  | 'INVALID_IDEMPOTENCY_KEY'
  | 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH';

/** Settings as they come in: locales may be none. */
export interface RewardDraft extends Omit<RewardSettings, 'defaultLocale'> {
  /** Left out: made of the name. */
  readonly key?: string | undefined;
  readonly defaultLocale: string | null;
  readonly receipts: readonly { readonly locale: string | null; readonly template: string }[];
  readonly stock: number | null;
}

/** Changes to a reward; fields left undefined stay as they are. */
export type RewardChanges = { readonly [K in keyof RewardDraft]?: RewardDraft[K] | undefined };

/** What a reward refers to and must exist. */
export interface RewardSurroundings {
  /** Card definitions that are in force. */
  readonly cardDefinitionIds: ReadonlySet<string>;
  readonly tierIds: ReadonlySet<string>;
}

/** What else a reward must fit that is created or changed. */
export interface RewardNeighbours extends RewardSurroundings {
  /** Keys of the other rewards. */
  readonly takenKeys: ReadonlySet<string>;
  readonly now: Instant;
}

type RewardChecked = Checked<CatalogueReward, RewardErrorCode>;

export const REWARD_CONDITIONS = new ConditionLanguage(['customer']);

export function createReward(
  draft: RewardDraft,
  context: RewardNeighbours & { readonly rewards: number; readonly id: string },
): RewardChecked {
  const key = draft.key ?? keyFor(draft.name, context.takenKeys, 'reward');
  const problems = [...checkReward(draft, context), ...checkKey(key, context.takenKeys, 'key')];
  if (context.rewards >= REWARDS_MAX) {
    problems.push(problem('TOO_MANY_REWARDS', `A workspace has at most ${REWARDS_MAX} rewards that are not deleted.`));
  }
  if (problems.length > 0) return refused(...problems);
  return checked({
    ...settled(draft),
    fullStock: draft.stock,
    id: context.id,
    key,
    status: 'DRAFT',
    activePeriods: [],
    version: 1,
    createdAt: context.now,
    updatedAt: null,
  });
}

export function updateReward(
  reward: CatalogueReward,
  changes: RewardChanges,
  expectedVersion: number | null | undefined,
  context: RewardNeighbours,
): RewardChecked {
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const draftOnly = Object.keys(given).filter((field) => !ALWAYS_EDITABLE.has(field));
  const changed: CatalogueReward = { ...reward, ...given };
  // Outside of a draft nothing changes that could have become wrong meanwhile.
  const checks = reward.status === 'DRAFT' ? checkReward(changed, context) : [...checkName(changed.name, 'name'), ...checkMetadata(changed.metadata, 'metadata')];
  const problems = [
    ...checkVersion(reward.version, expectedVersion),
    ...checkEditable(reward.status, draftOnly),
    ...checks,
    ...checkKey(changed.key, context.takenKeys, 'key'),
  ];
  if (problems.length > 0) return refused(...problems);
  const fullStock = changed.stock === reward.stock ? reward.fullStock : changed.stock;
  return checked({ ...reward, ...settled(changed), fullStock, key: changed.key, version: reward.version + 1, updatedAt: context.now });
}

const ALWAYS_EDITABLE: ReadonlySet<string> = new Set<keyof RewardDraft>(['key', 'name', 'metadata']);

/** A step of the lifecycle. What was redeemed stays as it is, whatever becomes of the reward. */
export function stepReward(
  reward: CatalogueReward,
  step: LifecycleStep,
  expectedVersion: number | null | undefined,
  context: RewardSurroundings & { readonly now: Instant },
): RewardChecked {
  const { now } = context;
  const problems: Problem<RewardErrorCode>[] = [...checkVersion(reward.version, expectedVersion), ...checkStep(reward.status, step)];
  // A draft may be older than what it refers to.
  if (step === 'ACTIVATE') problems.push(...checkSurroundings(reward, context));
  if (problems.length > 0) return refused(...problems);
  const open = reward.activePeriods.at(-1);
  const activePeriods =
    step === 'ACTIVATE'
      ? [...reward.activePeriods, { start: now, end: NEVER }].slice(-ACTIVE_PERIODS_MAX)
      : reward.activePeriods.map((period) => (period === open && period.end === NEVER ? { ...period, end: now } : period));
  return checked({ ...reward, status: statusAfter(step), activePeriods, version: reward.version + 1, updatedAt: now });
}

/** Puts some more on the shelf, or takes some off. */
export function adjustStock(
  reward: CatalogueReward,
  { by, reason }: { readonly by: number; readonly reason: string | null },
  expectedVersion: number | null | undefined,
  now: Instant,
): RewardChecked {
  const problems: Problem<RewardErrorCode>[] = [...checkVersion(reward.version, expectedVersion)];
  if (reward.status === 'DELETED') problems.push(problem('INVALID_STATUS', 'It is deleted.', 'id'));
  if (reason !== null && !isText(reason, STOCK_REASON_MAX_LENGTH)) {
    problems.push(problem('INVALID_REASON', `A reason has 1 to ${STOCK_REASON_MAX_LENGTH} characters.`, 'reason'));
  }
  const stock = (reward.stock ?? 0) + by;
  if (reward.stock === null) problems.push(problem('NO_STOCK', 'There is as much of it as is asked for.', 'id'));
  else if (by === 0 || stock < 0 || stock > STOCK_MAX) {
    problems.push(problem('INVALID_STOCK', `There are ${reward.stock} left; after the change there are 0 to ${STOCK_MAX}, and others than before.`, 'by'));
  }
  if (problems.length > 0) return refused(...problems);
  return checked({ ...reward, stock, fullStock: by > 0 ? stock : reward.fullStock, version: reward.version + 1, updatedAt: now });
}

const STOCK_REASON_MAX_LENGTH = 500;

/** How many there are of a reward of which there are only so many. */
export interface Stock {
  readonly left: number;
  /** How many there were when it was last set or raised by hand. */
  readonly full: number;
}

/** What there is to tell of a stock that has fallen. */
export type StockNotice = 'LOW' | 'SOLD_OUT';

/**
 * Little is left from a tenth of what there was when the stock was filled, and at least from one. That is told when the stock falls to
 * it, and again only if there was more in between; of the last one it is told that nothing is left, and that alone.
 */
export function stockNotice({ left: before, full }: Stock, after: number): StockNotice | null {
  if (after >= before) return null;
  if (after === 0) return 'SOLD_OUT';
  const low = Math.max(1, Math.floor(full / LOW_STOCK_DIVISOR));
  return before > low && after <= low ? 'LOW' : null;
}

const LOW_STOCK_DIVISOR = 10;

/** A draft without problems has locales. */
function settled({ defaultLocale, receipts, stock, ...draft }: RewardDraft) {
  return {
    ...draft,
    defaultLocale: defaultLocale ?? '',
    receipts: receipts.map(({ locale, template }) => ({ locale: locale ?? '', template })),
    stock,
    stocked: stock !== null,
  };
}

function checkReward(draft: RewardDraft, context: RewardSurroundings): Problem<RewardErrorCode>[] {
  const problems: Problem<RewardErrorCode>[] = [...checkName(draft.name, 'name')];
  const add = (code: RewardErrorCode, message: string, ...field: (string | number)[]) => problems.push(problem(code, message, ...field));
  if (!isText(draft.type, REWARD_TYPE_MAX_LENGTH)) add('INVALID_TYPE', `A type has 1 to ${REWARD_TYPE_MAX_LENGTH} characters.`, 'type');
  if (draft.description !== null && !isText(draft.description, DESCRIPTION_MAX_LENGTH)) {
    add('INVALID_DESCRIPTION', `A description has 1 to ${DESCRIPTION_MAX_LENGTH} characters.`, 'description');
  }
  const atLeast = draft.trigger === null ? 1n : 0n;
  if (draft.cost < atLeast || draft.cost > POINTS_MAX) {
    add('INVALID_COST', `A reward costs ${atLeast} points or more; only one with a trigger may cost nothing.`, 'cost');
  }
  if (draft.stock !== null && !isCount(draft.stock, 0, STOCK_MAX)) add('INVALID_STOCK', `A stock is from 0 to ${STOCK_MAX}.`, 'stock');
  if (!isCount(draft.proofValidMinutes, 1, PROOF_MAX_MINUTES)) {
    add('INVALID_VALIDITY', `A proof is valid for 1 to ${PROOF_MAX_MINUTES} minutes.`, 'proofValidMinutes');
  }
  if (draft.validFrom !== null && draft.validUntil !== null && draft.validUntil <= draft.validFrom) {
    add('INVALID_VALIDITY', 'The validity ends after it has begun.', 'validUntil');
  }
  if (draft.grantValidity !== null && !isPeriod(draft.grantValidity)) {
    add('INVALID_VALIDITY', 'A period is from 1 to 1000 units.', 'grantValidity');
  } else if (draft.grantValidity !== null && draft.trigger === null) {
    add('INVALID_TRIGGER', 'Only a reward with a trigger is granted.', 'grantValidity');
  }
  const wrong = draft.condition === null ? null : REWARD_CONDITIONS.check(draft.condition);
  if (wrong !== null) add('INVALID_CONDITION', wrong, 'condition');
  return [
    ...problems,
    ...checkLimits(draft.limits),
    ...checkTrigger(draft.trigger),
    ...checkSurroundings(draft, context),
    ...checkReceipts(draft.receipts, draft.defaultLocale),
    ...checkMetadata(draft.metadata, 'metadata'),
  ];
}

function checkLimits({ perMember, perPeriod }: RewardLimits): Problem<'INVALID_LIMIT'>[] {
  const isLimit = (count: number) => isCount(count, 1, LIMIT_MAX);
  const wrong = `A limit is from 1 to ${LIMIT_MAX}.`;
  const inAll = perMember === null || isLimit(perMember) ? [] : [problem('INVALID_LIMIT', wrong, 'limits', 'perMember')];
  const within = perPeriod.flatMap(({ unit, count }, index): Problem<'INVALID_LIMIT'>[] => {
    if (perPeriod.findIndex((other) => other.unit === unit) !== index) {
      return [problem('INVALID_LIMIT', `${unit} has another limit already.`, 'limits', 'perPeriod', index, 'unit')];
    }
    return isLimit(count) ? [] : [problem('INVALID_LIMIT', wrong, 'limits', 'perPeriod', index, 'count')];
  });
  return [...inAll, ...within];
}

function checkTrigger(trigger: RewardTrigger | null): Problem<'INVALID_TRIGGER'>[] {
  if (trigger === null) return [];
  if (trigger.type === 'EVERY_NTH_VISIT') {
    if (isCount(trigger.visits, 1, VISITS_MAX)) return [];
    return [problem('INVALID_TRIGGER', `Every 1st to ${VISITS_MAX}th visit is rewarded.`, 'trigger', 'everyNthVisit', 'visits')];
  }
  if (trigger.points > 0n && trigger.points <= POINTS_MAX) return [];
  const field = trigger.type === 'POINT_BALANCE' ? 'pointBalance' : 'pointEarned';
  return [problem('INVALID_TRIGGER', `A threshold is from 1 to ${POINTS_MAX} points.`, 'trigger', field, 'points')];
}

function checkSurroundings(
  { cardDefinitionId, tierIds, trigger }: Pick<RewardSettings, 'cardDefinitionId' | 'tierIds' | 'trigger'>,
  known: RewardSurroundings,
): Problem<'INVALID_CARD_DEFINITION' | 'INVALID_TIER'>[] {
  const problems: Problem<'INVALID_CARD_DEFINITION' | 'INVALID_TIER'>[] = [];
  const missing = 'The card definition must exist and be active.';
  if (!known.cardDefinitionIds.has(cardDefinitionId)) problems.push(problem('INVALID_CARD_DEFINITION', missing, 'cardDefinitionId'));
  if (trigger !== null && trigger.type !== 'EVERY_NTH_VISIT' && !known.cardDefinitionIds.has(trigger.cardDefinitionId)) {
    const field = trigger.type === 'POINT_BALANCE' ? 'pointBalance' : 'pointEarned';
    problems.push(problem('INVALID_CARD_DEFINITION', missing, 'trigger', field, 'cardDefinitionId'));
  }
  if (tierIds.length > REWARD_TIERS_MAX) return [...problems, problem('INVALID_TIER', `There are at most ${REWARD_TIERS_MAX} tiers.`, 'tierIds')];
  const wrong = tierIds.flatMap((id, index) =>
    known.tierIds.has(id) && tierIds.indexOf(id) === index ? [] : [problem('INVALID_TIER', 'Each tier exists and is named once.', 'tierIds', index)],
  );
  return [...problems, ...wrong];
}

function isCount(count: number, least: number, most: number): boolean {
  return Number.isInteger(count) && count >= least && count <= most;
}

/** Whether a reward can be had at the instant. */
export function isValidAt({ status, validFrom, validUntil }: Reward, at: Instant): boolean {
  return status === 'ACTIVE' && (validFrom === null || at >= validFrom) && (validUntil === null || at < validUntil);
}

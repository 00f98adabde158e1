import type { CardDefinition, CardDefinitionDraft } from './cards.ts';
import type { ConfigurationStatus } from './configuration.ts';
import type { EarnRule, EarnRuleTerms } from './earning.ts';
import { versionAt } from './earning.ts';
import type { FixedPointExpiration, PointActivation, PointExpiration, Points, QualifyingActivities } from './points.ts';
import type { CatalogueReward, RewardDraft, RewardTrigger } from './rewards.ts';
import type { GracePeriod, Rollout, Tier, TierDowngrade, TierExpiration, TierSettings, TierStructure, TierStructureSettings } from './structures.ts';
import type { Instant } from './time.ts';
import type { Workspace } from './workspaces.ts';
import { BACKDATING_MAX_DAYS, EVENT_RETENTION_DEFAULT_DAYS } from './workspaces.ts';

/**
 * A workspace's configuration as a document that another workspace can read: objects and references by their keys, what is
 * in force or will be, and nothing of who made it when. What a field may be left out for is its default, and a field that
 * has its default is left out, so that there is one document for each configuration.
 */

/** Of documents, not of what is in them. */
export const DOCUMENT_VERSION = 1;

/** What the API gives a reward that does not say otherwise. */
export const PROOF_VALID_MINUTES = 1_440;
export const DEFAULT_LOCALE = 'en';

export type DocumentStatus = Exclude<ConfigurationStatus, 'DELETED'>;

export interface ConfigurationDocument {
  /** A section that is null is left out of the document, which then says nothing of such objects. */
  readonly workspace: WorkspaceSection | null;
  readonly cardDefinitions: readonly CardDefinitionSection[] | null;
  readonly tierStructures: readonly TierStructureSection[] | null;
  readonly earnRules: readonly EarnRuleSection[] | null;
  readonly rewards: readonly RewardSection[] | null;
}

export interface WorkspaceSection {
  /** Never changes, so a document can only insist on it. Null: any. */
  readonly timeZone: string | null;
  readonly backdatingDays: number;
  readonly eventRetentionDays: number;
  readonly noticeDays: number;
}

export interface CardDefinitionSection {
  readonly key: string;
  readonly status: DocumentStatus;
  readonly settings: Omit<CardDefinitionDraft, 'key'>;
}

export interface TierStructureSection {
  readonly key: string;
  readonly status: DocumentStatus;
  /** How a change of rules that are in force is brought to customers. It is no part of what is configured, so it is never exported. */
  readonly rollout: Rollout;
  /** Key of the linked card definition. */
  readonly cardDefinition: string | null;
  readonly settings: Omit<TierStructureSettings, 'key' | 'cardDefinitionId'>;
  readonly tiers: readonly TierSection[];
}

export interface TierSection {
  readonly key: string;
  readonly settings: Omit<TierSettings, 'key' | 'entryAward'>;
  readonly entryAward: { readonly points: Points; readonly cardDefinition: string | null } | null;
}

export interface EarnRuleSection {
  readonly key: string;
  readonly name: string;
  readonly cardDefinition: string;
  /** What is in force, and what will be: oldest first. */
  readonly versions: readonly EarnRuleVersionSection[];
}

export interface EarnRuleVersionSection {
  /** Null: it is in force. */
  readonly effectiveAt: Instant | null;
  readonly terms: Omit<EarnRuleTerms, 'tierMultipliers'>;
  readonly tierMultipliers: readonly { readonly tier: string; readonly multiplier: string }[];
}

export interface RewardSection {
  readonly key: string;
  readonly status: DocumentStatus;
  readonly cardDefinition: string;
  /** By their names. */
  readonly tiers: readonly string[];
  readonly trigger: RewardTriggerSection | null;
  /** With the stock that it begins with. What is left of a reward that there is already is no part of what is configured. */
  readonly settings: Omit<RewardDraft, 'key' | 'cardDefinitionId' | 'tierIds' | 'trigger'>;
}

export type RewardTriggerSection = { [Type in RewardTrigger['type']]: TriggerSection<Extract<RewardTrigger, { readonly type: Type }>> }[RewardTrigger['type']];

/** A trigger that names its card definition, if it has one, by its key. */
type TriggerSection<T extends RewardTrigger> = T extends { readonly cardDefinitionId: string } ? Omit<T, 'cardDefinitionId'> & { readonly cardDefinition: string } : T;

/** What a workspace has of what documents speak of. */
export interface ConfigurationState {
  readonly workspace: Workspace;
  /** Without deleted ones, oldest first. */
  readonly cardDefinitions: readonly CardDefinition[];
  /** Without deleted ones and drafts of next revisions, oldest first. */
  readonly tierStructures: readonly TierStructure[];
  /** Drafts of next revisions: edits under way, of which documents say nothing. */
  readonly drafts: readonly TierStructure[];
  /** Without retired ones, oldest first. */
  readonly earnRules: readonly EarnRule[];
  /** Without deleted ones, oldest first. */
  readonly rewards: readonly CatalogueReward[];
}

/** Keys by ids. What is not there any more has none: nothing that a document could name, nor anything that it would do. */
export interface KeyNames {
  readonly cardDefinition: (id: string) => string | null;
  readonly tier: (id: string) => string | null;
}

export function keyNamesOf({ cardDefinitions, tierStructures }: Pick<ConfigurationState, 'cardDefinitions' | 'tierStructures'>): KeyNames {
  const cards = new Map(cardDefinitions.map(({ id, key }) => [id, key]));
  const tiers = new Map(tierStructures.flatMap((structure) => structure.tiers.map(({ id, key }) => [id, tierName(structure.key, key)] as const)));
  return { cardDefinition: (id) => cards.get(id) ?? null, tier: (id) => tiers.get(id) ?? null };
}

/** How a document names a tier outside its structure. No key has a slash. */
export const tierName = (structureKey: string, tierKey: string): string => `${structureKey}/${tierKey}`;

/** The document of a configuration at the instant. */
export function documentOf(state: ConfigurationState, now: Instant): ConfigurationDocument {
  const names = keyNamesOf(state);
  const { timeZone, backdatingDays, eventRetentionDays, noticeDays } = state.workspace;
  return {
    workspace: { timeZone, backdatingDays, eventRetentionDays, noticeDays },
    cardDefinitions: state.cardDefinitions.map(cardDefinitionSection),
    tierStructures: state.tierStructures.map((structure) => tierStructureSection(structure, names)),
    earnRules: state.earnRules.map((rule) => earnRuleSection(rule, names, now)),
    rewards: state.rewards.map((reward) => rewardSection(reward, names)),
  };
}

export function cardDefinitionSection({ key, status, name, expiration, activation, refundPolicy, metadata }: CardDefinition): CardDefinitionSection {
  return { key, status: documentStatus(status), settings: { name, expiration, activation, refundPolicy, metadata } };
}

export function tierStructureSection(structure: TierStructure, names: KeyNames): TierStructureSection {
  const { key, status, name, type, pointEarned, expiration, downgrade, entryAwardScope, entryAwardOnRefund, metadata } = structure;
  return {
    key,
    status: documentStatus(status),
    rollout: 'NEXT_JUDGEMENT',
    cardDefinition: structure.cardDefinitionId === null ? null : names.cardDefinition(structure.cardDefinitionId),
    settings: { name, type, pointEarned, expiration, downgrade, entryAwardScope, entryAwardOnRefund, metadata },
    tiers: structure.tiers.map((tier) => tierSection(tier, names)),
  };
}

export function tierSection({ key, name, minPoints, maxPoints, noDowngrade, entryAward, pointExpiration, metadata }: Tier, names: KeyNames): TierSection {
  return { key, settings: { name, minPoints, maxPoints, noDowngrade, pointExpiration, metadata }, entryAward: entryAwardSection(entryAward, names) };
}

function entryAwardSection(award: Tier['entryAward'], names: KeyNames): TierSection['entryAward'] {
  if (award === null || award.cardDefinitionId === null) return award === null ? null : { points: award.points, cardDefinition: null };
  const cardDefinition = names.cardDefinition(award.cardDefinitionId);
  // Without its card it would become an award on another one.
  return cardDefinition === null ? null : { points: award.points, cardDefinition };
}

export function earnRuleSection(rule: EarnRule, names: KeyNames, now: Instant): EarnRuleSection {
  const { key, name, cardDefinitionId } = rule;
  const versions = termsInTime(rule, now).map(({ effectiveAt, terms }) => versionSection(terms, effectiveAt, names));
  const cardDefinition = names.cardDefinition(cardDefinitionId);
  if (cardDefinition === null) throw new Error('A card definition is not deleted while an earn rule gives points on it.');
  return { key, name, cardDefinition, versions: versions.filter((version, index) => index === 0 || !isSameTerms(version, versions[index - 1])) };
}

export function versionSection(
  { rates, condition, rounding, roundingScope, tierMultipliers, caps, expiration }: EarnRuleTerms,
  effectiveAt: Instant | null,
  names: KeyNames,
): EarnRuleVersionSection {
  return {
    effectiveAt,
    terms: { rates, condition, rounding, roundingScope, caps, expiration },
    tierMultipliers: tierMultipliers.flatMap(({ tierId, multiplier }) => {
      const tier = names.tier(tierId);
      return tier === null ? [] : [{ tier, multiplier }];
    }),
  };
}

export function rewardSection(reward: CatalogueReward, names: KeyNames): RewardSection {
  const { key, status, name, type, description, cost, stock, limits, condition, validFrom, validUntil } = reward;
  const { proofValidMinutes, grantValidity, defaultLocale, receipts, metadata } = reward;
  const tiers = reward.tierIds.flatMap((id) => names.tier(id) ?? []);
  // Without the last of its tiers it would become a reward for everybody.
  const isForNobody = reward.tierIds.length > 0 && tiers.length === 0;
  return {
    key,
    status: documentStatus(status),
    cardDefinition: cardOfReward(reward.cardDefinitionId, names),
    tiers,
    trigger: reward.trigger === null ? null : triggerSection(reward.trigger, names),
    settings: {
      name,
      type,
      description,
      cost,
      stock,
      limits,
      condition: isForNobody ? 'false' : condition,
      validFrom,
      validUntil,
      proofValidMinutes,
      grantValidity,
      defaultLocale,
      receipts,
      metadata,
    },
  };
}

function triggerSection(trigger: RewardTrigger, names: KeyNames): RewardTriggerSection {
  if (trigger.type === 'EVERY_NTH_VISIT') return trigger;
  const { cardDefinitionId, ...rest } = trigger;
  return { ...rest, cardDefinition: cardOfReward(cardDefinitionId, names) };
}

function cardOfReward(id: string, names: KeyNames): string {
  const key = names.cardDefinition(id);
  if (key === null) throw new Error('A card definition is not deleted while a reward refers to it.');
  return key;
}

/** What the rule says at the instant, and from which later instants it will say something else. */
export function termsInTime(rule: EarnRule, now: Instant): readonly { readonly effectiveAt: Instant | null; readonly terms: EarnRuleTerms }[] {
  const current = versionAt(rule, now);
  const later = [...new Set(rule.versions.flatMap(({ effectiveAt }) => (effectiveAt > now ? effectiveAt : [])))].sort((a, b) => a - b);
  return [
    ...(current === null ? [] : [{ effectiveAt: null, terms: current }]),
    ...later.flatMap((effectiveAt) => {
      const terms = versionAt(rule, effectiveAt);
      return terms === null ? [] : [{ effectiveAt, terms }];
    }),
  ];
}

function documentStatus(status: ConfigurationStatus): DocumentStatus {
  if (status === 'DELETED') throw new Error('What is deleted is in no document.');
  return status;
}

// --- as plain data, in the words of the API -----------------------------------------------------------

/** Plain data: what JSON can say. Fields are in the order in which they are written. */
export type Plain = null | boolean | number | string | readonly Plain[] | PlainObject;
export interface PlainObject {
  readonly [field: string]: Plain;
}

export function plainDocument({ workspace, cardDefinitions, tierStructures, earnRules, rewards }: ConfigurationDocument): PlainObject {
  return fields({
    version: DOCUMENT_VERSION,
    workspace: workspace === null ? undefined : plainWorkspace(workspace),
    cardDefinitions: cardDefinitions?.map(plainCardDefinition),
    tierStructures: tierStructures?.map((section) => ({ ...plainTierStructure(section), tiers: section.tiers.map(plainTier) })),
    earnRules: earnRules?.map((section) => ({ ...plainEarnRule(section), versions: section.versions.map(plainVersion) })),
    rewards: rewards?.map(plainReward),
  });
}

export function plainWorkspace({ timeZone, backdatingDays, eventRetentionDays, noticeDays }: WorkspaceSection): PlainObject {
  return fields({
    timeZone: timeZone ?? undefined,
    backdatingDays: unless(BACKDATING_MAX_DAYS, backdatingDays),
    eventRetentionDays: unless(EVENT_RETENTION_DEFAULT_DAYS, eventRetentionDays),
    noticeDays: unless(0, noticeDays),
  });
}

export function plainCardDefinition({ key, status, settings }: CardDefinitionSection): PlainObject {
  const { name, expiration, activation, refundPolicy, metadata } = settings;
  return fields({
    key,
    name,
    status,
    expiration: expiration.type === 'NO_EXPIRATION' ? undefined : plainPointExpiration(expiration),
    activation: plainActivation(activation),
    refundPolicy: unless('REVOKE_TO_ZERO', refundPolicy),
    metadata: plainMetadata(metadata),
  });
}

/** Without its tiers. */
export function plainTierStructure({ key, status, cardDefinition, settings }: TierStructureSection): PlainObject {
  const { name, type, pointEarned, expiration, downgrade, entryAwardScope, entryAwardOnRefund, metadata } = settings;
  return fields({
    key,
    name,
    status,
    type,
    cardDefinition: cardDefinition ?? undefined,
    pointEarned:
      pointEarned === null
        ? undefined
        : fields({ period: plainPeriod(pointEarned.period), type: unless('IMMEDIATELY', pointEarned.type), window: unless('CALENDAR', pointEarned.window) }),
    expiration: expiration === null ? undefined : plainTierExpiration(expiration),
    downgrade: downgrade === null ? undefined : plainDowngrade(downgrade),
    entryAwardScope: unless('REACHED', entryAwardScope),
    entryAwardOnRefund: unless('KEEP', entryAwardOnRefund),
    metadata: plainMetadata(metadata),
  });
}

export function plainTier({ key, settings, entryAward }: TierSection): PlainObject {
  const { name, minPoints, maxPoints, noDowngrade, pointExpiration, metadata } = settings;
  return fields({
    key,
    name,
    minPoints: plainPoints(minPoints),
    maxPoints: maxPoints === null ? undefined : plainPoints(maxPoints),
    noDowngrade: noDowngrade ? true : undefined,
    entryAward: entryAward === null ? undefined : fields({ points: plainPoints(entryAward.points), cardDefinition: entryAward.cardDefinition ?? undefined }),
    pointExpiration: pointExpiration === null ? undefined : plainPointExpiration(pointExpiration),
    metadata: plainMetadata(metadata),
  });
}

/** Without its versions. */
export function plainEarnRule({ key, name, cardDefinition }: EarnRuleSection): PlainObject {
  return { key, name, cardDefinition };
}

export function plainVersion({ effectiveAt, terms, tierMultipliers }: EarnRuleVersionSection): PlainObject {
  const { rates, condition, rounding, roundingScope, caps, expiration } = terms;
  return fields({
    effectiveAt: effectiveAt === null ? undefined : plainInstant(effectiveAt),
    rates: rates.map(({ currency, value, every }) => ({ currency, value, every })),
    condition: condition ?? undefined,
    rounding: unless('FLOOR', rounding),
    roundingScope: unless('PER_TRANSACTION', roundingScope),
    tierMultipliers: unlessEmpty(tierMultipliers.map(({ tier, multiplier }) => ({ tier, multiplier }))),
    caps: unlessBare({
      perTransaction: caps.perTransaction === null ? undefined : plainPoints(caps.perTransaction),
      perPeriod: unlessEmpty(caps.perPeriod.map(({ unit, points }) => ({ unit, points: plainPoints(points) }))),
      balance: caps.balance === null ? undefined : plainPoints(caps.balance),
    }),
    expiration: expiration === null ? undefined : plainPointExpiration(expiration),
  });
}

export function plainReward({ key, status, cardDefinition, tiers, trigger, settings }: RewardSection): PlainObject {
  const { name, type, description, cost, stock, limits, condition, validFrom, validUntil } = settings;
  const { proofValidMinutes, grantValidity, defaultLocale, receipts, metadata } = settings;
  return fields({
    key,
    name,
    status,
    type,
    description: description ?? undefined,
    cardDefinition,
    cost: plainPoints(cost),
    stock: stock ?? undefined,
    limits: unlessBare({
      perMember: limits.perMember ?? undefined,
      perPeriod: unlessEmpty(limits.perPeriod.map(({ unit, count }) => ({ unit, count }))),
    }),
    tiers: unlessEmpty(tiers),
    condition: condition ?? undefined,
    validFrom: validFrom === null ? undefined : plainInstant(validFrom),
    validUntil: validUntil === null ? undefined : plainInstant(validUntil),
    proofValidMinutes: unless(PROOF_VALID_MINUTES, proofValidMinutes),
    trigger: trigger === null ? undefined : plainTrigger(trigger),
    grantValidity: grantValidity === null ? undefined : plainPeriod(grantValidity),
    defaultLocale: unless(DEFAULT_LOCALE, defaultLocale ?? ''),
    receipts: unlessEmpty(receipts.map(({ locale, template }) => ({ locale: locale ?? '', template }))),
    metadata: plainMetadata(metadata),
  });
}

function plainTrigger(trigger: RewardTriggerSection): PlainObject {
  switch (trigger.type) {
    case 'EVERY_NTH_VISIT':
      return { everyNthVisit: { visits: trigger.visits } };
    case 'POINT_BALANCE':
      return { pointBalance: { cardDefinition: trigger.cardDefinition, points: plainPoints(trigger.points) } };
    case 'POINT_EARNED':
      return { pointEarned: fields({ cardDefinition: trigger.cardDefinition, points: plainPoints(trigger.points), unit: trigger.unit ?? undefined }) };
  }
}

/** Whether two versions say the same, whenever they do. */
export function isSameTerms(one: EarnRuleVersionSection, other: EarnRuleVersionSection | undefined): boolean {
  return other !== undefined && isSamePlain(plainVersion({ ...one, effectiveAt: null }), plainVersion({ ...other, effectiveAt: null }));
}

function plainPointExpiration(expiration: FixedPointExpiration | PointExpiration): PlainObject {
  switch (expiration.type) {
    case 'NO_EXPIRATION':
      return { noExpiration: true };
    case 'ROLLING': {
      const { period, rounding } = expiration;
      return { rolling: fields({ period: plainPeriod(period), rounding: rounding?.to, roundingMonth: rounding?.month ?? undefined }) };
    }
    case 'CALENDAR':
      return { calendar: { calendarDates: expiration.calendarDates.map(plainDate) } };
    case 'SLIDING':
      return { sliding: fields({ period: plainPeriod(expiration.period), ...plainActivities(expiration) }) };
  }
}

function plainActivation(activation: PointActivation): PlainObject | undefined {
  switch (activation.type) {
    case 'IMMEDIATE':
      return undefined;
    case 'PERIOD_BASED':
      return { periodBased: { days: activation.days } };
    case 'FIXED_DATES':
      return { fixedDates: { calendarDates: activation.calendarDates.map(plainDate) } };
  }
}

function plainTierExpiration(expiration: TierExpiration): PlainObject | undefined {
  switch (expiration.type) {
    case 'NO_EXPIRATION':
      return undefined;
    case 'ROLLING_EXPIRATION':
      return { rollingExpiration: { period: plainPeriod(expiration.period) } };
    case 'CALENDAR_EXPIRATION':
      return { calendarExpiration: { calendarDates: expiration.calendarDates.map(plainDate) } };
    case 'SLIDING_EXPIRATION':
      return { slidingExpiration: fields({ period: plainPeriod(expiration.period), ...plainActivities(expiration) }) };
  }
}

function plainDowngrade(downgrade: TierDowngrade): PlainObject | undefined {
  if (downgrade.type === 'NO_DOWNGRADE') return undefined;
  const level: PlainObject = downgrade.gracePeriod === null ? {} : { gracePeriod: plainGrace(downgrade.gracePeriod) };
  return downgrade.type === 'MULTI_LEVEL' ? { multiLevel: level } : { singleLevel: level };
}

function plainGrace({ value, unit, roundUp }: GracePeriod): PlainObject {
  return fields({ value, unit, roundUp: roundUp ? true : undefined });
}

function plainActivities({ earningActivity, spendingActivity, customActivity, customActivityTypes }: QualifyingActivities) {
  return {
    earningActivity: earningActivity ? true : undefined,
    spendingActivity: spendingActivity ? true : undefined,
    customActivity: customActivity ? true : undefined,
    customActivityTypes: unlessEmpty([...customActivityTypes]),
  };
}

const plainPeriod = ({ value, unit }: { readonly value: number; readonly unit: string }): PlainObject => ({ value, unit });
const plainDate = ({ day, month }: { readonly day: number; readonly month: number }): PlainObject => ({ day, month });

const plainInstant = (instant: Instant): string => new Date(instant).toISOString();

/** As the API gives points: a number while that is exact. */
const plainPoints = (points: Points): number | string => (points <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(points) : String(points));

/** Stored metadata have lost the order of their keys, so they get one. */
function plainMetadata(metadata: Readonly<Record<string, unknown>>): PlainObject | undefined {
  return Object.keys(metadata).length === 0 ? undefined : (inOrderOfKeys(metadata) as PlainObject);
}

function inOrderOfKeys(value: unknown): Plain {
  if (Array.isArray(value)) return value.map(inOrderOfKeys);
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? 0 : (value as Plain);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, inOrderOfKeys(item)]));
}

/** Left out where it has its default. */
const unless = <T>(byDefault: T, value: T): T | undefined => (value === byDefault ? undefined : value);
const unlessEmpty = <T>(list: readonly T[]): readonly T[] | undefined => (list.length === 0 ? undefined : list);

function unlessBare(given: Readonly<Record<string, Plain | undefined>>): PlainObject | undefined {
  const bare = fields(given);
  return Object.keys(bare).length === 0 ? undefined : bare;
}

/** The fields that are there. */
function fields(given: Readonly<Record<string, Plain | undefined>>): PlainObject {
  return Object.fromEntries(Object.entries(given).filter((entry): entry is [string, Plain] => entry[1] !== undefined));
}

/** Whether two values say the same, whatever the order of their fields. */
export function isSamePlain(one: Plain | undefined, other: Plain | undefined): boolean {
  if (!isObject(one) || !isObject(other)) {
    if (!Array.isArray(one) || !Array.isArray(other)) return one === other;
    return one.length === other.length && one.every((item: Plain, index) => isSamePlain(item, other[index] as Plain));
  }
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => Object.hasOwn(other, key) && isSamePlain(one[key], other[key]));
}

/** A field that differs, by its path, with its values; undefined where it is left out. */
export interface PlainDifference {
  readonly field: readonly string[];
  readonly before: Plain | undefined;
  readonly after: Plain | undefined;
}

/** What differs between two objects, field by field. Lists are compared as a whole. */
export function plainDifferences(before: Plain | undefined, after: Plain | undefined, path: readonly string[] = []): PlainDifference[] {
  if (isSamePlain(before, after)) return [];
  const comparable = (isObject(before) || before === undefined) && (isObject(after) || after === undefined);
  const one: PlainObject = isObject(before) ? before : {};
  const other: PlainObject = isObject(after) ? after : {};
  // An object that has no fields differs from none by being there.
  if (!comparable || (isObject(before) && isObject(after) ? false : Object.keys({ ...one, ...other }).length === 0)) return [{ field: path, before, after }];
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].flatMap((key) =>
    plainDifferences(Object.hasOwn(one, key) ? one[key] : undefined, Object.hasOwn(other, key) ? other[key] : undefined, [...path, key]),
  );
}

function isObject(value: Plain | undefined): value is PlainObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

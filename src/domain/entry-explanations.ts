import type { CardDefinition } from './cards.ts';
import type { CapReason, EarnCaps, EarnRate, EarnRuleVersion } from './earning.ts';
import { pointsFor } from './earning.ts';
import { endInWords, startInWords } from './explanations.ts';
import type { LedgerEntry } from './ledger.ts';
import type { Fact, LedgerEffect, LedgerEntryType, MemberHistory, MemberState, RefundFact } from './members.ts';
import { keptOf, netOf } from './operations.ts';
import type { Allocation, PointActivation, PointExpiration, Points, RefundPolicy } from './points.ts';
import { activationOf, expiryOf } from './points.ts';
import type { Program } from './program.ts';
import type { Award, Transaction } from './purchases.ts';
import type { StructureRevision, Tier, TierStructure } from './structures.ts';
import { revisionsOf } from './structures.ts';
import type { Instant, LocalCalendar } from './time.ts';
import { NEVER } from './time.ts';
import { Timeline, replay, rulesAt } from './timeline.ts';

/**
 * Explanations of ledger entries: which rules made the points what they are. What can be computed again is
 * computed again, by the functions that made the entry.
 */

/** All that is known of an entry and of what caused it. */
export interface EntryEvidence {
  readonly entry: LedgerEntry;
  readonly state: MemberState;
  readonly history: MemberHistory;
  readonly program: Program;
  /** The purchase that caused the entry, or to which it goes back; null if there is none. */
  readonly transaction: Transaction | null;
  /** What the operation that caused it says; null if there is none, or if it was not recorded. */
  readonly operation: { readonly reason: string | null; readonly allocations: readonly Allocation[] } | null;
}

interface Step {
  /** One English sentence for people. */
  readonly message: string;
}

export interface EarnRateStep extends Step {
  readonly rule: 'EARN_RATE';
  readonly earnRuleVersion: EarnRuleVersion;
  readonly amount: string;
  readonly rate: EarnRate;
  readonly multiplier: string;
  /** The tiers whose multipliers applied. */
  readonly tiers: readonly Tier[];
  readonly rounding: EarnRuleVersion['rounding'];
  readonly roundingScope: EarnRuleVersion['roundingScope'];
  readonly computedPoints: Points;
}

export interface EarnCapStep extends Step {
  readonly rule: 'EARN_CAPS';
  readonly earnRuleVersion: EarnRuleVersion;
  readonly caps: EarnCaps;
  readonly computedPoints: Points;
  readonly points: Points;
  readonly cappedBy: CapReason | null;
}

export interface PointActivationStep extends Step {
  readonly rule: 'POINT_ACTIVATION';
  readonly cardDefinition: CardDefinition;
  readonly activation: PointActivation;
  readonly earnedAt: Instant;
  /** Null if they are active at once. */
  readonly activatesAt: Instant | null;
}

export interface PointExpirationStep extends Step {
  readonly rule: 'POINT_EXPIRATION';
  readonly source: 'EARN_RULE' | 'TIER' | 'CARD';
  readonly sourceEarnRuleVersion: EarnRuleVersion | null;
  readonly sourceTier: Tier | null;
  readonly cardDefinition: CardDefinition;
  readonly expiration: PointExpiration;
  readonly countedFrom: Instant;
  readonly expiresAt: Instant;
}

export interface PointsExpiredStep extends Step {
  readonly rule: 'POINTS_EXPIRED';
  readonly points: Points;
  readonly expiredAt: Instant;
}

export interface RefundStep extends Step {
  readonly rule: 'REFUND';
  readonly earnRuleVersion: EarnRuleVersion;
  readonly refundedAmount: string;
  readonly netAmount: string;
  readonly currency: string;
  readonly creditedPoints: Points;
  readonly keptPoints: Points;
  readonly deductedPoints: Points;
  readonly refundPolicy: RefundPolicy;
}

export interface AllocationStep extends Step {
  readonly rule: 'ALLOCATION';
  readonly allocations: readonly Allocation[];
}

export interface EntryAwardStep extends Step {
  readonly rule: 'ENTRY_AWARD';
  readonly tier: Tier;
  readonly structure: TierStructure;
  readonly revision: StructureRevision;
  readonly points: Points;
}

export interface AdjustmentStep extends Step {
  readonly rule: 'ADJUSTMENT';
  readonly reason: string | null;
  readonly qualifying: boolean;
}

export interface CorrectionStep extends Step {
  readonly rule: 'CORRECTION';
  readonly recordedPoints: Points;
}

export type LedgerStep =
  | EarnRateStep
  | EarnCapStep
  | PointActivationStep
  | PointExpirationStep
  | PointsExpiredStep
  | RefundStep
  | AllocationStep
  | EntryAwardStep
  | AdjustmentStep
  | CorrectionStep;

/** The rules that were applied, in order. */
export function explainEntry(evidence: EntryEvidence): LedgerStep[] {
  return [...correctionOf(evidence), ...EXPLAINED_BY[evidence.entry.type](evidence)];
}

const EXPLAINED_BY: Readonly<Record<LedgerEntryType, (evidence: EntryEvidence) => LedgerStep[]>> = {
  EARN: (evidence) => withAward(evidence, (award) => [...earnSteps(award), ...waitingSteps(award)]),
  ACTIVATION: (evidence) => withAward(evidence, waitingSteps),
  EXPIRATION: expiredSteps,
  REFUND: (evidence) => withAward(evidence, refundSteps),
  SPEND: (evidence) => allocationSteps(evidence, 'were taken from the points that expire first'),
  TRANSFER_OUT: (evidence) => allocationSteps(evidence, 'were taken from the points that expire first'),
  TRANSFER_IN: (evidence) => allocationSteps(evidence, 'were received with the expiry that they had'),
  SPEND_REVERSAL: returnSteps,
  ADJUSTMENT: adjustmentSteps,
  ENTRY_AWARD: entryAwardSteps,
  ENTRY_AWARD_CLAWBACK: entryAwardSteps,
  WRITE_OFF: writeOffSteps,
  REDEMPTION: (evidence) => allocationSteps(evidence, 'were taken from the points that expire first'),
  REDEMPTION_CANCELLATION: returnSteps,
};

/** An award with the rule that gave it. */
interface Awarded {
  readonly evidence: EntryEvidence;
  readonly transaction: Transaction;
  readonly award: Award;
  readonly version: EarnRuleVersion;
  readonly definition: CardDefinition;
}

function withAward(evidence: EntryEvidence, explain: (awarded: Awarded) => LedgerStep[]): LedgerStep[] {
  const { entry, program, transaction } = evidence;
  const isOwn = (award: Award) => award.earnRuleVersionId === entry.earnRuleVersionId && award.cardDefinitionId === entry.cardDefinitionId;
  const award = transaction?.awards.find(isOwn);
  const version = program.earnRuleVersions.get(entry.earnRuleVersionId ?? '');
  const definition = program.cardDefinitions.get(entry.cardDefinitionId);
  if (transaction === null || award === undefined || version === undefined || definition === undefined) return [];
  return explain({ evidence, transaction, award, version, definition });
}

function earnSteps({ evidence, transaction, award, version }: Awarded): LedgerStep[] {
  const { amount, currency } = transaction;
  const { multiplier, points, cappedBy } = award;
  const { rounding, roundingScope, caps } = version;
  const rate = version.rates.find((each) => each.currency === currency);
  const computedPoints = pointsFor(version, transaction, multiplier);
  if (rate === undefined || computedPoints === null) return [];
  const name = evidence.program.earnRules.find(({ id }) => id === version.earnRuleId)?.name ?? '';
  const times = multiplier === '1' ? '' : `, times ${multiplier}`;
  const each = roundingScope === 'PER_LINE' && transaction.lines.length > 0 ? ' for each line' : '';
  const rateStep: EarnRateStep = {
    rule: 'EARN_RATE',
    message: `Version ${version.number} of "${name}" gives ${rate.value} for every ${rate.every} ${currency}${times}: for ${amount} ${currency}, rounded by ${rounding}${each}, ${computedPoints}.`,
    earnRuleVersion: version,
    amount,
    rate,
    multiplier,
    tiers: multipliedTiers(version, transaction, evidence),
    rounding,
    roundingScope,
    computedPoints,
  };
  if (caps.perTransaction === null && caps.perPeriod.length === 0 && caps.balance === null) return [rateStep];
  const message = cappedBy === null ? `No cap was reached: ${points} were given.` : `The cap ${cappedBy} left ${points} of ${computedPoints}.`;
  return [rateStep, { rule: 'EARN_CAPS', message, earnRuleVersion: version, caps, computedPoints, points, cappedBy }];
}

function waitingSteps(awarded: Awarded): LedgerStep[] {
  const { evidence, transaction, award, definition } = awarded;
  const { calendar } = evidence.program;
  const { activation } = definition;
  const { occurredAt: earnedAt } = transaction;
  const activatesAt = activationOf(activation, earnedAt, calendar);
  const countedFrom = activatesAt ?? earnedAt;
  // A tier that came to be held only later, by a structure that looks back, did not decide then.
  const isAsRecorded = ({ expiration }: { readonly expiration: PointExpiration }) =>
    expiryOf(expiration, countedFrom, calendar) === award.expiresAt;
  const decided = settingsFor(awarded).find(isAsRecorded);
  const expiration = decided === undefined ? [] : [expirationStep(decided, definition, countedFrom, calendar)];
  if (activatesAt === null) return expiration;
  const message = `Points of this card wait, and can be spent from ${startInWords(activatesAt, calendar)} on.`;
  return [{ rule: 'POINT_ACTIVATION', message, cardDefinition: definition, activation, earnedAt, activatesAt }, ...expiration];
}

/** Who may have said how long the points of an award last, in order of precedence. */
function settingsFor({ evidence, transaction, version, definition }: Awarded): Setting[] {
  if (version.expiration !== null) return settingOfRule(version);
  const isOwn = ({ pointExpiration, measuredCardDefinitionId }: HeldTier) =>
    pointExpiration !== null && measuredCardDefinitionId === definition.id;
  const held = tiersSayHowLong(evidence.program) ? heldTiersAt(evidence, transaction).find(isOwn) : undefined;
  return [...(held === undefined ? [] : settingOfTier(held.tier)), settingOfCard(definition)];
}

function tiersSayHowLong({ structures }: Program): boolean {
  return structures.some((structure) => revisionsOf(structure).some(({ tiers }) => tiers.some(({ pointExpiration }) => pointExpiration !== null)));
}

function multipliedTiers({ tierMultipliers }: EarnRuleVersion, transaction: Transaction, evidence: EntryEvidence): Tier[] {
  if (tierMultipliers.length === 0) return [];
  const isMultiplied = ({ id }: HeldTier) => tierMultipliers.some(({ tierId }) => tierId === id);
  return heldTiersAt(evidence, transaction).filter(isMultiplied).map(({ tier }) => tier);
}

/** Who says how long points last, and what. */
type Setting = Pick<PointExpirationStep, 'source' | 'sourceEarnRuleVersion' | 'sourceTier' | 'expiration'>;

function settingOfRule(version: EarnRuleVersion): Setting[] {
  const { expiration } = version;
  return expiration === null ? [] : [{ source: 'EARN_RULE', sourceEarnRuleVersion: version, sourceTier: null, expiration }];
}

function settingOfTier(tier: Tier): Setting[] {
  const { pointExpiration: expiration } = tier;
  return expiration === null ? [] : [{ source: 'TIER', sourceEarnRuleVersion: null, sourceTier: tier, expiration }];
}

function settingOfCard({ expiration }: CardDefinition): Setting {
  return { source: 'CARD', sourceEarnRuleVersion: null, sourceTier: null, expiration };
}

const SOURCES = { EARN_RULE: 'earn rule', TIER: 'tier', CARD: 'card' } as const;

function expirationStep(
  decided: Setting,
  cardDefinition: CardDefinition,
  countedFrom: Instant,
  calendar: LocalCalendar,
): PointExpirationStep {
  const expiresAt = expiryOf(decided.expiration, countedFrom, calendar);
  const says = `The ${SOURCES[decided.source]} says ${decided.expiration.type}`;
  const unless = decided.expiration.type === 'SLIDING' ? ' unless an activity follows' : '';
  const message =
    expiresAt === NEVER
      ? `${says}: the points never expire.`
      : `${says}: counted from ${calendar.dayAt(countedFrom).date}, the points last up to ${endInWords(expiresAt, calendar)}${unless}.`;
  return { rule: 'POINT_EXPIRATION', message, ...decided, cardDefinition, countedFrom, expiresAt };
}

type HeldTier = ReturnType<Timeline['heldTiers']>[number];

/** The tiers that were held where the purchase was put, by what was known when it was recorded. */
function heldTiersAt({ state, history, program }: EntryEvidence, { occurredAt, sequence }: Transaction): HeldTier[] {
  const isBefore = (fact: Fact) => fact.occurredAt <= occurredAt && fact.sequence < sequence;
  const facts = history.facts.filter(isBefore);
  const timeline = Timeline.fromTheStart(state, facts[0]?.occurredAt ?? occurredAt, program);
  for (const fact of facts) timeline.apply(fact);
  return timeline.advance(occurredAt).heldTiers();
}

function expiredSteps({ entry, program }: EntryEvidence): LedgerStep[] {
  const { points, expiresAt } = entry;
  const message = `The last moment to use them was ${endInWords(expiresAt, program.calendar)}.`;
  return [{ rule: 'POINTS_EXPIRED', message, points: -points, expiredAt: expiresAt }];
}

function refundSteps({ evidence, transaction, award, version, definition }: Awarded): LedgerStep[] {
  const { entry, history, program } = evidence;
  const refunds = history.facts.filter((fact): fact is RefundFact => fact.type === 'REFUND' && fact.transactionId === transaction.id);
  const refund = refunds.find(({ id }) => id === entry.operationId);
  if (refund === undefined) return [];
  const earlier = refunds.filter(({ sequence }) => sequence < refund.sequence);
  const net = netOf(transaction, [...earlier, refund]);
  const keptPoints = keptOf(award, net, program);
  const deductedPoints = keptOf(award, netOf(transaction, earlier), program) - keptPoints;
  const { currency } = transaction;
  return [
    {
      rule: 'REFUND',
      message: `With ${refund.amount} ${currency} given back, ${net.amount} ${currency} are left, for which version ${version.number} gives ${keptPoints} of the ${award.points} that were credited: ${deductedPoints} are taken back.`,
      earnRuleVersion: version,
      refundedAmount: refund.amount,
      netAmount: net.amount,
      currency,
      creditedPoints: award.points,
      keptPoints,
      deductedPoints,
      refundPolicy: definition.refundPolicy,
    },
  ];
}

function allocationSteps({ operation, program }: EntryEvidence, done: string): LedgerStep[] {
  return operation === null ? [] : [allocationStep(operation.allocations, done, program.calendar)];
}

/** Which lots the points went back to is not recorded: the replay of the history shows it. */
function returnSteps({ entry, state, history, program }: EntryEvidence): LedgerStep[] {
  const isUntilThen = ({ occurredAt, recordedAt }: Fact) => occurredAt <= entry.occurredAt && recordedAt <= entry.recordedAt;
  const { returns } = replay(state, history.facts.filter(isUntilThen), program, entry.occurredAt);
  const returned = returns.get(entry.operationId ?? '');
  return returned === undefined ? [] : [allocationStep(returned, 'went back to where they had been taken from last', program.calendar)];
}

function allocationStep(allocations: readonly Allocation[], done: string, calendar: LocalCalendar): AllocationStep {
  const lots = allocations.map(({ points, expiresAt }) =>
    expiresAt === NEVER ? `${points} that never expire` : `${points} that last up to ${endInWords(expiresAt, calendar)}`,
  );
  return { rule: 'ALLOCATION', message: `The points ${done}: ${lots.join(', ')}.`, allocations };
}

/** Nothing had been recorded of it: when the operation was, there were enough points. */
function writeOffSteps(evidence: EntryEvidence): LedgerStep[] {
  if (correctionOf(evidence).length > 0) return [];
  const message =
    'When the points were taken there were enough of them. A fact that was recorded later left too few, and what lacked is written off.';
  return [{ rule: 'CORRECTION', message, recordedPoints: 0n }];
}

function adjustmentSteps({ entry, history, program, operation }: EntryEvidence): LedgerStep[] {
  const fact = history.facts.find(({ id }) => id === entry.operationId);
  const definition = program.cardDefinitions.get(entry.cardDefinitionId);
  if (fact?.type !== 'ADJUSTMENT' || definition === undefined) return [];
  const { qualifying } = fact;
  const message = `Points were ${fact.points > 0n ? 'given' : 'taken'} by hand, and ${qualifying ? 'count' : 'do not count'} as earned.`;
  return [
    { rule: 'ADJUSTMENT', message, reason: operation?.reason ?? null, qualifying },
    ...(fact.points > 0n ? [expirationStep(settingOfCard(definition), definition, entry.occurredAt, program.calendar)] : []),
  ];
}

function entryAwardSteps({ entry, program }: EntryEvidence): LedgerStep[] {
  const isIt = ({ id }: Tier) => id === entry.tierId;
  const structure = program.structures.find((each) => revisionsOf(each).some(({ tiers }) => tiers.some(isIt)));
  const definition = program.cardDefinitions.get(entry.cardDefinitionId);
  if (structure === undefined || definition === undefined) return [];
  const revision = rulesAt(structure, entry.occurredAt);
  const tier = revision.tiers.find(isIt) ?? revisionsOf(structure).flatMap(({ tiers }) => tiers).findLast(isIt);
  if (tier === undefined) return [];
  const given = entry.type === 'ENTRY_AWARD';
  const message = given
    ? `Whoever enters ${tier.name} is given points once, by revision ${revision.number} of "${structure.name}".`
    : `Without what was refunded ${tier.name} would not have been entered, so revision ${revision.number} of "${structure.name}" takes its points back.`;
  const step: EntryAwardStep = { rule: 'ENTRY_AWARD', message, tier, structure, revision, points: tier.entryAward?.points ?? 0n };
  if (!given) return [step];
  const [decided = settingOfCard(definition)] = settingOfTier(tier);
  return [step, expirationStep(decided, definition, entry.occurredAt, program.calendar)];
}

/** What a fact that was recorded later changed is added as an entry of its own. */
function correctionOf({ entry, history }: EntryEvidence): CorrectionStep[] {
  const own = history.effects.filter((effect) => isOfSameEvent(effect, entry));
  const position = own.findIndex(({ points, recordedAt }) => points === entry.points && recordedAt === entry.recordedAt);
  if (position < 1) return [];
  const recordedPoints = own.slice(0, position).reduce((sum, { points }) => sum + points, 0n);
  const message = `It corrects what had been recorded of the same event, ${recordedPoints}, because of a fact that was recorded later.`;
  return [{ rule: 'CORRECTION', message, recordedPoints }];
}

function isOfSameEvent(a: LedgerEffect, b: LedgerEffect): boolean {
  return (
    a.type === b.type &&
    a.cardDefinitionId === b.cardDefinitionId &&
    a.pending === b.pending &&
    a.occurredAt === b.occurredAt &&
    a.transactionId === b.transactionId &&
    a.operationId === b.operationId &&
    a.tierId === b.tierId &&
    a.earnRuleVersionId === b.earnRuleVersionId
  );
}

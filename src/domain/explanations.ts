import type { MemberHistory, MemberState } from './members.ts';
import type { Points } from './points.ts';
import type { Program } from './program.ts';
import { structuresInForceAt } from './program.ts';
import type { StructureRevision, Tier, TierDowngrade, TierExpiration, TierStructure } from './structures.ts';
import { revisionsOf } from './structures.ts';
import type { JudgementStep, TransitionReason, TransitionType } from './tiers.ts';
import { downgradeOf } from './tiers.ts';
import type { Instant, Interval, LocalCalendar, Period } from './time.ts';
import { NEVER } from './time.ts';
import type { JudgementTrace } from './timeline.ts';
import { rulesAt, stateAsOf } from './timeline.ts';
import { trackingOf, windowAt } from './windows.ts';

/**
 * Explanations: how a customer's tier came about. The judgements are those of the replay that gives the
 * tier itself; here they are only put into words.
 */

export interface TierExplanation {
  readonly structure: TierStructure;
  readonly at: Instant;
  readonly tier: Tier | null;
  readonly joinedAt: Instant;
  readonly program: Program;
  /** Every judgement in the structure until the instant, oldest first. */
  readonly traces: readonly JudgementTrace[];
}

export interface TierJudgement {
  readonly occurredAt: Instant;
  readonly reason: TransitionReason;
  readonly revision: StructureRevision;
  readonly measure: Points;
  /** The tracking window that was measured; null if it was the balance, or a window without bounds. */
  readonly window: Interval | null;
  readonly steps: readonly ExplanationStep[];
  /** Null if the tier stayed as it was. */
  readonly transition: TransitionType | null;
  readonly tierBefore: Tier | null;
  readonly tierAfter: Tier | null;
}

interface Step {
  /** One English sentence for people. */
  readonly message: string;
  /** Number of the revision whose rule it is. */
  readonly revision: number;
}

type Outcome<Rule extends JudgementStep['rule']> = Pick<Extract<JudgementStep, { readonly rule: Rule }>, 'rule' | 'outcome'> & Step;

export interface MeasureStep extends Step {
  readonly rule: 'MEASURE';
  readonly outcome: 'MEASURED';
  readonly type: StructureRevision['type'];
  readonly measure: Points;
  readonly window: Interval | null;
}

export interface ThresholdStep extends Outcome<'THRESHOLD'> {
  readonly heldTier: Tier | null;
  readonly qualifyingTier: Tier | null;
  readonly measure: Points;
  readonly thresholds: readonly Tier[];
}

export interface TrackingStep extends Outcome<'TRACKING'> {
  readonly effectiveAt: Instant;
}

export interface ExpirationStep extends Outcome<'EXPIRATION'> {
  readonly expiration: TierExpiration;
  readonly expiresAt: Instant;
}

export interface DowngradeStep extends Outcome<'DOWNGRADE'> {
  readonly downgrade: TierDowngrade;
}

export interface GraceStep extends Outcome<'GRACE'> {
  readonly graceEndsAt: Instant;
}

export type ExplanationStep = MeasureStep | ThresholdStep | TrackingStep | ExpirationStep | DowngradeStep | GraceStep;

/** A member with everything that was recorded until now. */
export interface ExplainedMember {
  readonly state: MemberState;
  readonly history: MemberHistory;
  readonly now: Instant;
}

/** Explains the tier at an instant that does not lie in the future; null if the structure was not in force then. */
export function explainTier(member: ExplainedMember, program: Program, structureId: string, at: Instant): TierExplanation | null {
  const structure = structuresInForceAt(program, at).find(({ id }) => id === structureId);
  if (structure === undefined) return null;
  const traces: JudgementTrace[] = [];
  const observe = (trace: JudgementTrace) => {
    // A judgement that applies no rule only ends a day on which a tier was lost.
    if (trace.structureId === structureId && trace.steps.length > 0) traces.push(trace);
  };
  const { state, history, now } = member;
  const { memberships } = stateAsOf(state, history, program, { at, knownAt: now }, observe);
  const tier = tierUnder(rulesAt(structure, at), structure, memberships.get(structureId)?.tierId ?? null);
  return { structure, at, tier, joinedAt: state.joinedAt, program, traces };
}

/** The last judgements of an explanation, in words, oldest first. */
export function explainJudgements(explanation: TierExplanation, last: number): TierJudgement[] {
  return explanation.traces.slice(-last).map((trace) => explainJudgement(trace, explanation));
}

function explainJudgement(trace: JudgementTrace, { structure, joinedAt, program }: TierExplanation): TierJudgement {
  const { at, reason, measure, window, transition, before, after } = trace;
  const rules = revisionsOf(structure).find(({ number }) => number === trace.revision);
  if (rules === undefined) throw new Error('A judgement is made by a revision of its structure.');
  const scene: Scene = {
    trace,
    rules,
    calendar: program.calendar,
    joinedAt,
    tierBefore: tierUnder(rules, structure, before.tierId),
    tierAfter: tierUnder(rules, structure, after.tierId),
  };
  return {
    occurredAt: at,
    reason,
    revision: rules,
    measure,
    window,
    steps: [measureStep(scene), ...trace.steps.map((step) => explainStep(step, scene))],
    transition: transition?.type ?? null,
    tierBefore: scene.tierBefore,
    tierAfter: scene.tierAfter,
  };
}

/** What the sentences of one judgement speak of. */
interface Scene {
  readonly trace: JudgementTrace;
  readonly rules: StructureRevision;
  readonly calendar: LocalCalendar;
  readonly joinedAt: Instant;
  readonly tierBefore: Tier | null;
  readonly tierAfter: Tier | null;
}

function measureStep({ trace, rules, calendar }: Scene): MeasureStep {
  const { measure, window, revision } = trace;
  const message =
    rules.pointEarned === null
      ? `The balance was ${measure}.`
      : window === null
        ? `The points earned in the last ${lengthInWords(rules.pointEarned.period)} came to ${measure}.`
        : `The points earned from ${startInWords(window.start, calendar)} to ${endInWords(window.end, calendar)} came to ${measure}.`;
  return { rule: 'MEASURE', outcome: 'MEASURED', message, revision, type: rules.type, measure, window };
}

function explainStep(step: JudgementStep, scene: Scene): ExplanationStep {
  const { trace, rules, calendar } = scene;
  const { revision, measure } = trace;
  switch (step.rule) {
    case 'THRESHOLD': {
      const { rule, outcome } = step;
      const heldTier = scene.tierBefore;
      const qualifyingTier = rules.tiers.find(({ id }) => id === step.qualifyingTierId) ?? null;
      const message = thresholdMessage(outcome, heldTier, qualifyingTier, scene);
      return { rule, outcome, message, revision, heldTier, qualifyingTier, measure, thresholds: rules.tiers };
    }
    case 'TRACKING': {
      const effectiveAt = nextPeriodAt(scene);
      const message = `The higher tier waits for the next tracking period, from ${startInWords(effectiveAt, calendar)} on.`;
      return { ...step, message, revision, effectiveAt };
    }
    case 'EXPIRATION':
      return { ...step, message: expirationMessage(step, calendar), revision, expiration: rules.expiration };
    case 'DOWNGRADE':
      return { ...step, message: downgradeMessage(step, scene), revision, downgrade: downgradeOf(rules, trace.before.tierId) };
    case 'GRACE':
      return { ...step, message: graceMessage(step, calendar), revision };
  }
}

function nextPeriodAt({ trace, rules, joinedAt, calendar }: Scene): Instant {
  const tracking = trackingOf(rules, joinedAt, calendar);
  if (tracking === null) throw new Error('Only earned points are tracked.');
  return windowAt(tracking, trace.at).end;
}

function thresholdMessage(outcome: 'HIGHER' | 'SAME' | 'LOWER', held: Tier | null, qualifying: Tier | null, { trace, rules }: Scene): string {
  const reach = `A measure of ${trace.measure} reaches ${tierInWords(qualifying)}`;
  if (held !== null && !rules.tiers.some(({ id }) => id === held.id)) {
    return `${reach}, and the tier held, ${held.name}, is not part of this revision.`;
  }
  switch (outcome) {
    case 'HIGHER':
      return `${reach}, which is above ${tierInWords(held)}.`;
    case 'SAME':
      return `${reach}, which is what was held.`;
    case 'LOWER':
      return `${reach}, which is below ${tierInWords(held)}.`;
  }
}

function expirationMessage({ outcome, expiresAt }: Extract<JudgementStep, { rule: 'EXPIRATION' }>, calendar: LocalCalendar): string {
  switch (outcome) {
    case 'ALWAYS_JUDGED':
      return 'Tiers of this structure are judged at every change; there is no validity to wait for.';
    case 'ENDED':
      return `The validity of the tier ended with ${endInWords(expiresAt, calendar)}.`;
    case 'NOT_ENDED':
      return expiresAt === NEVER
        ? 'The validity of the tier has no end, so it is kept.'
        : `The tier is valid up to ${endInWords(expiresAt, calendar)}, so it is kept.`;
  }
}

function downgradeMessage({ outcome }: Extract<JudgementStep, { rule: 'DOWNGRADE' }>, { trace, tierBefore, tierAfter }: Scene): string {
  const [from, to] = [tierBefore?.name ?? 'no tier', tierAfter?.name ?? 'no tier'];
  switch (outcome) {
    case 'KEPT':
      return `The tier held, ${from}, does not go down, so it is kept.`;
    case 'TO_QUALIFYING':
      return `The tier held, ${from}, goes down to what qualifies: ${to}.`;
    case 'ONE_LEVEL':
      return `The tier held, ${from}, goes down by one level, to ${to}.`;
    case 'ONE_LEVEL_A_DAY':
      return `Tiers go down by one level a day, and one was lost earlier on this day, so ${from} is kept until the next.`;
    case 'ONLY_UPWARDS':
      return trace.reason === 'REVISION_PUBLISHED'
        ? `The revision was published so that it lowers nobody at once, so ${from} is kept.`
        : `Points that are given for entering a tier lower nobody at once, so ${from} is kept.`;
  }
}

function graceMessage({ outcome, graceEndsAt }: Extract<JudgementStep, { rule: 'GRACE' }>, calendar: LocalCalendar): string {
  const end = endInWords(graceEndsAt, calendar);
  switch (outcome) {
    case 'STARTED':
      return `There is time to qualify again, up to ${end}; the tier is kept until then.`;
    case 'RUNNING':
      return `There is still time to qualify again, up to ${end}, so the tier is kept.`;
    case 'ENDED':
      return `The time to qualify again ended with ${end}.`;
    case 'CANCELLED':
      return `The tier qualified again within the time for it, which was up to ${end}.`;
  }
}

/** The tier as the revision has it, or if it left the tier out, as it was last known. */
function tierUnder(rules: StructureRevision, structure: TierStructure, tierId: string | null): Tier | null {
  const isIt = ({ id }: Tier) => id === tierId;
  return rules.tiers.find(isIt) ?? revisionsOf(structure).flatMap(({ tiers }) => tiers).findLast(isIt) ?? null;
}

function tierInWords(tier: Tier | null): string {
  if (tier === null) return 'no tier';
  const { name, minPoints, maxPoints } = tier;
  return `${name} (from ${minPoints}${maxPoints === null ? '' : ` to ${maxPoints}`})`;
}

function lengthInWords({ value, unit }: Period): string {
  return value === 1 ? unit.toLowerCase() : `${value} ${unit.toLowerCase()}s`;
}

/** The day that begins at the instant, or the instant itself if none does. */
export function startInWords(instant: Instant, calendar: LocalCalendar): string {
  const day = calendar.dayAt(instant);
  return day.start === instant ? day.date : new Date(instant).toISOString();
}

/** The day that ends at the instant, or the instant itself if none does. */
export function endInWords(instant: Instant, calendar: LocalCalendar): string {
  const before = calendar.dayAt(instant - 1);
  return before.end === instant ? before.date : new Date(instant).toISOString();
}

import type { MemberState } from './members.ts';
import type { Points } from './points.ts';
import type { Program } from './program.ts';
import { activeStructures } from './program.ts';
import type { StructureRevision, Tier, TierStructure } from './structures.ts';
import type { Membership, Transition } from './tiers.ts';
import { downgradeOf, qualifyingTier } from './tiers.ts';
import type { Instant, Interval, LocalDate } from './time.ts';
import { Timeline, measuredWindow, rulesAt } from './timeline.ts';
import { earnedAt, trackingOf, windowAt } from './windows.ts';

/**
 * Progress: where a customer stands in a tier structure, what can be reached from there, and what becomes
 * of the tier if nothing more happens. All of it as of the instant up to which the state is settled.
 */

/** How far ahead a risk is looked for: whichever comes first. */
export const RISK_MAX_DUE_INSTANTS = 1_000;
export const RISK_MAX_YEARS = 10;

/** A member as of one instant: everything due until then has happened, recorded or not. */
export interface Standing {
  readonly state: MemberState;
  readonly program: Program;
}

/** A customer's standing in one structure that is in force. */
export interface TierStanding extends Standing {
  readonly structure: TierStructure;
  /** By which the customer is judged at that instant. */
  readonly rules: StructureRevision;
  /** Null if the customer was never judged. */
  readonly membership: Membership | null;
  readonly measure: Points;
  /** The tracking window; null if the balance is measured, or what was earned in one period up to now. */
  readonly window: Interval | null;
}

/** A tier that has been reached and takes effect with the next tracking period. */
export interface DeferredTier {
  readonly tier: Tier;
  readonly effectiveAt: Instant;
}

/** A higher tier that more points would reach. */
export interface TierOpportunity {
  readonly tier: Tier;
  /** Greater than 0. */
  readonly missingPoints: Points;
  /** The end of the tracking window, after which counting begins anew; null if it never does. */
  readonly validUntil: Instant | null;
}

/** The first fall that comes if nothing more happens. */
export interface TierRisk {
  readonly type: 'DOWNGRADE' | 'LEFT';
  readonly at: Instant;
  /** The last local day on which the tier is held. */
  readonly on: LocalDate;
  /** The tier that is lost: the one held now, or a higher one that takes effect before. */
  readonly fromTier: Tier;
  readonly toTier: Tier | null;
  /** What would have to be added to the measure of that judgement; null if nothing can be. */
  readonly pointsToStay: Points | null;
  /** The tracking window that it measures: only points earned in it count. Null as in the standing. */
  readonly window: Interval | null;
}

/** The standing in each of the structures, those in force now if none are named. */
export function tierStandings(
  { state, program }: Standing,
  structures: readonly TierStructure[] = activeStructures(program),
): TierStanding[] {
  return structures.map((structure) => {
    const rules = rulesAt(structure, state.settledAt);
    const tracking = trackingOf(rules, state.joinedAt, program.calendar);
    const window = tracking === null || rules.pointEarned?.window === 'TRAILING' ? null : windowAt(tracking, state.settledAt);
    const measure =
      tracking === null
        ? (state.cards.get(rules.cardDefinitionId ?? '')?.balance ?? 0n)
        : earnedAt(state.windows.get(structure.id), state.settledAt);
    return { state, program, structure, rules, membership: state.memberships.get(structure.id) ?? null, measure, window };
  });
}

export function heldTier({ rules, membership }: TierStanding): Tier | null {
  return rules.tiers.find(({ id }) => id === membership?.tierId) ?? null;
}

/** What the present tracking period has earned already, in a structure that waits for the next one. */
export function deferredTier({ rules, membership, measure, window }: TierStanding): DeferredTier | null {
  if (rules.pointEarned?.type !== 'NEXT_TRACKING_PERIOD' || membership === null || window === null) return null;
  const position = qualifyingTier(rules.tiers, measure);
  const tier = rules.tiers[position];
  return tier === undefined || position <= positionOf(membership, rules) ? null : { tier, effectiveAt: window.end };
}

/** The tiers above the one held whose minimum is not reached yet, the lowest first. */
export function tierOpportunities({ rules, membership, measure, window }: TierStanding): TierOpportunity[] {
  const held = membership === null ? -1 : positionOf(membership, rules);
  return rules.tiers
    .filter(({ minPoints }, position) => position > held && minPoints > measure)
    .map((tier) => ({ tier, missingPoints: tier.minPoints - measure, validUntil: window?.end ?? null }));
}

/**
 * What becomes of the tier if nothing more happens, as far as it can be seen; null if it is kept.
 * @param until how far to look; as far as can be seen if left out
 */
export function tierRisk({ state, program, structure, rules, membership }: TierStanding, until?: Instant): TierRisk | null {
  // Who was never judged has nothing to lose, nor has anybody where no tier ever goes down.
  if (membership === null || rules.tiers.every(({ id }) => downgradeOf(rules, id).type === 'NO_DOWNGRADE')) return null;
  const fall = firstFall(state, program, structure, until);
  const fromTier = rules.tiers.find(({ id }) => id === fall?.fromTierId);
  if (fall === null || fromTier === undefined) return null;
  const { occurredAt, measure } = fall;
  const window = measuredWindow(trackingOf(rules, state.joinedAt, program.calendar), fall, occurredAt);
  const missing = fromTier.minPoints - measure;
  // Above a maximum more points do not help, and a window that begins with its own judgement is empty then.
  const attainable = missing > 0n && window?.start !== occurredAt;
  return {
    type: fall.type === 'LEFT' ? 'LEFT' : 'DOWNGRADE',
    at: occurredAt,
    on: program.calendar.dayAt(occurredAt - 1).date,
    fromTier,
    toTier: rules.tiers.find(({ id }) => id === fall.toTierId) ?? null,
    pointsToStay: attainable ? missing : null,
    window,
  };
}

/** Lets what is due happen to a copy, by the functions that let it happen to the member. */
function firstFall(state: MemberState, program: Program, { id }: TierStructure, until?: Instant): Transition | null {
  const horizon = until ?? program.calendar.startAfterPeriods(state.settledAt, { value: RISK_MAX_YEARS, unit: 'YEAR' }, 1);
  const timeline = Timeline.from(state, program);
  let seen = 0;
  for (let passed = 0; passed < RISK_MAX_DUE_INSTANTS; passed += 1) {
    const due = timeline.finish().nextDueAt;
    if (due > horizon) return null;
    const { transitions } = timeline.advance(due);
    const fall = transitions
      .slice(seen)
      .find(({ structureId, type }) => structureId === id && (type === 'DOWNGRADED' || type === 'LEFT'));
    if (fall !== undefined) return fall;
    seen = transitions.length;
  }
  return null;
}

function positionOf({ tierId }: Membership, { tiers }: StructureRevision): number {
  return tiers.findIndex(({ id }) => id === tierId);
}


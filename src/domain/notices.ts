import type { RewardGrant } from './grants.ts';
import type { MemberState } from './members.ts';
import { tierRisk, tierStandings } from './progress.ts';
import type { Points } from './points.ts';
import type { Program } from './program.ts';
import type { Tier } from './structures.ts';
import type { Instant, LocalCalendar, LocalDate } from './time.ts';
import { NEVER } from './time.ts';
import { Timeline } from './timeline.ts';

/**
 * Notices of what happens to a customer soon if nothing more happens. They are found by the functions that let it happen. Each is told
 * once: points that expire on the day that lies so many days before, a tier that is lost and a grace that ends from when that
 * is so and no further away than that.
 */

export interface PointsExpiring {
  readonly type: 'POINTS_EXPIRING';
  readonly cardId: string;
  readonly cardDefinitionId: string;
  readonly points: Points;
  readonly lastDay: LocalDate;
}

export interface TierAtRisk {
  readonly type: 'TIER_AT_RISK';
  readonly structureId: string;
  readonly fromTier: Tier;
  /** Null if none follows. */
  readonly toTier: Tier | null;
  readonly lastDay: LocalDate;
  readonly pointsToStay: Points | null;
}

export interface TierGraceEnding {
  readonly type: 'TIER_GRACE_ENDING';
  readonly structureId: string;
  readonly heldTier: Tier;
}

export type Notice = (PointsExpiring | TierAtRisk | TierGraceEnding) & {
  /** When it became true that it happens soon. */
  readonly at: Instant;
  /** When it happens. */
  readonly effectiveAt: Instant;
};

/** What is kept of a customer, so that nothing is told twice. */
export interface Noticed {
  /** How many days before. With another number everything is looked at anew. */
  readonly noticeDays: number;
  /** Everything that became true up to here was told. */
  readonly through: Instant;
  /** The tiers at risk and the graces that were told and are so still. */
  readonly told: readonly string[];
  /** Of which state of the customer this was found: up to where it was settled, and the number of the last fact. */
  readonly settledAt: Instant;
  readonly sequence: number;
  /** When to look again at the latest, if nothing happens until then. */
  readonly nextAt: Instant;
}

/**
 * What is to be told of a customer by now.
 * @param state settled under the program
 */
export function decideNotices(
  state: MemberState,
  program: Program,
  noticeDays: number,
  before: Noticed | null,
  now: Instant,
): { readonly notices: readonly Notice[]; readonly noticed: Noticed } {
  const known = before !== null && before.noticeDays === noticeDays ? before : null;
  // As far as the next look may have to see.
  const horizon = program.calendar.startAfterPeriods(now, { value: 2 * noticeDays + 1, unit: 'DAY' }, 1);
  const notices: Notice[] = [];
  let told: ReadonlySet<string> = new Set(known?.told ?? []);
  const { settledAt, sequence } = state;
  // What became true of the very same state was told, also if it is true no more.
  const isUnchanged = known !== null && known.settledAt === settledAt && known.sequence === sequence;
  for (let current = state; ; current = Timeline.from(current, program).advance(current.nextDueAt).finish()) {
    const until = Math.min(now, current.nextDueAt - 1);
    const points = pointsExpiring(current, program, noticeDays);
    const tiers = [...tiersAtRisk(current, program, noticeDays, horizon), ...gracesEnding(current, program, noticeDays)];
    const present = tiers.filter(({ at }) => at <= until);
    notices.push(...points.filter(({ at }) => at > (known?.through ?? -Infinity) && at <= until), ...present.filter((notice) => !isTold(notice)));
    told = new Set(present.map(keyOf));
    if (current.nextDueAt > now) {
      const nextAt = [...points, ...tiers].reduce(
        (least, { at }) => (at > now ? Math.min(least, at) : least),
        program.calendar.startAfterPeriods(now, { value: noticeDays, unit: 'DAY' }, 1),
      );
      return {
        notices: once(notices).sort((a, b) => a.at - b.at),
        noticed: { noticeDays, through: now, told: [...told], settledAt, sequence, nextAt },
      };
    }
  }

  function isTold(notice: Notice): boolean {
    return told.has(keyOf(notice)) || (isUnchanged && notice.at <= known.through);
  }
}

/** Points are seen again with every step of time. */
function once(notices: readonly Notice[]): Notice[] {
  const seen = new Set<string>();
  return notices.filter((notice) => {
    const isNew = notice.type !== 'POINTS_EXPIRING' || !seen.has(keyOf(notice));
    seen.add(keyOf(notice));
    return isNew;
  });
}

/** A tier at risk stays one when the day on which it is lost moves. */
function keyOf(notice: Notice): string {
  switch (notice.type) {
    case 'POINTS_EXPIRING':
      return `points ${notice.cardId} ${notice.effectiveAt}`;
    case 'TIER_AT_RISK':
      return `risk ${notice.structureId} ${notice.fromTier.id}`;
    case 'TIER_GRACE_ENDING':
      return `grace ${notice.structureId} ${notice.heldTier.id}`;
  }
}

/** Points whose last day comes. Those that were earned later than so many days before it had it said with them. */
function pointsExpiring({ cards }: MemberState, program: Program, noticeDays: number): Notice[] {
  return [...cards.values()].flatMap(({ id, cardDefinitionId, lots }) => {
    const byExpiry = new Map<Instant, { readonly points: Points; readonly earnedAt: Instant }>();
    for (const { expiresAt, points, earnedAt } of lots) {
      if (expiresAt === NEVER || points <= 0n) continue;
      const other = byExpiry.get(expiresAt);
      byExpiry.set(expiresAt, { points: points + (other?.points ?? 0n), earnedAt: Math.min(earnedAt, other?.earnedAt ?? earnedAt) });
    }
    return [...byExpiry].flatMap(([effectiveAt, { points, earnedAt }]): Notice[] => {
      const at = leadOf(effectiveAt, program, noticeDays);
      const lastDay = program.calendar.dayAt(effectiveAt - 1).date;
      return at <= earnedAt ? [] : [{ type: 'POINTS_EXPIRING', cardId: id, cardDefinitionId, points, lastDay, at, effectiveAt }];
    });
  });
}

function tiersAtRisk(state: MemberState, program: Program, noticeDays: number, horizon: Instant): Notice[] {
  return tierStandings({ state, program }).flatMap((standing): Notice[] => {
    const risk = tierRisk(standing, horizon);
    if (risk === null) return [];
    const { at: effectiveAt, on: lastDay, fromTier, toTier, pointsToStay } = risk;
    const at = Math.max(leadOf(effectiveAt, program, noticeDays), state.settledAt);
    return [{ type: 'TIER_AT_RISK', structureId: standing.structure.id, fromTier, toTier, lastDay, pointsToStay, at, effectiveAt }];
  });
}

function gracesEnding(state: MemberState, program: Program, noticeDays: number): Notice[] {
  return tierStandings({ state, program }).flatMap(({ structure, rules, membership }): Notice[] => {
    const effectiveAt = membership?.graceEndsAt ?? null;
    const heldTier = rules.tiers.find(({ id }) => id === membership?.tierId);
    if (effectiveAt === null || heldTier === undefined) return [];
    const at = Math.max(leadOf(effectiveAt, program, noticeDays), state.settledAt);
    return [{ type: 'TIER_GRACE_ENDING', structureId: structure.id, heldTier, at, effectiveAt }];
  });
}

/** When it became true that the grant expires soon; null if it was given later than that, and then said itself until when it is valid. */
export function grantNoticeAt({ grantedAt, expiresAt }: Pick<RewardGrant, 'grantedAt' | 'expiresAt'>, calendar: LocalCalendar, noticeDays: number): Instant | null {
  const at = leadOf(expiresAt, { calendar }, noticeDays);
  return at <= grantedAt ? null : at;
}

/** What happens before this instant happens soon by now. */
export function noticedBefore(calendar: LocalCalendar, noticeDays: number, now: Instant): Instant {
  return calendar.startAfterPeriods(now, { value: noticeDays + 1, unit: 'DAY' }, 1);
}

/** The beginning of the local day that lies so many days before. */
function leadOf(effectiveAt: Instant, { calendar }: Pick<Program, 'calendar'>, noticeDays: number): Instant {
  return calendar.daysBefore(effectiveAt, noticeDays).start;
}

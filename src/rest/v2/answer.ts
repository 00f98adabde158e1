import type { TierStructureAnswer, TierStructureList } from './contract.ts';

/** What the documents of this folder ask of a tier structure. */
export interface TierStructureFields {
  readonly id: string;
  readonly name: string;
  readonly type: TierStructureAnswer['type'];
  readonly cardDefinitionId: string | null;
  readonly metadata: Record<string, unknown>;
  readonly status: TierStructureAnswer['status'];
  readonly createdAt: string;
  readonly pointEarned: Required<NonNullable<TierStructureAnswer['point_earned']>> | null;
  readonly expiration: {
    readonly type: TierStructureAnswer['expiration']['type'];
    readonly rollingExpiration: { readonly period: Period } | null;
    readonly calendarExpiration: { readonly calendarDates: readonly { readonly day: number; readonly month: number }[] } | null;
    readonly slidingExpiration: {
      readonly period: Period;
      readonly earningActivity: boolean;
      readonly spendingActivity: boolean;
      readonly customActivity: boolean;
      readonly customActivityTypes: readonly string[];
    } | null;
  };
  readonly downgrade: {
    readonly type: TierStructureAnswer['downgrade']['type'];
    readonly gracePeriod: (Period & { readonly roundUp: boolean }) | null;
  };
  readonly updatedAt: string | null;
}

type Period = NonNullable<TierStructureAnswer['point_earned']>['period'];

/** A tier structure with the fields of its page, in the order of its page. */
export function toTierStructure(structure: TierStructureFields): TierStructureAnswer {
  const { id, name, type, cardDefinitionId, metadata, status, createdAt, pointEarned, expiration, downgrade, updatedAt } = structure;
  return {
    id,
    name,
    type,
    card_definition_id: cardDefinitionId,
    metadata,
    status,
    created_at: toTimestamp(createdAt),
    object: 'tier_structure',
    ...(pointEarned === null ? {} : { point_earned: toPointEarned(pointEarned) }),
    expiration: toExpiration(expiration),
    downgrade: { type: downgrade.type, ...(downgrade.gracePeriod === null ? {} : { grace_period: toGracePeriod(downgrade.gracePeriod) }) },
    updated_at: updatedAt === null ? null : toTimestamp(updatedAt),
  };
}

/** @param cursor null if there is no next page */
export function toTierStructureList(nodes: readonly TierStructureFields[], cursor: TierStructureList['cursor']): TierStructureList {
  return { data: nodes.map(toTierStructure), object: 'list', cursor };
}

/** As the pages write instants: to the second, if there is no more to say. */
export function toTimestamp(instant: string): string {
  return instant.replace('.000Z', 'Z');
}

function toPointEarned({ period, type, window }: NonNullable<TierStructureFields['pointEarned']>) {
  return { period, type, ...(window === 'CALENDAR' ? {} : { window }) };
}

function toGracePeriod({ value, unit, roundUp }: NonNullable<TierStructureFields['downgrade']['gracePeriod']>) {
  return { value, unit, round_up: roundUp };
}

function toExpiration(expiration: TierStructureFields['expiration']): TierStructureAnswer['expiration'] {
  const { type, rollingExpiration: rolling, calendarExpiration: calendar, slidingExpiration: sliding } = expiration;
  return {
    type,
    ...(rolling === null ? {} : { rolling_expiration: { period: rolling.period } }),
    ...(calendar === null ? {} : { calendar_expiration: { calendar_dates: [...calendar.calendarDates] } }),
    ...(sliding === null
      ? {}
      : {
          sliding_expiration: {
            earning_activity: sliding.earningActivity,
            spending_activity: sliding.spendingActivity,
            custom_activity: sliding.customActivity,
            period: sliding.period,
            custom_activity_types: [...sliding.customActivityTypes],
          },
        }),
  };
}

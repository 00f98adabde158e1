import { z } from 'zod';

/**
 * What `/v2/loyalties/tier-structures` takes and answers, as its reference pages document it. Requests are checked
 * against these shapes, and the OpenAPI description is written from them. Limits that the engine itself holds (the length
 * of a name, the days of a month) are only described here, so that what breaks them is refused with the engine's codes.
 */

export const TYPES = ['POINT_BALANCE', 'POINT_EARNED'] as const;
export const STATUSES = ['DRAFT', 'ACTIVE', 'INACTIVE', 'DELETED'] as const;
export const PERIOD_UNITS = ['HOUR', 'DAY', 'WEEK', 'MONTH', 'YEAR'] as const;
export const TRACKING_WINDOWS = ['CALENDAR', 'ANNIVERSARY', 'TRAILING'] as const;

export const PAGE_SIZE_DEFAULT = 10;
export const PAGE_SIZE_MAX = 100;
export const IDS_MAX = 100;
export const VALUES_MAX = 10;
export const DAYS_MAX = 36_500;

const value = z.int32().meta({ description: 'Number of units.', minimum: 1, maximum: 1000 });
const period = z
  .strictObject({ value, unit: z.enum(PERIOD_UNITS).meta({ description: 'The unit that is counted.' }) })
  .meta({ description: 'A length of time.' });
const days = z
  .strictObject({ value, unit: z.enum(PERIOD_UNITS).meta({ description: 'The unit that is counted. Not `HOUR`.' }) })
  .meta({ description: 'A length of time in days or longer.' });

const calendarDates = z
  .array(
    z.strictObject({
      day: z.int32().meta({ description: 'Day of the month.', minimum: 1, maximum: 31 }),
      month: z.int32().meta({ description: 'Month of the year.', minimum: 1, maximum: 12 }),
    }),
  )
  .meta({ description: 'Different days of the year, which come round every year.', minItems: 1, maxItems: 20 });

const activities = {
  earning_activity: z.boolean().meta({ description: 'Whether earning points prolongs a tier.' }),
  spending_activity: z.boolean().meta({ description: 'Whether spending points prolongs a tier.' }),
  custom_activity: z.boolean().meta({ description: 'Whether custom activities prolong a tier.' }),
};
const customActivityTypes = z
  .array(z.string())
  .meta({ description: 'Which custom activities do. Empty: all of them, if `custom_activity` is true.', maxItems: 20 });

const name = z.string().meta({ description: 'Display name.', minLength: 1, maxLength: 200 });
const type = z.enum(TYPES).meta({ description: 'What is measured.' });
const metadata = z.record(z.string(), z.unknown()).meta({ description: 'Your own key-value data: at most 50 keys, 10 KiB.' });

const pointEarnedType = z.enum(['IMMEDIATELY', 'NEXT_TRACKING_PERIOD']).meta({ description: 'When a reached threshold takes effect.' });
const trackingWindow = z.enum(TRACKING_WINDOWS).meta({
  description: 'Which points are counted together. Shown only where it is not `CALENDAR`, which is also what leaving it out means.',
});
const pointEarned = z
  .strictObject({ period, type: pointEarnedType, window: trackingWindow.optional() })
  .meta({ description: 'How earned points are tracked.' });
const pointEarnedInput = z
  .strictObject({ period, type: pointEarnedType.default('IMMEDIATELY'), window: trackingWindow.nullish() })
  .meta({ description: 'How earned points are tracked.' });

const expirationType = z
  .enum(['NO_EXPIRATION', 'ROLLING_EXPIRATION', 'CALENDAR_EXPIRATION', 'SLIDING_EXPIRATION'])
  .meta({ description: 'When a reached tier is judged again.' });
const rollingExpiration = z.strictObject({ period: days });
const calendarExpiration = z.strictObject({ calendar_dates: calendarDates });

const expirationInput = z
  .strictObject({
    type: expirationType,
    rolling_expiration: rollingExpiration.nullish(),
    calendar_expiration: calendarExpiration.nullish(),
    sliding_expiration: z
      .strictObject({
        period: days,
        earning_activity: activities.earning_activity.default(false),
        spending_activity: activities.spending_activity.default(false),
        custom_activity: activities.custom_activity.default(false),
        custom_activity_types: customActivityTypes.nullish(),
      })
      .nullish(),
  })
  .meta({
    description:
      'When a reached tier is judged again. The object that goes with the type is required; the others must be null or left out.',
  });

const downgradeType = z
  .enum(['NO_DOWNGRADE', 'MULTI_LEVEL', 'SINGLE_LEVEL'])
  .meta({ description: 'How a tier that no longer qualifies goes down.' });
const downgradeInput = z
  .strictObject({
    type: downgradeType,
    grace_period: z
      .strictObject({
        ...days.shape,
        round_up: z.boolean().default(false).meta({ description: 'Whether it lasts to the end of its last unit.' }),
      })
      .nullish()
      .meta({ description: 'Time to qualify again. Must be null or left out with `NO_DOWNGRADE`.' }),
  })
  .meta({ description: 'How a tier that no longer qualifies goes down.' });

const settings = {
  card_definition_id: z
    .string()
    .nullish()
    .meta({ description: 'Id of the card definition to link; null to link none. Required for activation.' }),
  point_earned: pointEarnedInput
    .nullish()
    .meta({ description: 'Required when the type is `POINT_EARNED`. Must be null when it is `POINT_BALANCE`.' }),
  expiration: expirationInput.nullish(),
  downgrade: downgradeInput.nullish(),
  metadata: metadata.nullish(),
};

/** Body of `PUT /v2/loyalties/tier-structures/{id}`. */
export const updateBody = z
  .strictObject({ name: name.nullish(), type: type.nullish(), ...settings })
  .meta({ description: 'What to change. Outside `DRAFT` only `name` and `metadata` may change.' });
export type UpdateBody = z.output<typeof updateBody>;

/** Body of `POST /v2/loyalties/tier-structures`. */
export const createBody = z
  .strictObject({
    name,
    type,
    ...settings,
    status: z.enum(['DRAFT']).nullish().meta({ description: 'A tier structure is created as a draft. It is activated when it has tiers.' }),
  })
  .meta({ description: 'The new tier structure.' });
export type CreateBody = z.output<typeof createBody>;

export type Settings = Omit<UpdateBody, 'name' | 'type'>;
export type ExpirationBody = z.output<typeof expirationInput>;
export type DowngradeBody = z.output<typeof downgradeInput>;

const instant = z.string().meta({ format: 'date-time' });

/** A tier structure as every route shows it, its fields in this order. */
export const tierStructure = z
  .object({
    id: z.string().meta({ description: 'Unique tier structure identifier.' }),
    name,
    type,
    card_definition_id: z.string().nullable().meta({ description: 'Id of the linked card definition. Null while a draft has none.' }),
    metadata,
    status: z.enum(STATUSES).meta({ description: 'Current lifecycle status.' }),
    created_at: instant.meta({ description: 'When it was created. A fraction of a second is left out if there is none.' }),
    object: z.literal('tier_structure').meta({ description: 'Object type discriminator.' }),
    point_earned: pointEarned.optional().meta({ description: 'Present when the type is `POINT_EARNED`.' }),
    expiration: z
      .object({
        type: expirationType,
        rolling_expiration: rollingExpiration.optional(),
        calendar_expiration: calendarExpiration.optional(),
        sliding_expiration: z.object({ ...activities, period: days, custom_activity_types: customActivityTypes }).optional(),
      })
      .meta({ description: 'When a reached tier is judged again. Only the object that goes with the type is present.' }),
    downgrade: z
      .object({
        type: downgradeType,
        grace_period: z
          .object({ ...days.shape, round_up: z.boolean() })
          .optional()
          .meta({ description: 'Present if there is one.' }),
      })
      .meta({ description: 'How a tier that no longer qualifies goes down.' }),
    updated_at: instant.nullable().meta({ description: 'When it or one of its tiers was last changed. Null if never.' }),
  })
  .meta({ description: 'A tier structure.' });
export type TierStructureAnswer = z.output<typeof tierStructure>;

/** Answer of `GET /v2/loyalties/tier-structures`. */
export const tierStructureList = z
  .object({
    data: z.array(tierStructure),
    object: z.literal('list'),
    cursor: z
      .object({
        next: z.string().meta({ description: 'Send it as `cursor`, with the same key, filters and order, for the next page.' }),
        expires_at: instant.meta({ description: 'From when it is refused.' }),
      })
      .nullable()
      .meta({ description: 'Null when there are no more pages.' }),
  })
  .meta({ description: 'A page of tier structures.' });
export type TierStructureList = z.output<typeof tierStructureList>;

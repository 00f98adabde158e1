import { z } from 'zod';
import type { CardDefinitionSection, ConfigurationDocument, EarnRuleSection, EarnRuleVersionSection, RewardSection, RewardTriggerSection, TierSection, TierStructureSection } from '../domain/configuration-document.ts';
import { DEFAULT_LOCALE, DOCUMENT_VERSION, PROOF_VALID_MINUTES } from '../domain/configuration-document.ts';
import type { FixedPointExpiration, PointActivation, PointExpiration } from '../domain/points.ts';
import { canonicalLocale } from '../domain/receipts.ts';
import type { TierDowngrade, TierExpiration } from '../domain/structures.ts';
import { BACKDATING_MAX_DAYS, EVENT_RETENTION_DEFAULT_DAYS } from '../domain/workspaces.ts';

/**
 * The shape of a configuration document, in the words of the API's inputs: what it is made of, and what each field means. Whether
 * what it says makes sense is for the domain, which says so of inputs too. A field that is left out has its default.
 */

/** Objects of one kind. */
const SECTION_MAX = 500;

const key = z.string().describe('Names it in this document, and in the workspace: 1 to 63 small letters, digits, and single hyphens or underscores between them.');
const name = z.string().describe('Display name, 1 to 200 characters.');
const status = z.enum(['DRAFT', 'ACTIVE', 'INACTIVE']).describe('Where it is in its life.');
const cardKey = z.string().describe('Key of a card definition.');
const metadata = z.record(z.string(), z.unknown()).default({}).describe('Your own key-value data: at most 50 keys, 10 KiB.');
const wholeNumber = z.int();
const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const tierKeys = z.string().describe('Keys of the structure and the tier: `membership/gold`.');
const capUnit = z.enum(['DAY', 'WEEK', 'MONTH', 'YEAR']);
const points = z
  .union([z.int(), z.string().regex(/^-?\d{1,19}$/)], { error: 'expected a whole number of points' })
  .transform(BigInt)
  .describe('A whole number of points; beyond 2^53 - 1 as text.');
const decimal = z
  .union([z.number(), z.string()], { error: 'expected a decimal number' })
  .transform(String)
  .describe('A decimal number, best as text.');
const periodUnit = z.enum(['HOUR', 'DAY', 'WEEK', 'MONTH', 'YEAR']);
const period = z.strictObject({ value: wholeNumber.describe('From 1 to 1000.'), unit: periodUnit }).describe('A period of calendar time.');
const calendarDates = z.array(z.strictObject({ day: wholeNumber, month: wholeNumber })).describe('1 to 20 days of the year.');
const activities = {
  earningActivity: z.boolean().default(false).describe('Whether earning points counts.'),
  spendingActivity: z.boolean().default(false).describe('Whether spending points counts.'),
  customActivity: z.boolean().default(false).describe('Whether custom activities count.'),
  customActivityTypes: z.array(z.string()).default([]).describe('Which custom activities count. Left out: all of them, if `customActivity`.'),
};
const yes = z.literal(true);

/** An object that has exactly one of its fields. */
function oneOf<Shape extends z.ZodRawShape>(shape: Shape) {
  const names = Object.keys(shape).map((each) => `\`${each}\``).join(', ');
  return z
    .strictObject(shape)
    .refine((value) => Object.values(value).filter((each) => each !== undefined).length === 1, { error: `expected exactly one of ${names}` })
    .meta({ minProperties: 1, maxProperties: 1 });
}

const rounding = z.enum(['END_OF_MONTH', 'END_OF_QUARTER', 'END_OF_HALF_YEAR', 'END_OF_YEAR', 'END_OF_PARTICULAR_MONTH']);
const rolling = z
  .strictObject({ period, rounding: rounding.optional(), roundingMonth: wholeNumber.optional().describe('For `END_OF_PARTICULAR_MONTH`, from 1 to 12.') })
  .optional()
  .describe('A period after they were earned.');
const calendar = z.strictObject({ calendarDates }).optional().describe('On the next of certain days of the year.');
const sliding = z.strictObject({ period, ...activities }).optional().describe('All together, a period after the last qualifying activity.');
const fixedWays = { noExpiration: yes.optional().describe('Never.'), rolling, calendar };

const fixedPointExpiration = oneOf(fixedWays).transform(toFixedPointExpiration);
const pointExpiration = oneOf({ ...fixedWays, sliding }).transform((given): PointExpiration =>
  given.sliding === undefined ? toFixedPointExpiration(given) : { type: 'SLIDING', ...given.sliding },
);

interface FixedWays {
  readonly rolling?: z.output<typeof rolling>;
  readonly calendar?: z.output<typeof calendar>;
}

function toFixedPointExpiration({ rolling: rolled, calendar: dated }: FixedWays): FixedPointExpiration {
  if (dated !== undefined) return { type: 'CALENDAR', ...dated };
  if (rolled === undefined) return { type: 'NO_EXPIRATION' };
  const { period: lasting, rounding: to, roundingMonth } = rolled;
  if (to === undefined && roundingMonth === undefined) return { type: 'ROLLING', period: lasting, rounding: null };
  // A month without a rounding makes no sense, which the domain says of a month that does not fit.
  return { type: 'ROLLING', period: lasting, rounding: { to: to ?? 'END_OF_MONTH', month: roundingMonth ?? null } };
}

const pointActivation = oneOf({
  immediate: yes.optional().describe('At once.'),
  periodBased: z.strictObject({ days: wholeNumber }).optional().describe('A number of days after they were earned.'),
  fixedDates: z.strictObject({ calendarDates }).optional().describe('On the next of certain days of the year.'),
}).transform(({ periodBased, fixedDates }): PointActivation => {
  if (periodBased !== undefined) return { type: 'PERIOD_BASED', ...periodBased };
  return fixedDates === undefined ? { type: 'IMMEDIATE' } : { type: 'FIXED_DATES', ...fixedDates };
});

const tierExpiration = oneOf({
  noExpiration: yes.optional().describe('At every change.'),
  rollingExpiration: z.strictObject({ period }).optional().describe('A period after it was reached or prolonged.'),
  calendarExpiration: z.strictObject({ calendarDates }).optional().describe('On the next of certain days of the year.'),
  slidingExpiration: z.strictObject({ period, ...activities }).optional().describe('A period after the last qualifying activity.'),
}).transform(({ rollingExpiration, calendarExpiration, slidingExpiration }): TierExpiration => {
  if (rollingExpiration !== undefined) return { type: 'ROLLING_EXPIRATION', ...rollingExpiration };
  if (calendarExpiration !== undefined) return { type: 'CALENDAR_EXPIRATION', ...calendarExpiration };
  return slidingExpiration === undefined ? { type: 'NO_EXPIRATION' } : { type: 'SLIDING_EXPIRATION', ...slidingExpiration };
});

const gracePeriod = z.strictObject({ value: wholeNumber, unit: periodUnit, roundUp: z.boolean().default(false) }).optional();
const level = z.strictObject({ gracePeriod: gracePeriod.describe('How long a customer has to qualify again.') }).optional();
const tierDowngrade = oneOf({
  noDowngrade: yes.optional().describe('It stays and is prolonged.'),
  multiLevel: level.describe('To the highest tier that qualifies, or to none.'),
  singleLevel: level.describe('One tier per judgement.'),
}).transform(({ multiLevel, singleLevel }): TierDowngrade => {
  if (multiLevel !== undefined) return { type: 'MULTI_LEVEL', gracePeriod: multiLevel.gracePeriod ?? null };
  return singleLevel === undefined ? { type: 'NO_DOWNGRADE' } : { type: 'SINGLE_LEVEL', gracePeriod: singleLevel.gracePeriod ?? null };
});

const cardDefinition = z
  .strictObject({
    key,
    name,
    status,
    expiration: pointExpiration.optional().describe('When points expire. Left out: never.'),
    activation: pointActivation.optional().describe('When points that were earned can be spent. Left out: at once.'),
    refundPolicy: z.enum(['REVOKE_FROM_PENDING', 'REVOKE_TO_ZERO', 'REVOKE_BELOW_ZERO']).default('REVOKE_TO_ZERO').describe('What a refund does about points that were spent or have expired.'),
    metadata,
  })
  .transform(({ key: own, status: at, expiration, activation, ...settings }): CardDefinitionSection => ({
    key: own,
    status: at,
    settings: { ...settings, expiration: expiration ?? { type: 'NO_EXPIRATION' }, activation: activation ?? { type: 'IMMEDIATE' } },
  }))
  .describe('A kind of card.');

const tier = z
  .strictObject({
    key,
    name,
    minPoints: points.describe('Points from which the tier is reached.'),
    maxPoints: points.optional().describe("Points up to which the tier is held, inclusive. Left out: up to the next tier's minimum."),
    noDowngrade: z.boolean().default(false).describe("Whether customers keep this tier whatever the structure's downgrade says."),
    entryAward: z
      .strictObject({ points, cardDefinition: cardKey.optional().describe('On which card. Left out: the one that the structure measures.') })
      .optional()
      .describe('Points given once to whoever enters the tier.'),
    pointExpiration: fixedPointExpiration.optional().describe('When points expire that are earned while the tier is held. Left out: as the card says.'),
    metadata,
  })
  .transform(({ key: own, entryAward, maxPoints, pointExpiration: expiration, ...settings }): TierSection => ({
    key: own,
    settings: { ...settings, maxPoints: maxPoints ?? null, pointExpiration: expiration ?? null },
    entryAward: entryAward === undefined ? null : { points: entryAward.points, cardDefinition: entryAward.cardDefinition ?? null },
  }))
  .describe('A tier.');

const tierStructure = z
  .strictObject({
    key,
    name,
    status,
    rollout: z
      .enum(['NEXT_JUDGEMENT', 'RECALCULATE_NOW', 'UPGRADE_ONLY'])
      .default('NEXT_JUDGEMENT')
      .describe('How a change of rules that are in force is brought to customers. Never exported, because it is no part of what is configured.'),
    type: z.enum(['POINT_BALANCE', 'POINT_EARNED']).describe('What is measured.'),
    cardDefinition: cardKey.optional().describe('Key of the linked card definition.'),
    pointEarned: z
      .strictObject({
        period,
        type: z.enum(['IMMEDIATELY', 'NEXT_TRACKING_PERIOD']).default('IMMEDIATELY'),
        window: z.enum(['CALENDAR', 'ANNIVERSARY', 'TRAILING']).default('CALENDAR'),
      })
      .optional()
      .describe('How earned points are tracked. With `POINT_EARNED` alone.'),
    expiration: tierExpiration.optional().describe('When a reached tier is judged again. Left out: at every change.'),
    downgrade: tierDowngrade.optional().describe('How a tier that no longer qualifies goes down. Left out: it stays.'),
    entryAwardScope: z.enum(['REACHED', 'ALL_PASSED']).default('REACHED'),
    entryAwardOnRefund: z.enum(['KEEP', 'CLAWBACK']).default('KEEP'),
    metadata,
    tiers: z.array(tier).describe('All its tiers, at most 50.'),
  })
  .transform(({ key: own, status: at, rollout, cardDefinition: card, tiers, pointEarned, expiration, downgrade, ...settings }): TierStructureSection => ({
    key: own,
    status: at,
    rollout,
    cardDefinition: card ?? null,
    settings: { ...settings, pointEarned: pointEarned ?? null, expiration: expiration ?? { type: 'NO_EXPIRATION' }, downgrade: downgrade ?? { type: 'NO_DOWNGRADE' } },
    tiers,
  }))
  .describe('A set of tiers that customers climb.');

const version = z
  .strictObject({
    effectiveAt: instant.optional().describe('From when it applies. Left out in the version that is in force.'),
    rates: z.array(z.strictObject({ currency: z.string(), value: decimal, every: decimal })).describe('`value` points for every `every` units of a currency.'),
    condition: z.string().optional().describe('Expression in the Common Expression Language that must be true for the rule to apply.'),
    rounding: z.enum(['FLOOR', 'NEAREST', 'CEILING']).default('FLOOR'),
    roundingScope: z.enum(['PER_TRANSACTION', 'PER_LINE']).default('PER_TRANSACTION'),
    tierMultipliers: z
      .array(z.strictObject({ tier: tierKeys, multiplier: decimal }))
      .default([]),
    caps: z
      .strictObject({
        perTransaction: points.optional(),
        perPeriod: z.array(z.strictObject({ unit: capUnit, points })).default([]),
        balance: points.optional(),
      })
      .optional()
      .describe('The most that it gives.'),
    expiration: fixedPointExpiration.optional().describe('When its points expire. Left out: as the tier or the card says.'),
  })
  .transform(({ effectiveAt, tierMultipliers, condition, caps, expiration, ...terms }): EarnRuleVersionSection => ({
    effectiveAt: effectiveAt ?? null,
    terms: {
      ...terms,
      condition: condition ?? null,
      caps: { perTransaction: caps?.perTransaction ?? null, perPeriod: caps?.perPeriod ?? [], balance: caps?.balance ?? null },
      expiration: expiration ?? null,
    },
    tierMultipliers,
  }))
  .describe('What the rule says.');

const earnRule = z
  .strictObject({ key, name, cardDefinition: cardKey, versions: z.array(version).max(SECTION_MAX).describe('What is in force, and what will be, oldest first.') })
  .transform((section): EarnRuleSection => section)
  .describe('A rule that gives points for purchases.');

const threshold = { cardDefinition: cardKey, points: points.describe('The threshold, 1 or more.') };
const rewardTrigger = oneOf({
  everyNthVisit: z.strictObject({ visits: wholeNumber.describe('10 for the tenth, the twentieth, and so on.') }).optional().describe('By every so manieth purchase.'),
  pointBalance: z.strictObject(threshold).optional().describe('By a purchase that lifts the balance of a card to so many points.'),
  pointEarned: z
    .strictObject({ ...threshold, unit: capUnit.optional().describe('Within which calendar period points are added up. Left out: all that are earned.') })
    .optional()
    .describe('By the purchase with which so many points have been earned on a card.'),
}).transform(({ everyNthVisit, pointBalance, pointEarned }): RewardTriggerSection | null => {
  if (everyNthVisit !== undefined) return { type: 'EVERY_NTH_VISIT', ...everyNthVisit };
  if (pointBalance !== undefined) return { type: 'POINT_BALANCE', ...pointBalance };
  return pointEarned === undefined ? null : { type: 'POINT_EARNED', ...pointEarned, unit: pointEarned.unit ?? null };
});

/** Null for what is no language tag, of which the domain says so. */
const locale = z.string().transform(canonicalLocale);

const reward = z
  .strictObject({
    key,
    name,
    status,
    type: z.string().describe('Your own word for it, 1 to 100 characters.'),
    description: z.string().optional().describe('What it is, 1 to 2000 characters.'),
    cardDefinition: cardKey.describe('Key of the card definition from whose card it is paid for.'),
    cost: points.describe('What it costs in points. 0, which needs a trigger: it can only be had by a grant.'),
    stock: wholeNumber
      .optional()
      .describe('How many there are when the reward is created, or when it gets a stock. What is left of it afterwards stays as it is. Left out: as many as are asked for.'),
    limits: z
      .strictObject({
        perMember: wholeNumber.optional().describe('In all.'),
        perPeriod: z.array(z.strictObject({ unit: capUnit, count: wholeNumber })).default([]).describe('Within calendar periods.'),
      })
      .optional()
      .describe('How often one customer can have it. Left out: as often as they like.'),
    tiers: z.array(tierKeys).default([]).describe('Tiers of which a customer must hold one, at most 50. Left out: none is needed.'),
    condition: z.string().optional().describe('Expression in the Common Expression Language that must be true of the customer.'),
    validFrom: instant.optional().describe('From when it can be had. Left out: at once.'),
    validUntil: instant.optional().describe('The first instant at which it cannot be had any more. Left out: never.'),
    proofValidMinutes: wholeNumber.default(PROOF_VALID_MINUTES).describe('For how many minutes the proof of a redemption is valid, from 1 to 527040.'),
    trigger: rewardTrigger.optional().describe('For what it is granted. Left out: for nothing.'),
    grantValidity: period.optional().describe('How long a grant of it can be used. Only with a trigger; left out: for ever.'),
    defaultLocale: locale.prefault(DEFAULT_LOCALE).describe('The language of receipts where none is asked for, or there is none that comes close: a BCP 47 tag.'),
    receipts: z
      .array(z.strictObject({ locale: locale.describe('The language, as a BCP 47 tag.'), template: z.string().describe('Mustache without partials, at most 2000 characters.') }))
      .default([])
      .describe('What is printed for a redemption: at most 20 texts, one for each language.'),
    metadata,
  })
  .transform(
    ({ key: own, status: at, cardDefinition: card, tiers, trigger, limits, ...settings }): RewardSection => ({
      key: own,
      status: at,
      cardDefinition: card,
      tiers,
      trigger: trigger ?? null,
      settings: {
        ...settings,
        description: settings.description ?? null,
        stock: settings.stock ?? null,
        limits: { perMember: limits?.perMember ?? null, perPeriod: limits?.perPeriod ?? [] },
        condition: settings.condition ?? null,
        validFrom: settings.validFrom ?? null,
        validUntil: settings.validUntil ?? null,
        grantValidity: settings.grantValidity ?? null,
      },
    }),
  )
  .describe('What points can be redeemed for, or what is given for earning.');

const configuration = z
  .strictObject({
    version: z.literal(DOCUMENT_VERSION, { error: `expected ${DOCUMENT_VERSION}, the version of documents that this server reads` }).describe('Version of this format.'),
    workspace: z
      .strictObject({
        timeZone: z.string().optional().describe('A workspace keeps its time zone: a document that names another one is refused.'),
        backdatingDays: wholeNumber.default(BACKDATING_MAX_DAYS).describe('How many days a fact may be dated back.'),
        eventRetentionDays: wholeNumber.default(EVENT_RETENTION_DEFAULT_DAYS).describe('For how many days events are kept.'),
        noticeDays: wholeNumber.default(0).describe('How many days before something happens to a customer it is told of. 0: not at all.'),
      })
      .optional()
      .describe('Settings of the workspace. Left out: they stay as they are.'),
    cardDefinitions: z.array(cardDefinition).max(SECTION_MAX).optional().describe('Card definitions, oldest first. Left out: they stay as they are.'),
    tierStructures: z.array(tierStructure).max(SECTION_MAX).optional().describe('Tier structures, oldest first. Left out: they stay as they are.'),
    earnRules: z.array(earnRule).max(SECTION_MAX).optional().describe('Earn rules, oldest first. Left out: they stay as they are.'),
    rewards: z.array(reward).max(SECTION_MAX).optional().describe('Rewards, oldest first. Left out: they stay as they are.'),
  })
  .transform(
    ({ workspace, cardDefinitions, tierStructures, earnRules, rewards }): ConfigurationDocument => ({
      workspace: workspace === undefined ? null : { ...workspace, timeZone: workspace.timeZone ?? null },
      cardDefinitions: cardDefinitions ?? null,
      tierStructures: tierStructures ?? null,
      earnRules: earnRules ?? null,
      rewards: rewards ?? null,
    }),
  )
  .meta({ title: 'VoilaTier configuration', description: 'The configuration of a workspace: card definitions, tier structures, earn rules and rewards by their keys. What is left out has its default.' });

export type ShapeProblemCode = 'UNKNOWN_FIELD' | 'UNSUPPORTED_VERSION' | 'INVALID_DOCUMENT';

export interface ShapeProblem {
  readonly code: ShapeProblemCode;
  readonly message: string;
  readonly path: readonly (string | number)[];
}

export function toConfigurationDocument(
  value: unknown,
): { readonly ok: true; readonly value: ConfigurationDocument } | { readonly ok: false; readonly problems: readonly ShapeProblem[] } {
  const result = configuration.safeParse(value);
  if (result.success) return { ok: true, value: result.data };
  return { ok: false, problems: result.error.issues.flatMap(toProblems) };
}

/** For editors, which complete and check documents by it. */
export function configurationJsonSchema(): Readonly<Record<string, unknown>> {
  return z.toJSONSchema(configuration, { io: 'input' });
}

function toProblems(issue: z.core.$ZodIssue): ShapeProblem[] {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((unknown) => ({ code: 'UNKNOWN_FIELD', message: `There is no field \`${unknown}\` here.`, path: [...path, unknown] }));
  }
  const message = `${issue.message.replace(/^Invalid \w+: |^Invalid input$/, '')}`;
  const code = path.length === 1 && path[0] === 'version' ? 'UNSUPPORTED_VERSION' : 'INVALID_DOCUMENT';
  return [{ code, message: `This does not fit: ${message === '' ? 'it is something else than was expected' : message}.`, path }];
}

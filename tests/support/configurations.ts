/** Generated configurations: every feature of card definitions, tier structures, earn rules and rewards, in documents and in states. */
import fc from 'fast-check';
import type { CardDefinitionSection, ConfigurationDocument, ConfigurationState, DocumentStatus, EarnRuleSection, EarnRuleVersionSection, RewardSection, RewardTriggerSection, TierSection, TierStructureSection } from '../../src/domain/configuration-document.ts';
import { tierName } from '../../src/domain/configuration-document.ts';
import type { EarnCaps } from '../../src/domain/earning.ts';
import type { FixedPointExpiration, PointActivation, PointExpiration } from '../../src/domain/points.ts';
import { POINTS_MAX } from '../../src/domain/points.ts';
import type { TierDowngrade, TierExpiration } from '../../src/domain/structures.ts';
import type { CalendarDate, Period } from '../../src/domain/time.ts';
import type { Workspace } from '../../src/domain/workspaces.ts';

export const NOW = Date.UTC(2026, 4, 17, 12);
const DAY = 86_400_000;

export const WORKSPACE: Workspace = {
  id: 'workspace',
  name: 'Workspace',
  timeZone: 'Europe/Warsaw',
  mode: 'SANDBOX',
  clockFrozenAt: null,
  backdatingDays: 36_500,
  eventRetentionDays: 90,
  noticeDays: 0,
  version: 1,
  createdAt: 0,
  updatedAt: null,
};

export const EMPTY: ConfigurationState = { workspace: WORKSPACE, cardDefinitions: [], tierStructures: [], drafts: [], earnRules: [], rewards: [] };

/** What a text may be: nothing that JSON or YAML reads as something else may stay what it is not. */
const trickyText = fc.constantFrom('null', 'true', '~', '1', '1.0', '0x1F', '.inf', '2026-05-17', 'no', '- a', 'a: b', '#', '"', "'", '|', '>', ' lead', 'trail ', 'two\nlines\n', '\ttab', '🏅', '\u2028', '\u0085', '\u0001', '<<', '*a', '&a', '!tag', '%', '@', '`', '{}', '[]', ',', '?', 'x'.repeat(120), 'long words '.repeat(15));
const text = fc.oneof(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), trickyText, fc.constantFrom('Points', 'Gold', 'Café'));
const name = text.filter((each) => each.trim() !== '' && !each.includes('\u0000') && each.isWellFormed());
const storable = text.filter((each) => !each.includes('\u0000') && each.isWellFormed() && each !== '__proto__');
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.constantFrom(0.1, -2.5, 1e21, 5e-7, 9007199254740991),
    storable,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(storable, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
}));
const metadata = fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, fc.dictionary(storable, json.value, { maxKeys: 4, noNullPrototype: true }));
const keys = (fallback: string) => fc.oneof(fc.stringMatching(/^[a-z0-9]{1,6}(?:[-_][a-z0-9]{1,6}){0,2}$/), fc.constantFrom('null', 'true', '1', '12', 'no', fallback));
const status = fc.constantFrom<DocumentStatus>('ACTIVE', 'ACTIVE', 'ACTIVE', 'INACTIVE', 'DRAFT');

const period = (units: readonly Period['unit'][]): fc.Arbitrary<Period> => fc.record({ value: fc.integer({ min: 1, max: 1000 }), unit: fc.constantFrom(...units) });
const anyPeriod = period(['HOUR', 'DAY', 'WEEK', 'MONTH', 'YEAR']);
const daysPeriod = period(['DAY', 'WEEK', 'MONTH', 'YEAR']);
const calendarDates = fc.uniqueArray(fc.record({ day: fc.integer({ min: 1, max: 28 }), month: fc.integer({ min: 1, max: 12 }) }), {
  minLength: 1,
  maxLength: 4,
  selector: ({ day, month }: CalendarDate) => `${month}-${day}`,
});
const activities = fc.oneof(
  fc.record({ earningActivity: fc.constant(true), spendingActivity: fc.boolean(), customActivity: fc.constant(false), customActivityTypes: fc.constant([]) }),
  fc.record({ earningActivity: fc.boolean(), spendingActivity: fc.boolean(), customActivity: fc.constant(true), customActivityTypes: fc.array(name, { maxLength: 2 }) }),
);
const rounding = fc.oneof(
  fc.constant(null),
  fc.record({ to: fc.constantFrom('END_OF_MONTH' as const, 'END_OF_QUARTER' as const, 'END_OF_HALF_YEAR' as const, 'END_OF_YEAR' as const), month: fc.constant(null) }),
  fc.record({ to: fc.constant('END_OF_PARTICULAR_MONTH' as const), month: fc.integer({ min: 1, max: 12 }) }),
);
const fixedExpiration: fc.Arbitrary<FixedPointExpiration> = fc.oneof(
  fc.constant({ type: 'NO_EXPIRATION' as const }),
  fc.record({ type: fc.constant('ROLLING' as const), period: daysPeriod, rounding }),
  fc.record({ type: fc.constant('ROLLING' as const), period: period(['HOUR']), rounding: fc.constant(null) }),
  fc.record({ type: fc.constant('CALENDAR' as const), calendarDates }),
);
const pointExpiration: fc.Arbitrary<PointExpiration> = fc.oneof(
  fixedExpiration,
  fc.tuple(anyPeriod, activities).map(([each, chosen]) => ({ type: 'SLIDING' as const, period: each, ...chosen })),
);
const activation: fc.Arbitrary<PointActivation> = fc.oneof(
  fc.constant({ type: 'IMMEDIATE' as const }),
  fc.record({ type: fc.constant('PERIOD_BASED' as const), days: fc.integer({ min: 1, max: 1000 }) }),
  fc.record({ type: fc.constant('FIXED_DATES' as const), calendarDates }),
);
const tierExpiration: fc.Arbitrary<TierExpiration> = fc.oneof(
  fc.constant({ type: 'NO_EXPIRATION' as const }),
  fc.record({ type: fc.constant('ROLLING_EXPIRATION' as const), period: daysPeriod }),
  fc.record({ type: fc.constant('CALENDAR_EXPIRATION' as const), calendarDates }),
  fc.tuple(daysPeriod, activities).map(([each, chosen]) => ({ type: 'SLIDING_EXPIRATION' as const, period: each, ...chosen })),
);
const downgrade: fc.Arbitrary<TierDowngrade> = fc.oneof(
  fc.constant({ type: 'NO_DOWNGRADE' as const }),
  fc.record({
    type: fc.constantFrom('MULTI_LEVEL' as const, 'SINGLE_LEVEL' as const),
    gracePeriod: fc.option(fc.tuple(daysPeriod, fc.boolean()).map(([each, roundUp]) => ({ ...each, roundUp }))),
  }),
);
const pointEarned = fc.oneof(
  fc.record({ period: anyPeriod, type: fc.constantFrom('IMMEDIATELY' as const, 'NEXT_TRACKING_PERIOD' as const), window: fc.constantFrom('CALENDAR' as const, 'ANNIVERSARY' as const) }),
  fc.record({ period: anyPeriod, type: fc.constant('IMMEDIATELY' as const), window: fc.constant('TRAILING' as const) }),
);
const points = fc.oneof(fc.bigInt({ min: 1n, max: 100_000n }), fc.constantFrom(2n ** 53n - 1n, 2n ** 53n, POINTS_MAX));
const decimal = fc.oneof(fc.integer({ min: 1, max: 1000 }).map(String), fc.constantFrom('0.5', '1.25', '0.000001'));
const caps: fc.Arbitrary<EarnCaps> = fc.record({
  perTransaction: fc.option(points, { freq: 2 }),
  perPeriod: fc.uniqueArray(fc.record({ unit: fc.constantFrom('DAY' as const, 'WEEK' as const, 'MONTH' as const, 'YEAR' as const), points }), { maxLength: 3, selector: ({ unit }) => unit }),
  balance: fc.option(points, { freq: 2 }),
});

const card: fc.Arbitrary<CardDefinitionSection> = fc.record({
  key: keys('points'),
  status,
  settings: fc.record({ name, expiration: pointExpiration, activation, refundPolicy: fc.constantFrom('REVOKE_TO_ZERO' as const, 'REVOKE_FROM_PENDING' as const, 'REVOKE_BELOW_ZERO' as const), metadata }),
});

function tiersOn(cards: readonly string[]): fc.Arbitrary<TierSection[]> {
  return fc
    .record({
      minimums: fc.uniqueArray(fc.oneof(fc.bigInt({ min: 0n, max: 1000n }), fc.constantFrom(0n, 2n ** 53n + 1n)), { minLength: 1, maxLength: 4 }),
      tiers: fc.array(
        fc.record({
          name,
          gap: fc.option(fc.bigInt({ min: 0n, max: 3n }), { freq: 3 }),
          noDowngrade: fc.boolean(),
          pointExpiration: fc.option(fixedExpiration),
          metadata,
          award: fc.option(points, { freq: 2 }),
          awardedOn: fc.constantFrom(null, ...cards),
        }),
        { minLength: 4, maxLength: 4 },
      ),
      keys: fc.uniqueArray(keys('gold'), { minLength: 4, maxLength: 4 }),
    })
    .map(({ minimums, tiers, keys: tierKeys }) => {
      const sorted = [...minimums].sort((a, b) => (a < b ? -1 : 1));
      return sorted.map((minPoints, index): TierSection => {
        const { gap, award, awardedOn, ...settings } = tiers[index]!;
        const next = sorted[index + 1];
        const maxPoints = gap === null || (next !== undefined && minPoints + gap >= next) ? null : minPoints + gap;
        return { key: tierKeys[index]!, settings: { ...settings, minPoints, maxPoints }, entryAward: award === null ? null : { points: award, cardDefinition: awardedOn } };
      });
    });
}

/** An entry award can be given only on cards that no structure measures: so none goes round in a circle. */
function structureOn(measured: readonly CardDefinitionSection[], awarded: readonly CardDefinitionSection[]): fc.Arbitrary<TierStructureSection> {
  const keysOf = (cards: readonly CardDefinitionSection[]) => cards.map(({ key }) => key);
  return fc
    .record({
      key: keys('club'),
      status,
      cardDefinition: fc.constantFrom(null, ...keysOf(measured)),
      earned: fc.option(pointEarned, { freq: 3 }),
      settings: fc.record({ name, expiration: tierExpiration, downgrade, entryAwardScope: fc.constantFrom('REACHED' as const, 'ALL_PASSED' as const), entryAwardOnRefund: fc.constantFrom('KEEP' as const, 'CLAWBACK' as const), metadata }),
      tiers: tiersOn(keysOf(awarded)),
    })
    .map(({ earned, settings, ...rest }): TierStructureSection => {
      const statusOf = (key: string | null) => [...measured, ...awarded].find((each) => each.key === key)?.status;
      // Without a card of its own, an award is one on the card that is measured, which leads round.
      const tiers = rest.tiers.map((tier) => (tier.entryAward?.cardDefinition === null ? { ...tier, entryAward: null } : tier));
      const named = [rest.cardDefinition, ...tiers.flatMap(({ entryAward }) => entryAward?.cardDefinition ?? [])];
      const canHold = rest.cardDefinition !== null && named.every((key) => statusOf(key) !== 'DRAFT');
      const typed = earned === null ? ({ type: 'POINT_BALANCE', pointEarned: null } as const) : ({ type: 'POINT_EARNED', pointEarned: earned } as const);
      return { ...rest, tiers, rollout: 'NEXT_JUDGEMENT', status: rest.status === 'ACTIVE' && !canHold ? 'INACTIVE' : rest.status, settings: { ...settings, ...typed } };
    });
}

function ruleOn(cards: readonly CardDefinitionSection[], structures: readonly TierStructureSection[]): fc.Arbitrary<EarnRuleSection> {
  const tiers = structures.flatMap(({ key, tiers: each }) => each.map((tier) => tierName(key, tier.key)));
  const currency = fc.constantFrom({ currency: 'USD', decimals: '.00' }, { currency: 'JPY', decimals: '' }, { currency: 'KWD', decimals: '.000' });
  const rates = fc.uniqueArray(fc.tuple(currency, decimal, fc.integer({ min: 1, max: 5000 })).map(([{ currency: code, decimals }, value, every]) => ({ currency: code, value, every: `${every}${decimals}` })), {
    minLength: 1,
    maxLength: 3,
    selector: ({ currency: code }) => code,
  });
  const multipliers = tiers.length === 0 ? fc.constant([]) : fc.uniqueArray(fc.record({ tier: fc.constantFrom(...tiers), multiplier: decimal }), { maxLength: 3, selector: ({ tier }) => tier });
  const version: fc.Arbitrary<Omit<EarnRuleVersionSection, 'effectiveAt'>> = fc.record({
    terms: fc.record({
      rates,
      condition: fc.constantFrom(null, null, "transaction.location == 'shop'", 'transaction.amountMinor > 100 &&\n  size(customer.tiers) > 0', 'true # "quoted": \'yes\''.slice(0, 4)),
      rounding: fc.constantFrom('FLOOR' as const, 'NEAREST' as const, 'CEILING' as const),
      roundingScope: fc.constantFrom('PER_TRANSACTION' as const, 'PER_LINE' as const),
      caps,
      expiration: fc.option(fixedExpiration),
    }),
    tierMultipliers: multipliers,
  });
  return fc
    .record({ key: keys('base'), name, cardDefinition: fc.constantFrom(...cards.map(({ key }) => key)), versions: fc.array(version, { minLength: 1, maxLength: 3 }), scheduled: fc.integer({ min: 0, max: 3 }) })
    .map(({ versions, scheduled, ...rest }): EarnRuleSection => {
      // What a version repeats of the one before is no version of its own.
      const distinct = versions.filter((each, index) => index === 0 || JSON.stringify(each, plain) !== JSON.stringify(versions[index - 1], plain));
      return { ...rest, versions: distinct.map((each, index) => ({ ...each, effectiveAt: index === 0 && scheduled > 0 ? null : NOW + (index + 1) * DAY })) };
    });
}

const capUnit = fc.constantFrom('DAY' as const, 'WEEK' as const, 'MONTH' as const, 'YEAR' as const);
const receipts = fc.uniqueArray(
  fc.record({ locale: fc.constantFrom('en', 'de-AT', 'pl', 'zh-Hant-TW'), template: fc.constantFrom('{{reward.name}}', 'Für {{customer.name}}:\n{{#reward.description}}{{reward.description}}{{/reward.description}}', '🏅 until {{redemption.expiresAt}} ') }),
  { maxLength: 4, selector: ({ locale }) => locale },
);

function rewardOn(cards: readonly CardDefinitionSection[], structures: readonly TierStructureSection[]): fc.Arbitrary<RewardSection> {
  const tiers = structures.flatMap(({ key, tiers: each }) => each.map((tier) => tierName(key, tier.key)));
  const cardDefinition = fc.constantFrom(...cards.map(({ key }) => key));
  const trigger: fc.Arbitrary<RewardTriggerSection> = fc.oneof(
    fc.record({ type: fc.constant('EVERY_NTH_VISIT' as const), visits: fc.integer({ min: 1, max: 10_000 }) }),
    fc.record({ type: fc.constant('POINT_BALANCE' as const), cardDefinition, points }),
    fc.record({ type: fc.constant('POINT_EARNED' as const), cardDefinition, points, unit: fc.option(capUnit) }),
  );
  return fc
    .record({
      key: keys('pastry'),
      status,
      cardDefinition,
      tiers: tiers.length === 0 ? fc.constant([]) : fc.uniqueArray(fc.constantFrom(...tiers), { maxLength: 3 }),
      triggered: fc.option(fc.record({ trigger, grantValidity: fc.option(anyPeriod), isFree: fc.boolean() })),
      receipts,
      settings: fc.record({
        name,
        type: name.filter((each) => each.length <= 100),
        description: fc.option(name, { freq: 2 }),
        cost: points,
        stock: fc.option(fc.oneof(fc.integer({ min: 0, max: 1_000_000_000 }), fc.constantFrom(0, 1))),
        limits: fc.record({
          perMember: fc.option(fc.integer({ min: 1, max: 1_000_000 }), { freq: 2 }),
          perPeriod: fc.uniqueArray(fc.record({ unit: capUnit, count: fc.integer({ min: 1, max: 1_000_000 }) }), { maxLength: 3, selector: ({ unit }) => unit }),
        }),
        condition: fc.constantFrom(null, null, 'false', "customer.points > 100 &&\n  'Gold' in customer.tiers"),
        validFrom: fc.option(fc.integer({ min: -400, max: 400 }).map((days) => NOW + days * DAY)),
        proofValidMinutes: fc.oneof(fc.constant(1_440), fc.integer({ min: 1, max: 527_040 })),
        metadata,
      }),
      lasting: fc.option(fc.integer({ min: 1, max: DAY })),
    })
    .map(({ triggered, receipts: texts, settings, lasting, ...rest }): RewardSection => {
      const { trigger: given = null, grantValidity = null, isFree = false } = triggered ?? {};
      const named = [rest.cardDefinition, ...(given !== null && 'cardDefinition' in given ? [given.cardDefinition] : [])];
      // A card that a reward in force refers to is no draft again.
      const canHold = cards.every(({ key, status: at }) => at !== 'DRAFT' || !named.includes(key));
      return {
        ...rest,
        status: rest.status === 'ACTIVE' && !canHold ? 'INACTIVE' : rest.status,
        trigger: given,
        settings: {
          ...settings,
          cost: isFree ? 0n : settings.cost,
          validUntil: lasting === null ? null : (settings.validFrom ?? NOW) + lasting,
          grantValidity,
          defaultLocale: texts.at(-1)?.locale ?? 'en',
          receipts: texts,
        },
      };
    });
}

const plain = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);
const byKey = { selector: ({ key }: { readonly key: string }) => key };

/** Documents that say something possible, each in the one way in which it would be exported. */
export const documents: fc.Arbitrary<ConfigurationDocument> = fc.uniqueArray(card, { minLength: 2, maxLength: 4, ...byKey }).chain((cards) => {
  const [first, ...others] = cards;
  return fc.uniqueArray(structureOn([first!], others), { maxLength: 3, ...byKey }).chain((structures) =>
    fc
      .record({
        earnRules: fc.uniqueArray(ruleOn(cards, structures), { maxLength: 3, ...byKey }),
        rewards: fc.uniqueArray(rewardOn(cards, structures), { maxLength: 3, ...byKey }),
        backdatingDays: fc.constantFrom(0, 365, 36_500),
        eventRetentionDays: fc.constantFrom(30, 90, 3_650),
        noticeDays: fc.constantFrom(0, 7),
      })
      .map(({ backdatingDays, eventRetentionDays, noticeDays, ...sections }) => ({
        workspace: { timeZone: WORKSPACE.timeZone, backdatingDays, eventRetentionDays, noticeDays },
        cardDefinitions: cards,
        tierStructures: structures,
        ...sections,
      })),
  );
});

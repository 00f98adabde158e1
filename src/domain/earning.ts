import Big from 'big.js';
import { ConditionLanguage } from './conditions.ts';
import { checkVersion } from './configuration.ts';
import type { KeyErrorCode } from './keys.ts';
import { checkKey, keyFor } from './keys.ts';
import { FACTOR_MAX_DECIMALS, amountMinor, currencyDecimals, isDecimal, normalizeAmount } from './money.ts';
import type { FixedPointExpiration, Points } from './points.ts';
import { POINTS_MAX, isPointExpiration } from './points.ts';
import type { Checked, Problem } from './problem.ts';
import { checkName, checked, problem, refused } from './problem.ts';
import type { Instant } from './time.ts';

/**
 * Earn rules: what a purchase is worth in points. A rule is a series of immutable versions; a purchase
 * uses the version in force when it happened, however late it is recorded.
 */

export const RATES_MAX = 50;
export const MULTIPLIERS_MAX = 50;
export const VERSIONS_MAX = 1000;
export const RULES_MAX = 100;
const FACTOR_MAX = 1000;
const RATE_VALUE_MAX = 1_000_000;

export interface EarnRate {
  readonly currency: string;
  /** Points, as a decimal. */
  readonly value: string;
  /** Amount of money, as a decimal. */
  readonly every: string;
}

export interface TierMultiplier {
  readonly tierId: string;
  readonly multiplier: string;
}

/** The most that a rule gives within a local calendar period. */
export interface PeriodCap {
  readonly unit: CapUnit;
  readonly points: Points;
}

export type CapUnit = 'DAY' | 'WEEK' | 'MONTH' | 'YEAR';

/** The most that a rule gives. Null or empty: no such limit. */
export interface EarnCaps {
  /** An award above it is refused whole. */
  readonly perTransaction: Points | null;
  /** At most one for each unit. An award is reduced to what is left of the period. */
  readonly perPeriod: readonly PeriodCap[];
  /** An award is reduced so that the card's active and pending points do not exceed it. */
  readonly balance: Points | null;
}

/** Which cap reduced or refused an award. */
export type CapReason = 'PER_TRANSACTION' | 'PER_PERIOD' | 'BALANCE';

export const NO_CAPS: EarnCaps = { perTransaction: null, perPeriod: [], balance: null };

/** What a rule says, as a caller may set it. */
export interface EarnRuleTerms {
  readonly rates: readonly EarnRate[];
  readonly condition: string | null;
  readonly rounding: 'FLOOR' | 'NEAREST' | 'CEILING';
  readonly roundingScope: 'PER_TRANSACTION' | 'PER_LINE';
  readonly tierMultipliers: readonly TierMultiplier[];
  readonly caps: EarnCaps;
  /** When points of this rule expire; null as the tier or the card says. */
  readonly expiration: FixedPointExpiration | null;
}

export interface EarnRuleVersion extends EarnRuleTerms {
  readonly id: string;
  readonly earnRuleId: string;
  readonly number: number;
  readonly effectiveAt: Instant;
  readonly publishedAt: Instant;
}

export interface EarnRule {
  readonly id: string;
  /** Unique among the rules that are not retired. */
  readonly key: string;
  readonly name: string;
  readonly cardDefinitionId: string;
  /** In the order in which they were published. */
  readonly versions: readonly EarnRuleVersion[];
  readonly retiredAt: Instant | null;
  readonly version: number;
  readonly createdAt: Instant;
  readonly updatedAt: Instant | null;
}

export type EarnRuleErrorCode =
  | 'NOT_FOUND'
  | 'INVALID_NAME'
  | KeyErrorCode
  | 'INVALID_CARD_DEFINITION'
  | 'INVALID_RATE'
  | 'UNKNOWN_CURRENCY'
  | 'INVALID_CONDITION'
  | 'INVALID_MULTIPLIER'
  | 'INVALID_CAP'
  | 'INVALID_EXPIRATION'
  | 'TOO_MANY_VERSIONS'
  | 'TOO_MANY_RULES'
  | 'RETIRED'
  | 'VERSION_CONFLICT'
  | 'INVALID_IDEMPOTENCY_KEY'
  | 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH';

/** A purchase, as far as rules look at it. Amounts are normalized decimals of the currency. */
export interface Purchase {
  readonly amount: string;
  readonly currency: string;
  readonly location: string | null;
  readonly lines: readonly PurchaseLine[];
  readonly occurredAt: Instant;
}

export interface PurchaseLine {
  readonly sku: string | null;
  readonly category: string | null;
  readonly quantity: number;
  readonly amount: string;
}

/** The customer who bought, as conditions and multipliers see them at the instant of the purchase. */
export interface Buyer {
  readonly externalId: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  /** The tiers held at the instant of the purchase. */
  readonly tiers: readonly { readonly id: string; readonly name: string }[];
}

export interface ComputedAward {
  readonly points: Points;
  readonly multiplier: string;
}

/** What one rule version makes of a purchase: an award, nothing, or a refusal of the whole purchase. */
export type RuleOutcome =
  | { readonly kind: 'AWARD'; readonly award: ComputedAward }
  | { readonly kind: 'NOT_APPLICABLE' }
  | { readonly kind: 'REFUSED'; readonly code: 'RATE_MISSING' | 'CONDITION_FAILED'; readonly message: string };

/** Constructors of decimals that round a quotient to a whole number the way each rounding says, in one exact step. */
const ROUNDED: Readonly<Record<EarnRuleTerms['rounding'], typeof Big>> = {
  FLOOR: wholeNumbers(Big.roundDown),
  NEAREST: wholeNumbers(Big.roundHalfUp),
  CEILING: wholeNumbers(Big.roundUp),
};

function wholeNumbers(roundingMode: Big.RoundingMode): typeof Big {
  const Rounded = Big();
  Rounded.DP = 0;
  Rounded.RM = roundingMode;
  return Rounded;
}

const CONDITIONS = new ConditionLanguage(['transaction', 'customer']);

/** The version in force at the instant: of those already effective, the one that took effect last; of equals, the newest. */
export function versionAt(rule: EarnRule, at: Instant): EarnRuleVersion | null {
  if (rule.retiredAt !== null && at >= rule.retiredAt) return null;
  let found: EarnRuleVersion | null = null;
  for (const version of rule.versions) {
    if (version.effectiveAt <= at && (found === null || version.effectiveAt >= found.effectiveAt)) found = version;
  }
  return found;
}

/** What the rule version makes of the purchase. */
export function applyRule(terms: EarnRuleTerms, purchase: Purchase, buyer: Buyer): RuleOutcome {
  if (terms.condition !== null) {
    const answer = evaluate(terms.condition, purchase, buyer);
    if (answer.kind === 'REFUSED') return answer;
    if (!answer.holds) return { kind: 'NOT_APPLICABLE' };
  }
  const factors = terms.tierMultipliers.filter(({ tierId }) => buyer.tiers.some(({ id }) => id === tierId));
  const multiplier = factors.length === 0 ? '1' : factors.reduce((product, tier) => product.times(tier.multiplier), new Big(1)).toFixed();
  const points = pointsFor(terms, purchase, multiplier);
  if (points === null) return { kind: 'REFUSED', code: 'RATE_MISSING', message: `has no rate for ${purchase.currency}` };
  return { kind: 'AWARD', award: { points, multiplier } };
}

/** Points for the money of a purchase, before caps; null if the rule has no rate for its currency. */
export function pointsFor(
  terms: Pick<EarnRuleTerms, 'rates' | 'rounding' | 'roundingScope'>,
  { amount, currency, lines }: { readonly amount: string; readonly currency: string; readonly lines: readonly { readonly amount: string }[] },
  multiplier: string,
): Points | null {
  const rate = terms.rates.find((each) => each.currency === currency);
  if (rate === undefined) return null;
  const perLine = terms.roundingScope === 'PER_LINE' && lines.length > 0;
  const amounts = perLine ? lines.map((line) => line.amount) : [amount];
  const Rounded = ROUNDED[terms.rounding];
  return amounts
    .map((each) => {
      const valued = new Rounded(each).times(rate.value);
      return BigInt((multiplier === '1' ? valued : valued.times(multiplier)).div(rate.every).toFixed(0));
    })
    .reduce((sum, each) => sum + each, 0n);
}

function evaluate(
  condition: string,
  purchase: Purchase,
  buyer: Buyer,
): { kind: 'ANSWER'; holds: boolean } | Extract<RuleOutcome, { kind: 'REFUSED' }> {
  const decimals = currencyDecimals(purchase.currency) ?? 0;
  const answer = CONDITIONS.evaluate(condition, {
    transaction: {
      amount: purchase.amount,
      amountMinor: amountMinor(purchase.amount, decimals),
      currency: purchase.currency,
      location: purchase.location ?? '',
      occurredAt: new Date(purchase.occurredAt),
      lines: purchase.lines.map((line) => ({
        sku: line.sku ?? '',
        category: line.category ?? '',
        quantity: BigInt(line.quantity),
        amount: line.amount,
        amountMinor: amountMinor(line.amount, decimals),
      })),
    },
    customer: {
      externalId: buyer.externalId,
      metadata: buyer.metadata,
      tiers: buyer.tiers.map(({ name }) => name),
    },
  });
  return answer.kind === 'FAILED' ? { kind: 'REFUSED', code: 'CONDITION_FAILED', message: answer.message } : answer;
}

/**
 * Checks the terms of a version and brings its decimals into their normal form.
 * @param tierIds the tiers that exist, for the multipliers
 */
export function checkTerms(
  terms: EarnRuleTerms,
  tierIds: ReadonlySet<string>,
): Checked<EarnRuleTerms, EarnRuleErrorCode> {
  const problems = [
    ...checkRates(terms.rates),
    ...checkCondition(terms.condition),
    ...checkMultipliers(terms, tierIds),
    ...checkCaps(terms.caps),
    ...checkExpiration(terms.expiration),
  ];
  if (problems.length > 0) return refused(...problems);
  const rates = terms.rates.map(({ currency, value, every }) => ({
    currency,
    value: new Big(value).toFixed(),
    every: normalizeAmount(every, currencyDecimals(currency) ?? 0),
  }));
  const tierMultipliers = terms.tierMultipliers.map(({ tierId, multiplier }) => ({
    tierId,
    multiplier: new Big(multiplier).toFixed(),
  }));
  return checked({ ...terms, rates, tierMultipliers });
}

function checkRates(rates: readonly EarnRate[]): Problem<EarnRuleErrorCode>[] {
  const path = ['version', 'rates'] as const;
  if (rates.length < 1 || rates.length > RATES_MAX) {
    return [problem('INVALID_RATE', `There are 1 to ${RATES_MAX} rates.`, ...path)];
  }
  return rates.flatMap(({ currency, value, every }, index): Problem<EarnRuleErrorCode>[] => {
    const decimals = currencyDecimals(currency);
    if (decimals === null) {
      return [problem('UNKNOWN_CURRENCY', 'It is not a currency of ISO 4217.', ...path, index, 'currency')];
    }
    const problems: Problem<EarnRuleErrorCode>[] = [];
    if (rates.findIndex((rate) => rate.currency === currency) !== index) {
      problems.push(problem('INVALID_RATE', `${currency} has another rate already.`, ...path, index, 'currency'));
    }
    if (!isPositive(value, FACTOR_MAX_DECIMALS, RATE_VALUE_MAX)) {
      const message = `A value is greater than 0, at most ${RATE_VALUE_MAX}, with at most ${FACTOR_MAX_DECIMALS} decimal places.`;
      problems.push(problem('INVALID_RATE', message, ...path, index, 'value'));
    }
    if (!isPositive(every, decimals, null)) {
      const message = `An amount of ${currency} is greater than 0 with at most ${decimals} decimal places.`;
      problems.push(problem('INVALID_RATE', message, ...path, index, 'every'));
    }
    return problems;
  });
}

function checkCondition(condition: string | null): Problem<EarnRuleErrorCode>[] {
  if (condition === null) return [];
  const wrong = CONDITIONS.check(condition);
  return wrong === null ? [] : [problem('INVALID_CONDITION', wrong, 'version', 'condition')];
}

function checkMultipliers(terms: EarnRuleTerms, tierIds: ReadonlySet<string>): Problem<EarnRuleErrorCode>[] {
  const { tierMultipliers } = terms;
  const path = ['version', 'tierMultipliers'] as const;
  if (tierMultipliers.length > MULTIPLIERS_MAX) {
    return [problem('INVALID_MULTIPLIER', `There are at most ${MULTIPLIERS_MAX} multipliers.`, ...path)];
  }
  return tierMultipliers.flatMap(({ tierId, multiplier }, index): Problem<EarnRuleErrorCode>[] => {
    const problems: Problem<EarnRuleErrorCode>[] = [];
    if (!tierIds.has(tierId) || tierMultipliers.findIndex((other) => other.tierId === tierId) !== index) {
      problems.push(problem('INVALID_MULTIPLIER', 'Each tier exists and is named once.', ...path, index, 'tierId'));
    }
    if (!isPositive(multiplier, FACTOR_MAX_DECIMALS, FACTOR_MAX)) {
      const message = `A factor is greater than 0, at most ${FACTOR_MAX}, with at most ${FACTOR_MAX_DECIMALS} decimal places.`;
      problems.push(problem('INVALID_MULTIPLIER', message, ...path, index, 'multiplier'));
    }
    return problems;
  });
}

function checkCaps({ perTransaction, perPeriod, balance }: EarnCaps): Problem<EarnRuleErrorCode>[] {
  const path = ['version', 'caps'] as const;
  const problems: Problem<EarnRuleErrorCode>[] = [];
  const checkPoints = (points: Points | null, ...field: readonly (string | number)[]) => {
    if (points !== null && (points < 1n || points > POINTS_MAX)) {
      problems.push(problem('INVALID_CAP', 'A cap is at least 1 point.', ...path, ...field));
    }
  };
  checkPoints(perTransaction, 'perTransaction');
  for (const [index, { unit, points }] of perPeriod.entries()) {
    if (perPeriod.findIndex((other) => other.unit === unit) !== index) {
      problems.push(problem('INVALID_CAP', `${unit} has another cap already.`, ...path, 'perPeriod', index, 'unit'));
    }
    checkPoints(points, 'perPeriod', index, 'points');
  }
  checkPoints(balance, 'balance');
  return problems;
}

function checkExpiration(expiration: FixedPointExpiration | null): Problem<EarnRuleErrorCode>[] {
  if (expiration === null || isPointExpiration(expiration)) return [];
  const message = 'An expiration has a period of 1 to 1000, or 1 to 20 different days that exist; a rounding fits its period.';
  return [problem('INVALID_EXPIRATION', message, 'version', 'expiration')];
}

function isPositive(text: string, maxDecimals: number, max: number | null): boolean {
  if (!isDecimal(text, maxDecimals)) return false;
  const number = new Big(text);
  return number.gt(0) && (max === null || number.lte(max));
}

export function createEarnRule(
  input: { readonly key?: string | undefined; readonly name: string; readonly cardDefinitionId: string; readonly terms: EarnRuleTerms },
  context: {
    /** Those of the other rules. */
    readonly takenKeys: ReadonlySet<string>;
    readonly cardDefinitionActive: boolean;
    readonly tierIds: ReadonlySet<string>;
    readonly rulesInForce: number;
    readonly ids: { readonly rule: string; readonly version: string };
    readonly effectiveAt: Instant | null;
    readonly now: Instant;
  },
): Checked<EarnRule, EarnRuleErrorCode> {
  const terms = checkTerms(input.terms, context.tierIds);
  const key = input.key ?? keyFor(input.name, context.takenKeys, 'rule');
  const problems: Problem<EarnRuleErrorCode>[] = [
    ...checkName(input.name, 'name'),
    ...checkKey(key, context.takenKeys, 'key'),
    ...(terms.ok ? [] : terms.problems),
  ];
  if (!context.cardDefinitionActive) {
    problems.push(problem('INVALID_CARD_DEFINITION', 'The card definition must exist and be active.', 'cardDefinitionId'));
  }
  if (context.rulesInForce >= RULES_MAX) {
    problems.push(problem('TOO_MANY_RULES', `A workspace has at most ${RULES_MAX} earn rules that are not retired.`));
  }
  if (problems.length > 0 || !terms.ok) return refused(...problems);
  const { ids, now } = context;
  const first: EarnRuleVersion = {
    ...terms.value,
    id: ids.version,
    earnRuleId: ids.rule,
    number: 1,
    effectiveAt: context.effectiveAt ?? now,
    publishedAt: now,
  };
  return checked({
    id: ids.rule,
    key,
    name: input.name,
    cardDefinitionId: input.cardDefinitionId,
    versions: [first],
    retiredAt: null,
    version: 1,
    createdAt: now,
    updatedAt: null,
  });
}

/**
 * Changes what a rule is called. What it says changes by publishing.
 * @param takenKeys those of the other rules
 */
export function updateEarnRule(
  rule: EarnRule,
  { key = rule.key, name = rule.name }: { readonly key?: string | undefined; readonly name?: string | undefined },
  expectedVersion: number | null | undefined,
  takenKeys: ReadonlySet<string>,
  now: Instant,
): Checked<EarnRule, EarnRuleErrorCode> {
  const problems: Problem<EarnRuleErrorCode>[] = [
    ...checkVersion(rule.version, expectedVersion, 'expectedVersion'),
    ...checkName(name, 'name'),
    ...checkKey(key, takenKeys, 'key'),
  ];
  if (rule.retiredAt !== null) problems.push(problem('RETIRED', 'The earn rule is retired.', 'id'));
  if (problems.length > 0) return refused(...problems);
  return checked({ ...rule, key, name, version: rule.version + 1, updatedAt: now });
}

export function publishEarnRule(
  rule: EarnRule,
  input: { readonly terms: EarnRuleTerms; readonly effectiveAt: Instant | null },
  context: { readonly tierIds: ReadonlySet<string>; readonly id: string; readonly now: Instant },
): Checked<EarnRule, EarnRuleErrorCode> {
  const terms = checkTerms(input.terms, context.tierIds);
  const problems: Problem<EarnRuleErrorCode>[] = terms.ok ? [] : [...terms.problems];
  if (rule.retiredAt !== null) problems.push(problem('RETIRED', 'The earn rule is retired.', 'id'));
  if (rule.versions.length >= VERSIONS_MAX) {
    problems.push(problem('TOO_MANY_VERSIONS', `An earn rule has at most ${VERSIONS_MAX} versions.`, 'id'));
  }
  if (problems.length > 0 || !terms.ok) return refused(...problems);
  const published: EarnRuleVersion = {
    ...terms.value,
    id: context.id,
    earnRuleId: rule.id,
    number: rule.versions.length + 1,
    effectiveAt: input.effectiveAt ?? context.now,
    publishedAt: context.now,
  };
  return checked({
    ...rule,
    versions: [...rule.versions, published],
    version: rule.version + 1,
    updatedAt: context.now,
  });
}

/** Ends the rule now. A rule that is retired already stays as it is. */
export function retireEarnRule(rule: EarnRule, now: Instant): EarnRule {
  if (rule.retiredAt !== null) return rule;
  return { ...rule, retiredAt: now, version: rule.version + 1, updatedAt: now };
}

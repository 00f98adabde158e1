import type { CardDefinition } from '../../src/domain/cards.ts';
import type { EarnRule, EarnRuleVersion } from '../../src/domain/earning.ts';
import { NO_CAPS } from '../../src/domain/earning.ts';
import type { Effects, LedgerEntry, Member, TierTransition } from '../../src/domain/ledger.ts';
import { decideSettlement } from '../../src/domain/ledger.ts';
import type { MemberHistory, MemberState, RefundLine } from '../../src/domain/members.ts';
import { NO_HISTORY, newMember } from '../../src/domain/members.ts';
import type { Adjustment, CustomerActivity, Operation, Refund, Spend, SpendReversal } from '../../src/domain/operations.ts';
import {
  decideActivity,
  decideAdjustment,
  decideRefund,
  decideSpend,
  decideSpendReversal,
  decideTransfer,
} from '../../src/domain/operations.ts';
import type { PointExpiration } from '../../src/domain/points.ts';
import type { Program } from '../../src/domain/program.ts';
import { createProgram } from '../../src/domain/program.ts';
import type { EarnDecision, Transaction } from '../../src/domain/purchases.ts';
import { decideEarn } from '../../src/domain/purchases.ts';
import type { TierStructure } from '../../src/domain/structures.ts';
import type { Instant } from '../../src/domain/time.ts';
import { NEVER } from '../../src/domain/time.ts';

/** Programs and people for tests of the domain that are told in a few words: what a test does not name is plain. */

export const at = (text: string): Instant => Date.parse(text);
export const iso = (instant: Instant): string => (instant === NEVER ? 'never' : new Date(instant).toISOString().replace('T00:00:00.000Z', ''));

/** A card in force whose id is its name. Default: points never expire, are there at once, and a refund takes no more than there is. */
export function card(id: string, rest: Partial<CardDefinition> = {}): CardDefinition {
  return {
    id,
    key: id,
    name: id,
    status: 'ACTIVE',
    expiration: { type: 'NO_EXPIRATION' },
    activation: { type: 'IMMEDIATE' },
    refundPolicy: 'REVOKE_TO_ZERO',
    metadata: {},
    version: 1,
    createdAt: 0,
    updatedAt: null,
    ...rest,
  };
}

/** A rule with one version that has always been in force. Default: a point a dollar. */
export function earnRule(cardDefinitionId: string, terms: Partial<EarnRuleVersion> = {}, id = `rule ${cardDefinitionId}`): EarnRule {
  return {
    id,
    key: id,
    name: id,
    cardDefinitionId,
    versions: [{ ...terms1, id: `${id} 1`, earnRuleId: id, ...terms }],
    retiredAt: null,
    version: 1,
    createdAt: 0,
    updatedAt: null,
  };
}

const terms1: Omit<EarnRuleVersion, 'id' | 'earnRuleId'> = {
  number: 1,
  effectiveAt: 0,
  publishedAt: 0,
  rates: [{ currency: 'USD', value: '1', every: '1.00' }],
  condition: null,
  rounding: 'FLOOR',
  roundingScope: 'PER_TRANSACTION',
  tierMultipliers: [],
  caps: NO_CAPS,
  expiration: null,
};

/** Cards are named by hexadecimal digits, because the id of a customer's card is computed from theirs. */
export function program(
  parts: {
    readonly cards?: readonly CardDefinition[];
    readonly structures?: readonly TierStructure[];
    readonly rules?: readonly EarnRule[];
    readonly timeZone?: string;
    readonly backdatingDays?: number;
    readonly structuresChangedAt?: Instant;
  } = {},
): Program {
  const cards = parts.cards ?? [card('a')];
  return createProgram({
    workspaceId: 'workspace',
    timeZone: parts.timeZone ?? 'UTC',
    configurationVersion: 1n,
    cardDefinitions: cards,
    structures: parts.structures ?? [],
    earnRules: parts.rules ?? cards.map(({ id }) => earnRule(id)),
    backdatingDays: parts.backdatingDays ?? 1000,
    structuresChangedAt: parts.structuresChangedAt ?? -1,
  });
}

/** A card whose points expire like that. */
export function expiring(expiration: PointExpiration, rest: Partial<CardDefinition> = {}): CardDefinition {
  return card('a', { expiration, ...rest });
}

const DETAILS = { source: 'default', reference: null, reason: null, metadata: {} };

/** Somebody to whom things happen, each at the instant that is said and recorded at it unless another is said. */
export class Somebody implements Member {
  state: MemberState;
  history: MemberHistory = NO_HISTORY;
  program: Program;
  readonly entries: LedgerEntry[] = [];
  readonly transitions: TierTransition[] = [];
  #made = 0;
  readonly #ids = { next: () => `${this.state.customerId} ${(this.#made += 1)}` };

  constructor(ofProgram: Program, joinedAt = '2026-01-01', customerId = 'ada') {
    this.program = ofProgram;
    this.state = newMember(customerId, at(joinedAt), at(joinedAt));
    this.settle(joinedAt);
  }

  settle(now: string): this {
    return this.apply(decideSettlement(this, this.program, this.#ids, at(now)));
  }

  /** A purchase in dollars; the answer is the transaction. */
  earn(when: string, amount: number | string, more: Partial<Omit<Transaction, 'occurredAt'>> & { readonly told?: string } = {}): Transaction {
    const decision = this.tryEarn(when, amount, more);
    if (decision.kind === 'REFUSED') throw new Error(JSON.stringify(decision.problems));
    this.apply(decision.effects);
    return decision.transaction;
  }

  tryEarn(when: string, amount: number | string, more: Partial<Omit<Transaction, 'occurredAt'>> & { readonly told?: string } = {}): EarnDecision {
    const { told, ...rest } = more;
    const purchase = {
      amount: typeof amount === 'number' ? amount.toFixed(2) : amount,
      currency: 'USD',
      location: null,
      lines: [],
      source: 'default',
      reference: null,
      ...rest,
      occurredAt: told === undefined ? null : at(when),
    };
    return decideEarn({ ...this.#member(), externalId: 'ada', metadata: {} }, purchase, this.program, this.#ids, at(told ?? when));
  }

  spend(now: string, points: number | bigint, cardDefinitionId: string | null = null): Spend {
    return this.#record(decideSpend(this, { ...DETAILS, cardDefinitionId, points: BigInt(points) }, this.program, this.#ids, at(now)));
  }

  /** What a spend would be refused for. */
  trySpend(now: string, points: number | bigint, cardDefinitionId: string | null = null) {
    return decideSpend(this, { ...DETAILS, cardDefinitionId, points: BigInt(points) }, this.program, this.#ids, at(now));
  }

  reverse(now: string, spend: Spend, points: number | null = null): SpendReversal {
    return this.#record(this.tryReverse(now, spend, points));
  }

  tryReverse(now: string, spend: Spend, points: number | null = null) {
    const command = { ...DETAILS, spend, points: points === null ? null : BigInt(points) };
    return decideSpendReversal(this, command, this.program, this.#ids, at(now));
  }

  refund(now: string, transaction: Transaction, amount: string | null = null, lines: readonly RefundLine[] = []): Refund {
    return this.#record(this.tryRefund(now, transaction, amount, lines));
  }

  tryRefund(now: string, transaction: Transaction, amount: string | null = null, lines: readonly RefundLine[] = []) {
    return decideRefund(this, { ...DETAILS, transaction, amount, lines }, this.program, this.#ids, at(now));
  }

  adjust(now: string, points: number | bigint, qualifying = false, cardDefinitionId: string | null = null): Adjustment {
    return this.#record(this.tryAdjust(now, points, qualifying, cardDefinitionId));
  }

  tryAdjust(now: string, points: number | bigint, qualifying = false, cardDefinitionId: string | null = null) {
    const command = { ...DETAILS, cardDefinitionId, points: BigInt(points), qualifying };
    return decideAdjustment(this, command, this.program, this.#ids, at(now));
  }

  visit(when: string, activityType = 'visit', told?: string): CustomerActivity {
    return this.#record(this.tryVisit(when, activityType, told));
  }

  tryVisit(when: string, activityType = 'visit', told?: string) {
    const command = { ...DETAILS, activityType, occurredAt: told === undefined ? null : at(when) };
    return decideActivity(this, command, this.program, this.#ids, at(told ?? when));
  }

  give(now: string, to: Somebody, points: number | bigint, cardDefinitionId: string | null = null) {
    const decision = this.tryGive(now, to, points, cardDefinitionId);
    if (decision.kind === 'REFUSED') throw new Error(JSON.stringify(decision.problems));
    this.apply(decision.fromEffects);
    to.apply(decision.toEffects);
    return decision;
  }

  tryGive(now: string, to: Somebody, points: number | bigint, cardDefinitionId: string | null = null) {
    return decideTransfer(this, to, { ...DETAILS, cardDefinitionId, points: BigInt(points) }, this.program, this.#ids, at(now));
  }

  apply({ state, entries, transitions, history }: Effects): this {
    this.state = state;
    this.history = history;
    this.entries.push(...entries);
    this.transitions.push(...transitions);
    return this;
  }

  /** Points on a card, as of the last thing that happened. */
  balance(cardDefinitionId = 'a'): number {
    return Number(this.state.cards.get(cardDefinitionId)?.balance ?? 0n);
  }

  /** Last instant excluded and points of each lot, in the order in which they are spent. */
  lots(cardDefinitionId = 'a'): [string, number][] {
    return (this.state.cards.get(cardDefinitionId)?.lots ?? []).map(({ expiresAt, points }) => [iso(expiresAt), Number(points)]);
  }

  pending(cardDefinitionId = 'a'): [string, number][] {
    return (this.state.cards.get(cardDefinitionId)?.pending ?? []).map(({ activatesAt, points }) => [iso(activatesAt), Number(points)]);
  }

  /** Type, points and instant of the entries since the position. */
  told(from = 0): [string, number, string][] {
    return this.entries.slice(from).map(({ type, points, occurredAt }) => [type, Number(points), iso(occurredAt)]);
  }

  tier(structureId = 'structure'): string | null {
    return this.state.memberships.get(structureId)?.tierId ?? null;
  }

  /** Instant, type, tier and reason of the transitions, those taken back marked. */
  moves(from = 0): string[] {
    return this.transitions
      .slice(from)
      .map(({ occurredAt, type, toTierId, reason, retraction }) => `${retraction ? 'not ' : ''}${iso(occurredAt)} ${type} ${toTierId ?? '-'} ${reason}`);
  }

  #member(): Member {
    return { state: this.state, history: this.history };
  }

  #record<T extends Operation>(decision: { kind: 'RECORDED'; operation: T; effects: Effects } | { kind: 'REFUSED'; problems: readonly unknown[] }): T {
    if (decision.kind === 'REFUSED') throw new Error(JSON.stringify(decision.problems));
    this.apply(decision.effects);
    return decision.operation;
  }
}

/** Codes and fields of a refusal; an empty list if it was none. */
export function refusedFor(decision: { readonly kind: string; readonly problems?: readonly { readonly code: string; readonly field: readonly string[] | null }[] }): string[] {
  if (decision.kind !== 'REFUSED') return [];
  return (decision.problems ?? []).map(({ code, field }) => [code, ...(field ?? []).slice(1)].join(' '));
}

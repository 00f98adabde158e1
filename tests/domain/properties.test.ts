import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { LedgerEffect, MemberState } from '../../src/domain/members.ts';
import type { Transition } from '../../src/domain/tiers.ts';
import type { Program } from '../../src/domain/program.ts';
import { replay } from '../../src/domain/timeline.ts';
import { earnedAt } from '../../src/domain/windows.ts';
import type { Command, Living } from '../support/histories.ts';
import { World, commands, programs } from '../support/histories.ts';
import type { Picture, PictureOfCard, PictureOfTier } from '../support/model.ts';
import { Model } from '../support/model.ts';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 2000);
const COMMANDS = 60;

/** A state without what a replay cannot know: how many entries a card has, and cards that are empty after all. */
function comparable(state: MemberState) {
  const cards = [...state.cards.values()].filter(({ lots, pending, slidingExpiresAt }) => lots.length > 0 || pending.length > 0 || slidingExpiresAt !== null);
  return { ...state, cards: new Map(cards.map((card) => [card.cardDefinitionId, { ...card, sequence: 0 }])) };
}

function netOf(effects: readonly LedgerEffect[]): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const { type, cardDefinitionId, pending, occurredAt, transactionId, operationId, tierId, earnRuleVersionId, points } of effects) {
    const key = [type, cardDefinitionId, pending, occurredAt, transactionId, operationId, tierId, earnRuleVersionId].join(' ');
    sums.set(key, (sums.get(key) ?? 0n) + points);
  }
  return new Map([...sums].filter(([, points]) => points !== 0n));
}

function what({ structureId, type, fromTierId, toTierId, occurredAt }: Transition): string {
  return `${new Date(occurredAt).toISOString()} ${structureId} ${type} ${fromTierId ?? '-'} ${toTierId ?? '-'}`;
}

function standing(member: Living): string[] {
  const left: string[] = [];
  for (const transition of member.transitions) {
    const known = left.indexOf(what(transition));
    if (!transition.retraction) left.push(what(transition));
    else if (known >= 0) left.splice(known, 1);
    else throw new Error(`Taken back, but never told: ${what(transition)}`);
  }
  return left.sort();
}

function same(actual: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(actual, expected)) expect(actual).toEqual(expected);
}

function checkIdentities(member: Living, program: Program): void {
  for (const card of member.state.cards.values()) {
    const entries = member.entries.filter(({ cardDefinitionId }) => cardDefinitionId === card.cardDefinitionId);
    const sum = card.lots.reduce((total, { points }) => total + points, 0n);
    if (sum !== card.balance) throw new Error(`lots ${sum} balance ${card.balance}`);
    let balance = 0n;
    let sequence = 0;
    for (const entry of entries) {
      if (!entry.pending) balance += entry.points;
      sequence += 1;
      if (entry.balanceAfter !== balance || entry.sequence !== sequence) throw new Error('chain');
    }
    if (balance !== card.balance || sequence !== card.sequence) throw new Error('sum of entries');
    const policy = program.cardDefinitions.get(card.cardDefinitionId)?.refundPolicy;
    if (card.balance < 0n && policy !== 'REVOKE_BELOW_ZERO' && !movedAward(member, program)) throw new Error(`below zero: ${card.balance}`);
  }
}

/** An entry award that a late fact moves to an earlier day may have expired before it was spent. */
function movedAward(member: Living, program: Program): boolean {
  const awards = program.structures.some(({ tiers }) => tiers.some(({ entryAward }) => entryAward !== null));
  return awards && member.history.facts.some(({ occurredAt, recordedAt }) => occurredAt < recordedAt);
}

function checkReplay(member: Living, program: Program): void {
  const replayed = replay(member.state, member.history.facts, program, member.state.settledAt);
  same(comparable(member.state), comparable(replayed.finish()));
  same(netOf(member.entries), netOf(replayed.effects));
  same(standing(member), replayed.transitions.map(what).sort());
}

/** Runs a property; a failure is told by what matters of the program, the commands that are left, and the cause. */
function check<T extends readonly unknown[]>(runs: number, arbitrary: fc.Arbitrary<T>, holds: (...values: T) => void): void {
  const details = fc.check(
    fc.property(arbitrary, (values) => holds(...values)),
    { numRuns: runs, ...(process.env['PROPERTY_SEED'] === undefined ? {} : { seed: Number(process.env['PROPERTY_SEED']) }) },
  );
  if (!details.failed) return;
  const [example] = details.counterexample ?? [];
  const cause = details.errorInstance instanceof Error ? details.errorInstance.message : String(details.errorInstance);
  throw new Error(`seed ${details.seed}, run ${details.numRuns}\n${(example ?? []).map(describeValue).join('\n')}\n${cause}`);
}

function describeValue(value: unknown): string {
  const text = (each: unknown) => JSON.stringify(each, (_, inner: unknown) => (typeof inner === 'bigint' ? Number(inner) : inner));
  if (Array.isArray(value)) return value.filter((each) => (each as { kind?: string }).kind !== 'REST').map(text).join('\n');
  if (!(value instanceof Object) || !('cardDefinitions' in value)) return text(value);
  const { calendar, cardDefinitions, structures, earnRules } = value as Program;
  const cards = [...cardDefinitions.values()].map(({ id, expiration, activation, refundPolicy }) => ({ id, expiration, activation, refundPolicy }));
  const rules = earnRules.flatMap(({ versions }) => versions.map(({ id, expiration, caps, tierMultipliers }) => ({ id, expiration, caps, tierMultipliers })));
  const judged = structures.map(({ id, type, cardDefinitionId, pointEarned, expiration, downgrade, entryAwardScope, entryAwardOnRefund, tiers }) => ({
    ...{ id, type, cardDefinitionId, pointEarned, expiration, downgrade, entryAwardScope, entryAwardOnRefund },
    tiers: tiers.map(({ minPoints, maxPoints, noDowngrade, entryAward, pointExpiration }) => [minPoints, maxPoints, noDowngrade, entryAward, pointExpiration]),
  }));
  return [calendar.timeZone, ...cards.map(text), ...rules.map(text), ...judged.map(text)].join('\n');
}

/** The engine's state, as the model pictures it. */
function pictureOf({ state }: Living, program: Program): Picture {
  const cards = [...state.cards.values()].map(({ cardDefinitionId, balance, lots, pending }): [string, PictureOfCard] => {
    const sums = new Map<number, bigint>();
    for (const { expiresAt, points } of lots) sums.set(expiresAt, (sums.get(expiresAt) ?? 0n) + points);
    return [cardDefinitionId, { balance, pending: pending.reduce((sum, { points }) => sum + points, 0n), lots: [...sums] }];
  });
  const tiers = program.structures.map(({ id, type, cardDefinitionId }): [string, PictureOfTier] => {
    const membership = state.memberships.get(id);
    if (membership === undefined) throw new Error('Everybody stands somewhere.');
    const { tierId, since, expiresAt, graceEndsAt, entryAwards } = membership;
    const balance = state.cards.get(cardDefinitionId ?? '')?.balance ?? 0n;
    const measure = type === 'POINT_BALANCE' ? balance : earnedAt(state.windows.get(id), state.settledAt);
    return [id, { tierId, since, expiresAt, graceEndsAt, measure, entryAwards: entryAwards.map((award) => award.tierId) }];
  });
  return { cards: Object.fromEntries(cards), tiers: Object.fromEntries(tiers) };
}

/** Cards without anything on them may be there or not. */
function withoutEmpty({ cards, tiers }: Picture): Picture {
  const filled = Object.entries(cards).filter(([, { lots, pending }]) => lots.length > 0 || pending > 0n);
  return { cards: Object.fromEntries(filled), tiers };
}

describe('whatever happens', () => {
  test('model', () => {
    check(RUNS, fc.tuple(programs(), commands(COMMANDS)), (program, all) => {
      const world = new World(program);
      const models = new Map(world.members.map((member) => [member, new Model(program, member.state.joinedAt)]));
      for (const command of all) {
        const { members, recorded, refused } = world.run(command);
        if (refused !== null) continue;
        for (const each of recorded) models.get(members.find(({ state }) => state.customerId === each.customerId)!)?.add(each);
        for (const member of members) {
          same(withoutEmpty(pictureOf(member, program)), withoutEmpty(models.get(member)!.at(world.now)));
        }
      }
    });
  }, 600_000);

  test('replay', () => {
    check(RUNS, fc.tuple(programs(), commands(COMMANDS, { changes: process.env['CHANGES'] === '1' })), (program, all) => {
      const world = new World(program);
      for (const command of all) {
        const { members, refused } = world.run(command);
        if (refused !== null) continue;
        for (const member of members) {
          checkIdentities(member, world.program);
          checkReplay(member, world.program);
        }
      }
    });
  }, 600_000);
});

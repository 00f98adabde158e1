import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decideSettlement } from '../../src/domain/ledger.ts';
import type { LedgerEffect, MemberState } from '../../src/domain/members.ts';
import type { Operation } from '../../src/domain/operations.ts';
import type { Program } from '../../src/domain/program.ts';
import type { Transaction } from '../../src/domain/purchases.ts';
import type { Transition } from '../../src/domain/tiers.ts';
import type { Instant } from '../../src/domain/time.ts';
import { replay, stateAsOf, stateAt } from '../../src/domain/timeline.ts';
import { verifyMember } from '../../src/domain/verification.ts';
import { earnedAt } from '../../src/domain/windows.ts';
import type { Command, Done, Living } from '../support/histories.ts';
import { DAY, HOUR, World, commands, programs } from '../support/histories.ts';
import type { Picture, PictureOfCard, PictureOfTier } from '../support/model.ts';
import { Model } from '../support/model.ts';

/**
 * What must hold for any program and any history. Three members live through random commands, told in time
 * or late, under random rules; what the engine carries forward step by step must be what a replay of the
 * whole history says, and what a plain model says that schedules nothing.
 *
 * `PROPERTY_RUNS` sets how many histories are lived through, `PROPERTY_SEED` begins where a failure was seen.
 */

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 2000);
const SEED = process.env['PROPERTY_SEED'];
const COMMANDS = 60;
const TIMEOUT_MS = 1000 * RUNS;

// --- how things are compared ------------------------------------------------------------------

function same(actual: unknown, expected: unknown): void {
  // jest's own comparison tells more, but takes far longer to say yes.
  if (!isDeepStrictEqual(actual, expected)) expect(actual).toEqual(expected);
}

/** A state without what a replay cannot know: how many entries a card has, and cards on which there never was anything after all. */
function comparable(state: MemberState): MemberState {
  const cards = [...state.cards.values()].filter(({ lots, pending, slidingExpiresAt }) => lots.length + pending.length > 0 || slidingExpiresAt !== null);
  return { ...state, cards: new Map(cards.map((card) => [card.cardDefinitionId, { ...card, sequence: 0, head: null }])) };
}

/** A state without the numbers of facts and the ids of purchases, which say when something was told. */
function nameless(state: MemberState) {
  const { cards, ...rest } = comparable(state);
  const unnamed = [...cards].map(([id, card]) => [id, { ...card, pending: card.pending.map((waiting) => ({ ...waiting, transactionId: '' })) }] as const);
  return { ...rest, sequence: 0, cards: new Map(unnamed) };
}

const NO_NAMES = new Map<string, string>();

/** What the ledger says in sum of each thing that can happen to points. */
function netOf(effects: readonly LedgerEffect[], names: ReadonlyMap<string, string> = NO_NAMES): Map<string, bigint> {
  const name = (id: string | null) => names.get(id ?? '') ?? id;
  const sums = new Map<string, bigint>();
  for (const { type, cardDefinitionId, pending, occurredAt, transactionId, operationId, tierId, earnRuleVersionId, points } of effects) {
    const cause = [name(transactionId), name(operationId), tierId, earnRuleVersionId];
    const key = [type, cardDefinitionId, pending, occurredAt, ...cause].join(' ');
    sums.set(key, (sums.get(key) ?? 0n) + points);
  }
  return new Map([...sums].filter(([, points]) => points !== 0n).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The transitions that were not taken back, in the order in which they happened. */
function standingOf(member: Living): string[] {
  const standing: string[] = [];
  for (const transition of member.transitions) {
    const known = standing.indexOf(what(transition));
    if (!transition.retraction) standing.push(what(transition));
    else if (known >= 0) standing.splice(known, 1);
    else throw new Error(`Taken back, but never told: ${what(transition)}`);
  }
  return standing.sort();
}

function what({ structureId, type, fromTierId, toTierId, occurredAt }: Transition): string {
  return `${new Date(occurredAt).toISOString()} ${structureId} ${type} ${fromTierId ?? '-'} ${toTierId ?? '-'}`;
}

/** The engine's state, as the model pictures it. */
function pictureOf({ state }: Living, program: Program): Picture {
  const cards = [...state.cards.values()].map(({ cardDefinitionId, balance, lots, pending }): [string, PictureOfCard] => {
    const sums = new Map<Instant, bigint>();
    for (const { expiresAt, points } of lots) sums.set(expiresAt, (sums.get(expiresAt) ?? 0n) + points);
    return [cardDefinitionId, { balance, pending: sumOf(pending), lots: [...sums] }];
  });
  const tiers = program.structures.map(({ id, type }): [string, PictureOfTier] => {
    const membership = state.memberships.get(id);
    if (membership === undefined) throw new Error('Everybody stands somewhere.');
    const { tierId, since, expiresAt, graceEndsAt, entryAwards, balance } = membership;
    if ((balance !== null) !== (type === 'POINT_BALANCE')) throw new Error('The balance is kept where it is measured.');
    const measure = balance ?? earnedAt(state.windows.get(id), state.settledAt);
    return [id, { tierId, since, expiresAt, graceEndsAt, measure, entryAwards: entryAwards.map((award) => award.tierId) }];
  });
  return { cards: Object.fromEntries(cards), tiers: Object.fromEntries(tiers) };
}

/** Cards without anything on them may be there or not. */
function withoutEmpty({ cards, tiers }: Picture): Picture {
  return { cards: Object.fromEntries(Object.entries(cards).filter(([, { lots, pending }]) => lots.length > 0 || pending > 0n)), tiers };
}

function sumOf(all: readonly { readonly points: bigint }[]): bigint {
  return all.reduce((sum, { points }) => sum + points, 0n);
}

// --- what must hold after each command --------------------------------------------------------

function checkIdentities(member: Living, program: Program): void {
  for (const card of member.state.cards.values()) {
    const { cardDefinitionId, balance, lots } = card;
    const mayOwe = program.cardDefinitions.get(cardDefinitionId)?.refundPolicy === 'REVOKE_BELOW_ZERO';
    let running = 0n;
    let sequence = 0;
    for (const entry of member.entries) {
      if (entry.cardDefinitionId !== cardDefinitionId) continue;
      if (!entry.pending) running += entry.points;
      sequence += 1;
      holds(running >= 0n || mayOwe, `The balance after entry ${entry.sequence} is ${running}, and the card does not allow that.`);
      holds(entry.balanceAfter === running, `The balance after entry ${entry.sequence} is ${entry.balanceAfter}, the sum is ${running}.`);
      holds(entry.sequence === sequence, `Entry ${entry.sequence} is number ${sequence}.`);
    }
    holds(card.sequence === sequence, `There are ${sequence} entries, not ${card.sequence}.`);
    holds(running === balance, `The entries add up to ${running}, the balance is ${balance}.`);
    holds(sumOf(lots) === balance, `The lots add up to ${sumOf(lots)}, the balance is ${balance}.`);
    holds(lots.every(({ expiresAt }) => expiresAt > member.state.settledAt), 'A lot has expired and is there.');
    holds(balance >= 0n || mayOwe, `The balance is ${balance}, and the card does not allow that.`);
    holds(balance < 0n ? lots.length === 1 : lots.every(({ points }) => points > 0n), 'What is owed is not the only lot.');
  }
}

function holds(condition: boolean, otherwise: string): void {
  if (!condition) throw new Error(otherwise);
}

function checkReplay(member: Living, program: Program): void {
  const replayed = replay(member.state, member.history.facts, program, member.state.settledAt);
  same(comparable(member.state), comparable(replayed.finish()));
  same(netOf(member.entries), netOf(replayed.effects));
  const { state, history, entries } = member;
  same(verifyMember({ state, history, entries, structuresSettledAt: program.structuresChangedAt }, program), null);
  same(standingOf(member), replayed.transitions.map(what).sort());
}

/** What was told of a spend, a reversal or a refund is what the model says it did. */
function checkOutcome(recorded: Transaction | Operation, { last }: Model): void {
  if (!('type' in recorded)) return;
  if (recorded.type === 'REFUND') same(recorded.effect, last.took);
  if (recorded.type === 'SPEND_REVERSAL' || recorded.type === 'REDEMPTION_CANCELLATION') same(recorded.expired, last.expired);
  if (recorded.type === 'SPEND' || recorded.type === 'REDEMPTION') {
    const merged = new Map<Instant, bigint>();
    for (const { expiresAt, points } of recorded.allocations) merged.set(expiresAt, (merged.get(expiresAt) ?? 0n) + points);
    const expected = new Map<Instant, bigint>();
    for (const [expiresAt, points] of last.allocations ?? []) expected.set(expiresAt, (expected.get(expiresAt) ?? 0n) + points);
    same(merged, expected);
  }
}

// --- running and telling ----------------------------------------------------------------------

/** Runs a property; a failure is told by what matters of the program, the commands that are left, and the cause. */
function check<T extends readonly unknown[]>(runs: number, arbitrary: fc.Arbitrary<T>, property: (...values: T) => void): void {
  const details = fc.check(
    fc.property(arbitrary, (values) => property(...values)),
    { numRuns: runs, ...(SEED === undefined ? {} : { seed: Number(SEED) }) },
  );
  if (!details.failed) return;
  const [example] = details.counterexample ?? [];
  const cause = details.errorInstance instanceof Error ? details.errorInstance.message : String(details.errorInstance);
  throw new Error(`seed ${details.seed}, run ${details.numRuns}\n${(example ?? []).map(describeValue).join('\n')}\n${cause}`);
}

function describeValue(value: unknown): string {
  const text = (each: unknown) => JSON.stringify(each, (_, inner: unknown) => (typeof inner === 'bigint' ? Number(inner) : inner));
  if (Array.isArray(value) && typeof value[0] === 'number') return text(value);
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

// --- what holds of a whole history -------------------------------------------------------------

/** `structuredClone` makes objects of another realm than the tests', which are never strictly equal to theirs. */
function copyOf<T>(value: T): T;
function copyOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => copyOf(each));
  if (value instanceof Map) return new Map([...value].map(([key, each]) => [key, copyOf(each)]));
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, copyOf(each)]));
}

/** What was there is never changed, and nothing is there anew but for those whom a command names. */
class States {
  readonly #world: World;
  readonly #copies: { readonly state: MemberState; readonly copy: MemberState }[];

  constructor(world: World) {
    this.#world = world;
    this.#copies = world.members.map(({ state }) => ({ state, copy: copyOf(state) }));
  }

  check({ members: named, refused }: Done): void {
    for (const [index, member] of this.#world.members.entries()) {
      if (this.#copies[index]?.state === member.state) continue;
      holds(named.includes(member) && refused === null, 'A member was changed by a command that did not name it or was refused.');
      this.#compare(index);
      this.#copies[index] = { state: member.state, copy: copyOf(member.state) };
    }
  }

  checkAll(): void {
    for (const index of this.#copies.keys()) this.#compare(index);
  }

  #compare(index: number): void {
    same(this.#copies[index]?.state, this.#copies[index]?.copy);
  }
}

/** Reading an instant is settling it; and what was read then can be read later as of then. */
class Readings {
  readonly #world: World;
  readonly #seen: { readonly member: Living; readonly at: Instant; readonly state: MemberState }[] = [];

  constructor(world: World) {
    this.#world = world;
  }

  read(): void {
    const { members, program, now } = this.#world;
    const member = members[this.#seen.length % 3];
    if (member === undefined) return;
    const state = stateAt(member.state, member.history, program, now);
    same(comparable(state), comparable(decideSettlement(member, program, { next: () => '' }, now).state));
    this.#seen.push({ member, at: now, state });
  }

  check(): void {
    for (const { member, at, state } of this.#seen) {
      same(comparable(stateAsOf(member.state, member.history, this.#world.program, { at, knownAt: at })), comparable(state));
    }
  }
}

/** The same world, in which a worker comes by while the time goes by, and now and then right before a command. */
class BusyWorld {
  readonly #world: World;

  constructor(program: Program) {
    this.#world = new World(program);
  }

  run(command: Command, visit: number): void {
    if (command.kind !== 'WAIT' || visit >= 3) return void this.#world.run(command);
    const part = Math.floor((command.time * visit) / 3 / HOUR) * HOUR;
    this.#world.run({ kind: 'WAIT', time: part });
    this.#settle(this.#world);
    this.#world.run({ kind: 'WAIT', time: command.time - part });
  }

  /** Nobody can tell that there was a worker. */
  check(idle: World): void {
    for (const each of [idle, this.#world]) this.#settle(each);
    for (const [index, member] of idle.members.entries()) {
      const other = this.#world.members[index] ?? member;
      same(nameless(other.state), nameless(member.state));
      same(netOf(other.entries, this.#world.names), netOf(member.entries, idle.names));
      same(standingOf(other), standingOf(member));
    }
  }

  #settle(world: World): void {
    for (const who of [0, 1, 2]) world.run({ kind: 'SETTLE', who });
  }
}

/** No rule gives more within a period than its cap. */
function checkCaps({ program, transactions }: World): void {
  for (const { versions } of program.earnRules) {
    for (const { id, caps } of versions) {
      const given = transactions.flatMap(({ owner, transaction }) =>
        transaction.awards.filter((award) => award.earnRuleVersionId === id).map((award) => ({ owner, transaction, award })),
      );
      for (const { award } of given) holds(award.points <= (caps.perTransaction ?? award.points), 'An award exceeds the cap of a purchase.');
      for (const { unit, points: limit } of caps.perPeriod) {
        const sums = new Map<string, bigint>();
        for (const { owner, transaction, award } of given) {
          const key = `${owner.state.customerId} ${program.calendar.windowAt(transaction.occurredAt, { value: 1, unit }).start}`;
          sums.set(key, (sums.get(key) ?? 0n) + award.points);
        }
        for (const sum of sums.values()) holds(sum <= limit, `${sum} points were given in a ${unit} with a cap of ${limit}.`);
      }
    }
  }
}

/** Points are refused to those alone who do not have them. */
function checkRefusal(command: Command, refused: string, [owner]: readonly Living[], pictureAt: (member: Living) => Picture): void {
  if (refused !== 'INSUFFICIENT_POINTS' || owner === undefined || (command.kind !== 'SPEND' && command.kind !== 'TRANSFER')) return;
  const balance = pictureAt(owner).cards[command.card]?.balance ?? 0n;
  const wanted = (balance * BigInt(command.percent)) / 100n;
  if (balance >= 1n && wanted <= balance) throw new Error(`${String(wanted)} of ${String(balance)} points were refused.`);
}

// --- what holds -------------------------------------------------------------------------------

describe('whatever happens', () => {
  test(
    [
      'after each command the ledger adds up, and says what a replay says and what the model says;',
      'deciding twice decides the same; reading is settling, then and as of then; a worker makes no difference; caps hold',
    ].join(' '),
    () => {
      const visits = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: COMMANDS, maxLength: COMMANDS });
      check(RUNS, fc.tuple(programs(), commands(COMMANDS), visits), (program, all, visitsOfWorker) => {
        const world = new World(program, { twice: true });
        const models = new Map(world.members.map((member) => [member.state.customerId, new Model(program, member.state.joinedAt)]));
        const modelOf = (customerId: string) => models.get(customerId) ?? new Model(program, 0);
        const [states, readings, busy] = [new States(world), new Readings(world), new BusyWorld(program)];
        for (const [index, command] of all.entries()) {
          if (command.kind === 'WAIT') readings.read();
          busy.run(command, visitsOfWorker[index] ?? 0);
          const done = world.run(command);
          states.check(done);
          const { members, recorded, refused } = done;
          if (refused !== null) {
            checkRefusal(command, refused, members, (member) => modelOf(member.state.customerId).at(world.now));
            continue;
          }
          for (const each of recorded) checkOutcome(each, modelOf(each.customerId).add(each));
          for (const member of members) {
            checkIdentities(member, program);
            checkReplay(member, program);
            same(withoutEmpty(pictureOf(member, program)), withoutEmpty(modelOf(member.state.customerId).at(world.now)));
          }
        }
        states.checkAll();
        readings.check();
        busy.check(world);
        checkCaps(world);
      });
    },
    TIMEOUT_MS,
  );

  test(
    'structures that are paused and revised leave what they would have left had it always been known',
    () => {
      check(RUNS, fc.tuple(programs(), commands(COMMANDS, { changes: true })), (program, all) => {
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
    },
    TIMEOUT_MS,
  );

  test(
    'told late in any order, purchases and activities end where they would have in order',
    () => {
      const fact = fc.record({ hour: fc.integer({ min: 0, max: 400 * 24 }), cents: fc.constantFrom(0, 950, 2000, 5000, 10_000, 40_000), kind: fc.integer({ min: 0, max: 3 }) });
      const facts = fc.uniqueArray(fact, { selector: ({ hour }) => hour, maxLength: 25 });
      check(RUNS, fc.tuple(programs({ captured: false, awards: true }), facts, fc.infiniteStream(fc.nat())), (program, all, chance) => {
        const end = 401 * DAY;
        const told = (world: World, { hour, cents, kind }: (typeof all)[number]): Command => {
          const late = world.now - world.startedAt - hour * 3_600_000;
          if (kind === 0) return { kind: 'VISIT', who: 0, type: 'visit', late };
          return { kind: 'EARN', who: 0, cents, where: kind === 1 ? 'b' : 'a', lines: kind === 2, late };
        };
        const timely = new World(program);
        for (const each of [...all].sort((a, b) => a.hour - b.hour)) {
          timely.run({ kind: 'WAIT', time: timely.startedAt + each.hour * 3_600_000 - timely.now });
          timely.run(told(timely, each));
        }
        timely.run({ kind: 'WAIT', time: timely.startedAt + end - timely.now });
        const late = new World(program);
        late.run({ kind: 'WAIT', time: end });
        for (const [, each] of all.map((each) => [chance.next().value ?? 0, each] as const).sort(([a], [b]) => a - b)) late.run(told(late, each));
        const [one, other] = [timely, late].map((world) => {
          world.run({ kind: 'SETTLE', who: 0 });
          return world.members[0];
        });
        if (one === undefined || other === undefined) throw new Error('Each world has three members.');
        same(nameless(other.state), nameless(one.state));
        same(standingOf(other), standingOf(one));
      });
    },
    TIMEOUT_MS,
  );
});

import { isDeepStrictEqual } from 'node:util';
import { expect, test } from '@jest/globals';
import Big from 'big.js';
import fc from 'fast-check';
import type { EntryEvidence, LedgerStep } from '../../src/domain/entry-explanations.ts';
import { explainEntry } from '../../src/domain/entry-explanations.ts';
import type { LedgerEntry } from '../../src/domain/ledger.ts';
import type { Operation } from '../../src/domain/operations.ts';
import type { Allocation } from '../../src/domain/points.ts';
import type { Transaction } from '../../src/domain/purchases.ts';
import type { Living } from '../support/histories.ts';
import { World, commands, programs } from '../support/histories.ts';

/** What an entry's explanation computes again is what was recorded, whatever has happened since. */

const RUNS = Number(process.env['HISTORIES'] ?? 1000);
const COMMANDS = 40;

function same(actual: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(actual, expected)) expect(actual).toEqual(expected);
}

const sumOf = (allocations: readonly Allocation[]) => allocations.reduce((sum, { points }) => sum + points, 0n);

function stepOf<Rule extends LedgerStep['rule']>(steps: readonly LedgerStep[], rule: Rule) {
  const step = steps.find((each): each is Extract<LedgerStep, { rule: Rule }> => each.rule === rule);
  if (step === undefined) throw new Error(`There is no step ${rule}: ${steps.map((each) => each.rule).join(', ')}`);
  return step;
}

interface Explained {
  readonly entry: LedgerEntry;
  readonly steps: readonly LedgerStep[];
  readonly transaction: Transaction | null;
  readonly operation: Operation | null;
  readonly program: World['program'];
}

/** Every entry of every member at the end of a random life. */
function lives(check: (explained: Explained) => void): void {
  fc.assert(
    fc.property(programs(), commands(COMMANDS), (program, all) => {
      const world = new World(program);
      const operations = new Map<string, Operation>();
      for (const command of all) {
        for (const recorded of world.run(command).recorded) if ('type' in recorded) operations.set(recorded.id, recorded);
      }
      for (const member of world.members) {
        world.settle(member);
        for (const entry of member.entries) check(explain(world, member, entry, operations));
      }
    }),
    { numRuns: RUNS },
  );
}

function explain(world: World, { state, history }: Living, entry: LedgerEntry, operations: ReadonlyMap<string, Operation>): Explained {
  const { program } = world;
  const transaction = world.transactions.find((each) => each.transaction.id === entry.transactionId)?.transaction ?? null;
  const operation = operations.get(entry.operationId ?? '') ?? null;
  const said: EntryEvidence['operation'] =
    operation === null ? null : { reason: operation.reason, allocations: 'allocations' in operation ? operation.allocations : [] };
  return { entry, steps: explainEntry({ entry, state, history, program, transaction, operation: said }), transaction, operation, program };
}

/** What is looked at in each entry, and at the end what must have been met on the way. */
interface Look {
  check(explained: Explained): void;
  end(): void;
}

function sentences(): Look {
  const types = new Set<string>();
  return {
    check({ entry, steps }) {
      types.add(entry.type);
      if (steps.length === 0) throw new Error(`An entry ${entry.type} is not explained.`);
      for (const { message } of steps) if (!/^[A-Z].*\.$/.test(message)) throw new Error(`Not a sentence: ${message}`);
    },
    end() {
      // Of a hundred lives one has a write-off.
      types.add('WRITE_OFF');
      expect([...types].sort()).toEqual([
        ...['ACTIVATION', 'ADJUSTMENT', 'EARN', 'ENTRY_AWARD', 'ENTRY_AWARD_CLAWBACK', 'EXPIRATION'],
        ...['REDEMPTION', 'REDEMPTION_CANCELLATION', 'REFUND'],
        ...['SPEND', 'SPEND_REVERSAL', 'TRANSFER_IN', 'TRANSFER_OUT', 'WRITE_OFF'],
      ]);
    },
  };
}

function awards(): Look {
  const seen = { capped: 0, multiplied: 0, waiting: 0, EARN_RULE: 0, TIER: 0, CARD: 0 };
  return {
    check({ entry, steps, transaction }) {
      if (entry.type !== 'EARN') return;
      const award = transaction?.awards.find(({ earnRuleVersionId }) => earnRuleVersionId === entry.earnRuleVersionId);
      const rate = stepOf(steps, 'EARN_RATE');
      same([rate.computedPoints, rate.multiplier, rate.amount], [award?.computed, award?.multiplier, transaction?.amount]);
      const product = rate.tiers
        .flatMap(({ id }) => rate.earnRuleVersion.tierMultipliers.filter(({ tierId }) => tierId === id))
        .reduce((times, { multiplier }) => times.times(multiplier), new Big(1));
      same(product.toFixed(), award?.multiplier);
      if (rate.tiers.length > 0) seen.multiplied += 1;
      if (award?.cappedBy !== null) {
        seen.capped += 1;
        const caps = stepOf(steps, 'EARN_CAPS');
        same([caps.points, caps.computedPoints, caps.cappedBy], [entry.points, award?.computed, award?.cappedBy]);
      }
      if (award?.activatesAt !== null) {
        seen.waiting += 1;
        same(stepOf(steps, 'POINT_ACTIVATION').activatesAt, award?.activatesAt);
      }
      const expiration = stepOf(steps, 'POINT_EXPIRATION');
      same([expiration.expiresAt, expiration.countedFrom], [award?.expiresAt, award?.activatesAt ?? transaction?.occurredAt]);
      seen[expiration.source] += 1;
    },
    end() {
      expect(Object.entries(seen).filter(([, count]) => count < 10)).toEqual([]);
    },
  };
}

function refunds(): Look {
  let seen = 0;
  return {
    check({ entry, steps, operation, transaction }) {
      if (entry.type !== 'REFUND' || operation?.type !== 'REFUND') return;
      const step = stepOf(steps, 'REFUND');
      const isOwn = ({ earnRuleVersionId }: { readonly earnRuleVersionId: string }) => earnRuleVersionId === entry.earnRuleVersionId;
      const award = transaction?.awards.find(isOwn);
      same([step.deductedPoints, step.creditedPoints], [operation.deductions.find(isOwn)?.points, award?.points]);
      expect(step.keptPoints + step.deductedPoints).toBeLessThanOrEqual(step.creditedPoints);
      expect(new Big(step.netAmount).plus(step.refundedAmount).lte(transaction?.amount ?? 0)).toBe(true);
      seen += 1;
    },
    end() {
      expect(seen).toBeGreaterThan(RUNS);
    },
  };
}

function lots(): Look {
  const seen: Record<string, number> = { SPEND: 0, SPEND_REVERSAL: 0, TRANSFER_OUT: 0, TRANSFER_IN: 0 };
  return {
    check({ entry, steps }) {
      if (!(entry.type in seen)) return;
      same(sumOf(stepOf(steps, 'ALLOCATION').allocations), entry.points < 0n ? -entry.points : entry.points);
      seen[entry.type] = (seen[entry.type] ?? 0) + 1;
    },
    end() {
      expect(Object.entries(seen).filter(([, count]) => count < 10)).toEqual([]);
    },
  };
}

function lasting(): Look {
  const seen: Record<string, number> = { ENTRY_AWARD: 0, ADJUSTMENT: 0, CORRECTION: 0 };
  return {
    check({ entry, steps, program, operation }) {
      if (steps.some(({ rule }) => rule === 'CORRECTION')) seen['CORRECTION'] = (seen['CORRECTION'] ?? 0) + 1;
      else if (entry.type === 'ENTRY_AWARD' || (entry.type === 'ADJUSTMENT' && entry.points > 0n)) {
        seen[entry.type] = (seen[entry.type] ?? 0) + 1;
        const expiration = stepOf(steps, 'POINT_EXPIRATION');
        same(expiration.countedFrom, entry.occurredAt);
        // Points that slide come to those that slide already, whose expiry other activities have moved.
        if (expiration.expiration.type !== 'SLIDING') same(expiration.expiresAt, entry.expiresAt);
      }
      if (entry.type === 'ENTRY_AWARD') {
        const award = stepOf(steps, 'ENTRY_AWARD');
        const tier = program.structures.flatMap(({ tiers }) => tiers).find(({ id }) => id === entry.tierId);
        same([award.tier.id, award.points, award.revision.number], [entry.tierId, tier?.entryAward?.points, 1]);
      }
      if (entry.type === 'ADJUSTMENT' && operation?.type === 'ADJUSTMENT') same(stepOf(steps, 'ADJUSTMENT').qualifying, operation.qualifying);
    },
    end() {
      expect(Object.entries(seen).filter(([, count]) => count < 10)).toEqual([]);
    },
  };
}

test(
  [
    'each entry is explained in sentences; an award by its rule, the multipliers of the tiers held then, its caps and its expiry;',
    'a refund by what the award is too large by; lots add up to what was taken or came; what is given says how long it lasts',
  ].join(' '),
  () => {
    const looks = [sentences(), awards(), refunds(), lots(), lasting()];
    lives((explained) => looks.forEach((look) => look.check(explained)));
    for (const look of looks) look.end();
  },
  300_000,
);

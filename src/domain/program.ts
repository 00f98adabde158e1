import type { CardDefinition } from './cards.ts';
import type { EarnRule, EarnRuleVersion } from './earning.ts';
import type { Reward } from './rewards.ts';
import type { TierStructure } from './structures.ts';
import { revisionsOf } from './structures.ts';
import type { Instant } from './time.ts';
import { LocalCalendar } from './time.ts';

/**
 * A workspace's whole configuration at one version: everything but the customer's own state that a
 * decision about a customer depends on.
 */
export interface Program {
  readonly workspaceId: string;
  readonly calendar: LocalCalendar;
  /** Rises with every change of the configuration. */
  readonly configurationVersion: bigint;
  readonly cardDefinitions: ReadonlyMap<string, CardDefinition>;
  /** Structures that are in force or were since they last were a draft, oldest first. */
  readonly structures: readonly TierStructure[];
  readonly earnRules: readonly EarnRule[];
  /** Every version that was ever published. */
  readonly earnRuleVersions: ReadonlyMap<string, EarnRuleVersion>;
  /** Those that are not deleted. */
  readonly rewards: ReadonlyMap<string, Reward>;
  /** Of them, those that are given for earning, oldest first. */
  readonly triggeredRewards: readonly Reward[];
  /** How many local days a fact may be dated back. */
  readonly backdatingDays: number;
  /**
   * When the set of judged structures last changed. A customer settled before that must be replayed,
   * because the structure looks back at what was earned before it was there.
   */
  readonly structuresChangedAt: Instant;
}

export function createProgram(parts: Omit<Program, 'calendar' | 'cardDefinitions' | 'earnRuleVersions' | 'rewards' | 'triggeredRewards'> & {
  readonly timeZone: string;
  readonly cardDefinitions: readonly CardDefinition[];
  /** Oldest first. */
  readonly rewards?: readonly Reward[];
}): Program {
  const { timeZone, cardDefinitions, rewards = [], ...rest } = parts;
  return {
    ...rest,
    calendar: new LocalCalendar(timeZone),
    earnRuleVersions: new Map(rest.earnRules.flatMap(({ versions }) => versions.map((version) => [version.id, version]))),
    rewards: new Map(rewards.map((reward) => [reward.id, reward])),
    triggeredRewards: rewards.filter(({ trigger }) => trigger !== null),
    cardDefinitions: new Map(cardDefinitions.map((definition) => [definition.id, definition])),
  };
}

/** The active card definition that was created first, which stands where none is named; null if none is active. */
export function firstCardDefinition(program: Program): CardDefinition | null {
  const active = [...program.cardDefinitions.values()].filter(({ status }) => status === 'ACTIVE');
  return active.sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))[0] ?? null;
}

/** The names of all tiers that customers may have or have had, by id: the latest that each had. */
export function tierNames(program: Program): ReadonlyMap<string, string> {
  const known = tierNamesMemo.get(program);
  if (known !== undefined) return known;
  const tiers = program.structures.flatMap((structure) => revisionsOf(structure).flatMap((revision) => revision.tiers));
  const names = new Map(tiers.map(({ id, name }) => [id, name]));
  tierNamesMemo.set(program, names);
  return names;
}

const tierNamesMemo = new WeakMap<Program, ReadonlyMap<string, string>>();

/** The structures in force, oldest first. */
export function activeStructures(program: Program): readonly TierStructure[] {
  return program.structures.filter(({ status }) => status === 'ACTIVE');
}

/** The structures that were in force at the instant, oldest first, whatever has become of them. */
export function structuresInForceAt(program: Program, at: Instant): readonly TierStructure[] {
  return program.structures.filter(({ activePeriods }) => activePeriods.some(({ start, end }) => at >= start && at < end));
}

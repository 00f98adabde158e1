import { link } from './chain.ts';
import type { Hash } from './chain.ts';
import type { LedgerEntry } from './ledger.ts';
import type { CardState, MemberHistory, MemberState } from './members.ts';
import type { Program } from './program.ts';
import { revisionsOf } from './structures.ts';
import type { Instant } from './time.ts';
import { NEVER } from './time.ts';
import { needsReplay, replay } from './timeline.ts';

/**
 * Whether what is stored of a member is what follows from what happened: the chain of each card's entries, and the state, which
 * is derived again by the replay that decisions use.
 */

export type DifferenceKind =
  | 'ENTRY_MISSING'
  | 'ENTRY_CHANGED'
  | 'CARD_MISSING'
  | 'CARD_CHANGED'
  | 'LOT_CHANGED'
  | 'MEMBERSHIP_CHANGED'
  | 'MEMBER_CHANGED'
  | 'REDEMPTION_MISSING'
  | 'REDEMPTION_CHANGED'
  | 'GRANT_MISSING'
  | 'GRANT_CHANGED'
  | 'STOCK_CHANGED'
  | 'CHECKPOINT_MISSING'
  | 'CHECKPOINT_CHANGED'
  | 'CHAIN_REWRITTEN';

/** Where what is stored is not what must be. */
export interface Difference {
  readonly kind: DifferenceKind;
  readonly customerId: string | null;
  readonly cardId: string | null;
  readonly structureId: string | null;
  readonly rewardId: string | null;
  readonly redemptionId: string | null;
  readonly grantId: string | null;
  /** Of the entry; of a checkpoint that is wrong itself, its own. */
  readonly sequence: number | null;
  /** The checkpoint that says otherwise, or is wrong itself. */
  readonly checkpointSequence: number | null;
  readonly field: string;
  readonly found: string | null;
  readonly expected: string | null;
}

export const NO_PLACE = {
  customerId: null,
  cardId: null,
  structureId: null,
  rewardId: null,
  redemptionId: null,
  grantId: null,
  sequence: null,
  checkpointSequence: null,
};

/** A member as stored, with all that was ever recorded, as of one instant. */
export interface StoredRecord {
  readonly state: MemberState;
  readonly history: MemberHistory;
  /** By card and sequence. */
  readonly entries: readonly LedgerEntry[];
  /** The change of structures after which every member has been settled; null if none was seen to its end. */
  readonly structuresSettledAt: Instant | null;
}

/** The first difference of a member; null if all is as it must be. */
export function verifyMember(record: StoredRecord, program: Program): Difference | null {
  const { state, history, entries } = record;
  const byCard = new Map<string, LedgerEntry[]>();
  for (const entry of entries) {
    const list = byCard.get(entry.cardId);
    if (list === undefined) byCard.set(entry.cardId, [entry]);
    else list.push(entry);
  }
  for (const card of state.cards.values()) {
    const difference = verifyCard(state.customerId, card, byCard.get(card.id) ?? []);
    if (difference !== null) return difference;
    byCard.delete(card.id);
  }
  const [stray] = [...byCard.values()].flat();
  if (stray !== undefined) return changedEntry(state.customerId, stray, 'customer', stray.cardId, null);
  // Nothing was ever worked out for this member, and nothing happened.
  const isUntouched = state.cards.size + state.memberships.size + history.facts.length === 0;
  if (state.nextDueAt < state.settledAt && isUntouched) return null;
  const derived = replay(state, history.facts, program, state.settledAt).finish();
  return compareStates(state, derived, awaitedOf(record, program));
}

/** What of a member may be as it was before structures changed, because nobody has settled it since. */
interface Awaited {
  /** Standings, and when the next thing is due. */
  readonly standings: boolean;
  readonly cards: boolean;
}

/**
 * What follows from a change of structures is recorded when the member is next settled. When that was is said by one row alone, so
 * it is believed only while not everybody has been settled after the change, and of members of whom nothing was recorded later.
 * Cards depend on structures by entry awards, and by nothing else.
 */
function awaitedOf({ state, history, structuresSettledAt }: StoredRecord, program: Program): Awaited {
  const allAreSettled = structuresSettledAt !== null && structuresSettledAt >= program.structuresChangedAt;
  const isLater = ({ recordedAt }: { readonly recordedAt: Instant }) => recordedAt > state.settledAt;
  const { facts, effects, transitions } = history;
  const standings = needsReplay(state, program) && !allAreSettled && ![...facts, ...effects, ...transitions].some(isLater);
  const awards = () =>
    effects.some(({ type }) => type === 'ENTRY_AWARD') ||
    program.structures.some((structure) => revisionsOf(structure).some(({ tiers }) => tiers.some(({ entryAward }) => entryAward !== null)));
  return { standings, cards: standings && awards() };
}

/** A card's entries are chained from the first to the last, and sum up to its balance. */
function verifyCard(customerId: string, card: CardState, entries: readonly LedgerEntry[]): Difference | null {
  let previous: Hash | null = null;
  let balance = 0n;
  for (const [index, entry] of entries.entries()) {
    if (entry.sequence !== index + 1) return missingEntry(customerId, card.id, index + 1);
    const expected = link(previous, { ...entry, customerId });
    if (entry.hash !== expected) return changedEntry(customerId, entry, 'hash', entry.hash, expected);
    balance += entry.pending ? 0n : entry.points;
    if (entry.balanceAfter !== balance) return changedEntry(customerId, entry, 'balanceAfter', text(entry.balanceAfter), text(balance));
    previous = entry.hash;
  }
  if (card.sequence > entries.length) return missingEntry(customerId, card.id, entries.length + 1);
  const place = { ...NO_PLACE, kind: 'CARD_CHANGED', customerId, cardId: card.id, sequence: entries.length } as const;
  const lots = card.lots.reduce((sum, { points }) => sum + points, 0n);
  return (
    compare(place, [
      ['sequence', card.sequence, entries.length],
      ['head', card.head, previous],
      ['balance', card.balance, balance],
    ]) ?? compare({ ...place, kind: 'LOT_CHANGED', sequence: null }, [['points', lots, balance]])
  );
}

function missingEntry(customerId: string, cardId: string, sequence: number): Difference {
  return { ...NO_PLACE, kind: 'ENTRY_MISSING', customerId, cardId, sequence, field: 'sequence', found: null, expected: String(sequence) };
}

function changedEntry(customerId: string, entry: LedgerEntry, field: string, found: string | null, expected: string | null): Difference {
  const { cardId, sequence } = entry;
  return { ...NO_PLACE, kind: 'ENTRY_CHANGED', customerId, cardId, sequence, field, found, expected };
}

function compareStates(stored: MemberState, derived: MemberState, awaited: Awaited): Difference | null {
  const { customerId } = stored;
  for (const definition of awaited.cards ? [] : new Set([...stored.cards.keys(), ...derived.cards.keys()])) {
    const [found, expected] = [stored.cards.get(definition), derived.cards.get(definition)];
    const difference = compareCards(customerId, found, expected);
    if (difference !== null) return difference;
  }
  for (const structureId of awaited.standings ? [] : new Set([...stored.memberships.keys(), ...derived.memberships.keys()])) {
    const difference = compareFields(
      { ...NO_PLACE, kind: 'MEMBERSHIP_CHANGED', customerId, structureId },
      { ...stored.memberships.get(structureId), window: stored.windows.get(structureId) },
      { ...derived.memberships.get(structureId), window: derived.windows.get(structureId) },
    );
    if (difference !== null) return difference;
  }
  const place = { ...NO_PLACE, kind: 'MEMBER_CHANGED', customerId } as const;
  return (
    compareFields(place, Object.fromEntries(stored.capUsage), Object.fromEntries(derived.capUsage), 'capUsage.') ??
    compare(place, [
      ['sequence', stored.sequence, derived.sequence],
      ['nextDueAt', awaited.standings ? null : stored.nextDueAt, awaited.standings ? null : derived.nextDueAt],
    ])
  );
}

/** A card stays with what was recorded on it, also if nothing of it happened after all. */
function compareCards(customerId: string, found: CardState | undefined, expected: CardState | undefined): Difference | null {
  const cardId = found?.id ?? expected?.id ?? null;
  const place = { ...NO_PLACE, customerId, cardId };
  const lotsOf = (card: CardState | undefined) =>
    Object.fromEntries((card?.lots ?? []).map(({ expiresAt, sliding, ...lot }) => [`${dateOf(expiresAt)}${sliding ? ' sliding' : ''}`, lot]));
  return (
    compareFields({ ...place, kind: 'LOT_CHANGED' }, lotsOf(found), lotsOf(expected)) ??
    compare({ ...place, kind: found === undefined ? 'CARD_MISSING' : 'CARD_CHANGED' }, [
      ['balance', found?.balance ?? 0n, expected?.balance ?? 0n],
      ['pending', found?.pending ?? [], expected?.pending ?? []],
      ['slidingExpiresAt', found?.slidingExpiresAt ?? null, expected?.slidingExpiresAt ?? null],
    ])
  );
}

type Place = Omit<Difference, 'field' | 'found' | 'expected'>;

function compareFields(place: Place, found: object, expected: object, prefix = ''): Difference | null {
  const [left, right] = [new Map<string, unknown>(Object.entries(found)), new Map<string, unknown>(Object.entries(expected))];
  const names = new Set([...left.keys(), ...right.keys()]);
  return compare(
    place,
    [...names].map((name) => [`${prefix}${name}`, left.get(name), right.get(name)]),
  );
}

/** The first field that is not what must be; null if all are. */
export function compare(place: Place, fields: readonly (readonly [field: string, found: unknown, expected: unknown])[]): Difference | null {
  for (const [field, found, expected] of fields) {
    if (found === expected) continue;
    const [left, right] = [text(found), text(expected)];
    if (left !== right) return { ...place, field, found: left, expected: right };
  }
  return null;
}

/** A value as a person reads it; equal values read the same, whatever the order of their fields. */
function text(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'bigint') return String(value);
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === 'bigint') return String(part);
    if (typeof part === 'number' && !Number.isFinite(part)) return 'never';
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

function dateOf(instant: Instant): string {
  return instant === NEVER ? 'never' : new Date(instant).toISOString();
}

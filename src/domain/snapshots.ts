import type { MemberHistory, MemberState } from './members.ts';
import { cardIdOf, emptyCard, newMember } from './members.ts';
import type { Program } from './program.ts';
import type { Instant } from './time.ts';
import { stateAsOf } from './timeline.ts';

/** Snapshots: a member as of an instant in the past, by what had been recorded until another. */

export interface SnapshotTime {
  readonly at: Instant;
  readonly knownAt: Instant;
}

/** A member with everything that was ever recorded. */
export interface RecordedMember {
  readonly state: MemberState;
  readonly history: MemberHistory;
  /** When the customer was recorded. */
  readonly createdAt: Instant;
}

/** The member as it was. Before the customer was recorded nothing was known, whenever they joined. */
export function snapshotOf({ state, history, createdAt }: RecordedMember, program: Program, time: SnapshotTime): MemberState {
  const { at, knownAt } = time;
  if (knownAt < createdAt) return newMember(state.customerId, state.joinedAt, at);
  const past = stateAsOf(state, history, program, time);
  const cards = new Map(past.cards);
  // A card stays with what was recorded on it, also if a replay finds that nothing of it happened.
  for (const { cardDefinitionId, occurredAt, recordedAt } of history.effects) {
    if (occurredAt > at || recordedAt > knownAt || cards.has(cardDefinitionId)) continue;
    const id = state.cards.get(cardDefinitionId)?.id ?? cardIdOf(state.customerId, cardDefinitionId);
    cards.set(cardDefinitionId, emptyCard(id, cardDefinitionId));
  }
  return { ...past, cards, settledAt: at };
}

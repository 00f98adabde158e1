import type { LedgerEntry } from '../domain/ledger.ts';
import type { LedgerEntryType, MemberHistory, MemberState, RecordedEffect } from '../domain/members.ts';
import { inOrder } from '../domain/members.ts';
import type { CapUsage, CardState, Credit, EarnFact, Fact, RecordedTransition, RewardProgress } from '../domain/members.ts';
import type { RedemptionState } from '../domain/grants.ts';
import type { Operation } from '../domain/operations.ts';
import type { Program } from '../domain/program.ts';
import type { GrantToVerify, StoredRewards } from '../domain/reward-verification.ts';
import type { Membership } from '../domain/tiers.ts';
import { NEVER } from '../domain/time.ts';
import { rulesAt } from '../domain/timeline.ts';
import type { EarnedWindow } from '../domain/windows.ts';
import { trackingOf, trailing, windowAt } from '../domain/windows.ts';
import type { OperationColumns } from './operation-rows.ts';
import { toOperation } from './operation-rows.ts';
import type { StoredGrant, StoredProgress } from './tables/customers.ts';
import type { StoredPending } from './tables/ledger.ts';

/** Members as the hot statements give them: tuples in JSON, turned into what the domain knows. */

export interface StateRow {
  readonly cards: readonly [
    customerId: string,
    id: string,
    cardDefinitionId: string,
    balance: string,
    sequence: number,
    pending: readonly StoredPending[] | null,
    slidingExpiresAt: number | null,
    head: string | null,
  ][];
  readonly lots: readonly [cardId: string, expiresAt: number | null, points: string, earnedAt: number, sliding: boolean][];
  readonly memberships: readonly [
    customerId: string,
    structureId: string,
    tierId: string | null,
    since: number,
    anchoredAt: number | null,
    terms: number,
    expiresAt: number | null,
    steppedDownAt: number | null,
    windowStartsAt: number | null,
    windowEarned: string | null,
    windowDays: readonly (readonly [number, string])[] | null,
    graceEndsAt: number | null,
    entryAwards: readonly StoredGrant[] | null,
    balance: string | null,
  ][];
}

export type MemberTuple = readonly [
  customerId: string,
  joinedAt: number,
  settledAt: number,
  nextDueAt: number | null,
  sequence: number,
  capUsage: Readonly<Record<string, readonly [number, string]>> | null,
  rewardProgress: Readonly<Record<string, StoredProgress>> | null,
];

export interface HistoryRow<Entry = EntryTuple> {
  readonly entries: readonly Entry[];
  readonly operations: readonly OperationTuple[];
  readonly transitions: readonly TransitionTuple[];
}

type EntryTuple = readonly [
  customerId: string,
  cardDefinitionId: string,
  type: LedgerEntryType,
  points: string,
  pending: boolean,
  occurredAt: number,
  recordedAt: number,
  transactionId: string | null,
  operationId: string | null,
  tierId: string | null,
  earnRuleVersionId: string | null,
  expiresAt: number | null,
  sliding: boolean,
  activatesAt: number | null,
  sequence: number | null,
];

/** An entry with what only the chain needs of it. */
export type JournalTuple = readonly [...EntryTuple, id: string, cardId: string, sequence: number, balanceAfter: string, hash: string];

type OperationTuple = readonly [
  id: string,
  customerId: string,
  type: OperationColumns['type'],
  source: string,
  reference: string | null,
  cardDefinitionId: string | null,
  transactionId: string | null,
  relatedId: string | null,
  points: string | null,
  sequence: number,
  occurredAt: number,
  recordedAt: number,
  data: Record<string, unknown>,
];

/** What is kept of rewards, with the purchases for which grants were given. */
export interface RewardsRow {
  readonly redemptions: readonly RedemptionTuple[];
  readonly grants: readonly GrantTuple[];
}

type RedemptionTuple = readonly [
  customerId: string,
  id: string,
  rewardId: string,
  grantId: string | null,
  stocked: boolean,
  status: RedemptionState['status'],
  issuedAt: number,
  proofExpiresAt: number,
  confirmedAt: number | null,
  cancelledAt: number | null,
];

type GrantTuple = readonly [
  customerId: string,
  id: string,
  rewardId: string,
  transactionId: string,
  stocked: boolean,
  grantedAt: number,
  expiresAt: number | null,
  redemptionId: string | null,
  revokedAt: number | null,
  revokedBy: string | null,
  buyerId: string | null,
  boughtAt: number | null,
];

type TransitionTuple = readonly [
  customerId: string,
  structureId: string,
  type: RecordedTransition['type'],
  fromTierId: string | null,
  toTierId: string | null,
  reason: RecordedTransition['reason'],
  measure: string,
  expiresAt: number | null,
  occurredAt: number,
  recordedAt: number,
  retraction: boolean,
];

/** What a customer's own row says of the member's state. */
export type StoredMember = Pick<MemberState, 'customerId' | 'joinedAt' | 'settledAt' | 'nextDueAt' | 'sequence' | 'capUsage' | 'rewardProgress'>;

export function toMember([customerId, joinedAt, settledAt, nextDueAt, sequence, usage, progress]: MemberTuple): StoredMember {
  const capUsage = new Map<string, CapUsage>(
    Object.entries(usage ?? {}).map(([key, [periodStart, points]]) => [key, { periodStart, points: BigInt(points) }]),
  );
  const rewardProgress = new Map<string, RewardProgress>(
    Object.entries(progress ?? {}).map(([key, [since, count, passed, every = null, everySince = 0]]) => [
      key,
      { since, count: BigInt(count), passed, every, everySince },
    ]),
  );
  return { customerId, joinedAt, settledAt, nextDueAt: nextDueAt ?? NEVER, sequence, capUsage, rewardProgress };
}

export function toStates(members: readonly StoredMember[], row: StateRow, program: Program): ReadonlyMap<string, MemberState> {
  const states = new Map(
    members.map((member) => [
      member.customerId,
      {
        ...member,
        cards: new Map<string, CardState>(),
        memberships: new Map<string, Membership>(),
        windows: new Map<string, EarnedWindow>(),
      },
    ]),
  );
  const lotsByCard = new Map<string, CardState['lots'][number][]>();
  for (const [cardId, expiresAt, points, earnedAt, sliding] of row.lots) {
    const lots = lotsByCard.get(cardId) ?? [];
    lots.push({ expiresAt: expiresAt ?? NEVER, sliding, points: BigInt(points), earnedAt });
    lotsByCard.set(cardId, lots);
  }
  for (const [customerId, id, cardDefinitionId, balance, sequence, pending, slidingExpiresAt, head] of row.cards) {
    states.get(customerId)?.cards.set(cardDefinitionId, {
      id,
      cardDefinitionId,
      balance: BigInt(balance),
      sequence,
      head,
      lots: lotsByCard.get(id) ?? [],
      pending: (pending ?? []).map(toPending),
      slidingExpiresAt,
    });
  }
  for (const tuple of row.memberships) {
    const state = states.get(tuple[0]);
    if (state === undefined) continue;
    state.memberships.set(tuple[1], toMembership(tuple));
    const window = toWindow(tuple, state, program);
    if (window !== null) state.windows.set(tuple[1], window);
  }
  return states;
}

function toPending(stored: StoredPending): CardState['pending'][number] {
  const [transactionId, earnRuleVersionId, points, earnedAt, activatesAt, expiresAt, sliding] = stored;
  return { transactionId, earnRuleVersionId, points: BigInt(points), earnedAt, activatesAt, expiresAt: expiresAt ?? NEVER, sliding };
}

function toMembership(tuple: StateRow['memberships'][number]): Membership {
  const [, structureId, tierId, since, anchoredAt, terms, expiresAt, steppedDownAt, , , , graceEndsAt, entryAwards, balance] = tuple;
  return {
    structureId,
    tierId,
    since,
    anchoredAt,
    terms,
    expiresAt: expiresAt ?? NEVER,
    steppedDownAt,
    graceEndsAt,
    entryAwards: (entryAwards ?? []).map(([awardTierId, cardDefinitionId, points, grantedAt, undone = false]) => ({
      tierId: awardTierId,
      cardDefinitionId,
      points: BigInt(points),
      grantedAt,
      undone,
    })),
    balance: balance === null ? null : BigInt(balance),
  };
}

/** Only the start of a window is stored; the structure's rules say where it ends. */
function toWindow(
  [, structureId, , , , , , , windowStartsAt, earned, days]: StateRow['memberships'][number],
  { joinedAt, settledAt }: StoredMember,
  { structures, calendar }: Program,
): EarnedWindow | null {
  if (days !== null) return trailing(days.map(([leavesAt, points]) => ({ leavesAt, points: BigInt(points) })));
  const structure = structures.find(({ id }) => id === structureId);
  const tracking = structure === undefined ? null : trackingOf(rulesAt(structure, settledAt), joinedAt, calendar);
  if (tracking === null || windowStartsAt === null || earned === null) return null;
  return { ...windowAt(tracking, windowStartsAt), earned: BigInt(earned), days: [] };
}

export function toHistories(customerIds: readonly string[], row: HistoryRow<EntryTuple | JournalTuple>): ReadonlyMap<string, MemberHistory> {
  const histories = new Map(
    customerIds.map((id) => [
      id,
      { facts: [] as Fact[], effects: [] as RecordedEffect[], transitions: [] as MemberHistory['transitions'][number][] },
    ]),
  );
  const creditsByTransaction = new Map<string, Credit[]>();
  for (const tuple of row.entries) {
    const history = histories.get(tuple[0]);
    const effect = toEffect(tuple);
    history?.effects.push(effect);
    if (effect.type !== 'EARN') continue;
    const { transactionId, earnRuleVersionId, cardDefinitionId, points, expiresAt, sliding, activatesAt } = effect;
    const credits = creditsByTransaction.get(transactionId ?? '') ?? [];
    if (credits.length === 0) {
      creditsByTransaction.set(transactionId ?? '', credits);
      const { occurredAt, recordedAt } = effect;
      const fact: EarnFact = { type: 'EARN', id: transactionId ?? '', occurredAt, recordedAt, sequence: tuple[14] ?? 0, credits };
      history?.facts.push(fact);
    }
    credits.push({ cardDefinitionId, earnRuleVersionId: earnRuleVersionId ?? '', points, expiresAt, sliding, activatesAt });
  }
  for (const tuple of row.operations) histories.get(tuple[1])?.facts.push(toOperation(toColumns(tuple)));
  for (const tuple of row.transitions) {
    const [customerId, structureId, type, fromTierId, toTierId, reason, measure, expiresAt, occurredAt, recordedAt, retraction] = tuple;
    histories.get(customerId)?.transitions.push({
      structureId,
      type,
      fromTierId,
      toTierId,
      reason,
      measure: BigInt(measure),
      expiresAt: expiresAt ?? NEVER,
      occurredAt,
      recordedAt,
      retraction,
    });
  }
  return new Map([...histories].map(([id, history]) => [id, { ...history, facts: inOrder(history.facts) }]));
}

/** The entries of each customer, in the order of their numbers. */
export function toEntries(tuples: readonly JournalTuple[]): ReadonlyMap<string, readonly LedgerEntry[]> {
  const entries = new Map<string, LedgerEntry[]>();
  for (const tuple of tuples) {
    const [customerId] = tuple;
    const [id, cardId, sequence, balanceAfter, hash] = [tuple[15], tuple[16], tuple[17], BigInt(tuple[18]), tuple[19]];
    const entry = { ...toEffect(tuple), id, customerId, cardId, sequence, balanceAfter, hash };
    const list = entries.get(customerId);
    if (list === undefined) entries.set(customerId, [entry]);
    else list.push(entry);
  }
  for (const list of entries.values()) list.sort((a, b) => a.sequence - b.sequence);
  return entries;
}

/** What is to be verified of members' rewards; who never had any is missing. */
export function toRewards(row: HistoryRow<JournalTuple> & RewardsRow): ReadonlyMap<string, StoredRewards> {
  const rewards = new Map<string, { redemptions: RedemptionState[]; grants: GrantToVerify[]; operations: Operation[] }>();
  const of = (customerId: string) => {
    const known = rewards.get(customerId) ?? { redemptions: [], grants: [], operations: [] };
    rewards.set(customerId, known);
    return known;
  };
  for (const [customerId, id, rewardId, grantId, stocked, status, issuedAt, proofExpiresAt, confirmedAt, cancelledAt] of row.redemptions) {
    of(customerId).redemptions.push({ id, customerId, rewardId, grantId, stocked, status, issuedAt, proofExpiresAt, confirmedAt, cancelledAt });
  }
  for (const tuple of row.grants) {
    const [customerId, id, rewardId, transactionId, stocked, grantedAt, expiresAt, redemptionId, revokedAt, revokedBy, buyerId, boughtAt] = tuple;
    const purchase = buyerId === null || boughtAt === null ? null : { customerId: buyerId, recordedAt: boughtAt };
    const given = { id, customerId, rewardId, transactionId, stocked, grantedAt, expiresAt: expiresAt ?? NEVER };
    of(customerId).grants.push({ ...given, redemptionId, revokedAt, revokedBy, purchase });
  }
  for (const tuple of row.operations) {
    const [, customerId, type] = tuple;
    // A refund takes back what its purchase has given, if it has.
    if (type.startsWith('REDEMPTION') || (type === 'REFUND' && rewards.has(customerId))) of(customerId).operations.push(toOperation(toColumns(tuple)));
  }
  return rewards;
}

function toEffect(tuple: EntryTuple | JournalTuple): RecordedEffect {
  const [, cardDefinitionId, type, points, pending, occurredAt, recordedAt, transactionId, operationId, tierId, earnRuleVersionId] = tuple;
  return {
    type,
    cardDefinitionId,
    points: BigInt(points),
    pending,
    occurredAt,
    recordedAt,
    transactionId,
    operationId,
    tierId,
    earnRuleVersionId,
    expiresAt: tuple[11] ?? NEVER,
    sliding: tuple[12],
    activatesAt: tuple[13],
  };
}

function toColumns(tuple: OperationTuple): OperationColumns {
  const [id, customerId, type, source, reference, cardDefinitionId, transactionId, relatedId, points, sequence, occurredAt, recordedAt, data] =
    tuple;
  return {
    id,
    customerId,
    type,
    source,
    reference,
    cardDefinitionId,
    transactionId,
    relatedId,
    points: points === null ? null : BigInt(points),
    sequence,
    occurredAt,
    recordedAt,
    data,
  };
}

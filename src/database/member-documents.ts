import type { Customer } from '../domain/customers.ts';
import type { LoggedEvent } from '../domain/events.ts';
import { eventIdOf } from '../domain/events.ts';
import type { IdempotentResult } from '../domain/idempotency.ts';
import type { LedgerEntry, TierTransition } from '../domain/ledger.ts';
import type { CardState, MemberState, PendingPoints, RewardProgress } from '../domain/members.ts';
import type { Lot } from '../domain/points.ts';
import type { Award, Transaction } from '../domain/purchases.ts';
import type { GrantedAward } from '../domain/tiers.ts';
import { NEVER } from '../domain/time.ts';
import { instantToSql } from './columns.ts';
import type { RecordedOperation } from './operation-rows.ts';
import { toOperationColumns } from './operation-rows.ts';
import type { StoredGrant, StoredProgress } from './tables/customers.ts';
import type { StoredAward, StoredPending } from './tables/ledger.ts';

/** What is written of members, as one JSON document for each table. */

/** Everything that one batch of commands changes. */
export interface MemberChanges {
  readonly newCustomers: readonly Customer[];
  readonly changedCustomers: readonly Customer[];
  /** State before and after, for each member whose state changed. */
  readonly states: readonly { readonly before: MemberState; readonly after: MemberState }[];
  readonly transactions: readonly Transaction[];
  readonly operations: readonly RecordedOperation[];
  readonly entries: readonly LedgerEntry[];
  readonly transitions: readonly TierTransition[];
  readonly events: readonly RecordedMemberEvent[];
  /** Number of the last event of each customer who has new ones. */
  readonly eventSequences: ReadonlyMap<string, number>;
  readonly keys: readonly (RecordedKey & { readonly createdAt: number })[];
}

/** Of what is told alone. */
export const NO_MEMBER_CHANGES = { newCustomers: [], changedCustomers: [], states: [], transactions: [], operations: [], entries: [], transitions: [], keys: [] };

/** An event of what happened to a member, before it is numbered. */
export interface MemberEvent {
  readonly type: string;
  readonly customerId: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly occurredAt: number;
  readonly recordedAt: number;
}

/** The same with its number and its cause; its id follows from its batch. */
export type RecordedMemberEvent = Omit<LoggedEvent, 'id'>;

/** An idempotency key and what is kept under it. */
export interface RecordedKey {
  readonly key: string;
  readonly fingerprint: string;
  readonly result: IdempotentResult;
}

/** The document of the table of operations. */
export function operationDocument(operations: readonly RecordedOperation[]): string {
  return JSON.stringify(
    operations.map(toOperationColumns).map((row) => ({
      id: row.id,
      customer_id: row.customerId,
      type: row.type,
      source: row.source,
      reference: row.reference,
      card_definition_id: row.cardDefinitionId,
      transaction_id: row.transactionId,
      related_id: row.relatedId,
      points: row.points === null ? null : String(row.points),
      data: row.data,
      sequence: row.sequence,
      occurred_at: instantToSql(row.occurredAt),
      recorded_at: instantToSql(row.recordedAt),
    })),
  );
}

/** One JSON document for each table, in the order of the statement's parameters from $2 on. */
export function memberDocuments(changes: MemberChanges, eventBatchId: string): string[] {
  const settled = new Map(changes.states.map((change) => [change.after.customerId, change]));
  const created = new Set(changes.newCustomers.map(({ id }) => id));
  const cards = changes.states.flatMap(({ before, after }) =>
    [...after.cards.values()]
      .filter((card) => isCardChanged(before.cards.get(card.cardDefinitionId), card))
      .map((card) => ({ customerId: after.customerId, before: before.cards.get(card.cardDefinitionId), card })),
  );
  return [
    changes.newCustomers.map((customer) => ({
      id: customer.id,
      external_id: customer.externalId,
      name: customer.name,
      email: customer.email,
      metadata: customer.metadata,
      joined_at: instantToSql(customer.joinedAt),
      ...settlementOf(customer, settled.get(customer.id)?.after),
      event_sequence: changes.eventSequences.get(customer.id) ?? 0,
      version: customer.version,
      created_at: instantToSql(customer.createdAt),
    })),
    changes.changedCustomers.map((customer) => ({
      id: customer.id,
      name: customer.name,
      email: customer.email,
      metadata: customer.metadata,
      version: customer.version,
      updated_at: optionalInstant(customer.updatedAt),
    })),
    [...new Set([...settled.keys(), ...changes.eventSequences.keys()])]
      .filter((id) => !created.has(id))
      .map((id) => ({ id, ...changedState(settled.get(id)?.after), event_sequence: changes.eventSequences.get(id) })),
    cards.map(({ customerId, card }) => ({
      id: card.id,
      customer_id: customerId,
      card_definition_id: card.cardDefinitionId,
      balance: String(card.balance),
      sequence: card.sequence,
      head: card.head,
      ...(card.pending.length === 0 ? {} : { pending: card.pending.map(pendingTuple) }),
      ...(card.slidingExpiresAt === null ? {} : { sliding_expires_at: instantToSql(card.slidingExpiresAt) }),
    })),
    cards.flatMap(({ before, card }) =>
      card.lots
        .filter((lot) => before?.lots.find((other) => isSameLot(other, lot))?.points !== lot.points)
        .map((lot) => ({
          card_id: card.id,
          expires_at: instantToSql(lot.expiresAt),
          sliding: lot.sliding,
          points: String(lot.points),
          earned_at: instantToSql(lot.earnedAt),
        })),
    ),
    cards.flatMap(({ before, card }) =>
      (before?.lots ?? [])
        .filter((lot) => !card.lots.some((other) => isSameLot(other, lot)))
        .map((lot) => ({ card_id: card.id, expires_at: instantToSql(lot.expiresAt), sliding: lot.sliding })),
    ),
    changes.states.flatMap(({ before, after }) => membershipRows(before, after)),
    changes.transactions.map(transactionRow),
    changes.entries.map(entryRow),
    changes.transitions.map(transitionRow),
    changes.events.map((event, index) => ({
      id: eventIdOf(eventBatchId, index + 1),
      type: event.type,
      customer_id: event.customerId,
      sequence: event.sequence,
      request_id: event.requestId,
      command: event.command,
      api_key_id: event.apiKeyId,
      data: event.data,
      occurred_at: instantToSql(event.occurredAt),
      recorded_at: instantToSql(event.recordedAt),
    })),
    changes.keys.map(({ key, fingerprint, result, createdAt }) => ({
      key,
      fingerprint,
      result,
      created_at: instantToSql(createdAt),
    })),
  ].map((rows) => JSON.stringify(rows));
}

function isCardChanged(before: CardState | undefined, after: CardState): boolean {
  return (
    before?.sequence !== after.sequence ||
    before.balance !== after.balance ||
    before.lots !== after.lots ||
    before.pending !== after.pending ||
    before.slidingExpiresAt !== after.slidingExpiresAt
  );
}

function membershipRows(before: MemberState, after: MemberState) {
  return [...after.memberships.values()].flatMap((membership) => {
    const window = after.windows.get(membership.structureId);
    const known = before.memberships.get(membership.structureId);
    if (known === membership && before.windows.get(membership.structureId) === window) return [];
    return {
      customer_id: after.customerId,
      structure_id: membership.structureId,
      tier_id: membership.tierId,
      since: instantToSql(membership.since),
      anchored_at: optionalInstant(membership.anchoredAt),
      terms: membership.terms,
      expires_at: instantToSql(membership.expiresAt),
      stepped_down_at: optionalInstant(membership.steppedDownAt),
      window_starts_at: window === undefined || window.start === -NEVER ? null : instantToSql(window.start),
      window_earned: window === undefined ? null : String(window.earned),
      ...(window === undefined || window.days.length === 0
        ? {}
        : { window_days: window.days.map(({ leavesAt, points }) => [leavesAt, String(points)]) }),
      ...(membership.graceEndsAt === null ? {} : { grace_ends_at: instantToSql(membership.graceEndsAt) }),
      ...(membership.entryAwards.length === 0
        ? {}
        : { entry_awards: membership.entryAwards.map(toStoredGrant) }),
      ...(membership.balance === null ? {} : { balance: String(membership.balance) }),
    };
  });
}

function toStoredGrant({ tierId, cardDefinitionId, points, grantedAt, undone }: GrantedAward): StoredGrant {
  return undone ? [tierId, cardDefinitionId, String(points), grantedAt, true] : [tierId, cardDefinitionId, String(points), grantedAt];
}

function transactionRow(transaction: Transaction) {
  return {
    id: transaction.id,
    customer_id: transaction.customerId,
    source: transaction.source,
    reference: transaction.reference,
    amount: transaction.amount,
    currency: transaction.currency,
    location: transaction.location,
    lines: transaction.lines,
    awards: transaction.awards.map(storedAward),
    sequence: transaction.sequence,
    occurred_at: instantToSql(transaction.occurredAt),
    recorded_at: instantToSql(transaction.recordedAt),
  };
}

function entryRow(entry: LedgerEntry) {
  return {
    id: entry.id,
    customer_id: entry.customerId,
    card_id: entry.cardId,
    type: entry.type,
    sequence: entry.sequence,
    points: String(entry.points),
    balance_after: String(entry.balanceAfter),
    transaction_id: entry.transactionId,
    operation_id: entry.operationId,
    tier_id: entry.tierId,
    earn_rule_version_id: entry.earnRuleVersionId,
    pending: entry.pending,
    activates_at: optionalInstant(entry.activatesAt),
    sliding: entry.sliding,
    expires_at: instantToSql(entry.expiresAt),
    occurred_at: instantToSql(entry.occurredAt),
    recorded_at: instantToSql(entry.recordedAt),
    hash: entry.hash,
  };
}

function transitionRow(transition: TierTransition) {
  return {
    id: transition.id,
    customer_id: transition.customerId,
    structure_id: transition.structureId,
    transaction_id: transition.transactionId,
    operation_id: transition.operationId,
    type: transition.type,
    from_tier_id: transition.fromTierId,
    to_tier_id: transition.toTierId,
    reason: transition.reason,
    measure: String(transition.measure),
    expires_at: instantToSql(transition.expiresAt),
    late: transition.late,
    retraction: transition.retraction,
    occurred_at: instantToSql(transition.occurredAt),
    recorded_at: instantToSql(transition.recordedAt),
  };
}

/** What is left out stays as it is. */
function changedState(after: MemberState | undefined) {
  if (after === undefined) return {};
  return {
    settled_at: instantToSql(after.settledAt),
    sequence: after.sequence,
    next_due_at: instantToSql(after.nextDueAt),
    cap_usage: capUsageOf(after),
    ...rewardProgressOf(after),
  };
}

function settlementOf(customer: Customer, after: MemberState | undefined) {
  return {
    settled_at: instantToSql(after?.settledAt ?? customer.joinedAt),
    sequence: after?.sequence ?? 0,
    next_due_at: after === undefined ? '-infinity' : instantToSql(after.nextDueAt),
    ...(after === undefined ? {} : { cap_usage: capUsageOf(after), ...rewardProgressOf(after) }),
  };
}

function capUsageOf({ capUsage }: MemberState): Record<string, readonly [number, string]> | null {
  if (capUsage.size === 0) return null;
  return Object.fromEntries([...capUsage].map(([key, { periodStart, points }]) => [key, [periodStart, String(points)]]));
}

/** Left out where nothing is counted: what was counted once stays. */
function rewardProgressOf({ rewardProgress }: MemberState) {
  if (rewardProgress.size === 0) return {};
  return { reward_progress: Object.fromEntries([...rewardProgress].map(([key, progress]) => [key, storedProgress(progress)])) };
}

function storedProgress({ since, count, passed, every, everySince }: RewardProgress): StoredProgress {
  if (every === null) return [since, String(count), passed];
  return everySince === 0 ? [since, String(count), passed, every] : [since, String(count), passed, every, everySince];
}

function pendingTuple(waiting: PendingPoints): StoredPending {
  const { transactionId, earnRuleVersionId, points, earnedAt, activatesAt, expiresAt, sliding } = waiting;
  return [transactionId, earnRuleVersionId, String(points), earnedAt, activatesAt, expiresAt === NEVER ? null : expiresAt, sliding];
}

function storedAward(award: Award): StoredAward {
  const { earnRuleVersionId, cardDefinitionId, points, multiplier, expiresAt, activatesAt, sliding, computed, cappedBy } = award;
  return {
    earnRuleVersionId,
    cardDefinitionId,
    points: String(points),
    multiplier,
    expiresAt: expiresAt === NEVER ? null : expiresAt,
    ...(activatesAt === null ? {} : { activatesAt }),
    ...(sliding ? { sliding } : {}),
    ...(cappedBy === null ? {} : { capped: { computed: String(computed), by: cappedBy } }),
  };
}

function isSameLot(a: Lot, b: Lot): boolean {
  return a.expiresAt === b.expiresAt && a.sliding === b.sliding;
}

function optionalInstant(instant: number | null): string | null {
  return instant === null ? null : instantToSql(instant);
}

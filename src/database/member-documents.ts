import type { Customer } from '../domain/customers.ts';
import type { LoggedEvent } from '../domain/events.ts';
import { eventIdOf } from '../domain/events.ts';
import type { IdempotentResult } from '../domain/idempotency.ts';
import type { LedgerEntry, TierTransition } from '../domain/ledger.ts';
import type { CardState, MemberState, PendingPoints, RewardProgress } from '../domain/members.ts';
import type { Lot } from '../domain/points.ts';
import type { Award, Transaction } from '../domain/purchases.ts';
import type { GrantedAward, Membership } from '../domain/tiers.ts';
import { NEVER } from '../domain/time.ts';
import type { EarnedWindow } from '../domain/windows.ts';
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
  const memberships = changes.states.flatMap(({ before, after }) => changedMemberships(before, after));
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
    cards.flatMap(({ customerId, before, card }) =>
      before === undefined ? { ...cardRow(card), customer_id: customerId, card_definition_id: card.cardDefinitionId } : [],
    ),
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
    memberships.flatMap((change) => (change.keepsTier ? [] : membershipRow(change))),
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
    cards.flatMap(({ before, card }) => (before === undefined ? [] : cardRow(card))),
    memberships.flatMap((change) => (change.keepsTier ? movedRow(change) : [])),
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

function cardRow(card: CardState) {
  return {
    id: card.id,
    balance: String(card.balance),
    sequence: card.sequence,
    head: card.head,
    pending: card.pending.length === 0 ? undefined : card.pending.map(pendingTuple),
    sliding_expires_at: optionalInstant(card.slidingExpiresAt),
  };
}

interface ChangedMembership {
  readonly customerId: string;
  readonly membership: Membership;
  readonly window: EarnedWindow | undefined;
  readonly keepsTier: boolean;
}

function changedMemberships(before: MemberState, { customerId, memberships, windows }: MemberState): ChangedMembership[] {
  return [...memberships.values()].flatMap((membership) => {
    const { structureId } = membership;
    const known = before.memberships.get(structureId);
    const window = windows.get(structureId);
    if (known === membership && before.windows.get(structureId) === window) return [];
    return { customerId, membership, window, keepsTier: keepsTier(known, membership) };
  });
}

/** Whether the tier and all that came with it stay, as with nearly every purchase. */
function keepsTier(known: Membership | undefined, membership: Membership): boolean {
  return (
    known?.tierId === membership.tierId &&
    known.since === membership.since &&
    known.terms === membership.terms &&
    known.steppedDownAt === membership.steppedDownAt &&
    known.graceEndsAt === membership.graceEndsAt &&
    known.entryAwards === membership.entryAwards
  );
}

function movedRow({ customerId, membership, window }: ChangedMembership) {
  return {
    customer_id: customerId,
    structure_id: membership.structureId,
    anchored_at: optionalInstant(membership.anchoredAt),
    expires_at: instantToSql(membership.expiresAt),
    window_starts_at: window === undefined || window.start === -NEVER ? undefined : instantToSql(window.start),
    window_earned: window === undefined ? undefined : String(window.earned),
    window_days: window === undefined || window.days.length === 0 ? undefined : window.days.map(({ leavesAt, points }) => [leavesAt, String(points)]),
    balance: membership.balance === null ? undefined : String(membership.balance),
  };
}

function membershipRow(change: ChangedMembership) {
  const { membership } = change;
  return {
    ...movedRow(change),
    tier_id: membership.tierId,
    since: instantToSql(membership.since),
    terms: membership.terms,
    stepped_down_at: optionalInstant(membership.steppedDownAt),
    grace_ends_at: optionalInstant(membership.graceEndsAt),
    entry_awards: membership.entryAwards.length === 0 ? undefined : membership.entryAwards.map(toStoredGrant),
  };
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
    location: transaction.location ?? undefined,
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
    transaction_id: entry.transactionId ?? undefined,
    operation_id: entry.operationId ?? undefined,
    tier_id: entry.tierId ?? undefined,
    earn_rule_version_id: entry.earnRuleVersionId ?? undefined,
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

/** Left out where there is none: PostgreSQL takes what is missing for NULL, and need not read it. */
function optionalInstant(instant: number | null): string | undefined {
  return instant === null ? undefined : instantToSql(instant);
}

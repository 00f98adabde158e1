import type pg from 'pg';
import type { IdempotentResult } from '../domain/idempotency.ts';
import type { Customer } from '../domain/customers.ts';
import type { LedgerEntry, TierTransition, Transaction } from '../domain/ledger.ts';
import type {
  CardState,
  Credit,
  EarnFact,
  Expiration,
  MemberHistory,
  MemberState,
  RecordedTransition,
} from '../domain/members.ts';
import type { Program } from '../domain/program.ts';
import type { EarnedWindow, Membership } from '../domain/tiers.ts';
import { NEVER } from '../domain/time.ts';
import { instantToSql } from '../database/columns.ts';

/**
 * Members' state, read and written for many members at once: a fixed number of statements whatever
 * the number of members. The statements are written by hand because they are the hot path, and named
 * so that each connection plans them once. Rows travel as one JSON document per table.
 */

export interface LockedMember {
  readonly customer: Customer;
  readonly settledAt: number;
}

export interface LockedMembers {
  /** Null if there is no such workspace. */
  readonly configurationVersion: bigint | null;
  readonly members: readonly LockedMember[];
}

/** A purchase that was recorded before under the same reference. */
export interface RecordedReference {
  readonly source: string;
  readonly reference: string;
  readonly transactionId: string;
  readonly customerId: string;
  readonly amount: string;
  readonly currency: string;
}

export interface RecordedKey {
  readonly key: string;
  readonly fingerprint: string;
  readonly result: IdempotentResult;
}

/** What is stored of members; the configuration decides how it is read. */
export interface StoredMembers {
  readonly configurationVersion: bigint;
  states(program: Program): ReadonlyMap<string, MemberState>;
}

export interface LoadedMembers {
  readonly states: ReadonlyMap<string, MemberState>;
  readonly keys: ReadonlyMap<string, RecordedKey>;
  readonly references: readonly RecordedReference[];
}

/** Everything that one batch of commands changes. */
export interface MemberChanges {
  readonly newCustomers: readonly Customer[];
  readonly changedCustomers: readonly Customer[];
  /** State before and after, for each member whose state changed. */
  readonly states: readonly { readonly before: MemberState; readonly after: MemberState }[];
  readonly transactions: readonly Transaction[];
  readonly entries: readonly LedgerEntry[];
  readonly transitions: readonly TierTransition[];
  readonly events: readonly MemberEvent[];
  readonly keys: readonly (RecordedKey & { readonly createdAt: number })[];
}

export interface MemberEvent {
  readonly id: string;
  readonly type: string;
  readonly customerId: string;
  readonly requestId: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly occurredAt: number;
  readonly recordedAt: number;
}

/** Another transaction used one of the keys first. The command must be run again to see what it did. */
export class KeyClaimedError extends Error {
  constructor() {
    super('An idempotency key was claimed by another transaction.');
    this.name = 'KeyClaimedError';
  }
}

type Queryable = Pick<pg.PoolClient, 'query'>;

// Members are locked in the order of their ids, so that two batches never wait for each other in a
// circle. The workspace is share-locked: a change of configuration waits for us, and we for it.
const LOCK = `
WITH workspace AS (
  SELECT configuration_version FROM workspaces WHERE workspace_id = $1 FOR SHARE
), member AS (
  SELECT id, external_id, name, email, metadata, joined_at, settled_at, version, created_at, updated_at
  FROM customers
  WHERE workspace_id = $1 AND (id = ANY($2::uuid[]) OR external_id = ANY($3::text[]))
  ORDER BY id
  FOR UPDATE
)
SELECT workspace.configuration_version, member.* FROM workspace LEFT JOIN member ON true`;

const MS = (column: string) => `(extract(epoch FROM nullif(${column}, 'infinity')) * 1000)::bigint`;

// Each table is entered member by member through its own key: as a plain join, the planner would at
// times read all of a workspace, as long as it knows nothing of how large workspaces are.
const STATES = `
  (SELECT coalesce(json_agg(json_build_array(m.id, c.id, c.card_definition_id, c.balance::text, c.sequence)), '[]')
   FROM unnest($2::uuid[]) AS m(id) CROSS JOIN LATERAL (
     SELECT * FROM cards WHERE workspace_id = $1 AND customer_id = m.id OFFSET 0) c) AS cards,
  (SELECT coalesce(json_agg(json_build_array(l.card_id, ${MS('l.expires_at')}, l.points::text, ${MS('l.earned_at')})
     ORDER BY l.expires_at), '[]')
   FROM unnest($2::uuid[]) AS m(id) CROSS JOIN LATERAL (
     SELECT id FROM cards WHERE workspace_id = $1 AND customer_id = m.id OFFSET 0) c CROSS JOIN LATERAL (
     SELECT * FROM lots WHERE workspace_id = $1 AND card_id = c.id OFFSET 0) l) AS lots,
  (SELECT coalesce(json_agg(json_build_array(m.id, s.structure_id, s.tier_id, ${MS('s.since')}, ${MS('s.anchored_at')}, s.terms,
     ${MS('s.expires_at')}, ${MS('s.stepped_down_at')}, ${MS('s.window_starts_at')}, s.window_earned::text)), '[]')
   FROM unnest($2::uuid[]) AS m(id) CROSS JOIN LATERAL (
     SELECT * FROM memberships WHERE workspace_id = $1 AND customer_id = m.id OFFSET 0) s) AS memberships`;

const READ = `
SELECT (SELECT configuration_version::text FROM workspaces WHERE workspace_id = $1) AS configuration_version,
  (SELECT coalesce(json_agg(json_build_array(id, ${MS('joined_at')}, ${MS('settled_at')})), '[]')
   FROM customers WHERE workspace_id = $1 AND id = ANY($2::uuid[])) AS members,
  ${STATES}`;

const LOAD = `
SELECT ${STATES},
  (SELECT coalesce(json_agg(json_build_array(key, encode(fingerprint, 'hex'), result)), '[]')
   FROM idempotency_keys WHERE workspace_id = $1 AND key = ANY($3::text[]) AND created_at > $4) AS keys,
  (SELECT coalesce(json_agg(json_build_array(t.source, t.reference, t.id, t.customer_id, t.amount::text, t.currency)), '[]')
   FROM unnest($5::text[], $6::text[]) AS r(source, reference)
   JOIN transactions t ON t.workspace_id = $1 AND t.source = r.source AND t.reference = r.reference) AS references`;

const HISTORIES = `
  (SELECT coalesce(json_agg(json_build_array(e.customer_id, c.card_definition_id, e.type, e.points::text,
     ${MS('e.expires_at')}, ${MS('e.occurred_at')}, e.transaction_id) ORDER BY e.occurred_at, e.recorded_at, e.id), '[]')
   FROM ledger_entries e JOIN cards c ON c.workspace_id = e.workspace_id AND c.id = e.card_id
   WHERE e.workspace_id = $1 AND e.customer_id = ANY($2::uuid[])) AS entries,
  (SELECT coalesce(json_agg(json_build_array(customer_id, structure_id, type, from_tier_id, to_tier_id, reason, measure::text,
     ${MS('expires_at')}, ${MS('occurred_at')}, retraction) ORDER BY recorded_at, id), '[]')
   FROM tier_transitions WHERE workspace_id = $1 AND customer_id = ANY($2::uuid[])) AS transitions`;

const HISTORY = `
SELECT ${HISTORIES}`;

const READ_WITH_HISTORY = `${READ},
  ${HISTORIES}`;

// A profile and a settlement of the same customer are one update: a statement changes a row only once.
const WRITE = `
WITH new_customers AS (
  INSERT INTO customers (workspace_id, id, external_id, name, email, metadata, joined_at, settled_at, version, created_at)
  SELECT $1, id, external_id, name, email, metadata, joined_at, settled_at, version, created_at
  FROM json_to_recordset($2) AS r(id uuid, external_id text, name text, email text, metadata jsonb,
    joined_at timestamptz, settled_at timestamptz, version int, created_at timestamptz)
), changed_customers AS (
  UPDATE customers c SET name = CASE WHEN r.version IS NULL THEN c.name ELSE r.name END,
    email = CASE WHEN r.version IS NULL THEN c.email ELSE r.email END, metadata = coalesce(r.metadata, c.metadata),
    version = coalesce(r.version, c.version), updated_at = coalesce(r.updated_at, c.updated_at),
    settled_at = coalesce(r.settled_at, c.settled_at)
  FROM (
    SELECT * FROM json_to_recordset($3) AS p(id uuid, name text, email text, metadata jsonb, version int, updated_at timestamptz)
    FULL JOIN json_to_recordset($4) AS s(id uuid, settled_at timestamptz) USING (id)
  ) r
  WHERE c.workspace_id = $1 AND c.id = r.id
), changed_cards AS (
  INSERT INTO cards (workspace_id, id, customer_id, card_definition_id, balance, sequence)
  SELECT $1, id, customer_id, card_definition_id, balance, sequence
  FROM json_to_recordset($5) AS r(id uuid, customer_id uuid, card_definition_id uuid, balance bigint, sequence int)
  ON CONFLICT (workspace_id, id) DO UPDATE SET balance = excluded.balance, sequence = excluded.sequence
), changed_lots AS (
  INSERT INTO lots (workspace_id, card_id, expires_at, points, earned_at)
  SELECT $1, card_id, expires_at, points, earned_at
  FROM json_to_recordset($6) AS r(card_id uuid, expires_at timestamptz, points bigint, earned_at timestamptz)
  ON CONFLICT (workspace_id, card_id, expires_at) DO UPDATE SET points = excluded.points, earned_at = excluded.earned_at
), gone_lots AS (
  DELETE FROM lots l USING json_to_recordset($7) AS r(card_id uuid, expires_at timestamptz)
  WHERE l.workspace_id = $1 AND l.card_id = r.card_id AND l.expires_at = r.expires_at
), changed_memberships AS (
  INSERT INTO memberships (workspace_id, customer_id, structure_id, tier_id, since, anchored_at, terms, expires_at,
    stepped_down_at, window_starts_at, window_earned)
  SELECT $1, customer_id, structure_id, tier_id, since, anchored_at, terms, expires_at, stepped_down_at,
    window_starts_at, window_earned
  FROM json_to_recordset($8) AS r(customer_id uuid, structure_id uuid, tier_id uuid, since timestamptz,
    anchored_at timestamptz, terms int, expires_at timestamptz, stepped_down_at timestamptz,
    window_starts_at timestamptz, window_earned bigint)
  ON CONFLICT (workspace_id, customer_id, structure_id) DO UPDATE SET tier_id = excluded.tier_id, since = excluded.since,
    anchored_at = excluded.anchored_at, terms = excluded.terms, expires_at = excluded.expires_at,
    stepped_down_at = excluded.stepped_down_at, window_starts_at = excluded.window_starts_at,
    window_earned = excluded.window_earned
), new_transactions AS (
  INSERT INTO transactions (workspace_id, id, customer_id, source, reference, amount, currency, location, lines, awards,
    occurred_at, recorded_at)
  SELECT $1, id, customer_id, source, reference, amount, currency, location, lines, awards, occurred_at, recorded_at
  FROM json_to_recordset($9) AS r(id uuid, customer_id uuid, source text, reference text, amount numeric, currency text,
    location text, lines jsonb, awards jsonb, occurred_at timestamptz, recorded_at timestamptz)
), new_entries AS (
  INSERT INTO ledger_entries (workspace_id, id, customer_id, card_id, type, sequence, points, balance_after,
    transaction_id, earn_rule_version_id, expires_at, occurred_at, recorded_at)
  SELECT $1, id, customer_id, card_id, type, sequence, points, balance_after, transaction_id, earn_rule_version_id,
    expires_at, occurred_at, recorded_at
  FROM json_to_recordset($10) AS r(id uuid, customer_id uuid, card_id uuid, type text, sequence int, points bigint,
    balance_after bigint, transaction_id uuid, earn_rule_version_id uuid, expires_at timestamptz,
    occurred_at timestamptz, recorded_at timestamptz)
), new_transitions AS (
  INSERT INTO tier_transitions (workspace_id, id, customer_id, structure_id, transaction_id, type, from_tier_id,
    to_tier_id, reason, measure, expires_at, late, retraction, occurred_at, recorded_at)
  SELECT $1, id, customer_id, structure_id, transaction_id, type, from_tier_id, to_tier_id, reason, measure, expires_at,
    late, retraction, occurred_at, recorded_at
  FROM json_to_recordset($11) AS r(id uuid, customer_id uuid, structure_id uuid, transaction_id uuid, type text,
    from_tier_id uuid, to_tier_id uuid, reason text, measure bigint, expires_at timestamptz, late boolean,
    retraction boolean, occurred_at timestamptz, recorded_at timestamptz)
), new_events AS (
  INSERT INTO events (workspace_id, id, type, customer_id, request_id, data, occurred_at, recorded_at)
  SELECT $1, id, type, customer_id, request_id, data, occurred_at, recorded_at
  FROM json_to_recordset($12) AS r(id uuid, type text, customer_id uuid, request_id text, data jsonb,
    occurred_at timestamptz, recorded_at timestamptz)
), new_keys AS (
  INSERT INTO idempotency_keys (workspace_id, key, fingerprint, result, created_at)
  SELECT $1, key, decode(fingerprint, 'hex'), result, created_at
  FROM json_to_recordset($13) AS r(key text, fingerprint text, result jsonb, created_at timestamptz)
  ON CONFLICT (workspace_id, key) DO UPDATE SET fingerprint = excluded.fingerprint, result = excluded.result,
    created_at = excluded.created_at
  WHERE idempotency_keys.created_at <= $14
  RETURNING 1
)
SELECT count(*) AS keys FROM new_keys`;

export class MemberRepository {
  readonly #client: Queryable;
  readonly #workspaceId: string;

  /** @param client a connection inside a transaction for the methods that lock or write */
  constructor(client: Queryable, workspaceId: string) {
    this.#client = client;
    this.#workspaceId = workspaceId;
  }

  /** Locks the members, and reads which configuration is in force. Members that do not exist are missing. */
  async lock(ids: readonly string[], externalIds: readonly string[]): Promise<LockedMembers> {
    const { rows } = await this.#client.query<LockRow>({
      name: 'lock_members',
      text: LOCK,
      values: [this.#workspaceId, ids, externalIds],
    });
    return {
      configurationVersion: rows[0]?.configuration_version ?? null,
      members: rows.flatMap((row) =>
        row.id === null ? [] : [{ customer: toCustomer(row), settledAt: row.settled_at.getTime() }],
      ),
    };
  }

  /** The state of locked members, and what is known of keys and references. */
  async load(
    members: readonly LockedMember[],
    wanted: {
      readonly keys: readonly string[];
      readonly keysSince: number;
      readonly references: readonly { readonly source: string; readonly reference: string }[];
    },
    program: Program,
  ): Promise<LoadedMembers> {
    const { rows } = await this.#client.query<StateRow & { keys: KeyTuple[]; references: ReferenceTuple[] }>({
      name: 'load_members',
      text: LOAD,
      values: [
        this.#workspaceId,
        members.map(({ customer }) => customer.id),
        wanted.keys,
        instantToSql(wanted.keysSince),
        wanted.references.map(({ source }) => source),
        wanted.references.map(({ reference }) => reference),
      ],
    });
    const row = only(rows);
    return {
      states: toStates(
        members.map(({ customer, settledAt }) => ({ customerId: customer.id, joinedAt: customer.joinedAt, settledAt })),
        row,
        program,
      ),
      keys: new Map(row.keys.map(([key, fingerprint, result]) => [key, { key, fingerprint, result }])),
      references: row.references.map(([source, reference, transactionId, customerId, amount, currency]) => ({
        source,
        reference,
        transactionId,
        customerId,
        amount,
        currency,
      })),
    };
  }

  /** The settled state of members and the configuration in force, as of one instant, without locking. */
  async read(customerIds: readonly string[]): Promise<StoredMembers> {
    const { rows } = await this.#client.query<ReadRow>({
      name: 'read_members',
      text: READ,
      values: [this.#workspaceId, customerIds],
    });
    return toStored(only(rows));
  }

  /**
   * The settled state of members with everything that was ever recorded of them, as of one instant: a
   * history read later could tell of cards that the state does not have yet.
   */
  async readWithHistory(
    customerIds: readonly string[],
  ): Promise<StoredMembers & { readonly histories: ReadonlyMap<string, MemberHistory> }> {
    const { rows } = await this.#client.query<ReadRow & HistoryRow>({
      name: 'read_members_with_history',
      text: READ_WITH_HISTORY,
      values: [this.#workspaceId, customerIds],
    });
    const row = only(rows);
    return { ...toStored(row), histories: toHistories(customerIds, row) };
  }

  /** Everything that was ever recorded of the members, which must be locked. */
  async history(customerIds: readonly string[]): Promise<ReadonlyMap<string, MemberHistory>> {
    const { rows } = await this.#client.query<HistoryRow>({
      name: 'member_history',
      text: HISTORY,
      values: [this.#workspaceId, customerIds],
    });
    return toHistories(customerIds, only(rows));
  }

  /**
   * Writes everything in one statement.
   * @param keysBefore keys older than this may be used anew
   * @throws KeyClaimedError if another transaction committed one of the keys first
   */
  async write(changes: MemberChanges, keysBefore: number): Promise<void> {
    const { rows } = await this.#client.query<{ keys: bigint }>({
      name: 'write_members',
      text: WRITE,
      values: [this.#workspaceId, ...documents(changes), instantToSql(keysBefore)],
    });
    if (only(rows).keys !== BigInt(changes.keys.length)) throw new KeyClaimedError();
  }
}

/** One JSON document for each table, in the order of the statement's parameters from $2 on. */
function documents(changes: MemberChanges): string[] {
  const settledAt = new Map(changes.states.map(({ after }) => [after.customerId, after.settledAt]));
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
      settled_at: instantToSql(settledAt.get(customer.id) ?? customer.joinedAt),
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
    [...settledAt]
      .filter(([id]) => !created.has(id))
      .map(([id, settled]) => ({ id, settled_at: instantToSql(settled) })),
    cards.map(({ customerId, card }) => ({
      id: card.id,
      customer_id: customerId,
      card_definition_id: card.cardDefinitionId,
      balance: String(card.balance),
      sequence: card.sequence,
    })),
    cards.flatMap(({ before, card }) =>
      card.lots
        .filter((lot) => before?.lots.find(({ expiresAt }) => expiresAt === lot.expiresAt)?.points !== lot.points)
        .map((lot) => ({
          card_id: card.id,
          expires_at: instantToSql(lot.expiresAt),
          points: String(lot.points),
          earned_at: instantToSql(lot.earnedAt),
        })),
    ),
    cards.flatMap(({ before, card }) =>
      (before?.lots ?? [])
        .filter((lot) => !card.lots.some(({ expiresAt }) => expiresAt === lot.expiresAt))
        .map((lot) => ({ card_id: card.id, expires_at: instantToSql(lot.expiresAt) })),
    ),
    changes.states.flatMap(({ before, after }) => membershipRows(before, after)),
    changes.transactions.map(transactionRow),
    changes.entries.map(entryRow),
    changes.transitions.map(transitionRow),
    changes.events.map((event) => ({
      id: event.id,
      type: event.type,
      customer_id: event.customerId,
      request_id: event.requestId,
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
  return before?.sequence !== after.sequence || before.balance !== after.balance || before.lots !== after.lots;
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
      window_starts_at: window === undefined ? null : instantToSql(window.start),
      window_earned: window === undefined ? null : String(window.earned),
    };
  });
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
    awards: transaction.awards.map((award) => ({
      ...award,
      points: String(award.points),
      expiresAt: award.expiresAt === NEVER ? null : award.expiresAt,
    })),
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
    earn_rule_version_id: entry.earnRuleVersionId,
    expires_at: instantToSql(entry.expiresAt),
    occurred_at: instantToSql(entry.occurredAt),
    recorded_at: instantToSql(entry.recordedAt),
  };
}

function transitionRow(transition: TierTransition) {
  return {
    id: transition.id,
    customer_id: transition.customerId,
    structure_id: transition.structureId,
    transaction_id: transition.transactionId,
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

function toStored(row: ReadRow): StoredMembers {
  const members = row.members.map(([customerId, joinedAt, settledAt]) => ({ customerId, joinedAt, settledAt }));
  return {
    configurationVersion: BigInt(row.configuration_version),
    states: (program) => toStates(members, row, program),
  };
}

function toHistories(customerIds: readonly string[], row: HistoryRow): ReadonlyMap<string, MemberHistory> {
  const histories = new Map(
    customerIds.map((id) => [
      id,
      { facts: [] as EarnFact[], expirations: [] as Expiration[], transitions: [] as RecordedTransition[] },
    ]),
  );
  const creditsByTransaction = new Map<string, Credit[]>();
  for (const [customerId, cardDefinitionId, type, points, expiresAt, occurredAt, transactionId] of row.entries) {
    const history = histories.get(customerId);
    if (type === 'EXPIRATION') {
      history?.expirations.push({ cardDefinitionId, points: -BigInt(points), occurredAt });
      continue;
    }
    const credits = creditsByTransaction.get(transactionId ?? '') ?? [];
    if (credits.length === 0) {
      creditsByTransaction.set(transactionId ?? '', credits);
      history?.facts.push({ occurredAt, credits });
    }
    credits.push({ cardDefinitionId, points: BigInt(points), expiresAt: expiresAt ?? NEVER });
  }
  for (const tuple of row.transitions) {
    const [customerId, structureId, type, fromTierId, toTierId, reason, measure, expiresAt, occurredAt, retraction] = tuple;
    histories.get(customerId)?.transitions.push({
      structureId,
      type,
      fromTierId,
      toTierId,
      reason,
      measure: BigInt(measure),
      expiresAt: expiresAt ?? NEVER,
      occurredAt,
      retraction,
    });
  }
  return histories;
}

function toStates(
  members: readonly Pick<MemberState, 'customerId' | 'joinedAt' | 'settledAt'>[],
  row: StateRow,
  program: Program,
): ReadonlyMap<string, MemberState> {
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
  for (const [cardId, expiresAt, points, earnedAt] of row.lots) {
    const lots = lotsByCard.get(cardId) ?? [];
    lots.push({ expiresAt: expiresAt ?? NEVER, points: BigInt(points), earnedAt });
    lotsByCard.set(cardId, lots);
  }
  for (const [customerId, id, cardDefinitionId, balance, sequence] of row.cards) {
    const card = { id, cardDefinitionId, balance: BigInt(balance), sequence, lots: lotsByCard.get(id) ?? [] };
    states.get(customerId)?.cards.set(cardDefinitionId, card);
  }
  for (const tuple of row.memberships) {
    const [customerId, structureId, tierId, since, anchoredAt, terms, expiresAt, steppedDownAt, windowStart, earned] = tuple;
    const state = states.get(customerId);
    state?.memberships.set(structureId, {
      structureId,
      tierId,
      since,
      anchoredAt,
      terms,
      expiresAt: expiresAt ?? NEVER,
      steppedDownAt,
    });
    const period = program.windowPeriods.get(structureId);
    if (period !== undefined && windowStart !== null && earned !== null) {
      state?.windows.set(structureId, { ...program.calendar.windowAt(windowStart, period), earned: BigInt(earned) });
    }
  }
  return states;
}

function toCustomer(row: LockedCustomerRow): Customer {
  return {
    id: row.id,
    externalId: row.external_id,
    name: row.name,
    email: row.email,
    metadata: row.metadata,
    joinedAt: row.joined_at.getTime(),
    createdAt: row.created_at.getTime(),
    updatedAt: row.updated_at?.getTime() ?? null,
    version: row.version,
  };
}

function optionalInstant(instant: number | null): string | null {
  return instant === null ? null : instantToSql(instant);
}

function only<Row>(rows: readonly Row[]): Row {
  const [row] = rows;
  if (row === undefined) throw new Error('The statement answers with one row.');
  return row;
}

interface LockedCustomerRow {
  readonly configuration_version: bigint;
  readonly id: string;
  readonly external_id: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly metadata: Record<string, unknown>;
  readonly joined_at: Date;
  readonly settled_at: Date;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date | null;
}

type LockRow = LockedCustomerRow | { readonly configuration_version: bigint; readonly id: null };

interface StateRow {
  readonly cards: readonly [customerId: string, id: string, cardDefinitionId: string, balance: string, sequence: number][];
  readonly lots: readonly [cardId: string, expiresAt: number | null, points: string, earnedAt: number][];
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
  ][];
}

interface ReadRow extends StateRow {
  readonly configuration_version: string;
  readonly members: readonly MemberTuple[];
}

interface HistoryRow {
  readonly entries: readonly EntryTuple[];
  readonly transitions: readonly TransitionTuple[];
}

type MemberTuple = [customerId: string, joinedAt: number, settledAt: number];
type KeyTuple = [key: string, fingerprint: string, result: IdempotentResult];
type ReferenceTuple = [
  source: string,
  reference: string,
  transactionId: string,
  customerId: string,
  amount: string,
  currency: string,
];
type EntryTuple = [
  customerId: string,
  cardDefinitionId: string,
  type: 'EARN' | 'EXPIRATION',
  points: string,
  expiresAt: number | null,
  occurredAt: number,
  transactionId: string | null,
];
type TransitionTuple = [
  customerId: string,
  structureId: string,
  type: RecordedTransition['type'],
  fromTierId: string | null,
  toTierId: string | null,
  reason: RecordedTransition['reason'],
  measure: string,
  expiresAt: number | null,
  occurredAt: number,
  retraction: boolean,
];

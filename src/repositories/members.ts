import type pg from 'pg';
import type { IdempotentResult } from '../domain/idempotency.ts';
import type { Customer } from '../domain/customers.ts';
import type { LedgerEntry } from '../domain/ledger.ts';
import { batchIdFrom } from '../domain/events.ts';
import type { MemberHistory, MemberState } from '../domain/members.ts';
import type { Operation } from '../domain/operations.ts';
import type { Program } from '../domain/program.ts';
import type { StoredRewards } from '../domain/reward-verification.ts';
import { instantToSql } from '../database/columns.ts';
import type { HistoryRow, JournalTuple, MemberTuple, RewardsRow, StateRow, StoredMember } from '../database/member-rows.ts';
import { toEntries, toHistories, toMember, toRewards, toStates } from '../database/member-rows.ts';
import { sqlState } from '../database/errors.ts';
import type { MemberChanges, RecordedKey } from '../database/member-documents.ts';
import { memberDocuments, operationDocument } from '../database/member-documents.ts';

/**
 * Members' state, read and written for many members at once: a fixed number of statements whatever
 * the number of members. The statements are written by hand because they are the hot path, and named
 * so that each connection plans them once. Rows travel as one JSON document per table.
 */

export interface LockedMember {
  readonly customer: Customer;
  readonly stored: StoredMember;
  /** Number of the member's last event. */
  readonly eventSequence: number;
}

export interface LockedMembers {
  /** Null if there is no such workspace. */
  readonly configurationVersion: bigint | null;
  /** The instant at which the workspace's clock is frozen; null if it runs. */
  readonly clockFrozenAt: number | null;
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

/** What tells operations apart besides their id. */
export interface OperationReference {
  readonly type: Operation['type'];
  readonly source: string;
  readonly reference: string;
}

export type { MemberChanges, MemberEvent, RecordedKey, RecordedMemberEvent } from '../database/member-documents.ts';
export { NO_MEMBER_CHANGES } from '../database/member-documents.ts';

/** What is stored of members; the configuration decides how it is read. */
export interface StoredMembers {
  readonly configurationVersion: bigint;
  /** The instant at which the workspace's clock is frozen; null if it runs. */
  readonly clockFrozenAt: number | null;
  states(program: Program): ReadonlyMap<string, MemberState>;
}

export interface RecordedMembers {
  readonly histories: ReadonlyMap<string, MemberHistory>;
  /** By customer; of each card in the order of their numbers. */
  readonly entries: ReadonlyMap<string, readonly LedgerEntry[]>;
  /** By customer; who never had any is missing. */
  readonly rewards: ReadonlyMap<string, StoredRewards>;
  /** The change of structures after which every member of the workspace has been settled; null if none was seen to its end. */
  readonly structuresSettledAt: number | null;
}

export interface LoadedMembers {
  states(members: readonly LockedMember[], program: Program): ReadonlyMap<string, MemberState>;
  /** Those that are not honoured any more included. */
  readonly keys: readonly (RecordedKey & { readonly createdAt: number })[];
  readonly references: readonly RecordedReference[];
}

/** Another transaction used one of the keys first. The command must be run again to see what it did. */
export class KeyClaimedError extends Error {
  constructor() {
    super('An idempotency key was claimed by another transaction.');
    this.name = 'KeyClaimedError';
  }
}

const DIVISION_BY_ZERO = '22012';
/** More rows than a batch can ever change. */
const ROWS_MAX = 10_000_000;

type Queryable = Pick<pg.PoolClient, 'query'>;

const MS = (column: string) => `(extract(epoch FROM nullif(${column}, 'infinity')) * 1000)::bigint`;
/** What was never worked out is due since long ago. */
const DUE_MS = `CASE WHEN next_due_at = 'infinity' THEN NULL
  ELSE (extract(epoch FROM greatest(next_due_at, '0001-01-01Z')) * 1000)::bigint END`;

const MEMBER = `json_build_array(id, ${MS('joined_at')}, ${MS('settled_at')}, ${DUE_MS}, sequence, cap_usage, reward_progress)`;

// Whom a command means: ids as they are, external ids looked up one by one.
const NAMED = `
named AS MATERIALIZED (
  SELECT unnest($2::uuid[]) AS id
  UNION
  SELECT c.id FROM unnest($3::text[]) AS given(external_id) CROSS JOIN LATERAL (
    SELECT id FROM customers WHERE workspace_id = $1 AND external_id = given.external_id OFFSET 0) c
)`;

// Members are locked in the order of their ids, so that two batches never wait for each other in a
// circle. The workspace is share-locked: a change of configuration waits for us, and we for it.
const LOCK = `
WITH workspace AS (
  SELECT configuration_version, clock_frozen_at FROM workspaces WHERE workspace_id = $1 FOR SHARE
), ${NAMED}, member AS (
  SELECT c.* FROM (SELECT id FROM named ORDER BY id) n CROSS JOIN LATERAL (
    SELECT id, external_id, name, email, metadata, joined_at, version, created_at, updated_at, event_sequence,
      ${MEMBER} AS stored
    FROM customers WHERE workspace_id = $1 AND id = n.id
    FOR UPDATE) c
)
SELECT workspace.configuration_version, workspace.clock_frozen_at, member.* FROM workspace LEFT JOIN member ON true`;

/** Each once: what was recorded of somebody counts once, however often they are asked for. */
const MEMBERS_ONCE = '(SELECT DISTINCT unnest($2::uuid[]))';

// Each table is entered member by member through its own key: as a plain join, the planner would at
// times read all of a workspace, as long as it knows nothing of how large workspaces are.
const statesOf = (members: string) => `
  (SELECT coalesce(json_agg(json_build_array(m.id, c.id, c.card_definition_id, c.balance::text, c.sequence, c.pending,
     ${MS('c.sliding_expires_at')}, encode(c.head, 'hex'))), '[]')
   FROM ${members} AS m(id) CROSS JOIN LATERAL (
     SELECT * FROM cards WHERE workspace_id = $1 AND customer_id = m.id OFFSET 0) c) AS cards,
  (SELECT coalesce(json_agg(json_build_array(l.card_id, ${MS('l.expires_at')}, l.points::text, ${MS('l.earned_at')}, l.sliding)
     ORDER BY l.expires_at, l.earned_at, l.sliding), '[]')
   FROM ${members} AS m(id) CROSS JOIN LATERAL (
     SELECT id FROM cards WHERE workspace_id = $1 AND customer_id = m.id OFFSET 0) c CROSS JOIN LATERAL (
     SELECT * FROM lots WHERE workspace_id = $1 AND card_id = c.id OFFSET 0) l) AS lots,
  (SELECT coalesce(json_agg(json_build_array(m.id, s.structure_id, s.tier_id, ${MS('s.since')}, ${MS('s.anchored_at')}, s.terms,
     ${MS('s.expires_at')}, ${MS('s.stepped_down_at')}, ${MS('s.window_starts_at')}, s.window_earned::text,
     s.window_days, ${MS('s.grace_ends_at')}, s.entry_awards, s.balance::text)), '[]')
   FROM ${members} AS m(id) CROSS JOIN LATERAL (
     SELECT * FROM memberships WHERE workspace_id = $1 AND customer_id = m.id OFFSET 0) s) AS memberships`;

const READ = `
SELECT w.configuration_version::text AS configuration_version, ${MS('w.clock_frozen_at')} AS clock_frozen_at,
  (SELECT coalesce(json_agg(${MEMBER} ORDER BY id), '[]')
   FROM ${MEMBERS_ONCE} AS m(customer_id) CROSS JOIN LATERAL (
     SELECT * FROM customers WHERE workspace_id = $1 AND id = m.customer_id OFFSET 0) c) AS members,
  ${statesOf('unnest($2::uuid[])')}`;

const READ_FROM = `
FROM workspaces w WHERE w.workspace_id = $1`;

// It goes out right behind the lock and sees what that has waited for: each statement has a snapshot of its own.
const LOAD = `
WITH ${NAMED}
SELECT ${statesOf('named')},
  (SELECT coalesce(json_agg(json_build_array(k.key, encode(k.fingerprint, 'hex'), k.result, ${MS('k.created_at')})), '[]')
   FROM unnest($4::text[]) AS wanted(key) CROSS JOIN LATERAL (
     SELECT * FROM idempotency_keys WHERE workspace_id = $1 AND key = wanted.key OFFSET 0) k) AS keys,
  (SELECT coalesce(json_agg(json_build_array(t.source, t.reference, t.id, t.customer_id, t.amount::text, t.currency)), '[]')
   FROM unnest($5::text[], $6::text[]) AS r(source, reference) CROSS JOIN LATERAL (
     SELECT * FROM transactions WHERE workspace_id = $1 AND source = r.source AND reference = r.reference OFFSET 0) t) AS references`;

const historiesWith = (journal: string) => `
  (SELECT coalesce(json_agg(json_build_array(e.customer_id, c.card_definition_id, e.type, e.points::text, e.pending,
     ${MS('e.occurred_at')}, ${MS('e.recorded_at')}, e.transaction_id, e.operation_id, e.tier_id, e.earn_rule_version_id,
     ${MS('e.expires_at')}, e.sliding, ${MS('e.activates_at')}, t.sequence${journal}) ORDER BY e.recorded_at, e.id), '[]')
   FROM ${MEMBERS_ONCE} AS m(id) CROSS JOIN LATERAL (
     SELECT * FROM ledger_entries WHERE workspace_id = $1 AND customer_id = m.id OFFSET 0) e CROSS JOIN LATERAL (
     SELECT card_definition_id FROM cards WHERE workspace_id = $1 AND id = e.card_id OFFSET 0) c LEFT JOIN LATERAL (
     SELECT sequence FROM transactions WHERE workspace_id = $1 AND id = e.transaction_id AND e.type = 'EARN' OFFSET 0) t ON true) AS entries,
  (SELECT coalesce(json_agg(json_build_array(o.id, customer_id, type, source, reference, card_definition_id, transaction_id, related_id,
     points::text, sequence, ${MS('occurred_at')}, ${MS('recorded_at')}, data)), '[]')
   FROM ${MEMBERS_ONCE} AS m(id) CROSS JOIN LATERAL (
     SELECT * FROM operations WHERE workspace_id = $1 AND customer_id = m.id OFFSET 0) o) AS operations,
  (SELECT coalesce(json_agg(json_build_array(customer_id, structure_id, type, from_tier_id, to_tier_id, reason, measure::text,
     ${MS('expires_at')}, ${MS('occurred_at')}, ${MS('recorded_at')}, retraction) ORDER BY recorded_at, t.id), '[]')
   FROM ${MEMBERS_ONCE} AS m(id) CROSS JOIN LATERAL (
     SELECT * FROM tier_transitions WHERE workspace_id = $1 AND customer_id = m.id OFFSET 0) t) AS transitions`;

const HISTORIES = historiesWith('');

const HISTORY = `
SELECT ${HISTORIES}`;

const READ_WITH_HISTORY = `${READ},
  ${HISTORIES}
  ${READ_FROM}`;

/** With what only the chain needs of the entries, and what is kept of rewards. */
const READ_TO_VERIFY = `${READ},
  ${historiesWith(`, e.id, e.card_id, e.sequence, e.balance_after::text, encode(e.hash, 'hex')`)},
  (SELECT coalesce(json_agg(json_build_array(m.id, r.id, r.reward_id, r.grant_id, r.stocked, r.status, ${MS('r.issued_at')},
     ${MS('r.proof_expires_at')}, ${MS('r.confirmed_at')}, ${MS('r.cancelled_at')}) ORDER BY r.id), '[]')
   FROM ${MEMBERS_ONCE} AS m(id) CROSS JOIN LATERAL (
     SELECT * FROM redemptions WHERE workspace_id = $1 AND customer_id = m.id OFFSET 0) r) AS redemptions,
  (SELECT coalesce(json_agg(json_build_array(m.id, g.id, g.reward_id, g.transaction_id, g.stocked, ${MS('g.granted_at')},
     ${MS('g.expires_at')}, g.redemption_id, ${MS('g.revoked_at')}, g.revoked_by, t.customer_id, ${MS('t.recorded_at')}) ORDER BY g.id), '[]')
   FROM ${MEMBERS_ONCE} AS m(id) CROSS JOIN LATERAL (
     SELECT * FROM reward_grants WHERE workspace_id = $1 AND customer_id = m.id OFFSET 0) g
   LEFT JOIN LATERAL (SELECT * FROM transactions WHERE workspace_id = $1 AND id = g.transaction_id OFFSET 0) t ON true) AS grants,
  (SELECT ${MS('structures_settled_at')} FROM due_work WHERE workspace_id = $1) AS structures_settled_at
  ${READ_FROM}`;

// A profile and a settlement of the same customer are one update: a statement changes a row only once. The limits only say
// that rows are few: without them the planner takes a document for a hundred rows, and reads all of a workspace to find them.
const WRITE = `
WITH new_customers AS (
  INSERT INTO customers (workspace_id, id, external_id, name, email, metadata, joined_at, settled_at, sequence, next_due_at,
    cap_usage, reward_progress, event_sequence, version, created_at)
  SELECT $1, id, external_id, name, email, metadata, joined_at, settled_at, sequence, next_due_at, cap_usage, reward_progress,
    event_sequence, version, created_at
  FROM json_to_recordset($2) AS r(id uuid, external_id text, name text, email text, metadata jsonb,
    joined_at timestamptz, settled_at timestamptz, sequence int, next_due_at timestamptz, cap_usage jsonb, reward_progress jsonb,
    event_sequence int, version int, created_at timestamptz)
), changed_customers AS (
  UPDATE customers c SET name = CASE WHEN r.version IS NULL THEN c.name ELSE r.name END,
    email = CASE WHEN r.version IS NULL THEN c.email ELSE r.email END, metadata = coalesce(r.metadata, c.metadata),
    version = coalesce(r.version, c.version), updated_at = coalesce(r.updated_at, c.updated_at),
    settled_at = coalesce(r.settled_at, c.settled_at), sequence = coalesce(r.sequence, c.sequence),
    next_due_at = coalesce(r.next_due_at, c.next_due_at), cap_usage = coalesce(r.cap_usage, c.cap_usage),
    reward_progress = coalesce(r.reward_progress, c.reward_progress), event_sequence = coalesce(r.event_sequence, c.event_sequence)
  FROM (SELECT * FROM (
    SELECT * FROM json_to_recordset($3) AS p(id uuid, name text, email text, metadata jsonb, version int, updated_at timestamptz)
    FULL JOIN json_to_recordset($4) AS s(id uuid, settled_at timestamptz, sequence int, next_due_at timestamptz,
      cap_usage jsonb, reward_progress jsonb, event_sequence int)
      USING (id)
  ) given LIMIT $18) r
  WHERE c.workspace_id = $1 AND c.id = r.id
), moved_cards AS (
  UPDATE cards c SET balance = r.balance, sequence = r.sequence, head = decode(r.head, 'hex'), pending = r.pending,
    sliding_expires_at = r.sliding_expires_at
  FROM (SELECT * FROM json_to_recordset($14) AS given(id uuid, balance bigint, sequence int, head text, pending jsonb,
    sliding_expires_at timestamptz) LIMIT $18) r
  WHERE c.workspace_id = $1 AND c.id = r.id
), new_cards AS (
  INSERT INTO cards (workspace_id, id, customer_id, card_definition_id, balance, sequence, head, pending, sliding_expires_at)
  SELECT $1, id, customer_id, card_definition_id, balance, sequence, decode(head, 'hex'), pending, sliding_expires_at
  FROM json_to_recordset($5) AS r(id uuid, customer_id uuid, card_definition_id uuid, balance bigint, sequence int,
    head text, pending jsonb, sliding_expires_at timestamptz)
), changed_lots AS (
  INSERT INTO lots (workspace_id, card_id, expires_at, sliding, points, earned_at)
  SELECT $1, card_id, expires_at, sliding, points, earned_at
  FROM json_to_recordset($6) AS r(card_id uuid, expires_at timestamptz, sliding boolean, points bigint, earned_at timestamptz)
  ON CONFLICT (workspace_id, card_id, expires_at, sliding) DO UPDATE SET points = excluded.points, earned_at = excluded.earned_at
), gone_lots AS (
  DELETE FROM lots l
  USING (SELECT * FROM json_to_recordset($7) AS given(card_id uuid, expires_at timestamptz, sliding boolean) LIMIT $18) r
  WHERE l.workspace_id = $1 AND l.card_id = r.card_id AND l.expires_at = r.expires_at AND l.sliding = r.sliding
), moved_memberships AS (
  UPDATE memberships m SET anchored_at = r.anchored_at, expires_at = r.expires_at, window_starts_at = r.window_starts_at,
    window_earned = r.window_earned, window_days = r.window_days, balance = r.balance
  FROM (SELECT * FROM json_to_recordset($15) AS given(customer_id uuid, structure_id uuid, anchored_at timestamptz,
    expires_at timestamptz, window_starts_at timestamptz, window_earned bigint, window_days jsonb, balance bigint) LIMIT $18) r
  WHERE m.workspace_id = $1 AND m.customer_id = r.customer_id AND m.structure_id = r.structure_id
), changed_memberships AS (
  INSERT INTO memberships (workspace_id, customer_id, structure_id, tier_id, since, anchored_at, terms, expires_at,
    stepped_down_at, window_starts_at, window_earned, window_days, grace_ends_at, entry_awards, balance)
  SELECT $1, customer_id, structure_id, tier_id, since, anchored_at, terms, expires_at, stepped_down_at,
    window_starts_at, window_earned, window_days, grace_ends_at, entry_awards, balance
  FROM json_to_recordset($8) AS r(customer_id uuid, structure_id uuid, tier_id uuid, since timestamptz,
    anchored_at timestamptz, terms int, expires_at timestamptz, stepped_down_at timestamptz,
    window_starts_at timestamptz, window_earned bigint, window_days jsonb, grace_ends_at timestamptz, entry_awards jsonb, balance bigint)
  ON CONFLICT (workspace_id, customer_id, structure_id) DO UPDATE SET tier_id = excluded.tier_id, since = excluded.since,
    anchored_at = excluded.anchored_at, terms = excluded.terms, expires_at = excluded.expires_at,
    stepped_down_at = excluded.stepped_down_at, window_starts_at = excluded.window_starts_at,
    window_earned = excluded.window_earned, window_days = excluded.window_days, grace_ends_at = excluded.grace_ends_at,
    entry_awards = excluded.entry_awards, balance = excluded.balance
), new_transactions AS (
  INSERT INTO transactions (workspace_id, id, customer_id, source, reference, amount, currency, location, lines, awards,
    sequence, occurred_at, recorded_at)
  SELECT $1, id, customer_id, source, reference, amount, currency, location, lines, awards, sequence, occurred_at, recorded_at
  FROM json_to_recordset($9) AS r(id uuid, customer_id uuid, source text, reference text, amount numeric, currency text,
    location text, lines jsonb, awards jsonb, sequence int, occurred_at timestamptz, recorded_at timestamptz)
), new_entries AS (
  INSERT INTO ledger_entries (workspace_id, id, customer_id, card_id, type, sequence, points, balance_after,
    transaction_id, operation_id, tier_id, earn_rule_version_id, pending, activates_at, sliding, expires_at, occurred_at, recorded_at,
    hash)
  SELECT $1, id, customer_id, card_id, type, sequence, points, balance_after, transaction_id, operation_id, tier_id,
    earn_rule_version_id, pending, activates_at, sliding, expires_at, occurred_at, recorded_at, decode(hash, 'hex')
  FROM json_to_recordset($10) AS r(id uuid, customer_id uuid, card_id uuid, type text, sequence int, points bigint,
    balance_after bigint, transaction_id uuid, operation_id uuid, tier_id uuid, earn_rule_version_id uuid, pending boolean,
    activates_at timestamptz, sliding boolean, expires_at timestamptz, occurred_at timestamptz, recorded_at timestamptz, hash text)
), new_transitions AS (
  INSERT INTO tier_transitions (workspace_id, id, customer_id, structure_id, transaction_id, operation_id, type,
    from_tier_id, to_tier_id, reason, measure, expires_at, late, retraction, occurred_at, recorded_at)
  SELECT $1, id, customer_id, structure_id, transaction_id, operation_id, type, from_tier_id, to_tier_id, reason, measure,
    expires_at, late, retraction, occurred_at, recorded_at
  FROM json_to_recordset($11) AS r(id uuid, customer_id uuid, structure_id uuid, transaction_id uuid, operation_id uuid, type text,
    from_tier_id uuid, to_tier_id uuid, reason text, measure bigint, expires_at timestamptz, late boolean,
    retraction boolean, occurred_at timestamptz, recorded_at timestamptz)
), new_event_batch AS (
  INSERT INTO event_batches (workspace_id, id, written_at_us)
  SELECT $1, $19, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint WHERE $20::boolean
), new_events AS (
  INSERT INTO events (workspace_id, id, type, customer_id, sequence, request_id, command, api_key_id, data, occurred_at, recorded_at)
  SELECT $1, id, type, customer_id, sequence, request_id, command, api_key_id, data, occurred_at, recorded_at
  FROM json_to_recordset($12) AS r(id uuid, type text, customer_id uuid, sequence int, request_id text, command text,
    api_key_id uuid, data jsonb, occurred_at timestamptz, recorded_at timestamptz)
), new_keys AS (
  INSERT INTO idempotency_keys (workspace_id, key, fingerprint, result, created_at)
  SELECT $1, key, decode(fingerprint, 'hex'), result, created_at
  FROM json_to_recordset($13) AS r(key text, fingerprint text, result jsonb, created_at timestamptz)
  ON CONFLICT (workspace_id, key) DO UPDATE SET fingerprint = excluded.fingerprint, result = excluded.result,
    created_at = excluded.created_at
  WHERE idempotency_keys.created_at <= $16
  RETURNING 1
)
SELECT 1 / (CASE WHEN count(*) = $17::int THEN 1 ELSE 0 END) AS claimed FROM new_keys`;

const WRITE_OPERATIONS = `
INSERT INTO operations (workspace_id, id, customer_id, type, source, reference, card_definition_id, transaction_id, related_id,
  points, data, sequence, occurred_at, recorded_at)
SELECT $1, id, customer_id, type, source, reference, card_definition_id, transaction_id, related_id, points, data, sequence,
  occurred_at, recorded_at
FROM json_to_recordset($2) AS r(id uuid, customer_id uuid, type text, source text, reference text, card_definition_id uuid,
  transaction_id uuid, related_id uuid, points bigint, data jsonb, sequence int, occurred_at timestamptz, recorded_at timestamptz)`;

const FIND_OPERATIONS = `
SELECT o.type, o.source, o.reference, o.id
FROM unnest($2::text[], $3::text[], $4::text[]) AS r(type, source, reference) CROSS JOIN LATERAL (
  SELECT * FROM operations WHERE workspace_id = $1 AND type = r.type AND source = r.source AND reference = r.reference OFFSET 0) o`;

export class MemberRepository {
  readonly #client: Queryable;
  readonly #workspaceId: string;

  /** @param client a connection inside a transaction for the methods that lock or write */
  constructor(client: Queryable, workspaceId: string) {
    this.#client = client;
    this.#workspaceId = workspaceId;
  }

  /** From here on statements of this transaction wait so long for what others have locked, and then fail. */
  async limitWait(waitMs: number): Promise<void> {
    // A setting takes no parameters; this is a number of ours.
    await this.#client.query(`SET LOCAL lock_timeout = ${Math.round(waitMs)}`);
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
      clockFrozenAt: rows[0]?.clock_frozen_at?.getTime() ?? null,
      members: rows.flatMap((row) => (row.id === null ? [] : [{ customer: toCustomer(row), stored: toMember(row.stored), eventSequence: row.event_sequence }])),
    };
  }

  /** The state of the members, who must be locked, and what is known of keys and references. */
  async load(
    ids: readonly string[],
    externalIds: readonly string[],
    wanted: {
      readonly keys: readonly string[];
      readonly references: readonly { readonly source: string; readonly reference: string }[];
    },
  ): Promise<LoadedMembers> {
    const { rows } = await this.#client.query<StateRow & { keys: KeyTuple[]; references: ReferenceTuple[] }>({
      name: 'load_members',
      text: LOAD,
      values: [
        this.#workspaceId,
        ids,
        externalIds,
        wanted.keys,
        wanted.references.map(({ source }) => source),
        wanted.references.map(({ reference }) => reference),
      ],
    });
    const row = only(rows);
    return {
      states: (members, program) =>
        toStates(
          members.map(({ stored }) => stored),
          row,
          program,
        ),
      keys: row.keys.map(([key, fingerprint, result, createdAt]) => ({ key, fingerprint, result, createdAt })),
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
      text: `${READ} ${READ_FROM}`,
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

  /** The same, and every entry as it is stored, and what is kept of rewards. */
  async readToVerify(customerIds: readonly string[]): Promise<StoredMembers & RecordedMembers> {
    const { rows } = await this.#client.query<ReadRow & HistoryRow<JournalTuple> & RewardsRow & { readonly structures_settled_at: bigint | null }>({
      name: 'read_members_to_verify',
      text: READ_TO_VERIFY,
      values: [this.#workspaceId, customerIds],
    });
    const row = only(rows);
    return {
      ...toStored(row),
      histories: toHistories(customerIds, row),
      entries: toEntries(row.entries),
      rewards: toRewards(row),
      structuresSettledAt: row.structures_settled_at === null ? null : Number(row.structures_settled_at),
    };
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
   * Writes everything in one statement, and operations in a second one.
   * @param keysBefore keys older than this may be used anew
   * @param newId for the batch of events
   * @throws KeyClaimedError if another transaction committed one of the keys first
   */
  async write(changes: MemberChanges, keysBefore: number, newId: string): Promise<void> {
    const eventBatchId = batchIdFrom(newId);
    const written = [
      this.#client.query({
        name: 'write_members',
        text: WRITE,
        values: [
          this.#workspaceId,
          ...memberDocuments(changes, eventBatchId),
          instantToSql(keysBefore),
          changes.keys.length,
          ROWS_MAX,
          eventBatchId,
          changes.events.length > 0,
        ],
      }),
    ];
    if (changes.operations.length > 0) {
      const values = [this.#workspaceId, operationDocument(changes.operations)];
      written.push(this.#client.query({ name: 'write_operations', text: WRITE_OPERATIONS, values }));
    }
    try {
      await Promise.all(written);
    } catch (error) {
      // The statement itself fails if a key is missing, so that whatever is sent behind it cannot commit.
      throw sqlState(error) === DIVISION_BY_ZERO ? new KeyClaimedError() : error;
    }
  }

  /** The operations that were recorded before under the references. */
  async operationsByReferences(
    references: readonly OperationReference[],
  ): Promise<readonly (OperationReference & { readonly id: string })[]> {
    if (references.length === 0) return [];
    const { rows } = await this.#client.query<OperationReference & { readonly id: string }>({
      name: 'find_operations',
      text: FIND_OPERATIONS,
      values: [
        this.#workspaceId,
        references.map(({ type }) => type),
        references.map(({ source }) => source),
        references.map(({ reference }) => reference),
      ],
    });
    return rows;
  }
}

function toStored(row: ReadRow): StoredMembers {
  const members = row.members.map(toMember);
  return {
    configurationVersion: BigInt(row.configuration_version),
    clockFrozenAt: row.clock_frozen_at === null ? null : Number(row.clock_frozen_at),
    states: (program) => toStates(members, row, program),
  };
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

function only<Row>(rows: readonly Row[]): Row {
  const [row] = rows;
  if (row === undefined) throw new Error('The statement answers with one row.');
  return row;
}

interface LockedCustomerRow {
  readonly configuration_version: bigint;
  readonly clock_frozen_at: Date | null;
  readonly id: string;
  readonly external_id: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly metadata: Record<string, unknown>;
  readonly joined_at: Date;
  readonly stored: MemberTuple;
  readonly event_sequence: number;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date | null;
}

type LockRow = LockedCustomerRow | { readonly configuration_version: bigint; readonly clock_frozen_at: Date | null; readonly id: null };

interface ReadRow extends StateRow {
  readonly configuration_version: string;
  readonly clock_frozen_at: bigint | null;
  readonly members: readonly MemberTuple[];
}

type KeyTuple = [key: string, fingerprint: string, result: IdempotentResult, createdAt: number];
type ReferenceTuple = [
  source: string,
  reference: string,
  transactionId: string,
  customerId: string,
  amount: string,
  currency: string,
];

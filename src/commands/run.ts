import { createHash } from 'node:crypto';
import type { Database, TrailingWrite, Transaction } from '../database/client.ts';
import { withTrailingWrite, withTransaction } from '../database/client.ts';
import { isLockTimeout, isUniqueViolation } from '../database/errors.ts';
import type { ActivityAction, Origin } from '../domain/audit.ts';
import type { IdempotentResult } from '../domain/idempotency.ts';
import type { Customer } from '../domain/customers.ts';
import type { EventCause } from '../domain/events.ts';
import type { RewardMoves, RewardShelf } from '../domain/grants.ts';
import type { Effects, IdSource } from '../domain/ledger.ts';
import type { MemberHistory, MemberState } from '../domain/members.ts';
import { NO_HISTORY, newMember } from '../domain/members.ts';
import type { Operation } from '../domain/operations.ts';
import type { Problem } from '../domain/problem.ts';
import { checkIdempotencyKey, refused } from '../domain/problem.ts';
import type { Program } from '../domain/program.ts';
import type { Transaction as Purchase } from '../domain/purchases.ts';
import type { Instant } from '../domain/time.ts';
import { needsReplay } from '../domain/timeline.ts';
import { Commits } from '../platform/commits.ts';
import { RequestError } from '../platform/errors.ts';
import { isEventName } from '../platform/event-data.ts';
import type { IdKind } from '../platform/ids.ts';
import { idSource, newId, toPublicId } from '../platform/ids.ts';
import { ActivityRepository, IDEMPOTENCY_KEY_KEPT_MS } from '../repositories/activities.ts';
import { EventRepository } from '../repositories/events.ts';
import type {
  LockedMember,
  MemberChanges,
  MemberEvent,
  OperationReference,
  RecordedKey,
  RecordedMemberEvent,
  RecordedReference,
} from '../repositories/members.ts';
import { KeyClaimedError, MemberRepository } from '../repositories/members.ts';
import { ProgramCache } from '../repositories/program.ts';
import { WorkspaceRepository } from '../repositories/workspaces.ts';
import { RewardShelfRepository } from '../repositories/rewards.ts';
import { Batches } from './batches.ts';
import { EventNumbers, stockEvent } from './events.ts';
import type { Shelf } from './shelf.ts';
import { decideWithShelf } from './shelf.ts';

/**
 * The one way to write. A change of configuration is a transaction of its own that holds the workspace's
 * configuration. A change to members is decided together with others that came at the same time: lock
 * the members, load their state, decide each command in order in memory, write everything, commit.
 * Effect, audit entry, event and idempotency key commit together or not at all.
 */

/** What a change comes from. */
export interface Cause {
  readonly requestId: string;
  readonly origin: Origin;
}

/** Who asks, from where, and in which request. */
export interface Actor extends Cause {
  readonly workspaceId: string;
  readonly apiKeyId: string | null;
  /** Told when the answer is for a call that was carried out before, under the same idempotency key. */
  readonly replayed?: () => void;
}

/** A refusal, or what a command made. */
export type Outcome<T, Code extends string = string> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem<Code>[] };

/** A change of configuration, for its audit entry and its event. */
export interface ConfigurationChange {
  readonly kind: IdKind;
  readonly action: ActivityAction;
  /** The object that changed. */
  readonly subjectId: string;
  /** The object on whose page the change is listed; the subject itself if left out. */
  readonly objectId?: string;
  /** Null if the event is told in another way. */
  readonly eventType: string | null;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
}

/** What a configuration command works with, inside its transaction. */
export interface ConfigurationUnit {
  readonly transaction: Transaction;
  readonly workspaceId: string;
  /** As the workspace's clock tells it, which may be frozen. */
  readonly now: Instant;
  /** What events name as their cause. */
  readonly cause: EventCause;
  /** Writes the audit entry and the event of a change. */
  record(change: ConfigurationChange): Promise<void>;
  /** Writes an event besides those of changes. */
  tell(type: string, data: Readonly<Record<string, unknown>>): Promise<void>;
  /** Marks that the set of structures that judge members changes at that instant, to which a frozen clock moves on. Of several the last counts. */
  structuresChanged(at: Instant): void;
  /** Marks that the command leaves the configuration as it is, so that nobody has to read it again. */
  nothingChanged(): void;
  /** Marks that the command advances the workspace's clock: its idempotency key is kept from then on. */
  clockAdvanced(to: Instant): void;
}

export interface IdempotencyClaim {
  readonly key: string | null | undefined;
  readonly operation: string;
  readonly input: unknown;
}

type KeyProblem = Problem<'IDEMPOTENCY_KEY_PARAMETER_MISMATCH'>;

export type CustomerRef = { readonly id: string } | { readonly externalId: string };

/** A member as a command finds it when its turn comes. */
export interface FoundMember {
  readonly customer: Customer;
  readonly state: MemberState;
  readonly history: MemberHistory;
}

/** What a member command sees of the member, as it is when the command's turn comes. */
export interface MemberView {
  /** Null if there is no such customer. */
  readonly member: FoundMember | null;
  /** The other customer that the command names; null if it names none, or if there is none. */
  readonly other: FoundMember | null;
  /** The purchase that was recorded under the command's reference before. */
  readonly reference: RecordedReference | null;
  /** The operation that was recorded under the command's reference before. */
  readonly operationId: string | null;
  readonly program: Program;
  readonly ids: IdSource;
  /** As the workspace's clock tells it, which may be frozen. */
  readonly now: Instant;
  /** What is known of rewards. A decision on what it does not know is made again when it does. */
  readonly shelf: RewardShelf;
}

export interface MemberChange {
  readonly customer: Customer;
  readonly profile: 'NEW' | 'CHANGED' | 'SAME';
  /** Null if points and tiers stay as they are. */
  readonly effects: Effects | null;
  /** On the other customer. */
  readonly otherEffects?: Effects;
  readonly transaction: Purchase | null;
  readonly operations?: readonly Operation[];
  readonly moves?: RewardMoves;
  readonly events: readonly MemberEvent[];
  /** Kept under the idempotency key. */
  readonly result: IdempotentResult;
}

/** A command on a member, or on two. `decide` is pure; the batch around it does the reading and writing. */
export interface MemberCommand<T> {
  /** What its events name as their cause. */
  readonly cause: EventCause;
  readonly customer: CustomerRef;
  readonly other?: CustomerRef;
  readonly idempotency: { readonly key: string; readonly fingerprint: string } | null;
  /** The caller's own id of the purchase, which is recorded once. */
  readonly reference: { readonly source: string; readonly reference: string } | null;
  /** The caller's own id of the operation, which is recorded once. */
  readonly operationReference?: OperationReference;
  /** When the fact happened; null for now. A fact from the past may need the member's history. */
  readonly occurredAt: Instant | null;
  /** Whether the decision refers to what happened before. */
  readonly needsHistory?: boolean;
  readonly dryRun: boolean;
  decide(view: MemberView): { readonly outcome: T; readonly change: MemberChange | null };
  /** The answer when the same command was carried out before under this key. */
  replayed(result: IdempotentResult): T;
  /** The answer when the key was used for something else. */
  mismatched(problem: KeyProblem): T;
}

export interface RunnerOptions {
  readonly database: Database;
  /** Milliseconds since 1970. */
  readonly clock: () => Instant;
}

export class CommandRunner {
  /** Real time, by which API keys go; a workspace may have a clock of its own. */
  readonly clock: () => Instant;
  readonly database: Database;
  /** Shared with whoever reads, so that a configuration is read once. */
  readonly programs = new ProgramCache();
  /** Told of every commit with events, of other processes where they tell each other. */
  readonly commits = new Commits();
  readonly #batches: Batches<MemberCommand<unknown>, unknown>;

  constructor({ database, clock }: RunnerOptions) {
    this.database = database;
    this.clock = clock;
    this.#batches = new Batches({
      execute: (workspaceId, commands, decided, waitMs) => this.#executeBatch(workspaceId, commands, decided, waitMs),
      keysOf: namesOf,
      repetitionKeyOf: ({ idempotency }) => (idempotency === null ? null : nameOfKey(idempotency.key)),
      waitedInVain: ({ idempotency }) => waitedInVain(idempotency?.key),
      isLostRace: (error) =>
        error instanceof KeyClaimedError ||
        isUniqueViolation(error, 'transactions_reference_key') ||
        isUniqueViolation(error, 'operations_reference_key') ||
        isUniqueViolation(error, 'customers_external_id_key'),
    });
  }

  /** What it is now by the workspace's own clock. Whatever locks the configuration reads it there instead. */
  async now(workspaceId: string): Promise<Instant> {
    return (await new WorkspaceRepository(this.database.workspace(workspaceId).db, workspaceId).clockFrozenAt()) ?? this.clock();
  }

  /** Runs a command on a member together with others of the workspace. */
  member<T>(workspaceId: string, command: MemberCommand<T>): Promise<T> {
    return this.#batches.submit(workspaceId, command) as Promise<T>;
  }

  /** Waits until every member command has been answered. */
  settled(): Promise<void> {
    return this.#batches.settled();
  }

  /**
   * Runs a change of configuration in its own transaction. A refusal rolls everything back.
   * @param replay reads again what the command made when its idempotency key is repeated
   * @param newClock at which instant the clock of a workspace is frozen that the command makes; null for real time
   */
  async configuration<T, Code extends string>(
    actor: Actor,
    claim: IdempotencyClaim | null,
    work: (unit: ConfigurationUnit) => Promise<Outcome<{ readonly value: T; readonly result: IdempotentResult }, Code>>,
    replay?: (transaction: Transaction, result: IdempotentResult) => Promise<T>,
    newClock: Instant | null = null,
  ): Promise<Outcome<T, Code | 'INVALID_IDEMPOTENCY_KEY' | 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH'>> {
    const problems = checkIdempotencyKey(claim?.key);
    if (problems.length > 0) return refused(...problems);
    let replayed = false;
    try {
      const outcome = await withTransaction<Outcome<T, Code>>(this.database.workspace(actor.workspaceId), async (transaction) => {
        const frozenAt = await new WorkspaceRepository(transaction, actor.workspaceId).lockConfiguration();
        const now = frozenAt ?? newClock ?? this.clock();
        const activities = new ActivityRepository(transaction, actor.workspaceId);
        const key = claim?.key ?? null;
        const fingerprint = claim === null ? '' : fingerprintOf(claim);
        const known = key === null ? null : await activities.findKey(key, now);
        if (known !== null) {
          if (known.fingerprint.toString('hex') !== fingerprint || replay === undefined) throw new Refusal([KEY_MISMATCH]);
          replayed = true;
          return { ok: true, value: await replay(transaction, known.result) };
        }
        let structuresChangedAt: Instant | null = null;
        let keptFrom = now;
        let changed = true;
        const done = await work({
          transaction,
          workspaceId: actor.workspaceId,
          now,
          cause: { requestId: actor.requestId, command: commandOf(claim), apiKeyId: actor.apiKeyId },
          record: (change) => recordChange(transaction, actor, commandOf(claim), change, now),
          tell: (type, data) => tell(transaction, actor, commandOf(claim), type, data, now),
          structuresChanged: (at) => void (structuresChangedAt = Math.max(at, structuresChangedAt ?? at)),
          nothingChanged: () => void (changed = false),
          clockAdvanced: (to) => void (keptFrom = to),
        });
        if (!done.ok) throw new Refusal(done.problems);
        if (changed) await new WorkspaceRepository(transaction, actor.workspaceId).touchConfiguration(structuresChangedAt);
        if (key !== null) await activities.insertKey(key, Buffer.from(fingerprint, 'hex'), done.value.result, keptFrom);
        return { ok: true, value: done.value.value };
      });
      if (replayed) actor.replayed?.();
      else if (outcome.ok) this.commits.tell(actor.workspaceId);
      return outcome;
    } catch (error) {
      // Thrown to roll back, caught to answer: whatever the command wrote before it was refused is gone.
      if (error instanceof Refusal) return { ok: false, problems: error.problems as readonly Problem<Code>[] };
      throw isLockTimeout(error) ? waitedInVain(claim?.key) : error;
    }
  }

  async #executeBatch(
    workspaceId: string,
    commands: readonly MemberCommand<unknown>[],
    decided: () => void,
    waitMs: number | null,
  ): Promise<unknown[]> {
    let hasEvents = false;
    const outcomes = await withTrailingWrite(this.database.workspace(workspaceId), (transaction) =>
      this.#decideBatch(transaction, workspaceId, commands, waitMs, (changes) => {
        hasEvents = changes !== null && changes.events.length > 0;
        decided();
      }),
    );
    if (hasEvents) this.commits.tell(workspaceId);
    return outcomes;
  }

  async #decideBatch(
    transaction: Transaction,
    workspaceId: string,
    commands: readonly MemberCommand<unknown>[],
    waitMs: number | null,
    decided: (changes: MemberChanges | null) => void,
  ): Promise<TrailingWrite<unknown[]>> {
    const repository = new MemberRepository(transaction.$client, workspaceId);
    const named = commands.flatMap(({ customer, other }) => (other === undefined ? [customer] : [customer, other]));
    const ids = named.flatMap((customer) => ('id' in customer ? customer.id : []));
    const externalIds = named.flatMap((customer) => ('externalId' in customer ? customer.externalId : []));
    const keys = commands.flatMap(({ idempotency }) => idempotency?.key ?? []);
    const references = commands.flatMap(({ reference }) => reference ?? []);
    // One round trip: what is loaded was asked for behind the lock, and is seen as it is once that is held.
    const [, locked, loaded, operations] = await Promise.all([
      waitMs === null ? null : repository.limitWait(waitMs),
      repository.lock(ids, externalIds),
      repository.load(ids, externalIds, { keys, references }),
      repository.operationsByReferences(commands.flatMap(({ operationReference }) => operationReference ?? [])),
    ]);
    if (locked.configurationVersion === null) throw new Error('A request acts in a workspace that exists.');
    const program = await this.programs.get(transaction, workspaceId, locked.configurationVersion);
    const now = locked.clockFrozenAt ?? this.clock();
    const keysSince = now - IDEMPOTENCY_KEY_KEPT_MS;
    const looksBack = locked.members.filter((member) => looksIntoHistory(member, commands, program));
    const histories =
      looksBack.length === 0 ? new Map() : await repository.history(looksBack.map(({ customer }) => customer.id));
    const known = {
      states: loaded.states(locked.members, program),
      keys: new Map(loaded.keys.filter(({ createdAt }) => createdAt > keysSince).map((recorded) => [recorded.key, recorded])),
      references: loaded.references,
      operations,
    };
    const { decided: done, rows } = await decideWithShelf(transaction, program, now, (shelf) => {
      const batch = new Batch(locked.members, known, histories, program, now, shelf);
      return { outcomes: commands.map((command) => batch.decide(command)), batch };
    });
    const changes = done.batch.changes();
    const writing = changes === null ? null : repository.write(changes, keysSince, newId());
    const trailing = rows === null ? writing : Promise.all([writing, new RewardShelfRepository(transaction.$client, workspaceId).write(rows)]);
    decided(changes);
    return { result: done.outcomes, trailing };
  }
}

function nameOf(customer: CustomerRef): string {
  return 'id' in customer ? customer.id : `external ${customer.externalId}`;
}

function nameOfKey(key: string): string {
  return `key ${key}`;
}

/** What a command needs for itself: its members, and its idempotency key. */
function namesOf({ customer, other, idempotency }: MemberCommand<unknown>): string[] {
  const names = [nameOf(customer)];
  if (other !== undefined) names.push(nameOf(other));
  if (idempotency !== null) names.push(nameOfKey(idempotency.key));
  return names;
}

/** Whether a row was held by a command with the same key or by another one cannot be told from here. */
function waitedInVain(key: string | null | undefined): RequestError {
  if (key === null || key === undefined) {
    return new RequestError('OVERLOADED', 'What this command needs is held by others. Nothing was changed; try again later.', {
      httpStatus: 503,
      retryAfterSeconds: RETRY_AFTER_SECONDS,
    });
  }
  return new RequestError(
    'IDEMPOTENCY_CONCURRENT_REQUEST',
    'A request with this idempotency key, or another one that goes before it, is still under way. Nothing was changed; try again later.',
    { httpStatus: 409, retryAfterSeconds: RETRY_AFTER_SECONDS },
  );
}

/** After a command has waited in vain. */
const RETRY_AFTER_SECONDS = 1;

/** Whether a command may need more than the member's settled state. */
function looksIntoHistory({ customer, stored }: LockedMember, commands: readonly MemberCommand<unknown>[], program: Program): boolean {
  const isNamed = (named: CustomerRef | undefined) =>
    named !== undefined && ('id' in named ? named.id === customer.id : named.externalId === customer.externalId);
  const own = commands.filter((command) => isNamed(command.customer) || isNamed(command.other));
  // The first of several commands settles the member now, which makes any dated one after it late.
  const late = own.some(({ occurredAt }) => occurredAt !== null && (occurredAt < stored.settledAt || own.length > 1));
  return late || own.some(({ needsHistory }) => needsHistory === true) || needsReplay(stored, program);
}

/** The members of one batch in memory, changing with each command. */
class Batch {
  readonly #program: Program;
  readonly #now: Instant;
  readonly #customers = new Map<string, Customer>();
  readonly #idsByExternalId = new Map<string, string>();
  readonly #states: Map<string, MemberState>;
  readonly #before: ReadonlyMap<string, MemberState>;
  readonly #histories: Map<string, MemberHistory>;
  readonly #keys: Map<string, RecordedKey>;
  readonly #references: Map<string, RecordedReference>;
  readonly #operationIds: Map<string, string>;
  readonly #profiles = new Map<string, 'NEW' | 'CHANGED'>();
  readonly #changed = new Set<string>();
  readonly #newKeys: (RecordedKey & { readonly createdAt: number })[] = [];
  readonly #transactions: Purchase[] = [];
  readonly #operations: MemberChanges['operations'][number][] = [];
  readonly #effects: Effects[] = [];
  readonly #events: RecordedMemberEvent[] = [];
  readonly #numbers: EventNumbers;
  readonly #shelf: Shelf;

  constructor(
    members: readonly LockedMember[],
    loaded: {
      readonly states: ReadonlyMap<string, MemberState>;
      readonly keys: ReadonlyMap<string, RecordedKey>;
      readonly references: readonly RecordedReference[];
      readonly operations: readonly (OperationReference & { readonly id: string })[];
    },
    histories: ReadonlyMap<string, MemberHistory>,
    program: Program,
    now: Instant,
    shelf: Shelf,
  ) {
    this.#program = program;
    this.#now = now;
    this.#shelf = shelf;
    this.#before = loaded.states;
    this.#states = new Map(loaded.states);
    this.#histories = new Map(histories);
    this.#numbers = new EventNumbers(members);
    this.#keys = new Map(loaded.keys);
    this.#references = new Map(loaded.references.map((known) => [referenceKey(known), known]));
    this.#operationIds = new Map(loaded.operations.map((known) => [referenceKey(known), known.id]));
    for (const { customer } of members) this.#know(customer);
  }

  decide(command: MemberCommand<unknown>): unknown {
    const { idempotency, reference } = command;
    const known = idempotency === null ? undefined : this.#keys.get(idempotency.key);
    if (known !== undefined) {
      return known.fingerprint === idempotency?.fingerprint ? command.replayed(known.result) : command.mismatched(KEY_MISMATCH);
    }
    const { operationReference } = command;
    const { outcome, change } = command.decide({
      member: this.#find(command.customer),
      other: command.other === undefined ? null : this.#find(command.other),
      reference: reference === null ? null : (this.#references.get(referenceKey(reference)) ?? null),
      operationId: operationReference === undefined ? null : (this.#operationIds.get(referenceKey(operationReference)) ?? null),
      program: this.#program,
      ids: idSource,
      now: this.#now,
      shelf: this.#shelf,
    });
    if (change !== null && !command.dryRun) this.#apply(command, change);
    return outcome;
  }

  /** Everything that the batch changes; null if nothing. */
  changes(): MemberChanges | null {
    const nothing = this.#newKeys.length === 0 && this.#changed.size === 0 && this.#profiles.size === 0 && this.#events.length === 0;
    if (nothing) return null;
    const profiles = (kind: 'NEW' | 'CHANGED') =>
      [...this.#profiles].flatMap(([id, profile]) => (profile === kind ? (this.#customers.get(id) ?? []) : []));
    return {
      newCustomers: profiles('NEW'),
      changedCustomers: profiles('CHANGED'),
      states: [...this.#changed].flatMap((id) => {
        const after = this.#states.get(id);
        return after === undefined ? [] : [{ before: this.#before.get(id) ?? newMember(id, after.joinedAt, after.joinedAt), after }];
      }),
      transactions: this.#transactions,
      operations: this.#operations,
      entries: this.#effects.flatMap(({ entries }) => entries),
      transitions: this.#effects.flatMap(({ transitions }) => transitions),
      events: this.#events,
      eventSequences: this.#numbers.last,
      keys: this.#newKeys,
    };
  }

  #apply({ cause, idempotency, reference }: MemberCommand<unknown>, change: MemberChange): void {
    const { customer, effects, transaction } = change;
    this.#know(customer);
    if (change.profile !== 'SAME' && this.#profiles.get(customer.id) !== 'NEW') {
      this.#profiles.set(customer.id, change.profile);
    }
    for (const each of [effects, change.otherEffects ?? null]) {
      if (each === null) continue;
      const { customerId } = each.state;
      this.#states.set(customerId, each.state);
      this.#histories.set(customerId, each.history);
      this.#changed.add(customerId);
      this.#effects.push(each);
    }
    for (const operation of change.operations ?? []) {
      const { type, source, reference: own, customerId } = operation;
      const recorded = [effects, change.otherEffects].find((each) => each?.state.customerId === customerId)?.entries ?? [];
      this.#operations.push({ ...operation, ledgerEntryIds: recorded.map(({ id }) => id) });
      if (own !== null) this.#operationIds.set(referenceKey({ type, source, reference: own }), operation.id);
    }
    if (transaction !== null) {
      this.#transactions.push(transaction);
      if (reference !== null) {
        const { id: transactionId, customerId, amount, currency } = transaction;
        const { source, reference: own } = reference;
        this.#references.set(referenceKey(reference), { source, reference: own, transactionId, customerId, amount, currency });
      }
    }
    const falls = change.moves === undefined ? [] : this.#shelf.apply(change.moves);
    const { requestId, command, apiKeyId } = cause;
    for (const event of change.events) this.#events.push(this.#numbers.number(event, cause));
    for (const { rewardId, notice, left } of falls) {
      const reward = this.#program.rewards.get(rewardId);
      if (reward === undefined) continue;
      const { type, data } = stockEvent(notice, reward, left);
      this.#events.push({ type, customerId: null, sequence: null, requestId, command, apiKeyId, data, occurredAt: this.#now, recordedAt: this.#now });
    }
    if (idempotency !== null) {
      const key = { ...idempotency, result: change.result };
      this.#keys.set(idempotency.key, key);
      this.#newKeys.push({ ...key, createdAt: this.#now });
    }
  }

  #find(named: CustomerRef): FoundMember | null {
    const id = 'id' in named ? named.id : this.#idsByExternalId.get(named.externalId);
    const customer = this.#customers.get(id ?? '');
    const state = this.#states.get(id ?? '');
    if (customer === undefined || state === undefined) return null;
    return { customer, state, history: this.#histories.get(customer.id) ?? NO_HISTORY };
  }

  #know(customer: Customer): void {
    this.#customers.set(customer.id, customer);
    this.#idsByExternalId.set(customer.externalId, customer.id);
  }
}

/** A repository of objects that are never removed. */
interface ObjectRepository<T> {
  find(id: string): Promise<T | null>;
}

/** Runs a change that makes or changes one object, which is found again by its id when the key is repeated. */
export function changeObject<T extends { readonly id: string }, Repository extends ObjectRepository<T>, Code extends string>(
  runner: CommandRunner,
  actor: Actor,
  claim: IdempotencyClaim,
  Repository: new (transaction: Transaction, workspaceId: string) => Repository,
  work: (unit: ConfigurationUnit, repository: Repository) => Promise<Outcome<T, Code>>,
): Promise<Outcome<T, Code | 'INVALID_IDEMPOTENCY_KEY' | 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH'>> {
  return runner.configuration<T, Code>(
    actor,
    claim,
    async (unit) => {
      const done = await work(unit, new Repository(unit.transaction, unit.workspaceId));
      return done.ok ? { ok: true, value: { value: done.value, result: { id: done.value.id } } } : done;
    },
    async (transaction, result) => {
      const found = await new Repository(transaction, actor.workspaceId).find(String(result['id']));
      if (found === null) throw new Error('A configuration object is never removed.');
      return found;
    },
  );
}

/** SHA-256 over the operation and its input, whatever the order of the input's fields. */
export function fingerprintOf({ operation, input }: IdempotencyClaim): string {
  return createHash('sha256')
    .update(`${operation} ${canonicalJson(input)}`)
    .digest('hex');
}

const KEY_MISMATCH: KeyProblem = {
  code: 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH',
  message: 'The idempotency key was used before with other input.',
  field: ['input', 'idempotencyKey'],
};

class Refusal extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super('The command was refused.');
    this.problems = problems;
  }
}

/** The mutation's field: an operation that is one of several steps names it in two words. */
function commandOf(claim: IdempotencyClaim | null): string {
  if (claim === null) return 'workspaceCreate';
  const [object = '', step] = claim.operation.split(' ');
  return step === undefined ? object : object + step.slice(0, 1) + step.slice(1).toLowerCase();
}

async function recordChange(
  transaction: Transaction,
  actor: Actor,
  command: string,
  { kind, action, subjectId, objectId = subjectId, eventType, before, after }: ConfigurationChange,
  now: Instant,
): Promise<void> {
  const { workspaceId, apiKeyId, requestId, origin } = actor;
  const publicId = toPublicId(kind, subjectId);
  await new ActivityRepository(transaction, workspaceId).insert({
    id: newId(),
    objectId,
    subjectId: publicId,
    action,
    apiKeyId,
    requestId,
    ...origin,
    before,
    after,
    recordedAt: now,
  });
  if (eventType !== null) await tell(transaction, actor, command, eventType, { id: publicId, before, after }, now);
}

async function tell(
  transaction: Transaction,
  { workspaceId, apiKeyId, requestId }: Actor,
  command: string,
  type: string,
  data: Readonly<Record<string, unknown>>,
  now: Instant,
): Promise<void> {
  if (!isEventName(type)) throw new Error(`The SDL has no type of events that is called ${type}.`);
  const event = { type, customerId: null, sequence: null, data, occurredAt: now, recordedAt: now };
  await new EventRepository(transaction, workspaceId).insert(newId(), { ...event, requestId, command, apiKeyId });
}

function referenceKey(of: { readonly type?: Operation['type']; readonly source: string; readonly reference: string }): string {
  return `${of.type ?? ''} ${of.source.length} ${of.source}${of.reference}`;
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === 'bigint') return String(part);
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

import type { Customer } from '../domain/customers.ts';
import type { RewardGrant } from '../domain/grants.ts';
import type { TierTransition } from '../domain/ledger.ts';
import type { MemberState } from '../domain/members.ts';
import type { Problem } from '../domain/problem.ts';
import { problem } from '../domain/problem.ts';
import type { Program } from '../domain/program.ts';
import type { EarnCommand, EarnErrorCode, EarnRequest, Transaction } from '../domain/purchases.ts';
import { checkEarn, decideEarn } from '../domain/purchases.ts';
import { NEVER } from '../domain/time.ts';
import { CustomerRepository } from '../repositories/customers.ts';
import { LedgerRepository } from '../repositories/ledger.ts';
import type { RecordedReference } from '../repositories/members.ts';
import { RewardRecordRepository } from '../repositories/rewards.ts';
import { entryEvents, grantEvents, transactionEvents, transitionEvents } from './events.ts';
import type { Actor, CommandRunner, CustomerRef, MemberChange, MemberCommand, MemberView } from './run.ts';
import { fingerprintOf } from './run.ts';

export type EarnOutcome =
  | {
      readonly ok: true;
      readonly customer: Customer;
      readonly transaction: Transaction;
      readonly transitions: readonly TierTransition[];
      /** The rewards that it triggered. */
      readonly grants: readonly RewardGrant[];
      /** Points and tiers after the purchase; null if it was recorded before, when they are whatever they are now. */
      readonly standing: { readonly state: MemberState; readonly program: Program } | null;
      readonly duplicate: boolean;
    }
  | { readonly ok: false; readonly problems: readonly Problem<EarnErrorCode>[] };

type Decided = EarnOutcome | { readonly recordedBefore: string; readonly duplicate: boolean };

/** Records a purchase, or with `dryRun` answers what recording it would. */
export async function earn(
  runner: CommandRunner,
  actor: Actor,
  customer: CustomerRef | null,
  request: EarnRequest,
  dryRun: boolean,
): Promise<EarnOutcome> {
  // The batch reads the workspace's clock and looks at dates; here it is read only to refuse everything at once.
  const checked = checkEarn(request, NEVER);
  if (!checked.ok) {
    const all = checkEarn(request, await runner.now(actor.workspaceId));
    return all.ok ? checked : all;
  }
  if (customer === null) return { ok: false, problems: [CUSTOMER_NOT_FOUND] };
  const command = memberCommand(actor, customer, request, checked.value, dryRun);
  const decided = await runner.member<Decided>(actor.workspaceId, command);
  if (!('recordedBefore' in decided)) return decided;
  if (!decided.duplicate) actor.replayed?.();
  return recordedBefore(runner, actor, decided);
}

function memberCommand(
  { requestId, apiKeyId }: Actor,
  customer: CustomerRef,
  { idempotencyKey: key }: EarnRequest,
  command: EarnCommand,
  dryRun: boolean,
): MemberCommand<Decided> {
  return {
    cause: { requestId, command: 'earn', apiKeyId },
    customer,
    // A dry run looks whether the key is taken, as the real call would; the batch claims it for writes alone.
    idempotency:
      key === null ? null : { key, fingerprint: fingerprintOf({ key, operation: 'earn', input: { customer, ...command } }) },
    reference: command.reference === null ? null : { source: command.source, reference: command.reference },
    occurredAt: command.occurredAt,
    dryRun,
    decide: (view) => decide(view, command),
    replayed: (result) => ({ recordedBefore: String(result['transactionId']), duplicate: false }),
    mismatched: (mismatch) => ({ ok: false, problems: [mismatch] }),
  };
}

function decide(
  view: MemberView,
  command: EarnCommand,
): { readonly outcome: Decided; readonly change: MemberChange | null } {
  const { member: found, reference, program, ids, now, shelf } = view;
  if (found === null) return { outcome: { ok: false, problems: [CUSTOMER_NOT_FOUND] }, change: null };
  const { customer, state, history } = found;
  if (reference !== null) return { outcome: sameOrMismatch(reference, customer, command), change: null };
  const member = { state, history, externalId: customer.externalId, metadata: customer.metadata };
  const decision = decideEarn(member, command, program, ids, now, shelf);
  if (decision.kind === 'REFUSED') return { outcome: { ok: false, problems: decision.problems }, change: null };
  const { transaction, effects, moves } = decision;
  return {
    outcome: {
      ok: true,
      customer,
      transaction,
      transitions: effects.transitions,
      grants: moves?.grants ?? [],
      standing: { state: effects.state, program },
      duplicate: false,
    },
    change: {
      customer,
      profile: 'SAME',
      effects,
      transaction,
      ...(moves === undefined ? {} : { moves }),
      events: [
        ...transactionEvents(transaction),
        ...entryEvents(effects.entries),
        ...transitionEvents(effects.transitions, program),
        ...(moves === undefined ? [] : grantEvents(moves)),
      ],
      result: { transactionId: transaction.id },
    },
  };
}

/** The same purchase again is harmless; another one under its reference is a mistake that must not pass unseen. */
function sameOrMismatch(recorded: RecordedReference, customer: Customer, command: EarnCommand): Decided {
  const same =
    recorded.customerId === customer.id && recorded.amount === command.amount && recorded.currency === command.currency;
  return same ? { recordedBefore: recorded.transactionId, duplicate: true } : { ok: false, problems: [REFERENCE_MISMATCH] };
}

async function recordedBefore(
  { database }: CommandRunner,
  { workspaceId }: Actor,
  { recordedBefore: id, duplicate }: Extract<Decided, { recordedBefore: string }>,
): Promise<EarnOutcome> {
  const customers = new CustomerRepository(database.workspace(workspaceId).db, workspaceId);
  const [transaction] = await new LedgerRepository(database.workspace(workspaceId).db, workspaceId).transactionsByIds([id]);
  const [customer] = transaction === undefined ? [] : await customers.byIds([transaction.customerId]);
  if (transaction === undefined || customer === undefined) throw new Error('A recorded purchase is never removed.');
  const records = new RewardRecordRepository(database.workspace(workspaceId).db, workspaceId);
  const [transitions, grants] = await Promise.all([customers.transitionsOfTransaction(id), records.grantsOfTransactions([id])]);
  return { ok: true, customer, transaction, transitions, grants, standing: null, duplicate };
}

const CUSTOMER_NOT_FOUND: Problem<'CUSTOMER_NOT_FOUND'> = problem(
  'CUSTOMER_NOT_FOUND',
  'There is no such customer.',
  'customer',
);

const REFERENCE_MISMATCH: Problem<'REFERENCE_MISMATCH'> = problem(
  'REFERENCE_MISMATCH',
  'The reference was recorded before with another customer, amount or currency.',
  'reference',
);

import type { AllocationStep, LedgerStep, PointExpirationStep, PointsExpiredStep } from '../domain/entry-explanations.ts';
import { explainEntry } from '../domain/entry-explanations.ts';
import type { LedgerEntry } from '../domain/ledger.ts';
import type { Program } from '../domain/program.ts';
import { loadReferred } from './batch.ts';
import type { Loaders } from './loaders.ts';

/** What an entry's steps need besides the domain's own: the calendar by which instants are days. */
interface Dated {
  readonly program: Program;
}

export interface AllocationStepView extends AllocationStep, Dated {}
export interface PointExpirationStepView extends PointExpirationStep, Dated {}
export interface PointsExpiredStepView extends PointsExpiredStep, Dated {}

/** The names in the contract of the steps. */
const STEP_TYPES = {
  EARN_RATE: 'EarnRateStep',
  EARN_CAPS: 'EarnCapStep',
  POINT_ACTIVATION: 'PointActivationStep',
  POINT_EXPIRATION: 'PointExpirationStep',
  POINTS_EXPIRED: 'PointsExpiredStep',
  REFUND: 'RefundStep',
  ALLOCATION: 'AllocationStep',
  ENTRY_AWARD: 'EntryAwardStep',
  ADJUSTMENT: 'AdjustmentStep',
  CORRECTION: 'CorrectionStep',
} as const satisfies Record<LedgerStep['rule'], string>;

/** Steps by the name that they have in the contract. */
export type LedgerStepView = {
  [Step in LedgerStep as Step['rule']]: { readonly __typename: (typeof STEP_TYPES)[Step['rule']] } & Step & Dated;
}[LedgerStep['rule']];

/** Which rules made an entry; entries of one page share the statements that this takes. */
export async function loadEntryExplanation(entry: LedgerEntry, loaders: Loaders): Promise<LedgerStepView[]> {
  const { customerId, transactionId, operationId } = entry;
  const [{ state, history, program }, transaction, operation] = await Promise.all([
    loadReferred(loaders.customers.whole, customerId),
    transactionId === null ? null : loaders.ledger.transaction.load(transactionId),
    operationId === null ? null : loaders.operations.operation(operationId),
  ]);
  const said = operation === null ? null : { reason: operation.reason, allocations: 'allocations' in operation ? operation.allocations : [] };
  const steps = explainEntry({ entry, state, history, program, transaction, operation: said });
  return steps.map((step) => ({ __typename: STEP_TYPES[step.rule], ...step, program }) as LedgerStepView);
}

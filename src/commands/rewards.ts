import type { ActivityAction } from '../domain/audit.ts';
import type { LifecycleStep } from '../domain/configuration.ts';
import type { RedemptionState } from '../domain/grants.ts';
import type { Redemption, RedemptionCancellation } from '../domain/operations.ts';
import type { Problem } from '../domain/problem.ts';
import { checkIdempotencyKey, problem, refused } from '../domain/problem.ts';
import { canonicalLocale } from '../domain/receipts.ts';
import type { CancelErrorCode, ConfirmErrorCode, RedeemErrorCode } from '../domain/redemptions.ts';
import { decideCancellation, decideConfirmation, decideRedemption } from '../domain/redemptions.ts';
import type { CatalogueReward, RewardChanges, RewardDraft, RewardErrorCode, RewardSurroundings } from '../domain/rewards.ts';
import { adjustStock, createReward, stepReward, stockNotice, updateReward } from '../domain/rewards.ts';
import { fromPublicId, newId, toPublicId } from '../platform/ids.ts';
import type { Signer } from '../platform/signer.ts';
import { CardDefinitionRepository } from '../repositories/cards.ts';
import { OperationRepository } from '../repositories/operations.ts';
import { RewardRepository } from '../repositories/rewards.ts';
import { TierStructureRepository } from '../repositories/structures.ts';
import { confirmationEvent, stockEvent } from './events.ts';
import type { OperationOutcome, OperationRequest, RecordedRef } from './recording.ts';
import { named, runOperation } from './recording.ts';
import type { Actor, CommandRunner, ConfigurationUnit, CustomerRef, MemberCommand, Outcome } from './run.ts';
import { changeObject, fingerprintOf } from './run.ts';

type RewardOutcome = Outcome<CatalogueReward, RewardErrorCode>;

interface Target {
  /** Null if the caller named something that cannot be a reward. */
  readonly id: string | null;
  readonly expectedVersion: number | null | undefined;
  readonly idempotencyKey: string | null | undefined;
}

const STEP_ACTIONS: Readonly<Record<LifecycleStep, ActivityAction>> = {
  ACTIVATE: 'ACTIVATED',
  DEACTIVATE: 'DEACTIVATED',
  DRAFT: 'DRAFTED',
  DELETE: 'DELETED',
};

// --- the catalogue ------------------------------------------------------------------------------

export async function rewardCreate(
  runner: CommandRunner,
  actor: Actor,
  draft: RewardDraft,
  idempotencyKey: string | null | undefined,
): Promise<RewardOutcome> {
  return change(runner, actor, 'rewardCreate', draft, idempotencyKey, async (unit, repository) => {
    const takenKeys = await repository.keys();
    const context = { ...(await surroundings(unit)), takenKeys, rewards: takenKeys.size, id: newId(), now: unit.now };
    const created = createReward(draft, context);
    if (!created.ok) return created;
    await repository.insert(created.value);
    await recordReward(unit, 'CREATED', null, created.value);
    return created;
  });
}

export async function rewardUpdate(runner: CommandRunner, actor: Actor, target: Target, changes: RewardChanges): Promise<RewardOutcome> {
  const { id, expectedVersion, idempotencyKey } = target;
  const input = { id, expectedVersion, changes };
  return change(runner, actor, 'rewardUpdate', input, idempotencyKey, async (unit, repository) => {
    const before = id === null ? null : await repository.find(id);
    if (before === null) return refused(NOT_FOUND);
    const context = { ...(await surroundings(unit)), takenKeys: await repository.keys(before.id), now: unit.now };
    const updated = updateReward(before, changes, expectedVersion, context);
    if (!updated.ok) return updated;
    await repository.update(updated.value);
    await recordReward(unit, 'UPDATED', before, updated.value);
    return updated;
  });
}

/** Takes a step of the lifecycle: activate, deactivate, draft or delete. */
export async function rewardStep(runner: CommandRunner, actor: Actor, step: LifecycleStep, target: Target): Promise<RewardOutcome> {
  const { id, expectedVersion, idempotencyKey } = target;
  return change(runner, actor, `reward ${step}`, { id, expectedVersion }, idempotencyKey, async (unit, repository) => {
    const before = id === null ? null : await repository.find(id);
    if (before === null) return refused(NOT_FOUND);
    const after = stepReward(before, step, expectedVersion, { ...(await surroundings(unit)), now: unit.now });
    if (!after.ok) return after;
    await repository.update(after.value);
    await recordReward(unit, STEP_ACTIONS[step], before, after.value);
    return after;
  });
}

export async function rewardStockAdjust(
  runner: CommandRunner,
  actor: Actor,
  target: Target,
  adjustment: { readonly by: number; readonly reason: string | null },
): Promise<RewardOutcome> {
  const { id, expectedVersion, idempotencyKey } = target;
  const input = { id, expectedVersion, ...adjustment };
  return change(runner, actor, 'rewardStockAdjust', input, idempotencyKey, async (unit, repository) => {
    const before = id === null ? null : await repository.find(id);
    if (before === null) return refused(NOT_FOUND);
    const adjusted = adjustStock(before, adjustment, expectedVersion, unit.now);
    if (!adjusted.ok) return adjusted;
    await repository.update(adjusted.value);
    await recordReward(unit, 'STOCK_ADJUSTED', before, adjusted.value, adjustment.reason);
    await tellOfStock(unit, before, adjusted.value);
    return adjusted;
  });
}

async function tellOfStock(unit: ConfigurationUnit, before: CatalogueReward, after: CatalogueReward): Promise<void> {
  if (before.stock === null || before.fullStock === null || after.stock === null) return;
  const notice = stockNotice({ left: before.stock, full: before.fullStock }, after.stock);
  if (notice === null) return;
  const { type, data } = stockEvent(notice, after, after.stock);
  await unit.tell(type, data);
}

async function surroundings({ transaction, workspaceId }: ConfigurationUnit): Promise<RewardSurroundings> {
  return {
    cardDefinitionIds: await new CardDefinitionRepository(transaction, workspaceId).activeIds(),
    tierIds: await new TierStructureRepository(transaction, workspaceId).tierIds(),
  };
}

function change(
  runner: CommandRunner,
  actor: Actor,
  operation: string,
  input: unknown,
  key: string | null | undefined,
  work: (unit: ConfigurationUnit, repository: RewardRepository) => Promise<RewardOutcome>,
): Promise<RewardOutcome> {
  return changeObject(runner, actor, { key, operation, input }, RewardRepository, work);
}

export function recordReward(
  unit: ConfigurationUnit,
  action: ActivityAction,
  before: CatalogueReward | null,
  after: CatalogueReward,
  reason: string | null = null,
): Promise<void> {
  return unit.record({
    kind: 'Reward',
    action,
    subjectId: after.id,
    eventType: `reward.${action.toLowerCase()}`,
    before: before === null ? null : snapshot(before),
    after: { ...snapshot(after), ...(reason === null ? {} : { reason }) },
  });
}

/** What an audit entry keeps of a reward. Points as text, as they leave where a JSON number would not be exact. */
function snapshot(reward: CatalogueReward) {
  const { id: _, activePeriods: __, stocked: ___, fullStock: ____, createdAt: _____, updatedAt: ______, trigger, ...rest } = reward;
  const day = (instant: number | null) => (instant === null ? null : new Date(instant).toISOString());
  return {
    ...rest,
    cardDefinitionId: toPublicId('CardDefinition', reward.cardDefinitionId),
    cost: String(reward.cost),
    tierIds: reward.tierIds.map((id) => toPublicId('Tier', id)),
    validFrom: day(reward.validFrom),
    validUntil: day(reward.validUntil),
    trigger:
      trigger === null || trigger.type === 'EVERY_NTH_VISIT'
        ? trigger
        : { ...trigger, cardDefinitionId: toPublicId('CardDefinition', trigger.cardDefinitionId), points: String(trigger.points) },
  };
}

const NOT_FOUND = problem('NOT_FOUND', 'There is no such reward.', 'id');

// --- redemptions --------------------------------------------------------------------------------

export interface RedeemRequest extends OperationRequest {
  /** Null if the caller named something that cannot be a reward. */
  readonly rewardId: string | null;
  readonly customer: CustomerRef | null;
  /** Null: whichever there is; what cannot be a grant is empty. */
  readonly grantId: string | null;
  readonly locale: string | null;
}

/** Exchanges points or a grant for a reward, or with `dryRun` answers what that would do. */
export function rewardRedeem(
  runner: CommandRunner,
  actor: Actor,
  request: RedeemRequest,
): Promise<OperationOutcome<Redemption, RedeemErrorCode>> {
  const locale = request.locale === null ? null : canonicalLocale(request.locale);
  const isNoLocale = request.locale !== null && locale === null;
  const problems: Problem<RedeemErrorCode>[] = isNoLocale ? [problem('INVALID_LOCALE', 'A locale is a BCP 47 language tag such as `de-AT`.', 'locale')] : [];
  const command = { ...request, rewardId: request.rewardId ?? '', locale };
  return runOperation<Redemption, RedeemErrorCode>(runner, actor, {
    name: 'rewardRedeem',
    type: 'REDEMPTION',
    request,
    canonical: { locale },
    problems,
    customer: named(request.customer),
    decide({ program, ids, now, shelf }, member) {
      const { customer, state, history } = member;
      const asking = { state, history, externalId: customer.externalId, metadata: customer.metadata };
      return decideRedemption(asking, command, program, ids, now, shelf);
    },
    isSame: (recorded, [customer]) =>
      recorded.customerId === customer?.id &&
      recorded.rewardId === request.rewardId &&
      (request.grantId === null || recorded.grantId === request.grantId),
  });
}

export interface CancelRequest extends OperationRequest {
  readonly redemption: RecordedRef | null;
}

export async function redemptionCancel(
  runner: CommandRunner,
  actor: Actor,
  request: CancelRequest,
): Promise<OperationOutcome<RedemptionCancellation, CancelErrorCode>> {
  const missing = problem('REDEMPTION_NOT_FOUND', 'There is no such redemption.', 'redemption');
  const found = request.redemption === null ? null : await findRedemption(runner, actor, request.redemption);
  return runOperation<RedemptionCancellation, CancelErrorCode>(runner, actor, {
    name: 'redemptionCancel',
    type: 'REDEMPTION_CANCELLATION',
    request,
    problems: [],
    customer: { ref: found === null ? null : { id: found.customerId }, missing },
    needsHistory: (found?.points ?? 0n) > 0n,
    decide({ program, ids, now, shelf }, member) {
      if (found === null) return { kind: 'REFUSED', problems: [missing] };
      return decideCancellation(member, { ...request, redemption: found }, program, ids, now, shelf);
    },
    isSame: (recorded) => recorded.redemptionId === found?.id,
  });
}

// --- proofs -------------------------------------------------------------------------------------

/** What kind of statement a proof is, so that nothing else that the workspace signs is taken for one. */
const PROOF_TYPE = 'redemption+jwt';

/** The proof of a redemption: the same for the same redemption as long as the workspace signs with the same key. */
export function proofOf(signer: Signer, { workspaceId }: Actor, redemption: Redemption): Promise<string> {
  return signer.sign(workspaceId, PROOF_TYPE, {
    iss: toPublicId('Workspace', workspaceId),
    sub: toPublicId('Redemption', redemption.id),
    reward: toPublicId('Reward', redemption.rewardId),
    iat: Math.floor(redemption.occurredAt / 1000),
    exp: redemption.proofExpiresAt / 1000,
    jti: redemption.id,
  });
}

export interface ConfirmRequest {
  readonly proof: string;
  readonly idempotencyKey: string | null;
  readonly dryRun: boolean;
}

export type ConfirmOutcome =
  | { readonly ok: true; readonly redemption: Redemption; readonly state: RedemptionState | null }
  | { readonly ok: false; readonly problems: readonly Problem<ConfirmErrorCode>[] };

/** Hands a reward over to whoever has the proof, once. */
export async function redemptionConfirm(runner: CommandRunner, signer: Signer, actor: Actor, request: ConfirmRequest): Promise<ConfirmOutcome> {
  const { idempotencyKey: key, dryRun, proof } = request;
  const problems = checkIdempotencyKey(key);
  if (problems.length > 0) return { ok: false, problems };
  const claims = await claimsOf(signer, actor, proof);
  if (claims === null) return { ok: false, problems: [INVALID_PROOF] };
  const redemption = await findRedemption(runner, actor, { id: claims.redemptionId });
  if (redemption === null) return { ok: false, problems: [UNKNOWN_REDEMPTION] };
  const command: MemberCommand<Outcome<RedemptionState | null, ConfirmErrorCode>> = {
    cause: { requestId: actor.requestId, command: 'redemptionConfirm', apiKeyId: actor.apiKeyId },
    customer: { id: redemption.customerId },
    idempotency: key === null ? null : { key, fingerprint: fingerprintOf({ key, operation: 'redemptionConfirm', input: { proof } }) },
    reference: null,
    occurredAt: null,
    dryRun,
    decide({ member, now, shelf }) {
      if (member === null) return { outcome: refused(UNKNOWN_REDEMPTION), change: null };
      const decision = decideConfirmation(redemption.id, claims.expiresAt, now, shelf);
      if (decision.kind === 'REFUSED') return { outcome: { ok: false, problems: decision.problems }, change: null };
      const { state, moves } = decision;
      const events = [confirmationEvent(redemption, now)];
      const change = { customer: member.customer, profile: 'SAME' as const, effects: null, transaction: null, moves, events };
      return { outcome: { ok: true, value: state }, change: { ...change, result: { redemptionId: redemption.id } } };
    },
    replayed() {
      actor.replayed?.();
      return { ok: true, value: null };
    },
    mismatched: (mismatch) => refused(mismatch),
  };
  const outcome = await runner.member(actor.workspaceId, command);
  return outcome.ok ? { ok: true, redemption, state: outcome.value } : outcome;
}

/** What a genuine proof says; null for any other text. */
async function claimsOf(signer: Signer, { workspaceId }: Actor, proof: string): Promise<{ readonly redemptionId: string; readonly expiresAt: number } | null> {
  const verified = await signer.verify(workspaceId, PROOF_TYPE, proof);
  if (verified === null) return null;
  const { iss, sub, exp } = verified.payload;
  const redemptionId = typeof sub === 'string' ? fromPublicId('Redemption', sub) : null;
  if (iss !== toPublicId('Workspace', workspaceId) || redemptionId === null || typeof exp !== 'number') return null;
  return { redemptionId, expiresAt: exp * 1000 };
}

async function findRedemption({ database }: CommandRunner, { workspaceId }: Actor, ref: RecordedRef): Promise<Redemption | null> {
  return new OperationRepository(database.workspace(workspaceId).db, workspaceId).redemption(ref);
}

const INVALID_PROOF: Problem<'INVALID_PROOF'> = problem('INVALID_PROOF', 'This is no proof of a redemption in this workspace.', 'proof');
const UNKNOWN_REDEMPTION: Problem<'REDEMPTION_NOT_FOUND'> = problem('REDEMPTION_NOT_FOUND', 'There is no such redemption.', 'proof');

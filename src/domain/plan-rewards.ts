import type { PlannedAction } from './configuration-changes.ts';
import { fieldsOf, withoutKey } from './configuration-changes.ts';
import type { RewardSection } from './configuration-document.ts';
import { plainDifferences, plainReward, rewardSection } from './configuration-document.ts';
import type { DocumentPath, Planning } from './configuration-planning.ts';
import { NO_KEYS } from './configuration-planning.ts';
import type { LifecycleStep } from './configuration.ts';
import type { CatalogueReward, RewardDraft, RewardNeighbours, RewardTrigger } from './rewards.ts';
import { createReward, stepReward, updateReward } from './rewards.ts';

/** What becomes of rewards on the way to a document. */

const REWARDS = 'rewards';

/** Makes room for new ones, and lets go of cards. */
export function deleteRewards(planning: Planning): void {
  for (const reward of [...planning.rewards.values()]) {
    if (planning.isPruned(reward.id)) moveReward(planning, reward.id, 'DELETE', [REWARDS]);
  }
}

export function planRewards(planning: Planning): void {
  for (const [index, section] of (planning.document.rewards ?? []).entries()) {
    const path = [REWARDS, index];
    const before = planning.rewardByKey(section.key);
    if (before === null) addReward(planning, section, path);
    else changeReward(planning, before, section, path);
  }
}

function addReward(planning: Planning, section: RewardSection, path: DocumentPath): void {
  const draft = rewardDraft(planning, section, path);
  if (draft === null) return;
  const context = { ...neighboursOf(planning, null), rewards: planning.rewards.size, id: planning.context.ids.next() };
  const created = createReward({ ...draft, key: section.key }, context);
  if (!planning.accept(created, path)) return;
  writeReward(planning, 'CREATE', null, created.value);
  if (section.status !== 'DRAFT') moveReward(planning, created.value.id, 'ACTIVATE', path);
  if (section.status === 'INACTIVE') moveReward(planning, created.value.id, 'DEACTIVATE', path);
}

/** What a reward says changes in a draft, which it becomes again for that, for no time: what members have counted stays. */
function changeReward(planning: Planning, found: CatalogueReward, section: RewardSection, path: DocumentPath): void {
  const { id } = found;
  const changed = changedRewardFields(planning, found, section);
  if (found.status !== 'DRAFT' && (section.status === 'DRAFT' || changed.some(isRule))) {
    if (found.status === 'INACTIVE') moveReward(planning, id, 'ACTIVATE', path);
    moveReward(planning, id, 'DRAFT', path);
  }
  if (changed.length > 0) editReward(planning, id, section, path);
  const status = () => planning.rewards.get(id)?.status;
  if (section.status !== 'DRAFT' && status() !== section.status && status() !== 'ACTIVE') moveReward(planning, id, 'ACTIVATE', path);
  if (section.status === 'INACTIVE' && status() === 'ACTIVE') moveReward(planning, id, 'DEACTIVATE', path);
}

function editReward(planning: Planning, id: string, section: RewardSection, path: DocumentPath): void {
  const before = planning.reward(id);
  const draft = rewardDraft(planning, withOwnStock(before, section), path);
  if (draft === null) return;
  const { name, metadata } = draft;
  const updated = updateReward(before, before.status === 'DRAFT' ? draft : { name, metadata }, null, neighboursOf(planning, before));
  if (planning.accept(updated, path)) writeReward(planning, 'UPDATE', before, updated.value);
}

function moveReward(planning: Planning, id: string, lifecycleStep: LifecycleStep, path: DocumentPath): void {
  const before = planning.reward(id);
  const stepped = stepReward(before, lifecycleStep, null, neighboursOf(planning, before));
  if (!planning.accept(stepped, path)) return;
  writeReward(planning, lifecycleStep, before, stepped.value);
  if (lifecycleStep === 'DELETE') planning.remove(id);
}

function writeReward(planning: Planning, action: PlannedAction, before: CatalogueReward | null, after: CatalogueReward): void {
  planning.keepReward(after);
  const plain = (reward: CatalogueReward) => (reward.status === 'DELETED' ? undefined : withoutKey(plainReward(rewardSection(reward, planning.names()))));
  const fields = fieldsOf(action, plainDifferences(before === null ? undefined : plain(before), plain(after)));
  planning.write({ kind: 'REWARD', action, before, after }, { action, object: 'REWARD', key: after.key, fields });
}

/** Fields of the document, but for the status, that say something else of the reward than it does. */
function changedRewardFields(planning: Planning, reward: CatalogueReward, section: RewardSection): readonly string[] {
  const own = rewardSection(reward, planning.names());
  const wanted = { ...withOwnStock(reward, section), status: own.status };
  return [...new Set(plainDifferences(plainReward(own), plainReward(wanted)).flatMap(({ field }) => field.slice(0, 1)))];
}

/** How many are left is for redemptions to say, once there is a stock. */
function withOwnStock(reward: CatalogueReward, section: RewardSection): RewardSection {
  const { settings } = section;
  return reward.stock === null || settings.stock === null ? section : { ...section, settings: { ...settings, stock: reward.stock } };
}

/** Whether changing the reward looks whether its cards are in force. */
export function looksForCards(planning: Planning, before: CatalogueReward, section: RewardSection): boolean {
  const changed = changedRewardFields(planning, before, section);
  const isSteppedUp = before.status !== 'ACTIVE' && before.status !== section.status;
  return isSteppedUp || (before.status === 'DRAFT' ? changed.length > 0 : changed.some(isRule));
}

/** What the section says, by ids; null where it refers to a card that is not there, which is reported. */
function rewardDraft(planning: Planning, { cardDefinition, tiers, trigger, settings }: RewardSection, path: DocumentPath): RewardDraft | null {
  const cardDefinitionId = planning.refer(cardDefinition, [...path, 'cardDefinition']);
  const tierIds = tiers.flatMap((tier, index) => planning.tierByName(tier, [...path, 'tiers', index]) ?? []);
  const resolved = trigger === null ? null : rewardTrigger(planning, trigger, [...path, 'trigger']);
  return cardDefinitionId === null || resolved === undefined ? null : { ...settings, cardDefinitionId, tierIds, trigger: resolved };
}

function rewardTrigger(planning: Planning, trigger: NonNullable<RewardSection['trigger']>, path: DocumentPath): RewardTrigger | undefined {
  if (trigger.type === 'EVERY_NTH_VISIT') return trigger;
  const { cardDefinition, ...rest } = trigger;
  const field = trigger.type === 'POINT_BALANCE' ? 'pointBalance' : 'pointEarned';
  const cardDefinitionId = planning.refer(cardDefinition, [...path, field, 'cardDefinition']);
  return cardDefinitionId === null ? undefined : { ...rest, cardDefinitionId };
}

/** A tier that is gone is still one, to which a reward may go on referring. */
function neighboursOf(planning: Planning, reward: CatalogueReward | null): RewardNeighbours {
  return {
    cardDefinitionIds: new Set([...planning.cards.values()].flatMap(({ id, status }) => (status === 'ACTIVE' ? id : []))),
    tierIds: new Set([...planning.tierIds(), ...(reward?.tierIds ?? [])]),
    takenKeys: NO_KEYS,
    now: planning.now,
  };
}

/** Whether a field of a reward may change in a draft alone. */
function isRule(field: string): boolean {
  return field !== 'name' && field !== 'metadata';
}

/** From which cards a reward is paid for, and for points on which it is given. */
export function cardsOfReward({ cardDefinitionId, trigger }: CatalogueReward): readonly string[] {
  return trigger === null || trigger.type === 'EVERY_NTH_VISIT' ? [cardDefinitionId] : [cardDefinitionId, trigger.cardDefinitionId];
}

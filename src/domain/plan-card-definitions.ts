import type { CardDefinition } from './cards.ts';
import { createCardDefinition, stepCardDefinition, updateCardDefinition } from './cards.ts';
import type { PlannedAction } from './configuration-changes.ts';
import { fieldsOf, withoutKey } from './configuration-changes.ts';
import type { CardDefinitionSection } from './configuration-document.ts';
import { cardDefinitionSection, isSamePlain, plainCardDefinition, plainDifferences } from './configuration-document.ts';
import type { DocumentPath, Planning } from './configuration-planning.ts';
import { NO_KEYS } from './configuration-planning.ts';
import type { LifecycleStep } from './configuration.ts';
import { cardsOfReward, looksForCards } from './plan-rewards.ts';
import { hasSameRules } from './plan-tier-structures.ts';
import { cardDefinitionsOf } from './structures.ts';

/**
 * What becomes of card definitions on the way to a document. They come first, since others refer to them, and stand down last, when
 * nothing does any more.
 */

const CARDS = 'cardDefinitions';

export function planCards(planning: Planning): void {
  for (const [index, section] of (planning.document.cardDefinitions ?? []).entries()) {
    const path = [CARDS, index];
    const before = planning.cardByKey(section.key);
    // What shall be a draft again may change once it is one.
    if (before === null) createCard(planning, section, path);
    else if (before.status === 'DRAFT' || section.status !== 'DRAFT') updateCard(planning, before, section, path);
  }
  const needed = cardsNeededActive(planning);
  for (const card of planning.cards.values()) {
    const { status, path } = cardTarget(planning, card);
    const passesThrough = status !== card.status && card.status !== 'ACTIVE' && status !== 'DELETED';
    if (card.status !== 'ACTIVE' && (status === 'ACTIVE' || passesThrough || needed.has(card.id))) stepCard(planning, card, 'ACTIVATE', path);
  }
}

function createCard(planning: Planning, { key, status, settings }: CardDefinitionSection, path: DocumentPath): void {
  const created = createCardDefinition({ ...settings, key }, planning.context.ids.next(), NO_KEYS, planning.now);
  if (planning.accept(created, path)) writeCard(planning, 'CREATE', null, created.value);
  else planning.keepCard({ ...settings, id: key, key, status, version: 0, createdAt: planning.now, updatedAt: null });
}

function updateCard(planning: Planning, before: CardDefinition, { settings }: CardDefinitionSection, path: DocumentPath): void {
  const section = cardDefinitionSection(before);
  const plainWith = (field: keyof typeof settings) => plainCardDefinition({ ...section, settings: { ...section.settings, [field]: settings[field] } });
  const changed = (Object.keys(settings) as (keyof typeof settings)[]).filter((field) => !isSamePlain(plainWith(field), plainCardDefinition(section)));
  if (changed.length === 0) return;
  const changes = Object.fromEntries(changed.map((field) => [field, settings[field]]));
  const updated = updateCardDefinition(before, changes, null, NO_KEYS, planning.now);
  if (planning.accept(updated, path)) writeCard(planning, 'UPDATE', before, updated.value);
}

/** What a card definition shall be in the end, and where the document says so. */
function cardTarget(planning: Planning, card: CardDefinition): { readonly status: CardDefinition['status']; readonly path: DocumentPath } {
  if (planning.isPruned(card.id)) return { status: 'DELETED', path: [CARDS] };
  const index = (planning.document.cardDefinitions ?? []).findIndex(({ key }) => key === card.key);
  const section = planning.document.cardDefinitions?.[index];
  if (section !== undefined) return { status: section.status, path: [CARDS, index] };
  const before = planning.state.cardDefinitions.find(({ id }) => id === card.id);
  return { status: before?.status ?? card.status, path: [CARDS] };
}

/** Card definitions that a rule, a structure which comes into force, or a reward needs to be active at that moment. */
function cardsNeededActive(planning: Planning): ReadonlySet<string> {
  const keys: (string | null)[] = [];
  const ids: string[] = [];
  for (const { key, cardDefinition } of planning.document.earnRules ?? []) {
    if (planning.ruleByKey(key) === null) keys.push(cardDefinition);
  }
  for (const section of planning.document.tierStructures ?? []) {
    const before = planning.structureByKey(section.key);
    const comesIntoForce = section.status === 'ACTIVE' && before?.status !== 'ACTIVE';
    const isRevised = before?.status === 'ACTIVE' && section.status !== 'DRAFT' && !hasSameRules(planning, before, section);
    if (comesIntoForce || isRevised) keys.push(section.cardDefinition, ...section.tiers.map(({ entryAward }) => entryAward?.cardDefinition ?? null));
  }
  for (const section of planning.document.rewards ?? []) {
    const before = planning.rewardByKey(section.key);
    if (before !== null && !looksForCards(planning, before, section)) continue;
    const { cardDefinition, trigger } = section;
    keys.push(cardDefinition, trigger !== null && 'cardDefinition' in trigger ? trigger.cardDefinition : null);
    // One that is paused is in force again, for no time, before it can be a draft.
    if (before !== null) ids.push(...cardsOfReward(before));
  }
  return new Set([...ids, ...keys.flatMap((key) => (key === null ? [] : (planning.cardByKey(key)?.id ?? [])))]);
}

export function standCardsDown(planning: Planning): void {
  for (const card of [...planning.cards.values()]) {
    const { status, path } = cardTarget(planning, card);
    if (status === card.status) continue;
    if (status === 'INACTIVE') stepCard(planning, card, 'DEACTIVATE', path);
    else if (status === 'DELETED') stepCard(planning, card, 'DELETE', path);
    else if (status === 'DRAFT') stepCard(planning, card, 'DRAFT', path);
  }
  for (const [index, section] of (planning.document.cardDefinitions ?? []).entries()) {
    const card = planning.cardByKey(section.key);
    if (card?.status === 'DRAFT' && section.status === 'DRAFT') updateCard(planning, card, section, [CARDS, index]);
  }
}

function stepCard(planning: Planning, before: CardDefinition, step: LifecycleStep, path: DocumentPath): void {
  const use = {
    structure: [...planning.structures.values()].some((structure) => structure.status === 'ACTIVE' && cardDefinitionsOf(structure).includes(before.id)),
    earnRule: [...planning.rules.values()].some(({ cardDefinitionId }) => cardDefinitionId === before.id),
    reward: [...planning.rewards.values()].some((reward) => (step === 'DELETE' || reward.status === 'ACTIVE') && cardsOfReward(reward).includes(before.id)),
    customers: planning.context.usedCardDefinitions.has(before.id),
  };
  const stepped = stepCardDefinition(before, step, use, null, planning.now);
  if (!planning.accept(stepped, path, before.key)) return;
  writeCard(planning, step, before, stepped.value);
  if (step === 'DELETE') planning.remove(before.id);
}

function writeCard(planning: Planning, action: PlannedAction, before: CardDefinition | null, after: CardDefinition): void {
  planning.keepCard(after);
  const plain = (card: CardDefinition) => (card.status === 'DELETED' ? undefined : withoutKey(plainCardDefinition(cardDefinitionSection(card))));
  const fields = plainDifferences(before === null ? undefined : plain(before), plain(after));
  planning.write({ kind: 'CARD_DEFINITION', action, before, after }, { action, object: 'CARD_DEFINITION', key: after.key, fields: fieldsOf(action, fields) });
}

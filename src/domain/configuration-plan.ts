import type { CardDefinition, CardDefinitionErrorCode } from './cards.ts';
import { createCardDefinition, stepCardDefinition, updateCardDefinition } from './cards.ts';
import type { LifecycleStep } from './configuration.ts';
import type {
  CardDefinitionSection,
  ConfigurationDocument,
  ConfigurationState,
  EarnRuleSection,
  EarnRuleVersionSection,
  KeyNames,
  Plain,
  PlainDifference,
  RewardSection,
  TierSection,
  TierStructureSection,
} from './configuration-document.ts';
import {
  cardDefinitionSection,
  isSamePlain,
  isSameTerms,
  keyNamesOf,
  plainCardDefinition,
  plainDifferences,
  plainEarnRule,
  plainReward,
  plainTier,
  plainTierStructure,
  plainVersion,
  plainWorkspace,
  rewardSection,
  termsInTime,
  tierName,
  tierSection,
  tierStructureSection,
  versionSection,
} from './configuration-document.ts';
import type { EarnRule, EarnRuleErrorCode, EarnRuleTerms } from './earning.ts';
import { checkTerms, createEarnRule, publishEarnRule, retireEarnRule, updateEarnRule } from './earning.ts';
import { checkKey } from './keys.ts';
import type { IdSource } from './ledger.ts';
import type { Checked, Problem } from './problem.ts';
import type { CatalogueReward, RewardDraft, RewardErrorCode, RewardNeighbours, RewardTrigger } from './rewards.ts';
import { createReward, stepReward, updateReward } from './rewards.ts';
import type { ForceContext, Publication, Tier, TierRule, TierSettings, TierStructure, TierStructureErrorCode, TierStructureSettings } from './structures.ts';
import {
  activateTierStructure,
  cardDefinitionsOf,
  createTierStructure,
  draftTierRules,
  publishTierStructure,
  replaceTiers,
  stepTierStructure,
  updateTier,
  updateTierStructure,
} from './structures.ts';
import type { Instant } from './time.ts';
import type { Workspace, WorkspaceErrorCode } from './workspaces.ts';
import { updateWorkspace } from './workspaces.ts';

/**
 * From a document and a configuration to the changes that lead from the one to the other. Each is a change that somebody could
 * make by hand, decided by the function that decides it then, on what the changes before it have made. So what the lifecycle
 * forbids is refused here too, and what it allows by another way (a revision, a new version) goes that way.
 */

export type PlannedAction = 'CREATE' | 'UPDATE' | 'ACTIVATE' | 'DEACTIVATE' | 'DRAFT' | 'PUBLISH' | 'RETIRE' | 'DELETE';

export type PlannedObject = 'WORKSPACE' | 'CARD_DEFINITION' | 'TIER_STRUCTURE' | 'TIER_STRUCTURE_DRAFT' | 'TIER' | 'EARN_RULE' | 'REWARD';

/** One change, which becomes one entry of the audit log. */
export interface PlannedChange {
  readonly action: PlannedAction;
  readonly object: PlannedObject;
  /** Null for the workspace. A tier is named with its structure. */
  readonly key: string | null;
  readonly fields: readonly PlainDifference[];
}

/** How many objects changes concern. */
export interface PlanCounts {
  readonly createdCount: number;
  readonly updatedCount: number;
  readonly deletedCount: number;
}

/** Each object counts once, whatever becomes of it besides: as created, as deleted (a rule: as retired), or else as updated. */
export function countsOf(changes: readonly PlannedChange[]): PlanCounts {
  const named = (of: readonly PlannedChange[]) => new Set(of.map(({ object, key }) => `${object} ${key ?? ''}`));
  const created = named(changes.filter(({ action }) => action === 'CREATE'));
  const deleted = named(changes.filter(({ action }) => action === 'DELETE' || action === 'RETIRE'));
  const updated = [...named(changes)].filter((name) => !created.has(name) && !deleted.has(name));
  return { createdCount: created.size, updatedCount: updated.length, deletedCount: deleted.size };
}

/** What is to be stored. Each leads to one or several changes, in the order in which they are recorded. */
export type PlannedWrite =
  | { readonly kind: 'WORKSPACE'; readonly before: Workspace; readonly after: Workspace }
  | { readonly kind: 'CARD_DEFINITION'; readonly action: PlannedAction; readonly before: CardDefinition | null; readonly after: CardDefinition }
  | { readonly kind: 'NEW_TIER_STRUCTURE'; readonly after: TierStructure }
  | { readonly kind: 'TIER_STRUCTURE'; readonly action: PlannedAction; readonly before: TierStructure; readonly after: TierStructure }
  /** The tiers of a structure, which itself stays as it is. */
  | { readonly kind: 'TIERS'; readonly before: TierStructure; readonly after: TierStructure }
  | { readonly kind: 'PUBLICATION'; readonly publication: Publication }
  | { readonly kind: 'EARN_RULE'; readonly action: PlannedAction; readonly before: EarnRule | null; readonly after: EarnRule }
  | { readonly kind: 'REWARD'; readonly action: PlannedAction; readonly before: CatalogueReward | null; readonly after: CatalogueReward };

export interface ConfigurationPlan {
  readonly changes: readonly PlannedChange[];
  readonly writes: readonly PlannedWrite[];
  /** What there is once all is done. */
  readonly state: ConfigurationState;
}

type DecisionCode = CardDefinitionErrorCode | TierStructureErrorCode | EarnRuleErrorCode | RewardErrorCode | WorkspaceErrorCode;

export type PlanProblemCode =
  // What a document cannot bring about, because it names no ids, versions, drafts or clocks.
  | Exclude<
      DecisionCode,
      | 'NOT_FOUND'
      | 'KEY_TAKEN'
      | 'VERSION_CONFLICT'
      | 'RETIRED'
      | 'INVALID_DRAFT'
      | 'REVISED_MEANWHILE'
      | 'INVALID_TIME_ZONE'
      | 'INVALID_CLOCK'
      | 'CLOCK_NOT_ALLOWED'
      | 'CLOCK_BACKWARDS'
      | 'CLOCK_TOO_FAR'
      | 'INVALID_REASON'
      | 'NO_STOCK'
      | 'INVALID_IDEMPOTENCY_KEY'
      | 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH'
    >
  | 'DUPLICATE_KEY'
  | 'UNKNOWN_REFERENCE'
  | 'NOT_CHANGEABLE';

/** What stands against a document, and where in it. */
export interface PlanProblem {
  readonly code: PlanProblemCode;
  readonly message: string;
  readonly path: DocumentPath;
}

export type DocumentPath = readonly (string | number)[];

/** What planning needs to know beyond the configuration itself, as far as the document asks for it. */
export interface PlanFacts {
  /** Of the structures that shall be drafts again, those that customers hold tiers of. */
  readonly heldStructures: ReadonlySet<string>;
  /** Of the card definitions that shall be drafts again, those that customers have cards of. */
  readonly usedCardDefinitions: ReadonlySet<string>;
}

export interface PlanContext extends PlanFacts {
  /** Whether to remove what the document's sections do not name. */
  readonly prune: boolean;
  readonly now: Instant;
  /** See `takesEffectAt`. */
  readonly settledUpTo: Instant | null;
  readonly ids: IdSource;
}

/** Of which objects `PlanFacts` must be known, by id. */
export function factsNeeded(document: ConfigurationDocument, state: ConfigurationState): { readonly structures: string[]; readonly cardDefinitions: string[] } {
  const drafts = (sections: readonly { readonly key: string; readonly status: string }[] | null) =>
    new Set((sections ?? []).flatMap(({ key, status }) => (status === 'DRAFT' ? key : [])));
  const structures = drafts(document.tierStructures);
  const cards = drafts(document.cardDefinitions);
  return {
    structures: state.tierStructures.flatMap(({ id, key, status }) => (status === 'ACTIVE' && structures.has(key) ? id : [])),
    cardDefinitions: state.cardDefinitions.flatMap(({ id, key, status }) => (status !== 'DRAFT' && cards.has(key) ? id : [])),
  };
}

/** The changes that lead from the configuration to what the document says, or everything that stands against them. */
export function planConfiguration(
  document: ConfigurationDocument,
  state: ConfigurationState,
  context: PlanContext,
): { readonly ok: true; readonly value: ConfigurationPlan } | { readonly ok: false; readonly problems: readonly PlanProblem[] } {
  const planner = new Planner(document, state, context);
  planner.plan();
  const { problems, changes, writes } = planner;
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: { changes, writes, state: planner.state() } };
}

const CARDS = 'cardDefinitions';
const STRUCTURES = 'tierStructures';
const RULES = 'earnRules';
const REWARDS = 'rewards';

const NO_KEYS: ReadonlySet<string> = new Set();

class Planner {
  readonly problems: PlanProblem[] = [];
  readonly changes: PlannedChange[] = [];
  readonly writes: PlannedWrite[] = [];
  readonly #document: ConfigurationDocument;
  readonly #state: ConfigurationState;
  readonly #context: PlanContext;
  /** By id, as the changes so far have left them. */
  readonly #cards: Map<string, CardDefinition>;
  readonly #structures: Map<string, TierStructure>;
  readonly #rules: Map<string, EarnRule>;
  readonly #rewards: Map<string, CatalogueReward>;
  #drafts: readonly TierStructure[];
  /** Tiers that the document says, by their names. */
  readonly #documentTiers: ReadonlySet<string>;
  /** Ids of what the document's sections do not name and the caller wants gone. */
  readonly #pruned: ReadonlySet<string>;
  /** Where a reference leads nowhere: a document may have thousands of them. */
  readonly #lostReferences = new Set<string>();
  #workspace: Workspace;
  #now: Instant;
  /** The last change of each structure. On a frozen clock all changes follow each other, in real time those of one structure. */
  readonly #changedAt = new Map<string, Instant>();
  #settledUpTo: Instant | null;
  #knownNames: KeyNames | null = null;

  constructor(document: ConfigurationDocument, state: ConfigurationState, context: PlanContext) {
    this.#document = document;
    this.#state = state;
    this.#context = context;
    this.#cards = new Map(state.cardDefinitions.map((card) => [card.id, card]));
    this.#structures = new Map(state.tierStructures.map((structure) => [structure.id, structure]));
    this.#rules = new Map(state.earnRules.map((rule) => [rule.id, rule]));
    this.#rewards = new Map(state.rewards.map((reward) => [reward.id, reward]));
    this.#drafts = state.drafts;
    this.#documentTiers = new Set((document.tierStructures ?? []).flatMap(({ key, tiers }) => tiers.map((tier) => tierName(key, tier.key))));
    this.#workspace = state.workspace;
    this.#now = context.now;
    this.#settledUpTo = context.settledUpTo;
    const unnamed = (objects: readonly { readonly id: string; readonly key: string }[], sections: readonly { readonly key: string }[] | null) => {
      const named = new Set(sections?.map(({ key }) => key));
      return context.prune && sections !== null ? objects.flatMap(({ id, key }) => (named.has(key) ? [] : id)) : [];
    };
    this.#pruned = new Set([
      ...unnamed(state.cardDefinitions, document.cardDefinitions),
      ...unnamed(state.tierStructures, document.tierStructures),
      ...unnamed(state.earnRules, document.earnRules),
      ...unnamed(state.rewards, document.rewards),
    ]);
  }

  state(): ConfigurationState {
    const inOrder = <T extends { readonly createdAt: Instant; readonly id: string }>(objects: ReadonlyMap<string, T>): T[] =>
      [...objects.values()].sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
    return {
      workspace: this.#workspace,
      cardDefinitions: inOrder(this.#cards),
      tierStructures: inOrder(this.#structures),
      drafts: this.#drafts,
      earnRules: inOrder(this.#rules),
      rewards: inOrder(this.#rewards),
    };
  }

  plan(): void {
    this.#checkKeys(this.#document.cardDefinitions ?? [], [CARDS]);
    this.#checkKeys(this.#document.tierStructures ?? [], [STRUCTURES]);
    this.#checkKeys(this.#document.earnRules ?? [], [RULES]);
    this.#checkKeys(this.#document.rewards ?? [], [REWARDS]);
    for (const [index, { tiers }] of (this.#document.tierStructures ?? []).entries()) this.#checkKeys(tiers, [STRUCTURES, index, 'tiers']);
    // Everything below finds objects by their keys.
    if (this.problems.length > 0) return;
    this.#planWorkspace();
    this.#retireRules();
    this.#deleteRewards();
    this.#planCards();
    this.#planStructures();
    this.#planRules();
    this.#planRewards();
    this.#standCardsDown();
  }

  #checkKeys(sections: readonly { readonly key: string }[], path: DocumentPath): void {
    for (const [index, { key }] of sections.entries()) {
      const [invalid] = checkKey(key, NO_KEYS);
      if (invalid !== undefined) this.problems.push({ code: 'INVALID_KEY', message: invalid.message, path: [...path, index, 'key'] });
      if (sections.findIndex((other) => other.key === key) === index) continue;
      this.problems.push({ code: 'DUPLICATE_KEY', message: `The key \`${key}\` is there twice.`, path: [...path, index, 'key'] });
    }
  }

  // --- workspace ----------------------------------------------------------------------------------------

  #planWorkspace(): void {
    const { workspace: section } = this.#document;
    const { workspace } = this.#state;
    if (section === null) return;
    if (section.timeZone !== null && section.timeZone !== workspace.timeZone) {
      const message = `The workspace has the time zone ${workspace.timeZone}, and never another.`;
      this.problems.push({ code: 'NOT_CHANGEABLE', message, path: ['workspace', 'timeZone'] });
    }
    const { backdatingDays, eventRetentionDays, noticeDays } = section;
    const settings = { backdatingDays, eventRetentionDays, noticeDays };
    if (Object.entries(settings).every(([name, value]) => workspace[name as keyof typeof settings] === value)) return;
    const updated = updateWorkspace(workspace, { name: undefined, ...settings }, null, this.#now);
    if (!this.#accept(updated, ['workspace'])) return;
    this.#workspace = updated.value;
    const fields = plainDifferences(plainWorkspace(workspace), plainWorkspace({ ...section, timeZone: workspace.timeZone }));
    this.#write({ kind: 'WORKSPACE', before: workspace, after: updated.value }, { action: 'UPDATE', object: 'WORKSPACE', key: null, fields });
  }

  // --- card definitions ---------------------------------------------------------------------------------

  #planCards(): void {
    for (const [index, section] of (this.#document.cardDefinitions ?? []).entries()) {
      const path = [CARDS, index];
      const before = this.#cardByKey(section.key);
      // What shall be a draft again may change once it is one.
      if (before === null) this.#createCard(section, path);
      else if (before.status === 'DRAFT' || section.status !== 'DRAFT') this.#updateCard(before, section, path);
    }
    const needed = this.#cardsNeededActive();
    for (const card of this.#cards.values()) {
      const { status, path } = this.#cardTarget(card);
      const passesThrough = status !== card.status && card.status !== 'ACTIVE' && status !== 'DELETED';
      if (card.status !== 'ACTIVE' && (status === 'ACTIVE' || passesThrough || needed.has(card.id))) this.#stepCard(card, 'ACTIVATE', path);
    }
  }

  #createCard({ key, status, settings }: CardDefinitionSection, path: DocumentPath): void {
    const created = createCardDefinition({ ...settings, key }, this.#context.ids.next(), NO_KEYS, this.#now);
    if (this.#accept(created, path)) this.#writeCard('CREATE', null, created.value);
    else this.#keepCard({ ...settings, id: key, key, status, version: 0, createdAt: this.#now, updatedAt: null });
  }

  #updateCard(before: CardDefinition, { settings }: CardDefinitionSection, path: DocumentPath): void {
    const section = cardDefinitionSection(before);
    const plainWith = (field: keyof typeof settings) => plainCardDefinition({ ...section, settings: { ...section.settings, [field]: settings[field] } });
    const changed = (Object.keys(settings) as (keyof typeof settings)[]).filter((field) => !isSamePlain(plainWith(field), plainCardDefinition(section)));
    if (changed.length === 0) return;
    const changes = Object.fromEntries(changed.map((field) => [field, settings[field]]));
    const updated = updateCardDefinition(before, changes, null, NO_KEYS, this.#now);
    if (this.#accept(updated, path)) this.#writeCard('UPDATE', before, updated.value);
  }

  /** What a card definition shall be in the end, and where the document says so. */
  #cardTarget(card: CardDefinition): { readonly status: CardDefinition['status']; readonly path: DocumentPath } {
    if (this.#pruned.has(card.id)) return { status: 'DELETED', path: [CARDS] };
    const index = (this.#document.cardDefinitions ?? []).findIndex(({ key }) => key === card.key);
    const section = this.#document.cardDefinitions?.[index];
    if (section !== undefined) return { status: section.status, path: [CARDS, index] };
    const before = this.#state.cardDefinitions.find(({ id }) => id === card.id);
    return { status: before?.status ?? card.status, path: [CARDS] };
  }

  /** Card definitions that a rule, a structure which comes into force, or a reward needs to be active at that moment. */
  #cardsNeededActive(): ReadonlySet<string> {
    const keys: (string | null)[] = [];
    const ids: string[] = [];
    for (const { key, cardDefinition } of this.#document.earnRules ?? []) {
      if (this.#ruleByKey(key) === null) keys.push(cardDefinition);
    }
    for (const section of this.#document.tierStructures ?? []) {
      const before = this.#structureByKey(section.key);
      const comesIntoForce = section.status === 'ACTIVE' && before?.status !== 'ACTIVE';
      const isRevised = before?.status === 'ACTIVE' && section.status !== 'DRAFT' && !this.#hasSameRules(before, section);
      if (comesIntoForce || isRevised) keys.push(section.cardDefinition, ...section.tiers.map(({ entryAward }) => entryAward?.cardDefinition ?? null));
    }
    for (const section of this.#document.rewards ?? []) {
      const before = this.#rewardByKey(section.key);
      if (before !== null && !this.#looksForCards(before, section)) continue;
      const { cardDefinition, trigger } = section;
      keys.push(cardDefinition, trigger !== null && 'cardDefinition' in trigger ? trigger.cardDefinition : null);
      // One that is paused is in force again, for no time, before it can be a draft.
      if (before !== null) ids.push(...cardsOfReward(before));
    }
    return new Set([...ids, ...keys.flatMap((key) => (key === null ? [] : (this.#cardByKey(key)?.id ?? [])))]);
  }

  #standCardsDown(): void {
    for (const card of [...this.#cards.values()]) {
      const { status, path } = this.#cardTarget(card);
      if (status === card.status) continue;
      if (status === 'INACTIVE') this.#stepCard(card, 'DEACTIVATE', path);
      else if (status === 'DELETED') this.#stepCard(card, 'DELETE', path);
      else if (status === 'DRAFT') this.#stepCard(card, 'DRAFT', path);
    }
    for (const [index, section] of (this.#document.cardDefinitions ?? []).entries()) {
      const card = this.#cardByKey(section.key);
      if (card?.status === 'DRAFT' && section.status === 'DRAFT') this.#updateCard(card, section, [CARDS, index]);
    }
  }

  #stepCard(before: CardDefinition, step: LifecycleStep, path: DocumentPath): void {
    const use = {
      structure: [...this.#structures.values()].some((structure) => structure.status === 'ACTIVE' && cardDefinitionsOf(structure).includes(before.id)),
      earnRule: [...this.#rules.values()].some(({ cardDefinitionId }) => cardDefinitionId === before.id),
      reward: [...this.#rewards.values()].some((reward) => (step === 'DELETE' || reward.status === 'ACTIVE') && cardsOfReward(reward).includes(before.id)),
      customers: this.#context.usedCardDefinitions.has(before.id),
    };
    const stepped = stepCardDefinition(before, step, use, null, this.#now);
    if (!this.#accept(stepped, path, before.key)) return;
    this.#writeCard(step, before, stepped.value);
    if (step === 'DELETE' && this.#cards.delete(before.id)) this.#knownNames = null;
  }

  #writeCard(action: PlannedAction, before: CardDefinition | null, after: CardDefinition): void {
    this.#keepCard(after);
    const plain = (card: CardDefinition) => (card.status === 'DELETED' ? undefined : withoutKey(plainCardDefinition(cardDefinitionSection(card))));
    const fields = plainDifferences(before === null ? undefined : plain(before), plain(after));
    this.#write({ kind: 'CARD_DEFINITION', action, before, after }, { action, object: 'CARD_DEFINITION', key: after.key, fields: step(action, fields) });
  }

  // --- tier structures ----------------------------------------------------------------------------------

  /** Those that stand down come first, so that nothing stands in the way of those that come into force. */
  #planStructures(): void {
    const sections = (this.#document.tierStructures ?? []).map((section, index) => ({ section, path: [STRUCTURES, index] }));
    for (const structure of [...this.#structures.values()]) {
      if (this.#pruned.has(structure.id)) this.#stepStructure(structure, 'DELETE', [STRUCTURES]);
    }
    const standsDown = ({ section }: (typeof sections)[number]) => section.status !== 'ACTIVE' && this.#structureByKey(section.key) !== null;
    const later = sections.filter((each) => !standsDown(each));
    for (const { section, path } of [...sections.filter(standsDown), ...later]) {
      const before = this.#structureByKey(section.key);
      if (before === null) this.#createStructure(section, path);
      else this.#changeStructure(before, section, path);
    }
  }

  #createStructure(section: TierStructureSection, path: DocumentPath): void {
    const { ids } = this.#context;
    const settings = this.#structureSettings(section, path);
    const tiers = section.tiers.map((tier, index) => this.#tierSettings(tier, [...path, 'tiers', index]));
    const newIds = { structure: ids.next(), tiers: tiers.map(() => ids.next()) };
    const created = createTierStructure(settings, tiers, newIds, NO_KEYS, this.#now);
    if (!this.#accept(created, path)) return;
    // It was in force elsewhere and is not now; here it never was, and nobody is judged by it.
    const status = section.status === 'INACTIVE' ? 'INACTIVE' : 'DRAFT';
    const structure: TierStructure = { ...created.value, status };
    this.#keepStructure(structure);
    const plain = withoutKey(plainTierStructure(tierStructureSection(structure, this.#names())));
    this.#write(
      { kind: 'NEW_TIER_STRUCTURE', after: structure },
      { action: 'CREATE', object: 'TIER_STRUCTURE', key: structure.key, fields: plainDifferences(undefined, plain) },
      ...structure.tiers.map((tier) => this.#tierChange(structure, null, tier)),
    );
    if (section.status === 'ACTIVE') this.#activate(structure.id, path);
  }

  #changeStructure(found: TierStructure, section: TierStructureSection, path: DocumentPath): void {
    const { id } = found;
    if (found.status !== 'DRAFT' && section.status === 'DRAFT') this.#stepStructure(found, 'DRAFT', path);
    // Rules in force change by a revision, which needs a structure in force.
    if (found.status === 'INACTIVE' && section.status === 'ACTIVE') this.#activate(id, path);
    this.#updateStructure(id, section, path);
    if (this.#structure(id).status === 'DRAFT') this.#replaceTiers(id, section, path);
    else {
      this.#renameTiers(id, section, path);
      if (!this.#hasSameRules(this.#structure(id), section)) this.#revise(id, section, path);
    }
    const { status } = this.#structure(id);
    if (status === 'DRAFT' && section.status === 'ACTIVE') this.#activate(id, path);
    if (status !== 'INACTIVE' && section.status === 'INACTIVE') this.#stepStructure(this.#structure(id), 'DEACTIVATE', path);
  }

  /** Name and metadata, and in a draft everything but the tiers. */
  #updateStructure(id: string, section: TierStructureSection, path: DocumentPath): void {
    const before = this.#structure(id);
    const always: readonly (keyof TierStructureSettings)[] = ['name', 'metadata'];
    const changed = this.#changedSettings(before, section).filter((field) => before.status === 'DRAFT' || always.includes(field));
    if (changed.length === 0) return;
    const settings = this.#structureSettings(section, path);
    const changes = Object.fromEntries(changed.map((field) => [field, settings[field]]));
    const updated = updateTierStructure(before, changes, null, NO_KEYS, this.#now);
    if (this.#accept(updated, path)) this.#writeStructure('UPDATE', before, updated.value);
  }

  #changedSettings(before: TierStructure, section: TierStructureSection): (keyof TierStructureSettings)[] {
    const own = tierStructureSection(before, this.#names());
    const { settings } = section;
    const fields = (Object.keys(settings) as (keyof typeof settings)[]).filter((field) => {
      const changed = plainTierStructure({ ...own, settings: { ...own.settings, [field]: settings[field] } });
      return !isSamePlain(changed, plainTierStructure(own));
    });
    return own.cardDefinition === section.cardDefinition ? fields : [...fields, 'cardDefinitionId'];
  }

  #replaceTiers(id: string, section: TierStructureSection, path: DocumentPath): void {
    const before = this.#structure(id);
    const rules = this.#tierRules(before, section, path);
    const isSame = rules.length === before.tiers.length && section.tiers.every((tier) => this.#isSameTier(before, tier));
    if (isSame) return;
    const replaced = replaceTiers(before, rules, rules.map(() => this.#context.ids.next()), null, this.#now);
    if (this.#accept(replaced, path)) this.#writeTiers(before, replaced.value);
  }

  /** Names and metadata of tiers, which may change while the rules hold. */
  #renameTiers(id: string, section: TierStructureSection, path: DocumentPath): void {
    for (const [index, { key, settings }] of section.tiers.entries()) {
      const before = this.#structure(id);
      const tier = before.tiers.find((each) => each.key === key);
      if (tier === undefined) continue;
      const own = tierSection(tier, this.#names());
      const renamed = { ...own, settings: { ...own.settings, name: settings.name, metadata: settings.metadata } };
      if (isSamePlain(plainTier(renamed), plainTier(own))) continue;
      const updated = updateTier(before, tier.id, { name: settings.name, metadata: settings.metadata }, null, this.#now);
      if (this.#accept(updated, [...path, 'tiers', index])) this.#writeTiers(before, updated.value);
    }
  }

  #revise(id: string, section: TierStructureSection, path: DocumentPath): void {
    const structure = this.#structure(id);
    const settings = this.#structureSettings(section, path);
    const changed = this.#changedSettings(structure, section);
    const changes = Object.fromEntries(changed.map((field) => [field, settings[field]]));
    const tiers = this.#tierRules(structure, section, path);
    const { ids } = this.#context;
    const drafted = draftTierRules(structure, { changes, tiers }, { structure: ids.next(), tiers: tiers.map(() => ids.next()) }, null, this.#now);
    if (!this.#accept(drafted, path)) return;
    const published = publishTierStructure(drafted.value, structure, section.rollout, this.#force(drafted.value, id));
    if (!this.#accept(published, path)) return;
    const { before, after } = published.value;
    this.#keepStructure(after);
    this.#changed(id, after.revision.effectiveAt ?? this.#now);
    const names = this.#names();
    const plain = (of: TierStructure) => withoutKey(plainTierStructure(tierStructureSection(of, names)));
    this.#write(
      { kind: 'PUBLICATION', publication: published.value },
      { action: 'PUBLISH', object: 'TIER_STRUCTURE', key: after.key, fields: plainDifferences(plain(before), plain(after)) },
      ...this.#tierChanges(before, after),
    );
  }

  #activate(id: string, path: DocumentPath): void {
    const before = this.#structure(id);
    const activated = activateTierStructure(before, { ...this.#force(before, id), effectiveAt: null });
    if (!this.#accept(activated, path)) return;
    this.#writeStructure('ACTIVATE', before, activated.value);
    this.#changed(id, this.#now);
  }

  #stepStructure(before: TierStructure, lifecycleStep: 'DEACTIVATE' | 'DRAFT' | 'DELETE', path: DocumentPath): void {
    const { id } = before;
    const held = this.#context.heldStructures.has(id);
    const stepped = stepTierStructure(before, lifecycleStep, { held, expectedVersion: null, now: this.#now, settledUpTo: this.#settledUpToOf(id) });
    if (!this.#accept(stepped, path, before.key)) return;
    this.#writeStructure(lifecycleStep, before, stepped.value);
    if (before.status === 'ACTIVE') this.#changed(id, stepped.value.activePeriods.at(-1)?.end ?? this.#now);
    if (lifecycleStep === 'DELETE' && this.#structures.delete(id)) this.#knownNames = null;
    if (lifecycleStep === 'DEACTIVATE') return;
    for (const draft of this.#drafts.filter(({ draftOf }) => draftOf === id)) {
      const deleted = stepTierStructure(draft, 'DELETE', { held: false, expectedVersion: null, now: this.#now, settledUpTo: null });
      if (!this.#accept(deleted, path)) continue;
      const change: PlannedChange = { action: 'DELETE', object: 'TIER_STRUCTURE_DRAFT', key: draft.key, fields: [] };
      this.#write({ kind: 'TIER_STRUCTURE', action: 'DELETE', before: draft, after: deleted.value }, change);
    }
    this.#drafts = this.#drafts.filter(({ draftOf }) => draftOf !== id);
  }

  #writeStructure(action: PlannedAction, before: TierStructure, after: TierStructure): void {
    this.#keepStructure(after);
    const names = this.#names();
    const plain = (of: TierStructure) => (of.status === 'DELETED' ? undefined : withoutKey(plainTierStructure(tierStructureSection(of, names))));
    const fields = step(action, plainDifferences(plain(before), plain(after)));
    this.#write({ kind: 'TIER_STRUCTURE', action, before, after }, { action, object: 'TIER_STRUCTURE', key: after.key, fields });
  }

  #writeTiers(before: TierStructure, after: TierStructure): void {
    this.#keepStructure(after);
    this.#write({ kind: 'TIERS', before, after }, ...this.#tierChanges(before, after));
  }

  /** In the order in which the tiers of a structure are recorded. */
  #tierChanges(before: TierStructure, after: TierStructure): PlannedChange[] {
    const { changed, removed } = tiersChanged(before, after);
    return [...changed.map(([former, tier]) => this.#tierChange(after, former, tier)), ...removed.map((tier) => this.#tierChange(after, tier, null))];
  }

  #tierChange(structure: TierStructure, before: Tier | null, after: Tier | null): PlannedChange {
    const names = this.#names();
    const plain = (tier: Tier | null) => (tier === null ? undefined : withoutKey(plainTier(tierSection(tier, names))));
    const action = before === null ? 'CREATE' : after === null ? 'DELETE' : 'UPDATE';
    const key = tierName(structure.key, (after ?? before)?.key ?? '');
    return { action, object: 'TIER', key, fields: step(action, plainDifferences(plain(before), plain(after))) };
  }

  /** Whether a structure says what the section does, but for names and metadata. */
  #hasSameRules(structure: TierStructure, section: TierStructureSection): boolean {
    const rulesChanged = this.#changedSettings(structure, section).some((field) => field !== 'name' && field !== 'metadata');
    if (rulesChanged || structure.tiers.length !== section.tiers.length) return false;
    return section.tiers.every((tier) => {
      const own = structure.tiers.find(({ key }) => key === tier.key);
      return own !== undefined && this.#isSameTier(structure, { ...tier, settings: { ...tier.settings, name: own.name, metadata: own.metadata } });
    });
  }

  #isSameTier(structure: TierStructure, section: TierSection): boolean {
    const own = structure.tiers.find(({ key }) => key === section.key);
    return own !== undefined && isSamePlain(plainTier(tierSection(own, this.#names())), plainTier(section));
  }

  #tierRules(structure: TierStructure, section: TierStructureSection, path: DocumentPath): TierRule[] {
    return section.tiers.map((tier, index): TierRule => {
      const own = structure.tiers.find(({ key }) => key === tier.key);
      if (own !== undefined && this.#isSameTier(structure, tier)) return { ...settingsOf(own), tierId: own.id };
      return { ...this.#tierSettings(tier, [...path, 'tiers', index]), tierId: own?.id ?? null };
    });
  }

  #structureSettings({ key, cardDefinition, settings }: TierStructureSection, path: DocumentPath): TierStructureSettings {
    return { ...settings, key, cardDefinitionId: this.#refer(cardDefinition, [...path, 'cardDefinition']) };
  }

  #tierSettings({ key, settings, entryAward }: TierSection, path: DocumentPath): TierSettings {
    const award = entryAward === null ? null : { points: entryAward.points, cardDefinitionId: this.#refer(entryAward.cardDefinition, [...path, 'entryAward', 'cardDefinition']) };
    return { ...settings, key, entryAward: award };
  }

  #force(rules: TierStructure, id: string): ForceContext {
    const named = cardDefinitionsOf(rules).flatMap((each) => this.#cards.get(each) ?? []);
    return {
      cardDefinitionStatuses: new Map(named.map((card) => [card.id, card.status])),
      activeStructures: [...this.#structures.values()].filter(({ status }) => status === 'ACTIVE'),
      expectedVersion: null,
      now: this.#now,
      settledUpTo: this.#settledUpToOf(id),
    };
  }

  #settledUpToOf(id: string): Instant | null {
    return this.#settledUpTo ?? this.#changedAt.get(id) ?? null;
  }

  /** Structures change one after the other: a frozen clock moves on with each. */
  #changed(id: string, at: Instant): void {
    this.#changedAt.set(id, at);
    if (this.#settledUpTo === null) return;
    this.#settledUpTo = Math.max(this.#settledUpTo, at);
    this.#now = Math.max(this.#now, at);
  }

  // --- earn rules ---------------------------------------------------------------------------------------

  /** Makes room for new ones. */
  #retireRules(): void {
    for (const before of [...this.#rules.values()]) {
      if (!this.#pruned.has(before.id)) continue;
      const after = retireEarnRule(before, this.#now);
      this.#rules.delete(before.id);
      this.#write({ kind: 'EARN_RULE', action: 'RETIRE', before, after }, { action: 'RETIRE', object: 'EARN_RULE', key: before.key, fields: [] });
    }
  }

  #planRules(): void {
    for (const [index, section] of (this.#document.earnRules ?? []).entries()) {
      const path = [RULES, index];
      const before = this.#ruleByKey(section.key);
      const versions = this.#versionsAt(section, path);
      if (versions === null) continue;
      if (before === null) this.#createRule(section, versions, path);
      else this.#changeRule(before, section, versions, path);
    }
  }

  /** What the section says from now on; null if it cannot be said. What has begun by now is in force, the last of it alone. */
  #versionsAt({ versions }: EarnRuleSection, path: DocumentPath): readonly PlannedVersion[] | null {
    const tierIds = new Set([...this.#structures.values()].flatMap(({ tiers }) => tiers.map(({ id }) => id)));
    let allFit = true;
    const planned = versions.map((section, index): PlannedVersion => {
      const place = [...path, 'versions', index];
      const former = versions[index - 1]?.effectiveAt ?? null;
      if (index > 0 && (section.effectiveAt === null || (former !== null && section.effectiveAt <= former))) {
        allFit = false;
        const message = 'Every version but the first says from when it applies, later than the one before.';
        this.problems.push({ code: 'INVALID_EFFECTIVE_AT', message, path: [...place, 'effectiveAt'] });
      }
      const terms = checkTerms(this.#terms(section, place), tierIds);
      if (!this.#accept(terms, place)) allFit = false;
      return { effectiveAt: section.effectiveAt, terms: terms.ok ? terms.value : this.#terms(section, place), path: place };
    });
    if (planned.length === 0) {
      this.problems.push({ code: 'INVALID_RATE', message: 'A rule has at least one version.', path: [...path, 'versions'] });
      return null;
    }
    if (!allFit) return null;
    const begun = planned.filter(({ effectiveAt }) => effectiveAt === null || effectiveAt <= this.#now).at(-1);
    const later = planned.filter(({ effectiveAt }) => effectiveAt !== null && effectiveAt > this.#now);
    return [...(begun === undefined ? [] : [{ ...begun, effectiveAt: null }]), ...later];
  }

  #createRule({ key, name, cardDefinition }: EarnRuleSection, [first, ...later]: readonly PlannedVersion[], path: DocumentPath): void {
    const cardDefinitionId = this.#refer(cardDefinition, [...path, 'cardDefinition']);
    if (first === undefined || cardDefinitionId === null) return;
    const { ids } = this.#context;
    const created = createEarnRule(
      { key, name, cardDefinitionId, terms: first.terms },
      {
        takenKeys: NO_KEYS,
        cardDefinitionActive: this.#cards.get(cardDefinitionId)?.status === 'ACTIVE',
        tierIds: this.#tierIds(),
        rulesInForce: this.#rules.size,
        ids: { rule: ids.next(), version: ids.next() },
        effectiveAt: first.effectiveAt,
        now: this.#now,
      },
    );
    if (!this.#accept(created, path)) return;
    const after = created.value;
    this.#rules.set(after.id, after);
    const plain = withoutKey(plainEarnRule({ key, name, cardDefinition, versions: [] }));
    this.#write(
      { kind: 'EARN_RULE', action: 'CREATE', before: null, after },
      { action: 'CREATE', object: 'EARN_RULE', key, fields: plainDifferences(undefined, plain) },
      this.#publication(after, null, first),
    );
    for (const version of later) this.#publish(after.id, version, null);
  }

  #changeRule(found: EarnRule, section: EarnRuleSection, versions: readonly PlannedVersion[], path: DocumentPath): void {
    const names = this.#names();
    if (section.cardDefinition !== names.cardDefinition(found.cardDefinitionId)) {
      const message = 'An earn rule gives points on one card definition for good. Create another rule, and retire this one.';
      this.problems.push({ code: 'NOT_CHANGEABLE', message, path: [...path, 'cardDefinition'] });
    }
    if (section.name !== found.name) {
      const updated = updateEarnRule(found, { name: section.name }, null, NO_KEYS, this.#now);
      if (this.#accept(updated, path)) {
        this.#rules.set(found.id, updated.value);
        const plain = (name: string) => ({ name });
        const fields = plainDifferences(plain(found.name), plain(section.name));
        this.#write({ kind: 'EARN_RULE', action: 'UPDATE', before: found, after: updated.value }, { action: 'UPDATE', object: 'EARN_RULE', key: found.key, fields });
      }
    }
    const said = termsInTime(found, this.#now).map(({ effectiveAt, terms }) => versionSection(terms, effectiveAt, names));
    const wanted = versions.map(({ effectiveAt, terms }) => versionSection(terms, effectiveAt, names));
    if (said[0]?.effectiveAt === null && wanted[0]?.effectiveAt !== null) {
      const message = 'The rule gives points now. That it shall begin later cannot be said of it any more: retire it, and create another one.';
      this.problems.push({ code: 'NOT_CHANGEABLE', message, path: [...path, 'versions', 0, 'effectiveAt'] });
      return;
    }
    // From each instant at which either says something new, what the document says must be what is said.
    const instants = [...new Set([...said, ...wanted].map(({ effectiveAt }) => effectiveAt ?? -Infinity))].sort((a, b) => a - b);
    for (const instant of instants) {
      const index = wanted.findLastIndex(({ effectiveAt }) => (effectiveAt ?? -Infinity) <= instant);
      const version = versions[index];
      const saidThen = termsAt(this.#rule(found.id), instant === -Infinity ? this.#now : instant, names);
      const wantedThen = wanted[index];
      if (wantedThen === undefined || version === undefined) {
        if (saidThen === null) continue;
        const message = `The rule is going to begin on ${new Date(instant).toISOString()}, before what the document says. Retire it, and create another one.`;
        this.problems.push({ code: 'NOT_CHANGEABLE', message, path: [...path, 'versions', 0, 'effectiveAt'] });
        return;
      }
      if (!isSameTerms(wantedThen, saidThen ?? undefined)) this.#publish(found.id, { ...version, effectiveAt: instant === -Infinity ? null : instant }, saidThen);
    }
  }

  #publish(id: string, version: PlannedVersion, former: EarnRuleVersionSection | null): void {
    const before = this.#rule(id);
    const context = { tierIds: this.#tierIds(), id: this.#context.ids.next(), now: this.#now };
    const published = publishEarnRule(before, { terms: version.terms, effectiveAt: version.effectiveAt }, context);
    if (!this.#accept(published, version.path)) return;
    this.#rules.set(id, published.value);
    this.#write({ kind: 'EARN_RULE', action: 'PUBLISH', before, after: published.value }, this.#publication(before, former, version));
  }

  #publication({ key }: EarnRule, former: EarnRuleVersionSection | null, { effectiveAt, terms }: PlannedVersion): PlannedChange {
    const plain = plainVersion(versionSection(terms, effectiveAt, this.#names()));
    const before = former === null ? undefined : plainVersion({ ...former, effectiveAt });
    const when: PlainDifference[] =
      effectiveAt === null || former === null ? [] : [{ field: ['effectiveAt'], before: undefined, after: new Date(effectiveAt).toISOString() }];
    return { action: 'PUBLISH', object: 'EARN_RULE', key, fields: [...when, ...plainDifferences(before, plain)] };
  }

  #terms({ terms, tierMultipliers }: EarnRuleVersionSection, path: DocumentPath): EarnRuleTerms {
    const resolved = tierMultipliers.flatMap(({ tier, multiplier }, index) => {
      const tierId = this.#tierByName(tier, [...path, 'tierMultipliers', index, 'tier']);
      return tierId === null ? [] : [{ tierId, multiplier }];
    });
    return { ...terms, tierMultipliers: resolved };
  }

  // --- rewards ------------------------------------------------------------------------------------------

  /** Makes room for new ones, and lets go of cards. */
  #deleteRewards(): void {
    for (const reward of [...this.#rewards.values()]) {
      if (this.#pruned.has(reward.id)) this.#stepReward(reward.id, 'DELETE', [REWARDS]);
    }
  }

  #planRewards(): void {
    for (const [index, section] of (this.#document.rewards ?? []).entries()) {
      const path = [REWARDS, index];
      const before = this.#rewardByKey(section.key);
      if (before === null) this.#createReward(section, path);
      else this.#changeReward(before, section, path);
    }
  }

  #createReward(section: RewardSection, path: DocumentPath): void {
    const draft = this.#rewardDraft(section, path);
    if (draft === null) return;
    const context = { ...this.#neighbours(null), rewards: this.#rewards.size, id: this.#context.ids.next() };
    const created = createReward({ ...draft, key: section.key }, context);
    if (!this.#accept(created, path)) return;
    this.#writeReward('CREATE', null, created.value);
    if (section.status !== 'DRAFT') this.#stepReward(created.value.id, 'ACTIVATE', path);
    if (section.status === 'INACTIVE') this.#stepReward(created.value.id, 'DEACTIVATE', path);
  }

  /** What a reward says changes in a draft, which it becomes again for that, for no time: what members have counted stays. */
  #changeReward(found: CatalogueReward, section: RewardSection, path: DocumentPath): void {
    const { id } = found;
    const changed = this.#changedFields(found, section);
    if (found.status !== 'DRAFT' && (section.status === 'DRAFT' || changed.some(isRule))) {
      if (found.status === 'INACTIVE') this.#stepReward(id, 'ACTIVATE', path);
      this.#stepReward(id, 'DRAFT', path);
    }
    if (changed.length > 0) this.#updateReward(id, section, path);
    const status = () => this.#rewards.get(id)?.status;
    if (section.status !== 'DRAFT' && status() !== section.status && status() !== 'ACTIVE') this.#stepReward(id, 'ACTIVATE', path);
    if (section.status === 'INACTIVE' && status() === 'ACTIVE') this.#stepReward(id, 'DEACTIVATE', path);
  }

  #updateReward(id: string, section: RewardSection, path: DocumentPath): void {
    const before = this.#reward(id);
    const draft = this.#rewardDraft(this.#withOwnStock(before, section), path);
    if (draft === null) return;
    const { name, metadata } = draft;
    const updated = updateReward(before, before.status === 'DRAFT' ? draft : { name, metadata }, null, this.#neighbours(before));
    if (this.#accept(updated, path)) this.#writeReward('UPDATE', before, updated.value);
  }

  #stepReward(id: string, lifecycleStep: LifecycleStep, path: DocumentPath): void {
    const before = this.#reward(id);
    const stepped = stepReward(before, lifecycleStep, null, this.#neighbours(before));
    if (!this.#accept(stepped, path)) return;
    this.#writeReward(lifecycleStep, before, stepped.value);
    if (lifecycleStep === 'DELETE') this.#rewards.delete(id);
  }

  #writeReward(action: PlannedAction, before: CatalogueReward | null, after: CatalogueReward): void {
    this.#rewards.set(after.id, after);
    const plain = (reward: CatalogueReward) => (reward.status === 'DELETED' ? undefined : withoutKey(plainReward(rewardSection(reward, this.#names()))));
    const fields = step(action, plainDifferences(before === null ? undefined : plain(before), plain(after)));
    this.#write({ kind: 'REWARD', action, before, after }, { action, object: 'REWARD', key: after.key, fields });
  }

  /** Fields of the document, but for the status, that say something else of the reward than it does. */
  #changedFields(reward: CatalogueReward, section: RewardSection): readonly string[] {
    const own = rewardSection(reward, this.#names());
    const wanted = { ...this.#withOwnStock(reward, section), status: own.status };
    return [...new Set(plainDifferences(plainReward(own), plainReward(wanted)).flatMap(({ field }) => field.slice(0, 1)))];
  }

  /** How many are left is for redemptions to say, once there is a stock. */
  #withOwnStock(reward: CatalogueReward, section: RewardSection): RewardSection {
    const { settings } = section;
    return reward.stock === null || settings.stock === null ? section : { ...section, settings: { ...settings, stock: reward.stock } };
  }

  /** Whether changing the reward looks whether its cards are in force. */
  #looksForCards(before: CatalogueReward, section: RewardSection): boolean {
    const changed = this.#changedFields(before, section);
    const isSteppedUp = before.status !== 'ACTIVE' && before.status !== section.status;
    return isSteppedUp || (before.status === 'DRAFT' ? changed.length > 0 : changed.some(isRule));
  }

  /** What the section says, by ids; null where it refers to a card that is not there, which is reported. */
  #rewardDraft({ cardDefinition, tiers, trigger, settings }: RewardSection, path: DocumentPath): RewardDraft | null {
    const cardDefinitionId = this.#refer(cardDefinition, [...path, 'cardDefinition']);
    const tierIds = tiers.flatMap((tier, index) => this.#tierByName(tier, [...path, 'tiers', index]) ?? []);
    const resolved = trigger === null ? null : this.#rewardTrigger(trigger, [...path, 'trigger']);
    return cardDefinitionId === null || resolved === undefined ? null : { ...settings, cardDefinitionId, tierIds, trigger: resolved };
  }

  #rewardTrigger(trigger: NonNullable<RewardSection['trigger']>, path: DocumentPath): RewardTrigger | undefined {
    if (trigger.type === 'EVERY_NTH_VISIT') return trigger;
    const { cardDefinition, ...rest } = trigger;
    const field = trigger.type === 'POINT_BALANCE' ? 'pointBalance' : 'pointEarned';
    const cardDefinitionId = this.#refer(cardDefinition, [...path, field, 'cardDefinition']);
    return cardDefinitionId === null ? undefined : { ...rest, cardDefinitionId };
  }

  /** A tier that is gone is still one, to which a reward may go on referring. */
  #neighbours(reward: CatalogueReward | null): RewardNeighbours {
    return {
      cardDefinitionIds: new Set([...this.#cards.values()].flatMap(({ id, status }) => (status === 'ACTIVE' ? id : []))),
      tierIds: new Set([...this.#tierIds(), ...(reward?.tierIds ?? [])]),
      takenKeys: NO_KEYS,
      now: this.#now,
    };
  }

  // --- what all of them need ----------------------------------------------------------------------------

  #names(): KeyNames {
    return (this.#knownNames ??= keyNamesOf({ cardDefinitions: [...this.#cards.values()], tierStructures: [...this.#structures.values()] }));
  }

  #keepCard(card: CardDefinition): void {
    this.#cards.set(card.id, card);
    this.#knownNames = null;
  }

  #keepStructure(structure: TierStructure): void {
    this.#structures.set(structure.id, structure);
    this.#knownNames = null;
  }

  #tierIds(): ReadonlySet<string> {
    return new Set([...this.#structures.values()].flatMap(({ tiers }) => tiers.map(({ id }) => id)));
  }

  #cardByKey(key: string): CardDefinition | null {
    return [...this.#cards.values()].find((card) => card.key === key && !this.#pruned.has(card.id)) ?? null;
  }

  #structureByKey(key: string): TierStructure | null {
    return [...this.#structures.values()].find((structure) => structure.key === key && !this.#pruned.has(structure.id)) ?? null;
  }

  #ruleByKey(key: string): EarnRule | null {
    return [...this.#rules.values()].find((rule) => rule.key === key) ?? null;
  }

  #rewardByKey(key: string): CatalogueReward | null {
    return [...this.#rewards.values()].find((reward) => reward.key === key) ?? null;
  }

  #reward(id: string): CatalogueReward {
    const reward = this.#rewards.get(id);
    if (reward === undefined) throw new Error('A reward that is planned is there.');
    return reward;
  }

  #structure(id: string): TierStructure {
    const structure = this.#structures.get(id);
    if (structure === undefined) throw new Error('A structure that is planned is there.');
    return structure;
  }

  #rule(id: string): EarnRule {
    const rule = this.#rules.get(id);
    if (rule === undefined) throw new Error('A rule that is planned is there.');
    return rule;
  }

  /** The id of the card definition with the key; null for none, and where there is none, which is reported. */
  #refer(key: string | null, path: DocumentPath): string | null {
    if (key === null) return null;
    const card = this.#cardByKey(key);
    if (card !== null) return card.id;
    this.#referToNone(`There is no card definition \`${key}\`.`, path);
    return null;
  }

  /** The id of the tier that is named with its structure; null where there is none, which is reported. */
  #tierByName(name: string, path: DocumentPath): string | null {
    const [structureKey, tierKey] = name.split('/');
    const tier = this.#structureByKey(structureKey ?? '')?.tiers.find((each) => tierName(structureKey ?? '', each.key) === name && each.key === tierKey);
    if (tier !== undefined) return tier.id;
    this.#referToNone(`There is no tier \`${name}\`.`, path, this.#documentTiers.has(name));
    return null;
  }

  /** Reports a reference that leads nowhere, once. What the document says but could not be made is reported where it is said. */
  #referToNone(message: string, path: DocumentPath, isSaid = false): void {
    const place = path.join('/');
    if (isSaid || this.#lostReferences.has(place)) return;
    this.#lostReferences.add(place);
    this.problems.push({ code: 'UNKNOWN_REFERENCE', message, path });
  }

  /**
   * Whether a change was allowed; if not, its problems are told by where the document is to blame.
   * @param key of an object that the document does not name
   */
  #accept<T>(decided: Checked<T, DecisionCode>, path: DocumentPath, key?: string): decided is { readonly ok: true; readonly value: T } {
    if (decided.ok) return true;
    for (const { code, message, field } of decided.problems) {
      this.problems.push({ code: code as PlanProblemCode, message: key === undefined ? message : `\`${key}\`: ${message}`, path: [...path, ...documentField(field)] });
    }
    return false;
  }

  #write(write: PlannedWrite, ...changes: readonly PlannedChange[]): void {
    this.writes.push(write);
    this.changes.push(...changes);
  }
}

interface PlannedVersion {
  readonly effectiveAt: Instant | null;
  readonly terms: EarnRuleTerms;
  readonly path: DocumentPath;
}

/** Tiers that are new or changed, each with what it was, and those that are gone: what a publication and a draft record alike. */
export function tiersChanged(
  before: TierStructure,
  after: TierStructure,
): { readonly changed: readonly (readonly [Tier | null, Tier])[]; readonly removed: readonly Tier[] } {
  const former = new Map(before.tiers.map((tier) => [tier.id, tier]));
  const kept = new Set(after.tiers.map(({ id }) => id));
  return {
    changed: after.tiers.flatMap((tier) => (former.get(tier.id) === tier ? [] : [[former.get(tier.id) ?? null, tier] as const])),
    removed: before.tiers.filter(({ id }) => !kept.has(id)),
  };
}

function termsAt(rule: EarnRule, at: Instant, names: KeyNames): EarnRuleVersionSection | null {
  const [current] = termsInTime(rule, at);
  return current?.effectiveAt !== null ? null : versionSection(current.terms, null, names);
}

function settingsOf({ key, name, minPoints, maxPoints, noDowngrade, entryAward, pointExpiration, metadata }: Tier): TierSettings {
  return { key, name, minPoints, maxPoints, noDowngrade, entryAward, pointExpiration, metadata };
}

/** Whether a field of a reward may change in a draft alone. */
function isRule(field: string): boolean {
  return field !== 'name' && field !== 'metadata';
}

/** From which cards a reward is paid for, and for points on which it is given. */
function cardsOfReward({ cardDefinitionId, trigger }: CatalogueReward): readonly string[] {
  return trigger === null || trigger.type === 'EVERY_NTH_VISIT' ? [cardDefinitionId] : [cardDefinitionId, trigger.cardDefinitionId];
}

/** A step says where it leads; what is gone says nothing. */
function step(action: PlannedAction, fields: readonly PlainDifference[]): readonly PlainDifference[] {
  return action === 'DELETE' ? [] : fields;
}

function withoutKey({ key: _, ...fields }: Readonly<Record<string, Plain>>): Readonly<Record<string, Plain>> {
  return fields;
}

/** What is called otherwise in a document. */
const FIELD_NAMES: Readonly<Record<string, string>> = { cardDefinitionId: 'cardDefinition', tierId: 'tier', tierIds: 'tiers' };

/** Where a document says what an input would: the path below the object. The object itself is called `id` there. */
function documentField(field: Problem['field']): readonly (string | number)[] {
  const [, ...path] = field ?? [];
  const below = path[0] === 'version' || path[0] === 'id' || path[0] === 'tierStructureId' ? path.slice(1) : path;
  return below.map((name) => (/^\d+$/.test(name) ? Number(name) : (FIELD_NAMES[name] ?? name)));
}

import type { CardDefinition, CardDefinitionErrorCode } from './cards.ts';
import type { PlannedChange, PlannedWrite } from './configuration-changes.ts';
import type { ConfigurationDocument, ConfigurationState, KeyNames } from './configuration-document.ts';
import { keyNamesOf, tierName } from './configuration-document.ts';
import type { EarnRule, EarnRuleErrorCode } from './earning.ts';
import type { IdSource } from './ledger.ts';
import type { Checked, Problem } from './problem.ts';
import type { CatalogueReward, RewardErrorCode } from './rewards.ts';
import type { TierStructure, TierStructureErrorCode } from './structures.ts';
import type { Instant } from './time.ts';
import type { Workspace, WorkspaceErrorCode } from './workspaces.ts';

/** A plan while it is made: the configuration as the changes so far have left it, and what stands against them. */

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

/** Whether a key is taken is said once, of the whole document. */
export const NO_KEYS: ReadonlySet<string> = new Set();

export class Planning {
  readonly document: ConfigurationDocument;
  /** The configuration as it is. */
  readonly state: ConfigurationState;
  readonly context: PlanContext;
  readonly #problems: PlanProblem[] = [];
  readonly #changes: PlannedChange[] = [];
  readonly #writes: PlannedWrite[] = [];
  /** By id, as the changes so far have left them. */
  readonly #cards: Map<string, CardDefinition>;
  readonly #structures: Map<string, TierStructure>;
  readonly #rules: Map<string, EarnRule>;
  readonly #rewards: Map<string, CatalogueReward>;
  #drafts: readonly TierStructure[];
  #workspace: Workspace;
  /** Tiers that the document says, by their names. */
  readonly #documentTiers: ReadonlySet<string>;
  /** Ids of what the document's sections do not name and the caller wants gone. */
  readonly #pruned: ReadonlySet<string>;
  /** Where a reference leads nowhere: a document may have thousands of them. */
  readonly #lostReferences = new Set<string>();
  #now: Instant;
  /** The last change of each structure. On a frozen clock all changes follow each other, in real time those of one structure. */
  readonly #changedAt = new Map<string, Instant>();
  #settledUpTo: Instant | null;
  #knownNames: KeyNames | null = null;

  constructor(document: ConfigurationDocument, state: ConfigurationState, context: PlanContext) {
    this.document = document;
    this.state = state;
    this.context = context;
    this.#cards = new Map(state.cardDefinitions.map((card) => [card.id, card]));
    this.#structures = new Map(state.tierStructures.map((structure) => [structure.id, structure]));
    this.#rules = new Map(state.earnRules.map((rule) => [rule.id, rule]));
    this.#rewards = new Map(state.rewards.map((reward) => [reward.id, reward]));
    this.#drafts = state.drafts;
    this.#workspace = state.workspace;
    this.#documentTiers = new Set((document.tierStructures ?? []).flatMap(({ key, tiers }) => tiers.map((tier) => tierName(key, tier.key))));
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

  // --- what has come of it ------------------------------------------------------------------------------

  get problems(): readonly PlanProblem[] {
    return this.#problems;
  }

  get changes(): readonly PlannedChange[] {
    return this.#changes;
  }

  get writes(): readonly PlannedWrite[] {
    return this.#writes;
  }

  /** The configuration once all is done. */
  result(): ConfigurationState {
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

  // --- what there is now --------------------------------------------------------------------------------

  get cards(): ReadonlyMap<string, CardDefinition> {
    return this.#cards;
  }

  get structures(): ReadonlyMap<string, TierStructure> {
    return this.#structures;
  }

  get rules(): ReadonlyMap<string, EarnRule> {
    return this.#rules;
  }

  get rewards(): ReadonlyMap<string, CatalogueReward> {
    return this.#rewards;
  }

  get drafts(): readonly TierStructure[] {
    return this.#drafts;
  }

  get now(): Instant {
    return this.#now;
  }

  /** What the ids of cards and tiers are called in a document. */
  names(): KeyNames {
    return (this.#knownNames ??= keyNamesOf({ cardDefinitions: [...this.#cards.values()], tierStructures: [...this.#structures.values()] }));
  }

  tierIds(): ReadonlySet<string> {
    return new Set([...this.#structures.values()].flatMap(({ tiers }) => tiers.map(({ id }) => id)));
  }

  /** Whether the document does not name it, and the caller wants it gone. */
  isPruned(id: string): boolean {
    return this.#pruned.has(id);
  }

  cardByKey(key: string): CardDefinition | null {
    return [...this.#cards.values()].find((card) => card.key === key && !this.isPruned(card.id)) ?? null;
  }

  structureByKey(key: string): TierStructure | null {
    return [...this.#structures.values()].find((structure) => structure.key === key && !this.isPruned(structure.id)) ?? null;
  }

  ruleByKey(key: string): EarnRule | null {
    return [...this.#rules.values()].find((rule) => rule.key === key) ?? null;
  }

  rewardByKey(key: string): CatalogueReward | null {
    return [...this.#rewards.values()].find((reward) => reward.key === key) ?? null;
  }

  structure(id: string): TierStructure {
    const structure = this.#structures.get(id);
    if (structure === undefined) throw new Error('A structure that is planned is there.');
    return structure;
  }

  rule(id: string): EarnRule {
    const rule = this.#rules.get(id);
    if (rule === undefined) throw new Error('A rule that is planned is there.');
    return rule;
  }

  reward(id: string): CatalogueReward {
    const reward = this.#rewards.get(id);
    if (reward === undefined) throw new Error('A reward that is planned is there.');
    return reward;
  }

  settledUpToOf(structureId: string): Instant | null {
    return this.#settledUpTo ?? this.#changedAt.get(structureId) ?? null;
  }

  // --- changes ------------------------------------------------------------------------------------------

  /** To be stored, with what is recorded of it. */
  write(write: PlannedWrite, ...changes: readonly PlannedChange[]): void {
    this.#writes.push(write);
    this.#changes.push(...changes);
  }

  keepWorkspace(workspace: Workspace): void {
    this.#workspace = workspace;
  }

  keepCard(card: CardDefinition): void {
    this.#cards.set(card.id, card);
    this.#knownNames = null;
  }

  keepStructure(structure: TierStructure): void {
    this.#structures.set(structure.id, structure);
    this.#knownNames = null;
  }

  keepRule(rule: EarnRule): void {
    this.#rules.set(rule.id, rule);
  }

  keepReward(reward: CatalogueReward): void {
    this.#rewards.set(reward.id, reward);
  }

  remove(id: string): void {
    for (const objects of [this.#cards, this.#structures, this.#rules, this.#rewards]) objects.delete(id);
    this.#knownNames = null;
  }

  removeDraftsOf(structureId: string): void {
    this.#drafts = this.#drafts.filter(({ draftOf }) => draftOf !== structureId);
  }

  /** Structures change one after the other: a frozen clock moves on with each. */
  structureChanged(id: string, at: Instant): void {
    this.#changedAt.set(id, at);
    if (this.#settledUpTo === null) return;
    this.#settledUpTo = Math.max(this.#settledUpTo, at);
    this.#now = Math.max(this.#now, at);
  }

  // --- what stands against it ---------------------------------------------------------------------------

  report(found: PlanProblem): void {
    this.#problems.push(found);
  }

  /**
   * Whether a change was allowed; if not, its problems are told by where the document is to blame.
   * @param key of an object that the document does not name
   */
  accept<T>(decided: Checked<T, DecisionCode>, path: DocumentPath, key?: string): decided is { readonly ok: true; readonly value: T } {
    if (decided.ok) return true;
    for (const { code, message, field } of decided.problems) {
      this.report({ code: code as PlanProblemCode, message: key === undefined ? message : `\`${key}\`: ${message}`, path: [...path, ...documentField(field)] });
    }
    return false;
  }

  /** The id of the card definition with the key; null for none, and where there is none, which is reported. */
  refer(key: string | null, path: DocumentPath): string | null {
    if (key === null) return null;
    const card = this.cardByKey(key);
    if (card !== null) return card.id;
    this.#referToNone(`There is no card definition \`${key}\`.`, path);
    return null;
  }

  /** The id of the tier that is named with its structure; null where there is none, which is reported. */
  tierByName(name: string, path: DocumentPath): string | null {
    const [structureKey, tierKey] = name.split('/');
    const tier = this.structureByKey(structureKey ?? '')?.tiers.find((each) => tierName(structureKey ?? '', each.key) === name && each.key === tierKey);
    if (tier !== undefined) return tier.id;
    this.#referToNone(`There is no tier \`${name}\`.`, path, this.#documentTiers.has(name));
    return null;
  }

  /** Reports a reference that leads nowhere, once. What the document says but could not be made is reported where it is said. */
  #referToNone(message: string, path: DocumentPath, isSaid = false): void {
    const place = path.join('/');
    if (isSaid || this.#lostReferences.has(place)) return;
    this.#lostReferences.add(place);
    this.report({ code: 'UNKNOWN_REFERENCE', message, path });
  }
}

/** What is called otherwise in a document. */
const FIELD_NAMES: Readonly<Record<string, string>> = { cardDefinitionId: 'cardDefinition', tierId: 'tier', tierIds: 'tiers' };

/** Where a document says what an input would: the path below the object. The object itself is called `id` there. */
function documentField(field: Problem['field']): readonly (string | number)[] {
  const [, ...path] = field ?? [];
  const below = path[0] === 'version' || path[0] === 'id' || path[0] === 'tierStructureId' ? path.slice(1) : path;
  return below.map((name) => (/^\d+$/.test(name) ? Number(name) : (FIELD_NAMES[name] ?? name)));
}

import type { Executor } from '../database/client.ts';
import type { ConfigurationStatus } from '../domain/configuration.ts';
import type { Checked, Problem } from '../domain/problem.ts';
import { refused } from '../domain/problem.ts';
import type { Changes, EntryAward, ForceContext, TierRules, TierStructure, TierStructureErrorCode, TierStructureSettings } from '../domain/structures.ts';
import { cardDefinitionsOf, checkCardDefinitionLink, checkEntryAwardLink, draftTierRules } from '../domain/structures.ts';
import type { Instant } from '../domain/time.ts';
import { newId } from '../platform/ids.ts';
import { CardDefinitionRepository } from '../repositories/cards.ts';
import { TierStructureRepository } from '../repositories/structures.ts';

/** What is checked of a tier structure with the help of what is stored: the same where it is changed and where that is simulated. */

/** Where it is looked up, and when. */
export interface StructurePlace {
  readonly db: Executor;
  readonly workspaceId: string;
  readonly now: Instant;
}

/** The draft of a next revision that says the rules and is never stored, or everything that is wrong with them. */
export async function draftedRules(
  place: StructurePlace,
  structure: TierStructure,
  rules: TierRules,
  expectedVersion: number | null | undefined,
): Promise<Checked<TierStructure, TierStructureErrorCode>> {
  const ids = { structure: newId(), tiers: (rules.tiers ?? []).map(() => newId()) };
  return withLinksChecked(draftTierRules(structure, rules, ids, expectedVersion, place.now), place, [
    ...structureLinks(rules.changes),
    ...(rules.tiers ?? []).flatMap((tier, index) => awardLinks(tier, 'tiers', index)),
  ]);
}

/** A card definition that an input names, and what is wrong with naming it, given its status. */
export interface CardLink {
  readonly id: string;
  readonly check: (status: ConfigurationStatus | null) => readonly Problem<TierStructureErrorCode>[];
}

export function structureLinks({ cardDefinitionId }: Changes<Pick<TierStructureSettings, 'cardDefinitionId'>>): CardLink[] {
  return typeof cardDefinitionId === 'string' ? [{ id: cardDefinitionId, check: checkCardDefinitionLink }] : [];
}

export function awardLinks(
  { entryAward }: { readonly entryAward?: EntryAward | null | undefined },
  ...path: readonly (string | number)[]
): CardLink[] {
  const id = entryAward?.cardDefinitionId ?? null;
  return id === null ? [] : [{ id, check: (status) => checkEntryAwardLink(status, ...path) }];
}

/** The domain's answer, with the problems that only the database knows: links to card definitions that are not there. */
export async function withLinksChecked(
  decided: Checked<TierStructure, TierStructureErrorCode>,
  place: StructurePlace,
  links: readonly CardLink[],
): Promise<Checked<TierStructure, TierStructureErrorCode>> {
  const statuses = await cardDefinitionStatuses(place, links.map(({ id }) => id));
  const problems = links.flatMap(({ id, check }) => check(statuses.get(id) ?? null));
  if (problems.length === 0) return decided;
  return refused(...(decided.ok ? [] : decided.problems), ...problems);
}

/** What stands against putting the rules into force besides themselves. */
export async function forceContext(
  place: StructurePlace,
  rules: TierStructure,
  expectedVersion: number | null | undefined,
): Promise<ForceContext> {
  const repository = new TierStructureRepository(place.db, place.workspaceId);
  return {
    cardDefinitionStatuses: await cardDefinitionStatuses(place, cardDefinitionsOf(rules)),
    activeStructures: await repository.active(),
    expectedVersion,
    now: place.now,
    settledUpTo: await repository.settledUpTo(place.now),
  };
}

async function cardDefinitionStatuses(
  { db, workspaceId }: StructurePlace,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ConfigurationStatus>> {
  if (ids.length === 0) return new Map();
  const found = await new CardDefinitionRepository(db, workspaceId).byIds(ids);
  return new Map(found.map(({ id, status }) => [id, status]));
}

/**
 * The structure of which rules are the rules.
 * @param id undefined: the active structure that was created first; null: what cannot be one
 */
export async function ruledStructure(repository: TierStructureRepository, id: string | null | undefined): Promise<TierStructure | null> {
  if (id !== undefined) return id === null ? null : repository.find(id);
  const active = await repository.active();
  const [first] = active.sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  return first ?? null;
}

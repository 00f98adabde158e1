/**
 * What may change in the contract, as a pure function of three texts.
 *
 * Clients hold on to the SDL that landed. A change that can break one of them fails, unless
 * `schema/BREAKING.md` lists it with a date and a reason:
 *
 *     - 2026-11-20 FIELD_REMOVED Query.foo: replaced by Query.bar in spring
 *
 * Kind and place are the ones the failure prints, so a listing is copied, not composed. It
 * allows one change in one landing: the same place broken a second time is listed a second time.
 *
 * graphql-inspector decides what breaks. Ours are two additions. What it calls dangerous (a new
 * enum value, another default) is printed, so that a reviewer sees it. And the uses of the
 * directives below are promises, which graphql-inspector takes for dangerous at most.
 */
import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema, parse, print } from 'graphql';
import type { ASTNode, ConstDirectiveNode } from 'graphql';

/** Directives whose uses clients rely on, and what breaks them. Other arguments are both. */
const CONTRACT_DIRECTIVES: Readonly<Record<string, 'REMOVED' | 'ADDED'>> = {
  rest: 'REMOVED', // An HTTP route may be added, not taken away.
  requires: 'ADDED', // A scope may be dropped, not asked for anew: keys without it would fail.
};

export interface ContractVerdict {
  /** Why the new SDL may not land, a line each; empty if it may. */
  readonly failures: readonly string[];
  /** What a reviewer should see though it may land, a line each. */
  readonly notices: readonly string[];
}

/** Compares two versions of the SDL. */
export async function checkContract(
  oldSdl: string,
  newSdl: string,
  breakingMarkdown: string,
): Promise<ContractVerdict> {
  return checkLandings([oldSdl, newSdl], breakingMarkdown);
}

/** Compares each version of the SDL with the one before it; oldest first. */
export async function checkLandings(
  versions: readonly string[],
  breakingMarkdown: string,
): Promise<ContractVerdict> {
  const { listings, failures } = readListings(breakingMarkdown);
  const notices: string[] = [];

  for (const [index, newSdl] of versions.entries()) {
    const oldSdl = versions[index - 1];
    if (oldSdl === undefined || oldSdl === newSdl) continue;
    const { breaking, dangerous } = await compare(oldSdl, newSdl);
    notices.push(...dangerous.map((change) => `dangerous: ${describe(change)}`));
    for (const change of breaking) {
      const listing = take(
        listings,
        ({ kind, place }) => kind === change.kind && place === change.place,
      );
      if (listing === undefined) failures.push(describe(change));
      else notices.push(`breaking, listed on ${listing.date}: ${describe(change)}`);
    }
  }
  return { failures, notices };
}

// --- what changed ------------------------------------------------------------------------------

interface Change {
  /** graphql-inspector's name for it, such as FIELD_REMOVED. */
  readonly kind: string;
  /** Where, as a schema coordinate with dots: `Query.foo.argument`. */
  readonly place: string;
  readonly message: string;
}

const describe = ({ kind, place, message }: Change): string => `${kind} ${place}: ${message}`;

async function compare(oldSdl: string, newSdl: string) {
  const breaking: Change[] = [];
  const dangerous: Change[] = [];

  for (const { type, path, message, criticality } of await diff(
    buildSchema(oldSdl),
    buildSchema(newSdl),
  )) {
    const change: Change = { kind: String(type), place: path ?? 'schema', message };
    if (concernsContractDirective(change)) continue; // Judged below.
    if (criticality.level === CriticalityLevel.Breaking) breaking.push(change);
    if (criticality.level === CriticalityLevel.Dangerous) dangerous.push(change);
  }
  const oldUses = directiveUses(oldSdl);
  const newUses = directiveUses(newSdl);
  breaking.push(...usesMissing(oldUses, newUses, 'REMOVED'));
  breaking.push(...usesMissing(newUses, oldUses, 'ADDED'));
  return { breaking, dangerous };
}

function concernsContractDirective({ kind, place }: Change): boolean {
  const steps = place.split('.');
  return (
    kind.startsWith('DIRECTIVE_USAGE_') &&
    Object.keys(CONTRACT_DIRECTIVES).some((directive) => steps.includes(`@${directive}`))
  );
}

/** The uses in one SDL that the other lacks, of those directives that this breaks. */
function usesMissing(
  here: DirectiveUses,
  there: DirectiveUses,
  what: 'REMOVED' | 'ADDED',
): Change[] {
  return [...here].flatMap(([place, uses]) => {
    const others = there.get(place);
    if (others === undefined) return []; // The place itself came or went: a change of its own.
    const unmatched = [...others];
    return uses
      .filter((use) => take(unmatched, ({ text }) => text === use.text) === undefined)
      .filter(({ directive }) => CONTRACT_DIRECTIVES[directive] === what)
      .map(({ directive, text }) => ({
        kind: `DIRECTIVE_USE_${what}`,
        place: `${place}.@${directive}`,
        message: `${place} ${what === 'REMOVED' ? 'no longer has' : 'did not have'} ${text}`,
      }));
  });
}

interface DirectiveUse {
  readonly directive: string;
  /** The use as SDL, its arguments in order of name. */
  readonly text: string;
}

/** Every named place of an SDL with its uses of the contract directives, mostly none. */
type DirectiveUses = ReadonlyMap<string, readonly DirectiveUse[]>;

function directiveUses(sdl: string): DirectiveUses {
  const uses = new Map<string, DirectiveUse[]>();

  function visit(node: ASTNode, parents: readonly string[]): void {
    if (!('name' in node) || node.name === undefined) return;
    const steps = [...parents, node.name.value];
    const place = steps.join('.');
    const directives = (
      'directives' in node ? (node.directives ?? []) : []
    ) as ConstDirectiveNode[];
    uses.set(place, [
      ...(uses.get(place) ?? []),
      ...directives.filter(({ name }) => name.value in CONTRACT_DIRECTIVES).map(useOf),
    ]);
    for (const part of ['fields', 'arguments', 'values'] as const) {
      const children = (node as unknown as Record<string, readonly ASTNode[] | undefined>)[part];
      for (const child of children ?? []) visit(child, steps);
    }
  }

  for (const definition of parse(sdl, { noLocation: true }).definitions) visit(definition, []);
  return uses;
}

function useOf(node: ConstDirectiveNode): DirectiveUse {
  const inOrder = [...(node.arguments ?? [])].sort((a, b) =>
    a.name.value < b.name.value ? -1 : 1,
  );
  return { directive: node.name.value, text: print({ ...node, arguments: inOrder }) };
}

// --- what is allowed to break --------------------------------------------------------------------

/** A line of BREAKING.md. */
interface Listing {
  readonly date: string;
  readonly kind: string;
  readonly place: string;
}

const LISTING = /^- (?<date>\d{4}-\d{2}-\d{2}) (?<kind>[A-Z_]+) (?<place>\S+): \S/;

/** Every list item outside of code blocks must be a listing; prose around them is free. */
function readListings(markdown: string): { listings: Listing[]; failures: string[] } {
  const listings: Listing[] = [];
  const failures: string[] = [];
  let inCodeBlock = false;

  for (const [index, line] of markdown.split(/\r?\n/).entries()) {
    if (line.trimStart().startsWith('```')) inCodeBlock = !inCodeBlock;
    if (inCodeBlock || !/^\s*[-*+]\s/.test(line)) continue;
    const { date, kind, place } = LISTING.exec(line)?.groups ?? {};
    if (date === undefined || kind === undefined || place === undefined || !isCalendarDay(date)) {
      failures.push(
        `BREAKING.md line ${index + 1} is not "- <date> <KIND> <place>: <reason>" with a real date: ${line.trim()}`,
      );
    } else {
      listings.push({ date, kind, place });
    }
  }
  return { listings, failures };
}

function isCalendarDay(date: string): boolean {
  const instant = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(date);
}

/** Removes and returns the first match. */
function take<T>(items: T[], matches: (item: T) => boolean): T | undefined {
  const index = items.findIndex(matches);
  return index === -1 ? undefined : items.splice(index, 1)[0];
}

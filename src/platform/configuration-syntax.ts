import type { CST, Node } from 'yaml';
import { LineCounter, Parser, isAlias, isMap, isPair, isScalar, isSeq, parseDocument } from 'yaml';

/**
 * The text of a configuration document, which is YAML or, as each such text is YAML too, JSON; and where in it something is.
 * What makes a short text long, or one text two things, is no part of it: aliases, tags, several documents, a key twice.
 */

export const CONFIGURATION_MAX_BYTES = 256 * 1024;
export const CONFIGURATION_MAX_DEPTH = 32;
export const CONFIGURATION_MAX_VALUES = 20_000;

const SYNTAX_PROBLEMS_MAX = 20;

export type SyntaxProblemCode = 'DOCUMENT_TOO_LARGE' | 'INVALID_SYNTAX' | 'DUPLICATE_KEY';

export type TextPath = readonly (string | number)[];

/** Counted from 1. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

export interface SyntaxProblem {
  readonly code: SyntaxProblemCode;
  readonly message: string;
  readonly path: TextPath;
  readonly place: TextPlace | null;
}

export interface ConfigurationText {
  /** Plain data. A number that JavaScript would not keep as it is written is its text. */
  readonly value: unknown;
  /** Where the value is, or the nearest one around it that is there. */
  readonly placeOf: (path: TextPath) => TextPlace | null;
}

export function readConfigurationText(
  text: string,
): { readonly ok: true; readonly value: ConfigurationText } | { readonly ok: false; readonly problems: readonly SyntaxProblem[] } {
  if (Buffer.byteLength(text) > CONFIGURATION_MAX_BYTES) {
    const message = `A document has at most ${CONFIGURATION_MAX_BYTES / 1024} KiB.`;
    return { ok: false, problems: [{ code: 'DOCUMENT_TOO_LARGE', message, path: [], place: null }] };
  }
  if (isBottomless(text)) return { ok: false, problems: [tooDeep([], null)] };
  const lines = new LineCounter();
  try {
    // Silent, the parser would not say that there is a second document.
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true, strict: true, uniqueKeys: false, logLevel: 'error' });
    const reader = new Reader(lines);
    for (const { message, pos } of [...document.errors, ...document.warnings].slice(0, SYNTAX_PROBLEMS_MAX)) {
      reader.report('INVALID_SYNTAX', `${message}.`.replace(/\.\.$/, '.'), [], pos[0]);
    }
    const value = document.errors.length > 0 ? null : reader.read(document.contents, [], false);
    if (reader.problems.length > 0) return { ok: false, problems: reader.problems };
    return { ok: true, value: { value, placeOf: (path) => placeIn(document.contents, path, lines) } };
  } catch (error) {
    // Only a text that is nested deeper than any stack.
    if (!(error instanceof RangeError)) throw error;
    return { ok: false, problems: [tooDeep([], null)] };
  }
}

/**
 * Whether the text is nested so deep that composing it, which recurs, would come near the end of the stack: there the process
 * itself may die, with every request in it. The tokens are read without recursion. What is just too deep is told with its place.
 */
function isBottomless(text: string): boolean {
  for (const token of new Parser().parse(text)) {
    const open: [CST.Token, number][] = [[token, 0]];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const [at, depth] = next;
      if (depth > 2 * CONFIGURATION_MAX_DEPTH) return true;
      if (at.type === 'document' && at.value !== undefined) open.push([at.value, depth]);
      if (!('items' in at)) continue;
      for (const { key, value } of at.items) open.push(...[key, value].flatMap((each): [CST.Token, number][] => (each ? [[each, depth + 1]] : [])));
    }
  }
  return false;
}

function tooDeep(path: TextPath, place: TextPlace | null): SyntaxProblem {
  return { code: 'DOCUMENT_TOO_LARGE', message: `Lists and objects are at most ${CONFIGURATION_MAX_DEPTH} levels deep.`, path, place };
}

class Reader {
  readonly problems: SyntaxProblem[] = [];
  readonly #lines: LineCounter;
  #values = 0;

  constructor(lines: LineCounter) {
    this.#lines = lines;
  }

  report(code: SyntaxProblemCode, message: string, path: TextPath, offset: number | undefined): void {
    this.problems.push({ code, message, path, place: placeAt(offset, this.#lines) });
  }

  /** @param isOwn whether the value is the caller's own data, whose numbers are ordinary ones */
  read(node: unknown, path: TextPath, isOwn: boolean): unknown {
    if (node === null) return null;
    const { tag, range } = node as Node;
    const offset = range?.[0];
    this.#values += 1;
    if (this.#values === CONFIGURATION_MAX_VALUES + 1) {
      this.report('DOCUMENT_TOO_LARGE', `A document has at most ${CONFIGURATION_MAX_VALUES} values.`, path, offset);
    }
    if (this.#values > CONFIGURATION_MAX_VALUES) return null;
    if (path.length > CONFIGURATION_MAX_DEPTH) {
      this.problems.push(tooDeep(path, placeAt(offset, this.#lines)));
      return null;
    }
    if (isAlias(node)) {
      this.report('INVALID_SYNTAX', 'Aliases are not taken: write the value out.', path, offset);
      return null;
    }
    if (typeof tag === 'string') {
      this.report('INVALID_SYNTAX', 'Tags are not taken.', path, offset);
      return null;
    }
    if (isScalar(node)) return toValue(node.value, node.source, isOwn);
    if (isSeq(node)) return node.items.map((item, index) => this.read(item, [...path, index], isOwn));
    if (!isMap(node)) throw new Error('YAML has scalars, lists and maps.');
    // The parser's own look for keys that are there twice compares each with each.
    const names = new Set<string>();
    const entries = node.items.map(({ key, value }): [string, unknown] => {
      const name = String(isScalar(key) ? key.value : key);
      const place = [...path, name];
      if (names.has(name)) this.report('DUPLICATE_KEY', `The key \`${name}\` is there twice.`, place, (key as Node).range?.[0]);
      names.add(name);
      // What could become the prototype of an object is not taken, as in any other body.
      if (name === '__proto__') this.report('INVALID_SYNTAX', 'No key may be `__proto__`.', place, (key as Node).range?.[0]);
      return [name, this.read(value, place, isOwn || name === 'metadata')];
    });
    return Object.fromEntries(entries);
  }
}

function toValue(value: unknown, source: string | undefined, isOwn: boolean): unknown {
  if (typeof value !== 'number' || isOwn) return typeof value === 'number' && !Number.isFinite(value) ? String(source) : value;
  const digits = (source ?? '').replace(/^[-+]?0*|[.]|[eE].*$/g, '').length;
  return Number.isFinite(value) && digits <= EXACT_DIGITS ? value : String(source);
}

/** A double keeps that many digits of a decimal. */
const EXACT_DIGITS = 15;

function placeAt(offset: number | undefined, lines: LineCounter): TextPlace | null {
  if (offset === undefined) return null;
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}

function placeIn(contents: unknown, path: TextPath, lines: LineCounter): TextPlace | null {
  let node = contents;
  let offset = (contents as Node | null)?.range?.[0];
  for (const step of path) {
    const pair = isMap(node) ? node.items.find(({ key }) => String(isScalar(key) ? key.value : key) === String(step)) : undefined;
    const item = isSeq(node) && typeof step === 'number' ? node.items[step] : undefined;
    const next = pair ?? item;
    if (next === undefined) break;
    offset = ((isPair(next) ? next.key : next) as Node | null)?.range?.[0] ?? offset;
    node = isPair(next) ? next.value : next;
  }
  return placeAt(offset, lines);
}

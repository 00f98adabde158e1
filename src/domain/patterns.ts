import { RE2JS } from 're2js';

/**
 * Regular expressions that tenants write, in the syntax of RE2, as the Common Expression Language has them. A match takes
 * time that is proportional to the text and to the pattern, whatever they are.
 */

const LENGTH_MAX = 1_000;
/** What is compiled at all. */
const EXPANDED_MAX = 4_000;
/** Instructions of what is kept. */
const SIZE_MAX = 2_000;
/** RE2 takes no repetition, those within each other included, of more. */
const REPETITIONS_MAX = 1_000;
const MEMO_MAX = 200;

export interface Pattern {
  /** About how many instructions it has. */
  readonly size: number;
  /** Whether any part of the text matches. */
  isFoundIn(text: string): boolean;
}

const compiled = new Map<string, Pattern>();

/** Flags, an escaped character or class, a class in brackets, how often what stands before it is repeated, or a character. */
const PART = /\(\?[A-Za-z-]*\)|\\[pPx]\{[^}]*\}|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{(\d{1,9})(?:,(\d{0,9}))?\}|./gs;

/** How long a pattern is with its repetitions written out: about what it takes to compile it, known without doing so. */
export function expandedLength(pattern: string): number {
  // Within these nothing is what it looks like. What is too long is not compiled.
  if (pattern.includes('\\Q') || pattern.length > LENGTH_MAX) return pattern.length * (pattern.includes('{') ? REPETITIONS_MAX : 1);
  const outer: number[] = [];
  let [length, last] = [0, 0];
  for (const [part, least, most = '0'] of pattern.matchAll(PART)) {
    // Between a part and how often it is repeated, flags are nothing.
    if (part.startsWith('(?')) continue;
    if (part === '(') {
      outer.push(length + last);
      [length, last] = [0, 0];
    } else if (part === ')') [length, last] = [outer.pop() ?? 0, length + last + 2];
    else if (least !== undefined) last *= Math.max(1, Number(least), Number(most));
    else [length, last] = [length + last, 1];
  }
  return outer.reduce((sum, each) => sum + each, length + last);
}

/** @throws Error if it is no pattern, or too large a one */
export function patternOf(pattern: string): Pattern {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  if (pattern.length > LENGTH_MAX || expandedLength(pattern) > EXPANDED_MAX) throw new Error('the pattern is too large');
  const expression = RE2JS.compile(pattern);
  const size = expression.programSize();
  if (size > SIZE_MAX) throw new Error('the pattern is too large');
  const made: Pattern = { size, isFoundIn: (text) => expression.test(text) };
  if (compiled.size >= MEMO_MAX) compiled.clear();
  compiled.set(pattern, made);
  return made;
}

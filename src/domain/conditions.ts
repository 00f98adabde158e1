import type { ASTNode } from '@marcbachmann/cel-js';
import { Environment } from '@marcbachmann/cel-js';
import { expandedLength, patternOf } from './patterns.ts';
import { isText } from './problem.ts';

/**
 * Conditions in the Common Expression Language. One that does not compile is refused when it is saved; what it
 * may read are the variables of its language, each a map.
 *
 * Tenants write them, and all tenants share the thread that evaluates them. So a condition has a number of steps, the same
 * whenever and wherever it is evaluated, after which it has failed; regular expressions are those of RE2; and lists are gone
 * through within each other only so deep.
 */

export const CONDITION_MAX_LENGTH = 2_000;
/** How deep `all`, `exists`, `exists_one`, `filter` and `map` may stand within each other. */
export const CONDITION_NESTING_MAX = 2;
/** Parts of the condition that are evaluated, elements that are compared, and characters that are read, 16 for a step. */
export const CONDITION_STEPS_MAX = 100_000;
const CHARACTERS_PER_STEP = 16;
/** What a character of a text and an instruction of a pattern together take, as a part of a step. */
const MATCHES_PER_STEP = 64;
/** To compile a pattern. */
const STEPS_PER_INSTRUCTION = 4;
/** A date in a time zone takes so long. */
const TIME_ZONE_STEPS = 500;
/** Text of which cel-js makes a duration in cubic time. */
const DURATION_MAX_LENGTH = 64;
const MEMO_MAX = 1_000;

type Condition = (context: Record<string, unknown>) => unknown;

/** Whether a condition holds; FAILED if it could not be evaluated, or did not answer true or false. */
export type ConditionAnswer =
  | { readonly kind: 'ANSWER'; readonly holds: boolean }
  | { readonly kind: 'FAILED'; readonly message: string };

export class ConditionLanguage {
  readonly #environment: Environment;
  readonly #name: string;
  readonly #compiled = new Map<string, Condition>();
  readonly #steps = new Steps();

  /** @param name what it calls a condition where it says what is wrong with one */
  constructor(variables: readonly string[], name = 'condition') {
    this.#name = name;
    this.#environment = variables.reduce(
      (environment, variable) => environment.registerVariable(variable, 'map'),
      new Environment({
        unlistedVariablesAreDyn: false,
        enableOptionalTypes: true,
        limits: { maxAstNodes: 500, maxDepth: 50, maxListElements: 100, maxMapEntries: 50, maxCallArguments: 16 },
      }),
    );
    // `string.matches` is there, backtracks, and cannot be replaced. A macro goes before any function of its name, whatever it is called on.
    this.#environment.registerFunction('map.matches(ast): bool', ({ ast, receiver, args }: MacroCall) => matchesMacro(ast, receiver, args[0] as Node, this.#steps));
    // The evaluator is shown to macros alone.
    this.#environment.evaluate('"".matches("")');
  }

  /** What is wrong with a condition, in one sentence; null if nothing is. */
  check(condition: string): string | null {
    if (!isText(condition, CONDITION_MAX_LENGTH)) {
      return `A ${this.#name} has 1 to ${CONDITION_MAX_LENGTH} characters.`;
    }
    const check = this.#environment.check(condition);
    if (!check.valid) {
      const where = placeOf(condition, check.error?.range?.start ?? 0);
      return `The ${this.#name} does not compile: ${check.error?.summary ?? 'it is malformed'}, at ${where}.`;
    }
    const tooDeep = nestedTooDeep(this.#environment.parse(condition).ast as Node, 0);
    if (tooDeep !== null) {
      const where = placeOf(condition, tooDeep.start);
      return `A ${this.#name} has at most ${CONDITION_NESTING_MAX} of all, exists, exists_one, filter and map within each other; this one has more, at ${where}.`;
    }
    // `dyn` is what reading a field of a map gives: only evaluation can tell.
    if (check.type === 'bool' || check.type === 'dyn') return null;
    return `A ${this.#name} answers true or false; this one answers ${check.type ?? 'nothing'}.`;
  }

  evaluate(condition: string, context: Record<string, unknown>): ConditionAnswer {
    try {
      const evaluated = this.#compile(condition);
      this.#steps.begin();
      const answer = evaluated(context);
      // Within `exists`, `all` and `||` an error is no end of it.
      if (this.#steps.areOver) return TOO_LONG;
      if (typeof answer === 'boolean') return { kind: 'ANSWER', holds: answer };
      return { kind: 'FAILED', message: 'has a condition that did not answer true or false' };
    } catch {
      return this.#steps.areOver ? TOO_LONG : { kind: 'FAILED', message: 'has a condition that could not be evaluated' };
    }
  }

  #compile(condition: string): Condition {
    const known = this.#compiled.get(condition);
    if (known !== undefined) return known;
    const compiled = this.#environment.parse(condition);
    this.#steps.price(compiled.ast as Node);
    if (this.#compiled.size >= MEMO_MAX) this.#compiled.clear();
    this.#compiled.set(condition, compiled);
    return compiled;
  }
}

const TOO_LONG: ConditionAnswer = { kind: 'FAILED', message: 'has a condition that takes too many steps' };

/** A part of a condition, as cel-js evaluates it. */
type Node = ASTNode & { evaluate(evaluator: Evaluator, node: Node, context: unknown): unknown };

interface Evaluator {
  run(node: Node, context: unknown): unknown;
}

interface Checker {
  check(node: Node, context: unknown): { readonly kind: string; readonly name: string };
  createError(code: string, message: string, node: Node): Error;
  getType(name: string): unknown;
}

interface MacroCall {
  readonly ast: Node;
  readonly receiver: Node;
  readonly args: readonly Node[];
}

/** Made once: it is thrown for each element that is left of a list. */
const STEPS_OVER = new Error('The condition takes too many steps.');

/** What is left of the steps of the condition that is being evaluated. */
class Steps {
  #left = CONDITION_STEPS_MAX;
  #watched: Evaluator | null = null;
  /** Patterns that this evaluation has compiled, whether somebody else had before or not. */
  readonly #patterns = new Set<string>();
  /** What is done with the value of a part: functions and comparisons go through all of it. */
  readonly #prices = new WeakMap<Node, (value: unknown) => void>();

  begin(): void {
    this.#left = CONDITION_STEPS_MAX;
    this.#patterns.clear();
  }

  get areOver(): boolean {
    return this.#left < 0;
  }

  /** @throws STEPS_OVER */
  take(count: number): void {
    this.#left -= count;
    if (this.#left < 0) throw STEPS_OVER;
  }

  /** Counts what the evaluator does from now on. */
  watch(evaluator: Evaluator): void {
    if (this.#watched === evaluator) return;
    this.#watched = evaluator;
    evaluator.run = (node, context) => {
      this.take(1);
      const value = node.evaluate(evaluator, node, context);
      this.#prices.get(node)?.(value);
      return value;
    };
  }

  /** Marks the parts of a condition that cost more than a step. */
  price(node: Node): void {
    for (const part of pricedPartsOf(node)) this.#prices.set(part, (value) => this.#weigh(value));
    if (node.op === 'call' && node.args[0] === 'duration') {
      for (const part of node.args[1]) this.#prices.set(part as Node, refuseLongDuration);
    }
    if (node.op === 'rcall' && node.args[0].startsWith('get') && node.args[2].length > 0) this.#prices.set(node, () => this.take(TIME_ZONE_STEPS));
    for (const part of partsOf(node)) this.price(part);
  }

  match(text: string, pattern: string): boolean {
    if (!this.#patterns.has(pattern)) {
      this.take(expandedLength(pattern) * STEPS_PER_INSTRUCTION);
      this.#patterns.add(pattern);
    }
    const compiled = patternOf(pattern);
    this.take(Math.ceil((text.length * compiled.size) / MATCHES_PER_STEP));
    return compiled.isFoundIn(text);
  }

  #weigh(value: unknown): void {
    if (typeof value === 'string' || value instanceof Uint8Array) this.take(Math.floor(value.length / CHARACTERS_PER_STEP));
    else if (Array.isArray(value)) this.#weighAll(value);
    else if (value !== null && typeof value === 'object') this.#weighAll(Object.values(value));
  }

  #weighAll(values: readonly unknown[]): void {
    this.take(values.length);
    for (const value of values) this.#weigh(value);
  }
}

function refuseLongDuration(value: unknown): void {
  if (typeof value === 'string' && value.length > DURATION_MAX_LENGTH) throw new Error('A duration is shorter.');
}

/** Those whose whole value something goes through: functions, comparisons and `+`. What a list is asked for one by one is counted one by one. */
function pricedPartsOf(node: Node): Node[] {
  if (node.op === 'call') return node.args[1] as Node[];
  if (node.op === 'rcall') return isComprehension(node) ? [] : ([node.args[1], ...node.args[2]] as Node[]);
  return node.op === '==' || node.op === '!=' || node.op === 'in' || node.op === '+' ? ([...node.args] as Node[]) : [];
}

function partsOf({ args }: Node): Node[] {
  return [args].flat(2).filter((part): part is Node => part !== null && typeof part === 'object' && 'op' in part);
}

const COMPREHENSIONS: ReadonlySet<string> = new Set(['all', 'exists', 'exists_one', 'filter', 'map']);

function isComprehension(node: Node): boolean {
  return node.op === 'rcall' && COMPREHENSIONS.has(node.args[0]);
}

/** The first part that stands in too many lists that are gone through; null if none does. */
function nestedTooDeep(node: Node, depth: number): Node | null {
  const within = isComprehension(node) ? depth + 1 : depth;
  if (within > CONDITION_NESTING_MAX) return node;
  const parts = partsOf(node);
  // The list itself, of which it is called, is made once, before it is gone through.
  const list = isComprehension(node) ? parts[0] : null;
  for (const part of parts) {
    const found = nestedTooDeep(part, part === list ? depth : within);
    if (found !== null) return found;
  }
  return null;
}

function matchesMacro(ast: Node, text: Node, pattern: Node, steps: Steps) {
  return {
    async: false,
    typeCheck(checker: Checker, _macro: unknown, context: unknown) {
      const [on, by] = [checker.check(text, context), checker.check(pattern, context)];
      if (![on, by].every(({ kind, name }) => kind === 'dyn' || name === 'string')) {
        throw checker.createError('no_matching_overload', `found no matching overload for '${on.name}.matches(${by.name})'`, ast);
      }
      const wrong = pattern.op === 'value' && typeof pattern.args === 'string' ? wrongWith(pattern.args) : null;
      if (wrong !== null) throw checker.createError('invalid_regular_expression', `Invalid regular expression: ${wrong}`, pattern);
      return checker.getType('bool');
    },
    evaluate(evaluator: Evaluator, _macro: unknown, context: unknown) {
      steps.watch(evaluator);
      const [on, by] = [evaluator.run(text, context), evaluator.run(pattern, context)];
      if (typeof on !== 'string' || typeof by !== 'string') throw new Error('Only text is matched, by text.');
      return steps.match(on, by);
    },
  };
}

function wrongWith(pattern: string): string | null {
  try {
    patternOf(pattern);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function placeOf(condition: string, start: number): string {
  const linesBefore = condition.slice(0, start).split('\n');
  return `line ${linesBefore.length}, column ${(linesBefore.at(-1) ?? '').length + 1}`;
}

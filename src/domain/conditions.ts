import { Environment } from '@marcbachmann/cel-js';

/**
 * Conditions in the Common Expression Language. One that does not compile is refused when it is saved; what it
 * may read are the variables of its language, each a map.
 */

export const CONDITION_MAX_LENGTH = 2000;
const MEMO_MAX = 1_000;

type Condition = (context: Record<string, unknown>) => unknown;

/** Whether a condition holds; FAILED if it could not be evaluated, or did not answer true or false. */
export type ConditionAnswer =
  | { readonly kind: 'ANSWER'; readonly holds: boolean }
  | { readonly kind: 'FAILED'; readonly message: string };

export class ConditionLanguage {
  readonly #environment: Environment;
  readonly #compiled = new Map<string, Condition>();

  constructor(variables: readonly string[]) {
    this.#environment = variables.reduce(
      (environment, name) => environment.registerVariable(name, 'map'),
      new Environment({
        unlistedVariablesAreDyn: false,
        enableOptionalTypes: true,
        limits: { maxAstNodes: 500, maxDepth: 50, maxListElements: 100, maxMapEntries: 50, maxCallArguments: 16 },
      }),
    );
  }

  /** What is wrong with a condition, in one sentence; null if nothing is. */
  check(condition: string): string | null {
    if (condition.trim() === '' || condition.length > CONDITION_MAX_LENGTH) {
      return `A condition has 1 to ${CONDITION_MAX_LENGTH} characters.`;
    }
    const check = this.#environment.check(condition);
    if (!check.valid) {
      const linesBefore = condition.slice(0, check.error?.range?.start ?? 0).split('\n');
      const where = `line ${linesBefore.length}, column ${(linesBefore.at(-1) ?? '').length + 1}`;
      return `The condition does not compile: ${check.error?.summary ?? 'it is malformed'}, at ${where}.`;
    }
    // `dyn` is what reading a field of a map gives: only evaluation can tell.
    if (check.type === 'bool' || check.type === 'dyn') return null;
    return `A condition answers true or false; this one answers ${check.type ?? 'nothing'}.`;
  }

  evaluate(condition: string, context: Record<string, unknown>): ConditionAnswer {
    try {
      const answer = this.#compile(condition)(context);
      if (typeof answer === 'boolean') return { kind: 'ANSWER', holds: answer };
      return { kind: 'FAILED', message: 'has a condition that did not answer true or false' };
    } catch {
      return { kind: 'FAILED', message: 'has a condition that could not be evaluated' };
    }
  }

  #compile(condition: string): Condition {
    const known = this.#compiled.get(condition);
    if (known !== undefined) return known;
    const compiled = this.#environment.parse(condition) as Condition;
    if (this.#compiled.size >= MEMO_MAX) this.#compiled.clear();
    this.#compiled.set(condition, compiled);
    return compiled;
  }
}

import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { ProgramPlan, RulePlan, TierPlan } from '../support/program.ts';

/**
 * The rows of the specification, as data: a program, then steps on a clock, each with what must be seen
 * after it. The files name nothing of this implementation but its public API, so that any other engine
 * can be held to them. A row that needs what this engine does not have says so, in `needs`.
 */

/** Row ids by section, in the order of the specification. */
export const SPECIFIED: Readonly<Record<string, readonly string[]>> = {
  '1. Time': ['Z1', 'Z2', 'Z3', 'Z4', 'Z5'],
  '2. Points': ['E1', 'E3', 'E5', 'E7', 'E8', 'E10', 'F1', 'F2', 'F4', 'F5', 'B3'],
  '3. Earning': ['N1', 'N2', 'N3', 'N7', 'N8', 'M2', 'C6', 'C5'],
  '4. Refunds': ['R1', 'R3', 'R4', 'R5', 'U1', 'U2'],
  '5. Tiers': ['T1', 'T2', 'T3', 'T4', 'T5', 'T7', 'T9', 'T10', 'T11', 'T13', 'T16', 'T17', 'T20', 'T21', 'T18', 'B1'],
  '7. Concurrency': ['C1', 'C2', 'C3', 'C7', 'C8'],
};

/** One row of the specification, or one case of a row that has several. */
export interface Row {
  readonly section: string;
  readonly id: string;
  readonly case?: string;
  readonly title: string;
  /** False: not in a table of the specification, but of the same family as a row that is. */
  readonly listed?: false;
  /** What the engine would have to have; such a row has no steps. */
  readonly needs?: string;
  readonly setup?: Setup;
  readonly steps?: readonly Step[];
}

export interface Setup extends ProgramPlan {
  readonly timeZone?: string;
  readonly backdatingDays?: number;
  /**
   * ADVANCED, the default: a sandbox, whose frozen clock each step advances through the API, so that what
   * falls due on the way is recorded. JUMPED: a workspace in real time, where no job ever runs.
   */
  readonly clock?: 'ADVANCED' | 'JUMPED';
}

/**
 * Something that is sent: one mutation of the API with its input. What is left out of an input is the
 * customer `member`, US dollars, and `By hand` as a reason.
 */
export interface Call {
  readonly customerUpsert?: Input;
  readonly earn?: Input;
  readonly spend?: Input;
  readonly spendReverse?: Input;
  readonly refund?: Input;
  readonly pointsAdjust?: Input;
  readonly pointsTransfer?: Input;
  readonly activityRecord?: Input;
  /** `reward` is the name of one of the program's rewards. */
  readonly rewardRedeem?: Input & { readonly reward: string };
  readonly redemptionCancel?: Input;
  /** A new version of the program's earn rule, with the same defaults as its first. */
  readonly earnRulePublish?: RulePlan & { readonly effectiveAt?: string };
  /** A new revision of the program's tier structure: what changes of the structure, and of its tiers by name. */
  readonly tierStructurePublish?: {
    readonly rollout: string;
    readonly structure?: Input;
    /** Null removes the tier; a name that there is not yet adds one. */
    readonly tiers?: Readonly<Record<string, Partial<TierPlan> | null>>;
  };
}

export type Input = Readonly<Record<string, unknown>>;

/** Something that happens at an instant, if anything, and what is seen then. */
export interface Step extends Call {
  readonly at: string;
  /** Many callers at once, who send the calls in turn. */
  readonly together?: { readonly callers: number; readonly calls: readonly Call[] };
  readonly expect?: Expectation;
}

/** What is left out does not matter; lists are complete, and in the order in which things were recorded. */
export interface Expectation extends Partial<Standing> {
  /** The payload of the mutation, as far as it is read. */
  readonly answer?: Input;
  /** The points of all awards of a purchase, or of all purchases of many callers. */
  readonly award?: number;
  readonly duplicate?: boolean;
  /** The codes of the user errors; left out, the mutation must succeed. */
  readonly refused?: string;
  /** Of many callers: how many different things were recorded, and how many were told that theirs is a duplicate. */
  readonly recorded?: number;
  readonly duplicates?: number;
  readonly refusals?: Readonly<Record<string, number>>;
  /** Customers besides the member, by their external id. */
  readonly others?: Readonly<Record<string, Partial<Standing>>>;
}

/** What a customer has, in the words of the API; tiers stand there by name. */
export interface Standing {
  readonly points: number;
  readonly tier: string | null;
  /** In the program's tier structure. */
  readonly membership: Input;
  /** Points of the card that cannot be spent yet. */
  readonly pendingBalance: number;
  readonly pending: readonly Input[];
  readonly lots: readonly Input[];
  readonly entries: readonly Input[];
  readonly transitions: readonly Input[];
}

export function readRows(): Row[] {
  const folder = path.dirname(new URL(import.meta.url).pathname);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => {
      const { section, rows } = JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as {
        section: string;
        rows: Omit<Row, 'section'>[];
      };
      return rows.map((row) => ({ ...row, section }));
    });
}

/** How a row is called in a report, for example `T5 IMMEDIATELY`. */
export function nameOf(row: Row): string {
  return row.case === undefined ? row.id : `${row.id} ${row.case}`;
}

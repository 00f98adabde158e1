import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { ProgramPlan } from '../support/program.ts';

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
  /** What the engine would have to have; such a row has no steps. */
  readonly needs?: string;
  readonly setup?: ProgramPlan & { readonly timeZone?: string };
  readonly steps?: readonly Step[];
}

/** Something that happens at an instant, if anything, and what is seen then. */
export interface Step {
  readonly at: string;
  readonly join?: Readonly<Record<string, unknown>>;
  readonly earn?: Readonly<Record<string, unknown>>;
  /** Many callers at once, who send the purchases in turn. */
  readonly together?: { readonly callers: number; readonly earn: readonly Readonly<Record<string, unknown>>[] };
  readonly expect?: Expectation;
}

/** What is left out does not matter; lists are complete, and in the order in which things were recorded. */
export interface Expectation {
  readonly award?: number;
  readonly duplicate?: boolean;
  readonly refused?: string;
  /** Of many callers: how many different purchases they were answered with, and how many were told that theirs is a duplicate. */
  readonly recorded?: number;
  readonly duplicates?: number;
  readonly refusals?: Readonly<Record<string, number>>;
  readonly points?: number;
  readonly tier?: string | null;
  readonly membership?: Readonly<Record<string, unknown>>;
  readonly lots?: readonly Readonly<Record<string, unknown>>[];
  readonly entries?: readonly Readonly<Record<string, unknown>>[];
  readonly transitions?: readonly Readonly<Record<string, unknown>>[];
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

/**
 * An expected refusal: why a command changed nothing. Problems are data, not exceptions; each has a
 * stable code for programs, a sentence for developers, and the path of the input field to blame.
 */
export interface Problem<Code extends string = string> {
  readonly code: Code;
  readonly message: string;
  /** Path from `input`, for example `['input', 'lines', '0', 'amount']`; null if no one field is to blame. */
  readonly field: readonly string[] | null;
}

/** The outcome of checking input: the checked value, or everything that is wrong with it. */
export type Checked<T, Code extends string = string> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem<Code>[] };

export const NAME_MAX_LENGTH = 200;
export const IDEMPOTENCY_KEY_MAX_LENGTH = 255;
export const METADATA_MAX_KEYS = 50;
export const METADATA_MAX_BYTES = 10 * 1024;

export function problem<Code extends string>(
  code: Code,
  message: string,
  ...field: readonly (string | number)[]
): Problem<Code> {
  return { code, message, field: field.length === 0 ? null : ['input', ...field.map(String)] };
}

export function refused<Code extends string>(...problems: Problem<Code>[]): {
  readonly ok: false;
  readonly problems: readonly Problem<Code>[];
} {
  return { ok: false, problems };
}

export function checked<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

/** Whether a text has 1 to `maxLength` characters, counted as code points, and is not only white space. */
export function isText(text: string, maxLength: number = NAME_MAX_LENGTH): boolean {
  // NUL cannot be stored by PostgreSQL; refusing it here keeps it a typed answer.
  if (text.trim() === '' || text.includes('\u0000') || !text.isWellFormed()) return false;
  return text.length <= maxLength || (text.length <= maxLength * 2 && [...text].length <= maxLength);
}

export function checkName(name: string, ...field: readonly (string | number)[]): Problem<'INVALID_NAME'>[] {
  if (isText(name)) return [];
  return [problem('INVALID_NAME', `A name has 1 to ${NAME_MAX_LENGTH} characters.`, ...field)];
}

export function checkMetadata(
  metadata: Readonly<Record<string, unknown>> | null | undefined,
  ...field: readonly (string | number)[]
): Problem<'INVALID_METADATA'>[] {
  if (metadata === null || metadata === undefined) return [];
  const json = JSON.stringify(metadata);
  const keys = Object.keys(metadata).length;
  const storable = json.isWellFormed() && !json.includes('\\u0000') && !/\\ud[89a-f]/i.test(json);
  if (keys <= METADATA_MAX_KEYS && storable && new TextEncoder().encode(json).length <= METADATA_MAX_BYTES) return [];
  return [
    problem(
      'INVALID_METADATA',
      `Metadata has at most ${METADATA_MAX_KEYS} keys and 10 KiB as JSON, without NUL characters.`,
      ...field,
    ),
  ];
}

export function checkIdempotencyKey(key: string | null | undefined): Problem<'INVALID_IDEMPOTENCY_KEY'>[] {
  if (key === null || key === undefined || isText(key, IDEMPOTENCY_KEY_MAX_LENGTH)) return [];
  return [
    problem(
      'INVALID_IDEMPOTENCY_KEY',
      `An idempotency key has 1 to ${IDEMPOTENCY_KEY_MAX_LENGTH} characters.`,
      'idempotencyKey',
    ),
  ];
}

import type { Problem } from './problem.ts';
import { problem } from './problem.ts';

/**
 * Keys of configuration objects: names for programs, which a document carries from one workspace to another. Among the
 * objects of one kind that are there now, and among the tiers of one structure, each key is there once.
 */

export const KEY_MAX_LENGTH = 63;

const KEY = /^[a-z0-9]+(?:[-_][a-z0-9]+)*$/;

export type KeyErrorCode = 'INVALID_KEY' | 'KEY_TAKEN';

export function isKey(text: string): boolean {
  return text.length <= KEY_MAX_LENGTH && KEY.test(text);
}

/** Whether the key may be given to an object whose siblings have the others. */
export function checkKey(key: string, taken: ReadonlySet<string>, ...field: readonly (string | number)[]): Problem<KeyErrorCode>[] {
  if (!isKey(key)) {
    const message = `A key has 1 to ${KEY_MAX_LENGTH} characters: small letters of the English alphabet, digits, and single hyphens or underscores between them.`;
    return [problem('INVALID_KEY', message, ...field)];
  }
  return taken.has(key) ? [problem('KEY_TAKEN', `Another one has the key \`${key}\`.`, ...field)] : [];
}

/** The key of an object that is given none: made of its name, and told apart from others by a number. */
export function keyFor(name: string, taken: ReadonlySet<string>, fallback: string): string {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, KEY_MAX_LENGTH - NUMBER_MAX_LENGTH)
    .replaceAll(/^-+|-+$/g, '');
  const base = plain === '' ? fallback : plain;
  let key = base;
  for (let number = 2; taken.has(key); number += 1) key = `${base}_${number}`;
  return key;
}

/** Room for an underscore and a number. */
const NUMBER_MAX_LENGTH = 8;

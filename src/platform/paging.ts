import type { Page, PageRequest } from '../database/paging.ts';
import { RequestError } from './errors.ts';

/** Relay connections over keyset pages. */

export const PAGE_SIZE_DEFAULT = 25;
export const PAGE_SIZE_MAX = 100;
const CURSOR_MAX_LENGTH = 2_000;

export interface ConnectionArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

/** A connection as the contract shows it. */
export interface Connection<Item> {
  readonly edges: readonly { readonly cursor: string; readonly node: Item }[];
  readonly nodes: readonly Item[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/**
 * What page is asked for.
 * @param order names the list's order; a cursor from a list in another order is refused
 * @throws RequestError INVALID_PAGE or INVALID_CURSOR
 */
export function pageRequest(args: ConnectionArguments, order = 'id', keys = 1): PageRequest {
  const { limit, backward } = pageLimit(args);
  const after = decodeCursor(args.after, 'after', order, keys);
  const before = decodeCursor(args.before, 'before', order, keys);
  return {
    limit,
    direction: backward ? 'BACKWARD' : 'FORWARD',
    cursor: backward ? before : after,
    until: backward ? after : before,
  };
}

/**
 * How many items are asked for, and from which end.
 * @throws RequestError INVALID_PAGE
 */
export function pageLimit({ first, last }: ConnectionArguments): { readonly limit: number; readonly backward: boolean } {
  if (typeof first === 'number' && typeof last === 'number') {
    throw new RequestError('INVALID_PAGE', 'Give either `first` or `last`, not both.', { field: ['first'] });
  }
  const backward = typeof last === 'number';
  const limit = first ?? last ?? PAGE_SIZE_DEFAULT;
  if (limit < 1 || limit > PAGE_SIZE_MAX) {
    throw new RequestError('INVALID_PAGE', `A page has 1 to ${PAGE_SIZE_MAX} items.`, { field: [backward ? 'last' : 'first'] });
  }
  return { limit, backward };
}

export function toConnection<Item>(page: Page<Item>, order = 'id'): Connection<Item> {
  const edges = page.items.map(({ item, cursor }) => ({ cursor: encodeCursor(cursor, order), node: item }));
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage: page.hasNextPage,
      hasPreviousPage: page.hasPreviousPage,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

/** The cursor behind an item of a list without edges. */
export function cursorOf(id: string): string {
  return encodeCursor([id], 'id');
}

function encodeCursor(values: readonly string[], order: string): string {
  return Buffer.from(JSON.stringify([order, ...values])).toString('base64url');
}

function decodeCursor(
  cursor: string | null | undefined,
  field: string,
  order: string,
  keys: number,
): readonly string[] | null {
  if (cursor === null || cursor === undefined) return null;
  const values = cursor.length <= CURSOR_MAX_LENGTH ? parse(cursor) : null;
  if (values === null || values[0] !== order || values.length !== keys + 1 || !isCursorId(values.at(-1))) {
    throw new RequestError('INVALID_CURSOR', 'The cursor does not come from a list in this order.', { field: [field] });
  }
  return values.slice(1);
}

/** The last value of every cursor is the id; anything else would be an error of the database. */
function isCursorId(text: string | undefined): boolean {
  return text !== undefined && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}

function parse(cursor: string): readonly string[] | null {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    const texts = Array.isArray(values) && values.every((value) => typeof value === 'string' && !value.includes('\u0000'));
    return texts ? (values as string[]) : null;
  } catch {
    return null;
  }
}

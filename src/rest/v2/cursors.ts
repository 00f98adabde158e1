import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Cursors as this API gives them out: the list's own cursor with the instant from which it is refused, signed with the
 * API key that asked for the page. So a cursor serves whoever got it, for the same filters and order, until it expires;
 * no secret of the server's own has to be kept or shared between processes.
 */

export const CURSOR_LIFETIME_MS = 24 * 60 * 60 * 1000;
const CURSOR_MAX_LENGTH = 4_000;
const PURPOSE = 'GET /v2/loyalties/tier-structures';

/** Whose cursor it is, and of which list. */
export interface CursorOwner {
  /** The secret that was presented. */
  readonly secret: string;
  /** The list's filters and order. */
  readonly list: unknown;
}

export function sealCursor(after: string, expiresAt: number, owner: CursorOwner): string {
  const content = Buffer.from(JSON.stringify([expiresAt, after])).toString('base64url');
  return `${content}.${signature(content, owner).toString('base64url')}`;
}

/** The list's own cursor; INVALID if it was not given to this owner. */
export function openCursor(cursor: string, now: number, owner: CursorOwner): { readonly after: string } | 'EXPIRED' | 'INVALID' {
  const [content = '', signed = '', ...more] = cursor.length <= CURSOR_MAX_LENGTH ? cursor.split('.') : [];
  const expected = signature(content, owner);
  const actual = Buffer.from(signed, 'base64url');
  const genuine = more.length === 0 && actual.length === expected.length && timingSafeEqual(actual, expected);
  if (!genuine) return 'INVALID';
  const [expiresAt, after] = JSON.parse(Buffer.from(content, 'base64url').toString('utf8')) as [number, string];
  return now < expiresAt ? { after } : 'EXPIRED';
}

function signature(content: string, { secret, list }: CursorOwner): Buffer {
  return createHmac('sha256', secret)
    .update(JSON.stringify([PURPOSE, list, content]))
    .digest();
}

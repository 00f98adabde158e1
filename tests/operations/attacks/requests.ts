/** What an attacker sends: whole requests, each new every time, so that nothing remembered makes it cheaper. */

export interface AttackRequest {
  readonly method?: 'POST' | 'GET';
  /** After the address of GraphQL. */
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface Attack {
  readonly name: string;
  /** @param salt a number that no request has had before */
  readonly request: (salt: number) => AttackRequest;
  /** Every code that the answer may have; null: it is answered without an error. */
  readonly answer: readonly (string | null)[];
}

const JSON_TYPE = { 'content-type': 'application/json' };

/** A document with variables, sent as any client would. */
export function graphql(
  name: string,
  answer: string | null | readonly (string | null)[],
  document: string | ((salt: number) => string),
  variables?: unknown,
): Attack {
  return {
    name,
    answer: typeof answer === 'string' || answer === null ? [answer] : answer,
    request: (salt) => {
      const text = typeof document === 'string' ? `${document} #${salt}` : document(salt);
      return { headers: JSON_TYPE, body: JSON.stringify({ query: text, ...(variables === undefined ? {} : { variables }) }) };
    },
  };
}

/** Any bytes, with any headers. */
export function bytes(
  name: string,
  answer: string | null | readonly (string | null)[],
  body: string | Uint8Array | ((salt: number) => string | Uint8Array),
  headers: Readonly<Record<string, string>> = JSON_TYPE,
): Attack {
  return {
    name,
    answer: typeof answer === 'string' || answer === null ? [answer] : answer,
    request: (salt) => ({ headers, body: typeof body === 'function' ? body(salt) : body }),
  };
}

/** `times` pieces, each made of its number. */
export const pieces = (times: number, piece: (index: number) => string, separator = ' '): string =>
  Array.from({ length: times }, (_, index) => piece(index)).join(separator);

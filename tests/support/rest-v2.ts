/** A client of `/v2/loyalties/tier-structures`, and the example bodies of its reference pages. */
import type { ApiClient } from './client.ts';

export interface RestAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // The shape is the route's own; a test reads from it what it asked for.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
}

export class V2Client {
  readonly #origin: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(graphql: ApiClient, headers: Readonly<Record<string, string>> = graphql.key === null ? {} : { authorization: `Bearer ${graphql.key}` }) {
    this.#origin = new URL(graphql.url).origin;
    this.#headers = headers;
  }

  /** @param path what follows `/v2/loyalties/tier-structures` */
  async send(method: string, path = '', body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<RestAnswer> {
    const response = await fetch(`${this.#origin}/v2/loyalties/tier-structures${path}`, {
      method,
      headers: { ...this.#headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: text === '' ? null : JSON.parse(text) };
  }

  /** A call that must succeed: the answer's body. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  async succeed(method: string, path = '', body?: unknown): Promise<any> {
    const answer = await this.send(method, path, body);
    if (answer.status !== 200) throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text}`);
    return answer.body;
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  list(query = ''): Promise<any> {
    return this.succeed('GET', query === '' ? '' : `?${query}`);
  }
}

/** `name=value&...`, percent-encoded; an array repeats its name. */
export function queryString(parameters: Readonly<Record<string, string | number | readonly string[]>>): string {
  return Object.entries(parameters)
    .flatMap(([name, value]) => (Array.isArray(value) ? (value as string[]) : [String(value)]).map((each) => `${encodeURIComponent(name)}=${encodeURIComponent(each)}`))
    .join('&');
}

/** The body of the page about updating, as it is there. */
export const PAGE_UPDATE_BODY = {
  name: '<string>',
  type: 'POINT_BALANCE',
  card_definition_id: '<string>',
  point_earned: { period: { value: 2, unit: 'HOUR' }, type: 'IMMEDIATELY' },
  expiration: {
    type: 'NO_EXPIRATION',
    rolling_expiration: { period: { value: 2, unit: 'DAY' } },
    calendar_expiration: { calendar_dates: [{ day: 16, month: 6 }] },
    sliding_expiration: {
      period: { value: 2, unit: 'DAY' },
      earning_activity: true,
      spending_activity: true,
      custom_activity: true,
      custom_activity_types: ['<string>'],
    },
  },
  downgrade: { type: 'MULTI_LEVEL', grace_period: { value: 2, unit: 'DAY', round_up: true } },
  metadata: {},
} as const;

/** The answer that all pages show, as it is there. */
export const PAGE_ANSWER = {
  id: '<string>',
  name: '<string>',
  type: 'POINT_BALANCE',
  card_definition_id: '<string>',
  metadata: {},
  status: 'DRAFT',
  created_at: '2023-11-07T05:31:56Z',
  object: 'tier_structure',
  point_earned: { period: { value: 2, unit: 'HOUR' }, type: 'IMMEDIATELY' },
  expiration: {
    type: 'NO_EXPIRATION',
    rolling_expiration: { period: { value: 2, unit: 'DAY' } },
    calendar_expiration: { calendar_dates: [{ day: 16, month: 6 }] },
    sliding_expiration: {
      earning_activity: true,
      spending_activity: true,
      custom_activity: true,
      period: { value: 2, unit: 'DAY' },
      custom_activity_types: ['<string>'],
    },
  },
  downgrade: { type: 'MULTI_LEVEL', grace_period: { value: 2, unit: 'DAY', round_up: true } },
  updated_at: '2023-11-07T05:31:56Z',
} as const;

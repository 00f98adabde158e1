/** A client of the public API: one key, GraphQL over HTTP, nothing else. */

export interface GraphqlError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: { readonly code: string; readonly field?: readonly string[]; readonly documentation: string; readonly requestId: string };
}

export interface GraphqlAnswer {
  readonly status: number;
  readonly headers: Headers;
  // The shape is the query's own; a test reads from it what it asked for.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly data: any;
  readonly errors: readonly GraphqlError[];
  /** What the answer says beside its data; empty if nothing. */
  readonly extensions: Readonly<Record<string, unknown>>;
}

export class ApiClient {
  readonly url: string;
  readonly key: string | null;

  constructor(url: string, key: string | null) {
    this.url = url;
    this.key = key;
  }

  /** The same server with another key, or with none. */
  withKey(key: string | null): ApiClient {
    return new ApiClient(this.url, key);
  }

  /** Sends a document and gives back the whole answer, errors included. */
  async send(
    document: string,
    variables: Record<string, unknown> = {},
    headers: Record<string, string> = {},
  ): Promise<GraphqlAnswer> {
    const response = await fetch(this.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(this.key === null ? {} : { authorization: `Bearer ${this.key}` }),
        ...headers,
      },
      body: JSON.stringify({ query: document, variables }),
    });
    const body = (await response.json()) as { data?: unknown; errors?: GraphqlError[]; extensions?: Record<string, unknown> };
    const { data = null, errors = [], extensions = {} } = body;
    return { status: response.status, headers: response.headers, data, errors, extensions };
  }

  /** Opens a subscription. Its events are what the server wrote, taken apart and nothing more. */
  async subscribe(document: string, variables: Record<string, unknown> = {}, more: { readonly headers?: Record<string, string>; readonly signal?: AbortSignal } = {}): Promise<Subscribed> {
    const response = await fetch(`${this.url}/stream`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(this.key === null ? {} : { authorization: `Bearer ${this.key}` }),
        ...more.headers,
      },
      body: JSON.stringify({ query: document, variables }),
      ...(more.signal === undefined ? {} : { signal: more.signal }),
    });
    const { status, headers } = response;
    if (!headers.get('content-type')?.startsWith('text/event-stream')) {
      const { data = null, errors = [], extensions = {} } = (await response.json()) as { data?: unknown; errors?: GraphqlError[]; extensions?: Record<string, unknown> };
      return { status, headers, refusal: { status, headers, data, errors, extensions }, events: noEvents() };
    }
    return { status, headers, refusal: null, events: eventsOf(response) };
  }

  /** Follows a subscription to its end. */
  async follow(document: string, variables: Record<string, unknown> = {}): Promise<StreamEvent[]> {
    const { refusal, events } = await this.subscribe(document, variables);
    if (refusal !== null) throw new Error(`The subscription was refused: ${JSON.stringify(refusal.errors)}`);
    const all: StreamEvent[] = [];
    for await (const event of events) all.push(event);
    return all;
  }

  /** Sends a document that must succeed and gives back its data. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  async run(document: string, variables: Record<string, unknown> = {}): Promise<any> {
    const answer = await this.send(document, variables);
    if (answer.errors.length > 0) throw new Error(`Unexpected GraphQL errors: ${JSON.stringify(answer.errors)}`);
    return answer.data;
  }

  /** Runs one mutation and gives back its payload, user errors included. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  async mutate(field: string, input: Record<string, unknown>, selection: string): Promise<any> {
    const inputType = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
    const document = `mutation($input: ${inputType}!) { ${field}(input: $input) { ${selection} userErrors { code message field } } }`;
    return (await this.run(document, { input }))[field];
  }

  /** Runs one mutation that must succeed. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  async succeed(field: string, input: Record<string, unknown>, selection: string): Promise<any> {
    const payload = await this.mutate(field, input, selection);
    if (payload.userErrors.length > 0) throw new Error(`${field} was refused: ${JSON.stringify(payload.userErrors)}`);
    return payload;
  }
}

/** One event of a stream: its name, and the result that it carries; null if it carries none. */
export interface StreamEvent {
  readonly name: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly data: any;
}

export interface Subscribed {
  readonly status: number;
  readonly headers: Headers;
  /** The answer of a subscription that was refused before its first event; else null. */
  readonly refusal: GraphqlAnswer | null;
  /** Comments, which keep the connection alive, are left out. */
  readonly events: AsyncGenerator<StreamEvent, void>;
}

async function* noEvents(): AsyncGenerator<StreamEvent, void> {}

async function* eventsOf(response: Response): AsyncGenerator<StreamEvent, void> {
  let text = '';
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const parts = text.split('\n\n');
    text = parts.pop() ?? '';
    for (const part of parts) {
      const name = /^event: (.*)$/m.exec(part)?.[1];
      const data = /^data: (.*)$/m.exec(part)?.[1];
      if (name !== undefined) yield { name, data: data === undefined ? null : JSON.parse(data) };
    }
  }
  if (text !== '') throw new Error(`The stream ended within an event: ${text}`);
}

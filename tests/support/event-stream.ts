/** A client of `GET /v3/events:stream` that can let go of it at any byte, and goes on where it was. */
import { request } from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';

export interface StreamedEvent {
  readonly id: string;
  readonly event: string;
  // The shape is that of the event's type.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly data: any;
}

export class EventStreamClient {
  /** All events that came whole, over all connections. */
  readonly events: StreamedEvent[] = [];
  /** Where it would go on. */
  lastEventId: string | null = null;
  bytes = 0;
  readonly #url: (connection: number) => string;
  readonly #key: string | null;
  #request: ClientRequest | null = null;
  #connections = 0;
  #listener: (() => void) | null = null;

  /** @param url of the server to which it connects the next time */
  constructor(url: string | ((connection: number) => string), key: string | null) {
    this.#url = typeof url === 'string' ? () => url : url;
    this.#key = key;
  }

  /** Opens the stream, from where it was if it was open before. Resolves with the answer's head. */
  connect(query: Readonly<Record<string, string>> = {}, headers: Readonly<Record<string, string>> = {}): Promise<IncomingMessage> {
    const address = new URL('/v3/events:stream', this.#url(this.#connections));
    this.#connections += 1;
    for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
    const all = {
      accept: 'text/event-stream',
      ...(this.#key === null ? {} : { authorization: `Bearer ${this.#key}` }),
      ...(this.lastEventId === null ? {} : { 'last-event-id': this.lastEventId }),
      ...headers,
    };
    return new Promise((resolve, reject) => {
      const sent = request(address, { headers: all, agent: false });
      this.#request = sent;
      sent.once('response', (response) => {
        response.on('error', () => undefined);
        if (response.statusCode === 200) this.#read(response);
        resolve(response);
      });
      sent.on('error', reject);
      sent.end();
    });
  }

  /** Lets go without a word, in the middle of whatever comes. */
  drop(): void {
    this.#request?.destroy();
    this.#request = null;
  }

  /** Waits until what has come is enough. */
  async until(isEnough: () => boolean, ms = 20_000): Promise<void> {
    const deadline = performance.now() + ms;
    while (!isEnough()) {
      const left = deadline - performance.now();
      if (left <= 0) throw new Error(`Waited in vain; ${this.events.length} events came, the last ${JSON.stringify(this.events.at(-1))}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(left, 50));
        this.#listener = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  #read(response: IncomingMessage): void {
    let text = '';
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => {
      this.bytes += chunk.length;
      text += chunk;
      const blocks = text.split('\n\n');
      // What is not whole when the connection ends never was.
      text = blocks.pop() ?? '';
      for (const block of blocks) this.#take(block);
      this.#listener?.();
    });
    response.on('close', () => this.#listener?.());
  }

  #take(block: string): void {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
    const [id, event, data] = [field('id'), field('event'), field('data')];
    if (id !== undefined) this.lastEventId = id;
    if (event !== undefined && data !== undefined) this.events.push({ id: id ?? '', event, data: JSON.parse(data) });
  }
}

/** An HTTP server that receives webhooks, and behaves as each test wants: well, badly, slowly, or not at all. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventually } from './process.ts';

export interface Received {
  /** The path that it was sent to. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  // What a body says is each test's own matter.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly event: any;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Answers a message, or does not. */
export type Behaviour = (received: Received, request: IncomingMessage, response: ServerResponse) => void;

export const answer = (status: number, headers: Record<string, string> = {}, body = ''): Behaviour => (_received, _request, response) => {
  response.writeHead(status, headers).end(body);
};

export class Receiver {
  readonly received: Received[] = [];
  /** Connections that were made to it, ever. */
  connections = 0;
  readonly #behaviours = new Map<string, Behaviour>();
  readonly #server = createServer((request, response) => this.#receive(request, response));
  #url = '';

  async start(): Promise<this> {
    this.#server.on('connection', () => (this.connections += 1));
    this.#server.keepAliveTimeout = 30_000;
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.#url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return this;
  }

  /** Where a message to a path is sent, and how it is answered there: 200 if nothing is said. */
  at(path: string, behaviour: Behaviour = answer(200)): string {
    this.#behaviours.set(path, behaviour);
    return `${this.#url}${path}`;
  }

  to(path: string): Received[] {
    return this.received.filter((received) => received.path === path);
  }

  /** Waits until so many messages have come to the path. */
  async waitFor(path: string, count: number): Promise<Received[]> {
    return eventually(
      () => this.to(path),
      (received) => received.length >= count,
    );
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #receive(request: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => undefined);
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const path = request.url ?? '';
      const received = { path, headers: request.headers as Record<string, string>, body, event: JSON.parse(body) as unknown, at: Date.now() };
      this.received.push(received);
      (this.#behaviours.get(path) ?? answer(404))(received, request, response);
    });
  }
}

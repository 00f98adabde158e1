/**
 * Brokers for tests: a real nats-server where one is installed (Debian: `apt-get install nats-server`), and a small one that speaks
 * the few verbs of the core protocol which are needed (https://docs.nats.io/reference/reference-protocols/nats-protocol).
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { freePort } from './redis.ts';

export const HAS_NATS = spawnSync('nats-server', ['--version']).status === 0;

export interface TestNats {
  readonly url: string;
  stop(): Promise<void>;
  /** Starts it again at the same address. */
  start(): Promise<void>;
}

export async function startNatsServer(): Promise<TestNats> {
  const port = await freePort();
  let child: ReturnType<typeof spawn> | null = null;
  const start = async () => {
    const started = spawn('nats-server', ['--addr', '127.0.0.1', '--port', String(port)], { stdio: ['ignore', 'ignore', 'pipe'] });
    child = started;
    for await (const chunk of started.stderr) if (String(chunk).includes('Server is ready')) break;
    started.stderr.resume();
  };
  await start();
  return {
    url: `nats://127.0.0.1:${port}`,
    start,
    async stop() {
      if (child === null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      child = null;
      await ended;
    },
  };
}

interface Published {
  readonly subject: string;
  readonly payload: string;
}

interface Credentials {
  readonly user: string;
  readonly pass: string;
}

/** Routes what is published on a subject to those who have subscribed to exactly that one, in the same process as the test. */
export class NatsBroker implements TestNats {
  /** All that clients have published, ever. */
  readonly published: Published[] = [];
  readonly #credentials: Credentials | null;
  readonly #clients = new Set<BrokerClient>();
  #server = createServer();
  #port = 0;

  constructor(credentials: Credentials | null = null) {
    this.#credentials = credentials;
  }

  get url(): string {
    return `nats://127.0.0.1:${this.#port}`;
  }

  /** How many clients are connected. */
  get clients(): number {
    return this.#clients.size;
  }

  async start(): Promise<void> {
    this.#server = createServer((socket) => this.#serve(socket));
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Lets go of everybody without a word, as one that is killed. */
  async stop(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const { socket } of this.#clients) socket.resetAndDestroy();
    await closed;
  }

  #serve(socket: Socket): void {
    const client = new BrokerClient(socket, this.#credentials, (published) => this.#route(client, published));
    this.#clients.add(client);
    socket.on('close', () => this.#clients.delete(client));
  }

  #route(from: BrokerClient, published: Published): void {
    this.published.push(published);
    for (const client of this.#clients) if (client !== from || client.echo) client.deliver(published);
  }
}

class BrokerClient {
  readonly socket: Socket;
  /** Whether it wants to hear what it says itself. */
  echo = true;
  readonly #credentials: Credentials | null;
  readonly #publish: (published: Published) => void;
  readonly #subscriptions = new Map<string, string>();
  /** Latin-1, so that a character is a byte. */
  #unread = '';

  constructor(socket: Socket, credentials: Credentials | null, publish: (published: Published) => void) {
    this.socket = socket;
    this.#credentials = credentials;
    this.#publish = publish;
    socket.setEncoding('latin1');
    socket.on('error', () => undefined);
    socket.on('data', (chunk: string) => {
      this.#unread += chunk;
      while (this.#readOne());
    });
    this.#send(`INFO ${JSON.stringify({ server_id: 'test', version: '2.10.0', proto: 1, max_payload: 1_048_576, auth_required: credentials !== null })}\r\n`);
  }

  deliver({ subject, payload }: Published): void {
    for (const [id, subscribed] of this.#subscriptions) {
      if (subscribed === subject) this.#send(`MSG ${subject} ${id} ${payload.length}\r\n${payload}\r\n`);
    }
  }

  /** @returns whether there was a whole one */
  #readOne(): boolean {
    const end = this.#unread.indexOf('\r\n');
    if (end === -1) return false;
    const [verb = '', ...args] = this.#unread.slice(0, end).split(' ');
    const after = end + 2;
    if (verb !== 'PUB') {
      const line = this.#unread.slice(0, end);
      this.#unread = this.#unread.slice(after);
      this.#carryOut(verb, args, line);
      return true;
    }
    const length = Number(args.at(-1));
    if (this.#unread.length < after + length + 2) return false;
    const payload = this.#unread.slice(after, after + length);
    this.#unread = this.#unread.slice(after + length + 2);
    this.#publish({ subject: args[0] ?? '', payload });
    return true;
  }

  #carryOut(verb: string, args: readonly string[], line: string): void {
    if (verb === 'PING') this.#send('PONG\r\n');
    else if (verb === 'SUB') this.#subscriptions.set(args.at(-1) ?? '', args[0] ?? '');
    else if (verb === 'UNSUB') this.#subscriptions.delete(args[0] ?? '');
    else if (verb === 'CONNECT') this.#welcome(JSON.parse(line.slice('CONNECT '.length)) as Partial<Credentials> & { readonly echo?: boolean });
    else if (verb !== 'PONG') throw new Error(`The broker does not know ${verb}.`);
  }

  #welcome({ user, pass, echo }: Partial<Credentials> & { readonly echo?: boolean }): void {
    this.echo = echo !== false;
    if (this.#credentials === null || (user === this.#credentials.user && pass === this.#credentials.pass)) return;
    this.socket.end("-ERR 'Authorization Violation'\r\n");
  }

  #send(text: string): void {
    if (this.socket.writable) this.socket.write(text, 'latin1');
  }
}

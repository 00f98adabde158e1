import { connect } from 'node:net';
import type { Socket } from 'node:net';

/**
 * A load generator that costs as little as it can, because it shares the machine with what it measures:
 * one socket a connection, one request at a time on each, no HTTP library.
 */

export interface Load {
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly connections: number;
  readonly durationMs: number;
  /** The body of the next request. */
  readonly nextBody: () => string;
  /** Throws if the answer is not what it should be. */
  readonly check: (body: string) => void;
}

export interface LoadResult {
  readonly requests: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
}

export async function runLoad(load: Load): Promise<LoadResult> {
  const latencies: number[] = [];
  const startedAt = performance.now();
  const endsAt = startedAt + load.durationMs;
  await Promise.all(Array.from({ length: load.connections }, () => runConnection(load, endsAt, latencies)));
  const seconds = (performance.now() - startedAt) / 1000;
  latencies.sort((a, b) => a - b);
  const percentile = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
  return {
    requests: latencies.length,
    perSecond: latencies.length / seconds,
    p50Ms: percentile(0.5),
    p95Ms: percentile(0.95),
    p99Ms: percentile(0.99),
  };
}

async function runConnection(load: Load, endsAt: number, latencies: number[]): Promise<void> {
  const socket = await open(load);
  const answers = readAnswers(socket);
  const head = `POST ${load.path} HTTP/1.1\r\nhost: ${load.host}:${load.port}\r\n${Object.entries(load.headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}`;
  while (performance.now() < endsAt) {
    const body = load.nextBody();
    const sentAt = performance.now();
    socket.write(`${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    const answer = await answers.next();
    latencies.push(performance.now() - sentAt);
    load.check(answer);
  }
  socket.destroy();
}

function open({ host, port }: Load): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true }, () => resolve(socket));
    socket.once('error', reject);
  });
}

/** The bodies of the answers on a connection, in order. Every answer of the server states its length. */
function readAnswers(socket: Socket): { next(): Promise<string> } {
  let buffered: Buffer = Buffer.alloc(0);
  let waiting: { resolve: (body: string) => void; reject: (error: Error) => void } | null = null;
  const deliver = () => {
    const body = takeAnswer();
    if (body === null || waiting === null) return;
    const { resolve } = waiting;
    waiting = null;
    resolve(body);
  };
  const takeAnswer = (): string | null => {
    const headEnd = buffered.indexOf('\r\n\r\n');
    if (headEnd === -1) return null;
    const head = buffered.toString('latin1', 0, headEnd);
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1]);
    const end = headEnd + 4 + length;
    if (buffered.length < end) return null;
    const body = buffered.toString('utf8', headEnd + 4, end);
    buffered = buffered.subarray(end);
    if (!head.startsWith('HTTP/1.1 200')) throw new Error(`${head.slice(0, 100)}: ${body}`);
    return body;
  };
  socket.on('data', (chunk: Buffer) => {
    buffered = buffered.length === 0 ? chunk : Buffer.concat([buffered, chunk]);
    deliver();
  });
  socket.on('close', () => waiting?.reject(new Error('The server closed the connection.')));
  return {
    next: () =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        deliver();
      }),
  };
}

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbeddedPostgres } from '../src/database/embedded.ts';
import { prepareWorkspace, startProduct } from './product.ts';

/**
 * What idle event streams cost a process in memory, beside idle connections on which nothing was asked for: the difference
 * is what following events costs.
 */

const STREAMS = Number(process.env['BENCH_STREAMS'] ?? '2000');
/** A workspace may have 200. */
const STREAMS_EACH = 200;
const SETTLE_MS = 5_000;

export async function run(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'voilatier-bench-'));
  const embedded = await startEmbeddedPostgres({ dataDir: folder, log: { info() {}, warn() {}, error() {} } });
  try {
    const product = await startProduct(embedded.url);
    try {
      const keys: string[] = [];
      while (keys.length * STREAMS_EACH < STREAMS) keys.push((await prepareWorkspace(product.port, embedded.url, 'PLAIN', 1)).key);
      // What is only needed once is there before anything is measured.
      const warm = await open(product.port, 100, () => headOf(keys[0] ?? ''));
      await close(warm);
      const pid = product.process.pid ?? 0;
      const rest = await settledMemory(pid);
      const connections = await open(product.port, STREAMS, () => 'GET /livez HTTP/1.1\r\nHost: x\r\n\r\n');
      const withConnections = await settledMemory(pid);
      await close(connections);
      const emptied = await settledMemory(pid);
      const streams = await open(product.port, STREAMS, (number) => headOf(keys[Math.floor(number / STREAMS_EACH)] ?? ''));
      const withStreams = await settledMemory(pid);
      await close(streams);
      const kib = (bytes: number) => `${(bytes / 1024 / STREAMS).toFixed(1)} KiB each`;
      process.stdout.write(
        `${STREAMS} idle streams of ${keys.length} workspaces: ${kib(withStreams - Math.min(rest, emptied))}, ${(withStreams / 1024 / 1024).toFixed(0)} MiB in all\n` +
          `${STREAMS} idle connections: ${kib(withConnections - rest)}\n`,
      );
    } finally {
      await product.stop();
    }
  } finally {
    await embedded.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function headOf(key: string): string {
  return `GET /v3/events:stream HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\nAuthorization: Bearer ${key}\r\n\r\n`;
}

/** Opens connections, some at a time, and sends on each what it is for; resolves when all are answered. */
async function open(port: number, count: number, head: (number: number) => string): Promise<Socket[]> {
  const numbers = Array.from({ length: count }, (_, number) => number).values();
  const sockets: Socket[] = [];
  await Promise.all(
    Array.from({ length: 32 }, async () => {
      for (const number of numbers) {
        const socket = connect(port, '127.0.0.1');
        sockets.push(socket);
        socket.write(head(number));
        const answer = await new Promise<Buffer>((resolve, reject) => socket.once('data', resolve).once('error', reject));
        if (!answer.toString().startsWith('HTTP/1.1 200')) throw new Error(`Refused: ${answer.toString()}`);
        socket.resume();
      }
    }),
  );
  return sockets;
}

async function close(sockets: readonly Socket[]): Promise<void> {
  await Promise.all(
    sockets.map((socket) => {
      const closed = new Promise((resolve) => socket.once('close', resolve));
      socket.destroy();
      return closed;
    }),
  );
}

/** Resident memory in bytes, after what was only needed for a moment had time to go. */
async function settledMemory(pid: number): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
}

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { GatheringSocket } from '../../src/database/gathering-socket.ts';

/** Counts what goes to the system at once, as Node hands it over. */
class CountedSocket extends GatheringSocket {
  readonly pieces: string[][] = [];

  override _write(chunk: Buffer, encoding: BufferEncoding, callback: (error?: Error | null) => void): void {
    this.pieces.push([String(chunk)]);
    super._write(chunk, encoding, callback);
  }

  override _writev(chunks: { chunk: Buffer; encoding: BufferEncoding }[], callback: (error?: Error | null) => void): void {
    this.pieces.push(chunks.map(({ chunk }) => String(chunk)));
    super._writev?.(chunks, callback);
  }
}

const received: Buffer[] = [];
const server = createServer((socket) => socket.on('data', (data) => received.push(data)));
let socket: CountedSocket;

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  socket = new CountedSocket();
  socket.connect((server.address() as AddressInfo).port, '127.0.0.1');
  await once(socket, 'connect');
});

afterAll(() => {
  socket.destroy();
  server.close();
});

test('sends together what is written in one turn, in order, also by what follows from a promise', async () => {
  socket.write('BEGIN ');
  socket.cork();
  socket.write('lock ');
  socket.write('load ');
  socket.uncork();
  await Promise.resolve();
  socket.write('write ');
  await new Promise(setImmediate);
  socket.write('COMMIT');
  socket.end();
  await once(socket, 'close');
  expect(socket.pieces).toEqual([['BEGIN ', 'lock ', 'load ', 'write '], ['COMMIT']]);
  expect(Buffer.concat(received).toString()).toBe('BEGIN lock load write COMMIT');
});

/** Clients that send slowly, too much of a head, or nothing that is HTTP; and clients that do not take their answer. */
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { HEADERS_MAX_BYTES, HEADERS_MAX_COUNT, URL_MAX_LENGTH } from '../../src/platform/http-limits.ts';
import type { ApiClient } from '../support/client.ts';
import { eventually } from '../support/process.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';

/** Short, and still long enough for an honest request on a machine that has much else to do. */
const PATIENCE = { headersMs: 1_000, requestMs: 2_000, answerMs: 2_500, checkMs: 50 };
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

let server: TestServer;
let cafe: ApiClient;
const sockets = new Set<Socket>();

beforeAll(async () => {
  server = await startTestServer({ patience: PATIENCE });
  cafe = await server.workspace({ name: 'Café Aurora' });
});
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
});
afterAll(() => server.stop());

interface Connection {
  readonly socket: Socket;
  readonly received: () => string;
  readonly closed: Promise<unknown>;
}

async function open(): Promise<Connection> {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  sockets.add(socket);
  let received = '';
  socket.on('data', (chunk: Buffer) => (received += chunk.toString()));
  // What the server does to the connection is what is looked at.
  socket.on('error', () => undefined);
  // Unlike `once`, it does not mind a reset, which is how a connection ends that the other side has given up.
  const closed = new Promise<void>((resolve) => void socket.once('close', () => resolve()));
  await once(socket, 'connect');
  return { socket, received: () => received, closed };
}

/** Status, and the one error, of an answer as it came. */
function refusalIn(text: string) {
  const [head = '', body = ''] = text.split('\r\n\r\n');
  const { errors } = JSON.parse(body) as { errors: { message: string; extensions: { code: string; documentation: string; requestId: string } }[] };
  const { code, documentation, requestId } = errors[0]!.extensions;
  expect(errors).toHaveLength(1);
  expect(head.toLowerCase()).toContain(`x-request-id: ${requestId}`);
  expect([requestId, documentation]).toEqual([expect.stringMatching(UUID), `/docs/errors/${code}`]);
  return [Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1]), code];
}

const unharmed = async () => expect((await cafe.run('{ workspace { name } }')).workspace.name).toBe('Café Aurora');

const HEAD = 'POST /v3/graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';

describe('who sends slowly is cut off', () => {
  test('in the headers, one at a time', async () => {
    const { socket, received, closed } = await open();
    socket.write(HEAD);
    const drip = setInterval(() => socket.write('X-Drip: 1\r\n'), 20);
    await unharmed();
    await closed;
    clearInterval(drip);
    expect(refusalIn(received())).toEqual([408, 'REQUEST_TIMEOUT']);
    await unharmed();
  });

  test('in the body, a byte at a time', async () => {
    const { socket, received, closed } = await open();
    socket.write(`${HEAD}Authorization: Bearer ${cafe.key}\r\nContent-Length: 100000\r\n\r\n{"query":"`);
    const drip = setInterval(() => socket.write('x'), 20);
    await unharmed();
    await closed;
    clearInterval(drip);
    expect(refusalIn(received())).toEqual([408, 'REQUEST_TIMEOUT']);
    await unharmed();
  });

  test('in chunks that never end', async () => {
    const { socket, received, closed } = await open();
    socket.write(`${HEAD}Transfer-Encoding: chunked\r\n\r\n`);
    const drip = setInterval(() => socket.write('1\r\n{\r\n'), 20);
    await closed;
    clearInterval(drip);
    expect(refusalIn(received())).toEqual([408, 'REQUEST_TIMEOUT']);
  });

  test('two hundred of them at once, while honest requests are answered', async () => {
    const slow = await Promise.all(Array.from({ length: 200 }, open));
    for (const { socket } of slow) socket.write(HEAD);
    await unharmed();
    await Promise.all(slow.map(({ closed }) => closed));
    for (const { received } of slow) expect(refusalIn(received())).toEqual([408, 'REQUEST_TIMEOUT']);
    await unharmed();
  });
});

describe('who does not take its answers is cut off', () => {
  /** Together more than the buffers of the operating system between the two can hold. */
  const ANSWERS = 600;
  /** Large, and cheap to make. */
  const LARGE = 'GET /docs/errors HTTP/1.1\r\nHost: x\r\nAccept: application/json\r\n\r\n';

  test('while it takes nothing', async () => {
    const { socket, received, closed } = await open();
    socket.pause();
    for (let sent = 0; sent < ANSWERS; sent += 1) socket.write(LARGE);
    await unharmed();
    // It has been closed from the other side when what was buffered is at its end and nothing follows.
    await new Promise((resolve) => setTimeout(resolve, PATIENCE.answerMs + 10 * PATIENCE.checkMs));
    socket.resume();
    await closed;
    expect(received().length).toBeGreaterThan(0);
    expect(received().split('HTTP/1.1 200').length - 1).toBeLessThan(ANSWERS);
    await unharmed();
  });

  test('while it takes a little now and then, too', async () => {
    const { socket, received, closed } = await open();
    socket.pause();
    for (let sent = 0; sent < ANSWERS; sent += 1) socket.write(LARGE);
    const sip = setInterval(() => socket.read(1_024), 20);
    await unharmed();
    await new Promise((resolve) => setTimeout(resolve, PATIENCE.answerMs + 10 * PATIENCE.checkMs));
    clearInterval(sip);
    socket.resume();
    await closed;
    expect(received().split('HTTP/1.1 200').length - 1).toBeLessThan(ANSWERS);
  });
});

describe('a head that is too large', () => {
  const get = (target: string, headers: readonly string[] = []) => `GET ${target} HTTP/1.1\r\nHost: x\r\n${headers.map((line) => `${line}\r\n`).join('')}\r\n`;

  test.each<[string, string, number, string]>([
    ['more bytes of headers than there may be', get('/livez', [`X-Long: ${'x'.repeat(HEADERS_MAX_BYTES)}`]), 431, 'HEADERS_TOO_LARGE'],
    ['more headers than there may be', get('/livez', Array.from({ length: HEADERS_MAX_COUNT }, (_, index) => `X-${index}: 1`)), 431, 'HEADERS_TOO_LARGE'],
    ['two hundred thousand short headers', get('/livez', Array.from({ length: 200_000 }, () => 'a:')), 431, 'HEADERS_TOO_LARGE'],
    ['an address that is too long', get(`/livez?${'x'.repeat(URL_MAX_LENGTH)}`), 414, 'URI_TOO_LONG'],
    ['no HTTP', 'hello\r\n\r\n', 400, 'BAD_REQUEST'],
    ['two lengths', 'POST /v3/graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}', 400, 'BAD_REQUEST'],
    ['a length and chunks', 'POST /v3/graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 400, 'BAD_REQUEST'],
    ['a header with a line break in its name', 'GET /livez HTTP/1.1\r\nHost: x\r\nX y: 1\r\n\r\n', 400, 'BAD_REQUEST'],
  ])('%s', async (_, request, status, code) => {
    const { socket, received } = await open();
    socket.write(request);
    await eventually(received, (text) => /\r\n\r\n[\s\S]*\}/.test(text));
    expect(refusalIn(received())).toEqual([status, code]);
    await unharmed();
  });

  test('as many headers as there may be are read', async () => {
    const { socket, received } = await open();
    // One is Host, and one says that the connection closes.
    socket.write(get('/livez', [...Array.from({ length: HEADERS_MAX_COUNT - 2 }, (_, index) => `X-${index}: 1`), 'Connection: close']));
    await eventually(received, (text) => text.includes('{"status":"ok"}'));
    expect(received()).toMatch(/^HTTP\/1\.1 200/);
  });
});

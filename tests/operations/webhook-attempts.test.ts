/** What comes of an attempt where a receiver does not do what it should. */
import net from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { WebhookSender } from '../../src/gateways/webhooks.ts';
import { Receiver, answer } from '../support/receiver.ts';

const ANYWHERE = { allowHttp: true, allowLoopback: true };
const TIMEOUT_MS = 300;

let receiver: Receiver;

beforeAll(async () => {
  receiver = await new Receiver().start();
});
afterAll(() => receiver.stop());
afterEach(() => void receiver.received.splice(0));

async function attempt(url: string, timeoutMs = 10_000) {
  const sender = new WebhookSender({ limits: { timeoutMs } });
  try {
    return await sender.send({ url, headers: {}, body: '{}' }, ANYWHERE);
  } finally {
    await sender.close();
  }
}

test('a receiver that never answers has its time, and no more', async () => {
  const { latencyMs, ...outcome } = await attempt(receiver.at('/silent', () => undefined), TIMEOUT_MS);
  expect(outcome).toEqual({ statusCode: null, error: 'TIMEOUT', retryAfter: undefined, responseStart: '' });
  expect(latencyMs).toBeGreaterThanOrEqual(TIMEOUT_MS - 5);
  expect(latencyMs).toBeLessThan(TIMEOUT_MS + 2_000);
  expect(receiver.to('/silent')).toHaveLength(1);
});

test('neither has one that never ends its answer', async () => {
  const url = receiver.at('/endless', (_received, _request, response) => void response.writeHead(200, { 'retry-after': '7' }).write('It begins'));
  const { latencyMs, ...outcome } = await attempt(url, TIMEOUT_MS);
  expect(outcome).toEqual({ statusCode: 200, error: 'TIMEOUT', retryAfter: '7', responseStart: '' });
  expect(latencyMs).toBeLessThan(TIMEOUT_MS + 2_000);
});

test('where nobody listens there is no connection', async () => {
  const listener = net.createServer();
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as net.AddressInfo;
  await new Promise((resolve) => listener.close(resolve));
  const { latencyMs: _, ...outcome } = await attempt(`http://127.0.0.1:${port}/hook`);
  expect(outcome).toEqual({ statusCode: null, error: 'CONNECTION_FAILED', retryAfter: undefined, responseStart: '' });
});

test('one that hangs up has failed too', async () => {
  const { latencyMs: _, ...outcome } = await attempt(receiver.at('/rude', (_received, request) => request.socket.destroy()));
  expect(outcome).toEqual({ statusCode: null, error: 'CONNECTION_FAILED', retryAfter: undefined, responseStart: '' });
});

test.each([301, 302, 303, 307, 308])('a redirect of several hops leads nowhere: %s', async (status) => {
  const last = receiver.at('/last');
  const second = receiver.at('/second', answer(status, { location: last }));
  const { latencyMs: _, ...outcome } = await attempt(receiver.at('/first', answer(status, { location: second }, 'Over there')));
  expect(outcome).toEqual({ statusCode: status, error: null, retryAfter: undefined, responseStart: 'Over there' });
  expect(receiver.received.map(({ path }) => path)).toEqual(['/first']);
});

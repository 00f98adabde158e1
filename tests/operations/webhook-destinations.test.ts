/**
 * Whatever address a tenant of a live workspace names, and whatever its name resolves to: no connection arrives at a listener
 * that is not in the public internet. The listeners stand on the loopback addresses of both families; connections to any other
 * address are counted where they would be made.
 */
import type { LookupAddress } from 'node:dns';
import net from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { DestinationPolicy } from '../../src/domain/destinations.ts';
import { LIVE_DESTINATIONS, checkDestination, isPublicAddress } from '../../src/domain/destinations.ts';
import { WebhookSender } from '../../src/gateways/webhooks.ts';

/** The addresses alone shall decide: even where unencrypted messages may go out. */
const PLAIN: DestinationPolicy = { ...LIVE_DESTINATIONS, allowHttp: true };
const PORTS = [80, 8080];

const TARGETS: Readonly<Record<string, readonly string[]>> = {
  'loopback, written in every way': [
    '127.0.0.1', '127.1', '127.0.1', '2130706433', '0x7f000001', '0x7f.0.0.1', '0x7f.1', '0177.0.0.1', '0177.1', '017700000001', '127.0.0.1.', '127.127.127.127',
    '127.255.255.254', '0x7F.0x0.0x0.0x1', '0300.0250.0.1', '%31%32%37.0.0.1', '127%2e0%2e0%2e1', 'localhost', 'LOCALHOST', 'localhost.', 'foo.localhost', 'localhost.localdomain',
    'ip6-localhost', '０.０.０.０', '127。0。0。1', '127．0．0．1', '127｡0｡0｡1', '①②⑦.⓪.⓪.①', '１２７.０.０.１', '[::1]', '[0:0:0:0:0:0:0:1]', '[0000::0001]', '[::0001]',
  ],
  'this network, broadcast and unspecified': ['0.0.0.0', '0', '0x0', '00', '0.1.2.3', '0.255.255.255', '255.255.255.255', '0xffffffff', '4294967295', '[::]', '[0::0]'],
  'private networks': [
    '10.0.0.1', '10.255.255.255', '167772161', '0xa.1', '012.0.0.1', '172.16.0.1', '172.31.255.255', '2886729729', '0xac100001', '192.168.0.1', '192.168.255.255', '3232235521', '0xc0a80001',
    '0300.0250.0.0x1', '192.168.1', '10.1',
  ],
  'link-local, and the services of clouds': [
    '169.254.169.254', '169.254.0.1', '169.254.170.2', '2852039166', '0xa9fea9fe', '0251.0376.0251.0376', '169.16689662', '[fe80::1]', '[fe80::a9fe:a9fe]', '[febf::1]', '[fd00:ec2::254]',
    'metadata.google.internal', 'metadata', 'instance-data', 'kubernetes.default.svc', 'host.docker.internal',
  ],
  'carrier-grade NAT': ['100.64.0.1', '100.127.255.255', '100.100.100.200', '1681915905', '0x64400001'],
  'documentation, benchmarks and protocol assignments': [
    '192.0.0.1', '192.0.0.170', '192.0.2.1', '198.51.100.1', '203.0.113.1', '198.18.0.1', '198.19.255.255', '192.88.99.1', '[2001:db8::1]', '[3fff::1]', '[2001:2::1]', '[2001:10::1]',
    '[2001:20::1]', '[100::1]', '[5f00::1]', '[2001:4:112::1]',
  ],
  'multicast and reserved': ['224.0.0.1', '239.255.255.250', '232.0.0.1', '240.0.0.1', '254.255.255.255', '0xe0000001', '[ff02::1]', '[ff05::2]', '[ff0e::1]'],
  'unique local and site-local': ['[fc00::1]', '[fd12:3456:789a::1]', '[fdff:ffff::1]', '[fec0::1]', '[feff::1]'],
  'IPv4 within IPv6: mapped, compatible and translated': [
    '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::ffff:10.0.0.1]', '[::ffff:169.254.169.254]', '[::ffff:a9fe:a9fe]', '[::ffff:192.168.0.1]', '[::FFFF:127.0.0.1]', '[0:0:0:0:0:ffff:7f00:0001]',
    '[::127.0.0.1]', '[::7f00:1]', '[::10.0.0.1]', '[::169.254.169.254]', '[::ffff:0:127.0.0.1]', '[::ffff:0:7f00:1]', '[::ffff:8.8.8.8]', '[::8.8.8.8]',
  ],
  'NAT64, 6to4 and Teredo': [
    '[64:ff9b::127.0.0.1]', '[64:ff9b::7f00:1]', '[64:ff9b::a9fe:a9fe]', '[64:ff9b::10.0.0.1]', '[64:ff9b:1::127.0.0.1]', '[64:ff9b:1:ffff::a00:1]', '[2002:7f00:1::]', '[2002:7f00:0001::1]',
    '[2002:a00:1::1]', '[2002:a9fe:a9fe::1]', '[2001:0:7f00:1::1]', '[2001::1]', '[2001:0:4136:e378:8000:63bf:3fff:fdd2]',
  ],
  'with a zone': ['[fe80::1%25lo]', '[fe80::1%25eth0]', '[::1%25lo]', '[fe80::1%lo]'],
  'names of a network of its own': ['intranet', 'router', 'printer.local', 'db.lan', 'db.internal', 'nas.home.arpa', 'x.onion', 'x.invalid', 'x.test', '1.0.0.127.in-addr.arpa'],
};
const HOSTS = Object.values(TARGETS).flat();
/** What no host alone is: a user and password before it, another scheme, a port that is not for the web. */
const WHOLE = [
  'http://example.com@127.0.0.1/', 'http://user:password@127.0.0.1:8080/', 'http://127.0.0.1#@example.com/', 'http://127.0.0.1?@example.com/', 'http://example.com%00@127.0.0.1/', 'http://example.com\\@127.0.0.1/',
  'http:127.0.0.1/', 'http:/127.0.0.1/', 'http:///127.0.0.1/', '//127.0.0.1/', 'file:///etc/passwd', 'ftp://127.0.0.1/', 'gopher://127.0.0.1:6379/_x', 'unix:/var/run/docker.sock', 'javascript:1', 'data:,x',
  'http://8.8.8.8:22/', 'http://8.8.8.8:25/', 'http://8.8.8.8:6379/', 'http://8.8.8.8:5432/', 'http://8.8.8.8:65536/', 'http://8.8.8.8:0/', 'https://8.8.8.8:80/', 'http://8.8.8.8:443/', 'http://', 'http://[::1', ' ',
];

let listeners: net.Server[];
let arrived: string[];
/** Every address that a socket was told to connect to. */
let connected: string[];
// Called with the socket that it belongs to.
// eslint-disable-next-line @typescript-eslint/unbound-method
const connect = net.Socket.prototype.connect;

beforeAll(async () => {
  listeners = [];
  for (const host of ['127.0.0.1', '::1']) {
    for (const port of PORTS) {
      const listener = net.createServer((socket) => {
        arrived.push(`${host}:${port}`);
        socket.destroy();
      });
      // A port that this machine does not give is one where nothing can arrive, and connections are counted besides.
      await new Promise<void>((resolve) => listener.once('error', () => resolve()).listen(port, host, resolve));
      listeners.push(listener);
    }
  }
  // Nobody is kept from anything by this: it only writes down who would be called.
  net.Socket.prototype.connect = function (this: net.Socket, ...given: unknown[]) {
    const [first] = given.flat() as [{ host?: string; port?: number }];
    connected.push(`${String(first.host)}:${String(first.port)}`);
    return (connect as (...args: unknown[]) => net.Socket).apply(this, given);
  };
});
afterAll(async () => {
  net.Socket.prototype.connect = connect;
  await Promise.all(listeners.map((listener) => new Promise((resolve) => listener.close(resolve))));
});
beforeEach(() => {
  arrived = [];
  connected = [];
});

async function sendTo(url: string, resolve?: (host: string) => Promise<readonly LookupAddress[]>) {
  const sender = new WebhookSender({ limits: { timeoutMs: 2_000 }, ...(resolve === undefined ? {} : { resolve }) });
  try {
    return await sender.send({ url, headers: {}, body: '{}' }, PLAIN);
  } finally {
    await sender.close();
  }
}

test('listeners are where they are said to be', async () => {
  for (const listener of listeners.filter(({ listening }) => listening)) {
    const { address, port } = listener.address() as net.AddressInfo;
    await new Promise((resolve) => net.connect(port, address).once('close', resolve).on('error', () => undefined).resume());
  }
  expect(arrived.length).toBeGreaterThan(0);
  expect(connected.length).toBe(arrived.length);
});

test('there are at least 150 targets, each another one', () => {
  expect(new Set([...HOSTS, ...WHOLE]).size).toBe(HOSTS.length + WHOLE.length);
  expect(HOSTS.length + WHOLE.length).toBeGreaterThanOrEqual(150);
});

describe('a live workspace', () => {
  test.each(Object.entries(TARGETS))('registers no endpoint at %s', (_, hosts) => {
    for (const scheme of ['https', 'http']) {
      const accepted = hosts.filter((host) => checkDestination(`${scheme}://${host}/hook`, LIVE_DESTINATIONS).length === 0);
      expect(accepted).toEqual([]);
    }
  });

  test.each(WHOLE)('registers no endpoint at %j', (url) => {
    expect(checkDestination(url, LIVE_DESTINATIONS)).not.toEqual([]);
  });

  test.each([
    'https://example.com/hook', 'https://example.com:8443/a/b?c=d', 'https://hooks.example.co.uk/', 'https://8.8.8.8/', 'https://[2606:4700:4700::1111]/', 'https://bücher.example/', 'https://xn--bcher-kva.example/',
  ])('registers one at %s', (url) => {
    expect(checkDestination(url, LIVE_DESTINATIONS)).toEqual([]);
  });
});

describe('sending', () => {
  test.each(Object.entries(TARGETS))('to %s makes no connection', async (_, hosts) => {
    for (const host of hosts) {
      for (const port of PORTS) {
        const url = `http://${host}:${port}/hook`;
        if (!URL.canParse(url)) continue;
        const { statusCode, error } = await sendTo(url);
        expect([host, statusCode, error]).toEqual([host, null, 'DESTINATION_NOT_ALLOWED']);
      }
    }
    expect({ arrived, connected }).toEqual({ arrived: [], connected: [] });
  });

  // What a name of the public internet may turn out to be.
  const literals = HOSTS.map((host) => host.replace(/^\[|\]$/g, '')).filter((host) => net.isIP(host) !== 0);
  test('to a name makes none if it resolves to any of those addresses', async () => {
    for (const address of literals) {
      const { error } = await sendTo('http://rebound.example.com/hook', () => Promise.resolve([{ address, family: net.isIP(address) }]));
      expect([address, error]).toEqual([address, 'DESTINATION_NOT_ALLOWED']);
    }
    expect(literals.length).toBeGreaterThan(60);
    expect({ arrived, connected }).toEqual({ arrived: [], connected: [] });
  });

  test('to a name that has a public and another address makes none, in whatever order', async () => {
    const inner = { address: '127.0.0.1', family: 4 };
    const outer = { address: '8.8.8.8', family: 4 };
    for (const answers of [[inner, outer], [outer, inner], [outer, { address: '::1', family: 6 }]]) {
      expect((await sendTo('http://both.example.com/hook', () => Promise.resolve(answers))).error).toBe('DESTINATION_NOT_ALLOWED');
    }
    expect({ arrived, connected }).toEqual({ arrived: [], connected: [] });
  });

  test('to a resolver that answers differently the second time connects to what it was told the first time', async () => {
    const answers = ['192.0.2.1', '127.0.0.1'];
    let asked = 0;
    const sender = new WebhookSender({
      limits: { timeoutMs: 300 },
      resolve: () => Promise.resolve([{ address: answers[asked++] ?? '127.0.0.1', family: 4 }]),
    });
    // Documentation addresses are nobody's: allowed for this test alone, the first answer can be connected to in vain.
    const { error } = await sender.send({ url: 'http://twice.example.com/hook', headers: {}, body: '{}' }, PLAIN);
    await sender.close();
    expect([asked, error]).toEqual([1, 'DESTINATION_NOT_ALLOWED']);

    asked = 0;
    const rebinding = new WebhookSender({ limits: { timeoutMs: 300 }, resolve: () => Promise.resolve([{ address: asked++ === 0 ? '9.9.9.250' : '127.0.0.1', family: 4 }]) });
    await rebinding.send({ url: 'http://twice.example.com:8080/hook', headers: {}, body: '{}' }, PLAIN);
    await rebinding.close();
    expect(asked).toBe(1);
    // Whatever that address does with it: the one that was looked at is the one that was called.
    expect(connected.every((host) => host.startsWith('9.9.9.250') || host.startsWith('twice.example.com'))).toBe(true);
    expect(arrived).toEqual([]);
  });
});

describe('redirects', () => {
  test.each([301, 302, 303, 307, 308])('%s leads nowhere', async (status) => {
    const followed: string[] = [];
    const redirecting = (await import('node:http')).createServer((request, response) => {
      followed.push(request.url ?? '');
      response.writeHead(status, { location: `http://127.0.0.1:${PORTS[0]}/inner` }).end();
    });
    await new Promise<void>((resolve) => redirecting.listen(0, '127.0.0.1', resolve));
    const { port } = redirecting.address() as net.AddressInfo;
    const sender = new WebhookSender();
    const { statusCode } = await sender.send({ url: `http://127.0.0.1:${port}/first`, headers: {}, body: '{}' }, { allowHttp: true, allowLoopback: true });
    await sender.close();
    await new Promise((resolve) => redirecting.close(resolve));
    expect([statusCode, followed, arrived]).toEqual([status, ['/first'], []]);
  });
});

test('allowing loopback opens nothing else', () => {
  const policy = { allowHttp: true, allowLoopback: true };
  expect(checkDestination('http://127.0.0.1:3000/', policy)).toEqual([]);
  expect(checkDestination('http://localhost:3000/', policy)).toEqual([]);
  expect(checkDestination('http://[::1]:3000/', policy)).toEqual([]);
  const others = HOSTS.filter((host) => !TARGETS['loopback, written in every way']!.includes(host));
  const accepted = others.filter((host) => checkDestination(`http://${host}:8080/`, policy).length === 0);
  expect(accepted.map((host) => new URL(`http://${host}/`).hostname).filter((host) => host !== '[::1]' && !host.startsWith('[::ffff:7f00'))).toEqual([]);
});

test.each([
  ['8.8.8.8', true], ['1.1.1.1', true], ['2606:4700:4700::1111', true], ['2a00:1450:4001::1', true], ['::', false], ['nothing', false], ['', false], ['fe80::1%lo', false],
])('%s is public: %s', (address, expected) => {
  expect(isPublicAddress(address)).toBe(expected);
});

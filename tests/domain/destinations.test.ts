/** Where messages may be sent: what is said of an address before its name is resolved, and of the IP address it leads to. */
import { describe, expect, test } from '@jest/globals';
import {
  LIVE_DESTINATIONS,
  URL_MAX_LENGTH,
  checkDestination,
  destinationPolicy,
  hostOf,
  isAddressAllowed,
  isPublicAddress,
  refusalOf,
} from '../../src/domain/destinations.ts';

const SANDBOX = { allowHttp: true, allowLoopback: false };
const OWN_MACHINE = { allowHttp: true, allowLoopback: true };
const PORT_REFUSED = 'The port is not one of 443 and 8443, or 80 and 8080 without encryption.';
const NAME_REFUSED = 'The name is not one of the public internet.';
const ADDRESS_REFUSED = 'The address is not in the public internet.';
const why = (url: string, policy = LIVE_DESTINATIONS) => refusalOf(new URL(url), policy);

describe('the policy of a workspace', () => {
  test.each([true, false])('a live one sends encrypted and to the public internet alone, whatever its server allows (%s)', (allowLoopback) => {
    expect(destinationPolicy('LIVE', allowLoopback)).toEqual({ allowHttp: false, allowLoopback: false });
  });

  test.each([true, false])('a sandbox sends unencrypted too, and to the server’s own machine as its server allows (%s)', (allowLoopback) => {
    expect(destinationPolicy('SANDBOX', allowLoopback)).toEqual({ allowHttp: true, allowLoopback });
  });
});

describe('an address as it is written', () => {
  const invalid = (message: string, field = 'url') => [{ code: 'INVALID_URL', message, field: ['input', field] }];

  test.each([
    'https://example.com/hook', 'https://example.com:8443/a/b?c=d', 'https://8.8.8.8/', 'https://[2606:4700:4700::1111]/', 'https://bücher.example/',
    'https://hooks.localhost.example/',
  ])('%s is one that a live workspace can send to', (url) => {
    expect(checkDestination(url, LIVE_DESTINATIONS)).toEqual([]);
  });

  test('without encryption is one that a sandbox can send to', () => {
    expect(checkDestination('http://example.com:8080/hook', SANDBOX)).toEqual([]);
    expect(checkDestination('http://example.com/hook', LIVE_DESTINATIONS)).toEqual([
      { code: 'DESTINATION_NOT_ALLOWED', message: 'A live workspace sends to `https://` alone.', field: ['input', 'url'] },
    ]);
  });

  test('has as many characters as are allowed, and not one more', () => {
    const longest = 'https://example.com/'.padEnd(URL_MAX_LENGTH, 'a');
    expect(checkDestination(longest, LIVE_DESTINATIONS)).toEqual([]);
    expect(checkDestination(`${longest}a`, LIVE_DESTINATIONS)).toEqual(invalid('An address has at most 2000 characters.'));
  });

  test.each([
    '', 'nothing', '/hook', '//example.com/', 'https://', 'https://[::1', 'ftp://example.com/', 'javascript:1', 'file:///etc/passwd',
  ])('%j is no absolute address of the web', (url) => {
    expect(checkDestination(url, SANDBOX)).toEqual(invalid('It is not an absolute address with `https://`.'));
  });

  test.each([
    'https://user@example.com/', 'https://:password@example.com/', 'https://user:password@example.com/',
  ])('%s says who sends, which a header does', (url) => {
    expect(checkDestination(url, LIVE_DESTINATIONS)).toEqual(invalid('An address carries no user or password. Use a custom header.'));
  });

  test('is counted as it is kept, with what is not ASCII encoded', () => {
    const encoded = (letters: number, more: string) => `https://example.com/${'ü'.repeat(letters)}${more}`;
    expect(checkDestination(encoded(330, ''), LIVE_DESTINATIONS)).toEqual([]);
    expect(checkDestination(encoded(331, ''), LIVE_DESTINATIONS)).toEqual(invalid('An address has at most 2000 characters.'));
  });

  test('has no fragment', () => {
    expect(checkDestination('https://example.com/hook#part', LIVE_DESTINATIONS)).toEqual(invalid('An address has no fragment: it would not be sent.'));
  });

  test('what is wrong is said of the field that it was given in', () => {
    expect(checkDestination('nothing', LIVE_DESTINATIONS, 'target')).toEqual(invalid('It is not an absolute address with `https://`.', 'target'));
    expect(checkDestination('https://router/', LIVE_DESTINATIONS, 'target')).toEqual([
      { code: 'DESTINATION_NOT_ALLOWED', message: NAME_REFUSED, field: ['input', 'target'] },
    ]);
  });

  test('one that leads to the inside is refused, not called malformed', () => {
    expect(checkDestination('https://10.0.0.1/', LIVE_DESTINATIONS)).toEqual([
      { code: 'DESTINATION_NOT_ALLOWED', message: ADDRESS_REFUSED, field: ['input', 'url'] },
    ]);
  });
});

describe('encryption and ports', () => {
  test('what is not encrypted goes out of a sandbox alone', () => {
    expect(why('http://example.com/')).toBe('A live workspace sends to `https://` alone.');
    expect(why('http://example.com/', SANDBOX)).toBeNull();
  });

  test.each(['https://example.com/', 'https://example.com:8443/', 'http://example.com/', 'http://example.com:8080/'])('%s has a port of the web', (url) => {
    expect(why(url, SANDBOX)).toBeNull();
  });

  test.each([
    'https://example.com:80/', 'https://example.com:8080/', 'http://example.com:443/', 'http://example.com:8443/', 'https://example.com:22/',
    'http://example.com:25/', 'https://8.8.8.8:3000/',
  ])('%s has none, even where the own machine may be reached', (url) => {
    expect([why(url, SANDBOX), why(url, OWN_MACHINE)]).toEqual([PORT_REFUSED, PORT_REFUSED]);
  });
});

describe('the server’s own machine', () => {
  const HOSTS = ['localhost', 'LOCALHOST', 'localhost.', 'hooks.localhost', '127.0.0.1', '127.9.9.9', '[::1]', '[::ffff:127.0.0.1]'];

  test.each(HOSTS)('%s is reached on any port that needs no root, if that is allowed', (host) => {
    expect([80, 1_024, 3_000, 65_535].map((port) => why(`http://${host}:${port}/`, OWN_MACHINE))).toEqual([null, null, null, null]);
    expect([22, 1_023].map((port) => why(`http://${host}:${port}/`, OWN_MACHINE))).toEqual([PORT_REFUSED, PORT_REFUSED]);
  });

  test.each(HOSTS)('%s is refused if that is not allowed', (host) => {
    expect(why(`https://${host}/`)).toBe(host.toLowerCase().includes('localhost') ? NAME_REFUSED : ADDRESS_REFUSED);
    expect(why(`http://${host}:3000/`, SANDBOX)).toBe(PORT_REFUSED);
  });

  test.each(['notlocalhost', 'localhost.local', 'router'])('%s is another machine, though this one may be reached', (host) => {
    expect(why(`http://${host}/`, OWN_MACHINE)).toBe(NAME_REFUSED);
  });

  test.each(['10.0.0.1', '169.254.169.254', '[fd00::1]', '0.0.0.0', '[::]'])('%s is no loopback address', (host) => {
    expect(why(`http://${host}/`, OWN_MACHINE)).toBe(ADDRESS_REFUSED);
  });
});

describe('names', () => {
  test.each([
    'intranet', 'router', 'foo.localhost', 'printer.local', 'metadata.google.internal', 'wiki.intranet', 'db.lan', 'home.arpa', 'nas.home.arpa',
    'localhost.localdomain', 'x.invalid', 'x.test', 'x.onion',
    'kubernetes.default.svc', '1.0.0.127.in-addr.arpa', 'in-addr.arpa', '1.ip6.arpa', 'ip6.arpa', 'PRINTER.LOCAL', 'printer.local.', 'localhost..', 'metadata.google.internal..',
  ])('%s means something to a network of its own alone', (host) => {
    expect(why(`https://${host}/`)).toBe(NAME_REFUSED);
  });

  test.each([
    'example.com', 'mylan.example', 'dblan.com', 'test.example.com', 'thehome.arpa', 'local.example.org.',
  ])('%s may be one of the public internet', (host) => {
    expect(why(`https://${host}/`)).toBeNull();
  });

  test.each([
    ['https://Example.COM/', 'example.com'],
    ['https://example.com./', 'example.com'],
    ['https://example.com:8443/a', 'example.com'],
    ['https://[2606:4700::1111]:8443/', '2606:4700::1111'],
    ['https://127.1/', '127.0.0.1'],
  ])('the host of %s is %s', (url, host) => {
    expect(hostOf(new URL(url))).toBe(host);
  });
});

describe('IP addresses', () => {
  const PUBLIC = [
    '1.1.1.1', '8.8.8.8', '172.15.255.255', '172.32.0.0', '223.255.255.255', '2606:4700:4700::1111', '2a00:1450:4001::1', '2001:200::1', '2003::1',
    '3ffe::1',
  ];
  const INNER = {
    'of this machine or network': [
      '0.0.0.0', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.0.1', '169.254.169.254', '100.64.0.1', '::', 'fe80::1', 'fc00::1', 'fd00:ec2::254',
      'fec0::1',
    ],
    'for all or nobody': [
      '255.255.255.255', '224.0.0.1', '240.0.0.1', '192.0.2.1', '198.18.0.1', '203.0.113.1', 'ff02::1', '2001:db8::1', '3fff::1', '3fff:fff::1',
      '2001:2::1', '2001:1ff::1', '100::1',
    ],
    'of IPv4 within IPv6': ['::ffff:8.8.8.8', '::8.8.8.8', '64:ff9b::808:808', '2002:808:808::1', '2001:0:808:808::1'],
    'outside of what is given out to the public': ['4000::1', '1000::1', '5f00::1', '2620:4f:8000::1', '192.175.48.1'],
  };

  test.each(PUBLIC)('%s is public', (address) => {
    expect(isPublicAddress(address)).toBe(true);
    expect([OWN_MACHINE, SANDBOX].map((policy) => isAddressAllowed(address, policy))).toEqual([true, true]);
  });

  test.each(Object.entries(INNER))('those %s are not, and are never connected to', (_, addresses) => {
    expect(addresses.filter((address) => isPublicAddress(address))).toEqual([]);
    expect(addresses.filter((address) => isAddressAllowed(address, OWN_MACHINE) || isAddressAllowed(address, SANDBOX))).toEqual([]);
  });

  test.each(['127.0.0.1', '127.255.255.254', '::1', '::ffff:127.0.0.1'])('%s is connected to if the own machine may be reached', (address) => {
    expect([isPublicAddress(address), isAddressAllowed(address, OWN_MACHINE), isAddressAllowed(address, SANDBOX)]).toEqual([false, true, false]);
  });

  test.each(['fe80::1%lo', '2606:4700:4700::1111%eth0'])('%s names an interface, which nobody outside has', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  test.each(['', 'nothing', 'example.com', '8.8.8.8.8', '256.1.1.1'])('%j is none', (address) => {
    expect([isPublicAddress(address), isAddressAllowed(address, OWN_MACHINE)]).toEqual([false, false]);
  });
});

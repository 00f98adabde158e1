import ipaddr from 'ipaddr.js';
import type { Problem } from './problem.ts';
import { problem } from './problem.ts';

/**
 * Where messages may be sent. Whoever registers an address chooses where this server connects to, and must not reach
 * through it what only this server can reach: its own machine, its network, the services of its host.
 */

export const URL_MAX_LENGTH = 2_000;
const HTTPS_PORTS = [443, 8443];
const HTTP_PORTS = [80, 8080];
/** Where this machine itself may be reached: whoever tries things out does not run a server as root. */
const LOOPBACK_PORT_MIN = 1_024;

export interface DestinationPolicy {
  /** Whether messages may go out unencrypted. */
  readonly allowHttp: boolean;
  /** Whether the server's own machine may be reached. */
  readonly allowLoopback: boolean;
}

/** Real customers' data go out encrypted, and to the public internet alone. */
export const LIVE_DESTINATIONS: DestinationPolicy = { allowHttp: false, allowLoopback: false };

/** @param allowLoopback whether whoever runs the server allows sandboxes to reach it */
export function destinationPolicy(mode: 'LIVE' | 'SANDBOX', allowLoopback: boolean): DestinationPolicy {
  return mode === 'LIVE' ? LIVE_DESTINATIONS : { allowHttp: true, allowLoopback };
}

/** What can be said of an address before its name is resolved. Whether it may be connected to is asked again each time. */
export function checkDestination(text: string, policy: DestinationPolicy, field = 'url'): Problem<'INVALID_URL' | 'DESTINATION_NOT_ALLOWED'>[] {
  const invalid = (message: string) => [problem('INVALID_URL', message, field)];
  const refused = (message: string) => [problem('DESTINATION_NOT_ALLOWED', message, field)];
  const tooLong = `An address has at most ${URL_MAX_LENGTH} characters.`;
  if (text.length > URL_MAX_LENGTH) return invalid(tooLong);
  const url = parseUrl(text);
  if (url === null) return invalid('It is not an absolute address with `https://`.');
  // As it is kept and sent to, with what is not ASCII encoded.
  if (url.href.length > URL_MAX_LENGTH) return invalid(tooLong);
  if (url.username !== '' || url.password !== '') return invalid('An address carries no user or password. Use a custom header.');
  if (url.hash !== '') return invalid('An address has no fragment: it would not be sent.');
  const why = refusalOf(url, policy);
  return why === null ? [] : refused(why);
}

/** Why the address cannot be sent to, as far as its text says; null if nothing stands against it. */
export function refusalOf(url: URL, policy: DestinationPolicy): string | null {
  const host = hostOf(url);
  const isLiteral = ipaddr.isValid(host);
  const isLoopback = policy.allowLoopback && (isLiteral ? isLoopbackAddress(host) : isLocalName(host));
  if (url.protocol === 'http:' && !policy.allowHttp) return 'A live workspace sends to `https://` alone.';
  if (!isPortAllowed(url, isLoopback)) return 'The port is not one of 443 and 8443, or 80 and 8080 without encryption.';
  if (isLoopback) return null;
  if (isLiteral) return isAddressAllowed(host, policy) ? null : 'The address is not in the public internet.';
  // A name without a dot, or in a zone that is local by definition, means something to our own network alone.
  if (!host.includes('.') || LOCAL_ZONES.some((zone) => host === zone || host.endsWith(`.${zone}`))) {
    return 'The name is not one of the public internet.';
  }
  return null;
}

/** https://www.iana.org/assignments/special-use-domain-names, as far as they never lead to a public server. */
const LOCAL_ZONES = ['localhost', 'local', 'internal', 'intranet', 'lan', 'home.arpa', 'localdomain', 'invalid', 'test', 'onion', 'svc', 'in-addr.arpa', 'ip6.arpa'];

function isLocalName(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost');
}

function parseUrl(text: string): URL | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  return (url.protocol === 'https:' || url.protocol === 'http:') && url.hostname !== '' ? url : null;
}

/** The host without brackets and the dots at its end. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '').replace(/\.+$/, '').toLowerCase();
}

function isPortAllowed(url: URL, isLoopback: boolean): boolean {
  const isSecure = url.protocol === 'https:';
  const port = url.port === '' ? (isSecure ? 443 : 80) : Number(url.port);
  return (isSecure ? HTTPS_PORTS : HTTP_PORTS).includes(port) || (isLoopback && port >= LOOPBACK_PORT_MIN);
}

/** Whether a connection may be made to the IP address. */
export function isAddressAllowed(address: string, { allowLoopback }: Pick<DestinationPolicy, 'allowLoopback'>): boolean {
  return isPublicAddress(address) || (allowLoopback && isLoopbackAddress(address));
}

function isLoopbackAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback';
}

/** The part of IPv6 that is given out to the public; everything else is special in some way. */
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3') as [ipaddr.IPv6, number];
/** Special within it: https://www.iana.org/assignments/iana-ipv6-special-registry. They hold other addresses, or nobody. */
const SPECIAL_UNICAST = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'].map((range) => ipaddr.parseCIDR(range) as [ipaddr.IPv6, number]);

/** Whether the IP address belongs to the public internet: an allow list, so that a range that nobody thought of is refused. */
export function isPublicAddress(text: string): boolean {
  // A zone names an interface of this machine.
  if (text.includes('%') || !ipaddr.isValid(text)) return false;
  const address = ipaddr.parse(text);
  if (address instanceof ipaddr.IPv4) return address.range() === 'unicast';
  const within = (range: [ipaddr.IPv6, number]) => address.match(range);
  return address.range() === 'unicast' && within(GLOBAL_UNICAST) && !SPECIAL_UNICAST.some(within);
}

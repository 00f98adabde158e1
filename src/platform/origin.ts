import { SocketAddress, isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';
import type { ApiType, Origin } from '../domain/audit.ts';
import { USER_AGENT_MAX_LENGTH } from '../domain/audit.ts';

/** Where a request came from, as far as it can be believed. */

const MAPPED_IPV4 = '::ffff:';

/**
 * `request.ip` is the other end of the connection, unless that is a proxy which the server was told to trust: then it
 * is what that proxy says in `X-Forwarded-For`. A proxy that says nothing sensible is taken for the client itself.
 */
export function originOf({ ip, socket, headers }: Pick<FastifyRequest, 'ip' | 'socket' | 'headers'>, api: ApiType): Origin {
  const peer = socket.remoteAddress;
  const ipAddress = ip === peer ? withoutMapping(ip) : (canonicalAddress(ip) ?? withoutMapping(peer ?? ''));
  const userAgent = headers['user-agent'];
  return {
    api,
    ipAddress: ipAddress === '' ? null : ipAddress,
    userAgent: userAgent === undefined || userAgent === '' ? null : userAgent.slice(0, USER_AGENT_MAX_LENGTH),
  };
}

/** The one spelling of an IP address; null if the text is none. */
export function canonicalAddress(text: string): string | null {
  const family = isIP(text);
  if (family === 0) return null;
  return family === 4 ? text : withoutMapping(new SocketAddress({ address: text, family: 'ipv6' }).address);
}

/** A server that listens on IPv6 sees IPv4 addresses wrapped up. They are already spelled canonically. */
function withoutMapping(address: string): string {
  return address.startsWith(MAPPED_IPV4) && isIP(address.slice(MAPPED_IPV4.length)) === 4 ? address.slice(MAPPED_IPV4.length) : address;
}

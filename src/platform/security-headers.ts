import type { OutgoingHttpHeaders } from 'node:http';
import helmet from '@fastify/helmet';
import createFastify from 'fastify';

/**
 * The headers that Helmet would give each answer. They depend on no request, and Helmet puts itself
 * together anew for each, so it is asked once.
 */
export async function securityHeaders(): Promise<OutgoingHttpHeaders> {
  const app = createFastify();
  await app.register(helmet, { contentSecurityPolicy: false, crossOriginEmbedderPolicy: false });
  const headers: OutgoingHttpHeaders = {};
  app.get('/', (_request, reply) => {
    Object.assign(headers, reply.raw.getHeaders());
    return reply.send();
  });
  await app.inject('/');
  await app.close();
  if (Object.keys(headers).length === 0) throw new Error('Helmet no longer sets its headers before a route is handled.');
  return headers;
}

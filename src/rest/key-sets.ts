import { hash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { fromPublicId } from '../platform/ids.ts';
import type { Signer } from '../platform/signer.ts';

/**
 * The public keys of each workspace, for whoever verifies what it has signed: no API key, a page that may be cached, and
 * open to programs in browsers. A workspace that has signed nothing and one that does not exist look alike.
 */

/** How long an answer may be kept. Verifiers look again at once when they meet a key that they do not know. */
const CACHE_SECONDS = 60;
const CONTENT_TYPE = 'application/jwk-set+json';
/** Looked up like any other, so that it takes as long. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

export function registerKeySets(scope: FastifyInstance, signer: Signer): void {
  scope.get<{ Params: { workspaceId: string } }>('/workspaces/:workspaceId/jwks.json', async (request, reply) => {
    const text = JSON.stringify(await signer.jwks(fromPublicId('Workspace', request.params.workspaceId) ?? NOBODY));
    const tag = `"${hash('sha256', text, 'base64url')}"`;
    reply.headers({
      'cache-control': `public, max-age=${CACHE_SECONDS}`,
      etag: tag,
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
    });
    const known = request.headers['if-none-match']?.split(',').map((each) => each.trim().replace(/^W\//, ''));
    if (known?.some((each) => each === tag || each === '*') === true) return reply.code(304).send();
    // As bytes: the type has no charset, which Fastify would add to a text.
    return reply.header('content-type', CONTENT_TYPE).send(Buffer.from(text));
  });
}

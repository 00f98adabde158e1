import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/**
 * The description of the REST API for programs and for people: OpenAPI, a Postman collection, and Swagger UI out of its
 * package, without any other site. All of it is public: it says what the contract says, and holds no key.
 */

export const REFERENCE_PATH = '/docs/api';
const OPENAPI_PATH = '/v3/openapi.json';
const CONFIGURATION_SCHEMA_PATH = '/v3/configuration.schema.json';

/** The descriptions change with the program only. */
const CACHE_SECONDS = 3_600;

const require = createRequire(import.meta.url);
const SWAGGER_UI = require.resolve('swagger-ui-dist/package.json');
/** Of Swagger UI's files those that the page needs, and no others. */
const ASSETS: ReadonlySet<string> = new Set([
  'swagger-ui.css',
  'swagger-ui-bundle.js',
  'swagger-ui-standalone-preset.js',
  'favicon-32x32.png',
]);

export async function registerReference(app: FastifyInstance, publicUrl: string | null): Promise<void> {
  const openApi = JSON.parse(readGenerated('openapi.json')) as object;
  const served = publicUrl === null ? openApi : { ...openApi, servers: [{ url: publicUrl }] };
  json(app, OPENAPI_PATH, JSON.stringify(served));
  json(app, CONFIGURATION_SCHEMA_PATH, JSON.stringify(JSON.parse(readGenerated('configuration.schema.json'))));
  json(app, `${REFERENCE_PATH}/postman.json`, JSON.stringify(JSON.parse(readGenerated('postman.json'))));

  const { version } = JSON.parse(readFileSync(SWAGGER_UI, 'utf8')) as { readonly version: string };
  // The version stands in their addresses, so the files at an address never change.
  const assets = `${REFERENCE_PATH}/assets/${version}/`;
  await app.register(fastifyStatic, {
    root: dirname(SWAGGER_UI),
    prefix: assets,
    allowedPath: (path) => ASSETS.has(path.replace(/^\//, '')),
    decorateReply: false,
    index: false,
    immutable: true,
    maxAge: '365d',
  });
  const page = pageOf(assets);
  app.get(REFERENCE_PATH, (_request, reply) =>
    reply
      .headers({
        'content-security-policy': CONTENT_SECURITY_POLICY,
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-cache',
      })
      .type('text/html; charset=utf-8')
      .send(page),
  );
}

function json(app: FastifyInstance, path: string, text: string): void {
  app.get(path, (_request, reply) =>
    reply.header('cache-control', `public, max-age=${CACHE_SECONDS}`).type('application/json; charset=utf-8').send(text),
  );
}

function readGenerated(name: string): string {
  return readFileSync(new URL(`../generated/${name}`, import.meta.url), 'utf8');
}

const SCRIPT = `SwaggerUIBundle({
  urls: [{ url: '${OPENAPI_PATH}', name: 'v3' }, { url: '/v2/openapi.json', name: 'v2 (tier structures)' }],
  dom_id: '#reference',
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
  layout: 'StandaloneLayout',
  deepLinking: true,
  docExpansion: 'none',
  defaultModelsExpandDepth: 0,
  persistAuthorization: false,
  validatorUrl: null,
});`;

/** The one style that Swagger UI writes into its page; in another version it may be another. */
const LOGO_STYLE_HASH = 'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w=';

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `script-src 'self' 'sha256-${createHash('sha256').update(SCRIPT).digest('base64')}'`,
  `style-src 'self' '${LOGO_STYLE_HASH}'`,
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

function pageOf(assets: string): string {
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    '<title>REST API · VoilaTier</title>',
    `<link rel="stylesheet" href="${assets}swagger-ui.css"><link rel="icon" type="image/png" href="${assets}favicon-32x32.png">`,
    '</head><body><div id="reference"></div>',
    `<script src="${assets}swagger-ui-bundle.js"></script><script src="${assets}swagger-ui-standalone-preset.js"></script>`,
    `<script>${SCRIPT}</script></body></html>`,
  ].join('\n');
}

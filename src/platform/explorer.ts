/**
 * The offline explorer at /explorer: GraphiQL, bundled by `npm run explorer:build` out of
 * the folder `explorer/` into `src/generated/explorer/`. It opens with an example and
 * talks to this server alone; the page's content security policy holds it to that.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** What an IDE opens with: the same for the explorer and for Apollo Sandbox. */
export type Example = Readonly<{
  document: string;
  variables: Readonly<Record<string, unknown>>;
  /** HTTP headers, `Authorization` among them. */
  headers: Readonly<Record<string, string>>;
}>;

export type ExplorerOptions = Readonly<{
  example: Example;
  /** The path of the GraphQL endpoint on this server, such as `/v3/graphql`. */
  endpoint: string;
  /** The folder of the built bundle. Only tests set it. */
  bundle?: string;
}>;

export const EXPLORER_PATH = '/explorer';

const BUNDLE = fileURLToPath(new URL('../generated/explorer', import.meta.url));

/** The element that the page keeps for the example, as explorer/index.html writes it. */
const CONFIG = '<script type="application/json" id="explorer-config">{}</script>';

/** Monaco writes style elements, which is why styles may be inline; scripts may not. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ');

export async function registerExplorer(app: FastifyInstance, options: ExplorerOptions): Promise<void> {
  const { example, endpoint, bundle = BUNDLE } = options;
  const template = await readIfThere(`${bundle}/index.html`);
  const page = template === null ? null : withConfig(template, { endpoint, ...example });

  await app.register(
    async (explorer) => {
      explorer.addHook('onRequest', async (_request, reply) => {
        reply.headers({
          'content-security-policy': CONTENT_SECURITY_POLICY,
          'referrer-policy': 'no-referrer',
          'x-content-type-options': 'nosniff',
        });
      });

      explorer.get('/', async (_request, reply) => {
        reply.header('cache-control', 'no-store');
        if (page === null) {
          return reply
            .code(503)
            .type('text/plain; charset=utf-8')
            .send('The explorer is not built. Run `npm run explorer:build` and start the server again.\n');
        }
        return reply.type('text/html; charset=utf-8').send(page);
      });

      if (page !== null) {
        // The files carry a hash of their content in their names, so they never change.
        await explorer.register(fastifyStatic, {
          root: `${bundle}/assets`,
          prefix: '/assets/',
          decorateReply: false,
          index: false,
          immutable: true,
          maxAge: '365d',
        });
      }
    },
    { prefix: EXPLORER_PATH },
  );
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Without `<`, no text in the JSON can end the script element or open a comment in it. */
function withConfig(template: string, config: Readonly<Record<string, unknown>>): string {
  const [before, after, ...more] = template.split(CONFIG);
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error('explorer/index.html must hold the explorer-config element exactly once.');
  }
  const json = JSON.stringify(config).replaceAll('<', '\\u003c');
  return before + CONFIG.replace('{}', () => json) + after;
}

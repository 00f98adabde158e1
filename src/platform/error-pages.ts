import { hash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { isEnumType } from 'graphql';
import type { RefusalEntry, RequestEntry } from './error-catalog.ts';
import { ERROR_CATALOG, ERROR_PAGES_PATH } from './error-catalog.ts';

/**
 * A page for every code, at the address that each error carries: for people as HTML, for programs as JSON or plain
 * text. What the contract says of a code is read out of the contract.
 */

/** The pages change with the program only. */
const CACHE_SECONDS = 3_600;

export interface ErrorDescription {
  readonly code: string;
  /** Status over REST. */
  readonly status: number;
  readonly title: string;
  readonly happened: readonly string[];
  readonly fix: string;
}

/** What the pages say, in the order of the codes. */
export function describeErrors(schema: GraphQLSchema): ErrorDescription[] {
  const byContract = refusalsOf(schema);
  return Object.entries<RefusalEntry | RequestEntry>(ERROR_CATALOG)
    .map(([code, entry]) => ({
      code,
      status: entry.status,
      title: entry.title,
      happened: [...('meaning' in entry ? [entry.meaning] : []), ...(byContract.get(code) ?? [])],
      fix: entry.fix,
    }))
    .sort((one, other) => (one.code < other.code ? -1 : 1));
}

/** What the enums of error codes say of each code, the same sentence once. */
function refusalsOf(schema: GraphQLSchema): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isEnumType(type) || !type.name.endsWith('ErrorCode')) continue;
    for (const { name, description } of type.getValues()) {
      const sentences = found.get(name) ?? new Set();
      found.set(name, sentences.add((description ?? '').replace(/\s+/g, ' ').trim()));
    }
  }
  return new Map([...found].map(([code, sentences]) => [code, [...sentences]]));
}

export function registerErrorPages(app: FastifyInstance, schema: GraphQLSchema): void {
  const descriptions = describeErrors(schema);
  const byCode = new Map(descriptions.map((description) => [description.code, description]));

  app.get(ERROR_PAGES_PATH, (request, reply) =>
    send(request, reply, {
      html: () => page('Errors', `<h1>Errors</h1>${table(descriptions)}`),
      json: () => ({ errors: descriptions.map((description) => ({ ...description, documentation: addressOf(description.code) })) }),
      text: () => descriptions.map(({ code, status, title }) => `${code} (${status}): ${title}`).join('\n'),
    }),
  );

  app.get<{ Params: { code: string } }>(`${ERROR_PAGES_PATH}/:code`, (request, reply) => {
    const description = byCode.get(request.params.code);
    if (description === undefined) return reply.callNotFound();
    return send(request, reply, {
      html: () => page(description.code, article(description)),
      json: () => description,
      text: () => plainText(description),
    });
  });
}

interface Forms {
  readonly html: () => string;
  readonly json: () => object;
  readonly text: () => string;
}

/** Browsers get HTML; whoever accepts anything gets plain text, which reads well in a terminal. */
function send(request: FastifyRequest, reply: FastifyReply, { html, json, text }: Forms): FastifyReply {
  const accept = request.headers.accept ?? '';
  reply.headers({ 'cache-control': `public, max-age=${CACHE_SECONDS}`, vary: 'Accept' });
  if (accept.includes('text/html')) {
    reply.headers({ 'content-security-policy': CONTENT_SECURITY_POLICY, 'referrer-policy': 'no-referrer' });
    return reply.type('text/html; charset=utf-8').send(html());
  }
  if (accept.includes('json')) return reply.type('application/json; charset=utf-8').send(JSON.stringify(json()));
  return reply.type('text/plain; charset=utf-8').send(`${text()}\n`);
}

const addressOf = (code: string) => `${ERROR_PAGES_PATH}/${code}`;

function plainText({ code, status, title, happened, fix }: ErrorDescription): string {
  const reasons = happened.map((sentence) => `  ${sentence}`).join('\n');
  return `${code}: ${title}\n\nWhat happened\n${reasons}\n\nHow to fix it\n  ${fix}\n\nStatus over REST: ${status}`;
}

function article({ code, status, title, happened, fix }: ErrorDescription): string {
  const [first = '', ...others] = happened;
  const reasons = others.length === 0 ? `<p>${marked(first)}</p>` : `<ul>${happened.map((sentence) => `<li>${marked(sentence)}</li>`).join('')}</ul>`;
  return [
    `<p><a href="${ERROR_PAGES_PATH}">All errors</a></p>`,
    `<h1><code>${escaped(code)}</code></h1><p class="title">${marked(title)}</p>`,
    `<h2>What happened</h2>${reasons}`,
    `<h2>How to fix it</h2><p>${marked(fix)}</p>`,
    `<p class="status">Status over REST: ${status}</p>`,
  ].join('\n');
}

function table(descriptions: readonly ErrorDescription[]): string {
  const rows = descriptions.map(
    ({ code, status, title }) =>
      `<tr><td><a href="${addressOf(code)}"><code>${escaped(code)}</code></a></td><td>${status}</td><td>${marked(title)}</td></tr>`,
  );
  return `<table><thead><tr><th>Code</th><th>Status</th><th>What it means</th></tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table>`;
}

const STYLE = `body{font:16px/1.55 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1f2328;background:#fff}
h1{font-size:1.5rem;margin:1rem 0 0;overflow-wrap:anywhere}h2{font-size:1.05rem;margin:1.6rem 0 .3rem}p,ul{margin:.3rem 0}
code{font:.92em ui-monospace,monospace;background:#eff1f3;padding:.1em .3em;border-radius:4px}a{color:#0550ae}
.title{font-size:1.1rem}.status{margin-top:1.6rem;color:#59636e}table{border-collapse:collapse;margin-top:1rem}
td,th{text-align:left;padding:.3rem .8rem .3rem 0;border-bottom:1px solid #d1d9e0;vertical-align:top}
@media(prefers-color-scheme:dark){body{color:#e6edf3;background:#0d1117}code{background:#262c36}a{color:#79b8ff}.status{color:#9198a1}td,th{border-color:#3d444d}}`;

/** There is nothing on a page but text and this one style. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${hash('sha256', STYLE, 'base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

function page(title: string, body: string): string {
  return [
    '<!doctype html>',
    `<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">`,
    `<title>${escaped(title)} · VoilaTier</title><style>${STYLE}</style></head>`,
    `<body>\n${body}\n</body></html>\n`,
  ].join('\n');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** Text between backticks is code, as in the contract's descriptions. */
function marked(text: string): string {
  return escaped(text).replace(/`([^`]*)`/g, '<code>$1</code>');
}

/**
 * The explorer and the Sandbox page in a real browser, with every network but the
 * server's own origin cut. Run with `npm run test:browser`; needs a Chromium, whose path
 * CHROMIUM may give (default /usr/bin/chromium). SCREENSHOTS names a folder for pictures.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApolloServer } from '@apollo/server';
import fastifyApollo, { fastifyApolloDrainPlugin } from '@as-integrations/fastify';
import helmet from '@fastify/helmet';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import Fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { GraphQLError } from 'graphql';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { registerExplorer } from '../../src/platform/explorer.ts';
import { sandboxLandingPage } from '../../src/platform/sandbox.ts';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const found = existsSync(CHROMIUM);
if (!found) {
  console.warn(`Browser tests are skipped: no Chromium at ${CHROMIUM}. Install one, or set CHROMIUM to its path.`);
}
const inBrowser = found ? test : test.skip;

const ENDPOINT = '/v3/graphql';
const KEY = 'Bearer demo_key_0123456789';

const typeDefs = /* GraphQL */ `
  """
  A member of the programme. <b>Markup</b> stays text.
  """
  type Customer {
    id: ID!
    name: String!
    "Points that can be spent now."
    points: Int!
  }

  type Query {
    "One customer, or null if there is none with this id."
    customer(id: ID!): Customer
  }
`;

const example = {
  document: `# Show a customer's balance. </script><b>$& is only text here</b>
query CustomerBalance($id: ID!) {
  customer(id: $id) {
    id
    name
    points
  }
}
`,
  variables: { id: 'cust_01h2xcejqtf2nbrexx3vqjhp41' },
  headers: { Authorization: KEY },
};
/** The Sandbox page takes no markup: Apollo does not escape it. */
const sandboxExample = { ...example, document: example.document.replace('</script>', '') };

/** Everything asked of the server, introspection included, needs the key. */
async function startServer(): Promise<{ app: FastifyInstance; origin: string }> {
  const app = Fastify();
  const apollo = new ApolloServer<{ key: string | undefined }>({
    typeDefs,
    resolvers: {
      Query: {
        customer: (_: unknown, { id }: { id: string }) => ({ id, name: 'Ada Lovelace', points: 1815 }),
      },
    },
    introspection: true,
    csrfPrevention: true,
    plugins: [fastifyApolloDrainPlugin(app), sandboxLandingPage(sandboxExample)],
  });
  await apollo.start();
  await app.register(helmet, { contentSecurityPolicy: false });
  await app.register(async (graphql) => {
    await graphql.register(fastifyApollo(apollo), {
      path: ENDPOINT,
      context: async (request) => {
        if (request.headers.authorization !== KEY) {
          throw new GraphQLError('Send a key.', { extensions: { code: 'UNAUTHENTICATED', http: { status: 401 } } });
        }
        return { key: request.headers.authorization };
      },
    });
  });
  await registerExplorer(app, { example, endpoint: ENDPOINT });
  const origin = await app.listen({ port: 0, host: '127.0.0.1' });
  return { app, origin };
}

describe('the explorer over HTTP', () => {
  test('says how to build the bundle when it is not there', async () => {
    const app = Fastify();
    await registerExplorer(app, { example, endpoint: ENDPOINT, bundle: '/nowhere' });
    const answer = await app.inject('/explorer');
    expect(answer.statusCode).toBe(503);
    expect(answer.body).toContain('npm run explorer:build');
    await app.close();
  });

  test('serves a page that is never stored and assets that are kept for good', async () => {
    const app = Fastify();
    await registerExplorer(app, { example, endpoint: ENDPOINT });
    const page = await app.inject('/explorer');
    expect(page.statusCode).toBe(200);
    expect((await app.inject('/explorer/')).body).toBe(page.body);
    expect(page.headers['cache-control']).toBe('no-store');
    expect(page.headers['content-security-policy']).toContain("script-src 'self';");
    expect(page.body).not.toMatch(/https?:/);

    // The example ends no script and opens no tag; read as JSON it is unchanged.
    const json = /id="explorer-config">(.*)<\/script>/.exec(page.body)?.[1];
    expect(json).not.toContain('<');
    expect(JSON.parse(json!)).toEqual({ endpoint: ENDPOINT, ...example });

    const script = /src="(\/explorer\/assets\/[^"]+\.js)"/.exec(page.body)?.[1];
    const asset = await app.inject(script!);
    expect(asset.statusCode).toBe(200);
    expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect((await app.inject('/explorer/assets/none.js')).statusCode).toBe(404);
    expect((await app.inject('/explorer/assets/%2e%2e/index.html')).statusCode).not.toBe(200);
    await app.close();
  });
});

test('the Sandbox page refuses an example that could end its script', () => {
  expect(() => sandboxLandingPage(example)).toThrow('</script');
});

describe('in a browser without a network', () => {
  let app: FastifyInstance;
  let origin: string;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let profile: string;
  /** Requests that tried to leave the server's origin, and what the page complained of. */
  const strayRequests: string[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    if (!found) return;
    ({ app, origin } = await startServer());
    profile = await mkdtemp(join(tmpdir(), 'explorer-browser-'));
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
      env: { ...process.env, HOME: profile },
    });
    context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    await context.route('**/*', (route) => {
      const { origin: target, protocol } = new URL(route.request().url());
      if (target === origin || protocol === 'data:') return route.continue();
      strayRequests.push(route.request().url());
      return route.abort();
    });
    page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
  }, 60_000);

  afterAll(async () => {
    if (!found) return;
    await browser.close();
    await app.close();
    await rm(profile, { recursive: true, force: true });
  });

  const picture = async (name: string) => {
    const folder = process.env['SCREENSHOTS'];
    if (folder) await page.screenshot({ path: join(folder, `${name}.png`) });
  };

  /** The text of one of GraphiQL's editors; Monaco draws spaces as no-break spaces. */
  const textOf = async (section: string) => {
    const lines = page.locator(`section[aria-label="${section}"] .view-lines`).first();
    return (await lines.innerText()).replaceAll('\u00a0', ' ');
  };

  const run = async () => {
    const answered = page.waitForResponse(
      (response) => response.url() === origin + ENDPOINT && !(response.request().postData() ?? '').includes('__schema'),
    );
    await page.getByRole('button', { name: /execute/i }).click();
    return answered;
  };

  inBrowser('opens with the example and runs it', async () => {
    const introspected = page.waitForResponse((response) => response.url() === origin + ENDPOINT);
    await page.goto(`${origin}/explorer`);
    expect((await introspected).status()).toBe(200);
    await page.locator('section[aria-label="Operation Editor"] .view-line').first().waitFor();
    await picture('opened');

    expect(await textOf('Operation Editor')).toContain('query CustomerBalance($id: ID!)');
    expect(await textOf('Variables')).toContain('cust_01h2xcejqtf2nbrexx3vqjhp41');

    const response = await run();
    expect(response.status()).toBe(200);
    const sent = response.request().headers();
    expect(sent['authorization']).toBe(KEY);
    expect(sent['content-type']).toBe('application/json');
    expect(sent['apollo-require-preflight']).toBe('true');
    expect(await response.json()).toEqual({
      data: { customer: { id: example.variables.id, name: 'Ada Lovelace', points: 1815 } },
    });
    await page.locator('.graphiql-response .view-line', { hasText: 'Ada' }).waitFor();
    await picture('answered');
  });

  inBrowser('knows the schema: marks a wrong field, completes a right one', async () => {
    const editor = page.locator('section[aria-label="Operation Editor"]');
    await editor.locator('.view-line', { hasText: 'points' }).click();
    await page.keyboard.press('End');
    await page.keyboard.type(' wrong');
    await editor.locator('.squiggly-error').first().waitFor();
    for (let i = 0; i < ' wrong'.length; i += 1) await page.keyboard.press('Backspace');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+Space');
    await page.locator('.suggest-widget .monaco-list-row', { hasText: '__typename' }).waitFor();
    await picture('completion');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Backspace');
  });

  inBrowser('checks the variables against the operation', async () => {
    const editor = page.locator('section[aria-label="Variables"]');
    await editor.locator('.view-line', { hasText: 'cust_' }).click();
    await page.keyboard.press('End');
    await page.keyboard.type(', "nothing": ');
    await editor.locator('.squiggly-error').first().waitFor();
    for (let i = 0; i < ', "nothing": '.length; i += 1) await page.keyboard.press('Backspace');
  });

  inBrowser('tidies the operation and the variables', async () => {
    const editor = page.locator('section[aria-label="Variables"]');
    await editor.locator('.view-line', { hasText: 'cust_' }).click();
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText(`{"id":"${example.variables.id}"}`);
    await page.getByRole('button', { name: /prettify/i }).click();
    await editor.locator('.view-line', { hasText: '"id": "cust_' }).waitFor();
    expect(await textOf('Operation Editor')).toContain('    points\n  }\n}');
  });

  inBrowser('shows the documentation and the example’s key', async () => {
    await page.getByRole('button', { name: 'Headers', exact: true }).click();
    await page.locator('section[aria-label="Headers"] .view-line', { hasText: KEY }).waitFor();
    await page.getByRole('button', { name: /show documentation explorer/i }).click();
    await page.getByText('Root Types').waitFor();
    await page.getByRole('link', { name: 'Query' }).click();
    await page.getByText('One customer, or null').waitFor();
    await picture('documentation');
  });

  inBrowser('keeps edits over a reload, but never a key', async () => {
    const open = async () => {
      await page.goto(`${origin}/explorer`);
      await page.locator('section[aria-label="Operation Editor"] .view-line').first().waitFor();
      await page.locator('section[aria-label="Variables"] .view-line', { hasText: 'cust_' }).waitFor();
    };
    const stylesheet = await page.locator('link[rel=stylesheet]').first().getAttribute('href');
    await page.goto(origin + stylesheet); // Here GraphiQL is not running, so it writes nothing.
    await page.evaluate('localStorage.clear()');
    await open(); // Opens the example,
    await open(); // and this restores it, variables included.
    await page.locator('section[aria-label="Operation Editor"] .view-line', { hasText: 'points' }).click();
    await page.keyboard.press('End');
    await page.keyboard.type(' again: points');
    await page.waitForTimeout(1_000); // GraphiQL stores edits after a pause.
    await open();
    expect(await textOf('Operation Editor')).toContain('points again: points');
    expect(await page.getByRole('tab').count()).toBe(1);
    expect((await run()).status()).toBe(200);
    await page.locator('.graphiql-response .view-line', { hasText: 'again' }).waitFor();

    const stored = await page.evaluate('JSON.stringify({ ...localStorage })');
    expect(stored).toContain('CustomerBalance');
    expect(stored).not.toContain('demo_key');

    // A new example opens beside the edited one.
    await page.evaluate("localStorage.setItem('voilatier:explorer-example', 'an older one')");
    await open();
    expect(await page.getByRole('tab').count()).toBe(2);
    expect(await textOf('Operation Editor')).not.toContain('again');
  });

  inBrowser('asked nothing of any other origin and broke no rule of its policy', () => {
    expect(strayRequests).toEqual([]);
    expect(complaints).toEqual([]);
  });

  inBrowser('the Sandbox page, cut from its CDN, leads to the explorer', async () => {
    strayRequests.length = 0;
    await page.goto(origin + ENDPOINT);
    expect(strayRequests.length).toBeGreaterThan(0); // So the trap for stray requests works.
    const html = await page.content();
    expect(html).toContain('query CustomerBalance($id: ID!)');
    expect(html).toContain(example.variables.id);
    expect(html).toContain(KEY);
    await page.waitForTimeout(2_500); // Apollo's page fades its offline text in.
    await picture('sandbox-offline');
    await page.getByRole('link', { name: '/explorer' }).click();
    await page.locator('section[aria-label="Operation Editor"] .view-line').first().waitFor();
    expect(page.url()).toBe(`${origin}/explorer`);
  });
});

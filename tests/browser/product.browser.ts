/**
 * The product as a new user meets it in a browser: the explorer opens with the example, runs it on the real
 * server, and nothing is asked of any other origin; the page at the endpoint carries the same example.
 */
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { demoExample } from '../../src/platform/example.ts';
import { buildCustomer, buildProgram, standingOf } from '../support/program.ts';
import type { ApiClient } from '../support/client.ts';
import { startTestServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const inBrowser = existsSync(CHROMIUM) ? test : test.skip;
const KEY = 'browser-test-key-0123456789';
const TIMEOUT_MS = 30_000;

let server: TestServer;
let admin: ApiClient;
let browser: Browser | null = null;

beforeAll(async () => {
  server = await startTestServer({ example: demoExample(KEY) });
  admin = await server.workspace({ secret: KEY });
  await buildProgram(admin, { structure: { tiers: { Basic: 0, Silver: 50 } } });
  await buildCustomer(admin, 'ada');
  if (existsSync(CHROMIUM)) {
    const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
    browser = await chromium.launch({ executablePath: CHROMIUM, args });
  }
}, TIMEOUT_MS);

afterAll(async () => {
  await browser?.close();
  await server.stop();
});

async function open(path: string): Promise<{ page: Page; foreign: string[] }> {
  if (browser === null) throw new Error('There is a browser.');
  const page = await browser.newPage();
  const foreign: string[] = [];
  await page.route('**', async (route) => {
    if (route.request().url().startsWith(server.url) || route.request().url().startsWith('data:')) return route.continue();
    foreign.push(route.request().url());
    return route.abort();
  });
  await page.goto(`${server.url}${path}`);
  return { page, foreign };
}

describe('a new user with a browser', () => {
  inBrowser(
    'runs the prefilled example in the explorer, with no network',
    async () => {
      const { page, foreign } = await open('/explorer');
      await page.getByRole('button', { name: /execute query/i }).click();
      await page.locator('.graphiql-response').filter({ hasText: /"points":\s*52/ }).first().waitFor();
      expect(foreign).toEqual([]);
      const ada = await standingOf(admin, 'ada');
      expect({ points: ada.points, tier: ada.tier.name }).toEqual({ points: 52, tier: 'Silver' });
      if (process.env['SCREENSHOTS'] !== undefined) await page.screenshot({ path: `${process.env['SCREENSHOTS']}/explorer-product.png` });
    },
    TIMEOUT_MS,
  );

  inBrowser(
    'finds the same example in the page at the endpoint, and the way to the explorer',
    async () => {
      const { page } = await open('/v3/graphql');
      const html = await page.content();
      expect(html).toContain('mutation Earn($input: EarnInput!)');
      expect(html).toContain(KEY);
      await page.getByRole('link', { name: '/explorer' }).click();
      await page.waitForURL(`${server.url}/explorer`);
      if (process.env['SCREENSHOTS'] !== undefined) await page.screenshot({ path: `${process.env['SCREENSHOTS']}/sandbox-product.png` });
    },
    TIMEOUT_MS,
  );
});

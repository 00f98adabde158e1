/**
 * The REST reference in a browser: it is drawn without any other site and within its own security policy, shows both
 * versions, and sends a call to this server with a key that is typed in.
 */
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { buildCustomer, buildProgram } from '../support/program.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const inBrowser = existsSync(CHROMIUM) ? test : test.skip;
const TIMEOUT_MS = 60_000;

let server: TestServer;
let browser: Browser | null = null;
let key: string;

beforeAll(async () => {
  server = await startTestServer();
  const admin = await server.workspace();
  await buildProgram(admin);
  await buildCustomer(admin, 'ada', { name: 'Ada Lovelace' });
  key = admin.key!;
  if (existsSync(CHROMIUM)) browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'] });
}, TIMEOUT_MS);

afterAll(async () => {
  await browser?.close();
  await server.stop();
});

inBrowser(
  'a reader finds a route, gives a key and tries it, with no network',
  async () => {
    const page = await browser!.newPage();
    const foreign: string[] = [];
    const violations: string[] = [];
    page.on('console', (message) => {
      if (/Content.Security.Policy/i.test(message.text())) violations.push(message.text());
    });
    await page.route('**', async (route) => {
      if (route.request().url().startsWith(server.url) || route.request().url().startsWith('data:')) return route.continue();
      foreign.push(route.request().url());
      return route.abort();
    });
    await page.goto(`${server.url}/docs/api`);
    await page.getByRole('heading', { name: /VoilaTier REST API/ }).waitFor();

    await page.getByRole('button', { name: 'Authorize' }).first().click();
    await page.getByLabel('auth-bearer-value').fill(key);
    await page.getByRole('button', { name: 'Apply credentials' }).first().click();
    await page.getByRole('button', { name: 'Close' }).first().click();

    const tag = page.locator('#operations-tag-Customers');
    await tag.click();
    const operation = page.locator('#operations-Customers-customerGet');
    await operation.locator('.opblock-summary-control').click();
    await operation.getByRole('button', { name: 'Try it out' }).click();
    await operation.getByPlaceholder('id').fill('external_id:ada');
    await operation.getByRole('button', { name: 'Execute' }).click();
    await operation.locator('.live-responses-table').getByText('"Ada Lovelace"').first().waitFor();
    if (process.env['SCREENSHOTS'] !== undefined) await page.screenshot({ path: `${process.env['SCREENSHOTS']}/reference.png` });

    await page.locator('.topbar select').selectOption({ label: 'v2 (tier structures)' });
    await page.getByText('/v2/loyalties/tier-structures', { exact: true }).first().waitFor();
    expect({ foreign, violations }).toEqual({ foreign: [], violations: [] });
  },
  TIMEOUT_MS,
);

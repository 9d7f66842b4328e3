import { existsSync } from 'node:fs';
import { chromium, type Page } from 'playwright-core';
import { serveCrmPage, type ToldOfKith } from '../src/serve-crm-page.ts';

/** The Chromium to test with, or null when this machine has none. */
export function findChromium(): string | null {
  const given = process.env['KITH_TEST_CHROMIUM'] ?? '';
  const path = given === '' ? '/usr/bin/chromium' : given;
  return existsSync(path) ? path : null;
}

/** Opens the built `crm-page` in a browser of its own; `told` is what the host's server says of Kith. */
export async function openCrmPage(
  executablePath: string,
  told: ToldOfKith,
): Promise<{ page: Page; complaints: string[] } & AsyncDisposable> {
  const server = await serveCrmPage(told);
  const browser = await chromium.launch({ executablePath, args: ['--headless', '--no-sandbox'] });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(15_000);
  const complaints: string[] = [];
  page.on('pageerror', (err) => complaints.push(err.message));
  page.on('console', (line) => {
    if (line.type() === 'error') complaints.push(line.text());
  });
  await page.goto(server.url);
  return {
    page,
    complaints,
    [Symbol.asyncDispose]: async () => {
      await browser.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** The Chromium to test with, or null when this machine has none. */
export function findChromium(): string | null {
  const given = process.env['KITH_TEST_CHROMIUM'] ?? '';
  const path = given === '' ? '/usr/bin/chromium' : given;
  return existsSync(path) ? path : null;
}

if (findChromium() === null) {
  // A run that skips them must not look like one that does not.
  console.warn(
    'THE BROWSER TESTS OF THE PAGES ARE SKIPPED: set KITH_TEST_CHROMIUM to the path of a Chromium',
  );
}

/** Starts Chromium without anything that speaks to the outside. */
export function launchChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** Opens a page that tells `complain` of every exception, refused script and failed request. */
export async function openPage(
  browser: Browser,
  url: string,
  { complain, ...options }: BrowserContextOptions & { complain: (complaint: string) => void },
): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.on('pageerror', (err) => complain(err.message));
  page.on('console', (line) => {
    if (line.type() === 'error') complain(line.text());
  });
  await page.goto(url);
  return page;
}

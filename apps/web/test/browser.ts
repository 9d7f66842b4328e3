import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** The Chromium to test with, or null when this machine has none. */
export function findChromium(): string | null {
  const given = process.env['KITH_TEST_CHROMIUM'] ?? '';
  const path = given === '' ? '/usr/bin/chromium' : given;
  return existsSync(path) ? path : null;
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

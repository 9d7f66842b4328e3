/**
 * The browser that browser tests drive. It is looked for, and installed where that is one command for root
 * (Debian); elsewhere its absence is said aloud and those tests say that they were skipped.
 */

import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Path of a Chromium, or undefined after a warning; throws where `KITH_TEST_REQUIRE_CHROMIUM=1` wants one. */
export async function ensureChromium(steps) {
  const given = process.env.KITH_TEST_CHROMIUM;
  if (given) return given;
  const found = findChromium();
  if (found !== undefined) return found;
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) await installChromium(steps);
  const installed = findChromium();
  if (installed === undefined) {
    if (process.env.KITH_TEST_REQUIRE_CHROMIUM === '1') {
      throw new Error('there is no Chromium, and KITH_TEST_REQUIRE_CHROMIUM=1 allows no test to be skipped');
    }
    steps.line(
      'WARNING: there is no Chromium, so browser tests are skipped: install it, or set KITH_TEST_CHROMIUM.',
    );
  }
  return installed;
}

async function installChromium(steps) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await steps.step('Installing Chromium for browser tests', async () => {
    await steps.run('apt-get', ['update'], { env });
    await steps.run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { env });
  });
}

function findChromium() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), ...MAC].find(isExecutable);
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

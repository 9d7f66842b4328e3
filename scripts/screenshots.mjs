/**
 * `npm run screenshots`: a picture of every page, in both themes, at the width of a desk and of a phone, into
 * `.kith/screenshots` (`-- --to DIR` for another place). It looks at the stack that `npm start` runs, or starts one for
 * the time it takes. `-- --readme` also writes the pictures that the README shows; `-- --only NAME` takes one page.
 */

import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createKithClient } from '@kith/client';
import { chromium } from 'playwright-core';
import { ensureChromium } from './bootstrap/chromium.mjs';
import { root, stepsFor } from './bootstrap/install.mjs';
import { listPages } from './screenshots/pages.mjs';
import { serveCrmPage } from '../examples/dist/serve-crm-page.js';

const { values } = parseArgs({
  options: {
    to: { type: 'string', default: join(root, '.kith', 'screenshots') },
    only: { type: 'string' },
    readme: { type: 'boolean', default: false },
  },
});

const forms = [
  { name: 'light', colorScheme: 'light', viewport: { width: 1360, height: 880 } },
  { name: 'dark', colorScheme: 'dark', viewport: { width: 1360, height: 880 } },
  { name: 'phone', colorScheme: 'light', viewport: { width: 390, height: 844 }, hasTouch: true },
  { name: 'phone-dark', colorScheme: 'dark', viewport: { width: 390, height: 844 }, hasTouch: true },
];
/** The pictures of the README, by the page and the form that they show. */
const readmePictures = { 'record-light': 'record.png', 'review-dark': 'review.png' };

const steps = stepsFor(process.stdout);
const executablePath = await ensureChromium(steps);
if (executablePath === undefined) process.exit(1);
const stack = await runningStack();
const { urls, apiKey } = JSON.parse(readFileSync(join(root, '.kith', 'local.json'), 'utf8'));
const kith = createKithClient({ queryUrl: urls.query, resolverUrl: urls.resolver, apiKey });
const crm = await serveCrmPage({ queryUrl: urls.query, resolverUrl: urls.resolver, apiKey });
const browser = await chromium.launch({ executablePath, args: ['--headless', '--no-sandbox'] });
try {
  mkdirSync(values.to, { recursive: true });
  const pages = (await listPages({ kith, webUrl: urls.web, crmUrl: crm.url })).filter(
    ({ name }) => values.only === undefined || name === values.only,
  );
  for (const form of forms) await takePictures(pages, form);
  console.log(`${pages.length * forms.length} pictures are in ${values.to}`);
} finally {
  await browser.close();
  await crm[Symbol.asyncDispose]();
  await stack.stop();
}

async function takePictures(pages, { name: formName, ...form }) {
  const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', ...form });
  for (const { name, url, prepare } of pages) {
    const page = await context.newPage();
    page.on('pageerror', (err) => console.error(`${name}: ${err.message}`));
    await prepare?.before?.(page);
    await page.goto(url);
    await settle(page);
    await prepare?.after?.(page);
    await settle(page);
    const path = join(values.to, `${name}-${formName}.png`);
    await page.screenshot({ path });
    const picture = readmePictures[`${name}-${formName}`];
    if (values.readme && picture !== undefined) {
      await page.screenshot({ path: join(root, 'docs', 'pictures', picture) });
    }
    await prepare?.end?.(page);
    await page.close();
  }
  await context.close();
}

/**
 * Until what is written on the page stays the same for a while and nothing says that it is loading. A page that listens
 * to events is never idle on the network.
 */
async function settle(page) {
  await page.waitForFunction(async () => {
    const words = () => document.querySelector('.kith-skeleton') === null && document.body.innerText;
    const before = words();
    await new Promise((resolve) => {
      setTimeout(resolve, 700);
    });
    return before !== false && before.trim() !== '' && before === words();
  });
  await page.evaluate(async () => {
    await document.fonts.ready;
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
  });
}

/** The stack of this checkout: the one that runs, or one of its own until `stop`. */
async function runningStack() {
  if (await isRunning()) return { stop: async () => {} };
  console.log('No stack runs here; starting one …');
  const child = spawn(process.execPath, [join(root, 'scripts', 'start.mjs')], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve, reject) => {
    child.stdout.on('data', (piece) => {
      if (String(piece).includes('Kith is running')) resolve();
    });
    child.on('exit', (code) => reject(new Error(`the stack ended with ${code} before it ran`)));
  });
  return {
    stop: () =>
      new Promise((resolve) => {
        child.on('exit', resolve);
        child.kill('SIGINT');
      }),
  };
}

async function isRunning() {
  try {
    const local = JSON.parse(readFileSync(join(root, '.kith', 'local.json'), 'utf8'));
    return (await fetch(`${local.urls.query}/healthz`)).ok;
  } catch {
    return false;
  }
}

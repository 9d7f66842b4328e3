/// <reference lib="dom" />
/*
 * Each wall around a mail by itself, against every hostile snippet: what it holds alone, and that the snippets are not
 * harmless by themselves. Together they are tested by hostile-mail.e2e.test.ts.
 */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium, launchChromium } from './browser.ts';
import { hostileSnippets } from './hostile-snippets.ts';
import { openRequestCounter, type RequestCounter } from './request-counter.ts';

const chromiumPath = findChromium();

type Layer = 'none' | 'sanitiser' | 'policy' | 'sandbox';

describe.skipIf(chromiumPath === null)('a wall alone', { timeout: 120_000 }, () => {
  let browser: Browser;
  let counter: RequestCounter;
  let modules: { url: string } & AsyncDisposable;

  beforeAll(async () => {
    browser = await launchChromium(chromiumPath ?? '');
    counter = await openRequestCounter();
    modules = await serveModules();
  });

  afterAll(async () => {
    await browser?.close();
    await counter?.[Symbol.asyncDispose]();
    await modules?.[Symbol.asyncDispose]();
  });

  /** Shows each snippet in a frame of its own; resolves with what ran, what was asked for, and where the page is. */
  async function show(layer: Layer) {
    counter.requests.length = 0;
    const context = await browser.newContext();
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const popups: string[] = [];
    page.on('popup', (popup) => popups.push(popup.url()));
    page.on('dialog', (dialog) => void dialog.dismiss());
    await page.goto(modules.url);
    await page.waitForFunction(() => 'mails' in window);
    await page.evaluate(showSnippets, { layer, snippets: hostileSnippets(counter.url) });
    await page.evaluate((url) => fetch(url), `${counter.url}/end`);
    const shown = {
      ran: [...new Set(await page.evaluate(() => (window as unknown as { hits: string[] }).hits))],
      asked: [...new Set(counter.requests.map(({ path }) => path.slice(1)))].filter((path) => path !== 'end'),
      popups,
      hasLeft: page.url() !== `${modules.url}/`,
    };
    await context.close();
    return shown;
  }

  test('without one the snippets run and fetch, so they are worth holding', async () => {
    const { ran, asked } = await show('none');
    expect(ran.length).toBeGreaterThan(20);
    expect(asked.length).toBeGreaterThan(40);
  });

  test('the sanitiser lets nothing run and nothing be fetched, also when its result is parsed again', async () => {
    expect(await show('sanitiser')).toEqual({ ran: [], asked: [], popups: [], hasLeft: false });
  });

  test('the policy of the frame lets nothing run and nothing be fetched; it alone does not stop a refresh', async () => {
    expect(await show('policy')).toEqual({ ran: [], asked: ['refresh'], popups: [], hasLeft: false });
  });

  test('the sandbox lets nothing run, and the page stays where it is', async () => {
    const { ran, asked, popups, hasLeft } = await show('sandbox');
    expect({ ran, popups, hasLeft }).toEqual({ ran: [], popups: [], hasLeft: false });
    expect(asked.length).toBeGreaterThan(20);
    expect(asked).not.toContain('refresh');
  });
});

interface Mails {
  sanitiseMail: (html: string, showsImages: boolean) => Promise<{ body: HTMLElement; css: string }>;
  framePolicy: (showsImages: boolean) => string;
  frameSandbox: string;
}

/** Runs in the page. They are shown once all are loaded and have been painted. */
async function showSnippets({
  layer,
  snippets,
}: {
  layer: Layer;
  snippets: Readonly<Record<string, string>>;
}) {
  const hits: string[] = [];
  Object.assign(window, { hits, hit: (name: string) => hits.push(name) });
  const { sanitiseMail, framePolicy, frameSandbox } = (window as unknown as { mails: Mails }).mails;
  const documentOf = async (html: string): Promise<string> => {
    if (layer === 'policy')
      return `<meta http-equiv="Content-Security-Policy" content="${framePolicy(false)}">${html}`;
    if (layer !== 'sanitiser') return html;
    const safe = await sanitiseMail(html, false);
    return `<style>${safe.css}</style>${safe.body.outerHTML}`;
  };
  const painted = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  const documents = await Promise.all(Object.values(snippets).map(documentOf));
  await Promise.all(
    documents.map((html) => {
      const frame = document.createElement('iframe');
      // All in view: what is not seen may not be painted, and so not be fetched.
      frame.style.cssText = 'position: absolute; top: 0';
      if (layer === 'sandbox') frame.setAttribute('sandbox', frameSandbox);
      frame.srcdoc = html;
      const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
      document.body.append(frame);
      return loaded;
    }),
  );
  await painted();
}

const page = `<!doctype html>
  <script type="importmap">{"imports":{"dompurify":"/purifier.js"}}</script>
  <script type="module">
    import { sanitiseMail } from '/mail/sanitise-mail.js';
    import { framePolicy, frameSandbox } from '/mail/frame-document.js';
    window.mails = { sanitiseMail, framePolicy, frameSandbox };
  </script>
  <body>`;

/** The built modules of mails, as a page without any policy loads them. */
async function serveModules(): Promise<{ url: string } & AsyncDisposable> {
  const entry = fileURLToPath(import.meta.resolve('@kith/react'));
  const purifier = fileURLToPath(import.meta.resolve('dompurify', `file://${entry}`));
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const isModule = /^\/mail\/[\w-]+\.js$/.test(path);
    if (path === '/') response.writeHead(200, { 'content-type': 'text/html' }).end(page);
    else if (!isModule && path !== '/purifier.js') response.writeHead(404).end();
    else {
      const file = isModule ? entry.replace(/index\.js$/, path.slice(1)) : purifier;
      readFile(file).then(
        (text) => response.writeHead(200, { 'content-type': 'text/javascript' }).end(text),
        () => response.writeHead(404).end(),
      );
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

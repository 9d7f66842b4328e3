import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright-core';

/** The Chromium to test with, or null when this machine has none. */
export function findChromium(): string | null {
  const given = process.env['KITH_TEST_CHROMIUM'] ?? '';
  const path = given === '' ? '/usr/bin/chromium' : given;
  return existsSync(path) ? path : null;
}

/** Opens the built `crm-page` in a browser of its own; `told` is what the host's server says of Kith. */
export async function openCrmPage(
  executablePath: string,
  told: Record<string, string>,
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

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

/** The host's own server: another origin than any of Kith's. */
async function serveCrmPage(told: Record<string, string>): Promise<{ url: string } & AsyncDisposable> {
  const folder = new URL('../dist/crm-page/', import.meta.url);
  const server = createServer((req, res) => {
    const path = req.url === '/' ? '/index.html' : (req.url ?? '');
    if (path === '/kith.json') {
      res.setHeader('content-type', 'application/json').end(JSON.stringify(told));
      return;
    }
    readFile(fileURLToPath(new URL(`.${path}`, folder))).then(
      (file) => res.setHeader('content-type', types[extname(path)] ?? 'application/octet-stream').end(file),
      () => res.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

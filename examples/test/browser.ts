import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import { build, type Rolldown } from 'vite';

/** The Chromium to test with, or null when this machine has none. */
export function findChromium(): string | null {
  const given = process.env['KITH_TEST_CHROMIUM'] ?? '';
  const path = given === '' ? '/usr/bin/chromium' : given;
  return existsSync(path) ? path : null;
}

/** Opens `page.tsx`, bundled, in a browser of its own. */
export async function openPage(
  executablePath: string,
  told: Record<string, string>,
): Promise<{ page: Page; complaints: string[] } & AsyncDisposable> {
  const directory = await mkdtemp(join(tmpdir(), 'kith-page-'));
  const file = join(directory, 'page.html');
  const script = await bundle(fileURLToPath(new URL('page.tsx', import.meta.url)));
  await writeFile(file, `<!doctype html><meta charset="utf-8"><body></body><script>${script}</script>`);
  const browser = await chromium.launch({ executablePath, args: ['--headless', '--no-sandbox'] });
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (err) => complaints.push(err.message));
  page.on('console', (line) => {
    if (line.type() === 'error') complaints.push(line.text());
  });
  await page.goto(`${pathToFileURL(file).href}#${new URLSearchParams(told).toString()}`);
  return {
    page,
    complaints,
    [Symbol.asyncDispose]: async () => {
      await browser.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function bundle(entry: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    oxc: { jsx: { runtime: 'automatic', development: false } },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { write: false, lib: { entry, formats: ['iife'], name: 'page' } },
  });
  const [output] = [built].flat() as Rolldown.RolldownOutput[];
  const chunk = output?.output[0];
  if (chunk === undefined) throw new Error('nothing was bundled');
  return chunk.code.replaceAll('</script', String.raw`<\/script`);
}

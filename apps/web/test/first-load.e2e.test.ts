import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { loadStaticFiles } from '../src/static-files.ts';

const scriptKilobytesMax = 200;

test('the scripts of the first load are small once compressed', async ({ annotate }) => {
  const directory = fileURLToPath(new URL('../dist/public', import.meta.url));
  const files = await loadStaticFiles(directory);
  const html = await readFile(`${directory}/index.html`, 'utf8');
  const scripts = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map(([, path = '']) => path);
  expect(scripts.length).toBeGreaterThan(0);
  const bytes = scripts.reduce((sum, path) => sum + gzipSync(files.get(path)?.body ?? '').byteLength, 0);
  await annotate(`first load: ${(bytes / 1000).toFixed(1)} kB of compressed script`);
  expect(bytes / 1000).toBeLessThan(scriptKilobytesMax);
});

test('the page needs no inline script or style, which its policy refuses', async () => {
  const html = await readFile(new URL('../dist/public/index.html', import.meta.url), 'utf8');
  expect(html).not.toMatch(/<style|style=|<script(?![^>]*src=)/);
});

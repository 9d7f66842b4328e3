/*
 * What a frontend pays for the client: the built package, bundled as applications are.
 */
import { gzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';
import { expect, test } from 'vitest';

/** It measures 16 kB. */
const gzippedBytesMax = 18_000;

async function bundle(source: string): Promise<{ code: string; modules: string[] }> {
  const entry = '\0entry';
  const built = await build({
    root: fileURLToPath(new URL('..', import.meta.url)),
    configFile: false,
    logLevel: 'error',
    plugins: [
      {
        name: 'entry',
        enforce: 'pre',
        resolveId: (id) => (id.endsWith('entry') ? entry : undefined),
        load: (id) => (id === entry ? source : undefined),
      },
    ],
    build: { write: false, lib: { entry: 'entry', formats: ['es'], fileName: 'bundle' } },
  });
  const [output] = [built].flat() as Rolldown.RolldownOutput[];
  const [chunk] = output?.output ?? [];
  if (chunk?.type !== 'chunk') throw new Error('no chunk');
  const modules = Object.entries(chunk.modules).filter(([, { renderedLength }]) => renderedLength > 0);
  return { code: chunk.code, modules: modules.map(([id]) => id) };
}

test('a client brings no server, no schemas and nothing of Node into a page, and is small', async () => {
  const { code, modules } = await bundle(
    `export { createKithClient, kithError } from '${new URL('../dist/index.js', import.meta.url).pathname}';`,
  );
  expect(modules.join('\n')).not.toMatch(/zod|packages\/contracts|apps\/|hono|drizzle/);
  expect(code).not.toMatch(/from\s*["'](?:node:)?\w/);
  expect(code).not.toContain('node:');
  expect(gzipSync(code).byteLength).toBeLessThan(gzippedBytesMax);
});

test('who takes only the reading of errors pays only for it', async () => {
  const { code } = await bundle(
    `export { kithError } from '${new URL('../dist/index.js', import.meta.url).pathname}';`,
  );
  expect(code.length).toBeLessThan(1_000);
});

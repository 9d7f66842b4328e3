import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rename, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { openDiskStore } from './disk-store.ts';

const compiled = new URL('../dist/index.js', import.meta.url).href;
const writer = `
  import { randomBytes } from 'node:crypto';
  const { openBlobStore } = await import(${JSON.stringify(compiled)});
  const store = openBlobStore({ dir: process.argv[1] });
  for (;;) {
    const bytes = Buffer.alloc(20_000_000, randomBytes(1_000));
    await Promise.all([store.put('acme', bytes), store.put('globex', bytes.subarray(1))]);
    process.stdout.write('.');
  }
`;

test('a blob under its key is whole, at whatever moment the process that put it is killed', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'kith-blobs-killed-'));
  for (let afterMs = 0; afterMs < 120; afterMs += 15) {
    const child = spawn(process.execPath, ['--input-type=module', '-e', writer, dir]);
    await once(child.stdout, 'data');
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  const files = (await readdir(dir, { recursive: true, withFileTypes: true })).filter((file) =>
    file.isFile(),
  );
  const blobs = files.filter((file) => !file.name.endsWith('.tmp'));
  expect(blobs.length).toBeGreaterThanOrEqual(8);
  for (const file of blobs) {
    const bytes = await readFile(join(file.parentPath, file.name));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(basename(file.name));
  }
  await rm(dir, { recursive: true });
});

test('putting a blob again, while others remove it, leaves it there', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'kith-blobs-removed-'));
  const store = openDiskStore(dir);
  const bytes = Buffer.from('again and again');
  const { key } = await store.put('acme', bytes);
  const longAgo = new Date(Date.now() - 60_000);
  for (let round = 0; round < 100; round += 1) {
    await utimes(join(dir, key), longAgo, longAgo);
    const remove = () => store.remove(key, { olderThanMs: 30_000 });
    await Promise.all([remove().then(remove), store.put('acme', bytes), store.put('acme', bytes)]);
    expect(Buffer.from(await store.get(key)).toString()).toBe('again and again');
  }
  // Left behind by a process that was killed while it removed.
  await rename(join(dir, key), join(dir, `${key}.removing`));
  expect(await store.has(key)).toBe(true);
  expect(Buffer.from(await store.get(key)).toString()).toBe('again and again');
  await rm(dir, { recursive: true });
});

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';

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

/*
 * Blobs in a local directory.
 *
 * A blob is written beside its place, flushed, renamed, and the directory flushed: a process killed at any moment
 * leaves either no file under the key or the whole one. What such a process leaves besides are `.tmp` files, which
 * no key can name. Several processes on one machine may share the directory.
 */
import { randomUUID } from 'node:crypto';
import { access, constants, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { assertBlobKey, blobKey, BlobMissing, type BlobStore } from './blob-store.ts';

/** A store in `dir`, which is created when it is missing. */
export function openDiskStore(dir: string): BlobStore {
  const pathOf = (key: string): string => {
    assertBlobKey(key);
    return join(dir, key);
  };
  return {
    put: async (workspace, bytes) => {
      const key = await blobKey(workspace, bytes);
      await writeOnce({ dir, path: pathOf(key), bytes });
      return { key, size: bytes.byteLength };
    },
    get: (key) => readOrMissing(pathOf(key), key),
    has: (key) => exists(pathOf(key)),
    check: async () => {
      await mkdir(dir, { recursive: true });
      await access(dir, constants.W_OK);
    },
    close: () => {},
  };
}

async function writeOnce(blob: { dir: string; path: string; bytes: Uint8Array }): Promise<void> {
  const parent = dirname(blob.path);
  if (!(await exists(blob.path))) {
    const created = await mkdir(parent, { recursive: true });
    if (created !== undefined) await flushDirectories(blob.dir, dirname(parent));
    await writeAside(blob.path, blob.bytes);
  }
  // Also when the file was there: another writer may have renamed it and not flushed the directory yet.
  await flushDirectory(parent);
}

async function writeAside(path: string, bytes: Uint8Array): Promise<void> {
  const aside = join(dirname(path), `${randomUUID()}.tmp`);
  try {
    const file = await open(aside, 'wx');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(aside, path);
  } catch (err) {
    await rm(aside, { force: true });
    throw err;
  }
}

/** Flushes every directory from `from` down to `to`, so that new ones are found again after a crash. */
async function flushDirectories(from: string, to: string): Promise<void> {
  const steps = relative(from, to).split('/').filter(Boolean);
  await flushDirectory(dirname(from));
  await flushDirectory(from);
  for (let depth = 1; depth <= steps.length; depth += 1) {
    await flushDirectory(join(from, ...steps.slice(0, depth)));
  }
}

async function flushDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

async function readOrMissing(path: string, key: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (err) {
    if (isMissing(err)) throw new BlobMissing(`no blob ${key}`, { cause: err });
    throw err;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch (err) {
    if (isMissing(err)) return false;
    throw err;
  }
}

function isMissing(err: unknown): boolean {
  return err instanceof Error && 'code' in err && err.code === 'ENOENT';
}

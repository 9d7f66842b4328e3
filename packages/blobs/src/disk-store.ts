/*
 * Blobs in a local directory.
 *
 * A blob is written beside its place, flushed, renamed, and the directory flushed: a process killed at any moment
 * leaves either no file under the key or the whole one. What such a process leaves besides are `.tmp` files, which
 * no key can name. Several processes on one machine may share the directory.
 *
 * Putting a blob again makes it young again. Removing looks at the age of a file that it has moved aside first: whoever
 * puts the blob either made it young before, and it is moved back, or finds nothing and writes it anew. Moved aside it
 * can still be read, also when the process that moved it was killed. One at a time removes in a workspace.
 */
import { randomUUID } from 'node:crypto';
import {
  access,
  constants,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  utimes,
} from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import {
  assertBlobKey,
  blobKey,
  BlobMissing,
  type BlobStore,
  isBlobKey,
  type OpenBlob,
  placeOf,
  type Removed,
} from './blob-store.ts';
import { piecesOf } from './pieces.ts';

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
    open: (key) => openOrMissing(pathOf(key), key),
    has: async (key) => {
      const path = pathOf(key);
      return (await exists(path)) || exists(asideOf(path));
    },
    remove: async (key, { olderThanMs }) => removeOld(pathOf(key), olderThanMs),
    list: (workspace, place) => listKeys(dir, placeOf(workspace, place)),
    check: async () => {
      await mkdir(dir, { recursive: true });
      await access(dir, constants.W_OK);
    },
    close: () => {},
  };
}

async function writeOnce(blob: { dir: string; path: string; bytes: Uint8Array }): Promise<void> {
  const parent = dirname(blob.path);
  if (!(await makeYoung(blob.path))) {
    const created = await mkdir(parent, { recursive: true });
    if (created !== undefined) await flushDirectories(blob.dir, dirname(parent));
    await writeAside(blob.path, blob.bytes);
  }
  // Also when the file was there: another writer may have renamed it and not flushed the directory yet.
  await flushDirectory(parent);
}

/** Whether it was there to be made young. */
async function makeYoung(path: string): Promise<boolean> {
  const now = new Date();
  return orMissing(
    utimes(path, now, now).then(() => true),
    false,
  );
}

/** Where a blob lies while it is being removed. */
const asideOf = (path: string): string => `${path}.removing`;

async function removeOld(path: string, olderThanMs: number): Promise<Removed> {
  if ((await ageOf(path)) < olderThanMs) return 'too_young';
  const aside = asideOf(path);
  await orMissing(rename(path, aside), undefined);
  const ageMs = await ageOf(aside);
  if (ageMs === Infinity) return 'missing';
  if (ageMs >= olderThanMs) {
    await rm(aside, { force: true });
    return 'removed';
  }
  await rename(aside, path);
  await flushDirectory(dirname(path));
  return 'too_young';
}

/** Milliseconds since it was put; infinite where it is not there. */
async function ageOf(path: string): Promise<number> {
  return orMissing(
    stat(path).then(({ mtimeMs }) => Date.now() - mtimeMs),
    Infinity,
  );
}

async function listKeys(dir: string, place: string): Promise<string[]> {
  const names = await orMissing(readdir(join(dir, place)), []);
  return names.map((name) => `${place}${name}`).filter(isBlobKey);
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
  for (const place of [path, asideOf(path), path]) {
    const bytes = await orMissing(readFile(place), undefined);
    if (bytes !== undefined) return bytes;
  }
  throw new BlobMissing(`no blob ${key}`);
}

async function openOrMissing(path: string, key: string): Promise<OpenBlob> {
  for (const place of [path, asideOf(path), path]) {
    const file = await orMissing(open(place, 'r'), undefined);
    if (file === undefined) continue;
    const { size } = await file.stat();
    return { size, bytes: piecesOf(file.createReadStream()) };
  }
  throw new BlobMissing(`no blob ${key}`);
}

async function exists(path: string): Promise<boolean> {
  return orMissing(
    stat(path).then((found) => found.isFile()),
    false,
  );
}

/** What it gives, or the other thing where the file is not there. */
async function orMissing<T>(found: Promise<T>, missing: T): Promise<T> {
  try {
    return await found;
  } catch (err) {
    if (isMissing(err)) return missing;
    throw err;
  }
}

function isMissing(err: unknown): boolean {
  return err instanceof Error && 'code' in err && err.code === 'ENOENT';
}

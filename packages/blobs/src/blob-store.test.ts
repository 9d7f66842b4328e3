import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BlobStore } from './blob-store.ts';
import { openBlobStore } from './open-blob-store.ts';

interface Opened {
  store: BlobStore;
  close(): Promise<void>;
}

/** The same guarantees of every store. */
describe.each([
  ['disk', openOnDisk],
  ['s3', openOnS3],
])('a blob store on %s', (_, open) => {
  let opened: Opened;
  let store: BlobStore;
  beforeAll(async () => {
    opened = await open();
    store = opened.store;
  });
  afterAll(() => opened.close());

  test('gives back the bytes that were put, whatever they are', async () => {
    for (const bytes of [new Uint8Array(0), Uint8Array.from({ length: 256 }, (_value, i) => i), big()]) {
      const ref = await store.put('acme', bytes);
      expect(ref.size).toBe(bytes.byteLength);
      expect(Buffer.compare(await store.get(ref.key), bytes)).toBe(0);
    }
  });

  test('gives them also piece by piece, with their number, and may be left in between', async () => {
    const { key, size } = await store.put('acme', big());
    const whole = await store.open(key);
    expect(whole.size).toBe(size);
    expect(Buffer.compare(await bytesOf(whole.bytes), big())).toBe(0);
    const left = (await store.open(key)).bytes.getReader();
    expect((await left.read()).value?.byteLength).toBeLessThan(size);
    await left.cancel();
    await (await store.open(key)).bytes.cancel();
    await expect(store.open(`acme/ab/ab${'0'.repeat(62)}`)).rejects.toMatchObject({ name: 'BlobMissing' });
  });

  test('names a blob after its workspace and its SHA-256', async () => {
    const bytes = Buffer.from('hello');
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const { key } = await store.put('acme', bytes);
    expect(key).toBe(`acme/${sha256.slice(0, 2)}/${sha256}`);
  });

  test('is idempotent, also when the same bytes are put many times at once', async () => {
    const puts = Array.from({ length: 20 }, () => store.put('acme', Buffer.from('again and again')));
    const keys = new Set((await Promise.all(puts)).map((ref) => ref.key));
    expect(keys.size).toBe(1);
    const [key = ''] = keys;
    expect(Buffer.from(await store.get(key)).toString()).toBe('again and again');
  });

  test('keeps workspaces apart: the same bytes have a key in each', async () => {
    const [ours, theirs] = await Promise.all([
      store.put('acme', Buffer.from('shared')),
      store.put('globex', Buffer.from('shared')),
    ]);
    expect(ours?.key).not.toBe(theirs?.key);
  });

  test('tells what it has, and rejects with BlobMissing for what it has not', async () => {
    const { key } = await store.put('acme', Buffer.from('present'));
    const absent = `acme/ab/ab${'0'.repeat(62)}`;
    expect(await store.has(key)).toBe(true);
    expect(await store.has(absent)).toBe(false);
    await expect(store.get(absent)).rejects.toMatchObject({ name: 'BlobMissing' });
  });

  test.each([
    '../../etc/passwd',
    `acme/../ab/ab${'0'.repeat(62)}`,
    `/acme/ab/ab${'0'.repeat(62)}`,
    `acme/cd/ab${'0'.repeat(62)}`,
    `acme/ab/ab${'0'.repeat(62)}\n`,
    '',
  ])('refuses %j, which is no key', async (key) => {
    await expect(async () => store.get(key)).rejects.toMatchObject({ name: 'BadBlobKey' });
    await expect(async () => store.open(key)).rejects.toMatchObject({ name: 'BadBlobKey' });
    await expect(async () => store.has(key)).rejects.toMatchObject({ name: 'BadBlobKey' });
  });

  test('refuses a workspace that is not a name', async () => {
    await expect(store.put('../acme', Buffer.from('x'))).rejects.toThrow(/lower-case letters/);
  });

  test('removes what is old enough, once, and never what was put again just now', async () => {
    const { key } = await store.put('acme', Buffer.from('to go'));
    expect(await store.remove(key, { olderThanMs: 60_000 })).toBe('too_young');
    expect(await store.has(key)).toBe(true);
    // Its age may be counted in seconds.
    await expect.poll(() => store.remove(key, { olderThanMs: 50 }), { timeout: 10_000 }).toBe('removed');
    expect(await store.has(key)).toBe(false);
    expect(await store.remove(key, { olderThanMs: 0 })).toBe('missing');
    await store.put('acme', Buffer.from('to go'));
    expect(Buffer.from(await store.get(key)).toString()).toBe('to go');
    await expect(async () => store.remove('../../etc/passwd', { olderThanMs: 0 })).rejects.toMatchObject({
      name: 'BadBlobKey',
    });
  });

  test('lists the keys of a place of one workspace', async () => {
    const { key } = await store.put('listed', Buffer.from('listed'));
    await store.put('listed-too', Buffer.from('listed'));
    const [workspace = '', place = ''] = key.split('/');
    expect(await store.list(workspace, place)).toEqual([key]);
    expect(await store.list('nobody', place)).toEqual([]);
    await expect(async () => store.list('listed', '..')).rejects.toMatchObject({ name: 'BadBlobKey' });
  });

  test('passes its check', async () => {
    await expect(store.check()).resolves.toBeUndefined();
  });
});

test('a store on disk leaves nothing but the blob', async () => {
  const dir = await temporaryDirectory();
  const store = openBlobStore({ dir });
  const { key } = await store.put('acme', Buffer.from('alone'));
  const files = (await readdir(dir, { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  );
  expect(files.map((file) => file.name)).toEqual([key.split('/').at(-1)]);
  await rm(dir, { recursive: true });
});

test('a bucket that does not exist fails the check', async () => {
  const opened = await openOnS3({ bucket: 'absent' });
  await expect(opened.store.check()).rejects.toThrow();
  await opened.close();
});

async function bytesOf(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function big(): Uint8Array {
  return Buffer.alloc(3_000_000, 'abc');
}

function temporaryDirectory(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'kith-blobs-'));
}

async function openOnDisk(): Promise<Opened> {
  const dir = await temporaryDirectory();
  const store = openBlobStore({ dir: join(dir, 'not', 'there', 'yet') });
  return { store, close: () => rm(dir, { recursive: true }) };
}

async function openOnS3(options: { bucket?: string } = {}): Promise<Opened> {
  const directory = await temporaryDirectory();
  const server = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory,
    configureBuckets: [{ name: 'kith', configs: [] }],
  });
  const { port } = await server.run();
  const store = openBlobStore({
    s3: {
      bucket: options.bucket ?? 'kith',
      region: 'us-east-1',
      endpoint: `http://127.0.0.1:${port}`,
      accessKeyId: 'S3RVER',
      secretAccessKey: 'S3RVER',
    },
  });
  return {
    store,
    close: async () => {
      store.close();
      await server.close();
      await rm(directory, { recursive: true });
    },
  };
}

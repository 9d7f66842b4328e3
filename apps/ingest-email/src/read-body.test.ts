import { openReaders, type Readers } from '@kith/ingest';
import { afterEach, describe, expect, test } from 'vitest';
import { everyday } from '../test/mails.ts';
import { threadFile } from '../test/thread-file.ts';
import { emailProviders } from './providers/registry.ts';

/** Takes the parser a second or more, and a hundred megabytes: as many recipients as its limits allow. */
const hard = (): Uint8Array => everyday([`To: ${'a@x.example,'.repeat(330_000)}`]);
const easy = everyday();
const jobOf = (body: Uint8Array) => ({
  provider: 'mime',
  contentType: null,
  body,
  workspace: 'acme',
  accountId: 'support',
  settings: {},
});

const open = (config: { threads?: number; deadlineMs?: number; memoryMb?: number } = {}): Readers =>
  openReaders({
    config: {
      KITH_PARSE_THREADS: config.threads ?? 1,
      KITH_PARSE_DEADLINE_MS: config.deadlineMs ?? 10_000,
      KITH_PARSE_MEMORY_MB: config.memoryMb ?? 512,
    },
    providers: emailProviders,
    threadFile,
    inlineBytesMax: 0,
  });

describe('reading mails in threads', () => {
  let readers: Readers;
  const read = async (body: Uint8Array): Promise<unknown[]> =>
    (await readers.read(jobOf(body))).map(({ json }): unknown => JSON.parse(json));
  afterEach(() => readers.close());

  test('files come back as their bytes', async () => {
    readers = open();
    expect(await read(easy)).toMatchObject([{ kind: 'message', subject: 'Offer 2231' }]);
  });

  test('ends at the deadline, and the next mail is read', async () => {
    readers = open({ deadlineMs: 100 });
    await untilReady(readers);
    expect(await read(hard())).toEqual([
      { kind: 'unreadable', reason: 'parse_deadline_exceeded', detail: 'not parsed within 100 ms' },
    ]);
    await untilReady(readers);
  });

  test('ends when it takes more memory than it may, and the next mail is read', async () => {
    readers = open({ memoryMb: 40 });
    expect(await read(hard())).toEqual([
      {
        kind: 'unreadable',
        reason: 'parse_failed',
        detail: 'the parser failed with Error (ERR_WORKER_OUT_OF_MEMORY)',
      },
    ]);
    expect(await read(easy)).toMatchObject([{ kind: 'message' }]);
  });

  test('can be closed at any moment of its start', async () => {
    for (let ms = 0; ms < 400; ms += 20) {
      readers = open({ threads: 2 });
      const reading = readers.read(jobOf(easy));
      const moment = new Promise((resolve) => setTimeout(resolve, ms));
      await Promise.race([reading, moment]);
      await readers.close();
      const [ended] = await Promise.allSettled([reading]);
      // Whatever the moment: a message, or a rejection after which it is read again.
      if (ended?.status === 'fulfilled') expect(ended.value).toMatchObject([{ kind: 'message' }]);
      else expect(ended?.reason).toMatchObject({ message: 'the readers are closed' });
    }
  });

  test('reads many mails with few threads', async () => {
    readers = open({ threads: 2 });
    const items = await Promise.all(Array.from({ length: 200 }, () => readers.read(jobOf(easy))));
    expect(new Set(items.flat().map((item) => item.kind))).toEqual(new Set(['message']));
  });
});

/** A thread that has just begun needs longer than the short deadline of a test. */
async function untilReady(readers: Readers): Promise<void> {
  await expect
    .poll(async () => (await readers.read(jobOf(easy)))[0]?.kind, { timeout: 10_000 })
    .toBe('message');
}

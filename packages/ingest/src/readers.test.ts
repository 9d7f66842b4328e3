import { afterEach, describe, expect, test } from 'vitest';
import { everyday } from '../../test/mails.ts';
import { workerFile } from '../../test/worker-file.ts';
import { type MailParser, openMailParser } from './mail-parser.ts';

/** Takes the parser a second or more, and a hundred megabytes: as many recipients as its limits allow. */
const hard = everyday([`To: ${'a@x.example,'.repeat(330_000)}`]);
const easy = everyday();
const jobOf = (body: Uint8Array) => ({ provider: 'mime', contentType: null, body });
const options = { workerFile, threads: 1, deadlineMs: 10_000, waitMs: 10_000, memoryMb: 512 };

describe('the mail parser', () => {
  let parser: MailParser;
  afterEach(() => parser.close());

  test('reads mails in a thread, and files come back as their bytes', async () => {
    parser = openMailParser(options);
    expect(await parser.parse(jobOf(easy))).toMatchObject({ kind: 'message', subject: 'Offer 2231' });
  });

  test('ends a parse at its deadline, and reads the next mail', async () => {
    parser = openMailParser({ ...options, deadlineMs: 100 });
    await untilReady(parser);
    const began = performance.now();
    expect(await parser.parse(jobOf(hard))).toEqual({
      kind: 'unreadable',
      reason: 'parse_deadline_exceeded',
      detail: 'not parsed within 100 ms',
    });
    expect(performance.now() - began).toBeLessThan(1_000);
    await untilReady(parser);
  });

  test('ends a parse that takes more memory than it may, and reads the next mail', async () => {
    parser = openMailParser({ ...options, memoryMb: 40 });
    expect(await parser.parse(jobOf(hard))).toEqual({
      kind: 'unreadable',
      reason: 'parse_failed',
      detail: 'the parser failed with Error (ERR_WORKER_OUT_OF_MEMORY)',
    });
    expect(await parser.parse(jobOf(easy))).toMatchObject({ kind: 'message' });
  });

  test('has no mail pay for the wait behind another: it is refused for now instead', async () => {
    parser = openMailParser({ ...options, waitMs: 50 });
    const [first, second] = await Promise.allSettled([parser.parse(jobOf(hard)), parser.parse(jobOf(easy))]);
    expect(first).toMatchObject({ status: 'fulfilled', value: { kind: 'message' } });
    expect(second).toMatchObject({ status: 'rejected', reason: { name: 'IngestUnavailable' } });
    expect(await parser.parse(jobOf(easy))).toMatchObject({ kind: 'message' });
  });

  test('can be closed at any moment of its start', async () => {
    for (let ms = 0; ms < 400; ms += 20) {
      parser = openMailParser({ ...options, threads: 2 });
      const parsing = parser.parse(jobOf(easy));
      const moment = new Promise((resolve) => setTimeout(resolve, ms));
      await Promise.race([parsing, moment]);
      await parser.close();
      const [ended] = await Promise.allSettled([parsing]);
      // Whatever the moment: a message, or a refusal that makes the provider post it again.
      expect(ended).toMatchObject(
        ended?.status === 'fulfilled'
          ? { value: { kind: 'message' } }
          : { reason: { name: 'IngestUnavailable' } },
      );
    }
  });

  test('reads many mails with few threads', async () => {
    parser = openMailParser({ ...options, threads: 2 });
    const items = await Promise.all(Array.from({ length: 200 }, () => parser.parse(jobOf(easy))));
    expect(new Set(items.map((item) => item.kind))).toEqual(new Set(['message']));
  });
});

/** A thread that has just begun needs longer than the short deadline of a test. */
async function untilReady(parser: MailParser): Promise<void> {
  await expect.poll(async () => (await parser.parse(jobOf(easy))).kind, { timeout: 10_000 }).toBe('message');
}

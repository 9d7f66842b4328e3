import { describe, expect, test } from 'vitest';
import { everyday, itemOf, mailOf, messageOf } from '../../test/mails.ts';

const flat = (parts: number) =>
  mailOf(
    ['From: a@x.example', 'Content-Type: multipart/mixed; boundary="b b"'],
    [...Array.from({ length: parts }, (_, i) => `--b b\r\n\r\npart ${i}`), '--b b--'],
  );

const nested = (depth: number) =>
  mailOf(
    ['From: a@x.example', 'Content-Type: multipart/mixed; boundary=b0'],
    Array.from(
      { length: depth },
      (_, i) => `--b${i}\r\nContent-Type: multipart/mixed; boundary=b${i + 1}\r\n`,
    ),
  );

describe('a raw mail', () => {
  test('of a thousand parts is read, and of one more a dead letter', async () => {
    expect(await itemOf(flat(1_000))).toMatchObject({ kind: 'message' });
    expect(await itemOf(flat(1_001))).toMatchObject({ kind: 'unreadable', reason: 'too_many_parts' });
  });

  test('with a million lines of dashes in its text is read', async () => {
    const message = await messageOf(everyday([], '--\r\n-- \r\n--b\r\n'.repeat(300_000)));
    expect(message.text).toMatch(/^--/);
  });

  test('of a million lines takes a moment and no more', async () => {
    const began = performance.now();
    const message = await messageOf(
      everyday([], 'A line of a log that somebody attached.\r\n'.repeat(1_000_000)),
    );
    expect(message.text).toHaveLength(200_000);
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  test('that declares its boundary in pieces has its parts counted all the same', async () => {
    const mail = Buffer.from(flat(1_001))
      .toString()
      .replace('boundary="b b"', 'boundary*0="b "; boundary*1=b');
    expect(await itemOf(Buffer.from(mail))).toMatchObject({ reason: 'too_many_parts' });
  });

  test('nested a hundred deep is read, and deeper a dead letter', async () => {
    expect(await itemOf(nested(99))).toMatchObject({ kind: 'message' });
    expect(await itemOf(nested(102))).toMatchObject({ reason: 'too_deeply_nested' });
    expect(await itemOf(nested(5_000))).toMatchObject({ kind: 'unreadable' });
  });

  test('with more than four megabytes of headers is a dead letter', async () => {
    const header = `X-Padding: ${'x'.repeat(900)}`;
    expect(await itemOf(everyday([`To: ${'a@x.example,\r\n '.repeat(200_000)}`]))).toMatchObject({
      kind: 'message',
    });
    expect(await itemOf(everyday(Array.from({ length: 5_000 }, () => header)))).toMatchObject({
      reason: 'headers_too_large',
    });
  });

  test.each([
    ['nothing but a subject', mailOf(['Subject: x'], '')],
    ['nothing but headers', Buffer.from('From: a@x.example')],
    ['a byte order mark', Buffer.concat([Buffer.from('\u{FEFF}'), everyday()])],
    ['empty lines first', Buffer.concat([Buffer.from('\r\n\n'), everyday()])],
    ['an mbox line first', Buffer.concat([Buffer.from('From a@x Sun Nov 22 16:59:00 2026\n'), everyday()])],
    ['text that is not UTF-8', everyday(['Content-Type: text/plain; charset=utf-8'], 'Ol\xe1 \xff\xfe')],
    ['a charset nobody knows', everyday(['Content-Type: text/plain; charset=klingon'], 'Hello')],
    ['base64 that is none', everyday(['Content-Transfer-Encoding: base64'], '!!! not base64 ???')],
    ['a multipart that never begins', everyday(['Content-Type: multipart/mixed; boundary=b'], 'text')],
    ['a multipart without a boundary', everyday(['Content-Type: multipart/mixed'], 'text')],
    ['NUL in its headers and body', everyday(['Subject: a\0b'], 'c\0d')],
  ])('with %s is a message', async (_, mail) => {
    expect(await itemOf(mail)).toMatchObject({ kind: 'message' });
  });

  test.each([
    ['words', 'Hello there: how are you?\r\n\r\nFine.'],
    ['JSON', '{\n  "From": "ana@lima.example"\n}'],
    ['a web page', '<!doctype html>\n<meta name="from: x">\n'],
    ['NUL', '\0'.repeat(1_000)],
  ])('that is %s is none', async (_, text) => {
    expect(await itemOf(Buffer.from(text))).toMatchObject({ kind: 'unreadable', reason: 'not_a_message' });
  });
});

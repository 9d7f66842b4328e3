import { expect, test } from 'vitest';
import { leftOutBody, readerOfMailboxPage } from './left-out.ts';

test('a kept piece of a mailbox is a mail, or the word about one that was left out', () => {
  const { body, ...reader } = leftOutBody({ leftOut: 'too_large', bytes: 50_000_000, sentAt: null });
  expect(readerOfMailboxPage(body)).toEqual(reader);
  const mail = { provider: 'mime', contentType: 'message/rfc822' };
  expect(readerOfMailboxPage(Buffer.from('From: ana@lima.example\r\n\r\nHello'))).toEqual(mail);
  expect(readerOfMailboxPage(new Uint8Array(0))).toEqual(mail);
});

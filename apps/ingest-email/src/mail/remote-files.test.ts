import type { ParsedMessage } from '@kith/ingest/provider';
import { expect, test } from 'vitest';
import type { MailFields, MailFile, RemoteFile } from './mail-fields.ts';
import { toMessage } from './to-message.ts';

const remote = (file: Partial<RemoteFile> = {}): RemoteFile => ({
  name: 'offer.pdf',
  type: 'application/pdf',
  contentId: null,
  media: { key: 'test:1', size: 12, locator: { id: '1' } },
  ...file,
});

function mail(files: readonly MailFile[], given: Partial<MailFields> = {}): ParsedMessage {
  const headers = [
    { name: 'from', value: 'ana@lima.example' },
    { name: 'message-id', value: '<first@lima.example>' },
  ];
  return toMessage({ headers, text: 'Hello', html: null, files, ...given });
}

test('a file that is yet to be fetched is an attachment that says where it lies', () => {
  const file = remote({ name: 'a/offer.pdf', contentId: '<o@x>' });
  expect(mail([file], { html: '<img src="cid:o@x">' }).attachments).toEqual([
    { name: 'offer.pdf', type: 'application/pdf', contentId: 'o@x', inline: true, media: file.media },
  ]);
});

test('two mails without an id, whose remote files differ in name or size, are two, and a key makes no difference', () => {
  const headers = [{ name: 'from', value: 'ana@lima.example' }];
  const sized = (size: number | null, key = 'test:1') => remote({ media: { key, size, locator: {} } });
  const idOf = (file: RemoteFile) => mail([file], { headers }).externalId;
  const ids = [remote(), remote({ name: 'other.pdf' }), sized(13), sized(null)].map(idOf);
  expect(new Set(ids).size).toBe(4);
  expect(idOf(sized(12, 'test:2'))).toBe(ids[0]);
});

test('of a mail with an id a file counts by its name, whether it is here or yet to be fetched', () => {
  const here: MailFile = { name: 'Offer.PDF', type: null, contentId: null, bytes: Buffer.from('offer') };
  const ids = [remote(), here].map((file) => mail([file]).externalId);
  expect(ids[1]).toBe(ids[0]);
  expect(mail([remote({ name: 'other.pdf' })]).externalId).not.toBe(ids[0]);
  expect(mail([]).externalId).not.toBe(ids[0]);
});

test('nothing is read of a file that is not here', () => {
  const message = mail([
    remote({ type: 'text/calendar; method=REQUEST', name: 'invite.ics' }),
    remote({ type: 'message/delivery-status', name: null }),
    remote({ type: 'message/rfc822', name: 'returned.eml' }),
  ]);
  expect(message.conversation).toMatchObject({ messageIds: ['first@lima.example'] });
  expect(message.marks).toBeUndefined();
});

test('hints of a thread count only for a mail that names no id, its own or another', () => {
  const from = { name: 'from', value: 'ana@lima.example' };
  const inReplyTo = { name: 'in-reply-to', value: '<root@lima.example>' };
  const threadHints = ['nylas:g:t', 'nylas:g:t'];
  const threadOf = ({ conversation }: ParsedMessage) =>
    'messageIds' in conversation && conversation.messageIds;
  expect(threadOf(mail([], { threadHints }))).toEqual(['first@lima.example']);
  expect(threadOf(mail([], { headers: [from], threadHints }))).toEqual([
    expect.stringMatching(/^sha256:/),
    'nylas:g:t',
  ]);
  expect(threadOf(mail([], { headers: [from, inReplyTo], threadHints }))).toEqual([
    expect.stringMatching(/^sha256:/),
    'root@lima.example',
  ]);
});

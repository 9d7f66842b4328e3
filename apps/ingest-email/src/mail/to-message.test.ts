import { describe, expect, test } from 'vitest';
import { everyday, mailOf, messageOf } from '../../test/mails.ts';

const idOf = async (mail: Uint8Array): Promise<string> => (await messageOf(mail)).externalId;

const subjectOf = async (written: string): Promise<string | null> =>
  (await messageOf(everyday([`Subject: ${written}`]))).subject;

const scan = (content: string, headers: string[] = [], name = ''): Uint8Array =>
  mailOf(
    [...headers, 'From: scanner@acme.example', 'Subject: Scan', 'Content-Type: multipart/mixed; boundary=b'],
    ['--b', `Content-Type: application/pdf${name}`, '', content, '--b--'],
  );

describe('a mail as a message', () => {
  test('has all that an everyday mail says', async () => {
    expect(await messageOf(everyday())).toMatchObject({
      kind: 'message',
      externalId: expect.stringMatching(/^[\w-]{43}$/),
      conversation: { kind: 'thread', messageIds: ['first@lima.example'] },
      subject: 'Offer 2231',
      text: 'Hello',
      html: null,
      attachments: [],
      sentAt: '2026-11-22T15:59:00.000Z',
    });
  });

  test('is the same in another mailbox, behind another relay, with other line ends and folding', async () => {
    const copy = everyday([
      'Received: from a by b; Mon, 23 Nov 2026 10:00:00 +0000',
      'Delivered-To: sales@acme.example',
      'Subject: Offer\r\n   2231',
      'Date: Sun, 22 Nov 2026 07:59:00 -0800 (PST)',
      'X-Spam-Score: 1',
    ]);
    const lineFeeds = Buffer.from(Buffer.from(everyday()).toString().replaceAll('\r\n', '\n'));
    const ids = await Promise.all([idOf(everyday()), idOf(copy), idOf(lineFeeds)]);
    expect(new Set(ids).size).toBe(1);
  });

  test.each([
    ['another text', everyday([], 'Goodbye')],
    ['another subject', everyday(['Subject: Offer 2232'])],
    ['another author', everyday(['From: ana@other.example'])],
    ['another time', everyday(['Date: Sun, 22 Nov 2026 16:59:01 +0100'])],
  ])(
    'is another under a Message-ID that was used before, with %s, and shares its thread',
    async (_, mail) => {
      const [first, second] = await Promise.all([messageOf(everyday()), messageOf(mail)]);
      expect(second.externalId).not.toBe(first.externalId);
      expect(second.conversation).toEqual(first.conversation);
    },
  );

  test('is another under a Message-ID that was used before, with a file of another name', async () => {
    const named = (name: string): Uint8Array =>
      scan('one', ['Message-ID: <scan@acme.example>'], `; name="${name}"`);
    const [one, two] = await Promise.all(
      [named('one.pdf'), named('two.pdf')].map((bytes) => messageOf(bytes)),
    );
    expect(two?.externalId).not.toBe(one?.externalId);
    expect(two?.conversation).toEqual(one?.conversation);
  });

  test.each([
    [
      'in other letters',
      '; name="Offerte \u00fcbersicht.pdf"',
      "; name*=utf-8''Offerte%20U%CC%88bersicht.pdf",
    ],
    [
      'as an encoded word',
      '; name="Offerte \u00fcbersicht.pdf"',
      '; name="=?utf-8?q?Offerte_=C3=BCbersicht=2Epdf?="',
    ],
    ['as a picture', '', '; name="logo.png"'],
    ['as what Outlook wraps', '', '; name="winmail.dat"'],
  ])('is the same with its file named %s', async (_, one, other) => {
    const id = ['Message-ID: <scan@acme.example>'];
    expect(await idOf(scan('one', id, other))).toBe(await idOf(scan('two', id, one)));
  });

  test('without a Message-ID is another when only its file is', async () => {
    const [one, again, two] = await Promise.all([idOf(scan('one')), idOf(scan('one')), idOf(scan('two'))]);
    expect(again).toBe(one);
    expect(two).not.toBe(one);
  });

  test('has a decoded subject on one line, or none', async () => {
    expect(await subjectOf('=?utf-8?q?Ol=C3=A1?= =?utf-8?q?_Ana?=')).toBe('Olá Ana');
    expect(await subjectOf('')).toBeNull();
    expect(await subjectOf('a\r\n\tb \u007f c')).toBe('a b c');
  });
});

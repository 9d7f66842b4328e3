import { describe, expect, test } from 'vitest';
import {
  fieldsOf,
  type GivenPart,
  itemsOf,
  json,
  messageIn,
  multipart,
  urlencoded,
} from '../../test/forms.ts';
import { everyday, mailInParts, messageOf, namedIn, threadOf } from '../../test/mails.ts';
import { mailgun } from './mailgun.ts';

const headers: [string, string][] = [
  ['Received', 'by mxa.mailgun.org with SMTP'],
  ['From', 'Ana Lima <ana@lima.example>'],
  ['To', 'support@acme.example'],
  ['Subject', 'Offer 2231'],
  ['Date', 'Sun, 22 Nov 2026 16:59:00 +0100'],
  ['Message-Id', '<first@lima.example>'],
];

const usual: Record<string, string> = {
  recipient: 'support@acme.example',
  sender: 'ana@lima.example',
  subject: 'Offer 2231',
  from: 'Ana Lima <ana@lima.example>',
  ...Object.fromEntries(headers),
  'message-headers': JSON.stringify(headers),
  'body-plain': 'Hello',
  'stripped-text': 'not read',
  'stripped-html': '<p>not read</p>',
  'stripped-signature': 'not read',
  timestamp: '1795363140',
  token: 'a'.repeat(50),
  signature: '0'.repeat(64),
};

const messageFrom = (fields: Record<string, string | Uint8Array>, files: GivenPart[] = []) =>
  messageIn(mailgun, multipart([...fieldsOf({ ...usual, ...fields }), ...files]));

describe('a mail of a route', () => {
  test('is the same message as the mail itself, in parts and raw, multipart and urlencoded', async () => {
    const direct = await messageOf(everyday());
    expect(await messageFrom({})).toEqual(direct);
    expect(await messageIn(mailgun, urlencoded(usual))).toEqual(direct);
    const raw = { 'body-mime': Buffer.from(everyday()).toString() };
    expect(await messageFrom(raw)).toEqual(direct);
    expect(await messageIn(mailgun, urlencoded({ ...usual, ...raw }))).toEqual(direct);
  });

  test('is the same message with HTML only, for which Mailgun writes a text', async () => {
    const html = '<p>Olá <a href="https://x.example">Ana</a></p>';
    const type = 'Content-Type: text/html; charset=utf-8';
    const direct = await messageOf(everyday([type], Buffer.from(html).toString('latin1')));
    const posted = await messageFrom({
      'message-headers': JSON.stringify([...headers, ['Content-Type', 'text/html; charset=utf-8']]),
      'body-plain': 'Olá Ana (https://x.example)',
      'body-html': html,
    });
    expect([posted.externalId, posted.text]).toEqual([direct.externalId, direct.text]);
  });

  test('is the same message with a file and a picture', async () => {
    const html = '<img src="cid:logo">';
    const base64 = 'Content-Transfer-Encoding: base64';
    const direct = await messageOf(
      mailInParts(
        headers.map(([name, value]) => `${name}: ${value}`),
        [
          ['', 'Hello'],
          ['Content-Type: text/html', '', html],
          ['Content-Type: text/csv; name=a.csv', base64, '', 'YTti'],
          ['Content-Type: image/png; name=l.png', 'Content-ID: <logo>', base64, '', 'cG5n'],
        ],
      ),
    );
    const posted = await messageFrom({ 'body-html': html, 'content-id-map': '{"<logo>": "attachment-2"}' }, [
      { name: 'attachment-1', file: 'a.csv', type: 'text/csv', value: 'a;b' },
      { name: 'attachment-2', file: 'l.png', type: 'image/png', value: 'png' },
    ]);
    expect(posted.externalId).toBe(direct.externalId);
    expect(posted.attachments).toMatchObject([
      { name: 'a.csv', type: 'text/csv', contentId: null, inline: false },
      { name: 'l.png', type: 'image/png', contentId: 'logo', inline: true },
    ]);
  });

  test('is what message-headers say, repeated ones too, and the single fields where they say nothing', async () => {
    const message = await messageFrom({
      'message-headers': JSON.stringify([
        ['From', 'ana@lima.example'],
        ['To', 'one@acme.example'],
        ['To', 'two@acme.example'],
        ['References', '<root@x>\r\n <parent@x>'],
        ['Message-Id', '<first@lima.example>'],
        ['Subject'],
        'Cc',
        ['Cc', 7],
        null,
      ]),
      From: 'other@x.example',
      from: 'other@x.example',
      To: 'other@x.example',
      Cc: 'bo@x.example',
    });
    expect(namedIn(message)).toEqual([
      'from ana@lima.example',
      'to one@acme.example',
      'to two@acme.example',
      'cc bo@x.example',
    ]);
    expect(threadOf(message)).toEqual(['first@lima.example', 'root@x', 'parent@x']);
    expect(message).toMatchObject({ subject: 'Offer 2231', sentAt: '2026-11-22T15:59:00.000Z' });
  });

  test.each(['[]', '', 'null', '{', '{"From":"x"}'])(
    'is its single fields when message-headers are %j',
    async (value) => {
      expect(await messageFrom({ 'message-headers': value })).toEqual(await messageOf(everyday()));
    },
  );

  test('names whom its envelope names when it names nobody itself', async () => {
    const fields = { recipient: 'support@acme.example', sender: 'ana@lima.example', 'body-plain': 'Hello' };
    const message = await messageIn(mailgun, urlencoded(fields));
    expect(namedIn(message)).toEqual(['from ana@lima.example', 'to support@acme.example']);
  });

  test('has the content ids of its files, however they are written', async () => {
    const files = [1, 2, 3, 4].map((n) => ({ name: `attachment-${n}`, file: `${n}.png`, value: String(n) }));
    const contentIds = async (map: string) =>
      (await messageFrom({ 'content-id-map': map }, files)).attachments.map(({ contentId }) => contentId);
    const odd = '{"": "attachment-1", "": "attachment-2", "<abc>": "attachment-3", "<abc>": "attachment-4"}';
    expect(await contentIds(odd)).toEqual([null, null, 'abc', 'abc']);
    expect(await contentIds('[]')).toEqual([null, null, null, null]);
  });

  test('has files called by their names, and by their numbers where these are none', async () => {
    const names = [
      String.raw`\share\mail\forwarded.msg`,
      '',
      'path\\',
      '.',
      '..',
      '=?utf-8?q?Ol=C3=A1.txt?=',
    ];
    const files = names.map((file, index) => ({ name: `attachment-${index + 1}`, file, value: 'x' }));
    const { attachments } = await messageFrom({}, files);
    expect(attachments.map(({ name }) => name)).toEqual([
      'forwarded.msg',
      'attachment-2',
      'attachment-3',
      'attachment-4',
      'attachment-5',
      'Olá.txt',
    ]);
  });

  test('that is stored has its files where Mailgun keeps them', async () => {
    const url = 'https://storage.mailgun.net/v3/domains/x/messages/KEY/attachments/0';
    const attachments = JSON.stringify([
      { url, 'content-type': 'application/pdf', name: 'offer.pdf', size: 20_202 },
      { url: `${url}1`, size: 'many' },
      { name: 'no url' },
      null,
    ]);
    const message = await messageFrom({ attachments, 'message-url': 'https://storage.mailgun.net/v3/x' });
    expect(message.attachments).toMatchObject([
      { name: 'offer.pdf', type: 'application/pdf', media: { size: 20_202, locator: { url } } },
      { name: 'attachment-2', media: { size: null, locator: { url: `${url}1` } } },
    ]);
    const keys = message.attachments.map((file) => ('media' in file ? file.media.key : ''));
    expect(new Set(keys).size).toBe(2);
    expect(keys.every((key) => /^mailgun:[\w-]{43}$/.test(key))).toBe(true);
  });
});

describe('what is no mail of a route', () => {
  test.each([
    [
      json({ signature: {}, 'event-data': { event: 'clicked', recipient: 'ana@lima.example' } }),
      { kind: 'ignored', reason: 'not_a_conversation_event', detail: 'Mailgun event "clicked"' },
    ],
    [json({ 'event-data': {} }), { kind: 'ignored', reason: 'unknown_event_type' }],
    [json([1]), { kind: 'unreadable', reason: 'not_a_message' }],
    [
      { ...json(0), body: Buffer.from('{"event-data":') },
      { kind: 'unreadable', reason: 'not_a_message' },
    ],
    [
      urlencoded({ event: 'delivered', recipient: 'ana@lima.example', 'message-headers': '[]' }),
      { kind: 'ignored', reason: 'not_a_conversation_event', detail: 'Mailgun event "delivered"' },
    ],
    [
      urlencoded({ recipient: 'support@acme.example', 'message-url': 'https://storage.mailgun.net/v3/x' }),
      { kind: 'unreadable', reason: 'content_not_included' },
    ],
    [
      urlencoded({ token: 'a', timestamp: '1', signature: 'b' }),
      { kind: 'unreadable', reason: 'not_a_message' },
    ],
    [urlencoded({ 'body-mime': 'no mail' }), { kind: 'unreadable', reason: 'not_a_message' }],
    [
      { ...multipart([]), body: Buffer.from('no form') },
      { kind: 'unreadable', reason: 'not_a_message' },
    ],
    [
      { ...urlencoded({}), body: Buffer.from('a=b&'.repeat(1_001)) },
      { kind: 'unreadable', reason: 'too_many_parts' },
    ],
  ])('is accounted for: case %#', async (posted, item) => {
    expect(await itemsOf(mailgun, posted)).toMatchObject([item]);
  });
});

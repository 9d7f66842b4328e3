import PostalMime from 'postal-mime';
import { expect, test } from 'vitest';
import { buildMail } from './build-mail.ts';
import { encodeText } from './encoded-words.ts';
import type { Mail } from './mail.ts';
import { encodeQuotedPrintable } from './transfer-encoding.ts';

const plain: Mail = {
  messageId: 'one@lima.example',
  date: '2026-11-22T16:59:00.000Z',
  from: { name: 'Ana Lima', address: 'ana@lima.example' },
  to: [{ name: null, address: 'support@acme.example' }],
  subject: 'Hello',
  text: 'Hello there',
};

const parse = (mail: Mail) => PostalMime.parse(buildMail(mail));

test('a plain mail parses back to what it was made from', async () => {
  const parsed = await parse(plain);
  expect(parsed).toMatchObject({
    messageId: '<one@lima.example>',
    date: '2026-11-22T16:59:00.000Z',
    from: { name: 'Ana Lima', address: 'ana@lima.example' },
    subject: 'Hello',
  });
  expect(parsed.text?.trimEnd()).toBe('Hello there');
});

test.each(['Zoë Müller', '田中 美咲', 'أحمد الخطيب', 'Tom "Tiny" O\'Neill, Jr.', 'Мария Иванова'])(
  'the name %s survives the header',
  async (name) => {
    const parsed = await parse({ ...plain, from: { name, address: 'x@y.example' } });
    expect(parsed.from).toMatchObject({ name, address: 'x@y.example' });
  },
);

test('a long subject in several scripts survives, in lines of at most 78 characters', async () => {
  const subject = `Lieferung für 田中 美咲 ${'и снова '.repeat(12)}— done`;
  expect((await parse({ ...plain, subject })).subject).toBe(subject);
  const head =
    buildMail({ ...plain, subject })
      .toString('latin1')
      .split('\r\n\r\n')[0] ?? '';
  expect(Math.max(...head.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(78);
});

test('text that looks like an encoded word is encoded itself', async () => {
  expect(encodeText('=?x')).not.toBe('=?x');
  expect((await parse({ ...plain, subject: 'a =?UTF-8?B?eA==?= b' })).subject).toBe('a =?UTF-8?B?eA==?= b');
});

test('text, HTML and files arrive as they were, whatever their script', async () => {
  const text = `Grüße aus Łódź. ${'Eine lange Zeile ohne Umbruch = '.repeat(9)}\n\n. \nFrom here`;
  const html = `<p>${'田中さん、'.repeat(60)}</p>`;
  const content = Buffer.from(Array.from({ length: 300 }, (_, index) => index % 256));
  const attachments = [{ name: 'Übersicht – 1.pdf', type: 'application/pdf', content }];
  const parsed = await parse({ ...plain, text, html, attachments });
  expect(parsed.text?.replaceAll('\r\n', '\n').trimEnd()).toBe(text);
  expect(parsed.html?.trimEnd()).toBe(html);
  const [file] = parsed.attachments;
  expect(file).toMatchObject({ filename: 'Übersicht – 1.pdf', mimeType: 'application/pdf' });
  expect(new Uint8Array(file?.content instanceof ArrayBuffer ? file.content : new ArrayBuffer(0))).toEqual(
    new Uint8Array(content),
  );
});

test('a reply names what it answers', async () => {
  const parsed = await parse({
    ...plain,
    inReplyTo: 'b@x.example',
    references: ['a@x.example', 'b@x.example'],
  });
  expect(parsed.inReplyTo).toBe('<b@x.example>');
  expect(parsed.references).toBe('<a@x.example> <b@x.example>');
});

test('every line ends in CRLF and holds only ASCII', () => {
  const bytes = buildMail({ ...plain, text: 'één\ntwee', html: '<p>één</p>' });
  expect(bytes.every((byte) => byte < 128)).toBe(true);
  expect(bytes.toString('latin1').replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
});

test('quoted-printable keeps lines below 77 characters and blanks at their ends', () => {
  const encoded = encodeQuotedPrintable(`${'ä'.repeat(100)}\r\nblank \r\nplain`);
  expect(encoded.split('\r\n').every((line) => line.length <= 76)).toBe(true);
  expect(encoded).toContain('blank=20\r\nplain');
});

test('a file that the HTML shows has a content id and stands in line', async () => {
  const content = Buffer.from('pixels');
  const attachments = [{ name: 'a.png', type: 'image/png', content, contentId: 'pic@lima' }];
  const [file] = (await parse({ ...plain, html: '<img src="cid:pic@lima">', attachments })).attachments;
  expect(file).toMatchObject({ contentId: '<pic@lima>', disposition: 'inline' });
});

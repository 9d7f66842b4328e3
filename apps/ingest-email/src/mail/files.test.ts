import { describe, expect, test } from 'vitest';
import { mailOf, messageOf } from '../../test/mails.ts';
import { attachmentsOf } from './files.ts';

const one = (file: { name?: string | null; type?: string | null; contentId?: string | null }, html = '') => {
  const [attachment] = attachmentsOf({
    files: [{ name: null, type: null, contentId: null, bytes: new Uint8Array(0), ...file }],
    html,
  });
  return attachment;
};

const mailWithFiles = mailOf(
  ['From: a@x.example', 'Content-Type: multipart/mixed; boundary=b'],
  [
    '--b\r\n\r\nSee below.',
    '--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\nInner text',
    '--b\r\nContent-Type: application/pdf; name="a.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\nAP8=',
    '--b--',
  ],
);

describe('the files of a mail', () => {
  test.each([
    ['report.pdf', 'report.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\ana\\plan.doc', 'plan.doc'],
    ['invoice\u202egpj.exe', 'invoicegpj.exe'],
    ['a\0b\r\nc', 'a b c'],
    ['..', 'attachment-1'],
    ['', 'attachment-1'],
    ['folder/', 'attachment-1'],
    [null, 'attachment-1'],
  ])('named %j are called %j', (name, called) => {
    expect(one({ name })?.name).toBe(called);
  });

  test.each([
    ['Image/PNG; name=x', 'image/png'],
    ['image', 'application/octet-stream'],
    [null, 'application/octet-stream'],
  ])('of type %j are %j', (type, plain) => {
    expect(one({ type })?.type).toBe(plain);
  });

  test('are inline when the HTML shows them, and only then', () => {
    const html = '<img src="cid:logo%40x"><img src=cid:two@x>';
    expect(one({ contentId: '<logo@x>' }, html)).toMatchObject({ contentId: 'logo@x', inline: true });
    expect(one({ contentId: 'two@x' }, html)?.inline).toBe(true);
    expect(one({ contentId: '<other@x>' }, html)?.inline).toBe(false);
    expect(one({}, html)).toMatchObject({ contentId: null, inline: false });
  });

  test('have their bytes, and an embedded mail is a file', async () => {
    const { attachments, text } = await messageOf(mailWithFiles);
    expect(text).toBe('See below.');
    expect(attachments).toMatchObject([
      { name: 'message-1.eml', type: 'message/rfc822' },
      { name: 'a.pdf', type: 'application/pdf', bytes: new Uint8Array([0, 255]) },
    ]);
  });
});

import { describe, expect, test } from 'vitest';
import { growthOf } from '../../test/growth.ts';
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

  test.each([
    ['<img src="CID:logo&#64;x?y">', 'logo@x?y'],
    ['<img src="cid:a&amp;b@x">', 'a&b@x'],
    ['<img src="cid:%3Clogo%40x%3E">', 'logo@x'],
    ['<img src="cid:<logo@x>">', 'logo@x'],
    ['<img src="cid:&lt;logo@x&gt;">', 'logo@x'],
    ['<img src="cid:logo%20one@x">', 'logo one@x'],
    ['<img src="cid:100%@x">', '100%@x'],
    ['<td background="cid:logo@x">', 'logo@x'],
    ['<td background=cid:logo@x>', 'logo@x'],
    ['<td style="background:url(cid:logo@x)">', 'logo@x'],
    ['<td style="background:url(&quot;cid:logo@x&quot;)">', 'logo@x'],
    ["<style>p { background: url('cid:logo@x') }</style>", 'logo@x'],
  ])('are inline when they are shown as in %s', (html, id) => {
    expect(one({ contentId: `<${id}>` }, html)).toMatchObject({ contentId: id, inline: true });
    expect(one({ contentId: id }, html)?.inline).toBe(true);
    expect(one({ contentId: `other${id}` }, html)?.inline).toBe(false);
  });

  test.each(['cid:', 'cid:<', 'cid:&', 'cid:%3c&quot', 'cid: '])(
    'are found in hostile HTML of %j in no more than its length',
    (piece) => {
      expect(growthOf((share) => one({}, piece.repeat(400_000 * share)))).toBeLessThan(10);
    },
  );

  test('invitations stay among them, beside the event that they are about', async () => {
    const event =
      'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:a@x\r\nEND:VEVENT\r\nEND:VCALENDAR';
    const invitation = mailOf(
      ['From: a@x.example', 'Content-Type: multipart/alternative; boundary=b'],
      [
        '--b\r\n\r\nSee you.',
        `--b\r\nContent-Type: text/calendar; method=REQUEST; charset=utf-8\r\n\r\n${event}`,
        '--b--',
      ],
    );
    const { attachments, marks } = await messageOf(invitation);
    expect(marks).toEqual(['calendar']);
    expect(attachments).toMatchObject([{ type: 'text/calendar', inline: false }]);
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

import { describe, expect, test } from 'vitest';
import { everyday, mailOf, messageOf } from '../../test/mails.ts';
import { idsIn } from './message-ids.ts';

const idsOf = async (mail: Uint8Array): Promise<readonly string[]> => {
  const { conversation } = await messageOf(mail);
  return conversation.kind === 'thread' ? conversation.messageIds : [];
};

const references = (count: number): string =>
  Array.from({ length: count }, (_, i) => `<${i}@x>`).join('\r\n ');

const withoutId = (body?: string): Uint8Array => everyday(['Message-ID: '], body);

describe('message ids', () => {
  test.each([
    ['<a@x>', ['a@x']],
    ['  < a@x >  ', ['a@x']],
    ['<ABC@X.com>', ['ABC@X.com']],
    ['<a@x><b@x>,<c@x>', ['a@x', 'b@x', 'c@x']],
    ['ABC@X.com', ['ABC@X.com']],
    ['a@x b@x (hello) c@x', ['a@x', 'b@x', 'c@x']],
    ['Your message of "Tue" <a@x>', ['a@x']],
    ['Your message of ana@lima.example at noon <a@x>', ['a@x']],
    ['<a\t@x>', ['a@x']],
    ['=?utf-8?q?=3Clong-id=40x=3E?=', ['long-id@x']],
    ['<>', []],
    ['none', []],
    ['a@ @b @', []],
    ['', []],
  ])('of %j are %j', (value, ids) => {
    expect(idsIn(value)).toEqual(ids);
  });

  test("begin with the message's own, then References in order, then the first of In-Reply-To", async () => {
    const headers = ['References: <root@x>\r\n\t<middle@x> <root@x>', 'In-Reply-To: <parent@x> <quoted@x>'];
    expect(await idsOf(everyday(headers))).toEqual(['first@lima.example', 'root@x', 'middle@x', 'parent@x']);
  });

  test('are of any length, and long ones become their hash', async () => {
    const long = `${'x'.repeat(300)}@x`;
    const [own] = await idsOf(everyday([`Message-ID: <${long}>`]));
    expect(own).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(await idsOf(everyday([`In-Reply-To: <${long}>`]))).toContain(own);
  });

  test('beyond 150 references keep the first ten and the last hundred', async () => {
    expect(await idsOf(everyday([`References: ${references(150)}`]))).toHaveLength(151);
    const kept = await idsOf(everyday([`References: ${references(2_000)}`]));
    expect(kept).toHaveLength(111);
    expect([kept[1], kept[10], kept[11], kept[110]]).toEqual(['0@x', '9@x', '1900@x', '1999@x']);
  });

  test('never hold the address of somebody in the mail', async () => {
    expect(await idsOf(everyday(['In-Reply-To: <Support@acme.example>']))).toEqual(['first@lima.example']);
  });

  test('of a mail without one are made of the mail, the same each time and different for another', async () => {
    const [[own], [again], [other]] = await Promise.all([
      idsOf(withoutId()),
      idsOf(withoutId()),
      idsOf(withoutId('Something else')),
    ]);
    expect(own).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(again).toBe(own);
    expect(other).not.toBe(own);
  });

  test.each([
    [
      'a bounce',
      'message/rfc822',
      'Message-ID:\r\n <lost@acme.example>\r\nSubject: x\r\n\r\nMessage-ID: <not@this>',
    ],
    ['a bounce with headers only', 'text/rfc822-headers', 'Subject: x\r\nMessage-Id: <lost@acme.example>'],
    [
      'a read receipt',
      'message/disposition-notification',
      'Final-Recipient: rfc822;a@x\r\nOriginal-Message-ID: <lost@acme.example>',
    ],
  ])('of %s hold the id of the mail that it reports on', async (_, type, part) => {
    const mail = mailOf(
      ['From: MAILER-DAEMON@mx.example', 'Message-ID: <d@mx>', 'Content-Type: multipart/report; boundary=b'],
      ['--b', '', 'It failed.', '--b', `Content-Type: ${type}`, '', part, '--b--'],
    );
    expect(await idsOf(mail)).toEqual(['d@mx', 'lost@acme.example']);
  });
});

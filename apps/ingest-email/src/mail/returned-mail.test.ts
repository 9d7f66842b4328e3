import { describe, expect, test } from 'vitest';
import { mailInParts, mailOf, messageOf, threadOf } from '../../test/mails.ts';
import { daemon, nullPath, original, report } from '../../test/reports.ts';

describe('a bounce is in the thread of the mail that bounced', () => {
  const headersPart = ['Content-Type: text/rfc822-headers; charset=us-ascii', '', ...original];

  test.each([
    ['which it has the folded header of', report([headersPart])],
    [
      'which it carries encoded',
      report([
        [
          'Content-Type: message/rfc822',
          'Content-Transfer-Encoding: base64',
          '',
          Buffer.from(original.join('\r\n')).toString('base64'),
        ],
      ]),
    ],
    [
      'which it carries as a file',
      report([['Content-Type: application/octet-stream; name="mail.EML"', '', ...original]]),
    ],
    [
      'which is a file of a bounce without a report',
      mailInParts(
        [...daemon, nullPath],
        [
          ['', 'x'],
          ['Content-Type: application/octet-stream; name=mail.eml', '', ...original],
        ],
      ),
    ],
    [
      'which its status names, as Gmail does',
      report([
        [
          'Content-Type: message/delivery-status',
          '',
          'Reporting-MTA: dns; x',
          'X-Original-Message-ID: <lost@acme.example>',
        ],
      ]),
    ],
    [
      'which it quotes, as qmail does',
      mailOf(
        [...daemon, nullPath],
        [
          'Hi. This is the qmail-send program.',
          '',
          '<ana@lima.example>:',
          'No mailbox here.',
          '',
          '--- Below this line is a copy of the message.',
          '',
          'Return-Path: <support@acme.example>',
          ...original,
          '',
          'Hello',
        ],
      ),
    ],
    [
      'which it quotes behind marks',
      mailOf([...daemon, nullPath], ['It said:', '', ...original.map((line) => `> ${line}`)]),
    ],
    [
      'which it quotes in HTML, as Exchange does',
      mailOf(
        [...daemon, nullPath, 'Content-Type: text/html'],
        [
          '<p>Original message headers:</p><pre>',
          ...original.map((line) => line.replace('<', '&lt;').replace('>', '&gt;')),
          '</pre>',
        ],
      ),
    ],
    [
      'which Exchange names as its parent',
      mailOf([
        ...daemon,
        'X-Failed-Recipients: ana@lima.example',
        'X-MS-Exchange-Parent-Message-Id: <lost@acme.example>',
      ]),
    ],
  ])('%s', async (_, mail) => {
    const message = await messageOf(mail);
    expect(message.marks).toContain('bounce');
    expect(threadOf(message)).toEqual(['b@mx', 'lost@acme.example']);
  });

  test('and of the mails that one referred to, twenty at most', async () => {
    const more = [
      'In-Reply-To: <parent@x>',
      `References: ${Array.from({ length: 40 }, (_, i) => `<${i}@x>`).join('\r\n ')}`,
    ];
    const thread = threadOf(await messageOf(report([[...headersPart, ...more]])));
    expect(thread.slice(0, 3)).toEqual(['b@mx', 'lost@acme.example', 'parent@x']);
    expect(thread.at(-1)).toBe('39@x');
    expect(thread).toHaveLength(1 + 20);
  });

  test('and of those it carries many of, twenty at most', async () => {
    const parts = Array.from({ length: 30 }, (_, i) => [
      'Content-Type: message/rfc822',
      '',
      `Message-ID: <${i}@x>`,
    ]);
    expect(threadOf(await messageOf(report(parts)))).toHaveLength(1 + 20);
  });

  test('and of no mail whose id stands alone in its text', async () => {
    const mail = mailOf(
      [...daemon, 'X-Failed-Recipients: ana@lima.example'],
      ['Message-ID: <not@this>', '', 'x'],
    );
    expect(threadOf(await messageOf(mail))).toEqual(['b@mx']);
  });

  test('and of no other mail, for want of its id', async () => {
    const nameless = ['From: support@acme.example', 'To: ana@lima.example', 'Subject: Offer 2231'];
    expect(threadOf(await messageOf(report([['Content-Type: message/rfc822', '', ...nameless]])))).toEqual([
      'b@mx',
    ]);
  });

  test('which stands in the header of the original, and not in its text', async () => {
    const part = [
      'Content-Type: message/rfc822',
      '',
      'Subject: x',
      '',
      'From: a@x',
      'To: b@x',
      'Message-ID: <not@this>',
    ];
    expect(threadOf(await messageOf(report([part])))).toEqual(['b@mx']);
  });
});

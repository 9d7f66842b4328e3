import { describe, expect, test } from 'vitest';
import { mailInParts, mailOf, messageOf, naturesIn, threadOf } from '../../test/mails.ts';
import { daemon, nullPath, original, report, statusPart } from '../../test/reports.ts';

describe('a bounce', () => {
  test.each([
    ['a report', report([statusPart(['Final-Recipient: rfc822; ana@lima.example', 'Action: failed'])])],
    ['a report in quotes', report([], 'multipart/report; Report-Type="delivery-status"')],
    ['a report that does not say of what', report([statusPart(['Action: failed'])], 'multipart/report')],
    [
      'nothing but the header of a report',
      mailOf([...daemon, 'Content-Type: multipart/report; report-type=delivery-status']),
    ],
    [
      'the header of failed recipients',
      mailOf([...daemon, nullPath, 'X-Failed-Recipients: ana@lima.example']),
    ],
    [
      'a status without a report',
      mailInParts([...daemon, nullPath], [['', 'x'], statusPart(['Action: failed'])]),
    ],
    [
      'the original in a file',
      mailInParts(
        [...daemon, nullPath],
        [
          ['', 'x'],
          ['Content-Type: message/rfc822', '', ...original],
        ],
      ),
    ],
    [
      'the original in its text',
      mailOf([...daemon, nullPath], ['Hi.', '', '--- Below:', '', ...original, '', 'Hello']),
    ],
    ['the mark of Exchange', mailOf(['From: postmaster@x.example', 'X-MS-Exchange-Message-Is-Ndr:'])],
    [
      'nobody as author',
      mailOf(['From: "" (Mail Delivery System)', nullPath, 'X-Failed-Recipients: ana@lima.example']),
    ],
  ])('is recognised by %s', async (_, mail) => {
    expect((await messageOf(mail)).marks).toEqual(['auto_generated', 'bounce']);
  });

  test('is no automatic reply, though the standard has it say so', async () => {
    const mail = mailOf([...daemon, 'Auto-Submitted: auto-replied', 'X-Failed-Recipients: ana@lima.example']);
    expect((await messageOf(mail)).marks).toEqual(['auto_generated', 'bounce']);
  });

  test('is not what a mail server writes about itself', async () => {
    const mail = mailOf([...daemon, nullPath], ['The disk is full.', 'Subject: none', 'From: nobody']);
    expect((await messageOf(mail)).marks).toBeUndefined();
  });

  test('is not what a person forwards', async () => {
    const mail = mailInParts(['From: ana@lima.example'], [['Content-Type: message/rfc822', '', ...original]]);
    expect(threadOf(await messageOf(mail))).not.toContain('lost@acme.example');
  });
});

describe('a bounce in words only', () => {
  const quoting = (...headers: string[]) => mailOf(headers, ['It failed.', '', ...original, '', 'Hello']);

  test.each([
    [['From: MAILER-DAEMON@mx.example']],
    [['From: MAILER-DAEMON (Mail Delivery System)']],
    [['From: postmaster@mx.example', nullPath]],
    [['From: postmaster@mx.example', 'Return-Path: <#@[]>']],
    [['From: postmaster@mx.example', 'Return-Path: <MAILER-DAEMON>']],
    [['From: postmaster@mx.example', 'Auto-Submitted: auto-replied']],
    [['To: support@acme.example', nullPath]],
  ])('is one with %j', async (headers) => {
    const message = await messageOf(quoting(...headers));
    expect(message.marks).toContain('bounce');
    expect(threadOf(message)).toContain('lost@acme.example');
  });

  test.each([
    [['From: postmaster@mx.example']],
    [['From: ana@lima.example', 'Sender: postmaster@mx.example', nullPath]],
    [['From: ana@lima.example', nullPath]],
    [['To: support@acme.example']],
  ])('is none with %j', async (headers) => {
    const message = await messageOf(quoting(...headers));
    expect(message.marks).toBeUndefined();
    expect(threadOf(message)).not.toContain('lost@acme.example');
  });
});

describe('a report that nothing failed', () => {
  test.each(['delayed', 'delivered', 'relayed', 'expanded (to a list)'])(
    'but is %s is no bounce',
    async (action) => {
      const message = await messageOf(
        report([
          statusPart(['Final-Recipient: rfc822; ana@lima.example', `Action: ${action}`]),
          ['Content-Type: text/rfc822-headers', '', ...original],
        ]),
      );
      expect(message.marks).toEqual(['auto_generated']);
      expect(threadOf(message)).toEqual(['b@mx', 'lost@acme.example']);
      expect(naturesIn(message)).toEqual([
        'from mailer-daemon@mx.example machine',
        'to support@acme.example person',
      ]);
    },
  );

  test('is a bounce when one of several recipients failed', async () => {
    const message = await messageOf(
      report([
        statusPart(
          ['Final-Recipient: rfc822; bo@x.example', 'Action: delivered'],
          ['Final-Recipient: rfc822; ana@lima.example', 'Action: Failed'],
        ),
      ]),
    );
    expect(message.marks).toContain('bounce');
    expect(naturesIn(message)).toContain('cc ana@lima.example person');
    expect(naturesIn(message)).not.toContain('cc bo@x.example person');
  });
});

describe('a read receipt', () => {
  const receipt = (headers: readonly string[], type: string) =>
    mailInParts(
      [...headers, `Content-Type: ${type}`],
      [['Content-Type: message/disposition-notification', '', 'Original-Message-ID: <read@acme.example>']],
    );

  test.each(['multipart/report; report-type=disposition-notification', 'multipart/report'])(
    'as %s is automatic, in the thread of its mail, and from a person',
    async (type) => {
      const message = await messageOf(
        receipt(['From: ana@lima.example', 'Message-ID: <r@x>', nullPath], type),
      );
      expect(message.marks).toEqual(['auto_generated']);
      expect(threadOf(message)).toEqual(['r@x', 'read@acme.example']);
      expect(naturesIn(message)).toEqual(['from ana@lima.example person']);
    },
  );
});

describe('the author of a bounce', () => {
  const from = (author: string, ...headers: string[]) =>
    mailInParts(
      [`From: ${author}`, ...headers, 'Content-Type: multipart/report; report-type=delivery-status'],
      [statusPart(['Final-Recipient: rfc822; ana@lima.example', 'Action: failed'])],
    );

  test.each([
    ['MAILER-DAEMON@mx.example', ['Return-Path: <MAILER-DAEMON@mx.example>']],
    ['Postmaster@mx.example', []],
    ['MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@acme.example', []],
    ['mail-admin@mx.example', ['Return-Path: <>']],
    ['mail-admin@mx.example', []],
  ])('%s is a machine with %j', async (author, headers) => {
    expect(naturesIn(await messageOf(from(author, ...headers)))[0]).toBe(
      `from ${author.toLowerCase()} machine`,
    );
  });

  test.each([
    ['whom it did not reach', 'ana@lima.example', []],
    ['to whom it would bounce', 'bo@lima.example', ['Return-Path: <bo@lima.example>']],
  ])('is no machine where it is the one %s', async (_, author, headers) => {
    expect(naturesIn(await messageOf(from(author, ...headers)))[0]).toBe(`from ${author} person`);
  });

  test('is a machine in every part that it has, and nobody else is', async () => {
    const mail = mailOf([
      ...daemon,
      'Reply-To: mailer-daemon@mx.example',
      'X-Failed-Recipients: ana@lima.example',
    ]);
    expect(naturesIn(await messageOf(mail))).toEqual([
      'from mailer-daemon@mx.example machine',
      'to support@acme.example person',
      'reply_to mailer-daemon@mx.example machine',
      'cc ana@lima.example person',
    ]);
  });
});

import { describe, expect, test } from 'vitest';
import { everyday, mailOf, messageOf, namedIn, naturesIn, threadOf } from '../../test/mails.ts';
import { inboundOf } from '../../test/postmark.ts';
import { readOne } from '../../test/read-one.ts';
import { postmark } from './postmark.ts';

const itemOf = (payload: unknown) => readOne(postmark, Buffer.from(JSON.stringify(payload)));

const messageFrom = async (fields: Record<string, unknown>) => {
  const item = await itemOf(inboundOf(fields));
  if (item.kind !== 'message') throw new Error(`no message: ${JSON.stringify(item)}`);
  return item;
};

describe('an inbound mail of Postmark', () => {
  test('is the same message as the mail itself, with the raw mail and without', async () => {
    const direct = await messageOf(everyday());
    expect(await messageFrom({})).toEqual(direct);
    const raw = Buffer.from(everyday()).toString().replaceAll('\r\n', '\n');
    expect(await messageFrom({ RawEmail: raw, TextBody: 'not read' })).toEqual(direct);
  });

  test('is the same message also without a Message-ID, and with HTML only', async () => {
    const html = '<p>Olá <b>Ana</b></p>';
    const direct = await messageOf(
      everyday(
        ['Message-ID: ', 'Content-Type: text/html; charset=utf-8'],
        Buffer.from(html).toString('latin1'),
      ),
    );
    const posted = await messageFrom({ Headers: [], TextBody: '', HtmlBody: html });
    expect(posted.externalId).toBe(direct.externalId);
    expect(posted.conversation).toEqual(direct.conversation);
    expect(posted.text).toBe('Olá Ana');
  });

  test('is in the same thread as its references say', async () => {
    const headers = ['In-Reply-To: <parent@x>', 'References: <root@x> <parent@x>'];
    const direct = await messageOf(everyday(headers));
    const posted = await messageFrom({
      Headers: [
        { Name: 'Message-Id', Value: '<first@lima.example>' },
        { Name: 'In-Reply-To', Value: '<parent@x>' },
        { Name: 'References', Value: '<root@x> <parent@x>' },
      ],
    });
    expect(posted.conversation).toEqual(direct.conversation);
  });

  test('names everybody with their part and name', async () => {
    const message = await messageFrom({
      FromFull: { Email: 'Ana@Lima.example', Name: 'Lima, "Ana" \\ <x@y>' },
      CcFull: [{ Email: 'c@x.example', Name: 'C' }, { Email: 'not an address' }, { Email: null }],
      BccFull: [{ Email: 'd@x.example' }],
      ReplyTo: 'E <e@x.example>',
    });
    expect(namedIn(message)).toEqual([
      'from ana@lima.example',
      'to support@acme.example',
      'cc c@x.example',
      'bcc d@x.example',
      'reply_to e@x.example',
    ]);
    expect(message.participants[0]?.displayName).toBe('Lima, "Ana" \\ <x@y>');
  });

  test('is by its author and marked, as the mail itself is', async () => {
    const calendar = 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:e@x\r\nATTENDEE:mailto:bo@x.example\r\n';
    const message = await messageFrom({
      FromFull: { Email: 'sales@acme.example', Name: "'Ana Lima' via Sales" },
      Headers: [
        { Name: 'Message-ID', Value: '<first@lima.example>' },
        { Name: 'List-ID', Value: '<sales.acme.example>' },
        { Name: 'X-Original-From', Value: 'Ana Lima <ana@lima.example>' },
        { Name: 'Auto-Submitted', Value: 'auto-generated' },
      ],
      Attachments: [{ Name: 'i.ics', Content: btoa(calendar), ContentType: 'text/calendar; method=REQUEST' }],
    });
    expect(message.marks).toEqual(['auto_generated', 'list', 'calendar']);
    expect(naturesIn(message)).toEqual([
      'from ana@lima.example person',
      'sender sales@acme.example list',
      'to support@acme.example person',
      'attendee bo@x.example person',
    ]);
    expect(threadOf(message)).toEqual(['first@lima.example', 'ical:e@x']);
  });

  test('has its files, under either name of their bytes', async () => {
    const { attachments } = await messageFrom({
      HtmlBody: '<img src="cid:logo">',
      Attachments: [
        { Name: 'logo.png', Content: 'AP8=', ContentType: 'image/png', ContentID: '<logo>' },
        { Name: 'old.txt', Data: 'b2xk', ContentType: 'text/plain; charset=utf-8' },
        { Name: 'empty.txt' },
      ],
    });
    expect(attachments).toMatchObject([
      { name: 'logo.png', type: 'image/png', contentId: 'logo', inline: true },
      { name: 'old.txt', type: 'text/plain', inline: false },
      { name: 'empty.txt', type: 'application/octet-stream' },
    ]);
    expect(attachments.map((file) => 'bytes' in file && file.bytes.byteLength)).toEqual([2, 3, 0]);
  });

  test('is read although fields have types that nobody expects', async () => {
    const message = await messageFrom({ ToFull: 'nobody', CcFull: [7], Headers: null, Subject: 5, Date: {} });
    expect(message).toMatchObject({ subject: null, sentAt: null, text: 'Hello' });
    expect(namedIn(message)).toEqual(['from ana@lima.example', 'to support@acme.example']);
  });

  test('that is the check of the dashboard is ignored', async () => {
    const check = inboundOf({
      MessageID: '00000000-0000-0000-0000-000000000000',
      FromFull: { Email: 'support@postmarkapp.com', Name: 'Postmarkapp Support' },
    });
    expect(await itemOf(check)).toMatchObject({ kind: 'ignored', reason: 'provider_test_payload' });
  });

  test.each([
    [
      { RecordType: 'Bounce', MessageID: 'x', Subject: 'a' },
      { kind: 'ignored', reason: 'not_a_conversation_event' },
    ],
    [
      { RecordType: 'Tomorrow', MessageID: 'x', Subject: 'a' },
      { kind: 'ignored', reason: 'unknown_event_type' },
    ],
    [{}, { kind: 'unreadable', reason: 'not_a_message' }],
    [[], { kind: 'unreadable', reason: 'not_a_message' }],
    ['text', { kind: 'unreadable', reason: 'not_a_message' }],
    [inboundOf({ RawEmail: 'no mail' }), { kind: 'unreadable', reason: 'not_a_message' }],
  ])('that is %.60j is accounted for', async (payload, item) => {
    expect(await itemOf(payload)).toMatchObject(item);
  });

  test('that has more files than a mail may have parts is a dead letter', async () => {
    const Attachments = Array.from({ length: 1_001 }, () => ({ Name: 'a', Content: '' }));
    expect(await itemOf(inboundOf({ Attachments }))).toMatchObject({ reason: 'too_many_parts' });
  });
});

const shape = ({ name, type }: { name: string; type: string }) => ({ name, type });

test('a mail that Postmark gives in parts has the same files as the mail itself', async () => {
  const direct = await messageOf(
    mailOf(
      [
        'From: ana@lima.example',
        'Message-ID: <first@lima.example>',
        'Content-Type: multipart/mixed; boundary=b',
      ],
      ['--b', '', 'Hello', '--b', 'Content-Type: text/csv; name=a.csv', '', 'a;b', '--b--'],
    ),
  );
  const posted = await messageFrom({
    Attachments: [{ Name: 'a.csv', Content: 'YTti', ContentType: 'text/csv' }],
  });
  expect(posted.attachments.map(shape)).toEqual(direct.attachments.map(shape));
});

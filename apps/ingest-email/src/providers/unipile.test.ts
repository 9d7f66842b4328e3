import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ParsedMessage, SignedRequest } from '@kith/ingest/provider';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { expectDeliverable, expectTotal, receivedOf } from '../../test/delivered.ts';
import { networkOf } from '../../test/network.ts';
import { findShared } from '../../test/shared-files.ts';
import { emailNewOf, formOf, mailReceivedOf } from '../../test/unipile-email.ts';
import { unipile } from './unipile.ts';

const now = Date.parse('2026-11-22T16:00:00.000Z');

function guardOf(apiVersion: 'v1' | 'v2', webhookSecret = 'secret') {
  const guard = unipile.guard({ webhookSecret, apiVersion }, { egress: networkOf({}) });
  if (guard === null) throw new Error('the secrets do not fit');
  return guard;
}

const requestOf = (body: Uint8Array, headers: SignedRequest['headers'], at = now): SignedRequest => ({
  headers,
  url: '/webhooks/unipile/support',
  publicUrls: () => [],
  body,
  now: at,
});

describe('a webhook of Unipile', () => {
  const body = Buffer.from(JSON.stringify(emailNewOf()));

  test('of version 1 is valid with the header that it was given', async () => {
    const { headers } = requestOf(body, { 'unipile-auth': 'secret' });
    expect(await guardOf('v1').verify(requestOf(body, headers))).toBe('valid');
    expect(await guardOf('v1').verify(requestOf(body, { 'unipile-auth': 'secreT' }))).toBe('invalid');
    expect(await guardOf('v2').verify(requestOf(body, headers))).toBe('invalid');
  });

  test('of version 2 is valid with its signature, and with no byte changed', async () => {
    const t = String(now / 1000);
    const digest = createHmac('sha256', 'secret').update(`${t}.`).update(body).digest('hex');
    const headers = { 'unipile-signature': `t=${t},v0=${digest}` };
    expect(await guardOf('v2').verify(requestOf(body, headers))).toBe('valid');
    for (let at = 0; at < body.length; at += 1) {
      const changed = Buffer.from(body);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(await guardOf('v2').verify(requestOf(changed, headers)), `byte ${at}`).toBe('invalid');
    }
  });
});

const read = (body: unknown, contentType?: string) => unipile.read(receivedOf(body, contentType));

async function messageOf(body: unknown, contentType?: string): Promise<ParsedMessage> {
  const [item] = await read(body, contentType);
  if (item?.kind !== 'message') throw new Error(`no message: ${JSON.stringify(item)}`);
  return item;
}

const everyday = {
  subject: 'Offer 2231',
  text: 'Hello',
  conversation: { messageIds: ['first@lima.example'] },
  participants: [
    { role: 'from', identifiers: [{ value: 'ana@lima.example' }], displayName: 'Ana Lima' },
    { role: 'to', identifiers: [{ value: 'support@acme.example' }] },
  ],
};

describe('a mail of Unipile', () => {
  test('is a message, in either version', async () => {
    expect(await messageOf(mailReceivedOf())).toMatchObject({
      ...everyday,
      sentAt: '2026-11-22T15:59:04.000Z',
    });
    expect(await messageOf(emailNewOf())).toMatchObject({ ...everyday, sentAt: '2026-11-22T15:59:00.000Z' });
  });

  test('is the same message posted as a form, or as JSON that calls itself one', async () => {
    const type = 'application/x-www-form-urlencoded';
    const { externalId } = await messageOf(mailReceivedOf());
    expect((await messageOf(mailReceivedOf(), type)).externalId).toBe(externalId);
    expect(await messageOf(formOf(mailReceivedOf()), type)).toMatchObject({ ...everyday, externalId });
  });

  test('is one message in two mailboxes that had it at different times', async () => {
    const { externalId } = await messageOf(mailReceivedOf());
    const other = mailReceivedOf({
      date: '2026-11-22T15:59:30.000Z',
      email_id: 'x',
      account_id: 'y',
      event: 'mail_sent',
    });
    expect((await messageOf(other)).externalId).toBe(externalId);
  });

  test('without an id is told apart by its time', async () => {
    const first = await messageOf(mailReceivedOf({ message_id: null }));
    const next = await messageOf(mailReceivedOf({ message_id: null, date: '2026-12-22T15:59:04.000Z' }));
    expect(next.externalId).not.toBe(first.externalId);
    expect(first.sentAt).toBe('2026-11-22T15:59:04.000Z');
  });

  test('is in the thread of what it answers', async () => {
    const answered = { message_id: '<root@acme.example>', id: 'u1' };
    const headers = [
      { name: 'References', value: '<oldest@acme.example> <root@acme.example>' },
      { name: 'List-Id', value: '<dev.lists.example>' },
    ];
    expect(await messageOf(mailReceivedOf({ in_reply_to: answered }))).toMatchObject({
      conversation: { messageIds: ['first@lima.example', 'root@acme.example'] },
    });
    expect(await messageOf(emailNewOf({ headers, message_id: 'first@lima.example' }))).toMatchObject({
      conversation: { messageIds: ['first@lima.example', 'oldest@acme.example', 'root@acme.example'] },
      marks: ['list'],
      sentAt: '2026-11-22T15:59:00.000Z',
    });
  });

  test('that names no id is in the thread that Unipile hints at', async () => {
    expect(await messageOf(emailNewOf({ message_id: null }))).toMatchObject({
      conversation: { messageIds: [expect.stringMatching(/^sha256:/), 'unipile:acc_01:t1'] },
    });
  });

  test('has its plain text where it has one', async () => {
    const message = await messageOf(mailReceivedOf({ body_plain: 'Hello\n-- \nAna' }));
    expect(message.text).toBe('Hello\n-- \nAna');
    expect(Buffer.from(message.html ?? []).toString()).toBe('<div>Hello</div>');
  });

  test('has its files, which are yet to be fetched', async () => {
    const v1 = { id: 'a1', name: 'offer.pdf', extension: 'pdf', size: 12, mime: 'application/pdf' };
    const gone = { id: 'a2', name: 'gone.png', mime: 'image/png', unavailable: true };
    const message = await messageOf(mailReceivedOf({ attachments: [v1, gone] }));
    const locator = { version: 'v1', email: 'WKR7ZC5bXn6qQzN1kPzN8A' };
    expect(message.attachments).toMatchObject([
      {
        name: 'offer.pdf',
        type: 'application/pdf',
        media: { size: 12, locator: { ...locator, attachment: 'a1' } },
      },
      { name: 'gone.png', media: { size: null, locator: { ...locator, attachment: '' } } },
    ]);
    const v2 = {
      object: 'Attachment',
      id: 'a1',
      type: 'file',
      filename: 'b.csv',
      mimetype: 'text/csv',
      file_size: 3,
    };
    expect((await messageOf(emailNewOf({ attachments: [v2] }))).attachments).toMatchObject([
      {
        name: 'b.csv',
        type: 'text/csv',
        media: { size: 3, locator: { version: 'v2', account: 'acc_01', email: 'e1', attachment: 'a1' } },
      },
    ]);
  });

  test.each([
    ['said to be incomplete', mailReceivedOf({ is_complete: false, body: '', body_plain: '' })],
    ['without a body', mailReceivedOf({ body: undefined, body_plain: undefined })],
    ['without a body, version 2', emailNewOf({ body: undefined })],
  ])('that is %s is a dead letter that says what to do', async (_, body) => {
    expect(await read(body)).toMatchObject([
      { kind: 'unreadable', reason: 'content_not_included', detail: expect.stringContaining('apiKey') },
    ]);
  });

  test('that is empty is a message, and one that is incomplete but has text as well', async () => {
    expect(await messageOf(mailReceivedOf({ body: '', body_plain: '' }))).toMatchObject({ text: '' });
    expect(await messageOf(mailReceivedOf({ body: null }))).toMatchObject({ text: '' });
    expect(await messageOf(mailReceivedOf({ is_complete: false }))).toMatchObject({ text: 'Hello' });
  });
});

describe('another event of Unipile', () => {
  const v1 = (event: string) => mailReceivedOf({ event });
  test.each([
    [v1('mail_moved'), 'not_a_conversation_event'],
    [v1('mail_opened'), 'not_a_conversation_event'],
    [v1('mail_link_clicked'), 'not_a_conversation_event'],
    [emailNewOf({}, 'email.delete'), 'not_a_conversation_event'],
    [emailNewOf({}, 'email.folder.update'), 'not_a_conversation_event'],
    [emailNewOf({}, 'account.disconnected'), 'not_a_conversation_event'],
    [emailNewOf({}, 'calendar.event.new'), 'not_a_conversation_event'],
    [
      { AccountStatus: { account_id: 'a', account_type: 'GOOGLE', message: 'OK' } },
      'not_a_conversation_event',
    ],
    [v1('message_received'), 'other_account'],
    [v1('new_relation'), 'other_account'],
    [emailNewOf({}, 'message.new'), 'other_account'],
    [v1('mail_teleported'), 'unknown_event_type'],
    [emailNewOf({}, 'fax.new'), 'unknown_event_type'],
    [v1('mail_received_twice'), 'unknown_event_type'],
  ])('is ignored: %j', async (body, reason) => {
    expect(await read(body)).toMatchObject([{ kind: 'ignored', reason }]);
  });

  test('that is a draft is ignored', async () => {
    expect(await read(mailReceivedOf({ role: 'drafts' }))).toMatchObject([{ reason: 'nothing_for_us' }]);
    expect(await read(emailNewOf({ folders: ['DRAFT'] }))).toMatchObject([{ reason: 'nothing_for_us' }]);
  });

  test('in a list is an item of its own', async () => {
    const kinds = (await read([mailReceivedOf(), 7, emailNewOf({}, 'email.delete')])).map(({ kind }) => kind);
    expect(kinds).toEqual(['message', 'unreadable', 'ignored']);
  });

  test('gives items whatever it holds', async () => {
    const attachments = [{ id: 'a1', name: 'offer.pdf', size: 12, mime: 'application/pdf' }];
    const headers = [{ name: 'References', value: '<a@x>' }];
    await expectTotal(unipile, [
      mailReceivedOf({ attachments, headers }),
      emailNewOf({ attachments, headers }),
    ]);
    await expectTotal(unipile, [formOf(mailReceivedOf({ attachments }))]);
  });
});

describe('what others have kept of Unipile', () => {
  const kept = findShared('corpora/unipile/v2-email.new.constructed.json');
  test.runIf(kept.isPresent)('is read as its name says', async () => {
    const items = await read(readFileSync(kept.path));
    expect(items).toMatchObject([
      { kind: 'message', text: 'Hello', conversation: { messageIds: ['m1@example.com', 'm0@example.com'] } },
    ]);
    expectDeliverable(items);
  });

  const vectors = findShared('corpora/vectors/unipile-signature.json');
  test.runIf(vectors.isPresent)(
    'has the signatures that it says, and with no character changed',
    async () => {
      const vector = z.object({ body: z.string(), header: z.string(), now: z.number(), valid: z.boolean() });
      const { v2 } = z
        .object({ v2: z.object({ secret: z.string(), vectors: z.array(vector) }) })
        .parse(JSON.parse(readFileSync(vectors.path, 'utf8')));
      const guard = guardOf('v2', v2.secret);
      for (const { body, header, now: seconds, valid } of v2.vectors) {
        const verify = (given: string) =>
          guard.verify(requestOf(Buffer.from(body), { 'unipile-signature': given }, seconds * 1000));
        expect(await verify(header)).toBe(valid ? 'valid' : 'invalid');
        for (let at = 0; at < header.length; at += 1) {
          const changed = `${header.slice(0, at)}${header[at] === '0' ? '1' : '0'}${header.slice(at + 1)}`;
          expect(await verify(changed), `character ${at}`).toBe('invalid');
        }
      }
    },
  );
});

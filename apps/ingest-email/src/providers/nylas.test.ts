import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ParsedMessage, SignedRequest } from '@kith/ingest/provider';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { expectDeliverable, expectTotal, receivedOf } from '../../test/delivered.ts';
import { networkOf } from '../../test/network.ts';
import { nylasEventOf, nylasMessageOf } from '../../test/nylas.ts';
import { findShared } from '../../test/shared-files.ts';
import { nylas } from './nylas.ts';

const guardOf = (webhookSecret: string) => {
  const guard = nylas.guard({ webhookSecret }, { egress: networkOf({}) });
  if (guard === null) throw new Error('the secrets do not fit');
  return guard;
};

const requestOf = (body: Uint8Array, signature?: string): SignedRequest => ({
  headers: signature === undefined ? {} : { 'x-nylas-signature': signature },
  url: '/webhooks/nylas/support',
  publicUrls: () => [],
  body,
  now: 0,
});
const hmac = (body: Uint8Array, secret: string) => createHmac('sha256', secret).update(body).digest('hex');

describe('a webhook of Nylas', () => {
  const body = Buffer.from(JSON.stringify(nylasEventOf(nylasMessageOf())));
  const guard = guardOf('secret');

  test('is valid with the signature of its bytes, and with no byte of either changed', async () => {
    const signature = hmac(body, 'secret');
    expect(await guard.verify(requestOf(body, signature))).toBe('valid');
    for (let at = 0; at < body.length; at += 1) {
      const changed = Buffer.from(body);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(await guard.verify(requestOf(changed, signature)), `byte ${at}`).toBe('invalid');
    }
    for (let at = 0; at < signature.length; at += 1) {
      const changed = `${signature.slice(0, at)}${signature[at] === '0' ? '1' : '0'}${signature.slice(at + 1)}`;
      expect(await guard.verify(requestOf(body, changed)), `digit ${at}`).toBe('invalid');
    }
  });

  test.each([
    undefined,
    '',
    'x',
    `${hmac(body, 'secret')}0`,
    hmac(body, 'secret').toUpperCase(),
    hmac(body, 'other'),
  ])('is invalid with the signature %s', async (signature) => {
    expect(await guard.verify(requestOf(body, signature))).toBe('invalid');
  });

  test.each([
    ['challenge=abc-123', 'abc-123'],
    ['challenge=', null],
    ['', null],
    ['challenge=a%0d%0ab', null],
    ['challenge=%C3%A1', null],
    [`challenge=${'a'.repeat(1001)}`, null],
  ])('is set up with the GET ?%s: %j', (query, answer) => {
    expect(guardOf('secret').handshake(new URLSearchParams(query))).toBe(answer);
  });
});

const read = (body: unknown) => nylas.read(receivedOf(body));

async function messageOf(event: unknown): Promise<ParsedMessage> {
  const [item] = await read(event);
  if (item?.kind !== 'message') throw new Error(`no message: ${JSON.stringify(item)}`);
  return item;
}

describe('an event of Nylas about a new message', () => {
  test('is the message, in the thread that Nylas hints at', async () => {
    const message = await messageOf(nylasEventOf(nylasMessageOf({ cc: [{ email: 'kim@acme.example' }] })));
    expect(message).toMatchObject({
      subject: 'Offer 2231',
      text: 'Hello',
      sentAt: '2026-11-22T15:59:00.000Z',
      conversation: {
        messageIds: [
          expect.stringMatching(/^sha256:/),
          'nylas:2f1a6c1e-8c1b-4c8e-9f39-5d2b7c7a0001:1926a5f2c3b1d0e0',
        ],
      },
      participants: [
        { role: 'from', identifiers: [{ value: 'ana@lima.example' }], displayName: 'Ana Lima' },
        { role: 'to', identifiers: [{ value: 'support@acme.example' }] },
        { role: 'cc', identifiers: [{ value: 'kim@acme.example' }] },
      ],
    });
    expect(Buffer.from(message.html ?? []).toString()).toBe('<div>Hello</div>');
  });

  test('is the same message when it is posted again, and another one when it is not the same', async () => {
    const { externalId } = await messageOf(nylasEventOf(nylasMessageOf()));
    const again = { ...nylasEventOf(nylasMessageOf({ unread: false })), webhook_delivery_attempt: 2 };
    expect((await messageOf(again)).externalId).toBe(externalId);
    expect((await messageOf(nylasEventOf(nylasMessageOf({ date: 1 })))).externalId).not.toBe(externalId);
  });

  test('is in the thread that its header says, where it has one', async () => {
    const headers = [
      { name: 'Message-ID', value: '<second@lima.example>' },
      { name: 'References', value: '<first@lima.example>' },
      { name: 'Date', value: 'Sun, 22 Nov 2026 16:58:00 +0100' },
      { name: 'Auto-Submitted', value: 'auto-replied' },
    ];
    const message = await messageOf(nylasEventOf(nylasMessageOf({ headers })));
    expect(message).toMatchObject({
      conversation: { messageIds: ['second@lima.example', 'first@lima.example'] },
      sentAt: '2026-11-22T15:58:00.000Z',
      marks: ['auto_reply'],
    });
  });

  test('has its files, which are yet to be fetched', async () => {
    const attachments = [
      { id: 'a1', filename: 'offer.pdf', content_type: 'application/pdf; name="offer.pdf"', size: 12 },
      {
        id: 'a2',
        filename: 'logo.png',
        content_type: 'image/png',
        content_id: '<logo>',
        size: 'x',
        is_inline: true,
      },
      null,
    ];
    const object = nylasMessageOf({ attachments, body: '<img src="cid:logo">' });
    const { attachments: files } = await messageOf(nylasEventOf(object));
    const locator = { grant: object['grant_id'], message: object['id'] };
    expect(files).toMatchObject([
      {
        name: 'offer.pdf',
        type: 'application/pdf',
        media: { size: 12, locator: { ...locator, attachment: 'a1' } },
      },
      { name: 'logo.png', contentId: 'logo', inline: true, media: { size: null } },
      { name: 'attachment-3', media: { locator: { ...locator, attachment: '' } } },
    ]);
    const keys = files.map((file) => 'media' in file && file.media.key);
    expect(new Set(keys).size).toBe(3);
  });

  test('whose body is Markdown or plain text has it as text', async () => {
    const cleaned = nylasEventOf(nylasMessageOf({ body: '**Hello** <b>' }), 'message.created.cleaned');
    expect(await messageOf(cleaned)).toMatchObject({ text: '**Hello** <b>', html: null });
    expect(await messageOf(nylasEventOf(nylasMessageOf({ body: 'a\nb' })))).toMatchObject({
      text: 'a\nb',
      html: null,
    });
  });

  test.each([
    'message.created.truncated',
    'message.created.transformed',
    'message.created.cleaned.truncated',
  ])('that leaves the body out is a dead letter: %s', async (type) => {
    const items = await read(nylasEventOf(nylasMessageOf({ body: undefined }), type));
    expect(items).toMatchObject([
      { kind: 'unreadable', reason: 'content_not_included', detail: expect.stringContaining('apiKey') },
    ]);
    expect(await read(nylasEventOf(nylasMessageOf(), type))).toMatchObject([{ kind: 'message' }]);
  });

  test('that should have a body and has none shows what Nylas shows of it', async () => {
    expect(await messageOf(nylasEventOf(nylasMessageOf({ body: undefined })))).toMatchObject({
      text: 'Hello',
    });
  });

  test('without a message in it is a dead letter', async () => {
    expect(await read(nylasEventOf(null))).toMatchObject([{ reason: 'content_not_included' }]);
  });

  test('that is a draft is ignored', async () => {
    const drafts = [nylasMessageOf({ folders: ['DRAFT'] }), nylasMessageOf({ object: 'draft' })];
    for (const draft of drafts) {
      expect(await read(nylasEventOf(draft))).toMatchObject([{ kind: 'ignored', reason: 'nothing_for_us' }]);
    }
  });
});

describe('another event of Nylas', () => {
  test.each([
    ['message.updated', 'not_a_conversation_event'],
    ['message.updated.truncated', 'not_a_conversation_event'],
    ['message.opened', 'not_a_conversation_event'],
    ['message.link_clicked', 'not_a_conversation_event'],
    ['message.bounce_detected', 'not_a_conversation_event'],
    ['message.send_failed', 'not_a_conversation_event'],
    ['thread.replied', 'not_a_conversation_event'],
    ['grant.expired', 'not_a_conversation_event'],
    ['calendar.created', 'not_a_conversation_event'],
    ['event.updated', 'not_a_conversation_event'],
    ['contact.deleted', 'not_a_conversation_event'],
    ['folder.created', 'not_a_conversation_event'],
    ['message.teleported', 'unknown_event_type'],
    ['message.creation', 'unknown_event_type'],
    ['fax.created', 'unknown_event_type'],
  ])('%s is ignored: %s', async (type, reason) => {
    expect(await read(nylasEventOf(nylasMessageOf(), type))).toEqual([
      { kind: 'ignored', reason, detail: `Nylas event "${type}"` },
    ]);
  });

  test('in a list is an item of its own', async () => {
    const events = [nylasEventOf({}, 'grant.expired'), nylasEventOf(nylasMessageOf()), 'x'];
    expect((await read(events)).map(({ kind }) => kind)).toEqual(['ignored', 'message', 'unreadable']);
    expect(await read([])).toMatchObject([{ kind: 'ignored', reason: 'nothing_for_us' }]);
  });

  test.each(['', 'hello', 'null', '{}', '{"type":7}', '{"challenge":"x"}'])(
    'is not the body %j',
    async (body) => {
      expect(await read(body)).toMatchObject([{ kind: 'unreadable', reason: 'not_a_message' }]);
    },
  );

  test('gives items whatever it holds', async () => {
    const attachments = [{ id: 'a1', filename: 'offer.pdf', content_type: 'application/pdf', size: 12 }];
    const headers = [{ name: 'Message-ID', value: '<a@x>' }];
    await expectTotal(nylas, [
      nylasEventOf(nylasMessageOf({ attachments, headers })),
      [nylasEventOf(nylasMessageOf(), 'message.created.cleaned'), nylasEventOf({}, 'grant.expired')],
    ]);
  });
});

describe('what others have kept of Nylas', () => {
  const folder = findShared('corpora/nylas');
  test.runIf(folder.isPresent)('is read as its name says', async () => {
    const kept = (name: string) => read(readFileSync(`${folder.path}/${name}.constructed.json`));
    const created = await kept('message.created');
    expect(created).toMatchObject([{ kind: 'message', subject: 'Hello, world!', text: 'hi' }]);
    const truncated = await kept('message.created.truncated');
    expect(truncated).toMatchObject([{ kind: 'unreadable', reason: 'content_not_included' }]);
    expectDeliverable([...created, ...truncated]);
  });

  const vectors = findShared('corpora/vectors/nylas-x-nylas-signature.json');
  test.runIf(vectors.isPresent)('has the signatures that it says, and with no digit changed', async () => {
    const published = z
      .object({
        secret: z.string(),
        vectors: z.array(z.object({ body: z.string(), header: z.string(), valid: z.boolean() })),
      })
      .parse(JSON.parse(readFileSync(vectors.path, 'utf8')));
    const guard = guardOf(published.secret);
    for (const { body, header, valid } of published.vectors) {
      expect(await guard.verify(requestOf(Buffer.from(body), header))).toBe(valid ? 'valid' : 'invalid');
      for (let at = 0; at < header.length; at += 1) {
        const changed = `${header.slice(0, at)}${header[at] === '0' ? '1' : '0'}${header.slice(at + 1)}`;
        expect(await guard.verify(requestOf(Buffer.from(body), changed))).toBe('invalid');
      }
    }
  });
});

import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import {
  headerOf,
  hexHmac,
  jsonOf,
  plain,
  seconds,
  secretOf,
  sending,
  withFiles,
} from '../../test/webhooks.ts';
import { createNylasSender } from './nylas.ts';
import type { Mail } from '../mail/mail.ts';

describe('nylas', () => {
  test.each([false, true])('signs the bytes that it posts (zipped: %s)', (gzip) => {
    const sender = createNylasSender({ gzip });
    const webhook = sender.send(withFiles, sending);
    expect(headerOf(webhook, 'x-nylas-signature')).toBe(
      hexHmac(secretOf(sender, 'webhookSecret'), webhook.body),
    );
    const json = JSON.parse((gzip ? gunzipSync(webhook.body) : webhook.body).toString());
    expect(json).toMatchObject({
      specversion: '1.0',
      type: 'message.created',
      time: Number(seconds),
      data: {
        object: {
          object: 'message',
          id: sender.messageId(withFiles),
          subject: plain.subject,
          from: [{ name: 'Zoë Lima', email: 'zoe@lima.example' }],
          body: plain.html,
          date: Date.parse(plain.date) / 1000,
          attachments: [
            { id: sender.attachmentId(withFiles, 0), size: 11, is_inline: false },
            { content_id: 'plan@lima', is_inline: true },
          ],
        },
      },
    });
    expect(json.data.object).not.toHaveProperty('headers');
  });

  test('leaves the body of a large message to its API, and the header of every one', () => {
    const sender = createNylasSender({ truncated: true, apiKey: 'key', baseUrl: 'http://127.0.0.1:1' });
    const { type, data } = jsonOf(sender.send(plain, sending)) as { type: string; data: { object: object } };
    expect(type).toBe('message.created.truncated');
    expect(data.object).not.toHaveProperty('body');
    expect(sender.apiMessage(plain)).toMatchObject({
      id: sender.messageId(plain),
      body: plain.html,
      headers: expect.arrayContaining([{ name: 'Message-ID', value: '<reply@lima.example>' }]),
    });
    expect(sender.secrets).toMatchObject({ apiKey: 'key', baseUrl: 'http://127.0.0.1:1' });
  });

  test('knows replies by their thread', () => {
    const sender = createNylasSender();
    const threadOf = (mail: Mail) =>
      (jsonOf(sender.send(mail, sending)) as { data: { object: { thread_id: string } } }).data.object
        .thread_id;
    const { inReplyTo: _, references: __, ...alone } = plain;
    expect(threadOf(plain)).toBe(threadOf({ ...alone, messageId: 'first@acme.example' }));
    expect(threadOf(plain)).not.toBe(threadOf(alone));
  });
});

import { describeHistoryContract, type PostedBody } from '@kith/ingest/testing';
import {
  type Chat,
  type ChatEvent,
  type ChatMessage,
  type ChatPerson,
  createTwilioSender,
  openProviderHost,
} from '@kith/sandbox';
import { describe, expect, test } from 'vitest';
import { told } from '../../test/told.ts';
import { addressesOf } from '../twilio/addresses.ts';
import { historyContentType, readHistory } from '../twilio/history.ts';
import { twilio } from './twilio.ts';

const accountSid = `AC${'5'.repeat(32)}`;
const authToken = 'token';
const number = '+442079460998';
/** WhatsApp writes her number without the ninth digit. */
const ana: ChatPerson = { id: 'ana', name: 'Ana Lima', phone: '+5511987654321', waId: '551187654321' };
const bob: ChatPerson = { id: 'bob', name: 'Bob Reis', phone: '+442079460150' };
const withAna: Chat = { id: 'a', kind: 'direct', people: [ana] };
const withBob: Chat = { id: 'b', kind: 'direct', people: [bob] };

const write = (chat: Chat, n: number, given: Partial<ChatMessage> = {}): ChatMessage => ({
  kind: 'message',
  id: `${chat.id}${n}`,
  chat,
  at: new Date(Date.UTC(2026, 9, 1, 0, n)).toISOString(),
  from: chat.people[0],
  content: { type: 'text', text: `${n}` },
  ...given,
});
const photo = {
  id: 'p',
  kind: 'image',
  name: 'gate.jpg',
  type: 'image/jpeg',
  content: Buffer.from('jpeg'),
} as const;
const ours = write(withAna, 60, { from: null });
const events: readonly ChatEvent[] = [
  ...Array.from({ length: 45 }, (_, n) => write(withAna, n)),
  write(withAna, 50, { content: { type: 'file', file: photo, caption: 'The gate' } }),
  ours,
  { kind: 'status', message: ours, status: 'read', at: '2026-10-01T02:00:00.000Z', to: ana },
  write(withBob, 1),
  write(withBob, 2, { from: null }),
];

const sender = createTwilioSender({ accountSid, authToken, number });
const postedBy = (given: readonly ChatEvent[]): PostedBody[] =>
  given.flatMap((event) => {
    const webhook =
      event.kind === 'message' ? sender.send(event, { nowMs: 0, url: 'https://unused.example' }) : null;
    return webhook === null ? [] : [{ body: webhook.body, contentType: 'application/x-www-form-urlencoded' }];
  });
const postedIn = (chat: Chat): PostedBody[] =>
  postedBy(events.filter((event) => event.kind === 'message' && event.chat === chat));

describeHistoryContract({
  name: 'Twilio',
  provider: twilio,
  open: async () => {
    const host = await openProviderHost({ twilio: { accountSid, authToken } });
    host.tellTwilio(number, { chats: events });
    return host;
  },
  secrets: (url) => ({ authToken, accountSid, baseUrl: url }),
  withoutCredentials: { authToken },
  webhooks: postedBy(events),
  people: [
    { identifiers: [{ kind: 'phone', value: '+5511987654321' }], webhooks: postedIn(withAna) },
    { identifiers: [{ kind: 'phone', value: '+442079460150' }], webhooks: postedIn(withBob) },
    { identifiers: [{ kind: 'phone', value: '+4930901820' }], webhooks: [] },
  ],
  webhooksTell: 'incoming_only',
  tellsOutcomes: false,
  pages: { any: /Messages\.json/, behindFirst: /PageToken=/ },
});

describe('messages of Twilio’s list', () => {
  const recipient = { accountId: 'sales', settings: {} };
  const listed = {
    sid: 'SM7',
    account_sid: accountSid,
    from: `whatsapp:${number}`,
    to: 'whatsapp:+551187654321',
    body: 'Yes',
    status: 'read',
    direction: 'outbound-reply',
    num_media: '0',
    date_sent: 'Thu, 01 Oct 2026 01:00:00 +0000',
    date_updated: 'Thu, 01 Oct 2026 02:00:00 +0000',
  };
  const read = (given: object) =>
    readHistory(Buffer.from(JSON.stringify({ messages: [{ ...listed, ...given }] })), recipient);

  test('by the account are its own, in the conversation in which they are answered', () => {
    const [message, status] = read({});
    expect(message).toMatchObject({
      conversation: { externalId: `${accountSid}/${number}/+5511987654321` },
      byAccount: true,
      sentAt: '2026-10-01T01:00:00.000Z',
    });
    expect([message, status].map((item) => item && told(item))).toEqual([
      `direct SM7 by the account | from own ${number} | to +5511987654321 | "Yes"`,
      'status SM7 read +5511987654321',
    ]);
    expect(status).toMatchObject({ at: '2026-10-01T02:00:00.000Z' });
  });

  test('that were never sent are none, and those that failed say why', () => {
    expect(read({ status: 'canceled' }).map(told)).toEqual([
      'ignored not_a_conversation_event status "canceled"',
    ]);
    const failed = read({ status: 'undelivered', error_code: 63016, error_message: 'Outside the window' });
    expect(failed.map(told)[1]).toBe('status SM7 failed +5511987654321 63016: Outside the window');
  });

  test('cannot be posted: no webhook is accepted with their content type', () => {
    expect(twilio.accepts(historyContentType)).toBe(false);
  });

  test('are asked for under each way in which WhatsApp writes a number', () => {
    const of = (value: string) => addressesOf({ kind: 'phone', value });
    expect(of('+5511987654321')).toEqual(['whatsapp:+5511987654321', 'whatsapp:+551187654321']);
    expect(of('+525512345678')).toEqual(['whatsapp:+525512345678', 'whatsapp:+5215512345678']);
    expect(of('+442079460150')).toEqual(['whatsapp:+442079460150']);
    expect(addressesOf({ kind: 'whatsapp_bsuid', value: 'AC5/BR.7001' })).toEqual(['whatsapp:BR.7001']);
    expect(addressesOf({ kind: 'email', value: 'ana@lima.example' })).toEqual([]);
  });
});

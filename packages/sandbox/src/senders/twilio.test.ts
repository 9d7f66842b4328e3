import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  ana,
  at,
  camille,
  group,
  messageOf,
  ours,
  photo,
  statusOf,
  theirs,
  withCamille,
} from '../../test/chats.ts';
import { secretOf, sending } from '../../test/webhooks.ts';
import type { ChatContent, ChatEvent } from '../chat/chat.ts';
import { createTwilioSender } from './twilio.ts';
import { twilioMedia } from './twilio-parameters.ts';

const accountSid = 'AC00000000000000000000000000000001';
const twilio = createTwilioSender({ accountSid, number: '+442079460998' });
const parametersOf = (event: ChatEvent): Record<string, string> => {
  const webhook = twilio.send(event, sending);
  if (webhook === null) throw new Error('Twilio tells nothing of it');
  return Object.fromEntries(new URLSearchParams(webhook.body.toString()));
};

test('the signature is over the URL and every parameter, sorted by name', () => {
  const webhook = twilio.send(theirs, sending);
  if (webhook === null) throw new Error('nothing was told');
  const parameters = [...new URLSearchParams(webhook.body.toString())];
  const text = parameters
    .map(([name, value]) => name + value)
    .toSorted()
    .join('');
  const sign = (url: string) =>
    createHmac('sha1', secretOf(twilio, 'authToken')).update(url).update(text).digest('base64');
  expect(webhook.headers['content-type']).toMatch(/^application\/x-www-form-urlencoded/);
  expect(webhook.headers['x-twilio-signature']).toBe(sign(sending.url));
  expect(webhook.headers['x-twilio-signature']).not.toBe(sign(`${sending.url}/`));
});

describe('a message', () => {
  test('has the ids, addresses and texts of the documentation', () => {
    expect(parametersOf(theirs)).toMatchObject({
      MessageSid: expect.stringMatching(/^SM[0-9a-f]{32}$/),
      SmsMessageSid: parametersOf(theirs)['MessageSid'],
      AccountSid: accountSid,
      From: 'whatsapp:+551187654321',
      To: 'whatsapp:+442079460998',
      WaId: '551187654321',
      ProfileName: 'Ana Lima',
      MessageType: 'text',
      SmsStatus: 'received',
      Body: 'Olá 😀 a/b',
      NumMedia: '0',
      ExternalUserId: expect.stringMatching(/^BR\./),
    });
  });

  test('of somebody who goes by a username is from their user id', () => {
    const parameters = parametersOf(messageOf({ chat: withCamille, from: camille }));
    expect(parameters['From']).toMatch(/^whatsapp:FR\.\d+$/);
    expect(parameters).not.toHaveProperty('WaId');
  });

  test('names what it answers, that it was forwarded, and the advert before it', () => {
    const advert = { id: '9', headline: 'Vans', body: 'Plan them', url: 'https://fb.me/x' };
    expect(parametersOf(messageOf({ id: 'm9', repliesTo: theirs, forwarded: true, advert }))).toMatchObject({
      OriginalRepliedMessageSid: parametersOf(theirs)['MessageSid'],
      OriginalRepliedMessageSender: 'whatsapp:+551187654321',
      Forwarded: 'true',
      ReferralHeadline: 'Vans',
    });
  });

  test('with a file says where it lies', () => {
    const message = messageOf({ content: { type: 'file', file: photo, caption: 'Look' } });
    expect(parametersOf(message)).toMatchObject({
      MessageSid: expect.stringMatching(/^MM/),
      NumMedia: '1',
      MediaUrl0: `https://api.twilio.com${twilioMedia(accountSid, message).path}`,
      MediaContentType0: 'image/jpeg',
      Body: 'Look',
    });
  });

  const contents: [ChatContent, Record<string, string>][] = [
    [
      { type: 'location', latitude: 1.5, longitude: 2, name: 'Gate', address: 'Road 1' },
      { Latitude: '1.5', Longitude: '2', Label: 'Gate', Address: 'Road 1', Body: '' },
    ],
    [
      { type: 'choice', of: 'button', id: 'a', title: 'Yes' },
      { ButtonText: 'Yes', ButtonPayload: 'a', MessageType: 'button' },
    ],
    [
      { type: 'choice', of: 'list', id: 'a', title: 'Ten' },
      { ListTitle: 'Ten', ListId: 'a', MessageType: 'interactive' },
    ],
  ];
  test.each(contents)('of type %o has its parameters', (content, expected) => {
    expect(parametersOf(messageOf({ content }))).toMatchObject(expected);
  });
});

describe('a status', () => {
  test.each(['sent', 'delivered', 'read'] as const)('%s is told of the message, to whom', (status) => {
    expect(parametersOf(statusOf(status))).toMatchObject({
      MessageSid: expect.stringMatching(/^SM/),
      MessageStatus: status,
      From: 'whatsapp:+442079460998',
      To: 'whatsapp:+551187654321',
      ChannelPrefix: 'whatsapp',
    });
  });

  test('that is a failure has a code', () => {
    expect(parametersOf(statusOf('failed'))).toMatchObject({ ErrorCode: '63016' });
  });
});

test('of everything else Twilio tells nothing', () => {
  const silent: ChatEvent[] = [
    ours,
    messageOf({ chat: group }),
    statusOf('played'),
    { kind: 'reaction', id: 'r', message: ours, from: ana, emoji: '👍', at },
    { kind: 'edit', id: 'e', message: theirs, text: 'New', at },
    { kind: 'deletion', id: 'd', message: theirs, at },
  ];
  for (const event of silent) expect(twilio.send(event, sending)).toBeNull();
});

import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { ana, at, bob, group, messageOf, ours, owner, photo, statusOf, theirs } from '../../test/chats.ts';
import { jsonOf, seconds, secretOf, sending } from '../../test/webhooks.ts';
import type { ChatEvent } from '../chat/chat.ts';
import { createUnipileChatSender } from './unipile-chats.ts';
import { unipileAttachmentId } from './unipile-people.ts';

const linkedin = createUnipileChatSender({ network: 'LINKEDIN', owner });
const whatsapp = createUnipileChatSender({ network: 'WHATSAPP', owner });
const linkedinV2 = createUnipileChatSender({ network: 'LINKEDIN', owner, apiVersion: 'v2' });
const whatsappV2 = createUnipileChatSender({ network: 'WHATSAPP', owner, apiVersion: 'v2' });

type Sender = typeof linkedin;
const bodyOf = (sender: Sender, event: ChatEvent): Record<string, unknown> => {
  const webhook = sender.send(event, sending);
  if (webhook === null) throw new Error('Unipile tells nothing of it');
  return jsonOf(webhook);
};
const reaction: ChatEvent = { kind: 'reaction', id: 'r', message: ours, from: ana, emoji: '👍', at };
const edit: ChatEvent = { kind: 'edit', id: 'e', message: theirs, text: 'New', at };
const deletion: ChatEvent = { kind: 'deletion', id: 'd', message: theirs, at };
const contact: ChatEvent = { kind: 'contact', id: 'k', person: ana, at };

describe('v1', () => {
  test('repeats its secret and calls its JSON a form', () => {
    const webhook = linkedin.send(theirs, sending);
    expect(webhook?.headers).toMatchObject({
      'content-type': 'application/x-www-form-urlencoded',
      'unipile-auth': secretOf(linkedin, 'webhookSecret'),
    });
    expect(linkedin.secrets).toMatchObject({ apiVersion: 'v1' });
  });

  test('posts a message with who is in the chat, by all that LinkedIn knows of them', () => {
    expect(bodyOf(linkedin, theirs)).toMatchObject({
      event: 'message_received',
      account_type: 'LINKEDIN',
      account_info: { type: 'LINKEDIN', user_id: expect.stringMatching(/^ACoAA/) },
      chat_id: expect.stringMatching(/^[\w-]{22}$/),
      provider_chat_id: expect.stringMatching(/^2-/),
      message_id: expect.stringMatching(/^[\w-]{22}$/),
      provider_message_id: expect.stringMatching(/^2-/),
      message: 'Olá 😀 a/b',
      is_sender: false,
      is_group: false,
      timestamp: at,
      sender: {
        attendee_name: 'Ana Lima',
        attendee_provider_id: expect.stringMatching(/^ACoAAAcDMMQB[\w-]{27}$/),
        attendee_public_identifier: 'ana-lima',
        attendee_specifics: { provider: 'LINKEDIN', member_urn: 'urn:li:member:117649604' },
      },
      attendees: [{ attendee_public_identifier: 'ana-lima' }],
    });
  });

  test("posts the account's own messages by the same event, with the other side listed", () => {
    expect(bodyOf(linkedin, ours)).toMatchObject({
      event: 'message_received',
      is_sender: true,
      sender: { attendee_name: 'Jo Park', attendee_specifics: { network_distance: 'SELF' } },
      attendees: [{ attendee_name: 'Ana Lima' }],
      quoted: { provider_id: bodyOf(linkedin, theirs)['provider_message_id'], text: 'Olá 😀 a/b' },
    });
  });

  test('names people on WhatsApp by a LID, with the number beside it, and chats by the other side', () => {
    const body = bodyOf(whatsapp, theirs);
    expect(body).toMatchObject({
      account_info: { type: 'WHATSAPP', phone_number: '+442079460999' },
      sender: {
        attendee_provider_id: expect.stringMatching(/^\d{15}@lid$/),
        attendee_public_identifier: '551187654321@s.whatsapp.net',
        attendee_specifics: { phone_number: '+5511987654321' },
      },
      provider_message_id: expect.stringMatching(/^3A[0-9A-F]{18}$/),
    });
    expect(body['provider_chat_id']).toBe(
      (body['sender'] as Record<string, unknown>)['attendee_provider_id'],
    );
    expect(bodyOf(whatsapp, messageOf({ chat: group, from: bob }))).toMatchObject({
      is_group: true,
      provider_chat_id: expect.stringMatching(/^\d{18}@g\.us$/),
      attendees: [{ attendee_name: 'Ana Lima' }, { attendee_name: 'Bob Reis' }],
    });
  });

  test('posts the whole message with whatever happens to it', () => {
    const id = bodyOf(linkedin, theirs)['provider_message_id'];
    expect(bodyOf(linkedin, edit)).toMatchObject({
      event: 'message_edited',
      provider_message_id: id,
      message: 'New',
    });
    expect(bodyOf(linkedin, deletion)).toMatchObject({ event: 'message_deleted', provider_message_id: id });
    expect(bodyOf(linkedin, reaction)).toMatchObject({
      event: 'message_reaction',
      provider_message_id: bodyOf(linkedin, ours)['provider_message_id'],
      reaction: '👍',
      reaction_sender: { attendee_name: 'Ana Lima' },
    });
    expect(bodyOf(linkedin, statusOf('read'))).toMatchObject({
      event: 'message_read',
      is_sender: true,
      read_by: { attendee_name: 'Ana Lima' },
    });
    expect(bodyOf(linkedin, statusOf('delivered'))).toMatchObject({ event: 'message_delivered' });
    expect(bodyOf(linkedin, statusOf('failed'))).toMatchObject({ event: 'message_failed' });
    expect(linkedin.send(statusOf('sent'), sending)).toBeNull();
  });

  test('says where a file is', () => {
    const message = messageOf({ content: { type: 'file', file: photo } });
    expect(bodyOf(linkedin, message)['attachments']).toMatchObject([
      {
        attachment_id: unipileAttachmentId('photo'),
        attachment_type: 'img',
        mimetype: 'image/jpeg',
        attachment_url: expect.stringMatching(/^att:/),
      },
    ]);
  });

  test('tells of a new connection on LinkedIn, in fields of its own', () => {
    expect(bodyOf(linkedin, contact)).toMatchObject({
      event: 'new_relation',
      user_full_name: 'Ana Lima',
      user_public_identifier: 'ana-lima',
      user_profile_url: 'https://www.linkedin.com/in/ana-lima/',
    });
    expect(whatsapp.send(contact, sending)).toBeNull();
  });
});

describe('v2', () => {
  test('signs the time and the bytes', () => {
    const webhook = linkedinV2.send(theirs, sending);
    const digest = createHmac('sha256', secretOf(linkedinV2, 'webhookSecret'))
      .update(`${seconds}.`)
      .update(webhook?.body ?? '')
      .digest('hex');
    expect(webhook?.headers['unipile-signature']).toBe(`t=${seconds},v0=${digest}`);
  });

  test('posts a message under the ids of the network, with its sender alone', () => {
    expect(bodyOf(linkedinV2, theirs)).toMatchObject({
      object: 'Event',
      id: expect.stringMatching(/^evt_/),
      type: 'message.new',
      account_provider: 'linkedin',
      payload: {
        object: 'Message',
        id: bodyOf(linkedin, theirs)['provider_message_id'],
        chat_id: bodyOf(linkedin, theirs)['provider_chat_id'],
        text: 'Olá 😀 a/b',
        is_sender: false,
        sender: { object: 'User', display_name: 'Ana Lima', public_identifier: 'ana-lima' },
      },
    });
    expect(bodyOf(whatsappV2, ours)['payload']).toMatchObject({
      chat_id: '551187654321@s.whatsapp.net',
      sender_id: '442079460999@s.whatsapp.net',
      is_sender: true,
      quoted: { id: expect.stringMatching(/^3A/) },
    });
  });

  test('names the message to which something happens', () => {
    const id = bodyOf(linkedin, theirs)['provider_message_id'];
    expect(bodyOf(linkedinV2, edit)).toMatchObject({
      type: 'message.update',
      payload: { id, text: 'New', is_edited: true },
    });
    expect(bodyOf(linkedinV2, deletion)).toMatchObject({
      type: 'message.delete',
      payload: { message_id: id },
    });
    expect(bodyOf(linkedinV2, reaction)).toMatchObject({
      type: 'message.reaction.new',
      payload: { reaction: { value: '👍', sender: { display_name: 'Ana Lima' } } },
    });
    expect(bodyOf(linkedinV2, { ...reaction, emoji: null })['type']).toBe('message.reaction.delete');
    expect(bodyOf(linkedinV2, statusOf('read'))['type']).toBe('message.receipt.read');
    expect(bodyOf(linkedinV2, statusOf('delivered'))['type']).toBe('message.receipt.delivery');
    expect(bodyOf(linkedinV2, contact)).toMatchObject({
      type: 'relation.new',
      payload: { user: { public_identifier: 'ana-lima' } },
    });
  });
});

test('both versions and every telling give a thing the same ids', () => {
  const again = createUnipileChatSender({ network: 'LINKEDIN', owner });
  expect(bodyOf(again, theirs)).toEqual(bodyOf(linkedin, theirs));
  expect(bodyOf(linkedinV2, theirs)['id']).not.toBe(bodyOf(linkedinV2, ours)['id']);
});

/*
 * Events of chats in v1 of Unipile's API (https://developer.unipile.com/docs/new-messages-webhook): with each of them,
 * whatever it tells, comes the whole message.
 *
 * `message_received` comes for what the account itself wrote as well, with `is_sender`. Who is listed are the others.
 */
import { type ChatContent, type ChatEvent, type ChatMessage, type ChatPerson, textOf } from '../chat/chat.ts';
import { accountInfo, attendeeOf, type UnipileAccount } from './unipile-attendees.ts';
import {
  networkChatId,
  networkIdOf,
  networkMessageId,
  unipileAttachmentId,
  unipileChatId,
  unipileMessageId,
} from './unipile-people.ts';

type Json = Record<string, unknown>;

/** The event as v1 posts it; null where it has none of the kind. */
export function v1Event(account: UnipileAccount, event: ChatEvent): Json | null {
  switch (event.kind) {
    case 'message':
      return { event: 'message_received', ...messageOf(account, event) };
    case 'edit':
      return { event: 'message_edited', ...changedAt(account, event), message: event.text };
    case 'deletion':
      return { event: 'message_deleted', ...changedAt(account, event) };
    case 'reaction':
      return {
        event: 'message_reaction',
        ...changedAt(account, event),
        reaction: event.emoji ?? '',
        reaction_sender: attendeeOf(account, event.from ?? account.owner),
      };
    case 'status':
      return statusOf(account, event);
    case 'contact':
      return account.network === 'LINKEDIN' ? relationOf(account, event.person) : null;
    case 'new_number':
      return null;
  }
}

const statusEvents = {
  delivered: 'message_delivered',
  read: 'message_read',
  failed: 'message_failed',
} as const;

function statusOf(account: UnipileAccount, event: Extract<ChatEvent, { kind: 'status' }>): Json | null {
  const { status, to, error } = event;
  if (status === 'sent' || status === 'played') return null;
  return {
    event: statusEvents[status],
    ...changedAt(account, event),
    ...(status === 'read' ? { read_by: attendeeOf(account, to) } : {}),
    ...(status === 'failed' ? { error: error ?? 'The message could not be sent' } : {}),
  };
}

const changedAt = (account: UnipileAccount, event: { message: ChatMessage; at: string }): Json => ({
  ...messageOf(account, event.message),
  timestamp: event.at,
});

function messageOf(account: UnipileAccount, message: ChatMessage): Json {
  const { network, accountId, owner } = account;
  const { chat, from, repliesTo } = message;
  return {
    account_id: accountId,
    account_type: network,
    account_info: accountInfo(account),
    webhook_name: 'kith',
    chat_id: unipileChatId(chat.id),
    attendees: chat.people.map((person) => attendeeOf(account, person)),
    sender: attendeeOf(account, from ?? owner),
    subject: null,
    message: textOf(message.content),
    message_id: unipileMessageId(message.id),
    timestamp: message.at,
    attachments: attachmentsOf(message.content),
    is_sender: from === null,
    provider_chat_id: networkChatId(network, chat, 'v1'),
    provider_message_id: networkMessageId(network, message),
    is_event: 0,
    chat_pinned: 0,
    quoted: repliesTo === undefined ? null : quotedOf(account, repliesTo),
    is_forwarded: message.forwarded ?? null,
    chat_content_type: null,
    message_type: network === 'LINKEDIN' ? 'MESSAGE' : null,
    is_group: chat.kind === 'group',
    folder: network === 'LINKEDIN' ? ['INBOX', 'INBOX_LINKEDIN_CLASSIC'] : ['INBOX'],
  };
}

const attachmentTypes = {
  image: 'img',
  sticker: 'img',
  video: 'video',
  voice: 'audio',
  audio: 'audio',
  document: 'file',
} as const;

/** The files of a message. */
export function attachmentsOf(content: ChatContent): Json[] {
  if (content.type !== 'file') return [];
  const { id, kind, name, type, content: bytes } = content.file;
  const attachmentId = unipileAttachmentId(id);
  return [
    {
      attachment_id: attachmentId,
      attachment_type: attachmentTypes[kind],
      attachment_name: name,
      attachment_size: bytes.length,
      attachment_url: `att://${attachmentId}`,
      mimetype: type,
      unavailable: false,
      ...(kind === 'voice' ? { voice_note: true } : {}),
      ...(kind === 'sticker' ? { sticker: true } : {}),
    },
  ];
}

/** The message that one answers. */
export function quotedOf({ network, owner }: UnipileAccount, message: ChatMessage): Json {
  return {
    provider_id: networkMessageId(network, message),
    message_id: unipileMessageId(message.id),
    sender_id: networkIdOf(network, message.from ?? owner, 'v1'),
    text: textOf(message.content),
    attachments: [],
  };
}

function relationOf({ network, accountId }: UnipileAccount, person: ChatPerson): Json {
  const slug = person.slug ?? networkIdOf(network, person, 'v1');
  return {
    event: 'new_relation',
    account_id: accountId,
    account_type: network,
    webhook_name: 'kith relations',
    user_full_name: person.name ?? '',
    user_provider_id: networkIdOf(network, person, 'v1'),
    user_public_identifier: slug,
    user_profile_url: `https://www.linkedin.com/in/${slug}/`,
    user_picture_url: null,
  };
}

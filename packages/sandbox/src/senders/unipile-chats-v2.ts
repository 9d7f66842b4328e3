/*
 * Events of chats in v2 of Unipile's API (https://developer.unipile.com/v2.0): a new message comes whole, with its
 * sender alone; what happens to it later names it by its id at the network.
 */
import { type ChatContent, type ChatEvent, type ChatMessage, type ChatPerson, textOf } from '../chat/chat.ts';
import { urlId } from './stable-ids.ts';
import type { UnipileAccount } from './unipile-attendees.ts';
import { networkChatId, networkIdOf, networkMessageId, unipileAttachmentId } from './unipile-people.ts';
import { waIdOf } from './whatsapp-ids.ts';

type Json = Record<string, unknown>;

/** The type of the event and its payload; null where v2 has none of the kind. */
export function v2Event(account: UnipileAccount, event: ChatEvent): { type: string; payload: Json } | null {
  switch (event.kind) {
    case 'message':
      return { type: 'message.new', payload: messageOf(account, event) };
    case 'edit': {
      const payload = { ...messageOf(account, event.message), text: event.text, is_edited: true };
      return { type: 'message.update', payload };
    }
    case 'deletion':
      return { type: 'message.delete', payload: namesOf(account, event.message) };
    case 'reaction':
      return {
        type: event.emoji === null ? 'message.reaction.delete' : 'message.reaction.new',
        payload: {
          ...namesOf(account, event.message),
          reaction: {
            value: event.emoji,
            sender: userOf(account, event.from ?? account.owner),
            is_sender: event.from === null,
          },
        },
      };
    case 'status':
      return statusOf(account, event);
    case 'contact':
      return account.network === 'LINKEDIN'
        ? {
            type: 'relation.new',
            payload: {
              object: 'Relation',
              id: urlId('unipile relation', event.person.id, 22),
              user: userOf(account, event.person),
              created_at: event.at,
            },
          }
        : null;
    case 'new_number':
      return null;
  }
}

function statusOf(account: UnipileAccount, event: Extract<ChatEvent, { kind: 'status' }>) {
  const { message, status, at, to } = event;
  if (status !== 'read' && status !== 'delivered') return null;
  const { network } = account;
  return {
    type: status === 'read' ? 'message.receipt.read' : 'message.receipt.delivery',
    payload: {
      ...namesOf(account, message),
      ...(status === 'read' ? { user_id: networkIdOf(network, to, 'v2') } : {}),
      timestamp: at,
    },
  };
}

const namesOf = ({ network }: UnipileAccount, message: ChatMessage): Json => ({
  message_id: networkMessageId(network, message),
  chat_id: networkChatId(network, message.chat, 'v2'),
});

/** A message, whole. */
export function messageOf(account: UnipileAccount, message: ChatMessage): Json {
  const { network, owner } = account;
  const { chat, from, repliesTo, content } = message;
  const sender = from ?? owner;
  return {
    object: 'Message',
    id: networkMessageId(network, message),
    chat_id: networkChatId(network, chat, 'v2'),
    text: textOf(content),
    sender_id: networkIdOf(network, sender, 'v2'),
    timestamp: message.at,
    is_sender: from === null,
    is_hidden: false,
    is_seen: false,
    is_delivered: true,
    is_deleted: false,
    is_edited: false,
    is_pinned: false,
    is_event: false,
    is_mentionned: false,
    reactions_counter: [],
    attachments: attachmentsOf(content),
    provider: network.toLowerCase(),
    sender: userOf(account, sender),
    ...(repliesTo === undefined ? {} : { quoted: { id: networkMessageId(network, repliesTo) } }),
    ...(message.forwarded === true ? { is_forwarded: true } : {}),
  };
}

/** Somebody. */
export function userOf({ network }: UnipileAccount, person: ChatPerson): Json {
  const id = networkIdOf(network, person, 'v2');
  const common = { object: 'User', id, type: 'individual', display_name: person.name ?? '' };
  if (network === 'WHATSAPP') return { ...common, public_identifier: waIdOf(person) };
  const slug = person.slug ?? id;
  return {
    ...common,
    public_identifier: slug,
    profile_url: `https://www.linkedin.com/in/${slug}`,
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

function attachmentsOf(content: ChatContent): Json[] {
  if (content.type !== 'file') return [];
  const { id, kind, name, type, content: bytes } = content.file;
  return [
    {
      object: 'Attachment',
      id: unipileAttachmentId(id),
      type: attachmentTypes[kind],
      filename: name,
      file_size: bytes.length,
      mimetype: type,
      is_unavailable: false,
    },
  ];
}

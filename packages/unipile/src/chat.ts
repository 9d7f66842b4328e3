/*
 * Which chat an event is about, and the keys under which that chat is one conversation.
 *
 * v1 tells two ids: `chat_id`, Unipile's own and one per connected account, and `provider_chat_id`, the network's. In
 * v2 `chat_id` is the network's. A conversation is known by several keys, and copies that share one are one:
 *
 *  - the network's id as it is, where it is the same for everybody in the chat: LinkedIn's chats, WhatsApp's groups.
 *    Both versions and all accounts meet in it.
 *  - `<owner>/<contact>` where the network's id is the contact's: WhatsApp's direct chats. Two colleagues who write
 *    with one customer have two conversations, so an owner stands before it: the account's id at Unipile, which every
 *    event tells, and the account's own number, which v1 always tells and v2 when the account itself wrote. The
 *    number joins what v1 and v2, or an account that was connected anew, tell of one chat. The contact stands there
 *    under every identifier that the payload ties to them, because WhatsApp calls one chat now by a number and now by
 *    a LID.
 *  - `unipile:<chat_id>` with v1's own id, which is never anybody else's.
 */
import type { DeliveredConversation } from '@kith/contracts';
import { field, isSet } from '@kith/ingest/loose-json';
import type { ChatChannel, ChatIdMeaning } from './chat-channel.ts';
import type { UnipileEvent } from './events.ts';
import { firstId, hashOf } from './ids.ts';
import { isIdentifying, type KnownPerson } from './people.ts';

/** The chat of an event. */
export interface Chat {
  /** v1's own id. */
  unipileId: string | null;
  /** The network's. */
  providerId: string | null;
  meaning: ChatIdMeaning;
  /** Whether it is a group, by what Unipile says or the id shows; null where neither does. */
  isGroup: boolean | null;
}

/** Reads the chat; null when the event names none. */
export function readChat(channel: ChatChannel, { version, payload }: UnipileEvent): Chat | null {
  const chatId = firstId(payload, 'chat_id') ?? firstId(field(payload, 'chat'), 'id');
  const unipileId = version === 'v1' ? chatId : null;
  const providerId = version === 'v1' ? firstId(payload, 'provider_chat_id', 'chat_provider_id') : chatId;
  if (unipileId === null && providerId === null) return null;
  const meaning: ChatIdMeaning = providerId === null ? { names: 'chat' } : channel.readChatId(providerId);
  const told = field(payload, 'is_group') ?? field(payload, 'chat', 'is_group');
  const isTold = told !== undefined && told !== null;
  const isGroup = meaning.names === 'group' || (isTold ? isSet(told) : null);
  return { unipileId, providerId, meaning, isGroup };
}

const aliasesMax = 10;

/** The conversation. `owners` name the account; `contact` is the one whom a direct chat is with. */
export function conversationOf(
  channel: ChatChannel,
  chat: Chat & { isGroup: boolean },
  people: { owners: readonly string[]; contact: KnownPerson | null },
): Extract<DeliveredConversation, { kind: 'direct' | 'group' }> {
  const own = chat.unipileId === null ? [] : [`unipile:${chat.unipileId}`];
  const [first, ...further] = networkKeys(channel, chat, people);
  const keys = new Set([...(first === undefined ? [] : [first]), ...own, ...further]);
  const [externalId = '', ...aliases] = keys;
  const kind = chat.isGroup ? 'group' : 'direct';
  return aliases.length === 0
    ? { kind, externalId }
    : { kind, externalId, aliases: aliases.slice(0, aliasesMax) };
}

function networkKeys(
  channel: ChatChannel,
  { providerId, meaning }: Chat,
  { owners, contact }: { owners: readonly string[]; contact: KnownPerson | null },
): string[] {
  if (providerId === null) return [];
  if (meaning.names !== 'person') return [providerId];
  const named = channel.identifiersOf(meaning.person);
  const known = [...named, ...(contact?.identifiers ?? [])].filter((found) => isIdentifying(channel, found));
  const contacts = known.length === 0 ? [providerId] : known.map(({ value }) => value);
  return owners.flatMap((owner) => contacts.map((name) => bounded(`${owner}/${name}`)));
}

function bounded(key: string): string {
  return key.length <= 450 ? key : `sha256:${hashOf(key)}`;
}

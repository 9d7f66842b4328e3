/*
 * What each of Unipile's events becomes on a channel of chats. The table is closed and Unipile's list is open: an event
 * that it does not hold is ignored by name, so that the accounting shows it.
 *
 * One webhook of Unipile may serve all accounts of a customer; what is another network's account is ignored here,
 * whichever event it is.
 */
import type { ParsedItem, ReceivedBody } from '@kith/ingest/provider';
import { readDeletion, readEdit, readReaction, readStatus } from './changes.ts';
import type { ChatChannel } from './chat-channel.ts';
import { readUnipileEvents, type UnipileEvent } from './events.ts';
import { ignored } from './items.ts';
import { readMessage } from './message.ts';
import { readRelation } from './relation.ts';

type EventReader = (channel: ChatChannel, event: UnipileEvent) => ParsedItem;

const readRead: EventReader = (channel, event) => readStatus(channel, event, 'read');
const readDelivered: EventReader = (channel, event) => readStatus(channel, event, 'delivered');
const readFailed: EventReader = (channel, event) => readStatus(channel, event, 'failed');
const readRemovedReaction: EventReader = (channel, event) => readReaction(channel, event, true);

const readers = new Map<string, EventReader>([
  // v1
  ['message_received', readMessage],
  ['message_edited', readEdit],
  ['message_deleted', readDeletion],
  ['message_reaction', (channel, event) => readReaction(channel, event)],
  ['message_read', readRead],
  ['message_delivered', readDelivered],
  ['message_failed', readFailed],
  ['new_relation', readRelation],
  // v2
  ['message.new', readMessage],
  ['message.update', readEdit],
  ['message.edit', readEdit],
  ['message.delete', readDeletion],
  ['message.reaction', (channel, event) => readReaction(channel, event)],
  ['message.reaction.new', (channel, event) => readReaction(channel, event)],
  ['message.reaction.delete', readRemovedReaction],
  ['message.receipt.read', readRead],
  ['message.receipt.delivery', readDelivered],
  ['relation.new', readRelation],
  ['relation.request.accept', readRelation],
]);

/** Events that are known, and about no conversation: states of accounts, mail, calendars, chats as such. */
const notConversations = /^(?:account[._]|mail_|email[._]|tracking[._]|calendar[._]|chat[._]|follower[._])/;

/** Every item of a body. */
export function readChatEvents(
  channel: ChatChannel,
  received: Pick<ReceivedBody, 'body' | 'accountId'>,
): ParsedItem[] {
  return readUnipileEvents(received).map((reading) => {
    if (!reading.ok) return reading.item;
    const { event } = reading;
    // Every event tells the account's id at Unipile; one that does not is still of one account, this one.
    return readEvent(channel, { ...event, accountId: event.accountId ?? received.accountId });
  });
}

function readEvent(channel: ChatChannel, event: UnipileEvent): ParsedItem {
  const { accountType } = event;
  if (accountType !== null && accountType !== channel.accountType) {
    return ignored(event, 'other_account', `an account of type ${accountType.slice(0, 40)}`);
  }
  const reader = readers.get(event.event);
  if (reader !== undefined) return reader(channel, event);
  const isKnown = notConversations.test(event.event);
  return ignored(event, isKnown ? 'not_a_conversation_event' : 'unknown_event_type');
}

/*
 * Brings a parsed item to what the contracts allow: every text through `cleanText`, every list to its length.
 *
 * The limits are far beyond what an honest message holds. What is cut is still in the raw body.
 */
import {
  type DeliveredConversation,
  type DeliveredParticipant,
  type DeliveryItem,
  textCharsMax,
} from '@kith/contracts';
import { cleanText } from './clean-text.ts';

type MessageItem = Extract<DeliveryItem, { kind: 'message' }>;

const participantsMax = 50_000;
const attachmentsMax = 2_000;

/** The item with its texts cleaned and cut. */
export function cleanItem(item: DeliveryItem): DeliveryItem {
  if (item.kind === 'message') return cleanMessage(item);
  return { ...item, detail: cleanText(item.detail, item.kind === 'ignored' ? 300 : 1000) };
}

function cleanMessage(item: MessageItem): MessageItem {
  return {
    ...item,
    externalId: cleanText(item.externalId, 500),
    conversation: cleanConversation(item.conversation),
    participants: item.participants.slice(0, participantsMax).map(cleanParticipant),
    subject: item.subject === null ? null : cleanText(item.subject, 2000),
    text: cleanText(item.text, textCharsMax),
    attachments: item.attachments.slice(0, attachmentsMax).map((attachment) => ({
      ...attachment,
      name: cleanText(attachment.name, 300),
      type: cleanText(attachment.type, 200),
      contentId: attachment.contentId === null ? null : cleanText(attachment.contentId, 500),
    })),
  };
}

function cleanConversation(conversation: DeliveredConversation): DeliveredConversation {
  if (conversation.kind !== 'thread') {
    return { ...conversation, externalId: cleanText(conversation.externalId, 500) };
  }
  return { kind: 'thread', messageIds: conversation.messageIds.map((id) => cleanText(id, 1000)) };
}

function cleanParticipant(participant: DeliveredParticipant): DeliveredParticipant {
  const { displayName } = participant;
  return {
    ...participant,
    identifiers: participant.identifiers.map((identifier) => ({
      ...identifier,
      value: cleanText(identifier.value, 512),
    })),
    displayName: displayName === null ? null : cleanText(displayName, 300),
  };
}

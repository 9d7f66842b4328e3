/*
 * Brings a parsed item to what the contracts allow: every text through `cleanText`, every list to its length.
 *
 * The limits are far beyond what an honest message holds. What is cut is still in the raw body.
 */
import {
  type DeliveredConversation,
  type DeliveredMessage,
  type DeliveredParticipant,
  type DeliveredPerson,
  type DeliveryItem,
  textCharsMax,
} from '@kith/contracts';
import { cleanText } from './clean-text.ts';

const participantsMax = 50_000;
const attachmentsMax = 2_000;
const idCharsMax = 500;
const aliasesMax = 10;

/** The item with its texts cleaned and cut. */
export function cleanItem(item: DeliveryItem): DeliveryItem {
  switch (item.kind) {
    case 'message':
      return cleanMessage(item);
    case 'status':
      return {
        ...item,
        messageId: cleanId(item.messageId),
        detail: item.detail === null ? null : cleanText(item.detail, 1000),
      };
    case 'reaction':
      return {
        ...item,
        messageId: cleanId(item.messageId),
        person: cleanPerson(item.person),
        emoji: item.emoji === null ? null : cleanText(item.emoji, 100) || null,
      };
    case 'edit':
      return {
        ...item,
        messageId: cleanId(item.messageId),
        editId: cleanId(item.editId),
        text: cleanText(item.text, textCharsMax),
      };
    case 'deletion':
      return { ...item, messageId: cleanId(item.messageId) };
    case 'relation':
      return { ...item, person: cleanPerson(item.person) };
    case 'media':
      return item;
    case 'ignored':
      return { ...item, detail: cleanText(item.detail, 300) };
    case 'unreadable':
      return { ...item, detail: cleanText(item.detail, 1000) };
  }
}

const cleanId = (id: string): string => cleanText(id, idCharsMax);

function cleanMessage(item: DeliveredMessage): DeliveredMessage {
  const { newText, repliesTo } = item;
  return {
    ...item,
    externalId: cleanId(item.externalId),
    conversation: cleanConversation(item.conversation),
    participants: item.participants.slice(0, participantsMax).map(cleanParticipant),
    subject: item.subject === null ? null : cleanText(item.subject, 2000),
    text: cleanText(item.text, textCharsMax),
    ...(newText === undefined ? {} : { newText: cleanText(newText, textCharsMax) }),
    ...(typeof repliesTo === 'string' ? { repliesTo: cleanId(repliesTo) } : {}),
    attachments: item.attachments.slice(0, attachmentsMax).map((attachment) => ({
      ...attachment,
      name: cleanText(attachment.name, 300),
      type: cleanText(attachment.type, 200),
      contentId: attachment.contentId === null ? null : cleanId(attachment.contentId),
    })),
  };
}

function cleanConversation(conversation: DeliveredConversation): DeliveredConversation {
  if (conversation.kind === 'thread') {
    return { kind: 'thread', messageIds: conversation.messageIds.map((id) => cleanText(id, 1000)) };
  }
  const { aliases } = conversation;
  return {
    ...conversation,
    externalId: cleanId(conversation.externalId),
    ...(aliases === undefined ? {} : { aliases: aliases.slice(0, aliasesMax).map(cleanId) }),
  };
}

const cleanParticipant = (participant: DeliveredParticipant): DeliveredParticipant => ({
  ...cleanPerson(participant),
  role: participant.role,
});

function cleanPerson<T extends DeliveredPerson>(person: T): T {
  const { displayName } = person;
  return {
    ...person,
    identifiers: person.identifiers.map((identifier) => ({
      ...identifier,
      value: cleanText(identifier.value, 512),
    })),
    displayName: displayName === null ? null : cleanText(displayName, 300),
  };
}

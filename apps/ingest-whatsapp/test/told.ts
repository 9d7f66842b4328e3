/* Items in one line each, so that a test shows a whole webhook at a glance. */
import type { DeliveredPerson, Identifier } from '@kith/contracts';
import type { ParsedAttachment, ParsedItem, ParsedMessage } from '@kith/ingest/provider';

/** What an item tells, without times and conversations. */
export function told(item: ParsedItem): string {
  switch (item.kind) {
    case 'message':
      return toldMessage(item);
    case 'status':
      return words('status', item.messageId, item.status, named(item.recipient), item.detail);
    case 'reaction':
      return words('reaction', item.messageId, person(item.person), item.emoji ?? 'taken back');
    case 'edit':
      return words('edit', item.messageId, JSON.stringify(item.text));
    case 'deletion':
      return words('deletion', item.messageId);
    case 'relation':
      return words(item.relation, person(item.person));
    case 'ignored':
    case 'unreadable':
      return words(item.kind, item.reason, item.detail);
  }
}

function toldMessage(message: ParsedMessage): string {
  return [
    words(message.conversation.kind, message.externalId, message.byAccount ? 'by the account' : null),
    ...message.participants.map((one) => words(one.role, person(one))),
    JSON.stringify(message.text),
    ...message.attachments.map(file),
    ...(message.repliesTo ? [`answers ${message.repliesTo}`] : []),
    ...(message.marks ?? []),
  ].join(' | ');
}

function file(attachment: ParsedAttachment): string {
  const key = 'media' in attachment ? attachment.media.key : 'bytes';
  return words('file', attachment.name, attachment.type, key);
}

function person({ identifiers, displayName, own }: DeliveredPerson): string {
  return words(own ? 'own' : null, identifiers.map(named).join(' = '), displayName);
}

function named(identifier: Identifier | null): string {
  return identifier === null ? 'nobody' : identifier.value;
}

function words(...parts: readonly (string | null)[]): string {
  return parts.filter(Boolean).join(' ');
}

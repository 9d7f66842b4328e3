import type { Fact } from '@kith/contracts';
import type { BatchChanges, MessagePlace } from './apply-changes.ts';
import type { RefreshedMessage } from './refresh-messages.ts';

/** What the changes tell the other services. */
export function changeFacts({ refreshed, reacted }: BatchChanges): Fact[] {
  return [
    ...refreshed.flatMap(refreshedFacts),
    ...reacted.map(({ messageId, conversationId }): Fact => ({
      type: 'message.reaction',
      data: { messageId, conversationId },
    })),
  ];
}

/** Every message that shows something else now, once. */
export function changedPlaces({ refreshed, reacted, fetched }: BatchChanges): MessagePlace[] {
  const other = refreshed.filter(
    ({ isAdvanced, isEdited, isDeleted }) => isAdvanced || isEdited || isDeleted,
  );
  return uniquePlaces([...other, ...reacted, ...fetched]);
}

/** Each message once. */
export const uniquePlaces = (places: readonly MessagePlace[]): MessagePlace[] => [
  ...new Map(places.map((place) => [place.messageId, place])).values(),
];

function refreshedFacts(message: RefreshedMessage): Fact[] {
  const { messageId, conversationId, status } = message;
  const data = { messageId, conversationId };
  const facts: Fact[] = [];
  if (message.isDeleted) facts.push({ type: 'message.deleted', data });
  if (message.isEdited) facts.push({ type: 'message.edited', data });
  if (message.isAdvanced && status !== null)
    facts.push({ type: 'message.status', data: { ...data, status } });
  return facts;
}

import type { Fact } from '@kith/contracts';
import type { PlacedMessages } from './apply-messages.ts';
import type { BatchMessage } from './batch-messages.ts';
import type { BatchChanges, MessagePlace } from './changes/apply-changes.ts';
import { changedPlaces, changeFacts, uniquePlaces } from './changes/change-facts.ts';
import type { BatchConversations } from './conversations.ts';
import type { BatchParticipants } from './participants.ts';
import type { RecordConversation } from './refresh.ts';

/** What a batch tells the other services, besides what merging and resolving people told already. */
export function batchFacts(batch: {
  participants: BatchParticipants;
  messages: PlacedMessages;
  changes: BatchChanges;
  records: readonly RecordConversation[];
}): Fact[] {
  const { participants, messages, changes } = batch;
  const { conversations, fresh } = messages;
  const filled = messages.filled.map((message) => placeOf(message, conversations));
  const recordsOf = recordsByConversation(batch.records);
  return [
    ...participants.created.map(({ id, channel }): Fact => ({
      type: 'participant.created',
      data: { participantId: id, channel },
    })),
    ...conversations.created.map(({ id, channel }): Fact => ({
      type: 'conversation.created',
      data: { conversationId: id, channel },
    })),
    ...conversations.merges.flatMap(({ into, from }) =>
      from.map((id): Fact => ({
        type: 'conversation.merged',
        data: { conversationId: into, mergedConversationId: id },
      })),
    ),
    ...fresh.map((message) => recorded(message, conversations)),
    ...changeFacts(changes),
    ...activity(
      fresh.map((message) => placeOf(message, conversations)),
      recordsOf,
      'message',
    ),
    ...activity(uniquePlaces([...changedPlaces(changes), ...filled]), recordsOf, 'changed'),
  ];
}

function recorded(message: BatchMessage, conversations: BatchConversations): Fact {
  const { channel, origin } = message.copy.arrived.delivery;
  return { type: 'message.recorded', data: { ...placeOf(message, conversations), channel, origin } };
}

function placeOf({ copy: { messageId } }: BatchMessage, { ofMessage }: BatchConversations): MessagePlace {
  return { messageId, conversationId: ofMessage.get(messageId) ?? '' };
}

function recordsByConversation(records: readonly RecordConversation[]): Map<string, string[]> {
  const recordsOf = new Map<string, string[]>();
  for (const { conversationId, recordId } of records) {
    const known = recordsOf.get(conversationId);
    if (known === undefined) recordsOf.set(conversationId, [recordId]);
    else known.push(recordId);
  }
  return recordsOf;
}

/** Each message, for every record that its conversation belongs to. */
function activity(
  messages: readonly MessagePlace[],
  recordsOf: ReadonlyMap<string, readonly string[]>,
  reason: 'message' | 'changed',
): Fact[] {
  return messages.flatMap(({ messageId, conversationId }) =>
    (recordsOf.get(conversationId) ?? []).map((recordId): Fact => ({
      type: 'record.activity',
      data: { recordId, messageId, conversationId, reason },
    })),
  );
}

import type { Fact } from '@kith/contracts';
import type { BatchMessage } from './batch-messages.ts';
import type { BatchConversations } from './conversations.ts';
import type { BatchParticipants } from './participants.ts';
import type { RecordConversation } from './refresh.ts';

/** What a batch tells the other services, besides what merging and resolving people told already. */
export function batchFacts(batch: {
  participants: BatchParticipants;
  conversations: BatchConversations;
  fresh: readonly BatchMessage[];
  records: readonly RecordConversation[];
}): Fact[] {
  const { participants, conversations, fresh, records } = batch;
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
    ...activity(fresh, conversations, records),
  ];
}

function recorded({ copy }: BatchMessage, { ofMessage }: BatchConversations): Fact {
  const { messageId, arrived } = copy;
  const { channel, origin } = arrived.delivery;
  return {
    type: 'message.recorded',
    data: { messageId, conversationId: ofMessage.get(messageId) ?? '', channel, origin },
  };
}

/** Each new message, for every record that its conversation belongs to. */
function activity(
  fresh: readonly BatchMessage[],
  { ofMessage }: BatchConversations,
  records: readonly RecordConversation[],
): Fact[] {
  const recordsOf = new Map<string, string[]>();
  for (const { conversationId, recordId } of records) {
    const known = recordsOf.get(conversationId);
    if (known === undefined) recordsOf.set(conversationId, [recordId]);
    else known.push(recordId);
  }
  return fresh.flatMap(({ copy: { messageId } }) => {
    const conversationId = ofMessage.get(messageId) ?? '';
    return (recordsOf.get(conversationId) ?? []).map((recordId): Fact => ({
      type: 'record.activity',
      data: { recordId, messageId, conversationId, reason: 'message' },
    }));
  });
}

import type { Fact } from '@kith/contracts';
import type { BatchMessage } from './batch-messages.ts';
import type { BatchConversations } from './conversations.ts';
import type { BatchParticipants } from './participants.ts';
import type { RecordActivity } from './refresh.ts';

/** What a batch tells the other services, besides what merging and resolving people told already. */
export function batchFacts(batch: {
  participants: BatchParticipants;
  conversations: BatchConversations;
  fresh: readonly BatchMessage[];
  activity: readonly RecordActivity[];
}): Fact[] {
  const { participants, conversations, fresh, activity } = batch;
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
    ...activity.map((found): Fact => ({ type: 'record.activity', data: { ...found, reason: 'message' } })),
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

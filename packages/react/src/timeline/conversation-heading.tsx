import { memo } from 'react';
import type { Conversation, Message } from '@kith/client';
import { ChannelMark } from '../parts/channel-mark.tsx';
import { messagesInWords } from '../conversation/conversation-words.ts';
import { conversationTitle, othersInWords } from '../words/conversation-words.ts';
import { nameOf } from '../words/message-words.ts';
import { channelNames } from '../words/words.ts';
import { WhyButton } from '../why/why-button.tsx';
import { ConversationLink } from './conversation-link.tsx';
import { useTimelineContext } from './timeline-context.ts';

/** Above messages that belong together: what they are a part of, and why that stands with the record. */
export const ConversationHeading = memo(function ConversationHeading({
  messages,
  conversation,
}: {
  messages: readonly Message[];
  /** What is known of it beside its messages, once that is read. */
  conversation: Conversation | undefined;
}) {
  const { recordId } = useTimelineContext();
  const [newest] = messages;
  if (newest === undefined) return null;
  const linked = conversation?.participants.filter((participant) => participant.recordId === recordId) ?? [];
  return (
    <header className="kith-run">
      <ChannelMark channel={newest.channel} />
      <h4 className="kith-run-title">
        <ConversationLink to={{ conversationId: newest.conversationId }} className="kith-run-link">
          {conversation === undefined ? titleOf(newest) : conversationTitle(conversation)}
        </ConversationLink>
      </h4>
      {conversation !== undefined && (
        <span className="kith-run-facts">
          {newest.channel === 'email' && (
            <span className="kith-run-others">
              {othersInWords(conversation.participants, conversation.participantCount)}
            </span>
          )}
          <span>{messagesInWords(conversation.messageCount)}</span>
        </span>
      )}
      {linked.length > 0 && <WhyButton participants={linked} />}
    </header>
  );
});

/** What its newest message tells of it. */
function titleOf({ channel, direction, subject, sender }: Message): string {
  if (channel !== 'email') {
    return direction === 'inbound'
      ? `${channelNames[channel]} with ${nameOf(sender)}`
      : channelNames[channel];
  }
  return subject === null || subject === '' ? '(no subject)' : subject;
}

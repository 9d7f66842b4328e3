import type { Conversation, Participant } from '@kith/client';
import { useId, useState } from 'react';
import { ChannelMark } from '../parts/channel-mark.tsx';
import { Moment } from '../parts/moment.tsx';
import { WhyButton } from '../why/why-button.tsx';
import { conversationTitle, messagesInWords, nameOf } from './conversation-words.ts';
import { ParticipantList } from './participant-list.tsx';

const namesMax = 3;

/** What the conversation is, who takes part, and why it is here. */
export function ConversationHeader({
  conversation,
  recordId,
}: {
  conversation: Conversation;
  recordId?: string;
}) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const { participants, participantCount } = conversation;
  const linked = participants.filter((participant) =>
    recordId === undefined ? participant.recordId !== null : participant.recordId === recordId,
  );
  return (
    <header className="kith-conversation-header">
      <h2>
        <ChannelMark channel={conversation.channel} />
        <span>{conversationTitle(conversation)}</span>
      </h2>
      <p className="kith-conversation-facts">
        <button
          type="button"
          className="kith-button-quiet"
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setOpen(!isOpen)}
        >
          {participantsInWords(participants, participantCount)}
        </button>
        <span className="kith-hint">
          {messagesInWords(conversation.messageCount)}, last <Moment at={conversation.lastMessageAt} />
        </span>
        {linked.length > 0 && <WhyButton participants={linked} />}
      </p>
      <div id={id} hidden={!isOpen}>
        {isOpen && <ParticipantList conversation={conversation} />}
      </div>
    </header>
  );
}

/** `Ana, Bruno and 4 more` */
function participantsInWords(participants: readonly Participant[], count: number): string {
  const people = participants.toSorted((a, b) => Number(isOurs(a)) - Number(isOurs(b)));
  const names = people.slice(0, namesMax).map(nameOf);
  const more = count - names.length;
  if (names.length === 0) return 'Nobody is named';
  return more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ');
}

const isOurs = (participant: Participant): boolean => participant.status === 'internal';

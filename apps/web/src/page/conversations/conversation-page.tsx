import {
  conversationTitle,
  ConversationView,
  type ConversationViewProps,
  useConversation,
} from '@kith/react';
import { useEffect } from 'react';

/** A conversation by itself, as a link names it. */
export function ConversationPage(props: ConversationViewProps) {
  const conversation = useConversation(props.conversationId);
  const title = conversation.data === undefined ? 'Conversation' : conversationTitle(conversation.data);
  useEffect(() => {
    document.title = `${title} – Kith`;
    return () => {
      document.title = 'Kith';
    };
  }, [title]);
  return (
    <div className="conversation-page">
      <h1 className="kith-visually-hidden">{title}</h1>
      <ConversationView {...props} />
    </div>
  );
}

export interface ConversationViewProps {
  conversationId: string;
  /** The message to show first; the newest where it is left out. */
  messageId?: string;
  /** The record from whose page it is looked at: its participants are told apart. */
  recordId?: string;
}

/** A whole email thread or chat: who takes part, and every message. */
export function ConversationView({ conversationId }: ConversationViewProps) {
  return <section className="kith-conversation" aria-label={`Conversation ${conversationId}`} />;
}

import { lazy, Suspense } from 'react';
import { SkeletonRows } from '../parts/skeleton.tsx';

export interface ConversationViewProps {
  conversationId: string;
  /** The message to show first; the newest where it is left out. */
  messageId?: string;
  /** The record from whose page it is looked at: its participants are told apart. */
  recordId?: string;
}

/** Loaded with the first conversation that is opened: a page of lists does without it. */
const WholeConversation = lazy(async () => ({
  default: (await import('./whole-conversation.tsx')).WholeConversation,
}));

/** A whole email thread or chat: who takes part, and every message. It fills the height that its place has. */
export function ConversationView(props: ConversationViewProps) {
  return (
    <Suspense fallback={<SkeletonRows rows={6} what="the conversation" />}>
      <WholeConversation {...props} />
    </Suspense>
  );
}

import { createContext, useContext } from 'react';

/** A conversation to open, and the message to show in it. */
export interface OpenedConversation {
  conversationId: string;
  messageId?: string;
}

interface TimelineContent {
  recordId: string;
  /** Shows a conversation in the timeline's place, where the host has no page for it. */
  open: (opened: OpenedConversation) => void;
}

export const TimelineContext = createContext<TimelineContent | null>(null);

/** The timeline above. */
export function useTimelineContext(): TimelineContent {
  const content = useContext(TimelineContext);
  if (content === null) throw new Error('What a timeline is made of needs a RecordTimeline above it');
  return content;
}

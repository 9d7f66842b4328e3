import type { ReactNode } from 'react';
import { useKith } from '../provider/kith-context.ts';
import { type OpenedConversation, useTimelineContext } from './timeline-context.ts';

/** Leads to a conversation: to the host's page where it has one, else in the timeline's place. */
export function ConversationLink({
  to,
  className,
  label,
  children,
}: {
  to: OpenedConversation;
  className: string;
  label?: string;
  children: ReactNode;
}) {
  const { links } = useKith();
  const { recordId, open } = useTimelineContext();
  const { conversationId, ...message } = to;
  const href = links.conversation?.(conversationId, { recordId, ...message });
  if (href === undefined) {
    return (
      <button
        type="button"
        className={`${className} kith-link-button`}
        aria-label={label}
        onClick={() => open(to)}
      >
        {children}
      </button>
    );
  }
  return (
    <a className={className} href={href} aria-label={label}>
      {children}
    </a>
  );
}

import { ConversationView, type ConversationViewProps } from '@kith/react';

/** A conversation by itself, as a link names it. */
export function ConversationPage(props: ConversationViewProps) {
  return (
    <div className="page">
      <ConversationView {...props} />
    </div>
  );
}

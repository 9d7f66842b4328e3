import type { Participant } from '@kith/client';
import { useWrittenMessages } from '../hooks/use-written-messages.ts';
import { Moment } from '../parts/moment.tsx';
import { useKith } from '../provider/kith-context.ts';

/** The newest few messages that somebody wrote, each with a way into its conversation. */
export function WrittenMessages({ participant }: { participant: Participant }) {
  const written = useWrittenMessages(participant);
  const { links } = useKith();
  if (written.data === undefined || written.data.length === 0) return null;
  return (
    <section className="kith-written" aria-label="What they wrote">
      <h3>What they wrote</h3>
      <ul>
        {written.data.map(({ id, conversationId, subject, newText, text, sentAt }) => {
          const words = newText === '' ? text : newText;
          const href = links.conversation?.(conversationId, { messageId: id });
          return (
            <li key={id}>
              <p className="kith-written-head">
                {href === undefined ? (
                  <span className="kith-name">{subject ?? 'Message'}</span>
                ) : (
                  <a href={href}>{subject ?? 'Message'}</a>
                )}
                <Moment at={sentAt} />
              </p>
              <p className="kith-written-text">{words}</p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

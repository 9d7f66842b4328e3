/*
 * A record's timeline in React, live: what is new stands in it a moment after it was received, and a connection that
 * was lost is taken up again without a gap.
 *
 *     <RecordTimeline kith={createKithClient({ … })} recordId="93" />
 */
import type { KithClient, Message } from '@kith/client';
import { useEffect, useState } from 'react';

interface RecordTimelineProps {
  kith: KithClient;
  recordId: string;
}

export function RecordTimeline({ kith, recordId }: RecordTimelineProps) {
  const { messages, problem } = useTimeline(kith, recordId);
  if (problem !== null) return <p role="alert">{problem}</p>;
  if (messages === null) return <p>Loading…</p>;
  return (
    <ol>
      {messages.map((message) => (
        <li key={message.id}>
          <strong>{message.sender.displayName ?? message.sender.identifier}</strong>{' '}
          <time dateTime={message.sentAt}>{new Date(message.sentAt).toLocaleString()}</time>
          <p>{message.text}</p>
        </li>
      ))}
    </ol>
  );
}

interface Timeline {
  messages: Message[] | null;
  problem: string | null;
}

/** The newest messages of a record; read again whenever something happens to it. */
function useTimeline(kith: KithClient, recordId: string): Timeline {
  const [timeline, setTimeline] = useState<Timeline>({ messages: null, problem: null });
  useEffect(() => {
    const leaving = new AbortController();
    const read = async () => {
      try {
        const { items } = await kith.read.records.timeline.query({ recordId }, { signal: leaving.signal });
        setTimeline({ messages: items, problem: null });
      } catch (err) {
        if (!leaving.signal.aborted) setTimeline({ messages: null, problem: String(err) });
      }
    };
    // The first read begins when the subscription stands: between the two nothing can be missed.
    const subscription = kith.read.records.onActivity.subscribe(
      { recordId },
      {
        onStarted: () => void read(),
        onData: () => void read(),
        onError: (err) => setTimeline({ messages: null, problem: err.message }),
      },
    );
    return () => {
      leaving.abort();
      subscription.unsubscribe();
    };
  }, [kith, recordId]);
  return timeline;
}

/*
 * What happens to a record, as it happens. A subscription that ends is opened again until the record is left; what
 * happened meanwhile is told by nobody, which is why every beginning is told too.
 */
import type { Activity, KithClient } from '@kith/client';

/** How the subscription is. */
export type Connection = 'connecting' | 'connected' | 'reconnecting';

/** An activity; `start` of the first subscription, or `restart`, after which anything may have happened before. */
export type Happening =
  | Pick<Activity, 'reason' | 'messageId' | 'conversationId'>
  | { reason: 'start' | 'restart'; messageId?: undefined; conversationId?: undefined };

interface Following {
  read: KithClient['read'];
  recordId: string;
  signal: AbortSignal;
  onConnection: (connection: Connection) => void;
  onHappening: (happening: Happening) => void;
  /** The subscription broke; its error does not tell a key that was revoked or a record that was deleted: a read does. */
  onBroken: () => void;
}

const reopenAfterMs = 3_000;

/** Follows a record until `signal` aborts. */
export function followRecord(following: Following, begin: 'start' | 'restart' = 'start'): void {
  const { read, recordId, signal, onConnection, onHappening } = following;
  if (signal.aborted) return;
  const reopen = () => {
    if (signal.aborted) return;
    onConnection('reconnecting');
    setTimeout(() => followRecord(following, 'restart'), reopenAfterMs);
  };
  const subscription = read.records.onActivity.subscribe(
    { recordId },
    {
      onStarted: () => {
        onConnection('connected');
        onHappening({ reason: begin });
      },
      onData: (event) => onHappening(event.data),
      onConnectionStateChange: (change) => {
        if (change.state === 'pending') onConnection('connected');
        if (change.state === 'connecting' && change.error !== null) onConnection('reconnecting');
      },
      onError: () => {
        following.onBroken();
        reopen();
      },
      onComplete: reopen,
    },
  );
  signal.addEventListener('abort', () => subscription.unsubscribe(), { once: true });
}

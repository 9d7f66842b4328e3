import type { Activity } from '@kith/contracts';
import type { QueryClient } from './query-service.ts';

/** A subscription that keeps what it is given. */
export interface Watch {
  events: { id: string; data: Activity }[];
  errors: unknown[];
  /** Resolves when the subscription is open on the server. */
  started: Promise<void>;
  stop(): void;
}

/** Subscribes to a record's activity. */
export function watchActivity(client: QueryClient, input: { recordId: string; lastEventId?: string }): Watch {
  const events: Watch['events'] = [];
  const errors: unknown[] = [];
  let onStarted: () => void;
  const started = new Promise<void>((resolve) => (onStarted = resolve));
  const subscription = client.records.onActivity.subscribe(input, {
    onData: (event) => events.push(event),
    onError: (err) => errors.push(err),
    onStarted: () => onStarted(),
  });
  return { events, errors, started, stop: () => subscription.unsubscribe() };
}

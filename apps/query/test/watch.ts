import type { Activity, EventType, WorkspaceEvent } from '@kith/contracts';
import type { QueryClient } from './query-service.ts';

/** A subscription that keeps what it is given. */
export interface Watch<T> {
  events: { id: string; data: T }[];
  errors: unknown[];
  /** Resolves when the subscription is open on the server. */
  started: Promise<void>;
  stop(): void;
}

/** Subscribes to a record's activity. */
export function watchActivity(
  client: QueryClient,
  input: { recordId: string; lastEventId?: string },
): Watch<Activity> {
  return watch((on) => client.records.onActivity.subscribe(input, on));
}

/** Subscribes to what happens in a workspace. */
export function watchWorkspace(
  client: QueryClient,
  input: { types?: EventType[]; lastEventId?: string },
): Watch<WorkspaceEvent> {
  return watch((on) => client.workspace.onEvent.subscribe(input, on));
}

interface Listener<T> {
  onData(event: { id: string; data: T }): void;
  onError(err: unknown): void;
  onStarted(): void;
}

function watch<T>(subscribe: (on: Listener<T>) => { unsubscribe(): void }): Watch<T> {
  const events: Watch<T>['events'] = [];
  const errors: unknown[] = [];
  let onStarted = () => {};
  const started = new Promise<void>((resolve) => (onStarted = resolve));
  const subscription = subscribe({
    onData: (event) => events.push(event),
    onError: (err) => errors.push(err),
    onStarted: () => onStarted(),
  });
  return { events, errors, started, stop: () => subscription.unsubscribe() };
}

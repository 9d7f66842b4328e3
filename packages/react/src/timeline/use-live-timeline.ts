/*
 * Keeps a record's timeline, and what else is shown of the record, as they are at this moment: messages that arrive, are
 * edited, deleted, reacted to or come further, and conversations that come and go with a link.
 */
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { KithClient, Message } from '@kith/client';
import { coalesce } from '../hooks/coalesce.ts';
import { linkKeys, linksKey } from '../hooks/query-keys.ts';
import { useRead } from '../provider/kith-context.ts';
import { type Connection, followRecord, type Happening } from './follow-record.ts';
import type { MessageWindow } from './message-window.ts';
import { planRefresh, readSome } from './refresh.ts';
import { type TimelineView, timelineKey } from './use-timeline.ts';

const refreshPauseMs = 300;

/** Follows a record; `onMessages` hears of those that arrived, wherever in the timeline they lie. */
export function useLiveTimeline(
  view: TimelineView,
  onMessages: (messages: readonly Message[]) => void,
): Connection {
  const read = useRead();
  const cache = useQueryClient();
  const [connection, setConnection] = useState<Connection>('connecting');
  const current = useRef({ view, onMessages });
  useEffect(() => {
    current.current = { view, onMessages };
  });
  const { recordId } = view;
  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    const refresh = coalesce<Happening>(async (happenings) => {
      refreshRecord(cache, recordId, happenings);
      const messages = await refreshTimeline({ read, cache, view: current.current.view, signal }, happenings);
      if (!signal.aborted) current.current.onMessages(messages);
    }, refreshPauseMs);
    const onBroken = () => void cache.invalidateQueries({ queryKey: linkKeys.record(recordId) });
    followRecord({ read, recordId, signal, onConnection: setConnection, onHappening: refresh, onBroken });
    return () => leaving.abort();
  }, [read, cache, recordId]);
  return connection;
}

/** Reads again what is shown of the record beside its messages; what nobody shows is only marked as old. */
function refreshRecord(cache: QueryClient, recordId: string, happenings: readonly Happening[]): void {
  if (happenings.every(({ reason }) => reason === 'changed' || reason === 'start')) return;
  void cache.invalidateQueries({ queryKey: linkKeys.record(recordId) });
  void cache.invalidateQueries({ queryKey: [...linksKey, 'record-conversations', recordId] });
  const touched = new Set(happenings.map(({ conversationId }) => conversationId));
  void cache.invalidateQueries({
    queryKey: [...linksKey, 'conversations'],
    predicate: ({ queryKey }) => (queryKey.at(-1) as readonly string[]).some((id) => touched.has(id)),
  });
}

interface Place {
  read: KithClient['read'];
  cache: QueryClient;
  view: TimelineView;
  signal: AbortSignal;
}

/** Answers the messages that were read by their ids. */
async function refreshTimeline(
  { read, cache, view, signal }: Place,
  happenings: readonly Happening[],
): Promise<readonly Message[]> {
  const queryKey = timelineKey(view);
  const window = cache.getQueryData<MessageWindow>(queryKey);
  const plan = window === undefined ? null : planRefresh(happenings, { window, filter: view.filter });
  try {
    if (plan?.kind === 'some') {
      const { putInto, messages } = await readSome({ read, ...view, signal }, plan);
      cache.setQueryData<MessageWindow>(queryKey, (now) => (now === undefined ? now : putInto(now)));
      return messages;
    }
  } catch {
    // What could not be read by itself is read with everything, which tells its failures.
  }
  if (!signal.aborted) await cache.invalidateQueries({ queryKey });
  return [];
}

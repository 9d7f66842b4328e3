/* What the command palette offers: pages, and the records and messages that a few words find. */
import type { MessageHit } from '@kith/client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { linkKeys, messageKeys, shortTime, useNow, useRead } from '@kith/react/parts';
import { links, paths } from './links.ts';
import { places } from './shortcuts.ts';

/** Something to choose: a page to go to, or an action. */
export type Command = { key: string; name: string; detail: string } & (
  | { path: string }
  | { run: () => void }
);

const recordsMax = 6;
const messagesMax = 5;
/** A shorter word finds too much to be of use, and costs as much. */
const messageQueryMin = 3;

/** Every page, with its keys. */
export const pageCommands: readonly Command[] = [
  ...Object.entries(places).map(([key, { name, path }]) => ({ key: path, name, detail: `g ${key}`, path })),
  { key: paths.connect, name: 'Connect an account', detail: '', path: paths.connect },
];

/** Records that a query finds; without one, those with the newest activity. */
export function useRecordCommands(query: string): Command[] {
  const read = useRead();
  const records = useQuery({
    queryKey: [...linkKeys.records(query), 'palette'],
    queryFn: ({ signal }) =>
      read.records.search.query({ limit: recordsMax, ...(query === '' ? {} : { query }) }, { signal }),
    placeholderData: keepPreviousData,
  });
  return (records.data?.items ?? []).map(({ recordId, title, pipeline, identifiers }) => ({
    key: `record ${recordId}`,
    name: title ?? recordId,
    detail: identifiers[0]?.value ?? pipeline,
    path: paths.record(recordId),
  }));
}

/** Messages that a query finds, each by the words around the match. */
export function useMessageCommands(query: string): Command[] {
  const read = useRead();
  const now = useNow();
  const isAsked = query.length >= messageQueryMin;
  const messages = useQuery({
    queryKey: messageKeys.search({ query, limit: messagesMax }),
    queryFn: ({ signal }) => read.messages.search.query({ query, limit: messagesMax }, { signal }),
    enabled: isAsked,
    placeholderData: keepPreviousData,
  });
  if (!isAsked) return [];
  return (messages.data?.items ?? []).map((hit) => ({
    key: `message ${hit.message.id}`,
    name: wordsOf(hit),
    detail: `${hit.message.sender.displayName ?? hit.message.sender.identifier ?? ''}, ${shortTime(hit.message.sentAt, now)}`,
    path: links.conversation(hit.message.conversationId, { messageId: hit.message.id }).slice(1),
  }));
}

function wordsOf({ fragments, message }: MessageHit): string {
  const fragment = fragments.find(({ field }) => field !== 'person') ?? fragments[0];
  return fragment?.parts.map(({ text }) => text).join('') ?? message.subject ?? message.newText;
}

import type { Participant } from '@kith/client';
import { useQuery } from '@tanstack/react-query';
import { useRead } from '../provider/kith-context.ts';
import { messageKeys } from './query-keys.ts';

const searchedMax = 20;
const shownMax = 3;

/**
 * The newest few messages that somebody wrote, found by their address or number among the messages that name it. There
 * is no list of a participant’s messages, so this may find none though there are some.
 */
export function useWrittenMessages({ id, channel, identifier }: Participant) {
  const read = useRead();
  return useQuery({
    queryKey: messageKeys.search({ writtenBy: id }),
    queryFn: async ({ signal }) => {
      const query = `"${identifier.replaceAll('"', '')}"`;
      const found = await read.messages.search.query(
        { query, channels: [channel], limit: searchedMax },
        { signal },
      );
      return found.items
        .map(({ message }) => message)
        .filter(({ sender }) => sender.participantId === id)
        .toSorted((a, b) => b.sentAt.localeCompare(a.sentAt))
        .slice(0, shownMax);
    },
    staleTime: 60_000,
  });
}

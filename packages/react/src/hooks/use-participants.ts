import type { Channel, Participant, ParticipantStatus } from '@kith/client';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useRead } from '../provider/kith-context.ts';
import { linkKeys } from './query-keys.ts';

/** Which participants are listed; null for all. */
export interface ParticipantFilter {
  query: string;
  status: ParticipantStatus | null;
  channel: Channel | null;
}

const pageSize = 50;
const noParticipants: readonly Participant[] = [];

/** Participants by name or identifier, of one status or channel, page after page. */
export function useParticipants({ query, status, channel }: ParticipantFilter) {
  const read = useRead();
  const found = useInfiniteQuery({
    queryKey: linkKeys.participants({ query, status, channel }),
    queryFn: ({ pageParam, signal }) =>
      read.participants.search.query(
        {
          limit: pageSize,
          ...(query === '' ? {} : { query }),
          ...(status === null ? {} : { status }),
          ...(channel === null ? {} : { channel }),
          ...(pageParam === null ? {} : { cursor: pageParam }),
        },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
  const { data } = found;
  const items = useMemo(() => data?.pages.flatMap((page) => page.items) ?? noParticipants, [data]);
  return { ...found, items };
}

/** A participant with everything it is known by. */
export function useParticipant(participantId: string) {
  const read = useRead();
  return useQuery({
    queryKey: linkKeys.participant(participantId),
    queryFn: ({ signal }) => read.participants.get.query({ participantId }, { signal }),
  });
}

import { useQuery } from '@tanstack/react-query';
import { linkKeys } from '../hooks/query-keys.ts';
import { useRead } from '../provider/kith-context.ts';

/** A conversation with its participants; read again when links change. */
export function useConversation(conversationId: string) {
  const read = useRead();
  return useQuery({
    queryKey: [...linkKeys.conversations([conversationId]), 'whole'],
    queryFn: ({ signal }) => read.conversations.get.query({ conversationId }, { signal }),
  });
}

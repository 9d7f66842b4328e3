import { useQuery } from '@tanstack/react-query';
import { useRead } from '../provider/kith-context.ts';
import { linkKeys } from './query-keys.ts';

/** Why a participant is linked, or is not, with its whole history. */
export function useExplanation(participantId: string) {
  const read = useRead();
  return useQuery({
    queryKey: linkKeys.explanation(participantId),
    queryFn: ({ signal }) => read.participants.explain.query({ participantId }, { signal }),
  });
}

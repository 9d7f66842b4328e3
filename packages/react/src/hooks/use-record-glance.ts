import { useQuery } from '@tanstack/react-query';
import { useRead } from '../provider/kith-context.ts';
import { linkKeys } from './query-keys.ts';

/** A record as its page has it, for what tells it from another; null where there is none to ask for. */
export function useRecordGlance(recordId: string | null) {
  const read = useRead();
  return useQuery({
    queryKey: linkKeys.record(recordId ?? ''),
    queryFn: ({ signal }) => read.records.get.query({ recordId: recordId ?? '' }, { signal }),
    enabled: recordId !== null,
  });
}

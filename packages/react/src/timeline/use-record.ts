import type { ReadOutputs } from '@kith/client';
import { useQuery } from '@tanstack/react-query';
import { linkKeys } from '../hooks/query-keys.ts';
import { useRead } from '../provider/kith-context.ts';

/** A record with its identifiers, participants, counts and coverage. */
export type RecordDetails = ReadOutputs['records']['get'];

/** Reads a record; whoever shows it elsewhere shares the answer. */
export function useRecord(recordId: string) {
  const read = useRead();
  return useQuery({
    queryKey: linkKeys.record(recordId),
    queryFn: ({ signal }) => read.records.get.query({ recordId }, { signal }),
  });
}

/*
 * The typed client for the components below, and the names of what it answers. The page knows Kith through
 * `@kith/client` alone.
 */
import { createKithClient, type KithClient, type KithClientOptions, type ReadOutputs } from '@kith/client';
import { createContext, type ReactNode, useContext, useMemo } from 'react';

export type { Activity, Channel, Message, Participant, RecordSummary } from '@kith/client';

/** The reads of Kith. */
export type Read = KithClient['read'];
/** A record with all that is known of it. */
export type RecordDetails = ReadOutputs['records']['get'];
/** A page of a timeline, newest first. */
export type TimelinePage = ReadOutputs['records']['timeline'];

const ReadContext = createContext<Read | null>(null);

/** Makes the client of one API key; `api` has to be stable. */
export function KithProvider({ api, children }: { api: KithClientOptions; children: ReactNode }) {
  const client = useMemo(() => createKithClient(api), [api]);
  return <ReadContext value={client.read}>{children}</ReadContext>;
}

/** The reads of the workspace that is signed in. */
export function useRead(): Read {
  const read = useContext(ReadContext);
  if (read === null) throw new Error('useRead needs a KithProvider above it');
  return read;
}

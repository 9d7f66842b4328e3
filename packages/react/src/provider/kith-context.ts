import type { KithClient, Participant } from '@kith/client';
import { createContext, useContext } from 'react';

/** Where the host's pages are: each gives an address, such as `#/records/93`. */
export interface KithLinks {
  record?: (recordId: string) => string;
  /** Of a conversation, seen from a record where there is one; `messageId` is the message to show. */
  conversation?: (conversationId: string, from: { recordId?: string; messageId?: string }) => string;
  participant?: (participantId: string) => string;
}

/** Somebody for whom a record is to be made. */
export type Newcomer = Pick<Participant, 'id' | 'channel' | 'identifier' | 'displayName'>;

interface KithContent {
  client: KithClient;
  links: KithLinks;
  createRecord: ((newcomer: Newcomer) => Promise<string>) | null;
}

export const KithContext = createContext<KithContent | null>(null);

/** What the `KithProvider` above was given. */
export function useKith(): KithContent {
  const content = useContext(KithContext);
  if (content === null) throw new Error('Kith’s components and hooks need a KithProvider above them');
  return content;
}

/** The reads of the workspace. */
export const useRead = (): KithClient['read'] => useKith().client.read;

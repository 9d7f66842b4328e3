/*
 * Kith's participants by their identity, read once page by page: the old links are many, and a search for each would
 * be a request for each. Costs memory for every participant of the workspace, some two hundred bytes.
 */
import type { KithClient } from '@kith/client';
import type { Channel, Identifier, Participant } from '@kith/contracts';
import { identityKey } from './identify.ts';

/** What is asked of a participant. */
export type KnownParticipant = Pick<Participant, 'id' | 'recordId' | 'status' | 'method'>;

/** Finds participants. */
export interface ParticipantDirectory {
  /** By any of its identifiers; null where Kith knows nobody of it on the channel. */
  find(channel: Channel, identifier: Identifier): Promise<KnownParticipant | null>;
  /** Those whose link has the method. */
  linkedBy(method: string): KnownParticipant[];
}

const pageSize = 100;

/** Reads all participants. `people` are those whom migrated messages name, by `identityKey`. */
export async function readDirectory(
  kith: KithClient,
  people: ReadonlySet<string>,
): Promise<ParticipantDirectory> {
  const known = new Map<string, KnownParticipant>();
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page: { items: Participant[]; nextCursor: string | null } =
      await kith.read.participants.search.query({
        limit: pageSize,
        ...(cursor === undefined ? {} : { cursor }),
      });
    for (const { id, channel, identifier, recordId, status, method } of page.items) {
      known.set(`${channel} ${identifier}`, { id, recordId, status, method });
    }
    cursor = page.nextCursor;
  }
  return {
    find: async (channel, identifier) => {
      const listed = known.get(`${channel} ${identifier.value}`);
      // A search looks at everybody. Whom no message names is not worth it, and an address is its bearer's only one.
      const isElsewhere = channel !== 'email' && people.has(identityKey(channel, identifier));
      return listed ?? (isElsewhere ? search(kith, channel, identifier) : null);
    },
    linkedBy: (method) => [...known.values()].filter((participant) => participant.method === method),
  };
}

/** One that has several identifiers is listed by the best of them. */
async function search(
  kith: KithClient,
  channel: Channel,
  { kind, value }: Identifier,
): Promise<KnownParticipant | null> {
  const query = kind === 'linkedin_public' ? `https://www.linkedin.com/in/${value}` : value;
  const { items } = await kith.read.participants.search.query({ query, channel, limit: 1 });
  const [found] = items;
  if (found === undefined) return null;
  const detail = await kith.read.participants.get.query({ participantId: found.id });
  const wanted = identityKey(channel, { kind, value });
  const has = detail.identifiers.some((identifier) => identityKey(channel, identifier) === wanted);
  return has ? found : null;
}

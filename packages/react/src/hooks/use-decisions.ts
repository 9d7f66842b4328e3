/*
 * What a person says of participants: each decision is written, offered for undoing, and everything that depends on
 * links is read again. They reject with the error of the write, having changed nothing.
 */
import type { KithClient } from '@kith/client';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type Newcomer, useKith } from '../provider/kith-context.ts';
import { NotPossible } from '../provider/failure.ts';
import { type Decision, useUndo } from '../provider/undoing.tsx';
import { createKithRecord } from './create-record.ts';
import { linksKey } from './query-keys.ts';

/** The decisions of a person. */
export interface Decisions {
  /** Links participants to a record: all or none. */
  link(participantIds: readonly string[], record: { recordId: string; title: string | null }): Promise<void>;
  /** Takes participants from their records; no rule links them there again. */
  unlink(participantIds: readonly string[]): Promise<void>;
  /** Says that a participant is not this record. */
  reject(participantId: string, record: { recordId: string; title: string | null }): Promise<void>;
  /** Takes participants off the review without saying what they are. */
  dismiss(participantIds: readonly string[]): Promise<void>;
  /** Makes a record for somebody, links them to it, and resolves with its id. */
  createRecord(newcomer: Newcomer): Promise<string>;
  /** Takes back an entry of the history. */
  undo(eventId: string): Promise<void>;
}

/** The decisions, for the workspace of the provider. */
export function useDecisions(): Decisions {
  const { client, createRecord } = useKith();
  const cache = useQueryClient();
  const offerUndo = useUndo();
  return useMemo(() => {
    const decide = async (act: () => Promise<Decision>) => {
      try {
        offerUndo(await act());
      } finally {
        // Not awaited: the decision stands, whatever becomes of the reads.
        void cache.invalidateQueries({ queryKey: linksKey });
      }
    };
    return {
      ...linking(client, decide),
      ...reviewing(client, decide),
      createRecord: async (newcomer) => {
        const make = createRecord ?? ((somebody: Newcomer) => createKithRecord(client, somebody));
        const recordId = await make(newcomer).catch((err: unknown) => Promise.reject(asTold(err)));
        // A record of the CRM is the CRM's to delete.
        const takeBack =
          createRecord === null ? () => client.write.records.delete.mutate({ recordId }) : undefined;
        await decide(async () => {
          const { eventId } = await linkNewcomer(client, newcomer, recordId).catch(async (err: unknown) => {
            // Nobody is left with a record that was made for a link which failed; what tells is the first error.
            await takeBack?.().catch(() => {});
            throw err;
          });
          return {
            text: `Record made for ${newcomer.displayName ?? newcomer.identifier}`,
            eventIds: eventId === null ? [] : [eventId],
            ...(takeBack === undefined ? {} : { alsoUndo: takeBack }),
          };
        });
        return recordId;
      },
    };
  }, [client, cache, createRecord, offerUndo]);
}

const linkNewcomer = ({ write }: KithClient, { id: participantId }: Newcomer, recordId: string) =>
  write.participants.link.mutate({ participantId, recordId });

type Decide = (act: () => Promise<Decision>) => Promise<void>;

function linking({ write }: KithClient, decide: Decide): Pick<Decisions, 'link' | 'unlink'> {
  return {
    link: (participantIds, { recordId, title }) =>
      decide(async () => {
        const links = participantIds.map((participantId) => ({ participantId, recordId }));
        const { eventIds } = await write.participants.linkMany.mutate({ links });
        return { text: `Linked${many(participantIds)} to ${title ?? recordId}`, eventIds };
      }),
    unlink: (participantIds) =>
      decide(async () => {
        const { eventIds } = await write.participants.unlinkMany.mutate({
          participantIds: [...participantIds],
        });
        return { text: `Unlinked${many(participantIds)}`, eventIds };
      }),
  };
}

function reviewing({ write }: KithClient, decide: Decide): Pick<Decisions, 'reject' | 'dismiss' | 'undo'> {
  return {
    reject: (participantId, { recordId, title }) =>
      decide(async () => {
        const { eventId } = await write.review.dismiss.mutate({ participantId, recordId });
        return { text: `Not ${title ?? recordId}`, eventIds: eventId === null ? [] : [eventId] };
      }),
    dismiss: (participantIds) =>
      decide(async () => {
        const { eventIds } = await write.review.dismissMany.mutate({ participantIds: [...participantIds] });
        return { text: `Dismissed${many(participantIds)}`, eventIds };
      }),
    undo: (eventId) =>
      decide(async () => {
        const undone = await write.participants.undo.mutate({ eventId });
        return { text: 'Taken back', eventIds: [undone.eventId] };
      }),
  };
}

/** What the host says of its CRM is told as it is, and not taken for a service that does not answer. */
function asTold(err: unknown): unknown {
  const isOfClient = err instanceof Error && err.name === 'TRPCClientError';
  return isOfClient ? err : new NotPossible(err instanceof Error ? err.message : String(err), { cause: err });
}

const many = (ids: readonly string[]): string => (ids.length === 1 ? '' : ` ${ids.length} participants`);

import type { Participant } from '@kith/client';
import { useDecisions, WhyButton } from '@kith/react';
import {
  FailureLine,
  linkKeys,
  MoreButton,
  ParticipantName,
  type RecordDetails,
  StatusBadge,
  useRead,
} from '@kith/react/parts';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useState } from 'react';

/** So many are shown at once; the others unfold. */
const shownMax = 6;

/** Who is linked to the record, how surely, why, and a way to take each link back. */
export function ParticipantList({ record }: { record: RecordDetails }) {
  const { recordId, participants, participantCount } = record;
  const [isOpen, setOpen] = useState(false);
  return (
    <section aria-labelledby="participants">
      <h2 id="participants">Participants</h2>
      {participants.length === 0 && (
        <p className="kith-hint">
          None yet. They are linked when a message with one of the identifiers arrives.
        </p>
      )}
      {isOpen ? <AllRows recordId={recordId} /> : <Rows participants={participants.slice(0, shownMax)} />}
      {participantCount > shownMax && (
        <button
          type="button"
          className="kith-button-quiet"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? 'Show fewer' : `Show all ${participantCount.toLocaleString('en')}`}
        </button>
      )}
    </section>
  );
}

function AllRows({ recordId }: { recordId: string }) {
  const read = useRead();
  const all = useInfiniteQuery({
    queryKey: [...linkKeys.record(recordId), 'participants'],
    queryFn: ({ pageParam, signal }) =>
      read.records.participants.query(
        { recordId, ...(pageParam === null ? {} : { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  return (
    <>
      <Rows participants={all.data?.pages.flatMap((page) => page.items) ?? []} />
      {all.isError && <FailureLine err={all.error} />}
      {all.hasNextPage && (
        <MoreButton
          isLoading={all.isFetchingNextPage}
          hasFailed={all.isFetchNextPageError}
          onMore={() => void all.fetchNextPage()}
        />
      )}
    </>
  );
}

function Rows({ participants }: { participants: readonly Participant[] }) {
  if (participants.length === 0) return null;
  return (
    <ul className="participant-list" aria-label="Participants">
      {participants.map((participant) => (
        <ParticipantRow key={participant.id} participant={participant} />
      ))}
    </ul>
  );
}

function ParticipantRow({ participant }: { participant: Participant }) {
  const decisions = useDecisions();
  const unlink = useMutation({ mutationFn: () => decisions.unlink([participant.id]) });
  const name = participant.displayName ?? participant.identifier;
  return (
    <li>
      <span className="participant-who">
        <ParticipantName participant={participant} />
        <StatusBadge participant={participant} />
      </span>
      <span className="participant-deeds">
        <WhyButton participants={[participant]} />
        <button
          type="button"
          className="kith-button-quiet"
          aria-label={`Unlink ${name}`}
          aria-disabled={unlink.isPending}
          onClick={() => !unlink.isPending && unlink.mutate()}
        >
          Unlink
        </button>
      </span>
      {unlink.isError && <FailureLine err={unlink.error} />}
    </li>
  );
}

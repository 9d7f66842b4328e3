import type { Conversation, Participant } from '@kith/client';
import { useQuery } from '@tanstack/react-query';
import { linkKeys } from '../hooks/query-keys.ts';
import { ParticipantName } from '../parts/participant-name.tsx';
import { RecordName } from '../parts/record-name.tsx';
import { StatusBadge } from '../parts/status-badge.tsx';
import { useRead } from '../provider/kith-context.ts';
import { roleInWords } from './conversation-words.ts';

/** Everybody who takes part: as what, and to which record they are linked. */
export function ParticipantList({ conversation }: { conversation: Conversation }) {
  const { participants, participantCount } = conversation;
  return (
    <>
      <ul className="kith-people" aria-label="Participants">
        {participants.map((participant) => (
          <li key={participant.id}>
            <ParticipantName participant={participant} />
            <span className="kith-hint">{roleInWords(participant.role)}</span>
            <span className="kith-people-link">
              <StatusBadge participant={participant} />
              {participant.recordId !== null && <LinkedRecord recordId={participant.recordId} />}
            </span>
          </li>
        ))}
      </ul>
      {participantCount > participants.length && (
        <p className="kith-hint">And {participantCount - participants.length} more.</p>
      )}
    </>
  );
}

/** The record by its title once that is known. */
function LinkedRecord({ recordId }: { recordId: NonNullable<Participant['recordId']> }) {
  const read = useRead();
  const record = useQuery({
    queryKey: linkKeys.record(recordId),
    queryFn: ({ signal }) => read.records.get.query({ recordId }, { signal }),
  });
  return <RecordName record={{ recordId, title: record.data?.title ?? null }} />;
}
